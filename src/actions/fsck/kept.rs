//! Columns that the record vouches for hold what was written into them last.

use super::{Checked, violation};
use crate::actions::kept::{MACS, mac_of, place_of};
use crate::actions::sealed::stored_form;
use crate::actions::{Env, Tx};
use crate::db::Sealed;
use crate::db::invariants::{self, KEPT, Keeping, KeptColumn, Violation};
use crate::domain::chain::canonical::text_or_as_written;
use crate::error::Error;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows that are read at a time.
const ROWS_AT_ONCE: i64 = 500;

/// What one chain of the record says last of a place, and when.
struct Said {
    at: String,
    mac: String,
}

/// What the record says of each place, by the chain that says it. Within a chain the order of its events counts, between chains
/// their instants.
type Recorded = BTreeMap<String, BTreeMap<String, Said>>;

/// Each column that the record carries a digest of is as the newest act on it left it. Acts of the time before they carried
/// one are passed over, and so are rows that are gone.
pub(super) fn columns_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let recorded = recorded(tx)?;
    let mut found = Vec::new();
    for table in KEPT {
        let mut after = String::new();
        loop {
            let rows = table.rows(tx.db, &after, ROWS_AT_ONCE)?;
            let Some(last) = rows.last().and_then(|row| row.first()) else { break };
            after.clone_from(&last.id);
            found.extend(rows.iter().flatten().filter_map(|column| changed(tx.env, &recorded, column)));
        }
    }
    let mut after = String::new();
    loop {
        let rows = invariants::typed_columns(tx.db, &after, ROWS_AT_ONCE)?;
        let Some((last, ..)) = rows.last() else { break };
        after.clone_from(last);
        for (id, form, members) in rows {
            for (column, value) in [("form", form.0), ("members", members.0)] {
                let open = match value.as_str() {
                    Some(sealed) => stored_form(tx.env, &id, &Sealed::holding(sealed)),
                    None => Some(value),
                };
                // What does not open is told of its seal.
                let Some(open) = open else { continue };
                let row =
                    KeptColumn { table: "applications", id: id.clone(), column, text: Some(text_or_as_written(&open)) };
                found.extend(changed(tx.env, &recorded, &row));
            }
        }
    }
    Ok(found)
}

/// Reads what the record says, some events at a time: of their details the digests alone are kept.
fn recorded(tx: &mut Tx<'_>) -> Result<Recorded, Error> {
    let mut recorded = Recorded::new();
    let mut after = (String::new(), String::new(), 0_i64);
    loop {
        let (kind, id, seq) = &after;
        let events = invariants::keeping(tx.db, MACS, (kind.as_str(), id.as_str(), *seq), ROWS_AT_ONCE)?;
        let Some(last) = events.last() else { return Ok(recorded) };
        after = (last.kind.clone(), last.id.clone(), last.seq);
        for Keeping { kind, id, at, detail, .. } in events {
            let chain = format!("{kind} {id}");
            let detail: Value = serde_json::from_str(&detail).unwrap_or_default();
            for (place, mac) in detail.get(MACS).and_then(Value::as_object).into_iter().flatten() {
                let said = Said { at: at.clone(), mac: mac.as_str().unwrap_or_default().to_string() };
                recorded.entry(place.clone()).or_default().insert(chain.clone(), said);
            }
        }
    }
}

/// What is to be told of a column that is not as it was recorded.
fn changed(env: &Env, recorded: &Recorded, row: &KeptColumn) -> Option<Violation> {
    let place = place_of(row.table, &row.id, row.column);
    let chains = recorded.get(&place)?;
    let newest = chains.values().map(|said| said.at.as_str()).max();
    let here = mac_of(env, &place, row.text.as_deref());
    if chains.values().any(|said| Some(said.at.as_str()) == newest && said.mac == here) {
        return None;
    }
    let what = format!("its {} is not the one that was recorded", row.column);
    Some(violation("column_is_as_recorded", format!("{} {}", row.table, row.id), what))
}
