//! Undoing an approved decision, whole or not at all, while nothing rests on it: proposed by one officer with a reason,
//! approved by another. Every file of it waits for the decision again, and every applicant who was told is told so.

use super::decide::{READERS, Return};
use super::dossier::Dossier;
use super::mail_batches::{self, ToMany};
use super::review::{Seen, reason};
use super::statement::{self, station_names};
use super::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::change_sets::ChangeSet;
use crate::db::decisions::{Decision, Standing};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::chain::canonical::digest;
use crate::domain::ids::{AccountId, ApplicationId, CallId, ChangeSetId, DecisionId};
use crate::domain::mail_batch::MailAct;
use crate::domain::procedure::{Action, State};
use crate::domain::refusal::Refusal;
use crate::domain::status::{ChangeSetKind, ChangeSetStatus, DecisionStatus, Outcome};
use crate::domain::steps::{UndoingAction, UndoingAt};
use crate::error::Error;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What undoing a decision needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Before {
    /// Which decision.
    decision: DecisionId,
    /// The files that it moved, in the order of ids.
    files: Vec<Moved>,
}

/// A file that a decision moved, as it was before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Moved {
    application: ApplicationId,
    number: String,
    organisation: String,
    outcome: Outcome,
    state: State,
    /// The version before; the decision made the next one.
    version: i32,
}

impl Moved {
    /// A file before it is moved.
    pub fn of(dossier: &Dossier, outcome: Outcome) -> Moved {
        Moved {
            application: dossier.application.id,
            number: dossier.application.number.clone().unwrap_or_default(),
            organisation: dossier.organisation.name.clone(),
            outcome,
            state: dossier.application.state,
            version: dossier.application.version,
        }
    }

    /// Where the decision left it.
    fn left_in(&self) -> State {
        match self.outcome {
            Outcome::Selected => State::Proposed,
            Outcome::NotSelected => State::NotSelected,
        }
    }
}

/// Keeps what an approved decision did, with counts and names. Returns its id and the hash of what the undoing needs, for the
/// record.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    by: AccountId,
    decision: &Decision,
    files: Vec<Moved>,
    withdrawn: usize,
) -> Result<(ChangeSetId, String), Error> {
    let names = |outcome| -> Vec<&str> {
        files.iter().filter(|file| file.outcome == outcome).map(|file| file.organisation.as_str()).collect()
    };
    let (selected, not_selected) = (names(Outcome::Selected), names(Outcome::NotSelected));
    let summary = serde_json::json!({
        "selected": selected.len(), "not_selected": not_selected.len(), "withdrawn": withdrawn,
        "selected_names": selected, "not_selected_names": not_selected,
    });
    let before = Before { decision: decision.id, files };
    let before = serde_json::to_value(&before).map_err(anyhow::Error::from)?;
    let hash = digest(&before);
    let set = ChangeSet {
        id: ChangeSetId::new(&*tx.env.ids),
        kind: ChangeSetKind::Decision,
        call_id: Some(decision.call_id),
        status: ChangeSetStatus::Applied,
        summary: Json(summary),
        before: Json(before),
        applied_by: Some(by),
        applied_at: tx.now,
        undone_by: None,
        undone_at: None,
        undo_reason: None,
    };
    db::change_sets::create(tx.db, &set)?;
    Ok((set.id, hash))
}

/// A proposal to undo a decision.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoProposal {
    /// The version of the decision sheet that was seen.
    pub version: i32,
    /// Why; the applicants read it.
    pub reason: String,
}

/// A file that goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UndoLine {
    /// Which.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
}

/// What undoing an approved decision would take back, or took back, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DecisionUndoing {
    /// Which decision sheet.
    pub decision: DecisionId,
    /// Its version.
    pub version: i32,
    /// Whether it is undone.
    pub undone: bool,
    /// The files that were selected.
    pub selected: Vec<UndoLine>,
    /// The files that were not.
    pub not_selected: Vec<UndoLine>,
    /// Code of what stands against it now; none if nothing does.
    pub obstacle: Option<String>,
    /// Whose file it is about, where one is named.
    pub obstacle_organisation: Option<String>,
    /// Who proposed to undo it.
    pub proposed_by: Option<String>,
    /// When.
    pub proposed_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
    /// Who approved that.
    pub undone_by: Option<String>,
    /// When.
    pub undone_at: Option<DateTime<Utc>>,
    /// What this person may do now.
    pub actions: Vec<UndoingAction>,
}

/// What undoing each approved decision of a call would take back, and what those that are undone took back; the newest first.
/// Nothing is changed.
///
/// # Errors
/// `wrong_role`.
pub fn undoings(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<Vec<DecisionUndoing>, Error> {
    actor.must_hold(READERS)?;
    let mut found = Vec::new();
    for decision in db::decisions::of_call(tx.db, call)? {
        if was_approved(&decision) {
            found.extend(undoing(tx, actor, &decision)?);
        }
    }
    Ok(found)
}

/// The same for one decision sheet of a call.
///
/// # Errors
/// It does not exist in this call; it was never approved; it was approved before such things were kept.
pub fn undoing_of(tx: &mut Tx<'_>, actor: &Actor, call: CallId, id: DecisionId) -> Result<DecisionUndoing, Error> {
    actor.must_hold(READERS)?;
    let decision = find(tx, call, id)?;
    if !was_approved(&decision) {
        return Err(Refusal::conflict("decision_undo_not_approved").into());
    }
    undoing(tx, actor, &decision)?.ok_or_else(|| Refusal::conflict("decision_undo_not_kept").into())
}

fn was_approved(decision: &Decision) -> bool {
    matches!(decision.status, DecisionStatus::Approved | DecisionStatus::Undone)
}

fn standing(decision: &Decision) -> UndoingAt {
    UndoingAt { status: decision.status, proposed_by: decision.undo_proposed_by }
}

fn undoing(tx: &mut Tx<'_>, actor: &Actor, decision: &Decision) -> Result<Option<DecisionUndoing>, Error> {
    let Some((_, before)) = change_of(tx, decision)? else { return Ok(None) };
    let name = |tx: &mut Tx<'_>, account: Option<AccountId>| -> Result<Option<String>, Error> {
        Ok(account.map(|account| db::accounts::find(tx.db, account)).transpose()?.map(|account| account.name))
    };
    let undone = decision.status == DecisionStatus::Undone;
    let obstacle = if undone { None } else { rests(tx, decision, &before)? };
    let lines = |outcome| {
        let own = before.files.iter().filter(|file| file.outcome == outcome);
        own.map(|file| UndoLine {
            application: file.application,
            number: file.number.clone(),
            organisation: file.organisation.clone(),
        })
        .collect()
    };
    Ok(Some(DecisionUndoing {
        decision: decision.id,
        version: decision.version,
        undone,
        selected: lines(Outcome::Selected),
        not_selected: lines(Outcome::NotSelected),
        actions: standing(decision).available(actor, obstacle.is_some()),
        obstacle_organisation: obstacle.as_ref().and_then(|refusal| refusal.args.get("organisation").cloned()),
        obstacle: obstacle.map(|refusal| refusal.code.to_string()),
        proposed_by: name(tx, decision.undo_proposed_by)?,
        proposed_at: decision.undo_proposed_at.map(|at| at.and_utc()),
        reason: decision.undo_reason.clone(),
        undone_by: name(tx, decision.undone_by)?,
        undone_at: decision.undone_at.map(|at| at.and_utc()),
    }))
}

fn find(tx: &mut Tx<'_>, call: CallId, id: DecisionId) -> Result<Decision, Error> {
    let decision = db::decisions::find(tx.db, id)?;
    if decision.call_id == call { Ok(decision) } else { Err(Error::NotFound) }
}

/// What an approved decision did; none for one that was approved before that was kept.
fn change_of(tx: &mut Tx<'_>, decision: &Decision) -> Result<Option<(ChangeSetId, Before)>, Error> {
    for set in db::change_sets::of_call(tx.db, decision.call_id, Some(ChangeSetKind::Decision))? {
        let before: Before = serde_json::from_value(set.before.0).map_err(anyhow::Error::from)?;
        if before.decision == decision.id {
            return Ok(Some((set.id, before)));
        }
    }
    Ok(None)
}

/// What rests on an approved decision: the first thing found, with whose it is. An objection needs no look of its own: it
/// is made to a name in a notice.
fn rests(tx: &mut Tx<'_>, decision: &Decision, before: &Before) -> Result<Option<Refusal>, Error> {
    // A sheet that waits was made without these files, and counted their places as taken.
    if db::decisions::pending(tx.db, decision.call_id)?.is_some() {
        return Ok(Some(Refusal::conflict("decision_undo_pending_sheet")));
    }
    let standing: BTreeMap<ApplicationId, Standing> = db::decisions::standings(tx.db, decision.id)?
        .into_iter()
        .map(|standing| (standing.application, standing))
        .collect();
    let found = before.files.iter().find_map(|file| {
        let code = obstacle(file, standing.get(&file.application)?)?;
        Some(Refusal::conflict(code).with("organisation", &file.organisation).with("number", &file.number))
    });
    Ok(found)
}

/// Why a file cannot go back.
fn obstacle(file: &Moved, now: &Standing) -> Option<&'static str> {
    match now.state {
        State::Withdrawn => Some("decision_undo_withdrawn"),
        _ if now.noticed => Some("decision_undo_noticed"),
        _ if now.listed => Some("decision_undo_listed"),
        state if state != file.left_in() || now.version != file.version + 1 => Some("decision_undo_moved"),
        _ => None,
    }
}

/// A decision sheet, held through its call, and the role in which the actor may take the action.
fn sheet(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: CallId,
    id: DecisionId,
    action: UndoingAction,
    version: i32,
) -> Result<(Decision, Role), Error> {
    db::calls::lock(tx.db, call)?;
    let decision = find(tx, call, id)?;
    tx.acts_upon(actor, "decision", id.as_text(), (version, decision.version));
    let role = standing(&decision).permit(actor, action)?;
    tx.must_be_current(version, decision.version)?;
    Ok((decision, role))
}

fn store(tx: &mut Tx<'_>, decision: &mut Decision) -> Result<(), Error> {
    let version = decision.version;
    if !db::decisions::note_undoing(tx.db, decision, version)? {
        return Err(Error::Stale);
    }
    decision.version = version + 1;
    let columns = ["undo_proposed_by", "undo_proposed_at", "undo_reason", "undone_by", "undone_at"];
    tx.vouch("decisions", decision.id.as_text(), &columns)
}

/// Proposes to undo an approved decision.
///
/// # Errors
/// It is not approved, or undone; that is proposed already; something rests on it.
pub fn propose(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: CallId,
    id: DecisionId,
    input: &UndoProposal,
) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let (mut decision, role) = sheet(tx, actor, call, id, UndoingAction::Propose, input.version)?;
    let reason = reason("reason", &input.reason)?;
    let (set, before) = change_of(tx, &decision)?.ok_or_else(|| Refusal::conflict("decision_undo_not_kept"))?;
    if let Some(refusal) = rests(tx, &decision, &before)? {
        return Err(refusal.into());
    }
    decision.undo_proposed_by = Some(account);
    decision.undo_proposed_at = Some(tx.now);
    decision.undo_reason = Some(reason.clone());
    store(tx, &mut decision)?;
    let detail = serde_json::json!({ "call": call, "change_set": set, "applications": before.files.len() });
    record(tx, actor, role, id, "decision.undo_proposed", None, &reason, detail)?;
    let title = db::calls::find(tx.db, call)?.title;
    let count = before.files.len().to_string();
    let args = [("call", title.as_str()), ("count", count.as_str()), ("reason", reason.as_str())];
    tx.post_to_role(Role::Approver, "decision-undo-proposed", &format!("/decisions/{call}"), &args)
}

/// Undoes a decision as another officer proposed: every file goes back to where it waited for the decision, and every
/// applicant who was told is told so.
///
/// # Errors
/// Nobody proposed it; one's own proposal; something rests on the decision by now.
pub fn approve(tx: &mut Tx<'_>, actor: &Actor, call: CallId, id: DecisionId, input: &Seen) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let (mut decision, role) = sheet(tx, actor, call, id, UndoingAction::Approve, input.version)?;
    let (set, before) = change_of(tx, &decision)?.ok_or_else(|| Refusal::conflict("decision_undo_not_kept"))?;
    // Each file is held before it is looked at: one that is withdrawn at the same time either goes first, and nothing is
    // undone, or finds itself with the decision again.
    let mut dossiers = Vec::with_capacity(before.files.len());
    for file in &before.files {
        dossiers.push(Dossier::load_to_change(tx, actor, file.application)?);
    }
    if let Some(refusal) = rests(tx, &decision, &before)? {
        return Err(refusal.into());
    }
    let reason = decision.undo_reason.clone().unwrap_or_default();
    let of_call = db::calls::find(tx.db, call)?;
    mail_batches::begin(tx);
    for (dossier, file) in dossiers.iter_mut().zip(&before.files) {
        let permission = dossier.permit(actor, Action::UndoDecision)?;
        let detail = serde_json::json!({ "decision": id, "change_set": set });
        dossier.advance(tx, actor, permission, Some(&reason), detail)?;
        tell(tx, role, &of_call, dossier, file, &reason)?;
    }
    let undone = ToMany { act: MailAct::DecisionUndone, call, title: &of_call.title, bureau: None, term_ends: None };
    mail_batches::end(tx, actor, &undone)?;
    if !db::change_sets::mark_undone(tx.db, set, account, &reason, tx.now)? {
        return Err(Error::Stale);
    }
    decision.status = DecisionStatus::Undone;
    decision.undone_by = Some(account);
    decision.undone_at = Some(tx.now);
    store(tx, &mut decision)?;
    let moved = Some((DecisionStatus::Approved, DecisionStatus::Undone));
    let detail = serde_json::json!({ "call": call, "change_set": set, "applications": before.files.len() });
    record(tx, actor, role, id, "decision.undone", moved, &reason, detail)
}

/// Sends a proposal to undo a decision back; the decision stays in force.
///
/// # Errors
/// Nobody proposed it; one's own proposal.
pub fn send_back(tx: &mut Tx<'_>, actor: &Actor, call: CallId, id: DecisionId, input: &Return) -> Result<(), Error> {
    let (mut decision, role) = sheet(tx, actor, call, id, UndoingAction::Return, input.version)?;
    let reason = reason("reason", &input.reason)?;
    let proposer = decision.undo_proposed_by.take().ok_or_else(|| Refusal::conflict("decision_undo_none_pending"))?;
    decision.undo_proposed_at = None;
    decision.undo_reason = None;
    store(tx, &mut decision)?;
    record(tx, actor, role, id, "decision.undo_returned", None, &reason, serde_json::json!({ "call": call }))?;
    let title = db::calls::find(tx.db, call)?.title;
    let proposer = db::accounts::find(tx.db, proposer)?;
    let args = [("name", proposer.name.as_str()), ("call", title.as_str()), ("reason", reason.as_str())];
    tx.post((&proposer).into(), "decision-undo-returned", &format!("/decisions/{call}"), &args)
}

/// Tells an applicant that what was decided counts no more.
fn tell(tx: &mut Tx<'_>, role: Role, call: &Call, dossier: &Dossier, file: &Moved, reason: &str) -> Result<(), Error> {
    let template = match file.outcome {
        Outcome::Selected => "selection-undone",
        Outcome::NotSelected => "decline-undone",
    };
    let (basis, date) = (statement::basis(call), local_date_text(local_date(tx.now)));
    let station = station_names(tx, dossier, role);
    let args = [
        ("organisation", dossier.organisation.name.as_str()),
        ("call", call.title.as_str()),
        ("number", file.number.as_str()),
        ("reason", reason),
        ("basis", basis.as_str()),
        ("date", date.as_str()),
    ];
    let path = format!("/applications/{}", file.application);
    tx.post_to_organisation_from(dossier.application.organisation_id, template, &path, &args, &station)
}

#[allow(clippy::too_many_arguments)]
fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    decision: DecisionId,
    action: &str,
    moved: Option<(DecisionStatus, DecisionStatus)>,
    reason: &str,
    detail: serde_json::Value,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "decision",
            subject_id: decision.as_text(),
            action,
            role: role.as_text(),
            from: moved.as_ref().map(|(from, _)| from.as_text()),
            to: moved.as_ref().map(|(_, to)| to.as_text()),
            reason: Some(reason),
            detail,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::IdSource;

    struct Fixed;

    impl IdSource for Fixed {
        fn next(&self) -> uuid::Uuid {
            uuid::Uuid::from_u128(7)
        }
    }

    #[test]
    fn a_file_goes_back_only_from_where_the_decision_left_it() {
        let application = ApplicationId::new(&Fixed);
        for outcome in Outcome::ALL.iter().copied() {
            let file = Moved {
                application,
                number: "YC2026-T-0001".into(),
                organisation: "甲".into(),
                outcome,
                state: State::Reviewed,
                version: 4,
            };
            let left = if outcome == Outcome::Selected { State::Proposed } else { State::NotSelected };
            for state in State::ALL.iter().copied() {
                for version in 3..8 {
                    for (noticed, listed) in [(false, false), (true, false), (false, true), (true, true)] {
                        let now = Standing { application, state, version, noticed, listed };
                        let expected = match (state, noticed, listed) {
                            (State::Withdrawn, ..) => Some("decision_undo_withdrawn"),
                            (_, true, _) => Some("decision_undo_noticed"),
                            (_, false, true) => Some("decision_undo_listed"),
                            _ if (state, version) == (left, 5) => None,
                            _ => Some("decision_undo_moved"),
                        };
                        assert_eq!(obstacle(&file, &now), expected, "{outcome} {now:?}");
                    }
                }
            }
        }
    }
}
