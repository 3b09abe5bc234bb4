//! What is there at the end: states, letters, record, public pages.

use super::notice::objector;
use super::plan::{Fate, PANEL, PROGRAMMES, Plan, Reach};
use super::world::{EXPERTS, World, expert_name};
use std::collections::{BTreeMap, BTreeSet};
use yuanchi::db::page::Pager;
use yuanchi::domain::procedure::State;

impl World {
    /// Every application is where the plan says, whoever asks.
    pub fn states_are_as_planned(&self) {
        for plan in &self.plans {
            let seen = self.vendors[plan.index].api().json(&self.resource(plan.index, ""));
            assert_eq!(seen["state"], plan.end().as_text(), "{plan:?}");
        }
        let mut auditor = self.auditor.api();
        let all = auditor.json("/api/v1/applications?per_page=200");
        let found: BTreeMap<&str, &str> = all["items"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["id"].as_str().zip(row["state"].as_str()))
            .collect();
        let planned: BTreeMap<&str, &str> = self
            .reaching(Reach::Filed)
            .iter()
            .map(|plan| (self.applications[plan.index].as_str(), plan.end().as_text()))
            .collect();
        assert_eq!(found, planned, "what was never filed is the applicant's alone");
        for person in [&self.system_admin, &self.security_admin] {
            assert_eq!(person.api().json("/api/v1/applications")["total"], 0);
        }
    }

    /// How many of the plan.
    fn count(&self, which: impl Fn(&Plan) -> bool) -> i64 {
        self.plans.iter().filter(|plan| which(plan)).count() as i64
    }

    /// How many letters reach the applicants of the plan: the first organisation has two people.
    fn letters(&self, which: impl Fn(&Plan) -> bool) -> i64 {
        self.plans.iter().filter(|plan| which(plan)).map(|plan| if plan.index == 0 { 2 } else { 1 }).sum()
    }

    /// Every letter, by what it tells.
    pub fn letters_are_as_planned(&self) {
        let mut found: BTreeMap<String, i64> = BTreeMap::new();
        for (template, _) in self.outbox() {
            *found.entry(template).or_default() += 1;
        }
        let objected = self.count(Plan::objected);
        let withdrawn = |plan: &Plan| plan.end() == State::Withdrawn && plan.reaches(Reach::Filed);
        let from_department = |plan: &Plan| withdrawn(plan) && plan.reaches(Reach::Recommended);
        let lists = PROGRAMMES.len() as i64 + 2;
        let calls = PROGRAMMES.len() as i64;
        let applicants_told = self.letters(|plan| plan.programme == 1 && plan.reaches(Reach::Recommended));
        let expected = [
            ("organisation_join_requested", 1),
            ("organisation_join_accepted", 1),
            ("expert-invitation", EXPERTS as i64),
            ("call-submitted", calls),
            ("call-approved", calls),
            // The officers of the 21 cities and of Hengqin.
            ("call-extended", applicants_told + 22),
            ("application-received", self.letters(|plan| plan.reaches(Reach::Filed))),
            ("application-arrived", self.count(|plan| plan.reaches(Reach::Filed))),
            ("correction-requested", self.letters(Plan::corrected)),
            ("correction-extended", self.letters(|plan| plan.fate == Fate::CorrectionExtended)),
            ("correction-received", self.letters(Plan::answers)),
            ("correction-arrived", self.count(Plan::answers)),
            ("application-recommended", self.letters(|plan| plan.reaches(Reach::Recommended))),
            // Of each call once: when the first file waits.
            ("application-to-screen", calls),
            ("application-not-recommended", self.letters(|plan| plan.end() == State::NotRecommended)),
            ("screening-accepted", self.letters(|plan| plan.reaches(Reach::Accepted))),
            ("screening-ineligible", self.letters(|plan| plan.end() == State::Ineligible)),
            ("application-withdrawn", self.letters(withdrawn)),
            ("application-withdrawal", self.count(withdrawn) + self.count(from_department)),
            ("review-opened", (EXPERTS * PROGRAMMES.len()) as i64),
            ("assignment-added", 1),
            ("decision-proposed", calls),
            ("decision-approved", calls),
            ("decision-selected", self.letters(|plan| plan.reaches(Reach::Proposed))),
            ("decision-declined", self.letters(|plan| plan.end() == State::NotSelected)),
            ("notice-opened", self.letters(|plan| plan.reaches(Reach::Noticed))),
            ("objection-received", objected),
            ("objection-to-handle", objected),
            ("objection-accepted", objected),
            ("objection-to-approve", objected),
            ("application-held", self.letters(Plan::objected)),
            ("application-removed", self.letters(|plan| plan.fate == Fate::Upheld)),
            ("application-released", self.letters(|plan| plan.objected() && plan.fate != Fate::Upheld)),
            ("objection-upheld", self.count(|plan| plan.fate == Fate::Upheld)),
            ("objection-dismissed", self.count(|plan| plan.objected() && plan.fate != Fate::Upheld)),
            ("list-proposed", lists),
            ("list-recognised", self.letters(|plan| plan.end() == State::Recognised)),
        ];
        let expected: BTreeMap<String, i64> = expected.into_iter().map(|(name, count)| (name.into(), count)).collect();
        assert_eq!(found, expected);
        let total = expected.values().sum::<i64>();
        // The outbox is worked off in portions.
        for _ in 0..total {
            if self.test.letters().len() as i64 >= total {
                break;
            }
            self.test.run_jobs();
        }
        self.test.run_jobs();
        assert_eq!(self.test.letters().len() as i64, total, "each is sent once");
        self.some_letters_in_full();
    }

    fn some_letters_in_full(&self) {
        for plan in self.plans.iter().filter(|plan| adverse(plan.end())) {
            let letters = self.test.letters_to(&self.vendors[plan.index].email);
            let said = letters.iter().any(|letter| letter.text.contains(plan.reason()));
            assert!(said, "{plan:?} is told why: {:?}", letters.last().map(|letter| &letter.text));
        }
        for plan in self.plans.iter().filter(|plan| plan.end() == State::Recognised) {
            let letters = self.test.letters_to(&self.vendors[plan.index].email);
            let told: Vec<_> = letters.iter().filter(|letter| letter.text.contains("/certificates/")).collect();
            assert_eq!(told.len(), 1, "{plan:?} is told once");
            let text = &told[0].text;
            assert!(text.contains(self.name(plan.index)) && text.contains("2029年6月"), "until when: {text}");
        }
        // Nobody but the objectors and the department reads who objected.
        let officers = [&self.handler.email, &self.approver.email];
        for letter in self.test.letters() {
            let address = letter.to.address.as_str();
            if officers.iter().any(|officer| *officer == address) || address.starts_with("objector") {
                continue;
            }
            let text = format!("{}\n{}", letter.subject, letter.text);
            assert!(!text.contains("异议人"), "{address}: {text}");
            assert!((0..EXPERTS).all(|n| address.starts_with("expert") || !text.contains(&expert_name(n))), "{text}");
        }
    }

    /// Each accepted act is one row of the record.
    pub fn record_is_as_planned(&self) {
        let objected = self.count(Plan::objected);
        let upheld = self.count(|plan| plan.fate == Fate::Upheld);
        let calls = PROGRAMMES.len() as i64;
        let sheets: i64 = self.reaching(Reach::Reviewed).iter().map(|plan| PANEL[plan.programme] as i64).sum();
        let recognised = self.count(|plan| plan.end() == State::Recognised);
        let at = |reach| self.count(|plan| plan.reaches(reach));
        let expected = [
            ("call.drafted", calls),
            ("call.approved", calls),
            ("call.extended", 1),
            ("application.drafted", self.plans.len() as i64),
            ("application.submitted", at(Reach::Filed)),
            ("application.withdrawn", self.count(|plan| plan.end() == State::Withdrawn)),
            ("application.correction_requested", self.count(Plan::corrected)),
            ("application.correction_extended", 1),
            ("application.resubmitted", self.count(Plan::answers)),
            ("application.recommended", at(Reach::Recommended)),
            ("application.not_recommended", self.count(|plan| plan.end() == State::NotRecommended)),
            ("application.accepted", at(Reach::Accepted)),
            ("application.declared_ineligible", self.count(|plan| plan.end() == State::Ineligible)),
            ("review.prepared", calls),
            ("review.opened", calls),
            ("review.closed", calls),
            ("assignment.accepted", sheets),
            ("assignment.recused", 1),
            ("sheet.submitted", sheets),
            ("application.reviewed", at(Reach::Reviewed)),
            ("decision.proposed", calls),
            ("decision.approved", calls),
            ("application.selected", at(Reach::Proposed)),
            ("application.declined", self.count(|plan| plan.end() == State::NotSelected)),
            ("notice.opened", calls),
            ("application.noticed", at(Reach::Noticed)),
            ("objection.received", objected),
            ("objection.not_accepted", self.count(|plan| plan.fate == Fate::ObjectionTooLate)),
            ("objection.accepted", objected),
            ("objection.identity_opened", upheld),
            ("objection.outcome_proposed", objected),
            ("objection.upheld", upheld),
            ("objection.dismissed", objected - upheld),
            ("application.held", objected),
            ("application.removed", upheld),
            ("application.released", objected - upheld),
            ("list.proposed", calls + 2),
            ("list.published", calls + 2),
            ("application.recognised", recognised),
            ("membership.begun", recognised),
        ];
        for (action, count) in expected {
            let filter = yuanchi::db::events::Filter { action: Some(action.into()), ..Default::default() };
            let found =
                self.test.read(|tx| Ok(yuanchi::db::events::list(tx.db, &filter, Pager::new(None, Some(1)))?.total));
            assert_eq!(found, count, "{action}");
        }
        assert!(self.test.violations().expect("checked").is_empty());
    }

    /// The public sees who is recognised, and nobody sees who judged or who objected.
    pub fn the_public_sees_exactly_this(&self) {
        let mut secrets: BTreeSet<String> = (0..EXPERTS).map(expert_name).collect();
        secrets.extend((0..EXPERTS).map(|number| format!("expert{number}@")));
        for plan in self.plans.iter().filter(|plan| plan.objected()) {
            secrets.extend(objector(plan.index));
        }
        secrets.extend(["应用成效较好。".to_string(), "匿名反映".to_string(), "曾任该单位顾问".to_string()]);
        let lists = self.lists.iter().flat_map(|list| {
            let api = format!("/api/v1{list}");
            [
                list.clone(),
                format!("{list}/list.csv"),
                format!("{list}/list.json"),
                api.clone(),
                format!("{api}/entries"),
            ]
        });
        let notices = self.notices.iter().flat_map(|id| {
            [format!("/notices/{id}"), format!("/notices/{id}/entries.csv"), format!("/api/v1/notices/{id}/entries")]
        });
        let calls = self.calls.iter().flat_map(|id| [format!("/calls/{id}"), format!("/api/v1/calls/{id}")]);
        let fixed = ["/", "/lists", "/notices", "/calls", "/providers", "/api/v1/lists", "/api/v1/notices"];
        let fixed = fixed.into_iter().map(str::to_string).chain(self.the_pool_is_as_planned());
        let mut visitor = self.test.visitor();
        for path in lists.chain(notices).chain(calls).chain(fixed) {
            let answer = visitor.get(&path).expect(200);
            let text = answer.text();
            secrets.iter().for_each(|secret| assert!(!text.contains(secret.as_str()), "{secret} on {path}"));
        }
        for plan in &self.plans {
            let mut vendor = self.vendors[plan.index].api();
            let mut browser = self.vendors[plan.index].browser();
            for answer in [
                vendor.get(&self.resource(plan.index, "")).expect(200),
                vendor.get(&self.resource(plan.index, "/events")).expect(200),
                browser.get(&self.page(plan.index, "")).expect(200),
            ] {
                let text = answer.text();
                secrets.iter().for_each(|secret| assert!(!text.contains(secret.as_str()), "{secret} in {answer}"));
            }
            vendor.get(&format!("/api/v1/decisions/{}", self.calls[plan.programme])).expect(403);
            vendor.get(&format!("/api/v1/reviews/{}", self.calls[plan.programme])).expect(403);
        }
    }

    /// Today's pool is exactly the recognised; their public pages and certificates are answered.
    fn the_pool_is_as_planned(&self) -> Vec<String> {
        let pool = self.test.visitor().json("/api/v1/providers?per_page=200");
        let mut names = BTreeSet::new();
        let mut paths = Vec::new();
        for provider in pool["items"].as_array().into_iter().flatten() {
            names.insert(provider["name"].as_str().unwrap_or_default());
            let held = provider["memberships"].as_array().expect("memberships");
            assert_eq!(held.len(), 1, "{provider}");
            paths.push(format!("/providers/{}", provider["id"].as_str().expect("an id")));
            assert!(held[0]["certificate_number"].is_null(), "{provider}");
        }
        let certificates = self.test.read(|tx| Ok(yuanchi::db::memberships::certificate_seals(tx.db)?));
        paths.extend(certificates.into_iter().map(|(number, _)| format!("/certificates/{number}")));
        let planned: BTreeSet<&str> = self
            .plans
            .iter()
            .filter(|plan| plan.end() == State::Recognised)
            .map(|plan| self.name(plan.index))
            .collect();
        assert_eq!(names, planned);
        paths
    }
}

fn adverse(state: State) -> bool {
    matches!(state, State::NotRecommended | State::Ineligible | State::NotSelected | State::Removed)
}
