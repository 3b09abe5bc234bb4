//! The people of an organisation: its administrators make others administrators or members and take them out; the last
//! administrator stays one.

use crate::domain::actor::Role;
use crate::domain::text::text_enum;

text_enum!(
    /// What an administrator of an organisation does with one of its people.
    HouseholdAction {
        /// Makes a member an administrator.
        MakeAdmin = "make_admin",
        /// Makes an administrator a member.
        MakeMember = "make_member",
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
}

impl HouseholdAt {
    /// Every action that is possible now, for one who may manage the organisation's people
    /// (see [`super::OrganisationAction::ManageMembers`]).
    pub fn available(&self) -> Vec<HouseholdAction> {
        match self.role {
            Role::VendorAdmin if self.other_admins == 0 => Vec::new(),
            Role::VendorAdmin => vec![HouseholdAction::MakeMember, HouseholdAction::Remove],
            _ => vec![HouseholdAction::MakeAdmin, HouseholdAction::Remove],
        }
    }
}
