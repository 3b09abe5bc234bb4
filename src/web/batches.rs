//! Files that are moved on together: what would be done with those that were ticked, what was done, and taking it back.

use super::access::{Submitted, Visit};
use super::file::{After, Refused, answered, framed};
use super::page::{Failure, Page, html, ok, see_other};
use super::paging::{PagerView, address, number_if_any, page_or_last, pager_of};
use super::routes::{Access, Routes};
use super::second_press::again;
use crate::actions::batch::undo::{self, Batch, BatchUndoing, ListedBatch};
use crate::actions::batch::{
    BatchLine, BatchPreview, JointAcceptance, JointRecommendation, LeftOutLine, accept_together, preview,
    recommend_together,
};
use crate::actions::mail_batches;
use crate::actions::second_press::Press;
use crate::db::page::Pager;
use crate::domain::actor::Role;
use crate::domain::ids::{ApplicationId, ChangeSetId, MailBatchId};
use crate::domain::mail_batch::MailAct;
use crate::domain::procedure::State;
use crate::domain::status::ChangeSetStatus;
use crate::domain::steps::{BATCH_OFFICERS, BATCH_READERS, BatchAction, BatchKind};
use crate::error::Error;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const CITY: Access = Access::Roles(&[Role::CityOfficer]);
    const HANDLER: Access = Access::Roles(&[Role::Handler]);
    const READERS: Access = Access::Roles(BATCH_READERS);
    routes.get("/batches", READERS, list);
    routes.get("/batches/recommendations/new", CITY, new_recommendation);
    routes.post("/batches/recommendations", CITY, create_recommendation);
    routes.get("/batches/acceptances/new", HANDLER, new_acceptance);
    routes.post("/batches/acceptances", HANDLER, create_acceptance);
    routes.get("/batches/{id}", READERS, show);
    routes.post("/batches/{id}/undoing", Access::Roles(BATCH_OFFICERS), undo_one);
}

/// The name of the boxes that are ticked.
const TICKED: &str = "application";

/// Where the preview of an act is.
pub(super) fn address_of_preview(kind: BatchKind) -> &'static str {
    match kind {
        BatchKind::Recommendation => "/batches/recommendations/new",
        BatchKind::Screening => "/batches/acceptances/new",
    }
}

#[derive(Template)]
#[template(path = "batches/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
    /// Where the files were ticked, narrowed and in order as it was.
    back: String,
    /// What the list was narrowed to, to go along.
    kept: Vec<(String, String)>,
    /// Whether no file was ticked.
    nothing_ticked: bool,
    /// Where the form goes.
    action: &'static str,
    /// The words of its button.
    button: &'static str,
    /// The words of how many are moved on.
    counted: &'static str,
    call: String,
    /// How many places are left, in words; empty in screening.
    places: String,
    /// Whether an opinion is asked for, as in a recommendation.
    opinion: bool,
    digest: String,
    /// The act in which the same person has done it with another opinion; empty for none.
    earlier: String,
    ticked: Vec<String>,
    files: Vec<BatchLine>,
    left_out: Vec<LeftOutLine>,
}

/// The ids that an address or a form names; what is no id is not found.
fn ids(visit: &Visit, texts: &[String]) -> Result<Vec<ApplicationId>, Failure> {
    texts.iter().map(|text| ApplicationId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))).collect()
}

/// What the list was narrowed to, as its own address names it; its state is that of the act.
const NARROWED: [&str; 4] = ["q", "call", "order", "page"];

/// What was sent with the list or with the form: the files that were ticked, and what the list was narrowed to.
struct Asked {
    ticked: Vec<ApplicationId>,
    kept: Vec<(String, String)>,
}

impl Asked {
    fn of(visit: &Visit, pairs: &[(String, String)]) -> Result<Asked, Failure> {
        let texts: Vec<String> =
            pairs.iter().filter(|(name, _)| name == TICKED).map(|(_, value)| value.clone()).collect();
        let is_kept = |(name, value): &&(String, String)| NARROWED.contains(&name.as_str()) && !value.is_empty();
        Ok(Asked { ticked: ids(visit, &texts)?, kept: pairs.iter().filter(is_kept).cloned().collect() })
    }

    /// The same of an address.
    fn of_address(visit: &Visit, request: &HttpRequest) -> Result<Asked, Failure> {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(request.query_string())
            .map_err(|error| visit.fail(Error::Malformed(format!("query: {error}"))))?;
        Asked::of(visit, &pairs)
    }

    /// The list as it was.
    fn back(&self, state: State) -> String {
        let value =
            |name: &str| self.kept.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
        let parts = [("q", value("q")), ("state", state.as_text()), ("call", value("call")), ("order", value("order"))];
        address("/applications", &parts, value("page").parse().unwrap_or(1))
    }
}

async fn new_recommendation(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let asked = Asked::of_address(&visit, &request)?;
    render_new(&visit, BatchKind::Recommendation, asked, None).await
}

async fn new_acceptance(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let asked = Asked::of_address(&visit, &request)?;
    render_new(&visit, BatchKind::Screening, asked, None).await
}

async fn render_new(visit: &Visit, kind: BatchKind, asked: Asked, after: After<'_>) -> Result<HttpResponse, Failure> {
    let (actor, ticked) = (visit.actor.clone(), asked.ticked.clone());
    let read = visit.app.read(move |tx| preview(tx, &actor, kind, &ticked)).await;
    let (shown, refused) = match read {
        Ok(shown) => (Some(shown), None),
        Err(error @ Error::Invalid(_)) => (None, Some(error)),
        Err(error) => return Err(visit.fail(error)),
    };
    let nothing: &[(String, String)] = &[];
    let after = refused.as_ref().map(|error| (error, nothing)).or(after);
    let title = match kind {
        BatchKind::Recommendation => "batch-recommend-title",
        BatchKind::Screening => "batch-accept-title",
    };
    let earlier = match after {
        Some((Error::Refused(refusal), _)) => refusal.args.get("batch").cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let (page, status) = framed(visit, title, after);
    html(status, &NewPage { earlier, ..new_page(page, kind, asked, shown) })
}

fn new_page(page: Page, kind: BatchKind, asked: Asked, shown: Option<BatchPreview>) -> NewPage {
    let is_recommendation = kind == BatchKind::Recommendation;
    let places = match shown.as_ref().map(|shown| (shown.quota, shown.places_left)) {
        Some((Some(limit), Some(left))) => page.t2("recommendation-places", "limit", limit, "left", left),
        _ => String::new(),
    };
    let (action, state, button, counted) = match kind {
        BatchKind::Recommendation => {
            ("/batches/recommendations", State::Submitted, "batch-recommend-send", "batch-recommend-count")
        }
        BatchKind::Screening => ("/batches/acceptances", State::Recommended, "batch-accept-send", "batch-accept-count"),
    };
    let (call, digest, files, left_out) = match shown {
        Some(shown) => (shown.call_title, shown.digest, shown.files, shown.left_out),
        None => (String::new(), String::new(), Vec::new(), Vec::new()),
    };
    NewPage {
        back: asked.back(state),
        nothing_ticked: asked.ticked.is_empty(),
        ticked: asked.ticked.iter().map(ToString::to_string).collect(),
        kept: asked.kept,
        action,
        button,
        counted,
        call,
        places,
        opinion: is_recommendation,
        digest,
        earlier: String::new(),
        files,
        left_out,
        page,
    }
}

async fn create_recommendation(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let applications = ids(visit, &form.all(TICKED))?;
    let actor = visit.actor.clone();
    let input = JointRecommendation { applications, opinion: form.text("opinion"), digest: form.text("digest") };
    let done = visit.app.write(move |tx| recommend_together(tx, &actor, &input)).await;
    created(&form, BatchKind::Recommendation, done, "batch-recommended").await
}

async fn create_acceptance(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let applications = ids(visit, &form.all(TICKED))?;
    let actor = visit.actor.clone();
    let input = JointAcceptance { applications, digest: form.text("digest") };
    let done = visit.app.write(move |tx| accept_together(tx, &actor, &input)).await;
    created(&form, BatchKind::Screening, done, "batch-accepted").await
}

/// Leads on to what was done, or shows anew what would be done now, and why it was not.
async fn created(
    form: &Submitted,
    kind: BatchKind,
    done: Result<ChangeSetId, Error>,
    key: &str,
) -> Result<HttpResponse, Failure> {
    let to = done.as_ref().map(|id| format!("/batches/{id}")).unwrap_or_default();
    match answered(&form.visit, done, &to, key) {
        Err(Refused::Again(error)) => {
            let asked = Asked::of(&form.visit, &form.pairs)?;
            render_new(&form.visit, kind, asked, Some((&error, &form.pairs))).await
        }
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

/// A line of the list.
struct BatchRow {
    batch: ListedBatch,
    at: String,
    bureau: String,
}

#[derive(Template)]
#[template(path = "batches/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    rows: Vec<BatchRow>,
    pager: PagerView,
}

#[derive(Debug, Default, Deserialize)]
struct ListQuery {
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

/// The name of a bureau by its code; empty for none.
fn bureau_name(visit: &Visit, code: Option<&str>) -> String {
    let found = code.and_then(|code| visit.app.env.reference.bureau(code));
    found.map(|bureau| bureau.name_in(&visit.actor.language)).unwrap_or_default()
}

async fn list(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse, Failure> {
    let (actor, pager) = (visit.actor.clone(), Pager::new(query.page, None));
    let read = visit.app.read(move |tx| page_or_last(pager, |pager| undo::batches(tx, &actor, pager))).await;
    let found = read.map_err(|error| visit.fail(error))?;
    let page = Page::titled(&visit, "batches-title");
    let pager = pager_of(&page, &found, "/batches", &[]);
    let row = |batch: ListedBatch| BatchRow {
        at: page.at(&batch.applied_at.naive_utc()),
        bureau: bureau_name(&visit, batch.bureau.as_deref()),
        batch,
    };
    let rows = found.items.into_iter().map(row).collect();
    ok(&IndexPage { page, rows, pager })
}

#[derive(Template)]
#[template(path = "batches/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    batch: Batch,
    bureau: String,
    at: String,
    undone_at: String,
    undone: bool,
    may_undo: bool,
    /// Whether the files have ranks, as in a recommendation.
    ranked: bool,
    /// The letters of it that have not left, with how many and until when.
    letters: Option<(MailBatchId, String)>,
}

/// What is written to the applicants: by the act, and by undoing it.
fn acts_of(kind: BatchKind) -> [MailAct; 2] {
    match kind {
        BatchKind::Recommendation => [MailAct::FilesRecommended, MailAct::RecommendationsUndone],
        BatchKind::Screening => [MailAct::FilesAccepted, MailAct::AcceptancesUndone],
    }
}

async fn render_show(visit: &Visit, id: &str, after: After<'_>) -> Result<HttpResponse, Failure> {
    let id = ChangeSetId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| {
        let batch = undo::batch_of(tx, &actor, id)?;
        // Those of the last act alone can wait: what follows an act lets the letters of the one before go.
        let written = batch.undone_at.unwrap_or(batch.applied_at).naive_utc();
        let letters = mail_batches::waiting_since(tx, &actor, batch.call, &acts_of(batch.kind), written)?;
        Ok((batch, letters))
    });
    let (batch, letters) = read.await.map_err(|error| visit.fail(error))?;
    let title = match batch.kind {
        BatchKind::Recommendation => "batch-recommend-title",
        BatchKind::Screening => "batch-accept-title",
    };
    let (page, status) = framed(visit, title, after);
    let shown = ShowPage {
        bureau: bureau_name(visit, batch.bureau.as_deref()),
        at: page.at(&batch.applied_at.naive_utc()),
        undone_at: batch.undone_at.map(|at| page.at(&at.naive_utc())).unwrap_or_default(),
        undone: batch.status == ChangeSetStatus::Undone,
        may_undo: batch.actions.contains(&BatchAction::Undo),
        ranked: batch.files.iter().any(|line| line.rank.is_some()),
        letters: letters.as_ref().map(|letters| {
            let until = page.at(&letters.held_until);
            (letters.id, page.t2("batch-letters-held", "count", letters.letters, "at", until))
        }),
        batch,
        page,
    };
    html(status, &shown)
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    render_show(&visit, &id, None).await
}

async fn undo_one(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let set = ChangeSetId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let input = BatchUndoing { reason: form.text("reason") };
    let done = visit.app.write(move |tx| undo::undo(tx, &actor, set, &input)).await;
    if let Some(key) = again(&form, &done, Some(Press::Undoing(set, form.text("reason")))).await {
        return Ok(see_other(format!("/batches/{set}"), &key));
    }
    match answered(visit, done, &format!("/batches/{set}"), "batch-undone") {
        Err(Refused::Again(error)) => render_show(visit, &id, Some((&error, &form.pairs))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}
