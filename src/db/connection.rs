//! One connection type over both databases.

// The derive writes public items of its own.
#![allow(missing_docs)]

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::{ConnectionError, ConnectionResult, Error};
use diesel::sql_types::Text;
use std::path::Path;

/// A connection to SQLite or to PostgreSQL. Queries are written once and run on either.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// The embedded default.
    Sqlite(SqliteConnection),
    /// Production.
    Postgres(PgConnection),
}

/// Makes a database file that only the service's own user can read; SQLite gives the files beside it the same rights. Where it cannot be
/// made, opening it says why.
fn make_private(path: &str) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if !path.starts_with(':') {
        drop(options.open(path));
    }
}

/// What is said of an embedded database whose file is not there.
pub(super) const FILE_GONE: &str = "the file of the database is not there";

/// The file of an embedded database; none of a server, and none of a database in memory.
pub(super) fn embedded_file(url: &str) -> Option<&Path> {
    url.strip_prefix("sqlite://").filter(|path| !path.starts_with(':')).map(Path::new)
}

/// How long a server that drops what it is sent is waited for, as libpq takes it: seconds to connect; milliseconds for
/// what was sent to arrive; and for a wire that is silent, seconds until it is looked at, between looks, and how many
/// of them.
const WAITS: [(&str, &str); 6] = [
    ("connect_timeout", "3"),
    ("tcp_user_timeout", "5000"),
    ("keepalives", "1"),
    ("keepalives_idle", "5"),
    ("keepalives_interval", "2"),
    ("keepalives_count", "3"),
];

/// The URL of a server with those of [`WAITS`] that it does not name itself.
fn with_waits(url: &str) -> String {
    let given = url.split_once('?').map_or("", |(_, parameters)| parameters);
    let is_given = |name: &str| given.split('&').any(|pair| pair.split('=').next() == Some(name));
    let mut whole = url.to_string();
    for (name, value) in WAITS {
        if !is_given(name) {
            let mark = if whole.contains('?') { "&" } else { "?" };
            whole += &format!("{mark}{name}={value}");
        }
    }
    whole
}

impl Db {
    /// Opens what the URL names: `sqlite://PATH` or `postgres://…`. Anything else is refused, and so is a path with
    /// nothing there: neither a mistyped URL nor a file that went away becomes a new, empty database.
    pub fn open(url: &str) -> ConnectionResult<Db> {
        if let Some(path) = embedded_file(url)
            && !path.exists()
        {
            return Err(ConnectionError::BadConnection(FILE_GONE.into()));
        }
        Db::open_or_make(url)
    }

    /// The same, and makes a database where none is: for the first start and for `migrate`.
    pub fn open_or_make(url: &str) -> ConnectionResult<Db> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let mut connection = PgConnection::establish(&with_waits(url))?;
            // The last one frees what a process holds that was stopped in the middle of its work.
            connection
                .batch_execute(
                    "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET statement_timeout = '30s'; SET lock_timeout = '10s'; \
                     SET idle_in_transaction_session_timeout = '120s'",
                )
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(Db::Postgres(connection))
        } else if let Some(path) = url.strip_prefix("sqlite://") {
            make_private(path);
            let mut connection = SqliteConnection::establish(path)?;
            // FULL: an acknowledged submission survives a power cut. What is removed is overwritten with zeros, so that
            // it stays in no page that is free and in no backup (GB/T 22239, 8.1.4.10).
            connection
                .batch_execute(
                    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
                     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                     PRAGMA secure_delete = ON;",
                )
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(Db::Sqlite(connection))
        } else {
            Err(ConnectionError::InvalidConnectionUrl(
                "the database URL must start with sqlite:// or postgres://".into(),
            ))
        }
    }

    /// Begins the outermost transaction; on SQLite it takes the write lock up front, because a read that later
    /// wants to write cannot wait for it.
    pub(super) fn begin(&mut self) -> QueryResult<()> {
        match self {
            Db::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
            Db::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
        }
    }

    /// Whether the outermost transaction is still there.
    pub(super) fn in_transaction(&mut self) -> bool {
        let status = <Self as Connection>::TransactionManager::transaction_manager_status_mut(self);
        matches!(status.transaction_depth(), Ok(Some(_)))
    }

    /// Makes the outermost transaction durable.
    pub(super) fn commit(&mut self) -> QueryResult<()> {
        <Self as Connection>::TransactionManager::commit_transaction(self)
    }

    /// Undoes the outermost transaction.
    pub(super) fn rollback(&mut self) -> QueryResult<()> {
        match <Self as Connection>::TransactionManager::rollback_transaction(self) {
            Err(Error::BrokenTransactionManager) => Ok(()),
            other => other,
        }
    }

    /// Runs `work` in a transaction of its own.
    pub fn write<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        self.begin()?;
        match work(self) {
            Ok(value) => {
                self.commit()?;
                Ok(value)
            }
            Err(error) => {
                self.rollback()?;
                Err(error)
            }
        }
    }

    /// Runs `work` in a savepoint inside the current transaction: undone alone when it fails.
    pub(super) fn savepoint<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        Connection::transaction(self, work)
    }

    /// Holds one row until the transaction ends, so that two officers at once are served one after the other. SQLite
    /// has a single writer and needs nothing.
    ///
    /// `table` is a name from this crate, never from outside.
    pub(super) fn lock_row(&mut self, table: &'static str, id: &str) -> QueryResult<()> {
        match self {
            Db::Sqlite(_) => Ok(()),
            Db::Postgres(c) => LockRow { table, id }.execute(c).map(drop),
        }
    }

    /// Whether the connection still answers.
    pub(super) fn answers(&mut self) -> QueryResult<()> {
        diesel::sql_query("SELECT 1").execute(self).map(drop)
    }

    /// Whether this is the embedded database.
    pub fn is_sqlite(&self) -> bool {
        matches!(self, Db::Sqlite(_))
    }
}

/// `SELECT … FOR NO KEY UPDATE` of one row: new rows may refer to it meanwhile, so that whoever holds an account and
/// waits for a session never stands against one who holds the session and writes to the account. And unlike diesel's `sql_query` it is prepared once a connection.
struct LockRow<'a> {
    table: &'static str,
    id: &'a str,
}

impl QueryFragment<Pg> for LockRow<'_> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("SELECT 1 FROM ");
        pass.push_identifier(self.table)?;
        pass.push_sql(" WHERE id = ");
        pass.push_bind_param::<Text, _>(self.id)?;
        pass.push_sql(" FOR NO KEY UPDATE");
        Ok(())
    }
}

impl QueryId for LockRow<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<PgConnection> for LockRow<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_waited_for_as_long_as_its_url_says_and_otherwise_not_for_long() {
        let whole = with_waits("postgres://pool:x@db.example/pool");
        assert_eq!(whole.matches('?').count(), 1, "{whole}");
        assert!(
            whole.starts_with("postgres://pool:x@db.example/pool?connect_timeout=3&tcp_user_timeout=5000&"),
            "{whole}"
        );
        assert!(whole.ends_with("&keepalives=1&keepalives_idle=5&keepalives_interval=2&keepalives_count=3"), "{whole}");
        let own = with_waits("postgres://db.example/pool?options=-csearch_path%3Dx&connect_timeout=30&keepalives=0");
        assert!(own.contains("connect_timeout=30&keepalives=0&tcp_user_timeout=5000"), "{own}");
        assert!(!own.contains("connect_timeout=3&") && !own.contains("keepalives=1"), "{own}");
    }
}
