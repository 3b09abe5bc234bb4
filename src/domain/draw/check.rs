//! What an opening must be, checked in one fixed order. The same rules hold when a draw is made and when its record is verified.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    digest::{Role, parse},
    opening::{Abandonment, CandidateList, Opening, shortages},
};
use crate::domain::chain::canonical::to_bytes;

/// The longest name (id, code), in bytes.
const MAX_NAME: usize = 64;

/// The first place where something is not what it must be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: expected {expected}, found {found}")]
pub struct Difference {
    /// Where in the record file: a JSON pointer (RFC 6901), or `byte N`.
    pub path: String,
    /// What must stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl Difference {
    pub(super) fn new(path: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { path: path.into(), expected: expected.into(), found: found.into() }
    }
}

/// The canonical JSON of a part of the record.
pub(super) fn canonical(path: &str, part: &impl Serialize) -> Result<Vec<u8>, Difference> {
    let refused = |problem: String| Difference::new(path, "canonical JSON", problem);
    let value = serde_json::to_value(part).map_err(|error| refused(error.to_string()))?;
    to_bytes(&value).map_err(|error| refused(error.to_string()))
}

fn require(holds: bool, path: String, expected: impl Into<String>, found: impl Into<String>) -> Result<(), Difference> {
    if holds { Ok(()) } else { Err(Difference::new(path, expected, found)) }
}

/// Ids and codes are plain ASCII: no two spellings of one name, and no place for a person's name.
fn name(path: String, text: &str) -> Result<(), Difference> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte));
    let holds = plain && (1..=MAX_NAME).contains(&text.len());
    require(holds, path, "1 to 64 of A-Z a-z 0-9 . _ : -", text)
}

/// A stratum's key: a name, or nothing.
fn key(path: String, text: &str) -> Result<(), Difference> {
    if text.is_empty() { Ok(()) } else { name(path, text) }
}

/// `YYYY-MM-DDThh:mm:ssZ`: one length and one spelling, so that the order of texts is the order of times.
pub(super) fn time(path: String, text: &str) -> Result<(), Difference> {
    let shape = b"0000-00-00T00:00:00Z";
    let holds = text.len() == shape.len()
        && text
            .bytes()
            .zip(shape)
            .all(|(byte, like)| if *like == b'0' { byte.is_ascii_digit() } else { byte == *like });
    require(holds, path, "a time YYYY-MM-DDThh:mm:ssZ", text)
}

pub(super) fn hash(path: String, text: &str) -> Result<(), Difference> {
    require(parse(text).is_some(), path, "64 hexadecimal digits 0-9 a-f", text)
}

/// Texts in strictly rising order of their bytes: sorted, and none twice.
fn rising<'a>(path: &str, field: &str, texts: impl Iterator<Item = &'a str>) -> Result<(), Difference> {
    let mut before: Option<&str> = None;
    for (index, text) in texts.enumerate() {
        if let Some(before) = before {
            require(before < text, format!("{path}/{index}/{field}"), format!("more than \"{before}\""), text)?;
        }
        before = Some(text);
    }
    Ok(())
}

/// What a frozen list must be.
pub(super) fn list(list: &CandidateList) -> Result<(), Difference> {
    let at = "/opening/list";
    time(format!("{at}/frozen_at"), &list.frozen_at)?;

    require(!list.strata.is_empty(), format!("{at}/strata"), "at least one stratum", "none")?;
    for (index, stratum) in list.strata.iter().enumerate() {
        key(format!("{at}/strata/{index}/key"), &stratum.key)?;
        require(stratum.places > 0, format!("{at}/strata/{index}/places"), "at least 1", "0")?;
    }
    rising(&format!("{at}/strata"), "key", list.strata.iter().map(|stratum| stratum.key.as_str()))?;

    let strata: BTreeSet<_> = list.strata.iter().map(|stratum| stratum.key.as_str()).collect();
    for (index, candidate) in list.candidates.iter().enumerate() {
        name(format!("{at}/candidates/{index}/id"), &candidate.id)?;
        let known = strata.contains(candidate.stratum.as_str());
        require(
            known,
            format!("{at}/candidates/{index}/stratum"),
            "a key of /opening/list/strata",
            &candidate.stratum,
        )?;
    }
    rising(&format!("{at}/candidates"), "id", list.candidates.iter().map(|candidate| candidate.id.as_str()))?;

    let candidates: BTreeSet<_> = list.candidates.iter().map(|candidate| candidate.id.as_str()).collect();
    for (index, exclusion) in list.exclusions.iter().enumerate() {
        let path = format!("{at}/exclusions/{index}/id");
        name(path.clone(), &exclusion.id)?;
        require(!candidates.contains(exclusion.id.as_str()), path, "an id that is not a candidate", &exclusion.id)?;
        name(format!("{at}/exclusions/{index}/reason"), &exclusion.reason)?;
    }
    rising(&format!("{at}/exclusions"), "id", list.exclusions.iter().map(|exclusion| exclusion.id.as_str()))?;

    match shortages(&list.candidates, &list.strata).first() {
        None => Ok(()),
        Some(short) => Err(Difference::new(
            format!("{at}/candidates"),
            format!("{} in stratum \"{}\"", short.needed, short.stratum),
            short.available.to_string(),
        )),
    }
}

fn earlier(index: usize, abandonment: &Abandonment) -> Result<(), Difference> {
    let at = format!("/opening/earlier/{index}");
    time(format!("{at}/abandoned_at"), &abandonment.abandoned_at)?;
    let named = !abandonment.failed.is_empty() && abandonment.failed.is_sorted_by(|a, b| a < b);
    let found: Vec<_> = abandonment.failed.iter().map(|role| role.code()).collect();
    require(named, format!("{at}/failed"), "handler, auditor, or both in that order", found.join(", "))?;
    hash(format!("{at}/opening_digest"), &abandonment.opening_digest)
}

/// What an opening must be, its list's digest included.
pub(super) fn opening(opening: &Opening) -> Result<(), Difference> {
    name("/opening/draw_id".into(), &opening.draw_id)?;
    name("/opening/call".into(), &opening.call)?;
    let follows = u64::from(opening.attempt) == opening.earlier.len() as u64 + 1;
    let expected = (opening.earlier.len() + 1).to_string();
    require(follows, "/opening/attempt".into(), expected, opening.attempt.to_string())?;
    for (index, abandonment) in opening.earlier.iter().enumerate() {
        earlier(index, abandonment)?;
    }

    list(&opening.list)?;
    let expected = hex::encode(opening.list.digest()?);
    require(expected == opening.list_digest, "/opening/list_digest".into(), &expected, &opening.list_digest)?;

    for role in [Role::Handler, Role::Auditor] {
        let at = format!("/opening/commitments/{}", role.code());
        let commitment = opening.commitment(role);
        name(format!("{at}/party"), &commitment.party)?;
        hash(format!("{at}/digest"), &commitment.digest)?;
        time(format!("{at}/committed_at"), &commitment.committed_at)?;
        let in_time = commitment.committed_at <= opening.list.frozen_at;
        let expected = format!("not after {}", opening.list.frozen_at);
        require(in_time, format!("{at}/committed_at"), expected, &commitment.committed_at)?;
    }
    let handler = &opening.commitments.handler.party;
    let auditor = &opening.commitments.auditor.party;
    require(handler != auditor, "/opening/commitments/auditor/party".into(), format!("not {handler}"), auditor)
}
