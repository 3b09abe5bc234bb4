//! Nobody scores what a rule excludes them from, whenever the reason comes.

mod imports;
mod pools;
mod renamed;
mod rules;
mod ties;
mod undone;

use super::review::{CODES, Scene};
use super::support::client::File;
use super::support::{Answer, admin_of, member_of, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::{AssignmentId, OrganisationId};
use yuanchi::domain::status::SheetStatus;

impl Scene {
    fn prepare(&self) -> Answer {
        let due = (self.app.now() + Duration::days(7)).and_utc();
        let path = format!("/api/v1/reviews/{}/preparation", self.call);
        let seen = self.handler.api().json(&format!("/api/v1/reviews/{}", self.call))["version"].clone();
        self.handler.api().call("PUT", &path, &json!({ "due_at": due, "version": seen }))
    }

    /// Who is charged with a file, live, and whether they have submitted.
    fn charged(&self, file: usize) -> Vec<String> {
        let review = self.handler.api().json(&format!("/api/v1/reviews/{}", self.call));
        let id = self.files[file].to_string();
        let files = review["applications"].as_array().expect("files");
        let found = files.iter().find(|f| f["id"] == id.as_str()).expect("the file");
        let lines = found["assignments"].as_array().expect("assignments").iter();
        let live = lines.filter(|a| a["status"] == "awaiting" || a["status"] == "accepted");
        live.filter_map(|a| a["expert"].as_str().map(str::to_string)).collect()
    }

    fn import(&self, rows: &[(usize, &str)]) -> Answer {
        self.handler.api().call("POST", "/api/v1/experts/imports", &json!({ "rows": rows_of(rows) }))
    }

    fn works_there(&self, index: usize, file: usize) {
        self.app.give(self.experts[index].1.id, member_of(organisation_of(self, file)));
        self.bind(index);
    }

    /// The expert signs in with this account, as an import or a grant would have noted.
    fn bind(&self, index: usize) {
        let (expert, person) = &self.experts[index];
        self.app.tamper(&format!("UPDATE experts SET account_id = '{}' WHERE id = '{expert}'", person.id));
    }

    fn has(&self, file: usize, index: usize) -> bool {
        self.charged(file).contains(&self.experts[index].0.to_string())
    }

    fn kept(&self) -> bool {
        let broken = self.app.violations().expect("a check");
        broken.iter().all(|violation| violation.invariant != "recusal_is_kept")
    }
}

/// Rows of an import that give each of these experts, by their index, this employer.
fn rows_of(employers: &[(usize, &str)]) -> Vec<Value> {
    let row = |(line, (index, employer)): (usize, &(usize, &str))| {
        json!({
            "line": line + 2, "name": format!("专家{index}"), "email": format!("expert{index}@example.cn"),
            "employer": employer, "title": "教授", "fields": "数字化转型服务商", "load_limit": "5",
        })
    };
    employers.iter().enumerate().map(row).collect()
}

fn organisation_of(scene: &Scene, file: usize) -> OrganisationId {
    let id = scene.files[file];
    scene.app.read(|tx| Ok(yuanchi::db::reviews::file(tx.db, id)?)).expect("the file").organisation.id
}

#[test]
fn c_23_people_of_a_consortium_member_do_not_score() {
    let scene = Scene::set(5);
    // The second file is a consortium with the third applicant, for which expert 4 works.
    let member = json!([{ "name": "申报单位3", "credit_code": CODES[2], "duty": "" }]).to_string();
    scene.app.tamper(&format!("UPDATE applications SET members = '{member}' WHERE id = '{}'", scene.files[1]));
    scene.works_there(4, 2);
    scene.prepare().expect(200);
    assert!(scene.has(0, 4), "nothing keeps expert 4 from the first file");
    assert!(!scene.has(1, 4) && !scene.has(2, 4), "but from the member's own and the consortium's");
    assert!(!scene.has(0, 0), "expert 0 is employed by the first applicant");
}

#[test]
fn c_23_a_plan_with_a_conflict_that_came_later_is_not_opened() {
    let scene = Scene::set(5);
    let plan = scene.prepare().expect(200).json();
    let index = (1..5).find(|index| scene.has(1, *index)).expect("an expert of the second file");
    scene.import(&[(index, "申报单位2")]).expect(201);
    let path = format!("/api/v1/reviews/{}/opening", scene.call);
    let refused = scene.handler.api().call("POST", &path, &json!({ "version": plan["version"] }));
    assert_eq!(refused.expect(409).code(), "review_plan_outdated");
    let plan = scene.prepare().expect(200).json();
    assert!(!scene.has(1, index));
    scene.handler.api().call("POST", &path, &json!({ "version": plan["version"] })).expect(200);
}

#[test]
fn c_23_a_conflict_that_comes_while_scoring_voids_the_sheet_closes_the_file_and_is_filled() {
    let scene = Scene::set(6);
    scene.open();
    let index = (1..6).find(|index| scene.has(1, *index)).expect("an expert of the second file");
    let (mut api, own) = scene.assignments(index);
    let mine = own.iter().find(|a| a["organisation"] == "申报单位2").expect("the assignment");
    let path = format!("/api/v1/assignments/{}", mine["id"].as_str().expect("an id"));
    api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
    api.get(&format!("/api/v1/applications/{}", scene.files[1])).expect(200);
    assert!(scene.kept());
    scene.import(&[(index, "申报单位２")]).expect(201);
    api.get(&format!("/api/v1/applications/{}", scene.files[1])).expect(404);
    api.call("PUT", &format!("{path}/sheet"), &json!({ "version": 1 })).expect(409);
    assert!(!scene.has(1, index), "released");
    assert_eq!(scene.charged(1).len(), 3, "and filled");
    let id = AssignmentId::from_text(mine["id"].as_str().expect("an id")).expect("an id");
    let sheet = scene.app.read(|tx| Ok(yuanchi::db::reviews::sheet(tx.db, id)?)).expect("the sheet stays as a record");
    assert_eq!(sheet.status, SheetStatus::Void);
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[index].1.email);
    assert!(letters.iter().any(|letter| letter.text.contains("名称相同")), "{letters:?}");
    assert!(scene.kept());
}

#[test]
fn c_23_an_expert_who_joins_a_vendor_is_released_at_once_and_one_who_slipped_through_at_the_declaration() {
    let scene = Scene::set(6);
    scene.open();
    let index = (1..6).find(|index| scene.has(1, *index)).expect("an expert of the second file");
    // By request and acceptance, as people do it.
    scene.bind(index);
    let admin = scene.app.person("second@example.cn", &[admin_of(organisation_of(&scene, 1))]);
    let person = &scene.experts[index].1;
    let organisation = organisation_of(&scene, 1);
    let asked = person.api().call("POST", "/api/v1/join-requests", &json!({ "credit_code": CODES[1], "message": "" }));
    let asked = asked.expect(201).json();
    let decide =
        format!("/api/v1/organisations/{organisation}/join-requests/{}/decision", asked["id"].as_str().unwrap());
    admin.api().call("POST", &decide, &json!({ "accept": true })).expect(200);
    assert!(!scene.has(1, index));
    assert!(scene.kept());
    // Behind the service's back: found by the check, and at the latest when the expert declares.
    let other = (1..6).find(|other| scene.has(2, *other)).expect("an expert of the third file");
    scene.works_there(other, 2);
    assert!(!scene.kept());
    let (mut api, own) = scene.assignments(other);
    let mine = own.iter().find(|a| a["organisation"] == "申报单位3").expect("the assignment");
    let path = format!("/api/v1/assignments/{}/declaration", mine["id"].as_str().expect("an id"));
    let answer = api.call("PUT", &path, &json!({ "conflict": false })).expect(200).json();
    assert_eq!(answer["items"][0]["status"], "released");
    assert!(!scene.has(2, other) && scene.kept());
}

#[test]
fn c_23_an_import_gives_nothing_back_that_was_taken() {
    let scene = Scene::set(2);
    let (removed, person) = &scene.experts[1];
    let security = scene.app.person("security@example.cn", &[with(Role::SecurityAdmin)]);
    let account = security.api().json(&format!("/api/v1/accounts/{}", person.id));
    let grant = account["roles"][0]["id"].as_str().expect("a grant").to_string();
    let path = format!("/api/v1/accounts/{}/grants/{grant}", person.id);
    security.api().call("DELETE", &path, &json!({ "reason": "不再参加" })).expect(200);
    let rows = [(0, "大学"), (1, "大学")];
    scene.import(&rows).expect(422).shows("专家角色已被收回");
    let seen = scene.handler.api().json(&format!("/api/v1/experts/{}", removed))["version"].clone();
    let standing = json!({ "version": seen, "status": "removed", "reason": "违反评审纪律" });
    scene.handler.api().call("PUT", &format!("/api/v1/experts/{removed}/standing"), &standing).expect(200);
    scene.import(&rows).expect(422).shows("已移出专家库");
    let again = json!({ "role": "expert", "reason": "恢复" });
    let path = format!("/api/v1/accounts/{}/grants", person.id);
    let refused = security.api().call("POST", &path, &again).expect(409);
    assert_eq!(refused.code(), "expert_removed");
    // Nothing of the refused files came in: expert 0 is where they were.
    let employer = scene.handler.api().json(&format!("/api/v1/experts/{}", scene.experts[0].0))["employer"].clone();
    assert_ne!(employer, Value::from("大学"));
}

#[test]
fn an_office_does_not_go_with_scoring() {
    let scene = Scene::set(1);
    // An auditor sees who scores what.
    for (index, role) in [Role::CityOfficer, Role::Auditor].into_iter().enumerate() {
        let email = format!("officer{index}@example.cn");
        scene.app.person(&email, &[with(role)]);
        let row = json!({
            "line": 2, "name": "官", "email": email, "employer": "局", "title": "处长",
            "fields": "数字化转型服务商", "load_limit": "5",
        });
        let answer = scene.handler.api().call("POST", "/api/v1/experts/imports", &json!({ "rows": [row] }));
        answer.expect(422).shows("不能兼任评审专家");
    }
}

#[test]
fn no_way_in_for_the_character_that_no_database_keeps() {
    let scene = Scene::set(1);
    let mut browser = scene.handler.browser();
    browser.open("/experts/import");
    let table = "姓名,邮箱,单位,职称,专业领域,评审上限\n张\0三,z@example.cn,大学,教授,数字化转型服务商,5\n";
    let file = File { field: "file", name: "专家.csv", bytes: table.as_bytes() };
    browser.upload("/experts/import", &[], &file).expect(422).shows("第 2 行含有不可见的空字符");
    let rows = r#"[{"line":2,"name":"张\u0000三","email":"z@example.cn","employer":"大学","title":"教授","fields":"数字化转型服务商","load_limit":"5"}]"#;
    browser.post("/experts/import/confirmation", &[("rows", rows)]).expect(422);
}
