//! Backups: that one was made goes into the record, and the record says when the last one was.

use super::{Record, Tx};
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::error::Error;
use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

/// Days after which the system administrator is reminded of the next one.
pub const DAYS: i64 = 7;
/// What is backed up, in the record.
const KIND: &str = "backup";
const SUBJECT: &str = "data";

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Whether the database is in it: that of PostgreSQL is copied by other means.
    pub database: bool,
    /// Documents.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether the keys are in it.
    pub keys: bool,
}

/// Records that a backup was made and found whole.
///
/// # Errors
/// `wrong_role`.
pub fn record_backup(tx: &mut Tx<'_>, actor: &Actor, made: &Made) -> Result<(), Error> {
    let role = actor.must_hold(&[Role::System])?;
    tx.record(
        actor,
        Record {
            subject_kind: KIND,
            subject_id: SUBJECT,
            action: "backup.made",
            role: role.as_text(),
            detail: json!({
                "database": made.database, "objects": made.objects, "bytes": made.bytes, "keys": made.keys,
            }),
            ..Record::default()
        },
    )
}

/// When the last backup was recorded; none if there was none.
pub fn last_backup(tx: &mut Tx<'_>) -> Result<Option<NaiveDateTime>, Error> {
    let newest = db::events::newest_of(tx.db, KIND, SUBJECT, 1)?;
    Ok(newest.into_iter().next().map(|(_, at)| at))
}

/// Whether none was recorded for [`DAYS`] days; of a service that never had one, since its first account.
pub fn is_due(tx: &mut Tx<'_>) -> Result<bool, Error> {
    let since = match last_backup(tx)? {
        Some(at) => Some(at),
        None => db::accounts::first_created_at(tx.db)?,
    };
    Ok(since.is_some_and(|since| tx.now - since >= TimeDelta::days(DAYS)))
}
