//! Calls over HTTP: drafted, approved by somebody else, opened by the clock, extended, asked about.

mod times;

use super::support::app::at;
use super::support::{Client, Person, TestApp, with};
use serde_json::{Value, json};
use yuanchi::app::{App, Clock};
use yuanchi::config::Config;
use yuanchi::db;
use yuanchi::db::experts::Expert;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::ExpertId;
use yuanchi::domain::status::ExpertStatus;

const PROGRAMME: &str = "service_provider";

struct Office {
    handler: Person,
    approver: Person,
}

fn office(test: &TestApp) -> Office {
    Office {
        handler: test.person("handler@gd.test", &[with(Role::Handler)]),
        approver: test.person("approver@gd.test", &[with(Role::Approver)]),
    }
}

/// As many experts as any review needs.
fn experts(test: &TestApp) {
    test.write(|tx| {
        for n in 0..9 {
            let email = format!("expert{n}@test");
            db::experts::create(
                tx.db,
                &Expert {
                    id: ExpertId::new(&*tx.env.ids),
                    account_id: None,
                    name: format!("专家{n}"),
                    email_key: email.clone(),
                    email,
                    employer: "某大学".into(),
                    employer_code: None,
                    title: "教授".into(),
                    city: None,
                    fields: db::Json(Default::default()),
                    load_limit: 30,
                    status: ExpertStatus::Active,
                    created_at: tx.now,
                    version: 1,
                    pool: db::experts::PROVINCE.into(),
                    term_from: None,
                    term_to: None,
                    status_reason: None,
                    status_changed_by: None,
                    status_changed_at: None,
                },
            )?;
        }
        Ok(())
    });
}

fn content() -> Value {
    json!({
        "year": 2026, "title": "2026年度优秀制造业数字化转型服务商申报通知", "body": "请按要求申报。",
        "basis_title": "若干措施", "basis_number": "粤工信规〔2025〕1号", "basis_issued_on": "2025-06-01",
        "opens_at": "2026-03-10T09:00", "closes_at": "2026-04-10T18:00", "recommend_by": "2026-04-30T18:00",
    })
}

fn with_field(name: &str, value: &str) -> Value {
    let mut content = content();
    content[name] = json!(value);
    content
}

fn draft(office: &Office, content: &Value) -> (String, i64) {
    let body = json!({"programme": PROGRAMME, "content": content});
    let answer = office.handler.api().call("POST", "/api/v1/calls", &body).expect(201).json();
    let id = answer["call"]["id"].as_str().expect("an id").to_string();
    (id, answer["call"]["version"].as_i64().expect("a version"))
}

fn step(person: &Person, id: &str, what: &str, body: Value) -> super::support::Answer {
    person.api().call("POST", &format!("/api/v1/calls/{id}/{what}"), &body)
}

fn approved(office: &Office) -> (String, i64) {
    let (id, version) = draft(office, &content());
    step(&office.handler, &id, "submission", json!({"version": version})).expect(200);
    let answer = step(&office.approver, &id, "approval", json!({"version": version + 1})).expect(200).json();
    (id, answer["call"]["version"].as_i64().expect("a version"))
}

#[test]
fn a_call_is_drafted_on_a_page_and_approved_by_somebody_else() {
    let test = TestApp::start();
    let office = office(&test);
    experts(&test);
    let mut handler = office.handler.browser();
    let chosen_later = handler.get("/calls/new");
    assert_eq!(chosen_later.expect(303).location(), "/calls");
    handler.open("/calls/new?programme=service_provider").expect(200).shows("起草申报通知");
    let typed = [("year", "二〇二六"), ("title", "保留我"), ("basis_issued_on", "昨天"), ("opens_at", "明天")];
    let wrong = handler.submit("/calls", &typed).expect(422);
    let wrong = wrong.shows("年度应为四位阿拉伯数字").shows("保留我");
    // All at once: what is wrong elsewhere does not wait for the year to be mended.
    wrong.shows("href=\"#f-basis_issued_on\"").shows("href=\"#f-opens_at\"");
    let content = content();
    let text = |name: &str| content[name].as_str().unwrap_or("2026").to_string();
    let names = [
        "year",
        "title",
        "body",
        "basis_title",
        "basis_number",
        "basis_issued_on",
        "opens_at",
        "closes_at",
        "recommend_by",
    ];
    let values: Vec<(&str, String)> = names.iter().map(|name| (*name, text(name))).collect();
    let fields: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    handler.open("/calls/new?programme=service_provider").expect(200);
    let sent = handler.submit("/calls", &fields);
    let page = handler.follow(sent).expect(200).shows("起草中").shows("发布前检查").shows("还没有审核员");
    let path = page.asked.trim_start_matches("GET ").to_string();
    // Whom it names it names as the page's language does.
    handler.submit("/language", &[("language", "en")]).expect(303);
    let of = |city: &str| format!("{city} Municipal Bureau of Industry and Information Technology");
    handler.open(&path).expect(200).shows(&format!("{}, {}", of("Guangzhou"), of("Shaoguan")));
    handler.submit("/language", &[("language", "zh-CN")]).expect(303);

    let mut visitor = test.visitor();
    visitor.get(&path).expect(404);
    visitor.get(&format!("{path}/programme.json")).expect(404);
    visitor.get("/calls").expect(200).hides(&text("title"));

    // Two tabs: the second to save does not overwrite the first.
    let mut other_tab = office.handler.browser();
    other_tab.open(&format!("{path}/edit")).expect(200);
    handler.open(&format!("{path}/edit")).expect(200);
    let saved = handler.submit(&path, &[("body", "第一段\n第二段")]);
    handler.follow(saved).expect(200).shows("第二段");
    other_tab
        .submit(&path, &[("body", "晚到的修改")])
        .expect(409)
        .shows("晚到的修改")
        .shows("别人已修改")
        .hides("请刷新页面");

    handler.open(&path).expect(200);
    assert!(!handler.offers(&format!("{path}/approval")));
    let sent = handler.submit(&format!("{path}/submission"), &[]);
    handler.follow(sent).expect(200).shows("待审批");
    test.run_jobs();
    let letters = test.letters_to(&office.approver.email);
    let told = letters.iter().any(|letter| letter.text.contains("此前办理过同类批次的"));
    assert!(told, "a first call has none before it: {letters:?}");
    handler.get(&format!("{path}/edit")).expect(409).shows("正在审批");

    let mut approver = office.approver.browser();
    // What waits for a signature, and until when it is of use.
    approver.open("/desk").shows("待审批的申报通知").shows("期限 ");
    approver.open(&path).expect(200);
    approver
        .submit(&format!("{path}/return"), &[("return-reason", " ")])
        .expect(422)
        .shows("此项必填")
        .shows("<title>填写有误 · ");
    let sent = approver.submit(&format!("{path}/return"), &[("return-reason", "请补充联系方式")]);
    approver.follow(sent).expect(200).shows("起草中");
    handler.open("/desk").shows("被退回修改的申报通知草稿").shows(&path);
    handler.open(&path).expect(200);
    let sent = handler.submit(&format!("{path}/submission"), &[]);
    handler.follow(sent).expect(200);
    approver.open(&path).expect(200);
    let sent = approver.submit(&format!("{path}/approval"), &[]);
    approver.follow(sent).expect(200).shows("即将开始").hides("发布前检查");

    visitor.get(&path).expect(200).shows("需要准备的材料").shows("形式审查").hides("handler");
    visitor.get("/calls").expect(200).shows("即将开始").shows(&text("title"));
    test.set_clock(at("2026-03-10T01:00:00"));
    visitor.get(&path).expect(200).shows("申报中").shows("登录后申报");
    let page: Value = visitor.json("/api/v1/calls?phase=open&year=2026&programme=service_provider");
    assert_eq!(page["total"], 1);
    assert_eq!(page["items"][0]["phase"], "open");
    assert_eq!(page["items"][0]["actions"], json!([]));
    test.set_clock(at("2026-04-10T10:00:00"));
    visitor.get(&path).expect(200).shows("已截止");

    let id = path.rsplit('/').next().expect("an id").to_string();
    let events = test.read(move |tx| Ok(db::events::of_subject(tx.db, "call", &id)?));
    let actions: Vec<&str> = events.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(
        actions,
        ["call.drafted", "call.changed", "call.submitted", "call.returned", "call.submitted", "call.approved"]
    );
}

#[test]
fn c_24_nobody_approves_what_they_wrote() {
    let mut test = TestApp::start();
    // Accounts are not given both roles; the rule holds even for one that has them.
    test.expect_violations();
    let office = office(&test);
    experts(&test);
    let both = test.person("both@gd.test", &[with(Role::Handler), with(Role::Approver)]);
    let (id, version) = draft(&office, &content());
    // Changing it is writing it too.
    let changed = with_field("body", "改过");
    let path = format!("/api/v1/calls/{id}");
    both.api().call("PUT", &path, &json!({"version": version, "content": changed})).expect(200);
    let stale = both.api().call("PUT", &path, &json!({"version": version, "content": content()})).expect(409);
    assert_eq!(stale.code(), "stale");
    let stale = stale.json();
    assert_eq!((&stale["changes"][0]["act"], &stale["current_version"]), (&json!("call.changed"), &json!(version + 1)));
    let differs = &stale["differences"][0];
    assert_eq!((&differs["field"], &differs["current"]), (&json!("content.body"), &json!("改过")), "{stale}");
    step(&office.handler, &id, "submission", json!({"version": version + 1})).expect(200);
    let refused = step(&both, &id, "approval", json!({"version": version + 2})).expect(409);
    assert_eq!(refused.code(), "own_proposal");
    assert_eq!(
        step(&office.handler, &id, "approval", json!({"version": version + 2})).expect(403).code(),
        "wrong_role"
    );
    let again = step(&office.approver, &id, "approval", json!({"version": version + 1})).expect(409);
    assert_eq!(again.code(), "stale");
    let done = step(&office.approver, &id, "approval", json!({"version": version + 2})).expect(200).json();
    assert_eq!(done["call"]["status"], "approved");
    let twice = step(&office.approver, &id, "approval", json!({"version": version + 3})).expect(409);
    assert_eq!(twice.code(), "call_wrong_status");
    let late = office.handler.api().call("PUT", &path, &json!({"version": version + 3, "content": content()}));
    assert_eq!(late.expect(409).code(), "call_wrong_status");
}

#[test]
fn a_call_that_cannot_work_is_not_approved() {
    let test = TestApp::start();
    let office = office(&test);
    for (field, value, code) in [
        ("opens_at", "2026-03-02T08:00", "opens_in_past"),
        ("closes_at", "2026-03-10T09:00", "closes_before_opening"),
        ("recommend_by", "2026-04-10T18:00", "recommends_before_closing"),
        ("planned_review_on", "2026-04-30", "planned_too_early"),
        ("body", "没有专家", "too_few_experts"),
    ] {
        let (id, version) = draft(&office, &with_field(field, value));
        let seen = step(&office.handler, &id, "submission", json!({"version": version})).expect(200).json();
        let codes: Vec<&str> =
            seen["problems"].as_array().expect("problems").iter().filter_map(|p| p["code"].as_str()).collect();
        assert!(codes.contains(&code), "{code} is missing in {codes:?}");
        let refused = step(&office.approver, &id, "approval", json!({"version": version + 1})).expect(409);
        assert_eq!(refused.code(), "call_not_ready");
        if code == "opens_in_past" {
            // Whoever is to approve it reads why not, however near the two times are.
            office.approver.browser().open(&format!("/calls/{id}")).shows("申报通知须在开始申报之前审批");
        }
    }
    experts(&test);
    let (id, version) = draft(&office, &with_field("basis_valid_until", "2026-04-01"));
    step(&office.handler, &id, "submission", json!({"version": version})).expect(200).shows("basis_lapses");
    step(&office.approver, &id, "approval", json!({"version": version + 1})).expect(200);
}

#[test]
fn bad_input_is_named_field_by_field() {
    let test = TestApp::start();
    let office = office(&test);
    let body = |content: Value| json!({"programme": PROGRAMME, "content": content});
    let mut api = office.handler.api();
    let wrong = with_field("opens_at", "三月一日");
    let problem = api.call("POST", "/api/v1/calls", &body(wrong)).expect(422).json();
    assert_eq!(problem["fields"][0]["path"], "opens_at");
    assert_eq!(problem["fields"][0]["code"], "call_instant");
    let mut unknown = body(content());
    unknown["programme"] = json!("nothing");
    assert_eq!(api.call("POST", "/api/v1/calls", &unknown).expect(422).json()["fields"][0]["path"], "programme");
    unknown["programme"] = json!("national_platforms");
    let imported = api.call("POST", "/api/v1/calls", &unknown).expect(422);
    assert_eq!(imported.code(), "call_of_imported_programme");
    unknown["surplus"] = json!(1);
    assert_eq!(api.call("POST", "/api/v1/calls", &unknown).expect(400).code(), "malformed");
    // The same request twice is one call.
    let once = |api: &mut super::support::Client| {
        api.call_once("k1", "POST", "/api/v1/calls", &body(content())).expect(201).json()
    };
    assert_eq!(once(&mut api)["call"]["id"], once(&mut api)["call"]["id"]);
    assert_eq!(office.approver.api().call("POST", "/api/v1/calls", &body(content())).expect(403).code(), "wrong_role");
    test.visitor().call("POST", "/api/v1/calls", &body(content())).expect(401);
}

#[test]
fn officers_see_what_was_done_to_a_call_and_nobody_else_does() {
    let test = TestApp::start();
    let office = office(&test);
    experts(&test);
    let (id, _) = approved(&office);
    let page = office.handler.browser().open(&format!("/calls/{id}"));
    page.shows("起草通知").shows("提交审批").shows("批准发布");
    test.visitor().open(&format!("/calls/{id}")).hides("批准发布");
    let events = office.approver.api().json(&format!("/api/v1/calls/{id}/events"));
    let actions: Vec<&str> =
        events["items"].as_array().expect("a list").iter().filter_map(|e| e["action"].as_str()).collect();
    assert_eq!(actions, ["call.drafted", "call.submitted", "call.approved"]);
    assert_eq!(events["items"][2]["role"], "approver");
    assert!(events["items"][2].get("actor").is_none(), "roles, never persons");
    let vendor = test.person("vendor@gd.test", &[]);
    vendor.api().get(&format!("/api/v1/calls/{id}/events")).expect(403);
}

#[test]
fn the_next_call_is_copied_from_the_latest_with_the_differences() {
    let test = TestApp::start();
    let office = office(&test);
    experts(&test);
    let (first, _) = approved(&office);
    test.set_clock(at("2026-12-01T01:00:00"));
    let mut api = office.handler.api();
    let proposal = api.json(&format!("/api/v1/programmes/{PROGRAMME}/proposal"));
    assert_eq!(proposal["copied_from"], json!(first));
    assert_eq!(proposal["content"]["title"], "2027年度优秀制造业数字化转型服务商申报通知");
    assert_eq!(proposal["content"]["opens_at"], "2027-03-10T09:00");
    assert_eq!(proposal["programme_changes"], json!([]));
    let mut handler = office.handler.browser();
    handler.open("/calls/new?programme=service_provider").expect(200).shows("沿用").shows("2026年3月10日");
    let sent = handler.submit("/calls", &[]);
    let path = sent.location();
    handler.follow(sent).expect(200).shows("以下内容与其不同");
    // Sent twice, drafted once.
    handler.open("/calls").expect(200);
    let page: Value = office.handler.api().json("/api/v1/calls?year=2027");
    assert_eq!(page["total"], 1);
    assert!(path.contains(page["items"][0]["id"].as_str().expect("an id")));
    api.call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    handler.open(&path).expect(200).shows("10 Mar 2026, 09:00").hides("2026年3月10日");
    // A call of another programme is nothing to copy from.
    let body = json!({"programme": "feature_platform", "copied_from": first, "content": content()});
    let answer = office.handler.api().call("POST", "/api/v1/calls", &body).expect(422).json();
    assert_eq!(answer["fields"][0]["code"], "call_copied_from_another");
}

#[test]
fn questions_become_public_with_their_answer() {
    let test = TestApp::start();
    let office = office(&test);
    experts(&test);
    let (id, _) = approved(&office);
    let path = format!("/calls/{id}");
    let asker = test.person("asker@vendor.test", &[]);
    let mut browser = asker.browser();
    browser.open(&path).expect(200).shows("还没有公开的问题");
    let too_long = "问".repeat(1001);
    let questions = format!("{path}/questions");
    browser.submit(&questions, &[("question", &too_long)]).expect(422).shows("最多 1000 个字");
    browser.open(&path).expect(200);
    let sent = browser.submit(&questions, &[("question", "联合体可以申报吗<b>?")]).expect(303);
    // A double click asks once.
    let again = browser.submit(&questions, &[("question", "联合体可以申报吗<b>?")]).expect(303);
    assert_eq!(sent.location(), again.location());
    browser.open(&path).expect(200).shows("联合体可以申报吗<b>?").shows("等待答复");
    test.visitor().get(&path).expect(200).hides("联合体可以申报吗");
    let other = test.person("other@vendor.test", &[]);
    other.browser().open(&path).expect(200).hides("联合体可以申报吗");
    test.visitor().call("POST", &format!("/api/v1{questions}"), &json!({"question": "?"})).expect(401);

    let seen = office.handler.api().json(&format!("/api/v1{path}"));
    assert_eq!(seen["questions"].as_array().expect("questions").len(), 1);
    let question = seen["questions"][0]["id"].as_str().expect("an id").to_string();
    let offered = |mut caller: Client| caller.json(&format!("/api/v1{path}"))["questions"][0]["actions"].clone();
    assert_eq!(offered(office.handler.api()), json!(["answer"]));
    assert_eq!(offered(asker.api()), json!([]), "nobody answers themselves");
    assert!(!office.approver.browser().open(&path).text().contains("/answer\""), "the approver answers nothing");
    let answer = format!("{questions}/{question}/answer");
    let mut handler = office.handler.browser();
    handler.open("/desk").shows("待答复的申报咨询").shows(&path);
    handler.open(&path).expect(200).shows("asker");
    handler.submit(&answer, &[]).expect(422).shows("此项必填");
    handler.open(&path).expect(200);
    let field = format!("answer-{question}");
    let sent = handler.submit(&answer, &[(field.as_str(), "不接受联合申报。")]);
    handler.follow(sent).expect(200).shows("不接受联合申报。");
    assert!(!handler.offers(&answer), "an answer stays as it was published");
    assert_eq!(offered(office.handler.api()), json!([]));
    assert_eq!(offered(test.visitor()), json!([]));
    handler.open("/desk").hides("待答复的申报咨询");
    test.visitor().get(&path).expect(200).shows("不接受联合申报。").hides("asker");
    let late = office.handler.api().call("POST", &format!("/api/v1{answer}"), &json!({"answer": "又答"})).expect(409);
    assert_eq!(late.code(), "call_question_answered");
    let mails = test.read(|tx| Ok(db::mails::list(tx.db, None, db::page::Pager::new(None, None))?));
    assert!(mails.items.iter().any(|m| m.template == "call-question-answered" && m.to_address == asker.email));

    let mut api = asker.api();
    for n in 0..10 {
        api.call("POST", &format!("/api/v1{questions}"), &json!({"question": format!("问题{n}")})).expect(201);
    }
    let over = api.call("POST", &format!("/api/v1{questions}"), &json!({"question": "再问"})).expect(429);
    assert_eq!(over.code(), "call_questions_waiting");
}

#[test]
fn a_running_call_keeps_the_programme_it_pinned() {
    let test = TestApp::start();
    let office = office(&test);
    experts(&test);
    let (running, version) = approved(&office);
    let (draft, draft_version) = draft(&office, &content());
    // The same registry, started again with a changed file.
    let config_dir = test.dir.join("config");
    for folder in ["programmes", "reference"] {
        std::fs::create_dir_all(config_dir.join(folder)).expect("a folder");
        let from = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config")).join(folder);
        for entry in std::fs::read_dir(from).expect("the files") {
            let entry = entry.expect("a file");
            std::fs::copy(entry.path(), config_dir.join(folder).join(entry.file_name())).expect("a copy");
        }
    }
    let file = config_dir.join("programmes/service_provider.toml");
    let text = std::fs::read_to_string(&file).expect("the programme");
    std::fs::write(&file, text.replacen("version = 4", "version = 5", 1)).expect("written");
    let mut config = Config::load(None).expect("the default settings");
    config.data.dir = test.dir.clone();
    config.data.config_dir = config_dir;
    config.database.url = test.database_url();
    let again = App::build(config, Clock::manual(test.now())).expect("a start");

    let actor = office.handler.actor();
    let id = yuanchi::domain::ids::CallId::from_text(&running).expect("an id");
    let version = i32::try_from(version).expect("small");
    let (seen, who) = (id, actor.clone());
    let sight = again.read_now(|tx| yuanchi::actions::calls::look(tx, &who, seen)).expect("the call");
    assert_eq!(sight.call.programme.0.version, 4);
    assert_eq!(again.env.programme(PROGRAMME).map(|p| p.version), Some(5));
    assert!(sight.programme_changes.is_empty());
    let who = actor.clone();
    let refused = again.write_now(move |tx| yuanchi::actions::draft_call::repin_call(tx, &who, id, version));
    assert_eq!(refused.expect_err("it runs").code(), "call_wrong_status");

    // A draft shows what changed and may take it.
    let id = yuanchi::domain::ids::CallId::from_text(&draft).expect("an id");
    let who = actor.clone();
    let sight = again.read_now(|tx| yuanchi::actions::calls::look(tx, &who, id)).expect("the draft");
    assert_eq!(sight.programme_changes.iter().map(|d| d.key.as_str()).collect::<Vec<_>>(), ["version"]);
    let version = i32::try_from(draft_version).expect("small");
    let who = actor.clone();
    again.write_now(move |tx| yuanchi::actions::draft_call::repin_call(tx, &who, id, version)).expect("repinned");
    let sight = again.read_now(|tx| yuanchi::actions::calls::look(tx, &actor, id)).expect("the draft");
    assert_eq!(sight.call.programme_version, 5);
    assert!(sight.programme_changes.is_empty());
}
