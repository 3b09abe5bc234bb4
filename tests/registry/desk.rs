//! The first page of each role: what waits, and for whom.

use super::applications;
use super::objectors::objected;
use super::review::Scene;
use super::support::{TestApp, admin_of, html, with};
use chrono::Duration;
use serde_json::json;
use yuanchi::domain::actor::Role;
use yuanchi::domain::calendar::{local_date, local_date_text};
use yuanchi::domain::chain::checkpoint::LATE_HOURS;
use yuanchi::domain::scope::Scope;
use yuanchi::domain::status::{REFUSALS_DAYS_BACK, ROLE_DAYS_BEFORE};

const NOTHING: &str = "目前没有等您办理的事项";

#[test]
fn a_review_waits_for_its_organisers_until_it_is_open() {
    let scene = Scene::set(5);
    let desk = || scene.handler.browser().open("/desk");
    let here = format!("/reviews/{}", scene.call);
    desk().shows("待组织专家评审的批次").shows(&here).shows("最早一件自 ").hides(NOTHING);
    let mut api = scene.handler.api();
    let due = (scene.app.now() + Duration::days(7)).and_utc();
    let path = format!("/api/v1/reviews/{}", scene.call);
    let prepared = api.call("PUT", &format!("{path}/preparation"), &json!({ "due_at": due })).expect(200).json();
    desk().shows("待组织专家评审的批次");
    api.call("POST", &format!("{path}/opening"), &json!({ "version": prepared["version"] })).expect(200);
    desk().hides("待组织专家评审的批次").shows("进行中的专家评审").hides("已过期限");
    scene.app.advance(Duration::days(8));
    desk().shows("进行中的专家评审").shows("已过期限");
    scene.handler.browser().open("/reviews").shows("已过期限").shows("催交评分表");
    // Whoever was charged after that day never had the time: they are waited for, and are not late.
    scene.app.tamper(&format!("UPDATE assignments SET assigned_at = '{}'", scene.app.now().format("%F %T")));
    scene.handler.browser().open("/reviews").shows("等待专家评分").hides("已过期限").hides("催交评分表");
}

#[test]
fn an_objection_is_on_the_desk_of_the_officer_whose_turn_it_is() {
    let (scene, _, address) = objected();
    let path = format!("/api/v1{address}");
    let (to_handle, to_approve) = ("待办理的异议", "待审批的异议处理意见");
    let handlers_turn = || {
        scene.handler.browser().open("/desk").shows(to_handle).shows("最早一件自 ").hides(to_approve);
        scene.approver.browser().open("/desk").hides(to_handle).hides(to_approve);
    };
    handlers_turn();
    let mut handler = scene.handler.api();
    handler.call("POST", &format!("{path}/acceptance"), &json!({ "version": 1 })).expect(200);
    handlers_turn();
    let outcome = |version: i32| json!({ "version": version, "outcome": "upheld", "reason": "案例不实。" });
    handler.call("POST", &format!("{path}/outcome"), &outcome(2)).expect(200);
    scene.handler.browser().open("/desk").hides(to_handle);
    scene.approver.browser().open("/desk").shows(to_approve).hides(to_handle);
    // One that waits is not asked for again: its form is folded, and open only where what was sent from it was refused.
    let open = "<details class=\"confirm\" open>";
    let mut page = scene.handler.browser();
    page.open(&address).shows("待审批").shows("修改处理意见").hides(open);
    let refused = page.submit(&format!("{address}/outcome"), &[("outcome", "upheld"), ("reason", "")]).expect(422);
    assert_eq!(refused.text().matches(open).count(), 1, "{refused}");
    let back = json!({ "version": 3, "reason": "请补充核实情况。" });
    scene.approver.api().call("POST", &format!("{path}/return"), &back).expect(200);
    handlers_turn();
    // What is recorded beside it changes nothing of that.
    handler.call("POST", &format!("{path}/identity"), &json!({ "reason": "需电话核实" })).expect(200);
    let returned = scene.handler.browser().open(&address);
    returned.shows("退回理由").shows("请补充核实情况。").shows("approver").hides("拟处理结果");
    handler.call("POST", &format!("{path}/outcome"), &outcome(4)).expect(200);
    scene.approver.api().call("POST", &format!("{path}/approval"), &json!({ "version": 5 })).expect(200);
    let settled = scene.handler.browser().open(&address);
    settled.shows("拟办人").shows("handler").shows("审批人").hides("拟处理结果").hides("退回理由");
    for person in [&scene.handler, &scene.approver] {
        person.browser().open("/desk").hides(to_handle).hides(to_approve);
    }
}

#[test]
fn a_vendor_sees_the_station_the_deadline_and_what_is_missing() {
    let scene = applications::scene();
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let desk = || scene.admin.browser().open("/desk");
    // The call's page counts the days that are open, today among them; the desk what is left of time.
    scene.admin.browser().open(&format!("/calls/{}", scene.call)).shows("还剩 31 天");
    // Under the open call there is one already: its state and its way, not an invitation.
    desk().shows("查看本单位的申报").shows("还剩 30 天");
    let page = desk().shows("还有 30 天").shows("还缺或有误").hides("已填齐");
    // The form says as much as the desk, however many cells of a row are empty.
    let rows = json!({ "cases": [{ "name": "某厂" }, { "name": "乙厂" }] });
    let path = format!("/api/v1/applications/{id}/form");
    api.call("PATCH", &path, &json!({ "version": 1, "form": rows })).expect(200);
    let of_form = scene.admin.browser().open(&format!("/applications/{id}/form")).text();
    let after = |words: &str| {
        let (_, rest) = of_form.split_once(words).expect("how far the form is");
        rest.split(' ').next().and_then(|figure| figure.parse::<usize>().ok()).expect("a number")
    };
    let left = after("应填 ") - after("项，已完成 ");
    desk().shows(&format!("还缺或有误 {left} 项"));
    let form = format!("href=\"/applications/{id}/form\"");
    assert!(page.text().contains(&form), "what is missing leads to where it is filled in: {page}");
    let form = json!({ "profile": "做数字化", "staff": 120, "contact": "李四",
        "cases": [{ "name": "某厂", "amount": "3" }] });
    let version = api.json(&format!("/api/v1/applications/{id}"))["version"].clone();
    api.call("PATCH", &path, &json!({ "version": version, "form": form })).expect(200);
    scene.upload(&mut api, &id, "licence").expect(201);
    desk().shows("已填齐，可以提交").hides("还缺或有误");
    // Once the call is closed there is nothing left to fill in, and no day left.
    scene.app.set_clock(scene.app.now() + Duration::days(31));
    desk().shows("未提交").hides("已填齐");
}

#[test]
fn a_file_sent_back_says_how_much_is_to_be_mended_until_when_and_leads_to_its_form() {
    let scene = applications::scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    scene.submit(&mut api, &id).expect(200);
    let desk = || scene.admin.browser().open("/desk");
    desk().hides("待补正").hides("已填齐");
    let due = local_date(scene.app.now()) + Duration::days(7);
    let mark = |kind: &str, key: &str| json!({ "kind": kind, "key": key, "reason": "看不清" });
    let marks = json!([mark("field", "profile"), mark("field", "staff"), mark("document", "licence")]);
    let version = api.json(&format!("/api/v1/applications/{id}"))["version"].clone();
    let body = json!({ "version": version, "marks": marks, "due_on": due.to_string() });
    scene.bureau.api().call("POST", &format!("/api/v1/applications/{id}/corrections"), &body).expect(201);

    // As a task, and in the list of one's own: how many points, until when, and the way to where they are mended.
    let until = format!("期限 {} 24:00，还有 8 天", local_date_text(due));
    let page = desk().shows("待补正的申报件").shows("待补正 3 项").shows(&until).hides("还缺或有误");
    let form = format!("/applications/{id}/form");
    assert!(page.text().contains(&format!("<a href=\"{form}\">待补正 3 项</a>")), "{page}");
    // No line ends between a figure and its unit.
    let sent = String::from_utf8_lossy(&page.body).into_owned();
    assert!(sent.contains("待补正 3\u{a0}项") && sent.contains("还有 8\u{a0}天"), "{page}");
    let mut browser = scene.admin.browser();
    browser.open(&form).shows("看不清");
    browser.submit(&form, &[("profile", "新的简介")]).expect(303);
    desk().shows("待补正 2 项").shows(&until);
    // What is mended wrongly is missing beside what is still as it was.
    browser.open(&form);
    browser.submit(&form, &[("staff", "一百")]).expect(303);
    desk().shows("待补正 1 项，还缺或有误 1 项");
    for (language, words) in [("zh-TW", "待補正 1 項"), ("en", "To correct: 1")] {
        browser.submit("/language", &[("language", language)]).expect(303);
        browser.open("/desk").shows(words);
    }
    browser.submit("/language", &[("language", "zh-CN")]).expect(303);
    // Once the date has passed nothing is left that its applicant could do.
    scene.app.advance(Duration::days(8));
    desk().shows("未提交").hides("待补正 1 项").hides("待补正的申报件");
}

#[test]
fn an_expert_sees_what_is_left_and_whoever_has_nothing_to_do_is_told_so() {
    let scene = Scene::set(4);
    scene.open();
    let person = &scene.experts[1].1;
    person.browser().open("/desk").shows("待声明回避情况的申报件").shows("还有 ").hides("待提交的评分表");
    let (mut api, own) = scene.assignments(1);
    for assignment in &own {
        let path = format!("/api/v1/assignments/{}/declaration", assignment["id"].as_str().expect("an id"));
        api.call("PUT", &path, &json!({ "conflict": false })).expect(200);
    }
    let none_done = format!("已提交 0 份，共 {} 份", own.len());
    let desk = person.browser().open("/desk").shows("待提交的评分表").shows(&none_done);
    desk.hides("待声明回避情况的申报件").shows("剩余约需 ").shows("暂按每份 30 分钟估算");
    // What its applicant withdraws is no work any more, here as in the list of the files.
    let id = scene.files[0];
    let stored = scene.app.read(move |tx| Ok(yuanchi::db::applications::find(tx.db, &Scope::everything(), id)?));
    let withdrawal = json!({ "version": stored.version, "reason": "改报其他类别" });
    scene.vendor.api().call("POST", &format!("/api/v1/applications/{id}/withdrawal"), &withdrawal).expect(200);
    for (index, (_, person)) in scene.experts.iter().enumerate() {
        let (_, own) = scene.assignments(index);
        let left = own.iter().filter(|own| own["organisation"] != "申报单位1").count();
        let desk = person.browser().open("/desk");
        let words = if index == 1 { "待提交的评分表" } else { "待声明回避情况的申报件" };
        match left {
            0 => desk.hides(words),
            _ => desk.shows(&format!("{words}</a> <span class=\"count\">{left}</span>")),
        };
    }
    // Where one can look things up is no task.
    let auditor = scene.app.person("auditor@example.cn", &[with(Role::Auditor)]);
    auditor.browser().open("/desk").shows(NOTHING).shows("常用入口").shows("查阅办理记录");
}

#[test]
fn the_administrations_and_the_auditor_are_told_what_to_look_into() {
    let app = TestApp::start();
    let system = app.person("system@example.cn", &[with(Role::SystemAdmin)]);
    let security = app.person("security@example.cn", &[with(Role::SecurityAdmin)]);
    let auditor = app.person("zhangsan@example.cn", &[with(Role::Auditor)]);
    let officer = app.person("lisi@example.cn", &[]);
    let invited = "已邀请、尚未启用的账号";
    let ending = &format!("{ROLE_DAYS_BEFORE} 天内到期的角色");
    for person in [&security, &auditor] {
        person.browser().open("/desk").shows(NOTHING);
    }
    system.browser().open("/desk").hides(invited);

    let newcomer = json!({ "name": "未启用者", "email": "newcomer@example.cn" });
    system.api().call("POST", "/api/v1/accounts", &newcomer).expect(201);
    system.browser().open("/desk").shows(invited);
    system.browser().open("/accounts?only=invited").shows("未启用者").hides("zhangsan");
    let last = (local_date(app.now()) + Duration::days(10)).to_string();
    let grant = json!({ "role": "evaluator", "reason": "承担本年度评价", "ends_on": last });
    security.api().call("POST", &format!("/api/v1/accounts/{}/grants", officer.id), &grant).expect(201);
    security.browser().open("/desk").shows(ending).shows("还有 11 天").hides(invited);
    security.browser().open("/accounts?only=ending").shows("lisi").hides("zhangsan").hides("未启用者");
    let ending_of = |only: &str| security.api().json(&format!("/api/v1/accounts?only={only}"))["total"].clone();
    assert_eq!((ending_of("ending"), ending_of("invited")), (json!(1), json!(1)));
    security.api().get("/api/v1/accounts?only=nothing").expect(400);
    let everybody = security.browser().open("/accounts?only=nothing");
    everybody.shows("lisi").shows("zhangsan").shows("未启用者");

    // A refusal is on the auditor's desk for a week, and a record that nobody signs until it is signed.
    let refused = &format!("近 {REFUSALS_DAYS_BACK} 天被拒绝的操作");
    let unsigned = "办理记录逾时未签署检查点";
    officer.browser().get("/accounts").expect(403);
    let desk = auditor.browser().open("/desk").shows(refused).hides(unsigned);
    let links = html::links(&desk.text());
    assert!(links.iter().any(|link| link.starts_with("/events?action=account.refused&from=")), "{links:?}");
    app.set_clock(app.now() + Duration::hours(LATE_HOURS));
    auditor.browser().open("/desk").shows(unsigned);
    yuanchi::jobs::take_checkpoints(&app.app).expect("a checkpoint");
    auditor.browser().open("/desk").hides(unsigned);
    app.set_clock(app.now() + Duration::days(11));
    auditor.browser().open("/desk").hides(refused);
    security.browser().open("/desk").hides(ending);
}

#[test]
fn a_queue_begins_with_what_has_waited_for_longest_and_its_address_keeps_the_filter() {
    let mut scene = applications::scene();
    let second = scene.app.organisation("91440606722473344C", "乙公司", "440606");
    let second = scene.app.person("second@example.org", &[admin_of(second)]);
    scene.begin(&mut scene.admin.api());
    scene.app.set_clock(scene.app.now() + Duration::days(2));
    scene.begin(&mut second.api());
    // Drafts are their owners' alone; an officer sees them once they are filed, so they are made so by hand.
    scene.app.expect_violations();
    scene.app.tamper("UPDATE applications SET state = 'recommended', submission_count = 1");
    let officer = scene.app.person("officer@example.org", &[with(Role::Handler)]);
    let places = |path: &str| {
        let text = officer.browser().open(path).text();
        let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} is missing in {text}"));
        (place("甲公司"), place("乙公司"))
    };
    let (first, last) = places("/applications?state=recommended&order=waiting");
    assert!(first < last, "what has waited for longest comes first");
    let (first, last) = places("/applications?state=recommended");
    assert!(first > last, "what was changed last comes first");
    let page = officer.browser().open("/applications?state=recommended&order=waiting");
    let page = page.shows("已 2 天未变动").shows("已 0 天未变动").shows("最近更新的排在前面");
    let links = html::links(&page.text());
    assert!(links.contains("/applications?state=recommended"), "the other order keeps the filter: {links:?}");
    officer.browser().open("/applications?state=recommended").shows("最久未办的排在前面");
    let desk = html::links(&officer.browser().open("/desk").text());
    assert!(desk.contains("/applications?state=recommended&order=waiting"), "{desk:?}");
}
