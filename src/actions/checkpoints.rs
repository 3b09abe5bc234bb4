//! Taking a checkpoint: the ends of the chains that have moved, under one signed root.
//!
//! A chain shows any change before its end; a checkpoint, once it is kept somewhere else too, shows that an end was cut
//! off or a whole chain rewritten. So each checkpoint is also written as a text that can be carried away ([`Export`]).

use super::Tx;
use crate::db::checkpoints::{self, StoredCheckpoint, StoredLeaf, StoredTree};
use crate::domain::chain::inclusion::{EventTree, root_over};
use crate::domain::chain::{Checkpoint, GENESIS, Hash, Leaf};
use crate::domain::published_list::Anchor;
use crate::error::Error;
use crate::keys;

/// Chains that one checkpoint covers at most: bounds how long it holds the database.
pub const CHAINS_AT_ONCE: i64 = 10_000;

/// Takes one over the chains that have moved; nothing when none has. Returns its number and how many chains it covers.
pub fn take(tx: &mut Tx<'_>) -> Result<Option<(i64, usize)>, Error> {
    checkpoints::lock(tx.db)?;
    let moved = checkpoints::moved(tx.db, CHAINS_AT_ONCE)?;
    if moved.is_empty() {
        return Ok(None);
    }
    let last = checkpoints::last(tx.db)?;
    let number = last.as_ref().map_or(1, |last| last.number + 1);
    let previous = last.map_or(Ok(GENESIS), |last| hash_of(&last.hash))?;
    let mut leaves = moved
        .into_iter()
        .map(|(subject_kind, subject_id, seq, hash)| {
            Ok(Leaf { subject_kind, subject_id, seq: seq.unsigned_abs(), hash: hash_of(&hash)? })
        })
        .collect::<Result<Vec<Leaf>, Error>>()?;
    let checkpoint = Checkpoint::over(&mut leaves, number.unsigned_abs(), tx.now, previous)
        .map_err(|e| anyhow::anyhow!("checkpoint {number}: {e}"))?;
    let statement = checkpoint.statement();
    let signer = tx.env.keys.signer();
    let stored = StoredCheckpoint {
        number,
        at: tx.now,
        leaf_count: as_stored(checkpoint.leaf_count),
        root: hex::encode(checkpoint.root),
        previous: hex::encode(previous),
        hash: hex::encode(checkpoint.hash()),
        signature: signer.sign(statement.as_bytes()),
        key_id: signer.public.id,
        statement,
    };
    let leaves: Vec<StoredLeaf> =
        (0..).zip(leaves).map(|(position, leaf)| stored_leaf(number, position, leaf)).collect();
    checkpoints::create(tx.db, &stored, &leaves)?;
    keep_trees(tx)?;
    Ok(Some((number, leaves.len())))
}

/// Keeps the trees over the events of every checkpoint that has none: the one just taken, and those of the time before there were trees.
fn keep_trees(tx: &mut Tx<'_>) -> Result<(), Error> {
    for number in checkpoints::without_tree(tx.db)? {
        let tree = tree_of(tx, number)?;
        checkpoints::keep_tree(tx.db, &as_stored_tree(&tree))?;
    }
    Ok(())
}

/// The tree over the events that a checkpoint was the first to cover, made from the events themselves.
pub(super) fn tree_of(tx: &mut Tx<'_>, number: i64) -> Result<EventTree, Error> {
    let events = checkpoints::first_covered(tx.db, number)?;
    let hashes = events.iter().map(|event| hash_of(&event.hash)).collect::<Result<Vec<Hash>, Error>>()?;
    Ok(EventTree::over(number.unsigned_abs(), &hashes))
}

/// A tree as it is stored.
pub(super) fn as_stored_tree(tree: &EventTree) -> StoredTree {
    StoredTree {
        checkpoint_number: as_stored(tree.checkpoint),
        event_count: as_stored(tree.events),
        root: hex::encode(tree.root),
    }
}

/// The trees of the checkpoints up to a number, in order.
pub(super) fn trees(tx: &mut Tx<'_>, up_to: i64) -> Result<Vec<EventTree>, Error> {
    let stored = checkpoints::trees(tx.db, up_to)?;
    let read = stored.into_iter().map(|tree| {
        Ok(EventTree {
            checkpoint: tree.checkpoint_number.unsigned_abs(),
            events: tree.event_count.unsigned_abs(),
            root: hash_of(&tree.root)?,
        })
    });
    read.collect()
}

/// Takes checkpoints until every chain is covered, and gives the root over all events so far: what a list is anchored by. Whoever asks has
/// locked the checkpoints before it recorded anything, or would stand against the job that takes them.
pub(super) fn anchor(tx: &mut Tx<'_>) -> Result<Anchor, Error> {
    while take(tx)?.is_some() {}
    keep_trees(tx)?;
    let trees = trees(tx, i64::MAX)?;
    let root = root_over(&trees).map_err(|e| anyhow::anyhow!("the record cannot be anchored: {e}"))?;
    Ok(Anchor {
        checkpoints: trees.len() as u64,
        events: trees.iter().map(|tree| tree.events).fold(0, u64::saturating_add),
        root: hex::encode(root),
    })
}

fn stored_leaf(checkpoint_number: i64, position: i64, leaf: Leaf) -> StoredLeaf {
    StoredLeaf {
        checkpoint_number,
        position,
        subject_kind: leaf.subject_kind,
        subject_id: leaf.subject_id,
        seq: as_stored(leaf.seq),
        hash: hex::encode(leaf.hash),
    }
}

fn as_stored(number: u64) -> i64 {
    // A canonical number has 53 bits at most.
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn hash_of(text: &str) -> Result<Hash, Error> {
    let bytes = hex::decode(text).ok().and_then(|bytes| Hash::try_from(bytes).ok());
    Ok(bytes.ok_or_else(|| anyhow::anyhow!("{text:?} is no SHA-256"))?)
}

/// A checkpoint with all that is needed to check it without the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// Its leaves, in the order of the tree.
    pub leaves: Vec<Leaf>,
    /// The public half of the key, in hex.
    pub public_key: String,
    /// Ed25519 over the statement, in hex.
    pub signature: String,
}

/// The checkpoints after number `after`, as exports.
pub fn exports_after(tx: &mut Tx<'_>, after: i64) -> Result<Vec<Export>, Error> {
    let keys = tx.env.keys.clone();
    let stored = checkpoints::after(tx.db, after)?;
    stored
        .into_iter()
        .map(|stored| {
            let checkpoint = Checkpoint::parse(&stored.statement)
                .ok_or_else(|| anyhow::anyhow!("checkpoint {}: the statement was altered", stored.number))?;
            let leaves = checkpoints::leaves(tx.db, stored.number)?
                .into_iter()
                .map(|leaf| {
                    Ok(Leaf {
                        subject_kind: leaf.subject_kind,
                        subject_id: leaf.subject_id,
                        seq: leaf.seq.unsigned_abs(),
                        hash: hash_of(&leaf.hash)?,
                    })
                })
                .collect::<Result<Vec<Leaf>, Error>>()?;
            let public_key = keys.find(&stored.key_id).map(|key| key.public_key).ok_or_else(|| {
                anyhow::anyhow!("checkpoint {}: its key {} is not known here", stored.number, stored.key_id)
            })?;
            Ok(Export { checkpoint, leaves, public_key, signature: stored.signature })
        })
        .collect()
}

impl Export {
    /// The text that is carried away: the signed statement, an empty line, key and signature, then a line a leaf.
    pub fn to_text(&self) -> String {
        let mut text =
            format!("{}\nkey {}\nsignature {}\n", self.checkpoint.statement(), self.public_key, self.signature);
        for leaf in &self.leaves {
            let line =
                format!("leaf {} {} {} {}\n", leaf.subject_kind, leaf.subject_id, leaf.seq, hex::encode(leaf.hash));
            text.push_str(&line);
        }
        text
    }

    /// Reads such a text back; the reason when it is none.
    pub fn parse(text: &str) -> Result<Export, String> {
        let (statement, rest) = text.split_once("\n\n").ok_or("there is no empty line after the statement")?;
        let checkpoint =
            Checkpoint::parse(&format!("{statement}\n")).ok_or("the statement is none, or it was altered")?;
        let mut lines = rest.lines();
        let mut value = |name: &str| {
            lines.next().and_then(|line| line.strip_prefix(name)).map(str::to_string).ok_or(format!("no line {name:?}"))
        };
        let public_key = value("key ")?;
        let signature = value("signature ")?;
        let leaves = lines
            .map(|line| match line.split(' ').collect::<Vec<_>>().as_slice() {
                ["leaf", kind, id, seq, hash] => Ok(Leaf {
                    subject_kind: (*kind).into(),
                    subject_id: (*id).into(),
                    seq: seq.parse().map_err(|_| format!("{line:?}: {seq:?} is no number"))?,
                    hash: hash_of(hash).map_err(|e| format!("{line:?}: {e}"))?,
                }),
                _ => Err(format!("{line:?} is no leaf")),
            })
            .collect::<Result<Vec<Leaf>, String>>()?;
        Ok(Export { checkpoint, leaves, public_key, signature })
    }

    /// Whether leaves, root and signature fit together; the reason when they do not.
    pub fn check(&self) -> Result<(), String> {
        let mut leaves = self.leaves.clone();
        let again = Checkpoint::over(&mut leaves, self.checkpoint.number, self.checkpoint.at, self.checkpoint.previous)
            .map_err(|e| e.to_string())?;
        if leaves != self.leaves {
            return Err("the leaves are not in order".into());
        }
        if again != self.checkpoint {
            return Err("the root is not that of the leaves".into());
        }
        if !keys::verify(&self.public_key, self.checkpoint.statement().as_bytes(), &self.signature) {
            return Err("the signature does not fit".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Keys;

    fn export() -> Export {
        let keys = Keys::from_bytes([7; 32], [8; 32]);
        let leaf = |id: &str| Leaf { subject_kind: "call".into(), subject_id: id.into(), seq: 3, hash: [9; 32] };
        let mut leaves = vec![leaf("b"), leaf("a")];
        let at = chrono::NaiveDateTime::default();
        let checkpoint = Checkpoint::over(&mut leaves, 1, at, GENESIS).expect("small numbers");
        let signature = keys.sign(checkpoint.statement().as_bytes());
        Export { checkpoint, leaves, public_key: keys.public_key(), signature }
    }

    #[test]
    fn c_61_an_export_reads_back_and_holds() {
        let export = export();
        assert_eq!(Export::parse(&export.to_text()), Ok(export.clone()));
        assert_eq!(export.check(), Ok(()));
    }

    #[test]
    fn c_61_every_changed_line_is_found() {
        let text = export().to_text();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
            let changed: Vec<String> = text
                .lines()
                .enumerate()
                .map(|(at, line)| if at == number { format!("{line}0") } else { line.to_string() })
                .collect();
            let found = Export::parse(&format!("{}\n", changed.join("\n"))).and_then(|export| export.check());
            assert!(found.is_err(), "a change of {line:?} passed");
        }
        let fewer = text.trim_end().rsplit_once('\n').expect("lines").0;
        assert!(Export::parse(fewer).and_then(|export| export.check()).is_err());
    }
}
