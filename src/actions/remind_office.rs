//! Telling both administrations in time that the role of an administrator or of an auditor ends, and the auditors of the latter.
//! Nobody prolongs their own, so that another has to; where nobody does, an office may stand empty, and only the operator fills that
//! of an administrator again. They are told as well of experts who
//! are still appointed when their role ends: a pool that was brought in on one day is out of it on one. Of an administrator of an
//! organisation that organisation's administrators are told, for one of them can put the end off.

use super::Tx;
use super::grants::ADMINISTRATORS;
use crate::db;
use crate::db::accounts::{Account, EndingRole};
use crate::domain::actor::Role;
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::duties::{TOLD_DAYS_BEFORE, telling_due};
use crate::domain::ids::AccountId;
use crate::domain::language::Language;
use crate::domain::steps::OFFICES;
use crate::error::Error;
use chrono::{Duration, NaiveDate};
use std::collections::BTreeMap;

/// The offices of whose end the administrations are to be told now.
///
/// # Errors
/// The database is away.
pub fn due(tx: &mut Tx<'_>) -> Result<Vec<EndingRole>, Error> {
    due_of(tx, OFFICES)
}

/// The same of the experts' roles.
///
/// # Errors
/// The database is away.
pub fn experts_due(tx: &mut Tx<'_>) -> Result<Vec<EndingRole>, Error> {
    due_of(tx, &[Role::Expert])
}

/// The same of the administrators of organisations.
///
/// # Errors
/// The database is away.
pub fn organisations_due(tx: &mut Tx<'_>) -> Result<Vec<EndingRole>, Error> {
    due_of(tx, &[Role::VendorAdmin])
}

fn due_of(tx: &mut Tx<'_>, roles: &[Role]) -> Result<Vec<EndingRole>, Error> {
    let today = local_date(tx.now);
    let mut found = db::accounts::ending_roles(tx.db, roles, today, farthest(today))?;
    found.retain(|role| telling(role, today).is_some());
    Ok(found)
}

/// The last day of a role of whose end it can be time to tell.
fn farthest(today: NaiveDate) -> NaiveDate {
    let longest = TOLD_DAYS_BEFORE.into_iter().max().unwrap_or_default();
    today + Duration::days(i64::from(longest))
}

/// How many days before the end it is time to tell of it, and that last day.
fn telling(office: &EndingRole, today: NaiveDate) -> Option<(i32, NaiveDate)> {
    let last = office.ends_on?;
    let days = telling_due(local_date(office.granted_at), last, office.reminded_days, today)?;
    Some((days, last))
}

/// Tells every system and every security administrator that an office ends, and every auditor that one of theirs does, unless that
/// was done before; whether it was done now.
///
/// # Errors
/// The database is away.
pub fn remind(tx: &mut Tx<'_>, office: &EndingRole) -> Result<bool, Error> {
    let Some((days, last)) = telling(office, local_date(tx.now)) else { return Ok(false) };
    if !db::accounts::note_reminded(tx.db, office.grant, days)? {
        return Ok(false);
    }
    let mut readers = readers(tx)?;
    if office.role == Role::Auditor {
        readers.extend(holders(tx, Role::Auditor)?);
    }
    let (date, path) = (local_date_text(last), format!("/accounts/{}", office.account));
    for reader in readers.values() {
        let role = tx.env.words.say(&reader.language, &format!("role-{}", office.role));
        let args = [
            ("name", reader.name.as_str()),
            ("who", office.name.as_str()),
            ("role", role.as_str()),
            ("date", date.as_str()),
        ];
        tx.post(reader.into(), "account_role_ending", &path, &args)?;
    }
    Ok(true)
}

/// Tells every system and every security administrator in one letter of all experts whose role ends, unless that was done before;
/// of how many.
///
/// # Errors
/// The database is away.
pub fn remind_of_experts(tx: &mut Tx<'_>) -> Result<usize, Error> {
    let today = local_date(tx.now);
    let mut ends = Vec::new();
    for role in experts_due(tx)? {
        let Some((days, last)) = telling(&role, today) else { continue };
        if db::accounts::note_reminded(tx.db, role.grant, days)? {
            ends.push(last);
        }
    }
    let Some(first) = ends.iter().min().copied() else { return Ok(0) };
    let (count, date) = (ends.len().to_string(), local_date_text(first));
    for reader in readers(tx)?.values() {
        let args = [("name", reader.name.as_str()), ("count", count.as_str()), ("date", date.as_str())];
        tx.post(reader.into(), "expert-roles-ending", "/accounts?only=ending", &args)?;
    }
    Ok(ends.len())
}

/// Tells the administrators of an organisation that the role of one of them ends, and who can put that off, unless that was done
/// before; whether it was done now.
///
/// # Errors
/// The database is away.
pub fn remind_organisation(tx: &mut Tx<'_>, ending: &EndingRole) -> Result<bool, Error> {
    let Some((days, last)) = telling(ending, local_date(tx.now)) else { return Ok(false) };
    let Some(id) = ending.organisation else { return Ok(false) };
    if !db::accounts::note_reminded(tx.db, ending.grant, days)? {
        return Ok(false);
    }
    let organisation = db::organisations::find(tx.db, id)?;
    let admins = db::accounts::holders_in_organisation(tx.db, id, Some(Role::VendorAdmin), tx.now)?;
    let others: Vec<&str> =
        admins.iter().filter(|admin| admin.id != ending.account).map(|admin| admin.name.as_str()).collect();
    let alone = if others.is_empty() { "yes" } else { "no" };
    let date = local_date_text(last);
    for reader in &admins {
        let others = Language::of_tag(&reader.language).list(&others);
        let args = [
            ("name", reader.name.as_str()),
            ("who", ending.name.as_str()),
            ("organisation", organisation.name.as_str()),
            ("date", date.as_str()),
            ("others", others.as_str()),
            ("alone", alone),
        ];
        if reader.id == ending.account {
            tx.post(reader.into(), "organisation_admin_ending", "/organisation", &args)?;
        } else {
            tx.post(reader.into(), "organisation_other_admin_ending", "/organisation", &args)?;
        }
    }
    Ok(true)
}

/// Everybody who is told: once, whatever offices they hold.
fn readers(tx: &mut Tx<'_>) -> Result<BTreeMap<AccountId, Account>, Error> {
    let mut readers = BTreeMap::new();
    for role in ADMINISTRATORS {
        readers.extend(holders(tx, *role)?);
    }
    Ok(readers)
}

fn holders(tx: &mut Tx<'_>, role: Role) -> Result<Vec<(AccountId, Account)>, Error> {
    Ok(db::accounts::holders(tx.db, role, tx.now)?.into_iter().map(|account| (account.id, account)).collect())
}
