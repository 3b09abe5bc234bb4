//! Both migration trees, embedded.

use super::connection::Db;
use diesel::connection::SimpleConnection;
use diesel::result::Error;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number will do, so long as every process of this service takes the same one.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(20261101)";

/// Applies pending migrations: all or none, one process at a time. Returns how many were applied.
pub fn migrate(db: &mut Db) -> Result<usize, Error> {
    db.write(|db| {
        match db {
            Db::Sqlite(c) => c.run_pending_migrations(SQLITE).map(|done| done.len()),
            Db::Postgres(c) => {
                c.batch_execute(MIGRATION_LOCK)?;
                c.run_pending_migrations(POSTGRES).map(|done| done.len())
            }
        }
        .map_err(Error::QueryBuilderError)
    })
}
