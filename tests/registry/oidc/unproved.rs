//! What the provider does not prove lets nobody in.

use super::provider::{CLIENT, Fault, Quirks, Signing, pairs_of};
use super::scene::{
    AWAY, COOKIE, NOT_PROVED, OVER, SUBJECT, Scene, come_back, describe, fault, head, must_be_refused, set, sign,
    with_parameter,
};
use crate::support::people::PASSWORD;
use chrono::Duration;
use serde_json::json;

#[test]
fn a_token_that_does_not_say_what_it_must_lets_nobody_in() {
    let scene = Scene::start();
    scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303);
    let tricks: Vec<(&str, Quirks)> = vec![
        ("another nonce", set(|claims| drop(claims.insert("nonce".into(), json!("x"))))),
        ("no nonce", set(|claims| drop(claims.remove("nonce")))),
        ("the token of another client", set(|claims| drop(claims.insert("aud".into(), json!("another"))))),
        ("for another client too", set(|claims| drop(claims.insert("aud".into(), json!([CLIENT, "another"]))))),
        ("for nobody", set(|claims| drop(claims.remove("aud")))),
        ("made for another", set(|claims| drop(claims.insert("azp".into(), json!("another"))))),
        ("another issuer", set(|claims| drop(claims.insert("iss".into(), json!("https://attacker.example"))))),
        (
            "two issuers",
            set(|claims| {
                let right = claims["iss"].clone();
                drop(claims.insert("iss".into(), json!([right, "https://attacker.example"])));
            }),
        ),
        ("no issuer", set(|claims| drop(claims.remove("iss")))),
        ("expired", set(|claims| drop(claims.insert("exp".into(), json!(1_000_000_000))))),
        ("good for ever", set(|claims| drop(claims.remove("exp")))),
        ("made long ago", set(|claims| drop(claims.insert("iat".into(), json!(1_000_000_000))))),
        ("made in the future", set(|claims| drop(claims.insert("iat".into(), json!(4_000_000_000_i64))))),
        ("not good yet", set(|claims| drop(claims.insert("nbf".into(), json!(4_000_000_000_i64))))),
        ("nobody", set(|claims| drop(claims.remove("sub")))),
        ("an empty subject", set(|claims| drop(claims.insert("sub".into(), json!(""))))),
        ("a subject that is a number", set(|claims| drop(claims.insert("sub".into(), json!(1))))),
        ("a subject without an end", set(|claims| drop(claims.insert("sub".into(), json!("x".repeat(256)))))),
        ("the hash of another access token", set(|claims| drop(claims.insert("at_hash".into(), json!("x"))))),
        ("a hash of nothing", Quirks { tokens: |tokens| drop(tokens.remove("access_token")), ..Quirks::default() }),
        ("alg none", sign(Signing::Unsigned)),
        ("HS256 by the public key", sign(Signing::ByPublicKey)),
        ("HS256 by the client's secret", sign(Signing::BySecret)),
        (
            "HS256 by a key of the provider's set",
            Quirks { header: |header| drop(header.insert("kid".into(), json!("secret"))), ..sign(Signing::BySecret) },
        ),
        ("another's key under the right name", sign(Signing::ByAnother)),
        ("half a signature", sign(Signing::Cut)),
        ("changed after it was signed", sign(Signing::Altered)),
        ("an unknown key", head(|header| drop(header.insert("kid".into(), json!("nobody's"))))),
        ("a key that it brings along", head(|header| drop(header.insert("jwk".into(), json!({"kty": "oct"}))))),
        ("an address of a key", head(|header| drop(header.insert("jku".into(), json!("https://attacker.example"))))),
        ("what must be understood", head(|header| drop(header.insert("crit".into(), json!(["x"]))))),
        ("a token of another type", head(|header| drop(header.insert("typ".into(), json!("at+jwt"))))),
        ("an algorithm that is not allowed", head(|header| drop(header.insert("alg".into(), json!("ES384"))))),
        ("no token", Quirks { tokens: |tokens| drop(tokens.remove("id_token")), ..Quirks::default() }),
        ("nonsense", Quirks { tokens: |all| drop(all.insert("id_token".into(), json!("a.b.c"))), ..Quirks::default() }),
        (
            "one without an end",
            Quirks {
                tokens: |all| drop(all.insert("id_token".into(), json!("x".repeat(20_000)))),
                ..Quirks::default()
            },
        ),
    ];
    assert!(tricks.len() >= 25);
    let number = tricks.len();
    for (what, quirks) in tricks {
        scene.fail(quirks, what, NOT_PROVED);
    }
    assert!(scene.events("unknown", "account.sign_in_failed") >= number, "each is on record");
    // A right one, an audience written as a list and the client named twice are as good as ever.
    scene.provider.misbehave(set(|claims| {
        claims.insert("aud".into(), json!([CLIENT]));
        claims.insert("azp".into(), json!(CLIENT));
    }));
    assert_eq!(scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303).location(), "/desk");
}

#[test]
fn an_answer_is_taken_once_by_the_browser_that_asked_and_from_whom_it_asked() {
    let scene = Scene::start();
    scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303);
    let redeemed = || scene.provider.count("/token");
    let before = redeemed();
    // What is wrong before a code goes anywhere: then it goes nowhere.
    type Wrong = fn(&str) -> String;
    let tricks: [(&str, Wrong, &str); 12] = [
        ("another state", |query| with_parameter(query, "state", Some(&"0".repeat(64))), OVER),
        ("no state", |query| with_parameter(query, "state", None), OVER),
        ("a state twice", |query| format!("{query}&state=x"), NOT_PROVED),
        ("a code twice", |query| format!("{query}&code=x"), NOT_PROVED),
        ("no code", |query| with_parameter(query, "code", None), NOT_PROVED),
        ("a code without an end", |query| with_parameter(query, "code", Some(&"x".repeat(2_049))), NOT_PROVED),
        ("a mix-up of issuers", |query| with_parameter(query, "iss", Some("https://attacker.example")), NOT_PROVED),
        ("no issuer where one was promised", |query| with_parameter(query, "iss", None), NOT_PROVED),
        ("the person said no", |query| with_parameter(query, "error", Some("access_denied")), "取消登录"),
        ("the provider failed", |query| with_parameter(query, "error", Some("server_error")), NOT_PROVED),
        ("nothing", |_| String::new(), OVER),
        ("more than anybody sends", |query| format!("{query}&x={}", "x".repeat(9_000)), OVER),
    ];
    for (what, change, words) in tricks {
        let mut browser = scene.test.visitor();
        let address = scene.leave(&mut browser);
        let query = scene.consent(&address, SUBJECT);
        let answer = come_back(&mut browser, &change(&query));
        must_be_refused(&browser, &answer, what, words);
        // That was its one answer: the right one comes too late.
        assert_eq!(come_back(&mut browser, &query).status, 422, "{what}, then the right one");
    }
    let mut mine = scene.test.visitor();
    let query = {
        let address = scene.leave(&mut mine);
        scene.consent(&address, SUBJECT)
    };
    let kept = mine.cookie(COOKIE).expect("an attempt").to_string();
    // In another browser: one that began nothing, one that began something else, one with a cookie that was altered.
    let mut other = scene.test.visitor();
    let answer = come_back(&mut other, &query);
    must_be_refused(&other, &answer, "another browser", OVER);
    scene.leave(&mut other);
    let answer = come_back(&mut other, &query);
    must_be_refused(&other, &answer, "a browser that began something else", OVER);
    let altered = if kept.ends_with('0') { "1" } else { "0" };
    for value in [format!("{}{altered}", &kept[..kept.len() - 1]), "x".repeat(3_000), "sealed:1:00".into()] {
        let mut other = scene.test.visitor();
        other.set_cookie(COOKIE, &value);
        let answer = come_back(&mut other, &query);
        must_be_refused(&other, &answer, "a cookie that was altered", OVER);
    }
    assert_eq!(redeemed(), before, "no code went anywhere");
    // It is good where it began, and once: also for who kept the cookie, and the code is good no more by itself.
    come_back(&mut mine, &query).expect(303);
    let mut copied = scene.test.visitor();
    copied.set_cookie(COOKIE, &kept);
    let answer = come_back(&mut copied, &query);
    must_be_refused(&copied, &answer, "once more", OVER);
    let used = pairs_of(&query)["code"].clone();
    let mut replay = scene.test.visitor();
    let address = scene.leave(&mut replay);
    let fresh = scene.consent(&address, SUBJECT);
    let answer = come_back(&mut replay, &with_parameter(&fresh, "code", Some(&used)));
    must_be_refused(&replay, &answer, "a code that was used", NOT_PROVED);
    // A code of somebody else's attempt, put into this one: PKCE binds each to its own.
    let mut victim = scene.test.visitor();
    let address = scene.leave(&mut victim);
    let own = scene.consent(&address, SUBJECT);
    let address = scene.leave(&mut scene.test.visitor());
    let foreign = pairs_of(&scene.consent(&address, "attacker"))["code"].clone();
    let answer = come_back(&mut victim, &with_parameter(&own, "code", Some(&foreign)));
    must_be_refused(&victim, &answer, "a code of another attempt", NOT_PROVED);
    // Whoever takes too long begins anew.
    let mut late = scene.test.visitor();
    let address = scene.leave(&mut late);
    let query = scene.consent(&address, SUBJECT);
    scene.test.advance(Duration::minutes(10));
    let answer = come_back(&mut late, &query);
    must_be_refused(&late, &answer, "ten minutes later", OVER);
}

#[test]
fn a_provider_that_is_away_or_is_not_itself_lets_nobody_in_and_nobody_wait() {
    const DESCRIPTION: &str = "/.well-known/openid-configuration";
    let scene = Scene::start();
    let tricks: Vec<(&str, Quirks)> = vec![
        ("no description", fault(DESCRIPTION, Fault::Status(500))),
        ("a description elsewhere", fault(DESCRIPTION, Fault::Redirect)),
        ("a description without an end", fault(DESCRIPTION, Fault::Huge)),
        ("a description that is none", fault(DESCRIPTION, Fault::Garbage)),
        ("a provider that is down", fault(DESCRIPTION, Fault::Close)),
        ("another issuer's description", describe(|all| drop(all.insert("issuer".into(), json!("https://x.example"))))),
        ("no issuer at all", describe(|all| drop(all.remove("issuer")))),
        ("keys at another host", describe(|all| drop(all.insert("jwks_uri".into(), json!("http://127.0.0.2/keys"))))),
        ("a file of this machine", describe(|all| drop(all.insert("jwks_uri".into(), json!("file:///etc/passwd"))))),
        (
            "tokens at another host",
            describe(|all| {
                drop(all.insert("token_endpoint".into(), json!("https://attacker.example/token")));
            }),
        ),
        (
            "people sent to another host",
            describe(|all| {
                drop(all.insert("authorization_endpoint".into(), json!("https://attacker.example/authorize")));
            }),
        ),
        (
            "no PKCE by S256",
            describe(|all| {
                drop(all.insert("code_challenge_methods_supported".into(), json!(["plain"])));
            }),
        ),
        ("keys elsewhere", fault("/keys", Fault::Redirect)),
        ("keys without an end", fault("/keys", Fault::Huge)),
        ("keys that are none", fault("/keys", Fault::Garbage)),
        ("no keys", fault("/keys", Fault::Status(404))),
        ("tokens elsewhere", fault("/token", Fault::Redirect)),
        ("tokens without an end", fault("/token", Fault::Huge)),
        ("no tokens", fault("/token", Fault::Status(503))),
        ("tokens that never come", fault("/token", Fault::Hang)),
    ];
    let failed = tricks.len();
    for (what, quirks) in tricks {
        scene.fail(quirks, what, AWAY);
        // What is known is known for ten minutes.
        scene.test.advance(Duration::minutes(11));
    }
    assert!(failed >= 20);
    let seen = scene.provider.seen();
    assert!(!seen.iter().any(|path| path.starts_with("/elsewhere")), "redirects are not followed: {seen:?}");
    assert_eq!(scene.events("unknown", "account.sign_in_failed"), 0, "its failures count for nobody");
    // One that was away is not asked again at once, and is found when it is back.
    scene.fail(fault(DESCRIPTION, Fault::Close), "down", AWAY);
    let asked = scene.provider.count(DESCRIPTION);
    scene.fail(Quirks::default(), "a moment later", AWAY);
    assert_eq!(scene.provider.count(DESCRIPTION), asked);
    scene.test.advance(Duration::seconds(10));
    assert_eq!(scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303).location(), "/desk");
    // Passwords go on meanwhile.
    scene.test.person_with_password("anna@example.org", &[]);
    let mut browser = scene.test.visitor();
    browser.open("/session/new");
    browser.submit("/session", &[("email", "anna@example.org"), ("password", PASSWORD)]).expect(303);
}

#[test]
fn keys_are_fetched_anew_for_one_that_is_unknown_and_once_a_minute_at_most() {
    let scene = Scene::start();
    let fetched = || scene.provider.count("/keys");
    let unknown = || head(|header| drop(header.insert("kid".into(), json!("made up"))));
    scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303);
    for _ in 0..3 {
        scene.fail(unknown(), "a name that was made up", NOT_PROVED);
    }
    assert_eq!(fetched(), 1, "within the minute nobody makes this service ask");
    scene.provider.rotate();
    scene.fail(Quirks::default(), "a new key, too early", NOT_PROVED);
    scene.test.advance(Duration::seconds(60));
    scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303);
    assert_eq!(fetched(), 2, "the provider took another key into use");
    scene.test.advance(Duration::seconds(60));
    scene.fail(unknown(), "a name that was made up", NOT_PROVED);
    scene.fail(unknown(), "a name that was made up", NOT_PROVED);
    assert_eq!(fetched(), 3);
    // A key that was withdrawn is good for ten minutes at most.
    scene.test.advance(Duration::minutes(10));
    scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303);
    assert_eq!(fetched(), 4);
}
