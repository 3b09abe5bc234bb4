//! The service on such a store.

use super::*;
use crate::applications::{self, Scene, png};
use crate::support::Client;
use crate::support::node::Node;
use crate::support::s3_server::Fault;
use serde_json::json;
use std::time::SystemTime;
use yuanchi::jobs;

/// An application filed with a document; its id and the document's.
fn filed(scene: &Scene) -> (String, String) {
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    scene.submit(&mut api, &id).expect(200);
    let document = api.json(&format!("/api/v1/applications/{id}"))["documents"][0]["id"].clone();
    (id, document.as_str().expect("a document").to_string())
}

/// Names of objects that lie in a registry's own folders.
fn on_this_machine(folder: &std::path::Path) -> Vec<String> {
    let names = |below: &str| std::fs::read_dir(folder.join("objects").join(below)).into_iter().flatten();
    names("objects").chain(names("incoming")).flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_vendors_document_reaches_the_officer_of_the_city() {
    let server = S3Server::start();
    let scene = applications::scene_on(registry(&server));
    let (id, document) = filed(&scene);
    let stored = server.objects();
    assert_eq!(stored.len(), 1, "the one document, and no trial left over: {:?}", stored.keys());
    assert!(stored.iter().all(|(name, content)| name.starts_with("yuanchi/objects/") && *content == png()));
    assert_eq!(on_this_machine(&scene.app.dir), Vec::<String>::new());
    let mut officer = scene.bureau.browser();
    officer.open(&format!("/applications/{id}"));
    let got = officer.get(&format!("/documents/{document}")).expect(200);
    assert_eq!(got.body, png());
    assert_eq!(got.header("content-length"), Some(png().len().to_string().as_str()));
    assert_eq!(scene.bureau.api().get(&format!("/api/v1/documents/{document}")).expect(200).body, png());
    scene.app.run_jobs();
    assert_eq!(server.objects(), stored, "what a row names is not swept");
    assert_eq!(scene.app.violations().expect("a check"), []);
}

#[test]
fn the_check_of_invariants_reads_every_document_in_the_bucket() {
    let server = S3Server::start();
    let mut scene = applications::scene_on(registry(&server));
    scene.app.expect_violations();
    filed(&scene);
    let (name, content) = server.objects().into_iter().next().expect("a document");
    let found = |what: &str| {
        let found = scene.app.violations_of(&["document_is_there"]);
        assert!(!found.is_empty() && found.iter().all(|violation| violation.what.contains(what)), "{what}: {found:?}");
    };
    let mut altered = content.clone();
    altered[3] ^= 1;
    server.write(&name, &altered);
    found("object altered since it was stored");
    server.remove(&name);
    found("no such object");
    server.write(&name, &content);
    server.fail_next("GET", Fault::Answer(403, "AccessDenied"));
    found("answered 403 AccessDenied");
    assert_eq!(scene.app.violations().expect("a check"), []);
}

#[test]
fn an_altered_document_is_not_given_out() {
    let server = S3Server::start();
    let mut scene = applications::scene_on(registry(&server));
    scene.app.expect_violations();
    let (_, document) = filed(&scene);
    let (name, content) = server.objects().into_iter().next().expect("a document");
    let mut altered = content.clone();
    altered[40] ^= 1;
    server.write(&name, &altered);
    let path = format!("/documents/{document}");
    let refused = scene.bureau.browser().get(&path).expect(500);
    assert_ne!(refused.body, altered);
    server.write(&name, &content);
    assert_eq!(scene.bureau.browser().get(&path).expect(200).body, content);
}

#[test]
fn while_the_store_is_away_people_are_asked_to_come_back() {
    let server = S3Server::start();
    let scene = applications::scene_on(registry(&server));
    let (_, document) = filed(&scene);
    let path = format!("/documents/{document}");
    let away = |method: &str| (0..3).for_each(|_| server.fail_next(method, Fault::Answer(503, "ServiceUnavailable")));
    away("GET");
    let answer = scene.bureau.browser().get(&path).expect(503);
    assert!(answer.header("retry-after").is_some(), "{answer}");
    let mut api = scene.admin.api();
    let other = applications::scene_on(registry(&server));
    let id = other.begin(&mut other.admin.api());
    let upload = |api: &mut Client| {
        let path = format!("/api/v1/applications/{id}/documents?kind=licence&name=a.png");
        api.send("POST", &path, &[("content-type", "application/octet-stream")], png())
    };
    away("PUT");
    assert_eq!(upload(&mut other.admin.api()).expect(503).code(), "busy");
    assert_eq!(on_this_machine(&other.app.dir), Vec::<String>::new());
    upload(&mut other.admin.api()).expect(201);
    api.get(&format!("/api/v1/documents/{document}")).expect(200);
}

#[test]
fn it_is_not_ready_without_its_bucket() {
    let server = S3Server::start();
    let test = registry(&server);
    let ready = || {
        test.advance(chrono::Duration::seconds(2));
        test.visitor().get("/readyz")
    };
    ready().expect(200);
    server.fail_next("PUT", Fault::Answer(403, "AccessDenied"));
    ready().expect(503).shows("storage cannot be written").hides("database");
    test.visitor().get("/healthz").expect(200);
    ready().expect(200);
    assert!(server.objects().is_empty(), "a trial leaves nothing behind");
}

#[test]
fn only_what_nobody_named_for_a_day_is_swept() {
    let server = S3Server::start();
    let scene = applications::scene_on(registry(&server));
    filed(&scene);
    let used = server.objects().into_keys().next().expect("a document");
    let orphan = |title: &str| {
        let mut upload = scene.app.app.env.objects.begin(1 << 20).expect("begun");
        upload.write(&document(title, 1)).expect("written");
        let stored = upload.finish("a.pdf", &[FileType::Pdf]).expect("stored");
        format!("yuanchi/{}", name_of(&stored.sha256))
    };
    let (old, young) = (orphan("old"), orphan("young"));
    for name in [&used, &old] {
        server.age(name, Duration::from_secs(25 * 3600));
    }
    // What a sweep should have taken long ago the check names, of whatever page of the list.
    server.page_of(1);
    jobs::take_checkpoints(&scene.app.app).expect("a checkpoint");
    let left = || scene.app.violations_of(&["stored_bytes_have_a_row"]);
    assert_eq!(left(), []);
    let ran = SystemTime::from(scene.app.now().and_utc());
    let since = SystemTime::now().duration_since(ran).unwrap_or_default();
    for name in [&used, &old] {
        server.age(name, since + Duration::from_secs(4 * 24 * 3600));
    }
    let found = left();
    assert!(found.len() == 1 && found[0].subject.starts_with("object "), "{found:?}");
    assert!(old.ends_with(found[0].subject.trim_start_matches("object ")), "{found:?}");
    assert_eq!(jobs::clear_away(&scene.app.app).expect("cleared").objects, 1);
    assert_eq!(left(), []);
    let left: Vec<String> = server.objects().into_keys().collect();
    assert!(left.contains(&used) && left.contains(&young) && !left.contains(&old), "{left:?}");
}

/// Two processes with nothing in common but the database, the bucket and the folder of keys.
#[test]
fn what_one_process_took_in_another_gives_out() {
    let server = S3Server::start();
    let scene = applications::scene_on(registry(&server));
    let apart = scene.app.dir.join("another-machine");
    let node = Node::beside_with(&scene.app, |config| {
        config.database.url = scene.app.database_url();
        config.keys.dir = scene.app.dir.join("keys");
        config.data.dir = apart.clone();
    });
    // Its documents come in at the one, and its session, begun there, holds at the other.
    let mut vendor = scene.admin.browser();
    let id = scene.complete(&mut scene.admin.api());
    let mut there = node.visitor().with_session(vendor.cookie("__Host-sid").expect("a session"), vendor.csrf().into());
    there.open(&format!("/applications/{id}/submission"));
    there.submit(&format!("/applications/{id}/submission"), &[("commitment", "yes")]).expect(303);
    vendor.open(&format!("/applications/{id}/receipt"));
    let api = scene.bureau.api();
    let mut officer = node.visitor().with_bearer(api.bearer().expect("a token").to_string());
    let file = officer.json(&format!("/api/v1/applications/{id}"));
    let document = file["documents"][0]["id"].as_str().expect("a document").to_string();
    assert_eq!(officer.get(&format!("/api/v1/documents/{document}")).expect(200).body, png());
    // Either signs what the other verifies, and either sweeps and checks.
    jobs::take_checkpoints(&scene.app.app).expect("a checkpoint");
    jobs::run_once(&node.app).expect("the jobs of the other");
    assert_eq!(scene.app.app.env.keys.id(), node.app.env.keys.id());
    let exports = jobs::read_exports(&apart.join("checkpoints")).expect("exports");
    assert!(!exports.is_empty());
    let found = node.app.read_now(|tx| yuanchi::actions::fsck::check(tx, &exports)).expect("a check");
    assert_eq!(found, []);
    assert_eq!(on_this_machine(&scene.app.dir), Vec::<String>::new());
    assert_eq!(on_this_machine(&apart), Vec::<String>::new());
    assert_eq!(json!(server.objects().len()), json!(1));
    assert!(!apart.join("keys").exists(), "it made no keys of its own");
}
