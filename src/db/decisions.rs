//! Decision sheets: proposed by one officer, approved by another.

use super::connection::Db;
use super::schema::{applications, calls, decision_entries, decisions, list_entries, notice_entries, published_lists};
use crate::domain::ids::{AccountId, ApplicationId, CallId, DecisionId};
use crate::domain::procedure::State;
use crate::domain::status::{DecisionStatus, ListStatus, Outcome};
use chrono::NaiveDateTime;
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use std::collections::BTreeSet;

/// A decision sheet.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions)]
pub struct Decision {
    /// Id.
    pub id: DecisionId,
    /// Of which call.
    pub call_id: CallId,
    /// Where it stands.
    pub status: DecisionStatus,
    /// What it rests on.
    pub grounds: String,
    /// Proposed by.
    pub proposed_by: AccountId,
    /// Proposed.
    pub proposed_at: NaiveDateTime,
    /// Approved or returned by.
    pub decided_by: Option<AccountId>,
    /// Approved or returned.
    pub decided_at: Option<NaiveDateTime>,
    /// Why it was returned.
    pub return_reason: Option<String>,
    /// Version for the optimistic lock.
    pub version: i32,
    /// Undoing it was proposed by.
    pub undo_proposed_by: Option<AccountId>,
    /// Undoing it was proposed.
    pub undo_proposed_at: Option<NaiveDateTime>,
    /// Why it is to be undone.
    pub undo_reason: Option<String>,
    /// Undone by.
    pub undone_by: Option<AccountId>,
    /// Undone.
    pub undone_at: Option<NaiveDateTime>,
}

/// What a sheet says of one application.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = decision_entries)]
pub struct DecisionEntry {
    /// Of which sheet.
    pub decision_id: DecisionId,
    /// Which application.
    pub application_id: ApplicationId,
    /// Selected or not.
    pub outcome: Outcome,
    /// Why; the applicant reads it.
    pub reason: String,
}

/// Adds a sheet with its entries; a unique violation means that the call has a pending one.
pub fn create(db: &mut Db, decision: &Decision, entries: &[DecisionEntry]) -> QueryResult<()> {
    diesel::insert_into(decisions::table).values(decision).execute(db)?;
    for entry in entries {
        diesel::insert_into(decision_entries::table).values(entry).execute(db)?;
    }
    Ok(())
}

/// The sheets of a call, newest first.
pub fn of_call(db: &mut Db, call: CallId) -> QueryResult<Vec<Decision>> {
    decisions::table
        .filter(decisions::call_id.eq(call))
        .order((decisions::proposed_at.desc(), decisions::id.desc()))
        .select(Decision::as_select())
        .load(db)
}

/// The sheet of a call that waits for approval.
pub fn pending(db: &mut Db, call: CallId) -> QueryResult<Option<Decision>> {
    decisions::table
        .filter(decisions::call_id.eq(call).and(decisions::status.eq(DecisionStatus::Proposed)))
        .select(Decision::as_select())
        .first(db)
        .optional()
}

/// The entries of a sheet, in the order of applications.
pub fn entries(db: &mut Db, decision: DecisionId) -> QueryResult<Vec<DecisionEntry>> {
    decision_entries::table
        .filter(decision_entries::decision_id.eq(decision))
        .order(decision_entries::application_id)
        .select(DecisionEntry::as_select())
        .load(db)
}

/// Approves or returns a sheet; false when it was decided or changed since `version`.
pub fn decide(db: &mut Db, decision: &Decision, version: i32) -> QueryResult<bool> {
    let seen = decisions::table
        .find(decision.id)
        .filter(decisions::version.eq(version).and(decisions::status.eq(DecisionStatus::Proposed)));
    diesel::update(seen)
        .set((
            decisions::status.eq(decision.status),
            decisions::decided_by.eq(decision.decided_by),
            decisions::decided_at.eq(decision.decided_at),
            decisions::return_reason.eq(&decision.return_reason),
            decisions::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// The sheet of an id.
pub fn find(db: &mut Db, id: DecisionId) -> QueryResult<Decision> {
    decisions::table.find(id).select(Decision::as_select()).first(db)
}

/// Stores how far the undoing of an approved sheet is; false when it is undone or was changed since `version`.
pub fn note_undoing(db: &mut Db, decision: &Decision, version: i32) -> QueryResult<bool> {
    let seen = decisions::table
        .find(decision.id)
        .filter(decisions::version.eq(version).and(decisions::status.eq(DecisionStatus::Approved)));
    diesel::update(seen)
        .set((
            decisions::status.eq(decision.status),
            decisions::undo_proposed_by.eq(decision.undo_proposed_by),
            decisions::undo_proposed_at.eq(decision.undo_proposed_at),
            decisions::undo_reason.eq(&decision.undo_reason),
            decisions::undone_by.eq(decision.undone_by),
            decisions::undone_at.eq(decision.undone_at),
            decisions::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Whether undoing the decision in force on an application is proposed.
pub fn is_undoing_proposed(db: &mut Db, application: ApplicationId) -> QueryResult<bool> {
    let proposed = decision_entries::table
        .inner_join(decisions::table)
        .filter(decision_entries::application_id.eq(application))
        .filter(decisions::status.eq(DecisionStatus::Approved).and(decisions::undo_proposed_by.is_not_null()));
    diesel::select(diesel::dsl::exists(proposed)).get_result(db)
}

/// Where an application of a sheet stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which application.
    pub application: ApplicationId,
    /// Its state.
    pub state: State,
    /// Its version.
    pub version: i32,
    /// Whether a notice names it.
    pub noticed: bool,
    /// Whether a list that waits for a second officer, or a published one, names it.
    pub listed: bool,
}

/// Where the applications of a sheet stand now, in the order of ids.
pub fn standings(db: &mut Db, decision: DecisionId) -> QueryResult<Vec<Standing>> {
    let own = || decision_entries::table.filter(decision_entries::decision_id.eq(decision));
    let states: Vec<(ApplicationId, State, i32)> = own()
        .inner_join(applications::table)
        .order(applications::id)
        .select((applications::id, applications::state, applications::version))
        .load(db)?;
    let noticed: Vec<ApplicationId> = notice_entries::table
        .filter(notice_entries::application_id.eq_any(own().select(decision_entries::application_id)))
        .select(notice_entries::application_id)
        .load(db)?;
    let listed: Vec<Option<ApplicationId>> = list_entries::table
        .inner_join(published_lists::table)
        .filter(published_lists::status.eq_any([ListStatus::Proposed, ListStatus::Published]))
        .filter(list_entries::application_id.eq_any(own().select(decision_entries::application_id.nullable())))
        .select(list_entries::application_id)
        .load(db)?;
    let noticed: BTreeSet<ApplicationId> = noticed.into_iter().collect();
    let listed: BTreeSet<ApplicationId> = listed.into_iter().flatten().collect();
    let standing = |(application, state, version)| Standing {
        application,
        state,
        version,
        noticed: noticed.contains(&application),
        listed: listed.contains(&application),
    };
    Ok(states.into_iter().map(standing).collect())
}

/// The calls with applications to decide on or with a sheet: id, title, year. Newest first.
pub fn calls_to_decide(db: &mut Db) -> QueryResult<Vec<(CallId, String, i32)>> {
    let reviewed = applications::table.filter(applications::state.eq(State::Reviewed)).select(applications::call_id);
    let decided = decisions::table.select(decisions::call_id);
    calls::table
        .filter(calls::id.eq_any(reviewed).or(calls::id.eq_any(decided)))
        .order((calls::year.desc(), calls::created_at.desc(), calls::id))
        .select((calls::id, calls::title, calls::year))
        .load(db)
}

/// Since when the application of a call that is longest in this state was not moved on.
pub fn undecided_since(db: &mut Db, call: CallId, state: State) -> QueryResult<Option<NaiveDateTime>> {
    applications::table
        .filter(applications::call_id.eq(call).and(applications::state.eq(state)))
        .select(min(applications::updated_at))
        .first(db)
}

/// How many applications a sheet names.
pub fn count_entries(db: &mut Db, decision: DecisionId) -> QueryResult<i64> {
    decision_entries::table.filter(decision_entries::decision_id.eq(decision)).select(count_star()).first(db)
}

/// The applications of a call in these states, in the order of ids.
pub fn applications_in(db: &mut Db, call: CallId, states: &[State]) -> QueryResult<Vec<ApplicationId>> {
    applications::table
        .filter(applications::call_id.eq(call).and(applications::state.eq_any(states.to_vec())))
        .order(applications::id)
        .select(applications::id)
        .load(db)
}
