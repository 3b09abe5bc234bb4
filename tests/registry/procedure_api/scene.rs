//! One application whose state and facts are put as wanted, past the program, and a person for every role.

use crate::support::app::{TestApp, at};
use crate::support::{Person, admin_of, expert, in_bureau, member_of, with};
use yuanchi::db::applications::{self, Application};
use yuanchi::db::{Json, events};
use yuanchi::domain::actor::{Held, Role};
use yuanchi::domain::chain::canonical;
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::{ApplicationId, CallId, ExpertId, OrganisationId};
use yuanchi::domain::procedure::{Facts, State, Station};

/// The way that the file goes.
pub const STATIONS: &[Station] = &[Station::City, Station::Screening, Station::Review, Station::Notice];
/// Applications are accepted until here.
pub const CLOSES: &str = "2026-03-20T09:00:00";
/// Bureaus recommend until here.
pub const RECOMMEND_BY: &str = "2026-03-31T10:00:00";
/// Its bureau.
pub const OURS: &str = "foshan";

/// One call, one application whose facts are put as wanted, and a person for every role.
pub struct Scene {
    pub test: TestApp,
    pub call: CallId,
    pub organisation: OrganisationId,
    pub id: ApplicationId,
    pub people: Vec<(&'static str, Person, Held)>,
}

/// What is arranged around the application.
#[derive(Debug, Clone, Copy)]
pub struct Arranged {
    pub now: &'static str,
    /// A correction was asked for at each station and answered.
    used: bool,
    /// Another file has the bureau's one place.
    full: bool,
    /// An objection waits.
    objected: bool,
}

/// Everything open; everything over; everything used up.
pub const ARRANGED: [Arranged; 3] = [
    Arranged { now: "2026-03-02T01:00:00", used: false, full: false, objected: false },
    Arranged { now: "2026-04-10T01:00:00", used: false, full: false, objected: false },
    Arranged { now: "2026-03-02T01:00:00", used: true, full: true, objected: true },
];

/// Corrections and notices of an arrangement end here.
pub const ENDS: &str = "2026-03-10T16:00:00";

impl Scene {
    pub fn new() -> Scene {
        Scene::on(TestApp::start())
    }

    /// The same on a registry that was started already.
    pub fn on(test: TestApp) -> Scene {
        let handler = test.person("handler@scene.example.org", &[with(Role::Handler)]);
        let second = test.person("second@scene.example.org", &[with(Role::Approver)]);
        let mut programme = test.app.env.programme("feature_platform").expect("it is configured").clone();
        programme.quota.per_bureau = Some(1);
        assert_eq!(programme.stations, STATIONS);
        let instants = ["2026-02-01T00:00:00", CLOSES, RECOMMEND_BY];
        let id = test.call_between(programme, "2026 年特色型平台申报", instants, [&handler, &second]);
        let organisation = test.organisation("91440606722473344C", "甲公司", "440604");
        let other = test.organisation("914403001922038216", "乙公司", "440305");
        let known = ExpertId::new(&*test.app.env.ids);
        test.tamper(&format!(
            "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at)
             VALUES ('{known}', '李四', 'e@example.org', 'e@example.org', '某大学', '教授', '[]', 10, 'active',
                     '2026-03-02 01:00:00')"
        ));
        let everybody = [
            ("own-admin", admin_of(organisation)),
            ("own-member", member_of(organisation)),
            ("other-admin", admin_of(other)),
            ("own-bureau", in_bureau(OURS)),
            ("other-bureau", in_bureau("zhuhai")),
            ("a-handler", with(Role::Handler)),
            ("approver", with(Role::Approver)),
            ("evaluator", with(Role::Evaluator)),
            ("auditor", with(Role::Auditor)),
            ("expert", expert(known)),
            ("system", with(Role::SystemAdmin)),
            ("security", with(Role::SecurityAdmin)),
        ];
        let people: Vec<_> = everybody
            .into_iter()
            .map(|(name, held)| {
                (name, test.person(&format!("{name}@scene.example.org"), std::slice::from_ref(&held)), held)
            })
            .collect();
        let creator = people[0].1.clone();
        let mut scene = Scene { test, call: id, organisation, id: ApplicationId::new(&NoIds), people };
        scene.id = scene.filed(organisation, &creator, "2026-FP-0001");
        scene
    }

    /// A file with the city bureau, on record as filed.
    pub fn filed(&self, organisation: OrganisationId, creator: &Person, number: &str) -> ApplicationId {
        let id = ApplicationId::new(&*self.test.app.env.ids);
        let application = Application {
            id,
            call_id: self.call,
            organisation_id: organisation,
            number: Some(number.into()),
            state: State::Submitted,
            bureau: Some(OURS.into()),
            form: self.test.sealed_form(id, &RawForm::default()),
            members: Json(Vec::new()),
            submission_count: 1,
            submitted_at: Some(self.test.now()),
            created_by: creator.id,
            created_at: self.test.now(),
            updated_at: self.test.now(),
            version: 1,
        };
        let actor = creator.actor();
        let content = serde_json::json!({
            "number": number, "submission": 1, "submitted_at": "2026-03-02T01:00:00Z",
            "call": {"id": self.call, "programme": "feature_platform", "programme_digest": "0".repeat(64)},
            "organisation": {
                "name": "甲公司", "credit_code": "", "registered_area": null, "main_service_city": null,
                "established_on": null, "address": "",
            },
            "form": RawForm::default(), "members": [], "documents": [],
        });
        let sha256 = canonical::digest(&content);
        let digest = sha256.clone();
        self.test.write(move |tx| {
            applications::create(tx.db, &application)?;
            tx.record(
                &actor,
                yuanchi::actions::Record {
                    subject_kind: "application",
                    subject_id: application.id.as_text(),
                    action: "application.submitted",
                    role: "vendor_admin",
                    from: Some("draft"),
                    to: Some("submitted"),
                    detail: serde_json::json!({"submission": 1, "sha256": digest}),
                    ..yuanchi::actions::Record::default()
                },
            )
        });
        self.test.tamper(&format!(
            "INSERT INTO submissions (id, application_id, number, content, sha256, submitted_by, submitted_at)
             VALUES ('{id}', '{id}', 1, '{content}', '{sha256}', '{}', '2026-03-02 01:00:00')",
            creator.id
        ));
        id
    }

    /// Puts the application and everything around it as wanted, past the program.
    pub fn put(&self, state: State, arranged: Arranged) {
        let (id, call, by) = (self.id, self.call, self.people[0].1.id);
        let count = i32::from(state != State::Draft);
        let mut sql = format!(
            "DELETE FROM objection_identities; DELETE FROM objections; DELETE FROM corrections;
             DELETE FROM recommendations; DELETE FROM notice_entries; DELETE FROM notices;
             DELETE FROM decision_entries; DELETE FROM decisions;
             UPDATE applications SET state = '{state}', submission_count = {count}, version = 7 WHERE id = '{id}';"
        );
        let ends = ENDS.replace('T', " ");
        for (number, (station, back)) in
            [("city", State::CityCorrection), ("screening", State::ScreeningCorrection)].into_iter().enumerate()
        {
            let running = state == back;
            if running || arranged.used {
                let answered = if running { "NULL" } else { "'2026-03-01 00:00:00'" };
                sql += &format!(
                    "INSERT INTO corrections
                     (id, application_id, station, marks, note, due_at, requested_by, requested_at, answered_at)
                     VALUES ('00000000-0000-7000-8000-00000000000{number}', '{id}', '{station}', '[]', '', '{ends}',
                             '{by}', '2026-02-20 00:00:00', {answered});"
                );
            }
        }
        if Scene::is_undoing_proposed(state, arranged) {
            let (approver, at) = (self.people[6].1.id, "'2026-03-01 00:00:00'");
            sql += &format!(
                "INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at, decided_by, decided_at,
                                        undo_proposed_by, undo_proposed_at, undo_reason)
                 VALUES ('{id}', '{call}', 'approved', '择优', '{by}', {at}, '{approver}', {at}, '{by}', {at}, '有误');
                 INSERT INTO decision_entries (decision_id, application_id, outcome, reason)
                 VALUES ('{id}', '{id}', 'selected', '');"
            );
        }
        if arranged.full {
            sql += &format!(
                "INSERT INTO recommendations
                 (id, application_id, call_id, bureau, rank, opinion, recommended_by, recommended_at)
                 VALUES ('{id}', '{id}', '{call}', '{OURS}', 1, '同意', '{by}', '2026-02-20 00:00:00');"
            );
        }
        if matches!(state, State::InNotice | State::Held) {
            sql += &format!(
                "INSERT INTO notices (id, call_id, number, title, body, starts_on, ends_on, ends_at, opened_by, opened_at)
                 VALUES ('{id}', '{call}', '公示1', '公示', '', '2026-03-01', '2026-03-10', '{ends}', '{by}',
                         '2026-03-01 00:00:00');
                 INSERT INTO notice_entries (notice_id, application_id, position, shown) VALUES ('{id}', '{id}', 1, '[]');"
            );
            if arranged.objected {
                sql += &format!(
                    "INSERT INTO objections (id, number, notice_id, application_id, matter, received_at, status, shortcomings)
                     VALUES ('{id}', '异议1', '{id}', '{id}', '不符', '2026-03-02 00:00:00', 'accepted', '[]');"
                );
            }
        }
        self.test.tamper(&sql);
        self.test.set_clock(at(arranged.now));
    }

    /// Where a decision is in force it is to be undone, in the arrangements in which corrections were used.
    fn is_undoing_proposed(state: State, arranged: Arranged) -> bool {
        arranged.used && matches!(state, State::Proposed | State::NotSelected)
    }

    /// The facts as this test arranged them: not asked of the service.
    pub fn facts(state: State, arranged: Arranged) -> Facts {
        let before = |instant: &str| at(arranged.now) < at(instant);
        let back = matches!(state, State::CityCorrection | State::ScreeningCorrection);
        let noticed = matches!(state, State::InNotice | State::Held);
        Facts {
            call_open: before(CLOSES),
            recommendation_open: before(RECOMMEND_BY),
            correction_open: back && before(ENDS),
            city_correction_used: arranged.used || state == State::CityCorrection,
            screening_correction_used: arranged.used || state == State::ScreeningCorrection,
            quota_left: !(arranged.full && state == State::Submitted),
            objection_open: noticed && arranged.objected,
            notice_begun: noticed,
            notice_over: noticed && !before(ENDS),
            undo_proposed: Scene::is_undoing_proposed(state, arranged),
        }
    }

    pub fn sees(name: &str, state: State) -> bool {
        match name {
            "own-admin" | "own-member" => true,
            "own-bureau" | "a-handler" | "approver" | "evaluator" | "auditor" => state != State::Draft,
            _ => false,
        }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/applications/{}{rest}", self.id)
    }

    /// The officer of its bureau.
    pub fn officer(&self) -> &Person {
        &self.people[3].1
    }

    /// Rows of its record.
    pub fn recorded(&self, id: ApplicationId) -> usize {
        self.test.read(|tx| Ok(events::of_subject(tx.db, "application", id.as_text())?)).len()
    }
}

/// For an id that is replaced at once.
struct NoIds;

impl yuanchi::domain::ids::IdSource for NoIds {
    fn next(&self) -> uuid::Uuid {
        uuid::Uuid::nil()
    }
}
