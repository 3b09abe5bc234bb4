//! What can be done with files that were ticked: which of them move on and where to, which are left out and why.

use crate::actions::Tx;
use crate::actions::completeness::completeness;
use crate::actions::dossier::Dossier;
use crate::actions::screen::machine_findings;
use crate::db;
use crate::db::calls::Call;
use crate::domain::actor::Actor;
use crate::domain::chain::canonical::digest;
use crate::domain::eligibility::Outcome;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::domain::quota;
use crate::domain::refusal::Refusal;
use crate::domain::steps::BatchKind;
use crate::error::Error;
use crate::words::{DEFAULT_LANGUAGE, Words};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Files of one act at most: as many as a page of a list has at most.
pub const MOST_FILES: usize = 200;

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
pub(super) struct LeftOut {
    pub(super) application: ApplicationId,
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

    pub(super) fn shown(&self, words: Words, language: &str) -> LeftOutLine {
        LeftOutLine {
            application: self.application,
            number: self.number.clone(),
            organisation: self.organisation.clone(),
            code: self.code.clone(),
            message: words.refused(language, &self.code, &self.args),
        }
    }
}

/// A file that can be moved on.
pub(super) struct Movable {
    pub(super) line: BatchLine,
    pub(super) state: State,
    pub(super) to: State,
    pub(super) version: i32,
    /// The items of the check list, in screening.
    pub(super) rules: Vec<String>,
}

/// What could be carried out.
pub(super) struct Proposal {
    pub(super) kind: BatchKind,
    pub(super) call: Call,
    pub(super) bureau: Option<String>,
    places: Places,
    pub(super) files: Vec<Movable>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) digest: String,
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
            match self.taken.len().saturating_sub(self.before) {
                0 => Refusal::conflict("quota_used_up").with("limit", limit).with("taken", self.taken.len()),
                // Nothing is used up yet: the files before this one get what is left.
                given => {
                    let refusal = Refusal::conflict("batch_places_given").with("limit", limit);
                    refusal.with("taken", self.before).with("given", given)
                }
            }
        })?;
        self.taken.push(rank);
        Ok(rank)
    }
}

/// The files in their order, each once.
pub(super) fn once_each(ticked: &[ApplicationId]) -> Result<Vec<ApplicationId>, Error> {
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
pub(super) fn propose(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: BatchKind,
    ticked: &[ApplicationId],
) -> Result<Proposal, Error> {
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
