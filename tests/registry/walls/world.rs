//! One registry in which every kind of object lies, real ones where that is cheap, and a person for every standpoint.

use super::objects::{id, stand};
use crate::late::evidence;
use crate::lists;
use crate::procedure_api::scene::{ARRANGED, Scene};
use crate::support::{Client, Person, TestApp, expert};
use std::collections::BTreeMap;
use yuanchi::config::Config;
use yuanchi::db::calls;
use yuanchi::domain::actor::Role;
use yuanchi::domain::call::CallStatus;
use yuanchi::domain::ids::{CallId, ExpertId};
use yuanchi::domain::procedure::State;

/// An id of nothing.
pub const NOTHING: &str = "00000000-0000-7000-8000-000000000000";

/// Somebody who asks.
pub struct Asker {
    /// What they are to the application.
    pub name: &'static str,
    /// Their roles; none for nobody.
    pub roles: Vec<Role>,
    person: Option<Person>,
}

/// The browser and the program of somebody, signed in now.
pub struct Hands {
    pub page: Client,
    pub api: Client,
}

pub struct World {
    pub scene: Scene,
    pub askers: Vec<Asker>,
    /// What an id of an address may be, by the part before it: what it is, and its text.
    ids: BTreeMap<&'static str, Vec<(&'static str, String)>>,
    /// What the arranging of a state takes away and must put back.
    again: String,
}

/// No limit is met by asking everything as everybody.
fn roomy(config: &mut Config) {
    config.database.pool_size = 8;
    let limits = &mut config.limits;
    for limit in [
        &mut limits.sign_in_account,
        &mut limits.sign_in_network,
        &mut limits.second_factor,
        &mut limits.password_reset,
        &mut limits.registration,
        &mut limits.objection,
        &mut limits.evidence,
        &mut limits.subscription,
        &mut limits.subscription_neighbours,
        &mut limits.certificate,
    ] {
        limit.attempts = 1_000_000;
    }
}

impl World {
    pub fn make() -> World {
        // A list that was published, with its member, and another one that waits for the second officer.
        let mut listed = lists::scene_on(TestApp::start_with(roomy));
        let (_, member) = listed.noticed(State::InNotice, "佛山市");
        let published = listed.propose().expect("it is proposed");
        listed.publish(&listed.approver, published).expect("it is published");
        listed.noticed(State::InNotice, "佛山市");
        let proposed = listed.propose().expect("a supplement is proposed");
        let certificates = listed.test.read(|tx| Ok(yuanchi::db::published_lists::certificates(tx.db, published)?));
        let number = certificates[0].1.clone();
        let held = listed.test.read(|tx| Ok(yuanchi::db::memberships::find_by_certificate(tx.db, &number)?));

        let mut scene = Scene::on(listed.test);
        scene.test.expect_violations();
        scene.test.expect_lost_mail();
        let test = &scene.test;
        let other = scene.people.iter().find(|(name, ..)| *name == "other-admin").expect("a vendor of another one");
        let other_organisation = other.2.organisation.expect("an organisation");
        let rival = scene.filed(other_organisation, &other.1, "2026-FP-0002");
        let known = scene.people.iter().find(|(name, ..)| *name == "expert").expect("an expert");
        let (known_id, known_person) = (known.2.expert.expect("an expert"), known.1.clone());
        let free = ExpertId::new(&*test.app.env.ids);
        let handler = scene.people.iter().find(|(name, ..)| *name == "a-handler").expect("a handler").1.id;
        let (application, call) = (scene.id, scene.call);
        let drafted = test.read(|tx| Ok(calls::find(tx.db, call)?));
        let drafted = calls::Call {
            id: CallId::new(&*test.app.env.ids),
            status: CallStatus::Draft,
            approved_by: None,
            approved_at: None,
            ..drafted
        };
        let draft_call = drafted.id;
        test.write(move |tx| Ok(calls::create(tx.db, &drafted)?));
        let stored = evidence(test).stored;
        let (sha256, bytes) = (stored.sha256.to_string(), stored.bytes);
        let spare = test.person("nobody-uses-it@example.org", &[]);
        let own_admin = scene.people[0].1.id;
        let [session, charge, document, question, tie, request, notice, objection, enclosure] =
            ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"].map(id);
        let then = "'2026-03-01 00:00:00'";
        test.tamper(&format!(
            "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at)
             VALUES ('{free}', '王五', 'f@example.org', 'f@example.org', '某学院', '教授', '[]', 10, 'active', {then});
             UPDATE experts SET account_id = '{}' WHERE id = '{known_id}';
             INSERT INTO review_sessions
             (id, call_id, status, due_at, panel, created_by, created_at, opened_at)
             VALUES ('{session}', '{call}', 'open', '2026-03-20 00:00:00', '[\"{known_id}\"]', '{handler}', {then}, {then});
             INSERT INTO assignments (id, session_id, application_id, expert_id, status, assigned_at, declared_at)
             VALUES ('{charge}', '{session}', '{application}', '{known_id}', 'accepted', {then}, {then});
             INSERT INTO attachments (id, application_id, kind, name, sha256, bytes, file_type, uploaded_by, uploaded_at)
             VALUES ('{document}', '{application}', 'licence', 'a.png', '{sha256}', {bytes}, 'png', '{own_admin}', {then});
             INSERT INTO code_overrides
             (organisation_id, licence_name, licence_sha256, licence_bytes, licence_type, provided_by, provided_at)
             VALUES ('{}', 'a.png', '{sha256}', {bytes}, 'png', '{own_admin}', {then});
             INSERT INTO call_questions (id, call_id, asked_by, question, asked_at)
             VALUES ('{question}', '{call}', '{own_admin}', '是否可以联合申报？', {then});
             INSERT INTO expert_ties (id, expert_id, kind, organisation_name, name_key, note, declared_at)
             VALUES ('{tie}', '{free}', 'dispute', '丁公司', '丁公司', '', {then});
             INSERT INTO join_requests (id, organisation_id, account_id, message, status, created_at)
             VALUES ('{request}', '{}', '{}', '', 'pending', {then})",
            known_person.id, scene.organisation, scene.organisation, spare.id,
        ));
        let again = format!(
            "INSERT INTO notices (id, call_id, number, title, body, starts_on, ends_on, ends_at, opened_by, opened_at)
             VALUES ('{notice}', '{call}', '公示9', '公示', '', '2026-03-01', '2026-03-10', '2026-03-10 16:00:00',
                     '{handler}', {then});
             INSERT INTO notice_entries (notice_id, application_id, position, shown)
             VALUES ('{notice}', '{rival}', 1, '[]');
             INSERT INTO objections (id, number, notice_id, application_id, matter, received_at, status, shortcomings)
             VALUES ('{objection}', '异议9', '{notice}', '{rival}', '不符', {then}, 'received', '[]');
             INSERT INTO objection_evidence (id, objection_id, name, sha256, bytes, file_type)
             VALUES ('{enclosure}', '{objection}', 'a.png', '{sha256}', {bytes}, 'png')"
        );
        test.tamper(&format!("UPDATE applications SET state = 'in_notice' WHERE id = '{rival}'"));

        let one = |text: String| vec![("", text)];
        let none = || one(NOTHING.into());
        let of_call = || one(call.to_string());
        let mut ids = BTreeMap::from([
            ("applications", one(application.to_string())),
            ("documents", one(document)),
            ("assignments", one(charge.clone())),
            ("conflicts", one(charge)),
            ("calls", vec![("approved", call.to_string()), ("draft", draft_call.to_string())]),
            ("reviews", of_call()),
            ("decisions", of_call()),
            ("questions", one(question)),
            ("experts", one(free.to_string())),
            ("ties", one(tie)),
            ("lists", vec![("published", published.to_string()), ("proposed", proposed.to_string())]),
            ("notices", one(notice)),
            ("objections", one(objection)),
            ("evidence", one(enclosure)),
            ("memberships", one(held.id.to_string())),
            ("certificates", one(number)),
            ("providers", one(held.organisation_id.to_string())),
            ("organisations", one(scene.organisation.to_string())),
            ("join-requests", one(request)),
            ("accounts", one(spare.id.to_string())),
            ("programmes", one("feature_platform".into())),
            ("events", one("application".into())),
            // The subject and the number of an event: the parts before them are names themselves.
            ("{kind}", one(application.to_string())),
            ("{id}", one("1".into())),
            ("proofs", one("1".into())),
            ("submissions", one("1".into())),
            ("schemas", one("pool".into())),
            ("sitemaps", one("pages".into())),
        ]);
        let (others, sheets) = stand(&scene, rival, draft_call, spare.id);
        ids.extend(others);
        let again = format!("{again};{sheets}");
        // Secrets that only their own letters know.
        for part in ["address", "end", "invitation", "password", "registration", "setup"] {
            ids.insert(part, none());
        }
        let mut askers: Vec<Asker> = scene
            .people
            .iter()
            .map(|(name, person, held)| Asker { name, roles: vec![held.role], person: Some(person.clone()) })
            .collect();
        let free_person = test.person("expert-free@example.org", &[expert(free)]);
        askers.push(Asker { name: "expert-free", roles: vec![Role::Expert], person: Some(free_person) });
        askers.push(Asker { name: "member-vendor", roles: vec![Role::VendorAdmin], person: Some(member) });
        askers.push(Asker { name: "nobody", roles: Vec::new(), person: None });
        let world = World { scene, askers, ids, again };
        world.put(State::Submitted);
        world
    }

    pub fn test(&self) -> &TestApp {
        &self.scene.test
    }

    /// Puts the application into a state, with everything else as it was.
    pub fn put(&self, state: State) {
        self.test().tamper("DELETE FROM objection_evidence");
        self.scene.put(state, ARRANGED[0]);
        self.test().tamper(&self.again);
    }

    /// Everybody signs in, in the order of the askers.
    pub fn hands(&self) -> Vec<Hands> {
        let of = |asker: &Asker| match &asker.person {
            Some(person) => Hands { page: person.browser(), api: person.api() },
            None => {
                let mut page = self.test().visitor();
                page.open("/session/new");
                Hands { page, api: self.test().visitor() }
            }
        };
        self.askers.iter().map(of).collect()
    }

    /// Does the same as everybody at once, each with hands of their own; what came of it, in the order of the askers.
    pub fn at_once<T: Send>(&self, hands: &mut [Hands], work: impl Fn(&Asker, &mut Hands) -> T + Sync) -> Vec<T> {
        let work = &work;
        std::thread::scope(|scope| {
            let everybody = self.askers.iter().zip(hands);
            let threads: Vec<_> = everybody.map(|(asker, hands)| scope.spawn(move || work(asker, hands))).collect();
            threads.into_iter().map(|thread| thread.join().expect("everything was asked")).collect()
        })
    }

    /// What an id may be by the part before it; nothing for a part that is not declared here.
    pub fn known(&self, before: &str) -> Option<&[(&'static str, String)]> {
        self.ids.get(before).map(Vec::as_slice)
    }
}
