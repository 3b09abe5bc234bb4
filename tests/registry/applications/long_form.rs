//! The long form without fear: how far it is, and how the officers will read it.

use super::{mark, scene};
use crate::support::Client;
use serde_json::{Value, json};
use yuanchi::db::corrections::MarkKind;

/// Saves as the script does.
fn autosave(browser: &mut Client, form: &str, body: &str) -> Value {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-autosave", "1"),
        ("accept", "application/json"),
        ("sec-fetch-site", "same-origin"),
    ];
    browser.send("POST", form, &headers, body.as_bytes().to_vec()).expect(200).json()
}

fn part<'a>(saved: &'a Value, key: &str) -> &'a Value {
    let parts = saved["progress"]["parts"].as_array().expect("parts");
    parts.iter().find(|part| part["part"] == key).unwrap_or_else(|| panic!("no {key} in {saved}"))
}

#[test]
fn each_part_says_how_far_it_is_and_the_preview_is_what_officers_read() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let (form, preview) = (format!("/applications/{id}/form"), format!("/applications/{id}/preview"));
    let mut browser = scene.admin.browser();
    // Two fields are required and none is there; of the organisation nothing is asked.
    let page =
        browser.open(&form).shows("填报进度").shows("应填 2 项，已完成 0 项").shows("应填 3 项，已完成 0 项").text();
    assert!(page.contains("id=\"s-sections.basic\"") && page.contains("href=\"#s-sections.basic\""));
    assert!(page.contains("href=\"#f-profile\"") && page.contains("href=\"#f-documents.licence\""));
    assert!(page.contains("data-progress-part=\"organisation\" hidden"));

    // What the script shows is there in the reader's language, and hidden from whoever has no script.
    for hidden in [
        "data-paste-hint hidden",
        "data-paste-report hidden",
        "data-save-merge role=\"alert\" hidden",
        "data-save-status hidden",
    ] {
        assert!(page.contains(hidden), "{hidden}");
    }
    assert!(page.contains("data-save-said role=\"status\"") && page.contains("data-word-offline=\"网络已断开"));
    // Whatever the service answers to a save is told in words, and that nothing typed is lost.
    for answered in ["busy", "too-large", "forbidden", "stopped"] {
        let (_, words) = page.split_once(&format!("data-word-{answered}=\"")).expect(answered);
        assert!(words.split('"').next().is_some_and(|words| words.contains("仍在本页")), "{answered}: {page}");
    }

    // A wrong answer of an optional field is one thing more to do; the row keeps the number that the page gave it.
    let csrf = crate::support::html::value_of(&page, "csrf").expect("a token");
    let row = "cases%5B4%5D%5Bname%5D=a&cases%5B4%5D%5Bamount%5D=x";
    let body = format!("csrf={csrf}&version=1&profile=p&staff=abc&{row}");
    let saved = autosave(&mut browser, &form, &body);
    let basic = part(&saved, "sections.basic");
    assert_eq!(
        (&basic["met"], &basic["total"], &basic["words"]),
        (&json!(1), &json!(3), &json!("应填 3 项，已完成 1 项"))
    );
    let hrefs: Vec<&str> =
        basic["lacking"].as_array().expect("a list").iter().filter_map(|lack| lack["href"].as_str()).collect();
    assert_eq!(hrefs, ["#f-staff", "#f-cases[4].amount"]);
    assert_eq!(part(&saved, "members")["words"], "没有必填项");
    assert_eq!((&saved["progress"]["met"], &saved["progress"]["total"]), (&json!(1), &json!(4)));

    // Mended, and in the reader's language.
    let row = "cases%5B4%5D%5Bname%5D=a&cases%5B4%5D%5Bamount%5D=5";
    let body = format!("csrf={csrf}&version=2&profile=p%3Cb%3E&staff=7&{row}");
    browser.submit("/language", &[("language", "en")]).expect(303);
    let saved = autosave(&mut browser, &form, &body);
    assert_eq!(part(&saved, "sections.basic")["words"], "Required: 2; done: 2; all complete");
    assert_eq!(part(&saved, "documents")["lacking"].as_array().map(Vec::len), Some(1));
    browser.submit("/language", &[("language", "zh-CN")]).expect(303);

    // An upload can be held and sent again; without the script it is a form like any other.
    let documents = browser.open(&format!("/applications/{id}/documents")).text();
    assert!(documents.contains("data-upload-progress hidden") && documents.contains("data-word-paused=\"已暂停"));

    // What was refused is kept nowhere: the script must not take it for what the server holds.
    assert!(!browser.open(&form).text().contains(" data-unsaved "));
    let refused = browser.submit(&form, &[("version", "1"), ("profile", "另一个窗口")]).expect(409).shows("另一个窗口");
    assert!(refused.text().contains(" data-unsaved "), "{refused}");

    // The preview shows the working file as the officers of a station read it, and changes nothing.
    browser.open(&form);
    assert_eq!(browser.submit(&form, &[("go", "preview")]).expect(303).location(), preview);
    let version = scene.stored(&id).version;
    let page = browser
        .open(&preview)
        .shows("预览不等于提交")
        .shows("&#60;b&#62;")
        .shows("营业执照")
        .hides("仍是上次提交的内容");
    assert!(page.text().contains("data-print hidden"), "printing by a button needs the script");
    assert_eq!(scene.stored(&id).version, version);
    scene.bureau.browser().get(&preview).expect(403);

    // While a correction is open, officers still read what was filed, and the preview says so.
    scene.upload(&mut api, &id, "licence").expect(201);
    scene.submit(&mut api, &id).expect(200);
    scene.send_back(&id, vec![mark(MarkKind::Field, "profile")]);
    browser.open(&preview).shows("仍是上次提交的内容");
}

/// Without a script the page says of rows what differs cell by cell, not two whole lists to be compared by eye.
#[test]
fn a_conflict_names_the_cells_that_differ() {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let form = format!("/applications/{id}/form");
    let [mut mine, mut theirs] = [scene.admin.browser(), scene.admin.browser()];
    let rows =
        [("cases[0][name]", "某厂"), ("cases[0][amount]", "3"), ("cases[1][name]", "乙厂"), ("cases[1][amount]", "4")];
    mine.open(&form);
    mine.submit(&form, &rows).expect(303);
    for browser in [&mut mine, &mut theirs] {
        browser.open(&form).hides("您打开页面之后，这里有了变动");
    }
    theirs.submit(&form, &[("cases[1][amount]", "5")]).expect(303);
    let page = mine.submit(&form, &[("cases[1][name]", "丙厂")]).expect(409);
    let page = page.shows("<h3>案例 2 · 名称</h3>").shows("<h3>案例 2 · 数量</h3>");
    page.hides("<h3>案例</h3>").hides("案例 1 ·");
}
