//! Handling an objection: accepted by a handler, which holds the entry; its outcome proposed by one officer and approved
//! by another.

pub use super::Seen;
use super::confirm_objector::is_confirmed;
use super::dossier::Dossier;
use super::mail_batches::let_earlier_go;
use super::not_recommend::tell_ruling;
use super::post::Reader;
use super::sealed::{Identity, identity_of};
use super::{Record, Tx};
use crate::db;
use crate::db::objections::Objection;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, ObjectionId};
use crate::domain::plain_text;
use crate::domain::procedure::{Action, State};
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::domain::status::{ObjectionOutcome, ObjectionStatus};
use crate::domain::steps::{ObjectionAction, ObjectionAt};
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use chrono::NaiveDateTime;
use serde::Deserialize;
use utoipa::ToSchema;

/// Characters of a reason.
pub const REASON_LENGTH: usize = 1_000;

/// A step with its reason.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    /// The version that was seen.
    pub version: i32,
    /// Why, at most 1000 characters.
    pub reason: String,
}

/// The outcome that an officer proposes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedOutcome {
    /// The version that was seen.
    pub version: i32,
    /// Right or not right.
    pub outcome: ObjectionOutcome,
    /// Why, at most 1000 characters; the applicant and the objector read it.
    pub reason: String,
}

fn reason(text: &str) -> Result<String, Error> {
    let mut problems = Vec::new();
    let reason = plain_text::required_lines("reason", text, REASON_LENGTH, &mut problems);
    if problems.is_empty() { Ok(reason) } else { Err(Error::Invalid(problems)) }
}

/// Where an objection stands: what the table of its steps is asked with.
pub fn standing(tx: &mut Tx<'_>, objection: &Objection) -> Result<ObjectionAt, Error> {
    let entry = db::applications::find(tx.db, &Scope::everything(), objection.application_id)?;
    // Others matter to a dismissal alone.
    let dismisses = objection.proposed_outcome == Some(ObjectionOutcome::Dismissed);
    Ok(ObjectionAt {
        status: objection.status,
        proposed: objection.proposed_outcome,
        proposed_by: objection.proposed_by,
        others_waiting: dismisses && db::objections::any_waiting(tx.db, objection.application_id)?,
        entry_can_be_held: matches!(entry.state, State::InNotice | State::Held),
    })
}

/// Who had a hand in the outcome of an objection, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handling {
    /// Who proposed it.
    pub proposed_by: Option<String>,
    /// Who approved it.
    pub decided_by: Option<String>,
    /// The last outcome that came back and is not proposed anew: who sent it back, when and why.
    pub returned: Option<(String, NaiveDateTime, String)>,
}

impl Handling {
    /// What the objection and its record say of it.
    ///
    /// # Errors
    /// The database's.
    pub fn of(tx: &mut Tx<'_>, objection: &Objection) -> Result<Handling, Error> {
        // Others are recorded between: who opened the identity, that an address was confirmed.
        let events = db::events::of_subject(tx.db, "objection", objection.id.as_text())?.into_iter().rev();
        let is_of_outcome =
            |action: &str| matches!(action, "objection.outcome_proposed" | "objection.outcome_returned");
        let mut of_outcome = events.filter(|event| is_of_outcome(&event.action));
        let waits = objection.status == ObjectionStatus::Accepted && objection.proposed_outcome.is_none();
        let last = of_outcome.next().filter(|event| waits && event.action == "objection.outcome_returned");
        let by = last.as_ref().and_then(|event| AccountId::from_text(&event.actor));
        let mut name = |id: Option<AccountId>| -> Result<Option<String>, Error> {
            Ok(id.map(|id| db::accounts::find(tx.db, id)).transpose()?.map(|account| account.name))
        };
        Ok(Handling {
            proposed_by: name(objection.proposed_by)?,
            decided_by: name(objection.decided_by)?,
            returned: match last {
                Some(event) => Some((name(by)?.unwrap_or_default(), event.at, event.reason.unwrap_or_default())),
                None => None,
            },
        })
    }
}

/// The objection, held, and the role in which the actor may take this action now.
fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ObjectionId,
    version: i32,
    action: ObjectionAction,
) -> Result<(Objection, Role), Error> {
    let objection = db::objections::find_to_change(tx.db, id)?;
    tx.acts_upon(actor, "objection", id.as_text(), (version, objection.version));
    if action == ObjectionAction::ApproveOutcome {
        // The application is held first, so that of two last objections one sees the other's end.
        Dossier::load_to_change(tx, actor, objection.application_id)?;
    }
    let role = standing(tx, &objection)?.permit(actor, action)?;
    tx.must_be_current(version, objection.version)?;
    Ok((objection, role))
}

fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    objection: &mut Objection,
    from: ObjectionStatus,
    action: &str,
    reason: Option<&str>,
) -> Result<(), Error> {
    if !db::objections::update(tx.db, objection)? {
        return Err(Error::Stale);
    }
    objection.version += 1;
    let id = objection.id;
    let columns = ["proposed_outcome", "proposed_reason", "proposed_by", "decided_by", "decided_at"];
    tx.vouch("objections", id.as_text(), &columns)?;
    tx.record(
        actor,
        Record {
            subject_kind: "objection",
            subject_id: id.as_text(),
            action,
            role: role.as_text(),
            from: Some(from.as_text()),
            to: Some(objection.status.as_text()),
            reason,
            detail: serde_json::json!({"application": objection.application_id, "outcome": objection.proposed_outcome}),
        },
    )
}

/// Writes to whoever objected, once they have confirmed the address: before, nobody knows whose it is.
fn write_to_objector(tx: &mut Tx<'_>, objection: &Objection, template: &str, reason: &str) -> Result<(), Error> {
    if !is_confirmed(tx, objection.id)? {
        return Ok(());
    }
    let identity = identity_of(tx, objection.id)?;
    if identity.email.is_empty() {
        return Ok(());
    }
    let reader = Reader { account: None, address: &identity.email, language: identity.language.as_text() };
    let args = [("name", identity.name.as_str()), ("number", objection.number.as_str()), ("reason", reason)];
    tx.post_sealed(reader, template, &format!("/notices/{}", objection.notice_id), &args)
}

/// Tells whoever has confirmed the address only now where their objection stands, if anything was done about it before.
pub(super) fn catch_up(tx: &mut Tx<'_>, objection: &Objection) -> Result<(), Error> {
    let template = match objection.status {
        ObjectionStatus::Received => return Ok(()),
        // What it lacked was told with the link.
        ObjectionStatus::NotAccepted if objection.decided_by.is_none() => return Ok(()),
        ObjectionStatus::NotAccepted => "objection-declined",
        ObjectionStatus::Accepted => "objection-accepted",
        ObjectionStatus::Upheld => "objection-upheld",
        ObjectionStatus::Dismissed => "objection-dismissed",
    };
    let is_decided = objection.status != ObjectionStatus::Accepted;
    // What is only proposed is for officers.
    let reason = objection.proposed_reason.as_deref().filter(|_| is_decided).unwrap_or_default();
    write_to_objector(tx, objection, template, reason)
}

/// Writes to the applicant; `over` says whether the notice had ended by then.
fn write_to_applicant(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    template: &str,
    reason: &str,
    over: bool,
) -> Result<(), Error> {
    let_earlier_go(tx, dossier.call.id, None)?;
    let args = [
        ("organisation", dossier.organisation.name.as_str()),
        ("call", dossier.call.title.as_str()),
        ("reason", reason),
        ("over", if over { "yes" } else { "no" }),
    ];
    let path = format!("/applications/{}", dossier.application.id);
    tx.post_to_organisation(dossier.application.organisation_id, template, &path, &args)
}

/// Accepts an objection for handling; its entry is held, the others go on.
///
/// # Errors
/// `wrong_role`; it is not waiting; it was changed meanwhile.
pub fn accept(tx: &mut Tx<'_>, actor: &Actor, id: ObjectionId, input: &Seen) -> Result<(), Error> {
    let (mut objection, role) = load(tx, actor, id, input.version, ObjectionAction::Accept)?;
    let mut dossier = Dossier::load_to_change(tx, actor, objection.application_id)?;
    objection.status = ObjectionStatus::Accepted;
    keep(tx, actor, role, &mut objection, ObjectionStatus::Received, "objection.accepted", None)?;
    // A second objection finds its entry held already.
    if dossier.application.state != State::Held {
        let permission = dossier.permit(actor, Action::Hold)?;
        let why = tx.env.words.say(DEFAULT_LANGUAGE, "objection-held-reason");
        dossier.advance(tx, actor, permission, Some(&why), serde_json::json!({"objection": id}))?;
        write_to_applicant(tx, &dossier, "application-held", &why, false)?;
    }
    write_to_objector(tx, &objection, "objection-accepted", "")
}

/// Does not accept an objection for handling.
///
/// # Errors
/// `wrong_role`; it is not waiting; no reason.
pub fn decline(tx: &mut Tx<'_>, actor: &Actor, id: ObjectionId, input: &Reasoned) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let (mut objection, role) = load(tx, actor, id, input.version, ObjectionAction::Decline)?;
    let why = reason(&input.reason)?;
    objection.status = ObjectionStatus::NotAccepted;
    objection.proposed_reason = Some(why.clone());
    objection.decided_by = Some(account);
    objection.decided_at = Some(tx.now);
    keep(tx, actor, role, &mut objection, ObjectionStatus::Received, "objection.not_accepted", Some(&why))?;
    write_to_objector(tx, &objection, "objection-declined", &why)
}

/// Beside what a colleague proposed, for whoever is too late with a proposal.
fn compare(tx: &mut Tx<'_>, actor: &Actor, id: ObjectionId, input: &ProposedOutcome) -> Result<(), Error> {
    let theirs = db::objections::find(tx.db, id)?;
    tx.acts_upon(actor, "objection", id.as_text(), (input.version, theirs.version));
    if let Some(outcome) = theirs.proposed_outcome {
        tx.compare_coded("outcome", ("objection-outcome", "objection-status"), input.outcome, outcome);
        tx.compare("reason", "objection-reason", &input.reason, theirs.proposed_reason.unwrap_or_default());
    }
    Ok(())
}

/// Proposes how an accepted objection ends.
///
/// # Errors
/// `wrong_role`; it is not being handled; no reason.
pub fn propose(tx: &mut Tx<'_>, actor: &Actor, id: ObjectionId, input: &ProposedOutcome) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    compare(tx, actor, id, input)?;
    let (mut objection, role) = load(tx, actor, id, input.version, ObjectionAction::ProposeOutcome)?;
    let why = reason(&input.reason)?;
    objection.proposed_outcome = Some(input.outcome);
    objection.proposed_reason = Some(why.clone());
    objection.proposed_by = Some(account);
    keep(tx, actor, role, &mut objection, ObjectionStatus::Accepted, "objection.outcome_proposed", Some(&why))?;
    let args = [("number", objection.number.as_str())];
    tx.post_to_role(Role::Approver, "objection-to-approve", &format!("/objections/{id}"), &args)
}

/// Sends a proposed outcome back.
///
/// # Errors
/// `wrong_role`; nothing is proposed; no reason.
pub fn send_back(tx: &mut Tx<'_>, actor: &Actor, id: ObjectionId, input: &Reasoned) -> Result<(), Error> {
    let (mut objection, role) = load(tx, actor, id, input.version, ObjectionAction::ReturnOutcome)?;
    let why = reason(&input.reason)?;
    objection.proposed_outcome = None;
    objection.proposed_by = None;
    keep(tx, actor, role, &mut objection, ObjectionStatus::Accepted, "objection.outcome_returned", Some(&why))?;
    let args = [("number", objection.number.as_str()), ("reason", why.as_str())];
    tx.post_to_role(Role::Handler, "objection-returned", &format!("/objections/{id}"), &args)
}

/// Approves a proposed outcome: an upheld objection removes its entry; after the last dismissed one the entry goes on and
/// is published in a supplement if the list is out.
///
/// # Errors
/// `wrong_role`; nothing is proposed; `own_proposal`; another objection to the same entry waits to be accepted or
/// declined.
pub fn approve(tx: &mut Tx<'_>, actor: &Actor, id: ObjectionId, input: &Seen) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let (mut objection, role) = load(tx, actor, id, input.version, ObjectionAction::ApproveOutcome)?;
    let outcome = objection.proposed_outcome.ok_or_else(|| Refusal::conflict("objection_nothing_proposed"))?;
    let why = objection.proposed_reason.clone().unwrap_or_default();
    objection.status = match outcome {
        ObjectionOutcome::Upheld => ObjectionStatus::Upheld,
        ObjectionOutcome::Dismissed => ObjectionStatus::Dismissed,
    };
    objection.decided_by = Some(account);
    objection.decided_at = Some(tx.now);
    let action = match outcome {
        ObjectionOutcome::Upheld => "objection.upheld",
        ObjectionOutcome::Dismissed => "objection.dismissed",
    };
    keep(tx, actor, role, &mut objection, ObjectionStatus::Accepted, action, Some(&why))?;
    let mut dossier = Dossier::load_to_change(tx, actor, objection.application_id)?;
    let detail = serde_json::json!({"objection": id});
    match outcome {
        ObjectionOutcome::Upheld if dossier.application.state == State::Held => {
            let permission = dossier.permit(actor, Action::Remove)?;
            dossier.advance(tx, actor, permission, Some(&why), detail)?;
            let_earlier_go(tx, dossier.call.id, None)?;
            tell_ruling(tx, &dossier, "application-removed", permission.role, &why)?;
        }
        ObjectionOutcome::Dismissed if dossier.application.state == State::Held && !dossier.facts.objection_open => {
            let permission = dossier.permit(actor, Action::Release)?;
            dossier.advance(tx, actor, permission, Some(&why), detail)?;
            let over = db::notices::find(tx.db, objection.notice_id)?.ends_at <= tx.now;
            write_to_applicant(tx, &dossier, "application-released", &why, over)?;
        }
        // Removed by an earlier objection, or still held by another.
        _ => {}
    }
    let template = match outcome {
        ObjectionOutcome::Upheld => "objection-upheld",
        ObjectionOutcome::Dismissed => "objection-dismissed",
    };
    write_to_objector(tx, &objection, template, &why)
}

/// Opens the seal: who objected. Recorded with the reason for asking.
///
/// # Errors
/// `wrong_role`; no reason.
pub fn unseal(tx: &mut Tx<'_>, actor: &Actor, id: ObjectionId, why: &str) -> Result<Identity, Error> {
    let objection = db::objections::find(tx.db, id)?;
    let role = standing(tx, &objection)?.permit(actor, ObjectionAction::OpenIdentity)?;
    let why = reason(why)?;
    let identity = identity_of(tx, objection.id)?;
    tx.record(
        actor,
        Record {
            subject_kind: "objection",
            subject_id: id.as_text(),
            action: "objection.identity_opened",
            role: role.as_text(),
            reason: Some(&why),
            ..Record::default()
        },
    )?;
    Ok(identity)
}
