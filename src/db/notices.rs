//! Public notices.

use super::connection::Db;
use super::page::{Page, Pager};
use super::schema::{applications, calls, notice_entries, notices};
use super::types::Json;
use crate::domain::ids::{AccountId, ApplicationId, CallId, NoticeId};
use crate::domain::procedure::State;
use crate::domain::published_list::Shown;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;

/// A public notice.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = notices)]
pub struct Notice {
    /// Id.
    pub id: NoticeId,
    /// Of which call.
    pub call_id: CallId,
    /// Its number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// An objection is in time before this instant.
    pub ends_at: NaiveDateTime,
    /// Opened by.
    pub opened_by: AccountId,
    /// Opened.
    pub opened_at: NaiveDateTime,
}

/// One name in a notice.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = notice_entries)]
pub struct NoticeEntry {
    /// In which notice.
    pub notice_id: NoticeId,
    /// Of which application.
    pub application_id: ApplicationId,
    /// Its place, from 1; says nothing about merit.
    pub position: i32,
    /// The whitelisted public columns, as shown.
    pub shown: Json<Vec<Shown>>,
}

/// Adds a notice.
pub fn create(db: &mut Db, notice: &Notice) -> QueryResult<()> {
    diesel::insert_into(notices::table).values(notice).execute(db).map(drop)
}

/// Adds a name to a notice.
pub fn add_entry(db: &mut Db, entry: &NoticeEntry) -> QueryResult<()> {
    diesel::insert_into(notice_entries::table).values(entry).execute(db).map(drop)
}

/// The notice of an id. Notices are public.
pub fn find(db: &mut Db, id: NoticeId) -> QueryResult<Notice> {
    notices::table.find(id).select(Notice::as_select()).first(db)
}

/// One page of the notices, newest first.
pub fn list(db: &mut Db, pager: Pager) -> QueryResult<Page<Notice>> {
    let total = notices::table.select(count_star()).first(db)?;
    let rows = notices::table
        .order((notices::opened_at.desc(), notices::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(Notice::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// The notices of a call, oldest first.
pub fn of_call(db: &mut Db, call: CallId) -> QueryResult<Vec<Notice>> {
    notices::table
        .filter(notices::call_id.eq(call))
        .order((notices::opened_at, notices::id))
        .select(Notice::as_select())
        .load(db)
}

/// One page of the names in a notice, in their order.
pub fn entries(db: &mut Db, notice: NoticeId, pager: Pager) -> QueryResult<Page<NoticeEntry>> {
    let of_notice = || notice_entries::table.filter(notice_entries::notice_id.eq(notice));
    let total = of_notice().select(count_star()).first(db)?;
    let rows = of_notice()
        .order(notice_entries::position)
        .limit(pager.limit())
        .offset(pager.offset())
        .select(NoticeEntry::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// All names in a notice, in their order: for a choice or a download.
pub fn all_entries(db: &mut Db, notice: NoticeId) -> QueryResult<Vec<NoticeEntry>> {
    notice_entries::table
        .filter(notice_entries::notice_id.eq(notice))
        .order(notice_entries::position)
        .select(NoticeEntry::as_select())
        .load(db)
}

/// Values that one statement takes with ease.
const AT_ONCE: usize = 500;

/// Until when objections to each of these applications are in time, of those that a notice names.
pub fn ends_of(db: &mut Db, applications: &[ApplicationId]) -> QueryResult<Vec<(ApplicationId, NaiveDateTime)>> {
    let mut ends: Vec<(ApplicationId, NaiveDateTime)> = Vec::new();
    for some in applications.chunks(AT_ONCE) {
        let found: Vec<(ApplicationId, NaiveDateTime)> = notices::table
            .inner_join(notice_entries::table)
            .filter(notice_entries::application_id.eq_any(some.to_vec()))
            .order((notices::ends_at, notice_entries::application_id))
            .select((notice_entries::application_id, notices::ends_at))
            .load(db)?;
        ends.extend(found);
    }
    Ok(ends)
}

/// The notice that names an application.
pub fn of_application(db: &mut Db, application: ApplicationId) -> QueryResult<Option<Notice>> {
    notices::table
        .inner_join(notice_entries::table)
        .filter(notice_entries::application_id.eq(application))
        .select(Notice::as_select())
        .first(db)
        .optional()
}

/// How many notices a call has.
pub fn count_of_call(db: &mut Db, call: CallId) -> QueryResult<i64> {
    notices::table.filter(notices::call_id.eq(call)).select(count_star()).first(db)
}

/// The calls that have decided on names and not yet published them in a notice, with how many names wait.
pub fn calls_to_notice(db: &mut Db) -> QueryResult<Vec<(CallId, String, i64)>> {
    applications::table
        .inner_join(calls::table)
        .filter(applications::state.eq(State::Proposed))
        .group_by((calls::id, calls::title))
        .order(calls::id)
        .select((calls::id, calls::title, count_star()))
        .load(db)
}

/// Whether a notice names an application.
pub fn names(db: &mut Db, notice: NoticeId, application: ApplicationId) -> QueryResult<bool> {
    notice_entries::table
        .filter(notice_entries::notice_id.eq(notice).and(notice_entries::application_id.eq(application)))
        .select(count_star())
        .first::<i64>(db)
        .map(|count| count > 0)
}
