//! What experts write about sheets that lie far from their panel.

use super::connection::Db;
use super::reviews::Assignment;
use super::schema::{applications, assignments, review_sessions, score_explanations};
use crate::domain::ids::{AssignmentId, ExpertId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::status::{AssignmentStatus, SessionStatus};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// An explanation that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = score_explanations)]
pub struct Explanation {
    /// Of which assignment's sheet.
    pub assignment_id: AssignmentId,
    /// Whether the total lies above the others, or below them.
    pub above: bool,
    /// The explanation, once it is written.
    pub text: Option<String>,
    /// Asked for.
    pub asked_at: NaiveDateTime,
    /// Written.
    pub explained_at: Option<NaiveDateTime>,
}

/// Asks for an explanation.
pub fn create(db: &mut Db, explanation: &Explanation) -> QueryResult<()> {
    diesel::insert_into(score_explanations::table).values(explanation).execute(db).map(drop)
}

/// The explanation asked for of an assignment, if one was.
pub fn find(db: &mut Db, assignment: AssignmentId) -> QueryResult<Option<Explanation>> {
    score_explanations::table.find(assignment).select(Explanation::as_select()).first(db).optional()
}

/// Every explanation asked for in a session, with whose it is.
pub fn of_session(db: &mut Db, session: ReviewSessionId) -> QueryResult<Vec<(Explanation, Assignment)>> {
    score_explanations::table
        .inner_join(assignments::table)
        .filter(assignments::session_id.eq(session))
        .order((assignments::application_id, assignments::id))
        .select((Explanation::as_select(), Assignment::as_select()))
        .load(db)
}

/// Stores an explanation.
pub fn write(db: &mut Db, assignment: AssignmentId, text: &str, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(score_explanations::table.find(assignment))
        .set((score_explanations::text.eq(text), score_explanations::explained_at.eq(now)))
        .execute(db)
        .map(drop)
}

/// This expert's assignments whose explanation is still to be written.
pub fn unwritten_of(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<AssignmentId>> {
    score_explanations::table
        .inner_join(assignments::table.inner_join(review_sessions::table).inner_join(applications::table))
        .filter(assignments::expert_id.eq(expert).and(assignments::status.eq(AssignmentStatus::Accepted)))
        .filter(review_sessions::status.eq(SessionStatus::Open).and(applications::state.eq(State::InReview)))
        .filter(score_explanations::explained_at.is_null())
        .order(assignments::id)
        .select(assignments::id)
        .load(db)
}
