//! What is wrong with a form is said above it in one list: each entry names its field and leads to it.

use super::support::people::PASSWORD;
use super::support::{Answer, TestApp, admin_of, with};
use yuanchi::domain::actor::Role;

/// The entries of the list: the field that each leads to, and what it says.
#[track_caller]
fn summary(page: &Answer) -> Vec<(String, String)> {
    let text = page.text();
    let (_, rest) = text.split_once("id=\"problems-title\"").unwrap_or_else(|| panic!("no list on {page}"));
    let (list, _) = rest.split_once("</ul>").expect("its end");
    let entry = |link: &str| {
        let (field, rest) = link.split_once("\">").expect("where it leads");
        let (said, _) = rest.split_once("</a>").expect("what it says");
        assert!(text.contains(&format!("id=\"f-{field}\"")), "{field} is on {page}");
        (field.to_string(), said.to_string())
    };
    list.split("<a href=\"#f-").skip(1).map(entry).collect()
}

#[track_caller]
fn says(page: &Answer, wanted: &[(&str, &str)]) {
    let found = summary(page);
    let found: Vec<(&str, &str)> = found.iter().map(|(field, said)| (field.as_str(), said.as_str())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_registration_with_nothing_in_it_is_told_of_each_field_by_its_name() {
    let test = TestApp::start();
    let mut browser = test.person("new@example.org", &[]).browser();
    browser.open("/organisations/new");
    let refused = browser.submit("/organisations", &[]).expect(422);
    says(
        &refused,
        &[
            ("credit_code", "请填写“统一社会信用代码”。"),
            ("name", "请填写“单位名称”。"),
            ("registered_area", "注册地：请从列表中选择。"),
            ("established_on", "请填写“成立日期”。"),
            ("address", "请填写“通信地址”。"),
            ("contact_name", "请填写“联系人”。"),
            ("contact_phone", "请填写“联系电话”。"),
        ],
    );
    // Beside the field its name stands already.
    refused.shows("data-problem-for=\"established_on\">此项必填。");
    let mistyped = browser.submit("/organisations", &[("established_on", "2015/6/1")]).expect(422);
    let found = summary(&mistyped).into_iter().find(|(field, _)| field == "established_on").expect("it is named");
    assert_eq!(found.1, "成立日期：日期应为年-月-日格式，例如 2026-03-01。");
}

#[test]
fn so_is_whoever_keeps_an_organisation_and_whoever_registers() {
    let test = TestApp::start();
    let organisation = test.organisation("914403001922038216", "甲公司", "440305");
    let mut browser = test.person("admin@example.org", &[admin_of(organisation)]).browser();
    browser.open("/organisation");
    let nothing = [("address", ""), ("contact_name", ""), ("contact_phone", "")];
    let refused = browser.submit("/organisation/contact", &nothing).expect(422);
    says(
        &refused,
        &[
            ("address", "请填写“通信地址”。"),
            ("contact_name", "请填写“联系人”。"),
            ("contact_phone", "请填写“联系电话”。"),
        ],
    );
    let mut visitor = test.visitor();
    visitor.open("/registration/new");
    let refused = visitor.submit("/registration", &[("name", ""), ("email", "")]).expect(422);
    says(&refused, &[("name", "请填写“姓名”。"), ("email", "请填写“电子邮箱”。")]);
}

#[test]
fn a_password_that_is_too_short_and_not_repeated_is_told_of_both() {
    let test = TestApp::start();
    let mut browser = test.person_with_password("anna@example.org", &[with(Role::Auditor)]).browser();
    browser.open("/account/password");
    let change = |new: &'static str, again: &'static str| {
        [("present_password", PASSWORD), ("password", new), ("password_again", again)]
    };
    let refused = browser.submit("/account/password", &change("short", "shorter")).expect(422);
    let short = ("password", "新密码：密码至少 12 个字符。");
    let differ = ("password_again", "再输一次：两次输入的密码不一致。");
    says(&refused, &[short, differ]);
    let refused = browser.submit("/account/password", &change("short", "short")).expect(422);
    says(&refused, &[short]);
}
