//! Statements that both databases render but diesel's common dialect leaves out (upserts), and statements that are
//! prepared once a connection.

use super::connection::{Db, MultiBackend};
use diesel::backend::Backend;
use diesel::internal::derives::multiconnection::AstPassHelper;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;

/// Hands the statement inside to whichever database is in use.
pub struct Portable<Q>(pub Q);

impl<Q: QueryId> QueryId for Portable<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Portable<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<Db> for Portable<Q> {}

impl<Q> QueryFragment<MultiBackend> for Portable<Q>
where
    Q: QueryFragment<Sqlite> + QueryFragment<Pg>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, pass)
    }
}

/// A statement whose text is the same each time, or one of a few. Diesel cannot tell that of updates, upserts and rows
/// with optional columns, and prepares them anew for every use, which costs more than running them; in here they are
/// prepared once a connection.
pub struct Fixed<Q>(pub Q);

impl<Q: QueryId> QueryId for Fixed<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Fixed<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<Db> for Fixed<Q> {}

type Builder = <MultiBackend as Backend>::QueryBuilder;

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Fixed<Q> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        if pass.bind_collector().is_some() || pass.debug_binds().is_some() {
            return self.0.walk_ast(pass);
        }
        // By a builder of its own: the statement inside would tell `pass` that its text may change.
        let mut text = match pass.backend() {
            MultiBackend::Sqlite(_) => Builder::Sqlite(Default::default()),
            MultiBackend::Postgres(_) => Builder::Postgres(Default::default()),
        };
        self.0.to_sql(&mut text, pass.backend())?;
        pass.push_sql(&text.finish());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::schema::counters;
    use diesel::connection::{InstrumentationEvent, SimpleConnection};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_fixed_statement_is_prepared_once() {
        let mut db = Db::open("sqlite://:memory:").expect("a database in memory");
        db.batch_execute("CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)").expect("a table");
        let kept = Arc::new(AtomicUsize::new(0));
        let noted = kept.clone();
        db.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
                noted.fetch_add(1, Ordering::Relaxed);
            }
        });
        for value in 1..=3_i64 {
            let counted = diesel::update(counters::table).set(counters::value.eq(value));
            Fixed(counted).execute(&mut db).expect("it runs");
        }
        assert_eq!(kept.load(Ordering::Relaxed), 1, "kept the first time, used again after that");
    }
}
