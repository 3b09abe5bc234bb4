//! Frozen submissions: what the applicant filed, each time, as it was.

use super::connection::Db;
use super::portable::Fixed;
use super::schema::{corrections, submissions};
use super::types::Sealed;
use crate::domain::ids::{AccountId, ApplicationId, SubmissionId};
use crate::domain::status::CorrectionStation;
use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// What is sealed is a JSON text, which begins with a quotation mark.
const IN_THE_CLEAR: &str = "substr(CAST(content AS TEXT), 1, 1) <> '\"'";

/// A frozen submission. Append-only: the database refuses any change but one, that content which stands in the clear is sealed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = submissions)]
pub struct Submission {
    /// Id.
    pub id: SubmissionId,
    /// Of which application.
    pub application_id: ApplicationId,
    /// Which submission of it, from 1.
    pub number: i32,
    /// What was filed ([`crate::actions::submit::Content`]), sealed.
    pub content: Sealed,
    /// SHA-256, in hex, over the canonical text of the content as it was before it was sealed.
    pub sha256: String,
    /// By whom.
    pub submitted_by: AccountId,
    /// When.
    pub submitted_at: NaiveDateTime,
}

/// Adds a submission.
pub fn create(db: &mut Db, submission: &Submission) -> QueryResult<()> {
    Fixed(diesel::insert_into(submissions::table).values(submission)).execute(db).map(drop)
}

/// The submissions of an application that is in the caller's scope, first to last.
pub fn of_application(db: &mut Db, application: ApplicationId) -> QueryResult<Vec<Submission>> {
    submissions::table
        .filter(submissions::application_id.eq(application))
        .order(submissions::number)
        .select(Submission::as_select())
        .load(db)
}

/// Id, application, number and content of up to `limit` submissions after one whose content stands in the clear: the version before
/// wrote it.
pub fn in_the_clear(db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<(String, String, i32, Sealed)>> {
    submissions::table
        .filter(submissions::id.gt(after.to_string()))
        .filter(sql::<Bool>(IN_THE_CLEAR))
        .order(submissions::id)
        .limit(limit)
        .select((submissions::id, submissions::application_id, submissions::number, submissions::content))
        .load(db)
}

/// Keeps the sealed content of a submission whose content stands in the clear; false when somebody else has sealed it.
pub fn keep_sealed(db: &mut Db, id: &str, content: &Sealed) -> QueryResult<bool> {
    let clear = submissions::table.find(id.to_string()).filter(sql::<Bool>(IN_THE_CLEAR));
    diesel::update(clear).set(submissions::content.eq(content.clone())).execute(db).map(|rows| rows == 1)
}

/// Notes that the correction which a station asked for was answered.
pub fn answer_correction(
    db: &mut Db,
    application: ApplicationId,
    station: CorrectionStation,
    now: NaiveDateTime,
) -> QueryResult<()> {
    diesel::update(
        corrections::table
            .filter(corrections::application_id.eq(application).and(corrections::station.eq(station)))
            .filter(corrections::answered_at.is_null()),
    )
    .set(corrections::answered_at.eq(now))
    .execute(db)
    .map(drop)
}
