//! An organisation asks to leave the pool.

use super::{Grounds, MembershipReason, Subject, propose, reason_alone};
use crate::actions::Tx;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::MembershipId;
use crate::domain::status::ProposalKind;
use crate::domain::steps::MembershipAction;
use crate::error::Error;

/// Asks, by an administrator of the organisation, that its membership ends. It goes on until a handler accepts.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; problems at `reason`.
pub fn ask_withdrawal(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId, input: &MembershipReason) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::AskWithdrawal, input.version)?;
    let reason = reason_alone(&input.reason)?;
    let grounds = Grounds { kind: ProposalKind::Withdrawal, reason, basis: String::new(), barred_until: None };
    propose(tx, actor, &subject, "membership.withdrawal_asked", &grounds)?;
    let category = subject.category(tx);
    let args = [("organisation", subject.organisation.name.as_str()), ("reason", grounds.reason.as_str())];
    tx.post_to_role_naming(
        Role::Handler,
        "membership-withdrawal-asked",
        &subject.path(),
        &args,
        &[("category", &category)],
    )
}
