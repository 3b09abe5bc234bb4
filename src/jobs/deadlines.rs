//! Reminds people of the deadlines that they have still to keep.

use crate::actions::remind_deadline::{due, remind};
use crate::app::App;
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
        let some = some.to_vec();
        reminded += app.write_now(move |tx| {
            let mut done = 0;
            for near in &some {
                done += usize::from(remind(tx, near)?);
            }
            Ok(done)
        })?;
    }
    Ok(reminded)
}
