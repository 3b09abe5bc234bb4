//! The proof that one event is in the record which a list anchors.

use super::keys::KeyChoice;
use super::{Options, Verdict, list, read, read_whole, wrong};
use crate::cli::out::say;
use crate::domain::chain::inclusion::EventProof;
use serde_json::Value;
use std::path::Path;

/// Checks the proof by itself, and against the list if it is given.
pub fn check(path: &Path, bytes: &[u8], options: &Options, keys: &KeyChoice) -> Result<(), Verdict> {
    let proof: EventProof = read_whole(bytes, path, "proof of an event")?;
    if let Err(broken) = proof.check() {
        return wrong(broken.to_string());
    }
    let said = |key: &str| proof.event.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    say!("ok: {} of {} {}, at {}", said("action"), said("subject_kind"), said("subject_id"), said("at"));
    say!("ok: the paths lead to the root {}", proof.root);
    let Some(anchor) = &options.list else {
        say!(
            "anchored by list number {} ({}), SHA-256 {}; give its text with --list to check that too",
            proof.list.chain_number,
            proof.list.id,
            proof.list.sha256
        );
        // The proof fits together; that the root is one which was signed, only the list says.
        return Err(Verdict::Unheld);
    };
    let text = read(anchor)?;
    let list = list::check(anchor, &text, options.proof.as_deref(), options.previous.as_deref(), keys)?;
    let root = list.pointer("/events/root").and_then(Value::as_str).unwrap_or_default();
    let trees = list.pointer("/events/checkpoints").and_then(Value::as_u64);
    if root != proof.root || trees != Some(proof.trees) {
        return wrong(format!("{}: anchors another root than the one of the proof", anchor.display()));
    }
    say!("ok: the list anchors this root");
    Ok(())
}
