//! What waits for a person: small counts for the first page of each role. The caller passes who asks; every query is bound to it.

use super::connection::Db;
use super::schema::{
    applications, assignments, call_questions, calls, code_overrides, corrections, decisions, events, experts, mails,
    notices, objections, organisations, review_sessions, score_sheets,
};
use crate::domain::call::CallStatus;
use crate::domain::ids::{AccountId, ApplicationId, CallId, ExpertId, NoticeId};
use crate::domain::procedure::State;
use crate::domain::service::asked_until;
use crate::domain::status::{AssignmentStatus, CodeCheck, DecisionStatus, ObjectionStatus, SessionStatus, SheetStatus};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;

/// A call that is open now: id, title, year, closing.
pub type OpenCall = (CallId, String, i32, NaiveDateTime);

/// Calls that take applications at this instant, the first to close first.
pub fn open_calls(db: &mut Db, now: NaiveDateTime) -> QueryResult<Vec<OpenCall>> {
    calls::table
        .filter(calls::status.eq(CallStatus::Approved))
        .filter(calls::opens_at.le(now).and(calls::closes_at.gt(now)))
        .order((calls::closes_at, calls::id))
        .select((calls::id, calls::title, calls::year, calls::closes_at))
        .load(db)
}

/// Notices in which objections are in time at this instant, the first to end first.
pub fn running_notices(db: &mut Db, now: NaiveDateTime) -> QueryResult<Vec<(NoticeId, String, NaiveDateTime)>> {
    notices::table
        .filter(notices::ends_at.gt(now))
        .order((notices::ends_at, notices::id))
        .select((notices::id, notices::title, notices::ends_at))
        .load(db)
}

/// The next instant at which a call opens, closes or ends its recommendations, or a notice ends: what a public page says
/// of the time left may change then.
pub fn next_change(db: &mut Db, now: NaiveDateTime) -> QueryResult<Option<NaiveDateTime>> {
    let calls = || calls::table.filter(calls::status.eq(CallStatus::Approved));
    let found: [Option<NaiveDateTime>; 4] = [
        calls().filter(calls::opens_at.gt(now)).select(min(calls::opens_at)).first(db)?,
        calls().filter(calls::closes_at.gt(now)).select(min(calls::closes_at)).first(db)?,
        calls().filter(calls::recommend_by.gt(now)).select(min(calls::recommend_by)).first(db)?,
        notices::table.filter(notices::ends_at.gt(now)).select(min(notices::ends_at)).first(db)?,
    ];
    Ok(found.into_iter().flatten().min())
}

/// Values that one statement takes with ease.
const AT_ONCE: usize = 500;

/// Until when these applications must be mended, or should have been: corrections that were not answered.
pub fn corrections_due(
    db: &mut Db,
    applications: &[ApplicationId],
) -> QueryResult<Vec<(ApplicationId, NaiveDateTime)>> {
    let mut due: Vec<(ApplicationId, NaiveDateTime)> = Vec::new();
    for some in applications.chunks(AT_ONCE) {
        let found: Vec<(ApplicationId, NaiveDateTime)> = corrections::table
            .filter(corrections::application_id.eq_any(some.to_vec()))
            .filter(corrections::answered_at.is_null())
            .order((corrections::due_at, corrections::application_id))
            .select((corrections::application_id, corrections::due_at))
            .load(db)?;
        due.extend(found);
    }
    Ok(due)
}

/// Until when files of these calls can be filed and recommended.
pub fn call_deadlines(db: &mut Db, ids: &[CallId]) -> QueryResult<Vec<(CallId, NaiveDateTime, NaiveDateTime)>> {
    calls::table
        .filter(calls::id.eq_any(ids.to_vec()))
        .select((calls::id, calls::closes_at, calls::recommend_by))
        .load(db)
}

/// Until when experts are asked to score, of those of these calls in which they do.
pub fn scoring_due(db: &mut Db, ids: &[CallId]) -> QueryResult<Vec<(CallId, NaiveDateTime)>> {
    review_sessions::table
        .filter(review_sessions::call_id.eq_any(ids.to_vec()))
        .filter(review_sessions::status.eq(SessionStatus::Open))
        .filter(review_sessions::scoring_ended_at.is_null())
        .select((review_sessions::call_id, review_sessions::due_at))
        .load(db)
}

/// Licence images that no officer has looked at, of organisations whose code is doubted.
pub fn licences_to_check(db: &mut Db) -> QueryResult<i64> {
    code_overrides::table
        .inner_join(organisations::table)
        .filter(code_overrides::decided_at.is_null())
        .filter(organisations::code_check.eq(CodeCheck::Wrong))
        .select(count_star())
        .first(db)
}

/// The calls of the questions that wait for an answer while the call takes applications, a line each question.
pub fn questions_waiting(db: &mut Db, now: NaiveDateTime) -> QueryResult<Vec<CallId>> {
    call_questions::table
        .inner_join(calls::table)
        .filter(call_questions::answer.is_null())
        .filter(calls::status.eq(CallStatus::Approved))
        .filter(calls::closes_at.gt(now))
        .order(call_questions::asked_at)
        .select(call_questions::call_id)
        .load(db)
}

/// Drafts of calls that an approver sent back to this person.
pub fn calls_returned(db: &mut Db, account: AccountId) -> QueryResult<Vec<CallId>> {
    let drafts: Vec<CallId> = calls::table
        .filter(calls::status.eq(CallStatus::Draft).and(calls::drafted_by.eq(account)))
        .order(calls::created_at)
        .select(calls::id)
        .load(db)?;
    let ids: Vec<String> = drafts.iter().map(ToString::to_string).collect();
    let returned: Vec<String> = events::table
        .filter(events::subject_kind.eq("call").and(events::subject_id.eq_any(ids)))
        .filter(events::action.eq("call.returned"))
        .select(events::subject_id)
        .load(db)?;
    Ok(drafts.into_iter().filter(|draft| returned.iter().any(|id| id == draft.as_text())).collect())
}

/// Calls that wait for an approver other than this one.
pub fn calls_to_approve(db: &mut Db, account: AccountId) -> QueryResult<i64> {
    calls::table
        .filter(calls::status.eq(CallStatus::Pending).and(calls::drafted_by.ne(account)))
        .select(count_star())
        .first(db)
}

/// When the first of those calls opens: until then it should be approved.
pub fn first_call_to_open(db: &mut Db, account: AccountId) -> QueryResult<Option<NaiveDateTime>> {
    calls::table
        .filter(calls::status.eq(CallStatus::Pending).and(calls::drafted_by.ne(account)))
        .select(min(calls::opens_at))
        .first(db)
}

/// The calls of the decision sheets that wait for an approver other than this one, and of those that another proposed
/// to undo, a line each sheet.
pub fn decisions_to_approve(db: &mut Db, account: AccountId) -> QueryResult<Vec<CallId>> {
    let proposed = decisions::status.eq(DecisionStatus::Proposed).and(decisions::proposed_by.ne(account));
    let undoing = decisions::status.eq(DecisionStatus::Approved).and(decisions::undo_proposed_by.ne(account));
    decisions::table
        .filter(proposed)
        .or_filter(undoing)
        .order((decisions::proposed_at, decisions::id))
        .select(decisions::call_id)
        .load(db)
}

/// Since when the first of those decision sheets waits for its approver.
pub fn decisions_waiting_since(db: &mut Db, account: AccountId) -> QueryResult<Option<NaiveDateTime>> {
    let proposed: Option<NaiveDateTime> = decisions::table
        .filter(decisions::status.eq(DecisionStatus::Proposed).and(decisions::proposed_by.ne(account)))
        .select(min(decisions::proposed_at))
        .first(db)?;
    let undoing: Option<NaiveDateTime> = decisions::table
        .filter(decisions::status.eq(DecisionStatus::Approved).and(decisions::undo_proposed_by.ne(account)))
        .select(min(decisions::undo_proposed_at))
        .first(db)?;
    Ok(proposed.into_iter().chain(undoing).min())
}

/// Objections that wait for a handler: to be accepted or declined, or for the proposal of an outcome.
pub fn objections_to_handle(db: &mut Db) -> QueryResult<i64> {
    let unproposed = objections::status.eq(ObjectionStatus::Accepted).and(objections::proposed_outcome.is_null());
    objections::table
        .filter(objections::status.eq(ObjectionStatus::Received).or(unproposed))
        .select(count_star())
        .first(db)
}

/// Since when the first of those objections is there.
pub fn objections_waiting_since(db: &mut Db) -> QueryResult<Option<NaiveDateTime>> {
    let unproposed = objections::status.eq(ObjectionStatus::Accepted).and(objections::proposed_outcome.is_null());
    objections::table
        .filter(objections::status.eq(ObjectionStatus::Received).or(unproposed))
        .select(min(objections::received_at))
        .first(db)
}

/// Objections whose outcome somebody other than this approver proposed.
pub fn objections_to_approve(db: &mut Db, account: AccountId) -> QueryResult<i64> {
    objections::table
        .filter(objections::status.eq(ObjectionStatus::Accepted))
        .filter(objections::proposed_outcome.is_not_null().and(objections::proposed_by.ne(account)))
        .select(count_star())
        .first(db)
}

/// Reviewed applications that no sheet stands for which waits for its approver: those are not the handlers' turn.
pub fn to_decide(db: &mut Db) -> QueryResult<i64> {
    let proposed = decisions::table.filter(decisions::status.eq(DecisionStatus::Proposed)).select(decisions::call_id);
    applications::table
        .filter(applications::state.eq(State::Reviewed))
        .filter(applications::call_id.ne_all(proposed))
        .select(count_star())
        .first(db)
}

/// The calls of those applications, each once.
pub fn calls_to_propose(db: &mut Db) -> QueryResult<Vec<CallId>> {
    let proposed = decisions::table.filter(decisions::status.eq(DecisionStatus::Proposed)).select(decisions::call_id);
    applications::table
        .filter(applications::state.eq(State::Reviewed))
        .filter(applications::call_id.ne_all(proposed))
        .select(applications::call_id)
        .distinct()
        .load(db)
}

/// Since when the one of those applications that is longest in this state was not moved on.
pub fn to_decide_since(db: &mut Db) -> QueryResult<Option<NaiveDateTime>> {
    let proposed = decisions::table.filter(decisions::status.eq(DecisionStatus::Proposed)).select(decisions::call_id);
    applications::table
        .filter(applications::state.eq(State::Reviewed))
        .filter(applications::call_id.ne_all(proposed))
        .select(min(applications::updated_at))
        .first(db)
}

/// Calls that are closed and have files under review, while no review is open: it is to be prepared, or to be opened.
pub fn reviews_to_prepare(db: &mut Db, now: NaiveDateTime) -> QueryResult<Vec<CallId>> {
    let waiting = applications::table.filter(applications::state.eq(State::InReview)).select(applications::call_id);
    let found: Vec<(CallId, Option<SessionStatus>)> = calls::table
        .left_join(review_sessions::table.on(review_sessions::call_id.eq(calls::id)))
        .filter(calls::id.eq_any(waiting))
        .filter(calls::closes_at.le(now))
        .order((calls::closes_at, calls::id))
        .select((calls::id, review_sessions::status.nullable()))
        .load(db)?;
    let unopened = |status: &Option<SessionStatus>| matches!(status, None | Some(SessionStatus::Preparing));
    Ok(found.into_iter().filter(|(_, status)| unopened(status)).map(|(call, _)| call).collect())
}

/// Since when the file of these calls that is longest under review was not moved on.
pub fn files_under_review_since(db: &mut Db, calls: Vec<CallId>) -> QueryResult<Option<NaiveDateTime>> {
    applications::table
        .filter(applications::state.eq(State::InReview))
        .filter(applications::call_id.eq_any(calls))
        .select(min(applications::updated_at))
        .first(db)
}

/// Reviews in which experts score.
pub fn reviews_open(db: &mut Db) -> QueryResult<i64> {
    review_sessions::table
        .filter(review_sessions::status.eq(SessionStatus::Open).and(review_sessions::scoring_ended_at.is_null()))
        .select(count_star())
        .first(db)
}

/// Calls whose review is open though its scoring has ended, with since when: its organisers are to end it, once what is left of it is done. The longest first.
pub fn reviews_to_close(db: &mut Db) -> QueryResult<Vec<(CallId, Option<NaiveDateTime>)>> {
    review_sessions::table
        .filter(review_sessions::status.eq(SessionStatus::Open).and(review_sessions::scoring_ended_at.is_not_null()))
        .order((review_sessions::scoring_ended_at, review_sessions::call_id))
        .select((review_sessions::call_id, review_sessions::scoring_ended_at))
        .load(db)
}

/// When the first of the reviews is due in which experts score: once the scoring was ended, its day binds nobody.
pub fn first_review_due(db: &mut Db) -> QueryResult<Option<NaiveDateTime>> {
    review_sessions::table
        .filter(review_sessions::status.eq(SessionStatus::Open))
        .filter(review_sessions::scoring_ended_at.is_null())
        .select(min(review_sessions::due_at))
        .first(db)
}

/// When the first of an expert's assignments with this status is due, in open reviews of files that are under review;
/// [`asked_until`] says which of them are.
pub fn first_assignment_due(
    db: &mut Db,
    expert: ExpertId,
    status: AssignmentStatus,
) -> QueryResult<Option<NaiveDateTime>> {
    let rows: Vec<(NaiveDateTime, NaiveDateTime, Option<NaiveDate>)> = assignments::table
        .inner_join(review_sessions::table)
        .inner_join(experts::table)
        .inner_join(applications::table)
        .filter(review_sessions::status.eq(SessionStatus::Open))
        .filter(applications::state.eq(State::InReview))
        .filter(assignments::expert_id.eq(expert).and(assignments::status.eq(status)))
        .select((assignments::assigned_at, review_sessions::due_at, experts::term_to))
        .load(db)?;
    let due = |(assigned_at, due_at, last_day)| asked_until(assigned_at, due_at, last_day);
    Ok(rows.into_iter().filter_map(due).min())
}

/// An expert's assignments in open reviews with this status. What its applicant withdrew is no work any more.
pub fn assignments_of(db: &mut Db, expert: ExpertId, status: AssignmentStatus) -> QueryResult<i64> {
    assignments::table
        .inner_join(review_sessions::table)
        .inner_join(applications::table)
        .filter(review_sessions::status.eq(SessionStatus::Open))
        .filter(applications::state.eq(State::InReview))
        .filter(assignments::expert_id.eq(expert).and(assignments::status.eq(status)))
        .select(count_star())
        .first(db)
}

/// A sheet that an expert has taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnSheet {
    /// Where it stands; nothing before it was begun.
    pub status: Option<SheetStatus>,
    /// When it is due, as [`asked_until`] says.
    pub due_at: Option<NaiveDateTime>,
    /// When it was last submitted, if ever.
    pub submitted_at: Option<NaiveDateTime>,
}

impl OwnSheet {
    /// Whether it is still to be submitted.
    pub fn is_left(&self) -> bool {
        matches!(self.status, None | Some(SheetStatus::Draft))
    }
}

/// The sheets that an expert has taken on in open reviews, of files that are under review.
pub fn sheets_of(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<OwnSheet>> {
    type Row = (Option<SheetStatus>, NaiveDateTime, NaiveDateTime, Option<NaiveDate>, Option<NaiveDateTime>);
    let rows: Vec<Row> = assignments::table
        .inner_join(review_sessions::table)
        .inner_join(experts::table)
        .inner_join(applications::table)
        .left_join(score_sheets::table.on(score_sheets::assignment_id.eq(assignments::id)))
        .filter(review_sessions::status.eq(SessionStatus::Open))
        .filter(applications::state.eq(State::InReview))
        .filter(assignments::expert_id.eq(expert).and(assignments::status.eq(AssignmentStatus::Accepted)))
        .order((review_sessions::due_at, assignments::id))
        .select((
            score_sheets::status.nullable(),
            assignments::assigned_at,
            review_sessions::due_at,
            experts::term_to,
            score_sheets::submitted_at.nullable(),
        ))
        .load(db)?;
    let sheet = |(status, assigned_at, due_at, last_day, submitted_at)| {
        let due_at = asked_until(assigned_at, due_at, last_day);
        OwnSheet { status, due_at, submitted_at }
    };
    Ok(rows.into_iter().map(sheet).collect())
}

/// Mails that were given up.
pub fn mails_failed(db: &mut Db) -> QueryResult<i64> {
    mails::table.filter(mails::failed_at.is_not_null()).select(count_star()).first(db)
}
