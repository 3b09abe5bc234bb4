//! Who must not score what, by rule, as the pool and the vendors' people stand now; and what follows when that changes
//! while a session is open.

use super::consequences::{self, AsIf, Consequences};
use super::fill::fill;
use super::{record_assignment, rules, tell_taken_back};
use crate::actions::sealed::open_form;
use crate::actions::{Env, Tx};
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::organisations::name_key;
use crate::db::reviews::{ReviewFile, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::ids::{AccountId, ApplicationId, ExpertId, OrganisationId};
use crate::domain::procedure::State;
use crate::domain::programme::{Programme, RecusalRules};
use crate::domain::recusal::{self, Parties, Standing, Tie};
use crate::domain::status::{AssignmentStatus, SessionStatus};
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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
    exclusions_with(tx, call, files, experts, &BTreeMap::new(), |_, _| true)
}

/// The same with ties besides those in store, for those pairs of application and expert that are asked about: where few of
/// them matter, the others need no comparing.
pub(super) fn exclusions_with(
    tx: &mut Tx<'_>,
    call: &Call,
    files: &[ReviewFile],
    experts: &[Expert],
    more: &BTreeMap<ExpertId, Vec<Tie>>,
    is_asked: impl Fn(ApplicationId, ExpertId) -> bool,
) -> Result<Vec<Exclusion>, Error> {
    let rules = rules(&call.programme.0)?.recusal.clone();
    let mut standings = standings(tx, call, experts, rules.served_last_time, None)?;
    for (expert, standing) in experts.iter().zip(&mut standings) {
        standing.ties.extend(more.get(&expert.id).into_iter().flatten().cloned());
    }
    let judged = Judged { files, experts, standings, on: local_date(tx.now) };
    judged.exclusions(tx, call, &rules, is_asked)
}

/// The same for a review that is closed, as things stood when it was: by the employers of then, and by what bound an expert
/// until then, whenever it was found. What began afterwards could not touch what was scored before.
pub(super) fn exclusions_at_closing(
    tx: &mut Tx<'_>,
    call: &Call,
    session: &ReviewSession,
    files: &[ReviewFile],
    experts: &[Expert],
    is_asked: impl Fn(ApplicationId, ExpertId) -> bool,
) -> Result<Vec<Exclusion>, Error> {
    let rules = rules(&call.programme.0)?.recusal.clone();
    let closed_at = session.closed_at.unwrap_or(tx.now);
    let mut people = db::reviews::people_at_closing(tx.db, session.id)?;
    let then: Vec<Expert> = experts
        .iter()
        .cloned()
        .map(|expert| match people.remove(&expert.id) {
            // One that was closed before they were kept is judged by what is known now.
            None => expert,
            Some(person) => Expert {
                name: person.name,
                employer: person.employer,
                employer_code: person.employer_code,
                city: person.city,
                ..expert
            },
        })
        .collect();
    let standings = standings(tx, call, &then, rules.served_last_time, Some(closed_at))?;
    let judged = Judged { files, experts: &then, standings, on: local_date(closed_at) };
    judged.exclusions(tx, call, &rules, is_asked)
}

/// Files and experts with what is known of them, and the day by which it is judged.
struct Judged<'a> {
    files: &'a [ReviewFile],
    experts: &'a [Expert],
    standings: Vec<Standing>,
    on: NaiveDate,
}

impl Judged<'_> {
    fn exclusions(
        &self,
        tx: &mut Tx<'_>,
        call: &Call,
        rules: &RecusalRules,
        is_asked: impl Fn(ApplicationId, ExpertId) -> bool,
    ) -> Result<Vec<Exclusion>, Error> {
        let parties = parties(tx, &call.programme.0, self.files)?;
        let mut found = Vec::new();
        for (file, parties) in self.files.iter().zip(&parties) {
            for (expert, standing) in self.experts.iter().zip(&self.standings) {
                if !is_asked(file.application.id, expert.id) {
                    continue;
                }
                if let Some(why) = recusal::exclusion(parties, standing, rules, self.on) {
                    found.push(Exclusion { application: file.application.id, expert: expert.id, why });
                }
            }
        }
        Ok(found)
    }
}

/// The people whom a file's form names as those whom recusal concerns.
///
/// # Errors
/// The seal of its form does not open.
fn named_people(env: &Env, programme: &Programme, file: &ReviewFile) -> Result<BTreeSet<String>, Error> {
    let form = open_form(env, file.application.id, &file.application.form)?;
    Ok(recusal::named_people(programme, &form))
}

fn parties(tx: &mut Tx<'_>, programme: &Programme, files: &[ReviewFile]) -> Result<Vec<Parties>, Error> {
    let members = || files.iter().flat_map(|file| &file.application.members.0);
    let codes: Vec<String> = members().map(|member| member.credit_code.clone()).collect();
    let registered: BTreeMap<String, OrganisationId> = db::organisations::ids_of_codes(tx.db, &codes)?;
    let reference = &tx.env.reference;
    files
        .iter()
        .map(|file| {
            let lead = &file.organisation;
            let members = &file.application.members.0;
            let area = lead.registered_area.as_deref();
            Ok(Parties {
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
                people: named_people(tx.env, programme, file)?,
                city: area.and_then(|area| reference.city_of(area)).map(|city| city.code.clone()),
            })
        })
        .collect()
}

/// What is known of experts, at an instant or now.
fn standings(
    tx: &mut Tx<'_>,
    call: &Call,
    experts: &[Expert],
    served: bool,
    at: Option<NaiveDateTime>,
) -> Result<Vec<Standing>, Error> {
    let ids: Vec<ExpertId> = experts.iter().map(|expert| expert.id).collect();
    let mut works_for: BTreeMap<AccountId, BTreeSet<OrganisationId>> = BTreeMap::new();
    let people = match at {
        None => db::experts::vendor_ties(tx.db)?,
        Some(at) => db::experts::vendor_ties_at(tx.db, at)?,
    };
    for (account, organisation) in people {
        works_for.entry(account).or_default().insert(organisation);
    }
    let mut ties: BTreeMap<ExpertId, Vec<Tie>> = BTreeMap::new();
    for tie in db::expert_ties::standing(tx.db, &ids)? {
        if at.is_some_and(|at| tie.from_on.is_some_and(|first| first > local_date(at))) {
            continue;
        }
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
            name: recusal::person_key(&expert.name),
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
/// this transaction on, and another expert steps in. Who serves no more keeps only what was submitted before: it was
/// judged in good standing.
pub fn apply_now(tx: &mut Tx<'_>, changed: &[ExpertId]) -> Result<(), Error> {
    apply_and_tell(tx, changed).map(drop)
}

/// The same, and says what it did.
pub fn apply_and_tell(tx: &mut Tx<'_>, changed: &[ExpertId]) -> Result<Consequences, Error> {
    let mut all = Consequences::default();
    if changed.is_empty() {
        return Ok(all);
    }
    // Every session that could still assign somebody is held first, in the order of ids: whoever is choosing experts at
    // this moment is waited for, and whoever begins afterwards sees what has changed. One that is only being prepared
    // looks again when it is opened.
    for session in db::reviews::unclosed_sessions(tx.db)? {
        let session = db::reviews::find_session_to_change(tx.db, session)?;
        if session.status == SessionStatus::Open {
            all.append(release_excluded(tx, &session, changed)?);
        }
    }
    Ok(all)
}

/// Releases what these experts must not score in one open session, which the caller holds, and fills their places. Says what
/// it did.
pub fn release_excluded(tx: &mut Tx<'_>, session: &ReviewSession, changed: &[ExpertId]) -> Result<Consequences, Error> {
    let charged = consequences::charged(tx, session, changed)?;
    if charged.is_empty() {
        return Ok(Consequences::default());
    }
    let call = db::calls::find(tx.db, session.call_id)?;
    let experts = db::experts::of_ids(tx.db, changed)?;
    let ended = consequences::ended(tx, &call, session, charged, &experts, &BTreeMap::new())?;
    let mut taken: BTreeMap<ExpertId, Vec<String>> = BTreeMap::new();
    for one in &ended {
        let assignment = &one.assignment;
        let reason = tx.env.words.say(DEFAULT_LANGUAGE, &one.key());
        let (released, declared_at) = (AssignmentStatus::Released, assignment.declared_at);
        if !db::reviews::move_assignment(tx.db, assignment, released, declared_at, Some(&reason))? {
            return Err(Error::Stale);
        }
        db::reviews::void_sheet(tx.db, assignment.id)?;
        let (system, action) = (Actor::system(), "assignment.released");
        record_assignment(tx, &system, Role::System, assignment, action, Some(released), Some(&reason))?;
        taken.entry(assignment.expert_id).or_default().push(reason);
    }
    // One letter each, however many are taken back, once it is known what is left.
    for expert in &experts {
        let Some(mut reasons) = taken.remove(&expert.id) else { continue };
        let count = reasons.len().to_string();
        reasons.sort();
        reasons.dedup();
        let reason = reasons.join("；");
        let args = [("count", count.as_str()), ("reason", reason.as_str())];
        tell_taken_back(tx, expert, "assignment-excluded", &call, session, &args)?;
    }
    if ended.is_empty() {
        return Ok(Consequences::default());
    }
    let places = fill(tx, &call, session)?.places;
    consequences::lines(tx, &call, &ended, &places, &AsIf::default())
}

/// The same for the expert of an account that was given a role, if it is one.
pub fn apply_to_account(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Error> {
    match db::experts::of_account(tx.db, account)? {
        Some(expert) => apply_now(tx, &[expert]),
        None => Ok(()),
    }
}

/// The same after an organisation was given another name: for whoever is charged with a file of its own.
pub fn apply_to_applicant(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<(), Error> {
    for session in db::reviews::unclosed_sessions(tx.db)? {
        let session = db::reviews::find_session_to_change(tx.db, session)?;
        if session.status != SessionStatus::Open {
            continue;
        }
        let files: BTreeSet<ApplicationId> = db::reviews::files(tx.db, session.call_id, &[State::InReview])?
            .into_iter()
            .filter(|file| file.organisation.id == organisation)
            .map(|file| file.application.id)
            .collect();
        if files.is_empty() {
            continue;
        }
        let charged: BTreeSet<ExpertId> = db::reviews::assignments_of(tx.db, session.id)?
            .into_iter()
            .filter(|one| one.is_live() && files.contains(&one.application_id))
            .map(|one| one.expert_id)
            .collect();
        release_excluded(tx, &session, &charged.into_iter().collect::<Vec<_>>())?;
    }
    Ok(())
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
