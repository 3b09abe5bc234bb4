//! Requests that are sent again with their key by somebody who is not any more who they were.

use super::applications::{png, scene};
use super::support::html::value_of;
use super::support::{Answer, Client, member_of};
use serde_json::json;
use yuanchi::db;
use yuanchi::domain::ids::ApplicationId;

/// A document with a key.
fn upload(api: &mut Client, id: &str, key: &str) -> Answer {
    let path = format!("/api/v1/applications/{id}/documents?kind=licence&name=a.png");
    let headers = [("content-type", "application/octet-stream"), ("idempotency-key", key)];
    api.send("POST", &path, &headers, png())
}

#[test]
fn c_12_c_19_c_22_an_old_key_opens_nothing_to_whoever_left_the_organisation() {
    let scene = scene();
    let test = &scene.app;
    let id = scene.begin(&mut scene.admin.api());
    let member = test.person("member@example.org", &[member_of(scene.organisation)]);
    let form = format!("/api/v1/applications/{id}/form");
    let body = json!({ "version": 1, "form": { "profile": "做数字化" } });
    let mut api = member.api();
    let saved = api.call_once("save", "PATCH", &form, &body).expect(200).json();
    assert_eq!(api.call_once("save", "PATCH", &form, &body).expect(200).json(), saved);
    let kept = upload(&mut api, &id, "document").expect(201).json();
    assert_eq!(upload(&mut api, &id, "document").expect(201).json(), kept);
    let stands = || {
        let id = ApplicationId::from_text(&id).expect("an id");
        test.read(|tx| {
            let events = db::events::of_subject(tx.db, "application", id.as_text())?.len();
            Ok((events, db::attachments::of_application(tx.db, id)?.len()))
        })
    };
    let before = stands();

    // Taken out, and let in elsewhere: the file is not there, whatever the key.
    let out = format!("/api/v1/organisations/{}/members/{}", scene.organisation, member.id);
    scene.admin.api().call("DELETE", &out, &json!({})).expect(200);
    api.call_once("save", "PATCH", &form, &body).expect(401);
    let elsewhere = test.organisation("91440606722473344C", "乙公司", "440305");
    test.give(member.id, member_of(elsewhere));
    let mut api = member.api();
    for key in ["another", "save"] {
        let refused = api.call_once(key, "PATCH", &form, &body).expect(404);
        assert_eq!(refused.code(), "not_found", "{key}");
    }
    for key in ["another document", "document"] {
        assert_eq!(upload(&mut api, &id, key).expect(404).code(), "not_found", "{key}");
    }
    assert_eq!(stands(), before);

    // Whoever comes back is told what they were told, and nothing is done again.
    test.take_roles(member.id);
    test.give(member.id, member_of(scene.organisation));
    let mut api = member.api();
    assert_eq!(api.call_once("save", "PATCH", &form, &body).expect(200).json(), saved);
    assert_eq!(upload(&mut api, &id, "document").expect(201).json(), kept);
    assert_eq!(stands(), before);
}

#[test]
fn c_51_an_old_key_does_nothing_twice_for_whoever_holds_another_role_by_now() {
    let scene = scene();
    let test = &scene.app;
    let member = test.person("member@example.org", &[member_of(scene.organisation)]);
    let (call, id) = (scene.call, member.id);
    let waiting = || test.read(|tx| Ok(db::call_questions::count_waiting(tx.db, call, id)?));
    // By the API, and by the form of a page with the number that is in it.
    let to = format!("/api/v1/calls/{call}/questions");
    let body = json!({ "question": "截止时间？" });
    let mut api = member.api();
    let asked = api.call_once("ask", "POST", &to, &body).expect(201).json();
    assert_eq!(api.call_once("ask", "POST", &to, &body).expect(201).json(), asked);
    let mut browser = member.browser();
    let once = value_of(&browser.open(&format!("/calls/{call}")).text(), "once").expect("the number of the form");
    let page = format!("/calls/{call}/questions");
    let fields = [("once", once.as_str()), ("question", "需要哪些材料？")];
    for _ in 0..2 {
        browser.post(&page, &fields).expect(303);
    }
    assert_eq!(waiting(), 2);

    let member_path = format!("/api/v1/organisations/{}/members/{id}", scene.organisation);
    scene.admin.api().call("PATCH", &member_path, &json!({ "admin": true })).expect(200);
    let refused = member.api().call_once("ask", "POST", &to, &body).expect(409);
    assert_eq!(refused.code(), "answer_of_other_roles");
    member.browser().post(&page, &fields).expect(409).shows("该请求此前已办理");
    assert_eq!(waiting(), 2, "and it is not asked again");
    // A key of today is as good as ever.
    member.api().call_once("today", "POST", &to, &body).expect(201);
    assert_eq!(waiting(), 3);

    // What has given a role itself is told to whoever holds it.
    let newcomer = test.person("newcomer@example.org", &[]);
    let registration = super::organisations::registration("9144030071526726XG", "440305", "");
    let mut api = newcomer.api();
    let mut register = || api.call_once("register", "POST", "/api/v1/organisations", &registration).expect(201).json();
    let registered = register();
    assert_eq!(register(), registered);
}
