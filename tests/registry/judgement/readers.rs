//! C-19: who reads what a draw, a closed review and a decision leave behind, once it is there.

use super::Judged;
use crate::draw::Draw;
use crate::support::{Client, Person, TestApp, in_bureau, with};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yuanchi::db;
use yuanchi::domain::actor::Role;

/// Somebody with a browser and a program.
struct Reader {
    name: &'static str,
    page: Client,
    api: Client,
}

/// These, with those who have no part in a review, and nobody in particular.
fn everybody(test: &TestApp, known: &[(&'static str, &Person)]) -> Vec<Reader> {
    let of = |name, person: &Person| Reader { name, page: person.browser(), api: person.api() };
    let mut readers: Vec<Reader> = known.iter().map(|&(name, person)| of(name, person)).collect();
    for (name, held) in
        [("city", in_bureau("guangzhou")), ("system", with(Role::SystemAdmin)), ("security", with(Role::SecurityAdmin))]
    {
        readers.push(of(name, &test.person(&format!("{name}@readers.example.org"), &[held])));
    }
    readers.push(Reader { name: "nobody", page: test.visitor(), api: test.visitor() });
    readers
}

/// Only these are shown it, on the page and to programs; everybody else finds the door shut.
#[track_caller]
fn only(readers: &mut [Reader], wanted: &[&str], address: &str) {
    let mut shown = BTreeSet::new();
    for Reader { name, page, api } in readers {
        let is_api = address.starts_with("/api/");
        let answer = if is_api { api.get(address) } else { page.get(address) };
        match answer.status {
            200 => {
                shown.insert(*name);
            }
            401 | 403 => {}
            303 => assert!(answer.location().starts_with("/session/new"), "{name}: {answer}"),
            _ => panic!("{name}: {answer}"),
        }
    }
    assert_eq!(shown, wanted.iter().copied().collect::<BTreeSet<_>>(), "{address}");
}

#[test]
fn c_19_who_reads_what_a_closed_review_and_its_decision_leave() {
    let judged = Judged::closed();
    let scene = &judged.scene;
    let lines = judged.board()["lines"].as_array().expect("lines").clone();
    let entry = |(index, line): (usize, &Value)| {
        let outcome = if index < 2 { "selected" } else { "not_selected" };
        json!({ "application": line["application"], "outcome": outcome, "reason": "综合得分靠后" })
    };
    let entries: Vec<Value> = lines.iter().enumerate().map(entry).collect();
    let proposal = json!({ "grounds": "按得分择优", "entries": entries });
    scene.handler.api().call("POST", &judged.api(""), &proposal).expect(201);
    scene.approver.api().call("POST", &judged.api("/approval"), &json!({ "version": 1 })).expect(200);
    let call = scene.call;
    let sheet = scene.app.read(|tx| Ok(db::decisions::of_call(tx.db, call)?)).remove(0).id;

    let known = [
        ("handler", &scene.handler),
        ("approver", &scene.approver),
        ("evaluator", &judged.evaluator),
        ("auditor", &judged.auditor),
        ("vendor", &scene.vendor),
        ("expert", &scene.experts[0].1),
        ("other-expert", &scene.experts[1].1),
    ];
    let mut readers = everybody(&scene.app, &known);
    let file = scene.files[0];
    let of_a_file = format!("/applications/{file}");
    for rest in ["/cut-line", "/what-if"] {
        for address in [judged.page(rest), judged.api(rest)] {
            only(&mut readers, &["handler", "approver", "auditor"], &address);
        }
    }
    let pages = ["", "/minutes", "/minutes.xlsx", of_a_file.as_str()].map(|rest| judged.page(rest));
    let undoing = format!("/sheets/{sheet}/undoing");
    let operations = ["", "/minutes", "/minutes/workbook", of_a_file.as_str(), "/conflicts", undoing.as_str()];
    for address in pages.into_iter().chain(operations.map(|rest| judged.api(rest))) {
        only(&mut readers, &["handler", "approver", "auditor", "evaluator"], &address);
    }
    // The sheet of one call is none of another's.
    let nothing = "00000000-0000-7000-8000-000000000000";
    let elsewhere = format!("/api/v1/decisions/{nothing}/sheets/{sheet}/undoing");
    scene.handler.api().get(&elsewhere).expect(404);
}

#[test]
fn c_19_who_reads_the_record_of_a_draw() {
    let draw = Draw::set(9);
    draw.drawn();
    let scene = &draw.scene;
    let evaluator = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]);
    let known = [
        ("handler", &scene.handler),
        ("approver", &scene.approver),
        ("evaluator", &evaluator),
        ("auditor", &draw.auditor),
        ("vendor", &scene.vendor),
        ("expert", &scene.experts[0].1),
    ];
    let mut readers = everybody(&scene.app, &known);
    let page = format!("/reviews/{}/draw", scene.call);
    for address in [
        page.clone(),
        format!("{page}/record.json"),
        format!("{page}/events.json"),
        draw.path(),
        format!("{}/record", draw.path()),
        format!("{}/events", draw.path()),
    ] {
        only(&mut readers, &["handler", "approver", "auditor", "evaluator"], &address);
    }
}
