//! Columns that the record vouches for hold what was written into them last.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::kept::{MACS, json_text, mac_of, place_of};
use crate::actions::sealed::stored_form;
use crate::db::Sealed;
use crate::db::invariants::{self, Keeping, KeptColumn};
use serde_json::Value;
use std::collections::BTreeMap;

/// What one chain of the record says last of a place, and when.
struct Said {
    at: String,
    mac: String,
}

/// Each column that the record carries a digest of is as the newest act on it left it. Acts of the time before they carried
/// one are passed over, and so are rows that are gone.
pub(super) fn columns_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    // Within a chain the order of its events counts, between chains their instants.
    let mut recorded: BTreeMap<String, BTreeMap<String, Said>> = BTreeMap::new();
    for Keeping { chain, at, detail } in invariants::keeping(tx.db, MACS)? {
        let detail: Value = serde_json::from_str(&detail).unwrap_or_default();
        for (place, mac) in detail.get(MACS).and_then(Value::as_object).into_iter().flatten() {
            let said = Said { at: at.clone(), mac: mac.as_str().unwrap_or_default().to_string() };
            recorded.entry(place.clone()).or_default().insert(chain.clone(), said);
        }
    }
    let mut found = Vec::new();
    let mut rows = invariants::kept_columns(tx.db)?;
    for (id, column, value) in invariants::typed_columns(tx.db)? {
        let open = match value.as_str() {
            Some(sealed) => stored_form(tx.env, &id, &Sealed::holding(sealed)),
            None => Some(value),
        };
        // What does not open is told of its seal.
        if let Some(open) = open {
            rows.push(KeptColumn { table: "applications", id, column, text: Some(json_text(&open)) });
        }
    }
    for row in rows {
        let place = place_of(row.table, &row.id, row.column);
        let Some(chains) = recorded.get(&place) else { continue };
        let newest = chains.values().map(|said| said.at.as_str()).max();
        let here = mac_of(tx.env, &place, row.text.as_deref());
        if !chains.values().any(|said| Some(said.at.as_str()) == newest && said.mac == here) {
            let what = format!("its {} is not the one that was recorded", row.column);
            found.push(violation("column_is_as_recorded", format!("{} {}", row.table, row.id), what));
        }
    }
    Ok(found)
}
