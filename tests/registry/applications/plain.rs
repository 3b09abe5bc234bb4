//! A browser without a script sees everything that is asked of it where it can be given.

use crate::support::{TestApp, admin_of, with};
use serde_json::json;
use yuanchi::domain::actor::Role;

#[test]
fn rows_and_documents_are_asked_for_where_they_are_given() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let approver = test.person("approver@example.org", &[with(Role::Approver)]);
    let programme = test.app.env.programme("service_provider").expect("the programme").clone();
    let call = test.open_call(programme, &handler, &approver);
    let organisation = test.organisation(super::HUAWEI, "甲公司", "440305");
    let vendor = test.person("vendor@example.org", &[admin_of(organisation)]);
    let begun = vendor.api().call("POST", &format!("/api/v1/calls/{call}/applications"), &json!({})).expect(201).json();
    let id = begun["id"].as_str().expect("an id");
    let (form, documents) = (format!("/applications/{id}/form"), format!("/applications/{id}/documents"));
    let mut browser = vendor.browser();
    // Three cases at least are asked for, so there is room for three.
    let page = browser.open(&form).text();
    assert!(page.contains("name=\"cases[2][enterprise]\"") && !page.contains("name=\"cases[3][enterprise]\""));
    // How many are asked for stands beside the place where they are given.
    browser.open(&documents).shows("请上传“案例合同及验收证明”，至少 3 份，现有 0 份").hides("请上传“优惠措施证明”");
    // What an answer asks for is asked for here too.
    browser.open(&form);
    browser.submit(&form, &[("has_discount", "yes")]).expect(303);
    browser.open(&documents).shows("请上传“优惠措施证明”，至少 1 份，现有 0 份");
}
