//! The draw of a call's experts: its steps, its record, its rules.

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::routes::{Access, Routes};
use super::second_press::again;
use crate::actions::Env;
use crate::actions::draw::abandon::{Abandoning, abandon};
use crate::actions::draw::announce::{self, Announcement, AnnouncementPreview, Share, SharePreview};
use crate::actions::draw::annul::{self, Annulling};
use crate::actions::draw::commit::{PHRASE_MAX, PHRASE_MIN, Pledge, commit};
use crate::actions::draw::list::list;
use crate::actions::draw::recorded_events;
use crate::actions::draw::reveal::{Reveal, reveal};
use crate::actions::draw::view::{AttemptView, DrawView, record_file, view};
use crate::actions::review::plan::field_name;
use crate::actions::review::{ONLOOKERS, ORGANISERS, Seen};
use crate::actions::second_press::Press;
use crate::domain::actor::Role;
use crate::domain::draw::SPECIFICATION;
use crate::domain::ids::{CallId, DrawId};
use crate::domain::steps::{ENDERS, Offered, PARTIES};
use crate::error::Error;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::sync::Arc;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/how/draw", Access::Public, how);
    routes.get("/reviews/{call}/draw", Access::Roles(ONLOOKERS), show);
    routes.get("/reviews/{call}/draw/record.json", Access::Roles(ONLOOKERS), record);
    routes.get("/reviews/{call}/draw/events.json", Access::Roles(ONLOOKERS), events);
    routes.post("/reviews/{call}/draw/preview", Access::Roles(ORGANISERS), preview_announcement);
    routes.post("/reviews/{call}/draw/announcement", Access::Roles(ORGANISERS), send_announcement);
    routes.post("/reviews/{call}/draw/commitment", Access::Roles(PARTIES), send_commitment);
    routes.post("/reviews/{call}/draw/list", Access::Roles(&[Role::Handler]), send_list);
    routes.post("/reviews/{call}/draw/reveal", Access::Roles(PARTIES), send_reveal);
    routes.post("/reviews/{call}/draw/abandonment", Access::Roles(ENDERS), send_abandonment);
    routes.post("/reviews/{call}/draw/annulment", Access::Roles(&[Role::Handler]), propose_annulment);
    routes.post("/reviews/{call}/draw/annulment/acceptance", Access::Roles(&[Role::Auditor]), accept_annulment);
    routes.post("/reviews/{call}/draw/annulment/refusal", Access::Roles(PARTIES), refuse_annulment);
}

fn call_id(visit: &Visit, text: &str) -> Result<CallId, Failure> {
    CallId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

#[derive(Template)]
#[template(path = "draws/how.html", config = "src/views/askama.toml")]
struct HowPage {
    page: Page,
    specification: &'static str,
}

async fn how(visit: Visit) -> Result<HttpResponse, Failure> {
    ok(&HowPage { page: Page::titled(&visit, "draw-how"), specification: SPECIFICATION })
}

/// One step of an attempt: its words' key, who, when.
struct Step {
    key: &'static str,
    who: String,
    at: String,
}

fn steps(page: &Page, attempt: &AttemptView) -> Vec<Step> {
    let at = |at: Option<DateTime<Utc>>| at.map(|at| page.at(&at.naive_utc())).unwrap_or_default();
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    let step = |key, who: String, when: Option<DateTime<Utc>>| Step { key, who, at: at(when) };
    let (handler, auditor) = (&attempt.handler, &attempt.auditor);
    let listed_by = attempt.list.as_ref().and_then(|list| list.by.clone());
    let mut all = vec![
        step("draw-step-announced", attempt.announced_by.clone(), Some(attempt.announced_at)),
        step("draw-step-committed-handler", name(&handler.name), handler.committed_at),
        step("draw-step-committed-auditor", name(&auditor.name), auditor.committed_at),
        step("draw-step-listed", name(&listed_by), attempt.list.as_ref().map(|list| list.at)),
        step("draw-step-revealed-handler", name(&handler.name), handler.revealed_at),
        step("draw-step-revealed-auditor", name(&auditor.name), auditor.revealed_at),
    ];
    match attempt.abandoned_at {
        Some(when) => all.push(step("draw-step-abandoned", String::new(), Some(when))),
        None => all.push(step("draw-step-drawn", String::new(), attempt.result.as_ref().map(|result| result.at))),
    }
    if let Some(annulment) = &attempt.annulment {
        all.push(step("draw-step-annulment", name(&annulment.proposed_by), Some(annulment.proposed_at)));
        all.push(step("draw-step-annulled", name(&annulment.accepted_by), annulment.accepted_at));
    }
    all
}

/// An attempt with its steps.
struct Shown {
    steps: Vec<Step>,
    attempt: AttemptView,
}

#[derive(Template)]
#[template(path = "draws/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    draw: DrawView,
    /// The newest first.
    shown: Vec<Shown>,
    /// What fields of expertise are called.
    env: Arc<Env>,
}

impl ShowPage {
    fn phrase_min(&self) -> usize {
        PHRASE_MIN
    }

    fn phrase_max(&self) -> usize {
        PHRASE_MAX
    }

    /// The words of a field of expertise.
    fn field(&self, key: &str) -> String {
        if key.is_empty() {
            self.page.t("draw-field-any")
        } else {
            field_name(&self.env.reference, &self.env.programmes, key, self.page.lang())
        }
    }

    fn excluded(&self, code: &str) -> String {
        excluded(&self.page, code)
    }

    fn running(&self) -> Option<&AttemptView> {
        let last = self.draw.attempts.last()?;
        (last.result.is_none() && last.abandoned_at.is_none()).then_some(last)
    }

    /// The draw that is done and was not annulled.
    fn in_force(&self) -> Option<&AttemptView> {
        let last = self.draw.attempts.last()?;
        (last.result.is_some() && !is_annulled(last)).then_some(last)
    }

    /// What an auditor does who does not agree to annul the draw, or whoever proposed it.
    fn refusing(&self) -> &'static str {
        if self.draw.annulment_is_own { "draw-annul-withdraw" } else { "draw-annul-refuse" }
    }

    /// Why it is done.
    fn refusing_reason(&self) -> &'static str {
        if self.draw.annulment_is_own { "draw-annul-withdraw-reason" } else { "draw-annul-refuse-reason" }
    }

    /// Where an attempt stands, in words.
    fn status(&self, attempt: &AttemptView) -> String {
        match is_annulled(attempt) {
            true => self.page.t("draw-annulled"),
            false => self.page.t_of("draw-status", attempt.status),
        }
    }

    /// What the running attempt waits for.
    fn waits(&self, attempt: &AttemptView) -> &'static str {
        let committed = (attempt.handler.commitment.is_some(), attempt.auditor.commitment.is_some());
        let revealed = (attempt.handler.revealed_at.is_some(), attempt.auditor.revealed_at.is_some());
        match (&attempt.list, committed, revealed) {
            (Some(_), _, (true, false)) => "draw-wait-reveal-auditor",
            (Some(_), _, (false, true)) => "draw-wait-reveal-handler",
            (Some(_), _, _) => "draw-wait-reveal",
            (None, (true, true), _) => "draw-wait-list",
            (None, (true, false), _) => "draw-wait-commit-auditor",
            (None, (false, true), _) => "draw-wait-commit-handler",
            (None, (false, false), _) => "draw-wait-commit",
        }
    }
}

fn is_annulled(attempt: &AttemptView) -> bool {
    attempt.annulment.as_ref().is_some_and(|annulment| annulment.accepted_at.is_some())
}

/// The words of a reason for an exclusion: one of the draw's own, or that of the rule of recusal.
fn excluded(page: &Page, code: &str) -> String {
    match code {
        "suspended" | "removed" | "out_of_term" | "no_field" | "other_pool" => page.t_of("draw-excluded", code),
        _ => page.with_addition(&page.t("draw-excluded-recused"), &page.t_of("exclusion", code)),
    }
}

async fn show_page(visit: &Visit, id: CallId, page: impl FnOnce(Page) -> Page) -> Result<ShowPage, Failure> {
    let actor = visit.actor.clone();
    let draw = visit.app.read(move |tx| view(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let page = page(Page::titled(visit, "draw-title"));
    let shown = draw.attempts.iter().rev();
    let shown = shown.map(|attempt| Shown { steps: steps(&page, attempt), attempt: attempt.clone() }).collect();
    Ok(ShowPage { page, draw, shown, env: visit.app.env.clone() })
}

async fn show(visit: Visit, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    ok(&show_page(&visit, id, |page| page).await?)
}

/// A file of a draw.
pub(crate) fn file(name: &str, content: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(content)
}

/// Which draw of a call a file is asked of; the one in force if it names none.
#[derive(Debug, Default, Deserialize)]
struct FileQuery {
    draw: Option<String>,
}

impl FileQuery {
    fn which(&self, visit: &Visit) -> Result<Option<DrawId>, Failure> {
        let named = self.draw.as_deref().filter(|text| !text.is_empty());
        let found = |text: &str| DrawId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound));
        named.map(found).transpose()
    }
}

async fn record(visit: Visit, call: web::Path<String>, query: web::Query<FileQuery>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    let (actor, which) = (visit.actor.clone(), query.which(&visit)?);
    let read = visit.app.read(move |tx| record_file(tx, &actor, id, which)).await;
    let (draw, text) = read.map_err(|e| visit.fail(e))?;
    Ok(file(&format!("draw-{draw}.json"), text))
}

async fn events(visit: Visit, call: web::Path<String>, query: web::Query<FileQuery>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    let (actor, which) = (visit.actor.clone(), query.which(&visit)?);
    let read = visit.app.read(move |tx| {
        let (draw, _) = record_file(tx, &actor, id, which)?;
        let events = recorded_events(tx, draw)?;
        Ok((draw, serde_json::to_string(&events).map_err(anyhow::Error::from)?))
    });
    let (draw, text) = read.await.map_err(|e| visit.fail(e))?;
    Ok(file(&format!("draw-{draw}-events.json"), text))
}

/// Sends the browser back to the draw's page, or shows that page with what was not accepted.
async fn answer<T>(form: &Submitted, id: CallId, done: Result<T, Error>, key: &str) -> Result<HttpResponse, Failure> {
    match done {
        Ok(_) => Ok(see_other(format!("/reviews/{id}/draw"), key)),
        Err(error) if can_be_mended(&error) => {
            html(error.status(), &show_page(&form.visit, id, |page| page.after(&error, &form.pairs)).await?)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}

/// The shares as the form has them: one row a field, in order.
fn shares(form: &Submitted) -> Result<Vec<Share>, Error> {
    let number = |at: usize, name: &str, code: &str| {
        let path = format!("strata.{at}.{name}");
        let found = form.figures(&path).parse::<u32>().ok();
        let problem = || crate::domain::form::Problem::new(&path, code).with("limit", 10_000);
        found.ok_or_else(|| Error::Invalid(vec![problem()]))
    };
    let fields = form.all("field");
    let rows = fields.into_iter().enumerate().map(|(at, field)| {
        let panel = number(at, "panel", "draw_panel")?;
        Ok(Share { field, panel, reserves: number(at, "reserves", "draw_reserves")? })
    });
    rows.collect()
}

fn announcement(form: &Submitted) -> Result<Announcement, Error> {
    let digest = Some(form.text("digest")).filter(|digest| !digest.is_empty());
    Ok(Announcement { strata: shares(form)?, digest })
}

#[derive(Template)]
#[template(path = "draws/preview.html", config = "src/views/askama.toml")]
struct PreviewPage {
    page: Page,
    call: CallId,
    call_title: String,
    preview: AnnouncementPreview,
    /// Fields of expertise in words, as the preview has them.
    fields: Vec<String>,
}

impl PreviewPage {
    fn excluded(&self, code: &str) -> String {
        excluded(&self.page, code)
    }
}

async fn preview_announcement(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let shown = match announcement(&form) {
        Ok(input) => {
            let work = move |tx: &mut crate::actions::Tx<'_>| {
                let preview = announce::preview(tx, &actor, id, &input)?;
                let name = |share: &SharePreview| {
                    field_name(&tx.env.reference, &tx.env.programmes, &share.field, &actor.language)
                };
                let fields: Vec<String> = preview.strata.iter().map(name).collect();
                Ok((preview, fields, crate::db::calls::find(tx.db, id)?.title))
            };
            form.visit.app.read(work).await
        }
        Err(error) => Err(error),
    };
    match shown {
        Ok((preview, fields, call_title)) => {
            let page = Page::titled(&form.visit, "draw-preview-title");
            ok(&PreviewPage { page, call: id, call_title, preview, fields })
        }
        Err(error) => answer::<()>(&form, id, Err(error), "").await,
    }
}

async fn send_announcement(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let input = announcement(&form);
    let press = input.as_ref().ok().map(|input| Press::Announcement(id, input.clone()));
    let done = match input {
        Ok(input) => form.visit.app.write(move |tx| announce::announce(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/reviews/{id}/draw"), &key));
    }
    answer(&form, id, done, "draw-announced").await
}

fn draw_id(form: &Submitted) -> Result<DrawId, Failure> {
    DrawId::from_text(&form.text("draw")).ok_or_else(|| form.visit.fail(Error::NotFound))
}

async fn send_commitment(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let pledge = Pledge { draw: draw_id(&form)?, phrase: form.text("phrase"), commitment: form.text("commitment") };
    let done = form.visit.app.write(move |tx| commit(tx, &actor, id, &pledge)).await;
    answer(&form, id, done, "draw-committed").await
}

async fn send_list(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match form.number("version") {
        Ok(version) => form.visit.app.write(move |tx| list(tx, &actor, id, &Seen { version })).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "draw-listed").await
}

async fn send_reveal(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let input = Reveal { draw: draw_id(&form)?, phrase: form.text("phrase") };
    let done = form.visit.app.write(move |tx| reveal(tx, &actor, id, &input)).await;
    match done {
        Ok(true) => Ok(see_other(format!("/reviews/{id}/draw"), "draw-drawn")),
        done => answer(&form, id, done, "draw-revealed").await,
    }
}

async fn send_abandonment(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let reason = form.text("reason");
    let done = match form.number("version") {
        Ok(version) => form.visit.app.write(move |tx| abandon(tx, &actor, id, &Abandoning { version, reason })).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "draw-abandoned").await
}

fn annulling(form: &Submitted) -> Result<Annulling, Error> {
    Ok(Annulling { version: form.number("version")?, reason: form.text("reason") })
}

async fn propose_annulment(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match annulling(&form) {
        Ok(input) => form.visit.app.write(move |tx| annul::propose(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "draw-annulment-proposed").await
}

async fn accept_annulment(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match form.number("version") {
        Ok(version) => form.visit.app.write(move |tx| annul::accept(tx, &actor, id, &Seen { version })).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "draw-annulled").await
}

async fn refuse_annulment(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match annulling(&form) {
        Ok(input) => form.visit.app.write(move |tx| annul::refuse(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(true) => Ok(see_other(format!("/reviews/{id}/draw"), "draw-annulment-withdrawn")),
        done => answer(&form, id, done, "draw-annulment-refused").await,
    }
}
