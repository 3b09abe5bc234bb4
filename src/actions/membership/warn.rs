//! Warning a member, with a date to mend by.

use super::{MEND_MONTHS, Subject, clean_basis, clean_day, clean_reason, told};
use crate::actions::Tx;
use crate::domain::actor::Actor;
use crate::domain::ids::MembershipId;
use crate::domain::status::Standing;
use crate::domain::steps::MembershipAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A warning.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipWarning {
    /// The version of the membership that was seen.
    pub version: i32,
    /// What is wrong, at most 1,000 characters; the organisation reads it.
    pub reason: String,
    /// The rule that it rests on, at most 300 characters.
    pub basis: String,
    /// The last day to mend it, `YYYY-MM-DD`: after today, within a year.
    pub mend_by: String,
}

/// Warns a member. It stays in the pool, and the public sees that it is under warning.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; problems at `reason`, `basis`, `mend_by`.
pub fn warn(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId, input: &MembershipWarning) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::Warn, input.version)?;
    let mut problems = Vec::new();
    let reason = clean_reason(&input.reason, &mut problems);
    let basis = clean_basis(&input.basis, &mut problems);
    let mend_by = clean_day("mend_by", &input.mend_by, subject.today, MEND_MONTHS, &mut problems);
    let Some(mend_by) = mend_by.filter(|_| problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    subject.store(tx, Standing::Warned)?;
    let detail = serde_json::json!({ "on": subject.today, "mend_by": mend_by, "basis": basis });
    let moved = Some((subject.membership.standing, Standing::Warned));
    subject.record(tx, actor, "membership.warned", moved, Some(&reason), detail)?;
    let due = told(mend_by);
    subject.tell(tx, "membership-warned", &[("reason", &reason), ("basis", &basis), ("due", &due)])
}
