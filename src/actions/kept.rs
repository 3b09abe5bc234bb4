//! Single columns that the record vouches for: the event of the act that writes one carries a keyed digest of what it holds, so
//! that the row can be held against it ever after. The digest is keyed because much of it is short or about persons and could
//! be guessed, and it covers the place, so that it proves nothing of another row.
//!
//! An act says what it has written with [`Tx::keep`]; the next event of its transaction carries it, under [`MACS`].

use super::{Env, Tx};
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

/// JSON as it is covered: the canonical text, so that the order in which a database gives members is of no matter. What has none,
/// with broken numbers as a program may send them, is covered as it is written.
pub(super) fn json_text(value: &Value) -> String {
    let canonical = canonical::to_bytes(value).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    canonical.unwrap_or_else(|| value.to_string())
}

/// The same of anything that is stored as JSON.
///
/// # Errors
/// It cannot be written as such.
pub(super) fn stored_text(stored: &impl Serialize) -> Result<String, Error> {
    Ok(json_text(&serde_json::to_value(stored).map_err(anyhow::Error::from)?))
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
}
