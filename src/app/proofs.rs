//! The proofs of published lists, made one at a time: for each the whole text of a list is read.

use super::App;
use crate::actions::proofs;
use crate::domain::ids::PublishedListId;
use crate::error::Error;
use std::sync::Arc;

impl App {
    /// The proof of a published list, as JSON.
    ///
    /// # Errors
    /// As [`proofs::list_proof`].
    pub async fn list_proof(self: &Arc<Self>, id: PublishedListId) -> Result<Vec<u8>, Error> {
        // The turn goes with the work: a visitor who leaves does not let a second one begin beside it.
        let turn = self.proof_turn.clone().lock_owned().await;
        self.read(move |tx| {
            let proof = proofs::list_proof(tx, id)?;
            let text = serde_json::to_vec(&proof).map_err(anyhow::Error::from)?;
            drop(turn);
            Ok(text)
        })
        .await
    }
}
