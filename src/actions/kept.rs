//! Single columns that the record vouches for: the event of the act that writes one carries a keyed digest of what it holds, so
//! that the row can be held against it ever after. The digest is keyed because much of it is short or about persons and could
//! be guessed, and it covers the place, so that it proves nothing of another row.
//!
//! An act says what it has written with [`Tx::keep`], or has it read back with [`Tx::vouch`], which costs a query more and cannot
//! differ from what the check reads; the next event of its transaction carries it, under [`MACS`]. It names the columns that it
//! wrote and no others: what somebody altered before would else be recorded as right. Rows that an earlier version wrote have no
//! such digest, and are held against nothing until an act writes them again.

use super::{Env, Tx};
use crate::db::invariants::{KEPT, KeptTable};
use crate::domain::chain::canonical;
use crate::error::Error;
use serde::Serialize;
use serde_json::Value;

/// The member of an event's detail that holds them: place to digest in hex.
pub(super) const MACS: &str = "macs";

/// Where a column of a row lies.
pub(super) fn place_of(table: &str, id: &str, column: &str) -> String {
    format!("{table}/{id}/{column}")
}

/// The keyed digest of what stands at a place. Instants are as [`chrono::DateTime::to_rfc3339`] writes them.
pub(super) fn mac_of(env: &Env, place: &str, text: Option<&str>) -> String {
    // What is not there is not the same as what is empty.
    let message = text.map_or_else(|| format!("{place}\n-"), |text| format!("{place}\n={text}"));
    hex::encode(env.keys.mac("kept columns", message.as_bytes()))
}

/// What is stored as JSON as it is covered: the canonical text, so that the order in which a database gives members is of no matter.
///
/// # Errors
/// It cannot be written as such.
pub(super) fn stored_text(stored: &impl Serialize) -> Result<String, Error> {
    Ok(canonical::text_or_as_written(&serde_json::to_value(stored).map_err(anyhow::Error::from)?))
}

impl Tx<'_> {
    /// Lets the next event carry what was written into these columns of a row.
    pub(super) fn keep(&mut self, table: &str, id: &str, columns: &[(&str, Option<&str>)]) {
        for (column, text) in columns {
            let place = place_of(table, id, column);
            let mac = mac_of(self.env, &place, *text);
            self.kept.insert(place, Value::String(mac));
        }
    }

    /// Lets the next event carry what stands by now in these columns of a row.
    ///
    /// # Errors
    /// The row is not there; no such column is kept.
    pub(super) fn vouch(&mut self, table: &str, id: &str, columns: &[&str]) -> Result<(), Error> {
        let kept = table_of(table)?;
        if let Some(unknown) = columns.iter().find(|name| kept.columns.iter().all(|(column, _)| column != *name)) {
            return Err(anyhow::anyhow!("{table}.{unknown} is no column that is kept").into());
        }
        for held in kept.row(self.db, id)? {
            if columns.contains(&held.column) {
                self.keep(held.table, id, &[(held.column, held.text.as_deref())]);
            }
        }
        Ok(())
    }

    /// The same of every column that is kept of a row which was just made.
    ///
    /// # Errors
    /// As [`Tx::vouch`].
    pub(super) fn vouch_for_new(&mut self, table: &str, id: &str) -> Result<(), Error> {
        let columns: Vec<&str> = table_of(table)?.columns.iter().map(|(column, _)| *column).collect();
        self.vouch(table, id, &columns)
    }
}

fn table_of(name: &str) -> Result<&'static KeptTable, Error> {
    let found = KEPT.iter().find(|kept| kept.table == name);
    found.ok_or_else(|| anyhow::anyhow!("nothing of {name} is kept").into())
}
