//! What a review came to is what its record says: rows that were exchanged together still agree with one another, but not
//! with the chain.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::review::stages::extra;
use crate::db::invariants;
use crate::domain::programme::Programme;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The ranking of a closed review is the one that was recorded when it was closed.
pub(super) fn rankings_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let closed: BTreeMap<String, Value> =
        invariants::recorded(tx.db, "review", &["review.closed"])?.into_iter().collect();
    let mut found = Vec::new();
    for (session, stored) in invariants::rankings_of_sessions(tx.db)? {
        let places: Vec<Value> = stored.iter().map(|(place, id, score)| json!([place, id, score])).collect();
        let recorded = closed.get(&session).and_then(|detail| detail.get("ranking"));
        if recorded != Some(&Value::Array(places)) {
            let what = "its ranking is not the one that was recorded when it was closed";
            found.push(violation("ranking_is_as_recorded", format!("review {session}"), what));
        }
    }
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
            let what = format!("its total is {:?}, its items add up to {}", sheet.total, read.sheet.total());
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
