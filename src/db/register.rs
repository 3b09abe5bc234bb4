//! The public register, read as a whole for the index in memory.

use super::connection::Db;
use super::schema::{counters, list_entries, memberships, organisations, published_lists};
use crate::domain::ids::{ApplicationId, OrganisationId, PublishedListId};
use crate::domain::search::ListRef;
use crate::domain::status::{ListKind, ListStatus, Standing};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// The counter that triggers move on with every change of the register.
const VERSION: &str = "register";

/// The version of the register: another number when anything in it has changed. One row is read.
pub fn version(db: &mut Db) -> QueryResult<i64> {
    let found = counters::table.find(VERSION.to_string()).select(counters::value).first(db).optional()?;
    Ok(found.unwrap_or_default())
}

/// Every published list, oldest first.
pub fn lists(db: &mut Db) -> QueryResult<Vec<ListRef>> {
    type Found =
        (PublishedListId, ListKind, String, Option<i32>, String, Option<String>, Option<NaiveDateTime>, Option<i32>);
    let found: Vec<Found> = published_lists::table
        .filter(published_lists::status.eq(ListStatus::Published))
        .order((published_lists::chain_number, published_lists::id))
        .select((
            published_lists::id,
            published_lists::kind,
            published_lists::category,
            published_lists::year,
            published_lists::title,
            published_lists::number,
            published_lists::published_at,
            published_lists::chain_number,
        ))
        .load(db)?;
    let lists =
        found.into_iter().map(|(id, kind, category, year, title, number, published_at, chain_number)| ListRef {
            id,
            kind,
            category,
            year,
            title,
            number: number.unwrap_or_default(),
            published_at: published_at.unwrap_or_default(),
            chain_number: chain_number.unwrap_or_default(),
        });
    Ok(lists.collect())
}

/// What is public of a membership.
#[derive(Debug, Clone, Queryable)]
pub struct Held {
    /// From which application.
    pub application_id: ApplicationId,
    /// The certificate's number.
    pub certificate_number: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// What the acts made of it.
    pub standing: Standing,
}

/// The memberships that a list gave.
pub fn memberships_of(db: &mut Db, list: PublishedListId) -> QueryResult<Vec<Held>> {
    memberships::table
        .filter(memberships::list_id.eq(list))
        .select((
            memberships::application_id,
            memberships::certificate_number,
            memberships::valid_from,
            memberships::valid_to,
            memberships::standing,
        ))
        .load(db)
}

/// Name and credit code of every organisation that a list names.
pub fn organisations(db: &mut Db) -> QueryResult<Vec<(OrganisationId, String, String)>> {
    let named = list_entries::table
        .inner_join(published_lists::table)
        .filter(published_lists::status.eq(ListStatus::Published))
        .filter(list_entries::organisation_id.is_not_null())
        .select(list_entries::organisation_id.assume_not_null());
    organisations::table
        .filter(organisations::id.eq_any(named))
        .select((organisations::id, organisations::name, organisations::credit_code))
        .load(db)
}
