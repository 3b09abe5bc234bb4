//! Lists decided elsewhere, brought in from a table: all rows or none.

use super::checkpoints::anchor;
use super::publish_list::{Certificates, next_in_chain, seal};
use super::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::published_lists::{ListEntry, PublishedList};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::PublishedListId;
use crate::domain::published_list::{Shown, find_personal_data};
use crate::domain::reference::Reference;
use crate::domain::refusal::Refusal;
use crate::domain::status::{ListKind, ListStatus};
use crate::error::Error;
use crate::spreadsheet::{ColumnProblem, Columns, Row, RowProblem, Table, WantedColumn, columns};
use chrono::NaiveDateTime;

/// Characters that one cell may have.
const CELL_LIMIT: usize = 300;
/// Years that a list may be of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

const fn column<'a>(key: &'a str, titles: &'a [&'a str]) -> WantedColumn<'a> {
    WantedColumn { key, titles }
}

/// Columns that a file must have: by the words that offices write above them, the usual ones first, or by their key.
const REQUIRED: [WantedColumn<'_>; 3] = [
    column("list_name", &["名单名称", "名单", "list_name"]),
    column("org_or_item", &["单位名称", "单位", "企业名称", "org_or_item"]),
    column("category", &["类别", "category"]),
];

/// Columns that a file may have.
const OPTIONAL: [WantedColumn<'_>; 7] = [
    column("list_year", &["年份", "年度", "list_year"]),
    column("region", &["地区", "region"]),
    column("platform_or_product", &["平台或产品", "平台名称", "产品名称", "platform_or_product"]),
    column("city", &["城市", "地市", "city"]),
    column("result", &["结果", "result"]),
    column("source_url", &["来源网址", "来源", "source_url"]),
    column("note", &["备注", "note"]),
];

/// What a file holds: lists ready to be brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedList {
    /// Its name.
    pub title: String,
    /// Its year, where it is known.
    pub year: Option<i32>,
    /// Its category, as written.
    pub category: String,
    /// Where it was taken from.
    pub source_url: Option<String>,
    /// In the order of the file.
    pub rows: Vec<ImportedRow>,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// The organisation's name; may be empty if there is a product.
    pub organisation: String,
    /// The platform or product; may be empty.
    pub product: String,
    /// The city's code, within the province.
    pub city: Option<String>,
    /// What the list says of it.
    pub result: String,
    /// The region, as written.
    pub region: String,
    /// A note, as written.
    pub note: String,
}

/// Why a file cannot be brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportProblem {
    /// The header.
    Columns(Vec<ColumnProblem>),
    /// Rows. Codes and remedies are in the locale files under `list-import-<code>` and `list-import-remedy-<code>`.
    Rows(Vec<RowProblem>),
}

/// Reads the lists of a table.
///
/// # Errors
/// Every wrong row at once: line, column, reason, remedy.
pub fn read_lists(table: &Table, reference: &Reference) -> Result<Vec<ImportedList>, ImportProblem> {
    let columns = columns(&table.header, &REQUIRED, &OPTIONAL).map_err(ImportProblem::Columns)?;
    let mut lists: Vec<ImportedList> = Vec::new();
    let mut problems = Vec::new();
    for row in &table.rows {
        let reading = Reading { columns: &columns, row, reference };
        match reading.row() {
            Ok(read) => {
                let known = lists.iter_mut().find(|list| list.title == read.title);
                match known {
                    None => lists.push(read),
                    Some(list) if list.year != read.year => {
                        problems.push(reading.problem("list_year", "year_differs", "same_year"));
                    }
                    Some(list) => list.rows.extend(read.rows),
                }
            }
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(lists) } else { Err(ImportProblem::Rows(problems)) }
}

struct Reading<'a> {
    columns: &'a Columns,
    row: &'a Row,
    reference: &'a Reference,
}

impl Reading<'_> {
    fn cell(&self, key: &str) -> String {
        self.columns.cell(self.row, key).to_string()
    }

    fn problem(&self, key: &str, code: &str, remedy: &str) -> RowProblem {
        RowProblem {
            line: self.row.line,
            column: self.columns.title(key).to_string(),
            code: code.to_string(),
            value: self.cell(key).chars().take(60).collect(),
            remedy: remedy.to_string(),
        }
    }

    /// The row as a list of one.
    fn row(&self) -> Result<ImportedList, Vec<RowProblem>> {
        let mut problems = Vec::new();
        for wanted in REQUIRED.iter().chain(&OPTIONAL) {
            let cell = self.cell(wanted.key);
            if cell.chars().count() > CELL_LIMIT {
                problems.push(self.problem(wanted.key, "too_long", "shorten"));
            }
            if find_personal_data(&cell).is_some() {
                let mut problem = self.problem(wanted.key, "personal_data", "take_out");
                // The report must not spread it.
                problem.value = String::new();
                problems.push(problem);
            }
        }
        for key in ["list_name", "category"] {
            if self.cell(key).is_empty() {
                problems.push(self.problem(key, "missing", "fill_in"));
            }
        }
        let (organisation, product) = (self.cell("org_or_item"), self.cell("platform_or_product"));
        if organisation.is_empty() && product.is_empty() {
            problems.push(self.problem("org_or_item", "name_missing", "fill_in"));
        }
        let year = self.year().unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let city = self.city().unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let source = self.cell("source_url");
        if !source.is_empty() && !is_web_address(&source) {
            problems.push(self.problem("source_url", "not_an_address", "web_address"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(ImportedList {
            title: self.cell("list_name"),
            year,
            category: self.cell("category"),
            source_url: (!source.is_empty()).then_some(source),
            rows: vec![ImportedRow {
                organisation,
                product,
                city,
                result: self.cell("result"),
                region: self.cell("region"),
                note: self.cell("note"),
            }],
        })
    }

    fn year(&self) -> Result<Option<i32>, RowProblem> {
        let text = self.cell("list_year");
        match text.parse::<i32>() {
            _ if text.is_empty() => Ok(None),
            Ok(year) if YEARS.contains(&year) => Ok(Some(year)),
            _ => Err(self.problem("list_year", "not_a_year", "year_range")),
        }
    }

    /// Only cities of the province have a code; a row from elsewhere leaves the cell empty.
    fn city(&self) -> Result<Option<String>, RowProblem> {
        let text = self.cell("city");
        if text.is_empty() {
            return Ok(None);
        }
        let plain = text.trim_end_matches('市');
        let found = self.reference.cities.iter().find(|city| city.name.trim_end_matches('市') == plain);
        found
            .map(|city| Some(city.code.clone()))
            .ok_or_else(|| self.problem("city", "unknown_city", "city_of_province"))
    }
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !text.contains(char::is_whitespace)
    })
}

/// Brings lists in and publishes them at once: they join the chain of lists. Carried out by an operator.
///
/// # Errors
/// A list of this name and year is here already.
pub fn import_lists(tx: &mut Tx<'_>, actor: &Actor, lists: &[ImportedList]) -> Result<Vec<PublishedListId>, Error> {
    let role = actor.must_hold(&[Role::System])?;
    let mut ids = Vec::new();
    db::checkpoints::lock(tx.db)?;
    // One for all of them: what is recorded below is anchored by the next list.
    let anchor = anchor(tx)?;
    for imported in lists {
        if db::published_lists::is_imported(tx.db, &imported.title, imported.year)? {
            return Err(Refusal::conflict("list_imported_before").with("list", &imported.title).into());
        }
        let mut list = list_of(tx, imported, tx.now);
        let mut entries = Vec::new();
        for (at, row) in imported.rows.iter().enumerate() {
            entries.push(entry_of(tx, &list, row, at + 1)?);
        }
        let place = next_in_chain(tx)?;
        seal(tx, &mut list, &entries, &Certificates::new(), place, anchor.clone())?;
        list.status = ListStatus::Published;
        db::published_lists::create(tx.db, &list, &entries)?;
        tx.record(
            actor,
            Record {
                subject_kind: "list",
                subject_id: list.id.as_text(),
                action: "list.imported",
                role: role.as_text(),
                to: Some("published"),
                detail: serde_json::json!({
                    "title": list.title, "year": list.year, "chain_number": list.chain_number,
                    "sha256": list.sha256, "entries": entries.len(),
                }),
                ..Record::default()
            },
        )?;
        ids.push(list.id);
    }
    Ok(ids)
}

fn list_of(tx: &Tx<'_>, imported: &ImportedList, now: NaiveDateTime) -> PublishedList {
    PublishedList {
        id: PublishedListId::new(&*tx.env.ids),
        call_id: None,
        kind: ListKind::Imported,
        number: None,
        category: imported.category.clone(),
        year: imported.year,
        title: imported.title.clone(),
        body: String::new(),
        source_url: imported.source_url.clone(),
        status: ListStatus::Proposed,
        proposed_by: None,
        proposed_at: now,
        published_by: None,
        published_at: None,
        chain_number: None,
        canonical: None,
        sha256: None,
        previous_sha256: None,
        signature: None,
        version: 1,
        seal: None,
    }
}

fn entry_of(tx: &Tx<'_>, list: &PublishedList, row: &ImportedRow, position: usize) -> Result<ListEntry, Error> {
    let city = row.city.as_deref().and_then(|code| tx.env.reference.city(code)).map_or("", |city| &city.name);
    let place = position.to_string();
    let shown = [
        ("number", place.as_str()),
        ("organisation", &row.organisation),
        ("product", &row.product),
        ("region", &row.region),
        ("city", city),
        ("result", &row.result),
        ("note", &row.note),
    ]
    .map(|(key, value)| Shown {
        key: key.to_string(),
        label: tx.env.words.say(crate::words::DEFAULT_LANGUAGE, &format!("list-column-{key}")),
        value: value.to_string(),
    });
    Ok(ListEntry {
        list_id: list.id,
        position: i32::try_from(position).map_err(anyhow::Error::from)?,
        application_id: None,
        organisation_id: None,
        organisation_name: row.organisation.clone(),
        product: row.product.clone(),
        credit_code: None,
        city: row.city.clone(),
        result: row.result.clone(),
        shown: Json(shown.to_vec()),
    })
}
