//! The department's screening.

use super::connection::Db;
use super::schema::{attachments, screenings};
use super::types::Json;
use crate::domain::ids::{AccountId, ApplicationId, AttachmentId};
use crate::domain::screening::CheckedItem;
use crate::domain::status::Conclusion;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A screening: made once, never changed, and taken away only where the acceptance is taken back; the record keeps it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = screenings)]
pub struct Screening {
    /// Of which application.
    pub application_id: ApplicationId,
    /// For each item of the check list: the machine's finding and the officer's own.
    pub findings: Json<Vec<CheckedItem>>,
    /// How it ended.
    pub conclusion: Conclusion,
    /// The reason that the applicant reads; empty for an accepted file.
    pub reason: String,
    /// By whom.
    pub screened_by: AccountId,
    /// When.
    pub screened_at: NaiveDateTime,
}

/// Adds a screening; a unique violation means that there is one.
pub fn create(db: &mut Db, screening: &Screening) -> QueryResult<()> {
    diesel::insert_into(screenings::table).values(screening).execute(db).map(drop)
}

/// The screening of an application that is in the caller's scope.
pub fn of_application(db: &mut Db, application: ApplicationId) -> QueryResult<Option<Screening>> {
    screenings::table.find(application).select(Screening::as_select()).first(db).optional()
}

/// Takes a screening away, whose acceptance is taken back.
pub fn delete(db: &mut Db, application: ApplicationId) -> QueryResult<()> {
    diesel::delete(screenings::table.find(application)).execute(db).map(drop)
}

/// A document as an officer's check list names it.
#[derive(Debug, Clone, Queryable)]
pub struct Document {
    /// Id.
    pub id: AttachmentId,
    /// Key of its kind in the programme.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Length in bytes.
    pub bytes: i64,
    /// SHA-256 of its content.
    pub sha256: String,
}

/// The documents in the file of an application that is in the caller's scope.
pub fn documents(db: &mut Db, application: ApplicationId) -> QueryResult<Vec<Document>> {
    attachments::table
        .filter(attachments::application_id.eq(application).and(attachments::removed_at.is_null()))
        .order((attachments::uploaded_at, attachments::id))
        .select((attachments::id, attachments::kind, attachments::name, attachments::bytes, attachments::sha256))
        .load(db)
}
