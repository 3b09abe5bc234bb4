//! A whole list to take away. A short one is kept ready as pages are; a long one is sent piece by piece as it is read, so
//! that however many fetch it, only a piece of each is in memory.

use super::id_of;
use crate::app::App;
use crate::db;
use crate::db::published_lists::ListEntry;
use crate::domain::ids::PublishedListId;
use crate::error::Error;
use crate::spreadsheet::{csv_rows, write_csv};
use crate::web::access::Visit;
use crate::web::open_data::streamed;
use crate::web::page::Failure;
use crate::web::prepared::{Encoding, Lasting, liked};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::stream::try_unfold;
use std::sync::Arc;

/// Entries of one piece, and the most that a list has that is sent whole.
const ENTRIES: i64 = 1000;
/// Characters of one piece of the canonical text, and the most that a text has that is sent whole.
const CHARS: i32 = 256 * 1024;

/// The public columns as a table.
pub(super) async fn csv(visit: Visit, request: HttpRequest, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    table(visit, id, Some(&request)).await
}

/// The same; for nobody in particular as it is.
pub(super) async fn table(
    visit: Visit,
    id: PublishedListId,
    request: Option<&HttpRequest>,
) -> Result<HttpResponse, Failure> {
    let (total, entries) = visit
        .app
        .read(move |tx| {
            if !db::published_lists::is_published(tx.db, id)? {
                return Err(Error::NotFound);
            }
            Ok((db::published_lists::count_entries(tx.db, id)?, piece(tx.db, id, 0)?))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    let header: Vec<String> =
        entries.first().map(|e| e.shown.0.iter().map(|cell| cell.label.clone()).collect()).unwrap_or_default();
    let last = entries.last().map_or(0, |entry| entry.position);
    let first = Bytes::from(write_csv(&header, &cells(entries)));
    let mut response = download("text/csv; charset=utf-8", &format!("list-{id}.csv"));
    if total <= ENTRIES {
        return Ok(response.body(first));
    }
    // What is kept has the tag of what it says; nobody knows beforehand what is sent piece by piece.
    let tag = tag_of(&visit.app, id, "list.csv").await.map_err(|e| visit.fail(e))?;
    if let Some(known) = request.and_then(|request| tag.known(request)) {
        return Ok(known);
    }
    let encoding = request.map_or(Encoding::Identity, |request| liked(request, false));
    tag.in_encoding(encoding).mark(&mut response);
    let begin = (visit.app, Some(first), last);
    let pieces = try_unfold(begin, move |(app, first, last)| async move {
        if let Some(first) = first {
            return Ok::<_, Error>(Some((first, (app, None, last))));
        }
        let entries = app.read(move |tx| piece(tx.db, id, last)).await?;
        let Some(last) = entries.last().map(|entry| entry.position) else { return Ok(None) };
        Ok(Some((csv_rows(&cells(entries)).into(), (app, None, last))))
    });
    Ok(streamed(response, pieces, encoding))
}

fn piece(db: &mut db::Db, id: PublishedListId, after: i32) -> Result<Vec<ListEntry>, Error> {
    Ok(db::published_lists::entries_after(db, id, after, ENTRIES)?)
}

fn cells(entries: Vec<ListEntry>) -> Vec<Vec<String>> {
    entries.into_iter().map(|entry| entry.shown.0.into_iter().map(|cell| cell.value).collect()).collect()
}

/// The tag of a file of a published list.
///
/// # Errors
/// There is no such list, or it is not published.
pub(in crate::web) async fn tag_of(app: &Arc<App>, id: PublishedListId, file: &str) -> Result<Lasting, Error> {
    let sha256 = app.read(move |tx| Ok(db::published_lists::published_sha256(tx.db, id)?)).await?;
    Ok(Lasting::of(&sha256, file))
}

/// The canonical text, byte for byte as it was signed.
pub(super) async fn json(visit: Visit, request: HttpRequest, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    let tag = tag_of(&visit.app, id, "list.json").await.map_err(|e| visit.fail(e))?;
    match tag.known(&request) {
        Some(known) => Ok(known),
        None => signed_text(visit, id, &tag, liked(&request, false)).await,
    }
}

/// The same to whoever does not have it yet. A long one is sent in the encoding; a short one is compressed where it is
/// kept.
pub(super) async fn signed_text(
    visit: Visit,
    id: PublishedListId,
    tag: &Lasting,
    encoding: Encoding,
) -> Result<HttpResponse, Failure> {
    let first = text(&visit.app, id, 0).await.map_err(|e| visit.fail(e))?;
    let mut response = download("application/json", &format!("list-{id}.json"));
    tag.mark(&mut response);
    if first.chars().count() < usize::try_from(CHARS).unwrap_or(usize::MAX) {
        return Ok(response.body(first));
    }
    tag.in_encoding(encoding).mark(&mut response);
    let begin = (visit.app, Some(first), CHARS);
    let pieces = try_unfold(begin, move |(app, first, at)| async move {
        if let Some(first) = first {
            return Ok::<_, Error>(Some((Bytes::from(first), (app, None, at))));
        }
        let piece = text(&app, id, at).await?;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), (app, None, at.saturating_add(CHARS)))))
    });
    Ok(streamed(response, pieces, encoding))
}

async fn text(app: &Arc<App>, id: PublishedListId, at: i32) -> Result<String, Error> {
    app.read(move |tx| Ok(db::published_lists::canonical_piece(tx.db, id, at, CHARS)?)).await
}

fn download(content_type: &'static str, name: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response
}
