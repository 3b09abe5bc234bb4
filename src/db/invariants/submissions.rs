//! What was filed, as stored.

use crate::db::connection::Db;
use crate::db::schema::{attachments, submissions};
use crate::db::types::Sealed;
use diesel::prelude::*;

/// The ids of all submissions.
pub fn submission_ids(db: &mut Db) -> QueryResult<Vec<String>> {
    submissions::table.order(submissions::id).select(submissions::id).load(db)
}

/// A frozen submission as stored.
#[derive(Debug, Clone, Queryable)]
pub struct Frozen {
    /// Of which application.
    pub application: String,
    /// Which submission of it.
    pub number: i32,
    /// What was filed, sealed.
    pub content: Sealed,
    /// Its hash, in hex.
    pub sha256: String,
}

/// A submission.
pub fn submission(db: &mut Db, id: &str) -> QueryResult<Frozen> {
    submissions::table
        .find(id)
        .select((submissions::application_id, submissions::number, submissions::content, submissions::sha256))
        .first(db)
}

/// The digest and length of a document of an application, in or out of the file by now.
pub fn document(db: &mut Db, application: &str, id: &str) -> QueryResult<Option<(String, i64)>> {
    attachments::table
        .filter(attachments::id.eq(id.to_string()).and(attachments::application_id.eq(application.to_string())))
        .select((attachments::sha256, attachments::bytes))
        .first(db)
        .optional()
}
