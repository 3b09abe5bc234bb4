//! Whose things are, who made them and when, as their rows have it.

use crate::db::connection::Db;
use crate::db::schema::{applications, corrections, objections, submissions};
use crate::db::types::Json;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::Value;

/// Where an application comes from.
#[derive(Debug, Clone, Queryable)]
pub struct ApplicationOrigin {
    /// Its id.
    pub id: String,
    /// Of which call.
    pub call: String,
    /// Of which organisation.
    pub organisation: String,
    /// Begun by.
    pub created_by: String,
    /// Begun.
    pub created_at: NaiveDateTime,
    /// Its number, from the first submission on.
    pub number: Option<String>,
    /// First submitted.
    pub submitted_at: Option<NaiveDateTime>,
}

/// Of every application.
pub fn application_origins(db: &mut Db) -> QueryResult<Vec<ApplicationOrigin>> {
    applications::table
        .order(applications::id)
        .select((
            applications::id,
            applications::call_id,
            applications::organisation_id,
            applications::created_by,
            applications::created_at,
            applications::number,
            applications::submitted_at,
        ))
        .load(db)
}

/// Who filed a submission, and when.
#[derive(Debug, Clone, Queryable)]
pub struct SubmissionOrigin {
    /// Its id.
    pub id: String,
    /// Of which application.
    pub application: String,
    /// Which submission of it.
    pub number: i32,
    /// Filed by.
    pub submitted_by: String,
    /// Filed.
    pub submitted_at: NaiveDateTime,
}

/// Of every submission.
pub fn submission_origins(db: &mut Db) -> QueryResult<Vec<SubmissionOrigin>> {
    submissions::table
        .order(submissions::id)
        .select((
            submissions::id,
            submissions::application_id,
            submissions::number,
            submissions::submitted_by,
            submissions::submitted_at,
        ))
        .load(db)
}

/// Who asked for a correction and when, and when it was answered.
#[derive(Debug, Clone, Queryable)]
pub struct CorrectionOrigin {
    /// Its id.
    pub id: String,
    /// Of which application.
    pub application: String,
    /// By which station.
    pub station: String,
    /// Asked by.
    pub requested_by: String,
    /// Asked.
    pub requested_at: NaiveDateTime,
    /// Submitted again.
    pub answered_at: Option<NaiveDateTime>,
}

/// Of every correction.
pub fn correction_origins(db: &mut Db) -> QueryResult<Vec<CorrectionOrigin>> {
    corrections::table
        .order(corrections::id)
        .select((
            corrections::id,
            corrections::application_id,
            corrections::station,
            corrections::requested_by,
            corrections::requested_at,
            corrections::answered_at,
        ))
        .load(db)
}

/// What an objection was taken in as.
#[derive(Debug, Clone, Queryable)]
pub struct ObjectionOrigin {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// During which notice.
    pub notice: String,
    /// Against which application.
    pub application: String,
    /// Received.
    pub received_at: NaiveDateTime,
    /// What it lacked.
    pub shortcomings: Json<Value>,
}

/// Of every objection.
pub fn objection_origins(db: &mut Db) -> QueryResult<Vec<ObjectionOrigin>> {
    objections::table
        .order(objections::id)
        .select((
            objections::id,
            objections::number,
            objections::notice_id,
            objections::application_id,
            objections::received_at,
            objections::shortcomings,
        ))
        .load(db)
}
