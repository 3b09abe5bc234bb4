//! Sheets, assignments and rankings, as stored.

use crate::db::connection::Db;
use crate::db::schema::{applications, assignments, extra_sheets, rankings, review_sessions, score_sheets};
use crate::db::types::Json;
use diesel::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// A submitted score sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its assignment.
    pub assignment: String,
    /// Of which call.
    pub call: String,
    /// Item key to hundredths of a point.
    pub items: Value,
    /// The stored total.
    pub total: Option<i32>,
}

/// A sheet as it is read: its assignment, the call, items, the total.
type Row = (String, String, Json<Value>, Option<i32>);

fn sheet((assignment, call, items, total): Row) -> Sheet {
    Sheet { assignment, call, items: items.0, total }
}

/// Every submitted score sheet.
pub fn submitted_sheets(db: &mut Db) -> QueryResult<Vec<Sheet>> {
    let rows: Vec<Row> = score_sheets::table
        .inner_join(assignments::table.on(assignments::id.eq(score_sheets::assignment_id)))
        .inner_join(applications::table.on(applications::id.eq(assignments::application_id)))
        .filter(score_sheets::status.eq("submitted"))
        .order(score_sheets::assignment_id)
        .select((score_sheets::assignment_id, applications::call_id, score_sheets::items, score_sheets::total))
        .load(db)?;
    Ok(rows.into_iter().map(sheet).collect())
}

/// Every submitted sheet of an extra station.
pub fn submitted_extra_sheets(db: &mut Db) -> QueryResult<Vec<Sheet>> {
    let rows: Vec<Row> = extra_sheets::table
        .inner_join(assignments::table.on(assignments::id.eq(extra_sheets::assignment_id)))
        .inner_join(applications::table.on(applications::id.eq(assignments::application_id)))
        .filter(extra_sheets::status.eq("submitted"))
        .order(extra_sheets::assignment_id)
        .select((extra_sheets::assignment_id, applications::call_id, extra_sheets::items, extra_sheets::total))
        .load(db)?;
    Ok(rows.into_iter().map(sheet).collect())
}

/// The calls whose review is open.
pub fn calls_with_open_review(db: &mut Db) -> QueryResult<Vec<String>> {
    calls_with_review(db, "open")
}

/// The calls whose review is closed.
pub fn calls_with_closed_review(db: &mut Db) -> QueryResult<Vec<String>> {
    calls_with_review(db, "closed")
}

fn calls_with_review(db: &mut Db, status: &'static str) -> QueryResult<Vec<String>> {
    review_sessions::table
        .filter(review_sessions::status.eq(status))
        .order(review_sessions::call_id)
        .select(review_sessions::call_id)
        .load(db)
}

/// A line of a ranking: place, application, score.
pub type Placed = (i32, String, i32);

/// The ranking of each closed review in the order of its places.
pub fn rankings_of_sessions(db: &mut Db) -> QueryResult<BTreeMap<String, Vec<Placed>>> {
    let rows: Vec<(String, i32, String, i32)> = review_sessions::table
        .inner_join(rankings::table.on(rankings::call_id.eq(review_sessions::call_id)))
        .order((review_sessions::id, rankings::place))
        .select((review_sessions::id, rankings::place, rankings::application_id, rankings::score))
        .load(db)?;
    let mut found: BTreeMap<String, Vec<Placed>> = BTreeMap::new();
    for (session, place, application, score) in rows {
        found.entry(session).or_default().push((place, application, score));
    }
    Ok(found)
}

/// Every assignment's application and expert.
pub fn assignments(db: &mut Db) -> QueryResult<BTreeMap<String, (String, String)>> {
    let rows: Vec<(String, String, String)> =
        assignments::table.select((assignments::id, assignments::application_id, assignments::expert_id)).load(db)?;
    Ok(rows.into_iter().map(|(id, application, expert)| (id, (application, expert))).collect())
}
