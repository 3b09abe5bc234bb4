//! The decision sheet of a call: one officer proposes, another approves or returns it. What it rests on is beside:
//! where the [`line`] is drawn, what one change would make of it ([`cut_line`], [`what_if`]), each number explained
//! ([`explain`]), the [`minutes`]; and over all calls what waits for whom ([`waiting`]).

pub mod closed;
pub mod cut_line;
pub mod explain;
pub mod line;
pub mod minutes;
pub mod waiting;
pub mod what_if;

use super::dossier::Dossier;
use super::mail_batches::{self, ToMany};
use super::preview_decision;
use super::review::{self, Seen, within};
use super::statement::{self, station_names};
use super::undo_decision::{self, Moved};
use super::{Record, Tx};
use crate::db;
use crate::db::calls::Call;
use crate::db::decisions::{Decision, DecisionEntry};
use crate::db::reviews::{CountedSheet, Ranking, ReviewFile};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::chain::canonical::digest_of_text;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId, DecisionId};
use crate::domain::mail_batch::MailAct;
use crate::domain::procedure::{Action, State, Station};
use crate::domain::refusal::Refusal;
use crate::domain::scoring::{Cut, points_text};
use crate::domain::status::{DecisionStatus, Outcome, SessionStatus};
use crate::domain::steps::{DecisionAction, DecisionAt};
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Characters of the grounds.
pub const GROUNDS_LIMIT: usize = 5_000;

/// States of applications that hold a place of their call.
const PLACED: &[State] = &[State::Proposed, State::InNotice, State::Held, State::Recognised];

/// Who sees scores and decision sheets.
pub const READERS: &[Role] = &[Role::Handler, Role::Approver, Role::Evaluator, Role::Auditor];

/// Who has a say in the decision, or audits it: who sees how strict experts are and what would be otherwise. An evaluator
/// organises the review and has no power of decision.
pub const JUDGES: &[Role] = &[Role::Handler, Role::Approver, Role::Auditor];

/// What a proposal says of one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryInput {
    /// Which application.
    pub application: ApplicationId,
    /// Selected or not.
    pub outcome: Outcome,
    /// Why; must be given for those who are not selected, and they read it.
    #[serde(default)]
    pub reason: String,
}

/// A proposal.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// What it rests on.
    pub grounds: String,
    /// Every reviewed application of the call, and no other.
    pub entries: Vec<EntryInput>,
    /// The digest of the preview that was accepted: anything else is refused. Without it the proposal is taken as it comes.
    #[serde(default)]
    pub digest: Option<String>,
}

/// A sheet that goes back to the one who proposed it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The version that was seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Proposes a decision on every reviewed application of a call.
///
/// # Errors
/// An application that is missing or does not belong; a missing reason; more selected than there are places; somebody
/// selected below the pass mark. All at once.
pub fn propose(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Proposal) -> Result<DecisionId, Error> {
    let account = actor.must_be_somebody()?;
    db::calls::lock(tx.db, id)?;
    let checked = checked(tx, actor, id, input)?;
    if let Some(seen) = &input.digest
        && *seen != preview_decision::digest_of(&checked, input)?
    {
        return Err(Refusal::conflict("review_preview_outdated").into());
    }
    let Checked { role, call, grounds, .. } = checked;
    let decision = Decision {
        id: DecisionId::new(&*tx.env.ids),
        call_id: id,
        status: DecisionStatus::Proposed,
        grounds: grounds.clone(),
        proposed_by: account,
        proposed_at: tx.now,
        decided_by: None,
        decided_at: None,
        return_reason: None,
        version: 1,
        undo_proposed_by: None,
        undo_proposed_at: None,
        undo_reason: None,
        undone_by: None,
        undone_at: None,
    };
    let entries: Vec<DecisionEntry> = input
        .entries
        .iter()
        .map(|entry| DecisionEntry {
            decision_id: decision.id,
            application_id: entry.application,
            outcome: entry.outcome,
            reason: entry.reason.trim().into(),
        })
        .collect();
    db::decisions::create(tx.db, &decision, &entries)?;
    tx.vouch_for_new("decisions", decision.id.as_text())?;
    let detail = serde_json::json!({
        "call": id,
        "entries": entries.iter().map(|e| (e.application_id, e.outcome, digest_of_text(&e.reason))).collect::<Vec<_>>(),
    });
    record(tx, actor, role, &decision, "decision.proposed", Some(&grounds), detail)?;
    let selected = entries.iter().filter(|entry| entry.outcome == Outcome::Selected).count().to_string();
    let total = entries.len().to_string();
    let args = [("call", call.title.as_str()), ("selected", selected.as_str()), ("total", total.as_str())];
    tx.post_to_role(Role::Approver, "decision-proposed", &format!("/decisions/{id}"), &args)?;
    Ok(decision.id)
}

/// A proposal that can be made.
pub(super) struct Checked {
    /// The role in which it is made.
    pub role: Role,
    pub call: Call,
    /// The reviewed files of the call.
    pub files: Vec<ReviewFile>,
    /// The places that it rests on.
    pub rankings: Vec<Ranking>,
    /// The grounds, trimmed.
    pub grounds: String,
}

/// Everything that a proposal must keep, and who may make it.
pub(super) fn checked(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Proposal) -> Result<Checked, Error> {
    let call = db::calls::find(tx.db, id)?;
    let pending = db::decisions::pending(tx.db, id)?;
    if let Some(theirs) = &pending {
        // Whoever proposes saw none.
        tx.acts_upon(actor, "decision", theirs.id.as_text(), (0, theirs.version));
        tx.compare("grounds", "decision-grounds", &input.grounds, &theirs.grounds);
    }
    let role = standing(tx, &call, pending.as_ref())?.permit(actor, DecisionAction::Propose)?;
    let files = db::reviews::files(tx.db, id, &[State::Reviewed])?;
    let rankings = db::reviews::rankings_of(tx.db, id)?;
    let mut problems = check_entries(&input.entries, &files);
    problems.extend(check_line(tx, &call, input, &rankings)?);
    let selected = input.entries.iter().filter(|entry| entry.outcome == Outcome::Selected);
    let selected = selected.map(|entry| entry.application).collect();
    let all = db::reviews::files(tx.db, id, State::ALL)?;
    problems.extend(line::over_the_cap(tx, &call, &all, &selected)?);
    let grounds = input.grounds.trim();
    if grounds.is_empty() {
        problems.push(Problem::new("grounds", "decision_grounds_missing"));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    within("grounds", grounds, GROUNDS_LIMIT)?;
    Ok(Checked { role, grounds: grounds.into(), call, files, rankings })
}

/// Where the decision on a call stands. A call that is reviewed by experts is decided on only after its session was closed.
fn standing(tx: &mut Tx<'_>, call: &Call, pending: Option<&Decision>) -> Result<DecisionAt, Error> {
    let reviewed = !call.programme.0.uses(Station::Review)
        || db::reviews::session_of_call(tx.db, call.id)?.is_some_and(|one| one.status == SessionStatus::Closed);
    Ok(DecisionAt {
        reviewed,
        to_decide: db::reviews::count_in_states(tx.db, call.id, &[State::Reviewed])?,
        pending: pending.map(|decision| decision.proposed_by),
    })
}

fn check_entries(entries: &[EntryInput], files: &[ReviewFile]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let reviewed: BTreeMap<ApplicationId, &str> =
        files.iter().map(|file| (file.application.id, file.organisation.name.as_str())).collect();
    let mut named = BTreeSet::new();
    for entry in entries {
        let outcome = format!("outcome.{}", entry.application);
        let reason = format!("reason.{}", entry.application);
        let Some(name) = reviewed.get(&entry.application) else {
            problems.push(Problem::new(&outcome, "decision_not_reviewed"));
            continue;
        };
        if !named.insert(entry.application) {
            problems.push(Problem::new(&outcome, "decision_twice").with("organisation", name));
        }
        if entry.outcome == Outcome::NotSelected && entry.reason.trim().is_empty() {
            problems.push(Problem::new(&reason, "decision_reason_missing").with("organisation", name));
        }
        if let Err(Error::Invalid(found)) = within(&reason, &entry.reason, review::REASON_LIMIT) {
            problems.extend(found);
        }
    }
    for (id, name) in reviewed.iter().filter(|(id, _)| !named.contains(*id)) {
        problems.push(Problem::new(&format!("outcome.{id}"), "decision_missing").with("organisation", name));
    }
    problems
}

/// Places and pass mark hold for whoever proposes.
fn check_line(tx: &mut Tx<'_>, call: &Call, input: &Proposal, rankings: &[Ranking]) -> Result<Vec<Problem>, Error> {
    let rules = &call.programme.0.decision;
    let mut problems = Vec::new();
    let selected: Vec<ApplicationId> =
        input.entries.iter().filter(|e| e.outcome == Outcome::Selected).map(|e| e.application).collect();
    if let Some(places) = rules.places {
        let taken = db::reviews::count_in_states(tx.db, call.id, PLACED)?;
        let wanted = taken + i64::try_from(selected.len()).unwrap_or(i64::MAX);
        if wanted > i64::from(places) {
            let said = Problem::new("entries", "decision_places");
            problems.push(said.with("selected", selected.len()).with("places", i64::from(places) - taken));
        }
    }
    let score_of: BTreeMap<ApplicationId, i64> =
        rankings.iter().map(|ranking| (ranking.application_id, i64::from(ranking.score))).collect();
    if let Some(pass_mark) = rules.pass_mark.map(|mark| mark.hundredths()) {
        for id in selected {
            if let Some(score) = score_of.get(&id).filter(|score| **score < pass_mark) {
                problems.push(
                    Problem::new(&format!("outcome.{id}"), "decision_below_pass_mark")
                        .with("score", points_text(*score))
                        .with("pass_mark", points_text(pass_mark)),
                );
            }
        }
    }
    Ok(problems)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    decision: &Decision,
    action: &str,
    reason: Option<&str>,
    detail: serde_json::Value,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "decision",
            subject_id: decision.id.as_text(),
            action,
            role: role.as_text(),
            from: (decision.status != DecisionStatus::Proposed).then(|| DecisionStatus::Proposed.as_text()),
            to: Some(decision.status.as_text()),
            reason,
            detail,
        },
    )
}

/// The pending sheet of a call, held through its call, and the role in which the actor may take the action.
fn sheet_to_decide(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: &Call,
    action: DecisionAction,
    version: i32,
) -> Result<(Decision, Role), Error> {
    db::calls::lock(tx.db, call.id)?;
    let pending = db::decisions::pending(tx.db, call.id)?;
    // One that was decided meanwhile waits no more: whoever still had it before them had the newest.
    let seen = match &pending {
        Some(decision) => Some((decision.id, decision.version)),
        None => db::decisions::of_call(tx.db, call.id)?.first().map(|decision| (decision.id, decision.version)),
    };
    if let Some((id, stored)) = seen {
        tx.acts_upon(actor, "decision", id.as_text(), (version, stored));
    }
    let role = standing(tx, call, pending.as_ref())?.permit(actor, action)?;
    let decision = pending.ok_or_else(|| Refusal::conflict("decision_none_pending"))?;
    tx.must_be_current(version, decision.version)?;
    Ok((decision, role))
}

fn settle(tx: &mut Tx<'_>, actor: &Actor, decision: &mut Decision, status: DecisionStatus) -> Result<(), Error> {
    decision.status = status;
    decision.decided_by = actor.account;
    decision.decided_at = Some(tx.now);
    if !db::decisions::decide(tx.db, decision, decision.version)? {
        return Err(Error::Stale);
    }
    tx.vouch("decisions", decision.id.as_text(), &["decided_at", "return_reason"])
}

/// Approves the pending sheet of a call: every application of it goes on, and every applicant is told. One that was
/// withdrawn meanwhile is left out.
pub fn approve(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Seen) -> Result<DecisionId, Error> {
    let call = db::calls::find(tx.db, id)?;
    let (mut decision, role) = sheet_to_decide(tx, actor, &call, DecisionAction::Approve, input.version)?;
    let entries = db::decisions::entries(tx.db, decision.id)?;
    settle(tx, actor, &mut decision, DecisionStatus::Approved)?;
    let (basis, date) = (statement::basis(&call), local_date_text(local_date(tx.now)));
    let (mut left_out, mut moved) = (Vec::new(), Vec::new());
    mail_batches::begin(tx);
    for entry in &entries {
        let mut dossier = Dossier::load_to_change(tx, actor, entry.application_id)?;
        if dossier.application.state == State::Withdrawn {
            left_out.push(entry.application_id);
            continue;
        }
        let (action, template) = match entry.outcome {
            Outcome::Selected => (Action::ApproveSelection, "decision-selected"),
            Outcome::NotSelected => (Action::ApproveDecline, "decision-declined"),
        };
        let permission = dossier.permit(actor, action)?;
        moved.push(Moved::of(&dossier, entry.outcome));
        let reason = (!entry.reason.is_empty()).then_some(entry.reason.as_str());
        dossier.advance(tx, actor, permission, reason, serde_json::json!({ "decision": decision.id }))?;
        let number = dossier.application.number.clone().unwrap_or_default();
        let station = station_names(tx, &dossier, role);
        let args = [
            ("organisation", dossier.organisation.name.as_str()),
            ("call", call.title.as_str()),
            ("number", number.as_str()),
            ("reason", entry.reason.as_str()),
            ("basis", basis.as_str()),
            ("date", date.as_str()),
        ];
        let path = format!("/applications/{}", entry.application_id);
        tx.post_to_organisation_from(dossier.application.organisation_id, template, &path, &args, &station)?;
    }
    let results =
        ToMany { act: MailAct::DecisionApproved, call: id, title: &call.title, bureau: None, term_ends: None };
    mail_batches::end(tx, actor, &results)?;
    let stays = |entry: &&DecisionEntry| !left_out.contains(&entry.application_id);
    let selected = entries.iter().filter(stays).filter(|entry| entry.outcome == Outcome::Selected).count().to_string();
    let by = actor.must_be_somebody()?;
    let (set, before) = undo_decision::keep(tx, by, &decision, moved, left_out.len())?;
    let detail = serde_json::json!({ "call": id, "withdrawn": left_out, "change_set": set, "before_sha256": before });
    record(tx, actor, role, &decision, "decision.approved", None, detail)?;
    let args = [("call", call.title.as_str()), ("selected", selected.as_str())];
    tx.post_to_role(Role::Handler, "decision-approved", &format!("/decisions/{id}"), &args)?;
    Ok(decision.id)
}

/// Sends the pending sheet of a call back with a reason; a new one can be proposed.
pub fn send_back(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Return) -> Result<DecisionId, Error> {
    let call = db::calls::find(tx.db, id)?;
    let (mut decision, role) = sheet_to_decide(tx, actor, &call, DecisionAction::Return, input.version)?;
    let reason = review::reason("reason", &input.reason)?;
    decision.return_reason = Some(reason.clone());
    settle(tx, actor, &mut decision, DecisionStatus::Returned)?;
    record(tx, actor, role, &decision, "decision.returned", Some(&reason), serde_json::json!({ "call": id }))?;
    let proposer = db::accounts::find(tx.db, decision.proposed_by)?;
    let args = [("name", proposer.name.as_str()), ("call", call.title.as_str()), ("reason", reason.as_str())];
    tx.post((&proposer).into(), "decision-returned", &format!("/decisions/{id}"), &args)?;
    Ok(decision.id)
}

/// One application of the decision page.
#[derive(Debug, Clone)]
pub struct BoardLine {
    /// The application.
    pub id: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// Where it stands.
    pub state: State,
    /// Its place with every figure behind it; none for a programme without review.
    pub ranking: Option<Ranking>,
    /// The sheets behind it.
    pub sheets: Vec<CountedSheet>,
    /// What pass mark, places and quota say; none for a programme without review.
    pub cut: Option<Cut>,
    /// What the score would be if nobody were strict or generous; only for [`JUDGES`], and never official.
    pub adjusted: Option<i64>,
    /// What the newest sheet says; see [`Board::in_force`].
    pub entry: Option<DecisionEntry>,
}

/// The decision page of a call.
#[derive(Debug, Clone)]
pub struct Board {
    /// The call.
    pub call: Call,
    /// The applications, best first.
    pub lines: Vec<BoardLine>,
    /// The sheets so far, newest first, with the names of those who proposed and decided.
    pub decisions: Vec<(Decision, String, String)>,
    /// Places that are not taken.
    pub places_left: Option<i64>,
    /// Whether scores may be shown: the session is closed, or there is none.
    pub reviewed: bool,
    /// What this person may do now.
    pub actions: Vec<DecisionAction>,
}

impl Board {
    /// The sheet that waits for approval.
    pub fn pending(&self) -> Option<&Decision> {
        self.decisions.iter().map(|(decision, ..)| decision).find(|d| d.status == DecisionStatus::Proposed)
    }

    /// Whether what the newest sheet says of an application is proposed or decided: what was sent back or undone is only what
    /// the next proposal begins with.
    pub fn in_force(&self, line: &BoardLine) -> bool {
        line.state != State::Reviewed || self.pending().is_some()
    }

    /// How many applications the sheet that waits would move so.
    pub fn proposed(&self, outcome: Outcome) -> usize {
        let waits = self.pending().is_some();
        let own = self.lines.iter().filter(|line| waits && line.state == State::Reviewed);
        own.filter(|line| line.entry.as_ref().is_some_and(|entry| entry.outcome == outcome)).count()
    }
}

/// Shows ranking and decision sheets of a call. Nothing of a score before its session is closed.
pub fn board(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Board, Error> {
    actor.must_hold(READERS)?;
    let call = db::calls::find(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?;
    let pending = db::decisions::pending(tx.db, id)?;
    let at = standing(tx, &call, pending.as_ref())?;
    let reviewed = at.reviewed;
    let rankings = if reviewed { db::reviews::rankings_of(tx.db, id)? } else { Vec::new() };
    let sheets = match &session {
        Some(session) if session.status == SessionStatus::Closed => db::reviews::counted_sheets(tx.db, session.id)?,
        _ => Vec::new(),
    };
    let mut decisions = Vec::new();
    for decision in db::decisions::of_call(tx.db, id)? {
        let proposer = db::accounts::find(tx.db, decision.proposed_by)?.name;
        let decider = match decision.decided_by {
            Some(account) => db::accounts::find(tx.db, account)?.name,
            None => String::new(),
        };
        decisions.push((decision, proposer, decider));
    }
    let mut entries: BTreeMap<ApplicationId, DecisionEntry> = BTreeMap::new();
    for (decision, ..) in decisions.iter().rev() {
        for entry in db::decisions::entries(tx.db, decision.id)? {
            entries.insert(entry.application_id, entry);
        }
    }
    let files = db::reviews::files(tx.db, id, State::ALL)?;
    let taken = db::reviews::count_in_states(tx.db, id, PLACED)?;
    let places_left = call.programme.0.decision.places.map(|places| i64::from(places) - taken);
    let cuts = line::cuts(tx, &call, &files, &rankings)?;
    let adjusted = closed::adjusted(tx, actor, &call, &sheets);
    let mut ranking_of: BTreeMap<ApplicationId, Ranking> =
        rankings.into_iter().map(|ranking| (ranking.application_id, ranking)).collect();
    let mut sheets_of: BTreeMap<ApplicationId, Vec<CountedSheet>> = BTreeMap::new();
    for sheet in sheets {
        sheets_of.entry(sheet.application).or_default().push(sheet);
    }
    let known: BTreeSet<ApplicationId> = ranking_of.keys().chain(entries.keys()).copied().collect();
    let mut lines: Vec<BoardLine> = files
        .into_iter()
        .filter(|file| file.application.state == State::Reviewed || known.contains(&file.application.id))
        .map(|file| {
            let id = file.application.id;
            BoardLine {
                id,
                number: file.application.number.unwrap_or_default(),
                organisation: file.organisation.name,
                state: file.application.state,
                ranking: ranking_of.remove(&id),
                sheets: sheets_of.remove(&id).unwrap_or_default(),
                cut: cuts.get(&id).cloned(),
                adjusted: adjusted.get(&id).copied(),
                entry: entries.remove(&id),
            }
        })
        .collect();
    lines.sort_by_key(|line| (line.ranking.as_ref().map_or(i32::MAX, |r| r.place), line.number.clone(), line.id));
    Ok(Board { call, lines, decisions, places_left, reviewed, actions: at.available(actor) })
}
