//! The outbox, for the system administrator.

use super::support::{Person, TestApp, with};
use serde_json::json;
use yuanchi::actions::post::{Reader, Until};
use yuanchi::domain::actor::Role;
use yuanchi::jobs;
use yuanchi::mail::SendProblem;

const SECRET: &str = "/invitation/the-secret-of-a-link";

/// An administrator, and an outbox with one mail given up, one sent and one that waits.
fn outbox() -> (TestApp, Person) {
    let mut test = TestApp::start();
    test.expect_lost_mail();
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let post = |address: &'static str| {
        test.write(move |tx| {
            let reader = Reader { account: None, address, language: "zh-CN" };
            let until = tx.now + chrono::Duration::minutes(30);
            tx.post_until(
                reader,
                "account_invitation",
                SECRET,
                &[("name", "李四"), ("minutes", "30")],
                Until::Secret(until),
            )
        });
    };
    let turn = || jobs::deliver_mail(&test.app).map(|delivered| (delivered.sent, delivered.failed)).expect("a turn");
    post("gone.person@example.org");
    let refused = "550 5.1.1 <gone.person@example.org>: no such user";
    test.post_office().fail_next(SendProblem::Permanent(refused.into()));
    assert_eq!(turn(), (0, 1));
    post("here.person@example.org");
    assert_eq!(turn(), (1, 0));
    post("late.person@example.org");
    (test, keeper)
}

#[test]
fn the_outbox_says_what_became_of_each_mail_and_never_what_it_says() {
    let (_test, keeper) = outbox();
    let mut browser = keeper.browser();
    let page = browser.open("/mails");
    for words in ["g***@example.org", "h***@example.org", "l***@example.org", "account_invitation", "未能送达"] {
        assert!(page.words().contains(words), "{words} is missing in {page}");
    }
    for hidden in [".person@", "the-secret-of-a-link", "李四"] {
        assert!(!page.text().contains(hidden), "{hidden} must not be in {page}");
    }
    browser
        .open("/mails?standing=failed")
        .shows("g***@example.org")
        .shows("最近一次发送未成功：")
        .shows("no such user")
        .hides("h***@");
    browser.open("/mails?standing=sent").shows("h***@example.org").hides("g***@");
    browser.open("/mails?standing=waiting").shows("l***@example.org").hides("g***@");
    browser.open("/desk").shows("/mails?standing=failed");

    let all = keeper.api().json("/api/v1/mails");
    assert_eq!(all["total"], 3);
    let text = all.to_string();
    assert!(!text.contains(".person@") && !text.contains("the-secret") && !text.contains("李四"), "{text}");
    let failed = keeper.api().json("/api/v1/mails?standing=failed");
    let mail = &failed["items"][0];
    assert_eq!((&failed["total"], &mail["standing"], &mail["attempts"]), (&json!(1), &json!("failed"), &json!(1)));
    assert_eq!(mail["last_error"], "550 5.1.1 <g***@example.org>: no such user");
    assert_eq!(mail["next_attempt_at"], json!(null));
}

#[test]
fn a_mail_that_was_given_up_is_tried_again_once_asked_and_the_asking_is_recorded() {
    let (test, keeper) = outbox();
    let failed = keeper.api().json("/api/v1/mails?standing=failed");
    let id = failed["items"][0]["id"].as_str().expect("an id").to_string();
    let retry = format!("/api/v1/mails/{id}/retry");
    let again = keeper.api().call("POST", &retry, &json!({})).expect(200).json();
    assert_eq!((&again["standing"], &again["attempts"]), (&json!("waiting"), &json!(0)));
    assert_eq!(keeper.api().call("POST", &retry, &json!({})).expect(409).code(), "mail_not_failed");
    keeper.api().call("POST", "/api/v1/mails/00000000-0000-7000-8000-000000000000/retry", &json!({})).expect(404);
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").sent, 2);
    assert_eq!(test.letters_to("gone.person@example.org").len(), 1);

    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let events = auditor.api().json("/api/v1/events?action=mail.retried");
    assert_eq!(events["total"], 1, "a refused asking is no event");
    assert_eq!(events["items"][0]["actor"], keeper.id.as_text());
}

#[test]
fn all_that_was_given_up_is_tried_again_from_the_page() {
    let (test, keeper) = outbox();
    let mut browser = keeper.browser();
    browser.open("/mails").shows("重新发送全部未送达邮件（1 封）");
    let sent = browser.submit("/mails/retry", &[]).expect(303);
    assert_eq!(sent.location(), "/mails");
    browser.open("/mails").hides("重新发送全部未送达邮件");
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").sent, 2);
    // With nothing to try there is nothing to record.
    let none = keeper.api().call("POST", "/api/v1/mails/retry", &json!({})).expect(200).json();
    assert_eq!(none["mails"], 0);
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    assert_eq!(auditor.api().json("/api/v1/events?action=mail.retried")["total"], 1);
}

/// What the database keeps of each mail, in the order of its writing: standing, address, text.
fn kept(test: &TestApp) -> Vec<(&'static str, String, String)> {
    use diesel::prelude::*;
    use yuanchi::db::schema::mails::dsl::{body, failed_at, id, mails, sent_at, to_address};
    type Row = (Option<chrono::NaiveDateTime>, Option<chrono::NaiveDateTime>, String, String);
    let mut db = yuanchi::db::Db::open(&test.database_url()).expect("the database");
    let rows: Vec<Row> =
        mails.order(id).select((sent_at, failed_at, to_address, body)).load(&mut db).expect("the outbox");
    rows.into_iter()
        .map(|(sent, failed, address, text)| {
            let standing = if sent.is_some() {
                "sent"
            } else if failed.is_some() {
                "failed"
            } else {
                "waiting"
            };
            (standing, address, text)
        })
        .collect()
}

#[test]
fn a_one_time_link_is_kept_no_longer_than_it_is_of_use() {
    let (test, keeper) = outbox();
    let holds_link = |text: &str| text.contains("the-secret-of-a-link");
    for (standing, address, text) in kept(&test) {
        assert!(address.contains("person@example.org"), "to whom a mail went stays on record");
        assert_eq!(holds_link(&text), standing != "sent", "{standing}: {text}");
    }
    yuanchi::jobs::clear_away(&test.app).expect("cleared");
    assert!(
        kept(&test).iter().any(|(standing, _, text)| *standing == "failed" && holds_link(text)),
        "it can be retried"
    );
    test.advance(chrono::Duration::minutes(31));
    assert_eq!(yuanchi::jobs::clear_away(&test.app).expect("cleared").mails, 1);
    assert!(kept(&test).iter().all(|(standing, _, text)| *standing == "waiting" || text.is_empty()));

    // Empty mail is not sent to anybody.
    let failed = keeper.api().json("/api/v1/mails?standing=failed");
    let retry = format!("/api/v1/mails/{}/retry", failed["items"][0]["id"].as_str().expect("an id"));
    assert_eq!(keeper.api().call("POST", &retry, &json!({})).expect(409).code(), "mail_is_over");
    assert_eq!(keeper.api().call("POST", "/api/v1/mails/retry", &json!({})).expect(200).json()["mails"], 0);
}

#[test]
fn an_objectors_address_goes_with_the_mail() {
    let mut test = TestApp::start();
    test.expect_lost_mail();
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let post = |address: &'static str| {
        test.write(move |tx| {
            let reader = Reader { account: None, address, language: "zh-CN" };
            tx.post_sealed(reader, "objection-accepted", "/notices/1", &[("name", "王五"), ("number", "1")])
        });
    };
    post("objector@example.org");
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").sent, 1);
    assert_eq!(test.letters_to("objector@example.org").len(), 1);
    post("refused@example.org");
    test.post_office().fail_next(SendProblem::Permanent("550 <refused@example.org>: no such user".into()));
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").failed, 1);
    let of = |wanted: &str| kept(&test).into_iter().find(|(standing, ..)| *standing == wanted).expect("a mail");
    assert_eq!(of("sent"), ("sent", String::new(), String::new()));
    let kept_address = of("failed").1;
    assert!(
        kept_address.starts_with("sealed:"),
        "it can be tried again, and stands nowhere in the clear: {kept_address}"
    );
    test.advance(chrono::Duration::days(30));
    yuanchi::jobs::clear_away(&test.app).expect("cleared");
    assert_eq!(of("failed"), ("failed", String::new(), String::new()));
    let page = keeper.browser().open("/mails");
    assert!(page.words().contains("（已清除）"), "{page}");
    assert!(!page.text().contains("no such user"), "the server's answer names the address");
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_the_data() {
    use std::os::unix::fs::PermissionsExt;
    // Where the database is named, the service makes all of it.
    let test = TestApp::start_with(|config| config.database.url = config.database_url());
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    for folder in [test.dir.clone(), test.dir.join("objects"), test.dir.join("mail")] {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    if !test.on_postgres() {
        for file in ["yuanchi.db", "yuanchi.db-wal", "yuanchi.db-shm"] {
            assert_eq!(mode(&test.dir.join(file)), 0o600, "{file}");
        }
    }
}
