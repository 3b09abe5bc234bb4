//! What is uploaded: how much of it, of what kind, and once.

use super::given::{MIDEA, PROGRAMME, call_of, png, png_of, scene, scene_on};
use crate::support::client::File;
use crate::support::{Answer, TestApp, admin_of};
use serde_json::json;
use yuanchi::db;
use yuanchi::domain::ids::ApplicationId;

#[test]
fn a_file_for_which_an_application_has_no_room_is_told_so_however_small_it_is() {
    let scene = scene_on(TestApp::start_with(|config| config.uploads.application_bytes = 1_000));
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let path = format!("/api/v1/applications/{id}/documents?kind=licence&name=a.png");
    // Its kind may have 2,000 bytes.
    let headers = [("content-type", "application/octet-stream")];
    let refused = api.send("POST", &path, &headers, vec![7; 1_500]).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "documents_too_large", "{refused}");
    assert!(refused["fields"][0]["message"].as_str().is_some_and(|told| told.contains("合计不能超过")), "{refused}");
    api.send("POST", &path, &headers, png()).expect(201);
}

/// An organisation has its room over all its applications, to the byte, and what was removed still takes of it.
#[test]
fn c_32_an_organisation_has_its_room_over_all_it_ever_uploaded() {
    room_is_kept_to_the_byte((20, 0), "organisation_out_of_room", "不能超过 20 MB");
}

/// So have all together, where the settings say how much.
#[test]
fn c_32_all_uploads_together_have_their_room_where_it_is_set() {
    room_is_kept_to_the_byte((0, 20), "registry_out_of_room", "上限 20 MB");
}

fn room_is_kept_to_the_byte((of_organisation, of_all): (u64, u64), code: &str, words: &str) {
    let scene = scene_on(TestApp::start_with(|config| {
        (config.uploads.organisation_mb, config.uploads.total_mb) = (of_organisation, of_all);
    }));
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let path = format!("/api/v1/applications/{id}/documents?kind=licence&name=a.png");
    let headers = [("content-type", "application/octet-stream")];
    let first = api.send("POST", &path, &headers, png()).expect(201).json();
    let removed = format!("/api/v1/documents/{}", first["id"].as_str().expect("an id"));
    api.call("DELETE", &removed, &json!({})).expect(200);
    let length = png().len();
    let grow = |bytes: usize| scene.app.tamper(&format!("UPDATE attachments SET bytes = {bytes}"));
    grow((20 << 20) - length + 1);
    let refused = api.send("POST", &path, &headers, png()).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], code, "{refused}");
    assert!(refused["fields"][0]["message"].as_str().is_some_and(|told| told.contains(words)), "{refused}");
    grow((20 << 20) - length);
    api.send("POST", &path, &headers, png()).expect(201);
    // As it was, for the checks that follow.
    grow(length);
}

#[test]
fn c_20_c_30_c_32_uploads_keep_to_their_limits_and_downloads_to_their_readers() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let path = |kind: &str, name: &str| format!("/api/v1/applications/{id}/documents?kind={kind}&name={name}");
    let mut post =
        |path: String, bytes: Vec<u8>| api.send("POST", &path, &[("content-type", "application/octet-stream")], bytes);
    let code = |answer: Answer| answer.expect(422).json()["fields"][0]["code"].as_str().unwrap().to_string();
    assert_eq!(code(post(path("licence", "a.png"), vec![7; 2001])), "upload_too_large");
    assert_eq!(code(post(path("licence", "a.png"), Vec::new())), "upload_empty");
    assert_eq!(code(post(path("licence", "a.exe"), png())), "upload_type_not_allowed");
    let told = |answer: Answer| answer.expect(422).json()["fields"][0]["message"].to_string();
    assert!(told(post(path("licence", "a.exe"), png())).contains("png、pdf"));
    let too_large = told(post(path("licence", "a.png"), vec![7; 2001]));
    assert!(too_large.contains("请压缩后重新上传") && !too_large.contains("分成"), "{too_large}");
    assert_eq!(code(post(path("licence", "a.pdf"), png())), "upload_content_mismatch");
    assert_eq!(code(post(path("nothing", "a.png"), png())), "document_kind_unknown");
    let added = post(path("licence", "..%2F..%2Fetc%2Fa.png"), png()).expect(201).json();
    assert_eq!(added["name"], "a.png");
    // What is sent again, as the answer was not heard, is there: none too many, though the kind is full.
    assert_eq!(post(path("licence", "a.png"), png()).expect(201).json(), added);
    assert_eq!(code(post(path("licence", "b.png"), png())), "document_too_many");
    assert!(told(post(path("licence", "b.png"), png())).contains("最多 1 份，现有 1 份"));
    assert!(told(post(path("more", "a.png"), b"MZ\x90\x00".to_vec())).contains("内容却是程序"));
    let document = added["id"].as_str().unwrap().to_string();

    let mut browser = scene.admin.browser();
    let got = browser.get(&format!("/documents/{document}")).expect(200);
    assert_eq!(got.body, png());
    assert!(got.header("content-disposition").unwrap().starts_with("attachment"));
    assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
    assert!(got.header("content-security-policy").unwrap().contains("sandbox"));
    // A picture for `<img>` goes out as every stored byte does, to those who may have it; nothing else goes out there.
    let picture = format!("/documents/{document}/picture");
    let shown = browser.get(&picture).expect(200);
    assert_eq!((shown.body.clone(), shown.header("content-disposition")), (png(), got.header("content-disposition")));
    assert_eq!(
        (shown.header("content-type"), shown.header("x-content-type-options")),
        (Some("image/png"), Some("nosniff"))
    );
    assert!(shown.header("content-security-policy").unwrap().contains("sandbox"));
    scene.app.person("passer@example.org", &[]).browser().get(&picture).expect(404);
    scene.app.tamper(&format!("UPDATE attachments SET file_type = 'pdf' WHERE id = '{document}'"));
    browser.get(&picture).expect(404);
    scene.app.tamper(&format!("UPDATE attachments SET file_type = 'png' WHERE id = '{document}'"));
    // A draft's document is the applicant's alone.
    for person in [&scene.bureau, &scene.handler] {
        person.browser().get(&format!("/documents/{document}")).expect(404);
    }
    let stranger = scene.app.organisation(MIDEA, "乙公司", "440305");
    let stranger = scene.app.person("stranger@example.org", &[admin_of(stranger)]);
    stranger.browser().get(&format!("/documents/{document}")).expect(404);
    let documents = format!("/applications/{id}/documents");
    let file = File { field: "documents.more", name: "a.png", bytes: b"not a picture" };
    browser.open(&documents);
    browser.upload(&documents, &[], &file).expect(422).shows("文件名写的是");
    // Where a kind takes several, they come in one go; of those before a refused one nothing is lost, and it is named.
    assert!(browser.open(&documents).text().contains("required multiple"));
    fn more<'a>(name: &'a str, bytes: &'a [u8]) -> File<'a> {
        File { field: "documents.more", name, bytes }
    }
    let contents = [1, 2, 3].map(png_of);
    let sent = [more("b.png", &contents[0]), more("c.png", b"not a picture")];
    browser
        .upload_all(&documents, &[], &sent)
        .expect(422)
        .shows("b.png")
        .shows("“c.png”未能上传")
        .shows("文件名写的是");
    let sent = [more("d.png", &contents[1]), more("e.png", &contents[2])];
    let done = browser.upload_all(&documents, &[], &sent).expect(303);
    browser.follow(done).shows("已上传").shows("b.png").shows("d.png").shows("e.png").shows("已达份数上限");
    // Nothing that can be read as parts: an answer, not a broken connection.
    browser.send("POST", &documents, &[("sec-fetch-site", "same-origin")], b"junk".to_vec()).expect(400);
    browser.open(&documents);
    browser.submit(&format!("/documents/{document}/removal"), &[]).expect(303);
    browser.open(&documents).hides("a.png");
}

#[test]
fn an_upload_that_arrives_twice_with_one_key_is_kept_once() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let path = |name: &str| format!("/api/v1/applications/{id}/documents?kind=licence&name={name}.png");
    let mut send = |key: &str, name: &str, bytes: Vec<u8>| {
        let headers = [("content-type", "application/octet-stream"), ("idempotency-key", key)];
        api.send("POST", &path(name), &headers, bytes)
    };
    let first = send("one", "a", png()).expect(201).json();
    // The kind takes one document: the same request is answered as it was.
    assert_eq!(send("one", "a", png()).expect(201).json(), first);
    let other = [png(), vec![0]].concat();
    assert_eq!(send("one", "a", other).expect(422).code(), "idempotency_key_reused");
    assert_eq!(send("one", "b", png()).expect(422).code(), "idempotency_key_reused");
    // The same file under another key is the one that is there; another file is one too many.
    assert_eq!(send("two", "a", png()).expect(201).json(), first);
    assert_eq!(send("three", "b", png_of(2)).expect(422).json()["fields"][0]["code"], "document_too_many");
    let kept = scene.app.read(|tx| {
        let application = yuanchi::domain::ids::ApplicationId::from_text(&id).expect("an id");
        Ok(yuanchi::db::attachments::of_application(tx.db, application)?.len())
    });
    assert_eq!(kept, 1);
}

/// A retry after a line that broke makes no second document, and one file proves nothing twice.
#[test]
fn the_same_file_under_one_kind_is_one_document() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let first = scene.upload_as(&mut api, &id, "more", "a.png", png_of(1)).expect(201).json();
    assert_eq!(scene.upload_as(&mut api, &id, "more", "a.png", png_of(1)).expect(201).json(), first);
    let refused = scene.upload_as(&mut api, &id, "more", "b.png", png_of(1)).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "document_twice", "{refused}");
    assert_eq!(refused["fields"][0]["path"], "documents.more", "{refused}");
    let told = "“b.png”与已上传的“a.png”内容完全相同";
    assert!(refused["fields"][0]["message"].as_str().is_some_and(|said| said.contains(told)), "{refused}");
    // Under another kind it proves something else.
    scene.upload_as(&mut api, &id, "licence", "a.png", png_of(1)).expect(201);

    let documents = format!("/applications/{id}/documents");
    let (mut browser, content) = (scene.admin.browser(), png_of(1));
    let file = |name: &'static str| File { field: "documents.more", name, bytes: &content };
    browser.open(&documents);
    browser.upload(&documents, &[], &file("c.png")).expect(422).shows("“c.png”与已上传的“a.png”内容完全相同");
    browser.upload(&documents, &[], &file("a.png")).expect(303);
    let held = api.json(&format!("/api/v1/applications/{id}"))["documents"].clone();
    assert_eq!(held.as_array().map(Vec::len), Some(2), "{held}");
    let events = scene.app.read(|tx| Ok(db::events::of_subject(tx.db, "application", &id)?));
    assert_eq!(events.iter().filter(|event| event.action == "application.document_added").count(), 2);

    // What was taken out may come in again, under any name.
    let removed = format!("/api/v1/documents/{}", first["id"].as_str().expect("an id"));
    api.call("DELETE", &removed, &json!({})).expect(200);
    scene.upload_as(&mut api, &id, "more", "b.png", png_of(1)).expect(201);
}

/// A kind that is asked for only after an answer keeps its mark once it is there, and a pair of before counts as one.
#[test]
fn two_files_alike_are_one_of_two_and_what_is_asked_for_stays_marked() {
    let asked = "max_count = 3\nmin_count = 2\nrequired_when = { at_least = { field = \"staff\", value = 1 } }";
    let mut scene = scene();
    scene.call = call_of(&scene.app, &scene.handler, 2027, &PROGRAMME.replace("max_count = 3", asked));
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let (path, documents) = (format!("/api/v1/applications/{id}"), format!("/applications/{id}/documents"));
    let mut browser = scene.admin.browser();
    let mark = "其他材料 <span class=\"required\">必交</span>";
    assert!(!browser.open(&documents).text().contains(mark), "nobody asks for it yet");
    api.call("PATCH", &format!("{path}/form"), &json!({ "version": 1, "form": { "staff": "12" } })).expect(200);
    let missing = |file: &serde_json::Value| {
        let missing = file["missing"].as_array().cloned().unwrap_or_default();
        missing.into_iter().find(|one| one["path"] == "documents.more")
    };
    assert!(browser.open(&documents).text().contains(mark));
    let first = scene.upload_as(&mut api, &id, "more", "a.png", png_of(1)).expect(201).json();
    assert!(missing(&api.json(&path)).is_some(), "one is too few");
    let second = scene.upload_as(&mut api, &id, "more", "b.png", png_of(2)).expect(201).json();
    assert_eq!(missing(&api.json(&path)), None);
    let page = browser.open(&documents);
    assert!(page.text().contains(mark) && !page.text().contains("只按一份计"), "{page}");

    let digest_of = |document: &serde_json::Value| document["sha256"].as_str().expect("a digest").to_string();
    let id_of = |document: &serde_json::Value| document["id"].as_str().expect("an id").to_string();
    let set = |digest: String| {
        scene.app.tamper(&format!("UPDATE attachments SET sha256 = '{digest}' WHERE id = '{}'", id_of(&second)));
    };
    set(digest_of(&first));
    assert!(missing(&api.json(&path)).is_some(), "a file and its copy are one");
    browser.open(&documents).shows("只按一份计").shows("至少 2 份，现有 1 份");
    // As it was, for the checks that follow.
    set(digest_of(&second));
    let kept = scene.app.read(|tx| {
        let application = ApplicationId::from_text(&id).expect("an id");
        Ok(db::attachments::of_application(tx.db, application)?.len())
    });
    assert_eq!(kept, 2);
}
