//! A new key for signatures, in place of the one before. Carried out by an operator.

use super::{Record, Tx};
use crate::domain::actor::{Actor, Role};
use crate::domain::plain_text;
use crate::error::Error;
use crate::keys::PublicKey;

/// Characters of a reason.
const REASON_LENGTH: usize = 500;

/// Makes a new key that signs from now on, and records it. What was signed before is verified by the key of its time.
///
/// # Errors
/// `wrong_role`; no reason; the folder of keys cannot be written.
pub fn rotate_keys(tx: &mut Tx<'_>, actor: &Actor, why: &str) -> Result<PublicKey, Error> {
    let role = actor.must_hold(&[Role::System])?;
    let mut problems = Vec::new();
    let reason = plain_text::required_line("reason", why, REASON_LENGTH, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let before = tx.env.keys.id();
    let private = tx.env.random.secret()?;
    let key = tx.env.keys.rotate(tx.now, private)?;
    tx.record(
        actor,
        Record {
            subject_kind: "key",
            subject_id: &key.id,
            action: "key.rotated",
            role: role.as_text(),
            reason: Some(&reason),
            detail: serde_json::json!({ "before": before, "algorithm": key.algorithm, "public_key": key.public_key }),
            ..Record::default()
        },
    )?;
    Ok(key)
}
