//! Files that are talked over after the scoring, and each expert's position before and after. Nobody but the expert is shown
//! a total of these before the session is closed: the caller sees to that.

use super::connection::Db;
use super::reviews::Assignment;
use super::schema::{applications, assignments, discussion_positions, discussions, review_sessions};
use crate::domain::ids::{AccountId, ApplicationId, AssignmentId, ExpertId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::status::{AssignmentStatus, Grounds, SessionStatus};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A discussion of one file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = discussions)]
pub struct Discussion {
    /// Which file.
    pub application_id: ApplicationId,
    /// Of which review.
    pub session_id: ReviewSessionId,
    /// Why.
    pub grounds: Grounds,
    /// The organiser's reason, if it was asked for.
    pub reason: Option<String>,
    /// By whom the scoring was ended, or the discussion asked for.
    pub opened_by: AccountId,
    /// Opened.
    pub opened_at: NaiveDateTime,
    /// Ended; positions come in until then.
    pub closed_at: Option<NaiveDateTime>,
}

/// One expert's position.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = discussion_positions)]
pub struct Position {
    /// Of which assignment.
    pub assignment_id: AssignmentId,
    /// In the discussion of which file.
    pub application_id: ApplicationId,
    /// The sheet's total when the discussion was opened, hundredths of a point.
    pub before_total: i32,
    /// The total that the expert stands by.
    pub after_total: Option<i32>,
    /// What the expert says to the others.
    pub remark: Option<String>,
    /// When it was last stated.
    pub stated_at: Option<NaiveDateTime>,
}

/// Opens a discussion with everybody's position before it.
pub fn create(db: &mut Db, discussion: &Discussion, positions: &[Position]) -> QueryResult<()> {
    diesel::insert_into(discussions::table).values(discussion).execute(db)?;
    for position in positions {
        diesel::insert_into(discussion_positions::table).values(position).execute(db)?;
    }
    Ok(())
}

/// The discussion of a file, if there is one.
pub fn of_file(db: &mut Db, application: ApplicationId) -> QueryResult<Option<Discussion>> {
    discussions::table.find(application).select(Discussion::as_select()).first(db).optional()
}

/// The discussions of a session.
pub fn of_session(db: &mut Db, session: ReviewSessionId) -> QueryResult<Vec<Discussion>> {
    discussions::table
        .filter(discussions::session_id.eq(session))
        .order(discussions::application_id)
        .select(Discussion::as_select())
        .load(db)
}

/// Every position of a session's discussions, with whose it is.
pub fn positions(db: &mut Db, session: ReviewSessionId) -> QueryResult<Vec<(Position, Assignment)>> {
    discussion_positions::table
        .inner_join(assignments::table)
        .filter(assignments::session_id.eq(session))
        .order((discussion_positions::application_id, discussion_positions::assignment_id))
        .select((Position::as_select(), Assignment::as_select()))
        .load(db)
}

/// The positions of one file, with where each assignment stands.
pub fn positions_of_file(db: &mut Db, application: ApplicationId) -> QueryResult<Vec<(Position, AssignmentStatus)>> {
    discussion_positions::table
        .inner_join(assignments::table)
        .filter(discussion_positions::application_id.eq(application))
        .order(discussion_positions::assignment_id)
        .select((Position::as_select(), assignments::status))
        .load(db)
}

/// Stores a position that was stated.
pub fn state(
    db: &mut Db,
    assignment: AssignmentId,
    after_total: i32,
    remark: &str,
    now: NaiveDateTime,
) -> QueryResult<()> {
    diesel::update(discussion_positions::table.find(assignment))
        .set((
            discussion_positions::after_total.eq(after_total),
            discussion_positions::remark.eq(remark),
            discussion_positions::stated_at.eq(now),
        ))
        .execute(db)
        .map(drop)
}

/// Ends a discussion; false when it has ended already.
pub fn close(db: &mut Db, application: ApplicationId, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(discussions::table.find(application).filter(discussions::closed_at.is_null()))
        .set(discussions::closed_at.eq(now))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Lets a discussion go on that has ended; false when it runs.
pub fn reopen(db: &mut Db, application: ApplicationId) -> QueryResult<bool> {
    diesel::update(discussions::table.find(application).filter(discussions::closed_at.is_not_null()))
        .set(discussions::closed_at.eq(None::<NaiveDateTime>))
        .execute(db)
        .map(|rows| rows == 1)
}

/// This expert's assignments in discussions that are running, of which no position was stated.
pub fn unstated_of(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<AssignmentId>> {
    discussion_positions::table
        .inner_join(assignments::table.inner_join(review_sessions::table).inner_join(applications::table))
        .inner_join(discussions::table)
        .filter(assignments::expert_id.eq(expert).and(assignments::status.eq(AssignmentStatus::Accepted)))
        .filter(review_sessions::status.eq(SessionStatus::Open).and(applications::state.eq(State::InReview)))
        .filter(discussions::closed_at.is_null().and(discussion_positions::stated_at.is_null()))
        .order(assignments::id)
        .select(assignments::id)
        .load(db)
}
