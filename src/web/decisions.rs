//! Decision sheets: proposed by one officer, approved by another; and what they rest on.

mod conflicts;
mod cut_line;
mod explain;
pub(crate) mod minutes;
mod preview;
mod undoing;
mod what_if;

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::routes::{Access, Routes};
use super::second_press::again;
use super::station_rules::{StopView, of_stop};
use crate::actions::Tx;
use crate::actions::decide::minutes::{MinutesStage, followed};
use crate::actions::decide::waiting::{self, DecisionLine};
use crate::actions::decide::{self, Board, BoardLine, EntryInput, GROUNDS_LIMIT, Proposal, Return};
use crate::actions::review::Seen;
use crate::actions::review::void::{LateConflict, conflicts};
use crate::actions::second_press::Press;
use crate::actions::undo_decision::undoings;
use crate::domain::actor::Role;
use crate::domain::ids::{ApplicationId, CallId, DecisionId};
use crate::domain::procedure::{State, Station};
use crate::domain::scoring::{Cut, SPECIFICATION, TieBreak, points_text};
use crate::domain::status::{DecisionStatus, DecisionTurn, Outcome};
use crate::domain::steps::{DecisionAction, Offered};
use crate::domain::timeline::Stop;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use std::collections::BTreeMap;
use undoing::UndoingView;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const READERS: Access = Access::Roles(decide::READERS);
    routes.get("/decisions", READERS, list);
    routes.get("/decisions/{call}", READERS, show);
    routes.post("/decisions/{call}", Access::Roles(&[Role::Handler]), propose);
    conflicts::routes(routes);
    preview::routes(routes);
    undoing::routes(routes);
    routes.post("/decisions/{call}/approval", Access::Roles(&[Role::Approver]), approve);
    routes.post("/decisions/{call}/return", Access::Roles(&[Role::Approver]), send_back);
    routes.get("/how/scoring", Access::Public, how);
    cut_line::routes(routes);
    what_if::routes(routes);
    explain::routes(routes);
    minutes::routes(routes);
}

#[derive(Template)]
#[template(path = "decisions/how.html", config = "src/views/askama.toml")]
struct HowPage {
    page: Page,
    specification: &'static str,
}

async fn how(visit: Visit) -> Result<HttpResponse, Failure> {
    ok(&HowPage { page: Page::titled(&visit, "scoring-how"), specification: SPECIFICATION })
}

#[derive(Template)]
#[template(path = "decisions/list.html", config = "src/views/askama.toml")]
struct ListPage {
    page: Page,
    lines: Vec<DecisionLine>,
}

impl ListPage {
    /// What a person can do with a decision now: the key of its words.
    fn next_step(&self, line: &DecisionLine) -> &'static str {
        match line.turn {
            DecisionTurn::Approval if line.is_readers => "decisions-next-approve",
            DecisionTurn::UndoingApproval if line.is_readers => "decisions-next-undoing",
            DecisionTurn::Returned | DecisionTurn::Proposal if line.is_readers => "decisions-next-propose",
            DecisionTurn::Approval | DecisionTurn::UndoingApproval => "decisions-next-approver",
            DecisionTurn::Returned | DecisionTurn::Proposal => "decisions-next-handler",
            DecisionTurn::Review => "decisions-next-review",
            DecisionTurn::Settled | DecisionTurn::Undone => "decisions-next-none",
        }
    }

    fn tone(&self, line: &DecisionLine) -> &'static str {
        match line.turn {
            _ if line.is_readers => "attention",
            DecisionTurn::Settled => "good",
            DecisionTurn::Undone => "neutral",
            _ => "waiting",
        }
    }
}

async fn list(visit: Visit) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let lines = visit.app.read(move |tx| waiting::lines(tx, &actor)).await.map_err(|e| visit.fail(e))?;
    ok(&ListPage { page: Page::titled(&visit, "decisions-title"), lines })
}

/// A row of the page, in words.
struct Row {
    line: BoardLine,
    tie: String,
    cut: String,
    /// What followed the scoring, in one sentence; empty if nothing did.
    followed: String,
    /// What the sheet proposes to begin with, or proposed.
    outcome: &'static str,
    reason: String,
}

#[derive(Template)]
#[template(path = "decisions/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    board: Board,
    rows: Vec<Row>,
    pass_mark: String,
    places: String,
    choices: Vec<(String, String)>,
    version: i32,
    /// Sheets by experts who must not have scored, as is known now.
    conflicts: Vec<LateConflict>,
    /// What undoing each approved sheet would take back, or took back.
    undoings: Vec<UndoingView>,
    /// What the returned sheet rested on, to begin the next one with.
    grounds: String,
    /// Whether this person has a say, or audits: who sees what would be otherwise.
    judges: bool,
    /// Whether this person could propose to undo a decision, if nothing stood against it.
    may_undo: bool,
    /// The cap of a city or a cluster, in words.
    cap: String,
}

impl ShowPage {
    fn grounds_limit(&self) -> usize {
        GROUNDS_LIMIT
    }

    /// What holds at this station; nothing where a bureau decides.
    fn rules(&self) -> Option<StopView> {
        let programme = &self.board.call.programme.0;
        of_stop(&self.page, programme, &programme.stations, Stop::Decision)
    }

    /// Whether files wait for a sheet that somebody else draws up.
    fn waits_for_proposal(&self) -> bool {
        let to_decide = self.board.lines.iter().any(|line| line.state == State::Reviewed);
        let proposes = self.board.actions.contains(&DecisionAction::Propose);
        self.board.reviewed && to_decide && !proposes && self.board.pending().is_none()
    }

    /// How many the sheet that waits would move, in words.
    fn counted(&self) -> String {
        let (selected, declined) = (self.board.proposed(Outcome::Selected), self.board.proposed(Outcome::NotSelected));
        self.page.t2("decision-approve-counts", "selected", selected, "declined", declined)
    }

    fn undoing(&self, decision: &DecisionId) -> Option<&UndoingView> {
        self.undoings.iter().find(|view| view.undoing.decision == *decision)
    }

    /// Where a file stands, unless what was decided of it says the same.
    fn stands(&self, row: &Row) -> String {
        if row.line.state == State::Reviewed {
            return String::new();
        }
        let state = self.page.t_of("state", row.line.state);
        let entry = row.line.entry.as_ref().filter(|_| self.board.in_force(&row.line));
        if entry.is_some_and(|entry| self.page.t_of("outcome", entry.outcome) == state) { String::new() } else { state }
    }

    /// Whether the figures of a file are to be looked at before it is decided on: experts lie far apart, few of them
    /// scored, something followed the scoring, or a tie was broken.
    fn needs_a_look(&self, row: &Row) -> bool {
        let told = !row.followed.is_empty() || !row.tie.is_empty();
        told || row.line.ranking.as_ref().is_some_and(|ranking| ranking.to_discuss || ranking.short_panel)
    }

    fn adjusted(&self, hundredths: &i64) -> String {
        points_text(*hundredths)
    }

    fn points(&self, hundredths: &i32) -> String {
        points_text(i64::from(*hundredths))
    }

    fn total(&self, total: &Option<i32>) -> String {
        total.map_or_else(|| "—".into(), |total| points_text(i64::from(total)))
    }
}

async fn show_page(visit: &Visit, id: CallId, page: impl FnOnce(Page) -> Page) -> Result<ShowPage, Failure> {
    let actor = visit.actor.clone();
    let work = move |tx: &mut Tx<'_>| {
        let board = decide::board(tx, &actor, id)?;
        let has_review = board.reviewed && board.call.programme.0.uses(Station::Review);
        let stages = if has_review { followed(tx, &actor, id)? } else { BTreeMap::new() };
        Ok((board, stages, conflicts(tx, &actor, id)?, undoings(tx, &actor, id)?))
    };
    let (board, stages, conflicts, undoings) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let page = page(Page::new(visit, board.call.title.clone()));
    let undoings = undoings.into_iter().map(|undoing| UndoingView::of(&page, undoing)).collect();
    let rows = board.lines.iter().map(|line| row(&page, &board, line, stages.get(&line.id))).collect();
    let rules = &board.call.programme.0.decision;
    let cap =
        rules.cap.map(|cap| page.t2("decision-cap-text", "by", page.t_of("programme-code", cap.by), "most", cap.most));
    let returned = board.decisions.first().filter(|(decision, ..)| decision.status == DecisionStatus::Returned);
    Ok(ShowPage {
        grounds: returned.map(|(decision, ..)| decision.grounds.clone()).unwrap_or_default(),
        judges: visit.actor.holds_any(decide::JUDGES),
        may_undo: visit.actor.holds(Role::Handler),
        cap: cap.unwrap_or_default(),
        pass_mark: rules.pass_mark.map(|mark| points_text(mark.hundredths())).unwrap_or_default(),
        places: rules.places.map(|places| places.to_string()).unwrap_or_default(),
        choices: Outcome::ALL.iter().map(|o| (o.to_string(), page.t_of("outcome", o))).collect(),
        version: board.pending().map_or(0, |decision| decision.version),
        conflicts,
        undoings,
        rows,
        board,
        page,
    })
}

/// What a tie was broken by, in words; `name` is that of the dimension, if it was one.
fn tie_words(page: &Page, text: &str, name: &str) -> String {
    let key = format!("tie-{}", TieBreak::from_text(text).code());
    crate::words::Words.say_with(page.lang(), &key, [("dimension", name)])
}

fn row(page: &Page, board: &Board, line: &BoardLine, stage: Option<&MinutesStage>) -> Row {
    let words = crate::words::Words;
    let tie = line.ranking.as_ref().and_then(|ranking| ranking.tie_broken_by.as_deref()).map(|text| {
        let rubric = board.call.programme.0.rubric.as_ref();
        let dimension = rubric.and_then(|rubric| rubric.dimensions.iter().find(|d| d.key == text));
        tie_words(page, text, dimension.map_or(text, |dimension| dimension.names.in_language(page.lang())))
    });
    let said = |language: &str| {
        let cut = line.cut.as_ref();
        cut.map(|cut| words.say_with(language, &format!("cut-{}", cut.code()), cut.args())).unwrap_or_default()
    };
    let declined = line.cut.as_ref().is_some_and(|cut| *cut != Cut::Selected);
    let cut = said(page.lang());
    let (outcome, reason) = match &line.entry {
        Some(entry) => (entry.outcome.as_text(), entry.reason.clone()),
        // Offered in the language of official texts: the applicant reads it, and it goes into the record.
        None if declined => ("not_selected", said(crate::words::DEFAULT_LANGUAGE)),
        None => ("selected", String::new()),
    };
    let followed = stage.map(|stage| minutes::stage_text(stage, page.lang())).unwrap_or_default();
    Row { line: line.clone(), tie: tie.unwrap_or_default(), cut, followed, outcome, reason }
}

fn call_id(visit: &Visit, text: &str) -> Result<CallId, Failure> {
    CallId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

async fn show(visit: Visit, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    ok(&show_page(&visit, id, |page| page).await?)
}

async fn answer<T>(form: &Submitted, id: CallId, done: Result<T, Error>, key: &str) -> Result<HttpResponse, Failure> {
    match done {
        Ok(_) => Ok(see_other(format!("/decisions/{id}"), key)),
        Err(error) if can_be_mended(&error) => {
            html(error.status(), &show_page(&form.visit, id, |page| page.after(&error, &form.pairs)).await?)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}

fn proposal(form: &Submitted) -> Result<Proposal, Error> {
    let mut entries = Vec::new();
    for (name, value) in &form.pairs {
        let Some(id) = name.strip_prefix("outcome.") else { continue };
        let application = ApplicationId::from_text(id).ok_or_else(|| Error::field(name, "decision_not_reviewed"))?;
        let outcome = Outcome::from_text(value).ok_or_else(|| Error::field(name, "decision_outcome"))?;
        entries.push(EntryInput { application, outcome, reason: form.text(&format!("reason.{id}")) });
    }
    let digest = Some(form.text("digest")).filter(|digest| !digest.is_empty());
    Ok(Proposal { grounds: form.text("grounds"), entries, digest })
}

async fn propose(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let input = proposal(&form);
    let press = input.as_ref().ok().map(|input| Press::Proposal(id, input.clone()));
    let done = match input {
        Ok(input) => form.visit.app.write(move |tx| decide::propose(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/decisions/{id}"), &key));
    }
    answer(&form, id, done, "decision-proposed").await
}

async fn approve(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match form.number("version") {
        Ok(version) => form.visit.app.write(move |tx| decide::approve(tx, &actor, id, &Seen { version })).await,
        Err(error) => Err(error),
    };
    let press = form.number("version").ok().map(|version| Press::Approval(id, version));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/decisions/{id}"), &key));
    }
    answer(&form, id, done, "decision-approved").await
}

async fn send_back(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let reason = form.text("reason");
    let done = match form.number("version") {
        Ok(version) => {
            form.visit.app.write(move |tx| decide::send_back(tx, &actor, id, &Return { version, reason })).await
        }
        Err(error) => Err(error),
    };
    let press = form.number("version").ok().map(|version| Press::Return(id, version, form.text("reason")));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/decisions/{id}"), &key));
    }
    answer(&form, id, done, "decision-returned").await
}
