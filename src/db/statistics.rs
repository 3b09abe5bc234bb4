//! Counts for the public figures. What they may show is [`crate::domain::statistics`]' to say.

use super::connection::Db;
use super::memberships::{in_pool, is_in_pool};
use super::schema::{applications, calls, events, list_entries, memberships, published_lists};
use super::types::Sealed;
use crate::domain::ids::{ApplicationId, CallId, MembershipId};
use crate::domain::procedure::State;
use crate::domain::status::{ListKind, ListStatus};
use chrono::NaiveDate;
use diesel::dsl::{count, count_star, max, sum};
use diesel::prelude::*;

/// Changes whenever a figure can have changed: the last list, memberships and all their versions, and how many are in the
/// pool on this day.
pub type Fingerprint = (Option<i32>, i64, Option<i64>, i64);

/// What the figures rest on, in short.
pub fn fingerprint(db: &mut Db, today: NaiveDate) -> QueryResult<Fingerprint> {
    let last: Option<i32> = published_lists::table.select(max(published_lists::chain_number)).first(db)?;
    let (all, versions): (i64, Option<i64>) =
        memberships::table.select((count_star(), sum(memberships::version))).first(db)?;
    Ok((last, all, versions, in_pool(db, today)?))
}

/// Recognitions in the pool on this day, by category and city.
pub fn pool_by_city(db: &mut Db, today: NaiveDate) -> QueryResult<Vec<(String, Option<String>, i64)>> {
    memberships::table
        .filter(is_in_pool(today))
        .group_by((memberships::category, memberships::city))
        .order((memberships::category, memberships::city))
        .select((memberships::category, memberships::city, count_star()))
        .load(db)
}

/// Names on the published lists of calls, by category and year.
pub fn listed_by_year(db: &mut Db) -> QueryResult<Vec<(String, Option<i32>, i64)>> {
    list_entries::table
        .inner_join(published_lists::table)
        .filter(published_lists::status.eq(ListStatus::Published))
        .filter(published_lists::kind.ne(ListKind::Imported))
        .group_by((published_lists::category, published_lists::year))
        .order((published_lists::category, published_lists::year))
        .select((published_lists::category, published_lists::year, count_star()))
        .load(db)
}

/// Published lists by category and year: how many there are.
pub fn lists_by_year(db: &mut Db) -> QueryResult<Vec<(String, Option<i32>, i64)>> {
    published_lists::table
        .filter(published_lists::status.eq(ListStatus::Published))
        .group_by((published_lists::category, published_lists::year))
        .order((published_lists::category, published_lists::year))
        .select((published_lists::category, published_lists::year, count_star()))
        .load(db)
}

/// The file behind a recognition: which, in which category, which application, its answers.
pub type PoolForm = (MembershipId, String, ApplicationId, Sealed);

/// Recognitions in the pool on this day after `after`, with the answers of their files; at most `limit`.
pub fn pool_forms(
    db: &mut Db,
    today: NaiveDate,
    after: Option<MembershipId>,
    limit: i64,
) -> QueryResult<Vec<PoolForm>> {
    let mut query = memberships::table.inner_join(applications::table).filter(is_in_pool(today)).into_boxed();
    if let Some(after) = after {
        query = query.filter(memberships::id.gt(after));
    }
    query
        .order(memberships::id)
        .limit(limit)
        .select((memberships::id, memberships::category, applications::id, applications::form))
        .load(db)
}

/// Calls whose list is published, newest first; at most `limit`.
pub fn calls_with_list(db: &mut Db, limit: i64) -> QueryResult<Vec<CallId>> {
    let listed = published_lists::table
        .filter(published_lists::status.eq(ListStatus::Published))
        .filter(published_lists::kind.eq(ListKind::Main))
        .filter(published_lists::call_id.is_not_null())
        .select(published_lists::call_id.assume_not_null());
    calls::table
        .filter(calls::id.eq_any(listed))
        .order((calls::closes_at.desc(), calls::id.desc()))
        .limit(limit)
        .select(calls::id)
        .load(db)
}

/// How many files of a call were submitted.
pub fn submitted(db: &mut Db, call: CallId) -> QueryResult<i64> {
    applications::table
        .filter(applications::call_id.eq(call).and(applications::submitted_at.is_not_null()))
        .select(count_star())
        .first(db)
}

/// How many submitted files of a call were ever in one of these states, by the record.
pub fn ever_in(db: &mut Db, call: CallId, states: &[State]) -> QueryResult<i64> {
    let of_call = applications::table
        .filter(applications::call_id.eq(call).and(applications::submitted_at.is_not_null()))
        .select(applications::id);
    let states: Vec<String> = states.iter().map(|state| state.as_text().to_string()).collect();
    events::table
        .filter(events::subject_kind.eq("application").and(events::subject_id.eq_any(of_call)))
        .filter(events::to_state.is_not_null().and(events::to_state.assume_not_null().eq_any(states)))
        .select(count(events::subject_id).aggregate_distinct())
        .first(db)
}
