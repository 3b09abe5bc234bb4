//! Lets others step in for experts whose term of appointment has ended.

use crate::actions::expert_standing::{charged_without_serving, relieve};
use crate::app::App;
use crate::error::Error;

/// Releases what experts who do not serve any more have still to score; from how many of them. Their role is gone since their last
/// day, whether this runs or not; it is for the files, which would wait.
///
/// # Errors
/// The database is away.
pub fn relieve_experts(app: &App) -> Result<usize, Error> {
    let mut relieved = 0;
    for expert in app.read_now(charged_without_serving)? {
        match app.write_now(move |tx| relieve(tx, expert)) {
            Ok(()) => relieved += 1,
            Err(away @ Error::Busy(_)) => return Err(away),
            // One whose files cannot be passed on must not keep the others' waiting.
            Err(error) => tracing::error!(%expert, error = %error, "nobody can be asked to step in for this expert"),
        }
    }
    Ok(relieved)
}
