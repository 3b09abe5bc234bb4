//! Published lists, the pool, certificates, and lists brought in from tables.

mod imported;

use super::support::app::{TestApp, at};
use super::support::{Client, Person, admin_of, with};
use serde_json::json;
use yuanchi::actions::Record;
use yuanchi::actions::publish_list::{ListProposal, ListVersion, propose_list, publish_list};
use yuanchi::db::applications::{self, Application};
use yuanchi::db::{self, Json, published_lists};
use yuanchi::domain::actor::{Actor, Role};
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::{ApplicationId, CallId, PublishedListId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::published_list;
use yuanchi::domain::scope::Scope;
use yuanchi::error::Error;

/// A call whose notice ended before the test's morning, and the officers.
pub struct Scene {
    pub test: TestApp,
    pub call: CallId,
    pub handler: Person,
    pub approver: Person,
    made: u32,
}

pub const NOTICE: &str = "00000000-0000-7000-8000-00000000aaaa";

pub fn scene() -> Scene {
    scene_on(TestApp::start())
}

/// The same on a registry that was started already.
pub fn scene_on(test: TestApp) -> Scene {
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let approver = test.person("approver@example.org", &[with(Role::Approver)]);
    let programme = test.app.env.programme("service_provider").expect("it is configured").clone();
    let instants = ["2025-11-01T00:00:00", "2025-12-01T00:00:00", "2025-12-10T00:00:00"];
    let id = test.call_between(programme, "2026 年服务商申报", instants, [&handler, &approver]);
    test.tamper(&format!(
        "INSERT INTO notices (id, call_id, number, title, body, starts_on, ends_on, ends_at, opened_by, opened_at)
         VALUES ('{NOTICE}', '{id}', '源池公示〔2026〕1号', '公示', '公示', '2026-01-05', '2026-01-12',
         '2026-01-12 16:00:00', '{}', '2026-01-05 01:00:00')",
        handler.id
    ));
    Scene { test, call: id, handler, approver, made: 0 }
}

impl Scene {
    /// An application that stands in the notice, shown with this city.
    pub fn noticed(&mut self, state: State, city: &str) -> (ApplicationId, Person) {
        self.made += 1;
        let made = self.made;
        let name = format!("佛山智造{made}有限公司");
        let organisation = self.test.organisation(&format!("9144060000000{made:05}"), &name, "440604");
        let vendor = self.test.person(&format!("vendor{made}@example.org"), &[admin_of(organisation)]);
        let id = ApplicationId::new(&*self.test.app.env.ids);
        let application = Application {
            id,
            call_id: self.call,
            organisation_id: organisation,
            number: Some(format!("YC2026-SP-{made:04}")),
            state,
            bureau: None,
            form: self.test.sealed_form(id, &RawForm::default()),
            members: Json(Vec::new()),
            submission_count: 1,
            submitted_at: Some(self.test.now()),
            created_by: vendor.id,
            created_at: self.test.now(),
            updated_at: self.test.now(),
            version: 1,
        };
        let actor = vendor.actor();
        let sha256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        self.test.write(move |tx| {
            applications::create(tx.db, &application)?;
            tx.record(
                &actor,
                Record {
                    subject_kind: "application",
                    subject_id: application.id.as_text(),
                    action: "application.submitted",
                    role: "vendor_admin",
                    from: Some("draft"),
                    to: Some("submitted"),
                    detail: json!({"submission": 1, "sha256": sha256}),
                    ..Record::default()
                },
            )?;
            tx.record(
                &actor,
                Record {
                    subject_kind: "application",
                    subject_id: application.id.as_text(),
                    action: "application.noticed",
                    role: "handler",
                    from: Some("proposed"),
                    to: Some(application.state.as_text()),
                    ..Record::default()
                },
            )
        });
        let shown = json!([
            {"key": "number", "label": "序号", "value": made.to_string()},
            {"key": "organisation", "label": "服务商名称", "value": name},
            {"key": "city", "label": "所在地市", "value": city},
        ]);
        let shown = shown.to_string().replace('\'', "''");
        self.test.tamper(&format!(
            "INSERT INTO notice_entries (notice_id, application_id, position, shown)
             VALUES ('{NOTICE}', '{id}', {made}, '{shown}');
             INSERT INTO submissions (id, application_id, number, content, sha256, submitted_by, submitted_at)
             VALUES ('{id}', '{id}', 1, '{{}}', '{sha256}', '{}', '2026-03-02 01:00:00')",
            vendor.id
        ));
        (id, vendor)
    }

    pub fn propose(&self) -> Result<PublishedListId, Error> {
        let (actor, call) = (self.handler.actor(), self.call);
        let input = ListProposal { title: "2026年名单".into(), body: "排名不分先后。".into() };
        self.test.app.write_now(move |tx| propose_list(tx, &actor, call, &input))
    }

    pub fn publish(&self, person: &Person, id: PublishedListId) -> Result<(), Error> {
        let actor = person.actor();
        self.test.app.write_now(move |tx| publish_list(tx, &actor, id, &ListVersion { version: 1 }))
    }
}

fn code(error: Error) -> String {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|problem| problem.code).collect(),
        other => other.code().to_string(),
    }
}

#[test]
fn a_list_is_published_by_two_people_and_never_changes() {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市");
    let (held, _) = scene.noticed(State::Held, "佛山市");
    let mut handler = scene.handler.browser();
    handler.open(&format!("/calls/{}/lists/new", scene.call)).expect(200).shows("异议处理中，暂不列入");
    let id = scene.propose().expect("it is proposed");
    scene.test.visitor().get(&format!("/lists/{id}")).expect(404);
    assert_eq!(scene.propose().map_err(code), Err("list_pending".into()));
    assert_eq!(scene.publish(&scene.handler, id).map_err(code), Err("wrong_role".into()));

    let mut approver = scene.approver.browser();
    approver.open(&format!("/lists/{id}")).expect(200);
    let answer = approver.submit(&format!("/lists/{id}/publication"), &[]).expect(303);
    approver.follow(answer).expect(200).shows("名单已公布");
    let list = scene.test.read(|tx| Ok(published_lists::find(tx.db, id)?));
    let text = list.canonical.clone().expect("a canonical text");
    assert_eq!(list.sha256.as_deref(), Some(published_list::sha256(&text).as_str()));
    assert_eq!(list.previous_sha256.as_deref(), Some(published_list::GENESIS_SHA256));
    assert_eq!(list.number.as_deref(), Some("源池公布〔2026〕1号"));
    let key = scene.test.app.env.keys.public_key();
    assert!(yuanchi::keys::verify(&key, text.as_bytes(), list.signature.as_deref().unwrap_or_default()));
    let states = scene.test.read(|tx| Ok(published_lists::entries(tx.db, id)?.len()));
    assert_eq!(states, 1, "the held one is not in it");
    let mut visitor = scene.test.visitor();
    visitor.get(&format!("/lists/{id}")).expect(200).shows("佛山智造1有限公司").hides("佛山智造2有限公司");
    assert_eq!(visitor.get(&format!("/lists/{id}/list.json")).expect(200).text(), text);
    visitor.get(&format!("/lists/{id}/list.csv")).expect(200);

    // What is published stays as it is, whoever asks the database.
    let changed = scene.test.app.write_now(move |tx| {
        use diesel::RunQueryDsl;
        diesel::sql_query(format!("UPDATE published_lists SET title = 'x' WHERE id = '{id}'")).execute(tx.db)?;
        Ok(())
    });
    assert!(changed.is_err());

    // The one that was held and released follows in a supplement.
    let actor = scene.approver.actor();
    scene.test.write(move |tx| {
        assert!(applications::advance(tx.db, held, 1, State::InNotice, tx.now)?);
        let record = Record {
            subject_kind: "application",
            subject_id: held.as_text(),
            action: "application.released",
            role: "approver",
            from: Some("held"),
            to: Some("in_notice"),
            ..Record::default()
        };
        tx.record(&actor, record)
    });
    let supplement = scene.propose().expect("a supplement");
    scene.publish(&scene.approver, supplement).expect("it is published");
    let second = scene.test.read(|tx| Ok(published_lists::find(tx.db, supplement)?));
    assert_eq!((second.kind.as_text(), second.chain_number), ("supplement", Some(2)));
    assert_eq!(second.previous_sha256, list.sha256);
}

#[test]
fn the_page_of_a_published_list_is_kept_for_visitors_alone() {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    let path = format!("/lists/{id}");
    // Whoever asked too early, or for a page that is not there, leaves nothing behind.
    scene.test.visitor().get(&path).expect(404);
    scene.publish(&scene.approver, id).expect("it is published");
    let past_the_end = scene.test.visitor().get(&format!("{path}?page=2")).expect(200);
    assert_eq!((past_the_end.header("etag"), past_the_end.header("cache-control")), (None, Some("no-store")));

    let first = scene.test.visitor().get(&path).expect(200).shows("佛山智造1有限公司");
    let tag = first.header("etag").expect("a tag").to_string();
    assert_eq!(first.header("cache-control"), Some("no-cache"), "asked for anew each time");
    let again = scene.test.visitor().send("GET", &path, &[("if-none-match", &tag)], Vec::new()).expect(304);
    assert_eq!((again.text().as_str(), again.header("etag")), ("", Some(tag.as_str())));
    scene.test.visitor().send("GET", &path, &[("if-none-match", "\"another\"")], Vec::new()).expect(200);

    // Somebody who signed in has a page of their own, and it does not become the visitors'.
    let mut officer = scene.handler.browser();
    let own = officer.send("GET", &path, &[("if-none-match", &tag)], Vec::new()).expect(200).shows("工作台");
    assert_eq!((own.header("etag"), own.header("cache-control")), (None, Some("no-store")));

    // A page with a message is made anew: below the message it is what is kept, also after a standing has changed. It is
    // changed by hand, for no act changes one yet; what every act does, record it, replaces the pages.
    scene.test.expect_violations();
    warn(&scene, id);
    let mut told = scene.test.visitor();
    told.set_cookie("__Host-flash", "list-published");
    let fresh = told.get(&path).expect(200).shows("名单已公布");
    let kept = scene.test.visitor().get(&path).expect(200).hides("名单已公布").shows("警告整改");
    let content = |page: &str| page.split_once("<nav class=\"breadcrumb\"").map(|(_, content)| content.to_string());
    assert!(content(&kept.text()).is_some());
    assert_eq!(content(&kept.text()), content(&fresh.text()));
}

/// Warns every member of a list, as an act would: the row, and the record that replaces what is kept.
fn warn(scene: &Scene, list: PublishedListId) {
    scene.test.tamper("UPDATE memberships SET standing = 'warned'");
    scene.test.write(move |tx| {
        for (_, number) in published_lists::certificates(tx.db, list)? {
            let held = db::memberships::find_by_certificate(tx.db, &number)?;
            let record = Record {
                subject_kind: "membership",
                subject_id: held.id.as_text(),
                action: "membership.warned",
                ..Record::default()
            };
            tx.record(&Actor::system(), record)?;
        }
        Ok(())
    });
}

#[test]
fn what_an_entry_is_worth_today_stands_beside_the_list_and_not_in_it() {
    let mut scene = scene();
    let (first, _) = scene.noticed(State::InNotice, "佛山市");
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    scene.test.expect_violations();
    let (path, api) = (format!("/lists/{id}"), format!("/api/v1/lists/{id}/entries"));
    let mut visitor = scene.test.visitor();
    let page = visitor.get(&path).expect(200).hides("不在签名范围之内").hides("已撤销");
    let signed = visitor.get(&format!("{path}/list.json")).expect(200).text();
    // Each row leads to its provider.
    let entries = visitor.json(&api);
    let organisation = entries["items"][0]["organisation_id"].as_str().expect("an id").to_string();
    assert!(page.text().contains(&format!("<a href=\"/providers/{organisation}\">佛山智造1有限公司</a>")));
    visitor.get(&format!("/providers/{organisation}")).expect(200);
    assert!(entries["items"][0]["standing"].is_null());

    scene.test.tamper(&format!("UPDATE memberships SET standing = 'revoked' WHERE application_id = '{first}'"));
    scene.test.write(move |tx| {
        let number = published_lists::certificates(tx.db, id)?.into_iter().find(|(of, _)| *of == first);
        let held = db::memberships::find_by_certificate(tx.db, &number.expect("a certificate").1)?;
        let record = Record {
            subject_kind: "membership",
            subject_id: held.id.as_text(),
            action: "membership.revoked",
            ..Record::default()
        };
        tx.record(&Actor::system(), record)
    });
    let page = visitor.get(&path).expect(200).shows("不在签名范围之内");
    assert_eq!(page.text().matches("已撤销").count(), 1, "of the one whose standing has changed: {page}");
    let entries = visitor.json(&api);
    assert_eq!((&entries["items"][0]["standing"], &entries["items"][1]["standing"]), (&json!("revoked"), &json!(null)));
    assert_eq!(visitor.get(&format!("{path}/list.json")).text(), signed, "what was signed stays as it was");
    visitor.get(&format!("{path}/list.csv")).expect(200).hides("已撤销");
    // At midnight after the last day the page says so by itself.
    scene.test.set_clock(at("2035-01-01T00:00:00"));
    visitor.get(&path).expect(200).shows("已到期").shows("已撤销");
}

#[test]
fn a_firm_from_outside_the_province_is_of_no_city_wherever_it_is_counted() {
    let mut scene = scene();
    scene.noticed(State::InNotice, "");
    scene.test.tamper("UPDATE organisations SET registered_area = NULL, main_service_city = '440100'");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    let cities = scene.test.read(|tx| Ok(published_lists::entries(tx.db, id)?));
    assert_eq!(cities.into_iter().map(|entry| entry.city).collect::<Vec<_>>(), [None]);
    let mut visitor = scene.test.visitor();
    visitor.get("/providers").expect(200).shows("佛山智造1有限公司");
    visitor.get("/providers?city=440100").expect(200).hides("佛山智造1有限公司");
    let pool = visitor.json("/api/v1/providers?city=440100");
    assert_eq!(pool["total"], 0, "{pool}");
}

#[test]
fn a_place_is_not_corrected_between_the_notice_and_the_list() {
    let mut scene = scene();
    let (application, _) = scene.noticed(State::InNotice, "佛山市");
    let found = scene.test.read(|tx| Ok(applications::find(tx.db, &Scope::everything(), application)?));
    let name = "佛山智造1有限公司";
    let correct = |scene: &Scene, name: &str| {
        let body = json!({
            "version": 1, "name": name, "registered_area": "440305", "established_on": "2015-06-01", "reason": "已迁址",
        });
        let to = format!("/api/v1/organisations/{}/correction", found.organisation_id);
        scene.handler.api().call("POST", &to, &body)
    };
    // What the public reads of it now and what is counted of it later are one and the same.
    assert_eq!(correct(&scene, name).expect(409).code(), "organisation_in_notice");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    // A member's name is changed with its membership, by which the public finds the old one.
    let refused = correct(&scene, "深圳智造有限公司").expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "organisation_name_of_member");
    assert_eq!(correct(&scene, name).expect(200).json()["registered_area"], "440305");
    let cities = scene.test.read(|tx| Ok(published_lists::entries(tx.db, id)?));
    assert_eq!(cities.into_iter().map(|entry| entry.city).collect::<Vec<_>>(), [Some("440600".to_string())]);
}

#[test]
fn members_stand_in_the_pool_and_their_certificates_are_verified() {
    let mut scene = scene();
    let (_, vendor) = scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    let certificates = scene.test.read(|tx| Ok(published_lists::certificates(tx.db, id)?));
    let number = certificates[0].1.clone();
    let mut visitor = scene.test.visitor();
    visitor.get("/").expect(200).shows("2026年名单");
    visitor.get("/providers?q=%E6%99%BA%E9%80%A0").expect(200).shows("佛山智造1有限公司");
    visitor.get("/providers?city=440100").expect(200).hides("佛山智造1有限公司");
    visitor.get(&format!("/certificates/{number}")).expect(200).shows("该证书真实，今天有效");
    visitor.get("/certificates/YC-2026-00000000").expect(404);
    let pool = visitor.json("/api/v1/providers?q=%E6%99%BA%E9%80%A0&year=2026");
    assert_eq!(pool["total"], 1, "{pool}");
    let organisation = pool["items"][0]["id"].as_str().unwrap_or_default().to_string();
    // Whoever could collect numbers could print certificates: they are for those whom they are of.
    let provider = format!("/providers/{organisation}");
    visitor.get(&provider).expect(200).hides(&number);
    visitor.get(&format!("/lists/{id}/list.json")).expect(200).hides(&number);
    vendor.browser().get(&provider).expect(200).shows(&number);
    scene.handler.browser().get(&provider).expect(200).shows(&number);
    let told = |client: &mut Client| {
        client.json(&format!("/api/v1{provider}"))["memberships"][0]["certificate_number"].clone()
    };
    assert!(told(&mut visitor).is_null());
    assert_eq!(told(&mut vendor.api()), number.as_str());
    assert!(scene.test.letters_to(&vendor.email).len() <= 1);
    scene.test.set_clock(at("2035-01-01T00:00:00"));
    visitor.get(&format!("/certificates/{number}")).expect(200).shows("已过有效期");
    visitor.get("/providers").expect(200).hides("佛山智造1有限公司");
}

#[test]
fn numbers_of_persons_are_not_published() {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市 13812345678");
    assert_eq!(scene.propose().map_err(code), Err("list_mobile_number".into()));
}

#[test]
fn each_role_has_a_desk() {
    let mut scene = scene();
    let (_, vendor) = scene.noticed(State::InNotice, "佛山市");
    scene.handler.browser().get("/desk").expect(200).shows("可以拟定名单的批次");
    scene.propose().expect("it is proposed");
    scene.approver.browser().get("/desk").expect(200).shows("待审批的名单");
    vendor.browser().get("/desk").expect(200).shows("我的申报").shows("公示截止：");
    for role in [Role::Auditor, Role::SystemAdmin, Role::SecurityAdmin, Role::Evaluator] {
        let person = scene.test.person(&format!("{role}@example.org"), &[with(role)]);
        person.browser().get("/desk").expect(200);
    }
}
