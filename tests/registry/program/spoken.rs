//! What commands say to programs: one shape, for what went well and for what did not.

use super::{program, said};
use crate::support::{TestApp, with};
use serde_json::Value;
use yuanchi::actions::backups::{Made, record_backup};
use yuanchi::domain::actor::{Actor, Role};

/// What a command says as JSON; nothing else stands on its standard output.
#[track_caller]
fn told(test: &TestApp, arguments: &[&str], code: i32) -> Value {
    let output = program(test).args(arguments).arg("--json").output().expect("it runs");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", said(&output));
    let told: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{arguments:?}: {e}: {}", said(&output)));
    if told.is_object() && arguments[0] != "settings" {
        assert_eq!(told["ok"], code == 0, "{arguments:?}: {told}");
        assert_eq!(told["error"].is_string(), code != 0, "{arguments:?}: {told}");
    }
    told
}

#[test]
fn every_command_that_reports_speaks_to_programs_too() {
    let test = TestApp::start();
    test.person("clerk@example.org", &[]);
    told(&test, &["migrate"], 0);
    assert_eq!(told(&test, &["fsck"], 0), Value::Array(Vec::new()));
    let closed = told(&test, &["account", "disable", "clerk@example.org", "--reason", "离岗"], 0);
    assert_eq!(closed["email"], "clerk@example.org");
    let gone = told(&test, &["account", "disable", "nobody@example.org", "--reason", "离岗"], 1);
    assert!(gone["error"].as_str().is_some_and(|error| error.contains("yuanchi account list")), "{gone}");
    told(&test, &["account", "reset-factor", "nobody@example.org", "--reason", "丢失"], 1);
    told(&test, &["account", "set-up-link"], 0);
    test.person("system@example.org", &[with(Role::SystemAdmin)]);
    test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    told(&test, &["account", "set-up-link"], 1);
    let unreasoned = told(&test, &["keys", "rotate", "--reason", " "], 1);
    assert!(unreasoned["error"].as_str().is_some_and(|error| error.starts_with("reason: ")), "{unreasoned}");
    let rotated = told(&test, &["keys", "rotate", "--reason", "例行更换"], 0);
    let listed = told(&test, &["keys", "list"], 0);
    assert_eq!(listed.as_array().and_then(|all| all.last()).expect("a key")["id"], rotated["id"]);
    // What is wrong with the arguments themselves, too.
    for arguments in [&["backup"][..], &["keys", "rotate"], &["no-such-command"]] {
        told(&test, arguments, 2);
    }
    told(&test, &["settings"], 0);
    told(&test, &["account", "list"], 0);
}

#[test]
fn what_is_wrong_with_a_table_is_told_by_row() {
    let test = TestApp::start();
    let write = |name: &str, text: &str| {
        let file = test.dir.join(name);
        std::fs::write(&file, text).expect("written");
        file.to_string_lossy().into_owned()
    };
    let bad = write("bad.csv", "名单名称,年份,单位名称,类别,城市\n甲名单,1999,,平台,北京市\n");
    let wrong = told(&test, &["import", "list", &bad], 1);
    let problems = wrong["problems"].as_array().expect("the rows");
    assert!(problems.iter().any(|line| line.as_str().is_some_and(|line| line.contains("Line 2"))), "{wrong}");
    let good = write("good.csv", "名单名称,年份,单位名称,类别,城市\n甲名单,2024,某公司,平台,广州市\n");
    let tried = told(&test, &["import", "list", &good, "--dry-run"], 0);
    assert_eq!((&tried["dry_run"], &tried["lists"][0]["rows"]), (&Value::from(true), &Value::from(1)), "{tried}");
    let done = told(&test, &["import", "list", &good], 0);
    assert_eq!(done["lists"][0]["title"], "甲名单", "{done}");
    // It is here already.
    told(&test, &["import", "list", &good], 1);
    let experts = write("experts.csv", "姓名,邮箱\n");
    assert!(told(&test, &["import", "experts", &experts], 1)["problems"].is_array());
    told(&test, &["import", "list", "/nowhere.csv"], 1);
}

#[test]
fn a_verification_says_what_it_found_and_how_it_ended() {
    let test = TestApp::start();
    let gone = told(&test, &["verify", "/nowhere.json"], 2);
    assert_eq!(gone["exit"], 2, "{gone}");
    assert!(gone["says"][0].as_str().is_some_and(|line| line.contains("/nowhere.json")), "{gone}");
    // No checkpoint was signed yet, so there is nothing to read.
    told(&test, &["verify"], 2);
    let made = Made { database: true, objects: 0, bytes: 0, keys: false };
    test.write(move |tx| record_backup(tx, &Actor::system(), &made));
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    let held = told(&test, &["verify"], 0);
    assert!(held["says"][0].as_str().is_some_and(|line| line.contains("checkpoints hold")), "{held}");
    let unread = told(&test, &["draw", "verify", "/nowhere.json"], 2);
    assert_eq!(unread["holds"], false, "{unread}");
}
