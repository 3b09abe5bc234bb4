//! Whether the program can do its work: write to its database and to its store of documents.

use super::App;
use crate::db;
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use std::sync::Arc;
use tokio::sync::Mutex;

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

/// The last trial: when it ended and what did not work.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<(NaiveDateTime, Vec<Unready>)>>);

impl App {
    /// The parts that cannot be written now; none when all is well. One trial at a time, each of bounded length.
    pub async fn unready(self: &Arc<Self>) -> Vec<Unready> {
        // Those who wait here are answered by the trial that they waited for.
        let mut last = self.readiness.0.lock().await;
        let now = self.clock.now();
        if let Some((at, known)) = last.as_ref()
            && *at <= now
            && now - *at < Duration::milliseconds(HOLDS_MS)
        {
            return known.clone();
        }
        let database = self.write(|tx| Ok(db::counters::next(tx.db, HEARTBEAT)?));
        let objects = self.env.objects.clone();
        let storage = super::off_thread(move || {
            let mut trial = objects.begin(1).map_err(anyhow::Error::from)?;
            // Dropped without an end, it leaves nothing behind.
            Ok(trial.write(b"!").map_err(anyhow::Error::from)?)
        });
        let trials = (tokio::time::timeout(PATIENCE, database), tokio::time::timeout(PATIENCE, storage));
        let (database, storage) = futures_util::future::join(trials.0, trials.1).await;
        let found: Vec<Unready> =
            [fails(Unready::Database, database), fails(Unready::Storage, storage)].into_iter().flatten().collect();
        *last = Some((self.clock.now(), found.clone()));
        found
    }
}

/// The part, if its trial failed or took too long; the log says why.
fn fails<T>(part: Unready, trial: Result<Result<T, Error>, tokio::time::error::Elapsed>) -> Option<Unready> {
    let why = match trial {
        Ok(Ok(_)) => return None,
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("no answer within {} s", PATIENCE.as_secs()),
    };
    tracing::error!(part = part.as_text(), why, "not ready");
    Some(part)
}
