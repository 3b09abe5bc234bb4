//! The first visible sheet of a workbook, cell by cell.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{Budget, Row, TableProblem};
use crate::storage::inspect::{Limits, inspect};
use crate::storage::{FileType, UploadProblem};

/// Days after which Excel's two countings of days, and any sensible date, agree to be too far: 31 December 9999.
const LAST_DAY: f64 = 2_958_466.0;

/// All rows with a filled cell. A formula counts by the value that was stored with it; one without is refused.
///
/// Cells are taken from the stream one at a time: the library's own table is dense, so two cells in opposite corners of
/// a sheet would take all memory there is.
pub(super) fn rows(content: &[u8]) -> Result<Vec<Row>, TableProblem> {
    inspect(&mut Cursor::new(content), FileType::Xlsx, &Limits::default()).map_err(TableProblem::Workbook)?;
    // The library counts without care in some damaged parts, such as a dimension that ends before it begins.
    std::panic::catch_unwind(|| cells(content)).unwrap_or_else(|_| Err(damaged_workbook()))
}

fn cells(content: &[u8]) -> Result<Vec<Row>, TableProblem> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(content)).map_err(damaged)?;
    let first = workbook
        .sheets_metadata()
        .iter()
        .find(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let name = first.map(|sheet| sheet.name.clone()).ok_or(TableProblem::Empty)?;
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
    let mut budget = Budget::default();
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = cell.pos;
        let line = line_of(row);
        // What writes formulas without computing them leaves a cell that only looks empty.
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            return Err(TableProblem::Formula { line });
        }
        let text = text_of(&cell.value);
        if text.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        budget.cell(&text, column, line)?;
        if !rows.contains_key(&row) {
            Budget::row(rows.len())?;
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(place) = cells.get_mut(column) {
            *place = text;
        }
    }
    Ok(rows.into_iter().map(|(row, cells)| Row { line: line_of(row), cells }).collect())
}

fn line_of(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1)
}

fn damaged(_: XlsxError) -> TableProblem {
    damaged_workbook()
}

fn damaged_workbook() -> TableProblem {
    TableProblem::Workbook(UploadProblem::Damaged { file_type: FileType::Xlsx })
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => moment_text(moment),
        error @ DataRef::Error(_) => Data::from(error.clone()).to_string(),
    }
}

/// As Excel shows it: at most fifteen significant digits, so that 0.1 + 0.2 is 0.3 and a whole number has no point.
fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// `2026-11-02`, `2026-11-02 08:30:00`, a time of day `08:30:00`, or a duration in hours `26:30:00`.
fn moment_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if !(0.0..LAST_DAY).contains(&days) {
        return number_text(days);
    }
    if moment.is_duration() {
        // In range, so the number of seconds is exact.
        let seconds = (days * 86_400.0).round() as u64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (days < 1.0, time.as_str()) {
        (true, _) => time,
        (false, "00:00:00") => date,
        (false, _) => format!("{date} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spreadsheet::read_table;
    use proptest::prelude::*;
    use rust_xlsxwriter::{ExcelDateTime as Moment, Format, Formula, Workbook};
    use std::sync::LazyLock;

    fn saved(mut workbook: Workbook) -> Vec<u8> {
        workbook.save_to_buffer().expect("workbook")
    }

    fn single(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet());
        saved(workbook)
    }

    #[test]
    fn cells_become_the_text_that_people_see() {
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let time = Format::new().set_num_format("hh:mm:ss");
        let span = Format::new().set_num_format("[h]:mm:ss");
        let content = single(|sheet| {
            let day = Moment::parse_from_str("2026-11-02").expect("date");
            let moment = Moment::parse_from_str("2026-11-02 08:30:00").expect("moment");
            for column in 0..12 {
                sheet.write_string(0, column, format!("c{column}")).expect("header");
            }
            sheet.write_number(2, 0, 13_800_138_000.0).expect("cell");
            sheet.write_number(2, 1, 0.1 + 0.2).expect("cell");
            sheet.write_number(2, 2, -0.0).expect("cell");
            sheet.write_datetime_with_format(2, 3, &day, &date).expect("cell");
            sheet.write_datetime_with_format(2, 4, &moment, &date).expect("cell");
            sheet.write_number_with_format(2, 5, 0.5, &time).expect("cell");
            sheet.write_number_with_format(2, 6, 1.5, &span).expect("cell");
            sheet.write_boolean(2, 7, true).expect("cell");
            sheet.write_formula(2, 8, Formula::new("=1+1").set_result("2")).expect("cell");
            sheet.write_formula(2, 9, Formula::new("=A1&\"x\"").set_result("值")).expect("cell");
            sheet.write_string(2, 10, " 007 ").expect("cell");
            sheet.write_number_with_format(2, 11, -5.0, &date).expect("cell");
        });
        let table = read_table(&content, "a.xlsx").expect("table");
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.rows[0].line, 3);
        let expected = [
            "13800138000",
            "0.3",
            "0",
            "2026-11-02",
            "2026-11-02 08:30:00",
            "12:00:00",
            "36:00:00",
            "TRUE",
            "2",
            "值",
            " 007 ",
            "-5",
        ];
        assert_eq!(table.rows[0].cells, expected);
    }

    #[test]
    fn hidden_sheets_are_passed_over() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().set_hidden(true).write_string(0, 0, "hidden").expect("cell");
        workbook.add_worksheet().set_active(true).write_string(0, 0, "shown").expect("cell");
        assert_eq!(read_table(&saved(workbook), "a.xlsx").expect("table").header, ["shown"]);
    }

    #[test]
    fn c_29_far_corners_take_no_memory() {
        let far_right = single(|sheet| {
            sheet.write_string(0, 0, "a").expect("cell");
            sheet.write_string(1_048_575, 16_383, "b").expect("cell");
        });
        assert!(matches!(read_table(&far_right, "a.xlsx"), Err(TableProblem::TooManyColumns { line: 1_048_576, .. })));
        let far_down = single(|sheet| {
            sheet.write_string(0, 0, "a").expect("cell");
            sheet.write_string(1_048_575, 0, "b").expect("cell");
        });
        assert_eq!(read_table(&far_down, "a.xlsx").expect("table").rows[0].line, 1_048_576);
    }

    #[test]
    fn c_29_one_long_text_in_every_cell_is_refused() {
        let long = "长".repeat(10_000);
        let content = single(|sheet| {
            for row in 0..60 {
                for column in 0..64 {
                    sheet.write_string(row, column, &long).expect("cell");
                }
            }
        });
        assert!(content.len() < 100_000);
        assert!(matches!(read_table(&content, "a.xlsx"), Err(TableProblem::TooMuchText)));
    }

    #[test]
    fn c_29_what_is_no_sound_workbook_is_refused() {
        assert!(matches!(
            read_table(b"a,b\n", "a.xlsx"),
            Err(TableProblem::Workbook(UploadProblem::ContentMismatch { .. }))
        ));
        assert!(matches!(
            read_table(&crate::storage::corpus::xlsx(), "a.xlsx"),
            Err(TableProblem::Workbook(_) | TableProblem::Empty)
        ));
        assert!(matches!(read_table(&single(|_| ()), "a.xlsx"), Err(TableProblem::Empty)));
    }

    #[test]
    fn c_29_entities_are_neither_expanded_nor_fetched() {
        let mut parts = unpacked(&single(|sheet| {
            sheet.write_string(0, 0, "text").expect("cell");
        }));
        let ten = |name: &str| format!("&{name};").repeat(10);
        let laughs = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE sst [<!ENTITY a \"{}\"><!ENTITY b \"{}\"><!ENTITY c \"{}\"> \
             <!ENTITY f SYSTEM \"file:///etc/passwd\">]><sst \
             xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"1\" uniqueCount=\"1\"> \
             <si><t>&c;&f;</t></si></sst>",
            "ha".repeat(10),
            ten("a"),
            ten("b")
        );
        for (_, content) in parts.iter_mut().filter(|(name, _)| name == "xl/sharedStrings.xml") {
            *content = laughs.clone().into_bytes();
        }
        match read_table(&packed(&parts), "a.xlsx") {
            Ok(table) => {
                let text = table.header.concat();
                assert!(text.len() < 40 && !text.contains("root:") && !text.contains("haha"), "{text}");
            }
            Err(problem) => {
                assert!(matches!(problem, TableProblem::Workbook(_) | TableProblem::Empty), "{problem:?}");
            }
        }
    }

    /// A cell that counts with another workbook has the value that it was saved with; nobody goes to where that one lies.
    #[test]
    fn c_29_another_workbook_that_is_named_is_not_asked_for() {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        listener.set_nonblocking(true).expect("it does not wait");
        let there = format!("http://{}/other.xlsx", listener.local_addr().expect("an address"));
        let mut parts = unpacked(&single(|sheet| {
            sheet.write_string(0, 0, "name").expect("cell");
            sheet.write_formula(1, 0, Formula::new("=[1]Sheet1!A1").set_result("kept")).expect("cell");
        }));
        let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        for (_, content) in parts.iter_mut().filter(|(name, _)| name == "xl/_rels/workbook.xml.rels") {
            let text = String::from_utf8(content.clone()).expect("text");
            let other = format!(
                "<Relationship Id=\"rId99\" Type=\"{types}/externalLink\" \
                 Target=\"externalLinks/externalLink1.xml\"/></Relationships>"
            );
            *content = text.replace("</Relationships>", &other).into_bytes();
        }
        let link = format!(
            "<?xml version=\"1.0\"?><externalLink \
             xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><externalBook xmlns:r=\"{types}\" \
             r:id=\"rId1\"><sheetNames><sheetName val=\"Sheet1\"/></sheetNames></externalBook></externalLink>"
        );
        let leads = format!(
            "<?xml version=\"1.0\"?><Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{types}/externalLinkPath\" Target=\"{there}\" TargetMode=\"External\"/></Relationships>"
        );
        parts.push(("xl/externalLinks/externalLink1.xml".into(), link.into_bytes()));
        parts.push(("xl/externalLinks/_rels/externalLink1.xml.rels".into(), leads.into_bytes()));
        match read_table(&packed(&parts), "a.xlsx") {
            Ok(table) => assert_eq!(table.rows[0].cells, ["kept"]),
            Err(problem) => assert!(matches!(problem, TableProblem::Workbook(_)), "{problem:?}"),
        }
        let heard = listener.accept().map(|(_, from)| from);
        assert!(heard.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock), "somebody came");
    }

    #[test]
    fn c_29_a_dimension_that_ends_before_it_begins_is_no_panic() {
        let mut parts = unpacked(&single(|sheet| {
            sheet.write_string(3, 3, "text").expect("cell");
        }));
        for (_, content) in parts.iter_mut().filter(|(name, _)| name == "xl/worksheets/sheet1.xml") {
            let text = String::from_utf8(content.clone()).expect("text");
            let (before, rest) = text.split_once("<dimension ref=\"").expect("a dimension");
            let (_, after) = rest.split_once('"').expect("its end");
            *content = format!("{before}<dimension ref=\"D9:A1\"{after}").into_bytes();
        }
        // A build without checks of arithmetic reads it; one with them calls it damaged.
        match read_table(&packed(&parts), "a.xlsx") {
            Ok(table) => assert_eq!(table.header, ["", "", "", "text"]),
            Err(problem) => assert!(matches!(problem, TableProblem::Workbook(_)), "{problem:?}"),
        }
    }

    #[test]
    fn a_formula_without_a_value_is_not_an_empty_cell() {
        let parts = unpacked(&single(|sheet| {
            sheet.write_string(0, 0, "name").expect("cell");
            sheet.write_formula(1, 0, Formula::new("=1+1").set_result("2")).expect("cell");
        }));
        let with_value = |value: &str| {
            let mut parts = parts.clone();
            for (_, content) in parts.iter_mut().filter(|(name, _)| name == "xl/worksheets/sheet1.xml") {
                let text = String::from_utf8(content.clone()).expect("text");
                assert!(text.contains("<v>2</v>"), "{text}");
                *content = text.replace("<v>2</v>", value).into_bytes();
            }
            read_table(&packed(&parts), "a.xlsx")
        };
        assert_eq!(with_value("<v>2</v>").expect("table").rows[0].cells, ["2"]);
        for nothing in ["", "<v></v>", "<v/>"] {
            assert!(matches!(with_value(nothing), Err(TableProblem::Formula { line: 2 })), "{nothing}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn c_29_altered_parts_never_panic(part in 0..4_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
            static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
                unpacked(&single(|sheet| {
                    for row in 0..4 {
                        sheet.write_string(row, 0, "text").expect("cell");
                        sheet.write_number(row, 1, 1.5).expect("cell");
                        sheet.write_formula(row, 2, "=1+1").expect("cell");
                    }
                }))
            });
            let names = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
            let mut parts = PARTS.clone();
            for (name, content) in &mut parts {
                if name == names[part] {
                    for (at, value) in &changes {
                        let at = at.index(content.len());
                        content[at] = *value;
                    }
                }
            }
            let _ = read_table(&packed(&parts), "a.xlsx");
        }
    }

    fn unpacked(content: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut archive = zip::ZipArchive::new(Cursor::new(content)).expect("archive");
        (0..archive.len())
            .map(|index| {
                let mut entry = archive.by_index(index).expect("entry");
                let name = entry.name().expect("name").into_owned();
                let mut data = Vec::new();
                std::io::Read::read_to_end(&mut entry, &mut data).expect("data");
                (name, data)
            })
            .collect()
    }

    fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, data) in parts {
            writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("entry");
            std::io::Write::write_all(&mut writer, data).expect("data");
        }
        writer.finish().expect("archive").into_inner()
    }
}
