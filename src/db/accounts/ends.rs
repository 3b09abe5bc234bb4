//! The last days of roles: which come near, of which was told, and how they are moved.

use super::Grant;
use crate::db::connection::Db;
use crate::db::schema::{accounts, experts, grants};
use crate::domain::actor::Role;
use crate::domain::appointment::{Appointment, last_day};
use crate::domain::ids::{AccountId, GrantId, OrganisationId};
use crate::domain::status::{AccountStatus, ExpertStatus};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// The accounts in use that hold a role today whose last day is no later than `to`, with that day, the first to end first.
/// An expert's ends with the term of appointment, if that is sooner ([`last_day`]), and is not held while the expert rests.
/// Those of an organisation's people are its own administrators' to renew: the service acts there upon a letter alone.
pub fn ending(db: &mut Db, today: NaiveDate, to: NaiveDate) -> QueryResult<Vec<(AccountId, NaiveDate)>> {
    type Row = (AccountId, Option<NaiveDate>, Option<ExpertStatus>, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = grants::table
        .inner_join(accounts::table.on(accounts::id.eq(grants::account_id)))
        .left_join(experts::table.on(experts::id.nullable().eq(grants::expert_id)))
        .filter(grants::revoked_at.is_null())
        .filter(grants::organisation_id.is_null())
        .filter(grants::ends_on.le(to).or(experts::term_to.nullable().le(to)))
        .filter(accounts::status.eq(AccountStatus::Active))
        .order(grants::id)
        .select((
            grants::account_id,
            grants::ends_on,
            experts::status.nullable(),
            experts::term_from.nullable(),
            experts::term_to.nullable(),
        ))
        .load(db)?;
    let mut found = Vec::new();
    for (account, ends_on, status, from, term) in rows {
        let serves = status.is_none_or(|status| Appointment { status, from, to: term }.serves_on(today));
        if let Some(last) = last_day(ends_on, term)
            && serves
            && today <= last
        {
            found.push((account, last));
        }
    }
    found.sort_by_key(|(_, last)| *last);
    Ok(found)
}

/// A role that somebody in use holds today, and that ends soon.
#[derive(Debug, Clone, Queryable)]
pub struct EndingRole {
    /// The grant.
    pub grant: GrantId,
    /// Who holds it.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Which.
    pub role: Role,
    /// For a vendor's roles.
    pub organisation: Option<OrganisationId>,
    /// When it was given.
    pub granted_at: NaiveDateTime,
    /// Its last day; there is one.
    pub ends_on: Option<NaiveDate>,
    /// How many days before its end was told of it last.
    pub reminded_days: Option<i32>,
}

/// The grants of these roles, to accounts in use, whose own last day is neither before `today` nor after `to`, the first to end
/// first. Of the experts' those alone that end sooner than the appointment, which lasts today: whoever is appointed no longer than
/// that loses nothing by it.
pub fn ending_roles(db: &mut Db, roles: &[Role], today: NaiveDate, to: NaiveDate) -> QueryResult<Vec<EndingRole>> {
    type Row = (EndingRole, (Option<ExpertStatus>, Option<NaiveDate>, Option<NaiveDate>));
    let rows: Vec<Row> = grants::table
        .inner_join(accounts::table.on(accounts::id.eq(grants::account_id)))
        .left_join(experts::table.on(experts::id.nullable().eq(grants::expert_id)))
        .filter(grants::role.eq_any(roles.to_vec()).and(grants::revoked_at.is_null()))
        .filter(grants::ends_on.ge(today).and(grants::ends_on.le(to)))
        .filter(accounts::status.eq(AccountStatus::Active))
        .order((grants::ends_on, grants::id))
        .select((
            (
                grants::id,
                grants::account_id,
                accounts::name,
                grants::role,
                grants::organisation_id,
                grants::granted_at,
                grants::ends_on,
                grants::reminded_days,
            ),
            (experts::status.nullable(), experts::term_from.nullable(), experts::term_to.nullable()),
        ))
        .load(db)?;
    let is_a_loss = |(role, (status, from, term)): Row| {
        let outlives = status.is_none_or(|status| {
            let serves = Appointment { status, from, to: term }.serves_on(today);
            serves && term.is_none_or(|term| role.ends_on.is_some_and(|last| last < term))
        });
        outlives.then_some(role)
    };
    Ok(rows.into_iter().filter_map(is_a_loss).collect())
}

/// Notes that a role's end was told of so many days before it; false when it was told of by then already, or the role was taken
/// back.
pub fn note_reminded(db: &mut Db, grant: GrantId, days: i32) -> QueryResult<bool> {
    let untold = grants::reminded_days.is_null().or(grants::reminded_days.gt(days));
    diesel::update(grants::table.find(grant).filter(grants::revoked_at.is_null()).filter(untold))
        .set(grants::reminded_days.eq(days))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Moves the last day of a role that was not taken back, of whose end nobody was told yet then; false when it was taken back.
pub fn move_end(db: &mut Db, id: GrantId, ends_on: NaiveDate) -> QueryResult<bool> {
    diesel::update(grants::table.find(id).filter(grants::revoked_at.is_null()))
        .set((grants::ends_on.eq(ends_on), grants::reminded_days.eq(None::<i32>)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// The roles of administrators of organisations that an earlier version gave without a last day, `limit` of them.
pub fn administrators_without_end(db: &mut Db, limit: i64) -> QueryResult<Vec<Grant>> {
    grants::table
        .filter(grants::role.eq(Role::VendorAdmin).and(grants::organisation_id.is_not_null()))
        .filter(grants::revoked_at.is_null().and(grants::ends_on.is_null()))
        .order(grants::id)
        .limit(limit)
        .select(Grant::as_select())
        .load(db)
}

/// Gives a role a last day that was given without one; false when it has one by now, or was taken back.
pub fn set_end(db: &mut Db, id: GrantId, ends_on: NaiveDate) -> QueryResult<bool> {
    let row = grants::table.find(id).filter(grants::revoked_at.is_null().and(grants::ends_on.is_null()));
    diesel::update(row).set(grants::ends_on.eq(ends_on)).execute(db).map(|rows| rows == 1)
}
