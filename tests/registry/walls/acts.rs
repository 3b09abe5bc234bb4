//! C-20, C-22, C-51, C-53, C-54: what is judged is what stands now, whole or not at all, once, by one, and in time.

use super::world::World;
use crate::procedure_api::scene::{ARRANGED, CLOSES, OURS, RECOMMEND_BY, Scene};
use crate::support::app::at;
use crate::support::node::Node;
use crate::support::race::{one_wins, together};
use crate::support::{Client, TestApp, html, in_bureau};
use chrono::Duration;
use serde_json::json;
use std::collections::BTreeMap;
use yuanchi::db::{applications, call_questions, change_sets, decisions};
use yuanchi::domain::ids::{ApplicationId, CallId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;
use yuanchi::domain::status::ChangeSetStatus;

/// Who is answered what for one document, with the sessions and the address that they had before.
fn readers(world: &World, hands: &mut [super::world::Hands], path: &str) -> BTreeMap<&'static str, u16> {
    let askers = world.askers.iter().zip(hands);
    askers.map(|(asker, hands)| (asker.name, hands.api.get(path).status)).collect()
}

/// Bytes are given by what holds at this moment, whatever held when their address was learned.
#[test]
fn c_20_a_document_is_read_by_what_holds_now() {
    let world = World::make();
    world.put(State::InReview);
    let test = world.test();
    let (application, call) = (world.scene.id, world.scene.call);
    let document = world.known("documents").expect("a document")[0].1.clone();
    let content = json!({
        "number": "2026-FP-0001", "submission": 2, "submitted_at": "2026-03-02T01:00:00Z",
        "call": { "id": call, "programme": "feature_platform", "programme_digest": "" },
        "organisation": {
            "name": "甲公司", "credit_code": "91440606722473344C", "registered_area": "440604",
            "main_service_city": null, "established_on": "2015-06-01", "address": "广东省",
        },
        "form": {}, "members": [],
        "documents": [{ "id": document, "kind": "licence", "name": "a.png", "sha256": "", "bytes": 1 }],
    });
    test.tamper(&format!(
        "INSERT INTO submissions (id, application_id, number, content, sha256, submitted_by, submitted_at)
         VALUES ('{document}', '{application}', 2, '{content}', 'x', '{}', '2026-03-02 01:00:00')",
        world.scene.people[0].1.id
    ));
    let mut hands = world.hands();
    let path = format!("/api/v1/documents/{document}");
    let mut expected: BTreeMap<&str, u16> = world.askers.iter().map(|asker| (asker.name, 404)).collect();
    for name in ["own-admin", "own-member", "own-bureau", "a-handler", "approver", "evaluator", "auditor", "expert"] {
        expected.insert(name, 200);
    }
    expected.insert("nobody", 401);
    assert_eq!(readers(&world, &mut hands, &path), expected, "at first");

    // Each is taken back before the next.
    let with = |changes: &[(&'static str, u16)]| {
        let mut changed = expected.clone();
        changed.extend(changes.iter().copied());
        changed
    };
    let member = world.scene.people[1].1.id;
    let member_is_out = format!("UPDATE grants SET revoked_at = '2026-03-02 00:59:00' WHERE account_id = '{member}'");
    let member_is_in = format!("UPDATE grants SET revoked_at = NULL WHERE account_id = '{member}'");
    let moved = format!("UPDATE applications SET bureau = 'zhuhai' WHERE id = '{application}'");
    let back = format!("UPDATE applications SET bureau = '{OURS}' WHERE id = '{application}'");
    for (change, undo, then) in [
        (
            "UPDATE assignments SET status = 'released'",
            "UPDATE assignments SET status = 'accepted'",
            with(&[("expert", 404)]),
        ),
        (
            "UPDATE assignments SET status = 'recused'",
            "UPDATE assignments SET status = 'accepted'",
            with(&[("expert", 404)]),
        ),
        (
            "UPDATE assignments SET status = 'awaiting'",
            "UPDATE assignments SET status = 'accepted'",
            with(&[("expert", 404)]),
        ),
        (
            "UPDATE review_sessions SET status = 'closed'",
            "UPDATE review_sessions SET status = 'open'",
            with(&[("expert", 404)]),
        ),
        ("UPDATE experts SET status = 'suspended'", "UPDATE experts SET status = 'active'", with(&[("expert", 404)])),
        (member_is_out.as_str(), member_is_in.as_str(), with(&[("own-member", 404)])),
        (moved.as_str(), back.as_str(), with(&[("own-bureau", 404), ("other-bureau", 200)])),
    ] {
        test.tamper(change);
        assert_eq!(readers(&world, &mut hands, &path), then, "{change}");
        test.tamper(undo);
        assert_eq!(readers(&world, &mut hands, &path), expected, "after {change} was taken back");
    }
    // An address that was altered leads nowhere.
    for altered in
        [path.to_uppercase(), path.replace('-', ""), format!("{path}/.."), format!("{path}%00"), format!("{path};x")]
    {
        let answer = hands[1].api.get(&altered);
        assert!(matches!(answer.status, 404 | 405 | 422), "{answer}");
    }
}

/// A sheet that names one file of another call is refused whole, and says which.
#[test]
fn c_22_a_batch_with_one_foreign_file_changes_nothing() {
    let mut scene = Scene::new();
    scene.test.expect_violations();
    scene.put(State::Reviewed, ARRANGED[0]);
    let other = scene.people.iter().find(|(name, ..)| *name == "other-admin").expect("a vendor").clone();
    let foreign = scene.filed(other.2.organisation.expect("an organisation"), &other.1, "2026-FP-0002");
    let call = scene.call;
    let another = scene.test.write(move |tx| {
        let another = CallId::new(&*tx.env.ids);
        let call = yuanchi::db::calls::find(tx.db, call)?;
        yuanchi::db::calls::create(tx.db, &yuanchi::db::calls::Call { id: another, ..call })?;
        Ok(another)
    });
    let handler = scene.people.iter().find(|(name, ..)| *name == "a-handler").expect("a handler").1.clone();
    scene.test.tamper(&format!(
        "UPDATE applications SET call_id = '{another}', state = 'reviewed' WHERE id = '{foreign}';
         INSERT INTO review_sessions (id, call_id, status, due_at, panel, created_by, created_at, closed_at)
         VALUES ('{call}', '{call}', 'closed', '2026-03-01 00:00:00', '[]', '{}', '2026-02-20 00:00:00',
                 '2026-03-01 00:00:00')",
        handler.id
    ));
    let own = scene.id;
    let entry = |id: ApplicationId| json!({ "application": id, "outcome": "not_selected", "reason": "名额已满" });
    let path = format!("/api/v1/decisions/{call}");
    for entries in [json!([entry(own), entry(foreign)]), json!([entry(foreign)]), json!([entry(foreign), entry(own)])] {
        let body = json!({ "grounds": "择优", "entries": entries });
        for to in [path.clone(), format!("{path}/preview")] {
            let answer = handler.api().call("POST", &to, &body).expect(422);
            let fields = answer.json()["fields"].clone();
            let named = fields.as_array().into_iter().flatten();
            let mut places = entries.as_array().into_iter().flatten();
            let place = places.position(|entry| entry["application"] == json!(foreign)).expect("it is named");
            let place = format!("entries[{place}].outcome");
            assert!(named.filter_map(|field| field["path"].as_str()).any(|at| at == place), "{answer}");
        }
    }
    let found = scene.test.read(|tx| {
        let sheets = decisions::of_call(tx.db, call)?.len() + decisions::of_call(tx.db, another)?.len();
        let mut states = Vec::new();
        for id in [own, foreign] {
            states.push(applications::find(tx.db, &Scope::everything(), id)?.state);
        }
        Ok((sheets, states))
    });
    assert_eq!(found, (0, vec![State::Reviewed, State::Reviewed]));
    // Without the foreign one the same sheet is taken.
    let body = json!({ "grounds": "择优", "entries": [entry(own)] });
    handler.api().call("POST", &path, &body).expect(201);
}

#[test]
fn c_51_fifty_equal_posts_to_two_processes_are_one_act() {
    let mut scene = Scene::new();
    scene.test.expect_violations();
    let node = Node::beside(&scene.test);
    let token = scene.officer().api().bearer().expect("a token").to_string();
    let (to, body) = (scene.path("/recommendation"), json!({ "version": 1, "opinion": "同意推荐" }));
    let callers = |count: usize| -> Vec<Client> {
        let of = |number: usize| if number.is_multiple_of(2) { scene.test.visitor() } else { node.visitor() };
        (0..count).map(|number| of(number).with_bearer(token.clone())).collect()
    };
    let works = callers(50).into_iter().map(|mut caller| {
        let (to, body) = (&to, &body);
        move || caller.call_once("the same", "POST", to, body)
    });
    let answers = together(works);
    let first = answers[0].json();
    for answer in &answers {
        assert_eq!((answer.status, answer.json()), (201, first.clone()), "{answer}");
    }
    assert_eq!(scene.recorded(scene.id), 2, "filed, and recommended once");
    // Without a key one is carried out and every other one is told that the file has moved on.
    scene.put(State::Submitted, ARRANGED[0]);
    let body = json!({ "version": 7, "opinion": "同意推荐" });
    let works = callers(20).into_iter().map(|mut caller| {
        let (to, body) = (&to, &body);
        move || caller.call("POST", to, body)
    });
    one_wins(&together(works), 201, &["wrong_state", "stale"]);
    assert_eq!(scene.recorded(scene.id), 3);
}

/// Undoing is asked of what another kind of act did, of another call's, and of another bureau's: none of them is there.
#[test]
fn c_22_undoing_what_is_something_else_or_another_bureaus_changes_nothing() {
    let world = World::make();
    let call = world.scene.call;
    let mut hands = world.hands();
    let id = |part: &str, what: &str| {
        let known = world.known(part).expect("it stands there").iter().find(|(label, _)| *label == what);
        known.unwrap_or_else(|| panic!("{part} {what}")).1.clone()
    };
    let (of_bureau, of_screening) = (id("batches", "bureau"), id("batches", "screening"));
    let (import, reminders) = (id("imports", ""), id("changes", ""));
    let plain = json!({ "reason": "有误" });
    let seen = json!({ "version": 1, "reason": "有误" });
    for (name, path, body) in [
        ("a-handler", format!("experts/imports/{of_screening}/undoing"), &plain),
        ("a-handler", format!("experts/imports/{reminders}/undoing"), &plain),
        ("a-handler", format!("reviews/{call}/changes/{import}/undoing"), &seen),
        ("a-handler", format!("reviews/{call}/changes/{}/undoing", id("calls", "draft")), &seen),
        ("a-handler", format!("batches/{import}/undoing"), &plain),
        ("a-handler", format!("batches/{reminders}/undoing"), &plain),
        ("own-bureau", format!("batches/{of_screening}/undoing"), &plain),
        ("other-bureau", format!("batches/{of_bureau}/undoing"), &plain),
        ("a-handler", format!("decisions/{call}/sheets/{}/undoing", id("sheets", "another")), &seen),
    ] {
        let at = world.askers.iter().position(|asker| asker.name == name).expect("somebody of this name");
        let answer = hands[at].api.call("POST", &format!("/api/v1/{path}"), body);
        assert_eq!(answer.status, 404, "{name}: {answer}");
    }
    let left = world.test().read(|tx| Ok(change_sets::of_call(tx.db, call, None)?));
    assert!(left.len() >= 3 && left.iter().all(|set| set.status == ChangeSetStatus::Applied), "{left:?}");
}

/// A form carries a number of its own: pressed fifty times, by two processes, it is one question.
#[test]
fn c_51_fifty_presses_of_one_form_to_two_processes_are_one_act() {
    const QUESTION: &str = "是否可以与高校联合申报？";
    let mut scene = Scene::new();
    scene.test.expect_violations();
    scene.test.set_clock(at(ARRANGED[0].now));
    let node = Node::beside(&scene.test);
    let mut browser = scene.people[0].1.browser();
    let page = browser.open(&format!("/calls/{}", scene.call)).text();
    let to = format!("/calls/{}/questions", scene.call);
    let form = html::forms(&page).into_iter().find(|form| form.action == to).expect("a form for questions");
    let once = form.fields.iter().find(|(name, _)| name == "once").expect("a number of its own").1.clone();
    let (secret, csrf) = (browser.cookie("__Host-sid").expect("a session").to_string(), browser.csrf().to_string());
    let works = (0..50).map(|number: usize| {
        let caller = if number.is_multiple_of(2) { scene.test.visitor() } else { node.visitor() };
        let mut caller = caller.with_session(&secret, csrf.clone());
        let (to, once) = (&to, &once);
        move || caller.post(to, &[("once", once.as_str()), ("question", QUESTION)])
    });
    let answers = together(works);
    let first = answers[0].location();
    for answer in &answers {
        assert_eq!((answer.status, answer.location()), (303, first.clone()), "{answer}");
    }
    let call = scene.call;
    let asked = scene.test.read(|tx| Ok(call_questions::of_call(tx.db, call, call_questions::Unanswered::All)?));
    assert_eq!(asked.iter().map(|asked| asked.question.as_str()).collect::<Vec<_>>(), [QUESTION]);
}

#[test]
fn c_53_of_two_officers_who_decide_at_once_one_does_and_one_is_told() {
    let mut scene = Scene::new();
    scene.test.expect_violations();
    let node = Node::beside(&scene.test);
    let colleague = scene.test.person("colleague@example.org", &[in_bureau(OURS)]);
    let mut one = scene.officer().api();
    let mut other = node.visitor().with_bearer(colleague.api().bearer().expect("a token").to_string());
    let refusal = json!({ "version": 7, "reason": "不予推荐" });
    let approval = json!({ "version": 7, "opinion": "同意推荐" });
    for round in 0..150 {
        scene.put(State::Submitted, ARRANGED[0]);
        let before = scene.recorded(scene.id);
        let works = [(&mut one, "/refusal", &refusal), (&mut other, "/recommendation", &approval)].map(
            |(caller, rest, body)| {
                let to = scene.path(rest);
                move || caller.call("POST", &to, body)
            },
        );
        let answers = together(works);
        one_wins(&answers, 201, &["wrong_state", "stale"]);
        assert_eq!(scene.recorded(scene.id), before + 1, "round {round}: one event");
        let id = scene.id;
        let stored = scene.test.read(|tx| Ok(applications::find(tx.db, &Scope::everything(), id)?));
        assert_eq!(stored.version, 8, "round {round}");
        // Whoever lost is told what the other one did, when and in which role, and from where to where it led.
        let act = match stored.state {
            State::NotRecommended => "application.not_recommended",
            State::Recommended => "application.recommended",
            other => panic!("round {round}: {other}"),
        };
        let lost = answers.iter().find(|answer| answer.status == 409).expect("one lost").json();
        let told = lost["changes"].as_array().map(Vec::as_slice).unwrap_or_default();
        assert_eq!(told.len(), 1, "round {round}: {lost}");
        assert_eq!((&told[0]["act"], &told[0]["by_role"]), (&json!(act), &json!("city_officer")), "{lost}");
        assert_eq!(told[0]["at"], json!(at(ARRANGED[0].now).and_utc()), "{lost}");
        assert_eq!(lost["state"], json!({ "then": "submitted", "now": stored.state }), "{lost}");
        assert_eq!(lost["current_version"], 8, "{lost}");
    }
}

/// Windows are half open, to the millisecond: what opens is open from its instant on, what ends is over at its instant.
#[test]
fn c_54_a_window_ends_at_its_instant() {
    const OPENS: &str = "2026-02-01T00:00:00";
    let mut scene = Scene::new();
    scene.test.expect_violations();
    let submission = ("/submission", json!({ "version": 1, "commitment": true }), "call_not_open");
    let recommendation = ("/recommendation", json!({ "version": 1, "opinion": "同意" }), "recommendation_closed");
    for (instant, state, person, (rest, body, refused), is_open) in [
        (OPENS, State::Draft, "own-admin", &submission, [false, true, true]),
        (CLOSES, State::Draft, "own-admin", &submission, [true, false, false]),
        (RECOMMEND_BY, State::Submitted, "own-bureau", &recommendation, [true, false, false]),
    ] {
        let person = scene.people.iter().find(|(name, ..)| *name == person).expect("a person").1.clone();
        for (milliseconds, is_open) in [-1, 0, 1].into_iter().zip(is_open) {
            scene.put(state, ARRANGED[0]);
            scene.test.set_clock(at(instant) + Duration::milliseconds(milliseconds));
            let answer = person.api().call("POST", &scene.path(rest), body).expect(409);
            // Nothing is wrong with what comes in time but its version.
            let expected = if is_open { "stale" } else { *refused };
            assert_eq!(answer.code(), expected, "{rest} at {instant} {milliseconds:+} ms: {answer}");
        }
    }
}

/// Two processes whose own clocks differ would differ here; they have one clock for the tests, and the rule is that the
/// instant is read once, when the request is complete (`App::write`).
#[test]
fn c_54_the_instant_is_read_once_for_the_whole_transaction() {
    let test = TestApp::start();
    let begun = test.now();
    let app = test.app.clone();
    let (seen, later) = test.write(move |tx| {
        app.clock.set(tx.now + Duration::seconds(5));
        Ok((tx.now, app.clock.now()))
    });
    assert_eq!((seen, later), (begun, begun + Duration::seconds(5)));
}
