//! Asking for a search by mail.

use super::{ADDRESS, CONFIRM_HOURS, search_path};
use crate::actions::accounts::clean_email;
use crate::actions::post::Reader;
use crate::actions::{Tx, throttle};
use crate::auth::token::Secret;
use crate::db::accounts::email_key;
use crate::db::{self, Json};
use crate::domain::chain::canonical::digest_of_text;
use crate::domain::form::Problem;
use crate::domain::ids::SubscriptionId;
use crate::domain::language::Language;
use crate::domain::network::neighbourhood_of;
use crate::domain::search::SavedSearch;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use chrono::Duration;

/// Letters with a link to confirm that one address gets in a day at most, whoever asks for them.
const ASKED_A_DAY: i64 = 5;
/// Letters with a link to confirm that leave in a day, to whomever, before networks that asked for many are held back.
const ASKED_BY_ALL_A_DAY: i64 = 2_000;
/// Letters that the networks of one neighbourhood have in a day, however many the others asked for.
const SHARE: i64 = 10;
/// Searches that one address may have.
const SEARCHES: usize = 20;

/// The address as it is kept, and all that is wrong with it and with the search.
fn read(typed: &str, search: &SavedSearch) -> (String, Vec<Problem>) {
    let mut problems = Vec::new();
    let email = clean_email("email", typed, &mut problems);
    problems.extend(search.question().err().into_iter().flatten());
    (email, problems)
}

/// All that [`subscribe`] refuses of an address and a search by themselves, for whoever has to say still more of them.
pub fn problems_of(email: &str, search: &SavedSearch) -> Vec<Problem> {
    read(email, search).1
}

/// Asks that a search is mailed to an address, in this language. The answer is the same whatever is known of the
/// address; only the letter differs. The secret of the link, if one was sent, is for the letter and for tests alone.
/// `network` is where it is asked from: what all together are allowed cannot be used up from one place.
///
/// # Errors
/// Problems at `email`, and at `q`, `year` and `standing` for a search that cannot be carried out; `too_many_attempts`.
pub fn subscribe(
    tx: &mut Tx<'_>,
    email: &str,
    search: &SavedSearch,
    language: Language,
    network: &str,
) -> Result<Option<Secret>, Error> {
    let (email, problems) = read(email, search);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let neighbourhood = neighbourhood_of(network);
    throttle::count(tx, Throttled::SubscriptionNeighbours, &neighbourhood)?;
    let address_key = hex::encode(tx.env.keys.mac(ADDRESS, email_key(&email).as_bytes()));
    let search_key = digest_of_text(&search_path(search));
    let confirmed = db::subscriptions::confirmed_searches(tx.db, &address_key)?;
    if confirmed.contains(&search_key) {
        return Ok(None);
    }
    let since = tx.now - Duration::days(1);
    let too_many = confirmed.len() >= SEARCHES
        || db::subscriptions::count_asked_for(tx.db, &address_key, since)? >= ASKED_A_DAY
        || db::subscriptions::count_asked(tx.db, since)? >= ASKED_BY_ALL_A_DAY
            && throttle::counted(tx, Throttled::SubscriptionNeighbours, &neighbourhood)? > SHARE;
    if too_many {
        tracing::info!("subscription mail withheld: too many");
        return Ok(None);
    }
    let id = SubscriptionId::new(&*tx.env.ids);
    let (secret, random) = (Secret::from_bytes(tx.env.random.secret()?), tx.env.random.secret()?);
    let sealed = tx.env.keys.seal(ADDRESS, id.as_text(), email.as_bytes(), &random);
    db::subscriptions::create(
        tx.db,
        &db::subscriptions::Subscription {
            id,
            search: Json(search.clone()),
            search_key,
            address_key,
            address: sealed.ok_or_else(|| anyhow::anyhow!("an address cannot be sealed"))?,
            created_at: tx.now,
            confirm_key: Some(secret.stored.clone()),
            confirmed_at: None,
            seen_list: 0,
            told_at: None,
            language: language.as_text().into(),
            letter_at: None,
        },
    )?;
    let path = format!("/subscriptions/{}", secret.plain);
    let shown = format!("{}{}", tx.env.base_url, search_path(search));
    let hours = CONFIRM_HOURS.to_string();
    let is_filtered = search.parts().iter().any(|(_, value)| !value.is_empty());
    let unfiltered = if is_filtered { "no" } else { "yes" };
    let until = tx.now + Duration::hours(CONFIRM_HOURS);
    let args = [("search", shown.as_str()), ("hours", hours.as_str()), ("unfiltered", unfiltered)];
    let reader = Reader { account: None, address: &email, language: language.as_text() };
    tx.post_to_subscriber(reader, "subscription-confirm", &path, &args, until, None)?;
    Ok(Some(secret))
}
