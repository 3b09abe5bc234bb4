//! Running numbers without gaps: application numbers, notices, lists.

use super::connection::Db;
use super::portable::{Fixed, Portable};
use super::schema::counters;
use diesel::prelude::*;

/// The version of what the public pages show: it goes up with each change of it.
pub const PUBLIC: &str = "public.version";

/// Above 0 once a start has found no form and no submission in the clear: what came since is sealed, and no start has to read them
/// all again.
pub const FORMS_SEALED: &str = "sealed.forms";

/// The next value of a counter, from 1. The row is held until the transaction ends, so numbers follow each other
/// without a gap.
pub fn next(db: &mut Db, name: &str) -> QueryResult<i64> {
    Fixed(Portable(
        diesel::insert_into(counters::table)
            .values((counters::name.eq(name.to_string()), counters::value.eq(1_i64)))
            .on_conflict(counters::name)
            .do_update()
            .set(counters::value.eq(counters::value + 1))
            .returning(counters::value),
    ))
    .get_result(db)
}

/// Where a counter stands; 0 before its first value.
pub fn current(db: &mut Db, name: &str) -> QueryResult<i64> {
    let value = counters::table.find(name.to_string()).select(counters::value).first(db).optional()?;
    Ok(value.unwrap_or_default())
}
