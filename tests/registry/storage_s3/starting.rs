//! Settings that cannot work, as the operator meets them.

use super::*;
use crate::program::program;
use std::process::{Command, Output};

fn on_bucket(test: &TestApp, server: &S3Server) -> Command {
    let mut command = program(test);
    command
        .env("YUANCHI__STORAGE__KIND", "s3")
        .env("YUANCHI__STORAGE__ENDPOINT", server.endpoint())
        .env("YUANCHI__STORAGE__REGION", s3_server::REGION)
        .env("YUANCHI__STORAGE__BUCKET", s3_server::BUCKET)
        .env("YUANCHI__STORAGE__ACCESS_KEY", s3_server::ACCESS_KEY)
        .env("YUANCHI__STORAGE__SECRET_KEY", s3_server::SECRET_KEY)
        // Nobody is asked but the host of the settings, whatever else is set on the machine.
        .env("http_proxy", "http://127.0.0.1:1")
        .env("HTTP_PROXY", "http://127.0.0.1:1")
        .env("YUANCHI__LOGS__FILTER", "trace");
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_bucket_that_cannot_be_used_stops_the_start_and_says_why() {
    let (test, server) = (TestApp::start(), S3Server::start());
    let well = on_bucket(&test, &server).arg("migrate").output().expect("it runs");
    assert!(well.status.success(), "{}", said(&well));
    assert!(server.count("PUT") == 1 && server.objects().is_empty(), "it was tried");
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let away = format!("http://{nobody}");
    for (setting, value, named, why) in [
        ("SECRET_KEY", "another", "storage.secret_key", "403 SignatureDoesNotMatch"),
        ("ACCESS_KEY", "another", "storage.access_key", "403 InvalidAccessKeyId"),
        ("BUCKET", "not-there", "storage.bucket = \"not-there\"", "404 NoSuchBucket"),
        ("ENDPOINT", away.as_str(), "storage.endpoint", "refused"),
        ("ENDPOINT", "store.example", "storage.endpoint = \"store.example\"", "https://host"),
        ("REGION", "us-east-1", "storage.bucket", "400 AuthorizationHeaderMalformed"),
        ("SECRET_KEY", "", "storage.secret_key", "YUANCHI__STORAGE__SECRET_KEY"),
        ("KIND", "s4", "storage.kind", "s4"),
    ] {
        let mut command = on_bucket(&test, &server);
        let output =
            command.env(format!("YUANCHI__STORAGE__{setting}"), value).arg("migrate").output().expect("it runs");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{setting}: {said}");
        assert!(said.contains(named) && said.contains(why), "{setting}: {said}");
        assert!(!said.contains(s3_server::SECRET_KEY) && !said.contains("Signature="), "{setting}: {said}");
    }
}

#[test]
fn a_folder_of_keys_that_is_not_mounted_is_no_first_start() {
    let test = TestApp::start();
    let keys = test.dir.join("not-mounted");
    let output = program(&test).env("YUANCHI__KEYS__DIR", &keys).arg("migrate").output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("keys.dir = ") && said(&output).contains("not-mounted"), "{}", said(&output));
    assert!(!keys.exists());
}

#[test]
fn nothing_is_served_with_other_keys_than_the_database_was_signed_with() {
    let test = TestApp::start();
    test.person("somebody@example.org", &[]).browser();
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    let others = test.dir.join("other-keys");
    std::fs::create_dir(&others).expect("a folder");
    let output = program(&test).env("YUANCHI__KEYS__DIR", &others).output().expect("it runs");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&test.app.env.keys.id()) && said.contains("set keys.dir to the folder"), "{said}");
}
