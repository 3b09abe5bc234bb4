//! Frozen submissions: what the applicant filed, each time, as it was.

use super::connection::Db;
use super::portable::Fixed;
use super::schema::{corrections, submissions};
use super::types::Json;
use crate::domain::ids::{AccountId, ApplicationId, SubmissionId};
use crate::domain::status::CorrectionStation;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A frozen submission. Append-only: the database refuses any change.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = submissions)]
pub struct Submission {
    /// Id.
    pub id: SubmissionId,
    /// Of which application.
    pub application_id: ApplicationId,
    /// Which submission of it, from 1.
    pub number: i32,
    /// What was filed ([`crate::actions::submit::Content`]).
    pub content: Json<serde_json::Value>,
    /// SHA-256, in hex, over the canonical text of the content.
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
