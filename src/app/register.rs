//! The public register in memory: one index at a time, replaced as a whole when the register has changed.
//!
//! Whether it has changed is asked at most once a second, and at once after any transaction of this process: one row is read. One
//! request asks and builds; the others are answered from the index that is there, so that a publication is no reason for a crowd at the
//! database. When the database is away, the last index goes on answering, and says of when it is.

use super::App;
use crate::actions::public_register;
use crate::domain::search::{Asked, Index, Outcome};
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::OwnedMutexGuard;

/// How long an answer of the database holds for what other processes do.
const HOLDS_MS: i64 = 1_000;
/// Outcomes that are kept with an index; beyond this the room is cleared. At some 8 kB each they take 2 MB.
const KEPT: usize = 256;

/// One state of the register. It never changes.
pub struct Snapshot {
    /// The index.
    pub index: Index,
    /// The version of the register that was asked for before it was read.
    pub version: i64,
    outcomes: Mutex<HashMap<Asked, Arc<Outcome>>>,
}

impl Snapshot {
    /// A state of the register.
    pub fn new(index: Index, version: i64) -> Snapshot {
        Snapshot { index, version, outcomes: Mutex::default() }
    }

    /// What was found before by the same question.
    pub fn known(&self, asked: &Asked) -> Option<Arc<Outcome>> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).get(asked).cloned()
    }

    /// Searches, or gives what the same question found before.
    pub fn search(&self, asked: &Asked) -> Arc<Outcome> {
        if let Some(known) = self.known(asked) {
            return known;
        }
        let outcome = Arc::new(self.index.search(asked));
        let mut kept = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(asked.clone(), outcome.clone());
        outcome
    }
}

/// What a search found.
pub struct Found {
    /// What was searched.
    pub snapshot: Arc<Snapshot>,
    /// What was found.
    pub outcome: Arc<Outcome>,
    /// Since when the database cannot say whether this is the newest; none while it can.
    pub since: Option<NaiveDateTime>,
}

/// What is known of the register now.
#[derive(Clone)]
struct Known {
    snapshot: Arc<Snapshot>,
    /// When the database last said that this is the newest.
    confirmed_at: NaiveDateTime,
    /// When it was last asked, whether it answered or not.
    asked_at: NaiveDateTime,
    /// The version of the public pages that was known then: all that it stands for is in the index.
    published: i64,
}

/// Keeps the register.
#[derive(Default)]
pub struct RegisterKeeper {
    known: RwLock<Option<Known>>,
    ask_again: AtomicBool,
    /// Held by the one who asks and builds.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl RegisterKeeper {
    /// Lets the next one who searches ask the database, whenever it was asked last.
    pub fn ask_again(&self) {
        self.ask_again.store(true, Ordering::SeqCst);
    }

    fn known(&self) -> Option<Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, known: Known) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }

    /// Whether the database must be asked.
    fn is_due(&self, known: &Known, now: NaiveDateTime, published: i64) -> bool {
        let since = now - known.asked_at;
        known.published < published
            || self.ask_again.load(Ordering::SeqCst)
            || since < Duration::zero()
            || since >= Duration::milliseconds(HOLDS_MS)
    }
}

impl App {
    /// Whether this is the newest index and holds all that is known to be published: a page made from an older one must not be kept.
    pub fn is_current(&self, snapshot: &Arc<Snapshot>) -> bool {
        let known = self.register_keeper.known();
        known.is_some_and(|known| Arc::ptr_eq(&known.snapshot, snapshot) && known.published >= self.published.version())
    }

    /// The register, and, when the database cannot say whether it is the newest, since when.
    ///
    /// # Errors
    /// Only when there is no index yet and none can be built.
    pub async fn register(self: &Arc<Self>) -> Result<(Arc<Snapshot>, Option<NaiveDateTime>), Error> {
        let now = self.clock.now();
        let keeper = &self.register_keeper;
        let known = match keeper.known() {
            Some(known) if !keeper.is_due(&known, now, self.published.version()) => known,
            Some(known) => match keeper.turn.clone().try_lock_owned() {
                Ok(turn) => self.ask(turn).await?,
                Err(_) => known,
            },
            None => {
                let turn = keeper.turn.clone().lock_owned().await;
                match keeper.known() {
                    Some(known) => known,
                    None => self.ask(turn).await?,
                }
            }
        };
        let doubtful = known.confirmed_at < known.asked_at;
        Ok((known.snapshot, doubtful.then_some(known.confirmed_at)))
    }

    /// Searches the register. What was asked before is answered at once, anything else off the threads that answer requests.
    ///
    /// # Errors
    /// As [`App::register`].
    pub async fn search_register(self: &Arc<Self>, asked: Asked) -> Result<Found, Error> {
        let (snapshot, since) = self.register().await?;
        let outcome = match snapshot.known(&asked) {
            Some(known) => known,
            None => {
                let searched = snapshot.clone();
                super::off_thread(move || Ok(searched.search(&asked))).await?
            }
        };
        Ok(Found { snapshot, outcome, since })
    }

    /// The register as of now, for a job on a thread of its own; none while somebody else builds it, or while the database cannot say
    /// whether it is the newest.
    ///
    /// # Errors
    /// As [`App::register`].
    pub fn register_now(&self) -> Result<Option<Arc<Snapshot>>, Error> {
        let Ok(turn) = self.register_keeper.turn.clone().try_lock_owned() else { return Ok(None) };
        let known = self.ask_now();
        drop(turn);
        let known = known?;
        Ok((known.confirmed_at >= known.asked_at).then_some(known.snapshot))
    }

    /// Asks the database for the version, and builds a new index when it is another. The turn goes with the work: a visitor who leaves
    /// does not let a second one begin beside it.
    async fn ask(self: &Arc<Self>, turn: OwnedMutexGuard<()>) -> Result<Known, Error> {
        let app = self.clone();
        super::off_thread(move || {
            let known = app.ask_now();
            drop(turn);
            known
        })
        .await
    }

    fn ask_now(&self) -> Result<Known, Error> {
        let (now, published) = (self.clock.now(), self.published.version());
        // Taken back before the database is asked: what is committed after this will ask again.
        self.register_keeper.ask_again.store(false, Ordering::SeqCst);
        let before = self.register_keeper.known();
        let read = self.read_now(|tx| {
            let version = public_register::version(tx)?;
            match &before {
                Some(known) if known.snapshot.version == version => Ok(known.snapshot.clone()),
                _ => Ok(Arc::new(Snapshot::new(public_register::read(tx)?, version))),
            }
        });
        let known = match (read, before) {
            (Ok(snapshot), _) => Known { snapshot, confirmed_at: now, asked_at: now, published },
            (Err(error), Some(before)) => {
                tracing::error!(error = %error, "the public register cannot be read; the last index goes on answering");
                Known { asked_at: now.max(before.confirmed_at + Duration::microseconds(1)), ..before }
            }
            (Err(error), None) => return Err(error),
        };
        self.register_keeper.keep(known.clone());
        Ok(known)
    }
}
