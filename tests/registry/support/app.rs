//! A registry of its own for each test: a fresh database, a clock set by hand, mail that can be read.

use super::canaries;
use super::client::Client;
use super::{migrated, statements};
use chrono::{Duration, NaiveDateTime};
use diesel::connection::SimpleConnection;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Instant;
use yuanchi::actions::sealed::seal_form;
use yuanchi::actions::{RandomSource, Tx};
use yuanchi::app::{App, Clock, TimeOrderedIds};
use yuanchi::config::Config;
use yuanchi::db::invariants::Violation;
use yuanchi::db::page::Pager;
use yuanchi::db::{self, Db, Sealed};
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::ApplicationId;
use yuanchi::domain::status::MailStanding;
use yuanchi::error::Error;
use yuanchi::mail::{Letter, MemoryTransport};

/// Names the server on which each test makes a schema of its own.
const POSTGRES: &str = "YUANCHI_TEST_POSTGRES";

/// A running registry. When it is dropped it stops, checks itself and leaves nothing behind.
pub struct TestApp {
    /// The program.
    pub app: Arc<App>,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its data folder.
    pub dir: PathBuf,
    letters: Arc<MemoryTransport>,
    server: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
    schema: Option<Schema>,
    expects_violations: bool,
    expects_lost_mail: bool,
}

/// Secrets that can be foreseen: the hash of a number that goes up.
pub struct Alike(AtomicU32);

impl Alike {
    /// Goes on from this number, whatever was used before.
    pub fn go_on_from(&self, number: u32) {
        self.0.store(number, Ordering::SeqCst);
    }
}

impl RandomSource for Alike {
    fn secret(&self) -> Result<[u8; 32], Error> {
        Ok(Sha256::digest(self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes()).into())
    }
}

/// A PostgreSQL schema that is gone with its test.
struct Schema {
    server: String,
    name: String,
}

impl Schema {
    fn make() -> Option<Schema> {
        let server = std::env::var(POSTGRES).ok().filter(|url| !url.is_empty())?;
        let schema = Schema { name: unique("test").replace('-', "_"), server };
        schema.run(&format!("CREATE SCHEMA {}", schema.name));
        Some(schema)
    }

    fn url(&self) -> String {
        let mark = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{mark}options=-csearch_path%3D{}", self.server, self.name)
    }

    fn run(&self, statement: &str) {
        let mut db = Db::open(&self.server).unwrap_or_else(|e| panic!("{POSTGRES}={}: {e}", self.server));
        db.batch_execute(statement).unwrap_or_else(|e| panic!("{statement}: {e}"));
    }
}

fn unique(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let nanos =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.subsec_nanos());
    format!("{prefix}-{}-{}-{nanos}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Monday, 2 March 2026, nine in the morning in Guangdong.
pub fn the_morning() -> NaiveDateTime {
    at("2026-03-02T01:00:00")
}

/// An instant in UTC, written `2026-03-02T01:00:00`.
pub fn at(text: &str) -> NaiveDateTime {
    text.trim_end_matches('Z').parse().unwrap_or_else(|e| panic!("{text:?} is no instant: {e}"))
}

impl TestApp {
    /// Starts one.
    pub fn start() -> TestApp {
        TestApp::start_with(|_| {})
    }

    /// Starts one that is like every other one started so: the same keys, ids and secrets in the same order.
    pub fn start_alike() -> (TestApp, Arc<Alike>) {
        let alike = Arc::new(Alike(AtomicU32::new(0)));
        let change = |config: &mut Config| config.server.base_url = "http://pool.example".into();
        let same = alike.clone();
        let test = TestApp::start_as(change, move |app| {
            let env = Arc::get_mut(&mut app.env).expect("nobody else has it yet");
            env.keys = yuanchi::keys::Keys::from_bytes([7; 32], [8; 32]);
            env.ids = Arc::new(TimeOrderedIds::new(app.clock.clone(), same.clone()));
            env.random = same;
        });
        (test, alike)
    }

    /// Starts one with other settings.
    pub fn start_with(change: impl FnOnce(&mut Config)) -> TestApp {
        TestApp::start_as(change, |_| {})
    }

    /// Starts one with other settings, and with other parts in place of its own.
    pub fn start_as(change: impl FnOnce(&mut Config), adapt: impl FnOnce(&mut App)) -> TestApp {
        canaries::listen();
        statements::listen();
        let dir = std::env::temp_dir().join(unique("yuanchi"));
        let schema = Schema::make();
        let mut config = Config::load(None).expect("the default settings");
        config.data.dir = dir.clone();
        config.data.config_dir = concat!(env!("CARGO_MANIFEST_DIR"), "/config").into();
        config.server.port = 0;
        config.server.workers = 2;
        config.database.pool_size = 4;
        // A machine that is busy with other tests is slow and not away.
        config.database.patience_ms = 4_000;
        // Whatever is tested, mornings come; only who tests the digest asks for it.
        config.mail.digest_hour = -1;
        // The same goes for letters to many.
        config.mail.hold_above = 0;
        if let Some(schema) = &schema {
            config.database.url = schema.url();
        }
        change(&mut config);
        migrated::lay_down(&config);
        let listener = yuanchi::server::listen(&mut config.server).expect("a free port");
        let app = App::build(config, Clock::manual(the_morning())).unwrap_or_else(|e| panic!("no start: {e:#}"));
        let letters = Arc::new(MemoryTransport::default());
        let mut app = Arc::into_inner(app).expect("nobody else has it yet");
        app.mail = letters.clone();
        adapt(&mut app);
        let app = Arc::new(app);
        let address = listener.local_addr().expect("an address");
        let (started, handle) = mpsc::channel();
        let served = app.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = yuanchi::server::serve(served, listener).expect("serving");
                started.send(server.handle()).expect("the test waits");
                server.await.expect("the server ends well");
            });
        });
        let server = handle.recv().expect("the server starts");
        TestApp {
            app,
            address,
            dir,
            letters,
            server,
            thread: Some(thread),
            schema,
            expects_violations: false,
            expects_lost_mail: false,
        }
    }

    /// Whether the test runs on PostgreSQL.
    pub fn on_postgres(&self) -> bool {
        self.schema.is_some()
    }

    /// The database's URL, for a connection that goes round the program.
    pub fn database_url(&self) -> String {
        self.app.config.database_url()
    }

    /// Every byte of SQLite's files. Another process reads them: when this one closes a file that it has open as a database,
    /// the system drops all its locks on it (SQLite, "How To Corrupt", 2.2), and the next process to close the database
    /// takes the write-ahead log away under the service.
    pub fn files_of_the_database(&self) -> Vec<u8> {
        let files = std::fs::read_dir(&self.dir).expect("the folder").map(|entry| entry.expect("an entry").path());
        let of_database = files.filter(|path| path.is_file() && path.to_string_lossy().contains(".db"));
        let read = std::process::Command::new("cat").args(of_database).output().expect("cat runs");
        assert!(read.status.success(), "{read:?}");
        read.stdout
    }

    /// Runs SQL round the program, as somebody with access to the database would.
    pub fn tamper(&self, statements: &str) {
        let mut db = Db::open(&self.database_url()).expect("the database opens");
        db.batch_execute(statements).unwrap_or_else(|e| panic!("{statements}: {e}"));
    }

    /// Lets the database refuse to `change` (`INSERT`, `UPDATE`) such rows of a table from now on, as it does where
    /// something is wrong with one of them. `when` speaks of the row as `NEW`.
    pub fn refuse(&self, change: &str, table: &str, when: &str) {
        self.tamper(&if self.on_postgres() {
            format!(
                "CREATE FUNCTION refused_{table}() RETURNS trigger LANGUAGE plpgsql \
                 AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$; \
                 CREATE TRIGGER refused_{table} BEFORE {change} ON {table} FOR EACH ROW WHEN ({when}) \
                 EXECUTE FUNCTION refused_{table}()"
            )
        } else {
            format!(
                "CREATE TRIGGER refused_{table} BEFORE {change} ON {table} WHEN {when} \
                 BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
        });
    }

    /// Lets it take them again.
    pub fn refuse_no_more(&self, table: &str) {
        let on = if self.on_postgres() { format!(" ON {table}") } else { String::new() };
        self.tamper(&format!("DROP TRIGGER refused_{table}{on}"));
    }

    /// The clock's instant, UTC.
    pub fn now(&self) -> NaiveDateTime {
        self.app.clock.now()
    }

    /// Sets the clock. Sessions end as they would; take a new [`super::Person::browser`] afterwards.
    pub fn set_clock(&self, now: NaiveDateTime) {
        self.app.clock.set(now);
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.set_clock(self.now() + by);
    }

    /// Runs an action or queries as one transaction, as the service itself would.
    #[track_caller]
    pub fn write<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static) -> T {
        self.app.write_now(work).unwrap_or_else(|e| panic!("the transaction failed: {e}"))
    }

    /// Reads.
    #[track_caller]
    pub fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>) -> T {
        self.app.read_now(work).unwrap_or_else(|e| panic!("reading failed: {e}"))
    }

    /// Lets whatever is kept at hand be of before, and waits until what is made ready by itself is ready: what a public page asks
    /// the database for does not hang on the moment at which it was made ready any more.
    #[track_caller]
    pub fn let_kept_pages_grow_old(&self) {
        // The first time, what nobody asked for yet is made ready; the second time, all of it is there and old.
        for _ in 0..2 {
            let version = self.write(|tx| Ok(db::counters::next(tx.db, db::counters::PUBLIC)?));
            let begun = Instant::now();
            while self.app.published.version() < version || !self.app.published.is_ready() {
                assert!(begun.elapsed() < std::time::Duration::from_secs(60), "public pages do not become ready");
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        }
    }

    /// A form as the row of its application keeps it.
    pub fn sealed_form(&self, id: ApplicationId, form: &RawForm) -> Sealed {
        seal_form(&self.app.env, id, form).expect("sealed")
    }

    /// Nobody in particular, with a browser.
    pub fn visitor(&self) -> Client {
        Client::new(self.address)
    }

    /// Where mail goes: to make it fail.
    pub fn post_office(&self) -> &MemoryTransport {
        &self.letters
    }

    /// Every letter sent so far.
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.letters()
    }

    /// The letters to one address, oldest first.
    pub fn letters_to(&self, address: &str) -> Vec<Letter> {
        self.letters().into_iter().filter(|letter| letter.to.address == address).collect()
    }

    /// What is wrong once the test is over.
    fn failures(&self) -> Vec<String> {
        let mut failures = Vec::new();
        if !self.expects_lost_mail {
            let lost = self.app.read_now(|tx| {
                Ok(yuanchi::db::mails::list(tx.db, Some(MailStanding::Failed), Pager::new(None, None))?)
            });
            match lost {
                Ok(lost) => failures.extend(lost.items.iter().map(|mail| {
                    format!("mail {} to {} was given up: {:?}", mail.template, mail.to_address, mail.last_error)
                })),
                Err(error) => failures.push(format!("the outbox cannot be read: {error}")),
            }
        }
        if !self.expects_violations {
            match self.violations() {
                Ok(found) => {
                    failures.extend(found.iter().map(|v| format!("{}: {} {}", v.invariant, v.subject, v.what)))
                }
                Err(error) => failures.push(format!("the invariants cannot be checked: {error}")),
            }
        }
        failures
    }

    /// What lies where it must not be read (C-40, C-63): in these figures, the log, the record or the heads of letters.
    fn leaks(&self, figures: Option<&str>) -> Vec<String> {
        let secrets = canaries::secrets_of(self.address);
        let letters = self.letters();
        let mut found: Vec<String> =
            letters.iter().flat_map(|letter| canaries::faults_of_head(letter, &secrets)).collect();
        if !self.expects_violations
            && let Ok(events) = self.app.read_now(|tx| {
                Ok(yuanchi::db::invariants::events_after(tx.db, &(String::new(), String::new(), 0), 100_000)?)
            })
        {
            for event in &events {
                let place = format!("{} of {} {}", event.action, event.subject_kind, event.subject_id);
                found.extend(canaries::faults_of(&place, &format!("{:?}", event.body()), &secrets));
            }
        }
        // The links in a letter open something too.
        let opens: std::collections::HashSet<String> = letters
            .iter()
            .flat_map(|letter| canaries::long_words(&letter.text))
            .map(str::to_string)
            .chain(secrets)
            .collect();
        found.extend(canaries::faults_of("the figures", figures.unwrap_or_default(), &opens));
        found.extend(canaries::faults_of_log(&opens));
        found
    }

    /// What `yuanchi fsck` finds now.
    pub fn violations(&self) -> anyhow::Result<Vec<Violation>> {
        let exports = yuanchi::jobs::read_exports(&self.dir.join("checkpoints"))?;
        Ok(self.app.read_now(|tx| yuanchi::actions::fsck::check(tx, &exports))?)
    }

    /// What it finds now of these invariants.
    ///
    /// # Panics
    /// One of them does not exist: a test that watches a name which is gone watches nothing.
    #[track_caller]
    pub fn violations_of(&self, names: &[&str]) -> Vec<Violation> {
        let known = yuanchi::actions::fsck::names();
        for name in names {
            assert!(known.contains(name), "{name} is no invariant; there are {known:?}");
        }
        let found = self.violations().expect("a check");
        found.into_iter().filter(|violation| names.contains(&violation.invariant)).collect()
    }

    /// Does the jobs once: sends mail, signs a checkpoint, clears away.
    #[track_caller]
    pub fn run_jobs(&self) {
        yuanchi::jobs::run_once(&self.app).unwrap_or_else(|e| panic!("the jobs failed: {e}"));
    }

    /// Says that the test breaks invariants on purpose, so that they are not checked at its end.
    pub fn expect_violations(&mut self) {
        self.expects_violations = true;
    }

    /// Says that the test loses mail on purpose.
    pub fn expect_lost_mail(&mut self) {
        self.expects_lost_mail = true;
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let figures = if std::thread::panicking() { None } else { canaries::figures_of(self.address) };
        // The order to stop is given by the call; waiting for the thread waits for the stop.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        // Not on top of another failure: its message is the one that matters.
        let failures = if std::thread::panicking() {
            Vec::new()
        } else {
            let mut failures = self.failures();
            failures.extend(self.leaks(figures.as_deref()));
            failures
        };
        if let Some(schema) = &self.schema {
            schema.run(&format!("DROP SCHEMA {} CASCADE", schema.name));
        }
        let _ = std::fs::remove_dir_all(&self.dir);
        assert!(failures.is_empty(), "after the test:\n  {}", failures.join("\n  "));
    }
}
