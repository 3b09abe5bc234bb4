//! Programs with which accounts were signed in to lately, by a digest that tells neither the program nor the network.

use super::connection::Db;
use super::portable::Portable;
use super::schema::sign_in_programs;
use crate::domain::ids::AccountId;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Notes a sign-in by a program; true for one that was not seen after `since`. The account is held by the caller.
pub fn note(
    db: &mut Db,
    account: AccountId,
    program: &str,
    since: NaiveDateTime,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    let seen = sign_in_programs::table.find((account, program.to_string())).filter(sign_in_programs::seen_at.gt(since));
    if diesel::update(seen).set(sign_in_programs::seen_at.eq(now)).execute(db)? > 0 {
        return Ok(false);
    }
    Portable(
        diesel::insert_into(sign_in_programs::table)
            .values((
                sign_in_programs::account_id.eq(account),
                sign_in_programs::program.eq(program.to_string()),
                sign_in_programs::seen_at.eq(now),
            ))
            .on_conflict((sign_in_programs::account_id, sign_in_programs::program))
            .do_update()
            .set(sign_in_programs::seen_at.eq(now)),
    )
    .execute(db)?;
    Ok(true)
}

/// Forgets programs that were not seen since `before`.
pub fn forget(db: &mut Db, before: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(sign_in_programs::table.filter(sign_in_programs::seen_at.le(before))).execute(db)
}
