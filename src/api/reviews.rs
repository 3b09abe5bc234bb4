//! Review sessions: who scores what and how far, never a score.

use super::operation::{Asked, Nothing, Operation, change, read};
use crate::actions::Tx;
use crate::actions::review::close::Closing;
use crate::actions::review::complete::{self, Completion};
use crate::actions::review::fill::Filled;
use crate::actions::review::overview::{FileLine, Overview, overview};
use crate::actions::review::prepare::Preparation;
use crate::actions::review::release::Release;
use crate::actions::review::reopen::Reopening;
use crate::actions::review::{self, Seen};
use crate::db;
use crate::db::page::Page;
use crate::domain::actor::Actor;
use crate::domain::assignment::Wish;
use crate::domain::ids::{ApplicationId, AssignmentId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::status::{AssignmentStatus, Obstacle, SessionStatus};
use crate::domain::steps::{AssignmentAction, ReviewAction};
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

const ONLOOKERS: Access = Access::Roles(review::ONLOOKERS);
const ORGANISERS: Access = Access::Roles(review::ORGANISERS);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/reviews", "list_reviews", "Calls that have or need a review, newest first.", ONLOOKERS, list_reviews),
        read("/reviews/{call}", "show_review", "A call's review: who scores what, never a score.", ONLOOKERS, show),
        change(
            Method::PUT,
            "/reviews/{call}/preparation",
            "prepare_review",
            "Plans who scores what; nobody is told before the opening.",
            ORGANISERS,
            prepare,
        ),
        change(Method::POST, "/reviews/{call}/opening", "open_review", "Opens a prepared review.", ORGANISERS, open),
        change(
            Method::POST,
            "/reviews/{call}/completion",
            "complete_review",
            "Takes more experts in and fills empty places.",
            ORGANISERS,
            complete_review,
        ),
        change(
            Method::POST,
            "/reviews/{call}/completion/preview",
            "preview_completion",
            "Who would join and which places would be filled. Nothing is changed.",
            ORGANISERS,
            |tx, actor, asked: &Asked<Completion>| complete::preview(tx, actor, call_of(asked)?, &asked.input),
        ),
        change(
            Method::POST,
            "/reviews/{call}/closing",
            "close_review",
            "Closes a review: the sheets become a ranking.",
            ORGANISERS,
            close,
        ),
        change(
            Method::POST,
            "/assignments/{id}/release",
            "release_assignment",
            "Takes an assignment back and assigns another expert.",
            ORGANISERS,
            release,
        ),
        change(
            Method::POST,
            "/assignments/{id}/reopening",
            "reopen_sheet",
            "Gives a submitted sheet back to its expert; what it said is kept.",
            ORGANISERS,
            reopen,
        ),
    ]
}

/// A call that has or needs a review.
#[derive(Serialize, ToSchema)]
struct ReviewedCallJson {
    call: CallId,
    title: String,
    year: i32,
    /// None while it is not prepared.
    status: Option<SessionStatus>,
    /// Until when experts are asked to score.
    due_at: Option<DateTime<Utc>>,
}

fn list_reviews(tx: &mut Tx<'_>, _: &Actor, _: &Asked<Nothing>) -> Result<Page<ReviewedCallJson>, Error> {
    let calls = db::reviews::calls_with_review(tx.db)?.into_iter().map(|call| ReviewedCallJson {
        call: call.id,
        title: call.title,
        year: call.year,
        status: call.status,
        due_at: call.due_at.map(|at| at.and_utc()),
    });
    Ok(Page::whole(calls.collect()))
}

/// A call's review.
#[derive(Serialize, ToSchema)]
pub(super) struct ReviewJson {
    call: CallId,
    /// None while it is not prepared.
    status: Option<SessionStatus>,
    due_at: Option<DateTime<Utc>>,
    version: Option<i32>,
    experts_per_application: u32,
    min_sheets: u32,
    /// Applications that may still come to the review.
    upstream: i64,
    /// The fewest applications of each expert; none while it is not prepared.
    load_floor: Option<i32>,
    /// When the scoring was ended; from then on sheets change in discussion only.
    scoring_ended_at: Option<DateTime<Utc>>,
    /// How many draws of the call were annulled; the draw's page says which and why.
    annulled_draws: usize,
    /// Pins and forbids of the organisers.
    wishes: Vec<Wish>,
    /// Why an open review cannot be closed; empty when nothing stands against it.
    obstacles: Vec<ObstacleJson>,
    /// What the caller may do now.
    actions: Vec<ReviewAction>,
    experts: Vec<PanelJson>,
    applications: Vec<ReviewedJson>,
}

/// Why a review cannot be closed, and how many there are.
#[derive(Serialize, ToSchema)]
struct ObstacleJson {
    code: Obstacle,
    count: i64,
}

/// An expert who takes part or could.
#[derive(Serialize, ToSchema)]
struct PanelJson {
    id: ExpertId,
    name: String,
    chosen: bool,
    /// Named beside a draw: takes part in a panel that was drawn, and was not drawn.
    undrawn: bool,
    load: usize,
    load_limit: i32,
    undeclared: usize,
    begun: usize,
    submitted: usize,
    recused: usize,
    late: bool,
    reminded_at: Option<DateTime<Utc>>,
    /// The last day of the term, if it ends before the sheets are due that the expert has still to submit: extend the term, or
    /// let somebody else score.
    term_ends_on: Option<NaiveDate>,
}

/// An application under review.
#[derive(Serialize, ToSchema)]
pub(super) struct ReviewedJson {
    id: ApplicationId,
    number: String,
    organisation: String,
    state: State,
    assignments: Vec<AssignmentLineJson>,
}

/// Who scores it, and how far: never a score.
#[derive(Serialize, ToSchema)]
struct AssignmentLineJson {
    id: AssignmentId,
    expert: ExpertId,
    expert_name: String,
    status: AssignmentStatus,
    submitted: bool,
    reason: Option<String>,
    /// What the caller may do now.
    actions: Vec<AssignmentAction>,
}

impl From<Overview> for ReviewJson {
    fn from(overview: Overview) -> Self {
        let session = overview.session.as_ref();
        ReviewJson {
            call: overview.call.id,
            status: session.map(|session| session.status),
            due_at: session.map(|session| session.due_at.and_utc()),
            version: session.map(|session| session.version),
            experts_per_application: overview.rules.experts_per_application,
            min_sheets: overview.rules.min_sheets,
            upstream: overview.upstream,
            load_floor: session.map(|session| session.load_floor),
            scoring_ended_at: session.and_then(|session| session.scoring_ended_at).map(|at| at.and_utc()),
            wishes: session.map(|session| session.wishes.0.clone()).unwrap_or_default(),
            annulled_draws: overview.annulled_draws,
            actions: overview.actions,
            obstacles: overview
                .obstacles
                .iter()
                .map(|(code, count)| ObstacleJson { code: *code, count: *count })
                .collect(),
            experts: overview
                .panel
                .into_iter()
                .map(|member| PanelJson {
                    id: member.expert.id,
                    name: member.expert.name,
                    chosen: member.chosen,
                    undrawn: member.undrawn,
                    load: member.load,
                    load_limit: member.expert.load_limit,
                    undeclared: member.undeclared,
                    begun: member.begun,
                    submitted: member.submitted,
                    recused: member.recused,
                    late: member.late,
                    reminded_at: member.reminded_at.map(|at| at.and_utc()),
                    term_ends_on: member.term_ends_on,
                })
                .collect(),
            applications: overview.files.into_iter().map(ReviewedJson::from).collect(),
        }
    }
}

impl From<FileLine> for ReviewedJson {
    fn from(file: FileLine) -> Self {
        ReviewedJson {
            id: file.id,
            number: file.number,
            organisation: file.organisation,
            state: file.state,
            assignments: file
                .lines
                .into_iter()
                .map(|line| AssignmentLineJson {
                    id: line.assignment.id,
                    expert: line.assignment.expert_id,
                    expert_name: line.expert_name,
                    status: line.assignment.status,
                    submitted: line.submitted,
                    reason: line.assignment.reason,
                    actions: line.actions,
                })
                .collect(),
        }
    }
}

pub(super) fn review(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<ReviewJson, Error> {
    Ok(overview(tx, actor, call)?.into())
}

pub(super) fn call_of<I>(asked: &Asked<I>) -> Result<CallId, Error> {
    asked.id(CallId::from_text, "call")
}

fn show(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<ReviewJson, Error> {
    review(tx, actor, call_of(asked)?)
}

fn prepare(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Preparation>) -> Result<ReviewJson, Error> {
    let call = call_of(asked)?;
    review::prepare::prepare(tx, actor, call, &asked.input)?;
    review(tx, actor, call)
}

fn open(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Seen>) -> Result<ReviewJson, Error> {
    let call = call_of(asked)?;
    review::open::open(tx, actor, call, &asked.input)?;
    review(tx, actor, call)
}

fn complete_review(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Completion>) -> Result<Filled, Error> {
    complete::complete(tx, actor, call_of(asked)?, &asked.input)
}

fn close(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Closing>) -> Result<ReviewJson, Error> {
    let call = call_of(asked)?;
    review::close::close(tx, actor, call, &asked.input)?;
    review(tx, actor, call)
}

fn release(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Release>) -> Result<Filled, Error> {
    review::release::release(tx, actor, asked.id(AssignmentId::from_text, "id")?, &asked.input)
}

fn reopen(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Reopening>) -> Result<ReviewJson, Error> {
    let id = asked.id(AssignmentId::from_text, "id")?;
    review::reopen::reopen(tx, actor, id, &asked.input)?;
    let session = db::reviews::find_assignment(tx.db, id)?.session_id;
    let call = db::reviews::find_session(tx.db, session)?.call_id;
    review(tx, actor, call)
}
