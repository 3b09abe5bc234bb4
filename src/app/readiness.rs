//! Whether the program can do its work: write to its database and to its store of documents.

use super::App;
use crate::db;
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// How long one trial may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);
/// How long its outcome holds: whoever asks more often is told what is known, so that asking costs no writes.
const HOLDS_MS: i64 = 1_000;
/// The counter that is moved on to prove that the database can be written: one row, never more.
const HEARTBEAT: &str = "readiness";

/// A part that does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unready {
    /// The database cannot be written.
    Database,
    /// Documents cannot be stored.
    Storage,
}

impl Unready {
    /// Its name for whoever watches the service.
    pub fn as_text(self) -> &'static str {
        match self {
            Unready::Database => "database",
            Unready::Storage => "storage",
        }
    }
}

/// A trial of one part that has been begun and has not been heard of yet.
type Trial = Option<JoinHandle<Result<(), Error>>>;

/// What is known: the last outcome and when, and the trials that have not come back.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    last: Option<(NaiveDateTime, Vec<Unready>)>,
    database: Trial,
    storage: Trial,
}

impl App {
    /// The parts that cannot be written now; none when all is well. One trial of each at a time, waited for in bounded
    /// time: a part that hangs holds one thread, however often it is asked after.
    pub async fn unready(self: &Arc<Self>) -> Vec<Unready> {
        // Those who wait here are answered by the trial that they waited for.
        let mut known = self.readiness.0.lock().await;
        let now = self.clock.now();
        if let Some((at, found)) = known.last.as_ref()
            && *at <= now
            && now - *at < Duration::milliseconds(HOLDS_MS)
        {
            return found.clone();
        }
        let Known { database, storage, .. } = &mut *known;
        let (database, storage) = futures_util::future::join(
            outcome(Unready::Database, database, || actix_web::rt::spawn(self.clone().try_database())),
            outcome(Unready::Storage, storage, || actix_web::rt::spawn(self.clone().try_storage())),
        )
        .await;
        let found: Vec<Unready> = [database, storage].into_iter().flatten().collect();
        known.last = Some((self.clock.now(), found.clone()));
        found
    }

    async fn try_database(self: Arc<Self>) -> Result<(), Error> {
        self.write(|tx| Ok(db::counters::next(tx.db, HEARTBEAT)?)).await.map(drop)
    }

    async fn try_storage(self: Arc<Self>) -> Result<(), Error> {
        let objects = self.env.objects.clone();
        super::off_thread(move || Ok(objects.probe().map_err(anyhow::Error::from)?)).await
    }
}

/// The part, if its trial failed or has not come back; the log says why. One that was begun before is waited for once more
/// instead of beginning another beside it.
async fn outcome(
    part: Unready,
    trial: &mut Trial,
    begin: impl FnOnce() -> JoinHandle<Result<(), Error>>,
) -> Option<Unready> {
    let waited = tokio::time::timeout(PATIENCE, trial.get_or_insert_with(begin)).await;
    let why = match waited {
        Err(_) => format!("no answer within {} s", PATIENCE.as_secs()),
        Ok(done) => {
            *trial = None;
            match done {
                Ok(Ok(())) => return None,
                Ok(Err(error)) => error.to_string(),
                Err(error) => error.to_string(),
            }
        }
    };
    tracing::error!(part = part.as_text(), why, "not ready");
    Some(part)
}
