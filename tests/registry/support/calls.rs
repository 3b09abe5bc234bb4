//! Calls that are there without having been drafted and approved.

use super::app::{TestApp, at};
use super::people::Person;
use chrono::Duration;
use yuanchi::db::calls::{self, Call};
use yuanchi::domain::call::CallStatus;
use yuanchi::domain::ids::CallId;
use yuanchi::domain::programme::Programme;

impl TestApp {
    /// A call of this programme, open from now on for thirty days, which these two drafted and approved.
    #[track_caller]
    pub fn open_call(&self, programme: Programme, drafted_by: &Person, approved_by: &Person) -> CallId {
        self.keep_call(self.call_by(programme, [drafted_by, approved_by]))
    }

    /// A call of this programme with this title, which these two drafted and approved before it opened. The instants: it opens, it
    /// closes, and its bureaus may recommend no longer.
    #[track_caller]
    pub fn call_between(&self, programme: Programme, title: &str, instants: [&str; 3], by: [&Person; 2]) -> CallId {
        let [opens_at, closes_at, recommend_by] = instants.map(at);
        self.keep_call(Call {
            title: title.into(),
            body: "按通知申报。".into(),
            basis_issued_on: "2025-01-01".parse().expect("a date"),
            opens_at,
            closes_at,
            recommend_by,
            approved_at: Some(opens_at - Duration::days(12)),
            created_at: opens_at - Duration::days(17),
            ..self.call_by(programme, by)
        })
    }

    fn call_by(&self, programme: Programme, [drafted_by, approved_by]: [&Person; 2]) -> Call {
        let now = self.now();
        Call {
            id: CallId::new(&*self.app.env.ids),
            programme_key: programme.key.clone(),
            programme_version: 1,
            programme_digest: programme.digest(),
            programme: programme.into(),
            year: 2026,
            title: "2026 年申报".into(),
            body: String::new(),
            basis_title: "若干措施".into(),
            basis_number: "粤府办〔2025〕1号".into(),
            basis_issued_on: now.date(),
            basis_valid_until: None,
            opens_at: now,
            closes_at: now + Duration::days(30),
            recommend_by: now + Duration::days(60),
            status: CallStatus::Approved,
            copied_from: None,
            drafted_by: drafted_by.id,
            approved_by: Some(approved_by.id),
            approved_at: Some(now),
            created_at: now,
            version: 1,
            planned_screening_on: None,
            planned_review_on: None,
            planned_decision_on: None,
            planned_notice_on: None,
        }
    }

    #[track_caller]
    fn keep_call(&self, call: Call) -> CallId {
        let id = call.id;
        self.write(move |tx| Ok(calls::create(tx.db, &call)?));
        id
    }
}
