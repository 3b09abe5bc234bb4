//! How far an expert lies from the panels that they sat in, over all closed reviews.

use super::Tx;
use super::decide::JUDGES;
use super::decide::closed::SeverityView;
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::ids::ExpertId;
use crate::domain::service::panel_deviation;
use crate::error::Error;

/// The mean deviation with the count it rests on; none for those who neither decide nor audit (the expert could work the
/// others' scores out of it), and none while there is nothing to compare with.
pub fn deviation(tx: &mut Tx<'_>, actor: &Actor, expert: ExpertId) -> Result<Option<SeverityView>, Error> {
    if !actor.holds_any(JUDGES) {
        return Ok(None);
    }
    let totals = db::reviews::totals_of_panels(tx.db, expert)?;
    Ok(panel_deviation(expert, &totals).map(SeverityView::from))
}
