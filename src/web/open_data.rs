//! Open data: what can be taken away, in which form, with its description for machines.

mod catalogue;
mod download;
mod table;

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::prepared::{Asked, DAY, Encoding, NOTHING, liked};
use super::routes::Routes;
use crate::actions::Tx;
use crate::actions::pool::day_asked;
use crate::db;
use crate::db::open_data::ListHead;
use crate::domain::calendar;
use crate::domain::ids::PublishedListId;
use crate::error::Error;
use crate::web::lists::{category_name, tag_of};
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
pub(super) use download::{Format, XLSX_ROWS, streamed};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use std::collections::BTreeSet;
pub(super) use table::SHORT;
use table::Table;

/// Lists on the page and in the catalogue; more are found on the page of lists.
const LISTS: i64 = 500;

/// The published schemas: name and text.
const SCHEMAS: [(&str, &str); 2] = [
    ("pool.json", include_str!("open_data/schemas/pool.json")),
    ("list-entries.json", include_str!("open_data/schemas/list-entries.json")),
];

/// What a file of today's pool listens to: whoever asks it for a day is led on.
const TODAY: Asked = Asked { texts: &[DAY], ..NOTHING };
/// What a file of the pool of a day listens to.
const ON_DAY: Asked = Asked { days: &[DAY], ..NOTHING };

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/open-data", &NOTHING, show);
    routes.prepared("/open-data/pool.csv", &TODAY, pool_csv);
    routes.prepared("/open-data/pool.xlsx", &TODAY, pool_xlsx);
    routes.prepared("/open-data/pool.json", &TODAY, pool_json);
    routes.prepared("/pool.csv", &ON_DAY, pool_on_csv);
    routes.prepared("/pool.xlsx", &ON_DAY, pool_on_xlsx);
    routes.prepared("/pool.json", &ON_DAY, pool_on_json);
    routes.prepared("/open-data/catalog.jsonld", &NOTHING, catalogue::show);
    routes.prepared("/open-data/schemas/{name}", &NOTHING, schema);
    routes.prepared("/lists/{id}/list.xlsx", &NOTHING, list_xlsx);
    routes.prepared("/lists/{id}/entries.json", &NOTHING, list_json);
}

/// Whether so many rows come as a workbook too.
pub(super) fn fits_a_workbook(rows: i64) -> bool {
    usize::try_from(rows).is_ok_and(|rows| rows <= XLSX_ROWS)
}

/// Those of these lists that are too long for a workbook.
fn too_long(tx: &mut Tx<'_>, lists: &[ListHead]) -> Result<BTreeSet<PublishedListId>, Error> {
    let limit = i64::try_from(XLSX_ROWS).unwrap_or(i64::MAX);
    longer_than(tx, lists, limit)
}

/// Those of these lists that have more entries than this.
pub(super) fn longer_than(
    tx: &mut Tx<'_>,
    lists: &[ListHead],
    entries: i64,
) -> Result<BTreeSet<PublishedListId>, Error> {
    let ids: Vec<PublishedListId> = lists.iter().map(|list| list.id).collect();
    Ok(db::open_data::lists_longer_than(tx.db, &ids, entries)?.into_iter().collect())
}

/// A list that can be taken away.
struct ListLine {
    id: String,
    workbook: bool,
    title: String,
    category: String,
    at: String,
}

#[derive(Template)]
#[template(path = "open_data/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    now: String,
    in_pool: i64,
    lists: Vec<ListLine>,
    columns: Vec<(String, String)>,
}

impl ShowPage {
    fn xlsx_rows(&self) -> usize {
        XLSX_ROWS
    }

    fn pool_fits(&self) -> bool {
        fits_a_workbook(self.in_pool)
    }
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let language = visit.actor.language.clone();
    let read = visit.app.read(move |tx| {
        let lists = db::open_data::lists(tx.db, LISTS)?;
        let too_long = too_long(tx, &lists)?;
        let line = |list: ListHead| ListLine {
            id: list.id.to_string(),
            workbook: !too_long.contains(&list.id),
            category: category_name(tx, &list.category, &language),
            title: list.title,
            at: list.published_at.map(calendar::local_datetime_text).unwrap_or_default(),
        };
        let lists: Vec<ListLine> = lists.into_iter().map(line).collect();
        let in_pool = db::memberships::in_pool(tx.db, calendar::local_date(tx.now))?;
        let columns = Table::of_pool(tx).columns.into_iter().map(|column| (column.key, column.label)).collect();
        Ok((lists, in_pool, columns))
    });
    let (lists, in_pool, columns) = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "open-data-title");
    ok(&ShowPage { now: page.at(&visit.now), in_pool, lists, columns, page })
}

async fn pool_csv(visit: Visit, req: HttpRequest, query: web::Query<DayQuery>) -> Result<HttpResponse, Failure> {
    pool(visit, &req, &query, Format::Csv).await
}

async fn pool_xlsx(visit: Visit, req: HttpRequest, query: web::Query<DayQuery>) -> Result<HttpResponse, Failure> {
    pool(visit, &req, &query, Format::Xlsx).await
}

async fn pool_json(visit: Visit, req: HttpRequest, query: web::Query<DayQuery>) -> Result<HttpResponse, Failure> {
    pool(visit, &req, &query, Format::Json).await
}

/// Today's pool. Whoever asks for another day is led to where there is one: today's rows would pass for that day's.
async fn pool(visit: Visit, req: &HttpRequest, query: &DayQuery, format: Format) -> Result<HttpResponse, Failure> {
    if !query.on.is_empty() {
        let day = utf8_percent_encode(&query.on, NON_ALPHANUMERIC);
        let address = format!("/pool.{}?on={day}", format.ending());
        return Ok(HttpResponse::TemporaryRedirect().insert_header((LOCATION, address)).finish());
    }
    download::of_pool(visit, req, |tx| Ok(Table::of_pool(tx)), format).await
}

/// For which day it is asked; today when nothing is said.
#[derive(Debug, Default, Deserialize)]
struct DayQuery {
    #[serde(default)]
    on: String,
}

async fn pool_on_csv(visit: Visit, req: HttpRequest, query: web::Query<DayQuery>) -> Result<HttpResponse, Failure> {
    pool_on(visit, &req, query.into_inner(), Format::Csv).await
}

async fn pool_on_xlsx(visit: Visit, req: HttpRequest, query: web::Query<DayQuery>) -> Result<HttpResponse, Failure> {
    pool_on(visit, &req, query.into_inner(), Format::Xlsx).await
}

async fn pool_on_json(visit: Visit, req: HttpRequest, query: web::Query<DayQuery>) -> Result<HttpResponse, Failure> {
    pool_on(visit, &req, query.into_inner(), Format::Json).await
}

async fn pool_on(visit: Visit, req: &HttpRequest, query: DayQuery, format: Format) -> Result<HttpResponse, Failure> {
    let table = move |tx: &mut Tx<'_>| {
        let day = day_asked(tx, &query.on)?;
        Ok(Table::of_pool_on(tx, day))
    };
    download::of_pool(visit, req, table, format).await
}

async fn list_xlsx(visit: Visit, request: HttpRequest, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    list(visit, &request, &id, Format::Xlsx).await
}

async fn list_json(visit: Visit, request: HttpRequest, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    list(visit, &request, &id, Format::Json).await
}

/// A published list as a file.
async fn list(visit: Visit, request: &HttpRequest, id: &str, format: Format) -> Result<HttpResponse, Failure> {
    let id = PublishedListId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let tag = tag_of(&visit.app, id, format.ending()).await.map_err(|e| visit.fail(e))?;
    match tag.known(request) {
        Some(known) => Ok(known),
        None => {
            let encoding = liked(request, false);
            download::of_list(visit, move |tx| Table::of_list(tx, id), format, &tag, encoding).await
        }
    }
}

/// The same as it is, to whoever does not have it yet.
///
/// # Errors
/// As the page of it.
pub(super) async fn list_file(visit: Visit, id: PublishedListId, format: Format) -> Result<HttpResponse, Failure> {
    let tag = tag_of(&visit.app, id, format.ending()).await.map_err(|e| visit.fail(e))?;
    download::of_list(visit, move |tx| Table::of_list(tx, id), format, &tag, Encoding::Identity).await
}

async fn schema(visit: Visit, name: web::Path<String>) -> Result<HttpResponse, Failure> {
    let found = SCHEMAS.iter().find(|(known, _)| *known == name.as_str());
    let (_, text) = found.ok_or_else(|| visit.fail(Error::NotFound))?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/schema+json")).body(*text))
}
