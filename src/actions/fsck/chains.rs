//! The record itself: chains, checkpoints, and what was carried away of them.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::checkpoints::Export;
use crate::db::checkpoints as stored;
use crate::db::invariants::{self, Violation};
use crate::domain::chain::{self, Break, Checkpoint, Head, Leaf, Link};
use crate::error::Error;
use crate::keys;
use std::collections::BTreeSet;

/// Events read at a time.
const EVENTS_AT_ONCE: i64 = 5_000;

/// Each subject's chain holds from its first event to its last.
pub(super) fn hold(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    walk_chains(tx, |links| found.extend(chain::verify(links).err().map(|broken| broken_chain(links, &broken))))?;
    Ok(found)
}

fn broken_chain(links: &[Link], broken: &Break) -> Violation {
    let subject = links.first().map(|link| format!("{} {}", link.body.subject_kind, link.body.subject_id));
    violation("chain_holds", subject.unwrap_or_default(), broken.to_string())
}

/// Hands every subject's chain over, one after the other.
fn walk_chains(tx: &mut Tx<'_>, mut each: impl FnMut(&[Link])) -> Result<(), Error> {
    let mut links: Vec<Link> = Vec::new();
    let mut place = (String::new(), String::new(), 0);
    loop {
        let batch = invariants::events_after(tx.db, &place, EVENTS_AT_ONCE)?;
        let Some(last) = batch.last() else { break };
        place = (last.subject_kind.clone(), last.subject_id.clone(), last.seq);
        for event in batch {
            let body = event.body();
            let same = links.first().is_none_or(|first| {
                (&first.body.subject_kind, &first.body.subject_id) == (&body.subject_kind, &body.subject_id)
            });
            if !same {
                each(&links);
                links.clear();
            }
            // What is no hash fits nothing.
            let hash = hex::decode(&event.hash).ok().and_then(|bytes| bytes.try_into().ok()).unwrap_or_default();
            links.push(Link { body, hash });
        }
    }
    if !links.is_empty() {
        each(&links);
    }
    Ok(())
}

/// Checks one subject's chain: for the page of the record.
pub fn chain_of(tx: &mut Tx<'_>, kind: &str, id: &str) -> Result<Result<Head, Break>, Error> {
    let links: Vec<Link> = crate::db::events::of_subject(tx.db, kind, id)?
        .into_iter()
        .map(|event| Link {
            body: event.body(),
            hash: hex::decode(&event.hash).ok().and_then(|bytes| bytes.try_into().ok()).unwrap_or_default(),
        })
        .collect();
    Ok(chain::verify(&links))
}

/// Checkpoints follow one another, are signed by this service's key, and have the root of their leaves.
pub(super) fn checkpoints_hold(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "checkpoint_holds";
    let mut found = Vec::new();
    let mut read = Vec::new();
    for row in stored::after(tx.db, 0)? {
        let subject = format!("checkpoint {}", row.number);
        let Some(checkpoint) = Checkpoint::parse(&row.statement) else {
            found.push(violation(NAME, subject, "its statement was altered"));
            continue;
        };
        let fits = i64::try_from(checkpoint.number) == Ok(row.number)
            && hex::encode(checkpoint.root) == row.root
            && hex::encode(checkpoint.hash()) == row.hash
            && hex::encode(checkpoint.previous) == row.previous;
        if !fits {
            found.push(violation(NAME, subject.clone(), "its columns are not those of its statement"));
        }
        if row.key_id != tx.env.keys.id() {
            found.push(violation(NAME, subject.clone(), format!("is signed by another key, {}", row.key_id)));
        } else if !keys::verify(&tx.env.keys.public_key(), row.statement.as_bytes(), &row.signature) {
            found.push(violation(NAME, subject.clone(), "its signature does not fit"));
        }
        let leaves: Option<Vec<Leaf>> = stored::leaves(tx.db, row.number)?
            .into_iter()
            .map(|leaf| {
                let hash = hex::decode(&leaf.hash).ok()?.try_into().ok()?;
                Some(Leaf {
                    subject_kind: leaf.subject_kind,
                    subject_id: leaf.subject_id,
                    seq: leaf.seq.unsigned_abs(),
                    hash,
                })
            })
            .collect();
        let again = leaves.and_then(|mut leaves| {
            Checkpoint::over(&mut leaves, checkpoint.number, checkpoint.at, checkpoint.previous).ok()
        });
        if again.as_ref() != Some(&checkpoint) {
            found.push(violation(NAME, subject, "its leaves were altered"));
        }
        read.push(checkpoint);
    }
    if let Err(broken) = chain::verify_checkpoints(&read) {
        found.push(violation(NAME, "checkpoints", broken.to_string()));
    }
    Ok(found)
}

/// What was carried away is still what is in store: nobody rewrote the record together with its checkpoints.
pub(super) fn exports_are_in_store(tx: &mut Tx<'_>, exports: &[Export]) -> Checked {
    const NAME: &str = super::EXPORTED;
    let statements: BTreeSet<String> = stored::after(tx.db, 0)?.into_iter().map(|row| row.statement).collect();
    let mut found = Vec::new();
    for export in exports {
        let subject = format!("checkpoint {}", export.checkpoint.number);
        if let Err(why) = export.check() {
            found.push(violation(NAME, subject.clone(), format!("the exported file does not hold: {why}")));
        }
        if !statements.contains(&export.checkpoint.statement()) {
            found.push(violation(NAME, subject, "was exported and is not the one in store"));
        }
    }
    Ok(found)
}
