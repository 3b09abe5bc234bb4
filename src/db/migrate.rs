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

/// How many migrations are pending; none is applied.
pub fn pending_migrations(db: &mut Db) -> Result<usize, Error> {
    match db {
        Db::Sqlite(c) => c.pending_migrations(SQLITE).map(|pending| pending.len()),
        Db::Postgres(c) => c.pending_migrations(POSTGRES).map(|pending| pending.len()),
    }
    .map_err(Error::QueryBuilderError)
}

/// What a look found; as an error, so that nothing stays of what looking made.
struct Looked(Result<bool, Error>);

impl From<Error> for Looked {
    fn from(error: Error) -> Self {
        Looked(Err(error))
    }
}

/// Whether no migration was ever applied: there is nothing of ours in it.
pub fn is_blank(db: &mut Db) -> Result<bool, Error> {
    let looked = db.write(|db| {
        let applied = match db {
            Db::Sqlite(c) => c.applied_migrations().map(|applied| applied.is_empty()),
            Db::Postgres(c) => c.applied_migrations().map(|applied| applied.is_empty()),
        };
        Err::<(), Looked>(Looked(applied.map_err(Error::QueryBuilderError)))
    });
    match looked {
        Ok(()) => Ok(false),
        Err(Looked(blank)) => blank,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::migration::{Migration, MigrationSource};

    /// The names of one tree as the folder has them: of two with one version the embedded source would keep one and say nothing.
    fn folder(tree: &str) -> Vec<String> {
        let path = format!("{}/migrations/{tree}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn both_trees_have_the_same_migrations_each_with_a_version_of_its_own() {
        let names = folder("sqlite");
        assert_eq!(names, folder("postgres"));
        let mut versions: Vec<&str> = names.iter().filter_map(|name| name.split_once('_')).map(|(at, _)| at).collect();
        assert_eq!(versions.len(), names.len(), "a folder without a version: {names:?}");
        versions.dedup();
        assert_eq!(versions.len(), names.len(), "two migrations with one version: {names:?}");
        let embedded: Vec<Box<dyn Migration<diesel::sqlite::Sqlite>>> = SQLITE.migrations().unwrap();
        assert_eq!(embedded.len(), names.len());
    }
}
