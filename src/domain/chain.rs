//! The record that cannot be altered unnoticed: each subject's events are a hash chain, and signed checkpoints tie the chains together.
//!
//! - [`canonical`]: one sequence of bytes for one JSON value.
//! - here: an event's hash, and the check of a subject's chain.
//! - [`merkle`]: the tree over the heads of the chains (RFC 6962), with inclusion proofs.
//! - [`inclusion`]: one event shown to be in the record without any other.
//! - [`carried`]: whole chains as they are carried away.
//! - [`strict`]: what was carried away is read whole, with nothing beside it that no hash covers.
//! - [`checkpoint`]: the statement that is signed, and the check of the sequence of checkpoints.
//!
//! A chain alone shows any change, removal or reordering before its end. That its *end* was cut off shows against a head that was
//! kept elsewhere: the leaf of a checkpoint ([`verify_up_to`]).

pub mod canonical;
pub mod carried;
pub mod checkpoint;
pub mod inclusion;
pub mod merkle;
pub mod strict;

use chrono::NaiveDateTime;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub use canonical::NotCanonical;
pub use checkpoint::{Checkpoint, CheckpointBreak, Leaf, verify_checkpoints};

/// A SHA-256.
pub type Hash = [u8; 32];

/// What the first event of a subject follows.
pub const GENESIS: Hash = [0; 32];

/// Keeps an event's hash apart from every other use of SHA-256 here.
const EVENT_DOMAIN: &[u8] = b"yuanchi event 1\0";

/// One accepted action, as it is hashed.
#[derive(Debug, Clone, PartialEq)]
pub struct EventBody {
    /// What kind of thing it happened to: `application`, `call`, …
    pub subject_kind: String,
    /// Which one.
    pub subject_id: String,
    /// Its number in the subject's chain, from 1 without gaps.
    pub seq: u64,
    /// When, UTC; hashed to the microsecond, which both databases keep.
    pub at: NaiveDateTime,
    /// Whose action it was: an account's id, or `system`.
    pub actor: String,
    /// In what role.
    pub role: String,
    /// `noun.past_participle`
    pub action: String,
    /// The state before.
    pub from: Option<String>,
    /// The state after.
    pub to: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What else belongs to it. Whole numbers only.
    pub detail: Value,
}

impl EventBody {
    /// The bytes that are hashed: a canonical JSON object, absent values as null, `at` as `2026-11-23T09:30:00.000000Z`.
    ///
    /// # Errors
    /// The detail holds what has no canonical form, such as a fraction.
    pub fn canonical(&self) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "action": self.action,
            "actor": self.actor,
            "at": at_text(self.at),
            "detail": self.detail,
            "from": self.from,
            "reason": self.reason,
            "role": self.role,
            "seq": self.seq,
            "subject_id": self.subject_id,
            "subject_kind": self.subject_kind,
            "to": self.to,
        }))
    }

    /// The hash that chains this event to the one before: SHA-256 of `yuanchi event 1`, a zero byte, the 32 bytes of the hash
    /// before ([`GENESIS`] for the first), and the canonical bytes.
    ///
    /// # Errors
    /// As [`EventBody::canonical`].
    pub fn hash(&self, previous: &Hash) -> Result<Hash, NotCanonical> {
        Ok(hash_after(previous, &self.canonical()?))
    }
}

/// The hash of an event from its canonical bytes; see [`EventBody::hash`].
pub fn hash_after(previous: &Hash, canonical: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(EVENT_DOMAIN);
    hasher.update(previous);
    hasher.update(canonical);
    hasher.finalize().into()
}

/// An instant as it is hashed and signed.
fn at_text(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// An event with the hash that was stored with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The event.
    pub body: EventBody,
    /// Its stored hash.
    pub hash: Hash,
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of its last event; 0 for an empty chain.
    pub seq: u64,
    /// That event's hash; [`GENESIS`] for an empty chain.
    pub hash: Hash,
}

/// Where a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {kind}")]
pub struct Break {
    /// The number of the event that should have stood there.
    pub seq: u64,
    /// What is wrong.
    pub kind: BreakKind,
}

/// What is wrong at a break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BreakKind {
    /// Another number stands here: an event was removed, added or moved.
    #[error("found number {found}: an event was removed, added or moved")]
    WrongNumber {
        /// The number that stands here.
        found: u64,
    },
    /// The event belongs to another subject.
    #[error("belongs to another subject")]
    WrongSubject,
    /// The stored hash is not the hash of what is stored: this event was altered, or the one before was replaced.
    #[error("the hash does not fit: the event was altered or the one before it replaced")]
    WrongHash,
    /// The detail cannot be hashed, so it was altered.
    #[error("the detail was altered: {0}")]
    NotCanonical(NotCanonical),
    /// The chain ends before a head that was recorded elsewhere.
    #[error("missing: the chain ends before it")]
    Missing,
    /// The event is not the one that was recorded elsewhere: the chain was rewritten.
    #[error("is not the recorded one: the chain was rewritten")]
    Rewritten,
}

impl BreakKind {
    /// Stable code; the sentence is in the locale files under `chain-break-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            BreakKind::WrongNumber { .. } => "wrong_number",
            BreakKind::WrongSubject => "wrong_subject",
            BreakKind::WrongHash => "wrong_hash",
            BreakKind::NotCanonical(_) => "not_canonical",
            BreakKind::Missing => "missing",
            BreakKind::Rewritten => "rewritten",
        }
    }
}

/// Checks one subject's chain from its first event, in order of `seq`, and gives its head.
///
/// # Errors
/// The first [`Break`].
pub fn verify<'a>(links: impl IntoIterator<Item = &'a Link>) -> Result<Head, Break> {
    walk(links, None)
}

/// Checks one subject's chain and that it still passes through a head that was recorded elsewhere, such as a checkpoint's leaf.
///
/// # Errors
/// The first [`Break`].
pub fn verify_up_to<'a>(links: impl IntoIterator<Item = &'a Link>, recorded: &Head) -> Result<Head, Break> {
    walk(links, Some(recorded))
}

fn walk<'a>(links: impl IntoIterator<Item = &'a Link>, recorded: Option<&Head>) -> Result<Head, Break> {
    let mut head = Head { seq: 0, hash: GENESIS };
    let mut subject: Option<(&str, &str)> = None;
    for link in links {
        let seq = head.seq + 1;
        let broken = |kind| Break { seq, kind };
        let body = &link.body;
        let of = (body.subject_kind.as_str(), body.subject_id.as_str());
        if *subject.get_or_insert(of) != of {
            return Err(broken(BreakKind::WrongSubject));
        }
        if body.seq != seq {
            return Err(broken(BreakKind::WrongNumber { found: body.seq }));
        }
        let hash = body.hash(&head.hash).map_err(|cause| broken(BreakKind::NotCanonical(cause)))?;
        if hash != link.hash {
            return Err(broken(BreakKind::WrongHash));
        }
        if recorded.is_some_and(|recorded| recorded.seq == seq && recorded.hash != hash) {
            return Err(broken(BreakKind::Rewritten));
        }
        head = Head { seq, hash };
    }
    match recorded {
        Some(recorded) if recorded.seq > head.seq => Err(Break { seq: head.seq + 1, kind: BreakKind::Missing }),
        _ => Ok(head),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(seq: u64, reason: &str) -> EventBody {
        EventBody {
            subject_kind: "application".to_string(),
            subject_id: "a1".to_string(),
            seq,
            at: "2026-11-23T09:30:00.123456789".parse().expect("an instant"),
            actor: "system".to_string(),
            role: "system".to_string(),
            action: "application.submitted".to_string(),
            from: Some("draft".to_string()),
            to: Some("submitted".to_string()),
            reason: Some(reason.to_string()),
            detail: json!({"b": [1, "二"], "a": null}),
        }
    }

    fn chain(reasons: &[String]) -> Vec<Link> {
        let mut previous = GENESIS;
        (1..)
            .zip(reasons)
            .map(|(seq, reason)| {
                let body = body(seq, reason);
                previous = body.hash(&previous).expect("a hash");
                Link { body, hash: previous }
            })
            .collect()
    }

    #[test]
    fn the_bytes_of_an_event_are_fixed() {
        let bytes = String::from_utf8(body(1, "按期").canonical().expect("canonical")).expect("utf-8");
        assert_eq!(
            bytes,
            r#"{"action":"application.submitted","actor":"system","at":"2026-11-23T09:30:00.123456Z","detail":{"a":null,"b":[1,"二"]},"from":"draft","reason":"按期","role":"system","seq":1,"subject_id":"a1","subject_kind":"application","to":"submitted"}"#
        );
        let mut hasher = Sha256::new();
        hasher.update(b"yuanchi event 1\0");
        hasher.update([0; 32]);
        hasher.update(bytes);
        assert_eq!(body(1, "按期").hash(&GENESIS), Ok(hasher.finalize().into()));
    }

    #[test]
    fn c_61_an_empty_chain_holds_and_a_cut_one_does_not_reach_its_recorded_head() {
        assert_eq!(verify([]), Ok(Head { seq: 0, hash: GENESIS }));
        let mut links = chain(&["a".to_string(), "b".to_string(), "c".to_string()]);
        let head = verify(&links).expect("a good chain");
        assert_eq!(verify_up_to(&links, &head), Ok(head));
        links.pop();
        assert!(verify(&links).is_ok(), "a cut end shows only against a recorded head");
        assert_eq!(verify_up_to(&links, &head), Err(Break { seq: 3, kind: BreakKind::Missing }));
        let rewritten = chain(&["a".to_string(), "x".to_string(), "c".to_string()]);
        assert_eq!(verify_up_to(&rewritten, &head), Err(Break { seq: 3, kind: BreakKind::Rewritten }));
    }

    #[test]
    fn c_61_an_event_of_another_subject_is_found() {
        let mut links = chain(&["a".to_string(), "b".to_string()]);
        links[1].body.subject_id = "a2".to_string();
        assert_eq!(verify(&links), Err(Break { seq: 2, kind: BreakKind::WrongSubject }));
    }

    #[test]
    fn a_fraction_cannot_be_recorded() {
        let mut broken = body(1, "x");
        broken.detail = json!({"rate": 0.5});
        assert!(matches!(broken.hash(&GENESIS), Err(NotCanonical::Fraction { .. })));
    }

    fn edit(body: &mut EventBody, what: usize) {
        match what {
            0 => body.actor.push('x'),
            1 => body.role.push('x'),
            2 => body.action.push('x'),
            3 => body.from = None,
            4 => body.to = None,
            5 => body.reason = None,
            6 => body.detail = json!({"b": [1, "二"]}),
            _ => body.at += chrono::TimeDelta::microseconds(1),
        }
    }

    proptest! {
        #[test]
        fn c_61_an_edit_is_found_where_it_is(reasons in prop::collection::vec("[a-c]{0,3}", 1..12), at: prop::sample::Index, what in 0usize..8, rehash: bool) {
            let mut links = chain(&reasons);
            let at = at.index(links.len());
            edit(&mut links[at].body, what);
            let mut expected = at as u64 + 1;
            if rehash {
                // Whoever also writes a fitting hash is found at the next event, or by the recorded head at the last.
                let previous = if at == 0 { GENESIS } else { links[at - 1].hash };
                links[at].hash = links[at].body.hash(&previous).unwrap();
                expected = (expected + 1).min(links.len() as u64);
            }
            let head = verify(&chain(&reasons)).unwrap();
            prop_assert_eq!(verify_up_to(&links, &head).map_err(|found| found.seq), Err(expected));
        }

        #[test]
        fn c_61_a_removed_event_is_found_where_it_was(reasons in prop::collection::vec("[a-c]{0,3}", 1..12), at: prop::sample::Index) {
            let mut links = chain(&reasons);
            let head = verify(&links).unwrap();
            let at = at.index(links.len());
            links.remove(at);
            prop_assert_eq!(verify_up_to(&links, &head).map_err(|found| found.seq), Err(at as u64 + 1));
        }

        #[test]
        fn swapped_events_are_found_even_when_renumbered(reasons in prop::collection::vec("[a-c]{0,3}", 2..12), a: prop::sample::Index, b: prop::sample::Index, renumber: bool) {
            let mut links = chain(&reasons);
            let (a, b) = (a.index(links.len()), b.index(links.len()));
            prop_assume!(a != b && (!renumber || reasons[a] != reasons[b]));
            links.swap(a, b);
            if renumber {
                for (seq, link) in (1..).zip(&mut links) {
                    link.body.seq = seq;
                }
            }
            prop_assert_eq!(verify(&links).map_err(|found| found.seq), Err(a.min(b) as u64 + 1));
        }
    }
}
