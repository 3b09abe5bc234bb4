//! Clears away what is of no more use. The record, submissions and lists are never touched.

use crate::actions::retention::{ACCOUNTS_AT_ONCE, Removed, forget_unconfirmed, remove_what_is_over};
use crate::app::App;
use crate::db;
use crate::domain::calendar::local_date;
use crate::domain::sign_in_program::PROGRAM_DAYS;
use crate::error::Error;
use crate::storage::{ORPHAN_AGE, ObjectKey};
use anyhow::Context;
use chrono::Duration;
use std::collections::BTreeSet;
use std::time::SystemTime;

/// Hours for which a request that was carried out is remembered.
const IDEMPOTENCY_HOURS: i64 = 48;

/// What was cleared away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Remembered requests.
    pub requests: usize,
    /// Sessions and tokens.
    pub sessions: usize,
    /// Stored objects that no row names.
    pub objects: usize,
    /// Counts of attempts that are outside their window.
    pub attempts: usize,
    /// Mails that were given up and held what is of no more use.
    pub mails: usize,
    /// What names people, beyond its term.
    pub removed: Removed,
}

/// Clears away.
///
/// # Errors
/// The database or the store of objects is away.
pub fn clear_away(app: &App) -> Result<Cleared, Error> {
    let terms = app.config.retention;
    let (requests, sessions, attempts, mails, removed) = app.write_now(move |tx| {
        let requests = db::idempotency::prune(tx.db, tx.now - Duration::hours(IDEMPOTENCY_HOURS))?;
        let sessions = db::prune::sessions_and_tokens(tx.db, tx.now - Duration::days(terms.session_days))?;
        let attempts = db::attempts::prune(tx.db, tx.now)?;
        let mails = db::mails::empty_given_up(tx.db, tx.now)?;
        db::deadlines::forget(tx.db, tx.now - Duration::days(1))?;
        db::sign_in_programs::forget(tx.db, tx.now - Duration::days(PROGRAM_DAYS))?;
        db::digests::forget(tx.db, local_date(tx.now - Duration::days(7)))?;
        let removed = remove_what_is_over(tx, &terms)?;
        Ok((requests, sessions, attempts, mails, removed))
    })?;
    let removed = Removed { accounts: forget_all_unconfirmed(app)?, ..removed };
    let named: BTreeSet<String> =
        app.read_now(|tx| Ok(db::objects::named(tx.db)?))?.into_iter().map(|object| object.sha256).collect();
    let swept = app
        .env
        .objects
        .sweep(SystemTime::now() - ORPHAN_AGE, &|key: &ObjectKey| named.contains(&key.to_string()))
        .context("the store of documents cannot be swept")?;
    let cleared = Cleared { requests, sessions, objects: swept.objects, attempts, mails, removed };
    if cleared != Cleared::default() {
        let Removed { mails: emptied, objectors, join_requests, accounts } = removed;
        tracing::info!(requests, sessions, objects = swept.objects, attempts, mails, "cleared away");
        tracing::info!(
            mails = emptied,
            objectors,
            join_requests,
            accounts,
            "what named people and was over its term is gone"
        );
    }
    Ok(cleared)
}

/// Some in each transaction, so that nobody waits for them all.
fn forget_all_unconfirmed(app: &App) -> Result<usize, Error> {
    let terms = app.config.retention;
    let mut count = 0;
    loop {
        let some = app.write_now(move |tx| forget_unconfirmed(tx, &terms))?;
        count += some;
        if some < usize::from(ACCOUNTS_AT_ONCE) {
            return Ok(count);
        }
    }
}
