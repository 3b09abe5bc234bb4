//! Recommendations of the city bureaus.

use super::connection::Db;
use super::schema::recommendations;
use crate::domain::ids::{AccountId, ApplicationId, CallId, RecommendationId};
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// A recommendation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = recommendations)]
pub struct Recommendation {
    /// Id.
    pub id: RecommendationId,
    /// Of which application.
    pub application_id: ApplicationId,
    /// In which call.
    pub call_id: CallId,
    /// By which bureau.
    pub bureau: String,
    /// Rank within the bureau, from 1.
    pub rank: i32,
    /// The bureau's opinion.
    pub opinion: String,
    /// By whom.
    pub recommended_by: AccountId,
    /// When.
    pub recommended_at: NaiveDateTime,
    /// Set when the application was withdrawn: the place is free again.
    pub ended_at: Option<NaiveDateTime>,
}

/// How many places of a call a bureau has taken.
pub fn count(db: &mut Db, call: CallId, bureau: &str) -> QueryResult<i64> {
    recommendations::table
        .filter(recommendations::call_id.eq(call).and(recommendations::bureau.eq(bureau)))
        .filter(recommendations::ended_at.is_null())
        .select(count_star())
        .first(db)
}
