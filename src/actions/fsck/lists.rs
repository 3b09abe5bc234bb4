//! Published lists, those of our own and those that were brought in: the rows are what was signed, and what was signed
//! is what the record says was published.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::checkpoints::{as_stored_tree, tree_of, trees};
use crate::actions::publish_list::{Certificates, GivenOut, text_of};
use crate::db::checkpoints;
use crate::db::invariants::{self, Violation};
use crate::db::published_lists::{self, PublishedList};
use crate::domain::chain::inclusion::root_over;
use crate::domain::ids::PublishedListId;
use crate::domain::membership::Validity;
use crate::domain::published_list::{ListSeal, sha256};
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
    } else {
        wrong.extend(signed_wrongly(tx, &list, text, signature));
    }
    match serde_json::from_str(text) {
        Ok(signed) => wrong.extend(differences(&signed, &kept(tx, &list)?)),
        Err(error) => wrong.push(format!("its text cannot be read: {error}")),
    }
    Ok(wrong)
}

/// What is wrong with the signature of a list: it must be that of a key which signed at the time.
fn signed_wrongly(tx: &Tx<'_>, list: &PublishedList, text: &str, signature: &str) -> Option<String> {
    let at = list.published_at.unwrap_or_default();
    let fits = |key: &keys::PublicKey| key.verify(text.as_bytes(), signature);
    let key = match list.list_seal() {
        Some(seal) => match tx.env.keys.find(&seal.key_id) {
            None => return Some(format!("is signed by another key, {}", seal.key_id)),
            Some(key) => Some(key).filter(fits),
        },
        // A list of the first format does not name its key.
        None => tx.env.keys.all().into_iter().find(fits),
    };
    match key {
        None => Some("its signature does not fit".into()),
        Some(key) if !key.signed_at(at) => Some(format!("is signed by key {}, which did not sign then", key.id)),
        Some(_) => None,
    }
}

/// The root over the events that a list is anchored by is the one that the record comes to.
pub(super) fn are_anchored(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "list_is_anchored";
    let trees = trees(tx, i64::MAX)?;
    let mut found = Vec::new();
    for (id, _, _, seal) in published_lists::sealed(tx.db)? {
        let subject = format!("list {id}");
        let Ok(seal) = serde_json::from_str::<ListSeal>(&seal) else {
            found.push(violation(NAME, subject, "its seal cannot be read"));
            continue;
        };
        let count = usize::try_from(seal.anchor.checkpoints).unwrap_or(usize::MAX);
        let root = trees.get(..count).and_then(|trees| root_over(trees).ok()).map(hex::encode);
        if root.as_deref() != Some(seal.anchor.root.as_str()) {
            found.push(violation(NAME, subject, "the record of then comes to another root than the one that it names"));
        }
    }
    Ok(found)
}

/// The tree of every checkpoint is that over the events which it was the first to cover.
pub(super) fn trees_hold(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "event_tree_holds";
    let mut found = Vec::new();
    for kept in checkpoints::trees(tx.db, i64::MAX)? {
        let number = kept.checkpoint_number;
        let what = match tree_of(tx, number) {
            Ok(tree) if as_stored_tree(&tree) == kept => continue,
            Ok(tree) => {
                format!("is kept over {} events, the record has {} of another root", kept.event_count, tree.events)
            }
            Err(error) => format!("cannot be made again: {error}"),
        };
        found.push(violation(NAME, format!("checkpoint {number}"), what));
    }
    Ok(found)
}

/// The rows of a list as they would be signed today.
fn kept(tx: &mut Tx<'_>, list: &PublishedList) -> Result<Value, Error> {
    let certificates: Certificates = invariants::certificates(tx.db, list.id)?
        .into_iter()
        .map(|(application, number, seal, from, to)| {
            (application, GivenOut::new(number, seal.as_deref(), Validity { from, to }))
        })
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
