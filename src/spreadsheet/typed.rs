//! A workbook for people: cells of their own type, a header that stays, ready to be printed.

use super::write::{MAX_CELL_UNITS, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, MAX_WIDTH, WriteProblem, sheet_title};
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

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

/// A workbook of one sheet. Text is of the string type, numbers and days are numbers and days. The header is frozen and
/// printed on each page; pages are A4, across, as wide as the paper, with their number and the title.
///
/// # Errors
/// [`WriteProblem`].
pub fn write_typed_xlsx(title: &str, header: &[String], rows: &[Vec<Datum>]) -> Result<Vec<u8>, WriteProblem> {
    if rows.len() >= MAX_SHEET_ROWS || header.len() > MAX_SHEET_COLUMNS {
        return Err(WriteProblem::TooLarge);
    }
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_title(title)).map_err(WriteProblem::Workbook)?;
    lay_out(sheet, title, header.len(), rows.len())?;
    let mut widths = vec![6_usize; header.len()];
    for (column, name) in (0_u16..).zip(header) {
        put(sheet, 0, column, &Datum::Text(name.clone()), &formats.head, &formats, &mut widths)?;
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            put(sheet, row, column, cell, &formats.text, &formats, &mut widths)?;
        }
    }
    for (column, width) in (0_u16..).zip(widths) {
        let width = u32::try_from(width.min(MAX_WIDTH) + 2).unwrap_or_default();
        sheet.set_column_width(column, width).map_err(WriteProblem::Workbook)?;
    }
    workbook.save_to_buffer().map_err(WriteProblem::Workbook)
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

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Datum,
    text_format: &Format,
    formats: &Formats,
    widths: &mut [usize],
) -> Result<(), WriteProblem> {
    let at = usize::from(column);
    let written = match cell {
        Datum::Number(number) if number.abs() <= EXACT => {
            sheet.write_number_with_format(row, column, *number as f64, &formats.number)
        }
        Datum::Day(day) => match excel_day(*day) {
            Some(excel) => sheet.write_datetime_with_format(row, column, &excel, &formats.day),
            None => sheet.write_string_with_format(row, column, day.to_string(), text_format),
        },
        other => {
            let text = other.as_text().replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
            if text.encode_utf16().count() > MAX_CELL_UNITS {
                let row = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1);
                return Err(WriteProblem::CellTooLong { row, column: at + 1 });
            }
            sheet.write_string_with_format(row, column, text, text_format)
        }
    };
    written.map_err(WriteProblem::Workbook)?;
    let shown = cell.as_text();
    let width: usize = shown.chars().take(MAX_WIDTH).map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    if let Some(known) = widths.get_mut(at) {
        *known = width.max(*known);
    }
    Ok(())
}

/// Excel's days begin with 1900.
fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn part(content: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(content)).expect("an archive");
        std::io::read_to_string(archive.by_name(name).expect(name)).expect("text")
    }

    #[test]
    fn cells_keep_their_type_and_the_sheet_is_ready_to_print() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let header = ["序号", "名称", "有效期"].map(String::from);
        let hostile = "=HYPERLINK(\"http://x.example\")";
        let rows = vec![vec![Datum::Number(7), Datum::Text(hostile.into()), Datum::Day(day)]];
        let content = write_typed_xlsx("名单 & 附件", &header, &rows).expect("a workbook");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(content.as_slice())).expect("it opens");
        let range = book.worksheet_range_at(0).expect("a sheet").expect("it reads");
        assert_eq!(range.get_value((1, 0)), Some(&Data::Float(7.0)));
        assert_eq!(range.get_value((1, 1)), Some(&Data::String(hostile.into())));
        assert!(matches!(range.get_value((1, 2)), Some(Data::DateTime(found)) if found.as_f64() == 46083.0));
        let sheet = part(&content, "xl/worksheets/sheet1.xml");
        for wanted in ["state=\"frozen\"", "orientation=\"landscape\"", "paperSize=\"9\"", "&amp;C名单 &amp;&amp; 附件"]
        {
            assert!(sheet.contains(wanted), "{wanted} in {sheet}");
        }
        assert!(!sheet.contains("<f>"), "no formula");
        assert!(part(&content, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
        assert!(part(&content, "xl/styles.xml").contains("<name val=\"SimSun\"/>"));
    }
}
