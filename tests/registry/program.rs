//! The program itself, as whoever runs it meets it: it refuses to start on a wrong file, brings tables in, and takes
//! large documents without keeping them in memory.

mod backups;
mod bombs;
mod memory;
mod spoken;
mod tables;

use super::support::{TestApp, with};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use yuanchi::domain::actor::Role;

/// The program with the settings of a test: its data folder and its database.
pub fn program(test: &TestApp) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yuanchi"));
    command
        .env("YUANCHI__DATA__DIR", &test.dir)
        .env("YUANCHI__DATA__CONFIG_DIR", concat!(env!("CARGO_MANIFEST_DIR"), "/config"))
        .env("YUANCHI__DATABASE__URL", test.database_url())
        .env("YUANCHI__SERVER__PORT", "0")
        .env_remove("RUST_LOG");
    command
}

/// What it said on both of its outputs.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// A copy of the settings that come with the service, to be spoilt.
fn config_copy(test: &TestApp) -> PathBuf {
    let copy = test.dir.join("config");
    copy_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config")), &copy);
    copy
}

#[test]
fn a_wrong_programme_file_stops_the_start_with_file_key_value_and_remedy() {
    let test = TestApp::start();
    let config = config_copy(&test);
    let file = config.join("programmes/service_provider.toml");
    let right = std::fs::read_to_string(&file).expect("the file");
    // What is changed, and what has to be named: the code of the mistake, the key, the value.
    let mistakes = [
        ("version = 4", "version = \"one\"", "wrong_type", "version", "\"one\""),
        ("version = 4", "version = 0", "too_small", "version", "0"),
        ("version = 4", "version = ", "not_toml", "", ""),
        ("version = 4", "version = 4\nversoin = 3", "unknown_key", "versoin", ""),
        ("version = 4\n", "", "missing_key", "version", ""),
        ("key = \"service_provider\"", "key = \"Service-Provider\"", "bad_key", "key", "Service-Provider"),
        ("kind = \"selection\"", "kind = \"lottery\"", "unknown_word", "kind", "lottery"),
        ("\"city\", \"screening\"", "\"screening\", \"city\"", "station_order", "stations", "screening"),
        ("\"city\", \"screening\"", "\"town\", \"screening\"", "unknown_word", "stations[0]", "town"),
        ("outside_province = true", "outside_province = \"yes\"", "wrong_type", "applicants.outside_province", "yes"),
        ("per_organisation = 1", "per_organisation = 0", "too_small", "applicants.per_organisation", "0"),
        ("max_bytes = 10485760", "max_bytes = 0", "out_of_range", "documents[0].max_bytes", "0"),
        ("types = [\"pdf\"", "types = [\"exe\"", "unknown_word", "documents[", "exe"),
        ("reason = { zh_cn = \"", "reason = { zh_cn = \"\", zh_hk = \"", "unknown_key", "reason.zh_hk", ""),
        ("按此地址送达。\", zh_tw", "按此地址送达。\", en = \"x\" } # ", "empty_reason", "reason.zh_tw", ""),
        ("years = 3", "years = 0", "out_of_range", "table_by_year.years", "0"),
        ("load_limit = 40", "load_limit = 0", "too_small", "review.load_limit", "0"),
        ("pass_mark = 60", "pass_mark = 101", "out_of_range", "decision.pass_mark", "101"),
    ];
    for (from, to, code, key, value) in mistakes {
        let wrong = right.replacen(from, to, 1);
        assert_ne!(wrong, right, "{from} is not in the file");
        std::fs::write(&file, &wrong).expect("written");
        let output = program(&test).env("YUANCHI__DATA__CONFIG_DIR", &config).output().expect("it runs");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{to}: {said}");
        let line = said.lines().find(|line| line.contains(&format!("[{code}]")));
        let line = line.unwrap_or_else(|| panic!("{to}: {code} is missing in {said}"));
        assert!(line.contains("service_provider.toml") && line.contains(key) && line.contains(value), "{to}: {line}");
        // After the semicolon: what to do.
        assert!(line.split_once("; ").is_some_and(|(_, remedy)| remedy.len() > code.len() + 8), "{to}: {line}");
    }
    // A bureau that does not exist.
    let quota = right.replacen("[quota.bureaus]", "[quota.bureaus]\nguangzou = 20", 1);
    assert_ne!(quota, right, "the file has quotas of single bureaus");
    std::fs::write(&file, quota).expect("written");
    let output = program(&test).env("YUANCHI__DATA__CONFIG_DIR", &config).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("quota.bureaus.guangzou"), "{}", said(&output));
    // Two files with one key, and a file that is not text.
    std::fs::write(&file, &right).expect("written");
    let twin = config.join("programmes/twin.toml");
    for content in [right.as_bytes(), b"\xff\xfe\x00"] {
        std::fs::write(&twin, content).expect("written");
        let output = program(&test).env("YUANCHI__DATA__CONFIG_DIR", &config).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("twin.toml"), "{}", said(&output));
    }
    std::fs::remove_file(&twin).expect("removed");
    let output = program(&test).env("YUANCHI__DATA__CONFIG_DIR", &config).arg("migrate").output().expect("it runs");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn the_demonstration_takes_its_port_and_folder_from_the_flags_or_the_variables() {
    let test = TestApp::start();
    let folder = |name: &str| {
        let dir = test.dir.join(name);
        std::fs::create_dir_all(&dir).expect("a folder");
        std::fs::write(dir.join("x"), "taken").expect("written");
        dir
    };
    // All of them are taken, so that nothing is played, and what it says tells where it wanted to.
    let (by_variable, by_flag, home) = (folder("by-variable"), folder("by-flag"), folder("home"));
    folder("home/demo-data");
    let demo = |dir: Option<&Path>, port: u16, flags: &[&str]| {
        let mut command = program(&test);
        command.env_remove("YUANCHI__DATA__DIR").env("YUANCHI__SERVER__PORT", port.to_string());
        if let Some(dir) = dir {
            command.env("YUANCHI__DATA__DIR", dir);
        }
        let output = command.current_dir(&home).arg("demo").args(flags).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        said(&output)
    };
    let by_variable = Some(by_variable.as_path());
    let heard = demo(by_variable, 0, &[]);
    assert!(heard.contains("by-variable") && heard.contains("not empty"), "{heard}");
    let flag = by_flag.to_string_lossy().into_owned();
    let heard = demo(by_variable, 0, &["--data-dir", flag.as_str()]);
    assert!(heard.contains("by-flag") && heard.contains("not empty"), "{heard}");
    let heard = demo(None, 0, &[]);
    assert!(heard.contains("demo-data") && heard.contains("not empty"), "{heard}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let heard = demo(by_variable, port, &[]);
    assert!(heard.contains(&format!("127.0.0.1:{port} cannot be listened on")), "{heard}");
    let heard = demo(by_variable, port, &["--port", "0"]);
    assert!(heard.contains("by-variable") && heard.contains("not empty"), "{heard}");
}

/// `yuanchi account list | head` is no failure.
#[test]
fn a_reader_who_has_had_enough_breaks_no_command() {
    let test = TestApp::start();
    for arguments in [&["openapi"][..], &["account", "list"], &["keys", "list"], &["fsck"]] {
        let mut child = program(&test)
            .args(arguments)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        assert!(!said(&output).contains("panicked"), "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn what_an_operator_does_needs_a_reason_as_anybodys_does() {
    let test = TestApp::start();
    let clerk = test.person("clerk@example.org", &[]);
    for arguments in [
        &["account", "disable", "clerk@example.org"][..],
        &["account", "reset-factor", "clerk@example.org"],
        &["keys", "rotate"],
    ] {
        let output = program(&test).args(arguments).args(["--reason", " "]).output().expect("it runs");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("yuanchi: reason: "), "{arguments:?} names what is missing: {said}");
        assert!(!said.contains("Problem {") && !said.contains("text_missing"), "{arguments:?}: {said}");
    }
    clerk.api().get("/api/v1/me").expect(200);
    let disable = ["account", "disable", "clerk@example.org", "--reason", "离岗"];
    let output = program(&test).args(disable).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

/// The operator has the machine, and can close any account; but nobody is put out of an office by a slip of the hand.
#[test]
fn c_24_the_operator_empties_an_office_only_by_saying_so_and_is_told_how_it_is_filled() {
    let test = TestApp::start();
    let offices = [
        ("system@example.org", Role::SystemAdmin, "system administrator", "set-up-link"),
        ("keeper@example.org", Role::SecurityAdmin, "security administrator", "set-up-link"),
        ("auditor@example.org", Role::Auditor, "auditor", "a security administrator gives the role"),
    ];
    let people = offices.map(|(email, role, ..)| test.person(email, &[with(role)]));
    let disable = |email: &str, flag: &[&str]| {
        let command = ["account", "disable", email, "--reason", "离岗"];
        program(&test).args(command).args(flag).output().expect("it runs")
    };
    for (index, (email, role, name, remedy)) in offices.into_iter().enumerate() {
        let output = disable(email, &[]);
        let heard = said(&output);
        assert_eq!(output.status.code(), Some(1), "{heard}");
        assert!(heard.contains(&format!("the last {name} in office")) && heard.contains("--empty-office"), "{heard}");
        people[index].api().get("/api/v1/me").expect(200);
        // With another one in office there is nothing to say.
        let other = format!("other-{email}");
        test.person(&other, &[with(role)]);
        let output = disable(email, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(!said(&output).contains("nobody is in office"), "{}", said(&output));
        let output = disable(&other, &["--empty-office"]);
        let heard = said(&output);
        assert_eq!(output.status.code(), Some(0), "{heard}");
        assert!(heard.contains(&format!("nobody is in office as {name}")) && heard.contains(remedy), "{heard}");
    }
    let link = program(&test).args(["account", "set-up-link"]).output().expect("it runs");
    assert_eq!(link.status.code(), Some(0), "{}", said(&link));
}

#[test]
fn every_setting_can_be_set_by_a_variable_and_a_wrong_word_is_answered_with_the_right_ones() {
    let test = TestApp::start();
    let with = |name: &str, value: &str| {
        program(&test).env(format!("YUANCHI__{name}"), value).args(["keys", "list"]).output().expect("it runs")
    };
    for addresses in ["10.0.0.1", "10.0.0.1, ::1", ""] {
        let output = with("SERVER__TRUSTED_PROXIES", addresses);
        assert_eq!(output.status.code(), Some(0), "{addresses:?}: {}", said(&output));
    }
    for (name, value, words) in [
        ("SERVER__TRUSTED_PROXIES", "10.0.0", &["10.0.0", "server.trusted_proxies", "127.0.0.1,::1"][..]),
        ("MAIL__TRANSPORT", "pigeon", &["pigeon", "mail.transport", "folder", "smtp"]),
        ("MAIL__DIGEST_HOUR", "24", &["mail.digest_hour = 24", "0 to 23", "-1"]),
        ("ACCOUNTS__SECOND_FACTOR", "some", &["some", "accounts.second_factor", "off", "officers"]),
        ("SERVR__PORT", "1", &["YUANCHI__SERVR__PORT names no setting", "servr"]),
        ("DATA__CONFIG_DIR", "/nowhere", &["data.config_dir: /nowhere/reference/", "programmes/"]),
        ("LOGS__FORMAT", "xml", &["xml", "logs.format", "text", "json"]),
    ] {
        let output = with(name, value);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
        for word in words {
            assert!(said(&output).contains(word), "{word} is missing: {}", said(&output));
        }
    }
}

#[test]
fn the_settings_in_force_are_listed_for_people_and_for_programs() {
    let test = TestApp::start();
    let told = |arguments: &[&str]| {
        let mut command = program(&test);
        command.env("YUANCHI__MAIL__SMTP_PASSWORD", "nobody-may-read-this").args(arguments);
        let output = command.output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        assert!(!said(&output).contains("nobody-may-read-this"), "{arguments:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let listed = told(&["settings"]);
    for line in [
        "server.port\t0\tYUANCHI__SERVER__PORT\n",
        "mail.smtp_password\t(set)\tYUANCHI__MAIL__SMTP_PASSWORD\n",
        "mail.transport\tfolder\tdefault\n",
        "# not set for production: mail.transport: ",
    ] {
        assert!(listed.contains(line), "{line:?} is missing in {listed}");
    }
    let read = |arguments: &[&str]| -> serde_json::Value {
        let text = told(arguments);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {text}"))
    };
    let settings = read(&["settings", "--json"]);
    let password = settings["settings"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["secret"] == true && one["is_set"] == true));
    assert_eq!(password.expect("the password")["key"], "mail.smtp_password");
    assert_eq!(settings["not_for_production"][0]["key"], "server.base_url");
    test.person("clerk@example.org", &[]);
    assert_eq!(read(&["account", "list", "--json"])[0]["email"], "clerk@example.org");
    assert_eq!(read(&["keys", "list", "--json"])[0]["algorithm"], "Ed25519");
}

#[test]
fn a_demonstration_that_cannot_begin_leaves_nothing_behind() {
    let test = TestApp::start();
    let folder = test.dir.join("a-province");
    let asked = ["demo", "--port", "0", "--data-dir", folder.to_str().expect("a path")];
    let output = program(&test).env("YUANCHI__DATA__CONFIG_DIR", "/nowhere").args(asked).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("data.config_dir"), "{}", said(&output));
    assert!(!folder.exists(), "it can begin there once the settings are right");
}
