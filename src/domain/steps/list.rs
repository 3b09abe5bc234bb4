//! Publishing a list: proposed by a handler, published or sent back by another officer. A published one is immutable.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::status::ListStatus;
use crate::domain::text::text_enum;

text_enum!(
    /// What an officer does with a list that was proposed.
    ListAction {
        /// Publishes it.
        Publish = "publish",
        /// Sends it back to the one who proposed it.
        Return = "return",
    }
);

const RULES: &[Rule<ListAction, ListStatus>] = &[rule(ListAction::Publish), rule(ListAction::Return)];

const fn rule(action: ListAction) -> Rule<ListAction, ListStatus> {
    Rule { action, standings: &[ListStatus::Proposed], roles: &[Role::Approver], by_another: true }
}

impl ListAction {
    /// In which role the actor may take the action on a list of this status.
    ///
    /// # Errors
    /// `wrong_role`, `list_not_pending`, `own_proposal`.
    pub fn permit(self, actor: &Actor, status: ListStatus, proposed_by: Option<AccountId>) -> Result<Role, Refusal> {
        permit(RULES, actor, self, &At { standing: status, proposed_by, otherwise: "list_not_pending" })
    }

    /// Every action that the actor may take now.
    pub fn available(actor: &Actor, status: ListStatus, proposed_by: Option<AccountId>) -> Vec<ListAction> {
        ListAction::ALL.iter().copied().filter(|a| a.permit(actor, status, proposed_by).is_ok()).collect()
    }
}
