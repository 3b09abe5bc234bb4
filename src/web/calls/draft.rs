//! Drafting a call and changing the draft.

use super::id_of;
use super::show::{DifferenceView, difference_views, sight};
use crate::actions::draft_call::{ChangeCall, DraftCall, Proposal, change_call, draft_call, propose};
use crate::actions::idempotency::{self, Answer, Owner};
use crate::domain::call::{CallAction, RawContent};
use crate::domain::form::Problem;
use crate::domain::ids::CallId;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, ok, see_other};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

#[derive(Template)]
#[template(path = "calls/form.html", config = "src/views/askama.toml")]
struct FormPage {
    page: Page,
    action: String,
    hidden: Vec<(String, String)>,
    programme: String,
    copied: String,
    differences: Vec<DifferenceView>,
    content: RawContent,
    back: String,
}

#[derive(Debug, serde::Deserialize)]
pub(super) struct NewQuery {
    #[serde(default)]
    programme: String,
}

async fn proposal(visit: &Visit, key: &str) -> Result<Proposal, Failure> {
    let (actor, key) = (visit.actor.clone(), key.to_string());
    match visit.app.read(move |tx| propose(tx, &actor, &key)).await {
        // The key stands in the address, not in a field that could be mended.
        Err(Error::Invalid(_)) => Err(visit.fail(Error::NotFound)),
        other => other.map_err(|e| visit.fail(e)),
    }
}

fn new_page(visit: &Visit, page: Page, proposal: Proposal, copied_from: String) -> FormPage {
    let once = visit.app.env.ids.next().to_string();
    FormPage {
        action: "/calls".into(),
        hidden: vec![
            ("programme".into(), proposal.programme.key.clone()),
            ("copied_from".into(), copied_from),
            ("once".into(), once),
        ],
        programme: proposal.programme.names.in_language(page.lang()).into(),
        copied: proposal.copied_from.as_ref().map(|call| call.title.clone()).unwrap_or_default(),
        differences: difference_views(&page, &proposal.fields, &proposal.changes),
        content: proposal.content,
        back: "/calls".into(),
        page,
    }
}

pub(super) async fn new(visit: Visit, query: web::Query<NewQuery>) -> Result<HttpResponse, Failure> {
    // Which programme is chosen in the list of calls.
    if query.programme.is_empty() {
        return Ok(see_other("/calls", "call-choose-programme"));
    }
    let proposal = proposal(&visit, &query.programme).await?;
    let from = proposal.copied_from.as_ref().map(|call| call.id.to_string()).unwrap_or_default();
    let page = Page::titled(&visit, "call-new-title");
    ok(&new_page(&visit, page, proposal, from))
}

fn content_of(form: &Submitted) -> Result<RawContent, Error> {
    let year = form.number("year").ok();
    let content = RawContent {
        year: year.unwrap_or_default(),
        title: form.text("title"),
        body: form.text("body"),
        basis_title: form.text("basis_title"),
        basis_number: form.text("basis_number"),
        basis_issued_on: form.text("basis_issued_on"),
        basis_valid_until: form.text("basis_valid_until"),
        opens_at: form.text("opens_at"),
        closes_at: form.text("closes_at"),
        recommend_by: form.text("recommend_by"),
        planned_screening_on: form.text("planned_screening_on"),
        planned_review_on: form.text("planned_review_on"),
        planned_decision_on: form.text("planned_decision_on"),
        planned_notice_on: form.text("planned_notice_on"),
    };
    if year.is_some() {
        return Ok(content);
    }
    // What else is wrong is said at once, and not after the year was mended.
    let others = content.check().err().unwrap_or_default().into_iter().filter(|problem| problem.path != "year");
    Err(Error::Invalid(std::iter::once(Problem::new("year", "call_year_number")).chain(others).collect()))
}

/// What makes two sendings of a form the same: where it went and all it held.
pub(super) fn fingerprint(path: &str, form: &Submitted) -> Result<String, Error> {
    let body = serde_html_form::to_string(&form.pairs).map_err(|e| Error::Malformed(e.to_string()))?;
    Ok(idempotency::fingerprint("POST", path, body.as_bytes()))
}

async fn drafted(form: &Submitted) -> Result<String, Error> {
    let input = DraftCall {
        programme: form.text("programme"),
        copied_from: CallId::from_text(&form.text("copied_from")),
        content: content_of(form)?,
    };
    let (actor, once, request) = (form.visit.actor.clone(), form.text("once"), fingerprint("/calls", form)?);
    let answer = form.visit.app.write(move |tx| {
        idempotency::once(tx, &Owner::of(actor.account, &request), Some(&once), &request, |tx| {
            let id = draft_call(tx, &actor, &input)?;
            Ok(Answer { status: StatusCode::SEE_OTHER.as_u16(), body: id.to_string() })
        })
    });
    answer.await.map(|answer| answer.body)
}

pub(super) async fn create(form: Submitted) -> Result<HttpResponse, Failure> {
    match drafted(&form).await {
        Ok(id) => Ok(see_other(format!("/calls/{id}"), "call-drafted")),
        Err(error) if can_be_mended(&error) => {
            let proposal = proposal(&form.visit, &form.text("programme")).await?;
            // Which programme it is of, the address of the form says.
            let here = format!("/calls/new?programme={}", form.text("programme"));
            let page = Page::titled(&form.visit, "call-new-title").at_address(&here).after(&error, &form.pairs);
            html(error.status(), &new_page(&form.visit, page, proposal, form.text("copied_from")))
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}

async fn edit_page(visit: &Visit, id: CallId, page: Page) -> Result<FormPage, Failure> {
    let sight = sight(visit, id).await?;
    let call = &sight.call;
    let copied = sight.copied.as_ref();
    Ok(FormPage {
        action: format!("/calls/{id}"),
        hidden: vec![("version".into(), page.seen_version(call.version))],
        programme: call.programme.0.names.in_language(page.lang()).into(),
        copied: copied.map(|copied| copied.title.clone()).unwrap_or_default(),
        differences: copied.map(|c| difference_views(&page, &c.fields, &c.programme)).unwrap_or_default(),
        content: call.content().raw(),
        back: format!("/calls/{id}"),
        page,
    })
}

pub(super) async fn edit(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &path)?;
    let sight = sight(&visit, id).await?;
    if !sight.available.contains(&CallAction::Change) {
        let refusal = Refusal::conflict("call_wrong_status").with("status", sight.call.status);
        return Err(visit.fail(refusal));
    }
    let page = Page::titled(&visit, "call-edit-title");
    ok(&edit_page(&visit, id, page).await?)
}

pub(super) async fn update(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&form.visit, &path)?;
    let actor = form.visit.actor.clone();
    let input = form.number("version").and_then(|version| Ok(ChangeCall { version, content: content_of(&form)? }));
    let result = match input {
        Ok(input) => form.visit.app.write(move |tx| change_call(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => Ok(see_other(format!("/calls/{id}"), "call-changed")),
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(&form.visit, "call-edit-title").after(&error, &form.pairs);
            html(error.status(), &edit_page(&form.visit, id, page).await?)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}
