//! Review sessions, assignments, score sheets and the ranking. What an expert may see of an application's file is the
//! [`crate::domain::scope::Scope`]'s to say; the queries here give an expert no more than what a declaration needs.

use super::connection::Db;
use super::pinned::Pinned;
use super::portable::Fixed;
use super::schema::{
    applications, assignments, calls, experts, extra_sheets, organisations, rankings, review_sessions, score_sheets,
};
use super::types::Json;
use crate::domain::assignment::{Why, Wish};
use crate::domain::call::CallStatus;
use crate::domain::ids::{
    AccountId, ApplicationId, AssignmentId, CallId, DrawId, ExpertId, OrganisationId, ReviewSessionId,
};
use crate::domain::procedure::State;
use crate::domain::programme::Programme;
use crate::domain::status::{AssignmentSource, AssignmentStatus, SessionStatus, SheetStatus};
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The review of one call.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = review_sessions)]
pub struct ReviewSession {
    /// Id.
    pub id: ReviewSessionId,
    /// Of which call.
    pub call_id: CallId,
    /// Where it stands.
    pub status: SessionStatus,
    /// Until when experts are asked to score. A late sheet still counts while the session is open.
    pub due_at: NaiveDateTime,
    /// The experts who take part, with those in reserve.
    pub panel: Json<Vec<ExpertId>>,
    /// Prepared by.
    pub created_by: AccountId,
    /// Prepared.
    pub created_at: NaiveDateTime,
    /// Opened.
    pub opened_at: Option<NaiveDateTime>,
    /// Closed.
    pub closed_at: Option<NaiveDateTime>,
    /// Closed by.
    pub closed_by: Option<AccountId>,
    /// Version for the optimistic lock.
    pub version: i32,
    /// The draw that the panel comes from.
    pub draw_id: Option<DrawId>,
    /// Experts in the order in which they step in.
    pub reserves: Json<Vec<ExpertId>>,
    /// Fewest applications of each expert of the panel.
    pub load_floor: i32,
    /// Pins and forbids of the organisers.
    pub wishes: Json<Vec<Wish>>,
    /// From here on no sheet is changed but in discussion.
    pub scoring_ended_at: Option<NaiveDateTime>,
}

/// One expert's charge to score one application.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = assignments)]
pub struct Assignment {
    /// Id.
    pub id: AssignmentId,
    /// Of which review.
    pub session_id: ReviewSessionId,
    /// Which application.
    pub application_id: ApplicationId,
    /// Which expert.
    pub expert_id: ExpertId,
    /// Where it stands.
    pub status: AssignmentStatus,
    /// Assigned.
    pub assigned_at: NaiveDateTime,
    /// The expert declared.
    pub declared_at: Option<NaiveDateTime>,
    /// The declared conflict, or the reason for the release.
    pub reason: Option<String>,
    /// Where it comes from.
    pub source: AssignmentSource,
}

impl Assignment {
    /// Whether the expert is still charged with it.
    pub fn is_live(&self) -> bool {
        matches!(self.status, AssignmentStatus::Awaiting | AssignmentStatus::Accepted)
    }
}

/// A score sheet.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = score_sheets)]
pub struct ScoreSheet {
    /// Of which assignment.
    pub assignment_id: AssignmentId,
    /// Item of the rubric to points as they were typed.
    pub items: Json<BTreeMap<String, String>>,
    /// Item of the rubric to remark.
    pub comments: Json<BTreeMap<String, String>>,
    /// The opinion on the whole.
    pub opinion: String,
    /// Where it stands.
    pub status: SheetStatus,
    /// Hundredths of a point; set when it is submitted.
    pub total: Option<i32>,
    /// Last saved.
    pub saved_at: NaiveDateTime,
    /// Submitted.
    pub submitted_at: Option<NaiveDateTime>,
    /// Version for the optimistic lock.
    pub version: i32,
}

/// An application's place after the review.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rankings)]
pub struct Ranking {
    /// Which application.
    pub application_id: ApplicationId,
    /// Of which call.
    pub call_id: CallId,
    /// From 1; no two are the same.
    pub place: i32,
    /// The official score, hundredths of a point.
    pub score: i32,
    /// The mean of all sheets, hundredths of a point.
    pub plain_mean: i32,
    /// Highest less lowest total, hundredths of a point.
    pub spread: i32,
    /// How many sheets.
    pub sheet_count: i32,
    /// Whether one highest and one lowest total were left out.
    pub trimmed: bool,
    /// Fewer sheets than leaving out asks for.
    pub short_panel: bool,
    /// The spread is over the programme's limit.
    pub to_discuss: bool,
    /// What put it behind the one before it, when their scores are equal.
    pub tie_broken_by: Option<String>,
    /// When it was computed.
    pub ranked_at: NaiveDateTime,
    /// With an extra station: the panel's own score, rounded for reading, hundredths of a point.
    pub panel_score: Option<i32>,
    /// The mean of the extra station's sheets, rounded for reading, hundredths of a point.
    pub extra_score: Option<i32>,
}

/// Adds a session; a unique violation means that the call has one.
pub fn create_session(db: &mut Db, session: &ReviewSession) -> QueryResult<()> {
    diesel::insert_into(review_sessions::table).values(session).execute(db).map(drop)
}

/// The session of a call.
pub fn session_of_call(db: &mut Db, call: CallId) -> QueryResult<Option<ReviewSession>> {
    review_sessions::table
        .filter(review_sessions::call_id.eq(call))
        .select(ReviewSession::as_select())
        .first(db)
        .optional()
}

/// The session of an id.
pub fn find_session(db: &mut Db, id: ReviewSessionId) -> QueryResult<ReviewSession> {
    review_sessions::table.find(id).select(ReviewSession::as_select()).first(db)
}

/// The same, held until the transaction ends: submitting a sheet and closing the session wait for one another.
pub fn find_session_to_change(db: &mut Db, id: ReviewSessionId) -> QueryResult<ReviewSession> {
    db.lock_row("review_sessions", id.as_text())?;
    find_session(db, id)
}

/// Stores what changed of a session; false when it was changed since `version`.
pub fn update_session(db: &mut Db, session: &ReviewSession, version: i32) -> QueryResult<bool> {
    diesel::update(review_sessions::table.find(session.id).filter(review_sessions::version.eq(version)))
        .set((
            review_sessions::status.eq(session.status),
            review_sessions::due_at.eq(session.due_at),
            review_sessions::panel.eq(session.panel.clone()),
            review_sessions::opened_at.eq(session.opened_at),
            review_sessions::closed_at.eq(session.closed_at),
            review_sessions::closed_by.eq(session.closed_by),
            review_sessions::draw_id.eq(session.draw_id),
            review_sessions::reserves.eq(session.reserves.clone()),
            review_sessions::load_floor.eq(session.load_floor),
            review_sessions::wishes.eq(session.wishes.clone()),
            review_sessions::scoring_ended_at.eq(session.scoring_ended_at),
            review_sessions::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// A call that has, or needs, a review.
#[derive(Debug, Clone, Queryable)]
pub struct ReviewedCall {
    /// The call.
    pub id: CallId,
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: i32,
    /// Where its review stands, if it was prepared.
    pub status: Option<SessionStatus>,
    /// Until when experts are asked to score.
    pub due_at: Option<NaiveDateTime>,
}

/// The calls that have a session or applications that wait for one, newest first. For the department's eyes.
pub fn calls_with_review(db: &mut Db) -> QueryResult<Vec<ReviewedCall>> {
    let waiting = applications::table.filter(applications::state.eq(State::InReview)).select(applications::call_id);
    calls::table
        .left_join(review_sessions::table.on(review_sessions::call_id.eq(calls::id)))
        .filter(review_sessions::id.is_not_null().or(calls::id.eq_any(waiting)))
        .order((calls::year.desc(), calls::created_at.desc(), calls::id))
        .select((
            calls::id,
            calls::title,
            calls::year,
            review_sessions::status.nullable(),
            review_sessions::due_at.nullable(),
        ))
        .load(db)
}

/// How many applications of a call are in a state.
pub fn count_in_states(db: &mut Db, call: CallId, states: &[State]) -> QueryResult<i64> {
    applications::table
        .filter(applications::call_id.eq(call).and(applications::state.eq_any(states.to_vec())))
        .select(count_star())
        .first(db)
}

/// Adds assignments, each with its explanation.
pub fn create_planned(db: &mut Db, new: &[(Assignment, Why)]) -> QueryResult<()> {
    for (assignment, why) in new {
        diesel::insert_into(assignments::table)
            .values((assignment, assignments::explanation.eq(Json(why.clone()))))
            .execute(db)?;
    }
    Ok(())
}

/// Why these applications have the experts whom the plan gave them.
pub fn explanations(
    db: &mut Db,
    session: ReviewSessionId,
    applications: &[ApplicationId],
) -> QueryResult<BTreeMap<AssignmentId, Why>> {
    let rows: Vec<(AssignmentId, Json<Why>)> = assignments::table
        .filter(assignments::session_id.eq(session).and(assignments::application_id.eq_any(applications.to_vec())))
        .order(assignments::id)
        .select((assignments::id, assignments::explanation))
        .load(db)?;
    Ok(rows.into_iter().map(|(id, why)| (id, why.0)).collect())
}

/// Takes the plan of a session that is still being prepared away, to make a new one.
pub fn forget_plan(db: &mut Db, session: ReviewSessionId) -> QueryResult<()> {
    diesel::delete(assignments::table.filter(assignments::session_id.eq(session))).execute(db).map(drop)
}

/// Takes assignments away that nobody has declared about.
pub fn forget_assignments(db: &mut Db, ids: &[AssignmentId]) -> QueryResult<()> {
    diesel::delete(assignments::table.filter(assignments::id.eq_any(ids.to_vec()))).execute(db).map(drop)
}

/// Every assignment of a session, whatever its standing.
pub fn assignments_of(db: &mut Db, session: ReviewSessionId) -> QueryResult<Vec<Assignment>> {
    assignments::table
        .filter(assignments::session_id.eq(session))
        .order((assignments::application_id, assignments::expert_id))
        .select(Assignment::as_select())
        .load(db)
}

/// The assignment of an id.
pub fn find_assignment(db: &mut Db, id: AssignmentId) -> QueryResult<Assignment> {
    assignments::table.find(id).select(Assignment::as_select()).first(db)
}

/// An assignment of this expert whose session is no longer being prepared: another's does not exist for them.
pub fn find_own_assignment(db: &mut Db, expert: ExpertId, id: AssignmentId) -> QueryResult<Assignment> {
    assignments::table
        .inner_join(review_sessions::table)
        .filter(assignments::id.eq(id).and(assignments::expert_id.eq(expert)))
        .filter(review_sessions::status.ne(SessionStatus::Preparing))
        .select(Assignment::as_select())
        .first(db)
}

/// The same, held until the transaction ends.
pub fn find_own_assignment_to_change(db: &mut Db, expert: ExpertId, id: AssignmentId) -> QueryResult<Assignment> {
    db.lock_row("assignments", id.as_text())?;
    find_own_assignment(db, expert, id)
}

/// Moves an assignment on from the standing it was seen in; false when somebody was faster.
pub fn move_assignment(
    db: &mut Db,
    assignment: &Assignment,
    to: AssignmentStatus,
    declared_at: Option<NaiveDateTime>,
    reason: Option<&str>,
) -> QueryResult<bool> {
    let seen = assignments::table.find(assignment.id).filter(assignments::status.eq(assignment.status));
    diesel::update(seen)
        .set((
            assignments::status.eq(to),
            assignments::declared_at.eq(declared_at),
            assignments::reason.eq(reason.map(str::to_string)),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// What an expert is told of an assignment before declaring, and no more.
#[derive(Debug, Clone, Queryable)]
pub struct OwnAssignment {
    /// The assignment.
    pub id: AssignmentId,
    /// Where it stands.
    pub status: AssignmentStatus,
    /// Where its session stands.
    pub session_status: SessionStatus,
    /// Until when experts are asked to score.
    pub due_at: NaiveDateTime,
    /// The application's number.
    pub number: Option<String>,
    /// Where the application stands.
    pub state: State,
    /// The applicant.
    pub organisation_name: String,
    /// The other members of the consortium.
    pub members: Json<Vec<super::applications::Member>>,
    /// The call's title.
    pub call_title: String,
    /// Where the sheet stands, if one was begun.
    pub sheet_status: Option<SheetStatus>,
}

/// An expert's assignments, open sessions first, then by date.
pub fn own_assignments(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<OwnAssignment>> {
    assignments::table
        .inner_join(review_sessions::table)
        .inner_join(applications::table)
        .inner_join(organisations::table.on(organisations::id.eq(applications::organisation_id)))
        .inner_join(calls::table.on(calls::id.eq(applications::call_id)))
        .left_join(score_sheets::table.on(score_sheets::assignment_id.eq(assignments::id)))
        .filter(assignments::expert_id.eq(expert))
        .filter(review_sessions::status.ne(SessionStatus::Preparing))
        .order((review_sessions::status.desc(), review_sessions::due_at.desc(), applications::number, assignments::id))
        .select((
            assignments::id,
            assignments::status,
            review_sessions::status,
            review_sessions::due_at,
            applications::number,
            applications::state,
            organisations::name,
            applications::members,
            calls::title,
            score_sheets::status.nullable(),
        ))
        .load(db)
}

/// The pinned programme, organisation, number and state of an application that somebody is assigned to: for the rules,
/// not for eyes.
pub fn assigned_application(
    db: &mut Db,
    id: ApplicationId,
) -> QueryResult<(Arc<Programme>, OrganisationId, Option<String>, State)> {
    let (programme, organisation, number, state): (Pinned, OrganisationId, Option<String>, State) = applications::table
        .inner_join(calls::table)
        .filter(applications::id.eq(id))
        .select((calls::programme, applications::organisation_id, applications::number, applications::state))
        .first(db)?;
    Ok((programme.0, organisation, number, state))
}

/// Names of organisations of these applications, with their numbers.
pub fn names_of_applications(
    db: &mut Db,
    ids: &[ApplicationId],
) -> QueryResult<BTreeMap<ApplicationId, (String, Option<String>)>> {
    let rows: Vec<(ApplicationId, String, Option<String>)> = applications::table
        .inner_join(organisations::table)
        .filter(applications::id.eq_any(ids.to_vec()))
        .order(applications::id)
        .select((applications::id, organisations::name, applications::number))
        .load(db)?;
    Ok(rows.into_iter().map(|(id, name, number)| (id, (name, number))).collect())
}

/// The sheet of an assignment, if one was begun.
pub fn sheet(db: &mut Db, assignment: AssignmentId) -> QueryResult<Option<ScoreSheet>> {
    score_sheets::table.find(assignment).select(ScoreSheet::as_select()).first(db).optional()
}

/// Begins a sheet.
pub fn create_sheet(db: &mut Db, sheet: &ScoreSheet) -> QueryResult<()> {
    diesel::insert_into(score_sheets::table).values(sheet).execute(db).map(drop)
}

/// Stores a sheet; false when it was changed or submitted since `version`.
pub fn update_sheet(db: &mut Db, sheet: &ScoreSheet, version: i32) -> QueryResult<bool> {
    let draft = score_sheets::table
        .find(sheet.assignment_id)
        .filter(score_sheets::version.eq(version).and(score_sheets::status.eq(SheetStatus::Draft)));
    let typed = (
        score_sheets::items.eq(sheet.items.clone()),
        score_sheets::comments.eq(sheet.comments.clone()),
        score_sheets::opinion.eq(&sheet.opinion),
        score_sheets::status.eq(sheet.status),
        score_sheets::total.eq(sheet.total),
        score_sheets::saved_at.eq(sheet.saved_at),
        score_sheets::submitted_at.eq(sheet.submitted_at),
        score_sheets::version.eq(version + 1),
    );
    Fixed(diesel::update(draft).set(typed)).execute(db).map(|rows| rows == 1)
}

/// Makes a sheet count no more, whatever its standing, with that of the extra station.
pub fn void_sheet(db: &mut Db, assignment: AssignmentId) -> QueryResult<()> {
    super::extra_sheets::void(db, assignment)?;
    diesel::update(score_sheets::table.find(assignment))
        .set((score_sheets::status.eq(SheetStatus::Void), score_sheets::version.eq(score_sheets::version + 1)))
        .execute(db)
        .map(drop)
}

/// How far each sheet of a session is: standing only, never a value.
pub fn progress(db: &mut Db, session: ReviewSessionId) -> QueryResult<BTreeMap<AssignmentId, SheetStatus>> {
    let rows: Vec<(AssignmentId, SheetStatus)> = score_sheets::table
        .inner_join(assignments::table)
        .filter(assignments::session_id.eq(session))
        .order(score_sheets::assignment_id)
        .select((score_sheets::assignment_id, score_sheets::status))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// A sheet that counts, with whose it is.
#[derive(Debug, Clone)]
pub struct CountedSheet {
    /// Of which application.
    pub application: ApplicationId,
    /// By which expert.
    pub expert: ExpertId,
    /// The expert's name.
    pub expert_name: String,
    /// The sheet.
    pub sheet: ScoreSheet,
    /// Total of the same expert's submitted sheet of the extra station, hundredths of a point.
    pub station: Option<i32>,
}

/// The submitted sheets of a session that count. Nobody may be shown them before the session is closed: the caller sees
/// to that.
pub fn counted_sheets(db: &mut Db, session: ReviewSessionId) -> QueryResult<Vec<CountedSheet>> {
    // The total of a sheet of the extra station is there once it is submitted.
    let rows: Vec<(ApplicationId, ExpertId, String, ScoreSheet, Option<i32>)> = score_sheets::table
        .inner_join(assignments::table.inner_join(experts::table).left_join(extra_sheets::table))
        .filter(assignments::session_id.eq(session))
        .filter(assignments::status.eq(AssignmentStatus::Accepted))
        .filter(score_sheets::status.eq(SheetStatus::Submitted))
        .order((assignments::application_id, assignments::expert_id))
        .select((
            assignments::application_id,
            assignments::expert_id,
            experts::name,
            ScoreSheet::as_select(),
            extra_sheets::total.nullable(),
        ))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(application, expert, expert_name, sheet, station)| CountedSheet {
            application,
            expert,
            expert_name,
            sheet,
            station,
        })
        .collect())
}

/// Rows of one statement: PostgreSQL takes 65,535 values in one.
const RANKINGS_AT_ONCE: usize = 2_000;

/// Stores the ranking. PostgreSQL takes many rows in one statement, which saves a journey each; SQLite, which has no
/// journey to save, takes them one by one through a statement that is prepared once.
pub fn create_rankings(db: &mut Db, new: &[Ranking]) -> QueryResult<()> {
    for rows in new.chunks(RANKINGS_AT_ONCE) {
        match db {
            Db::Sqlite(sqlite) => diesel::insert_into(rankings::table).values(rows).execute(sqlite)?,
            Db::Postgres(postgres) => diesel::insert_into(rankings::table).values(rows).execute(postgres)?,
        };
    }
    Ok(())
}

/// Stores another ranking of a call instead of the one it has.
pub fn replace_rankings(db: &mut Db, call: CallId, new: &[Ranking]) -> QueryResult<()> {
    diesel::delete(rankings::table.filter(rankings::call_id.eq(call))).execute(db)?;
    create_rankings(db, new)
}

/// The totals of every panel of a closed review that this expert sat in: application, expert, hundredths of a point.
pub fn totals_of_panels(db: &mut Db, expert: ExpertId) -> QueryResult<Vec<(ApplicationId, ExpertId, i64)>> {
    let ranked = rankings::table.select(rankings::application_id);
    let own = assignments::table.filter(assignments::expert_id.eq(expert)).select(assignments::application_id);
    let mine: Vec<ApplicationId> = own.filter(assignments::application_id.eq_any(ranked)).load(db)?;
    let rows: Vec<(ApplicationId, ExpertId, Option<i32>)> = score_sheets::table
        .inner_join(assignments::table)
        .filter(assignments::application_id.eq_any(mine))
        .filter(assignments::status.eq(AssignmentStatus::Accepted))
        .filter(score_sheets::status.eq(SheetStatus::Submitted))
        .order((assignments::application_id, assignments::expert_id))
        .select((assignments::application_id, assignments::expert_id, score_sheets::total))
        .load(db)?;
    Ok(rows.into_iter().filter_map(|(file, expert, total)| Some((file, expert, i64::from(total?)))).collect())
}

/// The ranking of a call, best first; empty before its review is closed.
pub fn rankings_of(db: &mut Db, call: CallId) -> QueryResult<Vec<Ranking>> {
    rankings::table
        .filter(rankings::call_id.eq(call))
        .order((rankings::place, rankings::application_id))
        .select(Ranking::as_select())
        .load(db)
}

/// When these applications were last submitted: what a tie may be broken by.
pub fn submission_times(
    db: &mut Db,
    ids: &[ApplicationId],
) -> QueryResult<BTreeMap<ApplicationId, Option<NaiveDateTime>>> {
    let rows: Vec<(ApplicationId, Option<NaiveDateTime>)> = applications::table
        .filter(applications::id.eq_any(ids.to_vec()))
        .order(applications::id)
        .select((applications::id, applications::submitted_at))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// An application with its organisation, as the rules of a review ask for them.
#[derive(Debug, Clone)]
pub struct ReviewFile {
    /// The application.
    pub application: super::applications::Application,
    /// Its organisation.
    pub organisation: super::organisations::Organisation,
}

/// The applications of a call in these states with their organisations, in the order of ids: for the rules of a review
/// and for officers of the department.
pub fn files(db: &mut Db, call: CallId, states: &[State]) -> QueryResult<Vec<ReviewFile>> {
    use super::applications::Application;
    use super::organisations::Organisation;
    let rows: Vec<(Application, Organisation)> = applications::table
        .inner_join(organisations::table)
        .filter(applications::call_id.eq(call).and(applications::state.eq_any(states.to_vec())))
        .order(applications::id)
        .select((Application::as_select(), Organisation::as_select()))
        .load(db)?;
    Ok(rows.into_iter().map(|(application, organisation)| ReviewFile { application, organisation }).collect())
}

/// An application of a session's page.
#[derive(Debug, Clone, Queryable)]
pub struct SessionFile {
    /// The application.
    pub id: ApplicationId,
    /// Its number.
    pub number: Option<String>,
    /// Its organisation's name.
    pub organisation: String,
    /// Where it stands.
    pub state: State,
}

/// The applications of a call that are under review or have assignments, in the order of numbers: for officers of the
/// department.
pub fn session_files(db: &mut Db, call: CallId) -> QueryResult<Vec<SessionFile>> {
    let assigned = assignments::table
        .inner_join(review_sessions::table)
        .filter(review_sessions::call_id.eq(call))
        .select(assignments::application_id);
    applications::table
        .inner_join(organisations::table)
        .filter(applications::call_id.eq(call))
        .filter(applications::state.eq(State::InReview).or(applications::id.eq_any(assigned)))
        .order((applications::number, applications::id))
        .select((applications::id, applications::number, organisations::name, applications::state))
        .load(db)
}

/// One application with its organisation, for the rules of a review.
pub fn file(db: &mut Db, application: ApplicationId) -> QueryResult<Option<ReviewFile>> {
    use super::applications::Application;
    use super::organisations::Organisation;
    let row: Option<(Application, Organisation)> = applications::table
        .inner_join(organisations::table)
        .filter(applications::id.eq(application))
        .select((Application::as_select(), Organisation::as_select()))
        .first(db)
        .optional()?;
    Ok(row.map(|(application, organisation)| ReviewFile { application, organisation }))
}

/// Which of these experts scored which organisations in the programme's call before this one.
pub fn scored_before(
    db: &mut Db,
    call: &super::calls::Call,
    experts: &[ExpertId],
) -> QueryResult<Vec<(ExpertId, OrganisationId)>> {
    let before: Option<CallId> = calls::table
        .filter(calls::programme_key.eq(&call.programme_key).and(calls::status.eq(CallStatus::Approved)))
        .filter(calls::opens_at.lt(call.opens_at))
        .order((calls::opens_at.desc(), calls::id.desc()))
        .select(calls::id)
        .first(db)
        .optional()?;
    let Some(before) = before else { return Ok(Vec::new()) };
    assignments::table
        .inner_join(applications::table)
        .inner_join(score_sheets::table)
        .filter(applications::call_id.eq(before).and(score_sheets::status.eq(SheetStatus::Submitted)))
        .filter(assignments::expert_id.eq_any(experts.to_vec()))
        .select((assignments::expert_id, applications::organisation_id))
        .load(db)
}

/// The sessions that are not closed, in the order of ids.
pub fn unclosed_sessions(db: &mut Db) -> QueryResult<Vec<ReviewSessionId>> {
    review_sessions::table
        .filter(review_sessions::status.ne(SessionStatus::Closed))
        .order(review_sessions::id)
        .select(review_sessions::id)
        .load(db)
}

/// How many reviews are open.
pub fn count_open(db: &mut Db) -> QueryResult<i64> {
    review_sessions::table.filter(review_sessions::status.eq(SessionStatus::Open)).select(count_star()).first(db)
}

/// A document of an application that the caller may see.
#[derive(Debug, Clone, Queryable)]
pub struct ReviewDocument {
    /// Id.
    pub id: crate::domain::ids::AttachmentId,
    /// Kind, as the programme names it.
    pub kind: String,
    /// Name of the file.
    pub name: String,
    /// Size.
    pub bytes: i64,
    /// Extension of its type.
    pub file_type: String,
}

/// The documents of an application that was found within the caller's scope.
pub fn documents(db: &mut Db, application: ApplicationId) -> QueryResult<Vec<ReviewDocument>> {
    use super::schema::attachments;
    attachments::table
        .filter(attachments::application_id.eq(application).and(attachments::removed_at.is_null()))
        .order((attachments::kind, attachments::uploaded_at, attachments::id))
        .select((attachments::id, attachments::kind, attachments::name, attachments::bytes, attachments::file_type))
        .load(db)
}
