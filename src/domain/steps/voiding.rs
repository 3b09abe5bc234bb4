//! A sheet that counted in a closed review, by an expert who must not have scored: voided by those who organise the
//! review, until the decision on the call is proposed.

use super::review::ORGANISERS;
use crate::domain::actor::{Actor, Role};
use crate::domain::refusal::Refusal;
use crate::domain::status::SessionStatus;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a sheet of a closed review.
    VoidingAction {
        /// Voids it: it counts no more, and the places are made anew.
        Void = "void",
    }
);

/// Where a sheet stands whose expert may have a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoidingAt {
    /// The session's status.
    pub session: SessionStatus,
    /// Whether a decision on the call waits for approval: it rests on the places.
    pub is_proposed: bool,
    /// Whether a file of the ranking was decided.
    pub is_decided: bool,
    /// Whether the sheet counts.
    pub counts: bool,
    /// Whether another sheet of the same file counts.
    pub has_another: bool,
    /// Whether a rule excludes its expert as things stand now: a sheet that nobody likes is not voided.
    pub is_excluded: bool,
}

impl VoidingAt {
    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`; `void_not_closed`, `void_proposed`, `void_decided`; `assignment_ended`, `void_last_sheet`;
    /// `void_no_conflict`.
    pub fn permit(&self, actor: &Actor, action: VoidingAction) -> Result<Role, Refusal> {
        let role = match action {
            VoidingAction::Void => actor.must_hold(ORGANISERS)?,
        };
        let against = match self.session {
            SessionStatus::Preparing | SessionStatus::Open => "void_not_closed",
            SessionStatus::Closed if self.is_proposed => "void_proposed",
            SessionStatus::Closed if self.is_decided => "void_decided",
            SessionStatus::Closed if !self.counts => "assignment_ended",
            SessionStatus::Closed if !self.has_another => "void_last_sheet",
            SessionStatus::Closed if !self.is_excluded => "void_no_conflict",
            SessionStatus::Closed => return Ok(role),
        };
        Err(Refusal::conflict(against))
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<VoidingAction> {
        VoidingAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
