//! Signed checkpoints over the ends of the chains.

use super::connection::Db;
use super::schema::{chain_heads, checkpoint_leaves, checkpoints};
use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

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
        diesel::insert_into(checkpoint_leaves::table).values(leaf).execute(db)?;
        diesel::update(chain_heads::table.find((&leaf.subject_kind, &leaf.subject_id)))
            .set(chain_heads::checkpointed_seq.eq(leaf.seq))
            .execute(db)?;
    }
    Ok(())
}
