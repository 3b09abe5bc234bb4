//! A form that is sent again after it has had its effect: pressed twice, sent anew by the browser, sent from a page that was left
//! open. Its version is of yesterday, or its step is taken, and the act refuses it as it must refuse another person's. Whoever
//! asked for just that before has lost nothing, and is told when it was done instead of that somebody else changed something.

use super::Tx;
use super::decide::Proposal;
use super::review::declare::expert_of;
use super::review::score::SheetInput;
use crate::db;
use crate::db::decisions::Decision;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, AssignmentId, CallId};
use crate::domain::status::{AssignmentStatus, DecisionStatus, SessionStatus, SheetStatus};
use crate::error::Error;
use chrono::NaiveDateTime;

/// What a form asks for.
#[derive(Debug, Clone)]
pub enum Press {
    /// A declaration of an expert.
    Declaration {
        /// Of which assignment.
        assignment: AssignmentId,
        /// Whether there is a conflict.
        conflict: bool,
        /// Which.
        reason: String,
    },
    /// The submission of a sheet.
    Sheet(AssignmentId, SheetInput),
    /// The submission of a sheet of the extra station.
    ExtraSheet(AssignmentId, SheetInput),
    /// The opening of a review whose session had this version.
    Opening(CallId, i32),
    /// The end of its scoring.
    ScoringEnd(CallId, i32),
    /// Its closing.
    Closing(CallId, i32),
    /// A discussion of a file, with the reason.
    Discussion(ApplicationId, String),
    /// The end of the discussions of these files.
    DiscussionEnd(CallId, Vec<ApplicationId>),
    /// A proposal of a decision.
    Proposal(CallId, Proposal),
    /// The approval of a proposal that had this version.
    Approval(CallId, i32),
}

/// When the same person did just this, if what they did still stands as they left it.
///
/// # Errors
/// What the form is about is not there, or not theirs; the database is away.
pub fn done_before(tx: &mut Tx<'_>, actor: &Actor, press: &Press) -> Result<Option<NaiveDateTime>, Error> {
    match press {
        Press::Declaration { assignment, conflict, reason } => declared(tx, actor, *assignment, *conflict, reason),
        Press::Sheet(assignment, input) => {
            let own = db::reviews::find_own_assignment(tx.db, expert_of(actor)?, *assignment)?;
            let sheet = db::reviews::sheet(tx.db, own.id)?;
            let same = sheet.filter(|sheet| {
                let said = (&sheet.items.0, &sheet.comments.0, &sheet.opinion);
                sheet.status == SheetStatus::Submitted
                    && follows(sheet.version, input.version)
                    && said == (&input.items, &input.comments, &input.opinion)
            });
            Ok(same.and_then(|sheet| sheet.submitted_at))
        }
        Press::ExtraSheet(assignment, input) => {
            let own = db::reviews::find_own_assignment(tx.db, expert_of(actor)?, *assignment)?;
            let sheet = db::extra_sheets::find(tx.db, own.id)?;
            let same = sheet.filter(|sheet| {
                let said = (&sheet.items.0, &sheet.comments.0, &sheet.opinion);
                sheet.status == SheetStatus::Submitted
                    && follows(sheet.version, input.version)
                    && said == (&input.items, &input.comments, &input.opinion)
            });
            Ok(same.and_then(|sheet| sheet.submitted_at))
        }
        Press::Opening(call, version) => {
            let Some(session) = moved_on(tx, *call, *version)? else { return Ok(None) };
            let open = session.status == SessionStatus::Open;
            if open { last_act(tx, actor, &session, "review.opened") } else { Ok(None) }
        }
        Press::ScoringEnd(call, version) => {
            let Some(session) = moved_on(tx, *call, *version)? else { return Ok(None) };
            let ended = session.scoring_ended_at.is_some();
            if ended { last_act(tx, actor, &session, "review.scoring_ended") } else { Ok(None) }
        }
        Press::Closing(call, version) => {
            let session = moved_on(tx, *call, *version)?;
            let own = session.filter(|session| session.closed_by.is_some() && session.closed_by == actor.account);
            Ok(own.and_then(|session| session.closed_at))
        }
        Press::Discussion(application, reason) => {
            let own = db::discussions::of_file(tx.db, *application)?.filter(|discussion| {
                actor.account == Some(discussion.opened_by)
                    && discussion.closed_at.is_none()
                    && discussion.reason.as_deref() == Some(reason.trim())
            });
            Ok(own.map(|discussion| discussion.opened_at))
        }
        Press::DiscussionEnd(call, files) => {
            let Some(session) = db::reviews::session_of_call(tx.db, *call)? else { return Ok(None) };
            let mut asked = db::discussions::of_session(tx.db, session.id)?;
            asked.retain(|discussion| files.contains(&discussion.application_id));
            let ended = !asked.is_empty() && asked.iter().all(|discussion| discussion.closed_at.is_some());
            if ended { last_act(tx, actor, &session, "discussion.ended") } else { Ok(None) }
        }
        Press::Proposal(call, proposal) => proposed(tx, actor, *call, proposal),
        Press::Approval(call, version) => {
            let newest = db::decisions::of_call(tx.db, *call)?.into_iter().next();
            let own = newest.filter(|decision: &Decision| {
                decision.status == DecisionStatus::Approved
                    && decision.decided_by.is_some()
                    && decision.decided_by == actor.account
                    && follows(decision.version, *version)
            });
            Ok(own.and_then(|decision| decision.decided_at))
        }
    }
}

/// Whether a version is the one right after the one that was seen: nothing else happened since.
fn follows(version: i32, seen: i32) -> bool {
    seen.checked_add(1) == Some(version)
}

/// The session of a call, if it has changed once since it was seen.
fn moved_on(tx: &mut Tx<'_>, call: CallId, seen: i32) -> Result<Option<ReviewSession>, Error> {
    Ok(db::reviews::session_of_call(tx.db, call)?.filter(|session| follows(session.version, seen)))
}

/// When the last thing that happened to a session was this act of this person.
fn last_act(
    tx: &mut Tx<'_>,
    actor: &Actor,
    session: &ReviewSession,
    action: &str,
) -> Result<Option<NaiveDateTime>, Error> {
    let last = db::events::of_subject(tx.db, "review", session.id.as_text())?.pop();
    let own = last.filter(|event| event.action == action && event.actor == actor.for_record());
    Ok(own.map(|event| event.at))
}

fn declared(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AssignmentId,
    conflict: bool,
    reason: &str,
) -> Result<Option<NaiveDateTime>, Error> {
    let own = db::reviews::find_own_assignment(tx.db, expert_of(actor)?, id)?;
    let same = match own.status {
        AssignmentStatus::Accepted => !conflict,
        AssignmentStatus::Recused => conflict && own.reason.as_deref() == Some(reason.trim()),
        _ => false,
    };
    Ok(own.declared_at.filter(|_| same))
}

fn proposed(tx: &mut Tx<'_>, actor: &Actor, call: CallId, proposal: &Proposal) -> Result<Option<NaiveDateTime>, Error> {
    let pending = db::decisions::pending(tx.db, call)?;
    let own = pending.filter(|decision| {
        actor.account == Some(decision.proposed_by) && decision.grounds.as_str() == proposal.grounds.trim()
    });
    let Some(decision) = own else { return Ok(None) };
    let entries = db::decisions::entries(tx.db, decision.id)?;
    let same = entries.len() == proposal.entries.len()
        && entries.iter().all(|entry| {
            proposal.entries.iter().any(|asked| {
                asked.application == entry.application_id
                    && asked.outcome == entry.outcome
                    && asked.reason.trim() == entry.reason.as_str()
            })
        });
    Ok(same.then_some(decision.proposed_at))
}
