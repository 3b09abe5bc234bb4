//! Who may hold what, from whom and for how long: administration lies with different people, and nothing is held for ever.

use super::organisations::registration;
use super::support::app::at;
use super::support::node::Node;
use super::support::race::together;
use super::support::{Answer, Client, Person, TestApp, admin_of, in_bureau, with};
use chrono::{Duration, NaiveDate};
use serde_json::{Value, json};
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::refusal::Refusal;
use yuanchi::words::Words;

fn grants(person: &Person) -> String {
    format!("/api/v1/accounts/{}/grants", person.id)
}

fn give(by: &Person, to: &Person, role: Role, ends_on: &str) -> Answer {
    let body = json!({"role": role, "reason": "岗位需要", "ends_on": ends_on, "bureau": "guangzhou"});
    by.api().call("POST", &grants(to), &body)
}

fn only_grant(test: &TestApp, person: &Person) -> Value {
    let shown = reader(test).json(&format!("/api/v1/accounts/{}", person.id));
    let roles = shown["roles"].as_array().expect("roles");
    assert_eq!(roles.len(), 1, "{shown}");
    roles[0].clone()
}

/// An auditor's program, of an account of its own each time.
fn reader(test: &TestApp) -> Client {
    let number = test.read(|tx| Ok(db::accounts::count(tx.db)?));
    test.person(&format!("reader{number}@example.org"), &[with(Role::Auditor)]).api()
}

#[test]
fn c_24_the_three_administrations_never_meet_in_one_person() {
    let test = TestApp::start();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    // Nor with anybody who has a part in the procedure; and there whoever handles a file approves none, whoever recommends one does
    // neither, and whoever evaluates does none of it, whichever of two roles comes first.
    let administrations = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];
    let roles: Vec<Role> = administrations
        .into_iter()
        .chain([Role::CityOfficer, Role::Handler, Role::Approver, Role::Evaluator])
        .collect();
    // Somebody stays in office when that is taken from another.
    test.person("system@example.org", &[with(Role::SystemAdmin)]);
    for held in roles.iter().copied() {
        let holds = if held == Role::CityOfficer { in_bureau("guangzhou") } else { with(held) };
        let person = test.person(&format!("has-{held}@example.org"), &[holds]);
        for wanted in roles.iter().copied() {
            let refused = give(&keeper, &person, wanted, "").expect(409);
            let expected = if held == wanted { "role_already_held" } else { "roles_apart" };
            assert_eq!(refused.code(), expected, "{held} and {wanted}");
        }
        // Once the one was taken back, another may be given.
        let grant = only_grant(&test, &person)["id"].as_str().expect("an id").to_string();
        let path = format!("{}/{grant}", grants(&person));
        keeper.api().call("DELETE", &path, &json!({"reason": "轮岗"})).expect(200);
        let next = if held == Role::Evaluator { Role::Approver } else { Role::Evaluator };
        give(&keeper, &person, next, "").expect(201);
    }
    // An applicant is none of them either.
    let organisation = test.organisation("914403001922038216", "云帆智造", "440305");
    let vendor = test.person("vendor@example.org", &[admin_of(organisation)]);
    for wanted in roles {
        assert_eq!(give(&keeper, &vendor, wanted, "").expect(409).code(), "roles_apart", "{wanted}");
    }
    // Nobody gives themselves anything, and nobody but the security administrator gives anybody anything.
    assert_eq!(give(&keeper, &keeper, Role::Evaluator, "").expect(409).code(), "own_roles");
    let newcomer = test.person("newcomer@example.org", &[]);
    for role in [Role::Handler, Role::Approver, Role::Evaluator, Role::Auditor, Role::SystemAdmin] {
        let other = test.person(&format!("{role}@example.org"), &[with(role)]);
        assert_eq!(give(&other, &newcomer, Role::Evaluator, "").expect(403).code(), "wrong_role", "{role}");
    }
}

/// Whoever is told that two roles do not go together is told which one the person has.
#[test]
fn the_role_that_stands_in_the_way_is_named_as_it_is() {
    for role in Role::ALL.iter().copied().filter(|role| *role != Role::System) {
        let refusal = Refusal::conflict("roles_apart").with("held", role);
        for language in ["zh-CN", "zh-TW", "en"] {
            let named = Words.say(language, &format!("role-{role}")).to_lowercase();
            let told = Words.refusal(language, &refusal).to_lowercase();
            assert!(told.contains(&named), "{language}, {named}: {told}");
        }
    }
}

#[test]
fn c_24_the_last_administrator_stays() {
    let test = TestApp::start();
    let system = test.person("system@example.org", &[with(Role::SystemAdmin)]);
    let first = test.person("first@example.org", &[with(Role::SecurityAdmin)]);
    let close = |by: &Person, whom: &Person| {
        let version = by.api().json(&format!("/api/v1/accounts/{}", whom.id))["version"].clone();
        let body = json!({"version": version, "reason": "离岗"});
        by.api().call("POST", &format!("/api/v1/accounts/{}/status", whom.id), &body)
    };
    assert_eq!(close(&system, &first).expect(409).code(), "last_administrator");
    assert_eq!(close(&first, &system).expect(409).code(), "last_administrator");
    assert_eq!(close(&first, &first).expect(409).code(), "own_account");
    let grant = |person: &Person| {
        let grant = only_grant(&test, person)["id"].as_str().expect("an id").to_string();
        format!("{}/{grant}", grants(person))
    };
    let path = grant(&system);
    let refused = first.api().call("DELETE", &path, &json!({"reason": "调岗"})).expect(409);
    assert_eq!(refused.code(), "last_administrator");
    // Two who take the office from one another at once: one of them keeps it.
    let second = test.person("second@example.org", &[with(Role::SecurityAdmin)]);
    let paths = [grant(&second), grant(&first)];
    let (one, other) = (first.api(), second.api());
    let answers = together(
        [(one, &paths[0]), (other, &paths[1])]
            .into_iter()
            .map(|(mut api, path)| move || api.call("DELETE", path, &json!({"reason": "调岗"}))),
    );
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    // The other one had lost the office, and its session with it, or was told that it is the last.
    let lost = answers.iter().filter(|answer| matches!(answer.status, 401 | 403 | 409)).count();
    assert_eq!((won, lost), (1, 1), "{answers:?}");
    let left = test.read(|tx| Ok(db::accounts::holders(tx.db, Role::SecurityAdmin, tx.now)?));
    assert_eq!(left.len(), 1);
    let (who, gone) = if left[0].id == first.id { (&first, &second) } else { (&second, &first) };
    assert_eq!(close(&system, who).expect(409).code(), "last_administrator");
    // Nor does whoever is watched get rid of the last one who watches: by no way, on no page, by nobody.
    for reader in test.read(|tx| Ok(db::accounts::holders(tx.db, Role::Auditor, tx.now)?)) {
        test.take_roles(reader.id);
    }
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let held = test.read(|tx| Ok(db::accounts::grants_of(tx.db, auditor.id)?));
    let path = format!("{}/{}", grants(&auditor), held[0].id);
    let refused = who.api().call("DELETE", &path, &json!({"reason": "调岗"})).expect(409);
    assert_eq!(refused.code(), "last_administrator");
    for by in [&system, who] {
        assert_eq!(close(by, &auditor).expect(409).code(), "last_administrator", "{}", by.email);
        let offered = by.api().json(&format!("/api/v1/accounts/{}", auditor.id))["actions"].clone();
        assert!(!offered.to_string().contains("close") && !offered.to_string().contains("revoke"), "{offered}");
        let mut page = by.browser();
        page.open(&format!("/accounts/{}", auditor.id));
        for action in ["status".to_string(), format!("grants/{}/revocation", held[0].id)] {
            assert!(!page.offers(&format!("/accounts/{}/{action}", auditor.id)), "{}: {action}", by.email);
        }
    }
    // With a second one it goes, and the second one stays then.
    let other = test.person("other@example.org", &[with(Role::Auditor)]);
    who.api().call("DELETE", &path, &json!({"reason": "调岗"})).expect(200);
    assert_eq!(close(&system, &other).expect(409).code(), "last_administrator");
    // Whoever is in no office any more watches nobody.
    close(&system, gone).expect(200);
}

/// Nothing forces an auditor to be named, for a service begins without one; that there is none is said to those who can mend it.
#[test]
fn c_24_both_administrations_are_told_that_nobody_audits() {
    let test = TestApp::start();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let system = test.person("system@example.org", &[with(Role::SystemAdmin)]);
    let clerk = test.person("clerk@example.org", &[with(Role::Handler)]);
    let (none, nobody) = ("尚无在任的审计员", "无人在任");
    let say_so = |told: bool| {
        for person in [&keeper, &system] {
            assert_eq!(person.browser().open("/desk").text().contains(none), told, "{}", person.email);
        }
        assert_eq!(system.browser().open("/settings").text().contains(nobody), told);
    };
    say_so(true);
    clerk.browser().open("/desk").hides(none);
    // Whoever was invited to it by mistake and never came holds nothing up: the role is taken back.
    let invitation = json!({ "name": "误邀", "email": "mistaken@example.org" });
    let invited = system.api().call("POST", "/api/v1/accounts", &invitation).expect(201).json();
    let account = format!("/api/v1/accounts/{}", invited["id"].as_str().expect("an id"));
    let role = json!({ "role": "auditor", "reason": "到任" });
    let given = keeper.api().call("POST", &format!("{account}/grants"), &role).expect(201).json();
    say_so(true);
    let grant = format!("{account}/grants/{}", given["id"].as_str().expect("an id"));
    keeper.api().call("DELETE", &grant, &json!({ "reason": "误邀" })).expect(200);
    let auditor = test.person("auditor@example.org", &[]);
    give(&keeper, &auditor, Role::Auditor, "2026-06-30").expect(201);
    say_so(false);
    // The end is told in time, to the auditor too; the day after it nobody is there again, and no link is made for that.
    test.set_clock(at("2026-06-23T02:00:00"));
    yuanchi::jobs::remind_of_offices(&test.app).expect("a turn");
    test.run_jobs();
    for person in [&keeper, &system, &auditor] {
        let letters = test.letters_to(&person.email).into_iter().filter(|letter| letter.subject.contains("即将到期"));
        assert_eq!(letters.count(), 1, "{}", person.email);
    }
    test.set_clock(at("2026-06-30T16:00:00"));
    say_so(true);
    assert!(test.write(yuanchi::actions::offices::bootstrap_link).is_none(), "the security administrator names one");
    give(&keeper, &auditor, Role::Auditor, "").expect(201);
    say_so(false);
}

#[test]
fn c_24_every_role_has_a_giver_a_reason_and_an_end_that_acts_at_the_next_request() {
    let test = TestApp::start();
    let other = Node::beside(&test);
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let clerk = test.person("clerk@example.org", &[]);
    let problem = |body: Value| {
        let answer = keeper.api().call("POST", &grants(&clerk), &body).expect(422).json();
        let field = &answer["fields"][0];
        (field["path"].as_str().unwrap_or_default().to_string(), field["code"].as_str().unwrap_or_default().to_string())
    };
    let wrong = |path: &str, code: &str| (path.to_string(), code.to_string());
    let ends = |ends_on: &str| json!({"role": "handler", "reason": "岗位需要", "ends_on": ends_on});
    assert_eq!(problem(json!({"role": "handler", "reason": " "})).0, "reason");
    assert_eq!(problem(ends("2026-03-01")), wrong("ends_on", "date_past"));
    assert_eq!(problem(ends("tomorrow")), wrong("ends_on", "date_invalid"));
    assert_eq!(problem(ends("2029-03-02")), wrong("ends_on", "role_term_too_long"));
    // Without a day it is the longest term, and never none.
    let longest = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day") + Duration::days(1_095);
    let other_clerk = test.person("other@example.org", &[]);
    let given = give(&keeper, &other_clerk, Role::Handler, "").expect(201).json();
    assert_eq!(given["ends_on"], json!(longest));
    assert_eq!((&given["granted_by"], &given["reason"]), (&json!(keeper.id), &json!("岗位需要")));
    // Today is the last day: until midnight in Guangdong, and not a second longer, on whichever node.
    give(&keeper, &clerk, Role::Handler, "2026-03-02").expect(201);
    test.set_clock(at("2026-03-02T15:59:00"));
    let (mut page, mut api) = (clerk.browser(), clerk.api());
    let mut there = other.visitor();
    there.set_cookie("__Host-sid", page.cookie("__Host-sid").expect("a session"));
    page.open("/reviews");
    there.open("/reviews");
    api.get("/api/v1/reviews").expect(200);
    test.set_clock(at("2026-03-02T16:00:00"));
    there.get("/reviews").expect(403);
    page.get("/reviews").expect(403);
    assert_eq!(api.get("/api/v1/reviews").expect(403).code(), "wrong_role");
    page.open("/desk");
    // Given again; then for longer, which takes the place of the shorter term; never for less under the same name.
    give(&keeper, &clerk, Role::Handler, "2026-04-01").expect(201);
    assert_eq!(give(&keeper, &clerk, Role::Handler, "2026-04-01").expect(409).code(), "role_already_held");
    assert_eq!(give(&keeper, &clerk, Role::Handler, "2026-03-20").expect(409).code(), "role_already_held");
    give(&keeper, &clerk, Role::Handler, "2026-05-01").expect(201);
    let id = clerk.id;
    let held = test.read(|tx| Ok(db::sessions::held(tx.db, id, tx.now)?));
    assert_eq!(held.len(), 1, "one handler, once: {held:?}");
    let mut reader = keeper.browser();
    reader.open(&format!("/accounts/{}", clerk.id)).shows("2026年5月1日").shows("keeper").shows("最长 1095 天");
}

/// An administrator's end is told to both administrations a month and a week before, once each, and another puts it off.
#[test]
fn c_24_the_end_of_an_office_is_told_in_time_and_another_puts_it_off() {
    let test = TestApp::start();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let system = test.person("system@example.org", &[with(Role::SystemAdmin)]);
    let leaving = test.person("leaving@example.org", &[]);
    let clerk = test.person("clerk@example.org", &[]);
    give(&keeper, &leaving, Role::SystemAdmin, "2026-06-30").expect(201);
    give(&keeper, &clerk, Role::Handler, "2026-06-30").expect(201);
    let told = |email: &str| {
        let letters = test.letters_to(email).into_iter().filter(|letter| letter.subject.contains("即将到期"));
        letters.map(|letter| letter.text).collect::<Vec<_>>()
    };
    let mut counts = Vec::new();
    for day in ["2026-05-30", "2026-05-31", "2026-06-10", "2026-06-22", "2026-06-23", "2026-06-30"] {
        test.set_clock(at(&format!("{day}T02:00:00")));
        for _ in 0..2 {
            yuanchi::jobs::remind_of_offices(&test.app).expect("a turn");
        }
        test.run_jobs();
        counts.push(told(&keeper.email).len());
    }
    assert_eq!(counts, [0, 1, 1, 1, 2, 2], "thirty days before and seven, and not twice");
    for person in [&keeper, &system, &leaving] {
        let letters = told(&person.email);
        assert_eq!(letters.len(), 2, "{}", person.email);
        assert!(letters.iter().all(|text| text.contains("leaving") && text.contains("2026年6月30日")), "{letters:?}");
    }
    assert_eq!(told(&clerk.email).len(), 0, "it is the administrations' to know");
    give(&keeper, &leaving, Role::SystemAdmin, "2026-12-31").expect(201);
    test.set_clock(at("2026-07-01T02:00:00"));
    leaving.api().get("/api/v1/accounts").expect(200);
}

/// Once nobody holds an office any more, only a link that the operator is shown fills it, and only while that is so. It gives the
/// office to accounts that are there, and opens none of them.
#[test]
fn c_24_an_office_that_ended_is_filled_by_the_operators_link_while_it_is_empty() {
    const FORM: [(&str, &str); 6] = [
        ("name", "某人"),
        ("email", "system@example.org"),
        ("password", "Quite another Password, 7 words of it"),
        ("password_again", "Quite another Password, 7 words of it"),
        ("security_name", "某人"),
        ("security_email", "keeper@example.org"),
    ];
    let test = TestApp::start();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let [system, other] = ["system", "other"].map(|name| test.person(&format!("{name}@example.org"), &[]));
    test.person("auditor@example.org", &[with(Role::Auditor)]);
    give(&keeper, &system, Role::SystemAdmin, "2026-06-30").expect(201);
    let link = || test.write(yuanchi::actions::offices::bootstrap_link);
    test.set_clock(at("2026-06-30T15:00:00"));
    assert!(link().is_none(), "both offices are filled to the end of the day");
    test.set_clock(at("2026-06-30T16:00:00"));
    let shown = link().expect("nobody is system administrator any more");
    let path = format!("/setup/{}", shown.rsplit('/').next().unwrap_or_default());
    test.visitor().open(&path);
    give(&keeper, &other, Role::SystemAdmin, "").expect(201);
    test.visitor().get(&path).expect(422);
    test.take_roles(other.id);
    let mut browser = test.visitor();
    browser.open(&path);
    let mut apart = FORM;
    apart[5].1 = "auditor@example.org";
    browser.submit(&path, &apart).expect(409);
    browser.open(&path);
    browser.submit(&path, &FORM).expect(200).shows("已有账号");
    test.visitor().get(&path).expect(422);
    assert!(link().is_none());
    let id = system.id;
    let (account, held) =
        test.read(move |tx| Ok((db::accounts::find(tx.db, id)?, db::accounts::grants_of(tx.db, id)?)));
    assert_eq!((account.name.as_str(), account.password_hash), ("system", None), "the link opens nobody's account");
    let last = held.last().expect("a role");
    assert!(last.by_operator && last.role == Role::SystemAdmin && last.ends_on.is_some(), "{held:?}");
    system.api().get("/api/v1/accounts").expect(200);
    only_grant(&test, &keeper);
    test.run_jobs();
    let told = test.letters_to(&system.email).into_iter().filter(|letter| letter.subject.contains("已获授角色"));
    assert_eq!(told.count(), 2, "by the security administrator, and by the link");
    let issued = test.read(|tx| Ok(db::events::of_subject(tx.db, "account", "set-up")?));
    assert_eq!(issued.len(), 1, "who was shown a link is on record");
}

/// Roles that no administrator gives: by an import into the pool, by registering an organisation, by being let into one.
#[test]
fn c_24_every_role_that_comes_with_another_act_has_a_giver_and_a_reason() {
    const CODE: &str = "914403001922038216";
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let row = json!({
        "line": 2, "name": "专家", "email": "expert@example.org", "employer": "大学", "title": "教授",
        "fields": "数字化转型服务商", "load_limit": "5", "term_to": "2026-12-31",
    });
    handler.api().call("POST", "/api/v1/experts/imports", &json!({ "rows": [row] })).expect(201);
    let expert = test.invited("expert@example.org");
    let vendor = test.person("vendor@example.org", &[]);
    vendor.api().call("POST", "/api/v1/organisations", &registration(CODE, "440305", "")).expect(201);
    let member = test.person("member@example.org", &[]);
    let asked = member.api().call("POST", "/api/v1/join-requests", &json!({ "credit_code": CODE })).expect(201).json();
    let organisation = vendor.api().json("/api/v1/me")["roles"][0]["organisation_id"].clone();
    let [organisation, asked] = [&organisation, &asked["id"]].map(|id| id.as_str().expect("an id").to_string());
    let decision = format!("/api/v1/organisations/{organisation}/join-requests/{asked}/decision");
    vendor.api().call("POST", &decision, &json!({ "accept": true })).expect(200);
    for (holder, role, giver) in [
        (&expert, Role::Expert, &handler),
        (&vendor, Role::VendorAdmin, &vendor),
        (&member, Role::VendorMember, &vendor),
    ] {
        let id = holder.id;
        let given = test.read(|tx| Ok(db::accounts::grants_of(tx.db, id)?));
        let [grant] = &given[..] else { panic!("{role}: {given:?}") };
        assert_eq!((grant.role, grant.granted_by), (role, Some(giver.id)));
        assert!(!grant.reason.trim().is_empty(), "{grant:?}");
    }
    // The expert's ends with the term, and is said to.
    let own = expert.api().json("/api/v1/me");
    assert_eq!((&own["roles"][0]["role"], &own["roles"][0]["ends_on"]), (&json!("expert"), &json!("2026-12-31")));
    assert_eq!(test.violations_of(&["grant_is_as_recorded", "appointment_is_as_recorded"]), []);
}
