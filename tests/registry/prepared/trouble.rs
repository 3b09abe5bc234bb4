//! What is public while something fails.

use super::super::lists::{NOTICE, scene, scene_on};
use super::super::support::app::TestApp;
use super::super::support::proxy::Proxy;
use std::time::{Duration, Instant};
use yuanchi::db::{counters, published_lists};
use yuanchi::domain::procedure::State;

/// A database that can be taken away: the wire to the server; on SQLite, which is part of the program, the tables that
/// the pages are made from.
struct Away<'a> {
    test: &'a TestApp,
    wire: Option<Proxy>,
}

impl Away<'_> {
    /// Takes it away, asks what the program does at that moment, and waits until it has noticed.
    fn begin(&self, at_that_moment: impl FnOnce()) {
        match &self.wire {
            Some(wire) => wire.cut(),
            None => self.test.tamper("ALTER TABLE counters RENAME TO counters_away"),
        }
        at_that_moment();
        self.wait(true);
    }

    fn end(&self) {
        match &self.wire {
            Some(wire) => wire.mend(),
            None => self.test.tamper("ALTER TABLE counters_away RENAME TO counters"),
        }
        self.wait(false);
    }

    fn wait(&self, away: bool) {
        let begun = Instant::now();
        while self.test.app.published.is_away() != away {
            assert!(begun.elapsed() < Duration::from_secs(60), "the watch does not notice");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn published_pages_are_shown_while_the_database_is_away() {
    let mut wire = None;
    let test = TestApp::start_with(|config| {
        if !config.database.url.is_empty() {
            let (proxy, url) = Proxy::before(&config.database.url);
            config.database.url = url;
            wire = Some(proxy);
        }
    });
    let mut scene = scene_on(test);
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    let (list, csv) = (format!("/lists/{id}"), format!("/lists/{id}/list.csv"));
    let mut visitor = scene.test.visitor();
    let tag = visitor.get(&list).expect(200).hides("系统数据暂时无法读取").header("etag").map(str::to_string);
    let rows = visitor.get(&csv).expect(200).body;
    // What is asked for by a category or by a day, and the short files of the pool, are there too.
    let asked = [
        "/lists?category=service_provider".to_string(),
        "/lists?year=2026&category=service_provider".into(),
        "/pool?on=2026-03-01".into(),
        "/pool.csv?on=2026-03-01".into(),
        "/pool.json?on=2026-03-02".into(),
        "/open-data/pool.csv".into(),
        "/open-data/pool.json".into(),
        "/open-data/pool.xlsx".into(),
        format!("/notices/{NOTICE}/print"),
    ];
    for path in &asked {
        visitor.get(path).expect(200).hides("系统数据暂时无法读取");
    }
    let mut officer = scene.handler.browser();
    // A list that nobody opens is made ready all the same.
    scene.noticed(State::InNotice, "佛山市");
    let unopened = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, unopened).expect("it is published");
    std::thread::sleep(Duration::from_secs(3));
    let away = Away { test: &scene.test, wire };
    for _ in 0..2 {
        let mut first = scene.test.visitor();
        away.begin(|| {
            // Nobody has noticed yet: what is published is shown all the same, and whoever needs the database is not
            // left to wait as long as for one that is merely busy.
            let begun = Instant::now();
            first.get(&list).expect(200).shows("佛山智造1有限公司");
            if away.wire.is_some() {
                first.get("/api/v1/calls").expect(503);
                assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
            }
        });
        let shown = visitor.get(&list).expect(200).shows("佛山智造1有限公司");
        // The morning of the test, nine o'clock in Guangdong.
        let shown = shown.shows("系统数据暂时无法读取，本页为截至 2026年3月2日 09:00");
        assert_eq!((shown.header("etag"), shown.header("cache-control")), (None, Some("no-store")));
        assert_eq!(shown.header("x-as-of"), Some("2026-03-02T09:00:00+08:00"));
        // Whoever has the page already is told too.
        let have = [("if-none-match", tag.as_deref().unwrap_or_default())];
        visitor.send("GET", &list, &have, Vec::new()).expect(200).shows("系统数据暂时无法读取");
        let shown = visitor.get(&csv).expect(200);
        assert_eq!((shown.header("x-as-of"), &shown.body), (Some("2026-03-02T09:00:00+08:00"), &rows));
        for path in &asked {
            let kept = visitor.get(path).expect(200);
            assert!(kept.header("x-as-of").is_some() && !kept.body.is_empty(), "{path}");
            assert_eq!(kept.header("cache-control"), Some("no-store"), "{path}");
            let is_page = kept.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
            assert_eq!(kept.text().contains("系统数据暂时无法读取"), is_page, "{path}");
        }
        // However it is written.
        visitor.get("/lists?q=&page=1&category=service%5Fprovider&year=").expect(200);
        let shown = visitor.get(&format!("/lists/{unopened}")).expect(200).shows("佛山智造2有限公司");
        assert!(shown.header("x-as-of").is_some());
        visitor.get(&format!("/lists/{unopened}/list.csv")).expect(200).shows("佛山智造2有限公司");
        let text = visitor.get(&format!("/lists/{unopened}/list.json")).expect(200).shows("佛山智造2有限公司");
        assert_eq!(text.header("x-as-of"), None, "what was signed is never another");
        for file in ["entries.json", "list.xlsx"] {
            let kept = visitor.get(&format!("/lists/{unopened}/{file}")).expect(200);
            assert_eq!(kept.header("x-as-of"), None, "{file}: nor is what was published");
            assert_eq!(kept.header("cache-control"), Some("public, max-age=31536000, immutable"), "{file}");
            assert!(kept.header("content-disposition").is_some() && !kept.body.is_empty(), "{file}");
        }
        // A page that nobody had asked for is not there, and says so at once.
        visitor.get("/pool?on=2026-02-01").expect(503);
        visitor.get("/lists?category=feature_platform").expect(503);
        let missing = visitor.get("/notices").expect(503).shows("系统繁忙").hides("没有丢失");
        assert_eq!(missing.header("retry-after"), Some("2"));
        // What a certificate is worth is not said by what may be old.
        for path in ["/certificates/YC-2026-00000000", "/api/v1/certificates/YC-2026-00000000"] {
            let unsure = visitor.get(path).expect(503);
            assert_eq!(unsure.header("retry-after"), Some("2"), "{path}");
        }
        if away.wire.is_some() {
            let begun = Instant::now();
            visitor.get("/api/v1/calls").expect(503);
            assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
            let own = officer.get("/desk").expect(503);
            assert_eq!(own.header("retry-after"), Some("2"));
            // Neither a program nor whoever takes a file away has filled in anything.
            visitor.get("/pool.csv").expect(503).shows("系统繁忙").hides("没有丢失");
            let api = visitor.get("/api/v1/lists").expect(503).shows("系统繁忙").hides("没有丢失");
            assert_eq!((api.code().as_str(), api.header("retry-after")), ("busy", Some("2")));
        }
        away.end();
        let again = visitor.get(&list).expect(200).hides("系统数据暂时无法读取");
        assert_eq!(again.header("etag").map(str::to_string), tag, "nothing had changed");
    }
    visitor.get("/notices").expect(200);
    officer.get("/desk").expect(200);
}

#[test]
fn a_server_that_hangs_is_away_before_anybody_has_waited_for_long() {
    let mut wire = None;
    let test = TestApp::start_with(|config| {
        config.database.patience_ms = 1_000;
        if !config.database.url.is_empty() {
            let (proxy, url) = Proxy::before(&config.database.url);
            config.database.url = url;
            wire = Some(proxy);
        }
    });
    // SQLite is a part of the program: there is no wire that could hang.
    if wire.is_none() {
        return;
    }
    let mut scene = scene_on(test);
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    let list = format!("/lists/{id}");
    let mut visitor = scene.test.visitor();
    visitor.get(&list).expect(200).hides("系统数据暂时无法读取");
    let away = Away { test: &scene.test, wire };
    let wire = away.wire.as_ref().expect("a wire");
    wire.hang();
    let begun = Instant::now();
    // At that moment too.
    visitor.get(&list).expect(200).shows("佛山智造1有限公司");
    away.wait(true);
    visitor.get(&list).expect(200).shows("系统数据暂时无法读取").shows("佛山智造1有限公司");
    let api = visitor.get("/api/v1/calls").expect(503);
    assert_eq!((api.code().as_str(), api.header("retry-after")), ("busy", Some("2")));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    wire.mend();
    away.wait(false);
    visitor.get(&list).expect(200).hides("系统数据暂时无法读取");
    visitor.get("/api/v1/calls").expect(200);
}

#[test]
fn a_publication_that_fails_half_way_leaves_nothing_visible() {
    let mut scene = scene();
    let (application, vendor) = scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    let test = &scene.test;
    let mut visitor = test.visitor();
    let pages = || {
        let mut visitor = test.visitor();
        ["/", "/lists", "/providers"].map(|path| {
            let page = visitor.get(path).expect(200).hides("2026年名单").hides("佛山智造1有限公司");
            page.header("etag").map(str::to_string)
        })
    };
    test.run_jobs();
    let before = (pages(), test.letters().len());
    // The record of the publication is the last that is written; by then everything else is.
    test.tamper(if test.on_postgres() {
        "CREATE TRIGGER half_way BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.action = 'list.published') \
         EXECUTE FUNCTION refuse_change()"
    } else {
        "CREATE TRIGGER half_way BEFORE INSERT ON events WHEN NEW.action = 'list.published' \
         BEGIN SELECT RAISE(ABORT, 'half way'); END"
    });
    let version = || test.read(|tx| Ok(counters::current(tx.db, counters::PUBLIC)?));
    let moved = version();
    scene.publish(&scene.approver, id).expect_err("it fails");
    test.run_jobs();
    assert_eq!((pages(), test.letters().len()), before);
    assert_eq!(version(), moved, "nothing to replace");
    for path in ["", "/list.csv", "/list.json"] {
        visitor.get(&format!("/lists/{id}{path}")).expect(404);
    }
    let (members, state) = test.read(|tx| {
        let scope = yuanchi::domain::scope::Scope::everything();
        let members = published_lists::certificates(tx.db, id)?.len();
        Ok((members, yuanchi::db::applications::find(tx.db, &scope, application)?.state))
    });
    assert_eq!((members, state), (0, State::InNotice));
    assert!(test.letters_to(&vendor.email).is_empty());

    test.tamper(if test.on_postgres() { "DROP TRIGGER half_way ON events" } else { "DROP TRIGGER half_way" });
    scene.publish(&scene.approver, id).expect("it is published");
    visitor.get(&format!("/lists/{id}")).expect(200).shows("佛山智造1有限公司");
    for path in ["/", "/lists"] {
        visitor.get(path).expect(200).shows("2026年名单");
    }
}
