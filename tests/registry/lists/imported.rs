//! Lists brought in from tables.

use super::code;
use crate::support::TestApp;
use std::path::Path;
use yuanchi::actions::import_list::{ImportProblem, import_lists, read_lists};
use yuanchi::db::published_lists::RecognitionFilter;
use yuanchi::db::{self, published_lists};
use yuanchi::domain::actor::Actor;
use yuanchi::spreadsheet::{read_table, read_table_file, write_xlsx};

#[test]
fn real_lists_come_in_once() {
    let test = TestApp::start();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/real_rows.csv");
    let table = read_table_file(&file).expect("a table");
    let lists = read_lists(&table, &test.app.env.reference, &test.app.env.programmes).expect("every row is good");
    assert_eq!(lists.iter().map(|list| list.rows.len()).sum::<usize>(), 61);
    let workbook = write_xlsx("名单", &table.header, &table.rows.iter().map(|r| r.cells.clone()).collect::<Vec<_>>());
    let workbook = read_table(&workbook.expect("a workbook"), "rows.xlsx").expect("a table");
    assert_eq!(read_lists(&workbook, &test.app.env.reference, &test.app.env.programmes), Ok(lists.clone()));
    let again = lists.clone();
    test.write(move |tx| import_lists(tx, &Actor::system(), &lists));
    let second = test.app.write_now(move |tx| import_lists(tx, &Actor::system(), &again));
    assert_eq!(second.map_err(code), Err("list_imported_before".into()));
    let pager = db::page::Pager::new(None, None);
    let found = test.read(|tx| Ok(published_lists::published(tx.db, &Default::default(), pager)?));
    let mut visitor = test.visitor();
    visitor.get("/lists").expect(200).shows(&found.items[0].title);
    visitor.get(&format!("/lists/{}", found.items[0].id)).expect(200).shows("核验信息");
}

#[test]
fn bad_rows_are_named_with_line_column_and_remedy() {
    let test = TestApp::start();
    let content = "名单名称,年份,单位名称,类别,城市,来源网址\n\
                   甲名单,1999,某公司,平台,广州市,https://example.org/\n\
                   甲名单,2024,,平台,北京市,ftp://example.org/\n\
                   乙名单,,某公司 13812345678,平台,,\n";
    let table = read_table(content.as_bytes(), "rows.csv").expect("a table");
    let Err(ImportProblem::Rows(problems)) = read_lists(&table, &test.app.env.reference, &test.app.env.programmes)
    else {
        panic!("bad rows")
    };
    let said: Vec<(usize, &str, &str)> =
        problems.iter().map(|p| (p.line, p.column.as_str(), p.code.as_str())).collect();
    assert_eq!(
        said,
        [
            (2, "年份", "not_a_year"),
            (3, "单位名称", "name_missing"),
            (3, "城市", "unknown_city"),
            (3, "来源网址", "not_an_address"),
            (4, "单位名称", "personal_data"),
        ]
    );
}

#[test]
fn a_row_that_stands_twice_one_with_hidden_characters_and_a_table_of_none_are_refused() {
    let test = TestApp::start();
    let read = |content: &str| {
        let table = read_table(content.as_bytes(), "rows.csv").expect("a table");
        read_lists(&table, &test.app.env.reference, &test.app.env.programmes)
    };
    let head = "名单名称,年份,单位名称,类别\n";
    let rows =
        "甲名单,2024,某\u{1}公司,平台\n甲名单,2024,乙公司,平台\n甲名单,2024, 乙公司,平台\n甲名单,2024,乙公司,产品\n";
    let Err(ImportProblem::Rows(problems)) = read(&format!("{head}{rows}")) else { panic!("bad rows") };
    let said: Vec<(usize, &str, &str)> = problems.iter().map(|p| (p.line, p.code.as_str(), p.value.as_str())).collect();
    assert_eq!(said, [(2, "characters", "某公司"), (4, "row_twice", "乙公司")]);
    assert_eq!(read(head), Err(ImportProblem::Empty));
}

#[test]
fn national_lists_come_under_their_programme_by_type() {
    let test = TestApp::start();
    let env = &test.app.env;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/real_rows.csv");
    let table = read_table_file(&file).expect("a table");
    let mut lists = read_lists(&table, &env.reference, &env.programmes).expect("every row is good");
    let content = "名单名称,年份,地区,单位名称,类别,平台名称\n\
                   国家级工业互联网平台名单,2024,广东省,甲公司,特色型,甲平台\n\
                   国家级工业互联网平台名单,2024,湖北,乙公司,专业型,乙平台\n\
                   某省工业互联网平台名单,2024,湖北,丙公司,特色型,丙平台\n";
    let more = read_table(content.as_bytes(), "rows.csv").expect("a table");
    lists.extend(read_lists(&more, &env.reference, &env.programmes).expect("every row is good"));
    let known: Vec<&str> =
        lists.iter().filter(|list| list.programme.is_some()).map(|list| list.title.as_str()).collect();
    assert_eq!(known.len(), 4, "{known:?}");
    assert!(known.iter().all(|title| title.contains("跨行业") || title.contains("国家级")), "{known:?}");
    test.write(move |tx| import_lists(tx, &Actor::system(), &lists));

    let asked = |filter: RecognitionFilter| {
        let found = test.read(|tx| Ok(published_lists::recognitions(tx.db, "national_platform", &filter)?));
        found.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>()
    };
    let all = asked(RecognitionFilter::default());
    let types: Vec<&str> = all.iter().filter_map(|entry| entry.category_type.as_deref()).collect();
    assert_eq!(types, [&["cross_industry"; 10][..], &["feature", "professional"]].concat());
    let ours = asked(RecognitionFilter { in_province: true, ..Default::default() });
    let names: Vec<&str> = ours.iter().map(|entry| entry.organisation_name.as_str()).collect();
    assert_eq!(names, ["美云智数", "(TCL战略孵化)", "华为", "富士康", "树根互联", "腾讯", "甲公司"]);
    let feature = asked(RecognitionFilter { category_type: Some("feature".into()), ..Default::default() });
    let cells: Vec<(&str, &str)> =
        feature[0].shown.0.iter().map(|cell| (cell.key.as_str(), cell.value.as_str())).collect();
    assert_eq!(
        cells,
        [("number", "1"), ("platform", "甲平台"), ("organisation", "甲公司"), ("type", "特色型"), ("city", "")]
    );
    let list = feature[0].list_id;
    test.visitor().get(&format!("/lists/{list}")).expect(200).shows("建设运营单位").shows("国家级工业互联网平台");
}

#[test]
fn a_national_entry_is_current_as_long_as_its_programme_says() {
    let own = std::env::temp_dir().join(format!("yuanchi-validity-{}", std::process::id()));
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    for folder in ["programmes", "reference"] {
        std::fs::create_dir_all(own.join(folder)).expect("a folder");
        for file in std::fs::read_dir(shipped.join(folder)).expect("the shipped files") {
            let file = file.expect("a file");
            std::fs::copy(file.path(), own.join(folder).join(file.file_name())).expect("a copy");
        }
    }
    let national = own.join("programmes/national_platforms.toml");
    let text = std::fs::read_to_string(&national).expect("the programme");
    assert!(!text.contains("\n[validity]"), "the national lists name no end");
    std::fs::write(&national, format!("{text}\n[validity]\nyears = 3\n")).expect("written");
    let config_dir = own.clone();
    let test = TestApp::start_with(|config| config.data.config_dir = config_dir);
    std::fs::remove_dir_all(&own).expect("removed");
    let content = "名单名称,年份,单位名称,类别\n双跨平台名单,2022,甲公司,双跨\n双跨平台新增名单,2023,乙公司,双跨\n";
    let table = read_table(content.as_bytes(), "rows.csv").expect("a table");
    let lists = read_lists(&table, &test.app.env.reference, &test.app.env.programmes).expect("every row is good");
    let current = |day: &str| {
        let filter =
            RecognitionFilter { current_on: Some(day.parse().expect("a date")), ..RecognitionFilter::default() };
        let found = test.read(|tx| Ok(published_lists::recognitions(tx.db, "national_platform", &filter)?));
        found.into_iter().map(|(_, entry)| entry.organisation_name).collect::<Vec<_>>()
    };
    test.write(move |tx| import_lists(tx, &Actor::system(), &lists));
    assert_eq!(current("2025-12-30"), ["乙公司", "甲公司"]);
    assert_eq!(current("2025-12-31"), ["乙公司"], "three full years from the end of 2022 are over");
    assert_eq!(current("2026-12-31"), Vec::<String>::new());
}

#[test]
fn a_list_lies_under_one_programme_as_a_whole() {
    let test = TestApp::start();
    let content = "名单名称,单位名称,类别\n甲名单,甲公司,双跨\n甲名单,乙公司,省级平台\n";
    let table = read_table(content.as_bytes(), "rows.csv").expect("a table");
    let read = read_lists(&table, &test.app.env.reference, &test.app.env.programmes);
    let Err(ImportProblem::Rows(problems)) = read else { panic!("bad rows") };
    assert_eq!((problems.len(), problems[0].line, problems[0].code.as_str()), (1, 3, "category_differs"));
}
