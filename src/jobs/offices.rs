//! Tells the administrations of the ends of their offices, and the administrators of organisations of the ends of theirs.

use crate::actions::remind_office::{
    due, experts_due, organisations_due, remind, remind_of_experts, remind_organisation,
};
use crate::app::App;
use crate::error::Error;

/// Tells of every office, every expert's role and every organisation's administrator's that ends soon, where it is time; of how
/// many.
///
/// # Errors
/// The database is away.
pub fn remind_of_offices(app: &App) -> Result<usize, Error> {
    let mut told = 0;
    for office in app.read_now(due)? {
        told += usize::from(app.write_now(move |tx| remind(tx, &office))?);
    }
    for ending in app.read_now(organisations_due)? {
        told += usize::from(app.write_now(move |tx| remind_organisation(tx, &ending))?);
    }
    // A transaction that writes is for what there is to write.
    if !app.read_now(experts_due)?.is_empty() {
        told += app.write_now(remind_of_experts)?;
    }
    Ok(told)
}
