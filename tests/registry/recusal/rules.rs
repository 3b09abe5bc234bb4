//! What a programme asks beyond the rules that always hold: another city, another expert than last time. And a conflict that was
//! declared once, kept for the calls to come.

use super::super::review::Scene;
use serde_json::{Value, json};
use yuanchi::actions::sealed::seal_form;
use yuanchi::db::calls;
use yuanchi::domain::call::CallStatus;
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::{ApplicationId, AssignmentId, CallId, ReviewSessionId};
use yuanchi::domain::programme::RecusalRules;

impl Scene {
    /// The call's programme with these rules, as it would have been pinned.
    fn with_rules(&self, rules: RecusalRules) {
        let call = self.app.read(|tx| Ok(calls::find(tx.db, self.call)?));
        let mut programme = (*call.programme.0).clone();
        programme.review.as_mut().expect("review rules").recusal = rules;
        let text = serde_json::to_string(&programme).expect("JSON").replace('\'', "''");
        let digest = programme.digest();
        self.app.tamper(&format!(
            "UPDATE calls SET programme = '{text}', programme_digest = '{digest}' WHERE id = '{}'",
            self.call
        ));
    }

    /// Why each expert is kept from a file, by the preview of a plan.
    fn kept_from(&self, file: usize) -> Vec<(String, String)> {
        let due = (self.app.now() + chrono::Duration::days(7)).and_utc();
        let seen = self.handler.api().json(&format!("/api/v1/reviews/{}", self.call))["version"].clone();
        let path = format!("/api/v1/reviews/{}/plan", self.call);
        let body = json!({ "due_at": due, "version": seen });
        let shown = self.handler.api().call("POST", &path, &body).expect(200).json();
        let name = format!("申报单位{}", file + 1);
        let all = shown["excluded"].as_array().cloned().unwrap_or_default();
        let own = all.into_iter().filter(|one| one["organisation"] == name.as_str());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        own.map(|one| (text(&one["expert"]), text(&one["why"]))).collect()
    }
}

#[test]
fn an_expert_of_the_same_city_does_not_score_where_the_programme_asks() {
    let scene = Scene::set(6);
    // The organisations are registered in 440106: Guangzhou.
    let city = scene.app.app.env.reference.city_of("440106").expect("a city").code.clone();
    scene.app.tamper(&format!("UPDATE experts SET city = '{city}' WHERE id = '{}'", scene.experts[1].0));
    let other =
        scene.app.app.env.reference.cities.iter().find(|other| other.code != city).expect("another").code.clone();
    scene.app.tamper(&format!("UPDATE experts SET city = '{other}' WHERE id = '{}'", scene.experts[2].0));
    assert!(scene.kept_from(1).is_empty(), "not asked for");
    scene.with_rules(RecusalRules { same_city: true, ..RecusalRules::default() });
    assert_eq!(scene.kept_from(1), [("专家1".to_string(), "same_city".to_string())]);
    scene.prepare().expect(200);
    assert!((0..3).all(|file| !scene.has(file, 1)), "none of the city's own");
}

/// Three programmes say to vendors that the question is asked for this.
#[test]
fn c_23_an_expert_of_the_legal_representatives_name_does_not_score() {
    let scene = Scene::set(6);
    let led_by = |name: &str| {
        let form = json!({ "legal_representative": name, "contact_name": "专家2" });
        scene.app.tamper(&format!("UPDATE applications SET form = '{form}' WHERE id = '{}'", scene.files[1]));
    };
    // In another width, and with a space: the same name. Whom to ask about the file is nobody's ground.
    led_by("专 家１");
    assert_eq!(scene.kept_from(1), [("专家1".to_string(), "named_person".to_string())]);
    assert!(scene.kept_from(2).is_empty(), "of that file alone");
    scene.open();
    assert!(!scene.has(1, 1));
    assert!(scene.kept());
    let index = (2..6).find(|index| scene.has(1, *index)).expect("an expert of the second file");
    led_by(&format!("专家{index}"));
    assert!(!scene.kept(), "an assignment against the ground is found");
}

#[test]
fn who_directs_an_organisation_does_not_score_it() {
    let scene = Scene::set(6);
    let path = format!("/api/v1/experts/{}/ties", scene.experts[1].0);
    let tie = json!({ "kind": "director", "organisation": "申报单位2", "note": "独立董事" });
    scene.handler.api().call("POST", &path, &tie).expect(201);
    assert_eq!(scene.kept_from(1), [("专家1".to_string(), "director".to_string())]);
}

#[test]
fn who_scored_an_organisation_last_time_does_not_where_the_programme_asks() {
    let scene = Scene::set(6);
    // The call before, of the same programme: expert 1 scored the second organisation, expert 2 began and never submitted.
    let before = CallId::new(&*scene.app.app.env.ids);
    let mut call = scene.app.read(|tx| Ok(calls::find(tx.db, scene.call)?));
    (call.id, call.year, call.status) = (before, 2025, CallStatus::Approved);
    call.opens_at -= chrono::Duration::days(365);
    scene.app.write(move |tx| Ok(calls::create(tx.db, &call)?));
    let old = ApplicationId::new(&*scene.app.app.env.ids);
    let file = scene.files[1];
    scene.app.write(move |tx| {
        let mut application = yuanchi::db::reviews::file(tx.db, file)?.expect("a file").application;
        (application.id, application.call_id, application.number) = (old, before, Some("YC2025-T-0002".into()));
        application.form = seal_form(tx.env, old, &RawForm::default())?;
        Ok(yuanchi::db::applications::create(tx.db, &application)?)
    });
    let ids = &*scene.app.app.env.ids;
    let session = ReviewSessionId::new(ids);
    let scored = |index: usize, status: &str| {
        let (expert, id) = (scene.experts[index].0, AssignmentId::new(ids));
        scene.app.tamper(&format!(
            "INSERT INTO assignments (id, session_id, application_id, expert_id, status, assigned_at) VALUES \
               ('{id}', '{session}', '{old}', '{expert}', 'accepted', '2025-03-01 00:00:00'); \
             INSERT INTO score_sheets (assignment_id, items, comments, opinion, status, total, saved_at) VALUES \
               ('{id}', '{{}}', '{{}}', '', '{status}', 8000, '2025-03-01 00:00:00')"
        ));
    };
    scene.app.tamper(&format!(
        "INSERT INTO review_sessions (id, call_id, status, due_at, created_by, created_at, panel) VALUES \
         ('{session}', '{before}', 'closed', '2025-04-01 00:00:00', '{}', '2025-01-01 00:00:00', '[]')",
        scene.handler.id
    ));
    scored(1, "submitted");
    scored(2, "draft");
    assert!(scene.kept_from(1).is_empty(), "not asked for");
    scene.with_rules(RecusalRules { served_last_time: true, ..RecusalRules::default() });
    assert_eq!(scene.kept_from(1), [("专家1".to_string(), "served_last_time".to_string())]);
    assert!(scene.kept_from(2).is_empty(), "only the organisation that was scored");
    scene.prepare().expect(200);
    assert!(!scene.has(1, 1));
}

#[test]
fn a_conflict_that_was_declared_binds_the_calls_to_come() {
    let scene = Scene::set(6);
    scene.open();
    let index = (1..6).find(|index| scene.has(1, *index)).expect("an expert of the second file");
    let (mut api, own) = scene.assignments(index);
    let found = own.iter().find(|one| one["organisation"] == "申报单位2").expect("the assignment");
    let path = format!("/api/v1/assignments/{}/declaration", found["id"].as_str().expect("an id"));
    api.call("PUT", &path, &json!({ "conflict": true, "reason": "曾任该公司顾问" })).expect(200);
    // Kept as a tie, for the organisers and on the expert's own page, said once.
    let file = scene.handler.api().json(&format!("/api/v1/experts/{}/file", scene.experts[index].0));
    let ties = file["ties"].as_array().cloned().unwrap_or_default();
    assert_eq!(ties.len(), 1, "{ties:?}");
    assert_eq!((&ties[0]["kind"], &ties[0]["note"]), (&json!("other"), &json!("曾任该公司顾问")));
    let own = api.json("/api/v1/me/expert");
    assert_eq!(own["ties"].as_array().map(Vec::len), Some(1));
    scene.experts[index].1.browser().open("/expert").shows("申报单位2").shows("曾任该公司顾问");
    assert!(scene.kept());
    // A new plan, as the next call would make it: the two are not brought together again.
    scene.app.tamper(
        "DELETE FROM score_sheets; DELETE FROM assignments; UPDATE review_sessions SET status = 'preparing', opened_at = NULL",
    );
    scene.prepare().expect(200);
    assert!(!scene.has(1, index));
    let why = scene.kept_from(1);
    assert!(why.contains(&(format!("专家{index}"), "other_tie".to_string())), "{why:?}");
}
