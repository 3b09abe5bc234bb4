//! Tells the administrations of the ends of their offices.

use crate::actions::remind_office::{due, experts_due, remind, remind_of_experts};
use crate::app::App;
use crate::error::Error;

/// Tells of every office and every expert's role that ends soon, where it is time; of how many.
///
/// # Errors
/// The database is away.
pub fn remind_of_offices(app: &App) -> Result<usize, Error> {
    let mut told = 0;
    for office in app.read_now(due)? {
        told += usize::from(app.write_now(move |tx| remind(tx, &office))?);
    }
    // A transaction that writes is for what there is to write.
    if !app.read_now(experts_due)?.is_empty() {
        told += app.write_now(remind_of_experts)?;
    }
    Ok(told)
}
