//! What can no longer be read hides nothing else: the row is named, and every other check is made.

use crate::review::Scene;
use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use yuanchi::actions::{Tx, fsck};
use yuanchi::db::Db;
use yuanchi::db::invariants::Violation;

#[derive(QueryableByName)]
struct Trigger {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Takes every guard of the database out of the way until the transaction is undone: triggers, foreign keys, and the lists of words
/// that a column may hold.
pub fn begin_unguarded(test: &TestApp, db: &mut Db) {
    let sql = if test.on_postgres() {
        "BEGIN; SET LOCAL session_replication_role = replica; \
         DO $$ DECLARE one record; BEGIN \
           FOR one IN SELECT conrelid::regclass AS place, conname AS name FROM pg_constraint \
             WHERE contype = 'c' AND connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) \
           LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.place, one.name); END LOOP; \
         END $$"
            .to_string()
    } else {
        let triggers: Vec<Trigger> =
            diesel::sql_query("SELECT name FROM sqlite_master WHERE type = 'trigger'").load(db).expect("the triggers");
        let dropped: String = triggers.iter().map(|trigger| format!("DROP TRIGGER {}; ", trigger.name)).collect();
        format!("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; BEGIN IMMEDIATE; {dropped}")
    };
    db.batch_execute(&sql).expect("the guards go");
}

/// What is found after this was done, and undone again.
fn found_after(test: &TestApp, db: &mut Db, sql: &str) -> Vec<Violation> {
    begin_unguarded(test, db);
    db.batch_execute(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    let mut tx = Tx::new(db, test.now(), &test.app.env);
    let found = fsck::check(&mut tx, &[]).unwrap_or_else(|e| panic!("{sql}: {e}"));
    db.batch_execute("ROLLBACK").expect("undone");
    found
}

#[test]
fn c_61_a_row_that_cannot_be_read_is_named_and_hides_nothing_else() {
    let scene = Scene::set(5);
    scene.open();
    let (test, handler, call) = (&scene.app, scene.handler.id, scene.call);
    let file = scene.files[0];
    let notice = "00000000-0000-7000-8000-0000000000c1";
    let first =
        |table: &str, change: &str| format!("UPDATE {table} SET {change} WHERE id = (SELECT MIN(id) FROM {table})");
    let mut changes = vec![
        (first("grants", "role = 'nobody'"), "grants "),
        ("UPDATE experts SET status = 'nobody'".to_string(), "experts "),
        (first("review_sessions", "panel = '{}'"), "review_sessions "),
        (format!("UPDATE calls SET programme = '{{}}' WHERE id = '{call}'"), "calls "),
        (
            format!(
                "INSERT INTO notices (id, call_id, number, title, body, starts_on, ends_on, ends_at, opened_by, opened_at) \
                 VALUES ('{notice}', '{call}', '1', '', '', '2026-03-02', '2026-03-08', '2026-03-08 16:00:00', 'nobody', \
                 '2026-03-02 01:00:00')"
            ),
            notice,
        ),
    ];
    let ours = format!("subject_kind = 'account' AND subject_id = '{handler}' AND seq = 1");
    let event = format!("events account {handler} event 1");
    if !test.on_postgres() {
        // A column of PostgreSQL takes nothing else than its type.
        for change in ["at = 'yesterday'", "detail = 'nonsense'", "reason = x'ff00fe'"] {
            changes.push((format!("UPDATE events SET {change} WHERE {ours}"), event.as_str()));
        }
    }
    // Beside it something is wrong that has nothing to do with it.
    let planted = format!("UPDATE applications SET form = '\"sealed:1:00\"' WHERE id = '{file}'");
    let mut db = Db::open(&test.database_url()).expect("the database");
    for (sql, row) in changes {
        let found = found_after(test, &mut db, &format!("{sql}; {planted}"));
        let named = |invariant: &str, subject: &str| {
            found.iter().any(|one| one.invariant == invariant && one.subject.contains(subject))
        };
        assert!(named("row_is_readable", row), "{sql} was done and {row} is not named in {found:#?}");
        assert!(named("form_opens", file.as_text()), "{sql} was done and hid what is wrong beside it: {found:#?}");
        let of_chain =
            found.iter().find(|one| one.invariant == "chain_holds" && one.subject.contains(handler.as_text()));
        if row == event {
            let of_chain = of_chain.unwrap_or_else(|| panic!("{sql}: the chain is not named in {found:#?}"));
            assert!(of_chain.what.starts_with("event 1: cannot be read"), "{sql}: {of_chain:?}");
        } else {
            assert!(of_chain.is_none(), "{sql}: {of_chain:?}");
        }
    }
    // Where all can be read, nothing is said of it.
    let found = found_after(test, &mut db, "SELECT 1");
    assert!(!found.iter().any(|one| one.invariant == "row_is_readable" || one.subject == "check"), "{found:#?}");
}
