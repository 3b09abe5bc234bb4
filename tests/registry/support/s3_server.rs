//! An S3-compatible store on a real socket, for tests: it works out each signature for itself, keeps objects in memory, and misbehaves as
//! told.

#![allow(dead_code, reason = "shared by unit tests and the integration binary, each of which uses a part")]

// Named, for the file that it stands beside is one of another tree to the unit tests.
#[path = "s3_server/signature.rs"]
mod signature;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use signature::judge;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

/// Whose signatures are taken.
pub const ACCESS_KEY: &str = "AKIATESTACCESSKEY";
/// What they are made with.
pub const SECRET_KEY: &str = "test-secret/+of=the-store";
/// The one region.
pub const REGION: &str = "cn-south-1";
/// The one bucket.
pub const BUCKET: &str = "documents";

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// Does nothing wrong: for a fault that waits its turn.
    Pass,
    /// Answers with this status and code and does nothing.
    Answer(u16, &'static str),
    /// Sends the head and so many bytes of the body, then closes.
    CutAfter(usize),
    /// Sends the head and so many bytes of the body, then nothing until the other side gives up.
    StallAfter(usize),
    /// Closes without a word, having done nothing.
    Close,
    /// Does what is asked, then closes without a word.
    LoseAnswer,
    /// Says nothing until the other side gives up.
    Hang,
    /// Flips a bit in the middle of the body.
    Alter,
    /// Sends the asker elsewhere.
    Redirect(SocketAddr),
}

/// A request as it was seen.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub target: String,
    /// What it was answered; 0 for nothing.
    pub status: u16,
}

/// One version of an object.
#[derive(Debug, Clone)]
struct Version {
    id: u64,
    content: Vec<u8>,
    modified: SystemTime,
}

type Hook = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Vec<Version>>,
    /// Whether versions are kept.
    versioned: bool,
    /// Objects on a page of a list at most.
    page: Option<usize>,
    faults: Vec<(String, Fault)>,
    hooks: Vec<(String, Hook)>,
    seen: Vec<Seen>,
    last_id: u64,
    connections: Vec<TcpStream>,
    closing: bool,
}

/// The store; stops when dropped.
pub struct S3Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    acceptor: Option<JoinHandle<()>>,
}

impl S3Server {
    /// Starts on a free port of the loopback interface, with an empty bucket.
    pub fn start() -> S3Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        let acceptor = thread::spawn(move || accept(&listener, &shared));
        S3Server { address, state, acceptor: Some(acceptor) }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// For the setting `storage.endpoint`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request of this method goes wrong; several wait their turn.
    pub fn fail_next(&self, method: &str, fault: Fault) {
        self.lock().faults.push((method.into(), fault));
    }

    /// Faults that nothing has met yet.
    pub fn faults_left(&self) -> usize {
        self.lock().faults.len()
    }

    /// Does something when the next request of this method has come, before it is carried out.
    pub fn before_next(&self, method: &str, hook: impl FnOnce() + Send + 'static) {
        self.lock().hooks.push((method.into(), Box::new(hook)));
    }

    /// Keeps versions from now on.
    pub fn keep_versions(&self) {
        self.lock().versioned = true;
    }

    /// Puts so few objects on a page of a list.
    pub fn page_of(&self, objects: usize) {
        self.lock().page = Some(objects);
    }

    /// Every request so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    /// How many requests of a method there were.
    pub fn count(&self, method: &str) -> usize {
        self.lock().seen.iter().filter(|seen| seen.method == method).count()
    }

    /// Names and contents of what is there.
    pub fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        let latest = |versions: &Vec<Version>| versions.last().map(|version| version.content.clone());
        self.lock().objects.iter().filter_map(|(name, versions)| Some((name.clone(), latest(versions)?))).collect()
    }

    /// Puts something there round the service, as somebody with access to the bucket would.
    pub fn write(&self, name: &str, content: &[u8]) {
        self.lock().put(name, content.to_vec());
    }

    /// Takes an object away, with all its versions.
    pub fn remove(&self, name: &str) {
        self.lock().objects.remove(name).expect("it is there");
    }

    /// Makes an object older.
    pub fn age(&self, name: &str, by: Duration) {
        let mut state = self.lock();
        let versions = state.objects.get_mut(name).unwrap_or_else(|| panic!("{name} is not there"));
        versions.iter_mut().for_each(|version| version.modified -= by);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        let connections = {
            let mut state = self.lock();
            state.closing = true;
            std::mem::take(&mut state.connections)
        };
        for connection in connections {
            let _ = connection.shutdown(Shutdown::Both);
        }
        // Wakes the acceptor, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

impl State {
    fn put(&mut self, name: &str, content: Vec<u8>) -> u64 {
        self.last_id += 1;
        let version = Version { id: self.last_id, content, modified: SystemTime::now() };
        let versions = self.objects.entry(name.into()).or_default();
        if !self.versioned {
            versions.clear();
        }
        versions.push(version);
        self.last_id
    }

    fn take_fault(&mut self, method: &str) -> Option<Fault> {
        let at = self.faults.iter().position(|(of, _)| of == method)?;
        Some(self.faults.remove(at).1)
    }

    fn take_hook(&mut self, method: &str) -> Option<Hook> {
        let at = self.hooks.iter().position(|(of, _)| of == method)?;
        Some(self.hooks.remove(at).1)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, state: &Arc<Mutex<State>>) {
    for connection in listener.incoming() {
        let Ok(connection) = connection else { return };
        {
            let mut state = lock(state);
            if state.closing {
                return;
            }
            if let Ok(copy) = connection.try_clone() {
                state.connections.push(copy);
            }
        }
        let state = state.clone();
        thread::spawn(move || {
            // A client that goes away in the middle is a fine thing to happen in a test.
            let _ = converse(&connection, &state);
            let _ = connection.shutdown(Shutdown::Both);
        });
    }
}

struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn of(status: u16, body: Vec<u8>) -> Answer {
        Answer { status, headers: Vec::new(), body }
    }

    fn refusal(status: u16, code: &str) -> Answer {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>In words</Message></Error>"
        );
        Answer::of(status, body.into_bytes())
    }
}

fn converse(connection: &TcpStream, state: &Mutex<State>) -> io::Result<()> {
    let mut input = BufReader::new(connection);
    while let Some(request) = read_request(&mut input)? {
        let (fault, hook) = {
            let mut state = lock(state);
            (state.take_fault(&request.method), state.take_hook(&request.method))
        };
        if let Some(hook) = hook {
            hook();
        }
        if matches!(fault, Some(Fault::Hang)) {
            note(state, &request, 0);
            return io::copy(&mut input, &mut io::sink()).map(drop);
        }
        if matches!(fault, Some(Fault::Close)) {
            note(state, &request, 0);
            return Ok(());
        }
        let mut answer = match fault {
            Some(Fault::Answer(status, code)) => Answer::refusal(status, code),
            Some(Fault::Redirect(to)) => Answer {
                headers: vec![("location", format!("http://{to}{}", request.target))],
                ..Answer::of(307, Vec::new())
            },
            _ => carry_out(&request, &mut lock(state)),
        };
        if matches!(fault, Some(Fault::LoseAnswer)) {
            note(state, &request, 0);
            return Ok(());
        }
        if matches!(fault, Some(Fault::Alter)) {
            let middle = answer.body.len() / 2;
            answer.body[middle] ^= 1;
        }
        note(state, &request, answer.status);
        let sent = match fault {
            Some(Fault::CutAfter(bytes) | Fault::StallAfter(bytes)) => bytes,
            _ => answer.body.len(),
        };
        write_answer(connection, &request.method, &answer, sent)?;
        if let Some(Fault::StallAfter(_)) = fault {
            return io::copy(&mut input, &mut io::sink()).map(drop);
        }
        if sent < answer.body.len() {
            return Ok(());
        }
    }
    Ok(())
}

fn note(state: &Mutex<State>, request: &Request, status: u16) {
    lock(state).seen.push(Seen { method: request.method.clone(), target: request.target.clone(), status });
}

fn read_request(input: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        input.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request = Request { method, target, headers, body: Vec::new() };
    // Like the real ones, it takes no body of unknown length; what came in pieces would be read as the next request and fail.
    let length = request.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    input.take(length).read_to_end(&mut request.body)?;
    Ok(Some(request))
}

fn write_answer(mut output: &TcpStream, method: &str, answer: &Answer, sent: usize) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {} Said\r\n", answer.status);
    for (name, value) in &answer.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    if answer.status != 204 {
        let _ = write!(head, "content-length: {}\r\n", answer.body.len());
    }
    output.write_all(format!("{head}\r\n").as_bytes())?;
    if method == "HEAD" {
        return Ok(());
    }
    output.write_all(&answer.body[..sent])
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Names and values of the query, decoded.
    fn query(&self) -> Vec<(String, String)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decoded(name), decoded(value))
            })
            .collect()
    }

    fn asked(&self, name: &str) -> Option<String> {
        self.query().into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: String = rest.by_ref().take(2).map(char::from).collect();
            bytes.push(u8::from_str_radix(&digits, 16).unwrap_or(b'?'));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn carry_out(request: &Request, state: &mut State) -> Answer {
    if let Err((status, code)) = judge(request) {
        return Answer::refusal(status, code);
    }
    let path = decoded(request.path());
    let Some(key) = path.strip_prefix(&format!("/{BUCKET}/")) else { return Answer::refusal(404, "NoSuchBucket") };
    match (request.method.as_str(), key) {
        ("GET", "") => list(request, state),
        ("GET" | "HEAD", key) => {
            let Some(version) = state.objects.get(key).and_then(|versions| versions.last()) else {
                return Answer::refusal(404, "NoSuchKey");
            };
            let modified: DateTime<Utc> = version.modified.into();
            let mut headers = vec![("last-modified", modified.format("%a, %d %b %Y %H:%M:%S GMT").to_string())];
            headers.extend(state.versioned.then(|| ("x-amz-version-id", format!("v{}", version.id))));
            Answer { headers, ..Answer::of(200, version.content.clone()) }
        }
        ("PUT", key) => {
            let id = state.put(key, request.body.clone());
            let headers = state.versioned.then(|| ("x-amz-version-id", format!("v{id}"))).into_iter().collect();
            Answer { headers, ..Answer::of(200, Vec::new()) }
        }
        ("DELETE", key) => {
            remove(state, key, request.asked("versionId").as_deref());
            Answer::of(204, Vec::new())
        }
        _ => Answer::refusal(405, "MethodNotAllowed"),
    }
}

/// One version, or everything: this store lays no marker over what it keeps.
fn remove(state: &mut State, key: &str, version: Option<&str>) {
    let Some(versions) = state.objects.get_mut(key) else { return };
    versions.retain(|present| version.is_some_and(|id| id != format!("v{}", present.id)));
    if versions.is_empty() {
        state.objects.remove(key);
    }
}

fn list(request: &Request, state: &State) -> Answer {
    if request.asked("list-type").as_deref() != Some("2") {
        return Answer::refusal(501, "NotImplemented");
    }
    let prefix = request.asked("prefix").unwrap_or_default();
    // A token with every character that a query must escape.
    let after = request.asked("continuation-token").map(|token| {
        let token = token.strip_suffix("+/= &%").expect("the token came back as it was given");
        String::from_utf8(BASE64_STANDARD.decode(token).expect("a token")).expect("a name")
    });
    let mut left = state
        .objects
        .iter()
        .filter(|(name, _)| name.starts_with(&prefix) && after.as_ref().is_none_or(|after| *name > after))
        .filter_map(|(name, versions)| Some((name, versions.last()?)));
    let page: Vec<_> = left.by_ref().take(state.page.unwrap_or(1000)).collect();
    let more = left.next().is_some();
    let mut body = format!("<ListBucketResult><Name>{BUCKET}</Name><IsTruncated>{more}</IsTruncated>");
    for (name, version) in &page {
        let modified: DateTime<Utc> = version.modified.into();
        let modified = modified.format("%Y-%m-%dT%H:%M:%S%.3fZ");
        let size = version.content.len();
        let _ = write!(
            body,
            "<Contents><Key>{name}</Key><LastModified>{modified}</LastModified><Size>{size}</Size></Contents>"
        );
    }
    if let Some((last, _)) = page.last().filter(|_| more) {
        let token = BASE64_STANDARD.encode(last);
        let _ = write!(body, "<NextContinuationToken>{token}+/= &amp;%</NextContinuationToken>");
    }
    Answer::of(200, format!("{body}</ListBucketResult>").into_bytes())
}
