//! Who has sheets to come is reminded, and the page says what is late.

use super::officer;
use crate::review::Scene;
use crate::support::with;
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;

#[test]
fn experts_are_reminded_once_a_day_and_mails_not_sent_are_taken_back() {
    let scene = Scene::set(5);
    scene.open();
    scene.app.run_jobs();
    let index = (1..5).find(|index| scene.assignments(*index).1.len() > 1).expect("one with two files");
    let (mut api, own) = scene.assignments(index);
    let first = format!("/api/v1/assignments/{}", own[0]["id"].as_str().expect("an id"));
    api.call("PUT", &format!("{first}/declaration"), &json!({ "conflict": false })).expect(200);
    let mut browser = officer(&scene, "evaluator@example.cn").browser();
    let page = scene.at("/reminders");
    browser.open(&page).shows(&format!("专家{index}")).shows("邮件内容").shows("份评分表待您提交");
    let expert = scene.experts[index].0.to_string();
    browser.submit(&page, &[("experts", "")]).expect(422);
    browser.open(&page);
    // A sheet that comes meanwhile makes what was shown untrue.
    let shown = scene.handler.api().json(&scene.api_at("/reminders"));
    let sheet = json!({ "version": 1, "items": scene.sheet("80") });
    api.call("POST", &format!("{first}/submission"), &sheet).expect(200);
    browser.submit(&page, &[("experts", &expert)]).expect(409).shows("预览之后情况有变化");
    let stale = json!({ "digest": shown["digest"] });
    scene.handler.api().call("POST", &scene.api_at("/reminders"), &stale).expect(409);
    browser.open(&page);
    let before = scene.app.letters_to(&scene.experts[index].1.email).len();
    let answer = browser.submit(&page, &[("experts", &expert)]);
    browser.follow(answer).shows("提醒邮件已排入发送队列").shows("撤销提醒");
    // Pressed once more it is not an outdated preview; for a colleague it is.
    let pressed = [("digest", "0"), ("experts", expert.as_str())];
    let mut colleague = scene.handler.browser();
    colleague.open(&page);
    colleague.post(&page, &pressed).expect(409).shows("预览之后情况有变化");
    let again = browser.post(&page, &pressed).expect(303);
    browser.follow(again).shows("刚刚已经提醒过").hides("请重新预览");
    // The same expert is not on the list again today.
    browser.open(&page).shows(&format!("今天已提醒过：专家{index}"));
    // Taken back before it is sent; then it is as if it had not been.
    let set = scene.changes().into_iter().find(|set| set["kind"] == "reminders").expect("reminders");
    scene.undo(&set).expect(200);
    scene.app.run_jobs();
    assert_eq!(scene.app.letters_to(&scene.experts[index].1.email).len(), before);
    scene.app.advance(Duration::minutes(1));
    browser.open(&page).hides("今天已提醒过").shows("5 分钟内可撤销");
    browser.submit(&page, &[("experts", &expert)]).expect(303);
    scene.app.run_jobs();
    let held = scene.app.letters_to(&scene.experts[index].1.email).len();
    assert_eq!(held, before, "held back, so that it can be withdrawn");
    scene.app.advance(Duration::minutes(5));
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[index].1.email);
    assert_eq!(letters.len(), before + 1);
    assert!(letters.iter().any(|letter| letter.text.contains("份评分表待您提交")));
    // What is sent stays, and still counts for today.
    let set = scene.changes().into_iter().find(|set| set["kind"] == "reminders").expect("reminders");
    assert_eq!(scene.undo(&set).expect(409).code(), "reminders_sent");
    let shown = scene.handler.api().json(&scene.api_at("/reminders"));
    let to_expert =
        |shown: &Value| shown["letters"].as_array().expect("letters").iter().any(|l| l["expert"] == expert.as_str());
    assert!(!to_expert(&shown));
    let outsider = json!({ "digest": shown["digest"], "experts": [expert] });
    scene.handler.api().call("POST", &scene.api_at("/reminders"), &outsider).expect(422);
    // Tomorrow again; and after the time to score in other words.
    scene.app.advance(Duration::days(8));
    let shown = scene.handler.api().json(&scene.api_at("/reminders"));
    assert!(to_expert(&shown) && shown["late"] == true);
    assert!(shown["subject"].as_str().expect("a subject").contains("逾期"));
    // Midnight is spelled as on the pages.
    scene.app.tamper("UPDATE review_sessions SET due_at = '2026-03-09 16:00:00'");
    let shown = scene.handler.api().json(&scene.api_at("/reminders"));
    assert!(shown["text"].as_str().is_some_and(|text| text.contains("2026年3月9日 24:00")), "{shown}");
    let all = json!({ "digest": shown["digest"] });
    scene.handler.api().call("POST", &scene.api_at("/reminders"), &all).expect(201);
    let none = scene.handler.api().json(&scene.api_at("/reminders"));
    assert_eq!(none["letters"], json!([]));
    let refused = scene.handler.api().call("POST", &scene.api_at("/reminders"), &all).expect(409);
    assert_eq!(refused.code(), "reminders_nobody");
    scene.app.run_jobs();
}

#[test]
fn the_page_says_whether_the_session_can_close_and_finds_what_is_late() {
    let scene = Scene::set(4);
    scene.open();
    let mut browser = scene.handler.browser();
    browser.open(&scene.at("")).shows("暂不能结束评审").shows("有 3 件申报尚无任何评分表");
    browser.open(&scene.at("?show=late")).shows("没有符合条件的申报");
    scene.app.advance(Duration::days(8));
    let mut browser = scene.handler.browser();
    browser.open(&scene.at("?show=late")).shows("申报单位1").shows("逾期");
    browser.open(&scene.at("?show=unfinished&q=0002")).shows("申报单位3");
    let page = scene.handler.api().json(&scene.api_at("/applications?show=late&per_page=2&page=2"));
    assert_eq!((&page["total"], page["items"].as_array().map(Vec::len)), (&json!(3), Some(1)));
    let own = scene.api_at(&format!("/applications?expert={}", scene.experts[0].0));
    assert_eq!(scene.handler.api().json(&own)["total"], 2, "the first expert is recused from one of three");
    let last = scene.all_but_one();
    browser.open(&scene.at("")).shows("各件评分表均已达到规定份数，可以结束评审").shows("另有 1 份评分表尚未提交");
    browser.open(&scene.at("?show=late"));
    assert_eq!(scene.handler.api().json(&scene.api_at("/applications?show=late"))["total"], 1);
    // One expert is exchanged, on a page of its own.
    let id = last.rsplit('/').next().expect("an id");
    browser.open(&format!("/assignments/{id}/release")).shows("专家1").shows("更换专家");
    let form = format!("/assignments/{id}/release");
    browser.submit(&form, &[("reason", "")]).expect(422).shows("请写明理由").shows("专家1");
    let answer = browser.submit(&form, &[("reason", "长期出差")]);
    browser.follow(answer).shows("长期出差");
    // It was all that was left to them: the letter asks for nothing more.
    scene.app.run_jobs();
    let letters = scene.app.letters();
    let released: Vec<_> = letters.iter().filter(|letter| letter.subject.starts_with("评审任务已收回：")).collect();
    assert!(!released.is_empty(), "{letters:?}");
    assert!(released.iter().all(|letter| !letter.text.contains("其余任务")), "{released:?}");
    browser.open(&format!("/assignments/{id}/release")).shows("不能更换");
    // Who looks on sees the same without a button.
    let mut auditor = scene.app.person("auditor@example.cn", &[with(Role::Auditor)]).browser();
    auditor.open(&scene.at(""));
    assert!(!auditor.offers(&scene.at("/closing")));
    auditor.get(&scene.at("/reminders")).expect(403);
}

#[test]
fn experts_with_sheets_to_come_are_reminded_once_before_the_time_is_over() {
    let mut scene = Scene::set(4);
    scene.open();
    // Whoever was charged when the day was over has none of it to be reminded of.
    scene.app.expect_violations();
    let after = (scene.app.now() + Duration::days(30)).format("%Y-%m-%d %H:%M:%S");
    let unbound = scene.experts[2].0;
    scene.app.tamper(&format!("UPDATE assignments SET assigned_at = '{after}' WHERE expert_id = '{unbound}'"));
    let scene = scene;
    let told = |index: usize| {
        let mut letters = scene.app.letters_to(&scene.experts[index].1.email);
        letters.retain(|letter| letter.subject.starts_with("评审即将截止："));
        letters
    };
    let reminders = || {
        scene.app.run_jobs();
        scene.app.run_jobs();
        told(1).len()
    };
    scene.app.advance(Duration::days(4) - Duration::seconds(1));
    assert_eq!(reminders(), 0);
    scene.app.advance(Duration::seconds(1));
    assert_eq!(reminders(), 1);
    let day = yuanchi::domain::calendar::local_deadline_text(scene.app.now() + Duration::days(3));
    assert!(told(1)[0].text.contains(&day), "{day}: {:?}", told(1));
    assert!(told(2).is_empty(), "{:?}", told(2));
    scene.app.advance(Duration::days(1));
    assert_eq!(reminders(), 1);
    // The organisers may remind all the same.
    let shown = scene.handler.api().json(&scene.api_at("/reminders"));
    assert_eq!(shown["reminded"], json!([]));
}
