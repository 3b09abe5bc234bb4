//! Letters to many: what is held until somebody has looked at it, what it says, and letting it go.

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, address, page_or_last, pager_of};
use super::routes::{Access, Routes};
use crate::actions::mail_batches::{self, BatchLetter, LetterNote, LettersNote, LettersRelease, OFFICERS};
use crate::db::mail_batches::MailBatch;
use crate::db::page::Pager;
use crate::domain::ids::{MailBatchId, MailId};
use crate::domain::mail_batch::MailBatchAction;
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/letters", Access::Roles(OFFICERS), index);
    routes.get("/letters/{id}", Access::Roles(OFFICERS), show);
    routes.post("/letters/{id}/note", Access::Roles(OFFICERS), note);
    routes.post("/letters/{id}/mails/{mail}/note", Access::Roles(OFFICERS), note_one);
    routes.post("/letters/{id}/release", Access::Roles(OFFICERS), release);
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
struct Query {
    #[serde(default)]
    page: String,
}

struct Row {
    href: String,
    /// What was done, in words.
    act: String,
    title: String,
    letters: i32,
    tone: &'static str,
    /// Until when they are held, or when they left.
    state: String,
}

#[derive(Template)]
#[template(path = "letters/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    rows: Vec<Row>,
    pager: PagerView,
}

/// Letters on one page: each is whole.
const LETTERS_A_PAGE: i64 = 20;

/// One letter, as its reader will get it.
struct Letter {
    id: MailId,
    /// The note that stands below it alone.
    own_note: String,
    /// Whom it is for: the address, masked, and the applicant.
    reader: Vec<String>,
    tag: &'static str,
    language: &'static str,
    subject: String,
    /// The paragraphs, each with its lines; none after its term.
    paragraphs: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "letters/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    row: Row,
    id: MailBatchId,
    version: i32,
    note: String,
    /// Whether this person may change the note and let them go.
    may_act: bool,
    letters: Vec<Letter>,
    /// Which page of the letters it is; the form takes it along.
    number: i64,
    pager: PagerView,
}

fn row(page: &Page, batch: &MailBatch, now: NaiveDateTime) -> Row {
    let (tone, state) = match batch.released_at {
        Some(at) => ("good", page.t1("letters-released", "at", page.at(&at))),
        None if batch.waits(now) => ("waiting", page.t1("letters-held", "at", page.at(&batch.held_until))),
        None => ("neutral", page.t1("letters-left", "at", page.at(&batch.held_until))),
    };
    Row {
        href: format!("/letters/{}", batch.id),
        act: page.t_of("mail-act", batch.act),
        title: batch.title.clone(),
        letters: batch.letters,
        tone,
        state,
    }
}

fn letter(letter: &BatchLetter) -> Letter {
    let parts = letter.text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    let reader = [&letter.to, &letter.organisation, &letter.number];
    Letter {
        id: letter.id,
        own_note: letter.own_note.clone(),
        reader: reader.into_iter().filter(|part| !part.is_empty()).cloned().collect(),
        tag: letter.language.as_text(),
        language: letter.language.own_name(),
        subject: letter.subject.clone(),
        paragraphs: parts.map(|part| part.lines().map(str::to_string).collect()).collect(),
    }
}

async fn index(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let pager = Pager::new(query.page.parse().ok(), None);
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| page_or_last(pager, |pager| mail_batches::list(tx, &actor, pager)));
    let found = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "letters-title");
    let pager = pager_of(&page, &found, "/letters", &[]);
    let rows = found.items.iter().map(|batch| row(&page, batch, visit.now)).collect();
    ok(&IndexPage { page, rows, pager })
}

fn id_of(visit: &Visit, id: &str) -> Result<MailBatchId, Failure> {
    MailBatchId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))
}

async fn load(
    visit: &Visit,
    id: MailBatchId,
    number: Option<i64>,
    refused: Option<(&Error, &[(String, String)])>,
) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let pager = Pager::new(number, Some(LETTERS_A_PAGE));
    let read = visit.app.read(move |tx| {
        let (batch, _) = mail_batches::show(tx, &actor, id)?;
        Ok((batch, page_or_last(pager, |pager| mail_batches::letters(tx, &actor, id, pager))?))
    });
    let (batch, found) = read.await.map_err(|e| visit.fail(e))?;
    let mut page = Page::titled(visit, "letters-title");
    let status = refused.map_or(StatusCode::OK, |(error, _)| error.status());
    if let Some((error, typed)) = refused {
        page = page.after(error, typed);
    }
    let may_act = !MailBatchAction::available(&visit.actor, batch.act, batch.waits(visit.now)).is_empty();
    let row = row(&page, &batch, visit.now);
    let pager = pager_of(&page, &found, &row.href, &[]);
    let letters = found.items.iter().map(letter).collect();
    let MailBatch { version, note, .. } = batch;
    let shown = ShowPage { page, row, id, version, note, may_act, letters, number: found.page, pager };
    if status == StatusCode::OK { ok(&shown) } else { html(status, &shown) }
}

async fn show(visit: Visit, id: web::Path<String>, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    load(&visit, id, query.page.parse().ok(), None).await
}

/// Back to the page of the letters that was being read, with what was done or why not.
async fn finish(
    form: &Submitted,
    id: MailBatchId,
    done: &str,
    result: Result<(), Error>,
) -> Result<HttpResponse, Failure> {
    let number: Option<i64> = form.text("page").parse().ok();
    match result {
        Ok(()) => Ok(see_other(address(&format!("/letters/{id}"), &[], number.unwrap_or(1)), done)),
        Err(error) if can_be_mended(&error) => load(&form.visit, id, number, Some((&error, &form.pairs))).await,
        Err(error) => Err(form.visit.fail(error)),
    }
}

async fn note(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let version = form.number("version").map_err(|e| visit.fail(e))?;
    let input = LettersNote { version, note: form.text("note") };
    let actor = visit.actor.clone();
    let result = visit.app.write(move |tx| mail_batches::note(tx, &actor, id, &input)).await;
    finish(&form, id, "letters-noted", result).await
}

async fn note_one(form: Submitted, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (id, mail) = path.into_inner();
    let id = id_of(visit, &id)?;
    let mail = MailId::from_text(&mail).ok_or_else(|| visit.fail(Error::NotFound))?;
    let version = form.number("version").map_err(|e| visit.fail(e))?;
    let input = LetterNote { version, own_note: form.text("own_note") };
    let actor = visit.actor.clone();
    let result = visit.app.write(move |tx| mail_batches::note_one(tx, &actor, id, mail, &input)).await;
    finish(&form, id, "letters-noted", result).await
}

async fn release(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let version = form.number("version").map_err(|e| visit.fail(e))?;
    // The same form as the note's: what was typed goes with the letters, whether it was kept before or not.
    let note = form.pairs.iter().any(|(name, _)| name == "note").then(|| form.text("note"));
    let input = LettersRelease { version, note };
    let actor = visit.actor.clone();
    let result = visit.app.write(move |tx| mail_batches::release(tx, &actor, id, &input)).await;
    finish(&form, id, "letters-released", result).await
}
