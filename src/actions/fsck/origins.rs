//! Whose a thing is, who made it and when: what the event of the act itself says, as every version of the service recorded it.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::db::invariants::{self, Act, Violation, acts};
use chrono::NaiveDateTime;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Columns beside what the record says of them; nothing is said where an event of before did not tell.
type Columns<'a> = Vec<(&'a str, Value, Option<Value>)>;

fn differing(invariant: &'static str, subject: &str, columns: Columns<'_>) -> Vec<Violation> {
    let differing = columns.into_iter().filter_map(|(column, here, said)| {
        let said = said.filter(|said| *said != here)?;
        let what = format!("its {column} is {here}, the record says {said}");
        Some(violation(invariant, subject, what))
    });
    differing.collect()
}

fn said(act: &Act, key: &str) -> Option<Value> {
    act.detail.get(key).cloned()
}

/// An application is of the call and the organisation for which it was begun, by whom and when, and has the number and the day of
/// its first submission.
pub(super) fn applications_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let mut begun: BTreeMap<String, Act> = BTreeMap::new();
    for act in acts(tx.db, "application", &["application.drafted"])? {
        begun.insert(act.subject.clone(), act);
    }
    // The number, and when it was filed first.
    let mut filed: BTreeMap<String, (Value, NaiveDateTime)> = BTreeMap::new();
    for act in acts(tx.db, "application", &["application.submitted"])? {
        if let Some(number) = said(&act, "number") {
            filed.entry(act.subject).or_insert((number, act.at));
        }
    }
    let mut found = Vec::new();
    for row in invariants::application_origins(tx.db)? {
        let (begun, filed) = (begun.get(&row.id), filed.get(&row.id));
        let columns = vec![
            ("call", json!(row.call), begun.and_then(|act| said(act, "call"))),
            ("organisation", json!(row.organisation), begun.and_then(|act| said(act, "organisation"))),
            ("created_by", json!(row.created_by), begun.map(|act| json!(act.actor))),
            ("created_at", json!(row.created_at), begun.map(|act| json!(act.at))),
            ("number", json!(row.number), filed.map(|(number, _)| number.clone())),
            ("submitted_at", json!(row.submitted_at), filed.map(|(_, at)| json!(at))),
        ];
        found.extend(differing("application_is_as_recorded", &format!("application {}", row.id), columns));
    }
    Ok(found)
}

/// A submission was filed by whom and when the record says.
pub(super) fn submissions_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let mut filed: BTreeMap<(String, i64), Act> = BTreeMap::new();
    for act in acts(tx.db, "application", &["application.submitted", "application.resubmitted"])? {
        // Every act of filing names the application's number.
        let Some(number) = act.detail.get("submission").and_then(Value::as_i64) else { continue };
        if act.detail.get("number").is_some() {
            filed.insert((act.subject.clone(), number), act);
        }
    }
    let mut found = Vec::new();
    for row in invariants::submission_origins(tx.db)? {
        let act = filed.get(&(row.application, i64::from(row.number)));
        let columns = vec![
            ("submitted_by", json!(row.submitted_by), act.map(|act| json!(act.actor))),
            ("submitted_at", json!(row.submitted_at), act.map(|act| json!(act.at))),
        ];
        found.extend(differing("submission_is_as_recorded", &format!("submission {}", row.id), columns));
    }
    Ok(found)
}

/// A correction was asked for by whom and when the record says, of that file and by that station, and was answered by a submission of
/// that instant.
pub(super) fn corrections_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "correction_is_as_recorded";
    let mut asked: BTreeMap<String, Act> = BTreeMap::new();
    for act in acts(tx.db, "application", &["application.correction_requested"])? {
        if let Some(id) = act.detail.get("correction").and_then(Value::as_str) {
            asked.insert(id.to_string(), act);
        }
    }
    let mut answered: BTreeSet<(String, NaiveDateTime)> = BTreeSet::new();
    for act in acts(tx.db, "application", &["application.resubmitted"])? {
        answered.insert((act.subject, act.at));
    }
    let mut found = Vec::new();
    for row in invariants::correction_origins(tx.db)? {
        let Some(act) = asked.get(&row.id) else { continue };
        let subject = format!("correction {}", row.id);
        let columns = vec![
            ("application", json!(row.application), Some(json!(act.subject))),
            ("station", json!(row.station), said(act, "station")),
            ("requested_by", json!(row.requested_by), Some(json!(act.actor))),
            ("requested_at", json!(row.requested_at), Some(json!(act.at))),
        ];
        found.extend(differing(NAME, &subject, columns));
        if row.answered_at.is_some_and(|at| !answered.contains(&(row.application.clone(), at))) {
            found.push(violation(NAME, subject, "says that it was answered when nothing was filed"));
        }
    }
    Ok(found)
}

/// An objection is what it was taken in as: under that number, at that instant, against that file in that notice, lacking that.
pub(super) fn objections_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let mut taken_in: BTreeMap<String, Act> = BTreeMap::new();
    for act in acts(tx.db, "objection", &["objection.received", "objection.not_accepted"])? {
        // An officer who turns one away does not name its number.
        if act.detail.get("number").is_some() {
            taken_in.entry(act.subject.clone()).or_insert(act);
        }
    }
    let mut found = Vec::new();
    for row in invariants::objection_origins(tx.db)? {
        let Some(act) = taken_in.get(&row.id) else { continue };
        let columns = vec![
            ("number", json!(row.number), said(act, "number")),
            ("notice", json!(row.notice), said(act, "notice")),
            ("application", json!(row.application), said(act, "application")),
            ("received_at", json!(row.received_at), Some(json!(act.at))),
            ("shortcomings", row.shortcomings.0, said(act, "shortcomings")),
        ];
        found.extend(differing("objection_is_as_recorded", &format!("objection {}", row.id), columns));
    }
    Ok(found)
}
