//! Search of the pool: pages, API, suggestions, feed; what is published is found at once, and by other processes a second later.

use super::lists::{Scene, scene};
use super::support::Client;
use super::support::app::{TestApp, at};
use chrono::Duration;
use serde_json::Value;
use std::path::Path;
use yuanchi::actions::import_list::{import_lists, read_lists};
use yuanchi::domain::actor::Actor;
use yuanchi::domain::procedure::State;
use yuanchi::spreadsheet::read_table;

/// A list decided elsewhere, with what a file may hold.
const ROWS: &str = "名单名称,年份,单位名称,类别,城市,平台或产品,结果\n\
    甲名单,2022,深圳市銀河行業軟件有限公司,企业技术中心,深圳市,美擎工业互联网平台,入选\n\
    甲名单,2022,TCL东智科技,企业技术中心,,东智工业应用智能平台,入选\n\
    乙名单,2024,深圳市银河行业软件有限公司,专精特新,深圳市,,认定\n\
    乙名单,2024,\"3M材料技术(广州)有限公司 <b>&\",专精特新,广州市,,认定\n";

fn import(test: &TestApp, rows: &str) {
    let table = read_table(rows.as_bytes(), "rows.csv").expect("a table");
    let lists = read_lists(&table, &test.app.env.reference, &test.app.env.programmes).expect("every row is good");
    test.write(move |tx| import_lists(tx, &Actor::system(), &lists));
}

/// Two members of the pool in Foshan, and two imported lists.
fn pool() -> Scene {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市");
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    import(&scene.test, ROWS);
    scene
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The id of the one that was found.
fn id_of(found: &Value) -> String {
    assert_eq!(found["total"], 1, "{found}");
    found["items"][0]["id"].as_str().expect("an id").to_string()
}

fn names(found: &Value) -> Vec<&str> {
    found["items"].as_array().expect("items").iter().map(|item| item["name"].as_str().expect("a name")).collect()
}

#[test]
fn people_find_what_they_type_on_pages_and_over_the_api() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    let (one, bank, mmm) = ("佛山智造1有限公司", "深圳市银河行业软件有限公司", "3M材料技术(广州)有限公司 <b>&");
    for (typed, found) in [
        ("智造", vec![one, "佛山智造2有限公司"]),
        ("佛山智造1", vec![one]),
        ("fszz1", vec![one]),
        ("foshan zhizao1", vec![one]),
        ("ＦＯＳＨＡＮ　智造", vec![one, "佛山智造2有限公司"]),
        ("9144060000000000", vec![one, "佛山智造2有限公司"]),
        ("914406000000000001", vec![one]),
        ("914406000000000009", vec![]),
        ("銀河行業", vec![bank]),
        ("hangye", vec![bank]),
        ("meiqing", vec![bank]),
        ("shenzhen 美擎", vec![bank]),
        ("３ｍ材料", vec![mmm]),
        ("%", vec![]),
        ("_", vec![]),
        ("，。", vec![]),
    ] {
        let json = visitor.json(&format!("/api/v1/providers?standing=all&q={}", encoded(typed)));
        let mut got = names(&json);
        got.sort_unstable();
        let mut expected = found.clone();
        expected.sort_unstable();
        assert_eq!(got, expected, "{typed}");
        assert_eq!(json["total"], found.len(), "{typed}");
        let page = visitor.get(&format!("/providers?standing=all&q={}", encoded(typed))).expect(200);
        for name in [one, bank, mmm] {
            let linked = page.words().contains(name);
            assert_eq!(linked, found.contains(&name), "{typed}: {name}");
        }
    }
    // Two spellings of a name are one provider; the page shows both lists.
    let json = visitor.json(&format!("/api/v1/providers?standing=all&q={}", encoded(bank)));
    let id = json["items"][0]["id"].as_str().expect("an id").to_string();
    assert_eq!(json["items"][0]["recognitions"].as_array().map(Vec::len), Some(2));
    visitor
        .get(&format!("/providers/{id}"))
        .expect(200)
        .shows("甲名单")
        .shows("乙名单")
        .shows("美擎工业互联网平台")
        .shows("没有本系统授予的在池资格")
        .shows("不作为市场准入条件");
    assert_eq!(visitor.json(&format!("/api/v1/providers/{id}"))["name"], json["items"][0]["name"]);
    for nobody in ["n00", "00000000-0000-7000-8000-000000000000", "%FF", "suggestion"] {
        visitor.get(&format!("/providers/{nobody}")).expect(404);
        visitor.get(&format!("/api/v1/providers/{nobody}")).expect(404);
    }
}

#[test]
fn filters_count_what_their_other_values_would_find() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    let counts = |found: &Value, facet: &str| -> Vec<(String, u64)> {
        let values = found["facets"][facet].as_array().expect("a facet");
        let pair =
            |v: &Value| (v["value"].as_str().expect("a value").to_string(), v["count"].as_u64().expect("a count"));
        values.iter().map(pair).collect()
    };
    let owned = |pairs: &[(&str, u64)]| pairs.iter().map(|(v, n)| (v.to_string(), *n)).collect::<Vec<_>>();
    let all = visitor.json("/api/v1/providers?standing=all");
    assert_eq!(counts(&all, "standing"), owned(&[("pool", 2), ("all", 5), ("active", 2), ("listed", 3)]));
    assert_eq!(counts(&all, "category"), owned(&[("service_provider", 2), ("专精特新", 2), ("企业技术中心", 2)]));
    assert_eq!(counts(&all, "city"), owned(&[("440100", 1), ("440300", 1), ("440600", 2)]));
    assert_eq!(counts(&all, "year"), owned(&[("2026", 2), ("2024", 2), ("2022", 2)]));
    // One recognition must meet all filters; each facet leaves its own filter out.
    let narrowed =
        visitor.json(&format!("/api/v1/providers?standing=all&year=2022&category={}", encoded("企业技术中心")));
    assert_eq!(narrowed["total"], 2);
    assert_eq!(counts(&narrowed, "year"), owned(&[("2022", 2)]));
    assert_eq!(counts(&narrowed, "category"), owned(&[("企业技术中心", 2)]));
    let none = visitor.json(&format!("/api/v1/providers?standing=all&year=2024&category={}", encoded("企业技术中心")));
    assert_eq!(none["total"], 0);
    assert_eq!(counts(&none, "year"), owned(&[("2022", 2)]));
    // Today's pool is what is shown when nothing is said.
    assert_eq!(visitor.json("/api/v1/providers")["total"], 2);
    let page = visitor.get("/providers?city=440600").expect(200);
    let page = page.shows("共 2 家单位").shows("佛山市（2）").shows("排名不分先后").hides("银河");
    assert!(page.text().contains("/providers/feed.atom?city=440600"), "the feed of the same search");
    // What the pool does not hold is offered from all recognitions, at an address of its own.
    let elsewhere = visitor.get("/providers?q=meiqing").expect(200).shows("在全部历次认定中查到 1 家");
    assert!(
        elsewhere.text().contains("/providers?q=meiqing&amp;standing=all")
            || elsewhere.text().contains("/providers?q=meiqing&#38;standing=all")
    );
    // Names that mean nothing are passed over.
    visitor.get("/providers?colour=red&page=x&q=a&q=%E6%99%BA").expect(200).shows("共 2 家");
}

#[test]
fn a_filter_without_such_a_value_is_named_with_what_there_is() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    // Whatever is known, if only to the reference data or to a programme, finds what there is, which may be nothing.
    for known in ["city=445100", "cluster=E03", "category=feature_platform", "year=1999", "standing=revoked"] {
        visitor.get(&format!("/providers?{known}")).expect(200).shows("没有查到").hides("没有“");
        assert_eq!(visitor.json(&format!("/api/v1/providers?{known}"))["total"], 0, "{known}");
    }
    for (filter, there_is) in [
        ("category", "优秀制造业数字化转型服务商"),
        ("city", "佛山市（2）"),
        ("cluster", "全部集群"),
        ("field", "全部领域"),
        ("year", "2026（2）"),
        ("standing", "今日在池（2）"),
    ] {
        let query = format!("{filter}=whatever");
        let page = visitor.get(&format!("/providers?{query}")).expect(422).shows("没有“whatever”这一选项");
        // What is typed stays, what there is stands beside it, and nobody is taken for an answer.
        let page = page.shows(there_is).hides("佛山智造1有限公司");
        let html = page.text();
        assert!(html.contains("<option value=\"whatever\" selected>"), "{filter}: {html}");
        assert!(html.contains(&format!("href=\"#f-{filter}\"")), "{filter}: {html}");
        assert_eq!(page.header("cache-control"), Some("no-store"), "{filter}");
        visitor.get(&format!("/providers/feed.atom?{query}")).expect(422).shows("没有“whatever”这一选项");
        if filter == "year" {
            assert_eq!(visitor.get(&format!("/api/v1/providers?{query}")).expect(400).code(), "malformed");
            continue;
        }
        let refused = visitor.get(&format!("/api/v1/providers?{query}")).expect(422);
        assert_eq!(refused.code(), "invalid", "{filter}");
        let field = &refused.json()["fields"][0];
        assert_eq!((&field["path"], &field["code"]), (&filter.into(), &"filter_unknown".into()), "{refused}");
        assert!(field["message"].as_str().is_some_and(|message| message.contains("whatever")), "{refused}");
    }
    // All at once, whatever else is asked for; and nobody is written to about a search that says nothing.
    let all = "category=gone&city=999999&cluster=X&field=Y&year=soon&standing=ever&q=%E6%99%BA";
    let mut page = visitor.get(&format!("/providers?{all}")).expect(422);
    for value in ["gone", "999999", "X", "Y", "soon", "ever"] {
        page = page.shows(&format!("没有“{value}”这一选项"));
    }
    assert!(page.text().contains("value=\"智\"") && !page.text().contains("/providers/subscriptions"));
    assert_eq!(visitor.json("/api/v1/providers")["total"], 2);
}

#[test]
fn the_standing_is_that_of_today() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    assert_eq!(visitor.json("/api/v1/providers?standing=active")["total"], 2);
    scene.test.set_clock(at("2035-01-01T00:00:00"));
    assert_eq!(visitor.json("/api/v1/providers")["total"], 0);
    let expired = visitor.json("/api/v1/providers?standing=expired");
    assert_eq!(expired["total"], 2);
    assert_eq!(expired["items"][0]["memberships"][0]["standing"], "expired");
    visitor.get("/providers?standing=expired").expect(200).shows("已到期").shows("佛山智造1有限公司");
}

#[test]
fn hostile_queries_are_answered() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    let long = encoded(&"长".repeat(101));
    visitor.get(&format!("/providers?q={long}")).expect(422).shows("请缩短至 100 字以内");
    assert_eq!(visitor.get(&format!("/api/v1/providers?q={long}")).expect(422).code(), "invalid");
    let many = (0..9).map(|n| format!("w{n}")).collect::<Vec<_>>().join("+");
    visitor.get(&format!("/providers?q={many}")).expect(422).shows("请减少至 8 个以内");
    visitor.get(&format!("/providers/suggestions?q={long}")).expect(200);
    for path in ["/providers", "/api/v1/providers", "/providers/suggestions", "/providers/feed.atom"] {
        let answer = visitor.get(&format!("{path}?q=%00"));
        assert_eq!(answer.status, 422, "{answer}");
    }
    for q in [
        "%FF%FE",
        "%C0%80",
        "%ED%A0%80",
        "%25",
        "%5F%25%5C",
        "%27%3B--",
        "%F0%9F%98%80",
        "%3Cscript%3E",
        "%0A%0D",
        "%E2%80%AE",
        "a%cc%81%cc%81%cc%81",
        "%",
        "%zz",
        "&&==",
        "+",
        "%E4",
        "=",
    ] {
        for path in ["/providers", "/providers/suggestions", "/providers/feed.atom", "/api/v1/providers"] {
            let answer = visitor.get(&format!("{path}?q={q}"));
            assert!(matches!(answer.status, 200 | 400), "{answer}");
            assert!(!answer.text().contains("<script>"), "{answer}");
        }
    }
    // What was typed stays in the field.
    let page = visitor.get("/providers?q=%3Cscript%3E").expect(200);
    assert!(page.text().contains("value=\"&#60;script&#62;\"") || page.text().contains("value=\"&lt;script&gt;\""));
    // Beyond the end there is an empty page with the right count.
    let beyond = visitor.json("/api/v1/providers?page=7&per_page=1");
    assert_eq!(
        (beyond["items"].as_array().map(Vec::len), &beyond["total"], &beyond["page"]),
        (Some(0), &2.into(), &7.into())
    );
    visitor.get("/providers?page=999999999999999999999").expect(200);
    visitor.get("/providers?page=9999").expect(200).shows("佛山智造1有限公司");
    visitor.get("/providers?page=-5").expect(200).shows("佛山智造1有限公司");
    let second = visitor.json("/api/v1/providers?page=2&per_page=1");
    assert_eq!(names(&second), ["佛山智造2有限公司"]);
}

#[test]
fn names_are_suggested_while_they_are_typed() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    for path in ["/providers/suggestions", "/api/v1/providers/suggestions"] {
        let found = visitor.json(&format!("{path}?q=fszz"));
        assert_eq!(names(&found), ["佛山智造1有限公司", "佛山智造2有限公司"], "{path}");
        assert_eq!(names(&visitor.json(&format!("{path}?q="))), [""; 0], "{path}");
        assert_eq!(names(&visitor.json(&format!("{path}?q=meiqing"))), [""; 0], "only today's pool: {path}");
    }
    let page = visitor.get("/providers").expect(200);
    let tag = page.header("etag").expect("a tag").to_string();
    visitor.send("GET", "/providers", &[("if-none-match", tag.as_str())], Vec::new()).expect(304);
    assert!(page.text().contains("data-suggest=\"/providers/suggestions\""));
}

#[test]
fn a_search_is_a_feed() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    let answer = visitor.get("/providers/feed.atom?standing=all&q=3M&field=").expect(200);
    assert_eq!(answer.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    let feed = answer.text();
    assert!(feed.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{feed}");
    // The name holds what XML must not: it is written by number or name, never bare.
    assert!(!feed.contains("<b>") && !feed.contains(" &\n") && !feed.contains("&<"), "{feed}");
    assert_eq!(feed.matches("<entry>").count(), 1, "{feed}");
    for part in ["<id>", "<updated>2026-", "<title>", "rel=\"self\"", "<author>"] {
        assert!(feed.contains(part), "{part}: {feed}");
    }
    let all = visitor.get("/providers/feed.atom?standing=all").expect(200).text();
    assert_eq!(all.matches("<entry>").count(), 6, "one for each recognition");
    let ids: std::collections::BTreeSet<&str> =
        all.split("<id>").skip(1).filter_map(|part| part.split("</id>").next()).collect();
    assert_eq!(ids.len(), 7, "the feed's and each entry's differ");
    // The newest list comes first; today's pool is what is fed when nothing is said.
    let pool = visitor.get("/providers/feed.atom").expect(200).text();
    assert_eq!(pool.matches("<entry>").count(), 2);
    let nothing = visitor.get("/providers/feed.atom?q=%01%EF%BF%BEqqq").expect(200).text();
    assert!(!nothing.contains('\u{1}') && !nothing.contains('\u{fffe}'), "{nothing}");
    assert_eq!(nothing.matches("<entry>").count(), 0);
}

#[test]
fn what_is_published_here_is_found_at_once_and_what_others_change_within_a_second() {
    let mut scene = pool();
    // Rows are changed by hand, as another node would, without the record.
    scene.test.expect_violations();
    let mut visitor = scene.test.visitor();
    assert_eq!(visitor.json("/api/v1/providers?standing=all")["total"], 5);
    // This process: at once, though the clock stands still.
    import(&scene.test, "名单名称,年份,单位名称,类别\n丙名单,2025,东莞模具有限公司,企业技术中心\n");
    assert_eq!(names(&visitor.json("/api/v1/providers?standing=all&q=muju")), ["东莞模具有限公司"]);
    // Another process: not asked for within the second, found after it.
    scene.test.tamper("UPDATE memberships SET standing = 'warned'");
    assert_eq!(visitor.json("/api/v1/providers?standing=warned")["total"], 0);
    scene.test.advance(Duration::milliseconds(1_000));
    assert_eq!(visitor.json("/api/v1/providers?standing=warned")["total"], 2);
    scene.test.tamper("UPDATE organisations SET name = '佛山新名有限公司', name_key = '佛山新名有限公司' WHERE credit_code LIKE '%00001'");
    scene.test.advance(Duration::milliseconds(1_000));
    let renamed = visitor.json("/api/v1/providers?q=xinming");
    assert_eq!(names(&renamed), ["佛山新名有限公司"]);
    assert_eq!(renamed["items"][0]["recognitions"][0]["name"], "佛山智造1有限公司", "the list stays as it was");
    assert_eq!(
        visitor.json(&format!("/api/v1/providers?q={}", encoded("智造1")))["total"],
        1,
        "the old name finds it too"
    );
    // A clock that was set back is no reason to wait.
    scene.test.tamper("UPDATE memberships SET standing = 'revoked'");
    scene.test.set_clock(scene.test.now() - Duration::hours(1));
    assert_eq!(visitor.json("/api/v1/providers?standing=revoked")["total"], 2);
}

#[test]
fn the_last_index_goes_on_answering_when_the_database_is_away() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    visitor.get("/providers").expect(200).hides("数据库暂时无法连接");
    scene.test.tamper("ALTER TABLE counters RENAME TO counters_away");
    scene.test.advance(Duration::seconds(2));
    visitor.get("/providers").expect(200).shows("数据库暂时无法连接，以下为 2026").shows("佛山智造1有限公司");
    assert!(visitor.json("/api/v1/providers")["as_of"].is_string());
    scene.test.tamper("ALTER TABLE counters_away RENAME TO counters");
    scene.test.advance(Duration::seconds(2));
    visitor.get("/providers").expect(200).hides("数据库暂时无法连接");
    assert!(visitor.json("/api/v1/providers")["as_of"].is_null());
}

#[test]
fn the_page_of_a_search_is_made_once_and_never_shown_when_it_is_old() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    let path = format!("/providers?q={}", encoded("智造1"));
    let first = visitor.get(&path).expect(200).shows("佛山智造1有限公司");
    let tag = first.header("etag").expect("a tag").to_string();
    // The same question, however it is written, has the same answer; who has it is told so.
    for same in [path.clone(), format!("{path}&page=1&utm_source=x"), format!("{path}&page=7&year=")] {
        let again = visitor.get(&same).expect(200);
        assert_eq!((again.header("etag"), &again.body), (Some(tag.as_str()), &first.body), "{same}");
        let known = visitor.send("GET", &same, &[("if-none-match", &tag)], Vec::new()).expect(304);
        assert!(known.body.is_empty());
    }
    // Another question has another.
    visitor.get("/providers?q=foshan").expect(200).shows("佛山智造2有限公司");
    visitor.get(&format!("{path}&standing=revoked")).expect(200).hides("佛山智造1有限公司");
    // Nobody's own is shown to anybody, nor the other way round.
    let own = scene.handler.browser().get(&path).expect(200);
    assert_eq!((own.header("etag"), own.header("cache-control")), (None, Some("no-store")));
    visitor.get(&path).expect(200).hides("退出登录");
    // Something is published, and something changes beyond this process.
    import(&scene.test, "名单名称,年份,单位名称,类别\n丁名单,2025,佛山智造19有限公司,企业技术中心\n");
    visitor.get(&format!("{path}&standing=all")).expect(200).shows("佛山智造19有限公司");
    scene.test.tamper("UPDATE organisations SET name = '佛山新名有限公司', name_key = '佛山新名有限公司' WHERE credit_code LIKE '%00001'");
    scene.test.advance(Duration::milliseconds(1_000));
    visitor.get(&path).expect(200).shows("佛山新名有限公司");
    // A day on which they are members no longer.
    scene.test.advance(Duration::days(5_000));
    visitor.get(&path).expect(200).hides("佛山新名有限公司");
}

#[test]
fn a_search_is_sent_compressed_to_whoever_takes_it() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    let zipped = |client: &mut Client, path: &str, more: &[(&str, &str)]| {
        let headers = [&[("accept-encoding", "gzip, deflate, br")][..], more].concat();
        client.send("GET", path, &headers, Vec::new())
    };
    for path in ["/providers?q=foshan", "/api/v1/providers?standing=all", "/providers/feed.atom?standing=all"] {
        // As it is, before and after somebody asked for it compressed.
        for _ in 0..2 {
            let plain = visitor.get(path).expect(200);
            assert_eq!(plain.header("content-encoding"), None, "{path}");
            let small = zipped(&mut visitor, path, &[]).expect(200);
            assert_eq!(small.header("content-encoding"), Some("gzip"), "{path}");
            assert_eq!(small.header("content-type"), plain.header("content-type"), "{path}");
            assert!(small.header("vary").is_some_and(|varies| varies.contains("accept-encoding")), "{path}");
            assert!(small.body.len() < plain.body.len() / 2 && small.unzipped().body == plain.body, "{path}");
            let (tag, other) = (small.header("etag").expect("a tag"), plain.header("etag").expect("a tag"));
            assert_ne!(tag, other, "{path}");
            zipped(&mut visitor, path, &[("if-none-match", tag)]).expect(304);
            visitor.send("GET", path, &[("if-none-match", other)], Vec::new()).expect(304);
        }
    }
    // Over the API each language has its own, and a change of the register another answer.
    let path = "/api/v1/providers?standing=all";
    let in_english = zipped(&mut visitor, path, &[("accept-language", "en")]).expect(200).unzipped().json();
    assert_ne!(in_english["facets"]["standing"], visitor.json(path)["facets"]["standing"]);
    import(&scene.test, "名单名称,年份,单位名称,类别\n戊名单,2025,佛山智造29有限公司,企业技术中心\n");
    let total =
        |path: &str| zipped(&mut scene.test.visitor(), path, &[]).expect(200).unzipped().json()["total"].clone();
    assert_eq!((total(path), total("/api/v1/providers?standing=all&per_page=1")), (6.into(), 6.into()));
    // What holds somebody's own is not compressed together with what somebody else may have made them ask.
    let own = zipped(&mut scene.handler.browser(), "/providers?q=foshan", &[]).expect(200);
    assert_eq!((own.header("content-encoding"), own.header("etag")), (None, None));
}

#[test]
fn fields_and_clusters_come_from_the_columns_that_are_published() {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市");
    scene.noticed(State::InNotice, "佛山市");
    scene.test.tamper(
        r#"UPDATE notice_entries SET shown = '[
            {"key": "organisation", "label": "服务商名称", "value": "佛山智造1有限公司"},
            {"key": "fields", "label": "服务领域", "value": "工业软件、云服务"},
            {"key": "type", "label": "服务商类型", "value": "不在其中"},
            {"key": "clusters", "label": "服务的产业集群", "value": "智能机器人、汽车、没有的集群"}]' WHERE position = 1"#,
    );
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    let mut visitor = scene.test.visitor();
    for query in [
        "field=%E4%BA%91%E6%9C%8D%E5%8A%A1",
        "cluster=E03",
        "cluster=P04&field=%E5%B7%A5%E4%B8%9A%E8%BD%AF%E4%BB%B6",
        "q=jiqiren",
        "q=gyrj",
    ] {
        assert_eq!(names(&visitor.json(&format!("/api/v1/providers?{query}"))), ["佛山智造1有限公司"], "{query}");
    }
    let all = visitor.json("/api/v1/providers");
    assert_eq!(all["facets"]["cluster"].as_array().map(Vec::len), Some(2));
    assert_eq!(all["facets"]["field"][0], serde_json::json!({"value": "云服务", "label": "云服务", "count": 1}));
    let id = id_of(&visitor.json("/api/v1/providers?q=%E6%99%BA%E9%80%A01"));
    visitor
        .get(&format!("/providers/{id}"))
        .expect(200)
        .shows("汽车")
        .shows("工业软件")
        .hides("不在其中")
        .hides("没有的集群");
    // In the reader's language, as far as a form knows the field; the address asks for it as the list has it.
    visitor.get(&format!("/providers/{id}?lang=zh-TW")).expect(200).shows("工業軟體").hides("工业软件");
    visitor.get("/providers?lang=en").expect(200).shows("value=\"工业软件\">Industrial software (1)");
    // The programmes publish what is searched.
    for key in ["service_provider", "feature_platform", "professional_platform"] {
        let programme = scene.test.app.env.programme(key).expect("it is configured");
        let sources: Vec<String> =
            programme.public_columns.iter().map(|column| format!("{:?}", column.source)).collect();
        assert!(sources.iter().any(|source| source.contains("clusters")), "{key}: {sources:?}");
    }
}

#[test]
fn categories_and_the_province_are_found_by_name() {
    let scene = pool();
    let mut visitor = scene.test.visitor();
    for typed in ["服务商", "优秀", "優秀製造業", "fuwushang", "广东", "guangdong", "服务商 佛山"] {
        let found = visitor.json(&format!("/api/v1/providers?q={}", encoded(typed)));
        assert_eq!(names(&found), ["佛山智造1有限公司", "佛山智造2有限公司"], "{typed}");
    }
    // The category of an imported list is what the list writes; a city of the province lies in it.
    for (typed, total) in [("专精特新", 2), ("qyjszx", 2), ("广东", 4), ("特色型", 0)] {
        let found = visitor.json(&format!("/api/v1/providers?standing=all&q={}", encoded(typed)));
        assert_eq!(found["total"], total, "{typed}");
    }
}

#[test]
fn real_lists_are_found_by_any_spelling() {
    let test = TestApp::start();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/real_rows.csv");
    import(&test, &std::fs::read_to_string(file).expect("real rows"));
    let mut visitor = test.visitor();
    for (typed, name) in [("樹根互聯", "树根互联"), ("wemake", "腾讯"), ("hgsz", "河钢数字"), ("tengxun", "腾讯")]
    {
        let found = visitor.json(&format!("/api/v1/providers?standing=all&q={}", encoded(typed)));
        assert_eq!(names(&found), [name], "{typed}");
    }
}
