//! Takes away what names people once it is of no more use (个人信息保护法, articles 19 and 47). The terms and their reasons are settings.

use super::{Record, Tx};
use crate::config::RetentionConfig;
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use chrono::Duration;

/// Accounts that are emptied in one transaction: anybody can register any number of addresses.
pub const ACCOUNTS_AT_ONCE: u16 = 200;

/// How much was taken away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Mails whose text and address are gone.
    pub mails: usize,
    /// Objections of which it is not known any more who made them.
    pub objectors: usize,
    /// Requests to join an organisation whose text is gone.
    pub join_requests: usize,
    /// Accounts that nobody ever took up, of which name and address are gone.
    pub accounts: usize,
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
    Ok(Removed { mails, objectors: ended.len(), join_requests, accounts: 0 })
}

/// Empties up to [`ACCOUNTS_AT_ONCE`] accounts that nobody ever took up, some time after their last link was over; how many. Their
/// roles are taken back, and the address is free for whoever has it.
///
/// # Errors
/// The database is away.
pub fn forget_unconfirmed(tx: &mut Tx<'_>, terms: &RetentionConfig) -> Result<usize, Error> {
    let before = tx.now - Duration::days(terms.unconfirmed_account_days);
    let over = db::accounts::unconfirmed(tx.db, before, i64::from(ACCOUNTS_AT_ONCE))?;
    let mut count = 0;
    for id in over {
        // Held, and asked for again: whoever took it up meanwhile is somebody, and whoever was invited anew has a good link.
        db::accounts::lock(tx.db, id)?;
        if db::accounts::is_unconfirmed(tx.db, id, before)? {
            forget(tx, id)?;
            count += 1;
        }
    }
    Ok(count)
}

fn forget(tx: &mut Tx<'_>, id: AccountId) -> Result<(), Error> {
    let reason = tx.env.words.say(DEFAULT_LANGUAGE, "account-never-confirmed");
    let record = |action, detail| Record {
        subject_kind: "account",
        subject_id: id.as_text(),
        action,
        role: Role::System.as_text(),
        reason: Some(&reason),
        detail,
        ..Record::default()
    };
    for grant in db::accounts::grants_of(tx.db, id)? {
        if db::accounts::revoke(tx.db, grant.id, tx.now)? {
            let detail = serde_json::json!({ "grant": grant.id, "role": grant.role });
            tx.record(&Actor::system(), record("account.role_revoked", detail))?;
        }
    }
    super::accounts::void_links(tx, id)?;
    db::mails::empty_of_account(tx.db, id, tx.now)?;
    db::accounts::forget(tx.db, id)?;
    tx.vouch("accounts", id.as_text(), &["email", "email_key", "name"])?;
    tx.record(&Actor::system(), record("account.forgotten", serde_json::Value::Null))
}
