//! What may be done with the smaller subjects that stand beside an application (see [`super::procedure`]) and a call
//! (see [`super::call`]). One table a subject: the server's refusals, the buttons of a page and the API's `actions` all
//! read it, so a button that the server would refuse does not exist.

mod account;
mod assignment;
mod batch;
mod change;
mod decision;
mod document;
mod draw;
mod expert;
mod household;
mod import;
mod joining;
mod list;
mod listing;
mod mail;
mod membership;
mod notice;
mod objection;
mod organisation;
mod question;
mod review;
mod saved_filter;
mod tie;
mod undoing;
mod voiding;

use super::actor::{Actor, Role};
use super::ids::AccountId;
use super::refusal::Refusal;
use super::text::Worded;

pub use account::{ADMINISTRATORS, AccountAction, INVITERS, OFFICES, SessionAction};
pub use assignment::{AssignmentAction, AssignmentAt};
pub use batch::{BATCH_OFFICERS, BATCH_READERS, BatchAction, BatchAt, BatchKind, MovedFileAt};
pub use change::{ChangeAction, ChangeAt, ChangeDone};
pub use decision::{DecisionAction, DecisionAt};
pub use document::{DocumentAction, DocumentAt};
pub use draw::{DrawAction, DrawAt, ENDERS, PARTIES, SideAt, party_of};
pub use expert::ExpertAction;
pub use household::{HouseholdAction, HouseholdAt};
pub use import::{IMPORTERS, ImportAction};
pub use joining::{JoinAction, JoinAt};
pub use list::ListAction;
pub use listing::{ListingAction, ListingAt};
pub use mail::{KEEPERS, MailAction};
pub use membership::{MembershipAction, MembershipAt};
pub use notice::NoticeAction;
pub use objection::{EVIDENCE_READERS, EvidenceAction, ObjectionAction, ObjectionAt};
pub use organisation::{OrganisationAction, OrganisationAt};
pub use question::{QuestionAction, QuestionAt};
pub use review::{DrawHold, ORGANISERS, ReviewAction, ReviewAt, ReviewContent};
pub use saved_filter::SavedFilterAction;
pub use tie::{TieAction, TieAt, permit_declaring};
pub use undoing::{UndoingAction, UndoingAt};
pub use voiding::{VoidingAction, VoidingAt};

/// The actions that somebody may take now, as a table gives them. A page asks for one by its name before it shows its
/// button.
pub trait Offered {
    /// Whether the action of this name is among them.
    fn offer(&self, name: &str) -> bool;
}

impl<A: Worded> Offered for [A] {
    fn offer(&self, name: &str) -> bool {
        self.iter().any(|action| action.word() == name)
    }
}

/// One row: an action, in which standings, in which roles.
struct Rule<A: 'static, S: 'static> {
    action: A,
    standings: &'static [S],
    roles: &'static [Role],
    /// Whether it takes another person than the one who proposed.
    by_another: bool,
}

/// Where a subject stands towards somebody.
struct At<S> {
    standing: S,
    proposed_by: Option<AccountId>,
    /// What is answered when the standing does not allow the action.
    otherwise: &'static str,
}

/// In which role the actor may take the action now, or why not: first the role, then the standing, then the rule that
/// nobody approves what they proposed.
fn permit<A: Copy + PartialEq, S: Copy + PartialEq>(
    table: &[Rule<A, S>],
    actor: &Actor,
    action: A,
    at: &At<S>,
) -> Result<Role, Refusal> {
    let of_action = || table.iter().filter(|rule| rule.action == action);
    let held = |rule: &Rule<A, S>| rule.roles.iter().copied().find(|role| actor.holds(*role));
    if !of_action().any(|rule| held(rule).is_some()) {
        return Err(Refusal::forbidden("wrong_role"));
    }
    let row = of_action().find_map(|rule| held(rule).filter(|_| rule.standings.contains(&at.standing)).zip(Some(rule)));
    let Some((role, rule)) = row else { return Err(Refusal::conflict(at.otherwise)) };
    if rule.by_another && at.proposed_by.is_some() && at.proposed_by == actor.account {
        return Err(Refusal::conflict("own_proposal"));
    }
    Ok(role)
}

#[cfg(test)]
mod tests;
