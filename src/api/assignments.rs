//! An expert's own assignments and score sheets.

use super::operation::{Asked, Nothing, Operation, change, read};
use super::review_stages::OwnStagesJson;
use crate::actions::Tx;
use crate::actions::review::declare::{self, Declaration};
use crate::actions::review::score::{self, Saved, SheetInput};
use crate::actions::review::work::Work;
use crate::db;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, AssignmentId, ReviewSessionId};
use crate::domain::status::{AssignmentStatus, SessionStatus, SheetStatus};
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use utoipa::ToSchema;

const EXPERTS: Access = Access::Roles(&[Role::Expert]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/assignments", "list_assignments", "The caller's own assignments.", EXPERTS, list_assignments),
        read("/assignments/{id}", "show_assignment", "One of the caller's own assignments.", EXPERTS, show_assignment),
        change(
            Method::PUT,
            "/assignments/{id}/declaration",
            "declare",
            "Declares whether there is a conflict of interest.",
            EXPERTS,
            declare_conflict,
        ),
        change(
            Method::PUT,
            "/assignments/{id}/sheet",
            "save_sheet",
            "Saves a score sheet as it stands.",
            EXPERTS,
            save,
        ),
        change(
            Method::POST,
            "/assignments/{id}/submission",
            "submit_sheet",
            "Submits a score sheet, once.",
            EXPERTS,
            submit,
        ),
    ]
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
    /// The day of the review or the end of the term of appointment, whichever is sooner; none for whoever was charged when
    /// the time to score was over: as soon as may be.
    due_at: Option<DateTime<Utc>>,
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
        let due_at = own.due_at().map(|at| at.and_utc());
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
            due_at,
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
    /// The day of the review or the end of the term of appointment, whichever is sooner; none for whoever was charged when
    /// the time to score was over: as soon as may be.
    due_at: Option<DateTime<Utc>>,
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
        due_at: view.due_at.map(|at| at.and_utc()),
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
