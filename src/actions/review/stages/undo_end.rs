//! Taking the end of the scoring, or of discussions, back: by one recorded act, while nothing rests on it.
//!
//! Once it can be told which files or sheets lie apart, the scoring does not begin again: whoever wished to could have
//! sheets changed by it. A discussion that was opened, or an explanation that was asked for, keeps the scoring ended;
//! so does a sheet of the extra station, whoever came since, and an expert who must not go on.

use super::tell_counts;
use crate::actions::Tx;
use crate::actions::review::exclusions::exclusions_with;
use crate::actions::review::undo::{Undoer, mark};
use crate::actions::review::{record_assignment, record_session, rules};
use crate::db;
use crate::db::Json;
use crate::db::change_sets::ChangeSet;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::calendar::local_date;
use crate::domain::ids::{AccountId, ApplicationId, AssignmentId, CallId, ChangeSetId, ExpertId};
use crate::domain::names::Names;
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentSource, AssignmentStatus, ChangeSetKind, ChangeSetStatus};
use crate::error::Error;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What undoing the end of the scoring needs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct ScoringBefore {
    /// The assignments that ended without a sheet, each with where it stood.
    pub released: Vec<(AssignmentId, AssignmentStatus)>,
    /// How many assignments the session had.
    pub assignments: usize,
}

/// What undoing the end of discussions needs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct DiscussionsBefore {
    /// The files whose discussions were ended.
    pub applications: Vec<ApplicationId>,
}

/// Keeps an end of this kind under this id.
pub(super) fn keep_end(
    tx: &mut Tx<'_>,
    by: AccountId,
    call: CallId,
    (id, kind): (ChangeSetId, ChangeSetKind),
    summary: serde_json::Value,
    before: &impl Serialize,
) -> Result<(), Error> {
    let set = ChangeSet {
        id,
        kind,
        call_id: Some(call),
        status: ChangeSetStatus::Applied,
        summary: Json(summary),
        before: Json(serde_json::to_value(before).map_err(anyhow::Error::from)?),
        applied_by: Some(by),
        applied_at: tx.now,
        undone_by: None,
        undone_at: None,
        undo_reason: None,
    };
    Ok(db::change_sets::create(tx.db, &set)?)
}

fn before<T: DeserializeOwned>(set: &ChangeSet) -> Result<T, Error> {
    Ok(serde_json::from_value(set.before.0.clone()).map_err(anyhow::Error::from)?)
}

/// Whether something rests on the end of the scoring that a change set stands for.
pub(in crate::actions::review) fn is_scoring_end_rested_on(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    set: &ChangeSet,
) -> Result<bool, Error> {
    Ok(restorable(tx, session, set)?.is_none())
}

/// The assignments that go on, each with where it stood; none once something rests on the end of the scoring.
fn restorable(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    set: &ChangeSet,
) -> Result<Option<Vec<(Assignment, AssignmentStatus)>>, Error> {
    let is_known = session.scoring_ended_at.is_none()
        || !db::discussions::of_session(tx.db, session.id)?.is_empty()
        || !db::explanations::of_session(tx.db, session.id)?.is_empty()
        || db::extra_sheets::count_begun(tx.db, session.id)? > 0;
    if is_known {
        return Ok(None);
    }
    let ScoringBefore { released, assignments } = before(set)?;
    let stood: BTreeMap<AssignmentId, AssignmentStatus> = released.into_iter().collect();
    let all = db::reviews::assignments_of(tx.db, session.id)?;
    let has_come = all.len() != assignments;
    let with_standing = |one: Assignment| stood.get(&one.id).copied().map(|status| (one, status));
    let ours: Vec<(Assignment, AssignmentStatus)> = all.into_iter().filter_map(with_standing).collect();
    let untouched = ours.len() == stood.len() && ours.iter().all(|(one, _)| one.status == AssignmentStatus::Released);
    if has_come || !untouched || is_anybody_out(tx, session, &ours)? {
        return Ok(None);
    }
    Ok(Some(ours))
}

/// Whether one of those who would go on does not serve any more, or must not score the file any more.
fn is_anybody_out(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    ours: &[(Assignment, AssignmentStatus)],
) -> Result<bool, Error> {
    if ours.is_empty() {
        return Ok(false);
    }
    let ids: BTreeSet<ExpertId> = ours.iter().map(|(one, _)| one.expert_id).collect();
    let experts = db::experts::of_ids(tx.db, &ids.into_iter().collect::<Vec<_>>())?;
    let today = local_date(tx.now);
    if db::experts::only_serving(tx.db, experts.clone(), today)?.len() < experts.len() {
        return Ok(true);
    }
    let call = db::calls::find(tx.db, session.call_id)?;
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let pairs: BTreeSet<(ApplicationId, ExpertId)> =
        ours.iter().map(|(one, _)| (one.application_id, one.expert_id)).collect();
    let is_asked = |file: ApplicationId, expert: ExpertId| pairs.contains(&(file, expert));
    Ok(!exclusions_with(tx, &call, &files, &experts, &BTreeMap::new(), is_asked)?.is_empty())
}

/// Lets the scoring go on: what ended without a sheet is as it was, and what was submitted stays submitted.
///
/// # Errors
/// Something rests on the end.
pub(in crate::actions::review) fn undo_scoring_end(
    tx: &mut Tx<'_>,
    by: &Undoer<'_>,
    mut session: ReviewSession,
    set: &ChangeSet,
) -> Result<(), Error> {
    let rested = || Refusal::conflict("scoring_end_rested_on");
    let ours = restorable(tx, &session, set)?.ok_or_else(rested)?;
    let mut told: BTreeSet<ExpertId> = BTreeSet::new();
    for (assignment, status) in &ours {
        if !db::reviews::move_assignment(tx.db, assignment, *status, assignment.declared_at, None)? {
            return Err(Error::Stale);
        }
        db::reviews::restore_sheet(tx.db, assignment.id)?;
        let reason = Some(by.reason);
        record_assignment(tx, by.actor, by.role, assignment, "assignment.restored", Some(*status), reason)?;
        told.insert(assignment.expert_id);
    }
    session.scoring_ended_at = None;
    let version = session.version;
    if !db::reviews::update_session(tx.db, &session, version)? {
        return Err(Error::Stale);
    }
    mark(tx, by, set)?;
    let call = db::calls::find(tx.db, session.call_id)?;
    if rules(&call.programme.0)?.extra.is_some() {
        // They were told that the extra station awaits them.
        let live = db::reviews::assignments_of(tx.db, session.id)?.into_iter().filter(Assignment::is_live);
        told.extend(live.map(|one| one.expert_id));
    }
    let letters: BTreeMap<ExpertId, Vec<(&'static str, Names)>> =
        told.into_iter().map(|expert| (expert, vec![("reason", Names::same(by.reason))])).collect();
    tell_counts(tx, &call, &session, "scoring-resumed", &letters)?;
    let detail = serde_json::json!({ "change_set": set.id, "restored": ours.len(), "told": letters.len() });
    record_session(tx, by.actor, by.role, session.id, "review.scoring_end_undone", Some(by.reason), detail)
}

/// Whether a second panel came for one of the files whose discussions a change set ended, or one of them runs again.
pub(in crate::actions::review) fn is_discussion_end_rested_on(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    set: &ChangeSet,
) -> Result<bool, Error> {
    let DiscussionsBefore { applications } = before(set)?;
    let of_second =
        |one: &Assignment| one.source == AssignmentSource::SecondPanel && applications.contains(&one.application_id);
    if db::reviews::assignments_of(tx.db, session.id)?.iter().any(of_second) {
        return Ok(true);
    }
    let ended: BTreeSet<ApplicationId> = db::discussions::of_session(tx.db, session.id)?
        .into_iter()
        .filter(|discussion| discussion.closed_at.is_some())
        .map(|discussion| discussion.application_id)
        .collect();
    Ok(!applications.iter().all(|file| ended.contains(file)))
}

/// Lets discussions go on that were ended together: positions may be stated again.
///
/// # Errors
/// Something rests on the end.
pub(in crate::actions::review) fn undo_discussion_end(
    tx: &mut Tx<'_>,
    by: &Undoer<'_>,
    session: &ReviewSession,
    set: &ChangeSet,
) -> Result<(), Error> {
    if is_discussion_end_rested_on(tx, session, set)? {
        return Err(Refusal::conflict("discussion_end_rested_on").into());
    }
    let DiscussionsBefore { applications } = before(set)?;
    for file in &applications {
        if !db::discussions::reopen(tx.db, *file)? {
            return Err(Error::Stale);
        }
        tx.vouch("discussions", file.as_text(), &["closed_at"])?;
    }
    mark(tx, by, set)?;
    let detail = serde_json::json!({ "change_set": set.id, "applications": applications });
    record_session(tx, by.actor, by.role, session.id, "discussion.end_undone", Some(by.reason), detail)
}
