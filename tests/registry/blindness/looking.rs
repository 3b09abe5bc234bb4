//! Who looks at a registry, what they ask, and whether two registries tell them the same.

use crate::support::app::Alike;
use crate::support::{Answer, Client, Person, TestApp, statements};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};
use yuanchi::domain::actor::Role;
use yuanchi::web::routes::Access;

/// Somebody who looks, with a browser and a program that were signed in before the worlds parted.
pub(super) struct Watcher {
    pub(super) name: &'static str,
    roles: Vec<Role>,
    email: String,
    page: Client,
    pub(super) api: Client,
}

impl Watcher {
    pub(super) fn of(name: &'static str, person: &Person) -> Watcher {
        let roles = person.held.iter().map(|held| held.role).collect();
        Watcher { name, roles, email: person.email.clone(), page: person.browser(), api: person.api() }
    }

    pub(super) fn nobody(test: &TestApp) -> Watcher {
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
pub(super) struct World {
    pub(super) test: TestApp,
    pub(super) alike: Arc<Alike>,
    pub(super) watchers: Vec<Watcher>,
    pub(super) ids: BTreeMap<&'static str, Vec<String>>,
}

/// Words of the hidden things: what a search is asked for.
const WORDS: [&str; 3] = ["赵隐", "90.00", "submitted"];

/// The parts of an address after which the number of an event stands in its chain: no id is one.
const NUMBERED: [&str; 2] = ["{id}", "proofs"];
/// A number that there is, and what is none: every id would be refused like it, before anything is looked up.
const NUMBERS: [&str; 2] = ["1", "x"];

impl World {
    /// What an address's parameter may be, by the part before it; every id there is for a part that is not known here.
    fn values(&self, part: &str) -> Vec<String> {
        match self.ids.get(part) {
            Some(values) => values.clone(),
            None if NUMBERED.contains(&part) => NUMBERS.map(str::to_string).to_vec(),
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

    /// Lets the database say what it is asked, and names it.
    fn watched(&self) -> String {
        let url = self.test.database_url();
        statements::watch(&url);
        url
    }

    /// Everything that this one can read.
    pub(super) fn readings(&mut self, name: &str) -> Vec<Told> {
        self.alike.go_on_from(1_000_000);
        let database = self.watched();
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
                let mut parameters = BTreeMap::from([("q", Vec::new()), ("sort", Vec::new())]);
                let described = QUERIES.get(path).into_iter().flatten();
                parameters.extend(described.map(|(name, valid)| (name.as_str(), valid.clone())));
                for (parameter, valid) in parameters {
                    // What such a parameter may be, and of one that is named as a thing the ids of those there are.
                    let ids = self.ids.get(format!("{parameter}s").as_str()).into_iter().flatten().take(2);
                    // Where nothing is searched for, one word that it cannot be is refused like the others.
                    let typed = if parameter == "q" { &WORDS[..] } else { &WORDS[..1] };
                    let words = typed.iter().map(|word| encoded(word)).chain(valid).chain(ids.cloned());
                    asked.extend(words.map(|word| (api, format!("{address}?{parameter}={word}"))));
                }
                asked.push((api, format!("{address}?page=2&per_page=1")));
            }
        }
        let is_search = |method: &str, path: &str| method == "POST" && path.ends_with("/search");
        let mut searches: Vec<(bool, &'static str)> = Vec::new();
        for &(api, ref method, path, access) in &*DOORS {
            if is_search(method, path) && self.watchers[at].may_enter(access) {
                searches.push((api, path));
            }
        }
        let watcher = &mut self.watchers[at];
        let mut answers = Vec::new();
        // Whom one looks for is sent, and not in the address.
        for (api, path) in searches {
            let field = if path.starts_with("/events") { "actor" } else { "q" };
            for word in WORDS {
                let answer = match api {
                    true => watcher.api.call("POST", &format!("/api/v1{path}"), &json!({ field: word })),
                    false => watcher.page.post(path, &[(field, word)]),
                };
                answers.push(Told::of(format!("POST {path} {word}"), &answer, statements::taken(&database)));
            }
        }
        for (api, address) in asked {
            let (client, address) = match api {
                true => (&mut watcher.api, format!("/api/v1{address}")),
                false => (&mut watcher.page, address),
            };
            let answer = client.get(&address);
            answers.push(Told::of(format!("GET {address}"), &answer, statements::taken(&database)));
            if let Some(tag) = answer.header("etag").map(str::to_string) {
                let again = client.send("GET", &address, &[("if-none-match", tag.as_str())], Vec::new());
                answers.push(Told::of(format!("GET {address} if changed"), &again, statements::taken(&database)));
            }
        }
        answers
    }

    /// What this one is told when a change cannot be carried out.
    fn refusals(&mut self, name: &str) -> Vec<Told> {
        self.alike.go_on_from(2_000_000);
        let database = self.watched();
        let at = self.watchers.iter().position(|watcher| watcher.name == name).expect("a watcher");
        let mut answers = Vec::new();
        for &(api, ref method, path, access) in &*DOORS {
            // Signing out would end the questions.
            let ends = path.contains("session") || path.contains("tokens");
            if method.as_str() == "GET" || ends || !self.watchers[at].may_enter(access) {
                continue;
            }
            for address in self.addresses(path).iter().take(2) {
                let watcher = &mut self.watchers[at];
                if api {
                    let address = format!("/api/v1{address}");
                    for body in [json!({}), json!({ "version": 999 }), json!([1])] {
                        let answer = watcher.api.call(method, &address, &body);
                        let work = statements::taken(&database);
                        answers.push(Told::of(format!("{method} {address} {body}"), &answer, work));
                    }
                } else {
                    let answer = watcher.page.post(address, &[("version", "999")]);
                    answers.push(Told::of(format!("{method} {address}"), &answer, statements::taken(&database)));
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

/// Names of parameters, with values of each that are valid.
type Parameters = Vec<(String, Vec<String>)>;

/// The parameters of each list with what each may be, as the description of the API has them; the page of the same address
/// takes the same.
static QUERIES: LazyLock<BTreeMap<String, Parameters>> = LazyLock::new(|| {
    let document = serde_json::to_value(yuanchi::api::openapi()).expect("JSON");
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    let of = |(path, item): (String, Value)| {
        let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let of_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        let named = of_query.filter_map(|parameter| {
            let name = parameter["name"].as_str()?.to_string();
            Some((name, valid(&document, &parameter["schema"])))
        });
        (path.trim_start_matches("/api/v1").to_string(), named.collect())
    };
    paths.into_iter().map(of).collect()
});

/// Values that a schema names: all of a list, both of a yes or no, a small number; none of a free text.
fn valid(document: &Value, schema: &Value) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
        return valid(document, &document["components"]["schemas"][name]);
    }
    if let Some(listed) = schema["enum"].as_array() {
        return listed.iter().filter_map(Value::as_str).map(encoded).collect();
    }
    let parts = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    let mut found: Vec<String> = parts.flat_map(|part| valid(document, part)).collect();
    let is_one = |wanted: &str| {
        schema["type"] == wanted || schema["type"].as_array().is_some_and(|types| types.iter().any(|one| one == wanted))
    };
    if is_one("boolean") {
        found.extend(["true", "false"].map(str::to_string));
    }
    if is_one("integer") {
        found.extend(["1", "2026"].map(str::to_string));
    }
    if is_one("array") {
        found.extend(valid(document, &schema["items"]));
    }
    found
}

fn encoded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// What somebody was told.
pub(super) struct Told {
    asked: String,
    /// Without the date, and whether the connection is kept, which hangs on how much of a refused body had come in.
    answer: String,
    /// The number of the request.
    number: String,
    /// What the database was asked for it.
    work: Vec<String>,
}

impl Told {
    fn of(asked: String, answer: &Answer, work: Vec<String>) -> Told {
        let passing = ["date", "x-request-id", "connection"];
        let kept = answer.headers.iter().filter(|(name, _)| !passing.contains(&name.as_str()));
        let mut headers: Vec<String> = kept.map(|(name, value)| format!("{name}: {value}")).collect();
        // Headers of different names have no order.
        headers.sort();
        let number = answer.header("x-request-id").unwrap_or("none").to_string();
        Told { asked, answer: format!("{}\n{}\n\n{}", answer.status, headers.join("\n"), answer.text()), number, work }
    }

    /// Whether the other is told the same. Nearly every answer is the same to the byte, so that only the rest need be
    /// looked at more closely.
    fn says_the_same(&self, other: &Told) -> bool {
        self.asked == other.asked
            && self.work == other.work
            && (self.answer == other.answer || self.plain() == other.plain())
    }

    /// What the database was asked in one world alone.
    fn work_but_not_of(&self, other: &Told) -> String {
        let rest = |of: &Told, not: &Told| {
            let mut left = not.work.clone();
            let alone = of.work.iter().filter(|text| match left.iter().position(|known| known == *text) {
                Some(at) => {
                    left.remove(at);
                    false
                }
                None => true,
            });
            alone.map(|text| format!("\n    {text}")).collect::<String>()
        };
        format!("\n  one:{}\n  other:{}", rest(self, other), rest(other, self))
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
pub(super) fn differences(one: &[Told], other: &[Told]) -> Vec<String> {
    assert_eq!(one.len(), other.len(), "the same is asked in both");
    let different = one.iter().zip(other).filter(|(first, second)| !first.says_the_same(second));
    let told = different.map(|(one, other)| {
        if one.plain() == other.plain() {
            return format!("{} takes other work{}", one.asked, one.work_but_not_of(other));
        }
        let (first, second) = (one.plain(), other.plain());
        let at = first.chars().zip(second.chars()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| text.chars().skip(at.saturating_sub(80)).take(200).collect::<String>();
        format!("{} / {}\n  one:   {}\n  other: {}", one.asked, other.asked, near(&first), near(&second))
    });
    told.collect()
}

/// Does the same in both worlds at the same time: they have nothing in common that one could wait for.
pub(super) fn at_once<T: Send>(worlds: &mut [World; 2], work: impl Fn(&mut World) -> T + Sync) -> [T; 2] {
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
pub(super) fn must_be_alike(what: &str, worlds: &mut [World; 2], names: &[&str]) {
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
