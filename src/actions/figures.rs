//! Figures for whoever watches the service: how much there is of what, and never whose.

use super::Tx;
use super::backups::last_backup;
use crate::db;
use crate::domain::actor::Role;
use crate::domain::status::MailStanding;
use crate::error::Error;

/// What stands in the database at this instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Reviews in which experts score.
    pub open_reviews: i64,
    /// Sessions of people who are experts, in browsers and of programs.
    pub expert_sessions: i64,
    /// Mails that are still to be sent, but for those that are held.
    pub mails_waiting: i64,
    /// Mails that are held, so that an officer looks at them.
    pub mails_held: i64,
    /// Mails that were given up.
    pub mails_failed: i64,
    /// Seconds since the last checkpoint; none before the first.
    pub checkpoint_age: Option<i64>,
    /// Seconds since the last backup was recorded; none before the first.
    pub backup_age: Option<i64>,
}

/// Counts.
pub fn figures(tx: &mut Tx<'_>) -> Result<Figures, Error> {
    let last = db::checkpoints::last(tx.db)?;
    let backup = last_backup(tx)?;
    let held = db::mails::count_held(tx.db, tx.now)?;
    Ok(Figures {
        open_reviews: db::reviews::count_open(tx.db)?,
        expert_sessions: db::sessions::count_live(tx.db, Role::Expert, tx.now)?,
        mails_waiting: db::mails::count(tx.db, MailStanding::Waiting)? - held,
        mails_held: held,
        mails_failed: db::mails::count(tx.db, MailStanding::Failed)?,
        checkpoint_age: last.map(|last| (tx.now - last.at).num_seconds().max(0)),
        backup_age: backup.map(|at| (tx.now - at).num_seconds().max(0)),
    })
}
