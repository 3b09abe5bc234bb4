//! What was uploaded, as rows and as the record have it.

use crate::db::connection::Db;
use crate::db::schema::{applications, attachments, code_overrides, events, objection_evidence};
use crate::db::types::Json;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::Value;

/// A document of an application as its row has it.
#[derive(Debug, Clone, Queryable)]
pub struct DocumentRow {
    /// Of which application.
    pub application: String,
    /// Its id.
    pub id: String,
    /// Key of its kind in the programme.
    pub kind: String,
    /// What its content was found to be.
    pub file_type: String,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: i64,
    /// When it was taken out of the file.
    pub removed_at: Option<NaiveDateTime>,
}

/// Up to `limit` applications after one, each with its call.
pub fn applications_after(db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<(String, String)>> {
    applications::table
        .filter(applications::id.gt(after.to_string()))
        .order(applications::id)
        .select((applications::id, applications::call_id))
        .limit(limit)
        .load(db)
}

/// All documents that these applications ever had.
pub fn documents_of(db: &mut Db, applications: &[String]) -> QueryResult<Vec<DocumentRow>> {
    attachments::table
        .filter(attachments::application_id.eq_any(applications.to_vec()))
        .order((attachments::application_id, attachments::id))
        .select((
            attachments::application_id,
            attachments::id,
            attachments::kind,
            attachments::file_type,
            attachments::sha256,
            attachments::bytes,
            attachments::removed_at,
        ))
        .load(db)
}

/// What the record says of documents that came into these applications: the application and the detail of each event.
pub fn documents_recorded(db: &mut Db, applications: &[String]) -> QueryResult<Vec<(String, Value)>> {
    let rows: Vec<(String, Json<Value>)> = events::table
        .filter(events::subject_kind.eq("application"))
        .filter(events::subject_id.eq_any(applications.to_vec()))
        .filter(events::action.eq("application.document_added"))
        .order((events::subject_id, events::seq))
        .select((events::subject_id, events::detail))
        .load(db)?;
    Ok(rows.into_iter().map(|(application, detail)| (application, detail.0)).collect())
}

/// The licence image of each organisation that provided one: whose, and the SHA-256 of its content.
pub fn licences(db: &mut Db) -> QueryResult<Vec<(String, String)>> {
    code_overrides::table
        .order(code_overrides::organisation_id)
        .select((code_overrides::organisation_id, code_overrides::licence_sha256))
        .load(db)
}

/// What the record says of licence images: the organisation, when, and the detail of each event, one after the other.
pub fn licences_recorded(db: &mut Db) -> QueryResult<Vec<(String, NaiveDateTime, Value)>> {
    let rows: Vec<(String, NaiveDateTime, Json<Value>)> = events::table
        .filter(events::subject_kind.eq("organisation"))
        .filter(events::action.eq("organisation.licence_provided"))
        .order((events::subject_id, events::seq))
        .select((events::subject_id, events::at, events::detail))
        .load(db)?;
    Ok(rows.into_iter().map(|(organisation, at, detail)| (organisation, at, detail.0)).collect())
}

/// All evidence that objections name: of which objection, and the SHA-256 of its content.
pub fn evidence(db: &mut Db) -> QueryResult<Vec<(String, String)>> {
    objection_evidence::table
        .order((objection_evidence::objection_id, objection_evidence::sha256))
        .select((objection_evidence::objection_id, objection_evidence::sha256))
        .load(db)
}
