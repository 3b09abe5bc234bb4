//! Who objected: sealed at rest, opened by a handler with a reason, and nowhere else.

use super::applications::png;
use super::lists::{NOTICE, Scene, scene};
use super::support::app::at;
use super::support::client::{Answer, Client, File};
use super::support::html;
use super::support::{TestApp, with};
use diesel::RunQueryDsl;
use diesel::sql_types::Text;
use serde_json::{Value, json};
use yuanchi::db::Db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::procedure::State;
use yuanchi::domain::throttle::Throttled;
use yuanchi::mail::SendProblem;

pub use super::support::canaries::{OBJECTOR_EMAIL as EMAIL, OBJECTOR_NAME as NAME, OBJECTOR_PHONE as PHONE};

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The texts of one column, which is called `line`, as the database gives them.
pub fn texts(test: &TestApp, query: &str) -> Vec<String> {
    let mut db = Db::open(&test.database_url()).expect("the database opens");
    let rows: Vec<Line> = diesel::sql_query(query).load(&mut db).expect("the rows");
    rows.into_iter().map(|row| row.line).collect()
}

/// Everything that the database holds, as whoever stole it would read it.
pub fn dump(test: &TestApp) -> String {
    if !test.on_postgres() {
        let bytes = test.files_of_the_database();
        assert!(bytes.len() > 100_000, "the database's files are not there");
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let mut db = Db::open(&test.database_url()).expect("the database opens");
    let tables = "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = current_schema()";
    let tables: Vec<Line> = diesel::sql_query(tables).load(&mut db).expect("the tables");
    let mut all = String::new();
    for table in tables {
        let rows = format!("SELECT t::text AS line FROM {} t", table.line);
        let rows: Vec<Line> = diesel::sql_query(rows).load(&mut db).expect("the rows");
        rows.into_iter().for_each(|row| all += &row.line);
    }
    all
}

/// A notice that runs, and an objection to a name in it: its receipt and its address.
pub fn objected() -> (Scene, Value, String) {
    let mut scene = scene();
    scene.test.set_clock(at("2026-01-06T02:00:00"));
    let (application, _) = scene.noticed(State::InNotice, "佛山市");
    let mut visitor = scene.test.visitor();
    let kind = [("content-type", "application/octet-stream")];
    let token = visitor.send("POST", "/api/v1/evidence?name=a.png", &kind, png()).expect(201).json()["token"].clone();
    let body = json!({
        "application": application, "kind": "person", "name": NAME, "phone": PHONE, "email": EMAIL,
        "matter": "案例不实。", "evidence": [token],
    });
    let receipt = visitor.call("POST", &format!("/api/v1/notices/{NOTICE}/objections"), &body).expect(201).json();
    assert_eq!(receipt["status"], "received");
    let all = scene.handler.api().json("/api/v1/objections");
    let address = format!("/objections/{}", all["items"][0]["id"].as_str().expect("an id"));
    (scene, receipt, address)
}

/// Confirms an address by the link of every letter to it, as whoever reads there would.
#[track_caller]
pub fn confirm(test: &TestApp, email: &str) {
    yuanchi::jobs::deliver_mail(&test.app).expect("a turn");
    let base = &test.app.env.base_url;
    let start = format!("{base}/objections/");
    let mut found = 0;
    for letter in test.letters_to(email) {
        let Some(line) = letter.text.lines().map(str::trim).find(|line| line.starts_with(&start)) else { continue };
        let link = &line[base.len()..];
        let mut visitor = test.visitor();
        visitor.open(link);
        visitor.submit(link, &[]).expect(200).shows("联系邮箱已确认");
        found += 1;
    }
    assert!(found > 0, "no letter to {email} has a link: {:?}", test.letters_to(email));
}

/// Whoever did not hear the answer sends it again: with its key a document is answered for alike.
#[test]
fn evidence_that_arrives_twice_with_one_key_is_answered_alike() {
    let test = TestApp::start();
    let send = |key: &str| {
        let headers = [("content-type", "application/octet-stream"), ("idempotency-key", key)];
        test.visitor().send("POST", "/api/v1/evidence?name=a.png", &headers, png()).expect(201).json()
    };
    let first = send("one");
    // The token says until when it is good: a new one would be another.
    test.advance(chrono::Duration::minutes(1));
    assert_eq!(send("one"), first);
    assert_ne!(send("two"), first);
}

/// Whoever brings evidence in need not say who they are: all of them together have one room, and it is free again once an
/// objection names what came in, or after a day.
#[test]
fn c_32_evidence_that_no_objection_names_has_its_room() {
    let test = TestApp::start_with(|config| (config.uploads.evidence_mb, config.uploads.total_mb) = (21, 30));
    let send = || {
        let headers = [("content-type", "application/octet-stream")];
        test.visitor().send("POST", "/api/v1/evidence?name=a.png", &headers, png())
    };
    let refused = |answer: Answer| answer.expect(422).json()["fields"][0].clone();
    send().expect(201);
    assert_eq!(waiting(&test), i64::try_from(png().len()).expect("a length"));
    // There must be room for the largest piece before a byte of any is read.
    let grow = |bytes: i64| test.tamper(&format!("UPDATE attempts SET made = {bytes} WHERE key = '{WAITING}'"));
    grow((1 << 20) + 1);
    let told = refused(send());
    assert_eq!((&told["path"], &told["code"]), (&json!("evidence"), &json!("evidence_out_of_room")), "{told}");
    assert!(told["message"].as_str().is_some_and(|told| told.contains("21 MB")), "{told}");
    grow(1 << 20);
    send().expect(201);
    // It is swept after a day.
    grow((10 << 20) + 1);
    test.advance(chrono::Duration::hours(23));
    assert_eq!(refused(send())["code"], "evidence_out_of_room");
    test.advance(chrono::Duration::hours(2));
    send().expect(201);
}

/// One place cannot take the room of all: it is told so before a byte is read, and another one goes on.
#[test]
fn c_32_no_network_takes_the_room_for_evidence_from_the_others() {
    let test = TestApp::start_with(|config| config.uploads.evidence_mb = 3_000);
    let send = |network: &str| {
        let headers = [("content-type", "application/octet-stream"), ("x-forwarded-for", network)];
        test.visitor().send("POST", "/api/v1/evidence?name=a.png", &headers, png())
    };
    send("203.0.113.7").expect(201);
    // As if three hundred megabytes less twenty, and a byte, had come from there.
    let grow = |bytes: i64| {
        test.tamper(&format!("UPDATE attempts SET made = {bytes} WHERE kind = 'evidence' AND made = {}", png().len()));
    };
    grow((280 << 20) + 1);
    for neighbour in ["203.0.113.7", "203.0.113.200"] {
        let told = send(neighbour).expect(422).json()["fields"][0].clone();
        assert_eq!(
            (&told["path"], &told["code"]),
            (&json!("evidence"), &json!("evidence_share_out_of_room")),
            "{told}"
        );
        assert!(told["message"].as_str().is_some_and(|told| told.contains("300 MB")), "{told}");
    }
    send("198.51.100.7").expect(201);
    test.advance(chrono::Duration::hours(25));
    send("203.0.113.7").expect(201);
}

/// The key of the table of attempts under which the bytes of waiting evidence are counted.
const WAITING: &str = "bytes that wait";

fn waiting(test: &TestApp) -> i64 {
    let slots = test.read(|tx| Ok(yuanchi::db::attempts::since(tx.db, Throttled::Evidence, WAITING, 0)?));
    slots.iter().map(|(_, made)| made).sum()
}

#[test]
fn c_32_evidence_that_an_objection_names_waits_no_more() {
    let (scene, _, _) = objected();
    assert_eq!(waiting(&scene.test), 0);
}

fn hides_the_objector(what: &str) {
    for secret in [NAME, PHONE, EMAIL] {
        assert!(!what.contains(secret), "{secret} is in it");
    }
}

#[test]
fn c_63_the_database_does_not_say_who_objected() {
    let (scene, receipt, address) = objected();
    let test = &scene.test;
    hides_the_objector(&dump(test));
    let admin = test.person("admin@example.org", &[with(Role::SystemAdmin)]);
    let page = admin.browser().get("/mails").expect(200).shows("***");
    hides_the_objector(&page.text());
    hides_the_objector(&admin.api().get("/api/v1/mails").expect(200).text());
    // The receipt goes out by mail all the same, and leaves no address behind either.
    test.run_jobs();
    let letters = test.letters_to(EMAIL);
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains(receipt["number"].as_str().expect("a number")));
    hides_the_objector(&dump(test));
    confirm(test, EMAIL);

    // Handling it writes to the objector; opening the seal is recorded, and records no more than that.
    let mut handler = scene.handler.api();
    handler.call("POST", &format!("/api/v1{address}/acceptance"), &json!({"version": 1})).expect(200);
    handler.call("POST", &format!("/api/v1{address}/identity"), &json!({"reason": " "})).expect(422);
    scene.approver.api().call("POST", &format!("/api/v1{address}/identity"), &json!({"reason": "好奇"})).expect(403);
    let opened = handler
        .call("POST", &format!("/api/v1{address}/identity"), &json!({"reason": "需电话核实"}))
        .expect(200)
        .json();
    assert_eq!(opened, json!({"kind": "person", "name": NAME, "phone": PHONE, "email": EMAIL}));
    test.run_jobs();
    let letters = test.letters_to(EMAIL);
    assert!(letters.len() == 2 && letters[1].text.contains(NAME), "{letters:?}");
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let events =
        auditor.api().get(&format!("/api/v1/events{}", address.replace("objections", "objection"))).expect(200);
    assert!(events.text().contains("objection.identity_opened") && events.text().contains("需电话核实"));
    hides_the_objector(&events.text());
    hides_the_objector(&dump(test));
}

#[test]
fn the_address_is_confirmed_by_the_link_of_the_receipt_alone() {
    let (scene, receipt, address) = objected();
    let test = &scene.test;
    test.run_jobs();
    let letters = test.letters_to(EMAIL);
    let base = &test.app.env.base_url;
    let start = format!("{base}{address}/address/");
    let line = letters[0].text.lines().map(str::trim).find(|line| line.starts_with(&start));
    let link = line.expect("a link")[base.len()..].to_string();
    let number = receipt["number"].as_str().expect("a number");
    let officer = || scene.handler.browser().get(&address).expect(200);
    let mut visitor = test.visitor();
    // Programs that look into mails open the link; that confirms nothing.
    visitor.open(&link).shows("确认邮箱").shows(number).hides("案例不实");
    officer().shows("提出人未确认");
    // Neither does a link that somebody made up, nor one of another objection.
    let forged = format!("{address}/address/{}", "0".repeat(64));
    visitor.post(&forged, &[]).expect(404);
    visitor.get(&forged).expect(404);
    let other = link.replace(&address["/objections/".len()..], "00000000-0000-7000-8000-000000000000");
    visitor.get(&other).expect(404);
    officer().shows("提出人未确认");
    for _ in 0..2 {
        visitor.open(&link);
        visitor.submit(&link, &[]).expect(200).shows("联系邮箱已确认").shows(number);
    }
    hides_the_objector(&officer().shows("提出人已确认").text());
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let events = format!("/api/v1/events{}", address.replace("objections", "objection"));
    let events = auditor.api().get(&events).expect(200).text();
    assert_eq!(events.matches("objection.address_confirmed").count(), 1, "{events}");
    hides_the_objector(&events);
}

#[test]
fn c_63_a_mail_server_that_names_the_objector_is_not_quoted() {
    let (mut scene, _, _) = objected();
    scene.test.expect_lost_mail();
    let test = &scene.test;
    // The receipt alone: what a server says of another letter may be kept.
    test.tamper("DELETE FROM mails WHERE sealed = FALSE");
    test.post_office().fail_next(SendProblem::Permanent(format!("550 <{EMAIL}>: no such user")));
    test.run_jobs();
    assert_eq!(test.letters_to(EMAIL).len(), 0);
    hides_the_objector(&dump(test));
}

#[test]
fn c_63_what_was_kept_in_the_clear_is_sealed_at_the_next_start_and_fsck_says_so_before() {
    let (mut scene, _, address) = objected();
    scene.test.expect_violations();
    let test = &scene.test;
    let plain =
        format!("UPDATE objection_identities SET name = '{NAME}', phone = '{PHONE}', email = '{EMAIL}', sealed = NULL");
    test.tamper(&plain);
    let found = || {
        let all = test.violations().expect("a check");
        all.into_iter().filter(|v| v.invariant == "objector_is_sealed").map(|v| v.what).collect::<Vec<_>>()
    };
    assert_eq!(found(), ["who made it stands in the clear"]);
    let output = crate::program::program(test).arg("migrate").output().expect("it runs");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(found(), Vec::<String>::new());
    let sealed = test.read(|tx| Ok(yuanchi::db::objections::identities(tx.db)?));
    assert_eq!((sealed[0].name.as_str(), sealed[0].phone.as_str(), sealed[0].email.as_str()), ("", "", ""));
    let open = || {
        let body = json!({"reason": "核实"});
        scene.handler.api().call("POST", &format!("/api/v1{address}/identity"), &body).status
    };
    assert_eq!(open(), 200);
    // A seal that was altered does not open, and says so.
    test.tamper("UPDATE objection_identities SET sealed = substr(sealed, 1, length(sealed) - 2) || 'xx'");
    assert!(found()[0].contains("does not open"), "{:?}", found());
    assert_eq!(open(), 500);
}

#[test]
fn an_empty_form_is_told_everything_that_it_lacks() {
    let mut scene = scene();
    scene.test.set_clock(at("2026-01-06T02:00:00"));
    scene.noticed(State::InNotice, "佛山市");
    let mut visitor = scene.test.visitor();
    let path = format!("/notices/{NOTICE}/objections");
    visitor.open(&format!("{path}/new")).expect(200);
    let nothing = File { field: "evidence", name: "", bytes: b"" };
    let page = visitor.upload(&path, &[("application", ""), ("name", ""), ("matter", "")], &nothing).expect(422);
    let page = page.shows("请选择异议针对的单位").shows("请填写真实姓名或单位全称").shows("请填写联系电话或电子邮箱");
    page.shows("请说明异议事项").shows("请附上至少一份证明材料");
    // What is there is not asked for again, and is kept.
    let page = visitor.upload(&path, &[("name", NAME), ("email", EMAIL)], &nothing).expect(422);
    page.shows(NAME).hides("请填写真实姓名或单位全称").hides("请填写联系电话或电子邮箱").shows("请说明异议事项");
    // Nobody keeps the service busy with parts that no form has.
    visitor.upload(&path, &[("more", "x"); 80], &nothing).expect(400);
    let objections = scene.handler.api().json("/api/v1/objections");
    assert_eq!(objections["total"], 0, "what names nobody is no objection: {objections}");
}

/// Sends the form of an objection with several documents at once.
fn send_with(visitor: &mut Client, path: &str, fields: &[(&str, &str)], documents: &[(&str, Vec<u8>)]) -> Answer {
    const BOUNDARY: &str = "----between-the-documents-5c1e";
    let csrf = visitor.csrf().to_string();
    let mut body = Vec::new();
    for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
        let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.as_bytes());
    }
    for (name, bytes) in documents {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"evidence\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.as_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    visitor.send("POST", path, &[("content-type", &kind), ("sec-fetch-site", "same-origin")], body)
}

#[test]
fn a_bad_document_takes_no_good_one_with_it_and_hides_no_other_gap() {
    let mut scene = scene();
    scene.test.set_clock(at("2026-01-06T02:00:00"));
    let (application, _) = scene.noticed(State::InNotice, "佛山市");
    let application = application.to_string();
    let mut visitor = scene.test.visitor();
    let path = format!("/notices/{NOTICE}/objections");
    visitor.open(&format!("{path}/new")).expect(200);
    let fields = [
        ("once", "00000000-0000-7000-8000-0000000000f3"),
        ("application", application.as_str()),
        ("kind", "person"),
        ("name", NAME),
        ("matter", "案例不实。"),
    ];
    // One that is found out at its end, and one in its midst, whose rest is read over.
    let bad = || ("bad.pdf", b"no document".to_vec());
    let large = ("large.png", [png(), vec![0; 21 << 20]].concat());
    let documents = [("good1.png", png()), bad(), large, ("good2.png", png())];
    let page = send_with(&mut visitor, &path, &fields, &documents).expect(422).shows("案例不实。");
    let page = page.shows("“bad.pdf”未收下").shows("“large.png”未收下").shows("文件超过 20 MB");
    let page = page.shows("请填写联系电话或电子邮箱").hides("请附上至少一份证明材料").hides("按现有内容提交");
    let page = page.shows("good1.png").shows("good2.png");
    assert_eq!(page.text().matches("name=\"kept\"").count(), 2, "{page}");
    // Those of which nothing is good: that is told once, and so is everything else.
    let page = send_with(&mut visitor, &path, &[("email", "x")], &[bad()]).expect(422).shows("“bad.pdf”未收下");
    let page = page.shows("请选择异议针对的单位").shows("请填写真实姓名或单位全称").shows("请说明异议事项");
    page.hides("请附上至少一份证明材料").hides("name=\"kept\"");
    assert_eq!(scene.handler.api().json("/api/v1/objections")["total"], 0);
    // What was kept is handed in with what was missing.
    let page = send_with(&mut visitor, &path, &fields, &[("good.png", png()), bad()]).expect(422);
    let token = html::value_of(&page.text(), "kept").expect("the document's token");
    let whole = [&fields[..], &[("phone", PHONE), ("kept", token.as_str())]].concat();
    send_with(&mut visitor, &path, &whole, &[]).expect(201).shows("待受理");
}

#[test]
fn what_was_forgotten_is_asked_for_while_the_notice_runs() {
    let mut scene = scene();
    scene.test.set_clock(at("2026-01-06T02:00:00"));
    let (application, _) = scene.noticed(State::InNotice, "佛山市");
    let application = application.to_string();
    let mut visitor = scene.test.visitor();
    let path = format!("/notices/{NOTICE}/objections");
    visitor.open(&format!("{path}/new")).expect(200);
    let nothing = File { field: "evidence", name: "", bytes: b"" };
    let fields = [
        ("once", "00000000-0000-7000-8000-0000000000f1"),
        ("application", application.as_str()),
        ("kind", "person"),
        ("name", NAME),
        ("phone", PHONE),
        ("matter", "案例不实。"),
    ];
    // All but the document: it is asked for, what was typed stays, and nothing is recorded.
    visitor.upload(&path, &fields, &nothing).expect(422).shows("请附上至少一份证明材料").shows("案例不实。");
    let body = json!({ "application": application, "kind": "person", "name": NAME });
    let problem = visitor.call("POST", &format!("/api/v1{path}"), &body).expect(422).text();
    assert!(["phone", "matter", "evidence"].iter().all(|field| problem.contains(field)), "{problem}");
    assert_eq!(scene.handler.api().json("/api/v1/objections")["total"], 0);
    // A name that is none is told like every other gap.
    let mut of_nobody = fields;
    of_nobody[3].1 = "匿名";
    let page = visitor.upload(&path, &of_nobody, &File { field: "evidence", name: "a.png", bytes: &png() }).expect(422);
    page.shows("请填写真实姓名或单位全称").shows("按现有内容提交").hides("请附上至少一份证明材料");
    assert_eq!(scene.handler.api().json("/api/v1/objections")["total"], 0);
    // With the document it is the first one; after the last day what is incomplete is recorded as late.
    visitor.open(&format!("{path}/new")).expect(200);
    let picture = File { field: "evidence", name: "a.png", bytes: &png() };
    visitor.upload(&path, &fields, &picture).expect(201).shows("异议〔2026〕1号");
    scene.test.set_clock(at("2026-01-12T16:00:00"));
    let receipt = visitor.call("POST", &format!("/api/v1{path}"), &body).expect(201).json();
    assert_eq!(receipt["shortcomings"], json!(["late", "no_contact", "no_matter", "no_evidence"]));
}

#[test]
fn who_hands_an_objection_in_as_it_is_is_heard() {
    let mut scene = scene();
    scene.test.set_clock(at("2026-01-06T02:00:00"));
    let (application, _) = scene.noticed(State::InNotice, "佛山市");
    let application = application.to_string();
    let mut visitor = scene.test.visitor();
    let path = format!("/notices/{NOTICE}/objections");
    visitor.open(&format!("{path}/new")).expect(200).hides("按现有内容提交");
    let (nothing, png) = (File { field: "evidence", name: "", bytes: b"" }, png());
    let picture = File { field: "evidence", name: "a.png", bytes: &png };
    let fields = [
        ("once", "00000000-0000-7000-8000-0000000000f2"),
        ("application", application.as_str()),
        ("kind", "person"),
        ("name", ""),
        ("email", "somebody@example.net"),
        ("matter", "案例不实。"),
    ];
    // It is told what is missing, and keeps what came: what was typed, and the document.
    let first = visitor.upload(&path, &fields, &picture).expect(422).shows("请填写真实姓名或单位全称");
    let first = first.shows("按现有内容提交").shows("案例不实。").shows("a.png");
    assert_eq!(scene.handler.api().json("/api/v1/objections")["total"], 0);
    let token = html::value_of(&first.text(), "kept").expect("the document's token");
    // What names nobody to object to cannot be handed in; nor can a document that somebody made up.
    let of_nobody = [&fields[..1], &fields[2..], &[("as_it_is", "yes")]].concat();
    visitor.upload(&path, &of_nobody, &nothing).expect(422).shows("请选择异议针对的单位").hides("按现有内容提交");
    let forged = [&fields[..], &[("as_it_is", "yes"), ("kept", "7b7d.00")]].concat();
    visitor.upload(&path, &forged, &nothing).expect(422).shows("证明材料的凭据无效");
    // More than may come: it says how many, and leaves it to the sender which of them are left out.
    let many = [&fields[..], &[("kept", token.as_str()); 10]].concat();
    let refused = visitor.upload(&path, &many, &picture).expect(422).shows("证明材料最多 10 份");
    assert_eq!(refused.text().matches("name=\"kept\"").count(), 11);
    let many = json!({ "application": application, "kind": "person", "evidence": vec![token.as_str(); 11] });
    visitor.call("POST", &format!("/api/v1{path}"), &many).expect(422).shows("证明材料最多 10 份");
    // As it is: on record with its reason and its document, and a second press is the same objection.
    let sent = [&fields[..], &[("as_it_is", "yes"), ("kept", token.as_str())]].concat();
    for _ in 0..2 {
        let receipt = visitor.upload(&path, &sent, &nothing).expect(201).shows("异议〔2026〕1号").shows("不予受理");
        receipt.shows("未署真实姓名或单位名称").hides("未提供证明材料").hides("未留联系方式");
    }
    let all = scene.handler.api().json("/api/v1/objections");
    let objection = &all["items"][0];
    assert_eq!((&all["total"], &objection["status"]), (&json!(1), &json!("not_accepted")));
    assert_eq!(objection["shortcomings"], json!(["anonymous"]));
    let address = format!("/api/v1/objections/{}", objection["id"].as_str().expect("an id"));
    assert_eq!(scene.handler.api().json(&address)["evidence"][0]["name"], "a.png");
    scene.test.run_jobs();
    let letters = scene.test.letters_to("somebody@example.net");
    assert!(letters.len() == 1 && letters[0].subject.contains("异议〔2026〕1号"), "{letters:?}");
    assert!(letters[0].text.contains("未署真实姓名或单位名称"), "{letters:?}");
    assert!(letters[0].text.contains("补齐后可以重新提出"), "{letters:?}");
    // Over the API alike.
    let body = |as_it_is: bool| json!({ "application": application, "kind": "person", "as_it_is": as_it_is });
    let api = format!("/api/v1{path}");
    visitor.call("POST", &api, &body(false)).expect(422);
    let receipt = visitor.call("POST", &api, &body(true)).expect(201).json();
    assert_eq!(receipt["status"], "not_accepted");
    assert_eq!(receipt["shortcomings"], json!(["anonymous", "no_contact", "no_matter", "no_evidence"]));
    // What is complete is taken up, whichever button is pressed.
    visitor.open(&format!("{path}/new"));
    let whole = [&fields[..3], &[("name", NAME)], &fields[4..], &[("as_it_is", "yes")]].concat();
    visitor.upload(&path, &whole, &picture).expect(201).shows("待受理");
    // After the last day the form says so, and takes in what comes.
    scene.test.set_clock(at("2026-01-12T16:00:00"));
    visitor.open(&format!("{path}/new")).expect(200).shows("公示期已满");
    visitor
        .upload(&path, &fields, &nothing)
        .expect(201)
        .shows("超过公示期限")
        .shows("未提供证明材料")
        .shows("逾期的不能再补齐后重新提出")
        .hides("公示期内补齐后可以重新提出");
    // Nor does the letter send anybody to mend what cannot be mended.
    scene.test.run_jobs();
    let letters = scene.test.letters_to("somebody@example.net");
    let late: Vec<_> = letters.iter().filter(|letter| letter.text.contains("超过公示期限")).collect();
    assert!(late.len() == 1 && late[0].text.contains("逾期的不能再补齐后重新提出"), "{letters:?}");
    assert!(!late[0].text.contains("公示期未满"), "{letters:?}");
    let all = scene.handler.api().json("/api/v1/objections?status=not_accepted");
    assert_eq!(all["total"], 3, "late ones are on record too: {all}");
}
