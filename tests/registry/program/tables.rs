//! Tables of what exists elsewhere: lists by the command, experts over HTTP, from CSV and from a real workbook.

use super::{program, said};
use crate::support::client::File;
use crate::support::{Client, TestApp, with};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use yuanchi::domain::actor::Role;
use yuanchi::spreadsheet::{read_table_file, write_xlsx};

/// Writes a workbook into the data folder.
fn workbook(test: &TestApp, name: &str, header: &[String], rows: &[Vec<String>]) -> PathBuf {
    let path = test.dir.join(name);
    std::fs::write(&path, write_xlsx("表", header, rows).expect("a workbook")).expect("written");
    path
}

/// Every published list with its entries, as the public reads them, without what differs from one import to the next.
fn published(test: &TestApp) -> Vec<Value> {
    let mut visitor = test.visitor();
    let all = |visitor: &mut Client, path: &str| {
        let page = visitor.json(&format!("{path}?per_page=200"));
        assert!(page["total"].as_u64() <= Some(200), "one page is all");
        page["items"].as_array().cloned().unwrap_or_default()
    };
    let mut lists = Vec::new();
    for list in all(&mut visitor, "/api/v1/lists") {
        let id = list["id"].as_str().expect("an id");
        let mut shown = visitor.json(&format!("/api/v1/lists/{id}"));
        shown["entries"] = Value::Array(all(&mut visitor, &format!("/api/v1/lists/{id}/entries")));
        forget(&mut shown);
        lists.push(shown);
    }
    lists.sort_by_key(|list| list["title"].to_string());
    lists
}

/// Takes away ids, and what is computed from them.
fn forget(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let own = |key: &str| {
                key == "id"
                    || key.ends_with("_id")
                    || key.ends_with("sha256")
                    || key.ends_with("_at")
                    || key == "signature"
            };
            fields.retain(|key, _| !own(key));
            fields.values_mut().for_each(forget);
        }
        Value::Array(items) => items.iter_mut().for_each(forget),
        _ => {}
    }
}

#[test]
fn the_real_lists_are_the_same_from_csv_and_from_a_workbook() {
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/real_rows.csv"));
    let table = read_table_file(file).expect("a table");
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.clone()).collect();
    let mut seen = Vec::new();
    for as_workbook in [false, true] {
        let test = TestApp::start();
        let file = if as_workbook { workbook(&test, "rows.xlsx", &table.header, &rows) } else { file.to_path_buf() };
        let import = |dry: bool| {
            let mut command = program(&test);
            command.args(["import", "list"]).arg(&file);
            if dry {
                command.arg("--dry-run");
            }
            command.output().expect("it runs")
        };
        let dry = import(true);
        assert!(dry.status.success() && published(&test).is_empty(), "{}", said(&dry));
        let done = import(false);
        assert!(done.status.success() && said(&done).contains("61 rows were brought in"), "{}", said(&done));
        // A second time nothing comes in, and it says which list is here.
        let again = import(false);
        assert_eq!(again.status.code(), Some(1));
        let trial = import(true);
        assert_eq!((trial.status.code(), said(&trial)), (Some(1), said(&again)), "a trial says what the import says");
        let lists = published(&test);
        assert!(
            lists.iter().any(|list| said(&again).contains(list["title"].as_str().expect("a title"))),
            "{}",
            said(&again)
        );
        seen.push(lists);
    }
    assert_eq!(seen[0], seen[1]);
    let entries: usize = seen[0].iter().filter_map(|list| list["entries"].as_array().map(Vec::len)).sum();
    assert_eq!(entries, 61);
    // Year, source and result are as in the file.
    let text = serde_json::to_string(&seen[0]).expect("text");
    for row in &table.rows {
        for at in [0, 1, 7, 8] {
            let cell = serde_json::to_string(&row.cells[at]).expect("text");
            assert!(text.contains(cell.trim_matches('"')), "line {}: {cell} is missing", row.line);
        }
    }
}

#[test]
fn a_wrong_list_is_reported_by_line_and_column_and_leaves_nothing() {
    let test = TestApp::start();
    let header = ["名单名称", "年份", "单位名称", "类别", "城市"].map(String::from);
    let row = |cells: [&str; 5]| cells.map(String::from).to_vec();
    let rows = [row(["甲名单", "2024", "某公司", "平台", "广州市"]), row(["甲名单", "1999", "", "平台", "北京市"])];
    let bad = workbook(&test, "bad.xlsx", &header, &rows);
    let columns = workbook(&test, "columns.xlsx", &["名单名称", "名单", "备忘"].map(String::from), &[]);
    let empty = workbook(&test, "empty.xlsx", &header, &[]);
    let text = test.dir.join("text.xlsx");
    std::fs::write(&text, "no workbook").expect("written");
    for (file, words) in [
        (bad, &["Line 3", "‘年份’", "‘单位名称’", "‘城市’"][..]),
        (columns, &["单位", "类别"][..]),
        (empty, &["no data below the header"][..]),
        (text, &["not an .xlsx workbook"][..]),
        (test.dir.join("gone.csv"), &["gone.csv: The file cannot be read. Check the path and the permissions."][..]),
    ] {
        let output = program(&test).args(["import", "list"]).arg(&file).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        for word in words {
            assert!(said(&output).contains(word), "{word} is missing: {}", said(&output));
        }
    }
    assert!(published(&test).is_empty());
}

#[test]
fn experts_come_from_a_workbook_all_or_none() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let header =
        ["姓名", "邮箱", "单位", "单位统一社会信用代码", "职称", "地市", "专业领域", "评审上限"].map(String::from);
    let row = |cells: [&str; 8]| cells.map(String::from).to_vec();
    let good = row(["张三", "zhang@example.org", "某大学", "", "教授", "广州", "工业互联网平台", "5"]);
    let book = |header: &[String], rows: &[Vec<String>]| write_xlsx("专家", header, rows).expect("a workbook");
    let mut browser = handler.browser();
    let mut sent = |bytes: Vec<u8>| {
        browser.open("/experts/import");
        browser.upload("/experts/import", &[], &File { field: "file", name: "专家.xlsx", bytes: &bytes })
    };
    // Columns that are missing, doubled and unknown, each by its name.
    let wrong = ["姓名", "姓名", "电子信箱", "单位", "职称", "专业领域", "评审上限"].map(String::from);
    sent(book(&wrong, &[])).expect(422).shows("邮箱").shows("电子信箱").shows("姓名");
    sent(b"no workbook".to_vec()).expect(422);
    // One good row among bad ones: each bad cell by line, column and reason, and nobody comes in.
    let rows = [
        good.clone(),
        row(["张三", "ZHANG@example.org", "某大学", "", "教授", "广州", "工业互联网平台", "5"]),
        row(["李四", "li@example.org", "某大学", "123", "教授", "北京", "炼丹", "0"]),
        row(["", "handler@example.org", "", "", "", "", "", ""]),
    ];
    let answer = sent(book(&header, &rows)).expect(422);
    for (line, column, value, reason) in [
        ("3", "邮箱", "ZHANG@example.org", "在表中出现了不止一次"),
        ("4", "单位统一社会信用代码", "123", "不是 18 位统一社会信用代码"),
        ("4", "地市", "北京", "没有名为“北京”的省内地市"),
        ("4", "专业领域", "炼丹", "不认识的专业领域“炼丹”"),
        ("4", "评审上限", "0", "评审上限应为 1 至 1000 的整数"),
        ("5", "姓名", "", "此格不能为空"),
        ("5", "邮箱", "handler@example.org", "工作人员不能兼任评审专家"),
    ] {
        let words = answer.words();
        let place = [line, column, value].join(" ").trim().to_string();
        let found = words
            .match_indices(&place)
            .any(|(at, _)| words[at..].chars().take(90).collect::<String>().contains(reason));
        assert!(found, "{place}, {reason}: {words}");
    }
    assert_eq!(handler.api().json("/api/v1/experts")["total"], 0);
    // The same by the command, and the workbook that is right.
    let bad = workbook(&test, "bad.xlsx", &header, &rows);
    let output = program(&test).args(["import", "experts"]).arg(&bad).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    for place in [":3 邮箱", ":4 地市", ":4 专业领域", ":5 姓名", ":5 邮箱"] {
        assert!(said(&output).contains(place), "{place} is missing: {}", said(&output));
    }
    assert_eq!(handler.api().json("/api/v1/experts")["total"], 0);
    sent(book(&header, &[good])).expect(200).shows("新增 1 名");
    let done = browser.submit("/experts/import/confirmation", &[]);
    browser.follow(done).shows("张三");
    assert_eq!(handler.api().json("/api/v1/experts")["items"][0]["email"], "z***@example.org");
    // What an operator brings in at the machine is listed and undone like any other import.
    let more = [row(["赵六", "zhao@example.org", "某大学", "", "教授", "广州", "工业互联网平台", "5"])];
    let output = program(&test).args(["import", "experts"]).arg(workbook(&test, "more.xlsx", &header, &more)).output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // The program goes by the machine's clock.
    test.set_clock(chrono::Utc::now().naive_utc());
    let mut api = handler.api();
    let listed = api.json("/api/v1/experts/imports");
    let newest = listed["items"][0]["id"].as_str().expect("an id").to_string();
    assert_eq!(
        (&listed["total"], &listed["items"][0]["summary"]["added_names"]),
        (&json!(2), &json!(["赵六"])),
        "{listed}"
    );
    handler.browser().open(&format!("/experts/imports/{newest}")).shows("赵六").shows("系统");
    let undoing = format!("/api/v1/experts/imports/{newest}/undoing");
    api.call("POST", &undoing, &json!({ "reason": "导错了表" })).expect(200);
    assert_eq!(api.json("/api/v1/experts/imports")["items"][0]["status"], "undone");
}
