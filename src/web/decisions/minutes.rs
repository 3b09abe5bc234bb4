//! The minutes of a review and its decision: a page to print, and a workbook.

use super::call_id;
use crate::actions::decide::READERS;
use crate::actions::decide::minutes::{Minutes, minutes};
use crate::domain::calendar::{local_date_text, local_datetime_text};
use crate::domain::scoring::points_text;
use crate::error::Error;
use crate::spreadsheet::{Sheet, write_workbook};
use crate::web::access::Visit;
use crate::web::page::{Failure, Page, ok};
use crate::web::routes::{Access, Routes};
use crate::words::Words;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

/// The type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/decisions/{call}/minutes", Access::Roles(READERS), show);
    routes.get("/decisions/{call}/minutes.xlsx", Access::Roles(READERS), workbook);
}

#[derive(Template)]
#[template(path = "decisions/minutes.html", config = "src/views/askama.toml")]
struct MinutesPage {
    page: Page,
    minutes: Minutes,
}

impl MinutesPage {
    fn at(&self, at: &Option<DateTime<Utc>>) -> String {
        when(*at)
    }

    fn at_of(&self, at: &DateTime<Utc>) -> String {
        when(Some(*at))
    }

    fn issued(&self) -> String {
        local_date_text(self.minutes.basis_issued_on)
    }

    fn score(&self, hundredths: &Option<i32>) -> String {
        score(*hundredths)
    }

    fn points(&self, hundredths: &i64) -> String {
        points_text(*hundredths)
    }

    fn place(&self, place: &Option<i32>) -> String {
        place.map_or_else(|| "—".into(), |place| place.to_string())
    }
}

fn when(at: Option<DateTime<Utc>>) -> String {
    at.map_or_else(|| "—".into(), |at| local_datetime_text(at.naive_utc()))
}

fn score(hundredths: Option<i32>) -> String {
    hundredths.map_or_else(|| "—".into(), |score| points_text(i64::from(score)))
}

async fn show(visit: Visit, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    let actor = visit.actor.clone();
    let minutes = visit.app.read(move |tx| minutes(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    ok(&MinutesPage { page: Page::titled(&visit, "minutes-title"), minutes })
}

async fn workbook(visit: Visit, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    let actor = visit.actor.clone();
    let minutes = visit.app.read(move |tx| minutes(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    download(&minutes, &visit.actor.language).map_err(|e| visit.fail(e))
}

/// The minutes as a workbook to take away: four sheets, every cell text, so that nothing that was typed is ever run.
///
/// # Errors
/// A cell that no sheet takes.
pub(crate) fn download(minutes: &Minutes, language: &str) -> Result<HttpResponse, Error> {
    let say = |key: &str| Words.say(language, key);
    let sheets = [
        Sheet {
            name: say("minutes-sheet-meeting"),
            header: vec![say("minutes-item"), say("minutes-content")],
            rows: meeting(minutes, language),
        },
        Sheet {
            name: say("minutes-sheet-panel"),
            header: ["review-expert", "minutes-employer", "minutes-expert-title", "minutes-sheets"].map(say).into(),
            rows: minutes
                .panel
                .iter()
                .map(|m| vec![m.name.clone(), m.employer.clone(), m.title.clone(), m.sheets.to_string()])
                .collect(),
        },
        Sheet {
            name: say("minutes-sheet-recusals"),
            header: ["review-expert", "review-organisation", "minutes-number", "minutes-recusal-kind", "review-reason"]
                .map(say)
                .into(),
            rows: minutes
                .recusals
                .iter()
                .map(|r| {
                    let kind = say(&format!("assignment-status-{}", r.status));
                    vec![r.expert.clone(), r.organisation.clone(), r.number.clone(), kind, r.reason.clone()]
                })
                .collect(),
        },
        Sheet {
            name: say("minutes-sheet-ranking"),
            header: ["ranking-place", "minutes-number", "review-organisation", "ranking-score", "decision-outcome"]
                .map(say)
                .into_iter()
                .chain([say("review-reason")])
                .collect(),
            rows: minutes
                .lines
                .iter()
                .map(|line| {
                    let outcome = line.outcome.map(|outcome| say(&format!("outcome-{outcome}"))).unwrap_or_default();
                    let place = line.place.map(|place| place.to_string()).unwrap_or_default();
                    let organisation = line.organisation.clone();
                    vec![place, line.number.clone(), organisation, score(line.score), outcome, line.reason.clone()]
                })
                .collect(),
        },
    ];
    let content = write_workbook(&sheets).map_err(|problem| Error::Internal(problem.into()))?;
    let name = format!("attachment; filename=\"minutes-{}.xlsx\"", minutes.call);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, XLSX))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header(("cache-control", "no-store"))
        .body(content))
}

/// What the meeting was about, item by item.
fn meeting(minutes: &Minutes, language: &str) -> Vec<Vec<String>> {
    let say = |key: &str| Words.say(language, key);
    let basis =
        format!("{}（{}，{}）", minutes.basis_title, minutes.basis_number, local_date_text(minutes.basis_issued_on));
    let mut rows = vec![
        (say("minutes-call"), minutes.title.clone()),
        (say("minutes-programme"), minutes.programme.clone()),
        (say("minutes-basis"), basis),
        (say("minutes-opened"), when(minutes.opened_at)),
        (say("minutes-closed"), when(minutes.closed_at)),
        (say("minutes-closed-by"), minutes.closed_by.clone().unwrap_or_default()),
    ];
    if let Some(draw) = &minutes.draw {
        rows.push((say("minutes-draw"), when(draw.at)));
        rows.push((say("minutes-draw-digest"), draw.record_digest.clone()));
    }
    rows.extend(minutes.pass_mark.map(|mark| (say("decision-pass-mark"), points_text(mark))));
    rows.extend(minutes.places.map(|places| (say("decision-places"), places.to_string())));
    for decision in &minutes.decisions {
        rows.push((say("decision-sheet"), say(&format!("decision-status-{}", decision.status))));
        rows.push((say("decision-grounds"), decision.grounds.clone()));
        rows.push((say("decision-proposed-by"), decision.proposed_by.clone()));
        rows.push((say("minutes-proposed-at"), when(Some(decision.proposed_at))));
        rows.extend(decision.decided_by.clone().map(|by| (say("decision-decided-by"), by)));
        rows.extend(decision.decided_at.map(|at| (say("minutes-decided-at"), when(Some(at)))));
        rows.extend(decision.return_reason.clone().map(|why| (say("decision-return-reason"), why)));
        rows.extend(decision.undone_at.map(|at| (say("minutes-undone-at"), when(Some(at)))));
        rows.extend(decision.undo_reason.clone().map(|why| (say("decision-undo-reason"), why)));
    }
    for key in ["minutes-sign-recorder", "minutes-sign-handler", "minutes-sign-approver", "minutes-sign-auditor"] {
        rows.push((say(key), String::new()));
    }
    rows.into_iter().map(|(item, content)| vec![item, content]).collect()
}
