//! Corrections asked for.

use super::connection::Db;
use super::schema::corrections;
use super::types::Json;
use crate::domain::ids::{AccountId, ApplicationId, CorrectionId};
use crate::domain::status::CorrectionStation;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// One thing to be mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// Key of the field or of the kind of document.
    pub key: String,
    /// What is wrong with it, for the applicant.
    pub reason: String,
}

/// What a mark is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// A field of the form.
    Field,
    /// A kind of document.
    Document,
    /// The consortium members.
    Members,
}

/// A correction asked for.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = corrections)]
pub struct Correction {
    /// Id.
    pub id: CorrectionId,
    /// Of which application.
    pub application_id: ApplicationId,
    /// By which station.
    pub station: CorrectionStation,
    /// What must be mended.
    pub marks: Json<Vec<Mark>>,
    /// A word to the applicant.
    pub note: String,
    /// Until when; that instant is already too late.
    pub due_at: NaiveDateTime,
    /// Asked by.
    pub requested_by: AccountId,
    /// Asked.
    pub requested_at: NaiveDateTime,
    /// Submitted again.
    pub answered_at: Option<NaiveDateTime>,
}

/// The corrections of an application that is in the caller's scope.
pub fn of_application(db: &mut Db, application: ApplicationId) -> QueryResult<Vec<Correction>> {
    corrections::table
        .filter(corrections::application_id.eq(application))
        .order(corrections::requested_at)
        .select(Correction::as_select())
        .load(db)
}

/// The corrections of several applications that are in the caller's scope, in the order of asking.
pub fn of_applications(db: &mut Db, applications: &[ApplicationId]) -> QueryResult<Vec<Correction>> {
    corrections::table
        .filter(corrections::application_id.eq_any(applications.to_vec()))
        .order((corrections::requested_at, corrections::id))
        .select(Correction::as_select())
        .load(db)
}

/// Adds a correction; a unique violation means that the station has asked for one already.
pub fn create(db: &mut Db, correction: &Correction) -> QueryResult<()> {
    diesel::insert_into(corrections::table).values(correction).execute(db).map(drop)
}

/// Gives more time; false when the correction has been answered or its date is no longer `seen`.
pub fn extend(db: &mut Db, id: CorrectionId, seen: NaiveDateTime, due_at: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(corrections::table.find(id))
        .filter(corrections::answered_at.is_null().and(corrections::due_at.eq(seen)))
        .set(corrections::due_at.eq(due_at))
        .execute(db)
        .map(|rows| rows == 1)
}
