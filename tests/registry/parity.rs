//! What a page shows and what the API says: the same, for the same people.

use super::support::people::PASSWORD;
use super::support::{TestApp, admin_of, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::cli::demo::sample;
use yuanchi::domain::actor::Role;

#[test]
fn the_record_is_narrowed_by_subject_actor_and_day() {
    let test = TestApp::start();
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let anna = test.person("anna@example.org", &[]);
    drop(anna.browser());
    test.advance(Duration::days(2));
    drop(anna.browser());
    let mut api = auditor.api();
    let total = |api: &mut super::support::Client, query: &str| {
        api.json(&format!("/api/v1/events?{query}"))["total"].as_i64().expect("a number")
    };
    let of_anna = format!("actor={}", anna.id);
    assert_eq!(total(&mut api, &of_anna), 2);
    assert_eq!(total(&mut api, &format!("{of_anna}&subject_kind=account&subject_id={}", anna.id)), 2);
    assert_eq!(total(&mut api, &format!("{of_anna}&subject_kind=call")), 0);
    // Both days are inside, by the calendar of Guangdong.
    assert_eq!(total(&mut api, &format!("{of_anna}&from=2026-03-02&to=2026-03-02")), 1);
    assert_eq!(total(&mut api, &format!("{of_anna}&from=2026-03-03")), 1);
    assert_eq!(total(&mut api, &format!("{of_anna}&from=2026-03-02&to=2026-03-04")), 2);
    for wrong in ["from=tomorrow", "to=2026-13-01", "from=-262143-01-01", "to=%2B262142-12-31"] {
        let answer = api.get(&format!("/api/v1/events?{wrong}")).expect(422).json();
        assert_eq!(answer["fields"][0]["code"], "date_invalid", "{wrong}");
    }
    // Somebody's name or address is sent, and stands in no address.
    for named in ["actor=anna", "actor=anna%40example.org"] {
        let answer = api.get(&format!("/api/v1/events?{named}")).expect(422).json();
        let field = &answer["fields"][0];
        assert_eq!((&field["path"], &field["code"]), (&json!("actor"), &json!("actor_not_an_id")), "{named}");
    }
    for actor in ["anna", "anna@example.org", anna.id.as_text()] {
        let body = json!({ "actor": actor, "from": "2026-03-03" });
        assert_eq!(api.call("POST", "/api/v1/events/search", &body).expect(200).json()["total"], 1, "{actor}");
    }
    // An action that nothing records is a mistake, however it is asked for: an empty list would say that it never happened.
    let listed = api.get("/api/v1/events?action=account.signed_up").expect(422);
    let searched = api.call("POST", "/api/v1/events/search", &json!({ "action": "account.signed_up" })).expect(422);
    assert_eq!(searched.json(), listed.json());
    assert_eq!(searched.json()["fields"][0]["code"], "filter_unknown");
    let known = json!({ "action": "account.signed_in", "actor": "anna" });
    assert_eq!(api.call("POST", "/api/v1/events/search", &known).expect(200).json()["total"], 2);
    let page = api.json(&format!("/api/v1/events?{of_anna}&per_page=1&page=2"));
    assert_eq!((&page["total"], &page["page"]), (&json!(2), &json!(2)));
    let event = &page["items"][0];
    assert_eq!((&event["action"], &event["number"]), (&json!("account.signed_in"), &json!(2)));
    assert!(event.get("detail").is_none(), "the page shows no detail: {event}");

    let mut browser = auditor.browser();
    browser.open(&format!("/events?{of_anna}&from=2026-03-03")).shows("共 1 条");
    browser.get("/events?from=tomorrow").expect(422).shows("日期应为");
    let chain = api.json(&format!("/api/v1/events/account/{}", anna.id));
    assert_eq!((chain["items"].as_array().map(Vec::len), &chain["broken"]), (Some(3), &json!(null)));
    api.get("/api/v1/events/account/nothing").expect(404);
}

#[test]
fn c_16_one_changes_ones_password_and_ends_sessions() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let other = test.person("other@example.org", &[]);
    drop(other.browser());
    let sign_in = |password: &str| {
        let body = json!({"email": "anna@example.org", "password": password});
        test.visitor().call("POST", "/api/v1/tokens", &body)
    };
    sign_in("wrong").expect(422);
    let tokens = sign_in(PASSWORD).expect(200).json();
    assert!(tokens["refresh_token"].as_str().is_some_and(|token| !token.is_empty()));
    let mut api = anna.api();
    let sessions = api.json("/api/v1/me/sessions");
    assert_eq!(sessions["total"], 2, "only one's own: {sessions}");
    let change = |present: &str, new: &str| json!({"present_password": present, "password": new});
    let wrong = api.call("POST", "/api/v1/me/password", &change("wrong", "a quite new long password")).expect(422);
    assert_eq!(wrong.json()["fields"][0]["code"], "present_password_wrong");
    let new = "a quite new long password";
    let changed = api.call("POST", "/api/v1/me/password", &change(PASSWORD, new)).expect(200).json();
    api.get("/api/v1/me").expect(401);
    let token = changed["access_token"].as_str().expect("a token").to_string();
    let mut api = test.visitor().with_bearer(token);
    let sessions = api.json("/api/v1/me/sessions");
    assert_eq!(sessions["total"], 1, "all the others ended: {sessions}");
    sign_in(PASSWORD).expect(422);
    sign_in(new).expect(200);

    // An administrator sees and ends them; nobody ends another's by themselves.
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let of_anna = format!("/api/v1/accounts/{}/sessions", anna.id);
    let listed = keeper.api().json(&of_anna);
    assert_eq!(listed["total"], 2);
    let id = listed["items"][0]["id"].as_str().expect("an id");
    other.api().call("DELETE", &format!("/api/v1/me/sessions/{id}"), &json!({})).expect(404);
    let left = api.call("DELETE", &format!("/api/v1/me/sessions/{id}"), &json!({}));
    assert!(matches!(left.status, 200), "{left}");
    assert_eq!(keeper.api().call("DELETE", &of_anna, &json!({})).expect(200).json()["total"], 0);
    api.get("/api/v1/me").expect(401);
}

#[test]
fn a_licence_image_is_provided_looked_at_and_accepted() {
    let test = TestApp::start();
    let anna = test.person("anna@example.org", &[]);
    let body = json!({
        "credit_code": "91440300192203821Y", "name": "深圳某某科技有限公司", "registered_area": "440305",
        "established_on": "2010-01-02", "address": "深圳市", "contact_name": "张三", "contact_phone": "0755-12345678",
    });
    let organisation = anna.api().call("POST", "/api/v1/organisations", &body).expect(201).json();
    assert_eq!(organisation["code_check"], "wrong");
    let id = organisation["id"].as_str().expect("an id").to_string();
    let path = format!("/api/v1/organisations/{id}/licence");
    let held = test.read(|tx| Ok(yuanchi::db::sessions::held(tx.db, anna.id, tx.now)?));
    assert!(!held.is_empty());
    let mut api = anna.api();
    api.get(&path).expect(404);
    let image = sample::pdf("licence");
    let kind = [("content-type", "application/octet-stream")];
    let wrong = api.send("POST", &format!("{path}?name=a.pdf"), &kind, b"no picture".to_vec()).expect(422);
    assert_eq!(wrong.json()["fields"][0]["path"], "licence");
    let provided = api.send("POST", &format!("{path}?name=a.pdf"), &kind, image.clone()).expect(201).json();
    assert_eq!((&provided["name"], &provided["file_type"]), (&json!("a.pdf"), &json!("pdf")));
    assert_eq!(provided["actions"], json!(["provide_licence"]));
    assert_eq!(api.get(&format!("{path}/content")).expect(200).body, image);
    // Whoever did not hear the answer sends it again: with its key it is brought in once and answered alike.
    let mut send = |name: &str| {
        let headers = [("content-type", "application/octet-stream"), ("idempotency-key", "licence")];
        api.send("POST", &format!("{path}?name={name}"), &headers, image.clone())
    };
    let first = send("b.pdf").expect(201).json();
    test.advance(Duration::minutes(1));
    assert_eq!(send("b.pdf").expect(201).json(), first);
    assert_eq!(send("c.pdf").expect(422).code(), "idempotency_key_reused");
    let events = test.read(|tx| Ok(yuanchi::db::events::of_subject(tx.db, "organisation", &id)?));
    assert_eq!(events.iter().filter(|event| event.action == "organisation.licence_provided").count(), 2);

    // Another organisation's people see none of it and bring nothing in.
    let elsewhere = test.organisation("91440101MA59ABCD1X", "广州某某科技有限公司", "440106");
    let mut stranger = test.person("stranger@example.org", &[admin_of(elsewhere)]).api();
    stranger.get(&path).expect(404);
    stranger.get(&format!("{path}/content")).expect(404);
    stranger.send("POST", &format!("{path}?name=a.pdf"), &kind, image.clone()).expect(404);

    let mut handler = test.person("handler@example.org", &[with(Role::Handler)]).api();
    assert_eq!(handler.get(&format!("{path}/content")).expect(200).body, image);
    assert_eq!(handler.json(&path)["actions"], json!(["accept_code"]));
    let accept = json!({"version": organisation["version"], "reason": "执照影像清晰，代码一致"});
    handler.call("POST", &format!("/api/v1/organisations/{id}/code-override"), &accept).expect(200);
    assert_eq!(handler.json(&path)["reason"], "执照影像清晰，代码一致");
    assert_eq!((&handler.json(&path)["actions"], &api.json(&path)["actions"]), (&json!([]), &json!([])));
    let late = api.send("POST", &format!("{path}?name=a.pdf"), &kind, image).expect(409);
    assert_eq!(late.code(), "licence_not_needed");
}

#[test]
fn what_waits_is_listed_for_those_who_do_it() {
    let test = TestApp::start();
    let mut handler = test.person("handler@example.org", &[with(Role::Handler)]).api();
    let mut approver = test.person("approver@example.org", &[with(Role::Approver)]).api();
    for path in ["/api/v1/reviews", "/api/v1/decisions", "/api/v1/waiting/lists", "/api/v1/waiting/calls"] {
        for api in [&mut handler, &mut approver] {
            let listed: Value = api.json(path);
            assert_eq!((&listed["items"], &listed["total"]), (&json!([]), &json!(0)), "{path}");
        }
    }
    assert_eq!(handler.json("/api/v1/waiting/notices")["total"], 0);
    approver.get("/api/v1/waiting/notices").expect(403);
}
