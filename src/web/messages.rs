//! One's own mail, read in the service.

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, ok, see_other};
use super::paging::{PagerView, page_or_last, pager_of};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::actions::inbox::{self, MailPreferences};
use crate::actions::mail_batches::OFFICERS;
use crate::db::mails::InboxMail;
use crate::db::page::Pager;
use crate::domain::ids::MailId;
use crate::domain::letter_text;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/messages", Access::SignedIn, index);
    routes.get("/messages/{id}", Access::SignedIn, show);
    routes.post("/messages/read", Access::SignedIn, read_all);
    routes.post("/messages/preferences", Access::SignedIn, choose);
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
struct Query {
    #[serde(default)]
    unread: String,
    #[serde(default)]
    page: String,
}

struct Row {
    href: String,
    subject: Vec<Piece>,
    /// The language of the subject; empty for that of the page.
    lang: String,
    kind: String,
    at: String,
    unread: bool,
}

#[derive(Template)]
#[template(path = "messages/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    rows: Vec<Row>,
    /// Whether those alone are shown that were not read.
    narrowed: bool,
    /// How many were not read.
    unread: i64,
    /// For how many days a mail is kept.
    days: i64,
    preferences: MailPreferences,
    /// Whether the reader gets what is mailed to officers.
    officer: bool,
    pager: PagerView,
}

/// A part of a text, and whether it stays on one line.
struct Piece {
    text: String,
    whole: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let pieces = letter_text::pieces(text).into_iter();
    pieces.map(|piece| Piece { text: piece.text.into(), whole: piece.whole }).collect()
}

/// A line of a mail; an address of this service in it leads there.
struct Line {
    before: Vec<Piece>,
    /// Without the service's own address; empty for a line without one.
    href: String,
    link: String,
    after: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "messages/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    /// The language that it is written in; empty for that of the page.
    lang: String,
    subject: Vec<Piece>,
    kind: String,
    at: String,
    /// The paragraphs, each with its lines.
    paragraphs: Vec<Vec<Line>>,
}

/// A mail stays in the language of its day, whichever its reader chose since.
fn other_language(page: &Page, language: &str) -> String {
    if language == page.lang() { String::new() } else { language.to_string() }
}

fn row(page: &Page, mail: InboxMail) -> Row {
    Row {
        href: format!("/messages/{}", mail.id),
        lang: other_language(page, &mail.language),
        subject: pieces(&mail.subject),
        kind: page.t_of("mail-kind", &mail.template),
        at: page.at(&mail.created_at),
        unread: mail.read_at.is_none(),
    }
}

fn line(line: &letter_text::Line<'_>) -> Line {
    Line {
        before: pieces(line.before),
        href: line.path.into(),
        link: line.address.unwrap_or_default().into(),
        after: pieces(line.after),
    }
}

async fn index(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let (actor, narrowed) = (visit.actor.clone(), query.unread == "true");
    let pager = Pager::new(query.page.parse().ok(), None);
    let read = visit.app.read(move |tx| {
        let found = page_or_last(pager, |pager| inbox::list(tx, &actor, narrowed, pager))?;
        Ok((found, inbox::preferences(tx, &actor)?))
    });
    let (found, preferences) = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "messages-title");
    let pager = pager_of(&page, &found, "/messages", &[("unread", if narrowed { "true" } else { "" })]);
    let rows = found.items.into_iter().map(|mail| row(&page, mail)).collect();
    let days = visit.app.config.retention.mail_days;
    let officer = visit.actor.holds_any(OFFICERS);
    ok(&IndexPage { page, rows, narrowed, unread: visit.unread, days, preferences, officer, pager })
}

/// Opening a message is reading it.
async fn show(mut visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = MailId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let found = visit.app.read(move |tx| inbox::find(tx, &actor, id)).await;
    let mail = found.map_err(|e| visit.fail(e))?;
    if mail.read_at.is_none() {
        let actor = visit.actor.clone();
        let marked = visit.app.write(move |tx| inbox::mark_read(tx, &actor, id).map(drop)).await;
        match marked {
            Ok(()) => visit.unread = (visit.unread - 1).max(0),
            // What it says matters more than that it was read: it stays unread.
            Err(error) => tracing::warn!(mail.id = %id, error = %error, "a message that was opened stays unread"),
        }
    }
    let paragraphs = letter_text::paragraphs(&visit.app.env.base_url, &mail.body);
    let paragraphs = paragraphs.iter().map(|lines| lines.iter().map(line).collect()).collect();
    let subject = pieces(&mail.subject);
    let page = Page::new(&visit, mail.subject);
    let (kind, at) = (page.t_of("mail-kind", &mail.template), page.at(&mail.created_at));
    ok(&ShowPage { lang: other_language(&page, &mail.language), subject, kind, at, page, paragraphs })
}

async fn read_all(form: Submitted) -> Result<HttpResponse, Failure> {
    let actor = form.visit.actor.clone();
    let marked = form.visit.app.write(move |tx| inbox::mark_all_read(tx, &actor).map(drop)).await;
    marked.map_err(|e| form.visit.fail(e))?;
    Ok(see_other("/messages", "messages-read"))
}

async fn choose(form: Submitted) -> Result<HttpResponse, Failure> {
    let actor = form.visit.actor.clone();
    let is_ticked = |name: &str| form.text(name) == "yes";
    let ticked =
        MailPreferences { reminder: is_ticked("reminder"), work: is_ticked("work"), digest: is_ticked("digest") };
    let choose = move |tx: &mut Tx<'_>| {
        // What is not offered to somebody stays as it is.
        let chosen = if actor.holds_any(OFFICERS) {
            ticked
        } else {
            MailPreferences { reminder: ticked.reminder, ..inbox::preferences(tx, &actor)? }
        };
        inbox::choose_preferences(tx, &actor, chosen)
    };
    let done = form.visit.app.write(choose).await;
    done.map_err(|e| form.visit.fail(e))?;
    Ok(see_other("/messages", "mail-preferences-saved"))
}
