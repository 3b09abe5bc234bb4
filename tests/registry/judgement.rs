//! What a decision rests on: severity, the cut line, what would be otherwise, every number explained, minutes.

mod readers;

use super::review::Scene;
use super::support::{Person, TestApp, html, with};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::programme::{Cap, CapBy, Programme};
use yuanchi::domain::rubric::Points;
use yuanchi::spreadsheet::read_table;

/// What each of the four experts gives every file, in percent of each item: the mean of a file hangs on who scored it.
const SHARES: [&str; 4] = ["90", "80", "70", "50"];

/// A scene in which everybody has scored what they were given, with remarks; not yet closed.
struct Judged {
    scene: Scene,
    auditor: Person,
    evaluator: Person,
    /// Application to the totals of its sheets, in hundredths.
    totals: BTreeMap<String, Vec<i64>>,
}

impl Judged {
    fn scored(change: impl FnOnce(&mut Programme)) -> Judged {
        let scene = Scene::with_programme(TestApp::start(), 4, change);
        scene.open();
        let mut names = BTreeMap::new();
        for (index, id) in scene.files.iter().enumerate() {
            names.insert(format!("申报单位{}", index + 1), id.to_string());
        }
        let mut totals: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for (index, share) in SHARES.iter().enumerate() {
            let (mut api, own) = scene.assignments(index);
            for assignment in &own {
                let path = format!("/api/v1/assignments/{}", assignment["id"].as_str().expect("an id"));
                api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
                let items = scene.sheet(share);
                let comments: BTreeMap<&String, String> = items.keys().map(|item| (item, "=1+1".to_string())).collect();
                let body = json!({ "version": 1, "items": items, "comments": comments, "opinion": "总体尚可" });
                api.call("POST", &format!("{path}/submission"), &body).expect(200);
                let file = names[assignment["organisation"].as_str().expect("a name")].clone();
                totals.entry(file).or_default().push(share.parse::<i64>().expect("a share") * 100);
            }
        }
        let auditor = scene.app.person("auditor@example.cn", &[with(Role::Auditor)]);
        let evaluator = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]);
        Judged { scene, auditor, evaluator, totals }
    }

    fn closed() -> Judged {
        let judged = Judged::scored(|_| {});
        judged.close();
        judged
    }

    fn close(&self) {
        let path = format!("/api/v1/reviews/{}", self.scene.call);
        let mut api = self.scene.handler.api();
        let version = api.json(&path)["version"].clone();
        api.call("POST", &format!("{path}/closing"), &json!({ "version": version })).expect(200);
    }

    /// Every address that these pages lead this reader to.
    fn leads_to(&self, person: &Person, pages: &[String]) -> BTreeSet<String> {
        let mut browser = person.browser();
        let read = pages.iter().map(|page| browser.get(page)).filter(|answer| answer.status == 200);
        read.flat_map(|answer| html::links(&answer.text())).collect()
    }

    fn page(&self, rest: &str) -> String {
        format!("/decisions/{}{rest}", self.scene.call)
    }

    fn board(&self) -> Value {
        self.scene.handler.api().json(&self.api(""))
    }

    fn api(&self, rest: &str) -> String {
        format!("/api/v1/decisions/{}{rest}", self.scene.call)
    }

    /// How many events there are.
    fn events(&self) -> usize {
        let first = (String::new(), String::new(), 0);
        self.scene.app.read(|tx| Ok(db::invariants::events_after(tx.db, &first, 100_000)?)).len()
    }
}

fn rounded(sum: i64, count: i64) -> i64 {
    (2 * sum + count).div_euclid(2 * count)
}

#[test]
fn nothing_of_it_is_there_before_the_review_is_closed() {
    let judged = Judged::scored(|_| {});
    let file = judged.scene.files[0];
    for rest in ["/cut-line", "/what-if", "/minutes", "/minutes.xlsx", &format!("/applications/{file}")] {
        judged.scene.handler.browser().get(&judged.page(rest)).expect(409).shows("评审结束之后才能审定").hides("90.00");
    }
    for rest in ["/cut-line", "/what-if", "/minutes", "/minutes/workbook", &format!("/applications/{file}")] {
        let answer = judged.scene.handler.api().get(&judged.api(rest)).expect(409);
        assert_eq!(answer.code(), "decision_before_review");
    }
    let expert = judged.scene.experts[0].0;
    let shown = judged.scene.handler.api().json(&format!("/api/v1/experts/{expert}/file"));
    assert_eq!(shown["deviation"], Value::Null);
    assert!(judged.board()["lines"].as_array().expect("lines").iter().all(|line| line["adjusted"].is_null()));
}

#[test]
fn no_page_leads_its_reader_to_a_closed_door() {
    let judged = Judged::closed();
    let (call, expert) = (judged.scene.call, judged.scene.experts[1].0);
    let of_review = ["/reviews".into(), format!("/reviews/{call}"), "/decisions".into()];
    let of_expert = [format!("/experts/{expert}"), format!("/experts/{expert}/ties")];
    let of_decision = ["", "/cut-line", "/what-if", "/minutes"].map(|rest| judged.page(rest));
    let pages: Vec<String> = of_review.into_iter().chain(of_expert).chain(of_decision).collect();
    for person in [&judged.scene.handler, &judged.scene.approver, &judged.evaluator, &judged.auditor] {
        let mut browser = person.browser();
        for link in judged.leads_to(person, &pages) {
            assert_ne!(browser.get(&link).status, 403, "{} is led to {link}", person.email);
        }
    }
    let address = format!("/experts/{expert}");
    let leads = |person: &Person| judged.leads_to(person, &[judged.page("/cut-line")]).contains(&address);
    assert!(leads(&judged.scene.handler) && !leads(&judged.auditor));
    assert!(judged.auditor.browser().open(&judged.page("/cut-line")).text().contains("专家1"));
}

#[test]
fn who_only_organises_sees_no_severity_and_asks_no_what_if() {
    let judged = Judged::closed();
    let file = judged.scene.files[0];
    for rest in ["/cut-line", "/what-if"] {
        judged.evaluator.browser().get(&judged.page(rest)).expect(403);
        judged.evaluator.api().get(&judged.api(rest)).expect(403);
        for judge in [&judged.scene.handler, &judged.scene.approver, &judged.auditor] {
            judge.browser().get(&judged.page(rest)).expect(200);
            judge.api().get(&judged.api(rest)).expect(200);
        }
    }
    let seen_by = |person: &Person| person.api().json(&judged.api(&format!("/applications/{file}")));
    let (organiser, judge) = (seen_by(&judged.evaluator), seen_by(&judged.auditor));
    assert_eq!(organiser["adjusted"], Value::Null);
    assert!(judge["adjusted"].is_i64());
    for (theirs, ours) in [&organiser, &judge].map(|told| told["sheets"][0].clone()).into_iter().zip([true, false]) {
        assert_eq!(theirs["deviation"].is_null(), ours);
    }
    let board = judged.evaluator.api().json(&judged.api(""));
    assert_eq!(board["lines"][0]["adjusted"], Value::Null);
    judged.evaluator.browser().open(&judged.page("")).hides("入选线测算").hides("剔除宽严").shows("评审会议纪要");
    judged.scene.handler.browser().open(&judged.page("")).shows("入选线测算").shows("剔除宽严差异后");
    // The pool's page, and the expert's own, which would give the others' scores away.
    let expert = judged.scene.experts[1].0;
    let path = format!("/api/v1/experts/{expert}/file");
    assert_eq!(judged.evaluator.api().json(&path)["deviation"], Value::Null);
    assert_eq!(judged.scene.experts[1].1.api().json("/api/v1/me/expert")["deviation"], Value::Null);
    for person in [&judged.scene.vendor, &judged.scene.experts[1].1] {
        for rest in ["/cut-line", "/what-if", "/minutes", &format!("/applications/{file}")] {
            person.browser().get(&judged.page(rest)).expect(403);
            person.api().get(&judged.api(rest)).expect(403);
        }
    }
}

#[test]
fn severity_is_told_with_the_count_it_rests_on() {
    let judged = Judged::closed();
    let view = judged.scene.handler.api().json(&judged.api("/cut-line"));
    let severities = view["severities"].as_array().expect("severities").clone();
    let mut rests_on_few = false;
    for (index, (expert, _)) in judged.scene.experts.iter().enumerate() {
        // By hand: own share less the mean of the others of each file, over the files of this expert.
        let own = SHARES[index].parse::<i64>().expect("a share") * 100;
        let files: Vec<&Vec<i64>> = judged.totals.values().filter(|totals| totals.contains(&own)).collect();
        let Some(found) = severities.iter().find(|s| s["expert"] == expert.as_text()) else {
            assert!(files.is_empty());
            continue;
        };
        // Three sheets a file: halves.
        let halves: i64 = files.iter().map(|totals| 3 * own - totals.iter().sum::<i64>()).sum();
        let count = files.len() as i64;
        let points = yuanchi::domain::scoring::points_text(rounded(halves, 2 * count));
        let points = if points.starts_with('-') || points == "0.00" { points } else { format!("+{points}") };
        assert_eq!(found["severity"]["points"], points, "{found}");
        assert_eq!(found["severity"]["files"], count);
        assert_eq!(found["severity"]["adjusts"], count >= 3);
        rests_on_few |= count < 3;
        // All reviews that are closed are this one, so that the expert's own record says the same.
        let record = judged.scene.handler.api().json(&format!("/api/v1/experts/{expert}/file"));
        assert_eq!(record["deviation"], found["severity"]);
        let page = judged.scene.handler.browser().get(&format!("/experts/{expert}")).expect(200);
        page.shows(&format!("{points} 分（{count} 件"));
    }
    assert!(rests_on_few, "four experts for three files of three sheets: somebody has fewer than three");
    judged.scene.handler.browser().open(&judged.page("/cut-line")).shows("不足 3 件，不剔除").shows("专家宽严");
}

#[test]
fn the_cut_line_names_who_would_enter_and_leave() {
    let judged = Judged::closed();
    let view = judged.auditor.api().json(&judged.api("/cut-line"));
    let lines = view["lines"].as_array().expect("lines").clone();
    let selected: Vec<&Value> =
        lines.iter().filter(|line| line["cut"] == "selected").map(|line| &line["application"]).collect();
    assert_eq!(selected.len(), 2);
    let scenarios = view["scenarios"].as_array().expect("scenarios");
    let rubric_dimensions = {
        let call = judged.scene.call;
        let call = judged.scene.app.read(|tx| Ok(db::calls::find(tx.db, call)?));
        call.programme.0.rubric.as_ref().map_or(0, |rubric| rubric.dimensions.len())
    };
    assert_eq!(scenarios.len(), 4 + 2 * rubric_dimensions + 1);
    let of = |change: &str| scenarios.iter().filter(|s| s["change"] == change).cloned().collect::<Vec<_>>();
    assert_eq!((of("weight_up").len(), of("trimmed_mean").len(), of("plain_mean").len()), (rubric_dimensions, 1, 0));
    // Every expert gives the same share of every item: no weight can move anything.
    for scenario in of("weight_up").iter().chain(&of("weight_down")) {
        assert_eq!(
            (&scenario["enters"], &scenario["leaves"], &scenario["moved"]),
            (&json!([]), &json!([]), &json!([]))
        );
    }
    // Without an expert: by hand, the two best means of what is left.
    for (index, (expert, _)) in judged.scene.experts.iter().enumerate() {
        let own = SHARES[index].parse::<i64>().expect("a share") * 100;
        let score = |file: &str| {
            let left: Vec<i64> = judged.totals[file].iter().copied().filter(|total| *total != own).collect();
            rounded(left.iter().sum(), left.len() as i64)
        };
        let mut order: Vec<(i64, String)> = judged.totals.keys().map(|file| (score(file), file.clone())).collect();
        order.sort();
        let tied = order[0].0 == order[1].0;
        let found = of("without_expert").into_iter().find(|s| s["expert"] == expert.as_text()).expect("the scenario");
        let out = |list: &Value| {
            list.as_array().expect("a list").iter().map(|f| f["application"].clone()).collect::<Vec<_>>()
        };
        let (enters, leaves) = (out(&found["enters"]), out(&found["leaves"]));
        assert_eq!(enters.len(), leaves.len());
        if !tied {
            // The last of three is out, whoever was out before.
            let would_be_out = json!(order[0].1);
            let was_out =
                lines.iter().find(|line| line["cut"] != "selected").expect("one is out")["application"].clone();
            let expected = if would_be_out == was_out { vec![] } else { vec![would_be_out] };
            assert_eq!(leaves, expected, "{found}");
        }
    }
    judged.auditor.browser().open(&judged.page("/cut-line")).shows("去掉专家1的评分").shows("权重加一成").shows("共 ");
}

#[test]
fn a_what_if_writes_nothing_and_names_every_wrong_value() {
    let judged = Judged::closed();
    // Whoever asks has signed in before: that is an event of its own.
    let (mut api, mut browser) = (judged.scene.handler.api(), judged.scene.handler.browser());
    let (mut visitor, board) = (judged.scene.app.visitor(), judged.api(""));
    // So is the first look at what names experts.
    api.json(&board);
    let before = (judged.events(), api.json(&board), visitor.get("/lists").words(), visitor.get("/notices").words());
    let asked = api.json(&judged.api("/what-if?places=1&pass_mark=60&aggregate=trimmed"));
    assert_eq!((&asked["selected"], &asked["was_selected"]), (&json!(1), &json!(2)));
    // The middle one of three.
    for line in asked["lines"].as_array().expect("lines") {
        let mut totals = judged.totals[line["application"].as_str().expect("an id")].clone();
        totals.sort();
        assert_eq!(line["score"], totals[1], "{line}");
    }
    let high = api.json(&judged.api("/what-if?pass_mark=99.99"));
    assert_eq!(high["selected"], 0);
    assert!(high["lines"].as_array().expect("lines").iter().all(|line| line["cut"] == "below_pass_mark"));
    browser
        .open(&judged.page("/what-if?places=%EF%BC%91&pass_mark=&aggregate=plain"))
        .shows("试算入选 1 家")
        .shows("转为落选");
    let wrong = "/what-if?places=many&pass_mark=100.001&aggregate=median";
    let answer = api.get(&judged.api(wrong)).expect(422);
    let paths: Vec<String> = answer.json()["fields"]
        .as_array()
        .expect("fields")
        .iter()
        .filter_map(|field| field["path"].as_str().map(str::to_string))
        .collect();
    assert_eq!(paths, ["places", "pass_mark", "aggregate"]);
    let page = browser.get(&judged.page(wrong)).expect(422);
    page.shows("many").shows("100.001").shows("入选名额应为").shows("最多两位小数").shows("没有这种平均方法");
    for bad in ["-1", "1.5", "99999999999999999999", "%3D1"] {
        let path = judged.page(&format!("/what-if?places={bad}"));
        browser.get(&path).expect(422).shows("入选名额应为");
    }
    let after = (judged.events(), api.json(&board), visitor.get("/lists").words(), visitor.get("/notices").words());
    assert_eq!(before, after, "asking changed something");
}

#[test]
fn every_number_is_explained_from_sheet_to_place() {
    let judged = Judged::closed();
    for line in judged.board()["lines"].as_array().expect("lines") {
        let file = line["application"].as_str().expect("an id");
        let told = judged.scene.handler.api().json(&judged.api(&format!("/applications/{file}")));
        let totals = &judged.totals[file];
        let sum: i64 = totals.iter().sum();
        assert_eq!((told["sum"].as_i64(), told["count"].as_u64()), (Some(sum), Some(3)));
        assert_eq!(told["score"], line["score"]);
        assert_eq!((&told["place"], &told["of"]), (&line["place"], &json!(3)));
        let text = yuanchi::domain::scoring::points_text(sum);
        let quotient = told["arithmetic"][1].as_str().expect("a quotient");
        let score = yuanchi::domain::scoring::points_text(line["score"].as_i64().expect("a score"));
        assert_eq!(quotient, format!("{text} ÷ 3 = {score}"));
        for sheet in told["sheets"].as_array().expect("sheets") {
            let items = sheet["items"].as_array().expect("items");
            let added: i64 = items.iter().filter_map(|item| item["points"].as_i64()).sum();
            assert_eq!(sheet["total"].as_i64(), Some(added));
            assert!(items.iter().all(|item| item["comment"] == "=1+1"));
            assert_eq!(sheet["left_out"], Value::Null);
        }
        let by_dimension: i64 =
            told["dimensions"].as_array().expect("dimensions").iter().filter_map(|d| d["sum"].as_i64()).sum();
        assert_eq!(by_dimension, sum);
        assert_eq!(line["sheets"].as_array().map(Vec::len), Some(3));
        assert_eq!(line["short_panel"], true);
        let mut browser = judged.evaluator.browser();
        browser.open(&judged.page(&format!("/applications/{file}"))).shows(quotient).shows("=1+1").shows("总体尚可");
    }
    let elsewhere = judged.page("/applications/00000000-0000-7000-8000-000000000000");
    judged.scene.handler.browser().get(&elsewhere).expect(404);
}

#[test]
fn a_trimmed_panel_says_which_totals_do_not_count() {
    let judged = Judged::scored(|programme| programme.review.as_mut().expect("rules").trim_from = 3);
    judged.close();
    let file = judged.scene.files[1];
    let told = judged.scene.handler.api().json(&judged.api(&format!("/applications/{file}")));
    let sheets = told["sheets"].as_array().expect("sheets");
    let mut totals = judged.totals[file.as_text()].clone();
    totals.sort();
    for sheet in sheets {
        let expected = match sheet["total"].as_i64() {
            Some(total) if total == totals[0] => json!("lowest"),
            Some(total) if total == totals[2] => json!("highest"),
            _ => Value::Null,
        };
        assert_eq!(sheet["left_out"], expected);
    }
    assert_eq!((told["count"].as_u64(), told["score"].as_i64()), (Some(1), Some(totals[1])));
    let scenarios = judged.auditor.api().json(&judged.api("/cut-line"))["scenarios"].clone();
    assert!(scenarios.as_array().expect("scenarios").iter().any(|scenario| scenario["change"] == "plain_mean"));
    judged.scene.handler.browser().open(&judged.page(&format!("/applications/{file}"))).shows("最高分，不计入");
}

#[test]
fn a_cap_leaves_the_place_to_the_next_and_holds_for_who_proposes() {
    // All three are registered in one city.
    let judged = Judged::scored(|programme| {
        programme.decision.cap = Some(Cap { by: CapBy::City, most: 1 });
        programme.decision.pass_mark = Some(Points::from_hundredths(1000));
    });
    judged.close();
    let board = judged.board();
    let lines = board["lines"].as_array().expect("lines");
    let cuts: Vec<&str> = lines.iter().filter_map(|line| line["cut"].as_str()).collect();
    assert_eq!(cuts, ["selected", "beyond_quota", "beyond_quota"]);
    assert_eq!(board["cap"], json!({ "by": "city", "most": 1 }));
    let mut browser = judged.scene.handler.browser();
    browser.open(&judged.page("")).shows("“广州市”的入选名额 1 个已满").shows("按地市分组，每组最多 1 个");
    let entry = |(index, line): (usize, &Value), selected: usize| {
        let outcome = if index < selected { "selected" } else { "not_selected" };
        json!({ "application": line["application"], "outcome": outcome, "reason": "名额已满" })
    };
    let proposal = |selected: usize| {
        let entries: Vec<Value> = lines.iter().enumerate().map(|line| entry(line, selected)).collect();
        json!({ "grounds": "按得分择优", "entries": entries })
    };
    let mut api = judged.scene.handler.api();
    // Who is turned down reads the reason: it is offered in simplified Chinese to an officer who reads English, too.
    api.call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    let page = judged.scene.handler.browser().open(&judged.page(""));
    page.shows("的入选名额 1 个已满").shows("are all taken");
    api.call("PUT", "/api/v1/me/language", &json!({ "language": "zh-CN" })).expect(200);
    api.call("POST", &judged.api(""), &proposal(2)).expect(422).shows("“广州市”拟认定 2 家，超出该组名额 1 个");
    api.call("POST", &judged.api(""), &proposal(1)).expect(201);
}

#[test]
fn the_minutes_hold_what_a_department_keeps() {
    let judged = Judged::scored(|_| {});
    // One expert steps back late, with a reason that would be a formula.
    let (mut expert, own) = judged.scene.assignments(1);
    let path = format!("/api/v1/assignments/{}/declaration", own[0]["id"].as_str().expect("an id"));
    expert.call("PUT", &path, &json!({ "conflict": true, "reason": "=HYPERLINK(\"x\")曾任顾问" })).expect(200);
    let review = format!("/api/v1/reviews/{}", judged.scene.call);
    let mut handler = judged.scene.handler.api();
    let version = handler.json(&review)["version"].clone();
    let closing = json!({ "version": version, "reason": "专家回避" });
    handler.call("POST", &format!("{review}/closing"), &closing).expect(200);
    let mut browser = judged.scene.handler.browser();
    browser.open(&judged.page("/minutes")).shows("审定意见尚未批准").shows("曾任顾问").shows("未经抽取");
    let lines = judged.board()["lines"].as_array().expect("lines").clone();
    let entries: Vec<Value> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let outcome = if index < 1 { "selected" } else { "not_selected" };
            json!({ "application": line["application"], "outcome": outcome, "reason": "综合得分靠后" })
        })
        .collect();
    let proposal = json!({ "grounds": "按得分择优", "entries": entries });
    handler.call("POST", &judged.api(""), &proposal).expect(201);
    judged.scene.approver.api().call("POST", &judged.api("/approval"), &json!({ "version": 1 })).expect(200);
    let minutes = judged.evaluator.api().json(&judged.api("/minutes"));
    assert_eq!(minutes["closed_because"], "专家回避", "{minutes}");
    browser.open(&judged.page("/minutes")).shows("结束评审的理由").hides("截止评分的理由");
    assert_eq!(minutes["decisions"][0]["status"], "approved");
    assert_eq!(minutes["recusals"][0]["reason"], "=HYPERLINK(\"x\")曾任顾问");
    assert_eq!(minutes["recusals"][0]["voided"], true, "the sheet had been submitted");
    browser.open(&judged.page("/minutes")).shows("已回避，评分表作废").shows("评审组织人员确定").hides("候补");
    assert_eq!(minutes["panel"].as_array().map(Vec::len), Some(4));
    for expert in minutes["panel"].as_array().into_iter().flatten() {
        assert_eq!(expert["origin"], "named");
        assert!(expert["assigned"].as_u64() >= expert["sheets"].as_u64(), "{expert}");
    }
    browser
        .open(&judged.page("/minutes"))
        .hides("审定意见尚未批准")
        .shows("综合得分靠后")
        .shows("若干措施")
        .shows("经办人：")
        .shows("审批人：")
        .shows("已批准");
    let page = browser.get(&judged.page("/minutes.xlsx")).expect(200);
    let api = judged.auditor.api().get(&judged.api("/minutes/workbook")).expect(200);
    for workbook in [page, api] {
        assert!(workbook.header("content-type").is_some_and(|kind| kind.contains("spreadsheetml")));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook.body.clone())).expect("a workbook");
        let mut text = String::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).expect("an entry");
            std::io::Read::read_to_string(&mut entry, &mut text).expect("text");
        }
        assert!(!text.contains("<f>") && text.contains("综合得分靠后") && text.contains("曾任顾问"));
        read_table(&workbook.body, "minutes.xlsx").expect("its first sheet");
    }
    // A draw that was annulled before the panel was named is told of, with both people; here it is written by hand.
    let (call, proposer, auditor) = (judged.scene.call, judged.scene.handler.id, judged.auditor.id);
    judged.scene.app.tamper(&format!(
        "INSERT INTO draws (id, call_id, attempt, status, strata, announced_by, announced_at, ended_at, \
           annulment_reason, annulment_proposed_by, annulment_proposed_at, annulled_by, annulled_at) VALUES \
           ('00000000-0000-7000-8000-00000000000d', '{call}', 1, 'drawn', '[]', '{proposer}', '2026-03-01 01:00:00', '2026-03-01 02:00:00', \
           '候选名单漏列两名专家', '{proposer}', '2026-03-01 03:00:00', '{auditor}', '2026-03-01 04:00:00')"
    ));
    let annulled = judged.evaluator.api().json(&judged.api("/minutes"))["annulled_draws"].clone();
    assert_eq!(annulled.as_array().map(Vec::len), Some(1));
    assert_eq!((&annulled[0]["attempt"], &annulled[0]["reason"]), (&json!(1), &json!("候选名单漏列两名专家")));
    assert!(annulled[0]["proposed_by"] != annulled[0]["accepted_by"], "{annulled}");
    browser.open(&judged.page("/minutes")).shows("第 1 次抽取（已撤销）").shows("候选名单漏列两名专家");
    let sheet = browser.get(&judged.page("/minutes.xlsx")).expect(200);
    let rows = format!("{:?}", read_table(&sheet.body, "minutes.xlsx").expect("its first sheet"));
    assert!(rows.contains("第 1 次抽取（已撤销）"), "{rows}");
    judged.scene.app.tamper("DELETE FROM draws");
}

#[test]
fn the_rules_of_scoring_are_public() {
    let judged = Judged::scored(|_| {});
    let page = judged.scene.app.visitor().get("/how/scoring").expect(200);
    page.shows("yuanchi-scoring/1").shows("a half up").shows("计分与排名规则");
}
