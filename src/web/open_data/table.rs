//! Rows that anybody may take away, a chunk at a time: a list, or the pool of today or of a day. Whitelisted columns alone.

use crate::actions::Tx;
use crate::actions::pool::{PoolMember, PoolOfDay};
use crate::db;
use crate::db::open_data::{ListHead, PoolRow};
use crate::domain::calendar;
use crate::domain::ids::{MembershipId, OrganisationId, PublishedListId};
use crate::domain::published_list::Shown;
use crate::error::Error;
use crate::spreadsheet::Datum;
use crate::web::lists::category_name;
use crate::words::{DEFAULT_LANGUAGE, Words};
use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::OnceLock;

/// Rows read at a time.
const CHUNK: u16 = 500;
/// Entries of a list at most that is sent whole, and so kept for when the database is away.
pub const SHORT: i64 = 1_000;

/// What the rows are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Today's pool.
    Pool,
    /// The pool of a day.
    PoolOn(NaiveDate),
    /// A published list.
    List(PublishedListId),
}

/// A column: its stable key and its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The key in JSON.
    pub key: String,
    /// The heading in CSV and XLSX.
    pub label: String,
}

/// A table before its rows.
#[derive(Debug, Clone)]
pub struct Table {
    /// What the rows are of.
    pub source: Source,
    /// What it is called.
    pub title: String,
    /// In order.
    pub columns: Vec<Column>,
    /// What the JSON file says of it before the rows.
    pub about: Value,
    /// The instant that the rows are judged by.
    pub at: NaiveDateTime,
    /// Whether there are so few rows that the file is sent whole.
    pub short: bool,
    /// The pool of the day that it is of, read when its rows are counted or with the first of them.
    pool: OnceLock<PoolOfDay>,
}

/// The row after which to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before the first.
    Start,
    /// A recognition.
    Member(MembershipId),
    /// A place of a list.
    Position(i32),
}

/// The columns of the pool. No certificate's number: whoever has one proves it by showing it.
const POOL_COLUMNS: [(&str, &str); 12] = [
    ("name", "pool-column-name"),
    ("credit_code", "pool-column-credit_code"),
    ("category", "pool-column-category"),
    ("category_name", "pool-column-category_name"),
    ("city", "pool-column-city"),
    ("list_number", "pool-column-list_number"),
    ("list_title", "pool-column-list_title"),
    ("year", "pool-column-year"),
    ("valid_from", "pool-column-valid_from"),
    ("valid_to", "pool-column-valid_to"),
    ("standing", "pool-column-standing"),
    ("page", "pool-column-page"),
];

impl Table {
    /// Today's pool.
    pub fn of_pool(tx: &Tx<'_>) -> Table {
        Table::of_pool_from(tx, Source::Pool, calendar::local_date(tx.now))
    }

    /// The pool of a day that is over, or of today.
    pub fn of_pool_on(tx: &Tx<'_>, day: NaiveDate) -> Table {
        Table::of_pool_from(tx, Source::PoolOn(day), day)
    }

    fn of_pool_from(tx: &Tx<'_>, source: Source, on: NaiveDate) -> Table {
        let words = tx.env.words;
        let column = |(key, label): (&str, &str)| Column { key: key.into(), label: words.say(DEFAULT_LANGUAGE, label) };
        Table {
            source,
            title: words.say_with(DEFAULT_LANGUAGE, "open-data-pool-file", [("on", on)]),
            columns: POOL_COLUMNS.into_iter().map(column).collect(),
            about: json!({
                "$schema": format!("{}/open-data/schemas/pool.json", tx.env.base_url),
                "on": on,
                "generated_at": calendar::local_datetime_iso(tx.now),
            }),
            at: tx.now,
            short: false,
            pool: OnceLock::new(),
        }
    }

    /// A published list.
    ///
    /// # Errors
    /// It is not there, or not published.
    pub fn of_list(tx: &mut Tx<'_>, id: PublishedListId) -> Result<Table, Error> {
        let head = db::open_data::list(tx.db, id)?;
        let first = db::published_lists::entries_after(tx.db, id, 0, 1)?;
        let shown = first.into_iter().next().map(|entry| entry.shown.0).unwrap_or_default();
        let columns = shown.into_iter().map(|Shown { key, label, .. }| Column { key, label }).collect();
        let about = about_list(tx, &head);
        let short = db::published_lists::count_entries(tx.db, id)? <= SHORT;
        let pool = OnceLock::new();
        Ok(Table { source: Source::List(id), title: head.title, columns, about, at: tx.now, short, pool })
    }

    /// The headings.
    pub fn header(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.label.clone()).collect()
    }

    /// How many rows there are. Those of the pool of a day are counted among the very ones that are read afterwards.
    ///
    /// # Errors
    /// The database's.
    pub fn count(&self, tx: &mut Tx<'_>) -> Result<i64, Error> {
        match self.source {
            Source::Pool => Ok(db::memberships::in_pool(tx.db, calendar::local_date(self.at))?),
            Source::PoolOn(day) => Ok(self.pool_of(tx, day)?.total()),
            Source::List(id) => Ok(db::published_lists::count_entries(tx.db, id)?),
        }
    }

    /// The pool of the day that it is of, read once.
    fn pool_of(&self, tx: &mut Tx<'_>, day: NaiveDate) -> Result<&PoolOfDay, Error> {
        match self.pool.get() {
            Some(pool) => Ok(pool),
            None => {
                let read = PoolOfDay::load(tx, day, calendar::local_date(self.at))?;
                Ok(self.pool.get_or_init(|| read))
            }
        }
    }

    /// The next rows after a place, and where to go on; nothing more after the last.
    ///
    /// # Errors
    /// The database's.
    pub fn rows(&self, tx: &mut Tx<'_>, after: Place) -> Result<(Vec<Vec<Datum>>, Option<Place>), Error> {
        match self.source {
            Source::Pool => {
                let after = if let Place::Member(id) = after { Some(id) } else { None };
                let on = calendar::local_date(self.at);
                let found = db::open_data::pool(tx.db, on, after, CHUNK.into())?;
                let next = found.last().map(|row| Place::Member(row.id));
                Ok((found.into_iter().map(|row| pool_row(tx, row.into())).collect(), next))
            }
            Source::PoolOn(day) => {
                let after = if let Place::Member(id) = after { Some(id) } else { None };
                let pool = self.pool_of(tx, day)?;
                pool_rows_of(tx, pool, after)
            }
            Source::List(id) => {
                let after = if let Place::Position(position) = after { position } else { 0 };
                let found = db::published_lists::entries_after(tx.db, id, after, CHUNK.into())?;
                let next = found.last().map(|entry| Place::Position(entry.position));
                Ok((found.iter().map(|entry| self.list_row(&entry.shown.0)).collect(), next))
            }
        }
    }

    fn list_row(&self, shown: &[Shown]) -> Vec<Datum> {
        let cell = |column: &Column| {
            let value = shown.iter().find(|cell| cell.key == column.key).map(|cell| cell.value.clone());
            typed(&column.key, value.unwrap_or_default())
        };
        self.columns.iter().map(cell).collect()
    }

    /// A row as people read it: the standing in words, which JSON gives by its key.
    pub fn in_words(&self, row: Vec<Datum>) -> Vec<Datum> {
        if matches!(self.source, Source::List(_)) {
            return row;
        }
        let said = |(column, cell): (&Column, Datum)| match column.key.as_str() {
            "standing" => Datum::Text(Words.say(DEFAULT_LANGUAGE, &format!("standing-{}", cell.as_text()))),
            _ => cell,
        };
        self.columns.iter().zip(row).map(said).collect()
    }

    /// A row as JSON: values under their column's key.
    pub fn as_json(&self, row: &[Datum]) -> Value {
        let pair = |(column, cell): (&Column, &Datum)| {
            let value = match cell {
                Datum::Number(number) => json!(number),
                other => json!(other.as_text()),
            };
            (column.key.clone(), value)
        };
        Value::Object(self.columns.iter().zip(row).map(pair).collect())
    }
}

/// Only the place in the list is a number; a credit code of digits alone is not.
fn typed(key: &str, value: String) -> Datum {
    match value.parse::<i64>() {
        Ok(number) if key == "number" && number.to_string() == value => Datum::Number(number),
        _ => Datum::Text(value),
    }
}

fn about_list(tx: &Tx<'_>, head: &ListHead) -> Value {
    let base = &tx.env.base_url;
    json!({
        "$schema": format!("{base}/open-data/schemas/list-entries.json"),
        "list": {
            "id": head.id,
            "kind": head.kind,
            "number": head.number,
            "title": head.title,
            "category": head.category,
            "category_name": category_name(tx, &head.category, DEFAULT_LANGUAGE),
            "year": head.year,
            "published_at": head.published_at.map(calendar::local_datetime_iso),
            "source_url": head.source_url,
            "page": format!("{base}/lists/{}", head.id),
        },
    })
}

/// A recognition in the pool of a day.
struct InPool {
    organisation: OrganisationId,
    name: String,
    credit_code: String,
    category: String,
    city: Option<String>,
    list_number: Option<String>,
    list_title: String,
    year: Option<i32>,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    standing: &'static str,
}

impl From<PoolRow> for InPool {
    fn from(row: PoolRow) -> InPool {
        InPool {
            organisation: row.organisation,
            name: row.name,
            credit_code: row.credit_code,
            category: row.category,
            city: row.city,
            list_number: row.list_number,
            list_title: row.list_title,
            year: row.year,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            standing: row.standing.as_text(),
        }
    }
}

impl InPool {
    fn of(member: PoolMember, list: &ListHead) -> InPool {
        InPool {
            organisation: member.organisation,
            name: member.name,
            credit_code: member.credit_code,
            category: member.category,
            city: member.city,
            list_number: list.number.clone(),
            list_title: list.title.clone(),
            year: list.year,
            valid_from: member.valid_from,
            valid_to: member.valid_to,
            standing: member.standing.as_text(),
        }
    }
}

fn pool_rows_of(
    tx: &mut Tx<'_>,
    pool: &PoolOfDay,
    after: Option<MembershipId>,
) -> Result<(Vec<Vec<Datum>>, Option<Place>), Error> {
    let mut heads: BTreeMap<PublishedListId, ListHead> = BTreeMap::new();
    let (members, last) = pool.after(tx, after, CHUNK.into())?;
    let mut rows = Vec::with_capacity(members.len());
    for member in members {
        let head = match heads.entry(member.list) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(db::open_data::list(tx.db, member.list)?),
        };
        rows.push(pool_row(tx, InPool::of(member, head)));
    }
    Ok((rows, last.map(Place::Member)))
}

fn pool_row(tx: &Tx<'_>, row: InPool) -> Vec<Datum> {
    let city = row.city.as_deref().and_then(|code| tx.env.reference.city(code)).map(|city| city.name.clone());
    let year = row.year.map_or_else(|| Datum::Text(String::new()), |year| Datum::Number(year.into()));
    let category = category_name(tx, &row.category, DEFAULT_LANGUAGE);
    vec![
        Datum::Text(row.name),
        Datum::Text(row.credit_code),
        Datum::Text(row.category),
        Datum::Text(category),
        Datum::Text(city.unwrap_or_default()),
        Datum::Text(row.list_number.unwrap_or_default()),
        Datum::Text(row.list_title),
        year,
        Datum::Day(row.valid_from),
        Datum::Day(row.valid_to),
        Datum::Text(row.standing.into()),
        Datum::Text(format!("{}/providers/{}", tx.env.base_url, row.organisation)),
    ]
}
