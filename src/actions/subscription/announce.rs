//! Telling a subscriber of what is new.

use super::{address_of, end_path, search_path};
use crate::actions::Tx;
use crate::actions::post::Reader;
use crate::db;
use crate::db::subscriptions::Subscription;
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};

/// Names that a letter lists; of more it says how many there are.
const LISTED: usize = 20;
/// News that are counted for one letter; of more it says that there are at least as many.
pub const COUNTED: usize = 100;
/// Days for which a letter that does not leave may be tried.
const TRIED_DAYS: i64 = 3;

/// A new recognition that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The name in the list.
    pub name: String,
    /// The list's title.
    pub list: String,
}

/// Subscribers who may be written to now about what was published up to `newest`, at most `limit`: each gets one letter a day at most.
///
/// # Errors
/// The database is away.
pub fn due(tx: &mut Tx<'_>, newest: i32, limit: i64) -> Result<Vec<Subscription>, Error> {
    let told_before: NaiveDateTime = tx.now - Duration::days(1);
    Ok(db::subscriptions::behind(tx.db, newest, told_before, limit)?)
}

/// Notes that a subscriber has been told of everything up to the list `newest`, and writes to them if anything of it is news. False when
/// another process has done so already.
///
/// # Errors
/// The database is away.
pub fn announce(tx: &mut Tx<'_>, subscription: &Subscription, newest: i32, news: &[News]) -> Result<bool, Error> {
    let told_at = if news.is_empty() { subscription.told_at } else { Some(tx.now) };
    let step = (subscription.seen_list, newest);
    if !db::subscriptions::advance(tx.db, subscription.id, step, told_at)? {
        return Ok(false);
    }
    if news.is_empty() {
        return Ok(true);
    }
    let Some(address) = address_of(tx.env, subscription) else {
        // Sealed by a key that is gone: nobody can ever be written to.
        tracing::error!(subscription.id = %subscription.id, "an address does not open; the subscription is taken away");
        db::subscriptions::remove(tx.db, subscription.id)?;
        return Ok(true);
    };
    let lines: Vec<String> = news.iter().take(LISTED).map(|one| format!("{}　{}", one.name, one.list)).collect();
    let (lines, count) = (lines.join("\n"), news.len().to_string());
    let more = if news.len() < COUNTED { "no" } else { "yes" };
    let end = format!("{}{}", tx.env.base_url, end_path(tx.env, subscription.id));
    let args = [("count", count.as_str()), ("more", more), ("lines", lines.as_str()), ("end", end.as_str())];
    let (path, until) = (search_path(&subscription.search.0), tx.now + Duration::days(TRIED_DAYS));
    let reader = Reader { account: None, address: &address, language: &subscription.language };
    tx.post_to_subscriber(reader, "subscription-news", &path, &args, until, Some(&end))?;
    Ok(true)
}
