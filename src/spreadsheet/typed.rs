//! A workbook for people: cells of their own type, a header that stays, ready to be printed.

use super::write::{
    MAX_CELL_UNITS, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, MAX_WIDTH, WriteProblem, new_workbook, sheet_title,
};
use chrono::{Datelike, NaiveDate};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};
use std::io::{self, Cursor, Write};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The face that every Chinese installation of Excel and WPS has, and its character set.
const FONT: &str = "SimSun";
const CHINESE: u8 = 134;
/// Size of the text in points.
const FONT_SIZE: u8 = 11;
/// Paper of the printed page: A4.
const A4: u8 = 9;
/// Widest number that a sheet keeps exactly.
const EXACT: i64 = 1 << 53;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// Text; never a formula.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A day.
    Day(NaiveDate),
}

impl Datum {
    /// As CSV and JSON write it: a day as `2026-03-02`.
    pub fn as_text(&self) -> String {
        match self {
            Datum::Text(text) => text.clone(),
            Datum::Number(number) => number.to_string(),
            Datum::Day(day) => day.to_string(),
        }
    }
}

struct Formats {
    head: Format,
    text: Format,
    number: Format,
    day: Format,
}

impl Formats {
    fn new() -> Formats {
        let base = || {
            let plain = Format::new().set_font_name(FONT).set_font_charset(CHINESE).set_font_size(FONT_SIZE);
            plain.set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
        };
        Formats {
            head: base().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            text: base().set_text_wrap(),
            number: base().set_num_format("0"),
            day: base().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        }
    }
}

/// Where the one sheet of a workbook stands in its file.
const SHEET: &str = "xl/worksheets/sheet1.xml";
/// What separates the rows from what stands before and after them.
const FIRST_ROW: &str = "<row r=\"2\"";
const END_OF_ROWS: &str = "</sheetData>";

/// A workbook of one sheet, a row at a time. Text is of the string type, numbers and days are numbers and days. The
/// header is frozen and printed on each page; pages are A4, across, as wide as the paper, with their number and the title.
///
/// The rows are kept as the file will hold them, compressed: a hundred thousand of them take a few megabytes. What stands
/// around them is the writer's, made of a sheet with the header and one empty row in which each format stands once.
pub struct TypedWorkbook {
    title: String,
    header: Vec<String>,
    /// The letters of each column.
    columns: Vec<String>,
    /// The numbers of the formats in the file: text, number, day.
    styles: [String; 3],
    widths: Vec<usize>,
    rows: GzEncoder<Vec<u8>>,
    count: usize,
}

impl TypedWorkbook {
    /// A workbook without rows.
    ///
    /// # Errors
    /// [`WriteProblem`].
    pub fn begin(title: &str, header: &[String]) -> Result<TypedWorkbook, WriteProblem> {
        if header.len() > MAX_SHEET_COLUMNS {
            return Err(WriteProblem::TooLarge);
        }
        let header: Vec<String> = header.iter().map(|name| clean(name)).collect();
        if let Some(at) = header.iter().position(|name| is_too_long(name)) {
            return Err(WriteProblem::CellTooLong { row: 1, column: at + 1 });
        }
        let widths: Vec<usize> = header.iter().map(|name| width(name).max(6)).collect();
        let sheet = part(&around(title, &header, &widths, 0)?, SHEET)?;
        let style = |cell: &str| {
            let rest = sheet.split_once(&format!("r=\"{cell}\" s=\""))?.1;
            Some(rest.split_once('"')?.0.to_string())
        };
        let styles = [style("A2"), style("B2"), style("C2")].map(Option::unwrap_or_default);
        Ok(TypedWorkbook {
            title: title.to_string(),
            columns: (0..header.len()).map(letters).collect(),
            header,
            styles,
            widths,
            rows: GzEncoder::new(Vec::new(), Compression::fast()),
            count: 0,
        })
    }

    /// Adds a row: as many cells as there are columns.
    ///
    /// # Errors
    /// [`WriteProblem`].
    pub fn add(&mut self, cells: &[Datum]) -> Result<(), WriteProblem> {
        // The header is a row too.
        let number = self.count + 2;
        if number > MAX_SHEET_ROWS {
            return Err(WriteProblem::TooLarge);
        }
        let mut row = format!("<row r=\"{number}\">");
        let columns = self.columns.iter().zip(&mut self.widths).zip(cells).enumerate();
        for (at, ((column, known), cell)) in columns {
            let [text, of_number, of_day] = &self.styles;
            let shown = cell.as_text();
            let plain = match cell {
                Datum::Number(value) if value.abs() <= EXACT => Some((of_number, *value)),
                Datum::Day(day) => excel_day(*day).map(|value| (of_day, value)),
                _ => None,
            };
            match plain {
                Some((style, value)) => {
                    row.push_str(&format!("<c r=\"{column}{number}\" s=\"{style}\"><v>{value}</v></c>"));
                }
                None if is_too_long(&shown) => {
                    return Err(WriteProblem::CellTooLong { row: number, column: at + 1 });
                }
                None => {
                    row.push_str(&format!("<c r=\"{column}{number}\" s=\"{text}\" t=\"inlineStr\"><is>"));
                    row.push_str("<t xml:space=\"preserve\">");
                    push_escaped(&mut row, &shown);
                    row.push_str("</t></is></c>");
                }
            }
            *known = width(&shown).max(*known);
        }
        row.push_str("</row>");
        self.rows.write_all(row.as_bytes()).map_err(WriteProblem::Assembled)?;
        self.count += 1;
        Ok(())
    }

    /// How many rows there are, without the header.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The file.
    ///
    /// # Errors
    /// [`WriteProblem`].
    pub fn finish(self) -> Result<Vec<u8>, WriteProblem> {
        let frame = around(&self.title, &self.header, &self.widths, self.count)?;
        let rows = self.rows.finish().map_err(WriteProblem::Assembled)?;
        let sheet = part(&frame, SHEET)?;
        let parted = sheet.split_once(FIRST_ROW).and_then(|(head, rest)| Some((head, rest.split_once(END_OF_ROWS)?.1)));
        let (head, tail) = parted.ok_or_else(|| assembled("a sheet without rows"))?;
        let mut archive = ZipArchive::new(Cursor::new(frame.as_slice())).map_err(assembled)?;
        let mut file = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(assembled)?;
            let name = entry.name().map_err(assembled)?.into_owned();
            file.start_file(name.as_str(), SimpleFileOptions::default()).map_err(assembled)?;
            if name == SHEET {
                file.write_all(without_dimension(head).as_bytes()).map_err(WriteProblem::Assembled)?;
                io::copy(&mut GzDecoder::new(rows.as_slice()), &mut file).map_err(WriteProblem::Assembled)?;
                file.write_all(END_OF_ROWS.as_bytes()).map_err(WriteProblem::Assembled)?;
                file.write_all(tail.as_bytes()).map_err(WriteProblem::Assembled)?;
            } else {
                io::copy(&mut entry, &mut file).map_err(WriteProblem::Assembled)?;
            }
        }
        Ok(file.finish().map_err(assembled)?.into_inner())
    }
}

fn assembled(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> WriteProblem {
    WriteProblem::Assembled(io::Error::other(error))
}

/// The text of one part of a workbook.
fn part(workbook: &[u8], name: &str) -> Result<String, WriteProblem> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).map_err(assembled)?;
    let entry = archive.by_name(name).map_err(assembled)?;
    io::read_to_string(entry).map_err(WriteProblem::Assembled)
}

/// The head of a sheet without the extent of its cells, which is that of the header and the one empty row. Readers do
/// without it.
fn without_dimension(head: &str) -> String {
    let parted = head.split_once("<dimension ").and_then(|(before, rest)| Some((before, rest.split_once("/>")?.1)));
    parted.map_or_else(|| head.to_string(), |(before, after)| format!("{before}{after}"))
}

/// A workbook with everything but its rows: in their place one in which each format stands once.
fn around(title: &str, header: &[String], widths: &[usize], rows: usize) -> Result<Vec<u8>, WriteProblem> {
    let formats = Formats::new();
    let mut workbook = new_workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_title(title)).map_err(WriteProblem::Workbook)?;
    lay_out(sheet, title, header.len(), rows)?;
    for (column, name) in (0_u16..).zip(header) {
        sheet.write_string_with_format(0, column, name.as_str(), &formats.head).map_err(WriteProblem::Workbook)?;
    }
    for (column, format) in (0_u16..).zip([&formats.text, &formats.number, &formats.day]) {
        sheet.write_blank(1, column, format).map_err(WriteProblem::Workbook)?;
    }
    for (column, width) in (0_u16..).zip(widths) {
        let width = u32::try_from((*width).min(MAX_WIDTH) + 2).unwrap_or_default();
        sheet.set_column_width(column, width).map_err(WriteProblem::Workbook)?;
    }
    workbook.save_to_buffer().map_err(WriteProblem::Workbook)
}

/// Without the two characters that XML cannot hold.
fn clean(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

fn is_too_long(text: &str) -> bool {
    text.encode_utf16().count() > MAX_CELL_UNITS
}

/// How wide a text is drawn, in Latin characters.
fn width(text: &str) -> usize {
    text.chars().take(MAX_WIDTH).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The letters of a column: A to Z, AA and so on.
fn letters(at: usize) -> String {
    let (mut left, mut letters) = (at + 1, String::new());
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters
}

/// Text as it stands in a cell: what XML would take for its own is written as an entity, what it cannot hold in the way of
/// the format (`_x000D_`), and what looks like that way but is not is kept from being read so (ECMA-376, 22.9.2.19).
fn push_escaped(into: &mut String, text: &str) {
    for (at, c) in text.char_indices() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '\t' | '\n' => into.push(c),
            c if c < ' ' => into.push_str(&format!("_x{:04X}_", u32::from(c))),
            '\u{fffe}' | '\u{ffff}' => into.push('\u{fffd}'),
            '_' if looks_escaped(text.as_bytes().get(at..).unwrap_or_default()) => into.push_str("_x005F_"),
            c => into.push(c),
        }
    }
}

fn looks_escaped(text: &[u8]) -> bool {
    matches!(text, [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

fn lay_out(sheet: &mut Worksheet, title: &str, columns: usize, rows: usize) -> Result<(), WriteProblem> {
    sheet.set_freeze_panes(1, 0).map_err(WriteProblem::Workbook)?;
    sheet.set_repeat_rows(0, 0).map_err(WriteProblem::Workbook)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    // An ampersand begins a code in headers; doubled it is itself. Excel takes 255 characters.
    let shown: String = title.chars().filter(|c| !c.is_control()).take(100).collect();
    sheet.set_header(format!("&C{}", shown.replace('&', "&&"))).set_footer("&C&P / &N");
    if let (Some(last_column), Ok(last_row)) =
        (u16::try_from(columns).ok().and_then(|n| n.checked_sub(1)), u32::try_from(rows))
    {
        sheet.autofilter(0, 0, last_row, last_column).map_err(WriteProblem::Workbook)?;
    }
    Ok(())
}

/// A day as a sheet counts it; none before March 1900, where sheets count a day that there was not.
fn excel_day(day: NaiveDate) -> Option<i64> {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    let since = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    (day >= first && day.year() <= 9999).then(|| (day - since).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};

    fn text_of(content: &[u8], name: &str) -> String {
        part(content, name).expect("text")
    }

    fn workbook(title: &str, header: &[&str], rows: &[Vec<Datum>]) -> Vec<u8> {
        let header: Vec<String> = header.iter().map(ToString::to_string).collect();
        let mut book = TypedWorkbook::begin(title, &header).expect("it begins");
        rows.iter().for_each(|row| book.add(row).expect("a row"));
        assert_eq!((book.len(), book.is_empty()), (rows.len(), rows.is_empty()));
        book.finish().expect("a workbook")
    }

    #[test]
    fn cells_keep_their_type_and_the_sheet_is_ready_to_print() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let hostile = "=HYPERLINK(\"http://x.example\")";
        let rows = vec![vec![Datum::Number(7), Datum::Text(hostile.into()), Datum::Day(day)]];
        let content = workbook("名单 & 附件", &["序号", "名称", "有效期"], &rows);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(content.as_slice())).expect("it opens");
        let range = book.worksheet_range_at(0).expect("a sheet").expect("it reads");
        assert_eq!(range.get_value((0, 1)), Some(&Data::String("名称".into())));
        assert_eq!(range.get_value((1, 0)), Some(&Data::Float(7.0)));
        assert_eq!(range.get_value((1, 1)), Some(&Data::String(hostile.into())));
        assert!(matches!(range.get_value((1, 2)), Some(Data::DateTime(found)) if found.as_f64() == 46083.0));
        let sheet = text_of(&content, SHEET);
        for wanted in ["state=\"frozen\"", "orientation=\"landscape\"", "paperSize=\"9\"", "&amp;C名单 &amp;&amp; 附件"]
        {
            assert!(sheet.contains(wanted), "{wanted} in {sheet}");
        }
        assert!(sheet.contains("<autoFilter ref=\"A1:C2\"") && !sheet.contains("<dimension"), "{sheet}");
        assert!(!sheet.contains("<f>"), "no formula");
        assert!(text_of(&content, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
        assert!(text_of(&content, "xl/styles.xml").contains("<name val=\"SimSun\"/>"));
    }

    #[test]
    fn any_text_comes_back_as_it_was() {
        let texts = ["", " a ", "<b>&amp;\"'", "a\nb\tc", "\r\u{1}", "_x0041_", "__x000D_x", "𠮷\u{85}", "a\u{ffff}"];
        let rows: Vec<Vec<Datum>> = texts.iter().map(|text| vec![Datum::Text(text.to_string())]).collect();
        let content = workbook("x", &["甲"], &rows);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(content.as_slice())).expect("it opens");
        let range = book.worksheet_range_at(0).expect("a sheet").expect("it reads");
        for (row, text) in (1_u32..).zip(texts) {
            let wanted = clean(text);
            match range.get_value((row, 0)) {
                Some(Data::String(found)) => assert_eq!(*found, wanted),
                other => assert!(wanted.is_empty() && matches!(other, None | Some(Data::Empty)), "{text:?}: {other:?}"),
            }
        }
    }

    #[test]
    fn many_rows_are_held_small_and_come_whole() {
        const ROWS: usize = 30_000;
        let mut book = TypedWorkbook::begin("长名单", &["序号".into(), "单位".into()]).expect("it begins");
        for number in 1..=ROWS {
            let cells = [Datum::Number(number as i64), Datum::Text(format!("第{number}家数字化服务有限公司"))];
            book.add(&cells).expect("a row");
        }
        let held = book.rows.get_ref().len();
        assert!(held < 3 << 20, "{held} bytes are held");
        let content = book.finish().expect("a workbook");
        let sheet = text_of(&content, SHEET);
        assert_eq!(sheet.matches("<row ").count(), ROWS + 1);
        assert!(sheet.contains("<row r=\"30001\"><c r=\"A30001\"") && sheet.contains("第30000家数字化服务有限公司"));
        assert!(sheet.contains("<autoFilter ref=\"A1:B30001\""));
    }

    #[test]
    fn what_does_not_fit_is_refused_by_its_place() {
        let mut book = TypedWorkbook::begin("x", &["甲".into(), "乙".into()]).expect("it begins");
        let long = Datum::Text("字".repeat(MAX_CELL_UNITS + 1));
        let refused = book.add(&[Datum::Number(1), long]).expect_err("too long");
        assert!(matches!(refused, WriteProblem::CellTooLong { row: 2, column: 2 }), "{refused}");
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
