//! What was published and what was filed, altered round the program: `fsck` says which row and which column, on either database.

use super::applications;
use super::lists;
use super::support::TestApp;
use sha2::{Digest, Sha256};
use std::path::Path;
use yuanchi::actions::import_list::{import_lists, read_lists};
use yuanchi::actions::sealed::open_filed;
use yuanchi::db::Db;
use yuanchi::domain::actor::Actor;
use yuanchi::domain::ids::{ApplicationId, PublishedListId};
use yuanchi::spreadsheet::read_table_file;

/// Takes away what refuses a change of these tables.
fn unguard(test: &TestApp, tables: &[&str]) {
    for table in tables {
        test.tamper(&match test.on_postgres() {
            true => format!("ALTER TABLE {table} DISABLE TRIGGER USER"),
            false => format!("DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete"),
        });
    }
}

/// Alters the database and finds these words among the violations of an invariant.
#[track_caller]
fn alter(test: &TestApp, sql: &str, invariant: &str, says: &str) {
    test.tamper(sql);
    let found = test.violations().expect("a check");
    let said = |v: &yuanchi::db::invariants::Violation| format!("{} {}", v.subject, v.what);
    assert!(
        found.iter().any(|v| v.invariant == invariant && said(v).contains(says)),
        "{sql} was done and {invariant}: {says:?} is not among {found:#?}"
    );
}

/// Alters a list column by column and finds each by its name.
fn alter_columns(test: &TestApp, id: PublishedListId, entry: &[(&str, &str)]) {
    for (column, value) in [
        ("number", "'x'"),
        ("category", "'x'"),
        ("year", "1999"),
        ("title", "'x'"),
        ("body", "'x'"),
        ("source_url", "'https://example.org/x'"),
        ("published_at", "'2020-01-01 00:00:00'"),
        ("previous_sha256", "'00'"),
        ("chain_number", "77"),
    ] {
        let sql = format!("UPDATE published_lists SET {column} = {value} WHERE id = '{id}'");
        alter(test, &sql, "list_is_as_signed", &format!("list {id} its column {column} is not what was signed"));
    }
    for (column, value) in entry {
        let sql = format!("UPDATE list_entries SET {column} = {value} WHERE list_id = '{id}' AND position = 1");
        let says = format!("list {id} entry 1: its column {column} is not what was signed");
        alter(test, &sql, "list_is_as_signed", &says);
    }
}

const CELLS: &str = r#"'[{"key": "number", "label": "序号", "value": "x"}]'"#;

#[test]
fn c_48_a_list_of_ours_is_what_was_signed_row_by_row() {
    let mut scene = lists::scene();
    scene.noticed(yuanchi::domain::procedure::State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    assert_eq!(scene.test.violations().expect("a check"), [], "before anything is altered");
    scene.test.expect_violations();
    let test = &scene.test;
    unguard(test, &["published_lists", "list_entries"]);
    let certificate = "UPDATE memberships SET certificate_number = 'YC-2026-XXXXXXXX'";
    alter(test, certificate, "certificate_proves_itself", "carries the proof of");
    let seal = "UPDATE memberships SET certificate_seal = 'yc1.x'";
    alter(test, seal, "list_is_as_signed", "entry 1: its column certificate is not what was signed");
    let columns = [
        ("organisation_name", "'x'"),
        ("product", "'x'"),
        ("credit_code", "'x'"),
        ("city", "'440100'"),
        ("result", "'x'"),
        ("shown", CELLS),
    ];
    alter_columns(test, id, &columns);
    let more = format!(
        "INSERT INTO list_entries (list_id, position, organisation_name, product, result, shown)
         VALUES ('{id}', 2, 'x', '', '', '[]')"
    );
    alter(test, &more, "list_is_as_signed", "entry 2 is there and was not signed");
    let fewer = format!("DELETE FROM list_entries WHERE list_id = '{id}' AND position = 1");
    alter(test, &fewer, "list_is_as_signed", "entry 1 was signed and is not there");
    let text = format!("UPDATE published_lists SET canonical = canonical || ' ' WHERE id = '{id}'");
    alter(test, &text, "list_is_as_signed", "its text was altered");
    let hash = format!("UPDATE published_lists SET sha256 = '00' WHERE id = '{id}'");
    alter(test, &hash, "list_is_as_signed", "its column sha256 is not the");
    let unsigned = format!("UPDATE published_lists SET signature = NULL WHERE id = '{id}'");
    alter(test, &unsigned, "list_is_as_signed", "is published without its proof");
    let hidden = format!("UPDATE published_lists SET status = 'returned' WHERE id = '{id}'");
    alter(test, &hidden, "list_is_as_signed", "was published and now says returned");
}

#[test]
fn c_48_a_list_that_was_brought_in_is_what_was_signed_row_by_row() {
    let mut test = TestApp::start();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/real_rows.csv");
    let table = read_table_file(&file).expect("a table");
    let lists = read_lists(&table, &test.app.env.reference, &test.app.env.programmes).expect("every row is good");
    let ids = test.write(move |tx| import_lists(tx, &Actor::system(), &lists));
    assert_eq!(test.violations().expect("a check"), [], "before anything is altered");
    test.expect_violations();
    unguard(&test, &["published_lists", "list_entries"]);
    let columns = [
        ("organisation_name", "'x'"),
        ("product", "'x'"),
        ("credit_code", "'x'"),
        ("result", "'x'"),
        ("category_type", "'x'"),
        ("in_province", "NULL"),
        ("valid_to", "'2020-01-01'"),
        ("shown", CELLS),
    ];
    alter_columns(&test, ids[0], &columns);
    let (signature, gone) = (ids[1], ids[0]);
    let forged = format!("UPDATE published_lists SET signature = '00' WHERE id = '{signature}'");
    alter(&test, &forged, "list_is_as_signed", &format!("list {signature} its signature does not fit"));
    let unread = format!("UPDATE list_entries SET shown = '7' WHERE list_id = '{signature}'");
    alter(&test, &unread, "list_is_as_signed", &format!("list {signature} cannot be read"));
    let removed =
        format!("DELETE FROM list_entries WHERE list_id = '{gone}'; DELETE FROM published_lists WHERE id = '{gone}'");
    alter(&test, &removed, "list_is_as_signed", &format!("list {gone} the record says that it was published"));
}

#[test]
fn c_48_what_was_filed_is_what_the_record_says_and_its_documents_are_there() {
    let mut scene = applications::scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    scene.submit(&mut api, &id).expect(200);
    assert_eq!(scene.app.violations().expect("a check"), [], "before anything is altered");
    scene.app.expect_violations();
    let test = &scene.app;
    unguard(test, &["submissions"]);
    let other = hex::encode(Sha256::digest(b"another document"));
    let swapped = format!("UPDATE attachments SET sha256 = '{other}'");
    alter(test, &swapped, "filed_document_is_there", &other);
    // Moved into another's file: nothing of this application.
    let frozen: (String, String) = {
        use diesel::prelude::*;
        use yuanchi::db::schema::submissions::dsl::{content, sha256, submissions};
        let mut db = Db::open(&test.database_url()).expect("the database");
        let (kept, hash): (yuanchi::db::Sealed, String) =
            submissions.select((content, sha256)).first(&mut db).expect("a submission");
        (kept.column().to_string(), hash)
    };
    // What was sealed for another submission does not open, whoever put it there.
    let moved = "UPDATE submissions SET number = 3";
    alter(test, moved, "filed_content_opens", "its seal does not open");
    test.tamper("UPDATE submissions SET number = 1");
    let application = ApplicationId::from_text(&id).expect("an id");
    let filed = test.read(|tx| {
        let filed = yuanchi::db::submissions::of_application(tx.db, application)?.remove(0);
        Ok(open_filed(tx.env, &filed)?.to_string())
    });
    alter(test, "DELETE FROM attachments", "filed_document_is_there", "which its application does not have");
    // Whoever alters what was filed together with its hash is given away by the record.
    assert!(!frozen.0.contains("做数字化"), "what was filed stands in the clear");
    let altered = filed.replace("做数字化", "做别的");
    assert_ne!(altered, filed);
    let value: serde_json::Value = serde_json::from_str(&altered).expect("JSON");
    let canonical = yuanchi::domain::chain::canonical::to_bytes(&value).expect("canonical");
    let hash = hex::encode(Sha256::digest(canonical));
    let rewritten = format!("UPDATE submissions SET content = '{altered}', sha256 = '{hash}'");
    let says = format!("its hash is {hash}, the record of its filing says {}", frozen.1);
    alter(test, &rewritten, "submission_is_as_recorded", &says);
    let renumbered = "UPDATE submissions SET number = 2";
    alter(test, renumbered, "submission_is_as_recorded", "the record knows of no such filing");
    alter(test, "DELETE FROM submissions", "submission_is_as_recorded", "submission 1 was filed; it is not there");
}
