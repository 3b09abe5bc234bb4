//! The screening: what the officer finds stands beside what the machine found.

use super::scene::{Scene, page, resource, scene};
use crate::support::Answer;
use serde_json::{Value, json};
use yuanchi::domain::procedure::State;

/// The fields of a check list in which every item has one verdict.
fn verdicts(scene: &Scene, verdict: &'static str) -> Vec<(String, String)> {
    let programme = scene.test.app.env.programme("feature_platform").expect("configured");
    let rules = programme.rules.iter().map(|rule| rule.key.clone()).chain(["materials_complete".to_string()]);
    rules.map(|rule| (format!("findings.{rule}"), verdict.to_string())).collect()
}

#[test]
fn the_officers_finding_stands_beside_the_machines() {
    let mut scene = scene();
    let filed = scene.filed_as(State::Recommended, &[("served_enterprises", "12")]);
    let to = page(filed.id, "screening");
    let mut handler = scene.handler.browser();
    handler.open(&to).shows("12").shows("50").shows("不符合").shows("申报材料齐全");
    handler.submit(&to, &[]).expect(422).shows("请选择形式审查结果");
    handler.submit(&to, &[("conclusion", "accepted")]).expect(422).shows("请对“申报材料齐全、清晰、有效”作出审查结论");
    // Against the machine without a word: the note is asked for, and all that was ticked is still there.
    let all = verdicts(&scene, "met");
    let mut fields: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("conclusion", "accepted"));
    let programme = scene.test.app.env.programme("feature_platform").expect("it is configured");
    let item = &programme.rule("served").expect("the rule").names.zh_cn;
    handler.submit(&to, &fields).expect(422).shows(&format!("“{item}”：您的结论与系统核对结果不一致"));
    let findings = scene.handler.api().json(&resource(filed.id, "screening"));
    let differing: Vec<String> = findings["machine"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["outcome"] == "not_met")
        .map(|finding| format!("findings.{}.note", finding["rule"].as_str().unwrap_or_default()))
        .collect();
    assert!(differing.contains(&"findings.served.note".to_string()), "{findings}");
    for name in &differing {
        fields.push((name, "已查验合同原件"));
    }
    handler.submit(&to, &fields).expect(303);
    assert_eq!(scene.stored(filed.id).state, State::InReview);
    let made = scene.approver.api().json(&resource(filed.id, "screening"));
    assert_eq!(made["screening"]["conclusion"], "accepted");
    assert!(made["screening"]["findings"].as_array().is_some_and(|items| items.iter().any(|item| {
        item["rule"] == "served" && item["machine"] == "not_met" && item["verdict"] == "met" && item["note"] != ""
    })));
    assert!(scene.letter_to(&filed.vendor).contains("形式审查"));
    scene.approver.browser().open(&to).shows("已查验合同原件").shows("形式审查通过");
    handler.submit(&to, &fields).expect(409);
    filed.vendor.browser().get(&to).expect(403);
    scene.foshan.browser().get(&to).expect(403);
}

#[test]
fn a_members_code_with_a_wrong_check_character_is_for_the_officer_to_accept_with_a_reason() {
    let mut scene = scene();
    let filed = scene.filed_as(State::Recommended, &[]);
    let to = page(filed.id, "screening");
    let named = "联合体成员的统一社会信用代码与营业执照一致";
    let mut handler = scene.handler.browser();
    handler.open(&to).hides(named);
    let members = r#"[{"name": "丙公司", "credit_code": "914403001922038217", "duty": "实施"}]"#;
    scene.test.tamper(&format!("UPDATE applications SET members = '{members}' WHERE id = '{}'", filed.id));
    handler.open(&to).shows(named).shows("丙公司").shows("914403001922038217");
    let findings = scene.handler.api().json(&resource(filed.id, "screening"));
    let machine = findings["machine"].as_array().expect("findings");
    let item = machine.iter().find(|finding| finding["rule"] == "member_codes").expect("the item");
    assert_eq!((&item["outcome"], &item["details"][0]["args"]["member"]), (&json!("not_met"), &json!("丙公司")));
    let mut fields = verdicts(&scene, "met");
    fields.push(("findings.member_codes".into(), "met".into()));
    fields.push(("conclusion".into(), "accepted".into()));
    let noted = machine.iter().filter(|finding| finding["outcome"] == "not_met" && finding["rule"] != "member_codes");
    for finding in noted {
        let rule = finding["rule"].as_str().unwrap_or_default();
        fields.push((format!("findings.{rule}.note"), "已查验原件".into()));
    }
    let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    handler.submit(&to, &sent).expect(422).shows(&format!("“{named}”：您的结论与系统核对结果不一致"));
    fields.push(("findings.member_codes.note".into(), "试点代码，与执照一致".into()));
    let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    handler.submit(&to, &sent).expect(303);
    assert_eq!(scene.stored(filed.id).state, State::InReview);
}

#[test]
fn not_eligible_needs_an_item_that_is_not_met_and_a_reason() {
    let mut scene = scene();
    let filed = scene.filed_as(State::Recommended, &[("served_enterprises", "12")]);
    let mut handler = scene.handler.api();
    let to = resource(filed.id, "screening");
    let machine = handler.json(&to)["machine"].clone();
    let findings = |verdict: &str| -> Value {
        let rules = machine.as_array().into_iter().flatten();
        rules.map(|finding| json!({"rule": finding["rule"], "verdict": verdict, "note": "见附件"})).collect()
    };
    let body = |verdict: &str, reason: &str| json!({"version": 1, "conclusion": "ineligible", "findings": findings(verdict), "reason": reason});
    let codes = |answer: Answer| -> Vec<String> {
        let fields = answer.expect(422).json()["fields"].clone();
        fields.as_array().into_iter().flatten().map(|f| f["code"].as_str().unwrap_or_default().into()).collect()
    };
    assert_eq!(codes(handler.call("POST", &to, &body("unclear", "x"))), ["ineligible_needs_not_met"]);
    assert_eq!(codes(handler.call("POST", &to, &body("not_met", ""))), ["statement_missing"]);
    scene.approver.api().call("POST", &to, &body("not_met", "服务企业仅 12 家")).expect(403);
    handler.call("POST", &to, &body("not_met", "服务企业仅 12 家，低于 50 家的要求。")).expect(201);
    assert_eq!(scene.stored(filed.id).state, State::Ineligible);
    let letter = scene.letter_to(&filed.vendor);
    for words in ["服务企业仅 12 家，低于 50 家的要求。", "广东省工业和信息化厅", "不同意见"]
    {
        assert!(letter.contains(words), "{words} is missing in {letter}");
    }
}
