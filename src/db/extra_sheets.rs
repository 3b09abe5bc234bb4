//! The sheets of a site visit or defence.

use super::connection::Db;
use super::portable::Fixed;
use super::schema::{applications, assignments, extra_sheets, review_sessions};
use super::types::Json;
use crate::domain::ids::{ApplicationId, AssignmentId, ExpertId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::status::{AssignmentStatus, SessionStatus, SheetStatus};
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// A sheet of the extra station.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = extra_sheets)]
pub struct ExtraSheet {
    /// Of which assignment.
    pub assignment_id: AssignmentId,
    /// Item of the station's rubric to points as they were typed.
    pub items: Json<BTreeMap<String, String>>,
    /// Item to remark.
    pub comments: Json<BTreeMap<String, String>>,
    /// The opinion on the whole.
    pub opinion: String,
    /// Where it stands.
    pub status: SheetStatus,
    /// Hundredths of a point; set when it is submitted.
    pub total: Option<i32>,
    /// Last saved.
    pub saved_at: NaiveDateTime,
    /// Submitted.
    pub submitted_at: Option<NaiveDateTime>,
    /// Version for the optimistic lock; 0 while there is none in store.
    pub version: i32,
}

/// The sheet of an assignment, if one was begun.
pub fn find(db: &mut Db, assignment: AssignmentId) -> QueryResult<Option<ExtraSheet>> {
    extra_sheets::table.find(assignment).select(ExtraSheet::as_select()).first(db).optional()
}

/// Stores a sheet that was seen in its version, 0 for a new one; false when it was changed or submitted since.
pub fn store(db: &mut Db, sheet: &ExtraSheet) -> QueryResult<bool> {
    if sheet.version == 0 {
        let first = ExtraSheet { version: 1, ..sheet.clone() };
        return diesel::insert_into(extra_sheets::table).values(first).execute(db).map(|rows| rows == 1);
    }
    let draft = extra_sheets::table
        .find(sheet.assignment_id)
        .filter(extra_sheets::version.eq(sheet.version).and(extra_sheets::status.eq(SheetStatus::Draft)));
    let typed = (
        extra_sheets::items.eq(sheet.items.clone()),
        extra_sheets::comments.eq(sheet.comments.clone()),
        extra_sheets::opinion.eq(&sheet.opinion),
        extra_sheets::status.eq(sheet.status),
        extra_sheets::total.eq(sheet.total),
        extra_sheets::saved_at.eq(sheet.saved_at),
        extra_sheets::submitted_at.eq(sheet.submitted_at),
        extra_sheets::version.eq(sheet.version + 1),
    );
    Fixed(diesel::update(draft).set(typed)).execute(db).map(|rows| rows == 1)
}

/// Makes a sheet count no more, whatever its standing.
pub fn void(db: &mut Db, assignment: AssignmentId) -> QueryResult<()> {
    diesel::update(extra_sheets::table.find(assignment))
        .set((extra_sheets::status.eq(SheetStatus::Void), extra_sheets::version.eq(extra_sheets::version + 1)))
        .execute(db)
        .map(drop)
}

/// How many sheets of the extra station were begun in a session, whatever became of them.
pub fn count_begun(db: &mut Db, session: ReviewSessionId) -> QueryResult<i64> {
    extra_sheets::table
        .inner_join(assignments::table)
        .filter(assignments::session_id.eq(session))
        .select(count_star())
        .first(db)
}

/// The submitted sheets of a session that count: application, then the sheet. Nobody may be shown them before the session
/// is closed.
pub fn counted(db: &mut Db, session: ReviewSessionId) -> QueryResult<Vec<(ApplicationId, ExtraSheet)>> {
    extra_sheets::table
        .inner_join(assignments::table)
        .filter(assignments::session_id.eq(session))
        .filter(assignments::status.eq(AssignmentStatus::Accepted))
        .filter(extra_sheets::status.eq(SheetStatus::Submitted))
        .order((assignments::application_id, assignments::expert_id))
        .select((assignments::application_id, ExtraSheet::as_select()))
        .load(db)
}

/// This expert's accepted assignments in open sessions whose scoring has ended and that have no submitted sheet here. Whether
/// the call has the station, the caller knows.
pub fn unsubmitted_of(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<AssignmentId>> {
    assignments::table
        .inner_join(review_sessions::table)
        .inner_join(applications::table)
        .left_join(extra_sheets::table)
        .filter(assignments::expert_id.eq(expert).and(assignments::status.eq(AssignmentStatus::Accepted)))
        .filter(review_sessions::status.eq(SessionStatus::Open).and(review_sessions::scoring_ended_at.is_not_null()))
        .filter(applications::state.eq(State::InReview))
        .filter(extra_sheets::status.is_null().or(extra_sheets::status.ne(SheetStatus::Submitted)))
        .order(assignments::id)
        .select(assignments::id)
        .load(db)
}
