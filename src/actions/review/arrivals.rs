//! What an act that brought experts into an open review did, kept so that one recorded act undoes it while nobody whom it
//! brought has declared or was given anything else.

use super::fill::Filling;
use super::undo::{Undoer, mark};
use super::{record_session, tell_taken_back};
use crate::actions::Tx;
use crate::db;
use crate::db::Json;
use crate::db::change_sets::ChangeSet;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::ids::{AccountId, AssignmentId, CallId, ChangeSetId, ExpertId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, ChangeSetKind, ChangeSetStatus};
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the undoing takes away again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Arrived {
    /// The assignments that were added.
    pub assignments: Vec<AssignmentId>,
    /// Who joined the panel.
    pub joined: Vec<ExpertId>,
}

impl Arrived {
    /// Those who were named to join, and what filling did.
    pub fn of(named: &[ExpertId], filling: &Filling) -> Arrived {
        let joined = named.iter().chain(&filling.joined).copied().collect();
        Arrived { assignments: filling.assignments.clone(), joined }
    }

    fn is_nothing(&self) -> bool {
        self.assignments.is_empty() && self.joined.is_empty()
    }
}

/// Keeps an act of this kind under this id; one that brought nobody is not kept.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    by: AccountId,
    call: CallId,
    (id, kind): (ChangeSetId, ChangeSetKind),
    summary: serde_json::Value,
    arrived: &Arrived,
) -> Result<(), Error> {
    if arrived.is_nothing() {
        return Ok(());
    }
    let set = ChangeSet {
        id,
        kind,
        call_id: Some(call),
        status: ChangeSetStatus::Applied,
        summary: Json(summary),
        before: Json(serde_json::to_value(arrived).map_err(anyhow::Error::from)?),
        applied_by: Some(by),
        applied_at: tx.now,
        undone_by: None,
        undone_at: None,
        undo_reason: None,
    };
    Ok(db::change_sets::create(tx.db, &set)?)
}

/// Takes the experts away again whom an act brought, and tells them.
pub(super) fn take_back(
    tx: &mut Tx<'_>,
    by: &Undoer<'_>,
    mut session: ReviewSession,
    set: &ChangeSet,
) -> Result<(), Error> {
    let arrived = arrived(set)?;
    let ours = untouched(tx, &session, &arrived)?.ok_or_else(|| Refusal::conflict("arrivals_rested_on"))?;
    db::reviews::forget_assignments(tx.db, &arrived.assignments)?;
    session.panel.0.retain(|expert| !arrived.joined.contains(expert));
    let version = session.version;
    if !db::reviews::update_session(tx.db, &session, version)? {
        return Err(Error::Stale);
    }
    mark(tx, by, set)?;
    let call = db::calls::find(tx.db, session.call_id)?;
    let experts: BTreeSet<ExpertId> = ours.iter().map(|one| one.expert_id).collect();
    let experts: Vec<ExpertId> = experts.into_iter().collect();
    for expert in db::experts::of_ids(tx.db, &experts)? {
        let count = ours.iter().filter(|one| one.expert_id == expert.id).count().to_string();
        let args = [("reason", by.reason), ("count", count.as_str())];
        tell_taken_back(tx, &expert, "assignments-recalled", &call, &session, &args)?;
    }
    let action = match set.kind {
        ChangeSetKind::SecondPanel => "second_panel.undone",
        _ => "review.completion_undone",
    };
    let pairs: Vec<_> = ours.iter().map(|one| (one.application_id, one.expert_id)).collect();
    let detail = serde_json::json!({
        "change_set": set.id, "assignments": pairs, "left_panel": arrived.joined, "told": experts.len(),
    });
    record_session(tx, by.actor, by.role, session.id, action, Some(by.reason), detail)
}

/// Whether somebody declared about what an act brought them, was replaced, or was given something else.
pub(super) fn is_rested_on(tx: &mut Tx<'_>, session: &ReviewSession, set: &ChangeSet) -> Result<bool, Error> {
    Ok(untouched(tx, session, &arrived(set)?)?.is_none())
}

fn arrived(set: &ChangeSet) -> Result<Arrived, Error> {
    Ok(serde_json::from_value(set.before.0.clone()).map_err(anyhow::Error::from)?)
}

/// The assignments that an act added; none once somebody declared about one of them, or was given something else.
fn untouched(tx: &mut Tx<'_>, session: &ReviewSession, arrived: &Arrived) -> Result<Option<Vec<Assignment>>, Error> {
    let all = db::reviews::assignments_of(tx.db, session.id)?;
    let is_ours = |one: &Assignment| arrived.assignments.contains(&one.id);
    let given_else = all.iter().any(|one| arrived.joined.contains(&one.expert_id) && !is_ours(one));
    let ours: Vec<Assignment> = all.into_iter().filter(is_ours).collect();
    let waits =
        ours.len() == arrived.assignments.len() && ours.iter().all(|one| one.status == AssignmentStatus::Awaiting);
    Ok((waits && !given_else).then_some(ours))
}
