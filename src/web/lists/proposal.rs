//! The proposal of a list: what it would hold, and the words that it begins with.

use crate::actions::publish_list::{ListProposal, Outlook, outlook, propose_list};
use crate::db;
use crate::db::published_lists::Candidate;
use crate::domain::ids::CallId;
use crate::domain::status::ListKind;
use crate::domain::steps::{ListingAction, Offered};
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, see_other};
use crate::words::{DEFAULT_LANGUAGE, Words};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

#[derive(Template)]
#[template(path = "lists/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
    call: String,
    call_title: String,
    kind: ListKind,
    title: String,
    body: String,
    ready: Vec<String>,
    held: Vec<String>,
    removed: Vec<String>,
    in_notice: Vec<String>,
    pending: String,
    actions: Vec<ListingAction>,
}

pub(super) async fn new(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = CallId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    render_new(&visit, id, None).await
}

async fn render_new(
    visit: &Visit,
    id: CallId,
    after: Option<(&Error, &[(String, String)])>,
) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| {
        let outlook = outlook(tx, &actor, id)?;
        let mut names = |candidates: &[Candidate]| -> Result<Vec<String>, Error> {
            let named = candidates.iter().map(|c| Ok(db::organisations::find(tx.db, c.organisation)?.name));
            named.collect()
        };
        let names =
            [names(&outlook.ready)?, names(&outlook.held)?, names(&outlook.removed)?, names(&outlook.in_notice)?];
        Ok((outlook, names))
    });
    let (outlook, [ready, held, removed, in_notice]) = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(visit, "lists-new").naming(&[("title", "lists-title"), ("body", "lists-body")]);
    let (title, body) = offered(&outlook);
    let actions = outlook.at().available(&visit.actor);
    let pending = outlook.pending.map(|id| id.to_string()).unwrap_or_default();
    let (page, status) = match after {
        Some((error, typed)) => (page.after(error, typed), error.status()),
        None => (page, StatusCode::OK),
    };
    let (call, call_title, kind) = (id.to_string(), outlook.call.title, outlook.kind);
    html(
        status,
        &NewPage { page, call, call_title, kind, title, body, ready, held, removed, in_notice, pending, actions },
    )
}

/// The words that a new list begins with: in the language of official texts, whoever proposes it.
fn offered(outlook: &Outlook) -> (String, String) {
    let programme = outlook.call.programme.0.names.in_language(DEFAULT_LANGUAGE).to_string();
    let key = format!("lists-offered-title-{}", outlook.kind);
    let named = [("year", outlook.call.year.to_string()), ("programme", programme)];
    (Words.say_with(DEFAULT_LANGUAGE, &key, named), Words.say(DEFAULT_LANGUAGE, "lists-offered-body"))
}

pub(super) async fn create(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = CallId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let input = ListProposal { title: form.text("title"), body: form.text("body") };
    let actor = visit.actor.clone();
    match visit.app.write(move |tx| propose_list(tx, &actor, id, &input)).await {
        Ok(list) => Ok(see_other(format!("/lists/{list}"), "list-proposed")),
        Err(error) if can_be_mended(&error) => render_new(visit, id, Some((&error, &form.pairs))).await,
        Err(error) => Err(visit.fail(error)),
    }
}
