//! Passwords that accounts had before, by their hashes.

use crate::db::connection::Db;
use crate::db::schema::former_passwords;
use crate::domain::ids::AccountId;
use diesel::prelude::*;

/// Keeps the hash of a password that another takes the place of; `version` is the account's before that.
pub fn keep_former(db: &mut Db, account: AccountId, version: i32, hash: &str) -> QueryResult<()> {
    diesel::insert_into(former_passwords::table)
        .values((
            former_passwords::account_id.eq(account),
            former_passwords::version.eq(version),
            former_passwords::password_hash.eq(hash.to_string()),
        ))
        .execute(db)
        .map(drop)
}

/// The hashes of so many passwords that an account had before, the last one first.
pub fn former_hashes(db: &mut Db, account: AccountId, count: i64) -> QueryResult<Vec<String>> {
    former_passwords::table
        .filter(former_passwords::account_id.eq(account))
        .order(former_passwords::version.desc())
        .limit(count)
        .select(former_passwords::password_hash)
        .load(db)
}

/// Forgets those that an account had before, but for so many of the last.
pub fn forget_former(db: &mut Db, account: AccountId, kept: i64) -> QueryResult<()> {
    let newest_of_the_rest: Option<i32> = former_passwords::table
        .filter(former_passwords::account_id.eq(account))
        .order(former_passwords::version.desc())
        .offset(kept)
        .limit(1)
        .select(former_passwords::version)
        .first(db)
        .optional()?;
    let Some(newest) = newest_of_the_rest else { return Ok(()) };
    let rest = former_passwords::account_id.eq(account).and(former_passwords::version.le(newest));
    diesel::delete(former_passwords::table.filter(rest)).execute(db).map(drop)
}
