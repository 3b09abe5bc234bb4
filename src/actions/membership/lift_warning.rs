//! Lifting a warning.

use super::{MembershipReason, Subject, reason_alone};
use crate::actions::Tx;
use crate::domain::actor::Actor;
use crate::domain::ids::MembershipId;
use crate::domain::status::Standing;
use crate::domain::steps::MembershipAction;
use crate::error::Error;

/// Lifts a warning: what was wrong is mended. `reason` says how that was found.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; problems at `reason`.
pub fn lift_warning(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId, input: &MembershipReason) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::LiftWarning, input.version)?;
    let reason = reason_alone(&input.reason)?;
    subject.store(tx, Standing::Active)?;
    let moved = Some((subject.membership.standing, Standing::Active));
    let detail = serde_json::json!({ "on": subject.today });
    subject.record(tx, actor, "membership.corrected", moved, Some(&reason), detail)?;
    subject.tell(tx, "membership-corrected", &[("reason", &reason)])
}
