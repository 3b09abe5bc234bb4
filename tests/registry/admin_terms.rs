//! The administrator of an organisation until a day: told of it in time, put off by another, by nobody for themselves, and what is
//! left afterwards.

use super::organisations::registration;
use super::support::app::at;
use super::support::node::Node;
use super::support::{Answer, Person, TestApp, admin_of, member_of, with};
use serde_json::{Value, json};
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::OrganisationId;

const CODE: &str = "914403001922038216";
const OTHER: &str = "9144030071526726XG";
/// Sixty days after the day on which a test begins: the last one of whoever registers then.
const LAST: &str = "2026-05-01";

/// A registry where such a role ends after sixty days, the organisation of a vendor, and that vendor.
fn registered() -> (TestApp, Person, OrganisationId) {
    let test = TestApp::start_with(|config| config.accounts.organisation_admin_days = 60);
    let first = test.person("first@example.org", &[]);
    let made = first.api().call("POST", "/api/v1/organisations", &registration(CODE, "440305", "")).expect(201).json();
    let id = made["id"].as_str().and_then(OrganisationId::from_text).expect("an id");
    (test, first, id)
}

fn members(id: OrganisationId) -> String {
    format!("/api/v1/organisations/{id}/members")
}

fn change(by: &Person, of: &Person, id: OrganisationId, body: &Value) -> Answer {
    by.api().call("PATCH", &format!("{}/{}", members(id), of.id), body)
}

/// The security administrator gives the role, upon a letter.
fn give(by: &Person, to: &Person, code: &str, ends_on: &str) -> Answer {
    let body = json!({
        "role": "vendor_admin", "credit_code": code, "reason": "单位授权书 2026-04-20", "ends_on": ends_on,
    });
    by.api().call("POST", &format!("/api/v1/accounts/{}/grants", to.id), &body)
}

/// The last day that somebody's role has, of the only one that they hold.
fn last_day(test: &TestApp, person: &Person) -> Option<String> {
    let id = person.id;
    let held = test.read(|tx| Ok(db::accounts::grants_of(tx.db, id)?));
    assert_eq!(held.len(), 1, "{held:?}");
    held[0].ends_on.map(|day| day.to_string())
}

/// The letters to somebody whose subject holds these words.
fn told(test: &TestApp, person: &Person, words: &str) -> Vec<String> {
    let letters = test.letters_to(&person.email).into_iter().filter(|letter| letter.subject.contains(words));
    letters.map(|letter| letter.text).collect()
}

#[test]
fn c_24_the_end_of_an_organisations_administrator_is_told_in_time_and_another_puts_it_off() {
    let (test, first, id) = registered();
    let second = test.person("second@example.org", &[member_of(id)]);
    assert_eq!(last_day(&test, &first).as_deref(), Some(LAST), "from the registration on");
    // Nobody for themselves, neither on the page nor over the API.
    let later = json!({"admin": true, "ends_on": "2026-12-31"});
    let later_here = json!({"admin": true, "ends_on": "2026-04-30"});
    assert_eq!(change(&first, &first, id, &later_here).expect(409).code(), "own_term");
    let own = format!("/organisation/members/{}/role", first.id);
    let mut page = first.browser();
    page.open("/organisation");
    assert!(!page.offers(&own));
    page.post(&own, &[("admin", "true"), ("ends_on", "2026-04-30")]).expect(409);
    change(&second, &first, id, &later_here).expect(403);

    // Another one, until a day that is named; no longer than the settings say.
    let refused = change(&first, &second, id, &later).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "role_term_too_long");
    change(&first, &second, id, &json!({"admin": true, "ends_on": "2026-04-20"})).expect(200);
    assert_eq!(last_day(&test, &second).as_deref(), Some("2026-04-20"));
    second.api().call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    test.run_jobs();
    assert!(
        told(&test, &second, "角色已变更").iter().any(|text| text.contains("2026年4月20日")),
        "the letter says until when"
    );

    // Thirty days before and seven, once each, to both; each is told who can put it off.
    test.set_clock(at("2026-03-31T02:00:00"));
    first.browser().open("/desk").hides("管理员资格");
    let mut counts = Vec::new();
    for day in ["2026-03-31", "2026-04-01", "2026-04-12", "2026-04-13", "2026-04-20"] {
        test.set_clock(at(&format!("{day}T02:00:00")));
        for _ in 0..2 {
            yuanchi::jobs::remind_of_offices(&test.app).expect("a turn");
        }
        test.run_jobs();
        let to_first =
            (told(&test, &first, "您在 丁公司 的管理员资格").len(), told(&test, &first, "到期：second").len());
        counts.push((
            to_first,
            told(&test, &second, "ends soon: first").len(),
            told(&test, &second, "Your role as").len(),
        ));
    }
    let expected = [((0, 1), 0, 1), ((1, 1), 1, 1), ((1, 1), 1, 1), ((1, 2), 1, 2), ((1, 2), 1, 2)];
    assert_eq!(counts, expected);
    let letters = told(&test, &first, "您在 丁公司 的管理员资格");
    assert!(letters[0].contains("2026年5月1日") && letters[0].contains("（second）"), "{letters:?}");
    let letters = told(&test, &second, "Your role as");
    assert!(letters[0].contains("20 Apr 2026") && letters[0].contains("(first)"), "{letters:?}");

    // The first page says it too, whether or not a letter was read.
    let ending = "您的管理员资格将于 2026年5月1日 到期";
    first
        .browser()
        .open("/desk")
        .shows(ending)
        .shows("请本单位其他管理员在到期前调整有效期")
        .shows("30 天内有效期届满的单位人员");

    // Put off on the page and over the API; the same powers go on in the same session.
    let mut session = first.browser();
    let mut page = second.browser();
    page.open("/organisation");
    assert!(page.offers(&own));
    let done = page.post(&own, &[("admin", "true"), ("ends_on", "2026-06-10")]);
    page.follow(done).shows("10 Jun 2026");
    assert_eq!(last_day(&test, &first).as_deref(), Some("2026-06-10"));
    change(&second, &first, id, &json!({"admin": true, "ends_on": "2026-06-11"})).expect(200);
    assert_eq!(change(&second, &first, id, &json!({"admin": true})).expect(409).code(), "role_already_held");
    assert_eq!(last_day(&test, &first).as_deref(), Some("2026-06-11"));
    session.open("/desk").hides("管理员资格");
    test.run_jobs();
    assert_eq!(told(&test, &first, "角色有效期已调整").len(), 2);
    // The other one's is over with its last day; the first is one, and the last.
    test.set_clock(at("2026-04-20T16:00:00"));
    second.api().get(&members(id)).expect(404);
    first.api().get(&members(id)).expect(200);
    let found = test.violations_of(&["grant_is_as_recorded", "grant_has_giver_reason_and_end"]);
    assert_eq!(found, []);
}

#[test]
fn c_24_upon_a_letter_the_security_administrator_puts_an_administrators_end_off() {
    let (test, first, id) = registered();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let second = test.person("second@example.org", &[admin_of(id)]);
    let before = json!({"role": "vendor_admin", "credit_code": CODE, "reason": " ", "ends_on": ""});
    let path = format!("/api/v1/accounts/{}/grants", first.id);
    test.set_clock(at("2026-04-25T02:00:00"));
    first.browser().open("/desk").shows("您的管理员资格将于 2026年5月1日 到期");
    assert_eq!(give(&keeper, &keeper, CODE, "").expect(409).code(), "own_roles");
    let refused = keeper.api().call("POST", &path, &before).expect(422).json();
    assert_eq!(refused["fields"][0]["path"], "reason");
    assert_eq!(give(&keeper, &first, CODE, LAST).expect(409).code(), "role_already_held");
    assert_eq!(give(&keeper, &first, CODE, "2026-06-25").expect(422).json()["fields"][0]["code"], "role_term_too_long");
    assert_eq!(give(&first, &first, CODE, "").expect(403).code(), "wrong_role");
    test.organisation(OTHER, "乙公司", "440305");
    assert_eq!(give(&keeper, &first, OTHER, "").expect(409).code(), "already_in_organisation");
    assert_eq!(last_day(&test, &first).as_deref(), Some(LAST));

    let given = give(&keeper, &first, CODE, "2026-06-20").expect(201).json();
    assert_eq!((&given["ends_on"], &given["granted_by"]), (&json!("2026-06-20"), &json!(keeper.id)));
    assert_eq!(last_day(&test, &first).as_deref(), Some("2026-06-20"));
    let recorded = test.read(|tx| Ok(db::events::of_subject(tx.db, "account", first.id.as_text())?));
    let last = recorded.iter().rfind(|event| event.action == "account.role_granted").expect("an event");
    assert_eq!(last.reason.as_deref(), Some("单位授权书 2026-04-20"));
    first.browser().open("/desk").hides("管理员资格");
    // The organisation's other administrators learn of it, and why.
    test.run_jobs();
    let letters = told(&test, &second, "已获授 丁公司 的管理员角色");
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].contains("first") && letters[0].contains("2026年6月20日") && letters[0].contains("单位授权书"));
    assert!(told(&test, &first, "已获授 丁公司 的管理员角色").is_empty());
    test.set_clock(at("2026-05-02T02:00:00"));
    first.api().get(&members(id)).expect(200);
    // What ends in an organisation is not on the administrations' own list.
    test.set_clock(at("2026-06-10T02:00:00"));
    assert_eq!(keeper.api().json("/api/v1/accounts?only=ending")["total"], 0);
}

#[test]
fn c_24_an_organisation_whose_last_administrator_ended_is_told_so_and_given_another() {
    let (test, first, id) = registered();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let member = test.person("member@example.org", &[member_of(id)]);
    // The last second of the last day in Guangdong, and the first of the next.
    test.set_clock(at("2026-05-01T15:59:59"));
    let (mut page, mut program) = (first.browser(), first.api());
    page.open("/desk").shows("您的管理员资格将于 2026年5月1日 到期").shows("本单位没有其他管理员");
    program.get(&members(id)).expect(200);
    member.browser().open("/organisation").hides("本单位目前没有管理员");
    test.set_clock(at("2026-05-01T16:00:00"));
    program.get(&members(id)).expect(404);
    let over = "您的管理员资格已于 2026年5月1日 到期（丁公司）";
    page.open("/desk").shows(over).shows("该单位已没有管理员").shows("平台安全管理员");
    page.open("/organisation").shows(over).hides("member@example.org");
    // Signing in is open to them as ever.
    first.browser().open("/desk").shows(over);
    member.browser().open("/organisation").shows("本单位目前没有管理员");

    // On the page, and a member becomes one instead of what they were.
    let path = format!("/accounts/{}", member.id);
    let mut security = keeper.browser();
    security.open(&path).shows("申报单位管理员最长 60 天");
    let form = [("role", "vendor_admin"), ("credit_code", CODE), ("reason", "单位授权书 2026-05-02"), ("ends_on", "")];
    let done = security.submit(&format!("{path}/grants"), &form);
    security.follow(done);
    assert_eq!(last_day(&test, &member).as_deref(), Some("2026-07-01"));
    member.browser().open("/organisation").hides("本单位目前没有管理员");
    change(&member, &member, id, &json!({"admin": false})).expect(409);
    // Who was one before asks to join, and is let in and made one again like anybody.
    let mut page = first.browser();
    page.open("/desk").shows(over).shows("请申请加入该单位");
    let asked = first.api().call("POST", "/api/v1/join-requests", &json!({"credit_code": CODE})).expect(201).json();
    let decision =
        format!("/api/v1/organisations/{id}/join-requests/{}/decision", asked["id"].as_str().expect("an id"));
    member.api().call("POST", &decision, &json!({"accept": true})).expect(200);
    first.browser().open("/desk").hides("管理员资格");
    change(&member, &first, id, &json!({"admin": true})).expect(200);
    first.api().get(&members(id)).expect(200);
    // It may as well be the one who was it before.
    let (other, others) = (test.organisation(OTHER, "乙公司", "440305"), test.person("other@example.org", &[]));
    give(&keeper, &others, OTHER, "2026-05-10").expect(201);
    test.set_clock(at("2026-05-11T02:00:00"));
    others.api().get(&members(other)).expect(404);
    give(&keeper, &others, OTHER, "").expect(201);
    others.api().get(&members(other)).expect(200);
    others.browser().open("/desk").hides("管理员资格");
    assert_eq!(test.violations_of(&["grant_is_as_recorded", "grant_has_giver_reason_and_end", "roles_are_apart"]), []);
}

/// What an earlier version gave without an end is given one by the next start, on record, as far ahead as one that is given then.
#[test]
fn c_24_an_administrator_from_before_gets_an_end_with_the_next_start() {
    let (test, first, id) = registered();
    let [second, gone] = ["second", "gone"].map(|name| {
        let person = test.person(&format!("{name}@example.org"), &[member_of(id)]);
        change(&first, &person, id, &json!({"admin": true})).expect(200);
        person
    });
    first.api().call("DELETE", &format!("{}/{}", members(id), gone.id), &json!({})).expect(200);
    test.tamper("UPDATE grants SET ends_on = NULL WHERE role = 'vendor_admin'");
    assert_eq!(test.violations_of(&["grant_has_giver_reason_and_end"]).len(), 2, "what was taken back is over anyway");
    test.set_clock(at("2026-04-01T02:00:00"));
    for _ in 0..2 {
        let _another = Node::beside(&test);
        for person in [&first, &second] {
            assert_eq!(last_day(&test, person).as_deref(), Some("2026-05-31"));
        }
        let recorded = test.read(|tx| Ok(db::events::of_subject(tx.db, "organisation", id.as_text())?));
        let set: Vec<_> = recorded.iter().filter(|event| event.action == "organisation.admin_term_set").collect();
        assert_eq!(set.len(), 2, "once each, however often it starts");
        assert!(set.iter().all(|event| event.actor == "system"));
    }
    assert_eq!(test.violations_of(&["grant_has_giver_reason_and_end"]), []);
    let found = test.violations_of(&["grant_is_as_recorded"]);
    let held = test.read(|tx| {
        let mut held = Vec::new();
        for person in [&first, &second] {
            held.extend(db::accounts::grants_of(tx.db, person.id)?);
        }
        Ok(held)
    });
    let is_of = |subject: &str| held.iter().any(|grant| subject.contains(grant.id.as_text()));
    assert!(!found.iter().any(|violation| is_of(&violation.subject)), "{found:?}");
    // The end is told like any other.
    test.set_clock(at("2026-05-01T02:00:00"));
    assert_eq!(yuanchi::jobs::remind_of_offices(&test.app).expect("a turn"), 2);
    test.tamper("UPDATE grants SET ends_on = '2026-05-01' WHERE role = 'vendor_admin' AND revoked_at IS NOT NULL");
}
