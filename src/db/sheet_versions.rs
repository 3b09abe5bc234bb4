//! What score sheets said before they were opened again, or changed in a discussion.

use super::connection::Db;
use super::reviews::ScoreSheet;
use super::schema::{score_sheets, sheet_versions};
use crate::domain::ids::AssignmentId;
use crate::domain::status::SheetStatus;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// Opens a submitted sheet again and keeps what it said; false when it was changed since it was read, or is no longer
/// submitted.
pub fn reopen(db: &mut Db, sheet: &ScoreSheet, now: NaiveDateTime) -> QueryResult<bool> {
    let submitted = score_sheets::table
        .find(sheet.assignment_id)
        .filter(score_sheets::version.eq(sheet.version).and(score_sheets::status.eq(SheetStatus::Submitted)));
    let opened = diesel::update(submitted)
        .set((
            score_sheets::status.eq(SheetStatus::Draft),
            score_sheets::total.eq(None::<i32>),
            score_sheets::submitted_at.eq(None::<NaiveDateTime>),
            score_sheets::version.eq(sheet.version + 1),
        ))
        .execute(db)?;
    if opened != 1 {
        return Ok(false);
    }
    keep(db, sheet, "reopened", now)
}

/// Stores what a submitted sheet says after a discussion and keeps what it said before; false when it was changed since it
/// was read, or is no longer submitted.
pub fn change(db: &mut Db, before: &ScoreSheet, after: &ScoreSheet, now: NaiveDateTime) -> QueryResult<bool> {
    let submitted = score_sheets::table
        .find(before.assignment_id)
        .filter(score_sheets::version.eq(before.version).and(score_sheets::status.eq(SheetStatus::Submitted)));
    let changed = diesel::update(submitted)
        .set((
            score_sheets::items.eq(after.items.clone()),
            score_sheets::comments.eq(after.comments.clone()),
            score_sheets::opinion.eq(&after.opinion),
            score_sheets::total.eq(after.total),
            score_sheets::saved_at.eq(now),
            score_sheets::submitted_at.eq(now),
            score_sheets::version.eq(before.version + 1),
        ))
        .execute(db)?;
    if changed != 1 {
        return Ok(false);
    }
    keep(db, before, "discussion", now)
}

fn keep(db: &mut Db, sheet: &ScoreSheet, ended_by: &str, now: NaiveDateTime) -> QueryResult<bool> {
    let (Some(total), Some(submitted_at)) = (sheet.total, sheet.submitted_at) else { return Ok(false) };
    diesel::insert_into(sheet_versions::table)
        .values((
            sheet_versions::assignment_id.eq(sheet.assignment_id),
            sheet_versions::version.eq(sheet.version),
            sheet_versions::items.eq(sheet.items.clone()),
            sheet_versions::comments.eq(sheet.comments.clone()),
            sheet_versions::opinion.eq(sheet.opinion.clone()),
            sheet_versions::total.eq(total),
            sheet_versions::submitted_at.eq(submitted_at),
            sheet_versions::ended_at.eq(now),
            sheet_versions::ended_by.eq(ended_by),
        ))
        .execute(db)?;
    Ok(true)
}

/// How many earlier versions of a sheet are kept, of those that were given back.
pub fn count(db: &mut Db, assignment: AssignmentId) -> QueryResult<i64> {
    sheet_versions::table
        .filter(sheet_versions::assignment_id.eq(assignment).and(sheet_versions::ended_by.eq("reopened")))
        .select(count_star())
        .first(db)
}
