//! Letting an organisation leave the pool as it asked.

use super::{Subject, decide};
use crate::actions::{Seen, Tx};
use crate::domain::actor::Actor;
use crate::domain::ids::MembershipId;
use crate::domain::status::{ProposalStatus, Standing};
use crate::domain::steps::MembershipAction;
use crate::error::Error;

/// Lets the organisation go: it is out of the pool from today on, and may apply again.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`].
pub fn accept_withdrawal(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId, input: &Seen) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::AcceptWithdrawal, input.version)?;
    let proposal = subject.proposal()?.clone();
    decide(tx, actor, &proposal, ProposalStatus::Accepted, None)?;
    subject.store(tx, Standing::Withdrew)?;
    let moved = Some((subject.membership.standing, Standing::Withdrew));
    let detail = serde_json::json!({ "on": subject.today, "proposal": proposal.id });
    subject.record(tx, actor, "membership.withdrew", moved, Some(&proposal.reason), detail)?;
    subject.tell(tx, "membership-withdrew", &[("reason", &proposal.reason)])
}
