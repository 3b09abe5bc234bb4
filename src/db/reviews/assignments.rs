//! Who scores what, and why; what experts are told of it.

use crate::db::connection::Db;
use crate::db::pinned::Pinned;
use crate::db::schema::{applications, assignments, calls, experts, organisations, review_sessions, score_sheets};
use crate::db::types::Json;
use crate::domain::assignment::Why;
use crate::domain::ids::{ApplicationId, AssignmentId, ExpertId, OrganisationId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::programme::Programme;
use crate::domain::service::{asked_until, due_of};
use crate::domain::status::{AssignmentSource, AssignmentStatus, SessionStatus, SheetStatus};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One expert's charge to score one application.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = assignments)]
pub struct Assignment {
    /// Id.
    pub id: AssignmentId,
    /// Of which review.
    pub session_id: ReviewSessionId,
    /// Which application.
    pub application_id: ApplicationId,
    /// Which expert.
    pub expert_id: ExpertId,
    /// Where it stands.
    pub status: AssignmentStatus,
    /// Assigned.
    pub assigned_at: NaiveDateTime,
    /// The expert declared.
    pub declared_at: Option<NaiveDateTime>,
    /// The declared conflict, or the reason for the release.
    pub reason: Option<String>,
    /// Where it comes from.
    pub source: AssignmentSource,
}

impl Assignment {
    /// The day by which a sheet counts as late, in a session that is due at this instant; [`due_of`] says for whom there
    /// is one.
    pub fn late_after(&self, session_due_at: NaiveDateTime) -> Option<NaiveDateTime> {
        due_of(self.assigned_at, session_due_at)
    }

    /// Until when the expert, with this last day of the term, is asked to score, as [`asked_until`] says.
    pub fn asked_until(&self, session_due_at: NaiveDateTime, last_day: Option<NaiveDate>) -> Option<NaiveDateTime> {
        asked_until(self.assigned_at, session_due_at, last_day)
    }

    /// Whether the expert is still charged with it.
    pub fn is_live(&self) -> bool {
        matches!(self.status, AssignmentStatus::Awaiting | AssignmentStatus::Accepted)
    }
}

/// Adds assignments, each with its explanation.
pub fn create_planned(db: &mut Db, new: &[(Assignment, Why)]) -> QueryResult<()> {
    for (assignment, why) in new {
        diesel::insert_into(assignments::table)
            .values((assignment, assignments::explanation.eq(Json(why.clone()))))
            .execute(db)?;
    }
    Ok(())
}

/// Whether an expert is charged with an application, or ever was.
pub fn is_assigned(db: &mut Db, application: ApplicationId) -> QueryResult<bool> {
    assignments::table
        .filter(assignments::application_id.eq(application))
        .select(diesel::dsl::count_star())
        .first::<i64>(db)
        .map(|count| count > 0)
}

/// Whether a session has a plan: any assignment at all.
pub fn has_plan(db: &mut Db, session: ReviewSessionId) -> QueryResult<bool> {
    assignments::table
        .filter(assignments::session_id.eq(session))
        .select(diesel::dsl::count_star())
        .first::<i64>(db)
        .map(|count| count > 0)
}

/// Why these applications have the experts whom the plan gave them.
pub fn explanations(
    db: &mut Db,
    session: ReviewSessionId,
    applications: &[ApplicationId],
) -> QueryResult<BTreeMap<AssignmentId, Why>> {
    let rows: Vec<(AssignmentId, Json<Why>)> = assignments::table
        .filter(assignments::session_id.eq(session).and(assignments::application_id.eq_any(applications.to_vec())))
        .order(assignments::id)
        .select((assignments::id, assignments::explanation))
        .load(db)?;
    Ok(rows.into_iter().map(|(id, why)| (id, why.0)).collect())
}

/// Takes the plan of a session that is still being prepared away, to make a new one.
pub fn forget_plan(db: &mut Db, session: ReviewSessionId) -> QueryResult<()> {
    diesel::delete(assignments::table.filter(assignments::session_id.eq(session))).execute(db).map(drop)
}

/// Takes assignments away that nobody has declared about.
pub fn forget_assignments(db: &mut Db, ids: &[AssignmentId]) -> QueryResult<()> {
    diesel::delete(assignments::table.filter(assignments::id.eq_any(ids.to_vec()))).execute(db).map(drop)
}

/// Every assignment of a session, whatever its standing.
pub fn assignments_of(db: &mut Db, session: ReviewSessionId) -> QueryResult<Vec<Assignment>> {
    assignments::table
        .filter(assignments::session_id.eq(session))
        .order((assignments::application_id, assignments::expert_id))
        .select(Assignment::as_select())
        .load(db)
}

/// The assignment of an id.
pub fn find_assignment(db: &mut Db, id: AssignmentId) -> QueryResult<Assignment> {
    assignments::table.find(id).select(Assignment::as_select()).first(db)
}

/// An assignment of this expert whose session is no longer being prepared: another's does not exist for them.
pub fn find_own_assignment(db: &mut Db, expert: ExpertId, id: AssignmentId) -> QueryResult<Assignment> {
    assignments::table
        .inner_join(review_sessions::table)
        .filter(assignments::id.eq(id).and(assignments::expert_id.eq(expert)))
        .filter(review_sessions::status.ne(SessionStatus::Preparing))
        .select(Assignment::as_select())
        .first(db)
}

/// The same, held until the transaction ends.
pub fn find_own_assignment_to_change(db: &mut Db, expert: ExpertId, id: AssignmentId) -> QueryResult<Assignment> {
    db.lock_row("assignments", id.as_text())?;
    find_own_assignment(db, expert, id)
}

/// Every assignment of this expert whose session is no longer being prepared, in the order of ids.
pub fn assignments_of_expert(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<Assignment>> {
    assignments::table
        .inner_join(review_sessions::table)
        .filter(assignments::expert_id.eq(expert))
        .filter(review_sessions::status.ne(SessionStatus::Preparing))
        .order(assignments::id)
        .select(Assignment::as_select())
        .load(db)
}

/// Moves an assignment on from the standing it was seen in; false when somebody was faster.
pub fn move_assignment(
    db: &mut Db,
    assignment: &Assignment,
    to: AssignmentStatus,
    declared_at: Option<NaiveDateTime>,
    reason: Option<&str>,
) -> QueryResult<bool> {
    let seen = assignments::table.find(assignment.id).filter(assignments::status.eq(assignment.status));
    diesel::update(seen)
        .set((
            assignments::status.eq(to),
            assignments::declared_at.eq(declared_at),
            assignments::reason.eq(reason.map(str::to_string)),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// What an expert is told of an assignment before declaring, and no more.
#[derive(Debug, Clone, Queryable)]
pub struct OwnAssignment {
    /// The assignment.
    pub id: AssignmentId,
    /// Where it stands.
    pub status: AssignmentStatus,
    /// Where its session stands.
    pub session_status: SessionStatus,
    /// Assigned.
    pub assigned_at: NaiveDateTime,
    /// Until when the experts of the session are asked to score.
    pub session_due_at: NaiveDateTime,
    /// Last day of the expert's term; none if it is open.
    pub term_to: Option<NaiveDate>,
    /// The application's number.
    pub number: Option<String>,
    /// Where the application stands.
    pub state: State,
    /// The applicant.
    pub organisation_name: String,
    /// The other members of the consortium.
    pub members: Json<Vec<crate::db::applications::Member>>,
    /// The call's title.
    pub call_title: String,
    /// Where the sheet stands, if one was begun.
    pub sheet_status: Option<SheetStatus>,
}

impl OwnAssignment {
    /// Until when this expert is asked to score, as [`asked_until`] says.
    pub fn due_at(&self) -> Option<NaiveDateTime> {
        asked_until(self.assigned_at, self.session_due_at, self.term_to)
    }
}

/// An expert's assignments, open sessions first, then by date.
pub fn own_assignments(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<OwnAssignment>> {
    assignments::table
        .inner_join(review_sessions::table)
        .inner_join(experts::table)
        .inner_join(applications::table)
        .inner_join(organisations::table.on(organisations::id.eq(applications::organisation_id)))
        .inner_join(calls::table.on(calls::id.eq(applications::call_id)))
        .left_join(score_sheets::table.on(score_sheets::assignment_id.eq(assignments::id)))
        .filter(assignments::expert_id.eq(expert))
        .filter(review_sessions::status.ne(SessionStatus::Preparing))
        .order((review_sessions::status.desc(), review_sessions::due_at.desc(), applications::number, assignments::id))
        .select((
            assignments::id,
            assignments::status,
            review_sessions::status,
            assignments::assigned_at,
            review_sessions::due_at,
            experts::term_to,
            applications::number,
            applications::state,
            organisations::name,
            applications::members,
            calls::title,
            score_sheets::status.nullable(),
        ))
        .load(db)
}

/// The pinned programme, organisation, number and state of an application that somebody is assigned to: for the rules,
/// not for eyes.
pub fn assigned_application(
    db: &mut Db,
    id: ApplicationId,
) -> QueryResult<(Arc<Programme>, OrganisationId, Option<String>, State)> {
    let (programme, organisation, number, state): (Pinned, OrganisationId, Option<String>, State) = applications::table
        .inner_join(calls::table)
        .filter(applications::id.eq(id))
        .select((calls::programme, applications::organisation_id, applications::number, applications::state))
        .first(db)?;
    Ok((programme.0, organisation, number, state))
}
