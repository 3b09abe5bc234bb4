//! Calls: the pinned programme, what was approved, and what a bureau and an applicant may take of a call.

use super::{Checked, pinned, violation};
use crate::actions::Tx;
use crate::actions::approve_call::recorded_content;
use crate::db::invariants::{self, acts};
use crate::domain::calendar::local_datetime_iso;
use crate::domain::chain::canonical::digest;
use crate::domain::ids::CallId;
use crate::domain::programme::Programme;
use crate::error::Error;
use serde_json::Value;
use std::collections::BTreeMap;

/// A pinned programme can be read, has the digest that stands beside it, and is the one that was approved.
pub(super) fn programmes_are_as_pinned(tx: &mut Tx<'_>) -> Checked {
    let approved: BTreeMap<String, Value> =
        invariants::recorded(tx.db, "call", &["call.submitted", "call.approved"])?.into_iter().collect();
    let digests = invariants::programme_digests(tx.db)?;
    let mut found = Vec::new();
    for (call, programme) in pinned(tx)? {
        let what = match serde_json::from_value::<Programme>(programme) {
            Err(why) => ("programme_is_readable", why.to_string()),
            Ok(programme) => {
                let digest = programme.digest();
                let recorded = approved.get(&call).and_then(|detail| detail.get("programme_digest")?.as_str());
                if digests.get(&call) != Some(&digest) {
                    ("programme_is_as_pinned", "its text is not the one that was pinned".to_string())
                } else if recorded.is_some_and(|recorded| recorded != digest) {
                    ("programme_is_as_pinned", "its text is not the one that was approved".to_string())
                } else {
                    continue;
                }
            }
        };
        found.push(violation(what.0, format!("call {call}"), what.1));
    }
    Ok(found)
}

/// No bureau recommends more than its places.
pub(super) fn quotas_are_kept(tx: &mut Tx<'_>) -> Checked {
    let programmes = pinned(tx)?;
    let mut found = Vec::new();
    for (call, bureau, taken) in invariants::places_taken(tx.db)? {
        let programme = programmes.get(&call).and_then(|value| serde_json::from_value::<Programme>(value.clone()).ok());
        let limit = programme.and_then(|programme| programme.quota.for_bureau(&bureau));
        if let Some(limit) = limit.filter(|limit| taken > i64::from(*limit)) {
            let what = format!("bureau {bureau} took {taken} places of {limit}");
            found.push(violation("quota_is_kept", format!("call {call}"), what));
        }
    }
    Ok(found)
}

/// No organisation has more applications in a call than the programme allows.
pub(super) fn applicants_keep_to_their_number(tx: &mut Tx<'_>) -> Checked {
    let programmes = pinned(tx)?;
    let mut found = Vec::new();
    for (call, organisation, filed) in invariants::applications_by_organisation(tx.db)? {
        let programme = programmes.get(&call).and_then(|value| serde_json::from_value::<Programme>(value.clone()).ok());
        let limit = programme.map(|programme| programme.applicants.per_organisation);
        if let Some(limit) = limit.filter(|limit| filed > i64::from(*limit)) {
            let what = format!("organisation {organisation} has {filed} applications of {limit}");
            found.push(violation("applicant_keeps_to_its_number", format!("call {call}"), what));
        }
    }
    Ok(found)
}

/// The actions that say when a call opens and closes.
const DATED: [&str; 2] = ["call.approved", "call.extended"];

/// From its approval on a call says what was approved, but for the dates that were recorded since.
pub(super) fn are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let mut recorded: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for act in acts(tx.db, "call", &DATED)? {
        let known = recorded.entry(act.subject).or_default();
        for key in ["opens_at", "closes_at", "recommend_by", "content_sha256"] {
            let said = act.detail.get(key).and_then(|said| said.get("after").unwrap_or(said).as_str());
            known.extend(said.map(|said| (key.to_string(), said.to_string())));
        }
    }
    let mut found = Vec::new();
    for (id, recorded) in recorded {
        let subject = format!("call {id}");
        match CallId::from_text(&id).map(|id| stored(tx, id)) {
            None => continue,
            Some(Err(error)) => {
                found.push(violation("call_is_as_recorded", subject, format!("cannot be read: {error}")))
            }
            Some(Ok(stored)) => {
                let differing = recorded.iter().filter(|(key, said)| stored.get(key.as_str()) != Some(said));
                found.extend(differing.map(|(key, said)| {
                    let here = stored.get(key.as_str()).map_or("nothing", String::as_str);
                    let what = format!("its {key} is {here}, the record says {said}");
                    violation("call_is_as_recorded", subject.clone(), what)
                }));
            }
        }
    }
    Ok(found)
}

/// What stands in a call's row, in the words of its record.
fn stored(tx: &mut Tx<'_>, id: CallId) -> Result<BTreeMap<&'static str, String>, Error> {
    let call = crate::db::calls::find(tx.db, id)?;
    Ok(BTreeMap::from([
        ("opens_at", local_datetime_iso(call.opens_at)),
        ("closes_at", local_datetime_iso(call.closes_at)),
        ("recommend_by", local_datetime_iso(call.recommend_by)),
        ("content_sha256", digest(&recorded_content(&call))),
    ]))
}
