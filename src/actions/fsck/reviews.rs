//! What a review came to is what its record says: rows that were exchanged together still agree with one another, but not
//! with the chain.

use super::{Checked, pinned, violation};
use crate::actions::Tx;
use crate::actions::review::score::{extra_mac, sheet_mac};
use crate::actions::review::stages::extra;
use crate::actions::review::{close, score};
use crate::db;
use crate::db::invariants::{self, Violation, acts};
use crate::domain::ids::CallId;
use crate::domain::programme::Programme;
use crate::domain::status::SheetStatus;
use crate::error::Error;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Sheets compared at a time.
const SHEETS_AT_ONCE: i64 = 500;

/// The ranking of a closed review is the one that was recorded when it was closed, or when a sheet was voided last.
pub(super) fn rankings_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "ranking_is_as_recorded";
    let mut closed: BTreeMap<String, Value> =
        invariants::recorded(tx.db, "review", &["review.closed", "review.reranked"])?.into_iter().collect();
    let mut found = Vec::new();
    for (session, stored) in invariants::rankings_of_sessions(tx.db)? {
        let places: Vec<Value> = stored.iter().map(|(place, id, score)| json!([place, id, score])).collect();
        let detail = closed.remove(&session);
        let recorded = detail.as_ref().and_then(|detail| detail.get("ranking"));
        if recorded != Some(&Value::Array(places)) {
            let what = "its ranking is not the one that was recorded when it was closed";
            found.push(violation(NAME, format!("review {session}"), what));
        }
    }
    let has_places =
        |detail: &Value| detail.get("ranking").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
    let gone = closed.into_iter().filter(|(_, detail)| has_places(detail));
    found.extend(gone.map(|(session, _)| violation(NAME, format!("review {session}"), "its ranking is gone")));
    Ok(found)
}

/// The total of a submitted sheet of an extra station is the sum of its items as they were typed, each within the rubric.
pub(super) fn extra_sheets_add_up(tx: &mut Tx<'_>) -> Checked {
    let programmes: BTreeMap<String, Value> = invariants::programmes(tx.db)?.into_iter().collect();
    let mut found = Vec::new();
    for sheet in invariants::submitted_extra_sheets(tx.db)? {
        let programme = programmes.get(&sheet.call).and_then(|value| serde_json::from_value(value.clone()).ok());
        let items: BTreeMap<String, String> = serde_json::from_value(sheet.items).unwrap_or_default();
        let read = programme
            .map(|programme: Programme| extra::check(&programme, &items, &BTreeMap::new()))
            .unwrap_or_default();
        let whole = !read.sheet.points.is_empty()
            && read.sheet.points.values().all(Option::is_some)
            && items.keys().all(|item| read.sheet.points.contains_key(item));
        if !whole || sheet.total.map(i64::from) != Some(read.sheet.total()) {
            let what = unequal(sheet.total, read.sheet.total());
            found.push(violation("extra_sheet_adds_up", format!("extra sheet {}", sheet.assignment), what));
        }
    }
    Ok(found)
}

/// An assignment lies with the expert and the application of its record.
pub(super) fn assignments_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let stored = invariants::assignments(tx.db)?;
    let mut found = Vec::new();
    for (id, detail) in invariants::recorded_of(tx.db, "assignment")? {
        let says = |key: &str| detail.get(key).and_then(Value::as_str);
        let fits = stored.get(&id).is_some_and(|(application, expert)| {
            says("application") == Some(application) && says("expert") == Some(expert)
        });
        if !fits {
            let what = "is not about the application and the expert of its record";
            found.push(violation("assignment_is_as_recorded", format!("assignment {id}"), what));
        }
    }
    Ok(found)
}

/// A submitted sheet's total is the sum of its items as they were typed, each within the rubric.
pub(super) fn sheets_add_up(tx: &mut Tx<'_>) -> Checked {
    let programmes = pinned(tx)?;
    let mut found = Vec::new();
    for sheet in invariants::submitted_sheets(tx.db)? {
        let programme = programmes.get(&sheet.call).and_then(|value| serde_json::from_value(value.clone()).ok());
        let items: BTreeMap<String, String> = serde_json::from_value(sheet.items).unwrap_or_default();
        let read = programme.map(|programme: Programme| score::check(&programme, &items, &BTreeMap::new()));
        let sum = read.as_ref().map_or(0, |read| read.sheet.total());
        let subject = format!("score sheet {}", sheet.assignment);
        if sheet.total.map(i64::from) != Some(sum) {
            let what = unequal(sheet.total, sum);
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
pub(super) fn rankings_are_reproduced(tx: &mut Tx<'_>) -> Checked {
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
    let call = db::calls::find(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?.ok_or(Error::NotFound)?;
    close::is_reproduced(tx, &call, &session)
}

/// The acts after which a sheet says what their hash is of; the last counts.
const HASHED: [&str; 2] = ["sheet.submitted", "discussion.position_stated"];
const HASHED_EXTRA: [&str; 1] = ["extra_sheet.submitted"];

/// A submitted sheet, one of an extra station too, says what it said when it was submitted or talked over.
pub(super) fn sheets_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let mut recorded = last_macs(tx, &HASHED)?;
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let sheets = invariants::sheets(tx.db, &after, SHEETS_AT_ONCE)?;
        let Some(last) = sheets.last() else { break };
        after = last.assignment_id.to_string();
        for sheet in sheets {
            let known = recorded.remove(sheet.assignment_id.as_text());
            // One that was given back, or is void, counts for nothing until it is submitted again.
            let Some((action, mac)) = known.filter(|_| sheet.status == SheetStatus::Submitted) else { continue };
            if sheet_mac(tx, &action, &sheet)? != mac {
                found.push(altered(format!("score sheet {}", sheet.assignment_id)));
            }
        }
    }
    found.extend(recorded.into_keys().map(|id| gone(format!("score sheet {id}"))));
    let mut recorded = last_macs(tx, &HASHED_EXTRA)?;
    for sheet in invariants::stored_extra_sheets(tx.db)? {
        let known = recorded.remove(sheet.assignment_id.as_text());
        let Some((action, mac)) = known.filter(|_| sheet.status == SheetStatus::Submitted) else { continue };
        if extra_mac(tx, &action, &sheet)? != mac {
            found.push(altered(format!("extra sheet {}", sheet.assignment_id)));
        }
    }
    found.extend(recorded.into_keys().map(|id| gone(format!("extra sheet {id}"))));
    Ok(found)
}

fn altered(sheet: String) -> Violation {
    violation("sheet_is_as_recorded", sheet, "does not say what it said when it was submitted")
}

fn gone(sheet: String) -> Violation {
    violation("sheet_is_as_recorded", sheet, "was submitted and is not there")
}

/// The last act of some kinds upon each sheet, with its hash.
fn last_macs(tx: &mut Tx<'_>, actions: &[&str]) -> Result<BTreeMap<String, (String, String)>, Error> {
    let mut recorded = BTreeMap::new();
    for act in acts(tx.db, "assignment", actions)? {
        let mac = act.detail.get("sheet_mac").and_then(Value::as_str).map(ToString::to_string);
        recorded.extend(mac.map(|mac| (act.subject, (act.action, mac))));
    }
    Ok(recorded)
}

/// What is wrong with a total, in hundredths of a point.
fn unequal(total: Option<i32>, sum: i64) -> String {
    let total = total.map_or_else(|| "missing".to_string(), |total| total.to_string());
    format!("its total in hundredths is {total}, its items add up to {sum}")
}
