//! Requests of people to join an organisation that is registered already.

use super::connection::Db;
use super::schema::{accounts, join_requests, organisations};
use crate::domain::ids::{AccountId, JoinRequestId, OrganisationId};
use crate::domain::status::JoinStatus;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A request to join.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = join_requests)]
pub struct JoinRequest {
    /// Id.
    pub id: JoinRequestId,
    /// Which organisation.
    pub organisation_id: OrganisationId,
    /// Who asks.
    pub account_id: AccountId,
    /// What they say of themselves: sealed ([`crate::actions::sealed`]); empty once its term is over.
    pub message: String,
    /// Where it stands.
    pub status: JoinStatus,
    /// Asked.
    pub created_at: NaiveDateTime,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<NaiveDateTime>,
}

/// Adds a request; a unique violation means that one is waiting already.
pub fn create(db: &mut Db, request: &JoinRequest) -> QueryResult<()> {
    diesel::insert_into(join_requests::table).values(request).execute(db).map(drop)
}

/// A request of an organisation.
pub fn find(db: &mut Db, organisation: OrganisationId, id: JoinRequestId) -> QueryResult<JoinRequest> {
    join_requests::table
        .find(id)
        .filter(join_requests::organisation_id.eq(organisation))
        .select(JoinRequest::as_select())
        .first(db)
}

/// Decides a waiting request; false when somebody was faster.
pub fn decide(
    db: &mut Db,
    id: JoinRequestId,
    status: JoinStatus,
    by: AccountId,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    diesel::update(join_requests::table.find(id).filter(join_requests::status.eq(JoinStatus::Pending)))
        .set((join_requests::status.eq(status), join_requests::decided_by.eq(by), join_requests::decided_at.eq(now)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Takes back everything that a person has asked for and that waits: they joined elsewhere.
pub fn decline_others(db: &mut Db, account: AccountId, by: AccountId, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(
        join_requests::table
            .filter(join_requests::account_id.eq(account).and(join_requests::status.eq(JoinStatus::Pending))),
    )
    .set((
        join_requests::status.eq(JoinStatus::Declined),
        join_requests::decided_by.eq(by),
        join_requests::decided_at.eq(now),
    ))
    .execute(db)
}

/// Requests that wait for an organisation's administrator, oldest first, with who asks: name and address.
pub fn waiting(db: &mut Db, organisation: OrganisationId) -> QueryResult<Vec<(JoinRequest, String, String)>> {
    join_requests::table
        .inner_join(accounts::table.on(accounts::id.eq(join_requests::account_id)))
        .filter(join_requests::organisation_id.eq(organisation).and(join_requests::status.eq(JoinStatus::Pending)))
        .order((join_requests::created_at, join_requests::id))
        .select((JoinRequest::as_select(), accounts::name, accounts::email))
        .load(db)
}

/// Every request to join an organisation that is kept, decided or not, oldest first, with who asked: name and address.
pub fn of_organisation(db: &mut Db, organisation: OrganisationId) -> QueryResult<Vec<(JoinRequest, String, String)>> {
    join_requests::table
        .inner_join(accounts::table.on(accounts::id.eq(join_requests::account_id)))
        .filter(join_requests::organisation_id.eq(organisation))
        .order((join_requests::created_at, join_requests::id))
        .select((JoinRequest::as_select(), accounts::name, accounts::email))
        .load(db)
}

/// A person's requests, newest first, with the organisation's name.
pub fn of_account(db: &mut Db, account: AccountId) -> QueryResult<Vec<(JoinRequest, String)>> {
    join_requests::table
        .inner_join(organisations::table)
        .filter(join_requests::account_id.eq(account))
        .order((join_requests::created_at.desc(), join_requests::id.desc()))
        .select((JoinRequest::as_select(), organisations::name))
        .load(db)
}

/// Takes away what people wrote of themselves in requests that were decided before `before`; how many there were.
pub fn empty_decided(db: &mut Db, before: NaiveDateTime) -> QueryResult<usize> {
    let decided = join_requests::table
        .filter(join_requests::decided_at.is_not_null().and(join_requests::decided_at.assume_not_null().lt(before)))
        .filter(join_requests::message.ne(""));
    diesel::update(decided).set(join_requests::message.eq("")).execute(db)
}

/// Messages of requests that stand in the clear, by their ids.
pub fn messages_in_the_clear(db: &mut Db) -> QueryResult<Vec<(JoinRequestId, String)>> {
    join_requests::table
        .filter(join_requests::message.ne("").and(join_requests::message.not_like("sealed:%")))
        .order(join_requests::id)
        .select((join_requests::id, join_requests::message))
        .load(db)
}

/// Keeps a sealed message of a request. It is the same one.
pub fn keep_sealed_message(db: &mut Db, id: JoinRequestId, message: &str) -> QueryResult<()> {
    diesel::update(join_requests::table.find(id))
        .set(join_requests::message.eq(message.to_string()))
        .execute(db)
        .map(drop)
}

/// The message of every request, as it is kept.
pub fn messages(db: &mut Db) -> QueryResult<Vec<(String, String)>> {
    join_requests::table
        .filter(join_requests::message.ne(""))
        .order(join_requests::id)
        .select((join_requests::id, join_requests::message))
        .load(db)
}
