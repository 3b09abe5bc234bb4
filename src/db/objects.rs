//! Which stored objects the registry rests on, whatever table names them.

use super::connection::Db;
use super::schema::{attachments, code_overrides, objection_evidence};
use crate::domain::ids::OrganisationId;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::collections::BTreeSet;

/// Any number will do that no other lock of this service has.
const ROOM_LOCK: &str = "SELECT pg_advisory_xact_lock(20261103)";

/// Lets one transaction at a time add to what was uploaded: what is left is a sum, which no row stands for that could be held.
/// SQLite has a single writer and needs nothing.
pub fn lock_room(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Sqlite(_) => Ok(()),
        Db::Postgres(c) => c.batch_execute(ROOM_LOCK),
    }
}

/// The same for one organisation's uploads.
pub fn lock_room_of(db: &mut Db, organisation: OrganisationId) -> QueryResult<()> {
    match db {
        Db::Sqlite(_) => Ok(()),
        // Of two organisations that share a number one waits for the other, and no more.
        Db::Postgres(c) => diesel::sql_query("SELECT pg_advisory_xact_lock(20261103, hashtext($1))")
            .bind::<Text, _>(organisation.to_string())
            .execute(c)
            .map(drop),
    }
}

/// A sum of bytes.
#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

/// Bytes that rows of an organisation name: documents of its applications, removed ones too, and the image of its licence. A
/// content that two rows name counts twice.
pub fn of_organisation(db: &mut Db, organisation: OrganisationId) -> QueryResult<i64> {
    let sum: Sum = diesel::sql_query(
        "SELECT CAST(COALESCE((SELECT SUM(d.bytes) FROM attachments d JOIN applications a ON a.id = d.application_id \
                               WHERE a.organisation_id = $1), 0) \
                   + COALESCE((SELECT SUM(o.licence_bytes) FROM code_overrides o WHERE o.organisation_id = $1), 0) \
                AS BIGINT) AS bytes",
    )
    .bind::<Text, _>(organisation.to_string())
    .get_result(db)?;
    Ok(sum.bytes)
}

/// The same of all organisations, and all evidence that objections name. It reads every such row.
pub fn in_all(db: &mut Db) -> QueryResult<i64> {
    let sum: Sum = diesel::sql_query(
        "SELECT CAST(COALESCE((SELECT SUM(bytes) FROM attachments), 0) \
                   + COALESCE((SELECT SUM(licence_bytes) FROM code_overrides), 0) \
                   + COALESCE((SELECT SUM(bytes) FROM objection_evidence), 0) AS BIGINT) AS bytes",
    )
    .get_result(db)?;
    Ok(sum.bytes)
}

/// Which of these contents, by their SHA-256 in hex, a row names.
pub fn named_among(db: &mut Db, sha256: &[String]) -> QueryResult<BTreeSet<String>> {
    let documents = attachments::table.filter(attachments::sha256.eq_any(sha256.to_vec()));
    let found: Vec<String> = documents.select(attachments::sha256).load(db)?;
    let mut named: BTreeSet<String> = found.into_iter().collect();
    let licences = code_overrides::table.filter(code_overrides::licence_sha256.eq_any(sha256.to_vec()));
    let more: Vec<String> = licences.select(code_overrides::licence_sha256).load(db)?;
    named.extend(more);
    let evidence = objection_evidence::table.filter(objection_evidence::sha256.eq_any(sha256.to_vec()));
    let more: Vec<String> = evidence.select(objection_evidence::sha256).load(db)?;
    named.extend(more);
    Ok(named)
}

/// An object that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedObject {
    /// The row: its table and id.
    pub named_by: String,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: i64,
}

/// Every object that a row names. A removed document counts: an earlier submission may rest on it.
pub fn named(db: &mut Db) -> QueryResult<Vec<NamedObject>> {
    let mut all = Vec::new();
    let mut add = |table: &str, rows: Vec<(String, String, i64)>| {
        all.extend(rows.into_iter().map(|(id, sha256, bytes)| NamedObject {
            named_by: format!("{table} {id}"),
            sha256,
            bytes,
        }));
    };
    add("attachments", attachments::table.select((attachments::id, attachments::sha256, attachments::bytes)).load(db)?);
    add(
        "code_overrides",
        code_overrides::table
            .select((code_overrides::organisation_id, code_overrides::licence_sha256, code_overrides::licence_bytes))
            .load(db)?,
    );
    add(
        "objection_evidence",
        objection_evidence::table
            .select((objection_evidence::id, objection_evidence::sha256, objection_evidence::bytes))
            .load(db)?,
    );
    Ok(all)
}
