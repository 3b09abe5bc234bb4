//! One's own mail, read in the service.

use super::operation::{Asked, Nothing, Operation, change, read};
use crate::actions::inbox::MailPreferences;
use crate::actions::{Tx, inbox};
use crate::db::mails::InboxMail;
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::ids::MailId;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/messages",
            "list_messages",
            "One's own messages, newest first; with `unread=true` the `total` is how many were not read.",
            Access::SignedIn,
            list,
        ),
        read(
            "/messages/{id}",
            "show_message",
            "One of one's own messages. Reading it here does not mark it as read.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| inbox::find(tx, actor, id_of(asked)?).map(MessageJson::from),
        ),
        change(
            Method::POST,
            "/messages/read",
            "read_all_messages",
            "Mark every message of one's own as read.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| {
                let messages = inbox::mark_all_read(tx, actor)?;
                Ok(ReadMessagesJson { messages: u64::try_from(messages).unwrap_or(u64::MAX) })
            },
        ),
        change(
            Method::POST,
            "/messages/{id}/read",
            "read_message",
            "Mark a message of one's own as read.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| inbox::mark_read(tx, actor, id_of(asked)?).map(MessageJson::from),
        ),
        read(
            "/me/mail-preferences",
            "show_mail_preferences",
            "What is mailed to one beside being read here. What belongs to a procedure always is.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| inbox::preferences(tx, actor),
        ),
        change(
            Method::PUT,
            "/me/mail-preferences",
            "choose_mail_preferences",
            "Choose what is mailed to one beside being read here.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<MailPreferences>| {
                inbox::choose_preferences(tx, actor, asked.input)?;
                inbox::preferences(tx, actor)
            },
        ),
    ]
}

fn id_of<I>(asked: &Asked<I>) -> Result<MailId, Error> {
    asked.id(MailId::from_text, "id")
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct MessagesQuery {
    /// Those alone that were not read.
    unread: Option<bool>,
    /// Page, from 1.
    page: Option<i64>,
    /// Rows of a page, at most 200.
    per_page: Option<i64>,
}

/// A message in the list.
#[derive(Debug, Serialize, ToSchema)]
struct ListedMessageJson {
    /// Id.
    id: MailId,
    /// What kind of message.
    kind: String,
    /// Subject, in the reader's language as it was written.
    subject: String,
    /// Written.
    created_at: DateTime<Utc>,
    /// When it was read in the service.
    read_at: Option<DateTime<Utc>>,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
struct MessageJson {
    /// Id.
    id: MailId,
    /// What kind of message.
    kind: String,
    /// Subject, in the reader's language as it was written.
    subject: String,
    /// Text.
    body: String,
    /// Written.
    created_at: DateTime<Utc>,
    /// When it was read in the service.
    read_at: Option<DateTime<Utc>>,
}

/// How many messages were marked.
#[derive(Debug, Serialize, ToSchema)]
struct ReadMessagesJson {
    /// Messages that were not read before.
    messages: u64,
}

impl From<InboxMail> for ListedMessageJson {
    fn from(mail: InboxMail) -> Self {
        ListedMessageJson {
            id: mail.id,
            kind: mail.template,
            subject: mail.subject,
            created_at: mail.created_at.and_utc(),
            read_at: mail.read_at.map(|at| at.and_utc()),
        }
    }
}

impl From<InboxMail> for MessageJson {
    fn from(mail: InboxMail) -> Self {
        MessageJson {
            id: mail.id,
            kind: mail.template,
            subject: mail.subject,
            body: mail.body,
            created_at: mail.created_at.and_utc(),
            read_at: mail.read_at.map(|at| at.and_utc()),
        }
    }
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<MessagesQuery>) -> Result<Page<ListedMessageJson>, Error> {
    let MessagesQuery { unread, page, per_page } = asked.input;
    let found = inbox::list(tx, actor, unread.unwrap_or(false), Pager::new(page, per_page))?;
    Ok(found.map(ListedMessageJson::from))
}
