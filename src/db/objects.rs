//! Which stored objects the registry rests on, whatever table names them.

use super::connection::Db;
use super::schema::{attachments, code_overrides, objection_evidence};
use diesel::prelude::*;

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
