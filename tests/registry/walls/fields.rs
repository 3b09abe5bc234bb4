//! C-25: nobody sets what is not theirs to set, and C-26: nobody is shown what is not theirs to see, field by field.

use super::described::Description;
use super::matrix::{Door, doors, rows};
use super::reviewed;
use super::world::{Hands, World};
use crate::architecture::read;
use crate::support::client::File;
use crate::support::html;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yuanchi::domain::procedure::State;

/// What whoever wants more than is theirs would try first; every other column is sent with them, all at once.
const COVETED: &[&str] = &[
    "account_id",
    "approved_by",
    "bureau",
    "created_by",
    "decided_by",
    "expert_id",
    "granted_by",
    "id",
    "organisation_id",
    "role",
    "state",
    "status",
    "submission_count",
    "total",
];

/// The name of every column of the database.
fn columns() -> BTreeSet<String> {
    let schema = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema.rs"));
    let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let names = schema.lines().filter_map(|line| Some(line.trim().split_once(" -> ")?.0));
    let found: BTreeSet<String> = names.filter(is_name).map(str::to_string).collect();
    assert!(COVETED.iter().all(|name| found.contains(*name)), "a column of this name is gone");
    found
}

/// The hands of somebody who may come in.
fn allowed<'a>(world: &World, hands: &'a mut [Hands], door: &Door) -> &'a mut Hands {
    let at = world.askers.iter().position(|asker| door.lets_in(asker));
    let at = at.unwrap_or_else(|| panic!("{}: nobody of this world may come in", door.name()));
    &mut hands[at]
}

#[test]
fn c_25_no_column_of_the_database_is_taken_as_a_field_that_an_operation_does_not_have() {
    let world = World::make();
    let mut hands = world.hands();
    let (description, columns) = (Description::read(), columns());
    let described = description.operations();
    let before = rows(world.test());
    let mut wrong = Vec::new();
    let mut asked = 0;
    for door in doors().iter().filter(|door| door.api && door.method != "GET") {
        let one = described.iter().find(|one| one.method == door.method && one.path == door.path);
        let Some(schema) = one.and_then(|one| one.body.as_ref()) else { continue };
        let own = description.fields(schema);
        let address = door.addresses(&world)[0].1.clone();
        let hands = allowed(&world, &mut hands, door);
        let coveted = COVETED.iter().filter(|name| !own.iter().any(|field| field == *name));
        let mut tries: Vec<Vec<&str>> = coveted.map(|name| vec![*name]).collect();
        tries.push(columns.iter().map(String::as_str).filter(|name| !own.iter().any(|field| field == name)).collect());
        for names in tries {
            let mut body = door.body.clone();
            for name in &names {
                body[*name] = json!("x");
            }
            let answer = hands.api.call(&door.method, &address, &body);
            let says = answer.text();
            let is_named = names.iter().any(|name| says.contains(name));
            if answer.status != 400 || !is_named {
                wrong.push(format!("{} with {}: {answer}", door.name(), names.join(" ")));
            }
            asked += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 1_000, "{asked}");
    assert_eq!(rows(world.test()), before, "nothing was changed by asking");
}

/// The same where it stands in the query, for uploads too, and where a field or a parameter is given twice: which of the two
/// would count is nobody's to guess.
#[test]
fn c_25_what_a_change_does_not_ask_for_is_refused_in_its_query_and_what_it_asks_for_comes_once() {
    let world = World::make();
    let mut hands = world.hands();
    let before = rows(world.test());
    let mut wrong = Vec::new();
    let (mut asked, mut doubled) = (0, 0);
    for door in doors().iter().filter(|door| door.api && door.method != "GET") {
        let address = door.addresses(&world)[0].1.clone();
        let hands = allowed(&world, &mut hands, door);
        for name in COVETED {
            let answer = hands.api.call(&door.method, &format!("{address}?{name}=x"), &door.body);
            if answer.status != 400 || !answer.text().contains(name) {
                wrong.push(format!("{} with {name} in the query: {answer}", door.name()));
            }
            asked += 1;
        }
        // What uploads do ask for.
        let twice = hands.api.call(&door.method, &format!("{address}?name=a.png&name=b.png"), &door.body);
        if twice.status != 400 || !twice.text().contains("name") {
            wrong.push(format!("{} with a name twice in the query: {twice}", door.name()));
        }
        // The least body, its first field once more in front of it.
        let Some((name, value)) = door.body.as_object().and_then(|fields| fields.iter().next()) else { continue };
        let (first, whole) = (json!({ name: value }).to_string(), door.body.to_string());
        let twice = format!("{},{}", &first[..first.len() - 1], &whole[1..]);
        let headers = [("content-type", "application/json")];
        let answer = hands.api.send(&door.method, &address, &headers, twice.into_bytes());
        if answer.status != 400 || !answer.text().contains(name) {
            wrong.push(format!("{} with {name} twice: {answer}", door.name()));
        }
        doubled += 1;
    }
    assert!(wrong.is_empty(), "{} of {asked} and {doubled}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 1_000 && doubled > 10, "{asked} and {doubled}");
    assert_eq!(rows(world.test()), before, "nothing was changed by asking");
}

/// Keys of what the API says of an object, but for what the form is there to change.
fn told(hands: &mut Hands, path: &str) -> Value {
    let mut told = hands.api.json(path);
    for changed in ["version", "form", "updated_at", "actions", "address", "contact_name", "contact_phone"] {
        if let Some(fields) = told.as_object_mut() {
            fields.remove(changed);
        }
    }
    told
}

#[test]
fn c_25_a_form_changes_nothing_but_what_it_is_for() {
    let world = World::make();
    world.put(State::Draft);
    let mut hands = world.hands();
    // The first asker administers the organisation.
    let own = &mut hands[0];
    let (application, organisation) = (world.scene.id, world.scene.organisation);
    let form = format!("/applications/{application}/form");
    for (page, action, shown) in [
        ("/organisation", "/organisation/contact", format!("/api/v1/organisations/{organisation}")),
        (form.as_str(), form.as_str(), format!("/api/v1/applications/{application}")),
    ] {
        let before = told(own, &shown);
        let opened = own.page.open(page).text();
        let forms = html::forms(&opened);
        let there = forms.iter().find(|one| one.action == action);
        let there = there.unwrap_or_else(|| panic!("{page} has no form that goes to {action}"));
        let columns = columns();
        let others = columns.iter().filter(|name| !there.fields.iter().any(|(known, _)| known == *name));
        let others: Vec<(&str, &str)> = others.map(|name| (name.as_str(), "x")).collect();
        let answer = own.page.submit(action, &others);
        assert!(answer.status < 500, "{answer}");
        assert_eq!(told(own, &shown), before, "{action}: {answer}");
    }
    // The parts of an upload: there is nothing but its token and its file.
    let documents = format!("/applications/{application}/documents");
    let shown = format!("/api/v1/applications/{application}");
    let before = told(own, &shown);
    own.page.open(&documents);
    let parts: Vec<(&str, &str)> = COVETED.iter().map(|name| (*name, "x")).collect();
    let file = File { field: "status", name: "a.png", bytes: b"x" };
    own.page.upload(&documents, &parts, &file).expect(422);
    assert_eq!(told(own, &shown), before, "{documents}");
}

/// Names of fields, down to those of the objects in it.
fn names(value: &Value, before: &str, depth: usize, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                found.insert(format!("{before}{name}"));
                if depth > 0 {
                    names(value, &format!("{before}{name}."), depth - 1, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, before, depth, found)),
        _ => {}
    }
}

/// That no answer has a field which is not described is asked of every answer of every test (`support/described.rs`); here is
/// who is shown which of them. `UPDATE_SNAPSHOTS=1 cargo test c_26` writes what is to be looked through.
#[test]
fn c_26_each_role_is_shown_the_fields_that_were_looked_through() {
    let world = World::make();
    let mut hands = world.hands();
    let doors: Vec<Door> = doors().into_iter().filter(|door| door.api && door.method == "GET").collect();
    let mut text = String::new();
    for state in [State::Submitted, State::InReview] {
        world.put(state);
        for door in &doors {
            // What does not hang on the application is the same in each state.
            let of_application = door.path.contains("/applications") || door.path.contains("/assignments");
            if state != State::Submitted && !of_application {
                continue;
            }
            for (label, address) in door.addresses(&world) {
                let mut shown: BTreeMap<BTreeSet<String>, Vec<&str>> = BTreeMap::new();
                // That a door is shut to everybody else is what `matrix.rs` holds.
                let those_let_in = world.askers.iter().zip(&mut hands).filter(|(asker, _)| door.lets_in(asker));
                for (asker, hands) in those_let_in {
                    let answer = hands.api.get(&address);
                    let kind = answer.header("content-type").unwrap_or_default().to_string();
                    if answer.status != 200 || !kind.starts_with("application/json") {
                        continue;
                    }
                    let mut found = BTreeSet::new();
                    names(&answer.json(), "", 1, &mut found);
                    shown.entry(found).or_default().push(asker.name);
                }
                if shown.is_empty() {
                    continue;
                }
                text += &format!("{} [{state}{}{label}]\n", door.name(), if label.is_empty() { "" } else { " " });
                let mut lines: Vec<String> = shown
                    .into_iter()
                    .map(|(fields, who)| {
                        let fields: Vec<String> = fields.into_iter().collect();
                        format!("  {}: {}\n", who.join(" "), fields.join(" "))
                    })
                    .collect();
                lines.sort();
                text += &lines.concat();
            }
        }
    }
    reviewed("fields.txt", &text);
}
