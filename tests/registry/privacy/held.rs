//! What an organisation carries away is what its own pages tell it, and nothing that is hidden from it: a text of its own is put
//! wherever somebody writes about it, and looked for in the file.

use super::super::support::Person;
use super::super::support::app::at;
use crate::lists;
use crate::procedure_api::scene::{ARRANGED, Scene};
use serde_json::{Value, json};
use yuanchi::actions::Record;
use yuanchi::domain::ids::{AccountId, OrganisationId};
use yuanchi::domain::procedure::State;

fn carried(person: &Person, organisation: OrganisationId) -> Value {
    person.api().json(&format!("/api/v1/organisations/{organisation}/data"))
}

fn id(last: &str) -> String {
    format!("00000000-0000-7000-8000-0000000000{last}")
}

fn person<'a>(scene: &'a Scene, name: &str) -> &'a Person {
    let found = scene.people.iter().find(|(known, ..)| *known == name);
    &found.unwrap_or_else(|| panic!("{name} is in the scene")).1
}

/// What officers, experts and the applicant write about one application.
fn write_about_the_file(scene: &Scene) {
    let (own, handler) = (person(scene, "own-admin").id, person(scene, "a-handler").id);
    let (call, file, now) = (scene.call, scene.id, "'2026-03-02 01:00:00'");
    let marks = json!([{ "kind": "field", "key": "platform_name", "reason": "shown-mark" }]);
    let members = json!([{ "name": "shown-member", "credit_code": "91440101MA59ABCD1X", "duty": "shown-duty" }]);
    let findings = json!([{ "rule": "materials", "machine": "met", "verdict": "not_met", "note": "hidden-finding" }]);
    let (comments, nothing) = (json!({ "vision": "hidden-comment" }), json!({}));
    let (session, charge) = (id("c1"), id("c2"));
    let expert = person(scene, "expert").held[0].expert.expect("an expert");
    scene.test.tamper(&format!(
        "UPDATE corrections SET note = 'shown-note', marks = '{marks}';
         UPDATE applications SET members = '{members}', state = 'ineligible' WHERE id = '{file}';
         UPDATE recommendations SET opinion = 'hidden-opinion';
         UPDATE objections SET matter = 'hidden-matter';
         UPDATE experts SET name = 'hidden-expert', employer = 'hidden-employer';
         INSERT INTO screenings (application_id, findings, conclusion, reason, screened_by, screened_at)
         VALUES ('{file}', '{findings}', 'ineligible', '', '{handler}', {now});
         INSERT INTO review_sessions (id, call_id, status, due_at, panel, created_by, created_at, opened_at)
         VALUES ('{session}', '{call}', 'open', '2026-03-20 00:00:00', '[]', '{own}', {now}, {now});
         INSERT INTO assignments (id, session_id, application_id, expert_id, status, assigned_at, declared_at, reason)
         VALUES ('{charge}', '{session}', '{file}', '{expert}', 'accepted', {now}, {now}, 'hidden-recusal');
         INSERT INTO score_sheets (assignment_id, items, comments, opinion, status, total, saved_at, version)
         VALUES ('{charge}', '{nothing}', '{comments}', 'hidden-score', 'draft', NULL, {now}, 1)"
    ));
    let (actor, file, organisation) = (person(scene, "a-handler").actor(), scene.id, scene.organisation);
    scene.test.write(move |tx| {
        let of_file = |action, reason| Record {
            subject_kind: "application",
            subject_id: file.as_text(),
            action,
            role: "handler",
            from: Some("recommended"),
            to: Some("ineligible"),
            reason: Some(reason),
            ..Record::default()
        };
        tx.record(&actor, of_file("application.reranked", "hidden-rank"))?;
        tx.record(&actor, of_file("application.declared_ineligible", "shown-ineligible"))?;
        let of_organisation = Record {
            subject_kind: "organisation",
            subject_id: organisation.as_text(),
            action: "organisation.corrected",
            role: "handler",
            reason: Some("shown-corrected"),
            ..Record::default()
        };
        tx.record(&actor, of_organisation)
    });
}

/// A letter that was sent: its number, to whom, what it is, what it says, and what else is to be known of it.
fn letter(scene: &Scene, last: &str, to: AccountId, template: &str, text: &str, (column, value): (&str, &str)) {
    let id = id(last);
    scene.test.tamper(&format!(
        "INSERT INTO mails (id, message_id, account_id, to_address, template, subject, body, created_at, next_attempt_at, attempts)
         VALUES ('{id}', '{id}@scene', '{to}', '', '{template}', '通知', '{text}', '2026-03-02 01:00:00',
                 '2026-03-02 01:00:00', 0);
         UPDATE mails SET {column} = '{value}' WHERE id = '{id}'"
    ));
}

fn question(scene: &Scene, last: &str, by: AccountId, text: &str, when: &str, answer: Option<&str>) {
    let (id, call, handler) = (id(last), scene.call, person(scene, "a-handler").id);
    let answered = answer.map(|text| format!("'{text}', '{handler}', '{when}'"));
    let answered = answered.unwrap_or_else(|| "NULL, NULL, NULL".into());
    scene.test.tamper(&format!(
        "INSERT INTO call_questions (id, call_id, asked_by, question, asked_at, answer, answered_by, answered_at)
         VALUES ('{id}', '{call}', '{by}', '{text}', '{when}', {answered})"
    ));
}

#[test]
fn c_63_what_is_carried_away_is_what_the_organisations_pages_tell_and_no_more() {
    let mut scene = Scene::new();
    scene.test.expect_violations();
    scene.put(State::InNotice, ARRANGED[2]);
    write_about_the_file(&scene);
    let (own, member) = (person(&scene, "own-admin").id, person(&scene, "own-member").id);
    let (other, officer) = (person(&scene, "other-admin").id, person(&scene, "own-bureau").id);
    let file = scene.id.to_string();
    let (then, later) = ("2026-03-02 01:00:00", "2026-03-03 01:00:00");
    question(&scene, "d1", member, "shown-question", then, Some("shown-answer"));
    question(&scene, "d2", own, "shown-waiting", then, None);
    question(&scene, "d3", other, "hidden-question", then, None);
    let sent = ("sent_at", then);
    letter(&scene, "e1", own, "organisation_corrected", "shown-letter", sent);
    letter(&scene, "e2", member, "correction-requested", "shown-letter-of-the-file", ("application_id", &file));
    letter(&scene, "e3", member, "account_disabled", "hidden-personal", sent);
    letter(&scene, "e4", own, "assignment-added", "hidden-assignment", sent);
    letter(&scene, "e5", officer, "application-withdrawal", "hidden-to-the-bureau", ("application_id", &file));
    letter(&scene, "e6", other, "organisation_corrected", "hidden-letter-of-another", sent);
    letter(&scene, "e7", own, "organisation_corrected", "hidden-secret", ("secret_until", later));
    letter(
        &scene,
        "e8",
        own,
        "organisation_corrected",
        "hidden-still-held",
        ("next_attempt_at", "2026-04-01 00:00:00"),
    );
    letter(&scene, "e9", member, "organisation_corrected", "hidden-after-leaving", ("created_at", later));
    // Who left asks and is written to for others by then; what came before stays the organisation's.
    scene.test.take_roles(member);
    question(&scene, "d4", member, "hidden-question-after-leaving", later, None);
    scene.test.set_clock(at("2026-03-05T01:00:00"));

    let admin = person(&scene, "own-admin");
    let held = carried(admin, scene.organisation);
    let page = admin.browser().get("/organisation/data.json").expect(200).text();
    for text in [held.to_string(), page] {
        for shown in [
            "shown-note",
            "shown-mark",
            "shown-member",
            "shown-duty",
            "shown-ineligible",
            "shown-corrected",
            "shown-question",
            "shown-answer",
            "shown-waiting",
            "shown-letter",
            "shown-letter-of-the-file",
        ] {
            assert!(text.contains(shown), "{shown} is missing in {text}");
        }
        let hidden = text.find("hidden-").map(|from| text[from..].chars().take(40).collect::<String>());
        assert_eq!(hidden, None, "{text}");
    }
    let filed = &held["applications"][0];
    assert_eq!((&filed["ruling"]["reason"], &filed["bureau"]), (&json!("shown-ineligible"), &json!("foshan")));
    assert_eq!(filed["corrections"].as_array().map(Vec::len), Some(2), "{filed}");
    let last = filed["record"].as_array().and_then(|acts| acts.last()).cloned().expect("an act");
    assert_eq!(last["action"], "application.declared_ineligible");
    let counted = |part: &str| held[part].as_array().map(Vec::len);
    assert_eq!((counted("questions"), counted("letters")), (Some(2), Some(2)));
    admin.browser().open("/organisation/data").shows("补正通知").shows("申报咨询和答复").shows("不含专家身份");
    let of_another =
        carried(person(&scene, "other-admin"), person(&scene, "other-admin").held[0].organisation.expect("one"));
    assert!(!of_another.to_string().contains("shown-"), "{of_another}");
}

#[test]
fn c_63_why_a_member_was_warned_or_revoked_is_carried_away_once_it_was_told() {
    let mut scene = lists::scene();
    let (_, vendor) = scene.noticed(State::InNotice, "佛山市");
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    scene.test.set_clock(at("2026-05-06T01:00:00"));
    let organisation = vendor.held[0].organisation.expect("an organisation");
    let held = || carried(&vendor, organisation);
    let membership = held()["memberships"][0]["id"].as_str().expect("an id").to_string();
    let path = format!("/api/v1/memberships/{membership}");
    let act = |person: &Person, rest: &str, mut body: Value| {
        body["version"] = scene.handler.api().json(&path)["version"].clone();
        person.api().call("POST", &format!("{path}{rest}"), &body)
    };
    let warning = json!({ "reason": "shown-warning", "basis": "shown-basis", "mend_by": "2026-11-06" });
    act(&scene.handler, "/warning", warning).expect(200);
    let told = held()["memberships"][0].clone();
    assert_eq!(told["mend_by"], "2026-11-06");
    let last = told["history"].as_array().and_then(|history| history.last()).cloned().expect("a step");
    assert_eq!(
        (&last["reason"], &last["basis"], &last["by"]),
        (&json!("shown-warning"), &json!("shown-basis"), &json!(null))
    );
    assert!(held()["letters"].to_string().contains("shown-warning"), "{}", held()["letters"]);
    // What is only proposed is between two officers.
    let revocation =
        json!({ "reason": "told-in-the-end", "basis": "《管理办法》第十二条", "barred_until": "2029-05-05" });
    act(&scene.handler, "/revocation", revocation).expect(201);
    assert!(!held().to_string().contains("told-in-the-end"));
    act(&scene.approver, "/proposal/approval", json!({})).expect(200);
    let told = held()["memberships"][0].clone();
    assert!(told["history"].to_string().contains("told-in-the-end"), "{told}");
    assert_eq!((&told["standing"], &told["barred_until"]), (&json!("revoked"), &json!("2029-05-05")));
}
