//! A certificate by what its QR code carries.

use super::keys::KeyChoice;
use super::{Verdict, wrong};
use crate::cli::out::{complain, say};
use crate::domain::published_list::SignedCertificate;
use crate::keys::verify_by;
use anyhow::anyhow;

/// Checks the signature, and prints what is certified.
pub fn check(text: &str, keys: &KeyChoice) -> Result<(), Verdict> {
    let signed = match SignedCertificate::parse(text) {
        Ok(signed) => signed,
        Err(problem) => return wrong(problem.to_string()),
    };
    if keys.is_open() {
        // The code does not carry the key: there would be no room.
        complain("held against no key: name those that may have signed with --keys or --key");
        return Err(Verdict::Unheld);
    }
    let claims = &signed.claims;
    let message = claims.message().map_err(|e| anyhow!("{e}"))?;
    let by = |key: &str| verify_by(&claims.algorithm, key, &message, &signed.signature);
    let holds = match keys.published(&claims.key_id) {
        Some(key) => by(&key.public_key),
        None => keys.all().any(by),
    };
    if !holds {
        return wrong("the signature does not fit: the certificate was altered, or is signed by another key");
    }
    say!("ok: {} {} {}", claims.number, claims.holder, claims.credit_code);
    say!("{} from {} to {}, by list number {}", claims.category, claims.valid_from, claims.valid_to, claims.list);
    say!("This is what was given out; what it is worth today, the page of the certificate says.");
    Ok(())
}
