//! A backup is whole, is found out where it could not be, and can be served.

use super::{copy_folder, program, said};
use crate::support::client::File;
use crate::support::{TestApp, admin_of, with};
use chrono::Duration;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use yuanchi::actions::backups::{Made, is_due, last_backup, record_backup};
use yuanchi::cli::demo::sample;
use yuanchi::domain::actor::{Actor, Role};

/// The least that is a document.
fn pdf() -> Vec<u8> {
    sample::pdf("licence")
}

/// Where a backup of a test goes: beside its data folder, and away with it at the end.
struct Place(PathBuf);

impl Place {
    fn beside(test: &TestApp, name: &str) -> Place {
        let mut path = test.dir.clone().into_os_string();
        path.push(format!("-{name}"));
        Place(path.into())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn backup(test: &TestApp, to: &Path, more: &[&str]) -> Output {
    program(test).args(["--json", "backup"]).arg(to).args(more).output().expect("it runs")
}

/// What a command said as JSON, with how it ended.
#[track_caller]
fn told(output: &Output, code: i32) -> Value {
    assert_eq!(output.status.code(), Some(code), "{}", said(output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(output)));
    assert_eq!(told["ok"], code == 0, "{told}");
    assert_eq!(told["error"].is_string(), code != 0, "{told}");
    told
}

/// Uploads a licence with an application, so that there is a document.
fn with_a_document(test: &TestApp) {
    let handler = test.person("drafter@example.org", &[with(Role::Handler)]);
    let approver = test.person("approver@example.org", &[with(Role::Approver)]);
    let programme = test.app.env.programme("service_provider").expect("the programme").clone();
    let call = test.open_call(programme, &handler, &approver);
    let organisation = test.organisation("914403001922038216", "甲公司", "440305");
    let vendor = test.person("vendor@example.org", &[admin_of(organisation)]);
    let begun = vendor.api().call("POST", &format!("/api/v1/calls/{call}/applications"), &json!({})).expect(201).json();
    let documents = format!("/applications/{}/documents", begun["id"].as_str().expect("an id"));
    let mut browser = vendor.browser();
    browser.open(&documents);
    let licence = pdf();
    let file = File { field: "documents.licence", name: "执照.pdf", bytes: &licence };
    browser.upload(&documents, &[], &file).expect(303);
}

/// The only stored document.
fn stored(folder: &Path) -> PathBuf {
    let shelves = std::fs::read_dir(folder.join("objects/objects")).expect("the shelves");
    let files = shelves.flat_map(|shelf| std::fs::read_dir(shelf.expect("a shelf").path()).expect("a shelf"));
    let all: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

#[test]
fn a_backup_is_whole_and_can_be_served() {
    let test = TestApp::start();
    with_a_document(&test);
    test.run_jobs();
    let place = Place::beside(&test, "backup");
    let made = told(&backup(&test, &place.0, &["--with-keys"]), 0);
    assert_eq!(made["backup"]["objects"], 1, "{made}");
    assert_eq!(made["backup"]["keys"], true, "{made}");
    assert_eq!(made["backup"]["database"], !test.on_postgres(), "{made}");
    assert_eq!(std::fs::read(stored(&place.0)).expect("the copy"), pdf());
    assert!(place.0.join("keys/secret.key").is_file());
    assert!(test.read(last_backup).is_some(), "it is on record");
    // Not over another one, and not into what is backed up.
    let again = told(&backup(&test, &place.0, &[]), 1);
    assert!(again["error"].as_str().is_some_and(|error| error.contains("is not empty")), "{again}");
    let inside = told(&backup(&test, &test.dir.join("backup"), &[]), 1);
    assert!(inside["error"].as_str().is_some_and(|error| error.contains("data folder")), "{inside}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let link = Place::beside(&test, "link");
        symlink(&test.dir, &link.0).expect("a link");
        let hidden = told(&backup(&test, &link.0.join("backup"), &[]), 1);
        assert!(hidden["error"].as_str().is_some_and(|error| error.contains("data folder")), "{hidden}");
        for name in ["keys/secret.key", "backup.json"] {
            let about = std::fs::metadata(place.0.join(name)).expect("a file");
            assert_eq!(about.permissions().mode() & 0o077, 0, "{name} is nobody else's to read");
        }
    }
    if test.on_postgres() {
        assert!(!place.0.join("yuanchi.db").exists(), "that database is copied by its own tools");
        return;
    }
    // Copied to where a service keeps its data, it holds: every chain, every document, everything that is sealed.
    let restored = Place::beside(&test, "restored");
    copy_folder(&place.0, &restored.0);
    let fsck = || {
        let mut command = program(&test);
        command.env("YUANCHI__DATA__DIR", &restored.0).env_remove("YUANCHI__DATABASE__URL");
        command.arg("fsck").output().expect("it runs")
    };
    let output = fsck();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("every invariant holds"), "{}", said(&output));
    // And what is taken out of it is missed.
    std::fs::remove_file(stored(&restored.0)).expect("it was there");
    assert_eq!(fsck().status.code(), Some(1));
    // Without its keys it says so, and makes no others.
    std::fs::remove_dir_all(restored.0.join("keys")).expect("they were there");
    let keyless = fsck();
    assert!(!keyless.status.success() && said(&keyless).contains("holds no keys"), "{}", said(&keyless));
    assert!(!restored.0.join("keys/secret.key").exists());
}

#[test]
fn keys_stay_apart_and_what_lacks_a_damaged_document_is_no_backup() {
    let test = TestApp::start();
    with_a_document(&test);
    let place = Place::beside(&test, "without-keys");
    told(&backup(&test, &place.0, &[]), 0);
    assert!(!place.0.join("keys").exists());
    let at = test.read(last_backup);
    // One bit of the document.
    let object = stored(&test.dir);
    let mut bytes = std::fs::read(&object).expect("the document");
    bytes[20] ^= 1;
    std::fs::write(&object, bytes).expect("written");
    let damaged = Place::beside(&test, "damaged");
    let refused = told(&backup(&test, &damaged.0, &[]), 1);
    let named = object.file_name().and_then(|name| name.to_str()).expect("a hash");
    let says = |words: &str| refused["error"].as_str().is_some_and(|error| error.contains(words));
    assert!(says("fsck") && says(named) && says("(1)"), "{refused}");
    assert_eq!(test.read(last_backup), at, "nothing is on record of it");
    // What could be read is there, and cannot be taken for a whole one; nor is anything copied over it.
    let has = |name: &str| damaged.0.join(name).exists();
    assert_eq!((has("backup.part"), has("backup.json"), has("yuanchi.db")), (true, false, !test.on_postgres()));
    assert!(!has(&format!("objects/objects/{}/{named}", &named[..2])));
    let again = told(&backup(&test, &damaged.0, &[]), 1);
    assert!(again["error"].as_str().is_some_and(|error| error.contains("is not empty")), "{again}");
    std::fs::remove_dir_all(&damaged.0).expect("it was there");
    std::fs::write(&object, pdf()).expect("mended");
    // What is damaged and named by nobody waits for the next sweep, and stops no backup.
    let orphan = "ab".repeat(32);
    let shelf = test.dir.join("objects/objects/ab");
    std::fs::create_dir_all(&shelf).expect("a shelf");
    std::fs::write(shelf.join(&orphan), b"of another hash").expect("written");
    told(&backup(&test, &damaged.0, &[]), 0);
    assert_eq!(std::fs::read(stored(&damaged.0)).expect("the copy"), pdf());
    std::fs::remove_file(shelf.join(orphan)).expect("it was there");
    std::fs::remove_dir(shelf).expect("it is empty");
}

#[test]
fn a_whole_backup_stays_whatever_else_fails_or_is_backed_up_there() {
    let test = TestApp::start();
    let place = Place::beside(&test, "not-on-record");
    test.refuse("INSERT", "events", "NEW.action = 'backup.made'");
    let failed = told(&backup(&test, &place.0, &[]), 1);
    test.refuse_no_more("events");
    assert!(failed["error"].as_str().is_some_and(|error| error.contains("is whole and stays")), "{failed}");
    assert_eq!(test.read(last_backup), None);
    let has = |place: &Place, name: &str| place.0.join(name).exists();
    assert_eq!((has(&place, "backup.json"), has(&place, "backup.part")), (true, false));
    assert_eq!(has(&place, "yuanchi.db"), !test.on_postgres());
    // Two into one new folder at once: one makes it, and the other takes nothing of it away.
    let place = Place::beside(&test, "twice");
    let runs = [(); 2].map(|()| {
        let mut command = program(&test);
        command.args(["--json", "backup"]).arg(&place.0).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("it runs")
    });
    let outputs = runs.map(|run| run.wait_with_output().expect("it ends"));
    let codes = outputs.each_ref().map(|output| output.status.code());
    assert!(codes == [Some(0), Some(1)] || codes == [Some(1), Some(0)], "{}\n{}", said(&outputs[0]), said(&outputs[1]));
    assert_eq!((has(&place, "backup.json"), has(&place, "backup.part")), (true, false));
    assert_eq!(has(&place, "yuanchi.db"), !test.on_postgres());
}

#[test]
fn a_backup_changes_nothing_of_a_database_of_an_earlier_version_and_makes_none() {
    let test = TestApp::start();
    // As a program that has one migration more finds it.
    let last = "version = (SELECT MAX(version) FROM __diesel_schema_migrations)";
    test.tamper(&format!("UPDATE __diesel_schema_migrations SET version = '0' || version WHERE {last}"));
    let place = Place::beside(&test, "earlier");
    let refused = told(&backup(&test, &place.0, &[]), 1);
    assert!(refused["error"].as_str().is_some_and(|error| error.contains("yuanchi migrate")), "{refused}");
    assert!(!place.0.exists());
    assert_eq!(test.read(last_backup), None);
    test.tamper("UPDATE __diesel_schema_migrations SET version = SUBSTR(version, 2) WHERE version LIKE '0%'");
    told(&backup(&test, &place.0, &[]), 0);
    // A mistyped folder, or a mistyped file: an empty database there would make a backup of nothing.
    let (nowhere, nothing) = (Place::beside(&test, "mistyped"), Place::beside(&test, "of-nothing"));
    let database = nowhere.0.join("yuanchi.db");
    for url in [None, Some(format!("sqlite://{}", database.display()))] {
        let mut command = program(&test);
        match &url {
            None => command.env("YUANCHI__DATA__DIR", &nowhere.0).env_remove("YUANCHI__DATABASE__URL"),
            Some(url) => command.env("YUANCHI__DATABASE__URL", url),
        };
        let refused = told(&command.args(["--json", "backup"]).arg(&nothing.0).output().expect("it runs"), 1);
        let says = |words: &str| refused["error"].as_str().is_some_and(|error| error.contains(words));
        assert!(says("there is no database here") && says(&database.display().to_string()), "{refused}");
        assert!(!nowhere.0.exists() && !nothing.0.exists(), "{url:?}");
    }
}

#[test]
fn keys_and_their_database_begin_nothing_without_each_other() {
    let test = TestApp::start();
    with_a_document(&test);
    // Before anything was signed: what is on record was begun with keys, and no others are made.
    let keyless = Place::beside(&test, "keyless");
    let mut command = program(&test);
    command.env("YUANCHI__DATA__DIR", &keyless.0).env("YUANCHI__DATABASE__URL", test.database_url());
    let refused = told(&command.args(["--json", "migrate"]).output().expect("it runs"), 1);
    let says = |words: &str| refused["error"].as_str().is_some_and(|error| error.contains(words));
    assert!(says("holds no keys") && says("has a record") && !says("checkpoint"), "{refused}");
    assert!(!keyless.0.join("keys/secret.key").exists());
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    let (alone, fresh) = (Place::beside(&test, "keys-alone"), Place::beside(&test, "fresh"));
    copy_folder(&test.dir.join("keys"), &alone.0.join("keys"));
    // Where a new database would be made: in the data folder, or on the server where nothing is yet.
    let blank = test.on_postgres().then(|| {
        let url = test.database_url();
        let schema = url.rsplit("%3D").next().expect("a schema").to_string();
        let blank = format!("{schema}_blank");
        test.tamper(&format!("CREATE SCHEMA {blank}"));
        (url.replace(&schema, &blank), blank)
    });
    let run = |dir: &Path, arguments: &[&str]| {
        let mut command = program(&test);
        command.env("YUANCHI__DATA__DIR", dir);
        match &blank {
            Some((url, _)) => command.env("YUANCHI__DATABASE__URL", url),
            None => command.env_remove("YUANCHI__DATABASE__URL"),
        };
        command.arg("--json").args(arguments).output().expect("it runs")
    };
    let migrate = |dir: &Path| run(dir, &["migrate"]);
    // Migrate twice: the first leaves nothing that the second could take for a database. And whichever command asks is
    // told the same remedy.
    for arguments in [&["migrate"][..], &["migrate"], &["fsck"], &["keys", "list"], &["account", "list"]] {
        let refused = told(&run(&alone.0, arguments), 1);
        let keys = alone.0.join("keys").display().to_string();
        for words in [keys.as_str(), "keys of an earlier start", "restore the database from its backup", "data.dir"] {
            assert!(refused["error"].as_str().is_some_and(|error| error.contains(words)), "{words}: {refused}");
        }
        let advice = refused["error"].as_str().unwrap_or_default();
        assert!(!advice.contains("yuanchi migrate"), "{arguments:?}: {advice}");
        assert!(!alone.0.join("yuanchi.db").exists());
    }
    // A start where neither is makes both, and goes on with both.
    for _ in 0..2 {
        told(&migrate(&fresh.0), 0);
        assert!(fresh.0.join("keys/secret.key").is_file());
    }
    // Its keys are not those of the other database, whichever command asks.
    for arguments in [&["fsck"][..], &["account", "list"], &["migrate"]] {
        let mut command = program(&test);
        command.env("YUANCHI__DATA__DIR", &fresh.0).arg("--json").args(arguments);
        let refused = told(&command.output().expect("it runs"), 1);
        let says = |words: &str| refused["error"].as_str().is_some_and(|error| error.contains(words));
        assert!(says("which is not here") && says("restore it from a backup"), "{arguments:?}: {refused}");
    }
    if let Some((_, blank)) = blank {
        test.tamper(&format!("DROP SCHEMA {blank} CASCADE"));
    }
}

#[test]
fn the_system_administrator_is_reminded_after_a_week() {
    let test = TestApp::start();
    let words = "数据已多日未备份";
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    keeper.browser().open("/desk").hides(words);
    keeper.browser().open("/settings").shows("尚无备份记录");
    test.advance(Duration::days(7) - Duration::seconds(1));
    assert!(!test.read(is_due));
    test.advance(Duration::seconds(1));
    keeper.browser().open("/desk").shows(words);
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    handler.browser().open("/desk").hides(words);
    // Recorded by the service alone.
    let made = Made { database: true, objects: 3, bytes: 9, keys: false };
    let by_keeper = keeper.actor();
    let refused = test.app.write_now(move |tx| record_backup(tx, &by_keeper, &made));
    assert_eq!(refused.expect_err("no person records it").code(), "wrong_role");
    test.write(move |tx| record_backup(tx, &Actor::system(), &made));
    keeper.browser().open("/desk").hides(words);
    keeper.browser().open("/settings").shows("最近一次备份：");
    assert!(test.visitor().get("/metrics").expect(200).text().contains("\nyuanchi_backup_age_seconds 0\n"));
    test.advance(Duration::days(7));
    keeper.browser().open("/desk").shows(words);
    keeper.browser().open("/settings").shows("距最近一次备份已满 7 天");
}
