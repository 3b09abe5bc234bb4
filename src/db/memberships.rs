//! What organisations hold after recognition: today's pool, and the certificates.

use super::connection::Db;
use super::organisations::{containing, name_key};
use super::page::{Page, Pager};
use super::schema::{applications, membership_proposals, memberships, organisations};
use crate::domain::ids::{ApplicationId, CallId, MembershipId, OrganisationId, PublishedListId};
use crate::domain::membership::StandingOnDate;
use crate::domain::status::{ProposalStatus, Standing};
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

/// The membership of an id.
pub fn find(db: &mut Db, id: MembershipId) -> QueryResult<Membership> {
    memberships::table.find(id).select(Membership::as_select()).first(db)
}

/// Holds a membership until the transaction ends.
pub fn lock(db: &mut Db, id: MembershipId) -> QueryResult<Membership> {
    db.lock_row("memberships", id.as_text())?;
    find(db, id)
}

/// Notes what an act made of a membership; false when it was changed since `version`.
pub fn advance(db: &mut Db, id: MembershipId, version: i32, to: Standing) -> QueryResult<bool> {
    diesel::update(memberships::table.find(id).filter(memberships::version.eq(version)))
        .set((memberships::standing.eq(to), memberships::version.eq(version + 1)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// The memberships of an organisation, the newest first.
pub fn of_organisation(db: &mut Db, organisation: OrganisationId) -> QueryResult<Vec<Membership>> {
    memberships::table
        .filter(memberships::organisation_id.eq(organisation))
        .order((memberships::valid_from.desc(), memberships::id.desc()))
        .select(Membership::as_select())
        .load(db)
}

/// The call that a membership came from.
pub fn call_of(db: &mut Db, id: MembershipId) -> QueryResult<CallId> {
    memberships::table
        .inner_join(applications::table)
        .filter(memberships::id.eq(id))
        .select(applications::call_id)
        .first(db)
}

/// The members that are under warning on a day.
pub fn warned(db: &mut Db, today: NaiveDate) -> QueryResult<Vec<MembershipId>> {
    memberships::table
        .filter(memberships::standing.eq(Standing::Warned).and(memberships::valid_to.ge(today)))
        .order(memberships::id)
        .select(memberships::id)
        .load(db)
}

/// Which members are asked for; what is none narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Whose name or code holds this.
    pub search: Option<String>,
    /// Worth this today.
    pub standing: Option<StandingOnDate>,
    /// Of this category.
    pub category: Option<String>,
    /// Of this city.
    pub city: Option<String>,
    /// About which something waits for a decision.
    pub waiting: bool,
}

/// One page of the members, by name. For officers.
pub fn list(db: &mut Db, filter: &Filter, today: NaiveDate, pager: Pager) -> QueryResult<Page<Member>> {
    let filtered = || {
        let mut query = memberships::table.inner_join(organisations::table).into_boxed();
        if let Some(search) = &filter.search {
            let by_code = containing(&search.trim().to_uppercase());
            query = query.filter(
                organisations::name_key
                    .like(containing(&name_key(search)))
                    .escape('\\')
                    .or(organisations::credit_code.like(by_code).escape('\\')),
            );
        }
        if let Some(category) = &filter.category {
            query = query.filter(memberships::category.eq(category.clone()));
        }
        if let Some(city) = &filter.city {
            query = query.filter(memberships::city.eq(city.clone()));
        }
        if filter.waiting {
            let waiting = membership_proposals::table
                .filter(membership_proposals::status.eq(ProposalStatus::Pending))
                .select(membership_proposals::membership_id);
            query = query.filter(memberships::id.eq_any(waiting));
        }
        let barred = membership_proposals::table
            .filter(membership_proposals::status.eq(ProposalStatus::Accepted))
            .filter(membership_proposals::barred_until.ge(today))
            .select(membership_proposals::membership_id);
        match filter.standing {
            None => query,
            Some(StandingOnDate::Active) => {
                query.filter(memberships::standing.eq(Standing::Active)).filter(memberships::valid_to.ge(today))
            }
            Some(StandingOnDate::Warned) => {
                query.filter(memberships::standing.eq(Standing::Warned)).filter(memberships::valid_to.ge(today))
            }
            Some(StandingOnDate::Expired) => query
                .filter(memberships::standing.eq_any([Standing::Active, Standing::Warned]))
                .filter(memberships::valid_to.lt(today)),
            Some(StandingOnDate::Withdrew) => query.filter(memberships::standing.eq(Standing::Withdrew)),
            Some(StandingOnDate::Revoked) => {
                query.filter(memberships::standing.eq(Standing::Revoked)).filter(memberships::id.ne_all(barred))
            }
            Some(StandingOnDate::Barred) => {
                query.filter(memberships::standing.eq(Standing::Revoked)).filter(memberships::id.eq_any(barred))
            }
        }
    };
    let total = filtered().select(count_star()).first(db)?;
    let rows = filtered()
        .select((Membership::as_select(), organisations::name, organisations::credit_code))
        .order((organisations::name_key, organisations::id, memberships::id))
        .limit(pager.limit())
        .offset(pager.offset())
        .load(db)?;
    Ok(pager.page(rows, total))
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

/// A page, by name, of the memberships that were in the pool on a day, with the number of all: those that began by then
/// and had not run out, but for the ones `with_acts` of which something is on record, and of those the ones `inside`.
pub fn on_day(
    db: &mut Db,
    day: NaiveDate,
    with_acts: &[MembershipId],
    inside: &[MembershipId],
    pager: Pager,
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
    let columns = (Membership::as_select(), organisations::name, organisations::credit_code);
    let query = pool().select(columns).order((organisations::name_key, organisations::id, memberships::id));
    Ok((query.limit(pager.limit()).offset(pager.offset()).load(db)?, total))
}

/// The memberships that began by a day and had not run out, as their rows say it: each with its last day.
pub fn running_on(db: &mut Db, day: NaiveDate) -> QueryResult<Vec<(MembershipId, NaiveDate)>> {
    memberships::table
        .filter(memberships::valid_from.le(day).and(memberships::valid_to.ge(day)))
        .select((memberships::id, memberships::valid_to))
        .load(db)
}

/// The memberships of these ids with who holds them, in the order of their ids.
pub fn members_of_ids(db: &mut Db, ids: &[MembershipId]) -> QueryResult<Vec<Member>> {
    memberships::table
        .inner_join(organisations::table)
        .filter(memberships::id.eq_any(ids.to_vec()))
        .select((Membership::as_select(), organisations::name, organisations::credit_code))
        .order(memberships::id)
        .load(db)
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

/// Whether a membership is in the pool on this day: its acts left it there, and the day is one of its own.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn is_in_pool(today: NaiveDate) -> _ {
    let standings: [Standing; 2] = [Standing::Active, Standing::Warned];
    let is_left_there = memberships::standing.eq_any(standings);
    is_left_there.and(memberships::valid_from.le(today)).and(memberships::valid_to.ge(today))
}

/// How many memberships are in the pool on this day.
pub fn in_pool(db: &mut Db, today: NaiveDate) -> QueryResult<i64> {
    memberships::table.filter(is_in_pool(today)).select(count_star()).first(db)
}
