//! Whose digest of a day was seen to: once a person and day, whichever process comes first.

use super::connection::Db;
use super::portable::Portable;
use super::schema::digests;
use crate::domain::ids::AccountId;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// The accounts whose digest of that day was seen to.
pub fn noted(db: &mut Db, day: NaiveDate) -> QueryResult<Vec<AccountId>> {
    digests::table.filter(digests::day.eq(day)).order(digests::account_id).select(digests::account_id).load(db)
}

/// Notes that an account's digest of a day is seen to; false when it was already.
pub fn note(db: &mut Db, account: AccountId, day: NaiveDate, now: NaiveDateTime) -> QueryResult<bool> {
    Portable(
        diesel::insert_into(digests::table)
            .values((digests::account_id.eq(account), digests::day.eq(day), digests::noted_at.eq(now)))
            .on_conflict((digests::account_id, digests::day))
            .do_nothing(),
    )
    .execute(db)
    .map(|rows| rows == 1)
}

/// Forgets the days before `before`; how many rows there were.
pub fn forget(db: &mut Db, before: NaiveDate) -> QueryResult<usize> {
    diesel::delete(digests::table.filter(digests::day.lt(before))).execute(db)
}
