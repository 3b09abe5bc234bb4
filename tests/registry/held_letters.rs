//! Letters that one act writes to many: held, looked at, let go.

use super::applications;
use super::lists::{self, Scene};
use super::support::{Person, TestApp, admin_of, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::actions::address;
use yuanchi::db;
use yuanchi::db::page::Pager;
use yuanchi::domain::actor::Role;
use yuanchi::domain::calendar::local_datetime_iso;
use yuanchi::domain::language::Language;
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;
use yuanchi::jobs;

/// A registry in which three letters are many.
fn scene() -> Scene {
    lists::scene_on(TestApp::start_with(|config| config.mail.hold_above = 2))
}

/// So many organisations in the notice, and their people.
fn noticed(scene: &mut Scene, count: usize) -> Vec<Person> {
    (0..count).map(|_| scene.noticed(State::InNotice, "佛山市").1).collect()
}

/// Publishes whatever is ready.
fn publish(scene: &Scene) {
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
}

/// How many letters have reached each of them.
fn received(scene: &Scene, people: &[Person]) -> Vec<usize> {
    jobs::deliver_mail(&scene.test.app).expect("a turn");
    people.iter().map(|person| scene.test.letters_to(&person.email).len()).collect()
}

fn only(scene: &Scene) -> Value {
    let listed = scene.approver.api().json("/api/v1/letters");
    assert_eq!(listed["total"], 1, "{listed}");
    listed["items"][0].clone()
}

#[test]
fn letters_to_many_wait_for_an_officer_who_adds_a_note_and_lets_them_go() {
    let mut scene = scene();
    let vendors = noticed(&mut scene, 3);
    let second = vendors[1].id;
    scene.test.write(move |tx| Ok(db::accounts::set_language(tx.db, second, Language::En)?));
    publish(&scene);
    assert_eq!(received(&scene, &vendors), [0, 0, 0]);
    // They are no backlog to whoever watches the service.
    let figures = scene.test.visitor().get("/metrics").expect(200);
    figures.shows("yuanchi_mails{standing=\"held\"} 3").shows("yuanchi_mails{standing=\"waiting\"} 0");
    assert_eq!(vendors[0].api().json("/api/v1/messages")["total"], 0, "nor are they read in the service");
    // They are on the desk of whoever may do the act, so that they are not forgotten.
    let held = "待查看后发出的批量邮件";
    scene.approver.browser().open("/desk").shows(held);
    scene.handler.browser().open("/desk").hides(held).shows("查看批量邮件");

    let letters = only(&scene);
    let path = format!("/api/v1/letters/{}", letters["id"].as_str().expect("an id"));
    assert_eq!((&letters["act"], &letters["letters"]), (&json!("list_published"), &json!(3)));
    assert_eq!((&letters["actions"], &letters["released_at"]), (&json!(["note", "release"]), &json!(null)));
    let mut handler = scene.handler.api();
    assert_eq!(handler.json(&path)["letters"]["actions"], json!([]));
    handler.call("POST", &format!("{path}/release"), &json!({ "version": 1 })).expect(403);
    let mut approver = scene.approver.api();
    let note_path = format!("{path}/note");
    approver.call("PUT", &note_path, &json!({ "version": 1, "note": "长".repeat(501) })).expect(422);
    let note = "证书领取时间另行通知 <b>。";
    let noted = approver.call("PUT", &note_path, &json!({ "version": 1, "note": note })).expect(200).json();
    assert_eq!(noted["letters"]["version"], 2);
    let texts: Vec<&str> =
        noted["samples"].as_array().expect("samples").iter().filter_map(|one| one["text"].as_str()).collect();
    assert_eq!(texts.len(), 3, "two in Chinese, one in English");
    assert_eq!(texts.iter().filter(|text| text.ends_with(&format!("附言：\n{note}"))).count(), 2, "{texts:?}");
    assert_eq!(texts.iter().filter(|text| text.ends_with(&format!("Note:\n{note}"))).count(), 1, "{texts:?}");
    approver.call("POST", &format!("{path}/release"), &json!({ "version": 1 })).expect(409);
    assert_eq!(received(&scene, &vendors), [0, 0, 0]);

    let page_path = path.trim_start_matches("/api/v1").to_string();
    let mut browser = scene.approver.browser();
    browser.open("/letters").shows(&page_path).shows("公布名单").shows("暂缓发送，2");
    // Every letter is there with its reader, whose address is masked, and can be read; by the page as by the program.
    let all = approver.json(&path);
    assert_eq!((&all["mails_total"], all["mails"].as_array().map(Vec::len)), (&json!(3), Some(3)), "{all}");
    let second = approver.json(&format!("{path}?page=2&per_page=2"));
    assert_eq!((&second["mails_total"], second["mails"].as_array().map(Vec::len)), (&json!(3), Some(1)), "{second}");
    let shown = browser.open(&page_path);
    assert_eq!(shown.text().matches("<details class=\"card\">").count(), 3, "{shown}");
    for vendor in &vendors {
        let masked = yuanchi::domain::mask::addresses(&vendor.email);
        assert!(all["mails"].as_array().into_iter().flatten().any(|one| one["to"] == json!(masked)), "{all}");
        assert!(!shown.text().contains(&vendor.email) && shown.text().contains(&masked), "{shown}");
    }
    let page = browser.open(&page_path).shows("English").shows("证书领取时间另行通知");
    assert!(!page.text().contains("通知 <b>"), "what an officer wrote is text: {page}");
    let released = browser.submit(&format!("{page_path}/release"), &[]).expect(303);
    browser.follow(released).shows("邮件已列入发送队列").hides("立即发出");
    assert_eq!(received(&scene, &vendors), [1, 1, 1]);
    let letter = &scene.test.letters_to(&vendors[0].email)[0];
    assert!(letter.text.contains(&format!("附言：\n{note}\n\n本邮件于 ")), "{}", letter.text);
    assert!(letter.html.as_deref().is_some_and(|html| html.contains("另行通知 &lt;b&gt;。")));
    let message = vendors[1].api().json("/api/v1/messages")["items"][0]["id"].clone();
    let message = vendors[1].api().json(&format!("/api/v1/messages/{}", message.as_str().expect("an id")));
    assert!(message["body"].as_str().is_some_and(|body| body.ends_with(&format!("Note:\n{note}"))), "{message}");
    // What has left is gone.
    let again = json!({ "version": 3, "note": "" });
    assert_eq!(approver.call("PUT", &note_path, &again).expect(409).code(), "letters_gone");
    scene.approver.browser().open("/desk").hides(held);
    let id = letters["id"].as_str().expect("an id").to_string();
    let events = scene.test.read(|tx| Ok(db::events::of_subject(tx.db, "outbox", &id)?));
    let actions: Vec<&str> = events.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(actions, ["letters.held", "letters.noted", "letters.released"]);
}

/// The note and the letting go are one form: what was typed goes with the letters, kept before or not.
#[test]
fn what_was_typed_below_held_letters_leaves_with_them() {
    let mut scene = scene();
    let vendors = noticed(&mut scene, 3);
    publish(&scene);
    let path = format!("/letters/{}", only(&scene)["id"].as_str().expect("an id"));
    let (note_path, release_path) = (format!("{path}/note"), format!("{path}/release"));
    let mut browser = scene.approver.browser();
    let page = browser.open(&path);
    assert_eq!(page.text().matches(&format!("action=\"{release_path}\"")).count(), 1, "one form: {page}");
    assert!(browser.offers(&note_path), "which can be kept without letting the letters go");
    let token = browser.csrf().to_string();
    let fields = [("csrf", token.as_str()), ("version", "1"), ("page", "2"), ("note", "旧附言")];
    let kept = browser.post_exactly(&note_path, &fields).expect(303);
    assert_eq!(kept.header("location"), Some(format!("{path}?page=2").as_str()), "to the page that was read");
    browser.follow(kept).shows("旧附言");
    let long = "长".repeat(501);
    let too_long = browser.submit(&release_path, &[("note", long.as_str())]).expect(422);
    assert!(too_long.text().contains(&long), "what was typed stays: {too_long}");
    assert!(too_long.text().contains(" data-guard data-unsaved"), "and is asked for before it is left: {too_long}");
    assert_eq!(received(&scene, &vendors), [0, 0, 0], "and nothing has left");
    browser.open(&path);
    let released = browser.submit(&release_path, &[("note", "新附言")]).expect(303);
    browser.follow(released).shows("邮件已列入发送队列");
    assert_eq!(received(&scene, &vendors), [1, 1, 1]);
    let letter = &scene.test.letters_to(&vendors[0].email)[0];
    assert!(letter.text.contains("附言：\n新附言") && !letter.text.contains("旧附言"), "{}", letter.text);
    assert_eq!(only(&scene)["note"], "新附言", "it is kept as well");
}

/// What somebody was written is what they find in the service, whatever an officer writes below the letters that wait.
#[test]
fn a_note_is_put_below_the_letters_alone_that_have_not_left() {
    const NOTE: &str = "证书领取时间另行通知。";
    let mut scene = scene();
    let (file, first) = scene.noticed(State::InNotice, "佛山市");
    let others = noticed(&mut scene, 2);
    publish(&scene);
    scene.test.advance(Duration::minutes(1));
    scene.test.write(move |tx| {
        let organisation = db::applications::find(tx.db, &Scope::everything(), file)?.organisation_id;
        let args = [("organisation", "x"), ("call", "x")];
        tx.post_to_organisation(organisation, "deadline-closing", &format!("/applications/{file}"), &args)
    });
    let people = [first, others[0].clone(), others[1].clone()];
    assert_eq!(received(&scene, &people), [2, 0, 0], "the letter of the same call went before it");
    let letters = only(&scene);
    let path = format!("/api/v1/letters/{}", letters["id"].as_str().expect("an id"));
    let mut approver = scene.approver.api();
    let noted =
        approver.call("PUT", &format!("{path}/note"), &json!({ "version": 1, "note": NOTE })).expect(200).json();
    let texts: Vec<&str> =
        noted["samples"].as_array().expect("samples").iter().filter_map(|one| one["text"].as_str()).collect();
    assert!(texts.len() == 2 && texts.iter().all(|text| text.contains(NOTE)), "those that wait are shown: {texts:?}");
    approver.call("POST", &format!("{path}/release"), &json!({ "version": 2 })).expect(200);
    assert_eq!(received(&scene, &people), [2, 1, 1]);
    for (index, person) in people.iter().enumerate() {
        let letters = scene.test.letters_to(&person.email);
        assert_eq!(letters[0].text.contains(NOTE), index > 0, "{}", letters[0].text);
        let mut api = person.api();
        let listed = api.json("/api/v1/messages");
        let ids: Vec<&str> =
            listed["items"].as_array().expect("messages").iter().filter_map(|one| one["id"].as_str()).collect();
        let read: Vec<Value> = ids.iter().map(|id| api.json(&format!("/api/v1/messages/{id}"))).collect();
        let has_note = |one: &Value| one["body"].as_str().is_some_and(|body| body.contains(NOTE));
        assert_eq!(read.iter().any(has_note), index > 0, "as it was mailed: {read:?}");
    }
}

#[test]
fn held_letters_leave_by_themselves_and_before_whatever_follows_them() {
    let mut scene = scene();
    let few = noticed(&mut scene, 2);
    publish(&scene);
    assert_eq!(received(&scene, &few), [1, 1], "two are not many");

    let many = noticed(&mut scene, 3);
    publish(&scene);
    assert_eq!(received(&scene, &many), [0, 0, 0]);
    scene.test.advance(Duration::hours(24) - Duration::seconds(1));
    assert_eq!(received(&scene, &many), [0, 0, 0]);
    scene.test.advance(Duration::seconds(1));
    assert_eq!(received(&scene, &many), [1, 1, 1], "no letter is lost because nobody looked");
    assert_eq!(only(&scene)["actions"], json!([]));
    scene.approver.browser().open("/letters").shows("到期未办理，已于");

    let more = noticed(&mut scene, 3);
    publish(&scene);
    assert_eq!(received(&scene, &more), [0, 0, 0]);
    scene.test.advance(Duration::minutes(1));
    let last = noticed(&mut scene, 1);
    publish(&scene);
    assert_eq!(received(&scene, &more), [1, 1, 1], "what tells of the same call goes in its order");
    assert_eq!(received(&scene, &last), [1]);
    let order: Vec<String> = scene.test.letters().into_iter().map(|letter| letter.to.address).collect();
    let place = |person: &Person| order.iter().position(|address| *address == person.email).expect("a letter");
    assert!(more.iter().all(|person| place(person) < place(&last[0])), "{order:?}");
}

#[test]
fn letters_that_put_a_deadline_off_leave_before_the_one_that_their_readers_know() {
    let scene = applications::scene_on(TestApp::start_with(|config| config.mail.hold_above = 1));
    let test = &scene.app;
    let approver = test.person("chief@example.org", &[with(Role::Approver)]);
    let other = test.organisation("914403000000000001", "乙公司", "440305");
    let second = test.person("second@example.org", &[admin_of(other)]);
    let known = test.now() + Duration::days(30);
    scene.begin(&mut scene.admin.api());
    scene.begin(&mut second.api());
    test.set_clock(known - Duration::hours(2));
    let closes = local_datetime_iso(known + Duration::days(20));
    let body = json!({ "version": 1, "closes_at": closes, "reason": "台风影响" });
    approver.api().call("POST", &format!("/api/v1/calls/{}/extension", scene.call), &body).expect(200);
    let letters = approver.api().json("/api/v1/letters");
    assert_eq!((&letters["total"], &letters["items"][0]["act"]), (&json!(1), &json!("call_extended")), "{letters}");
    // What both are told in the same words is shown once.
    let held = approver.api().json(&format!("/api/v1/letters/{}", letters["items"][0]["id"].as_str().expect("an id")));
    assert_eq!((&held["letters"]["letters"], held["samples"].as_array().map(Vec::len)), (&json!(2), Some(1)), "{held}");
    let received = || {
        jobs::deliver_mail(&test.app).expect("a turn");
        [&scene.admin, &second].map(|person| test.letters_to(&person.email).len())
    };
    let before = received();
    test.advance(Duration::minutes(30) - Duration::seconds(1));
    assert_eq!(received(), before);
    // A quarter of the two hours that they think they have.
    test.advance(Duration::seconds(1));
    assert_eq!(received(), before.map(|count| count + 1));
}

#[test]
fn a_held_letter_follows_its_reader_to_another_address() {
    const MOVED: &str = "moved@example.org";
    let mut scene = scene();
    let vendors = noticed(&mut scene, 3);
    publish(&scene);
    let actor = vendors[0].actor();
    scene.test.write(move |tx| {
        let token = address::ask(tx, &actor, MOVED)?.expect("a link");
        address::confirm(tx, &actor, &token)
    });
    let before = received(&scene, &vendors);
    let told = scene.test.letters_to(MOVED).len();
    scene.test.advance(Duration::hours(24));
    assert_eq!(received(&scene, &vendors), [before[0], before[1] + 1, before[2] + 1]);
    assert_eq!(scene.test.letters_to(MOVED).len(), told + 1);
}

#[test]
fn what_an_officer_wrote_below_letters_goes_with_their_texts() {
    let mut scene = scene();
    noticed(&mut scene, 3);
    publish(&scene);
    let path = format!("/api/v1/letters/{}", only(&scene)["id"].as_str().expect("an id"));
    let note = json!({ "version": 1, "note": "请联系张三。" });
    scene.approver.api().call("PUT", &format!("{path}/note"), &note).expect(200);
    scene.test.advance(Duration::hours(25));
    scene.test.run_jobs();
    let kept = |scene: &Scene| scene.test.read(|tx| Ok(db::mail_batches::list(tx.db, None, Pager::new(None, None))?));
    assert_eq!(kept(&scene).items[0].note, "请联系张三。");
    scene.test.advance(Duration::days(scene.test.app.config.retention.mail_days));
    jobs::clear_away(&scene.test.app).expect("cleared");
    assert_eq!(kept(&scene).items[0].note, "");
}

/// What is to be said to one of many is put below that letter alone, and stays when the note of all is changed.
#[test]
fn one_of_many_letters_has_a_note_of_its_own() {
    const OWN: &str = "请于周五前到窗口领取。";
    let mut scene = scene();
    let vendors = noticed(&mut scene, 3);
    publish(&scene);
    let letters = only(&scene);
    let path = format!("/letters/{}", letters["id"].as_str().expect("an id"));
    let mut api = scene.approver.api();
    let all = api.json(&format!("/api/v1{path}"));
    let first = all["mails"][0]["id"].as_str().expect("an id").to_string();
    let address = format!("{path}/mails/{first}/note");
    let mut browser = scene.approver.browser();
    browser.open(&path).shows("附言（仅此件）").shows("与办理记录一致");
    let long = "长".repeat(501);
    let refused = browser.submit(&address, &[("own_note", long.as_str())]).expect(422);
    assert!(refused.text().contains("<details class=\"card\" open>"), "what is wrong is in sight: {refused}");
    assert_eq!(refused.text().matches("id=\"f-own_note\"").count(), 1, "the summary leads to it: {refused}");
    assert_eq!(refused.text().matches(" data-unsaved>").count(), 1, "of its form alone: {refused}");
    browser.submit(&address, &[("own_note", OWN)]).expect(303);
    let both = json!({ "version": 2, "note": "证书另行寄送。" });
    api.call("PUT", &format!("/api/v1{path}/note"), &both).expect(200);
    // Old versions, other acts, other officers.
    let late = json!({ "version": 1, "own_note": "x" });
    assert_eq!(api.call("PUT", &format!("/api/v1{address}"), &late).expect(409).code(), "stale");
    let elsewhere = format!("/api/v1{path}/mails/{}/note", letters["id"].as_str().expect("an id"));
    api.call("PUT", &elsewhere, &json!({ "version": 3, "own_note": "x" })).expect(404);
    let theirs = json!({ "version": 3, "own_note": "x" });
    scene.handler.api().call("PUT", &format!("/api/v1{address}"), &theirs).expect(403);
    api.call("POST", &format!("/api/v1{path}/release"), &json!({ "version": 3 })).expect(200);
    assert_eq!(received(&scene, &vendors), [1, 1, 1]);
    let texts: Vec<String> =
        vendors.iter().map(|person| scene.test.letters_to(&person.email)[0].text.clone()).collect();
    let with_own = format!("附言：\n{OWN}\n\n证书另行寄送。\n\n");
    assert_eq!(texts.iter().filter(|text| text.contains(&with_own)).count(), 1, "{texts:?}");
    assert_eq!(texts.iter().filter(|text| text.contains("附言：\n证书另行寄送。")).count(), 2, "{texts:?}");
    assert_eq!(
        api.call("PUT", &format!("/api/v1{address}"), &json!({ "version": 4, "own_note": "" })).expect(409).code(),
        "letters_gone"
    );
}
