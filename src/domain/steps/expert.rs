//! Keeping the pool of experts.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::refusal::Refusal;
use crate::domain::status::ExpertStatus;
use crate::domain::text::text_enum;

text_enum!(
    /// What an officer does with an expert.
    ExpertAction {
        /// Suspends for a time.
        Suspend = "suspend",
        /// Removes from the pool.
        Remove = "remove",
        /// Takes back.
        Restore = "restore",
        /// Changes the term of appointment.
        ChangeTerm = "change_term",
    }
);

const RULES: &[Rule<ExpertAction, ExpertStatus>] = &[
    rule(ExpertAction::Suspend, &[ExpertStatus::Active, ExpertStatus::Removed]),
    rule(ExpertAction::Remove, &[ExpertStatus::Active, ExpertStatus::Suspended]),
    rule(ExpertAction::Restore, &[ExpertStatus::Suspended, ExpertStatus::Removed]),
    rule(ExpertAction::ChangeTerm, ExpertStatus::ALL),
];

const fn rule(action: ExpertAction, standings: &'static [ExpertStatus]) -> Rule<ExpertAction, ExpertStatus> {
    Rule { action, standings, roles: &[Role::Handler], by_another: false }
}

impl ExpertAction {
    /// The action that leads to a standing.
    pub fn towards(status: ExpertStatus) -> ExpertAction {
        match status {
            ExpertStatus::Active => ExpertAction::Restore,
            ExpertStatus::Suspended => ExpertAction::Suspend,
            ExpertStatus::Removed => ExpertAction::Remove,
        }
    }

    /// In which role the actor may take the action on an expert of this standing.
    ///
    /// # Errors
    /// `wrong_role`, `expert_standing_same`.
    pub fn permit(self, actor: &Actor, status: ExpertStatus) -> Result<Role, Refusal> {
        permit(RULES, actor, self, &At { standing: status, proposed_by: None, otherwise: "expert_standing_same" })
    }

    /// Every action that the actor may take now.
    pub fn available(actor: &Actor, status: ExpertStatus) -> Vec<ExpertAction> {
        ExpertAction::ALL.iter().copied().filter(|action| action.permit(actor, status).is_ok()).collect()
    }
}
