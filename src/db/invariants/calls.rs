//! What calls pin and bureaus use up, as stored.

use crate::db::connection::Db;
use crate::db::schema::{calls, recommendations};
use crate::db::types::Json;
use diesel::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Places of a call that a bureau has taken: call, bureau, how many.
pub fn places_taken(db: &mut Db) -> QueryResult<Vec<(String, String, i64)>> {
    recommendations::table
        .filter(recommendations::ended_at.is_null())
        .group_by((recommendations::call_id, recommendations::bureau))
        .order((recommendations::call_id, recommendations::bureau))
        .select((recommendations::call_id, recommendations::bureau, diesel::dsl::count_star()))
        .load(db)
}

/// The pinned programme of each call, as it stands in the row.
pub fn programmes(db: &mut Db) -> QueryResult<Vec<(String, Value)>> {
    let rows: Vec<(String, Json<Value>)> =
        calls::table.order(calls::id).select((calls::id, calls::programme)).load(db)?;
    Ok(rows.into_iter().map(|(id, programme)| (id, programme.0)).collect())
}

/// The digest that stands beside each call's pinned programme.
pub fn programme_digests(db: &mut Db) -> QueryResult<BTreeMap<String, String>> {
    let rows: Vec<(String, String)> = calls::table.select((calls::id, calls::programme_digest)).load(db)?;
    Ok(rows.into_iter().collect())
}
