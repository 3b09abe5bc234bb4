//! Opening a prepared session.

use super::exclusions::exclusions;
use super::{Seen, acted_upon, record_session, rules, session_to_change, tell};
use crate::actions::Tx;
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::reviews::Assignment;
use crate::domain::actor::Actor;
use crate::domain::assignment::Wish;
use crate::domain::calendar::local_date;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::status::{SessionStatus, WishKind};
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};

/// Opens a prepared session: the experts are told and may declare.
///
/// # Errors
/// The plan no longer covers every application or heeds every wish, or an expert of it is no longer active: prepare again.
pub fn open(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Seen) -> Result<(), Error> {
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    acted_upon(tx, actor, id, input.version)?;
    let (mut session, role) = session_to_change(tx, actor, &call, ReviewAction::Open)?;
    tx.must_be_current(input.version, session.version)?;
    let plan = db::reviews::assignments_of(tx.db, session.id)?;
    let waiting: BTreeSet<ApplicationId> =
        db::decisions::applications_in(tx.db, id, &[State::InReview])?.into_iter().collect();
    let mut loads: BTreeMap<ExpertId, usize> = BTreeMap::new();
    let mut covered: BTreeMap<ApplicationId, usize> = BTreeMap::new();
    for assignment in &plan {
        *loads.entry(assignment.expert_id).or_default() += 1;
        *covered.entry(assignment.application_id).or_default() += 1;
    }
    let active = db::experts::serving(tx.db, local_date(tx.now))?;
    let experts: Vec<&Expert> = active.iter().filter(|expert| loads.contains_key(&expert.id)).collect();
    let needed = rules.experts_per_application as usize;
    let complete = waiting.iter().all(|file| covered.get(file).is_some_and(|count| *count >= needed));
    let pairs: BTreeSet<(ApplicationId, ExpertId)> =
        plan.iter().map(|assignment| (assignment.application_id, assignment.expert_id)).collect();
    let heeded = |wish: &Wish| {
        let pinned = wish.kind == WishKind::Pin;
        !waiting.contains(&wish.application) || pairs.contains(&(wish.application, wish.expert)) == pinned
    };
    let complete = complete && session.wishes.0.iter().all(heeded);
    if !complete || experts.len() < loads.len() || waiting.is_empty() || has_conflict(tx, &call, &plan, &active)? {
        return Err(Refusal::conflict("review_plan_outdated").into());
    }
    session.status = SessionStatus::Open;
    session.opened_at = Some(tx.now);
    if !db::reviews::update_session(tx.db, &session, input.version)? {
        return Err(Error::Stale);
    }
    for expert in experts {
        let count = loads.get(&expert.id).copied().unwrap_or_default().to_string();
        tell(tx, expert, "review-opened", &call, &session, &[("count", &count)])?;
    }
    let detail = serde_json::json!({ "call": id, "assignments": plan.len() });
    record_session(tx, actor, role, session.id, "review.opened", None, detail)
}

/// Whether the plan gives a file to somebody who must not score it any more: somebody changed employer or joined a
/// vendor since it was made.
fn has_conflict(tx: &mut Tx<'_>, call: &Call, plan: &[Assignment], experts: &[Expert]) -> Result<bool, Error> {
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let planned: BTreeSet<(ApplicationId, ExpertId)> =
        plan.iter().map(|assignment| (assignment.application_id, assignment.expert_id)).collect();
    let excluded = exclusions(tx, call, &files, experts)?;
    Ok(excluded.iter().any(|exclusion| planned.contains(&(exclusion.application, exclusion.expert))))
}
