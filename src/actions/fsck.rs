//! Checks what must always hold, and says what does not. Changes nothing.

mod draws;
mod lists;
mod recusals;
mod reviews;
mod sealed;
mod submissions;

use super::Tx;
use super::checkpoints::Export;
use crate::db::checkpoints as stored;
use crate::db::invariants::{self, Violation};
use crate::db::objects;
use crate::domain::actor::Role;
use crate::domain::calendar::local_date;
use crate::domain::chain::{self, Break, Checkpoint, Head, Leaf, Link};
use crate::domain::duties;
use crate::domain::ids::CallId;
use crate::domain::programme::Programme;
use crate::error::Error;
use crate::storage::ObjectKey;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Events read at a time.
const EVENTS_AT_ONCE: i64 = 5_000;

type Checked = Result<Vec<Violation>, Error>;

/// Every violation of every invariant. `exports` are the checkpoints that are kept beside the database.
///
/// # Errors
/// The database is away; a violation is no error.
pub fn check(tx: &mut Tx<'_>, exports: &[Export]) -> Checked {
    let mut all = invariants::by_query(tx.db)?;
    let checks: [fn(&mut Tx<'_>) -> Checked; 18] = [
        chains_hold,
        checkpoints_hold,
        submissions::are_as_frozen,
        objects_are_there,
        quotas_are_kept,
        sheets_add_up,
        rankings_are_reproduced,
        reviews::rankings_are_as_recorded,
        reviews::assignments_are_as_recorded,
        recusals::are_kept,
        draws::are_reproduced,
        lists::are_as_signed,
        lists::are_anchored,
        lists::trees_hold,
        sealed::identities_are_sealed,
        sealed::certificates_prove_themselves,
        roles_are_apart,
        programmes_are_as_pinned,
    ];
    for check in checks {
        all.extend(check(tx)?);
    }
    all.extend(exports_are_in_store(tx, exports)?);
    Ok(all)
}

fn violation(invariant: &'static str, subject: impl Into<String>, what: impl Into<String>) -> Violation {
    Violation { invariant, subject: subject.into(), what: what.into() }
}

/// Each subject's chain holds from its first event to its last.
fn chains_hold(tx: &mut Tx<'_>) -> Checked {
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
fn checkpoints_hold(tx: &mut Tx<'_>) -> Checked {
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
fn exports_are_in_store(tx: &mut Tx<'_>, exports: &[Export]) -> Checked {
    const NAME: &str = "exported_checkpoint_is_in_store";
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

/// Every document that a row names is in store, whole and unaltered.
fn objects_are_there(tx: &mut Tx<'_>) -> Checked {
    let mut known: BTreeMap<String, Result<u64, String>> = BTreeMap::new();
    let mut found = Vec::new();
    for object in objects::named(tx.db)? {
        let verdict = known.entry(object.sha256.clone()).or_insert_with(|| {
            let key: ObjectKey = object.sha256.parse().map_err(|_| "its hash is none".to_string())?;
            tx.env.objects.verify(&key).map_err(|problem| format!("its document is not sound: {problem}"))
        });
        match verdict {
            Ok(bytes) if i64::try_from(*bytes) == Ok(object.bytes) => {}
            Ok(bytes) => {
                let what = format!("says {} bytes, the document has {bytes}", object.bytes);
                found.push(violation("document_is_there", object.named_by, what));
            }
            Err(what) => found.push(violation("document_is_there", object.named_by, what.clone())),
        }
    }
    Ok(found)
}

fn pinned(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Value>, Error> {
    Ok(invariants::programmes(tx.db)?.into_iter().collect())
}

/// A pinned programme can be read, has the digest that stands beside it, and is the one that was approved.
fn programmes_are_as_pinned(tx: &mut Tx<'_>) -> Checked {
    let approved: BTreeMap<String, Value> =
        invariants::recorded(tx.db, "call", &["call.submitted", "call.approved"])?.into_iter().collect();
    let digests = invariants::programme_digests(tx.db)?;
    let mut found = Vec::new();
    for (call, programme) in pinned(tx)? {
        let what = match serde_json::from_value::<Programme>(programme) {
            Err(why) => ("programme_is_readable", why.to_string()),
            Ok(programme) => {
                let digest = programme.digest();
                let recorded = approved.get(&call).and_then(|detail| detail.get("programme_digest")?.as_str());
                if digests.get(&call) != Some(&digest) {
                    ("programme_is_as_pinned", "its text is not the one that was pinned".to_string())
                } else if recorded.is_some_and(|recorded| recorded != digest) {
                    ("programme_is_as_pinned", "its text is not the one that was approved".to_string())
                } else {
                    continue;
                }
            }
        };
        found.push(violation(what.0, format!("call {call}"), what.1));
    }
    Ok(found)
}

/// No bureau recommends more than its places.
fn quotas_are_kept(tx: &mut Tx<'_>) -> Checked {
    let programmes = pinned(tx)?;
    let mut found = Vec::new();
    for (call, bureau, taken) in invariants::places_taken(tx.db)? {
        let programme = programmes.get(&call).and_then(|value| serde_json::from_value::<Programme>(value.clone()).ok());
        let limit = programme.and_then(|programme| programme.quota.for_bureau(&bureau));
        if let Some(limit) = limit.filter(|limit| taken > i64::from(*limit)) {
            let what = format!("bureau {bureau} took {taken} places of {limit}");
            found.push(violation("quota_is_kept", format!("call {call}"), what));
        }
    }
    Ok(found)
}

/// A submitted sheet's total is the sum of its items as they were typed, each within the rubric.
fn sheets_add_up(tx: &mut Tx<'_>) -> Checked {
    let programmes = pinned(tx)?;
    let mut found = Vec::new();
    for sheet in invariants::submitted_sheets(tx.db)? {
        let programme = programmes.get(&sheet.call).and_then(|value| serde_json::from_value(value.clone()).ok());
        let items: BTreeMap<String, String> = serde_json::from_value(sheet.items).unwrap_or_default();
        let read =
            programme.map(|programme: Programme| super::review::score::check(&programme, &items, &BTreeMap::new()));
        let sum = read.as_ref().map_or(0, |read| read.sheet.total());
        let subject = format!("score sheet {}", sheet.assignment);
        if sheet.total.map(i64::from) != Some(sum) {
            let what = format!("its total is {:?}, its items add up to {sum}", sheet.total);
            found.push(violation("sheet_adds_up", subject.clone(), what));
        }
        for (item, points) in read.iter().flat_map(|read| &read.sheet.points) {
            if points.is_none() {
                let what = format!("item {item} has {:?}, which the rubric does not allow", items.get(item));
                found.push(violation("sheet_adds_up", subject.clone(), what));
            }
        }
        for item in items.keys().filter(|item| !read.as_ref().is_some_and(|read| read.sheet.points.contains_key(*item)))
        {
            let what = format!("item {item} is none of the rubric's");
            found.push(violation("sheet_adds_up", subject.clone(), what));
        }
    }
    Ok(found)
}

/// The ranking of a closed review is the one that its sheets come to.
fn rankings_are_reproduced(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    for id in invariants::calls_with_closed_review(tx.db)? {
        let what = match CallId::from_text(&id).map(|id| is_reproduced(tx, id)) {
            Some(Ok(true)) => continue,
            Some(Ok(false)) => "its ranking is not the one that its sheets come to".to_string(),
            Some(Err(error)) => format!("its ranking cannot be made again: {error}"),
            None => "its id is none".to_string(),
        };
        found.push(violation("ranking_is_reproduced", format!("call {id}"), what));
    }
    Ok(found)
}

fn is_reproduced(tx: &mut Tx<'_>, id: CallId) -> Result<bool, Error> {
    let call = crate::db::calls::find(tx.db, id)?;
    let session = crate::db::reviews::session_of_call(tx.db, id)?.ok_or(Error::NotFound)?;
    super::review::close::is_reproduced(tx, &call, &session)
}

/// Nobody holds two roles that must be apart.
fn roles_are_apart(tx: &mut Tx<'_>) -> Checked {
    let mut by_account: BTreeMap<String, BTreeSet<Role>> = BTreeMap::new();
    for (account, role) in invariants::roles_held(tx.db, local_date(tx.now))? {
        by_account.entry(account).or_default().insert(role);
    }
    let mut found = Vec::new();
    for (account, roles) in by_account {
        let roles: Vec<Role> = roles.iter().copied().collect();
        if !duties::go_together(&roles) {
            let held: Vec<&str> = roles.iter().map(Role::as_text).collect();
            let what = format!("holds {}, which may not lie with one person", held.join(" and "));
            found.push(violation("roles_are_apart", format!("account {account}"), what));
        }
    }
    Ok(found)
}
