//! Another address to sign in with: asked for by whoever has just proved to be its owner, confirmed from the new mailbox by the
//! same person, and told to the old one (C-09).
//!
//! Nothing is kept in between. The link names the new address and proves that it was asked for here, by this account, as the
//! account stood then; whatever changes the account, the link itself above all, makes it useless.

use super::accounts::{
    LINK_MINUTES, clean_email, link_not_good, must_be_sound, record_own, tell_it_is_taken, void_links,
};
use super::post::{Reader, Until};
use super::{Tx, throttle};
use crate::db;
use crate::db::accounts::{Account, email_key};
use crate::domain::actor::Actor;
use crate::domain::status::AccountStatus;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use chrono::{DateTime, Duration, NaiveDateTime};

fn own(tx: &mut Tx<'_>, actor: &Actor) -> Result<Account, Error> {
    let account = db::accounts::lock(tx.db, actor.must_be_somebody()?)?;
    if account.status == AccountStatus::Active { Ok(account) } else { Err(Error::Unauthenticated) }
}

/// Asks for another address; whoever asks has just given their password. A link goes to the new address and a word to the old
/// one. Whether the new one has an account is told to nobody but its owner: then there is no link. It is given for the mail and
/// for tests alone.
///
/// # Errors
/// What is wrong with the address; `too_many_attempts`.
pub fn ask(tx: &mut Tx<'_>, actor: &Actor, email: &str) -> Result<Option<String>, Error> {
    let mut problems = Vec::new();
    let email = clean_email("email", email, &mut problems);
    must_be_sound(problems)?;
    let account = own(tx, actor)?;
    if email_key(&email) == account.email_key {
        return Err(Error::field("email", "email_unchanged"));
    }
    throttle::count(tx, Throttled::PasswordReset, account.id.as_text())?;
    tx.post((&account).into(), "account_address_asked", "/account", &[("name", &account.name)])?;
    if let Some(other) = db::accounts::find_by_email(tx.db, &email)? {
        tell_it_is_taken(tx, &other)?;
        return Ok(None);
    }
    if !throttle::count_letter(tx, &email_key(&email))? {
        tracing::info!(account.id = %account.id, "address mail withheld: too many");
        return Ok(None);
    }
    let ends = tx.now + Duration::minutes(LINK_MINUTES);
    let token = token_of(tx, &account, &email, ends);
    let reader = Reader { account: Some(account.id), address: &email, language: &account.language };
    let (path, minutes) = (format!("/account/address/{token}"), LINK_MINUTES.to_string());
    let args = [("name", account.name.as_str()), ("minutes", minutes.as_str())];
    tx.post_until(reader, "account_address_confirm", &path, &args, Until::Secret(ends))?;
    Ok(Some(token))
}

fn proof(tx: &Tx<'_>, account: &Account, until: i64, email: &str) -> String {
    let said = format!("{} {} {until} {email}", account.id, account.version);
    hex::encode(tx.env.keys.mac("address change", said.as_bytes()))
}

/// What a link says: until when, which address, and that it is ours.
fn token_of(tx: &Tx<'_>, account: &Account, email: &str, ends: NaiveDateTime) -> String {
    let until = ends.and_utc().timestamp();
    format!("{until}-{}-{}", hex::encode(email), proof(tx, account, until, email))
}

/// What a link of this account as it stands says, whether it is over or not: until when, in seconds, and which address.
fn said(tx: &Tx<'_>, account: &Account, token: &str) -> Option<(i64, String)> {
    let mut parts = token.splitn(3, '-');
    let (until, email, given) = (parts.next()?.parse::<i64>().ok()?, parts.next()?, parts.next()?);
    let email = String::from_utf8(hex::decode(email).ok()?).ok()?;
    let right = proof(tx, account, until, &email);
    let same: bool = subtle::ConstantTimeEq::ct_eq(right.as_bytes(), given.as_bytes()).into();
    same.then_some((until, email))
}

/// The same link with another end, for a letter that leaves later than it was written; none when the account has changed since.
pub(super) fn renewed(tx: &Tx<'_>, account: &Account, old: &str, ends: NaiveDateTime) -> Option<String> {
    let (_, email) = said(tx, account, old)?;
    Some(token_of(tx, account, &email, ends))
}

/// The address that a link confirms for this account.
fn named(tx: &Tx<'_>, account: &Account, token: &str) -> Result<String, Error> {
    let in_time = |until: i64| DateTime::from_timestamp(until, 0).is_some_and(|until| tx.now.and_utc() < until);
    let found = said(tx, account, token).filter(|(until, _)| in_time(*until));
    found.map(|(_, email)| email).ok_or_else(link_not_good)
}

/// The address that would be one's own, without changing anything: what the page of a link shows.
///
/// # Errors
/// `link_not_good`.
pub fn shown(tx: &mut Tx<'_>, actor: &Actor, token: &str) -> Result<String, Error> {
    let account = db::accounts::find(tx.db, actor.must_be_somebody()?)?;
    named(tx, &account, token)
}

/// Takes the new address. Every session ends, every other link is void, and the old address is told.
///
/// # Errors
/// `link_not_good`; `email_taken` of the field `email`, where somebody came before; stale.
pub fn confirm(tx: &mut Tx<'_>, actor: &Actor, token: &str) -> Result<(), Error> {
    let account = own(tx, actor)?;
    let email = named(tx, &account, token)?;
    let changed = db::accounts::set_email(tx.db, account.id, account.version, &email).map_err(|error| match error {
        diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => {
            Error::field("email", "email_taken")
        }
        other => other.into(),
    })?;
    if !changed {
        return Err(Error::Stale);
    }
    void_links(tx, account.id)?;
    // A letter of a procedure that was held for hours must not go where its reader does not look any more.
    db::mails::readdress_held(tx.db, account.id, &email)?;
    tx.end_sessions(account.id)?;
    tx.vouch("accounts", account.id.as_text(), &["email", "email_key"])?;
    record_own(tx, actor, account.id, "account.address_changed")?;
    // As it was: the letter goes to the old address.
    tx.post((&account).into(), "account_address_changed", "/", &[("name", &account.name)])
}
