//! Every cell of state × action × role, asked through the API.

mod at_once;
pub mod scene;

use crate::support::Client;
use scene::{ARRANGED, OURS, STATIONS, Scene};
use serde_json::{Value, json};
use yuanchi::db::applications;
use yuanchi::domain::actor::{Actor, Held, Role};
use yuanchi::domain::procedure::{self, Action, Standpoint, State};
use yuanchi::domain::refusal::RefusalKind;

fn actor(held: &Held) -> Actor {
    Actor { account: None, name: String::new(), language: "zh-CN".into(), held: vec![held.clone()] }
}

/// The addresses of the actions that are taken on one application, who may call them, and a body that is right but for
/// its version: whatever the table allows is then refused as stale, and nothing changes.
fn endpoints(state: State) -> Vec<(Action, &'static str, &'static str, &'static [Role], Value)> {
    const VENDOR: &[Role] = &[Role::VendorAdmin, Role::VendorMember];
    const ADMIN: &[Role] = &[Role::VendorAdmin];
    const CITY: &[Role] = &[Role::CityOfficer];
    const OFFICERS: &[Role] = &[Role::CityOfficer, Role::Handler];
    const HANDLER: &[Role] = &[Role::Handler];
    let submit = if state == State::Draft { Action::Submit } else { Action::Resubmit };
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    let screening = |conclusion| json!({"version": 1, "conclusion": conclusion, "findings": [], "reason": "不符"});
    let reason = || json!({"version": 1, "reason": "不符"});
    vec![
        (Action::Save, "PATCH", "/form", VENDOR, json!({"version": 1, "form": {}})),
        (submit, "POST", "/submission", ADMIN, json!({"version": 1, "commitment": true})),
        (Action::Withdraw, "POST", "/withdrawal", ADMIN, reason()),
        (Action::RequestCorrection, "POST", "/corrections", OFFICERS, json!({"version": 1, "marks": marks})),
        (
            Action::ExtendCorrection,
            "POST",
            "/corrections/extension",
            OFFICERS,
            json!({"version": 1, "due_on": "2026-04-15", "reason": "停电"}),
        ),
        (Action::Recommend, "POST", "/recommendation", CITY, json!({"version": 1, "opinion": "同意"})),
        // A rank that nobody has: what was seen is no longer so.
        (Action::Rerank, "POST", "/recommendation/rank", CITY, json!({"from": 9, "to": 1})),
        (Action::NotRecommend, "POST", "/refusal", CITY, reason()),
        (Action::FileResult, "POST", "/result", CITY, json!({"version": 1, "outcome": "recognised", "reason": "达标"})),
        (Action::Accept, "POST", "/screening", HANDLER, screening("accepted")),
        (Action::DeclareIneligible, "POST", "/screening", HANDLER, screening("ineligible")),
    ]
}

#[test]
fn c_52_every_cell_gives_what_the_table_says() {
    let mut scene = Scene::new();
    scene.test.expect_violations();
    let mut asked = 0;
    for arranged in ARRANGED {
        // The clock stands still within an arrangement, so one sign-in each is enough.
        scene.test.set_clock(crate::support::app::at(arranged.now));
        let mut callers: Vec<Client> = scene.people.iter().map(|(_, person, _)| person.api()).collect();
        for state in State::ALL.iter().copied() {
            scene.put(state, arranged);
            let facts = Scene::facts(state, arranged);
            let standpoint = Standpoint {
                state,
                stations: STATIONS,
                organisation: scene.organisation,
                bureau: Some(OURS),
                facts: &facts,
            };
            for ((name, _, held), caller) in scene.people.iter().zip(&mut callers) {
                let cell = format!("{name} in {state}, {arranged:?}");
                let seen = caller.get(&scene.path(""));
                if Scene::sees(name, state) {
                    let offered = seen.expect(200).json()["actions"].clone();
                    assert_eq!(offered, json!(procedure::available(&actor(held), &standpoint)), "{cell}");
                    let rows = caller.json("/api/v1/applications")["items"].clone();
                    let rows = rows.as_array().cloned().unwrap_or_default();
                    let row = rows.iter().find(|row| row["id"] == json!(scene.id)).expect("a row of the list");
                    assert_eq!(row["actions"], offered, "in the list, {cell}");
                    let doors: Vec<&str> = endpoints(state).iter().map(|(action, ..)| action.as_text()).collect();
                    let offered = offered.as_array().cloned().unwrap_or_default();
                    let shut = offered.iter().filter(|one| !one.as_str().is_some_and(|one| doors.contains(&one)));
                    assert_eq!(shut.count(), 0, "offered and without a door, {cell}: {offered:?}");
                } else {
                    assert_eq!(seen.status, 404, "{cell}: {seen}");
                }
                for (action, method, rest, roles, body) in endpoints(state) {
                    let answer = caller.call(method, &scene.path(rest), &body);
                    let found = (answer.status, answer.code());
                    let expected = if !roles.contains(&held.role) {
                        (403, "wrong_role".to_string())
                    } else if !Scene::sees(name, state) {
                        (404, "not_found".to_string())
                    } else {
                        match procedure::permit(&actor(held), action, &standpoint) {
                            // Nothing but the version was wrong with it.
                            Ok(_) => (409, "stale".to_string()),
                            Err(refusal) => {
                                let status = if refusal.kind == RefusalKind::Forbidden { 403 } else { 409 };
                                (status, refusal.code.to_string())
                            }
                        }
                    };
                    assert_eq!(found, expected, "{action} by {cell}: {answer}");
                    asked += 1;
                }
            }
            let id = scene.id;
            let stored =
                scene.test.read(|tx| Ok(applications::find(tx.db, &yuanchi::domain::scope::Scope::everything(), id)?));
            assert_eq!((stored.state, stored.version), (state, 7), "nothing was changed by asking");
        }
    }
    assert_eq!(asked, ARRANGED.len() * State::ALL.len() * scene.people.len() * endpoints(State::Draft).len());
}
