//! What was uploaded: rows that are not the recorded ones, counts that do not fit together, bytes that nothing rests on.

use super::breakages::{ATTACHED, event};
use crate::applications::scene;
use crate::support::TestApp;
use crate::support::app::the_morning;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use yuanchi::cli::demo::sample;
use yuanchi::jobs;
use yuanchi::storage::{FileType, ObjectKey};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// The invariant, what to do to the database, and words of the finding.
pub(super) fn breakages() -> Vec<(&'static str, String, &'static str)> {
    let of_document = |id: &str, bytes: u32| {
        let detail = json!({ "attachment": id, "kind": "k", "sha256": "ab".repeat(32), "bytes": bytes });
        event("application", "p1", 1, "a1", "application.document_added", &detail.to_string())
    };
    let licence = event("organisation", "o1", 1, "a1", "organisation.licence_provided", r#"{"licence_sha256": "ab"}"#);
    let objection = event("objection", "b1", 1, "public", "objection.received", r#"{"evidence": ["ab"]}"#);
    let hour = the_morning().and_utc().timestamp().div_euclid(3600);
    vec![
        ("upload_is_as_recorded", ATTACHED.to_string(), "attachments x was never recorded"),
        ("upload_is_as_recorded", format!("{ATTACHED} {}", of_document("x", 4)), "attachments x its bytes is not"),
        ("upload_is_as_recorded", of_document("y", 3), "application p1 document y was recorded and is not there"),
        ("upload_is_as_recorded", licence, "organisation o1 its licence image was recorded and is not there"),
        (
            "upload_is_as_recorded",
            "INSERT INTO code_overrides (organisation_id, licence_name, licence_sha256, licence_bytes, licence_type, \
             provided_by, provided_at) VALUES ('o1', 'n', 'ab', 1, 'png', 'a1', '2026-01-01 00:00:00')"
                .into(),
            "organisation o1 its licence image is not the one that was recorded last",
        ),
        ("upload_is_as_recorded", objection, "objection b1 has 0 pieces of evidence that are not the 1 recorded"),
        ("documents_keep_to_the_programme", ATTACHED.to_string(), "application p1 has a document of kind k"),
        (
            "evidence_is_counted_by_network",
            format!(
                "INSERT INTO attempts (kind, key, slot, made, ends_at) VALUES \
                 ('evidence', 'a network', {}, 5, '2026-04-01 00:00:00'), \
                 ('evidence', 'bytes that wait', {hour}, 9, '2026-04-01 00:00:00'), \
                 ('evidence', 'a network', {hour}, 8, '2026-04-01 00:00:00')",
                hour - 1
            ),
            "9 bytes wait",
        ),
    ]
}

/// Where an object lies.
fn place(test: &TestApp, key: &ObjectKey) -> PathBuf {
    test.dir.join("objects/objects").join(key.path())
}

/// Stores a document that no row names.
fn put(test: &TestApp, title: &str) -> ObjectKey {
    let mut upload = test.app.env.objects.begin(1 << 20).expect("begun");
    upload.write(&sample::pdf(title)).expect("written");
    upload.finish("a.pdf", &[FileType::Pdf]).expect("stored").sha256
}

fn stored_at(path: &Path, at: SystemTime) {
    std::fs::File::options().write(true).open(path).expect("a file").set_modified(at).expect("another time");
}

/// The instant that the service ran last, by its own clock and by that of the store.
fn ran(test: &TestApp) -> SystemTime {
    SystemTime::from(test.now().and_utc()).min(SystemTime::now())
}

/// The subjects of what is told of bytes without a row, sorted.
fn left(test: &TestApp) -> Vec<String> {
    let found = test.violations_of(&["stored_bytes_have_a_row"]).into_iter();
    let mut subjects: Vec<String> = found.map(|violation| violation.subject).collect();
    subjects.sort();
    subjects
}

#[test]
fn c_48_bytes_that_no_row_names_are_found_once_a_sweep_has_left_them() {
    let mut scene = scene();
    scene.app.expect_violations();
    let test = &scene.app;
    scene.complete(&mut scene.admin.api());
    let orphan = put(test, "nobody's");
    let half = test.dir.join("objects/incoming/crashed.part");
    std::fs::write(&half, "half").expect("written");
    let objects = test.app.env.objects.list().expect("a list");
    assert_eq!(objects.len(), 2, "one that a row names, and the other");
    let all: Vec<PathBuf> = objects.iter().map(|entry| place(test, &entry.key)).chain([half]).collect();
    let age = |by: Duration| all.iter().for_each(|path| stored_at(path, ran(test) - by));
    age(9 * DAY);
    assert!(left(test).is_empty(), "nothing says that the service has run since");
    jobs::take_checkpoints(&test.app).expect("a checkpoint");
    assert_eq!(left(test), ["incoming crashed.part".to_string(), format!("object {orphan}")]);
    // It may be an upload that is under way, or wait for the next sweep.
    for days in [0_u32, 1, 2] {
        age(days * DAY);
        assert!(left(test).is_empty(), "{days} days old");
    }
    age(9 * DAY);
    assert_eq!(jobs::clear_away(&test.app).expect("cleared").objects, 1);
    assert!(left(test).is_empty());
}

#[test]
fn c_48_a_licence_that_gave_way_to_another_waits_for_the_sweep() {
    let mut test = TestApp::start();
    test.expect_violations();
    let anna = test.person("anna@example.org", &[]);
    let body = json!({
        "credit_code": "91440300192203821Y", "name": "深圳某某科技有限公司", "registered_area": "440305",
        "established_on": "2010-01-02", "address": "深圳市", "contact_name": "张三", "contact_phone": "0755-12345678",
    });
    let organisation = anna.api().call("POST", "/api/v1/organisations", &body).expect(201).json();
    let path = format!("/api/v1/organisations/{}/licence?name=a.pdf", organisation["id"].as_str().expect("an id"));
    let mut api = anna.api();
    let mut provide = |title: &str| {
        api.send("POST", &path, &[("content-type", "application/octet-stream")], sample::pdf(title)).expect(201);
    };
    provide("first");
    let orphan = put(&test, "nobody's");
    for entry in test.app.env.objects.list().expect("a list") {
        stored_at(&place(&test, &entry.key), ran(&test) - 9 * DAY);
    }
    provide("second");
    jobs::take_checkpoints(&test.app).expect("a checkpoint");
    assert_eq!(test.app.env.objects.list().expect("a list").len(), 3);
    assert_eq!(left(&test), [format!("object {orphan}")]);
}

#[test]
fn c_48_documents_that_go_beyond_their_programme_are_found() {
    let mut scene = scene();
    scene.app.expect_violations();
    scene.complete(&mut scene.admin.api());
    let found = || -> Vec<String> {
        let found = scene.app.violations_of(&["documents_keep_to_the_programme", "upload_is_as_recorded"]);
        found.into_iter().map(|violation| violation.what).collect()
    };
    assert!(found().is_empty(), "{:?}", found());
    for (change, says) in [
        ("UPDATE attachments SET bytes = bytes + 2000", "bytes of 2000"),
        ("UPDATE attachments SET bytes = bytes - 2000, file_type = 'docx'", "is a docx, which its kind does not take"),
        (
            "INSERT INTO attachments (id, application_id, kind, name, sha256, bytes, file_type, uploaded_by, uploaded_at) \
             SELECT 'x', application_id, kind, name, sha256, bytes, file_type, uploaded_by, uploaded_at FROM attachments",
            "has 2 documents of kind licence, of 1",
        ),
    ] {
        scene.app.tamper(change);
        assert!(found().iter().any(|what| what.contains(says)), "{change}: {:?}", found());
    }
    // One that was taken out of the file leaves its place.
    scene.app.tamper("UPDATE attachments SET removed_at = uploaded_at WHERE id = 'x'");
    assert!(!found().iter().any(|what| what.contains("has 2 documents")), "{:?}", found());
    assert!(found().iter().any(|what| what.contains("was never recorded")), "{:?}", found());
}
