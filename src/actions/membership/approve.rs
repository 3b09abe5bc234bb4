//! Approving a revocation or a bar that another officer proposed.

use super::{Subject, decide, told};
use crate::actions::{Seen, Tx};
use crate::db;
use crate::db::membership_proposals::Proposal;
use crate::domain::actor::Actor;
use crate::domain::ids::MembershipId;
use crate::domain::refusal::Refusal;
use crate::domain::status::{ProposalKind, ProposalStatus, Standing};
use crate::domain::steps::MembershipAction;
use crate::error::Error;
use chrono::NaiveDate;

/// Carries out what another officer proposed: the membership is revoked, or its organisation kept from applying, or both.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; `membership_bar_over`: the last day of the bar has passed meanwhile.
pub fn approve(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId, input: &Seen) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::Approve, input.version)?;
    let proposal = subject.proposal()?.clone();
    if proposal.barred_until.is_some_and(|until| until <= subject.today) {
        return Err(Refusal::conflict("membership_bar_over").into());
    }
    decide(tx, actor, &proposal, ProposalStatus::Accepted, None)?;
    subject.store(tx, Standing::Revoked)?;
    if proposal.kind == ProposalKind::Revocation {
        revoke(tx, actor, &subject, &proposal)?;
    }
    match proposal.barred_until {
        Some(until) => bar(tx, actor, &subject, &proposal, until),
        None => Ok(()),
    }
}

fn revoke(tx: &mut Tx<'_>, actor: &Actor, subject: &Subject, proposal: &Proposal) -> Result<(), Error> {
    let moved = Some((subject.membership.standing, Standing::Revoked));
    let detail = serde_json::json!({ "on": subject.today, "proposal": proposal.id, "basis": proposal.basis });
    subject.record(tx, actor, "membership.revoked", moved, Some(&proposal.reason), detail)?;
    answer_withdrawal(tx, actor, subject, proposal)?;
    subject.tell(tx, "membership-revoked", &[("reason", &proposal.reason), ("basis", &proposal.basis)])
}

/// The organisation may have asked to be let go meanwhile, not knowing of the revocation: there is nothing left to let
/// go.
fn answer_withdrawal(tx: &mut Tx<'_>, actor: &Actor, subject: &Subject, revocation: &Proposal) -> Result<(), Error> {
    let waiting = db::membership_proposals::pending(tx.db, subject.membership.id)?;
    let Some(asked) = waiting.into_iter().find(|proposal| proposal.kind == ProposalKind::Withdrawal) else {
        return Ok(());
    };
    decide(tx, actor, &asked, ProposalStatus::Returned, Some(&revocation.reason))?;
    let detail = serde_json::json!({ "proposal": asked.id });
    subject.record(tx, actor, "membership.withdrawal_declined", None, Some(&revocation.reason), detail)
}

fn bar(tx: &mut Tx<'_>, actor: &Actor, subject: &Subject, proposal: &Proposal, until: NaiveDate) -> Result<(), Error> {
    let moved = Some((Standing::Revoked, Standing::Revoked));
    let detail = serde_json::json!({
        "on": subject.today, "until": until, "proposal": proposal.id, "basis": proposal.basis,
    });
    subject.record(tx, actor, "membership.barred", moved, Some(&proposal.reason), detail)?;
    let (from, until) = (told(subject.today), told(until));
    let args = [("reason", proposal.reason.as_str()), ("basis", &proposal.basis), ("from", &from), ("until", &until)];
    subject.tell(tx, "membership-barred", &args)
}
