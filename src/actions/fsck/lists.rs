//! Published lists, those of our own and those that were brought in: the rows are what was signed, and what was signed
//! is what the record says was published.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::publish_list::{Certificates, text_of};
use crate::db::invariants::{self, Violation};
use crate::db::published_lists::{self, PublishedList};
use crate::domain::ids::PublishedListId;
use crate::domain::published_list::sha256;
use crate::domain::status::ListStatus;
use crate::error::Error;
use crate::keys;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const NAME: &str = "list_is_as_signed";

/// The actions that publish a list; their events carry its hash.
const PUBLISHED: [&str; 2] = ["list.published", "list.imported"];

/// A published list is the text that was hashed and signed, cell by cell, and the one that the record names.
pub(super) fn are_as_signed(tx: &mut Tx<'_>) -> Checked {
    let mut recorded: BTreeMap<String, Value> = invariants::recorded(tx.db, "list", &PUBLISHED)?.into_iter().collect();
    let mut found = Vec::new();
    for id in invariants::published_list_ids(tx.db)? {
        let subject = format!("list {id}");
        let detail = recorded.remove(&id);
        let Some(known) = PublishedListId::from_text(&id) else {
            found.push(violation(NAME, subject, "its id is none"));
            continue;
        };
        match check(tx, known, detail.as_ref()) {
            Ok(wrong) => found.extend(wrong.into_iter().map(|what| violation(NAME, subject.clone(), what))),
            Err(error) => found.push(violation(NAME, subject, format!("cannot be read: {error}"))),
        }
    }
    found.extend(recorded.into_keys().map(gone));
    Ok(found)
}

fn gone(id: String) -> Violation {
    violation(NAME, format!("list {id}"), "the record says that it was published; it is not there")
}

/// Everything that is wrong with one list.
fn check(tx: &mut Tx<'_>, id: PublishedListId, recorded: Option<&Value>) -> Result<Vec<String>, Error> {
    let list = published_lists::find(tx.db, id)?;
    let mut wrong = Vec::new();
    if list.status != ListStatus::Published {
        wrong.push(format!("was published and now says {}", list.status));
    }
    let named = recorded.map(|detail| detail.get("sha256").and_then(Value::as_str).unwrap_or_default());
    match named {
        None => wrong.push("the record knows of no such publication".into()),
        Some(named) if list.sha256.as_deref() != Some(named) => {
            wrong.push(format!("its column sha256 is not the {named} of the record"));
        }
        Some(_) => {}
    }
    let (Some(text), Some(hash), Some(signature)) = (&list.canonical, &list.sha256, &list.signature) else {
        wrong.push("is published without its proof".into());
        return Ok(wrong);
    };
    if sha256(text) != *hash {
        wrong.push("its text was altered".into());
    } else if !keys::verify(&tx.env.keys.public_key(), text.as_bytes(), signature) {
        wrong.push("its signature does not fit".into());
    }
    match serde_json::from_str(text) {
        Ok(signed) => wrong.extend(differences(&signed, &kept(tx, &list)?)),
        Err(error) => wrong.push(format!("its text cannot be read: {error}")),
    }
    Ok(wrong)
}

/// The rows of a list as they would be signed today.
fn kept(tx: &mut Tx<'_>, list: &PublishedList) -> Result<Value, Error> {
    let certificates: Certificates = invariants::certificates(tx.db, list.id)?
        .into_iter()
        .map(|(application, number, from, to)| (application, (number, from, to)))
        .collect();
    let entries = published_lists::entries(tx.db, list.id)?;
    let text = text_of(list, &entries, &certificates).map_err(anyhow::Error::from)?;
    Ok(serde_json::from_str(&text).map_err(anyhow::Error::from)?)
}

/// Where the rows differ from what was signed, each place by its column.
fn differences(signed: &Value, kept: &Value) -> Vec<String> {
    let mut wrong: Vec<String> = differing(signed, kept)
        .into_iter()
        .filter(|column| column != "entries")
        .map(|column| format!("its column {column} is not what was signed"))
        .collect();
    let (signed, kept) = (entries(signed), entries(kept));
    let positions: BTreeSet<i64> = signed.keys().chain(kept.keys()).copied().collect();
    for position in positions {
        match (signed.get(&position), kept.get(&position)) {
            (Some(signed), Some(kept)) => wrong.extend(
                differing(signed, kept)
                    .into_iter()
                    .map(|column| format!("entry {position}: its column {column} is not what was signed")),
            ),
            (Some(_), None) => wrong.push(format!("entry {position} was signed and is not there")),
            _ => wrong.push(format!("entry {position} is there and was not signed")),
        }
    }
    wrong
}

/// The keys of two objects whose values differ.
fn differing(one: &Value, other: &Value) -> BTreeSet<String> {
    let keys = |value: &Value| value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    keys(one).into_iter().chain(keys(other)).filter(|key| one.get(key) != other.get(key)).collect()
}

/// The entries of a list's text by their place.
fn entries(list: &Value) -> BTreeMap<i64, &Value> {
    let entries = list.get("entries").and_then(Value::as_array);
    let place = |entry: &Value| entry.get("position").and_then(Value::as_i64).unwrap_or_default();
    entries.into_iter().flatten().map(|entry| (place(entry), entry)).collect()
}
