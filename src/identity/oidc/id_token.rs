//! What an id_token must be and must say (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::super::ProviderProblem;
use super::unproved;

/// Bytes that a token may have.
const LONGEST: usize = 16 << 10;
/// Characters of a subject.
const LONGEST_SUBJECT: usize = 255;
/// Seconds that the provider's clock may be before or behind this one.
const SKEW: i64 = 60;
/// Seconds since when a token may have been made: it is made for the one who redeems the code, and that is at once.
const OLDEST: i64 = 600;

/// What stands before the claims, as far as it may.
pub(super) struct TokenHeader {
    /// One of those that are allowed.
    pub(super) algorithm: Algorithm,
    /// Which key.
    pub(super) kid: Option<String>,
}

/// The same as it is sent. Nothing else may stand there: no key, address of a key, extension or compression is taken from a
/// token (RFC 8725, 3.1, 3.10 and 3.11), but certificates' prints, which nobody looks at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentHeader {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    #[serde(rename = "x5t")]
    _x5t: Option<String>,
    #[serde(rename = "x5t#S256")]
    _x5t_s256: Option<String>,
}

/// What a token must say.
pub(super) struct Expected<'a> {
    /// By whom it is.
    pub(super) issuer: &'a str,
    /// For whom.
    pub(super) client_id: &'a str,
    /// In answer to what.
    pub(super) nonce: &'a str,
    /// What came beside it.
    pub(super) access_token: Option<&'a str>,
    /// The second of now.
    pub(super) second: i64,
}

/// What a token says that holds.
pub(super) struct Claims(Map<String, Value>);

/// The header of a token, if it is one that can be checked.
///
/// # Errors
/// It is none, or by an algorithm that is not allowed.
pub(super) fn header(token: &str, allowed: &[Algorithm]) -> Result<TokenHeader, ProviderProblem> {
    if token.len() > LONGEST {
        return Err(unproved("the token is too long"));
    }
    let first = token.split('.').next().unwrap_or_default();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(first).map_err(|_| unproved("the token has no header"))?;
    let SentHeader { alg, kid, typ, .. } =
        serde_json::from_slice(&bytes).map_err(|_| unproved("the token's header holds what it may not"))?;
    if typ.is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT")) {
        return Err(unproved("the token is of another type"));
    }
    let algorithm = alg.parse::<Algorithm>().ok().filter(|algorithm| allowed.contains(algorithm));
    let algorithm = algorithm.ok_or_else(|| unproved("the token's algorithm is not allowed"))?;
    Ok(TokenHeader { algorithm, kid })
}

/// What a token says, if it is signed by `key` and says what is expected.
///
/// # Errors
/// What it is that does not hold.
pub(super) fn check(
    token: &str,
    algorithm: Algorithm,
    key: &DecodingKey,
    expected: &Expected<'_>,
) -> Result<Claims, ProviderProblem> {
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // Judged by the injected clock below.
    validation.validate_exp = false;
    let decoded = jsonwebtoken::decode::<Map<String, Value>>(token, key, &validation)
        .map_err(|error| unproved(format!("the token is not good: {error}")))?;
    let claims = Claims(decoded.claims);
    claims.must_be(expected, algorithm)?;
    Ok(claims)
}

impl Claims {
    /// A claim that is a text, and not an empty one.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A claim that is an instant, in seconds; a part of one counts for nothing.
    fn second(&self, name: &str) -> Option<i64> {
        let value = self.0.get(name)?;
        value.as_i64().or_else(|| value.to_string().split_once('.').and_then(|(whole, _)| whole.parse().ok()))
    }

    fn must_be(&self, expected: &Expected<'_>, algorithm: Algorithm) -> Result<(), ProviderProblem> {
        let Expected { issuer, client_id, nonce, access_token, second } = *expected;
        let must = |holds: bool, why: &str| if holds { Ok(()) } else { Err(unproved(why)) };
        must(self.text("iss") == Some(issuer), "the token is by another issuer")?;
        // For nobody else beside: another client that holds it could bring it here (Core, 3.1.3.7, 3).
        let audience = match self.0.get("aud") {
            Some(Value::Array(several)) if several.len() == 1 => several.first(),
            other => other,
        };
        must(audience.and_then(Value::as_str) == Some(client_id), "the token is for another client")?;
        must(self.0.get("azp").is_none_or(|azp| azp.as_str() == Some(client_id)), "the token was made for another")?;
        let until = self.second("exp").ok_or_else(|| unproved("the token does not say until when it is good"))?;
        must(second < until.saturating_add(SKEW), "the token is good no more")?;
        let made = self.second("iat").ok_or_else(|| unproved("the token does not say when it was made"))?;
        must(made <= second + SKEW, "the token is made in the future")?;
        must(made >= second - OLDEST, "the token is an old one")?;
        let from = self.0.get("nbf").map_or(Some(made), |_| self.second("nbf"));
        must(from.is_some_and(|from| from <= second + SKEW), "the token is not good yet")?;
        must(self.text("nonce") == Some(nonce), "the token answers another question")?;
        if let Some(hash) = self.0.get("at_hash") {
            let right = access_token.map(|token| half_hash(token, algorithm));
            must(right.is_some() && hash.as_str() == right.as_deref(), "the token came with another access token")?;
        }
        Ok(())
    }

    /// As whom the provider knows them.
    ///
    /// # Errors
    /// It is no subject that can be kept.
    pub(super) fn subject(&self) -> Result<String, ProviderProblem> {
        let subject = self.text("sub").filter(|sub| sub.len() <= LONGEST_SUBJECT && !sub.chars().any(char::is_control));
        subject.map(str::to_string).ok_or_else(|| unproved("the token's subject is none"))
    }

    /// The address in a claim, if the provider says that it is proved.
    pub(super) fn proved_address(&self, claim: &str) -> Option<String> {
        let proved = self.0.get(&format!("{claim}_verified")) == Some(&Value::Bool(true));
        self.text(claim).filter(|_| proved).map(str::to_string)
    }

    /// Whether the provider asked for a second factor, in a way that is sufficient.
    pub(super) fn has_factor(&self, sufficient_acr: &[String], sufficient_amr: &[String]) -> bool {
        let is_one_of = |list: &[String], word: &str| list.iter().any(|one| one == word);
        let methods = self.0.get("amr").and_then(Value::as_array);
        let by_method =
            methods.into_iter().flatten().filter_map(Value::as_str).any(|amr| is_one_of(sufficient_amr, amr));
        by_method || self.text("acr").is_some_and(|acr| is_one_of(sufficient_acr, acr))
    }
}

/// The left half of a token's hash, by the hash of the algorithm (Core, 3.1.3.6).
fn half_hash(token: &str, algorithm: Algorithm) -> String {
    let hash = match algorithm {
        Algorithm::ES384 | Algorithm::RS384 | Algorithm::PS384 => Sha384::digest(token.as_bytes()).to_vec(),
        // Ed25519 hashes by SHA-512.
        Algorithm::RS512 | Algorithm::PS512 | Algorithm::EdDSA => Sha512::digest(token.as_bytes()).to_vec(),
        _ => Sha256::digest(token.as_bytes()).to_vec(),
    };
    BASE64_URL_SAFE_NO_PAD.encode(&hash[..hash.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_772_413_200;

    fn expected() -> Expected<'static> {
        Expected { issuer: "https://id.example", client_id: "yuanchi", nonce: "n", access_token: None, second: NOW }
    }

    /// Right claims, with one of them changed, or taken away by `null`.
    fn holds(name: &str, value: Value) -> bool {
        let mut claims = json!({"iss": "https://id.example", "aud": "yuanchi", "sub": "1", "nonce": "n", "iat": NOW,
            "exp": NOW + 300});
        let map = claims.as_object_mut().expect("an object");
        if value.is_null() {
            map.remove(name);
        } else {
            map.insert(name.into(), value);
        }
        Claims(map.clone()).must_be(&expected(), Algorithm::ES256).is_ok()
    }

    #[test]
    fn each_claim_is_held_to_what_was_asked() {
        assert!(holds("name", json!("anybody")));
        for (name, value) in [
            ("aud", json!(["yuanchi"])),
            ("azp", json!("yuanchi")),
            ("exp", json!(NOW - SKEW + 1)),
            ("exp", json!(NOW as f64 + 300.5)),
            ("iat", json!(NOW + SKEW)),
            ("iat", json!(NOW - OLDEST)),
            ("nbf", json!(NOW + SKEW)),
        ] {
            assert!(holds(name, value.clone()), "{name}: {value}");
        }
        for (name, value) in [
            ("iss", json!("https://id.example/")),
            ("iss", json!(["https://id.example"])),
            ("iss", Value::Null),
            ("aud", json!("other")),
            ("aud", json!(["yuanchi", "other"])),
            ("aud", json!([])),
            ("aud", Value::Null),
            ("azp", json!("other")),
            ("azp", json!(["yuanchi"])),
            ("exp", json!(NOW - SKEW)),
            ("exp", json!("tomorrow")),
            ("exp", json!(i64::MIN)),
            ("exp", Value::Null),
            ("iat", json!(NOW + SKEW + 1)),
            ("iat", json!(NOW - OLDEST - 1)),
            ("iat", Value::Null),
            ("nbf", json!(NOW + SKEW + 1)),
            ("nbf", json!("never")),
            ("nonce", json!("m")),
            ("nonce", json!("")),
            ("nonce", Value::Null),
            ("at_hash", json!("x")),
        ] {
            assert!(!holds(name, value.clone()), "{name}: {value}");
        }
    }

    #[test]
    fn an_access_token_is_the_one_that_was_hashed() {
        // The example of OpenID Connect Core 1.0, A.3.
        assert_eq!(
            half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", Algorithm::RS256),
            "77QmUPtjPfzWtF2AnpK9RQ"
        );
        assert_eq!(half_hash("x", Algorithm::ES384).len(), 32);
        assert_eq!(half_hash("x", Algorithm::EdDSA).len(), 43);
    }

    #[test]
    fn a_header_chooses_nothing() {
        let read = |header: Value| {
            let token = format!("{}.x.x", BASE64_URL_SAFE_NO_PAD.encode(header.to_string()));
            super::header(&token, &[Algorithm::ES256]).is_ok()
        };
        assert!(read(json!({"alg": "ES256"})) && read(json!({"alg": "ES256", "kid": "a", "typ": "jwt"})));
        for header in [
            json!({"alg": "none"}),
            json!({"alg": "HS256"}),
            json!({"alg": "RS256"}),
            json!({"alg": "es256"}),
            json!({}),
            json!({"alg": "ES256", "typ": "at+jwt"}),
            json!({"alg": "ES256", "jku": "https://attacker.example/keys"}),
            json!({"alg": "ES256", "jwk": {}}),
            json!({"alg": "ES256", "x5u": "https://attacker.example"}),
            json!({"alg": "ES256", "crit": ["b64"], "b64": false}),
            json!({"alg": "ES256", "zip": "DEF"}),
        ] {
            assert!(!read(header.clone()), "{header}");
        }
        assert!(super::header("", &[Algorithm::ES256]).is_err());
        assert!(super::header(&"x".repeat(LONGEST + 1), &[Algorithm::ES256]).is_err());
    }

    #[test]
    fn an_address_counts_once_it_is_proved_and_a_factor_once_it_is_sufficient() {
        let claims = |value: Value| Claims(value.as_object().cloned().unwrap_or_default());
        let address = |value: Value| claims(value).proved_address("email");
        assert_eq!(address(json!({"email": "a@x", "email_verified": true})).as_deref(), Some("a@x"));
        for value in [
            json!({"email": "a@x"}),
            json!({"email": "a@x", "email_verified": "true"}),
            json!({"email_verified": true}),
        ] {
            assert_eq!(address(value.clone()), None, "{value}");
        }
        let sufficient = |value: Value| claims(value).has_factor(&["gold".to_string()], &["otp".to_string()]);
        assert!(sufficient(json!({"acr": "gold"})) && sufficient(json!({"amr": ["pwd", "otp"]})));
        assert!(!sufficient(json!({"acr": "otp", "amr": ["pwd"]})) && !sufficient(json!({"amr": "otp"})));
    }
}
