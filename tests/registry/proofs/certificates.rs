//! Certificates: on any day, on paper, and without the service.

use super::*;
use crate::support::app::at;
use serde_json::json;
use yuanchi::actions::Record;
use yuanchi::db::published_lists;
use yuanchi::domain::actor::Actor;

/// The number of the list's first certificate.
fn number_of(test: &TestApp, list: PublishedListId) -> String {
    test.read(|tx| Ok(published_lists::certificates(tx.db, list)?))[0].1.clone()
}

/// Puts into the record of the list's first membership what happened to it, as of now.
fn happens(test: &TestApp, list: PublishedListId, action: &'static str, detail: serde_json::Value) {
    test.write(move |tx| {
        let application = published_lists::certificates(tx.db, list)?[0].1.clone();
        let membership = yuanchi::db::memberships::find_by_certificate(tx.db, &application)?;
        let record = Record {
            subject_kind: "membership",
            subject_id: membership.id.as_text(),
            action,
            role: "approver",
            reason: Some("经核查"),
            detail,
            ..Record::default()
        };
        tx.record(&Actor::system(), record)
    });
}

#[test]
fn a_certificate_says_what_it_was_worth_on_any_day() {
    let (mut scene, list) = published(1);
    // Put into the record by hand, to lie on days that are over.
    scene.test.expect_violations();
    let test = &scene.test;
    let number = number_of(test, list);
    let address = format!("/certificates/{number}");
    let mut visitor = test.visitor();
    visitor.get(&address).expect(200).shows("该证书真实，今天有效").shows("2026年名单").shows("源池公布〔2026〕1号");
    visitor.get(&format!("{address}?on=2026-03-01")).expect(200).shows("该证书真实，但2026年3月1日尚未生效");
    // A day that nobody knows yet, and one that is none: said beside today's answer; nothing typed is lost.
    visitor
        .get(&format!("{address}?on=2026-03-03"))
        .expect(422)
        .shows("不能查询以后的日期")
        .shows("2026年3月2日")
        .shows("今天有效");
    visitor.get(&format!("{address}?on=2026-13-01")).expect(422).shows("今天有效").hides("value=\"2026-13-01\"");

    test.set_clock(at("2026-06-01T01:00:00"));
    happens(test, list, "membership.warned", json!({"on": "2026-04-01"}));
    happens(test, list, "membership.renamed", json!({"on": "2026-04-10", "name": "佛山新智造有限公司"}));
    happens(test, list, "membership.revoked", json!({"on": "2026-05-20"}));
    test.tamper("UPDATE memberships SET standing = 'revoked'");
    for (day, says) in [
        ("2026-03-02", "2026年3月2日有效"),
        ("2026-03-31", "2026年3月31日有效"),
        ("2026-04-01", "当日持有单位处于警告整改期"),
        ("2026-05-19", "当日持有单位处于警告整改期"),
        ("2026-05-20", "资格在2026年5月20日或之前已被撤销"),
    ] {
        visitor.get(&format!("{address}?on={day}")).expect(200).shows(says).shows("现为“佛山新智造有限公司”");
    }
    visitor
        .get(&address)
        .expect(200)
        .shows("资格已被撤销，今天无效")
        .shows("认定时为“佛山智造1有限公司”")
        .hides("打印证书");
    // Beside what it was worth then stands what it is worth now.
    for day in ["2026-03-02", "2026-05-19"] {
        visitor.get(&format!("{address}?on={day}")).expect(200).shows("资格已被撤销，今天无效");
    }
    visitor.get(&format!("{address}?on=2026-05-20")).expect(200).hides("今天无效");
    // The sheet itself says so, in whatever way it comes to paper.
    let sheet = visitor.get(&format!("{address}/print")).expect(200).text();
    let sheet = sheet.split_once("<article").map_or("", |(_, sheet)| sheet);
    assert!(sheet.contains("已撤销") && sheet.contains("资格已被撤销，今天无效"), "{sheet}");
    let said = visitor.json(&format!("/api/v1{address}?on=2026-04-05"));
    assert_eq!(
        (&said["standing"], &said["in_pool"], &said["on"]),
        (&json!("warned"), &json!(true), &json!("2026-04-05"))
    );
    assert_eq!((&said["renamed"], &said["holder"]), (&json!(true), &json!("佛山智造1有限公司")));
    assert_eq!(visitor.json(&format!("/api/v1{address}"))["standing"], "revoked");
    assert_eq!(visitor.get(&format!("/api/v1{address}?on=2027-01-01")).expect(422).code(), "invalid");
}

#[test]
fn a_certificate_that_has_run_out_or_was_given_back_says_so() {
    let (mut scene, list) = published(1);
    // Put into the record by hand, to lie on days that are over.
    scene.test.expect_violations();
    let test = &scene.test;
    let address = format!("/certificates/{}", number_of(test, list));
    test.set_clock(at("2035-01-01T01:00:00"));
    test.visitor().get(&address).expect(200).shows("已过有效期，今天无效");
    test.visitor().get(&format!("{address}?on=2026-03-02")).expect(200).shows("2026年3月2日有效");
    happens(test, list, "membership.withdrew", json!({"on": "2026-09-01"}));
    test.tamper("UPDATE memberships SET standing = 'withdrew'");
    test.visitor().get(&address).expect(200).shows("持有单位已退出，今天无效");
    test.visitor().get(&format!("{address}?on=2026-09-01")).expect(200).shows("之前已退出，当日无效");
    test.visitor().get(&format!("{address}?on=2026-08-31")).expect(200).shows("2026年8月31日有效");
}

#[test]
fn a_wrong_number_is_answered_alike_whatever_is_wrong_with_it() {
    let (scene, list) = published(1);
    let test = &scene.test;
    let number = number_of(test, list);
    let mut visitor = test.visitor();
    let typed = format!("%20{}", number.to_lowercase().replace('0', "o"));
    visitor.get(&format!("/certificates/{typed}")).expect(200).shows(&number);
    let wrong = ["YC-2026-00000000", "YC-2026-ZZZZZZZZ", "YC-Q", "%E8%AF%81", "YC-2026-00000000%27", "YC-2025-1"];
    for suffix in ["", "?on=2026-03-01", "?on=2099-01-01", "?on=x"] {
        for path in ["/certificates", "/api/v1/certificates"] {
            let answers: Vec<String> = wrong
                .iter()
                .map(|number| {
                    let answer = visitor.get(&format!("{path}/{number}{suffix}")).expect(404);
                    // The number of the request is another each time.
                    let request = answer.header("x-request-id").expect("a number").to_string();
                    answer.text().replace(number, "").replace(&request, "")
                })
                .collect();
            assert!(answers.windows(2).all(|two| two[0] == two[1]), "{path}{suffix}: {answers:#?}");
        }
    }
    visitor.get("/certificates/YC-2026-00000000/print").expect(404);
}

#[test]
fn a_certificate_that_carries_another_proof_is_found() {
    let (mut scene, list) = published(2);
    scene.test.expect_violations();
    let test = &scene.test;
    let number = number_of(test, list);
    let found = |says: &str| {
        let all = test.violations().expect("a check");
        let found = all.iter().any(|v| v.invariant == "certificate_proves_itself" && v.what.contains(says));
        assert!(found, "{says} is not in {all:#?}");
    };
    let others = format!("SELECT certificate_seal FROM memberships WHERE certificate_number <> '{number}'");
    test.tamper(&format!("UPDATE memberships SET certificate_seal = ({others}) WHERE certificate_number = '{number}'"));
    found("carries the proof of");
    test.tamper("UPDATE memberships SET certificate_seal = 'yc1.x'");
    found("it must read yc1.");
}

#[test]
fn a_certificate_is_printed_with_a_code_that_proves_it_without_the_service() {
    let (scene, list) = published(1);
    let test = &scene.test;
    let number = number_of(test, list);
    let page = test.visitor().get(&format!("/certificates/{number}/print")).expect(200);
    let page = page.shows("佛山智造1有限公司").shows(&number).shows("制造业数字化产业生态供给资源池");
    assert!(page.text().contains("<svg") && !page.text().contains(" style="), "{page}");
    // Whoever reads it, the sheet is in the language of the office.
    let sheet = |page: &str| page.split_once("<article lang=\"zh-CN\"").map(|(_, sheet)| sheet.to_string());
    let article = |page: &str| sheet(page).and_then(|it| it.split_once("</article>").map(|(it, _)| it.to_string()));
    let english = test.visitor().get(&format!("/certificates/{number}/print?lang=en")).expect(200);
    assert!(english.text().contains("<html lang=\"en\">"), "{english}");
    let official = article(&page.text());
    assert!(official.is_some() && article(&english.text()) == official, "{english}");
    let signed =
        test.visitor().json(&format!("/api/v1/certificates/{number}"))["signed"].as_str().expect("signed").to_string();
    let keys = fetch(test, "/.well-known/yuanchi-keys.json", "keys.json");
    let scanned = format!("https://pool.example/certificates/{number}#{signed}");
    ends(&verify(&["--certificate", &scanned, "--keys", text(&keys)]), 0, &format!("ok: {number} 佛山智造1有限公司"));
    ends(&python(test, &["--certificate", &scanned, text(&keys)]), 0, &format!("ok {number} 佛山智造1有限公司"));
    ends(&verify(&["--certificate", &signed]), 3, "--keys");
    ends(&verify(&["--certificate", "hello"]), 1, "yc1.");
    ends(&verify(&["--certificate", "hello", "--keys", text(&keys)]), 1, "yc1.");
    let other = signed.replacen("yc1.eyJ", "yc1.fyJ", 1);
    assert_ne!(other, signed);
    ends(&verify(&["--certificate", &other, "--keys", text(&keys)]), 1, "altered");
    let cut = signed.rsplit_once('.').map_or("", |(cut, _)| cut);
    let unsigned = format!("{cut}.AAAA");
    for (typed, says) in [
        (other.as_str(), "altered"),
        (unsigned.as_str(), "altered"),
        (cut, "it must read yc1."),
        ("yc1.abc", "it must read yc1."),
        ("yc1.W10.AAAA", "altered"),
        ("yc1.证.书", "altered"),
        ("hello", "it must read yc1."),
    ] {
        let told = python(test, &["--certificate", typed, text(&keys)]);
        ends(&told, 1, says);
        assert!(!said(&told).contains("Traceback"), "{typed}: {}", said(&told));
    }
    ends(&verify(&["--certificate", &signed, "--key", &"11".repeat(32)]), 1, "another key");
}
