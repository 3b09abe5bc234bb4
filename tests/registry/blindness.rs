//! Nobody learns what is hidden from them: two registries are built by the same steps with the same clock, keys and ids,
//! and differ in one hidden thing; whoever may not know it is given the same answers, byte for byte, on every route.
//!
//! The routes come from the tables of pages and operations, so that a new one is asked too.

mod looking;

use super::late;
use super::lists::{self, NOTICE};
use super::objectors::texts;
use super::review::Scene;
use super::review::stages::{all_stages, five_sheets};
use super::support::app::{TestApp, at};
use super::support::{Client, expert, in_bureau, with};
use looking::{Watcher, World, at_once, differences, must_be_alike};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yuanchi::actions::Tx;
use yuanchi::actions::object::{NewObjection, object};
use yuanchi::db;
use yuanchi::domain::actor::{Actor, Role};
use yuanchi::domain::ids::{ExpertId, NoticeId};
use yuanchi::domain::programme::Programme;
use yuanchi::domain::status::ObjectorKind;

/// In which way the two worlds differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    /// What another expert gave, and said.
    Scores,
    /// Who the other expert is.
    Identity,
    /// Whether the other expert has stepped back.
    Recusal,
    /// What the form says about persons.
    Personal,
    /// What the other expert gave, a point more or less, in a discussion of five sheets, and does after the scoring:
    /// explains a total that lies far from the panel, scores the extra station, changes the sheet in a discussion or keeps
    /// it. All of it in one pair of worlds: whoever learns any of it is told something else in the other.
    After,
    /// What the other expert gave, told by nothing but a discussion of three sheets.
    Totals,
}

impl Hidden {
    /// Whether it lies behind the end of the scoring.
    fn is_late(self) -> bool {
        matches!(self, Hidden::After | Hidden::Totals)
    }
}

/// An open session in which everybody has submitted but the watching expert, who has one sheet left. `other` says which
/// of the two worlds it is.
fn world(hidden: Hidden, other: bool) -> World {
    let (test, alike) = TestApp::start_alike();
    // Of three sheets what is told of two gives the third soonest.
    let (experts, change): (usize, fn(&mut Programme)) = match hidden {
        Hidden::Totals => (5, all_stages),
        _ if hidden.is_late() => (6, five_sheets),
        _ => (5, |_| {}),
    };
    let scene = Scene::with_programme(test, experts, change);
    scene.app.tamper("UPDATE applications SET bureau = 'guangzhou'");
    let rival = scene.experts[2].1.clone();
    if hidden == Hidden::Identity && other {
        scene.app.tamper(&format!(
            "UPDATE experts SET name = '赵隐', employer = '另一大学', title = '研究员', email = 'zhao@example.cn', \
             email_key = 'zhao@example.cn' WHERE id = '{}'",
            scene.experts[2].0
        ));
        scene.app.tamper(&format!("UPDATE accounts SET name = '赵隐' WHERE id = '{}'", rival.id));
    }
    if hidden == Hidden::Personal {
        let name = if other { "赵隐" } else { "钱显" };
        let form = json!({ "legal_representative": name, "contact_phone": format!("020-{}", name.len()), "contact_name": name });
        scene.app.tamper(&format!("UPDATE applications SET form = '{form}'"));
    }
    scene.open();
    let people = [
        ("evaluator", scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)])),
        ("auditor", scene.app.person("auditor@example.cn", &[with(Role::Auditor)])),
        ("city", scene.app.person("city@example.cn", &[in_bureau("guangzhou")])),
        ("system", scene.app.person("system@example.cn", &[with(Role::SystemAdmin)])),
        ("security", scene.app.person("security@example.cn", &[with(Role::SecurityAdmin)])),
    ];
    let mut watchers: Vec<Watcher> = people.iter().map(|(name, person)| Watcher::of(name, person)).collect();
    let others = [("handler", &scene.handler), ("approver", &scene.approver), ("vendor", &scene.vendor)];
    watchers.extend(others.map(|(name, person)| Watcher::of(name, person)));
    watchers.push(Watcher::of("expert", &scene.experts[1].1));
    watchers.push(Watcher::nobody(&scene.app));

    let own = |index: usize| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("a text").to_string();
        scene.assignments(index).1.iter().map(|a| (text(&a["id"]), text(&a["organisation"]))).collect()
    };
    let watched = own(1);
    let common = own(2).into_iter().find(|(_, applicant)| watched.iter().any(|(_, seen)| seen == applicant));
    let (common, _) = common.expect("the two experts have a file in common");
    let call = scene.call;
    let assignments = scene.app.read(|tx| {
        let session = db::reviews::session_of_call(tx.db, call)?.ok_or(yuanchi::error::Error::NotFound)?;
        let all = db::reviews::assignments_of(tx.db, session.id)?;
        Ok((session.id.to_string(), all.iter().map(|a| a.id.to_string()).collect::<Vec<_>>()))
    });
    for index in 0..scene.experts.len() {
        let mut api = scene.assignments(index).0;
        for (at, (id, _)) in own(index).into_iter().enumerate() {
            let path = format!("/api/v1/assignments/{id}");
            let stands_back = hidden == Hidden::Recusal && id == common;
            if !stands_back {
                api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
            }
            let left = index == 1 && at == 0 && !hidden.is_late();
            if !left && !stands_back {
                let far = hidden == Hidden::Scores && other || hidden.is_late();
                let share = match (index, far) {
                    (2, true) if hidden == Hidden::Totals && other => "95",
                    // A point more, and the same file talked over for the same cause.
                    (2, true) if hidden == Hidden::After && other => "91",
                    (2, true) => "90",
                    _ => "60",
                };
                let opinion =
                    if hidden == Hidden::Scores && index == 2 && other { "赵隐以为甚好" } else { "尚可" };
                let body = json!({ "version": 1, "items": scene.sheet(share), "opinion": opinion });
                api.call("POST", &format!("{path}/submission"), &body).expect(200);
            }
        }
    }
    let files: Vec<String> = scene.files.iter().map(ToString::to_string).collect();
    let experts: Vec<String> = scene.experts.iter().map(|(id, _)| id.to_string()).collect();
    let mut known = BTreeMap::from([
        ("applications", files),
        ("assignments", assignments.1),
        ("calls", vec![call.to_string()]),
        ("reviews", vec![call.to_string()]),
        ("decisions", vec![call.to_string()]),
        ("experts", experts),
        ("accounts", vec![rival.id.to_string(), scene.vendor.id.to_string()]),
        ("programmes", vec!["service_provider".to_string()]),
        ("submissions", vec!["1".to_string()]),
        ("review", vec![assignments.0]),
        ("events", ["review", "assignment", "application", "account", "expert", "call"].map(String::from).to_vec()),
    ]);
    let nothing = || vec!["00000000-0000-7000-8000-000000000000".to_string()];
    let mut organisations = texts(&scene.app, "SELECT id AS line FROM organisations ORDER BY id");
    organisations.truncate(2);
    known.insert("organisations", organisations);
    for part in ["documents", "notices", "objections", "lists", "providers", "certificates", "evidence", "assets"] {
        known.insert(part, nothing());
    }
    // Nothing of these is in such a world.
    for part in ["memberships", "subscriptions", "filters", "batches", "imports", "changes", "join-requests", "ties"] {
        known.insert(part, nothing());
    }
    for part in [
        "address",
        "invitation",
        "password",
        "registration",
        "setup",
        "grants",
        "members",
        "questions",
        "letters",
        "mails",
        "messages",
    ] {
        known.insert(part, nothing());
    }
    if hidden == Hidden::Recusal {
        // The last step of both: with a conflict another expert is charged as well.
        let path = format!("/api/v1/assignments/{common}/declaration");
        let declared = json!({ "conflict": other, "reason": if other { "亲属关系" } else { "" } });
        scene.experts[2].1.api().call("PUT", &path, &declared).expect(200);
    }
    if hidden.is_late() {
        scene.end_scoring("").expect(200);
        let (mut api, path) = (scene.experts[2].1.api(), format!("/api/v1/assignments/{common}"));
        if hidden == Hidden::After {
            let text = if other { "赵隐以为甚好" } else { "尚可" };
            api.call("PUT", &format!("{path}/explanation"), &json!({ "text": text })).expect(200);
            let told = if other { "55" } else { "20" };
            let extra = json!({ "version": 0, "items": { "told": told, "answered": "30" }, "opinion": told });
            api.call("POST", &format!("{path}/extra/submission"), &extra).expect(200);
            let items = scene.sheet(if other { "70" } else { "90" });
            let position = json!({ "version": 2, "changes": other, "remark": "材料已复核", "items": items });
            api.call("PUT", &format!("{path}/position"), &position).expect(200);
        }
    }
    scene.app.run_jobs();
    World { test: scene.app, alike, watchers, ids: known }
}

/// Both worlds, built at the same time.
fn worlds(hidden: Hidden) -> [World; 2] {
    built(|other| world(hidden, other))
}

fn built(world: impl Fn(bool) -> World + Sync) -> [World; 2] {
    let world = &|other| {
        let made = world(other);
        made.test.let_kept_pages_grow_old();
        made
    };
    std::thread::scope(|scope| {
        let second = scope.spawn(move || world(true));
        let first = world(false);
        [first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
    })
}

const EVERYBODY: [&str; 10] =
    ["public", "vendor", "city", "expert", "evaluator", "handler", "approver", "auditor", "system", "security"];
const OUTSIDERS: [&str; 4] = ["public", "vendor", "city", "expert"];

#[test]
fn c_21_before_the_closing_nobody_learns_anothers_score() {
    let mut worlds = worlds(Hidden::Scores);
    must_be_alike("another expert's score", &mut worlds, &EVERYBODY);
}

#[test]
fn c_21_after_the_closing_outsiders_learn_no_score_and_the_department_does() {
    let mut worlds = worlds(Hidden::Scores);
    for world in &worlds {
        let call = &world.ids["calls"][0];
        let handler = world.watchers.iter().find(|watcher| watcher.name == "handler").expect("the handler");
        let mut api = Client::new(world.test.address).with_bearer(handler.api.bearer().expect("a token").into());
        let version = api.json(&format!("/api/v1/reviews/{call}"))["version"].clone();
        let body = json!({ "version": version, "reason": "已到截止时间" });
        api.call("POST", &format!("/api/v1/reviews/{call}/closing"), &body).expect(200);
        world.test.run_jobs();
    }
    // That a difference is found at all: now the handler sees the scores.
    let [one, other] = at_once(&mut worlds, |world| world.readings("handler"));
    let found = differences(&one, &other);
    assert!(found.iter().any(|line| line.contains("/decisions/")), "{found:?}");
    must_be_alike("another expert's score after the closing", &mut worlds, &OUTSIDERS);
}

#[test]
fn c_21_nobody_outside_learns_who_else_scores() {
    must_be_alike("another expert's identity", &mut worlds(Hidden::Identity), &OUTSIDERS);
}

#[test]
fn c_21_nobody_outside_learns_who_stepped_back() {
    must_be_alike("another expert's recusal", &mut worlds(Hidden::Recusal), &OUTSIDERS);
}

#[test]
fn c_21_before_the_closing_nobody_learns_what_another_says_after_the_scoring() {
    let what = "another expert's explanation, sheet of the extra station and position";
    must_be_alike(what, &mut worlds(Hidden::After), &EVERYBODY);
}

#[test]
fn c_21_nobody_works_out_anothers_total_from_a_discussion_of_three_sheets() {
    must_be_alike("another expert's total in a discussion", &mut worlds(Hidden::Totals), &EVERYBODY);
}

#[test]
fn c_21_what_is_about_persons_is_not_for_experts() {
    let mut worlds = worlds(Hidden::Personal);
    must_be_alike("personal fields", &mut worlds, &["public", "expert", "evaluator"]);
    // Its officers do read them: the difference is there to be found.
    let [one, other] = at_once(&mut worlds, |world| world.readings("handler"));
    assert!(!differences(&one, &other).is_empty());
}

/// A member of the pool, about which officers propose a revocation or do not.
fn member(sanctioned: bool) -> World {
    let (test, alike) = TestApp::start_alike();
    let mut scene = lists::scene_on(test);
    let (application, vendor) = scene.noticed(yuanchi::domain::procedure::State::InNotice, "佛山市");
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    let held = scene.test.read(|tx| {
        let number = db::published_lists::certificates(tx.db, list)?.remove(0).1;
        Ok(db::memberships::find_by_certificate(tx.db, &number)?)
    });
    scene.test.set_clock(at("2026-05-06T01:00:00"));
    let (test, handler) = (&scene.test, &scene.handler);
    let watchers = vec![
        Watcher::of("vendor", &vendor),
        Watcher::of("city", &test.person("city@example.org", &[in_bureau("foshan")])),
        Watcher::of("handler", handler),
        Watcher::nobody(test),
    ];
    let page = format!("/api/v1/memberships/{}", held.id);
    let version = handler.api().json(&page)["version"].clone();
    // The last step, so that everything before it is the same.
    if sanctioned {
        let body = json!({ "version": version, "reason": "提供虚假材料", "basis": "《管理办法》第十二条" });
        handler.api().call("POST", &format!("{page}/revocation"), &body).expect(201);
    }
    yuanchi::jobs::deliver_mail(&test.app).expect("a turn");
    let mut ids = BTreeMap::from([
        ("memberships", vec![held.id.to_string()]),
        ("organisations", vec![held.organisation_id.to_string()]),
        ("providers", vec![held.organisation_id.to_string()]),
        ("lists", vec![list.to_string()]),
        ("certificates", vec![held.certificate_number.clone()]),
        ("applications", vec![application.to_string()]),
        ("notices", vec![NOTICE.to_string()]),
        ("calls", vec![scene.call.to_string()]),
        ("events", ["membership", "organisation", "list"].map(String::from).to_vec()),
    ]);
    for part in ["documents", "objections", "evidence", "assets", "address", "invitation", "password", "registration"] {
        ids.insert(part, vec!["00000000-0000-7000-8000-000000000000".to_string()]);
    }
    World { test: scene.test, alike, watchers, ids }
}

#[test]
fn a_member_and_the_public_do_not_learn_that_a_revocation_is_proposed() {
    let mut worlds = built(member);
    must_be_alike("a proposed revocation", &mut worlds, &["public", "vendor", "city"]);
    // Officers do see it: the difference is there to be found.
    let [one, other] = at_once(&mut worlds, |world| world.readings("handler"));
    let found = differences(&one, &other);
    assert!(found.iter().any(|line| line.contains("/memberships/")), "{found:?}");
}

/// A notice with an objection by this unit.
fn objected(name: &str, phone: &str) -> World {
    let (test, alike) = TestApp::start_alike();
    let mut scene = lists::scene_on(test);
    let (application, vendor) = scene.noticed(yuanchi::domain::procedure::State::InNotice, "佛山市");
    let test = scene.test;
    let input = NewObjection {
        application,
        kind: ObjectorKind::Unit,
        name: name.into(),
        phone: phone.into(),
        email: String::new(),
        matter: "产值不实".into(),
    };
    let enclosure = late::evidence(&test);
    let env = test.app.env.clone();
    let notice = NoticeId::from_text(NOTICE).expect("an id");
    let written = test.app.store.write(move |db| {
        let mut tx = Tx::new(db, at("2026-01-10T01:00:00"), &env);
        object(&mut tx, &Actor::public("zh-CN"), notice, &input, &[enclosure])
    });
    written.expect("a receipt");
    let expert_id = ExpertId::new(&*test.app.env.ids);
    test.tamper(&format!(
        "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at) \
         VALUES ('{expert_id}', '李四', 'e@example.org', 'e@example.org', '某大学', '教授', '[]', 10, 'active', \
         '2026-01-01 00:00:00')"
    ));
    let people = [
        ("vendor", vendor),
        ("handler", scene.handler),
        ("approver", scene.approver),
        ("evaluator", test.person("evaluator@example.org", &[with(Role::Evaluator)])),
        ("auditor", test.person("auditor@example.org", &[with(Role::Auditor)])),
        ("city", test.person("city@example.org", &[in_bureau("foshan")])),
        ("system", test.person("system@example.org", &[with(Role::SystemAdmin)])),
        ("security", test.person("security@example.org", &[with(Role::SecurityAdmin)])),
        ("expert", test.person("e@example.org", &[expert(expert_id)])),
    ];
    let mut watchers: Vec<Watcher> = people.iter().map(|(name, person)| Watcher::of(name, person)).collect();
    watchers.push(Watcher::nobody(&test));
    let objections = test.read(|tx| {
        let found = db::objections::list(tx.db, None, db::page::Pager::new(None, None))?;
        Ok(found.items.iter().map(|objection| objection.id.to_string()).collect::<Vec<_>>())
    });
    test.run_jobs();
    let ids = BTreeMap::from([
        ("objections", objections),
        ("notices", vec![NOTICE.to_string()]),
        ("applications", vec![application.to_string()]),
        ("events", ["objection", "notice", "application"].map(String::from).to_vec()),
    ]);
    World { test, alike, watchers, ids }
}

#[test]
fn c_21_an_objector_is_known_to_nobody_who_did_not_open_the_seal() {
    let mut worlds = built(|other| match other {
        false => objected("赵隐公司", "020-83133001"),
        true => objected("钱显公司", "020-83139999"),
    });
    must_be_alike("an objector's identity", &mut worlds, &EVERYBODY);
}
