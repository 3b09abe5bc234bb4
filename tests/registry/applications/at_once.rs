//! One application, several hands at the same moment.

use super::given::png_of;
use super::{Scene, scene};
use crate::support::race::{one_wins, together};
use crate::support::{Answer, admin_of};
use serde_json::json;
use yuanchi::domain::procedure::State;

#[test]
fn a_submission_sent_twice_at_once_gives_one_number() {
    for _ in 0..10 {
        let scene = scene();
        let colleague = scene.app.person("second-admin@example.org", &[admin_of(scene.organisation)]);
        let mut api = scene.admin.api();
        let id = scene.complete(&mut api);
        let path = format!("/api/v1/applications/{id}/submission");
        let body = json!({ "version": scene.version(&mut api, &id), "commitment": true });
        let works = [scene.admin.api(), colleague.api(), scene.admin.api()].map(|mut caller| {
            let (path, body) = (&path, &body);
            move || caller.call("POST", path, body)
        });
        one_wins(&together(works), 200, &["wrong_state", "stale"]);
        let stored = scene.stored(&id);
        assert_eq!((stored.state, stored.submission_count), (State::Submitted, 1));
        assert_eq!(stored.number.as_deref(), Some("YC2026-ST-0001"));
        scene.app.run_jobs();
        let receipts = scene.app.letters_to("admin@example.org");
        assert_eq!(receipts.len(), 1, "one receipt each");
    }
}

#[test]
fn c_51_one_key_sent_twice_at_once_is_answered_twice_and_done_once() {
    let scene = scene();
    for round in 0..10 {
        let organisation = scene.app.organisation(&format!("9144060000000{round:05}"), "乙公司", "440305");
        let person = scene.app.person(&format!("key{round}@example.org"), &[admin_of(organisation)]);
        let id = scene.complete(&mut person.api());
        let path = format!("/api/v1/applications/{id}/submission");
        let body = json!({ "version": scene.version(&mut person.api(), &id), "commitment": true });
        let works = [person.api(), person.api()].map(|mut caller| {
            let (path, body) = (&path, &body);
            move || caller.call_once("a key", "POST", path, body)
        });
        let answers = together(works);
        assert!(answers.iter().all(|answer| answer.status == 200), "{} {}", answers[0], answers[1]);
        assert_eq!(answers[0].json(), answers[1].json());
        assert_eq!(scene.stored(&id).submission_count, 1);
    }
}

/// What two callers do to one application at once.
fn both(scene: &Scene, one: (&str, &str, serde_json::Value), two: (&str, &str, serde_json::Value)) -> Vec<Answer> {
    let works = [one, two].map(|(method, path, body)| {
        let mut caller = scene.admin.api();
        move || caller.call(method, path, &body)
    });
    together(works)
}

#[test]
fn begun_saved_and_withdrawn_at_once_each_is_done_once_or_refused() {
    let scene = scene();
    let begin = format!("/api/v1/calls/{}/applications", scene.call);
    let answers = both(&scene, ("POST", &begin, json!({})), ("POST", &begin, json!({})));
    one_wins(&answers, 201, &["already_applied"]);
    let id = answers.iter().find(|a| a.status == 201).expect("one").json()["id"].as_str().expect("an id").to_string();
    let form = format!("/api/v1/applications/{id}/form");
    for round in 0..10 {
        let version = scene.version(&mut scene.admin.api(), &id);
        let save = |text: &str| json!({ "version": version, "form": { "profile": format!("{text}{round}") } });
        let answers = both(&scene, ("PATCH", &form, save("甲")), ("PATCH", &form, save("乙")));
        one_wins(&answers, 200, &["stale"]);
        let kept = if answers[0].status == 200 { "甲" } else { "乙" };
        assert_eq!(scene.form(&id).text("profile"), format!("{kept}{round}"));
    }
    // Submitted and withdrawn at once: the second finds another version or another state.
    let mut api = scene.admin.api();
    let version = scene.version(&mut api, &id);
    api.call("PATCH", &form, &json!({ "version": version, "form": { "profile": "好", "staff": "1" } })).expect(200);
    scene.upload(&mut api, &id, "licence").expect(201);
    scene.submit(&mut api, &id).expect(200);
    let version = scene.version(&mut api, &id);
    let body = json!({ "version": version, "reason": "材料有误" });
    let withdrawal = format!("/api/v1/applications/{id}/withdrawal");
    let answers = both(&scene, ("POST", &withdrawal, body.clone()), ("POST", &withdrawal, body));
    one_wins(&answers, 200, &["wrong_state", "stale"]);
}

#[test]
fn more_documents_than_allowed_do_not_come_in_at_once() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let works = (0..6).map(|number| {
        let mut caller = scene.admin.api();
        let (scene, id) = (&scene, &id);
        move || scene.upload_as(&mut caller, id, "more", "a.png", png_of(number))
    });
    let answers = together(works);
    let taken = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(taken, 3);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(answer.clone().expect(422).json()["fields"][0]["code"], "document_too_many");
    }
}

/// Whoever hears nothing sends it again, perhaps while the first is still on its way in.
#[test]
fn one_document_sent_several_times_at_once_is_kept_once() {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let works = (0..4).map(|_| {
        let mut caller = scene.admin.api();
        let (scene, id) = (&scene, &id);
        move || scene.upload_as(&mut caller, id, "more", "a.png", png_of(1))
    });
    let answers: Vec<_> = together(works).into_iter().map(|answer| answer.expect(201).json()).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let held = scene.admin.api().json(&format!("/api/v1/applications/{id}"));
    assert_eq!(held["documents"].as_array().map(Vec::len), Some(1), "{held}");
}
