//! Giving an attempt up. It stays on record, and every later attempt names it.

use super::list::failed;
use super::{BOTH, acted_upon, post_to, record, running, store};
use crate::actions::Tx;
use crate::actions::review::reason;
use crate::domain::actor::Actor;
use crate::domain::draw::Role as Party;
use crate::domain::ids::CallId;
use crate::domain::status::DrawStatus;
use crate::domain::steps::DrawAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An abandonment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Abandoning {
    /// The version of the attempt that was seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Gives the running attempt up: either party, whoever could still become one, or an approver.
///
/// # Errors
/// There is no attempt that is running; the place is another person's; no reason is given.
pub fn abandon(tx: &mut Tx<'_>, actor: &Actor, call: CallId, input: &Abandoning) -> Result<(), Error> {
    acted_upon(tx, actor, call, input.version)?;
    let (call, mut draw, role) = running(tx, actor, call, DrawAction::Abandon, None)?;
    tx.must_be_current(input.version, draw.version)?;
    let reason = reason("reason", &input.reason)?;
    (draw.status, draw.ended_at, draw.reason) = (DrawStatus::Abandoned, Some(tx.now), Some(reason.clone()));
    store(tx, &draw)?;
    let failed: Vec<&str> = failed(&draw).into_iter().map(Party::code).collect();
    let detail = serde_json::json!({ "failed": failed });
    record(tx, actor, role.as_text(), draw.id, "draw.abandoned", Some(&reason), detail)?;
    for party in BOTH {
        post_to(tx, draw.side(party).account, "draw-abandoned", &call, &[("reason", &reason)])?;
    }
    Ok(())
}
