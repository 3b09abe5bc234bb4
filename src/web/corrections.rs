//! Corrections asked for by a station, and more time for one applicant.

use super::access::{Submitted, Visit};
use super::file::{After, FileView, Refused, answered, framed, id_of};
use super::page::{Failure, Page, html};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::actions::dossier::Dossier;
use crate::actions::extend_correction::{Extension, extend_correction, open_correction};
use crate::actions::marks::name_of_mark;
use crate::actions::request_correction::{CorrectionRequest, default_due_on, last_day, request_correction, station_of};
use crate::db::corrections::{Mark, MarkKind};
use crate::domain::actor::Role;
use crate::domain::calendar;
use crate::domain::form::Problem;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::domain::programme::Programme;
use crate::domain::status::CorrectionStation;
use crate::error::Error;
use crate::words::Words;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

const OFFICERS: Access = Access::Roles(&[Role::CityOfficer, Role::Handler]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/applications/{id}/corrections/new", OFFICERS, new);
    routes.post("/applications/{id}/corrections", OFFICERS, create);
    routes.get("/applications/{id}/corrections/extension", OFFICERS, edit);
    routes.post("/applications/{id}/corrections/extension", OFFICERS, update);
}

#[derive(Template)]
#[template(path = "corrections/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
    file: FileView,
    due_on: String,
    due_hint: String,
    calendar_problem: String,
}

async fn new(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    render_new(&visit, id, None).await
}

async fn render_new(visit: &Visit, id: ApplicationId, after: After<'_>) -> Result<HttpResponse, Failure> {
    let (actor, first) = (visit.actor.clone(), after.is_none());
    let read = visit.app.read(move |tx| {
        let dossier = Dossier::load(tx, &actor, id)?;
        if first {
            dossier.permit(&actor, Action::RequestCorrection)?;
        }
        let station = station_of(dossier.application.state);
        let due = default_due_on(tx, &dossier, station);
        let programme = dossier.call.programme.0.clone();
        Ok((FileView::of(tx, &dossier, &actor.language)?, due, latest(&dossier, station), programme))
    });
    let (file, due, latest, programme) = read.await.map_err(|e| visit.fail(e))?;
    let named = after.map(|(error, _)| naming(error, &programme, &visit.actor.language));
    let after = match (&named, after) {
        (Some(Some(error)), Some((_, typed))) => Some((error, typed)),
        _ => after,
    };
    let (page, status) = framed(visit, "correction-title", after);
    let (due_on, calendar_problem) = match due {
        Ok(day) => (day.to_string(), String::new()),
        Err(problem) => (String::new(), page.problem_text(&problem)),
    };
    let due_hint = due_hint(&page, latest);
    html(status, &NewPage { page, file, due_on, due_hint, calendar_problem })
}

/// The bureaus' own date, which a city's correction must not reach.
fn latest(dossier: &Dossier, station: CorrectionStation) -> Option<String> {
    (station == CorrectionStation::City).then(|| calendar::local_deadline_text(dossier.call.recommend_by))
}

fn due_hint(page: &Page, latest: Option<String>) -> String {
    latest.map_or_else(|| page.t("correction-due-hint"), |limit| page.t1("correction-due-hint-city", "limit", limit))
}

async fn create(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let result = match read_request(&form) {
        Err(error) => Err(error),
        Ok((input, names)) => visit
            .app
            .write(move |tx| request_correction(tx, &actor, id, &input).map(drop))
            .await
            .map_err(|error| at_inputs(error, &names)),
    };
    match answered(visit, result, &format!("/applications/{id}"), "correction-requested") {
        Err(Refused::Again(error)) => render_new(visit, id, Some((&error, &form.pairs))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

/// The marks of the form, and the name of the input of each one's reason.
fn read_request(form: &Submitted) -> Result<(CorrectionRequest, Vec<String>), Error> {
    let mut marks = Vec::new();
    let mut names = Vec::new();
    let mut problems = Vec::new();
    for (name, reason) in &form.pairs {
        let Some((place, kind, key)) = place_of(name) else { continue };
        if form.text(&format!("mark-{place}")) == "yes" {
            marks.push(Mark { kind, key: key.into(), reason: reason.clone() });
            names.push(name.clone());
        } else if !reason.trim().is_empty() {
            // Not guessed either way: a forgotten tick would hide what must be mended.
            problems.push(Problem::new(name, "mark_not_ticked"));
        }
    }
    let due_on = read_day(form, "due_on").map_err(|problem| problems.push(problem));
    match (due_on, problems.is_empty()) {
        (Ok(due_on), true) => {
            let version = form.number("version")?;
            Ok((CorrectionRequest { version, marks, note: form.text("note"), due_on: Some(due_on) }, names))
        }
        _ => Err(Error::Invalid(problems)),
    }
}

/// What the input of a reason stands beside: its place on the page, and what is marked there.
fn place_of(name: &str) -> Option<(&str, MarkKind, &str)> {
    let place = name.strip_prefix("reason-")?;
    match place.split_once('-')? {
        ("field", key) => Some((place, MarkKind::Field, key)),
        ("document", key) => Some((place, MarkKind::Document, key)),
        ("members", _) => Some((place, MarkKind::Members, "")),
        _ => None,
    }
}

/// The same refusal of a form, in which each reason without a tick names what it was written beside; nothing for another error.
fn naming(error: &Error, programme: &Programme, language: &str) -> Option<Error> {
    let Error::Invalid(problems) = error else { return None };
    let members = Words.say(language, "mark-members");
    let named = problems.iter().cloned().map(|problem| match place_of(&problem.path) {
        Some((_, kind, key)) if problem.code == "mark_not_ticked" => {
            let mark = Mark { kind, key: key.into(), reason: String::new() };
            let name = name_of_mark(programme, &mark, language, &members);
            problem.with("name", name)
        }
        _ => problem,
    });
    Some(Error::Invalid(named.collect()))
}

fn read_day(form: &Submitted, name: &str) -> Result<NaiveDate, Problem> {
    match form.text(name) {
        text if text.is_empty() => Err(Problem::new(name, "due_missing")),
        text => text.parse().map_err(|_| Problem::new(name, "due_not_a_date").with("value", text)),
    }
}

/// Names the input of the page instead of the place in the list of marks.
fn at_inputs(error: Error, names: &[String]) -> Error {
    let Error::Invalid(mut problems) = error else { return error };
    for problem in &mut problems {
        let index = problem.path.strip_prefix("marks[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        if let Some(name) = index.and_then(|index| names.get(index)) {
            problem.path = name.clone();
        }
    }
    Error::Invalid(problems)
}

#[derive(Template)]
#[template(path = "corrections/extension.html", config = "src/views/askama.toml")]
struct ExtensionPage {
    page: Page,
    file: FileView,
    due: String,
    due_hint: String,
    marks: Vec<(String, String)>,
}

async fn edit(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    render_extension(&visit, id, None).await
}

async fn render_extension(visit: &Visit, id: ApplicationId, after: After<'_>) -> Result<HttpResponse, Failure> {
    let (actor, first) = (visit.actor.clone(), after.is_none());
    let read = visit.app.read(move |tx| {
        let dossier = Dossier::load(tx, &actor, id)?;
        if first {
            dossier.permit(&actor, Action::ExtendCorrection)?;
        }
        let latest = latest(&dossier, station_of(dossier.application.state));
        let (due, marks) = open_marks(tx, &dossier, &actor.language)?;
        Ok((FileView::of(tx, &dossier, &actor.language)?, due, marks, latest))
    });
    let (file, due, marks, latest) = read.await.map_err(|e| visit.fail(e))?;
    let (page, status) = framed(visit, "extension-title", after);
    let due_hint = due_hint(&page, latest);
    html(status, &ExtensionPage { page, file, due, due_hint, marks })
}

/// The last day of the open correction, and what it asks for.
fn open_marks(tx: &mut Tx<'_>, dossier: &Dossier, language: &str) -> Result<(String, Vec<(String, String)>), Error> {
    let Some(correction) = open_correction(tx, dossier)? else { return Ok((String::new(), Vec::new())) };
    let members = tx.env.words.say(language, "mark-members");
    let named = |mark: &Mark| (name_of_mark(dossier.programme(), mark, language, &members), mark.reason.clone());
    let marks = correction.marks.0.iter().map(named).collect();
    Ok((calendar::local_date_text(last_day(correction.due_at)), marks))
}

async fn update(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let result = match read_extension(&form) {
        Err(error) => Err(error),
        Ok(input) => visit.app.write(move |tx| extend_correction(tx, &actor, id, &input).map(drop)).await,
    };
    match answered(visit, result, &format!("/applications/{id}"), "correction-extended") {
        Err(Refused::Again(error)) => render_extension(visit, id, Some((&error, &form.pairs))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

fn read_extension(form: &Submitted) -> Result<Extension, Error> {
    let due_on = read_day(form, "due_on").map_err(|problem| Error::Invalid(vec![problem]))?;
    Ok(Extension { version: form.number("version")?, due_on, reason: form.text("reason") })
}
