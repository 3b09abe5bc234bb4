//! Which keys a signature may be of.

use super::Verdict;
use crate::cli::out::say;
use crate::keys::PublicKey;
use anyhow::Context;
use chrono::NaiveDateTime;
use serde::Deserialize;
use std::path::Path;

/// The keys that were named: in hex, or the published list of them. With none, a signature is only held against the key that came with it.
pub struct KeyChoice {
    named: Vec<String>,
    published: Option<Vec<PublicKey>>,
}

/// Hexadecimal digits of a public key.
const KEY_DIGITS: usize = 64;

/// A public key as it is named on the command line: anything else signed nothing, and is not to be taken for another's key.
///
/// # Errors
/// It is none.
pub fn named(text: &str) -> Result<String, String> {
    if text.len() == KEY_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(text.to_string());
    }
    Err(format!("is no public key; write its {KEY_DIGITS} hexadecimal digits as they were published"))
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<PublicKey>,
}

impl KeyChoice {
    /// Reads them.
    ///
    /// # Errors
    /// The file cannot be read, or is none of keys.
    pub fn read(named: &[String], file: Option<&Path>) -> anyhow::Result<KeyChoice> {
        let published = file.map(|path| {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            let read: Published = serde_json::from_str(&text)
                .with_context(|| format!("{}: is no copy of yuanchi-keys.json", path.display()))?;
            Ok::<_, anyhow::Error>(read.keys)
        });
        Ok(KeyChoice { named: named.to_vec(), published: published.transpose()? })
    }

    /// These and no other.
    pub fn published_as(keys: Vec<PublicKey>) -> KeyChoice {
        KeyChoice { named: Vec::new(), published: Some(keys) }
    }

    /// Whether no key was named.
    pub fn is_open(&self) -> bool {
        self.named.is_empty() && self.published.is_none()
    }

    /// Nothing is proved by a key that came with what it is to prove.
    pub fn must_be_named(&self) -> Result<(), Verdict> {
        if self.is_open() { Err(Verdict::Unheld) } else { Ok(()) }
    }

    /// The published key of an id.
    pub fn published(&self, id: &str) -> Option<&PublicKey> {
        self.published.iter().flatten().find(|key| key.id == id)
    }

    /// Whether a key may have signed, at this instant if it is known.
    pub fn allows(&self, public_key: &str, at: Option<NaiveDateTime>) -> bool {
        if self.is_open() {
            return true;
        }
        let mut published = self.published.iter().flatten();
        self.named.iter().any(|named| named.eq_ignore_ascii_case(public_key))
            || published
                .any(|key| key.public_key.eq_ignore_ascii_case(public_key) && at.is_none_or(|at| key.signed_at(at)))
    }

    /// The keys in hex that a signature may be of.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let published = self.published.iter().flatten().map(|key| key.public_key.as_str());
        self.named.iter().map(String::as_str).chain(published)
    }

    /// Says which key signed, when none was named to hold it against.
    pub fn remind(&self, public_key: &str) {
        if self.is_open() {
            say!("signed by key {public_key}; compare it with the published one, or give it with --key or --keys");
        }
    }
}
