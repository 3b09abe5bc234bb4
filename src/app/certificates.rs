//! Looking a certificate up by its number: for anybody, and not for whoever tries numbers.

use super::App;
use crate::actions::{Tx, throttle};
use crate::domain::throttle::Throttled;
use crate::error::Error;
use std::sync::Arc;

impl App {
    /// Runs `look`, which reads a certificate by its number. A number that there is none of is counted for the network
    /// it is asked from, and who has asked for too many such gets no answer at all for a while, so that a right one
    /// does not stand out. One that is found costs nothing but a look at the count.
    ///
    /// # Errors
    /// `too_many_attempts`; those of `look`.
    pub async fn look_up_certificate<T: Send + 'static>(
        self: &Arc<Self>,
        network: &str,
        look: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let asking = network.to_string();
        let read = move |tx: &mut Tx<'_>| {
            throttle::must_have_room(tx, Throttled::Certificate, &asking)?;
            look(tx)
        };
        let found = self.read(read).await;
        if matches!(found, Err(Error::NotFound)) {
            let asking = network.to_string();
            self.write(move |tx| throttle::count(tx, Throttled::Certificate, &asking)).await?;
        }
        found
    }
}
