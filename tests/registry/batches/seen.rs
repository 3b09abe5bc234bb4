//! What officers see of it: the list in which files are ticked, and letters that wait.

use super::{Hall, OPINION, accept, because, hall, hall_on, recommend, undoing};
use crate::support::{Person, TestApp, html, with};
use chrono::Duration;
use serde_json::json;
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::ApplicationId;
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;

/// What one act writes to many is held for those who may do the act: a bureau's for its officers.
#[test]
fn letters_of_a_joint_act_wait_for_the_officers_who_may_do_it() {
    let mut hall = hall_on(TestApp::start_with(|config| config.mail.hold_above = 1), 3);
    let ((a, first), (b, second)) = (hall.filed_in("440305"), hall.filed_in("440305"));
    let counts = |hall: &Hall| [&first, &second].map(|vendor| hall.letters(vendor).len());
    let before = counts(&hall);
    recommend(&mut hall.scene.bureau.api(), &[a.clone(), b.clone()]);
    assert_eq!(counts(&hall), before, "they are held");
    let handler_was_told = hall.letters(&hall.handler).iter().any(|subject| subject.contains("形式审查"));
    assert!(handler_was_told, "what is no letter to the applicants is not");
    let only = |person: &Person| person.api().json("/api/v1/letters");
    let letters = only(&hall.colleague);
    assert_eq!((&letters["total"], &letters["items"][0]["letters"]), (&json!(1), &json!(2)), "{letters}");
    let held = &letters["items"][0];
    assert_eq!((&held["act"], &held["bureau"]), (&json!("files_recommended"), &json!("shenzhen")));
    assert_eq!(held["actions"], json!(["note", "release"]));
    let path = format!("/api/v1/letters/{}", held["id"].as_str().expect("an id"));
    hall.scene.bureau.browser().open("/desk").shows("待查看后发出的批量邮件").shows("查看批量邮件");
    // The department reads them and leaves them alone; to another bureau there are none.
    assert_eq!(hall.handler.api().json(&path)["letters"]["actions"], json!([]));
    hall.handler.api().call("POST", &format!("{path}/release"), &json!({ "version": 1 })).expect(403);
    assert_eq!(only(&hall.stranger)["total"], 0);
    hall.stranger.api().get(&path).expect(404);
    hall.stranger.api().call("POST", &format!("{path}/release"), &json!({ "version": 1 })).expect(404);
    hall.stranger.browser().open("/desk").hides("待查看后发出的批量邮件");

    hall.app().advance(Duration::minutes(1));
    let id = ApplicationId::from_text(&a).expect("an id");
    let write_to_first = |hall: &Hall, path: String| {
        hall.app().write(move |tx| {
            let organisation = db::applications::find(tx.db, &Scope::everything(), id)?.organisation_id;
            let args = [("organisation", "x"), ("call", "x")];
            tx.post_to_organisation(organisation, "deadline-closing", &path, &args)
        });
    };
    // Which file a letter tells of is kept beside it and not read out of its text.
    hall.app().tamper("UPDATE mails SET body = 'altered' WHERE batch_id IS NOT NULL");
    // A letter about something else, or about another file, hurries none of them past the officer.
    write_to_first(&hall, "/organisation".into());
    write_to_first(&hall, format!("/applications/{b}/receipt"));
    assert_eq!(counts(&hall), [before[0] + 2, before[1]]);
    let before = counts(&hall);
    // Who is written to about the same file by themselves gets the one before it first; the other letter waits on.
    write_to_first(&hall, format!("/applications/{a}/form"));
    let subjects = hall.letters(&first);
    assert_eq!(counts(&hall), [before[0] + 2, before[1]], "{subjects:?}");
    assert!(subjects[before[0]].starts_with("已获推荐"), "{subjects:?}");
    // So does whoever is written to by an act of the department, whose own letters are held for its handlers.
    hall.app().advance(Duration::minutes(1));
    let done = accept(&mut hall.handler.api(), &[&a, &b]);
    assert_eq!(counts(&hall), [before[0] + 2, before[1] + 1]);
    let accepted = only(&hall.handler)["items"][0].clone();
    assert_eq!((&accepted["act"], &accepted["bureau"]), (&json!("files_accepted"), &json!(null)));
    let release = format!("/api/v1/letters/{}/release", accepted["id"].as_str().expect("an id"));
    hall.handler.api().call("POST", &release, &json!({ "version": 1 })).expect(200);
    assert_eq!(counts(&hall), [before[0] + 3, before[1] + 2]);
    hall.app().advance(Duration::minutes(1));
    hall.handler.api().call("POST", &undoing(&done), &because("有误")).expect(200);
    assert_eq!(only(&hall.handler)["items"][0]["act"], "acceptances_undone");
    assert_eq!(counts(&hall), [before[0] + 3, before[1] + 2]);
    hall.app().advance(Duration::hours(24));
    assert_eq!(counts(&hall), [before[0] + 4, before[1] + 3], "they leave by themselves");
}

#[test]
fn files_are_ticked_in_the_list_and_moved_on_and_back_without_a_script() {
    let mut hall = hall(2);
    let [a, b, c] = hall.files();
    let mut browser = hall.scene.bureau.browser();
    let list = browser.open("/applications?state=submitted&order=waiting").shows("一并推荐所勾选的申报件");
    let list = list.shows("推荐排序按本列表的先后顺序");
    for id in [&a, &b, &c] {
        assert!(list.text().contains(&format!("name=\"application\" value=\"{id}\"")), "{list}");
    }
    browser.open("/applications").hides("一并推荐所勾选的申报件");
    hall.stranger.browser().open("/applications?state=submitted").hides("一并推荐所勾选的申报件");
    let none = browser.get("/batches/recommendations/new?order=waiting&q=%E6%99%BA").expect(422);
    none.clone().shows("请至少勾选一件申报件").shows("未勾选申报件").hides("将推荐 0 件").hides("原因见下表");
    let back = html::links(&none.text());
    let list = "/applications?q=%E6%99%BA&state=submitted&order=waiting";
    assert!(back.contains(list), "the way back keeps order and filter: {back:?}");

    let preview = format!("/batches/recommendations/new?application={c}&application={a}&application={b}");
    let shown = browser.open(&preview).shows("将推荐 2 件").shows("不在本次办理之列 1 件").shows("推荐名额已用完");
    // Nothing was used before: the places go to those that are shown with it.
    let shown = shown.shows("推荐排序").shows("此前已使用 0 个，余下的 2 个用于本次所列").hides("须先撤销");
    let text = shown.text();
    let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} is missing in {shown}"));
    assert!(place("智造3公司") < place("智造1公司"), "in the order of the list");
    // Another digest than the one that was shown, then no opinion: it is said, and what was typed stays.
    let to = "/batches/recommendations";
    browser.submit(to, &[("digest", "0"), ("opinion", OPINION)]).expect(409).shows("未作任何更改").shows(OPINION);
    browser.submit(to, &[("opinion", "")]).expect(422).shows("请填写此项");
    let done = browser.submit(to, &[("opinion", OPINION)]).expect(303);
    let page = done.location();
    browser.follow(done).shows("已推荐所列申报件").shows("已办理 2 件").shows("智造3公司").shows("推荐排序");
    // Pressed twice, both lead to what was done.
    let digest = html::value_of(&text, "digest").expect("a digest");
    let mut twice = vec![("opinion", OPINION), ("digest", digest.as_str())];
    twice.extend([&c, &a, &b].map(|id| ("application", id.as_str())));
    assert_eq!(browser.post(to, &twice).expect(303).location(), page);
    // With another opinion it is not what was done: that is said, with what was kept, and what was typed is there.
    twice[0] = ("opinion", "补充：已实地核查。");
    let otherwise = browser.post(to, &twice).expect(409);
    otherwise.shows("当时的推荐意见为").shows(OPINION).shows("补充：已实地核查。").shows(&page);
    assert_eq!(hall.states([&a, &b, &c]), [State::Recommended, State::Submitted, State::Recommended]);
    browser.open("/batches").shows("批量推荐").shows(&page);

    // The department accepts them, takes that back, and so does the bureau.
    let mut screener = hall.handler.browser();
    let queue = screener.open("/applications?state=recommended").shows("所勾选的申报件一并通过形式审查");
    queue.shows("勾选后可以一并办理").hides("推荐排序");
    let accepting = format!("/batches/acceptances/new?application={a}&application={c}");
    screener.open(&accepting).shows("将通过形式审查 2 件").hides("推荐排序");
    let accepted = screener.submit("/batches/acceptances", &[]).expect(303);
    let acceptance = accepted.location();
    screener.follow(accepted).hides("推荐排序");
    assert_eq!(hall.states([&a, &c]), [State::Reviewed; 2]);
    browser.open(&page).shows("不能撤销");
    screener.open(&acceptance);
    let refused = screener.submit(&format!("{acceptance}/undoing"), &[("reason", "")]).expect(422);
    assert!(refused.text().contains("<details class=\"confirm\" open>"), "what is wrong is in sight: {refused}");
    let undone = screener.submit(&format!("{acceptance}/undoing"), &[("reason", "核对有误")]).expect(303);
    screener.follow(undone).shows("已撤销办理 2 件").shows("核对有误").hides("已办理 2 件");
    assert!(!screener.offers(&format!("{acceptance}/undoing")));
    browser.open(&page).shows("此后又有办理");
}

/// Nobody is said to have been told while the letters wait: the page of the act leads to them.
#[test]
fn the_page_of_an_act_leads_to_its_letters_while_they_wait() {
    let mut hall = hall_on(TestApp::start_with(|config| config.mail.hold_above = 1), 3);
    let [a, b, c] = hall.files();
    let mut browser = hall.scene.bureau.browser();
    browser.open(&format!("/batches/recommendations/new?application={a}&application={b}"));
    let done = browser.submit("/batches/recommendations", &[("opinion", OPINION)]).expect(303);
    let page = done.location();
    let shown = browser.follow(done).shows("将收到通知").shows("通知 2 封尚未发出");
    let letters = html::links(&shown.text()).into_iter().find(|link| link.starts_with("/letters/")).expect("a link");
    // They leave by themselves after a day, and that is what is left.
    browser.open("/desk").shows("还有 1 天").hides("还有 2 天");
    hall.app().advance(Duration::minutes(90));
    let mut browser = hall.scene.bureau.browser();
    browser.open("/desk").shows("还有 22 小时");
    browser.open(&letters);
    browser.submit(&format!("{letters}/release"), &[]).expect(303);
    browser.open(&page).hides("尚未发出");
    // Whoever reads what was done and no letters sees no way to them.
    let one = recommend(&mut hall.scene.bureau.api(), &[c]);
    let auditor = hall.app().person("auditor@example.org", &[with(Role::Auditor)]);
    auditor.browser().open(&super::path_of(&one).replace("/api/v1", "")).hides("尚未发出");
    hall.scene.bureau.browser().open(&super::path_of(&one).replace("/api/v1", "")).hides("尚未发出");
}
