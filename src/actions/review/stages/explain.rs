//! An expert explains a total that lies far from the panel.

use crate::actions::Tx;
use crate::actions::review::declare::expert_of;
use crate::actions::review::work::Work;
use crate::actions::review::{reason, record_assignment};
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AssignmentId;
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An explanation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplanationInput {
    /// Why the total lies where it lies; read by those who decide, after the review.
    pub text: String,
}

/// Writes the explanation of an own sheet; it may be written anew until the session is closed.
///
/// # Errors
/// None was asked for; nothing was written; the session is closed.
pub fn explain(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &ExplanationInput) -> Result<(), Error> {
    let expert = expert_of(actor)?;
    let found = db::reviews::find_own_assignment(tx.db, expert, id)?;
    // Held against the closing, which waits for explanations.
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_own_assignment_to_change(tx.db, expert, id)?;
    Work::of(tx, &assignment, &session)?.at.permit(actor, AssignmentAction::Explain)?;
    let text = reason("text", &input.text)?;
    db::explanations::write(tx.db, id, &text, tx.now)?;
    tx.keep("score_explanations", id.as_text(), &[("text", Some(text.as_str()))]);
    record_assignment(tx, actor, Role::Expert, &assignment, "sheet.explained", None, None)
}
