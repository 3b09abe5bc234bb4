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
use yuanchi::db::Db;
use yuanchi::error::Error;

/// Names the PostgreSQL server to measure on.
const POSTGRES: &str = "YUANCHI_TEST_POSTGRES";

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
        let table = "CREATE TABLE bare_rows (id TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL)";
        Db::open(&app.config.database_url())?.batch_execute(table)?;
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

/// One durable transaction that only writes: one row changed, then one added for each of `bodies`.
pub fn bare(app: &App, bodies: &[String]) -> Result<(), Error> {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    let bodies = bodies.to_vec();
    let first = NEXT.fetch_add(bodies.len(), Ordering::Relaxed);
    app.store.write(move |db| {
        let changed = format!("{:036}", first.saturating_sub(1));
        diesel::update(bare_rows::table.find(changed)).set(bare_rows::body.eq("changed")).execute(db)?;
        for (position, body) in bodies.iter().enumerate() {
            let id = format!("{:036}", first + position);
            diesel::insert_into(bare_rows::table)
                .values((bare_rows::id.eq(id), bare_rows::body.eq(body)))
                .execute(db)?;
        }
        Ok(())
    })
}
