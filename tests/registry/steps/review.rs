//! What each station of a review and a decision offers each role, and that the doors of the pages are the same.

use crate::review::{Scene, stages};
use crate::support::{Person, TestApp, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;

/// Actions of a review and the doors of its pages that lead to them.
const DOORS: [(&str, &str, &str); 9] = [
    ("prepare", "", "plan"),
    ("open", "", "opening"),
    ("complete", "", "completion/preview"),
    ("end_scoring", "", "scoring-end"),
    ("close", "", "closing"),
    ("remind", "/reminders", "reminders"),
    ("open_discussion", "/discussions", "discussions"),
    ("end_discussions", "/discussions", "discussions/end"),
    ("call_second_panel", "/discussions", "second-panel/preview"),
];

struct Stage {
    scene: Scene,
    evaluator: Person,
    auditor: Person,
}

impl Stage {
    /// Organisers are offered these, and those who look on nothing.
    fn offers(&self, expected: &[&str]) {
        let path = format!("/api/v1/reviews/{}", self.scene.call);
        for person in [&self.scene.handler, &self.evaluator] {
            assert_eq!(person.api().json(&path)["actions"], json!(expected), "{}", person.email);
            let mut page = person.browser();
            for (action, at, door) in DOORS {
                let address = format!("/reviews/{}", self.scene.call);
                if page.get(&format!("{address}{at}")).status == 200 {
                    let is_offered = page.offers(&format!("{address}/{door}"));
                    assert_eq!(is_offered, expected.contains(&action), "{action} for {}", person.email);
                }
            }
        }
        for person in [&self.scene.approver, &self.auditor] {
            assert_eq!(person.api().json(&path)["actions"], json!([]), "{}", person.email);
        }
    }

    /// What an organiser is offered for an assignment, and its page too.
    fn for_organiser(&self, id: &str, expected: &[&str]) {
        let review = self.scene.handler.api().json(&format!("/api/v1/reviews/{}", self.scene.call));
        let lines = review["applications"].as_array().into_iter().flatten();
        let mut lines = lines.flat_map(|file| file["assignments"].as_array().into_iter().flatten());
        let line = lines.find(|line| line["id"] == id).expect("the assignment");
        assert_eq!(line["actions"], json!(expected), "{line}");
        let mut page = self.scene.handler.browser();
        page.open(&format!("/reviews/{}", self.scene.call));
        let leads_to_release = page.page().text().contains(&format!("/assignments/{id}/release"));
        assert_eq!(leads_to_release, expected.contains(&"release"));
        assert_eq!(page.offers(&format!("/assignments/{id}/reopening")), expected.contains(&"reopen"));
    }

    /// What the expert is offered, in the list, in the one, and on its page.
    fn for_expert(&self, index: usize, id: &str, expected: &[&str]) {
        let (mut api, own) = self.scene.assignments(index);
        let listed = own.iter().find(|one| one["id"] == id).expect("the assignment");
        assert_eq!(listed["actions"], json!(expected));
        assert_eq!(api.json(&format!("/api/v1/assignments/{id}"))["actions"], json!(expected));
        let mut page = self.scene.experts[index].1.browser();
        page.open(&format!("/assignments/{id}"));
        let doors = [
            ("recuse", "declaration"),
            ("save_sheet", "sheet"),
            ("submit_sheet", "submission"),
            ("explain", "explanation"),
            ("state_position", "position"),
        ];
        for (action, door) in doors {
            let is_offered = page.offers(&format!("/assignments/{id}/{door}"));
            assert_eq!(is_offered, expected.contains(&action), "{action}");
        }
        page.open(&format!("/assignments/{id}/extra"));
        assert_eq!(page.offers(&format!("/assignments/{id}/extra")), expected.contains(&"save_extra_sheet"));
    }

    /// What this is for those who organise the review, and for those who look on: nothing.
    fn for_organisers<'a>(&self, expected: &'a [&'a str]) -> [(&Person, &'a [&'a str]); 4] {
        let nobody: &[&str] = &[];
        [
            (&self.scene.handler, expected),
            (&self.evaluator, expected),
            (&self.scene.approver, nobody),
            (&self.auditor, nobody),
        ]
    }

    /// What may be done with the newest plan or reminders of the review, and whether its page has the button.
    fn undoes(&self, expected: &[&str]) {
        let address = format!("/reviews/{}", self.scene.call);
        for (person, expected) in self.for_organisers(expected) {
            let listed = person.api().json(&format!("/api/v1{address}/changes"));
            let newest = &listed["items"][0];
            assert_eq!(newest["actions"], json!(expected), "{}: {listed}", person.email);
            let mut page = person.browser();
            page.open(&address);
            let door = format!("{address}/changes/{}/undoing", newest["id"].as_str().expect("an id"));
            assert_eq!(page.offers(&door), expected.contains(&"undo"), "{}", person.email);
        }
    }

    /// What may be done with a sheet that counts and whose expert has a conflict.
    fn voids(&self, assignment: &str, expected: &[&str]) {
        let address = format!("/decisions/{}", self.scene.call);
        for (person, expected) in self.for_organisers(expected) {
            let listed = person.api().json(&format!("/api/v1{address}/conflicts"));
            let conflicts = listed["items"].as_array().cloned().unwrap_or_default();
            let found = conflicts.iter().find(|one| one["assignment"] == assignment).expect("the conflict");
            assert_eq!(found["actions"], json!(expected), "{}", person.email);
            let mut page = person.browser();
            page.open(&address);
            let door = format!("{address}/conflicts/{assignment}/voiding");
            assert_eq!(page.offers(&door), expected.contains(&"void"), "{}", person.email);
        }
    }

    fn decides(&self, handler: &[&str], approver: &[&str]) {
        let path = format!("/api/v1/decisions/{}", self.scene.call);
        let nobody: &[&str] = &[];
        let all = [
            (&self.scene.handler, handler),
            (&self.scene.approver, approver),
            (&self.evaluator, nobody),
            (&self.auditor, nobody),
        ];
        for (person, expected) in all {
            assert_eq!(person.api().json(&path)["actions"], json!(expected), "{}", person.email);
            let mut page = person.browser();
            page.open(&format!("/decisions/{}", self.scene.call));
            for (action, door) in [("approve", "approval"), ("return", "return")] {
                let is_offered = page.offers(&format!("/decisions/{}/{door}", self.scene.call));
                assert_eq!(is_offered, expected.contains(&action), "{action} for {}", person.email);
            }
        }
    }
}

#[test]
fn a_review_offers_each_role_the_next_step_and_no_other() {
    let scene = Scene::with_programme(TestApp::start(), 4, stages::all_stages);
    let evaluator = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]);
    let auditor = scene.app.person("auditor@example.cn", &[with(Role::Auditor)]);
    let stage = Stage { scene, evaluator, auditor };
    let scene = &stage.scene;
    let path = format!("/api/v1/reviews/{}", scene.call);
    stage.offers(&["prepare"]);
    stage.decides(&[], &[]);
    let draw = |person: &Person| person.api().json(&format!("{path}/draw"))["actions"].clone();
    assert_eq!((draw(&scene.handler), draw(&stage.auditor)), (json!(["announce"]), json!([])));

    let due = (scene.app.now() + Duration::days(7)).and_utc();
    let mut handler = scene.handler.api();
    let prepared = handler.call("PUT", &format!("{path}/preparation"), &json!({ "due_at": due })).expect(200).json();
    assert_eq!(prepared["actions"], json!(["prepare", "wish", "open"]));
    stage.offers(&["prepare", "wish", "open"]);
    stage.undoes(&["undo"]);

    handler.call("POST", &format!("{path}/opening"), &json!({ "version": prepared["version"] })).expect(200);
    // No file has a sheet yet: the scoring would not be ended, whatever the reason.
    stage.offers(&["complete", "remind"]);
    assert_eq!(scene.end_scoring("时间已到").expect(422).json()["fields"][0]["code"], "review_no_sheet");
    stage.undoes(&["undo"]);
    assert_eq!(draw(&scene.handler), json!([]), "the review is open");
    let (mut api, own) = scene.assignments(1);
    let id = own[0]["id"].as_str().expect("an id").to_string();
    let own_path = format!("/api/v1/assignments/{id}");
    stage.for_expert(1, &id, &["accept", "recuse"]);
    stage.for_organiser(&id, &["release"]);
    api.call("PUT", &format!("{own_path}/declaration"), &json!({ "conflict": false })).expect(200);
    stage.for_expert(1, &id, &["recuse", "save_sheet", "submit_sheet"]);
    // An expert has declared: the plan is no longer taken back.
    stage.undoes(&[]);
    let sheet = json!({ "version": 1, "items": scene.sheet("95") });
    api.call("POST", &format!("{own_path}/submission"), &sheet).expect(200);
    stage.for_expert(1, &id, &["recuse"]);
    stage.for_organiser(&id, &["reopen", "release"]);

    // Whoever of the four scores a file, its totals lie too far apart.
    score_the_rest(scene, &id, ["60", "95", "60", "20"]);
    stage.offers(&["complete", "end_scoring"]);
    scene.end_scoring("").expect(200);
    // Every file is talked over: none is left to be.
    stage.offers(&["complete", "remind", "end_discussions"]);
    let after = ["recuse", "explain", "state_position", "save_extra_sheet", "submit_extra_sheet"];
    stage.for_expert(1, &id, &after);
    // What was submitted is no longer theirs to take out.
    stage.for_organiser(&id, &[]);
    // Nobody gives way: what stayed over the limit may have a second panel.
    let ended = json!({ "reason": "时间已到" });
    handler.call("POST", &format!("{path}/discussions/end"), &ended).expect(200);
    stage.offers(&["complete", "remind", "call_second_panel"]);
    stage.for_expert(1, &id, &["recuse", "explain", "save_extra_sheet", "submit_extra_sheet"]);
}

/// Everybody declares and submits what is open, each by their share.
fn score_the_rest(scene: &Scene, done: &str, shares: [&str; 4]) {
    for (index, share) in shares.into_iter().enumerate() {
        let (mut api, own) = scene.assignments(index);
        for assignment in own.iter().filter(|one| one["id"] != done) {
            let path = format!("/api/v1/assignments/{}", assignment["id"].as_str().expect("an id"));
            api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
            let sheet = json!({ "version": 1, "items": scene.sheet(share) });
            api.call("POST", &format!("{path}/submission"), &sheet).expect(200);
        }
    }
}

#[test]
fn a_decision_offers_one_officer_the_proposal_and_another_the_last_word() {
    let scene = Scene::set(4);
    let evaluator = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]);
    let auditor = scene.app.person("auditor@example.cn", &[with(Role::Auditor)]);
    let stage = Stage { scene, evaluator, auditor };
    let scene = &stage.scene;
    scene.open();
    score_the_rest(scene, "", ["60", "95", "60", "60"]);
    stage.offers(&["complete", "end_scoring", "close"]);
    let path = format!("/api/v1/reviews/{}", scene.call);
    let version = scene.handler.api().json(&path)["version"].clone();
    // More time for bureaus is offered as long as what they send on can still be reviewed.
    let more_time = || {
        let call = scene.approver.api().json(&format!("/api/v1/calls/{}", scene.call));
        call["call"]["actions"].as_array().expect("actions").contains(&json!("extend"))
    };
    assert!(more_time());
    scene.handler.api().call("POST", &format!("{path}/closing"), &json!({ "version": version })).expect(200);
    assert!(!more_time());
    stage.offers(&[]);
    stage.decides(&["propose"], &[]);
    // A conflict that comes to light is acted on until the decision is proposed.
    let own = scene.assignments(1).1;
    let sheet = own[0]["id"].as_str().expect("an id").to_string();
    let tie = json!({ "kind": "kinship", "organisation": own[0]["organisation"], "note": "其父任董事" });
    let ties = format!("/experts/{}/ties", scene.experts[1].0);
    let tie = scene.handler.api().call("POST", &format!("/api/v1{ties}"), &tie).expect(201).json();
    assert_eq!(tie["actions"], json!(["withdraw"]));
    for (person, may) in [(&scene.handler, true), (&stage.evaluator, true), (&scene.approver, false)] {
        let file = person.api().json(&format!("/api/v1/experts/{}/file", scene.experts[1].0));
        assert_eq!(file["ties"][0]["actions"], if may { json!(["withdraw"]) } else { json!([]) }, "{}", person.email);
        let mut page = person.browser();
        page.open(&ties);
        for door in [ties.clone(), format!("{ties}/withdrawal")] {
            assert_eq!(page.offers(&door), may, "{door} for {}", person.email);
        }
    }
    // The expert did not declare it, so it is not the expert's to withdraw.
    let expert = &scene.experts[1].1;
    assert_eq!(expert.api().json("/api/v1/me/expert")["ties"][0]["actions"], json!([]));
    let mut page = expert.browser();
    page.open("/expert");
    assert!(page.offers("/expert/ties") && !page.offers("/expert/ties/withdrawal"));
    stage.voids(&sheet, &["void"]);
    let decision = format!("/api/v1/decisions/{}", scene.call);
    let board = scene.handler.api().json(&decision);
    let entry = |(at, line): (usize, &Value)| {
        let outcome = if at < 2 { "selected" } else { "not_selected" };
        json!({ "application": line["application"], "outcome": outcome, "reason": "按名次" })
    };
    let entries: Vec<Value> = board["lines"].as_array().expect("lines").iter().enumerate().map(entry).collect();
    let proposal = json!({ "grounds": "按名次择优", "entries": entries });
    scene.handler.api().call("POST", &decision, &proposal).expect(201);
    stage.decides(&[], &["approve", "return"]);
    stage.voids(&sheet, &[]);
    scene.approver.api().call("POST", &format!("{decision}/approval"), &json!({ "version": 1 })).expect(200);
    stage.decides(&[], &[]);
    // What was decided is not called in question.
    assert_eq!(scene.handler.api().json(&format!("{decision}/conflicts"))["total"], 0);
}
