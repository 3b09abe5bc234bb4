//! An applicant gets the name of an expert's employer while it is being scored.

use super::super::review::Scene;
use super::organisation_of;
use serde_json::json;
use yuanchi::domain::ids::{AssignmentId, MembershipId, PublishedListId};
use yuanchi::domain::status::SheetStatus;

impl Scene {
    /// Makes the applicant of a file a member of the pool; the address of its membership in the API.
    fn make_member(&self, file: usize) -> String {
        let ids = &*self.app.app.env.ids;
        let (list, membership) = (PublishedListId::new(ids), MembershipId::new(ids));
        self.app.tamper(&format!(
            "INSERT INTO published_lists (id, call_id, kind, category, title, body, status, proposed_at) VALUES \
               ('{list}', '{}', 'main', 'service_provider', '名单', '名单', 'proposed', '2025-01-01 00:00:00'); \
             INSERT INTO memberships (id, organisation_id, application_id, list_id, category, certificate_number, \
               valid_from, valid_to, standing, created_at) VALUES ('{membership}', '{}', '{}', '{list}', \
               'service_provider', 'YC-TEST-1', '2025-01-01', '2027-12-31', 'active', '2025-01-01 00:00:00')",
            self.call,
            organisation_of(self, file),
            self.files[file],
        ));
        format!("/api/v1/memberships/{membership}")
    }
}

const NAME: &str = "广东新名有限公司";

#[test]
fn c_23_an_applicant_that_is_renamed_to_an_experts_employer_is_scored_by_somebody_else() {
    is_scored_by_somebody_else_after(|scene| {
        let membership = scene.make_member(1);
        let renaming = json!({ "version": 1, "name": NAME, "evidence": "准予变更登记通知书" });
        scene.handler.api().call("POST", &format!("{membership}/name"), &renaming).expect(200);
    });
}

#[test]
fn c_23_an_applicant_whose_name_is_corrected_to_an_experts_employer_is_scored_by_somebody_else() {
    is_scored_by_somebody_else_after(|scene| {
        let path = format!("/api/v1/organisations/{}", organisation_of(scene, 1));
        let mut api = scene.handler.api();
        let stored = api.json(&path);
        let correction = json!({
            "version": stored["version"], "name": NAME, "registered_area": stored["registered_area"].as_str().unwrap_or_default(),
            "main_service_city": "", "established_on": "2015-06-01", "reason": "登记时名称有误",
        });
        api.call("POST", &format!("{path}/correction"), &correction).expect(200);
    });
}

fn is_scored_by_somebody_else_after(renamed: impl FnOnce(&Scene)) {
    let scene = Scene::set(6);
    scene.open();
    let index = (1..6).find(|index| scene.has(1, *index)).expect("an expert of the second file");
    let (mut api, own) = scene.assignments(index);
    let mine = own.iter().find(|one| one["organisation"] == "申报单位2").expect("the assignment");
    let path = format!("/api/v1/assignments/{}", mine["id"].as_str().expect("an id"));
    api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
    api.get(&format!("/api/v1/applications/{}", scene.files[1])).expect(200);
    scene.import(&[(index, NAME)]).expect(201);
    assert!(scene.has(1, index) && scene.kept(), "nobody of that name applies yet");
    renamed(&scene);
    api.get(&format!("/api/v1/applications/{}", scene.files[1])).expect(404);
    api.call("PUT", &format!("{path}/sheet"), &json!({ "version": 1 })).expect(409);
    assert!(!scene.has(1, index), "released");
    assert_eq!(scene.charged(1).len(), 3, "and filled");
    let id = AssignmentId::from_text(mine["id"].as_str().expect("an id")).expect("an id");
    let sheet = scene.app.read(|tx| Ok(yuanchi::db::reviews::sheet(tx.db, id)?)).expect("the sheet stays as a record");
    assert_eq!(sheet.status, SheetStatus::Void);
    assert!(scene.kept());
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[index].1.email);
    assert!(letters.iter().any(|letter| letter.text.contains("名称相同")), "{letters:?}");
}
