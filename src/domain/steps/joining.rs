//! Letting somebody into an organisation: its administrators decide on a request, once.

use crate::domain::actor::{Actor, Role};
use crate::domain::ids::OrganisationId;
use crate::domain::refusal::Refusal;
use crate::domain::status::JoinStatus;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a request to join an organisation.
    JoinAction {
        /// Lets the person in.
        Accept = "accept",
        /// Does not.
        Decline = "decline",
    }
);

/// Where a request to join stands towards somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JoinAt {
    /// Which organisation is to be joined.
    pub organisation: OrganisationId,
    /// The request's status.
    pub status: JoinStatus,
    /// Whether who asks works for an organisation by now, or holds an office.
    pub is_engaged: bool,
}

impl JoinAt {
    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `not_organisation_admin`, `join_already_decided`, `person_in_another_organisation`.
    pub fn permit(&self, actor: &Actor, action: JoinAction) -> Result<Role, Refusal> {
        if !actor.administers(self.organisation) {
            return Err(Refusal::forbidden("not_organisation_admin"));
        }
        if self.status != JoinStatus::Pending {
            return Err(Refusal::conflict("join_already_decided"));
        }
        // Declining is always possible: a request that nobody can answer would stay for ever.
        if action == JoinAction::Accept && self.is_engaged {
            return Err(Refusal::conflict("person_in_another_organisation"));
        }
        Ok(Role::VendorAdmin)
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<JoinAction> {
        JoinAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
