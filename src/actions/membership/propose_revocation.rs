//! Proposing to take a member out of the pool.

use super::{Grounds, Subject, clean_bar, clean_basis, clean_reason, propose};
use crate::actions::Tx;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::MembershipId;
use crate::domain::status::ProposalKind;
use crate::domain::steps::MembershipAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A revocation to propose.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevocationProposal {
    /// The version of the membership that was seen.
    pub version: i32,
    /// Why, at most 1,000 characters; the organisation reads it once it is approved.
    pub reason: String,
    /// The rule that it rests on, at most 300 characters.
    pub basis: String,
    /// The last day on which the organisation may not apply, `YYYY-MM-DD`: after today, within five years; empty for no bar.
    #[serde(default)]
    pub barred_until: String,
}

/// Proposes to revoke a membership, with a bar on applying again if a day is given. Nothing changes until another officer approves.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; problems at `reason`, `basis`, `barred_until`.
pub fn propose_revocation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MembershipId,
    input: &RevocationProposal,
) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::ProposeRevocation, input.version)?;
    let mut problems = Vec::new();
    let reason = clean_reason(&input.reason, &mut problems);
    let basis = clean_basis(&input.basis, &mut problems);
    let barred_until = match input.barred_until.trim() {
        "" => None,
        typed => clean_bar(typed, subject.today, &mut problems),
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let grounds = Grounds { kind: ProposalKind::Revocation, reason, basis, barred_until };
    propose(tx, actor, &subject, "membership.revocation_proposed", &grounds)?;
    let category = subject.category(tx);
    let args = [
        ("organisation", subject.organisation.name.as_str()),
        ("reason", grounds.reason.as_str()),
        ("basis", grounds.basis.as_str()),
    ];
    tx.post_to_role_naming(
        Role::Approver,
        "membership-revocation-proposed",
        &subject.path(),
        &args,
        &[("category", &category)],
    )
}
