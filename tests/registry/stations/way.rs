//! The way of a file, told as one story to everybody who may see it.

use super::*;
use crate::support::with;
use yuanchi::db::Json;
use yuanchi::db::reviews::ReviewSession;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::{ApplicationId, ReviewSessionId};
use yuanchi::domain::status::SessionStatus;

fn story(person: &Person, id: ApplicationId) -> Value {
    person.api().json(&resource(id, "timeline"))
}

#[track_caller]
fn stop<'a>(story: &'a Value, name: &str) -> &'a Value {
    let stops = story["stops"].as_array().expect("stops");
    stops.iter().find(|stop| stop["stop"] == name).unwrap_or_else(|| panic!("{name} is not in {story}"))
}

/// The acts that are told of a stop.
fn acts(story: &Value, name: &str) -> Vec<String> {
    let steps = stop(story, name)["steps"].as_array().cloned().unwrap_or_default();
    steps.iter().filter_map(|step| step["action"].as_str().map(str::to_string)).collect()
}

#[test]
fn the_way_of_a_file_is_told_alike_to_its_applicant_the_officers_and_the_auditor() {
    let mut scene = scene();
    let auditor = scene.test.person("auditor@example.org", &[with(Role::Auditor)]);
    let evaluator = scene.test.person("evaluator@example.org", &[with(Role::Evaluator)]);
    let filed = scene.filed();
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    let body = json!({"version": 1, "marks": marks, "due_on": "2026-03-04"});
    scene.foshan.api().call("POST", &resource(filed.id, "corrections"), &body).expect(201);

    let told = story(&filed.vendor, filed.id);
    for person in [&scene.foshan, &scene.handler, &scene.approver, &auditor] {
        assert_eq!(story(person, filed.id), told, "{}", person.email);
        assert!(!told.to_string().contains(&person.id.to_string()), "roles, never persons: {told}");
    }
    for stranger in [&scene.zhuhai, &evaluator] {
        stranger.api().get(&resource(filed.id, "timeline")).expect(404);
    }
    let places: Vec<(&str, &str)> = told["stops"]
        .as_array()
        .expect("stops")
        .iter()
        .filter_map(|stop| Some((stop["stop"].as_str()?, stop["place"].as_str()?)))
        .collect();
    let ahead = ["screening", "review", "decision", "notice", "publication"].map(|stop| (stop, "ahead"));
    assert_eq!(places, [&[("filling", "done"), ("city", "current")][..], &ahead[..]].concat());
    assert_eq!(acts(&told, "filling"), ["application.submitted"]);
    assert_eq!(acts(&told, "city"), ["application.correction_requested"]);
    let due = "2026-03-04T16:00:00Z";
    assert_eq!(told["next"], json!({"role": "vendor_admin", "due_at": due, "overdue": false, "planned_on": null}));
    assert_eq!((&stop(&told, "city")["due_at"], &stop(&told, "city")["role"]), (&json!(due), &json!("vendor_admin")));
    let file = format!("/applications/{}", filed.id);
    for person in [&filed.vendor, &scene.foshan, &auditor] {
        person.browser().open(&file).shows("办理进程").shows("正在办理").shows("办理期限：2026年3月4日 24:00");
    }
    evaluator.browser().open(&file).hides("办理进程");

    // The time is over: the file is the bureau's again, and then it ends there.
    scene.test.set_clock(at("2026-03-04T16:00:00"));
    let late = story(&filed.vendor, filed.id);
    assert_eq!(late["next"], json!({"role": "city_officer", "due_at": due, "overdue": true, "planned_on": null}));
    filed.vendor.browser().open(&file).shows("办理期限已过：2026年3月4日 24:00");
    let refusal = json!({"version": 2, "reason": "逾期未补正"});
    scene.foshan.api().call("POST", &resource(filed.id, "refusal"), &refusal).expect(201);
    let ended = story(&filed.vendor, filed.id);
    let city = stop(&ended, "city");
    assert_eq!((&city["place"], &city["left_at"]), (&json!("stopped"), &json!(due)));
    let last = city["steps"].as_array().and_then(|steps| steps.last()).expect("a step");
    assert_eq!((&last["role"], &last["reason"]), (&json!("city_officer"), &json!("逾期未补正")));
    assert_eq!((&stop(&ended, "review")["place"], &ended["next"]), (&json!("unreached"), &json!(null)));
    filed.vendor.browser().open(&file).shows("办理至此结束").shows("不再办理").hides("办理期限");
}

#[test]
fn what_is_between_offices_is_not_told_to_the_applicant() {
    let mut scene = scene();
    let [one, two] = [scene.filed(), scene.filed()];
    let mut officer = scene.foshan.api();
    for (rank, filed) in (1..).zip([&one, &two]) {
        recommend_with(&mut officer, filed.id, rank).expect(201);
    }
    officer.call("POST", &resource(one.id, "recommendation/rank"), &json!({"from": 1, "to": 2})).expect(200);
    let reranked = |person: &Person| {
        let story = story(person, one.id);
        let stops = story["stops"].as_array().cloned().unwrap_or_default();
        stops.iter().any(|stop| stop.to_string().contains("application.reranked"))
    };
    assert!(reranked(&scene.foshan) && reranked(&scene.handler));
    assert!(!reranked(&one.vendor));

    // The day on which the experts are to have scored is a deadline to the department; to everybody else the review is expected to
    // end by the day that was published, or by the same day where none was. What is planned for later stations is told to all. Both
    // are written by hand.
    scene.test.expect_violations();
    scene.test.tamper(
        "UPDATE calls SET planned_review_on = '2026-05-08', planned_decision_on = '2026-05-10', \
         planned_notice_on = '2026-03-05'",
    );
    let filed = scene.filed_as(State::InReview, &[]);
    let session = ReviewSession {
        id: ReviewSessionId::new(&*scene.test.app.env.ids),
        call_id: scene.call,
        status: SessionStatus::Open,
        due_at: at("2026-04-20T10:00:00"),
        panel: Json(Vec::new()),
        created_by: scene.handler.id,
        created_at: scene.test.now(),
        opened_at: Some(scene.test.now()),
        closed_at: None,
        closed_by: None,
        version: 1,
        draw_id: None,
        reserves: Json(Vec::new()),
        load_floor: 0,
        wishes: Json(Vec::new()),
        scoring_ended_at: None,
    };
    scene.test.write(move |tx| Ok(db::reviews::create_session(tx.db, &session)?));
    for (person, due, planned) in [
        (&scene.handler, json!("2026-04-20T10:00:00Z"), "2026-04-20"),
        (&scene.approver, json!("2026-04-20T10:00:00Z"), "2026-04-20"),
        (&scene.foshan, json!(null), "2026-05-08"),
        (&filed.vendor, json!(null), "2026-05-08"),
    ] {
        let next = json!({"role": "expert", "due_at": due, "overdue": false, "planned_on": planned});
        let told = story(person, filed.id);
        assert_eq!(told["next"], next, "{}", person.email);
        assert_eq!(stop(&told, "decision")["planned_on"], json!("2026-05-10"), "{}", person.email);
        assert_eq!(stop(&told, "notice")["planned_on"], Value::Null, "a deadline of the call has overtaken it");
    }
    let file = format!("/applications/{}", filed.id);
    for page in ["/desk", file.as_str()] {
        filed.vendor.browser().open(page).shows("预计完成：2026年5月8日").hides("2026年4月20日");
    }
    scene.test.tamper("UPDATE calls SET planned_review_on = NULL");
    for person in [&scene.handler, &scene.foshan, &filed.vendor] {
        assert_eq!(story(person, filed.id)["next"]["planned_on"], "2026-04-20", "{}", person.email);
    }
    let expected = ["预计完成：2026年4月20日", "预计完成：2026年5月10日"];
    let page = filed.vendor.browser().open(&file).hides("办理期限：2026年4月20日");
    expected.iter().fold(page, |page, words| page.shows(words));
    scene.handler.browser().open(&file).shows("办理期限：2026年4月20日 18:00").shows(expected[1]);

    // That it was not kept is said to officers alone.
    scene.test.set_clock(at("2026-04-20T16:00:00"));
    let passed = |person: &Person| stop(&story(person, filed.id), "review")["plan_passed"].clone();
    assert_eq!((passed(&scene.foshan), passed(&filed.vendor)), (json!(true), json!(false)));
    scene.foshan.browser().open(&file).shows("已过预计完成日期：2026年4月20日");
    scene.handler.browser().open(&file).shows("办理期限已过：2026年4月20日 18:00");
    filed.vendor.browser().open(&file).shows(expected[0]).hides("已过预计");
}
