//! Undoing a plan, reminders, a completion, a second panel, the end of the scoring or of discussions, by one recorded
//! act, while nothing rests on them.

use super::arrivals::{is_rested_on, take_back};
use super::plan::{basis, explained};
use super::prepare::Before;
use super::remind::Sent;
use super::stages::undo_end::{
    is_discussion_end_rested_on, is_scoring_end_rested_on, undo_discussion_end, undo_scoring_end,
};
use super::{keep_session, reason, record_session, tell};
use crate::actions::Tx;
use crate::db;
use crate::db::Json;
use crate::db::change_sets::ChangeSet;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::{Actor, Role};
use crate::domain::assignment::{Objective, Plan};
use crate::domain::ids::{AccountId, ApplicationId, CallId, ChangeSetId, ExpertId, MailId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentSource, AssignmentStatus, ChangeSetKind, ChangeSetStatus, SessionStatus};
use crate::domain::steps::{ChangeAction, ChangeAt, ChangeDone};
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
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

/// Undoes a plan, reminders, a completion, a second panel, the end of the scoring or of discussions of a call.
///
/// # Errors
/// As [`ChangeAt::permit`]; no reason; all mails have left.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, call: CallId, id: ChangeSetId, input: &Undoing) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let stored = db::reviews::session_of_call(tx.db, call)?.ok_or(Error::NotFound)?;
    let session = db::reviews::find_session_to_change(tx.db, stored.id)?;
    tx.acts_upon(actor, "review", session.id.as_text(), (input.version, session.version));
    let set = db::change_sets::find_in_call(tx.db, call, id)?;
    let role = Ground::of(tx, &session)?.standing(tx, &session, &set)?.permit(actor, ChangeAction::Undo)?;
    let reason = reason("reason", &input.reason)?;
    tx.must_be_current(input.version, session.version)?;
    let by = Undoer { actor, role, account, reason: &reason };
    match set.kind {
        ChangeSetKind::Assignment => undo_plan(tx, &by, session, &set),
        ChangeSetKind::Reminders => undo_reminders(tx, &by, &session, &set),
        ChangeSetKind::Completion | ChangeSetKind::SecondPanel => take_back(tx, &by, session, &set),
        ChangeSetKind::ScoringEnd => undo_scoring_end(tx, &by, session, &set),
        ChangeSetKind::DiscussionEnd => undo_discussion_end(tx, &by, &session, &set),
        ChangeSetKind::ExpertImport
        | ChangeSetKind::Decision
        | ChangeSetKind::Recommendation
        | ChangeSetKind::Screening => Err(Error::NotFound),
    }
}

/// Whether an act upon many is one of a review.
fn is_of_review(kind: ChangeSetKind) -> bool {
    match kind {
        ChangeSetKind::Assignment
        | ChangeSetKind::Reminders
        | ChangeSetKind::Completion
        | ChangeSetKind::SecondPanel
        | ChangeSetKind::ScoringEnd
        | ChangeSetKind::DiscussionEnd => true,
        ChangeSetKind::ExpertImport
        | ChangeSetKind::Decision
        | ChangeSetKind::Recommendation
        | ChangeSetKind::Screening => false,
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
    // Before the opening nobody was told.
    let told = match session.status {
        SessionStatus::Open => untouched(tx, &session)?.unwrap_or_default(),
        SessionStatus::Preparing | SessionStatus::Closed => BTreeSet::new(),
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
    let told: Vec<ExpertId> = told.into_iter().collect();
    for expert in db::experts::of_ids(tx.db, &told)? {
        tell(tx, &expert, "review-recalled", &call, &session, &[("reason", by.reason)])?;
    }
    let detail = serde_json::json!({
        "change_set": set.id, "assignments": planned.len(), "was": was, "told": told.len(),
    });
    keep_session(tx, &session);
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

/// Whether the panel before a plan may serve no more: it does not rest on the draw in force, or it was named by hand and what was
/// drawn since was annulled. Whoever may not name such a panel does not come by it by undoing a plan either.
fn is_panel_gone(tx: &mut Tx<'_>, call: CallId, before: &Before) -> Result<bool, Error> {
    let draws = db::draws::of_call(tx.db, call)?;
    let in_force = draws.iter().find(|draw| draw.is_in_force()).map(|draw| draw.id);
    let was_annulled = draws.iter().any(|draw| draw.annulled_at.is_some());
    let by_hand = before.draw_id.is_none() && !before.panel.is_empty();
    Ok(before.draw_id != in_force || (by_hand && was_annulled))
}

/// The experts who are charged with something; none once anybody has declared or was replaced.
fn untouched(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<Option<BTreeSet<ExpertId>>, Error> {
    let mut experts = BTreeSet::new();
    for assignment in db::reviews::assignments_of(tx.db, session.id)? {
        let planned = matches!(assignment.source, AssignmentSource::Plan | AssignmentSource::Pin);
        if assignment.status != AssignmentStatus::Awaiting || !planned {
            return Ok(None);
        }
        experts.insert(assignment.expert_id);
    }
    Ok(Some(experts))
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

/// What each change of a review is held against, read once for all of them.
struct Ground {
    /// The plan in force.
    last_plan: Option<ChangeSetId>,
    /// Whether the panel before it may serve no more.
    is_panel_gone: bool,
    /// Whether an expert has declared or was replaced.
    is_rested_on: bool,
}

impl Ground {
    fn of(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<Ground, Error> {
        let last = last_plan(tx, session.call_id)?;
        let is_panel_gone = match &last {
            Some((_, before)) => is_panel_gone(tx, session.call_id, before)?,
            None => false,
        };
        Ok(Ground {
            last_plan: last.map(|(last, _)| last.id),
            is_panel_gone,
            is_rested_on: untouched(tx, session)?.is_none(),
        })
    }

    /// Where a change of the review stands.
    ///
    /// # Errors
    /// It is of another kind.
    fn standing(&self, tx: &mut Tx<'_>, session: &ReviewSession, set: &ChangeSet) -> Result<ChangeAt, Error> {
        let done = match set.kind {
            ChangeSetKind::Assignment => {
                let is_last = self.last_plan == Some(set.id);
                ChangeDone::Plan { is_last, is_panel_gone: self.is_panel_gone, is_rested_on: self.is_rested_on }
            }
            ChangeSetKind::Reminders => {
                let sent: Sent = serde_json::from_value(set.before.0.clone()).map_err(anyhow::Error::from)?;
                let mails: Vec<MailId> = sent.letters.iter().map(|(_, mail)| *mail).collect();
                ChangeDone::Reminders { is_any_waiting: db::mails::any_waiting(tx.db, &mails)? }
            }
            ChangeSetKind::Completion | ChangeSetKind::SecondPanel => {
                ChangeDone::Arrivals { is_rested_on: is_rested_on(tx, session, set)? }
            }
            // One that is undone is refused for that, whatever else stands against it.
            ChangeSetKind::ScoringEnd => {
                let is_in_force = set.status == ChangeSetStatus::Applied;
                ChangeDone::ScoringEnd { is_rested_on: is_in_force && is_scoring_end_rested_on(tx, session, set)? }
            }
            ChangeSetKind::DiscussionEnd => {
                let is_in_force = set.status == ChangeSetStatus::Applied;
                ChangeDone::DiscussionEnd {
                    is_rested_on: is_in_force && is_discussion_end_rested_on(tx, session, set)?,
                }
            }
            ChangeSetKind::ExpertImport
            | ChangeSetKind::Decision
            | ChangeSetKind::Recommendation
            | ChangeSetKind::Screening => return Err(Error::NotFound),
        };
        Ok(ChangeAt { status: set.status, session: session.status, done })
    }
}

/// The acts upon many in the review of a call, newest first, with what the actor may do with each of them now.
pub fn changes(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<Vec<(ChangeSet, Vec<ChangeAction>)>, Error> {
    let all = db::change_sets::of_call(tx.db, call, None)?.into_iter();
    let sets: Vec<ChangeSet> = all.filter(|set| is_of_review(set.kind)).collect();
    let Some(session) = db::reviews::session_of_call(tx.db, call)? else { return Ok(Vec::new()) };
    let ground = Ground::of(tx, &session)?;
    let mut found = Vec::new();
    for set in sets {
        let actions = ground.standing(tx, &session, &set)?.available(actor);
        found.push((set, actions));
    }
    Ok(found)
}
