//! The outbox, for the system administrator: which mail left, which waits, which was given up. Never what it says.

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, page_or_last, pager_of};
use super::routes::{Access, Routes};
use crate::actions::retry_mail::{self, KEEPERS};
use crate::db;
use crate::db::mails::ListedMail;
use crate::db::page::Pager;
use crate::domain::ids::MailId;
use crate::domain::mask;
use crate::domain::status::MailStanding;
use crate::domain::steps::MailAction;
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/mails", Access::Roles(KEEPERS), index);
    routes.post("/mails/retry", Access::Roles(KEEPERS), retry_all);
    routes.post("/mails/{id}/retry", Access::Roles(KEEPERS), retry);
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
struct Query {
    #[serde(default)]
    standing: String,
    #[serde(default)]
    page: String,
}

struct Row {
    id: MailId,
    to: String,
    /// What the mail is, in words, and the code of its template.
    kind: String,
    template: String,
    standing: MailStanding,
    written: String,
    attempts: i32,
    /// When it is tried next or when it left, with the key of what that is; empty where it is neither.
    when_key: &'static str,
    when: String,
    error: String,
    may_retry: bool,
}

#[derive(Template)]
#[template(path = "mails/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    rows: Vec<Row>,
    standing: String,
    standings: Vec<(String, String)>,
    failed: i64,
    pager: PagerView,
}

/// The tone of a mail's standing.
fn tone(standing: &MailStanding) -> &'static str {
    match standing {
        MailStanding::Waiting => "waiting",
        MailStanding::Failed => "bad",
        MailStanding::Sent => "good",
        MailStanding::SiteOnly => "neutral",
    }
}

fn row(page: &Page, visit: &Visit, mail: ListedMail) -> Row {
    let standing = mail.standing();
    let (when_key, when) = match standing {
        MailStanding::Waiting => ("mail-when", Some(mail.next_attempt_at)),
        MailStanding::Failed | MailStanding::SiteOnly => ("mail-when", None),
        MailStanding::Sent => ("mail-sent-at", mail.sent_at),
    };
    Row {
        may_retry: MailAction::Retry.permit(&visit.actor, standing, mail.is_over(visit.now)).is_ok(),
        id: mail.id,
        to: match mail.to_address.as_str() {
            "" => page.t("mails-address-emptied"),
            address => mask::addresses(address),
        },
        kind: page.t_of("mail-kind", &mail.template),
        template: mail.template,
        standing,
        written: page.at(&mail.created_at),
        attempts: mail.attempts,
        when_key,
        when: when.map(|at| page.at(&at)).unwrap_or_default(),
        error: mail.last_error.filter(|error| !error.is_empty()).map(|e| told_error(page, &e)).unwrap_or_default(),
    }
}

/// The mail server's answer, which is in its own language, after a word of what it is.
fn told_error(page: &Page, error: &str) -> String {
    page.t1("mail-error-told", "error", mask::addresses(error))
}

async fn load(visit: &Visit, query: Query, error: Option<&Error>) -> Result<HttpResponse, Failure> {
    let standing = MailStanding::from_text(&query.standing);
    let pager = Pager::new(query.page.parse().ok(), None);
    let read = visit.app.read(move |tx| {
        let found = page_or_last(pager, |pager| db::mails::list(tx.db, standing, pager))?;
        Ok((found, db::desk::mails_failed(tx.db)?))
    });
    let (found, failed) = read.await.map_err(|e| visit.fail(e))?;
    let mut page = Page::titled(visit, "mails-title");
    if let Some(error) = error {
        page = page.after(error, &[]);
    }
    let standing = standing.map(|standing| standing.to_string()).unwrap_or_default();
    let pager = pager_of(&page, &found, "/mails", &[("standing", &standing)]);
    let standings = MailStanding::ALL.iter().map(|s| (s.to_string(), page.t_of("mail-standing", s))).collect();
    let rows = found.items.into_iter().map(|mail| row(&page, visit, mail)).collect();
    let status = error.map_or(StatusCode::OK, Error::status);
    let shown = IndexPage { page, rows, standing, standings, failed, pager };
    if status == StatusCode::OK { ok(&shown) } else { html(status, &shown) }
}

async fn index(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    load(&visit, query.into_inner(), None).await
}

/// Back to the outbox, with what was done or why not.
async fn finish(form: &Submitted, done: &str, result: Result<(), Error>) -> Result<HttpResponse, Failure> {
    match result {
        Ok(()) => Ok(see_other("/mails", done)),
        Err(error) if can_be_mended(&error) => load(&form.visit, Query::default(), Some(&error)).await,
        Err(error) => Err(form.visit.fail(error)),
    }
}

async fn retry(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = MailId::from_text(&id).ok_or_else(|| form.visit.fail(Error::NotFound))?;
    let actor = form.visit.actor.clone();
    let result = form.visit.app.write(move |tx| retry_mail::retry(tx, &actor, id)).await;
    finish(&form, "mail-retried", result).await
}

async fn retry_all(form: Submitted) -> Result<HttpResponse, Failure> {
    let actor = form.visit.actor.clone();
    let result = form.visit.app.write(move |tx| retry_mail::retry_all(tx, &actor).map(drop)).await;
    finish(&form, "mails-retried", result).await
}
