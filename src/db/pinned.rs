//! The programme that a call pins, read once however often the call's row is.

use super::connection::{MultiBackend, MultiRawValue};
use crate::domain::programme::Programme;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Json as JsonSql, Text};
use diesel::sqlite::Sqlite;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Programmes that are kept read: decades of calls with a text of their own. Beyond this the room is cleared.
const KEPT: usize = 256;

static KNOWN: LazyLock<Known> = LazyLock::new(Known::default);

/// A pinned programme. Calls with the same text share one.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = JsonSql)]
pub struct Pinned(pub Arc<Programme>);

impl From<Programme> for Pinned {
    fn from(programme: Programme) -> Pinned {
        Pinned(Arc::new(programme))
    }
}

/// Programmes by their text, and not by the call's digest: a row that was tampered with is read as it stands.
#[derive(Default)]
struct Known(RwLock<HashMap<Box<[u8]>, Arc<Programme>>>);

impl Known {
    fn read(&self, text: &[u8]) -> serde_json::Result<Pinned> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
        if let Some(programme) = known {
            return Ok(Pinned(programme));
        }
        let programme: Arc<Programme> = Arc::new(serde_json::from_slice(text)?);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(text.into(), programme.clone());
        Ok(Pinned(programme))
    }
}

impl FromSql<JsonSql, MultiBackend> for Pinned {
    fn from_sql(bytes: MultiRawValue<'_>) -> deserialize::Result<Self> {
        bytes.from_sql::<Pinned, JsonSql>()
    }
}

impl FromSql<JsonSql, Sqlite> for Pinned {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(KNOWN.read(text.as_bytes())?)
    }
}

impl FromSql<JsonSql, Pg> for Pinned {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(KNOWN.read(value.as_bytes())?)
    }
}

impl ToSql<JsonSql, Sqlite> for Pinned {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&*self.0)?);
        Ok(IsNull::No)
    }
}

impl ToSql<JsonSql, Pg> for Pinned {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        serde_json::to_writer(out, &*self.0)?;
        Ok(IsNull::No)
    }
}

impl ToSql<JsonSql, MultiBackend> for Pinned {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((JsonSql, self));
        Ok(IsNull::No)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(key: &str) -> String {
        let toml = include_str!("../../config/programmes/service_provider.toml");
        let mut programme = Programme::parse("service_provider.toml", toml).expect("it is checked at start");
        programme.key = key.into();
        serde_json::to_string(&programme).expect("it has a text")
    }

    #[test]
    fn the_same_text_is_read_once_and_another_text_is_another_programme() {
        let known = Known::default();
        let read = |key: &str| known.read(text(key).as_bytes()).expect("readable").0;
        assert!(Arc::ptr_eq(&read("one"), &read("one")));
        assert_eq!(read("two").key, "two");
    }

    #[test]
    fn no_more_programmes_are_kept_than_the_room_holds() {
        let known = Known::default();
        for number in 0..2 * KEPT {
            known.read(text(&format!("number {number}")).as_bytes()).expect("readable");
        }
        assert!(known.0.read().expect("nothing panicked").len() <= KEPT);
    }

    #[test]
    fn what_cannot_be_read_is_refused_every_time() {
        let known = Known::default();
        assert!(known.read(b"{}").is_err());
        assert!(known.read(b"{}").is_err());
    }
}
