//! Ending discussions: what was said stands, and what was not said stays as it was scored.

use super::undo_end::{DiscussionsBefore, keep_end};
use crate::actions::Tx;
use crate::actions::review::{REASON_LIMIT, record_session, session_to_change, within};
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId, ChangeSetId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, ChangeSetKind};
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which discussions.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscussionEnd {
    /// Of which files; all that run if it is empty.
    #[serde(default)]
    pub applications: Vec<ApplicationId>,
    /// Why, although somebody has not stated a position; empty if everybody has.
    #[serde(default)]
    pub reason: String,
}

/// Ends discussions of an open session. Positions that come later are refused.
///
/// # Errors
/// None of them runs; somebody has not stated a position and no reason is given: each file is named.
pub fn end_discussions(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &DiscussionEnd) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, id)?;
    let (session, role) = session_to_change(tx, actor, &call, ReviewAction::EndDiscussions)?;
    let reason = input.reason.trim();
    within("reason", reason, REASON_LIMIT)?;
    let chosen = |file: &ApplicationId| input.applications.is_empty() || input.applications.contains(file);
    let running: Vec<ApplicationId> = db::discussions::of_session(tx.db, session.id)?
        .into_iter()
        .filter(|discussion| discussion.closed_at.is_none() && chosen(&discussion.application_id))
        .map(|discussion| discussion.application_id)
        .collect();
    if running.is_empty() {
        return Err(Refusal::conflict("discussion_none_open").into());
    }
    let names = db::reviews::names_of_applications(tx.db, &running)?;
    let positions = db::discussions::positions(tx.db, session.id)?;
    let mut problems = Vec::new();
    let mut silent = 0;
    for file in &running {
        let missing = positions.iter().filter(|(position, assignment)| {
            position.application_id == *file
                && position.stated_at.is_none()
                && assignment.status == AssignmentStatus::Accepted
        });
        let missing = missing.count();
        silent += missing;
        if missing > 0 && reason.is_empty() {
            let name = names.get(file).map(|(name, _)| name.as_str()).unwrap_or_default();
            let problem = Problem::new("reason", "discussion_positions_missing");
            problems.push(problem.with("organisation", name).with("count", missing));
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    for file in &running {
        if !db::discussions::close(tx.db, *file, tx.now)? {
            return Err(Error::Stale);
        }
        tx.vouch("discussions", file.as_text(), &["closed_at"])?;
    }
    let set = ChangeSetId::new(&*tx.env.ids);
    let organisations: Vec<&str> =
        running.iter().filter_map(|file| names.get(file)).map(|(name, _)| name.as_str()).collect();
    let summary = serde_json::json!({
        "count": running.len(), "organisations": organisations, "without_position": silent,
    });
    let before = DiscussionsBefore { applications: running.clone() };
    keep_end(tx, account, id, (set, ChangeSetKind::DiscussionEnd), summary, &before)?;
    let detail = serde_json::json!({ "applications": running, "without_position": silent, "change_set": set });
    let reason = (!reason.is_empty()).then_some(reason);
    record_session(tx, actor, role, session.id, "discussion.ended", reason, detail)
}
