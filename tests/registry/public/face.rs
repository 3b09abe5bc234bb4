//! Pages that people trust: verification, the rules in words, what is said beside what was signed.

use super::*;

#[test]
fn a_certificate_is_found_by_its_number_and_nothing_else_is_told() {
    let (scene, id) = published(&["佛山市"]);
    let certificates = scene.test.read(|tx| Ok(yuanchi::db::published_lists::certificates(tx.db, id)?));
    let number = certificates[0].1.clone();
    let mut visitor = scene.test.visitor();
    let page = visitor.get("/verify").expect(200).shows("证书编号").shows("核验下载的名单");
    let text = page.text();
    for link in ["/.well-known/yuanchi-keys.json", "/how/list_verify.py", "/how/lists"] {
        assert!(text.contains(&format!("href=\"{link}\"")), "{link}");
    }
    assert_eq!(html(&text), Vec::<String>::new());
    for typed in [number.clone(), number.to_lowercase(), format!("%20{number}%20")] {
        let answer = visitor.get(&format!("/verify?number={typed}")).expect(303);
        assert_eq!(answer.location(), format!("/certificates/{number}"), "{typed}");
    }
    visitor.get("/verify?number=%20").expect(200).hides("没有查到");
    let mut answers = Vec::new();
    for typed in ["YC-2026-00000000", "%3Cscript%3E", "x"] {
        let answer = visitor.get(&format!("/verify?number={typed}")).expect(404).shows("没有查到该编号的证书");
        assert!(!answer.text().contains("=\"<script>"), "{answer}");
        answers.push(answer.words().matches("没有查到").count());
    }
    assert_eq!(answers, [answers[0]; 3], "whatever is wrong with a number, the answer is the same");
    for page in ["/", "/lists", "/how"] {
        assert!(visitor.get(page).text().contains("href=\"/verify\""), "{page} leads there");
    }
}

#[test]
fn the_rules_are_told_in_words_before_they_are_told_in_bytes() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    for (path, says, precisely) in [
        ("/how/lists", "计算签名原文的 SHA-256", "RFC 8785"),
        ("/how/scoring", "得分为 267.00 ÷ 3 = 89.00 分", "yuanchi-scoring/1"),
        ("/how/draw", "正选为 004、003 号专家", "Why it is unbiased"),
    ] {
        let page = visitor.get(path).expect(200).shows(says).shows(precisely).shows("步骤").shows("算例");
        let text = page.text();
        assert_eq!(html(&text), Vec::<String>::new(), "{path}");
        assert!(text.contains("lang=\"en\"") && text.contains("<td>"), "{path}: tables are tables");
        assert!(!text.contains("|---|"), "{path}: no bare Markdown");
        assert_eq!(text.matches("<table>").count(), text.matches("</table>").count());
        let scrolling = text.matches("role=\"region\"").count();
        assert!(scrolling > 0 && text.matches("class=\"table-scroll\" tabindex=\"0\"").count() == scrolling, "{path}");
    }
    let docs = visitor.get("/api/docs").expect(200).text();
    assert!(docs.contains("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"全部接口\">"));
}

#[test]
fn a_page_says_its_address_and_what_it_is_and_one_that_is_not_there_leads_on() {
    let (scene, id) = published(&["佛山市"]);
    let base = scene.test.app.env.base_url.clone();
    let mut visitor = scene.test.visitor();
    for path in ["/".to_string(), "/lists".into(), format!("/lists/{id}"), "/verify".into(), "/statistics".into()] {
        let text = visitor.get(&path).expect(200).text();
        assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{base}{path}\">")), "{path}");
        let descriptions = attribute(&text, "content");
        assert!(descriptions.iter().any(|words| words.chars().count() > 8), "{path}: {descriptions:?}");
    }
    let second = visitor.get(&format!("/lists/{id}?page=2")).expect(200).text();
    assert!(second.contains(&format!("{base}/lists/{id}?page=2")));
    for path in ["/nowhere", "/lists/00000000-0000-7000-8000-000000000000"] {
        let text = visitor.get(path).expect(404).shows("页面不存在").text();
        assert!(text.contains("<title>页面不存在") && text.contains("href=\"/notices\""), "{path}");
        assert!(!text.contains("rel=\"canonical\""), "{path}");
    }
}
