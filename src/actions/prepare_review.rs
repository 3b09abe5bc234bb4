//! The review of a call: who takes part, who scores what, opening, and filling the places of those who step back.

use super::post::Reader;
use super::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::organisations::name_key;
use crate::db::reviews::{Assignment, ReviewFile, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::assignment::{Infeasible, Needs, Offer, ShortageReason, assign};
use crate::domain::calendar::local_datetime_text;
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, ApplicationId, AssignmentId, CallId, ExpertId, OrganisationId, ReviewSessionId};
use crate::domain::procedure::{State, Station};
use crate::domain::programme::{FieldKind, Programme, ReviewRules};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, ExpertStatus, SessionStatus, SheetStatus};
use crate::error::Error;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Who prepares, opens and closes a review.
pub const ORGANISERS: &[Role] = &[Role::Handler, Role::Evaluator];
/// Who may look on.
pub const ONLOOKERS: &[Role] = &[Role::Handler, Role::Evaluator, Role::Approver, Role::Auditor];
/// Characters of a reason.
pub const REASON_LIMIT: usize = 2_000;

/// A reason that must be given, trimmed.
///
/// # Errors
/// A problem of the field: nothing was written, or too much.
pub fn reason(path: &str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::field(path, "reason_missing"));
    }
    within(path, text, REASON_LIMIT)?;
    Ok(text.to_string())
}

/// Refuses a text that is too long.
pub fn within(path: &str, text: &str, limit: usize) -> Result<(), Error> {
    let length = text.chars().count();
    if length <= limit {
        return Ok(());
    }
    let mut problem = Problem::new(path, "review_text_too_long");
    problem.args.insert("limit".into(), limit.to_string());
    problem.args.insert("length".into(), length.to_string());
    Err(Error::Invalid(vec![problem]))
}

/// The review rules of a call's pinned programme.
///
/// # Errors
/// The programme has no review.
pub fn rules(programme: &Programme) -> Result<&ReviewRules, Error> {
    let rules = programme.review.as_ref().filter(|_| programme.uses(Station::Review));
    rules.ok_or_else(|| Refusal::unacceptable("review_not_used").into())
}

/// What a preparation says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Preparation {
    /// The version of the session that was seen; none for the first preparation.
    #[serde(default)]
    pub version: Option<i32>,
    /// Until when experts are asked to score.
    pub due_at: DateTime<Utc>,
    /// The experts who take part, with those in reserve; every active one if it is empty.
    #[serde(default)]
    pub experts: Vec<ExpertId>,
}

/// Why an expert must not score an application, by rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exclusion {
    /// Which application.
    pub application: ApplicationId,
    /// Which expert.
    pub expert: ExpertId,
    /// `employer_code`, `employer_name` or `vendor_account`.
    pub why: &'static str,
}

/// Everyone who must not score these files, by rule, with the reason.
fn exclusions(
    files: &[ReviewFile],
    experts: &[Expert],
    ties: &BTreeSet<(AccountId, OrganisationId)>,
) -> Vec<Exclusion> {
    let mut found = Vec::new();
    for file in files {
        let members = &file.application.members.0;
        let codes: BTreeSet<&str> = std::iter::once(file.organisation.credit_code.as_str())
            .chain(members.iter().map(|member| member.credit_code.as_str()))
            .collect();
        let names: BTreeSet<String> = std::iter::once(file.organisation.name_key.clone())
            .chain(members.iter().map(|member| name_key(&member.name)))
            .collect();
        for expert in experts {
            let tied = |account| ties.contains(&(account, file.organisation.id));
            let why = if expert.employer_code.as_deref().is_some_and(|code| codes.contains(code)) {
                "employer_code"
            } else if names.contains(&name_key(&expert.employer)) {
                "employer_name"
            } else if expert.account_id.is_some_and(tied) {
                "vendor_account"
            } else {
                continue;
            };
            found.push(Exclusion { application: file.application.id, expert: expert.id, why });
        }
    }
    found
}

/// The fields of knowledge that help to judge a file: its category and the clusters it names.
fn fields_of(programme: &Programme, file: &ReviewFile) -> BTreeSet<String> {
    let mut fields = BTreeSet::from([programme.category.key.clone(), programme.category.kind.as_text().to_string()]);
    for field in programme.fields().filter(|field| matches!(field.kind, FieldKind::Cluster { .. })) {
        match file.application.form.0.0.get(&field.key) {
            Some(serde_json::Value::String(one)) => {
                fields.insert(one.clone());
            }
            Some(serde_json::Value::Array(several)) => {
                fields.extend(several.iter().filter_map(|value| value.as_str().map(str::to_string)));
            }
            _ => {}
        }
    }
    fields.remove("");
    fields
}

fn load_limit(expert: &Expert, rules: &ReviewRules) -> usize {
    usize::try_from(expert.load_limit).unwrap_or_default().min(rules.load_limit as usize)
}

fn new_assignment(tx: &Tx<'_>, session: ReviewSessionId, application: ApplicationId, expert: ExpertId) -> Assignment {
    Assignment {
        id: AssignmentId::new(&*tx.env.ids),
        session_id: session,
        application_id: application,
        expert_id: expert,
        status: AssignmentStatus::Awaiting,
        assigned_at: tx.now,
        declared_at: None,
        reason: None,
    }
}

fn chosen_experts(tx: &mut Tx<'_>, wanted: &[ExpertId]) -> Result<Vec<Expert>, Error> {
    let active = db::experts::active(tx.db)?;
    if wanted.is_empty() {
        return Ok(active);
    }
    let wanted: BTreeSet<ExpertId> = wanted.iter().copied().collect();
    let chosen: Vec<Expert> = active.into_iter().filter(|expert| wanted.contains(&expert.id)).collect();
    if chosen.len() < wanted.len() {
        return Err(Error::field("experts", "review_expert_not_active"));
    }
    Ok(chosen)
}

/// Plans who scores what. Nothing is told to anybody before [`open`]; until then the plan can be made anew.
///
/// # Errors
/// Infeasible: every application that stays short, with the reason.
pub fn prepare(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Preparation) -> Result<ReviewSessionId, Error> {
    let role = actor.must_hold(ORGANISERS)?;
    let account = actor.must_be_somebody()?;
    db::calls::lock(tx.db, id)?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let due_at = input.due_at.naive_utc();
    if due_at <= tx.now {
        return Err(Error::field("due_at", "review_due_passed"));
    }
    let experts = chosen_experts(tx, &input.experts)?;
    let files = db::reviews::files(tx.db, id, &[State::InReview])?;
    if files.is_empty() {
        return Err(Refusal::conflict("review_nothing_to_review").into());
    }
    let panel = Json(experts.iter().map(|expert| expert.id).collect::<Vec<_>>());
    let session = match db::reviews::session_of_call(tx.db, id)? {
        None => {
            let session = ReviewSession {
                id: ReviewSessionId::new(&*tx.env.ids),
                call_id: id,
                status: SessionStatus::Preparing,
                due_at,
                panel,
                created_by: account,
                created_at: tx.now,
                opened_at: None,
                closed_at: None,
                closed_by: None,
                version: 1,
            };
            db::reviews::create_session(tx.db, &session)?;
            session
        }
        Some(stored) => {
            let mut session = db::reviews::find_session_to_change(tx.db, stored.id)?;
            tx.must_be_current(input.version.unwrap_or_default(), session.version)?;
            must_be(&session, SessionStatus::Preparing)?;
            session.due_at = due_at;
            session.panel = panel;
            if !db::reviews::update_session(tx.db, &session, session.version)? {
                return Err(Error::Stale);
            }
            db::reviews::forget_plan(tx.db, session.id)?;
            session
        }
    };
    let ties = db::experts::vendor_ties(tx.db)?;
    let excluded = exclusions(&files, &experts, &ties);
    let plan = plan(&call.programme.0, &rules, &files, &experts, &excluded)
        .map_err(|infeasible| too_few(&infeasible, &files))?;
    let new: Vec<Assignment> =
        plan.into_iter().map(|(application, expert)| new_assignment(tx, session.id, application, expert)).collect();
    db::reviews::create_assignments(tx.db, &new)?;
    let detail = serde_json::json!({
        "call": id, "due_at": due_at.and_utc(), "panel": session.panel.0, "assignments": new.len(),
        "applications": files.len(), "exclusions": excluded,
    });
    record_session(tx, actor, role, session.id, "review.prepared", None, detail)?;
    Ok(session.id)
}

fn plan(
    programme: &Programme,
    rules: &ReviewRules,
    files: &[ReviewFile],
    experts: &[Expert],
    excluded: &[Exclusion],
) -> Result<Vec<(ApplicationId, ExpertId)>, Infeasible<ApplicationId>> {
    let mut needs: BTreeMap<ApplicationId, Needs<ExpertId>> = files
        .iter()
        .map(|file| (file.application.id, Needs { fields: fields_of(programme, file), excluded: BTreeSet::new() }))
        .collect();
    for exclusion in excluded {
        if let Some(needs) = needs.get_mut(&exclusion.application) {
            needs.excluded.insert(exclusion.expert);
        }
    }
    let offers: BTreeMap<ExpertId, Offer> = experts
        .iter()
        .map(|expert| (expert.id, Offer { fields: expert.fields.0.clone(), load_limit: load_limit(expert, rules) }))
        .collect();
    assign(&needs, &offers, rules.experts_per_application as usize)
}

/// Every application that stays short, by its number.
fn too_few(infeasible: &Infeasible<ApplicationId>, files: &[ReviewFile]) -> Error {
    let names: BTreeMap<ApplicationId, &str> =
        files.iter().map(|file| (file.application.id, file.organisation.name.as_str())).collect();
    let problems = infeasible.shortages.iter().map(|shortage| {
        let few = shortage.why == ShortageReason::TooFewCandidates;
        Problem::new("experts", if few { "review_too_few_candidates" } else { "review_load_limits" })
            .with("organisation", names.get(&shortage.application).copied().unwrap_or_default())
            .with("missing", shortage.missing)
            .with("candidates", shortage.candidates)
    });
    Error::Invalid(problems.collect())
}

fn must_be(session: &ReviewSession, status: SessionStatus) -> Result<(), Error> {
    if session.status == status {
        return Ok(());
    }
    Err(Refusal::conflict(match session.status {
        SessionStatus::Preparing => "review_not_open",
        SessionStatus::Open => "review_already_open",
        SessionStatus::Closed => "review_closed",
    })
    .into())
}

/// The session of a call in this standing, held until the transaction ends.
///
/// # Errors
/// There is none, or it is in another standing.
pub fn session_to_change(tx: &mut Tx<'_>, call: CallId, status: SessionStatus) -> Result<ReviewSession, Error> {
    let stored = db::reviews::session_of_call(tx.db, call)?.ok_or_else(|| Refusal::conflict("review_not_prepared"))?;
    let session = db::reviews::find_session_to_change(tx.db, stored.id)?;
    must_be(&session, status)?;
    Ok(session)
}

/// Records an act on a session.
pub fn record_session(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    session: ReviewSessionId,
    action: &str,
    reason: Option<&str>,
    detail: serde_json::Value,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "review",
            subject_id: session.as_text(),
            action,
            role: role.as_text(),
            reason,
            detail,
            ..Record::default()
        },
    )
}

/// A change of something that was seen in this version.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The version that was seen.
    pub version: i32,
}

/// Opens a prepared session: the experts are told and may declare.
///
/// # Errors
/// The plan no longer covers every application, or an expert of it is no longer active: prepare again.
pub fn open(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Seen) -> Result<(), Error> {
    let role = actor.must_hold(ORGANISERS)?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let mut session = session_to_change(tx, id, SessionStatus::Preparing)?;
    tx.must_be_current(input.version, session.version)?;
    if session.due_at <= tx.now {
        return Err(Refusal::conflict("review_due_passed").into());
    }
    let plan = db::reviews::assignments_of(tx.db, session.id)?;
    let waiting: BTreeSet<ApplicationId> =
        db::decisions::applications_in(tx.db, id, &[State::InReview])?.into_iter().collect();
    let mut loads: BTreeMap<ExpertId, usize> = BTreeMap::new();
    let mut covered: BTreeMap<ApplicationId, usize> = BTreeMap::new();
    for assignment in &plan {
        *loads.entry(assignment.expert_id).or_default() += 1;
        *covered.entry(assignment.application_id).or_default() += 1;
    }
    let active = db::experts::active(tx.db)?;
    let experts: Vec<&Expert> = active.iter().filter(|expert| loads.contains_key(&expert.id)).collect();
    let needed = rules.experts_per_application as usize;
    let complete = waiting.iter().all(|file| covered.get(file).is_some_and(|count| *count >= needed));
    if !complete || experts.len() < loads.len() || waiting.is_empty() {
        return Err(Refusal::conflict("review_plan_outdated").into());
    }
    session.status = SessionStatus::Open;
    session.opened_at = Some(tx.now);
    if !db::reviews::update_session(tx.db, &session, input.version)? {
        return Err(Error::Stale);
    }
    for expert in experts {
        let count = loads.get(&expert.id).copied().unwrap_or_default().to_string();
        tell(tx, expert, "review-opened", &call, &session, &[("count", &count)])?;
    }
    let detail = serde_json::json!({ "call": id, "assignments": plan.len() });
    record_session(tx, actor, role, session.id, "review.opened", None, detail)
}

/// Writes to an expert about a session.
pub fn tell(
    tx: &mut Tx<'_>,
    expert: &Expert,
    template: &str,
    call: &Call,
    session: &ReviewSession,
    args: &[(&str, &str)],
) -> Result<(), Error> {
    let due = local_datetime_text(session.due_at);
    let mut all = vec![("name", expert.name.as_str()), ("call", call.title.as_str()), ("due", due.as_str())];
    all.extend_from_slice(args);
    match expert.account_id {
        Some(account) => {
            let account = db::accounts::find(tx.db, account)?;
            tx.post((&account).into(), template, "/assignments", &all)
        }
        None => {
            let language = crate::words::DEFAULT_LANGUAGE;
            tx.post(Reader { account: None, address: &expert.email, language }, template, "/assignments", &all)
        }
    }
}

/// What filling the empty places came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Filled {
    /// Experts who were newly assigned.
    pub added: usize,
    /// Applications that are still short.
    pub short: Vec<ApplicationId>,
}

/// Gives each application that lacks experts (a conflict, a release, a file that came late) the least loaded of the
/// panel who may score it, field before others, then in the order of ids. Tells the new ones; tells the handlers when
/// nobody is left. The session is held by the caller.
pub fn fill(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession) -> Result<Filled, Error> {
    let rules = rules(&call.programme.0)?.clone();
    let programme = &call.programme.0;
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let existing = db::reviews::assignments_of(tx.db, session.id)?;
    let panel: Vec<Expert> = db::experts::of_ids(tx.db, &session.panel.0)?
        .into_iter()
        .filter(|expert| expert.status == ExpertStatus::Active)
        .collect();
    let ties = db::experts::vendor_ties(tx.db)?;
    let mut barred: BTreeSet<(ApplicationId, ExpertId)> =
        exclusions(&files, &panel, &ties).into_iter().map(|e| (e.application, e.expert)).collect();
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
        for _ in has..rules.experts_per_application as usize {
            let load = |expert: &Expert| loads.get(&expert.id).copied().unwrap_or_default();
            let best = panel
                .iter()
                .filter(|expert| !barred.contains(&(id, expert.id)) && load(expert) < load_limit(expert, &rules))
                .min_by_key(|expert| (load(expert), expert.fields.0.is_disjoint(&fields), expert.id));
            let Some(expert) = best else {
                filled.short.push(id);
                break;
            };
            let assignment = new_assignment(tx, session.id, id, expert.id);
            db::reviews::create_assignments(tx.db, std::slice::from_ref(&assignment))?;
            let detail = serde_json::json!({ "assignment": assignment.id, "application": id, "expert": expert.id });
            record_session(tx, &Actor::system(), Role::System, session.id, "assignment.added", None, detail)?;
            barred.insert((id, expert.id));
            *loads.entry(expert.id).or_default() += 1;
            *new_of.entry(expert.id).or_default() += 1;
            filled.added += 1;
        }
    }
    for expert in panel.iter().filter(|expert| new_of.contains_key(&expert.id)) {
        let count = new_of.get(&expert.id).copied().unwrap_or_default().to_string();
        tell(tx, expert, "assignment-added", call, session, &[("count", &count)])?;
    }
    if !filled.short.is_empty() {
        let count = filled.short.len().to_string();
        let path = format!("/reviews/{}", call.id);
        tx.post_to_role(Role::Handler, "review-short", &path, &[("call", &call.title), ("count", &count)])?;
    }
    Ok(filled)
}

/// More experts for a session that is open.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// Experts who join the panel; may be empty.
    #[serde(default)]
    pub experts: Vec<ExpertId>,
}

/// Takes more experts into the panel of an open session and fills the places that are empty.
pub fn complete(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Completion) -> Result<Filled, Error> {
    let role = actor.must_hold(ORGANISERS)?;
    let call = db::calls::find(tx.db, id)?;
    let mut session = session_to_change(tx, id, SessionStatus::Open)?;
    if !input.experts.is_empty() {
        let panel: BTreeSet<ExpertId> = session.panel.0.iter().copied().collect();
        let joining: Vec<ExpertId> =
            chosen_experts(tx, &input.experts)?.iter().map(|e| e.id).filter(|id| !panel.contains(id)).collect();
        session.panel.0.extend(&joining);
        let version = session.version;
        if !db::reviews::update_session(tx.db, &session, version)? {
            return Err(Error::Stale);
        }
        let detail = serde_json::json!({ "experts": joining });
        record_session(tx, actor, role, session.id, "review.panel_extended", None, detail)?;
    }
    fill(tx, &call, &session)
}

/// A release.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Why.
    pub reason: String,
}

/// Takes an assignment back, with a reason; a sheet of it counts no more, and another expert is assigned.
pub fn release(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &Release) -> Result<Filled, Error> {
    let role = actor.must_hold(ORGANISERS)?;
    let reason = reason("reason", &input.reason)?;
    let found = db::reviews::find_assignment(tx.db, id)?;
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    must_be(&session, SessionStatus::Open)?;
    let assignment = db::reviews::find_assignment(tx.db, id)?;
    if !assignment.is_live() {
        return Err(Refusal::conflict("assignment_ended").into());
    }
    let declared_at = assignment.declared_at;
    let released = AssignmentStatus::Released;
    if !db::reviews::move_assignment(tx.db, &assignment, released, declared_at, Some(&reason))? {
        return Err(Error::Stale);
    }
    db::reviews::void_sheet(tx.db, id)?;
    record_assignment(tx, actor, role, &assignment, "assignment.released", Some(released), Some(&reason))?;
    let call = db::calls::find(tx.db, session.call_id)?;
    let expert = db::experts::find(tx.db, assignment.expert_id)?;
    tell(tx, &expert, "assignment-released", &call, &session, &[("reason", &reason)])?;
    fill(tx, &call, &session)
}

/// Records an act on an assignment, in a chain of its own: experts who score at the same time do not wait for one
/// another. Never a score: the record is read before the session is closed.
pub fn record_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    assignment: &Assignment,
    action: &str,
    to: Option<AssignmentStatus>,
    reason: Option<&str>,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "assignment",
            subject_id: assignment.id.as_text(),
            action,
            role: role.as_text(),
            from: to.map(|_| assignment.status.as_text()),
            to: to.as_ref().map(AssignmentStatus::as_text),
            reason,
            detail: serde_json::json!({
                "application": assignment.application_id, "expert": assignment.expert_id,
                "session": assignment.session_id,
            }),
        },
    )
}

/// One expert of a session's page.
#[derive(Debug, Clone)]
pub struct PanelMember {
    /// The expert.
    pub expert: Expert,
    /// Applications that the expert is charged with now.
    pub load: usize,
    /// Sheets submitted.
    pub submitted: usize,
    /// Whether the expert takes part.
    pub chosen: bool,
}

/// One assignment of a session's page: standing only, never a score.
#[derive(Debug, Clone)]
pub struct AssignmentLine {
    /// The assignment.
    pub assignment: Assignment,
    /// The expert's name.
    pub expert_name: String,
    /// Whether the sheet was submitted.
    pub submitted: bool,
}

/// One application of a session's page.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// The application.
    pub id: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// Where it stands.
    pub state: State,
    /// Who scores it.
    pub lines: Vec<AssignmentLine>,
    /// Experts charged with it now.
    pub live: usize,
    /// Sheets submitted that count.
    pub submitted: usize,
}

/// A session's page.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The call.
    pub call: Call,
    /// Its session, if it was prepared.
    pub session: Option<ReviewSession>,
    /// The review rules.
    pub rules: ReviewRules,
    /// The experts: the active ones, and those of the panel.
    pub panel: Vec<PanelMember>,
    /// The applications under review, and those that have assignments.
    pub files: Vec<FileLine>,
    /// Applications that may still come to the review.
    pub upstream: i64,
}

/// Shows a session to those who organise it or look on: who scores what and how far they are, never a score.
pub fn overview(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Overview, Error> {
    actor.must_hold(ONLOOKERS)?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let session = db::reviews::session_of_call(tx.db, id)?;
    let (assignments, progress) = match &session {
        Some(session) => (db::reviews::assignments_of(tx.db, session.id)?, db::reviews::progress(tx.db, session.id)?),
        None => Default::default(),
    };
    let chosen: BTreeSet<ExpertId> = session.iter().flat_map(|session| session.panel.0.iter().copied()).collect();
    let mut experts: BTreeMap<ExpertId, Expert> =
        db::experts::active(tx.db)?.into_iter().map(|expert| (expert.id, expert)).collect();
    let mut missing: BTreeSet<ExpertId> = assignments.iter().map(|a| a.expert_id).collect();
    missing.extend(&chosen);
    missing.retain(|id| !experts.contains_key(id));
    let missing: Vec<ExpertId> = missing.into_iter().collect();
    experts.extend(db::experts::of_ids(tx.db, &missing)?.into_iter().map(|expert| (expert.id, expert)));
    let submitted =
        |a: &Assignment| a.status == AssignmentStatus::Accepted && progress.get(&a.id) == Some(&SheetStatus::Submitted);
    let panel = experts
        .values()
        .map(|expert| {
            let own = || assignments.iter().filter(|a| a.expert_id == expert.id);
            PanelMember {
                load: own().filter(|a| a.is_live()).count(),
                submitted: own().filter(|a| submitted(a)).count(),
                chosen: session.is_none() || chosen.contains(&expert.id),
                expert: expert.clone(),
            }
        })
        .collect();
    let mut lines_of: BTreeMap<ApplicationId, Vec<AssignmentLine>> = BTreeMap::new();
    for assignment in assignments {
        let expert_name = experts.get(&assignment.expert_id).map(|e| e.name.clone()).unwrap_or_default();
        let line = AssignmentLine { submitted: submitted(&assignment), expert_name, assignment };
        lines_of.entry(line.assignment.application_id).or_default().push(line);
    }
    let files = db::reviews::files(tx.db, id, State::ALL)?
        .into_iter()
        .filter(|file| file.application.state == State::InReview || lines_of.contains_key(&file.application.id))
        .map(|file| {
            let lines = lines_of.get(&file.application.id).cloned().unwrap_or_default();
            FileLine {
                id: file.application.id,
                number: file.application.number.unwrap_or_default(),
                organisation: file.organisation.name,
                state: file.application.state,
                live: lines.iter().filter(|line| line.assignment.is_live()).count(),
                submitted: lines.iter().filter(|line| line.submitted).count(),
                lines,
            }
        })
        .collect();
    let upstream = upstream(tx, &call)?;
    Ok(Overview { call, session, rules, panel, files, upstream })
}

/// Applications that may still come to the review: with the screening, or with the bureaus while they may recommend.
pub fn upstream(tx: &mut Tx<'_>, call: &Call) -> Result<i64, Error> {
    let mut states = vec![State::Recommended, State::ScreeningCorrection];
    if call.windows().recommendation_open(tx.now) {
        states.extend([State::Submitted, State::CityCorrection]);
    }
    Ok(db::reviews::count_in_states(tx.db, call.id, &states)?)
}
