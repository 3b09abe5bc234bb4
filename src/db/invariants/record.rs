//! The record as it is checked.

use crate::db::connection::Db;
use crate::db::events::StoredEvent;
use crate::db::schema::events;
use crate::db::types::Json;
use diesel::prelude::*;
use serde_json::Value;

/// Up to `limit` events after a place, chain by chain.
pub fn events_after(db: &mut Db, after: &(String, String, i64), limit: i64) -> QueryResult<Vec<StoredEvent>> {
    let (kind, id, seq) = after;
    events::table
        .filter(
            events::subject_kind.gt(kind).or(events::subject_kind
                .eq(kind)
                .and(events::subject_id.gt(id).or(events::subject_id.eq(id).and(events::seq.gt(*seq))))),
        )
        .order((events::subject_kind, events::subject_id, events::seq))
        .select(StoredEvent::as_select())
        .limit(limit)
        .load(db)
}

/// The subject and the detail of every event of one kind of subject, in order.
pub fn recorded_of(db: &mut Db, kind: &str) -> QueryResult<Vec<(String, Value)>> {
    let rows: Vec<(String, Json<Value>)> = events::table
        .filter(events::subject_kind.eq(kind.to_string()))
        .order((events::subject_id, events::seq))
        .select((events::subject_id, events::detail))
        .load(db)?;
    Ok(rows.into_iter().map(|(subject, detail)| (subject, detail.0)).collect())
}

/// What the record says of some actions: the subject and the detail of each event, in order.
pub fn recorded(db: &mut Db, kind: &str, actions: &[&str]) -> QueryResult<Vec<(String, Value)>> {
    let rows: Vec<(String, Json<Value>)> = events::table
        .filter(events::subject_kind.eq(kind.to_string()))
        .filter(events::action.eq_any(actions.iter().map(ToString::to_string)))
        .order((events::subject_id, events::seq))
        .select((events::subject_id, events::detail))
        .load(db)?;
    Ok(rows.into_iter().map(|(subject, detail)| (subject, detail.0)).collect())
}
