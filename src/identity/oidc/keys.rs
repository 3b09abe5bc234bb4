//! Whose signatures count: the provider's keys, kept for a while and fetched anew for a key that is not among them.

use chrono::{Duration, NaiveDateTime};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use super::super::ProviderProblem;
use super::fetch::Fetcher;
use super::id_token::TokenHeader;
use super::{away, unproved};

/// Bytes of a set of keys.
const LONGEST: u64 = 64 << 10;
/// Keys that are looked at.
const MOST: usize = 50;
/// Minutes for which keys are taken as known: for so long one that was withdrawn is still taken.
const KNOWN_MINUTES: i64 = 10;
/// Seconds between two fetches, whatever keys tokens name: whoever makes names up must not make this service ask.
const PAUSE_SECONDS: i64 = 60;
/// Letters of the modulus of a key of 2048 bits, in base64url.
const LEAST_MODULUS: usize = 342;

/// The provider's keys.
pub(super) struct Keys {
    fetched_at: NaiveDateTime,
    list: Vec<Jwk>,
}

/// A set of keys as it is sent; what of it is no key of a kind that is known is left out.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// The key that a token was signed by.
///
/// # Errors
/// The keys cannot be had, or there is none such among them.
pub(super) fn find(
    kept: &mut Option<Keys>,
    fetcher: &Fetcher,
    address: &str,
    header: &TokenHeader,
    now: NaiveDateTime,
) -> Result<DecodingKey, ProviderProblem> {
    let age = kept.as_ref().map(|keys| now - keys.fetched_at).filter(|age| *age >= Duration::zero());
    let known = age.is_some_and(|age| age < Duration::minutes(KNOWN_MINUTES));
    if known && let Some(key) = kept.as_ref().and_then(|keys| among(&keys.list, header)) {
        return Ok(key);
    }
    if age.is_some_and(|age| age < Duration::seconds(PAUSE_SECONDS)) {
        return Err(unproved("the token names a key that is not among the provider's"));
    }
    let list = fetch(fetcher, address)?;
    let found = among(&list, header);
    *kept = Some(Keys { fetched_at: now, list });
    found.ok_or_else(|| unproved("the token names a key that is not among the provider's"))
}

fn fetch(fetcher: &Fetcher, address: &str) -> Result<Vec<Jwk>, ProviderProblem> {
    let body = fetcher.get(address, LONGEST)?;
    let set: KeySet =
        serde_json::from_slice(&body).map_err(|error| away(format!("{address}: no set of keys: {error}")))?;
    Ok(set.keys.into_iter().take(MOST).filter_map(|key| serde_json::from_value(key).ok()).collect())
}

/// The one key that fits. A token that names none is checked by the only one of its kind.
fn among(list: &[Jwk], header: &TokenHeader) -> Option<DecodingKey> {
    let mut fitting = list.iter().filter(|key| is_for(key, header.algorithm)).filter(|key| match &header.kid {
        Some(kid) => key.common.key_id.as_deref() == Some(kid.as_str()),
        None => true,
    });
    match (fitting.next(), fitting.next()) {
        (Some(key), None) => DecodingKey::from_jwk(key).ok(),
        _ => None,
    }
}

/// Whether a key makes signatures of this kind, and is meant to.
fn is_for(key: &Jwk, algorithm: Algorithm) -> bool {
    let is_public = match (&key.algorithm, algorithm.family()) {
        (AlgorithmParameters::RSA(params), AlgorithmFamily::Rsa) => params.n.len() >= LEAST_MODULUS,
        (AlgorithmParameters::EllipticCurve(params), AlgorithmFamily::Ec) => match algorithm {
            Algorithm::ES256 => params.curve == EllipticCurve::P256,
            Algorithm::ES384 => params.curve == EllipticCurve::P384,
            _ => false,
        },
        (AlgorithmParameters::OctetKeyPair(params), AlgorithmFamily::Ed) => params.curve == EllipticCurve::Ed25519,
        _ => false,
    };
    let signs = key.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
    let named = key.common.key_algorithm.is_none_or(|named| named == KeyAlgorithm::from(algorithm));
    is_public && signs && named
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn keys(values: Value) -> Vec<Jwk> {
        let values: Vec<Value> = serde_json::from_value(values).expect("a list");
        values.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect()
    }

    fn header(algorithm: Algorithm, kid: Option<&str>) -> TokenHeader {
        TokenHeader { algorithm, kid: kid.map(str::to_string) }
    }

    #[test]
    fn a_key_signs_what_it_is_meant_to_sign() {
        let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
        let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
        let ec = |more: Value| {
            let mut key = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": "a"});
            let more = more.as_object().cloned().unwrap_or_default();
            key.as_object_mut().expect("an object").extend(more);
            key
        };
        let es256 = header(Algorithm::ES256, Some("a"));
        assert!(among(&keys(json!([ec(json!({}))])), &es256).is_some());
        assert!(among(&keys(json!([ec(json!({"use": "sig", "alg": "ES256"}))])), &es256).is_some());
        // Meant for something else, named otherwise, of another kind, or two of them.
        for list in [
            json!([ec(json!({"use": "enc"}))]),
            json!([ec(json!({"alg": "ES384"}))]),
            json!([ec(json!({"kid": "b"}))]),
            json!([ec(json!({"crv": "P-384"}))]),
            json!([ec(json!({})), ec(json!({}))]),
            json!([{"kty": "oct", "k": "c2VjcmV0", "kid": "a"}]),
            json!([{"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "a"}]),
            json!(["nonsense", {}, null]),
        ] {
            assert!(among(&keys(list.clone()), &es256).is_none(), "{list}");
        }
        assert!(among(&keys(json!([ec(json!({}))])), &header(Algorithm::RS256, Some("a"))).is_none());
        let short = json!([{"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "a"}]);
        assert!(among(&keys(short), &header(Algorithm::RS256, Some("a"))).is_none(), "a key of three bytes");
        // A token that names no key is checked by the only one there is.
        let none = header(Algorithm::ES256, None);
        assert!(among(&keys(json!([ec(json!({}))])), &none).is_some());
        assert!(among(&keys(json!([ec(json!({})), ec(json!({"kid": "b"}))])), &none).is_none());
    }
}
