//! The record: append-only chains of events, one a subject.

use super::connection::{Db, MultiBackend};
use super::page::{Page, Pager};
use super::portable::{Fixed, Portable};
use super::schema::{applications, chain_heads, events, organisations};
use super::types::Json;
use crate::domain::chain::{self, EventBody};
use crate::domain::ids::{ApplicationId, MembershipId};
use crate::domain::membership::CHANGES;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// One event as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = events)]
pub struct StoredEvent {
    /// Kind of subject.
    pub subject_kind: String,
    /// Id of the subject.
    pub subject_id: String,
    /// Its number in the subject's chain, from 1.
    pub seq: i64,
    /// When.
    pub at: NaiveDateTime,
    /// Who.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// What.
    pub action: String,
    /// State before.
    pub from_state: Option<String>,
    /// State after.
    pub to_state: Option<String>,
    /// The reason given.
    pub reason: Option<String>,
    /// What else a later reader needs.
    pub detail: Json<serde_json::Value>,
    /// SHA-256 over the hash before and this event, in hex.
    pub hash: String,
}

impl StoredEvent {
    /// From which network it was done, where that is recorded.
    pub fn network(&self) -> Option<&str> {
        self.detail.0.get("network").and_then(serde_json::Value::as_str)
    }

    /// What the hash is over.
    pub fn body(&self) -> EventBody {
        EventBody {
            subject_kind: self.subject_kind.clone(),
            subject_id: self.subject_id.clone(),
            seq: self.seq.try_into().unwrap_or_default(),
            at: self.at,
            actor: self.actor.clone(),
            role: self.role.clone(),
            action: self.action.clone(),
            from: self.from_state.clone(),
            to: self.to_state.clone(),
            reason: self.reason.clone(),
            detail: self.detail.0.clone(),
        }
    }
}

/// Appends an event to its subject's chain; its number is given here. Whoever appends holds the end of the chain until
/// the transaction ends, so a chain never forks.
pub fn append(db: &mut Db, mut body: EventBody) -> QueryResult<i64> {
    let (seq, before): (i64, String) = Fixed(Portable(
        diesel::insert_into(chain_heads::table)
            .values((
                chain_heads::subject_kind.eq(body.subject_kind.clone()),
                chain_heads::subject_id.eq(body.subject_id.clone()),
                chain_heads::seq.eq(1_i64),
                chain_heads::hash.eq(hex::encode(chain::GENESIS)),
            ))
            .on_conflict((chain_heads::subject_kind, chain_heads::subject_id))
            .do_update()
            .set(chain_heads::seq.eq(chain_heads::seq + 1))
            .returning((chain_heads::seq, chain_heads::hash)),
    ))
    .get_result(db)?;
    body.seq = seq.try_into().unwrap_or_default();
    let mut previous = [0; 32];
    hex::decode_to_slice(&before, &mut previous).map_err(|e| diesel::result::Error::DeserializationError(e.into()))?;
    let hash = body.hash(&previous).map_err(|e| diesel::result::Error::SerializationError(e.to_string().into()))?;
    let hash = hex::encode(hash);
    let event = StoredEvent {
        subject_kind: body.subject_kind.clone(),
        subject_id: body.subject_id.clone(),
        seq,
        at: body.at,
        actor: body.actor,
        role: body.role,
        action: body.action,
        from_state: body.from,
        to_state: body.to,
        reason: body.reason,
        detail: Json(body.detail),
        hash: hash.clone(),
    };
    Fixed(diesel::insert_into(events::table).values(&event)).execute(db)?;
    let head = chain_heads::table.find((body.subject_kind, body.subject_id));
    Fixed(diesel::update(head).set(chain_heads::hash.eq(hash))).execute(db)?;
    Ok(seq)
}

/// A subject's events, oldest first.
pub fn of_subject(db: &mut Db, kind: &str, id: &str) -> QueryResult<Vec<StoredEvent>> {
    events::table
        .filter(events::subject_kind.eq(kind).and(events::subject_id.eq(id)))
        .order(events::seq)
        .select(StoredEvent::as_select())
        .load(db)
}

/// The record of every membership that was made something else than it was at its beginning, each one's oldest first. One of
/// which something is only proposed is not among them: how long an answer takes must not tell of it.
pub fn of_changed_memberships(db: &mut Db) -> QueryResult<Vec<StoredEvent>> {
    let changes = diesel::alias!(events as changes);
    let changed = changes
        .filter(changes.field(events::subject_kind).eq("membership").and(changes.field(events::seq).gt(1)))
        .filter(changes.field(events::action).eq_any(CHANGES))
        .select(changes.field(events::subject_id));
    events::table
        .filter(events::subject_kind.eq("membership").and(events::subject_id.eq_any(changed)))
        .order((events::subject_id, events::seq))
        .select(StoredEvent::as_select())
        .load(db)
}

/// What the record of these memberships says under one action, each one's oldest first.
pub fn of_memberships(db: &mut Db, ids: &[MembershipId], action: &str) -> QueryResult<Vec<StoredEvent>> {
    let ids: Vec<String> = ids.iter().map(MembershipId::to_string).collect();
    events::table
        .filter(events::subject_kind.eq("membership").and(events::subject_id.eq_any(ids)))
        .filter(events::action.eq(action.to_string()))
        .order((events::subject_id, events::seq))
        .select(StoredEvent::as_select())
        .load(db)
}

/// One event.
pub fn find(db: &mut Db, kind: &str, id: &str, seq: i64) -> QueryResult<StoredEvent> {
    events::table.find((kind, id, seq)).select(StoredEvent::as_select()).first(db)
}

/// The last events of a subject's chain, at most `limit`, the newest first. By the key alone, however long the chain is.
pub fn newest(db: &mut Db, kind: &str, id: &str, limit: i64) -> QueryResult<Vec<StoredEvent>> {
    events::table
        .filter(events::subject_kind.eq(kind).and(events::subject_id.eq(id)))
        .order(events::seq.desc())
        .limit(limit)
        .select(StoredEvent::as_select())
        .load(db)
}

/// What the last events of a subject's chain did, and when; at most `limit`, the newest first.
pub fn newest_of(db: &mut Db, kind: &str, id: &str, limit: i64) -> QueryResult<Vec<(String, NaiveDateTime)>> {
    events::table
        .filter(events::subject_kind.eq(kind).and(events::subject_id.eq(id)))
        .order(events::seq.desc())
        .limit(limit)
        .select((events::action, events::at))
        .load(db)
}

/// What an event did, when, and its detail.
pub type Told = (String, NaiveDateTime, Json<serde_json::Value>);

/// The same with what they say. By the key alone: no condition that would let the database walk on to the start of the chain.
pub fn newest_told(db: &mut Db, kind: &str, id: &str, limit: i64) -> QueryResult<Vec<Told>> {
    events::table
        .filter(events::subject_kind.eq(kind).and(events::subject_id.eq(id)))
        .order(events::seq.desc())
        .limit(limit)
        .select((events::action, events::at, events::detail))
        .load(db)
}

/// Which events are asked for; what is none narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this action.
    pub action: Option<String>,
    /// Of this kind of subject.
    pub subject_kind: Option<String>,
    /// Of the subject with this id; of the file with this number; or of units whose name or credit code holds this, and of what
    /// they filed.
    pub subject: Option<String>,
    /// By any of these accounts.
    pub actors: Option<Vec<String>>,
    /// From this instant on …
    pub from: Option<NaiveDateTime>,
    /// … and before this one.
    pub until: Option<NaiveDateTime>,
}

type Condition = Box<dyn BoxableExpression<events::table, MultiBackend, SqlType = Bool>>;

/// What was typed for a subject, as a condition. A draft is found by its id alone, as everywhere: nobody but the applicant sees it.
fn is_about(typed: &str) -> Condition {
    let itself = events::subject_id.eq(typed.to_string());
    let key = super::organisations::name_key(typed);
    // Ids are asked for by every link of the record; no unit is called like one.
    if key.is_empty() || ApplicationId::from_text(typed).is_some() {
        return Box::new(itself);
    }
    let pattern = super::organisations::containing(&key);
    let upper = pattern.to_uppercase();
    let by_name = || organisations::name_key.like(pattern.clone()).escape('\\');
    let by_code = || organisations::credit_code.like(upper.clone()).escape('\\');
    let has_number = applications::number.assume_not_null().eq(typed.to_uppercase());
    let numbered = applications::number.is_not_null().and(has_number);
    let units = organisations::table.filter(by_name().or(by_code())).select(organisations::id);
    let files = applications::table
        .inner_join(organisations::table)
        .filter(applications::submission_count.gt(0))
        .filter(numbered.or(by_name()).or(by_code()))
        .select(applications::id);
    Box::new(itself.or(events::subject_id.eq_any(files)).or(events::subject_id.eq_any(units)))
}

fn narrowed(filter: &Filter) -> events::BoxedQuery<'static, MultiBackend> {
    let mut query = events::table.into_boxed();
    if let Some(action) = &filter.action {
        query = query.filter(events::action.eq(action.clone()));
    }
    if let Some(kind) = &filter.subject_kind {
        query = query.filter(events::subject_kind.eq(kind.clone()));
    }
    if let Some(subject) = &filter.subject {
        query = query.filter(is_about(subject));
    }
    if let Some(actors) = &filter.actors {
        query = query.filter(events::actor.eq_any(actors.clone()));
    }
    if let Some(from) = filter.from {
        query = query.filter(events::at.ge(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(events::at.lt(until));
    }
    query
}

/// Events, newest first.
pub fn list(db: &mut Db, filter: &Filter, pager: Pager) -> QueryResult<Page<StoredEvent>> {
    let total = narrowed(filter).select(count_star()).first(db)?;
    let rows = narrowed(filter)
        .order((events::at.desc(), events::subject_id.desc(), events::seq.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(StoredEvent::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// Whether anything is on record.
pub fn any(db: &mut Db) -> QueryResult<bool> {
    Ok(events::table.select(events::seq).first::<i64>(db).optional()?.is_some())
}

/// How many events are asked for.
pub fn count(db: &mut Db, filter: &Filter) -> QueryResult<i64> {
    narrowed(filter).select(count_star()).first(db)
}

/// Kind and id of the subject of each event that is asked for, the newest first; as often as it has such events.
pub fn subjects(db: &mut Db, filter: &Filter, limit: i64) -> QueryResult<Vec<(String, String)>> {
    narrowed(filter)
        .order((events::at.desc(), events::subject_id.desc(), events::seq.desc()))
        .limit(limit)
        .select((events::subject_kind, events::subject_id))
        .load(db)
}
