//! Reminds people of the deadlines that they have still to keep.

use crate::actions::remind_deadline::{due, remind};
use crate::app::App;
use crate::db::deadlines::Near;
use crate::error::Error;

/// Deadlines of one transaction: others wait for it.
const BATCH: usize = 50;

/// Reminds of every deadline for which it is time; of how many.
///
/// # Errors
/// The database is away.
pub fn remind_of_deadlines(app: &App) -> Result<usize, Error> {
    let waiting = app.read_now(due)?;
    let mut reminded = 0;
    for some in waiting.chunks(BATCH) {
        reminded += match together(app, some) {
            Ok(done) => done,
            Err(away @ Error::Busy(_)) => return Err(away),
            // One of them cannot be reminded of. It must not keep the others from being so.
            Err(_) => one_by_one(app, some)?,
        };
    }
    Ok(reminded)
}

fn together(app: &App, some: &[Near]) -> Result<usize, Error> {
    let some = some.to_vec();
    app.write_now(move |tx| {
        let mut done = 0;
        for near in &some {
            done += usize::from(remind(tx, near)?);
        }
        Ok(done)
    })
}

fn one_by_one(app: &App, some: &[Near]) -> Result<usize, Error> {
    let mut reminded = 0;
    for near in some {
        match together(app, std::slice::from_ref(near)) {
            Ok(done) => reminded += done,
            Err(away @ Error::Busy(_)) => return Err(away),
            Err(error) => {
                let (kind, subject) = (near.kind, near.subject.key());
                tracing::error!(%kind, %subject, error = %error, "nobody can be reminded of this deadline");
            }
        }
    }
    Ok(reminded)
}
