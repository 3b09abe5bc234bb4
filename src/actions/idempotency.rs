//! Carrying a request out once, however often it arrives.

use super::Tx;
use super::sealed::{open_answer, seal_answer};
use crate::db;
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

/// Runs `work` unless `owner` has had this key carried out before; then the answer of that time is given again. Both
/// the key and the work stand or fall together.
pub fn once(
    tx: &mut Tx<'_>,
    owner: &str,
    key: Option<&str>,
    request: &str,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Answer, Error>,
) -> Result<Answer, Error> {
    let Some(key) = key else { return work(tx) };
    if key.is_empty() || key.len() > 200 {
        return Err(Refusal::unacceptable("idempotency_key_length").with("limit", 200).into());
    }
    if db::idempotency::take(tx.db, owner, key, request, tx.now)? {
        let answer = work(tx)?;
        // It may say whatever the request was about, of people too.
        let body = seal_answer(tx, owner, key, &answer.body)?;
        db::idempotency::answer(tx.db, owner, key, i32::from(answer.status), &body)?;
        return Ok(answer);
    }
    let remembered = db::idempotency::find(tx.db, owner, key)?;
    if remembered.request_sha256 != request {
        return Err(Refusal::unacceptable("idempotency_key_reused").into());
    }
    match (remembered.status, remembered.body) {
        (Some(status), Some(body)) => {
            let body = open_answer(tx.env, owner, key, body)?;
            Ok(Answer { status: u16::try_from(status).unwrap_or(200), body })
        }
        _ => Err(Error::Busy("the same request is being carried out".into())),
    }
}
