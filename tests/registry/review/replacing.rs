//! Who steps in for those who leave: never somebody whom the organisers keep from a file, reserves of the same field first, and
//! each with its reason.

use super::Scene;
use crate::draw::{Draw, ids};
use crate::support::Client;
use chrono::Duration;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yuanchi::actions::Record;
use yuanchi::db;
use yuanchi::domain::actor::Actor;
use yuanchi::domain::ids::ExpertId;

impl Scene {
    fn index_of(&self, expert: &str) -> usize {
        self.experts.iter().position(|(id, _)| id.as_text() == expert).expect("an expert of the scene")
    }

    /// The experts who are charged with a file now, by their index.
    fn live(&self, file: usize) -> BTreeSet<usize> {
        let session = self.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, self.call)?)).expect("a session");
        let all = self.app.read(|tx| Ok(db::reviews::assignments_of(tx.db, session.id)?));
        let own = all.iter().filter(|one| one.application_id == self.files[file] && one.is_live());
        own.map(|one| self.index_of(one.expert_id.as_text())).collect()
    }

    /// The expert of this index declares a conflict about a file.
    #[track_caller]
    fn step_back(&self, index: usize, file: usize) {
        let (mut api, own) = self.assignments(index);
        let name = format!("申报单位{}", file + 1);
        let found = own.iter().find(|one| one["organisation"] == name.as_str()).expect("the assignment");
        let path = format!("/api/v1/assignments/{}/declaration", found["id"].as_str().expect("an id"));
        api.call("PUT", &path, &json!({ "conflict": true, "reason": "曾任顾问" })).expect(200);
    }

    fn found(&self, invariant: &str) -> Vec<String> {
        let found = self.app.violations().expect("a check");
        found.into_iter().filter(|one| one.invariant == invariant).map(|one| one.what).collect()
    }
}

#[test]
fn whom_the_organisers_keep_from_a_file_does_not_step_in() {
    let scene = Scene::set(5);
    let api = |rest: &str| format!("/api/v1/reviews/{}{rest}", scene.call);
    let due = (scene.app.now() + Duration::days(7)).and_utc();
    let mut handler = scene.handler.api();
    let prepared = handler.call("PUT", &api("/preparation"), &json!({ "due_at": due })).expect(200).json();
    let free = (0..5).find(|index| !scene.live(1).contains(index)).expect("an expert without the file");
    let wish = json!({
        "version": prepared["version"], "application": scene.files[1], "expert": scene.experts[free].0,
        "kind": "forbid", "reason": "曾公开评价该企业",
    });
    let wished = handler.call("POST", &api("/wishes"), &wish).expect(201).json();
    let again = json!({ "due_at": due, "version": wished["version"] });
    let planned = handler.call("PUT", &api("/preparation"), &again).expect(200).json();
    handler.call("POST", &api("/opening"), &json!({ "version": planned["version"] })).expect(200);
    let before = scene.live(1);
    let spare = (0..5).find(|index| *index != free && !before.contains(index)).expect("one more");
    let leaver = *before.first().expect("a reader");
    scene.step_back(leaver, 1);
    let expected: BTreeSet<usize> = before.iter().copied().filter(|one| *one != leaver).chain([spare]).collect();
    assert_eq!(scene.live(1), expected, "the only one left who may");

    // Why this one, on the page and over the API.
    let path = api(&format!("/applications/{}/explanation", scene.files[1]));
    let why = handler.json(&path)["items"].as_array().cloned().unwrap_or_default();
    let of_spare = why.iter().find(|one| one["expert"] == scene.experts[spare].0.as_text()).expect("an explanation");
    assert_eq!(of_spare["why"]["instead_of"], scene.experts[leaver].0.as_text(), "{of_spare}");
    let load = (0..3).filter(|file| scene.live(*file).contains(&spare)).count();
    assert_eq!(of_spare["why"]["load"], json!(load));
    let mut browser = scene.handler.browser();
    browser.open(&format!("/reviews/{}", scene.call)).shows(&format!("接替专家{leaver}，无可递补的候补专家"));

    // Rather nobody than somebody who is kept from it.
    scene.step_back(spare, 1);
    assert_eq!(scene.live(1).len(), 2, "short, and not with the one who is forbidden");
    assert!(!scene.live(1).contains(&free));
    assert!(scene.found("forbid_is_kept").is_empty());

    // Brought in behind the service, it is found.
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    scene.app.tamper(&format!(
        "UPDATE assignments SET expert_id = '{}' WHERE session_id = '{}' AND application_id = '{}' AND status = 'recused' \
         AND expert_id = '{}'; UPDATE assignments SET status = 'awaiting' WHERE expert_id = '{}' AND application_id = '{}'",
        scene.experts[free].0,
        session.id,
        scene.files[1],
        scene.experts[spare].0,
        scene.experts[free].0,
        scene.files[1],
    ));
    let found = scene.found("forbid_is_kept");
    assert!(found.iter().any(|what| what.contains(scene.experts[free].0.as_text())), "{found:?}");
}

/// Ten experts of whom those numbered 1 to 5 know `provider`: three and two reserves are drawn of each half.
fn drawn_by_field() -> (Draw, Value) {
    let draw = Draw::set(10);
    for (id, _) in &draw.scene.experts[1..=5] {
        draw.scene.app.tamper(&format!("UPDATE experts SET fields = '[\"provider\"]' WHERE id = '{id}'"));
    }
    let share = |field: &str| json!({ "field": field, "panel": 3, "reserves": 2 });
    let result = draw.drawn_of(&json!({ "strata": [share("provider"), share("")] }));
    (draw, result)
}

fn of_field(people: &Value, field: &str) -> Vec<String> {
    let people = people.as_array().cloned().unwrap_or_default();
    ids(&Value::Array(people.into_iter().filter(|one| one["note"] == field).collect()))
}

#[test]
fn a_reserve_of_the_same_field_steps_in_first() {
    let (draw, result) = drawn_by_field();
    let scene = &draw.scene;
    let (panel, reserves) = (of_field(&result["panel"], "provider"), of_field(&result["reserves"], "provider"));
    assert_eq!((panel.len(), reserves.len()), (3, 2));
    assert_eq!(of_field(&result["reserves"], "").len(), 2, "who would be first in the order of all reserves");
    let page = format!("/reviews/{}/draw", scene.call);
    scene.handler.browser().open(&page).shows("数字化转型服务商").hides("provider<");
    // Before the plan: somebody of the field is suspended.
    scene.app.tamper(&format!("UPDATE experts SET status = 'suspended' WHERE id = '{}'", panel[0]));
    scene.open();
    let calls = |scene: &Scene| {
        let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
        let events = scene.app.read(|tx| Ok(db::events::of_subject(tx.db, "review", session.id.as_text())?));
        events.into_iter().filter(|event| event.action == "reserve.called").map(|e| e.detail.0).collect::<Vec<_>>()
    };
    let called = calls(scene);
    assert_eq!(called[0]["expert"], reserves[0].as_str(), "{called:?}");
    assert_eq!(called[0]["instead_of"], panel[0].as_str());
    // While it is open: one of the field steps back from a file, and from another.
    let mut left = 0;
    for leaver in [&panel[1], &panel[2]] {
        let index = scene.index_of(leaver);
        let Some(file) = (0..3).find(|file| scene.live(*file).contains(&index)) else { continue };
        let before = scene.live(file);
        scene.step_back(index, file);
        let come: Vec<usize> = scene.live(file).difference(&before).copied().collect();
        let [come] = come[..] else { panic!("one steps in: {come:?}") };
        let come = scene.experts[come].0.to_string();
        let still = |id: &String| !before.contains(&scene.index_of(id));
        if reserves.iter().any(still) {
            assert!(reserves.contains(&come), "a reserve of the field was free");
        }
        left += 1;
    }
    assert!(left > 0, "somebody of the field had a file");
    assert!(scene.found("reserves_step_in_by_turn").is_empty(), "{:?}", scene.found("reserves_step_in_by_turn"));
    let page = scene.handler.browser().open(&format!("/reviews/{}", scene.call));
    page.shows("按递补顺序为第");
}

#[test]
fn a_reserve_who_is_called_before_their_turn_is_found() {
    let (draw, result) = drawn_by_field();
    let scene = &draw.scene;
    let due = (scene.app.now() + Duration::days(7)).and_utc();
    let path = format!("/api/v1/reviews/{}/preparation", scene.call);
    scene.handler.api().call("PUT", &path, &json!({ "due_at": due })).expect(200);
    assert!(scene.found("reserves_step_in_by_turn").is_empty());
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    let (panel, reserves) = (of_field(&result["panel"], "provider"), of_field(&result["reserves"], "provider"));
    // The second of the field, for somebody of the field, and nothing said of the first.
    let (called, gone) = (reserves[1].clone(), panel[0].clone());
    scene.app.write(move |tx| {
        let record = Record {
            subject_kind: "review",
            subject_id: session.id.as_text(),
            action: "reserve.called",
            detail: json!({ "expert": called, "instead_of": gone, "application": null, "passed_over": [] }),
            ..Record::default()
        };
        tx.record(&Actor::system(), record)
    });
    let found = scene.found("reserves_step_in_by_turn");
    assert!(found.iter().any(|what| what.contains(&reserves[0])), "{found:?}");
    assert!(ExpertId::from_text(&reserves[0]).is_some());
}

#[test]
fn beside_a_draw_nobody_is_named_while_a_reserve_waits_and_whoever_is_named_then_is_marked() {
    let draw = Draw::set(9);
    let result = draw.drawn_of(&json!({ "strata": [{ "field": "", "panel": 4, "reserves": 1 }] }));
    let scene = &draw.scene;
    let (panel, reserves) = (ids(&result["panel"]), ids(&result["reserves"]));
    scene.open();
    let api = |rest: &str| format!("/api/v1/reviews/{}{rest}", scene.call);
    let outside = |id: &String| !panel.contains(id) && !reserves.contains(id);
    let free = scene.experts.iter().map(|(id, _)| id.to_string()).find(outside).expect("somebody who was not drawn");
    let mut handler = scene.handler.api();
    let named = |id: &str, reason: &str| json!({ "experts": [id], "reason": reason });
    for (door, id) in [("/completion/preview", &free), ("/completion", &free), ("/completion", &reserves[0])] {
        let refused = handler.call("POST", &api(door), &named(id, "急需专家"));
        assert_eq!(refused.expect(409).code(), "completion_reserves_left", "{door} {id}");
    }
    // Nobody is left to step in: now a name is taken, with a reason, after it was shown.
    scene.app.tamper(&format!("UPDATE experts SET status = 'suspended' WHERE id = '{}'", reserves[0]));
    handler.call("POST", &api("/completion/preview"), &named(&free, " ")).expect(422).shows("请写明理由");
    let unseen = handler.call("POST", &api("/completion"), &named(&free, "候补专家均已离库")).expect(422).json();
    assert_eq!(unseen["fields"][0]["code"], "completion_unseen");
    let mut other = named(&free, "候补专家均已离库");
    other["digest"] = json!("00");
    let refused = handler.call("POST", &api("/completion"), &other);
    assert_eq!(refused.expect(409).code(), "review_preview_outdated");
    let name = format!("专家{}", scene.index_of(&free));
    let page = format!("/reviews/{}", scene.call);
    let mut browser = scene.handler.browser();
    browser.open(&page).hides("data-tone=\"attention\">未经抽取");
    let fields = [("experts", free.as_str()), ("reason", "候补专家均已离库")];
    let shown = browser.submit(&format!("{page}/completion/preview"), &fields).expect(200);
    shown.shows("核对增补专家").shows(&name).shows("候补专家均已离库").shows("未经抽取");
    let answer = browser.submit(&format!("{page}/completion"), &[]);
    browser.follow(answer).shows("已补齐分配").shows("data-tone=\"attention\">未经抽取");
    let experts = handler.json(&api(""))["experts"].as_array().cloned().unwrap_or_default();
    let marked: Vec<&Value> = experts.iter().filter(|one| one["undrawn"] == true).map(|one| &one["id"]).collect();
    assert_eq!(marked, [&json!(free)]);
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    let events = scene.app.read(|tx| Ok(db::events::of_subject(tx.db, "review", session.id.as_text())?));
    let joined = events.iter().find(|event| event.action == "review.panel_extended").expect("the record");
    assert_eq!(joined.reason.as_deref(), Some("候补专家均已离库"));
    assert_eq!(joined.detail.0["beside_draw"], true);
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
    scene.app.tamper(&format!("UPDATE experts SET status = 'active' WHERE id = '{}'", reserves[0]));
    // The minutes tell them apart: drawn, not needed, and named beside the draw with the reason.
    scene.score_all(&["80"; 9], None);
    let version = handler.json(&api(""))["version"].clone();
    handler.call("POST", &api("/closing"), &json!({ "version": version })).expect(200);
    let minutes = handler.json(&format!("/api/v1/decisions/{}/minutes", scene.call));
    let of = |id: &str| {
        let found = minutes["panel"].as_array().into_iter().flatten().find(|one| one["expert"] == id);
        found.cloned().expect("an expert of the minutes")
    };
    assert_eq!((&of(&free)["origin"], &of(&free)["named_because"]), (&json!("undrawn"), &json!("候补专家均已离库")));
    assert_eq!((&of(&reserves[0])["origin"], &of(&panel[0])["origin"]), (&json!("reserve"), &json!("drawn")));
    let page = format!("/decisions/{}/minutes", scene.call);
    scene
        .approver
        .browser()
        .open(&page)
        .shows("增补，未经抽取（候补专家均已离库）")
        .shows("候补，未递补")
        .shows("未分配");
}

#[test]
fn whom_a_completion_would_charge_with_what_is_shown_before() {
    let scene = Scene::set(4);
    scene.open();
    let leaver = *scene.live(0).first().expect("a reader");
    scene.step_back(leaver, 0);
    let (id, _) = super::new_expert(&scene.app, 8);
    let api = |rest: &str| format!("/api/v1/reviews/{}{rest}", scene.call);
    let mut handler = scene.handler.api();
    let mut body = json!({ "experts": [id] });
    let shown = handler.call("POST", &api("/completion/preview"), &body).expect(200).json();
    assert_eq!((&shown["drawn"], &shown["joining"][0]["name"]), (&json!(false), &json!("专家8")), "{shown}");
    let place = &shown["places"][0];
    let coming = json!([{ "expert": id, "name": "专家8", "turn": null }]);
    assert_eq!((&place["organisation"], &place["experts"]), (&json!("申报单位1"), &coming), "{shown}");
    assert_eq!(scene.live(0).len(), 2, "only shown");
    body["digest"] = shown["digest"].clone();
    let done = handler.call("POST", &api("/completion"), &body).expect(200).json();
    assert_eq!((&done["added"], &done["short"]), (&json!(1), &json!([])));
    let again = handler.call("POST", &api("/completion"), &body);
    assert_eq!(again.expect(409).code(), "review_preview_outdated");
    // Nobody whom it brought has declared: one act undoes it, and who joined is out of the panel again.
    let is_in_panel = |handler: &mut Client| {
        let experts = handler.json(&api(""))["experts"].as_array().cloned().unwrap_or_default();
        experts.iter().any(|one| one["id"] == json!(id) && one["load"] != json!(0))
    };
    assert!(is_in_panel(&mut handler));
    let changes = handler.json(&api("/changes"));
    let set = changes["items"].as_array().into_iter().flatten().find(|set| set["kind"] == "completion");
    let set = set.cloned().expect("the completion");
    let summary = &set["summary"];
    assert_eq!((&summary["joined_names"], &summary["places"]), (&json!(["专家8"]), &shown["places"]));
    let mut browser = scene.handler.browser();
    let page = format!("/reviews/{}", scene.call);
    browser.open(&page).shows("撤销增补专家");
    let undoing = format!("{page}/changes/{}/undoing", set["id"].as_str().expect("an id"));
    let answer = browser.submit(&undoing, &[("reason", "人选有误")]).expect(303);
    browser.follow(answer).shows("已撤销").hides("撤销增补专家");
    assert!(!is_in_panel(&mut handler));
    assert_eq!(scene.live(0).len(), 2, "the place is empty again");
    scene.app.run_jobs();
    assert!(scene.app.letters_to("expert8@example.cn").iter().any(|letter| letter.text.contains("人选有误")));
}
