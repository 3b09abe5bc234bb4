//! Score sheets: typed, submitted, counted, void.

use crate::db::connection::Db;
use crate::db::extra_sheets::ExtraSheet;
use crate::db::portable::Fixed;
use crate::db::schema::{assignments, experts, extra_sheets, rankings, score_sheets};
use crate::db::types::Json;
use crate::domain::ids::{ApplicationId, AssignmentId, ExpertId, ReviewSessionId};
use crate::domain::status::{AssignmentStatus, SheetStatus};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// A score sheet.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = score_sheets)]
pub struct ScoreSheet {
    /// Of which assignment.
    pub assignment_id: AssignmentId,
    /// Item of the rubric to points as they were typed.
    pub items: Json<BTreeMap<String, String>>,
    /// Item of the rubric to remark.
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
    /// Version for the optimistic lock.
    pub version: i32,
}

/// What a sheet of the extra station says, for whoever reads both alike.
impl From<ExtraSheet> for ScoreSheet {
    fn from(sheet: ExtraSheet) -> Self {
        ScoreSheet {
            assignment_id: sheet.assignment_id,
            items: sheet.items,
            comments: sheet.comments,
            opinion: sheet.opinion,
            status: sheet.status,
            total: sheet.total,
            saved_at: sheet.saved_at,
            submitted_at: sheet.submitted_at,
            version: sheet.version,
        }
    }
}

/// The sheet of an assignment, if one was begun.
pub fn sheet(db: &mut Db, assignment: AssignmentId) -> QueryResult<Option<ScoreSheet>> {
    score_sheets::table.find(assignment).select(ScoreSheet::as_select()).first(db).optional()
}

/// Begins a sheet.
pub fn create_sheet(db: &mut Db, sheet: &ScoreSheet) -> QueryResult<()> {
    diesel::insert_into(score_sheets::table).values(sheet).execute(db).map(drop)
}

/// Stores a sheet; false when it was changed or submitted since `version`.
pub fn update_sheet(db: &mut Db, sheet: &ScoreSheet, version: i32) -> QueryResult<bool> {
    let draft = score_sheets::table
        .find(sheet.assignment_id)
        .filter(score_sheets::version.eq(version).and(score_sheets::status.eq(SheetStatus::Draft)));
    let typed = (
        score_sheets::items.eq(sheet.items.clone()),
        score_sheets::comments.eq(sheet.comments.clone()),
        score_sheets::opinion.eq(&sheet.opinion),
        score_sheets::status.eq(sheet.status),
        score_sheets::total.eq(sheet.total),
        score_sheets::saved_at.eq(sheet.saved_at),
        score_sheets::submitted_at.eq(sheet.submitted_at),
        score_sheets::version.eq(version + 1),
    );
    Fixed(diesel::update(draft).set(typed)).execute(db).map(|rows| rows == 1)
}

/// Makes a sheet count no more, whatever its standing, with that of the extra station.
pub fn void_sheet(db: &mut Db, assignment: AssignmentId) -> QueryResult<()> {
    crate::db::extra_sheets::void(db, assignment)?;
    diesel::update(score_sheets::table.find(assignment))
        .set((score_sheets::status.eq(SheetStatus::Void), score_sheets::version.eq(score_sheets::version + 1)))
        .execute(db)
        .map(drop)
}

/// Lets a sheet that counts no more be filled in again, as it was left; one that was never begun stays so.
pub fn restore_sheet(db: &mut Db, assignment: AssignmentId) -> QueryResult<()> {
    diesel::update(score_sheets::table.find(assignment).filter(score_sheets::status.eq(SheetStatus::Void)))
        .set((score_sheets::status.eq(SheetStatus::Draft), score_sheets::version.eq(score_sheets::version + 1)))
        .execute(db)
        .map(drop)
}

/// How far each sheet of a session is: standing only, never a value.
pub fn progress(db: &mut Db, session: ReviewSessionId) -> QueryResult<BTreeMap<AssignmentId, SheetStatus>> {
    let rows: Vec<(AssignmentId, SheetStatus)> = score_sheets::table
        .inner_join(assignments::table)
        .filter(assignments::session_id.eq(session))
        .order(score_sheets::assignment_id)
        .select((score_sheets::assignment_id, score_sheets::status))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// A sheet that counts, with whose it is.
#[derive(Debug, Clone)]
pub struct CountedSheet {
    /// Of which application.
    pub application: ApplicationId,
    /// By which expert.
    pub expert: ExpertId,
    /// The expert's name.
    pub expert_name: String,
    /// The sheet.
    pub sheet: ScoreSheet,
    /// Total of the same expert's submitted sheet of the extra station, hundredths of a point.
    pub station: Option<i32>,
}

/// The submitted sheets of a session that count. Nobody may be shown them before the session is closed: the caller sees
/// to that.
pub fn counted_sheets(db: &mut Db, session: ReviewSessionId) -> QueryResult<Vec<CountedSheet>> {
    // The total of a sheet of the extra station is there once it is submitted.
    let rows: Vec<(ApplicationId, ExpertId, String, ScoreSheet, Option<i32>)> = score_sheets::table
        .inner_join(assignments::table.inner_join(experts::table).left_join(extra_sheets::table))
        .filter(assignments::session_id.eq(session))
        .filter(assignments::status.eq(AssignmentStatus::Accepted))
        .filter(score_sheets::status.eq(SheetStatus::Submitted))
        .order((assignments::application_id, assignments::expert_id))
        .select((
            assignments::application_id,
            assignments::expert_id,
            experts::name,
            ScoreSheet::as_select(),
            extra_sheets::total.nullable(),
        ))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(application, expert, expert_name, sheet, station)| CountedSheet {
            application,
            expert,
            expert_name,
            sheet,
            station,
        })
        .collect())
}

/// The totals of every panel of a closed review that this expert sat in: application, expert, hundredths of a point.
pub fn totals_of_panels(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<(ApplicationId, ExpertId, i64)>> {
    let ranked = rankings::table.select(rankings::application_id);
    let own = assignments::table.filter(assignments::expert_id.eq(expert)).select(assignments::application_id);
    let mine: Vec<ApplicationId> = own.filter(assignments::application_id.eq_any(ranked)).load(db)?;
    let rows: Vec<(ApplicationId, ExpertId, Option<i32>)> = score_sheets::table
        .inner_join(assignments::table)
        .filter(assignments::application_id.eq_any(mine))
        .filter(assignments::status.eq(AssignmentStatus::Accepted))
        .filter(score_sheets::status.eq(SheetStatus::Submitted))
        .order((assignments::application_id, assignments::expert_id))
        .select((assignments::application_id, assignments::expert_id, score_sheets::total))
        .load(db)?;
    Ok(rows.into_iter().filter_map(|(file, expert, total)| Some((file, expert, i64::from(total?)))).collect())
}
