//! Objections: sent by anybody, handled by two officers. Who objected is shown on one page alone, after the seal was opened
//! with a reason.

mod send;

use super::access::{Submitted, Visit};
use super::documents::stored_download;
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, number_if_any, page_or_last, pager_of};
use super::routes::{Access, Routes};
use crate::actions::confirm_objector::{confirm_objector, is_confirmed, number_of_link};
use crate::actions::handle_objection::{self as handle, Handling, ProposedOutcome, Reasoned, Seen};
use crate::actions::sealed::Identity;
use crate::db;
use crate::db::objections::{Evidence, Objection};
use crate::db::page::Pager;
use crate::domain::actor::Role;
use crate::domain::ids::{EvidenceId, ObjectionId};
use crate::domain::scope::Scope;
use crate::domain::status::{ObjectionOutcome, ObjectionStatus};
use crate::domain::steps::{EVIDENCE_READERS, EvidenceAction, ObjectionAction, Offered};
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

const OFFICERS: Access = Access::Roles(&[Role::Handler, Role::Approver, Role::Auditor]);
const HANDLER: Access = Access::Roles(&[Role::Handler]);
const APPROVER: Access = Access::Roles(&[Role::Approver]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/notices/{id}/objections/new", Access::Public, send::new);
    routes.post("/notices/{id}/objections", Access::Public, send::create);
    routes.get("/objections", OFFICERS, index);
    routes.get("/objections/{id}", OFFICERS, show);
    routes.get("/objections/{id}/evidence/{evidence}", Access::Roles(EVIDENCE_READERS), evidence);
    routes.get("/objections/{id}/address/{key}", Access::Public, show_address);
    routes.post("/objections/{id}/address/{key}", Access::Public, confirm_address);
    routes.post("/objections/{id}/acceptance", HANDLER, accept);
    routes.post("/objections/{id}/refusal", HANDLER, decline);
    routes.post("/objections/{id}/outcome", HANDLER, propose);
    routes.post("/objections/{id}/approval", APPROVER, approve);
    routes.post("/objections/{id}/return", APPROVER, send_back);
    routes.post("/objections/{id}/identity", HANDLER, identity);
}

/// The page behind the link of a receipt.
#[derive(Template)]
#[template(path = "objections/address.html", config = "src/views/askama.toml")]
struct AddressPage {
    page: Page,
    text: String,
    /// Where the button sends to; empty once it is done.
    action: String,
}

/// Whoever opens the link still has to say yes: programs that look into mails open links as well.
async fn show_address(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (id, key) = path.into_inner();
    let number = visit.app.read(move |tx| number_of_link(tx, &id, &key)).await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "objection-address-title");
    ok(&AddressPage { text: page.t1("objection-address-text", "number", number), action: visit.path.clone(), page })
}

async fn confirm_address(form: Submitted, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (visit, (id, key)) = (&form.visit, path.into_inner());
    let number = visit.app.write(move |tx| confirm_objector(tx, &id, &key)).await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(visit, "objection-address-title");
    ok(&AddressPage { text: page.t1("objection-address-done", "number", number), action: String::new(), page })
}

#[derive(Debug, Deserialize)]
struct Filter {
    status: Option<String>,
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

#[derive(Template)]
#[template(path = "objections/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    statuses: Vec<(String, String)>,
    status: String,
    objections: Vec<Objection>,
    pager: PagerView,
}

async fn index(visit: Visit, query: web::Query<Filter>) -> Result<HttpResponse, Failure> {
    let status = query.status.as_deref().and_then(ObjectionStatus::from_text);
    let pager = Pager::new(query.page, None);
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        Ok(page_or_last(pager, |pager| db::objections::list(tx.db, status, pager))?)
    };
    let rows = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "objections-title");
    let status = status.map(|s| s.to_string()).unwrap_or_default();
    let pager = pager_of(&page, &rows, "/objections", &[("status", &status)]);
    let statuses = ObjectionStatus::ALL.iter().map(|s| (s.to_string(), page.t_of("objection-status", s))).collect();
    ok(&IndexPage { statuses, status, objections: rows.items, pager, page })
}

#[derive(Template)]
#[template(path = "objections/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    objection: Objection,
    organisation: String,
    evidence: Vec<Evidence>,
    identity: Option<Identity>,
    /// Whether the one who objected has confirmed the address.
    confirmed: bool,
    handling: Handling,
    may_read_evidence: bool,
    actions: Vec<ObjectionAction>,
    others_waiting: bool,
    outcomes: Vec<(String, String)>,
}

impl ShowPage {
    /// Whether an outcome waits for another officer.
    fn waits_for_approval(&self) -> bool {
        self.objection.status == ObjectionStatus::Accepted && self.objection.proposed_outcome.is_some()
    }
}

async fn show_page(
    visit: &Visit,
    id: &str,
    failed: Option<(&Error, &[(String, String)])>,
    identity: Option<Identity>,
) -> Result<HttpResponse, Failure> {
    let id = ObjectionId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        let objection = db::objections::find(tx.db, id)?;
        let application = db::applications::find(tx.db, &Scope::of(&actor), objection.application_id)?;
        let organisation = db::organisations::find(tx.db, application.organisation_id)?.name;
        let evidence = db::objections::evidence_of(tx.db, id)?;
        let standing = handle::standing(tx, &objection)?;
        let (actions, others_waiting) = (standing.available(&actor), standing.others_waiting);
        let (confirmed, handling) = (is_confirmed(tx, id)?, Handling::of(tx, &objection)?);
        Ok((objection, organisation, evidence, actions, others_waiting, confirmed, handling))
    };
    let (objection, organisation, evidence, actions, others_waiting, confirmed, handling) =
        visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let mut page = Page::new(visit, objection.number.clone());
    let mut status = StatusCode::OK;
    if let Some((error, typed)) = failed {
        status = error.status();
        page = page.after(error, typed);
    }
    let outcomes = ObjectionOutcome::ALL.iter().map(|o| (o.to_string(), page.t_of("objection-status", o))).collect();
    let may_read_evidence = EvidenceAction::available(&visit.actor).contains(&EvidenceAction::Read);
    let shown = ShowPage {
        page,
        objection,
        organisation,
        evidence,
        identity,
        confirmed,
        handling,
        may_read_evidence,
        actions,
        others_waiting,
        outcomes,
    };
    html(status, &shown)
}

async fn show(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    show_page(&visit, &path, None, None).await
}

/// One step of handling: runs it, then shows the objection with what became of it.
async fn step<F>(form: &Submitted, id: &str, done: &str, work: F) -> Result<HttpResponse, Failure>
where
    F: FnOnce(&mut crate::actions::Tx<'_>, ObjectionId) -> Result<(), Error> + Send + 'static,
{
    let visit = &form.visit;
    let objection = ObjectionId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
    match visit.app.write(move |tx| work(tx, objection)).await {
        Ok(()) => Ok(see_other(format!("/objections/{objection}"), done)),
        Err(error) if can_be_mended(&error) => show_page(visit, id, Some((&error, &form.pairs)), None).await,
        Err(error) => Err(visit.fail(error)),
    }
}

fn reasoned(form: &Submitted) -> Result<Reasoned, Failure> {
    let version = form.number("version").map_err(|e| form.visit.fail(e))?;
    Ok(Reasoned { version, reason: form.text("reason") })
}

async fn accept(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let seen = Seen { version: form.number("version").map_err(|e| form.visit.fail(e))? };
    let actor = form.visit.actor.clone();
    step(&form, &path, "objection-accepted", move |tx, id| handle::accept(tx, &actor, id, &seen)).await
}

async fn decline(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let (input, actor) = (reasoned(&form)?, form.visit.actor.clone());
    step(&form, &path, "objection-declined", move |tx, id| handle::decline(tx, &actor, id, &input)).await
}

async fn propose(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let Reasoned { version, reason } = reasoned(&form)?;
    let actor = form.visit.actor.clone();
    let outcome = ObjectionOutcome::from_text(&form.text("outcome"));
    step(&form, &path, "objection-proposed", move |tx, id| {
        let outcome = outcome.ok_or_else(|| Error::field("outcome", "objection_outcome_missing"))?;
        handle::propose(tx, &actor, id, &ProposedOutcome { version, outcome, reason })
    })
    .await
}

async fn approve(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let seen = Seen { version: form.number("version").map_err(|e| form.visit.fail(e))? };
    let actor = form.visit.actor.clone();
    step(&form, &path, "objection-decided", move |tx, id| handle::approve(tx, &actor, id, &seen)).await
}

async fn send_back(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let (input, actor) = (reasoned(&form)?, form.visit.actor.clone());
    step(&form, &path, "objection-returned", move |tx, id| handle::send_back(tx, &actor, id, &input)).await
}

async fn identity(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = ObjectionId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let (actor, why) = (visit.actor.clone(), form.text("reason"));
    match visit.app.write(move |tx| handle::unseal(tx, &actor, id, &why)).await {
        Ok(identity) => show_page(visit, &path, None, Some(identity)).await,
        Err(error) if can_be_mended(&error) => show_page(visit, &path, Some((&error, &form.pairs)), None).await,
        Err(error) => Err(visit.fail(error)),
    }
}

async fn evidence(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (objection, evidence) = path.into_inner();
    let ids = ObjectionId::from_text(&objection).zip(EvidenceId::from_text(&evidence));
    let (objection, evidence) = ids.ok_or_else(|| visit.fail(Error::NotFound))?;
    let work = move |tx: &mut crate::actions::Tx<'_>| Ok(db::objections::find_evidence(tx.db, objection, evidence)?);
    let found = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    stored_download(&visit.app, &found.sha256, &found.name, &found.file_type).await.map_err(|e| visit.fail(e))
}
