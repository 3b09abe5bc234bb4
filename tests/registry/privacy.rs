//! What names people: sealed at rest, covered in lists, shown to those whom it is about, forgotten in time, and never where
//! it must not be.

mod forgotten;
mod held;
mod relatives;

use super::objectors::{self, dump, objected};
use super::organisations::registration;
use super::support::canaries::{self, OTHER_CONTACT_NAME as CONTACT, OTHER_CONTACT_PHONE as PHONE, Said};
use super::support::people::PASSWORD;
use super::support::{Answer, Client, TestApp, admin_of, html, member_of, with};
use diesel::connection::SimpleConnection;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use std::collections::HashSet;
use yuanchi::actions::Record;
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::OrganisationId;
use yuanchi::domain::procedure::State;

const CODE: &str = "914403001922038216";

/// An organisation that somebody registered with a contact person of that name.
fn registered(test: &TestApp) -> (OrganisationId, Client) {
    let founder = test.person("founder@example.org", &[]);
    let mut body = registration(CODE, "440305", "");
    body["contact_name"] = json!(CONTACT);
    body["contact_phone"] = json!(PHONE);
    let mut api = founder.api();
    let made = api.call_once("once-and-kept", "POST", "/api/v1/organisations", &body).expect(201).json();
    assert_eq!((&made["contact_name"], &made["contact_phone"]), (&json!(CONTACT), &json!(PHONE)));
    // The answer that is kept so that it happens once says so too, and is opened for whoever had it.
    assert_eq!(api.call_once("once-and-kept", "POST", "/api/v1/organisations", &body).expect(201).json(), made);
    let id = OrganisationId::from_text(made["id"].as_str().expect("an id")).expect("an id");
    (id, api)
}

#[test]
fn c_63_contacts_are_sealed_at_rest_and_covered_in_lists() {
    let mut test = TestApp::start();
    let (id, mut own) = registered(&test);
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let everything = dump(&test);
    for secret in [CONTACT, PHONE] {
        assert!(!everything.contains(secret), "{secret} is in the database");
    }
    handler.browser().open(&format!("/organisations/{id}")).shows(CONTACT).shows(PHONE);
    handler.browser().open("/organisations").hides(CONTACT).hides(PHONE);
    let mut officer = handler.api();
    let listed = officer.json("/api/v1/organisations");
    assert_eq!(
        (&listed["items"][0]["contact_name"], &listed["items"][0]["contact_phone"]),
        (&json!("司**"), &json!("****-******11"))
    );
    assert_eq!(officer.json(&format!("/api/v1/organisations/{id}"))["contact_phone"], PHONE);
    let contact = json!({ "version": 1, "address": "别处", "contact_name": "李四", "contact_phone": "020-83133001" });
    let changed = own.call("PATCH", &format!("/api/v1/organisations/{id}"), &contact).expect(200).json();
    assert_eq!((&changed["contact_name"], &changed["contact_phone"]), (&json!("李四"), &json!("020-83133001")));
    assert!(!dump(&test).contains("020-83133001"));
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let people = auditor.api().json("/api/v1/accounts");
    assert!(
        people["items"]
            .as_array()
            .expect("people")
            .iter()
            .all(|one| one["email"].as_str().is_some_and(|mail| mail.contains("***@")))
    );
    auditor.browser().open("/accounts").shows("h***@example.org").hides("handler@example.org");

    // A seal that was moved to another organisation does not open, and fsck says whose.
    test.expect_violations();
    let other = test.organisation("91440101MA59ABCD1X", "广州某某科技有限公司", "440106");
    assert_eq!(test.violations_of(&["contact_opens"]), []);
    test.tamper(&format!(
        "UPDATE organisations SET contact_name = (SELECT o.contact_name FROM organisations o WHERE o.id = '{id}') \
         WHERE id = '{other}'"
    ));
    let found = test.violations_of(&["contact_opens"]);
    assert_eq!(found.iter().map(|v| v.subject.clone()).collect::<Vec<_>>(), [format!("organisation {other}")]);
    officer.get(&format!("/api/v1/organisations/{other}")).expect(500).hides(CONTACT);
    // What was kept in the clear is sealed at the next start.
    test.tamper(&format!("UPDATE organisations SET contact_name = '旧', contact_phone = '1' WHERE id = '{other}'"));
    let output = super::program::program(&test).arg("migrate").output().expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let kept = test.read(|tx| Ok(db::organisations::contacts(tx.db)?));
    assert!(
        kept.iter().all(|(_, name, phone)| name.starts_with("sealed:") && phone.starts_with("sealed:")),
        "{kept:?}"
    );
    assert_eq!(officer.json(&format!("/api/v1/organisations/{other}"))["contact_name"], "旧");
}

#[test]
fn what_a_member_carries_away_leaves_the_public_pages_as_they_are() {
    let mut scene = super::lists::scene();
    let (_, vendor) = scene.noticed(State::InNotice, "佛山市");
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    let version = || scene.test.read(|tx| Ok(db::counters::current(tx.db, db::counters::PUBLIC)?));
    let before = version();
    vendor.browser().get("/organisation/data.json").expect(200);
    assert_eq!(version(), before, "nothing that is kept at hand has to be made anew");
}

#[test]
fn c_63_an_organisation_sees_and_carries_away_what_is_held_about_it() {
    let test = TestApp::start();
    let (id, _) = registered(&test);
    let other = test.organisation("91440101MA59ABCD1X", "广州某某科技有限公司", "440106");
    let admin = test.person("admin@example.org", &[admin_of(id)]);
    let member = test.person("member@example.org", &[member_of(id)]);
    let stranger = test.person("stranger@example.org", &[admin_of(other)]);
    let mut browser = admin.browser();
    browser.open("/organisation").shows("本平台保存的本单位信息");
    browser.open("/organisation/data").shows("单位登记信息和联系人").shows("180 天");
    let file = browser.get("/organisation/data.json").expect(200);
    assert!(file.header("content-disposition").is_some_and(|how| how.starts_with("attachment")));
    let held = file.json();
    assert_eq!(
        (&held["organisation"]["contact_name"], &held["organisation"]["credit_code"]),
        (&json!(CONTACT), &json!(CODE))
    );
    let mails: Vec<&str> =
        held["people"].as_array().expect("people").iter().filter_map(|p| p["email"].as_str()).collect();
    assert!(mails.contains(&"founder@example.org") && mails.contains(&"member@example.org"), "{mails:?}");
    assert!(!file.text().contains("stranger@example.org"));
    // Who asked to join is held until its term is over, whatever the answer was.
    let joiner = test.person("joiner@example.org", &[]);
    joiner
        .api()
        .call("POST", "/api/v1/join-requests", &json!({ "credit_code": CODE, "message": "销售部" }))
        .expect(201);
    let asked = || admin.api().json(&format!("/api/v1/organisations/{id}/data"))["join_requests"].clone();
    assert_eq!((&asked()[0]["message"], &asked()[0]["status"]), (&json!("销售部"), &json!("pending")));
    let waiting = admin.api().json(&format!("/api/v1/organisations/{id}/join-requests"))["items"][0].clone();
    let path = format!("/api/v1/organisations/{id}/join-requests/{}/decision", waiting["id"].as_str().expect("an id"));
    admin.api().call("POST", &path, &json!({ "accept": false })).expect(200);
    assert_eq!((&asked()[0]["message"], &asked()[0]["status"]), (&json!("销售部"), &json!("declined")));
    let again = admin.api().json(&format!("/api/v1/organisations/{id}/data"));
    assert_eq!(again["organisation"], held["organisation"]);
    // The address that somebody who is none of its people has by now is not carried away.
    assert_eq!(again["join_requests"][0]["email"], "j***@example.org");
    let events = test.read(move |tx| Ok(db::events::of_subject(tx.db, "organisation", id.as_text())?));
    assert_eq!(events.iter().filter(|event| event.action == "organisation.data_exported").count(), 6);
    // Its other people do not, and nobody else at all.
    member.browser().get("/organisation/data.json").expect(403);
    member.api().get(&format!("/api/v1/organisations/{id}/data")).expect(403);
    stranger.api().get(&format!("/api/v1/organisations/{id}/data")).expect(404);
    test.person("handler@example.org", &[with(Role::Handler)])
        .api()
        .get(&format!("/api/v1/organisations/{id}/data"))
        .expect(403);
}

/// What remains (剩余信息): what was deleted or written over is in no byte of the files once the service has stopped.
#[test]
fn c_63_what_was_removed_is_in_no_byte_of_the_files_of_the_database() {
    const CANARY: &str = "what-must-not-remain-4417";
    let folder = std::env::temp_dir().join(format!("yuanchi-remains-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder");
    let url = format!("sqlite://{}", folder.join("remains.db").display());
    let is_there = || {
        let entries = std::fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").path());
        let mut files = entries.map(|path| std::fs::read(path).expect("a file"));
        files.any(|bytes| bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()))
    };
    // A connection is closed at the end of each, as at a clean stop.
    let run = |statements: &str| {
        let mut db = db::Db::open_or_make(&url).expect("the database opens");
        db.batch_execute(statements).unwrap_or_else(|e| panic!("{statements}: {e}"));
    };
    run("CREATE TABLE remains (id INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL); \
         CREATE INDEX remains_body ON remains (body)");
    // Within a page, and over several.
    let row = |id: usize| format!("INSERT INTO remains (id, body) VALUES ({id}, '{}');", CANARY.repeat(1 + id * 7));
    run(&(0..120).map(row).collect::<String>());
    assert!(is_there(), "it is looked for where it would be");
    run("DELETE FROM remains WHERE id % 2 = 0; UPDATE remains SET body = 'x' WHERE id % 3 = 0; DELETE FROM remains");
    assert!(!is_there(), "what was removed remains");
    std::fs::remove_dir_all(&folder).expect("the folder is gone");
}

#[test]
fn c_63_canaries_are_in_no_log_no_figure_no_address_and_not_readable_in_the_database() {
    let log = canaries::overhear();
    let (scene, _, address) = objected();
    let test = &scene.test;
    let (id, _) = registered(test);
    let canary = "canary.zhuque@example.org";
    let owner = test.person(canary, &[admin_of(id)]);
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let mut answers = Vec::new();
    let mut own = owner.browser();
    for path in ["/organisation", "/organisation/data", "/account", "/desk", "/applications"] {
        answers.push(own.get(path));
    }
    let mut officer = scene.handler.browser();
    for path in ["/organisations".to_string(), format!("/organisations/{id}"), address.clone(), "/objections".into()] {
        answers.push(officer.get(&path));
    }
    answers.push(officer.post(&format!("{address}/identity"), &[("reason", "需电话核实")]));
    let mut reader = auditor.browser();
    for path in ["/accounts".to_string(), format!("/accounts/{}", owner.id), "/events".into(), "/mails".into()] {
        answers.push(reader.get(&path));
    }
    for (email, password) in [(canary, "wrong"), (objectors::EMAIL, "canary-password-7755")] {
        answers.push(test.visitor().call("POST", "/api/v1/tokens", &json!({ "email": email, "password": password })));
        let mut visitor = test.visitor();
        visitor.open("/session/new");
        answers.push(visitor.post("/session", &[("email", email), ("password", password)]));
        answers.push(visitor.post("/password", &[("email", email)]));
    }
    // What cannot be read is not repeated into the log either.
    let broken = format!("{{\"email\": \"{canary}\", \"password\": 7}}").into_bytes();
    answers.push(test.visitor().send("POST", "/api/v1/tokens", &[("content-type", "application/json")], broken));
    test.run_jobs();

    let secrets = [CONTACT, PHONE, objectors::NAME, objectors::PHONE, objectors::EMAIL];
    let everything = dump(test);
    for secret in secrets {
        assert!(!everything.contains(secret), "{secret} is readable in the database");
    }
    let logged = log.lock().expect("no panic").clone();
    assert!(logged.contains("request answered"), "nothing was logged");
    let figures = test.visitor().get("/metrics").expect(200).text();
    let led: Vec<String> = answers.iter().flat_map(canaries::addresses).collect();
    assert!(led.len() > 50, "{}", led.len());
    for secret in secrets.into_iter().chain([canary, "canary-password-7755", "canary.zhuque"]) {
        assert!(!logged.contains(secret), "{secret} is in the log");
        assert!(!figures.contains(secret), "{secret} is in the figures");
        let encoded = serde_html_form::to_string([("q", secret)]).expect("a query");
        let encoded = encoded.trim_start_matches("q=");
        let wrong: Vec<&String> = led.iter().filter(|to| to.contains(secret) || to.contains(encoded)).collect();
        assert!(wrong.is_empty(), "{secret} is in {wrong:?}");
    }
}

/// The forms of a page that go to an address, each with the names and values of its fields.
fn forms_to(answer: &Answer, action: &str) -> Vec<Vec<(String, String)>> {
    html::forms(&answer.text()).into_iter().filter(|form| form.action == action).map(|form| form.fields).collect()
}

/// More than one page of accounts, of experts and of acts of one person, each found by a name or a part of an address.
#[test]
fn c_63_whom_one_looks_for_stands_in_no_address() {
    let mut test = TestApp::start();
    test.expect_violations();
    let mut experts = Vec::new();
    for number in 0..51 {
        test.person(&format!("南宫{number}@example.org"), &[]);
        experts.push(format!(
            "('00000000-0000-7000-8000-0000000001{number:02}', '南宫{number}', 'n{number}@firm.test', \
             'n{number}@firm.test', '某大学', '教授', '[]', 10, 'active', '2026-01-01 00:00:00')"
        ));
    }
    test.tamper(&format!(
        "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at) \
         VALUES {}",
        experts.join(", ")
    ));
    let system = test.person("system@example.org", &[with(Role::SystemAdmin)]);
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let auditor = test.person("东郭明@example.org", &[with(Role::Auditor)]);
    let actor = auditor.actor();
    test.write(move |tx| {
        (0..51).try_for_each(|_| {
            let (subject_kind, subject_id, action) = ("outbox", "looked-at", "mail.retried");
            tx.record(&actor, Record { subject_kind, subject_id, action, ..Record::default() })
        })
    });
    for (person, page, field, typed, narrowing) in [
        (&system, "/accounts", "q", "南宫", ("only", "invited")),
        (&system, "/accounts", "q", "@EXAMPLE.org", ("only", "invited")),
        (&handler, "/experts", "q", "南宫", ("status", "suspended")),
        (&handler, "/experts", "q", "@firm.test", ("status", "suspended")),
        (&auditor, "/events", "actor", "东郭", ("action", "key.rotated")),
        (&auditor, "/events", "actor", "东郭明@example.org", ("action", "key.rotated")),
    ] {
        let (mut browser, action) = (person.browser(), format!("{page}/search"));
        // Everybody, by links: nothing names a person.
        let everybody = browser.open(page).shows(&format!("href=\"{page}?page=2\""));
        assert_eq!(forms_to(&everybody, &action).len(), 1, "{page}");
        let found = browser.submit(&action, &[(field, typed)]).expect(200).shows("第 1 页");
        let forms = forms_to(&found, &action);
        let asked = (field.to_string(), typed.to_string());
        assert!(forms.len() == 2 && forms.iter().all(|form| form.contains(&asked)), "{page} {typed}: {forms:?}");
        found.shows("<button type=\"submit\" name=\"page\" value=\"2\">").hides(&format!("href=\"{page}?"));
        // What the button sends: the fields of its form, and itself.
        let mut next: Vec<(&str, &str)> =
            forms[1].iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        next.push(("page", "2"));
        let second = browser.post_exactly(&action, &next).expect(200).shows("第 2 页");
        assert!(forms_to(&second, &action).iter().all(|form| form.contains(&asked)), "{page} {typed}");
        // Another language leads back to the page, and not to what was sent.
        let back = html::value_of(&second.text(), "back").expect("the switch of languages");
        assert_eq!(back, page, "{typed}");
        let nothing = browser.submit(&action, &[(field, typed), narrowing]).expect(200);
        nothing.hides("第 2 页").hides("name=\"page\"");
        browser.submit(&action, &[(field, "无此人")]).expect(200).hides("南宫1").hides("href=\"/events/account/");
        assert_eq!(browser.get(&action).expect(303).location(), page, "opened anew");
        // A bookmark with a name in it is harmless: the whole list, and the name is said nowhere.
        let query = serde_html_form::to_string([(field, typed)]).expect("a query");
        let kept = browser.open(&format!("{page}?{query}"));
        let forms = forms_to(&kept, &action);
        assert!(forms.len() == 1 && !forms[0].contains(&asked), "{page}?{query}: {forms:?}");
        kept.shows(&format!("href=\"{page}?page=2\""));
        // Without words to look for the pages have addresses as before.
        let narrowed = browser.submit(&action, &[(field, " ")]).expect(200);
        narrowed.shows(&format!("href=\"{page}?page=2\""));
    }

    // The chains of whom one found are carried away by a form too; no link with a name gives more than it says.
    let mut browser = auditor.browser();
    browser.open("/events");
    let found = browser.submit("/events/search", &[("actor", "东郭"), ("action", "mail.retried")]);
    let form = forms_to(&found.expect(200), "/events/record.json");
    let form: Vec<(&str, &str)> = form[0].iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let carried = browser.post_exactly("/events/record.json", &form).expect(200).json();
    assert_eq!(carried["chains"].as_array().map(Vec::len), Some(1));
    let refused = browser.get("/events/record.json?actor=%E4%B8%9C%E9%83%AD").expect(422);
    refused.shows("办理人：网址中只能用账号编号指明办理人");
    let by_id = format!("actor={}&action=mail.retried", auditor.id);
    browser.open(&format!("/events?{by_id}")).shows("/events/record.json?");
    let linked = browser.get(&format!("/events/record.json?{by_id}")).expect(200).json();
    assert_eq!(linked["chains"].as_array().map(Vec::len), Some(1));

    // Programs send it as well, within the bounds of every list.
    for (person, path, field, typed, total) in [
        (&system, "/api/v1/accounts", "q", "南宫", 51),
        (&handler, "/api/v1/experts", "q", "@firm.test", 51),
        (&auditor, "/api/v1/events", "actor", "东郭明@example.org", 52),
    ] {
        let (mut api, action) = (person.api(), format!("{path}/search"));
        let query = serde_html_form::to_string([(field, typed)]).expect("a query");
        assert!([400, 422].contains(&api.get(&format!("{path}?{query}")).status), "{path}");
        let found = api.call("POST", &action, &json!({ field: typed, "page": 2, "per_page": 10 })).expect(200).json();
        assert_eq!((&found["page"], found["items"].as_array().map(Vec::len)), (&json!(2), Some(10)), "{path}");
        assert!(found["total"].as_i64().is_some_and(|counted| counted >= total), "{path}: {}", found["total"]);
        for (bound, beyond) in [("page", 0), ("page", 1_000_001), ("per_page", 0), ("per_page", 201)] {
            let answer = api.call("POST", &action, &json!({ field: typed, bound: beyond })).expect(422).json();
            assert_eq!(answer["fields"][0]["path"], bound, "{path}: {answer}");
        }
        assert_eq!(api.call("POST", &action, &json!({ field: typed, "name": "x" })).expect(400).code(), "malformed");
        test.visitor().call("POST", &action, &json!({})).expect(401);
    }
}

/// What is looked for after every test is found where it is.
#[test]
fn c_63_the_watch_over_every_test_sees_what_leaks() {
    let test = TestApp::start();
    let anna = test.person("anna@example.org", &[with(Role::Auditor)]);
    let (mut browser, api) = (anna.browser(), anna.api());
    let cookie = browser.cookie("__Host-sid").expect("a session").to_string();
    let signature = api.bearer().and_then(|token| token.rsplit('.').next()).expect("a token").to_string();
    // Whoever reads them here must leave them for the end of the test.
    let secrets = canaries::secrets_of(test.address);
    secrets.iter().for_each(|secret| canaries::keep(test.address, secret));
    assert!(secrets.contains(&cookie) && secrets.contains(&signature), "{secrets:?}");
    let nothing = HashSet::new();
    for (line, known, faults) in [
        ("request answered request.id=0190f1b2-0000-7000-8000-000000000001 http.route=/desk".to_string(), &secrets, 0),
        (format!("request failed error=\"{PASSWORD}\""), &nothing, 1),
        (format!("no mail to {}", anna.email), &nothing, 1),
        (format!("no answer to /?email={}", anna.email.replace('@', "%40")), &nothing, 1),
        (format!("{CONTACT} cannot be sealed"), &nothing, 1),
        (format!("cookie: __Host-sid={cookie}; lang=zh-CN"), &secrets, 1),
        (format!("authorization: Bearer a.b.{signature}"), &secrets, 1),
        (format!("GET /password/{cookie}"), &nothing, 0),
    ] {
        let mut said = Said::default();
        said.hear(&line);
        assert_eq!(said.faults(known).len(), faults, "{line}");
        // Whoever comes next is not told of the same line again; a secret stays one.
        assert_eq!(said.faults(&nothing).len(), 0, "{line}");
    }
    for text in [format!("a {PHONE} b"), format!("yuanchi_mails{{to=\"{}\"}}", objectors::EMAIL), format!("({cookie})")]
    {
        assert_eq!(canaries::faults_of("a place", &text, &secrets).len(), 1, "{text}");
    }
    let letter = |subject: &str| yuanchi::mail::Letter {
        to: yuanchi::mail::Recipient { name: Some(CONTACT.into()), address: anna.email.clone() },
        subject: subject.into(),
        text: PHONE.into(),
        html: None,
        message_id: "<one@pool.example>".into(),
        date: test.now(),
        unsubscribe: None,
    };
    for (subject, faults) in [("申报材料需要补正", 0), (PHONE, 1), (cookie.as_str(), 1)] {
        assert_eq!(canaries::faults_of_head(&letter(subject), &secrets).len(), faults, "{subject}");
    }
    // A page that leads to an address with somebody's name, telephone or mail address in it, however it is written there.
    let page = browser.open("/desk");
    let as_form = |text: &str| serde_html_form::to_string([("q", text)]).expect("a query");
    let as_pager = |text: &str| format!("q={}", utf8_percent_encode(text, NON_ALPHANUMERIC));
    let typed = [("content-type", "application/json")];
    let sent = json!({ "name": "端木赐", "email": "duanmu@firm.test", "of": [{ "phone": "0755-80001234" }] });
    let elsewhere = std::net::SocketAddr::from(([127, 0, 0, 1], 1));
    let people = canaries::named_by(elsewhere, "/api/v1/accounts", &typed, sent.to_string().as_bytes());
    assert_eq!(people.len(), 3, "{people:?}");
    let leads = |body: String, wrong: bool| {
        let answer = Answer { body: body.clone().into_bytes(), ..page.clone() };
        let led = std::panic::catch_unwind(|| canaries::must_lead_nowhere_telling(&answer, &people));
        assert_eq!(led.is_err(), wrong, "{body}");
    };
    for named in [CONTACT, PHONE, "端木赐", "0755-80001234", "duanmu@firm.test", "handler@demo.example"] {
        leads(format!("<p>{named}</p><a href=\"/organisations?q=1\">"), false);
        leads(format!("<a href=\"/organisations?q={named}\">"), true);
        leads(format!("<form action=\"/organisations?{}\">", as_form(named)), true);
        leads(format!("<a href=\"/events?{}&#38;page=2\">", as_pager(named)), true);
    }
    leads("<a href=\"mailto:office@demo.example\"><a href=\"/@home\">".into(), false);
    // Whom one looks for is found in the answer alone: another page may be about an organisation of that name.
    let found = |path: &str, kind: &str, body: &str| {
        canaries::named_by(elsewhere, path, &[("content-type", kind)], body.as_bytes()).contains("万俟安")
    };
    let form = "application/x-www-form-urlencoded";
    assert!(found("/events/search", form, &serde_html_form::to_string([("actor", "万俟安")]).expect("a form")));
    assert!(found("/api/v1/experts/search", "application/json", &json!({ "q": "万俟安" }).to_string()));
    assert!(found(&format!("/accounts?{}", as_pager("万俟安")), "", ""));
    assert!(!found(&format!("/providers?{}", as_pager("万俟安")), "", ""));
    canaries::secrets_of(elsewhere);
    // The log of the process is heard, and the figures are there to be looked at.
    let log = canaries::overhear();
    browser.open("/account");
    assert!(log.lock().expect("no panic").contains("request answered"), "nothing is heard");
    assert!(canaries::figures_of(test.address).is_some_and(|figures| figures.contains("yuanchi_requests_total")));
}
