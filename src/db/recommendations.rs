//! Recommendations of the city bureaus.

use super::connection::Db;
use super::schema::{applications, organisations, recommendations};
use crate::domain::ids::{AccountId, ApplicationId, CallId, OrganisationId, RecommendationId};
use crate::domain::procedure::State;
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

/// Adds a recommendation. The caller holds the call and has counted the places.
pub fn create(db: &mut Db, recommendation: &Recommendation) -> QueryResult<()> {
    diesel::insert_into(recommendations::table).values(recommendation).execute(db).map(drop)
}

/// The recommendation of an application that is in the caller's scope, unless it has ended.
pub fn of_application(db: &mut Db, application: ApplicationId) -> QueryResult<Option<Recommendation>> {
    recommendations::table
        .filter(recommendations::application_id.eq(application).and(recommendations::ended_at.is_null()))
        .select(Recommendation::as_select())
        .first(db)
        .optional()
}

/// One place of a bureau's ranking.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The recommendation.
    pub recommendation: Recommendation,
    /// The application's number.
    pub number: Option<String>,
    /// Where the application stands now.
    pub state: State,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Its organisation's name.
    pub organisation_name: String,
}

/// A bureau's ranking in a call, best first. The caller is that bureau's or the department's.
pub fn ranking(db: &mut Db, call: CallId, bureau: &str) -> QueryResult<Vec<Ranked>> {
    let rows: Vec<(Recommendation, Option<String>, State, OrganisationId, String)> = recommendations::table
        .inner_join(applications::table.on(applications::id.eq(recommendations::application_id)))
        .inner_join(organisations::table.on(organisations::id.eq(applications::organisation_id)))
        .filter(recommendations::call_id.eq(call).and(recommendations::bureau.eq(bureau)))
        .filter(recommendations::ended_at.is_null())
        .order(recommendations::rank)
        .select((
            Recommendation::as_select(),
            applications::number,
            applications::state,
            organisations::id,
            organisations::name,
        ))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(recommendation, number, state, organisation, organisation_name)| Ranked {
            recommendation,
            number,
            state,
            organisation,
            organisation_name,
        })
        .collect())
}

/// Gives a recommendation another rank, which must be free. The caller holds the call.
pub fn set_rank(db: &mut Db, id: RecommendationId, rank: i32) -> QueryResult<()> {
    diesel::update(recommendations::table.find(id)).set(recommendations::rank.eq(rank)).execute(db).map(drop)
}

/// The calls in which a bureau has files, newest first.
pub fn calls_of_bureau(db: &mut Db, bureau: &str) -> QueryResult<Vec<(CallId, String)>> {
    use super::schema::calls;
    let mut rows: Vec<(CallId, String)> = calls::table
        .inner_join(applications::table)
        .filter(applications::bureau.eq(bureau).and(applications::submission_count.gt(0)))
        .order((calls::opens_at.desc(), calls::id))
        .select((calls::id, calls::title))
        .load(db)?;
    rows.dedup();
    Ok(rows)
}
