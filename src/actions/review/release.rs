//! Taking an assignment back.

use super::fill::{Filled, fill};
use super::work::Work;
use super::{reason, record_assignment, tell_taken_back};
use crate::actions::Tx;
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::ids::AssignmentId;
use crate::domain::status::AssignmentStatus;
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A release.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Why.
    pub reason: String,
}

/// Takes an assignment back, with a reason; a sheet of it counts no more, and another expert is assigned.
pub fn release(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &Release) -> Result<Filled, Error> {
    let found = db::reviews::find_assignment(tx.db, id)?;
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_assignment(tx.db, id)?;
    let role = Work::of(tx, &assignment, &session)?.at.permit(actor, AssignmentAction::Release)?;
    let reason = reason("reason", &input.reason)?;
    let declared_at = assignment.declared_at;
    let released = AssignmentStatus::Released;
    if !db::reviews::move_assignment(tx.db, &assignment, released, declared_at, Some(&reason))? {
        return Err(Error::Stale);
    }
    db::reviews::void_sheet(tx.db, id)?;
    record_assignment(tx, actor, role, &assignment, "assignment.released", Some(released), Some(&reason))?;
    let call = db::calls::find(tx.db, session.call_id)?;
    let expert = db::experts::find(tx.db, assignment.expert_id)?;
    tell_taken_back(tx, &expert, "assignment-released", &call, &session, &[("reason", &reason)])?;
    Ok(fill(tx, &call, &session)?.filled)
}
