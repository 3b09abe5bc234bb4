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
    assert!(documents.contains("data-upload-progress hidden") && documents.contains("data-word-paused=\"已停止上传"));
    // Before it is pressed a button says what it costs; a pause that costs nothing is offered between files.
    assert!(documents.contains("data-upload-pause>停止上传（继续时从头传）</button>"), "{documents}");
    assert!(documents.contains("data-upload-hold hidden>传完这个文件后暂停</button>"), "{documents}");

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

/// Whoever mends a file is told first what was sent back, why, until when, where it is and whether it was changed.
#[test]
fn a_correction_begins_with_what_is_to_be_mended() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    scene.submit(&mut api, &id).expect(200);
    scene.send_back(&id, vec![mark(MarkKind::Field, "profile"), mark(MarkKind::Document, "more")]);
    let (file, form) = (format!("/applications/{id}"), format!("/applications/{id}/form"));
    let links = [format!("href=\"{form}#f-profile\""), format!("href=\"{file}/documents#t-documents.more\"")];

    let mut browser = scene.admin.browser();
    let page = browser.open(&file).shows("继续补正").hides("继续填报").shows("看不清").text();
    assert!(links.iter().all(|link| page.contains(link)), "{page}");
    let documents = browser.open(&format!("{file}/documents")).text();
    assert!(documents.contains("id=\"t-documents.more\""), "{documents}");

    let opened = browser.open(&form).shows("补正申报书").hides("填报申报书");
    let page = opened.shows("待补正 2 项，已改 0 项").shows("补正期限").shows("退回说明：请补正").text();
    let (before, _) = page.split_once("id=\"application-form\"").expect("the form");
    assert!(links.iter().all(|link| before.contains(link)) && before.contains("看不清"), "{before}");
    // Of what is not marked nothing is said: there is nothing to be done about it.
    assert!(before.contains("data-progress-part=\"sections.basic\" hidden"), "{before}");
    let (_, behind) = page.split_once("id=\"f-documents.more\"").expect("the kind");
    assert!(behind.split("</li>").next().is_some_and(|line| line.contains("需补正：")), "{behind}");

    let csrf = crate::support::html::value_of(&page, "csrf").expect("a token");
    let body = format!("csrf={csrf}&version={}&profile=changed", scene.stored(&id).version);
    let saved = autosave(&mut browser, &form, &body);
    let marks = saved["progress"]["marks"].as_array().expect("marks");
    let told: Vec<_> = marks.iter().map(|mark| (mark["changed"].as_bool(), mark["words"].as_str())).collect();
    assert_eq!(told, [(Some(true), Some("已改")), (Some(false), Some("未改"))], "{saved}");
    let progress = &saved["progress"];
    let counted = (&progress["words"], &progress["met"], &progress["total"]);
    assert_eq!(counted, (&json!("待补正 1 项，已改 1 项"), &json!(1), &json!(2)));
    browser.open(&form).shows("待补正 1 项，已改 1 项");
    scene.bureau.browser().open(&file).hides("已改").hides("未改");
}

/// What this device kept of a form is offered above everything else.
#[test]
fn the_offer_of_what_was_kept_comes_first() {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let page = scene.admin.browser().open(&format!("/applications/{id}/form")).text();
    let (before, _) = page.split_once("data-progress-of=").expect("the progress");
    assert!(before.contains("data-save-restore data-save-of=\"application-form\""), "{before}");
    assert!(before.contains("data-save-restore-said data-save-of=\"application-form\" role=\"status\""), "{before}");
    assert!(before.contains("aria-labelledby=\"restore-title\" hidden"), "nothing of it without the script: {before}");
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
        browser.open(&form).hides("您打开本页后，相关内容已有变化");
    }
    theirs.submit(&form, &[("cases[1][amount]", "5")]).expect(303);
    let page = mine.submit(&form, &[("cases[1][name]", "丙厂")]).expect(409);
    let page = page.shows("<h3>案例 2 · 名称</h3>").shows("<h3>案例 2 · 数量</h3>");
    page.hides("<h3>案例</h3>").hides("案例 1 ·");
}
