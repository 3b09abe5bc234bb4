//! A part of the record as an auditor carried it away.

use super::keys::KeyChoice;
use super::{Verdict, read_whole, wrong};
use crate::cli::out::say;
use crate::domain::chain::carried::{CarriedChain, CarriedRecord};
use crate::keys;
use anyhow::anyhow;
use std::path::Path;

/// Checks every chain: its events one after the other, and the signed checkpoint that it stands under. Hashes alone prove
/// nothing, for whoever forges events computes them anew: what no checkpoint covers is held against no key, and said to be.
pub fn check(path: &Path, bytes: &[u8], keys: &KeyChoice) -> Result<(), Verdict> {
    let record: CarriedRecord = read_whole(bytes, path, "part of the record")?;
    if let Err(broken) = record.check_format() {
        return wrong(broken.to_string());
    }
    if record.chains.is_empty() {
        let nothing = anyhow!("{}: holds no chain of events, so that there is nothing to check", path.display());
        return Err(Verdict::Unreadable(nothing));
    }
    let mut found = Vec::new();
    let (mut events, mut uncovered) = (0, 0);
    let mut signer = None;
    for chain in &record.chains {
        events += chain.events.len();
        match check_chain(chain, keys) {
            Ok((key, open)) => {
                signer = key.or(signer);
                uncovered += open;
            }
            Err(what) => found.push(what),
        }
    }
    if !found.is_empty() {
        return Err(Verdict::Wrong(found));
    }
    if let Some(key) = signer {
        keys.remind(key);
    }
    if uncovered > 0 {
        say!("{uncovered} of {events} events stand under no checkpoint: they fit together but are held against no key");
        return Err(Verdict::Unheld);
    }
    say!("ok: {} chains of {events} events hold", record.chains.len());
    Ok(())
}

/// Checks one and says up to which event it is covered; the key that signed, and how many events no checkpoint covers.
fn check_chain<'a>(chain: &'a CarriedChain, keys: &KeyChoice) -> Result<(Option<&'a str>, usize), String> {
    let subject = format!("{} {}", chain.subject_kind, chain.subject_id);
    let checkpoint = chain.check().map_err(|broken| broken.to_string())?;
    let (Some(checkpoint), Some(carried)) = (checkpoint, &chain.checkpoint) else {
        say!("{subject}: {} events follow one another; no checkpoint covers them", chain.events.len());
        return Ok((None, chain.events.len()));
    };
    let (text, number) = (carried.statement.as_bytes(), checkpoint.number);
    if !keys::verify_by(&carried.algorithm, &carried.public_key, text, &carried.signature) {
        return Err(format!("{subject}: the signature of checkpoint {number} does not fit"));
    }
    if !keys.allows(&carried.public_key, Some(checkpoint.at)) {
        return Err(format!("{subject}: checkpoint {number} is signed by another key, {}", carried.public_key));
    }
    say!("ok: {subject}: events 1 to {} stand under checkpoint {number} of {}", carried.number, checkpoint.at);
    let later = chain.events.len().saturating_sub(usize::try_from(carried.number).unwrap_or(usize::MAX));
    if later > 0 {
        say!("{subject}: {later} later events are chained to them; no checkpoint covers them");
    }
    Ok((Some(carried.public_key.as_str()), later))
}
