//! Each invariant is broken once, round the program, and found.

mod breakages;
mod columns;
mod played;
mod unread;
mod uploads;

use super::support::TestApp;
use breakages::{breakages, breakages_of_the_file};
use diesel::connection::SimpleConnection;
use yuanchi::actions::accounts::{self, Registration};
use yuanchi::actions::{Record, Tx, fsck};
use yuanchi::db::{Db, invariants};
use yuanchi::domain::actor::Actor;
use yuanchi::domain::language::Language;

/// Two accounts, an organisation, an approved call, a draft: all in order.
fn in_order(test: &TestApp) {
    let mut programme = test.app.env.programmes.iter().find(|p| p.quota.for_bureau("guangzhou").is_some());
    let programme = programme.take().unwrap_or(&test.app.env.programmes[0]);
    let digest = programme.digest();
    let text = serde_json::to_string(programme).expect("JSON").replace('\'', "''");
    test.tamper(&format!(
        "INSERT INTO accounts (id, email, email_key, name, language, status, created_at) VALUES \
           ('a1', 'a1@x', 'a1@x', 'A1', 'zh-CN', 'active', '2026-01-01 00:00:00'), \
           ('a2', 'a2@x', 'a2@x', 'A2', 'zh-CN', 'active', '2026-01-01 00:00:00'); \
         INSERT INTO organisations (id, credit_code, name, name_key, address, contact_name, contact_phone, code_check, \
           created_at) VALUES ('o1', 'CODE1', 'O', 'o', '', '', '', 'right', '2026-01-01 00:00:00'); \
         INSERT INTO experts (id, name, email, email_key, employer, employer_code, title, fields, load_limit, status, \
           created_at) VALUES ('e1', 'E', 'e@x', 'e@x', '', 'CODE1', '', '[]', 5, 'active', '2026-01-01 00:00:00'); \
         INSERT INTO calls (id, programme_key, programme_version, programme_digest, programme, year, title, body, \
           basis_title, basis_number, basis_issued_on, opens_at, closes_at, recommend_by, status, drafted_by, \
           approved_by, created_at) VALUES ('c1', 'k', 1, '{digest}', '{text}', 2026, '', '', '', '', '2026-01-01', \
           '2026-01-01 00:00:00', '2026-02-01 00:00:00', '2026-03-01 00:00:00', 'approved', 'a1', 'a2', \
           '2026-01-01 00:00:00'); \
         INSERT INTO applications (id, call_id, organisation_id, state, form, members, created_by, created_at, \
           updated_at) VALUES ('p1', 'c1', 'o1', 'draft', '{{}}', '[]', 'a1', '2026-01-01 00:00:00', \
           '2026-01-01 00:00:00'); \
         INSERT INTO review_sessions (id, call_id, status, due_at, created_by, created_at, panel) VALUES \
           ('s1', 'c1', 'open', '2026-03-01 00:00:00', 'a1', '2026-01-01 00:00:00', '[]');"
    ));
    test.write(|tx| {
        for id in ["a1", "a2"] {
            let record =
                Record { subject_kind: "account", subject_id: id, action: "account.registered", ..Record::default() };
            tx.record(&Actor::system(), record)?;
        }
        for reason in ["one", "two"] {
            let record = Record {
                subject_kind: "call",
                subject_id: "c1",
                action: "call.touched",
                reason: Some(reason),
                ..Record::default()
            };
            tx.record(&Actor::system(), record)?;
        }
        Ok(())
    });
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
}

/// Invariants that need a whole scene to be broken: where that is done, by the words of the test.
const ELSEWHERE: [(&str, &str); 18] = [
    ("submission_is_as_recorded", include_str!("records.rs")),
    ("filed_document_is_there", include_str!("records.rs")),
    ("recusal_is_kept", include_str!("fsck/played.rs")),
    ("draw_is_reproduced", include_str!("draw/trouble.rs")),
    ("draw_is_as_recorded", include_str!("draw/trouble.rs")),
    ("panel_is_drawn", include_str!("draw/trouble.rs")),
    ("list_is_as_signed", include_str!("records.rs")),
    ("forbid_is_kept", include_str!("review/replacing.rs")),
    ("reserves_step_in_by_turn", include_str!("review/replacing.rs")),
    ("list_is_anchored", include_str!("proofs/lists.rs")),
    ("event_tree_holds", include_str!("proofs/lists.rs")),
    ("certificate_proves_itself", include_str!("proofs/certificates.rs")),
    ("objector_is_sealed", include_str!("objectors.rs")),
    ("note_opens", include_str!("privacy/relatives.rs")),
    ("second_factor_is_as_recorded", include_str!("second_factor.rs")),
    ("identity_is_as_recorded", include_str!("oidc.rs")),
    ("stored_bytes_have_a_row", include_str!("fsck/uploads.rs")),
    ("row_is_readable", include_str!("fsck/unread.rs")),
];

#[test]
fn c_48_each_invariant_is_found_when_it_is_broken() {
    let test = TestApp::start();
    in_order(&test);
    assert_eq!(test.violations().expect("a check"), [], "before anything is broken");
    let exports = yuanchi::jobs::read_exports(&test.dir.join("checkpoints")).expect("exports");
    let mut db = Db::open(&test.database_url()).expect("the database");
    let run = |db: &mut Db, sql: &str| db.batch_execute(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    let postgres = test.on_postgres();
    let mut all = breakages(postgres);
    all.extend(uploads::breakages());
    // Whoever has the database has its guards: foreign keys and triggers are out of the way.
    let (begin, end) = if postgres {
        ("BEGIN; SET LOCAL session_replication_role = replica", "SELECT 1")
    } else {
        all.extend(breakages_of_the_file());
        run(&mut db, "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON");
        ("BEGIN IMMEDIATE", "PRAGMA ignore_check_constraints = OFF")
    };
    for (invariant, sql, says) in all {
        // Undone afterwards: triggers and tables too come back.
        run(&mut db, &format!("{begin}; {sql}; {end}"));
        let mut tx = Tx::new(&mut db, test.now(), &test.app.env);
        let found = fsck::check(&mut tx, &exports).unwrap_or_else(|e| panic!("{invariant}: {sql}: {e}"));
        run(&mut db, "ROLLBACK");
        assert!(
            found.iter().any(|v| v.invariant == invariant && format!("{} {}", v.subject, v.what).contains(says)),
            "{invariant} was broken and {says:?} is not among {found:#?}"
        );
    }
}

#[test]
fn c_48_no_invariant_goes_without_a_test() {
    let (own, uploaded, file) = (breakages(false), uploads::breakages(), breakages_of_the_file());
    let mut broken: Vec<&str> = own.iter().chain(&uploaded).chain(&file).map(|(name, _, _)| *name).collect();
    for (name, text) in ELSEWHERE {
        assert!(text.contains(&format!("\"{name}")), "{name} is not broken where it is said to be");
        broken.push(name);
    }
    let names = fsck::names();
    let untested: Vec<&&str> = names.iter().filter(|name| !broken.contains(name)).collect();
    assert!(untested.is_empty(), "{untested:?}");
    let unknown: Vec<&str> = broken.into_iter().filter(|name| !names.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?} are no invariants");
}

#[test]
fn c_48_an_act_lets_the_record_vouch_for_the_columns_that_it_wrote() {
    let mut test = TestApp::start();
    test.expect_violations();
    for email in ["first@example.org", "other@example.org"] {
        let input = Registration { name: "张三".into(), email: email.into() };
        test.write(move |tx| accounts::register(tx, &input, Language::default()).map(drop));
    }
    // However few are read at a time, none is passed over.
    let read_by = |limit: i64| {
        test.read(|tx| {
            let mut all = Vec::new();
            let mut after = (String::new(), String::new(), 0_i64);
            loop {
                let page = invariants::keeping(tx.db, "macs", (after.0.as_str(), after.1.as_str(), after.2), limit)?;
                let Some(last) = page.last() else { return Ok(all) };
                after = (last.kind.clone(), last.id.clone(), last.seq);
                all.extend(page.into_iter().map(|event| (event.kind, event.id, event.seq)));
            }
        })
    };
    let all = read_by(1_000);
    assert!(all.len() >= 2, "{all:?}");
    assert_eq!(read_by(1), all);
    assert_eq!(test.violations_of(&["column_is_as_recorded"]), []);
    test.tamper("UPDATE accounts SET email = 'second@example.org' WHERE email = 'first@example.org'");
    let found = test.violations_of(&["column_is_as_recorded"]);
    assert!(found.len() == 1 && found[0].what.contains("its email is not"), "{found:?}");
}

#[test]
#[should_panic(expected = "decided_by_two is no invariant")]
fn an_invariant_that_does_not_exist_cannot_be_asked_for() {
    let mut test = TestApp::start();
    test.expect_violations();
    test.violations_of(&["decided_by_two"]);
}

#[test]
fn a_registry_in_order_has_no_violation_on_either_database() {
    let test = TestApp::start();
    in_order(&test);
    assert_eq!(test.violations().expect("a check"), []);
}
