//! How often something may be tried, counted in the database and so for all processes together.
//!
//! An attempt is counted before it is looked at, so that many at once cannot slip through; one that was refused here is not
//! counted, so that the window slides on under whoever keeps knocking.

use super::Tx;
use crate::config::{LimitConfig, LimitsConfig};
use crate::db;
use crate::domain::refusal::Refusal;
use crate::domain::throttle::{Limit, Throttled};
use crate::error::Error;
use chrono::DateTime;

/// An attempt that was counted.
#[derive(Debug, Clone)]
pub struct Attempt {
    what: Throttled,
    key: String,
    slot: i64,
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
    };
    Limit::new(attempts, minutes)
}

/// Counts an attempt of `whom`: an address, an account or a network.
///
/// # Errors
/// `too_many_attempts`, with the seconds to wait.
pub fn count(tx: &mut Tx<'_>, what: Throttled, whom: &str) -> Result<Attempt, Error> {
    let limit = limit_of(&tx.env.limits, what);
    // Whoever reads the table learns neither who tried nor from where.
    let key = hex::encode(tx.env.keys.mac("attempts", format!("{what} {whom}").as_bytes()));
    let second = tx.now.and_utc().timestamp();
    let slot = limit.slot_at(second);
    let ends_at = DateTime::from_timestamp(limit.end_of(slot), 0).unwrap_or_default().naive_utc();
    db::attempts::add(tx.db, what, &key, slot, ends_at)?;
    let counted = db::attempts::since(tx.db, what, &key, limit.oldest_at(second))?;
    match limit.wait(&counted, second) {
        None => Ok(Attempt { what, key, slot }),
        Some(seconds) => {
            let minutes = (seconds + 59) / 60;
            Err(Refusal::too_many("too_many_attempts").with("seconds", seconds).with("minutes", minutes).into())
        }
    }
}

impl Attempt {
    /// It was none: the service itself was in the way, or it was a right one.
    pub fn take_back(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        Ok(db::attempts::take_back(tx.db, self.what, &self.key, self.slot)?)
    }

    /// Forgets it with all that came before it.
    pub fn forget_all(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        Ok(db::attempts::forget(tx.db, self.what, &self.key)?)
    }
}

/// A sign-in on its way: counted for the address that was typed and for the network that it comes from.
#[derive(Debug, Clone)]
pub struct SignInAttempt {
    account: Attempt,
    network: Attempt,
}

/// Counts a sign-in before anything is known of the address: one without an account is counted, and refused, alike.
///
/// # Errors
/// `too_many_attempts`.
pub fn count_sign_in(tx: &mut Tx<'_>, email: &str, network: &str) -> Result<SignInAttempt, Error> {
    let account = count(tx, Throttled::SignInAccount, &db::accounts::email_key(email))?;
    let network = count(tx, Throttled::SignInNetwork, network)?;
    Ok(SignInAttempt { account, network })
}

impl SignInAttempt {
    /// It ended before the password was looked at.
    pub fn take_back(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        self.account.take_back(tx)?;
        self.network.take_back(tx)
    }

    /// The password was right. What others tried from the same network stays counted: whoever has an account must not wipe
    /// away what they tried on the accounts of others.
    pub fn succeeded(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        self.account.forget_all(tx)?;
        self.network.take_back(tx)
    }
}
