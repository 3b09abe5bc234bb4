//! Two at the same moment: one goes first, and the other finds what it did.

use super::{OWN, notice};
use crate::review::Scene;
use crate::support::race::{held_open, one_wins, together};
use crate::support::{Answer, with};
use serde_json::json;
use yuanchi::actions::correct_organisation::{OrganisationCorrection, correct_organisation};
use yuanchi::db::{applications, organisations};
use yuanchi::domain::actor::Role;
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;

#[test]
fn of_two_at_once_one_undoes_it() {
    let scene = Scene::set(4);
    scene.decided();
    let second = scene.app.person("second-handler@example.cn", &[with(Role::Handler)]);
    let (path, body) = (format!("/api/v1{}", scene.undoing()), json!({ "version": 2, "reason": "分数录入有误" }));
    let works = [scene.handler.api(), second.api()].map(|mut api| {
        let (path, body) = (&path, &body);
        move || api.call("POST", path, body)
    });
    one_wins(&together(works), 201, &["decision_undo_proposed"]);
    let colleague = scene.app.person("second-approver@example.cn", &[with(Role::Approver)]);
    let (path, body) = (format!("{path}/approval"), json!({ "version": 3 }));
    let works = [scene.approver.api(), colleague.api()].map(|mut api| {
        let (path, body) = (&path, &body);
        move || api.call("POST", path, body)
    });
    one_wins(&together(works), 200, &["change_undone"]);
    scene.app.run_jobs();
    assert_eq!(scene.app.letters_to(&scene.vendor.email).len(), 2, "told once");
    assert_eq!(scene.app.violations_of(&OWN), []);
}

#[test]
fn a_notice_or_a_withdrawal_at_the_same_moment_goes_first_or_finds_it_undone() {
    for round in 0..6 {
        let scene = Scene::set(4);
        scene.decided();
        scene.ask(&scene.handler).expect(201);
        let path = format!("/api/v1{}/approval", scene.undoing());
        let body = json!({ "version": scene.sheet_version() });
        let mut approver = scene.approver.api();
        let (mut caller, to, said) = if round % 2 == 0 {
            let text = json!({ "title": "拟认定名单公示", "body": "现予公示。" });
            (scene.handler.api(), format!("/api/v1/calls/{}/notices", scene.call), text)
        } else {
            let withdrawing = json!({ "version": scene.stored(0).1, "reason": "改报其他类别" });
            (scene.vendor.api(), format!("/api/v1/applications/{}/withdrawal", scene.files[0]), withdrawing)
        };
        let undo: Box<dyn FnOnce() -> Answer + Send> = Box::new(|| approver.call("POST", &path, &body));
        let other: Box<dyn FnOnce() -> Answer + Send> = Box::new(|| caller.call("POST", &to, &said));
        let answers = together([undo, other]);
        if answers[0].status == 200 {
            assert_eq!(answers[1].status, 409, "{}", answers[1]);
            assert!(["nobody_to_name", "stale"].contains(&answers[1].code().as_str()), "{}", answers[1]);
            assert_eq!(scene.states(), [State::Reviewed; 3]);
        } else {
            let code = answers[0].code();
            assert!(["decision_undo_noticed", "decision_undo_withdrawn"].contains(&code.as_str()), "{}", answers[0]);
            assert!(answers[1].status < 300, "{}", answers[1]);
            assert_eq!(scene.states()[2], State::NotSelected, "nothing was undone");
        }
        assert_eq!(scene.app.violations_of(&OWN), []);
    }
}

#[test]
fn a_notice_that_opens_while_a_name_is_corrected_shows_the_corrected_name() {
    let scene = Scene::set(4);
    scene.decided();
    let first = scene.files[0];
    let found = scene.app.read(move |tx| {
        let file = applications::find(tx.db, &Scope::everything(), first)?;
        Ok(organisations::find(tx.db, file.organisation_id)?)
    });
    let name = "更名后的申报单位";
    let correction = OrganisationCorrection {
        version: found.version,
        name: name.into(),
        registered_area: found.registered_area.clone(),
        main_service_city: String::new(),
        established_on: "2015-06-01".into(),
        reason: "名称登记有误".into(),
    };
    let officer = scene.handler.actor();
    let ((), answer) = held_open(
        &scene.app,
        "organisations",
        move |tx| correct_organisation(tx, &officer, found.id, &correction).map(drop),
        || notice(&mut scene.handler.api(), &scene),
    );
    let answer = answer.expect(201);
    let id = answer.json()["id"].as_str().expect("a notice").to_string();
    scene.app.visitor().open(&format!("/notices/{id}")).shows(name).hides(&found.name);
}
