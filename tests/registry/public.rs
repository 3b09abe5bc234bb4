//! The public face: files to take away, figures, feeds, calendars, site maps, and the pages that lead there.

mod checks;
mod face;

use super::lists::{NOTICE, Scene, scene, scene_on};
use super::support::TestApp;
use super::support::app::at;
use super::support::canaries::{CONTACT_NAME, CONTACT_PHONE};
use calamine::{Data, Reader, Xlsx};
use checks::{against, attribute, html, ical, xml};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use yuanchi::actions::import_list::{ImportedList, ImportedRow, import_lists, read_lists};
use yuanchi::domain::actor::Actor;
use yuanchi::domain::ids::PublishedListId;
use yuanchi::domain::procedure::State;
use yuanchi::spreadsheet::{read_table, read_table_file};

/// Cells that a spreadsheet would run, or that break a file when they are written carelessly.
const HOSTILE: &[&str] = &[
    "=1+1",
    "+86",
    "-2+3",
    "@SUM(A1)",
    "|calc",
    "\t=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "｜x",
    "﹦1",
    " =1",
    "'=1",
    "a,\"b\"\nc",
    "<b>&amp;",
];

fn published(cells: &[&str]) -> (Scene, PublishedListId) {
    let mut scene = scene();
    for cell in cells {
        scene.noticed(State::InNotice, cell);
    }
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    (scene, id)
}

/// A list brought in from elsewhere, as long as wanted.
fn imported(test: &TestApp, rows: usize) -> PublishedListId {
    let row = |number: usize| ImportedRow {
        organisation: format!("第{number}家有限公司"),
        product: String::new(),
        city: None,
        result: "入选".into(),
        region: "广东".into(),
        note: String::new(),
        category_type: None,
    };
    let list = ImportedList {
        title: "收录名单".into(),
        year: Some(2025),
        category: "示例".into(),
        programme: None,
        source_url: None,
        rows: (1..=rows).map(row).collect(),
    };
    test.write(move |tx| import_lists(tx, &Actor::system(), &[list]))[0]
}

#[test]
fn c_33_hostile_names_come_through_every_file_unharmed() {
    let (scene, id) = published(HOSTILE);
    let mut visitor = scene.test.visitor();
    let csv = visitor.get(&format!("/lists/{id}/list.csv")).expect(200);
    assert!(csv.body.starts_with(b"\xef\xbb\xbf"));
    let records = csv::ReaderBuilder::new().has_headers(false).from_reader(&csv.body[3..]).into_records();
    let records: Vec<_> = records.map(|record| record.expect("a record")).collect();
    assert_eq!(records.len(), HOSTILE.len() + 1);
    for field in records.iter().flat_map(|record| record.iter()) {
        assert!(
            !field
                .trim_start_matches(' ')
                .starts_with(['=', '+', '-', '@', '|', '\t', '\r', '＝', '＋', '－', '＠', '｜', '﹦']),
            "{field:?} would run"
        );
    }
    let table = read_table(&csv.body, "list.csv").expect("a table");
    let read: Vec<&str> = table.rows.iter().map(|row| row.cells[2].as_str()).collect();
    assert_eq!(read, HOSTILE, "what was put before a cell is taken away again");

    let xlsx = visitor.get(&format!("/lists/{id}/list.xlsx")).expect(200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx.body.as_slice())).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("it reads");
    for (row, cell) in (1_u32..).zip(HOSTILE) {
        assert_eq!(range.get_value((row, 2)), Some(&Data::String(cell.to_string())));
        assert_eq!(range.get_value((row, 0)), Some(&Data::Float(f64::from(row))), "the place is a number");
    }
    let json = visitor.json(&format!("/lists/{id}/entries.json"));
    let cities: Vec<&str> =
        json["rows"].as_array().into_iter().flatten().filter_map(|row| row["city"].as_str()).collect();
    assert_eq!(cities, HOSTILE);
    for path in ["list.csv", "list.xlsx", "entries.json"] {
        visitor.get(&format!("/lists/00000000-0000-7000-8000-000000000000/{path}")).expect(404);
    }
}

#[test]
fn a_proposed_list_is_in_no_file() {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    let mut visitor = scene.test.visitor();
    for path in ["list.csv", "list.xlsx", "entries.json"] {
        visitor.get(&format!("/lists/{id}/{path}")).expect(404);
    }
    for path in ["/lists/feed.atom", "/open-data/catalog.jsonld", "/sitemaps/lists.xml", "/open-data"] {
        visitor.get(path).expect(200).hides(id.as_text());
    }
}

#[test]
fn long_lists_are_whole_in_every_file() {
    let test = TestApp::start();
    let id = imported(&test, 1_203);
    let mut visitor = test.visitor();
    let csv = visitor.get(&format!("/lists/{id}/list.csv")).expect(200);
    let table = read_table(&csv.body, "list.csv").expect("a table");
    assert_eq!(table.rows.len(), 1_203);
    assert_eq!(table.rows[1_202].cells[1], "第1203家有限公司");
    let json = visitor.json(&format!("/lists/{id}/entries.json"));
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(1_203));
    let xlsx = visitor.get(&format!("/lists/{id}/list.xlsx")).expect(200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx.body.as_slice())).expect("a workbook");
    assert_eq!(book.worksheet_range_at(0).expect("a sheet").expect("it reads").height(), 1_204);
}

#[test]
fn json_files_hold_to_their_published_schemas() {
    let (scene, id) = published(&["佛山市", "", "=1"]);
    let own = imported(&scene.test, 2);
    let mut visitor = scene.test.visitor();
    for (file, schema) in [
        ("/open-data/pool.json".to_string(), "pool.json"),
        ("/pool.json".to_string(), "pool.json"),
        (format!("/lists/{id}/entries.json"), "list-entries.json"),
        (format!("/lists/{own}/entries.json"), "list-entries.json"),
    ] {
        let value = visitor.json(&file);
        let schema = visitor.json(&format!("/open-data/schemas/{schema}"));
        assert_eq!(against(&schema, &value, &file), Vec::<String>::new());
        assert!(value["rows"].as_array().is_some_and(|rows| rows.len() >= 2), "{value}");
        let columns: BTreeSet<&str> =
            value["columns"].as_array().into_iter().flatten().filter_map(|c| c["key"].as_str()).collect();
        let keys: BTreeSet<&str> =
            value["rows"][0].as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        assert_eq!(columns, keys, "a row has exactly the columns");
    }
    let pool = visitor.get("/open-data/pool.json").expect(200).hides("YC-").hides(CONTACT_NAME).hides(CONTACT_PHONE);
    let row = &pool.json()["rows"][0];
    assert_eq!((row["category"].as_str(), row["standing"].as_str()), (Some("service_provider"), Some("active")));
    let csv = visitor.get("/open-data/pool.csv").expect(200).hides("YC-");
    assert_eq!(read_table(&csv.body, "pool.csv").expect("a table").rows.len(), 3);
    visitor.get("/open-data/pool.xlsx").expect(200);
    // The files of a day have the same columns in the same words.
    let csv = read_table(&csv.body, "pool.csv").expect("a table");
    let of_day = visitor.get("/pool.csv").expect(200).hides("YC-");
    let of_day = read_table(&of_day.body, "pool.csv").expect("a table");
    assert_eq!(of_day.header, csv.header);
    let standing = csv.header.iter().position(|title| title == "状态").expect("a column");
    for table in [&csv, &of_day] {
        assert!(table.rows.iter().all(|row| row.cells[standing] == "有效"), "words, never keys: {table:?}");
    }
    let sorted =
        |table: &yuanchi::spreadsheet::Table| table.rows.iter().map(|row| row.cells.clone()).collect::<BTreeSet<_>>();
    assert_eq!(sorted(&of_day), sorted(&csv), "today is a day");
    let book = visitor.get("/pool.xlsx").expect(200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.body.as_slice())).expect("a workbook");
    assert_eq!(book.worksheet_range_at(0).expect("a sheet").expect("it reads").height(), 4);
    visitor.get("/open-data/schemas/other.json").expect(404);
    // Today's rows are not passed off as another day's.
    for ending in ["csv", "xlsx", "json"] {
        let led = visitor.get(&format!("/open-data/pool.{ending}?on=2025-08-01")).expect(307).location();
        assert_eq!(led.replace("%2D", "-"), format!("/pool.{ending}?on=2025-08-01"));
        visitor.get(&led).expect(200);
    }
    let led = visitor.get("/open-data/pool.csv?on=2025-13-01").expect(307).location();
    visitor.get(&led).expect(422);

    let catalogue = visitor.json("/open-data/catalog.jsonld");
    assert_eq!(catalogue["@type"], "dcat:Catalog");
    for key in ["dct:title", "dct:description", "dct:publisher", "dct:license", "dct:modified"] {
        assert!(!catalogue[key].is_null(), "{key}");
    }
    let sets = catalogue["dcat:dataset"].as_array().expect("data sets");
    assert_eq!(sets.len(), 5, "the pool, that of a day, the figures, two lists");
    for file in sets.iter().flat_map(|set| set["dcat:distribution"].as_array().expect("files")) {
        let address = file["dcat:downloadURL"]["@id"].as_str().expect("an address");
        visitor.get(&path_of(&scene.test, address)).expect(200);
    }
    for key in ["dct:title", "dct:description", "dct:license", "dcat:landingPage"] {
        assert!(sets.iter().all(|set| !set[key].is_null()), "{key}");
    }
}

/// The path of an address of this registry.
#[track_caller]
fn path_of(test: &TestApp, address: &str) -> String {
    let base = &test.app.env.base_url;
    address.strip_prefix(base.as_str()).unwrap_or_else(|| panic!("{address} is not below {base}")).to_string()
}

#[test]
fn feeds_are_read_by_any_reader() {
    let (scene, id) = published(&["佛山市"]);
    let hostile = "<b>申报</b> & \"其他\" ]]>";
    scene.test.tamper(&format!("UPDATE calls SET title = '{hostile}', body = '{hostile}'"));
    let mut visitor = scene.test.visitor();
    for (path, count) in [("/calls/feed.atom", 1), ("/notices/feed.atom", 1), ("/lists/feed.atom", 1)] {
        let answer = visitor.get(path).expect(200);
        assert_eq!(answer.header("content-type"), Some("application/atom+xml; charset=utf-8"));
        let feed = xml(&answer.text());
        assert!(feed.name == "feed" && feed.attributes.contains("http://www.w3.org/2005/Atom"));
        assert!(chrono::DateTime::parse_from_rfc3339(feed.child("updated")).is_ok());
        assert!(!feed.child("id").is_empty() && !feed.child("title").is_empty());
        let entries = feed.all("entry");
        assert_eq!(entries.len(), count, "{path}");
        for entry in entries {
            assert!(entry.child("id").starts_with("urn:uuid:"));
            assert!(chrono::DateTime::parse_from_rfc3339(entry.child("updated")).is_ok());
            assert!(!entry.child("title").is_empty() && !entry.child("summary").is_empty());
            let link = entry.inside.iter().find(|element| element.name == "link").expect("a link");
            let address = attribute(&format!(" {}", link.attributes), "href").remove(0);
            visitor.get(&path_of(&scene.test, &address)).expect(200);
        }
        assert_eq!(visitor.get(path).text(), answer.text(), "the same as long as nothing changes");
    }
    let calls = xml(&visitor.get("/calls/feed.atom").text());
    assert_eq!(calls.all("entry")[0].child("title"), hostile);
    let lists = xml(&visitor.get("/lists/feed.atom").text());
    assert_eq!(lists.all("entry")[0].child("id"), format!("urn:uuid:{id}"));
}

#[test]
fn site_maps_name_pages_that_are_there() {
    let (scene, id) = published(&["佛山市", "佛山市"]);
    let mut visitor = scene.test.visitor();
    let robots = visitor.get("/robots.txt").expect(200).text();
    let map = robots.lines().find_map(|line| line.strip_prefix("Sitemap: ")).expect("a map");
    let index = xml(&visitor.get(&path_of(&scene.test, map)).expect(200).text());
    let mut addresses = Vec::new();
    for part in index.all("loc") {
        let part = xml(&visitor.get(&path_of(&scene.test, &part.text)).expect(200).text());
        assert_eq!(part.name, "urlset");
        addresses.extend(part.all("loc").into_iter().map(|loc| loc.text.clone()));
    }
    assert!(addresses.iter().any(|address| address.ends_with(&format!("/lists/{id}"))));
    assert_eq!(addresses.iter().filter(|address| address.contains("/providers/")).count(), 2);
    assert!(addresses.iter().any(|address| address.ends_with(&format!("/notices/{NOTICE}"))));
    for address in addresses {
        let path = path_of(&scene.test, &address);
        visitor.get(if path.is_empty() { "/" } else { &path }).expect(200);
    }
    visitor.get("/sitemaps/other.xml").expect(404);
}

#[test]
fn deadlines_go_into_a_calendar_and_keep_their_ids() {
    let scene = scene();
    scene.test.tamper(
        "UPDATE calls SET title = '申报；第一批, 特色型; 以及一个很长很长很长很长很长很长很长很长很长很长的名称\\再来'",
    );
    scene.test.set_clock(at("2025-11-20T00:00:00"));
    let mut visitor = scene.test.visitor();
    let answer = visitor.get("/calls/calendar.ics").expect(200);
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    let value = |event: &[(String, String)], name: &str| {
        event.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_else(|| panic!("no {name}"))
    };
    let events = ical(&answer.text());
    let uids: BTreeSet<String> = events.iter().map(|event| value(event, "UID")).collect();
    assert_eq!(uids.len(), events.len(), "each its own");
    let closing = events.iter().find(|event| value(event, "UID").ends_with("-closes@yuanchi")).expect("the end");
    assert_eq!(value(closing, "DTSTART"), "20251201T000000Z");
    assert!(value(closing, "SUMMARY").contains("申报；第一批\\, 特色型\\; 以及"), "{closing:?}");
    let url = value(closing, "URL");
    let call = path_of(&scene.test, &url);
    visitor.get(&call).expect(200).shows("加入日历");

    // Objections are in time until the end of 12 January: that day, not an instant of the next.
    let objections =
        events.iter().find(|event| value(event, "UID").ends_with("-objections@yuanchi")).expect("a notice");
    assert_eq!(value(objections, "DTSTART;VALUE=DATE"), "20260112");
    assert_eq!(value(objections, "DTEND;VALUE=DATE"), "20260113", "the end is no longer inside");

    scene.test.tamper("UPDATE calls SET closes_at = '2025-12-05 00:00:00', version = version + 1");
    let later = ical(&visitor.get(&format!("{call}/deadlines.ics")).expect(200).text());
    let moved = later.iter().find(|event| value(event, "UID") == value(closing, "UID")).expect("the same entry");
    assert_eq!(value(moved, "DTSTART"), "20251205T000000Z");
    assert!(value(moved, "SEQUENCE") > value(closing, "SEQUENCE"));
    visitor.get("/calls/00000000-0000-7000-8000-000000000000/deadlines.ics").expect(404);
}

/// Four recognised of five who applied; three serve one cluster, one another.
fn counted() -> Scene {
    let mut scene = scene();
    for number in 0..5 {
        let state = if number == 4 { State::Held } else { State::InNotice };
        let (application, _) = scene.noticed(state, "佛山市");
        let form = match number {
            3 => r#"{"clusters": ["P02"], "divisions": ["C13"], "service_fields": ["cloud"]}"#,
            _ => r#"{"clusters": ["P01", "P01"], "divisions": ["C35"], "service_fields": ["cloud", "data"]}"#,
        };
        scene.test.tamper(&format!("UPDATE applications SET form = '{form}' WHERE id = '{application}'"));
    }
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    scene
}

fn line<'a>(figures: &'a Value, table: &str, key: &str) -> &'a Value {
    let lines = figures[table].as_array().into_iter().flatten();
    lines.into_iter().find(|line| line["key"] == key).unwrap_or_else(|| panic!("no {key} in {table}"))
}

#[test]
fn small_figures_of_files_are_withheld_on_page_and_api() {
    let scene = counted();
    let mut visitor = scene.test.visitor();
    let figures = visitor.json("/api/v1/statistics");
    assert_eq!((&figures["in_pool"], &figures["threshold"]), (&4.into(), &3.into()));
    assert_eq!(line(&figures, "clusters", "P01")["total"], 3);
    // A list names the clusters of each entry, so one alone is no secret; divisions stand in no list.
    assert_eq!(line(&figures, "clusters", "P02")["total"], 1);
    assert!(
        line(&figures, "clusters", "P02")["figures"].as_array().is_some_and(|cells| cells.iter().all(Value::is_u64))
    );
    assert_eq!(line(&figures, "divisions", "C35")["total"], 3);
    let small = line(&figures, "divisions", "C13");
    assert!(
        small["total"].is_null() && small["figures"].as_array().is_some_and(|cells| cells.iter().all(Value::is_null))
    );
    assert_eq!(line(&figures, "clusters", "P03")["total"], 0);
    assert_eq!(figures["divisions_covered"], 2);
    assert_eq!(figures["divisions"].as_array().map(Vec::len), Some(31));
    assert_eq!(figures["cities"].as_array().map(Vec::len), Some(22));
    let in_cities: i64 =
        figures["cities"].as_array().into_iter().flatten().filter_map(|city| city["total"].as_i64()).sum();
    assert_eq!(in_cities, 4, "public lists say so already");
    assert_eq!(line(&figures, "service_fields", "data")["total"], 3);
    assert_eq!(line(&figures, "years", "2026")["total"], 4);
    // One of five stayed behind: whoever knows one applicant who is on no list must not be told how many there were.
    let steps = figures["flows"][0]["steps"].as_array().expect("steps");
    let counts: Vec<Option<i64>> = steps.iter().map(|step| step["count"].as_i64()).collect();
    assert_eq!(counts.last(), Some(&Some(4)));
    assert!(counts[..counts.len() - 1].iter().all(Option::is_none), "{counts:?}");

    let page = visitor
        .get("/statistics")
        .expect(200)
        .shows("不公布")
        .shows("少于 3")
        .shows("C35")
        .shows("公布名单已经载明的内容");
    for id in ["cities", "years", "clusters", "fields", "divisions", "flow-1"] {
        assert!(
            page.text().contains(&format!("<title id=\"{id}-t\">"))
                && page.text().contains(&format!("<desc id=\"{id}-d\">")),
            "{id}"
        );
    }
    scene.test.set_clock(at("2035-01-01T00:00:00"));
    assert_eq!(visitor.json("/api/v1/statistics")["in_pool"], 0, "the figures follow the pool");
}

#[test]
fn many_who_stayed_behind_are_told() {
    let mut scene = scene();
    for number in 0..6 {
        scene.noticed(if number < 3 { State::Held } else { State::InNotice }, "佛山市");
    }
    let before = scene.test.visitor().json("/api/v1/statistics");
    assert_eq!(before["flows"].as_array().map(Vec::len), Some(0), "a call without a list shows no flow");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    let figures = scene.test.visitor().json("/api/v1/statistics");
    let steps = figures["flows"][0]["steps"].as_array().expect("steps");
    let counts: Vec<Option<i64>> = steps.iter().map(|step| step["count"].as_i64()).collect();
    assert_eq!((counts.first(), counts.last()), (Some(&Some(6)), Some(&Some(3))));
}

#[test]
fn national_platforms_of_the_province_are_promoted() {
    let test = TestApp::start();
    test.visitor().get("/platforms").expect(200).shows("尚未收录此类名单");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/real_rows.csv");
    let lists =
        read_lists(&read_table_file(&file).expect("a table"), &test.app.env.reference, &test.app.env.programmes)
            .expect("every row is good");
    test.write(move |tx| import_lists(tx, &Actor::system(), &lists));
    let page = test.visitor().get("/platforms").expect(200);
    let page = page.shows("WeMake工业互联网平台").shows("美擎工业互联网平台").shows("排名不分先后");
    page.hides("河钢").hides("企业技术中心").hides("百度");
}

#[test]
fn how_selection_works_is_told_from_the_programmes() {
    let test = TestApp::start();
    let page = test.visitor().get("/how").expect(200).shows("入池不作为市场准入条件").shows("名单排名不分先后");
    for programme in test.app.env.programmes.iter().filter(|programme| !programme.stations.is_empty()) {
        let mut page = page.clone().shows(&programme.names.zh_cn);
        for dimension in programme.rubric.iter().flat_map(|rubric| &rubric.dimensions) {
            page = page.shows(&dimension.names.zh_cn);
        }
        if let Some(notice) = &programme.notice {
            page.shows(&format!("公示 {} 个", notice.length))
                .shows(&format!("认定有效期 {} 年", programme.validity.as_ref().map_or(0, |validity| validity.years)));
        }
    }
}

#[test]
fn every_public_page_is_sound_and_leads_somewhere() {
    let scene = counted();
    imported(&scene.test, 2);
    let mut visitor = scene.test.visitor();
    let mut waiting: Vec<String> = ["/", "/open-data", "/statistics", "/platforms", "/how"].map(String::from).into();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut wrong = Vec::new();
    while let Some(path) = waiting.pop() {
        let answer = visitor.get(&path);
        if answer.status != 200 && !(answer.status == 303 && answer.location() == "/session/new") {
            wrong.push(format!("{path} is {}", answer.status));
        }
        if !answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            continue;
        }
        let text = answer.text();
        let own = ["/", "/open-data", "/statistics", "/platforms", "/how", "/lists", "/calls", "/notices"];
        if own.contains(&path.as_str()) {
            wrong.extend(html(&text).into_iter().map(|what| format!("{path}: {what}")));
        }
        for link in attribute(&text, "href") {
            let link = link.replace("&#38;", "&");
            let (page, anchor) = link.split_once('#').unwrap_or((&link, ""));
            if page.is_empty() && !anchor.is_empty() && !attribute(&text, "id").iter().any(|id| id == anchor) {
                wrong.push(format!("{path}: #{anchor} is nowhere"));
            }
            if page.starts_with('/') && seen.insert(page.to_string()) {
                waiting.push(page.to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() > 30, "{seen:?}");
}
