//! A draw that was annulled: by two people, seen for ever, and no matter of the next one.

use crate::draw::{Draw, OWN, THEIRS, ids};
use crate::support::with;
use serde_json::{Value, json};
use yuanchi::db;
use yuanchi::domain::actor::Role;

#[test]
fn what_was_drawn_is_annulled_by_two_people_and_never_hidden() {
    let draw = Draw::set(8);
    let scene = &draw.scene;
    let (mut handler, mut auditor) = (scene.handler.api(), draw.auditor.api());
    let path = |rest: &str| format!("{}/annulment{rest}", draw.path());
    let seen = || draw.attempt()["version"].clone();
    let why = |reason: &str| json!({ "version": seen(), "reason": reason });
    let review = format!("/api/v1/reviews/{}", scene.call);
    let in_force = || {
        let sets = scene.handler.api().json(&format!("{review}/changes"));
        let sets = sets["items"].as_array().cloned().unwrap_or_default();
        let set = sets.iter().find(|set| set["status"] == "applied").expect("a change in force");
        set["id"].as_str().expect("an id").to_string()
    };
    draw.listed();
    assert_eq!(handler.call("POST", &path(""), &why("名单有误")).expect(409).code(), "draw_not_drawn");
    draw.reveal(&mut draw.auditor.api(), THEIRS).expect(200);
    draw.reveal(&mut scene.handler.api(), OWN).expect(200);
    let first = draw.attempt();
    // With a plan on it the plan is undone first.
    let due = (scene.app.now() + chrono::Duration::days(7)).and_utc();
    let planned = handler.call("PUT", &format!("{review}/preparation"), &json!({ "due_at": due })).expect(200).json();
    assert_eq!(handler.call("POST", &path(""), &why("名单有误")).expect(409).code(), "draw_planned");
    let set = in_force();
    let undoing = json!({ "version": planned["version"], "reason": "改期" });
    handler.call("POST", &format!("{review}/changes/{set}/undoing"), &undoing).expect(200);
    // One proposes, with a reason; another agrees, and who proposed it does not.
    handler.call("POST", &path(""), &why(" ")).expect(422).shows("请写明理由");
    let none = auditor.call("POST", &path("/acceptance"), &json!({ "version": seen() }));
    assert_eq!(none.expect(409).code(), "draw_annulment_not_proposed");
    auditor.call("POST", &path(""), &why("名单有误")).expect(403);
    handler.call("POST", &path(""), &why("候选名单漏列两名专家")).expect(200);
    let again = handler.call("POST", &path(""), &why("再次提议"));
    assert_eq!(again.expect(409).code(), "draw_annulment_proposed");
    handler.call("POST", &path("/acceptance"), &json!({ "version": seen() })).expect(403);
    // Who holds both roles is neither side.
    let both = scene.app.person("both@example.cn", &[with(Role::Handler), with(Role::Auditor)]);
    for (rest, body) in [("/acceptance", json!({ "version": seen() })), ("/refusal", why("不同意"))] {
        assert_eq!(both.api().call("POST", &path(rest), &body).expect(403).code(), "draw_both_roles", "{rest}");
    }
    // Nobody plans while the answer is awaited.
    let version = handler.json(&review)["version"].clone();
    let early = handler.call("PUT", &format!("{review}/preparation"), &json!({ "due_at": due, "version": version }));
    let early = early.expect(409);
    assert_eq!(early.code(), "draw_annulment_waiting");
    early.shows("请先由审计员决定是否同意撤销");
    let mut planner = scene.handler.browser();
    planner.open(&format!("/reviews/{}", scene.call)).shows("请先由审计员决定是否同意撤销");
    assert!(!planner.offers(&format!("/reviews/{}/plan", scene.call)), "what would be refused is not offered");
    assert_eq!(handler.json(&review)["actions"], json!(["wish"]), "nor is it among the actions");
    let mut desk = draw.auditor.browser();
    desk.open("/desk").shows("待您决定是否撤销抽取结果");
    // What would be refused is not asked for: here the review was opened by hand.
    scene.app.tamper("UPDATE review_sessions SET status = 'open'");
    desk.open("/desk").hides("待您决定是否撤销抽取结果");
    scene.app.tamper("UPDATE review_sessions SET status = 'preparing'");
    // A proposal that is not the recorded one is found.
    let proposer = &scene.handler.id;
    scene.app.tamper(&format!("UPDATE draws SET annulment_proposed_by = '{}'", draw.auditor.id));
    let found = draw.violations();
    assert!(found.iter().any(|what| what.contains("the proposal to annul it is not that")), "{found:?}");
    scene.app.tamper(&format!("UPDATE draws SET annulment_proposed_by = '{proposer}'"));
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
    // Not agreed to, the draw holds.
    auditor.call("POST", &path("/refusal"), &why("漏列不影响结果")).expect(200);
    assert_eq!(draw.attempt()["annulment"], Value::Null);
    assert_eq!(handler.json(&review)["actions"], json!(["prepare", "wish"]));
    let done = handler.call("POST", &format!("{}/announcement", draw.path()), &json!({}));
    assert_eq!(done.expect(409).code(), "draw_done");
    // On the pages the same.
    let page = format!("/reviews/{}/draw", scene.call);
    let mut browser = scene.handler.browser();
    browser.open(&page);
    let sent = browser.submit(&format!("{page}/annulment"), &[("reason", "候选名单漏列两名专家")]);
    browser.follow(sent).shows("已提议撤销抽取结果，并通知审计员").shows("待审计员同意").hides("不同意撤销");
    // Whoever proposed it takes it back; an auditor agrees or does not.
    let sent = browser.submit(&format!("{page}/annulment/refusal"), &[("reason", "先核对名单")]);
    browser.follow(sent).shows("提议已收回，抽取结果维持不变");
    let sent = browser.submit(&format!("{page}/annulment"), &[("reason", "候选名单漏列两名专家")]);
    browser.follow(sent).shows("收回提议");
    desk.open(&page).shows("候选名单漏列两名专家").shows("不同意撤销").hides("收回提议");
    let sent = desk.submit(&format!("{page}/annulment/acceptance"), &[]);
    desk.follow(sent).shows("抽取结果已撤销").shows("第 1 次抽取：已撤销").shows("同意撤销抽取结果");
    scene.app.run_jobs();
    let told = |email: &str, said: &str| scene.app.letters_to(email).iter().any(|letter| letter.subject.contains(said));
    assert!(told("auditor@example.cn", "专家抽取结果待同意撤销"), "the auditor is asked");
    assert!(told(&scene.handler.email, "专家抽取结果维持不变") && told(&scene.handler.email, "专家抽取结果已撤销"));
    // It is annulled once, and nothing rests on it any more.
    let over = auditor.call("POST", &path("/acceptance"), &json!({ "version": seen() }));
    assert_eq!(over.expect(409).code(), "draw_annulled");
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    assert!(session.draw_id.is_none() && session.panel.0.is_empty() && session.reserves.0.is_empty());
    browser.open(&format!("/reviews/{}", scene.call)).shows("此前已有 1 次抽取结果被撤销");
    assert_eq!(handler.json(&review)["annulled_draws"], 1);
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
    // Nobody names a panel by hand instead of the one that was annulled, though the programme asks for no draw.
    let version = handler.json(&review)["version"].clone();
    let everybody: Vec<_> = scene.experts.iter().map(|(id, _)| *id).collect();
    let named = json!({ "due_at": due, "version": version, "experts": everybody });
    let refused = handler.call("PUT", &format!("{review}/preparation"), &named);
    assert_eq!(refused.expect(409).code(), "draw_required");
    let expert = scene.experts[0].0;
    scene.app.tamper(&format!("UPDATE review_sessions SET panel = '[\"{expert}\"]'"));
    let found = draw.violations();
    assert!(found.iter().any(|what| what.contains("was annulled without another")), "{found:?}");
    scene.app.tamper("UPDATE review_sessions SET panel = '[]'");
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
    // Whoever prepares another one is told; its record names it, under a higher number, in the format as it was.
    let preview = handler.call("POST", &format!("{}/preview", draw.path()), &json!({})).expect(200).json();
    assert_eq!(preview["annulled"][0]["reason"], "候选名单漏列两名专家", "{preview}");
    draw.drawn();
    let second = draw.attempt();
    assert_eq!((&second["attempt"], draw.shown()["annulled"].as_array().map(Vec::len)), (&json!(2), Some(1)));
    let record = handler.json(&format!("{}/record", draw.path()));
    let earlier = &record["opening"]["earlier"];
    assert_eq!(earlier[0]["failed"], json!(["handler", "auditor"]));
    assert_eq!(earlier[0]["opening_digest"], first["list"]["opening_digest"]);
    // Both files are there and hold.
    for attempt in [&first, &second] {
        let id = attempt["id"].as_str().expect("an id");
        let file = auditor.get(&format!("{}/record?draw={id}", draw.path())).expect(200);
        let held = yuanchi::domain::draw::verify(file.text().as_bytes()).expect("the record holds");
        assert_eq!(json!(held.record_digest), attempt["result"]["record_digest"]);
        let events = auditor.json(&format!("{}/events?draw={id}", draw.path()));
        let annulled = events.as_array().expect("events").iter().any(|event| event["action"] == "draw.annulled");
        assert_eq!(annulled, attempt["attempt"] == 1);
    }
    auditor.get(&format!("{}/record?draw={}", draw.path(), scene.call)).expect(404);
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
    // Told to the experts, it is no more annulled, though the plan be taken back.
    let version = handler.json(&review)["version"].clone();
    let body = json!({ "due_at": due, "version": version });
    let planned = handler.call("PUT", &format!("{review}/preparation"), &body).expect(200).json();
    let opened = json!({ "version": planned["version"] });
    let opened = handler.call("POST", &format!("{review}/opening"), &opened).expect(200).json();
    assert_eq!(handler.call("POST", &path(""), &why("不合意")).expect(409).code(), "draw_review_opened");
    let set = in_force();
    let undoing = json!({ "version": opened["version"], "reason": "改期" });
    handler.call("POST", &format!("{review}/changes/{set}/undoing"), &undoing).expect(200);
    assert_eq!(handler.call("POST", &path(""), &why("不合意")).expect(409).code(), "draw_review_opened");
    // One person's annulment behind the service is found.
    let id = first["id"].as_str().unwrap_or_default();
    scene.app.tamper(&format!("UPDATE draws SET annulled_by = annulment_proposed_by WHERE id = '{id}'"));
    let found = draw.violations();
    assert!(found.iter().any(|what| what.contains("its annulment is not that of the record")), "{found:?}");
    scene.app.tamper(&format!("UPDATE draws SET annulled_by = '{}' WHERE id = '{id}'", draw.auditor.id));
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
}

#[test]
fn what_was_done_with_an_annulled_panel_is_no_matter_of_the_next_draw() {
    let draw = Draw::set(9);
    let scene = &draw.scene;
    let (mut handler, mut auditor) = (scene.handler.api(), draw.auditor.api());
    let review = format!("/api/v1/reviews/{}", scene.call);
    let due = (scene.app.now() + chrono::Duration::days(7)).and_utc();
    let found = || draw.violations();
    let shares = json!({ "strata": [{ "field": "", "panel": 3, "reserves": 2 }] });
    let result = draw.drawn_of(&shares);
    // A reserve steps in when the plan is made; the plan is undone, and the draw annulled.
    let (left, called) = (ids(&result["panel"])[0].clone(), ids(&result["reserves"])[0].clone());
    let set_status = |id: &str, status: &str| {
        scene.app.tamper(&format!("UPDATE experts SET status = '{status}' WHERE id = '{id}'"));
    };
    set_status(&left, "suspended");
    let planned = handler.call("PUT", &format!("{review}/preparation"), &json!({ "due_at": due })).expect(200).json();
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    assert!(session.panel.0.iter().any(|id| id.as_text() == called), "the first reserve stepped in");
    let sets = handler.json(&format!("{review}/changes"));
    let set = sets["items"][0]["id"].as_str().expect("a change").to_string();
    let undoing = json!({ "version": planned["version"], "reason": "改期" });
    handler.call("POST", &format!("{review}/changes/{set}/undoing"), &undoing).expect(200);
    let annulment = format!("{}/annulment", draw.path());
    let proposal = json!({ "version": draw.attempt()["version"], "reason": "候选名单漏列两名专家" });
    // Another handler than the party to the draw proposes it, and is told of the end.
    let other = scene.app.person("other@example.cn", &[with(Role::Handler)]);
    other.api().call("POST", &annulment, &proposal).expect(200);
    let seen = json!({ "version": draw.attempt()["version"] });
    auditor.call("POST", &format!("{annulment}/acceptance"), &seen).expect(200);
    scene.app.run_jobs();
    for email in ["other@example.cn", scene.handler.email.as_str(), "auditor@example.cn"] {
        let letters = scene.app.letters_to(email);
        let told = letters.iter().filter(|letter| letter.subject.contains("专家抽取结果已撤销")).count();
        assert_eq!(told, 1, "{email}");
    }
    // The reserve who was called then is out of the next draw, whose own order is kept.
    set_status(&called, "suspended");
    draw.drawn_of(&shares);
    let version = handler.json(&review)["version"].clone();
    let body = json!({ "due_at": due, "version": version });
    handler.call("PUT", &format!("{review}/preparation"), &body).expect(200);
    assert!(found().is_empty(), "{:?}", found());
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    let panel = |ids: &[yuanchi::domain::ids::ExpertId]| serde_json::to_string(ids).expect("JSON");
    let called = yuanchi::domain::ids::ExpertId::from_text(&called).expect("an id");
    let stray = panel(&[session.panel.0.clone(), vec![called]].concat());
    scene.app.tamper(&format!("UPDATE review_sessions SET panel = '{stray}'"));
    let strays = found();
    assert!(strays.iter().any(|what| what.contains("was neither drawn nor called")), "{strays:?}");
    let own = panel(&session.panel.0);
    scene.app.tamper(&format!("UPDATE review_sessions SET panel = '{own}'"));
}
