//! Review sessions for those who organise them; assignments and score sheets for experts.

mod board;
mod plan;
mod reminders;

use super::access::{Submitted, Visit};
use super::documents::{is_picture, size_text};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::routes::{Access, Routes};
use crate::actions::review;
use crate::actions::review::declare::{self, Declaration};
use crate::actions::review::score::{self, OwnView, SheetInput};
use crate::db;
use crate::db::reviews::{OwnAssignment, ReviewedCall};
use crate::domain::actor::Role;
use crate::domain::form::{SectionView, ViewContext, ViewWords, view as view_form};
use crate::domain::ids::{AssignmentId, CallId};
use crate::domain::scoring::points_text;
use crate::domain::status::{AssignmentStatus, SessionStatus, SheetStatus};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use std::collections::BTreeMap;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const ONLOOKERS: Access = Access::Roles(review::ONLOOKERS);
    const EXPERTS: Access = Access::Roles(&[Role::Expert]);
    routes.get("/reviews", ONLOOKERS, list);
    board::routes(routes);
    plan::routes(routes);
    reminders::routes(routes);
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
