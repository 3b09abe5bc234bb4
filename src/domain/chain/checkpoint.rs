//! Checkpoints: what is signed now and then so that no chain can be rewritten later.

use chrono::NaiveDateTime;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Hash, Head, NotCanonical, at_text, canonical, merkle};

/// Hours between two checkpoints.
pub const EVERY_HOURS: i64 = 1;
/// Hours after the last checkpoint from which on something is wrong where the record went on: one did not come.
pub const LATE_HOURS: i64 = 2 * EVERY_HOURS;

/// First line of every statement: what it is, and the version of its form.
const TITLE: &str = "yuanchi checkpoint 1";

/// The head of one subject's chain, as a checkpoint holds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leaf {
    /// What kind of subject.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: String,
    /// The number of its last event.
    pub seq: u64,
    /// That event's hash.
    pub hash: Hash,
}

impl Leaf {
    /// The leaf's hash in the tree, over its canonical JSON.
    ///
    /// # Errors
    /// A number beyond 2^53 − 1.
    pub fn leaf_hash(&self) -> Result<Hash, NotCanonical> {
        let value = json!({
            "hash": hex::encode(self.hash),
            "seq": self.seq,
            "subject_id": self.subject_id,
            "subject_kind": self.subject_kind,
        });
        canonical::to_bytes(&value).map(|bytes| merkle::leaf_hash(&bytes))
    }

    /// The head that the subject's chain must still pass through.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }
}

/// A checkpoint: the root over the heads of chains, tied to the checkpoint before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// From 1 without gaps.
    pub number: u64,
    /// When it was made, UTC, to the microsecond.
    pub at: NaiveDateTime,
    /// The hash of the checkpoint before; zeros for the first.
    pub previous: Hash,
    /// How many leaves the tree has.
    pub leaf_count: u64,
    /// The tree's root.
    pub root: Hash,
}

impl Checkpoint {
    /// A checkpoint over these leaves. Their order is that of subject kind and id, whatever order they come in; the leaves are
    /// sorted in place, so that positions for proofs are those of the tree.
    ///
    /// # Errors
    /// A number beyond 2^53 − 1.
    pub fn over(
        leaves: &mut [Leaf],
        number: u64,
        at: NaiveDateTime,
        previous: Hash,
    ) -> Result<Checkpoint, NotCanonical> {
        leaves.sort();
        let hashes = leaves.iter().map(Leaf::leaf_hash).collect::<Result<Vec<Hash>, NotCanonical>>()?;
        Ok(Checkpoint { number, at, previous, leaf_count: leaves.len() as u64, root: merkle::root(&hashes) })
    }

    /// What is signed: six lines, each ended by a line feed, hashes in small hexadecimal digits.
    pub fn statement(&self) -> String {
        format!(
            "{TITLE}\nnumber {}\nat {}\nprevious {}\nleaves {}\nroot {}\n",
            self.number,
            at_text(self.at),
            hex::encode(self.previous),
            self.leaf_count,
            hex::encode(self.root),
        )
    }

    /// The hash that the next checkpoint names: SHA-256 of the statement.
    pub fn hash(&self) -> Hash {
        Sha256::digest(self.statement()).into()
    }

    /// Reads a statement back; none unless it is, byte for byte, one that [`Checkpoint::statement`] writes.
    pub fn parse(statement: &str) -> Option<Checkpoint> {
        let mut lines = statement.strip_prefix(TITLE)?.strip_prefix('\n')?.lines();
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let hash = |text: &str| hex::decode(text).ok()?.try_into().ok();
        let read = Checkpoint {
            number: value("number")?.parse().ok()?,
            at: NaiveDateTime::parse_from_str(value("at")?, "%Y-%m-%dT%H:%M:%S%.6fZ").ok()?,
            previous: hash(value("previous")?)?,
            leaf_count: value("leaves")?.parse().ok()?,
            root: hash(value("root")?)?,
        };
        (read.statement() == statement).then_some(read)
    }
}

/// Where the sequence of checkpoints does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointBreak {
    /// Another number stands here: a checkpoint was removed, added or moved.
    #[error("checkpoint {expected}: found number {found}")]
    WrongNumber {
        /// The number that should stand here.
        expected: u64,
        /// The number that does.
        found: u64,
    },
    /// It does not name the hash of the one before.
    #[error("checkpoint {number}: does not follow from the one before")]
    WrongPrevious {
        /// Its number.
        number: u64,
    },
}

/// Checks checkpoints from the first on, in order; gives the hash of the last, zeros when there is none. Signatures are checked elsewhere.
///
/// # Errors
/// The first [`CheckpointBreak`].
pub fn verify_checkpoints<'a>(checkpoints: impl IntoIterator<Item = &'a Checkpoint>) -> Result<Hash, CheckpointBreak> {
    let mut previous = super::GENESIS;
    for (expected, checkpoint) in (1..).zip(checkpoints) {
        if checkpoint.number != expected {
            return Err(CheckpointBreak::WrongNumber { expected, found: checkpoint.number });
        }
        if checkpoint.previous != previous {
            return Err(CheckpointBreak::WrongPrevious { number: expected });
        }
        previous = checkpoint.hash();
    }
    Ok(previous)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaf(id: &str, seq: u64) -> Leaf {
        Leaf { subject_kind: "application".to_string(), subject_id: id.to_string(), seq, hash: [7; 32] }
    }

    fn at() -> NaiveDateTime {
        "2026-11-23T09:30:00.000001".parse().expect("an instant")
    }

    fn sequence(count: u64) -> Vec<Checkpoint> {
        let mut previous = [0; 32];
        (1..=count)
            .map(|number| {
                let checkpoint = Checkpoint::over(&mut [leaf("b", number), leaf("a", 1)], number, at(), previous)
                    .expect("small numbers");
                previous = checkpoint.hash();
                checkpoint
            })
            .collect()
    }

    #[test]
    fn the_statement_is_fixed_and_reads_back() {
        let checkpoint = Checkpoint { number: 2, at: at(), previous: [1; 32], leaf_count: 3, root: [255; 32] };
        let statement = checkpoint.statement();
        assert_eq!(
            statement,
            format!(
                "yuanchi checkpoint 1\nnumber 2\nat 2026-11-23T09:30:00.000001Z\nprevious {}\nleaves 3\nroot {}\n",
                "01".repeat(32),
                "ff".repeat(32)
            )
        );
        assert_eq!(Checkpoint::parse(&statement), Some(checkpoint));
        for changed in [
            statement.replace("number 2", "number 02"),
            statement.replace("ff", "FF"),
            format!("{statement}\n"),
            statement.replace('\n', "\r\n"),
            String::new(),
        ] {
            assert_eq!(Checkpoint::parse(&changed), None, "{changed:?}");
        }
    }

    #[test]
    fn the_order_of_leaves_does_not_matter_and_each_can_be_proved() {
        let mut leaves = vec![leaf("c", 3), leaf("a", 1), leaf("b", 2)];
        let checkpoint = Checkpoint::over(&mut leaves, 1, at(), [0; 32]).expect("small numbers");
        let mut sorted = vec![leaf("a", 1), leaf("b", 2), leaf("c", 3)];
        assert_eq!(Checkpoint::over(&mut sorted, 1, at(), [0; 32]), Ok(checkpoint.clone()));
        assert_eq!(leaves, sorted);
        let hashes: Vec<Hash> = leaves.iter().filter_map(|leaf| leaf.leaf_hash().ok()).collect();
        for (index, hash) in hashes.iter().enumerate() {
            let proof = merkle::inclusion_proof(&hashes, index).expect("a leaf");
            assert!(merkle::verify_inclusion(hash, index, 3, &proof, &checkpoint.root));
        }
    }

    proptest! {
        #[test]
        fn a_broken_sequence_is_found(count in 2u64..8, at: prop::sample::Index) {
            let good = sequence(count);
            prop_assert_eq!(verify_checkpoints(&good), Ok(good[good.len() - 1].hash()));
            let at = at.index(good.len() - 1);

            let mut removed = good.clone();
            removed.remove(at);
            let expected = at as u64 + 1;
            prop_assert_eq!(verify_checkpoints(&removed), Err(CheckpointBreak::WrongNumber { expected, found: expected + 1 }));

            let mut altered = good;
            altered[at].root[0] ^= 1;
            prop_assert_eq!(verify_checkpoints(&altered), Err(CheckpointBreak::WrongPrevious { number: expected + 1 }));
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            prop_assert_eq!(Checkpoint::parse(&text), None);
        }
    }
}
