//! What binds experts to organisations beside their present employer.

use super::connection::Db;
use super::schema::expert_ties;
use crate::domain::ids::{AccountId, ExpertId, ExpertTieId};
use crate::domain::recusal::TieKind;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// A tie. One that was withdrawn stays as a record.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = expert_ties)]
pub struct ExpertTie {
    /// Id.
    pub id: ExpertTieId,
    /// Whose.
    pub expert_id: ExpertId,
    /// Which.
    pub kind: TieKind,
    /// The organisation's name, as written.
    pub organisation_name: String,
    /// The name, folded for comparison.
    pub name_key: String,
    /// The organisation's 统一社会信用代码, normalised.
    pub organisation_code: Option<String>,
    /// First day; none if it is not known.
    pub from_on: Option<NaiveDate>,
    /// Last day, included; none while it lasts.
    pub until_on: Option<NaiveDate>,
    /// What was said of it: sealed, for it names relatives ([`crate::actions::sealed`]).
    pub note: String,
    /// By whom; none for an import by the system.
    pub declared_by: Option<AccountId>,
    /// When.
    pub declared_at: NaiveDateTime,
    /// When it was withdrawn.
    pub withdrawn_at: Option<NaiveDateTime>,
}

/// The ties of these experts that count, in the order of ids.
pub fn standing(db: &mut Db, experts: &[ExpertId]) -> QueryResult<Vec<ExpertTie>> {
    expert_ties::table
        .filter(expert_ties::expert_id.eq_any(experts.to_vec()).and(expert_ties::withdrawn_at.is_null()))
        .order(expert_ties::id)
        .select(ExpertTie::as_select())
        .load(db)
}

/// Adds a tie.
pub fn create(db: &mut Db, tie: &ExpertTie) -> QueryResult<()> {
    diesel::insert_into(expert_ties::table).values(tie).execute(db).map(drop)
}

/// The tie of an id.
pub fn find(db: &mut Db, id: ExpertTieId) -> QueryResult<ExpertTie> {
    expert_ties::table.find(id).select(ExpertTie::as_select()).first(db)
}

/// Every tie of an expert, those that were withdrawn too, newest first.
pub fn of_expert(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<ExpertTie>> {
    expert_ties::table
        .filter(expert_ties::expert_id.eq(expert))
        .order((expert_ties::declared_at.desc(), expert_ties::id.desc()))
        .select(ExpertTie::as_select())
        .load(db)
}

/// Marks a tie withdrawn; false when it already is.
pub fn withdraw(db: &mut Db, id: ExpertTieId, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(expert_ties::table.find(id).filter(expert_ties::withdrawn_at.is_null()))
        .set(expert_ties::withdrawn_at.eq(now))
        .execute(db)
        .map(|rows| rows == 1)
}

/// What is said of ties and stands in the clear, by their ids.
pub fn notes_in_the_clear(db: &mut Db) -> QueryResult<Vec<(ExpertTieId, String)>> {
    expert_ties::table
        .filter(expert_ties::note.ne("").and(expert_ties::note.not_like("sealed:%")))
        .order(expert_ties::id)
        .select((expert_ties::id, expert_ties::note))
        .load(db)
}

/// Keeps a sealed note of a tie. It is the same one.
pub fn keep_sealed_note(db: &mut Db, id: ExpertTieId, note: &str) -> QueryResult<()> {
    diesel::update(expert_ties::table.find(id)).set(expert_ties::note.eq(note.to_string())).execute(db).map(drop)
}

/// What is said of every tie, as it is kept.
pub fn notes(db: &mut Db) -> QueryResult<Vec<(String, String)>> {
    expert_ties::table
        .filter(expert_ties::note.ne(""))
        .order(expert_ties::id)
        .select((expert_ties::id, expert_ties::note))
        .load(db)
}
