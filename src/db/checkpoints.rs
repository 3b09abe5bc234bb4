//! Signed checkpoints over the ends of the chains.

use super::connection::Db;
use super::portable::Fixed;
use super::schema::{chain_heads, checkpoint_leaves, checkpoints, event_trees};
use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::dsl::{max, min};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// A checkpoint as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = checkpoints)]
pub struct StoredCheckpoint {
    /// From 1 without gaps.
    pub number: i64,
    /// When it was made.
    pub at: NaiveDateTime,
    /// How many leaves it has.
    pub leaf_count: i64,
    /// Root of the tree, in hex.
    pub root: String,
    /// Hash of the checkpoint before, in hex.
    pub previous: String,
    /// What was signed.
    pub statement: String,
    /// SHA-256 of the statement, in hex.
    pub hash: String,
    /// Ed25519, in hex.
    pub signature: String,
    /// Names the key.
    pub key_id: String,
}

/// The end of a chain as a checkpoint holds it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = checkpoint_leaves)]
pub struct StoredLeaf {
    /// Of which checkpoint.
    pub checkpoint_number: i64,
    /// Its place in the tree, from 0.
    pub position: i64,
    /// Kind of subject.
    pub subject_kind: String,
    /// Id of the subject.
    pub subject_id: String,
    /// Number of the chain's last event then.
    pub seq: i64,
    /// That event's hash, in hex.
    pub hash: String,
}

/// The end of a chain that has moved: kind and id of its subject, number and hash of its last event.
pub type Moved = (String, String, i64, String);

/// Lets one transaction at a time make a checkpoint. SQLite has a single writer and needs nothing.
pub fn lock(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Sqlite(_) => Ok(()),
        Db::Postgres(c) => c.batch_execute("LOCK TABLE checkpoints IN EXCLUSIVE MODE"),
    }
}

/// Up to `limit` chains that have moved since their last checkpoint.
pub fn moved(db: &mut Db, limit: i64) -> QueryResult<Vec<Moved>> {
    chain_heads::table
        .filter(chain_heads::seq.gt(chain_heads::checkpointed_seq))
        .order((chain_heads::subject_kind, chain_heads::subject_id))
        .select((chain_heads::subject_kind, chain_heads::subject_id, chain_heads::seq, chain_heads::hash))
        .limit(limit)
        .load(db)
}

/// The newest checkpoint.
pub fn last(db: &mut Db) -> QueryResult<Option<StoredCheckpoint>> {
    checkpoints::table.order(checkpoints::number.desc()).select(StoredCheckpoint::as_select()).first(db).optional()
}

/// Every checkpoint after number `after`, oldest first.
pub fn after(db: &mut Db, after: i64) -> QueryResult<Vec<StoredCheckpoint>> {
    checkpoints::table
        .filter(checkpoints::number.gt(after))
        .order(checkpoints::number)
        .select(StoredCheckpoint::as_select())
        .load(db)
}

/// The leaves of a checkpoint, in the order of the tree.
pub fn leaves(db: &mut Db, number: i64) -> QueryResult<Vec<StoredLeaf>> {
    checkpoint_leaves::table
        .filter(checkpoint_leaves::checkpoint_number.eq(number))
        .order(checkpoint_leaves::position)
        .select(StoredLeaf::as_select())
        .load(db)
}

/// Keeps a checkpoint with its leaves, and notes how far each chain is covered.
pub fn create(db: &mut Db, checkpoint: &StoredCheckpoint, leaves: &[StoredLeaf]) -> QueryResult<()> {
    diesel::insert_into(checkpoints::table).values(checkpoint).execute(db)?;
    for leaf in leaves {
        Fixed(diesel::insert_into(checkpoint_leaves::table).values(leaf)).execute(db)?;
    }
    diesel::sql_query(
        "UPDATE chain_heads SET checkpointed_seq = (SELECT l.seq FROM checkpoint_leaves l \
          WHERE l.subject_kind = chain_heads.subject_kind AND l.subject_id = chain_heads.subject_id \
          AND l.checkpoint_number = $1) \
         WHERE checkpointed_seq < seq AND EXISTS (SELECT 1 FROM checkpoint_leaves l \
          WHERE l.subject_kind = chain_heads.subject_kind AND l.subject_id = chain_heads.subject_id \
          AND l.checkpoint_number = $1)",
    )
    .bind::<BigInt, _>(checkpoint.number)
    .execute(db)
    .map(drop)
}

/// The tree over the events that a checkpoint was the first to cover.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = event_trees)]
pub struct StoredTree {
    /// Of which checkpoint.
    pub checkpoint_number: i64,
    /// How many events.
    pub event_count: i64,
    /// The root, in hex.
    pub root: String,
}

/// An event that a checkpoint covers.
#[derive(Debug, Clone, QueryableByName)]
pub struct Covered {
    /// Kind of subject.
    #[diesel(sql_type = Text)]
    pub subject_kind: String,
    /// Id of the subject.
    #[diesel(sql_type = Text)]
    pub subject_id: String,
    /// Its number in the subject's chain.
    #[diesel(sql_type = BigInt)]
    pub seq: i64,
    /// Its hash, in hex.
    #[diesel(sql_type = Text)]
    pub hash: String,
}

/// The events that a checkpoint was the first to cover, in the order of its leaves and then of their numbers.
pub fn first_covered(db: &mut Db, number: i64) -> QueryResult<Vec<Covered>> {
    diesel::sql_query(
        "SELECT e.subject_kind, e.subject_id, e.seq, e.hash FROM checkpoint_leaves l \
         JOIN events e ON e.subject_kind = l.subject_kind AND e.subject_id = l.subject_id AND e.seq <= l.seq \
          AND e.seq > COALESCE((SELECT MAX(p.seq) FROM checkpoint_leaves p WHERE p.subject_kind = l.subject_kind \
           AND p.subject_id = l.subject_id AND p.checkpoint_number < l.checkpoint_number), 0) \
         WHERE l.checkpoint_number = $1 ORDER BY l.position, e.seq",
    )
    .bind::<BigInt, _>(number)
    .load(db)
}

/// The checkpoint that was the first to cover an event; none while none does.
pub fn covering(db: &mut Db, kind: &str, id: &str, seq: i64) -> QueryResult<Option<i64>> {
    checkpoint_leaves::table
        .filter(checkpoint_leaves::subject_kind.eq(kind).and(checkpoint_leaves::subject_id.eq(id)))
        .filter(checkpoint_leaves::seq.ge(seq))
        .select(min(checkpoint_leaves::checkpoint_number))
        .first(db)
}

/// Of a chain, each end that a checkpoint has among its leaves, with the number of the checkpoint.
pub fn ends_of(db: &mut Db, kind: &str, id: &str) -> QueryResult<Vec<(i64, i64)>> {
    checkpoint_leaves::table
        .filter(checkpoint_leaves::subject_kind.eq(kind).and(checkpoint_leaves::subject_id.eq(id)))
        .select((checkpoint_leaves::seq, checkpoint_leaves::checkpoint_number))
        .load(db)
}

/// The newest checkpoint that has an end of this chain among its leaves.
pub fn newest_over(db: &mut Db, kind: &str, id: &str) -> QueryResult<Option<i64>> {
    checkpoint_leaves::table
        .filter(checkpoint_leaves::subject_kind.eq(kind).and(checkpoint_leaves::subject_id.eq(id)))
        .select(max(checkpoint_leaves::checkpoint_number))
        .first(db)
}

/// A checkpoint by its number.
pub fn find(db: &mut Db, number: i64) -> QueryResult<Option<StoredCheckpoint>> {
    checkpoints::table.find(number).select(StoredCheckpoint::as_select()).first(db).optional()
}

/// Checkpoints whose tree is not kept yet, oldest first.
pub fn without_tree(db: &mut Db) -> QueryResult<Vec<i64>> {
    checkpoints::table
        .left_join(event_trees::table)
        .filter(event_trees::checkpoint_number.nullable().is_null())
        .order(checkpoints::number)
        .select(checkpoints::number)
        .load(db)
}

/// Keeps the tree of a checkpoint.
pub fn keep_tree(db: &mut Db, tree: &StoredTree) -> QueryResult<()> {
    diesel::insert_into(event_trees::table).values(tree).execute(db).map(drop)
}

/// The trees of the checkpoints up to a number, in order.
pub fn trees(db: &mut Db, up_to: i64) -> QueryResult<Vec<StoredTree>> {
    event_trees::table
        .filter(event_trees::checkpoint_number.le(up_to))
        .order(event_trees::checkpoint_number)
        .select(StoredTree::as_select())
        .load(db)
}
