//! Documents of applications. A removed one keeps its row: an earlier submission may rest on it.

use super::applications;
use super::connection::Db;
use super::schema::attachments;
use crate::domain::ids::{AccountId, ApplicationId, AttachmentId};
use crate::domain::scope::Scope;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// An uploaded document.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments)]
pub struct Attachment {
    /// Id.
    pub id: AttachmentId,
    /// Of which application.
    pub application_id: ApplicationId,
    /// Key of its kind in the programme.
    pub kind: String,
    /// Its name, cleaned.
    pub name: String,
    /// SHA-256 of its content; its key in the object store.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: i64,
    /// What the content was found to be.
    pub file_type: String,
    /// Uploaded by.
    pub uploaded_by: AccountId,
    /// Uploaded.
    pub uploaded_at: NaiveDateTime,
    /// Taken out of the file.
    pub removed_at: Option<NaiveDateTime>,
}

/// Adds a document. The bytes are durable before.
pub fn create(db: &mut Db, attachment: &Attachment) -> QueryResult<()> {
    diesel::insert_into(attachments::table).values(attachment).execute(db).map(drop)
}

/// The documents in an application's file now. The caller has the application in its scope.
pub fn of_application(db: &mut Db, application: ApplicationId) -> QueryResult<Vec<Attachment>> {
    attachments::table
        .filter(attachments::application_id.eq(application).and(attachments::removed_at.is_null()))
        .order((attachments::uploaded_at, attachments::id))
        .select(Attachment::as_select())
        .load(db)
}

/// How many documents an application ever had, removed ones too.
pub fn count_ever(db: &mut Db, application: ApplicationId) -> QueryResult<i64> {
    attachments::table.filter(attachments::application_id.eq(application)).select(count_star()).first(db)
}

/// A document, removed or not, of an application in sight; any other is not found.
pub fn find(db: &mut Db, scope: &Scope, id: AttachmentId) -> QueryResult<Attachment> {
    let attachment: Attachment = attachments::table.find(id).select(Attachment::as_select()).first(db)?;
    applications::find(db, scope, attachment.application_id)?;
    Ok(attachment)
}

/// Takes a document out of the file; false when it was out already.
pub fn remove(db: &mut Db, id: AttachmentId, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(attachments::table.find(id).filter(attachments::removed_at.is_null()))
        .set(attachments::removed_at.eq(now))
        .execute(db)
        .map(|rows| rows == 1)
}
