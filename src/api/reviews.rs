//! Experts, review sessions, score sheets, decisions.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use super::review_stages::OwnStagesJson;
use crate::actions::Tx;
use crate::actions::decide::{self, Board, Proposal, Return};
use crate::actions::expert_pool;
use crate::actions::expert_standing::{self, StandingChange};
use crate::actions::import_experts::{self, ExpertRow, Imported};
use crate::actions::preview_decision;
use crate::actions::review::close::Closing;
use crate::actions::review::complete::{self, Completion};
use crate::actions::review::declare::{self, Declaration};
use crate::actions::review::fill::Filled;
use crate::actions::review::overview::{FileLine, Overview, overview};
use crate::actions::review::prepare::Preparation;
use crate::actions::review::release::Release;
use crate::actions::review::reopen::Reopening;
use crate::actions::review::score::{self, Saved, SheetInput};
use crate::actions::review::void;
use crate::actions::review::work::Work;
use crate::actions::review::{self, Seen};
use crate::db;
use crate::db::experts::{Expert, PoolFilter};
use crate::db::page::{Page, Pager};
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::assignment::Wish;
use crate::domain::ids::{ApplicationId, AssignmentId, CallId, DecisionId, ExpertId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::programme::CapBy;
use crate::domain::status::{
    AssignmentStatus, DecisionStatus, ExpertStatus, Obstacle, Outcome, SessionStatus, SheetStatus,
};
use crate::domain::steps::{AssignmentAction, DecisionAction, ExpertAction, ReviewAction};
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::{IntoParams, ToSchema};

const POOL_READERS: Access = Access::Roles(expert_pool::READERS);
const ONLOOKERS: Access = Access::Roles(review::ONLOOKERS);
const ORGANISERS: Access = Access::Roles(review::ORGANISERS);
const EXPERTS: Access = Access::Roles(&[Role::Expert]);
const HANDLERS: Access = Access::Roles(&[Role::Handler]);
const DECISIONS: Access = Access::Roles(decide::READERS);
const APPROVERS: Access = Access::Roles(&[Role::Approver]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    let put = Method::PUT;
    let post = Method::POST;
    vec![
        read("/experts", "list_experts", "The pool of experts.", POOL_READERS, list_experts),
        read("/experts/{id}", "show_expert", "One expert.", POOL_READERS, show_expert),
        create(
            "/experts/imports",
            "import_experts",
            "Brings experts in, all rows or none; with dry_run nothing is changed.",
            HANDLERS,
            import,
        ),
        change(
            put.clone(),
            "/experts/{id}/standing",
            "change_expert_standing",
            "Suspends, removes or takes back an expert.",
            HANDLERS,
            change_standing,
        ),
        read("/reviews", "list_reviews", "Calls that have or need a review, newest first.", ONLOOKERS, list_reviews),
        read("/reviews/{call}", "show_review", "A call's review: who scores what, never a score.", ONLOOKERS, show),
        change(
            put.clone(),
            "/reviews/{call}/preparation",
            "prepare_review",
            "Plans who scores what; nobody is told before the opening.",
            ORGANISERS,
            prepare,
        ),
        change(post.clone(), "/reviews/{call}/opening", "open_review", "Opens a prepared review.", ORGANISERS, open),
        change(
            post.clone(),
            "/reviews/{call}/completion",
            "complete_review",
            "Takes more experts in and fills empty places.",
            ORGANISERS,
            complete_review,
        ),
        change(
            post.clone(),
            "/reviews/{call}/completion/preview",
            "preview_completion",
            "Who would join and which places would be filled. Nothing is changed.",
            ORGANISERS,
            |tx, actor, asked: &Asked<Completion>| complete::preview(tx, actor, call_of(asked)?, &asked.input),
        ),
        change(
            post.clone(),
            "/reviews/{call}/closing",
            "close_review",
            "Closes a review: the sheets become a ranking.",
            ORGANISERS,
            close,
        ),
        change(
            post.clone(),
            "/assignments/{id}/release",
            "release_assignment",
            "Takes an assignment back and assigns another expert.",
            ORGANISERS,
            release,
        ),
        change(
            post.clone(),
            "/assignments/{id}/reopening",
            "reopen_sheet",
            "Gives a submitted sheet back to its expert; what it said is kept.",
            ORGANISERS,
            reopen,
        ),
        read("/assignments", "list_assignments", "The caller's own assignments.", EXPERTS, list_assignments),
        read("/assignments/{id}", "show_assignment", "One of the caller's own assignments.", EXPERTS, show_assignment),
        change(
            put.clone(),
            "/assignments/{id}/declaration",
            "declare",
            "Declares whether there is a conflict of interest.",
            EXPERTS,
            declare_conflict,
        ),
        change(put, "/assignments/{id}/sheet", "save_sheet", "Saves a score sheet as it stands.", EXPERTS, save),
        change(
            post.clone(),
            "/assignments/{id}/submission",
            "submit_sheet",
            "Submits a score sheet, once.",
            EXPERTS,
            submit,
        ),
        read("/decisions", "list_decisions", "Calls to decide on or decided, newest first.", DECISIONS, list_decisions),
        read("/decisions/{call}", "show_decision", "A call's ranking and decision sheets.", DECISIONS, show_decision),
        change(
            post.clone(),
            "/decisions/{call}/preview",
            "preview_decision",
            "What a proposal would send: who is selected and who is not. Nothing is changed.",
            HANDLERS,
            |tx, actor, asked: &Asked<Proposal>| {
                let call = asked.id(CallId::from_text, "call")?;
                preview_decision::preview(tx, actor, call, &asked.input)
            },
        ),
        read(
            "/decisions/{call}/conflicts",
            "list_late_conflicts",
            "Sheets that count, by experts whom a rule excludes as is known now.",
            DECISIONS,
            |tx, actor, asked: &Asked<Nothing>| Ok(Page::whole(void::conflicts(tx, actor, call_of(asked)?)?)),
        ),
        change(
            post.clone(),
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
            post.clone(),
            "/decisions/{call}/approval",
            "approve_decision",
            "Approves the pending decision of a call.",
            APPROVERS,
            approve,
        ),
        change(
            post,
            "/decisions/{call}/return",
            "return_decision",
            "Sends the pending decision of a call back.",
            APPROVERS,
            send_back,
        ),
    ]
}

/// Which experts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ExpertQuery {
    /// In name, employer or address.
    q: Option<String>,
    /// Of this standing.
    status: Option<ExpertStatus>,
    /// `province`, or the code of the bureau whose pool it is.
    pool: Option<String>,
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

/// An expert of the pool.
#[derive(Serialize, ToSchema)]
pub(super) struct ExpertJson {
    id: ExpertId,
    name: String,
    email: String,
    employer: String,
    employer_code: Option<String>,
    title: String,
    city: Option<String>,
    fields: BTreeSet<String>,
    load_limit: i32,
    status: ExpertStatus,
    /// Why the standing was last changed.
    status_reason: Option<String>,
    /// `province`, or the code of the bureau whose pool it is.
    pool: String,
    /// First day of the appointment; none if it is open.
    term_from: Option<NaiveDate>,
    /// Last day of the appointment, included; none if it is open.
    term_to: Option<NaiveDate>,
    version: i32,
    /// What the caller may do now.
    actions: Vec<ExpertAction>,
}

impl ExpertJson {
    pub(super) fn of(expert: Expert, actor: &Actor) -> Self {
        ExpertJson {
            actions: ExpertAction::available(actor, expert.status),
            id: expert.id,
            name: expert.name,
            email: expert.email,
            employer: expert.employer,
            employer_code: expert.employer_code,
            title: expert.title,
            city: expert.city,
            fields: expert.fields.0,
            load_limit: expert.load_limit,
            status: expert.status,
            status_reason: expert.status_reason,
            pool: expert.pool,
            term_from: expert.term_from,
            term_to: expert.term_to,
            version: expert.version,
        }
    }
}

fn list_experts(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ExpertQuery>) -> Result<Page<ExpertJson>, Error> {
    let pager = Pager::new(asked.input.page, asked.input.per_page);
    let input = &asked.input;
    let filter = PoolFilter { status: input.status, text: input.q.clone(), pool: input.pool.clone() };
    let found = expert_pool::list(tx, actor, &filter, pager)?;
    Ok(found.map(|expert| ExpertJson::of(expert, actor)))
}

fn show_expert(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<ExpertJson, Error> {
    Ok(ExpertJson::of(expert_pool::find(tx, actor, asked.id(ExpertId::from_text, "id")?)?, actor))
}

/// An import.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportJson {
    /// The rows.
    rows: Vec<ExpertRow>,
    /// Only checks.
    #[serde(default)]
    dry_run: bool,
    /// What the dry run answered: then nothing else is done than what it showed.
    digest: Option<String>,
}

fn import(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ImportJson>) -> Result<Imported, Error> {
    if asked.input.dry_run {
        import_experts::trial(tx, actor, &asked.input.rows)
    } else {
        import_experts::import(tx, actor, &asked.input.rows, asked.input.digest.as_deref())
    }
}

fn change_standing(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<StandingChange>) -> Result<ExpertJson, Error> {
    let id = asked.id(ExpertId::from_text, "id")?;
    expert_standing::change_standing(tx, actor, id, &asked.input)?;
    Ok(ExpertJson::of(db::experts::find(tx.db, id)?, actor))
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

/// One of the caller's own assignments, as told before the declaration.
#[derive(Serialize, ToSchema)]
struct OwnAssignmentJson {
    id: AssignmentId,
    call: String,
    organisation: String,
    members: Vec<String>,
    number: Option<String>,
    status: AssignmentStatus,
    session_status: SessionStatus,
    sheet_status: Option<SheetStatus>,
    due_at: DateTime<Utc>,
    /// What the caller may do now.
    actions: Vec<AssignmentAction>,
}

/// The caller's own assignments.
#[derive(Serialize, ToSchema)]
struct OwnAssignmentsJson {
    items: Vec<OwnAssignmentJson>,
}

fn list_assignments(tx: &mut Tx<'_>, actor: &Actor, _: &Asked<Nothing>) -> Result<OwnAssignmentsJson, Error> {
    own_assignments(tx, actor, |_| true)
}

/// Those of the caller's own assignments that are wanted.
fn own_assignments(
    tx: &mut Tx<'_>,
    actor: &Actor,
    is_wanted: impl Fn(AssignmentId) -> bool,
) -> Result<OwnAssignmentsJson, Error> {
    let expert = declare::expert_of(actor)?;
    let stored = db::reviews::assignments_of_expert(tx.db, expert)?;
    let stored: BTreeMap<AssignmentId, Assignment> = stored.into_iter().map(|one| (one.id, one)).collect();
    let mut sessions: BTreeMap<ReviewSessionId, ReviewSession> = BTreeMap::new();
    let mut items = Vec::new();
    for own in db::reviews::own_assignments(tx.db, expert)?.into_iter().filter(|own| is_wanted(own.id)) {
        let Some(assignment) = stored.get(&own.id) else { continue };
        let session = match sessions.entry(assignment.session_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(db::reviews::find_session(tx.db, assignment.session_id)?),
        };
        items.push(OwnAssignmentJson {
            actions: Work::of(tx, assignment, session)?.at.available(actor),
            id: own.id,
            call: own.call_title,
            organisation: own.organisation_name,
            members: own.members.0.into_iter().map(|member| member.name).collect(),
            number: own.number,
            status: own.status,
            session_status: own.session_status,
            sheet_status: own.sheet_status,
            due_at: own.due_at.and_utc(),
        });
    }
    Ok(OwnAssignmentsJson { items })
}

/// The caller's own sheet.
#[derive(Serialize, ToSchema)]
pub(super) struct SheetJson {
    pub(super) version: i32,
    pub(super) status: SheetStatus,
    pub(super) items: BTreeMap<String, String>,
    pub(super) comments: BTreeMap<String, String>,
    pub(super) opinion: String,
    /// Hundredths of a point; set at submission.
    pub(super) total: Option<i32>,
}

/// One of the caller's own assignments. The application is there after a declaration without a conflict, while the
/// review is open.
#[derive(Serialize, ToSchema)]
struct AssignmentJson {
    id: AssignmentId,
    status: AssignmentStatus,
    session_status: SessionStatus,
    due_at: DateTime<Utc>,
    organisation: String,
    members: Vec<String>,
    /// To be read under `/applications/{id}`.
    application: Option<ApplicationId>,
    sheet: Option<SheetJson>,
    /// What follows the scoring, as far as it concerns the caller.
    stages: OwnStagesJson,
    /// What the caller may do now.
    actions: Vec<AssignmentAction>,
}

fn show_assignment(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<AssignmentJson, Error> {
    let view = score::view(tx, actor, asked.id(AssignmentId::from_text, "id")?)?;
    Ok(AssignmentJson {
        id: view.assignment.id,
        status: view.assignment.status,
        session_status: view.session.status,
        due_at: view.session.due_at.and_utc(),
        organisation: view.applicant.0,
        members: view.members,
        application: view.file.map(|file| file.application.id),
        sheet: view.sheet.map(|sheet| SheetJson {
            version: sheet.version,
            status: sheet.status,
            items: sheet.items.0,
            comments: sheet.comments.0,
            opinion: sheet.opinion,
            total: sheet.total,
        }),
        stages: view.stages.into(),
        actions: view.actions,
    })
}

fn assignment_again<I>(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<I>) -> Result<OwnAssignmentsJson, Error> {
    let id = asked.id(AssignmentId::from_text, "id")?;
    own_assignments(tx, actor, |own| own == id)
}

fn declare_conflict(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Declaration>) -> Result<OwnAssignmentsJson, Error> {
    declare::declare(tx, actor, asked.id(AssignmentId::from_text, "id")?, &asked.input)?;
    assignment_again(tx, actor, asked)
}

fn save(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<SheetInput>) -> Result<Saved, Error> {
    score::save(tx, actor, asked.id(AssignmentId::from_text, "id")?, &asked.input)
}

fn submit(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<SheetInput>) -> Result<OwnAssignmentsJson, Error> {
    score::submit(tx, actor, asked.id(AssignmentId::from_text, "id")?, &asked.input)?;
    assignment_again(tx, actor, asked)
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

fn propose(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Proposal>) -> Result<DecisionBoardJson, Error> {
    let call = call_of(asked)?;
    decide::propose(tx, actor, call, &asked.input)?;
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
