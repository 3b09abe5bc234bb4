//! What happens when somebody asks twice, two ask at once, or what is asked is wrong.

use super::scene::{ARRANGED, CLOSES, ENDS, OURS, RECOMMEND_BY, Scene};
use crate::support::app::{TestApp, at};
use crate::support::{Person, admin_of, in_bureau};
use chrono::NaiveDateTime;
use serde_json::json;
use yuanchi::domain::ids::ApplicationId;

#[test]
fn c_51_a_double_click_and_a_refresh_act_once() {
    let scene = Scene::new();
    let mut officer = scene.officer().api();
    let body = json!({"version": 1, "opinion": "同意推荐"});
    let to = scene.path("/recommendation");
    // With a key the answer is the same, whether it is sent again at once or later.
    let first = officer.call_once("click-1", "POST", &to, &body).expect(201).json();
    let again = officer.call_once("click-1", "POST", &to, &body).expect(201).json();
    assert_eq!(first, again);
    assert_eq!(scene.recorded(scene.id), 2);
    // The same key for something else is a mistake of the caller.
    let other = json!({"version": 1, "opinion": "另一意见"});
    let refused = officer.call_once("click-1", "POST", &to, &other).expect(422);
    assert_eq!(refused.code(), "idempotency_key_reused");
    // Keys belong to an account: a colleague's is another one, and finds that the file has moved on.
    let colleague = scene.test.person("colleague@example.org", &[in_bureau(OURS)]);
    assert_eq!(colleague.api().call_once("click-1", "POST", &to, &body).expect(409).code(), "wrong_state");
    // What was refused is not remembered: the key is still good once it is put right.
    let wrong = json!({"version": 1, "opinion": ""});
    officer.call_once("click-2", "POST", &to, &wrong).expect(409);
    // Without one the state has moved on.
    assert_eq!(officer.call("POST", &to, &body).expect(409).code(), "wrong_state");
    assert_eq!(scene.recorded(scene.id), 2);
}

#[test]
fn of_two_tabs_the_second_is_told_that_it_is_stale() {
    let scene = Scene::new();
    let (mut one, mut two) = (scene.officer().browser(), scene.officer().browser());
    let to = format!("/applications/{}/corrections", scene.id);
    let refusal = format!("/applications/{}/refusal", scene.id);
    one.open(&format!("{to}/new"));
    two.open(&refusal);
    one.submit(&to, &[("mark-field-platform_name", "yes"), ("reason-field-platform_name", "请核对")]).expect(303);
    two.submit(&refusal, &[("reason", "不予推荐")]).expect(409);
    assert_eq!(scene.recorded(scene.id), 2);
}

#[test]
fn c_53_of_two_officers_at_once_one_gets_the_last_place() {
    for _ in 0..6 {
        let scene = Scene::new();
        let second = scene.test.organisation("9144030071526726XG", "丙公司", "440605");
        let vendor = scene.test.person("third@example.org", &[admin_of(second)]);
        let other = scene.filed(second, &vendor, "2026-FP-0002");
        let colleague = scene.test.person("colleague@example.org", &[in_bureau(OURS)]);
        let body = json!({"version": 1, "opinion": "同意推荐"});
        let start = std::sync::Barrier::new(2);
        let mut answers: Vec<(u16, String)> = std::thread::scope(|scope| {
            let run = |person: Person, id: ApplicationId| {
                let (start, body) = (&start, &body);
                scope.spawn(move || {
                    let mut caller = person.api();
                    start.wait();
                    let answer = caller.call("POST", &format!("/api/v1/applications/{id}/recommendation"), body);
                    let json = answer.json();
                    (answer.status, json["code"].as_str().unwrap_or_default().to_string())
                })
            };
            let threads = [run(scene.officer().clone(), scene.id), run(colleague, other)];
            threads.into_iter().map(|thread| thread.join().expect("it answers")).collect()
        });
        answers.sort();
        assert_eq!(answers, [(201, String::new()), (409, "quota_used_up".to_string())]);
    }
}

#[test]
fn c_53_of_two_officers_on_one_file_one_is_told_that_it_has_moved_on() {
    let scene = Scene::new();
    let start = std::sync::Barrier::new(2);
    let requests = [
        ("/refusal", json!({"version": 1, "reason": "不予推荐"})),
        ("/recommendation", json!({"version": 1, "opinion": "同意推荐"})),
    ];
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = requests
            .iter()
            .map(|(rest, body)| {
                let (scene, start) = (&scene, &start);
                let (person, to) = (scene.officer().clone(), scene.path(rest));
                scope.spawn(move || {
                    let mut caller = person.api();
                    start.wait();
                    caller.call("POST", &to, body).status
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("it answers")).collect()
    });
    statuses.sort();
    assert_eq!(statuses, [201, 409]);
    assert_eq!(scene.recorded(scene.id), 2);
}

#[test]
fn a_wrong_credit_code_is_refused_with_its_place_and_a_wrong_check_character_is_a_warning() {
    let test = TestApp::start();
    let person = test.person("new@example.org", &[]);
    let mut caller = person.api();
    let mut body = json!({
        "credit_code": "91440300192203821O", "name": "丁公司", "registered_area": "440305",
        "established_on": "2015-06-01", "address": "广东省", "contact_name": "张三", "contact_phone": "020-83133000",
    });
    // The letter O is in no code; the place is counted from 1.
    let refused = caller.call("POST", "/api/v1/organisations", &body).expect(422).json();
    assert_eq!(refused["fields"][0]["path"], "credit_code", "{refused}");
    assert!(refused["fields"][0]["message"].as_str().is_some_and(|said| said.contains("18")), "{refused}");
    body["credit_code"] = json!("9144030019220382");
    assert_eq!(
        caller.call("POST", "/api/v1/organisations", &body).expect(422).json()["fields"][0]["path"],
        "credit_code"
    );
    // Full width and small letters are brought into form; the check character is wrong, which an officer may override.
    body["credit_code"] = json!("９１44030071526726xa");
    let made = caller.call("POST", "/api/v1/organisations", &body).expect(201).json();
    assert_eq!((&made["credit_code"], &made["code_check"]), (&json!("9144030071526726XA"), &json!("wrong")));
    let second = test.person("second@example.org", &[]);
    let taken = second.api().call("POST", "/api/v1/organisations", &body);
    assert!(matches!(taken.status, 409 | 422), "{taken}");
}

/// An instant of the arrangements is an instant.
#[test]
fn arrangements_lie_where_they_should() {
    let instants: Vec<NaiveDateTime> = ARRANGED.iter().map(|arranged| at(arranged.now)).collect();
    assert!(instants[0] < at(ENDS) && at(ENDS) < at(CLOSES) && at(CLOSES) < at(RECOMMEND_BY));
    assert!(instants[1] > at(RECOMMEND_BY) && instants[2] == instants[0]);
}
