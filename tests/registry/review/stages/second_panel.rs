//! A second panel scores what stays over the limit.

use super::{far_apart, named, no_extra};
use crate::review::Scene;
use crate::support::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yuanchi::db;
use yuanchi::domain::status::AssignmentSource;

#[test]
fn a_second_panel_scores_what_stays_over_the_limit_and_counts_with_the_first() {
    let scene = far_apart(no_extra);
    scene.end_scoring("").expect(200);
    let call = scene.at_review("/second-panel");
    let mut handler = scene.handler.api();
    assert_eq!(handler.call("POST", &call, &json!({})).expect(409).code(), "second_panel_none");
    for index in 0..4 {
        scene.keep(index, "维持");
    }
    handler.call("POST", &scene.at_review("/discussions/end"), &json!({})).expect(200);
    // One act lets all of them go on, and they are ended anew.
    let ended = scene.in_force("discussion_end");
    assert_eq!((&ended["actions"], &ended["summary"]["without_position"]), (&json!(["undo"]), &json!(0)), "{ended}");
    scene.take_back(&ended).expect(200);
    assert_eq!(scene.take_back(&ended).expect(409).code(), "change_undone");
    let again = scene.discussed(1);
    assert_eq!(ended["summary"]["count"], json!(again.len()), "the second expert takes part in each: {ended}");
    scene.keep(1, "仍维持");
    handler.call("POST", &scene.at_review("/discussions/end"), &json!({})).expect(200);
    let board = handler.json(&scene.at_review("/discussions"));
    let over = board["applications"].as_array().expect("files").iter().filter(|file| file["still_over"] == json!(true));
    let over: Vec<Value> = over.map(|file| file["application"].clone()).collect();
    assert!(!over.is_empty());
    let wrong = json!({ "applications": ["00000000-0000-7000-8000-000000000000"] });
    handler.call("POST", &call, &wrong).expect(422);
    scene
        .handler
        .browser()
        .open(&format!("/reviews/{}/discussions", scene.call))
        .shows("启动复评")
        .shows("会商后仍超限");
    // Who would come is named before anything is done.
    let next: BTreeMap<String, Value> = board["applications"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|file| file["second_panel_would_be"] != json!([]))
        .map(|file| (file["application"].to_string(), file["second_panel_would_be"].clone()))
        .collect();
    assert!(!next.is_empty(), "{board}");
    // Nothing is called unseen, nor by the digest of something else.
    let unseen = handler.call("POST", &call, &json!({})).expect(422).json();
    assert_eq!(unseen["fields"][0]["code"], "second_panel_unseen");
    let outdated = handler.call("POST", &call, &json!({ "digest": "00" }));
    assert_eq!(outdated.expect(409).code(), "review_preview_outdated");
    let preview = format!("{call}/preview");
    let shown = handler.call("POST", &preview, &json!({})).expect(200).json();
    let seconds = || {
        scene.app.read(|tx| {
            let session = db::reviews::session_of_call(tx.db, scene.call)?.ok_or(yuanchi::error::Error::NotFound)?;
            let all = db::reviews::assignments_of(tx.db, session.id)?;
            Ok(all.into_iter().filter(|one| one.source == AssignmentSource::SecondPanel).collect::<Vec<_>>())
        })
    };
    assert!(seconds().is_empty(), "only shown");
    let accepted = json!({ "digest": shown["digest"] });
    let filled = handler.call("POST", &call, &accepted).expect(200).json();
    // Four experts, three of each file, the first one barred from the first file: there a place stays empty.
    let short = filled["short"].as_array().map_or(0, Vec::len);
    assert_eq!(filled["added"].as_u64().map(|added| added as usize + short), Some(over.len()), "{filled}");
    handler.call("POST", &call, &accepted).expect(409);
    let resting = scene.take_back(&scene.in_force("discussion_end"));
    assert_eq!(resting.expect(409).code(), "discussion_end_rested_on", "a second panel came");
    // Nobody of it has declared: one act undoes it, and it can be called anew, on the page this time.
    let applied = |handler: &mut Client| -> Value {
        let changes = handler.json(&scene.at_review("/changes"))["items"].as_array().cloned().expect("changes");
        let applied = |set: &&Value| set["kind"] == "second_panel" && set["status"] == "applied";
        changes.iter().find(applied).cloned().expect("the second panel")
    };
    let set = applied(&mut handler);
    assert_eq!(set["summary"]["places"], shown["places"], "as it was shown");
    let undoing = |set: &Value| scene.at_review(&format!("/changes/{}/undoing", set["id"].as_str().expect("an id")));
    let why = || json!({ "version": scene.at_version(), "reason": "先请原专家补充说明" });
    let mut browser = scene.handler.browser();
    browser.open(&format!("/reviews/{}", scene.call)).shows("撤销复评");
    handler.call("POST", &undoing(&set), &why()).expect(200);
    assert!(seconds().is_empty(), "undone");
    assert_eq!(handler.call("POST", &undoing(&set), &why()).expect(409).code(), "change_undone");
    let page = format!("/reviews/{}/second-panel", scene.call);
    browser.open(&format!("/reviews/{}/discussions", scene.call)).shows("预览复评");
    browser.submit(&format!("{page}/preview"), &[]).expect(200).shows("核对复评").shows("确认启动复评");
    let mut window = scene.handler.browser();
    window.open(&format!("/reviews/{}/discussions", scene.call));
    window.submit(&format!("{page}/preview"), &[]).expect(200);
    let answer = browser.submit(&page, &[]).expect(303);
    browser.follow(answer).shows("复评已启动");
    let added = seconds();
    // Pressed again in another window nothing more comes, and it is said when it was done.
    let again = window.submit(&page, &[]).expect(303);
    window.follow(again).shows("无需重复提交");
    assert_eq!(seconds(), added);
    assert!(!added.is_empty());
    for one in &added {
        let index = scene.experts.iter().position(|(id, _)| *id == one.expert_id).expect("an expert");
        assert_eq!(next[&json!(one.application_id).to_string()], json!([format!("专家{index}")]), "as it was shown");
    }
    let again = applied(&mut handler);
    assert_eq!(again["summary"]["places"], shown["places"], "it came to the same");
    // Whoever joined a file is not said to be left out of it.
    let joined = board["applications"].as_array().into_iter().flatten();
    let mut joined = joined.filter(|file| file["application"] == json!(added[0].application_id));
    let number = joined.next().expect("the file")["number"].as_str().expect("a number").to_string();
    let index = scene.experts.iter().position(|(id, _)| *id == added[0].expert_id).expect("an expert");
    let left_out = format!("未分配专家{index}：");
    browser.open(&format!("/reviews/{}?q={number}", scene.call)).shows(&number).hides(&left_out);
    // Whoever is called when the time to score is over is not late by it.
    scene.app.tamper("UPDATE review_sessions SET due_at = (SELECT MAX(assigned_at) FROM assignments)");
    let second = &scene.experts.iter().find(|(id, _)| *id == added[0].expert_id).expect("an expert").1;
    let told = second.api().json(&format!("/api/v1/assignments/{}", added[0].id));
    assert_eq!(told["due_at"], Value::Null, "{told}");
    second.browser().open("/assignments").shows("请尽快提交");
    let seen = handler.json(&scene.at_review(""));
    let of_panel = seen["experts"].as_array().cloned().unwrap_or_default();
    assert!(!of_panel.is_empty() && of_panel.iter().all(|expert| expert["late"] == json!(false)), "{seen}");
    let waiting = scene.close().expect(422);
    assert_eq!(named(&waiting, "review_sheet_out"), added.len(), "{waiting}");
    for assignment in &added {
        let index = scene.experts.iter().position(|(id, _)| *id == assignment.expert_id).expect("an expert");
        let mut api = scene.experts[index].1.api();
        let path = format!("/api/v1/assignments/{}", assignment.id);
        api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
        // Who came later has no part in what was said.
        assert_eq!(api.json(&path)["stages"]["discussion"], Value::Null);
        let refused = handler.call("POST", &undoing(&again), &why());
        assert_eq!(refused.expect(409).code(), "arrivals_rested_on", "somebody has declared");
        let body = json!({ "version": 1, "items": scene.sheet("70") });
        api.call("POST", &format!("{path}/submission"), &body).expect(200);
    }
    explain_all(&scene);
    scene.close().expect(200);
    let board = handler.json(&format!("/api/v1/decisions/{}", scene.call));
    for line in board["lines"].as_array().expect("lines") {
        let more = added.iter().any(|one| line["application"] == json!(one.application_id));
        if more {
            // (95 + 60 + 60 + 70) / 4, in one mean.
            assert_eq!((&line["sheet_count"], &line["score"]), (&json!(4), &json!(7125)), "{line}");
        }
    }
    // The minutes keep what followed the scoring.
    let minutes = handler.json(&format!("/api/v1/decisions/{}/minutes", scene.call));
    let told = minutes["stages"].as_array().expect("stages");
    assert_eq!(told.len(), over.len(), "{minutes}");
    for stage in told {
        assert_eq!((&stage["grounds"], &stage["members"], &stage["stated"]), (&json!("spread"), &json!(3), &json!(3)));
        assert_eq!((&stage["changed"], &stage["ended_because"]), (&json!(0), &Value::Null), "everybody had spoken");
        let said = stage["said"].as_array().expect("what was said");
        let far: Vec<&Value> = said.iter().filter(|one| one["above"] == json!(true)).collect();
        assert_eq!((far.len(), &far[0]["before"], &far[0]["after"]), (1, &json!(9500), &json!(9500)), "{stage}");
        assert_eq!(far[0]["explanation"], json!("依据现场演示"));
    }
    let seconds: u64 = told.iter().filter_map(|stage| stage["second_panel"].as_u64()).sum();
    assert_eq!(seconds as usize, added.len());
    // Whoever reads a score sees the same; nobody is told to discuss what is closed.
    let file = added[0].application_id;
    let mut browser = scene.approver.browser();
    browser.open(&format!("/decisions/{}/applications/{file}", scene.call)).shows("表态 3 人，修改评分 0 人");
    browser.open(&format!("/decisions/{}/applications/{file}", scene.call)).shows("依据现场演示").shows(">复评</span>");
    browser.open(&format!("/decisions/{}", scene.call)).shows("会商后复评，增加 1 名专家").hides("建议合议");
    let page = format!("/decisions/{}/minutes", scene.call);
    browser.open(&page).shows("表态 3 人，修改评分 0 人").shows("依据现场演示").shows("会商后复评，增加 1 名专家");
}

fn explain_all(scene: &Scene) {
    for (_, person) in &scene.experts {
        let mut api = person.api();
        for own in api.json("/api/v1/assignments")["items"].as_array().cloned().unwrap_or_default() {
            let path = format!("/api/v1/assignments/{}", own["id"].as_str().expect("an id"));
            if api.json(&path)["stages"]["explanation"].is_object() {
                api.call("PUT", &format!("{path}/explanation"), &json!({ "text": "依据现场演示" })).expect(200);
            }
        }
    }
}
