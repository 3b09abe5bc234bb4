//! Confirming an address by the link that was sent there.

use super::confirmable_since;
use crate::actions::Tx;
use crate::auth::token::stored_form;
use crate::db;
use crate::db::subscriptions::Subscription;
use crate::domain::refusal::Refusal;
use crate::domain::search::SavedSearch;
use crate::error::Error;

fn of_link(tx: &mut Tx<'_>, token: &str) -> Result<Subscription, Error> {
    let found = db::subscriptions::to_confirm(tx.db, &stored_form(token), confirmable_since(tx.now))?;
    found.ok_or_else(|| Refusal::unacceptable("subscription_link_not_good").into())
}

/// The search that a link is about, without using it up.
///
/// # Errors
/// `subscription_link_not_good`.
pub fn search_of_link(tx: &mut Tx<'_>, token: &str) -> Result<SavedSearch, Error> {
    Ok(of_link(tx, token)?.search.0)
}

/// Uses a link up: from here on whatever is published and matches is told.
///
/// # Errors
/// `subscription_link_not_good`.
pub fn confirm(tx: &mut Tx<'_>, token: &str) -> Result<SavedSearch, Error> {
    let subscription = of_link(tx, token)?;
    let newest = db::subscriptions::newest_list(tx.db)?;
    if !db::subscriptions::confirm(tx.db, subscription.id, newest, tx.now)? {
        return Err(Refusal::unacceptable("subscription_link_not_good").into());
    }
    db::subscriptions::remove_doubles(tx.db, &subscription)?;
    Ok(subscription.search.0)
}
