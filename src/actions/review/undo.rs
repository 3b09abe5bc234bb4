//! Undoing a plan, reminders, a completion or a second panel, by one recorded act, while nothing rests on them.

use super::arrivals::{can_be_taken_back, take_back};
use super::plan::{basis, explained};
use super::prepare::Before;
use super::remind::Sent;
use super::{ORGANISERS, reason, record_session, tell};
use crate::actions::Tx;
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::change_sets::ChangeSet;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::{Actor, Role};
use crate::domain::assignment::{Objective, Plan};
use crate::domain::ids::{AccountId, ApplicationId, CallId, ChangeSetId, ExpertId, MailId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentSource, AssignmentStatus, ChangeSetKind, ChangeSetStatus, SessionStatus};
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// What undoing says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Undoing {
    /// The version of the session that was seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Undoes a plan, reminders, a completion or a second panel of a call.
///
/// # Errors
/// Undone already; a later one stands on it; an expert has declared; all mails have left.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, call: CallId, id: ChangeSetId, input: &Undoing) -> Result<(), Error> {
    let role = actor.must_hold(ORGANISERS)?;
    let account = actor.must_be_somebody()?;
    let reason = reason("reason", &input.reason)?;
    let stored = db::reviews::session_of_call(tx.db, call)?.ok_or(Error::NotFound)?;
    let session = db::reviews::find_session_to_change(tx.db, stored.id)?;
    let set = db::change_sets::find(tx.db, id)?;
    if set.call_id != Some(call) {
        return Err(Error::NotFound);
    }
    if set.status != ChangeSetStatus::Applied {
        return Err(Refusal::conflict("change_undone").into());
    }
    tx.must_be_current(input.version, session.version)?;
    let by = Undoer { actor, role, account, reason: &reason };
    match set.kind {
        ChangeSetKind::Assignment => undo_plan(tx, &by, session, &set),
        ChangeSetKind::Reminders => undo_reminders(tx, &by, &session, &set),
        ChangeSetKind::Completion | ChangeSetKind::SecondPanel => take_back(tx, &by, session, &set),
        ChangeSetKind::ExpertImport | ChangeSetKind::Decision => Err(Error::NotFound),
    }
}

/// Who undoes, and why.
pub(super) struct Undoer<'a> {
    pub actor: &'a Actor,
    pub role: Role,
    account: AccountId,
    pub reason: &'a str,
}

pub(super) fn mark(tx: &mut Tx<'_>, by: &Undoer<'_>, set: &ChangeSet) -> Result<(), Error> {
    if !db::change_sets::mark_undone(tx.db, set.id, by.account, by.reason, tx.now)? {
        return Err(Error::Stale);
    }
    Ok(())
}

fn undo_plan(tx: &mut Tx<'_>, by: &Undoer<'_>, mut session: ReviewSession, set: &ChangeSet) -> Result<(), Error> {
    let call = db::calls::find(tx.db, session.call_id)?;
    let last = last_plan(tx, call.id)?.filter(|(last, _)| last.id == set.id);
    let Some((_, before)) = last else { return Err(Refusal::conflict("change_not_last").into()) };
    let told = match session.status {
        SessionStatus::Preparing => BTreeMap::new(),
        SessionStatus::Open => untouched(tx, &session)?,
        SessionStatus::Closed => return Err(Refusal::conflict("review_closed").into()),
    };
    let experts = db::experts::of_ids(tx.db, &before.panel)?;
    let floor = usize::try_from(before.load_floor).unwrap_or_default();
    let basis = basis(tx, &call, experts, &session.wishes.0, floor)?;
    // In the order of the plan's own pairs, whatever the order in store.
    let pairs: BTreeSet<(ApplicationId, ExpertId)> = before.pairs.iter().copied().collect();
    let plan = Plan { pairs: pairs.into_iter().collect(), objective: Objective::default() };
    db::reviews::forget_plan(tx.db, session.id)?;
    let planned = explained(tx, session.id, &basis, &plan);
    db::reviews::create_planned(tx.db, &planned)?;
    let was = session.status;
    session.status = SessionStatus::Preparing;
    session.opened_at = None;
    session.due_at = before.due_at;
    session.panel = Json(before.panel);
    session.draw_id = before.draw_id;
    session.reserves = Json(before.reserves);
    session.load_floor = before.load_floor;
    let version = session.version;
    if !db::reviews::update_session(tx.db, &session, version)? {
        return Err(Error::Stale);
    }
    mark(tx, by, set)?;
    let experts: Vec<ExpertId> = told.keys().copied().collect();
    for expert in db::experts::of_ids(tx.db, &experts)? {
        tell(tx, &expert, "review-recalled", &call, &session, &[("reason", by.reason)])?;
    }
    let detail = serde_json::json!({
        "change_set": set.id, "assignments": planned.len(), "was": was, "told": experts.len(),
    });
    record_session(tx, by.actor, by.role, session.id, "review.preparation_undone", Some(by.reason), detail)
}

/// The plan in force, with what was before it.
fn last_plan(tx: &mut Tx<'_>, call: CallId) -> Result<Option<(ChangeSet, Before)>, Error> {
    let mut plans = Vec::new();
    for set in db::change_sets::of_call(tx.db, call, Some(ChangeSetKind::Assignment))? {
        if set.status == ChangeSetStatus::Applied {
            let before: Before = serde_json::from_value(set.before.0.clone()).map_err(anyhow::Error::from)?;
            plans.push((set, before));
        }
    }
    Ok(plans.into_iter().max_by_key(|(_, before)| before.version))
}

/// The experts of an open session with how many assignments each has; refused once anybody has declared or was
/// replaced.
fn untouched(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<BTreeMap<ExpertId, usize>, Error> {
    let mut loads = BTreeMap::new();
    for assignment in db::reviews::assignments_of(tx.db, session.id)? {
        let planned = matches!(assignment.source, AssignmentSource::Plan | AssignmentSource::Pin);
        if assignment.status != AssignmentStatus::Awaiting || !planned {
            return Err(Refusal::conflict("change_rested_on").into());
        }
        *loads.entry(assignment.expert_id).or_default() += 1;
    }
    Ok(loads)
}

fn undo_reminders(tx: &mut Tx<'_>, by: &Undoer<'_>, session: &ReviewSession, set: &ChangeSet) -> Result<(), Error> {
    let sent: Sent = serde_json::from_value(set.before.0.clone()).map_err(anyhow::Error::from)?;
    let mut withdrawn: Vec<MailId> = Vec::new();
    for (_, mail) in &sent.letters {
        if db::mails::withdraw(tx.db, *mail, tx.now)? {
            withdrawn.push(*mail);
        }
    }
    if withdrawn.is_empty() {
        return Err(Refusal::conflict("reminders_sent").into());
    }
    mark(tx, by, set)?;
    let detail = serde_json::json!({
        "change_set": set.id, "withdrawn": withdrawn, "sent": sent.letters.len() - withdrawn.len(),
    });
    record_session(tx, by.actor, by.role, session.id, "review.reminders_undone", Some(by.reason), detail)
}

/// What can be undone of a call now: the last plan while it is not rested on, reminders of which a mail still waits, and
/// completions and second panels while nobody whom they brought has declared.
pub fn undoable(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession) -> Result<Vec<ChangeSet>, Error> {
    let mut found = Vec::new();
    let rests = match session.status {
        SessionStatus::Preparing => false,
        SessionStatus::Open => untouched(tx, session).is_err(),
        SessionStatus::Closed => true,
    };
    if !rests {
        found.extend(last_plan(tx, call.id)?.map(|(set, _)| set));
    }
    for set in db::change_sets::of_call(tx.db, call.id, Some(ChangeSetKind::Reminders))? {
        let sent: Sent = serde_json::from_value(set.before.0.clone()).map_err(anyhow::Error::from)?;
        let mails: Vec<MailId> = sent.letters.iter().map(|(_, mail)| *mail).collect();
        if set.status == ChangeSetStatus::Applied && db::mails::any_waiting(tx.db, &mails)? {
            found.push(set);
        }
    }
    for kind in [ChangeSetKind::Completion, ChangeSetKind::SecondPanel] {
        for set in db::change_sets::of_call(tx.db, call.id, Some(kind))? {
            if set.status == ChangeSetStatus::Applied && can_be_taken_back(tx, session, &set)? {
                found.push(set);
            }
        }
    }
    Ok(found)
}
