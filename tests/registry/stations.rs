//! The city bureaus and the department's screening.

mod deadlines;
mod rules;
mod scene;
mod screening;
mod told;
mod way;

use super::support::app::at;
use super::support::{Client, Person};
use chrono::Duration;
use scene::{Filed, Scene, page, recommend_with, resource, scene, scene_with};
use serde_json::{Value, json};
use yuanchi::actions::recommend::{RecommendationInput, recommend};
use yuanchi::db;
use yuanchi::domain::actor::Actor;
use yuanchi::domain::ids::ApplicationId;
use yuanchi::domain::procedure::{State, Station};

#[test]
fn everything_to_be_mended_is_marked_once_and_mailed() {
    let mut scene = scene();
    let filed = scene.filed();
    let mut officer = scene.foshan.browser();
    officer.open(&page(filed.id, "corrections/new")).shows("南海云").shows("2026-03-09");
    let to = page(filed.id, "corrections");
    // Nothing marked; a reason without a tick; a tick without a reason; a wrong date: each is said, nothing is lost.
    officer.submit(&to, &[]).expect(422).shows("请至少勾选一项");
    officer
        .submit(&to, &[("reason-field-platform_name", "与合同不一致"), ("note", "请尽快")])
        .expect(422)
        .shows("“平台名称”已填写原因但未勾选")
        .shows("与合同不一致")
        .shows("请尽快");
    officer
        .submit(&to, &[("mark-field-platform_name", "yes"), ("reason-field-platform_name", ""), ("due_on", "9月")])
        .expect(422)
        .shows("不是日期");
    officer.submit(&to, &[("due_on", "2026-03-02")]).expect(422).shows("最早为 2026年3月3日").shows("请填写此项");
    officer.submit(&to, &[("due_on", "2026-03-31")]).expect(422).shows("最晚为 2026年3月30日");
    let answer = officer.submit(
        &to,
        &[
            ("reason-field-platform_name", "与合同不一致"),
            ("mark-document-licence", "yes"),
            ("reason-document-licence", "缺盖章页"),
            ("due_on", "2026-03-09"),
        ],
    );
    answer.expect(303);
    let stored = scene.stored(filed.id);
    assert_eq!((stored.state, stored.version), (State::CityCorrection, 2));
    let correction = scene.test.read(|tx| Ok(db::corrections::of_application(tx.db, filed.id)?)).remove(0);
    assert_eq!(correction.due_at, at("2026-03-09T16:00:00"), "24:00 in Guangdong");
    assert_eq!(correction.marks.0[0].reason, "与合同不一致");
    assert_eq!(scene.last_event(filed.id).detail.0["marks"][0]["key"], "platform_name");
    let letter = scene.letter_to(&filed.vendor);
    for words in ["与合同不一致", "2026年3月9日", "佛山市工业和信息化局", "若干措施", &filed.id.to_string()]
    {
        assert!(letter.contains(words), "{words} is missing in {letter}");
    }
    // The same page sent twice, and a second round by another way.
    officer.submit(&to, &[]).expect(409);
    officer.get(&page(filed.id, "corrections/new")).expect(409);
    let seen = filed.vendor.api().json(&resource(filed.id, "corrections"));
    assert_eq!(seen["items"][0]["marks"][0]["reason"], "与合同不一致");
}

#[test]
fn a_station_asks_once_and_each_station_for_itself() {
    let mut scene = scene();
    let filed = scene.filed();
    let mut officer = scene.foshan.api();
    let to = resource(filed.id, "corrections");
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    let body = json!({"version": 1, "marks": marks});
    let made = officer.call("POST", &to, &body).expect(201).json();
    assert_eq!(made["actions"], json!(["extend_correction"]), "{made}");
    // The applicant answers; that is another area's business.
    let id = filed.id;
    scene.moved(id, State::Submitted);
    let body = json!({"version": 3, "marks": marks});
    assert_eq!(officer.call("POST", &to, &body).expect(409).code(), "correction_already_used");
    scene.moved(id, State::Recommended);
    let mut handler = scene.handler.api();
    assert_eq!(officer.call("POST", &to, &json!({"version": 4, "marks": marks})).expect(409).code(), "wrong_state");
    for (marks, code) in [
        (json!([]), "marks_missing"),
        (json!([{"kind": "field", "key": "nothing", "reason": "x"}]), "mark_unknown"),
        (json!([{"kind": "document", "key": "platform_name", "reason": "x"}]), "mark_unknown"),
        (json!([{"kind": "field", "key": "platform_name", "reason": " "}]), "statement_missing"),
        (json!([{"kind": "field", "key": "platform_name", "reason": "长".repeat(501)}]), "statement_too_long"),
        (json!([marks[0], marks[0]]), "mark_twice"),
    ] {
        let refused = handler.call("POST", &to, &json!({"version": 4, "marks": marks})).expect(422).json();
        assert_eq!(refused["fields"][0]["code"], code, "{refused}");
    }
    handler.call("POST", &to, &json!({"version": 4, "marks": marks})).expect(201);
    assert_eq!(scene.stored(id).state, State::ScreeningCorrection);
}

#[test]
fn beyond_the_holiday_table_a_date_is_asked_for_and_not_guessed() {
    let mut scene = scene_with(|programme| programme.correction.working_days = 250);
    let filed = scene.filed_as(State::Recommended, &[]);
    let mut handler = scene.handler.browser();
    handler.open(&page(filed.id, "corrections/new")).shows("尚未载入 2027 年的国务院节假日安排");
    let marks = json!([{"kind": "members", "key": "", "reason": "请补充分工"}]);
    let mut api = scene.handler.api();
    let to = resource(filed.id, "corrections");
    let refused = api.call("POST", &to, &json!({"version": 1, "marks": marks})).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "beyond_calendar");
    let far = json!({"version": 1, "marks": marks, "due_on": "2027-03-01"});
    assert_eq!(api.call("POST", &to, &far).expect(422).json()["fields"][0]["code"], "due_too_far");
    api.call("POST", &to, &json!({"version": 1, "marks": marks, "due_on": "2026-04-10"})).expect(201);
}

#[test]
fn more_time_is_a_recorded_act_with_a_reason() {
    let mut scene = scene();
    let filed = scene.filed();
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    let body = json!({"version": 1, "marks": marks, "due_on": "2026-03-04"});
    scene.foshan.api().call("POST", &resource(filed.id, "corrections"), &body).expect(201);
    let to = page(filed.id, "corrections/extension");
    let mut officer = scene.foshan.browser();
    officer.open(&to).shows("2026年3月4日").shows("请核对");
    officer.submit(&to, &[("due_on", "2026-03-04"), ("reason", "停电")]).expect(422).shows("须晚于").shows("停电");
    officer.submit(&to, &[("due_on", "2026-03-10"), ("reason", "")]).expect(422).shows("请填写此项");
    officer.submit(&to, &[("due_on", "2026-04-10"), ("reason", "停电")]).expect(422).shows("最晚为 2026年3月30日");
    // Also when the date has passed: until then the file may not be refused, afterwards it may.
    let refusal = json!({"version": 2, "reason": "逾期未补正"});
    let mut api = scene.foshan.api();
    assert_eq!(
        api.call("POST", &resource(filed.id, "refusal"), &refusal).expect(409).code(),
        "correction_still_running"
    );
    scene.test.set_clock(at("2026-03-04T16:00:00"));
    let mut officer = scene.foshan.browser();
    officer.open(&page(filed.id, "refusal"));
    officer.open(&to);
    // Who asks is named as the reader names it; what the officer wrote stays as it was written.
    filed.vendor.api().call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    officer.submit(&to, &[("due_on", "2026-03-10"), ("reason", "台风停工")]).expect(303);
    let event = scene.last_event(filed.id);
    assert_eq!((event.action.as_str(), event.reason.as_deref()), ("application.correction_extended", Some("台风停工")));
    let letter = scene.letter_to(&filed.vendor);
    for words in ["台风停工", "10 Mar 2026", "Foshan Municipal Bureau of Industry and Information Technology"] {
        assert!(letter.contains(words), "{words} is missing in {letter}");
    }
    assert!(!letter.contains("佛山市工业和信息化局"), "{letter}");
    officer.submit(&to, &[("due_on", "2026-03-12"), ("reason", "再延")]).expect(409);
}

#[test]
fn a_recommendation_has_a_rank_of_its_own_inside_the_quota() {
    let mut scene = scene_with(|programme| {
        programme.quota.per_bureau = Some(2);
        programme.quota.bureaus.insert("zhuhai".into(), 3);
    });
    let shown = scene.test.visitor().get(&format!("/calls/{}?lang=en", scene.call)).expect(200);
    shown.shows("Zhuhai Municipal Bureau of Industry and Information Technology").hides("珠海市工业和信息化局");
    let [a, b, c] = [scene.filed(), scene.filed(), scene.filed()];
    let mut officer = scene.foshan.browser();
    officer.open(&page(a.id, "recommendation")).shows("推荐名额 2 个，剩余 2 个");
    let to = page(a.id, "recommendation");
    let missing = officer.submit(&to, &[("rank", "2"), ("opinion", "")]).expect(422);
    missing.shows("请填写此项").hides("申报单位有权知道原因");
    officer.submit(&to, &[("rank", "2"), ("opinion", "同意推荐")]).expect(303);
    // A second press leads to the file that the first one recommended.
    let again = officer.submit(&to, &[("rank", "2"), ("opinion", "同意推荐")]).expect(303);
    assert_eq!(again.location(), format!("/applications/{}", a.id));
    officer.follow(again).shows("该件此前已推荐成功");
    assert_eq!(scene.stored(a.id).state, State::Recommended);
    assert_eq!(scene.last_event(a.id).detail.0["rank"], 2);
    assert!(scene.letter_to(&a.vendor).contains("佛山市工业和信息化局已推荐"));
    let mut api = scene.foshan.api();
    let taken = recommend_with(&mut api, b.id, 2).expect(409);
    assert_eq!(taken.code(), "rank_taken");
    taken.shows(&a.name);
    for rank in [0, -1, 3] {
        let refused = recommend_with(&mut api, b.id, rank).expect(422).json();
        assert_eq!(refused["fields"][0]["code"], "rank_out_of_range", "{rank}");
    }
    recommend_with(&mut api, b.id, 1).expect(201);
    assert_eq!(recommend_with(&mut api, c.id, 1).expect(409).code(), "quota_used_up");
    officer.get(&page(c.id, "recommendation")).expect(409).shows("推荐名额已用完");
    // The file itself says why it is not to be recommended: how many there are, and what frees one.
    let file = format!("/applications/{}", c.id);
    officer.open(&file).shows("推荐名额为 2 个，已使用 2 个").shows("撤销一次批量推荐");
    c.vendor.browser().open(&file).hides("已使用 2 个");
    // A place is free again when its application is withdrawn.
    let id = a.id;
    scene
        .test
        .tamper(&format!("UPDATE recommendations SET ended_at = '2026-03-02 01:00:00' WHERE application_id = '{id}'"));
    let list = api.json(&format!("/api/v1/recommendations?call={}", scene.call));
    assert_eq!((&list["places_left"], &list["free_ranks"]), (&json!(1), &json!([2])));
    recommend_with(&mut api, c.id, 2).expect(201);
    assert_eq!(scene.ranks(), [(1, b.id), (2, c.id)]);
}

#[test]
fn officers_at_once_never_pass_the_quota_nor_share_a_rank() {
    let mut scene = scene_with(|programme| programme.quota.per_bureau = Some(3));
    let files: Vec<Filed> = (0..8).map(|_| scene.filed()).collect();
    let actor = scene.foshan.actor();
    let codes: Vec<String> = std::thread::scope(|threads| {
        let running: Vec<_> = files
            .iter()
            .enumerate()
            .map(|(index, file)| {
                let (app, actor, id) = (scene.test.app.clone(), actor.clone(), file.id);
                // Some want the same rank, some take whatever is free.
                let rank = (index % 2 == 0).then_some(1);
                threads.spawn(move || {
                    let input = RecommendationInput { version: 1, rank, opinion: "同意".into() };
                    match app.write_now(move |tx| recommend(tx, &actor, id, &input).map(drop)) {
                        Ok(()) => "ok".to_string(),
                        Err(error) => error.code().to_string(),
                    }
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(codes.iter().filter(|code| *code == "ok").count(), 3, "{codes:?}");
    assert!(codes.iter().all(|code| ["ok", "quota_used_up", "rank_taken"].contains(&code.as_str())), "{codes:?}");
    let ranks: Vec<i32> = scene.ranks().into_iter().map(|(rank, _)| rank).collect();
    assert_eq!(ranks, [1, 2, 3]);
    let recommended = files.iter().filter(|f| scene.stored(f.id).state == State::Recommended).count();
    assert_eq!(recommended, 3);
}

#[test]
fn the_bureaus_date_is_kept_to_the_second() {
    let mut scene = scene();
    let [early, late] = [scene.filed(), scene.filed()];
    scene.test.set_clock(at("2026-03-30T02:00:00"));
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    for body in [json!({"version": 1, "marks": marks}), json!({"version": 1, "marks": marks, "due_on": "2026-03-31"})] {
        let refused = scene.foshan.api().call("POST", &resource(late.id, "corrections"), &body).expect(422).json();
        assert_eq!(refused["fields"][0]["code"], "due_no_time", "{refused}");
    }
    scene.test.set_clock(at("2026-03-31T09:59:59"));
    recommend_with(&mut scene.foshan.api(), early.id, 1).expect(201);
    scene.test.advance(Duration::seconds(1));
    let mut api = scene.foshan.api();
    assert_eq!(recommend_with(&mut api, late.id, 2).expect(409).code(), "recommendation_closed");
    let change = json!({"from": 1, "to": 2});
    let refused = api.call("POST", &resource(early.id, "recommendation/rank"), &change).expect(409);
    assert_eq!(refused.code(), "recommendation_closed");
    let refusal = json!({"version": 1, "reason": "材料不实"});
    api.call("POST", &resource(late.id, "refusal"), &refusal).expect(201);
    assert_eq!(api.json(&format!("/api/v1/applications/{}", early.id))["actions"], json!([]));
    let mut officer = scene.foshan.browser();
    officer.open(&format!("/recommendations?call={}", scene.call)).shows(&early.name).hides("上移").hides("下移");
}

#[test]
fn a_bureau_orders_its_list_while_the_department_has_not_taken_it_up() {
    let mut scene = scene();
    let [a, b, c] = [scene.filed(), scene.filed(), scene.filed()];
    let mut api = scene.foshan.api();
    for (file, rank) in [(&a, 1), (&b, 2), (&c, 4)] {
        recommend_with(&mut api, file.id, rank).expect(201);
    }
    let mut officer = scene.foshan.browser();
    let list = format!("/recommendations?call={}", scene.call);
    // The file leads to the ranking, and both say what may be done with the place.
    let of_places = |person: &Person, query: &str| -> Vec<Value> {
        let ranking = person.api().json(&format!("/api/v1{list}{query}"));
        ranking["items"].as_array().expect("places").iter().map(|place| place["actions"].clone()).collect()
    };
    assert_eq!(of_places(&scene.foshan, ""), [json!(["rerank"]), json!(["rerank"]), json!(["rerank"])]);
    assert_eq!(of_places(&scene.handler, "&bureau=foshan"), [json!([]), json!([]), json!([])]);
    assert_eq!(api.json(&format!("/api/v1/applications/{}", a.id))["actions"], json!(["rerank"]));
    officer.open(&format!("/applications/{}", a.id)).shows("调整推荐排序").shows(&format!("href=\"{list}\""));
    officer.open(&list).shows("剩余 2 个").shows(&a.name);
    let to = page(b.id, "recommendation/rank");
    assert_eq!(officer.submit(&to, &[("from", "2"), ("to", "1")]).expect(303).location(), list);
    assert_eq!(scene.ranks(), [(1, b.id), (2, a.id), (4, c.id)]);
    assert_eq!(scene.last_event(a.id).detail.0, json!({"rank_before": 1, "rank": 2}));
    // Pressed twice: the page is old.
    officer.submit(&to, &[("from", "2"), ("to", "1")]).expect(409).shows("别人已修改");
    // Into a gap.
    api.call("POST", &resource(c.id, "recommendation/rank"), &json!({"from": 4, "to": 3})).expect(200);
    assert_eq!(scene.ranks(), [(1, b.id), (2, a.id), (3, c.id)]);
    api.call("POST", &resource(c.id, "recommendation/rank"), &json!({"from": 3, "to": 6})).expect(422);
    // The department has taken the first one up: it stays where it is.
    let id = b.id;
    scene.moved(id, State::InReview);
    let refused = api.call("POST", &resource(a.id, "recommendation/rank"), &json!({"from": 2, "to": 1})).expect(409);
    assert_eq!(refused.code(), "rank_fixed");
    assert_eq!(of_places(&scene.foshan, ""), [json!([]), json!(["rerank"]), json!(["rerank"])]);
    officer.open(&list);
    assert!(!officer.offers(&page(b.id, "recommendation/rank")), "no button for a file that has moved on");
    // The department reads it, the applicant and other bureaus do not.
    scene.handler.browser().open(&format!("{list}&bureau=foshan")).shows(&a.name).hides("下移");
    scene.approver.api().json(&format!("/api/v1{list}&bureau=foshan"));
    scene.zhuhai.api().get(&format!("/api/v1{list}")).expect(404);
    scene.zhuhai.api().get(&format!("/api/v1{list}&bureau=foshan")).expect(404);
    scene.zhuhai.browser().open(&format!("{list}&bureau=foshan")).hides(&a.name);
    a.vendor.browser().get(&list).expect(403);
}

#[test]
fn not_recommended_says_why_and_how_to_object() {
    let mut scene = scene();
    let filed = scene.filed();
    let mut officer = scene.foshan.browser();
    let to = page(filed.id, "refusal");
    officer.open(&to);
    officer.submit(&to, &[("reason", "  ")]).expect(422);
    officer.submit(&to, &[("reason", "近三年发生较大安全事故，不符合第二条。"), ("version", "7")]).expect(409);
    officer.open(&to);
    officer.submit(&to, &[("reason", "近三年发生较大安全事故，不符合第二条。")]).expect(303);
    assert_eq!(scene.stored(filed.id).state, State::NotRecommended);
    let letter = scene.letter_to(&filed.vendor);
    for words in [
        "近三年发生较大安全事故，不符合第二条。",
        "粤府办〔2025〕1号",
        "佛山市工业和信息化局",
        "2026年3月2日",
        "不同意见",
    ] {
        assert!(letter.contains(words), "{words} is missing in {letter}");
    }
    assert_eq!(scene.last_event(filed.id).reason.as_deref(), Some("近三年发生较大安全事故，不符合第二条。"));
}

#[test]
fn another_bureaus_file_does_not_exist() {
    let mut scene = scene();
    let filed = scene.filed();
    let (mut browser, mut api) = (scene.zhuhai.browser(), scene.zhuhai.api());
    for rest in ["corrections/new", "corrections/extension", "recommendation", "refusal", "result"] {
        browser.get(&page(filed.id, rest)).expect(404).hides(&filed.name);
    }
    let reason = json!({"version": 1, "reason": "x"});
    for (rest, body) in [
        ("corrections", json!({"version": 1, "marks": []})),
        ("corrections/extension", json!({"version": 1, "reason": "x", "due_on": "2026-03-20"})),
        ("recommendation", json!({"version": 1, "rank": 1, "opinion": "x"})),
        ("recommendation/rank", json!({"from": 1, "to": 2})),
        ("refusal", reason),
        ("result", json!({"version": 1, "outcome": "recognised", "reason": "x"})),
    ] {
        api.call("POST", &resource(filed.id, rest), &body).expect(404);
        browser.open("/recommendations");
        browser.post(&page(filed.id, rest), &[("version", "1"), ("reason", "x")]).expect(404);
        let mut vendor = filed.vendor.api();
        vendor.call("POST", &resource(filed.id, rest), &body).expect(403);
    }
    api.get(&resource(filed.id, "corrections")).expect(404);
    assert_eq!(scene.stored(filed.id).version, 1, "nothing happened");
}

#[test]
fn a_bureau_that_decides_files_its_result() {
    let mut scene = scene_with(|programme| {
        programme.stations = vec![Station::CityDecides, Station::Notice];
        programme.quota.per_bureau = Some(1);
    });
    let [a, b, c] = [scene.filed(), scene.filed(), scene.filed()];
    let mut officer = scene.foshan.browser();
    let to = page(a.id, "result");
    officer.open(&to);
    officer.submit(&to, &[("reason", "综合评审合格")]).expect(422).shows("请选择认定结果").shows("综合评审合格");
    officer.submit(&to, &[("outcome", "recognised"), ("reason", "综合评审合格")]).expect(303);
    assert_eq!(scene.stored(a.id).state, State::Proposed);
    let mut api = scene.foshan.api();
    let body = json!({"version": 1, "outcome": "recognised", "reason": "合格"});
    assert_eq!(api.call("POST", &resource(b.id, "result"), &body).expect(409).code(), "quota_used_up");
    let body = json!({"version": 1, "outcome": "not_recognised", "reason": "未达标准"});
    let done = api.call("POST", &resource(b.id, "result"), &body).expect(201).json();
    assert_eq!((&done["state"], &done["actions"]), (&json!("not_recommended"), &json!([])));
    assert!(scene.letter_to(&b.vendor).contains("未达标准"));
    // It does not recommend; and where it recommends, it does not decide.
    assert_eq!(recommend_with(&mut api, c.id, 1).expect(409).code(), "wrong_state");
    let mut other = scene_with(|_| {});
    let filed = other.filed();
    let refused = other.foshan.api().call("POST", &resource(filed.id, "result"), &body).expect(409);
    assert_eq!(refused.code(), "not_decided_by_city");
}

#[test]
fn the_public_and_the_system_do_not_recommend() {
    let mut scene = scene();
    let filed = scene.filed();
    let id = filed.id;
    for actor in [Actor::public("zh-CN"), Actor::system()] {
        let input = RecommendationInput { version: 1, rank: Some(1), opinion: "x".into() };
        let refused = scene.test.app.write_now(move |tx| recommend(tx, &actor, id, &input).map(drop));
        assert!(refused.is_err());
    }
    scene.test.visitor().get(&page(id, "recommendation")).expect(303);
}

#[test]
fn a_bureau_puts_its_whole_list_into_another_order_by_one_act() {
    let mut scene = scene();
    let files = [scene.filed(), scene.filed(), scene.filed(), scene.filed()];
    let mut api = scene.foshan.api();
    for (file, rank) in files.iter().zip([1, 2, 3, 4]) {
        recommend_with(&mut api, file.id, rank).expect(201);
    }
    let [a, b, c, d] = files.each_ref().map(|file| file.id);
    let list = format!("/recommendations?call={}", scene.call);
    let mut officer = scene.foshan.browser();
    let page = officer.open(&list).shows("保存排序");
    assert!(page.text().contains(&format!("name=\"rank-{d}\"")), "{page}");
    let (call, names) = (scene.call.to_string(), [a, b, c, d].map(|id| (format!("from-{id}"), format!("rank-{id}"))));
    let send = |officer: &mut Client, seen: [&str; 4], wanted: [&str; 4]| {
        let mut fields = vec![("call", call.as_str())];
        for ((from, rank), (was, to)) in names.iter().zip(seen.into_iter().zip(wanted)) {
            fields.extend([(from.as_str(), was), (rank.as_str(), to)]);
        }
        officer.post("/recommendations/order", &fields)
    };
    // The last one to the front: the others close up, and each that moved says so in its record.
    assert_eq!(send(&mut officer, ["1", "2", "3", "4"], ["1", "2", "3", "1"]).expect(303).location(), list);
    assert_eq!(scene.ranks(), [(1, d), (2, a), (3, b), (4, c)]);
    assert_eq!(scene.last_event(c).detail.0, json!({"rank_before": 3, "rank": 4}));
    // What was seen is old; what is no figure is said and kept; nothing is changed by either.
    send(&mut officer, ["1", "2", "3", "4"], ["1", "2", "3", "1"]).expect(409).shows("别人已修改");
    send(&mut officer, ["2", "3", "4", "1"], ["2", "x", "4", "1"]).expect(422);
    assert_eq!(scene.ranks(), [(1, d), (2, a), (3, b), (4, c)]);
    // The department has taken the first one up: it stays, and the others go round it.
    scene.moved(d, State::InReview);
    send(&mut officer, ["2", "3", "4", "1"], ["2", "3", "4", "9"]).expect(409);
    let place = |id: ApplicationId, from: i32, to: i32| json!({"application": id, "from": from, "to": to});
    let body = json!({"call": call, "places": [place(a, 2, 4), place(b, 3, 3), place(c, 4, 2)]});
    let ranking = api.call("POST", "/api/v1/recommendations/order", &body).expect(200).json();
    assert_eq!(ranking["items"][0]["application"], json!(d), "{ranking}");
    assert_eq!(scene.ranks(), [(1, d), (2, c), (3, b), (4, a)]);
    // To another bureau these places do not exist.
    let foreign = json!({"call": call, "places": [place(a, 4, 2), place(c, 2, 4)]});
    assert_eq!(scene.zhuhai.api().call("POST", "/api/v1/recommendations/order", &foreign).expect(409).code(), "stale");
    scene.handler.api().call("POST", "/api/v1/recommendations/order", &foreign).expect(403);
}
