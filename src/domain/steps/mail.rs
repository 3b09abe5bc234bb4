//! Looking after the outbox.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::refusal::Refusal;
use crate::domain::status::MailStanding;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a mail of the outbox.
    MailAction {
        /// Puts one that was given up back into the queue.
        Retry = "retry",
    }
);

/// Who looks after the outbox.
pub const KEEPERS: &[Role] = &[Role::SystemAdmin];

const RULES: &[Rule<MailAction, MailStanding>] =
    &[Rule { action: MailAction::Retry, standings: &[MailStanding::Failed], roles: KEEPERS, by_another: false }];

impl MailAction {
    /// In which role the actor may take the action on a mail. `is_over`: its one-time link no longer works.
    ///
    /// # Errors
    /// `wrong_role`, `mail_not_failed`, `mail_is_over`.
    pub fn permit(self, actor: &Actor, standing: MailStanding, is_over: bool) -> Result<Role, Refusal> {
        let role = permit(RULES, actor, self, &At { standing, proposed_by: None, otherwise: "mail_not_failed" })?;
        if is_over { Err(Refusal::conflict("mail_is_over")) } else { Ok(role) }
    }

    /// Every action that the actor may take now.
    pub fn available(actor: &Actor, standing: MailStanding, is_over: bool) -> Vec<MailAction> {
        MailAction::ALL.iter().copied().filter(|a| a.permit(actor, standing, is_over).is_ok()).collect()
    }
}
