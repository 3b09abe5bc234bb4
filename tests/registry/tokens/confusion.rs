//! Tokens of every wrong kind, over HTTP, signed as rightly as they can be.

use super::{TestApp, signed_in};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::io::{Read, Write};
use std::net::TcpStream;

fn base64(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn text_of(header: &Value, body: &Value) -> String {
    format!("{}.{}", base64(header.to_string()), base64(body.to_string()))
}

/// By HMAC-SHA-256, whatever the header says.
fn signed(header: &Value, body: &Value, secret: &[u8]) -> String {
    let text = text_of(header, body);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    mac.update(text.as_bytes());
    format!("{text}.{}", base64(mac.finalize().into_bytes()))
}

fn with(of: &Value, name: &str, value: Value) -> Value {
    let mut changed = of.clone();
    changed[name] = value;
    changed
}

fn without(of: &Value, name: &str) -> Value {
    let mut changed = of.clone();
    changed.as_object_mut().expect("an object").remove(name);
    changed
}

/// What is sent, each with what it tries.
fn vectors(test: &TestApp, tokens: &Value) -> Vec<(String, String)> {
    let keys = &test.app.env.keys;
    let key = keys.token_key();
    let access = tokens["access_token"].as_str().expect("a token");
    let claims = test.app.check_access_token(access).expect("it is good");
    let header = json!({"typ": "at+jwt", "alg": "HS256", "kid": key.id});
    let body = serde_json::to_value(&claims).expect("claims");
    let good = signed(&header, &body, &key.secret);
    assert_eq!(test.visitor().with_bearer(good.clone()).get("/api/v1/me").status, 200, "what the vectors begin with");
    let mut vectors: Vec<(String, String)> = Vec::new();
    let mut add = |what: String, token: String| vectors.push((what, token));
    for alg in [
        "none", "None", "nOnE", "NONE", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "PS256",
        "PS512", "EdDSA", "hs256", "",
    ] {
        let header = with(&header, "alg", json!(alg));
        add(format!("{alg:?}, signed"), signed(&header, &body, &key.secret));
        add(format!("{alg:?}, unsigned"), format!("{}.", text_of(&header, &body)));
    }
    // The public key as the secret, however it is written; and the service's own signature of another kind.
    let public = keys.public_key();
    let pem = keys.signer().public.pem();
    let raw = hex::decode(&public).expect("a public key");
    for secret in [public.as_bytes(), pem.as_bytes(), pem.trim().as_bytes(), raw.as_slice()] {
        add("the public key as the secret".into(), signed(&header, &body, secret));
    }
    let text = text_of(&with(&header, "alg", json!("EdDSA")), &body);
    let signature = hex::decode(keys.sign(text.as_bytes())).expect("a signature");
    add("rightly signed by the key for lists".into(), format!("{text}.{}", base64(signature)));
    for secret in [b"".as_slice(), b"secret", key.id.as_bytes(), &[0; 32], &keys.secret_for("access token")] {
        add("another secret".into(), signed(&header, &body, secret));
    }
    for typ in ["JWT", "jwt", "rt+jwt", "refresh+jwt", "id_token", "application/at+jwt", "AT+JWT"] {
        add(format!("the type {typ}"), signed(&with(&header, "typ", json!(typ)), &body, &key.secret));
    }
    for name in ["typ", "alg", "kid"] {
        add(format!("no {name}"), signed(&without(&header, name), &body, &key.secret));
    }
    for kid in ["", "../../secret.key", "/dev/null", "x' UNION SELECT 'a' --", "' OR '1'='1", "0000000000000000"] {
        add(format!("the key {kid:?}"), signed(&with(&header, "kid", json!(kid)), &body, &key.secret));
        add(format!("the key {kid:?} without a secret"), signed(&with(&header, "kid", json!(kid)), &body, b""));
    }
    for (name, value) in [
        ("jku", json!("https://attacker.example/keys.json")),
        ("x5u", json!("https://attacker.example/chain.pem")),
        ("x5c", json!(["MIIB"])),
        ("jwk", json!({"kty": "oct", "k": base64(key.secret)})),
        ("crit", json!(["b64"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
    ] {
        add(format!("{name} in the header"), signed(&with(&header, name, value), &body, &key.secret));
    }
    for name in ["iss", "aud", "sub", "sid", "iat", "exp"] {
        add(format!("no {name}"), signed(&header, &without(&body, name), &key.secret));
    }
    for (name, value) in [
        ("exp", json!("99999999999")),
        ("exp", json!(1e308)),
        ("exp", json!(0)),
        ("exp", Value::Null),
        ("iat", json!(99_999_999_999_i64)),
        ("iss", json!("https://attacker.example")),
        ("aud", json!("another")),
        ("sid", json!("' OR '1'='1")),
        ("role", json!("system_admin")),
        ("nonce", json!("an id token's")),
    ] {
        add(format!("{name} changed"), signed(&header, &with(&body, name, value), &key.secret));
    }
    let parts: Vec<&str> = good.split('.').collect();
    let twice = base64(body.to_string().replacen('{', r#"{"sub":"x","#, 1));
    add("a claim twice".into(), format!("{}.{twice}.{}", parts[0], parts[2]));
    add("a shorter signature".into(), good[..good.len() - 4].to_string());
    add("an empty signature".into(), format!("{}.{}.", parts[0], parts[1]));
    add("no signature".into(), format!("{}.{}", parts[0], parts[1]));
    add("a trailing letter".into(), format!("{good}A"));
    add("a trailing part".into(), format!("{good}.x"));
    add("padding".into(), format!("{good}="));
    add("dots".into(), "..".into());
    add("sixty thousand letters".into(), "A".repeat(60_000));
    // What is good for something else.
    add("a refresh token".into(), tokens["refresh_token"].as_str().expect("a token").to_string());
    add("the session's stored form".into(), claims.sid);
    vectors
}

#[test]
fn c_14_every_token_of_another_kind_or_hand_is_answered_401() {
    let test = TestApp::start();
    let (_, tokens) = signed_in(&test, "api@example.org");
    let vectors = vectors(&test, &tokens);
    assert!(vectors.len() >= 60, "{}", vectors.len());
    let mut wrong = Vec::new();
    for (what, token) in &vectors {
        let answer = test.visitor().with_bearer(token.clone()).get("/api/v1/me");
        if answer.status != 401 || answer.code() != "unauthenticated" {
            wrong.push(format!("{what}: {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The good one in another place, or under another name, is none.
    let access = tokens["access_token"].as_str().expect("a token");
    for value in [format!("bearer {access}"), format!("Basic {access}"), access.to_string(), "Bearer".to_string()] {
        let answer = test.visitor().send("GET", "/api/v1/me", &[("authorization", &value)], Vec::new());
        assert_eq!(answer.status, 401, "{answer}");
    }
    let answer = test.visitor().get(&format!("/api/v1/me?access_token={access}"));
    assert!(matches!(answer.status, 400 | 401), "{answer}");
}

#[test]
fn c_14_a_token_of_a_megabyte_is_turned_away_and_the_service_goes_on() {
    let test = TestApp::start();
    let mut stream = TcpStream::connect(test.address).expect("a connection");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).expect("a limit");
    let head = format!("GET /api/v1/me HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\r\n", "A".repeat(1 << 20));
    // It may hang up before all of it was said.
    let _ = stream.write_all(head.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer:.200}");
    test.visitor().open("/healthz");
}
