//! Why each question is asked stands beside it, wherever the pinned programme says so.

use crate::support::{Person, TestApp, admin_of, with};
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::CallId;

/// A draft of the vendor in the call.
fn draft(vendor: &Person, call: &CallId) -> String {
    let begun = vendor.api().call("POST", &format!("/api/v1/calls/{call}/applications"), &json!({})).expect(201).json();
    begun["id"].as_str().expect("an id").to_string()
}

#[test]
fn a_question_says_why_it_is_asked_and_an_older_programme_says_nothing() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let approver = test.person("approver@example.org", &[with(Role::Approver)]);
    let today = test.app.env.programme("service_provider").expect("the programme").clone();
    let call = test.open_call(today, &handler, &approver);
    // As a programme was pinned before there were reasons: without the key.
    let mut older = test.app.env.programme("feature_platform").expect("the programme").clone();
    older.sections.iter_mut().flat_map(|section| &mut section.fields).for_each(|f| f.reason = Default::default());
    older.documents.iter_mut().for_each(|kind| kind.reason = Default::default());
    assert!(!serde_json::to_string(&older).expect("JSON").contains("\"reason\""));
    let before = test.open_call(older, &handler, &approver);
    let organisation = test.organisation(super::HUAWEI, "甲公司", "440305");
    let vendor = test.person("vendor@example.org", &[admin_of(organisation)]);
    let (new, old) = (draft(&vendor, &call), draft(&vendor, &before));
    let mut browser = vendor.browser();

    let why = "书面文件按此地址送达";
    let page = browser.open(&format!("/applications/{new}/form")).shows(why).shows("为什么要填").text();
    // The hint of a question describes its input.
    assert!(page.contains("aria-describedby=\"h-address e-address\""), "{page}");
    assert!(page.contains("aria-describedby=\"h-service_fields e-service_fields\""), "{page}");
    let documents = browser.open(&format!("/applications/{new}/documents"));
    documents.shows("用于核对单位名称、统一社会信用代码").shows("为什么要提供").hides("为什么要填");
    browser.open(&format!("/applications/{new}/preview")).shows("各项为什么要填").shows(why);
    browser.open(&format!("/calls/{call}")).shows(why);
    for page in ["form", "documents", "preview"] {
        browser.open(&format!("/applications/{old}/{page}")).expect(200).hides("为什么要填").hides("为什么要提供");
    }
    browser.open(&format!("/calls/{before}")).expect(200).hides("为什么要填");

    let mut visitor = test.visitor();
    let told: Value = visitor.json("/api/v1/programmes/service_provider");
    let address = &told["programme"]["sections"][0]["fields"][0];
    assert_eq!(address["key"], "address");
    for language in ["zh_cn", "zh_tw", "en"] {
        assert!(address["reason"][language].as_str().is_some_and(|text| !text.is_empty()), "{address}");
    }
}
