//! Documents that wait for their objection. What stands for one until then is a token that only this registry makes, so
//! that nobody claims bytes that they did not send.

use super::Env;
use super::object::Enclosure;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::storage::{FileType, Stored};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// Hours in which a document must be named by an objection: bytes that nothing names are swept after a day.
pub const HOURS: i64 = 12;
/// What the key of the tokens is derived for.
const PURPOSE: &str = "evidence";

/// What a token holds.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    name: String,
    sha256: String,
    bytes: u64,
    file_type: FileType,
    good_until: DateTime<Utc>,
}

/// The token of a document that was taken in.
///
/// # Errors
/// None that a document could cause.
pub fn seal(env: &Env, now: NaiveDateTime, enclosure: &Enclosure) -> Result<String, Error> {
    let waiting = Waiting {
        name: enclosure.name.clone(),
        sha256: enclosure.stored.sha256.to_string(),
        bytes: enclosure.stored.bytes,
        file_type: enclosure.stored.file_type,
        good_until: now.and_utc() + TimeDelta::hours(HOURS),
    };
    let text = serde_json::to_string(&waiting).map_err(anyhow::Error::from)?;
    let mac = hex::encode(env.keys.mac(PURPOSE, text.as_bytes()));
    Ok(format!("{}.{mac}", hex::encode(text)))
}

/// The document of a token.
///
/// # Errors
/// `evidence_token`: it is not one of ours, or its hours are over.
pub fn redeem(env: &Env, now: NaiveDateTime, token: &str) -> Result<Enclosure, Error> {
    let refused = || Error::Refused(Refusal::unacceptable("evidence_token"));
    let (text, mac) = token.split_once('.').ok_or_else(refused)?;
    let text = hex::decode(text).map_err(|_| refused())?;
    let expected = hex::encode(env.keys.mac(PURPOSE, &text));
    if !bool::from(expected.as_bytes().ct_eq(mac.as_bytes())) {
        return Err(refused());
    }
    let waiting: Waiting = serde_json::from_slice(&text).map_err(|_| refused())?;
    if now.and_utc() >= waiting.good_until {
        return Err(refused());
    }
    let sha256 = waiting.sha256.parse().map_err(|_| refused())?;
    let stored = Stored { sha256, bytes: waiting.bytes, file_type: waiting.file_type };
    Ok(Enclosure { name: waiting.name, stored })
}
