//! One mail a working day with what waits for an officer.

use super::applications::{self, Scene};
use super::support::app::at;
use super::support::node::Node;
use super::support::{Person, TestApp, in_bureau, with};
use chrono::Duration;
use serde_json::json;
use std::sync::Barrier;
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::language::Language;
use yuanchi::jobs;
use yuanchi::mail::Letter;

/// A registry that sends digests from eight o'clock on: it is nine on a Monday.
fn scene() -> Scene {
    applications::scene_on(TestApp::start_with(|config| config.mail.digest_hour = 8))
}

/// How many digests are written now.
fn sent(test: &TestApp) -> usize {
    jobs::send_digests(&test.app).expect("a turn")
}

/// The digests that reached somebody, oldest first.
fn digests(test: &TestApp, person: &Person) -> Vec<Letter> {
    jobs::deliver_mail(&test.app).expect("a turn");
    let letters = test.letters_to(&person.email).into_iter();
    letters
        .filter(|letter| letter.subject.starts_with("今日待办") || letter.subject.starts_with("Waiting for"))
        .collect()
}

#[test]
fn officers_are_told_once_each_working_day_what_waits_within_their_own_scope() {
    let scene = scene();
    let test = &scene.app;
    let elsewhere = test.person("elsewhere@example.org", &[in_bureau("guangzhou")]);
    let approver = test.person("approver@example.org", &[with(Role::Approver)]);
    assert_eq!(sent(test), 0, "nothing waits for anybody");
    let mut vendor = scene.admin.api();
    let id = scene.complete(&mut vendor);
    scene.submit(&mut vendor, &id).expect(200);
    assert_eq!(sent(test), 0, "what arrives after the hour waits for the next day");

    test.set_clock(at("2026-03-02T23:59:59"));
    assert_eq!(sent(test), 0, "a second before eight o'clock");
    test.advance(Duration::seconds(1));
    // Two processes at the same instant.
    let other = Node::beside(test);
    let start = Barrier::new(2);
    let both: usize = std::thread::scope(|scope| {
        let turns = [&test.app, &other.app].map(|app| {
            let start = &start;
            scope.spawn(move || {
                start.wait();
                jobs::send_digests(app).expect("a turn")
            })
        });
        turns.into_iter().map(|turn| turn.join().expect("it ends")).sum()
    });
    assert_eq!(both, 1, "one for the bureau whose file it is");
    drop(other);
    let letters = digests(test, &scene.bureau);
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].subject, "今日待办 1 项（2026年3月3日）");
    let text = &letters[0].text;
    assert!(text.contains("其他待办：\n待审核的申报件：1（期限 "), "{text}");
    assert!(text.contains(&format!("{}/desk", test.app.env.base_url)) && !text.contains("逾期"), "{text}");
    assert!(letters[0].html.as_deref().is_some_and(|html| html.contains("待审核的申报件：1")));
    for person in [&elsewhere, &approver, &scene.admin] {
        assert!(digests(test, person).is_empty(), "nothing waits for {}", person.email);
    }
    test.advance(Duration::hours(6));
    assert_eq!(sent(test), 0, "once a day");

    for free in ["2026-03-07T02:00:00", "2026-10-01T02:00:00"] {
        test.set_clock(at(free));
        assert_eq!(sent(test), 0, "{free} is free");
    }
    // A Saturday that is made up. The bureau's term is long over, and its officer reads English now.
    test.set_clock(at("2026-10-10T02:00:00"));
    let officer = scene.bureau.id;
    test.write(move |tx| Ok(db::accounts::set_language(tx.db, officer, Language::En)?));
    assert_eq!(sent(test), 1);
    let letters = digests(test, &scene.bureau);
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[1].subject, "Waiting for you: 1 (10 Oct 2026)");
    let text = &letters[1].text;
    assert!(text.contains("Overdue, or due within three days:\nApplications to check: 1 (Overdue since "), "{text}");
    assert!(!text.contains("Also waiting"), "{text}");

    // Who wants none gets none; the choice takes nothing else away.
    let choose = |digest: bool| {
        let chosen = json!({ "reminder": true, "work": true, "digest": digest });
        scene.bureau.api().call("PUT", "/api/v1/me/mail-preferences", &chosen).expect(200);
    };
    choose(false);
    test.set_clock(at("2026-10-12T02:00:00"));
    assert_eq!(sent(test), 0);
    choose(true);
    assert_eq!(sent(test), 0, "the day is done with");
    test.set_clock(at("2026-10-13T02:00:00"));
    assert_eq!(sent(test), 1);
    // What was noted of former days is not kept.
    jobs::clear_away(&test.app).expect("cleared");
    let kept = |day: &str| {
        let day = day.parse().expect("a day");
        test.read(|tx| Ok(db::digests::noted(tx.db, day)?.len()))
    };
    assert_eq!(kept("2026-03-03"), 0);
    assert!(kept("2026-10-13") > 0);
    // Whether a day is worked is never guessed.
    test.set_clock(at("2027-01-04T02:00:00"));
    assert_eq!(sent(test), 0);
}

#[test]
fn no_hour_no_digest() {
    let scene = applications::scene();
    let mut vendor = scene.admin.api();
    let id = scene.complete(&mut vendor);
    scene.submit(&mut vendor, &id).expect(200);
    assert_eq!(sent(&scene.app), 0);
}

#[test]
fn a_digest_that_cannot_be_written_keeps_nobody_else_from_theirs() {
    let scene = scene();
    let test = &scene.app;
    let colleague = test.person("colleague@example.org", &[in_bureau("shenzhen")]);
    let mut vendor = scene.admin.api();
    let id = scene.complete(&mut vendor);
    scene.submit(&mut vendor, &id).expect(200);
    test.set_clock(at("2026-03-03T00:00:00"));
    let officers = [&scene.bureau, &colleague];
    // Whichever comes first, the other is written to.
    let first = officers.iter().min_by_key(|person| person.id).expect("two");
    test.refuse("INSERT", "mails", &format!("NEW.account_id = '{}'", first.id));
    assert_eq!(sent(test), 1);
    test.refuse_no_more("mails");
    assert_eq!(sent(test), 1, "at the next turn");
    assert_eq!(officers.map(|person| digests(test, person).len()), [1, 1]);
}
