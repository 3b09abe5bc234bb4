//! How often something was tried lately.

use super::connection::Db;
use super::portable::Portable;
use super::schema::attempts;
use crate::domain::throttle::Throttled;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::ops::RangeInclusive;

/// Adds one attempt to a slot, which counts until `ends_at`. The row is held until the transaction ends, so that two
/// processes count one after the other.
pub fn add(db: &mut Db, what: Throttled, key: &str, slot: i64, ends_at: NaiveDateTime) -> QueryResult<()> {
    Portable(
        diesel::insert_into(attempts::table)
            .values((
                attempts::kind.eq(what.as_text()),
                attempts::key.eq(key.to_string()),
                attempts::slot.eq(slot),
                attempts::made.eq(1_i64),
                attempts::ends_at.eq(ends_at),
            ))
            .on_conflict((attempts::kind, attempts::key, attempts::slot))
            .do_update()
            .set(attempts::made.eq(attempts::made + 1)),
    )
    .execute(db)
    .map(drop)
}

/// Adds so many to a slot, which counts until `ends_at`.
pub fn add_many(
    db: &mut Db,
    what: Throttled,
    key: &str,
    slot: i64,
    made: i64,
    ends_at: NaiveDateTime,
) -> QueryResult<()> {
    Portable(
        diesel::insert_into(attempts::table)
            .values((
                attempts::kind.eq(what.as_text()),
                attempts::key.eq(key.to_string()),
                attempts::slot.eq(slot),
                attempts::made.eq(made),
                attempts::ends_at.eq(ends_at),
            ))
            .on_conflict((attempts::kind, attempts::key, attempts::slot))
            .do_update()
            .set(attempts::made.eq(attempts::made + made)),
    )
    .execute(db)
    .map(drop)
}

/// Takes so many off a slot that has as many.
pub fn take_off(db: &mut Db, what: Throttled, key: &str, slot: i64, made: i64) -> QueryResult<()> {
    diesel::update(attempts::table.find((what.as_text(), key.to_string(), slot)).filter(attempts::made.ge(made)))
        .set(attempts::made.eq(attempts::made - made))
        .execute(db)
        .map(drop)
}

/// The slots from `oldest` on, each with its attempts, oldest first.
pub fn since(db: &mut Db, what: Throttled, key: &str, oldest: i64) -> QueryResult<Vec<(i64, i64)>> {
    attempts::table
        .filter(attempts::kind.eq(what.as_text()).and(attempts::key.eq(key.to_string())))
        .filter(attempts::slot.ge(oldest))
        .order(attempts::slot)
        .select((attempts::slot, attempts::made))
        .load(db)
}

/// All that is counted of a kind within some slots: under which key, in which slot, how many.
pub fn within(db: &mut Db, what: Throttled, slots: &RangeInclusive<i64>) -> QueryResult<Vec<(String, i64, i64)>> {
    attempts::table
        .filter(attempts::kind.eq(what.as_text()).and(attempts::slot.between(*slots.start(), *slots.end())))
        .order((attempts::key, attempts::slot))
        .select((attempts::key, attempts::slot, attempts::made))
        .load(db)
}

/// Takes one attempt back: it was none.
pub fn take_back(db: &mut Db, what: Throttled, key: &str, slot: i64) -> QueryResult<()> {
    diesel::update(attempts::table.find((what.as_text(), key.to_string(), slot)).filter(attempts::made.gt(0_i64)))
        .set(attempts::made.eq(attempts::made - 1))
        .execute(db)
        .map(drop)
}

/// Forgets every attempt of a key.
pub fn forget(db: &mut Db, what: Throttled, key: &str) -> QueryResult<()> {
    diesel::delete(attempts::table.filter(attempts::kind.eq(what.as_text()).and(attempts::key.eq(key.to_string()))))
        .execute(db)
        .map(drop)
}

/// Forgets slots that count no more. Returns how many.
pub fn prune(db: &mut Db, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(attempts::table.filter(attempts::ends_at.le(now))).execute(db)
}
