//! What the entries of a published list are worth today: said beside the list, never in it.

use super::Tx;
use crate::db;
use crate::db::published_lists::ListEntry;
use crate::domain::calendar::local_date;
use crate::domain::ids::ApplicationId;
use crate::domain::membership::{StandingOnDate, standing_now};
use crate::error::Error;
use std::collections::BTreeMap;

/// Today's standing of these entries, where it is another than in force. Of one that is barred it says that it is revoked:
/// until when, the page of the certificate says.
///
/// # Errors
/// The database's.
pub fn standings_today(
    tx: &mut Tx<'_>,
    entries: &[ListEntry],
) -> Result<BTreeMap<ApplicationId, StandingOnDate>, Error> {
    let today = local_date(tx.now);
    let ids: Vec<ApplicationId> = entries.iter().filter_map(|entry| entry.application_id).collect();
    let held = db::memberships::of_applications(tx.db, &ids)?;
    let standings =
        held.into_iter().map(|(application, stored, to)| (application, standing_now(stored, to, None, today)));
    Ok(standings.filter(|(_, standing)| *standing != StandingOnDate::Active).collect())
}
