//! Drafting a call: copied from the latest one of its programme, changed until it is handed on.

use super::calls::{self, Step, programme_differences};
use super::{Record, Tx};
use crate::db;
use crate::db::calls::Call;
use crate::domain::actor::Actor;
use crate::domain::calendar;
use crate::domain::call::{self, CallAction, CallStatus, DRAFTERS, RawContent};
use crate::domain::ids::CallId;
use crate::domain::programme::{Difference, Programme, ProgrammeKind};
use crate::domain::refusal::Refusal;
use crate::error::Error;
use chrono::Datelike;
use serde::Deserialize;
use utoipa::ToSchema;

/// What the next call of a programme could say.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The programme as configured today, which the draft will pin.
    pub programme: Programme,
    /// What the call says; empty but for year and title when the programme has had no call yet.
    pub content: RawContent,
    /// The call it is copied from.
    pub copied_from: Option<Call>,
    /// Fields that differ from that call.
    pub fields: Vec<Difference>,
    /// Values of the programme that differ from that call's.
    pub changes: Vec<Difference>,
}

/// A programme that takes applications.
fn selection<'a>(tx: &Tx<'a>, key: &str) -> Result<&'a Programme, Error> {
    let programme = tx.env.programme(key).ok_or_else(|| Error::field("programme", "call_unknown_programme"))?;
    match programme.kind {
        ProgrammeKind::Selection => Ok(programme),
        ProgrammeKind::Imported => Err(Refusal::unacceptable("call_of_imported_programme").into()),
    }
}

/// What the next call of a programme could say: the latest one, moved on a year.
///
/// # Errors
/// `wrong_role`; `call_unknown_programme` at `programme`; `call_of_imported_programme`.
pub fn propose(tx: &mut Tx<'_>, actor: &Actor, key: &str) -> Result<Proposal, Error> {
    actor.must_hold(DRAFTERS)?;
    let programme = selection(tx, key)?.clone();
    let this_year = calendar::local_date(tx.now).year();
    let Some(before) = db::calls::latest(tx.db, key)? else {
        let content = RawContent { year: this_year, ..RawContent::default() };
        return Ok(Proposal { programme, content, copied_from: None, fields: Vec::new(), changes: Vec::new() });
    };
    let content = before.content().moved_on(this_year);
    Ok(Proposal {
        content: content.raw(),
        fields: call::differences(&before.content(), &content),
        changes: programme_differences(tx, actor, &before.programme.0, &programme),
        copied_from: Some(before),
        programme,
    })
}

/// A call to draft.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftCall {
    /// Key of the programme.
    pub programme: String,
    /// The call it was copied from, if any.
    #[serde(default)]
    pub copied_from: Option<CallId>,
    /// What it says.
    pub content: RawContent,
}

/// Drafts a call; it pins the programme as configured now.
///
/// # Errors
/// `wrong_role`; what is wrong with the content; `call_unknown_programme`; `call_copied_from_another` at `copied_from`.
pub fn draft_call(tx: &mut Tx<'_>, actor: &Actor, input: &DraftCall) -> Result<CallId, Error> {
    let role = actor.must_hold(DRAFTERS)?;
    let drafted_by = actor.must_be_somebody()?;
    let programme = selection(tx, &input.programme)?.clone();
    let content = input.content.check().map_err(Error::Invalid)?;
    if let Some(from) = input.copied_from {
        match calls::find(tx, actor, from) {
            Ok(before) if before.programme_key == programme.key => {}
            Ok(_) | Err(Error::NotFound) => return Err(Error::field("copied_from", "call_copied_from_another")),
            Err(error) => return Err(error),
        }
    }
    let call = Call {
        id: CallId::new(&*tx.env.ids),
        programme_key: programme.key.clone(),
        programme_version: i32::try_from(programme.version).unwrap_or(i32::MAX),
        programme_digest: programme.digest(),
        programme: programme.into(),
        year: content.year,
        title: content.title,
        body: content.body,
        basis_title: content.basis_title,
        basis_number: content.basis_number,
        basis_issued_on: content.basis_issued_on,
        basis_valid_until: content.basis_valid_until,
        opens_at: content.windows.opens_at,
        closes_at: content.windows.closes_at,
        recommend_by: content.windows.recommend_by,
        status: CallStatus::Draft,
        copied_from: input.copied_from,
        drafted_by,
        approved_by: None,
        approved_at: None,
        created_at: tx.now,
        version: 1,
        planned_screening_on: content.planned.screening_on,
        planned_review_on: content.planned.review_on,
        planned_decision_on: content.planned.decision_on,
        planned_notice_on: content.planned.notice_on,
    };
    db::calls::create(tx.db, &call)?;
    tx.record(
        actor,
        Record {
            subject_kind: "call",
            subject_id: call.id.as_text(),
            action: "call.drafted",
            role: role.as_text(),
            to: Some(CallStatus::Draft.as_text()),
            detail: serde_json::json!({
                "programme": call.programme_key,
                "programme_digest": call.programme_digest,
                "copied_from": call.copied_from,
            }),
            ..Record::default()
        },
    )?;
    Ok(call.id)
}

/// A draft written anew.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCall {
    /// The version that was seen.
    pub version: i32,
    /// What it says.
    pub content: RawContent,
}

/// Changes a draft.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, stale; what is wrong with the content.
pub fn change_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &ChangeCall) -> Result<(), Error> {
    compare(tx, actor, id, input)?;
    let (call, role) = calls::load_to_change(tx, actor, id, CallAction::Change, input.version)?;
    let content = input.content.check().map_err(Error::Invalid)?;
    let differences = call::differences(&call.content(), &content);
    if differences.is_empty() {
        return Ok(());
    }
    calls::must_have_changed(db::calls::change(tx.db, id, call.version, &content)?)?;
    let fields: Vec<&str> = differences.iter().map(|difference| difference.key.as_str()).collect();
    calls::record(
        tx,
        actor,
        id,
        Step {
            action: "call.changed",
            role,
            from: call.status,
            to: call.status,
            reason: None,
            detail: serde_json::json!({"fields": fields}),
        },
    )
}

/// Compares what was typed with what the draft says by now, for whoever is too late.
fn compare(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &ChangeCall) -> Result<(), Error> {
    let call = calls::acted_upon(tx, actor, id, input.version)?;
    // What cannot be read stays where it was typed.
    let Ok(content) = input.content.check() else { return Ok(()) };
    for found in call::differences(&call.content(), &content) {
        let (sent, current) = (found.after.unwrap_or_default(), found.before.unwrap_or_default());
        let label = format!("call-field-{}", found.key);
        tx.compare(&format!("content.{}", found.key), &label, sent, current);
    }
    Ok(())
}

/// Pins the programme as configured now instead of the one that the draft pinned.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, stale; `call_unknown_programme`; `call_programme_unchanged`.
pub fn repin_call(tx: &mut Tx<'_>, actor: &Actor, id: CallId, version: i32) -> Result<(), Error> {
    let (call, role) = calls::load_to_change(tx, actor, id, CallAction::Repin, version)?;
    let today = selection(tx, &call.programme_key)?;
    if today.digest() == call.programme_digest {
        return Err(Refusal::conflict("call_programme_unchanged").into());
    }
    calls::must_have_changed(db::calls::pin(tx.db, id, call.version, today)?)?;
    let detail = serde_json::json!({"before": call.programme_digest, "after": today.digest()});
    let step = Step { action: "call.repinned", role, from: call.status, to: call.status, reason: None, detail };
    calls::record(tx, actor, id, step)
}
