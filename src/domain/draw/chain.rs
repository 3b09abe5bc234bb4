//! The record of a draw held against the chain of events in which it was recorded.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check::Difference;
use super::digest::Role;
use super::record::Record;
use crate::domain::chain::{EventBody, Link, verify};

/// The action of the event that froze the list; its hash is the chain head of the draw.
pub const LISTED: &str = "draw.listed";
/// The action of the event of a reveal.
pub const REVEALED: &str = "draw.revealed";
/// The action of the event that recorded the result.
pub const DRAWN: &str = "draw.drawn";

/// One event of a draw as it is handed out: everything that its hash is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedEvent {
    /// What was done.
    pub action: String,
    /// The account that did it, or `system`.
    pub actor: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What belongs to it.
    pub detail: Value,
    /// State before.
    pub from: Option<String>,
    /// Its hash.
    pub hash: String,
    /// Why.
    pub reason: Option<String>,
    /// In which role.
    pub role: String,
    /// Its number in the draw's chain, from one.
    pub seq: u64,
    /// `draw`.
    pub subject_kind: String,
    /// The draw's id.
    pub subject_id: String,
    /// State after.
    pub to: Option<String>,
}

impl RecordedEvent {
    fn link(&self) -> Link {
        Link {
            body: EventBody {
                subject_kind: self.subject_kind.clone(),
                subject_id: self.subject_id.clone(),
                seq: self.seq,
                at: self.at.naive_utc(),
                actor: self.actor.clone(),
                role: self.role.clone(),
                action: self.action.clone(),
                from: self.from.clone(),
                to: self.to.clone(),
                reason: self.reason.clone(),
                detail: self.detail.clone(),
            },
            // What is no hash fits nothing.
            hash: hex::decode(&self.hash).ok().and_then(|bytes| bytes.try_into().ok()).unwrap_or_default(),
        }
    }
}

/// Holds a verified record against the events of its draw: the chain holds from its first event, the list was recorded before
/// anything was revealed under the hash that is the record's chain head, by the two who committed, and the result that was
/// recorded is this one.
///
/// # Errors
/// The first [`Difference`]; its path begins with `/events` for what is wrong with the events themselves.
pub fn compare_with_chain(record: &Record, events: &[RecordedEvent]) -> Result<(), Difference> {
    let links: Vec<Link> = events.iter().map(RecordedEvent::link).collect();
    verify(&links).map_err(|broken| {
        let index = broken.seq.saturating_sub(1);
        Difference::new(
            format!("/events/{index}"),
            "an event that follows from the one before",
            broken.kind.to_string(),
        )
    })?;
    let of_draw = |event: &RecordedEvent| event.subject_kind == "draw" && event.subject_id == record.opening.draw_id;
    if let Some(index) = events.iter().position(|event| !of_draw(event)) {
        let expected = format!("draw {}", record.opening.draw_id);
        let found = events.get(index).map(|event| format!("{} {}", event.subject_kind, event.subject_id));
        return Err(Difference::new(format!("/events/{index}"), expected, found.unwrap_or_default()));
    }
    let one = |action: &str| {
        events
            .iter()
            .find(|event| event.action == action)
            .ok_or_else(|| Difference::new("/events", format!("an event {action}"), "none"))
    };
    let detail = |event: &RecordedEvent, name: &str| {
        event.detail.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let same = |path: &str, expected: &str, found: &str| {
        if expected == found { Ok(()) } else { Err(Difference::new(path, expected, found)) }
    };
    let listed = one(LISTED)?;
    same("/chain_head", &listed.hash, &record.chain_head)?;
    same("/opening_digest", &detail(listed, "opening_digest"), &record.opening_digest)?;
    for role in [Role::Handler, Role::Auditor] {
        let at = format!("/reveals/{}", role.code());
        let revealed = events
            .iter()
            .find(|event| event.action == REVEALED && event.role == role.code())
            .ok_or_else(|| Difference::new(&at, format!("an event {REVEALED} of the {}", role.code()), "none"))?;
        if revealed.seq <= listed.seq {
            return Err(Difference::new(at, "a reveal after the list was recorded", "one before it"));
        }
        let party = &record.opening.commitment(role).party;
        same(&format!("/opening/commitments/{}/party", role.code()), &revealed.actor, party)?;
    }
    same("/record_digest", &detail(one(DRAWN)?, "record_digest"), &record.record_digest)
}
