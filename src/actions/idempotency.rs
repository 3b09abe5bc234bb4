//! Carrying a request out once, however often it arrives.

use super::Tx;
use super::sealed::{open_answer, seal_answer};
use crate::db;
use crate::domain::actor::Held;
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use sha2::{Digest, Sha256};

/// What a request was answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// Whose a key is: the keys of one owner never meet another's.
#[derive(Debug, Clone)]
pub struct Owner {
    name: String,
    account: Option<AccountId>,
}

impl Owner {
    /// Whoever sends this request. Strangers share no keys: each of their requests has its own owner.
    pub fn of(account: Option<AccountId>, request: &str) -> Owner {
        let name = account.map_or_else(|| format!("public {request}"), |account| account.to_string());
        Owner { name, account }
    }

    /// Anybody, by a form whose key nobody else was given.
    pub fn anybody() -> Owner {
        Owner { name: "public".into(), account: None }
    }

    /// What the owner holds now, each as it is noted beside an answer.
    fn standing(&self, tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
        let Some(account) = self.account else { return Ok(Vec::new()) };
        Ok(db::sessions::held(tx.db, account, tx.now)?.iter().map(noted).collect())
    }

    /// Whether the owner still holds all that was noted: who has more by now than at that time is still told what they were told.
    fn still_holds(&self, tx: &mut Tx<'_>, noted: Option<&str>) -> Result<bool, Error> {
        // The version before noted nothing: whoever has no account has no role to lose.
        let Some(noted) = noted else { return Ok(self.account.is_none()) };
        let held = self.standing(tx)?;
        Ok(noted.lines().all(|role| held.iter().any(|one| one == role)))
    }
}

/// A role as it is noted: which, and what it is bound to.
fn noted(held: &Held) -> String {
    let organisation = held.organisation.as_ref().map(|id| id.as_text());
    let expert = held.expert.as_ref().map(|id| id.as_text());
    let bound = [organisation, held.bureau.as_deref(), expert];
    let parts: Vec<&str> = std::iter::once(held.role.as_text()).chain(bound.into_iter().flatten()).collect();
    parts.join(" ")
}

/// What makes two requests the same.
pub fn fingerprint(method: &str, path: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(method);
    hash.update([0]);
    hash.update(path);
    hash.update([0]);
    hash.update(body);
    hex::encode(hash.finalize())
}

/// Whether a request with this key was carried out before, and its owner may be told what came of it.
///
/// # Errors
/// The database is away.
pub fn may_be_told(tx: &mut Tx<'_>, owner: &Owner, key: &str) -> Result<bool, Error> {
    match db::idempotency::find(tx.db, &owner.name, key)? {
        Some(remembered) if remembered.status.is_some() => owner.still_holds(tx, remembered.standing.as_deref()),
        _ => Ok(false),
    }
}

/// Runs `work` unless `owner` has had this key carried out before; then the answer of that time is given again. Both
/// the key and the work stand or fall together.
///
/// What was answered to somebody in a role is not told to whoever has lost it since. They are answered as if they asked anew, for
/// which `work` is tried: where it refuses them, that is the answer; and where it would not, nothing of it is kept all the same, for
/// it was done before.
///
/// # Errors
/// Those of the work; the key is no key or came with another request; `answer_of_other_roles`.
pub fn once(
    tx: &mut Tx<'_>,
    owner: &Owner,
    key: Option<&str>,
    request: &str,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Answer, Error>,
) -> Result<Answer, Error> {
    let Some(key) = key else { return work(tx) };
    if key.is_empty() || key.len() > 200 {
        return Err(Refusal::unacceptable("idempotency_key_length").with("limit", 200).into());
    }
    if db::idempotency::take(tx.db, &owner.name, key, request, tx.now)? {
        let answer = work(tx)?;
        // It may say whatever the request was about, of people too.
        let body = seal_answer(tx, &owner.name, key, &answer.body)?;
        // Read now: what was asked for may itself have given a role or taken one.
        let standing = owner.standing(tx)?.join("\n");
        db::idempotency::answer(tx.db, &owner.name, key, i32::from(answer.status), &body, &standing)?;
        return Ok(answer);
    }
    let Some(remembered) = db::idempotency::find(tx.db, &owner.name, key)? else {
        return Err(Error::Busy("the key is gone".into()));
    };
    if remembered.request_sha256 != request {
        return Err(Refusal::unacceptable("idempotency_key_reused").into());
    }
    let (Some(status), Some(body)) = (remembered.status, remembered.body) else {
        return Err(Error::Busy("the same request is being carried out".into()));
    };
    if !owner.still_holds(tx, remembered.standing.as_deref())? {
        work(tx)?;
        // The failure undoes it.
        return Err(Refusal::conflict("answer_of_other_roles").into());
    }
    let body = open_answer(tx.env, &owner.name, key, body)?;
    Ok(Answer { status: u16::try_from(status).unwrap_or(200), body })
}
