//! A conflict that is found after the review was closed: until the decision is proposed, the sheet is voided by a recorded act
//! and the places are made anew from those that are left. It is judged by what held until the closing; once the call is decided
//! nothing is held against it.

use super::close::ranking;
use super::exclusions::exclusions_at_closing;
use super::release::Release;
use super::{reason, record_assignment, record_session, tell};
use crate::actions::Tx;
use crate::actions::decide::READERS;
use crate::db;
use crate::db::calls::Call;
use crate::db::reviews::{Assignment, CountedSheet, ReviewFile, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, AssignmentId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::recusal::Exclusion;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, SessionStatus};
use crate::domain::steps::{VoidingAction, VoidingAt};
use crate::error::Error;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// A sheet that counts, by an expert whom a rule excludes as things stood when the review was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LateConflict {
    /// The assignment of the sheet.
    pub assignment: AssignmentId,
    /// Of which application.
    pub application: ApplicationId,
    /// Its organisation.
    pub organisation: String,
    /// By whom.
    pub expert: ExpertId,
    /// Their name.
    pub expert_name: String,
    /// Code of the recusal.
    pub why: String,
    /// What this person may do with the sheet now.
    pub actions: Vec<VoidingAction>,
}

/// The conflicts behind the ranking of a call, in the order of applications; none before its review is closed, and none once it is
/// decided: what was decided is not called in question by what is learnt of somebody later.
pub fn conflicts(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Vec<LateConflict>, Error> {
    actor.must_hold(READERS)?;
    let call = db::calls::find(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?.filter(|session| session.status == SessionStatus::Closed);
    let Some(session) = session else { return Ok(Vec::new()) };
    let decision = DecisionSoFar::of(tx, &call)?;
    if decision.is_decided {
        return Ok(Vec::new());
    }
    let files = db::reviews::files(tx.db, id, State::ALL)?;
    let sheets = db::reviews::counted_sheets(tx.db, session.id)?;
    let scored: BTreeSet<(ApplicationId, ExpertId)> =
        sheets.iter().map(|sheet| (sheet.application, sheet.expert)).collect();
    let ids: BTreeSet<ExpertId> = sheets.iter().map(|sheet| sheet.expert).collect();
    let experts = db::experts::of_ids(tx.db, &ids.into_iter().collect::<Vec<_>>())?;
    let is_asked = |file: ApplicationId, expert: ExpertId| scored.contains(&(file, expert));
    let found = exclusions_at_closing(tx, &call, &session, &files, &experts, is_asked)?;
    let excluded: BTreeMap<(ApplicationId, ExpertId), Exclusion> =
        found.into_iter().map(|e| ((e.application, e.expert), e.why)).collect();
    let names: BTreeMap<ApplicationId, &str> =
        files.iter().map(|file| (file.application.id, file.organisation.name.as_str())).collect();
    let late = sheets.iter().filter_map(|sheet| {
        let why = excluded.get(&(sheet.application, sheet.expert))?;
        let at = decision.standing(&session, sheet.application, sheet.sheet.assignment_id, &sheets, true);
        Some(LateConflict {
            assignment: sheet.sheet.assignment_id,
            application: sheet.application,
            organisation: names.get(&sheet.application).copied().unwrap_or_default().to_string(),
            expert: sheet.expert,
            expert_name: sheet.expert_name.clone(),
            why: why.to_string(),
            actions: at.available(actor),
        })
    });
    Ok(late.collect())
}

/// How far the decision on a call has come.
struct DecisionSoFar {
    is_proposed: bool,
    is_decided: bool,
}

impl DecisionSoFar {
    fn of(tx: &mut Tx<'_>, call: &Call) -> Result<DecisionSoFar, Error> {
        let is_proposed = db::decisions::pending(tx.db, call.id)?.is_some();
        let ranked: Vec<ApplicationId> =
            db::reviews::rankings_of(tx.db, call.id)?.into_iter().map(|ranking| ranking.application_id).collect();
        let open = db::decisions::applications_in(tx.db, call.id, &[State::Reviewed, State::Withdrawn])?;
        Ok(DecisionSoFar { is_proposed, is_decided: ranked.iter().any(|id| !open.contains(id)) })
    }

    /// Where a sheet of a file stands among those that count.
    fn standing(
        &self,
        session: &ReviewSession,
        file: ApplicationId,
        assignment: AssignmentId,
        counted: &[CountedSheet],
        is_excluded: bool,
    ) -> VoidingAt {
        let of_file = || counted.iter().filter(|sheet| sheet.application == file);
        VoidingAt {
            session: session.status,
            is_proposed: self.is_proposed,
            is_decided: self.is_decided,
            counts: of_file().any(|sheet| sheet.sheet.assignment_id == assignment),
            has_another: of_file().any(|sheet| sheet.sheet.assignment_id != assignment),
            is_excluded,
        }
    }
}

/// Voids a sheet of a closed review because its expert has a conflict, and ranks anew.
///
/// # Errors
/// As [`VoidingAt::permit`]; no reason.
pub fn void(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &Release) -> Result<(), Error> {
    let found = db::reviews::find_assignment(tx.db, id)?;
    let call = db::reviews::find_session(tx.db, found.session_id)?.call_id;
    // The call first: a proposal holds it, and rests on the places.
    db::calls::lock(tx.db, call)?;
    let call = db::calls::find(tx.db, call)?;
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_assignment(tx.db, id)?;
    let (file, expert) = (assignment.application_id, assignment.expert_id);
    let sheets = db::reviews::counted_sheets(tx.db, session.id)?;
    let files: Vec<ReviewFile> = db::reviews::file(tx.db, file)?.into_iter().collect();
    let experts = db::experts::of_ids(tx.db, &[expert])?;
    let found = exclusions_at_closing(tx, &call, &session, &files, &experts, |_, _| true)?;
    let why = found.first().map(|exclusion| exclusion.why);
    let at = DecisionSoFar::of(tx, &call)?.standing(&session, file, id, &sheets, why.is_some());
    let role = at.permit(actor, VoidingAction::Void)?;
    let why = why.ok_or_else(|| Refusal::conflict("void_no_conflict"))?;
    let reason = reason("reason", &input.reason)?;
    let (released, declared_at) = (AssignmentStatus::Released, assignment.declared_at);
    if !db::reviews::move_assignment(tx.db, &assignment, released, declared_at, Some(&reason))? {
        return Err(Error::Stale);
    }
    db::reviews::void_sheet(tx.db, id)?;
    record_assignment(tx, actor, role, &assignment, "assignment.voided", Some(released), Some(&reason))?;
    let voided = Voided { assignment: &assignment, why, reason: &reason };
    rank_anew(tx, actor, role, &call, &session, &voided)?;
    let expert = db::experts::find(tx.db, expert)?;
    tell(tx, &expert, "sheet-voided", &call, &session, &[("reason", &reason)])
}

/// Whose sheet is voided, and why.
struct Voided<'a> {
    assignment: &'a Assignment,
    why: Exclusion,
    reason: &'a str,
}

/// Stores the places that the sheets which are left come to, as of the closing.
fn rank_anew(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    call: &Call,
    session: &ReviewSession,
    voided: &Voided<'_>,
) -> Result<(), Error> {
    let before = db::reviews::rankings_of(tx.db, call.id)?;
    let ids: Vec<ApplicationId> = before.iter().map(|ranking| ranking.application_id).collect();
    let mut sheets = db::reviews::counted_sheets(tx.db, session.id)?;
    sheets.retain(|sheet| ids.contains(&sheet.application));
    let submitted_at = db::reviews::submission_times(tx.db, &ids)?;
    let after = ranking(call, &sheets, &submitted_at, session.closed_at.unwrap_or(tx.now));
    db::reviews::replace_rankings(tx.db, call.id, &after)?;
    let places = |all: &[db::reviews::Ranking]| {
        all.iter().map(|one| (one.place, one.application_id, one.score)).collect::<Vec<_>>()
    };
    let detail = serde_json::json!({
        "call": call.id, "assignment": voided.assignment.id, "application": voided.assignment.application_id,
        "expert": voided.assignment.expert_id, "why": voided.why.to_string(), "sheets": sheets.len(),
        "before": places(&before), "ranking": places(&after),
    });
    record_session(tx, actor, role, session.id, "review.reranked", Some(voided.reason), detail)
}
