//! A registry of its own for a run, gone at its end; and the bare transactions that its work is held against.

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use yuanchi::app::{App, Clock};
use yuanchi::cli::demo::play;
use yuanchi::config::Config;
use yuanchi::db::{Db, Fixed};
use yuanchi::error::Error;

/// Names the PostgreSQL server to measure on.
const POSTGRES: &str = "YUANCHI_TEST_POSTGRES";
/// Rows that are there for the bare transactions to change; each changes others, as each submission does.
const READY: usize = 4096;

diesel::table! {
    bare_rows (id) {
        id -> Text,
        body -> Text,
    }
}

/// The program under measurement.
pub struct House {
    /// The program.
    pub app: Arc<App>,
    dir: PathBuf,
    /// Server and name of the schema.
    schema: Option<(String, String)>,
}

impl House {
    /// Builds it on an empty database.
    pub fn build() -> anyhow::Result<House> {
        let name = format!("yuanchi_bench_{}", std::process::id());
        let dir = std::env::temp_dir().join(&name);
        let mut config = Config::load(None)?;
        config.data.dir = dir.clone();
        config.data.config_dir = concat!(env!("CARGO_MANIFEST_DIR"), "/config").into();
        config.server.port = 0;
        config.database.url = String::new();
        let server = std::env::var(POSTGRES).ok().filter(|url| !url.is_empty());
        if let Some(server) = &server {
            Db::open(server)?.batch_execute(&format!("CREATE SCHEMA {name}"))?;
            let mark = if server.contains('?') { '&' } else { '?' };
            config.database.url = format!("{server}{mark}options=-csearch_path%3D{name}");
        }
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
        let app = App::build(config, Clock::manual(play::morning(day, 0)))?;
        let table = format!(
            "CREATE TABLE bare_rows (id TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL);
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {READY})
             INSERT INTO bare_rows SELECT 'ready-' || i, '' FROM n;"
        );
        Db::open(&app.config.database_url())?.batch_execute(&table)?;
        Ok(House { app, dir, schema: server.map(|server| (server, name)) })
    }

    /// Which database it is.
    pub fn database(&self) -> &'static str {
        if self.schema.is_some() { "PostgreSQL" } else { "SQLite" }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.schema
            && let Ok(mut db) = Db::open(server)
        {
            // Connections of the pool may still be open; what is left of a schema is named after this run.
            let _ = db.batch_execute(&format!("DROP SCHEMA {name} CASCADE"));
        }
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// The rows that a bare transaction writes.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// New text of rows that are there already.
    pub changed: Vec<String>,
    /// Text of rows that are added.
    pub added: Vec<String>,
}

impl Rows {
    /// So many rows changed and added, with texts of so many bytes.
    pub fn of(changed: &[usize], added: &[usize]) -> Rows {
        let texts = |bytes: &[usize]| bytes.iter().map(|bytes| "x".repeat(*bytes)).collect();
        Rows { changed: texts(changed), added: texts(added) }
    }
}

/// One durable transaction that only writes, on the same connections; its statements are prepared once, as those of the
/// program are.
pub fn bare(app: &App, rows: &Rows) -> Result<(), Error> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let rows = rows.clone();
    let first = NEXT.fetch_add(rows.added.len() + rows.changed.len(), Ordering::Relaxed);
    app.store.write(move |db| {
        for (number, body) in (first..).zip(&rows.changed) {
            let ready = bare_rows::table.find(format!("ready-{}", number % READY));
            Fixed(diesel::update(ready).set(bare_rows::body.eq(body))).execute(db)?;
        }
        for (number, body) in (first..).zip(&rows.added) {
            let row = (bare_rows::id.eq(format!("{number:036}")), bare_rows::body.eq(body));
            Fixed(diesel::insert_into(bare_rows::table).values(row)).execute(db)?;
        }
        Ok(())
    })
}
