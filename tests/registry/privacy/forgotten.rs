//! What names people goes once its term is over, out of every row; the record stays.

use super::super::objectors::{self, objected, texts};
use super::super::support::{Person, TestApp, with};
use super::{CODE, registered};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::actions::post::Reader;
use yuanchi::db;
use yuanchi::db::experts::Expert;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::{AccountId, ExpertId};
use yuanchi::domain::status::ExpertStatus;
use yuanchi::jobs;

/// Everything that stands in the rows of the database. What was written over may still lie in the journal that is about to be, and is
/// another test's.
fn rows(test: &TestApp) -> String {
    let (tables, columns) = if test.on_postgres() {
        ("SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = current_schema()", None)
    } else {
        let columns = |table: &str| format!("SELECT name AS line FROM pragma_table_info('{table}')");
        ("SELECT name AS line FROM sqlite_master WHERE type = 'table'", Some(columns))
    };
    let mut all = String::new();
    for table in texts(test, tables) {
        let line = match columns {
            None => "t::text".to_string(),
            Some(columns) => {
                let columns = texts(test, &columns(&table)).into_iter();
                columns
                    .map(|name| format!("coalesce(CAST(t.\"{name}\" AS TEXT), '')"))
                    .collect::<Vec<_>>()
                    .join(" || ' ' || ")
            }
        };
        texts(test, &format!("SELECT {line} AS line FROM \"{table}\" t")).into_iter().for_each(|row| {
            all += &row;
            all.push('\n');
        });
    }
    all
}

fn stands(test: &TestApp, canaries: &[&str]) -> Vec<bool> {
    let everything = rows(test);
    assert!(everything.contains("account.registered"), "the rows are not looked at");
    canaries.iter().map(|canary| everything.contains(canary)).collect()
}

#[test]
fn c_63_people_are_forgotten_in_time_and_the_record_is_not() {
    const READER: &str = "reader.canary@example.org";
    const READERS_NAME: &str = "呼延信笺";
    const MESSAGE: &str = "销售部澹台，由总经理介绍";
    let (scene, _, address) = objected();
    let test = &scene.test;
    let (organisation, mut own) = registered(test);
    let joiner = test.person("joiner@example.org", &[]);
    let ask = json!({ "credit_code": CODE, "message": MESSAGE });
    joiner.api().call("POST", "/api/v1/join-requests", &ask).expect(201);
    let waiting = own.json(&format!("/api/v1/organisations/{organisation}/join-requests"))["items"][0].clone();
    let decision = format!(
        "/api/v1/organisations/{organisation}/join-requests/{}/decision",
        waiting["id"].as_str().expect("an id")
    );
    own.call("POST", &decision, &json!({ "accept": false })).expect(200);
    test.write(|tx| {
        let reader = Reader { account: None, address: READER, language: "zh-CN" };
        tx.post(reader, "account_password_changed", "/password/new", &[("name", READERS_NAME)])
    });
    let mut handler = scene.handler.api();
    let refusal = json!({ "version": 1, "reason": "未提供证据。" });
    handler.call("POST", &format!("/api/v1{address}/refusal"), &refusal).expect(200);
    test.run_jobs();
    let events = || {
        test.read(|tx| Ok(db::invariants::events_after(tx.db, &(String::new(), String::new(), 0), 100_000)?))
            .into_iter()
            .map(|event| event.hash)
            .collect::<Vec<_>>()
    };
    let messages = || {
        let asked = test.read(move |tx| Ok(db::join_requests::of_organisation(tx.db, organisation)?));
        asked.into_iter().map(|(request, ..)| request.message).collect::<Vec<_>>()
    };
    test.advance(Duration::days(170));
    let cleared = jobs::clear_away(&test.app).expect("cleared").removed;
    assert_eq!((cleared.mails, cleared.objectors, cleared.join_requests), (0, 0, 0), "nothing is over yet");
    assert_eq!(stands(test, &[READER, READERS_NAME]), [true, true], "it is looked for where it is");
    assert_ne!(messages(), [""]);
    test.advance(Duration::days(20));
    let cleared = jobs::clear_away(&test.app).expect("cleared").removed;
    assert!(cleared.mails > 0);
    assert_eq!((cleared.objectors, cleared.join_requests), (0, 1));
    assert_eq!(stands(test, &[READER, READERS_NAME, MESSAGE]), [false; 3]);
    assert_eq!(messages(), [""]);
    let reason = json!({ "reason": "核实" });
    let identity = format!("/api/v1{address}/identity");
    assert_eq!(scene.handler.api().call("POST", &identity, &reason).expect(200).json()["name"], objectors::NAME);
    let before = events();
    test.advance(Duration::days(1_000));
    assert_eq!(jobs::clear_away(&test.app).expect("cleared").removed.objectors, 1);
    let answer = scene.handler.api().call("POST", &identity, &reason).expect(409);
    assert_eq!(answer.code(), "objector_forgotten");
    assert_eq!(texts(test, "SELECT objection_id AS line FROM objection_identities"), Vec::<String>::new());
    let after = events();
    assert!(before.iter().all(|hash| after.contains(hash)), "the record was touched");
    let id = address.trim_start_matches("/objections/").to_string();
    let of_objection = test.read(move |tx| Ok(db::events::of_subject(tx.db, "objection", &id)?));
    assert_eq!(of_objection.last().map(|event| event.action.as_str()), Some("objection.identity_removed"));
    assert_eq!(jobs::clear_away(&test.app).expect("cleared").removed.objectors, 0);
}

const STRANGER: (&str, &str) = ("濮阳未应", "stranger.canary@example.org");
const OFFICER: (&str, &str) = ("淳于未至", "officer.canary@example.org");
const MEMBER: (&str, &str) = ("公冶未来", "member.canary@example.org");
const EXPERT: (&str, &str) = ("申屠在库", "expert.canary@example.org");

/// Invites somebody who is then given a role.
fn invite((system, security): &(Person, Person), (name, email): (&str, &str), role: &Value) -> AccountId {
    let invited = json!({ "name": name, "email": email });
    let account = system.api().call("POST", "/api/v1/accounts", &invited).expect(201).json();
    let id = account["id"].as_str().expect("an id");
    security.api().call("POST", &format!("/api/v1/accounts/{id}/grants"), role).expect(201);
    AccountId::from_text(id).expect("an id")
}

fn pooled(test: &TestApp, (name, email): (&str, &str)) {
    let row = Expert {
        id: ExpertId::new(&*test.app.env.ids),
        account_id: None,
        name: name.into(),
        email_key: email.into(),
        email: email.into(),
        employer: "某大学".into(),
        employer_code: None,
        title: "教授".into(),
        city: None,
        fields: db::Json(Default::default()),
        load_limit: 5,
        status: ExpertStatus::Active,
        created_at: test.now(),
        version: 1,
        pool: db::experts::PROVINCE.into(),
        term_from: None,
        term_to: None,
        status_reason: None,
        status_changed_by: None,
        status_changed_at: None,
    };
    test.write(move |tx| Ok(db::experts::create(tx.db, &row)?));
}

#[test]
fn c_63_an_account_that_nobody_took_up_is_emptied_in_time_and_its_address_is_free() {
    let test = TestApp::start();
    let (organisation, _) = registered(&test);
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let both = (keeper.clone(), test.person("security@example.org", &[with(Role::SecurityAdmin)]));
    let registration = json!({ "name": STRANGER.0, "email": STRANGER.1 });
    let register = || test.visitor().call("POST", "/api/v1/registrations", &registration).expect(201);
    register();
    let taken_up = json!({ "name": "来人", "email": "came@example.org" });
    test.visitor().call("POST", "/api/v1/registrations", &taken_up).expect(201);
    let came = test.invited("came@example.org");
    let officer = invite(&both, OFFICER, &json!({ "role": "handler", "reason": "到任" }));
    let member = invite(&both, MEMBER, &json!({ "role": "vendor_member", "credit_code": CODE, "reason": "授权" }));
    pooled(&test, EXPERT);
    invite(&both, EXPERT, &json!({ "role": "expert", "reason": "入库" }));
    let at = |email: &'static str| test.read(move |tx| Ok(db::accounts::find_by_email(tx.db, email)?));
    let stranger = at(STRANGER.1).expect("an account").id;
    test.run_jobs();
    let forgotten = || jobs::clear_away(&test.app).expect("cleared").removed.accounts;

    test.advance(Duration::days(29));
    assert_eq!(forgotten(), 0, "nothing is over yet");
    // Whoever is invited anew has as long again.
    keeper.api().call("POST", &format!("/api/v1/accounts/{officer}/invitation"), &json!({})).expect(200);
    test.run_jobs();
    assert_eq!(stands(&test, &[STRANGER.0, STRANGER.1, OFFICER.1, MEMBER.1, EXPERT.1]), [true; 5]);
    test.advance(Duration::days(2));
    assert_eq!(forgotten(), 2);
    assert_eq!(stands(&test, &[STRANGER.0, STRANGER.1, MEMBER.0, MEMBER.1]), [false; 4]);
    assert_eq!(stands(&test, &[OFFICER.0, OFFICER.1, EXPERT.0, EXPERT.1, "came@example.org"]), [true; 5]);
    test.advance(Duration::days(30));
    assert_eq!(forgotten(), 1);
    assert_eq!(stands(&test, &[OFFICER.0, OFFICER.1]), [false; 2]);
    assert_eq!(stands(&test, &[EXPERT.1, "came@example.org"]), [true; 2], "the pool holds its experts");
    assert_eq!(forgotten(), 0);

    // The roles are taken back, on record, and the record says when it was.
    for (id, roles) in [(stranger, 0), (officer, 1), (member, 1)] {
        let acts = test.read(move |tx| Ok(db::events::of_subject(tx.db, "account", id.as_text())?));
        let count = |action: &str| acts.iter().filter(|act| act.action == action).count();
        assert_eq!((count("account.role_revoked"), count("account.forgotten")), (roles, 1));
        assert_eq!(
            acts.last().map(|act| (act.action.as_str(), act.role.as_str())),
            Some(("account.forgotten", "system"))
        );
        let held = test.read(move |tx| Ok(db::accounts::grants_of(tx.db, id)?));
        assert!(held.is_empty(), "{held:?}");
    }
    let people = test.read(move |tx| Ok(db::accounts::members(tx.db, organisation, tx.now)?));
    assert_eq!(people.len(), 1);
    assert_eq!(test.violations_of(&["account_is_as_recorded", "column_is_as_recorded", "grant_is_as_recorded"]), []);

    // What is left is nobody's: nothing can be done with it, and nobody finds it in a list.
    let mut system = keeper.api();
    let shown = system.json(&format!("/api/v1/accounts/{officer}"));
    assert_eq!((&shown["name"], &shown["email"], &shown["status"]), (&json!(""), &json!(""), &json!("disabled")));
    assert_eq!(shown["actions"], json!([]));
    let reopen = json!({ "version": shown["version"], "enable": true, "reason": "误停" });
    let refused = system.call("POST", &format!("/api/v1/accounts/{officer}/status"), &reopen).expect(409);
    assert_eq!(refused.code(), "account_forgotten");
    keeper.browser().open(&format!("/accounts/{officer}")).shows("从未启用的账号（信息已清除）");
    keeper.browser().open("/accounts").shows("来人").hides(officer.as_text());

    // Whoever has the address registers anew, as somebody else.
    register();
    let anew = test.invited(STRANGER.1);
    assert_ne!(anew.id, stranger);
    test.run_jobs();
    test.advance(Duration::days(60));
    assert_eq!(forgotten(), 0, "{} and {} came", came.id, anew.id);
}
