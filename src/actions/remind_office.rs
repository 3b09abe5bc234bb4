//! Telling both administrations in time that the role of an administrator ends. Nobody prolongs their own, so that another has
//! to; where nobody does, an office may stand empty, and only the operator fills it again. They are told as well of experts who
//! are still appointed when their role ends: a pool that was brought in on one day is out of it on one.

use super::Tx;
use super::grants::ADMINISTRATORS;
use crate::db;
use crate::db::accounts::{Account, EndingRole};
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::duties::{TOLD_DAYS_BEFORE, telling_due};
use crate::domain::ids::AccountId;
use crate::error::Error;
use chrono::{Duration, NaiveDate};
use std::collections::BTreeMap;

/// The offices of whose end the administrations are to be told now.
///
/// # Errors
/// The database is away.
pub fn due(tx: &mut Tx<'_>) -> Result<Vec<EndingRole>, Error> {
    let today = local_date(tx.now);
    let mut found = db::accounts::ending_roles(tx.db, ADMINISTRATORS, today, farthest(today))?;
    found.retain(|office| telling(office, today).is_some());
    Ok(found)
}

/// The same of the experts' roles.
///
/// # Errors
/// The database is away.
pub fn experts_due(tx: &mut Tx<'_>) -> Result<Vec<EndingRole>, Error> {
    let today = local_date(tx.now);
    let mut found = db::accounts::ending_expert_roles(tx.db, today, farthest(today))?;
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

/// Tells every system and every security administrator that an office ends, unless that was done before; whether it was done
/// now.
///
/// # Errors
/// The database is away.
pub fn remind(tx: &mut Tx<'_>, office: &EndingRole) -> Result<bool, Error> {
    let Some((days, last)) = telling(office, local_date(tx.now)) else { return Ok(false) };
    if !db::accounts::note_reminded(tx.db, office.grant, days)? {
        return Ok(false);
    }
    let readers = readers(tx)?;
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

/// Everybody who is told: once, whatever offices they hold.
fn readers(tx: &mut Tx<'_>) -> Result<BTreeMap<AccountId, Account>, Error> {
    let mut readers = BTreeMap::new();
    for role in ADMINISTRATORS {
        readers.extend(db::accounts::holders(tx.db, *role, tx.now)?.into_iter().map(|account| (account.id, account)));
    }
    Ok(readers)
}
