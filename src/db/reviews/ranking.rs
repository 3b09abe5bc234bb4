//! The places that the sheets come to.

use crate::db::connection::Db;
use crate::db::schema::rankings;
use crate::domain::ids::{ApplicationId, CallId};
use chrono::NaiveDateTime;
use diesel::prelude::*;

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

/// The ranking of a call, best first; empty before its review is closed.
pub fn rankings_of(db: &mut Db, call: CallId) -> QueryResult<Vec<Ranking>> {
    rankings::table
        .filter(rankings::call_id.eq(call))
        .order((rankings::place, rankings::application_id))
        .select(Ranking::as_select())
        .load(db)
}
