//! Submitting, the receipt, withdrawing.

use super::super::access::{Submitted, Visit};
use super::super::documents::{must_be_own, to_own_file};
use super::super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::show::document_line;
use crate::actions::completeness::completeness;
use crate::actions::dossier::Dossier;
use crate::actions::marks::{Marks, name_of_mark, untouched};
use crate::actions::reading;
use crate::actions::submit::{Content, Submit, submit};
use crate::actions::withdraw::{Withdraw, withdraw as take_back};
use crate::db;
use crate::db::corrections::Mark;
use crate::domain::calendar::local_second_text;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Something in the way of a submission, with where to mend it.
struct Obstacle {
    href: String,
    text: String,
}

#[derive(Template)]
#[template(path = "applications/submission.html", config = "src/views/askama.toml")]
struct SubmissionPage {
    page: Page,
    id: ApplicationId,
    version: i32,
    again: bool,
    organisation: String,
    call_title: String,
    deadline: String,
    documents: usize,
    obstacles: Vec<Obstacle>,
    /// What was marked for the correction and is still as it was filed: its name, and why it was marked.
    unchanged: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "applications/receipt.html", config = "src/views/askama.toml")]
struct ReceiptPage {
    page: Page,
    id: ApplicationId,
    number: String,
    count: i32,
    organisation: String,
    credit_code: String,
    call_title: String,
    at: String,
    sha256: String,
    documents: Vec<[String; 4]>,
}

#[derive(Template)]
#[template(path = "applications/withdrawal.html", config = "src/views/askama.toml")]
struct WithdrawalPage {
    page: Page,
    id: ApplicationId,
    version: i32,
    organisation: String,
    call_title: String,
}

async fn submission_page(visit: &Visit, id: ApplicationId, page: Page) -> Result<Option<SubmissionPage>, Failure> {
    let actor = visit.actor.clone();
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        let dossier = Dossier::load(tx, &actor, id)?;
        must_be_own(&actor, &dossier)?;
        let attachments = db::attachments::of_application(tx.db, id)?;
        let found = completeness(tx, &dossier, &attachments, &actor.language)?;
        let marks = Marks::of(tx, &dossier)?;
        let unchanged = untouched(tx, &dossier, &marks, &attachments)?;
        let due = marks.correction().map(|correction| correction.due_at);
        let open = dossier.available(&actor).iter().any(|a| matches!(a, Action::Submit | Action::Resubmit));
        Ok((dossier, attachments.len(), found, (due, unchanged), open))
    };
    let (dossier, documents, found, (due, unchanged), open) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    if !open {
        return Ok(None);
    }
    let obstacles = found.all().into_iter().map(|problem| Obstacle {
        href: match problem.path.as_str() {
            "organisation" => "/organisation".to_string(),
            path if path.starts_with("documents.") => format!("/applications/{id}/documents#f-{path}"),
            path => format!("/applications/{id}/form#f-{path}"),
        },
        text: page.problem_text(&problem),
    });
    let obstacles = obstacles.collect();
    let members = page.t("members-title");
    let name = |mark: &Mark| name_of_mark(dossier.programme(), mark, page.lang(), &members);
    let unchanged = unchanged.into_iter().map(|mark| (name(&mark), mark.reason)).collect();
    Ok(Some(SubmissionPage {
        id,
        version: dossier.application.version,
        again: dossier.application.submission_count > 0,
        organisation: dossier.organisation.name.clone(),
        call_title: dossier.call.title.clone(),
        deadline: page.until(&due.unwrap_or(dossier.call.closes_at)),
        documents,
        obstacles,
        unchanged,
        page,
    }))
}

pub async fn new(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = super::id_of(&visit, &path)?;
    match submission_page(&visit, id, Page::titled(&visit, "submission-title")).await? {
        Some(page) => ok(&page),
        None => Ok(see_other(format!("/applications/{id}"), "")),
    }
}

pub async fn create(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = super::id_of(visit, &path)?;
    let result = match form.number("version") {
        Ok(version) => {
            let ticked = |name: &str| form.text(name) == "yes";
            let (commitment, unchanged_confirmed) = (ticked("commitment"), ticked("unchanged_confirmed"));
            let input = Submit { version, commitment, unchanged_confirmed };
            let actor = visit.actor.clone();
            visit.app.write(move |tx| submit(tx, &actor, id, &input)).await
        }
        Err(error) => Err(error),
    };
    let error = match result {
        Ok(_) => return Ok(see_other(format!("/applications/{id}/receipt"), "application-submitted")),
        Err(error) => error,
    };
    // A second press: the first one has done it.
    if matches!(&error, Error::Refused(refusal) if refusal.code == "wrong_state") && is_submitted(visit, id).await? {
        return Ok(see_other(format!("/applications/{id}/receipt"), "application-was-submitted"));
    }
    if !can_be_mended(&error) {
        return Err(visit.fail(error));
    }
    let page = Page::titled(visit, "submission-title").after(&error, &form.pairs);
    match submission_page(visit, id, page).await? {
        Some(page) => html(error.status(), &page),
        None => Err(visit.fail(error).leading_to(to_own_file(visit, id))),
    }
}

async fn is_submitted(visit: &Visit, id: ApplicationId) -> Result<bool, Failure> {
    let actor = visit.actor.clone();
    let dossier = visit.app.read(move |tx| Dossier::load(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    Ok(dossier.application.submission_count > 0)
}

pub async fn receipt(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = super::id_of(&visit, &path)?;
    let actor = visit.actor.clone();
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        let mut reading = reading::read(tx, &actor, id)?;
        let last = reading.submissions.pop().ok_or(Error::NotFound)?;
        let content = Content::of(tx.env, &last)?;
        let content = content.ok_or_else(|| anyhow::anyhow!("submission {}: unreadable", last.id))?;
        Ok((reading.dossier, last, content))
    };
    let (dossier, submission, content) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "receipt-title");
    ok(&ReceiptPage {
        id,
        number: content.number.clone(),
        count: submission.number,
        organisation: content.organisation.name.clone(),
        credit_code: content.organisation.credit_code.clone(),
        call_title: dossier.call.title.clone(),
        at: page.dated(&local_second_text(submission.submitted_at)),
        sha256: submission.sha256.clone(),
        documents: content.documents.iter().map(|d| document_line(&page, &dossier, d)).collect(),
        page,
    })
}

async fn withdrawal_page(visit: &Visit, id: ApplicationId, page: Page) -> Result<Option<WithdrawalPage>, Failure> {
    let actor = visit.actor.clone();
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        let dossier = Dossier::load(tx, &actor, id)?;
        must_be_own(&actor, &dossier)?;
        let open = dossier.available(&actor).contains(&Action::Withdraw);
        Ok((dossier, open))
    };
    let (dossier, open) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    // What was written stays in its field, also where a colleague was faster.
    Ok((open || page.was_refused()).then(|| WithdrawalPage {
        id,
        version: dossier.application.version,
        organisation: dossier.organisation.name.clone(),
        call_title: dossier.call.title.clone(),
        page,
    }))
}

pub async fn withdrawal(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = super::id_of(&visit, &path)?;
    match withdrawal_page(&visit, id, Page::titled(&visit, "withdrawal-title")).await? {
        Some(page) => html(StatusCode::OK, &page),
        None => Ok(see_other(format!("/applications/{id}"), "")),
    }
}

pub async fn withdraw(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = super::id_of(visit, &path)?;
    let result = match form.number("version") {
        Ok(version) => {
            let (actor, input) = (visit.actor.clone(), Withdraw { version, reason: form.text("reason") });
            visit.app.write(move |tx| take_back(tx, &actor, id, &input)).await
        }
        Err(error) => Err(error),
    };
    match result {
        Ok(_) => Ok(see_other(format!("/applications/{id}"), "application-withdrawn")),
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(visit, "withdrawal-title").after(&error, &form.pairs);
            match withdrawal_page(visit, id, page).await? {
                Some(page) => html(error.status(), &page),
                None => Err(visit.fail(error)),
            }
        }
        Err(error) => Err(visit.fail(error)),
    }
}
