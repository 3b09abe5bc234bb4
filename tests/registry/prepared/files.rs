//! Files that are kept: of lists, of the pool, and what pages are dressed with.

use super::{ask, import, published, row};
use crate::support::app::{TestApp, at};
use crate::support::with;
use std::collections::BTreeSet;
use yuanchi::domain::actor::Role;

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
