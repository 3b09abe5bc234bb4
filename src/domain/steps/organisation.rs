//! Keeping an organisation: by its own people, and by the handler, who accepts a code with a wrong check character and
//! corrects what was registered.

use crate::domain::actor::{Actor, Role};
use crate::domain::ids::OrganisationId;
use crate::domain::refusal::Refusal;
use crate::domain::status::CodeCheck;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with an organisation.
    OrganisationAction {
        /// Changes address, contact person and telephone.
        ChangeContact = "change_contact",
        /// Admits people, changes what they are, takes them out.
        ManageMembers = "manage_members",
        /// Provides the licence image of a code with a wrong check character.
        ProvideLicence = "provide_licence",
        /// Accepts such a code, having seen the image.
        AcceptCode = "accept_code",
        /// Corrects what it was registered with.
        Correct = "correct",
    }
);

impl OrganisationAction {
    /// Whether it is about the licence image that stands in for a right check character.
    pub fn is_of_licence(self) -> bool {
        matches!(self, OrganisationAction::ProvideLicence | OrganisationAction::AcceptCode)
    }
}

/// Where an organisation stands towards somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrganisationAt {
    /// Which it is.
    pub id: OrganisationId,
    /// What is known of its code.
    pub code_check: CodeCheck,
    /// Whether the licence image is there.
    pub has_licence: bool,
}

/// Who does it: the organisation's own people in these roles, or officers.
enum By {
    Own(&'static [Role]),
    Officer(&'static [Role]),
}

fn by(action: OrganisationAction) -> By {
    match action {
        OrganisationAction::ChangeContact | OrganisationAction::ManageMembers => By::Own(&[Role::VendorAdmin]),
        OrganisationAction::ProvideLicence => By::Own(&[Role::VendorAdmin, Role::VendorMember]),
        OrganisationAction::AcceptCode | OrganisationAction::Correct => By::Officer(&[Role::Handler]),
    }
}

impl OrganisationAt {
    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`, `not_organisation_admin`, `licence_not_needed`, `licence_missing`.
    pub fn permit(&self, actor: &Actor, action: OrganisationAction) -> Result<Role, Refusal> {
        let role = match by(action) {
            By::Officer(roles) => actor.must_hold(roles)?,
            By::Own(roles) => {
                let own =
                    actor.held.iter().find(|held| held.organisation == Some(self.id) && roles.contains(&held.role));
                let why = if roles.contains(&Role::VendorMember) { "wrong_role" } else { "not_organisation_admin" };
                own.map(|held| held.role).ok_or_else(|| Refusal::forbidden(why))?
            }
        };
        if action.is_of_licence() && self.code_check != CodeCheck::Wrong {
            return Err(Refusal::conflict("licence_not_needed"));
        }
        if action == OrganisationAction::AcceptCode && !self.has_licence {
            return Err(Refusal::conflict("licence_missing"));
        }
        Ok(role)
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<OrganisationAction> {
        OrganisationAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
