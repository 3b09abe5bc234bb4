//! Sessions, refresh tokens and one-time tokens. All are looked up by the hash of their secret.

use super::connection::Db;
use super::schema::{accounts, experts, grants, one_time_tokens, refresh_tokens, sessions};
use crate::domain::actor::{Actor, Held, Role};
use crate::domain::calendar::local_date;
use crate::domain::ids::{AccountId, ExpertId, OrganisationId};
use crate::domain::status::{AccountStatus, ExpertStatus, SessionKind, TokenPurpose};
use chrono::NaiveDateTime;
use diesel::dsl::count;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// A session.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// Hash of its secret.
    pub id: String,
    /// Whose.
    pub account_id: AccountId,
    /// Browser or API.
    pub kind: SessionKind,
    /// The browser's name.
    pub user_agent: String,
    /// Begun.
    pub created_at: NaiveDateTime,
    /// Last used.
    pub seen_at: NaiveDateTime,
    /// Ends then unless it is used again.
    pub expires_at: NaiveDateTime,
    /// Ended by its owner or an administrator.
    pub ended_at: Option<NaiveDateTime>,
    /// A code of the second factor was last given.
    pub factor_at: Option<NaiveDateTime>,
    /// Begun by a right password alone where the second factor was owed beside it: it ends or gives way to a whole one, and never
    /// becomes one.
    pub is_half: bool,
}

/// Begins a session.
pub fn create(db: &mut Db, session: &Session) -> QueryResult<()> {
    diesel::insert_into(sessions::table).values(session).execute(db).map(drop)
}

/// A session that is good now.
pub fn find_live(db: &mut Db, id: &str, now: NaiveDateTime) -> QueryResult<Option<Session>> {
    sessions::table
        .find(id)
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .select(Session::as_select())
        .first(db)
        .optional()
}

/// Holds sessions until the transaction ends, in the order of their ids: whoever ends one has done so before, or waits.
pub fn hold(db: &mut Db, ids: &BTreeSet<String>) -> QueryResult<()> {
    ids.iter().try_for_each(|id| db.lock_row("sessions", id))
}

/// The sessions of these accounts that nobody has ended, but for some.
pub fn open_of(db: &mut Db, accounts: &[AccountId], but: &[String]) -> QueryResult<Vec<String>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    sessions::table
        .filter(sessions::account_id.eq_any(accounts.to_vec()).and(sessions::ended_at.is_null()))
        .filter(sessions::id.ne_all(but.to_vec()))
        .select(sessions::id)
        .load(db)
}

/// Whoever comes with a session, and what is known of their second factor.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The person, with the roles they hold at this instant.
    pub actor: Actor,
    /// Whether they have a second factor in use.
    pub enrolled: bool,
    /// When a code was last given in this session.
    pub factor_at: Option<NaiveDateTime>,
    /// Whether this session was begun by half a sign-in.
    pub is_half: bool,
    /// When the password was set; for one that was set before this was noted, when the account was made. None for an
    /// account that has none.
    pub password_at: Option<NaiveDateTime>,
}

/// The person of a session that is good now, with the roles they hold at this instant.
pub fn actor(db: &mut Db, id: &str, now: NaiveDateTime) -> QueryResult<Option<Actor>> {
    Ok(visitor(db, id, now)?.map(|visitor| visitor.actor))
}

/// The same, with what decides whether they are in or still owe a code.
pub fn visitor(db: &mut Db, id: &str, now: NaiveDateTime) -> QueryResult<Option<Visitor>> {
    type Password = (Option<String>, Option<NaiveDateTime>, NaiveDateTime);
    type Row = (AccountId, String, String, (Option<NaiveDateTime>, bool), Password);
    let found: Option<Row> = sessions::table
        .inner_join(accounts::table)
        .filter(sessions::id.eq(id))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .filter(accounts::status.eq(AccountStatus::Active))
        .select((
            accounts::id,
            accounts::name,
            accounts::language,
            (sessions::factor_at, sessions::is_half),
            (accounts::password_hash, accounts::password_set_at, accounts::created_at),
        ))
        .first(db)
        .optional()?;
    let Some((account, name, language, (factor_at, is_half), password)) = found else { return Ok(None) };
    let (hash, set_at, created_at) = password;
    let enrolled = super::second_factors::in_use_since(db, account)?.is_some();
    let actor = Actor { account: Some(account), name, language, held: held(db, account, now)? };
    let password_at = hash.map(|_| set_at.unwrap_or(created_at));
    Ok(Some(Visitor { actor, enrolled, factor_at, is_half, password_at }))
}

/// Notes that a code was given in a session.
pub fn note_factor(db: &mut Db, id: &str, at: NaiveDateTime) -> QueryResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::factor_at.eq(at)).execute(db).map(drop)
}

/// The roles that an account holds at this instant: those that were given, not taken back and not at their end. An
/// expert's lasts while the expert serves ([`crate::domain::appointment::Appointment`]).
pub fn held(db: &mut Db, account: AccountId, now: NaiveDateTime) -> QueryResult<Vec<Held>> {
    type Row = (Role, Option<OrganisationId>, Option<String>, Option<ExpertId>);
    let today = local_date(now);
    let rows: Vec<Row> = grants::table
        .filter(grants::account_id.eq(account))
        .filter(grants::revoked_at.is_null())
        .filter(grants::ends_on.is_null().or(grants::ends_on.ge(today)))
        .order((grants::granted_at, grants::id))
        .select((grants::role, grants::organisation_id, grants::bureau, grants::expert_id))
        .load(db)?;
    let mut held = Vec::with_capacity(rows.len());
    for (role, organisation, bureau, expert) in rows {
        if let Some(expert) = expert
            && !super::experts::appointment(db, expert)?.is_some_and(|appointment| appointment.serves_on(today))
        {
            continue;
        }
        held.push(Held { role, organisation, bureau, expert });
    }
    Ok(held)
}

/// Notes that a session is in use and puts off its end.
pub fn keep_alive(db: &mut Db, id: &str, seen_at: NaiveDateTime, expires_at: NaiveDateTime) -> QueryResult<()> {
    diesel::update(sessions::table.find(id))
        .set((sessions::seen_at.eq(seen_at), sessions::expires_at.eq(expires_at)))
        .execute(db)
        .map(drop)
}

/// Ends one session.
pub fn end(db: &mut Db, id: &str, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(sessions::table.find(id).filter(sessions::ended_at.is_null()))
        .set(sessions::ended_at.eq(now))
        .execute(db)
        .map(drop)
}

/// Ends every session of these accounts, but for some.
pub fn end_all(db: &mut Db, accounts: &[AccountId], but: &[String], now: NaiveDateTime) -> QueryResult<()> {
    if accounts.is_empty() {
        return Ok(());
    }
    let open = sessions::account_id.eq_any(accounts.to_vec()).and(sessions::ended_at.is_null());
    diesel::update(sessions::table.filter(open).filter(sessions::id.ne_all(but.to_vec())))
        .set(sessions::ended_at.eq(now))
        .execute(db)
        .map(drop)
}

/// The open sessions of an account in which no second factor was given.
pub fn without_factor(db: &mut Db, account: AccountId) -> QueryResult<Vec<String>> {
    sessions::table
        .filter(sessions::account_id.eq(account).and(sessions::ended_at.is_null()))
        .filter(sessions::factor_at.is_null())
        .select(sessions::id)
        .load(db)
}

/// The sessions of an account that are good now, last used first.
pub fn live_of(db: &mut Db, account: AccountId, now: NaiveDateTime) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::account_id.eq(account))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .order((sessions::seen_at.desc(), sessions::id))
        .select(Session::as_select())
        .load(db)
}

/// How many sessions of those who hold a role now ([`held`]) are good now: an expert who rests holds none.
pub fn count_live(db: &mut Db, role: Role, now: NaiveDateTime) -> QueryResult<i64> {
    let today = local_date(now);
    sessions::table
        .inner_join(grants::table.on(grants::account_id.eq(sessions::account_id)))
        .left_join(experts::table.on(experts::id.nullable().eq(grants::expert_id)))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .filter(grants::role.eq(role))
        .filter(grants::revoked_at.is_null())
        .filter(grants::ends_on.is_null().or(grants::ends_on.ge(today)))
        // What Appointment::serves_on says, for whoever is an expert.
        .filter(grants::expert_id.is_null().or(experts::status.eq(ExpertStatus::Active)))
        .filter(experts::term_from.nullable().is_null().or(experts::term_from.le(today)))
        .filter(experts::term_to.nullable().is_null().or(experts::term_to.ge(today)))
        .select(count(sessions::id).aggregate_distinct())
        .first(db)
}

/// A refresh token.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens)]
pub struct RefreshToken {
    /// Hash of its secret.
    pub id: String,
    /// The session that it goes on with.
    pub session_id: String,
    /// Issued.
    pub created_at: NaiveDateTime,
    /// Good until.
    pub expires_at: NaiveDateTime,
    /// Used; a second use ends the session.
    pub used_at: Option<NaiveDateTime>,
}

/// Keeps a new refresh token.
pub fn create_refresh_token(db: &mut Db, token: &RefreshToken) -> QueryResult<()> {
    diesel::insert_into(refresh_tokens::table).values(token).execute(db).map(drop)
}

/// A refresh token, used or not.
pub fn find_refresh_token(db: &mut Db, id: &str) -> QueryResult<Option<RefreshToken>> {
    refresh_tokens::table.find(id).select(RefreshToken::as_select()).first(db).optional()
}

/// Marks a refresh token as used; false when it was already.
pub fn use_refresh_token(db: &mut Db, id: &str, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(refresh_tokens::table.find(id).filter(refresh_tokens::used_at.is_null()))
        .set(refresh_tokens::used_at.eq(now))
        .execute(db)
        .map(|rows| rows == 1)
}

/// A one-time token.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = one_time_tokens)]
pub struct OneTimeToken {
    /// Hash of its secret.
    pub id: String,
    /// The only thing it is good for.
    pub purpose: TokenPurpose,
    /// Whose; none for the first administrator.
    pub account_id: Option<AccountId>,
    /// Issued.
    pub created_at: NaiveDateTime,
    /// Good until.
    pub expires_at: NaiveDateTime,
    /// Used.
    pub used_at: Option<NaiveDateTime>,
}

/// Keeps a new one-time token.
pub fn create_one_time_token(db: &mut Db, token: &OneTimeToken) -> QueryResult<()> {
    diesel::insert_into(one_time_tokens::table).values(token).execute(db).map(drop)
}

/// A token that is good for `purpose` now, without using it up.
pub fn find_one_time_token(
    db: &mut Db,
    id: &str,
    purpose: TokenPurpose,
    now: NaiveDateTime,
) -> QueryResult<Option<OneTimeToken>> {
    one_time_tokens::table
        .find(id)
        .filter(one_time_tokens::purpose.eq(purpose))
        .filter(one_time_tokens::used_at.is_null().and(one_time_tokens::expires_at.gt(now)))
        .select(OneTimeToken::as_select())
        .first(db)
        .optional()
}

/// Uses a token up; nothing when it is not good for `purpose` now or somebody was faster.
pub fn use_one_time_token(
    db: &mut Db,
    id: &str,
    purpose: TokenPurpose,
    now: NaiveDateTime,
) -> QueryResult<Option<OneTimeToken>> {
    diesel::update(
        one_time_tokens::table
            .find(id)
            .filter(one_time_tokens::purpose.eq(purpose))
            .filter(one_time_tokens::used_at.is_null().and(one_time_tokens::expires_at.gt(now))),
    )
    .set(one_time_tokens::used_at.eq(now))
    .returning(one_time_tokens::all_columns)
    .get_result(db)
    .optional()
}

/// Lets a token that is still open end at another instant: its letter leaves only now.
pub fn extend_one_time_token(
    db: &mut Db,
    id: &str,
    purpose: TokenPurpose,
    expires_at: NaiveDateTime,
) -> QueryResult<bool> {
    diesel::update(
        one_time_tokens::table
            .find(id)
            .filter(one_time_tokens::purpose.eq(purpose))
            .filter(one_time_tokens::used_at.is_null()),
    )
    .set(one_time_tokens::expires_at.eq(expires_at))
    .execute(db)
    .map(|rows| rows == 1)
}

/// Makes every open token of an account for `purpose` useless: a newer one was sent.
pub fn void_one_time_tokens(
    db: &mut Db,
    account: Option<AccountId>,
    purpose: TokenPurpose,
    now: NaiveDateTime,
) -> QueryResult<usize> {
    let open = one_time_tokens::used_at.is_null().and(one_time_tokens::purpose.eq(purpose));
    match account {
        Some(account) => {
            diesel::update(one_time_tokens::table.filter(open.and(one_time_tokens::account_id.eq(account))))
                .set(one_time_tokens::used_at.eq(now))
                .execute(db)
        }
        None => diesel::update(one_time_tokens::table.filter(open.and(one_time_tokens::account_id.is_null())))
            .set(one_time_tokens::used_at.eq(now))
            .execute(db),
    }
}

/// How many tokens for `purpose` were sent to an account since an instant: bounds the mail that strangers can cause.
pub fn count_one_time_tokens(
    db: &mut Db,
    account: AccountId,
    purpose: TokenPurpose,
    since: NaiveDateTime,
) -> QueryResult<i64> {
    one_time_tokens::table
        .filter(one_time_tokens::account_id.eq(account).and(one_time_tokens::purpose.eq(purpose)))
        .filter(one_time_tokens::created_at.gt(since))
        .count()
        .get_result(db)
}
