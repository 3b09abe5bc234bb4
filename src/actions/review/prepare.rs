//! Planning who scores what. The new plan is shown against the present one and applied as it was shown; nobody is told
//! before the session is opened, and until then the plan can be made anew.

use super::infeasible::sentences;
use super::plan::{Basis, basis, chosen_experts, explained};
use super::terms::EndingTerm;
use super::{keep_session, permitted, record_session, rules, standing};
use crate::actions::Tx;
use crate::actions::draw::panel::{Seats, for_preparation, record_called};
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::change_sets::ChangeSet;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::Actor;
use crate::domain::assignment::{Difference, Objective, Plan, assign, difference};
use crate::domain::calendar::{due_day, local_datetime_text};
use crate::domain::call::parse_instant;
use crate::domain::chain::canonical;
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, ApplicationId, CallId, ChangeSetId, DrawId, ExpertId, ReviewSessionId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{ChangeSetKind, ChangeSetStatus, SessionStatus};
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The highest floor that makes sense to the form; the experts' own limits are at most 1000.
const FLOOR_LIMIT: u32 = 1_000;

/// What a preparation says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Preparation {
    /// The version of the session that was seen; none for the first preparation.
    #[serde(default)]
    pub version: Option<i32>,
    /// Until when experts are asked to score, as in a call's content: on the wall clock of Guangdong (`2026-03-02T09:00`) or
    /// with an offset (`2026-03-02T09:00:00+08:00`).
    #[schema(examples("2026-03-02T09:00"))]
    pub due_at: String,
    /// The experts who take part, with those in reserve; every active one if it is empty. Empty when the panel is drawn.
    #[serde(default)]
    pub experts: Vec<ExpertId>,
    /// The fewest applications of each expert; as it was, or as the programme proposes, if none is given.
    #[serde(default)]
    pub load_floor: Option<u32>,
    /// The digest of the preview that was accepted: anything else is refused. Without it the plan is applied as it
    /// comes.
    #[serde(default)]
    pub digest: Option<String>,
}

/// What a plan attains; the least is the best, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Aims {
    /// Sum over all pairs: 0 for a shared cluster, 1 for the category, 2 for the kind, 3 for no shared field.
    pub misfit: u64,
    /// Sum of the squared numbers of applications of all experts.
    pub unevenness: u64,
}

impl From<Objective> for Aims {
    fn from(objective: Objective) -> Self {
        Aims { misfit: objective.fit_cost, unevenness: objective.squares }
    }
}

/// An application whose experts change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MovedLine {
    /// Which.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// Names of the experts who no longer score it.
    pub gone: Vec<String>,
    /// Names of the experts who now do.
    pub come: Vec<String>,
}

/// An expert whose load changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LoadLine {
    /// Who.
    pub expert: ExpertId,
    /// Their name.
    pub name: String,
    /// Applications before.
    pub before: usize,
    /// Applications after.
    pub after: usize,
}

/// An expert who is kept from an application by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExcludedLine {
    /// The organisation.
    pub organisation: String,
    /// The expert's name.
    pub expert: String,
    /// Code of the recusal.
    pub why: String,
}

/// A new plan against the present one, before it is accepted.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Preview {
    /// Stands for everything that is shown; to be sent with the acceptance.
    pub digest: String,
    /// The version of the session; none for the first preparation.
    pub version: Option<i32>,
    /// Experts of the panel.
    pub experts: usize,
    /// Applications under review.
    pub applications: usize,
    /// Assignments of the new plan.
    pub assignments: usize,
    /// Assignments of the present plan.
    pub assignments_before: usize,
    /// The applications whose experts change.
    pub moved: Vec<MovedLine>,
    /// The experts whose load changes.
    pub loads: Vec<LoadLine>,
    /// What the present plan attains, by the fields of today.
    pub before: Aims,
    /// What the new plan attains.
    pub after: Aims,
    /// Everyone whom a rule keeps from an application.
    pub excluded: Vec<ExcludedLine>,
    /// The experts of the new plan whose term ends before the day on which the sheets are due, by name.
    pub ending: Vec<EndingTerm>,
}

type Pairs = Vec<(ApplicationId, ExpertId)>;

/// What undoing a plan restores.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Before {
    /// The session's version then, which orders plans where two clocks might not; 0 if there was none.
    pub version: i32,
    pub due_at: NaiveDateTime,
    pub panel: Vec<ExpertId>,
    pub draw_id: Option<DrawId>,
    pub reserves: Vec<ExpertId>,
    pub load_floor: i32,
    pub pairs: Pairs,
}

/// A plan that could be applied.
struct Proposal {
    due_at: NaiveDateTime,
    floor: u32,
    /// Who was drawn, if the panel is.
    seats: Option<Seats>,
    basis: Basis,
    plan: Plan<ApplicationId, ExpertId>,
    before: Pairs,
    difference: Difference<ApplicationId, ExpertId>,
    /// Whose term ends before the due day.
    ending: Vec<EndingTerm>,
    digest: String,
}

/// Shows what [`prepare`] would do; nothing is changed.
///
/// # Errors
/// As [`prepare`].
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Preparation) -> Result<Preview, Error> {
    let call = db::calls::find(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?;
    compare(tx, actor, session.as_ref(), input);
    standing(tx, &call, session.as_ref())?.permit(actor, ReviewAction::Prepare)?;
    if let Some(session) = &session {
        tx.must_be_current(input.version.unwrap_or_default(), session.version)?;
    }
    let proposal = propose(tx, &call, session.as_ref(), input)?;
    let (moved, loads) = named(tx, &proposal)?;
    let files = files_of(&proposal.basis);
    let experts: BTreeMap<ExpertId, &str> =
        proposal.basis.experts.iter().map(|expert| (expert.id, expert.name.as_str())).collect();
    let excluded = proposal.basis.excluded.iter().map(|exclusion| ExcludedLine {
        organisation: files.get(&exclusion.application).map_or_else(String::new, |file| file.1.clone()),
        expert: experts.get(&exclusion.expert).copied().unwrap_or_default().into(),
        why: exclusion.why.to_string(),
    });
    Ok(Preview {
        excluded: excluded.collect(),
        version: session.map(|session| session.version),
        experts: proposal.basis.experts.len(),
        applications: proposal.basis.files.len(),
        assignments: proposal.plan.pairs.len(),
        assignments_before: proposal.before.len(),
        moved,
        loads,
        before: proposal.difference.before.into(),
        after: proposal.difference.after.into(),
        ending: proposal.ending,
        digest: proposal.digest,
    })
}

/// Notes upon which version somebody plans, and compares what was sent with what holds by now, for whoever is too late.
fn compare(tx: &mut Tx<'_>, actor: &Actor, session: Option<&ReviewSession>, input: &Preparation) {
    let Some(session) = session else { return };
    let versions = (input.version.unwrap_or_default(), session.version);
    tx.acts_upon(actor, "review", session.id.as_text(), versions);
    if let Some(sent) = parse_instant(&input.due_at) {
        tx.compare("due_at", "review-due", local_datetime_text(sent), local_datetime_text(session.due_at));
    }
    if let Some(floor) = input.load_floor {
        tx.compare("load_floor", "review-floor", floor, session.load_floor);
    }
}

/// Whether the plan in force is the one of this preview, accepted by the same person: a second press, which asks for nothing
/// more.
fn is_accepted(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    account: AccountId,
    input: &Preparation,
) -> Result<bool, Error> {
    let Some(seen) = &input.digest else { return Ok(false) };
    let newest = db::change_sets::of_call(tx.db, session.call_id, Some(ChangeSetKind::Assignment))?.into_iter().next();
    let own = newest.filter(|set| set.status == ChangeSetStatus::Applied && set.applied_by == Some(account));
    Ok(own.is_some_and(|set| set.summary.0.get("digest").and_then(|digest| digest.as_str()) == Some(seen.as_str())))
}

/// Plans who scores what. Nothing is told to anybody before [`super::open`]; until then the plan can be made anew.
///
/// # Errors
/// Infeasible: what cannot be kept, and what would mend it. Another plan than the one that was shown.
pub fn prepare(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Preparation) -> Result<ReviewSessionId, Error> {
    let account = actor.must_be_somebody()?;
    db::calls::lock(tx.db, id)?;
    let call = db::calls::find(tx.db, id)?;
    let seen = db::reviews::session_of_call(tx.db, id)?;
    compare(tx, actor, seen.as_ref(), input);
    let (stored, role) = permitted(tx, actor, &call, ReviewAction::Prepare)?;
    if let Some(session) = &stored {
        if is_accepted(tx, session, account, input)? {
            return Ok(session.id);
        }
        tx.must_be_current(input.version.unwrap_or_default(), session.version)?;
    }
    let proposal = propose(tx, &call, stored.as_ref(), input)?;
    if input.digest.as_ref().is_some_and(|seen| *seen != proposal.digest) {
        return Err(Refusal::conflict("review_preview_outdated").into());
    }
    let panel: Vec<ExpertId> = proposal.basis.experts.iter().map(|expert| expert.id).collect();
    let floor = i32::try_from(proposal.floor).unwrap_or(i32::MAX);
    let first = stored.is_none();
    let mut session = match stored {
        Some(session) => session,
        None => {
            let session = new_session(tx, id, account, &proposal, panel.clone(), floor);
            db::reviews::create_session(tx.db, &session)?;
            session
        }
    };
    let before = Before {
        version: if first { 0 } else { session.version },
        due_at: session.due_at,
        panel: session.panel.0.clone(),
        draw_id: session.draw_id,
        reserves: session.reserves.0.clone(),
        load_floor: session.load_floor,
        pairs: proposal.before.clone(),
    };
    if !first {
        session.due_at = proposal.due_at;
        session.panel = Json(panel);
        session.load_floor = floor;
        (session.draw_id, session.reserves) = drawn(&proposal);
        if !db::reviews::update_session(tx.db, &session, session.version)? {
            return Err(Error::Stale);
        }
        db::reviews::forget_plan(tx.db, session.id)?;
    }
    let planned = explained(tx, session.id, &proposal.basis, &proposal.plan);
    db::reviews::create_planned(tx.db, &planned)?;
    let (moved, loads) = named(tx, &proposal)?;
    let (aims, aims_before): (Aims, Aims) = (proposal.difference.after.into(), proposal.difference.before.into());
    let set = ChangeSet {
        id: ChangeSetId::new(&*tx.env.ids),
        kind: ChangeSetKind::Assignment,
        call_id: Some(id),
        status: ChangeSetStatus::Applied,
        summary: Json(serde_json::json!({
            "applications": proposal.basis.files.len(), "assignments": planned.len(), "digest": proposal.digest,
            "moved": moved, "loads": loads, "before": aims_before, "after": aims,
        })),
        before: Json(serde_json::to_value(&before).map_err(anyhow::Error::from)?),
        applied_by: Some(account),
        applied_at: tx.now,
        undone_by: None,
        undone_at: None,
        undo_reason: None,
    };
    db::change_sets::create(tx.db, &set)?;
    let detail = serde_json::json!({
        "call": id, "draw": session.draw_id, "due_at": proposal.due_at.and_utc(), "panel": session.panel.0, "assignments": planned.len(),
        "applications": proposal.basis.files.len(), "exclusions": proposal.basis.excluded, "load_floor": floor,
        "wishes": session.wishes.0, "moved": moved.len(), "aims": aims, "digest": proposal.digest,
        "change_set": set.id,
    });
    keep_session(tx, &session);
    record_session(tx, actor, role, session.id, "review.prepared", None, detail)?;
    if let Some(seats) = &proposal.seats {
        record_called(tx, session.id, seats)?;
    }
    Ok(session.id)
}

fn new_session(
    tx: &Tx<'_>,
    call: CallId,
    account: crate::domain::ids::AccountId,
    proposal: &Proposal,
    panel: Vec<ExpertId>,
    floor: i32,
) -> ReviewSession {
    let (draw_id, reserves) = drawn(proposal);
    ReviewSession {
        id: ReviewSessionId::new(&*tx.env.ids),
        call_id: call,
        status: SessionStatus::Preparing,
        due_at: proposal.due_at,
        panel: Json(panel),
        created_by: account,
        created_at: tx.now,
        opened_at: None,
        closed_at: None,
        closed_by: None,
        version: 1,
        draw_id,
        reserves,
        load_floor: floor,
        wishes: Json(Vec::new()),
        scoring_ended_at: None,
    }
}

/// The draw that the panel comes from, and its reserves.
fn drawn(proposal: &Proposal) -> (Option<DrawId>, Json<Vec<ExpertId>>) {
    let seats = proposal.seats.as_ref();
    (seats.map(|seats| seats.draw), Json(seats.map(|seats| seats.reserves.clone()).unwrap_or_default()))
}

fn propose(
    tx: &mut Tx<'_>,
    call: &Call,
    session: Option<&ReviewSession>,
    input: &Preparation,
) -> Result<Proposal, Error> {
    let rules = rules(&call.programme.0)?;
    let due_at = parse_instant(&input.due_at).ok_or_else(|| Error::field("due_at", "review_due"))?;
    if due_at <= tx.now {
        return Err(Error::field("due_at", "review_due_passed"));
    }
    let kept = session.and_then(|session| u32::try_from(session.load_floor).ok());
    let floor = input.load_floor.or(kept).unwrap_or(rules.load_floor);
    if floor > FLOOR_LIMIT {
        let problem = Problem::new("load_floor", "review_floor_range").with("limit", FLOOR_LIMIT);
        return Err(Error::Invalid(vec![problem]));
    }
    let seats = for_preparation(tx, call, &input.experts)?;
    let experts = match &seats {
        Some(seats) => seats.experts.clone(),
        None => chosen_experts(tx, call, &input.experts)?,
    };
    let wishes = session.map(|session| session.wishes.0.clone()).unwrap_or_default();
    let basis = basis(tx, call, experts, &wishes, floor as usize)?;
    if basis.files.is_empty() {
        return Err(Refusal::conflict("review_nothing_to_review").into());
    }
    let plan = assign(&basis.input)
        .map_err(|infeasible| sentences(tx, call, &basis, floor as usize, seats.is_some(), &infeasible))?;
    let before: Pairs = match session {
        Some(session) => db::reviews::assignments_of(tx.db, session.id)?
            .into_iter()
            .map(|assignment| (assignment.application_id, assignment.expert_id))
            .collect(),
        None => Vec::new(),
    };
    let difference = difference(&basis.input, &before, &plan.pairs);
    let (loads, day) = (plan.loads(), due_day(due_at));
    let charged = basis.experts.iter().filter_map(|expert| Some((expert, *loads.get(&expert.id)?)));
    let mut ending: Vec<EndingTerm> =
        charged.filter_map(|(expert, count)| EndingTerm::of(expert, day, count)).collect();
    ending.sort_by(|a, b| (&a.name, a.expert).cmp(&(&b.name, b.expert)));
    let digest = digest(&serde_json::json!({
        "call": call.id, "version": session.map(|session| session.version), "due_at": due_at.and_utc().to_rfc3339(),
        "load_floor": floor, "experts": basis.experts.iter().map(|expert| expert.id).collect::<Vec<_>>(),
        "before": before, "after": plan.pairs, "ending": ending,
    }))?;
    Ok(Proposal { due_at, floor, seats, basis, plan, before, difference, ending, digest })
}

/// SHA-256 of the canonical text, in hexadecimal: what stands for a preview.
pub(in crate::actions) fn digest(shown: &serde_json::Value) -> Result<String, Error> {
    let bytes = canonical::to_bytes(shown).map_err(anyhow::Error::from)?;
    Ok(hex::encode(Sha256::digest(bytes)))
}

fn files_of(basis: &Basis) -> BTreeMap<ApplicationId, (String, String)> {
    let line = |file: &db::reviews::ReviewFile| {
        let number = file.application.number.clone().unwrap_or_default();
        (file.application.id, (number, file.organisation.name.clone()))
    };
    basis.files.iter().map(line).collect()
}

/// The difference by names, in the order of the applications' numbers and the experts' names.
fn named(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<(Vec<MovedLine>, Vec<LoadLine>), Error> {
    let difference = &proposal.difference;
    let mut ids: Vec<ExpertId> = difference.loads.keys().copied().collect();
    ids.extend(difference.moved.values().flat_map(|moved| moved.gone.iter().chain(&moved.come)).copied());
    ids.sort_unstable();
    ids.dedup();
    let names: BTreeMap<ExpertId, String> =
        db::experts::of_ids(tx.db, &ids)?.into_iter().map(|expert| (expert.id, expert.name)).collect();
    let all: Vec<ApplicationId> = difference.moved.keys().copied().collect();
    let files = db::reviews::names_of_applications(tx.db, &all)?;
    let name = |id: &ExpertId| names.get(id).cloned().unwrap_or_default();
    let mut moved: Vec<MovedLine> = difference
        .moved
        .iter()
        .map(|(id, moved)| {
            let (organisation, number) = files.get(id).cloned().unwrap_or_default();
            MovedLine {
                application: *id,
                number: number.unwrap_or_default(),
                organisation,
                gone: moved.gone.iter().map(name).collect(),
                come: moved.come.iter().map(name).collect(),
            }
        })
        .collect();
    moved.sort_by(|a, b| (&a.number, a.application).cmp(&(&b.number, b.application)));
    let mut loads: Vec<LoadLine> = difference
        .loads
        .iter()
        .map(|(id, (before, after))| LoadLine { expert: *id, name: name(id), before: *before, after: *after })
        .collect();
    loads.sort_by(|a, b| (&a.name, a.expert).cmp(&(&b.name, b.expert)));
    Ok((moved, loads))
}
