//! The table that experts are brought in from.

use crate::spreadsheet::{ColumnProblem, TableProblem, WantedColumn, columns, read_table};
use crate::words::{DEFAULT_LANGUAGE, Words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Rows of one import.
pub(super) const ROW_LIMIT: usize = 5_000;

/// The columns of the table, in the order in which they are explained.
pub const COLUMNS: [&str; 12] = [
    "name",
    "email",
    "employer",
    "employer_code",
    "title",
    "city",
    "fields",
    "load_limit",
    "pool",
    "term_from",
    "term_to",
    "past_employers",
];

const REQUIRED: [&str; 6] = ["name", "email", "employer", "title", "fields", "load_limit"];

/// What may be left out; an empty cell leaves what is known as it is, but for code and city.
const OPTIONAL: [&str; 6] = ["employer_code", "city", "pool", "term_from", "term_to", "past_employers"];

/// One row as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertRow {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// 姓名.
    pub name: String,
    /// 邮箱; an address that is in the pool brings that expert up to date.
    pub email: String,
    /// 单位.
    pub employer: String,
    /// 单位统一社会信用代码; may be empty.
    #[serde(default)]
    pub employer_code: String,
    /// 职称.
    pub title: String,
    /// 地市: name or code; may be empty.
    #[serde(default)]
    pub city: String,
    /// 专业领域, separated by semicolons: names or codes of clusters, names of programmes, categories.
    pub fields: String,
    /// 评审上限: most applications in one review.
    pub load_limit: String,
    /// 专家库: the province's, or a bureau's name or code; empty leaves it as it is.
    #[serde(default)]
    pub pool: String,
    /// 聘期起; empty leaves it as it is.
    #[serde(default)]
    pub term_from: String,
    /// 聘期止, included; empty leaves it as it is.
    #[serde(default)]
    pub term_to: String,
    /// 曾任职单位, separated by semicolons, each as name/code/first day/last day; what is known is not added twice.
    #[serde(default)]
    pub past_employers: String,
}

/// Why a file could not be read at all.
#[derive(Debug)]
pub enum Unreadable {
    /// It is no table.
    Table(TableProblem),
    /// Its columns are not those of experts.
    Columns(Vec<ColumnProblem>),
}

impl Unreadable {
    /// In words, one sentence a problem.
    pub fn sentences(&self, language: &str) -> Vec<String> {
        match self {
            Unreadable::Table(problem) => {
                vec![Words.say_with(language, &format!("table-{}", problem.code()), problem.args())]
            }
            Unreadable::Columns(problems) => problems
                .iter()
                .map(|problem| Words.say_with(language, &format!("column-{}", problem.code), problem.args()))
                .collect(),
        }
    }
}

/// Reads the rows of a CSV or XLSX file.
///
/// # Errors
/// The file is no table, or columns are missing, doubled or unknown.
pub fn read(content: &[u8], name: &str) -> Result<Vec<ExpertRow>, Unreadable> {
    let table = read_table(content, name).map_err(Unreadable::Table)?;
    if table.rows.len() > ROW_LIMIT {
        return Err(Unreadable::Table(TableProblem::TooManyRows { limit: ROW_LIMIT }));
    }
    let words: BTreeMap<&str, String> = REQUIRED.iter().chain(&OPTIONAL).map(|key| (*key, column_title(key))).collect();
    let titles: BTreeMap<&str, Vec<&str>> = words.iter().map(|(key, word)| (*key, vec![word.as_str(), *key])).collect();
    let wanted = |keys: &[&'static str]| -> Vec<WantedColumn<'_>> {
        keys.iter().filter_map(|key| Some(WantedColumn { key, titles: titles.get(key)? })).collect()
    };
    let found = columns(&table.header, &wanted(&REQUIRED), &wanted(&OPTIONAL)).map_err(Unreadable::Columns)?;
    let cell = |row, key| found.cell(row, key).to_string();
    Ok(table
        .rows
        .iter()
        .map(|row| ExpertRow {
            line: row.line,
            name: cell(row, "name"),
            email: cell(row, "email"),
            employer: cell(row, "employer"),
            employer_code: cell(row, "employer_code"),
            title: cell(row, "title"),
            city: cell(row, "city"),
            fields: cell(row, "fields"),
            load_limit: cell(row, "load_limit"),
            pool: cell(row, "pool"),
            term_from: cell(row, "term_from"),
            term_to: cell(row, "term_to"),
            past_employers: cell(row, "past_employers"),
        })
        .collect())
}

pub(super) fn column_title(key: &str) -> String {
    Words.say(DEFAULT_LANGUAGE, &format!("expert-column-{key}"))
}
