//! Bytes that lie in the store and that nobody needs any more.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::db::invariants::{self, Violation};
use crate::db::{checkpoints, objects};
use crate::error::Error;
use crate::storage::{ORPHAN_AGE, ObjectEntry};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

const NAME: &str = "stored_bytes_have_a_row";
/// How old bytes that no row names are when the sweep must have taken them: it comes once a day, and may fail once.
const LEFT: Duration = Duration::from_secs(ORPHAN_AGE.as_secs() + 2 * 24 * 3600);
/// Contents that the database is asked about at a time.
const CONTENTS_AT_ONCE: usize = 500;

/// No bytes lie in the store that no row names and that the sweep left. Younger ones may be an upload that is under way, or one
/// that was refused.
pub(super) fn bytes_have_a_row(tx: &mut Tx<'_>) -> Checked {
    let Some(before) = swept_before(tx)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut nameless: Vec<ObjectEntry> = Vec::new();
    let env = tx.env;
    for page in env.objects.pages() {
        match page {
            Ok(page) => nameless.extend(named_by_nothing(tx, page, before)?),
            Err(error) => found.push(violation(NAME, "store", format!("it cannot be listed: {error}"))),
        }
    }
    match env.objects.left_over(before) {
        Ok(files) => {
            let what = "is what an upload left that never finished, and was not swept";
            found.extend(files.into_iter().map(|name| violation(NAME, format!("incoming {name}"), what)));
        }
        Err(error) => found.push(violation(NAME, "store", format!("what arrives cannot be listed: {error}"))),
    }
    if !nameless.is_empty() {
        let replaced = replaced_licences(tx)?;
        let is_left = |entry: &ObjectEntry| replaced.get(&entry.key.to_string()).is_none_or(|at| *at < before);
        found.extend(nameless.into_iter().filter(is_left).map(told));
    }
    Ok(found)
}

/// The instant before which no bytes without a row can have been stored, for the sweep has come by since. The store's own
/// clock says how old things are; that there was time for a sweep, the newest checkpoint says, which is signed beside it: a
/// service that stood still, or whose backup was just restored, has not swept meanwhile. None where none was ever signed.
fn swept_before(tx: &mut Tx<'_>) -> Result<Option<SystemTime>, Error> {
    let ran = checkpoints::last(tx.db)?.map(|checkpoint| SystemTime::from(checkpoint.at.and_utc()));
    Ok(ran.and_then(|ran| ran.min(SystemTime::now()).checked_sub(LEFT)))
}

/// Those of some objects that are old enough and that no row names.
fn named_by_nothing(tx: &mut Tx<'_>, page: Vec<ObjectEntry>, before: SystemTime) -> Result<Vec<ObjectEntry>, Error> {
    let old: Vec<ObjectEntry> = page.into_iter().filter(|entry| entry.stored_at < before).collect();
    let mut nameless = Vec::new();
    for some in old.chunks(CONTENTS_AT_ONCE) {
        let keys: Vec<String> = some.iter().map(|entry| entry.key.to_string()).collect();
        let named = objects::named_among(tx.db, &keys)?;
        nameless.extend(some.iter().filter(|entry| !named.contains(&entry.key.to_string())).cloned());
    }
    Ok(nameless)
}

/// Licence images that gave way to another one, by their hash, each with when the last of them did. From then on the sweep may take
/// its bytes, however long they have lain there: nothing else is ever named and then no more.
fn replaced_licences(tx: &mut Tx<'_>) -> Result<BTreeMap<String, SystemTime>, Error> {
    let mut replaced = BTreeMap::new();
    let mut before: Option<(String, String)> = None;
    for (organisation, at, detail) in invariants::licences_recorded(tx.db)? {
        let sha256 = detail.get("licence_sha256").and_then(Value::as_str).unwrap_or_default().to_string();
        if let Some((_, earlier)) = before.filter(|(of, _)| *of == organisation) {
            let at = SystemTime::from(at.and_utc());
            let newest = replaced.entry(earlier).or_insert(at);
            *newest = at.max(*newest);
        }
        before = Some((organisation, sha256));
    }
    Ok(replaced)
}

fn told(entry: ObjectEntry) -> Violation {
    let stored = DateTime::<Utc>::from(entry.stored_at).format("%Y-%m-%dT%H:%M:%SZ");
    let what = format!("has {} bytes, stored {stored}; no row names it, and it was not swept", entry.bytes);
    violation(NAME, format!("object {}", entry.key), what)
}
