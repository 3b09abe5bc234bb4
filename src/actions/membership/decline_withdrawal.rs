//! Not letting an organisation leave the pool as it asked.

use super::{MembershipReason, Subject, decide, reason_alone};
use crate::actions::Tx;
use crate::domain::actor::Actor;
use crate::domain::ids::MembershipId;
use crate::domain::status::ProposalStatus;
use crate::domain::steps::MembershipAction;
use crate::error::Error;

/// Declines a withdrawal with a reason, such as a check that is under way; the membership goes on.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; problems at `reason`.
pub fn decline_withdrawal(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MembershipId,
    input: &MembershipReason,
) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::DeclineWithdrawal, input.version)?;
    let reason = reason_alone(&input.reason)?;
    let proposal = subject.proposal()?.clone();
    decide(tx, actor, &proposal, ProposalStatus::Returned, Some(&reason))?;
    subject.store(tx, subject.membership.standing)?;
    let detail = serde_json::json!({ "proposal": proposal.id });
    subject.record(tx, actor, "membership.withdrawal_declined", None, Some(&reason), detail)?;
    subject.tell(tx, "membership-withdrawal-declined", &[("reason", &reason)])
}
