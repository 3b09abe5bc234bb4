//! Mails the searches that somebody subscribed to, once something new has been published that matches.

use crate::actions::subscription::announce::{COUNTED, News, announce, due};
use crate::actions::subscription::forget_unconfirmed;
use crate::app::{App, Snapshot};
use crate::db;
use crate::db::subscriptions::Subscription;
use crate::domain::calendar::local_date;
use crate::error::Error;

/// Subscribers looked at in a turn, so that the other jobs get theirs.
const BATCH: i64 = 200;

/// Tells whoever is due; how many were looked at.
///
/// # Errors
/// The database is away.
pub fn announce_news(app: &App) -> Result<usize, Error> {
    app.write_now(forget_unconfirmed)?;
    let waiting = app.read_now(|tx| {
        let newest = db::subscriptions::newest_list(tx.db)?;
        due(tx, newest, 1)
    })?;
    // No index is built where nobody waits for one.
    if waiting.is_empty() {
        return Ok(0);
    }
    let Some(snapshot) = app.register_now()? else { return Ok(0) };
    let newest = snapshot.index.lists().iter().map(|list| list.chain_number).max().unwrap_or_default();
    let subscriptions = app.read_now(|tx| due(tx, newest, BATCH))?;
    let looked_at = subscriptions.len();
    for subscription in subscriptions {
        let news = news_of(app, &snapshot, &subscription);
        app.write_now(move |tx| announce(tx, &subscription, newest, &news))?;
    }
    Ok(looked_at)
}

/// What matches and was published since somebody was told last, the newest first.
fn news_of(app: &App, snapshot: &Snapshot, subscription: &Subscription) -> Vec<News> {
    let (query, filters) = match subscription.search.0.question() {
        Ok(question) => question,
        // It could be when it was kept: the rules of searches have changed since.
        Err(problems) => {
            let id = &subscription.id;
            for problem in problems {
                let (field, code) = (&problem.path, &problem.code);
                tracing::warn!(subscription = %id, %field, %code, "a search by mail cannot be carried out any more");
            }
            return Vec::new();
        }
    };
    let index = &snapshot.index;
    let found = index.newest(&query, &filters, local_date(app.clock.now()), COUNTED);
    let news = found.into_iter().filter_map(|(hit, which)| {
        let provider = index.provider(hit)?;
        let held = provider.recognitions.get(which)?;
        let list = index.lists().get(held.list)?;
        let fresh = list.chain_number > subscription.seen_list;
        fresh.then(|| News { name: held.name.clone(), list: list.title.clone() })
    });
    news.collect()
}
