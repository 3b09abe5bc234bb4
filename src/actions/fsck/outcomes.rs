//! What was decided on and what the public was shown: decisions entry by entry, notices with their clock and their cells.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::open_notice::recorded_text;
use crate::db::invariants::{self, acts};
use crate::domain::chain::canonical::{digest, digest_of_text};
use crate::domain::notice::Period;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A decision says of each application what was proposed.
pub(super) fn decisions_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "decision_is_as_recorded";
    let mut stored: BTreeMap<String, BTreeMap<String, [String; 2]>> = BTreeMap::new();
    for (decision, application, outcome, reason) in invariants::decision_entries(tx.db)? {
        stored.entry(decision).or_default().insert(application, [outcome, digest_of_text(&reason)]);
    }
    let mut found = Vec::new();
    for act in acts(tx.db, "decision", &["decision.proposed"])? {
        let subject = format!("decision {}", act.subject);
        let entries = stored.remove(&act.subject).unwrap_or_default();
        let said = act.detail.get("entries").and_then(Value::as_array).cloned().unwrap_or_default();
        let recorded: BTreeMap<&str, &Vec<Value>> =
            said.iter().filter_map(Value::as_array).filter_map(|one| Some((one.first()?.as_str()?, one))).collect();
        for (application, here) in &entries {
            // The outcome, then the hash of the reason.
            let fits = recorded
                .get(application.as_str())
                .is_some_and(|one| one.iter().skip(1).zip(here).all(|(said, here)| said.as_str() == Some(here)));
            if !fits {
                let what = format!("says {} of application {application}, which is not what was proposed", here[0]);
                found.push(violation(NAME, subject.clone(), what));
            }
        }
        if entries.len() != recorded.len() {
            let what = format!("has {} entries, {} were proposed", entries.len(), recorded.len());
            found.push(violation(NAME, subject, what));
        }
    }
    Ok(found)
}

/// What an approved decision did is kept as it was recorded, and is undone when the decision is.
pub(super) fn decision_changes_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "decision_change_is_as_recorded";
    let statuses: BTreeMap<String, String> = invariants::decision_statuses(tx.db)?.into_iter().collect();
    let mut kept: BTreeMap<String, (String, Value)> =
        invariants::decision_changes(tx.db)?.into_iter().map(|(id, status, before)| (id, (status, before))).collect();
    let mut found = Vec::new();
    for act in acts(tx.db, "decision", &["decision.approved"])? {
        // Before such things were kept, an approval named none.
        let Some(id) = act.detail.get("change_set").and_then(Value::as_str) else { continue };
        let subject = format!("decision {}", act.subject);
        let Some((status, before)) = kept.remove(id) else {
            found.push(violation(NAME, subject, format!("what it did, change set {id}, is not kept")));
            continue;
        };
        if act.detail.get("before_sha256").and_then(Value::as_str) != Some(digest(&before).as_str()) {
            let what = format!("what was before it, change set {id}, is not what was recorded");
            found.push(violation(NAME, subject.clone(), what));
        }
        let stands = statuses.get(&act.subject).map_or("gone", String::as_str);
        if (status == "undone") != (stands == "undone") {
            found.push(violation(NAME, subject, format!("stands in {stands}, its change set {id} in {status}")));
        }
    }
    let strays = kept.into_keys();
    found.extend(strays.map(|id| violation(NAME, format!("change set {id}"), "no approved decision names it")));
    Ok(found)
}

/// What moved several files on together is kept as it was recorded, and is undone when the record says so.
pub(super) fn batches_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "batch_is_as_recorded";
    let mut kept: BTreeMap<String, (String, Value)> =
        invariants::file_changes(tx.db)?.into_iter().map(|(id, status, before)| (id, (status, before))).collect();
    let undone: BTreeSet<String> =
        acts(tx.db, "batch", &["batch.undone"])?.into_iter().map(|act| act.subject).collect();
    let mut found = Vec::new();
    for act in acts(tx.db, "batch", &["batch.applied"])? {
        let subject = format!("change set {}", act.subject);
        let Some((status, before)) = kept.remove(&act.subject) else {
            found.push(violation(NAME, subject, "what was done with several files is not kept"));
            continue;
        };
        if act.detail.get("before_sha256").and_then(Value::as_str) != Some(digest(&before).as_str()) {
            found.push(violation(NAME, subject.clone(), "what was before it is not what was recorded"));
        }
        if (status == "undone") != undone.contains(&act.subject) {
            found.push(violation(NAME, subject, format!("stands in {status}, which the record does not say")));
        }
    }
    let strays = kept.into_keys();
    found.extend(strays.map(|id| violation(NAME, format!("change set {id}"), "no act of the record names it")));
    Ok(found)
}

/// A notice runs as long as was recorded when it was opened, under that number and text.
pub(super) fn notices_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let opened: BTreeMap<String, invariants::Act> =
        acts(tx.db, "notice", &["notice.opened"])?.into_iter().map(|act| (act.subject.clone(), act)).collect();
    let mut found = Vec::new();
    for row in invariants::notice_rows(tx.db)? {
        let Some(act) = opened.get(row.id.as_text()) else { continue };
        let ends_at = Period { first: row.starts_on, last: row.ends_on }.ends_at();
        let pairs = [
            ("number", json!(row.number), act.detail.get("number").cloned()),
            ("starts_on", json!(row.starts_on), act.detail.get("starts_on").cloned()),
            ("ends_on", json!(row.ends_on), act.detail.get("ends_on").cloned()),
            ("ends_at", json!(row.ends_at), Some(json!(ends_at))),
            ("text", json!(digest(&recorded_text(&row.title, &row.body))), act.detail.get("text_sha256").cloned()),
            ("opener", json!(row.opened_by), Some(json!(act.actor))),
        ];
        for (what, here, said) in pairs {
            if let Some(said) = said.filter(|said| *said != here) {
                let what = format!("its {what} is {here}, the record says {said}");
                found.push(violation("notice_is_as_recorded", format!("notice {}", row.id), what));
            }
        }
    }
    Ok(found)
}

/// An entry of a notice stands where and shows what was recorded.
pub(super) fn notice_entries_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let mut recorded: BTreeMap<(String, String), Value> = BTreeMap::new();
    for act in acts(tx.db, "application", &["application.noticed"])? {
        if let Some(notice) = act.detail.get("notice").and_then(Value::as_str) {
            recorded.insert((notice.to_string(), act.subject), act.detail);
        }
    }
    let mut found = Vec::new();
    for (notice, application, position, shown) in invariants::notice_entries(tx.db)? {
        let Some(said) = recorded.get(&(notice.clone(), application.clone())) else { continue };
        let pairs = [("position", json!(position)), ("shown_sha256", json!(digest(&shown.0)))];
        for (key, here) in pairs {
            if said.get(key).is_some_and(|said| *said != here) {
                let what = format!("its entry for application {application} is not the one of the record: {key}");
                found.push(violation("notice_entry_is_as_recorded", format!("notice {notice}"), what));
            }
        }
    }
    Ok(found)
}
