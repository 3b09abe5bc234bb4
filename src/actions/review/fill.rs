//! Filling the places of those who step back.

use super::exclusions::exclusions;
use super::plan::{fields_of, load_limit, new_assignment};
use super::{record_session, rules, tell};
use crate::actions::Tx;
use crate::actions::draw::panel::{Why, reserve_called};
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::ids::{ApplicationId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::status::{AssignmentSource, AssignmentStatus};
use crate::error::Error;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// What filling the empty places came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Filled {
    /// Experts who were newly assigned.
    pub added: usize,
    /// Applications that are still short.
    pub short: Vec<ApplicationId>,
}

/// How many experts files want, and what those who come are.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Experts charged with each file, those who are charged already among them; a file that is not here wants nobody new.
    pub of_file: BTreeMap<ApplicationId, usize>,
    /// Where the new assignments come from.
    pub source: AssignmentSource,
}

/// Fills the places that are empty: each file under review wants as many experts as the programme asks for. After the scoring
/// has ended a place is filled only where fewer are left than there must be sheets. The session is held by the caller.
pub fn fill(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession) -> Result<Filled, Error> {
    let rules = rules(&call.programme.0)?;
    let each = if session.scoring_ended_at.is_some() { rules.min_sheets } else { rules.experts_per_application };
    let files = db::decisions::applications_in(tx.db, call.id, &[State::InReview])?;
    let of_file = files.into_iter().map(|file| (file, each as usize)).collect();
    fill_places(tx, call, session, &Wanted { of_file, source: AssignmentSource::Reserve })
}

/// Gives each application that lacks experts (a conflict, a release, a file that came late) one who may score it: a reserve who
/// has stepped in already; else the next reserve in the order drawn, who joins the panel; else the least loaded of the panel,
/// field before others, then in the order of ids. Tells the new ones; tells the handlers when nobody is left. The session is
/// held by the caller.
pub fn fill_places(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession, wanted: &Wanted) -> Result<Filled, Error> {
    // As it is now: the caller may have changed it.
    let mut session = db::reviews::find_session(tx.db, session.id)?;
    let version = session.version;
    let rules = rules(&call.programme.0)?.clone();
    let programme = &call.programme.0;
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let existing = db::reviews::assignments_of(tx.db, session.id)?;
    let today = local_date(tx.now);
    let ids: Vec<ExpertId> = session.panel.0.iter().chain(&session.reserves.0).copied().collect();
    let experts: Vec<Expert> =
        db::experts::of_ids(tx.db, &ids)?.into_iter().filter(|expert| expert.serves_on(today)).collect();
    let place: BTreeMap<ExpertId, usize> = session.reserves.0.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut panel: BTreeSet<ExpertId> = session.panel.0.iter().copied().collect();
    let mut barred: BTreeSet<(ApplicationId, ExpertId)> =
        exclusions(tx, call, &files, &experts)?.into_iter().map(|e| (e.application, e.expert)).collect();
    let mut loads: BTreeMap<ExpertId, usize> = BTreeMap::new();
    let mut live: BTreeMap<ApplicationId, usize> = BTreeMap::new();
    for assignment in &existing {
        barred.insert((assignment.application_id, assignment.expert_id));
        if assignment.is_live() {
            *loads.entry(assignment.expert_id).or_default() += 1;
            *live.entry(assignment.application_id).or_default() += 1;
        }
    }
    let mut filled = Filled::default();
    let mut new_of: BTreeMap<ExpertId, usize> = BTreeMap::new();
    for file in &files {
        let id = file.application.id;
        let has = live.get(&id).copied().unwrap_or_default();
        let fields = fields_of(programme, file);
        for _ in has..wanted.of_file.get(&id).copied().unwrap_or_default() {
            let load = |expert: &Expert| loads.get(&expert.id).copied().unwrap_or_default();
            let free = || {
                experts
                    .iter()
                    .filter(|expert| !barred.contains(&(id, expert.id)) && load(expert) < load_limit(expert, &rules))
            };
            let order = |expert: &Expert| place.get(&expert.id).copied();
            let in_use = free().filter(|e| panel.contains(&e.id) && order(e).is_some());
            let next = free().filter(|e| !panel.contains(&e.id));
            let others = free().filter(|e| panel.contains(&e.id));
            let best = in_use
                .min_by_key(|expert| (load(expert), order(expert)))
                .or_else(|| next.min_by_key(|expert| order(expert)))
                .or_else(|| others.min_by_key(|e| (load(e), e.fields.0.is_disjoint(&fields), e.id)));
            let Some(expert) = best else {
                filled.short.push(id);
                break;
            };
            if panel.insert(expert.id) {
                session.panel.0.push(expert.id);
                reserve_called(tx, session.id, expert.id, why(&existing, id), Some(id))?;
            }
            let assignment = new_assignment(tx, session.id, id, expert.id, wanted.source);
            db::reviews::create_assignments(tx.db, std::slice::from_ref(&assignment))?;
            let detail = serde_json::json!({ "assignment": assignment.id, "application": id, "expert": expert.id });
            record_session(tx, &Actor::system(), Role::System, session.id, "assignment.added", None, detail)?;
            barred.insert((id, expert.id));
            *loads.entry(expert.id).or_default() += 1;
            *new_of.entry(expert.id).or_default() += 1;
            filled.added += 1;
        }
    }
    // The panel grew.
    if session.panel.0.iter().any(|id| place.contains_key(id) && new_of.contains_key(id))
        && !db::reviews::update_session(tx.db, &session, version)?
    {
        return Err(Error::Stale);
    }
    for expert in experts.iter().filter(|expert| new_of.contains_key(&expert.id)) {
        let count = new_of.get(&expert.id).copied().unwrap_or_default().to_string();
        tell(tx, expert, "assignment-added", call, &session, &[("count", &count)])?;
    }
    if !filled.short.is_empty() {
        let count = filled.short.len().to_string();
        let path = format!("/reviews/{}", call.id);
        tx.post_to_role(Role::Handler, "review-short", &path, &[("call", &call.title), ("count", &count)])?;
    }
    Ok(filled)
}

/// Why a file lacks an expert: how the assignment that ended last went.
fn why(existing: &[Assignment], file: ApplicationId) -> Why {
    let ended = existing.iter().filter(|one| one.application_id == file && !one.is_live());
    match ended.max_by_key(|one| (one.declared_at, one.assigned_at)).map(|one| one.status) {
        Some(AssignmentStatus::Recused) => Why::Recused,
        Some(_) => Why::Released,
        None => Why::Late,
    }
}
