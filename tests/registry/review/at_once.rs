//! The review when several act on it at the same moment.

use super::Scene;
use crate::support::race::{one_wins, together};
use crate::support::{Answer, with};
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;

impl Scene {
    /// Every expert declares and submits, but for the first assignment of the first one, whose address is returned.
    pub(super) fn all_but_one(&self) -> String {
        let mut left = None;
        for index in 0..self.experts.len() {
            let (mut api, own) = self.assignments(index);
            for assignment in &own {
                let path = format!("/api/v1/assignments/{}", assignment["id"].as_str().expect("an id"));
                api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
                if index == 1 && left.is_none() {
                    left = Some(path);
                    continue;
                }
                let body = json!({ "version": 1, "items": self.sheet("80") });
                api.call("POST", &format!("{path}/submission"), &body).expect(200);
            }
        }
        left.expect("an assignment")
    }

    fn review(&self) -> Value {
        self.handler.api().json(&format!("/api/v1/reviews/{}", self.call))
    }

    /// What the check of invariants says about reviews and decisions.
    #[track_caller]
    fn must_be_sound(&self) {
        let own = ["sheet_adds_up", "sheet_is_as_recorded", "ranking_is_reproduced", "decision_by_two_persons"];
        assert_eq!(self.app.violations_of(&own), []);
    }
}

#[test]
fn a_sheet_that_comes_with_the_closing_is_counted_or_refused() {
    for _ in 0..8 {
        let scene = Scene::set(3 + 1);
        scene.open();
        let last = scene.all_but_one();
        let version = scene.review()["version"].clone();
        let (mut expert, _) = scene.assignments(1);
        let mut handler = scene.handler.api();
        let body = json!({ "version": 1, "items": scene.sheet("50") });
        let closing = json!({ "version": version, "reason": "已到截止时间" });
        let close = format!("/api/v1/reviews/{}/closing", scene.call);
        let works: [Box<dyn FnOnce() -> Answer + Send>; 2] = [
            Box::new(|| expert.call("POST", &format!("{last}/submission"), &body)),
            Box::new(|| handler.call("POST", &close, &closing)),
        ];
        let answers = together(works);
        assert_eq!(answers[1].status, 200, "{}", answers[1]);
        let counted = answers[0].status == 200;
        if !counted {
            assert_eq!((answers[0].status, answers[0].code().as_str()), (409, "review_closed"), "{}", answers[0]);
        }
        let board = scene.handler.api().json(&format!("/api/v1/decisions/{}", scene.call));
        let sheets: i64 =
            board["lines"].as_array().into_iter().flatten().filter_map(|l| l["sheet_count"].as_i64()).sum();
        assert_eq!(sheets, if counted { 9 } else { 8 }, "{board}");
        scene.must_be_sound();
    }
}

#[test]
fn of_two_who_close_or_approve_at_once_one_does_it() {
    for _ in 0..4 {
        let scene = Scene::set(4);
        scene.open();
        let last = scene.all_but_one();
        let (mut expert, _) = scene.assignments(1);
        let body = json!({ "version": 1, "items": scene.sheet("70") });
        // The same sheet sent twice at once counts once.
        let mut twice = scene.assignments(1).0;
        let works = [&mut expert, &mut twice].map(|api| || api.call("POST", &format!("{last}/submission"), &body));
        one_wins(&together(works), 200, &["sheet_submitted"]);

        let evaluator = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]);
        let closing = json!({ "version": scene.review()["version"] });
        let close = format!("/api/v1/reviews/{}/closing", scene.call);
        let works = [scene.handler.api(), evaluator.api()].map(|mut api| {
            let (close, closing) = (&close, &closing);
            move || api.call("POST", close, closing)
        });
        one_wins(&together(works), 200, &["review_closed"]);

        let path = format!("/api/v1/decisions/{}", scene.call);
        let board = scene.handler.api().json(&path);
        let entry = |(index, line): (usize, &Value)| {
            let outcome = if index < 2 { "selected" } else { "not_selected" };
            json!({ "application": line["application"], "outcome": outcome, "reason": "名额已满" })
        };
        let entries: Vec<Value> = board["lines"].as_array().expect("lines").iter().enumerate().map(entry).collect();
        let proposal = json!({ "grounds": "按得分择优", "entries": entries });
        let second = scene.app.person("second-handler@example.cn", &[with(Role::Handler)]);
        let works = [scene.handler.api(), second.api()].map(|mut api| {
            let (path, proposal) = (&path, &proposal);
            move || api.call("POST", path, proposal)
        });
        one_wins(&together(works), 201, &["decision_pending"]);

        // Two approvers approve the same one.
        let colleague = scene.app.person("second-approver@example.cn", &[with(Role::Approver)]);
        let approval = format!("{path}/approval");
        let works = [scene.approver.api(), colleague.api()].map(|mut api| {
            let approval = &approval;
            move || api.call("POST", approval, &json!({ "version": 1 }))
        });
        one_wins(&together(works), 200, &["decision_none_pending"]);
        scene.app.run_jobs();
        assert_eq!(scene.app.letters_to(&scene.vendor.email).len(), 1, "told once");
        scene.must_be_sound();
    }
}

#[test]
fn a_release_voids_the_sheet_and_a_completion_fills_the_place() {
    let scene = Scene::set(4);
    scene.open();
    scene.all_but_one();
    let mut organiser = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]).api();
    let review = format!("/api/v1/reviews/{}", scene.call);
    let file = |shown: &Value, name: &str| -> Value {
        let files = shown["applications"].as_array().expect("files");
        files.iter().find(|file| file["organisation"] == name).expect("the file").clone()
    };
    let live = |file: &Value| {
        let all = file["assignments"].as_array().expect("assignments").clone();
        all.into_iter().filter(|a| a["status"] == "awaiting" || a["status"] == "accepted").collect::<Vec<_>>()
    };
    // The first applicant's file can be scored by three only: releasing one leaves a place that nobody can take.
    let before = live(&file(&scene.review(), "申报单位1"));
    assert_eq!(before.len(), 3);
    let taken = before.iter().find(|a| a["submitted"] == true).expect("a sheet").clone();
    let release = format!("/api/v1/assignments/{}/release", taken["id"].as_str().expect("an id"));
    scene.vendor.api().call("POST", &release, &json!({ "reason": "事后发现冲突" })).expect(403);
    let refused = organiser.call("POST", &release, &json!({ "reason": " " })).expect(422).json();
    assert_eq!(refused["fields"][0]["path"], "reason");
    let released = organiser.call("POST", &release, &json!({ "reason": "事后发现冲突" })).expect(200).json();
    assert_eq!((&released["added"], released["short"].as_array().map(Vec::len)), (&json!(0), Some(1)), "{released}");
    let again = organiser.call("POST", &release, &json!({ "reason": "再撤一次" }));
    assert_eq!(again.expect(409).code(), "assignment_ended");
    assert_eq!(live(&file(&scene.review(), "申报单位1")).len(), 2);
    // The expert finds it ended, and is told why; the handlers are told that a place is empty.
    let who = scene.experts.iter().position(|(id, _)| taken["expert"] == id.as_text()).expect("the expert");
    let path = format!("/api/v1/assignments/{}", taken["id"].as_str().expect("an id"));
    let late = scene.experts[who].1.api().call("PUT", &format!("{path}/sheet"), &json!({ "version": 2 }));
    assert_eq!(late.expect(409).code(), "assignment_ended");
    scene.app.run_jobs();
    let told = |email: &str, words: &str| scene.app.letters_to(email).iter().any(|l| l.text.contains(words));
    assert!(told(&scene.experts[who].1.email, "事后发现冲突"));
    assert!(told("handler@example.cn", "1"));

    // Another one is taken in and has the place; asking once more changes nothing.
    let (id, person) = super::new_expert(&scene.app, 8);
    let complete = format!("{review}/completion");
    let done = organiser.call("POST", &complete, &json!({ "experts": [id] })).expect(200).json();
    assert_eq!((&done["added"], &done["short"]), (&json!(1), &json!([])));
    let more = organiser.call("POST", &complete, &json!({ "experts": [id] })).expect(200).json();
    assert_eq!(more["added"], 0);
    let own = person.api().json("/api/v1/assignments")["items"].as_array().cloned().unwrap_or_default();
    assert_eq!((own.len(), &own[0]["organisation"]), (1, &json!("申报单位1")));
    scene.app.run_jobs();
    assert!(!scene.app.letters_to(&person.email).is_empty());
    let unknown = json!({ "experts": ["00000000-0000-7000-8000-00000000ffff"] });
    organiser.call("POST", &complete, &unknown).expect(422);
    // The same acts are on the page of the review.
    let mut page = scene.handler.browser();
    page.open(&format!("/reviews/{}", scene.call)).shows("事后发现冲突");
    scene.must_be_sound();
}
