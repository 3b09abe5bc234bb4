//! Tables that people bring and take away: CSV (RFC 4180) and XLSX.
//!
//! Reading yields text and nothing but text, with the line each row came from; what a cell means is its importer's
//! business. Writing never lets a cell become a formula (OWASP ASVS V1.2.10).

mod columns;
mod read_csv;
mod read_xlsx;
mod typed;
mod write;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::Serialize;

use crate::storage::UploadProblem;

pub use columns::{Columns, WantedColumn, columns};
pub use typed::{Datum, TypedWorkbook};
pub use write::{Sheet, WriteProblem, csv_head, csv_rows, write_csv, write_workbook, write_xlsx};

/// Largest file read, in bytes.
pub const MAX_BYTES: u64 = 20 * 1_048_576;
/// Most rows below the header.
pub const MAX_ROWS: usize = 100_000;
/// Most columns.
pub const MAX_COLUMNS: usize = 64;
/// Most text in all cells together, in bytes: what the largest CSV file can hold. A workbook can repeat one long text in
/// every cell at no cost to itself.
const MAX_TEXT_BYTES: usize = 20 * 1_048_576;

/// A table as read. Every row has exactly as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The first row that is not blank, each cell trimmed.
    pub header: Vec<String>,
    /// The rows below it that are not blank, cells as they are.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it starts: the line of a CSV file, the row of a sheet; from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Why a file is no table. [`Self::code`] and [`Self::args`] choose and fill the sentence `table-<code>`.
#[derive(Debug, thiserror::Error)]
pub enum TableProblem {
    /// Larger than [`MAX_BYTES`].
    #[error("larger than {limit} bytes")]
    FileTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The name ends neither in `.csv` nor in `.xlsx`.
    #[error("unknown format")]
    UnknownFormat,
    /// A CSV file in another encoding than UTF-8.
    #[error("not UTF-8, perhaps {guess}, at line {line}")]
    NotUtf8 {
        /// `gbk`, `utf-16` or `unknown`.
        guess: &'static str,
        /// First line that is not UTF-8.
        line: usize,
    },
    /// A quotation mark is opened and never closed.
    #[error("quote opened at line {line} is never closed")]
    UnclosedQuote {
        /// Where it was opened.
        line: usize,
    },
    /// Text follows a closing quotation mark.
    #[error("text after a closing quote at line {line}")]
    TextAfterQuote {
        /// Where.
        line: usize,
    },
    /// More than [`MAX_ROWS`].
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// More than [`MAX_COLUMNS`].
    #[error("more than {limit} columns at line {line}")]
    TooManyColumns {
        /// The limit.
        limit: usize,
        /// Where.
        line: usize,
    },
    /// More text than any honest table has.
    #[error("too much text")]
    TooMuchText,
    /// A row has a filled cell beyond the header's last column.
    #[error("cells beyond the header at line {line}")]
    ExtraCells {
        /// Where.
        line: usize,
    },
    /// A cell holds the character U+0000, which no database text can.
    #[error("a cell with U+0000 at line {line}")]
    Nul {
        /// Where.
        line: usize,
    },
    /// A cell holds a formula, and nothing that it came to.
    #[error("a formula without a value at line {line}")]
    Formula {
        /// Where.
        line: usize,
    },
    /// Nothing in it.
    #[error("empty")]
    Empty,
    /// Not a sound workbook.
    #[error("unusable workbook")]
    Workbook(#[source] UploadProblem),
    /// The file cannot be read.
    #[error("unreadable")]
    Io(#[from] io::Error),
}

impl TableProblem {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::FileTooLarge { .. } => "file_too_large",
            Self::UnknownFormat => "unknown_format",
            Self::NotUtf8 { .. } => "not_utf8",
            Self::UnclosedQuote { .. } => "unclosed_quote",
            Self::TextAfterQuote { .. } => "text_after_quote",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::TooMuchText => "too_much_text",
            Self::ExtraCells { .. } => "extra_cells",
            Self::Nul { .. } => "nul",
            Self::Formula { .. } => "formula",
            Self::Empty => "empty",
            Self::Workbook(_) => "workbook",
            Self::Io(_) => "io",
        }
    }

    /// What the sentence needs: `limit` (bytes, with `limit_mb`, or a count), `line`, `guess`, `cause` (the code of an
    /// [`UploadProblem`]).
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::FileTooLarge { limit } => {
                vec![("limit", limit.to_string()), ("limit_mb", (limit / 1_048_576).to_string())]
            }
            Self::NotUtf8 { guess, line } => {
                vec![("guess", (*guess).to_owned()), ("line", line.to_string())]
            }
            Self::UnclosedQuote { line }
            | Self::TextAfterQuote { line }
            | Self::ExtraCells { line }
            | Self::Nul { line }
            | Self::Formula { line } => {
                vec![("line", line.to_string())]
            }
            Self::TooManyRows { limit } => vec![("limit", limit.to_string())],
            Self::TooManyColumns { limit, line } => {
                vec![("limit", limit.to_string()), ("line", line.to_string())]
            }
            Self::Workbook(cause) => vec![("cause", cause.code().to_owned())],
            Self::TooMuchText => vec![("limit_mb", (MAX_TEXT_BYTES / 1_048_576).to_string())],
            Self::UnknownFormat | Self::Empty | Self::Io(_) => Vec::new(),
        }
    }
}

/// What is wrong with one cell, for a report that names every bad row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// [`Row::line`].
    pub line: usize,
    /// The column's title as the file has it; empty if the whole row is meant.
    pub column: String,
    /// Stable code of the problem; the sentence is the importer's.
    pub code: String,
    /// The cell as it stands.
    pub value: String,
    /// Stable code of the remedy.
    pub remedy: String,
}

/// What is wrong with a header; the sentence is `column-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnProblem {
    /// `missing`, `duplicate`, `unknown` or `untitled`.
    pub code: &'static str,
    /// The title: as wanted if it is missing, else as the file has it.
    pub title: String,
    /// Positions in the file, from 1; none if it is missing.
    pub positions: Vec<usize>,
}

impl ColumnProblem {
    /// What the sentence needs: `title`, `positions`.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let positions: Vec<String> = self.positions.iter().map(ToString::to_string).collect();
        vec![("title", self.title.clone()), ("positions", positions.join(", "))]
    }
}

/// Reads a table from a file on disk, judged by the ending of its name.
///
/// # Errors
/// Any [`TableProblem`].
pub fn read_table_file(path: &Path) -> Result<Table, TableProblem> {
    let mut content = Vec::new();
    // One byte more than allowed is enough to know.
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    read_table(&content, &path.file_name().unwrap_or_default().to_string_lossy())
}

/// Reads a table from bytes; `name` tells the format by its ending.
///
/// # Errors
/// Any [`TableProblem`] but an I/O error.
pub fn read_table(content: &[u8], name: &str) -> Result<Table, TableProblem> {
    if content.len() as u64 > MAX_BYTES {
        return Err(TableProblem::FileTooLarge { limit: MAX_BYTES });
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let rows = match extension.as_deref() {
        _ if content.is_empty() => return Err(TableProblem::Empty),
        Some("csv") => read_csv::rows(content)?,
        Some("xlsx") => read_xlsx::rows(content)?,
        _ => return Err(TableProblem::UnknownFormat),
    };
    into_table(rows)
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

fn into_table(rows: Vec<Row>) -> Result<Table, TableProblem> {
    if let Some(row) = rows.iter().find(|row| row.cells.iter().any(|cell| cell.contains('\0'))) {
        return Err(TableProblem::Nul { line: row.line });
    }
    let mut rows = rows.into_iter().filter(|row| !is_blank(&row.cells));
    let first = rows.next().ok_or(TableProblem::Empty)?;
    let mut header: Vec<String> = first.cells.iter().map(|cell| cell.trim().to_owned()).collect();
    while header.last().is_some_and(String::is_empty) {
        header.pop();
    }
    let rows = rows.map(|mut row| {
        if row.cells.get(header.len()..).is_some_and(|beyond| !is_blank(beyond)) {
            return Err(TableProblem::ExtraCells { line: row.line });
        }
        row.cells.resize(header.len(), String::new());
        Ok(row)
    });
    let rows: Vec<Row> = rows.collect::<Result<_, _>>()?;
    Ok(Table { header, rows })
}

/// Counts what a reader collects, so that no file can make it collect without end.
#[derive(Debug, Default)]
struct Budget {
    text: usize,
}

impl Budget {
    fn cell(&mut self, text: &str, column: usize, line: usize) -> Result<(), TableProblem> {
        if column >= MAX_COLUMNS {
            return Err(TableProblem::TooManyColumns { limit: MAX_COLUMNS, line });
        }
        self.text = self.text.saturating_add(text.len());
        if self.text > MAX_TEXT_BYTES { Err(TableProblem::TooMuchText) } else { Ok(()) }
    }

    /// Checks before one more row joins `rows` rows, of which one is the header.
    fn row(rows: usize) -> Result<(), TableProblem> {
        if rows > MAX_ROWS { Err(TableProblem::TooManyRows { limit: MAX_ROWS }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_and_size_are_checked_first() {
        assert!(matches!(read_table(b"a", "a.xls"), Err(TableProblem::UnknownFormat)));
        assert!(matches!(read_table(b"a", "a"), Err(TableProblem::UnknownFormat)));
        assert!(matches!(read_table(b"", "a.csv"), Err(TableProblem::Empty)));
        assert!(matches!(read_table(b"\r\n , \r\n", "a.CSV"), Err(TableProblem::Empty)));
        let large = vec![b'a'; MAX_BYTES as usize + 1];
        let problem = read_table(&large, "a.csv").expect_err("too large");
        assert_eq!(problem.args(), [("limit", "20971520".to_owned()), ("limit_mb", "20".to_owned())]);
    }

    #[test]
    fn rows_are_as_wide_as_the_header() {
        let table = read_table("\n 单位 ,城市,\n甲\n乙,广州,,\n,,\n".as_bytes(), "a.csv").expect("table");
        assert_eq!(table.header, ["单位", "城市"]);
        assert_eq!(
            table.rows,
            [
                Row { line: 3, cells: vec!["甲".into(), String::new()] },
                Row { line: 4, cells: vec!["乙".into(), "广州".into()] }
            ]
        );
        assert!(matches!(read_table(b"a,b\n1,2,3\n", "a.csv"), Err(TableProblem::ExtraCells { line: 2 })));
    }

    #[test]
    fn a_file_on_disk_is_read_alike() {
        let path = std::env::temp_dir().join(format!("yuanchi-table-{}.csv", std::process::id()));
        std::fs::write(&path, "a\n1\n").expect("written");
        assert_eq!(read_table_file(&path).expect("table").rows.len(), 1);
        std::fs::remove_file(&path).expect("removed");
        assert!(matches!(read_table_file(&path), Err(TableProblem::Io(_))));
    }
}
