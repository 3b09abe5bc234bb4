//! Trying mail again that was given up, once what was in its way is mended.

use super::{Record, Tx};
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::MailId;
use crate::domain::refusal::Refusal;
pub use crate::domain::steps::KEEPERS;
use crate::domain::steps::MailAction;
use crate::error::Error;

/// Puts one mail back into the queue.
///
/// # Errors
/// `mail_not_failed` when it was not given up, or somebody was faster; `mail_is_over` when its one-time link is.
pub fn retry(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<(), Error> {
    let mail = db::mails::find(tx.db, id)?;
    let role = MailAction::Retry.permit(actor, mail.standing(), mail.is_over(tx.now))?;
    if db::mails::retry(tx.db, Some(id), tx.now)? == 0 {
        return Err(Refusal::conflict("mail_not_failed").into());
    }
    record(tx, actor, role, serde_json::json!({"mail": id}))
}

/// Puts every mail that was given up back into the queue; how many there were. None is no change and leaves no record.
pub fn retry_all(tx: &mut Tx<'_>, actor: &Actor) -> Result<usize, Error> {
    let role = actor.must_hold(KEEPERS)?;
    let mails = db::mails::retry(tx.db, None, tx.now)?;
    if mails > 0 {
        record(tx, actor, role, serde_json::json!({"mails": mails}))?;
    }
    Ok(mails)
}

/// The outbox is one subject: what was done to it stands in one chain.
fn record(tx: &mut Tx<'_>, actor: &Actor, role: Role, detail: serde_json::Value) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "outbox",
            subject_id: "mails",
            action: "mail.retried",
            role: role.as_text(),
            detail,
            ..Record::default()
        },
    )
}
