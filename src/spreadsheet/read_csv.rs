//! CSV as RFC 4180 has it, in UTF-8.
//!
//! Written here because the usual reader forgives an unclosed quotation mark by swallowing the rest of the file into one
//! cell; a register must be told of it instead, with the line.

use super::write::without_guard;
use super::{Budget, Row, TableProblem};

/// All records, blank ones included, each with the line it starts on.
pub(super) fn rows(content: &[u8]) -> Result<Vec<Row>, TableProblem> {
    let mut reader = Reader { rest: decode(content)?, line: 1, budget: Budget::default() };
    let mut rows = Vec::new();
    while !reader.rest.is_empty() {
        let row = reader.record()?;
        // Blank lines cost nothing later, so they cost nothing here.
        if !super::is_blank(&row.cells) {
            Budget::row(rows.len())?;
            rows.push(row);
        }
    }
    Ok(rows)
}

fn decode(content: &[u8]) -> Result<&str, TableProblem> {
    if content.starts_with(b"\xff\xfe") || content.starts_with(b"\xfe\xff") {
        return Err(TableProblem::NotUtf8 { guess: "utf-16", line: 1 });
    }
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    std::str::from_utf8(content).map_err(|error| {
        let (before, after) = content.split_at_checked(error.valid_up_to()).unwrap_or((content, &[]));
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let guess = if looks_like_gbk(after) { "gbk" } else { "unknown" };
        TableProblem::NotUtf8 { guess, line }
    })
}

/// GBK writes every Chinese character as a lead byte 0x81–0xFE and a trail byte 0x40–0xFE other than 0x7F
/// (GB 18030 four-byte characters have a digit in second place).
fn looks_like_gbk(text: &[u8]) -> bool {
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        if byte.is_ascii() {
            continue;
        }
        let trail_fits = matches!(bytes.next(), None | Some(0x30..=0x39 | 0x40..=0x7e | 0x80..=0xfe));
        if !matches!(byte, 0x81..=0xfe) || !trail_fits {
            return false;
        }
    }
    true
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    budget: Budget,
}

impl<'a> Reader<'a> {
    fn record(&mut self) -> Result<Row, TableProblem> {
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let cell = if let Some(inside) = self.rest.strip_prefix('"') {
                self.rest = inside;
                self.quoted()?
            } else {
                self.plain().to_owned()
            };
            let cell = without_guard(&cell);
            self.budget.cell(cell, cells.len(), line)?;
            cells.push(cell.to_owned());
            if let Some(next) = self.rest.strip_prefix(',') {
                self.rest = next;
            } else {
                self.end_line();
                return Ok(Row { line, cells });
            }
        }
    }

    /// Up to the next separator or line end; a quotation mark in the middle is an ordinary character.
    fn plain(&mut self) -> &'a str {
        let end = self.rest.find([',', '\r', '\n']).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at(end);
        self.rest = rest;
        cell
    }

    fn quoted(&mut self) -> Result<String, TableProblem> {
        let opened = self.line;
        let mut cell = String::new();
        loop {
            let Some((piece, rest)) = self.rest.split_once('"') else {
                return Err(TableProblem::UnclosedQuote { line: opened });
            };
            self.line += line_ends(piece);
            cell.push_str(piece);
            if let Some(more) = rest.strip_prefix('"') {
                cell.push('"');
                self.rest = more;
                continue;
            }
            self.rest = rest;
            return match rest.chars().next() {
                None | Some(',' | '\r' | '\n') => Ok(cell),
                Some(_) => Err(TableProblem::TextAfterQuote { line: self.line }),
            };
        }
    }

    fn end_line(&mut self) {
        let after = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\r', '\n']));
        self.rest = after.unwrap_or_default();
        self.line += 1;
    }
}

/// Line ends in a text; CR LF counts as one.
fn line_ends(text: &str) -> usize {
    text.matches(['\r', '\n']).count() - text.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        rows(text.as_bytes()).expect("rows").into_iter().map(|row| (row.line, row.cells)).collect()
    }

    fn owned(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn quotes_and_lines_are_counted() {
        let read = cells("\u{feff}a,\"b\r\nb\",\"c\"\"c\"\r\n\r\nd,e\"e,\"\"\rf\n\"g\"");
        assert_eq!(
            read,
            [
                (1, owned(&["a", "b\r\nb", "c\"c"])),
                (4, owned(&["d", "e\"e", ""])),
                (5, owned(&["f"])),
                (6, owned(&["g"]))
            ]
        );
    }

    #[test]
    fn broken_quotes_are_named_with_their_line() {
        assert!(matches!(rows(b"a\nb,\"c\nd\n"), Err(TableProblem::UnclosedQuote { line: 2 })));
        assert!(matches!(rows(b"a\n\"b\n\"c,d\n"), Err(TableProblem::TextAfterQuote { line: 3 })));
    }

    #[test]
    fn other_encodings_are_refused_by_name() {
        let gbk = b"name,city\n\xd6\xd0\xb9\xfa,\xb9\xe3\xd6\xdd\n";
        assert!(matches!(rows(gbk), Err(TableProblem::NotUtf8 { guess: "gbk", line: 2 })));
        assert!(matches!(rows(b"\xff\xfea\0"), Err(TableProblem::NotUtf8 { guess: "utf-16", line: 1 })));
        assert!(matches!(rows(b"a\n\n\xff\xff\n"), Err(TableProblem::NotUtf8 { guess: "unknown", line: 3 })));
    }

    #[test]
    fn limits_hold() {
        let wide = |count: usize| vec!["x"; count].join(",");
        assert!(rows(wide(64).as_bytes()).is_ok());
        assert!(matches!(rows(wide(65).as_bytes()), Err(TableProblem::TooManyColumns { limit: 64, line: 1 })));
        assert_eq!(rows("x\n".repeat(100_001).as_bytes()).expect("header and 100,000").len(), 100_001);
        assert!(matches!(rows("x\n".repeat(100_002).as_bytes()), Err(TableProblem::TooManyRows { limit: 100_000 })));
        assert!(rows("\n".repeat(200_000).as_bytes()).is_ok());
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_usual_reader(table in prop::collection::vec(prop::collection::vec("[a-c,\"\r\n 中]{0,6}", 1..5), 1..6)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            for record in &table {
                writer.write_record(record).expect("written");
            }
            let text = writer.into_inner().expect("flushed");
            let read: Vec<Vec<String>> = rows(&text).expect("rows").into_iter().map(|row| row.cells).collect();
            let kept: Vec<Vec<String>> = table.into_iter().filter(|record| !crate::spreadsheet::is_blank(record)).collect();
            prop_assert_eq!(read, kept);
        }

        #[test]
        fn no_bytes_make_it_panic(content in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = rows(&content);
        }
    }
}
