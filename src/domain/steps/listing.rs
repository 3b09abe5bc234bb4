//! The list of a call that could be proposed: everything whose notice is over and to which no objection is open.

use super::{At, Rule, permit};
use crate::domain::actor::{Actor, Role};
use crate::domain::refusal::Refusal;
use crate::domain::text::text_enum;

text_enum!(
    /// What an officer does with what a list of a call would name.
    ListingAction {
        /// Proposes the list.
        Propose = "propose",
    }
);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Ready,
    Pending,
    InNotice,
    Nothing,
}

const RULES: &[Rule<ListingAction, Standing>] = &[Rule {
    action: ListingAction::Propose,
    standings: &[Standing::Ready],
    roles: &[Role::Handler],
    by_another: false,
}];

/// What there is to be listed of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListingAt {
    /// Whether a list of the call waits for a second officer.
    pub is_pending: bool,
    /// Whether anybody would be named now.
    pub has_names: bool,
    /// Whether somebody is in a notice that still runs.
    pub in_notice: bool,
}

impl ListingAt {
    fn standing(&self) -> Standing {
        match (self.is_pending, self.has_names, self.in_notice) {
            (true, _, _) => Standing::Pending,
            (false, true, _) => Standing::Ready,
            (false, false, true) => Standing::InNotice,
            (false, false, false) => Standing::Nothing,
        }
    }

    /// Whether a list can be proposed, whoever asks.
    pub fn is_ready(&self) -> bool {
        self.standing() == Standing::Ready
    }

    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`, `list_pending`, `notice_still_running`, `list_nothing_to_publish`.
    pub fn permit(&self, actor: &Actor, action: ListingAction) -> Result<Role, Refusal> {
        let standing = self.standing();
        let otherwise = match standing {
            Standing::Pending => "list_pending",
            Standing::InNotice => "notice_still_running",
            Standing::Ready | Standing::Nothing => "list_nothing_to_publish",
        };
        permit(RULES, actor, action, &At { standing, proposed_by: None, otherwise })
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<ListingAction> {
        ListingAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
