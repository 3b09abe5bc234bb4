//! What follows the scoring as one expert sees it: nothing of another but what they say, under a letter.

use super::extra;
use crate::actions::Tx;
use crate::db;
use crate::db::calls::Call;
use crate::db::discussions::Position;
use crate::db::explanations::Explanation;
use crate::db::extra_sheets::ExtraSheet;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::ids::AssignmentId;
use crate::domain::status::{AssignmentStatus, Grounds, SessionStatus};
use crate::error::Error;
use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};

/// A member of the panel in a discussion. Its place among the others stands for nobody: it follows a digest, not the order
/// of names, of the draw or of speaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Whether it is the expert who looks.
    pub own: bool,
    /// What they say; none while they have not said anything.
    pub remark: Option<String>,
}

/// A discussion as a member sees it. Why it was opened and no figure: from the own total and how far it lies from the others
/// their mean would follow, however roughly it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDiscussion {
    /// Why it was opened.
    pub grounds: Grounds,
    /// Whether positions are still taken.
    pub open: bool,
    /// Everybody, the own one among them.
    pub members: Vec<Member>,
    /// When the own position was last stated.
    pub stated_at: Option<NaiveDateTime>,
    /// Whether the own sheet was changed by it.
    pub changed: bool,
}

/// What follows the scoring, as far as it concerns one expert and one file. Empty but for an open session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnStages {
    /// An explanation that was asked for.
    pub explanation: Option<Explanation>,
    /// The discussion of the file, if this expert has a part in it.
    pub discussion: Option<OwnDiscussion>,
    /// The sheet of the extra station, if there is one; version 0 while nothing was typed.
    pub extra: Option<ExtraSheet>,
}

/// What an expert sees of their own assignment. Only while the session is open and the assignment accepted.
pub fn own_stages(
    tx: &mut Tx<'_>,
    assignment: &Assignment,
    session: &ReviewSession,
    call: &Call,
) -> Result<OwnStages, Error> {
    let live = assignment.status == AssignmentStatus::Accepted && session.status == SessionStatus::Open;
    if !live || session.scoring_ended_at.is_none() {
        return Ok(OwnStages::default());
    }
    let extra = match extra::station(&call.programme.0) {
        Ok(_) => {
            let stored = db::extra_sheets::find(tx.db, assignment.id)?;
            Some(stored.unwrap_or_else(|| extra::empty(assignment.id, tx.now)))
        }
        Err(_) => None,
    };
    Ok(OwnStages {
        explanation: db::explanations::find(tx.db, assignment.id)?,
        discussion: discussion(tx, assignment)?,
        extra,
    })
}

fn discussion(tx: &mut Tx<'_>, assignment: &Assignment) -> Result<Option<OwnDiscussion>, Error> {
    let Some(discussion) = db::discussions::of_file(tx.db, assignment.application_id)? else { return Ok(None) };
    let positions = db::discussions::positions_of_file(tx.db, assignment.application_id)?;
    let own = positions.iter().find(|(position, _)| position.assignment_id == assignment.id);
    let Some(own) = own.map(|(position, _)| position.clone()) else { return Ok(None) };
    Ok(Some(OwnDiscussion {
        grounds: discussion.grounds,
        open: discussion.closed_at.is_none(),
        members: members(&positions, assignment.id),
        stated_at: own.stated_at,
        changed: own.after_total.is_some_and(|after| after != own.before_total),
    }))
}

fn members(positions: &[(Position, AssignmentStatus)], own: AssignmentId) -> Vec<Member> {
    let mut ordered: Vec<&(Position, AssignmentStatus)> = positions.iter().collect();
    ordered.sort_by_key(|(position, _)| {
        let text = format!("{} {}", position.application_id, position.assignment_id);
        Sha256::digest(text.as_bytes())
    });
    ordered
        .into_iter()
        .map(|(position, status)| Member {
            own: position.assignment_id == own,
            // Who has stepped back has nothing more to say to the file.
            remark: position.remark.clone().filter(|_| *status == AssignmentStatus::Accepted),
        })
        .collect()
}
