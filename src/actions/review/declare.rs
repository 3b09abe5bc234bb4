//! An expert declares, before anything of the file is seen, whether there is a conflict of interest.

use super::exclusions::{exclusion_of, release_excluded};
use super::fill::fill;
use super::work::Work;
use super::{reason, record_assignment};
use crate::actions::Tx;
use crate::actions::expert_ties::keep_conflict;
use crate::db;
use crate::db::Json;
use crate::db::reviews::ScoreSheet;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AssignmentId, ExpertId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, SheetStatus};
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What an expert declares.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Whether there is a conflict of interest.
    pub conflict: bool,
    /// Which, if there is one.
    #[serde(default)]
    pub reason: String,
}

/// The expert that the actor is.
pub fn expert_of(actor: &Actor) -> Result<ExpertId, Error> {
    actor.expert().ok_or_else(|| Refusal::forbidden("wrong_role").into())
}

/// Declares. Without a conflict the file opens with an empty sheet; with one the expert steps back, now or when it is
/// found later, the sheet counts no more, and another expert is assigned. Gives where the assignment stands now: released
/// if a rule excludes the expert whatever is declared.
pub fn declare(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AssignmentId,
    input: &Declaration,
) -> Result<AssignmentStatus, Error> {
    let expert = expert_of(actor)?;
    let found = db::reviews::find_own_assignment(tx.db, expert, id)?;
    if input.conflict {
        // The tie that is kept concerns every session: all are held, in the one order that everybody keeps.
        for session in db::reviews::unclosed_sessions(tx.db)? {
            db::reviews::find_session_to_change(tx.db, session)?;
        }
    }
    // The session first: a replacement counts the loads of all, so declarations go one after the other.
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_own_assignment_to_change(tx.db, expert, id)?;
    let action = if input.conflict { AssignmentAction::Recuse } else { AssignmentAction::Accept };
    Work::of(tx, &assignment, &session)?.at.permit(actor, action)?;
    let call = db::calls::find(tx.db, session.call_id)?;
    if !input.conflict {
        // Last look before the file opens: a tie that came while the assignment was being made.
        if exclusion_of(tx, &call, assignment.application_id, expert)?.is_some() {
            release_excluded(tx, &session, &[expert])?;
            return Ok(AssignmentStatus::Released);
        }
        let accepted = AssignmentStatus::Accepted;
        if !db::reviews::move_assignment(tx.db, &assignment, accepted, Some(tx.now), None)? {
            return Err(Error::Stale);
        }
        let sheet = ScoreSheet {
            assignment_id: id,
            items: Json(BTreeMap::new()),
            comments: Json(BTreeMap::new()),
            opinion: String::new(),
            status: SheetStatus::Draft,
            total: None,
            saved_at: tx.now,
            submitted_at: None,
            version: 1,
        };
        db::reviews::create_sheet(tx.db, &sheet)?;
        record_assignment(tx, actor, Role::Expert, &assignment, "assignment.accepted", Some(accepted), None)?;
        return Ok(accepted);
    }
    let reason = reason("reason", &input.reason)?;
    let recused = AssignmentStatus::Recused;
    if !db::reviews::move_assignment(tx.db, &assignment, recused, Some(tx.now), Some(&reason))? {
        return Err(Error::Stale);
    }
    db::reviews::void_sheet(tx.db, id)?;
    record_assignment(tx, actor, Role::Expert, &assignment, "assignment.recused", Some(recused), Some(&reason))?;
    // So that the next plan, of this call or another, does not bring the two together again.
    keep_conflict(tx, actor, expert, assignment.application_id, &reason)?;
    fill(tx, &call, &session)?;
    Ok(recused)
}
