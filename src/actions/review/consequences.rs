//! What a change about experts does to the open reviews: which assignments end, who steps in for whom, where a place stays
//! empty. Preview and act reckon it by the same functions; the preview lays the experts as they would be over those in store.

use super::exclusions::exclusions_with;
use super::fill::{Places, places_as_if, usually_wanted};
use crate::actions::Tx;
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::calendar::local_date;
use crate::domain::ids::{ApplicationId, AssignmentId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::recusal::{Exclusion, Tie};
use crate::domain::status::{SessionStatus, SheetStatus};
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// The code of the reason that is no recusal: the expert left the pool, or the term of appointment is over.
const LEFT_POOL: &str = "left_pool";

/// Experts as an act would leave them that is not carried out yet, and what it would end.
#[derive(Debug, Clone, Default)]
pub struct AsIf {
    experts: Vec<Expert>,
    ties: BTreeMap<ExpertId, Vec<Tie>>,
    ended: BTreeSet<AssignmentId>,
}

impl AsIf {
    /// These experts as they would be, with the ties that they would have besides those in store.
    pub fn of(experts: Vec<Expert>, ties: BTreeMap<ExpertId, Vec<Tie>>) -> AsIf {
        AsIf { experts, ties, ended: BTreeSet::new() }
    }

    /// Puts those of these experts whom the act changes as they would be.
    pub(super) fn lay_over(&self, experts: &mut [Expert]) {
        for expert in experts {
            if let Some(changed) = self.experts.iter().find(|changed| changed.id == expert.id) {
                *expert = changed.clone();
            }
        }
    }

    pub(super) fn ties(&self) -> &BTreeMap<ExpertId, Vec<Tie>> {
        &self.ties
    }

    pub(super) fn ends(&self, assignment: AssignmentId) -> bool {
        self.ended.contains(&assignment)
    }
}

/// An assignment that a change about its expert ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EndingLine {
    /// Title of the call.
    pub call: String,
    /// The application's number.
    pub number: String,
    /// The application's organisation.
    pub organisation: String,
    /// Name of the expert.
    pub expert: String,
    /// Code of the recusal, or `left_pool`.
    pub why: String,
    /// Whether a sheet was submitted, which counts no more.
    pub submitted: bool,
}

impl EndingLine {
    /// The key of the reason's words.
    pub fn key(&self) -> String {
        key_of(&self.why)
    }
}

/// An expert who takes a place that such a change leaves, or that was empty before and can be filled now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReplacementLine {
    /// Title of the call.
    pub call: String,
    /// The application's number.
    pub number: String,
    /// The application's organisation.
    pub organisation: String,
    /// Name of the expert who takes the place.
    pub expert: String,
    /// Name of the expert whose place it was; none where nobody left it.
    pub instead_of: Option<String>,
    /// The place in the order in which the reserves are asked, from 1; none for one of the panel.
    pub turn: Option<u32>,
}

/// An application in which a place stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VacancyLine {
    /// Title of the call.
    pub call: String,
    /// The application's number.
    pub number: String,
    /// The application's organisation.
    pub organisation: String,
}

/// What a change about experts does to the open reviews, in the order of sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequences {
    /// The assignments that end.
    pub endings: Vec<EndingLine>,
    /// Who takes which place.
    pub replacements: Vec<ReplacementLine>,
    /// Where a place stays empty.
    pub vacancies: Vec<VacancyLine>,
}

impl Consequences {
    /// Adds those of another session.
    pub(super) fn append(&mut self, mut other: Consequences) {
        self.endings.append(&mut other.endings);
        self.replacements.append(&mut other.replacements);
        self.vacancies.append(&mut other.vacancies);
    }
}

/// An assignment that ends.
pub(super) struct Ended {
    pub assignment: Assignment,
    why: String,
    submitted: bool,
}

impl Ended {
    /// The key of the reason's words.
    pub fn key(&self) -> String {
        key_of(&self.why)
    }
}

fn key_of(why: &str) -> String {
    if why == LEFT_POOL { "expert-left-pool".into() } else { format!("exclusion-{why}") }
}

/// What would follow in the open sessions if experts were as they are here; nothing is changed.
pub fn consequences(tx: &mut Tx<'_>, as_if: &AsIf) -> Result<Consequences, Error> {
    let mut all = Consequences::default();
    if as_if.experts.is_empty() {
        return Ok(all);
    }
    for session in db::reviews::unclosed_sessions(tx.db)? {
        let session = db::reviews::find_session(tx.db, session)?;
        if session.status == SessionStatus::Open {
            all.append(would_follow_in(tx, &session, as_if)?);
        }
    }
    Ok(all)
}

fn would_follow_in(tx: &mut Tx<'_>, session: &ReviewSession, as_if: &AsIf) -> Result<Consequences, Error> {
    let changed: Vec<ExpertId> = as_if.experts.iter().map(|expert| expert.id).collect();
    let charged = charged(tx, session, &changed)?;
    if charged.is_empty() {
        return Ok(Consequences::default());
    }
    let call = db::calls::find(tx.db, session.call_id)?;
    let ended = ended(tx, &call, session, charged, &as_if.experts, &as_if.ties)?;
    if ended.is_empty() {
        return Ok(Consequences::default());
    }
    let then = AsIf { ended: ended.iter().map(|one| one.assignment.id).collect(), ..as_if.clone() };
    let wanted = usually_wanted(tx, &call, session)?;
    let places = places_as_if(tx, &call, session, &wanted, &then)?;
    lines(tx, &call, &ended, &places, &then)
}

/// The assignments with which these experts are charged now.
pub(super) fn charged(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    experts: &[ExpertId],
) -> Result<Vec<Assignment>, Error> {
    let mut charged = db::reviews::assignments_of(tx.db, session.id)?;
    charged.retain(|one| one.is_live() && experts.contains(&one.expert_id));
    Ok(charged)
}

/// Which of the assignments of these experts end, as the experts are here with these ties besides those in store: the expert
/// must not score the file, or does not serve any more and has not submitted a sheet.
pub(super) fn ended(
    tx: &mut Tx<'_>,
    call: &Call,
    session: &ReviewSession,
    charged: Vec<Assignment>,
    experts: &[Expert],
    ties: &BTreeMap<ExpertId, Vec<Tie>>,
) -> Result<Vec<Ended>, Error> {
    let progress = db::reviews::progress(tx.db, session.id)?;
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let pairs: BTreeSet<(ApplicationId, ExpertId)> =
        charged.iter().map(|one| (one.application_id, one.expert_id)).collect();
    let is_asked = |file: ApplicationId, expert: ExpertId| pairs.contains(&(file, expert));
    let found = exclusions_with(tx, call, &files, experts, ties, is_asked)?;
    let excluded: BTreeMap<(ApplicationId, ExpertId), Exclusion> =
        found.into_iter().map(|one| ((one.application, one.expert), one.why)).collect();
    let today = local_date(tx.now);
    let out = db::experts::out_of_role(tx.db, today)?;
    let mut ended = Vec::new();
    for assignment in charged {
        let submitted = progress.get(&assignment.id) == Some(&SheetStatus::Submitted);
        let expert = experts.iter().find(|expert| expert.id == assignment.expert_id);
        let left = expert.is_some_and(|expert| !expert.serves_on(today) || out.contains(&expert.id)) && !submitted;
        let why = match excluded.get(&(assignment.application_id, assignment.expert_id)) {
            Some(why) => why.to_string(),
            None if left => LEFT_POOL.into(),
            None => continue,
        };
        ended.push(Ended { assignment, why, submitted });
    }
    Ok(ended)
}

/// The same by names.
pub(super) fn lines(
    tx: &mut Tx<'_>,
    call: &Call,
    ended: &[Ended],
    places: &Places,
    as_if: &AsIf,
) -> Result<Consequences, Error> {
    let who = places.seats.iter().flat_map(|seat| std::iter::once(seat.expert).chain(seat.instead_of));
    let who: BTreeSet<ExpertId> = ended.iter().map(|one| one.assignment.expert_id).chain(who).collect();
    let mut experts = db::experts::of_ids(tx.db, &who.into_iter().collect::<Vec<_>>())?;
    as_if.lay_over(&mut experts);
    let names: BTreeMap<ExpertId, String> = experts.into_iter().map(|expert| (expert.id, expert.name)).collect();
    let which = places.seats.iter().map(|seat| seat.application).chain(places.short.iter().copied());
    let which: BTreeSet<ApplicationId> = ended.iter().map(|one| one.assignment.application_id).chain(which).collect();
    let files = db::reviews::names_of_applications(tx.db, &which.into_iter().collect::<Vec<_>>())?;
    let name = |id: &ExpertId| names.get(id).cloned().unwrap_or_default();
    let file = |id: &ApplicationId| {
        let (organisation, number) = files.get(id).cloned().unwrap_or_default();
        (call.title.clone(), number.unwrap_or_default(), organisation)
    };
    let ending = |one: &Ended| {
        let (call, number, organisation) = file(&one.assignment.application_id);
        let expert = name(&one.assignment.expert_id);
        EndingLine { call, number, organisation, expert, why: one.why.clone(), submitted: one.submitted }
    };
    let replacements = places.seats.iter().map(|seat| {
        let (call, number, organisation) = file(&seat.application);
        let instead_of = seat.instead_of.as_ref().map(name);
        ReplacementLine { call, number, organisation, expert: name(&seat.expert), instead_of, turn: seat.turn }
    });
    let vacancies = places.short.iter().map(|id| {
        let (call, number, organisation) = file(id);
        VacancyLine { call, number, organisation }
    });
    Ok(Consequences {
        endings: ended.iter().map(ending).collect(),
        replacements: replacements.collect(),
        vacancies: vacancies.collect(),
    })
}
