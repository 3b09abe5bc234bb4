//! Deciding on a call: proposed by a handler, approved or sent back by another officer.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::text::text_enum;

text_enum!(
    /// What an officer does with the decision on a call.
    DecisionAction {
        /// Proposes who is selected.
        Propose = "propose",
        /// Approves what is proposed.
        Approve = "approve",
        /// Sends it back to the one who proposed it.
        Return = "return",
    }
);

/// Where the decision on a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionAt {
    /// Whether the review is closed, or the programme has none.
    pub reviewed: bool,
    /// Applications that wait for a decision.
    pub to_decide: i64,
    /// Whether a sheet waits for approval, and who proposed it.
    pub pending: Option<AccountId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    BeforeReview,
    Nothing,
    ToDecide,
    Pending,
}

const RULES: &[Rule<DecisionAction, Standing>] = &[
    Rule {
        action: DecisionAction::Propose,
        standings: &[Standing::ToDecide],
        roles: &[Role::Handler],
        by_another: false,
    },
    of_approver(DecisionAction::Approve),
    of_approver(DecisionAction::Return),
];

const fn of_approver(action: DecisionAction) -> Rule<DecisionAction, Standing> {
    Rule { action, standings: &[Standing::Pending], roles: &[Role::Approver], by_another: true }
}

impl DecisionAt {
    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`, `decision_before_review`, `decision_nothing_to_decide`, `decision_pending`, `decision_none_pending`,
    /// `own_proposal`.
    pub fn permit(&self, actor: &Actor, action: DecisionAction) -> Result<Role, Refusal> {
        let standing = match (self.reviewed, self.pending, self.to_decide) {
            (_, Some(_), _) => Standing::Pending,
            (false, None, _) => Standing::BeforeReview,
            (true, None, 0) => Standing::Nothing,
            (true, None, _) => Standing::ToDecide,
        };
        let otherwise = match standing {
            Standing::Pending => "decision_pending",
            _ if action != DecisionAction::Propose => "decision_none_pending",
            Standing::BeforeReview => "decision_before_review",
            Standing::Nothing | Standing::ToDecide => "decision_nothing_to_decide",
        };
        permit(RULES, actor, action, &At { standing, proposed_by: self.pending, otherwise })
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<DecisionAction> {
        DecisionAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
