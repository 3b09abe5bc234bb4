//! The stations of a file: ranks, dates of corrections, conclusions of screenings, and the form itself.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::sealed::{stored_filed, stored_form};
use crate::db::invariants::{self, Act, acts};
use crate::domain::calendar::local_datetime_iso;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Files compared at a time.
const FILES_AT_ONCE: i64 = 500;

/// The last act of each application that names `key`.
fn last_with(tx: &mut Tx<'_>, actions: &[&str], key: &str) -> Result<BTreeMap<String, Act>, crate::error::Error> {
    let named = acts(tx.db, "application", actions)?
        .into_iter()
        .filter(|act| act.detail.get(key).is_some_and(|v| !v.is_null()));
    Ok(named.map(|act| (act.subject.clone(), act)).collect())
}

/// A recommendation has the rank that was recorded last.
pub(super) fn ranks_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let actions = ["application.recommended", "application.result_filed", "application.reranked"];
    let recorded = last_with(tx, &actions, "rank")?;
    let mut found = Vec::new();
    for (application, rank) in invariants::ranks(tx.db)? {
        let Some(said) = recorded.get(&application).and_then(|act| act.detail.get("rank")) else { continue };
        if *said != json!(rank) {
            let what = format!("was recommended with rank {rank}, the record says {said}");
            found.push(violation("rank_is_as_recorded", format!("application {application}"), what));
        }
    }
    Ok(found)
}

/// A correction is due when the record says, extensions counted.
pub(super) fn corrections_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let actions = ["application.correction_requested", "application.correction_extended"];
    let mut recorded: BTreeMap<String, String> = BTreeMap::new();
    for act in acts(tx.db, "application", &actions)? {
        let text = |key: &str| act.detail.get(key).and_then(Value::as_str).map(ToString::to_string);
        recorded.extend(text("correction").zip(text("due_at")));
    }
    let mut found = Vec::new();
    for (id, due_at) in invariants::due_dates(tx.db)? {
        let due_at = local_datetime_iso(due_at);
        if let Some(said) = recorded.get(&id).filter(|said| **said != due_at) {
            let what = format!("is due {due_at}, the record says {said}");
            found.push(violation("correction_is_as_recorded", format!("correction {id}"), what));
        }
    }
    Ok(found)
}

/// A screening ended as the record says, with the findings that it names, and was made by whom it names.
pub(super) fn screenings_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "screening_is_as_recorded";
    let recorded = last_with(tx, &["application.accepted", "application.declared_ineligible"], "conclusion")?;
    let mut found = Vec::new();
    for row in invariants::screening_rows(tx.db)? {
        let Some(act) = recorded.get(&row.application) else { continue };
        let subject = format!("application {}", row.application);
        let parts =
            |item: &Value| json!({"rule": item["rule"], "machine": item["machine"], "verdict": item["verdict"]});
        let findings: Vec<Value> = row.findings.0.as_array().into_iter().flatten().map(parts).collect();
        let pairs = [
            ("conclusion", json!(row.conclusion), act.detail.get("conclusion").cloned()),
            ("findings", json!(findings), act.detail.get("findings").cloned()),
            ("officer", json!(row.screened_by), Some(json!(act.actor))),
        ];
        for (what, here, said) in pairs {
            if said.as_ref().is_some_and(|said| *said != here) {
                let what = format!("its screening's {what} is not what was recorded: {here}");
                found.push(violation(NAME, subject.clone(), what));
            }
        }
    }
    Ok(found)
}

/// A filed application holds the form and the members of its last frozen submission, unless it is back with the applicant.
pub(super) fn filed_forms_are_frozen(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let files = invariants::filed_forms(tx.db, &after, FILES_AT_ONCE)?;
        let Some(last) = files.last() else { break };
        after.clone_from(&last.application);
        for file in files {
            let content = stored_filed(tx.env, &file.application, file.number, &file.content);
            let form = stored_form(tx.env, &file.application, &file.form);
            // What does not open is told of its seal.
            let (Some(content), Some(form)) = (content, form) else { continue };
            for (part, here) in [("form", &form), ("members", &file.members.0)] {
                // A content without it was altered, which its hash says.
                if content.get(part).is_some_and(|frozen| frozen != here) {
                    let what = format!("its {part} is not that of its last submission");
                    found.push(violation("filed_form_is_frozen", format!("application {}", file.application), what));
                }
            }
        }
    }
    Ok(found)
}
