//! One's own mail, read in the service.

use super::support::{Person, TestApp, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::actions::post::Until;
use yuanchi::db;
use yuanchi::domain::actor::Role;

/// Puts a mail of a kind into the outbox that holds no secret.
fn post(test: &TestApp, to: &Person, call: &str, held: Option<Duration>) {
    let (id, call) = (to.id, call.to_string());
    test.write(move |tx| {
        let account = db::accounts::find(tx.db, id)?;
        let args = [("organisation", "甲公司"), ("call", call.as_str()), ("due", "2026年3月20日 17:00")];
        match held {
            None => tx.post((&account).into(), "deadline-closing", "/calls?phase=open", &args),
            Some(time) => {
                let until = Until::Held(tx.now + time);
                tx.post_until((&account).into(), "deadline-closing", "/calls", &args, until).map(drop)
            }
        }
    });
}

fn list(person: &Person, query: &str) -> Value {
    person.api().json(&format!("/api/v1/messages{query}"))
}

#[test]
fn everybody_finds_their_own_mail_in_the_service_and_what_they_have_not_read() {
    let test = TestApp::start();
    let (anna, other) = (test.person("anna@example.org", &[]), test.person("other@example.org", &[]));
    test.visitor().open("/").hides("站内消息");
    anna.browser().open("/desk").shows("站内消息").hides("条未读消息");
    anna.browser().open("/messages").shows("没有消息");
    post(&test, &anna, "甲批次", None);
    test.advance(Duration::minutes(1));
    post(&test, &anna, "乙批次", None);
    post(&test, &other, "丙批次", None);

    let listed = list(&anna, "");
    let subjects: Vec<&str> =
        listed["items"].as_array().expect("messages").iter().filter_map(|one| one["subject"].as_str()).collect();
    assert_eq!(subjects, ["申报即将截止：乙批次", "申报即将截止：甲批次"], "one's own, newest first");
    let mut browser = anna.browser();
    browser.open("/desk").shows("2 条未读消息");
    browser.open("/messages").shows("申报即将截止：甲批次").shows("申报截止提醒").hides("丙批次");
    // Opening is reading; the address in the text leads there.
    let id = listed["items"][0]["id"].as_str().expect("an id").to_string();
    browser
        .open(&format!("/messages/{id}"))
        .shows("“乙批次”的申报将于")
        .shows("href=\"/calls?phase=open\"")
        .shows("1 条未读消息");
    browser.open("/messages?unread=true").shows("甲批次").hides("乙批次");
    // Written in another language than the page, it says so.
    browser.open(&format!("/messages/{id}")).hides("<h1 lang=");
    browser.submit("/language", &[("language", "en")]).expect(303);
    browser
        .open(&format!("/messages/{id}"))
        .shows("<h1 lang=\"zh-CN\">")
        .shows("<section class=\"card\" lang=\"zh-CN\">");
    browser.open("/messages").shows("lang=\"zh-CN\">申报即将截止：甲批次");
    browser.submit("/language", &[("language", "zh-CN")]).expect(303);
    assert_eq!(list(&anna, "?unread=true")["total"], 1);
    // Nobody else reads it, nor learns whether there is such a message.
    other.browser().get(&format!("/messages/{id}")).expect(404);
    other.api().get(&format!("/api/v1/messages/{id}")).expect(404);
    other.api().call("POST", &format!("/api/v1/messages/{id}/read"), &json!({})).expect(404);
    test.visitor().get("/api/v1/messages").expect(401);

    // A program reads without marking, and marks without reading.
    let left = list(&anna, "?unread=true")["items"][0]["id"].as_str().expect("an id").to_string();
    let mut api = anna.api();
    let message = api.json(&format!("/api/v1/messages/{left}"));
    assert!(message["body"].as_str().is_some_and(|body| body.contains("甲公司")), "{message}");
    assert_eq!(message["read_at"], json!(null));
    let marked = api.call("POST", &format!("/api/v1/messages/{left}/read"), &json!({})).expect(200).json();
    assert!(marked["read_at"].is_string(), "{marked}");
    assert_eq!(list(&anna, "?unread=true")["total"], 0);
    assert_eq!(api.call("POST", "/api/v1/messages/read", &json!({})).expect(200).json()["messages"], 0);
    assert_eq!(list(&other, "?unread=true")["total"], 1, "another's marks are theirs");
    let mut browser = other.browser();
    browser.open("/messages");
    let answer = browser.submit("/messages/read", &[]);
    browser.follow(answer).shows("已全部标为已读").hides("条未读消息");
}

#[test]
fn what_is_held_back_secret_or_over_is_not_read_in_the_service() {
    let test = TestApp::start();
    let anna = test.person("anna@example.org", &[]);
    let id = anna.id;
    test.write(move |tx| {
        let account = db::accounts::find(tx.db, id)?;
        let until = Until::Secret(tx.now + Duration::minutes(30));
        let args = [("name", "李四"), ("minutes", "30")];
        tx.post_until((&account).into(), "account_invitation", "/invitation/a-secret", &args, until).map(drop)
    });
    assert_eq!(list(&anna, "")["total"], 0, "a one-time link goes to the address alone");
    test.run_jobs();
    assert_eq!(list(&anna, "")["total"], 0);
    // Reminders are held back so that they can be withdrawn.
    post(&test, &anna, "甲批次", Some(Duration::minutes(5)));
    assert_eq!(anna.api().call("POST", "/api/v1/messages/read", &json!({})).expect(200).json()["messages"], 0);
    assert_eq!(list(&anna, "")["total"], 0);
    test.advance(Duration::minutes(5));
    assert_eq!(list(&anna, "?unread=true")["total"], 1);
    test.run_jobs();
    assert_eq!(list(&anna, "?unread=true")["total"], 1);
    // What its term is over for is gone from here as well.
    test.advance(Duration::days(test.app.config.retention.mail_days + 1));
    test.run_jobs();
    assert_eq!(list(&anna, "")["total"], 0);
}

#[test]
fn reminders_need_not_be_mailed_and_what_belongs_to_a_procedure_always_is() {
    let test = TestApp::start();
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let (anna, other) = (test.person("anna@example.org", &[]), test.person("other@example.org", &[]));
    let path = "/api/v1/me/mail-preferences";
    let mut api = anna.api();
    assert_eq!(
        api.json(path),
        json!({ "reminder": true, "work": true, "digest": true }),
        "everything, until one chooses"
    );
    let mut browser = anna.browser();
    // What only officers get is offered to officers alone.
    browser.open("/messages").shows("邮件通知设置").shows("不能关闭").hides("待办汇总邮件");
    let officer = test.person("officer@example.org", &[with(Role::Handler)]);
    officer.browser().open("/messages").shows("待办汇总邮件");
    // A box that is not ticked is not sent; what was not offered stays as it was.
    let answer = browser.post("/messages/preferences", &[]);
    browser.follow(answer).shows("邮件通知设置已保存");
    assert_eq!(api.json(path), json!({ "reminder": false, "work": true, "digest": true }));
    api.call("PUT", path, &json!({ "reminder": false })).expect(400);

    post(&test, &anna, "甲批次", None);
    post(&test, &other, "甲批次", None);
    let id = anna.id;
    test.write(move |tx| {
        let account = db::accounts::find(tx.db, id)?;
        let args = [("organisation", "甲公司"), ("call", "甲批次"), ("number", "1"), ("reason", "重复申报")];
        tx.post((&account).into(), "application-withdrawn", "/applications", &args)
    });
    test.run_jobs();
    let subjects = |person: &Person| -> Vec<String> {
        test.letters_to(&person.email).into_iter().map(|letter| letter.subject).collect()
    };
    assert_eq!(subjects(&anna), ["申报已撤回：1"], "the reminder is read in the service");
    assert_eq!(subjects(&other), ["申报即将截止：甲批次"]);
    // Mail that can be switched off leads to where that is done, in both forms; other mail does not.
    let settings = format!("{}/messages#mail-settings", test.app.env.base_url);
    for (person, leads) in [(&other, true), (&anna, false)] {
        let letter = test.letters_to(&person.email).remove(0);
        let html = letter.html.unwrap_or_default();
        assert_eq!(letter.text.contains(&settings), leads, "{}", letter.text);
        assert_eq!(html.contains(&format!("<a href=\"{settings}\">{settings}</a>")), leads, "{html}");
    }
    assert_eq!(list(&anna, "?unread=true")["total"], 2);
    // The outbox says that it was never meant to leave.
    let kept = keeper.api().json("/api/v1/mails?standing=site_only");
    let mail = &kept["items"][0];
    assert_eq!((&kept["total"], &mail["template"]), (&json!(1), &json!("deadline-closing")));
    assert_eq!((&mail["sent_at"], &mail["actions"]), (&json!(null), &json!([])));
    assert_eq!(keeper.api().json("/api/v1/mails?standing=sent")["total"], 2);
    keeper.browser().open("/mails?standing=site_only").shows("仅站内查看");
    // The choice is on record, once; the same again is none.
    api.call("PUT", path, &json!({ "reminder": false, "work": true, "digest": true })).expect(200);
    let events = test.read(|tx| Ok(db::events::of_subject(tx.db, "account", id.as_text())?));
    assert_eq!(events.iter().filter(|event| event.action == "account.mail_chosen").count(), 1);
    assert_eq!(
        api.call("PUT", path, &json!({ "reminder": true, "work": true, "digest": true })).expect(200).json()["reminder"],
        true
    );
    post(&test, &anna, "乙批次", None);
    test.run_jobs();
    assert_eq!(subjects(&anna).len(), 2);
}

#[test]
fn a_message_is_read_although_it_cannot_be_noted_that_it_was() {
    let test = TestApp::start();
    let anna = test.person("anna@example.org", &[]);
    post(&test, &anna, "甲批次", None);
    let id = list(&anna, "")["items"][0]["id"].as_str().expect("an id").to_string();
    test.refuse("UPDATE", "mails", "NEW.read_at IS NOT NULL");
    let mut browser = anna.browser();
    browser.open(&format!("/messages/{id}")).shows("“甲批次”的申报将于").shows("1 条未读消息");
    assert_eq!(list(&anna, "?unread=true")["total"], 1);
    test.refuse_no_more("mails");
    browser.open(&format!("/messages/{id}")).hides("条未读消息");
    assert_eq!(list(&anna, "?unread=true")["total"], 0);
}
