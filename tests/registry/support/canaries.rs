//! What no test may leave where it does not belong (C-40, C-63): the texts that tests type everywhere, and the secrets
//! of everybody whom a test signs in. They are looked for in the log of the process, and of the programs that it starts
//! to serve, and, when a registry is dropped, in its figures, its record and the heads of its letters; a client looks
//! for them in the addresses of every page that it is given.

use super::client::Answer;
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
const MAIL: [&str; 2] = ["@example.", "%40example."];
/// Characters from which on a word may be a secret. The shortest there is, the seed of one-time codes, has as many.
const LONG: usize = 32;

/// Each of what is typed, as it is and as it stands in an address.
static IN_ADDRESSES: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let encoded = |text: &'static str| {
        let query = serde_html_form::to_string([("q", text)]).expect("a query");
        (text, query.trim_start_matches("q=").to_string())
    };
    TYPED.into_iter().flat_map(|text| [(text, text.to_string()), encoded(text)]).collect()
});
static LOG: LazyLock<Mutex<Said>> = LazyLock::new(Mutex::default);
static SECRETS: LazyLock<Mutex<HashMap<SocketAddr, HashSet<String>>>> = LazyLock::new(Mutex::default);

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

/// The secrets that were kept for an address; they are forgotten here.
pub fn secrets_of(address: SocketAddr) -> HashSet<String> {
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
    for mark in ["href=\"", "src=\"", "action=\""] {
        found.extend(text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_string));
    }
    found
}

/// Goes on only when no address that an answer leads to holds what names people or opens something of theirs.
#[track_caller]
pub fn must_lead_nowhere_telling(answer: &Answer) {
    let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    if !is_page && answer.header("location").is_none() {
        return;
    }
    let text = answer.text();
    let location = answer.header("location").unwrap_or_default();
    let there = |written: &str| text.contains(written) || location.contains(written);
    for (typed, written) in IN_ADDRESSES.iter().filter(|(_, written)| there(written)) {
        let wrong: Vec<String> = addresses(answer).into_iter().filter(|to| to.contains(written.as_str())).collect();
        assert!(wrong.is_empty(), "{}: {typed} is in {wrong:?}", answer.asked);
    }
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
