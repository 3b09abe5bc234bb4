//! What follows the scoring: its end, explanations, discussions, a second panel, the extra station, the closing.

mod discussions;
mod extra;
mod second_panel;

use super::Scene;
use crate::support::race::held_open;
use crate::support::{Answer, Client, TestApp, with};
use serde_json::{Value, json};
use yuanchi::actions::review::undo::{Undoing, undo};
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::ChangeSetId;
use yuanchi::domain::programme::Programme;
use yuanchi::domain::rubric::Points;

/// Everything that can follow the scoring.
pub fn all_stages(programme: &mut Programme) {
    let rules = programme.review.as_mut().expect("review rules");
    rules.max_spread = Points::from_hundredths(2500);
    rules.far_from_panel = Some(Points::from_hundredths(2000));
    (rules.discussion, rules.second_panel) = (true, Some(1));
    let extra = json!({
        "kind": "defence", "weight": 30, "min_sheets": 2,
        "rubric": { "basis": "proposal", "dimensions": [{ "key": "stage", "names": { "zh_cn": "现场" }, "items": [
            { "key": "told", "names": { "zh_cn": "陈述" }, "max": 60 },
            { "key": "answered", "names": { "zh_cn": "答辩" }, "max": 40 },
        ] }] },
    });
    rules.extra = Some(serde_json::from_value(extra).expect("an extra station"));
}

/// The same without the extra station.
fn no_extra(programme: &mut Programme) {
    all_stages(programme);
    programme.review.as_mut().expect("review rules").extra = None;
}

impl Scene {
    /// Everybody declares and scores every file alike, each by their share; `out` leaves one expert's last sheet open.
    pub fn score_all(&self, shares: &[&str], out: Option<usize>) {
        for (index, share) in shares.iter().enumerate() {
            let (mut api, own) = self.assignments(index);
            for (at, assignment) in own.iter().enumerate() {
                let path = format!("/api/v1/assignments/{}", assignment["id"].as_str().expect("an id"));
                api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
                if out != Some(index) || at > 0 {
                    let body = json!({ "version": 1, "items": self.sheet(share) });
                    api.call("POST", &format!("{path}/submission"), &body).expect(200);
                }
            }
        }
    }

    fn at_review(&self, rest: &str) -> String {
        format!("/api/v1/reviews/{}{rest}", self.call)
    }

    fn at_version(&self) -> Value {
        self.handler.api().json(&self.at_review(""))["version"].clone()
    }

    pub fn end_scoring(&self, reason: &str) -> Answer {
        let body = json!({ "version": self.at_version(), "reason": reason });
        self.handler.api().call("POST", &self.at_review("/scoring-end"), &body)
    }

    fn close(&self) -> Answer {
        let body = json!({ "version": self.at_version() });
        self.handler.api().call("POST", &self.at_review("/closing"), &body)
    }

    /// The act upon many of a kind that is in force.
    fn in_force(&self, kind: &str) -> Value {
        let changes = self.handler.api().json(&self.at_review("/changes"))["items"].as_array().cloned();
        let mut of_kind = changes.into_iter().flatten().filter(|set| set["kind"] == kind && set["status"] == "applied");
        of_kind.next().unwrap_or_else(|| panic!("nothing of {kind}"))
    }

    /// Takes an act upon many back.
    fn take_back(&self, set: &Value) -> Answer {
        let path = self.at_review(&format!("/changes/{}/undoing", set["id"].as_str().expect("an id")));
        let body = json!({ "version": self.at_version(), "reason": "截止有误" });
        self.handler.api().call("POST", &path, &body)
    }

    /// The own assignments of an expert that are talked over: id and applicant.
    fn discussed(&self, index: usize) -> Vec<(String, String)> {
        let (mut api, own) = self.assignments(index);
        let text = |value: &Value| value.as_str().expect("a text").to_string();
        let mut found = Vec::new();
        for assignment in own {
            let id = text(&assignment["id"]);
            if api.json(&format!("/api/v1/assignments/{id}"))["stages"]["discussion"]["open"] == json!(true) {
                found.push((id, text(&assignment["organisation"])));
            }
        }
        found
    }

    fn keep(&self, index: usize, remark: &str) {
        let mut api = self.experts[index].1.api();
        for (id, _) in self.discussed(index) {
            let body = json!({ "version": 2, "changes": false, "remark": remark });
            api.call("PUT", &format!("/api/v1/assignments/{id}/position"), &body).expect(200);
        }
    }
}

/// Four experts, three of each file; the second gives 95, the others 60.
fn far_apart(change: fn(&mut Programme)) -> Scene {
    let scene = Scene::with_programme(TestApp::start(), 4, change);
    scene.open();
    scene.score_all(&["60", "95", "60", "60"], None);
    scene
}

fn named(answer: &Answer, code: &str) -> usize {
    let answer = answer.json();
    let fields = answer["fields"].as_array().cloned().unwrap_or_default();
    fields.iter().filter(|field| field["code"] == code).count()
}

#[test]
fn the_scoring_ends_once_and_what_is_missing_is_named_first() {
    let scene = Scene::with_programme(TestApp::start(), 4, all_stages);
    scene.open();
    scene.score_all(&["60", "60", "60", "60"], Some(1));
    assert_eq!(scene.close().expect(409).code(), "review_scoring_open");
    scene.handler.browser().open(&format!("/reviews/{}", scene.call)).shows("评分尚未截止：");
    scene.handler.browser().open("/reviews").shows("等待专家评分").hides("已过期限");
    let (mut late, own) = scene.assignments(1);
    let open = own[0]["id"].as_str().expect("an id").to_string();
    let refused = scene.end_scoring("").expect(422);
    assert_eq!(named(&refused, "scoring_sheets_out"), 1, "{refused}");
    refused.shows(own[0]["organisation"].as_str().expect("a name")).shows("还有 1 份评分表未提交");
    let stale = json!({ "version": 99, "reason": "到期" });
    scene.handler.api().call("POST", &scene.at_review("/scoring-end"), &stale).expect(409);
    scene.experts[1].1.api().call("POST", &scene.at_review("/scoring-end"), &stale).expect(403);
    scene.approver.api().call("POST", &scene.at_review("/scoring-end"), &stale).expect(403);
    // By the page, as an organiser does it.
    let mut handler = scene.handler.browser();
    let ends = format!("{}：专家1", own[0]["organisation"].as_str().expect("a name"));
    handler.open(&format!("/reviews/{}", scene.call)).shows("截止评分").shows("以下 1 项未提交").shows(&ends);
    let path = format!("/reviews/{}/scoring-end", scene.call);
    handler.submit(&path, &[("reason", "")]).expect(422).shows("请催交，或写明理由后截止");
    let ended = handler.submit(&path, &[("reason", "已多次催交，评审时间已到")]);
    handler.follow(ended).shows("评分已截止").shows("评分已于");
    // No button that would be refused.
    handler.open(&format!("/reviews/{}", scene.call)).hides("退回评分表").hides("scoring-end-reason");
    assert_eq!(scene.end_scoring("").expect(409).code(), "scoring_already_ended");
    let sheet = json!({ "version": 1, "items": scene.sheet("60") });
    let refused = late.call("PUT", &format!("/api/v1/assignments/{open}/sheet"), &sheet);
    assert_eq!(refused.expect(409).code(), "sheet_scoring_ended");
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[1].1.email);
    assert!(letters.iter().any(|letter| letter.text.contains("已多次催交")), "{letters:?}");
    // What is left: the extra station. Nobody lies apart.
    let refused = scene.close().expect(422);
    assert_eq!((named(&refused, "review_extra_missing"), named(&refused, "review_discussion_open")), (3, 0));
    // The day for the sheets binds nobody any more, so nothing says that it is over.
    scene.app.advance(chrono::Duration::days(8));
    scene.handler.browser().open("/desk").shows("评分已截止，尚未办结").shows("最早一件自").hides("已过期限");
    // Nor does the list say that it can be closed, which the extra station stands against.
    scene.handler.browser().open("/reviews").shows("尚有事项未办结").hides("可以结束评审").hides("已过期限");
}

#[test]
fn the_end_of_the_scoring_is_undone_while_nothing_rests_on_it() {
    let scene = Scene::with_programme(TestApp::start(), 4, all_stages);
    scene.open();
    scene.score_all(&["60", "60", "60", "60"], Some(1));
    let (mut late, own) = scene.assignments(1);
    let id = own[0]["id"].as_str().expect("an id").to_string();
    let path = format!("/api/v1/assignments/{id}");
    let typed = json!({ "version": 1, "items": scene.sheet("60") });
    late.call("PUT", &format!("{path}/sheet"), &typed).expect(200);
    // Nothing ends that was not seen.
    let mut handler = scene.handler.api();
    let end = |seen: Value| json!({ "version": scene.at_version(), "reason": "评审时间已到", "unsubmitted": seen });
    let unseen = handler.call("POST", &scene.at_review("/scoring-end"), &end(json!([])));
    assert_eq!(unseen.expect(409).code(), "review_preview_outdated");
    handler.call("POST", &scene.at_review("/scoring-end"), &end(json!([id]))).expect(200);
    let set = scene.in_force("scoring_end");
    assert_eq!((&set["actions"], &set["summary"]["released"]), (&json!(["undo"]), &json!(1)), "{set}");
    let named = &set["summary"]["unsubmitted"][0];
    assert_eq!((&named["expert"], &named["organisation"]), (&json!("专家1"), &own[0]["organisation"]), "{set}");
    // By the page, with a reason: the scoring goes on, and what was typed is there.
    let form = format!("/reviews/{}/changes/{}/undoing", scene.call, set["id"].as_str().expect("an id"));
    let mut browser = scene.handler.browser();
    browser.open(&format!("/reviews/{}", scene.call)).shows("撤销评分截止").shows("评分已于");
    browser.submit(&form, &[("reason", " ")]).expect(422).shows("请写明理由");
    let undone = browser.submit(&form, &[("reason", "截止有误")]);
    browser.follow(undone).hides("评分已于").shows("截止评分");
    assert_eq!(scene.take_back(&set).expect(409).code(), "change_undone");
    let sheet = late.json(&path)["sheet"].clone();
    assert_eq!(sheet["status"], json!("draft"));
    let sent = json!({ "version": sheet["version"], "items": scene.sheet("60") });
    late.call("POST", &format!("{path}/submission"), &sent).expect(200);
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[1].1.email);
    assert!(letters.iter().any(|letter| letter.text.contains("评分继续进行")), "{letters:?}");
    // Ended anew, and taken back at the moment at which the extra station is begun: that finds the scoring open.
    let begun = json!({ "version": 0, "items": { "told": "50", "answered": "30" } });
    scene.end_scoring("").expect(200);
    let set = scene.in_force("scoring_end")["id"].as_str().and_then(ChangeSetId::from_text).expect("an id");
    let version = scene.at_version().as_i64().and_then(|version| i32::try_from(version).ok()).expect("a version");
    let undoing = Undoing { version, reason: "截止有误".into() };
    let (officer, call) = (scene.handler.actor(), scene.call);
    let ((), refused) = held_open(
        &scene.app,
        "review_sessions",
        move |tx| undo(tx, &officer, call, set, &undoing),
        || late.call("PUT", &format!("{path}/extra"), &begun),
    );
    assert_eq!(refused.expect(409).code(), "review_scoring_open");
    // Once the extra station was begun it stays ended.
    scene.end_scoring("").expect(200);
    let set = scene.in_force("scoring_end");
    assert_eq!((&set["actions"], &set["summary"]["released"]), (&json!(["undo"]), &json!(0)), "{set}");
    late.call("PUT", &format!("{path}/extra"), &begun).expect(200);
    assert_eq!(scene.in_force("scoring_end")["actions"], json!([]));
    browser.open(&format!("/reviews/{}", scene.call)).hides("撤销评分截止");
    assert_eq!(scene.take_back(&set).expect(409).code(), "scoring_end_rested_on");
}

#[test]
fn whoever_is_far_from_the_panel_explains_it_and_learns_no_other_score() {
    let scene = far_apart(no_extra);
    scene.end_scoring("").expect(200);
    // Now that it can be told who lies apart, the scoring does not begin again.
    let end = scene.in_force("scoring_end");
    assert_eq!(end["actions"], json!([]), "{end}");
    assert_eq!(scene.take_back(&end).expect(409).code(), "scoring_end_rested_on");
    let (mut api, own) = scene.assignments(1);
    let id = own[0]["id"].as_str().expect("an id").to_string();
    let path = format!("/api/v1/assignments/{id}");
    let asked = api.json(&path)["stages"]["explanation"].clone();
    assert_eq!(asked, json!({ "above": true, "text": null, "explained_at": null }));
    let mut browser = scene.experts[1].1.browser();
    browser.open("/assignments").shows("待说明").shows("待会商表态").shows("下一件：").shows("待完成：");
    browser.open("/desk").shows("须说明偏离理由的评分表");
    browser
        .open(&format!("/assignments/{id}"))
        .shows("高于其他专家平均分")
        .shows("待说明、会商或现场评分")
        .hides("全部完成")
        .hides("60.00");
    browser.submit(&format!("/assignments/{id}/explanation"), &[("text", " ")]).expect(422).shows("请写明理由");
    // Somebody within the limit has nothing to explain.
    let (mut other, others) = scene.assignments(2);
    let none = others[0]["id"].as_str().expect("an id");
    let body = json!({ "text": "无" });
    let refused = other.call("PUT", &format!("/api/v1/assignments/{none}/explanation"), &body);
    assert_eq!(refused.expect(409).code(), "explanation_not_asked");
    other.call("PUT", &format!("{path}/explanation"), &body).expect(404);
    let reminders = scene.handler.api().json(&scene.at_review("/reminders"));
    let letters = reminders["letters"].as_array().expect("letters");
    let own_letter = letters.iter().find(|letter| letter["expert"] == json!(scene.experts[1].0)).expect("a letter");
    assert_eq!(own_letter["missing"], json!(own.len()), "once a file: {reminders}");
    assert!(reminders["text"].as_str().is_some_and(|text| text.contains("后续事项")), "{reminders}");
    scene.keep(0, "维持");
    scene.keep(1, "维持");
    scene.keep(2, "维持");
    scene.keep(3, "维持");
    scene.handler.api().call("POST", &scene.at_review("/discussions/end"), &json!({})).expect(200);
    let refused = scene.close().expect(422);
    assert_eq!(named(&refused, "review_explanation_missing"), own.len(), "{refused}");
    refused.hides("专家1").hides(scene.experts[1].0.as_text());
    // Nobody tells from the reminders whose explanations are missing: whoever scored such a file is counted once for it.
    let far: Vec<Value> = own.iter().map(|one| one["organisation"].clone()).collect();
    let reminders = scene.handler.api().json(&scene.at_review("/reminders"));
    for (index, (expert, _)) in scene.experts.iter().enumerate() {
        let shared = scene.assignments(index).1.iter().filter(|one| far.contains(&one["organisation"])).count();
        let letters = reminders["letters"].as_array().into_iter().flatten();
        let counted =
            letters.filter(|letter| letter["expert"] == json!(expert)).map(|letter| letter["missing"].clone());
        let expected = if shared > 0 { vec![json!(shared)] } else { Vec::new() };
        assert_eq!(counted.collect::<Vec<_>>(), expected, "expert {index}: {reminders}");
    }
    for assignment in &own {
        let id = assignment["id"].as_str().expect("an id");
        browser.open(&format!("/assignments/{id}")).shows("偏离说明");
        let sent = browser.submit(&format!("/assignments/{id}/explanation"), &[("text", "现场演示过，指标属实")]);
        browser.follow(sent).shows("说明已提交").shows("现场演示过，指标属实");
    }
    // Nobody reads it before the closing; afterwards those who decide do.
    let stages = scene.at_review("/discussions");
    scene.handler.api().get(&stages).expect(200).hides("现场演示过").hides("9500");
    scene.close().expect(200);
    scene.handler.api().get(&stages).expect(200).shows("现场演示过").shows("9500");
    let mut page = scene.approver.browser();
    page.open(&format!("/reviews/{}/discussions", scene.call)).shows("现场演示过").shows("95.00").shows("高于平均分");
    let refused = api.call("PUT", &format!("{path}/explanation"), &json!({ "text": "再补充" }));
    assert_eq!(refused.expect(409).code(), "review_closed");
}

#[test]
fn a_submitted_sheet_is_not_taken_out_after_the_scoring_and_silence_holds_nobody_up() {
    let scene = far_apart(no_extra);
    let (_, own) = scene.assignments(1);
    let id = own[0]["id"].as_str().expect("an id").to_string();
    scene.end_scoring("").expect(200);
    let release = json!({ "reason": "分数不合适" });
    let refused = scene.handler.api().call("POST", &format!("/api/v1/assignments/{id}/release"), &release);
    assert_eq!(refused.expect(409).code(), "release_scored");
    let mut handler = scene.handler.browser();
    handler.open(&format!("/assignments/{id}/release")).shows("已提交的评分表不能再收回").hides("确认收回");
    handler.open(&format!("/reviews/{}", scene.call)).hides(&format!("/assignments/{id}/release"));
    let kept = scene.experts[1].1.api().json(&format!("/api/v1/assignments/{id}"));
    assert_eq!(kept["sheet"]["status"], json!("submitted"));
    // Whoever declares a conflict still steps back, and the place that stays empty is to be seen.
    let (leaver, place) = (2..4)
        .find_map(|index| Some((index, scene.discussed(index).first()?.0.clone())))
        .expect("another member of a file");
    let declared = json!({ "conflict": true, "reason": "曾任顾问" });
    let path = format!("/api/v1/assignments/{place}/declaration");
    scene.experts[leaver].1.api().call("PUT", &path, &declared).expect(200);
    handler.open(&format!("/reviews/{}", scene.call)).shows("2 / 3");
    // One who never explains does not hold the closing up: with a reason it goes on, and the sheet counts as it is.
    for index in 0..4 {
        scene.keep(index, "维持");
    }
    scene.handler.api().call("POST", &scene.at_review("/discussions/end"), &json!({})).expect(200);
    assert!(named(&scene.close().expect(422), "review_explanation_missing") > 0);
    handler.open(&format!("/reviews/{}", scene.call)).shows("请催交，或写明理由后结束评审");
    let body = json!({ "version": scene.at_version(), "reason": "专家经三次催办未作说明" });
    scene.handler.api().call("POST", &scene.at_review("/closing"), &body).expect(200);
    assert_eq!(scene.app.violations_of(&["explained_before_the_closing"]), []);
    let board = scene.handler.api().json(&format!("/api/v1/decisions/{}", scene.call));
    let sheets: i64 = board["lines"].as_array().into_iter().flatten().filter_map(|l| l["sheet_count"].as_i64()).sum();
    assert_eq!(sheets, 8, "nine less the one who stepped back: {board}");
}

/// The same with five sheets a file.
pub fn five_sheets(programme: &mut Programme) {
    all_stages(programme);
    programme.review.as_mut().expect("review rules").experts_per_application = 5;
}

#[test]
fn whoever_presses_twice_is_told_when_it_was_done_and_nobody_elses_change_is_taken_for_it() {
    const DONE: &str = "办理该事项";
    let scene = far_apart(no_extra);
    let twice = |browser: &mut Client, path: &str, fields: &[(&str, &str)]| {
        let first = browser.post(path, fields).expect(303);
        browser.follow(first).hides(DONE);
        let second = browser.post(path, fields).expect(303);
        browser.follow(second).shows(DONE);
    };
    // An expert's declaration, made over the API before: once more is no change, the other answer is one.
    let (_, own) = scene.assignments(1);
    let address = format!("/assignments/{}", own[0]["id"].as_str().expect("an id"));
    let mut member = scene.experts[1].1.browser();
    member.open(&address);
    let again = member.post(&format!("{address}/declaration"), &[("conflict", "no")]).expect(303);
    member.follow(again).shows(DONE);
    let mut stranger = scene.experts[0].1.browser();
    stranger.open("/assignments");
    stranger.post(&format!("{address}/declaration"), &[("conflict", "no")]).expect(404);
    // The end of the scoring, of the discussions, of the review.
    let page = format!("/reviews/{}", scene.call);
    let (mut handler, mut colleague) =
        (scene.handler.browser(), scene.app.person("colleague@example.cn", &[with(Role::Handler)]).browser());
    handler.open(&page);
    colleague.open(&page);
    let version = scene.at_version().to_string();
    let fields = [("version", version.as_str())];
    twice(&mut handler, &format!("{page}/scoring-end"), &fields);
    colleague.post(&format!("{page}/scoring-end"), &fields).expect(409).hides(DONE);
    let ids: Vec<String> = scene.files.iter().map(ToString::to_string).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("applications", id.as_str())).collect();
    fields.push(("reason", "已两次催办"));
    twice(&mut handler, &format!("{page}/discussions/end"), &fields);
    colleague.post(&format!("{page}/discussions/end"), &fields).expect(409).hides(DONE);
    let version = scene.at_version().to_string();
    let fields = [("version", version.as_str()), ("reason", "说明已催办")];
    twice(&mut handler, &format!("{page}/closing"), &fields);
    // The minutes say why the discussions were ended with a position missing.
    let minutes = scene.handler.api().json(&format!("/api/v1/decisions/{}/minutes", scene.call));
    let stages = minutes["stages"].as_array().expect("stages");
    let talked_over: Vec<&Value> = stages.iter().filter(|stage| !stage["grounds"].is_null()).collect();
    assert!(!talked_over.is_empty(), "{minutes}");
    assert!(talked_over.iter().all(|stage| stage["ended_because"] == "已两次催办"), "{minutes}");
    scene.handler.browser().open(&format!("/decisions/{}/minutes", scene.call)).shows("结束会商的理由：已两次催办");
    // The proposal of a decision and its approval; another proposal beside it is refused as before.
    let decision = format!("/decisions/{}", scene.call);
    let outcomes: Vec<String> = ids.iter().map(|id| format!("outcome.{id}")).collect();
    let reasons: Vec<String> = ids.iter().map(|id| format!("reason.{id}")).collect();
    let mut fields: Vec<(&str, &str)> = outcomes.iter().map(|name| (name.as_str(), "not_selected")).collect();
    fields.extend(reasons.iter().map(|name| (name.as_str(), "未达到入选条件")));
    let mut other = fields.clone();
    fields.push(("grounds", "专家评审意见"));
    other.push(("grounds", "另一份依据"));
    twice(&mut handler, &decision, &fields);
    handler.post(&decision, &other).expect(409).hides(DONE);
    let mut approver = scene.approver.browser();
    approver.open(&decision);
    // Sent back and proposed anew, it is approved; that is undone, once sent back as well.
    twice(&mut approver, &format!("{decision}/return"), &[("version", "1"), ("reason", "请补充依据")]);
    approver.post(&format!("{decision}/return"), &[("version", "1"), ("reason", "另有原因")]).expect(409).hides(DONE);
    // Of two proposals of one instant neither is the later.
    scene.app.advance(chrono::Duration::minutes(1));
    handler.post(&decision, &fields).expect(303);
    twice(&mut approver, &format!("{decision}/approval"), &[("version", "1")]);
    let board = || scene.handler.api().json(&format!("/api/v1{decision}"))["decisions"][0].clone();
    let undoing = format!("{decision}/sheets/{}/undoing", board()["id"].as_str().expect("an id"));
    let version = || board()["version"].to_string();
    let seen = version();
    let fields = [("version", seen.as_str()), ("reason", "分数录入有误")];
    twice(&mut handler, &undoing, &fields);
    colleague.post(&undoing, &fields).expect(409).hides(DONE);
    let seen = version();
    twice(&mut approver, &format!("{undoing}/return"), &[("version", seen.as_str()), ("reason", "不必撤销")]);
    let seen = version();
    twice(&mut handler, &undoing, &[("version", seen.as_str()), ("reason", "分数录入有误")]);
    let seen = version();
    twice(&mut approver, &format!("{undoing}/approval"), &[("version", seen.as_str())]);
}
