//! Letters that one act writes to many: held until an officer who may do the act lets them go, or until their time is
//! over. What they say stays, for it is what was decided; a note can be put below each of them, and another below a single one.
//! None can be taken back.

use super::{Record, Tx};
use crate::db;
use crate::db::mail_batches::MailBatch;
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, CallId, MailBatchId, MailId};
use crate::domain::language::Language;
use crate::domain::mail_batch::{MailAct, MailBatchAction};
use crate::domain::mask;
use crate::domain::plain_text;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::error::Error;
use crate::words::Words;
use chrono::NaiveDateTime;
use serde::Deserialize;
use utoipa::ToSchema;

/// Who sees what is held, and what was: the department all of it, a bureau its own.
pub const OFFICERS: &[Role] = &[Role::Handler, Role::Approver, Role::CityOfficer];
/// Characters of a note.
pub const NOTE_LIMIT: usize = 500;
/// Letters that are shown in each language, no two alike.
const SAMPLES: usize = 2;
/// Letters that are looked through for them.
const LOOKED_THROUGH: i64 = 50;

/// An act that writes to many.
pub(super) struct ToMany<'a> {
    /// Which.
    pub act: MailAct,
    /// The call that it is about.
    pub call: CallId,
    /// The call's title.
    pub title: &'a str,
    /// The bureau whose act it is; none for the department's.
    pub bureau: Option<&'a str>,
    /// When the term ends of which the letters tell, if they tell of one that is running.
    pub term_ends: Option<NaiveDateTime>,
}

/// From here on the letters of the transaction are those of one act, until [`end`].
pub(super) fn begin(tx: &mut Tx<'_>) {
    tx.to_many = Some(Vec::new());
}

/// Ends the letters of an act, and holds them if they are many. Letters about the same call that are held from before go
/// first, so that nobody reads the later one before the earlier.
///
/// # Errors
/// The database is away.
pub(super) fn end(tx: &mut Tx<'_>, actor: &Actor, many: &ToMany<'_>) -> Result<(), Error> {
    let written = tx.to_many.take().unwrap_or_default();
    if written.is_empty() {
        return Ok(());
    }
    let_earlier_go(tx, many.call, many.bureau)?;
    let Some(held_until) = tx.env.holding.until(tx.now, written.len(), many.term_ends) else { return Ok(()) };
    let batch = MailBatch {
        id: MailBatchId::new(&*tx.env.ids),
        act: many.act,
        subject: many.call.to_string(),
        title: many.title.to_string(),
        letters: i32::try_from(written.len()).unwrap_or(i32::MAX),
        note: String::new(),
        held_until,
        created_by: actor.account,
        created_at: tx.now,
        released_by: None,
        released_at: None,
        version: 1,
        bureau: many.bureau.map(str::to_string),
    };
    db::mail_batches::create(tx.db, &batch)?;
    db::mails::hold(tx.db, &written, batch.id, held_until)?;
    let detail = serde_json::json!({
        "act": batch.act, "call": many.call, "letters": batch.letters, "held_until": held_until.and_utc(),
    });
    record(tx, actor, "", batch.id, "letters.held", detail)
}

/// Lets the letters about a call go that are held, before anybody is written to about the same: nobody reads the later
/// letter before the earlier. Those of another bureau have other readers, and stay.
///
/// # Errors
/// The database is away.
pub(super) fn let_earlier_go(tx: &mut Tx<'_>, call: CallId, bureau: Option<&str>) -> Result<(), Error> {
    let subject = call.to_string();
    let is_anothers = |batch: &MailBatch| batch.bureau.as_deref().zip(bureau).is_some_and(|(its, own)| its != own);
    let waiting = db::mail_batches::waiting(tx.db, tx.now)?;
    for mut earlier in waiting.into_iter().filter(|batch| batch.subject == subject && !is_anothers(batch)) {
        // An officer may put a note below them, or let them go, at this very instant: that must not stop the act.
        while earlier.waits(tx.now) && !let_go(tx, &Actor::system(), Role::System, &earlier)? {
            earlier = db::mail_batches::find(tx.db, &Scope::everything(), earlier.id)?;
        }
    }
    Ok(())
}

/// The bureau whose letters alone the actor sees; none for the department.
pub(super) fn own_bureau(actor: &Actor) -> Result<Option<String>, Error> {
    match actor.must_hold(OFFICERS)? {
        Role::CityOfficer => Ok(Some(actor.bureau().ok_or(Error::NotFound)?.to_string())),
        _ => Ok(None),
    }
}

/// The letters that an act upon a call wrote at this instant and that wait for an officer, within the actor's sight.
///
/// # Errors
/// The database is away.
pub fn waiting_since(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: CallId,
    acts: &[MailAct],
    at: NaiveDateTime,
) -> Result<Option<MailBatch>, Error> {
    // An auditor reads what was done, and no letters.
    if !actor.holds_any(OFFICERS) {
        return Ok(None);
    }
    let own = own_bureau(actor)?;
    let written = db::mail_batches::written_at(tx.db, call.as_text(), at)?;
    let now = tx.now;
    let is_it =
        |batch: &MailBatch| acts.contains(&batch.act) && batch.waits(now) && (own.is_none() || batch.bureau == own);
    Ok(written.into_iter().find(is_it))
}

/// The letters of one act within the actor's sight.
fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailBatchId) -> Result<MailBatch, Error> {
    let own = own_bureau(actor)?;
    let batch = db::mail_batches::find(tx.db, &Scope::of(actor), id)?;
    if own.is_none() || batch.bureau == own { Ok(batch) } else { Err(Error::NotFound) }
}

/// Letters to many, newest first.
///
/// # Errors
/// `wrong_role`.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, pager: Pager) -> Result<Page<MailBatch>, Error> {
    let own = own_bureau(actor)?;
    Ok(db::mail_batches::list(tx.db, own.as_deref(), pager)?)
}

/// A letter's text with what an officer had put below it.
pub fn with_note(words: Words, language: &str, body: String, note: &str) -> String {
    if note.is_empty() {
        return body;
    }
    let note = words.say_with(language, "mail-note", [("note", note)]);
    format!("{}\n\n{note}", body.trim_end())
}

/// One letter of those that are held, as its reader will get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Its language.
    pub language: Language,
    /// Its subject.
    pub subject: String,
    /// Its text, with the note.
    pub text: String,
}

/// The letters of one act, with some of them in each language in which there are any.
///
/// # Errors
/// `wrong_role`; there are none of this id, or another bureau's.
pub fn show(tx: &mut Tx<'_>, actor: &Actor, id: MailBatchId) -> Result<(MailBatch, Vec<Sample>), Error> {
    let batch = find(tx, actor, id)?;
    let mut samples = Vec::new();
    for language in Language::ALL.iter().copied() {
        let mut shown: Vec<(String, String, String)> = Vec::new();
        for letter in db::mails::samples(tx.db, id, language.as_text(), LOOKED_THROUGH)? {
            // After its term a letter's text is gone; what many are told in the same words is shown once.
            if !letter.1.is_empty() && shown.len() < SAMPLES && !shown.contains(&letter) {
                shown.push(letter);
            }
        }
        for (subject, body, note) in shown {
            let text = with_note(tx.env.words, language.as_text(), body, &note);
            samples.push(Sample { language, subject, text });
        }
    }
    Ok((batch, samples))
}

/// One of the letters with whom it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLetter {
    /// Id.
    pub id: MailId,
    /// The reader's address, masked; empty after its term.
    pub to: String,
    /// The organisation whose application it tells of; empty for one that tells of no single one.
    pub organisation: String,
    /// The application's number.
    pub number: String,
    /// Its language.
    pub language: Language,
    /// Its subject.
    pub subject: String,
    /// Its text, with the notes; empty after its term.
    pub text: String,
    /// The note that stands below it alone.
    pub own_note: String,
}

/// One page of the letters of one act, each whole: they are the officers' own words to many, and no two need be alike.
///
/// # Errors
/// `wrong_role`; there are none of this id, or another bureau's.
pub fn letters(tx: &mut Tx<'_>, actor: &Actor, id: MailBatchId, pager: Pager) -> Result<Page<BatchLetter>, Error> {
    find(tx, actor, id)?;
    let found = db::mails::of_batch(tx.db, id, pager)?;
    let files: Vec<ApplicationId> = found.items.iter().filter_map(|letter| letter.application_id).collect();
    let names = db::reviews::names_of_applications(tx.db, &files)?;
    let words = tx.env.words;
    Ok(found.map(|letter| {
        let named = letter.application_id.and_then(|file| names.get(&file)).cloned();
        let (organisation, number) = named.unwrap_or_default();
        let text = match letter.body.is_empty() {
            true => String::new(),
            false => with_note(words, &letter.language, letter.body, &letter.note),
        };
        BatchLetter {
            id: letter.id,
            own_note: letter.own_note,
            to: mask::addresses(&letter.to_address),
            organisation,
            number: number.unwrap_or_default(),
            language: Language::of_tag(&letter.language),
            subject: letter.subject,
            text,
        }
    }))
}

/// What is to stand below each letter.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LettersNote {
    /// The version that was seen.
    pub version: i32,
    /// The note, at most 500 characters; empty for none.
    pub note: String,
}

/// Puts a note below each letter that has not left, in place of the one before.
///
/// # Errors
/// `wrong_role`; `letters_gone`; stale; a note that is too long.
pub fn note(tx: &mut Tx<'_>, actor: &Actor, id: MailBatchId, input: &LettersNote) -> Result<(), Error> {
    let mut batch = find(tx, actor, id)?;
    tx.acts_upon(actor, "outbox", id.as_text(), (input.version, batch.version));
    tx.compare("note", "letters-add", &input.note, &batch.note);
    let role = MailBatchAction::Note.permit(actor, batch.act, batch.waits(tx.now))?;
    let note = read_note("note", &input.note)?;
    tx.must_be_current(input.version, batch.version)?;
    put_note(tx, actor, role, &mut batch, note)
}

/// What is to stand below one letter.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterNote {
    /// The version of the letters that was seen.
    pub version: i32,
    /// The note, at most 500 characters; empty for none.
    pub own_note: String,
}

/// Puts a note below one of the letters while it is held, above the one that all of them have.
///
/// # Errors
/// `wrong_role`; `letters_gone`; not found where the act wrote no such letter; stale; a note that is too long.
pub fn note_one(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MailBatchId,
    mail: MailId,
    input: &LetterNote,
) -> Result<(), Error> {
    let batch = find(tx, actor, id)?;
    tx.acts_upon(actor, "outbox", id.as_text(), (input.version, batch.version));
    let kept = db::mail_batches::own_note(tx.db, id, mail)?.ok_or(Error::NotFound)?;
    tx.compare("own_note", "letters-add-one", &input.own_note, &kept);
    let role = MailBatchAction::Note.permit(actor, batch.act, batch.waits(tx.now))?;
    let own = read_note("own_note", &input.own_note)?;
    tx.must_be_current(input.version, batch.version)?;
    if own == kept {
        return Ok(());
    }
    if !db::mail_batches::set_own_note(tx.db, mail, &own, &both(&own, &batch.note))? {
        // It went before the others, to whoever was written to about the same.
        return Err(Refusal::conflict("letters_gone").into());
    }
    if !db::mail_batches::set_note(tx.db, id, batch.version, &batch.note)? {
        return Err(Error::Stale);
    }
    record(tx, actor, role.as_text(), id, "letters.noted", serde_json::json!({ "mail": mail, "note": own }))
}

/// All that stands below a letter: its own note, then the one of all.
fn both(own: &str, of_all: &str) -> String {
    [own, of_all].into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The note as it is kept.
fn read_note(path: &str, typed: &str) -> Result<String, Error> {
    let mut problems = Vec::new();
    let note = plain_text::lines(path, typed, NOTE_LIMIT, &mut problems);
    if problems.is_empty() { Ok(note) } else { Err(Error::Invalid(problems)) }
}

/// Keeps the note with the batch and with its letters, unless it is the one that they have.
fn put_note(tx: &mut Tx<'_>, actor: &Actor, role: Role, batch: &mut MailBatch, note: String) -> Result<(), Error> {
    if note == batch.note {
        return Ok(());
    }
    if !db::mail_batches::set_note(tx.db, batch.id, batch.version, &note)? {
        return Err(Error::Stale);
    }
    db::mails::set_note(tx.db, batch.id, &note)?;
    for (mail, own) in db::mail_batches::own_notes(tx.db, batch.id)? {
        // What has left stays as it was read.
        db::mail_batches::set_own_note(tx.db, mail, &own, &both(&own, &note))?;
    }
    record(tx, actor, role.as_text(), batch.id, "letters.noted", serde_json::json!({ "note": note }))?;
    batch.version += 1;
    batch.note = note;
    Ok(())
}

/// How letters are let go.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LettersRelease {
    /// The version that was seen.
    pub version: i32,
    /// What is to stand below each letter from now on, at most 500 characters, empty for nothing; left out, the note
    /// stays as it was kept last.
    #[serde(default)]
    pub note: Option<String>,
}

/// Lets the letters go at once, with the note as it stands in the form of whoever lets them go: what was typed and not
/// kept before must not be lost with letters that cannot be taken back.
///
/// # Errors
/// `wrong_role`; `letters_gone`; stale; a note that is too long.
pub fn release(tx: &mut Tx<'_>, actor: &Actor, id: MailBatchId, input: &LettersRelease) -> Result<(), Error> {
    let mut batch = find(tx, actor, id)?;
    tx.acts_upon(actor, "outbox", id.as_text(), (input.version, batch.version));
    if let Some(note) = &input.note {
        tx.compare("note", "letters-add", note, &batch.note);
    }
    let role = MailBatchAction::Release.permit(actor, batch.act, batch.waits(tx.now))?;
    let note = input.note.as_deref().map(|note| read_note("note", note)).transpose()?;
    tx.must_be_current(input.version, batch.version)?;
    if let Some(note) = note {
        put_note(tx, actor, role, &mut batch, note)?;
    }
    if let_go(tx, actor, role, &batch)? { Ok(()) } else { Err(Error::Stale) }
}

/// False when somebody changed them meanwhile.
fn let_go(tx: &mut Tx<'_>, actor: &Actor, role: Role, batch: &MailBatch) -> Result<bool, Error> {
    if !db::mail_batches::release(tx.db, batch.id, batch.version, actor.account, tx.now)? {
        return Ok(false);
    }
    db::mails::let_go(tx.db, batch.id, tx.now)?;
    record(tx, actor, role.as_text(), batch.id, "letters.released", serde_json::json!({ "letters": batch.letters }))?;
    Ok(true)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: &str,
    id: MailBatchId,
    action: &str,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let record = Record { subject_kind: "outbox", subject_id: id.as_text(), action, role, detail, ..Record::default() };
    tx.record(actor, record)
}
