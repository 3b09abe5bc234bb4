//! One event shown to be in the record without any other: trees over events, anchored in published lists.
//!
//! Each checkpoint is the first to cover some events: those of its chains since the checkpoint before that covered the chain. They are
//! the leaves of a tree (RFC 6962), in the order of the checkpoint's leaves and then of their numbers; a leaf's data are the 32 bytes of
//! the event's hash. The trees of all checkpoints are in turn the leaves of the tree whose root a list carries in its signed text
//! ([`Anchor`](crate::domain::published_list::Anchor)). So the proof for one event is two paths of hashes, and says nothing of the others.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::strict::each_member_once;
use super::{Hash, NotCanonical, canonical, hash_after, merkle};

/// Says that a document is the proof of an event, and the version of its form.
pub const EVENT_PROOF_FORMAT: &str = "yuanchi event proof 1";

/// The tree over the events that one checkpoint was the first to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventTree {
    /// The checkpoint's number.
    pub checkpoint: u64,
    /// How many events.
    pub events: u64,
    /// The tree's root.
    pub root: Hash,
}

impl EventTree {
    /// The tree over these hashes of events.
    pub fn over(checkpoint: u64, hashes: &[Hash]) -> EventTree {
        EventTree { checkpoint, events: hashes.len() as u64, root: merkle::root(&leaves(hashes)) }
    }

    /// The leaf that stands for the tree in the tree of trees: over its canonical JSON.
    ///
    /// # Errors
    /// A number beyond 2^53 − 1.
    pub fn leaf_hash(&self) -> Result<Hash, NotCanonical> {
        let value = json!({ "checkpoint": self.checkpoint, "events": self.events, "root": hex::encode(self.root) });
        canonical::to_bytes(&value).map(|bytes| merkle::leaf_hash(&bytes))
    }
}

fn leaves(hashes: &[Hash]) -> Vec<Hash> {
    hashes.iter().map(|hash| merkle::leaf_hash(hash)).collect()
}

/// The root over the trees of the first checkpoints, in order.
///
/// # Errors
/// A number beyond 2^53 − 1.
pub fn root_over(trees: &[EventTree]) -> Result<Hash, NotCanonical> {
    let leaves = trees.iter().map(EventTree::leaf_hash).collect::<Result<Vec<Hash>, NotCanonical>>()?;
    Ok(merkle::root(&leaves))
}

/// The list in which an event is anchored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnchoringList {
    /// Its id.
    pub id: String,
    /// Its place in the chain of lists.
    pub chain_number: i32,
    /// SHA-256 of its text, in hex.
    pub sha256: String,
}

/// What shows that one event is in the record that a list anchors. Hashes are in hex.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventProof {
    /// [`EVENT_PROOF_FORMAT`].
    pub format: String,
    /// The event, as it is hashed.
    #[serde(deserialize_with = "each_member_once")]
    pub event: Value,
    /// The hash of the event before it in its chain; zeros for the first.
    pub previous: String,
    /// The event's hash.
    pub hash: String,
    /// The checkpoint that was the first to cover it.
    pub checkpoint: u64,
    /// Its place among the events of that checkpoint, from 0.
    pub position: u64,
    /// How many events the checkpoint was the first to cover.
    pub events: u64,
    /// The hashes beside its path, from the leaf up.
    pub path: Vec<String>,
    /// How many trees the list anchors; that of the checkpoint stands at its number less one.
    pub trees: u64,
    /// The hashes beside the path of the checkpoint's tree, from the leaf up.
    pub trees_path: Vec<String>,
    /// The root, which stands in the list's text at `events`, `root`.
    pub root: String,
    /// The list.
    pub list: AnchoringList,
}

/// Where the proof of an event does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofBreak {
    /// It is of another form.
    #[error("its format is not \"yuanchi event proof 1\"")]
    Format,
    /// A hash is none, or a number is too large.
    #[error("a hash is not 64 hexadecimal digits, or a number is too large")]
    Unreadable,
    /// The event is not the one of the hash.
    #[error("the hash is not that of the event: the event, the hash or the hash before was altered")]
    Event,
    /// The paths do not lead to the root.
    #[error("the paths do not lead from the event to the root")]
    Path,
}

impl EventProof {
    /// The proof for the event at `position` of `hashes`, which are those that `trees[checkpoint − 1]` is over. None when there is no
    /// such event or tree.
    pub fn of(
        event: Value,
        previous: &Hash,
        position: usize,
        hashes: &[Hash],
        checkpoint: u64,
        trees: &[EventTree],
        list: AnchoringList,
    ) -> Option<EventProof> {
        let tree_at = usize::try_from(checkpoint.checked_sub(1)?).ok()?;
        let tops = trees.iter().map(|tree| tree.leaf_hash().ok()).collect::<Option<Vec<Hash>>>()?;
        let in_hex = |path: Vec<Hash>| path.iter().map(hex::encode).collect();
        Some(EventProof {
            format: EVENT_PROOF_FORMAT.into(),
            event,
            previous: hex::encode(previous),
            hash: hex::encode(hashes.get(position)?),
            checkpoint,
            position: position as u64,
            events: hashes.len() as u64,
            path: in_hex(merkle::inclusion_proof(&leaves(hashes), position)?),
            trees: trees.len() as u64,
            trees_path: in_hex(merkle::inclusion_proof(&tops, tree_at)?),
            root: hex::encode(merkle::root(&tops)),
            list,
        })
    }

    /// Checks that the event has the hash, and that the paths lead from it to the root. That the root is the list's, and the list sound, is
    /// for the caller to check.
    ///
    /// # Errors
    /// [`ProofBreak`].
    pub fn check(&self) -> Result<(), ProofBreak> {
        if self.format != EVENT_PROOF_FORMAT {
            return Err(ProofBreak::Format);
        }
        let (previous, hash, root) = (read(&self.previous)?, read(&self.hash)?, read(&self.root)?);
        let path = self.path.iter().map(|hash| read(hash)).collect::<Result<Vec<Hash>, ProofBreak>>()?;
        let trees_path = self.trees_path.iter().map(|hash| read(hash)).collect::<Result<Vec<Hash>, ProofBreak>>()?;
        let canonical = canonical::to_bytes(&self.event).map_err(|_| ProofBreak::Event)?;
        if hash_after(&previous, &canonical) != hash {
            return Err(ProofBreak::Event);
        }
        let leaf = merkle::leaf_hash(&hash);
        let below = merkle::climb(&leaf, place(self.position)?, place(self.events)?, &path).ok_or(ProofBreak::Path)?;
        let tree = EventTree { checkpoint: self.checkpoint, events: self.events, root: below };
        let top = tree.leaf_hash().map_err(|_| ProofBreak::Unreadable)?;
        let at = place(self.checkpoint.checked_sub(1).ok_or(ProofBreak::Path)?)?;
        if !merkle::verify_inclusion(&top, at, place(self.trees)?, &trees_path, &root) {
            return Err(ProofBreak::Path);
        }
        Ok(())
    }
}

fn read(text: &str) -> Result<Hash, ProofBreak> {
    hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(ProofBreak::Unreadable)
}

fn place(number: u64) -> Result<usize, ProofBreak> {
    usize::try_from(number).map_err(|_| ProofBreak::Unreadable)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(number: usize) -> Value {
        json!({ "action": "application.submitted", "seq": number })
    }

    fn hash(number: usize) -> Hash {
        hash_after(&[0; 32], &canonical::to_bytes(&event(number)).expect("small numbers"))
    }

    fn list() -> AnchoringList {
        AnchoringList { id: "l1".into(), chain_number: 1, sha256: "00".repeat(32) }
    }

    proptest! {
        #[test]
        fn c_61_a_proof_holds_for_its_event_alone(sizes in prop::collection::vec(1usize..9, 1..7), tree: prop::sample::Index, at: prop::sample::Index, digit: prop::sample::Index) {
            let hashes: Vec<Vec<Hash>> = sizes.iter().enumerate().map(|(of, size)| (0..*size).map(|n| hash(of * 100 + n)).collect()).collect();
            let trees: Vec<EventTree> = (1..).zip(&hashes).map(|(number, hashes)| EventTree::over(number, hashes)).collect();
            let tree = tree.index(trees.len());
            let at = at.index(sizes[tree]);
            let number = tree as u64 + 1;
            let good = EventProof::of(event(tree * 100 + at), &[0; 32], at, &hashes[tree], number, &trees, list()).unwrap();
            prop_assert_eq!(good.check(), Ok(()));
            prop_assert_eq!(&good.root, &hex::encode(root_over(&trees).unwrap()));

            let mut other = good.clone();
            other.event = event(9999);
            prop_assert_eq!(other.check(), Err(ProofBreak::Event));
            for change in [
                |proof: &mut EventProof| proof.position += 1,
                |proof: &mut EventProof| proof.events += 1,
                |proof: &mut EventProof| proof.checkpoint += 1,
                |proof: &mut EventProof| proof.checkpoint = 0,
                |proof: &mut EventProof| proof.path.push("00".repeat(32)),
                |proof: &mut EventProof| proof.trees_path.push("00".repeat(32)),
                |proof: &mut EventProof| proof.root = "00".repeat(32),
            ] {
                let mut changed = good.clone();
                change(&mut changed);
                prop_assert_eq!(changed.check(), Err(ProofBreak::Path));
            }
            let mut changed = good.clone();
            let digit = digit.index(64);
            let all: Vec<&mut String> = changed.path.iter_mut().chain(&mut changed.trees_path).collect();
            for hash in all {
                let old = &hash[digit..=digit];
                let new = if old == "0" { "1" } else { "0" };
                hash.replace_range(digit..=digit, new);
            }
            prop_assert_eq!(changed.check().is_ok(), good.path.is_empty() && good.trees_path.is_empty());
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let trees = [EventTree::over(1, &[hash(1)])];
        let good = EventProof::of(event(1), &[0; 32], 0, &[hash(1)], 1, &trees, list()).expect("a proof");
        assert_eq!(EventProof { format: "x".into(), ..good.clone() }.check(), Err(ProofBreak::Format));
        assert_eq!(EventProof { hash: "x".into(), ..good.clone() }.check(), Err(ProofBreak::Unreadable));
        assert_eq!(EventProof { trees: u64::MAX, ..good.clone() }.check(), Err(ProofBreak::Path));
        assert_eq!(EventProof::of(event(1), &[0; 32], 1, &[hash(1)], 1, &trees, list()), None);
        assert_eq!(EventProof::of(event(1), &[0; 32], 0, &[hash(1)], 2, &trees, list()), None);
    }
}
