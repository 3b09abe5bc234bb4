//! The public notice and the objections to it.

use super::plan::{Fate, PROGRAMMES, Plan, Reach};
use super::sample;
use super::world::World;
use crate::support::client::File;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Who objects to an application; nothing of it may ever be seen outside the department.
pub fn objector(index: usize) -> [String; 3] {
    [format!("异议人{index}号"), format!("020-399{index:05}"), format!("objector{index}@example.net")]
}

impl World {
    /// The handler names the proposed ones; the notice runs seven calendar days.
    pub fn notices_open(&mut self) {
        self.clock("2026-05-25T10:00:00");
        for number in 0..PROGRAMMES.len() {
            let mut handler = self.handler.api();
            let path = format!("/api/v1/calls/{}/notices", self.calls[number]);
            let text = json!({"title": format!("第{}类拟认定名单公示", number + 1), "body": "现予公示，欢迎监督。"});
            self.approver.api().call("POST", &path, &text).expect(403);
            let notice = handler.call("POST", &path, &text).expect(201).json();
            assert_eq!(notice["number"], format!("公示〔2026〕{}号", number + 1));
            assert_eq!((&notice["starts_on"], &notice["ends_on"]), (&json!("2026-05-25"), &json!("2026-05-31")));
            assert_eq!(handler.call("POST", &path, &text).expect(409).code(), "nobody_to_name");
            let id = notice["id"].as_str().expect("an id").to_string();
            let entries = self.test.visitor().json(&format!("/api/v1/notices/{id}/entries?per_page=200"));
            let named: BTreeSet<&str> =
                entries["items"].as_array().into_iter().flatten().filter_map(|e| e["application"].as_str()).collect();
            let planned: BTreeSet<&str> =
                self.noticed(number).iter().map(|plan| self.applications[plan.index].as_str()).collect();
            assert_eq!(named, planned, "the notice of call {number}");
            self.test.visitor().open("/notices").shows(&format!("第{}类拟认定名单公示", number + 1));
            self.notices.push(id);
        }
    }

    fn noticed(&self, programme: usize) -> Vec<Plan> {
        self.reaching(Reach::Noticed).into_iter().filter(|plan| plan.programme == programme).collect()
    }

    /// Visitors object in the browser, with a file each.
    pub fn the_public_objects(&self) {
        self.clock("2026-05-27T15:00:00");
        for plan in self.plans.iter().filter(|plan| plan.objected()) {
            let to = format!("/notices/{}/objections", self.notices[plan.programme]);
            let [name, phone, email] = objector(plan.index);
            let mut visitor = self.test.visitor();
            visitor.open(&format!("{to}/new"));
            let once = crate::support::html::value_of(&visitor.page().text(), "once").expect("a number of its own");
            let matter = format!("对第{}号单位案例真实性有异议。", plan.index);
            let evidence = sample::pdf(&format!("evidence {}", plan.index));
            let file = File { field: "evidence", name: "佐证.pdf", bytes: &evidence };
            let mut fields = vec![
                ("once", once.as_str()),
                ("application", ""),
                ("kind", "person"),
                ("name", &name),
                ("phone", &phone),
                ("email", &email),
                ("matter", &matter),
            ];
            // Without saying against whom: asked again, nothing is lost.
            visitor.upload(&to, &fields, &file).expect(422).shows(&matter).shows(&phone);
            fields[1].1 = &self.applications[plan.index];
            let receipt = visitor.upload(&to, &fields, &file).expect(201).shows("异议〔2026〕");
            // Sent twice: the same receipt, one objection.
            assert_eq!(visitor.upload(&to, &fields, &file).expect(201).words(), receipt.words());
            crate::objectors::confirm(&self.test, &email);
        }
        self.officers_look_into_objections();
        self.settle(|fate| matches!(fate, Fate::Upheld | Fate::Dismissed));
    }

    /// The instant at which the notice is over is too late, and without a name nobody is heard.
    pub fn somebody_objects_too_late(&self) {
        self.clock("2026-06-01T00:00:00");
        for plan in self.with_fate(Fate::ObjectionTooLate) {
            let path = format!("/api/v1/notices/{}/objections", self.notices[plan.programme]);
            let late = json!({"application": self.applications[plan.index], "kind": "person", "matter": "匿名反映。"});
            let receipt = self.test.visitor().call("POST", &path, &late).expect(201).json();
            assert_eq!(receipt["status"], "not_accepted");
            let lacks: BTreeSet<&str> =
                receipt["shortcomings"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            assert!(lacks.contains("late") && lacks.contains("anonymous"), "{receipt}");
        }
    }

    /// The objections by the index of what they are against.
    fn objections(&self) -> BTreeMap<usize, Value> {
        let all = self.handler.api().json("/api/v1/objections?per_page=200");
        all["items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|objection| {
                let against = objection["application"].as_str().expect("an application");
                let index = self.applications.iter().position(|id| id == against).expect("one of ours");
                (index, objection.clone())
            })
            .collect()
    }

    fn officers_look_into_objections(&self) {
        let found = self.objections();
        let planned: Vec<usize> = self.plans.iter().filter(|plan| plan.objected()).map(|plan| plan.index).collect();
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), planned);
        for (index, objection) in &found {
            let path = format!("/api/v1/objections/{}", objection["id"].as_str().expect("an id"));
            let seen = json!({"version": objection["version"]});
            let mut handler = self.handler.api();
            // Until it is opened with a reason, the seal holds against officers too.
            let [name, phone, email] = objector(*index);
            let shown = handler.get(&path).expect(200);
            [&name, &phone, &email].into_iter().fold(shown, |shown, secret| shown.hides(secret));
            self.approver.api().call("POST", &format!("{path}/acceptance"), &seen).expect(403);
            handler.call("POST", &format!("{path}/acceptance"), &seen).expect(200);
            handler.call("POST", &format!("{path}/acceptance"), &seen).expect(409);
            assert_eq!(handler.json(&self.resource(*index, ""))["state"], "held");
            if self.plans[*index].fate == Fate::Upheld {
                let opening = format!("{path}/identity");
                handler.call("POST", &opening, &json!({"reason": ""})).expect(422);
                let identity = handler.call("POST", &opening, &json!({"reason": "需电话核实"})).expect(200).json();
                assert_eq!(identity["name"], name.as_str());
            }
        }
    }

    /// One officer proposes the outcome, another approves it.
    pub fn settle(&self, which: impl Fn(Fate) -> bool) {
        for (index, objection) in self.objections() {
            let plan = self.plans[index];
            if !which(plan.fate) || objection["status"] != "accepted" {
                continue;
            }
            let (mut handler, mut approver) = (self.handler.api(), self.approver.api());
            let path = format!("/api/v1/objections/{}", objection["id"].as_str().expect("an id"));
            let upheld = plan.fate == Fate::Upheld;
            let outcome = json!({
                "version": objection["version"],
                "outcome": if upheld { "upheld" } else { "dismissed" },
                "reason": plan.reason(),
            });
            approver.call("POST", &format!("{path}/outcome"), &outcome).expect(403);
            let proposed = handler.call("POST", &format!("{path}/outcome"), &outcome).expect(200).json();
            let seen = json!({"version": proposed["version"]});
            handler.call("POST", &format!("{path}/approval"), &seen).expect(403);
            approver.call("POST", &format!("{path}/approval"), &seen).expect(200);
            let state = handler.json(&self.resource(index, ""))["state"].clone();
            assert_eq!(state, if upheld { "removed" } else { "in_notice" });
        }
    }
}
