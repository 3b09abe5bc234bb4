//! How far the public pages have moved on. Whatever changes what they show moves a counter in the same transaction; each
//! process looks at it a few times a second, so that a page that is kept is never shown for longer than that after a
//! publication, on whichever node it was published; and a look that fails says that the database is away.

use super::{App, off_thread};
use crate::db;
use crate::error::Error;
use chrono::{DateTime, NaiveDateTime};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Between two looks.
const EVERY: Duration = Duration::from_millis(250);
/// How long one look may take at most before the database counts as away; one that fails says so at once, and a server
/// that answers nobody is waited for as long as the settings say.
const PATIENCE: Duration = Duration::from_secs(4);

/// What is known of the public pages' version.
#[derive(Debug, Default)]
pub struct Published {
    version: AtomicI64,
    /// In microseconds since 1970, by the service's clock.
    seen_at: AtomicI64,
    away: AtomicBool,
    renderings: AtomicU64,
    /// The version next after the one whose pages were made ready last; nought before there were any.
    ready: AtomicI64,
}

impl Published {
    /// The newest version known here. All that it stands for is committed.
    pub fn version(&self) -> i64 {
        self.version.load(Ordering::Acquire)
    }

    /// Takes note of a version that is committed.
    pub fn moved(&self, version: i64) {
        self.version.fetch_max(version, Ordering::AcqRel);
    }

    /// Takes note of a look that was begun at `at`: until then nothing newer was published.
    fn seen(&self, version: i64, at: NaiveDateTime) {
        self.moved(version);
        self.seen_at.store(at.and_utc().timestamp_micros(), Ordering::Release);
        if self.away.swap(false, Ordering::AcqRel) {
            tracing::info!("the database is back; public pages are current again");
        }
    }

    /// Takes note that the database does not answer: pages that are kept are shown with the time that they hold for.
    pub fn lost(&self, why: &str) {
        if !self.away.swap(true, Ordering::AcqRel) {
            tracing::error!(why, "the database is away; public pages are shown as they were");
        }
    }

    /// Whether the database did not answer when it was asked last.
    pub fn is_away(&self) -> bool {
        self.away.load(Ordering::Acquire)
    }

    /// When the version was last known to be the newest.
    pub fn seen_at(&self) -> NaiveDateTime {
        DateTime::from_timestamp_micros(self.seen_at.load(Ordering::Acquire)).unwrap_or_default().naive_utc()
    }

    /// Takes note that what must be there at hand is ready as of a version.
    pub fn made_ready(&self, version: i64) {
        self.ready.store(version.saturating_add(1), Ordering::Release);
    }

    /// Whether what must be there at hand is ready as of the newest version known here.
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire) > self.version()
    }

    /// Takes note of a page that was rendered to be kept.
    pub fn rendered(&self) {
        self.renderings.fetch_add(1, Ordering::Relaxed);
    }

    /// How many pages were rendered to be kept since the start.
    pub fn renderings(&self) -> u64 {
        self.renderings.load(Ordering::Relaxed)
    }
}

/// A look that has not come back yet.
struct Look {
    answer: JoinHandle<Result<(i64, NaiveDateTime), Error>>,
    begun: Instant,
    /// How much work the database had done when it was waited for last.
    answers: u64,
}

/// Looks at the version until the program is gone. One a process is enough.
pub async fn watch(app: Weak<App>) {
    let mut look = None;
    while let Some(app) = app.upgrade() {
        app.look(&mut look).await;
        drop(app);
        tokio::time::sleep(EVERY).await;
    }
}

impl App {
    /// One look. One that hangs is waited for again instead of beginning another beside it.
    async fn look(self: &Arc<Self>, look: &mut Option<Look>) {
        let waiting = look.get_or_insert_with(|| Look {
            answer: actix_web::rt::spawn(self.clone().newest()),
            begun: Instant::now(),
            answers: self.store.answers(),
        });
        let patience = match self.store.is_embedded() {
            true => PATIENCE,
            false => Duration::from_millis(self.config.database.patience_ms).min(PATIENCE),
        };
        let Ok(done) = tokio::time::timeout(patience, &mut waiting.answer).await else {
            let answers = self.store.answers();
            if answers == waiting.answers {
                // Nobody else got an answer either: it is not this look that has to wait for its turn.
                self.store.note_hanging(true);
                self.published.lost("no answer in time");
            } else if waiting.begun.elapsed() >= PATIENCE {
                self.published.lost("too busy to answer in time");
            }
            waiting.answers = answers;
            return;
        };
        *look = None;
        match done {
            Ok(Ok((version, at))) => {
                self.store.note_hanging(false);
                self.published.seen(version, at);
            }
            Ok(Err(error)) => self.published.lost(&error.to_string()),
            Err(error) => self.published.lost(&error.to_string()),
        }
    }

    async fn newest(self: Arc<Self>) -> Result<(i64, NaiveDateTime), Error> {
        let (app, now) = (self.clone(), self.clock.now());
        let look = move || -> Result<(i64, NaiveDateTime), Error> {
            app.store.look(|db| -> Result<(i64, NaiveDateTime), Error> {
                Ok((db::counters::current(db, db::counters::PUBLIC)?, now))
            })
        };
        off_thread(look).await
    }
}
