//! What another site's page may not do with a visitor's cookie: nothing, on any route of the table.

use super::routes::everybody;
use super::support::people::PASSWORD;
use super::support::{Answer, Client, TestApp, with};
use serde_json::{Value, json};
use yuanchi::actions::completeness::DOCUMENTS;
use yuanchi::config::LimitConfig;
use yuanchi::domain::actor::Role;
use yuanchi::web::routes::Access;

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data; boundary=----between-the-parts";
/// The forms that bring a file, with the name of its field.
const UPLOADS: &[(&str, &str)] = &[
    ("/applications/{id}/documents", DOCUMENTS),
    ("/experts/import", "file"),
    ("/organisation/licence", "licence"),
    (OBJECTION, "evidence"),
];
/// Where anybody objects. Whoever comes with an outdated form is shown it again with what was typed, and there is no notice here to
/// show it for.
const OBJECTION: &str = "/notices/{id}/objections";
/// What mail programs send by themselves (RFC 8058): the key in the address is the proof, and no form of ours is.
const BY_MAIL: &str = "/subscriptions/{id}/end/{key}";
/// Headers by which a browser says that the page of another site asks.
const ELSEWHERE: [(&str, (&str, &str)); 6] = [
    ("cross-site", ("sec-fetch-site", "cross-site")),
    ("same-site", ("sec-fetch-site", "same-site")),
    ("an unknown site", ("sec-fetch-site", "")),
    ("a foreign origin", ("origin", "https://attacker.example")),
    ("no origin that is told", ("origin", "null")),
    ("a foreign referrer", ("referer", "https://attacker.example/form")),
];
/// Who signs in may send it; an officer is told by the action itself that it is not for them.
const OWN_RULE: &[&str] = &["/organisations", "/organisation/join-requests"];

/// What is sent, with this token or none.
fn body_of(path: &str, token: Option<&str>) -> (&'static str, Vec<u8>) {
    let Some((_, field)) = UPLOADS.iter().find(|(upload, _)| *upload == path) else {
        return (FORM, token.map_or(String::from("reason=x"), |token| format!("reason=x&csrf={token}")).into_bytes());
    };
    let part = |head: String, content: &str| format!("------between-the-parts\r\n{head}\r\n\r\n{content}\r\n");
    let mut body = String::new();
    if let Some(token) = token {
        body.push_str(&part("content-disposition: form-data; name=\"csrf\"".into(), token));
    }
    let head =
        format!("content-disposition: form-data; name=\"{field}\"; filename=\"a.csv\"\r\ncontent-type: text/csv");
    body.push_str(&part(head, "a,b"));
    body.push_str("------between-the-parts--\r\n");
    (PARTS, body.into_bytes())
}

fn address(path: &str) -> String {
    let nothing = "00000000-0000-7000-8000-000000000000";
    path.split('/').map(|part| if part.starts_with('{') { nothing } else { part }).collect::<Vec<_>>().join("/")
}

/// Every way in which another site could try it, each with the answer, and whether that may be that nothing is there.
fn attacks(client: &mut Client, path: &str, own: &str, foreign: &str) -> Vec<(&'static str, Answer, bool)> {
    let to = address(path);
    let mut send = |headers: &[(&str, &str)], kind: &str, body: Vec<u8>| {
        let mut all = vec![("content-type", kind)];
        all.extend(headers);
        client.send("POST", &to, &all, body)
    };
    let same = ("sec-fetch-site", "same-origin");
    let mut answers = Vec::new();
    for (what, header) in ELSEWHERE {
        let (kind, body) = body_of(path, Some(own));
        answers.push((what, send(&[header], kind, body), false));
    }
    for (what, header, token) in [
        ("no origin and no token", None, None),
        ("no token", Some(same), None),
        ("an empty token", Some(same), Some("")),
        ("the token of another session", Some(same), Some(foreign)),
        ("another method by a header", Some(("x-http-method-override", "GET")), None),
    ] {
        let (kind, body) = body_of(path, token);
        answers.push((what, send(header.as_slice(), kind, body), path == OBJECTION));
    }
    let text = json!({"csrf": own, "reason": "x=y"}).to_string();
    answers.push(("text that looks like JSON", send(&[same], "text/plain", text.clone().into_bytes()), false));
    answers.push(("JSON", send(&[same], "application/json", text.into_bytes()), false));
    answers
}

#[test]
fn c_17_no_form_of_another_site_is_carried_out_on_any_route() {
    let test = TestApp::start();
    let people = everybody(&test);
    let person_of = |access: Access| {
        let wanted = match access {
            Access::Roles(roles) => roles[0],
            Access::SignedIn | Access::Public => Role::VendorMember,
        };
        &people.iter().find(|(role, _)| *role == wanted).expect("somebody for each role").1
    };
    let mut stranger = test.person("stranger@example.org", &[]).browser();
    let foreign = stranger.csrf().to_string();
    stranger.open("/desk");
    let (mut wrong, mut routes) = (Vec::new(), 0);
    let pages = yuanchi::server::pages();
    for route in pages.iter().filter(|route| route.path != BY_MAIL) {
        if route.method.as_str() != "POST" {
            assert_eq!(route.method.as_str(), "GET", "{}: what is safe reads, what is not is sent", route.path);
            continue;
        }
        routes += 1;
        let person = person_of(route.access);
        let mut browser = person.browser();
        let own = browser.csrf().to_string();
        let answers = attacks(&mut browser, route.path, &own, &foreign);
        let refused = |(_, answer, none): &&(_, Answer, bool)| answer.status == if *none { 404 } else { 403 };
        wrong.extend(answers.iter().filter(|one| !refused(one)).map(|(what, answer, _)| format!("{what}: {answer}")));
        // Asked for by reading, whatever a parameter or a header says, nothing is carried out either.
        let reads = pages.reads(&address(route.path));
        let headers = [("x-http-method-override", "POST"), ("sec-fetch-site", "cross-site")];
        let read =
            browser.send("GET", &format!("{}?_method=POST&csrf={own}", address(route.path)), &headers, Vec::new());
        if !reads && !matches!(read.status, 404 | 405) {
            wrong.push(format!("by reading: {read}"));
        }
        // The same form from here is let in, so that the refusals were for where it came from.
        let (kind, body) = body_of(route.path, Some(&own));
        let headers = [("content-type", kind), ("sec-fetch-site", "same-origin")];
        let right = browser.send("POST", &address(route.path), &headers, body);
        if right.status >= 500 || (right.status == 403 && !OWN_RULE.contains(&route.path)) {
            wrong.push(format!("from here: {right}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    assert!(routes > 100, "{routes}");
}

#[test]
fn c_17_a_cookie_is_nobody_to_the_api() {
    let test = TestApp::start();
    let people = everybody(&test);
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for operation in yuanchi::api::operations() {
        let role = match operation.access {
            Access::Public => continue,
            Access::SignedIn => Role::VendorMember,
            Access::Roles(roles) => roles[0],
        };
        let person = &people.iter().find(|(held, _)| *held == role).expect("somebody for each role").1;
        let path = format!("/api/v1{}", address(operation.path));
        let mut browser = person.browser();
        let answer = match operation.method.as_str() {
            "GET" => browser.get(&path),
            method => browser.call(method, &path, &json!({})),
        };
        asked += 1;
        if answer.status != 401 {
            wrong.push(answer.to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(asked > 150, "{asked}");
}

/// Whoever may call it: the public has no token that another site could lack, and what is asked in its name is counted against its
/// network.
#[test]
fn c_17_no_page_of_another_site_changes_anything_by_the_api() {
    let test = TestApp::start();
    let (mut wrong, mut asked, mut of_a_type) = (Vec::new(), 0, 0);
    for operation in yuanchi::api::operations().into_iter().filter(|operation| operation.method.as_str() != "GET") {
        let (method, to) = (operation.method.as_str(), format!("/api/v1{}", address(operation.path)));
        asked += 1;
        for (what, header) in ELSEWHERE {
            for kind in ["text/plain", "application/json"] {
                let answer = test.visitor().send(method, &to, &[("content-type", kind), header], b"{}".to_vec());
                if answer.status != 403 || answer.code() != "form_from_elsewhere" {
                    wrong.push(format!("{what}, {kind}: {answer}"));
                }
            }
        }
        // Nor does anybody by what another site's form can send, wherever it says that it comes from.
        let has_body = operation.shapes.body.is_some() || operation.shapes.body_type.is_some();
        if operation.access != Access::Public || !has_body {
            continue;
        }
        of_a_type += 1;
        for kind in ["text/plain", "text/plain; application/json", FORM, PARTS] {
            let answer = test.visitor().send(method, &to, &[("content-type", kind)], b"{}".to_vec());
            if answer.status != 415 || answer.code() != "unsupported_type" {
                wrong.push(format!("{kind}: {answer}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 100 && of_a_type > 5, "{asked} and {of_a_type}");
}

#[test]
fn c_05_c_58_what_a_foreign_page_asks_for_is_counted_for_nobody() {
    let few = || LimitConfig { attempts: 2, minutes: 10 };
    let test = TestApp::start_with(|config| {
        config.limits.sign_in_network = few();
        (config.limits.registration, config.limits.password_reset) = (few(), few());
        config.limits.evidence = few();
    });
    let anna = test.person_with_password("anna@example.org", &[with(Role::Auditor)]);
    let send = |to: &str, headers: &[(&str, &str)], body: &Value| {
        test.visitor().send("POST", to, headers, body.to_string().into_bytes())
    };
    let json = ("content-type", "application/json");
    let tokens = |password: &str| json!({ "email": anna.email, "password": password });
    let person = json!({ "name": "张三", "email": "new@example.org" });
    let whose = json!({ "email": "new@example.org" });
    let calls = [
        ("/api/v1/tokens", tokens("not the right one at all")),
        ("/api/v1/registrations", person.clone()),
        ("/api/v1/password-resets", whose.clone()),
        ("/api/v1/evidence?name=a.png", json!("no picture")),
    ];
    for (to, body) in &calls {
        for kind in ["text/plain", "application/json"] {
            for (_, header) in ELSEWHERE {
                send(to, &[("content-type", kind), header], body).expect(403);
            }
            // And what is no call at all, from wherever.
            if kind == "text/plain" {
                (0..3).for_each(|_| drop(send(to, &[("content-type", kind)], body).expect(415)));
            }
        }
    }
    // Whoever reads that page still comes in, and may try as often as anybody: a page of ours and a program alike.
    send("/api/v1/tokens", &[json, ("sec-fetch-site", "same-origin")], &tokens(PASSWORD)).expect(200);
    send("/api/v1/tokens", &[json], &tokens(PASSWORD)).expect(200);
    send("/api/v1/registrations", &[json], &person).expect(201);
    send("/api/v1/password-resets", &[json], &whose).expect(201);
    let bytes = ("content-type", "application/octet-stream");
    send("/api/v1/evidence?name=a.png", &[bytes], &json!("no picture")).expect(422);
}

#[test]
fn c_18_cookies_are_ours_alone_and_signing_out_leaves_nothing_behind() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[with(Role::Auditor)]);
    let mut browser = test.visitor();
    browser.open("/session/new");
    let fields = [("email", anna.email.as_str()), ("password", PASSWORD)];
    let entered = browser.submit("/session", &fields).expect(303);
    assert_eq!(entered.header("cache-control"), Some("no-store"));
    // What each of them is, the client looks at whenever it is given one.
    let names: Vec<&str> = entered
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie")
        .filter_map(|(_, line)| line.split('=').next())
        .collect();
    for name in ["__Host-sid", "__Host-device"] {
        assert_eq!(names.iter().filter(|given| **given == name).count(), 1, "{names:?}");
    }
    let secret = browser.cookie("__Host-sid").expect("a session").to_string();
    for path in ["/desk", "/account", "/events", "/calls", "/nothing/at/all"] {
        assert_eq!(browser.get(path).header("cache-control"), Some("no-store"), "{path}");
    }
    browser.open("/account");
    let left = browser.submit("/session/end", &[]).expect(303);
    assert_eq!(left.header("clear-site-data"), Some("\"cache\", \"storage\""));
    assert_eq!(browser.cookie("__Host-sid"), None, "the browser is told to forget it");
    let mut again = test.visitor();
    again.set_cookie("__Host-sid", &secret);
    assert_eq!(again.get("/desk").expect(303).location(), "/session/new", "and it opens nothing");
}
