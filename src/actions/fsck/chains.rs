//! The record itself: chains, checkpoints, and what was carried away of them.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::checkpoints::Export;
use crate::db::checkpoints as stored;
use crate::db::invariants::{self, Violation};
use crate::domain::chain::{self, Break, Checkpoint, Head, Leaf, Link};
use crate::error::Error;
use std::collections::BTreeSet;

/// Events read at a time.
const EVENTS_AT_ONCE: i64 = 5_000;

/// A subject's chain as far as it can be read.
#[derive(Default)]
struct Chain {
    /// Kind and id.
    subject: (String, String),
    links: Vec<Link>,
    /// The number of the first event that cannot be read, and why.
    unread: Option<(i64, String)>,
}

/// Each subject's chain holds from its first event to its last.
pub(super) fn hold(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    walk_chains(tx, |chain| found.extend(broken(chain)))?;
    Ok(found)
}

/// The first event with which a chain does not hold.
fn broken(chain: &Chain) -> Option<Violation> {
    let what = match (chain::verify(&chain.links), &chain.unread) {
        (Err(broken), _) => broken.to_string(),
        (Ok(_), Some((seq, why))) => format!("event {seq}: cannot be read: {why}"),
        (Ok(_), None) => return None,
    };
    let (kind, id) = &chain.subject;
    Some(violation("chain_holds", format!("{kind} {id}"), what))
}

/// Hands every subject's chain over, one after the other.
fn walk_chains(tx: &mut Tx<'_>, mut each: impl FnMut(&Chain)) -> Result<(), Error> {
    let mut chain = Chain::default();
    let mut place = (String::new(), String::new(), 0);
    loop {
        let batch = invariants::each_event_after(tx.db, &place, EVENTS_AT_ONCE)?;
        let Some(last) = batch.last() else { break };
        place = last.place();
        for event in batch {
            let subject = (event.kind, event.id);
            if chain.subject != subject {
                each(&chain);
                chain = Chain { subject, ..Chain::default() };
            }
            // What follows one that cannot be read hangs in the air.
            if chain.unread.is_some() {
                continue;
            }
            match event.read {
                Ok(event) => {
                    // What is no hash fits nothing.
                    let hash =
                        hex::decode(&event.hash).ok().and_then(|bytes| bytes.try_into().ok()).unwrap_or_default();
                    chain.links.push(Link { body: event.body(), hash });
                }
                Err(why) => chain.unread = Some((event.seq, why)),
            }
        }
    }
    each(&chain);
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
        found.extend(signed_wrongly(tx, &row).map(|what| violation(NAME, subject.clone(), what)));
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

/// What is wrong with the signature of a checkpoint: it must be that of the key which it names, and the key must have signed then.
fn signed_wrongly(tx: &Tx<'_>, row: &stored::StoredCheckpoint) -> Option<String> {
    match tx.env.keys.find(&row.key_id) {
        None => Some(format!("is signed by another key, {}", row.key_id)),
        Some(key) if !key.verify(row.statement.as_bytes(), &row.signature) => Some("its signature does not fit".into()),
        Some(key) if !key.signed_at(row.at) => Some(format!("is signed by key {}, which did not sign then", key.id)),
        Some(_) => None,
    }
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
