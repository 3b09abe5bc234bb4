//! Review sessions for those who organise them; assignments and score sheets for experts.

use super::access::{Submitted, Visit};
use super::documents::{is_picture, size_text};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::routes::{Access, Routes};
use crate::actions::review::close::Closing;
use crate::actions::review::complete::Completion;
use crate::actions::review::declare::{self, Declaration};
use crate::actions::review::overview::{Overview, overview};
use crate::actions::review::prepare::Preparation;
use crate::actions::review::release::Release;
use crate::actions::review::reopen::Reopening;
use crate::actions::review::score::{self, OwnView, SheetInput};
use crate::actions::review::{self, Seen};
use crate::db;
use crate::db::reviews::{OwnAssignment, ReviewedCall};
use crate::domain::actor::Role;
use crate::domain::calendar::{local_datetime, utc_of_local};
use crate::domain::form::{SectionView, ViewContext, ViewWords, view as view_form};
use crate::domain::ids::{AssignmentId, CallId, ExpertId};
use crate::domain::scoring::points_text;
use crate::domain::status::{AssignmentStatus, SessionStatus, SheetStatus};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use std::collections::BTreeMap;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const ONLOOKERS: Access = Access::Roles(review::ONLOOKERS);
    const ORGANISERS: Access = Access::Roles(review::ORGANISERS);
    const EXPERTS: Access = Access::Roles(&[Role::Expert]);
    routes.get("/reviews", ONLOOKERS, list);
    routes.get("/reviews/{call}", ONLOOKERS, show);
    routes.post("/reviews/{call}/preparation", ORGANISERS, prepare);
    routes.post("/reviews/{call}/opening", ORGANISERS, open);
    routes.post("/reviews/{call}/completion", ORGANISERS, complete);
    routes.post("/reviews/{call}/closing", ORGANISERS, close);
    routes.post("/assignments/{id}/release", ORGANISERS, release);
    routes.post("/assignments/{id}/reopening", ORGANISERS, reopen);
    routes.get("/assignments", EXPERTS, assignments);
    routes.get("/assignments/{id}", EXPERTS, assignment);
    routes.post("/assignments/{id}/declaration", EXPERTS, declare);
    routes.post("/assignments/{id}/sheet", EXPERTS, save);
    routes.post("/assignments/{id}/submission", EXPERTS, submit);
}

fn call_id(visit: &Visit, text: &str) -> Result<CallId, Failure> {
    CallId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

fn assignment_id(visit: &Visit, text: &str) -> Result<AssignmentId, Failure> {
    AssignmentId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

#[derive(Template)]
#[template(path = "reviews/list.html", config = "src/views/askama.toml")]
struct ListPage {
    page: Page,
    calls: Vec<ReviewedCall>,
}

async fn list(visit: Visit) -> Result<HttpResponse, Failure> {
    let calls = visit.app.read(|tx| Ok(db::reviews::calls_with_review(tx.db)?)).await.map_err(|e| visit.fail(e))?;
    ok(&ListPage { page: Page::titled(&visit, "reviews-title"), calls })
}

#[derive(Template)]
#[template(path = "reviews/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    overview: Overview,
    /// For the date field.
    due: String,
    may_organise: bool,
    /// Sheets submitted, and sheets wanted of those charged now.
    submitted: usize,
    live: usize,
    short: usize,
}

impl ShowPage {
    fn is(&self, status: &str) -> bool {
        self.overview.session.as_ref().map_or("none", |session| session.status.as_text()) == status
    }

    fn version(&self) -> i32 {
        self.overview.session.as_ref().map_or(0, |session| session.version)
    }
}

async fn show_page(visit: &Visit, id: CallId, page: impl FnOnce(Page) -> Page) -> Result<ShowPage, Failure> {
    let actor = visit.actor.clone();
    let overview = visit.app.read(move |tx| overview(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let due = overview.session.as_ref().map_or(visit.now + Duration::days(14), |session| session.due_at);
    let open = overview.files.iter().filter(|file| file.state == crate::domain::procedure::State::InReview);
    let needed = overview.rules.experts_per_application as usize;
    Ok(ShowPage {
        page: page(Page::new(visit, overview.call.title.clone())),
        due: local_datetime(due).format("%Y-%m-%dT%H:%M").to_string(),
        may_organise: visit.actor.holds_any(review::ORGANISERS),
        submitted: overview.files.iter().map(|file| file.submitted).sum(),
        live: overview.files.iter().map(|file| file.live).sum(),
        short: open.filter(|file| file.live < needed).count(),
        overview,
    })
}

async fn show(visit: Visit, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    ok(&show_page(&visit, id, |page| page).await?)
}

/// Sends the browser back to the session's page, or shows that page with what was not accepted.
async fn answer<T>(form: &Submitted, id: CallId, done: Result<T, Error>, key: &str) -> Result<HttpResponse, Failure> {
    match done {
        Ok(_) => Ok(see_other(format!("/reviews/{id}"), key)),
        Err(error) if can_be_mended(&error) => {
            html(error.status(), &show_page(&form.visit, id, |page| page.after(&error, &form.pairs)).await?)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}

/// An instant as a date field sends it, by the clock of Guangdong.
fn instant(form: &Submitted, name: &str) -> Result<DateTime<Utc>, Error> {
    let text = form.text(name).replace(' ', "T");
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S"))
        .map_err(|_| Error::field(name, "review_due"))?;
    Ok(utc_of_local(local).and_utc())
}

fn experts(form: &Submitted) -> Result<Vec<ExpertId>, Error> {
    let ids = form.all("experts").into_iter().map(|text| ExpertId::from_text(&text));
    ids.collect::<Option<Vec<_>>>().ok_or_else(|| Error::field("experts", "review_expert_not_active"))
}

fn preparation(form: &Submitted) -> Result<Preparation, Error> {
    let experts = experts(form)?;
    if experts.is_empty() {
        return Err(Error::field("experts", "review_no_experts"));
    }
    Ok(Preparation { version: Some(form.number("version")?), due_at: instant(form, "due_at")?, experts })
}

async fn prepare(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match preparation(&form) {
        Ok(input) => form.visit.app.write(move |tx| review::prepare::prepare(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "review-prepared").await
}

async fn open(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match form.number("version") {
        Ok(version) => form.visit.app.write(move |tx| review::open::open(tx, &actor, id, &Seen { version })).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "review-opened").await
}

async fn complete(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match experts(&form) {
        Ok(experts) => {
            form.visit.app.write(move |tx| review::complete::complete(tx, &actor, id, &Completion { experts })).await
        }
        Err(error) => Err(error),
    };
    answer(&form, id, done, "review-completed").await
}

async fn close(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let reason = form.text("reason");
    let done = match form.number("version") {
        Ok(version) => {
            form.visit.app.write(move |tx| review::close::close(tx, &actor, id, &Closing { version, reason })).await
        }
        Err(error) => Err(error),
    };
    if done.is_ok() {
        return Ok(see_other(format!("/decisions/{id}"), "review-closed"));
    }
    answer(&form, id, done, "review-closed").await
}

async fn call_of(visit: &Visit, id: AssignmentId) -> Result<CallId, Failure> {
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        let assignment = db::reviews::find_assignment(tx.db, id)?;
        Ok(db::reviews::find_session(tx.db, assignment.session_id)?.call_id)
    };
    visit.app.read(work).await.map_err(|error| visit.fail(error))
}

async fn reopen(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = Reopening { reason: form.text("reason") };
    let call = call_of(&form.visit, id).await?;
    let done = form.visit.app.write(move |tx| review::reopen::reopen(tx, &actor, id, &input)).await;
    answer(&form, call, done, "sheet-reopened").await
}

async fn release(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = Release { reason: form.text("reason") };
    let call = call_of(&form.visit, id).await?;
    let done = form.visit.app.write(move |tx| review::release::release(tx, &actor, id, &input)).await;
    answer(&form, call, done, "assignment-released").await
}

#[derive(Template)]
#[template(path = "reviews/assignments.html", config = "src/views/askama.toml")]
struct AssignmentsPage {
    page: Page,
    own: Vec<OwnAssignment>,
}

async fn assignments(visit: Visit) -> Result<HttpResponse, Failure> {
    let expert = declare::expert_of(&visit.actor).map_err(|e| visit.fail(e))?;
    let own =
        visit.app.read(move |tx| Ok(db::reviews::own_assignments(tx.db, expert)?)).await.map_err(|e| visit.fail(e))?;
    ok(&AssignmentsPage { page: Page::titled(&visit, "assignments-title"), own })
}

/// An item of the sheet, ready to be shown.
struct ItemLine {
    key: String,
    name: String,
    guidance: String,
    max: String,
    points: String,
    comment: String,
}

/// A dimension of the sheet.
struct DimensionBlock {
    key: String,
    name: String,
    max: String,
    points: String,
    items: Vec<ItemLine>,
}

/// A document beside the sheet.
struct DocumentLine {
    href: String,
    name: String,
    kind: String,
    size: String,
    /// Whether it is shown in place.
    picture: bool,
}

#[derive(Template)]
#[template(path = "reviews/assignment.html", config = "src/views/askama.toml")]
struct AssignmentPage {
    page: Page,
    view: OwnView,
    sections: Vec<SectionView>,
    documents: Vec<DocumentLine>,
    dimensions: Vec<DimensionBlock>,
    missing: Vec<(String, String)>,
    total: String,
    max: String,
    /// Items with points that count, and all.
    filled: (usize, usize),
    /// Which points ask for a comment; empty if none do.
    comment_hint: String,
    opinion: String,
    proposal: bool,
}

impl AssignmentPage {
    /// Which part of the page is shown.
    fn part(&self) -> &'static str {
        let open = self.view.session.status == SessionStatus::Open;
        let sheet = self.view.sheet.as_ref().map(|sheet| sheet.status);
        match self.view.assignment.status {
            AssignmentStatus::Awaiting if open => "declare",
            AssignmentStatus::Accepted if open && sheet == Some(SheetStatus::Draft) => "score",
            AssignmentStatus::Accepted if sheet == Some(SheetStatus::Submitted) => "submitted",
            _ => "ended",
        }
    }

    fn version(&self) -> i32 {
        self.view.sheet.as_ref().map_or(0, |sheet| sheet.version)
    }
}

async fn assignment_page(visit: &Visit, id: AssignmentId, page: Page) -> Result<AssignmentPage, Failure> {
    let actor = visit.actor.clone();
    let language = page.lang().to_string();
    let words = ViewWords {
        yes: page.t("form-yes"),
        no: page.t("form-no"),
        yuan: page.t("unit-yuan"),
        wan_yuan: page.t("unit-wan_yuan"),
    };
    let (view, sections) = visit
        .app
        .read(move |tx| {
            let view = score::view(tx, &actor, id)?;
            let context = ViewContext {
                call_year: view.call.year,
                language: &language,
                reference: &tx.env.reference,
                words: &words,
            };
            let sections = view
                .file
                .as_ref()
                .map(|file| view_form(&view.call.programme.0, &file.application.form.0, &context))
                .unwrap_or_default();
            Ok((view, sections))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    Ok(lay_out(page, view, sections))
}

fn lay_out(page: Page, view: OwnView, mut sections: Vec<SectionView>) -> AssignmentPage {
    let programme = view.call.programme.0.clone();
    // What is about a person is not for experts.
    for section in &mut sections {
        section.fields.retain(|field| !field.personal);
    }
    sections.retain(|section| !section.fields.is_empty());
    let language = page.lang().to_string();
    let documents = view.file.iter().flat_map(|file| &file.documents).map(|document| DocumentLine {
        href: format!("/documents/{}", document.id),
        name: document.name.clone(),
        size: size_text(document.bytes),
        picture: is_picture(&document.file_type),
        kind: programme.document(&document.kind).map_or_else(String::new, |k| k.names.in_language(&language).into()),
    });
    let documents = documents.collect();
    // What was typed and not accepted goes before what is stored.
    let typed = |group: &str, stored: Option<&BTreeMap<String, String>>| -> BTreeMap<String, String> {
        let keys = programme.rubric.iter().flat_map(|rubric| rubric.items()).map(|item| &item.key);
        let stored = |key: &String| stored.and_then(|map| map.get(key)).cloned().unwrap_or_default();
        keys.map(|key| (key.clone(), page.typed(&format!("{group}.{key}"), stored(key)))).collect()
    };
    let items = typed("items", view.sheet.as_ref().map(|sheet| &sheet.items.0));
    let comments = typed("comments", view.sheet.as_ref().map(|sheet| &sheet.comments.0));
    let check = score::check(&programme, &items, &comments);
    let value = |map: &BTreeMap<String, String>, key: &str| map.get(key).cloned().unwrap_or_default();
    let dimensions: Vec<DimensionBlock> = programme
        .rubric
        .iter()
        .flat_map(|rubric| &rubric.dimensions)
        .map(|dimension| DimensionBlock {
            key: dimension.key.clone(),
            name: dimension.names.in_language(&language).into(),
            max: points_text(dimension.max_hundredths()),
            points: points_text(check.sheet.dimension(dimension.items.iter().map(|item| item.key.as_str()))),
            items: dimension
                .items
                .iter()
                .map(|item| ItemLine {
                    name: item.names.in_language(&language).into(),
                    guidance: item.guidance.in_language(&language).into(),
                    max: item.max.to_string(),
                    points: value(&items, &item.key),
                    comment: value(&comments, &item.key),
                    key: item.key.clone(),
                })
                .collect(),
        })
        .collect();
    let said = |problem| page.problem_text(problem);
    let missing = check.problems.iter().chain(&check.missing).map(|p| (p.path.clone(), said(p))).collect();
    let rubric = programme.rubric.as_ref();
    let rule = programme.review.as_ref().map(|rules| rules.comment_rule()).unwrap_or_default();
    let comment_hint = match (rule.zero, rule.full) {
        (true, true) => page.t("sheet-comment-zero-full"),
        (true, false) => page.t("sheet-comment-zero"),
        (false, true) => page.t("sheet-comment-full"),
        (false, false) => String::new(),
    };
    let counted = check.sheet.points.values().filter(|points| points.is_some()).count();
    AssignmentPage {
        filled: (counted, check.sheet.points.len()),
        comment_hint,
        sections,
        documents,
        dimensions,
        missing,
        total: points_text(check.sheet.total()),
        max: points_text(rubric.map_or(0, |rubric| rubric.max_hundredths())),
        opinion: view.sheet.as_ref().map(|sheet| sheet.opinion.clone()).unwrap_or_default(),
        proposal: rubric.is_some_and(|rubric| rubric.basis == crate::domain::rubric::Basis::Proposal),
        page,
        view,
    }
}

async fn assignment(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&visit, &id)?;
    ok(&assignment_page(&visit, id, Page::titled(&visit, "assignment-title")).await?)
}

async fn mend(form: &Submitted, id: AssignmentId, error: Error) -> Result<HttpResponse, Failure> {
    if !can_be_mended(&error) {
        return Err(form.visit.fail(error));
    }
    let page = Page::titled(&form.visit, "assignment-title").after(&error, &form.pairs);
    html(error.status(), &assignment_page(&form.visit, id, page).await?)
}

async fn declare(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let conflict = match form.text("conflict").as_str() {
        "yes" => true,
        "no" => false,
        _ => return mend(&form, id, Error::field("conflict", "declaration_missing")).await,
    };
    let input = Declaration { conflict, reason: form.text("reason") };
    match form.visit.app.write(move |tx| declare::declare(tx, &actor, id, &input)).await {
        Ok(AssignmentStatus::Recused) => Ok(see_other("/assignments", "recused")),
        Ok(AssignmentStatus::Released) => Ok(see_other("/assignments", "excluded")),
        Ok(_) => Ok(see_other(format!("/assignments/{id}"), "declared")),
        Err(error) => mend(&form, id, error).await,
    }
}

fn sheet_input(form: &Submitted) -> Result<SheetInput, Error> {
    let group = |prefix: &str| -> BTreeMap<String, String> {
        let named = form.pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value)));
        named.map(|(key, value)| (key.to_string(), value.clone())).collect()
    };
    Ok(SheetInput {
        version: form.number("version")?,
        items: group("items."),
        comments: group("comments."),
        opinion: form.text("opinion"),
    })
}

async fn save(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let saved = match sheet_input(&form) {
        Ok(input) => form.visit.app.write(move |tx| score::save(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(saved) if form.autosave => Ok(HttpResponse::Ok().json(saved)),
        Ok(_) => Ok(see_other(format!("/assignments/{id}"), "sheet-saved")),
        Err(Error::Invalid(problems)) if form.autosave => {
            let page = Page::titled(&form.visit, "assignment-title");
            let said: Vec<score::Remark> = problems
                .iter()
                .map(|problem| score::Remark { path: problem.path.clone(), text: page.problem_text(problem) })
                .collect();
            Ok(HttpResponse::UnprocessableEntity().json(serde_json::json!({ "problems": said })))
        }
        Err(error) if form.autosave => Ok(HttpResponse::build(error.status()).finish()),
        Err(error) => mend(&form, id, error).await,
    }
}

async fn submit(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let done = match sheet_input(&form) {
        Ok(input) => form.visit.app.write(move |tx| score::submit(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_other("/assignments", "sheet-submitted")),
        Err(error) => mend(&form, id, error).await,
    }
}
