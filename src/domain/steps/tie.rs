//! An expert's ties to organisations: declared and withdrawn by those who organise reviews for everybody, by experts
//! for themselves.

use super::review::ORGANISERS;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, ExpertId};
use crate::domain::refusal::Refusal;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a tie of an expert.
    TieAction {
        /// Withdraws it: it counts no more for assignments to come, and stays as a record.
        Withdraw = "withdraw",
    }
);

/// In which role the actor may declare ties of this expert.
///
/// # Errors
/// `wrong_role`.
pub fn permit_declaring(actor: &Actor, expert: ExpertId) -> Result<Role, Refusal> {
    match actor.must_hold(ORGANISERS) {
        Err(_) if actor.expert() == Some(expert) => Ok(Role::Expert),
        found => found,
    }
}

/// Where a tie stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TieAt {
    /// Whose it is.
    pub expert: ExpertId,
    /// Who declared it.
    pub declared_by: Option<AccountId>,
    /// Whether it was withdrawn.
    pub is_withdrawn: bool,
}

impl TieAt {
    /// In which role the actor may take the action now. Experts withdraw only what they declared themselves.
    ///
    /// # Errors
    /// `wrong_role`, `tie_not_own`, `tie_withdrawn`.
    pub fn permit(&self, actor: &Actor, action: TieAction) -> Result<Role, Refusal> {
        let role = match action {
            TieAction::Withdraw => permit_declaring(actor, self.expert)?,
        };
        if role == Role::Expert && self.declared_by != actor.account {
            return Err(Refusal::forbidden("tie_not_own"));
        }
        if self.is_withdrawn { Err(Refusal::conflict("tie_withdrawn")) } else { Ok(role) }
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<TieAction> {
        TieAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
