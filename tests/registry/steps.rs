//! What each resource says that its reader may do now, and that the buttons of its page are the same.

mod review;

use super::architecture::{files, read, shown};
use super::late::evidence;
use super::lists::{self, NOTICE};
use super::organisations::registration;
use super::support::app::at;
use super::support::{Client, Person, TestApp, member_of, with};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yuanchi::actions::Tx;
use yuanchi::actions::object::{NewObjection, object, object_as_it_is};
use yuanchi::domain::actor::{Actor, Role};
use yuanchi::domain::ids::{NoticeId, OrganisationId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::status::ObjectorKind;
use yuanchi::domain::steps;

/// Every action of every table, by name.
fn names() -> BTreeSet<&'static str> {
    macro_rules! of {
        ($($table:ty),* $(,)?) => {
            BTreeSet::from_iter([$(<$table>::ALL.iter().map(|action| action.as_text()).collect::<Vec<_>>()),*].concat())
        };
    }
    of![
        steps::AccountAction,
        steps::AssignmentAction,
        steps::BatchAction,
        steps::ChangeAction,
        steps::DecisionAction,
        steps::DocumentAction,
        steps::DrawAction,
        steps::EvidenceAction,
        steps::ExpertAction,
        steps::HouseholdAction,
        steps::ImportAction,
        steps::JoinAction,
        steps::ListAction,
        steps::ListingAction,
        steps::MailAction,
        steps::MembershipAction,
        steps::NoticeAction,
        steps::ObjectionAction,
        steps::OrganisationAction,
        steps::QuestionAction,
        steps::ReviewAction,
        steps::SavedFilterAction,
        steps::SessionAction,
        steps::TieAction,
        steps::UndoingAction,
        steps::VoidingAction,
        yuanchi::domain::call::CallAction,
        yuanchi::domain::procedure::Action,
    ]
}

#[test]
fn a_page_asks_for_actions_that_exist() {
    // A name that no table has is never offered: its button would be missing for everybody, and nothing would fail.
    let (names, mut asked) = (names(), 0);
    for path in files("src/views", &[".html"]) {
        let page = read(&path);
        for rest in page.split(".offer(\"").skip(1) {
            let name = rest.split('"').next().unwrap_or_default();
            assert!(names.contains(name), "{} asks for {name:?}, which is no action of a table", shown(&path));
            asked += 1;
        }
    }
    assert!(asked > 50, "{asked} are asked for");
}

fn actions(caller: &mut Client, path: &str) -> Value {
    caller.json(path)["actions"].clone()
}

/// A list of the call can be proposed, by a handler alone, or not.
fn can_be_listed(scene: &lists::Scene, may: bool) {
    for (person, expected) in [(&scene.handler, may), (&scene.approver, false)] {
        let offered = actions(&mut person.api(), &format!("/api/v1/calls/{}/lists", scene.call));
        assert_eq!(offered, if expected { json!(["propose"]) } else { json!([]) }, "{}", person.email);
        let mut page = person.browser();
        page.open(&format!("/calls/{}/lists/new", scene.call));
        assert_eq!(page.offers(&format!("/calls/{}/lists", scene.call)), expected, "{}", person.email);
    }
}

#[test]
fn a_list_offers_its_publication_to_another_officer() {
    let mut scene = lists::scene();
    scene.noticed(State::InNotice, "佛山市");
    can_be_listed(&scene, true);
    let list = scene.propose().expect("it is proposed");
    can_be_listed(&scene, false);
    let path = format!("/api/v1/lists/{list}");
    assert_eq!(actions(&mut scene.approver.api(), &path), json!(["publish", "return"]));
    assert_eq!(actions(&mut scene.handler.api(), &path), json!([]));
    let mut page = scene.approver.browser();
    page.open(&format!("/lists/{list}"));
    assert!(page.offers(&format!("/lists/{list}/publication")) && page.offers(&format!("/lists/{list}/return")));
    let waiting = scene.approver.api().json("/api/v1/waiting/lists");
    assert_eq!(waiting["items"][0]["actions"], json!(["publish", "return"]));
    scene.publish(&scene.approver, list).expect("it is published");
    assert_eq!(actions(&mut scene.approver.api(), &path), json!([]));
    assert_eq!(actions(&mut scene.test.visitor(), &path), json!([]));
    let published = scene.test.visitor().json(&path)["published_at"].clone();
    assert!(published.as_str().is_some_and(|at| at.ends_with('Z')), "an instant names its zone: {published}");
    page.open(&format!("/lists/{list}"));
    assert!(!page.offers(&format!("/lists/{list}/publication")));
}

#[test]
fn an_objection_offers_each_officer_the_next_step_and_no_other() {
    let mut scene = lists::scene();
    let (application, _) = scene.noticed(State::InNotice, "佛山市");
    let notice = format!("/api/v1/notices/{NOTICE}");
    let object_now = |name: &str, as_it_is: bool| {
        let test: &TestApp = &scene.test;
        let (env, enclosure) = (test.app.env.clone(), evidence(test));
        let input = NewObjection {
            application,
            kind: ObjectorKind::Unit,
            name: name.into(),
            phone: "020-83133000".into(),
            email: String::new(),
            matter: "产值不实".into(),
        };
        let notice = NoticeId::from_text(NOTICE).expect("an id");
        let receipt = test.app.store.write(move |db| {
            let mut tx = Tx::new(db, at("2026-01-12T15:00:00"), &env);
            let public = Actor::public("zh-CN");
            match as_it_is {
                true => object_as_it_is(&mut tx, &public, notice, &input, &[enclosure]),
                false => object(&mut tx, &public, notice, &input, &[enclosure]),
            }
        });
        receipt.expect("a receipt")
    };
    let receipt = object_now("佛山市某公司", false);
    assert_eq!(object_now("匿名", true).shortcomings, ["anonymous"]);
    assert_eq!(actions(&mut scene.test.visitor(), &notice), json!([]), "the notice is over");
    let all = scene.handler.api().json("/api/v1/objections?status=received");
    assert_eq!(all["total"], 1);
    let id = all["items"][0]["id"].as_str().expect("an id").to_string();
    assert_eq!(all["items"][0]["number"], json!(receipt.number));
    let path = format!("/api/v1/objections/{id}");
    let auditor = scene.test.person("auditor@example.org", &[with(Role::Auditor)]);
    // The evidence is for those who judge it; nobody else is led there.
    let evidence_of = |person: &Person| person.api().json(&path)["evidence"][0].clone();
    let address = format!("/objections/{id}/evidence/{}", evidence_of(&auditor)["id"].as_str().expect("an id"));
    for (person, may) in [(&scene.handler, true), (&scene.approver, true), (&auditor, false)] {
        assert_eq!(evidence_of(person)["actions"], if may { json!(["read"]) } else { json!([]) });
        let page = person.browser().open(&format!("/objections/{id}")).shows("a.png").text();
        assert_eq!(page.contains(&address), may, "{}", person.email);
        person.browser().get(&address).expect(if may { 200 } else { 403 });
    }
    let offered = |expected: [&[&str]; 2]| {
        for (person, names) in [&scene.handler, &scene.approver].into_iter().zip(expected) {
            assert_eq!(actions(&mut person.api(), &path), json!(names));
            let mut page = person.browser();
            page.open(&format!("/objections/{id}"));
            let doors = [
                ("accept", "acceptance"),
                ("decline", "refusal"),
                ("propose_outcome", "outcome"),
                ("approve_outcome", "approval"),
                ("return_outcome", "return"),
                ("open_identity", "identity"),
            ];
            for (action, door) in doors {
                let is_offered = page.offers(&format!("/objections/{id}/{door}"));
                assert_eq!(is_offered, names.contains(&action), "{action} for {}", person.email);
            }
        }
        assert_eq!(actions(&mut auditor.api(), &path), json!([]));
    };
    offered([&["accept", "decline", "open_identity"], &[]]);
    let mut handler = scene.handler.api();
    handler.call("POST", &format!("{path}/acceptance"), &json!({ "version": 1 })).expect(200);
    offered([&["propose_outcome", "open_identity"], &[]]);
    let outcome = json!({ "version": 2, "outcome": "dismissed", "reason": "查无此事" });
    handler.call("POST", &format!("{path}/outcome"), &outcome).expect(200);
    offered([&["propose_outcome", "open_identity"], &["approve_outcome", "return_outcome"]]);
    let ended = scene.approver.api().call("POST", &format!("{path}/approval"), &json!({ "version": 3 })).expect(200);
    assert_eq!(ended.json()["actions"], json!([]));
    offered([&["open_identity"], &[]]);
    scene.approver.api().call("POST", &format!("{path}/approval"), &json!({ "version": 4 })).expect(409);
}

#[test]
fn an_organisation_offers_its_people_and_the_officers_their_part() {
    let test = TestApp::start();
    let admin = test.person("admin@example.org", &[]);
    // A code whose check character is wrong.
    let code = "91440101MA59EXAM1X";
    let made = admin.api().call("POST", "/api/v1/organisations", &registration(code, "440106", "")).expect(201).json();
    assert_eq!(made["code_check"], "wrong");
    let path = format!("/api/v1/organisations/{}", made["id"].as_str().expect("an id"));
    let own = json!(["change_contact", "manage_members", "provide_licence"]);
    assert_eq!(made["actions"], own);
    let organisation = OrganisationId::from_text(made["id"].as_str().expect("an id")).expect("an id");
    let colleague = test.person("colleague@example.org", &[member_of(organisation)]);
    let people = |reader: &Person| {
        let found = reader.api().json(&format!("{path}/members"));
        let found = found["items"].as_array().expect("people");
        let of = |email: &str| found.iter().find(|one| one["email"] == email).expect("a member")["actions"].clone();
        [of("admin@example.org"), of("colleague@example.org")]
    };
    assert_eq!(people(&admin), [json!([]), json!(["make_admin", "renew", "remove"])], "the last administrator stays");
    assert_eq!(people(&colleague), [json!([]), json!([])]);
    let forms = |reader: &Person, of: &Person| {
        let mut page = reader.browser();
        page.open("/organisation");
        ["role", "removal"].map(|act| page.offers(&format!("/organisation/members/{}/{act}", of.id)))
    };
    assert_eq!([forms(&admin, &colleague), forms(&admin, &admin)], [[true; 2], [false; 2]]);
    assert_eq!([forms(&colleague, &admin), forms(&colleague, &colleague)], [[false; 2]; 2]);
    let member = format!("{path}/members/{}", colleague.id);
    admin.api().call("PATCH", &member, &json!({ "admin": true })).expect(200);
    assert_eq!(people(&admin), [json!(["make_member", "remove"]), json!(["make_member", "renew", "remove"])]);
    admin.api().call("DELETE", &member, &json!({})).expect(200);
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    assert_eq!(actions(&mut handler.api(), &path), json!(["correct"]), "there is no image to be seen yet");
    let png = super::applications::png();
    let headers = [("content-type", "application/octet-stream")];
    admin.api().send("POST", &format!("{path}/licence?name=a.png"), &headers, png).expect(201);
    assert_eq!(actions(&mut handler.api(), &path), json!(["accept_code", "correct"]));
    let word = json!({ "version": made["version"], "reason": "已核对执照原件" });
    let accepted = handler.api().call("POST", &format!("{path}/code-override"), &word).expect(200).json();
    assert_eq!(accepted["actions"], json!(["correct"]));
    assert_eq!(actions(&mut admin.api(), &path), json!(["change_contact", "manage_members"]));
}

#[test]
fn an_account_says_what_an_administrator_may_do_with_it() {
    let test = TestApp::start();
    let (system, security) = (Role::SystemAdmin, Role::SecurityAdmin);
    let system = test.person("system@example.org", &[with(system)]);
    let security = test.person("security@example.org", &[with(security)]);
    let clerk = test.person("clerk@example.org", &[with(Role::Handler)]);
    let path = format!("/api/v1/accounts/{}", clerk.id);
    assert_eq!(actions(&mut system.api(), &path), json!(["close", "end_sessions"]));
    assert_eq!(actions(&mut security.api(), &path), json!(["close", "end_sessions", "grant_role", "revoke_role"]));
    let own = format!("/api/v1/accounts/{}", security.id);
    assert_eq!(actions(&mut security.api(), &own), json!(["end_sessions"]), "nobody gives themselves a role");
    // The last of an office can be neither closed nor relieved of it.
    assert_eq!(actions(&mut system.api(), &own), json!(["end_sessions"]));
    let other = format!("/api/v1/accounts/{}", system.id);
    assert_eq!(actions(&mut security.api(), &other), json!(["end_sessions", "grant_role"]));
    let me = clerk.api().json("/api/v1/me");
    assert_eq!(me["actions"], json!([]));
    // One's own sessions are ended one by one, those of others all at once.
    let sessions = |person: &Person, path: &str| person.api().json(path)["items"][0]["actions"].clone();
    assert_eq!(sessions(&clerk, "/api/v1/me/sessions"), json!(["end"]));
    assert_eq!(sessions(&system, &format!("{path}/sessions")), json!([]));
    let body = json!({ "version": me["version"], "reason": "调离" });
    let closed = system.api().call("POST", &format!("{path}/status"), &body).expect(200).json();
    assert_eq!(closed["actions"], json!(["reopen", "end_sessions"]));
    let mut page = security.browser();
    page.open(&format!("/accounts/{}", clerk.id)).shows("恢复");
    assert!(!page.offers(&format!("/accounts/{}/grants", clerk.id)), "a closed account takes no role");
}
