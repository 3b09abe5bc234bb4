//! Letters to many, for the officers who may do such acts: what is held, what it says, and letting it go.

use super::operation::{Asked, Operation, change, read};
use crate::actions::Tx;
use crate::actions::mail_batches::{self, BatchLetter, LetterNote, LettersNote, LettersRelease, OFFICERS, Sample};
use crate::db::mail_batches::MailBatch;
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::ids::{MailBatchId, MailId};
use crate::domain::language::Language;
use crate::domain::mail_batch::{MailAct, MailBatchAction};
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const LETTER_OFFICERS: Access = Access::Roles(OFFICERS);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/letters", "list_letters", "Letters to many, held or gone, newest first.", LETTER_OFFICERS, list),
        read(
            "/letters/{id}",
            "show_letters",
            "Letters to many, with some of them in each language, and all of them by pages.",
            LETTER_OFFICERS,
            |tx, actor, asked: &Asked<LettersQuery>| {
                shown(tx, actor, id_of(asked)?, Pager::new(asked.input.page, asked.input.per_page))
            },
        ),
        change(
            Method::PUT,
            "/letters/{id}/note",
            "note_letters",
            "Put a note below each of the letters while they are held.",
            LETTER_OFFICERS,
            |tx, actor, asked: &Asked<LettersNote>| {
                let id = id_of(asked)?;
                mail_batches::note(tx, actor, id, &asked.input)?;
                shown(tx, actor, id, Pager::new(None, None))
            },
        ),
        change(
            Method::PUT,
            "/letters/{id}/mails/{mail}/note",
            "note_letter",
            "Put a note below one of the letters while they are held, above the one that all of them have.",
            LETTER_OFFICERS,
            |tx, actor, asked: &Asked<LetterNote>| {
                let (id, mail) = (id_of(asked)?, asked.id(MailId::from_text, "mail")?);
                mail_batches::note_one(tx, actor, id, mail, &asked.input)?;
                shown(tx, actor, id, Pager::new(None, None))
            },
        ),
        change(
            Method::POST,
            "/letters/{id}/release",
            "release_letters",
            "Let the letters go at once, with another note if one is given.",
            LETTER_OFFICERS,
            |tx, actor, asked: &Asked<LettersRelease>| {
                let id = id_of(asked)?;
                mail_batches::release(tx, actor, id, &asked.input)?;
                shown(tx, actor, id, Pager::new(None, None))
            },
        ),
    ]
}

fn id_of<I>(asked: &Asked<I>) -> Result<MailBatchId, Error> {
    asked.id(MailBatchId::from_text, "id")
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct LettersQuery {
    /// Page, from 1.
    page: Option<i64>,
    /// Rows of a page, at most 200.
    per_page: Option<i64>,
}

/// Letters that one act wrote to many.
#[derive(Debug, Serialize, ToSchema)]
struct LettersJson {
    /// Id.
    id: MailBatchId,
    /// Which act.
    act: MailAct,
    /// Id of the call that the act was about.
    call: String,
    /// Its title.
    title: String,
    /// Code of the bureau whose act it was; none for the department's.
    bureau: Option<String>,
    /// How many letters.
    letters: i32,
    /// What stands below each of them.
    note: String,
    /// When the act was done.
    created_at: DateTime<Utc>,
    /// They leave by themselves then.
    held_until: DateTime<Utc>,
    /// When an officer let them go; none while they are held, and for those that left by themselves.
    released_at: Option<DateTime<Utc>>,
    /// Counts changes.
    version: i32,
    /// What the caller may do now.
    actions: Vec<MailBatchAction>,
}

impl LettersJson {
    fn of(batch: MailBatch, actor: &Actor, now: NaiveDateTime) -> LettersJson {
        LettersJson {
            actions: MailBatchAction::available(actor, batch.act, batch.waits(now)),
            id: batch.id,
            act: batch.act,
            call: batch.subject,
            title: batch.title,
            bureau: batch.bureau,
            letters: batch.letters,
            note: batch.note,
            created_at: batch.created_at.and_utc(),
            held_until: batch.held_until.and_utc(),
            released_at: batch.released_at.map(|at| at.and_utc()),
            version: batch.version,
        }
    }
}

/// One of the letters, as its reader gets it.
#[derive(Debug, Serialize, ToSchema)]
struct LetterSampleJson {
    /// Its language.
    language: Language,
    /// Its subject.
    subject: String,
    /// Its text, with the note.
    text: String,
}

/// One of the letters with whom it is for.
#[derive(Debug, Serialize, ToSchema)]
struct BatchLetterJson {
    /// Id.
    id: MailId,
    /// The reader's address, masked; empty after its term.
    to: String,
    /// The organisation whose application it tells of; empty for one that tells of no single one.
    organisation: String,
    /// The application's number.
    number: String,
    /// Its language.
    language: Language,
    /// Its subject.
    subject: String,
    /// Its text, with the notes; empty after its term.
    text: String,
    /// The note that stands below it alone; empty for none.
    own_note: String,
}

/// Letters that one act wrote to many, with some of them and a page of all.
#[derive(Debug, Serialize, ToSchema)]
struct LettersWithSamplesJson {
    /// The letters.
    letters: LettersJson,
    /// Some of them, in each language in which there are any.
    samples: Vec<LetterSampleJson>,
    /// The letters of the page that is asked for.
    mails: Vec<BatchLetterJson>,
    /// How many there are on all pages.
    mails_total: i64,
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<LettersQuery>) -> Result<Page<LettersJson>, Error> {
    let found = mail_batches::list(tx, actor, Pager::new(asked.input.page, asked.input.per_page))?;
    Ok(found.map(|batch| LettersJson::of(batch, actor, tx.now)))
}

fn shown(tx: &mut Tx<'_>, actor: &Actor, id: MailBatchId, pager: Pager) -> Result<LettersWithSamplesJson, Error> {
    let (batch, samples) = mail_batches::show(tx, actor, id)?;
    let mails = mail_batches::letters(tx, actor, id, pager)?.map(|letter: BatchLetter| BatchLetterJson {
        id: letter.id,
        own_note: letter.own_note,
        to: letter.to,
        organisation: letter.organisation,
        number: letter.number,
        language: letter.language,
        subject: letter.subject,
        text: letter.text,
    });
    let sample = |Sample { language, subject, text }: Sample| LetterSampleJson { language, subject, text };
    let samples = samples.into_iter().map(sample).collect();
    let letters = LettersJson::of(batch, actor, tx.now);
    Ok(LettersWithSamplesJson { letters, samples, mails: mails.items, mails_total: mails.total })
}
