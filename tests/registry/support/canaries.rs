//! What no test may leave where it does not belong (C-40, C-63): the texts that tests type everywhere, and the secrets
//! of everybody whom a test signs in. They are looked for in the log of the process, and of the programs that it starts
//! to serve, and, when a registry is dropped, in its figures, its record and the heads of its letters. A client looks in
//! the addresses of every page that it is given for them, for every mail address, for the names and telephones that it has
//! sent, and for whom it searches.

use super::client::Answer;
use super::html;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, Once, PoisonError, Weak};
use std::time::Duration;
use yuanchi::mail::Letter;

/// The password of everybody who has one.
pub const PASSWORD: &str = "correct horse battery staple";
/// What is typed in its place where it must be wrong.
pub const WRONG_PASSWORD: &str = "not the right one at all";
/// Whom one reaches at an organisation.
pub const CONTACT_NAME: &str = "令狐守真";
/// Under which number.
pub const CONTACT_PHONE: &str = "020-83133000";
/// Whom one reaches at the organisation that registers itself.
pub const OTHER_CONTACT_NAME: &str = "司马金丝雀";
/// Under which number.
pub const OTHER_CONTACT_PHONE: &str = "0769-77553311";
/// Who objects.
pub const OBJECTOR_NAME: &str = "欧阳不平";
/// Under which number they are reached.
pub const OBJECTOR_PHONE: &str = "0757-83991234";
/// At which address.
pub const OBJECTOR_EMAIL: &str = "ouyang.buping@example.net";

const TYPED: [&str; 9] = [
    PASSWORD,
    WRONG_PASSWORD,
    CONTACT_NAME,
    CONTACT_PHONE,
    OTHER_CONTACT_NAME,
    OTHER_CONTACT_PHONE,
    OBJECTOR_NAME,
    OBJECTOR_PHONE,
    OBJECTOR_EMAIL,
];
/// Everybody has their mail there, so whatever holds this holds somebody's address.
const MAIL: [&str; 2] = ["@example.", "%40example"];
/// Characters from which on a word may be a secret. The shortest there is, the seed of one-time codes, has as many.
const LONG: usize = 32;

/// Where the name that is sent is that of somebody who has an account or will have one.
const NAMING_ACCOUNTS: [&str; 6] =
    ["/accounts", "/invitation", "/registration", "/setup", "/api/v1/accounts", "/api/v1/registrations"];
/// Pages on which one looks for people.
const SEARCHED: [&str; 3] = ["/accounts", "/experts", "/events"];
/// Bytes of a body that is looked through for people.
const LOOKED_THROUGH: usize = 64 << 10;

static LOG: LazyLock<Mutex<Said>> = LazyLock::new(Mutex::default);
static SECRETS: LazyLock<Mutex<HashMap<SocketAddr, HashSet<String>>>> = LazyLock::new(Mutex::default);
static PEOPLE: LazyLock<Mutex<HashMap<SocketAddr, HashSet<String>>>> = LazyLock::new(Mutex::default);

/// A lock of which a test that failed under it does not keep the others.
fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_id(word: &str) -> bool {
    word.len() == 36 && uuid::Uuid::try_parse(word).is_ok()
}

/// The words of a text that may be secrets. An id is none.
pub fn long_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .filter(|word| word.len() >= LONG && !is_id(word))
}

/// What a log has said, as far as it matters here.
#[derive(Default)]
pub struct Said {
    leaks: Vec<String>,
    words: HashSet<String>,
    listeners: Vec<Weak<Mutex<String>>>,
}

impl Said {
    /// Takes a line in.
    pub fn hear(&mut self, line: &str) {
        if TYPED.iter().chain(&MAIL).any(|text| line.contains(text)) {
            self.leaks.push(line.trim_end().to_string());
        }
        self.words.extend(long_words(line).map(str::to_string));
        self.listeners.retain(|listener| match listener.upgrade() {
            Some(listener) => {
                held(&listener).push_str(line);
                true
            }
            None => false,
        });
    }

    /// What must not have been said: each line once, whoever asks, and these secrets.
    pub fn faults(&mut self, secrets: &HashSet<String>) -> Vec<String> {
        let leaks = std::mem::take(&mut self.leaks).into_iter();
        let lines = leaks.map(|line| format!("this test, or one that runs beside it, logs: {line}"));
        let secrets = secrets.intersection(&self.words).map(|secret| format!("the log has the secret {secret}"));
        lines.chain(secrets).collect()
    }
}

/// Where the log goes.
struct Listener;

impl Write for Listener {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        held(&LOG).hear(&String::from_utf8_lossy(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Listens to what the process logs from now on, as much as the service logs by default.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::INFO)
            .with_ansi(false)
            .with_writer(|| Listener)
            .finish();
        tracing::subscriber::set_global_default(subscriber).expect("nothing else takes the log of the process");
    });
}

/// Takes in what a program in a process of its own logs, which is looked through like the log of this one.
pub fn hear(line: &str) {
    held(&LOG).hear(line);
}

/// What the process logs from now on, by whatever test, as long as this is kept.
pub fn overhear() -> Arc<Mutex<String>> {
    listen();
    let listener = Arc::new(Mutex::default());
    held(&LOG).listeners.push(Arc::downgrade(&listener));
    listener
}

/// Keeps the long words of a text: somebody who asks at this address has them, and nobody else may read them.
pub fn keep(address: SocketAddr, text: &str) {
    let mut kept = held(&SECRETS);
    kept.entry(address).or_default().extend(long_words(text).map(str::to_string));
}

/// The secrets that were kept for an address; they are forgotten here, and so are the people who were named to it.
pub fn secrets_of(address: SocketAddr) -> HashSet<String> {
    held(&PEOPLE).remove(&address);
    held(&SECRETS).remove(&address).unwrap_or_default()
}

/// What must not be in a text, of what is typed and of these secrets.
pub fn faults_of(place: &str, text: &str, secrets: &HashSet<String>) -> Vec<String> {
    let typed = TYPED.iter().filter(|typed| text.contains(**typed)).map(|typed| format!("{place}: {typed}"));
    let secret =
        long_words(text).filter(|word| secrets.contains(*word)).map(|word| format!("{place}: the secret {word}"));
    typed.chain(secret).collect()
}

/// What must not have been logged.
pub fn faults_of_log(secrets: &HashSet<String>) -> Vec<String> {
    held(&LOG).faults(secrets)
}

/// What must not be in the head of a letter. Its reader's own name and address are in it.
pub fn faults_of_head(letter: &Letter, secrets: &HashSet<String>) -> Vec<String> {
    let head = format!("{}\n{}", letter.subject, letter.message_id);
    let known = |fault: &String| letter.to.name.as_deref().is_none_or(|name| !fault.ends_with(name));
    faults_of(&format!("the head of a letter, {:?}", letter.subject), &head, secrets)
        .into_iter()
        .filter(known)
        .collect()
}

/// Where an answer leads: the addresses in a page, and that of another page.
pub fn addresses(answer: &Answer) -> Vec<String> {
    let text = answer.text();
    let mut found: Vec<String> = answer.header("location").map(str::to_string).into_iter().collect();
    // In one walk from quote to quote: this is asked of every page of every test.
    let mut is_address = false;
    for part in text.split('"') {
        if is_address {
            found.push(part.to_string());
        }
        is_address = ["href=", "src=", "action="].iter().any(|mark| part.ends_with(mark));
    }
    found
}

/// The texts of a JSON body, each with the name of its field.
fn texts(value: &Value, name: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| texts(value, name, found)),
        Value::Array(items) => items.iter().for_each(|item| texts(item, name, found)),
        Value::String(text) => found.push((name.to_string(), text.clone())),
        _ => {}
    }
}

/// The fields of what is sent, as a form or as JSON.
fn fields_of(headers: &[(&str, &str)], body: &[u8]) -> Vec<(String, String)> {
    if body.len() > LOOKED_THROUGH {
        return Vec::new();
    }
    match headers.iter().find(|(name, _)| *name == "content-type").map(|(_, kind)| *kind) {
        Some("application/x-www-form-urlencoded") => serde_html_form::from_bytes(body).unwrap_or_default(),
        Some("application/json") => {
            let mut found = Vec::new();
            texts(&serde_json::from_slice::<Value>(body).unwrap_or_default(), "", &mut found);
            found
        }
        _ => Vec::new(),
    }
}

/// Whether a text tells whom it names wherever it stands: one of a few plain letters may be a word of an address as well.
fn is_telling(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    !text.contains('<')
        && !text.contains("://")
        && !is_id(text)
        && text.chars().count() > 1
        && (text.contains('@') || digits >= 7 || !text.is_ascii())
}

/// Keeps whom a request names, and says whom no address of its answer may: those who were named before, and whom it
/// searches.
pub fn named_by(address: SocketAddr, path: &str, headers: &[(&str, &str)], body: &[u8]) -> HashSet<String> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_of_account = NAMING_ACCOUNTS.iter().any(|start| path.starts_with(start));
    let mut searched = match SEARCHED.contains(&path) {
        true => serde_html_form::from_str::<Vec<(String, String)>>(query).unwrap_or_default(),
        false => Vec::new(),
    };
    let sent = fields_of(headers, body);
    let mut all = held(&PEOPLE);
    let people = all.entry(address).or_default();
    for (name, value) in sent {
        let is_persons = name.contains("phone")
            || name.ends_with("email")
            || name == "contact_name"
            || name == "name" && is_of_account;
        if is_persons && is_telling(value.trim()) {
            people.insert(value.trim().to_string());
        } else if path.ends_with("/search") {
            searched.push((name, value));
        }
    }
    let words = searched.iter().filter(|(name, _)| ["q", "actor"].contains(&name.as_str()));
    let words = words.map(|(_, value)| value.trim().to_string()).filter(|word| is_telling(word));
    words.chain(people.iter().cloned()).collect()
}

/// An address as a person reads it: without the codes of the page that it stands in, and without those of an address.
fn as_read(address: &str) -> Cow<'_, str> {
    // Most have nothing of the kind.
    if !address.contains(['&', '+', '%']) {
        return Cow::Borrowed(address);
    }
    let plain = html::unescape(address).replace('+', " ");
    Cow::Owned(percent_decode_str(&plain).decode_utf8_lossy().into_owned())
}

/// Whether a mail address stands in a text.
fn has_mail_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let is_of_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let host = text[at + 1..].split(|c: char| !is_of_host(c)).next().unwrap_or_default();
        text[..at].ends_with(char::is_alphanumeric) && host.trim_matches('.').contains('.')
    })
}

/// Whom an address names, or what it opens, of what is typed everywhere, of these people, and of mail addresses.
fn told_by(address: &str, people: &HashSet<String>) -> Option<String> {
    let text = as_read(address);
    let typed = TYPED.into_iter().find(|typed| text.contains(*typed)).map(str::to_string);
    let named = || people.iter().find(|person| text.contains(person.as_str())).cloned();
    let mailed = || (!text.starts_with("mailto:") && has_mail_address(&text)).then(|| "a mail address".to_string());
    typed.or_else(named).or_else(mailed)
}

/// Goes on only when no address that an answer leads to holds what names people or opens something of theirs.
#[track_caller]
pub fn must_lead_nowhere_telling(answer: &Answer, people: &HashSet<String>) {
    let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    if !is_page && answer.header("location").is_none() {
        return;
    }
    let led = addresses(answer).into_iter().filter_map(|to| told_by(&to, people).map(|what| (what, to)));
    let wrong: Vec<(String, String)> = led.collect();
    assert!(wrong.is_empty(), "{}: what tells of people is in addresses: {wrong:?}", answer.asked);
}

/// The figures of a registry; nothing where it does not give them.
pub fn figures_of(address: SocketAddr) -> Option<String> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
    write!(stream, "GET /metrics HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}
