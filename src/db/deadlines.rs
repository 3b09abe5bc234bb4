//! Deadlines that come near, and of which of them people were reminded.

use super::connection::Db;
use super::portable::Portable;
use super::schema::{applications, calls, corrections, deadline_reminders, review_sessions};
use crate::domain::call::CallStatus;
use crate::domain::deadline::DeadlineKind;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::domain::status::SessionStatus;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// A deadline that somebody has still to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// What must be done.
    pub kind: DeadlineKind,
    /// What has it.
    pub subject: Subject,
    /// Since when it runs.
    pub began: NaiveDateTime,
    /// Until when; that instant is already too late.
    pub due_at: NaiveDateTime,
}

/// What has a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// One application.
    Application(ApplicationId),
    /// The files of a call that wait for a bureau: the call, and the bureau's code.
    Bureau(CallId, String),
    /// The review of a call.
    Review(CallId),
}

impl Subject {
    /// As it is stored.
    pub fn key(&self) -> String {
        match self {
            Subject::Application(id) => id.to_string(),
            Subject::Bureau(call, bureau) => format!("{call}/{bureau}"),
            Subject::Review(call) => call.to_string(),
        }
    }
}

/// The deadlines after `now` and up to `until` that somebody has still to keep, whether anybody was reminded of them or not.
pub fn near(db: &mut Db, now: NaiveDateTime, until: NaiveDateTime) -> QueryResult<Vec<Near>> {
    let drafts: Vec<(ApplicationId, NaiveDateTime, NaiveDateTime)> = applications::table
        .inner_join(calls::table)
        .filter(calls::status.eq(CallStatus::Approved))
        .filter(calls::closes_at.gt(now).and(calls::closes_at.le(until)))
        .filter(applications::state.eq(State::Draft))
        .order((calls::closes_at, applications::id))
        .select((applications::id, applications::created_at, calls::closes_at))
        .load(db)?;
    let back: Vec<(ApplicationId, NaiveDateTime, NaiveDateTime)> = corrections::table
        .inner_join(applications::table)
        .filter(corrections::answered_at.is_null())
        .filter(corrections::due_at.gt(now).and(corrections::due_at.le(until)))
        .filter(applications::state.eq_any([State::CityCorrection, State::ScreeningCorrection]))
        .order((corrections::due_at, corrections::application_id))
        .select((corrections::application_id, corrections::requested_at, corrections::due_at))
        .load(db)?;
    let waiting: Vec<(CallId, Option<String>, NaiveDateTime, NaiveDateTime)> = applications::table
        .inner_join(calls::table)
        .filter(calls::status.eq(CallStatus::Approved))
        .filter(calls::recommend_by.gt(now).and(calls::recommend_by.le(until)))
        .filter(applications::state.eq(State::Submitted).and(applications::bureau.is_not_null()))
        .select((calls::id, applications::bureau, calls::opens_at, calls::recommend_by))
        .distinct()
        .order((calls::recommend_by, calls::id, applications::bureau))
        .load(db)?;
    let reviews: Vec<(CallId, Option<NaiveDateTime>, NaiveDateTime)> = review_sessions::table
        .filter(review_sessions::status.eq(SessionStatus::Open).and(review_sessions::scoring_ended_at.is_null()))
        .filter(review_sessions::due_at.gt(now).and(review_sessions::due_at.le(until)))
        .order((review_sessions::due_at, review_sessions::call_id))
        .select((review_sessions::call_id, review_sessions::opened_at, review_sessions::due_at))
        .load(db)?;
    let of_file = |kind: DeadlineKind| {
        move |(id, began, due_at): (ApplicationId, NaiveDateTime, NaiveDateTime)| Near {
            kind,
            subject: Subject::Application(id),
            began,
            due_at,
        }
    };
    let of_bureau = |(call, bureau, began, due_at): (CallId, Option<String>, NaiveDateTime, NaiveDateTime)| {
        let subject = Subject::Bureau(call, bureau?);
        Some(Near { kind: DeadlineKind::Recommendation, subject, began, due_at })
    };
    let of_review = |(call, opened, due_at): (CallId, Option<NaiveDateTime>, NaiveDateTime)| {
        let subject = Subject::Review(call);
        Some(Near { kind: DeadlineKind::Scoring, subject, began: opened?, due_at })
    };
    let mut near: Vec<Near> = drafts.into_iter().map(of_file(DeadlineKind::Closing)).collect();
    near.extend(back.into_iter().map(of_file(DeadlineKind::Correction)));
    near.extend(waiting.into_iter().filter_map(of_bureau));
    near.extend(reviews.into_iter().filter_map(of_review));
    Ok(near)
}

/// Kind, subject and instant of every deadline after `now` of which people were reminded.
pub fn reminded(db: &mut Db, now: NaiveDateTime) -> QueryResult<Vec<(String, String, NaiveDateTime)>> {
    deadline_reminders::table
        .filter(deadline_reminders::due_at.gt(now))
        .order((deadline_reminders::kind, deadline_reminders::subject, deadline_reminders::due_at))
        .select((deadline_reminders::kind, deadline_reminders::subject, deadline_reminders::due_at))
        .load(db)
}

/// Notes that people are reminded of a deadline; false when they were already.
pub fn note_reminded(db: &mut Db, near: &Near, now: NaiveDateTime) -> QueryResult<bool> {
    Portable(
        diesel::insert_into(deadline_reminders::table)
            .values((
                deadline_reminders::kind.eq(near.kind.as_text().to_string()),
                deadline_reminders::subject.eq(near.subject.key()),
                deadline_reminders::due_at.eq(near.due_at),
                deadline_reminders::reminded_at.eq(now),
            ))
            .on_conflict((deadline_reminders::kind, deadline_reminders::subject, deadline_reminders::due_at))
            .do_nothing(),
    )
    .execute(db)
    .map(|rows| rows == 1)
}

/// How many files of a call wait for a bureau.
pub fn waiting_for(db: &mut Db, call: CallId, bureau: &str) -> QueryResult<i64> {
    applications::table
        .filter(applications::call_id.eq(call).and(applications::bureau.eq(bureau.to_string())))
        .filter(applications::state.eq(State::Submitted))
        .select(count_star())
        .first(db)
}

/// Forgets the deadlines before `before`; how many there were.
pub fn forget(db: &mut Db, before: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(deadline_reminders::table.filter(deadline_reminders::due_at.lt(before))).execute(db)
}
