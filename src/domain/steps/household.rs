//! The people of an organisation: its administrators make others administrators or members, put off the end of their role and
//! take them out; the last administrator stays one, and nobody puts off their own end.

use crate::domain::actor::Role;
use crate::domain::refusal::Refusal;
use crate::domain::text::text_enum;

text_enum!(
    /// What an administrator of an organisation does with one of its people.
    HouseholdAction {
        /// Makes a member an administrator.
        MakeAdmin = "make_admin",
        /// Makes an administrator a member.
        MakeMember = "make_member",
        /// Lets them stay what they are until another day.
        Renew = "renew",
        /// Takes them out.
        Remove = "remove",
    }
);

/// Where one of an organisation's people stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HouseholdAt {
    /// `VendorAdmin` or `VendorMember`.
    pub role: Role,
    /// How many other administrators there are.
    pub other_admins: usize,
    /// Whether it is the one who acts.
    pub is_self: bool,
}

impl HouseholdAt {
    /// Whether the action is possible now, for one who may manage the organisation's people
    /// (see [`super::OrganisationAction::ManageMembers`]).
    ///
    /// # Errors
    /// `role_already_held`, `last_organisation_admin`, `own_term`.
    pub fn permit(&self, action: HouseholdAction) -> Result<(), Refusal> {
        let is_admin = self.role == Role::VendorAdmin;
        match action {
            HouseholdAction::MakeAdmin if is_admin => Err(Refusal::conflict("role_already_held")),
            HouseholdAction::MakeMember if !is_admin => Err(Refusal::conflict("role_already_held")),
            // Every role has a giver, and nobody is their own.
            HouseholdAction::Renew if self.is_self => Err(Refusal::conflict("own_term")),
            HouseholdAction::MakeMember | HouseholdAction::Remove if is_admin && self.other_admins == 0 => {
                Err(Refusal::conflict("last_organisation_admin"))
            }
            _ => Ok(()),
        }
    }

    /// Every action that is possible now, for the same.
    pub fn available(&self) -> Vec<HouseholdAction> {
        HouseholdAction::ALL.iter().copied().filter(|action| self.permit(*action).is_ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use HouseholdAction as A;

    #[test]
    fn an_organisation_keeps_an_administrator_and_everybody_else_may_be_moved_or_taken_out() {
        for (role, other_admins, is_self, possible) in [
            (Role::VendorAdmin, 0, true, vec![]),
            (Role::VendorAdmin, 1, true, vec![A::MakeMember, A::Remove]),
            (Role::VendorAdmin, 1, false, vec![A::MakeMember, A::Renew, A::Remove]),
            (Role::VendorMember, 1, false, vec![A::MakeAdmin, A::Renew, A::Remove]),
            // An organisation that has lost its administrators all the same can still be given one.
            (Role::VendorMember, 0, false, vec![A::MakeAdmin, A::Renew, A::Remove]),
        ] {
            let at = HouseholdAt { role, other_admins, is_self };
            assert_eq!(at.available(), possible, "{at:?}");
        }
        let code = |at: HouseholdAt, action| at.permit(action).expect_err("it is refused").code;
        let last = HouseholdAt { role: Role::VendorAdmin, other_admins: 0, is_self: true };
        assert_eq!(code(last, A::MakeMember), "last_organisation_admin");
        assert_eq!(code(last, A::Remove), "last_organisation_admin");
        assert_eq!(code(last, A::MakeAdmin), "role_already_held");
        assert_eq!(code(last, A::Renew), "own_term");
        let member = HouseholdAt { role: Role::VendorMember, other_admins: 1, is_self: false };
        assert_eq!(code(member, A::MakeMember), "role_already_held");
    }
}
