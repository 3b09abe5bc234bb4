//! The people of the journey, and how they speak with the service.

use super::plan::{ALL, BUREAUS, EACH, PANEL, PLACES, PROGRAMMES, Plan, Reach, SHORT_OF_PLACES, plan};
use super::sample::{self, Sample};
use crate::support::app::{TestApp, at};
use crate::support::client::File;
use crate::support::{Answer, Client, Person, in_bureau, with};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use yuanchi::domain::actor::Role;

/// Experts of the pool.
pub const EXPERTS: usize = 12;
/// The year of the calls.
pub const YEAR: i32 = 2026;

/// Everybody and everything.
pub struct World {
    /// The registry.
    pub test: TestApp,
    /// The table.
    pub plans: Vec<Plan>,
    /// The made-up organisations, by index.
    pub samples: Vec<Sample>,
    /// Their administrators.
    pub vendors: Vec<Person>,
    /// A colleague of the first one, who fills in and may not submit.
    pub member: Option<Person>,
    /// The officer of each city's bureau.
    pub officers: Vec<Person>,
    /// The department's people.
    pub handler: Person,
    /// Who approves.
    pub approver: Person,
    /// Who organises a review from outside.
    pub evaluator: Person,
    /// Who reads everything and changes nothing.
    pub auditor: Person,
    /// Who runs the service.
    pub system_admin: Person,
    /// Who grants roles.
    pub security_admin: Person,
    /// The experts, in the order of their table.
    pub experts: Vec<Person>,
    /// The calls, in the order of the programmes.
    pub calls: Vec<String>,
    /// The applications, by index.
    pub applications: Vec<String>,
    /// The notices, in the order of the programmes.
    pub notices: Vec<String>,
    /// The paths of the published lists: main ones, then supplements.
    pub lists: Vec<String>,
    config_dir: PathBuf,
}

impl World {
    /// A registry with officers and experts and without a call.
    pub fn begin() -> World {
        let config_dir = lowered_config();
        let used = config_dir.clone();
        let test = TestApp::start_with(move |config| config.data.config_dir = used);
        let person = |email: &str, role| test.person(&format!("{email}@example.org"), &[with(role)]);
        let handler = person("handler", Role::Handler);
        let approver = person("approver", Role::Approver);
        let evaluator = person("evaluator", Role::Evaluator);
        let auditor = person("auditor", Role::Auditor);
        let system_admin = person("system", Role::SystemAdmin);
        let security_admin = person("security", Role::SecurityAdmin);
        let officers =
            BUREAUS.iter().map(|code| test.person(&format!("{code}@example.org"), &[in_bureau(code)])).collect();
        test.person("hengqin@example.org", &[in_bureau("hengqin")]);
        let mut world = World {
            plans: plan(),
            samples: Vec::new(),
            vendors: Vec::new(),
            member: None,
            officers,
            handler,
            approver,
            evaluator,
            auditor,
            system_admin,
            security_admin,
            experts: Vec::new(),
            calls: Vec::new(),
            applications: Vec::new(),
            notices: Vec::new(),
            lists: Vec::new(),
            config_dir,
            test,
        };
        world.import_experts();
        world
    }

    /// Experts come from a table, looked at first and then confirmed.
    fn import_experts(&mut self) {
        let clusters = &self.test.app.env.reference.clusters;
        let mut table = String::from("姓名,邮箱,单位,单位统一社会信用代码,职称,地市,专业领域,评审上限\r\n");
        for number in 0..EXPERTS {
            let fields: Vec<&str> = clusters.iter().skip(number % 5).step_by(4).map(|c| c.name.as_str()).collect();
            let (name, fields) = (expert_name(number), fields.join(";"));
            table.push_str(&format!("{name},expert{number}@example.org,南方制造研究院,,教授级高工,,{fields},80\r\n"));
        }
        let mut browser = self.handler.browser();
        browser.open("/experts/import");
        let file = File { field: "file", name: "experts.csv", bytes: table.as_bytes() };
        browser.upload("/experts/import", &[], &file).expect(200);
        browser.submit("/experts/import/confirmation", &[]).expect(303);
        self.experts = (0..EXPERTS).map(|number| self.test.invited(&format!("expert{number}@example.org"))).collect();
    }

    /// Sets the clock to an instant on the wall clock of Guangdong.
    pub fn clock(&self, local: &str) {
        self.test.set_clock(at(local) - chrono::Duration::hours(8));
    }

    /// Those of the plan whose application gets as far as this.
    pub fn reaching(&self, reach: Reach) -> Vec<Plan> {
        self.plans.iter().copied().filter(|plan| plan.reaches(reach)).collect()
    }

    /// The name of an organisation.
    pub fn name(&self, index: usize) -> &str {
        &self.samples[index].name
    }

    /// A path of an application in the API.
    pub fn resource(&self, index: usize, rest: &str) -> String {
        format!("/api/v1/applications/{}{rest}", self.applications[index])
    }

    /// A path of an application's pages.
    pub fn page(&self, index: usize, rest: &str) -> String {
        format!("/applications/{}{rest}", self.applications[index])
    }

    /// The version of an application as this caller sees it.
    #[track_caller]
    pub fn version(&self, caller: &mut Client, index: usize) -> i64 {
        caller.json(&self.resource(index, ""))["version"].as_i64().expect("a version")
    }

    /// Does something with an application as it stands now: the version is put into the body.
    #[track_caller]
    pub fn act(&self, caller: &mut Client, index: usize, rest: &str, mut body: Value) -> Answer {
        body["version"] = json!(self.version(caller, index));
        caller.call("POST", &self.resource(index, rest), &body)
    }

    /// The officer whose bureau has the file, calling.
    pub fn officer(&self, plan: &Plan) -> Client {
        self.officers[plan.city].api()
    }

    /// Registers every organisation through its administrator and notes it.
    pub fn register_everybody(&mut self) {
        for plan in self.plans.clone() {
            let reference = &self.test.app.env.reference;
            let mut sample = sample::organisation(plan.index, reference);
            if sample.area.is_some() && plan.city != plan.index % BUREAUS.len() {
                let city = &reference.cities[plan.city].code;
                sample.area = reference.counties_of(city).next().map(|county| county.code.clone());
                sample.service_city = Some(city.clone());
            }
            let vendor = self.test.person(&format!("vendor{}@example.org", plan.index), &[]);
            let registration = json!({
                "credit_code": sample.credit_code,
                "name": sample.name,
                "registered_area": sample.area.clone().unwrap_or_default(),
                "main_service_city": sample.service_city.clone().unwrap_or_default(),
                "established_on": format!("{}-05-20", 2009 + plan.index % 9),
                "address": format!("广东省示范路{}号", plan.index + 1),
                "contact_name": sample.contact,
                "contact_phone": format!("020-8{:07}", 1_000_000 + plan.index * 31),
            });
            vendor.api().call("POST", "/api/v1/organisations", &registration).expect(201);
            self.samples.push(sample);
            self.vendors.push(vendor);
        }
        assert_eq!(self.vendors.len(), ALL);
        // A colleague asks to join the first organisation; its administrator lets them in.
        let member = self.test.person("member@example.org", &[]);
        let joining = json!({"credit_code": self.samples[0].credit_code, "message": "负责填报"});
        let asked = member.api().call("POST", "/api/v1/join-requests", &joining).expect(201).json();
        let (organisation, request) = (&asked["organisation_id"], asked["id"].as_str().expect("an id"));
        let organisation = organisation.as_str().expect("an id");
        let decision = format!("/api/v1/organisations/{organisation}/join-requests/{request}/decision");
        self.vendors[0].api().call("POST", &decision, &json!({"accept": true})).expect(200);
        self.member = Some(member);
    }

    /// Letters of a kind, whole outbox: template and address.
    pub fn outbox(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for page in 1.. {
            let pager = yuanchi::db::page::Pager::new(Some(page), Some(200));
            let found = self.test.read(|tx| Ok(yuanchi::db::mails::list(tx.db, None, pager)?));
            let last = found.items.len() < 200;
            all.extend(found.items.into_iter().map(|mail| (mail.template, mail.to_address)));
            if last {
                break;
            }
        }
        all
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.config_dir);
    }
}

/// An expert's name; none of it may reach the public or a vendor.
pub fn expert_name(number: usize) -> String {
    format!("评审{}", ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑"][number])
}

/// A copy of the configuration in which places and panels are smaller.
fn lowered_config() -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    let to = std::env::temp_dir().join(format!("yuanchi-journey-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&to);
    for folder in ["programmes", "reference"] {
        std::fs::create_dir_all(to.join(folder)).expect("a folder");
        for file in std::fs::read_dir(from.join(folder)).expect("the configuration").flatten() {
            std::fs::copy(file.path(), to.join(folder).join(file.file_name())).expect("a copy");
        }
    }
    let quota = format!("[quota.bureaus]\n{} = 1", BUREAUS[SHORT_OF_PLACES]);
    let places = format!("\nplaces = {PLACES}\n");
    let smaller = ["\nexperts_per_application = 5", "\nmin_sheets = 3"];
    let panel = format!("\nexperts_per_application = {}", PANEL[1]);
    change(&to, PROGRAMMES[1], &[(smaller[0], &panel), (smaller[1], "\nmin_sheets = 2")]);
    change(
        &to,
        PROGRAMMES[2],
        &[
            (smaller[0], &panel),
            (smaller[1], "\nmin_sheets = 2"),
            ("[quota.bureaus]", &quota),
            ("\nplaces = 50\n", &places),
        ],
    );
    assert!(PANEL[0] == 5 && PANEL[1] == PANEL[2] && EACH > PLACES);
    to
}

fn change(dir: &Path, programme: &str, changes: &[(&str, &str)]) {
    let path = dir.join("programmes").join(format!("{programme}.toml"));
    let mut text = std::fs::read_to_string(&path).expect("a programme");
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {programme}");
        text = text.replace(old, new);
    }
    std::fs::write(path, text).expect("written");
}
