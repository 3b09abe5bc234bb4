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
    for typed in [number.clone(), number.to_lowercase(), format!("%20{number}%20"), number.replace('-', "")] {
        let answer = visitor.get(&format!("/verify?number={typed}")).expect(303);
        assert_eq!(answer.location(), format!("/certificates/{number}"), "{typed}");
    }
    // ＹＣ, and dashes as a Chinese keyboard has them.
    let typed = number.replacen("YC-", "%EF%BC%B9%EF%BC%A3%EF%BC%8D", 1).replace('-', "%E2%80%94%E2%80%94");
    assert_eq!(
        visitor.get(&format!("/verify?number={typed}")).expect(303).location(),
        format!("/certificates/{number}")
    );
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
    let canonical = format!("<link rel=\"canonical\" href=\"{base}/lists/{id}\">");
    assert!(second.contains(&canonical), "there is one page: it is shown, by its own address");
    for path in ["/nowhere", "/lists/00000000-0000-7000-8000-000000000000"] {
        let text = visitor.get(path).expect(404).shows("页面不存在").text();
        assert!(text.contains("<title>页面不存在") && text.contains("href=\"/notices\""), "{path}");
        assert!(!text.contains("rel=\"canonical\""), "{path}");
    }
}

#[test]
fn a_list_that_was_brought_in_says_so_and_does_not_stand_for_the_newest() {
    let (scene, id) = published(&["佛山市"]);
    let test = &scene.test;
    let whole = imported(test, 2);
    let row = ImportedRow {
        organisation: "佛山智造1有限公司".into(),
        product: String::new(),
        city: None,
        result: "入选".into(),
        region: "广东".into(),
        note: String::new(),
        category_type: None,
    };
    let list = ImportedList {
        title: "2021年平台清单（共15家）".into(),
        year: Some(2021),
        category: "示例".into(),
        programme: None,
        source_url: None,
        rows: vec![row],
    };
    let part = test.write(move |tx| import_lists(tx, &Actor::system(), &[list]))[0];
    let mut visitor = test.visitor();
    for path in ["/", "/lists"] {
        let text = visitor.get(path).expect(200).shows("2026年3月2日 公布").shows("2026年3月2日 收录").text();
        let at =
            |id: PublishedListId| text.rfind(&format!("/lists/{id}\"")).unwrap_or_else(|| panic!("{id} in {path}"));
        assert!(at(id) < at(whole) && at(whole) < at(part), "{path}: by their own years");
    }
    let page =
        visitor.get(&format!("/lists/{part}")).expect(200).shows("共 15 项，此处收录 1 项").shows("排名不分先后");
    assert!(page.words().contains("2026年3月2日 收录") && page.words().contains("2021 年"), "{page}");
    // Who has an account here is led to by its name; who has none, by the name alone.
    let organisation = visitor.json("/api/v1/providers")["items"][0]["id"].as_str().expect("an id").to_string();
    assert!(page.text().contains(&format!("<a href=\"/providers/{organisation}\">佛山智造1有限公司</a>")), "{page}");
    let other = visitor.get(&format!("/lists/{whole}")).expect(200).hides("摘录").text();
    for link in attribute(&other, "href").into_iter().filter(|link| link.starts_with("/providers/")) {
        visitor.get(&link).expect(200);
    }
}

#[test]
fn a_notice_says_whom_to_reach_and_leaves_empty_columns_out() {
    let test = TestApp::start_with(|config| {
        config.office.name = "数字产业处".into();
        config.office.phone = "020-00000000".into();
    });
    let mut scene = scene_on(test);
    scene.noticed(State::InNotice, "");
    let mut visitor = scene.test.visitor();
    for path in [format!("/notices/{NOTICE}"), format!("/notices/{NOTICE}/print")] {
        let page = visitor.get(&path).expect(200).shows("数字产业处").shows("020-00000000").shows("联系电话");
        let text = page.hides("所在地市").hides("通信地址").text();
        assert!(text.contains("class=\"table-scroll\" tabindex=\"0\""), "{path}: a wide table stays on its sheet");
        assert_eq!(html(&text), Vec::<String>::new(), "{path}");
    }
    let csv = visitor.get(&format!("/notices/{NOTICE}/entries.csv")).expect(200).text();
    assert!(csv.contains("所在地市"), "programs are given every column");
}

#[test]
fn pages_say_to_search_engines_what_they_are() {
    let (scene, _) = published(&["佛山市"]);
    let mut visitor = scene.test.visitor();
    let provider = visitor.json("/api/v1/providers")["items"][0]["id"].as_str().expect("an id").to_string();
    for (path, kind, name) in [
        (format!("/providers/{provider}"), "Organization", "itemprop=\"name\">佛山智造1有限公司<"),
        (format!("/calls/{}", scene.call), "Article", "itemprop=\"headline\">2026 年服务商申报<"),
        (format!("/notices/{NOTICE}"), "Article", "itemprop=\"headline\">公示<"),
    ] {
        let text = visitor.get(&path).expect(200).text();
        assert!(text.contains(&format!("itemtype=\"https://schema.org/{kind}\"")) && text.contains(name), "{path}");
    }
    // How the service keeps its programmes is for those who run it.
    let call = format!("/calls/{}", scene.call);
    visitor.get(&call).expect(200).hides("类别配置第");
    scene.handler.browser().get(&call).expect(200).shows("类别配置第 1 版");
}

#[test]
fn the_design_is_shown_as_it_is_in_every_language() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    for (language, title) in [("zh-CN", "设计规范"), ("zh-TW", "設計規範"), ("en", "Design")] {
        let page = visitor.get(&format!("/design?lang={language}")).expect(200).shows(title);
        let text = page.text();
        assert_eq!(html(&text), Vec::<String>::new(), "{language}");
        assert!(text.contains("<meta name=\"robots\" content=\"noindex\">"), "{language}: it is for those who build");
        // Values come from the style sheet, so no word is missing and none is left over in brackets.
        assert!(text.contains("fill=\"#1a2330\"") && !text.contains("[design-"), "{language}");
        assert!(!text.contains("autofocus"), "{language}: what is wrong here takes nobody's focus");
        assert!(text.contains("id=\"f-design-wrong\"") && text.contains("aria-invalid=\"true\""), "{language}");
    }
}
