//! A part of the record as an auditor carried it away.

use super::keys::KeyChoice;
use super::{Verdict, wrong};
use crate::cli::out::say;
use crate::domain::chain::carried::{CarriedChain, CarriedRecord};
use crate::keys;
use anyhow::Context;
use std::path::Path;

/// Checks every chain: its events one after the other, and the signed checkpoint that it stands under.
pub fn check(path: &Path, bytes: &[u8], keys: &KeyChoice) -> Result<(), Verdict> {
    let record: CarriedRecord =
        serde_json::from_slice(bytes).with_context(|| format!("{}: is no part of the record", path.display()))?;
    if let Err(broken) = record.check_format() {
        return wrong(broken.to_string());
    }
    let mut found = Vec::new();
    let mut events = 0;
    let mut signer = None;
    for chain in &record.chains {
        events += chain.events.len();
        match check_chain(chain, keys) {
            Ok(key) => signer = key.or(signer),
            Err(what) => found.push(what),
        }
    }
    if !found.is_empty() {
        return Err(Verdict::Wrong(found));
    }
    say!("ok: {} chains of {events} events hold", record.chains.len());
    if let Some(key) = signer {
        keys.remind(key);
    }
    Ok(())
}

/// Checks one and says up to which event it is covered; the key that signed.
fn check_chain<'a>(chain: &'a CarriedChain, keys: &KeyChoice) -> Result<Option<&'a str>, String> {
    let subject = format!("{} {}", chain.subject_kind, chain.subject_id);
    let checkpoint = chain.check().map_err(|broken| broken.to_string())?;
    let (Some(checkpoint), Some(carried)) = (checkpoint, &chain.checkpoint) else {
        say!("{subject}: {} events follow one another; no checkpoint covers them yet", chain.events.len());
        return Ok(None);
    };
    let (text, number) = (carried.statement.as_bytes(), checkpoint.number);
    if !keys::verify_by(&carried.algorithm, &carried.public_key, text, &carried.signature) {
        return Err(format!("{subject}: the signature of checkpoint {number} does not fit"));
    }
    if !keys.allows(&carried.public_key, Some(checkpoint.at)) {
        return Err(format!("{subject}: checkpoint {number} is signed by another key, {}", carried.public_key));
    }
    say!("ok: {subject}: events 1 to {} stand under checkpoint {number} of {}", carried.number, checkpoint.at);
    let later = u64::try_from(chain.events.len()).unwrap_or(u64::MAX).saturating_sub(carried.number);
    if later > 0 {
        say!("{subject}: {later} later events are chained to them; no checkpoint covers them yet");
    }
    Ok(Some(&carried.public_key))
}
