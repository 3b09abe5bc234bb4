//! Public pages that are kept: what they are sent as, to whom, and when they are replaced.

mod trouble;

use super::lists::{NOTICE, Scene, scene};
use super::support::app::{TestApp, at};
use super::support::node::Node;
use super::support::{Answer, Client, race, with};
use std::collections::BTreeSet;
use std::io::Read;
use std::time::{Duration, Instant};
use yuanchi::actions::import_list::{ImportedList, ImportedRow, import_lists};
use yuanchi::db::{counters, memberships, published_lists};
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
fn files_of_a_list_last_for_whoever_has_them() {
    let (scene, list) = published();
    let person = scene.test.person("linlaoshi@example.org", &[with(Role::Handler)]);
    let address = |file: &str| format!("/lists/{list}/{file}");
    for file in ["list.json", "list.sig", "proof.json", "list.xlsx", "entries.json"] {
        let path = address(file);
        for client in [&mut scene.test.visitor(), &mut scene.test.visitor(), &mut person.browser()] {
            let first = client.get(&path).expect(200);
            assert_eq!(first.header("cache-control"), Some("public, max-age=31536000, immutable"), "{path}");
            assert_eq!(first.header("vary"), Some("accept-encoding"), "{path}");
            let tag = first.header("etag").unwrap_or_else(|| panic!("{path} has no tag")).to_string();
            let again = ask(client, &path, &[("if-none-match", &tag)]).expect(304);
            assert!(again.body.is_empty() && again.header("etag") == Some(&tag), "{path}");
            assert_eq!(again.header("cache-control"), first.header("cache-control"), "{path}");
            let head = client.send("HEAD", &path, &[], Vec::new()).expect(200);
            assert!(head.body.is_empty() && head.header("etag") == Some(&tag), "{path}");
        }
    }
    // The entries are compressed as pages are, where there are enough of them; a workbook is that as it is.
    let longer = import(&scene.test, "一份长名单".into(), (0..40).map(row).collect());
    for (file, encoding) in [("entries.json", Some("br")), ("list.xlsx", None)] {
        let path = format!("/lists/{longer}/{file}");
        let answer = ask(&mut scene.test.visitor(), &path, &[("accept-encoding", "gzip, br")]).expect(200);
        assert_eq!(answer.header("content-encoding"), encoding, "{file}");
    }
    // One proof, however often it is asked for, and whatever else is published.
    let renderings = scene.test.app.published.renderings();
    import(&scene.test, "另一份名单".into(), vec![row(1)]);
    let proof = scene.test.visitor().get(&address("proof.json")).expect(200);
    assert_eq!(scene.test.app.published.renderings(), renderings);
    assert_eq!(proof.json()["parts"].as_array().map(|parts| parts.len() > 10), Some(true));
    scene.test.visitor().get("/lists/00000000-0000-7000-8000-000000000000/proof.json").expect(404);
}

#[test]
fn files_of_the_pool_are_known_again_and_compressed_while_they_are_made() {
    let (scene, _) = published();
    let mut visitor = scene.test.visitor();
    let past = "/pool.csv?on=2026-03-01";
    let mut tags = BTreeSet::new();
    for path in [
        "/open-data/pool.csv",
        "/open-data/pool.json",
        "/open-data/pool.xlsx",
        "/pool.csv?on=2026-03-02",
        "/pool.json?on=2026-03-02",
        "/pool.xlsx?on=2026-03-02",
        past,
    ] {
        let plain = visitor.get(path).expect(200);
        let tag = plain.header("etag").unwrap_or_else(|| panic!("{path} has no tag")).to_string();
        assert_eq!(
            (plain.header("cache-control"), plain.header("vary"), plain.header("content-encoding")),
            (Some("no-cache"), Some("accept-encoding"), None),
            "{path}"
        );
        let renderings = scene.test.app.published.renderings();
        let small = ask(&mut visitor, path, &[("accept-encoding", "gzip, deflate")]).expect(200);
        assert_eq!(scene.test.app.published.renderings(), renderings, "{path}: once is enough");
        let encoding = (!path.contains("xlsx") && plain.body.len() >= 1024).then_some("gzip");
        assert_eq!((small.header("content-encoding"), small.header("etag")), (encoding, Some(tag.as_str())), "{path}");
        assert_eq!(small.header("content-disposition"), plain.header("content-disposition"), "{path}");
        if encoding.is_some() {
            assert_eq!(small.unzipped().body, plain.body, "{path}");
        }
        for more in [("accept-encoding", "identity"), ("accept-encoding", "gzip")] {
            let same = ask(&mut visitor, path, &[("if-none-match", tag.as_str()), more]).expect(304);
            assert!(same.body.is_empty() && same.header("etag") == Some(&tag), "{path}");
        }
        tags.insert(tag);
    }
    assert_eq!(tags.len(), 7, "each has its own");
    // Whoever has signed in has no other file.
    let mut browser = scene.handler.browser();
    for path in ["/open-data/pool.csv", past] {
        let own = ask(&mut browser, path, &[("accept-encoding", "gzip")]).expect(200);
        let tag = own.header("etag").expect("a tag");
        assert!(tags.contains(tag), "{path}");
        assert_eq!(own.unzipped().body, visitor.get(path).expect(200).body, "{path}");
    }
    let tag_of = |path: &str| scene.test.visitor().get(path).expect(200).header("etag").map(str::to_string);
    let have = |path: &str, tag: &Option<String>| {
        let tag = tag.as_deref().expect("a tag");
        ask(&mut scene.test.visitor(), path, &[("if-none-match", tag)]).status
    };
    let (today, day) = ("/open-data/pool.csv", "/pool.csv?on=2026-03-02");
    let (of_today, of_day, of_past) = (tag_of(today), tag_of(day), tag_of(past));
    // Another day has other rows, what was on a day that is over stays, and a day that ends is told from the record.
    scene.test.set_clock(at("2026-03-02T16:00:00"));
    assert_eq!((have(today, &of_today), have(day, &of_day), have(past, &of_past)), (200, 200, 304));
    let of_day = tag_of(day);
    scene.test.set_clock(at("2026-03-03T16:00:00"));
    assert_eq!((have(day, &of_day), have(past, &of_past)), (304, 304));
    // So has the next publication.
    let (of_today, of_past) = (tag_of(today), tag_of(past));
    import(&scene.test, "再一份名单".into(), vec![row(1)]);
    assert_eq!((have(today, &of_today), have(past, &of_past)), (200, 200));
    // The page of a day that is over is known again too, and compressed for whoever takes it.
    let path = "/pool?on=2026-03-02";
    let page = visitor.get(path).expect(200).shows("佛山智造1有限公司");
    let small = ask(&mut visitor, path, &[("accept-encoding", "gzip")]).expect(200);
    assert_eq!((small.header("content-encoding"), &small.unzipped().body), (Some("gzip"), &page.body));
    assert_eq!(have(path, &page.header("etag").map(str::to_string)), 304);
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
fn assets_are_kept_under_the_address_of_their_content_alone() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    let css = yuanchi::web::assets::address("app.css");
    for encoding in ["identity", "gzip", "br"] {
        let answer = ask(&mut visitor, &css, &[("accept-encoding", encoding)]).expect(200);
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(answer.header("content-encoding").unwrap_or("identity"), encoding);
        let tag = answer.header("etag").expect("a tag").to_string();
        ask(&mut visitor, &css, &[("accept-encoding", encoding), ("if-none-match", &tag)]).expect(304);
    }
    let moved = visitor.get("/assets/0000000000000000/app.css").expect(307);
    assert_eq!((moved.location(), moved.header("cache-control")), (css, Some("no-cache")));
    visitor.get("/assets/0000000000000000/other.css").expect(404);
    let icon = visitor.get("/favicon.ico").expect(307).location();
    assert_eq!(visitor.get(&icon).expect(200).header("content-type"), Some("image/svg+xml"));
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

#[test]
fn a_herd_is_served_by_one_rendering() {
    let (scene, list) = published();
    scene.test.visitor().get(&format!("/lists/{list}")).expect(200);
    let path = "/lists".to_string();
    for _ in 0..2 {
        let before = scene.test.app.published.renderings();
        let mut visitors: Vec<Client> = (0..24).map(|_| scene.test.visitor()).collect();
        let path = &path;
        let answers = race::together(visitors.iter_mut().map(|visitor| move || visitor.get(path)));
        for answer in &answers {
            assert_eq!((answer.status, &answer.body), (200, &answers[0].body));
        }
        assert_eq!(scene.test.app.published.renderings() - before, 1);
        // Something public changes, and all of them come back.
        let (rows, name) = (vec![row(1)], format!("名单{before}"));
        import(&scene.test, name, rows);
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
fn a_publication_shows_on_every_node() {
    let mut scene = scene();
    let other = Node::beside(&scene.test);
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    let (mut here, mut there) = (scene.test.visitor(), other.visitor());
    for path in ["/", "/lists"] {
        let before = here.get(path).expect(200).hides("2026年名单");
        assert_eq!(there.get(path).expect(200).hides("2026年名单").body, before.body);
    }
    here.get(&format!("/lists/{id}")).expect(404);
    scene.publish(&scene.approver, id).expect("it is published");
    let begun = Instant::now();
    for path in ["/", "/lists", &format!("/lists/{id}")] {
        here.get(path).expect(200).shows("2026年名单");
        // The other looks four times a second; a test waits longer before it calls that never.
        while !there.get(path).text().contains("2026年名单") {
            assert!(begun.elapsed() < Duration::from_secs(20), "{path} does not show there");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn only_what_is_public_moves_the_version() {
    let (scene, _) = published();
    let version = || scene.test.read(|tx| Ok(counters::current(tx.db, counters::PUBLIC)?));
    let before = version();
    assert!(before > 0);
    assert_eq!(scene.test.app.published.version(), before, "this node knows at once");
    drop((scene.handler.browser(), scene.handler.api()));
    assert_eq!(version(), before, "signing in is nobody's business");
    import(&scene.test, "另一份名单".into(), vec![row(1)]);
    assert_eq!(version(), before + 1);
    // Particulars of an applicant show nowhere; those of a member do.
    let applicant = scene.test.organisation("914406000000099999", "申报单位", "440604");
    let member = scene.test.read(|tx| {
        use diesel::prelude::*;
        Ok(yuanchi::db::schema::memberships::table
            .select(yuanchi::db::schema::memberships::organisation_id)
            .first::<yuanchi::domain::ids::OrganisationId>(tx.db)?)
    });
    assert!(scene.test.read(|tx| Ok(memberships::is_public(tx.db, member)?)));
    for (organisation, moved) in [(applicant, 0), (member, 1)] {
        let before = version();
        scene.test.write(move |tx| {
            let record = yuanchi::actions::Record {
                subject_kind: "organisation",
                subject_id: organisation.as_text(),
                action: "organisation.changed",
                ..Default::default()
            };
            tx.record(&Actor::system(), record)
        });
        assert_eq!(version() - before, moved);
    }
}

#[test]
fn a_page_with_a_clock_changes_at_its_instant() {
    let scene = scene();
    let notice = format!("/notices/{NOTICE}");
    let mut visitor = scene.test.visitor();
    // The notice ends with 12 January in Guangdong, 16:00 UTC.
    for (instant, says, hides) in [
        ("2026-01-10T15:59:59", "还剩 3 天", "公示期满"),
        ("2026-01-10T16:00:00", "还剩 2 天", "还剩 3 天"),
        ("2026-01-11T16:00:00", "今天截止", "还剩 2 天"),
        ("2026-01-12T15:59:59", "今天截止", "公示期满"),
        ("2026-01-12T16:00:00", "公示期满", "还剩"),
        // A clock that goes back does not show the future either.
        ("2026-01-12T15:00:00", "今天截止", "公示期满"),
    ] {
        scene.test.set_clock(at(instant));
        for path in ["/notices", notice.as_str()] {
            visitor.get(path).expect(200).shows(says).hides(hides);
            let renderings = scene.test.app.published.renderings();
            visitor.get(path).expect(200).shows(says);
            assert_eq!(scene.test.app.published.renderings(), renderings, "{path} at {instant} is kept until then");
        }
    }
    // The call closed on 1 December at eight in Guangdong. Its own page, the list of calls and the front page say the same.
    let call = format!("/calls/{}", scene.call);
    for (instant, says) in [
        ("2025-11-28T15:59:59", "还剩 4 天"),
        ("2025-11-28T16:00:00", "还剩 3 天"),
        ("2025-11-29T16:00:00", "还剩 2 天"),
        ("2025-11-30T16:00:00", "今天截止"),
        ("2025-11-30T23:59:59", "今天截止"),
    ] {
        scene.test.set_clock(at(instant));
        for path in ["/", "/calls", call.as_str()] {
            visitor.get(path).expect(200).shows(says);
        }
    }
    visitor.get(&call).expect(200).shows("申报中");
    scene.test.set_clock(at("2025-12-01T00:00:00"));
    visitor.get("/").expect(200).hides("2026 年服务商申报");
    visitor.get(&call).expect(200).shows("已截止");
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
