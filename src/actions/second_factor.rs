//! The second factor of an account: offered, taken up with its first code, asked for at each sign-in, given up.
//!
//! A code is checked in a transaction that stands even when the code is wrong: otherwise the attempt would not count.

use super::{Env, Record, Tx, throttle};
use crate::auth::totp::{self, SECRET_BYTES};
use crate::config::{AccountsConfig, PasswordPolicy, SecondFactor as Setting};
use crate::db;
use crate::db::second_factors::SecondFactor;
use crate::db::sessions::Visitor;
use crate::domain::actor::{Actor, Held};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::{self, Demand};
use crate::domain::throttle::Throttled;
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use unicode_normalization::UnicodeNormalization;

/// The purpose that the seal's key is derived for.
const PURPOSE: &str = "second factor";
/// Minutes for which an offered secret can be taken up.
pub const OFFER_MINUTES: i64 = 30;
/// Recovery codes of an account.
const RECOVERY_CODES: usize = 10;
/// Random bytes of a recovery code: sixteen letters, more than anybody guesses.
const RECOVERY_BYTES: usize = 10;
/// Letters of a recovery code, and of each group in which it is written.
const RECOVERY_LETTERS: usize = 16;
const GROUP_LETTERS: usize = 4;

/// A secret that waits to be taken up. Not to be shown by accident, so it has no debug form.
pub struct Offer {
    /// In base32, to be typed.
    pub secret: String,
    /// What the QR code holds.
    pub address: String,
}

/// How it stands with somebody's second factor.
pub struct Standing {
    /// In use since.
    pub since: Option<NaiveDateTime>,
    /// Recovery codes left.
    pub codes_left: i64,
    /// Whether their roles require one.
    pub required: bool,
    /// What was offered and not taken up yet.
    pub offer: Option<Offer>,
}

/// Whether whoever holds these roles must have a second factor here.
pub fn is_required(env: &Env, held: &[Held]) -> bool {
    env.accounts.second_factor == Setting::Officers && second_factor::is_bound(held)
}

/// What is owed in a session whose password was right.
pub fn demand(env: &Env, visitor: &Visitor, now: NaiveDateTime) -> Demand {
    let AccountsConfig { password_policy, password_days, .. } = env.accounts;
    // Whoever is let in by a provider alone has none that could grow old.
    let is_old = password_policy == PasswordPolicy::Dengbao3
        && visitor.password_at.is_some_and(|at| at + Duration::days(password_days) <= now);
    let required = is_required(env, &visitor.actor.held);
    let demand = second_factor::demand(required, visitor.enrolled, visitor.factor_at, is_old);
    if visitor.is_half { demand.of_half_sign_in() } else { demand }
}

fn record(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, action: &'static str) -> Result<(), Error> {
    tx.record(actor, Record { subject_kind: "account", subject_id: account.as_text(), action, ..Record::default() })
}

/// As the account itself does it.
fn themselves(tx: &mut Tx<'_>, account: AccountId) -> Result<Actor, Error> {
    let stored = db::accounts::find(tx.db, account)?;
    let held = db::sessions::held(tx.db, account, tx.now)?;
    Ok(Actor { account: Some(account), name: stored.name, language: stored.language, held })
}

/// Opens what is kept sealed for an account; none when it was altered or put in another's place.
pub(super) fn open(env: &Env, account: AccountId, sealed: &str) -> Option<Vec<u8>> {
    env.keys.unseal(PURPOSE, account.as_text(), sealed)
}

fn must_open(tx: &Tx<'_>, account: AccountId, sealed: &str) -> Result<Vec<u8>, Error> {
    let opened = open(tx.env, account, sealed);
    Ok(opened.ok_or_else(|| anyhow::anyhow!("account {account}: the seal of its second factor does not open"))?)
}

/// Offers a new secret, beside the one in use, which stays good until the new one is taken up.
pub fn offer(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Error> {
    db::accounts::lock(tx.db, account)?;
    let random = tx.env.random.secret()?;
    let secret = random.split_at(SECRET_BYTES).0;
    let nonce = tx.env.random.secret()?;
    let sealed = tx.env.keys.seal(PURPOSE, account.as_text(), secret, &nonce);
    let sealed = sealed.ok_or_else(|| anyhow::anyhow!("a second factor cannot be sealed"))?;
    Ok(db::second_factors::offer(tx.db, account, &sealed, tx.now)?)
}

/// What was offered lately.
fn offered(kept: &SecondFactor, now: NaiveDateTime) -> Option<&str> {
    let lately = kept.offered_at.is_some_and(|at| now < at + Duration::minutes(OFFER_MINUTES));
    kept.offered.as_deref().filter(|_| lately)
}

/// How it stands with an account's second factor.
pub fn standing(tx: &mut Tx<'_>, account: AccountId) -> Result<Standing, Error> {
    let stored = db::accounts::find(tx.db, account)?;
    let held = db::sessions::held(tx.db, account, tx.now)?;
    let kept = db::second_factors::find(tx.db, account)?;
    let sealed = kept.as_ref().and_then(|kept| offered(kept, tx.now));
    let secret = sealed.map(|sealed| must_open(tx, account, sealed)).transpose()?;
    let issuer = tx.env.words.say(&stored.language, "site-name");
    Ok(Standing {
        since: kept.as_ref().and_then(|kept| kept.confirmed_at),
        codes_left: db::second_factors::codes_left(tx.db, account)?,
        required: is_required(tx.env, &held),
        offer: secret.map(|secret| Offer {
            address: totp::address(&secret, &issuer, &stored.email),
            secret: totp::base32(&secret),
        }),
    })
}

/// Takes the offered secret up with its first code. Gives the recovery codes, which are shown once; none for a wrong code.
///
/// # Errors
/// `no_factor_offered`, `too_many_attempts`.
pub fn confirm(tx: &mut Tx<'_>, account: AccountId, code: &str) -> Result<Option<Vec<String>>, Error> {
    let stored = db::accounts::lock(tx.db, account)?;
    let attempt = throttle::count(tx, Throttled::SecondFactor, account.as_text())?;
    let kept = db::second_factors::find(tx.db, account)?;
    let sealed = kept.as_ref().and_then(|kept| offered(kept, tx.now)).map(str::to_string);
    let Some(sealed) = sealed else { return Err(Refusal::conflict("no_factor_offered").into()) };
    let secret = must_open(tx, account, &sealed)?;
    let Some(step) = totp::step_of(&secret, &in_plain_figures(code), tx.now.and_utc().timestamp()) else {
        return Ok(None);
    };
    attempt.forget_all(tx)?;
    db::second_factors::take_up(tx.db, account, &sealed, step, tx.now)?;
    let codes = fresh_codes(tx, account)?;
    let actor = themselves(tx, account)?;
    record(tx, &actor, account, "account.factor_enrolled")?;
    tx.post((&stored).into(), "account_factor_enrolled", "/account/factor", &[("name", &stored.name)])?;
    Ok(Some(codes))
}

/// Whether a code is right: of this moment and not taken before, or a recovery code that was not used. It is used up.
///
/// # Errors
/// `too_many_attempts`.
pub fn check(tx: &mut Tx<'_>, account: AccountId, code: &str) -> Result<bool, Error> {
    let attempt = throttle::count(tx, Throttled::SecondFactor, account.as_text())?;
    let Some(sealed) = db::second_factors::find(tx.db, account)?.and_then(|kept| kept.secret) else {
        return Ok(false);
    };
    let typed = in_plain_figures(code);
    let right = if typed.len() == RECOVERY_LETTERS {
        use_recovery_code(tx, account, &typed)?
    } else {
        let secret = must_open(tx, account, &sealed)?;
        match totp::step_of(&secret, &typed, tx.now.and_utc().timestamp()) {
            // One row, one condition: of two who come with the same code at once, one is let in.
            Some(step) => db::second_factors::use_step(tx.db, account, step)?,
            None => false,
        }
    };
    if right {
        attempt.forget_all(tx)?;
    }
    Ok(right)
}

/// A code as it is compared: figures and letters in their usual width, whatever the keyboard typed, without blanks and hyphens.
fn in_plain_figures(code: &str) -> String {
    code.nfkc().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

/// The form under which a recovery code is kept.
fn kept_form(env: &Env, account: AccountId, letters: &str) -> String {
    hex::encode(env.keys.mac("recovery code", format!("{account} {}", letters.to_ascii_uppercase()).as_bytes()))
}

fn use_recovery_code(tx: &mut Tx<'_>, account: AccountId, letters: &str) -> Result<bool, Error> {
    let kept = kept_form(tx.env, account, letters);
    if !db::second_factors::use_code(tx.db, account, &kept, tx.now)? {
        return Ok(false);
    }
    let stored = db::accounts::find(tx.db, account)?;
    let left = db::second_factors::codes_left(tx.db, account)?.to_string();
    let actor = themselves(tx, account)?;
    record(tx, &actor, account, "account.recovery_code_used")?;
    let args = [("name", stored.name.as_str()), ("left", left.as_str())];
    tx.post((&stored).into(), "account_recovery_code_used", "/account/factor", &args)?;
    Ok(true)
}

/// Makes recovery codes in place of those before; written in groups, for people to copy.
fn fresh_codes(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<String>, Error> {
    let (mut shown, mut kept) = (Vec::new(), Vec::new());
    for _ in 0..RECOVERY_CODES {
        let random = tx.env.random.secret()?;
        let letters = totp::base32(random.split_at(RECOVERY_BYTES).0);
        kept.push(kept_form(tx.env, account, &letters));
        let letters: Vec<char> = letters.chars().collect();
        let groups: Vec<String> = letters.chunks(GROUP_LETTERS).map(|group| group.iter().collect()).collect();
        shown.push(groups.join("-"));
    }
    db::second_factors::replace_codes(tx.db, account, kept, tx.now)?;
    Ok(shown)
}

fn must_have_one(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Error> {
    match db::second_factors::in_use_since(tx.db, account)? {
        Some(_) => Ok(()),
        None => Err(Refusal::conflict("no_second_factor").into()),
    }
}

/// New recovery codes of one's own; those before are good no more.
///
/// # Errors
/// `no_second_factor`.
pub fn renew_codes(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<String>, Error> {
    let account = actor.must_be_somebody()?;
    db::accounts::lock(tx.db, account)?;
    must_have_one(tx, account)?;
    let codes = fresh_codes(tx, account)?;
    record(tx, actor, account, "account.recovery_codes_renewed")?;
    Ok(codes)
}

/// Gives one's own second factor up.
///
/// # Errors
/// `no_second_factor`; `second_factor_required` of one's roles.
pub fn give_up(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let stored = db::accounts::lock(tx.db, account)?;
    must_have_one(tx, account)?;
    let held = db::sessions::held(tx.db, account, tx.now)?;
    if is_required(tx.env, &held) {
        return Err(Refusal::conflict("second_factor_required").into());
    }
    db::second_factors::remove(tx.db, account)?;
    // One that still owes the code, begun by somebody with the password alone, would be a whole one from now on.
    for session in db::sessions::without_factor(tx.db, account)? {
        tx.end_session(&session);
    }
    record(tx, actor, account, "account.factor_removed")?;
    tx.post((&stored).into(), "account_factor_removed", "/account/factor", &[("name", &stored.name)])
}

/// What whoever gave a wrong code is told.
pub fn wrong_code() -> Error {
    Error::field("otp", "code_wrong")
}
