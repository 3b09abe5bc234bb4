//! What was done to many at once in a review: undone by one recorded act while nothing rests on them.

use super::review::ORGANISERS;
use crate::domain::actor::{Actor, Role};
use crate::domain::refusal::Refusal;
use crate::domain::status::{ChangeSetStatus, SessionStatus};
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with an act of a review upon many.
    ChangeAction {
        /// Undoes it, whole or not at all.
        Undo = "undo",
    }
);

/// Where an act of a review upon many stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeAt {
    /// Whether it is in force.
    pub status: ChangeSetStatus,
    /// The session's status.
    pub session: SessionStatus,
    /// What was done, and what stands on it.
    pub done: ChangeDone,
}

/// What was done to many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeDone {
    /// Experts were planned.
    Plan {
        /// Whether no later plan stands on it.
        is_last: bool,
        /// Whether the panel before it may serve no more: another one was drawn since, or what was drawn was annulled.
        is_panel_gone: bool,
        /// Whether an expert has declared since, or was replaced.
        is_rested_on: bool,
    },
    /// Experts were reminded.
    Reminders {
        /// Whether a mail of it has not left yet.
        is_any_waiting: bool,
    },
    /// Experts were brought into the open review: a completion or a second panel.
    Arrivals {
        /// Whether one of them has declared since, was replaced or was given anything else.
        is_rested_on: bool,
    },
    /// The scoring was ended.
    ScoringEnd {
        /// Whether something follows from it that cannot be taken back: it is known which files or sheets lie apart,
        /// the extra station was begun, experts came or one of those who would go on must not.
        is_rested_on: bool,
    },
    /// Discussions were ended.
    DiscussionEnd {
        /// Whether a second panel came for one of their files, or one of the discussions runs again.
        is_rested_on: bool,
    },
}

impl ChangeAt {
    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`; `change_undone`; `change_not_last`, `review_closed`, `change_panel_gone`, `change_rested_on`; `reminders_sent`;
    /// `arrivals_rested_on`; `scoring_end_rested_on`; `discussion_end_rested_on`.
    pub fn permit(&self, actor: &Actor, action: ChangeAction) -> Result<Role, Refusal> {
        let role = match action {
            ChangeAction::Undo => actor.must_hold(ORGANISERS)?,
        };
        let against = match (self.done, self.session) {
            _ if self.status != ChangeSetStatus::Applied => "change_undone",
            (ChangeDone::Plan { is_last: false, .. }, _) => "change_not_last",
            (
                ChangeDone::Plan { .. } | ChangeDone::ScoringEnd { .. } | ChangeDone::DiscussionEnd { .. },
                SessionStatus::Closed,
            ) => "review_closed",
            // Nobody comes by an earlier panel by taking a plan back.
            (ChangeDone::Plan { is_panel_gone: true, .. }, _) => "change_panel_gone",
            // Before the opening nobody was told, so nobody can have declared.
            (ChangeDone::Plan { is_rested_on: true, .. }, SessionStatus::Open) => "change_rested_on",
            (ChangeDone::Reminders { is_any_waiting: false }, _) => "reminders_sent",
            (ChangeDone::Arrivals { is_rested_on: true }, _)
            | (ChangeDone::Arrivals { .. }, SessionStatus::Preparing | SessionStatus::Closed) => "arrivals_rested_on",
            (ChangeDone::ScoringEnd { is_rested_on: true }, _)
            | (ChangeDone::ScoringEnd { .. }, SessionStatus::Preparing) => "scoring_end_rested_on",
            (ChangeDone::DiscussionEnd { is_rested_on: true }, _)
            | (ChangeDone::DiscussionEnd { .. }, SessionStatus::Preparing) => "discussion_end_rested_on",
            (
                ChangeDone::Plan { .. }
                | ChangeDone::Reminders { .. }
                | ChangeDone::Arrivals { .. }
                | ChangeDone::ScoringEnd { .. }
                | ChangeDone::DiscussionEnd { .. },
                _,
            ) => return Ok(role),
        };
        Err(Refusal::conflict(against))
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<ChangeAction> {
        ChangeAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
