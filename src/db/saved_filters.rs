//! Filters of the list of applications that somebody keeps. The owner is part of every condition.

use super::connection::Db;
use super::schema::saved_filters;
use crate::domain::ids::{AccountId, CallId, SavedFilterId};
use crate::domain::procedure::State;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A filter under a name.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = saved_filters)]
pub struct SavedFilter {
    /// Id.
    pub id: SavedFilterId,
    /// Whose it is.
    pub account_id: AccountId,
    /// Its name, which no other of the owner's has.
    pub name: String,
    /// What name, number or credit code contain; empty for anything.
    pub search: String,
    /// In which state; any when empty.
    pub state: Option<State>,
    /// Of which call; any when empty.
    pub call_id: Option<CallId>,
    /// Those that have stood still for longest first.
    pub longest_first: bool,
    /// Saved.
    pub created_at: NaiveDateTime,
}

/// The filters of an account, in the order in which they were saved.
pub fn of_account(db: &mut Db, account: AccountId) -> QueryResult<Vec<SavedFilter>> {
    saved_filters::table
        .filter(saved_filters::account_id.eq(account))
        .order((saved_filters::created_at, saved_filters::id))
        .select(SavedFilter::as_select())
        .load(db)
}

/// Keeps a filter. The caller holds the account and has looked at the names.
pub fn create(db: &mut Db, filter: &SavedFilter) -> QueryResult<()> {
    diesel::insert_into(saved_filters::table).values(filter).execute(db).map(drop)
}

/// Gives a filter of an account another name; false when there is no such filter. The caller holds the account.
pub fn rename(db: &mut Db, account: AccountId, id: SavedFilterId, name: &str) -> QueryResult<bool> {
    diesel::update(saved_filters::table.find(id).filter(saved_filters::account_id.eq(account)))
        .set(saved_filters::name.eq(name.to_string()))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Forgets a filter of an account; false when there is no such filter.
pub fn delete(db: &mut Db, account: AccountId, id: SavedFilterId) -> QueryResult<bool> {
    let own = saved_filters::table.find(id).filter(saved_filters::account_id.eq(account));
    diesel::delete(own).execute(db).map(|rows| rows == 1)
}
