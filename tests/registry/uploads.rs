//! Uploads that take long: who sends them, and what they are for, is judged again when the last byte is there.

use super::applications::{Scene, png, scene, scene_on};
use super::lists::{self, NOTICE};
use super::support::app::at;
use super::support::client::File;
use super::support::{Client, TestApp, html, member_of};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use yuanchi::db;
use yuanchi::domain::ids::{AccountId, ApplicationId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::status::ObjectionStatus;
use yuanchi::jobs;

/// A request of which a part has been sent.
struct Slow {
    stream: TcpStream,
    rest: Vec<u8>,
}

const BOUNDARY: &str = "----between-the-parts-7f3a";

impl Slow {
    /// Sends the head and all but the last bytes of the body, and waits until the document is being received.
    fn begin(test: &TestApp, path: &str, headers: &[(&str, String)], body: &[u8]) -> Slow {
        let mut stream = TcpStream::connect(test.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let mut head = format!("POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", test.address);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("content-length: {}\r\n\r\n", body.len());
        let (first, rest) = body.split_at(body.len() - 40);
        stream.write_all(head.as_bytes()).expect("the head is sent");
        stream.write_all(first).expect("a part is sent");
        let begun = Instant::now();
        while incoming(test).is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(30), "the upload of {path} was never begun");
            std::thread::yield_now();
        }
        Slow { stream, rest: rest.to_vec() }
    }

    /// Sends a document to the API.
    fn to_the_api(test: &TestApp, client: &Client, application: &str, kind: &str) -> Slow {
        let path = format!("/api/v1/applications/{application}/documents?kind={kind}&name=a.png");
        let token = client.bearer().expect("a token");
        let headers =
            [("authorization", format!("Bearer {token}")), ("content-type", "application/octet-stream".to_string())];
        Slow::begin(test, &path, &headers, &png())
    }

    /// Sends a form with a document.
    fn by_a_form(test: &TestApp, client: &Client, path: &str, fields: &[(&str, &str)], file: &str) -> Slow {
        Slow::all_by_a_form(test, client, path, fields, &[(file, "a.png")])
    }

    /// Sends a form with documents: under which names of a field and of a file.
    fn all_by_a_form(
        test: &TestApp,
        client: &Client,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str)],
    ) -> Slow {
        let mut body = Vec::new();
        for (name, value) in [("csrf", client.csrf())].iter().chain(fields) {
            let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.as_bytes());
        }
        for (field, name) in files {
            let part = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend(part.as_bytes());
            body.extend(png());
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        let mut headers = vec![
            ("content-type", format!("multipart/form-data; boundary={BOUNDARY}")),
            ("sec-fetch-site", "same-origin".to_string()),
        ];
        headers.extend(client.cookie("__Host-sid").map(|secret| ("cookie", format!("__Host-sid={secret}"))));
        Slow::begin(test, path, &headers, &body)
    }

    /// The line breaks: what is missing never comes. Nothing of what came is kept.
    #[track_caller]
    fn cut(self, test: &TestApp) {
        drop(self.stream);
        let begun = Instant::now();
        while !incoming(test).is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(60), "half a document is left");
            std::thread::yield_now();
        }
    }

    /// Sends the rest; status and body of the answer.
    fn finish(mut self) -> (u16, String) {
        self.stream.write_all(&self.rest).expect("the rest is sent");
        let mut answer = Vec::new();
        self.stream.read_to_end(&mut answer).expect("an answer");
        // As the pages are read elsewhere.
        let answer = String::from_utf8_lossy(&answer).replace('\u{a0}', " ");
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_else(|| panic!("no answer: {answer}")), answer)
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] }).collect()
}

fn incoming(test: &TestApp) -> Vec<PathBuf> {
    files(&test.dir.join("objects/incoming"))
}

/// Nothing is half received, and what no row names is cleared away in time.
#[track_caller]
fn nothing_stays(test: &TestApp, named: usize) {
    assert_eq!(incoming(test), Vec::<PathBuf>::new());
    let long_ago = SystemTime::now() - Duration::from_secs(90 * 86_400);
    for path in files(&test.dir.join("objects/objects")) {
        let file = std::fs::File::options().write(true).open(&path).expect("a document");
        file.set_modified(long_ago).expect("older");
    }
    jobs::clear_away(&test.app).expect("cleared");
    assert_eq!(files(&test.dir.join("objects/objects")).len(), named);
}

fn end_sessions(test: &TestApp, account: AccountId) {
    test.write(move |tx| Ok(db::sessions::end_all(tx.db, &[account], &[], tx.now)?));
}

fn documents(scene: &Scene, id: &str) -> usize {
    let colleague = scene.app.person("looks@example.org", &[member_of(scene.organisation)]);
    let found = colleague.api().json(&format!("/api/v1/applications/{id}"));
    found["documents"].as_array().expect("documents").len()
}

#[test]
fn a_document_of_somebody_who_has_left_is_refused() {
    type Leave = fn(&TestApp, AccountId);
    for (leave, refused) in [(TestApp::take_roles as Leave, [403, 404]), (end_sessions as Leave, [401, 401])] {
        let scene = scene();
        let mut api = scene.admin.api();
        let id = scene.begin(&mut api);
        let slow = Slow::to_the_api(&scene.app, &api, &id, "licence");
        leave(&scene.app, scene.admin.id);
        let (status, answer) = slow.finish();
        assert!(refused.contains(&status), "{answer}");
        assert_eq!(documents(&scene, &id), 0);
        nothing_stays(&scene.app, 0);
    }
}

#[test]
fn a_document_by_a_form_of_somebody_who_has_signed_out_is_refused() {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let browser = scene.admin.browser();
    let path = format!("/applications/{id}/documents");
    let slow = Slow::by_a_form(&scene.app, &browser, &path, &[], "documents.licence");
    end_sessions(&scene.app, scene.admin.id);
    let (status, answer) = slow.finish();
    assert!(matches!(status, 401 | 303), "{answer}");
    assert!(status != 303 || answer.contains("location: /session"), "{answer}");
    assert_eq!(documents(&scene, &id), 0);
    nothing_stays(&scene.app, 0);
}

#[test]
fn a_document_for_an_application_that_was_filed_meanwhile_is_refused() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    let slow = Slow::to_the_api(&scene.app, &api, &id, "more");
    scene.submit(&mut api, &id).expect(200);
    let (status, answer) = slow.finish();
    assert_eq!(status, 409, "{answer}");
    assert!(answer.contains("wrong_state"), "{answer}");
    assert_eq!(documents(&scene, &id), 1);
    nothing_stays(&scene.app, 1);
}

/// Of several documents in one request those that are in stay, and whoever sent them is told how many need not be sent again.
#[test]
fn of_documents_sent_while_the_application_is_filed_the_first_stay_and_are_told() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    let mut browser = scene.admin.browser();
    let path = format!("/applications/{id}/documents");
    browser.open(&path).shows("合计不得超过 200 MB");
    let files = [("documents.more", "first.png"), ("documents.more", "second.png")];
    let slow = Slow::all_by_a_form(&scene.app, &browser, &path, &[], &files);
    let application = ApplicationId::from_text(&id).expect("an id");
    let kept = || scene.app.read(|tx| Ok(db::attachments::of_application(tx.db, application)?.len()));
    let begun = Instant::now();
    while kept() != 2 {
        assert!(begun.elapsed() < Duration::from_secs(30), "the first document was never kept");
        std::thread::yield_now();
    }
    scene.submit(&mut api, &id).expect(200);
    let (status, answer) = slow.finish();
    assert_eq!(status, 409, "{answer}");
    assert!(answer.contains("排在前面的 1 份已经上传"), "{answer}");
    assert_eq!(documents(&scene, &id), 2);
    nothing_stays(&scene.app, 1);
}

#[test]
fn a_document_whose_line_breaks_leaves_nothing_and_is_sent_again() {
    // There is room for one.
    let room = u64::try_from(png().len()).expect("a length");
    let scene = scene_on(TestApp::start_with(|config| config.uploads.application_bytes = room));
    let (mut api, mut browser) = (scene.admin.api(), scene.admin.browser());
    let id = scene.begin(&mut api);
    let path = format!("/api/v1/applications/{id}/documents?kind=licence&name=a.png");
    let page = format!("/applications/{id}/documents");
    let headers = [
        ("authorization", format!("Bearer {}", api.bearer().expect("a token"))),
        ("content-type", "application/octet-stream".to_string()),
        ("idempotency-key", "one-document".to_string()),
    ];
    Slow::begin(&scene.app, &path, &headers, &png()).cut(&scene.app);
    Slow::by_a_form(&scene.app, &browser, &page, &[], "documents.licence").cut(&scene.app);
    let held = |api: &mut Client| api.json(&format!("/api/v1/applications/{id}"))["documents"].clone();
    assert_eq!(held(&mut api), json!([]));
    browser.open(&page).hides("a.png");
    nothing_stays(&scene.app, 0);

    // The same again under the same key: it is taken, and once however often it is sent.
    let same: Vec<(&str, &str)> = headers[1..].iter().map(|(name, value)| (*name, value.as_str())).collect();
    let taken = api.send("POST", &path, &same, png()).expect(201).json();
    assert_eq!(api.send("POST", &path, &same, png()).expect(201).json(), taken);
    let there = held(&mut api);
    assert_eq!((there.as_array().map(Vec::len), &there[0]["bytes"]), (Some(1), &json!(room)), "{there}");
    browser.open(&page).shows("a.png");

    // What broke off took none of the room; what is there takes its own.
    let more = path.replace("kind=licence", "kind=more");
    let refused = api.send("POST", &more, &same[..1], png()).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "documents_too_large", "{refused}");
    nothing_stays(&scene.app, 1);
}

#[test]
fn a_licence_image_of_somebody_who_has_left_is_refused() {
    let scene = scene();
    scene.app.tamper("UPDATE organisations SET code_check = 'wrong'");
    let browser = scene.admin.browser();
    let slow = Slow::by_a_form(&scene.app, &browser, "/organisation/licence", &[], "licence");
    scene.app.take_roles(scene.admin.id);
    let (status, answer) = slow.finish();
    assert!(matches!(status, 403 | 404), "{answer}");
    nothing_stays(&scene.app, 0);
}

/// Anybody may object, signed in or not; what is judged at the last byte is whether it is in time.
#[test]
fn c_54_evidence_that_arrives_after_the_notice_makes_the_objection_late() {
    let mut scene = lists::scene();
    let (application, _) = scene.noticed(State::InNotice, "佛山市");
    scene.test.set_clock(at("2026-01-12T15:59:59"));
    let mut visitor = scene.test.visitor();
    let page = visitor.open(&format!("/notices/{NOTICE}/objections/new")).text();
    let once = html::value_of(&page, "once").expect("the page's own number");
    let application = application.to_string();
    let fields = [
        ("once", once.as_str()),
        ("application", application.as_str()),
        ("kind", "unit"),
        ("name", "某单位"),
        ("phone", "020-83133000"),
        ("matter", "产值不实"),
    ];
    let path = format!("/notices/{NOTICE}/objections");
    let evidence = File { field: "evidence", name: "a.png", bytes: &png() };
    visitor.upload(&path, &[("name", "a\0b")], &evidence).expect(422).shows("U+0000");
    let slow = Slow::by_a_form(&scene.test, &visitor, &path, &fields, "evidence");
    scene.test.set_clock(at("2026-01-12T16:00:00"));
    let (status, answer) = slow.finish();
    assert_eq!(status, 201, "{answer}");
    let late = scene.test.read(|tx| {
        let pager = db::page::Pager::new(None, None);
        Ok(db::objections::list(tx.db, Some(ObjectionStatus::NotAccepted), pager)?)
    });
    assert_eq!(late.items.iter().map(|o| o.shortcomings.0.join(" ")).collect::<Vec<_>>(), ["late"]);
}

/// Asks for the body of a call to be sent, as many bytes as that, and waits until the server wants it: it does so only
/// once it has seen who calls.
fn wanted(test: &TestApp, api: &Client, path: &str, bytes: usize) -> TcpStream {
    let token = api.bearer().expect("a token");
    let mut stream = TcpStream::connect(test.address).expect("a connection");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {bytes}\r\nexpect: 100-continue\r\n\r\n",
        test.address
    );
    stream.write_all(head.as_bytes()).expect("the head is sent");
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).expect("it asks for the body");
    assert_eq!(String::from_utf8_lossy(&asked), "HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

/// The rule: what is sent is of the instant at which the last of it is there.
#[test]
fn c_54_a_submission_whose_last_byte_comes_with_the_close_is_too_late() {
    let scene = scene();
    let closes = scene.app.now() + chrono::Duration::days(30);
    let id = scene.complete(&mut scene.admin.api());
    let path = format!("/api/v1/applications/{id}");
    for (last, status, state) in
        [(closes, 409, "draft"), (closes - chrono::Duration::milliseconds(1), 200, "submitted")]
    {
        scene.app.set_clock(closes - chrono::Duration::seconds(2));
        let mut api = scene.admin.api();
        let said = json!({ "version": api.json(&path)["version"], "commitment": true }).to_string();
        let rest = " ".repeat(100);
        let mut stream = wanted(&scene.app, &api, &format!("{path}/submission"), said.len() + rest.len());
        // All that matters is there in time; what is missing says nothing.
        stream.write_all(said.as_bytes()).expect("a part is sent");
        scene.app.set_clock(last);
        let (found, answer) = Slow { stream, rest: rest.into_bytes() }.finish();
        assert_eq!(found, status, "{answer}");
        assert!(status == 200 || answer.contains("call_not_open"), "{answer}");
        assert_eq!(scene.admin.api().json(&path)["state"], state);
    }
}

/// A body of JSON may come in as slowly as a document.
#[test]
fn a_change_by_somebody_who_has_left_is_refused() {
    let scene = scene();
    let api = scene.admin.api();
    let body = format!("{{{}}}", " ".repeat(100));
    let stream = wanted(&scene.app, &api, &format!("/api/v1/calls/{}/applications", scene.call), body.len());
    end_sessions(&scene.app, scene.admin.id);
    let (status, answer) = Slow { stream, rest: body.into_bytes() }.finish();
    assert_eq!(status, 401, "{answer}");
}
