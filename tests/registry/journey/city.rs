//! The cities' station: corrections, ranks, quotas, and the clock.

use super::plan::{Fate, Plan, Reach, SHORT_OF_PLACES};
use super::world::World;
use crate::support::Client;
use serde_json::json;

impl World {
    /// Everything that the bureaus do.
    pub fn cities_decide(&self) {
        self.clock("2026-04-13T10:00:00");
        // A bureau sees its own files and no other's.
        let other = self.plans.iter().find(|plan| plan.city != 0).expect("another city");
        self.officers[0].api().get(&self.resource(other.index, "")).expect(404);
        for plan in self.plans.iter().filter(|plan| plan.corrected_by_city()) {
            self.ask_for_correction(&mut self.officer(plan), plan, "2026-04-17");
        }
        self.clock("2026-04-15T10:00:00");
        self.answering(Fate::CityCorrection);
        self.clock("2026-04-17T23:59:59");
        for plan in self.with_fate(Fate::CorrectionLapsed) {
            let early = self.act(&mut self.officer(plan), plan.index, "/refusal", json!({"reason": plan.reason()}));
            assert_eq!(early.expect(409).code(), "correction_still_running");
        }
        self.clock("2026-04-18T00:00:00");
        self.corrections_lapse();
        self.clock("2026-04-20T10:00:00");
        self.answering(Fate::CorrectionExtended);
        let waits = [Fate::LastSecond, Fate::LateRecommendation, Fate::CallExtended];
        for plan in self.reaching(Reach::Recommended).iter().filter(|plan| !waits.contains(&plan.fate)) {
            if plan.index == 0 {
                self.recommend_in_the_browser(plan);
            } else {
                self.recommend(plan);
            }
        }
        self.refuse_some();
        self.with_fate(Fate::WithdrawnRecommended).for_each(|plan| self.withdraw(plan));
        self.bureaus_run_out_of_time();
    }

    /// Those of a fate.
    pub fn with_fate(&self, fate: Fate) -> impl Iterator<Item = &Plan> {
        self.plans.iter().filter(move |plan| plan.fate == fate)
    }

    fn answering(&self, fate: Fate) {
        self.with_fate(fate).for_each(|plan| self.answer_correction(plan));
    }

    /// Sends a file back for one field; asks once only.
    pub fn ask_for_correction(&self, officer: &mut Client, plan: &Plan, due_on: &str) {
        let marks = json!([{"kind": "field", "key": "profile", "reason": "简介与营业执照不一致"}]);
        let body = json!({"marks": marks, "note": "请一次补正到位。", "due_on": due_on});
        let standing = self.act(officer, plan.index, "/corrections", body.clone()).expect(201).json();
        assert!(standing["state"].as_str().is_some_and(|state| state.ends_with("correction")), "{standing}");
        // The same click once more: the version has moved on, then the state.
        let mut twice = body.clone();
        twice["version"] = json!(1);
        let path = self.resource(plan.index, "/corrections");
        assert_eq!(officer.call("POST", &path, &twice).expect(409).code(), "wrong_state");
    }

    fn corrections_lapse(&self) {
        for plan in self.plans.iter().filter(|p| matches!(p.fate, Fate::CorrectionLapsed | Fate::CorrectionExtended)) {
            let mut vendor = self.vendors[plan.index].api();
            let version = self.version(&mut vendor, plan.index);
            let late = json!({"version": version, "form": {"profile": "迟到的补正"}});
            let late = vendor.call("PATCH", &self.resource(plan.index, "/form"), &late);
            assert_eq!(late.expect(409).code(), "correction_over");
            let mut officer = self.officer(plan);
            if plan.fate == Fate::CorrectionExtended {
                let more = json!({"due_on": "2026-04-22", "reason": "受台风影响，准予延期。"});
                self.act(&mut officer, plan.index, "/corrections/extension", more).expect(201);
            } else {
                self.act(&mut officer, plan.index, "/refusal", json!({"reason": plan.reason()})).expect(201);
            }
        }
    }

    fn recommend(&self, plan: &Plan) {
        let body = json!({"opinion": "材料齐全，情况属实，同意推荐。"});
        let standing = self.act(&mut self.officer(plan), plan.index, "/recommendation", body).expect(201).json();
        assert_eq!(standing["state"], "recommended");
        assert_eq!(standing["actions"], json!(["rerank"]), "the file is with the department now");
    }

    fn recommend_in_the_browser(&self, plan: &Plan) {
        let mut browser = self.officers[plan.city].browser();
        browser.open(&self.page(plan.index, "")).shows(self.name(plan.index));
        let to = self.page(plan.index, "/recommendation");
        browser.open(&to);
        browser.submit(&to, &[("rank", "1"), ("opinion", "")]).expect(422).shows("请填写此项");
        let done = browser.submit(&to, &[("rank", "1"), ("opinion", "在浏览器中填写：同意推荐。")]);
        browser.follow(done);
        // Pressed again: it leads to the file, which stands as the first press left it. Other words are not lost unsaid.
        let again = browser.post(&to, &[("version", "1"), ("rank", "1"), ("opinion", "在浏览器中填写：同意推荐。")]);
        browser.follow(again).shows("无需重复推荐").shows("在浏览器中填写：同意推荐。");
        let other = browser.post(&to, &[("version", "1"), ("rank", "1"), ("opinion", "另写一遍")]).expect(409);
        other.shows("在浏览器中填写：同意推荐。").shows("另写一遍");
    }

    fn refuse_some(&self) {
        for plan in self.with_fate(Fate::NotRecommended) {
            let mut officer = self.officer(plan);
            let nothing = self.act(&mut officer, plan.index, "/refusal", json!({"reason": "  "})).expect(422).json();
            assert_eq!(nothing["fields"][0]["code"], "statement_missing");
            self.act(&mut officer, plan.index, "/refusal", json!({"reason": plan.reason()})).expect(201);
        }
        for plan in self.with_fate(Fate::OverQuota) {
            assert_eq!(plan.city, SHORT_OF_PLACES);
            let mut officer = self.officer(plan);
            let full = self.act(&mut officer, plan.index, "/recommendation", json!({"opinion": "同意推荐。"}));
            assert_eq!(full.expect(409).code(), "quota_used_up");
            self.act(&mut officer, plan.index, "/refusal", json!({"reason": plan.reason()})).expect(201);
            let ranking = officer.json(&format!("/api/v1/recommendations?call={}", self.calls[plan.programme]));
            assert_eq!((&ranking["quota"], &ranking["places_left"]), (&json!(1), &json!(0)));
            assert_eq!(ranking["items"].as_array().map(Vec::len), Some(1));
        }
    }

    fn bureaus_run_out_of_time(&self) {
        self.clock("2026-04-30T17:59:59");
        self.with_fate(Fate::LastSecond).for_each(|plan| self.recommend(plan));
        self.clock("2026-04-30T18:00:00");
        let late = |plan: &Plan| {
            let body = json!({"opinion": "同意推荐。"});
            let refused = self.act(&mut self.officer(plan), plan.index, "/recommendation", body);
            assert_eq!(refused.expect(409).code(), "recommendation_closed");
        };
        self.with_fate(Fate::CallExtended).for_each(late);
        for plan in self.with_fate(Fate::LateRecommendation) {
            late(plan);
            // No file stays without an answer.
            let answer = json!({"reason": plan.reason()});
            self.act(&mut self.officer(plan), plan.index, "/refusal", answer).expect(201);
        }
        let call = format!("/api/v1/calls/{}", self.calls[1]);
        let mut approver = self.approver.api();
        let version = &approver.json(&call)["call"]["version"];
        let more =
            json!({"version": version, "recommend_by": "2026-05-08T18:00", "reason": "受台风影响顺延推荐时间。"});
        approver.call("POST", &format!("{call}/extension"), &more).expect(200);
        self.with_fate(Fate::CallExtended).for_each(|plan| self.recommend(plan));
    }
}
