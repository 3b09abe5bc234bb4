//! A party commits to a secret of their own.

use super::{BOTH, post_to, record, running, store};
use crate::actions::Tx;
use crate::domain::actor::Actor;
use crate::domain::draw::{Role as Party, Secret, commitment};
use crate::domain::form::Problem;
use crate::domain::ids::{CallId, DrawId};
use crate::domain::steps::{DrawAction, party_of};
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

/// Fewest characters of a phrase.
pub const PHRASE_MIN: usize = 16;
/// Most characters of a phrase.
pub const PHRASE_MAX: usize = 200;

/// A commitment: a phrase, or what was computed from one elsewhere. It does not print itself.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pledge {
    /// The attempt that was seen; a commitment is bound to it.
    pub draw: DrawId,
    /// A phrase of 16 to 200 characters that only the party knows. It is hashed at once and never kept.
    #[serde(default)]
    pub phrase: String,
    /// Instead of it, the commitment: 64 hexadecimal digits.
    #[serde(default)]
    pub commitment: String,
}

fn digest(draw: DrawId, attempt: u32, party: Party, input: &Pledge) -> Result<String, Error> {
    let (phrase, given) = (input.phrase.trim(), input.commitment.trim().to_ascii_lowercase());
    match (phrase.is_empty(), given.is_empty()) {
        (true, false) => {
            // The same form as a secret: 64 hexadecimal digits.
            Secret::parse(&given).map_err(|_| Error::field("commitment", "draw_commitment"))?;
            Ok(given)
        }
        (false, true) => {
            let length = phrase.chars().count();
            if !(PHRASE_MIN..=PHRASE_MAX).contains(&length) {
                let problem = Problem::new("phrase", "draw_phrase_length");
                let problem = problem.with("min", PHRASE_MIN).with("max", PHRASE_MAX).with("found", length);
                return Err(Error::Invalid(vec![problem]));
            }
            if phrase.chars().any(char::is_control) {
                return Err(Error::field("phrase", "text_characters"));
            }
            Ok(hex::encode(commitment(draw.as_text(), attempt, party, &Secret::of_phrase(phrase))))
        }
        _ => Err(Error::field("phrase", "draw_phrase_or_commitment")),
    }
}

/// Commits. Each party commits once in an attempt; the two are two people.
///
/// # Errors
/// The list is frozen; the party has committed; the other party is the same person; the phrase is too short or too long.
pub fn commit(tx: &mut Tx<'_>, actor: &Actor, call: CallId, input: &Pledge) -> Result<(), Error> {
    let (call, mut draw, role) = running(tx, actor, call, DrawAction::Commit, Some(input.draw))?;
    let party = party_of(actor)?;
    let account = actor.must_be_somebody()?;
    let digest = digest(draw.id, draw.attempt.unsigned_abs(), party, input)?;
    match party {
        Party::Handler => (draw.handler_id, draw.handler_commitment) = (Some(account), Some(digest.clone())),
        Party::Auditor => (draw.auditor_id, draw.auditor_commitment) = (Some(account), Some(digest.clone())),
    }
    store(tx, &draw)?;
    let detail = serde_json::json!({ "digest": digest });
    record(tx, actor, role.as_text(), draw.id, "draw.committed", None, detail)?;
    if BOTH.iter().all(|party| draw.side(*party).account.is_some()) {
        post_to(tx, draw.handler_id, "draw-to-list", &call, &[])?;
    }
    Ok(())
}
