//! Searches that are mailed when something new matches.

use super::connection::Db;
use super::schema::{published_lists, search_subscriptions};
use super::types::Json;
use crate::domain::ids::SubscriptionId;
use crate::domain::search::SavedSearch;
use crate::domain::status::ListStatus;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// A subscription.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = search_subscriptions)]
pub struct Subscription {
    /// Id.
    pub id: SubscriptionId,
    /// What is searched.
    pub search: Json<SavedSearch>,
    /// The hash of the search.
    pub search_key: String,
    /// A keyed hash of the address.
    pub address_key: String,
    /// The address, encrypted.
    pub address: String,
    /// Asked for.
    pub created_at: NaiveDateTime,
    /// The hash of the secret that confirms it; none once it was used.
    pub confirm_key: Option<String>,
    /// Confirmed.
    pub confirmed_at: Option<NaiveDateTime>,
    /// The place in the chain of lists up to which everything was told.
    pub seen_list: i32,
    /// When something was told last.
    pub told_at: Option<NaiveDateTime>,
    /// The tag of the language in which it was asked for.
    pub language: String,
    /// When the letter with the link left; none before.
    pub letter_at: Option<NaiveDateTime>,
}

/// Adds a subscription.
pub fn create(db: &mut Db, subscription: &Subscription) -> QueryResult<()> {
    diesel::insert_into(search_subscriptions::table).values(subscription).execute(db).map(drop)
}

/// The place of the newest published list in the chain of lists; 0 before the first.
pub fn newest_list(db: &mut Db) -> QueryResult<i32> {
    let newest = published_lists::table
        .filter(published_lists::status.eq(ListStatus::Published))
        .filter(published_lists::chain_number.is_not_null())
        .order(published_lists::chain_number.desc())
        .select(published_lists::chain_number.assume_not_null())
        .first(db)
        .optional()?;
    Ok(newest.unwrap_or_default())
}

/// How many subscriptions were asked for since an instant, by everybody.
pub fn count_asked(db: &mut Db, since: NaiveDateTime) -> QueryResult<i64> {
    search_subscriptions::table.filter(search_subscriptions::created_at.gt(since)).select(count_star()).first(db)
}

/// How many of them for one address.
pub fn count_asked_for(db: &mut Db, address_key: &str, since: NaiveDateTime) -> QueryResult<i64> {
    search_subscriptions::table
        .filter(search_subscriptions::address_key.eq(address_key.to_string()))
        .filter(search_subscriptions::created_at.gt(since))
        .select(count_star())
        .first(db)
}

/// The searches that one address has confirmed, by their hashes.
pub fn confirmed_searches(db: &mut Db, address_key: &str) -> QueryResult<Vec<String>> {
    search_subscriptions::table
        .filter(search_subscriptions::address_key.eq(address_key.to_string()))
        .filter(search_subscriptions::confirmed_at.is_not_null())
        .order(search_subscriptions::id)
        .select(search_subscriptions::search_key)
        .load(db)
}

/// Notes that the letter with the link of this secret has left.
pub fn note_letter(db: &mut Db, confirm_key: &str, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(search_subscriptions::table.filter(search_subscriptions::confirm_key.eq(confirm_key.to_string())))
        .set(search_subscriptions::letter_at.eq(now))
        .execute(db)
        .map(drop)
}

/// The subscription that this secret confirms, if its letter left since then; until it is noted that it left, nobody
/// has the secret.
pub fn to_confirm(db: &mut Db, confirm_key: &str, since: NaiveDateTime) -> QueryResult<Option<Subscription>> {
    search_subscriptions::table
        .filter(search_subscriptions::confirm_key.eq(confirm_key.to_string()))
        .filter(search_subscriptions::confirmed_at.is_null())
        .filter(
            search_subscriptions::letter_at.is_null().or(search_subscriptions::letter_at.assume_not_null().gt(since)),
        )
        .select(Subscription::as_select())
        .first(db)
        .optional()
}

/// Confirms a subscription; false when it was confirmed already.
pub fn confirm(db: &mut Db, id: SubscriptionId, seen_list: i32, now: NaiveDateTime) -> QueryResult<bool> {
    let waiting = search_subscriptions::table
        .filter(search_subscriptions::id.eq(id))
        .filter(search_subscriptions::confirmed_at.is_null());
    diesel::update(waiting)
        .set((
            search_subscriptions::confirm_key.eq(None::<String>),
            search_subscriptions::confirmed_at.eq(now),
            search_subscriptions::seen_list.eq(seen_list),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Takes the other subscriptions of the same address to the same search away.
pub fn remove_doubles(db: &mut Db, kept: &Subscription) -> QueryResult<usize> {
    let doubles = search_subscriptions::table
        .filter(search_subscriptions::address_key.eq(kept.address_key.clone()))
        .filter(search_subscriptions::search_key.eq(kept.search_key.clone()))
        .filter(search_subscriptions::id.ne(kept.id));
    diesel::delete(doubles).execute(db)
}

/// Takes a subscription away, with the address.
pub fn remove(db: &mut Db, id: SubscriptionId) -> QueryResult<usize> {
    diesel::delete(search_subscriptions::table.filter(search_subscriptions::id.eq(id))).execute(db)
}

/// Takes away what was never confirmed: whose letter left before `before`, and what was asked for before `unsent` and
/// its letter has not left yet.
pub fn remove_unconfirmed(db: &mut Db, before: NaiveDateTime, unsent: NaiveDateTime) -> QueryResult<usize> {
    let left =
        search_subscriptions::letter_at.is_not_null().and(search_subscriptions::letter_at.assume_not_null().le(before));
    let waits = search_subscriptions::letter_at.is_null().and(search_subscriptions::created_at.le(unsent));
    let over = search_subscriptions::table.filter(search_subscriptions::confirmed_at.is_null()).filter(left.or(waits));
    diesel::delete(over).execute(db)
}

/// Up to `limit` confirmed subscriptions that have not been told of this list, and of nothing since an instant.
pub fn behind(db: &mut Db, newest: i32, told_before: NaiveDateTime, limit: i64) -> QueryResult<Vec<Subscription>> {
    search_subscriptions::table
        .filter(search_subscriptions::confirmed_at.is_not_null())
        .filter(search_subscriptions::seen_list.lt(newest))
        .filter(
            search_subscriptions::told_at.is_null().or(search_subscriptions::told_at.assume_not_null().le(told_before)),
        )
        .order(search_subscriptions::id)
        .select(Subscription::as_select())
        .limit(limit)
        .load(db)
}

/// Notes up to which list somebody was told, and when if anything was; false when another process was faster.
pub fn advance(
    db: &mut Db,
    id: SubscriptionId,
    (seen, newest): (i32, i32),
    told_at: Option<NaiveDateTime>,
) -> QueryResult<bool> {
    let untold = search_subscriptions::table
        .filter(search_subscriptions::id.eq(id))
        .filter(search_subscriptions::seen_list.eq(seen));
    diesel::update(untold)
        .set((search_subscriptions::seen_list.eq(newest), search_subscriptions::told_at.eq(told_at)))
        .execute(db)
        .map(|rows| rows == 1)
}
