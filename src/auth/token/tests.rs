use super::*;
use chrono::{DateTime, Duration};
use proptest::prelude::*;
use serde_json::{Value, json};

const KID: &str = "0011223344556677";
const SECRET: [u8; 32] = [9; 32];
const ACCOUNT: &str = "0195a3c8-0000-7000-8000-000000000001";

fn now() -> NaiveDateTime {
    DateTime::from_timestamp(1_772_000_000, 0).unwrap().naive_utc()
}

fn good() -> String {
    issue(KID, &SECRET, AccountId::from_text(ACCOUNT).unwrap(), "session", now(), 10).unwrap()
}

/// One key, under its own name alone.
fn secret_of(kid: &str) -> Option<[u8; 32]> {
    (kid == KID).then_some(SECRET)
}

fn taken(token: &str) -> bool {
    check(secret_of, token, now()).is_some()
}

fn base64(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
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

/// The body with one claim written in these words.
fn written(name: &str, words: &str) -> String {
    let body = without(name);
    format!("{},\"{name}\":{words}}}", body.trim_end_matches('}'))
}

fn header() -> Value {
    json!({"typ": "at+jwt", "alg": "HS256", "kid": KID})
}

/// Our header with one field changed or added.
fn header_with(name: &str, value: Value) -> String {
    let mut header = header();
    header[name] = value;
    header.to_string()
}

#[test]
fn a_token_of_ours_is_good_until_it_ends() {
    let claims = check(secret_of, &good(), now()).unwrap();
    assert_eq!((claims.sub.as_str(), claims.sid.as_str()), (ACCOUNT, "session"));
    assert!(check(secret_of, &good(), now() + Duration::seconds(599)).is_some());
    assert!(check(secret_of, &good(), now() + Duration::seconds(600)).is_none());
    assert!(check(secret_of, &good(), now() - Duration::seconds(61)).is_none(), "from the future");
    assert!(taken(&signed(&header().to_string(), &body().to_string(), &SECRET)), "what the vectors begin with");
    assert!(taken(&signed(&header().to_string(), &written("exp", "1772000600"), &SECRET)), "and this one");
}

/// What is refused, each with what it tries.
fn vectors() -> Vec<(String, String)> {
    let (own, text) = (header().to_string(), body().to_string());
    let parts: Vec<String> = good().split('.').map(str::to_string).collect();
    let mut vectors: Vec<(String, String)> = Vec::new();
    let mut add = |what: &str, token: String| vectors.push((what.to_string(), token));
    // The form.
    add("empty", String::new());
    add("dots", "..".into());
    add("an empty signature", format!("{}.{}.", parts[0], parts[1]));
    add("two parts", format!("{}.{}", parts[0], parts[1]));
    add("four parts", format!("{}.x", good()));
    add("a leading dot", format!(".{}", good()));
    add("a trailing letter", format!("{}A", good()));
    add("a trailing blank", format!("{} ", good()));
    add("a trailing line", format!("{}\n", good()));
    add("padding", format!("{}=", good()));
    add("a leading blank", format!(" {}", good()));
    add("a shorter signature", good()[..good().len() - 2].to_string());
    add("half a signature", format!("{}.{}.{}", parts[0], parts[1], &parts[2][..20]));
    add("a signature of zeros", format!("{}.{}.{}", parts[0], parts[1], base64(&[0; 32])));
    add("another's body", format!("{}.{}.{}", parts[0], base64(changed("sub", json!("x")).as_bytes()), parts[2]));
    add("a megabyte", "A".repeat(1 << 20));
    add("a megabyte of claims", signed(&own, &changed("sid", json!("A".repeat(1 << 20))), &SECRET));
    add("no JSON in the body", signed(&own, "sub", &SECRET));
    add("a list in the body", signed(&own, "[]", &SECRET));
    add("no JSON in the header", signed("typ", &text, &SECRET));
    add("a list in the header", signed(r#"["at+jwt","HS256","0011223344556677"]"#, &text, &SECRET));
    add("something after the header", signed(&format!("{own}{{}}"), &text, &SECRET));
    // The key.
    add("another secret", signed(&own, &text, &[8; 32]));
    add("an empty secret", signed(&own, &text, b""));
    add("the name of the key as the secret", signed(&own, &text, KID.as_bytes()));
    for kid in
        ["", "0011223344556678", "../../dev/null", "/etc/passwd", "secret.key", "x' UNION SELECT 'a", "' OR 1=1 --"]
    {
        add("a key of another name", signed(&header_with("kid", json!(kid)), &text, &SECRET));
        add("the same with an empty secret", signed(&header_with("kid", json!(kid)), &text, b""));
    }
    add("a number for a name", signed(&header_with("kid", json!(0)), &text, &SECRET));
    add("a list of names", signed(&header_with("kid", json!([KID])), &text, &SECRET));
    add("no name", signed(r#"{"typ":"at+jwt","alg":"HS256"}"#, &text, &SECRET));
    // The algorithm.
    let algorithms = [
        "none", "None", "nOnE", "NONE", "", "HS384", "HS512", "RS256", "RS512", "ES256", "ES384", "PS256", "PS512",
        "EdDSA", "hs256", "HS256 ",
    ];
    for alg in algorithms {
        let header = header_with("alg", json!(alg));
        add(&format!("the algorithm {alg:?}"), signed(&header, &text, &SECRET));
        add(&format!("the algorithm {alg:?}, unsigned"), format!("{}.{}.", base64(header.as_bytes()), parts[1]));
    }
    add("no algorithm", signed(&format!(r#"{{"typ":"at+jwt","kid":"{KID}"}}"#), &text, &SECRET));
    add("two algorithms", signed(&own.replacen('{', r#"{"alg":"none","#, 1), &text, &SECRET));
    // The type.
    for typ in ["JWT", "jwt", "refresh+jwt", "rt+jwt", "id_token", "AT+JWT", "application/at+jwt", "at+jwt "] {
        add(&format!("the type {typ:?}"), signed(&header_with("typ", json!(typ)), &text, &SECRET));
    }
    add("no type", signed(&format!(r#"{{"alg":"HS256","kid":"{KID}"}}"#), &text, &SECRET));
    // What a header may ask a careless reader to do.
    let key = json!({"kty": "oct", "k": base64(&[9; 32])});
    for (name, value) in [
        ("jku", json!("https://attacker.example/keys")),
        ("x5u", json!("https://attacker.example/chain")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("jwk", key),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
        ("cty", json!("JWT")),
        ("nonce", json!("x")),
    ] {
        add(&format!("{name} in the header"), signed(&header_with(name, value), &text, &SECRET));
    }
    // The claims.
    for name in ["iss", "aud", "sub", "sid", "iat", "exp"] {
        add(&format!("{name} missing"), signed(&own, &without(name), &SECRET));
        add(&format!("{name} null"), signed(&own, &changed(name, Value::Null), &SECRET));
        let twice = format!("{},\"{name}\":{}}}", text.trim_end_matches('}'), body()[name]);
        add(&format!("{name} twice"), signed(&own, &twice, &SECRET));
    }
    for (name, value) in [
        ("iss", json!("another")),
        ("aud", json!("another")),
        ("exp", json!("1772000600")),
        ("exp", json!(1_771_999_999)),
        ("exp", json!(1_772_000_000)),
        ("exp", json!(-1)),
        ("exp", json!(true)),
        ("exp", json!([1_772_000_600])),
        ("iat", json!(1_772_000_061)),
        ("iat", json!("1772000000")),
        ("role", json!("auditor")),
        ("nbf", json!(0)),
        ("scope", json!("openid")),
        ("nonce", json!("an id token's")),
    ] {
        add(&format!("{name} changed"), signed(&own, &changed(name, value), &SECRET));
    }
    for words in ["1e308", "1.7720006e9", "1772000600.0", "9223372036854775808", "1e9999", "NaN", "0x69"] {
        add(&format!("exp is {words}"), signed(&own, &written("exp", words), &SECRET));
    }
    vectors
}

#[test]
fn c_14_no_token_of_another_kind_or_hand_is_taken() {
    let vectors = vectors();
    let let_in: Vec<&str> = vectors.iter().filter(|(_, token)| taken(token)).map(|(what, _)| what.as_str()).collect();
    assert!(let_in.is_empty(), "{let_in:?}");
    assert!(vectors.len() >= 100, "{}", vectors.len());
}

#[test]
fn c_14_any_bit_that_flips_breaks_a_token() {
    let good = good();
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            // What is no text never gets as far as here.
            let Ok(altered) = String::from_utf8(bytes) else { continue };
            assert!(!taken(&altered), "bit {bit} of byte {at}");
        }
    }
}

proptest! {
    #[test]
    fn c_14_any_text_is_answered(text in any::<String>(), parts in prop::collection::vec("[A-Za-z0-9_-]{0,40}", 0..5)) {
        prop_assert!(!taken(&text));
        prop_assert!(!taken(&parts.join(".")));
    }

    #[test]
    fn c_14_any_header_and_body_is_answered(header in any::<String>(), body in any::<String>()) {
        prop_assert!(!taken(&signed(&header, &body, &SECRET)));
        prop_assert!(!taken(&signed(&super::tests::header().to_string(), &body, &SECRET)));
    }
}

#[test]
fn c_15_a_token_is_held_against_the_key_that_it_names() {
    let account = AccountId::from_text(ACCOUNT).unwrap();
    let newer = issue("8899aabbccddeeff", &[7; 32], account, "session", now(), 10).unwrap();
    let both = |kid: &str| match kid {
        KID => Some(SECRET),
        "8899aabbccddeeff" => Some([7; 32]),
        _ => None,
    };
    assert!(check(both, &good(), now()).is_some() && check(both, &newer, now()).is_some(), "both are good for a while");
    assert!(check(secret_of, &newer, now()).is_none(), "a key that is not known");
    assert!(check(|_| Some([7; 32]), &good(), now()).is_none(), "another key under the same name");
}
