//! The files: CSV and JSON sent a chunk at a time, XLSX made of a chunk at a time and sent whole.

use super::table::{Place, Source, Table};
use crate::actions::Tx;
use crate::app::{App, off_thread};
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::spreadsheet::{Datum, MAX_ROWS, TypedWorkbook, WriteProblem, csv_head, csv_rows};
use crate::web::access::Visit;
use crate::web::page::Failure;
use crate::web::prepared::Lasting;
use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use serde_json::json;
use std::sync::Arc;

/// Rows of a workbook at most: the longest table that can be brought in. Of what is made only the compressed file is in
/// memory, some 5 MB for so many rows; more comes as CSV.
pub const XLSX_ROWS: usize = MAX_ROWS;

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

/// Answers with a file of this table, under the tag of what never changes if it is that.
///
/// # Errors
/// The table is not there, or too long for a workbook.
pub async fn answer(
    visit: Visit,
    load: impl FnOnce(&mut Tx<'_>) -> Result<Table, Error> + Send + 'static,
    format: Format,
    tag: Option<&Lasting>,
) -> Result<HttpResponse, Failure> {
    let table = visit.app.read(load).await.map_err(|e| visit.fail(e))?;
    let name = match table.source {
        Source::Pool => format!("pool-{}.{}", crate::domain::calendar::local_date(table.at), format.ending()),
        Source::PoolOn(day) => format!("pool-{day}.{}", format.ending()),
        Source::List(id) => format!("list-{id}.{}", format.ending()),
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, format.media_type()));
    response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    if let Some(tag) = tag {
        tag.mark(&mut response);
    }
    match format {
        Format::Xlsx => Ok(response.body(workbook(&visit.app, table).await.map_err(|e| visit.fail(e))?)),
        Format::Csv | Format::Json => Ok(response.streaming(pieces(visit.app.clone(), table, format))),
    }
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
