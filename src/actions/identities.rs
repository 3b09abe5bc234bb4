//! Being let in by a provider of identities: which account an identity is tied to, and how it comes to be.
//!
//! An address never ties one: whoever controls it at a provider need not be whoever has it here. An identity is tied by its
//! owner, who is signed in and has shown password and second factor; by whoever holds an invitation; or to a new account
//! that nobody else can claim. What begins afterwards is the session that a right password begins.

use super::accounts::{self, clean_email, clean_name, void_links};
use super::sessions::{self, Entered, Shown, SignedIn};
use super::throttle;
use super::{Env, Record, Tx};
use crate::auth::token::stored_form;
use crate::config::SessionConfig;
use crate::db;
use crate::db::accounts::Account;
use crate::db::identities::ProviderIdentity;
use crate::domain::actor::Actor;
use crate::domain::ids::AccountId;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AccountStatus, SessionKind, TokenPurpose};
use crate::domain::throttle::Throttled;
use crate::error::Error;
use crate::identity::{Attempt, Proved};
use chrono::{Duration, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Minutes within which somebody must be back from the provider.
pub const ATTEMPT_MINUTES: i64 = 10;
/// The purpose that the seal's key is derived for, and the place that it is bound to.
const PURPOSE: &str = "identity attempt";
const PLACE: &str = "browser";
/// Letters that a sealed attempt may have: what is longer is none of ours.
const LONGEST: usize = 4_096;
/// Under whose name it is kept which attempts are over.
const OWNER: &str = "identity";

/// What somebody goes to the provider for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To tie an identity to the account of this session.
    Link {
        /// The stored form of the session.
        session: String,
    },
    /// To take an invitation up without a password.
    Invitation {
        /// The secret of its link.
        token: String,
    },
}

/// An attempt that has begun; it lies sealed in the browser that began it, and has no debug form.
#[derive(Clone, Serialize, Deserialize)]
pub struct Pending {
    /// What for.
    pub purpose: Purpose,
    /// What it goes by.
    pub attempt: Attempt,
    /// The second from which it is good no more.
    until: i64,
}

/// Begins an attempt at a provider.
///
/// # Errors
/// There are no random numbers.
pub fn begin(env: &Env, issuer: &str, purpose: Purpose, now: NaiveDateTime) -> Result<Pending, Error> {
    let secret = || env.random.secret().map(hex::encode);
    let attempt = Attempt { issuer: issuer.into(), state: secret()?, nonce: secret()?, verifier: secret()? };
    Ok(Pending { purpose, attempt, until: (now + Duration::minutes(ATTEMPT_MINUTES)).and_utc().timestamp() })
}

/// What the browser keeps of an attempt.
///
/// # Errors
/// It cannot be sealed.
pub fn seal(env: &Env, pending: &Pending) -> Result<String, Error> {
    let plain = serde_json::to_vec(pending).map_err(anyhow::Error::from)?;
    let random = env.random.secret()?;
    let sealed = env.keys.seal(PURPOSE, PLACE, &plain, &random);
    Ok(sealed.ok_or_else(|| anyhow::anyhow!("an attempt cannot be sealed"))?)
}

/// The attempt that a browser keeps; none if it is over, was altered, or is of another service.
pub fn open(env: &Env, sealed: &str, now: NaiveDateTime) -> Option<Pending> {
    if sealed.len() > LONGEST {
        return None;
    }
    let plain = env.keys.unseal(PURPOSE, PLACE, sealed)?;
    let pending: Pending = serde_json::from_slice(&plain).ok()?;
    (now.and_utc().timestamp() < pending.until).then_some(pending)
}

/// Ends an attempt; false when that was done before, on whichever node: each is good for one answer.
///
/// # Errors
/// The database is away.
pub fn end_once(tx: &mut Tx<'_>, attempt: &Attempt) -> Result<bool, Error> {
    let state = stored_form(&attempt.state);
    Ok(db::idempotency::take(tx.db, OWNER, &state, &state, tx.now)?)
}

/// The form under which a subject is kept: whoever has the tables does not learn it.
fn key_of(env: &Env, issuer: &str, subject: &str) -> String {
    hex::encode(env.keys.mac("provider subject", format!("{issuer}\n{subject}").as_bytes()))
}

/// Somebody whom a provider has proved, on the way in.
pub struct Arrival {
    /// The provider.
    pub issuer: String,
    /// Whom it proved.
    pub proved: Proved,
    /// The name of the browser.
    pub user_agent: String,
    /// Where it comes from.
    pub network: String,
    /// Whether somebody whom nobody knows gets an account.
    pub register: bool,
    /// What they read, until they choose.
    pub language: Language,
}

impl Arrival {
    fn key(&self, env: &Env) -> String {
        key_of(env, &self.issuer, &self.proved.subject)
    }
}

/// Lets somebody in by the account that their identity is tied to; none if it is tied to no account that is in use.
///
/// # Errors
/// `too_many_attempts` at registering.
pub fn enter(tx: &mut Tx<'_>, config: &SessionConfig, arrival: &Arrival) -> Result<Option<SignedIn>, Error> {
    let key = arrival.key(tx.env);
    let known = db::identities::find(tx.db, &arrival.issuer, &key)?.map(|identity| identity.account_id);
    let account = match known {
        Some(account) => account,
        None if arrival.register => match register(tx, arrival, &key)? {
            Some(account) => account,
            None => return Ok(None),
        },
        None => return Ok(None),
    };
    let stored = db::accounts::lock(tx.db, account)?;
    // Looked at again, now that it is held: it may have been untied, or the account closed.
    let tied = db::identities::find(tx.db, &arrival.issuer, &key)?.map(|identity| identity.account_id);
    if stored.status != AccountStatus::Active || tied != Some(account) {
        return Ok(None);
    }
    begin_session(tx, config, arrival, &stored, &key).map(Some)
}

/// The session of somebody whose identity is tied to an account that is held by the caller.
fn begin_session(
    tx: &mut Tx<'_>,
    config: &SessionConfig,
    arrival: &Arrival,
    account: &Account,
    key: &str,
) -> Result<SignedIn, Error> {
    db::identities::note_use(tx.db, &arrival.issuer, key, tx.now)?;
    let actor = themselves(tx, account)?;
    record(tx, &actor, account.id, "account.identity_proved", json!({ "issuer": arrival.issuer }))?;
    let shown = if arrival.proved.factor { Shown::FactorElsewhere } else { Shown::Nothing };
    match sessions::enter(tx, config, account.id, SessionKind::Browser, &arrival.user_agent, shown)? {
        Entered::In(signed_in) => Ok(signed_in),
        // Asked of programs alone.
        Entered::CodeMissing | Entered::CodeWrong | Entered::NotEnrolled => {
            Err(anyhow::anyhow!("a browser was asked for what programs are asked for").into())
        }
    }
}

/// An account without any role for somebody whom nobody knows, by the address that the provider says is proved to be
/// theirs; none where it says no such address, or somebody has it here.
fn register(tx: &mut Tx<'_>, arrival: &Arrival, key: &str) -> Result<Option<AccountId>, Error> {
    let Some(address) = arrival.proved.address.as_deref() else { return Ok(None) };
    let mut problems = Vec::new();
    let email = clean_email("email", address, &mut problems);
    let given = if arrival.proved.name.trim().is_empty() {
        email.split('@').next().unwrap_or_default()
    } else {
        arrival.proved.name.as_str()
    };
    let name = clean_name("name", given, &mut problems);
    if !problems.is_empty() {
        return Ok(None);
    }
    throttle::count(tx, Throttled::Registration, &arrival.network)?;
    if let Some(taken) = db::accounts::find_by_email(tx.db, &email)? {
        // Its owner is told, by a letter; whoever stands here learns nothing.
        accounts::tell_it_is_taken(tx, &taken)?;
        return Ok(None);
    }
    let account = accounts::create(tx, "email", &name, &email, None, arrival.language)?;
    db::accounts::activate(tx.db, account.id)?;
    let nobody = Actor::public(arrival.language.as_text());
    record(tx, &nobody, account.id, "account.registered", json!({ "issuer": arrival.issuer }))?;
    let actor = themselves(tx, &account)?;
    tie(tx, &actor, account.id, &arrival.issuer, key)?;
    Ok(Some(account.id))
}

/// Makes sure that somebody may tie an identity to their account, before they go to the provider for it. Their password
/// and a fresh code were asked for by the caller.
///
/// # Errors
/// `identity_needs_factor`, `identity_tied_already`.
pub fn may_link(tx: &mut Tx<'_>, actor: &Actor, issuer: &str) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    if db::second_factors::in_use_since(tx.db, account)?.is_none() {
        return Err(Refusal::conflict("identity_needs_factor").into());
    }
    match db::identities::of_account(tx.db, account, issuer)? {
        Some(_) => Err(Refusal::conflict("identity_tied_already").into()),
        None => Ok(()),
    }
}

/// Ties an identity to the account of a session.
///
/// # Errors
/// Unauthenticated, when the session has ended; `identity_taken` by another account; those of [`may_link`].
pub fn link(tx: &mut Tx<'_>, actor: &Actor, session: &str, arrival: &Arrival) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let stored = db::accounts::lock(tx.db, account)?;
    let live = db::sessions::find_live(tx.db, session, tx.now)?;
    if live.is_none_or(|live| live.account_id != account) {
        return Err(Error::Unauthenticated);
    }
    may_link(tx, actor, &arrival.issuer)?;
    let key = arrival.key(tx.env);
    tie(tx, actor, account, &arrival.issuer, &key)?;
    tx.post((&stored).into(), "account_identity_tied", "/account", &[("name", &stored.name)])
}

/// Takes an invitation up by an identity: the account is in use, without a password, and its owner is let in.
///
/// # Errors
/// `link_not_good`; `identity_taken` by another account.
pub fn accept_invitation(
    tx: &mut Tx<'_>,
    config: &SessionConfig,
    token: &str,
    arrival: &Arrival,
) -> Result<SignedIn, Error> {
    let holder = accounts::holder_of_link(tx, TokenPurpose::Invitation, token)?;
    // Held, and looked at again: an account that is being closed is not opened by a link.
    db::accounts::lock(tx.db, holder.id)?;
    let account = accounts::holder_of_link(tx, TokenPurpose::Invitation, token)?;
    if db::sessions::use_one_time_token(tx.db, &stored_form(token), TokenPurpose::Invitation, tx.now)?.is_none() {
        return Err(accounts::link_not_good());
    }
    void_links(tx, account.id)?;
    db::accounts::activate(tx.db, account.id)?;
    let actor = themselves(tx, &account)?;
    accounts::record_own(tx, &actor, account.id, "account.activated")?;
    let key = arrival.key(tx.env);
    tie(tx, &actor, account.id, &arrival.issuer, &key)?;
    begin_session(tx, config, arrival, &account, &key)
}

/// Unties the identity from one's own account, in `session`; every other session ends, for it may have been let in by
/// the identity, perhaps in the hands of somebody else.
///
/// # Errors
/// `identity_is_only_way`, for an account that has no password; not found, if there is none.
pub fn unlink(tx: &mut Tx<'_>, actor: &Actor, session: &str, issuer: &str) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let stored = db::accounts::lock(tx.db, account)?;
    let Some(identity) = db::identities::of_account(tx.db, account, issuer)? else { return Err(Error::NotFound) };
    if stored.password_hash.is_none() {
        return Err(Refusal::conflict("identity_is_only_way").into());
    }
    db::identities::remove(tx.db, account, issuer)?;
    for other in db::sessions::live_of(tx.db, account, tx.now)? {
        if other.id != session {
            tx.end_session(&other.id);
        }
    }
    let detail = json!({ "issuer": issuer, "identity": identity.subject_key });
    record(tx, actor, account, "account.identity_untied", detail)?;
    tx.post((&stored).into(), "account_identity_untied", "/account", &[("name", &stored.name)])
}

/// Since when an account can be entered by this provider.
///
/// # Errors
/// The database is away.
pub fn tied_since(tx: &mut Tx<'_>, account: AccountId, issuer: &str) -> Result<Option<NaiveDateTime>, Error> {
    Ok(db::identities::of_account(tx.db, account, issuer)?.map(|identity| identity.linked_at))
}

fn tie(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, issuer: &str, key: &str) -> Result<(), Error> {
    let taken = || Error::from(Refusal::conflict("identity_taken"));
    if db::identities::find(tx.db, issuer, key)?.is_some() {
        return Err(taken());
    }
    let identity = ProviderIdentity {
        issuer: issuer.into(),
        subject_key: key.into(),
        account_id: account,
        linked_at: tx.now,
        used_at: None,
    };
    db::identities::create(tx.db, &identity).map_err(|error| match error {
        diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => taken(),
        other => other.into(),
    })?;
    record(tx, actor, account, "account.identity_tied", json!({ "issuer": issuer, "identity": key }))
}

/// As the account itself does it.
fn themselves(tx: &mut Tx<'_>, account: &Account) -> Result<Actor, Error> {
    let held = db::sessions::held(tx.db, account.id, tx.now)?;
    Ok(Actor { account: Some(account.id), name: account.name.clone(), language: account.language.clone(), held })
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    action: &'static str,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let subject_id = account.as_text();
    tx.record(actor, Record { subject_kind: "account", subject_id, action, detail, ..Record::default() })
}
