//! C-19: every route, as everybody, on every kind of object, in every state of the application.
//!
//! What is answered is kept in `snapshots/walls.txt`, to be looked through whenever it changes:
//! `UPDATE_SNAPSHOTS=1 cargo test c_19` writes it. Beside it stand rules that no snapshot can soften: for whom an object is
//! not, it is answered like one that does not exist.
//!
//! Changes are asked for while nothing can be recorded, so that nothing changes whatever is let through; a request that
//! would have been carried out then fails at its record, and is noted as `done`.
//!
//! What no state can change is asked once: a door shuts by role before anything is looked up, and where nothing is, nothing
//! has a state. The answer stands for every state of the table.

use super::described::Description;
use super::world::{Asker, Hands, NOTHING, World};
use super::{reviewed, said};
use crate::procedure_api::scene::Scene;
use crate::support::{Answer, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yuanchi::domain::actor::Role;
use yuanchi::domain::procedure::State;
use yuanchi::web::routes::Access;

/// They act on the session that asks alone, and would end the questions: `identity.rs` and `system.rs` are their tests.
const NOT_ASKED: &[(&str, &str)] = &[("POST", "/session/end"), ("DELETE", "/api/v1/tokens")];

/// One address with who may come in.
pub struct Door {
    pub method: String,
    /// The whole address, with `{names}`.
    pub path: String,
    pub access: Access,
    pub api: bool,
    /// The least that can be read as its body.
    pub body: Value,
}

/// Every page and operation, but those that are not asked.
pub fn doors() -> Vec<Door> {
    let description = Description::read();
    let described = description.operations();
    let least = |method: &str, path: &str| {
        let one = described.iter().find(|one| one.method == method && one.path == path);
        one.and_then(|one| one.body.as_ref()).map_or(json!({}), |schema| description.least(schema))
    };
    let pages = yuanchi::server::pages();
    let pages = pages.iter().map(|route| Door {
        method: route.method.to_string(),
        path: route.path.to_string(),
        access: route.access,
        api: false,
        body: Value::Null,
    });
    let operations = yuanchi::api::operations().into_iter().map(|operation| {
        let (method, path) = (operation.method.to_string(), format!("/api/v1{}", operation.path));
        let body = least(&method, &path);
        Door { method, path, access: operation.access, api: true, body }
    });
    let asked = |door: &Door| !NOT_ASKED.contains(&(door.method.as_str(), door.path.as_str()));
    pages.chain(operations).filter(asked).collect()
}

impl Door {
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it is about the application or what belongs to it: then the application's state matters.
    fn is_of_the_application(&self) -> bool {
        ["/applications/{", "/documents/{", "/assignments/{"].iter().any(|part| self.path.contains(part))
    }

    pub fn lets_in(&self, asker: &Asker) -> bool {
        match self.access {
            Access::Public => true,
            Access::SignedIn => !asker.roles.is_empty(),
            Access::Roles(roles) => asker.roles.iter().any(|role| roles.contains(role)),
        }
    }

    /// The addresses of every object there is, each with what it is.
    ///
    /// # Panics
    /// The world does not say what stands for a parameter.
    pub fn addresses(&self, world: &World) -> Vec<(String, String)> {
        self.addresses_among(|before| world.known(before))
    }

    fn addresses_among<'a>(
        &self,
        known: impl Fn(&str) -> Option<&'a [(&'static str, String)]>,
    ) -> Vec<(String, String)> {
        let mut found = vec![(String::new(), String::new())];
        let mut before = "";
        for part in self.path.split('/').skip(1) {
            if part.starts_with('{') {
                let values = known(before)
                    .unwrap_or_else(|| panic!("{}: say in walls/world.rs what stands for {part} there", self.name()));
                found = found
                    .iter()
                    .flat_map(|(label, head)| {
                        values.iter().map(move |(what, value)| (format!("{label}{what}"), format!("{head}/{value}")))
                    })
                    .collect();
            } else {
                found.iter_mut().for_each(|(_, head)| *head += &format!("/{part}"));
            }
            before = part;
        }
        found
    }

    /// The address with ids of nothing.
    fn of_nothing(&self) -> String {
        let parts = self.path.split('/').map(|part| if part.starts_with('{') { NOTHING } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    pub fn ask(&self, hands: &mut Hands, address: &str) -> Answer {
        match (self.method.as_str(), self.api) {
            ("GET", false) => hands.page.get(address),
            ("GET", true) => hands.api.get(address),
            (_, false) => said::upload_to_page(&mut hands.page, &self.path, address)
                .unwrap_or_else(|| hands.page.post(address, &said::fields(&self.path))),
            ("POST", true) => said::upload_to_api(&mut hands.api, &self.path, address)
                .unwrap_or_else(|| hands.api.call("POST", address, &self.body)),
            (method, true) => hands.api.call(method, address, &self.body),
        }
    }
}

/// What kind of answer it is.
fn class(answer: &Answer, is_armed: bool) -> String {
    match answer.status {
        303 if answer.header("location").is_some_and(|to| to.starts_with("/session/new")) => "sign-in".into(),
        500 if is_armed => "done".into(),
        status => status.to_string(),
    }
}

/// Whose an object is not, whatever their role may open: to them it does not exist. Nothing where the role alone decides.
fn is_hidden_from(door: &Door, label: &str, state: State, asker: &str) -> bool {
    let path = door.path.trim_start_matches("/api/v1");
    let is_one_of = |names: &[&str]| names.contains(&asker);
    let of_the_registry = ["a-handler", "approver", "auditor"];
    if path.starts_with("/applications/{id}") || path.starts_with("/documents/{id}") {
        return !Scene::sees(asker, state) && asker != "expert";
    }
    if path.starts_with("/assignments/{id}") {
        let by_organisers = ["/release", "/reopening", "/voiding"].iter().any(|end| path.ends_with(end));
        return asker != "expert" && !(by_organisers && is_one_of(&["a-handler", "evaluator"]));
    }
    if path.starts_with("/organisations/{id}") {
        return !is_one_of(&["own-admin", "own-member"]) && !is_one_of(&of_the_registry);
    }
    if path.starts_with("/memberships/{id}") {
        return asker != "member-vendor" && !is_one_of(&of_the_registry);
    }
    if path.starts_with("/lists/{id}") && label == "proposed" {
        return !is_one_of(&of_the_registry) && asker != "evaluator";
    }
    if path.starts_with("/calls/{id}") && label == "draft" {
        return !is_one_of(&of_the_registry);
    }
    if ["/filters/{id}", "/messages/{id}", "/sessions/{id}", "/organisation/members/{id}"]
        .iter()
        .any(|part| path.contains(part))
    {
        return asker != "own-admin";
    }
    if path.starts_with("/batches/{id}") || path.starts_with("/letters/{id}") {
        // The department's are no bureau's, and a bureau's are no other one's.
        return asker == "other-bureau" || label != "bureau" && asker == "own-bureau";
    }
    // A part of something else than what stands before it in the address.
    label == "another"
}

/// Who is answered what.
type Row = Vec<(&'static str, String)>;
/// By route, and by what its object is.
type Table = BTreeMap<String, BTreeMap<String, Row>>;

/// One thing to ask.
struct Question<'a> {
    door: &'a Door,
    label: String,
    address: String,
}

/// What everybody is answered, at once: name of the door, label, asker, class; and whatever is wrong with it.
#[derive(Default)]
struct Answers {
    cells: Vec<(String, String, &'static str, String)>,
    wrong: Vec<String>,
}

/// Somebody who asks, with what they were answered that no state can change.
struct Asking<'a> {
    asker: &'a Asker,
    hands: Hands,
    /// Where their role does not let them in, by method and address.
    shut: BTreeMap<String, String>,
    /// Where nothing is, by the name of the door.
    of_nothing: BTreeMap<String, String>,
}

/// Everybody, signed in now.
fn everybody(world: &World) -> Vec<Asking<'_>> {
    let with = |(asker, hands)| Asking { asker, hands, shut: BTreeMap::new(), of_nothing: BTreeMap::new() };
    world.askers.iter().zip(world.hands()).map(with).collect()
}

fn ask_everybody(
    everybody: &mut [Asking<'_>],
    questions: &[Question<'_>],
    (state, is_armed): (State, bool),
) -> Answers {
    let of_each: Vec<Answers> = std::thread::scope(|scope| {
        let threads: Vec<_> = everybody
            .iter_mut()
            .map(|asking| scope.spawn(move || asking.ask_all(questions, (state, is_armed))))
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("everything was asked")).collect()
    });
    let mut all = Answers::default();
    for Answers { cells, wrong } in of_each {
        all.cells.extend(cells);
        all.wrong.extend(wrong);
    }
    all
}

impl Asking<'_> {
    fn ask_all(&mut self, questions: &[Question<'_>], (state, is_armed): (State, bool)) -> Answers {
        let mut answers = Answers::default();
        let name = self.asker.name;
        for Question { door, label, address } in questions {
            let is_in = door.lets_in(self.asker);
            let place = format!("{} {address}", door.method);
            if let Some(found) = self.shut.get(&place) {
                answers.cells.push((door.name(), label.clone(), name, found.clone()));
                continue;
            }
            let answer = door.ask(&mut self.hands, address);
            let found = class(&answer, is_armed);
            let mut wrong = |why: &str| answers.wrong.push(format!("{name}, {state} {label}: {why}: {answer}"));
            if answer.status >= 500 && found != "done" {
                wrong("the service failed");
            }
            if answer.header("content-security-policy").is_none() || answer.header("x-request-id").is_none() {
                wrong("a header is missing");
            }
            if !is_in && !["401", "403", "sign-in"].contains(&found.as_str()) {
                wrong("the door is not shut");
            }
            if is_hidden_from(door, label, state, name) {
                let hands = &mut self.hands;
                let of_nothing = || class(&door.ask(hands, &door.of_nothing()), is_armed);
                let known = self.of_nothing.entry(door.name()).or_insert_with(of_nothing);
                if *known != found {
                    wrong(&format!("what does not exist is answered {known}"));
                }
                if matches!(answer.status, 200..=299 | 303) && found != "sign-in" || found == "done" {
                    wrong("it is not theirs");
                }
            } else if is_in
                && name != "expert"
                && door.method == "GET"
                && ["/applications/{id}", "/api/v1/applications/{id}"].contains(&door.path.as_str())
                && !matches!(answer.status, 200 | 303)
            {
                wrong("it is theirs to see");
            }
            if !is_in {
                self.shut.insert(place, found.clone());
            }
            answers.cells.push((door.name(), label.clone(), name, found));
        }
        answers
    }
}

/// Lets nothing be recorded from here on: whatever would be done fails at its record, with all that belongs to it.
fn let_nothing_be_recorded(test: &TestApp) {
    test.tamper(if test.on_postgres() {
        "CREATE FUNCTION no_record() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'nothing is recorded now'; END $$ \
         LANGUAGE plpgsql; \
         CREATE TRIGGER no_record BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION no_record()"
    } else {
        "CREATE TRIGGER no_record BEFORE INSERT ON events \
         BEGIN SELECT RAISE(ABORT, 'nothing is recorded now'); END"
    });
}

/// What must not change by asking.
pub fn rows(test: &TestApp) -> Vec<(String, i64)> {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        counted: i64,
    }
    let watched = [
        "accounts",
        "applications",
        "assignments",
        "attachments",
        "calls",
        "corrections",
        "decisions",
        "events",
        "experts",
        "expert_ties WHERE withdrawn_at IS NULL",
        "grants WHERE revoked_at IS NULL",
        "join_requests WHERE status = 'pending'",
        "list_entries",
        "memberships WHERE standing = 'active'",
        "notices",
        "objections WHERE status = 'received'",
        "published_lists WHERE status = 'published'",
        "recommendations",
        "review_sessions WHERE status = 'open'",
        "saved_filters",
        "score_sheets",
        "search_subscriptions",
        "submissions",
    ];
    let mut found = Vec::new();
    for what in watched {
        let rows = test.read(|tx| {
            let row: Counted =
                diesel::sql_query(format!("SELECT COUNT(*) AS counted FROM {what}")).get_result(tx.db)?;
            Ok(row.counted)
        });
        found.push((what.to_string(), rows));
    }
    found
}

/// The states in which changes are asked for; every cell of state, action and role is `procedure_api.rs`'s.
const CHANGED_IN: [State; 5] = [State::Draft, State::Submitted, State::Withdrawn, State::InReview, State::Recognised];

#[test]
fn c_19_every_route_on_every_object_in_every_state_as_everybody() {
    let world = World::make();
    let mut everybody = everybody(&world);
    let doors = doors();
    let reads = |door: &&Door| door.method == "GET";
    let mut table = Table::new();
    let mut wrong = Vec::new();
    let mut noted = 0;
    let mut note = |answers: Answers, of_state: Option<State>| {
        for (door, label, name, class) in answers.cells {
            let label = of_state.map_or(label, |state| state.as_text().to_string());
            table.entry(door).or_default().entry(label).or_default().push((name, class));
            noted += 1;
        }
        wrong.extend(answers.wrong);
    };
    let questions = |doors: Vec<&'static Door>| {
        let of = |door: &'static Door| {
            let addresses = door.addresses(&world).into_iter();
            addresses.map(move |(label, address)| Question { door, label, address })
        };
        doors.into_iter().flat_map(of).collect::<Vec<_>>()
    };
    // The table of routes lives as long as the test's process does anyway.
    let doors: &'static [Door] = doors.leak();
    let some = |of_application: bool, reading: bool| -> Vec<&'static Door> {
        doors.iter().filter(|door| door.is_of_the_application() == of_application && reads(door) == reading).collect()
    };
    note(ask_everybody(&mut everybody, &questions(some(false, true)), (State::Submitted, false)), None);
    let of_files = questions(some(true, true));
    for state in State::ALL.iter().copied() {
        world.put(state);
        note(ask_everybody(&mut everybody, &of_files, (state, false)), Some(state));
    }
    let_nothing_be_recorded(world.test());
    world.put(State::Submitted);
    let before = rows(world.test());
    note(ask_everybody(&mut everybody, &questions(some(false, false)), (State::Submitted, true)), None);
    assert_eq!(rows(world.test()), before, "nothing was changed by asking");
    let of_files = questions(some(true, false));
    for state in CHANGED_IN {
        world.put(state);
        let before = rows(world.test());
        note(ask_everybody(&mut everybody, &of_files, (state, true)), Some(state));
        assert_eq!(rows(world.test()), before, "nothing was changed by asking");
    }
    let count = wrong.len();
    wrong.truncate(40);
    assert!(wrong.is_empty(), "{count} of {noted} answers are wrong:\n{}", wrong.join("\n"));
    assert!(noted > 10_000, "{noted}");
    reviewed("walls.txt", &written(&table));
}

/// Each route with who is answered what; states that are answered alike stand together.
fn written(table: &Table) -> String {
    let mut text = String::new();
    for (door, of_labels) in table {
        text += &format!("{door}\n");
        let mut alike: Vec<(String, Vec<&str>)> = Vec::new();
        for (label, cells) in of_labels {
            let mut by_class: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for (name, class) in cells {
                by_class.entry(class.as_str()).or_default().push(*name);
            }
            let row: Vec<String> = by_class
                .into_iter()
                .map(|(class, mut names)| {
                    names.sort_unstable();
                    names.dedup();
                    format!("{class} {}", names.join(" "))
                })
                .collect();
            let row = row.join(" | ");
            match alike.iter_mut().find(|(known, _)| *known == row) {
                Some((_, labels)) => labels.push(label.as_str()),
                None => alike.push((row, vec![label.as_str()])),
            }
        }
        for (row, labels) in alike {
            let labels = labels.join(" ");
            text += &if labels.is_empty() { format!("  {row}\n") } else { format!("  {labels}: {row}\n") };
        }
    }
    text
}

/// A route whose object nobody described is found when the table is made: this is what says so.
#[test]
#[should_panic(expected = "say in walls/world.rs what stands for {thing}")]
fn c_19_a_route_without_an_entry_fails() {
    let door = Door {
        method: "GET".into(),
        path: "/things/{thing}".into(),
        access: Access::Roles(&[Role::Handler]),
        api: false,
        body: Value::Null,
    };
    door.addresses_among(|_| None);
}
