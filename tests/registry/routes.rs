//! Every route and every operation, as nobody and as each role.

use super::architecture::read;
use super::support::{Answer, Person, TestApp, admin_of, expert, in_bureau, member_of, with};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::ExpertId;
use yuanchi::web::routes::Access;

/// One address with who may come in.
struct Door {
    method: String,
    path: &'static str,
    access: Access,
    api: bool,
}

fn doors() -> Vec<Door> {
    let pages = yuanchi::server::pages();
    let mut doors: Vec<Door> = pages
        .iter()
        .map(|route| Door { method: route.method.to_string(), path: route.path, access: route.access, api: false })
        .collect();
    doors.extend(yuanchi::api::operations().into_iter().map(|operation| Door {
        method: operation.method.to_string(),
        path: operation.path,
        access: operation.access,
        api: true,
    }));
    doors
}

impl Door {
    fn name(&self) -> String {
        let prefix = if self.api { "/api/v1" } else { "" };
        format!("{} {prefix}{}", self.method, self.path)
    }

    /// The address with ids of nothing.
    fn address(&self) -> String {
        let filled: Vec<&str> = self
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "00000000-0000-7000-8000-000000000000" } else { part })
            .collect();
        format!("{}{}", if self.api { "/api/v1" } else { "" }, filled.join("/"))
    }

    fn lets_in(&self, role: Role) -> bool {
        match self.access {
            Access::Public | Access::SignedIn => true,
            Access::Roles(roles) => roles.contains(&role),
        }
    }

    fn knock(&self, test: &TestApp, person: Option<&Person>) -> Answer {
        let mut client = match (person, self.api) {
            (None, _) => test.visitor(),
            (Some(person), false) => person.browser(),
            (Some(person), true) => person.api(),
        };
        match (self.method.as_str(), self.api) {
            ("GET", _) => client.get(&self.address()),
            (_, false) => client.post(&self.address(), &[]),
            (method, true) => client.call(method, &self.address(), &json!({})),
        }
    }
}

/// Anybody who has signed in may knock; who holds an office is told so by the action itself.
const OWN_RULE: &[(&str, &str)] = &[("POST", "/organisations"), ("POST", "/organisation/join-requests")];

/// One person for each role that a person can hold.
pub fn everybody(test: &TestApp) -> Vec<(Role, Person)> {
    let organisation = test.organisation("91440101MA59ABCD1X", "广州某某科技有限公司", "440106");
    let expert_id = ExpertId::new(&*test.app.env.ids);
    test.tamper(&format!(
        "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at) \
         VALUES ('{expert_id}', '李四', 'e@example.org', 'e@example.org', '某大学', '教授', '[]', 10, 'active', \
         '2026-01-01 00:00:00')"
    ));
    let held = |role: Role| match role {
        Role::VendorAdmin => admin_of(organisation),
        Role::VendorMember => member_of(organisation),
        Role::CityOfficer => in_bureau("guangzhou"),
        Role::Expert => expert(expert_id),
        role => with(role),
    };
    Role::ALL
        .iter()
        .filter(|role| **role != Role::System)
        .map(|role| (*role, test.person(&format!("{role}@example.org"), &[held(*role)])))
        .collect()
}

#[test]
fn c_19_nobody_comes_in_where_only_somebody_may() {
    let test = TestApp::start();
    let mut wrong = Vec::new();
    for door in doors() {
        let answer = door.knock(&test, None);
        let turned_away = answer.status == 401
            || (!door.api && answer.status == 303 && answer.header("location") == Some("/session/new"));
        if answer.status >= 500 || turned_away != (door.access != Access::Public) {
            // A public form may itself ask for what proves the visitor: its refusal is 401 only in the API.
            if !(door.access == Access::Public && door.api && answer.status == 401 && door.method != "GET") {
                wrong.push(format!("{}: {answer}", door.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn c_19_each_role_comes_in_where_the_table_says_so_and_nowhere_else() {
    let test = TestApp::start();
    let people = everybody(&test);
    let mut wrong = Vec::new();
    for door in doors().iter().filter(|door| door.access != Access::Public) {
        for (role, person) in &people {
            let answer = door.knock(&test, Some(person));
            let right = match (answer.status, door.lets_in(*role)) {
                (401 | 500.., _) => false,
                (403, true) => OWN_RULE.contains(&(door.method.as_str(), door.path)),
                (303, true) => answer.header("location") != Some("/session/new"),
                (status, true) => status < 500,
                (status, false) => status == 403,
            };
            if !right {
                wrong.push(format!("{role}: {answer}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// No inline script or style, no other origin, no frame, on pages, downloads, refusals and what is not there.
#[test]
fn c_38_every_answer_shuts_the_browsers_doors() {
    let test = TestApp::start();
    let mut client = test.visitor();
    let mut answers: Vec<Answer> = doors().iter().map(|door| door.knock(&test, None)).collect();
    for (method, path) in [
        ("GET", "/nowhere"),
        ("GET", "/calls/"),
        ("DELETE", "/calls"),
        ("GET", "/api/v1/nowhere"),
        ("DELETE", "/api/v1/calls"),
        ("GET", "/providers?q=%00"),
        ("GET", "/api/v1/providers?q=%00"),
        ("GET", "/api/v1/openapi.json"),
        ("HEAD", "/calls"),
        ("OPTIONS", "/calls"),
    ] {
        answers.push(client.send(method, path, &[], Vec::new()));
    }
    // Whoever has signed in is guarded no less, on pages, in answers to programs, and where a form is refused.
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let (mut page, mut api) = (handler.browser(), handler.api());
    for path in ["/desk", "/account", "/calls/new?programme=service_provider", "/reviews", "/decisions", "/accounts"] {
        answers.push(page.get(path));
    }
    answers.push(page.post("/calls", &[("title", "")]));
    answers.extend(["/api/v1/me", "/api/v1/applications", "/api/v1/accounts"].map(|path| api.get(path)));
    let mut wrong = Vec::new();
    for answer in &answers {
        let policy = answer.header("content-security-policy").unwrap_or_default();
        let is_strict = ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
            .iter()
            .all(|part| policy.contains(part))
            || policy.contains("sandbox");
        let is_open = ["unsafe-inline", "unsafe-eval", "*", "http:", "https:"].iter().any(|part| policy.contains(part));
        let others = [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ];
        let shut = others.iter().all(|(name, value)| answer.header(name) == Some(value));
        let told = ["server", "x-powered-by", "via"].iter().any(|name| answer.header(name).is_some());
        let numbered = answer.header("x-request-id").is_some_and(|id| id.len() == 36);
        if !is_strict || is_open || !shut || told || !numbered {
            wrong.push(format!("{policy}: {answer}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whoever has signed in is not shown as if they had not, when something is not there or not to be done.
#[test]
fn a_failure_keeps_the_frame_of_whoever_meets_it() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let mut browser = handler.browser();
    let missing = "/applications/00000000-0000-7000-8000-000000000000";
    for (path, status) in [(missing, 404), ("/nowhere", 404), ("/accounts", 403)] {
        let page = browser.get(path).expect(status).shows("返回工作台").shows("href=\"/decisions\"");
        page.shows("data-sign-out").hides("href=\"/session/new\"");
    }
    let page = test.visitor().get("/nowhere").expect(404).hides("返回工作台").hides("data-sign-out");
    page.shows("href=\"/session/new\"").shows("返回首页");
}

/// A failure of the service names the request and nothing else: no statement, no place in the source, no version.
#[test]
fn c_64_a_failure_says_its_number_and_nothing_of_the_inside() {
    let mut test = TestApp::start();
    test.expect_violations();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let (mut page, mut api) = (handler.browser(), handler.api());
    // Rows that no version of the program has written.
    test.tamper(
        "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at) \
         VALUES ('00000000-0000-7000-8000-0000000000e1', '李四', 'e@example.org', 'e@example.org', '某大学', '教授', \
         '[]', 10, 'active', '2026-01-01 00:00:00')",
    );
    let id = "00000000-0000-7000-8000-0000000000e1";
    let mut gone = vec!["ALTER TABLE expert_ties RENAME COLUMN note TO note_away"];
    // A file of SQLite without a table of ours is another's file: that is said as the database being away.
    if test.on_postgres() {
        gone.push("ALTER TABLE expert_ties RENAME TO expert_ties_away");
    }
    for change in gone {
        test.tamper(change);
        for answer in [page.get(&format!("/experts/{id}/ties")), api.get(&format!("/api/v1/experts/{id}/file"))] {
            assert_eq!(answer.status, 500, "{change}: {answer}");
            let number = answer.header("x-request-id").expect("a number").to_string();
            let says = answer.text();
            for inside in ["expert_ties", "SELECT", "no such column", "relation", "diesel", "src/", "panicked", "0.1.0"]
            {
                assert!(!says.contains(inside), "{inside}: {answer}");
            }
            let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
            assert_eq!(says.contains(&number), is_page, "{answer}");
        }
    }
    test.visitor().get("/healthz").expect(200);
}

#[test]
fn no_two_shapes_of_the_api_share_a_name() {
    let mut shapes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for operation in yuanchi::api::operations() {
        let shown = [&operation.shapes.body, &operation.shapes.answer];
        for (first, others) in shown.into_iter().flatten() {
            for (name, schema) in others.iter().chain([first]) {
                let text = serde_json::to_string(schema).expect("a schema");
                shapes.entry(name.clone()).or_default().insert(text);
            }
        }
    }
    let twice: Vec<&String> = shapes.iter().filter(|(_, texts)| texts.len() > 1).map(|(name, _)| name).collect();
    assert!(twice.is_empty(), "one would hide the other in the description: {twice:?}");
    assert!(shapes.len() > 100, "{}", shapes.len());
}

#[test]
fn c_19_the_list_of_routes_was_looked_through() {
    let mut lines: Vec<String> = doors()
        .iter()
        .map(|door| {
            let who = match door.access {
                Access::Public => "anybody".to_string(),
                Access::SignedIn => "signed in".to_string(),
                Access::Roles(roles) => roles.iter().map(Role::as_text).collect::<Vec<_>>().join(", "),
            };
            format!("{}: {who}", door.name())
        })
        .collect();
    lines.sort();
    let text = format!("{}\n", lines.join("\n"));
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/registry/snapshots/routes.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(&path, &text).expect("the snapshot");
    }
    let reviewed = read(&path);
    let (old, new): (Vec<&str>, Vec<&str>) = (reviewed.lines().collect(), text.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    let changes: Vec<String> = gone.chain(come).collect();
    assert!(
        changes.is_empty(),
        "who may go where has changed; look through it, then run the test with UPDATE_SNAPSHOTS=1:\n{}",
        changes.join("\n")
    );
}

/// The switch of languages names one in the address of any page: none may take that for a question of its own.
#[test]
fn every_page_can_be_asked_for_in_a_language() {
    let test = TestApp::start();
    let people = everybody(&test);
    for door in doors().into_iter().filter(|door| !door.api && door.method == "GET") {
        let reader = people.iter().find(|(role, _)| door.lets_in(*role)).map(|(_, person)| person);
        let mut client = reader.map_or_else(|| test.visitor(), Person::browser);
        let plain = client.get(&door.address()).status;
        let named = client.get(&format!("{}?lang=en", door.address())).status;
        assert_eq!(named, plain, "{}", door.name());
    }
}
