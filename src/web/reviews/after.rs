//! What an expert does after the scoring: explains a sheet, states a position, fills in the sheet of the extra station.

use super::sheet::{DimensionBlock, comment_hint, dimension_blocks, sheet_input, typed_over};
use super::{AssignmentPage, DocumentLine, assignment_id, assignment_page, mend};
use crate::actions::review::score::{Remark, SheetInput};
use crate::actions::review::stages::explain::{ExplanationInput, explain};
use crate::actions::review::stages::extra::{check, save_extra, submit_extra};
use crate::actions::review::stages::position::{PositionInput, state_position};
use crate::actions::second_press::Press;
use crate::domain::actor::Role;
use crate::domain::form::SectionView;
use crate::domain::ids::AssignmentId;
use crate::domain::programme::ExtraKind;
use crate::domain::scoring::points_text;
use crate::domain::status::SheetStatus;
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, ok, see_other, told};
use crate::web::routes::{Access, Routes};
use crate::web::second_press::again;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const EXPERTS: Access = Access::Roles(&[Role::Expert]);
    routes.post("/assignments/{id}/explanation", EXPERTS, write_explanation);
    routes.post("/assignments/{id}/position", EXPERTS, state);
    routes.get("/assignments/{id}/extra", EXPERTS, extra);
    routes.post("/assignments/{id}/extra", EXPERTS, save);
    routes.post("/assignments/{id}/extra/submission", EXPERTS, submit);
}

async fn write_explanation(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = ExplanationInput { text: form.text("text") };
    match form.visit.app.write(move |tx| explain(tx, &actor, id, &input)).await {
        Ok(()) => Ok(see_other(format!("/assignments/{id}"), "sheet-explained")),
        Err(error) => mend(&form, id, error).await,
    }
}

fn position_input(form: &Submitted) -> Result<PositionInput, Error> {
    let changes = match form.text("changes").as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::field("changes", "position_missing")),
    };
    let SheetInput { version, items, comments, opinion } = sheet_input(form)?;
    Ok(PositionInput { version, changes, remark: form.text("remark"), items, comments, opinion })
}

async fn state(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let done = match position_input(&form) {
        Ok(input) => form.visit.app.write(move |tx| state_position(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_other(format!("/assignments/{id}"), "position-stated")),
        Err(error) => mend(&form, id, error).await,
    }
}

#[derive(Template)]
#[template(path = "reviews/extra.html", config = "src/views/askama.toml")]
struct ExtraPage {
    page: Page,
    id: AssignmentId,
    organisation: String,
    call: String,
    /// `score`, `submitted`, or `ended` when there is nothing to fill in.
    part: &'static str,
    kind: Option<ExtraKind>,
    version: i32,
    dimensions: Vec<DimensionBlock>,
    /// What has to be filled in: path and sentence.
    missing: Vec<(String, String)>,
    /// Values that are wrong.
    wrong: Vec<(String, String)>,
    total: String,
    max: String,
    filled: (usize, usize),
    comment_hint: String,
    opinion: String,
    proposal: bool,
    /// What was typed into a form that is no longer there.
    unsent: Vec<(String, String)>,
    unsent_words: String,
    /// The file that the sheet is about, as it stands beside the first sheet.
    has_file: bool,
    sections: Vec<SectionView>,
    documents: Vec<DocumentLine>,
}

fn lay_out(shown: AssignmentPage, id: AssignmentId) -> ExtraPage {
    let unsent_words = shown.unsent_words();
    let AssignmentPage { page, view, sections, documents, .. } = shown;
    let programme = view.call.programme.0.clone();
    let station = programme.review.as_ref().and_then(|rules| rules.extra.as_ref());
    let sheet = view.stages.extra.as_ref();
    let part = match sheet.map(|sheet| sheet.status) {
        _ if view.actions.contains(&AssignmentAction::SaveExtraSheet) => "score",
        Some(SheetStatus::Submitted) => "submitted",
        _ => "ended",
    };
    let stored = |group: &str| match group {
        "items" => sheet.map(|sheet| sheet.items.0.clone()).unwrap_or_default(),
        _ => sheet.map(|sheet| sheet.comments.0.clone()).unwrap_or_default(),
    };
    let typed = |group: &str| match station {
        Some(station) if part == "score" => typed_over(&page, &station.rubric, group, Some(&stored(group))),
        _ => stored(group),
    };
    let (items, comments) = (typed("items"), typed("comments"));
    let found = check(&programme, &items, &comments);
    let mut unsent = Vec::new();
    if part != "score" {
        let mut add = |label: String, name: &str, stored: Option<&String>| {
            let typed = page.typed(name, "");
            if !typed.trim().is_empty() && stored.is_none_or(|stored| stored.trim() != typed.trim()) {
                unsent.push((label, typed));
            }
        };
        for item in station.iter().flat_map(|station| station.rubric.items()) {
            let name = item.names.in_language(page.lang());
            add(name.to_string(), &format!("items.{}", item.key), items.get(&item.key));
            let label = format!("{name} · {}", page.t("sheet-comment"));
            add(label, &format!("comments.{}", item.key), comments.get(&item.key));
        }
        add(page.t("sheet-opinion"), "opinion", sheet.map(|sheet| &sheet.opinion));
    }
    let said = |problem| page.problem_text(problem);
    ExtraPage {
        id,
        organisation: view.applicant.0.clone(),
        call: view.call.title.clone(),
        part,
        kind: station.map(|station| station.kind),
        version: sheet.map_or(0, |sheet| sheet.version),
        dimensions: station
            .map(|station| dimension_blocks(&station.rubric, page.lang(), &items, &comments, &found))
            .unwrap_or_default(),
        missing: found.missing.iter().map(|p| (p.path.clone(), said(p))).collect(),
        wrong: found.problems.iter().map(|p| (p.path.clone(), said(p))).collect(),
        total: points_text(found.sheet.total()),
        max: points_text(station.map_or(0, |station| station.rubric.max_hundredths())),
        filled: (found.sheet.points.values().filter(|points| points.is_some()).count(), found.sheet.points.len()),
        comment_hint: comment_hint(&page, &programme),
        opinion: sheet.map(|sheet| sheet.opinion.clone()).unwrap_or_default(),
        proposal: station.is_some_and(|station| station.rubric.basis == crate::domain::rubric::Basis::Proposal),
        unsent,
        unsent_words,
        has_file: view.file.is_some(),
        sections,
        documents,
        page,
    }
}

async fn extra_page(visit: &Visit, id: AssignmentId, page: Page) -> Result<ExtraPage, Failure> {
    Ok(lay_out(assignment_page(visit, id, page).await?, id))
}

async fn extra(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&visit, &id)?;
    ok(&extra_page(&visit, id, Page::titled(&visit, "extra-title")).await?)
}

async fn mend_extra(form: &Submitted, id: AssignmentId, error: Error) -> Result<HttpResponse, Failure> {
    if !can_be_mended(&error) {
        return Err(form.visit.fail(error));
    }
    let page = Page::titled(&form.visit, "extra-title").after(&error, &form.pairs);
    html(error.status(), &extra_page(&form.visit, id, page).await?)
}

async fn save(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = sheet_input(&form);
    let press = input.as_ref().ok().filter(|_| !form.autosave).map(|input| Press::ExtraDraft(id, input.clone()));
    let saved = match input {
        Ok(input) => form.visit.app.write(move |tx| save_extra(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &saved, press).await {
        return Ok(see_other(format!("/assignments/{id}/extra"), &key));
    }
    match saved {
        Ok(saved) if form.autosave => Ok(HttpResponse::Ok().json(saved)),
        Ok(_) => Ok(see_other(format!("/assignments/{id}/extra"), "sheet-saved")),
        Err(Error::Invalid(problems)) if form.autosave => {
            let page = Page::titled(&form.visit, "extra-title");
            let said = |problem| page.problem_text(problem);
            let said: Vec<Remark> = problems.iter().map(|p| Remark { path: p.path.clone(), text: said(p) }).collect();
            Ok(HttpResponse::UnprocessableEntity().json(serde_json::json!({ "problems": said })))
        }
        Err(error) if form.autosave => {
            Ok(HttpResponse::build(error.status()).json(told(&error, &form.visit.actor.language)))
        }
        Err(error) => mend_extra(&form, id, error).await,
    }
}

async fn submit(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = sheet_input(&form);
    let press = input.as_ref().ok().map(|input| Press::ExtraSheet(id, input.clone()));
    let done = match input {
        Ok(input) => form.visit.app.write(move |tx| submit_extra(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other("/assignments", &key));
    }
    match done {
        Ok(()) => Ok(see_other("/assignments", "sheet-submitted")),
        Err(error) => mend_extra(&form, id, error).await,
    }
}
