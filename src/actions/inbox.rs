//! One's own mail, read in the service.

use super::mail_batches::with_note;
use super::{Record, Tx};
use crate::db;
use crate::db::mails::InboxMail;
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::ids::MailId;
use crate::domain::mail_group::MailGroup;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One page of one's own mails, newest first; those alone that were not read if asked for.
///
/// # Errors
/// Nobody is signed in.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, unread: bool, pager: Pager) -> Result<Page<InboxMail>, Error> {
    let account = actor.must_be_somebody()?;
    Ok(db::mails::inbox(tx.db, account, unread, tx.now, pager)?)
}

/// One of one's own mails.
///
/// # Errors
/// Nobody is signed in; it is not theirs, or not to be read here.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<InboxMail, Error> {
    let account = actor.must_be_somebody()?;
    let mail = db::mails::find_in_inbox(tx.db, account, id, tx.now)?;
    let body = with_note(tx.env.words, &mail.language, mail.body, &mail.note);
    Ok(InboxMail { body, ..mail })
}

/// Notes that one has read a mail. It is nobody else's business: it is not recorded.
///
/// # Errors
/// Nobody is signed in; it is not theirs, or not to be read here.
pub fn mark_read(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<InboxMail, Error> {
    let account = actor.must_be_somebody()?;
    let mail = find(tx, actor, id)?;
    db::mails::mark_read(tx.db, account, Some(id), tx.now)?;
    Ok(InboxMail { read_at: mail.read_at.or(Some(tx.now)), ..mail })
}

/// Notes that one has read every mail; how many were not before.
///
/// # Errors
/// Nobody is signed in.
pub fn mark_all_read(tx: &mut Tx<'_>, actor: &Actor) -> Result<usize, Error> {
    let account = actor.must_be_somebody()?;
    Ok(db::mails::mark_read(tx.db, account, None, tx.now)?)
}

/// What is mailed to one beside being read in the service. What belongs to a procedure always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailPreferences {
    /// That a deadline comes near.
    pub reminder: bool,
    /// That something waits for an officer.
    pub work: bool,
    /// What waits for an officer, all of it, each working day.
    pub digest: bool,
}

/// What is mailed to oneself.
///
/// # Errors
/// Nobody is signed in.
pub fn preferences(tx: &mut Tx<'_>, actor: &Actor) -> Result<MailPreferences, Error> {
    let muted = db::mail_mutes::of_account(tx.db, actor.must_be_somebody()?)?;
    let mailed = |group| !muted.contains(&group);
    Ok(MailPreferences {
        reminder: mailed(MailGroup::Reminder),
        work: mailed(MailGroup::Work),
        digest: mailed(MailGroup::Digest),
    })
}

/// Chooses what is mailed to oneself; nothing when it is chosen already.
///
/// # Errors
/// Nobody is signed in.
pub fn choose_preferences(tx: &mut Tx<'_>, actor: &Actor, chosen: MailPreferences) -> Result<(), Error> {
    let account = db::accounts::lock(tx.db, actor.must_be_somebody()?)?;
    let before = preferences(tx, actor)?;
    if before == chosen {
        return Ok(());
    }
    let groups =
        [(MailGroup::Reminder, chosen.reminder), (MailGroup::Work, chosen.work), (MailGroup::Digest, chosen.digest)];
    for (group, mailed) in groups {
        db::mail_mutes::set(tx.db, account.id, group, !mailed, tx.now)?;
    }
    tx.record(
        actor,
        Record {
            subject_kind: "account",
            subject_id: account.id.as_text(),
            action: "account.mail_chosen",
            detail: serde_json::json!({"mailed": chosen, "before": before}),
            ..Record::default()
        },
    )
}
