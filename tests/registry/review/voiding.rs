//! A conflict that comes to light after the review was closed.

use super::{CODES, Scene};
use crate::support::Answer;
use chrono::Duration;
use serde_json::{Value, json};

impl Scene {
    /// Everyone submits: the expert's number makes the difference; then the review is closed.
    pub(super) fn scored_and_closed(&self) {
        self.open();
        for index in 0..self.experts.len() {
            let (mut api, own) = self.assignments(index);
            for one in own {
                let path = format!("/api/v1/assignments/{}", one["id"].as_str().expect("an id"));
                api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
                let items = self.sheet(if index == 1 { "90" } else { "70" });
                let body = json!({ "version": 1, "items": items });
                api.call("POST", &format!("{path}/submission"), &body).expect(200);
            }
        }
        let path = format!("/api/v1/reviews/{}", self.call);
        let seen = self.handler.api().json(&path)["version"].clone();
        self.handler.api().call("POST", &format!("{path}/closing"), &json!({ "version": seen })).expect(200);
    }

    fn line(&self, organisation: &str) -> Value {
        let board = self.handler.api().json(&format!("/api/v1/decisions/{}", self.call));
        let lines = board["lines"].as_array().cloned().unwrap_or_default();
        lines.into_iter().find(|line| line["organisation"] == organisation).expect("a line")
    }

    fn void(&self, assignment: &str) -> Answer {
        let path = format!("/api/v1/assignments/{assignment}/voiding");
        self.handler.api().call("POST", &path, &json!({ "reason": "专家之父任该公司董事" }))
    }

    /// What the check finds: the files of the scene were put under review by hand, which it says each time.
    fn findings(&self) -> Vec<(&'static str, String)> {
        let found = self.app.violations().expect("a check");
        let of_scene = |name: &str| name == "state_is_that_of_the_record" || name == "submissions_are_counted";
        found.into_iter().filter(|one| !of_scene(one.invariant)).map(|one| (one.invariant, one.subject)).collect()
    }
}

#[test]
fn a_conflict_found_after_closing_voids_the_sheet_and_ranks_anew() {
    // Three experts for three places each: expert 0 works for the first applicant and is replaced by the fourth.
    let scene = Scene::set(4);
    scene.scored_and_closed();
    let sound = scene.findings();
    assert!(!sound.iter().any(|(name, _)| name.starts_with("ranking_is")), "{sound:?}");
    let (_, own) = scene.assignments(1);
    let of = |organisation: &str| {
        let found = own.iter().find(|one| one["organisation"] == organisation);
        found.and_then(|one| one["id"].as_str()).map(str::to_string)
    };
    let concerned =
        ["申报单位2", "申报单位3", "申报单位1"].into_iter().find(|name| of(name).is_some()).expect("a file");
    let assignment = of(concerned).expect("an assignment");
    let before = scene.line(concerned);
    assert_eq!(before["sheet_count"], 3);
    // Nothing is voided because somebody does not like it.
    assert_eq!(scene.void(&assignment).expect(409).code(), "void_no_conflict");
    let conflicts = format!("/api/v1/decisions/{}/conflicts", scene.call);
    assert_eq!(scene.handler.api().json(&conflicts)["total"], 0);
    let tie = json!({ "kind": "kinship", "organisation": concerned, "note": "其父任董事" });
    let path = format!("/api/v1/experts/{}/ties", scene.experts[1].0);
    scene.handler.api().call("POST", &path, &tie).expect(201);
    let listed = scene.handler.api().json(&conflicts);
    assert_eq!((&listed["total"], &listed["items"][0]["why"]), (&json!(1), &json!("kinship")), "{listed}");
    let page = format!("/decisions/{}", scene.call);
    scene.approver.browser().open(&page).shows("评审结束后发现的利益冲突").hides("确认作废并重新排名");
    scene.experts[1].1.api().get(&conflicts).expect(403);

    // A preview that was taken before rests on places that are no more.
    let decision = format!("/api/v1/decisions/{}", scene.call);
    let lines = scene.handler.api().json(&decision)["lines"].as_array().cloned().unwrap_or_default();
    let entry =
        |line: &Value| json!({ "application": line["application"], "outcome": "not_selected", "reason": "名额已满" });
    let mut proposal = json!({ "grounds": "按得分择优", "entries": lines.iter().map(entry).collect::<Vec<_>>() });
    let preview = format!("{decision}/preview");
    proposal["digest"] = scene.handler.api().call("POST", &preview, &proposal).expect(200).json()["digest"].clone();

    let mut browser = scene.handler.browser();
    browser.open(&page).shows("专家1");
    let answer =
        browser.submit(&format!("{page}/conflicts/{assignment}/voiding"), &[("reason", "专家之父任该公司董事")]);
    browser.follow(answer).shows("评分表已作废").hides("评审结束后发现的利益冲突");
    let after = scene.line(concerned);
    assert_eq!(after["sheet_count"], 2);
    assert!(after["score"].as_i64() < before["score"].as_i64(), "the highest is gone: {before} {after}");
    assert_eq!(scene.findings(), sound, "nothing else is broken by it");
    assert_eq!(scene.void(&assignment).expect(409).code(), "assignment_ended");
    let outdated = scene.handler.api().call("POST", &decision, &proposal);
    assert_eq!(outdated.expect(409).code(), "review_preview_outdated");
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[1].1.email);
    assert!(letters.iter().any(|letter| letter.text.contains("评分表已作废")), "{letters:?}");
}

#[test]
fn once_proposed_or_decided_a_late_conflict_is_only_recorded() {
    let scene = Scene::set(4);
    scene.scored_and_closed();
    let path = format!("/api/v1/decisions/{}", scene.call);
    let lines = scene.handler.api().json(&path)["lines"].as_array().cloned().unwrap_or_default();
    let entry = |(index, line): (usize, &Value)| {
        let outcome = if index < 2 { "selected" } else { "not_selected" };
        json!({ "application": line["application"], "outcome": outcome, "reason": "名额已满" })
    };
    let entries: Vec<Value> = lines.iter().enumerate().map(entry).collect();
    let proposal = json!({ "grounds": "按得分择优", "entries": entries });
    scene.handler.api().call("POST", &path, &proposal).expect(201);
    let (_, own) = scene.assignments(2);
    let (assignment, organisation) = (own[0]["id"].as_str().expect("an id"), own[0]["organisation"].clone());
    let tie = json!({ "kind": "dispute", "organisation": organisation });
    let ties = format!("/api/v1/experts/{}/ties", scene.experts[2].0);
    scene.handler.api().call("POST", &ties, &tie).expect(201);
    assert_eq!(scene.void(assignment).expect(409).code(), "void_proposed");
    let page = format!("/decisions/{}", scene.call);
    scene.handler.browser().open(&page).shows("评审结束后发现的利益冲突").hides("确认作废");
    let approval = json!({ "version": 1 });
    scene.approver.api().call("POST", &format!("{path}/approval"), &approval).expect(200);
    assert_eq!(scene.void(assignment).expect(409).code(), "void_decided");
    // What was decided is not called in question by what is learnt later.
    assert_eq!(scene.handler.api().json(&format!("{path}/conflicts"))["total"], 0);
    scene.handler.browser().open(&page).hides("评审结束后发现的利益冲突");
}

#[test]
fn what_becomes_of_an_expert_after_the_closing_changes_neither_conflicts_nor_minutes() {
    let scene = Scene::set(4);
    scene.scored_and_closed();
    scene.app.advance(Duration::days(1));
    let (_, own) = scene.assignments(1);
    let (assignment, concerned) = (own[0]["id"].as_str().expect("an id"), own[0]["organisation"].clone());
    let conflicts = || {
        let listed = scene.handler.api().json(&format!("/api/v1/decisions/{}/conflicts", scene.call));
        let why = listed["items"].as_array().into_iter().flatten().filter_map(|one| one["why"].as_str());
        why.map(str::to_string).collect::<Vec<_>>()
    };
    // By another name and title, at the applicant.
    let row = json!({
        "line": 2, "name": "专家一", "email": "expert1@example.cn", "employer": concerned, "title": "研究员",
        "fields": "数字化转型服务商", "load_limit": "5",
    });
    scene.handler.api().call("POST", "/api/v1/experts/imports", &json!({ "rows": [row] })).expect(201);
    assert!(conflicts().is_empty(), "the expert scored before going there");
    assert_eq!(scene.void(assignment).expect(409).code(), "void_no_conflict");
    let code = (0..3).find(|at| concerned == format!("申报单位{}", at + 1).as_str()).map(|at| CODES[at]);
    scene.app.tamper(&format!(
        "UPDATE experts SET employer_code = '{}' WHERE id = '{}'",
        code.expect("an applicant"),
        scene.experts[1].0
    ));
    assert!(conflicts().is_empty());
    assert_eq!(scene.app.violations_of(&["nobody_scores_the_own_organisation"]), []);
    let minutes = scene.handler.api().json(&format!("/api/v1/decisions/{}/minutes", scene.call));
    let id = scene.experts[1].0.to_string();
    let said = minutes["panel"].as_array().into_iter().flatten().find(|one| one["expert"] == id.as_str());
    let said = said.expect("an expert of the minutes");
    assert_eq!((&said["name"], &said["employer"], &said["title"]), (&json!("专家1"), &json!("大学1"), &json!("教授")));
    scene.handler.browser().open(&format!("/decisions/{}/minutes", scene.call)).shows("大学1").hides("研究员");
    // The name of then is compared with those that the file names, and not the name of now.
    let file = (0..3).find(|file| concerned == format!("申报单位{}", file + 1).as_str()).expect("an applicant");
    let led_by = |name: &str| {
        let form = json!({ "legal_representative": name });
        scene.app.tamper(&format!("UPDATE applications SET form = '{form}' WHERE id = '{}'", scene.files[file]));
    };
    led_by("专家一");
    assert!(conflicts().is_empty());
    led_by("专家1");
    assert_eq!(conflicts(), ["named_person"]);
    led_by("某某");
    assert!(conflicts().is_empty());
    // What began afterwards does not count; what held before does, whenever it is found.
    let ties = format!("/api/v1/experts/{}/ties", scene.experts[1].0);
    let later = json!({ "kind": "kinship", "organisation": concerned, "from_on": "2026-03-03" });
    scene.handler.api().call("POST", &ties, &later).expect(201);
    assert!(conflicts().is_empty());
    let before = json!({ "kind": "past_employer", "organisation": concerned, "until_on": "2026-01-31" });
    scene.handler.api().call("POST", &ties, &before).expect(201);
    assert_eq!(conflicts(), ["past_employer"]);
    scene.void(assignment).expect(200);
    assert!(conflicts().is_empty());
    // Whose sheet was voided is named as then, too.
    let path = format!("/api/v1/decisions/{}/minutes", scene.call);
    let minutes = scene.handler.api().json(&path);
    let voided = minutes["recusals"].as_array().into_iter().flatten().filter(|one| one["voided"] == json!(true));
    assert_eq!(voided.map(|one| one["expert"].clone()).collect::<Vec<_>>(), [json!("专家1")], "{minutes}");
    assert_eq!(minutes["panel_is_of_today"], json!(false));
    // A review that was closed before it was kept how they were says so.
    scene.app.tamper(&format!("UPDATE review_sessions SET people_at_closing = '[]' WHERE call_id = '{}'", scene.call));
    assert_eq!(scene.handler.api().json(&path)["panel_is_of_today"], json!(true));
    let mut page = scene.handler.browser();
    page.open(&format!("/decisions/{}/minutes", scene.call)).shows("以现有登记为准").shows("专家一").shows("研究员");
}
