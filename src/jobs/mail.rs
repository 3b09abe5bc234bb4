//! Empties the outbox. Mail is claimed, sent outside any transaction, and its end noted: a slow or dead mail server
//! delays mail and nothing else.

use crate::actions::link_term::{begin, has_term, left};
use crate::actions::mail_batches::with_note;
use crate::actions::sealed::{is_sealed, open_mail};
use crate::app::App;
use crate::db::mails::{self, Mail};
use crate::domain::calendar::local_datetime_text;
use crate::domain::letter_text::paragraphs;
use crate::domain::mail_group::{group_of, why};
use crate::error::Error;
use crate::mail::{HtmlLetter, Letter, MAX_ATTEMPTS, Recipient, SendProblem, as_html, next_attempt};
use chrono::{Duration, NaiveDateTime};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Mails claimed at a time.
const BATCH: i64 = 50;
/// Rounds of a turn at most, so that the other jobs get theirs.
const ROUNDS: usize = 20;
/// Minutes for which a claim keeps other senders off.
const LEASE_MINUTES: i64 = 5;
/// What one attempt may take at most; with less of the lease left the rest is given back.
const ATTEMPT_MINUTES: i64 = 1;

/// What a turn did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Mails that left.
    pub sent: usize,
    /// Mails that did not.
    pub failed: usize,
}

/// Sends what is due.
///
/// # Errors
/// The database is away; a mail that cannot be sent is no error.
pub fn deliver_mail(app: &App) -> Result<Delivered, Error> {
    let mut delivered = Delivered::default();
    for _ in 0..ROUNDS {
        let claimed = app.write_now(|tx| {
            let until = tx.now + Duration::minutes(LEASE_MINUTES);
            Ok(mails::claim(tx.db, tx.now, until, BATCH)?)
        })?;
        if claimed.is_empty() {
            break;
        }
        for mail in claimed {
            let lease_left = mail.locked_until.map(|until| until - app.clock.now());
            if lease_left.is_none_or(|left| left < Duration::minutes(ATTEMPT_MINUTES)) {
                return Ok(delivered);
            }
            if attempt(app, mail)? {
                delivered.sent += 1;
            } else {
                delivered.failed += 1;
            }
        }
    }
    Ok(delivered)
}

/// Tries one mail and notes how it ended.
fn attempt(app: &App, mail: Mail) -> Result<bool, Error> {
    let id = mail.id;
    let attempts = u32::try_from(mail.attempts).unwrap_or(MAX_ATTEMPTS);
    let sealed = is_sealed(&mail);
    // Just before it leaves: however long it waited for the server, its reader has the whole term.
    let mail = if has_term(&mail) { app.write_now(move |tx| begin(tx, mail))? } else { mail };
    let as_kept = mail.clone();
    // A letter that trips us or the sender up must not keep the others from leaving.
    let result = catch_unwind(AssertUnwindSafe(|| match open_mail(&app.env, mail).map(|mail| letter(app, mail)) {
        Some(letter) => app.mail.send(&letter),
        None => Err(SendProblem::Permanent("its seal does not open: the key or the row is another one".into())),
    }))
    .unwrap_or_else(|_| Err(SendProblem::Permanent("the sender failed on this mail".into())));
    let (why, next) = match result {
        Ok(()) => {
            app.write_now(move |tx| {
                left(tx, &as_kept)?;
                Ok(mails::sent(tx.db, id, tx.now)?)
            })?;
            return Ok(true);
        }
        Err(SendProblem::Temporary(why)) => {
            let next = next_try(app.clock.now(), attempts);
            (why, next)
        }
        Err(SendProblem::Permanent(why)) => (why, None),
    };
    // What a server says may repeat the address.
    let why = if sealed { "not taken; what the server said is not kept for a sealed mail".to_string() } else { why };
    tracing::warn!(mail.id = %id, attempts, given_up = next.is_none(), "mail not sent");
    app.write_now(move |tx| Ok(mails::failed(tx.db, id, &why, next, tx.now)?))?;
    Ok(false)
}

/// When to try again; never once all attempts are used up.
fn next_try(now: NaiveDateTime, attempts: u32) -> Option<NaiveDateTime> {
    let wait = Duration::from_std(next_attempt(attempts)).ok()?;
    (attempts < MAX_ATTEMPTS).then_some(now + wait)
}

/// Where its reader switches such mail off; none for mail that cannot be.
fn settings(app: &App, mail: &Mail) -> Option<String> {
    group_of(&mail.template).map(|_| format!("{}/messages#mail-settings", app.env.base_url))
}

/// How every letter ends: when it was written, why its reader gets it, and where such mail is switched off.
fn closing(app: &App, mail: &Mail) -> String {
    let words = app.env.words;
    let at = local_datetime_text(mail.created_at);
    let at = words.say_with(&mail.language, "mail-written-at", [("at", at)]);
    let why = why(&mail.template, mail.account_id.is_some()).map(|key| words.say(&mail.language, key));
    let settings =
        settings(app, mail).map(|link| words.say_with(&mail.language, "mail-settings-link", [("link", link)]));
    [Some(at), why, settings].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A mail as it leaves: its text, and the same as HTML.
fn letter(app: &App, mail: Mail) -> Letter {
    let closing = closing(app, &mail);
    let settings = settings(app, &mail);
    let text = with_note(app.env.words, &mail.language, mail.body, &mail.note);
    let text = format!("{}\n\n{closing}", text.trim_end());
    let html = as_html(&HtmlLetter {
        language: &mail.language,
        subject: &mail.subject,
        paragraphs: &paragraphs(&app.env.base_url, &text),
        open: &app.env.words.say(&mail.language, "mail-open"),
        quiet: mail.unsubscribe.as_deref().or(settings.as_deref()),
    });
    Letter {
        to: Recipient { name: None, address: mail.to_address },
        subject: mail.subject,
        text,
        html: Some(html),
        message_id: format!("<{}>", mail.message_id.trim_matches(['<', '>'])),
        date: mail.created_at,
        unsubscribe: mail.unsubscribe,
    }
}
