//! The second pair of eyes on a call: handing it on, approving it, handing it back, giving it up.

use super::Tx;
use super::calls::{self, Step};
use crate::db;
use crate::db::calls::Call;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::call::{CallAction, CallStatus};
use crate::domain::chain::canonical;
use crate::domain::ids::CallId;
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

fn path(id: CallId) -> String {
    format!("/calls/{id}")
}

/// Hands a draft to the approvers.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, stale.
pub fn submit_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId, version: i32) -> Result<(), Error> {
    let (call, role) = calls::load_to_change(tx, actor, id, CallAction::Submit, version)?;
    calls::must_have_changed(db::calls::set_status(tx.db, id, call.version, CallStatus::Pending)?)?;
    let step = Step {
        action: "call.submitted",
        role,
        from: call.status,
        to: CallStatus::Pending,
        reason: None,
        detail: serde_json::json!({"programme_digest": call.programme_digest}),
    };
    calls::record(tx, actor, id, step)?;
    tx.post_to_role(Role::Approver, "call-submitted", &path(id), &[("title", &call.title), ("handler", &actor.name)])
}

/// Approves a call that somebody else wrote; from now on nothing in it changes.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, `own_proposal`, stale; `call_not_ready` while anything keeps it from working.
pub fn approve_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId, version: i32) -> Result<(), Error> {
    let (call, role) = calls::load_to_change(tx, actor, id, CallAction::Approve, version)?;
    let by = actor.must_be_somebody()?;
    calls::must_have_changed(db::calls::approve(tx.db, id, call.version, by, tx.now)?)?;
    let step = Step {
        action: "call.approved",
        role,
        from: call.status,
        to: CallStatus::Approved,
        reason: None,
        detail: serde_json::json!({
            "programme_digest": call.programme_digest,
            "opens_at": calendar::local_datetime_iso(call.opens_at),
            "closes_at": calendar::local_datetime_iso(call.closes_at),
            "recommend_by": calendar::local_datetime_iso(call.recommend_by),
            "content_sha256": canonical::digest(&recorded_content(&call)),
        }),
    };
    calls::record(tx, actor, id, step)?;
    let opens = calendar::local_datetime_text(call.opens_at);
    post_to_drafter(tx, &call, "call-approved", &[("opens", &opens)])
}

/// What a call says beside its deadlines, as it is hashed into the record of its approval.
pub(super) fn recorded_content(call: &Call) -> serde_json::Value {
    let mut content = serde_json::json!({
        "year": call.year, "title": call.title, "body": call.body, "basis_title": call.basis_title,
        "basis_number": call.basis_number, "basis_issued_on": call.basis_issued_on, "basis_valid_until": call.basis_valid_until,
    });
    // A call that plans nothing is recorded as calls were before they could.
    if !call.planned().is_empty() {
        content["planned"] = serde_json::json!(call.planned());
    }
    content
}

/// A step that needs a reason.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithReason {
    /// The version that was seen.
    pub version: i32,
    /// Why; at most 1000 characters.
    pub reason: String,
}

/// Hands a call back to be changed.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, stale; a reason that is missing or too long.
pub fn return_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &WithReason) -> Result<(), Error> {
    let (call, role) = calls::load_to_change(tx, actor, id, CallAction::Return, input.version)?;
    let reason = calls::must_be_reason(&input.reason)?;
    calls::must_have_changed(db::calls::set_status(tx.db, id, call.version, CallStatus::Draft)?)?;
    let step = Step {
        action: "call.returned",
        role,
        from: call.status,
        to: CallStatus::Draft,
        reason: Some(&reason),
        detail: serde_json::Value::Null,
    };
    calls::record(tx, actor, id, step)?;
    post_to_drafter(tx, &call, "call-returned", &[("reason", &reason)])
}

/// Gives a call up before it opens. One that had been approved needs an approver.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, `call_opened`, stale; a reason that is missing or too long.
pub fn cancel_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &WithReason) -> Result<(), Error> {
    let (call, role) = calls::load_to_change(tx, actor, id, CallAction::Cancel, input.version)?;
    let reason = calls::must_be_reason(&input.reason)?;
    calls::must_have_changed(db::calls::set_status(tx.db, id, call.version, CallStatus::Cancelled)?)?;
    let step = Step {
        action: "call.cancelled",
        role,
        from: call.status,
        to: CallStatus::Cancelled,
        reason: Some(&reason),
        detail: serde_json::Value::Null,
    };
    calls::record(tx, actor, id, step)?;
    if actor.account == Some(call.drafted_by) {
        return Ok(());
    }
    post_to_drafter(tx, &call, "call-cancelled", &[("reason", &reason)])
}

fn post_to_drafter(tx: &mut Tx<'_>, call: &Call, template: &str, args: &[(&str, &str)]) -> Result<(), Error> {
    let drafter = db::accounts::find(tx.db, call.drafted_by)?;
    let args: Vec<(&str, &str)> =
        args.iter().copied().chain([("title", call.title.as_str()), ("name", drafter.name.as_str())]).collect();
    tx.post((&drafter).into(), template, &path(call.id), &args)
}
