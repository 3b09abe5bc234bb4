//! How the rest of the program reaches the database: reads from a pool, writes one durable transaction each.
//!
//! SQLite allows one writer. All writes go to one thread that runs whatever is waiting together: each piece of work in
//! its own savepoint, one durable commit for all of them, and only then the answers. Under load this is an order of
//! magnitude faster than a commit each, and no one is told "done" before it is on disk.

use super::connection::{Db, FILE_GONE, embedded_file};
use diesel::result::Error;
use r2d2::{ManageConnection, Pool, PooledConnection};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// How many waiting pieces of work share one commit at most: bounds how long the first one waits for the last.
const GROUP_LIMIT: usize = 256;

/// Pages of an SQLite file that each reading connection keeps, in KiB: what is behind them the system has at hand for all
/// of them together.
const READER_KIB: u32 = 256;
/// How long work waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long work waits while the last one waited in vain: the database is away, and everybody who asks is told so at
/// once instead of holding a thread.
const IMPATIENCE: Duration = Duration::from_millis(50);
/// How often those who wait look whether the database has refused a connection meanwhile.
const LOOK: Duration = Duration::from_millis(100);

/// Why the database could not be reached or the work not finished.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection became free in time, or the database is away.
    #[error("the database is busy or away: {0}")]
    Busy(String),
    /// The statement failed.
    #[error(transparent)]
    Query(#[from] Error),
    /// The work panicked; its transaction was undone.
    #[error("the work panicked")]
    Panicked,
}

struct Manager {
    url: String,
    read_only: bool,
    /// Whether the last attempt to connect was refused.
    refused: Arc<AtomicBool>,
}

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = StoreError;

    fn connect(&self) -> Result<Db, StoreError> {
        let opened = Db::open(&self.url);
        self.refused.store(opened.is_err(), Ordering::Relaxed);
        let mut db = opened.map_err(|e| StoreError::Busy(e.to_string()))?;
        if self.read_only
            && let Db::Sqlite(c) = &mut db
        {
            use diesel::connection::SimpleConnection;
            c.batch_execute(&format!("PRAGMA query_only = ON; PRAGMA cache_size = -{READER_KIB}"))?;
        }
        Ok(db)
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), StoreError> {
        Ok(db.answers()?)
    }

    fn has_broken(&self, db: &mut Db) -> bool {
        diesel::r2d2::R2D2Connection::is_broken(db)
    }
}

type Work = Box<dyn FnOnce(&mut Db) -> Done + Send>;
/// What remains once the work has run: tells the one who waits, after the commit.
type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// The connections of the pool at one moment. The writer of SQLite has one of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// As many as there may be.
    pub most: u32,
    /// As many as there are.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
}

/// The database as the actions see it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Manager>,
    /// Whether the last work found no connection in time.
    away: Arc<AtomicBool>,
    /// Whether the last attempt to connect was refused.
    refused: Arc<AtomicBool>,
    /// Whether a server takes what it is sent and answers nothing.
    hangs: Arc<AtomicBool>,
    /// How much work was done so far.
    answers: Arc<AtomicU64>,
    /// Only on SQLite: what was written to a file without a name would be lost.
    file: Option<Arc<Path>>,
    /// Only on SQLite.
    writer: Option<mpsc::Sender<Work>>,
}

impl Store {
    /// Opens a pool of `size` connections and, on SQLite, the writer. The schema must be in place.
    pub fn open(url: &str, size: u32) -> Result<Store, StoreError> {
        let sqlite = url.starts_with("sqlite://");
        let refused: Arc<AtomicBool> = Arc::default();
        let pool = Pool::builder()
            .max_size(size)
            .connection_timeout(PATIENCE)
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build(Manager { url: url.into(), read_only: sqlite, refused: refused.clone() })
            .map_err(|e| StoreError::Busy(e.to_string()))?;
        let file: Option<Arc<Path>> = embedded_file(url).map(Arc::from);
        let writer = if sqlite {
            let db = Db::open(url).map_err(|e| StoreError::Busy(e.to_string()))?;
            let (sender, receiver) = mpsc::channel();
            std::thread::Builder::new()
                .name("sqlite-writer".into())
                .spawn({
                    let file = file.clone();
                    move || write_groups(db, receiver, file.as_deref())
                })
                .map_err(|e| StoreError::Busy(e.to_string()))?;
            Some(sender)
        } else {
            None
        };
        Ok(Store { pool, away: Arc::default(), refused, hangs: Arc::default(), answers: Arc::default(), file, writer })
    }

    /// How many connections the pool has.
    pub fn connections(&self) -> Connections {
        let r2d2::State { connections, idle_connections, .. } = self.pool.state();
        Connections { most: self.pool.max_size(), open: connections, idle: idle_connections }
    }

    /// A connection. Waits for one that is busy, but not for a database that refuses to be connected to: the first who
    /// asks after it was lost is told so as quickly as whoever comes after.
    fn connection(&self) -> Result<PooledConnection<Manager>, StoreError> {
        let patience = if self.away.load(Ordering::Relaxed) { IMPATIENCE } else { PATIENCE };
        let begun = Instant::now();
        loop {
            let left = patience.saturating_sub(begun.elapsed());
            match self.pool.get_timeout(left.min(LOOK)) {
                Ok(found) => {
                    self.away.store(false, Ordering::Relaxed);
                    return Ok(found);
                }
                Err(error) if left <= LOOK || self.is_lost() => {
                    self.away.store(true, Ordering::Relaxed);
                    return Err(StoreError::Busy(error.to_string()));
                }
                Err(_) => {}
            }
        }
    }

    /// Whether there is no connection left and none to be had. A server that has merely no room for one more is not lost.
    fn is_lost(&self) -> bool {
        self.refused.load(Ordering::Relaxed) && self.pool.state().connections == 0
    }

    /// Whether the database is a part of this program and no server.
    pub fn is_embedded(&self) -> bool {
        self.writer.is_some()
    }

    /// How much work was done so far: whoever waits tells by it whether a server is slow for all or for them alone.
    pub fn answers(&self) -> u64 {
        self.answers.load(Ordering::Relaxed)
    }

    /// Takes note whether the server answers nothing any more. While it does not, nobody but [`Store::look`] waits for
    /// it.
    pub fn note_hanging(&self, hangs: bool) {
        self.hangs.store(hangs && !self.is_embedded(), Ordering::Relaxed);
    }

    fn must_answer(&self) -> Result<(), StoreError> {
        if self.hangs.load(Ordering::Relaxed) {
            return Err(StoreError::Busy("the server does not answer".into()));
        }
        Ok(())
    }

    fn count<T, E>(&self, done: Result<T, E>) -> Result<T, E> {
        if done.is_ok() {
            self.answers.fetch_add(1, Ordering::Relaxed);
        }
        done
    }

    /// Runs `work` on a connection for reading. Blocks the thread.
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        self.must_answer()?;
        self.look(work)
    }

    /// The same, also of a server that was found to hang: to see whether it still does.
    pub fn look<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        must_be_there(self.file.as_deref())?;
        let mut db = self.connection()?;
        self.count(work(&mut db))
    }

    /// Runs `work` as one durable transaction: all of it or, when it returns an error, nothing. Blocks the thread until
    /// the commit is on disk.
    pub fn write<T, E>(&self, work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + From<Error> + Send + 'static,
    {
        match &self.writer {
            None => {
                self.must_answer()?;
                let mut db = self.connection()?;
                self.count(db.write(work))
            }
            Some(writer) => {
                let (answer, wait) = mpsc::sync_channel(1);
                let work: Work = Box::new(move |db| {
                    let result = catch_unwind(AssertUnwindSafe(|| db.savepoint(move |db| guarded(db, work))))
                        .unwrap_or_else(|_| Err(Guarded::Panicked));
                    Box::new(move |commit| {
                        let told = match (commit, result) {
                            (Ok(()), Ok(value)) => Ok(value),
                            (_, Err(Guarded::Failed(error))) => Err(error),
                            (_, Err(Guarded::Panicked)) => Err(StoreError::Panicked.into()),
                            (Err(error), Ok(_)) => Err(error.into()),
                        };
                        // Whoever asked may have gone away; the work stands all the same.
                        let _ = answer.send(told);
                    })
                });
                writer.send(work).map_err(|_| StoreError::Busy("the writer has stopped".into()))?;
                wait.recv().map_err(|_| StoreError::Busy("the writer has stopped".into()))?
            }
        }
    }
}

/// An error of the work, or its panic, as a value: so that the savepoint is undone in either case.
enum Guarded<E> {
    Failed(E),
    Panicked,
}

impl<E: From<Error>> From<Error> for Guarded<E> {
    fn from(error: Error) -> Self {
        Guarded::Failed(error.into())
    }
}

fn guarded<T, E>(db: &mut Db, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, Guarded<E>> {
    match catch_unwind(AssertUnwindSafe(|| work(db))) {
        Ok(result) => result.map_err(Guarded::Failed),
        Err(_) => Err(Guarded::Panicked),
    }
}

/// Whether the file of an embedded database still has its name. A connection that is open would go on with it, and
/// whatever it wrote would be gone with the process.
fn must_be_there(file: Option<&Path>) -> Result<(), StoreError> {
    match file {
        Some(file) if !file.exists() => Err(StoreError::Busy(FILE_GONE.into())),
        _ => Ok(()),
    }
}

fn write_groups(mut db: Db, queue: mpsc::Receiver<Work>, file: Option<&Path>) {
    while let Ok(first) = queue.recv() {
        if let Err(error) = must_be_there(file) {
            refuse(first, error.to_string());
            continue;
        }
        if let Err(error) = db.begin() {
            // The disk or the file is in trouble: this one is told so; the next may find it mended.
            let told = format!("cannot begin a transaction: {error}");
            refuse(first, told);
            continue;
        }
        let mut waiting = vec![first(&mut db)];
        // A full disk makes SQLite end the whole transaction by itself; work that came after would then commit alone
        // while being told that it failed.
        while waiting.len() < GROUP_LIMIT
            && db.in_transaction()
            && let Ok(next) = queue.try_recv()
        {
            waiting.push(next(&mut db));
        }
        let committed = db.commit();
        if committed.is_err() {
            let _ = db.rollback();
        }
        let told = committed.as_ref().err().map(|error| format!("cannot commit: {error}"));
        for done in waiting {
            done(match &told {
                None => Ok(()),
                Some(reason) => Err(StoreError::Busy(reason.clone())),
            });
        }
    }
}

/// Tells the one who waits that the work was not begun, by dropping it: its channel closes.
fn refuse(work: Work, reason: String) {
    tracing::error!(reason, "write refused");
    drop(work);
}
