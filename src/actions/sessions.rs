//! Signing in and out.

use super::second_factor::{check, confirm, is_required};
use super::{Record, Tx, watch};
use crate::auth::token::Secret;
use crate::config::SessionConfig;
use crate::db;
use crate::db::sessions::{RefreshToken, Session};
use crate::domain::actor::{Actor, Held, Role};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::{self, Demand, FRESH_MINUTES};
use crate::domain::status::{AccountStatus, SessionKind};
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};

/// Minutes that somebody has to find the telephone.
pub(super) const OWING_MINUTES: i64 = 10;

/// Minutes since the sign-in within which a first second factor is taken up: whoever finds a session open somewhere must not
/// lock its owner out (C-09). A further one takes a fresh code of the one in use.
const RECENT_MINUTES: i64 = 30;

/// What is needed to check a password: read before the transaction, because hashing takes long.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The account, if the address has one that can be used.
    pub account: Option<AccountId>,
    /// The stored hash to check against.
    pub password_hash: Option<String>,
    /// The account's version, which moves on with its password and its status.
    pub version: i32,
}

/// Who might be signing in. An address without an account and a closed account look the same.
pub fn candidate(tx: &mut Tx<'_>, email: &str) -> Result<Candidate, Error> {
    let account = db::accounts::find_by_email(tx.db, email)?.filter(|account| account.status == AccountStatus::Active);
    Ok(Candidate {
        account: account.as_ref().map(|account| account.id),
        version: account.as_ref().map(|account| account.version).unwrap_or_default(),
        password_hash: account.and_then(|account| account.password_hash),
    })
}

fn is_officer(held: &[Held]) -> bool {
    held.iter().any(|held| !matches!(held.role, Role::VendorAdmin | Role::VendorMember | Role::Expert))
}

/// When a session in a browser that is used now ends.
pub fn expiry(config: &SessionConfig, held: &[Held], created_at: NaiveDateTime, now: NaiveDateTime) -> NaiveDateTime {
    let idle = if is_officer(held) { config.officer_idle_minutes } else { config.idle_minutes };
    (now + Duration::minutes(idle)).min(created_at + longest(config, held))
}

/// How long a session in a browser lasts at most.
fn longest(config: &SessionConfig, held: &[Held]) -> Duration {
    Duration::hours(if is_officer(held) { config.officer_absolute_hours } else { config.absolute_hours })
}

/// When a session of a program that uses its refresh token now ends. Whoever acts for others is let go by it as by a browser; a vendor's
/// program, which runs once a night perhaps, has longer.
fn program_expiry(
    config: &SessionConfig,
    held: &[Held],
    created_at: NaiveDateTime,
    now: NaiveDateTime,
) -> NaiveDateTime {
    let (idle, absolute) = if second_factor::is_bound(held) {
        (Duration::minutes(config.program_idle_minutes), longest(config, held))
    } else {
        (Duration::hours(config.vendor_program_idle_hours), Duration::days(config.vendor_program_days))
    };
    (now + idle).min(created_at + absolute)
}

/// When a session of this kind that was begun then ends, unless it is used after `now`.
fn end_of(
    config: &SessionConfig,
    kind: SessionKind,
    held: &[Held],
    created_at: NaiveDateTime,
    now: NaiveDateTime,
) -> NaiveDateTime {
    match kind {
        SessionKind::Browser => expiry(config, held, created_at, now),
        SessionKind::Api => program_expiry(config, held, created_at, now),
    }
}

/// Makes sure that the password which was checked before this transaction, at the account's version `checked`, is still its
/// own: a reset or a closing may have come between.
///
/// # Errors
/// `wrong_credentials`.
pub fn must_still_match(tx: &mut Tx<'_>, account: AccountId, checked: i32) -> Result<(), Error> {
    let stored = db::accounts::lock(tx.db, account)?;
    if stored.status == AccountStatus::Active && stored.version == checked {
        Ok(())
    } else {
        Err(Refusal::unacceptable("wrong_credentials").into())
    }
}

/// A session that has begun, with the secrets that its holder is told once.
#[derive(Debug)]
pub struct SignedIn {
    /// Whose.
    pub account: AccountId,
    /// The session.
    pub session: Secret,
    /// What a program's session goes on with; none for a browser.
    pub refresh_token: Option<Secret>,
    /// What is still owed before anything is open to it.
    pub owes: Demand,
}

/// What became of somebody whose password was right.
#[derive(Debug)]
pub enum Entered {
    /// A session has begun; in a browser it may still owe the second factor.
    In(SignedIn),
    /// A program that came without a code.
    CodeMissing,
    /// The code was wrong, or was taken before.
    CodeWrong,
    /// A program of somebody who must set up a second factor first.
    NotEnrolled,
}

/// What somebody shows of a second factor, beside a right password or an identity that was proved.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    /// Nothing.
    Nothing,
    /// A code.
    Code(&'a str),
    /// That of a provider of identities, in a way that the settings take as sufficient.
    FactorElsewhere,
}

/// Lets somebody in whose password was right, or whom a provider of identities has proved, as far as their second factor
/// allows. The account is held by the caller. There is no other way in.
///
/// # Errors
/// `too_many_attempts` at the code.
pub fn enter(
    tx: &mut Tx<'_>,
    config: &SessionConfig,
    account: AccountId,
    kind: SessionKind,
    user_agent: &str,
    shown: Shown<'_>,
) -> Result<Entered, Error> {
    let enrolled = db::second_factors::in_use_since(tx.db, account)?.is_some();
    let held = db::sessions::held(tx.db, account, tx.now)?;
    let demand = second_factor::demand(is_required(tx.env, &held), enrolled, None, false);
    match (demand, kind, shown) {
        // A password that is too old is asked about at the first request.
        (Demand::Nothing | Demand::NewPassword, ..) => {
            begin_whole(tx, config, account, kind, user_agent).map(Entered::In)
        }
        (Demand::Code, _, Shown::Code(code)) => {
            if !check(tx, account, code)? {
                watch::note_wrong_code(tx, account)?;
                return Ok(Entered::CodeWrong);
            }
            begin_with_factor(tx, config, account, kind, user_agent).map(Entered::In)
        }
        (Demand::Code, SessionKind::Browser, Shown::FactorElsewhere) => {
            let signed_in = begin_whole(tx, config, account, kind, user_agent)?;
            // It lets them in and is fresh for nothing: what weighs most takes a code of their own.
            let stale = tx.now - Duration::minutes(FRESH_MINUTES) - Duration::seconds(1);
            db::sessions::note_factor(tx.db, &signed_in.session.stored, stale)?;
            Ok(Entered::In(signed_in))
        }
        (Demand::Code, SessionKind::Api, _) => Ok(Entered::CodeMissing),
        (Demand::Enrol, SessionKind::Api, _) => Ok(Entered::NotEnrolled),
        // A sign-in that begins is no half one yet.
        (Demand::SignIn, ..) => Err(Error::Unauthenticated),
        (demand, SessionKind::Browser, _) => begin_owing(tx, account, user_agent, demand).map(Entered::In),
    }
}

/// A session in a browser that owes the second factor: short, and nothing is open to it but to pay. It is kept as the half that it is, so
/// that it never becomes whole but by paying. The sign-in is recorded when it is whole.
fn begin_owing(tx: &mut Tx<'_>, account: AccountId, user_agent: &str, owes: Demand) -> Result<SignedIn, Error> {
    let secret = Secret::from_bytes(tx.env.random.secret()?);
    tx.begin_session(&Session {
        id: secret.stored.clone(),
        account_id: account,
        kind: SessionKind::Browser,
        user_agent: user_agent.into(),
        created_at: tx.now,
        seen_at: tx.now,
        expires_at: tx.now + Duration::minutes(OWING_MINUTES),
        ended_at: None,
        factor_at: None,
        is_half: true,
    })?;
    Ok(SignedIn { account, session: secret, refresh_token: None, owes })
}

fn begin_with_factor(
    tx: &mut Tx<'_>,
    config: &SessionConfig,
    account: AccountId,
    kind: SessionKind,
    user_agent: &str,
) -> Result<SignedIn, Error> {
    let signed_in = begin_whole(tx, config, account, kind, user_agent)?;
    db::sessions::note_factor(tx.db, &signed_in.session.stored, tx.now)?;
    Ok(signed_in)
}

/// What became of a code that was given in a session.
#[derive(Debug)]
pub enum CodeGiven {
    /// It was wrong, or was taken before.
    Wrong,
    /// The session was whole before, and its code is fresh now.
    Fresh,
    /// The session owed it and goes on under a new id (C-10).
    In(SignedIn),
}

/// Takes a code of the second factor in a session.
///
/// # Errors
/// Unauthenticated, when the session has ended; `too_many_attempts`.
pub fn give_code(tx: &mut Tx<'_>, config: &SessionConfig, session: &str, code: &str) -> Result<CodeGiven, Error> {
    let Some(found) = db::sessions::find_live(tx.db, session, tx.now)? else { return Err(Error::Unauthenticated) };
    // In the order in which a sign-in holds them: first the account, then what is counted.
    db::accounts::lock(tx.db, found.account_id)?;
    if !check(tx, found.account_id, code)? {
        watch::note_wrong_code(tx, found.account_id)?;
        return Ok(CodeGiven::Wrong);
    }
    if found.factor_at.is_some() {
        db::sessions::note_factor(tx.db, session, tx.now)?;
        return Ok(CodeGiven::Fresh);
    }
    made_whole(tx, config, &found).map(CodeGiven::In)
}

/// Takes an offered second factor up in a session. Gives the recovery codes, and the session that goes on in place of this one;
/// every other one ends, for it was let in without this factor, perhaps by one that was lost. None for a wrong code.
///
/// # Errors
/// Those of [`second_factor::confirm`](super::second_factor::confirm); `sign_in_not_recent`, for the first one of an account.
pub fn take_up_factor(
    tx: &mut Tx<'_>,
    config: &SessionConfig,
    session: &str,
    code: &str,
) -> Result<Option<(Vec<String>, SignedIn)>, Error> {
    let Some(found) = db::sessions::find_live(tx.db, session, tx.now)? else { return Err(Error::Unauthenticated) };
    let is_first = db::second_factors::in_use_since(tx.db, found.account_id)?.is_none();
    if is_first && tx.now - found.created_at > Duration::minutes(RECENT_MINUTES) {
        return Err(Refusal::forbidden("sign_in_not_recent").with("minutes", RECENT_MINUTES).into());
    }
    let held = db::sessions::held(tx.db, found.account_id, tx.now)?;
    let owed = second_factor::demand(is_required(tx.env, &held), !is_first, found.factor_at, false);
    let Some(codes) = confirm(tx, found.account_id, code)? else { return Ok(None) };
    tx.end_sessions(found.account_id)?;
    let signed_in = match owed {
        Demand::Nothing if !found.is_half => with_factor(tx, config, &found)?,
        _ => made_whole(tx, config, &found)?,
    };
    Ok(Some((codes, signed_in)))
}

/// A session that owed the second factor, whole and under a new id: with the code that is given now the sign-in is
/// complete, and the session begins.
fn made_whole(tx: &mut Tx<'_>, config: &SessionConfig, session: &Session) -> Result<SignedIn, Error> {
    tx.end_session(&session.id);
    begin_with_factor(tx, config, session.account_id, session.kind, &session.user_agent)
}

/// A session that owed nothing, under a new id and with the second factor given now: it goes on and does not begin again.
fn with_factor(tx: &mut Tx<'_>, config: &SessionConfig, session: &Session) -> Result<SignedIn, Error> {
    let secret = under_another_id(tx, config, session)?;
    db::sessions::note_factor(tx.db, &secret.stored, tx.now)?;
    let refresh_token = match session.kind {
        SessionKind::Api => Some(issue_refresh_token(tx, &secret.stored)?),
        SessionKind::Browser => None,
    };
    Ok(SignedIn { account: session.account_id, session: secret, refresh_token, owes: Demand::Nothing })
}

/// Begins a session with everything that its kind needs.
pub fn begin_whole(
    tx: &mut Tx<'_>,
    config: &SessionConfig,
    account: AccountId,
    kind: SessionKind,
    user_agent: &str,
) -> Result<SignedIn, Error> {
    let session = begin(tx, config, account, kind, user_agent)?;
    let refresh_token = match kind {
        SessionKind::Api => Some(issue_refresh_token(tx, &session.stored)?),
        SessionKind::Browser => None,
    };
    Ok(SignedIn { account, session, refresh_token, owes: Demand::Nothing })
}

/// Begins a session for an account whose password was right.
pub fn begin(
    tx: &mut Tx<'_>,
    config: &SessionConfig,
    account: AccountId,
    kind: SessionKind,
    user_agent: &str,
) -> Result<Secret, Error> {
    let secret = Secret::from_bytes(tx.env.random.secret()?);
    let stored = db::accounts::find(tx.db, account)?;
    let held = db::sessions::held(tx.db, account, tx.now)?;
    let expires_at = end_of(config, kind, &held, tx.now, tx.now);
    tx.begin_session(&Session {
        id: secret.stored.clone(),
        account_id: account,
        kind,
        user_agent: user_agent.into(),
        created_at: tx.now,
        seen_at: tx.now,
        expires_at,
        ended_at: None,
        factor_at: None,
        is_half: false,
    })?;
    db::accounts::note_sign_in(tx.db, account, tx.now)?;
    let actor = Actor { account: Some(account), name: stored.name, language: stored.language, held };
    tx.record(
        &actor,
        Record {
            subject_kind: "account",
            subject_id: account.as_text(),
            action: "account.signed_in",
            detail: serde_json::json!({"kind": kind}),
            ..Record::default()
        },
    )?;
    Ok(secret)
}

/// The person of a session as they are in this transaction: for what was permitted before its bytes came in, which may
/// take long.
///
/// # Errors
/// Unauthenticated, when there is no session or it has ended meanwhile.
pub fn still(tx: &mut Tx<'_>, session: Option<&str>) -> Result<Actor, Error> {
    let actor = session.map(|id| db::sessions::actor(tx.db, id, tx.now)).transpose()?.flatten();
    actor.ok_or(Error::Unauthenticated)
}

/// Keeps the hash of a password that was made anew with today's work. The password is the same, so no session ends. It is the
/// service that does so, and the record vouches for the hash by an event of its own: a sign-in that still lacks a code has none.
pub fn renew_hash(tx: &mut Tx<'_>, account: AccountId, hash: &str) -> Result<(), Error> {
    db::accounts::renew_hash(tx.db, account, hash)?;
    tx.vouch("accounts", account.as_text(), &["password_hash"])?;
    tx.record(
        &Actor::system(),
        Record {
            subject_kind: "account",
            subject_id: account.as_text(),
            action: "account.hash_renewed",
            role: Role::System.as_text(),
            ..Record::default()
        },
    )
}

/// Ends the session that a browser came with, because it goes on under another one.
pub fn replace(tx: &mut Tx<'_>, session: &str) -> Result<(), Error> {
    tx.end_session(session);
    Ok(())
}

/// Goes on with a session under another id, because its holder holds more than when it began: whoever knew the one before
/// knows nothing any more (C-10). Every other session ends, as after any change of roles. A code that was given counts on,
/// from when it was given.
///
/// # Errors
/// Unauthenticated, when the session has ended meanwhile.
pub fn go_on(tx: &mut Tx<'_>, config: &SessionConfig, session: &str) -> Result<Secret, Error> {
    let Some(found) = db::sessions::find_live(tx.db, session, tx.now)? else { return Err(Error::Unauthenticated) };
    tx.end_sessions(found.account_id)?;
    under_another_id(tx, config, &found)
}

/// The same session under another id. Nobody has signed in: it began when it began, so that it ends as long after its
/// sign-in as any other (C-11), whatever was done in it.
fn under_another_id(tx: &mut Tx<'_>, config: &SessionConfig, session: &Session) -> Result<Secret, Error> {
    let secret = Secret::from_bytes(tx.env.random.secret()?);
    let held = db::sessions::held(tx.db, session.account_id, tx.now)?;
    let expires_at = end_of(config, session.kind, &held, session.created_at, tx.now);
    let next = Session { id: secret.stored.clone(), seen_at: tx.now, expires_at, ended_at: None, ..session.clone() };
    tx.begin_session(&next)?;
    Ok(secret)
}

/// Ends a session.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, session: &str) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    tx.end_session(session);
    tx.record(
        actor,
        Record {
            subject_kind: "account",
            subject_id: account.as_text(),
            action: "account.signed_out",
            ..Record::default()
        },
    )
}

/// A refresh token for an API session, as long as that lasts.
pub(super) fn issue_refresh_token(tx: &mut Tx<'_>, session: &str) -> Result<Secret, Error> {
    let Some(stored) = db::sessions::find_live(tx.db, session, tx.now)? else { return Err(Error::Unauthenticated) };
    let secret = Secret::from_bytes(tx.env.random.secret()?);
    db::sessions::create_refresh_token(
        tx.db,
        &RefreshToken {
            id: secret.stored.clone(),
            session_id: session.into(),
            created_at: tx.now,
            expires_at: stored.expires_at,
            used_at: None,
        },
    )?;
    Ok(secret)
}

/// What a refresh token is exchanged for.
#[derive(Debug)]
pub enum Refreshed {
    /// The account, its session, and the next refresh token.
    Renewed(AccountId, String, Secret),
    /// Not good, or used before; in that case its session has been ended.
    Refused,
}

/// Exchanges a refresh token, which puts off the end of its session. One that was used before has been copied by somebody: its
/// session ends.
pub fn refresh(tx: &mut Tx<'_>, config: &SessionConfig, plain: &str) -> Result<Refreshed, Error> {
    let id = crate::auth::token::stored_form(plain);
    let Some(token) = db::sessions::find_refresh_token(tx.db, &id)? else { return Ok(Refreshed::Refused) };
    if !db::sessions::use_refresh_token(tx.db, &id, tx.now)? {
        tx.end_session(&token.session_id);
        return Ok(Refreshed::Refused);
    }
    match db::sessions::find_live(tx.db, &token.session_id, tx.now)? {
        Some(session) if tx.now < token.expires_at => {
            let held = db::sessions::held(tx.db, session.account_id, tx.now)?;
            let expires_at = program_expiry(config, &held, session.created_at, tx.now);
            db::sessions::keep_alive(tx.db, &session.id, tx.now, expires_at)?;
            let next = issue_refresh_token(tx, &session.id)?;
            Ok(Refreshed::Renewed(session.account_id, session.id, next))
        }
        _ => Ok(Refreshed::Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn c_11_programs_of_those_who_act_for_others_end_as_soon_as_they_rest_and_no_later_than_browsers() {
        let config = Config::load(None).unwrap().sessions;
        let begun: NaiveDateTime = "2026-03-02T01:00:00".parse().unwrap();
        let lasts = |role: Role, used: Duration| {
            let held = [Held { role, organisation: None, bureau: None, expert: None }];
            end_of(&config, SessionKind::Api, &held, begun, begun + used) - begun
        };
        for role in Role::ALL.iter().copied() {
            let (idle, whole) = match role {
                Role::VendorAdmin | Role::VendorMember => (Duration::hours(48), Duration::days(7)),
                Role::Expert => (Duration::minutes(30), Duration::hours(12)),
                _ => (Duration::minutes(30), Duration::hours(8)),
            };
            assert_eq!(lasts(role, Duration::zero()), idle, "{role}");
            assert_eq!(lasts(role, whole - Duration::minutes(1)), whole, "{role}");
        }
    }
}
