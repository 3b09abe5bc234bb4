//! Second factors and recovery codes.

use super::connection::Db;
use super::schema::{recovery_codes, second_factors};
use crate::domain::ids::AccountId;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// The second factor of an account.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = second_factors)]
pub struct SecondFactor {
    /// Whose.
    pub account_id: AccountId,
    /// The secret in use, sealed.
    pub secret: Option<String>,
    /// In use since.
    pub confirmed_at: Option<NaiveDateTime>,
    /// Step of the last code that was taken.
    pub last_step: i64,
    /// A secret that was offered and not taken up yet, sealed.
    pub offered: Option<String>,
    /// Offered.
    pub offered_at: Option<NaiveDateTime>,
}

/// A recovery code.
#[derive(Insertable)]
#[diesel(table_name = recovery_codes)]
struct RecoveryCode {
    account_id: AccountId,
    code: String,
    created_at: NaiveDateTime,
    used_at: Option<NaiveDateTime>,
}

/// That of an account, in use or only offered.
pub fn find(db: &mut Db, account: AccountId) -> QueryResult<Option<SecondFactor>> {
    second_factors::table.find(account).select(SecondFactor::as_select()).first(db).optional()
}

/// All of them.
pub fn all(db: &mut Db) -> QueryResult<Vec<SecondFactor>> {
    second_factors::table.order(second_factors::account_id).select(SecondFactor::as_select()).load(db)
}

/// Since when an account has one in use.
pub fn in_use_since(db: &mut Db, account: AccountId) -> QueryResult<Option<NaiveDateTime>> {
    let since: Option<Option<NaiveDateTime>> =
        second_factors::table.find(account).select(second_factors::confirmed_at).first(db).optional()?;
    Ok(since.flatten())
}

/// Offers a secret beside the one in use. The account is held by the caller.
pub fn offer(db: &mut Db, account: AccountId, sealed: &str, now: NaiveDateTime) -> QueryResult<()> {
    let rows = diesel::update(second_factors::table.find(account))
        .set((second_factors::offered.eq(sealed.to_string()), second_factors::offered_at.eq(now)))
        .execute(db)?;
    if rows == 0 {
        let new = SecondFactor {
            account_id: account,
            secret: None,
            confirmed_at: None,
            last_step: 0,
            offered: Some(sealed.into()),
            offered_at: Some(now),
        };
        diesel::insert_into(second_factors::table).values(&new).execute(db)?;
    }
    Ok(())
}

/// Takes the secret that was offered into use; the code of `step` was its first.
pub fn take_up(db: &mut Db, account: AccountId, sealed: &str, step: i64, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(second_factors::table.find(account))
        .set((
            second_factors::secret.eq(sealed.to_string()),
            second_factors::confirmed_at.eq(now),
            second_factors::last_step.eq(step),
            second_factors::offered.eq(None::<String>),
            second_factors::offered_at.eq(None::<NaiveDateTime>),
        ))
        .execute(db)
        .map(drop)
}

/// Uses the code of a step up; false when it, or one after it, was taken before.
pub fn use_step(db: &mut Db, account: AccountId, step: i64) -> QueryResult<bool> {
    diesel::update(second_factors::table.find(account).filter(second_factors::last_step.lt(step)))
        .set(second_factors::last_step.eq(step))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Takes the second factor and its recovery codes away; false when there was none in use.
pub fn remove(db: &mut Db, account: AccountId) -> QueryResult<bool> {
    let used = in_use_since(db, account)?.is_some();
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account))).execute(db)?;
    diesel::delete(second_factors::table.find(account)).execute(db)?;
    Ok(used)
}

/// Puts these recovery codes, by their hashes, in place of those before.
pub fn replace_codes(db: &mut Db, account: AccountId, codes: Vec<String>, now: NaiveDateTime) -> QueryResult<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account))).execute(db)?;
    for code in codes {
        let new = RecoveryCode { account_id: account, code, created_at: now, used_at: None };
        diesel::insert_into(recovery_codes::table).values(&new).execute(db)?;
    }
    Ok(())
}

/// Uses a recovery code up; false when there is none such, or it was used before.
pub fn use_code(db: &mut Db, account: AccountId, code: &str, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(
        recovery_codes::table
            .filter(recovery_codes::account_id.eq(account).and(recovery_codes::code.eq(code.to_string())))
            .filter(recovery_codes::used_at.is_null()),
    )
    .set(recovery_codes::used_at.eq(now))
    .execute(db)
    .map(|rows| rows == 1)
}

/// Recovery codes that have not been used.
pub fn codes_left(db: &mut Db, account: AccountId) -> QueryResult<i64> {
    recovery_codes::table
        .filter(recovery_codes::account_id.eq(account).and(recovery_codes::used_at.is_null()))
        .count()
        .get_result(db)
}
