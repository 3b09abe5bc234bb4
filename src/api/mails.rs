//! The outbox, for the system administrator. Never what a mail says: it may hold a link that is good once.

use super::operation::{Asked, Nothing, Operation, change, read};
use crate::actions::Tx;
use crate::actions::retry_mail::{self, KEEPERS};
use crate::db;
use crate::db::mails::ListedMail;
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::ids::MailId;
use crate::domain::mask;
use crate::domain::status::MailStanding;
use crate::domain::steps::MailAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/mails", "list_mails", "The outbox, newest first, without what it says.", Access::Roles(KEEPERS), list),
        change(
            Method::POST,
            "/mails/retry",
            "retry_failed_mails",
            "Try every mail again that was given up.",
            Access::Roles(KEEPERS),
            |tx, actor, _: &Asked<Nothing>| {
                let mails = retry_mail::retry_all(tx, actor)?;
                Ok(RetriedJson { mails: u64::try_from(mails).unwrap_or(u64::MAX) })
            },
        ),
        change(
            Method::POST,
            "/mails/{id}/retry",
            "retry_mail",
            "Try a mail again that was given up.",
            Access::Roles(KEEPERS),
            |tx, actor, asked: &Asked<Nothing>| {
                let id = asked.id(MailId::from_text, "id")?;
                retry_mail::retry(tx, actor, id)?;
                Ok(MailJson::of(db::mails::find(tx.db, id)?, actor, tx.now))
            },
        ),
    ]
}

/// Which mails.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct MailsQuery {
    /// Of this standing.
    #[param(inline)]
    standing: Option<MailStanding>,
    /// Page, from 1.
    page: Option<i64>,
    /// Rows of a page, at most 200.
    per_page: Option<i64>,
}

/// A mail of the outbox.
#[derive(Debug, Serialize, ToSchema)]
struct MailJson {
    /// Id.
    id: MailId,
    /// The reader's address, masked.
    to: String,
    /// What kind of message.
    template: String,
    /// Where it stands.
    standing: MailStanding,
    /// Written.
    created_at: DateTime<Utc>,
    /// Times it was tried.
    attempts: i32,
    /// When it is tried next; only while it waits.
    next_attempt_at: Option<DateTime<Utc>>,
    /// When it left.
    sent_at: Option<DateTime<Utc>>,
    /// When it was given up.
    failed_at: Option<DateTime<Utc>>,
    /// What the mail server said last, addresses masked.
    last_error: Option<String>,
    /// What the caller may do now.
    actions: Vec<MailAction>,
}

impl MailJson {
    fn of(mail: ListedMail, actor: &Actor, now: NaiveDateTime) -> Self {
        let standing = mail.standing();
        MailJson {
            actions: MailAction::available(actor, standing, mail.is_over(now)),
            id: mail.id,
            to: mask::addresses(&mail.to_address),
            template: mail.template,
            standing,
            created_at: mail.created_at.and_utc(),
            attempts: mail.attempts,
            next_attempt_at: (standing == MailStanding::Waiting).then(|| mail.next_attempt_at.and_utc()),
            sent_at: mail.sent_at.filter(|_| standing == MailStanding::Sent).map(|at| at.and_utc()),
            failed_at: mail.failed_at.map(|at| at.and_utc()),
            last_error: mail.last_error.as_deref().map(mask::addresses),
        }
    }
}

/// What was put back into the queue.
#[derive(Debug, Serialize, ToSchema)]
struct RetriedJson {
    /// How many mails.
    mails: u64,
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<MailsQuery>) -> Result<Page<MailJson>, Error> {
    let MailsQuery { standing, page, per_page } = asked.input;
    let found = db::mails::list(tx.db, standing, Pager::new(page, per_page))?;
    Ok(found.map(|mail| MailJson::of(mail, actor, tx.now)))
}
