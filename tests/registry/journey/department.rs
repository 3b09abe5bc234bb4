//! The department: screening, expert review, decision.

use super::plan::{EACH, Fate, PANEL, PLACES, Plan, Reach};
use super::world::World;
use crate::support::Client;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Checks form and eligibility of everything that was recommended.
    pub fn department_screens(&self) {
        self.clock("2026-05-06T10:00:00");
        let stays = |fate| matches!(fate, Fate::WithdrawnRecommended);
        for plan in self.reaching(Reach::Recommended).iter().filter(|plan| !stays(plan.fate)) {
            let mut handler = self.handler.api();
            match plan.fate {
                Fate::ScreeningCorrection | Fate::ScreeningLapsed => {
                    self.ask_for_correction(&mut handler, plan, "2026-05-12")
                }
                Fate::Ineligible => self.screen(&mut handler, plan, "ineligible"),
                _ => self.screen(&mut handler, plan, "accepted"),
            }
        }
        self.clock("2026-05-08T18:00:00");
        for plan in self.with_fate(Fate::ScreeningCorrection) {
            self.answer_correction(plan);
            self.screen(&mut self.handler.api(), plan, "accepted");
        }
        self.clock("2026-05-13T00:00:00");
        for plan in self.with_fate(Fate::ScreeningLapsed) {
            self.screen(&mut self.handler.api(), plan, "ineligible");
        }
    }

    /// The officer follows the check list; against the machine only with a note.
    fn screen(&self, handler: &mut Client, plan: &Plan, conclusion: &str) {
        let seen = handler.json(&self.resource(plan.index, "/screening"));
        let against = conclusion == "ineligible";
        let findings: Vec<Value> = seen["machine"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| {
                let not_met = against && item["rule"] == "no_accident";
                let verdict = if not_met { "not_met" } else { "met" };
                json!({"rule": item["rule"], "verdict": verdict, "note": "已核对原件。"})
            })
            .collect();
        assert!(findings.len() > 5, "{seen}");
        let reason = if against { plan.reason() } else { "" };
        let body = json!({"conclusion": conclusion, "findings": findings, "reason": reason});
        let standing = self.act(handler, plan.index, "/screening", body).expect(201).json();
        assert_eq!(standing["state"], if against { "ineligible" } else { "in_review" });
    }

    /// Panels, declarations, sheets, ranking.
    pub fn experts_score(&self) {
        self.clock("2026-05-14T10:00:00");
        for (number, call) in self.calls.iter().enumerate() {
            // The third review is organised by the evaluators from outside.
            let organiser = if number == 2 { &self.evaluator } else { &self.handler };
            let mut organiser = organiser.api();
            let path = format!("/api/v1/reviews/{call}");
            let plan = json!({"due_at": "2026-05-20T10:00:00Z"});
            let prepared = organiser.call("PUT", &format!("{path}/preparation"), &plan).expect(200).json();
            assert_eq!(prepared["experts"].as_array().map(Vec::len), Some(super::world::EXPERTS));
            let seen = json!({"version": prepared["version"]});
            organiser.call("POST", &format!("{path}/opening"), &seen).expect(200);
            organiser.call("POST", &format!("{path}/opening"), &seen).expect(409);
        }
        self.with_fate(Fate::WithdrawnInReview).for_each(|plan| self.withdraw(plan));
        self.everybody_scores();
        self.reviews_close();
    }

    fn everybody_scores(&self) {
        let index_of: BTreeMap<&str, usize> =
            self.plans.iter().map(|plan| (self.name(plan.index), plan.index)).collect();
        let mut sheets: BTreeMap<usize, usize> = BTreeMap::new();
        let mut recused: BTreeSet<usize> = BTreeSet::new();
        // A replacement may come to an expert who was through already.
        for _round in 0..2 {
            for expert in &self.experts {
                let mut caller = expert.api();
                let own = caller.json("/api/v1/assignments");
                for assignment in own["items"].as_array().into_iter().flatten() {
                    let index = index_of[assignment["organisation"].as_str().expect("a name")];
                    if assignment["status"] != "awaiting" || self.plans[index].fate == Fate::WithdrawnInReview {
                        continue;
                    }
                    let path = format!("/api/v1/assignments/{}", assignment["id"].as_str().expect("an id"));
                    let declaration = format!("{path}/declaration");
                    if index == 0 && recused.insert(index) {
                        // Before the declaration the file does not exist for the expert.
                        caller.get(&self.resource(index, "")).expect(404);
                        let conflict = json!({"conflict": true, "reason": "曾任该单位顾问"});
                        caller.call("PUT", &declaration, &conflict).expect(200);
                        caller.get(&self.resource(index, "")).expect(404);
                        continue;
                    }
                    caller.call("PUT", &declaration, &json!({"conflict": false})).expect(200);
                    let number = sheets.entry(index).or_default();
                    let sheet = self.sheet(&self.plans[index], *number);
                    *number += 1;
                    caller.call("POST", &format!("{path}/submission"), &sheet).expect(200);
                }
            }
        }
        assert_eq!(recused.len(), 1);
        for plan in self.reaching(Reach::Reviewed) {
            assert_eq!(sheets.get(&plan.index), Some(&PANEL[plan.programme]), "{plan:?}");
        }
    }

    /// The sheet that makes the mean come out as planned: what is above or below is trimmed or evened out.
    fn sheet(&self, plan: &Plan, number: usize) -> Value {
        let aside = match PANEL[plan.programme] {
            5 => [-5, 0, 0, 0, 5][number],
            _ => [0, -3, 3][number],
        };
        let programme = self.test.app.env.programme(super::plan::PROGRAMMES[plan.programme]).expect("configured");
        let rubric = programme.rubric.as_ref().expect("a rubric");
        let mut items = serde_json::Map::new();
        let mut comments = serde_json::Map::new();
        for item in rubric.items() {
            let points = i64::from(item.max_hundredths()) * (plan.points + aside) / 100;
            items.insert(item.key.clone(), json!(format!("{}.{:02}", points / 100, points % 100)));
            comments.insert(item.key.clone(), json!("依据佐证材料评分。"));
        }
        json!({"version": 1, "items": items, "comments": comments, "opinion": "应用成效较好。"})
    }

    fn reviews_close(&self) {
        self.clock("2026-05-21T10:00:00");
        for (number, call) in self.calls.iter().enumerate() {
            let organiser = if number == 2 { &self.evaluator } else { &self.handler };
            let mut organiser = organiser.api();
            let path = format!("/api/v1/reviews/{call}");
            let mut review = organiser.json(&path);
            assert_eq!(review["upstream"], 0, "nothing can come any more");
            if number == 1 {
                // Its programme has stages after the scoring; the plan's sheets lie too close together for any of them.
                let ending = json!({"version": review["version"]});
                assert_eq!(
                    organiser.call("POST", &format!("{path}/closing"), &ending).expect(409).code(),
                    "review_scoring_open"
                );
                let ended = organiser.call("POST", &format!("{path}/scoring-end"), &ending).expect(200).json();
                assert_eq!((&ended["discussions"], &ended["explanations"]), (&json!(0), &json!(0)));
                review = organiser.json(&path);
            }
            let closing = json!({"version": review["version"]});
            organiser.call("POST", &format!("{path}/closing"), &closing).expect(200);
            organiser.call("POST", &format!("{path}/closing"), &closing).expect(409);
        }
    }

    /// Ranked as planned, proposed by one officer, approved by another.
    pub fn department_decides(&self) {
        for (number, call) in self.calls.iter().enumerate() {
            let path = format!("/api/v1/decisions/{call}");
            let mut handler = self.handler.api();
            let board = handler.json(&path);
            let ranked: Vec<(Option<&str>, i64, i64)> = board["lines"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|line| {
                    let figure = |name: &str| line[name].as_i64().unwrap_or_default();
                    (line["organisation"].as_str(), figure("place"), figure("score"))
                })
                .collect();
            let mut expected: Vec<Plan> =
                self.reaching(Reach::Reviewed).into_iter().filter(|plan| plan.programme == number).collect();
            expected.sort_by_key(|plan| -plan.points);
            let planned: Vec<(Option<&str>, i64, i64)> = expected
                .iter()
                .zip(1..)
                .map(|(plan, place)| (Some(self.name(plan.index)), place, plan.points * 100))
                .collect();
            assert_eq!(ranked, planned, "the ranking of call {number}");
            self.propose_and_approve(&path, &expected);
        }
        self.with_fate(Fate::WithdrawnProposed).for_each(|plan| self.withdraw(plan));
    }

    fn propose_and_approve(&self, path: &str, ranked: &[Plan]) {
        let entries = |all_in: bool| -> Vec<Value> {
            ranked
                .iter()
                .map(|plan| {
                    let selected = all_in || !matches!(plan.fate, Fate::BelowPassMark | Fate::BeyondPlaces);
                    let outcome = if selected { "selected" } else { "not_selected" };
                    let reason = if selected { "" } else { plan.reason() };
                    json!({"application": self.applications[plan.index], "outcome": outcome, "reason": reason})
                })
                .collect()
        };
        let (mut handler, mut approver) = (self.handler.api(), self.approver.api());
        // Everybody in: below the pass mark or beyond the places, each is said.
        if ranked.iter().any(|plan| plan.end() == yuanchi::domain::procedure::State::NotSelected) {
            let all = json!({"grounds": "全部入选。", "entries": entries(true)});
            let refused = handler.call("POST", path, &all).expect(422).json();
            let said: BTreeSet<&str> =
                refused["fields"].as_array().into_iter().flatten().filter_map(|f| f["code"].as_str()).collect();
            let beyond = ranked.iter().any(|plan| plan.fate == Fate::BeyondPlaces);
            assert!(said.contains(if beyond { "decision_places" } else { "decision_below_pass_mark" }), "{refused}");
        }
        let proposal = json!({"grounds": "依据专家评审结果，按得分排序提出。", "entries": entries(false)});
        let board = handler.call("POST", path, &proposal).expect(201).json();
        assert_eq!(handler.call("POST", path, &proposal).expect(409).code(), "decision_pending");
        assert_eq!((&board["actions"], ranked.len() <= EACH, PLACES < EACH), (&json!([]), true, true));
        let seen = json!({"version": board["decisions"][0]["version"]});
        handler.call("POST", &format!("{path}/approval"), &seen).expect(403);
        approver.call("POST", &format!("{path}/approval"), &seen).expect(200);
        approver.call("POST", &format!("{path}/approval"), &seen).expect(409);
    }
}
