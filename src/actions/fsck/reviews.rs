//! What a review came to is what its record says: rows that were exchanged together still agree with one another, but not
//! with the chain.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::db::invariants;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The ranking of a closed review is the one that was recorded when it was closed, or when a sheet was voided last.
pub(super) fn rankings_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let closed: BTreeMap<String, Value> =
        invariants::recorded(tx.db, "review", &["review.closed", "review.reranked"])?.into_iter().collect();
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
