//! Public pages that are kept: what they are sent as, to whom, and when they are replaced.

mod files;
mod nodes;
mod trouble;

use super::lists::{NOTICE, Scene, scene};
use super::support::app::TestApp;
use super::support::{Answer, Client, with};
use std::io::Read;
use yuanchi::actions::import_list::{ImportedList, ImportedRow, import_lists};
use yuanchi::db::published_lists;
use yuanchi::domain::actor::{Actor, Role};
use yuanchi::domain::ids::PublishedListId;
use yuanchi::domain::procedure::State;

/// A registry with a published list of one member; the address of the list's page.
fn published() -> (Scene, PublishedListId) {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    (scene, id)
}

/// Every kind of page that is kept.
fn kept(scene: &Scene, list: PublishedListId) -> Vec<String> {
    let provider = scene.test.read(|tx| {
        let (application, _) = published_lists::certificates(tx.db, list)?.remove(0);
        let scope = yuanchi::domain::scope::Scope::everything();
        Ok(yuanchi::db::applications::find(tx.db, &scope, application)?.organisation_id)
    });
    let call = scene.call;
    vec![
        "/".into(),
        "/calls".into(),
        format!("/calls/{call}"),
        format!("/calls/{call}/programme.json"),
        "/notices".into(),
        format!("/notices/{NOTICE}"),
        format!("/notices/{NOTICE}/entries.csv"),
        format!("/notices/{NOTICE}/print"),
        "/lists".into(),
        "/lists?category=service_provider".into(),
        format!("/lists/{list}"),
        format!("/lists/{list}/list.csv"),
        format!("/providers/{provider}"),
        "/lists/feed.atom".into(),
        "/calls/calendar.ics".into(),
        "/sitemap.xml".into(),
        "/open-data".into(),
        "/open-data/catalog.jsonld".into(),
        "/how/lists".into(),
        "/pool".into(),
        "/pool?on=2026-03-01".into(),
    ]
}

fn ask(client: &mut Client, path: &str, headers: &[(&str, &str)]) -> Answer {
    client.send("GET", path, headers, Vec::new())
}

#[test]
fn every_page_that_is_kept_is_sent_compressed_and_once() {
    let (scene, list) = published();
    for path in kept(&scene, list) {
        let mut visitor = scene.test.visitor();
        let plain = visitor.get(&path).expect(200);
        assert_eq!(plain.header("cache-control"), Some("no-cache"), "{path}");
        assert_eq!(plain.header("vary"), Some("accept-encoding, accept-language, cookie, authorization"), "{path}");
        let renderings = scene.test.app.published.renderings();
        let mut tags = vec![plain.header("etag").unwrap_or_else(|| panic!("{path} has no tag")).to_string()];
        for encoding in ["gzip", "br"] {
            let small = ask(&mut visitor, &path, &[("accept-encoding", encoding)]).expect(200);
            tags.push(small.header("etag").expect("a tag").to_string());
            if plain.body.len() < 1024 {
                assert_eq!(small.body, plain.body, "{path}");
                continue;
            }
            assert_eq!(small.header("content-encoding"), Some(encoding), "{path}");
            assert_eq!(small.header("content-type"), plain.header("content-type"));
            assert_eq!(small.header("content-disposition"), plain.header("content-disposition"));
            let mut whole = Vec::new();
            match encoding {
                "gzip" => flate2::read::GzDecoder::new(small.body.as_slice()).read_to_end(&mut whole),
                _ => brotli::Decompressor::new(small.body.as_slice(), 4096).read_to_end(&mut whole),
            }
            .expect("it is whole");
            assert_eq!(whole, plain.body, "{path}");
            let tag = tags.last().cloned().expect("a tag");
            let have = [("accept-encoding", encoding), ("if-none-match", tag.as_str())];
            let same = ask(&mut visitor, &path, &have).expect(304);
            assert!(same.body.is_empty() && same.header("etag") == Some(&tag), "{path}");
            assert_eq!(same.header("vary"), plain.header("vary"));
            // A tag of another encoding is not this one's.
            ask(&mut visitor, &path, &[("accept-encoding", encoding), ("if-none-match", &tags[0])]).expect(200);
        }
        let head = visitor.send("HEAD", &path, &[], Vec::new()).expect(200);
        assert!(head.body.is_empty() && head.header("etag") == plain.header("etag"), "{path}");
        let range = ask(&mut visitor, &path, &[("range", "bytes=0-9")]).expect(200);
        assert_eq!(range.header("content-range"), None, "{path}");
        assert_eq!(range.body, plain.body, "{path}");
        assert_eq!(scene.test.app.published.renderings(), renderings, "{path}: once is enough");
        assert!(plain.header("x-request-id").is_some() && plain.header("content-security-policy").is_some());
    }
}

#[test]
fn every_page_to_read_has_a_head_and_says_what_else_it_is_not() {
    let (scene, list) = published();
    let mut visitor = scene.test.visitor();
    let css = yuanchi::web::assets::address("app.css");
    for path in [
        "/providers",
        "/pool",
        "/pool.csv",
        "/open-data/pool.csv",
        "/statistics",
        "/robots.txt",
        "/session/new",
        "/healthz",
        "/metrics",
        "/api/v1/lists",
        "/api/v1/openapi.json",
        css.as_str(),
        &format!("/lists/{list}/list.csv"),
    ] {
        let (get, head) = (visitor.get(path).expect(200), visitor.send("HEAD", path, &[], Vec::new()).expect(200));
        assert!(head.body.is_empty(), "{path}");
        for name in ["content-type", "content-disposition", "cache-control", "etag", "content-security-policy"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
        let refused = visitor.send("DELETE", path, &[], Vec::new()).expect(405);
        assert!(refused.header("allow").is_some_and(|allowed| allowed.contains("GET, HEAD")), "{path}");
        assert!(refused.header("content-security-policy").is_some(), "{path}");
    }
    let refused = visitor.send("PUT", "/lists", &[], Vec::new()).expect(405).shows("该地址不支持这种请求方法");
    assert_eq!(refused.header("allow"), Some("GET, HEAD"));
    assert_eq!(visitor.get("/session").expect(405).header("allow"), Some("POST"));
    visitor.send("HEAD", "/nothing", &[], Vec::new()).expect(404);
    for (path, place) in
        [("/lists/", "/lists"), ("/providers/?q=a&page=2", "/providers?q=a&page=2"), ("/api/docs//", "/api/docs")]
    {
        for method in ["GET", "HEAD"] {
            assert_eq!(visitor.send(method, path, &[], Vec::new()).expect(308).location(), place);
        }
    }
    for path in ["/nothing/", "//", "//example.org/"] {
        visitor.get(path).expect(404);
    }
}

#[test]
fn nothing_of_anybodys_own_is_kept_or_shown_to_others() {
    let (scene, list) = published();
    let person = scene.test.person("linlaoshi@example.org", &[with(Role::Handler)]);
    let (mut browser, mut api) = (person.browser(), person.api());
    for path in kept(&scene, list) {
        let renderings = scene.test.app.published.renderings();
        let mut told = scene.test.visitor();
        told.set_cookie("__Host-flash", "list-published");
        for answer in [browser.get(&path), api.get(&path), told.get(&path)] {
            assert_eq!((answer.header("etag"), answer.header("vary")), (None, None), "{answer}");
            assert_eq!(answer.expect(200).header("cache-control"), Some("no-store"), "{path}");
        }
        assert_eq!(scene.test.app.published.renderings(), renderings, "{path}");
        for _ in 0..2 {
            scene.test.visitor().get(&path).expect(200).hides("linlaoshi").hides("名单已公布").hides("退出登录");
        }
        // Signed in on one tab: the page that others are shown is there by now, and is not theirs.
        let own = browser.get(&path);
        assert_eq!((own.header("etag"), own.header("cache-control")), (None, Some("no-store")), "{path}");
        let html = own.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        assert_eq!(own.text().contains("linlaoshi"), html, "{path}");
        // Cookies of others change nothing.
        let mut tracked = scene.test.visitor();
        tracked.set_cookie("_ga", "GA1.1.1");
        assert!(tracked.get(&path).header("etag").is_some(), "{path}");
    }
}

#[test]
fn made_up_parameters_fill_nothing() {
    let (scene, list) = published();
    let mut visitor = scene.test.visitor();
    for path in [format!("/lists/{list}"), "/lists".into(), "/notices".into(), "/calls".into(), "/".into()] {
        let plain = visitor.get(&path).expect(200);
        let renderings = scene.test.app.published.renderings();
        for query in ["x=1", "x=2", "page=1", "page=1&x=3", "utm_source=a&page=001"] {
            let same = visitor.get(&format!("{path}?{query}")).expect(200);
            assert_eq!(same.header("etag"), plain.header("etag"), "{path}?{query}");
            assert_eq!(same.body, plain.body, "{path}?{query}");
        }
        assert_eq!(scene.test.app.published.renderings(), renderings, "{path}");
    }
    // Nor do words that are searched for, pages past the end, years without lists, or ids of nothing.
    let renderings = scene.test.app.published.renderings();
    for path in [
        "/lists?q=a".to_string(),
        "/lists?q=b".into(),
        "/lists?year=1999".into(),
        "/lists?year=1999&category=service_provider".into(),
        "/lists?page=7".into(),
        "/pool?page=7".into(),
        "/calls?year=1999".into(),
        format!("/lists/{list}?page=7"),
        format!("/notices/{NOTICE}?page=7"),
        "/notices?page=7".into(),
    ] {
        let answer = visitor.get(&path).expect(200);
        assert_eq!((answer.header("etag"), answer.header("cache-control")), (None, Some("no-store")), "{path}");
    }
    visitor.get("/lists/00000000-0000-7000-8000-000000000000").expect(404);
    for path in ["/lists?category=x", "/lists?year=abc", "/pool?on=2030-01-01", "/pool?on=x", "/pool.csv?on=2030-01-01"]
    {
        let answer = visitor.get(path).expect(422);
        assert_eq!((answer.header("etag"), answer.header("cache-control")), (None, Some("no-store")), "{path}");
    }
    assert_eq!(scene.test.app.published.renderings(), renderings);
}

#[test]
fn a_filter_of_lists_without_such_a_value_is_told() {
    let (scene, list) = published();
    let own = import(&scene.test, "一份旧名单".into(), vec![row(1)]);
    let mut visitor = scene.test.visitor();
    // Whatever a programme or a list calls a category is known, if only to find nothing.
    let lists = [format!("href=\"/lists/{list}\""), format!("href=\"/lists/{own}\"")];
    let imported = "%E4%BC%98%E7%A7%80%E6%9C%8D%E5%8A%A1%E5%95%86";
    for (category, shown) in
        [("service_provider", [true, false]), (imported, [false, true]), ("feature_platform", [false, false])]
    {
        let html = visitor.get(&format!("/lists?category={category}")).expect(200).hides("没有“").text();
        assert_eq!(lists.clone().map(|link| html.contains(&link)), shown, "{category}");
        let found = visitor.json(&format!("/api/v1/lists?category={category}"));
        assert_eq!(found["total"], shown.iter().filter(|is_shown| **is_shown).count(), "{category}");
    }
    for (query, filters) in [
        ("category=whatever&q=%E6%97%A7", &["category"][..]),
        ("year=whatever&category=service_provider", &["year"][..]),
        ("year=whatever&category=whatever", &["year", "category"][..]),
    ] {
        let page = visitor.get(&format!("/lists?{query}")).expect(422).shows("没有“whatever”这一选项");
        // What there is stands beside it, and no list is taken for an answer.
        let html = page.shows("优秀服务商").shows("全部类别").text();
        assert!(lists.iter().all(|link| !html.contains(link.as_str())), "{query}: {html}");
        assert_eq!(html.matches("<option value=\"whatever\" selected>").count(), filters.len(), "{query}: {html}");
        for filter in filters {
            assert!(html.contains(&format!("href=\"#f-{filter}\"")), "{query}: {html}");
        }
        assert!(!query.contains("q=") || html.contains("value=\"旧\""), "{query}: {html}");
        assert!(!query.contains("service") || html.contains("value=\"service_provider\" selected"), "{query}: {html}");
    }
    let refused = visitor.get("/api/v1/lists?category=whatever").expect(422);
    let field = &refused.json()["fields"][0];
    assert_eq!((&field["path"], &field["code"]), (&"category".into(), &"filter_unknown".into()), "{refused}");
    assert_eq!(visitor.get("/api/v1/lists?year=whatever").expect(400).code(), "malformed");
    // So is one of names that are suggested; half a word never is.
    for filter in ["city=nowhere", "city=nowhere&q=fs", "year=soon&q=fs", "standing=ever"] {
        visitor.get(&format!("/providers/suggestions?{filter}")).expect(422);
    }
    visitor.get("/providers/suggestions?category=service_provider&q=").expect(200);
}

#[test]
fn public_reads_of_the_api_are_known_again_and_compressed() {
    let (scene, list) = published();
    let call = scene.call;
    let (mut visitor, mut api) = (scene.test.visitor(), scene.handler.api());
    let mut zipped = 0;
    for path in [
        "/pool".to_string(),
        "/pool?on=2026-03-02".into(),
        "/lists".into(),
        format!("/lists/{list}"),
        format!("/lists/{list}/entries"),
        format!("/lists/{list}/proof"),
        "/notices".into(),
        format!("/notices/{NOTICE}"),
        format!("/notices/{NOTICE}/entries"),
        "/statistics".into(),
        "/calls".into(),
        format!("/calls/{call}"),
        "/programmes".into(),
        "/keys".into(),
        "/providers".into(),
    ] {
        let path = format!("/api/v1{path}");
        let plain = visitor.get(&path).expect(200);
        assert_eq!(plain.header("cache-control"), Some("no-cache"), "{path}");
        assert_eq!(plain.header("vary"), Some("accept-encoding, accept-language, cookie, authorization"), "{path}");
        let tag = plain.header("etag").unwrap_or_else(|| panic!("{path} has no tag")).to_string();
        let same = ask(&mut visitor, &path, &[("if-none-match", &tag)]).expect(304);
        assert!(same.body.is_empty() && same.header("etag") == Some(&tag), "{path}");
        let small = ask(&mut visitor, &path, &[("accept-encoding", "gzip")]).expect(200);
        if small.header("content-encoding") == Some("gzip") {
            zipped += 1;
            assert_eq!(small.unzipped().body, plain.body, "{path}");
        } else {
            assert_eq!(small.body, plain.body, "{path}");
        }
        // What somebody with a token is told is theirs, even where it says the same.
        let own = ask(&mut api, &path, &[("if-none-match", tag.as_str()), ("accept-encoding", "gzip")]).expect(200);
        let told = ["etag", "content-encoding", "cache-control"].map(|name| own.header(name));
        assert_eq!(told, [None, None, Some("no-store")], "{path}");
    }
    assert!(zipped > 2, "{zipped}");
    // What is published next is told to whoever has the one before.
    let tag = visitor.get("/api/v1/lists").expect(200).header("etag").expect("a tag").to_string();
    import(&scene.test, "又一份名单".into(), vec![row(1)]);
    ask(&mut visitor, "/api/v1/lists", &[("if-none-match", &tag)]).expect(200).shows("又一份名单");
    // What a certificate is worth, and what is wrong with a question, are kept by nobody.
    let number = scene.test.read(|tx| Ok(published_lists::certificates(tx.db, list)?.remove(0).1));
    for (path, status) in [(format!("/api/v1/certificates/{number}"), 200), ("/api/v1/pool?on=2030-01-01".into(), 422)]
    {
        let answer = visitor.get(&path).expect(status);
        assert_eq!((answer.header("etag"), answer.header("cache-control")), (None, Some("no-store")), "{path}");
    }
}

fn row(number: usize) -> ImportedRow {
    ImportedRow {
        organisation: format!("第{number}数字化服务有限公司"),
        product: String::new(),
        city: None,
        result: "通过".into(),
        region: "佛山".into(),
        note: String::new(),
        category_type: None,
    }
}

fn import(test: &TestApp, title: String, rows: Vec<ImportedRow>) -> PublishedListId {
    let (year, category) = (Some(2025), "优秀服务商".into());
    let list = ImportedList { title, year, category, programme: None, source_url: None, rows };
    test.write(move |tx| import_lists(tx, &Actor::system(), &[list])).remove(0)
}

#[test]
fn a_long_list_is_paged_for_people_and_whole_for_programs() {
    let test = TestApp::start();
    let id = import(&test, "长名单".into(), (1..=2500).map(row).collect());
    let mut visitor = test.visitor();
    visitor.get(&format!("/lists/{id}")).expect(200).shows("第200数字化").hides("第201数字化");
    let last = visitor.get(&format!("/lists/{id}?page=13")).expect(200).shows("第2401数字化").shows("第2500数字化");
    assert!(last.header("etag").is_some());
    let csv = visitor.get(&format!("/lists/{id}/list.csv")).expect(200);
    assert_eq!(csv.header("transfer-encoding"), Some("chunked"));
    let text = csv.text();
    assert_eq!(text.matches('\u{feff}').count(), 1);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2501);
    for (number, line) in lines.iter().enumerate().skip(1) {
        assert!(line.contains(&format!("第{number}数字化")), "{number}: {line}");
    }
    let json = visitor.get(&format!("/lists/{id}/list.json")).expect(200);
    let canonical = test.read(|tx| Ok(published_lists::find(tx.db, id)?.canonical)).expect("a text");
    assert_eq!(json.header("transfer-encoding"), Some("chunked"), "{} characters", canonical.chars().count());
    assert_eq!(json.text(), canonical);
    // What is long is sent compressed to whoever takes it, under a tag of its own, and none of it is kept.
    let renderings = test.app.published.renderings();
    for file in ["list.csv", "list.json", "entries.json", "list.xlsx"] {
        let path = format!("/lists/{id}/{file}");
        let plain = visitor.get(&path).expect(200);
        let small = ask(&mut visitor, &path, &[("accept-encoding", "gzip, deflate, br")]).expect(200);
        let encoding = (file != "list.xlsx").then_some("gzip");
        assert_eq!((plain.header("content-encoding"), small.header("content-encoding")), (None, encoding), "{file}");
        let tags = [&plain, &small].map(|answer| answer.header("etag").expect("a tag").to_string());
        assert!(tags.iter().all(|tag| tag.starts_with('"')), "{file}: {tags:?}");
        assert_eq!(tags[0] != tags[1], encoding.is_some(), "{file}: {tags:?}");
        if encoding.is_some() {
            assert!(small.body.len() < plain.body.len() / 2 && small.unzipped().body == plain.body, "{file}");
        }
        for answer in [&plain, &small] {
            assert_eq!(answer.header("vary"), Some("accept-encoding"), "{file}");
            assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"), "{file}");
        }
        for tag in &tags {
            let known = ask(&mut visitor, &path, &[("if-none-match", tag.as_str())]).expect(304);
            assert_eq!(known.header("etag"), Some(tag.as_str()), "{file}");
        }
    }
    assert_eq!(test.app.published.renderings(), renderings);
    // The other addresses of a list show its text too.
    visitor.get("/lists").expect(200).shows("长名单");
}
