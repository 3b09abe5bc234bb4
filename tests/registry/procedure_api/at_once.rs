//! What happens when somebody asks twice, two ask at once, or what is asked is wrong.

use super::scene::{ARRANGED, CLOSES, ENDS, OURS, RECOMMEND_BY, Scene};
use crate::support::app::{TestApp, at};
use crate::support::race::{one_wins, together};
use crate::support::{Client, Person, admin_of, html, in_bureau};
use chrono::NaiveDateTime;
use serde_json::json;
use yuanchi::actions::Record;
use yuanchi::db::applications;
use yuanchi::domain::calendar::local_datetime_text;
use yuanchi::domain::ids::ApplicationId;
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;

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

/// What a page tells somebody who was too late, as text.
fn told(page: &str) -> String {
    let section = page.split("aria-labelledby=\"meanwhile-title\"").nth(1).expect("what was done meanwhile");
    html::text(section.split("</section>").next().unwrap_or_default())
}

#[test]
fn c_53_the_page_that_comes_too_late_tells_what_was_done_and_keeps_what_was_typed() {
    for _ in 0..6 {
        let scene = Scene::new();
        let colleague = scene.test.person("colleague@example.org", &[in_bureau(OURS)]);
        let (mut one, mut two) = (scene.officer().browser(), colleague.browser());
        let page = |rest: &str| format!("/applications/{}{rest}", scene.id);
        one.open(&page("/refusal"));
        two.open(&page("/recommendation"));
        let works: [(&mut Client, &str, (&str, &str)); 2] = [
            (&mut one, "/refusal", ("reason", "材料与登记信息不符")),
            (&mut two, "/recommendation", ("opinion", "同意推荐")),
        ];
        let works = works.map(|(browser, rest, field)| {
            let to = page(rest);
            move || browser.submit(&to, &[field])
        });
        let answers = together(works);
        let id = scene.id;
        let stored = scene.test.read(|tx| Ok(applications::find(tx.db, &Scope::everything(), id)?));
        let (lost, field, own, act, now) = match stored.state {
            State::NotRecommended => (&answers[1], "opinion", "同意推荐", "不予推荐", "地市审核中 → 不予推荐"),
            _ => (&answers[0], "reason", "材料与登记信息不符", "推荐", "地市审核中 → 形式审查中"),
        };
        assert_eq!(lost.status, 409, "{lost}");
        let page = lost.text();
        assert_eq!(html::value_of(&page, field).as_deref(), Some(own), "{lost}");
        let told = told(&page);
        let at = local_datetime_text(scene.test.now());
        for words in [act, "地市审核员", &at, now] {
            assert!(told.contains(words), "{words}: {told}");
        }
    }
}

#[test]
fn c_53_two_recommendations_at_once_are_compared_for_whoever_lost() {
    for _ in 0..6 {
        let scene = Scene::new();
        let colleague = scene.test.person("colleague@example.org", &[in_bureau(OURS)]);
        let to = scene.path("/recommendation");
        let works = [(scene.officer().api(), "同意推荐"), (colleague.api(), "拟同意，建议补充案例")].map(
            |(mut caller, opinion)| {
                let to = &to;
                move || caller.call("POST", to, &json!({ "version": 1, "opinion": opinion }))
            },
        );
        let answers = together(works);
        one_wins(&answers, 201, &["wrong_state", "stale"]);
        let (theirs, mine) = match answers[0].status {
            201 => ("同意推荐", "拟同意，建议补充案例"),
            _ => ("拟同意，建议补充案例", "同意推荐"),
        };
        let lost = answers.iter().find(|answer| answer.status == 409).expect("one lost").json();
        let expected = json!([{ "field": "opinion", "sent": mine, "current": theirs }]);
        assert_eq!(lost["differences"], expected, "{lost}");
    }
    // By the page as well: what a colleague has done is no second press of one's own.
    let scene = Scene::new();
    let colleague = scene.test.person("colleague@example.org", &[in_bureau(OURS)]);
    let to = format!("/applications/{}/recommendation", scene.id);
    let mut late = colleague.browser();
    late.open(&to);
    let body = json!({ "version": 1, "opinion": "同意推荐" });
    scene.officer().api().call("POST", &scene.path("/recommendation"), &body).expect(201);
    let answer = late.submit(&to, &[("opinion", "建议补充案例")]).expect(409);
    assert_eq!(html::value_of(&answer.text(), "opinion").as_deref(), Some("建议补充案例"), "{answer}");
    let told = told(&answer.text());
    assert!(told.contains("推荐意见") && told.contains("同意推荐") && told.contains("建议补充案例"), "{told}");
}

#[test]
fn c_53_nobody_learns_more_by_being_late() {
    let scene = Scene::new();
    let person = |name: &str| scene.people.iter().find(|(known, ..)| *known == name).expect("a person").1.clone();
    let (vendor, handler) = (person("own-admin"), person("a-handler"));
    let withdrawal = format!("/applications/{}/withdrawal", scene.id);
    let mut browser = vendor.browser();
    browser.open(&withdrawal);
    let record = |action: &'static str, role: &'static str, detail: serde_json::Value| {
        let (id, officer) = (scene.id, scene.officer().actor());
        scene.test.write(move |tx| {
            let subject_id = id.as_text();
            tx.record(
                &officer,
                Record { subject_kind: "application", subject_id, action, role, detail, ..Record::default() },
            )
        });
    };
    record("application.saved", "vendor_admin", json!({}));
    let body = json!({ "version": 1, "opinion": "内部意见：材料较弱" });
    scene.officer().api().call("POST", &scene.path("/recommendation"), &body).expect(201);
    // Between bureau and department; the applicant's timeline does not show it.
    record("application.reranked", "city_officer", json!({ "rank_before": 2, "rank": 1 }));
    let acts = |told: &serde_json::Value| -> Vec<String> {
        let changes = told["changes"].as_array().into_iter().flatten();
        changes.filter_map(|change| change["act"].as_str().map(str::to_string)).collect()
    };
    let body = json!({ "version": 1, "reason": "改报其他类别" });
    let answer = vendor.api().call("POST", &scene.path("/withdrawal"), &body).expect(409);
    assert_eq!(acts(&answer.json()), ["application.recommended"], "{answer}");
    answer.hides("reranked").hides("内部意见").hides("rank_before");
    let answer = browser.submit(&withdrawal, &[("reason", "改报其他类别")]).expect(409);
    assert_eq!(html::value_of(&answer.text(), "reason").as_deref(), Some("改报其他类别"), "{answer}");
    let told = told(&answer.text());
    assert!(told.contains("推荐") && told.contains("地市审核员"), "{told}");
    answer.hides("内部意见").hides("调整推荐排序");
    // The department sees it, as it does in the record.
    let body = json!({ "version": 1, "conclusion": "accepted", "findings": [] });
    let answer = handler.api().call("POST", &scene.path("/screening"), &body).expect(409);
    assert_eq!(acts(&answer.json()), ["application.recommended", "application.reranked"], "{answer}");
    // The applicant's savings are their own affair, as in its timeline, however far behind somebody is.
    let body = json!({ "version": 0, "conclusion": "accepted", "findings": [] });
    let answer = handler.api().call("POST", &scene.path("/screening"), &body).expect(409);
    assert_eq!(acts(&answer.json()), ["application.recommended", "application.reranked"], "{answer}");
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
