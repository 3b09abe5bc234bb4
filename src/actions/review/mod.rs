//! The review of a call, one verb per file: [`prepare`] who scores what, [`open`], [`declare`], [`score`], step in for those
//! who leave ([`fill`], [`complete`], [`release`]), [`remind`], [`undo`], go through what follows the scoring ([`stages`]),
//! [`close`]. What they share stands here.

mod arrivals;
pub mod close;
pub mod complete;
pub mod consequences;
pub mod declare;
pub mod exclusions;
pub mod fill;
mod infeasible;
pub mod open;
pub mod overview;
pub mod plan;
pub mod prepare;
pub mod release;
pub mod remind;
pub mod reopen;
pub mod score;
pub mod stages;
pub mod terms;
pub mod undo;
pub mod void;
pub mod waiting;
pub mod wishes;
pub mod work;

pub use super::Seen;
use super::draw::panel;
use super::post::Reader;
use super::{Record, Tx};
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_deadline_text;
use crate::domain::form::Problem;
use crate::domain::ids::{CallId, ReviewSessionId};
use crate::domain::procedure::{State, Station};
use crate::domain::programme::{Programme, ReviewRules};
use crate::domain::refusal::Refusal;
use crate::domain::service::asked_until;
use crate::domain::status::{AssignmentStatus, SessionStatus, SheetStatus};
pub use crate::domain::steps::ORGANISERS;
use crate::domain::steps::{DrawHold, ReviewAction, ReviewAt};
use crate::error::Error;

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

/// Where the review of a call stands.
pub fn standing(tx: &mut Tx<'_>, call: &Call, session: Option<&ReviewSession>) -> Result<ReviewAt, Error> {
    let rules = rules(&call.programme.0)?;
    let prepared = session.filter(|session| session.status == SessionStatus::Preparing);
    let has_plan = prepared.map(|session| db::reviews::has_plan(tx.db, session.id)).transpose()?;
    let has_opened = session.is_some_and(|session| session.status != SessionStatus::Preparing);
    Ok(ReviewAt {
        has_plan: has_plan.unwrap_or_default(),
        session: session.map(|session| session.status),
        scoring_ended: session.is_some_and(|session| session.scoring_ended_at.is_some()),
        overdue: session.is_some_and(|session| session.due_at <= tx.now),
        call_open: is_call_open(tx, call),
        upstream: upstream(tx, call)?,
        has_stages: rules.has_stages(),
        has_discussion: rules.discussion,
        has_second_panel: rules.second_panel.is_some(),
        draw: if has_opened { DrawHold::None } else { panel::hold(tx, call.id)? },
    })
}

/// Notes that the actor acts upon the session of a call as they saw it in this version.
fn acted_upon(tx: &mut Tx<'_>, actor: &Actor, call: CallId, version: i32) -> Result<(), Error> {
    if let Some(session) = db::reviews::session_of_call(tx.db, call)? {
        tx.acts_upon(actor, "review", session.id.as_text(), (version, session.version));
    }
    Ok(())
}

/// The session of a call if there is one, held until the transaction ends, and the role in which the actor may take the action.
///
/// # Errors
/// As [`ReviewAt::permit`].
fn permitted(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: &Call,
    action: ReviewAction,
) -> Result<(Option<ReviewSession>, Role), Error> {
    let stored = db::reviews::session_of_call(tx.db, call.id)?;
    let session = stored.map(|stored| db::reviews::find_session_to_change(tx.db, stored.id)).transpose()?;
    let role = standing(tx, call, session.as_ref())?.permit(actor, action)?;
    Ok((session, role))
}

/// The session of a call, held until the transaction ends, and the role in which the actor may take the action.
///
/// # Errors
/// There is none; as [`ReviewAt::permit`].
fn session_to_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: &Call,
    action: ReviewAction,
) -> Result<(ReviewSession, Role), Error> {
    let (session, role) = permitted(tx, actor, call, action)?;
    Ok((session.ok_or_else(|| Refusal::conflict("review_not_prepared"))?, role))
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

/// Writes to an expert about a session.
pub fn tell(
    tx: &mut Tx<'_>,
    expert: &Expert,
    template: &str,
    call: &Call,
    session: &ReviewSession,
    args: &[(&str, &str)],
) -> Result<(), Error> {
    // Whoever is charged now may be too late for the session's day; and a term that is over is no day to finish by.
    let day = asked_until(tx.now, session.due_at, expert.term_to).filter(|day| *day > tx.now);
    let due = local_deadline_text(day.unwrap_or(session.due_at));
    let soon = if day.is_some() { "no" } else { "yes" };
    let (name, title) = (expert.name.as_str(), call.title.as_str());
    let mut all = vec![("name", name), ("call", title), ("due", due.as_str()), ("soon", soon)];
    all.extend_from_slice(args);
    let account = expert.account_id.map(|account| db::accounts::find(tx.db, account)).transpose()?;
    tx.post(Reader::of_expert(expert, account.as_ref()), template, "/assignments", &all)
}

/// Writes to an expert from whom something was taken back in a session; the rest is asked for only where there is one.
pub fn tell_taken_back(
    tx: &mut Tx<'_>,
    expert: &Expert,
    template: &str,
    call: &Call,
    session: &ReviewSession,
    args: &[(&str, &str)],
) -> Result<(), Error> {
    let progress = db::reviews::progress(tx.db, session.id)?;
    let is_left = |one: &Assignment| {
        one.expert_id == expert.id && one.is_live() && progress.get(&one.id) != Some(&SheetStatus::Submitted)
    };
    let last = if db::reviews::assignments_of(tx.db, session.id)?.iter().any(is_left) { "no" } else { "yes" };
    let mut all = vec![("last", last)];
    all.extend_from_slice(args);
    tell(tx, expert, template, call, session, &all)
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
    let detail = detail_of(assignment);
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
            detail,
        },
    )
}

fn detail_of(assignment: &Assignment) -> serde_json::Value {
    serde_json::json!({
        "application": assignment.application_id, "expert": assignment.expert_id,
        "session": assignment.session_id,
    })
}

/// Lets the next event say until when a session runs and who closed it.
fn keep_session(tx: &mut Tx<'_>, session: &ReviewSession) {
    let (due, by) = (session.due_at.and_utc().to_rfc3339(), session.closed_by.map(|by| by.to_string()));
    let columns = [("due_at", Some(due.as_str())), ("closed_by", by.as_deref())];
    tx.keep("review_sessions", session.id.as_text(), &columns);
}

/// Records that an expert submitted a sheet or stood by one in a discussion, with the keyed hash of what it says.
fn record_sheet(tx: &mut Tx<'_>, actor: &Actor, assignment: &Assignment, action: &str, mac: &str) -> Result<(), Error> {
    let mut detail = detail_of(assignment);
    if let Some(fields) = detail.as_object_mut() {
        fields.insert("sheet_mac".into(), mac.into());
    }
    tx.record(
        actor,
        Record {
            subject_kind: "assignment",
            subject_id: assignment.id.as_text(),
            action,
            role: Role::Expert.as_text(),
            detail,
            ..Record::default()
        },
    )
}

/// Whether applications still come in: what is submitted tomorrow would find its review closed for good.
pub fn is_call_open(tx: &Tx<'_>, call: &Call) -> bool {
    tx.now < call.closes_at
}

/// Applications that may still come to the review: with the screening, or with the bureaus while they may recommend.
pub fn upstream(tx: &mut Tx<'_>, call: &Call) -> Result<i64, Error> {
    let mut states = vec![State::Recommended, State::ScreeningCorrection];
    if call.windows().recommendation_open(tx.now) {
        states.extend([State::Submitted, State::CityCorrection]);
    }
    Ok(db::reviews::count_in_states(tx.db, call.id, &states)?)
}
