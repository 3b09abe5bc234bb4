//! What others verify by: the public keys, the proof of a list, and the proof that one event is in the record.

use super::audit::AUDITORS;
use super::checkpoints::{hash_of, trees};
use super::reading;
use super::{Env, Tx};
use crate::db;
use crate::db::events::StoredEvent;
use crate::db::published_lists::PublishedList;
use crate::domain::actor::Actor;
use crate::domain::chain::GENESIS;
use crate::domain::chain::inclusion::{AnchoringList, EventProof};
use crate::domain::ids::{ApplicationId, PublishedListId};
use crate::domain::published_list::{ListProof, ListSeal, PROOF_FORMAT, parts};
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::keys::{KEYS_FORMAT, PublicKey};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Those who act for an organisation: what they did, they may prove.
const VENDORS: &[&str] = &["vendor_admin", "vendor_member"];

/// The public keys, as they are published at `/.well-known/yuanchi-keys.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublishedKeys {
    /// `yuanchi keys 1`.
    pub format: &'static str,
    /// Oldest first; the last one signs today.
    pub keys: Vec<PublicKey>,
}

/// The public keys.
pub fn published_keys(env: &Env) -> PublishedKeys {
    PublishedKeys { format: KEYS_FORMAT, keys: env.keys.all() }
}

/// The public key of an id as a PEM file; none for an id that was never used.
pub fn public_key_pem(env: &Env, id: &str) -> Option<String> {
    Some(env.keys.find(id)?.pem()).filter(|pem| !pem.is_empty())
}

/// The key that signed a list.
fn key_of(env: &Env, list: &PublishedList) -> Option<PublicKey> {
    match list.list_seal() {
        Some(seal) => env.keys.find(&seal.key_id),
        None => {
            let (text, signature) = (list.canonical.as_deref()?, list.signature.as_deref()?);
            env.keys.all().into_iter().find(|key| key.verify(text.as_bytes(), signature))
        }
    }
}

/// The public key that signed a list, in hex; empty when it is not known.
pub fn public_key_of(env: &Env, list: &PublishedList) -> String {
    key_of(env, list).map(|key| key.public_key).unwrap_or_default()
}

/// The proof of a published list.
///
/// # Errors
/// Not found; the list was altered, so that it has none.
pub fn list_proof(tx: &mut Tx<'_>, id: PublishedListId) -> Result<ListProof, Error> {
    let list = db::published_lists::find_published(tx.db, id)?;
    let key = key_of(tx.env, &list).ok_or_else(|| anyhow::anyhow!("list {id}: its key is not known here"))?;
    let text = list.canonical.as_deref().unwrap_or_default();
    let parts = parts(text).ok_or_else(|| anyhow::anyhow!("list {id}: its text was altered"))?;
    Ok(ListProof {
        format: PROOF_FORMAT.into(),
        list: list.id.to_string(),
        chain_number: list.chain_number.unwrap_or_default(),
        sha256: list.sha256.unwrap_or_default(),
        previous_sha256: list.previous_sha256.unwrap_or_default(),
        algorithm: key.algorithm,
        key_id: key.id,
        public_key: key.public_key,
        signature: list.signature.unwrap_or_default(),
        parts,
    })
}

/// The signature of a published list, as bytes.
pub fn list_signature(tx: &mut Tx<'_>, id: PublishedListId) -> Result<Vec<u8>, Error> {
    let signature = db::published_lists::find_published(tx.db, id)?.signature.unwrap_or_default();
    Ok(hex::decode(signature).map_err(|_| anyhow::anyhow!("list {id}: its signature was altered"))?)
}

/// An event that its maker may prove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProvableEvent {
    /// Its number in the chain of its subject.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub action: String,
    /// Its hash, in hex.
    pub hash: String,
    /// The place in the chain of lists of the list that anchors it; none while none does.
    pub list: Option<i32>,
}

/// What the applicant did with an application: each can be proved.
///
/// # Errors
/// Not found for anybody but the applicant.
pub fn own_events(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Vec<ProvableEvent>, Error> {
    must_be_applicant(tx, actor, id)?;
    let lists = anchoring_lists(tx)?;
    let events = db::events::of_subject(tx.db, "application", id.as_text())?;
    let own = events.into_iter().filter(|event| VENDORS.contains(&event.role.as_str()));
    let mut found = Vec::new();
    for event in own {
        let covering = db::checkpoints::covering(tx.db, "application", id.as_text(), event.seq)?;
        found.push(ProvableEvent {
            number: event.seq,
            at: event.at.and_utc(),
            action: event.action,
            hash: event.hash,
            list: covering.and_then(|number| anchoring(&lists, number)).map(|(list, _)| list.chain_number),
        });
    }
    Ok(found)
}

fn must_be_applicant(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<(), Error> {
    if reading::read(tx, actor, id)?.own { Ok(()) } else { Err(Error::NotFound) }
}

/// The proof of something that the applicant did, for the applicant.
///
/// # Errors
/// Not found; `event_not_anchored` while no list has been published since.
pub fn own_event_proof(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, seq: i64) -> Result<EventProof, Error> {
    must_be_applicant(tx, actor, id)?;
    let event = db::events::find(tx.db, "application", id.as_text(), seq)?;
    // What others did carries what is theirs.
    if !VENDORS.contains(&event.role.as_str()) {
        return Err(Error::NotFound);
    }
    prove(tx, "application", id.as_text(), seq)
}

/// The proof of any event, for auditors.
///
/// # Errors
/// `wrong_role`; not found; `event_not_anchored` while no list has been published since.
pub fn event_proof(tx: &mut Tx<'_>, actor: &Actor, kind: &str, id: &str, seq: i64) -> Result<EventProof, Error> {
    actor.must_hold(AUDITORS)?;
    prove(tx, kind, id, seq)
}

/// By the number of each event of a subject, the place in the chain of lists of the list that anchors it; what no list anchors
/// yet is not there. For auditors.
///
/// # Errors
/// `wrong_role`.
pub fn anchors_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &str,
    id: &str,
    events: &[StoredEvent],
) -> Result<BTreeMap<i64, i32>, Error> {
    actor.must_hold(AUDITORS)?;
    let ends = db::checkpoints::ends_of(tx.db, kind, id)?;
    let lists = anchoring_lists(tx)?;
    let list_of = |seq: i64| {
        let covering = ends.iter().filter(|(end, _)| *end >= seq).map(|(_, checkpoint)| *checkpoint).min()?;
        anchoring(&lists, covering).map(|(list, _)| list.chain_number)
    };
    Ok(events.iter().filter_map(|event| Some((event.seq, list_of(event.seq)?))).collect())
}

fn prove(tx: &mut Tx<'_>, kind: &str, id: &str, seq: i64) -> Result<EventProof, Error> {
    let event = db::events::find(tx.db, kind, id, seq)?;
    let previous = match seq {
        ..=1 => GENESIS,
        _ => hash_of(&db::events::find(tx.db, kind, id, seq - 1)?.hash)?,
    };
    let waiting = || Error::from(Refusal::conflict("event_not_anchored"));
    let checkpoint = db::checkpoints::covering(tx.db, kind, id, seq)?.ok_or_else(waiting)?;
    let lists = anchoring_lists(tx)?;
    let (list, seal) = anchoring(&lists, checkpoint).ok_or_else(waiting)?;
    let covered = db::checkpoints::first_covered(tx.db, checkpoint)?;
    let at = covered.iter().position(|other| other.subject_kind == kind && other.subject_id == id && other.seq == seq);
    let hashes = covered.iter().map(|event| hash_of(&event.hash)).collect::<Result<Vec<_>, Error>>()?;
    let trees = trees(tx, i64::try_from(seal.anchor.checkpoints).unwrap_or(i64::MAX))?;
    let body = event.body().canonical().map_err(anyhow::Error::from)?;
    let body = serde_json::from_slice(&body).map_err(anyhow::Error::from)?;
    let proof =
        at.and_then(|at| EventProof::of(body, &previous, at, &hashes, checkpoint.unsigned_abs(), &trees, list.clone()));
    // What was altered in the database must not be handed out as proved.
    let holds = proof.filter(|proof| proof.root == seal.anchor.root && proof.check().is_ok());
    Ok(holds.ok_or_else(|| anyhow::anyhow!("{kind} {id}, event {seq}: the record was altered; run `yuanchi fsck`"))?)
}

/// The lists that anchor the record, in their order.
fn anchoring_lists(tx: &mut Tx<'_>) -> Result<Vec<(AnchoringList, ListSeal)>, Error> {
    let sealed = db::published_lists::sealed(tx.db)?;
    let lists = sealed.into_iter().filter_map(|(id, chain_number, sha256, seal)| {
        let list = AnchoringList { id: id.to_string(), chain_number, sha256 };
        Some((list, serde_json::from_str(&seal).ok()?))
    });
    Ok(lists.collect())
}

/// The first list that anchors a checkpoint: so that a proof stays the same for ever.
fn anchoring(lists: &[(AnchoringList, ListSeal)], checkpoint: i64) -> Option<&(AnchoringList, ListSeal)> {
    lists.iter().find(|(_, seal)| i64::try_from(seal.anchor.checkpoints).is_ok_and(|count| count >= checkpoint))
}
