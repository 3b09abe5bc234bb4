//! What is held about an organisation, for its administrator to see and to carry away.

use super::super::access::Visit;
use super::super::page::{Failure, Page, ok};
use super::super::routes::{Access, Routes};
use crate::actions::held_data;
use crate::domain::actor::Role;
use crate::domain::ids::OrganisationId;
use crate::error::Error;
use crate::storage::content_disposition;
use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use askama::Template;

const ADMIN: Access = Access::Roles(&[Role::VendorAdmin]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/organisation/data", ADMIN, data);
    routes.get("/organisation/data.json", ADMIN, data_file);
}

/// What is held about the organisation, in words: how much of what, and for how long.
#[derive(Template)]
#[template(path = "organisations/data.html", config = "src/views/askama.toml")]
struct DataPage {
    page: Page,
    name: String,
    rows: Vec<DataRow>,
    /// What is said of mails, which are kept by person.
    mails: String,
}

/// One kind of data that is held.
struct DataRow {
    what: String,
    count: usize,
    kept: String,
}

/// The organisation that the visitor administers.
fn administered(visit: &Visit) -> Result<OrganisationId, Failure> {
    let own = visit.actor.organisations().into_iter().find(|id| visit.actor.administers(*id));
    own.ok_or_else(|| visit.fail(Error::NotFound))
}

async fn data(visit: Visit) -> Result<HttpResponse, Failure> {
    let id = administered(&visit)?;
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| held_data::held(tx, &actor, id)).await;
    let held = read.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "held-title");
    let terms = visit.app.config.retention;
    let while_member = page.t("held-while-registered");
    let for_ever = page.t("held-for-ever");
    let documents: usize = held.applications.iter().map(|application| application.documents.len()).sum();
    let submissions: usize = held.applications.iter().map(|application| application.submissions.len()).sum();
    let corrections: usize = held.applications.iter().map(|application| application.corrections.len()).sum();
    let row = |what: &str, count: usize, kept: &str| DataRow { what: page.t(what), count, kept: kept.into() };
    let after_decision = page.t1("held-days-after-decision", "days", terms.join_request_days);
    let rows = vec![
        row("held-entry", 1, &while_member),
        row("held-people", held.people.len(), &while_member),
        row("held-join-requests", held.join_requests.len(), &after_decision),
        row("held-licence", usize::from(held.licence.is_some()), &while_member),
        row("held-applications", held.applications.len(), &for_ever),
        row("held-documents", documents, &for_ever),
        row("held-submissions", submissions, &for_ever),
        row("held-corrections", corrections, &for_ever),
        row("held-memberships", held.memberships.len(), &for_ever),
        row("held-questions", held.questions.len(), &for_ever),
        row("held-letters", held.letters.len(), &page.t1("held-days-after-sending", "days", terms.mail_days)),
        row("held-record", held.record.len(), &for_ever),
    ];
    let mails = page.t1("held-mails", "days", terms.mail_days);
    ok(&DataPage { rows, mails, name: held.organisation.name, page })
}

async fn data_file(visit: Visit) -> Result<HttpResponse, Failure> {
    let id = administered(&visit)?;
    let actor = visit.actor.clone();
    let made = visit.app.write(move |tx| held_data::export(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let text = serde_json::to_string_pretty(&made).map_err(|e| visit.fail(anyhow::Error::from(e)))?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CONTENT_DISPOSITION, content_disposition("organisation-data.json")))
        .body(text))
}
