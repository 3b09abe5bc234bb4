//! The record as it is carried away: whole chains of events, each with the signed checkpoint that its end, or what came before
//! it, stands under. So whoever has the file and the public keys needs no database to see that nothing in it was altered, left
//! out, moved or put in, up to the event that the checkpoint covers; what came later is only chained to it. Nothing stands beside
//! what is checked: a member that is not known here, or named twice, is refused, for nobody vouches for it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::strict::each_member_once;
use super::{Checkpoint, GENESIS, Hash, Leaf, canonical, hash_after, merkle};

/// Says that a document is a part of the record, and the version of its form.
pub const RECORD_FORMAT: &str = "yuanchi record 1";

/// One event with its hash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarriedEvent {
    /// The event, as it is hashed.
    #[serde(deserialize_with = "each_member_once")]
    pub event: Value,
    /// SHA-256 over the hash before and this event, in hex.
    pub hash: String,
}

/// The newest signed checkpoint that a chain passes through. Hashes are in hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarriedCheckpoint {
    /// What was signed.
    pub statement: String,
    /// Names the key.
    pub key_id: String,
    /// The algorithm of the signature.
    pub algorithm: String,
    /// The public half of the key.
    pub public_key: String,
    /// The signature.
    pub signature: String,
    /// The number of the event that it covers the chain up to.
    pub number: u64,
    /// The place of the chain's end among the leaves of the checkpoint, from 0.
    pub position: u64,
    /// The hashes beside its path, from the leaf up.
    pub path: Vec<String>,
}

/// A subject's record, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarriedChain {
    /// Kind of subject.
    pub subject_kind: String,
    /// Id of the subject.
    pub subject_id: String,
    /// From the first on, without gaps.
    pub events: Vec<CarriedEvent>,
    /// None while no checkpoint covers any of them.
    pub checkpoint: Option<CarriedCheckpoint>,
}

/// A part of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarriedRecord {
    /// [`RECORD_FORMAT`].
    pub format: String,
    /// Chains, in the order of kind and id of their subjects.
    pub chains: Vec<CarriedChain>,
}

/// Where a carried chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarriedBreak {
    /// It is of another form.
    #[error("its format is not \"yuanchi record 1\"")]
    Format,
    /// A chain without events.
    #[error("{kind} {id}: holds no event")]
    Empty {
        /// Kind of its subject.
        kind: String,
        /// Id of its subject.
        id: String,
    },
    /// An event that is not the one that was hashed, or not where it was.
    #[error("{kind} {id}, event {number}: was altered, left out, moved or put in")]
    Event {
        /// Kind of its subject.
        kind: String,
        /// Id of its subject.
        id: String,
        /// The number of the event that should stand there.
        number: u64,
    },
    /// The checkpoint does not cover the chain.
    #[error("{kind} {id}: the checkpoint does not cover it, or was altered")]
    Checkpoint {
        /// Kind of its subject.
        kind: String,
        /// Id of its subject.
        id: String,
    },
}

impl CarriedChain {
    /// Checks every event and that the checkpoint covers the chain; the checkpoint, whose signature is for the caller to check.
    ///
    /// # Errors
    /// The first [`CarriedBreak`].
    pub fn check(&self) -> Result<Option<Checkpoint>, CarriedBreak> {
        let (kind, id) = (self.subject_kind.clone(), self.subject_id.clone());
        if self.events.is_empty() {
            return Err(CarriedBreak::Empty { kind, id });
        }
        let mut previous = GENESIS;
        let mut hashes = Vec::with_capacity(self.events.len());
        for (number, carried) in (1_u64..).zip(&self.events) {
            let hash = self.hash_of(carried, number, &previous);
            previous = hash.ok_or_else(|| CarriedBreak::Event { kind: kind.clone(), id: id.clone(), number })?;
            hashes.push(previous);
        }
        let Some(carried) = &self.checkpoint else { return Ok(None) };
        match self.covers(carried, &hashes) {
            Some(checkpoint) => Ok(Some(checkpoint)),
            None => Err(CarriedBreak::Checkpoint { kind, id }),
        }
    }

    /// The hash of an event that is this chain's and stands in its place.
    fn hash_of(&self, carried: &CarriedEvent, number: u64, previous: &Hash) -> Option<Hash> {
        let says = |key: &str| carried.event.get(key).and_then(Value::as_str);
        let is_ours = says("subject_kind") == Some(self.subject_kind.as_str())
            && says("subject_id") == Some(self.subject_id.as_str())
            && carried.event.get("seq").and_then(Value::as_u64) == Some(number);
        let hash = hash_after(previous, &canonical::to_bytes(&carried.event).ok()?);
        (is_ours && hex::encode(hash) == carried.hash).then_some(hash)
    }

    /// The checkpoint, if it covers the chain up to the event it says.
    fn covers(&self, carried: &CarriedCheckpoint, hashes: &[Hash]) -> Option<Checkpoint> {
        let checkpoint = Checkpoint::parse(&carried.statement)?;
        let at = usize::try_from(carried.number.checked_sub(1)?).ok()?;
        let leaf = Leaf {
            subject_kind: self.subject_kind.clone(),
            subject_id: self.subject_id.clone(),
            seq: carried.number,
            hash: *hashes.get(at)?,
        };
        let path = carried.path.iter().map(|hash| read(hash)).collect::<Option<Vec<Hash>>>()?;
        let (position, count) = (usize::try_from(carried.position).ok()?, usize::try_from(checkpoint.leaf_count).ok()?);
        let holds = merkle::verify_inclusion(&leaf.leaf_hash().ok()?, position, count, &path, &checkpoint.root);
        holds.then_some(checkpoint)
    }
}

impl CarriedRecord {
    /// Whether it is of the form that this program reads.
    ///
    /// # Errors
    /// [`CarriedBreak::Format`].
    pub fn check_format(&self) -> Result<(), CarriedBreak> {
        if self.format == RECORD_FORMAT { Ok(()) } else { Err(CarriedBreak::Format) }
    }
}

fn read(text: &str) -> Option<Hash> {
    hex::decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// A chain of so many events of which the first `covered` stand under a checkpoint over `others` other chains.
    fn chain(count: usize, covered: usize, others: usize) -> CarriedChain {
        let mut previous = GENESIS;
        let mut events = Vec::new();
        let mut hashes = Vec::new();
        for number in 1..=count {
            let event =
                json!({ "seq": number, "subject_kind": "call", "subject_id": "m", "reason": format!("r{number}") });
            previous = hash_after(&previous, &canonical::to_bytes(&event).expect("whole numbers"));
            hashes.push(previous);
            events.push(CarriedEvent { event, hash: hex::encode(previous) });
        }
        let leaf = |id: String, seq: usize, hash: Hash| Leaf {
            subject_kind: "call".into(),
            subject_id: id,
            seq: seq as u64,
            hash,
        };
        let mut leaves: Vec<Leaf> =
            (0..others).map(|n| leaf(format!("{}{n}", if n % 2 == 0 { "a" } else { "z" }), 1, [1; 32])).collect();
        leaves.push(leaf("m".into(), covered, hashes[covered - 1]));
        let checkpoint =
            Checkpoint::over(&mut leaves, 1, chrono::NaiveDateTime::default(), GENESIS).expect("small numbers");
        let position = leaves.iter().position(|leaf| leaf.subject_id == "m").expect("it is there");
        let tops: Vec<Hash> = leaves.iter().map(|leaf| leaf.leaf_hash().expect("small numbers")).collect();
        let path = merkle::inclusion_proof(&tops, position).expect("a path");
        let carried = CarriedCheckpoint {
            statement: checkpoint.statement(),
            key_id: String::new(),
            algorithm: String::new(),
            public_key: String::new(),
            signature: String::new(),
            number: covered as u64,
            position: position as u64,
            path: path.iter().map(hex::encode).collect(),
        };
        CarriedChain { subject_kind: "call".into(), subject_id: "m".into(), events, checkpoint: Some(carried) }
    }

    proptest! {
        #[test]
        fn c_61_the_first_event_that_was_touched_is_named(count in 1_usize..8, covered: prop::sample::Index, others in 0_usize..6, at: prop::sample::Index, how in 0..5_usize) {
            let covered = covered.index(count) + 1;
            let good = chain(count, covered, others);
            prop_assert!(good.check().expect("it holds").is_some());
            let at = at.index(count);
            let mut bad = good.clone();
            let expected = match how {
                0 => { bad.events[at].event["reason"] = json!("other"); at + 1 }
                1 if at + 1 < count => { bad.events.remove(at); at + 1 }
                2 if at + 1 < count => { bad.events.swap(at, at + 1); at + 1 }
                3 => { bad.events.insert(at, good.events[at].clone()); at + 2 }
                4 => { bad.events[at].hash = "00".repeat(32); at + 1 }
                _ => return Ok(()),
            };
            let named = CarriedBreak::Event { kind: "call".into(), id: "m".into(), number: expected as u64 };
            prop_assert_eq!(bad.check(), Err(named));
        }

        #[test]
        fn c_61_a_covered_end_cannot_be_cut_off(count in 1_usize..8, covered: prop::sample::Index, others in 0_usize..6, kept: prop::sample::Index) {
            let covered = covered.index(count) + 1;
            let mut cut = chain(count, covered, others);
            cut.events.truncate(kept.index(count) + 1);
            let whole = cut.events.len() >= covered;
            prop_assert_eq!(cut.check().is_ok(), whole);
            // Nor by saying that it covers less.
            if !whole && let Some(checkpoint) = &mut cut.checkpoint {
                checkpoint.number = cut.events.len() as u64;
                prop_assert!(cut.check().is_err());
            }
        }
    }

    #[test]
    fn what_is_none_is_said() {
        let good = chain(2, 2, 1);
        let empty = CarriedChain { events: Vec::new(), ..good.clone() };
        assert_eq!(empty.check(), Err(CarriedBreak::Empty { kind: "call".into(), id: "m".into() }));
        let other = CarriedChain { subject_id: "n".into(), ..good.clone() };
        assert_eq!(other.check(), Err(CarriedBreak::Event { kind: "call".into(), id: "n".into(), number: 1 }));
        let record = CarriedRecord { format: "x".into(), chains: vec![good] };
        assert_eq!(record.check_format(), Err(CarriedBreak::Format));
    }
}
