//! Giving a submitted sheet back to its expert.

use super::work::Work;
use super::{reason, record_assignment, tell};
use crate::actions::Tx;
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::ids::AssignmentId;
use crate::domain::refusal::Refusal;
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a sheet is given back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// Why; the expert reads it.
    pub reason: String,
}

/// Makes a submitted sheet a draft again, while experts score. What it said is kept, the expert is told why, and
/// nobody else learns a score by it.
///
/// # Errors
/// No reason; the session is closed or its scoring over; the sheet is not submitted.
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &Reopening) -> Result<(), Error> {
    let found = db::reviews::find_assignment(tx.db, id)?;
    // The session first: giving a sheet back, submitting it and closing the session go one after the other.
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_assignment(tx.db, id)?;
    let work = Work::of(tx, &assignment, &session)?;
    let role = work.at.permit(actor, AssignmentAction::Reopen)?;
    let reason = reason("reason", &input.reason)?;
    let sheet = work.sheet.ok_or_else(|| Refusal::conflict("sheet_not_submitted"))?;
    if !db::sheet_versions::reopen(tx.db, &sheet, tx.now)? {
        return Err(Error::Stale);
    }
    record_assignment(tx, actor, role, &assignment, "sheet.reopened", None, Some(&reason))?;
    let call = db::calls::find(tx.db, session.call_id)?;
    let expert = db::experts::find(tx.db, assignment.expert_id)?;
    tell(tx, &expert, "sheet-reopened", &call, &session, &[("reason", &reason)])
}
