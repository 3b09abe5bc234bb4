//! Every cell of state × action × role, asked through the API; and what happens when two ask at once.

use super::support::app::{TestApp, at};
use super::support::{Person, admin_of, expert, in_bureau, member_of, with};
use chrono::NaiveDateTime;
use serde_json::{Value, json};
use yuanchi::db::applications::{self, Application};
use yuanchi::db::calls::{self, Call};
use yuanchi::db::{Json, events};
use yuanchi::domain::actor::{Actor, Held, Role};
use yuanchi::domain::call::CallStatus;
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::{ApplicationId, CallId, ExpertId, OrganisationId};
use yuanchi::domain::procedure::{self, Action, Facts, Standpoint, State, Station};
use yuanchi::domain::refusal::RefusalKind;

const STATIONS: &[Station] = &[Station::City, Station::Screening, Station::Review, Station::Notice];
const CLOSES: &str = "2026-03-20T09:00:00";
const RECOMMEND_BY: &str = "2026-03-31T10:00:00";
const OURS: &str = "foshan";

/// One call, one application whose facts are put as wanted, and a person for every role.
struct Scene {
    test: TestApp,
    call: CallId,
    organisation: OrganisationId,
    id: ApplicationId,
    people: Vec<(&'static str, Person, Held)>,
}

/// What is arranged around the application.
#[derive(Debug, Clone, Copy)]
struct Arranged {
    now: &'static str,
    /// A correction was asked for at each station and answered.
    used: bool,
    /// Another file has the bureau's one place.
    full: bool,
    /// An objection waits.
    objected: bool,
}

const ARRANGED: [Arranged; 3] = [
    Arranged { now: "2026-03-02T01:00:00", used: false, full: false, objected: false },
    Arranged { now: "2026-04-10T01:00:00", used: false, full: false, objected: false },
    Arranged { now: "2026-03-02T01:00:00", used: true, full: true, objected: true },
];

/// Corrections and notices of an arrangement end here.
const ENDS: &str = "2026-03-10T16:00:00";

impl Scene {
    fn new() -> Scene {
        let test = TestApp::start();
        let handler = test.person("handler@example.org", &[with(Role::Handler)]);
        let second = test.person("second@example.org", &[with(Role::Approver)]);
        let mut programme = test.app.env.programme("feature_platform").expect("it is configured").clone();
        programme.quota.per_bureau = Some(1);
        assert_eq!(programme.stations, STATIONS);
        let call = Call {
            id: CallId::new(&*test.app.env.ids),
            programme_key: programme.key.clone(),
            programme_version: 1,
            programme_digest: programme.digest(),
            programme: Json(programme),
            year: 2026,
            title: "2026 年特色型平台申报".into(),
            body: "按通知申报。".into(),
            basis_title: "若干措施".into(),
            basis_number: "粤府办〔2025〕1号".into(),
            basis_issued_on: "2025-01-01".parse().expect("a date"),
            basis_valid_until: None,
            opens_at: at("2026-02-01T00:00:00"),
            closes_at: at(CLOSES),
            recommend_by: at(RECOMMEND_BY),
            status: CallStatus::Approved,
            copied_from: None,
            drafted_by: handler.id,
            approved_by: Some(second.id),
            approved_at: Some(at("2026-01-20T00:00:00")),
            created_at: at("2026-01-15T00:00:00"),
            version: 1,
        };
        let id = call.id;
        test.write(move |tx| Ok(calls::create(tx.db, &call)?));
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
            .map(|(name, held)| (name, test.person(&format!("{name}@example.org"), &[held.clone()]), held))
            .collect();
        let creator = people[0].1.clone();
        let mut scene = Scene { test, call: id, organisation, id: ApplicationId::new(&NoIds), people };
        scene.id = scene.filed(organisation, &creator, "2026-FP-0001");
        scene
    }

    /// A file with the city bureau, on record as filed.
    fn filed(&self, organisation: OrganisationId, creator: &Person, number: &str) -> ApplicationId {
        let application = Application {
            id: ApplicationId::new(&*self.test.app.env.ids),
            call_id: self.call,
            organisation_id: organisation,
            number: Some(number.into()),
            state: State::Submitted,
            bureau: Some(OURS.into()),
            form: Json(RawForm::default()),
            members: Json(Vec::new()),
            submission_count: 1,
            submitted_at: Some(self.test.now()),
            created_by: creator.id,
            created_at: self.test.now(),
            updated_at: self.test.now(),
            version: 1,
        };
        let (id, actor) = (application.id, creator.actor());
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
                    ..yuanchi::actions::Record::default()
                },
            )
        });
        let empty = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        self.test.tamper(&format!(
            "INSERT INTO submissions (id, application_id, number, content, sha256, submitted_by, submitted_at)
             VALUES ('{id}', '{id}', 1, '{{}}', '{empty}', '{}', '2026-03-02 01:00:00')",
            creator.id
        ));
        id
    }

    /// Puts the application and everything around it as wanted, past the program.
    fn put(&self, state: State, arranged: Arranged) {
        let (id, call, by) = (self.id, self.call, self.people[0].1.id);
        let count = i32::from(state != State::Draft);
        let mut sql = format!(
            "DELETE FROM objection_identities; DELETE FROM objections; DELETE FROM corrections;
             DELETE FROM recommendations; DELETE FROM notice_entries; DELETE FROM notices;
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

    /// The facts as this test arranged them: not asked of the service.
    fn facts(state: State, arranged: Arranged) -> Facts {
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
        }
    }

    fn sees(name: &str, state: State) -> bool {
        match name {
            "own-admin" | "own-member" => true,
            "own-bureau" | "a-handler" | "approver" | "evaluator" | "auditor" => state != State::Draft,
            _ => false,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/applications/{}{rest}", self.id)
    }
}

/// For an id that is replaced at once.
struct NoIds;

impl yuanchi::domain::ids::IdSource for NoIds {
    fn next(&self) -> uuid::Uuid {
        uuid::Uuid::nil()
    }
}

fn actor(held: &Held) -> Actor {
    Actor { account: None, name: String::new(), language: "zh-CN".into(), held: vec![held.clone()] }
}

/// The addresses of the actions that are taken on one application, who may call them, and a body that is right but for
/// its version: whatever the table allows is then refused as stale, and nothing changes.
fn endpoints(state: State) -> Vec<(Action, &'static str, &'static str, &'static [Role], Value)> {
    const VENDOR: &[Role] = &[Role::VendorAdmin, Role::VendorMember];
    const ADMIN: &[Role] = &[Role::VendorAdmin];
    const CITY: &[Role] = &[Role::CityOfficer];
    const OFFICERS: &[Role] = &[Role::CityOfficer, Role::Handler];
    const HANDLER: &[Role] = &[Role::Handler];
    let submit = if state == State::Draft { Action::Submit } else { Action::Resubmit };
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    let screening = |conclusion| json!({"version": 1, "conclusion": conclusion, "findings": [], "reason": "不符"});
    let reason = || json!({"version": 1, "reason": "不符"});
    vec![
        (Action::Save, "PATCH", "/form", VENDOR, json!({"version": 1, "form": {}})),
        (submit, "POST", "/submission", ADMIN, json!({"version": 1, "commitment": true})),
        (Action::Withdraw, "POST", "/withdrawal", ADMIN, reason()),
        (Action::RequestCorrection, "POST", "/corrections", OFFICERS, json!({"version": 1, "marks": marks})),
        (
            Action::ExtendCorrection,
            "POST",
            "/corrections/extension",
            OFFICERS,
            json!({"version": 1, "due_on": "2026-04-15", "reason": "停电"}),
        ),
        (Action::Recommend, "POST", "/recommendation", CITY, json!({"version": 1, "opinion": "同意"})),
        (Action::NotRecommend, "POST", "/refusal", CITY, reason()),
        (Action::FileResult, "POST", "/result", CITY, json!({"version": 1, "outcome": "recognised", "reason": "达标"})),
        (Action::Accept, "POST", "/screening", HANDLER, screening("accepted")),
        (Action::DeclareIneligible, "POST", "/screening", HANDLER, screening("ineligible")),
    ]
}

#[test]
fn every_cell_gives_what_the_table_says() {
    let mut scene = Scene::new();
    scene.test.expect_violations();
    let mut asked = 0;
    for arranged in ARRANGED {
        for state in State::ALL.iter().copied() {
            scene.put(state, arranged);
            let facts = Scene::facts(state, arranged);
            let standpoint = Standpoint {
                state,
                stations: STATIONS,
                organisation: scene.organisation,
                bureau: Some(OURS),
                facts: &facts,
            };
            for (name, person, held) in &scene.people {
                let cell = format!("{name} in {state}, {arranged:?}");
                let mut caller = person.api();
                let seen = caller.get(&scene.path(""));
                if Scene::sees(name, state) {
                    let offered = seen.expect(200).json()["actions"].clone();
                    assert_eq!(offered, json!(procedure::available(&actor(held), &standpoint)), "{cell}");
                } else {
                    assert_eq!(seen.status, 404, "{cell}: {seen}");
                }
                for (action, method, rest, roles, body) in endpoints(state) {
                    let answer = caller.call(method, &scene.path(rest), &body);
                    let found = (answer.status, answer.code());
                    let expected = if !roles.contains(&held.role) {
                        (403, "wrong_role".to_string())
                    } else if !Scene::sees(name, state) {
                        (404, "not_found".to_string())
                    } else {
                        match procedure::permit(&actor(held), action, &standpoint) {
                            // Nothing but the version was wrong with it.
                            Ok(_) => (409, "stale".to_string()),
                            Err(refusal) => {
                                let status = if refusal.kind == RefusalKind::Forbidden { 403 } else { 409 };
                                (status, refusal.code.to_string())
                            }
                        }
                    };
                    assert_eq!(found, expected, "{action} by {cell}: {answer}");
                    asked += 1;
                }
            }
            let id = scene.id;
            let stored =
                scene.test.read(|tx| Ok(applications::find(tx.db, &yuanchi::domain::scope::Scope::everything(), id)?));
            assert_eq!((stored.state, stored.version), (state, 7), "nothing was changed by asking");
        }
    }
    assert_eq!(asked, ARRANGED.len() * State::ALL.len() * scene.people.len() * endpoints(State::Draft).len());
}

impl Scene {
    fn officer(&self) -> &Person {
        &self.people[3].1
    }

    fn recorded(&self, id: ApplicationId) -> usize {
        self.test.read(|tx| Ok(events::of_subject(tx.db, "application", id.as_text())?)).len()
    }
}

#[test]
fn a_double_click_and_a_refresh_act_once() {
    let scene = Scene::new();
    let mut officer = scene.officer().api();
    let body = json!({"version": 1, "opinion": "同意推荐"});
    let to = scene.path("/recommendation");
    // With a key the answer is the same, whether it is sent again at once or later.
    let first = officer.call_once("click-1", "POST", &to, &body).expect(201).json();
    let again = officer.call_once("click-1", "POST", &to, &body).expect(201).json();
    assert_eq!(first, again);
    assert_eq!(scene.recorded(scene.id), 2);
    // The same key for something else is a mistake of the caller.
    let other = json!({"version": 1, "opinion": "另一意见"});
    assert!(officer.call_once("click-1", "POST", &to, &other).status >= 409);
    // Without one the state has moved on.
    assert_eq!(officer.call("POST", &to, &body).expect(409).code(), "wrong_state");
    assert_eq!(scene.recorded(scene.id), 2);
}

#[test]
fn of_two_tabs_the_second_is_told_that_it_is_stale() {
    let scene = Scene::new();
    let (mut one, mut two) = (scene.officer().browser(), scene.officer().browser());
    let to = format!("/applications/{}/corrections", scene.id);
    let refusal = format!("/applications/{}/refusal", scene.id);
    one.open(&format!("{to}/new"));
    two.open(&refusal);
    one.submit(&to, &[("mark-field-platform_name", "yes"), ("reason-field-platform_name", "请核对")]).expect(303);
    two.submit(&refusal, &[("reason", "不予推荐")]).expect(409);
    assert_eq!(scene.recorded(scene.id), 2);
}

#[test]
fn of_two_officers_at_once_one_gets_the_last_place() {
    let scene = Scene::new();
    let second = scene.test.organisation("9144030071526726XG", "丙公司", "440605");
    let vendor = scene.test.person("third@example.org", &[admin_of(second)]);
    let other = scene.filed(second, &vendor, "2026-FP-0002");
    let colleague = scene.test.person("colleague@example.org", &[in_bureau(OURS)]);
    let body = json!({"version": 1, "opinion": "同意推荐"});
    let start = std::sync::Barrier::new(2);
    let mut answers: Vec<(u16, String)> = std::thread::scope(|scope| {
        let run = |person: Person, id: ApplicationId| {
            let (start, body) = (&start, &body);
            scope.spawn(move || {
                let mut caller = person.api();
                start.wait();
                let answer = caller.call("POST", &format!("/api/v1/applications/{id}/recommendation"), body);
                let json = answer.json();
                (answer.status, json["code"].as_str().unwrap_or_default().to_string())
            })
        };
        let threads = [run(scene.officer().clone(), scene.id), run(colleague, other)];
        threads.into_iter().map(|thread| thread.join().expect("it answers")).collect()
    });
    answers.sort();
    assert_eq!(answers, [(201, String::new()), (409, "quota_used_up".to_string())]);
}

#[test]
fn of_two_officers_on_one_file_one_is_told_that_it_has_moved_on() {
    let scene = Scene::new();
    let start = std::sync::Barrier::new(2);
    let requests = [
        ("/refusal", json!({"version": 1, "reason": "不予推荐"})),
        ("/recommendation", json!({"version": 1, "opinion": "同意推荐"})),
    ];
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = requests
            .iter()
            .map(|(rest, body)| {
                let (scene, start) = (&scene, &start);
                let (person, to) = (scene.officer().clone(), scene.path(rest));
                scope.spawn(move || {
                    let mut caller = person.api();
                    start.wait();
                    caller.call("POST", &to, body).status
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("it answers")).collect()
    });
    statuses.sort();
    assert_eq!(statuses, [201, 409]);
    assert_eq!(scene.recorded(scene.id), 2);
}

#[test]
fn a_wrong_credit_code_is_refused_with_its_place_and_a_wrong_check_character_is_a_warning() {
    let test = TestApp::start();
    let person = test.person("new@example.org", &[]);
    let mut caller = person.api();
    let mut body = json!({
        "credit_code": "91440300192203821O", "name": "丁公司", "registered_area": "440305",
        "established_on": "2015-06-01", "address": "广东省", "contact_name": "张三", "contact_phone": "020-83133000",
    });
    // The letter O is in no code; the place is counted from 1.
    let refused = caller.call("POST", "/api/v1/organisations", &body).expect(422).json();
    assert_eq!(refused["fields"][0]["path"], "credit_code", "{refused}");
    assert!(refused["fields"][0]["message"].as_str().is_some_and(|said| said.contains("18")), "{refused}");
    body["credit_code"] = json!("9144030019220382");
    assert_eq!(
        caller.call("POST", "/api/v1/organisations", &body).expect(422).json()["fields"][0]["path"],
        "credit_code"
    );
    // Full width and small letters are brought into form; the check character is wrong, which an officer may override.
    body["credit_code"] = json!("９１44030071526726xa");
    let made = caller.call("POST", "/api/v1/organisations", &body).expect(201).json();
    assert_eq!((&made["credit_code"], &made["code_check"]), (&json!("9144030071526726XA"), &json!("wrong")));
    let second = test.person("second@example.org", &[]);
    let taken = second.api().call("POST", "/api/v1/organisations", &body);
    assert!(matches!(taken.status, 409 | 422), "{taken}");
}

/// An instant of the arrangements is an instant.
#[test]
fn arrangements_lie_where_they_should() {
    let instants: Vec<NaiveDateTime> = ARRANGED.iter().map(|arranged| at(arranged.now)).collect();
    assert!(instants[0] < at(ENDS) && at(ENDS) < at(CLOSES) && at(CLOSES) < at(RECOMMEND_BY));
    assert!(instants[1] > at(RECOMMEND_BY) && instants[2] == instants[0]);
}
