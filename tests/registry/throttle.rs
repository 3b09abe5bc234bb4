//! How often something may be tried: the same for all processes, and for addresses with and without an account.

mod hashing;

use super::lists;
use super::support::node::Node;
use super::support::people::PASSWORD;
use super::support::race::together;
use super::support::{Answer, Client, TestApp, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::config::{Config, LimitConfig};
use yuanchi::domain::actor::Role;
use yuanchi::domain::procedure::State;
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
    test.close(closed.id);
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
fn c_58_a_limit_holds_on_every_node_and_shuts_no_public_page() {
    let test = registry(|config| (config.limits.registration, config.limits.sign_in_network) = (few(1), few(2)));
    let other = Node::beside(&test);
    let register = |mut client: Client, number: u32| {
        let body = json!({"name": "张三", "email": format!("q{number}@example.org")});
        client.call("POST", "/api/v1/registrations", &body).status
    };
    assert_eq!(register(test.visitor(), 1), 201);
    assert_eq!(register(other.visitor(), 2), 429, "what was sent to one counts at the other");
    for number in 0..2 {
        sign_in(test.visitor(), &format!("unknown{number}@example.org"), "not the right one at all").expect(422);
    }
    for mut client in [test.visitor(), other.visitor()] {
        let email = "unknown9@example.org";
        let body = json!({"email": email, "password": "not the right one at all"});
        client.call("POST", "/api/v1/tokens", &body).expect(429);
        for path in
            ["/", "/calls", "/lists", "/notices", "/providers", "/pool", "/statistics", "/verify", "/session/new"]
        {
            client.get(path).expect(200);
        }
        for path in ["/api/v1/calls", "/api/v1/providers", "/api/v1/lists", "/api/v1/notices"] {
            client.get(path).expect(200);
        }
    }
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
fn c_58_whoever_tries_numbers_of_certificates_does_not_see_a_right_one() {
    let mut scene = lists::scene_on(registry(|config| config.limits.certificate = few(2)));
    scene.noticed(State::InNotice, "佛山市");
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    let right = scene.test.read(|tx| Ok(yuanchi::db::published_lists::certificates(tx.db, list)?))[0].1.clone();
    let test = &scene.test;
    let ask = |network: &str, path: &str| test.visitor().send("GET", path, &[("x-forwarded-for", network)], Vec::new());
    let doors = |number: &str| {
        [
            format!("/certificates/{number}"),
            format!("/certificates/{number}/print"),
            format!("/api/v1/certificates/{number}"),
            format!("/verify?number={number}"),
        ]
    };
    // However often a right one is asked for, it counts for nothing.
    for path in doors(&right).iter().cycle().take(8) {
        assert!(matches!(ask("203.0.113.7", path).status, 200 | 303), "{path}");
    }
    ask("203.0.113.7", "/certificates/YC-2026-00000000").expect(404);
    ask("203.0.113.7", "/api/v1/certificates/YC-2026-00000001").expect(404);
    for path in doors("YC-2026-00000002").iter().chain(&doors(&right)) {
        let refused = ask("203.0.113.7", path).expect(429);
        assert!((1..=600).contains(&seconds(&refused)), "{path}: {refused}");
    }
    ask("203.0.113.8", &doors(&right)[0]).expect(200);
    test.advance(Duration::minutes(10));
    ask("203.0.113.7", &doors(&right)[2]).expect(200);
    ask("203.0.113.7", &doors("YC-2026-00000000")[3]).expect(404);

    // What a foreign page fetches as a picture, in a frame or by a script is no attempt of whoever reads it.
    let fetched = |site: &str, mode: &str, kind: &str, path: &str| {
        let headers = [
            ("x-forwarded-for", "203.0.113.9"),
            ("sec-fetch-site", site),
            ("sec-fetch-mode", mode),
            ("sec-fetch-dest", kind),
        ];
        test.visitor().send("GET", path, &headers, Vec::new())
    };
    for (mode, kind) in [("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("navigate", "object")] {
        for path in doors("YC-2026-00000003").iter().chain(&doors(&right)) {
            fetched("cross-site", mode, kind, path).expect(403);
            fetched("same-site", mode, kind, path).expect(403);
        }
    }
    fetched("cross-site", "navigate", "document", &doors("YC-2026-00000004")[0]).expect(404);
    fetched("same-origin", "cors", "empty", &doors("YC-2026-00000005")[2]).expect(404);
    fetched("none", "navigate", "document", &doors(&right)[0]).expect(429);

    // Of a burst from one network no more is answered than would be one after the other.
    let mut visitors: Vec<_> = (0..6).map(|_| test.visitor()).collect();
    let answers = together(visitors.iter_mut().enumerate().map(|(number, visitor)| {
        let path = doors(&format!("YC-2026-0000001{number}"))[2].clone();
        move || visitor.send("GET", &path, &[("x-forwarded-for", "203.0.113.10")], Vec::new())
    }));
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [404, 404, 429, 429, 429, 429]);
}

#[test]
fn c_63_the_counts_name_nobody() {
    let test = TestApp::start();
    let body = json!({"email": "very.rare.name@example.org", "password": "wrong"});
    from(&test, "203.0.113.77", "/api/v1/tokens", &body).expect(422);
    let dump = super::objectors::dump(&test);
    assert!(dump.contains("sign_in_account"), "it is counted");
    assert!(!dump.contains("very.rare.name"), "who");
    // Where from is the record's to say, and nobody else's.
    let counts = super::objectors::texts(&test, "SELECT key AS line FROM attempts");
    assert!(counts.len() > 1 && counts.iter().all(|key| !key.contains("203.0.113")), "where: {counts:?}");
}

#[test]
fn c_05_the_wait_grows_each_time_and_a_right_password_ends_it() {
    let test = registry(|config| config.limits.sign_in_account = few(2));
    let other = Node::beside(&test);
    test.person_with_password(ANNA, &[]);
    let wrong = |client: Client| sign_in(client, ANNA, "not the right one at all");
    let mut waits = Vec::new();
    for _ in 0..4 {
        wrong(test.visitor()).expect(422);
        wrong(other.visitor()).expect(422);
        let (here, there) = (wrong(test.visitor()).expect(429), wrong(other.visitor()).expect(429));
        assert_eq!(seconds(&here), seconds(&there), "counted for all processes together");
        waits.push(seconds(&here));
        test.advance(Duration::seconds(seconds(&here) - 1));
        sign_in(other.visitor(), ANNA, PASSWORD).expect(429);
        test.advance(Duration::seconds(1));
    }
    assert_eq!(waits, [600, 1_200, 2_400, 4_800]);
    sign_in(test.visitor(), ANNA, PASSWORD).expect(200);
    wrong(test.visitor()).expect(422);
    wrong(test.visitor()).expect(422);
    assert_eq!(seconds(&wrong(test.visitor()).expect(429)), 600, "as the first time");
}

#[test]
fn c_05_nobody_is_kept_out_of_a_browser_that_they_used_before() {
    let test = registry(|config| {
        config.limits.sign_in_account = few(2);
        config.limits.sign_in_network = few(6);
    });
    let other = Node::beside(&test);
    test.person_with_password(ANNA, &[]);
    test.person_with_password("carl@example.org", &[]);
    let enter = |client: &mut Client, email: &str, password: &str| {
        client.open("/session/new");
        client.submit("/session", &[("email", email), ("password", password)])
    };
    let mut hers = test.visitor();
    enter(&mut hers, ANNA, PASSWORD).expect(303);
    let device = hers.cookie("__Host-device").expect("it is known").to_string();
    let mut open = test.visitor();
    open.set_cookie("__Host-sid", hers.cookie("__Host-sid").expect("a session"));
    hers.set_cookie("__Host-sid", "");
    // Somebody tries until the address, and then until the network, is shut.
    for number in 0..6 {
        let email = if number < 2 { ANNA.to_string() } else { format!("p{number}@example.org") };
        sign_in(test.visitor(), &email, "not the right one at all").expect(422);
    }
    sign_in(test.visitor(), ANNA, PASSWORD).expect(429);
    sign_in(test.visitor(), "carl@example.org", PASSWORD).expect(429);
    // Her session goes on, and her browser lets her in, also on the other node.
    open.open("/desk");
    let known = |at: &str, email: &str, password: &str| {
        let mut browser = if at == "here" { test.visitor() } else { other.visitor() };
        browser.set_cookie("__Host-device", &device);
        enter(&mut browser, email, password).status
    };
    assert_eq!((known("here", ANNA, PASSWORD), known("there", ANNA, PASSWORD)), (303, 303));
    // It is known for her alone, and only as it was given.
    assert_eq!(known("here", "carl@example.org", PASSWORD), 429);
    for altered in [device[1..].to_string(), format!("{device}0"), device.replace('.', ".9"), String::from("..")] {
        let mut browser = test.visitor();
        browser.set_cookie("__Host-device", &altered);
        enter(&mut browser, ANNA, PASSWORD).expect(429);
    }
    // Whoever has stolen the browser tries no more often than anybody.
    assert_eq!([0, 1, 2].map(|_| known("here", ANNA, "not the right one at all")), [422, 422, 429]);
    // After half a year it is a stranger; the network is open again by then, the address too.
    test.advance(Duration::days(181));
    for _ in 0..2 {
        sign_in(test.visitor(), ANNA, "not the right one at all").expect(422);
    }
    assert_eq!(known("here", ANNA, PASSWORD), 429);
}

#[test]
fn c_05_whoever_has_the_mailbox_is_not_kept_out_either() {
    let test = registry(|config| config.limits.sign_in_account = few(2));
    test.person_with_password(ANNA, &[]);
    let wrong = || sign_in(test.visitor(), ANNA, "not the right one at all");
    // Reached twice: whoever comes from anywhere new waits, and longer than the first time.
    wrong().expect(422);
    wrong().expect(422);
    test.advance(Duration::seconds(seconds(&wrong().expect(429))));
    wrong().expect(422);
    wrong().expect(422);
    assert_eq!(seconds(&wrong().expect(429)), 1_200);
    let mut hers = test.visitor();
    hers.open("/password/new");
    hers.submit("/password", &[("email", ANNA)]).expect(202);
    test.run_jobs();
    let letters = test.letters_to(ANNA);
    let text = letters.last().expect("a letter").text.clone();
    let link = text.split_whitespace().find_map(|word| word.split_once("/password/")).expect("a link").1.to_string();
    let (page, new) = (format!("/password/{link}"), "Quite another Password, 7 words of it");
    hers.open(&page);
    hers.submit(&page, &[("password", new), ("password_again", new)]).expect(303);
    sign_in(test.visitor(), ANNA, new).expect(429);
    hers.open("/session/new");
    hers.submit("/session", &[("email", ANNA), ("password", new)]).expect(303);
}
