//! A call at the cities' station, and applications in it.

use crate::support::{Answer, Client, Person, TestApp, admin_of, in_bureau, with};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yuanchi::actions::Record;
use yuanchi::db::applications::{self, Application};
use yuanchi::db::{self, Json, events};
use yuanchi::domain::actor::Role;
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::{ApplicationId, CallId, OrganisationId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::programme::Programme;
use yuanchi::domain::scope::Scope;

/// A call at the cities' station, with officers.
pub(super) struct Scene {
    pub(super) test: TestApp,
    pub(super) call: CallId,
    pub(super) foshan: Person,
    pub(super) zhuhai: Person,
    pub(super) handler: Person,
    pub(super) approver: Person,
    pub(super) made: u32,
}

/// An application with its organisation and the person who answers for it.
pub(super) struct Filed {
    pub(super) id: ApplicationId,
    pub(super) name: String,
    pub(super) vendor: Person,
}

pub(super) fn scene() -> Scene {
    scene_with(|_| {})
}

pub(super) fn scene_with(change: impl FnOnce(&mut Programme)) -> Scene {
    let test = TestApp::start();
    let foshan = test.person("foshan@example.org", &[in_bureau("foshan")]);
    let zhuhai = test.person("zhuhai@example.org", &[in_bureau("zhuhai")]);
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let approver = test.person("approver@example.org", &[with(Role::Approver)]);
    let mut programme = test.app.env.programme("feature_platform").expect("it is configured").clone();
    change(&mut programme);
    let instants = ["2026-02-01T00:00:00", "2026-03-20T09:00:00", "2026-03-31T10:00:00"];
    let id = test.call_between(programme, "2026 年特色型平台申报", instants, [&handler, &approver]);
    Scene { test, call: id, foshan, zhuhai, handler, approver, made: 0 }
}

impl Scene {
    /// An application of Foshan in a state, with these answers.
    pub(super) fn filed_as(&mut self, state: State, answers: &[(&str, &str)]) -> Filed {
        self.made += 1;
        let name = format!("佛山智造{}有限公司", self.made);
        // The form of the code is the registration's business.
        let organisation: OrganisationId =
            self.test.organisation(&format!("9144060000000{:05}", self.made), &name, "440604");
        let vendor = self.test.person(&format!("vendor{}@example.org", self.made), &[admin_of(organisation)]);
        let form: BTreeMap<String, Value> = answers.iter().map(|(k, v)| (k.to_string(), json!(v))).collect();
        let id = ApplicationId::new(&*self.test.app.env.ids);
        let application = Application {
            id,
            call_id: self.call,
            organisation_id: organisation,
            number: Some(format!("2026-TSX-{:04}", self.made)),
            state,
            bureau: Some("foshan".into()),
            form: self.test.sealed_form(id, &RawForm(form)),
            members: Json(Vec::new()),
            submission_count: 1,
            submitted_at: Some(self.test.now()),
            created_by: vendor.id,
            created_at: self.test.now(),
            updated_at: self.test.now(),
            version: 1,
        };
        let actor = vendor.actor();
        // What an empty submission is frozen as; the form is the application's own.
        let sha256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        self.test.write(move |tx| {
            applications::create(tx.db, &application)?;
            tx.record(
                &actor,
                Record {
                    subject_kind: "application",
                    subject_id: application.id.as_text(),
                    action: "application.submitted",
                    role: "vendor_admin",
                    from: Some("draft"),
                    to: Some(application.state.as_text()),
                    detail: json!({"submission": 1, "sha256": sha256}),
                    ..Record::default()
                },
            )
        });
        self.test.tamper(&format!(
            "INSERT INTO submissions (id, application_id, number, content, sha256, submitted_by, submitted_at)
             VALUES ('{id}', '{id}', 1, '{{}}', '{sha256}', '{}', '2026-03-02 01:00:00')",
            vendor.id
        ));
        Filed { id, name, vendor }
    }

    /// Moves a file on as another area would.
    pub(super) fn moved(&self, id: ApplicationId, to: State) {
        let (before, actor) = (self.stored(id), self.handler.actor());
        self.test.write(move |tx| {
            assert!(applications::advance(tx.db, id, before.version, to, tx.now)?, "nobody else is at work");
            tx.record(
                &actor,
                Record {
                    subject_kind: "application",
                    subject_id: id.as_text(),
                    action: "application.moved",
                    role: "handler",
                    from: Some(before.state.as_text()),
                    to: Some(to.as_text()),
                    ..Record::default()
                },
            )
        });
    }

    pub(super) fn filed(&mut self) -> Filed {
        self.filed_as(State::Submitted, &[("platform_name", "南海云"), ("served_enterprises", "120")])
    }

    pub(super) fn stored(&self, id: ApplicationId) -> Application {
        self.test.read(|tx| Ok(applications::find(tx.db, &Scope::everything(), id)?))
    }

    pub(super) fn ranks(&self) -> Vec<(i32, ApplicationId)> {
        let call = self.call;
        let ranking = self.test.read(|tx| Ok(db::recommendations::ranking(tx.db, call, "foshan")?));
        ranking.iter().map(|r| (r.recommendation.rank, r.recommendation.application_id)).collect()
    }

    pub(super) fn last_event(&self, id: ApplicationId) -> events::StoredEvent {
        let all = self.test.read(|tx| Ok(events::of_subject(tx.db, "application", id.as_text())?));
        all.last().expect("an event").clone()
    }

    /// Every letter to a person, after the outbox was worked off.
    pub(super) fn letter_to(&self, person: &Person) -> String {
        self.test.run_jobs();
        let letters = self.test.letters_to(&person.email);
        letters.last().map(|letter| format!("{}\n{}", letter.subject, letter.text)).unwrap_or_default()
    }
}

pub(super) fn page(id: ApplicationId, rest: &str) -> String {
    format!("/applications/{id}/{rest}")
}

pub(super) fn resource(id: ApplicationId, rest: &str) -> String {
    format!("/api/v1/applications/{id}/{rest}")
}

#[track_caller]
pub(super) fn recommend_with(officer: &mut Client, id: ApplicationId, rank: i32) -> Answer {
    let body = json!({"version": 1, "rank": rank, "opinion": "同意推荐。"});
    officer.call("POST", &resource(id, "recommendation"), &body)
}
