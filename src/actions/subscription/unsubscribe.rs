//! Ending a subscription by the link of any of its letters.

use super::end_key;
use crate::actions::Tx;
use crate::db;
use crate::domain::ids::SubscriptionId;
use crate::error::Error;
use subtle::ConstantTimeEq;

/// Ends a subscription, and forgets the address. What is not there any more, and what is not proved, is answered alike.
///
/// # Errors
/// The database is away.
pub fn unsubscribe(tx: &mut Tx<'_>, id: &str, key: &str) -> Result<(), Error> {
    let Some(id) = SubscriptionId::from_text(id) else { return Ok(()) };
    if bool::from(end_key(tx.env, id).as_bytes().ct_eq(key.as_bytes())) {
        db::subscriptions::remove(tx.db, id)?;
    }
    Ok(())
}
