//! Proposing to keep an organisation whose membership was revoked from applying again for a time.

use super::{Grounds, Subject, clean_bar, clean_basis, clean_reason, propose, told};
use crate::actions::Tx;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::MembershipId;
use crate::domain::status::ProposalKind;
use crate::domain::steps::MembershipAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A bar to propose.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BarProposal {
    /// The version of the membership that was seen.
    pub version: i32,
    /// Why, at most 1,000 characters; the organisation reads it once it is approved.
    pub reason: String,
    /// The rule that it rests on, at most 300 characters.
    pub basis: String,
    /// The last day on which the organisation may not apply, `YYYY-MM-DD`: after today, within five years.
    pub barred_until: String,
}

/// Proposes a bar after a revocation. Nothing changes until another officer approves.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; problems at `reason`, `basis`, `barred_until`.
pub fn propose_bar(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId, input: &BarProposal) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::ProposeBar, input.version)?;
    let mut problems = Vec::new();
    let reason = clean_reason(&input.reason, &mut problems);
    let basis = clean_basis(&input.basis, &mut problems);
    let until = clean_bar(&input.barred_until, subject.today, &mut problems);
    let Some(until) = until.filter(|_| problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    let grounds = Grounds { kind: ProposalKind::Bar, reason, basis, barred_until: Some(until) };
    propose(tx, actor, &subject, "membership.bar_proposed", &grounds)?;
    let until = told(until);
    let args = [
        ("organisation", subject.organisation.name.as_str()),
        ("until", until.as_str()),
        ("reason", grounds.reason.as_str()),
        ("basis", grounds.basis.as_str()),
    ];
    tx.post_to_role(Role::Approver, "membership-bar-proposed", &subject.path(), &args)
}
