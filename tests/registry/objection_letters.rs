//! What the applicant and the objector read of an objection.

use super::applications::png;
use super::lists::{NOTICE, Scene};
use super::objectors::{EMAIL, NAME, PHONE, confirm, objected};
use super::support::app::at;
use chrono::Duration;
use serde_json::json;
use yuanchi::db;
use yuanchi::db::mail_batches::MailBatch;
use yuanchi::domain::ids::MailBatchId;
use yuanchi::domain::mail_batch::MailAct;
use yuanchi::domain::scope::Scope;

/// The applicant of the name that [`objected`] objects to.
const VENDOR: &str = "vendor1@example.org";

/// The letter to an address whose subject holds these words: its subject and its text.
#[track_caller]
fn letter(scene: &Scene, address: &str, subject: &str) -> String {
    scene.test.run_jobs();
    let letters = scene.test.letters_to(address);
    let found = letters.iter().find(|letter| letter.subject.contains(subject));
    let found = found.unwrap_or_else(|| panic!("{subject} is not among {letters:?}"));
    format!("{}\n{}", found.subject, found.text)
}

/// Accepts an objection and proposes this end.
fn propose(scene: &Scene, address: &str, outcome: &str) {
    let path = format!("/api/v1{address}");
    let mut handler = scene.handler.api();
    handler.call("POST", &format!("{path}/acceptance"), &json!({ "version": 1 })).expect(200);
    let proposed = json!({ "version": 2, "outcome": outcome, "reason": "案例经核实。" });
    handler.call("POST", &format!("{path}/outcome"), &proposed).expect(200);
}

fn approve(scene: &Scene, address: &str) {
    let path = format!("/api/v1{address}/approval");
    scene.approver.api().call("POST", &path, &json!({ "version": 3 })).expect(200);
}

#[test]
fn whoever_is_removed_gets_a_whole_ruling() {
    let (scene, _, address) = objected();
    propose(&scene, &address, "upheld");
    let held = letter(&scene, VENDOR, "公示收到异议");
    assert_eq!(held.matches("公示期内收到异议").count(), 1, "{held}");
    let to_approve = letter(&scene, &scene.approver.email, "待审批异议处理意见");
    assert!(
        to_approve.contains("异议〔2026〕1号的处理意见已提出") && !to_approve.contains("异议 异议"),
        "{to_approve}"
    );
    approve(&scene, &address);
    let letter = letter(&scene, VENDOR, "异议成立");
    for words in [
        "申报编号：YC2026-SP-0001",
        "原因：案例经核实。",
        "依据：《若干措施》（粤府办〔2025〕1号）。",
        "作出单位：广东省工业和信息化厅",
        "日期：2026年1月6日",
        "请书面说明理由并附证明材料，向广东省工业和信息化厅提出。",
    ] {
        assert!(letter.contains(words), "{words} is missing in {letter}");
    }
    assert!(!letter.contains("收到本通知之日起"), "a term without its days: {letter}");
}

#[test]
fn a_release_after_the_notice_promises_nothing_that_has_passed() {
    let (scene, _, address) = objected();
    // Whoever objects may leave either the telephone or the address out, and is greeted without a name too.
    let mut visitor = scene.test.visitor();
    let form =
        visitor.open(&format!("/notices/{NOTICE}/objections/new")).shows("联系电话和电子邮箱至少填写一项").text();
    let phone = form.split("id=\"f-phone\"").nth(1).and_then(|rest| rest.split('>').next()).expect("the field");
    assert!(!phone.contains("aria-required"), "{phone}");
    propose(&scene, &address, "dismissed");
    scene.test.set_clock(at("2026-01-13T02:00:00"));
    approve(&scene, &address);
    let released = letter(&scene, VENDOR, "异议不成立");
    assert!(released.contains("公示期已满，将按程序予以公布。"), "{released}");
    assert!(!released.contains("公示期满后") && !released.contains("恢复公示"), "{released}");
    // One that comes too late is recorded whatever it lacks.
    let kind = [("content-type", "application/octet-stream")];
    let token = visitor.send("POST", "/api/v1/evidence?name=b.png", &kind, png()).expect(201).json()["token"].clone();
    let application = scene.handler.api().json("/api/v1/objections")["items"][0]["application"].clone();
    let body = json!({
        "application": application, "kind": "person", "name": "", "phone": "", "email": "nobody@example.net",
        "matter": "案例不实。", "evidence": [token],
    });
    visitor.call("POST", &format!("/api/v1/notices/{NOTICE}/objections"), &body).expect(201);
    let unnamed = letter(&scene, "nobody@example.net", "未予受理");
    assert!(unnamed.contains("您好：") && !unnamed.contains("\n："), "{unnamed}");
}

#[test]
fn whose_address_was_typed_reads_nothing_that_was_typed_and_no_more_until_they_say_yes() {
    let (scene, receipt, address) = objected();
    let test = &scene.test;
    test.run_jobs();
    let first = test.letters_to(EMAIL);
    assert_eq!(first.len(), 1);
    let text = format!("{}\n{}", first[0].subject, first[0].text);
    assert!(text.contains(receipt["number"].as_str().expect("a number")), "{text}");
    assert!([NAME, PHONE, "案例不实"].iter().all(|typed| !text.contains(typed)), "{text}");
    // It is handled all the same, and nobody is written to.
    propose(&scene, &address, "dismissed");
    approve(&scene, &address);
    assert_eq!(scene.handler.api().json(&format!("/api/v1{address}"))["status"], "dismissed");
    test.run_jobs();
    assert_eq!(test.letters_to(EMAIL).len(), 1);
    // Whoever says yes only now is told how it ended.
    confirm(test, EMAIL);
    test.run_jobs();
    let letters = test.letters_to(EMAIL);
    assert!(letters.len() == 2 && letters[1].subject.contains("不成立"), "{letters:?}");
    assert!(letters[1].text.contains("案例经核实。"), "{letters:?}");
    confirm(test, EMAIL);
    test.run_jobs();
    assert_eq!(test.letters_to(EMAIL).len(), 2, "once");
}

#[test]
fn nobody_fills_a_mailbox_by_objecting() {
    let (scene, ..) = objected();
    let application = scene.handler.api().json("/api/v1/objections")["items"][0]["application"].clone();
    let kind = [("content-type", "application/octet-stream")];
    for number in 2..=8 {
        let mut visitor = scene.test.visitor();
        let sent = visitor.send("POST", "/api/v1/evidence?name=b.png", &kind, png()).expect(201);
        let body = json!({
            "application": application, "kind": "person", "name": NAME, "phone": PHONE, "email": "Stranger@example.net",
            "matter": "案例不实。", "evidence": [sent.json()["token"]],
        });
        let receipt = visitor.call("POST", &format!("/api/v1/notices/{NOTICE}/objections"), &body).expect(201).json();
        assert_eq!(receipt["number"], format!("异议〔2026〕{number}号"), "each counts, whoever reads of it");
    }
    scene.test.run_jobs();
    let came = || scene.test.letters_to("Stranger@example.net").len();
    assert_eq!(came(), 5);
    // The others are not lost: without the link in them whoever objected could never confirm the address.
    scene.test.advance(Duration::minutes(30));
    scene.test.run_jobs();
    assert_eq!(came(), 5, "five in an hour");
    scene.test.advance(Duration::minutes(30));
    confirm(&scene.test, "Stranger@example.net");
    assert_eq!(came(), 7);
}

#[test]
fn nobody_reads_of_an_objection_before_the_held_letter_that_their_notice_was_opened() {
    let (scene, _, address) = objected();
    let (call, handler) = (scene.call, scene.handler.id);
    let batch = scene.test.write(move |tx| {
        let vendor = db::accounts::find_by_email(tx.db, VENDOR)?.expect("the applicant");
        let args = [("organisation", "甲公司"), ("call", "甲批次"), ("number", "1"), ("ends", "2026年1月12日")];
        let mail = tx.post_noted((&vendor).into(), "notice-opened", "/notices", &args)?;
        let batch = MailBatch {
            id: MailBatchId::new(&*tx.env.ids),
            act: MailAct::NoticeOpened,
            subject: call.to_string(),
            title: "甲批次".into(),
            letters: 1,
            note: String::new(),
            held_until: tx.now + Duration::hours(24),
            created_by: Some(handler),
            created_at: tx.now,
            released_by: None,
            released_at: None,
            version: 1,
            bureau: None,
        };
        db::mail_batches::create(tx.db, &batch)?;
        db::mails::hold(tx.db, &[mail], batch.id, batch.held_until)?;
        Ok(batch.id)
    });
    scene.test.run_jobs();
    assert!(scene.test.letters_to(VENDOR).is_empty(), "it is held");
    scene.test.advance(Duration::minutes(1));
    propose(&scene, &address, "dismissed");
    scene.test.run_jobs();
    let letters = scene.test.letters_to(VENDOR);
    assert_eq!(letters.len(), 2, "{letters:?}");
    assert!(!letters[0].subject.contains("收到异议") && letters[1].subject.contains("收到异议"), "{letters:?}");
    let released = scene.test.read(move |tx| Ok(db::mail_batches::find(tx.db, &Scope::everything(), batch)?));
    assert!(released.released_at.is_some() && released.released_by.is_none(), "by the service itself");
}
