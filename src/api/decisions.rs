//! Rankings and decision sheets, and conflicts that come to light after the review.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use super::reviews::call_of;
use crate::actions::decide::{self, Board, EntryInput, Proposal, Return};
use crate::actions::review::release::Release;
use crate::actions::review::{self, Seen, void};
use crate::actions::{Tx, preview_decision};
use crate::db;
use crate::db::page::Page;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, AssignmentId, CallId, DecisionId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::programme::CapBy;
use crate::domain::status::{DecisionStatus, Outcome};
use crate::domain::steps::DecisionAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

const ORGANISERS: Access = Access::Roles(review::ORGANISERS);
const HANDLERS: Access = Access::Roles(&[Role::Handler]);
const DECISIONS: Access = Access::Roles(decide::READERS);
const APPROVERS: Access = Access::Roles(&[Role::Approver]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/decisions", "list_decisions", "Calls to decide on or decided, newest first.", DECISIONS, list_decisions),
        read("/decisions/{call}", "show_decision", "A call's ranking and decision sheets.", DECISIONS, show_decision),
        change(
            Method::POST,
            "/decisions/{call}/preview",
            "preview_decision",
            "What a proposal would send: who is selected and who is not. Nothing is changed.",
            HANDLERS,
            |tx, actor, asked: &Asked<Proposal>| {
                let call = asked.id(CallId::from_text, "call")?;
                preview_decision::preview(tx, actor, call, &asked.input)
                    .map_err(|error| in_the_body(error, &asked.input))
            },
        ),
        read(
            "/decisions/{call}/conflicts",
            "list_late_conflicts",
            "Sheets that count, by experts whom a rule excluded when the review was closed; none once the call is decided.",
            DECISIONS,
            |tx, actor, asked: &Asked<Nothing>| Ok(Page::whole(void::conflicts(tx, actor, call_of(asked)?)?)),
        ),
        change(
            Method::POST,
            "/assignments/{id}/voiding",
            "void_sheet",
            "Voids a sheet of a closed review because of a conflict, and ranks anew; until a decision is proposed.",
            ORGANISERS,
            |tx, actor, asked: &Asked<Release>| {
                let id = asked.id(AssignmentId::from_text, "id")?;
                void::void(tx, actor, id, &asked.input)?;
                let session = db::reviews::find_assignment(tx.db, id)?.session_id;
                let call = db::reviews::find_session(tx.db, session)?.call_id;
                board(tx, actor, call)
            },
        ),
        create("/decisions/{call}", "propose_decision", "Proposes a decision on a call.", HANDLERS, propose),
        change(
            Method::POST,
            "/decisions/{call}/approval",
            "approve_decision",
            "Approves the pending decision of a call.",
            APPROVERS,
            approve,
        ),
        change(
            Method::POST,
            "/decisions/{call}/return",
            "return_decision",
            "Sends the pending decision of a call back.",
            APPROVERS,
            send_back,
        ),
    ]
}

/// A call to decide on.
#[derive(Serialize, ToSchema)]
struct DecidedCallJson {
    call: CallId,
    title: String,
    year: i32,
}

fn list_decisions(tx: &mut Tx<'_>, _: &Actor, _: &Asked<Nothing>) -> Result<Page<DecidedCallJson>, Error> {
    let calls = db::decisions::calls_to_decide(tx.db)?.into_iter();
    Ok(Page::whole(calls.map(|(call, title, year)| DecidedCallJson { call, title, year }).collect()))
}

/// A call's ranking and decision sheets. Scores in hundredths of a point.
#[derive(Serialize, ToSchema)]
struct DecisionBoardJson {
    call: CallId,
    /// The least score.
    pass_mark: Option<i64>,
    /// The most that are selected.
    places: Option<u32>,
    places_left: Option<i64>,
    /// The most of one city or one cluster.
    cap: Option<CapJson>,
    /// What the caller may do now.
    actions: Vec<DecisionAction>,
    lines: Vec<DecisionLineJson>,
    decisions: Vec<DecisionJson>,
}

/// A limit on how many of one group are selected.
#[derive(Serialize, ToSchema)]
struct CapJson {
    by: CapBy,
    most: u32,
}

/// A sheet that was counted.
#[derive(Serialize, ToSchema)]
struct CountedSheetJson {
    expert: ExpertId,
    expert_name: String,
    total: Option<i32>,
    opinion: String,
}

/// One application of it.
#[derive(Serialize, ToSchema)]
struct DecisionLineJson {
    application: ApplicationId,
    number: String,
    organisation: String,
    state: State,
    place: Option<i32>,
    score: Option<i32>,
    plain_mean: Option<i32>,
    spread: Option<i32>,
    sheet_count: Option<i32>,
    trimmed: Option<bool>,
    /// Fewer sheets than leaving out asks for.
    short_panel: Option<bool>,
    to_discuss: Option<bool>,
    tie_broken_by: Option<String>,
    /// With an extra station: the panel's own score, and the mean of the station's sheets.
    panel_score: Option<i32>,
    extra_score: Option<i32>,
    /// The sheets behind it, by expert.
    sheets: Vec<CountedSheetJson>,
    /// What the score would be if nobody were strict or generous; only for those who decide or audit, never official.
    adjusted: Option<i64>,
    /// `selected`, `below_pass_mark`, `beyond_quota` or `beyond_places`.
    cut: Option<String>,
    outcome: Option<Outcome>,
    reason: Option<String>,
}

/// A decision sheet.
#[derive(Serialize, ToSchema)]
struct DecisionJson {
    id: DecisionId,
    status: DecisionStatus,
    grounds: String,
    proposed_by: String,
    proposed_at: DateTime<Utc>,
    decided_by: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    return_reason: Option<String>,
    version: i32,
}

impl From<Board> for DecisionBoardJson {
    fn from(board: Board) -> Self {
        let in_force: BTreeSet<ApplicationId> =
            board.lines.iter().filter(|line| board.in_force(line)).map(|line| line.id).collect();
        let lines = board.lines.into_iter().map(|line| {
            let entry = line.entry.filter(|_| in_force.contains(&line.id));
            let ranking = line.ranking.as_ref();
            DecisionLineJson {
                application: line.id,
                number: line.number,
                organisation: line.organisation,
                state: line.state,
                place: ranking.map(|r| r.place),
                score: ranking.map(|r| r.score),
                plain_mean: ranking.map(|r| r.plain_mean),
                spread: ranking.map(|r| r.spread),
                sheet_count: ranking.map(|r| r.sheet_count),
                trimmed: ranking.map(|r| r.trimmed),
                short_panel: ranking.map(|r| r.short_panel),
                to_discuss: ranking.map(|r| r.to_discuss),
                tie_broken_by: ranking.and_then(|r| r.tie_broken_by.clone()),
                panel_score: ranking.and_then(|r| r.panel_score),
                extra_score: ranking.and_then(|r| r.extra_score),
                sheets: line
                    .sheets
                    .into_iter()
                    .map(|counted| CountedSheetJson {
                        expert: counted.expert,
                        expert_name: counted.expert_name,
                        total: counted.sheet.total,
                        opinion: counted.sheet.opinion,
                    })
                    .collect(),
                adjusted: line.adjusted,
                cut: line.cut.as_ref().map(|cut| cut.code().to_string()),
                outcome: entry.as_ref().map(|entry| entry.outcome),
                reason: entry.map(|entry| entry.reason),
            }
        });
        let decisions = board.decisions.into_iter().map(|(decision, proposer, decider)| DecisionJson {
            id: decision.id,
            status: decision.status,
            grounds: decision.grounds,
            proposed_by: proposer,
            proposed_at: decision.proposed_at.and_utc(),
            decided_by: (!decider.is_empty()).then_some(decider),
            decided_at: decision.decided_at.map(|at| at.and_utc()),
            return_reason: decision.return_reason,
            version: decision.version,
        });
        let rules = &board.call.programme.0.decision;
        DecisionBoardJson {
            call: board.call.id,
            pass_mark: rules.pass_mark.map(|mark| mark.hundredths()),
            places: rules.places,
            cap: rules.cap.map(|cap| CapJson { by: cap.by, most: cap.most }),
            places_left: board.places_left,
            actions: board.actions,
            lines: lines.collect(),
            decisions: decisions.collect(),
        }
    }
}

fn board(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<DecisionBoardJson, Error> {
    Ok(decide::board(tx, actor, call)?.into())
}

fn show_decision(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<DecisionBoardJson, Error> {
    board(tx, actor, call_of(asked)?)
}

/// The action names what is wrong by the application, as the fields of the page are named; a program finds it by its place
/// in the body.
fn in_the_body(error: Error, proposal: &Proposal) -> Error {
    let Error::Invalid(mut problems) = error else { return error };
    for problem in &mut problems {
        let Some((field @ ("outcome" | "reason"), id)) = problem.path.split_once('.') else { continue };
        let is_named = |entry: &EntryInput| entry.application.as_text() == id;
        // What stands twice is wrong where it stands again.
        let place = match problem.code.as_str() {
            "decision_twice" => proposal.entries.iter().rposition(is_named),
            _ => proposal.entries.iter().position(is_named),
        };
        problem.path = match place {
            Some(place) => format!("entries[{place}].{field}"),
            None => "entries".into(),
        };
    }
    Error::Invalid(problems)
}

fn propose(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Proposal>) -> Result<DecisionBoardJson, Error> {
    let call = call_of(asked)?;
    decide::propose(tx, actor, call, &asked.input).map_err(|error| in_the_body(error, &asked.input))?;
    board(tx, actor, call)
}

fn approve(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Seen>) -> Result<DecisionBoardJson, Error> {
    let call = call_of(asked)?;
    decide::approve(tx, actor, call, &asked.input)?;
    board(tx, actor, call)
}

fn send_back(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Return>) -> Result<DecisionBoardJson, Error> {
    let call = call_of(asked)?;
    decide::send_back(tx, actor, call, &asked.input)?;
    board(tx, actor, call)
}
