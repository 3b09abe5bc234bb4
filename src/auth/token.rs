//! Tokens: opaque secrets stored as hashes, and the API's signed access tokens.

use crate::domain::ids::AccountId;
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

/// A signed access token for `account` in `session`.
pub fn issue(
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
    let header = Header { typ: Some(TYPE.into()), ..Header::new(Algorithm::HS256) };
    Ok(jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret))?)
}

/// The claims of a token that is ours, of the right kind and still good at `now`.
pub fn check(secret: &[u8; 32], token: &str, now: NaiveDateTime) -> Option<AccessClaims> {
    // RFC 8725: one algorithm, one type, nothing chosen by the header.
    let header = jsonwebtoken::decode_header(token).ok()?;
    if header.alg != Algorithm::HS256 || header.typ.as_deref() != Some(TYPE) {
        return None;
    }
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // Judged by the injected clock below.
    validation.validate_exp = false;
    let claims =
        jsonwebtoken::decode::<AccessClaims>(token, &DecodingKey::from_secret(secret), &validation).ok()?.claims;
    let seconds = now.and_utc().timestamp();
    (claims.iat <= seconds + 60 && seconds < claims.exp).then_some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration};
    use serde_json::{Value, json};

    const SECRET: [u8; 32] = [9; 32];
    const ACCOUNT: &str = "0195a3c8-0000-7000-8000-000000000001";

    fn now() -> NaiveDateTime {
        DateTime::from_timestamp(1_772_000_000, 0).unwrap().naive_utc()
    }

    fn good() -> String {
        issue(&SECRET, AccountId::from_text(ACCOUNT).unwrap(), "session", now(), 10).unwrap()
    }

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |i| byte >> i & 1)).collect();
        bits.chunks(6)
            .map(|chunk| {
                let value = chunk.iter().fold(0, |sum, bit| sum << 1 | bit) << (6 - chunk.len());
                char::from(LETTERS[usize::from(value)])
            })
            .collect()
    }

    /// A token with this header and this body, rightly signed by HMAC-SHA-256 whatever the header says.
    fn signed(header: &str, body: &str, secret: &[u8]) -> String {
        use hmac::Mac;
        let text = format!("{}.{}", base64(header.as_bytes()), base64(body.as_bytes()));
        let mut mac = hmac::Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(text.as_bytes());
        format!("{text}.{}", base64(&mac.finalize().into_bytes()))
    }

    fn body() -> Value {
        let iat = now().and_utc().timestamp();
        json!({"iss": ISSUER, "aud": AUDIENCE, "sub": ACCOUNT, "sid": "session", "iat": iat, "exp": iat + 600})
    }

    fn changed(name: &str, value: Value) -> String {
        let mut body = body();
        body[name] = value;
        body.to_string()
    }

    fn without(name: &str) -> String {
        let mut body = body();
        body.as_object_mut().unwrap().remove(name);
        body.to_string()
    }

    const HEADER: &str = r#"{"typ":"at+jwt","alg":"HS256"}"#;

    #[test]
    fn a_token_of_ours_is_good_until_it_ends() {
        let claims = check(&SECRET, &good(), now()).unwrap();
        assert_eq!((claims.sub.as_str(), claims.sid.as_str()), (ACCOUNT, "session"));
        assert!(check(&SECRET, &good(), now() + Duration::seconds(599)).is_some());
        assert!(check(&SECRET, &good(), now() + Duration::seconds(600)).is_none());
        assert!(check(&SECRET, &good(), now() - Duration::seconds(61)).is_none(), "from the future");
        assert!(check(&SECRET, &signed(HEADER, &body().to_string(), &SECRET), now()).is_some(), "the vectors below");
    }

    #[test]
    fn c_14_no_token_of_another_kind_or_hand_is_taken() {
        let body_text = body().to_string();
        let parts: Vec<String> = good().split('.').map(str::to_string).collect();
        let mut vectors: Vec<(&str, String)> = vec![
            ("empty", String::new()),
            ("dots", "..".into()),
            ("no signature", format!("{}.{}.", parts[0], parts[1])),
            ("two parts", format!("{}.{}", parts[0], parts[1])),
            ("four parts", format!("{}.x", good())),
            ("trailing byte", format!("{}A", good())),
            ("truncated", good()[..good().len() - 2].to_string()),
            ("another secret", signed(HEADER, &body_text, &[8; 32])),
            ("empty secret", signed(HEADER, &body_text, b"")),
            ("large", "A".repeat(1 << 20)),
            ("duplicate claim", signed(HEADER, &body_text.replacen('{', "{\"sub\":\"x\",", 1), &SECRET)),
            ("not JSON", signed(HEADER, "sub", &SECRET)),
        ];
        for alg in ["none", "None", "nOnE", "", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "hs256"] {
            let header = format!(r#"{{"typ":"at+jwt","alg":"{alg}"}}"#);
            vectors.push(("algorithm", signed(&header, &body_text, &SECRET)));
            vectors.push(("algorithm, unsigned", format!("{}.{}.", base64(header.as_bytes()), parts[1])));
        }
        for typ in ["JWT", "jwt", "refresh+jwt", "id_token", "AT+JWT+x"] {
            let header = format!(r#"{{"typ":"{typ}","alg":"HS256"}}"#);
            vectors.push(("type", signed(&header, &body_text, &SECRET)));
        }
        vectors.push(("no type", signed(r#"{"alg":"HS256"}"#, &body_text, &SECRET)));
        for name in ["iss", "aud", "sub", "sid", "iat", "exp"] {
            vectors.push(("claim missing", signed(HEADER, &without(name), &SECRET)));
            vectors.push(("claim null", signed(HEADER, &changed(name, Value::Null), &SECRET)));
        }
        for (name, value) in [
            ("iss", json!("another")),
            ("aud", json!("another")),
            ("exp", json!("1772000600")),
            ("exp", json!(1e308)),
            ("exp", json!(1_771_999_999)),
            ("exp", json!(-1)),
            ("role", json!("auditor")),
        ] {
            vectors.push(("claim changed", signed(HEADER, &changed(name, value), &SECRET)));
        }
        for (what, token) in &vectors {
            assert!(check(&SECRET, token, now()).is_none(), "{what}: {token:.120}");
        }
        assert!(vectors.len() >= 50, "{}", vectors.len());
    }

    #[test]
    fn c_14_any_altered_letter_breaks_a_token() {
        let good = good();
        for (at, letter) in good.char_indices() {
            let other = if letter == 'A' { 'B' } else { 'A' };
            let altered: String = good.char_indices().map(|(i, c)| if i == at { other } else { c }).collect();
            // The last letter of the signature carries two bits that mean nothing; a strict reader refuses those too.
            assert!(check(&SECRET, &altered, now()).is_none(), "letter {at}");
        }
    }
}
