//! Files that an officer moves on together: shown before, with those that are left out and why, carried out as shown, whole
//! or not at all. Each file is moved by the act that moves one, so that the same is asked, recorded and told.

pub mod undo;

use super::completeness::completeness;
use super::dossier::Dossier;
use super::mail_batches::{self, ToMany};
use super::recommend::{RecommendationInput, opinion_of, recommend};
use super::screen::{ScreeningInput, machine_findings, screen};
use super::{Record, Tx};
use crate::db::calls::Call;
use crate::db::change_sets::ChangeSet;
use crate::db::{self, Json};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_datetime_text;
use crate::domain::chain::canonical::digest;
use crate::domain::eligibility::Outcome;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId, ChangeSetId};
use crate::domain::mail_batch::MailAct;
use crate::domain::procedure::State;
use crate::domain::quota;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::domain::screening::{OfficerFinding, Verdict};
use crate::domain::status::{ChangeSetStatus, Conclusion};
use crate::domain::steps::BatchKind;
use crate::error::Error;
use crate::words::{DEFAULT_LANGUAGE, Words};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Files of one act at most: as many as a page of a list has at most.
pub const MOST_FILES: usize = 200;

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

/// A file that is moved on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchLine {
    /// Which.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// The rank that it gets; none in screening.
    pub rank: Option<i32>,
}

/// A file that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeftOutLine {
    /// Which.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// Why, as a stable code.
    pub code: String,
    /// The same as a sentence, in the caller's language.
    pub message: String,
}

/// What would be done with the files that were ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BatchPreview {
    /// Stands for everything that is shown; to be sent with the acceptance.
    pub digest: String,
    /// What would be done.
    pub kind: BatchKind,
    /// The call of the files.
    pub call: CallId,
    /// Its title.
    pub call_title: String,
    /// Places that the bureau has; none in screening, or if there is no limit.
    pub quota: Option<u32>,
    /// Places that are left now, before anything is done.
    pub places_left: Option<u32>,
    /// The files that are moved on, in the order of the list.
    pub files: Vec<BatchLine>,
    /// The files that stay where they are.
    pub left_out: Vec<LeftOutLine>,
}

/// A file that stays where it is, as it is kept: the sentence follows from code and arguments in any language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LeftOut {
    application: ApplicationId,
    number: String,
    organisation: String,
    code: String,
    args: BTreeMap<String, String>,
}

impl LeftOut {
    fn of(dossier: &Dossier, refusal: &Refusal) -> LeftOut {
        LeftOut {
            application: dossier.application.id,
            number: dossier.application.number.clone().unwrap_or_default(),
            organisation: dossier.organisation.name.clone(),
            code: refusal.code.to_string(),
            args: refusal.args.iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
        }
    }

    fn shown(&self, words: Words, language: &str) -> LeftOutLine {
        LeftOutLine {
            application: self.application,
            number: self.number.clone(),
            organisation: self.organisation.clone(),
            code: self.code.clone(),
            message: words.refused(language, &self.code, &self.args),
        }
    }
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

/// A file that can be moved on.
struct Movable {
    line: BatchLine,
    state: State,
    to: State,
    version: i32,
    /// The items of the check list, in screening.
    rules: Vec<String>,
}

/// What could be carried out.
struct Proposal {
    kind: BatchKind,
    call: Call,
    bureau: Option<String>,
    places: Places,
    files: Vec<Movable>,
    left_out: Vec<LeftOut>,
    digest: String,
}

/// The places of a bureau, as they are taken one after another.
struct Places {
    limit: Option<u32>,
    /// How many were taken before.
    before: usize,
    taken: Vec<i32>,
}

impl Places {
    fn of(tx: &mut Tx<'_>, call: &Call, bureau: Option<&str>) -> Result<Places, Error> {
        let Some(bureau) = bureau else { return Ok(Places { limit: None, before: 0, taken: Vec::new() }) };
        let ranking = db::recommendations::ranking(tx.db, call.id, bureau)?;
        let taken: Vec<i32> = ranking.iter().map(|ranked| ranked.recommendation.rank).collect();
        Ok(Places { limit: call.programme.0.quota.for_bureau(bureau), before: taken.len(), taken })
    }

    /// The first rank that is free, which is then taken.
    fn take(&mut self) -> Result<i32, Refusal> {
        let free = quota::free_ranks(&self.taken, self.limit);
        let rank = free.first().copied().ok_or_else(|| {
            let limit = self.limit.unwrap_or_default();
            Refusal::conflict("quota_used_up").with("limit", limit).with("taken", self.taken.len())
        })?;
        self.taken.push(rank);
        Ok(rank)
    }
}

/// The files in their order, each once.
fn once_each(ticked: &[ApplicationId]) -> Result<Vec<ApplicationId>, Error> {
    let mut seen = BTreeSet::new();
    let ids: Vec<ApplicationId> = ticked.iter().copied().filter(|id| seen.insert(*id)).collect();
    match ids.len() {
        0 => Err(Error::field("applications", "batch_nothing_ticked")),
        found if found > MOST_FILES => {
            let problem = Problem::new("applications", "batch_too_many").with("limit", MOST_FILES);
            Err(Error::Invalid(vec![problem.with("found", found)]))
        }
        _ => Ok(ids),
    }
}

/// What becomes of a file, or why it is left out.
fn look(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: BatchKind,
    dossier: &Dossier,
    places: &mut Places,
) -> Result<Result<Movable, Refusal>, Error> {
    let permission = match dossier.permit(actor, kind.action()) {
        Ok(permission) => permission,
        Err(Error::Refused(refusal)) => return Ok(Err(refusal)),
        Err(error) => return Err(error),
    };
    let (mut rank, mut rules) = (None, Vec::new());
    match kind {
        BatchKind::Recommendation => {
            let attachments = db::attachments::of_application(tx.db, dossier.application.id)?;
            if !completeness(tx, dossier, &attachments, &actor.language)?.is_complete() {
                return Ok(Err(Refusal::conflict("batch_incomplete")));
            }
            match places.take() {
                Ok(free) => rank = Some(free),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        BatchKind::Screening => {
            let machine = machine_findings(tx, dossier, DEFAULT_LANGUAGE)?;
            let open = machine.items.iter().filter(|item| item.outcome != Outcome::Met).count();
            if open > 0 {
                return Ok(Err(Refusal::conflict("batch_findings_open").with("count", open)));
            }
            rules = machine.items.into_iter().map(|item| item.rule).collect();
        }
    }
    Ok(Ok(Movable {
        line: BatchLine {
            application: dossier.application.id,
            number: dossier.application.number.clone().unwrap_or_default(),
            organisation: dossier.organisation.name.clone(),
            rank,
        },
        state: dossier.application.state,
        to: permission.to,
        version: dossier.application.version,
        rules,
    }))
}

/// What can be done with the files that were ticked. The first of them says of which call the act is, and which bureau's.
fn propose(tx: &mut Tx<'_>, actor: &Actor, kind: BatchKind, ticked: &[ApplicationId]) -> Result<Proposal, Error> {
    // One file out of sight, and nothing is said of any: a foreign id is answered like one of nothing.
    let mut dossiers = Vec::new();
    for id in once_each(ticked)? {
        dossiers.push(Dossier::load(tx, actor, id)?);
    }
    let first = dossiers.first().ok_or(Error::NotFound)?;
    let call = first.call.clone();
    let bureau = first.application.bureau.clone().filter(|_| kind == BatchKind::Recommendation);
    let mut places = Places::of(tx, &call, bureau.as_deref())?;
    let (mut files, mut left_out) = (Vec::new(), Vec::new());
    for dossier in &dossiers {
        let is_of_bureau = bureau.is_none() || dossier.application.bureau == bureau;
        let looked = match dossier.call.id == call.id && is_of_bureau {
            true => look(tx, actor, kind, dossier, &mut places)?,
            false => Err(Refusal::conflict("batch_other_call")),
        };
        match looked {
            Ok(file) => files.push(file),
            Err(refusal) => left_out.push(LeftOut::of(dossier, &refusal)),
        }
    }
    let line =
        |file: &Movable| serde_json::json!([file.line.application, file.version, file.to, file.line.rank, file.rules]);
    let shown = serde_json::json!({
        "kind": kind, "call": call.id, "bureau": bureau,
        "files": files.iter().map(line).collect::<Vec<_>>(),
        "left_out": left_out.iter().map(|file| (file.application, &file.code)).collect::<Vec<_>>(),
    });
    Ok(Proposal { kind, call, bureau, places, files, left_out, digest: digest(&shown) })
}

/// Shows what would be done with the files that were ticked; nothing is changed.
///
/// # Errors
/// `wrong_role`; nothing ticked, or too much; not found where one of them is out of sight.
pub fn preview(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: BatchKind,
    ticked: &[ApplicationId],
) -> Result<BatchPreview, Error> {
    actor.must_hold(&[kind.role()])?;
    let proposal = propose(tx, actor, kind, ticked)?;
    let words = tx.env.words;
    Ok(BatchPreview {
        digest: proposal.digest,
        kind,
        call: proposal.call.id,
        call_title: proposal.call.title,
        quota: proposal.places.limit,
        places_left: quota::places_left(proposal.places.before, proposal.places.limit),
        files: proposal.files.into_iter().map(|file| file.line).collect(),
        left_out: proposal.left_out.iter().map(|file| file.shown(words, &actor.language)).collect(),
    })
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
