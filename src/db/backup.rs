//! A copy of the embedded database as it stands, and whether a copy is sound. A database of PostgreSQL is copied by its
//! own tools.

use super::connection::Db;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// Writes the database as it stands at this instant into `file`, which must be empty or not there, while others go on
/// reading and writing. On PostgreSQL it writes nothing and says so by `false`.
pub fn copy_into(db: &mut Db, file: &str) -> QueryResult<bool> {
    match db {
        Db::Sqlite(c) => diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(file).execute(c).map(|_| true),
        Db::Postgres(_) => Ok(false),
    }
}

/// A line of what SQLite finds.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// What is wrong with the pages and indices of a database of SQLite; nothing if it is sound.
pub fn damage(db: &mut Db) -> QueryResult<Vec<String>> {
    match db {
        Db::Sqlite(c) => {
            let found: Vec<Found> = diesel::sql_query("PRAGMA integrity_check").load(c)?;
            Ok(found.into_iter().map(|found| found.integrity_check).filter(|line| line != "ok").collect())
        }
        Db::Postgres(_) => Ok(Vec::new()),
    }
}
