//! A form that is sent again after it has had its effect: pressed twice, sent anew by the browser, sent from a page that was left
//! open. Its version is of yesterday, or its step is taken, and the act refuses it as it must refuse another person's. Whoever
//! asked for just that before has lost nothing, and is told when it was done instead of that somebody else changed something.

use super::Tx;
use super::decide::Proposal;
use super::draw::announce::Announcement;
use super::expert_standing::{StandingChange, TermChange};
use super::expert_ties::{TieInput, said_already};
use super::review::declare::expert_of;
use super::review::remind::reminded_before;
use super::review::score::SheetInput;
use crate::db;
use crate::db::decisions::Decision;
use crate::db::reviews::{ReviewSession, ScoreSheet};
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, AssignmentId, CallId, ChangeSetId, DecisionId, ExpertId};
use crate::domain::scope::Scope;
use crate::domain::status::{
    AssignmentStatus, ChangeSetStatus, DecisionStatus, DrawStatus, SessionStatus, SheetStatus,
};
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
    /// The saving of a sheet that is not submitted yet.
    Draft(AssignmentId, SheetInput),
    /// The same of a sheet of the extra station.
    ExtraDraft(AssignmentId, SheetInput),
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
    /// The return of a proposal that had this version, with the reason.
    Return(CallId, i32, String),
    /// The undoing of an act upon many, with the reason.
    Undoing(ChangeSetId, String),
    /// A proposal to undo a decision sheet that had this version, with the reason.
    UndoProposal(CallId, DecisionId, i32, String),
    /// The approval of such a proposal, of a sheet that had this version.
    UndoApproval(CallId, DecisionId, i32),
    /// The return of such a proposal, of a sheet that had this version, with the reason.
    UndoReturn(CallId, DecisionId, i32, String),
    /// The announcement of a draw.
    Announcement(CallId, Announcement),
    /// Reminders to these experts.
    Reminders(CallId, Vec<ExpertId>),
    /// The declaration of a tie of an expert.
    Tie(ExpertId, TieInput),
    /// The change of an expert's standing, of an expert who had this version, with the reason.
    Standing(ExpertId, StandingChange),
    /// The change of an expert's term.
    Term(ExpertId, TermChange),
    /// The release of an assignment, with the reason.
    Release(AssignmentId, String),
    /// The giving back of a submitted sheet, with the reason.
    Reopening(AssignmentId, String),
    /// A second panel for these files; for every one that is over the limit if there are none.
    SecondPanel(CallId, Vec<ApplicationId>),
}

/// When the same person did just this, if what they did still stands as they left it.
///
/// # Errors
/// What the form is about is not there, or not theirs; the database is away.
pub fn done_before(tx: &mut Tx<'_>, actor: &Actor, press: &Press) -> Result<Option<NaiveDateTime>, Error> {
    match press {
        Press::Declaration { assignment, conflict, reason } => declared(tx, actor, *assignment, *conflict, reason),
        Press::Draft(id, input) => Ok(left_as(panel_sheet(tx, actor, *id)?, input, SheetStatus::Draft)),
        Press::ExtraDraft(id, input) => Ok(left_as(station_sheet(tx, actor, *id)?, input, SheetStatus::Draft)),
        Press::Sheet(id, input) => Ok(left_as(panel_sheet(tx, actor, *id)?, input, SheetStatus::Submitted)),
        Press::ExtraSheet(id, input) => Ok(left_as(station_sheet(tx, actor, *id)?, input, SheetStatus::Submitted)),
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
        Press::Return(call, version, reason) => {
            let newest = db::decisions::of_call(tx.db, *call)?.into_iter().next();
            let own = newest.filter(|decision: &Decision| {
                decision.status == DecisionStatus::Returned
                    && decision.decided_by.is_some()
                    && decision.decided_by == actor.account
                    && decision.return_reason.as_deref() == Some(reason.trim())
                    && follows(decision.version, *version)
            });
            Ok(own.and_then(|decision| decision.decided_at))
        }
        Press::Undoing(set, reason) => {
            let set = db::change_sets::find(tx.db, &Scope::of(actor), *set)?;
            let own = set.status == ChangeSetStatus::Undone
                && set.undone_by.is_some()
                && set.undone_by == actor.account
                && set.undo_reason.as_deref() == Some(reason.trim());
            Ok(set.undone_at.filter(|_| own))
        }
        Press::UndoProposal(call, id, version, reason) => {
            let decision = sheet_moved_on(tx, *call, *id, *version)?;
            let own = decision.filter(|decision| {
                decision.status == DecisionStatus::Approved
                    && decision.undo_proposed_by.is_some()
                    && decision.undo_proposed_by == actor.account
                    && decision.undo_reason.as_deref() == Some(reason.trim())
            });
            Ok(own.and_then(|decision| decision.undo_proposed_at))
        }
        Press::UndoApproval(call, id, version) => {
            let decision = sheet_moved_on(tx, *call, *id, *version)?;
            let own = decision.filter(|decision| {
                decision.status == DecisionStatus::Undone
                    && decision.undone_by.is_some()
                    && decision.undone_by == actor.account
            });
            Ok(own.and_then(|decision| decision.undone_at))
        }
        Press::UndoReturn(call, id, version, reason) => {
            if sheet_moved_on(tx, *call, *id, *version)?.is_none() {
                return Ok(None);
            }
            let last = db::events::of_subject(tx.db, "decision", id.as_text())?.pop();
            let own = last.filter(|event| {
                event.action == "decision.undo_returned"
                    && event.actor == actor.for_record()
                    && event.reason.as_deref() == Some(reason.trim())
            });
            Ok(own.map(|event| event.at))
        }
        Press::Announcement(call, announcement) => {
            let newest = db::draws::of_call(tx.db, *call)?.pop();
            let own = newest.filter(|draw| {
                let asked = announcement.strata.iter().map(|share| (share.field.as_str(), share.panel, share.reserves));
                let there = draw.strata.0.iter().map(|share| (share.field.as_str(), share.panel, share.reserves));
                draw.status == DrawStatus::Announced && actor.account == Some(draw.announced_by) && there.eq(asked)
            });
            Ok(own.map(|draw| draw.announced_at))
        }
        Press::Reminders(call, experts) => reminded_before(tx, actor, *call, experts),
        Press::Tie(expert, input) => {
            let same = said_already(tx, *expert, input)?.into_iter();
            let own = same.filter(|tie| tie.declared_by.is_some() && tie.declared_by == actor.account);
            Ok(own.map(|tie| tie.declared_at).max())
        }
        Press::Standing(id, change) => {
            let expert = db::experts::find(tx.db, *id)?;
            let own = follows(expert.version, change.version)
                && expert.status == change.status
                && expert.status_changed_by.is_some()
                && expert.status_changed_by == actor.account
                && expert.status_reason.as_deref() == Some(change.reason.trim());
            Ok(expert.status_changed_at.filter(|_| own))
        }
        Press::Term(id, change) => {
            let expert = db::experts::find(tx.db, *id)?;
            let same = follows(expert.version, change.version)
                && (expert.term_from, expert.term_to) == (change.term_from, change.term_to);
            let mut events = db::events::of_subject(tx.db, "expert", id.as_text())?;
            events.retain(|event| event.action == "expert.term_changed");
            let own = events.pop().filter(|event| same && event.actor == actor.for_record());
            Ok(own.map(|event| event.at))
        }
        Press::Release(id, reason) => on_assignment(tx, actor, *id, "assignment.released", reason),
        Press::Reopening(id, reason) => on_assignment(tx, actor, *id, "sheet.reopened", reason),
        Press::SecondPanel(call, files) => {
            let Some(session) = db::reviews::session_of_call(tx.db, *call)? else { return Ok(None) };
            let mut events = db::events::of_subject(tx.db, "review", session.id.as_text())?;
            // Who comes is recorded after the act that called them.
            events.retain(|event| !["assignment.added", "reserve.called"].contains(&event.action.as_str()));
            let own = events.pop().filter(|event| {
                let called = event.detail.0.get("applications").and_then(|all| all.as_array());
                let called =
                    |file: &ApplicationId| called.into_iter().flatten().any(|one| one.as_str() == Some(file.as_text()));
                event.action == "second_panel.called" && event.actor == actor.for_record() && files.iter().all(called)
            });
            Ok(own.map(|event| event.at))
        }
    }
}

/// The sheet of the panel of an expert's own assignment.
fn panel_sheet(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId) -> Result<Option<ScoreSheet>, Error> {
    let own = db::reviews::find_own_assignment(tx.db, expert_of(actor)?, id)?;
    Ok(db::reviews::sheet(tx.db, own.id)?)
}

/// The sheet of the extra station of an expert's own assignment.
fn station_sheet(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId) -> Result<Option<ScoreSheet>, Error> {
    let own = db::reviews::find_own_assignment(tx.db, expert_of(actor)?, id)?;
    Ok(db::extra_sheets::find(tx.db, own.id)?.map(ScoreSheet::from))
}

/// When a sheet came to stand so and to say just this.
fn left_as(sheet: Option<ScoreSheet>, typed: &SheetInput, status: SheetStatus) -> Option<NaiveDateTime> {
    let there = sheet.filter(|there| {
        let says = (&there.items.0, &there.comments.0, &there.opinion);
        there.status == status && says == (&typed.items, &typed.comments, &typed.opinion)
    })?;
    if status == SheetStatus::Submitted {
        return there.submitted_at.filter(|_| follows(there.version, typed.version));
    }
    // Only its own expert writes in a sheet: however often it was saved since, this is what stands in it.
    (there.version > typed.version).then_some(there.saved_at)
}

/// A decision sheet of a call, if it has changed once since it was seen.
fn sheet_moved_on(tx: &mut Tx<'_>, call: CallId, id: DecisionId, seen: i32) -> Result<Option<Decision>, Error> {
    let decision = db::decisions::find(tx.db, id)?;
    Ok(Some(decision).filter(|decision| decision.call_id == call && follows(decision.version, seen)))
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

/// When the last thing that happened to an assignment was this act of this person, for this reason.
fn on_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AssignmentId,
    action: &str,
    reason: &str,
) -> Result<Option<NaiveDateTime>, Error> {
    let last = db::events::of_subject(tx.db, "assignment", id.as_text())?.pop();
    let own = last.filter(|event| {
        event.action == action && event.actor == actor.for_record() && event.reason.as_deref() == Some(reason.trim())
    });
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
