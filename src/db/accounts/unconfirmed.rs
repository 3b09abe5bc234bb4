//! Accounts that nobody ever took up: found once their time is over, and emptied.

use crate::db::connection::Db;
use crate::db::schema::{accounts, events, experts, mails, one_time_tokens};
use crate::domain::ids::AccountId;
use crate::domain::status::AccountStatus;
use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// Up to `limit` accounts, invited or closed since, that never had a password and never signed in, with which nothing was done since
/// `before`: no link was good then, no letter is still on its way, and the record says nothing of them. An expert's is not among them,
/// for the pool itself holds whom it is about.
pub fn unconfirmed(db: &mut Db, before: NaiveDateTime, limit: i64) -> QueryResult<Vec<AccountId>> {
    among(db, None, before, limit)
}

/// Whether this account is such a one.
pub fn is_unconfirmed(db: &mut Db, id: AccountId, before: NaiveDateTime) -> QueryResult<bool> {
    Ok(!among(db, Some(id), before, 1)?.is_empty())
}

fn among(db: &mut Db, only: Option<AccountId>, before: NaiveDateTime, limit: i64) -> QueryResult<Vec<AccountId>> {
    let in_pool = experts::table.filter(experts::account_id.eq(accounts::id.nullable()));
    let good_links = one_time_tokens::table
        .filter(one_time_tokens::account_id.eq(accounts::id.nullable()))
        .filter(one_time_tokens::expires_at.ge(before));
    let letters = mails::table
        .filter(mails::account_id.eq(accounts::id.nullable()))
        .filter(mails::sent_at.is_null().and(mails::failed_at.is_null()));
    let acts = events::table
        .filter(events::subject_kind.eq("account").and(events::subject_id.eq(accounts::id)))
        .filter(events::at.ge(before));
    let mut query = accounts::table
        .filter(accounts::status.ne(AccountStatus::Active).and(accounts::email.ne("")))
        .filter(accounts::password_hash.is_null().and(accounts::signed_in_at.is_null()))
        .filter(accounts::created_at.lt(before))
        .filter(not(exists(in_pool)))
        .filter(not(exists(good_links)))
        .filter(not(exists(letters)))
        .filter(not(exists(acts)))
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(accounts::id.eq(only));
    }
    query.order(accounts::id).limit(limit).select(accounts::id).load(db)
}

/// Takes name and address out of an account and closes it. The row stays, because the record speaks of it; its key is one that no
/// address has.
pub fn forget(db: &mut Db, id: AccountId) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::email.eq(""),
            accounts::email_key.eq(id.to_string()),
            accounts::name.eq(""),
            accounts::status.eq(AccountStatus::Disabled),
            accounts::version.eq(accounts::version + 1),
        ))
        .execute(db)
        .map(drop)
}
