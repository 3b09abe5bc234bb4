//! An import of experts that was carried out.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::refusal::Refusal;
use crate::domain::status::ChangeSetStatus;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with an import of experts.
    ImportAction {
        /// Undoes it, whole or not at all.
        Undo = "undo",
    }
);

/// Who brings experts in, and undoes it.
pub const IMPORTERS: &[Role] = &[Role::Handler];

const RULES: &[Rule<ImportAction, ChangeSetStatus>] =
    &[Rule { action: ImportAction::Undo, standings: &[ChangeSetStatus::Applied], roles: IMPORTERS, by_another: false }];

impl ImportAction {
    /// In which role the actor may take the action on an import of this status, as far as nothing rests on it.
    ///
    /// # Errors
    /// `wrong_role`, `change_undone`.
    pub fn permit(self, actor: &Actor, status: ChangeSetStatus) -> Result<Role, Refusal> {
        permit(RULES, actor, self, &At { standing: status, proposed_by: None, otherwise: "change_undone" })
    }

    /// Every action that the actor may take now; nothing where something rests on it.
    pub fn available(actor: &Actor, status: ChangeSetStatus, is_rested_on: bool) -> Vec<ImportAction> {
        let all = ImportAction::ALL.iter().copied().filter(|_| !is_rested_on);
        all.filter(|action| action.permit(actor, status).is_ok()).collect()
    }
}
