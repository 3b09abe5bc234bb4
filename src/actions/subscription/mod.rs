//! Searches of the register that are mailed when something new matches: [`subscribe`] asks, [`confirm`] begins, [`announce`] tells,
//! [`unsubscribe`] ends. The address is sealed at rest and found by a keyed hash; nothing is sent to it but one letter with a link before
//! whoever reads there has said yes, and nobody learns from an answer whether an address is known.

pub mod announce;
pub mod confirm;
pub mod subscribe;
pub mod unsubscribe;

use super::{Env, Tx};
use crate::db;
use crate::db::subscriptions::Subscription;
use crate::domain::ids::SubscriptionId;
use crate::domain::search::SavedSearch;
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Hours in which an address must be confirmed, from when the letter leaves; after that it is forgotten.
pub const CONFIRM_HOURS: i64 = 24;
/// Days for which a letter may wait for the mail server: all attempts, and an administrator's after them. After that
/// the address is forgotten too.
const UNSENT_DAYS: i64 = 4;

/// What the keys are derived for.
const ADDRESS: &str = "subscriber";

/// Since when the letter of a subscription must have left that can be confirmed now.
fn confirmable_since(now: NaiveDateTime) -> NaiveDateTime {
    now - Duration::hours(CONFIRM_HOURS)
}

/// The address of a subscription; none when its seal does not open.
fn address_of(env: &Env, subscription: &Subscription) -> Option<String> {
    let plain = env.keys.unseal(ADDRESS, subscription.id.as_text(), &subscription.address)?;
    String::from_utf8(plain).ok()
}

/// What proves that somebody got a letter of this subscription.
fn end_key(env: &Env, id: SubscriptionId) -> String {
    hex::encode(env.keys.mac("unsubscribe", id.as_text().as_bytes()))
}

/// Where a subscription is ended.
fn end_path(env: &Env, id: SubscriptionId) -> String {
    format!("/subscriptions/{id}/end/{}", end_key(env, id))
}

/// Where a search is shown.
pub fn search_path(search: &SavedSearch) -> String {
    let encoded = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    let filled = search.parts().into_iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = filled.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { "/providers".into() } else { format!("/providers?{}", pairs.join("&")) }
}

/// Forgets what was asked for and not confirmed in time; how many there were.
///
/// # Errors
/// The database is away.
pub fn forget_unconfirmed(tx: &mut Tx<'_>) -> Result<usize, Error> {
    let unsent = tx.now - Duration::days(UNSENT_DAYS);
    Ok(db::subscriptions::remove_unconfirmed(tx.db, confirmable_since(tx.now), unsent)?)
}
