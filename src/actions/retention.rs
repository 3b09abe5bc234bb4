//! Takes away what names people once it is of no more use (个人信息保护法, articles 19 and 47). The terms and their reasons are settings.

use super::{Record, Tx};
use crate::config::RetentionConfig;
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::error::Error;
use chrono::Duration;

/// How much was taken away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Mails whose text and address are gone.
    pub mails: usize,
    /// Objections of which it is not known any more who made them.
    pub objectors: usize,
    /// Requests to join an organisation whose text is gone.
    pub join_requests: usize,
}

/// Takes away whatever its term is over for. That an objector was forgotten is recorded; the record itself is never touched.
///
/// # Errors
/// The database is away.
pub fn remove_what_is_over(tx: &mut Tx<'_>, terms: &RetentionConfig) -> Result<Removed, Error> {
    let now = tx.now;
    let before = |days: i64| now - Duration::days(days);
    let mails = db::mails::empty_ended(tx.db, before(terms.mail_days))?;
    db::mail_batches::empty_notes(tx.db, before(terms.mail_days))?;
    let join_requests = db::join_requests::empty_decided(tx.db, before(terms.join_request_days))?;
    let ended = db::objections::ended_with_identity(tx.db, before(terms.objector_days))?;
    for id in &ended {
        db::objections::forget_identity(tx.db, *id)?;
        let record = Record {
            subject_kind: "objection",
            subject_id: id.as_text(),
            action: "objection.identity_removed",
            role: Role::System.as_text(),
            ..Record::default()
        };
        tx.record(&Actor::system(), record)?;
    }
    Ok(Removed { mails, objectors: ended.len(), join_requests })
}
