//! The review of a call as one session: prepared, opened, closed.

use crate::db::connection::Db;
use crate::db::experts::Expert;
use crate::db::schema::{applications, calls, review_sessions};
use crate::db::types::Json;
use crate::domain::assignment::Wish;
use crate::domain::ids::{AccountId, CallId, DrawId, ExpertId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::status::SessionStatus;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// An expert as they were when a review was closed. What changes about them afterwards is of no concern to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAtClosing {
    /// Who.
    pub expert: ExpertId,
    /// Name.
    pub name: String,
    /// Employer.
    pub employer: String,
    /// Employer's 统一社会信用代码, normalised.
    pub employer_code: Option<String>,
    /// Professional title.
    pub title: String,
    /// Code of the city.
    pub city: Option<String>,
}

impl From<Expert> for PersonAtClosing {
    fn from(expert: Expert) -> Self {
        PersonAtClosing {
            expert: expert.id,
            name: expert.name,
            employer: expert.employer,
            employer_code: expert.employer_code,
            title: expert.title,
            city: expert.city,
        }
    }
}

/// Keeps the experts of a review as they are at its closing.
pub fn keep_people(db: &mut Db, session: ReviewSessionId, people: Vec<PersonAtClosing>) -> QueryResult<()> {
    diesel::update(review_sessions::table.find(session))
        .set(review_sessions::people_at_closing.eq(Json(people)))
        .execute(db)
        .map(drop)
}

/// The experts of a review as they were at its closing; nobody while it is not closed.
pub fn people_at_closing(db: &mut Db, session: ReviewSessionId) -> QueryResult<BTreeMap<ExpertId, PersonAtClosing>> {
    let people: Json<Vec<PersonAtClosing>> =
        review_sessions::table.find(session).select(review_sessions::people_at_closing).first(db)?;
    Ok(people.0.into_iter().map(|person| (person.expert, person)).collect())
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
    /// Its session, if it was prepared.
    pub session: Option<ReviewSessionId>,
    /// When the scoring was ended, if it was.
    pub scoring_ended_at: Option<NaiveDateTime>,
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
            review_sessions::id.nullable(),
            review_sessions::scoring_ended_at.nullable(),
        ))
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
