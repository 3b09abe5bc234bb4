//! Looking a certificate up by its number: for anybody, and not for whoever tries numbers.

use super::App;
use crate::actions::{Tx, throttle};
use crate::domain::throttle::Throttled;
use crate::error::Error;
use std::sync::Arc;

impl App {
    /// Runs `look`, which reads a certificate by its number. Each look-up is counted for the network it is asked from
    /// before anything is read, and taken back once the number is found, all in one transaction: of many at once none
    /// is answered beyond the limit. Who has asked for too many numbers that there are none of gets no answer at all
    /// for a while, so that a right one does not stand out.
    ///
    /// # Errors
    /// While the database is away; `too_many_attempts`; those of `look`.
    pub async fn look_up_certificate<T: Send + 'static>(
        self: &Arc<Self>,
        network: &str,
        look: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        // What it is worth today must not be said by what cannot be seen to be the newest.
        if self.published.is_away() {
            return Err(Error::Busy("the database is away".into()));
        }
        let asking = network.to_string();
        let counted = move |tx: &mut Tx<'_>| {
            let attempt = throttle::count(tx, Throttled::Certificate, &asking)?;
            match look(tx) {
                Ok(found) => {
                    attempt.take_back(tx)?;
                    Ok(Some(found))
                }
                // Not an error of the transaction, which would undo the count with it.
                Err(Error::NotFound) => Ok(None),
                Err(error) => Err(error),
            }
        };
        self.write(counted).await?.ok_or(Error::NotFound)
    }
}
