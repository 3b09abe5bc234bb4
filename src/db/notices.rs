//! Public notices.

use super::connection::Db;
use super::schema::{notice_entries, notices};
use crate::domain::ids::{AccountId, ApplicationId, CallId, NoticeId};
use chrono::{NaiveDate, NaiveDateTime};
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

/// The notice that names an application.
pub fn of_application(db: &mut Db, application: ApplicationId) -> QueryResult<Option<Notice>> {
    notices::table
        .inner_join(notice_entries::table)
        .filter(notice_entries::application_id.eq(application))
        .select(Notice::as_select())
        .first(db)
        .optional()
}
