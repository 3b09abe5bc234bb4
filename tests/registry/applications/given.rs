//! A small programme, a call of it, and an organisation that fills its form in.

use crate::support::{Answer, Client, Person, TestApp, admin_of, in_bureau, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::actions::dossier::Dossier;
use yuanchi::db::Json;
use yuanchi::db::applications::Application;
use yuanchi::db::calls::Call;
use yuanchi::db::corrections::{Correction, Mark, MarkKind};
use yuanchi::domain::actor::{Actor, Role};
use yuanchi::domain::call::CallStatus;
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::{ApplicationId, CallId, CorrectionId, OrganisationId};
use yuanchi::domain::programme::Programme;
use yuanchi::domain::status::CorrectionStation;

pub(super) const HUAWEI: &str = "914403001922038216";
pub(super) const MIDEA: &str = "91440606722473344C";
pub(super) const TENCENT: &str = "9144030071526726XG";

pub const PROGRAMME: &str = r#"
key = "small_test"
version = 1
kind = "selection"
names = { zh_cn = "测试类别" }
summary = { zh_cn = "测试用" }
stations = ["city", "screening"]
[category]
key = "test"
kind = "provider"
[applicants]
consortium = true
max_members = 2
outside_province = false
per_organisation = 1
[validity]
years = 3
[[sections]]
key = "basic"
names = { zh_cn = "基本情况" }
[[sections.fields]]
key = "profile"
names = { zh_cn = "简介" }
kind = { long_text = { max_chars = 200 } }
required = true
carry_over = true
[[sections.fields]]
key = "staff"
names = { zh_cn = "人数" }
kind = { whole_number = { min = 0, max = 100000 } }
required = true
[[sections.fields]]
key = "contact"
names = { zh_cn = "联系人" }
kind = { text = { max_chars = 40 } }
personal = true
[[sections.fields]]
key = "cases"
names = { zh_cn = "案例" }
kind = { rows = { min = 0, max = 5, columns = [
  { key = "name", names = { zh_cn = "名称" }, kind = { text = { max_chars = 60 } }, required = true },
  { key = "amount", names = { zh_cn = "数量" }, kind = { whole_number = { min = 0, max = 100 } }, required = true },
] } }
[[documents]]
key = "licence"
names = { zh_cn = "营业执照" }
required = true
types = ["png", "pdf"]
max_bytes = 2000
[[documents]]
key = "more"
names = { zh_cn = "其他材料" }
types = ["png"]
max_bytes = 2000
max_count = 3
[[public_columns]]
key = "organisation"
names = { zh_cn = "单位" }
source = "organisation_name"
"#;

pub struct Scene {
    pub app: TestApp,
    pub call: CallId,
    pub organisation: OrganisationId,
    pub admin: Person,
    pub bureau: Person,
    pub(super) handler: Person,
}

/// A call that is open from now on for thirty days, and an organisation of Shenzhen.
pub fn scene() -> Scene {
    scene_on(TestApp::start())
}

/// The same in this registry.
pub fn scene_on(app: TestApp) -> Scene {
    let handler = app.person("handler@example.org", &[with(Role::Handler)]);
    let organisation = app.organisation(HUAWEI, "甲公司", "440305");
    let admin = app.person("admin@example.org", &[admin_of(organisation)]);
    let bureau = app.person("bureau@example.org", &[in_bureau("shenzhen")]);
    let call = call(&app, &handler, 2026);
    Scene { app, call, organisation, admin, bureau, handler }
}

pub(super) fn call(app: &TestApp, handler: &Person, year: i32) -> CallId {
    call_of(app, handler, year, PROGRAMME)
}

/// A call of this programme, open from now on for thirty days.
pub fn call_of(app: &TestApp, handler: &Person, year: i32, programme: &str) -> CallId {
    let programme = Programme::parse("small_test.toml", programme).unwrap_or_else(|e| panic!("{e:?}"));
    let now = app.now();
    let call = Call {
        id: CallId::new(&*app.app.env.ids),
        programme_key: programme.key.clone(),
        programme_version: 1,
        programme_digest: programme.digest(),
        programme: programme.into(),
        year,
        title: format!("{year} 年测试申报"),
        body: String::new(),
        basis_title: "若干措施".into(),
        basis_number: "粤工信〔2025〕1 号".into(),
        basis_issued_on: now.date(),
        basis_valid_until: None,
        opens_at: now,
        closes_at: now + Duration::days(30),
        recommend_by: now + Duration::days(60),
        status: CallStatus::Approved,
        copied_from: None,
        drafted_by: handler.id,
        approved_by: Some(app.person(&format!("approver{year}@example.org"), &[with(Role::Approver)]).id),
        approved_at: Some(now),
        created_at: now,
        version: 1,
        planned_screening_on: None,
        planned_review_on: None,
        planned_decision_on: None,
        planned_notice_on: None,
    };
    let id = call.id;
    app.write(move |tx| Ok(yuanchi::db::calls::create(tx.db, &call)?));
    id
}

/// A one-pixel picture.
pub fn png() -> Vec<u8> {
    hex::decode(concat!(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360",
        "000200000500017a5eab3f0000000049454e44ae426082",
    ))
    .expect("hex")
}

/// Another picture, which a number in its words tells from the others.
pub fn png_of(number: u32) -> Vec<u8> {
    let words = format!("tEXtComment\0{number}").into_bytes();
    let length = u32::try_from(words.len() - 4).expect("a short text");
    let mut sum = flate2::Crc::new();
    sum.update(&words);
    let chunk = [length.to_be_bytes().to_vec(), words, sum.sum().to_be_bytes().to_vec()].concat();
    // Behind the head of the picture.
    let (head, rest) = (png()[..33].to_vec(), png()[33..].to_vec());
    [head, chunk, rest].concat()
}

impl Scene {
    pub fn begin(&self, api: &mut Client) -> String {
        let answer = api.call("POST", &format!("/api/v1/calls/{}/applications", self.call), &json!({})).expect(201);
        answer.json()["id"].as_str().expect("an id").to_string()
    }

    /// A complete draft.
    pub fn complete(&self, api: &mut Client) -> String {
        let id = self.begin(api);
        let form = json!({ "profile": "做数字化", "staff": 120, "contact": "李四",
            "cases": [{ "name": "某厂", "amount": "3" }] });
        let saved =
            api.call("PATCH", &format!("/api/v1/applications/{id}/form"), &json!({ "version": 1, "form": form }));
        assert_eq!(saved.expect(200).json()["problems"], json!([]));
        self.upload(api, &id, "licence").expect(201);
        id
    }

    pub fn upload(&self, api: &mut Client, id: &str, kind: &str) -> Answer {
        self.upload_as(api, id, kind, "%E7%85%A7.png", png())
    }

    /// Uploads a picture under a name, encoded as in an address.
    pub fn upload_as(&self, api: &mut Client, id: &str, kind: &str, name: &str, picture: Vec<u8>) -> Answer {
        let path = format!("/api/v1/applications/{id}/documents?kind={kind}&name={name}");
        api.send("POST", &path, &[("content-type", "application/octet-stream")], picture)
    }

    pub(super) fn version(&self, api: &mut Client, id: &str) -> Value {
        api.json(&format!("/api/v1/applications/{id}"))["version"].clone()
    }

    pub fn submit(&self, api: &mut Client, id: &str) -> Answer {
        let body = json!({ "version": self.version(api, id), "commitment": true });
        api.call("POST", &format!("/api/v1/applications/{id}/submission"), &body)
    }

    /// Sends the file back, as the bureau would.
    pub(super) fn send_back(&self, id: &str, marks: Vec<Mark>) {
        let id = ApplicationId::from_text(id).expect("an id");
        let (bureau, due_at) = (self.bureau.actor(), self.app.now() + Duration::days(5));
        self.app.write(move |tx| {
            let mut dossier = yuanchi::actions::dossier::Dossier::load_to_change(tx, &bureau, id)?;
            let permission = dossier.permit(&bureau, yuanchi::domain::procedure::Action::RequestCorrection)?;
            let correction = Correction {
                id: CorrectionId::new(&*tx.env.ids),
                application_id: id,
                station: CorrectionStation::City,
                marks: Json(marks),
                note: "请补正".into(),
                due_at,
                requested_by: bureau.must_be_somebody()?,
                requested_at: tx.now,
                answered_at: None,
            };
            use diesel::RunQueryDsl;
            diesel::insert_into(yuanchi::db::schema::corrections::table).values(&correction).execute(tx.db)?;
            dossier.advance(tx, &bureau, permission, None, json!({}))
        });
    }

    pub fn stored(&self, id: &str) -> Application {
        self.dossier(id).application
    }

    /// What was typed.
    pub(super) fn form(&self, id: &str) -> RawForm {
        self.dossier(id).form
    }

    fn dossier(&self, id: &str) -> Dossier {
        let id = ApplicationId::from_text(id).expect("an id");
        self.app.read(|tx| Dossier::load(tx, &Actor::system(), id))
    }
}

pub(super) fn mark(kind: MarkKind, key: &str) -> Mark {
    Mark { kind, key: key.into(), reason: "看不清".into() }
}
