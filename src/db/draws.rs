//! Draws of experts: one row an attempt, the abandoned ones too.

use super::connection::Db;
use super::experts::Expert;
use super::schema::{draws, experts};
use super::types::Json;
use crate::domain::draw::Role;
use crate::domain::ids::{AccountId, CallId, DrawId};
use crate::domain::programme::Stratum;
use crate::domain::status::DrawStatus;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// One attempt at drawing a panel for a call.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = draws)]
pub struct Draw {
    /// Id.
    pub id: DrawId,
    /// For which call.
    pub call_id: CallId,
    /// From 1.
    pub attempt: i32,
    /// Where it stands.
    pub status: DrawStatus,
    /// How many experts of which field; a candidate belongs to the first whose field they have.
    pub strata: Json<Vec<Stratum>>,
    /// Announced by.
    pub announced_by: AccountId,
    /// Announced.
    pub announced_at: NaiveDateTime,
    /// The handler who is a party to it.
    pub handler_id: Option<AccountId>,
    /// The handler's commitment, hexadecimal.
    pub handler_commitment: Option<String>,
    /// The handler's secret, hexadecimal, once revealed. For nobody's eyes before the draw is done.
    pub handler_reveal: Option<String>,
    /// The auditor who is a party to it.
    pub auditor_id: Option<AccountId>,
    /// The auditor's commitment, hexadecimal.
    pub auditor_commitment: Option<String>,
    /// The auditor's secret, as the handler's.
    pub auditor_reveal: Option<String>,
    /// Candidates, exclusions, commitments and earlier attempts as they were frozen: canonical JSON.
    #[diesel(column_name = list)]
    pub opening: Option<String>,
    /// Its digest, hexadecimal.
    #[diesel(column_name = list_sha256)]
    pub opening_digest: Option<String>,
    /// Hash of the event that froze it.
    pub chain_head: Option<String>,
    /// When it was frozen.
    pub listed_at: Option<NaiveDateTime>,
    /// The record file, byte for byte.
    pub record: Option<String>,
    /// Its digest, hexadecimal.
    #[diesel(column_name = record_sha256)]
    pub record_digest: Option<String>,
    /// Drawn or abandoned.
    pub ended_at: Option<NaiveDateTime>,
    /// Why it was abandoned.
    pub reason: Option<String>,
    /// Version for the optimistic lock.
    pub version: i32,
    /// Why it is to be annulled, or was.
    pub annulment_reason: Option<String>,
    /// Who proposed that.
    pub annulment_proposed_by: Option<AccountId>,
    /// When.
    pub annulment_proposed_at: Option<NaiveDateTime>,
    /// Who agreed, another person.
    pub annulled_by: Option<AccountId>,
    /// When; from then on nothing follows from the draw.
    pub annulled_at: Option<NaiveDateTime>,
}

/// What one party brought to a draw.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Who.
    pub account: Option<AccountId>,
    /// The commitment.
    pub commitment: Option<&'a str>,
    /// The secret, once revealed.
    pub reveal: Option<&'a str>,
}

impl Draw {
    /// What this party brought to it so far.
    pub fn side(&self, role: Role) -> Side<'_> {
        let (account, commitment, reveal) = match role {
            Role::Handler => (self.handler_id, &self.handler_commitment, &self.handler_reveal),
            Role::Auditor => (self.auditor_id, &self.auditor_commitment, &self.auditor_reveal),
        };
        Side { account, commitment: commitment.as_deref(), reveal: reveal.as_deref() }
    }

    /// Whether it is neither drawn nor abandoned.
    pub fn is_running(&self) -> bool {
        matches!(self.status, DrawStatus::Announced | DrawStatus::Listed)
    }

    /// Whether it is done, and its panel the one to take.
    pub fn is_in_force(&self) -> bool {
        self.status == DrawStatus::Drawn && self.annulled_at.is_none()
    }
}

/// Adds an attempt; a unique violation means that one is running.
pub fn create(db: &mut Db, draw: &Draw) -> QueryResult<()> {
    diesel::insert_into(draws::table).values(draw).execute(db).map(drop)
}

/// The attempts for a call, in order.
pub fn of_call(db: &mut Db, call: CallId) -> QueryResult<Vec<Draw>> {
    draws::table.filter(draws::call_id.eq(call)).order(draws::attempt).select(Draw::as_select()).load(db)
}

/// The attempt of an id, held until the transaction ends.
pub fn find_to_change(db: &mut Db, id: DrawId) -> QueryResult<Draw> {
    db.lock_row("draws", id.as_text())?;
    draws::table.find(id).select(Draw::as_select()).first(db)
}

/// Stores what changed of an attempt; false when it was changed since `version`.
pub fn update(db: &mut Db, draw: &Draw, version: i32) -> QueryResult<bool> {
    diesel::update(draws::table.find(draw.id).filter(draws::version.eq(version)))
        .set((
            draws::status.eq(draw.status),
            draws::handler_id.eq(draw.handler_id),
            draws::handler_commitment.eq(&draw.handler_commitment),
            draws::handler_reveal.eq(&draw.handler_reveal),
            draws::auditor_id.eq(draw.auditor_id),
            draws::auditor_commitment.eq(&draw.auditor_commitment),
            draws::auditor_reveal.eq(&draw.auditor_reveal),
            draws::list.eq(&draw.opening),
            draws::list_sha256.eq(&draw.opening_digest),
            draws::chain_head.eq(&draw.chain_head),
            draws::listed_at.eq(draw.listed_at),
            draws::record.eq(&draw.record),
            draws::record_sha256.eq(&draw.record_digest),
            draws::ended_at.eq(draw.ended_at),
            draws::reason.eq(&draw.reason),
            draws::annulment_reason.eq(&draw.annulment_reason),
            draws::annulment_proposed_by.eq(draw.annulment_proposed_by),
            draws::annulment_proposed_at.eq(draw.annulment_proposed_at),
            draws::annulled_by.eq(draw.annulled_by),
            draws::annulled_at.eq(draw.annulled_at),
            draws::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Every draw that is to be annulled, the oldest proposal first.
pub fn to_annul(db: &mut Db) -> QueryResult<Vec<Draw>> {
    draws::table
        .filter(draws::annulment_proposed_at.is_not_null().and(draws::annulled_at.is_null()))
        .order((draws::annulment_proposed_at, draws::id))
        .select(Draw::as_select())
        .load(db)
}

/// Every draw that is done, the annulled ones too.
pub fn drawn(db: &mut Db) -> QueryResult<Vec<Draw>> {
    draws::table.filter(draws::status.eq(DrawStatus::Drawn)).order(draws::id).select(Draw::as_select()).load(db)
}

/// Every attempt that is running, the oldest first.
pub fn running(db: &mut Db) -> QueryResult<Vec<Draw>> {
    draws::table
        .filter(draws::status.eq_any([DrawStatus::Announced, DrawStatus::Listed]))
        .order((draws::announced_at, draws::id))
        .select(Draw::as_select())
        .load(db)
}

/// Every expert who was ever taken into the pool, whatever their standing, in the order of ids.
pub fn pool(db: &mut Db) -> QueryResult<Vec<Expert>> {
    experts::table.order(experts::id).select(Expert::as_select()).load(db)
}
