//! A part of the record to be carried away by an auditor, with what proves it offline ([`crate::domain::chain::carried`]).

use super::audit::{self, AUDITORS, Search};
use super::{Record, Tx};
use crate::db;
use crate::db::checkpoints::{self, StoredLeaf};
use crate::db::events::StoredEvent;
use crate::domain::actor::{Actor, Role};
use crate::domain::chain::canonical;
use crate::domain::chain::carried::{CarriedChain, CarriedCheckpoint, CarriedEvent, CarriedRecord, RECORD_FORMAT};
use crate::domain::chain::{Hash, Leaf, merkle};
use crate::domain::refusal::Refusal;
use crate::error::Error;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Subjects whose chains one file holds at most.
pub const MOST_CHAINS: usize = 500;
/// Events that one file holds at most: about 20 MB.
pub const MOST_EVENTS: usize = 20_000;

/// A file that was made, with what the record says of it.
#[derive(Debug)]
pub struct Made {
    /// The document.
    pub record: CarriedRecord,
    /// SHA-256 of its canonical bytes, in hex.
    sha256: String,
}

impl Made {
    /// Whether a signed checkpoint covers every event in it.
    pub fn is_covered(&self) -> bool {
        let whole = |chain: &CarriedChain| {
            let covered = chain.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.number);
            usize::try_from(covered) == Ok(chain.events.len())
        };
        self.record.chains.iter().all(whole)
    }
}

/// Signs checkpoints over everything that happened so far, so that what is carried away next has its proof with it. Each
/// process writes them to its folder at its next turn.
///
/// # Errors
/// `wrong_role`; the database is away.
pub fn cover(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), Error> {
    actor.must_hold(AUDITORS)?;
    while super::checkpoints::take(tx)?.is_some() {}
    Ok(())
}

/// The whole chains of everything that a search finds.
///
/// # Errors
/// `wrong_role`; those of the search; `record_export_too_large`; `record_export_empty`.
pub fn of_search(tx: &mut Tx<'_>, actor: &Actor, search: &Search) -> Result<Made, Error> {
    actor.must_hold(AUDITORS)?;
    let filter = audit::filter_of(tx, actor, search)?;
    let most = i64::try_from(MOST_EVENTS).unwrap_or(i64::MAX);
    let found = db::events::subjects(tx.db, &filter, most.saturating_add(1))?;
    if found.len() > MOST_EVENTS {
        return Err(too_large().into());
    }
    made(tx, found.into_iter().collect())
}

/// Why what a search finds, so many events, cannot be handed out in one file, as far as that is seen without making it.
///
/// # Errors
/// `wrong_role`; those of the search.
pub fn too_large_to_carry(
    tx: &mut Tx<'_>,
    actor: &Actor,
    search: &Search,
    found: i64,
) -> Result<Option<Refusal>, Error> {
    actor.must_hold(AUDITORS)?;
    let found = usize::try_from(found).unwrap_or(usize::MAX);
    if found <= MOST_CHAINS {
        return Ok(None);
    }
    if found > MOST_EVENTS {
        return Ok(Some(too_large()));
    }
    let filter = audit::filter_of(tx, actor, search)?;
    let most = i64::try_from(MOST_EVENTS).unwrap_or(i64::MAX);
    let subjects: BTreeSet<(String, String)> = db::events::subjects(tx.db, &filter, most)?.into_iter().collect();
    Ok((subjects.len() > MOST_CHAINS).then(too_large))
}

/// The whole chain of one subject.
///
/// # Errors
/// `wrong_role`; not found; `record_export_too_large`.
pub fn of_subject(tx: &mut Tx<'_>, actor: &Actor, kind: &str, id: &str) -> Result<Made, Error> {
    actor.must_hold(AUDITORS)?;
    match made(tx, BTreeSet::from([(kind.to_string(), id.to_string())])) {
        Err(Error::Refused(refusal)) if refusal.code == "record_export_empty" => Err(Error::NotFound),
        made => made,
    }
}

/// Records that a file was carried away. It is handed out only once that is done.
///
/// # Errors
/// The database is away.
pub fn note(tx: &mut Tx<'_>, actor: &Actor, made: &Made) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let events: usize = made.record.chains.iter().map(|chain| chain.events.len()).sum();
    let detail = serde_json::json!({ "chains": made.record.chains.len(), "events": events, "sha256": made.sha256 });
    let record = Record {
        subject_kind: "account",
        subject_id: account.as_text(),
        action: "account.record_exported",
        role: Role::Auditor.as_text(),
        detail,
        ..Record::default()
    };
    tx.record(actor, record)
}

fn too_large() -> Refusal {
    let refusal = Refusal::conflict("record_export_too_large").with("chains", MOST_CHAINS.to_string());
    refusal.with("events", MOST_EVENTS.to_string())
}

fn made(tx: &mut Tx<'_>, subjects: BTreeSet<(String, String)>) -> Result<Made, Error> {
    if subjects.len() > MOST_CHAINS {
        return Err(too_large().into());
    }
    let mut chains = Vec::new();
    let mut events = 0;
    let mut leaves = BTreeMap::new();
    for (kind, id) in subjects {
        let stored = db::events::of_subject(tx.db, &kind, &id)?;
        events += stored.len();
        if events > MOST_EVENTS {
            return Err(too_large().into());
        }
        if !stored.is_empty() {
            let checkpoint = checkpoint_of(tx, &kind, &id, &mut leaves)?;
            let events = stored.into_iter().map(carried).collect::<Result<Vec<CarriedEvent>, Error>>()?;
            chains.push(CarriedChain { subject_kind: kind, subject_id: id, events, checkpoint });
        }
    }
    if chains.is_empty() {
        return Err(Refusal::conflict("record_export_empty").into());
    }
    let record = CarriedRecord { format: RECORD_FORMAT.into(), chains };
    let value = serde_json::to_value(&record).map_err(anyhow::Error::from)?;
    Ok(Made { record, sha256: canonical::digest(&value) })
}

/// An event as it is carried. One that was altered in the database is carried as it stands there: whoever verifies the file
/// finds it.
fn carried(event: StoredEvent) -> Result<CarriedEvent, Error> {
    let canonical = event.body().canonical().map_err(anyhow::Error::from)?;
    let body = serde_json::from_slice(&canonical).map_err(anyhow::Error::from)?;
    Ok(CarriedEvent { event: body, hash: event.hash })
}

/// The leaves of a checkpoint and their hashes, read once.
type Leaves = BTreeMap<i64, Vec<(StoredLeaf, Hash)>>;

/// The newest checkpoint that a chain stands under.
fn checkpoint_of(tx: &mut Tx<'_>, kind: &str, id: &str, read: &mut Leaves) -> Result<Option<CarriedCheckpoint>, Error> {
    let Some(number) = checkpoints::newest_over(tx.db, kind, id)? else { return Ok(None) };
    let Some(stored) = checkpoints::find(tx.db, number)? else { return Ok(None) };
    let leaves = match read.entry(number) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(free) => {
            let leaves = checkpoints::leaves(tx.db, number)?;
            let hashed = leaves.into_iter().map(|leaf| hash_of(&leaf).map(|hash| (leaf, hash)));
            free.insert(hashed.collect::<Result<Vec<(StoredLeaf, Hash)>, Error>>()?)
        }
    };
    let at = leaves.iter().position(|(leaf, _)| leaf.subject_kind == kind && leaf.subject_id == id);
    let hashes: Vec<Hash> = leaves.iter().map(|(_, hash)| *hash).collect();
    let Some((at, path)) = at.and_then(|at| merkle::inclusion_proof(&hashes, at).map(|path| (at, path))) else {
        return Ok(None);
    };
    let key = tx.env.keys.find(&stored.key_id);
    let (algorithm, public_key) = key.map(|key| (key.algorithm, key.public_key)).unwrap_or_default();
    Ok(Some(CarriedCheckpoint {
        statement: stored.statement,
        key_id: stored.key_id,
        algorithm,
        public_key,
        signature: stored.signature,
        number: leaves.get(at).map_or(0, |(leaf, _)| leaf.seq.unsigned_abs()),
        position: at as u64,
        path: path.iter().map(hex::encode).collect(),
    }))
}

fn hash_of(leaf: &StoredLeaf) -> Result<Hash, Error> {
    let leaf = Leaf {
        subject_kind: leaf.subject_kind.clone(),
        subject_id: leaf.subject_id.clone(),
        seq: leaf.seq.unsigned_abs(),
        hash: super::checkpoints::hash_of(&leaf.hash)?,
    };
    Ok(leaf.leaf_hash().map_err(anyhow::Error::from)?)
}
