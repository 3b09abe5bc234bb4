//! Nobody learns what is hidden from them: two registries are built by the same steps with the same clock, keys and ids,
//! and differ in one hidden thing; whoever may not know it is given the same answers, byte for byte, on every route.
//!
//! The routes come from the tables of pages and operations, so that a new one is asked too.

use super::late;
use super::lists::{self, NOTICE};
use super::review::Scene;
use super::review::stages::{all_stages, five_sheets};
use super::support::app::{Alike, TestApp, at};
use super::support::{Answer, Client, Person, expert, in_bureau, with};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};
use yuanchi::actions::Tx;
use yuanchi::actions::object::{NewObjection, object};
use yuanchi::db;
use yuanchi::domain::actor::{Actor, Role};
use yuanchi::domain::ids::{ExpertId, NoticeId};
use yuanchi::domain::programme::Programme;
use yuanchi::domain::status::ObjectorKind;
use yuanchi::web::routes::Access;

/// In which way the two worlds differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    /// What another expert gave, and said.
    Scores,
    /// Who the other expert is.
    Identity,
    /// Whether the other expert has stepped back.
    Recusal,
    /// What the form says about persons.
    Personal,
    /// What the other expert does after the scoring: explains a total that lies far from the panel, scores the extra
    /// station, changes the sheet in a discussion or keeps it. All of it in one pair of worlds: whoever learns any of it is told
    /// something else in the other.
    After,
    /// What the other expert gave, told by nothing but a discussion of three sheets.
    Totals,
}

impl Hidden {
    /// Whether it lies behind the end of the scoring.
    fn is_late(self) -> bool {
        matches!(self, Hidden::After | Hidden::Totals)
    }
}

/// Somebody who looks, with a browser and a program that were signed in before the worlds parted.
struct Watcher {
    name: &'static str,
    roles: Vec<Role>,
    email: String,
    page: Client,
    api: Client,
}

impl Watcher {
    fn of(name: &'static str, person: &Person) -> Watcher {
        let roles = person.held.iter().map(|held| held.role).collect();
        Watcher { name, roles, email: person.email.clone(), page: person.browser(), api: person.api() }
    }

    fn nobody(test: &TestApp) -> Watcher {
        let (page, api) = (test.visitor(), test.visitor());
        Watcher { name: "public", roles: Vec::new(), email: String::new(), page, api }
    }

    fn may_enter(&self, access: Access) -> bool {
        match access {
            Access::Public => true,
            Access::SignedIn => !self.roles.is_empty(),
            Access::Roles(roles) => roles.iter().any(|role| self.roles.contains(role)),
        }
    }
}

/// One registry, who looks at it, and the ids that its addresses are made of.
struct World {
    test: TestApp,
    alike: Arc<Alike>,
    watchers: Vec<Watcher>,
    ids: BTreeMap<&'static str, Vec<String>>,
}

/// Words of the hidden things: what a search is asked for.
const WORDS: [&str; 3] = ["赵隐", "90.00", "submitted"];

impl World {
    /// What an address's parameter may be, by the part before it; every id there is for a part that is not known here.
    fn values(&self, part: &str) -> Vec<String> {
        match self.ids.get(part) {
            Some(values) => values.clone(),
            None => self.ids.values().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        }
    }

    /// The addresses of a pattern.
    fn addresses(&self, pattern: &str) -> Vec<String> {
        let mut found = vec![String::new()];
        let parts: Vec<&str> = pattern.split('/').skip(1).collect();
        for (index, part) in parts.iter().enumerate() {
            let values = match part.strip_prefix('{') {
                None => vec![part.to_string()],
                Some(_) => self.values(index.checked_sub(1).and_then(|before| parts.get(before)).unwrap_or(&"")),
            };
            found = found.iter().flat_map(|head| values.iter().map(move |value| format!("{head}/{value}"))).collect();
        }
        found
    }

    /// Everything that this one can read.
    fn readings(&mut self, name: &str) -> Vec<Told> {
        self.alike.go_on_from(1_000_000);
        let mut asked: Vec<(bool, String)> = Vec::new();
        let at = self.watchers.iter().position(|watcher| watcher.name == name).expect("a watcher");
        for &(api, ref method, path, access) in &*DOORS {
            // How busy a process is differs from one moment to the next, and is for its own machine.
            if method.as_str() != "GET" || path == "/metrics" {
                continue;
            }
            let enters = self.watchers[at].may_enter(access);
            let addresses = self.addresses(path);
            // One address is enough where the door itself is shut.
            for address in addresses.iter().take(if enters { usize::MAX } else { 1 }) {
                asked.push((api, address.clone()));
                if !enters || path.contains('{') {
                    continue;
                }
                let mut parameters = BTreeSet::from(["q", "sort"]);
                parameters.extend(QUERIES.get(path).into_iter().flatten().map(String::as_str));
                for parameter in parameters {
                    asked.extend(WORDS.map(|word| (api, format!("{address}?{parameter}={}", encoded(word)))));
                }
                asked.push((api, format!("{address}?page=2&per_page=1")));
            }
        }
        let watcher = &mut self.watchers[at];
        let mut answers = Vec::new();
        for (api, address) in asked {
            let (client, address) = match api {
                true => (&mut watcher.api, format!("/api/v1{address}")),
                false => (&mut watcher.page, address),
            };
            let answer = client.get(&address);
            answers.push(Told::of(format!("GET {address}"), &answer));
            if let Some(tag) = answer.header("etag").map(str::to_string) {
                let again = client.send("GET", &address, &[("if-none-match", tag.as_str())], Vec::new());
                answers.push(Told::of(format!("GET {address} if changed"), &again));
            }
        }
        answers
    }

    /// What this one is told when a change cannot be carried out.
    fn refusals(&mut self, name: &str) -> Vec<Told> {
        self.alike.go_on_from(2_000_000);
        let at = self.watchers.iter().position(|watcher| watcher.name == name).expect("a watcher");
        let mut answers = Vec::new();
        for &(api, ref method, path, access) in &*DOORS {
            // Signing out would end the questions.
            let ends = path.contains("session") || path.contains("tokens");
            if method.as_str() == "GET" || ends || !self.watchers[at].may_enter(access) {
                continue;
            }
            for address in self.addresses(path).iter().take(4) {
                let watcher = &mut self.watchers[at];
                if api {
                    let address = format!("/api/v1{address}");
                    for body in [json!({}), json!({ "version": 999 }), json!([1])] {
                        let answer = watcher.api.call(method, &address, &body);
                        answers.push(Told::of(format!("{method} {address} {body}"), &answer));
                    }
                } else {
                    let answer = watcher.page.post(address, &[("version", "999")]);
                    answers.push(Told::of(format!("{method} {address}"), &answer));
                }
            }
        }
        answers
    }

    /// The letters that this one got.
    fn letters(&self, name: &str) -> Vec<(String, String)> {
        let email = self.watchers.iter().find(|watcher| watcher.name == name).map(|watcher| &watcher.email);
        let letters = self.test.letters_to(email.expect("a watcher")).into_iter();
        letters.map(|letter| (letter.subject, format!("{}{:?}", letter.text, letter.html))).collect()
    }
}

/// A page or operation: whether it is an operation, method, address, who may come in.
type Door = (bool, String, &'static str, Access);

/// Every page and operation.
static DOORS: LazyLock<Vec<Door>> = LazyLock::new(|| {
    let pages = yuanchi::server::pages();
    let pages = pages.iter().map(|route| (false, route.method.to_string(), route.path, route.access));
    let operations = yuanchi::api::operations().into_iter();
    pages.chain(operations.map(|o| (true, o.method.to_string(), o.path, o.access))).collect()
});

/// The parameters of each list, as the description of the API names them; the page of the same address takes the same.
static QUERIES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let document = serde_json::to_value(yuanchi::api::openapi()).expect("JSON");
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    let of = |(path, item): (String, Value)| {
        let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let names = parameters.iter().filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
        (path.trim_start_matches("/api/v1").to_string(), names.map(str::to_string).collect())
    };
    paths.into_iter().map(of).collect()
});

fn encoded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// What somebody was told.
struct Told {
    asked: String,
    /// Without the date, and whether the connection is kept, which hangs on how much of a refused body had come in.
    answer: String,
    /// The number of the request.
    number: String,
}

impl Told {
    fn of(asked: String, answer: &Answer) -> Told {
        let passing = ["date", "x-request-id", "connection"];
        let kept = answer.headers.iter().filter(|(name, _)| !passing.contains(&name.as_str()));
        let mut headers: Vec<String> = kept.map(|(name, value)| format!("{name}: {value}")).collect();
        // Headers of different names have no order.
        headers.sort();
        let number = answer.header("x-request-id").unwrap_or("none").to_string();
        Told { asked, answer: format!("{}\n{}\n\n{}", answer.status, headers.join("\n"), answer.text()), number }
    }

    /// Whether the other is told the same. Nearly every answer is the same to the byte, so that only the rest need be
    /// looked at more closely.
    fn says_the_same(&self, other: &Told) -> bool {
        self.asked == other.asked && (self.answer == other.answer || self.plain() == other.plain())
    }

    fn plain(&self) -> String {
        let answer = self.answer.replace(&self.number, "");
        without_chain_hashes(if self.asked.contains("/settings") { without_places(&answer) } else { answer })
    }
}

/// The page of the settings without what two registries on one machine cannot share: where each listens, and where its
/// data lies.
fn without_places(page: &str) -> String {
    let places = ["server.port", "data.dir", "keys.dir", "database.url"].map(|key| format!("<code>{key}</code>"));
    let rows = page.split("</tr>").filter(|row| !places.iter().any(|place| row.contains(place)));
    let lines = rows.collect::<String>();
    lines.lines().filter(|line| !line.starts_with("content-length:")).collect::<Vec<_>>().join("\n")
}

/// A text without the hashes of the record, whole or cut to the twelve digits that pages show. They cover a keyed hash of what a
/// sheet says, which is another in each world and tells nobody anything. So do the signatures over them.
fn without_chain_hashes(text: String) -> String {
    let words = text.split(|c: char| !c.is_ascii_hexdigit());
    let hashes: BTreeSet<String> = words.filter(|word| matches!(word.len(), 64 | 128)).map(str::to_string).collect();
    hashes.iter().fold(text, |text, hash| text.replace(hash, "#").replace(&hash[..12], "#"))
}

/// What is not the same in both, as far as it goes before and after.
fn differences(one: &[Told], other: &[Told]) -> Vec<String> {
    assert_eq!(one.len(), other.len(), "the same is asked in both");
    let different = one.iter().zip(other).filter(|(first, second)| !first.says_the_same(second));
    let told = different.map(|(one, other)| {
        let (first, second) = (one.plain(), other.plain());
        let at = first.chars().zip(second.chars()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| text.chars().skip(at.saturating_sub(80)).take(200).collect::<String>();
        format!("{} / {}\n  one:   {}\n  other: {}", one.asked, other.asked, near(&first), near(&second))
    });
    told.collect()
}

/// Does the same in both worlds at the same time: they have nothing in common that one could wait for.
fn at_once<T: Send>(worlds: &mut [World; 2], work: impl Fn(&mut World) -> T + Sync) -> [T; 2] {
    let [one, other] = worlds;
    let work = &work;
    std::thread::scope(|scope| {
        let second = scope.spawn(move || work(other));
        let first = work(one);
        [first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
    })
}

/// Asks both worlds everything as each of these, and wants the same.
#[track_caller]
fn must_be_alike(what: &str, worlds: &mut [World; 2], names: &[&str]) {
    let mut found = Vec::new();
    for name in names {
        let [one, other] = at_once(worlds, |world| world.readings(name));
        assert!(one.iter().filter(|told| told.answer.starts_with("200")).count() > 10, "{name} sees something");
        found.extend(differences(&one, &other).into_iter().map(|line| format!("{name}: {line}")));
        let [first, second] = worlds.each_ref().map(|world| world.letters(name));
        assert_eq!(first.len(), second.len(), "{name} gets as many letters");
        let letters = first.iter().zip(&second).filter(|(first, second)| first != second);
        found.extend(letters.map(|(first, second)| format!("{name} is written {first:?} and {second:?}")));
    }
    for name in names {
        let [one, other] = at_once(worlds, |world| world.refusals(name));
        found.extend(differences(&one, &other).into_iter().map(|line| format!("{name}: {line}")));
    }
    let count = found.len();
    found.truncate(30);
    assert!(found.is_empty(), "{what}: {count} answers differ\n{}", found.join("\n"));
}

/// An open session in which everybody has submitted but the watching expert, who has one sheet left. `other` says which
/// of the two worlds it is.
fn world(hidden: Hidden, other: bool) -> World {
    let (test, alike) = TestApp::start_alike();
    // With five sheets a discussion shows figures, with three it must not.
    let (experts, change): (usize, fn(&mut Programme)) = match hidden {
        Hidden::Totals => (5, all_stages),
        _ if hidden.is_late() => (6, five_sheets),
        _ => (5, |_| {}),
    };
    let scene = Scene::with_programme(test, experts, change);
    scene.app.tamper("UPDATE applications SET bureau = 'guangzhou'");
    let rival = scene.experts[2].1.clone();
    if hidden == Hidden::Identity && other {
        scene.app.tamper(&format!(
            "UPDATE experts SET name = '赵隐', employer = '另一大学', title = '研究员', email = 'zhao@example.cn', \
             email_key = 'zhao@example.cn' WHERE id = '{}'",
            scene.experts[2].0
        ));
        scene.app.tamper(&format!("UPDATE accounts SET name = '赵隐' WHERE id = '{}'", rival.id));
    }
    if hidden == Hidden::Personal {
        let name = if other { "赵隐" } else { "钱显" };
        let form = json!({ "legal_representative": name, "contact_phone": format!("020-{}", name.len()), "contact_name": name });
        scene.app.tamper(&format!("UPDATE applications SET form = '{form}'"));
    }
    scene.open();
    let people = [
        ("evaluator", scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)])),
        ("auditor", scene.app.person("auditor@example.cn", &[with(Role::Auditor)])),
        ("city", scene.app.person("city@example.cn", &[in_bureau("guangzhou")])),
        ("system", scene.app.person("system@example.cn", &[with(Role::SystemAdmin)])),
        ("security", scene.app.person("security@example.cn", &[with(Role::SecurityAdmin)])),
    ];
    let mut watchers: Vec<Watcher> = people.iter().map(|(name, person)| Watcher::of(name, person)).collect();
    let others = [("handler", &scene.handler), ("approver", &scene.approver), ("vendor", &scene.vendor)];
    watchers.extend(others.map(|(name, person)| Watcher::of(name, person)));
    watchers.push(Watcher::of("expert", &scene.experts[1].1));
    watchers.push(Watcher::nobody(&scene.app));

    let own = |index: usize| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("a text").to_string();
        scene.assignments(index).1.iter().map(|a| (text(&a["id"]), text(&a["organisation"]))).collect()
    };
    let watched = own(1);
    let common = own(2).into_iter().find(|(_, applicant)| watched.iter().any(|(_, seen)| seen == applicant));
    let (common, _) = common.expect("the two experts have a file in common");
    let call = scene.call;
    let assignments = scene.app.read(|tx| {
        let session = db::reviews::session_of_call(tx.db, call)?.ok_or(yuanchi::error::Error::NotFound)?;
        let all = db::reviews::assignments_of(tx.db, session.id)?;
        Ok((session.id.to_string(), all.iter().map(|a| a.id.to_string()).collect::<Vec<_>>()))
    });
    for index in 0..scene.experts.len() {
        let mut api = scene.assignments(index).0;
        for (at, (id, _)) in own(index).into_iter().enumerate() {
            let path = format!("/api/v1/assignments/{id}");
            let stands_back = hidden == Hidden::Recusal && id == common;
            if !stands_back {
                api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
            }
            let left = index == 1 && at == 0 && !hidden.is_late();
            if !left && !stands_back {
                let far = hidden == Hidden::Scores && other || hidden.is_late();
                let share = match (index, far) {
                    (2, true) if hidden == Hidden::Totals && other => "95",
                    (2, true) => "90",
                    _ => "60",
                };
                let opinion =
                    if hidden == Hidden::Scores && index == 2 && other { "赵隐以为甚好" } else { "尚可" };
                let body = json!({ "version": 1, "items": scene.sheet(share), "opinion": opinion });
                api.call("POST", &format!("{path}/submission"), &body).expect(200);
            }
        }
    }
    let files: Vec<String> = scene.files.iter().map(ToString::to_string).collect();
    let experts: Vec<String> = scene.experts.iter().map(|(id, _)| id.to_string()).collect();
    let mut known = BTreeMap::from([
        ("applications", files),
        ("assignments", assignments.1),
        ("calls", vec![call.to_string()]),
        ("reviews", vec![call.to_string()]),
        ("decisions", vec![call.to_string()]),
        ("experts", experts),
        ("accounts", vec![rival.id.to_string(), scene.vendor.id.to_string()]),
        ("programmes", vec!["service_provider".to_string()]),
        ("submissions", vec!["1".to_string()]),
        ("review", vec![assignments.0]),
        ("events", ["review", "assignment", "application", "account", "expert", "call"].map(String::from).to_vec()),
    ]);
    let nothing = || vec!["00000000-0000-7000-8000-000000000000".to_string()];
    for part in ["documents", "notices", "objections", "lists", "providers", "certificates", "evidence", "assets"] {
        known.insert(part, nothing());
    }
    for part in [
        "address",
        "invitation",
        "password",
        "registration",
        "setup",
        "grants",
        "members",
        "questions",
        "letters",
        "mails",
        "messages",
    ] {
        known.insert(part, nothing());
    }
    if hidden == Hidden::Recusal {
        // The last step of both: with a conflict another expert is charged as well.
        let path = format!("/api/v1/assignments/{common}/declaration");
        let declared = json!({ "conflict": other, "reason": if other { "亲属关系" } else { "" } });
        scene.experts[2].1.api().call("PUT", &path, &declared).expect(200);
    }
    if hidden.is_late() {
        scene.end_scoring("").expect(200);
        let (mut api, path) = (scene.experts[2].1.api(), format!("/api/v1/assignments/{common}"));
        if hidden == Hidden::After {
            let text = if other { "赵隐以为甚好" } else { "尚可" };
            api.call("PUT", &format!("{path}/explanation"), &json!({ "text": text })).expect(200);
            let told = if other { "55" } else { "20" };
            let extra = json!({ "version": 0, "items": { "told": told, "answered": "30" }, "opinion": told });
            api.call("POST", &format!("{path}/extra/submission"), &extra).expect(200);
            let items = scene.sheet(if other { "70" } else { "90" });
            let position = json!({ "version": 2, "changes": other, "remark": "材料已复核", "items": items });
            api.call("PUT", &format!("{path}/position"), &position).expect(200);
        }
    }
    scene.app.run_jobs();
    World { test: scene.app, alike, watchers, ids: known }
}

/// Both worlds, built at the same time.
fn worlds(hidden: Hidden) -> [World; 2] {
    built(|other| world(hidden, other))
}

fn built(world: impl Fn(bool) -> World + Sync) -> [World; 2] {
    let world = &world;
    std::thread::scope(|scope| {
        let second = scope.spawn(move || world(true));
        let first = world(false);
        [first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
    })
}

const EVERYBODY: [&str; 10] =
    ["public", "vendor", "city", "expert", "evaluator", "handler", "approver", "auditor", "system", "security"];
const OUTSIDERS: [&str; 4] = ["public", "vendor", "city", "expert"];

#[test]
fn c_21_before_the_closing_nobody_learns_anothers_score() {
    let mut worlds = worlds(Hidden::Scores);
    must_be_alike("another expert's score", &mut worlds, &EVERYBODY);
}

#[test]
fn c_21_after_the_closing_outsiders_learn_no_score_and_the_department_does() {
    let mut worlds = worlds(Hidden::Scores);
    for world in &worlds {
        let call = &world.ids["calls"][0];
        let handler = world.watchers.iter().find(|watcher| watcher.name == "handler").expect("the handler");
        let mut api = Client::new(world.test.address).with_bearer(handler.api.bearer().expect("a token").into());
        let version = api.json(&format!("/api/v1/reviews/{call}"))["version"].clone();
        let body = json!({ "version": version, "reason": "已到截止时间" });
        api.call("POST", &format!("/api/v1/reviews/{call}/closing"), &body).expect(200);
        world.test.run_jobs();
    }
    // That a difference is found at all: now the handler sees the scores.
    let [one, other] = at_once(&mut worlds, |world| world.readings("handler"));
    let found = differences(&one, &other);
    assert!(found.iter().any(|line| line.contains("/decisions/")), "{found:?}");
    must_be_alike("another expert's score after the closing", &mut worlds, &OUTSIDERS);
}

#[test]
fn c_21_nobody_outside_learns_who_else_scores() {
    must_be_alike("another expert's identity", &mut worlds(Hidden::Identity), &OUTSIDERS);
}

#[test]
fn c_21_nobody_outside_learns_who_stepped_back() {
    must_be_alike("another expert's recusal", &mut worlds(Hidden::Recusal), &OUTSIDERS);
}

#[test]
fn c_21_before_the_closing_nobody_learns_what_another_says_after_the_scoring() {
    let what = "another expert's explanation, sheet of the extra station and position";
    must_be_alike(what, &mut worlds(Hidden::After), &EVERYBODY);
}

#[test]
fn c_21_nobody_works_out_anothers_total_from_a_discussion_of_three_sheets() {
    must_be_alike("another expert's total in a discussion", &mut worlds(Hidden::Totals), &EVERYBODY);
}

#[test]
fn c_21_what_is_about_persons_is_not_for_experts() {
    let mut worlds = worlds(Hidden::Personal);
    must_be_alike("personal fields", &mut worlds, &["public", "expert", "evaluator"]);
    // Its officers do read them: the difference is there to be found.
    let [one, other] = at_once(&mut worlds, |world| world.readings("handler"));
    assert!(!differences(&one, &other).is_empty());
}

/// A member of the pool, about which officers propose a revocation or do not.
fn member(sanctioned: bool) -> World {
    let (test, alike) = TestApp::start_alike();
    let mut scene = lists::scene_on(test);
    let (application, vendor) = scene.noticed(yuanchi::domain::procedure::State::InNotice, "佛山市");
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    let held = scene.test.read(|tx| {
        let number = db::published_lists::certificates(tx.db, list)?.remove(0).1;
        Ok(db::memberships::find_by_certificate(tx.db, &number)?)
    });
    scene.test.set_clock(at("2026-05-06T01:00:00"));
    let (test, handler) = (&scene.test, &scene.handler);
    let watchers = vec![
        Watcher::of("vendor", &vendor),
        Watcher::of("city", &test.person("city@example.org", &[in_bureau("foshan")])),
        Watcher::of("handler", handler),
        Watcher::nobody(test),
    ];
    let page = format!("/api/v1/memberships/{}", held.id);
    let version = handler.api().json(&page)["version"].clone();
    // The last step, so that everything before it is the same.
    if sanctioned {
        let body = json!({ "version": version, "reason": "提供虚假材料", "basis": "《管理办法》第十二条" });
        handler.api().call("POST", &format!("{page}/revocation"), &body).expect(201);
    }
    yuanchi::jobs::deliver_mail(&test.app).expect("a turn");
    let mut ids = BTreeMap::from([
        ("memberships", vec![held.id.to_string()]),
        ("organisations", vec![held.organisation_id.to_string()]),
        ("providers", vec![held.organisation_id.to_string()]),
        ("lists", vec![list.to_string()]),
        ("certificates", vec![held.certificate_number.clone()]),
        ("applications", vec![application.to_string()]),
        ("notices", vec![NOTICE.to_string()]),
        ("calls", vec![scene.call.to_string()]),
        ("events", ["membership", "organisation", "list"].map(String::from).to_vec()),
    ]);
    for part in ["documents", "objections", "evidence", "assets", "address", "invitation", "password", "registration"] {
        ids.insert(part, vec!["00000000-0000-7000-8000-000000000000".to_string()]);
    }
    World { test: scene.test, alike, watchers, ids }
}

#[test]
fn a_member_and_the_public_do_not_learn_that_a_revocation_is_proposed() {
    let mut worlds = built(member);
    must_be_alike("a proposed revocation", &mut worlds, &["public", "vendor", "city"]);
    // Officers do see it: the difference is there to be found.
    let [one, other] = at_once(&mut worlds, |world| world.readings("handler"));
    let found = differences(&one, &other);
    assert!(found.iter().any(|line| line.contains("/memberships/")), "{found:?}");
}

/// A notice with an objection by this unit.
fn objected(name: &str, phone: &str) -> World {
    let (test, alike) = TestApp::start_alike();
    let mut scene = lists::scene_on(test);
    let (application, vendor) = scene.noticed(yuanchi::domain::procedure::State::InNotice, "佛山市");
    let test = scene.test;
    let input = NewObjection {
        application,
        kind: ObjectorKind::Unit,
        name: name.into(),
        phone: phone.into(),
        email: String::new(),
        matter: "产值不实".into(),
    };
    let enclosure = late::evidence(&test);
    let env = test.app.env.clone();
    let notice = NoticeId::from_text(NOTICE).expect("an id");
    let written = test.app.store.write(move |db| {
        let mut tx = Tx::new(db, at("2026-01-10T01:00:00"), &env);
        object(&mut tx, &Actor::public("zh-CN"), notice, &input, &[enclosure])
    });
    written.expect("a receipt");
    let expert_id = ExpertId::new(&*test.app.env.ids);
    test.tamper(&format!(
        "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at) \
         VALUES ('{expert_id}', '李四', 'e@example.org', 'e@example.org', '某大学', '教授', '[]', 10, 'active', \
         '2026-01-01 00:00:00')"
    ));
    let people = [
        ("vendor", vendor),
        ("handler", scene.handler),
        ("approver", scene.approver),
        ("evaluator", test.person("evaluator@example.org", &[with(Role::Evaluator)])),
        ("auditor", test.person("auditor@example.org", &[with(Role::Auditor)])),
        ("city", test.person("city@example.org", &[in_bureau("foshan")])),
        ("system", test.person("system@example.org", &[with(Role::SystemAdmin)])),
        ("security", test.person("security@example.org", &[with(Role::SecurityAdmin)])),
        ("expert", test.person("e@example.org", &[expert(expert_id)])),
    ];
    let mut watchers: Vec<Watcher> = people.iter().map(|(name, person)| Watcher::of(name, person)).collect();
    watchers.push(Watcher::nobody(&test));
    let objections = test.read(|tx| {
        let found = db::objections::list(tx.db, None, db::page::Pager::new(None, None))?;
        Ok(found.items.iter().map(|objection| objection.id.to_string()).collect::<Vec<_>>())
    });
    test.run_jobs();
    let ids = BTreeMap::from([
        ("objections", objections),
        ("notices", vec![NOTICE.to_string()]),
        ("applications", vec![application.to_string()]),
        ("events", ["objection", "notice", "application"].map(String::from).to_vec()),
    ]);
    World { test, alike, watchers, ids }
}

#[test]
fn c_21_an_objector_is_known_to_nobody_who_did_not_open_the_seal() {
    let mut worlds = built(|other| match other {
        false => objected("赵隐公司", "020-83133001"),
        true => objected("钱显公司", "020-83139999"),
    });
    must_be_alike("an objector's identity", &mut worlds, &EVERYBODY);
}
