//! What the public takes away: rows of the whole pool and of lists, a chunk at a time, and what feeds and site maps
//! name. Public columns alone.

use super::connection::Db;
use super::memberships::is_in_pool;
use super::schema::{calls, events, list_entries, memberships, notices, organisations, published_lists};
use crate::domain::call::CallStatus;
use crate::domain::ids::{CallId, MembershipId, NoticeId, OrganisationId, PublishedListId};
use crate::domain::status::{ListKind, ListStatus, Standing};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

/// A recognition in the pool.
#[derive(Debug, Clone, Queryable)]
pub struct PoolRow {
    /// The membership: the place to go on from.
    pub id: MembershipId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// Key of the category.
    pub category: String,
    /// City's code, where there is one.
    pub city: Option<String>,
    /// Number of the list, where it has one.
    pub list_number: Option<String>,
    /// Title of the list.
    pub list_title: String,
    /// Year of the list.
    pub year: Option<i32>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// What the acts made of it.
    pub standing: Standing,
}

/// Recognitions in the pool on this day after `after`, in the order in which they were made; at most `limit`.
pub fn pool(db: &mut Db, today: NaiveDate, after: Option<MembershipId>, limit: i64) -> QueryResult<Vec<PoolRow>> {
    let mut query = memberships::table
        .inner_join(organisations::table)
        .inner_join(published_lists::table)
        .filter(is_in_pool(today))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(memberships::id.gt(after));
    }
    query
        .order(memberships::id)
        .limit(limit)
        .select((
            memberships::id,
            organisations::id,
            organisations::name,
            organisations::credit_code,
            memberships::category,
            memberships::city,
            published_lists::number,
            published_lists::title,
            published_lists::year,
            memberships::valid_from,
            memberships::valid_to,
            memberships::standing,
        ))
        .load(db)
}

/// A published list without its text.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = published_lists)]
pub struct ListHead {
    /// Id.
    pub id: PublishedListId,
    /// Main, supplement or imported.
    pub kind: ListKind,
    /// Number, where it has one.
    pub number: Option<String>,
    /// Key of the category, or as an imported list writes it.
    pub category: String,
    /// Year, where it is known.
    pub year: Option<i32>,
    /// Title.
    pub title: String,
    /// Where an imported list was taken from.
    pub source_url: Option<String>,
    /// Published.
    pub published_at: Option<NaiveDateTime>,
}

/// Published lists, newest first; at most `limit`.
pub fn lists(db: &mut Db, limit: i64) -> QueryResult<Vec<ListHead>> {
    published_lists::table
        .filter(published_lists::status.eq(ListStatus::Published))
        .order((published_lists::published_at.desc(), published_lists::chain_number.desc()))
        .limit(limit)
        .select(ListHead::as_select())
        .load(db)
}

/// Those of these lists that have more entries than this.
pub fn lists_longer_than(db: &mut Db, ids: &[PublishedListId], entries: i64) -> QueryResult<Vec<PublishedListId>> {
    list_entries::table
        .filter(list_entries::list_id.eq_any(ids.to_vec()))
        .group_by(list_entries::list_id)
        .having(count_star().gt(entries))
        .select(list_entries::list_id)
        .load(db)
}

/// One published list without its text.
pub fn list(db: &mut Db, id: PublishedListId) -> QueryResult<ListHead> {
    published_lists::table
        .find(id)
        .filter(published_lists::status.eq(ListStatus::Published))
        .select(ListHead::as_select())
        .first(db)
}

/// An approved call as feeds and calendars name it.
#[derive(Debug, Clone, Queryable)]
pub struct CallHead {
    /// Id.
    pub id: CallId,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// Opens.
    pub opens_at: NaiveDateTime,
    /// Closes.
    pub closes_at: NaiveDateTime,
    /// Bureaus recommend until then.
    pub recommend_by: NaiveDateTime,
    /// Approved.
    pub approved_at: Option<NaiveDateTime>,
    /// Goes up with every change.
    pub version: i32,
}

type CallColumns = (
    calls::id,
    calls::title,
    calls::body,
    calls::opens_at,
    calls::closes_at,
    calls::recommend_by,
    calls::approved_at,
    calls::version,
);

const CALL_COLUMNS: CallColumns = (
    calls::id,
    calls::title,
    calls::body,
    calls::opens_at,
    calls::closes_at,
    calls::recommend_by,
    calls::approved_at,
    calls::version,
);

/// Approved calls, latest opening first; at most `limit`.
pub fn calls(db: &mut Db, limit: i64) -> QueryResult<Vec<CallHead>> {
    calls::table
        .filter(calls::status.eq(CallStatus::Approved))
        .order((calls::opens_at.desc(), calls::id.desc()))
        .limit(limit)
        .select(CALL_COLUMNS)
        .load(db)
}

/// One approved call.
pub fn call(db: &mut Db, id: CallId) -> QueryResult<CallHead> {
    calls::table.find(id).filter(calls::status.eq(CallStatus::Approved)).select(CALL_COLUMNS).first(db)
}

/// Approved calls that are not over for bureaus at this instant, the first to close first; at most `limit`.
pub fn running_calls(db: &mut Db, now: NaiveDateTime, limit: i64) -> QueryResult<Vec<CallHead>> {
    calls::table
        .filter(calls::status.eq(CallStatus::Approved))
        .filter(calls::recommend_by.gt(now).or(calls::closes_at.gt(now)))
        .order((calls::closes_at, calls::id))
        .limit(limit)
        .select(CALL_COLUMNS)
        .load(db)
}

/// Approved calls that are over for bureaus at this instant and have a planned day that is not, the first to close
/// first; at most `limit`. Whether the plan still holds, the caller sees.
pub fn planned_calls(db: &mut Db, now: NaiveDateTime, today: NaiveDate, limit: i64) -> QueryResult<Vec<CallHead>> {
    let ahead = calls::planned_screening_on
        .ge(today)
        .or(calls::planned_review_on.ge(today))
        .or(calls::planned_decision_on.ge(today))
        .or(calls::planned_notice_on.ge(today));
    calls::table
        .filter(calls::status.eq(CallStatus::Approved))
        .filter(calls::recommend_by.le(now).and(calls::closes_at.le(now)))
        .filter(ahead)
        .order((calls::closes_at, calls::id))
        .limit(limit)
        .select(CALL_COLUMNS)
        .load(db)
}

/// When each of these calls last changed for the public: approved or extended.
pub fn calls_changed(db: &mut Db, ids: &[CallId]) -> QueryResult<Vec<(String, Option<NaiveDateTime>)>> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    events::table
        .filter(events::subject_kind.eq("call").and(events::subject_id.eq_any(ids)))
        .filter(events::action.eq_any(["call.approved", "call.extended"]))
        .group_by(events::subject_id)
        .select((events::subject_id, max(events::at)))
        .load(db)
}

/// Ids of notices, newest first; at most `limit`.
pub fn notice_ids(db: &mut Db, limit: i64) -> QueryResult<Vec<(NoticeId, NaiveDateTime)>> {
    notices::table
        .order((notices::opened_at.desc(), notices::id.desc()))
        .limit(limit)
        .select((notices::id, notices::opened_at))
        .load(db)
}

/// Organisations that were ever recognised, after `after`, by id; at most `limit`.
pub fn recognised(db: &mut Db, after: Option<OrganisationId>, limit: i64) -> QueryResult<Vec<OrganisationId>> {
    let mut query = memberships::table.into_boxed();
    if let Some(after) = after {
        query = query.filter(memberships::organisation_id.gt(after));
    }
    query.select(memberships::organisation_id).distinct().order(memberships::organisation_id).limit(limit).load(db)
}
