//! Columns that the record carries digests of, as stored, and the events that carry them.

use crate::db::connection::Db;
use crate::db::schema::applications;
use crate::db::types::Json;
use crate::domain::chain::canonical;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{BigInt, Text};
use serde_json::Value;
use std::collections::BTreeMap;

/// What stands in a column of a row.
#[derive(Debug, Clone)]
pub struct KeptColumn {
    /// Its table.
    pub table: &'static str,
    /// The key of its row.
    pub id: String,
    /// Its name.
    pub column: &'static str,
    /// What stands there, in the words of [`As`].
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

/// How what stands in a column is put into words, so that both databases say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// As it stands: text, a day, a number.
    Text,
    /// An instant, as RFC 3339 in UTC.
    Instant,
    /// JSON, as its canonical text.
    Json,
}

/// A table of which acts let the record carry columns.
#[derive(Debug, Clone, Copy)]
pub struct KeptTable {
    /// Its name.
    pub table: &'static str,
    /// The column that names a row.
    pub key: &'static str,
    /// The columns.
    pub columns: &'static [(&'static str, As)],
}

/// Every column that acts let the record carry, but for what is sealed.
pub const KEPT: &[KeptTable] = &[
    kept(
        "accounts",
        "id",
        &[("email", As::Text), ("email_key", As::Text), ("name", As::Text), ("password_hash", As::Text)],
    ),
    kept("applications", "id", &[("bureau", As::Text)]),
    kept(
        "attachments",
        "id",
        &[("name", As::Text), ("uploaded_by", As::Text), ("uploaded_at", As::Instant), ("removed_at", As::Instant)],
    ),
    kept(
        "call_questions",
        "id",
        &[
            ("call_id", As::Text),
            ("asked_by", As::Text),
            ("question", As::Text),
            ("asked_at", As::Instant),
            ("answer", As::Text),
            ("answered_by", As::Text),
            ("answered_at", As::Instant),
        ],
    ),
    kept("corrections", "id", &[("marks", As::Json), ("note", As::Text)]),
    kept(
        "decisions",
        "id",
        &[
            ("grounds", As::Text),
            ("proposed_at", As::Instant),
            ("decided_at", As::Instant),
            ("return_reason", As::Text),
            ("undo_proposed_by", As::Text),
            ("undo_proposed_at", As::Instant),
            ("undo_reason", As::Text),
            ("undone_by", As::Text),
            ("undone_at", As::Instant),
        ],
    ),
    kept(
        "discussions",
        "application_id",
        &[
            ("session_id", As::Text),
            ("grounds", As::Text),
            ("reason", As::Text),
            ("opened_by", As::Text),
            ("opened_at", As::Instant),
            ("closed_at", As::Instant),
        ],
    ),
    kept(
        "expert_ties",
        "id",
        &[
            ("expert_id", As::Text),
            ("kind", As::Text),
            ("organisation_name", As::Text),
            ("name_key", As::Text),
            ("organisation_code", As::Text),
            ("from_on", As::Text),
            ("until_on", As::Text),
            ("note", As::Text),
            ("declared_by", As::Text),
            ("declared_at", As::Instant),
            ("withdrawn_at", As::Instant),
        ],
    ),
    kept(
        "experts",
        "id",
        &[
            ("account_id", As::Text),
            ("name", As::Text),
            ("email", As::Text),
            ("email_key", As::Text),
            ("employer", As::Text),
            ("employer_code", As::Text),
            ("title", As::Text),
            ("city", As::Text),
            ("fields", As::Json),
            ("load_limit", As::Text),
            ("pool", As::Text),
            ("status_reason", As::Text),
            ("status_changed_by", As::Text),
            ("status_changed_at", As::Instant),
        ],
    ),
    kept("memberships", "id", &[("category", As::Text), ("city", As::Text)]),
    kept("objection_evidence", "id", &[("name", As::Text)]),
    kept(
        "objections",
        "id",
        &[
            ("matter", As::Text),
            ("proposed_outcome", As::Text),
            ("proposed_reason", As::Text),
            ("proposed_by", As::Text),
            ("decided_by", As::Text),
            ("decided_at", As::Instant),
        ],
    ),
    kept(
        "organisations",
        "id",
        &[
            ("registered_area", As::Text),
            ("main_service_city", As::Text),
            ("established_on", As::Text),
            ("address", As::Text),
        ],
    ),
    kept(
        "recommendations",
        "id",
        &[
            ("application_id", As::Text),
            ("call_id", As::Text),
            ("bureau", As::Text),
            ("opinion", As::Text),
            ("recommended_by", As::Text),
            ("recommended_at", As::Instant),
        ],
    ),
    kept("review_sessions", "id", &[("closed_by", As::Text), ("due_at", As::Instant)]),
    kept("score_explanations", "assignment_id", &[("text", As::Text)]),
];

const fn kept(table: &'static str, key: &'static str, columns: &'static [(&'static str, As)]) -> KeptTable {
    KeptTable { table, key, columns }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    id: String,
    /// The columns as the database writes them, a JSON object of texts.
    #[diesel(sql_type = Text)]
    held: String,
}

impl KeptTable {
    /// Asks for the columns of rows as texts. Read as their types, a row that was altered could not be read at all.
    fn select(&self, db: &Db) -> String {
        let object = if db.is_sqlite() { "json_object" } else { "json_build_object" };
        let pairs: Vec<String> =
            self.columns.iter().map(|(column, _)| format!("'{column}', CAST({column} AS TEXT)")).collect();
        let KeptTable { table, key, .. } = self;
        format!("SELECT {key} AS id, CAST({object}({}) AS TEXT) AS held FROM {table}", pairs.join(", "))
    }

    fn columns_of(&self, row: &Row) -> QueryResult<Vec<KeptColumn>> {
        let mut held: BTreeMap<String, Option<String>> =
            serde_json::from_str(&row.held).map_err(|error| Error::DeserializationError(error.into()))?;
        let columns = self.columns.iter().map(|(column, form)| KeptColumn {
            table: self.table,
            id: row.id.clone(),
            column,
            text: held.remove(*column).flatten().map(|text| form.words(text)),
        });
        Ok(columns.collect())
    }

    /// What stands in up to `limit` rows after the one with this key, row by row.
    pub fn rows(&self, db: &mut Db, after: &str, limit: i64) -> QueryResult<Vec<Vec<KeptColumn>>> {
        let (select, key) = (self.select(db), self.key);
        let rows: Vec<Row> = diesel::sql_query(format!("{select} WHERE {key} > $1 ORDER BY {key} LIMIT $2"))
            .bind::<Text, _>(after.to_string())
            .bind::<BigInt, _>(limit)
            .load(db)?;
        rows.iter().map(|row| self.columns_of(row)).collect()
    }

    /// What stands in one row.
    pub fn row(&self, db: &mut Db, id: &str) -> QueryResult<Vec<KeptColumn>> {
        let (select, key) = (self.select(db), self.key);
        let row: Row =
            diesel::sql_query(format!("{select} WHERE {key} = $1")).bind::<Text, _>(id.to_string()).get_result(db)?;
        self.columns_of(&row)
    }
}

impl As {
    /// What the database writes of a column, in words that do not hang on the database. What is none of its kind stays as it is.
    fn words(self, written: String) -> String {
        let words = match self {
            As::Text => None,
            As::Instant => NaiveDateTime::parse_from_str(&written, "%Y-%m-%d %H:%M:%S%.f").ok().map(instant),
            As::Json => serde_json::from_str(&written).ok().map(|value: Value| canonical::text_or_as_written(&value)),
        };
        words.unwrap_or(written)
    }
}

fn instant(at: NaiveDateTime) -> String {
    at.and_utc().to_rfc3339()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_say_the_same_of_what_stands_in_a_column() {
        let said = |form: As, written: &str| form.words(written.to_string());
        assert_eq!(said(As::Instant, "2026-03-02 01:00:00"), "2026-03-02T01:00:00+00:00");
        assert_eq!(said(As::Instant, "2026-03-02 01:00:00.25"), said(As::Instant, "2026-03-02 01:00:00.250000"));
        assert_eq!(said(As::Instant, "yesterday"), "yesterday");
        assert_eq!(said(As::Json, r#"{"b": 1, "a": [ ]}"#), said(As::Json, r#"{"a":[],"b":1}"#));
        assert_eq!(said(As::Json, "nonsense"), "nonsense");
        assert_eq!(said(As::Text, "2015-06-01"), "2015-06-01");
    }
}
