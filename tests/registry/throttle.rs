//! How often something may be tried: the same for all processes, and for addresses with and without an account.

use super::support::node::Node;
use super::support::people::PASSWORD;
use super::support::race::together;
use super::support::{Answer, Client, TestApp, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::config::{Config, LimitConfig};
use yuanchi::domain::actor::Role;
use yuanchi::jobs;

const ANNA: &str = "anna@example.org";

fn few(attempts: i64) -> LimitConfig {
    LimitConfig { attempts, minutes: 10 }
}

fn registry(change: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::start_with(change)
}

fn sign_in(mut client: Client, email: &str, password: &str) -> Answer {
    client.call("POST", "/api/v1/tokens", &json!({"email": email, "password": password}))
}

fn seconds(answer: &Answer) -> i64 {
    let header = answer.header("retry-after").unwrap_or_else(|| panic!("{answer}\nsays not when"));
    header.parse().unwrap_or_else(|e| panic!("{header}: {e}"))
}

#[test]
fn c_05_failures_on_one_node_count_on_the_other_and_the_window_slides() {
    let test = registry(|config| config.limits.sign_in_account = few(3));
    let other = Node::beside(&test);
    let anna = test.person_with_password(ANNA, &[with(Role::Auditor)]);
    let mut before = anna.browser();
    for client in [test.visitor(), other.visitor(), test.visitor()] {
        assert_eq!(sign_in(client, ANNA, "not the right one at all").expect(422).code(), "wrong_credentials");
    }
    // The fourth is refused on both, the right password too; however the address is written.
    for (client, email) in [(other.visitor(), ANNA), (test.visitor(), "ANNA@example.org ")] {
        let refused = sign_in(client, email, PASSWORD).expect(429);
        assert_eq!(refused.code(), "too_many_attempts");
        assert!((1..=600).contains(&seconds(&refused)), "{refused}");
    }
    // Whoever is in stays in.
    before.open("/desk");
    // Being refused does not make it longer: the wait is as it was told.
    let wait = seconds(&sign_in(test.visitor(), ANNA, PASSWORD).expect(429));
    test.advance(Duration::seconds(wait - 1));
    sign_in(other.visitor(), ANNA, PASSWORD).expect(429);
    test.advance(Duration::seconds(1));
    sign_in(other.visitor(), ANNA, PASSWORD).expect(200);
    // A right one wipes the slate clean.
    for _ in 0..3 {
        sign_in(test.visitor(), ANNA, "not the right one at all").expect(422);
    }
}

#[test]
fn c_05_many_at_once_do_not_slip_through() {
    let test = registry(|config| config.limits.sign_in_account = few(3));
    test.person_with_password(ANNA, &[]);
    let answers = together((0..8).map(|_| || sign_in(test.visitor(), ANNA, "not the right one at all")));
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [422, 422, 422, 429, 429, 429, 429, 429]);
}

#[test]
fn c_05_the_page_says_when_to_come_back() {
    let test = registry(|config| config.limits.sign_in_account = few(1));
    let mut browser = test.visitor();
    browser.open("/session/new");
    browser.submit("/session", &[("email", ANNA), ("password", "wrong")]).expect(422);
    let refused = browser.submit("/session", &[("email", ANNA), ("password", "wrong")]).expect(429);
    assert_eq!(seconds(&refused), 600);
    refused.shows("10 分钟后再试");
}

/// The answer without what differs each time.
fn bare(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let own = |name: &str| matches!(name, "x-request-id" | "date");
    // The server writes its headers in no fixed order.
    let mut headers: Vec<_> = answer.headers.iter().filter(|(name, _)| !own(name)).cloned().collect();
    headers.sort();
    (answer.status, headers, answer.text())
}

#[test]
fn c_04_known_unknown_and_closed_addresses_are_answered_alike_to_the_last() {
    let test = registry(|config| config.limits.sign_in_account = few(2));
    test.person_with_password(ANNA, &[]);
    let closed = test.person_with_password("closed@example.org", &[]);
    test.tamper(&format!("UPDATE accounts SET status = 'disabled' WHERE id = '{}'", closed.id));
    let answers = |email: &str| -> Vec<_> {
        (0..4).map(|_| bare(&sign_in(test.visitor(), email, "not the right one at all"))).collect()
    };
    let known = answers(ANNA);
    assert_eq!(known.iter().map(|(status, ..)| *status).collect::<Vec<_>>(), [422, 422, 429, 429]);
    assert_eq!(answers("nobody@example.org"), known);
    assert_eq!(answers("closed@example.org"), known);
    for path in ["/api/v1/password-resets", "/api/v1/registrations"] {
        let answer = |email: &str| {
            let mut body = json!({"email": email});
            if path.ends_with("registrations") {
                body["name"] = json!("张三");
            }
            bare(&test.visitor().call("POST", path, &body))
        };
        assert_eq!(answer(ANNA), answer("nobody.at.all@example.org"), "{path}");
    }
}

fn from(test: &TestApp, network: &str, path: &str, body: &Value) -> Answer {
    let headers = [("content-type", "application/json"), ("x-forwarded-for", network)];
    test.visitor().send("POST", path, &headers, body.to_string().into_bytes())
}

#[test]
fn c_58_a_network_is_what_a_named_proxy_says_and_not_what_a_stranger_writes() {
    let limited = |config: &mut Config| config.limits.registration = few(1);
    let register = |test: &TestApp, network: &str, number: u32| {
        let body = json!({"name": "张三", "email": format!("p{number}@example.org")});
        from(test, network, "/api/v1/registrations", &body).status
    };
    let behind = registry(limited);
    assert_eq!(register(&behind, "203.0.113.7", 1), 201);
    assert_eq!(register(&behind, "198.51.100.1, 203.0.113.7", 2), 429, "what stands before is the stranger's own");
    assert_eq!(register(&behind, "203.0.113.8", 3), 201);
    assert_eq!(register(&behind, "2001:db8:1:2::1", 4), 201);
    assert_eq!(register(&behind, "2001:db8:1:2:ffff::9", 5), 429, "one subscriber's half of the address");
    let alone = registry(|config| {
        limited(config);
        config.server.trusted_proxies.clear();
    });
    assert_eq!(register(&alone, "203.0.113.7", 1), 201);
    assert_eq!(register(&alone, "203.0.113.8", 2), 429);
    // Public pages are not limited by any of it.
    alone.visitor().open("/calls");
}

#[test]
fn c_58_what_strangers_send_is_limited_each_by_itself_and_forgotten_in_time() {
    let test = registry(|config| {
        let limits = &mut config.limits;
        (limits.password_reset, limits.registration) = (few(1), few(1));
        (limits.evidence, limits.objection) = (few(1), few(1));
    });
    let nobody = "00000000-0000-7000-8000-000000000000";
    let evidence = || {
        let kind = [("content-type", "application/octet-stream")];
        test.visitor().send("POST", "/api/v1/evidence?name=a.png", &kind, b"no picture".to_vec())
    };
    let reset = || test.visitor().call("POST", "/api/v1/password-resets", &json!({"email": ANNA}));
    reset().expect(201);
    seconds(&reset().expect(429));
    evidence().expect(422);
    assert_eq!(evidence().expect(429).code(), "too_many_attempts");
    // What is refused for another reason changes nothing and is not counted.
    for _ in 0..3 {
        let body = json!({"application": nobody, "kind": "person"});
        test.visitor().call("POST", &format!("/api/v1/notices/{nobody}/objections"), &body).expect(404);
    }
    let mut browser = test.visitor();
    browser.open("/registration/new");
    browser.submit("/registration", &[("name", "张三"), ("email", ANNA)]).expect(202);
    browser.open("/registration/new");
    let refused = browser.submit("/registration", &[("name", "张三"), ("email", ANNA)]).expect(429);
    assert_eq!(seconds(&refused), 600);
    assert_eq!(jobs::clear_away(&test.app).expect("cleared").attempts, 0, "they still count");
    test.advance(Duration::minutes(10));
    reset().expect(201);
    test.advance(Duration::minutes(20));
    assert_eq!(jobs::clear_away(&test.app).expect("cleared").attempts, 4);
}

#[test]
fn c_63_the_counts_name_nobody() {
    let test = TestApp::start();
    let body = json!({"email": "very.rare.name@example.org", "password": "wrong"});
    from(&test, "203.0.113.77", "/api/v1/tokens", &body).expect(422);
    let dump = super::objectors::dump(&test);
    assert!(dump.contains("sign_in_account"), "it is counted");
    assert!(!dump.contains("very.rare.name") && !dump.contains("203.0.113.77"), "who and where");
}
