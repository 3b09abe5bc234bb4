//! Who must not score what, by rule, as the pool and the vendors' people stand now; and what follows when that changes
//! while a session is open.

use super::fill::fill;
use super::{record_assignment, rules, tell};
use crate::actions::Tx;
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::organisations::name_key;
use crate::db::reviews::{Assignment, ReviewFile, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::ids::{AccountId, ApplicationId, ExpertId, OrganisationId};
use crate::domain::procedure::State;
use crate::domain::recusal::{self, Parties, Standing, Tie};
use crate::domain::status::{AssignmentStatus, ExpertStatus, SessionStatus, SheetStatus};
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// An expert who must not score an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exclusion {
    /// Which application.
    pub application: ApplicationId,
    /// Which expert.
    pub expert: ExpertId,
    /// Why.
    pub why: recusal::Exclusion,
}

/// Everyone of these experts who must not score one of these files of a call, in the order of files, then experts.
pub fn exclusions(
    tx: &mut Tx<'_>,
    call: &Call,
    files: &[ReviewFile],
    experts: &[Expert],
) -> Result<Vec<Exclusion>, Error> {
    exclusions_among(tx, call, files, experts, |_, _| true)
}

/// The same for those pairs of application and expert that are asked about: where few of them matter, the others need no
/// comparing.
pub fn exclusions_among(
    tx: &mut Tx<'_>,
    call: &Call,
    files: &[ReviewFile],
    experts: &[Expert],
    is_asked: impl Fn(ApplicationId, ExpertId) -> bool,
) -> Result<Vec<Exclusion>, Error> {
    exclusions_with(tx, call, files, experts, &BTreeMap::new(), is_asked)
}

/// The same with ties besides those in store.
fn exclusions_with(
    tx: &mut Tx<'_>,
    call: &Call,
    files: &[ReviewFile],
    experts: &[Expert],
    more: &BTreeMap<ExpertId, Vec<Tie>>,
    is_asked: impl Fn(ApplicationId, ExpertId) -> bool,
) -> Result<Vec<Exclusion>, Error> {
    let rules = rules(&call.programme.0)?.recusal.clone();
    let today = local_date(tx.now);
    let parties = parties(tx, files)?;
    let mut standings = standings(tx, call, experts, rules.served_last_time)?;
    for (expert, standing) in experts.iter().zip(&mut standings) {
        standing.ties.extend(more.get(&expert.id).into_iter().flatten().cloned());
    }
    let mut found = Vec::new();
    for (file, parties) in files.iter().zip(&parties) {
        for (expert, standing) in experts.iter().zip(&standings) {
            if !is_asked(file.application.id, expert.id) {
                continue;
            }
            if let Some(why) = recusal::exclusion(parties, standing, &rules, today) {
                found.push(Exclusion { application: file.application.id, expert: expert.id, why });
            }
        }
    }
    Ok(found)
}

fn parties(tx: &mut Tx<'_>, files: &[ReviewFile]) -> Result<Vec<Parties>, Error> {
    let members = || files.iter().flat_map(|file| &file.application.members.0);
    let codes: Vec<String> = members().map(|member| member.credit_code.clone()).collect();
    let registered: BTreeMap<String, OrganisationId> = db::organisations::ids_of_codes(tx.db, &codes)?;
    let reference = &tx.env.reference;
    Ok(files
        .iter()
        .map(|file| {
            let lead = &file.organisation;
            let members = &file.application.members.0;
            let area = lead.registered_area.as_deref();
            Parties {
                lead: Some(lead.id),
                organisations: std::iter::once(lead.id)
                    .chain(members.iter().filter_map(|member| registered.get(&member.credit_code).copied()))
                    .collect(),
                codes: std::iter::once(lead.credit_code.clone())
                    .chain(members.iter().map(|member| member.credit_code.clone()))
                    .collect(),
                names: std::iter::once(lead.name_key.clone())
                    .chain(members.iter().map(|member| name_key(&member.name)))
                    .collect(),
                city: area.and_then(|area| reference.city_of(area)).map(|city| city.code.clone()),
            }
        })
        .collect())
}

fn standings(tx: &mut Tx<'_>, call: &Call, experts: &[Expert], served: bool) -> Result<Vec<Standing>, Error> {
    let ids: Vec<ExpertId> = experts.iter().map(|expert| expert.id).collect();
    let mut works_for: BTreeMap<AccountId, BTreeSet<OrganisationId>> = BTreeMap::new();
    for (account, organisation) in db::experts::vendor_ties(tx.db)? {
        works_for.entry(account).or_default().insert(organisation);
    }
    let mut ties: BTreeMap<ExpertId, Vec<Tie>> = BTreeMap::new();
    for tie in db::expert_ties::standing(tx.db, &ids)? {
        let known = Tie { kind: tie.kind, code: tie.organisation_code, name: tie.name_key, until: tie.until_on };
        ties.entry(tie.expert_id).or_default().push(known);
    }
    let mut scored: BTreeMap<ExpertId, BTreeSet<OrganisationId>> = BTreeMap::new();
    if served {
        for (expert, organisation) in db::reviews::scored_before(tx.db, call, &ids)? {
            scored.entry(expert).or_default().insert(organisation);
        }
    }
    Ok(experts
        .iter()
        .map(|expert| Standing {
            employer_code: expert.employer_code.clone(),
            employer_name: name_key(&expert.employer),
            works_for: expert.account_id.and_then(|account| works_for.get(&account)).cloned().unwrap_or_default(),
            ties: ties.remove(&expert.id).unwrap_or_default(),
            city: expert.city.clone(),
            scored_before: scored.remove(&expert.id).unwrap_or_default(),
        })
        .collect())
}

/// Ends what these experts may no longer score, after something about them changed: in every open session the
/// assignment is released with the rule as its reason, its sheet counts no more, the file is closed to the expert from
/// this transaction on, and another expert steps in. Who left the pool keeps only what was submitted before: it was
/// judged in good standing.
pub fn apply_now(tx: &mut Tx<'_>, changed: &[ExpertId]) -> Result<(), Error> {
    if changed.is_empty() {
        return Ok(());
    }
    // Every session that could still assign somebody is held first, in the order of ids: whoever is choosing experts at
    // this moment is waited for, and whoever begins afterwards sees what has changed. One that is only being prepared
    // looks again when it is opened.
    for session in db::reviews::unclosed_sessions(tx.db)? {
        let session = db::reviews::find_session_to_change(tx.db, session)?;
        if session.status == SessionStatus::Open {
            release_excluded(tx, &session, changed)?;
        }
    }
    Ok(())
}

/// An assignment that a change about its expert would end.
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
    /// Code of the recusal.
    pub why: String,
    /// Whether a sheet was submitted, which would count no more.
    pub submitted: bool,
}

/// What would end in the open sessions if these experts were as they are here, with these ties besides those in store;
/// nothing is changed.
pub fn would_end(
    tx: &mut Tx<'_>,
    changed: &[Expert],
    ties: &BTreeMap<ExpertId, Vec<Tie>>,
) -> Result<Vec<EndingLine>, Error> {
    let mut lines = Vec::new();
    if changed.is_empty() {
        return Ok(lines);
    }
    for session in db::reviews::unclosed_sessions(tx.db)? {
        let session = db::reviews::find_session(tx.db, session)?;
        if session.status == SessionStatus::Open {
            lines.extend(would_end_in(tx, &session, changed, ties)?);
        }
    }
    Ok(lines)
}

fn would_end_in(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    changed: &[Expert],
    ties: &BTreeMap<ExpertId, Vec<Tie>>,
) -> Result<Vec<EndingLine>, Error> {
    let assignments = db::reviews::assignments_of(tx.db, session.id)?;
    let charged: BTreeMap<(ApplicationId, ExpertId), &Assignment> = assignments
        .iter()
        .filter(|one| one.is_live() && changed.iter().any(|expert| expert.id == one.expert_id))
        .map(|one| ((one.application_id, one.expert_id), one))
        .collect();
    if charged.is_empty() {
        return Ok(Vec::new());
    }
    let progress = db::reviews::progress(tx.db, session.id)?;
    let call = db::calls::find(tx.db, session.call_id)?;
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let is_asked = |file: ApplicationId, expert: ExpertId| charged.contains_key(&(file, expert));
    let mut lines = Vec::new();
    for found in exclusions_with(tx, &call, &files, changed, ties, is_asked)? {
        let file = files.iter().find(|file| file.application.id == found.application);
        let expert = changed.iter().find(|expert| expert.id == found.expert);
        let assignment = charged.get(&(found.application, found.expert));
        let (Some(file), Some(expert), Some(assignment)) = (file, expert, assignment) else { continue };
        lines.push(EndingLine {
            call: call.title.clone(),
            number: file.application.number.clone().unwrap_or_default(),
            organisation: file.organisation.name.clone(),
            expert: expert.name.clone(),
            why: found.why.to_string(),
            submitted: progress.get(&assignment.id) == Some(&SheetStatus::Submitted),
        });
    }
    Ok(lines)
}

/// Releases what these experts must not score in one open session, which the caller holds, and fills their places.
pub fn release_excluded(tx: &mut Tx<'_>, session: &ReviewSession, changed: &[ExpertId]) -> Result<(), Error> {
    let assignments = db::reviews::assignments_of(tx.db, session.id)?;
    let is_charged = |a: &Assignment| a.is_live() && changed.contains(&a.expert_id);
    if !assignments.iter().any(is_charged) {
        return Ok(());
    }
    let progress = db::reviews::progress(tx.db, session.id)?;
    let call = db::calls::find(tx.db, session.call_id)?;
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let experts = db::experts::of_ids(tx.db, changed)?;
    let excluded: BTreeMap<(ApplicationId, ExpertId), recusal::Exclusion> =
        exclusions(tx, &call, &files, &experts)?.into_iter().map(|e| ((e.application, e.expert), e.why)).collect();
    let mut ended = false;
    for assignment in assignments.into_iter().filter(is_charged) {
        let Some(expert) = experts.iter().find(|expert| expert.id == assignment.expert_id) else { continue };
        let submitted = progress.get(&assignment.id) == Some(&SheetStatus::Submitted);
        let left = expert.status != ExpertStatus::Active && !submitted;
        let key = match excluded.get(&(assignment.application_id, assignment.expert_id)) {
            Some(why) => format!("exclusion-{why}"),
            None if left => "expert-left-pool".into(),
            None => continue,
        };
        let reason = tx.env.words.say(DEFAULT_LANGUAGE, &key);
        let (released, declared_at) = (AssignmentStatus::Released, assignment.declared_at);
        if !db::reviews::move_assignment(tx.db, &assignment, released, declared_at, Some(&reason))? {
            return Err(Error::Stale);
        }
        db::reviews::void_sheet(tx.db, assignment.id)?;
        let (system, action) = (Actor::system(), "assignment.released");
        record_assignment(tx, &system, Role::System, &assignment, action, Some(released), Some(&reason))?;
        tell(tx, expert, "assignment-excluded", &call, session, &[("reason", &reason)])?;
        ended = true;
    }
    if ended {
        fill(tx, &call, session)?;
    }
    Ok(())
}

/// The same for the expert of an account that was given a role, if it is one.
pub fn apply_to_account(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Error> {
    match db::experts::of_account(tx.db, account)? {
        Some(expert) => apply_now(tx, &[expert]),
        None => Ok(()),
    }
}

/// Whether this expert must not score this application, as things stand now.
pub fn exclusion_of(
    tx: &mut Tx<'_>,
    call: &Call,
    application: ApplicationId,
    expert: ExpertId,
) -> Result<Option<recusal::Exclusion>, Error> {
    let files: Vec<ReviewFile> = db::reviews::file(tx.db, application)?.into_iter().collect();
    let experts = db::experts::of_ids(tx.db, &[expert])?;
    Ok(exclusions(tx, call, &files, &experts)?.first().map(|exclusion| exclusion.why))
}
