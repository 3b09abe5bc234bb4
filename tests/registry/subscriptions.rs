//! A search by mail: nothing is sent before it is confirmed, one letter a day says what is new, any letter ends it, and no answer tells
//! whether an address is known.

use super::lists::{Scene, scene, scene_on};
use super::support::app::{TestApp, at};
use super::support::{Answer, Client, canaries};
use chrono::Duration;
use yuanchi::actions::subscription::announce::{COUNTED, News, announce};
use yuanchi::config::LimitConfig;
use yuanchi::db::subscriptions;
use yuanchi::domain::procedure::State;
use yuanchi::mail::{Letter, SendProblem};

const READER: &str = "reader@example.org";

/// Publishes one more name.
fn publish(scene: &mut Scene) {
    scene.noticed(State::InNotice, "佛山市");
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
}

fn published() -> Scene {
    let mut scene = scene();
    publish(&mut scene);
    scene
}

/// Asks for a search by mail, as its page offers it.
#[track_caller]
fn ask(scene: &Scene, query: &str, email: &str) -> Answer {
    let mut visitor = scene.test.visitor();
    visitor.open(&format!("/providers{query}"));
    visitor.submit("/providers/subscriptions", &[("email", email)])
}

fn letters(scene: &Scene) -> Vec<Letter> {
    scene.test.run_jobs();
    scene.test.letters_to(READER)
}

/// The path of the first link of a letter that leads to a subscription.
#[track_caller]
fn link(scene: &Scene, letter: &Letter) -> String {
    let base = format!("{}/subscriptions/", scene.test.app.env.base_url);
    let rest = letter.text.lines().find_map(|line| line.split_once(&base).map(|(_, rest)| rest.trim()));
    format!("/subscriptions/{}", rest.unwrap_or_else(|| panic!("no link in {}", letter.text)))
}

#[track_caller]
fn confirm(scene: &Scene, letter: &Letter) -> Client {
    let link = link(scene, letter);
    let mut visitor = scene.test.visitor();
    visitor.open(&link).shows("确认订阅");
    visitor.submit(&link, &[]).expect(200).shows("订阅已生效");
    visitor
}

#[test]
fn a_search_is_mailed_once_it_is_confirmed_and_until_it_is_ended() {
    let mut scene = published();
    ask(&scene, "?q=%E6%99%BA%E9%80%A0&city=440600", READER).expect(202).shows("确认邮件").hides(READER);
    let first = letters(&scene);
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(first[0].text.contains("city=440600") && first[0].unsubscribe.is_none(), "{first:?}");
    let html = first[0].html.clone().unwrap_or_default();
    assert!(
        html.contains(">查看该查询</a>") && html.contains(">确认订阅</a>"),
        "each button says what it does: {html}"
    );
    publish(&mut scene);
    assert_eq!(letters(&scene).len(), 1, "nothing before it is confirmed");

    let mut visitor = confirm(&scene, &first[0]);
    visitor.get(&link(&scene, &first[0])).expect(422).shows("链接无效");
    let kept = scene.test.read(|tx| Ok(subscriptions::behind(tx.db, i32::MAX, tx.now, 9)?));
    assert_eq!((kept.len(), kept[0].seen_list), (1, 2), "what was published before is no news");
    assert!(kept[0].address.starts_with("sealed:") && !format!("{kept:?}").contains("reader"), "{kept:?}");

    publish(&mut scene);
    let told = letters(&scene);
    assert_eq!(told.len(), 2, "{told:?}");
    let news = &told[1];
    assert!(news.text.contains("佛山智造3有限公司") && !news.text.contains("佛山智造2有限公司"), "{news:?}");
    assert!(news.subject.contains("1 条新结果"), "{news:?}");
    publish(&mut scene);
    assert_eq!(letters(&scene).len(), 2, "one letter a day");
    scene.test.advance(Duration::days(1));
    let told = letters(&scene);
    assert!(told.len() == 3 && told[2].text.contains("佛山智造4有限公司"), "{told:?}");

    // As mail programs do by themselves: no cookie, no token.
    let end = link(&scene, news);
    let header = format!("{}{end}", scene.test.app.env.base_url);
    assert_eq!(news.unsubscribe.as_deref(), Some(header.as_str()));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = || b"List-Unsubscribe=One-Click".to_vec();
    scene.test.visitor().open(&end).shows("确认退订");
    scene.test.visitor().send("POST", &end, &form, body()).expect(200).shows("已退订");
    scene.test.visitor().send("POST", &end, &form, body()).expect(200).shows("已退订");
    scene.test.advance(Duration::days(2));
    publish(&mut scene);
    assert_eq!(letters(&scene).len(), 3);
}

#[test]
fn a_letter_says_at_least_where_it_counted_no_further() {
    let scene = published();
    ask(&scene, "", READER).expect(202);
    confirm(&scene, &letters(&scene)[0]);
    let kept = scene.test.read(|tx| Ok(subscriptions::behind(tx.db, i32::MAX, tx.now, 9)?))[0].clone();
    let news = |number: usize| News { name: format!("单位{number}"), list: "名单".into() };
    let news: Vec<News> = (0..COUNTED).map(news).collect();
    assert!(scene.test.write(move |tx| announce(tx, &kept, 9, &news)));
    let told = letters(&scene);
    assert!(told[1].subject.contains("100 条以上新结果"), "{told:?}");
    assert!(told[1].text.contains("单位19") && !told[1].text.contains("单位20"), "{told:?}");
}

#[test]
fn who_forges_the_end_of_a_subscription_ends_nothing() {
    let mut scene = published();
    ask(&scene, "", READER).expect(202);
    let first = letters(&scene);
    assert!(first[0].text.contains("订阅了全部在池单位的新结果"), "it says what it is about: {first:?}");
    confirm(&scene, &first[0]);
    let id = scene.test.read(|tx| Ok(subscriptions::behind(tx.db, i32::MAX, tx.now, 9)?))[0].id;
    for key in ["0".repeat(64), "x".into()] {
        let path = format!("/subscriptions/{id}/end/{key}");
        scene.test.visitor().send("POST", &path, &[], Vec::new()).expect(200).shows("已退订");
    }
    publish(&mut scene);
    assert_eq!(letters(&scene).len(), 2);
}

#[test]
fn what_does_not_match_is_not_told() {
    let mut scene = published();
    ask(&scene, "?q=%E6%97%A0%E5%85%B3", READER).expect(202);
    let first = letters(&scene);
    confirm(&scene, &first[0]);
    publish(&mut scene);
    assert_eq!(letters(&scene).len(), 1);
}

#[test]
fn what_could_never_find_anything_is_not_kept() {
    let mut scene = published();
    let mut visitor = scene.test.visitor();
    for filter in ["category", "city", "cluster", "field", "year", "standing"] {
        visitor.open("/providers");
        let fields = [("email", READER), (filter, "whatever")];
        visitor.submit("/providers/subscriptions", &fields).expect(422).shows("没有“whatever”这一选项");
    }
    // All that is wrong is said at once, the address too.
    visitor.open("/providers");
    let filters = ["category", "city", "cluster", "field", "year", "standing"];
    let values = filters.map(|filter| format!("no-{filter}"));
    let mut fields: Vec<(&str, &str)> = filters.iter().copied().zip(values.iter().map(String::as_str)).collect();
    fields.push(("email", "nobody"));
    let mut refused = visitor.submit("/providers/subscriptions", &fields).expect(422);
    for value in &values {
        refused = refused.shows(&format!("没有“{value}”这一选项"));
    }
    refused.shows("href=\"#f-email\"");
    assert_eq!(letters(&scene).len(), 0);
    // One that was kept before a rule changed: it is passed over, and the log says so.
    ask(&scene, "?year=2026", READER).expect(202);
    let first = letters(&scene);
    confirm(&scene, &first[0]);
    scene.test.tamper(if scene.test.on_postgres() {
        "UPDATE search_subscriptions SET search = REPLACE(search::text, '2026', 'whenever')::json"
    } else {
        "UPDATE search_subscriptions SET search = REPLACE(search, '2026', 'whenever')"
    });
    let id = scene.test.read(|tx| Ok(subscriptions::behind(tx.db, i32::MAX, tx.now, 9)?))[0].id;
    let log = canaries::overhear();
    publish(&mut scene);
    assert_eq!(letters(&scene).len(), 1);
    let said = log.lock().expect("no panic").clone();
    let lines: Vec<&str> = said.lines().filter(|line| line.contains(id.as_text())).collect();
    assert!(lines.iter().any(|line| line.contains("WARN") && line.contains("filter_unknown")), "{lines:?}");
}

#[test]
fn every_address_is_answered_alike_and_gets_few_letters() {
    let scene = published();
    let known = ask(&scene, "", READER).expect(202).words();
    confirm(&scene, &letters(&scene)[0]);
    // Known, and asked for again; and in another spelling.
    assert_eq!(ask(&scene, "", READER).expect(202).words(), known);
    assert_eq!(ask(&scene, "", "Reader@Example.ORG").expect(202).words(), known);
    assert_eq!(letters(&scene).len(), 1, "they have it already");
    for number in 0..9 {
        ask(&scene, &format!("?year={}", 2010 + number), READER).expect(202);
    }
    assert_eq!(letters(&scene).len(), 5, "whoever asks for them");
    for wrong in ["", "nobody", "a@b@c", "甲@example.org"] {
        ask(&scene, "", wrong).expect(422);
    }
}

#[test]
fn a_network_asks_only_so_often_whatever_the_address() {
    let limit = LimitConfig { attempts: 2, minutes: 10 };
    let scene = scene_on(TestApp::start_with(|config| config.limits.subscription = limit));
    ask(&scene, "", READER).expect(202);
    // What cannot be asked for is not counted.
    ask(&scene, "", "nobody").expect(422);
    ask(&scene, "", "other@example.org").expect(202);
    let known = ask(&scene, "", READER).expect(429).shows("10 分钟后再试");
    assert_eq!(known.header("retry-after"), Some("600"));
    let unknown = ask(&scene, "", "third@example.org").expect(429);
    assert_eq!(unknown.header("retry-after"), known.header("retry-after"), "whatever is known of an address");
    assert_eq!(letters(&scene).len(), 1);
    assert!(scene.test.letters_to("third@example.org").is_empty());
    scene.test.advance(Duration::seconds(600));
    ask(&scene, "", "third@example.org").expect(202);
}

/// Asks from a network, as a proxy names it.
#[track_caller]
fn ask_from(scene: &Scene, network: &str, email: &str) -> u16 {
    let mut visitor = scene.test.visitor();
    visitor.open("/providers");
    let form = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("x-forwarded-for", network),
    ];
    let body = format!("csrf={}&email={}", visitor.csrf(), email.replace('@', "%40"));
    visitor.send("POST", "/providers/subscriptions", &form, body.into_bytes()).status
}

#[test]
fn one_place_cannot_use_up_what_all_together_are_allowed() {
    let small = |config: &mut yuanchi::config::Config| {
        config.limits.subscription_neighbours = LimitConfig { attempts: 12, minutes: 1_440 };
    };
    let scene = scene_on(TestApp::start_with(small));
    // Two thousand have been asked for today, from elsewhere and by whatever way.
    scene.test.tamper(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) \
         INSERT INTO search_subscriptions (id, search, search_key, address_key, address, created_at, confirm_key, \
         language) \
         SELECT 'x' || i, '{{}}', 'x' || i, 'x' || i, 'x', {}, 'x' || i, 'zh-CN' FROM n",
        if scene.test.on_postgres() { "TIMESTAMP '2026-03-02 00:30:00'" } else { "'2026-03-02 00:30:00'" }
    ));
    let wrote = |email: &str| {
        yuanchi::jobs::deliver_mail(&scene.test.app).expect("a turn");
        scene.test.letters_to(email).len()
    };
    // A neighbourhood has its share all the same, spread over its networks as it likes, and no more than that.
    for number in 0..12 {
        let email = format!("p{number}@example.org");
        assert_eq!(ask_from(&scene, &format!("203.0.113.{number}"), &email), 202, "the answer is the same");
        assert_eq!(wrote(&email), usize::from(number < 10), "{number}");
    }
    assert_eq!(ask_from(&scene, "203.0.113.99", "late@example.org"), 429);
    // Nobody else learns of it.
    assert_eq!(ask_from(&scene, "198.51.100.7", READER), 202);
    assert_eq!(wrote(READER), 1);
}

#[test]
fn a_day_to_confirm_counts_from_when_the_letter_leaves() {
    let scene = published();
    scene.test.set_clock(at("2026-03-03T01:00:00"));
    // Nothing else waits to be sent: it is this letter that fails.
    scene.test.run_jobs();
    ask(&scene, "", READER).expect(202);
    // The mail server is away for longer than the link is good for, and the service clears away meanwhile.
    scene.test.post_office().fail_next(SendProblem::Temporary("no route".into()));
    assert_eq!(yuanchi::jobs::deliver_mail(&scene.test.app).expect("a turn").failed, 1);
    scene.test.advance(Duration::hours(30));
    scene.test.write(yuanchi::actions::subscription::forget_unconfirmed);
    let link = link(&scene, &letters(&scene)[0]);
    scene.test.advance(Duration::seconds(24 * 3_600 - 1));
    scene.test.visitor().open(&link).shows("确认订阅");
    scene.test.advance(Duration::seconds(1));
    scene.test.visitor().get(&link).expect(422);
    // One whose letter never leaves is forgotten as well.
    ask(&scene, "", "never@example.org").expect(202);
    scene.test.write(yuanchi::actions::subscription::forget_unconfirmed);
    let kept = || scene.test.read(|tx| Ok(subscriptions::count_asked(tx.db, at("2026-01-01T00:00:00"))?));
    assert_eq!(kept(), 1);
    scene.test.advance(Duration::days(4));
    scene.test.write(yuanchi::actions::subscription::forget_unconfirmed);
    assert_eq!(kept(), 0);
}

#[test]
fn what_nobody_confirms_is_forgotten_after_a_day() {
    let scene = published();
    scene.test.set_clock(at("2026-03-03T01:00:00"));
    ask(&scene, "", READER).expect(202);
    let link = link(&scene, &letters(&scene)[0]);
    scene.test.advance(Duration::hours(24));
    scene.test.visitor().get(&link).expect(422);
    scene.test.run_jobs();
    assert_eq!(scene.test.read(|tx| Ok(subscriptions::count_asked(tx.db, at("2026-01-01T00:00:00"))?)), 0);
}
