//! Tells officers by mail, each working day, what waits for them.

use crate::actions::digest::{readers, send};
use crate::app::App;
use crate::domain::digest::day_of;
use crate::error::Error;

/// Sends the digests that are due; how many there were. A transaction each: others wait for it. On a day of a year whose
/// working days are not known none is sent, which is logged.
///
/// # Errors
/// The database is away.
pub fn send_digests(app: &App) -> Result<usize, Error> {
    // Less than nothing stands for never.
    let Ok(hour) = u32::try_from(app.config.mail.digest_hour) else { return Ok(0) };
    let day = match day_of(&app.env.reference.calendar, app.clock.now(), hour) {
        Ok(Some(day)) => day,
        Ok(None) => return Ok(0),
        Err(beyond) => {
            tracing::warn!(error = %beyond, "no digest: whether the day is worked is not known");
            return Ok(0);
        }
    };
    let mut sent = 0;
    for reader in app.read_now(|tx| readers(tx, day))? {
        match app.write_now(move |tx| send(tx, reader, day)) {
            Ok(now) => sent += usize::from(now),
            Err(away @ Error::Busy(_)) => return Err(away),
            // It must not keep the others from theirs.
            Err(error) => tracing::error!(%reader, error = %error, "no digest for this officer"),
        }
    }
    Ok(sent)
}
