//! One's own mail, read in the service.

use super::Tx;
use crate::db;
use crate::db::mails::InboxMail;
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::ids::MailId;
use crate::error::Error;

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
    Ok(db::mails::find_in_inbox(tx.db, account, id, tx.now)?)
}

/// Notes that one has read a mail. It is nobody else's business: it is not recorded.
///
/// # Errors
/// Nobody is signed in; it is not theirs, or not to be read here.
pub fn mark_read(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<InboxMail, Error> {
    let account = actor.must_be_somebody()?;
    let mail = db::mails::find_in_inbox(tx.db, account, id, tx.now)?;
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
