//! The API's door: tokens, the shape of its errors, its description.

mod confusion;

use super::support::node::Node;
use super::support::people::PASSWORD;
use super::support::race::together;
use super::support::{Answer, Client, Person, TestApp, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::actions::rotate_keys::rotate_keys;
use yuanchi::auth::token;
use yuanchi::domain::actor::{Actor, Role};

fn signed_in(test: &TestApp, email: &str) -> (Person, Value) {
    let person = test.person_with_password(email, &[with(Role::Auditor)]);
    let tokens = test.visitor().call("POST", "/api/v1/tokens", &json!({"email": email, "password": PASSWORD}));
    (person, tokens.expect(200).json())
}

fn bearer(test: &TestApp, tokens: &Value) -> Client {
    test.visitor().with_bearer(tokens["access_token"].as_str().expect("a token").to_string())
}

fn refresh(test: &TestApp, tokens: &Value) -> Answer {
    test.visitor().call("POST", "/api/v1/tokens/refresh", &json!({"refresh_token": tokens["refresh_token"]}))
}

#[test]
fn c_13_an_access_token_is_short_lived_and_a_refresh_token_is_good_once() {
    let test = TestApp::start();
    let (person, first) = signed_in(&test, "api@example.org");
    assert_eq!((&first["token_type"], first["expires_in"].as_i64()), (&json!("Bearer"), Some(600)), "{first}");
    assert_eq!(bearer(&test, &first).json("/api/v1/me")["email"], json!(person.email));
    for (email, password) in [("api@example.org", "not the right one at all"), ("nobody@example.org", PASSWORD)] {
        let body = json!({"email": email, "password": password});
        let refused = test.visitor().call("POST", "/api/v1/tokens", &body).expect(422);
        assert_eq!(refused.code(), "wrong_credentials");
    }
    // Ten minutes later the access token is over; the refresh token gives the next pair.
    test.advance(Duration::minutes(10));
    bearer(&test, &first).get("/api/v1/me").expect(401);
    let second = refresh(&test, &first).expect(200).json();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    bearer(&test, &second).get("/api/v1/me").expect(200);
    // Whoever comes with the one that was used has copied it: the whole session ends.
    refresh(&test, &first).expect(401);
    bearer(&test, &second).get("/api/v1/me").expect(401);
    refresh(&test, &second).expect(401);
    // A token that was altered, and one of the browser's cookie, open nothing.
    let (_, third) = signed_in(&test, "other@example.org");
    let mut altered = third.clone();
    altered["access_token"] = json!(format!("{}x", third["access_token"].as_str().expect("a token")));
    bearer(&test, &altered).get("/api/v1/me").expect(401);
    bearer(&test, &third).send("DELETE", "/api/v1/tokens", &[], Vec::new()).expect(204);
    bearer(&test, &third).get("/api/v1/me").expect(401);
}

#[test]
fn c_13_a_refresh_token_sent_twice_at_once_ends_its_session() {
    let test = TestApp::start();
    for round in 0..4 {
        let (_, tokens) = signed_in(&test, &format!("twice{round}@example.org"));
        let answers = together([0, 1].map(|_| || refresh(&test, &tokens)));
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort();
        assert_eq!(statuses, [200, 401]);
        let won = answers.iter().find(|answer| answer.status == 200).expect("one").json();
        bearer(&test, &won).get("/api/v1/me").expect(401);
    }
}

/// A client sends its token with everything; one that is over must not keep it from the next.
#[test]
fn a_token_that_is_over_stands_in_nobodys_way_to_a_new_one() {
    let test = TestApp::start();
    let (_, first) = signed_in(&test, "api@example.org");
    test.advance(Duration::minutes(11));
    let mut expired = bearer(&test, &first);
    expired.get("/api/v1/me").expect(401);
    expired.get("/api/v1/lists").expect(401);
    let asked = json!({"refresh_token": first["refresh_token"]});
    let second = expired.call("POST", "/api/v1/tokens/refresh", &asked).expect(200).json();
    bearer(&test, &second).get("/api/v1/lists").expect(200);
    let entry = json!({"email": "api@example.org", "password": PASSWORD});
    for token in ["not a token", "a.b.c"] {
        test.visitor().with_bearer(token.into()).call("POST", "/api/v1/tokens", &entry).expect(200);
    }
    expired.call("POST", "/api/v1/password-resets", &json!({"email": "nobody@example.org"})).expect(201);
    // The description says which of the two it is.
    let document = test.visitor().json("/api/v1/openapi.json");
    let of = |pointer: &str| document.pointer(&format!("/paths/~1api~1v1~1{pointer}")).expect("an operation").clone();
    for path in ["tokens/post", "tokens~1refresh/post", "registrations/post", "password/post"] {
        assert!(of(path).get("security").is_none(), "{path}");
    }
    assert_eq!(of("lists/get")["security"], json!([{}, {"bearer": []}]));
    assert_eq!(of("me/get")["security"], json!([{"bearer": []}]));
    assert!(of("lists/get")["description"].as_str().is_some_and(|text| text.contains("401")));
}

#[test]
fn errors_are_problem_documents_with_a_stable_code() {
    let test = TestApp::start();
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let mut caller = auditor.api();
    let unknown = "00000000-0000-7000-8000-00000000ffff";
    let answers = [
        (test.visitor().get("/api/v1/me"), 401, "unauthenticated"),
        (caller.call("POST", "/api/v1/calls", &json!({})), 403, "wrong_role"),
        (caller.get(&format!("/api/v1/applications/{unknown}")), 404, "not_found"),
        (caller.get("/api/v1/nothing"), 404, "not_found"),
        (caller.send("POST", "/api/v1/organisations", &[], b"{".to_vec()), 400, "malformed"),
        (caller.call("POST", "/api/v1/organisations", &json!({"colour": "red"})), 400, "malformed"),
        (caller.get("/api/v1/providers?colour=red"), 400, "malformed"),
        (
            caller.call("POST", "/api/v1/join-requests", &json!({"credit_code": "1"})),
            403,
            "officers_have_no_organisation",
        ),
    ];
    for (answer, status, code) in answers {
        let answer = answer.expect(status);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{answer}");
        let body = answer.json();
        assert_eq!((&body["code"], &body["status"]), (&json!(code), &json!(status)), "{answer}");
        assert!(body["title"].as_str().is_some_and(|title| !title.is_empty() && !title.starts_with('[')), "{answer}");
    }
}

#[test]
fn what_cannot_be_read_is_said_and_another_method_is_named() {
    let test = TestApp::start();
    let mut caller = test.visitor();
    let unread = caller.get("/api/v1/lists?colour=red").expect(400).json();
    assert!(unread["detail"].as_str().is_some_and(|detail| detail.contains("colour")), "{unread}");
    let unknown = caller.get("/api/v1/nothing").expect(404).json();
    assert_eq!(unknown.get("detail"), None, "nothing is said of what is not there");
    let other = caller.call("DELETE", "/api/v1/lists", &json!({})).expect(405);
    assert_eq!((other.header("allow"), other.code().as_str()), (Some("GET, HEAD"), "method_not_allowed"));
    let ways = caller.call("PATCH", "/api/v1/calls", &json!({})).expect(405);
    assert_eq!(ways.header("allow"), Some("GET, HEAD, POST"));
}

#[test]
fn what_is_wrong_with_a_query_names_its_parameter() {
    let test = TestApp::start();
    let mut auditor = test.person("auditor@example.org", &[with(Role::Auditor)]).api();
    for (query, names) in [
        ("calls?page=abc", "page"),
        ("calls?year=soon", "year"),
        ("applications?state=x", "state"),
        ("organisations?code_check=x", "code_check"),
        ("memberships?standing=x", "standing"),
        ("providers?year=soon", "year"),
        ("calls?page=1&page=2", "page"),
    ] {
        let detail = auditor.get(&format!("/api/v1/{query}")).expect(400).json()["detail"].clone();
        assert!(
            detail.as_str().is_some_and(|text| text.starts_with(&format!("query: {names}: "))),
            "{query}: {detail}"
        );
    }
    // A page that no list has is no other one.
    for (query, names) in
        [("per_page=0", "per_page"), ("per_page=-1", "per_page"), ("per_page=201", "per_page"), ("page=0", "page")]
    {
        for list in ["calls", "providers"] {
            let refused = auditor.get(&format!("/api/v1/{list}?{query}")).expect(422).json();
            assert_eq!(refused["fields"][0]["path"], names, "{query}: {refused}");
            let limit = if names == "page" { "1000000" } else { "200" };
            assert!(refused["fields"][0]["message"].as_str().is_some_and(|text| text.contains(limit)), "{refused}");
        }
    }
    auditor.get("/api/v1/calls?page=1000000&per_page=200").expect(200);
    let document = test.visitor().json("/api/v1/openapi.json");
    let parameters = document.pointer("/paths/~1api~1v1~1calls/get/parameters").expect("parameters");
    let rows = parameters.as_array().into_iter().flatten().find(|one| one["name"] == "per_page").expect("per_page");
    assert_eq!((&rows["schema"]["minimum"], &rows["schema"]["maximum"]), (&json!(1), &json!(200)));
}

#[test]
fn a_key_is_described_where_it_is_heeded() {
    let test = TestApp::start();
    let document = test.visitor().json("/api/v1/openapi.json");
    let heeds = |pointer: &str| {
        let parameters =
            document.pointer(pointer).and_then(|o| o["parameters"].as_array()).cloned().unwrap_or_default();
        parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key")
    };
    assert!(heeds("/paths/~1api~1v1~1applications~1{id}~1documents/post"));
    assert!(heeds("/paths/~1api~1v1~1organisations/post"));
    assert!(heeds("/paths/~1api~1v1~1organisations~1{id}~1licence/post"));
    assert!(heeds("/paths/~1api~1v1~1evidence/post"));
    for path in ["tokens/post", "password/post", "objections~1{id}~1identity/post"] {
        assert!(document.pointer(&format!("/paths/~1api~1v1~1{path}")).is_some(), "{path}");
        assert!(!heeds(&format!("/paths/~1api~1v1~1{path}")), "{path}");
    }
}

/// A client that is made from the description sends a body where one must be, and reads a file as what it is.
#[test]
fn bodies_that_must_be_there_and_the_types_of_files_are_described() {
    let document = serde_json::to_value(yuanchi::api::openapi()).expect("a description");
    let of = |pointer: &str| document.pointer(&format!("/paths/~1api~1v1~1{pointer}")).expect("an operation");
    for (path, required) in [("tokens/post", true), ("calls/post", true), ("documents~1{id}/delete", false)] {
        assert_eq!(of(path)["requestBody"]["required"], required, "{path}");
    }
    let files: [(&str, &[&str]); 3] = [
        ("documents~1{id}", &["application/pdf", "image/png", "image/jpeg"]),
        ("organisations~1{id}~1licence~1content", &["application/pdf", "image/png", "image/jpeg"]),
        ("objections~1{id}~1evidence~1{evidence}", &["application/pdf", "image/png", "image/jpeg"]),
    ];
    for (path, types) in files {
        let content = &of(&format!("{path}/get"))["responses"]["200"]["content"];
        assert!(types.iter().all(|kind| content.get(kind).is_some()), "{path}: {content}");
        assert!(content.get("application/octet-stream").is_none(), "{path}");
    }
}

/// Whoever has nothing but the description can send the bytes of a document.
#[test]
fn what_an_upload_is_called_by_is_described() {
    let document = serde_json::to_value(yuanchi::api::openapi()).expect("a description");
    let uploads: [(&str, &[&str]); 3] = [
        ("applications~1{id}~1documents", &["kind", "name"]),
        ("organisations~1{id}~1licence", &["name"]),
        ("evidence", &["name"]),
    ];
    for (path, names) in uploads {
        let operation = document.pointer(&format!("/paths/~1api~1v1~1{path}/post")).expect("an operation");
        let parameters = operation["parameters"].as_array().expect("parameters");
        let query: Vec<&Value> = parameters.iter().filter(|one| one["in"] == "query").collect();
        assert_eq!(query.iter().filter_map(|one| one["name"].as_str()).collect::<Vec<_>>(), names, "{path}");
        assert_eq!(operation["requestBody"]["required"], true, "{path}: the bytes must be there");
        assert!(query.iter().all(|one| one["required"] == true && one["description"].is_string()), "{operation}");
    }
}

#[test]
fn the_description_names_every_operation_and_nothing_else() {
    let test = TestApp::start();
    let document = test.visitor().json("/api/v1/openapi.json");
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.")));
    let mut described: Vec<(String, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            assert!(operation["operationId"].is_string() && operation["summary"].is_string(), "{method} {path}");
            assert!(operation["responses"].as_object().is_some_and(|answers| !answers.is_empty()), "{method} {path}");
            described.push((method.to_uppercase(), path.trim_start_matches("/api/v1").to_string()));
        }
    }
    let mut mounted: Vec<(String, String)> =
        yuanchi::api::operations().iter().map(|o| (o.method.to_string(), o.path.to_string())).collect();
    described.sort();
    mounted.sort();
    assert_eq!(described, mounted);
    // Every reference leads somewhere.
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
    test.visitor().open("/api/docs").shows("/applications/{id}/submission").shows("以英文写成");
}

#[test]
fn c_15_a_key_is_replaced_while_what_it_signed_stays_good_until_it_ends() {
    let test = TestApp::start();
    let other = Node::beside(&test);
    let (person, first) = signed_in(&test, "api@example.org");
    let text = |tokens: &Value| tokens["access_token"].as_str().expect("a token").to_string();
    let status = |token: &str| {
        let ask = |client: Client| client.with_bearer(token.to_string()).get("/api/v1/me").status;
        (ask(test.visitor()), ask(other.visitor()))
    };
    let (old, claims) =
        (test.app.env.keys.token_key(), test.app.check_access_token(&text(&first)).expect("it is good"));
    test.write(|tx| rotate_keys(tx, &Actor::system(), "演练"));
    let new = test.app.env.keys.token_key();
    assert_ne!((&old.id, old.secret), (&new.id, new.secret));
    // What was signed before is good on every node; what is signed from now on names the new key.
    assert_eq!(status(&text(&first)), (200, 200));
    let second = refresh(&test, &first).expect(200).json();
    assert_eq!(status(&text(&second)), (200, 200));
    // Whoever had stolen the old key can do nothing with it once the last honest token is over.
    let forged = token::issue(&old.id, &old.secret, person.id, &claims.sid, test.now(), 600).expect("a token");
    let renamed = token::issue(&new.id, &old.secret, person.id, &claims.sid, test.now(), 600).expect("a token");
    assert_eq!(status(&renamed), (401, 401));
    test.advance(Duration::seconds(599));
    assert_eq!((status(&text(&first)), status(&forged)), ((200, 200), (200, 200)));
    test.advance(Duration::seconds(1));
    assert_eq!((status(&text(&first)), status(&forged)), ((401, 401), (401, 401)));
    // Neither key is in the database or among the figures.
    let figures = test.visitor().get("/metrics").expect(200).text();
    let kept = super::objectors::dump(&test);
    for secret in [old.secret, new.secret, test.app.env.keys.secret_for("access token")] {
        assert!(!kept.contains(&hex::encode(secret)) && !figures.contains(&hex::encode(secret)));
    }
}

#[test]
fn c_05_an_owner_is_told_of_a_sign_in_by_a_program_that_was_not_seen_before() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let sign_in = |agent: &str, network: &str, password: &str| {
        let headers = [("content-type", "application/json"), ("user-agent", agent), ("x-forwarded-for", network)];
        let body = json!({"email": anna.email, "password": password});
        test.visitor().send("POST", "/api/v1/tokens", &headers, body.to_string().into_bytes()).status
    };
    let told = || {
        test.run_jobs();
        test.letters_to(&anna.email).len()
    };
    assert_eq!(sign_in("reporter/1.0", "203.0.113.7", "not the right one at all"), 422);
    assert_eq!(told(), 0, "nobody is in");
    assert_eq!(sign_in("reporter/1.0", "203.0.113.7", PASSWORD), 200);
    assert_eq!(told(), 1);
    let letter = test.letters_to(&anna.email).remove(0);
    assert!(letter.text.contains("reporter") && letter.text.contains("/account"), "{letter:?}");
    assert!(!letter.text.contains("203.0.113"), "{letter:?}");
    // The next version of it, and the machine beside it, are no strangers; another program is, and so is another place.
    assert_eq!((sign_in("reporter/1.1", "203.0.113.9", PASSWORD), told()), (200, 1));
    assert_eq!((sign_in("other/1.0", "203.0.113.7", PASSWORD), told()), (200, 2));
    assert_eq!((sign_in("reporter/1.1", "198.51.100.7", PASSWORD), told()), (200, 3));
    // A mailbox is not filled by whoever has the password: five in an hour.
    for number in 0..4 {
        assert_eq!(sign_in(&format!("program{number}"), "203.0.113.7", PASSWORD), 200);
    }
    assert_eq!(told(), 5);
    // What was not seen for half a year is new.
    test.advance(Duration::days(181));
    assert_eq!((sign_in("reporter/1.1", "203.0.113.9", PASSWORD), told()), (200, 6));
}
