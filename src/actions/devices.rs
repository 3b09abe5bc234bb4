//! Browsers and programs with which somebody has signed in before. Such a browser is counted by itself, so that whoever
//! tries passwords elsewhere, or from the same network, never keeps its owner out (C-05). It proves nothing else: the
//! password is asked for all the same. A program keeps nothing to be known by: its owner is told of a new one.

use super::{Env, Tx, throttle};
use crate::db;
use crate::db::accounts::email_key;
use crate::domain::ids::AccountId;
use crate::domain::network::neighbourhood_of;
use crate::domain::sign_in_program::{PROGRAM_DAYS, name_of};
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};

/// Days for which a browser is known after a sign-in.
pub const DEVICE_DAYS: i64 = 180;
/// Characters of a browser's name.
const NAME_LENGTH: usize = 32;

/// What a browser keeps after a sign-in under an address: a name by chance, until when, and the proof that both are ours.
///
/// # Errors
/// There are no random numbers.
pub fn remember(env: &Env, email: &str, now: NaiveDateTime) -> Result<String, Error> {
    let name: String = hex::encode(env.random.secret()?).chars().take(NAME_LENGTH).collect();
    let until = (now + Duration::days(DEVICE_DAYS)).and_utc().timestamp();
    let proof = proof(env, email, &name, until);
    Ok(format!("{name}.{until}.{proof}"))
}

/// The name of a browser that was told by itself, if somebody signed in with it under this address lately.
pub fn known(env: &Env, email: &str, told: &str, now: NaiveDateTime) -> Option<String> {
    let mut parts = told.splitn(3, '.');
    let (name, until, given) = (parts.next()?, parts.next()?.parse::<i64>().ok()?, parts.next()?);
    let right = proof(env, email, name, until);
    let same: bool = subtle::ConstantTimeEq::ct_eq(right.as_bytes(), given.as_bytes()).into();
    (same && now.and_utc().timestamp() < until).then(|| name.to_string())
}

/// Notes a sign-in by a program; the account's owner is told by mail of one that was not seen lately, a few times in an
/// hour at most. The account is held by the caller.
///
/// # Errors
/// The database is away.
pub fn note_program(tx: &mut Tx<'_>, account: AccountId, user_agent: &str, network: &str) -> Result<(), Error> {
    let name = name_of(user_agent);
    let told_apart = format!("{account} {name} {}", neighbourhood_of(network));
    let digest = hex::encode(tx.env.keys.mac("program", told_apart.as_bytes()));
    let since = tx.now - Duration::days(PROGRAM_DAYS);
    let is_new = db::sign_in_programs::note(tx.db, account, &digest, since, tx.now)?;
    if !is_new || !throttle::count_letter(tx, &format!("programs of {account}"))? {
        return Ok(());
    }
    let owner = db::accounts::find(tx.db, account)?;
    let args = [("name", owner.name.as_str()), ("program", name.as_str())];
    tx.post((&owner).into(), "account_new_program", "/account", &args)
}

fn proof(env: &Env, email: &str, name: &str, until: i64) -> String {
    hex::encode(env.keys.mac("device", format!("{name} {until} {}", email_key(email)).as_bytes()))
}
