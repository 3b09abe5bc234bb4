//! What organisations hold after recognition: today's pool, and the certificates.

use super::connection::Db;
use super::schema::memberships;
use crate::domain::ids::{ApplicationId, MembershipId, OrganisationId, PublishedListId};
use crate::domain::status::Standing;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;

/// A membership of the pool.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = memberships)]
pub struct Membership {
    /// Id.
    pub id: MembershipId,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// From which application.
    pub application_id: ApplicationId,
    /// By which list.
    pub list_id: PublishedListId,
    /// In which category.
    pub category: String,
    /// City's code, where there is one.
    pub city: Option<String>,
    /// The certificate's number; cannot be guessed.
    pub certificate_number: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// What the acts made of it; expiry follows from the date.
    pub standing: Standing,
    /// Made.
    pub created_at: NaiveDateTime,
    /// Version for the optimistic lock.
    pub version: i32,
}

/// Adds a membership.
pub fn create(db: &mut Db, membership: &Membership) -> QueryResult<()> {
    diesel::insert_into(memberships::table).values(membership).execute(db).map(drop)
}

/// Whether an organisation has a public page: it was recognised once.
pub fn is_public(db: &mut Db, organisation: OrganisationId) -> QueryResult<bool> {
    let held = memberships::table.filter(memberships::organisation_id.eq(organisation)).select(memberships::id);
    Ok(held.first::<MembershipId>(db).optional()?.is_some())
}

/// The membership of a certificate's number.
pub fn find_by_certificate(db: &mut Db, number: &str) -> QueryResult<Membership> {
    memberships::table
        .filter(memberships::certificate_number.eq(number.to_string()))
        .select(Membership::as_select())
        .first(db)
}

/// How many memberships are in the pool on this day.
pub fn in_pool(db: &mut Db, today: NaiveDate) -> QueryResult<i64> {
    memberships::table
        .filter(memberships::standing.eq_any([Standing::Active, Standing::Warned]))
        .filter(memberships::valid_from.le(today).and(memberships::valid_to.ge(today)))
        .select(count_star())
        .first(db)
}
