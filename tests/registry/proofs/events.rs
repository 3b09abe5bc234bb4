//! One event shown to be in the record, without any other.

use super::*;
use crate::support::with;
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;

#[test]
fn an_applicant_proves_what_was_filed_and_shows_nothing_else() {
    let mut scene = scene();
    let (own, vendor) = scene.noticed(State::InNotice, "佛山市");
    let (other, stranger) = scene.noticed(State::InNotice, "广州市");
    yuanchi::jobs::take_checkpoints(&scene.test.app).expect("a checkpoint");
    let address = format!("/applications/{own}/proofs");
    let mut browser = vendor.browser();
    browser.open(&address).expect(200).shows("待下一份名单公布后可以下载");
    browser.get(&format!("{address}/1")).expect(409).shows("尚未被公布的名单锚定");
    assert_eq!(vendor.api().get(&format!("/api/v1{address}/1")).expect(409).code(), "event_not_anchored");

    let list = publish(&scene);
    // What happens later does not change the proof.
    scene.noticed(State::InNotice, "佛山市");
    publish(&scene);
    let test = &scene.test;
    browser.open(&address).expect(200).shows("由第 1 份名单锚定");
    let answer = browser.get(&format!("{address}/1")).expect(200);
    let proof: Value = answer.json();
    assert_eq!(proof["event"]["action"], "application.submitted");
    assert_eq!(proof["event"]["subject_id"], own.as_text());
    assert_eq!(proof["list"]["id"], list.to_string());
    for secret in [other.to_string(), scene.handler.id.to_string(), "application.noticed".into()] {
        assert!(!answer.text().contains(&secret), "{secret}");
    }
    assert_eq!(vendor.api().json(&format!("/api/v1{address}/1")), proof);
    let listed = vendor.api().json(&format!("/api/v1{address}"));
    assert_eq!((&listed["items"][0]["number"], &listed["items"][0]["list"]), (&json!(1), &json!(1)));
    // What an officer did is the officer's, and another's file is another's.
    assert!(listed["items"].as_array().expect("items").iter().all(|item| item["action"] != "application.noticed"));
    browser.get(&format!("{address}/2")).expect(404);
    browser.get(&format!("{address}/99")).expect(404);
    stranger.browser().get(&format!("{address}/1")).expect(404);
    scene.handler.browser().get(&format!("{address}/1")).expect(404);
    test.visitor().get(&format!("{address}/1")).expect(303);

    let file = save(test, "event.json", &answer.body);
    let (text_of_list, proof_of_list, keys) = carried(test, list);
    ends(&verify(&[text(&file)]), 3, "application.submitted");
    ends(
        &verify(&[text(&file), "--list", text(&text_of_list), "--keys", text(&keys)]),
        0,
        "the list anchors this root",
    );
    // By itself, or with a list that is held against no key, it fits together and proves nothing.
    ends(&verify(&[text(&file), "--keys", text(&keys)]), 3, "give its text with --list");
    ends(&verify(&[text(&file), "--list", text(&text_of_list)]), 3, "the list anchors this root");
    let held =
        |event: &Path| python(test, &["--event", text(event), text(&text_of_list), text(&proof_of_list), text(&keys)]);
    ends(&held(&file), 0, "ok application.submitted");
    ends(&python(test, &[text(&text_of_list), text(&file), text(&keys)]), 2, "verified with --event");
    ends(&held(&proof_of_list), 2, "is no proof of an event");
    for (from, to, says) in [
        ("application.submitted", "application.withdrawn", "the hash is not that of the event"),
        ("\"position\": ", "\"position\": 1", "the paths do not lead"),
    ] {
        let changed = save(test, "changed.json", answer.text().replacen(from, to, 1).as_bytes());
        ends(&held(&changed), 1, says);
    }
    for (from, to, says) in [
        ("application.submitted", "application.withdrawn", "the hash is not that of the event"),
        ("\"position\": ", "\"position\": 1", "the paths do not lead"),
        ("yuanchi event proof 1", "yuanchi event proof 2", "no proof of a list"),
    ] {
        let changed = answer.text().replacen(from, to, 1);
        assert_ne!(changed, answer.text());
        let changed = save(test, "changed.json", changed.as_bytes());
        let output = verify(&[text(&changed), "--proof", text(&file)]);
        assert_ne!(output.status.code(), Some(0));
        assert!(super::said(&output).contains(says), "{says} is not in {}", super::said(&output));
    }
    let path: Vec<&str> = proof["path"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
    let changed = answer.text().replace(path[0], &"0".repeat(64));
    let changed = save(test, "changed.json", changed.as_bytes());
    ends(&verify(&[text(&changed)]), 1, "the paths do not lead");
}

#[test]
fn c_61_an_auditor_proves_any_event() {
    let (scene, list) = published(2);
    let test = &scene.test;
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let events = auditor.api().json("/api/v1/events?per_page=200");
    let mut proved = 0;
    for event in events["items"].as_array().expect("events") {
        let subject = |key: &str| event[key].as_str().expect("a text").to_string();
        let address =
            format!("/events/{}/{}/{}/proof", subject("subject_kind"), subject("subject_id"), event["number"]);
        let answer = auditor.api().get(&format!("/api/v1{address}"));
        // The publication itself, and whatever came after it, waits for the next list.
        if answer.status == 409 {
            continue;
        }
        let answer = answer.expect(200);
        assert_eq!(answer.json()["hash"], event["hash"]);
        assert_eq!(answer.json()["list"]["id"], list.to_string());
        let proof: yuanchi::domain::chain::inclusion::EventProof =
            serde_json::from_slice(&answer.body).expect("a proof");
        assert_eq!(proof.check(), Ok(()));
        assert_eq!(auditor.browser().get(&format!("{address}.json")).expect(200).json(), answer.json());
        proved += 1;
    }
    assert!(proved >= 6, "{proved} events of submitting, noticing, publishing and membership");
    let address = format!("/events/list/{list}/1/proof");
    assert_eq!(auditor.api().get(&format!("/api/v1{address}")).expect(200).json()["event"]["action"], "list.proposed");
    scene.handler.api().get(&format!("/api/v1{address}")).expect(403);
    scene.handler.browser().get(&format!("{address}.json")).expect(403);
    scene.approver.api().get(&format!("/api/v1{address}")).expect(403);
    test.person("keeper@example.org", &[with(Role::SystemAdmin)]).api().get(&format!("/api/v1{address}")).expect(403);
    test.visitor().get(&format!("/api/v1{address}")).expect(401);
    // The page links a proof where there is one: the publication itself waits for the next list, its proposal does not.
    let page = auditor.browser().open(&format!("/events/list/{list}")).shows("待下一份名单公布后可以下载");
    page.shows(&format!("{address}.json")).hides(&format!("/events/list/{list}/2/proof.json"));
    auditor.browser().get(&format!("/events/list/{list}/2/proof.json")).expect(409);
    auditor.api().get("/api/v1/events/list/none/1/proof").expect(404);
}
