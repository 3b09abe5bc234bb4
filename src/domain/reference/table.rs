//! Reads the small CSV files of `config/reference`: a heading, one record per line, `#` begins a remark, cells may be quoted.

use std::fmt;

/// What is wrong with a reference file, where, and what to do about it. Stops the start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ReferenceProblem {
    /// The file's name.
    pub file: String,
    /// Line, counted from 1; 0 when no single line is to blame.
    pub line: usize,
    /// The column's heading, or empty when the whole line is to blame.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what to do, for whoever keeps the file.
    pub remedy: String,
}

impl fmt::Display for ReferenceProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        if !self.value.is_empty() {
            write!(f, ": {:?}", self.value)?;
        }
        write!(f, ": {}", self.remedy)
    }
}

/// A file cut into records.
pub(crate) struct Table<'a> {
    /// The file's name, for problems.
    pub file: &'a str,
    /// The records in the file's order.
    pub records: Vec<Record<'a>>,
}

/// One line of a file, by column.
pub(crate) struct Record<'a> {
    file: &'a str,
    /// Counted from 1.
    pub line: usize,
    columns: &'static [&'static str],
    cells: Vec<String>,
}

/// Cuts a file into records.
///
/// # Errors
/// The heading is not exactly `columns`, a quote stays open, or a line has too few or too many cells: every such line at once.
pub(crate) fn read<'a>(
    file: &'a str,
    text: &'a str,
    columns: &'static [&'static str],
) -> Result<Table<'a>, Vec<ReferenceProblem>> {
    let mut lines = (1..)
        .zip(text.trim_start_matches('\u{FEFF}').lines())
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let heading = columns.join(",");
    let whole_line = |line, value: &str, code, remedy| ReferenceProblem {
        file: file.to_string(),
        line,
        column: String::new(),
        value: value.to_string(),
        code,
        remedy,
    };
    match lines.next() {
        Some((_, found)) if found.trim_end() == heading => {}
        Some((line, found)) => {
            return Err(vec![whole_line(line, found, "reference_heading", format!("the heading must be {heading}"))]);
        }
        None => {
            return Err(vec![whole_line(
                0,
                "",
                "reference_empty",
                format!("the file is empty; it begins with the heading {heading}"),
            )]);
        }
    }

    let mut records = Vec::new();
    let mut problems = Vec::new();
    for (line, text) in lines {
        match cells(text) {
            Some(cells) if cells.len() == columns.len() => records.push(Record { file, line, columns, cells }),
            Some(cells) => {
                let remedy = format!("{} cells; there must be {}: {heading}", cells.len(), columns.len());
                problems.push(whole_line(line, text, "reference_cells", remedy));
            }
            None => problems.push(whole_line(
                line,
                text,
                "reference_quotes",
                "close the quotation mark on the same line".to_string(),
            )),
        }
    }
    if problems.is_empty() { Ok(Table { file, records }) } else { Err(problems) }
}

/// The cells of one line, trimmed; none when a quotation mark stays open.
pub(crate) fn cells(line: &str) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell).trim().to_string()),
            other => cell.push(other),
        }
    }
    cells.push(cell.trim().to_string());
    (!quoted).then_some(cells)
}

impl Table<'_> {
    /// A problem with the file as a whole.
    pub fn problem(&self, code: &'static str, value: &str, remedy: String) -> ReferenceProblem {
        ReferenceProblem {
            file: self.file.to_string(),
            line: 0,
            column: String::new(),
            value: value.to_string(),
            code,
            remedy,
        }
    }
}

impl Record<'_> {
    /// The cell under a heading; empty when there is no such column.
    pub fn get(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|c| *c == column);
        index.and_then(|i| self.cells.get(i)).map_or("", String::as_str)
    }

    /// A problem with the cell under a heading.
    pub fn problem(&self, column: &str, code: &'static str, remedy: impl Into<String>) -> ReferenceProblem {
        ReferenceProblem {
            file: self.file.to_string(),
            line: self.line,
            column: column.to_string(),
            value: self.get(column).to_string(),
            code,
            remedy: remedy.into(),
        }
    }

    /// The cell under a heading, when it is not empty; else the problem is noted.
    pub fn required(&self, column: &str, problems: &mut Vec<ReferenceProblem>) -> String {
        let value = self.get(column);
        if value.is_empty() {
            problems.push(self.problem(column, "reference_missing", "may not be empty"));
        }
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_remarks_and_empty_lines_are_read() {
        let table = read("x.csv", "\u{FEFF}# why\na,b\n\n1,\"x,\"\"y\"\"\"\n# more\n 2 ,\n", &["a", "b"])
            .map(|t| t.records)
            .unwrap_or_default();
        let cells: Vec<_> = table.iter().map(|r| (r.line, r.get("a"), r.get("b"), r.get("c"))).collect();
        assert_eq!(cells, [(4, "1", "x,\"y\"", ""), (6, "2", "", "")]);
    }

    fn problems(text: &str) -> Vec<String> {
        read("x.csv", text, &["a", "b"]).err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_broken_file_says_where_and_what_to_do() {
        assert_eq!(problems(""), ["x.csv: the file is empty; it begins with the heading a,b"]);
        assert_eq!(problems("a,c\n1,2\n"), ["x.csv, line 1: \"a,c\": the heading must be a,b"]);
        assert_eq!(
            problems("a,b\n1\n1,\"2\n1,2\n"),
            [
                "x.csv, line 2: \"1\": 1 cells; there must be 2: a,b",
                "x.csv, line 3: \"1,\\\"2\": close the quotation mark on the same line"
            ]
        );
    }
}
