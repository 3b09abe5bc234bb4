//! Columns that the record carries digests of, as stored, and the events that carry them.

use crate::db::connection::Db;
use crate::db::schema::{
    accounts, applications, attachments, decisions, discussions, experts, objections, recommendations, review_sessions,
    score_explanations,
};
use crate::db::types::Json;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::Value;

/// What stands in a column of a row.
#[derive(Debug, Clone)]
pub struct KeptColumn {
    /// Its table.
    pub table: &'static str,
    /// The key of its row.
    pub id: String,
    /// Its name.
    pub column: &'static str,
    /// What stands there; instants as RFC 3339 in UTC.
    pub text: Option<String>,
}

/// An event that carries digests of columns.
#[derive(Debug, Clone, QueryableByName)]
pub struct Keeping {
    /// Kind of its subject.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Id of its subject.
    #[diesel(sql_type = Text)]
    pub id: String,
    /// Its place in the subject's chain.
    #[diesel(sql_type = BigInt)]
    pub seq: i64,
    /// When it was recorded; of two the later one sorts behind.
    #[diesel(sql_type = Text)]
    pub at: String,
    /// Its detail, JSON.
    #[diesel(sql_type = Text)]
    pub detail: String,
}

/// Up to `limit` events whose detail has this member, chain by chain, oldest first, after the one with this kind, id and number.
pub fn keeping(
    db: &mut Db,
    member: &'static str,
    (kind, id, seq): (&str, &str, i64),
    limit: i64,
) -> QueryResult<Vec<Keeping>> {
    diesel::sql_query(format!(
        "SELECT e.subject_kind AS kind, e.subject_id AS id, e.seq AS seq, CAST(e.at AS TEXT) AS at, \
                CAST(e.detail AS TEXT) AS detail \
         FROM events e \
         WHERE (e.subject_kind, e.subject_id, e.seq) > ($1, $2, $3) AND CAST(e.detail AS TEXT) LIKE '%\"{member}\"%' \
         ORDER BY e.subject_kind, e.subject_id, e.seq LIMIT $4"
    ))
    .bind::<Text, _>(kind.to_string())
    .bind::<Text, _>(id.to_string())
    .bind::<BigInt, _>(seq)
    .bind::<BigInt, _>(limit)
    .load(db)
}

/// Rows of one column: the key, and what stands there.
type Texts = Vec<(String, Option<String>)>;

fn named(table: &'static str, column: &'static str, rows: Texts) -> impl Iterator<Item = KeptColumn> {
    rows.into_iter().map(move |(id, text)| KeptColumn { table, id, column, text })
}

fn instant(at: NaiveDateTime) -> String {
    at.and_utc().to_rfc3339()
}

/// Every column that acts let the record carry.
pub fn kept_columns(db: &mut Db) -> QueryResult<Vec<KeptColumn>> {
    let mut found = Vec::new();
    let rows: Texts = accounts::table.select((accounts::id, accounts::email.nullable())).load(db)?;
    found.extend(named("accounts", "email", rows));
    let rows: Texts = applications::table.select((applications::id, applications::bureau)).load(db)?;
    found.extend(named("applications", "bureau", rows));
    let rows: Texts = attachments::table.select((attachments::id, attachments::name.nullable())).load(db)?;
    found.extend(named("attachments", "name", rows));
    let rows: Vec<(String, Option<NaiveDateTime>)> =
        attachments::table.select((attachments::id, attachments::removed_at)).load(db)?;
    let rows = rows.into_iter().map(|(id, at)| (id, at.map(instant))).collect();
    found.extend(named("attachments", "removed_at", rows));
    let rows: Texts = decisions::table.select((decisions::id, decisions::grounds.nullable())).load(db)?;
    found.extend(named("decisions", "grounds", rows));
    let rows: Texts = discussions::table.select((discussions::application_id, discussions::reason)).load(db)?;
    found.extend(named("discussions", "reason", rows));
    let rows: Texts = experts::table.select((experts::id, experts::name.nullable())).load(db)?;
    found.extend(named("experts", "name", rows));
    let rows: Texts = objections::table.select((objections::id, objections::matter.nullable())).load(db)?;
    found.extend(named("objections", "matter", rows));
    let rows: Texts =
        recommendations::table.select((recommendations::id, recommendations::opinion.nullable())).load(db)?;
    found.extend(named("recommendations", "opinion", rows));
    let rows: Texts =
        recommendations::table.select((recommendations::id, recommendations::recommended_by.nullable())).load(db)?;
    found.extend(named("recommendations", "recommended_by", rows));
    let rows: Texts = review_sessions::table.select((review_sessions::id, review_sessions::closed_by)).load(db)?;
    found.extend(named("review_sessions", "closed_by", rows));
    let rows: Vec<(String, NaiveDateTime)> =
        review_sessions::table.select((review_sessions::id, review_sessions::due_at)).load(db)?;
    let rows = rows.into_iter().map(|(id, at)| (id, Some(instant(at)))).collect();
    found.extend(named("review_sessions", "due_at", rows));
    let rows: Texts =
        score_explanations::table.select((score_explanations::assignment_id, score_explanations::text)).load(db)?;
    found.extend(named("score_explanations", "text", rows));
    Ok(found)
}

/// What was typed into an application: its id, the form and the members, as JSON that stands there.
pub type Typed = (String, Json<Value>, Json<Value>);

/// What was typed into up to `limit` applications after one.
pub fn typed_columns(db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<Typed>> {
    applications::table
        .filter(applications::id.gt(after.to_string()))
        .order(applications::id)
        .select((applications::id, applications::form, applications::members))
        .limit(limit)
        .load(db)
}
