//! Filters of the list of applications that an officer keeps: found on the desk and above the list, and nobody else's business.

use super::applications;
use super::support::html;
use super::support::race::{one_wins, together};
use super::support::{in_bureau, with};
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;

const FILTERS: &str = "/api/v1/me/filters";

#[test]
fn a_filter_is_kept_found_again_named_anew_and_forgotten_by_its_owner_alone() {
    let scene = applications::scene();
    let mut vendor = scene.admin.api();
    let id = scene.complete(&mut vendor);
    scene.submit(&mut vendor, &id).expect(200);
    let mut page = scene.bureau.browser();
    page.open("/applications").hides("保存当前筛选");
    page.open("/applications?state=submitted&q=%E7%94%B2&order=waiting").shows("保存当前筛选").shows("仅您本人可见");
    page.open("/applications?state=submitted&q=%E7%94%B2").hides("常用筛选不保存");
    // An order that a filter cannot keep is not sent with it, and that is said before.
    let latest = page.open("/applications?state=submitted&q=%E7%94%B2&order=latest").shows("常用筛选不保存");
    let forms = html::forms(&latest.text());
    let form = forms.iter().find(|form| form.action == "/filters").expect("the form that saves");
    assert!(form.fields.contains(&("order".to_string(), String::new())), "{:?}", form.fields);
    let list = "/applications?state=submitted&q=%E7%94%B2&order=waiting";
    page.open(list).hides("常用筛选不保存");
    // Without a name it is asked for, and the filter is not lost.
    page.submit("/filters", &[]).expect(422).shows("请填写筛选名称");
    let saved = page.submit("/filters", &[("name", " 甲字待审 ")]).expect(303);
    let address = "/applications?q=%E7%94%B2&state=submitted&order=waiting";
    assert_eq!(saved.location(), address);
    page.follow(saved).shows("已保存筛选条件").shows("甲字待审");
    for place in ["/desk", "/applications"] {
        let shown = page.open(place).shows("甲字待审");
        assert!(html::links(&shown.text()).contains(address), "{shown}");
    }
    let mut api = scene.bureau.api();
    let kept = api.json(FILTERS);
    let filter = kept["items"][0].clone();
    assert_eq!((&kept["total"], &filter["name"], &filter["count"]), (&json!(1), &json!("甲字待审"), &json!(1)));
    assert_eq!((&filter["state"], &filter["longest_first"]), (&json!("submitted"), &json!(true)));
    assert_eq!(filter["actions"], json!(["rename", "delete"]));
    assert_eq!(api.json("/api/v1/applications?q=%E7%94%B2&state=submitted&longest_first=true")["total"], 1);

    // To everybody else it does not exist.
    let path = format!("{FILTERS}/{}", filter["id"].as_str().expect("an id"));
    let colleague = scene.app.person("colleague@example.org", &[in_bureau("shenzhen")]);
    let mut other = colleague.api();
    assert_eq!(other.json(FILTERS)["total"], 0);
    other.call("PATCH", &path, &json!({ "name": "别人的" })).expect(404);
    other.call("DELETE", &path, &json!({})).expect(404);
    colleague.browser().open("/desk").hides("甲字待审");

    // A name that one has already, or that is none; a call of which nothing is in sight.
    let refused = |api: &mut super::support::Client, body: Value, field: &str, code: &str| {
        let refused = api.call("POST", FILTERS, &body).expect(422).json();
        assert_eq!((&refused["fields"][0]["path"], &refused["fields"][0]["code"]), (&json!(field), &json!(code)));
    };
    refused(&mut api, json!({ "name": "甲字待审" }), "name", "filter_name_taken");
    refused(&mut api, json!({ "name": " \u{7} " }), "name", "filter_name_missing");
    refused(&mut api, json!({ "name": "长".repeat(41) }), "name", "filter_name_too_long");
    refused(&mut api, json!({ "name": "搜", "q": "长".repeat(201) }), "q", "filter_search_too_long");
    let nothing = "00000000-0000-7000-8000-000000000000";
    refused(&mut api, json!({ "name": "批次", "call": nothing }), "call", "filter_call_unknown");
    let of_call = json!({ "name": "本批次", "call": scene.call });
    let second = api.call("POST", FILTERS, &of_call).expect(201).json();
    assert_eq!(second["count"], 1);
    let taken = api.call("PATCH", &path, &json!({ "name": "本批次" })).expect(422).json();
    assert_eq!(taken["fields"][0]["code"], "filter_name_taken");
    assert_eq!(api.call("PATCH", &path, &json!({ "name": "甲字待审" })).expect(200).json()["name"], "甲字待审");
    page.open("/filters");
    let there = format!("/filters/{}", filter["id"].as_str().expect("an id"));
    let renamed = page.submit(&format!("{there}/name"), &[("name", "甲")]).expect(303);
    page.follow(renamed).shows("已改名").hides("甲字待审");
    page.submit(&format!("{there}/name"), &[("name", "本批次")]).expect(422).shows("同名");
    page.open("/filters");
    let gone = page.submit(&format!("{there}/removal"), &[]).expect(303);
    page.follow(gone).shows("已删除").shows("本批次");
    assert_eq!(api.json(FILTERS)["total"], 1);
    api.call("DELETE", &path, &json!({})).expect(404);
}

#[test]
fn one_keeps_twenty_filters_and_not_one_more_from_two_windows_at_once() {
    let scene = applications::scene();
    let auditor = scene.app.person("auditor@example.org", &[with(Role::Auditor)]);
    let mut api = auditor.api();
    for number in 1..20 {
        api.call("POST", FILTERS, &json!({ "name": format!("筛选{number}"), "state": "recognised" })).expect(201);
    }
    let works = ["甲", "乙"].map(|name| {
        let mut window = auditor.api();
        move || window.call("POST", FILTERS, &json!({ "name": name }))
    });
    one_wins(&together(works), 201, &["filters_full"]);
    let kept = api.json(FILTERS);
    assert_eq!((&kept["total"], &kept["items"][0]["count"]), (&json!(20), &json!(0)));
    let first = format!("{FILTERS}/{}", kept["items"][0]["id"].as_str().expect("an id"));
    api.call("DELETE", &first, &json!({})).expect(200);
    api.call("POST", FILTERS, &json!({ "name": "丙" })).expect(201);
}
