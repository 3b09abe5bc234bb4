//! How often something may be tried, counted in the database and so for all processes together.
//!
//! An attempt is counted before it is looked at, so that many at once cannot slip through; one that was refused here is not
//! counted, so that the window slides on under whoever keeps knocking. Where passwords are guessed, the wait grows with each time
//! that a limit is reached.

use super::{Tx, devices};
use crate::config::{LimitConfig, LimitsConfig};
use crate::db;
use crate::domain::refusal::Refusal;
use crate::domain::throttle::{Limit, MEMORY, Throttled};
use crate::error::Error;
use chrono::{DateTime, NaiveDateTime};

/// An attempt that was counted.
#[derive(Debug, Clone)]
pub struct Attempt {
    what: Throttled,
    key: String,
    slot: i64,
    reached: Option<Reached>,
}

/// Where it is kept how often a limit was reached, for what grows; and when by this attempt, if it was.
#[derive(Debug, Clone)]
struct Reached {
    key: String,
    second: Option<i64>,
}

fn limit_of(limits: &LimitsConfig, what: Throttled) -> Limit {
    let LimitConfig { attempts, minutes } = match what {
        Throttled::SignInAccount => limits.sign_in_account,
        Throttled::SignInNetwork => limits.sign_in_network,
        Throttled::SecondFactor => limits.second_factor,
        Throttled::PasswordReset => limits.password_reset,
        Throttled::Registration => limits.registration,
        Throttled::Objection => limits.objection,
        Throttled::Evidence => limits.evidence,
        Throttled::Subscription => limits.subscription,
        Throttled::SubscriptionNeighbours => limits.subscription_neighbours,
        Throttled::Certificate => limits.certificate,
    };
    Limit::new(attempts, minutes)
}

/// Whoever reads the table learns neither who tried nor from where.
fn key_of(tx: &Tx<'_>, purpose: &str, what: Throttled, whom: &str) -> String {
    hex::encode(tx.env.keys.mac(purpose, format!("{what} {whom}").as_bytes()))
}

fn refused(seconds: i64) -> Error {
    let minutes = (seconds + 59) / 60;
    Refusal::too_many("too_many_attempts").with("seconds", seconds).with("minutes", minutes).into()
}

/// Counts an attempt of `whom`: an address, an account or a network.
///
/// # Errors
/// `too_many_attempts`, with the seconds to wait.
pub fn count(tx: &mut Tx<'_>, what: Throttled, whom: &str) -> Result<Attempt, Error> {
    let limit = limit_of(&tx.env.limits, what);
    let key = key_of(tx, "attempts", what, whom);
    let second = tx.now.and_utc().timestamp();
    let mut reached = what.grows().then(|| Reached { key: key_of(tx, "limits", what, whom), second: None });
    if let Some(Reached { key, .. }) = &reached {
        let before = db::attempts::since(tx.db, what, key, second - MEMORY)?;
        if let Some(until) = limit.held_until(&before).filter(|until| second < *until) {
            return Err(refused(until - second));
        }
    }
    let slot = limit.slot_at(second);
    db::attempts::add(tx.db, what, &key, slot, at(limit.end_of(slot)))?;
    let counted = db::attempts::since(tx.db, what, &key, limit.oldest_at(second))?;
    if let Some(seconds) = limit.wait(&counted, second) {
        return Err(refused(seconds));
    }
    if let Some(Reached { key, second: by_this }) = &mut reached
        && limit.is_reached(&counted)
    {
        db::attempts::add(tx.db, what, key, second, at(second + MEMORY))?;
        *by_this = Some(second);
    }
    Ok(Attempt { what, key, slot, reached })
}

/// How many attempts of `whom` count now.
///
/// # Errors
/// The database is away.
pub fn counted(tx: &mut Tx<'_>, what: Throttled, whom: &str) -> Result<i64, Error> {
    let limit = limit_of(&tx.env.limits, what);
    let key = key_of(tx, "attempts", what, whom);
    let slots = db::attempts::since(tx.db, what, &key, limit.oldest_at(tx.now.and_utc().timestamp()))?;
    Ok(slots.iter().map(|(_, made)| made).sum())
}

/// Letters that whoever has an account can cause in an hour at a mailbox that nobody's account stands behind.
const STRANGERS_LETTERS: i64 = 5;

/// Counts a letter to an address that somebody else named, for everybody together; false when it must not be sent: whoever
/// asked is told nothing of it.
///
/// # Errors
/// The database is away.
pub fn count_letter(tx: &mut Tx<'_>, address_key: &str) -> Result<bool, Error> {
    let (what, limit) = (Throttled::PasswordReset, Limit::new(STRANGERS_LETTERS, 60));
    let key = key_of(tx, "letters", what, address_key);
    let second = tx.now.and_utc().timestamp();
    let slot = limit.slot_at(second);
    // Added first, so that of two at once the second one counts the first.
    db::attempts::add(tx.db, what, &key, slot, at(limit.end_of(slot)))?;
    let counted = db::attempts::since(tx.db, what, &key, limit.oldest_at(second))?;
    if limit.wait(&counted, second).is_none() {
        return Ok(true);
    }
    db::attempts::take_back(tx.db, what, &key, slot)?;
    Ok(false)
}

/// How long such a letter is put off at most, in slots of its limit: a day.
const PUT_OFF: i64 = 240;

/// When a letter leaves that must come one day, to an address that somebody else named: now, or as soon as no more than
/// so many leave for it in any hour, whoever causes them. None if a day of them is waiting already.
///
/// # Errors
/// The database is away.
pub fn letter_leaves_at(tx: &mut Tx<'_>, address_key: &str) -> Result<Option<NaiveDateTime>, Error> {
    let (what, limit) = (Throttled::PasswordReset, Limit::new(STRANGERS_LETTERS, 60));
    let key = key_of(tx, "letters", what, address_key);
    let second = tx.now.and_utc().timestamp();
    let slot = limit.slot_at(second);
    // Held by writing to it, so that of two at once the second one sees where the first was put.
    db::attempts::add(tx.db, what, &key, slot, at(limit.end_of(slot)))?;
    db::attempts::take_back(tx.db, what, &key, slot)?;
    let counted = db::attempts::since(tx.db, what, &key, limit.oldest_at(second))?;
    let Some(free) = limit.first_free(&counted, second, PUT_OFF) else { return Ok(None) };
    db::attempts::add(tx.db, what, &key, free, at(limit.end_of(free)))?;
    Ok(Some(at(limit.start_of(free)).max(tx.now)))
}

fn at(second: i64) -> NaiveDateTime {
    DateTime::from_timestamp(second, 0).unwrap_or_default().naive_utc()
}

impl Attempt {
    /// It was none: the service itself was in the way, or it was a right one.
    pub fn take_back(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        db::attempts::take_back(tx.db, self.what, &self.key, self.slot)?;
        if let Some(Reached { key, second: Some(second) }) = &self.reached {
            db::attempts::take_back(tx.db, self.what, key, *second)?;
        }
        Ok(())
    }

    /// Forgets it with all that came before it.
    pub fn forget_all(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        db::attempts::forget(tx.db, self.what, &self.key)?;
        if let Some(Reached { key, .. }) = &self.reached {
            db::attempts::forget(tx.db, self.what, key)?;
        }
        Ok(())
    }
}

/// A sign-in on its way: counted for the address that was typed and for the network that it comes from; one in a browser that
/// is known, for that browser alone.
#[derive(Debug, Clone)]
pub struct SignInAttempt {
    account: Attempt,
    network: Option<Attempt>,
}

/// Counts a sign-in before anything is known of the address: one without an account is counted, and refused, alike.
///
/// # Errors
/// `too_many_attempts`.
pub fn count_sign_in(
    tx: &mut Tx<'_>,
    email: &str,
    network: &str,
    device: Option<&str>,
) -> Result<SignInAttempt, Error> {
    let key = db::accounts::email_key(email);
    if let Some(device) = device.and_then(|told| devices::known(tx.env, email, told, tx.now)) {
        let account = count(tx, Throttled::SignInAccount, &format!("{key} with {device}"))?;
        return Ok(SignInAttempt { account, network: None });
    }
    let account = count(tx, Throttled::SignInAccount, &key)?;
    let network = count(tx, Throttled::SignInNetwork, network)?;
    Ok(SignInAttempt { account, network: Some(network) })
}

impl SignInAttempt {
    /// It ended before the password was looked at.
    pub fn take_back(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        self.account.take_back(tx)?;
        self.network.as_ref().map_or(Ok(()), |network| network.take_back(tx))
    }

    /// The password was right. What others tried from the same network stays counted: whoever has an account must not wipe
    /// away what they tried on the accounts of others.
    pub fn succeeded(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        self.account.forget_all(tx)?;
        self.network.as_ref().map_or(Ok(()), |network| network.take_back(tx))
    }
}
