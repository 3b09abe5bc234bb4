//! C-61: nobody who works here is shown what names somebody else without the record saying so. Every page and operation
//! that reads is asked as every officer; an answer in which one of these names, telephones or addresses stands uncovered
//! must have left an event that names its route.

use super::matrix::{Door, doors};
use super::world::World;
use crate::support::canaries::{CONTACT_NAME, CONTACT_PHONE};
use serde_json::json;
use std::collections::BTreeSet;
use yuanchi::db;
use yuanchi::domain::procedure::State;

/// Whom one reaches for an application, and who stands for its applicant, as its form says.
const REPRESENTATIVE: &str = "钟离显名";
const FORM_PHONE: &str = "020-83139911";
/// Experts of the pool, and where one has mail.
const EXPERT: &str = "公孙仁德";
const FREE_EXPERT: &str = "东方知行";
const EXPERT_MAIL: &str = "dongfang.zhixing@example.org";
/// Who signs in for the applicant.
const HOLDER: &str = "申屠经办";

const PERSONS: [&str; 8] =
    [REPRESENTATIVE, FORM_PHONE, EXPERT, FREE_EXPERT, EXPERT_MAIL, HOLDER, CONTACT_NAME, CONTACT_PHONE];

/// Who works here.
const OFFICERS: [&str; 8] =
    ["own-bureau", "other-bureau", "a-handler", "approver", "evaluator", "auditor", "system", "security"];

/// Acts that say of themselves that something was carried away: these paths record it by an event of their own.
const RECORDED_BY_THEMSELVES: [&str; 3] =
    ["/events/record.json", "/events/{kind}/{id}/record.json", "/api/v1/events/{kind}/{id}/record"];

/// A world in which every person is somebody whom one can look for.
fn world_of_persons() -> World {
    let world = World::make();
    let (test, scene) = (world.test(), &world.scene);
    test.tamper(if test.on_postgres() {
        "ALTER TABLE submissions DISABLE TRIGGER USER"
    } else {
        "DROP TRIGGER submissions_no_update"
    });
    let content = json!({
        "number": "2026-FP-0001", "submission": 1, "submitted_at": "2026-03-02T01:00:00Z",
        "call": {"id": scene.call, "programme": "feature_platform", "programme_digest": "0".repeat(64)},
        "organisation": {
            "name": "甲公司", "credit_code": "", "registered_area": null, "main_service_city": null,
            "established_on": null, "address": "",
        },
        "form": {"legal_representative": REPRESENTATIVE, "contact_phone": FORM_PHONE},
        "members": [], "documents": [],
    });
    let (application, holder) = (scene.id, scene.people[0].1.id);
    test.tamper(&format!(
        "UPDATE submissions SET content = '{content}' WHERE application_id = '{application}';
         UPDATE experts SET name = '{EXPERT}' WHERE name = '李四';
         UPDATE experts SET name = '{FREE_EXPERT}', email = '{EXPERT_MAIL}', email_key = '{EXPERT_MAIL}'
          WHERE name = '王五';
         UPDATE accounts SET name = '{HOLDER}' WHERE id = '{holder}'"
    ));
    world
}

/// Somebody who is shown at an address, by the name of its door.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    officer: &'static str,
    door: String,
    path: String,
    person: &'static str,
}

#[test]
fn c_61_no_officer_is_shown_what_names_somebody_without_an_event() {
    let world = world_of_persons();
    let doors: Vec<Door> = doors().into_iter().filter(|door| door.method == "GET").collect();
    let mut shown = BTreeSet::new();
    let mut hands = world.hands();
    for state in [State::Submitted, State::InReview] {
        world.put(state);
        let questions: Vec<(&Door, String)> = doors
            .iter()
            // What does not hang on the application is the same in each state.
            .filter(|door| state == State::Submitted || door.path.contains("/applications"))
            .flat_map(|door| door.addresses(&world).into_iter().map(move |(_, address)| (door, address)))
            .collect();
        let found = world.at_once(&mut hands, |asker, hands| {
            let mut found = Vec::new();
            let asked = questions.iter().filter(|(door, _)| OFFICERS.contains(&asker.name) && door.lets_in(asker));
            for (door, address) in asked {
                let answer = door.ask(hands, address);
                let text = if answer.status == 200 { answer.text() } else { String::new() };
                found.extend(PERSONS.into_iter().filter(|person| text.contains(person)).map(|person| Shown {
                    officer: asker.name,
                    door: door.name(),
                    path: door.path.clone(),
                    person,
                }));
            }
            found
        });
        shown.extend(found.into_iter().flatten());
    }
    // That there is something to find at all.
    for person in PERSONS {
        assert!(shown.iter().any(|one| one.person == person), "{person} is shown nowhere");
    }
    let is_shown = |officer: &str, path: &str| shown.iter().any(|one| one.officer == officer && one.path == path);
    for (officer, path) in [
        ("auditor", "/applications/{id}"),
        ("own-bureau", "/api/v1/applications/{id}"),
        ("a-handler", "/experts/{id}/ties"),
    ] {
        assert!(is_shown(officer, path), "{officer} is shown nobody at {path}");
    }
    let mut wrong = Vec::new();
    for officer in OFFICERS {
        let (_, person, _) = world.scene.people.iter().find(|(name, ..)| *name == officer).expect("somebody");
        let id = person.id;
        let events = world.test().read(move |tx| Ok(db::events::of_subject(tx.db, "account", id.as_text())?));
        let noted: BTreeSet<&str> = events
            .iter()
            .filter(|event| ["account.personal_data_viewed", "account.data_exported"].contains(&event.action.as_str()))
            .filter_map(|event| event.detail.0["route"].as_str())
            .collect();
        let missing = shown.iter().filter(|one| one.officer == officer && !noted.contains(one.path.as_str()));
        let missing = missing.filter(|one| !RECORDED_BY_THEMSELVES.contains(&one.path.as_str()));
        wrong.extend(missing.map(|one| format!("{officer} is shown {} at {}", one.person, one.door)));
        if officer == "evaluator" {
            assert!(!noted.contains("/applications/{id}"), "nothing about persons is there for an evaluator");
        }
    }
    let count = wrong.len();
    wrong.truncate(60);
    assert!(wrong.is_empty(), "{count} without an event; see src/web/watched.rs:\n{}", wrong.join("\n"));
}
