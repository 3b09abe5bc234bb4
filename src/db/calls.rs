//! Calls.

use super::connection::Db;
use super::schema::calls;
use super::types::Json;
use crate::domain::call::{CallStatus, Windows};
use crate::domain::ids::{AccountId, CallId};
use crate::domain::programme::Programme;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// One run of a programme.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = calls)]
pub struct Call {
    /// Id.
    pub id: CallId,
    /// Of which programme.
    pub programme_key: String,
    /// In which version.
    pub programme_version: i32,
    /// SHA-256 of the pinned programme's canonical text.
    pub programme_digest: String,
    /// The pinned programme.
    pub programme: Json<Programme>,
    /// Year.
    pub year: i32,
    /// Title.
    pub title: String,
    /// Text for applicants.
    pub body: String,
    /// Policy it rests on: title.
    pub basis_title: String,
    /// Policy it rests on: number.
    pub basis_number: String,
    /// Policy it rests on: day of issue.
    pub basis_issued_on: NaiveDate,
    /// Policy it rests on: last day, if it has one.
    pub basis_valid_until: Option<NaiveDate>,
    /// Applications are accepted from here …
    pub opens_at: NaiveDateTime,
    /// … until here, which is already outside.
    pub closes_at: NaiveDateTime,
    /// Bureaus recommend until here.
    pub recommend_by: NaiveDateTime,
    /// Where it stands before the clock takes over.
    pub status: CallStatus,
    /// The call it was copied from.
    pub copied_from: Option<CallId>,
    /// Drafted by.
    pub drafted_by: AccountId,
    /// Approved by.
    pub approved_by: Option<AccountId>,
    /// Approved.
    pub approved_at: Option<NaiveDateTime>,
    /// Made.
    pub created_at: NaiveDateTime,
    /// Version for the optimistic lock.
    pub version: i32,
}

impl Call {
    /// Its instants.
    pub fn windows(&self) -> Windows {
        Windows { opens_at: self.opens_at, closes_at: self.closes_at, recommend_by: self.recommend_by }
    }
}

/// Adds a call.
pub fn create(db: &mut Db, call: &Call) -> QueryResult<()> {
    diesel::insert_into(calls::table).values(call).execute(db).map(drop)
}

/// The call of an id. Drafts are the department's: the caller sees to that.
pub fn find(db: &mut Db, id: CallId) -> QueryResult<Call> {
    calls::table.find(id).select(Call::as_select()).first(db)
}

/// Holds the call until the transaction ends: whoever counts places or numbers of a call does so alone.
pub fn lock(db: &mut Db, id: CallId) -> QueryResult<()> {
    db.lock_row("calls", id.as_text())
}
