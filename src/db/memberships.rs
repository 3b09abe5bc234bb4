//! What organisations hold after recognition: today's pool, and the certificates.

use super::connection::Db;
use super::page::Pager;
use super::schema::{memberships, organisations};
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
    /// What the certificate carries to prove itself; none for one given out before there was such a thing.
    pub certificate_seal: Option<String>,
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

/// A membership with what the pool of a day is ordered by.
#[derive(Debug, Clone, Queryable)]
pub struct Member {
    /// The membership.
    pub membership: Membership,
    /// The organisation's name today.
    pub name: String,
    /// Its 统一社会信用代码.
    pub credit_code: String,
}

/// One page of the memberships that were in the pool on a day, by name: those that began by then and had not run out, but for the ones
/// `with_acts` of which something is on record, and of those the ones `inside`.
pub fn on_day(
    db: &mut Db,
    day: NaiveDate,
    with_acts: &[MembershipId],
    inside: &[MembershipId],
    pager: Option<Pager>,
) -> QueryResult<(Vec<Member>, i64)> {
    let pool = || {
        let plain = memberships::valid_from
            .le(day)
            .and(memberships::valid_to.ge(day))
            .and(memberships::id.ne_all(with_acts.to_vec()));
        memberships::table
            .inner_join(organisations::table)
            .filter(plain.or(memberships::id.eq_any(inside.to_vec())))
            .into_boxed()
    };
    let total = pool().select(count_star()).first(db)?;
    let mut query = pool().select((Membership::as_select(), organisations::name, organisations::credit_code)).order((
        organisations::name_key,
        organisations::id,
        memberships::id,
    ));
    if let Some(pager) = pager {
        query = query.limit(pager.limit()).offset(pager.offset());
    }
    Ok((query.load(db)?, total))
}

/// The memberships of these ids.
pub fn of_ids(db: &mut Db, ids: &[MembershipId]) -> QueryResult<Vec<Membership>> {
    memberships::table.filter(memberships::id.eq_any(ids.to_vec())).select(Membership::as_select()).load(db)
}

/// The memberships of these applications: whose, what the acts made of it, the last day.
pub fn of_applications(db: &mut Db, ids: &[ApplicationId]) -> QueryResult<Vec<(ApplicationId, Standing, NaiveDate)>> {
    memberships::table
        .filter(memberships::application_id.eq_any(ids.to_vec()))
        .select((memberships::application_id, memberships::standing, memberships::valid_to))
        .load(db)
}

/// The organisations of these names that were ever recognised.
pub fn holders_named(db: &mut Db, names: &[String]) -> QueryResult<Vec<(String, OrganisationId)>> {
    memberships::table
        .inner_join(organisations::table)
        .filter(organisations::name.eq_any(names.to_vec()))
        .select((organisations::name, organisations::id))
        .distinct()
        .load(db)
}

/// Every certificate that carries a seal: its number and the seal.
pub fn certificate_seals(db: &mut Db) -> QueryResult<Vec<(String, String)>> {
    memberships::table
        .filter(memberships::certificate_seal.is_not_null())
        .order(memberships::id)
        .select((memberships::certificate_number, memberships::certificate_seal.assume_not_null()))
        .load(db)
}

/// The memberships whose standing was changed, whatever the record says of it.
pub fn with_changed_standing(db: &mut Db) -> QueryResult<Vec<MembershipId>> {
    memberships::table.filter(memberships::standing.ne(Standing::Active)).select(memberships::id).load(db)
}

/// How many memberships are in the pool on this day.
pub fn in_pool(db: &mut Db, today: NaiveDate) -> QueryResult<i64> {
    memberships::table
        .filter(memberships::standing.eq_any([Standing::Active, Standing::Warned]))
        .filter(memberships::valid_from.le(today).and(memberships::valid_to.ge(today)))
        .select(count_star())
        .first(db)
}
