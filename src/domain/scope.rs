//! What a person may see of the applications: a condition that every query on a tenant's table takes.

use super::actor::{Actor, Role};
use super::ids::{ExpertId, OrganisationId};

/// Whose files are in sight. What is out of sight does not exist: it is answered with "not found".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Every file that has been submitted at least once.
    pub all: bool,
    /// Other people's drafts too: only the service itself.
    pub drafts: bool,
    /// Files of these organisations, drafts too.
    pub organisations: Vec<OrganisationId>,
    /// Submitted files of these bureaus.
    pub bureaus: Vec<String>,
    /// Files that this expert accepted to score, while the review is open.
    pub expert: Option<ExpertId>,
}

impl Scope {
    /// What this actor may see.
    pub fn of(actor: &Actor) -> Scope {
        Scope {
            all: actor.holds_any(&[Role::Handler, Role::Approver, Role::Auditor, Role::Evaluator, Role::System]),
            drafts: actor.holds(Role::System),
            organisations: actor.organisations(),
            bureaus: actor.held.iter().filter_map(|held| held.bureau.clone()).collect(),
            expert: actor.expert(),
        }
    }

    /// Everything, drafts too: for the service's own work, never for a request.
    pub fn everything() -> Scope {
        Scope::of(&Actor::system())
    }
}
