//! The files: CSV and JSON sent a chunk at a time, XLSX made of a chunk at a time and sent whole. Those of the pool
//! change with the register. A short one is sent whole and kept ready as pages are, so that it is there when the database
//! is away; a long one is made for each request, so that no copy of it stays in memory: whoever has one is told so before
//! anything of it is read, and anybody else is sent it compressed if they take that.

use super::fits_a_workbook;
use super::table::{Place, SHORT, Source, Table};
use crate::actions::{Env, Tx};
use crate::app::{App, off_thread};
use crate::db;
use crate::domain::calendar;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::spreadsheet::{Datum, MAX_ROWS, TypedWorkbook, WriteProblem, csv_head, csv_rows};
use crate::web::access::Visit;
use crate::web::page::Failure;
use crate::web::prepared::{Encoding, Lasting, Resting, is_nobodys, kept_if_short, liked, passing};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream::{once, try_unfold, unfold};
use futures_util::{Stream, TryStreamExt};
use serde_json::json;
use std::io::Write;
use std::sync::Arc;

/// Rows of a workbook at most: the longest table that can be brought in. Of what is made only the compressed file is in
/// memory, some 5 MB for so many rows; more comes as CSV.
pub const XLSX_ROWS: usize = MAX_ROWS;
/// How hard gzip tries for a file that is made while it is sent.
const LEVEL: u32 = 3;

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// UTF-8 with a byte order mark, safe against formulas.
    Csv,
    /// Typed cells, ready to print.
    Xlsx,
    /// Against the published schema.
    Json,
}

impl Format {
    fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Json => "application/json",
        }
    }

    /// How its name ends.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
        }
    }
}

/// Answers with a file of a published list, under the tag of what never changes. A short one is sent whole, so that it
/// can be kept, and compressed there; a long one is kept by nobody, and sent in the encoding.
///
/// # Errors
/// The list is not there, or too long for a workbook.
pub async fn of_list(
    visit: Visit,
    load: impl FnOnce(&mut Tx<'_>) -> Result<Table, Error> + Send + 'static,
    format: Format,
    tag: &Lasting,
    encoding: Encoding,
) -> Result<HttpResponse, Failure> {
    let table = visit.app.read(load).await.map_err(|e| visit.fail(e))?;
    let mut response = file(&table, format);
    tag.mark(&mut response);
    let short = table.short;
    if format == Format::Xlsx {
        let book = response.body(workbook(&visit.app, table).await.map_err(|e| visit.fail(e))?);
        return Ok(if short { book } else { passing(book) });
    }
    let pieces = pieces(visit.app.clone(), table, format);
    if !short {
        tag.in_encoding(encoding).mark(&mut response);
        return Ok(streamed(response, pieces, encoding));
    }
    Ok(response.body(joined(pieces).await.map_err(|e| visit.fail(e))?))
}

/// All pieces of a short file.
async fn joined(pieces: impl Stream<Item = Result<Bytes, Error>>) -> Result<Vec<u8>, Error> {
    let join = |mut whole: Vec<u8>, piece: Bytes| async move {
        whole.extend_from_slice(&piece);
        Ok::<_, Error>(whole)
    };
    pieces.try_fold(Vec::new(), join).await
}

/// Answers with a file of the pool, today's or a day's.
///
/// # Errors
/// The day cannot be answered for, or the pool is too long for a workbook.
pub async fn of_pool(
    visit: Visit,
    request: &HttpRequest,
    load: impl FnOnce(&mut Tx<'_>) -> Result<Table, Error> + Send + 'static,
    format: Format,
) -> Result<HttpResponse, Failure> {
    let read = visit.app.read(move |tx| {
        // Known before any row is read: what is read afterwards is at least as new.
        let version = db::counters::current(tx.db, db::counters::PUBLIC)?;
        Ok((version, load(tx)?))
    });
    let (version, table) = read.await.map_err(|e| visit.fail(e))?;
    let tag = tag_of(&visit.app.env, &table, version, format);
    if let Some(known) = tag.known(request) {
        return Ok(known);
    }
    let counted = visit.app.read(move |tx| Ok((table.count(tx)?, table)));
    let (rows, table) = counted.await.map_err(|e| visit.fail(e))?;
    let short = rows <= SHORT;
    let mut response = file(&table, format);
    tag.mark(&mut response);
    if format == Format::Xlsx && short {
        let book = workbook(&visit.app, table).await.map_err(|e| visit.fail(e))?;
        return Ok(kept_if_short(response.body(book)));
    }
    if format == Format::Xlsx {
        if !fits_a_workbook(rows) {
            return Err(visit.fail(Refusal::unacceptable("workbook_too_long").with("limit", XLSX_ROWS)));
        }
        // Made while the answer has begun: nobody waits for another's, and it may take longer than a page.
        let app = visit.app.clone();
        return Ok(response.streaming(once(async move { workbook(&app, table).await.map(Bytes::from) })));
    }
    let pieces = pieces(visit.app.clone(), table, format);
    // What is kept is compressed where it is kept.
    if short && is_nobodys(request) {
        let whole = joined(pieces).await.map_err(|e| visit.fail(e))?;
        return Ok(kept_if_short(response.body(whole)));
    }
    Ok(streamed(response, pieces, liked(request, false)))
}

/// Answers with pieces as they come, in gzip or as they are. The head has the tag of that.
pub fn streamed(
    mut response: HttpResponseBuilder,
    pieces: impl Stream<Item = Result<Bytes, Error>> + 'static,
    encoding: Encoding,
) -> HttpResponse {
    if encoding == Encoding::Gzip {
        response.insert_header((CONTENT_ENCODING, Encoding::Gzip.name()));
        return response.streaming(gzipped(pieces));
    }
    response.streaming(pieces)
}

/// The tag of a file of the pool: the version of what is public, the day, the form, and what the settings call things.
fn tag_of(env: &Env, table: &Table, version: i64, format: Format) -> Resting {
    let today = calendar::local_date(table.at);
    let (kind, day) = match table.source {
        // Once the day is over its members have the names that they had, and the standing that the record says.
        Source::PoolOn(day) if day < today => ("over", day),
        Source::PoolOn(day) => ("on", day),
        _ => ("pool", today),
    };
    let (day, version, ending) = (day.to_string(), version.to_string(), format.ending());
    let mut parts = vec![kind, day.as_str(), ending, version.as_str(), env.base_url.as_str()];
    for programme in &env.programmes {
        parts.extend([programme.category.key.as_str(), programme.names.zh_cn.as_str()]);
    }
    parts.extend(env.reference.cities.iter().flat_map(|city| [city.code.as_str(), city.name.as_str()]));
    Resting::on(&parts)
}

/// The head of a file's answer.
fn file(table: &Table, format: Format) -> HttpResponseBuilder {
    let name = match table.source {
        Source::Pool => format!("pool-{}.{}", calendar::local_date(table.at), format.ending()),
        Source::PoolOn(day) => format!("pool-{day}.{}", format.ending()),
        // The signed original has this name: two files of it in one folder would be taken for each other.
        Source::List(id) if format == Format::Json => format!("list-{id}-entries.json"),
        Source::List(id) => format!("list-{id}.{}", format.ending()),
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, format.media_type()));
    response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response
}

/// The pieces in gzip, as they come: a window of some hundred kilobytes is in memory, and nothing else of the file.
/// When a piece fails there is no end, so that nobody takes half a file for a whole one.
fn gzipped(pieces: impl Stream<Item = Result<Bytes, Error>> + 'static) -> impl Stream<Item = Result<Bytes, Error>> {
    let begin = (Box::pin(pieces), Some(GzEncoder::new(Vec::new(), Compression::new(LEVEL))));
    try_unfold(begin, |(mut pieces, encoder)| async move {
        let Some(mut encoder) = encoder else { return Ok::<_, Error>(None) };
        while let Some(piece) = pieces.try_next().await? {
            let written = off_thread(move || {
                encoder.write_all(&piece).map_err(anyhow::Error::from)?;
                let written = std::mem::take(encoder.get_mut());
                Ok((written, encoder))
            });
            let (written, back) = written.await?;
            encoder = back;
            // What is small is held back until there is more.
            if !written.is_empty() {
                return Ok(Some((Bytes::from(written), (pieces, Some(encoder)))));
            }
        }
        let rest = off_thread(move || Ok(encoder.finish().map_err(anyhow::Error::from)?)).await?;
        Ok(Some((Bytes::from(rest), (pieces, None))))
    })
}

async fn workbook(app: &Arc<App>, table: Table) -> Result<Vec<u8>, Error> {
    let mut book = TypedWorkbook::begin(&table.title, &table.header()).map_err(unwritten)?;
    let table = Arc::new(table);
    let mut place = Some(Place::Start);
    while let Some(from) = place {
        let of = table.clone();
        // The connection is given back after each chunk, as for the other files.
        let read = app.read(move |tx| {
            let (rows, next) = of.rows(tx, from)?;
            if book.len() + rows.len() > XLSX_ROWS {
                return Err(Refusal::unacceptable("workbook_too_long").with("limit", XLSX_ROWS).into());
            }
            rows.into_iter().try_for_each(|row| book.add(&of.in_words(row)).map_err(unwritten))?;
            Ok((book, next))
        });
        (book, place) = read.await?;
    }
    off_thread(move || book.finish().map_err(unwritten)).await
}

fn unwritten(problem: WriteProblem) -> Error {
    Error::Internal(anyhow::Error::from(problem))
}

/// Where the sending of a file has come to.
struct Sending {
    app: Arc<App>,
    table: Arc<Table>,
    format: Format,
    step: Step,
    any: bool,
}

enum Step {
    Head,
    Rows(Place),
    Done,
}

/// The pieces of a file. When the database fails on the way the answer is cut off, so that nobody takes half a file for
/// a whole one.
fn pieces(app: Arc<App>, table: Table, format: Format) -> impl Stream<Item = Result<Bytes, Error>> {
    let sending = Sending { app, table: Arc::new(table), format, step: Step::Head, any: false };
    unfold(sending, |mut sending| async move {
        match sending.step {
            Step::Done => None,
            Step::Head => {
                sending.step = Step::Rows(Place::Start);
                let head = sending.head();
                Some((Ok(head), sending))
            }
            Step::Rows(place) => Some(match sending.next(place).await {
                Ok(piece) => (Ok(piece), sending),
                Err(error) => {
                    sending.step = Step::Done;
                    (Err(error), sending)
                }
            }),
        }
    })
}

impl Sending {
    fn head(&self) -> Bytes {
        match self.format {
            Format::Json => {
                let mut about = self.table.about.clone();
                let columns = self.table.columns.iter().map(|c| json!({"key": c.key, "label": c.label})).collect();
                if let Some(about) = about.as_object_mut() {
                    about.insert("title".into(), json!(self.table.title));
                    about.insert("columns".into(), serde_json::Value::Array(columns));
                }
                let text = about.to_string();
                // The rows take the place of the closing brace.
                format!("{},\"rows\":[", text.strip_suffix('}').unwrap_or(&text)).into()
            }
            _ => csv_head(&self.table.header()).into(),
        }
    }

    async fn next(&mut self, place: Place) -> Result<Bytes, Error> {
        let table = self.table.clone();
        let (rows, next) = self.app.read(move |tx| table.rows(tx, place)).await?;
        self.step = next.map_or(Step::Done, Step::Rows);
        Ok(match self.format {
            Format::Json => self.json(&rows, next.is_none()),
            _ => {
                let said = rows.into_iter().map(|row| self.table.in_words(row));
                let texts: Vec<Vec<String>> = said.map(|row| row.iter().map(Datum::as_text).collect()).collect();
                csv_rows(&texts).into()
            }
        })
    }

    fn json(&mut self, rows: &[Vec<Datum>], last: bool) -> Bytes {
        let mut text = String::new();
        for row in rows {
            text.push_str(if self.any { ",\n" } else { "\n" });
            text.push_str(&self.table.as_json(row).to_string());
            self.any = true;
        }
        if last {
            text.push_str("\n]}\n");
        }
        text.into()
    }
}
