//! The published lists and their supplements.

use super::plan::{Fate, PROGRAMMES, Plan};
use super::world::World;
use crate::support::client::Answer;

impl World {
    /// A second before the notice is over there is no list.
    pub fn no_list_before_its_time(&self) {
        self.clock("2026-05-31T23:59:59");
        let new = format!("/calls/{}/lists", self.calls[0]);
        let mut browser = self.handler.browser();
        browser.open(&format!("{new}/new"));
        browser.post(&new, &[("title", "太早"), ("body", "公示未满。")]).expect(409);
    }

    /// Main lists when the notices are over; supplements when the last objection is settled.
    pub fn lists_are_published(&mut self) {
        let new = format!("/calls/{}/lists", self.calls[0]);
        self.clock("2026-06-02T10:00:00");
        for number in 0..PROGRAMMES.len() {
            let list = self.publish(number, |plan| plan.in_main_list());
            self.lists.push(list);
        }
        let mut browser = self.handler.browser();
        browser.open(&format!("{new}/new"));
        browser.post(&new, &[("title", "再来一次"), ("body", "没有新的。")]).expect(409);
        self.clock("2026-06-08T10:00:00");
        self.settle(|fate| fate == Fate::Supplement);
        for number in 0..2 {
            let list = self.publish(number, |plan| plan.fate == Fate::Supplement);
            self.lists.push(list);
        }
    }

    /// One officer proposes in the browser, another publishes; the table that anybody can download holds exactly these.
    fn publish(&self, programme: usize, which: fn(&Plan) -> bool) -> String {
        let new = format!("/calls/{}/lists", self.calls[programme]);
        let mut handler = self.handler.browser();
        handler.open(&format!("{new}/new"));
        let proposed = handler.submit(&new, &[]).expect(303).location();
        let list = proposed.split('?').next().unwrap_or_default().to_string();
        self.test.visitor().get(&list).expect(404);
        handler.open(&list);
        let publication = format!("{list}/publication");
        handler.post(&publication, &[("version", "1")]).expect(403);
        let mut approver = self.approver.browser();
        approver.open(&list);
        approver.submit(&publication, &[]).expect(303);
        approver.post(&publication, &[("version", "1")]).expect(409);
        let page = self.test.visitor().open(&list);
        let table = self.test.visitor().get(&format!("{list}/list.csv")).expect(200);
        self.names_exactly(programme, &page, which);
        self.names_exactly(programme, &table, which);
        let rows = self.plans.iter().filter(|plan| plan.programme == programme && which(plan)).count();
        assert_eq!(table.text().trim_end().lines().count(), rows + 1, "{table}");
        list
    }

    /// Of the applicants of a call, an answer names these and no other.
    pub fn names_exactly(&self, programme: usize, answer: &Answer, which: fn(&Plan) -> bool) {
        let text = answer.text();
        for plan in self.plans.iter().filter(|plan| plan.programme == programme) {
            assert_eq!(text.contains(self.name(plan.index)), which(plan), "{plan:?} in {}", answer.asked);
        }
    }
}
