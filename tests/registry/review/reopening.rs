//! A submitted sheet is given back by a recorded act, and only so.

use super::Scene;
use crate::support::race::together;
use crate::support::{Answer, with};
use serde_json::json;
use yuanchi::domain::actor::Role;

#[test]
fn a_sheet_is_given_back_with_a_reason_and_what_it_said_is_kept() {
    let scene = Scene::set(4);
    scene.open();
    let (mut expert, own) = scene.assignments(1);
    let id = own[0]["id"].as_str().expect("an id").to_string();
    let path = format!("/api/v1/assignments/{id}");
    let mut organiser = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]).api();
    let reopening = format!("{path}/reopening");
    let reason = json!({ "reason": "两项评分填反" });
    assert_eq!(organiser.call("POST", &reopening, &reason).expect(409).code(), "sheet_not_submitted");
    expert.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
    let submit = |version: i32, share: &str| json!({ "version": version, "items": scene.sheet(share) });
    expert.call("POST", &format!("{path}/submission"), &submit(1, "80")).expect(200);
    expert.call("POST", &reopening, &reason).expect(403);
    scene.approver.api().call("POST", &reopening, &reason).expect(403);
    let refused = organiser.call("POST", &reopening, &json!({ "reason": " " })).expect(422).json();
    assert_eq!(refused["fields"][0]["path"], "reason");
    // By the page, as an organiser does it.
    let mut handler = scene.handler.browser();
    handler.open(&format!("/reviews/{}", scene.call));
    let mut window = scene.handler.browser();
    window.open(&format!("/reviews/{}", scene.call));
    let sent = handler.submit(&format!("/assignments/{id}/reopening"), &[("reason", "两项评分填反")]);
    handler.follow(sent).shows("评分表已退回").hides("80.00");
    // Pressed again in another window it is no mistake.
    let sent = window.submit(&format!("/assignments/{id}/reopening"), &[("reason", "两项评分填反")]).expect(303);
    window.follow(sent).shows("无需重复提交");
    assert_eq!(organiser.call("POST", &reopening, &reason).expect(409).code(), "sheet_not_submitted");
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[1].1.email);
    assert!(letters.iter().any(|letter| letter.text.contains("两项评分填反")), "{letters:?}");
    let sheet = expert.json(&path)["sheet"].clone();
    assert_eq!((&sheet["status"], &sheet["total"], &sheet["version"]), (&json!("draft"), &json!(null), &json!(3)));
    scene.experts[1]
        .1
        .browser()
        .open(&format!("/assignments/{id}"))
        .shows("已退回给您修改")
        .shows("两项评分填反")
        .shows("还剩");
    expert.call("POST", &format!("{path}/submission"), &submit(2, "70")).expect(409);
    expert.call("POST", &format!("{path}/submission"), &submit(3, "70")).expect(200);
    // Once more, with the one before kept beside it.
    organiser.call("POST", &reopening, &reason).expect(200);
    let kept = scene.app.read(|tx| {
        let id = yuanchi::domain::ids::AssignmentId::from_text(&id).ok_or(yuanchi::error::Error::NotFound)?;
        Ok(yuanchi::db::sheet_versions::count(tx.db, id)?)
    });
    assert_eq!(kept, 2);
    // Taken back twice over by the same person in the same words, it was taken back once.
    let taken = format!("/assignments/{}/release", own[1]["id"].as_str().expect("a second file"));
    let mut windows = [scene.handler.browser(), scene.handler.browser()];
    for window in &mut windows {
        window.open(&taken);
    }
    for (window, repeated) in windows.iter_mut().zip([false, true]) {
        let sent = window.submit(&taken, &[("reason", "专家出国")]).expect(303);
        let page = window.follow(sent);
        if repeated {
            page.shows("无需重复提交")
        } else {
            page.hides("无需重复提交")
        };
    }
    // After the scoring has ended nothing is given back.
    expert.call("POST", &format!("{path}/submission"), &submit(5, "70")).expect(200);
    scene.app.tamper("UPDATE review_sessions SET scoring_ended_at = '2026-03-02 00:00:00'");
    assert_eq!(organiser.call("POST", &reopening, &reason).expect(409).code(), "sheet_scoring_ended");
}

#[test]
fn of_two_who_give_a_sheet_back_at_once_one_does_it() {
    let scene = Scene::set(4);
    scene.open();
    let (mut expert, own) = scene.assignments(1);
    let path = format!("/api/v1/assignments/{}", own[0]["id"].as_str().expect("an id"));
    expert.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
    let body = json!({ "version": 1, "items": scene.sheet("80") });
    expert.call("POST", &format!("{path}/submission"), &body).expect(200);
    let (mut one, mut other) = (scene.handler.api(), scene.handler.api());
    let reason = json!({ "reason": "误交" });
    let works: [Box<dyn FnOnce() -> Answer + Send>; 2] = [
        Box::new(|| one.call("POST", &format!("{path}/reopening"), &reason)),
        Box::new(|| other.call("POST", &format!("{path}/reopening"), &reason)),
    ];
    crate::support::race::one_wins(&together(works), 200, &["sheet_not_submitted"]);
}

#[test]
fn points_may_be_typed_in_full_width_and_wrong_ones_are_named_one_by_one() {
    let scene = Scene::set(4);
    scene.open();
    let (mut expert, own) = scene.assignments(1);
    let path = format!("/api/v1/assignments/{}", own[0]["id"].as_str().expect("an id"));
    expert.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
    let mut items = scene.sheet("50");
    let keys: Vec<String> = items.keys().take(5).cloned().collect();
    for (key, typed) in keys.iter().zip(["999", "1.234", "２．５", "", "甲"]) {
        items.insert(key.clone(), typed.into());
    }
    let body = json!({ "version": 1, "items": items });
    let wrong = expert.call("POST", &format!("{path}/submission"), &body).expect(422);
    let wrong = wrong
        .shows("您填的是“999”，请改为不超过满分的得分")
        .shows("您填的是“1.234”")
        .shows("的得分“甲”不是数字，请用阿拉伯数字填写")
        .json();
    let named: Vec<&str> =
        wrong["fields"].as_array().expect("fields").iter().filter_map(|f| f["path"].as_str()).collect();
    for (key, is_wrong) in keys.iter().zip([true, true, false, true, true]) {
        assert_eq!(named.contains(&format!("items.{key}").as_str()), is_wrong, "{key}: {wrong}");
    }
    // What was typed is all there still, when it was saved.
    expert.call("PUT", &format!("{path}/sheet"), &body).expect(200);
    assert_eq!(expert.json(&path)["sheet"]["items"], json!(items));
}

#[test]
fn a_changed_programme_changes_nothing_of_an_open_session() {
    let scene = Scene::set(4);
    scene.open();
    let (mut expert, own) = scene.assignments(1);
    let id = own[0]["id"].as_str().expect("an id");
    expert.call("PUT", &format!("/api/v1/assignments/{id}/declaration"), &json!({ "conflict": false })).expect(200);
    // The scene's call has pinned other rules than the configuration of today says: three experts, two sheets.
    let today = scene.app.app.env.programme("service_provider").expect("the programme");
    let rules = today.review.as_ref().expect("rules");
    assert_ne!((rules.experts_per_application, rules.min_sheets), (3, 2));
    let review = scene.handler.api().json(&format!("/api/v1/reviews/{}", scene.call));
    assert_eq!((&review["experts_per_application"], &review["min_sheets"]), (&json!(3), &json!(2)));
}
