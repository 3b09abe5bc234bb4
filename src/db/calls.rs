//! Calls.

use super::connection::{Db, MultiBackend};
use super::page::{Page, Pager};
use super::pinned::Pinned;
use super::schema::{accounts, applications, calls, events, grants};
use crate::domain::actor::Role;
use crate::domain::call::{CallStatus, Content, Phase, PlannedDays, Windows};
use crate::domain::ids::{AccountId, CallId, OrganisationId};
use crate::domain::procedure::{State, is_final};
use crate::domain::programme::Programme;
use crate::domain::status::AccountStatus;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// One run of a programme.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = calls)]
pub struct Call {
    /// Id.
    pub id: CallId,
    /// Of which programme.
    pub programme_key: String,
    /// In which version.
    pub programme_version: i32,
    /// SHA-256 of the pinned programme's canonical text.
    pub programme_digest: String,
    /// The pinned programme.
    pub programme: Pinned,
    /// Year.
    pub year: i32,
    /// Title.
    pub title: String,
    /// Text for applicants.
    pub body: String,
    /// Policy it rests on: title.
    pub basis_title: String,
    /// Policy it rests on: number.
    pub basis_number: String,
    /// Policy it rests on: day of issue.
    pub basis_issued_on: NaiveDate,
    /// Policy it rests on: last day, if it has one.
    pub basis_valid_until: Option<NaiveDate>,
    /// Applications are accepted from here …
    pub opens_at: NaiveDateTime,
    /// … until here, which is already outside.
    pub closes_at: NaiveDateTime,
    /// Bureaus recommend until here.
    pub recommend_by: NaiveDateTime,
    /// Where it stands before the clock takes over.
    pub status: CallStatus,
    /// The call it was copied from.
    pub copied_from: Option<CallId>,
    /// Drafted by.
    pub drafted_by: AccountId,
    /// Approved by.
    pub approved_by: Option<AccountId>,
    /// Approved.
    pub approved_at: Option<NaiveDateTime>,
    /// Made.
    pub created_at: NaiveDateTime,
    /// Version for the optimistic lock.
    pub version: i32,
    /// Planned: form and eligibility are checked by the end of this day.
    pub planned_screening_on: Option<NaiveDate>,
    /// Planned: the experts' review has ended by the end of this day.
    pub planned_review_on: Option<NaiveDate>,
    /// Planned: it is decided by the end of this day.
    pub planned_decision_on: Option<NaiveDate>,
    /// Planned: the public notice begins on this day.
    pub planned_notice_on: Option<NaiveDate>,
}

impl Call {
    /// Its instants.
    pub fn windows(&self) -> Windows {
        Windows { opens_at: self.opens_at, closes_at: self.closes_at, recommend_by: self.recommend_by }
    }

    /// Its planned days as they were written.
    pub fn planned(&self) -> PlannedDays {
        PlannedDays {
            screening_on: self.planned_screening_on,
            review_on: self.planned_review_on,
            decision_on: self.planned_decision_on,
            notice_on: self.planned_notice_on,
        }
    }

    /// Its planned days that hold: see [`PlannedDays::in_force`].
    pub fn planned_in_force(&self) -> PlannedDays {
        let programme = &self.programme.0;
        self.planned().in_force(&programme.stations, self.windows().last_day(&programme.stations))
    }

    /// What it says.
    pub fn content(&self) -> Content {
        Content {
            year: self.year,
            title: self.title.clone(),
            body: self.body.clone(),
            basis_title: self.basis_title.clone(),
            basis_number: self.basis_number.clone(),
            basis_issued_on: self.basis_issued_on,
            basis_valid_until: self.basis_valid_until,
            windows: self.windows(),
            planned: self.planned(),
        }
    }
}

/// Adds a call.
pub fn create(db: &mut Db, call: &Call) -> QueryResult<()> {
    diesel::insert_into(calls::table).values(call).execute(db).map(drop)
}

/// The call of an id. Drafts are the department's: the caller sees to that.
pub fn find(db: &mut Db, id: CallId) -> QueryResult<Call> {
    calls::table.find(id).select(Call::as_select()).first(db)
}

/// Holds the call until the transaction ends: whoever counts places or numbers of a call does so alone.
pub fn lock(db: &mut Db, id: CallId) -> QueryResult<()> {
    db.lock_row("calls", id.as_text())
}

/// Writes a draft anew; false when it was changed since `version`.
pub fn change(db: &mut Db, id: CallId, version: i32, content: &Content) -> QueryResult<bool> {
    diesel::update(calls::table.find(id).filter(calls::version.eq(version)))
        .set((
            calls::year.eq(content.year),
            calls::title.eq(content.title.clone()),
            calls::body.eq(content.body.clone()),
            calls::basis_title.eq(content.basis_title.clone()),
            calls::basis_number.eq(content.basis_number.clone()),
            calls::basis_issued_on.eq(content.basis_issued_on),
            calls::basis_valid_until.eq(content.basis_valid_until),
            calls::opens_at.eq(content.windows.opens_at),
            calls::closes_at.eq(content.windows.closes_at),
            calls::recommend_by.eq(content.windows.recommend_by),
            calls::planned_screening_on.eq(content.planned.screening_on),
            calls::planned_review_on.eq(content.planned.review_on),
            calls::planned_decision_on.eq(content.planned.decision_on),
            calls::planned_notice_on.eq(content.planned.notice_on),
            calls::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Pins another version of its programme; false when the call was changed since `version`.
pub fn pin(db: &mut Db, id: CallId, version: i32, programme: &Programme) -> QueryResult<bool> {
    diesel::update(calls::table.find(id).filter(calls::version.eq(version)))
        .set((
            calls::programme_version.eq(i32::try_from(programme.version).unwrap_or(i32::MAX)),
            calls::programme_digest.eq(programme.digest()),
            calls::programme.eq(Pinned::from(programme.clone())),
            calls::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Moves a call on; false when it was changed since `version`.
pub fn set_status(db: &mut Db, id: CallId, version: i32, status: CallStatus) -> QueryResult<bool> {
    diesel::update(calls::table.find(id).filter(calls::version.eq(version)))
        .set((calls::status.eq(status), calls::version.eq(version + 1)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Approves a call; false when it was changed since `version`.
pub fn approve(db: &mut Db, id: CallId, version: i32, by: AccountId, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(calls::table.find(id).filter(calls::version.eq(version)))
        .set((
            calls::status.eq(CallStatus::Approved),
            calls::approved_by.eq(by),
            calls::approved_at.eq(now),
            calls::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Gives more time, with the days that are planned after it; false when the call was changed since `version`.
pub fn extend(db: &mut Db, id: CallId, version: i32, windows: &Windows, planned: &PlannedDays) -> QueryResult<bool> {
    diesel::update(calls::table.find(id).filter(calls::version.eq(version)))
        .set((
            calls::closes_at.eq(windows.closes_at),
            calls::recommend_by.eq(windows.recommend_by),
            calls::planned_screening_on.eq(planned.screening_on),
            calls::planned_review_on.eq(planned.review_on),
            calls::planned_decision_on.eq(planned.decision_on),
            calls::planned_notice_on.eq(planned.notice_on),
            calls::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Which calls are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In any of these statuses.
    pub statuses: Vec<CallStatus>,
    /// Where they stand by the clock at this instant.
    pub phase: Option<(Phase, NaiveDateTime)>,
    /// Of one year.
    pub year: Option<i32>,
    /// Of one programme.
    pub programme: Option<String>,
}

fn filtered(filter: &Filter) -> calls::BoxedQuery<'static, MultiBackend> {
    let mut query = calls::table.filter(calls::status.eq_any(filter.statuses.clone())).into_boxed();
    match filter.phase {
        Some((Phase::Upcoming, now)) => query = query.filter(calls::opens_at.gt(now)),
        Some((Phase::Open, now)) => query = query.filter(calls::opens_at.le(now)).filter(calls::closes_at.gt(now)),
        Some((Phase::Closed, now)) => query = query.filter(calls::opens_at.le(now)).filter(calls::closes_at.le(now)),
        None => {}
    }
    if let Some(year) = filter.year {
        query = query.filter(calls::year.eq(year));
    }
    if let Some(programme) = &filter.programme {
        query = query.filter(calls::programme_key.eq(programme.clone()));
    }
    query
}

/// One page of the calls, latest year first.
pub fn list(db: &mut Db, filter: &Filter, pager: Pager) -> QueryResult<Page<Call>> {
    let total = filtered(filter).select(count_star()).first(db)?;
    let rows = filtered(filter)
        .order((calls::year.desc(), calls::opens_at.desc(), calls::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(Call::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// The years of approved calls, latest first.
pub fn years(db: &mut Db) -> QueryResult<Vec<i32>> {
    calls::table
        .filter(calls::status.eq(CallStatus::Approved))
        .select(calls::year)
        .distinct()
        .order(calls::year.desc())
        .load(db)
}

/// The latest approved call of a programme: what the next one is copied from.
pub fn latest(db: &mut Db, programme: &str) -> QueryResult<Option<Call>> {
    calls::table
        .filter(calls::programme_key.eq(programme).and(calls::status.eq(CallStatus::Approved)))
        .order((calls::year.desc(), calls::opens_at.desc(), calls::id.desc()))
        .select(Call::as_select())
        .first(db)
        .optional()
}

/// Codes of the bureaus in which somebody holds the officer's role on this day.
pub fn staffed_bureaus(db: &mut Db, today: NaiveDate) -> QueryResult<BTreeSet<String>> {
    let codes: Vec<Option<String>> = grants::table
        .inner_join(accounts::table.on(accounts::id.eq(grants::account_id)))
        .filter(grants::role.eq(Role::CityOfficer))
        .filter(grants::revoked_at.is_null())
        .filter(grants::ends_on.is_null().or(grants::ends_on.ge(today)))
        .filter(accounts::status.eq(AccountStatus::Active))
        .select(grants::bureau)
        .load(db)?;
    Ok(codes.into_iter().flatten().collect())
}

/// The organisations whose application in this call has not come to an end: for mail to all of them.
pub fn applicants(db: &mut Db, id: CallId) -> QueryResult<Vec<OrganisationId>> {
    let live: Vec<State> = State::ALL.iter().copied().filter(|state| !is_final(*state)).collect();
    applications::table
        .filter(applications::call_id.eq(id).and(applications::state.eq_any(live)))
        .select(applications::organisation_id)
        .distinct()
        .order(applications::organisation_id)
        .load(db)
}

/// Whether a person drafted, changed or submitted the call.
pub fn authored(db: &mut Db, id: CallId, account: AccountId) -> QueryResult<bool> {
    let authoring = ["call.drafted", "call.changed", "call.repinned", "call.submitted"];
    diesel::select(diesel::dsl::exists(
        events::table
            .filter(events::subject_kind.eq("call").and(events::subject_id.eq(id.to_string())))
            .filter(events::actor.eq(account.to_string()).and(events::action.eq_any(authoring))),
    ))
    .get_result(db)
}

/// The files that came to the review in the last approved call of the same programme before this one; none if there was no such call.
pub fn reviewed_last_time(db: &mut Db, call: &Call) -> QueryResult<Option<i64>> {
    let last: Option<CallId> = calls::table
        .filter(calls::programme_key.eq(call.programme_key.clone()).and(calls::id.ne(call.id)))
        .filter(calls::status.eq(CallStatus::Approved).and(calls::closes_at.lt(call.opens_at)))
        .order((calls::closes_at.desc(), calls::id.desc()))
        .select(calls::id)
        .first(db)
        .optional()?;
    let Some(last) = last else { return Ok(None) };
    let reviewed = [
        State::InReview,
        State::Reviewed,
        State::Proposed,
        State::NotSelected,
        State::InNotice,
        State::Held,
        State::Removed,
        State::Recognised,
    ];
    let count: i64 = applications::table
        .filter(applications::call_id.eq(last))
        .filter(applications::state.eq_any(reviewed))
        .select(count_star())
        .first(db)?;
    // A call in which nothing came so far says nothing.
    Ok((count > 0).then_some(count))
}
