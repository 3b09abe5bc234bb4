//! An expert's sheet in a browser without a script.

use super::Scene;
use crate::support::{Client, html};
use std::collections::BTreeMap;

/// Presses the second button of the sheet's form: what the page shows, changed as given, goes to the submission.
fn send(browser: &mut Client, address: &str, changes: &BTreeMap<String, String>) -> crate::support::Answer {
    let page = browser.page().text();
    let forms = html::forms(&page);
    let form = forms.iter().find(|form| form.action == format!("{address}/sheet")).expect("the sheet");
    let of = |(name, value): &(String, String)| (name.clone(), changes.get(name).unwrap_or(value).clone());
    let fields: Vec<(String, String)> = form.fields.iter().map(of).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post_exactly(&format!("{address}/submission"), &fields)
}

/// What there is to do comes first in the page, as whoever goes by keys, reads on a telephone or prints it meets it.
#[test]
fn c_65_the_sheet_comes_before_the_file_and_each_leads_to_the_other() {
    let scene = Scene::set(4);
    scene.open();
    let (_, own) = scene.assignments(1);
    let address = format!("/assignments/{}", own[0]["id"].as_str().expect("an id"));
    let mut browser = scene.experts[1].1.browser();
    browser.open(&address).hides("file-title").hides("sheet-title");
    let declared = browser.submit(&format!("{address}/declaration"), &[("conflict", "no")]);
    let page = browser.follow(declared).text();
    let parts =
        ["class=\"sheet-tabs", "id=\"sheet-title\"", "data-points", "id=\"file-title\"", "id=\"documents-title\""];
    let places: Vec<usize> = parts.iter().map(|part| page.find(part).expect(part)).collect();
    assert!(places.is_sorted(), "{places:?}: {page}");
    for part in ["sheet-title", "file-title", "documents-title"] {
        assert!(page.contains(&format!("href=\"#{part}\"")), "{part}: {page}");
    }
}

#[test]
fn points_are_kept_as_typed_in_two_tabs_and_sent_once() {
    let scene = Scene::set(4);
    scene.open();
    let (_, own) = scene.assignments(1);
    let address = format!("/assignments/{}", own[0]["id"].as_str().expect("an id"));
    let mut browser = scene.experts[1].1.browser();
    browser.open(&address);
    let declared = browser.submit(&format!("{address}/declaration"), &[("conflict", "no")]);
    browser.follow(declared).shows("评分表");
    let sheet: BTreeMap<String, String> =
        scene.sheet("80").into_iter().map(|(item, points)| (format!("items.{item}"), points)).collect();
    let first = sheet.keys().next().cloned().expect("an item");
    let mut other = scene.experts[1].1.browser();
    other.open(&address);
    let mut twin = scene.experts[1].1.browser();
    twin.open(&address);
    // A wrong value is kept, with its problem beside it; the sheet cannot be sent with it.
    let saved = browser.submit(&format!("{address}/sheet"), &[(&first, "一百"), ("opinion", "第一个窗口")]);
    // The same once more is saved already, and nobody else has changed anything.
    let again = twin.submit(&format!("{address}/sheet"), &[(&first, "一百"), ("opinion", "第一个窗口")]).expect(303);
    twin.follow(again).shows("办理该事项").hides("别人已修改");
    // What is missing and what is wrong are counted apart.
    let lacking = sheet.len() - 1;
    browser
        .follow(saved)
        .shows("一百")
        .shows("第一个窗口")
        .shows(&format!("<span class=\"count\" data-missing-count>{lacking}</span>"))
        .shows("以上 1 处填写有误");
    let mut wrong = sheet.clone();
    wrong.insert(first.clone(), "999".into());
    send(&mut browser, &address, &wrong).expect(422).shows("999").shows("请改为不超过满分的得分");
    // The other tab is told that it is stale, and keeps what was typed there.
    other
        .submit(&format!("{address}/sheet"), &[("opinion", "第二个窗口")])
        .expect(409)
        .shows("第二个窗口")
        .shows("您在另一窗口保存过")
        .shows("您打开本页后，相关内容已有变化")
        .shows("第一个窗口")
        .hides("别人已修改");
    browser.open(&address).shows("第一个窗口").hides("第二个窗口");
    let sent = send(&mut browser, &address, &sheet);
    browser.follow(sent).shows("已提交");
    browser.open(&address).hides("name=\"opinion\"").shows("第一个窗口");
    // Refresh after post: nothing is sent twice.
    send(&mut other, &address, &sheet).expect(409);
}
