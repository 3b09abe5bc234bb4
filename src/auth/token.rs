//! Tokens: opaque secrets stored as hashes, and the API's signed access tokens.

use crate::domain::ids::AccountId;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::NaiveDateTime;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// An opaque secret: what is given away, and the hash under which it is stored.
pub struct Secret {
    /// Goes into the link or the cookie, and nowhere else.
    pub plain: String,
    /// Goes into the database.
    pub stored: String,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A secret from 32 random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Secret {
        let plain = hex::encode(bytes);
        Secret { stored: stored_form(&plain), plain }
    }
}

/// The form under which a secret is stored.
pub fn stored_form(plain: &str) -> String {
    hex::encode(Sha256::digest(plain.as_bytes()))
}

const ISSUER: &str = "yuanchi";
const AUDIENCE: &str = "yuanchi-api";
/// RFC 9068: keeps an access token from being taken for any other kind.
const TYPE: &str = "at+jwt";
/// The one algorithm.
const ALGORITHM: &str = "HS256";
/// Bytes that a token may have: several times what ours have.
const LONGEST: usize = 2_048;

/// What stands before the claims, and nothing else may: no key, address of a key, extension or compression is taken from
/// whoever sends a token (RFC 8725, 3.1, 3.10 and 3.11).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnHeader {
    typ: String,
    alg: String,
    kid: String,
}

/// What an access token says: who, and in which session. Never a role: those are read anew at each request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessClaims {
    /// Issuer.
    pub iss: String,
    /// Audience.
    pub aud: String,
    /// The account.
    pub sub: String,
    /// The stored form of the session.
    pub sid: String,
    /// Issued at, seconds.
    pub iat: i64,
    /// Good until, seconds.
    pub exp: i64,
}

/// A signed access token for `account` in `session`, by the key that is named `kid`.
///
/// # Errors
/// The token cannot be signed.
pub fn issue(
    kid: &str,
    secret: &[u8; 32],
    account: AccountId,
    session: &str,
    now: NaiveDateTime,
    minutes: i64,
) -> anyhow::Result<String> {
    let iat = now.and_utc().timestamp();
    let claims = AccessClaims {
        iss: ISSUER.into(),
        aud: AUDIENCE.into(),
        sub: account.as_text().into(),
        sid: session.into(),
        iat,
        exp: iat + minutes * 60,
    };
    let header = Header { typ: Some(TYPE.into()), kid: Some(kid.into()), ..Header::new(Algorithm::HS256) };
    Ok(jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret))?)
}

/// The claims of a token that is ours, of the right kind and still good at `now`. `secret_of` gives the secret of the key that
/// the token names, as long as that key is good; the name is looked up among ours and used for nothing else.
pub fn check(
    secret_of: impl FnOnce(&str) -> Option<[u8; 32]>,
    token: &str,
    now: NaiveDateTime,
) -> Option<AccessClaims> {
    if token.len() > LONGEST {
        return None;
    }
    // RFC 8725: one algorithm, one type, nothing chosen by the header.
    let header = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
    let OwnHeader { typ, alg, kid } = serde_json::from_slice(&header).ok()?;
    if alg != ALGORITHM || typ != TYPE {
        return None;
    }
    let secret = secret_of(&kid)?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // Judged by the injected clock below.
    validation.validate_exp = false;
    let claims =
        jsonwebtoken::decode::<AccessClaims>(token, &DecodingKey::from_secret(&secret), &validation).ok()?.claims;
    let seconds = now.and_utc().timestamp();
    (claims.iat <= seconds + 60 && seconds < claims.exp).then_some(claims)
}

#[cfg(test)]
mod tests;
