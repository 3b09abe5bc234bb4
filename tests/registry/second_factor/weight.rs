//! C-02: what weighs most takes a fresh code, and every route says whether it is one of those.

use super::{enrol, freshen, officers};
use crate::support::{Answer, Client, Person, admin_of, in_bureau, member_of, with};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use yuanchi::domain::actor::Role;
use yuanchi::domain::second_factor::is_role_bound;
use yuanchi::web::routes::Access;
use yuanchi::web::step_up::FRESH;

fn address(path: &str) -> String {
    let nothing = "00000000-0000-7000-8000-000000000000";
    path.split('/').map(|part| if part.starts_with('{') { nothing } else { part }).collect::<Vec<_>>().join("/")
}

/// Who may come in at an address of the table; the name of its role.
fn access(method: &str, path: &str) -> Option<Access> {
    match path.strip_prefix("/api/v1") {
        Some(path) => {
            let operations = yuanchi::api::operations();
            operations.iter().find(|o| o.method.as_str() == method && o.path == path).map(|o| o.access)
        }
        None => {
            let pages = yuanchi::server::pages();
            pages.iter().find(|route| route.method.as_str() == method && route.path == path).map(|route| route.access)
        }
    }
}

fn knock(mut client: Client, method: &str, path: &str) -> Answer {
    match (method, path.starts_with("/api/")) {
        ("GET", _) => client.get(&address(path)),
        (_, false) => client.post(&address(path), &[]),
        (method, true) => client.call(method, &address(path), &json!({})),
    }
}

fn asks_for_a_code(answer: &Answer, api: bool) -> bool {
    match (api, answer.status) {
        (true, 403) => answer.code() == "second_factor_stale",
        (false, 303) => answer.location().starts_with("/session/code"),
        (false, 403) => answer.text().contains("action=\"/session/code\""),
        _ => false,
    }
}

#[test]
fn c_02_what_weighs_most_takes_a_fresh_code_and_lets_nobody_in_without_a_factor() {
    let test = officers();
    let organisation = test.organisation("91440101MA59ABCD1X", "广州某某科技有限公司", "440106");
    // Bound to what their role needs.
    let held = |role: Role| match role {
        Role::VendorAdmin => admin_of(organisation),
        Role::VendorMember => member_of(organisation),
        Role::CityOfficer => in_bureau("guangzhou"),
        role => with(role),
    };
    let mut people: BTreeMap<Role, (Person, Person)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (method, path) in FRESH {
        let Some(access) = access(method, path) else {
            wrong.push(format!("{method} {path} is no route"));
            continue;
        };
        let role = match access {
            Access::Roles(roles) => roles[0],
            Access::SignedIn | Access::Public => Role::Auditor,
        };
        let (with_factor, without) = people.entry(role).or_insert_with(|| {
            let enrolled = test.person(&format!("{role}@example.org"), &[held(role)]);
            enrol(&test, &enrolled);
            (enrolled, test.person(&format!("{role}.new@example.org"), &[held(role)]))
        });
        let api = path.starts_with("/api/");
        let client = |person: &Person| if api { person.api() } else { person.browser() };
        // A session that gave no code at all.
        let none = knock(client(without), method, path);
        let turned_away = match api {
            true => none.status == 403 && none.code() == "sign_in_unfinished",
            false => none.header("location") == Some("/account/factor"),
        };
        // There alone it is set up; a vendor need not.
        let bound = !matches!(role, Role::VendorAdmin | Role::VendorMember);
        if bound && !turned_away && !matches!(*path, "/account/factor" | "/account/factor/offer") {
            wrong.push(format!("without a factor: {none}"));
        }
        // One whose code is old, then fresh again. The session itself lives on.
        let person = client(with_factor);
        freshen(&test, &person);
        let fresh = knock(person, method, path);
        if asks_for_a_code(&fresh, api) || matches!(fresh.status, 401 | 500..) {
            wrong.push(format!("fresh: {fresh}"));
        }
        let person = client(with_factor);
        let id = with_factor.id;
        freshen(&test, &person);
        test.tamper(&format!(
            "UPDATE sessions SET factor_at = '2026-03-02 00:54:59' WHERE account_id = '{id}' AND factor_at IS NOT NULL"
        ));
        let stale = knock(person, method, path);
        if !asks_for_a_code(&stale, api) {
            wrong.push(format!("stale: {stale}"));
        }
        // What was typed is kept on the page that asks for the code.
        if !api && *method == "POST" && stale.status != 403 {
            wrong.push(format!("what was typed is gone: {stale}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Routes that take no fresh code, each with the reason; a route is on one of the two lists, and on one alone.
const WITHOUT_A_CODE: &str = include_str!("../snapshots/step_up.txt");

/// The table of what takes a code cannot say what it lacks, so this begins with the table of routes.
#[test]
fn c_02_every_route_of_those_who_act_for_others_takes_a_code_or_says_why_not() {
    let pages = yuanchi::server::pages();
    let operations = yuanchi::api::operations();
    let all = pages
        .iter()
        .map(|route| (route.method.to_string(), route.path.to_string(), route.access))
        .chain(operations.iter().map(|one| (one.method.to_string(), format!("/api/v1{}", one.path), one.access)));
    let reasons: BTreeMap<&str, &str> = WITHOUT_A_CODE.lines().filter_map(|line| line.split_once(": ")).collect();
    assert_eq!(reasons.len(), WITHOUT_A_CODE.lines().count(), "each line is a route, once, and a reason");
    let mut open: BTreeSet<String> = BTreeSet::new();
    let mut wrong = Vec::new();
    for (method, path, access) in all {
        let is_theirs = match access {
            Access::Public => false,
            Access::SignedIn => true,
            Access::Roles(roles) => roles.iter().any(|role| is_role_bound(*role)),
        };
        if !is_theirs {
            continue;
        }
        let name = format!("{method} {path}");
        let takes_one = FRESH.contains(&(method.as_str(), path.as_str()));
        match (takes_one, reasons.get(name.as_str())) {
            (true, Some(reason)) => wrong.push(format!("{name} takes a code and says why not: {reason}")),
            (false, None) => wrong.push(format!("{name} neither takes a code nor says why not")),
            (false, Some(reason)) if reason.trim().is_empty() => wrong.push(format!("{name} gives no reason")),
            _ => {}
        }
        open.insert(name);
    }
    wrong.extend(reasons.keys().filter(|name| !open.contains(**name)).map(|name| format!("{name} is no such route")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn c_02_what_becomes_of_a_member_and_of_a_call_weighs_most() {
    let mut acts: Vec<String> = ["warning", "revocation", "bar", "proposal/approval", "proposal/return"]
        .into_iter()
        .chain(["warning/end", "withdrawal/acceptance", "name"])
        .map(|act| format!("memberships/{{id}}/{act}"))
        .collect();
    acts.extend(["cancellation", "extension", "approval"].map(|act| format!("calls/{{id}}/{act}")));
    acts.extend(["refusal", "outcome", "approval", "return"].map(|act| format!("objections/{{id}}/{act}")));
    acts.push("applications/{id}/result".into());
    acts.extend(["screening", "recommendation", "refusal"].map(|act| format!("applications/{{id}}/{act}")));
    acts.extend(["recommendations", "acceptances", "{id}/undoing"].map(|act| format!("batches/{act}")));
    acts.push("reviews/{call}/closing".into());
    for act in acts {
        for root in ["", "/api/v1"] {
            let path = format!("{root}/{act}");
            assert!(FRESH.contains(&("POST", path.as_str())), "{path}");
        }
    }
    // What an import gives, and its undoing takes back, is the role of an expert.
    for path in ["/experts/import/confirmation", "/experts/imports/{id}/undoing", "/api/v1/experts/imports"] {
        assert!(FRESH.contains(&("POST", path)), "{path}");
    }
    // What is carried away and names people.
    for path in ["/decisions/{call}/minutes", "/api/v1/decisions/{call}/minutes", "/api/v1/experts/{id}/file"] {
        assert!(FRESH.contains(&("GET", path)), "{path}");
    }
    for root in ["/reviews/{call}/draw/record.json", "/api/v1/reviews/{call}/draw/record"] {
        assert!(FRESH.contains(&("GET", root)), "{root}");
    }
    // With these an expert's role ends, and is held again.
    for act in ["standing", "term"] {
        for (method, root) in [("POST", ""), ("PUT", "/api/v1")] {
            let path = format!("{root}/experts/{{id}}/{act}");
            assert!(FRESH.contains(&(method, path.as_str())), "{path}");
        }
    }
}
