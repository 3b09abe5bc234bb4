//! The plan of a review: shown before it is accepted, bound by wishes, explained, undone; and what is said when there is
//! none. The dashboard and reminders.

mod reminders;

use super::Scene;
use crate::support::race::{one_wins, together};
use crate::support::{Answer, Client, Person, with};
use chrono::{Duration, NaiveDateTime};
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::ApplicationId;
use yuanchi::domain::status::AssignmentStatus;

impl Scene {
    fn at(&self, rest: &str) -> String {
        format!("/reviews/{}{rest}", self.call)
    }

    fn api_at(&self, rest: &str) -> String {
        format!("/api/v1/reviews/{}{rest}", self.call)
    }

    fn seen(&self) -> Value {
        self.handler.api().json(&self.api_at(""))
    }

    fn version(&self) -> i64 {
        self.seen()["version"].as_i64().expect("a version")
    }

    fn plan_with(&self, body: &Value) -> Answer {
        let mut all = json!({ "due_at": (self.app.now() + Duration::days(7)).and_utc() });
        for (key, value) in body.as_object().expect("an object") {
            all[key.as_str()] = value.clone();
        }
        self.handler.api().call("PUT", &self.api_at("/preparation"), &all)
    }

    fn wish(&self, kind: &str, file: usize, expert: usize) -> Answer {
        let body = json!({
            "version": self.version(), "application": self.files[file], "expert": self.experts[expert].0, "kind": kind,
            "reason": "熟悉该领域",
        });
        self.handler.api().call("POST", &self.api_at("/wishes"), &body)
    }

    fn readers(&self, file: ApplicationId) -> Vec<String> {
        let seen = self.seen();
        let files = seen["applications"].as_array().expect("files");
        let found = files.iter().find(|f| f["id"] == file.as_text()).expect("the file");
        let lines = found["assignments"].as_array().expect("assignments").iter();
        lines.filter_map(|a| a["expert"].as_str().map(str::to_string)).collect()
    }

    fn changes(&self) -> Vec<Value> {
        let changes = self.handler.api().json(&self.api_at("/changes"));
        changes["items"].as_array().cloned().expect("items")
    }

    fn undo(&self, set: &Value) -> Answer {
        let path = self.api_at(&format!("/changes/{}/undoing", set["id"].as_str().expect("an id")));
        let body = json!({ "version": self.version(), "reason": "重新考虑" });
        self.handler.api().call("POST", &path, &body)
    }

    /// The page of the session, asked for a preview.
    fn previewed(&self, browser: &mut Client, changes: &[(&str, &str)]) -> Answer {
        browser.open(&self.at(""));
        browser.submit(&self.at("/plan"), changes)
    }
}

#[test]
fn the_time_to_score_is_written_as_the_windows_of_a_call_are() {
    let scene = Scene::set(5);
    for (written, instant) in [
        ("2026-03-09T17:30", "2026-03-09T09:30:00Z"),
        (" 2026-03-09 17:30 ", "2026-03-09T09:30:00Z"),
        ("2026-03-09T17:30:15", "2026-03-09T09:30:15Z"),
        ("2026-03-09T09:30:00Z", "2026-03-09T09:30:00Z"),
        ("2026-03-09T10:30:00+01:00", "2026-03-09T09:30:00Z"),
    ] {
        let version = scene.seen()["version"].clone();
        let prepared = scene.plan_with(&json!({ "due_at": written, "version": version })).expect(200).json();
        assert_eq!(prepared["due_at"], instant, "{written}");
    }
    for (written, code) in [
        ("三月九日", "review_due"),
        ("", "review_due"),
        ("2026-02-30T09:00", "review_due"),
        ("+262142-12-31T23:59:59Z", "review_due"),
        ("2026-03-02T09:00", "review_due_passed"),
    ] {
        let body = json!({ "due_at": written, "version": scene.version() });
        let field = scene.plan_with(&body).expect(422).json()["fields"][0].clone();
        assert_eq!((&field["path"], &field["code"]), (&json!("due_at"), &json!(code)), "{written}");
    }
    // A call and a review say alike how an instant is written.
    let document = serde_json::to_value(yuanchi::api::openapi()).expect("JSON");
    let schemas = &document["components"]["schemas"];
    for (schema, field) in [("RawContent", "opens_at"), ("Preparation", "due_at")] {
        let said = &schemas[schema]["properties"][field];
        assert_eq!((&said["type"], &said["examples"][0]), (&json!("string"), &json!("2026-03-02T09:00")), "{schema}");
        assert!(said["description"].as_str().is_some_and(|text| text.contains("wall clock of Guangdong")), "{said}");
    }
}

fn officer(scene: &Scene, email: &str) -> Person {
    scene.app.person(email, &[with(Role::Evaluator)])
}

#[test]
fn a_plan_is_shown_before_it_is_accepted_and_nothing_else_is_applied() {
    let scene = Scene::set(5);
    let mut browser = scene.handler.browser();
    scene.previewed(&mut browser, &[]).expect(200).shows("以下为首个分配方案").shows("专家1").shows("按规则回避");
    assert_eq!(scene.seen()["version"], Value::Null, "a preview changes nothing");
    let first = browser.page().clone();
    let answer = browser.submit(&scene.at("/preparation"), &[]);
    browser.follow(answer).shows("分配方案已生成").shows("分配理由").shows("无相符专业");
    let plan: Vec<_> = scene.files.iter().map(|file| scene.readers(*file)).collect();
    assert!(plan.iter().all(|readers| readers.len() == 3));
    // The same page sent again by the same person leads to what it did; by somebody else, it is of yesterday.
    let first = first.text();
    let again = browser.post(&scene.at("/preparation"), &hidden_fields(&first)).expect(303);
    browser.follow(again).shows("分配方案已生成");
    assert_eq!(scene.changes().len(), 1);
    let mut colleague = scene.app.person("second-handler@example.cn", &[with(Role::Handler)]).browser();
    colleague.open(&scene.at(""));
    colleague.post(&scene.at("/preparation"), &hidden_fields(&first)).expect(409);
    // Fewer experts: the difference is shown by names, with loads and aims before and after.
    let without: Vec<String> = scene.experts.iter().take(4).map(|(id, _)| id.to_string()).collect();
    let chosen: Vec<(&str, &str)> = without.iter().map(|id| ("experts", id.as_str())).collect();
    let shown = scene.previewed(&mut browser, &chosen).expect(200);
    shown.shows("新方案与现方案的差别").shows("撤下").shows("专家4").shows("任务不均衡度");
    // Meanwhile the pool changes under the preview.
    let gone = &scene.experts[3].0;
    scene.app.tamper(&format!("UPDATE experts SET load_limit = 1 WHERE id = '{gone}'"));
    let refused = browser.submit(&scene.at("/preparation"), &[]).expect(409);
    refused.shows("预览之后情况有变化");
    assert_eq!(scene.files.iter().map(|file| scene.readers(*file)).collect::<Vec<_>>(), plan);
    scene.app.tamper(&format!("UPDATE experts SET load_limit = 5 WHERE id = '{gone}'"));
    scene.previewed(&mut browser, &chosen).expect(200);
    browser.submit(&scene.at("/preparation"), &[]).expect(303);
    assert!(scene.files.iter().all(|file| !scene.readers(*file).contains(&scene.experts[4].0.to_string())));
    // Over the API the same.
    let due = (scene.app.now() + Duration::days(9)).and_utc();
    let body = json!({ "due_at": due, "version": scene.version() });
    let preview = scene.handler.api().call("POST", &scene.api_at("/plan"), &body).expect(200).json();
    assert_eq!((&preview["assignments"], &preview["assignments_before"]), (&json!(9), &json!(9)), "{preview}");
    let mut wrong = body.clone();
    wrong["digest"] = json!("0".repeat(64));
    let refused = scene.handler.api().call("PUT", &scene.api_at("/preparation"), &wrong).expect(409);
    assert_eq!(refused.code(), "review_preview_outdated");
    let mut right = body;
    right["digest"] = preview["digest"].clone();
    scene.handler.api().call("PUT", &scene.api_at("/preparation"), &right).expect(200);
    assert_eq!(scene.changes().len(), 3);
}

/// The fields of the acceptance on a page of a preview.
fn hidden_fields(page: &str) -> Vec<(&str, &str)> {
    let hidden = page.split("<input type=\"hidden\" name=\"").skip(1);
    let fields = hidden.filter_map(|rest| {
        let (name, rest) = rest.split_once('"')?;
        let (_, rest) = rest.split_once("value=\"")?;
        Some((name, rest.split_once('"')?.0))
    });
    fields.filter(|(name, _)| *name != "csrf").collect()
}

#[test]
fn pins_and_forbids_bind_the_next_plan_and_are_said_in_it() {
    let scene = Scene::set(6);
    scene.plan_with(&json!({})).expect(200);
    let file = scene.files[1];
    let mut browser = scene.handler.browser();
    browser.open(&scene.at(&format!("/wishes/new?application={file}"))).shows("申报单位2");
    let expert = scene.experts[0].0.to_string();
    let form = scene.at("/wishes");
    browser.submit(&form, &[("expert", &expert), ("reason", "")]).expect(422).shows("请写明理由");
    browser.submit(&form, &[("expert", &expert), ("kind", "pin"), ("reason", "熟悉该领域")]).expect(303);
    browser.open(&scene.at("")).shows("熟悉该领域").shows("撤销");
    scene.wish("pin", 1, 0).expect(422).shows("已有指定或禁止");
    // Recusal goes first.
    scene.wish("pin", 0, 0).expect(422).shows("该专家应回避此件");
    let other = (1..6).find(|index| scene.readers(file).contains(&scene.experts[*index].0.to_string()));
    let other = other.expect("a reader");
    scene.wish("forbid", 1, other).expect(201);
    // The plan of before does not heed the wishes.
    let open = json!({ "version": scene.version() });
    let refused = scene.handler.api().call("POST", &scene.api_at("/opening"), &open).expect(409);
    assert_eq!(refused.code(), "review_plan_outdated");
    scene.plan_with(&json!({ "version": scene.version() })).expect(200);
    let readers = scene.readers(file);
    assert!(readers.contains(&expert) && !readers.contains(&scene.experts[other].0.to_string()), "{readers:?}");
    browser.open(&scene.at("")).shows("由工作人员指定").shows("工作人员禁止，熟悉该领域");
    let why = scene.handler.api().json(&scene.api_at(&format!("/applications/{file}/explanation")));
    let items = why["items"].as_array().expect("items");
    assert!(items.iter().any(|item| item["expert"] == expert.as_str() && item["why"]["load"].as_u64() > Some(0)));
    let own = scene.handler.api().json(&scene.api_at(&format!("/applications/{}/explanation", scene.files[0])));
    assert!(own.to_string().contains("employer_name"), "{own}");
    // Too many pins are named; taken back, the plan is there again.
    for index in [1, 2, 3].into_iter().filter(|index| *index != other).chain([4, 5]).take(3) {
        scene.wish("pin", 1, index).expect(201);
    }
    let refused = scene.plan_with(&json!({ "version": scene.version() })).expect(422);
    refused.shows("申报单位2指定了 4 名专家，多于每件 3 名");
    let back = json!({ "version": scene.version(), "application": file, "expert": expert });
    scene.handler.api().call("POST", &scene.api_at("/wishes/removal"), &back).expect(200);
    scene.handler.api().call("POST", &scene.api_at("/wishes/removal"), &back).expect(409);
    scene.plan_with(&json!({ "version": scene.version() })).expect(200);
    let open = json!({ "version": scene.version() });
    scene.handler.api().call("POST", &scene.api_at("/opening"), &open).expect(200);
    scene.wish("pin", 2, 1).expect(409);
}

#[test]
fn what_cannot_be_planned_is_named_with_what_would_mend_it() {
    let scene = Scene::set(4);
    scene.app.tamper("UPDATE experts SET load_limit = 2");
    let refused = scene.plan_with(&json!({})).expect(422);
    refused.shows("需要 9 份评分表").shows("最多承担 8 份，还缺 1 份").shows("提高评审上限").shows("增加 1 名");
    scene.app.tamper("UPDATE experts SET load_limit = 5");
    scene
        .plan_with(&json!({ "load_floor": 3 }))
        .expect(422)
        .shows("每名专家至少 3 件无法满足")
        .shows("请把任务下限降为 2 件");
    scene.plan_with(&json!({ "load_floor": 6 })).expect(422).shows("低于任务下限 6 件");
    scene.plan_with(&json!({ "load_floor": 1001 })).expect(422).shows("0 至 1000");
    let mut browser = scene.handler.browser();
    scene.previewed(&mut browser, &[("load_floor", "三")]).expect(422);
    scene.previewed(&mut browser, &[("load_floor", "3")]).expect(422).shows("请把任务下限降为 2 件");
    assert_eq!(scene.seen()["version"], Value::Null);
    scene.plan_with(&json!({ "load_floor": 2 })).expect(200);
    assert_eq!(scene.seen()["load_floor"], 2);
    // Where their own forbids leave too few, the organisers hear that before anything else.
    let wish = json!({
        "version": scene.version(), "application": scene.files[0], "expert": scene.experts[1].0, "kind": "forbid",
        "reason": "有争议",
    });
    scene.handler.api().call("POST", &scene.api_at("/wishes"), &wish).expect(201);
    let refused = scene
        .plan_with(&json!({ "version": scene.version(), "load_floor": 0 }))
        .expect(422)
        .shows("专家不足是由禁止分配造成的：专家1—申报单位1")
        .shows("申报单位1：应回避 1 名、禁止分配 1 名，其余可评专家仅 2 名")
        .hides("回避后可评专家仅");
    assert_eq!(refused.json()["fields"][0]["code"], "review_mend_forbids");
}

#[test]
fn a_plan_is_undone_while_nothing_rests_on_it() {
    let scene = Scene::set(6);
    scene.plan_with(&json!({})).expect(200);
    let first: Vec<_> = scene.files.iter().map(|file| scene.readers(*file)).collect();
    scene.app.advance(Duration::minutes(1));
    let few: Vec<_> = scene.experts.iter().take(4).map(|(id, _)| *id).collect();
    scene.plan_with(&json!({ "version": scene.version(), "experts": few })).expect(200);
    let second: Vec<_> = scene.files.iter().map(|file| scene.readers(*file)).collect();
    assert_ne!(first, second);
    let changes = scene.changes();
    assert_eq!(scene.undo(&changes[1]).expect(409).code(), "change_not_last");
    // From the page, with a reason.
    let mut browser = scene.handler.browser();
    browser.open(&scene.at("")).shows("撤销最近一次分配方案");
    let form = scene.at(&format!("/changes/{}/undoing", changes[0]["id"].as_str().expect("an id")));
    browser.submit(&form, &[("reason", " ")]).expect(422).shows("请写明理由");
    browser.submit(&form, &[("reason", "重新考虑")]).expect(303);
    // Once more by the same person it is what was done; with another reason it is not.
    browser.post(&form, &[("version", "1"), ("reason", "另有理由")]).expect(409).hides("办理该事项");
    let again = browser.post(&form, &[("version", "1"), ("reason", "重新考虑")]).expect(303);
    browser.follow(again).shows("办理该事项");
    assert_eq!(scene.files.iter().map(|file| scene.readers(*file)).collect::<Vec<_>>(), first);
    assert_eq!(scene.undo(&changes[0]).expect(409).code(), "change_undone");
    assert_eq!(scene.changes()[0]["status"], "undone");
    // Opened, and nobody has declared: back to the preparation, and everybody is told.
    let open = json!({ "version": scene.version() });
    scene.handler.api().call("POST", &scene.api_at("/opening"), &open).expect(200);
    scene.undo(&changes[1]).expect(200);
    assert_eq!(scene.seen()["status"], "preparing");
    assert!(scene.files.iter().all(|file| scene.readers(*file).is_empty()), "there was none before the first");
    assert!(scene.assignments(1).1.is_empty());
    // Without a plan there is nothing to open, and that is what is said.
    assert_eq!(scene.seen()["actions"], json!(["prepare", "wish"]));
    let open = json!({ "version": scene.version() });
    let refused = scene.handler.api().call("POST", &scene.api_at("/opening"), &open).expect(409);
    assert_eq!(refused.shows("请先生成分配方案").code(), "review_no_plan");
    browser.open(&scene.at(""));
    assert!(!browser.offers(&scene.at("/opening")));
    scene.app.run_jobs();
    let told = scene.app.letters_to(&scene.experts[1].1.email);
    assert!(told.iter().any(|letter| letter.text.contains("重新考虑")), "{told:?}");
    // Once somebody has declared it stands.
    scene.app.advance(Duration::minutes(1));
    scene.plan_with(&json!({ "version": scene.version() })).expect(200);
    let open = json!({ "version": scene.version() });
    scene.handler.api().call("POST", &scene.api_at("/opening"), &open).expect(200);
    let (mut api, own) = scene.assignments(1);
    let path = format!("/api/v1/assignments/{}/declaration", own[0]["id"].as_str().expect("an id"));
    api.call("PUT", &path, &json!({ "conflict": false })).expect(200);
    assert_eq!(scene.undo(&scene.changes()[0]).expect(409).code(), "change_rested_on");
    browser.open(&scene.at("")).hides("撤销最近一次分配方案");
}

#[test]
fn of_two_who_plan_at_once_one_does_it() {
    for _ in 0..4 {
        let scene = Scene::set(5);
        let colleague = officer(&scene, "evaluator@example.cn");
        let due = (scene.app.now() + Duration::days(7)).and_utc();
        for version in [Value::Null, json!(1)] {
            let works = [scene.handler.api(), colleague.api()].map(|mut api| {
                let (path, body) = (scene.api_at("/preparation"), json!({ "due_at": due, "version": version }));
                move || api.call("PUT", &path, &body)
            });
            one_wins(&together(works), 200, &["stale"]);
            assert!(scene.files.iter().all(|file| scene.readers(*file).len() == 3));
        }
        assert_eq!(scene.changes().len(), 2);
    }
}

#[test]
fn whose_term_ends_before_the_sheets_are_due_is_named_before_anything_is_done() {
    let scene = Scene::set(5);
    let today = yuanchi::domain::calendar::local_date(scene.app.now());
    let day = |days: i64| today + Duration::days(days);
    // One ends before the day, one on it; whose term ends later is no matter.
    let ends = [(1, day(3)), (2, day(7)), (3, day(60))];
    for (index, last) in ends {
        scene.app.tamper(&format!("UPDATE experts SET term_to = '{last}' WHERE id = '{}'", scene.experts[index].0));
    }
    let due = (scene.app.now() + Duration::days(7)).and_utc();
    let mut api = scene.handler.api();
    // A draw: as long as somebody serves they are a candidate, and the preview says until when.
    let wanted = json!({ "strata": [{ "field": "", "panel": 3, "reserves": 1 }] });
    let draw = api.call("POST", &scene.api_at("/draw/preview"), &wanted).expect(200).json();
    let named = |found: &Value| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let all = found["ending"].as_array().expect("a list").iter();
        all.map(|one| (text(&one["name"]), text(&one["last_day"]))).collect()
    };
    let early = ("专家1".to_string(), day(3).to_string());
    assert_eq!(named(&draw), [early.clone(), ("专家2".to_string(), day(7).to_string())], "{draw}");
    assert_eq!(draw["strata"][0]["candidates"], 5);
    let mut browser = scene.handler.browser();
    browser.open(&scene.at("/draw"));
    let shares = [("strata.0.panel", "3"), ("strata.0.reserves", "1")];
    browser.submit(&scene.at("/draw/preview"), &shares).expect(200).shows("专家1：聘期至");
    // A plan, on the page and over the API.
    let shown = api.call("POST", &scene.api_at("/plan"), &json!({ "due_at": due })).expect(200).json();
    assert_eq!(named(&shown), [early], "{shown}");
    let count = shown["ending"][0]["applications"].as_u64().expect("a count");
    let written = (scene.app.now() + Duration::hours(8) + Duration::days(7)).format("%Y-%m-%dT%H:%M").to_string();
    let page = scene.previewed(&mut browser, &[("due_at", written.as_str())]).expect(200);
    page.shows("聘期在评审截止前届满").shows(&format!("待评 {count} 件")).hides("专家2：聘期至");
    let body = json!({ "due_at": due, "digest": shown["digest"] });
    let prepared = api.call("PUT", &scene.api_at("/preparation"), &body).expect(200).json();
    // The dashboard, before the opening and after it.
    let flagged = |seen: &Value| -> Vec<String> {
        let all = seen["experts"].as_array().expect("experts").iter();
        let ending = all.filter(|one| one["term_ends_on"].is_string());
        ending.map(|one| one["name"].as_str().unwrap_or_default().to_string()).collect()
    };
    assert_eq!(flagged(&prepared), ["专家1"]);
    browser.open(&scene.at("")).shows("请先在专家库续聘").shows(&format!("待评 {count} 件"));
    api.call("POST", &scene.api_at("/opening"), &json!({ "version": prepared["version"] })).expect(200);
    assert_eq!(flagged(&scene.seen()), ["专家1"]);
    // The expert is asked to be done by the end of that term, wherever a day is named; others by the day of the review.
    scene.app.run_jobs();
    let asked = |index: usize, until: NaiveDateTime| {
        let text = yuanchi::domain::calendar::local_deadline_text(until);
        let letters = scene.app.letters_to(&scene.experts[index].1.email);
        assert!(letters.iter().any(|letter| letter.text.contains(&format!("请在 {text} 之前完成"))), "{letters:?}");
        let (mut own, items) = scene.assignments(index);
        let id = items[0]["id"].as_str().expect("an id").to_string();
        let page = format!("/assignments/{id}");
        let named = [items[0]["due_at"].clone(), own.json(&format!("/api/v1{page}"))["due_at"].clone()];
        assert_eq!(named, [json!(until.and_utc()), json!(until.and_utc())]);
        let mut browser = scene.experts[index].1.browser();
        browser.open("/assignments").shows(&text);
        browser.open(&page).shows(&text);
    };
    asked(1, yuanchi::domain::calendar::end_of_day_utc(day(3)));
    asked(4, due.naive_utc());
    let on_desk = |index: usize| {
        let (expert, status) = (scene.experts[index].0, AssignmentStatus::Awaiting);
        scene.app.read(move |tx| Ok(yuanchi::db::desk::first_assignment_due(tx.db, expert, status)?))
    };
    let end = yuanchi::domain::calendar::end_of_day_utc(day(3));
    assert_eq!((on_desk(1), on_desk(4)), (Some(end), Some(due.naive_utc())));
    let shown = api.json(&scene.api_at("/reminders"));
    let body = json!({ "digest": shown["digest"], "experts": [scene.experts[1].0] });
    api.call("POST", &scene.api_at("/reminders"), &body).expect(201);
    scene.app.advance(Duration::minutes(6));
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[1].1.email);
    let until = format!("截止时间为 {}", yuanchi::domain::calendar::local_deadline_text(end));
    assert!(letters.iter().any(|letter| letter.text.contains(&until)), "{letters:?}");
    browser.open(&scene.at("")).shows("聘期在评审截止前届满");
    // With another term nothing is left to be said.
    scene.app.tamper(&format!("UPDATE experts SET term_to = '{}' WHERE id = '{}'", day(90), scene.experts[1].0));
    assert!(flagged(&scene.seen()).is_empty());
    browser.open(&scene.at("")).hides("聘期在评审截止前届满");
}
