//! What organisations hold after recognition: today's pool, and the certificates.

use super::connection::Db;
use super::organisations::{containing, name_key};
use super::page::{Page, Pager};
use super::schema::{memberships, organisations, published_lists};
use crate::domain::ids::{ApplicationId, MembershipId, OrganisationId, PublishedListId};
use crate::domain::status::Standing;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count, count_star};
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

/// Who is asked for among today's pool.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Name or credit code holds this.
    pub text: Option<String>,
    /// In one category.
    pub category: Option<String>,
    /// In one city.
    pub city: Option<String>,
    /// Recognised by a list of this year.
    pub year: Option<i32>,
}

/// A provider of today's pool. Public columns alone.
#[derive(Debug, Clone, Queryable)]
pub struct Provider {
    /// The organisation.
    pub id: OrganisationId,
    /// Name.
    pub name: String,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// Name, folded: the order.
    pub name_key: String,
}

/// One page of today's pool, by name: organisations with a membership that is in the pool on this day and meets the filter.
pub fn providers(db: &mut Db, today: NaiveDate, filter: &Filter, pager: Pager) -> QueryResult<Page<Provider>> {
    let pool = || {
        let mut query = memberships::table
            .inner_join(organisations::table)
            .inner_join(published_lists::table)
            .filter(memberships::standing.eq_any([Standing::Active, Standing::Warned]))
            .filter(memberships::valid_from.le(today).and(memberships::valid_to.ge(today)))
            .into_boxed();
        if let Some(category) = &filter.category {
            query = query.filter(memberships::category.eq(category.clone()));
        }
        if let Some(city) = &filter.city {
            query =
                query.filter(memberships::city.is_not_null().and(memberships::city.assume_not_null().eq(city.clone())));
        }
        if let Some(year) = filter.year {
            let of_year = published_lists::year.assume_not_null().eq(year);
            query = query.filter(published_lists::year.is_not_null().and(of_year));
        }
        if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            query = query.filter(
                organisations::name_key
                    .like(containing(&name_key(text)))
                    .escape('\\')
                    .or(organisations::credit_code.like(containing(&text.to_uppercase())).escape('\\')),
            );
        }
        query
    };
    let total = pool().select(count(memberships::organisation_id).aggregate_distinct()).first(db)?;
    let rows = pool()
        .select((organisations::id, organisations::name, organisations::credit_code, organisations::name_key))
        .distinct()
        .order((organisations::name_key, organisations::id))
        .limit(pager.limit())
        .offset(pager.offset())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// The memberships of these organisations, newest first.
pub fn of_organisations(db: &mut Db, ids: &[OrganisationId]) -> QueryResult<Vec<Membership>> {
    memberships::table
        .filter(memberships::organisation_id.eq_any(ids.to_vec()))
        .order((memberships::valid_from.desc(), memberships::id.desc()))
        .select(Membership::as_select())
        .load(db)
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
