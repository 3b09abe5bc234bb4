//! Published lists, proposed and published, and the entries they are made from. A published row is never changed again: the database
//! refuses it.

mod candidates;

use super::connection::Db;
use super::page::{Page, Pager};
use super::portable::Portable;
use super::schema::{counters, list_entries, memberships, published_lists};
use super::types::Json;
use crate::domain::ids::{AccountId, ApplicationId, CallId, OrganisationId, PublishedListId};
use crate::domain::published_list::{ListSeal, Shown};
use crate::domain::status::{ListKind, ListStatus};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, max, sql};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text};

pub use candidates::{Candidate, calls_to_publish, in_state, noticed};

#[diesel::declare_sql_function]
extern "SQL" {
    /// So many characters from a place on, counted from 1.
    fn substr(text: Text, from: Integer, length: Integer) -> Text;
}

/// The columns of a list in their order, without its canonical text: that of a long list is megabytes, and whoever shows
/// many lists shows none of it.
macro_rules! without_text {
    () => {
        (
            published_lists::id,
            published_lists::call_id,
            published_lists::kind,
            published_lists::number,
            published_lists::category,
            published_lists::year,
            published_lists::title,
            published_lists::body,
            published_lists::source_url,
            published_lists::status,
            published_lists::proposed_by,
            published_lists::proposed_at,
            published_lists::published_by,
            published_lists::published_at,
            published_lists::chain_number,
            sql::<Nullable<Text>>("NULL"),
            published_lists::sha256,
            published_lists::previous_sha256,
            published_lists::signature,
            published_lists::version,
            published_lists::seal,
        )
    };
}

/// A list.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = published_lists)]
pub struct PublishedList {
    /// Id.
    pub id: PublishedListId,
    /// Of which call; none for one that was imported.
    pub call_id: Option<CallId>,
    /// Main, supplement or imported.
    pub kind: ListKind,
    /// Its number; none for one that was imported.
    pub number: Option<String>,
    /// Category of the pool.
    pub category: String,
    /// Year, where it is known.
    pub year: Option<i32>,
    /// Title.
    pub title: String,
    /// Text above the table.
    pub body: String,
    /// Where an imported list was taken from.
    pub source_url: Option<String>,
    /// Where it stands.
    pub status: ListStatus,
    /// Proposed by.
    pub proposed_by: Option<AccountId>,
    /// Proposed.
    pub proposed_at: NaiveDateTime,
    /// Published by.
    pub published_by: Option<AccountId>,
    /// Published.
    pub published_at: Option<NaiveDateTime>,
    /// Its place in the chain of lists, from 1; none until it is published, as the proofs below.
    pub chain_number: Option<i32>,
    /// The canonical text, byte for byte as it was hashed and signed.
    pub canonical: Option<String>,
    /// SHA-256 of the canonical text, in hex.
    pub sha256: Option<String>,
    /// The hash of the list before.
    pub previous_sha256: Option<String>,
    /// Ed25519 signature of the canonical text, in hex.
    pub signature: Option<String>,
    /// Version for the optimistic lock.
    pub version: i32,
    /// How it is sealed, as JSON of [`crate::domain::published_list::ListSeal`]; none for one sealed before there was such a thing.
    pub seal: Option<String>,
}

impl PublishedList {
    /// How it is sealed; none for a list of the first format.
    pub fn list_seal(&self) -> Option<ListSeal> {
        self.seal.as_deref().and_then(|text| serde_json::from_str(text).ok())
    }
}

/// One entry of a list.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = list_entries)]
pub struct ListEntry {
    /// In which list.
    pub list_id: PublishedListId,
    /// Place, from 1.
    pub position: i32,
    /// The application; none in an imported list.
    pub application_id: Option<ApplicationId>,
    /// The organisation, if it is registered here.
    pub organisation_id: Option<OrganisationId>,
    /// Name as published.
    pub organisation_name: String,
    /// Platform or product named beside it; may be empty.
    pub product: String,
    /// 统一社会信用代码, where it is known.
    pub credit_code: Option<String>,
    /// City's code, where it is known.
    pub city: Option<String>,
    /// What the list says of it.
    pub result: String,
    /// The public columns.
    pub shown: Json<Vec<Shown>>,
    /// Of an imported list that a programme knows: the key of one of its types.
    pub category_type: Option<String>,
    /// Of such a list: whether it is of the province, where the list says so.
    pub in_province: Option<bool>,
    /// Of such a list: the last day on which it is shown as current; none without an end.
    pub valid_to: Option<NaiveDate>,
}

/// Adds a list with its entries.
pub fn create(db: &mut Db, list: &PublishedList, entries: &[ListEntry]) -> QueryResult<()> {
    diesel::insert_into(published_lists::table).values(list).execute(db)?;
    for entry in entries {
        diesel::insert_into(list_entries::table).values(entry).execute(db)?;
    }
    Ok(())
}

/// A list in any status. The caller sees to who may see one that is not published.
pub fn find(db: &mut Db, id: PublishedListId) -> QueryResult<PublishedList> {
    published_lists::table.find(id).select(PublishedList::as_select()).first(db)
}

/// The same, held until the transaction ends.
pub fn lock(db: &mut Db, id: PublishedListId) -> QueryResult<PublishedList> {
    db.lock_row("published_lists", id.as_text())?;
    find(db, id)
}

/// A published list.
pub fn find_published(db: &mut Db, id: PublishedListId) -> QueryResult<PublishedList> {
    published_lists::table
        .find(id)
        .filter(published_lists::status.eq(ListStatus::Published))
        .select(PublishedList::as_select())
        .first(db)
}

/// Whether there is a published list of this id.
pub fn is_published(db: &mut Db, id: PublishedListId) -> QueryResult<bool> {
    let published = published_lists::table.find(id).filter(published_lists::status.eq(ListStatus::Published));
    Ok(published.select(published_lists::id).first::<PublishedListId>(db).optional()?.is_some())
}

/// The hash of a published list, in hex.
pub fn published_sha256(db: &mut Db, id: PublishedListId) -> QueryResult<String> {
    published_lists::table
        .find(id)
        .filter(published_lists::status.eq(ListStatus::Published))
        .filter(published_lists::sha256.is_not_null())
        .select(published_lists::sha256.assume_not_null())
        .first(db)
}

/// A piece of the canonical text of a published list: `chars` characters after the first `skipped`; empty past its end.
pub fn canonical_piece(db: &mut Db, id: PublishedListId, skipped: i32, chars: i32) -> QueryResult<String> {
    published_lists::table
        .find(id)
        .filter(published_lists::status.eq(ListStatus::Published))
        .filter(published_lists::canonical.is_not_null())
        .select(substr(published_lists::canonical.assume_not_null(), skipped.saturating_add(1), chars))
        .first(db)
}

/// The next entries of a list after a place, in order, at most `limit`: a list is read in pieces, for its cells take much memory.
pub fn entries_after(db: &mut Db, list: PublishedListId, place: i32, limit: i64) -> QueryResult<Vec<ListEntry>> {
    list_entries::table
        .filter(list_entries::list_id.eq(list).and(list_entries::position.gt(place)))
        .order(list_entries::position)
        .limit(limit)
        .select(ListEntry::as_select())
        .load(db)
}

/// Every entry of a list, in order.
pub fn entries(db: &mut Db, list: PublishedListId) -> QueryResult<Vec<ListEntry>> {
    list_entries::table
        .filter(list_entries::list_id.eq(list))
        .order(list_entries::position)
        .select(ListEntry::as_select())
        .load(db)
}

/// One page of the entries of a list, in order.
pub fn entries_page(db: &mut Db, list: PublishedListId, pager: Pager) -> QueryResult<Page<ListEntry>> {
    let total = count_entries(db, list)?;
    let rows = list_entries::table
        .filter(list_entries::list_id.eq(list))
        .order(list_entries::position)
        .limit(pager.limit())
        .offset(pager.offset())
        .select(ListEntry::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// How many entries a list has.
pub fn count_entries(db: &mut Db, list: PublishedListId) -> QueryResult<i64> {
    list_entries::table.filter(list_entries::list_id.eq(list)).select(count_star()).first(db)
}

/// Which published lists are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of one year.
    pub year: Option<i32>,
    /// Of one category.
    pub category: Option<String>,
    /// Whose title or number holds this.
    pub text: Option<String>,
}

/// One page of the published lists without their canonical texts: the latest year first, those without a year last; in a
/// year what was published here before what was brought in, whose day here says nothing, and the newest first.
pub fn published(db: &mut Db, filter: &Filter, pager: Pager) -> QueryResult<Page<PublishedList>> {
    let filtered = || {
        let mut query = published_lists::table.filter(published_lists::status.eq(ListStatus::Published)).into_boxed();
        if let Some(year) = filter.year {
            query = query.filter(published_lists::year.is_not_null());
            query = query.filter(published_lists::year.assume_not_null().eq(year));
        }
        if let Some(category) = &filter.category {
            query = query.filter(published_lists::category.eq(category.clone()));
        }
        if let Some(text) = &filter.text {
            query = query.filter(published_lists::title.like(super::organisations::containing(text)).escape('\\'));
        }
        query
    };
    let total = filtered().select(count_star()).first(db)?;
    let rows = filtered()
        .order((
            // The databases do not agree on where nothing stands.
            published_lists::year.is_null(),
            published_lists::year.desc(),
            published_lists::kind.eq(ListKind::Imported),
            published_lists::published_at.desc(),
            published_lists::chain_number.desc(),
        ))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(without_text!())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// Years and categories that published lists have, for a filter: years newest first.
pub fn years_and_categories(db: &mut Db) -> QueryResult<(Vec<i32>, Vec<String>)> {
    let published = || published_lists::table.filter(published_lists::status.eq(ListStatus::Published));
    let years: Vec<i32> = published()
        .filter(published_lists::year.is_not_null())
        .select(published_lists::year.assume_not_null())
        .distinct()
        .order(published_lists::year.assume_not_null().desc())
        .load(db)?;
    let categories =
        published().select(published_lists::category).distinct().order(published_lists::category).load(db)?;
    Ok((years, categories))
}

/// The lists of a call, newest first, in any status.
pub fn of_call(db: &mut Db, call: CallId) -> QueryResult<Vec<PublishedList>> {
    published_lists::table
        .filter(published_lists::call_id.is_not_null())
        .filter(published_lists::call_id.assume_not_null().eq(call))
        .order((published_lists::proposed_at.desc(), published_lists::id.desc()))
        .select(PublishedList::as_select())
        .load(db)
}

/// Lists that wait for a second officer, oldest first.
pub fn pending(db: &mut Db) -> QueryResult<Vec<PublishedList>> {
    published_lists::table
        .filter(published_lists::status.eq(ListStatus::Proposed))
        .order((published_lists::proposed_at, published_lists::id))
        .select(PublishedList::as_select())
        .load(db)
}

/// Holds the end of the chain of lists until the transaction ends, and gives its number and hash; none before the first.
pub fn chain_end(db: &mut Db) -> QueryResult<Option<(i32, String)>> {
    // The row of a counter is the lock that both databases have: whoever publishes does so alone.
    Portable(
        diesel::insert_into(counters::table)
            .values((counters::name.eq("lists.chain".to_string()), counters::value.eq(1_i64)))
            .on_conflict(counters::name)
            .do_update()
            .set(counters::value.eq(counters::value + 1))
            .returning(counters::value),
    )
    .get_result::<i64>(db)?;
    let last: Option<i32> = published_lists::table.select(max(published_lists::chain_number)).first(db)?;
    let Some(last) = last else { return Ok(None) };
    let hash: Option<String> = published_lists::table
        .filter(published_lists::chain_number.is_not_null())
        .filter(published_lists::chain_number.assume_not_null().eq(last))
        .select(published_lists::sha256)
        .first(db)?;
    Ok(Some((last, hash.unwrap_or_default())))
}

/// Puts a proposed list among the published ones; false when it was changed since its version.
pub fn publish(db: &mut Db, list: &PublishedList) -> QueryResult<bool> {
    diesel::update(published_lists::table.find(list.id).filter(published_lists::version.eq(list.version)))
        .set((
            published_lists::status.eq(ListStatus::Published),
            published_lists::number.eq(list.number.clone()),
            published_lists::published_by.eq(list.published_by),
            published_lists::published_at.eq(list.published_at),
            published_lists::chain_number.eq(list.chain_number),
            published_lists::canonical.eq(list.canonical.clone()),
            published_lists::sha256.eq(list.sha256.clone()),
            published_lists::previous_sha256.eq(list.previous_sha256.clone()),
            published_lists::signature.eq(list.signature.clone()),
            published_lists::seal.eq(list.seal.clone()),
            published_lists::version.eq(list.version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Sends a proposed list back: its entries are free again. False when it was changed since `version`.
pub fn send_back(db: &mut Db, id: PublishedListId, version: i32) -> QueryResult<bool> {
    diesel::delete(list_entries::table.filter(list_entries::list_id.eq(id))).execute(db)?;
    diesel::update(published_lists::table.find(id).filter(published_lists::version.eq(version)))
        .set((published_lists::status.eq(ListStatus::Returned), published_lists::version.eq(version + 1)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Whether a list of this title and year was imported before.
pub fn is_imported(db: &mut Db, title: &str, year: Option<i32>) -> QueryResult<bool> {
    let found: Vec<Option<i32>> = published_lists::table
        .filter(published_lists::kind.eq(ListKind::Imported).and(published_lists::title.eq(title.to_string())))
        .select(published_lists::year)
        .load(db)?;
    Ok(found.contains(&year))
}

/// The published lists with a seal from a place in the chain on, in its order: id, place, hash, seal.
pub fn sealed(db: &mut Db) -> QueryResult<Vec<(PublishedListId, i32, String, String)>> {
    published_lists::table
        .filter(published_lists::status.eq(ListStatus::Published))
        .filter(published_lists::seal.is_not_null())
        .filter(published_lists::chain_number.is_not_null().and(published_lists::sha256.is_not_null()))
        .order(published_lists::chain_number)
        .select((
            published_lists::id,
            published_lists::chain_number.assume_not_null(),
            published_lists::sha256.assume_not_null(),
            published_lists::seal.assume_not_null(),
        ))
        .load(db)
}

/// The entries of these applications in published lists.
pub fn entries_of_applications(db: &mut Db, ids: &[ApplicationId]) -> QueryResult<Vec<ListEntry>> {
    list_entries::table
        .filter(list_entries::application_id.is_not_null())
        .filter(list_entries::application_id.assume_not_null().eq_any(ids.to_vec()))
        .select(ListEntry::as_select())
        .load(db)
}

/// Which recognitions of an imported category are asked for.
#[derive(Debug, Clone, Default)]
pub struct RecognitionFilter {
    /// One of the category's types, by key.
    pub category_type: Option<String>,
    /// Only those that their list places in the province.
    pub in_province: bool,
    /// Only those that are current on this day.
    pub current_on: Option<NaiveDate>,
}

/// The entries of published imported lists of a category, by type in the order of the types' keys; in a type newest first, then in the
/// list's order. A platform that several lists name is there with each of them.
pub fn recognitions(
    db: &mut Db,
    category: &str,
    filter: &RecognitionFilter,
) -> QueryResult<Vec<(PublishedList, ListEntry)>> {
    let mut query = list_entries::table
        .inner_join(published_lists::table)
        .filter(published_lists::status.eq(ListStatus::Published).and(published_lists::kind.eq(ListKind::Imported)))
        .filter(published_lists::category.eq(category.to_string()))
        .filter(list_entries::category_type.is_not_null())
        .into_boxed();
    if let Some(wanted) = &filter.category_type {
        query = query.filter(list_entries::category_type.assume_not_null().eq(wanted.clone()));
    }
    if filter.in_province {
        query = query.filter(list_entries::in_province.is_not_null());
        query = query.filter(list_entries::in_province.assume_not_null().eq(true));
    }
    if let Some(day) = filter.current_on {
        query = query.filter(list_entries::valid_to.is_null().or(list_entries::valid_to.assume_not_null().ge(day)));
    }
    query
        .order((
            list_entries::category_type,
            published_lists::year.desc(),
            published_lists::chain_number.desc(),
            list_entries::position,
        ))
        .select((PublishedList::as_select(), ListEntry::as_select()))
        .load(db)
}

/// The certificates of a list: application, number.
pub fn certificates(db: &mut Db, list: PublishedListId) -> QueryResult<Vec<(ApplicationId, String)>> {
    memberships::table
        .filter(memberships::list_id.eq(list))
        .order(memberships::id)
        .select((memberships::application_id, memberships::certificate_number))
        .load(db)
}
