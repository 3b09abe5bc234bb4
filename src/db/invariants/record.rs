//! The record as it is checked.

use crate::db::connection::{Db, MultiBackend};
use crate::db::events::StoredEvent;
use crate::db::schema::events;
use crate::db::types::Json;
use diesel::prelude::*;
use diesel::result::Error;
use serde_json::Value;

/// Where an event stands: kind and id of its subject, its number.
pub type Place = (String, String, i64);

/// An event where it stands, or why it cannot be read.
#[derive(Debug, Clone)]
pub struct ReadEvent {
    /// Kind of its subject.
    pub kind: String,
    /// Id of its subject.
    pub id: String,
    /// Its number.
    pub seq: i64,
    /// The event.
    pub read: Result<StoredEvent, String>,
}

impl ReadEvent {
    fn of(event: StoredEvent) -> ReadEvent {
        let (kind, id, seq) = (event.subject_kind.clone(), event.subject_id.clone(), event.seq);
        ReadEvent { kind, id, seq, read: Ok(event) }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        (self.kind.clone(), self.id.clone(), self.seq)
    }
}

/// The events after a place.
fn behind(after: &Place) -> events::BoxedQuery<'static, MultiBackend> {
    let (kind, id, seq) = after.clone();
    let of_kind = events::subject_id.gt(id.clone()).or(events::subject_id.eq(id).and(events::seq.gt(seq)));
    events::table
        .filter(events::subject_kind.gt(kind.clone()).or(events::subject_kind.eq(kind).and(of_kind)))
        .into_boxed()
}

/// Up to `limit` events after a place, chain by chain.
pub fn events_after(db: &mut Db, after: &Place, limit: i64) -> QueryResult<Vec<StoredEvent>> {
    behind(after)
        .order((events::subject_kind, events::subject_id, events::seq))
        .select(StoredEvent::as_select())
        .limit(limit)
        .load(db)
}

/// The same, each by itself where they cannot be read together: one that was made unreadable hides no other.
pub fn each_event_after(db: &mut Db, after: &Place, limit: i64) -> QueryResult<Vec<ReadEvent>> {
    match events_after(db, after, limit) {
        Err(Error::DeserializationError(_)) => {}
        read => return Ok(read?.into_iter().map(ReadEvent::of).collect()),
    }
    let places: Vec<Place> = behind(after)
        .order((events::subject_kind, events::subject_id, events::seq))
        .select((events::subject_kind, events::subject_id, events::seq))
        .limit(limit)
        .load(db)?;
    let mut all = Vec::with_capacity(places.len());
    for (kind, id, seq) in places {
        let read = match crate::db::events::find(db, &kind, &id, seq) {
            Ok(event) => Ok(event),
            Err(Error::DeserializationError(why)) => Err(why.to_string()),
            Err(error) => return Err(error),
        };
        all.push(ReadEvent { kind, id, seq, read });
    }
    Ok(all)
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
