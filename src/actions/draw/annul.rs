//! Annulling a draw that is done: a handler proposes it with a reason, an auditor agrees or does not, as both brought to the draw
//! what it follows from. The draw stays on record, with its file; every later attempt has a higher number and names it.
//!
//! Nothing may rest on it: no plan is made on the panel, and no review was ever opened on it, because with the opening the
//! experts are written to. So there is no letter to an expert that would have to be withdrawn.

use super::{BOTH, post_to, record, standing_with_rest, store};
use crate::actions::Tx;
use crate::actions::review::{Seen, reason, record_session};
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::draws::Draw;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, CallId};
use crate::domain::refusal::Refusal;
use crate::domain::status::SessionStatus;
use crate::domain::steps::DrawAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A proposal to annul a draw, or the refusal of one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Annulling {
    /// The version of the attempt that was seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// The last attempt of a call, held until the transaction ends, with its session, held too, and the role in which the actor may
/// act on it.
///
/// # Errors
/// As [`crate::domain::steps::DrawAt::permit`]; it is of another version than was seen.
fn done(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CallId,
    action: DrawAction,
    version: i32,
) -> Result<(Call, Option<ReviewSession>, Draw, Role), Error> {
    db::calls::lock(tx.db, id)?;
    let call = db::calls::find(tx.db, id)?;
    let stored = db::reviews::session_of_call(tx.db, id)?;
    let session = stored.map(|stored| db::reviews::find_session_to_change(tx.db, stored.id)).transpose()?;
    let last = db::draws::of_call(tx.db, id)?.pop();
    let last = last.map(|draw| db::draws::find_to_change(tx.db, draw.id)).transpose()?;
    if let Some(draw) = &last {
        tx.acts_upon(actor, "draw", draw.id.as_text(), (version, draw.version));
    }
    let role = standing_with_rest(tx, &call, session.as_ref(), last.as_ref())?.permit(actor, action)?;
    let draw = last.ok_or_else(|| Refusal::conflict("draw_none"))?;
    tx.must_be_current(version, draw.version)?;
    Ok((call, session, draw, role))
}

/// Proposes to annul the draw of a call; the auditors are told.
///
/// # Errors
/// The draw is not done, is annulled or about to be; something rests on it; no reason is given.
pub fn propose(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Annulling) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let (call, _, mut draw, role) = done(tx, actor, id, DrawAction::ProposeAnnulment, input.version)?;
    let reason = reason("reason", &input.reason)?;
    draw.annulment_reason = Some(reason.clone());
    (draw.annulment_proposed_by, draw.annulment_proposed_at) = (Some(account), Some(tx.now));
    store(tx, &draw)?;
    let detail = serde_json::json!({ "record_digest": draw.record_digest });
    record(tx, actor, role.as_text(), draw.id, "draw.annulment_proposed", Some(&reason), detail)?;
    let path = format!("/reviews/{id}/draw");
    let args = [("call", call.title.as_str()), ("reason", reason.as_str())];
    tx.post_to_role(Role::Auditor, "draw-annulment-proposed", &path, &args)
}

/// Agrees that the draw is annulled: the session that was to rest on it has no panel any more.
///
/// # Errors
/// Nobody proposed it; it was proposed by the same person; something rests on the draw.
pub fn accept(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Seen) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let (call, session, mut draw, role) = done(tx, actor, id, DrawAction::AcceptAnnulment, input.version)?;
    (draw.annulled_by, draw.annulled_at) = (Some(account), Some(tx.now));
    store(tx, &draw)?;
    let reason = draw.annulment_reason.clone().unwrap_or_default();
    let detail = serde_json::json!({
        "record_digest": draw.record_digest, "proposed_by": draw.annulment_proposed_by,
    });
    record(tx, actor, role.as_text(), draw.id, "draw.annulled", Some(&reason), detail)?;
    if let Some(session) = session {
        out_of_session(tx, session, &draw)?;
    }
    // Whoever proposed it may be another handler than the party to the draw.
    let sides = BOTH.into_iter().filter_map(|party| draw.side(party).account);
    let told: BTreeSet<AccountId> = sides.chain(draw.annulment_proposed_by).collect();
    for account in told {
        post_to(tx, Some(account), "draw-annulled", &call, &[("reason", &reason)])?;
    }
    let path = format!("/reviews/{id}/draw");
    let args = [("call", call.title.as_str()), ("reason", reason.as_str())];
    tx.post_to_role(Role::Approver, "draw-annulled", &path, &args)
}

/// Refuses to annul the draw, or takes one's own proposal back: the draw holds as before. Gives whether it was one's own.
///
/// # Errors
/// Nobody proposed it; no reason is given.
pub fn refuse(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Annulling) -> Result<bool, Error> {
    let (call, _, mut draw, role) = done(tx, actor, id, DrawAction::RefuseAnnulment, input.version)?;
    let reason = reason("reason", &input.reason)?;
    let proposed_by = draw.annulment_proposed_by.take();
    (draw.annulment_reason, draw.annulment_proposed_at) = (None, None);
    store(tx, &draw)?;
    let detail = serde_json::json!({ "proposed_by": proposed_by });
    record(tx, actor, role.as_text(), draw.id, "draw.annulment_refused", Some(&reason), detail)?;
    post_to(tx, proposed_by, "draw-annulment-refused", &call, &[("reason", &reason)])?;
    Ok(proposed_by.is_some() && proposed_by == actor.account)
}

/// A session in preparation gives up the panel of an annulled draw.
fn out_of_session(tx: &mut Tx<'_>, mut session: ReviewSession, draw: &Draw) -> Result<(), Error> {
    if session.status != SessionStatus::Preparing || session.draw_id != Some(draw.id) {
        return Ok(());
    }
    (session.draw_id, session.panel, session.reserves) = (None, Json(Vec::new()), Json(Vec::new()));
    let version = session.version;
    if !db::reviews::update_session(tx.db, &session, version)? {
        return Err(Error::Stale);
    }
    let (system, detail) = (Actor::system(), serde_json::json!({ "draw": draw.id }));
    record_session(tx, &system, Role::System, session.id, "review.panel_annulled", None, detail)
}
