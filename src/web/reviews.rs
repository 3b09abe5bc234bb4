//! Review sessions for those who organise them; assignments and score sheets for experts.

mod after;
mod assignments;
mod board;
mod completion;
mod own;
mod plan;
mod reminders;
mod sheet;
mod stages;

use super::access::{Submitted, Visit};
use super::documents::{is_picture, size_text};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other, told};
use super::routes::{Access, Routes};
use super::second_press::again;
use crate::actions::Tx;
use crate::actions::expert_pool;
use crate::actions::review;
use crate::actions::review::declare::{self, Declaration};
use crate::actions::review::score::{self, OwnView};
use crate::actions::review::stages::duties;
use crate::actions::review::waiting::{self, ReviewLine};
use crate::actions::sealed::open_form;
use crate::actions::second_press::Press;
use crate::db;
use crate::domain::actor::Role;
use crate::domain::form::{SectionView, ViewContext, ViewWords, view as view_form};
use crate::domain::ids::{AssignmentId, CallId};
use crate::domain::rubric::Rubric;
use crate::domain::scoring::points_text;
use crate::domain::status::{AssignmentStatus, SessionStatus, SheetStatus};
use crate::domain::steps::{AssignmentAction, Offered};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use sheet::{DimensionBlock, comment_hint, dimension_blocks, sheet_input, typed_over};
use std::collections::{BTreeMap, BTreeSet};

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const ONLOOKERS: Access = Access::Roles(review::ONLOOKERS);
    const EXPERTS: Access = Access::Roles(&[Role::Expert]);
    routes.get("/reviews", ONLOOKERS, list);
    board::routes(routes);
    assignments::routes(routes);
    plan::routes(routes);
    reminders::routes(routes);
    stages::routes(routes);
    after::routes(routes);
    routes.get("/assignments", EXPERTS, own::assignments);
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
    lines: Vec<ReviewLine>,
    sees_experts: bool,
}

async fn list(visit: Visit) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let lines = visit.app.read(move |tx| waiting::lines(tx, &actor)).await.map_err(|e| visit.fail(e))?;
    let sees_experts = expert_pool::is_open_to(&visit.actor);
    ok(&ListPage { page: Page::titled(&visit, "reviews-title"), lines, sees_experts })
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
    /// What has to be filled in: path and sentence.
    missing: Vec<(String, String)>,
    /// Values that are wrong.
    wrong: Vec<(String, String)>,
    total: String,
    max: String,
    /// Items with points that count, and all.
    filled: (usize, usize),
    /// Which points ask for a comment; empty if none do.
    comment_hint: String,
    opinion: String,
    proposal: bool,
    /// What was typed into a form that is no longer there: label and text.
    unsent: Vec<(String, String)>,
    /// Files with something left to do beside the score sheets.
    pending: usize,
    /// Why the sheet was last given back; empty if it was not.
    given_back: String,
    /// Whether it was the system that took the assignment back.
    by_system: bool,
}

/// Which part of an assignment's page is shown.
fn part_of(view: &OwnView) -> &'static str {
    let sheet = view.sheet.as_ref().map(|sheet| sheet.status);
    if view.actions.contains(&AssignmentAction::Accept) {
        "declare"
    } else if view.actions.contains(&AssignmentAction::SaveSheet) {
        "score"
    } else if view.assignment.status == AssignmentStatus::Accepted && sheet == Some(SheetStatus::Submitted) {
        "submitted"
    } else {
        "ended"
    }
}

impl AssignmentPage {
    fn part(&self) -> &'static str {
        part_of(&self.view)
    }

    /// How the assignment ended, for its expert, with the reason that the letter gave.
    fn ended(&self) -> String {
        let status = self.view.assignment.status;
        let how = match status {
            AssignmentStatus::Released if self.by_system => self.page.t("assignment-taken-by-system"),
            _ => self.page.t_of("assignment-ended", status),
        };
        match self.view.assignment.reason.as_deref() {
            Some(why) if status == AssignmentStatus::Released && !why.is_empty() => {
                format!("{how}{}", self.page.t1("assignment-taken-because", "reason", why))
            }
            _ => how,
        }
    }

    /// Until when this expert is asked to score; none for whoever was charged too late for the session's day.
    fn due(&self) -> Option<chrono::NaiveDateTime> {
        self.view.due_at
    }

    /// The words above what was not accepted.
    fn unsent_words(&self) -> String {
        self.page.t(match self.view.session.status {
            SessionStatus::Closed => "sheet-unsent-closed",
            _ => "sheet-unsent",
        })
    }

    fn must_explain(&self) -> bool {
        self.view.stages.explanation.as_ref().is_some_and(|asked| asked.explained_at.is_none())
    }

    fn must_speak(&self) -> bool {
        self.view.stages.discussion.as_ref().is_some_and(|discussion| discussion.open && discussion.stated_at.is_none())
    }

    /// What a member of the panel is called in a discussion, by the place among the others.
    fn member(&self, at: impl std::borrow::Borrow<usize>) -> String {
        let at = *at.borrow();
        let letter = self.page.t("discussion-letters").chars().nth(at).map(String::from);
        self.page.t1("discussion-member", "letter", letter.unwrap_or_else(|| (at + 1).to_string()))
    }

    fn position_choices(&self) -> Vec<(String, String)> {
        [("no", "position-keep"), ("yes", "position-change")]
            .map(|(value, key)| (value.to_string(), self.page.t(key)))
            .to_vec()
    }

    fn own_remark(&self) -> String {
        let members = self.view.stages.discussion.iter().flat_map(|discussion| &discussion.members);
        members.filter(|member| member.own).find_map(|member| member.remark.clone()).unwrap_or_default()
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
    let (view, sections, beside) = visit
        .app
        .read(move |tx| {
            let view = score::view(tx, &actor, id)?;
            let own = duties(tx, view.assignment.expert_id)?;
            let pending: BTreeSet<AssignmentId> = own.explain.into_iter().chain(own.discuss).chain(own.extra).collect();
            let given_back = if view.given_back { why_given_back(tx, id)? } else { String::new() };
            let context = ViewContext {
                call_year: view.call.year,
                language: &language,
                reference: &tx.env.reference,
                words: &words,
            };
            let sections = match &view.file {
                Some(file) => {
                    let form = open_form(tx.env, file.application.id, &file.application.form)?;
                    view_form(&view.call.programme.0, &form, &context)
                }
                None => Vec::new(),
            };
            Ok((view, sections, (pending.len(), given_back, released_by_system(tx, id)?)))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    Ok(lay_out(page, view, sections, beside))
}

/// The reason with which an own sheet was last given back.
fn why_given_back(tx: &mut Tx<'_>, id: AssignmentId) -> Result<String, Error> {
    let events = db::events::of_subject(tx.db, "assignment", id.as_text())?;
    let last = events.into_iter().rev().find(|event| event.action == "sheet.reopened");
    Ok(last.and_then(|event| event.reason).unwrap_or_default())
}

/// Whether it was the system that took the assignment back.
fn released_by_system(tx: &mut Tx<'_>, id: AssignmentId) -> Result<bool, Error> {
    let events = db::events::of_subject(tx.db, "assignment", id.as_text())?;
    let last = events.into_iter().rev().find(|event| event.action == "assignment.released");
    Ok(last.is_some_and(|event| event.role == Role::System.as_text()))
}

fn lay_out(
    page: Page,
    view: OwnView,
    mut sections: Vec<SectionView>,
    (pending, given_back, by_system): (usize, String, bool),
) -> AssignmentPage {
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
    // What was typed and not accepted goes before what is stored, where it can still be sent.
    let scoring = part_of(&view) == "score";
    let typed = |group: &str, stored: Option<&BTreeMap<String, String>>| -> BTreeMap<String, String> {
        match &programme.rubric {
            Some(rubric) if scoring => typed_over(&page, rubric, group, stored),
            _ => stored.cloned().unwrap_or_default(),
        }
    };
    let items = typed("items", view.sheet.as_ref().map(|sheet| &sheet.items.0));
    let comments = typed("comments", view.sheet.as_ref().map(|sheet| &sheet.comments.0));
    let check = score::check(&programme, &items, &comments);
    let dimensions = programme
        .rubric
        .as_ref()
        .map(|rubric| dimension_blocks(rubric, &language, &items, &comments, &check))
        .unwrap_or_default();
    let said = |problem| page.problem_text(problem);
    let missing = check.missing.iter().map(|p| (p.path.clone(), said(p))).collect();
    let wrong = check.problems.iter().map(|p| (p.path.clone(), said(p))).collect();
    let rubric = programme.rubric.as_ref();
    let comment_hint = comment_hint(&page, &programme);
    let unsent = unsent(&page, &view, rubric);
    let counted = check.sheet.points.values().filter(|points| points.is_some()).count();
    AssignmentPage {
        filled: (counted, check.sheet.points.len()),
        comment_hint,
        sections,
        documents,
        dimensions,
        missing,
        wrong,
        total: points_text(check.sheet.total()),
        max: points_text(rubric.map_or(0, |rubric| rubric.max_hundredths())),
        opinion: view.sheet.as_ref().map(|sheet| sheet.opinion.clone()).unwrap_or_default(),
        proposal: rubric.is_some_and(|rubric| rubric.basis == crate::domain::rubric::Basis::Proposal),
        unsent,
        pending,
        given_back,
        by_system,
        page,
        view,
    }
}

/// What was typed into forms that the page does not show any more: nothing that somebody wrote is lost.
fn unsent(page: &Page, view: &OwnView, rubric: Option<&Rubric>) -> Vec<(String, String)> {
    let part = part_of(view);
    let discusses = view.stages.discussion.as_ref().is_some_and(|discussion| discussion.open);
    let mut found = Vec::new();
    // What a submitted sheet says already has not been lost.
    let sheet = view.sheet.as_ref().filter(|_| part == "submitted");
    let stored = |name: &str| match (sheet, name.split_once('.')) {
        (Some(sheet), Some(("items", key))) => sheet.items.0.get(key).cloned(),
        (Some(sheet), Some(("comments", key))) => sheet.comments.0.get(key).cloned(),
        (Some(sheet), None) if name == "opinion" => Some(sheet.opinion.clone()),
        _ => None,
    };
    let mut add = |label: String, name: &str| {
        let typed = page.typed(name, "");
        if !typed.trim().is_empty() && stored(name).is_none_or(|stored| stored.trim() != typed.trim()) {
            found.push((label, typed));
        }
    };
    if part != "score" && !discusses {
        for item in rubric.iter().flat_map(|rubric| rubric.items()) {
            let name = item.names.in_language(page.lang());
            add(name.to_string(), &format!("items.{}", item.key));
            add(format!("{name} · {}", page.t("sheet-comment")), &format!("comments.{}", item.key));
        }
        add(page.t("sheet-opinion"), "opinion");
    }
    if !discusses {
        add(page.t("position-remark"), "remark");
    }
    if view.stages.explanation.is_none() {
        add(page.t("explanation-text"), "text");
    }
    if part != "score" && part != "declare" {
        add(page.t("declaration-reason"), "reason");
    }
    found
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
    let press = Press::Declaration { assignment: id, conflict, reason: input.reason.clone() };
    let done = form.visit.app.write(move |tx| declare::declare(tx, &actor, id, &input)).await;
    if let Some(key) = again(&form, &done, Some(press)).await {
        let to = if conflict { "/assignments".to_string() } else { format!("/assignments/{id}") };
        return Ok(see_other(to, &key));
    }
    match done {
        Ok(AssignmentStatus::Recused) => Ok(see_other("/assignments", "recused")),
        Ok(AssignmentStatus::Released) => Ok(see_other("/assignments", "excluded")),
        Ok(_) => Ok(see_other(format!("/assignments/{id}"), "declared")),
        Err(error) => mend(&form, id, error).await,
    }
}

async fn save(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = sheet_input(&form);
    let press = input.as_ref().ok().filter(|_| !form.autosave).map(|input| Press::Draft(id, input.clone()));
    let saved = match input {
        Ok(input) => form.visit.app.write(move |tx| score::save(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &saved, press).await {
        return Ok(see_other(format!("/assignments/{id}"), &key));
    }
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
        Err(error) if form.autosave => {
            Ok(HttpResponse::build(error.status()).json(told(&error, &form.visit.actor.language)))
        }
        Err(error) => mend(&form, id, error).await,
    }
}

async fn submit(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = sheet_input(&form);
    let press = input.as_ref().ok().map(|input| Press::Sheet(id, input.clone()));
    let done = match input {
        Ok(input) => form.visit.app.write(move |tx| score::submit(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other("/assignments", &key));
    }
    match done {
        Ok(()) => Ok(see_other("/assignments", "sheet-submitted")),
        Err(error) => mend(&form, id, error).await,
    }
}
