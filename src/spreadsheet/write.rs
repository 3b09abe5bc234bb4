//! Tables to take away, in which every cell is text, but for what a workbook says to be numbers.

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Characters that a sheet of Excel 2007 and later takes in one cell, counted in UTF-16 units.
pub(super) const MAX_CELL_UNITS: usize = 32_767;

/// Rows of a sheet, header included.
pub(super) const MAX_SHEET_ROWS: usize = 1_048_576;

/// Columns of a sheet.
pub(super) const MAX_SHEET_COLUMNS: usize = 16_384;

/// Widest that a column is drawn, in characters of Latin width.
pub(super) const MAX_WIDTH: usize = 60;

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteProblem {
    /// A cell has more than 32,767 characters.
    #[error("cell too long in row {row}, column {column}")]
    CellTooLong {
        /// Row, from 1, the header being 1.
        row: usize,
        /// Column, from 1.
        column: usize,
    },
    /// More rows or columns than a sheet has.
    #[error("table larger than a sheet")]
    TooLarge,
    /// The writer failed otherwise.
    #[error("workbook not written")]
    Workbook(#[source] XlsxError),
    /// Its parts cannot be put together.
    #[error("workbook not put together")]
    Assembled(#[source] std::io::Error),
}

/// Whether a spreadsheet might take the text for a formula (OWASP, CSV injection), also behind blanks and marks that
/// nobody sees. The second line are the full-width forms of the first, which Chinese and Japanese versions of Excel take
/// alike; the third their small forms.
fn is_active(text: &str) -> bool {
    let unseen = |c: char| {
        (c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n'))
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    let first = text.trim_start_matches(unseen).chars().next();
    matches!(first, Some('=' | '+' | '-' | '@' | '|' | '\t' | '\r' | '\n'))
        || matches!(first, Some('\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}' | '\u{ff5c}'))
        || matches!(first, Some('\u{fe66}' | '\u{fe62}' | '\u{fe63}' | '\u{fe6b}'))
}

/// Whether the text is active behind apostrophes, if any. Those that have some already get one more,
/// so that taking one away always gives the original back.
fn needs_guard(text: &str) -> bool {
    is_active(text.trim_start_matches('\''))
}

fn guarded(text: &str) -> Cow<'_, str> {
    if needs_guard(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Undoes what [`write_csv`] does to an active cell.
pub(super) fn without_guard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| needs_guard(rest)).unwrap_or(text)
}

/// A CSV file: UTF-8 with a byte order mark (without which Excel takes it for GBK), CR LF, quoted where needed, and an
/// apostrophe before every cell that a spreadsheet might run as a formula.
#[must_use]
pub fn write_csv<H: AsRef<str>, C: AsRef<str>>(header: &[H], rows: &[Vec<C>]) -> Vec<u8> {
    let mut content = csv_head(header);
    content.extend(csv_rows(rows));
    content
}

/// How a CSV file begins: the mark and the header. [`csv_rows`] follow.
#[must_use]
pub fn csv_head<H: AsRef<str>>(header: &[H]) -> Vec<u8> {
    let mut text = String::from('\u{feff}');
    push_record(&mut text, header);
    text.into_bytes()
}

/// Rows of a CSV file, as [`write_csv`] writes them: for a file that is sent a piece at a time.
#[must_use]
pub fn csv_rows<C: AsRef<str>>(rows: &[Vec<C>]) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        push_record(&mut text, row);
    }
    text.into_bytes()
}

fn push_record<C: AsRef<str>>(text: &mut String, cells: &[C]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        let cell = guarded(cell.as_ref());
        // Quoted besides where RFC 4180 wants it: blanks at the ends, which careless readers trim.
        if cell.contains(['"', ',', '\r', '\n']) || cell.trim() != cell {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

/// A workbook that says nothing of the moment it was written: the writer would note the machine's clock, and the same table
/// would be another file each time.
pub(super) fn new_workbook() -> Result<Workbook, WriteProblem> {
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(WriteProblem::Workbook)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    Ok(workbook)
}

/// One sheet of a workbook.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its name; what Excel does not take is left out.
    pub name: String,
    /// The first row.
    pub header: Vec<String>,
    /// The others.
    pub rows: Vec<Vec<String>>,
    /// The columns, from 0, whose cells are numbers where they read as one; every other cell is text.
    pub numbers: Vec<usize>,
}

/// A workbook of one sheet, every cell of the string type: nothing is a number, a date or a formula.
///
/// Two characters that XML cannot hold, U+FFFE and U+FFFF, become U+FFFD.
///
/// # Errors
/// [`WriteProblem`].
pub fn write_xlsx<H: AsRef<str>, C: AsRef<str>>(
    sheet_name: &str,
    header: &[H],
    rows: &[Vec<C>],
) -> Result<Vec<u8>, WriteProblem> {
    let mut workbook = new_workbook()?;
    add_sheet(&mut workbook, sheet_name, header, rows, &[])?;
    workbook.save_to_buffer().map_err(WriteProblem::Workbook)
}

/// A workbook of several sheets, as [`write_xlsx`] writes one, but for the columns that are said to be numbers: those can be
/// added up.
///
/// # Errors
/// [`WriteProblem`]; two sheets of one name are one.
pub fn write_workbook(sheets: &[Sheet]) -> Result<Vec<u8>, WriteProblem> {
    let mut workbook = new_workbook()?;
    for sheet in sheets {
        add_sheet(&mut workbook, &sheet.name, &sheet.header, &sheet.rows, &sheet.numbers)?;
    }
    workbook.save_to_buffer().map_err(WriteProblem::Workbook)
}

fn add_sheet<H: AsRef<str>, C: AsRef<str>>(
    workbook: &mut Workbook,
    name: &str,
    header: &[H],
    rows: &[Vec<C>],
    numbers: &[usize],
) -> Result<(), WriteProblem> {
    if rows.len() >= MAX_SHEET_ROWS
        || header.len().max(rows.iter().map(Vec::len).max().unwrap_or(0)) > MAX_SHEET_COLUMNS
    {
        return Err(WriteProblem::TooLarge);
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_title(name)).map_err(WriteProblem::Workbook)?;
    sheet.set_freeze_panes(1, 0).map_err(WriteProblem::Workbook)?;
    let mut widths = Vec::new();
    write_row(sheet, 0, header, &Format::new().set_bold(), &[], &mut widths)?;
    let plain = Format::new();
    for (row, cells) in (1..).zip(rows) {
        write_row(sheet, row, cells, &plain, numbers, &mut widths)?;
    }
    for (column, width) in (0..).zip(&widths) {
        let width = u32::try_from((*width).clamp(6, MAX_WIDTH) + 2).unwrap_or_default();
        sheet.set_column_width(column, width).map_err(WriteProblem::Workbook)?;
    }
    Ok(())
}

fn write_row<C: AsRef<str>>(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[C],
    format: &Format,
    numbers: &[usize],
    widths: &mut Vec<usize>,
) -> Result<(), WriteProblem> {
    for (column, cell) in (0_u16..).zip(cells) {
        let cell = cell.as_ref();
        let at = usize::from(column);
        if cell.encode_utf16().count() > MAX_CELL_UNITS {
            return Err(WriteProblem::CellTooLong {
                row: usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1),
                column: at + 1,
            });
        }
        let text = cell.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        match number(&text).filter(|_| numbers.contains(&at)) {
            Some((number, places)) => {
                let format = format.clone().set_num_format(places);
                sheet.write_number_with_format(row, column, number, &format).map_err(WriteProblem::Workbook)?;
            }
            None => {
                sheet.write_string_with_format(row, column, text, format).map_err(WriteProblem::Workbook)?;
            }
        }
        // Chinese characters are twice as wide as Latin ones.
        let width: usize = cell.chars().take(MAX_WIDTH).map(|character| if character.is_ascii() { 1 } else { 2 }).sum();
        match widths.get_mut(at) {
            Some(known) => *known = width.max(*known),
            None => widths.push(width),
        }
    }
    Ok(())
}

/// A number as this service writes them, digits with or without hundredths, and how a sheet shows it; none for any other text.
fn number(text: &str) -> Option<(f64, &'static str)> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = (1..=9).contains(&whole.len()) && digits(whole) && digits(rest) && matches!(rest.len(), 0 | 2);
    let places = if rest.is_empty() { "0" } else { "0.00" };
    text.parse::<f64>().ok().filter(|_| is_number).map(|number| (number, places))
}

/// A name that Excel takes: without `[]:*?/\`, control characters and outer apostrophes, at most 31 UTF-16 units.
pub(super) fn sheet_title(name: &str) -> String {
    let mut title = String::new();
    let clean =
        name.chars().filter(|character| !character.is_control() && !"[]:*?/\\\u{fffe}\u{ffff}".contains(*character));
    let mut units = 0;
    for character in clean {
        units += character.len_utf16();
        if units > 31 {
            break;
        }
        title.push(character);
    }
    let title = title.trim_matches(['\'', ' ']);
    if title.is_empty() { "Sheet1".to_owned() } else { title.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spreadsheet::read_table;
    use proptest::prelude::*;

    const ACTIVE: [&str; 14] = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "|cmd",
        "\u{ff1d}1+1",
        "\u{ff0b}1",
        "\u{ff0d}1",
        "\u{ff20}x",
        " =1",
        "'=1",
    ];

    fn written(text: &str) -> String {
        String::from_utf8(write_csv(&["a"], &[vec![text]])).expect("utf-8")
    }

    #[test]
    fn c_33_csv_is_exact() {
        let rows = vec![vec!["甲", "a\"b,c\r\nd"], vec![" x", "=1"]];
        assert_eq!(
            String::from_utf8(write_csv(&["名称", "值"], &rows)).expect("utf-8"),
            "\u{feff}名称,值\r\n甲,\"a\"\"b,c\r\nd\"\r\n\" x\",'=1\r\n"
        );
    }

    #[test]
    fn c_33_no_cell_starts_like_a_formula() {
        for text in ACTIVE {
            let cell = written(text);
            let cell = cell.split_once("\r\n").map(|(_, rest)| rest.trim_start_matches('"')).expect("row");
            assert!(cell.starts_with('\''), "{text:?}: {cell:?}");
        }
        assert!(!written("a=1").contains('\''));
        assert!(written("O'Neil").ends_with("\r\nO'Neil\r\n"));
    }

    #[test]
    fn limits_of_a_sheet_are_told() {
        let long = "x".repeat(32_768);
        assert!(matches!(
            write_xlsx("s", &["a"], &[vec![long.as_str()]]),
            Err(WriteProblem::CellTooLong { row: 2, column: 1 })
        ));
        assert!(write_xlsx("s", &["a"], &[vec![&long[1..]]]).is_ok());
        let wide = vec!["x"; 16_385];
        assert!(matches!(write_xlsx("s", &wide, &[] as &[Vec<&str>]), Err(WriteProblem::TooLarge)));
    }

    proptest! {
        #[test]
        fn c_33_any_text_survives_csv(text in any::<String>(), lead in prop::sample::select(ACTIVE.to_vec())) {
            // U+0000 is refused by the reader.
            let text = text.replace('\0', "");
            for value in [text.clone(), format!("{lead}{text}"), format!("''{lead}"), format!("'{text}")] {
                let table = read_table(&write_csv(&["a", "b"], &[vec![value.as_str(), "end"]]), "a.csv").expect("table");
                prop_assert_eq!(&table.rows[0].cells, &[value, "end".to_owned()]);
            }
        }

        #[test]
        fn c_33_a_csv_cell_is_never_active(text in any::<String>(), lead in "[ '\t=@+-]{0,4}") {
            let value = format!("{lead}{text}");
            prop_assert!(!is_active(&guarded(&value)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn c_33_any_text_survives_xlsx(text in any::<String>(), lead in prop::sample::select([&ACTIVE[..], &["_x0041_", "_x000D_", " ", "0012", "2026-01-01", "{=1}", "http://a.b", "<b>&amp;", "]]>"]].concat())) {
            // U+0000 is refused by the reader.
            let text = text.replace('\0', "");
            let value = format!("{lead}{text}").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
            let content = write_xlsx("名单", &["a", "b"], &[vec![value.as_str(), "end"]]).expect("workbook");
            let table = read_table(&content, "a.xlsx").expect("table");
            prop_assert_eq!(&table.rows[0].cells, &[value, "end".to_owned()]);
            prop_assert!(!worksheet(&content).contains("<f>"));
        }

        #[test]
        fn any_sheet_name_works(name in any::<String>()) {
            prop_assert!(write_xlsx(&name, &["a"], &[] as &[Vec<&str>]).is_ok());
        }
    }

    #[test]
    fn the_columns_of_numbers_hold_numbers_and_the_others_text() {
        let texts = ["89.50", "3", "—", "", "1e3", "12.5", "0012345678901"];
        let rows = texts.iter().map(|text| vec![text.to_string(), text.to_string()]).collect();
        let sheet = Sheet { name: "表".into(), header: vec!["a".into(), "b".into()], rows, numbers: vec![0] };
        let content = write_workbook(&[sheet]).expect("workbook");
        let xml = worksheet(&content);
        assert_eq!(xml.matches("<v>89.5</v>").count(), 1, "{xml}");
        let table = read_table(&content, "a.xlsx").expect("table");
        assert_eq!((table.rows[0].cells[1].as_str(), table.rows[1].cells[0].as_str()), ("89.50", "3"));
        assert_eq!(number("89.50"), Some((89.5, "0.00")));
        assert!(
            ["—", "", ".50", "1e3", "12.5", "-1", "inf", "0012345678901"].iter().all(|text| number(text).is_none())
        );
    }

    #[test]
    fn c_33_a_workbook_of_several_sheets_holds_no_formula() {
        let sheet = |name: &str| Sheet {
            name: name.into(),
            header: vec!["a".into()],
            rows: ACTIVE.iter().map(|text| vec![text.to_string()]).collect(),
            // None of them reads as a number.
            numbers: vec![0],
        };
        let content = write_workbook(&[sheet("概况"), sheet("结果")]).expect("workbook");
        assert!(!worksheet(&content).contains("<f>"));
        let table = read_table(&content, "a.xlsx").expect("table");
        assert_eq!(table.rows.iter().map(|row| row.cells[0].as_str()).collect::<Vec<_>>(), ACTIVE);
        assert!(write_workbook(&[sheet("同名"), sheet("同名")]).is_err());
    }

    #[test]
    fn a_workbook_does_not_say_when_it_was_written() {
        let content = write_xlsx("s", &["a"], &[vec!["x"]]).expect("workbook");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&content)).expect("archive");
        let core = archive.by_name("docProps/core.xml").map(std::io::read_to_string).expect("properties");
        assert!(core.expect("text").contains("2000-01-01T00:00:00Z"));
    }

    fn worksheet(content: &[u8]) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(content)).expect("archive");
        let mut entry = archive.by_name("xl/worksheets/sheet1.xml").expect("sheet");
        std::io::read_to_string(&mut entry).expect("text")
    }
}
