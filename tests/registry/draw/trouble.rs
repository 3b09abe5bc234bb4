//! What goes wrong in a draw, and what is tried.

mod annulled;

use super::super::support::{race, with};
use super::{Draw, OWN, THEIRS, ids};
use serde_json::{Value, json};
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::programme::{DrawRules, Stratum};

#[test]
fn an_attempt_given_up_stays_visible_in_the_next() {
    let draw = Draw::set(8);
    draw.listed();
    let first = draw.attempt();
    draw.reveal(&mut draw.scene.handler.api(), OWN).expect(200);
    // The auditor keeps silent; the other handler has no say, the auditor and the approver have.
    let path = format!("{}/abandonment", draw.path());
    let version = draw.attempt()["version"].clone();
    let body = |reason: &str| json!({ "version": version, "reason": reason });
    let other = draw.scene.app.person("other@example.cn", &[with(Role::Handler)]);
    assert_eq!(other.api().call("POST", &path, &body("不想抽了")).expect(403).code(), "draw_not_a_party");
    let approver = draw.scene.app.person("approver2@example.cn", &[with(Role::Approver)]);
    approver.api().call("POST", &path, &body(" ")).expect(422).shows("请写明理由");
    let stale = json!({ "version": 1, "reason": "审计员逾期未公开" });
    approver.api().call("POST", &path, &stale).expect(409);
    approver.api().call("POST", &path, &body("审计员逾期未公开")).expect(200);
    assert_eq!(draw.attempt()["status"], "abandoned");
    draw.scene.app.run_jobs();
    let letters = draw.scene.app.letters_to("auditor@example.cn");
    assert!(letters.iter().any(|letter| letter.text.contains("审计员逾期未公开")));
    // The page shows both attempts; the record of the second names who failed in the first.
    let result = draw.drawn();
    assert_eq!(draw.attempt()["attempt"], 2);
    assert_ne!(draw.attempt()["id"], first["id"]);
    let record = draw.scene.handler.api().json(&format!("{}/record", draw.path()));
    let earlier = &record["opening"]["earlier"];
    assert_eq!(earlier[0]["failed"], json!(["auditor"]));
    assert_eq!(earlier[0]["opening_digest"], first["list"]["opening_digest"]);
    assert!(!ids(&result["panel"]).is_empty());
    let mut browser = draw.scene.handler.browser();
    browser
        .open(&format!("/reviews/{}/draw", draw.scene.call))
        .shows("第 1 次抽取：已终止")
        .shows("第 2 次抽取：已抽取");
    // A panel that was drawn is not drawn again.
    let again = draw.scene.handler.api().call("POST", &format!("{}/announcement", draw.path()), &json!({}));
    assert_eq!(again.expect(409).code(), "draw_done");
    let late = draw.scene.handler.api().call("POST", &path, &body("不满意"));
    assert_eq!(late.expect(409).code(), "draw_done");
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
}

#[test]
fn each_step_is_for_its_own_people_in_its_own_order() {
    let draw = Draw::set(8);
    let handler = &draw.scene.handler;
    let call = |api: &mut super::super::support::Client, verb: &str, body: Value| {
        api.call("POST", &format!("{}/{verb}", draw.path()), &body)
    };
    assert_eq!(call(&mut handler.api(), "list", json!({ "version": 1 })).expect(409).code(), "draw_none");
    // A panel too small for one application, of nobody, and above the pool.
    let share = |panel: u32| json!({ "strata": [{ "field": "", "panel": panel, "reserves": 0 }] });
    let wrong = [
        (2, "共抽取 2 名专家，少于每件申报所需的 3 名，请增加。"),
        (0, "评审专家组人数应为 1 至 10000 的整数"),
        (99, "少于所需的 99 名，请减少人数或增补专家库。"),
    ];
    for (panel, said) in wrong {
        for verb in ["preview", "announcement"] {
            call(&mut handler.api(), verb, share(panel)).expect(422).shows(said);
        }
    }
    draw.announce(&json!({}));
    assert_eq!(call(&mut handler.api(), "announcement", json!({})).expect(409).code(), "draw_running");
    // Beside a draw that is running nobody names a panel by hand.
    let due = (draw.scene.app.now() + chrono::Duration::days(7)).and_utc();
    let preparation = format!("/api/v1/reviews/{}/preparation", draw.scene.call);
    let refused = handler.api().call("PUT", &preparation, &json!({ "due_at": due })).expect(409);
    assert_eq!(refused.code(), "draw_unfinished");
    // What would be refused is not among the actions, nor on the page.
    let review = format!("/api/v1/reviews/{}", draw.scene.call);
    assert_eq!(handler.api().json(&review)["actions"], json!([]));
    let page = format!("/reviews/{}", draw.scene.call);
    let mut planner = handler.browser();
    planner.open(&page).shows("请先办完或终止抽取");
    assert!(!planner.offers(&format!("{page}/plan")), "a form that would be refused");
    // Who holds both roles is neither party.
    let both = draw.scene.app.person("both@example.cn", &[with(Role::Handler), with(Role::Auditor)]);
    assert_eq!(draw.commit(&mut both.api(), OWN).expect(403).code(), "draw_both_roles");
    let evaluator = draw.scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]);
    draw.commit(&mut evaluator.api(), OWN).expect(403);
    assert_eq!(draw.reveal(&mut handler.api(), OWN).expect(409).code(), "draw_not_listed");
    draw.commit(&mut handler.api(), OWN).expect(200);
    let other = draw.scene.app.person("other@example.cn", &[with(Role::Handler)]);
    assert_eq!(draw.commit(&mut other.api(), OWN).expect(409).code(), "draw_committed");
    let early = json!({ "version": draw.attempt()["version"] });
    assert_eq!(call(&mut handler.api(), "list", early).expect(409).code(), "draw_not_committed");
    let lost = json!({ "draw": draw.scene.call, "phrase": THEIRS });
    call(&mut draw.auditor.api(), "commitment", lost).expect(409);
    draw.commit(&mut draw.auditor.api(), THEIRS).expect(200);
    let seen = draw.attempt()["version"].as_i64().expect("a version");
    call(&mut handler.api(), "list", json!({ "version": seen - 1 })).expect(409);
    draw.list().expect(200);
    assert_eq!(draw.commit(&mut draw.auditor.api(), THEIRS).expect(409).code(), "draw_listed");
    assert_eq!(draw.reveal(&mut other.api(), OWN).expect(403).code(), "draw_not_a_party");
    let wrong = draw.reveal(&mut handler.api(), THEIRS).expect(422).json();
    assert_eq!(wrong["fields"][0]["code"], "draw_phrase_wrong");
    // The bytes behind the commitment do as well as the phrase.
    let secret = yuanchi::domain::draw::Secret::of_phrase(OWN).reveal();
    draw.reveal(&mut handler.api(), &secret).expect(200);
    assert_eq!(draw.reveal(&mut handler.api(), OWN).expect(409).code(), "draw_revealed");
}

#[test]
fn both_may_reveal_at_once() {
    let draw = Draw::set(8);
    draw.listed();
    let (mut handler, mut auditor) = (draw.scene.handler.api(), draw.auditor.api());
    let body = |phrase: &str| json!({ "draw": draw.attempt()["id"], "phrase": phrase });
    let path = format!("{}/reveal", draw.path());
    let works: Vec<Box<dyn FnOnce() -> super::super::support::Answer + Send>> = vec![
        Box::new({
            let (path, body) = (path.clone(), body(OWN));
            move || handler.call("POST", &path, &body)
        }),
        Box::new({
            let body = body(THEIRS);
            move || auditor.call("POST", &path, &body)
        }),
    ];
    let answers = race::together(works);
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    assert_eq!(draw.attempt()["status"], "drawn");
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
}

#[test]
fn the_list_names_everybody_and_why_not() {
    let draw = Draw::set(8);
    let (gone, later) = (draw.scene.experts[2].0, draw.scene.experts[3].0);
    draw.scene.app.tamper(&format!(
        "UPDATE experts SET status = 'suspended' WHERE id = '{gone}'; \
         UPDATE experts SET term_from = '2027-01-01' WHERE id = '{later}'"
    ));
    draw.listed();
    let list = draw.attempt()["list"].clone();
    assert_eq!(ids(&list["candidates"]).len(), 6);
    let mut reasons: Vec<(String, String)> = Vec::new();
    for one in list["exclusions"].as_array().expect("exclusions") {
        reasons.push((one["id"].as_str().unwrap_or_default().into(), one["note"].as_str().unwrap_or_default().into()));
    }
    // In the order of ids.
    let mut expected = [(gone.to_string(), "suspended".to_string()), (later.to_string(), "out_of_term".to_string())];
    expected.sort();
    assert_eq!(reasons, expected);
    let mut browser = draw.auditor.browser();
    browser.open(&format!("/reviews/{}/draw", draw.scene.call)).shows("已暂停").shows("不在聘期内");
}

#[test]
fn a_programme_may_ask_for_a_draw_by_field() {
    let draw = Draw::set(8);
    let app = &draw.scene.app;
    let mut programme = app.app.env.programme("service_provider").expect("the programme").clone();
    let rules = programme.review.as_mut().expect("review rules");
    rules.experts_per_application = 3;
    let stratum = |field: &str, panel, reserves| Stratum { field: field.into(), panel, reserves };
    rules.draw = Some(DrawRules { required: true, strata: vec![stratum("provider", 2, 1), stratum("", 2, 1)] });
    let approver = app.person("approver3@example.cn", &[with(Role::Approver)]);
    let call = app.open_call(programme, &draw.scene.handler, &approver);
    let mut api = draw.scene.handler.api();
    let due = (app.now() + chrono::Duration::days(7)).and_utc();
    let refused = api.call("PUT", &format!("/api/v1/reviews/{call}/preparation"), &json!({ "due_at": due }));
    assert_eq!(refused.expect(409).code(), "draw_required");
    // Nobody of that field yet: named before anything is spent.
    let path = format!("/api/v1/reviews/{call}/draw");
    let short = api.call("POST", &format!("{path}/announcement"), &json!({})).expect(422);
    short.shows("“数字化转型服务商”领域符合条件的候选专家只有 0 名，少于所需的 3 名");
    for index in 0..4 {
        let id = draw.scene.experts[index].0;
        app.tamper(&format!("UPDATE experts SET fields = '[\"provider\"]' WHERE id = '{id}'"));
    }
    api.call("POST", &format!("{path}/announcement"), &json!({})).expect(201);
    let shown = api.json(&path);
    let seen = shown["attempts"][0]["id"].clone();
    for (api, phrase) in [(&mut draw.scene.handler.api(), OWN), (&mut draw.auditor.api(), THEIRS)] {
        let body = json!({ "draw": seen, "phrase": phrase });
        api.call("POST", &format!("{path}/commitment"), &body).expect(200);
    }
    let version = api.json(&path)["attempts"][0]["version"].clone();
    api.call("POST", &format!("{path}/list"), &json!({ "version": version })).expect(200);
    for (api, phrase) in [(&mut draw.scene.handler.api(), OWN), (&mut draw.auditor.api(), THEIRS)] {
        api.call("POST", &format!("{path}/reveal"), &json!({ "draw": seen, "phrase": phrase })).expect(200);
    }
    let result = api.json(&path)["attempts"][0]["result"].clone();
    let of = |list: &Value, field: &str| {
        list.as_array().map_or(0, |all| all.iter().filter(|one| one["note"] == field).count())
    };
    for (field, panel, reserves) in [("provider", 2, 1), ("", 2, 1)] {
        assert_eq!((of(&result["panel"], field), of(&result["reserves"], field)), (panel, reserves), "{result}");
    }
    // With it, the preparation goes on to what comes next.
    let refused = api.call("PUT", &format!("/api/v1/reviews/{call}/preparation"), &json!({ "due_at": due }));
    assert_eq!(refused.expect(409).code(), "review_nothing_to_review");
}

#[test]
fn what_is_changed_behind_the_service_is_found() {
    let draw = Draw::set(8);
    draw.drawn();
    let due = (draw.scene.app.now() + chrono::Duration::days(7)).and_utc();
    let path = format!("/api/v1/reviews/{}/preparation", draw.scene.call);
    draw.scene.handler.api().call("PUT", &path, &json!({ "due_at": due })).expect(200);
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
    let call = draw.scene.call;
    let stored = draw.scene.app.read(|tx| Ok(db::draws::of_call(tx.db, call)?)).remove(0);
    let session = draw.scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, call)?)).expect("a session");
    let record = stored.record.clone().expect("a record");
    let reserve = session.reserves.0[0];
    let json = |ids: &[yuanchi::domain::ids::ExpertId]| serde_json::to_string(ids).expect("JSON");
    let panel = json(&session.panel.0);
    let reserves = json(&session.reserves.0);
    let turned: Vec<_> = session.reserves.0.iter().rev().copied().collect();
    let stranger = draw.scene.experts.iter().map(|(id, _)| *id);
    let stranger = stranger.filter(|id| !session.panel.0.contains(id) && *id != reserve).max().expect("a stranger");
    let breakages = [
        (
            format!("UPDATE draws SET record = '{}'", record.replacen("\"attempt\":1", "\"attempt\":2", 1)),
            format!("UPDATE draws SET record = '{record}'"),
            "draw_is_reproduced: its record does not hold",
        ),
        (
            "UPDATE draws SET record_sha256 = '00'".into(),
            format!("UPDATE draws SET record_sha256 = '{}'", stored.record_digest.clone().unwrap_or_default()),
            "draw_is_as_recorded: its columns",
        ),
        (
            format!(
                "UPDATE review_sessions SET panel = '{}'",
                json(&[session.panel.0.clone(), vec![stranger]].concat())
            ),
            format!("UPDATE review_sessions SET panel = '{panel}'"),
            "panel_is_drawn: expert",
        ),
        (
            format!("UPDATE review_sessions SET reserves = '{}'", json(&turned)),
            format!("UPDATE review_sessions SET reserves = '{reserves}'"),
            "panel_is_drawn: its reserves",
        ),
        (
            "UPDATE review_sessions SET draw_id = NULL".into(),
            format!("UPDATE review_sessions SET draw_id = '{}'", stored.id),
            "panel_is_drawn: does not rest on draw",
        ),
    ];
    for (damage, repair, says) in breakages {
        draw.scene.app.tamper(&damage);
        let found = draw.violations();
        assert!(found.iter().any(|what| what.starts_with(says)), "{says}: {found:?}");
        draw.scene.app.tamper(&repair);
        assert!(draw.violations().is_empty(), "{says}: {:?}", draw.violations());
    }
    // A record that agrees with itself and was drawn from another chain.
    let opened = match draw.scene.app.on_postgres() {
        true => "ALTER TABLE events DISABLE TRIGGER USER",
        false => "DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete",
    };
    let cut = "DELETE FROM events WHERE subject_kind = 'draw' AND action = 'draw.drawn'";
    draw.scene.app.tamper(&format!("{opened}; {cut}"));
    assert!(draw.violations().iter().any(|what| what.starts_with("draw_is_as_recorded: /events")));
}

#[test]
fn a_field_that_became_too_small_is_named_and_no_secret_is_spent_on_it() {
    let draw = Draw::set(8);
    let app = &draw.scene.app;
    let of_field: Vec<String> = draw.scene.experts[..3].iter().map(|(id, _)| id.to_string()).collect();
    for id in &of_field {
        app.tamper(&format!("UPDATE experts SET fields = '[\"provider\"]' WHERE id = '{id}'"));
    }
    let share = |field: &str, panel, reserves| json!({ "field": field, "panel": panel, "reserves": reserves });
    let strata = json!([share("provider", 2, 1), share("", 3, 2)]);
    let preview = format!("{}/preview", draw.path());
    let shown = draw.scene.handler.api().call("POST", &preview, &json!({ "strata": strata })).expect(200).json();
    // What was shown is announced on the next day as well: nobody's term ends sooner by it.
    app.advance(chrono::Duration::days(1));
    draw.announce(&json!({ "strata": strata, "digest": shown["digest"] }));
    draw.commit(&mut draw.scene.handler.api(), OWN).expect(200);
    draw.commit(&mut draw.auditor.api(), THEIRS).expect(200);
    // Whoever left the field is not made up for by the others, who are enough.
    app.tamper(&format!("UPDATE experts SET status = 'suspended' WHERE id = '{}'", of_field[0]));
    let before = draw.attempt();
    let short = draw.list().expect(422);
    short.shows("“数字化转型服务商”领域符合条件的候选专家只有 2 名，少于所需的 3 名");
    assert_eq!(draw.attempt(), before, "nothing is frozen, and both commitments are good");
    app.tamper(&format!("UPDATE experts SET status = 'active' WHERE id = '{}'", of_field[0]));
    draw.list().expect(200);
    draw.reveal(&mut draw.auditor.api(), THEIRS).expect(200);
    draw.reveal(&mut draw.scene.handler.api(), OWN).expect(200);
    let result = draw.attempt()["result"].clone();
    let mut drawn: Vec<String> = [&result["panel"], &result["reserves"]]
        .into_iter()
        .flat_map(|list| list.as_array().cloned().unwrap_or_default())
        .filter(|one| one["note"] == "provider")
        .filter_map(|one| one["id"].as_str().map(str::to_string))
        .collect();
    drawn.sort();
    let mut expected = of_field.clone();
    expected.sort();
    assert_eq!(drawn, expected);
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
}
