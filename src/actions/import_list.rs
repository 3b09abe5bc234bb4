//! Lists decided elsewhere, brought in from a table: all rows or none.

mod publish;

use crate::domain::plain_text::may_stand;
use crate::domain::programme::{Programme, ProgrammeKind};
use crate::domain::published_list::find_personal_data;
use crate::domain::reference::Reference;
use crate::spreadsheet::{ColumnProblem, Columns, Row, RowProblem, Table, WantedColumn, columns};
use std::collections::BTreeSet;

pub use publish::import_lists;

/// Characters that one cell may have.
pub const CELL_LIMIT: usize = 300;
/// What lists write for the province.
const PROVINCE: &str = "广东";
/// Years that a list may be of.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

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
    /// The programme that knows it, by key.
    pub programme: Option<String>,
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
    /// Which of the programme's types it is, by key.
    pub category_type: Option<String>,
}

/// Why a file cannot be brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportProblem {
    /// The header.
    Columns(Vec<ColumnProblem>),
    /// Rows. Codes and remedies are in the locale files under `list-import-<code>` and `list-import-remedy-<code>`.
    Rows(Vec<RowProblem>),
    /// A header and nothing below it.
    Empty,
}

/// Reads the lists of a table.
///
/// # Errors
/// Every wrong row at once: line, column, reason, remedy. No row at all.
pub fn read_lists(
    table: &Table,
    reference: &Reference,
    programmes: &[Programme],
) -> Result<Vec<ImportedList>, ImportProblem> {
    let columns = columns(&table.header, &REQUIRED, &OPTIONAL).map_err(ImportProblem::Columns)?;
    let mut lists: Vec<ImportedList> = Vec::new();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        let reading = Reading { columns: &columns, row, reference, programmes };
        // Counted twice, one of them would stand for nobody.
        if !seen.insert(reading.cells()) {
            problems.push(reading.problem("org_or_item", "row_twice", "take_out"));
            continue;
        }
        match reading.row() {
            Ok(read) => {
                let known = lists.iter_mut().find(|list| list.title == read.title);
                match known {
                    None => lists.push(read),
                    Some(list) if list.year != read.year => {
                        problems.push(reading.problem("list_year", "year_differs", "same_year"));
                    }
                    // Half a list under a programme would be shown under its columns and the other half not at all.
                    Some(list) if list.programme != read.programme => {
                        problems.push(reading.problem("category", "category_differs", "same_category"));
                    }
                    Some(list) => list.rows.extend(read.rows),
                }
            }
            Err(found) => problems.extend(found),
        }
    }
    match problems.is_empty() {
        true if lists.is_empty() => Err(ImportProblem::Empty),
        true => Ok(lists),
        false => Err(ImportProblem::Rows(problems)),
    }
}

struct Reading<'a> {
    columns: &'a Columns,
    row: &'a Row,
    reference: &'a Reference,
    programmes: &'a [Programme],
}

impl Reading<'_> {
    fn cell(&self, key: &str) -> String {
        self.columns.cell(self.row, key).to_string()
    }

    /// All that is read of the row.
    fn cells(&self) -> Vec<String> {
        REQUIRED.iter().chain(&OPTIONAL).map(|wanted| self.cell(wanted.key)).collect()
    }

    fn problem(&self, key: &str, code: &str, remedy: &str) -> RowProblem {
        RowProblem {
            line: self.row.line,
            column: self.columns.title(key).to_string(),
            code: code.to_string(),
            // What cannot be seen would be obeyed by a terminal.
            value: self.cell(key).chars().filter(|c| may_stand(*c, false)).take(60).collect(),
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
            if !cell.chars().all(|c| may_stand(c, true) || c == '\r') {
                problems.push(self.problem(wanted.key, "characters", "take_out"));
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
        let (title, category) = (self.cell("list_name"), self.cell("category"));
        let mut imported = self.programmes.iter().filter(|programme| programme.kind == ProgrammeKind::Imported);
        let meant = imported.find_map(|known| Some((known, known.category.type_meant(&category, &title)?)));
        Ok(ImportedList {
            title,
            year,
            category,
            programme: meant.map(|(programme, _)| programme.key.clone()),
            source_url: (!source.is_empty()).then_some(source),
            rows: vec![ImportedRow {
                organisation,
                product,
                city,
                result: self.cell("result"),
                region: self.cell("region"),
                note: self.cell("note"),
                category_type: meant.map(|(_, of_type)| of_type.key.clone()),
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
