//! The applicants' side: calls are offered, organisations register, fill in, upload and file.

use super::plan::{EACH, Fate, PROGRAMMES, Plan};
use super::sample;
use super::world::{World, YEAR};
use crate::support::Client;
use serde_json::{Value, json};

impl World {
    /// The handler drafts each call, the approver approves it.
    pub fn offer_calls(&mut self) {
        let mut handler = self.handler.api();
        let mut approver = self.approver.api();
        for (number, programme) in PROGRAMMES.iter().enumerate() {
            let content = json!({
                "year": YEAR,
                "title": format!("{YEAR}年度第{}类申报通知", number + 1),
                "body": "请在规定时间内在线填报。",
                "basis_title": "广东省制造业数字化转型若干政策措施（示例）",
                "basis_number": "粤府〔2025〕45号（示例）",
                "basis_issued_on": "2025-06-30",
                "basis_valid_until": "2029-12-31",
                "opens_at": "2026-03-09T09:00",
                "closes_at": "2026-04-10T18:00",
                "recommend_by": "2026-04-30T18:00",
            });
            let body = json!({"programme": programme, "content": content});
            let drafted = handler.call("POST", "/api/v1/calls", &body).expect(201).json();
            assert_eq!(drafted["problems"].as_array().map(|all| blocking(all)), Some(0), "{}", drafted["problems"]);
            let path = format!("/api/v1/calls/{}", drafted["call"]["id"].as_str().expect("an id"));
            let id = path.rsplit('/').next().unwrap_or_default().to_string();
            // A draft is nobody's business outside the department.
            self.test.visitor().get(&format!("/calls/{id}")).expect(404);
            let version = &drafted["call"]["version"];
            let sent = handler.call("POST", &format!("{path}/submission"), &json!({"version": version})).expect(200);
            let version = json!({"version": sent.json()["call"]["version"]});
            handler.call("POST", &format!("{path}/approval"), &version).expect(403);
            approver.call("POST", &format!("{path}/approval"), &version).expect(200);
            self.calls.push(id);
        }
        let listed = self.test.visitor().open("/calls");
        (1..=PROGRAMMES.len()).for_each(|number| {
            listed.clone().shows(&format!("第{number}类申报通知"));
        });
    }

    /// Everybody begins an application and fills it in, with every document.
    pub fn everybody_fills_in(&mut self) {
        self.clock("2026-03-09T08:59:59");
        let begin = format!("/api/v1/calls/{}/applications", self.calls[0]);
        let early = self.vendors[0].api().call("POST", &begin, &json!({}));
        assert_eq!(early.expect(409).code(), "call_not_open");
        self.clock("2026-03-10T10:00:00");
        for plan in self.plans.clone() {
            let mut vendor = self.vendors[plan.index].api();
            let begin = format!("/api/v1/calls/{}/applications", self.calls[plan.programme]);
            let begun = vendor.call("POST", &begin, &json!({})).expect(201).json();
            assert_eq!(begun["bureau"], super::plan::BUREAUS[plan.city], "{plan:?}");
            assert_eq!(begun["actions"], json!(["save", "submit", "withdraw"]));
            self.applications.push(begun["id"].as_str().expect("an id").to_string());
            self.fill_in(&plan, &mut vendor);
        }
    }

    fn fill_in(&self, plan: &Plan, vendor: &mut Client) {
        let env = &self.test.app.env;
        let programme = env.programme(PROGRAMMES[plan.programme]).expect("it is configured");
        let form = sample::form(programme, &self.samples[plan.index], &env.reference, YEAR);
        let form = serde_json::to_value(form.0).expect("answers");
        let saved = vendor.call("PATCH", &self.resource(plan.index, "/form"), &json!({"version": 1, "form": form}));
        let mut saved = saved.expect(200).json();
        assert_eq!(saved["problems"], json!([]), "{plan:?}");
        // Documents are asked for until none is missing: some only because of what the form says.
        for round in 0..10 {
            let kinds = missing_documents(&saved);
            if kinds.is_empty() {
                break;
            }
            for kind in kinds {
                let title = format!("{kind} {round} {}", plan.index);
                let path = self.resource(plan.index, &format!("/documents?kind={kind}&name={kind}{round}.pdf"));
                let kind = [("content-type", "application/octet-stream")];
                vendor.send("POST", &path, &kind, sample::pdf(&title)).expect(201);
            }
            saved = vendor.json(&self.resource(plan.index, ""));
        }
        assert_eq!(saved["missing"], json!([]), "{plan:?}");
    }

    /// A member of the first organisation mends a field in the browser; the administrator files it there.
    pub fn first_files_in_the_browser(&self) {
        let member = self.member.as_ref().expect("they joined");
        let form = self.page(0, "/form");
        let mut browser = member.browser();
        browser.open(&form);
        browser.submit(&form, &[("profile", "由同事在浏览器中补充的单位简介。")]).expect(303);
        let submission = self.page(0, "/submission");
        // A member fills in; only an administrator commits the organisation.
        assert_eq!(member.browser().get(&submission).expect(303).location(), self.page(0, ""));
        member
            .api()
            .call("POST", &self.resource(0, "/submission"), &json!({"version": 1, "commitment": true}))
            .expect(403);
        let mut browser = self.vendors[0].browser();
        browser.open(&form).shows("由同事在浏览器中补充的单位简介。");
        browser.open(&submission);
        let filed = browser.submit(&submission, &[("commitment", "yes")]);
        browser.follow(filed).shows("YC2026-FP-0001").shows("2026年3月20日 10:00:00");
        // Pressed twice, or sent again by the back button: one submission, the same receipt.
        let again = browser.post(&submission, &[("commitment", "yes"), ("version", "1")]).expect(303);
        assert_eq!(again.location(), self.page(0, "/receipt"));
        assert_eq!(browser_count(&mut self.vendors[0].api(), &self.resource(0, "/submissions")), 1);
    }

    /// Everybody else files over the API, the last one a second before the end, one too late.
    pub fn everybody_files(&self) {
        self.clock("2026-03-20T10:00:00");
        self.first_files_in_the_browser();
        let waits = |plan: &&Plan| matches!(plan.fate, Fate::LastSecond | Fate::Late | Fate::WithdrawnDraft);
        for plan in self.plans.iter().skip(1).filter(|plan| !waits(plan)) {
            self.file(plan);
        }
        for plan in self.plans.iter().filter(|p| matches!(p.fate, Fate::WithdrawnDraft | Fate::WithdrawnSubmitted)) {
            self.withdraw(plan);
        }
        self.clock("2026-04-10T17:59:59");
        self.plans.iter().filter(|plan| plan.fate == Fate::LastSecond).for_each(|plan| self.file(plan));
        self.clock("2026-04-10T18:00:00");
        for plan in self.plans.iter().filter(|plan| plan.fate == Fate::Late) {
            let mut vendor = self.vendors[plan.index].api();
            let late = self.act(&mut vendor, plan.index, "/submission", json!({"commitment": true}));
            assert_eq!(late.expect(409).code(), "call_not_open");
            let late = json!({"version": self.version(&mut vendor, plan.index), "form": {"profile": "迟到"}});
            let saved = vendor.call("PATCH", &self.resource(plan.index, "/form"), &late);
            assert_eq!(saved.expect(409).code(), "call_not_open");
        }
    }

    fn file(&self, plan: &Plan) {
        let mut vendor = self.vendors[plan.index].api();
        let receipt = self.act(&mut vendor, plan.index, "/submission", json!({"commitment": true})).expect(200).json();
        assert_eq!(receipt["number"], 1);
        let name = &receipt["content"]["organisation"]["name"];
        assert_eq!(name.as_str(), Some(self.name(plan.index)));
    }

    /// The applicant takes it back, with a reason.
    pub fn withdraw(&self, plan: &Plan) {
        let mut vendor = self.vendors[plan.index].api();
        let gone =
            self.act(&mut vendor, plan.index, "/withdrawal", json!({"reason": plan.reason()})).expect(200).json();
        assert_eq!((&gone["state"], &gone["actions"]), (&json!("withdrawn"), &json!([])));
    }

    /// Mends what was marked and files again.
    pub fn answer_correction(&self, plan: &Plan) {
        let mut vendor = self.vendors[plan.index].api();
        let save = self.resource(plan.index, "/form");
        let version = self.version(&mut vendor, plan.index);
        let other = json!({"version": version, "form": {"profile": "补正后的简介。", "staff": "1"}});
        let refused = vendor.call("PATCH", &save, &other).expect(422).json();
        assert_eq!(refused["fields"][0]["code"], "not_marked");
        let mended = json!({"version": version, "form": {"profile": "补正后的简介。"}});
        vendor.call("PATCH", &save, &mended).expect(200);
        let receipt = self.act(&mut vendor, plan.index, "/submission", json!({"commitment": true})).expect(200).json();
        assert_eq!(receipt["number"], 2);
        assert_eq!(receipt["content"]["form"]["profile"], "补正后的简介。");
    }

    /// What everybody may know of the calls: nothing of who applied.
    pub fn the_public_sees_no_applicant(&self) {
        let mut visitor = self.test.visitor();
        for call in &self.calls {
            let page = visitor.open(&format!("/calls/{call}"));
            (0..EACH).fold(page, |page, index| page.hides(self.name(index)));
        }
        assert!(visitor.get(&self.page(0, "")).expect(303).location().starts_with("/session/new"));
        visitor.get(&self.resource(0, "")).expect(401);
    }
}

fn blocking(problems: &[Value]) -> usize {
    problems.iter().filter(|problem| problem["blocking"] == true).count()
}

/// Kinds of documents that are still missing, each once.
fn missing_documents(seen: &Value) -> Vec<String> {
    let mut kinds = Vec::new();
    for problem in seen["missing"].as_array().into_iter().flatten() {
        if let Some(kind) = problem["path"].as_str().and_then(|path| path.strip_prefix("documents.")) {
            kinds.push(kind.to_string());
        }
    }
    kinds
}

fn browser_count(caller: &mut Client, path: &str) -> usize {
    caller.json(path)["items"].as_array().map_or(0, Vec::len)
}
