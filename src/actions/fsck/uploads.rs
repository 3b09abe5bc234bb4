//! What was uploaded, as far as the room for it is reckoned by it ([`crate::actions::room`]).
//!
//! How much an organisation, evidence and all together may bring is a setting. It may be lowered below what is there already, and
//! nothing is wrong then: so no sum is held against it. That a sum is the right one is: it is over rows, each row is the one that was
//! recorded, none that was recorded is gone, and `document_is_there` holds the length in each against the bytes themselves. What the
//! programme says of one application's documents is pinned with its call and is held.

use super::{Checked, pinned, violation};
use crate::actions::Tx;
use crate::actions::attach::{MOST_EVER, file_types};
use crate::actions::room::{KEPT_HOURS, WAITING, hour_of};
use crate::db::attempts;
use crate::db::invariants::{self, DocumentRow};
use crate::domain::programme::Programme;
use crate::domain::throttle::Throttled;
use serde_json::Value;
use std::collections::BTreeMap;

const AS_RECORDED: &str = "upload_is_as_recorded";
/// Applications whose documents are looked at at a time.
const APPLICATIONS_AT_ONCE: i64 = 500;
/// The actions that take an objection in; their events name its evidence.
const TAKEN_IN: [&str; 2] = ["objection.received", "objection.not_accepted"];

fn text<'a>(detail: &'a Value, key: &str) -> &'a str {
    detail.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Each document is the one that was recorded, none that was recorded is gone, and those of an application are what its programme
/// takes.
pub(super) fn documents_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let programmes: BTreeMap<String, Programme> = pinned(tx)?
        .into_iter()
        .filter_map(|(call, programme)| Some((call, serde_json::from_value(programme).ok()?)))
        .collect();
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let applications = invariants::applications_after(tx.db, &after, APPLICATIONS_AT_ONCE)?;
        let Some((last, _)) = applications.last() else { return Ok(found) };
        after.clone_from(last);
        let ids: Vec<String> = applications.iter().map(|(id, _)| id.clone()).collect();
        let recorded = invariants::documents_recorded(tx.db, &ids)?.into_iter();
        let mut recorded: BTreeMap<String, (String, Value)> =
            recorded.map(|said| (text(&said.1, "attachment").to_string(), said)).collect();
        let mut documents: BTreeMap<String, Vec<DocumentRow>> = BTreeMap::new();
        for row in invariants::documents_of(tx.db, &ids)? {
            let what = unlike(&row, recorded.remove(&row.id).as_ref());
            found.extend(what.map(|what| violation(AS_RECORDED, format!("attachments {}", row.id), what)));
            documents.entry(row.application.clone()).or_default().push(row);
        }
        found.extend(recorded.into_iter().map(|(id, (application, _))| {
            let what = format!("document {id} was recorded and is not there");
            violation(AS_RECORDED, format!("application {application}"), what)
        }));
        for (application, call) in applications {
            let (Some(programme), Some(documents)) = (programmes.get(&call), documents.get(&application)) else {
                continue;
            };
            let subject = format!("application {application}");
            let all = beyond(programme, documents).into_iter();
            found.extend(all.map(|what| violation("documents_keep_to_the_programme", subject.clone(), what)));
        }
    }
}

/// How a document differs from what the record says of it.
fn unlike(row: &DocumentRow, said: Option<&(String, Value)>) -> Option<String> {
    let Some((application, detail)) = said else { return Some("was never recorded".into()) };
    let bytes = detail.get("bytes").and_then(Value::as_i64);
    let columns = [
        ("application", row.application == *application),
        ("kind", row.kind == text(detail, "kind")),
        ("sha256", row.sha256 == text(detail, "sha256")),
        ("bytes", Some(row.bytes) == bytes),
    ];
    let (column, _) = columns.into_iter().find(|(_, is_same)| !is_same)?;
    Some(format!("its {column} is not the one that was recorded"))
}

/// How the documents that an application ever had go beyond what its programme takes.
fn beyond(programme: &Programme, documents: &[DocumentRow]) -> Vec<String> {
    let mut found = Vec::new();
    if i64::try_from(documents.len()).unwrap_or(i64::MAX) > MOST_EVER {
        found.push(format!("ever had {} documents of {MOST_EVER}", documents.len()));
    }
    let mut in_file: BTreeMap<&str, u32> = BTreeMap::new();
    for document in documents {
        let Some(kind) = programme.document(&document.kind) else {
            found.push(format!("has a document of kind {}, which there is none of", document.kind));
            continue;
        };
        if u64::try_from(document.bytes).unwrap_or(u64::MAX) > kind.max_bytes {
            found.push(format!("document {} has {} bytes of {}", document.id, document.bytes, kind.max_bytes));
        }
        if !file_types(kind).iter().any(|one| one.code() == document.file_type) {
            found.push(format!("document {} is a {}, which its kind does not take", document.id, document.file_type));
        }
        if document.removed_at.is_none() {
            *in_file.entry(&kind.key).or_default() += 1;
        }
    }
    for kind in &programme.documents {
        let there = in_file.get(kind.key.as_str()).copied().unwrap_or_default();
        if there > kind.max_count {
            found.push(format!("has {there} documents of kind {}, of {}", kind.key, kind.max_count));
        }
    }
    found
}

/// The licence image of each organisation is the one that was recorded last, and the evidence of each objection what was recorded
/// when it was taken in.
pub(super) fn licences_and_evidence_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    let mut images: BTreeMap<String, String> = BTreeMap::new();
    for (organisation, _, detail) in invariants::licences_recorded(tx.db)? {
        images.insert(organisation, text(&detail, "licence_sha256").to_string());
    }
    for (organisation, sha256) in invariants::licences(tx.db)? {
        if images.remove(&organisation) != Some(sha256) {
            let what = "its licence image is not the one that was recorded last";
            found.push(violation(AS_RECORDED, format!("organisation {organisation}"), what));
        }
    }
    found.extend(images.into_keys().map(|organisation| {
        violation(
            AS_RECORDED,
            format!("organisation {organisation}"),
            "its licence image was recorded and is not there",
        )
    }));
    // Of each objection what the record says and what is there, in the order of the hashes.
    let mut evidence: BTreeMap<String, [Vec<String>; 2]> = BTreeMap::new();
    for (objection, detail) in invariants::recorded(tx.db, "objection", &TAKEN_IN)? {
        let named = detail.get("evidence").and_then(Value::as_array).into_iter().flatten();
        let [recorded, _] = evidence.entry(objection).or_default();
        recorded.extend(named.filter_map(Value::as_str).map(str::to_string));
        recorded.sort_unstable();
    }
    for (objection, sha256) in invariants::evidence(tx.db)? {
        let [_, there] = evidence.entry(objection).or_default();
        there.push(sha256);
    }
    for (objection, [recorded, mut there]) in evidence {
        // Databases sort by rules of their own.
        there.sort_unstable();
        if recorded != there {
            let what = format!("has {} pieces of evidence that are not the {} recorded", there.len(), recorded.len());
            found.push(violation(AS_RECORDED, format!("objection {objection}"), what));
        }
    }
    Ok(found)
}

/// Of evidence that waits for its objection no more bytes are counted in all than by network: both go up together, and what is
/// named is taken off the newest hours of all, and off those of the objector's own network as far as it brought anything.
pub(super) fn evidence_is_counted_by_network(tx: &mut Tx<'_>) -> Checked {
    let now = hour_of(tx.now);
    let hours = (now - KEPT_HOURS + 1)..=(now + KEPT_HOURS);
    let mut counted: BTreeMap<i64, [i64; 2]> = BTreeMap::new();
    let mut first = None;
    for (key, hour, bytes) in attempts::within(tx.db, Throttled::Evidence, &hours)? {
        let [all, by_network] = counted.entry(hour).or_default();
        if key == WAITING {
            *all = all.saturating_add(bytes);
        } else {
            *by_network = by_network.saturating_add(bytes);
            first = Some(first.map_or(hour, |first: i64| first.min(hour)));
        }
    }
    // What came before the first hour in which a network is told, the version before counted, and in that hour it may have.
    let Some(first) = first else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let (mut all, mut by_network) = (0_i64, 0_i64);
    for (hour, [more, of_networks]) in counted.into_iter().rev().filter(|(hour, _)| *hour > first) {
        (all, by_network) = (all.saturating_add(more), by_network.saturating_add(of_networks));
        if all > by_network {
            let what = format!("{all} bytes wait since hour {hour}, {by_network} of them are counted by network");
            found.push(violation("evidence_is_counted_by_network", "evidence", what));
            break;
        }
    }
    Ok(found)
}
