//! A published list: its text against its proof, its key, and the list before.

use super::keys::KeyChoice;
use super::{Verdict, read, wrong};
use crate::cli::out::say;
use crate::domain::chain::canonical;
use crate::domain::published_list::{FIRST_FORMAT, FORMAT, ListProof, PROOF_FORMAT, SECOND_FORMAT, altered_parts};
use crate::keys::verify_by;
use anyhow::{Context, ensure};
use chrono::NaiveDateTime;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Parts that are named one by one; more are counted.
const NAMED: usize = 20;

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// `LIST.proof.json` beside `LIST.json`.
fn proof_beside(list: &Path) -> PathBuf {
    list.with_extension("proof.json")
}

/// Checks a list and says what holds; gives what the list says.
pub fn check(
    path: &Path,
    text: &[u8],
    proof: Option<&Path>,
    previous: Option<&Path>,
    keys: &KeyChoice,
) -> Result<Value, Verdict> {
    let proof_path = proof.map_or_else(|| proof_beside(path), Path::to_path_buf);
    if proof.is_none() && !proof_path.exists() {
        return Err(anyhow::anyhow!(
            "{}: the proof of the list is missing; save it from /lists/ID/proof.json beside {}, or name it with --proof",
            proof_path.display(),
            path.display()
        )
        .into());
    }
    let proof = read(&proof_path)?;
    let proof: ListProof =
        serde_json::from_slice(&proof).with_context(|| format!("{}: is no proof of a list", proof_path.display()))?;
    if proof.format != PROOF_FORMAT {
        return Err(anyhow::anyhow!(
            "{}: its format is {:?}, not {PROOF_FORMAT:?}",
            proof_path.display(),
            proof.format
        )
        .into());
    }
    must_be_an_original(path, text)?;
    must_be_signed(text, &proof)?;
    let said: Value = serde_json::from_slice(text).with_context(|| format!("{}: is no list", path.display()))?;
    must_be_as_proved(&said, text, &proof)?;
    must_be_by_a_key_of_its_time(&said, &proof, keys)?;
    say!("ok: the text is the one that was signed, SHA-256 {}", proof.sha256);
    say!("ok: the signature is that of key {} ({})", proof.key_id, proof.algorithm);
    let place = said.get("chain_number").and_then(Value::as_i64).unwrap_or_default();
    match previous {
        Some(previous) => must_follow(&said, place, previous)?,
        None => {
            say!("number {place} in the chain; the list before has SHA-256 {}", text_at(&said, "previous_sha256"))
        }
    }
    keys.remind(&proof.public_key);
    Ok(said)
}

fn text_at<'a>(said: &'a Value, key: &str) -> &'a str {
    said.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The data file of a list lies beside its signed original; checked in its place it would read as a forgery.
fn must_be_an_original(path: &Path, text: &[u8]) -> anyhow::Result<()> {
    let said: Option<Value> = serde_json::from_slice(text).ok();
    let schema = said.as_ref().and_then(|said| said.get("$schema")).and_then(Value::as_str).unwrap_or_default();
    ensure!(
        !schema.ends_with("/list-entries.json"),
        "{}: is the data file of a list, which nobody signs; take the signed original from /lists/ID/list.json",
        path.display()
    );
    Ok(())
}

/// The text is the one that the proof signs, or it says where it differs.
fn must_be_signed(text: &[u8], proof: &ListProof) -> Result<(), Verdict> {
    if verify_by(&proof.algorithm, &proof.public_key, text, &proof.signature) && sha256(text) == proof.sha256 {
        return Ok(());
    }
    let altered = altered_parts(text, &proof.parts);
    if altered.is_empty() {
        return wrong("the signature does not fit: the proof was altered, or text and proof together");
    }
    let mut lines: Vec<String> = altered
        .iter()
        .take(NAMED)
        .map(|part| {
            format!("altered: {} (bytes {} to {})", part.part, part.offset, part.offset.saturating_add(part.length))
        })
        .collect();
    if altered.len() > NAMED {
        lines.push(format!("and {} parts more", altered.len() - NAMED));
    }
    Err(Verdict::Wrong(lines))
}

/// What the proof says beside the signature is what the text says.
fn must_be_as_proved(said: &Value, text: &[u8], proof: &ListProof) -> Result<(), Verdict> {
    let format = text_at(said, "format");
    if ![FIRST_FORMAT, SECOND_FORMAT, FORMAT].contains(&format) {
        return wrong(format!("the format {format:?} is none that is known here"));
    }
    if canonical::to_bytes(said).as_deref() != Ok(text) {
        return wrong("the text is not canonical JSON (RFC 8785)");
    }
    let stated = [
        ("id", text_at(said, "id"), proof.list.as_str()),
        ("previous_sha256", text_at(said, "previous_sha256"), proof.previous_sha256.as_str()),
    ];
    for (key, said, proved) in stated {
        if said != proved {
            return wrong(format!("the proof was altered: the list's {key} is {said}, the proof says {proved}"));
        }
    }
    if said.get("chain_number").and_then(Value::as_i64) != Some(i64::from(proof.chain_number)) {
        return wrong("the proof was altered: the list has another chain_number");
    }
    let named = said.get("key_id").and_then(Value::as_str);
    let algorithm = said.pointer("/algorithms/signature").and_then(Value::as_str);
    if named.is_some_and(|named| named != proof.key_id) || algorithm.is_some_and(|named| named != proof.algorithm) {
        return wrong("the list names another key or algorithm than the one that it is signed by");
    }
    Ok(())
}

fn must_be_by_a_key_of_its_time(said: &Value, proof: &ListProof, keys: &KeyChoice) -> Result<(), Verdict> {
    let at = NaiveDateTime::parse_from_str(text_at(said, "published_at"), "%Y-%m-%dT%H:%M:%S%.fZ");
    let at = at.context("published_at is no instant")?;
    if !keys.allows(&proof.public_key, Some(at)) {
        let why = "is none of those that were named, or did not sign when the list was published";
        return wrong(format!("key {} {why}", proof.public_key));
    }
    Ok(())
}

fn must_follow(said: &Value, place: i64, previous: &Path) -> Result<(), Verdict> {
    let before = read(previous)?;
    let hash = sha256(&before);
    if hash != text_at(said, "previous_sha256") {
        let named = text_at(said, "previous_sha256");
        return wrong(format!("{}: has SHA-256 {hash}, the list names {named} as the one before", previous.display()));
    }
    let before: Value =
        serde_json::from_slice(&before).with_context(|| format!("{}: is no list", previous.display()))?;
    if before.get("chain_number").and_then(Value::as_i64) != Some(place - 1) {
        return wrong(format!("{}: is not number {} of the chain", previous.display(), place - 1));
    }
    say!("ok: number {place} in the chain, after the list with SHA-256 {hash}");
    Ok(())
}
