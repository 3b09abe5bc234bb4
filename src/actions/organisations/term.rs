//! The end of an administrator's role in an organisation: the days of those that an earlier version gave without one, and what
//! whoever holds or held one is told of it on the first page.

use super::people::other_admins;
use super::record;
use crate::actions::Tx;
use crate::actions::grants::longest_term;
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::status::ROLE_DAYS_BEFORE;
use crate::error::Error;
use chrono::{Duration, NaiveDate};

/// Rows that are given an end in one transaction.
const ROWS_AT_ONCE: i64 = 200;

/// Whether an administrator of an organisation holds the role without an end, as an earlier version gave it.
///
/// # Errors
/// The database is away.
pub fn has_endless(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(!db::accounts::administrators_without_end(tx.db, 1)?.is_empty())
}

/// Gives some of those roles an end, as far ahead of today as of one that is given today, and records it: no earlier version wrote
/// a day that could be kept to, and nobody is to lose a role of whose end they could not have known.
///
/// # Errors
/// The database is away.
pub fn end_endless(tx: &mut Tx<'_>) -> Result<(), Error> {
    let ends_on = longest_term(tx, Role::VendorAdmin);
    for grant in db::accounts::administrators_without_end(tx.db, ROWS_AT_ONCE)? {
        let Some(organisation) = grant.organisation_id else { continue };
        // Another process that starts may have been faster.
        if db::accounts::set_end(tx.db, grant.id, ends_on)? {
            let detail = serde_json::json!({
                "account": grant.account_id, "role": grant.role, "grant": grant.id, "ends_on": ends_on,
            });
            let role = Role::System.as_text();
            record(tx, &Actor::system(), role, organisation, "organisation.admin_term_set", None, detail)?;
        }
    }
    Ok(())
}

/// The end of somebody's role as an administrator, near or past.
#[derive(Debug, Clone)]
pub struct AdminTerm {
    /// The organisation's name.
    pub organisation: String,
    /// The last day.
    pub last: NaiveDate,
    /// Whether that has passed.
    pub is_over: bool,
    /// Whether somebody else administers the organisation now.
    pub has_others: bool,
}

/// What the actor is to be told of the end of their role as an administrator: from [`ROLE_DAYS_BEFORE`] days before on, and once it
/// has passed for as long as they have no other part. None where there is nothing to tell.
///
/// # Errors
/// The database is away.
pub fn admin_term(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<AdminTerm>, Error> {
    let Some(account) = actor.account else { return Ok(None) };
    let has_other_part = actor.held.iter().any(|held| held.role != Role::Expert);
    if has_other_part && !actor.holds(Role::VendorAdmin) {
        return Ok(None);
    }
    let grants = db::accounts::grants_of(tx.db, account)?;
    let ends = grants.into_iter().filter(|grant| grant.role == Role::VendorAdmin);
    let ends = ends.filter_map(|grant| grant.ends_on.zip(grant.organisation_id));
    let Some((last, id)) = ends.max_by_key(|(last, _)| *last) else { return Ok(None) };
    let today = local_date(tx.now);
    if today + Duration::days(ROLE_DAYS_BEFORE) < last {
        return Ok(None);
    }
    let members = db::accounts::members(tx.db, id, tx.now)?;
    Ok(Some(AdminTerm {
        organisation: db::organisations::find(tx.db, id)?.name,
        last,
        is_over: last < today,
        has_others: other_admins(&members, account) > 0,
    }))
}
