//! Large documents pass through the program without being kept in its memory.

use super::program;
use crate::support::{Person, TestApp, admin_of, canaries, papers, with};
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::ApplicationId;
use yuanchi::domain::programme::DocumentType;

pub(super) const MEBIBYTE: u64 = 1 << 20;
/// Bytes of one document: the most that a programme may allow.
const LARGE: u64 = 200 * MEBIBYTE;
/// What the program may take on top of what it has when it is idle.
const GROWTH: u64 = 64 * MEBIBYTE;
const CODES: [&str; 3] = ["914403001922038216", "91440606722473344C", "9144030071526726XG"];

/// The program, serving; stopped when it is dropped. Its log is looked through like that of the tests.
pub(super) struct Serving {
    child: Child,
    pub(super) address: SocketAddr,
    hearing: Option<JoinHandle<()>>,
}

impl Serving {
    pub(super) fn start(test: &TestApp) -> Serving {
        let mut child = program(test).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its output")).lines();
        let mut read = || lines.next().expect("it goes on").expect("a line");
        let address = loop {
            if let Some((_, address)) = read().split_once("Yuanchi is at http://") {
                break address.parse().expect("an address");
            }
        };
        // Whoever does not read what it says stops it one day.
        let hearing = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                canaries::hear(&format!("{line}\n"));
            }
        });
        Serving { child, address, hearing: Some(hearing) }
    }

    /// The most memory that it had in use so far, in bytes.
    pub(super) fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().expect("a number");
        kibibytes * 1024
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Whatever it said is heard before the log is judged.
        if let Some(hearing) = self.hearing.take() {
            let _ = hearing.join();
        }
    }
}

/// A vendor with an access token and a draft.
pub(super) struct Vendor {
    pub(super) token: String,
    pub(super) draft: ApplicationId,
}

/// Three vendors with a draft each, in a call whose licence may be large and of any type, several of them, and whose other
/// documents may not.
pub(super) fn vendors(test: &TestApp) -> Vec<Vendor> {
    // The program goes by the machine's clock.
    test.set_clock(chrono::Utc::now().naive_utc());
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let approver = test.person("approver@example.org", &[with(Role::Approver)]);
    let mut programme = test.app.env.programme("service_provider").expect("the programme").clone();
    programme.documents[0].max_bytes = LARGE;
    programme.documents[0].max_count = 10;
    programme.documents[0].types =
        vec![DocumentType::Pdf, DocumentType::Png, DocumentType::Jpg, DocumentType::Xlsx, DocumentType::Docx];
    programme.documents[1].max_bytes = MEBIBYTE;
    let call = test.open_call(programme, &handler, &approver);
    let vendor = |(index, code): (usize, &&str)| {
        let organisation = test.organisation(code, &format!("申报单位{index}"), "440305");
        let person = test.person(&format!("vendor{index}@example.org"), &[admin_of(organisation)]);
        let begun = person.api().call("POST", &format!("/api/v1/calls/{call}/applications"), &json!({})).expect(201);
        let draft = ApplicationId::from_text(begun.json()["id"].as_str().expect("an id")).expect("an id");
        Vendor { token: access_token(test, &person), draft }
    };
    CODES.iter().enumerate().map(vendor).collect()
}

fn access_token(test: &TestApp, person: &Person) -> String {
    let (config, id) = (test.app.config.sessions.clone(), person.id);
    let kind = yuanchi::domain::status::SessionKind::Api;
    let session = test.write(move |tx| yuanchi::actions::sessions::begin(tx, &config, id, kind, "test"));
    let token = test.app.access_token(id, &session.stored).expect("a token");
    for secret in [&token, &session.plain] {
        canaries::keep(test.address, secret);
    }
    token
}

/// Begins to send a PDF of [`LARGE`] bytes, filled with this letter, sends so many of them, and waits for the answer.
fn upload(address: SocketAddr, vendor: &Vendor, kind: &str, sent: u64, fill: u8) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a limit");
    let head = format!(
        "POST /api/v1/applications/{}/documents?kind={kind}&name=a.pdf HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer {}\r\ncontent-type: application/octet-stream\r\ncontent-length: {LARGE}\r\n\
         connection: close\r\n\r\n",
        vendor.draft, vendor.token
    );
    stream.write_all(head.as_bytes()).expect("the head is taken");
    // The place of the table is written in as many digits, whatever the rest has.
    let (first, last) = papers::pdf_around("a", sent as usize);
    let mut left = sent - (first.len() + last.len()) as u64;
    let (first, last) = papers::pdf_around("a", left as usize);
    stream.write_all(&first).expect("the first bytes are taken");
    let block = vec![fill; 64 * 1024];
    while left > 0 {
        let count = left.min(block.len() as u64);
        stream.write_all(&block[..count as usize]).expect("the bytes are taken");
        left -= count;
    }
    stream.write_all(&last).expect("the last bytes are taken");
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

/// Downloads a document; how many bytes came, with the head.
fn download(address: SocketAddr, vendor: &Vendor, document: &str) -> u64 {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a limit");
    let head = format!(
        "GET /api/v1/documents/{document} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         connection: close\r\n\r\n",
        vendor.token
    );
    stream.write_all(head.as_bytes()).expect("the head is taken");
    std::io::copy(&mut stream, &mut std::io::sink()).expect("the document")
}

/// The id in the answer to an upload.
fn document_of(answer: &str) -> String {
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).expect("a body");
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_else(|e| panic!("{answer}: {e}"));
    body["id"].as_str().expect("an id").to_string()
}

#[test]
fn large_documents_are_streamed_and_larger_ones_are_refused_before_they_are_read() {
    let test = TestApp::start();
    let vendors = vendors(&test);
    let documents = &test.app.env.programme("service_provider").expect("the programme").documents;
    let (large, small) = (&documents[0].key, &documents[1].key);
    let log = canaries::overhear();
    let serving = Serving::start(&test);
    // Over the limit: refused with its reason while most of it is still to come.
    let answer = upload(serving.address, &vendors[1], small, 2 * MEBIBYTE, b'd');
    assert!(answer.starts_with("HTTP/1.1 422") && answer.contains("upload_too_large"), "{answer}");
    let number = answer.lines().find_map(|line| line.split_once(": ").filter(|(name, _)| *name == "x-request-id"));
    let number = number.map(|(_, number)| number.trim().to_string()).expect("the number of the request");
    // From here on everything that a request needs is there.
    let idle = serving.peak();
    std::thread::scope(|scope| {
        for (vendor, fill) in vendors.iter().zip([b'a', b'b', b'c']) {
            let address = serving.address;
            scope.spawn(move || {
                let answer = upload(address, vendor, large, LARGE, fill);
                assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
                let came = download(address, vendor, &document_of(&answer));
                assert!((LARGE..LARGE + 4096).contains(&came), "{came} bytes came back");
            });
        }
    });
    let grown = serving.peak() - idle;
    assert!(
        grown < GROWTH,
        "{} MiB were taken for three documents of 200 MiB on their way in and out",
        grown / MEBIBYTE
    );
    drop(serving);
    // C-63: what it logged was heard; whether it tells anything is judged at the end, like the rest.
    let said = log.lock().expect("nobody panicked").clone();
    assert!(said.contains(&number), "the request {number} is not in what was heard");
    assert_eq!(test.app.env.objects.list().expect("the store").len(), 3, "nothing of the refused one stays");
}
