//! Experts, review sessions, score sheets, ranking, decision.

mod at_once;
mod fields;
mod plan;
mod reopening;
mod replacing;
mod sheets;
pub mod stages;
mod undoing;
mod unsent;
mod voiding;

use super::support::client::File;
use super::support::{Client, Person, TestApp, admin_of, expert, with};
use chrono::Duration;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yuanchi::db::Json;
use yuanchi::db::applications::{self, Application};
use yuanchi::db::calls::{self, Call};
use yuanchi::db::experts::{self, Expert};
use yuanchi::domain::actor::Role;
use yuanchi::domain::call::CallStatus;
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::{ApplicationId, CallId, ExpertId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::programme::Programme;
use yuanchi::domain::status::ExpertStatus;

/// A call of service providers with files under review, and a pool of experts.
pub struct Scene {
    pub app: TestApp,
    pub handler: Person,
    pub approver: Person,
    pub vendor: Person,
    pub experts: Vec<(ExpertId, Person)>,
    pub files: Vec<ApplicationId>,
    pub call: CallId,
}

pub const CODES: [&str; 3] = ["91440101MA59EXAM1X", "91440300MA5EXAMP2Y", "91440600MA4EXAMP3W"];

impl Scene {
    pub fn set(expert_count: usize) -> Scene {
        Scene::on(TestApp::start(), expert_count)
    }

    /// The same on a registry that was started already.
    pub fn on(app: TestApp, expert_count: usize) -> Scene {
        Scene::with_programme(app, expert_count, |_| {})
    }

    /// The same with a programme that differs.
    pub fn with_programme(mut app: TestApp, expert_count: usize, change: impl FnOnce(&mut Programme)) -> Scene {
        // The files are put under review by hand, without the events of the stations before it.
        app.expect_violations();
        let handler = app.person("handler@example.cn", &[with(Role::Handler)]);
        let approver = app.person("approver@example.cn", &[with(Role::Approver)]);
        let (now, by) = (app.now(), handler.id);
        let mut programme = app.app.env.programme("service_provider").expect("the programme").clone();
        let rules = programme.review.as_mut().expect("review rules");
        (rules.experts_per_application, rules.min_sheets, rules.trim_from) = (3, 2, 5);
        programme.decision.places = Some(2);
        change(&mut programme);
        let id = CallId::new(&*app.app.env.ids);
        let call = Call {
            id,
            programme_key: programme.key.clone(),
            programme_version: 1,
            programme_digest: programme.digest(),
            programme: programme.into(),
            year: 2026,
            title: "2026 年优秀制造业数字化转型服务商申报".into(),
            body: String::new(),
            basis_title: "若干措施".into(),
            basis_number: "1".into(),
            basis_issued_on: now.date(),
            basis_valid_until: None,
            opens_at: now - Duration::days(60),
            closes_at: now - Duration::days(30),
            recommend_by: now - Duration::days(20),
            status: CallStatus::Approved,
            copied_from: None,
            drafted_by: by,
            approved_by: Some(approver.id),
            approved_at: Some(now),
            created_at: now,
            version: 1,
            planned_screening_on: None,
            planned_review_on: None,
            planned_decision_on: None,
            planned_notice_on: None,
        };
        app.write(move |tx| Ok(calls::create(tx.db, &call)?));
        let mut files = Vec::new();
        let mut vendor = None;
        for (index, code) in CODES.iter().enumerate() {
            let organisation = app.organisation(code, &format!("申报单位{}", index + 1), "440106");
            let person = app.person(&format!("vendor{index}@example.cn"), &[admin_of(organisation)]);
            let file = ApplicationId::new(&*app.app.env.ids);
            let application = Application {
                id: file,
                call_id: id,
                organisation_id: organisation,
                number: Some(format!("YC2026-T-{index:04}")),
                state: State::InReview,
                bureau: None,
                form: app.sealed_form(file, &RawForm::default()),
                members: Json(Vec::new()),
                submission_count: 1,
                submitted_at: Some(now - Duration::days(40 - index as i64)),
                created_by: person.id,
                created_at: now,
                updated_at: now,
                version: 1,
            };
            files.push(file);
            vendor.get_or_insert(person);
            app.write(move |tx| Ok(applications::create(tx.db, &application)?));
        }
        let vendor = vendor.expect("a vendor");
        let experts = (0..expert_count).map(|index| new_expert(&app, index)).collect();
        Scene { app, handler, approver, vendor, experts, files, call: id }
    }

    /// Prepares and opens the review over the API.
    #[track_caller]
    pub fn open(&self) {
        let mut api = self.handler.api();
        let due = (self.app.now() + Duration::days(7)).and_utc();
        let path = format!("/api/v1/reviews/{}", self.call);
        let prepared = api.call("PUT", &format!("{path}/preparation"), &json!({ "due_at": due })).expect(200).json();
        api.call("POST", &format!("{path}/opening"), &json!({ "version": prepared["version"] })).expect(200);
    }

    /// The assignments of an expert, by applicant.
    pub fn assignments(&self, index: usize) -> (Client, Vec<Value>) {
        let mut api = self.experts[index].1.api();
        let own = api.json("/api/v1/assignments")["items"].as_array().cloned().unwrap_or_default();
        (api, own)
    }

    pub fn sheet(&self, share: &str) -> BTreeMap<String, String> {
        let call = self.call;
        let programme = self.app.read(|tx| Ok(calls::find(tx.db, call)?)).programme.0;
        let rubric = programme.rubric.as_ref().expect("a rubric");
        rubric
            .items()
            .map(|item| {
                let points = item.max_hundredths() * share.parse::<i32>().expect("a share") / 100;
                (item.key.clone(), yuanchi::domain::scoring::points_text(i64::from(points)))
            })
            .collect()
    }
}

fn new_expert(app: &TestApp, index: usize) -> (ExpertId, Person) {
    let id = ExpertId::new(&*app.app.env.ids);
    let email = format!("expert{index}@example.cn");
    let row = Expert {
        id,
        account_id: None,
        name: format!("专家{index}"),
        email_key: email.clone(),
        email: email.clone(),
        // The first one works for the first applicant, under another case and width.
        employer: if index == 0 { "申报单位１".into() } else { format!("大学{index}") },
        employer_code: None,
        title: "教授".into(),
        city: None,
        fields: Json(Default::default()),
        load_limit: 5,
        status: ExpertStatus::Active,
        created_at: app.now(),
        version: 1,
        pool: experts::PROVINCE.into(),
        term_from: None,
        term_to: None,
        status_reason: None,
        status_changed_by: None,
        status_changed_at: None,
    };
    app.write(move |tx| Ok(experts::create(tx.db, &row)?));
    (id, app.person(&email, &[expert(id)]))
}

#[test]
fn a_bad_row_is_named_and_nothing_is_half_imported() {
    let app = TestApp::start();
    let handler = app.person("handler@example.cn", &[with(Role::Handler)]);
    let mut browser = handler.browser();
    browser.open("/experts/import");
    let head = "姓名,邮箱,单位,单位统一社会信用代码,职称,地市,专业领域,评审上限\n";
    let bad = format!(
        "{head}张三,zhang@example.cn,大学,,教授,广州市,工业互联网平台,5\n\
         李四,li.example.cn,大学,123,教授,北京,炼丹,0\n\
         王五,ZHANG@example.cn,大学,91440300192203821Y,教授,,数字化转型服务商,３\n"
    );
    let file = |bytes| File { field: "file", name: "专家.csv", bytes };
    browser
        .upload("/experts/import", &[], &file(bad.as_bytes()))
        .expect(422)
        .shows("“li.example.cn”不是有效的邮箱地址")
        .shows("“123”不是 18 位统一社会信用代码")
        .shows("统一社会信用代码“91440300192203821Y”的校验位不对")
        .shows("不认识的专业领域“炼丹”")
        .shows("没有名为“北京”的省内地市")
        .shows("评审上限应为 1 至 1000 的整数，您填的是“0”")
        .shows("邮箱“ZHANG@example.cn”在表中出现了不止一次");
    // A program is told where it stands in what it sent.
    let row = |email: &str, fields: &str| {
        json!({
            "line": 1, "name": "张三", "email": email, "employer": "大学", "title": "教授", "fields": fields,
            "load_limit": "5",
        })
    };
    let rows = [row("zhang@example.cn", "工业互联网平台"), row("li.example.cn", "炼丹")];
    for dry_run in [true, false] {
        let body = json!({ "rows": rows, "dry_run": dry_run });
        let wrong = handler.api().call("POST", "/api/v1/experts/imports", &body).expect(422).json();
        let paths = wrong["fields"].as_array().into_iter().flatten().filter_map(|field| field["path"].as_str());
        assert_eq!(paths.collect::<Vec<_>>(), ["rows[1].email", "rows[1].fields"], "{wrong}");
    }
    let columns = "姓名,姓名,,备注\n甲,乙,丙,丁\n";
    browser
        .upload("/experts/import", &[], &file(columns.as_bytes()))
        .expect(422)
        .shows("缺少“邮箱”列")
        .shows("“姓名”列重复出现（第 1, 2 列）")
        .shows("第 3 列没有列名")
        .shows("不认识“备注”列（第 4 列）");
    browser.open("/experts").shows("没有符合条件的专家");
    let good = format!("{head}张三,zhang@example.cn,大学,,教授,广州市,工业互联网平台；数字化转型服务商,５\n");
    browser.open("/experts/import");
    browser.upload("/experts/import", &[], &file(good.as_bytes())).expect(200).shows("新增 1 名");
    let answer = browser.submit("/experts/import/confirmation", &[]);
    browser.follow(answer).shows("张三").shows("广州");
    app.run_jobs();
    let letters = app.letters_to("zhang@example.cn");
    assert_eq!(letters.len(), 1);
    // The same file again changes nothing and invites nobody twice.
    browser.open("/experts/import");
    browser
        .upload("/experts/import", &[], &file(good.as_bytes()))
        .expect(200)
        .shows("更新 0 名")
        .shows("另有 1 名与库内一致");
    browser.submit("/experts/import/confirmation", &[]).expect(303);
    app.run_jobs();
    assert_eq!(app.letters_to("zhang@example.cn").len(), 1);
}

#[test]
fn nobody_scores_their_own_employer_and_a_shortage_is_named() {
    let scene = Scene::set(3);
    let mut api = scene.handler.api();
    let due = (scene.app.now() + Duration::days(7)).and_utc();
    let path = format!("/api/v1/reviews/{}/preparation", scene.call);
    let answer = api.call("PUT", &path, &json!({ "due_at": due })).expect(422);
    answer.shows("申报单位1：回避后可评专家仅 2 名，还缺 1 名");
    let (id, _) = new_expert(&scene.app, 9);
    let prepared = api.call("PUT", &path, &json!({ "due_at": due })).expect(200).json();
    let first = prepared["applications"].as_array().expect("files").iter().find(|f| f["organisation"] == "申报单位1");
    let who: Vec<&str> = first.expect("the file")["assignments"]
        .as_array()
        .expect("assignments")
        .iter()
        .filter_map(|a| a["expert"].as_str())
        .collect();
    assert_eq!(who.len(), 3);
    assert!(!who.contains(&scene.experts[0].0.as_text()) && who.contains(&id.as_text()));
    // Nobody is told before the opening.
    let (_, own) = scene.assignments(1);
    assert!(own.is_empty());
}

#[test]
fn an_expert_declares_before_seeing_anything_and_is_replaced_on_a_conflict() {
    let scene = Scene::set(5);
    scene.open();
    let (mut api, own) = scene.assignments(1);
    let assignment = own[0]["id"].as_str().expect("an id").to_string();
    let path = format!("/api/v1/assignments/{assignment}");
    let shown = api.json(&path);
    assert_eq!(shown["application"], Value::Null);
    for id in &scene.files {
        api.get(&format!("/api/v1/applications/{id}")).expect(404);
        scene.experts[1].1.browser().get(&format!("/applications/{id}")).expect(404);
    }
    api.call("PUT", &format!("{path}/sheet"), &json!({ "version": 1 })).expect(403);
    // Another expert's assignment does not exist.
    scene.experts[2].1.api().get(&path).expect(404);
    let mut browser = scene.experts[1].1.browser();
    browser.open(&format!("/assignments/{assignment}")).shows("利益冲突声明").hides("评分表");
    let declaration = format!("/assignments/{assignment}/declaration");
    browser.submit(&declaration, &[("reason", "")]).expect(422).shows("请选择有无利益冲突");
    browser.submit(&declaration, &[("conflict", "yes"), ("reason", "")]).expect(422).shows("请写明理由");
    browser.submit(&declaration, &[("conflict", "yes"), ("reason", "曾任顾问")]).expect(303);
    let review = scene.handler.api().json(&format!("/api/v1/reviews/{}", scene.call));
    for file in review["applications"].as_array().expect("files") {
        let live = |a: &&Value| a["status"] == "awaiting" || a["status"] == "accepted";
        assert_eq!(file["assignments"].as_array().expect("assignments").iter().filter(live).count(), 3, "{file}");
    }
    api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(409);
}

#[test]
fn a_review_runs_from_sheets_to_an_approved_decision() {
    let scene = Scene::set(4);
    scene.open();
    let shares = ["90", "80", "70", "50"];
    let mut expected: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for (index, share) in shares.iter().enumerate() {
        let (mut api, own) = scene.assignments(index);
        for assignment in &own {
            let path = format!("/api/v1/assignments/{}", assignment["id"].as_str().expect("an id"));
            api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
            // Wrong points are kept as typed, and said to be wrong.
            let mut items = scene.sheet(share);
            let first = items.keys().next().cloned().expect("an item");
            let right = items.insert(first.clone(), "999".into()).expect("points");
            let saved = api.call("PUT", &format!("{path}/sheet"), &json!({ "version": 1, "items": items }));
            let saved = saved.expect(200).json();
            assert_eq!(saved["problems"][0]["path"], format!("items.{first}"));
            let said = saved["problems"][0]["text"].as_str().expect("words");
            assert!(said.starts_with('“') && said.contains("”满分为"), "the item is named: {said}");
            api.call("POST", &format!("{path}/submission"), &json!({ "version": 2, "items": items })).expect(422);
            items.insert(first.clone(), "1.234".into());
            api.call("POST", &format!("{path}/submission"), &json!({ "version": 2, "items": items })).expect(422);
            items.insert(first, right);
            api.call("PUT", &format!("{path}/sheet"), &json!({ "version": 1, "items": items })).expect(409);
            api.call("POST", &format!("{path}/submission"), &json!({ "version": 2, "items": items })).expect(200);
            let again = api.call("POST", &format!("{path}/submission"), &json!({ "version": 2, "items": items }));
            assert_eq!(again.expect(409).code(), "sheet_submitted");
            let name = assignment["organisation"].as_str().expect("a name").to_string();
            expected.entry(name).or_default().push(share.parse::<i64>().expect("a share") * 100);
        }
        // What is done with is folded; while something is left, that comes first.
        let mut browser = scene.experts[index].1.browser();
        if !own.is_empty() {
            browser.open("/assignments").shows("目前没有待完成的评审任务").shows("<details open>").hides("下一件");
        }
    }
    // Before the closing nobody sees a score.
    let mut handler = scene.handler.browser();
    let decision = format!("/decisions/{}", scene.call);
    handler.open(&decision).hides("90.00").shows("评审结束之后才能审定");
    handler.open(&format!("/reviews/{}", scene.call)).hides("90.00");
    let answer = handler.submit(&format!("/reviews/{}/closing", scene.call), &[]);
    handler.follow(answer).shows("核对审定意见").shows("排名与审定意见");
    let board = scene.handler.api().json(&format!("/api/v1/decisions/{}", scene.call));
    let lines = board["lines"].as_array().expect("lines").clone();
    // The reference: the plain mean of three, rounded half up once; best first.
    for line in &lines {
        let totals = &expected[line["organisation"].as_str().expect("a name")];
        let sum: i64 = totals.iter().sum();
        let count = totals.len() as i64;
        assert_eq!(line["score"].as_i64(), Some((2 * sum + count).div_euclid(2 * count)), "{line}");
    }
    assert!(lines.windows(2).all(|pair| pair[0]["score"].as_i64() >= pair[1]["score"].as_i64()));
    // Proposed: three selected are too many for two places; no reason is no decision.
    let mut api = scene.handler.api();
    let api_path = format!("/api/v1/decisions/{}", scene.call);
    let entries = |count: usize, reason: &str| -> Vec<Value> {
        let entry = |(index, line): (usize, &Value)| {
            let outcome = if index < count { "selected" } else { "not_selected" };
            json!({ "application": line["application"], "outcome": outcome, "reason": reason })
        };
        lines.iter().enumerate().map(entry).collect()
    };
    let propose = |entries: Vec<Value>| json!({ "grounds": "按得分择优", "entries": entries });
    api.call("POST", &api_path, &propose(entries(3, ""))).expect(422).shows("超出剩余名额 2 个");
    api.call("POST", &api_path, &propose(entries(2, ""))).expect(422).shows("须写明理由");
    api.call("POST", &api_path, &propose(entries(2, "名额已满")[1..].to_vec())).expect(422).shows("请选择审定结果");
    // Shown before it is sent; what was typed comes back when it is to be changed.
    handler.open(&decision);
    let (checked, typed) = (format!("{decision}/preview"), [("grounds", "按得分择优，兼顾区域")]);
    handler.submit(&checked, &[("grounds", "")]).expect(422);
    handler.open(&decision);
    handler
        .submit(&checked, &typed)
        .expect(200)
        .shows("拟认定")
        .shows("按得分择优，兼顾区域")
        .shows("申报单位1")
        .shows("第 3 名");
    handler.submit(&format!("{decision}/revision"), &[]).expect(200).shows("按得分择优，兼顾区域");
    assert!(scene.handler.api().json(&api_path)["decisions"].as_array().is_some_and(Vec::is_empty), "nothing was sent");
    let preview = api.call("POST", &format!("{api_path}/preview"), &propose(entries(2, "名额已满"))).expect(200).json();
    let names = |key: &str| preview[key].as_array().map(Vec::len);
    assert_eq!((names("selected"), names("not_selected")), (Some(2), Some(1)), "{preview}");
    // By their places, whatever their numbers.
    let all = "UPDATE applications SET number = 'YC-' || (SELECT 9 - place FROM rankings WHERE application_id = id)";
    scene.app.tamper(all);
    let again = api.call("POST", &format!("{api_path}/preview"), &propose(entries(2, "名额已满"))).expect(200).json();
    let places: Vec<Option<i64>> =
        again["selected"].as_array().into_iter().flatten().map(|l| l["place"].as_i64()).collect();
    assert_eq!(places, [Some(1), Some(2)], "{again}");
    let mut other = propose(entries(1, "名额已满"));
    other["digest"] = preview["digest"].clone();
    assert_eq!(api.call("POST", &api_path, &other).expect(409).code(), "review_preview_outdated");
    let mut sent = propose(entries(2, "名额已满"));
    sent["digest"] = preview["digest"].clone();
    let to_decide = || scene.handler.browser().open("/desk");
    to_decide().shows("待拟定审定意见的申报件");
    let decisions = |person: &Person| person.browser().open("/decisions");
    decisions(&scene.handler).shows("待拟定").shows("请您拟定审定意见");
    decisions(&scene.approver).shows("由经办人拟定审定意见").hides("请您审批");
    // Whoever comes before it is drawn up is told so, and finds no form of somebody else's.
    let mut early = scene.approver.browser();
    early.open(&decision).shows("本批次的审定意见尚未拟定").shows("尚未拟定").shows("评分表 3 份");
    assert!(!early.offers(&format!("{decision}/preview")), "{}", early.page());
    api.call("POST", &api_path, &sent).expect(201);
    to_decide().hides("待拟定审定意见的申报件");
    // The list says whose turn it is, and the desk leads to the only one.
    decisions(&scene.handler).shows("待审批").shows("由另一名工作人员审批").hides("请您拟定");
    decisions(&scene.approver).shows("待审批").shows("请您审批");
    let links = crate::support::html::links(&scene.approver.browser().open("/desk").text());
    assert!(links.contains(&decision), "{decision} is not among {links:?}");
    assert_eq!(api.call("POST", &api_path, &propose(entries(2, "名额已满"))).expect(409).code(), "decision_pending");
    api.call("POST", &format!("{api_path}/approval"), &json!({ "version": 1 })).expect(403);
    let mut approver = scene.approver.browser();
    approver.open(&decision);
    approver.submit(&format!("{decision}/return"), &[("reason", "请补充依据")]).expect(303);
    to_decide().shows("待拟定审定意见的申报件");
    decisions(&scene.handler).shows("已退回，待重新拟定").shows("请您拟定审定意见");
    // What was proposed is there to be mended, its grounds too.
    let again = scene.handler.browser().open(&decision).text();
    let forms = crate::support::html::forms(&again);
    let form = forms.iter().find(|form| form.action == format!("{decision}/preview")).expect("the form");
    assert!(form.fields.contains(&("grounds".to_string(), "按得分择优".to_string())), "{:?}", form.fields);
    // Who holds both roles still cannot approve their own proposal.
    let both = scene.app.person("both@example.cn", &[with(Role::Handler), with(Role::Approver)]);
    let mut both = both.api();
    both.call("POST", &api_path, &propose(entries(2, "名额已满"))).expect(201);
    let own = both.call("POST", &format!("{api_path}/approval"), &json!({ "version": 1 })).expect(409);
    assert_eq!(own.code(), "own_proposal");
    approver.open("/decisions").shows("请您审批");
    approver.open(&decision).shows("本次审定意见拟认定 2 件、不予认定 1 件");
    let answer = approver.submit(&format!("{decision}/approval"), &[]);
    approver.follow(answer).shows("已批准").shows("拟认定").shows("未入选");
    decisions(&scene.approver).shows("已审定").hides("请您审批");
    scene.app.run_jobs();
    assert_eq!(scene.app.letters_to(&scene.vendor.email).len(), 1);
    let own = ["sheet_adds_up", "sheet_is_as_recorded", "ranking_is_reproduced", "decision_by_two_persons"];
    assert_eq!(scene.app.violations_of(&own), []);
}

#[test]
fn a_review_is_not_closed_while_applications_come_in() {
    let scene = Scene::set(4);
    scene.open();
    let later = scene.app.now() + Duration::days(1);
    let sql = format!("UPDATE calls SET closes_at = '{}' WHERE id = '{}'", later.format("%F %T"), scene.call);
    scene.app.tamper(&sql);
    let path = format!("/api/v1/reviews/{}", scene.call);
    let mut api = scene.handler.api();
    let version = api.json(&path)["version"].clone();
    let refused = api.call("POST", &format!("{path}/closing"), &json!({ "version": version, "reason": "提前结束" }));
    assert_eq!(refused.expect(409).code(), "review_call_open");
    scene.handler.browser().open(&format!("/reviews/{}", scene.call)).shows("申报尚未截止");
}

#[test]
fn the_list_of_reviews_counts_as_the_page_of_each_and_promises_no_step_that_would_be_refused() {
    let scene = Scene::set(4);
    scene.open();
    let list = || scene.handler.browser().open("/reviews");
    let closes = |at: chrono::NaiveDateTime| {
        let at = at.format("%F %T");
        scene.app.tamper(&format!("UPDATE calls SET closes_at = '{at}' WHERE id = '{}'", scene.call));
    };
    list().shows("已交 0 份，应交 9 份").shows("等待专家评分");
    scene.score_all(&["60", "60", "60", "60"], None);
    list().shows("已交 9 份，应交 9 份").shows("评分表已交齐，可以截止评分");
    // While files may still come, the scoring is not ended, and every onlooker is told the same.
    closes(scene.app.now() + Duration::days(1));
    list().shows("已交 9 份，应交 9 份").shows("尚有事项未办结").hides("可以截止评分");
    scene.approver.browser().open("/reviews").shows("尚有事项未办结").hides("可以截止评分");
    closes(scene.app.now() - Duration::days(30));
    scene.approver.browser().open("/reviews").shows("可以截止评分");
    // What was withdrawn is asked of nobody.
    let id = scene.files[0];
    let sql = format!("UPDATE applications SET state = 'withdrawn' WHERE id = '{id}'");
    scene.app.tamper(&sql);
    list().shows("已交 6 份，应交 6 份").shows("可以截止评分");
    // A place that nobody has is wanted as on the page, though nobody is waited for.
    let first = format!("SELECT MIN(id) FROM assignments WHERE application_id = '{}'", scene.files[1]);
    scene.app.tamper(&format!("UPDATE assignments SET status = 'released' WHERE id = ({first})"));
    list().shows("已交 5 份，应交 6 份").shows("尚有事项未办结").hides("等待专家评分").hides("可以截止评分");
    scene.handler.browser().open(&format!("/reviews/{}", scene.call)).shows("2 / 3");
}
