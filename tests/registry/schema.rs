//! The schema in the code is the schema in the database, on both; and migrations lead back.

use super::architecture::read;
use super::support::{TestApp, admin_of, member_of, with};
use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use yuanchi::db::Db;
use yuanchi::domain::actor::Role;

/// Table to column to type, a question mark for a column that may be empty.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

const SQLITE: &str = "SELECT m.name AS of_table, c.name AS name, \
    c.type || CASE c.\"notnull\" WHEN 1 THEN '' ELSE '?' END AS kind \
    FROM sqlite_master m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '__diesel_schema_migrations'";

const POSTGRES: &str = "SELECT table_name::text AS of_table, column_name::text AS name, \
    data_type || CASE is_nullable WHEN 'NO' THEN '' ELSE '?' END AS kind \
    FROM information_schema.columns \
    WHERE table_schema = current_schema() AND table_name <> '__diesel_schema_migrations'";

fn in_database(db: &mut Db) -> Tables {
    let query = if db.is_sqlite() { SQLITE } else { POSTGRES };
    let columns: Vec<Column> = diesel::sql_query(query).load(db).expect("the columns");
    let mut tables = Tables::new();
    for column in columns {
        tables.entry(column.of_table).or_default().insert(column.name, column.kind);
    }
    tables
}

/// What `src/db/schema.rs` says, in the words of the database.
fn in_code(sqlite: bool) -> Tables {
    let text = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema.rs"));
    let mut tables = Tables::new();
    for part in text.split("diesel::table! {").skip(1) {
        let (name, rest) = part.trim_start().split_once(" (").expect("a name");
        let (_, rest) = rest.split_once('{').expect("columns");
        let (columns, _) = rest.split_once('}').expect("an end");
        let columns = columns.split(',').filter_map(|column| column.split_once("->")).map(|(column, kind)| {
            let kind = kind.trim();
            let (kind, empty) = match kind.strip_prefix("Nullable<") {
                Some(inner) => (inner.trim_end_matches('>'), "?"),
                None => (kind, ""),
            };
            let stored = match (kind, sqlite) {
                ("Text", true) | ("Json", true) => "TEXT",
                ("Int4", true) => "INTEGER",
                ("Int8", true) => "BIGINT",
                ("Timestamp", true) => "TIMESTAMP",
                ("Date", true) => "DATE",
                ("Bool", true) => "BOOLEAN",
                ("Text", false) => "text",
                ("Json", false) => "json",
                ("Int4", false) => "integer",
                ("Int8", false) => "bigint",
                ("Timestamp", false) => "timestamp without time zone",
                ("Date", false) => "date",
                ("Bool", false) => "boolean",
                (other, _) => panic!("{name}: a new type {other}; say how each database stores it"),
            };
            (column.trim().to_string(), format!("{stored}{empty}"))
        });
        tables.insert(name.to_string(), columns.collect());
    }
    tables
}

#[test]
fn code_and_database_agree_column_by_column() {
    let test = TestApp::start();
    let mut db = Db::open(&test.database_url()).expect("the database");
    let (database, code) = (in_database(&mut db), in_code(db.is_sqlite()));
    assert_eq!(database.keys().collect::<Vec<_>>(), code.keys().collect::<Vec<_>>(), "tables");
    for (table, columns) in &database {
        assert_eq!(columns, &code[table], "columns of {table}: database, then code");
    }
}

#[test]
fn migrations_lead_back_and_forth() {
    let mut test = TestApp::start();
    test.expect_violations();
    test.expect_lost_mail();
    let tree = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(name);
        FileBasedMigrations::from_path(path).expect("migrations")
    };
    let mut db = Db::open(&test.database_url()).expect("the database");
    let before = in_database(&mut db);
    match &mut db {
        Db::Sqlite(c) => c.revert_all_migrations(tree("sqlite")).map(drop),
        Db::Postgres(c) => c.revert_all_migrations(tree("postgres")).map(drop),
    }
    .unwrap_or_else(|e| panic!("down: {e}"));
    assert_eq!(in_database(&mut db), Tables::new(), "left over after going down");
    assert!(yuanchi::db::migrate(&mut db).expect("up again") > 0);
    assert_eq!(in_database(&mut db), before);
    assert_eq!(yuanchi::db::migrate(&mut db).expect("once more"), 0);
}

/// What was given before a member's role had a last day ends a year after the migration; nothing else is touched.
#[test]
fn the_roles_of_members_from_before_get_a_last_day() {
    let test = TestApp::start();
    let organisation = test.organisation("914403001922038216", "甲公司", "440305");
    let admin = test.person("admin@example.org", &[admin_of(organisation)]).id;
    let [open, dated] = ["open", "dated"].map(|name| {
        let address = format!("{name}@example.org");
        test.person(&address, &[member_of(organisation)]).id
    });
    test.tamper(&format!("UPDATE grants SET ends_on = NULL WHERE account_id IN ('{open}', '{admin}')"));
    test.tamper(&format!("UPDATE grants SET ends_on = '2026-05-01' WHERE account_id = '{dated}'"));
    let tree = if test.on_postgres() { "postgres" } else { "sqlite" };
    let up = format!("migrations/{tree}/20261128120000_last_day_of_members/up.sql");
    test.tamper(&read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(up)));
    let last_day =
        |account| test.read(move |tx| Ok(yuanchi::db::accounts::grants_of(tx.db, account)?)).remove(0).ends_on;
    assert_eq!(last_day(admin), None);
    // An administrator's was without one for a while longer; a start gives it one.
    test.write(yuanchi::actions::organisations::end_endless);
    assert!(last_day(admin).is_some());
    assert_eq!(last_day(dated), "2026-05-01".parse().ok());
    let given = last_day(open).expect("a last day");
    let days = (given - chrono::Utc::now().date_naive()).num_days();
    assert!((363..=367).contains(&days), "{given}");
}

/// What was given before every role had an end ends a year after the migration, and an expert's not before the term; what no
/// account gave was given by the operator. What is over, and what has an end, stays.
#[test]
fn the_roles_from_before_get_an_end_and_a_giver() {
    const FOLDER: &str = "20261128150000_every_role_has_an_end";
    let test = TestApp::start();
    let organisation = test.organisation("914403001922038216", "甲公司", "440305");
    let admin = test.person("admin@example.org", &[admin_of(organisation)]).id;
    let [open, dated, given] = [Role::SystemAdmin, Role::SecurityAdmin, Role::Handler]
        .map(|role| test.person(&format!("{role}@example.org"), &[with(role)]).id);
    let tree = if test.on_postgres() { "postgres" } else { "sqlite" };
    let sql = |file: &str| {
        let path = format!("migrations/{tree}/{FOLDER}/{file}");
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
    };
    test.tamper(&sql("down.sql"));
    test.tamper(&format!(
        "UPDATE grants SET ends_on = NULL WHERE account_id IN ('{open}', '{given}', '{admin}'); \
         UPDATE grants SET ends_on = '2026-05-01' WHERE account_id = '{dated}'; \
         UPDATE grants SET granted_by = '{open}' WHERE account_id = '{given}'"
    ));
    test.tamper(&sql("up.sql"));
    let grant = |account| test.read(move |tx| Ok(yuanchi::db::accounts::grants_of(tx.db, account)?)).remove(0);
    assert_eq!(grant(admin).ends_on, None);
    test.write(yuanchi::actions::organisations::end_endless);
    assert!(grant(admin).ends_on.is_some());
    assert_eq!(grant(dated).ends_on, "2026-05-01".parse().ok());
    for account in [open, given] {
        let last = grant(account).ends_on.expect("a last day");
        let days = (last - chrono::Utc::now().date_naive()).num_days();
        assert!((363..=367).contains(&days), "{last}");
    }
    assert!(grant(open).by_operator && !grant(given).by_operator);
}

#[test]
fn both_trees_have_the_same_migrations() {
    let names = |tree: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(tree);
        let mut names: Vec<_> =
            std::fs::read_dir(path).expect("a tree").map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[test]
fn the_officers_of_a_bureau_are_found_without_reading_everybody() {
    let test = TestApp::start();
    if test.on_postgres() {
        // It reads a small table whole, with an index or without.
        return;
    }
    let mut db = Db::open(&test.database_url()).expect("the database opens");
    let asked = Arc::new(Mutex::new(String::new()));
    let noted = asked.clone();
    db.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            *noted.lock().expect("nothing panicked") = query.to_string();
        }
    });
    yuanchi::db::accounts::holders_in_bureau(&mut db, "440100", test.now()).expect("the officers");
    let text = asked.lock().expect("nothing panicked").clone();
    let text = text.split(" -- binds").next().unwrap_or_default();
    let plan: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {text}")).load(&mut db).expect("a plan");
    let steps: Vec<String> = plan.into_iter().map(|step| step.detail).collect();
    assert!(steps.iter().any(|step| step.contains("grants_role (role=? AND bureau=?)")), "{steps:#?}");
    assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:#?}");
}
