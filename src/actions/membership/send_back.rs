//! Sending a proposed revocation or bar back.

use super::{MembershipReason, Subject, decide, reason_alone};
use crate::actions::Tx;
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::ids::MembershipId;
use crate::domain::status::{ProposalKind, ProposalStatus};
use crate::domain::steps::MembershipAction;
use crate::error::Error;

/// Sends what another officer proposed back to them; the membership stays as it is.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; problems at `reason`.
pub fn send_back(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId, input: &MembershipReason) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::Return, input.version)?;
    let reason = reason_alone(&input.reason)?;
    let proposal = subject.proposal()?.clone();
    decide(tx, actor, &proposal, ProposalStatus::Returned, Some(&reason))?;
    let action = match proposal.kind {
        ProposalKind::Bar => "membership.bar_returned",
        ProposalKind::Revocation | ProposalKind::Withdrawal => "membership.revocation_returned",
    };
    let detail = serde_json::json!({ "proposal": proposal.id });
    subject.record(tx, actor, action, None, Some(&reason), detail)?;
    let proposer = db::accounts::find(tx.db, proposal.proposed_by)?;
    let args = [
        ("name", proposer.name.as_str()),
        ("organisation", subject.organisation.name.as_str()),
        ("reason", reason.as_str()),
    ];
    tx.post((&proposer).into(), "membership-proposal-returned", &subject.path(), &args)
}
