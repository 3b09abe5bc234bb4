//! Undoing an approved decision: proposed by a handler with a reason, approved or sent back by another officer.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::status::DecisionStatus;
use crate::domain::text::text_enum;

text_enum!(
    /// What an officer does about the undoing of a decision.
    UndoingAction {
        /// Proposes it.
        Propose = "propose",
        /// Approves what is proposed: the decision counts no more.
        Approve = "approve",
        /// Sends the proposal back: the decision stays in force.
        Return = "return",
    }
);

/// Where the undoing of a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndoingAt {
    /// The decision's status.
    pub status: DecisionStatus,
    /// Who proposed to undo it.
    pub proposed_by: Option<AccountId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    NotApproved,
    InForce,
    Waiting,
    Undone,
}

const RULES: &[Rule<UndoingAction, Standing>] = &[
    Rule {
        action: UndoingAction::Propose,
        standings: &[Standing::InForce],
        roles: &[Role::Handler],
        by_another: false,
    },
    of_approver(UndoingAction::Approve),
    of_approver(UndoingAction::Return),
];

const fn of_approver(action: UndoingAction) -> Rule<UndoingAction, Standing> {
    Rule { action, standings: &[Standing::Waiting], roles: &[Role::Approver], by_another: true }
}

impl UndoingAt {
    fn standing(&self) -> Standing {
        match (self.status, self.proposed_by) {
            (DecisionStatus::Proposed | DecisionStatus::Returned, _) => Standing::NotApproved,
            (DecisionStatus::Approved, None) => Standing::InForce,
            (DecisionStatus::Approved, Some(_)) => Standing::Waiting,
            (DecisionStatus::Undone, _) => Standing::Undone,
        }
    }

    /// In which role the actor may take the action now, as far as nothing rests on the decision.
    ///
    /// # Errors
    /// `wrong_role`, `decision_undo_not_approved`, `decision_undo_none_pending`, `decision_undo_proposed`, `change_undone`,
    /// `own_proposal`.
    pub fn permit(&self, actor: &Actor, action: UndoingAction) -> Result<Role, Refusal> {
        let standing = self.standing();
        let otherwise = match standing {
            Standing::NotApproved => "decision_undo_not_approved",
            Standing::InForce => "decision_undo_none_pending",
            Standing::Waiting => "decision_undo_proposed",
            Standing::Undone => "change_undone",
        };
        permit(RULES, actor, action, &At { standing, proposed_by: self.proposed_by, otherwise })
    }

    /// Every action that the actor may take now; where something rests on the decision, a proposal can only be sent back.
    pub fn available(&self, actor: &Actor, is_rested_on: bool) -> Vec<UndoingAction> {
        let fits = |action: &UndoingAction| !is_rested_on || *action == UndoingAction::Return;
        let all = UndoingAction::ALL.iter().copied().filter(fits);
        all.filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
