//! Requests that must be carried out once, however often they arrive.

use super::connection::Db;
use super::portable::Portable;
use super::schema::idempotency_keys;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// What is known of a key.
#[derive(Debug, Queryable)]
pub struct Remembered {
    /// Fingerprint of the request it came with.
    pub request_sha256: String,
    /// Status of the answer; none while the request is being carried out.
    pub status: Option<i32>,
    /// The answer.
    pub body: Option<String>,
    /// What the owner held when it was given; none in one that the version before kept.
    pub standing: Option<String>,
}

/// Takes the key; false when somebody has it already. On PostgreSQL this waits for the one who is at it.
pub fn take(db: &mut Db, owner: &str, key: &str, request_sha256: &str, now: NaiveDateTime) -> QueryResult<bool> {
    Portable(
        diesel::insert_into(idempotency_keys::table)
            .values((
                idempotency_keys::owner.eq(owner.to_string()),
                idempotency_keys::key.eq(key.to_string()),
                idempotency_keys::request_sha256.eq(request_sha256.to_string()),
                idempotency_keys::created_at.eq(now),
            ))
            .on_conflict((idempotency_keys::owner, idempotency_keys::key))
            .do_nothing(),
    )
    .execute(db)
    .map(|rows| rows == 1)
}

/// What is known of the key; none that nobody has taken.
pub fn find(db: &mut Db, owner: &str, key: &str) -> QueryResult<Option<Remembered>> {
    idempotency_keys::table
        .find((owner, key))
        .select((
            idempotency_keys::request_sha256,
            idempotency_keys::status,
            idempotency_keys::body,
            idempotency_keys::standing,
        ))
        .first(db)
        .optional()
}

/// Keeps the answer, with what its owner held.
pub fn answer(db: &mut Db, owner: &str, key: &str, status: i32, body: &str, standing: &str) -> QueryResult<()> {
    diesel::update(idempotency_keys::table.find((owner, key)))
        .set((
            idempotency_keys::status.eq(status),
            idempotency_keys::body.eq(body),
            idempotency_keys::standing.eq(standing),
        ))
        .execute(db)
        .map(drop)
}

/// Forgets keys older than `before`.
pub fn prune(db: &mut Db, before: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before))).execute(db)
}
