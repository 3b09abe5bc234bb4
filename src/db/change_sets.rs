//! Acts on many things at once: what was shown before, and what undoing needs.

use super::connection::Db;
use super::page::{Page, Pager};
use super::schema::change_sets;
use super::types::Json;
use crate::domain::ids::{AccountId, CallId, ChangeSetId};
use crate::domain::scope::Scope;
use crate::domain::status::{ChangeSetKind, ChangeSetStatus};
use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// A change set (批量操作).
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = change_sets)]
pub struct ChangeSet {
    /// Id.
    pub id: ChangeSetId,
    /// What kind of act.
    pub kind: ChangeSetKind,
    /// The call, for what belongs to one.
    pub call_id: Option<CallId>,
    /// Where it stands.
    pub status: ChangeSetStatus,
    /// Counts and names, as the preview showed them.
    pub summary: Json<serde_json::Value>,
    /// What the undoing needs.
    pub before: Json<serde_json::Value>,
    /// Applied by; none for an operator at the machine.
    pub applied_by: Option<AccountId>,
    /// Applied.
    pub applied_at: NaiveDateTime,
    /// Undone by.
    pub undone_by: Option<AccountId>,
    /// Undone.
    pub undone_at: Option<NaiveDateTime>,
    /// Why it was undone.
    pub undo_reason: Option<String>,
}

/// Adds a change set.
pub fn create(db: &mut Db, set: &ChangeSet) -> QueryResult<()> {
    diesel::insert_into(change_sets::table).values(set).execute(db).map(drop)
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    counted: i64,
}

/// Files that were moved on together. The bureau is that of the summary; an empty one leaves nothing out.
macro_rules! of_files {
    ($what:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM change_sets WHERE ($1 = '' AND kind IN ('recommendation', 'screening') \
              OR kind = 'recommendation' AND summary->>'bureau' = $1)",
            $rest
        )
    };
}

/// The change set of an id, within the scope: any, or one by which a bureau of the scope moved files on.
pub fn find(db: &mut Db, scope: &Scope, id: ChangeSetId) -> QueryResult<ChangeSet> {
    if !scope.all && !is_of_bureaus(db, &scope.bureaus, id)? {
        return Err(diesel::result::Error::NotFound);
    }
    change_sets::table.find(id).select(ChangeSet::as_select()).first(db)
}

/// Whether one of these bureaus moved files on by it.
fn is_of_bureaus(db: &mut Db, bureaus: &[String], id: ChangeSetId) -> QueryResult<bool> {
    // An empty code leaves nothing out there, and is no bureau's.
    for bureau in bureaus.iter().filter(|bureau| !bureau.is_empty()) {
        let counted: Counted = diesel::sql_query(of_files!("COUNT(*) AS counted", " AND id = $2"))
            .bind::<Text, _>(bureau.clone())
            .bind::<Text, _>(id.to_string())
            .get_result(db)?;
        if counted.counted > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The change set of an id, if it is one of this call.
pub fn find_in_call(db: &mut Db, call: CallId, id: ChangeSetId) -> QueryResult<ChangeSet> {
    change_sets::table.find(id).filter(change_sets::call_id.eq(call)).select(ChangeSet::as_select()).first(db)
}

/// The change set of an id, if it is one of this kind.
pub fn find_of_kind(db: &mut Db, kind: ChangeSetKind, id: ChangeSetId) -> QueryResult<ChangeSet> {
    change_sets::table.find(id).filter(change_sets::kind.eq(kind)).select(ChangeSet::as_select()).first(db)
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    id: String,
}

/// Any number will do that no other lock of this service has.
const IMPORT_LOCK: &str = "SELECT pg_advisory_xact_lock(20261102)";

/// Lets one transaction at a time bring experts in: who is new in the pool has no row yet that could be held. SQLite has a
/// single writer and needs nothing.
pub fn lock_imports(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Sqlite(_) => Ok(()),
        Db::Postgres(c) => c.batch_execute(IMPORT_LOCK),
    }
}

/// The import that was carried out as the preview of this digest showed it, unless it was undone.
pub fn applied_import(db: &mut Db, digest: &str) -> QueryResult<Option<ChangeSet>> {
    let named: Option<Named> = diesel::sql_query(
        "SELECT id FROM change_sets WHERE kind = $1 AND status = $2 AND summary->>'digest' = $3 \
         ORDER BY applied_at DESC, id DESC LIMIT 1",
    )
    .bind::<Text, _>(ChangeSetKind::ExpertImport.as_text().to_string())
    .bind::<Text, _>(ChangeSetStatus::Applied.as_text().to_string())
    .bind::<Text, _>(digest.to_string())
    .get_result(db)
    .optional()?;
    let id = named.and_then(|named| ChangeSetId::from_text(&named.id));
    id.map(|id| find_of_kind(db, ChangeSetKind::ExpertImport, id)).transpose()
}

/// The change sets of a call, newest first; of one kind if asked for.
pub fn of_call(db: &mut Db, call: CallId, kind: Option<ChangeSetKind>) -> QueryResult<Vec<ChangeSet>> {
    let mut query = change_sets::table.filter(change_sets::call_id.eq(call)).into_boxed();
    if let Some(kind) = kind {
        query = query.filter(change_sets::kind.eq(kind));
    }
    query.order((change_sets::applied_at.desc(), change_sets::id.desc())).select(ChangeSet::as_select()).load(db)
}

/// The change sets of a kind that belong to no call, newest first.
pub fn of_kind(db: &mut Db, kind: ChangeSetKind, pager: Pager) -> QueryResult<Page<ChangeSet>> {
    let all = || change_sets::table.filter(change_sets::kind.eq(kind).and(change_sets::call_id.is_null()));
    let total = all().select(count_star()).first(db)?;
    let rows = all()
        .order((change_sets::applied_at.desc(), change_sets::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(ChangeSet::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// The acts that moved files on together, newest first: those of one bureau, or of all with those of screening.
pub fn of_files(db: &mut Db, bureau: Option<&str>, pager: Pager) -> QueryResult<Page<ChangeSet>> {
    let bureau = bureau.unwrap_or_default().to_string();
    let counted: Counted =
        diesel::sql_query(of_files!("COUNT(*) AS counted", "")).bind::<Text, _>(bureau.clone()).get_result(db)?;
    let named: Vec<Named> = diesel::sql_query(of_files!("id", " ORDER BY applied_at DESC, id DESC LIMIT $2 OFFSET $3"))
        .bind::<Text, _>(bureau)
        .bind::<BigInt, _>(pager.limit())
        .bind::<BigInt, _>(pager.offset())
        .load(db)?;
    let ids: Vec<ChangeSetId> = named.iter().filter_map(|named| ChangeSetId::from_text(&named.id)).collect();
    let rows = change_sets::table
        .filter(change_sets::id.eq_any(ids))
        .order((change_sets::applied_at.desc(), change_sets::id.desc()))
        .select(ChangeSet::as_select())
        .load(db)?;
    Ok(pager.page(rows, counted.counted))
}

/// Marks a change set undone; false when it is already.
pub fn mark_undone(db: &mut Db, id: ChangeSetId, by: AccountId, reason: &str, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(change_sets::table.find(id).filter(change_sets::status.eq(ChangeSetStatus::Applied)))
        .set((
            change_sets::status.eq(ChangeSetStatus::Undone),
            change_sets::undone_by.eq(by),
            change_sets::undone_at.eq(now),
            change_sets::undo_reason.eq(reason.to_string()),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}
