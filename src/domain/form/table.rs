//! Answers as they are read: figures by year and repeated rows as tables.

use super::view::{Cell, ColumnView, FieldView, Input};

/// Figures by year or repeated rows, to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableView {
    /// Whether a row is a year; else it is one of several alike, with its number.
    pub by_year: bool,
    /// The headings, without that of the years or numbers.
    pub columns: Vec<String>,
    /// Blank rows are left out.
    pub rows: Vec<RowView>,
}

/// A row of such a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// The year, or the number.
    pub place: String,
    /// The answers, in the order of the columns.
    pub cells: Vec<AnswerView>,
}

/// An answer within a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerView {
    /// The heading of its column.
    pub heading: String,
    /// In words; empty if there is none.
    pub text: String,
    /// Whether it is asked for as a figure: figure and unit stay on one line.
    pub is_figure: bool,
    /// Whether it is asked for as a text of several lines, which needs the whole width to be read.
    pub is_long: bool,
}

/// Columns beside which those of a table leave one another no room on a desk, half of which is an expert's sheet.
const MANY_COLUMNS: usize = 6;

impl TableView {
    /// Whether its rows are read one by one, each with its headings beside it: a paragraph is no cell of a table. Figures by year
    /// are compared down their columns.
    pub fn is_of_cards(&self) -> bool {
        let has_long = self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.is_long);
        !self.by_year && (has_long || self.columns.len() >= MANY_COLUMNS)
    }
}

impl Input {
    /// Whether a number, a sum of money or a day is asked for.
    pub fn is_figure(&self) -> bool {
        matches!(self, Input::Number { .. } | Input::Date { .. })
    }
}

impl FieldView {
    /// Whether it is asked for as a single figure.
    pub fn is_figure(&self) -> bool {
        self.input.is_figure()
    }

    /// The answer as a table, where it is one and holds anything.
    pub fn table(&self) -> Option<TableView> {
        let answer = |cell: &Cell| AnswerView {
            heading: cell.label.clone(),
            text: cell.text.clone(),
            is_figure: cell.input.is_figure(),
            is_long: matches!(cell.input, Input::LongText { .. }),
        };
        let row = |place: String, cells: &[Cell]| RowView { place, cells: cells.iter().map(answer).collect() };
        let (by_year, columns, mut rows): (bool, &[ColumnView], Vec<RowView>) = match &self.input {
            Input::Years { columns, years } => {
                (true, columns.as_slice(), years.iter().map(|year| row(year.year.to_string(), &year.cells)).collect())
            }
            Input::Rows { columns, rows, .. } => {
                let numbered = rows.iter().enumerate();
                (false, columns.as_slice(), numbered.map(|(at, cells)| row((at + 1).to_string(), cells)).collect())
            }
            _ => return None,
        };
        rows.retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
        let columns = columns.iter().map(|column| column.label.clone()).collect();
        (!rows.is_empty()).then_some(TableView { by_year, columns, rows })
    }
}
