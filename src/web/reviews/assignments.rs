//! What an organiser does with one assignment: takes it back from the expert, or gives its sheet back.

use super::assignment_id;
use super::board::answer;
use crate::actions::review;
use crate::actions::review::release::Release;
use crate::actions::review::reopen::Reopening;
use crate::actions::review::work::Work;
use crate::actions::second_press::Press;
use crate::db;
use crate::db::reviews::Assignment;
use crate::domain::ids::{AssignmentId, CallId};
use crate::domain::steps::AssignmentAction;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, ok, see_other};
use crate::web::routes::{Access, Routes};
use crate::web::second_press::again;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const ORGANISERS: Access = Access::Roles(review::ORGANISERS);
    routes.get("/assignments/{id}/release", ORGANISERS, release_form);
    routes.post("/assignments/{id}/release", ORGANISERS, release);
    routes.post("/assignments/{id}/reopening", ORGANISERS, reopen);
}

#[derive(Template)]
#[template(path = "reviews/release.html", config = "src/views/askama.toml")]
struct ReleasePage {
    page: Page,
    call: CallId,
    call_title: String,
    assignment: Assignment,
    expert: String,
    organisation: String,
    number: String,
    open: bool,
    /// Why it cannot be taken back, where the scoring is what stands against it.
    scored: bool,
    scoring_ended: bool,
}

async fn release_page(visit: &Visit, id: AssignmentId, page: Page) -> Result<ReleasePage, Failure> {
    let actor = visit.actor.clone();
    visit
        .app
        .read(move |tx| {
            let assignment = db::reviews::find_assignment(tx.db, id)?;
            let session = db::reviews::find_session(tx.db, assignment.session_id)?;
            let call = db::calls::find(tx.db, session.call_id)?;
            let expert = db::experts::find(tx.db, assignment.expert_id)?;
            let names = db::reviews::names_of_applications(tx.db, &[assignment.application_id])?;
            let (organisation, number) = names.get(&assignment.application_id).cloned().unwrap_or_default();
            let permitted = Work::of(tx, &assignment, &session)?.at.permit(&actor, AssignmentAction::Release);
            Ok(ReleasePage {
                page,
                call: call.id,
                call_title: call.title,
                open: permitted.is_ok(),
                scored: permitted.is_err_and(|refusal| refusal.code == "release_scored"),
                scoring_ended: session.scoring_ended_at.is_some(),
                expert: expert.name,
                organisation,
                number: number.unwrap_or_default(),
                assignment,
            })
        })
        .await
        .map_err(|e| visit.fail(e))
}

async fn release_form(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&visit, &id)?;
    ok(&release_page(&visit, id, Page::titled(&visit, "release-title")).await?)
}

async fn release(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = Release { reason: form.text("reason") };
    let done = form.visit.app.write(move |tx| review::release::release(tx, &actor, id, &input)).await;
    if let Some(key) = again(&form, &done, Some(Press::Release(id, form.text("reason")))).await {
        let page = Page::titled(&form.visit, "release-title");
        let call = release_page(&form.visit, id, page).await?.call;
        return Ok(see_other(format!("/reviews/{call}"), &key));
    }
    match done {
        Ok(filled) => {
            let done = if filled.short.is_empty() { "assignment-released" } else { "assignment-released-short" };
            let page = Page::titled(&form.visit, "release-title");
            let call = release_page(&form.visit, id, page).await?.call;
            Ok(see_other(format!("/reviews/{call}"), done))
        }
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(&form.visit, "release-title").after(&error, &form.pairs);
            html(error.status(), &release_page(&form.visit, id, page).await?)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}

async fn reopen(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = assignment_id(&form.visit, &id)?;
    let actor = form.visit.actor.clone();
    let input = Reopening { reason: form.text("reason") };
    let call = release_page(&form.visit, id, Page::titled(&form.visit, "release-title")).await?.call;
    let done = form.visit.app.write(move |tx| review::reopen::reopen(tx, &actor, id, &input)).await;
    if let Some(key) = again(&form, &done, Some(Press::Reopening(id, form.text("reason")))).await {
        return Ok(see_other(format!("/reviews/{call}"), &key));
    }
    answer(&form, call, done, "sheet-reopened").await
}
