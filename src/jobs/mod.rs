//! Work besides requests, in a thread of its own: sending mail, telling subscribers, letting others step in for
//! experts whose term has ended, reminding of deadlines and of offices that end, telling officers what waits for them,
//! signing checkpoints, clearing away. Any number of processes may do it over one database; none is special.

mod appointments;
mod checkpoints;
mod deadlines;
mod digests;
mod housekeeping;
mod mail;
mod offices;
mod subscriptions;

pub use appointments::relieve_experts;
pub use checkpoints::{read_exports, take_checkpoints};
pub use deadlines::remind_of_deadlines;
pub use digests::send_digests;
pub use housekeeping::{Cleared, clear_away};
pub use mail::{Delivered, deliver_mail};
pub use offices::remind_of_offices;
pub use subscriptions::announce_news;

use crate::app::App;
use crate::domain::chain::checkpoint::EVERY_HOURS;
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;

/// How often the outbox is looked into.
const TICK: std::time::Duration = std::time::Duration::from_secs(2);

/// The running jobs. They stop when this is dropped, after what they are at.
pub struct Jobs {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Jobs {
    fn drop(&mut self) {
        // Without a sender the loop's wait ends at once.
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Starts them.
///
/// # Errors
/// No thread can be had.
pub fn start(app: Arc<App>) -> std::io::Result<Jobs> {
    let (stop, stopped) = channel();
    let thread = std::thread::Builder::new().name("jobs".into()).spawn(move || run(&app, &stopped))?;
    Ok(Jobs { stop: Some(stop), thread: Some(thread) })
}

/// Does everything that is there to do, once.
///
/// # Errors
/// The database is away.
pub fn run_once(app: &App) -> Result<(), Error> {
    announce_news(app)?;
    relieve_experts(app)?;
    remind_of_deadlines(app)?;
    remind_of_offices(app)?;
    send_digests(app)?;
    deliver_mail(app)?;
    take_checkpoints(app)?;
    clear_away(app)?;
    Ok(())
}

/// When each of the rarer jobs is due next, by the clock of the service.
#[derive(Debug)]
pub struct Due {
    news: NaiveDateTime,
    deadlines: NaiveDateTime,
    checkpoint: NaiveDateTime,
    clearing: NaiveDateTime,
}

impl Due {
    /// Every one of them is due at this instant.
    pub fn at(now: NaiveDateTime) -> Due {
        Due { news: now, deadlines: now, checkpoint: now, clearing: now }
    }

    /// Does what is due by now. A job that fails is tried again at its next turn; it never takes the others with it.
    pub fn round(&mut self, app: &App) {
        turn("sending mail", || deliver_mail(app).map(drop));
        let now = app.clock.now();
        if self.news <= now {
            self.news = now + Duration::minutes(1);
            turn("telling subscribers", || announce_news(app).map(drop));
        }
        if self.deadlines <= now {
            self.deadlines = now + Duration::minutes(10);
            turn("letting others step in", || relieve_experts(app).map(drop));
            turn("reminding of deadlines", || remind_of_deadlines(app).map(drop));
            turn("telling of ending offices", || remind_of_offices(app).map(drop));
            turn("sending digests", || send_digests(app).map(drop));
        }
        if self.checkpoint <= now {
            self.checkpoint = now + Duration::hours(EVERY_HOURS);
            turn("taking a checkpoint", || take_checkpoints(app).map(drop));
        }
        if self.clearing <= now {
            self.clearing = now + Duration::days(1);
            turn("clearing away", || clear_away(app).map(drop));
        }
    }
}

fn run(app: &App, stopped: &Receiver<()>) {
    let mut due = Due::at(app.clock.now());
    while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(TICK) {
        due.round(app);
    }
}

/// One turn of a job. It may fail, and it may panic: neither ends the thread, for the others have their turns too.
fn turn(job: &str, work: impl FnOnce() -> Result<(), Error>) {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(job, error = %error, "job failed"),
        Err(_) => tracing::error!(job, "job failed: it panicked"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_fails_or_panics_leaves_the_others_their_turns() {
        let mut turns = Vec::new();
        turn("one", || {
            turns.push(1);
            Err(Error::NotFound)
        });
        turn("two", || panic!("on purpose"));
        turn("three", || {
            turns.push(3);
            Ok(())
        });
        assert_eq!(turns, [1, 3]);
    }
}
