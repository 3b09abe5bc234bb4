//! Who objected is kept sealed, and each seal opens in its place.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::sealed::open_identity;
use crate::db::objections;

const NAME: &str = "objector_is_sealed";

/// No identity stands in the clear, and every seal is this service's own for this objection.
pub(super) fn identities_are_sealed(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    for row in objections::unsealed(tx.db)? {
        found.push(violation(NAME, format!("objection {}", row.objection_id), "who made it stands in the clear"));
    }
    for row in objections::identities(tx.db)? {
        if row.sealed.is_some() && open_identity(tx.env, &row).is_none() {
            let what = "its seal does not open: the row was altered or moved, or the key is another one";
            found.push(violation(NAME, format!("objection {}", row.objection_id), what));
        }
    }
    Ok(found)
}
