//! Files that an officer moves on together: shown before, with those that are left out and why, carried out as shown, whole
//! or not at all. Each file is moved by the act that moves one, so that the same is asked, recorded and told.

mod proposal;
pub mod undo;

pub use proposal::{BatchLine, BatchPreview, LeftOutLine, MOST_FILES, preview};

use super::dossier::Dossier;
use super::mail_batches::{self, ToMany};
use super::recommend::{RecommendationInput, opinion_of, recommend};
use super::screen::{ScreeningInput, screen};
use super::{Record, Tx};
use crate::db::change_sets::ChangeSet;
use crate::db::{self, Json};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_datetime_text;
use crate::domain::chain::canonical::digest;
use crate::domain::ids::{ApplicationId, CallId, ChangeSetId};
use crate::domain::mail_batch::MailAct;
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::domain::screening::{OfficerFinding, Verdict};
use crate::domain::status::{ChangeSetStatus, Conclusion};
use crate::domain::steps::BatchKind;
use crate::error::Error;
use proposal::{Movable, Proposal, once_each, propose};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Files that were ticked, in the order of the list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TickedFiles {
    /// Ids of the applications, at most 200, in the order in which they are moved on.
    pub applications: Vec<ApplicationId>,
}

/// A recommendation of several files.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JointRecommendation {
    /// Ids of the applications, as they were shown: the first gets the first rank that is free.
    pub applications: Vec<ApplicationId>,
    /// The bureau's opinion of each of them; at most 1000 characters.
    pub opinion: String,
    /// The digest of the preview that was accepted: anything else is refused.
    pub digest: String,
}

/// An acceptance of several files in screening.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JointAcceptance {
    /// Ids of the applications, as they were shown.
    pub applications: Vec<ApplicationId>,
    /// The digest of the preview that was accepted: anything else is refused.
    pub digest: String,
}

/// What undoing needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Before {
    /// The bureau that recommended; none in screening.
    bureau: Option<String>,
    /// The files that were moved, in the order of the list.
    files: Vec<Moved>,
}

/// A file that was moved, as it was before.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Moved {
    application: ApplicationId,
    number: String,
    organisation: String,
    /// Where it was.
    state: State,
    /// Where it was left.
    left_in: State,
    /// The version before; the act made the next one.
    version: i32,
}

/// What is to be done about a proposal that was shown.
enum Shown {
    /// It still stands, and is carried out in this role.
    Stands(Box<Proposal>, Role),
    /// The same person has carried it out already, by this act.
    CarriedOut(ChangeSetId),
}

/// The proposal that was shown, all of it held until the transaction ends: the call first, as whoever counts its places
/// holds it, then the files in the order of ids. Sent a second time by the same person, the act that did it the first time.
fn as_shown(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: BatchKind,
    ticked: &[ApplicationId],
    seen: &str,
) -> Result<Shown, Error> {
    let role = actor.must_hold(&[kind.role()])?;
    let mut ids = once_each(ticked)?;
    let first = ids.first().copied().ok_or(Error::NotFound)?;
    let call = Dossier::load(tx, actor, first)?.call.id;
    db::calls::lock(tx.db, call)?;
    ids.sort_unstable();
    for id in ids {
        db::applications::find_to_change(tx.db, &Scope::of(actor), id)?;
    }
    let proposal = propose(tx, actor, kind, ticked)?;
    if proposal.digest != seen {
        return match done_before(tx, actor, kind, call, seen)? {
            Some(done) => Ok(Shown::CarriedOut(done)),
            None => Err(Refusal::conflict("batch_preview_outdated").into()),
        };
    }
    if proposal.files.is_empty() {
        return Err(Refusal::conflict("batch_nothing_left").into());
    }
    Ok(Shown::Stands(Box::new(proposal), role))
}

/// The act in which this person did what a preview showed, if it is in force.
fn done_before(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: BatchKind,
    call: CallId,
    seen: &str,
) -> Result<Option<ChangeSetId>, Error> {
    let account = Some(actor.must_be_somebody()?);
    let sets = db::change_sets::of_call(tx.db, call, Some(kind.change_set()))?;
    let is_it = |set: &ChangeSet| {
        let digest = set.summary.0.get("digest").and_then(serde_json::Value::as_str);
        set.status == ChangeSetStatus::Applied && set.applied_by == account && digest == Some(seen)
    };
    Ok(sets.into_iter().find(is_it).map(|set| set.id))
}

/// Recommends several files of a bureau in their order, as shown: all of them or none. The call is held while places are
/// counted, so that two officers at once cannot pass the quota. Sent twice it is done once.
///
/// # Errors
/// Those of [`preview`]; `batch_preview_outdated`, `batch_nothing_left`; `batch_done_otherwise` when the same person did
/// it with another opinion; those of a recommendation.
pub fn recommend_together(tx: &mut Tx<'_>, actor: &Actor, input: &JointRecommendation) -> Result<ChangeSetId, Error> {
    let (proposal, role) = match as_shown(tx, actor, BatchKind::Recommendation, &input.applications, &input.digest)? {
        Shown::Stands(proposal, role) => (proposal, role),
        Shown::CarriedOut(done) => return with_this_opinion(tx, actor, done, &input.opinion),
    };
    mail_batches::begin(tx);
    for file in &proposal.files {
        let one = RecommendationInput { version: file.version, rank: file.line.rank, opinion: input.opinion.clone() };
        recommend(tx, actor, file.line.application, &one)?;
    }
    let done = keep(tx, actor, role, &proposal)?;
    tell(tx, actor, MailAct::FilesRecommended, &proposal)?;
    Ok(done)
}

/// The act that was carried out already, if it was with this opinion: another one is not kept, and whoever typed it must
/// not take it for kept.
fn with_this_opinion(tx: &mut Tx<'_>, actor: &Actor, done: ChangeSetId, typed: &str) -> Result<ChangeSetId, Error> {
    let set = db::change_sets::find(tx.db, &Scope::of(actor), done)?;
    let typed = opinion_of(typed);
    let files = set.summary.0.get("files").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let ids = files.iter().filter_map(|file| file.get("application").and_then(serde_json::Value::as_str));
    for id in ids.filter_map(ApplicationId::from_text) {
        // None is in force any more where the applicant has withdrawn since.
        let Some((_, kept)) = db::applications::recommendation(tx.db, id)? else { continue };
        if kept != typed {
            let at = local_datetime_text(set.applied_at);
            let refusal = Refusal::conflict("batch_done_otherwise").with("at", at).with("opinion", kept);
            return Err(refusal.with("batch", done).into());
        }
    }
    Ok(done)
}

/// Accepts several files in screening of which the machine finds every item met: all of them or none. The officer finds
/// what the machine found. Sent twice it is done once.
///
/// # Errors
/// Those of [`preview`]; `batch_preview_outdated`, `batch_nothing_left`; those of a screening.
pub fn accept_together(tx: &mut Tx<'_>, actor: &Actor, input: &JointAcceptance) -> Result<ChangeSetId, Error> {
    let (proposal, role) = match as_shown(tx, actor, BatchKind::Screening, &input.applications, &input.digest)? {
        Shown::Stands(proposal, role) => (proposal, role),
        Shown::CarriedOut(done) => return Ok(done),
    };
    mail_batches::begin(tx);
    for file in &proposal.files {
        let met = |rule: &String| OfficerFinding { rule: rule.clone(), verdict: Verdict::Met, note: String::new() };
        let one = ScreeningInput {
            version: file.version,
            conclusion: Conclusion::Accepted,
            findings: file.rules.iter().map(met).collect(),
            reason: String::new(),
        };
        screen(tx, actor, file.line.application, &one)?;
    }
    let done = keep(tx, actor, role, &proposal)?;
    tell(tx, actor, MailAct::FilesAccepted, &proposal)?;
    Ok(done)
}

/// Ends the letters of an act upon several files: where they are many, an officer looks at them first.
fn tell(tx: &mut Tx<'_>, actor: &Actor, act: MailAct, proposal: &Proposal) -> Result<(), Error> {
    let (call, bureau) = (&proposal.call, proposal.bureau.as_deref());
    mail_batches::end(tx, actor, &ToMany { act, call: call.id, title: &call.title, bureau, term_ends: None })
}

/// Keeps what was done, with counts, names and what undoing needs, and records it.
fn keep(tx: &mut Tx<'_>, actor: &Actor, role: Role, proposal: &Proposal) -> Result<ChangeSetId, Error> {
    let moved = |file: &Movable| Moved {
        application: file.line.application,
        number: file.line.number.clone(),
        organisation: file.line.organisation.clone(),
        state: file.state,
        left_in: file.to,
        version: file.version,
    };
    let before = Before { bureau: proposal.bureau.clone(), files: proposal.files.iter().map(moved).collect() };
    let before = serde_json::to_value(&before).map_err(anyhow::Error::from)?;
    let lines: Vec<&BatchLine> = proposal.files.iter().map(|file| &file.line).collect();
    let detail = serde_json::json!({
        "kind": proposal.kind, "call": proposal.call.id, "digest": proposal.digest, "before_sha256": digest(&before),
        "applications": lines.iter().map(|line| line.application).collect::<Vec<_>>(),
        "left_out": proposal.left_out.iter().map(|file| file.application).collect::<Vec<_>>(),
    });
    let set = ChangeSet {
        id: ChangeSetId::new(&*tx.env.ids),
        kind: proposal.kind.change_set(),
        call_id: Some(proposal.call.id),
        status: ChangeSetStatus::Applied,
        summary: Json(serde_json::json!({
            "bureau": proposal.bureau.as_deref().unwrap_or_default(), "digest": proposal.digest,
            "files": lines, "left_out": proposal.left_out,
        })),
        before: Json(before),
        applied_by: Some(actor.must_be_somebody()?),
        applied_at: tx.now,
        undone_by: None,
        undone_at: None,
        undo_reason: None,
    };
    db::change_sets::create(tx.db, &set)?;
    record(tx, actor, (role, set.id, "batch.applied"), None, detail)?;
    Ok(set.id)
}

/// Adds to the record of an act upon several files.
fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (role, set, action): (Role, ChangeSetId, &str),
    reason: Option<&str>,
    detail: serde_json::Value,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "batch",
            subject_id: set.as_text(),
            action,
            role: role.as_text(),
            reason,
            detail,
            ..Record::default()
        },
    )
}
