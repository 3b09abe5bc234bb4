//! Identities of providers, each tied to one account.

use super::connection::Db;
use super::schema::provider_identities;
use crate::domain::ids::AccountId;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// An identity.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = provider_identities)]
pub struct ProviderIdentity {
    /// The provider.
    pub issuer: String,
    /// Keyed hash of the subject.
    pub subject_key: String,
    /// Whose.
    pub account_id: AccountId,
    /// Tied.
    pub linked_at: NaiveDateTime,
    /// Last let in by it.
    pub used_at: Option<NaiveDateTime>,
}

/// Ties an identity to an account; a unique violation means that it is another's, or the account has one of this provider.
pub fn create(db: &mut Db, identity: &ProviderIdentity) -> QueryResult<()> {
    diesel::insert_into(provider_identities::table).values(identity).execute(db).map(drop)
}

/// The identity of a subject.
pub fn find(db: &mut Db, issuer: &str, subject_key: &str) -> QueryResult<Option<ProviderIdentity>> {
    provider_identities::table
        .filter(provider_identities::issuer.eq(issuer.to_string()))
        .filter(provider_identities::subject_key.eq(subject_key.to_string()))
        .select(ProviderIdentity::as_select())
        .first(db)
        .optional()
}

/// The identity of an account at a provider.
pub fn of_account(db: &mut Db, account: AccountId, issuer: &str) -> QueryResult<Option<ProviderIdentity>> {
    provider_identities::table
        .filter(provider_identities::account_id.eq(account))
        .filter(provider_identities::issuer.eq(issuer.to_string()))
        .select(ProviderIdentity::as_select())
        .first(db)
        .optional()
}

/// Whether an account has an identity at some provider.
pub fn has_any(db: &mut Db, account: AccountId) -> QueryResult<bool> {
    let tied = provider_identities::table.filter(provider_identities::account_id.eq(account));
    diesel::select(diesel::dsl::exists(tied)).get_result(db)
}

/// The identities of an account, one a provider.
pub fn all_of_account(db: &mut Db, account: AccountId) -> QueryResult<Vec<ProviderIdentity>> {
    provider_identities::table
        .filter(provider_identities::account_id.eq(account))
        .order(provider_identities::issuer)
        .select(ProviderIdentity::as_select())
        .load(db)
}

/// All of them.
pub fn all(db: &mut Db) -> QueryResult<Vec<ProviderIdentity>> {
    provider_identities::table
        .order((provider_identities::account_id, provider_identities::issuer))
        .select(ProviderIdentity::as_select())
        .load(db)
}

/// Notes that somebody was let in by an identity.
pub fn note_use(db: &mut Db, issuer: &str, subject_key: &str, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(
        provider_identities::table
            .filter(provider_identities::issuer.eq(issuer.to_string()))
            .filter(provider_identities::subject_key.eq(subject_key.to_string())),
    )
    .set(provider_identities::used_at.eq(now))
    .execute(db)
    .map(drop)
}

/// Unties an identity from its account.
pub fn remove(db: &mut Db, account: AccountId, issuer: &str) -> QueryResult<bool> {
    diesel::delete(
        provider_identities::table.filter(
            provider_identities::account_id.eq(account).and(provider_identities::issuer.eq(issuer.to_string())),
        ),
    )
    .execute(db)
    .map(|rows| rows > 0)
}
