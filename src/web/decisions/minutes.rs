//! The minutes of a review and its decision: a page to print, and a workbook.

use super::call_id;
use crate::actions::decide::READERS;
use crate::actions::decide::minutes::{
    Minutes, MinutesAnnulledDraw, MinutesCap, MinutesExpert, MinutesExtra, MinutesRecusal, MinutesSaid, MinutesStage,
    minutes,
};
use crate::domain::calendar::{local_date_text, local_datetime_text};
use crate::domain::language::Language;
use crate::domain::scoring::points_text;
use crate::domain::status::PanelOrigin;
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
    /// The cap and the extra station in words; empty where there is none.
    fn cap(&self) -> String {
        self.minutes.cap.as_ref().map(|cap| cap_text(cap, self.page.lang())).unwrap_or_default()
    }

    fn extra(&self) -> String {
        self.minutes.extra.as_ref().map(|extra| extra_text(extra, self.page.lang())).unwrap_or_default()
    }

    /// Who annulled a draw, when and why.
    fn annulled(&self, draw: &MinutesAnnulledDraw) -> String {
        annulled_text(draw, self.page.lang())
    }

    fn at(&self, at: &Option<DateTime<Utc>>) -> String {
        when(*at, self.page.lang())
    }

    fn at_of(&self, at: &DateTime<Utc>) -> String {
        when(Some(*at), self.page.lang())
    }

    fn issued(&self) -> String {
        self.page.day(&self.minutes.basis_issued_on)
    }

    fn score(&self, hundredths: &Option<i32>) -> String {
        score(*hundredths)
    }

    fn points(&self, hundredths: &i64) -> String {
        points_text(*hundredths)
    }

    fn origin(&self, expert: &MinutesExpert) -> String {
        origin(expert, self.page.lang())
    }

    /// What an expert did: sheets, or that there was nothing to score.
    fn work(&self, expert: &MinutesExpert) -> String {
        work(expert, self.page.lang())
    }

    /// How an assignment ended.
    fn ending(&self, recusal: &MinutesRecusal) -> String {
        ending(recusal, self.page.lang())
    }

    fn said(&self, said: &MinutesSaid) -> Vec<String> {
        said_cells(said, self.page.lang())
    }

    fn stage(&self, stage: &MinutesStage) -> String {
        stage_text(stage, self.page.lang())
    }

    fn place(&self, place: &Option<i32>) -> String {
        place.map_or_else(|| "—".into(), |place| place.to_string())
    }
}

/// How an expert came into the panel, and why if a reason was given.
fn origin(expert: &MinutesExpert, language: &str) -> String {
    let how = Words.say(language, &format!("minutes-origin-{}", expert.origin));
    match &expert.named_because {
        Some(why) => Language::of_tag(language).with_addition(&how, why),
        None => how,
    }
}

fn work(expert: &MinutesExpert, language: &str) -> String {
    match expert.origin {
        PanelOrigin::Reserve => "—".into(),
        _ if expert.assigned == 0 => Words.say(language, "minutes-unassigned"),
        _ => expert.sheets.to_string(),
    }
}

fn ending(recusal: &MinutesRecusal, language: &str) -> String {
    let status = Words.say(language, &format!("assignment-status-{}", recusal.status));
    if !recusal.voided {
        return status;
    }
    format!("{status}{}{}", Language::of_tag(language).punctuation().comma, Words.say(language, "minutes-voided"))
}

/// What followed the scoring of an application, in one sentence.
pub(super) fn stage_text(stage: &MinutesStage, language: &str) -> String {
    let mut parts = Vec::new();
    if let Some(grounds) = stage.grounds {
        parts.push(Words.say(language, &format!("discussion-ended-{grounds}")));
        let counts = [("members", stage.members), ("stated", stage.stated), ("changed", stage.changed)];
        parts.push(Words.say_with(language, "minutes-discussed", counts));
    }
    parts.extend(stage.reason.as_ref().map(|why| Words.say_with(language, "discussion-reason", [("reason", why)])));
    let ended = stage.ended_because.as_ref();
    parts.extend(ended.map(|why| Words.say_with(language, "minutes-ended-because", [("reason", why)])));
    if stage.second_panel > 0 {
        parts.push(Words.say_with(language, "minutes-second-panel", [("count", stage.second_panel)]));
    }
    if stage.extra_sheets > 0 {
        parts.push(Words.say_with(language, "minutes-extra-sheets", [("count", stage.extra_sheets)]));
    }
    parts.concat()
}

/// One expert's words: name, total before, total after, remark, explanation.
pub(super) fn said_cells(said: &MinutesSaid, language: &str) -> Vec<String> {
    let after = match (said.before, said.after) {
        (Some(_), None) => Words.say(language, "discussion-not-stated"),
        (_, after) => score(after),
    };
    let explanation = said.above.map(|above| {
        let side = Words.say(language, if above { "explanation-was-above" } else { "explanation-was-below" });
        let text = said.explanation.clone().unwrap_or_else(|| Words.say(language, "minutes-unexplained"));
        format!("{side}{text}")
    });
    let dash = || "—".to_string();
    let remark = said.remark.clone().unwrap_or_else(dash);
    vec![said.expert.clone(), score(said.before), after, remark, explanation.unwrap_or_else(dash)]
}

/// The site visit or defence, in one sentence.
fn extra_text(extra: &MinutesExtra, language: &str) -> String {
    let kind = Words.say(language, &format!("extra-kind-{}", extra.kind));
    let counts = [("weight", extra.weight as usize), ("least", extra.min_sheets as usize), ("sheets", extra.sheets)];
    format!("{kind}{}", Words.say_with(language, "minutes-extra-text", counts))
}

fn annulled_text(draw: &MinutesAnnulledDraw, language: &str) -> String {
    let args = [
        ("proposer", draw.proposed_by.clone()),
        ("auditor", draw.accepted_by.clone()),
        ("at", when(Some(draw.at), language)),
        ("reason", draw.reason.clone()),
    ];
    Words.say_with(language, "minutes-annulled-text", args)
}

fn cap_text(cap: &MinutesCap, language: &str) -> String {
    let by = Words.say(language, &format!("programme-code-{}", cap.by));
    Words.say_with(language, "decision-cap-text", [("by", by), ("most", cap.most.to_string())])
}

fn when(at: Option<DateTime<Utc>>, language: &str) -> String {
    let said = |at: DateTime<Utc>| Language::of_tag(language).dated(&local_datetime_text(at.naive_utc())).into_owned();
    at.map_or_else(|| "—".into(), said)
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

/// The minutes as a workbook to take away: five sheets. What was typed is text, so that nothing of it is ever run; places,
/// scores and counts are numbers.
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
            numbers: Vec::new(),
        },
        Sheet {
            name: say("minutes-sheet-panel"),
            header: [
                "review-expert",
                "minutes-employer",
                "minutes-expert-title",
                "minutes-origin-title",
                "minutes-sheets",
            ]
            .map(say)
            .into(),
            rows: minutes
                .panel
                .iter()
                .map(|m| {
                    let origin = origin(m, language);
                    vec![m.name.clone(), m.employer.clone(), m.title.clone(), origin, work(m, language)]
                })
                .collect(),
            numbers: vec![4],
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
                    let kind = ending(r, language);
                    vec![r.expert.clone(), r.organisation.clone(), r.number.clone(), kind, r.reason.clone()]
                })
                .collect(),
            numbers: Vec::new(),
        },
        Sheet {
            name: say("minutes-sheet-stages"),
            header: [
                "review-organisation",
                "minutes-number",
                "minutes-stage",
                "review-expert",
                "position-before",
                "position-after",
                "position-remark",
                "explanation-title",
            ]
            .map(say)
            .into(),
            rows: minutes.stages.iter().flat_map(|stage| stage_rows(stage, language)).collect(),
            numbers: vec![4, 5],
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
            numbers: vec![0, 3],
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

/// What followed the scoring of an application: a row for each expert who said something, one row if nobody did.
fn stage_rows(stage: &MinutesStage, language: &str) -> Vec<Vec<String>> {
    let head = || vec![stage.organisation.clone(), stage.number.clone(), stage_text(stage, language)];
    if stage.said.is_empty() {
        return vec![head().into_iter().chain(std::iter::repeat_n(String::new(), 5)).collect()];
    }
    stage.said.iter().map(|said| head().into_iter().chain(said_cells(said, language)).collect()).collect()
}

/// What the meeting was about, item by item.
fn meeting(minutes: &Minutes, language: &str) -> Vec<Vec<String>> {
    let say = |key: &str| Words.say(language, key);
    let speaks = Language::of_tag(language);
    let issued = local_date_text(minutes.basis_issued_on);
    let issue = format!("{}{}{}", minutes.basis_number, speaks.punctuation().comma, speaks.dated(&issued));
    let basis = speaks.with_addition(&minutes.basis_title, &issue);
    let when = |at: Option<DateTime<Utc>>| when(at, language);
    let mut rows = vec![
        (say("minutes-call"), minutes.title.clone()),
        (say("minutes-programme"), minutes.programme.clone()),
        (say("minutes-basis"), basis),
        (say("minutes-opened"), when(minutes.opened_at)),
        (say("minutes-closed"), when(minutes.closed_at)),
        (say("minutes-closed-by"), minutes.closed_by.clone().unwrap_or_default()),
    ];
    rows.extend(minutes.scoring_ended_because.clone().map(|why| (say("minutes-scoring-ended-because"), why)));
    rows.extend(minutes.closed_because.clone().map(|why| (say("minutes-closed-because"), why)));
    if let Some(draw) = &minutes.draw {
        rows.push((say("minutes-draw"), when(draw.at)));
        rows.push((say("minutes-draw-digest"), draw.record_digest.clone()));
    }
    for draw in &minutes.annulled_draws {
        let item = Words.say_with(language, "minutes-annulled", [("number", draw.attempt)]);
        rows.push((item, annulled_text(draw, language)));
    }
    rows.extend(minutes.pass_mark.map(|mark| (say("decision-pass-mark"), points_text(mark))));
    rows.extend(minutes.places.map(|places| (say("decision-places"), places.to_string())));
    rows.extend(minutes.cap.as_ref().map(|cap| (say("decision-cap"), cap_text(cap, language))));
    rows.extend(minutes.extra.as_ref().map(|extra| (say("minutes-extra"), extra_text(extra, language))));
    if minutes.panel_is_of_today {
        rows.push((say("minutes-sheet-panel"), say("minutes-panel-of-today")));
    }
    for decision in &minutes.decisions {
        rows.push((say("decision-sheet"), say(&format!("decision-status-{}", decision.status))));
        rows.push((say("decision-grounds"), decision.grounds.clone()));
        rows.push((say("decision-proposed-by"), decision.proposed_by.clone()));
        rows.push((say("minutes-proposed-at"), when(Some(decision.proposed_at))));
        rows.extend(decision.decided_by.clone().map(|by| (say("decision-decided-by"), by)));
        rows.extend(decision.decided_at.map(|at| (say("minutes-decided-at"), when(Some(at)))));
        rows.extend(decision.return_reason.clone().map(|why| (say("decision-return-reason"), why)));
        rows.extend(decision.undo_reason.clone().map(|why| (say("decision-undo-reason"), why)));
        rows.extend(decision.undo_proposed_by.clone().map(|by| (say("decision-undo-proposed-by"), by)));
        rows.extend(decision.undo_proposed_at.map(|at| (say("minutes-undo-proposed-at"), when(Some(at)))));
        rows.extend(decision.undone_by.clone().map(|by| (say("decision-undone-by"), by)));
        rows.extend(decision.undone_at.map(|at| (say("minutes-undone-at"), when(Some(at)))));
    }
    for key in ["minutes-sign-recorder", "minutes-sign-handler", "minutes-sign-approver", "minutes-sign-auditor"] {
        rows.push((say(key), String::new()));
    }
    rows.into_iter().map(|(item, content)| vec![item, content]).collect()
}
