//! The service itself: start, readiness, mail, checkpoints, invariants.

use super::support::people::PASSWORD;
use super::support::{Client, TestApp, expert, with};
use chrono::Duration;
use serde_json::json;
use yuanchi::actions::post::Reader;
use yuanchi::config::Config;
use yuanchi::db::page::Pager;
use yuanchi::db::{self, mails};
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::ExpertId;
use yuanchi::domain::status::MailStanding;
use yuanchi::error::Error;
use yuanchi::jobs;
use yuanchi::mail::SendProblem;

#[test]
fn it_answers_and_a_person_signs_in_and_out() {
    let test = TestApp::start();
    let mut browser = test.visitor();
    browser.open("/healthz").shows("ok");
    browser.open("/readyz").shows("ready");
    test.person_with_password("auditor@example.org", &[with(Role::Auditor)]);
    browser.open("/session/new");
    browser.submit("/session", &[("email", "auditor@example.org"), ("password", "wrong")]).expect(422);
    let answer = browser.submit("/session", &[("email", "auditor@example.org"), ("password", PASSWORD)]).expect(303);
    assert_eq!(answer.location(), "/desk");
    assert!(browser.cookie("__Host-sid").is_some(), "{answer}");
    assert_eq!(browser.get("/session/new").expect(303).location(), "/desk");
}

#[test]
fn links_lead_to_the_port_that_is_listened_on() {
    let test = TestApp::start();
    let here = format!("http://{}/", test.address);
    let link = test.write(yuanchi::actions::offices::bootstrap_link).expect("nobody is there yet");
    let path = link.strip_prefix(here.trim_end_matches('/')).unwrap_or_else(|| panic!("{link} is not at {here}"));
    test.visitor().open(path);
    test.person_with_password("anna@example.org", &[]);
    let mut browser = test.visitor();
    browser.open("/password/new");
    browser.submit("/password", &[("email", "anna@example.org")]);
    test.run_jobs();
    let letters = test.letters_to("anna@example.org");
    assert!(letters.iter().any(|letter| letter.text.contains(&here)), "{letters:?}");
}

#[test]
fn what_is_set_is_what_links_begin_with_and_the_forms_check_is_the_hosts() {
    let test = TestApp::start_with(|config| config.server.base_url = "https://pool.example".into());
    let link = test.write(yuanchi::actions::offices::bootstrap_link).expect("nobody is there yet");
    assert!(link.starts_with("https://pool.example/setup/"), "{link}");
    // Behind a proxy the host of the request counts, not the address of the links.
    test.person_with_password("anna@example.org", &[]);
    let mut browser = test.visitor();
    browser.open("/session/new");
    let answer = browser.submit("/session", &[("email", "anna@example.org"), ("password", PASSWORD)]).expect(303);
    let mut cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value);
    let cookie = cookies.find(|cookie| cookie.starts_with("__Host-sid=")).expect("the session's cookie");
    for part in ["Secure", "HttpOnly", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

fn post(test: &TestApp, address: &str) {
    let address = address.to_string();
    test.write(move |tx| {
        let reader = Reader { account: None, address: &address, language: "zh-CN" };
        tx.post(reader, "test", "/somewhere", &[])
    });
}

#[test]
fn mail_is_tried_again_and_one_bad_mail_stops_no_other() {
    let mut test = TestApp::start();
    test.expect_lost_mail();
    for address in ["one@example.org", "two@example.org", "three@example.org"] {
        post(&test, address);
    }
    test.post_office().fail_next(SendProblem::Temporary("450 later".into()));
    test.post_office().fail_next(SendProblem::Permanent("550 nobody".into()));
    let delivered = jobs::deliver_mail(&test.app).expect("a turn");
    assert_eq!((delivered.sent, delivered.failed), (1, 2));
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").sent, 0, "not before its time");
    test.advance(Duration::minutes(1));
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").sent, 1, "the second attempt");
    let given_up = test.read(|tx| Ok(mails::list(tx.db, Some(MailStanding::Failed), Pager::new(None, None))?));
    assert_eq!(given_up.total, 1);
    assert_eq!(given_up.items[0].last_error.as_deref(), Some("550 nobody"));
    let letters = test.letters();
    assert_eq!(letters.len(), 2);
    assert!(letters[0].text.contains("[mail-test-body]") && letters[0].message_id.starts_with('<'));
}

#[test]
fn a_dead_mail_server_is_given_up_after_two_days_and_not_before() {
    let mut test = TestApp::start();
    test.expect_lost_mail();
    post(&test, "one@example.org");
    let mut attempts = 0;
    for _ in 0..100 {
        test.post_office().fail_next(SendProblem::Temporary("no route".into()));
        attempts += jobs::deliver_mail(&test.app).expect("a turn").failed;
        test.advance(Duration::hours(1));
    }
    assert_eq!(attempts, 10);
    assert!(test.letters().is_empty());
}

#[test]
fn a_sender_that_died_gives_its_mail_back() {
    let test = TestApp::start();
    post(&test, "one@example.org");
    let claimed = test.write(|tx| Ok(mails::claim(tx.db, tx.now, tx.now + Duration::minutes(5), 50)?));
    assert_eq!(claimed.len(), 1);
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").sent, 0, "another sender has it");
    test.advance(Duration::minutes(6));
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").sent, 1);
}

#[test]
fn c_61_checkpoints_cover_what_moved_and_can_be_carried_away() {
    let test = TestApp::start();
    let person = test.person("auditor@example.org", &[with(Role::Auditor)]);
    drop(person.browser());
    assert_eq!(jobs::take_checkpoints(&test.app).expect("a checkpoint"), 1);
    assert_eq!(jobs::take_checkpoints(&test.app).expect("a checkpoint"), 0, "nothing has moved");
    drop(person.browser());
    assert_eq!(jobs::take_checkpoints(&test.app).expect("a checkpoint"), 1);
    let exports = jobs::read_exports(&test.dir.join("checkpoints")).expect("exports");
    assert_eq!(exports.len(), 2);
    assert!(exports.iter().all(|export| export.check().is_ok()));
    assert_eq!(exports[1].leaves[0].seq, 4);
    assert_eq!(exports[1].checkpoint.previous, exports[0].checkpoint.hash());
}

/// By the turns of the service's own jobs, in whatever rhythm these come.
#[test]
fn c_61_a_checkpoint_is_taken_when_an_hour_has_passed_and_not_before() {
    let test = TestApp::start();
    let person = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let folder = test.dir.join("checkpoints");
    let taken = || jobs::read_exports(&folder).expect("exports").len();
    let mut due = jobs::Due::at(test.now());
    due.round(&test.app);
    assert_eq!(taken(), 1, "the first one covers what was there");
    for (minutes, expected) in [(0, 1), (30, 1), (29, 1), (1, 2), (0, 2), (59, 2), (1, 3)] {
        test.advance(Duration::minutes(minutes));
        drop(person.browser());
        due.round(&test.app);
        assert_eq!(taken(), expected, "at {}", test.now());
    }
    // What happened before the last one is covered by it, and so nothing is older than an hour and not covered.
    assert_eq!(jobs::take_checkpoints(&test.app).expect("none"), 0);
}

#[test]
fn c_61_two_processes_never_write_one_checkpoint_twice() {
    let test = TestApp::start();
    for round in 0..5 {
        test.person(&format!("p{round}@example.org"), &[]).browser();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| test.app.write_now(yuanchi::actions::checkpoints::take).expect("one or none"));
            }
        });
    }
    let last = test.read(|tx| Ok(db::checkpoints::last(tx.db)?)).expect("a checkpoint");
    assert_eq!(last.number, 5);
}

/// More often than there are connections, and in the one thread that writes to the embedded database.
#[test]
fn c_64_a_panic_within_a_transaction_undoes_it_and_leaves_every_connection() {
    let test = TestApp::start();
    let person = test.person("anna@example.org", &[with(Role::Auditor)]);
    let id = person.id;
    for round in 0..40 {
        let app = test.app.clone();
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            if round % 2 == 0 {
                app.write_now(move |tx| -> Result<(), Error> {
                    db::accounts::set_password(tx.db, id, "half done")?;
                    panic!("on purpose, half way through a change")
                })
            } else {
                app.read_now(|_| -> Result<(), Error> { panic!("on purpose, while reading") })
            }
        }));
        assert!(!matches!(ended, Ok(Ok(()))), "round {round}");
    }
    assert_eq!(test.read(|tx| Ok(db::accounts::find(tx.db, id)?)).password_hash, None, "what was begun is undone");
    test.visitor().get("/readyz").expect(200);
    // Signing in writes.
    person.browser().open("/events");
}

#[test]
fn what_is_of_no_more_use_is_cleared_away_and_the_rest_stays() {
    let test = TestApp::start();
    let person = test.person("auditor@example.org", &[with(Role::Auditor)]);
    drop((person.browser(), person.api()));
    assert_eq!(jobs::clear_away(&test.app).expect("cleared"), jobs::Cleared::default());
    test.advance(Duration::days(40));
    assert_eq!(jobs::clear_away(&test.app).expect("cleared").sessions, 2);
    test.run_jobs();
}

#[test]
fn a_spent_set_up_link_says_how_to_come_to_another() {
    let test = TestApp::start();
    test.visitor().get("/setup/spent").expect(422).shows("设置链接无效、已使用或已过期").shows("请重新启动服务");
}

#[test]
fn who_is_refused_or_finds_nothing_is_told_the_number_of_the_request() {
    let test = TestApp::start();
    let mut handler = test.person("handler@example.org", &[with(Role::Handler)]).browser();
    for (path, status) in [("/accounts", 403), ("/nowhere", 404), ("/calls/nothing", 404)] {
        let answer = handler.get(path).expect(status);
        let number = answer.header("x-request-id").expect("a number").to_string();
        answer.shows(&number);
    }
}

#[test]
fn the_record_is_the_auditors_to_read() {
    let test = TestApp::start();
    let person = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let mut browser = person.browser();
    let subject = format!("/events/account/{}", person.id);
    browser.open("/events").shows(&subject).shows("登录 account.signed_in").shows("账号 ");
    browser.open("/events?action=account.signed_in").shows(&subject);
    // What nothing records is told, not answered with an empty list, and so is a time that ends before it begins.
    let unknown = browser.get("/events?action=nothing.done").expect(422).hides(&subject);
    unknown.shows("没有“nothing.done”这一选项");
    browser.get("/events?from=2026-03-02&to=2026-03-01").expect(422).shows("截止日期不能早于起始日期");
    browser.get("/events/record.json?action=nothing.done").expect(422);
    let mut api = person.api();
    for (query, field, code) in
        [("action=nothing.done", "action", "filter_unknown"), ("from=2026-03-02&to=2026-03-01", "to", "events_order")]
    {
        let answer = api.get(&format!("/api/v1/events?{query}")).expect(422).json();
        assert_eq!((&answer["fields"][0]["path"], &answer["fields"][0]["code"]), (&json!(field), &json!(code)));
    }
    // The one who acted is found by name, by address and by id.
    browser.open("/events");
    for actor in ["auditor", "auditor@example.org", person.id.as_text()] {
        browser.submit("/events/search", &[("actor", actor)]).expect(200).shows(&subject);
    }
    browser.submit("/events/search", &[("actor", "somebody-else")]).expect(200).hides(&subject);
    // In an address stands the id alone: what names somebody there is passed over.
    browser.open(&format!("/events?actor={}", person.id)).shows(&subject);
    browser.open("/events?actor=somebody-else").shows(&subject).hides("somebody-else");
    browser.open(&format!("/events/account/{}", person.id)).shows("校验通过");
    browser.get("/events/account/nothing").expect(404);
}

#[test]
fn a_broken_chain_is_shown_with_its_first_bad_event() {
    let mut test = TestApp::start();
    if test.on_postgres() {
        return;
    }
    test.expect_violations();
    let person = test.person("auditor@example.org", &[with(Role::Auditor)]);
    drop(person.browser());
    let mut browser = person.browser();
    test.tamper("DROP TRIGGER events_no_update; UPDATE events SET role = 'x' WHERE seq = 2");
    browser.open(&format!("/events/account/{}", person.id)).shows("第 2 条");
}

/// What the figures say of one of them.
fn figure(figures: &str, name: &str) -> Option<i64> {
    figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

#[test]
fn figures_are_there_for_whoever_watches_and_name_nobody() {
    const TOKEN: &str = "a-long-token-of-the-watcher";
    let mut test = TestApp::start_with(|config| config.server.metrics_token = TOKEN.into());
    test.expect_lost_mail();
    let figures = |test: &TestApp| test.visitor().get("/metrics").expect(200).text();
    let before = figures(&test);
    for (name, expected) in [
        ("yuanchi_build_info{version=\"0.1.0\"}", Some(1)),
        ("yuanchi_database_up", Some(1)),
        ("yuanchi_database_connections_max", Some(4)),
        ("yuanchi_reviews_open", Some(0)),
        ("yuanchi_expert_sessions", Some(0)),
        ("yuanchi_mails{standing=\"waiting\"}", Some(0)),
        ("yuanchi_mails{standing=\"held\"}", Some(0)),
        ("yuanchi_mails{standing=\"failed\"}", Some(0)),
        ("yuanchi_checkpoint_age_seconds", None),
    ] {
        assert_eq!(figure(&before, name), expected, "{name} in\n{before}");
    }
    // One mail is given up, one is sent, one waits.
    for address in ["one@example.org", "two@example.org"] {
        post(&test, address);
    }
    test.post_office().fail_next(SendProblem::Permanent("550 nobody".into()));
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").failed, 1);
    post(&test, "three@example.org");
    // An expert is signed in twice, an auditor once.
    let known = ExpertId::new(&*test.app.env.ids);
    test.tamper(&format!(
        "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at) \
         VALUES ('{known}', '李四', 'e@example.org', 'e@example.org', '某大学', '教授', '[]', 10, 'active', \
         '2026-01-01 00:00:00')"
    ));
    let scorer = test.person("e@example.org", &[expert(known)]);
    drop((scorer.browser(), scorer.api()));
    drop(test.person("auditor@example.org", &[with(Role::Auditor)]).browser());
    assert_eq!(jobs::take_checkpoints(&test.app).expect("a checkpoint"), 1);
    test.advance(Duration::seconds(90));
    test.visitor().get("/nothing").expect(404);
    let after = figures(&test);
    for (name, expected) in [
        ("yuanchi_expert_sessions", 2),
        ("yuanchi_mails{standing=\"waiting\"}", 1),
        ("yuanchi_mails{standing=\"failed\"}", 1),
        ("yuanchi_checkpoint_age_seconds", 90),
    ] {
        assert_eq!(figure(&after, name), Some(expected), "{name} in\n{after}");
    }
    let class = |figures: &str, class: &str| {
        figure(figures, &format!("yuanchi_requests_total{{class=\"{class}\"}}")).expect("a class")
    };
    assert_eq!(class(&after, "4xx"), class(&before, "4xx") + 1);
    assert!(class(&after, "2xx") > class(&before, "2xx") && class(&after, "5xx") == 0);
    // Each figure is explained before it is told, and tells of nobody.
    let mut explained = String::new();
    for line in after.lines() {
        match line.strip_prefix("# TYPE ").and_then(|rest| rest.split_once(' ')) {
            Some((name, kind)) => {
                assert!(["gauge", "counter"].contains(&kind), "{line}");
                explained = name.to_string();
            }
            None if line.starts_with("# HELP ") => {}
            None => assert_eq!(line.split(['{', ' ']).next(), Some(explained.as_str()), "{line}"),
        }
    }
    assert!(!after.contains("example.org") && !after.contains(scorer.id.as_text()));
}

#[test]
fn c_64_figures_are_for_this_machine_or_for_the_token() {
    const TOKEN: &str = "a-long-token-of-the-watcher";
    const BY_PROXY: (&str, &str) = ("x-forwarded-for", "203.0.113.7");
    for token in ["", TOKEN] {
        let test = TestApp::start_with(|config| config.server.metrics_token = token.into());
        let ask = |mut client: Client, headers: &[(&str, &str)]| client.send("GET", "/metrics", headers, Vec::new());
        let answer = ask(test.visitor(), &[]).expect(200);
        assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let refused = ask(test.visitor(), &[BY_PROXY]).expect(401).hides("yuanchi_");
        assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
        ask(test.visitor().with_bearer("another".into()), &[BY_PROXY]).expect(401);
        let opened = if token.is_empty() { 401 } else { 200 };
        ask(test.visitor().with_bearer(TOKEN.into()), &[BY_PROXY]).expect(opened);
        // Who has signed in is no watcher.
        let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
        ask(keeper.browser(), &[BY_PROXY]).expect(401);
        ask(keeper.api(), &[BY_PROXY]).expect(401);
    }
}

/// Asks again after the last trial has gone stale.
fn ready(test: &TestApp) -> super::support::Answer {
    test.advance(Duration::seconds(2));
    test.visitor().get("/readyz")
}

#[test]
fn it_is_not_ready_when_documents_cannot_be_stored() {
    let test = TestApp::start();
    ready(&test).expect(200).shows("ready");
    let (folder, aside) = (test.dir.join("objects/incoming"), test.dir.join("objects/aside"));
    std::fs::rename(&folder, &aside).expect("taken away");
    // Whoever asks at once is told what is known; a moment later it is tried anew.
    test.visitor().get("/readyz").expect(200);
    ready(&test).expect(503).shows("storage cannot be written").hides("database");
    test.visitor().get("/healthz").expect(200);
    std::fs::rename(&aside, &folder).expect("put back");
    ready(&test).expect(200);
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 0, "a trial leaves nothing behind");
}

#[test]
fn it_is_not_ready_when_the_database_is_only_readable() {
    let test = TestApp::start();
    test.tamper(if test.on_postgres() {
        "CREATE TRIGGER only_read BEFORE INSERT OR UPDATE ON counters FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    } else {
        "CREATE TRIGGER only_read BEFORE INSERT ON counters BEGIN SELECT RAISE(ABORT, 'read-only'); END"
    });
    ready(&test).expect(503).shows("database cannot be written").hides("storage");
    test.tamper(if test.on_postgres() { "DROP TRIGGER only_read ON counters" } else { "DROP TRIGGER only_read" });
    for _ in 0..3 {
        ready(&test).expect(200);
    }
    let rows = test.read(|tx| {
        use diesel::prelude::*;
        let own = yuanchi::db::schema::counters::name.eq("readiness");
        Ok(yuanchi::db::schema::counters::table.filter(own).count().get_result::<i64>(tx.db)?)
    });
    assert_eq!(rows, 1, "asking often adds nothing");
}

#[test]
fn a_database_that_does_not_answer_is_not_waited_for() {
    use diesel::connection::SimpleConnection;
    let test = TestApp::start();
    let mut other = db::Db::open(&test.database_url()).expect("the database opens");
    let hold =
        if test.on_postgres() { "BEGIN; LOCK TABLE counters IN ACCESS EXCLUSIVE MODE" } else { "BEGIN IMMEDIATE" };
    other.batch_execute(hold).expect("held");
    let begun = std::time::Instant::now();
    ready(&test).expect(503).shows("database cannot be written");
    assert!(begun.elapsed() < std::time::Duration::from_secs(8), "{:?}", begun.elapsed());
    other.batch_execute("ROLLBACK").expect("let go");
    ready(&test).expect(200);
}

#[test]
fn a_database_whose_file_is_gone_is_not_made_anew() {
    let test = TestApp::start();
    if test.on_postgres() {
        return;
    }
    let url = test.database_url();
    let file = std::path::Path::new(url.strip_prefix("sqlite://").expect("an embedded one"));
    let aside = test.dir.join("moved.db");
    ready(&test).expect(200);
    std::fs::rename(file, &aside).expect("moved away");
    assert!(db::Db::open(&url).is_err(), "a connection is refused");
    ready(&test).expect(503).shows("database cannot be written");
    let mut command = super::program::program(&test);
    let refused = command.args(["--json", "fsck"]).output().expect("it runs");
    assert!(super::program::said(&refused).contains("there is no database here"), "{refused:?}");
    assert_eq!(refused.status.code(), Some(1));
    assert!(!file.exists(), "none was made");
    std::fs::rename(&aside, file).expect("put back");
    ready(&test).expect(200);
}

#[test]
fn an_address_that_cannot_be_read_is_answered_with_a_page() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    let is_page = |answer: &super::support::Answer| {
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{answer}");
    };
    // A number that is none counts as not said.
    for query in ["page=abc", "page=", "page=99999999999999999999", "page=1.5", "year=abc", "year=", "page=x&year=x"] {
        is_page(&visitor.get(&format!("/calls?{query}")).expect(200));
        is_page(&visitor.get(&format!("/notices?{query}")).expect(200));
    }
    is_page(&visitor.get("/notices/00000000-0000-7000-8000-000000000000?page=x").expect(404).shows("页面不存在"));
    // What stands twice is not guessed at.
    for address in [
        "/pool?on=2026-01-01&on=2026-01-02",
        "/pool.csv?on=2026-01-01&on=2026-01-02",
        "/certificates/YC-2026-00000000?on=2026-01-01&on=2026-01-02",
        "/verify?number=a&number=b",
        "/lists?q=a&q=b",
        "/notices?page=1&page=2",
    ] {
        is_page(&visitor.get(address).expect(422).shows("同一条件写了两次").hides("deserialize"));
    }
    let english = [("accept-language", "en")];
    let answer = visitor.send("GET", "/verify?number=a&number=b", &english, Vec::new()).expect(422);
    is_page(&answer.shows("could not be understood"));
    assert_eq!(visitor.get("/api/v1/lists?page=1&page=x").expect(400).code(), "malformed");
}

/// PostgreSQL keeps no U+0000 in a text, and nobody types it.
#[test]
fn a_nul_is_refused_however_it_comes_in() {
    let test = TestApp::start();
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let (mut browser, mut visitor, mut api) = (auditor.browser(), test.visitor(), handler.api());
    for path in ["/providers?q=a%00b", "/certificates/a%00b", "/lists?text=%00", "/session/new?%00=1"] {
        visitor.get(path).expect(422);
    }
    for path in ["/events/account/a%00b", "/events?actor=%00"] {
        browser.get(path).expect(422);
    }
    handler.browser().get("/experts?q=%00").expect(422);
    for path in ["/api/v1/providers?q=%00", "/api/v1/certificates/%00", "/api/v1/lists/%00"] {
        let answer = visitor.get(path).expect(422);
        assert_eq!(answer.code(), "nul_character");
        assert!(answer.header("x-request-id").is_some() && answer.text().contains("U+0000"), "{answer}");
    }
    visitor.open("/session/new");
    visitor.post("/session", &[("email", "a\0@example.org"), ("password", "x")]).expect(422);
    visitor.post("/session", &[("email", "a@example.org"), ("pass\0word", "x")]).expect(422);
    let upload = [("content-type", "application/octet-stream")];
    visitor.send("POST", "/api/v1/evidence?name=%00.png", &upload, vec![1]).expect(422);
    for (path, body) in [
        ("/api/v1/tokens", serde_json::json!({"email": "a\0", "password": "x"})),
        ("/api/v1/organisations", serde_json::json!({"name": "a\0"})),
        ("/api/v1/calls", serde_json::json!({"programme": "\0"})),
        ("/api/v1/calls/x/notices", serde_json::json!({"ti\0tle": "x"})),
    ] {
        assert_eq!(api.call("POST", path, &body).expect(422).code(), "nul_character", "{path}");
    }
}

/// Others are refused by the field that they stand in, or do no harm; they are never a failure of the service.
#[test]
fn other_control_characters_are_no_failure() {
    let test = TestApp::start();
    let person = test.person("new@example.org", &[]);
    let (mut api, mut visitor) = (person.api(), test.visitor());
    visitor.open("/session/new");
    for control in ["\u{1}", "\u{8}", "\u{1b}", "\u{7f}", "\u{85}", "\u{fffe}", "\\u0000"] {
        let body = serde_json::json!({
            "credit_code": "914403001922038216", "name": format!("甲{control}公司"), "registered_area": "440305",
            "established_on": "2015-06-01", "address": "广东省", "contact_name": "张三", "contact_phone": "020-83133000",
        });
        let answer = api.call("POST", "/api/v1/organisations", &body);
        assert!(matches!(answer.status, 201 | 409 | 422), "{control:?}: {answer}");
        let fields = [("email", format!("a{control}@example.org")), ("password", control.to_string())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert!(visitor.post("/session", &fields).status < 500, "{control:?}");
        let query = serde_html_form::to_string([("q", control)]).expect("a query");
        assert!(visitor.get(&format!("/providers?{query}")).status < 500, "{control:?}");
    }
}

#[test]
fn every_page_of_a_demonstration_says_so_and_no_page_of_a_service() {
    let demonstration = Config::load_over(yuanchi::cli::demo::DEFAULTS, None).expect("its settings");
    let service = Config::load(None).expect("the settings");
    assert_eq!((demonstration.server.demonstration, service.server.demonstration), (true, false));
    const SAYS: &str = "这是演示系统";
    for (config, says) in [(demonstration, true), (service, false)] {
        let test = TestApp::start_with(|settings| settings.server.demonstration = config.server.demonstration);
        let handler = test.person("handler@example.org", &[with(Role::Handler)]);
        let mut browser = handler.browser();
        let mut visitor = test.visitor();
        let absent = visitor.get("/nothing-is-here").expect(404);
        let nobody = test.visitor().post("/calls", &[("title", "x")]);
        let seen = ["/", "/calls", "/session/new", "/guide"].map(|path| visitor.open(path));
        let own = ["/desk", "/messages"].map(|path| browser.open(path));
        for page in seen.into_iter().chain(own).chain([absent]).chain((nobody.status == 401).then_some(nobody)) {
            assert_eq!(page.text().matches(SAYS).count(), usize::from(says), "{page}");
        }
        let english = visitor.get("/calls?lang=en").expect(200);
        assert_eq!(english.text().contains("This is a demonstration"), says, "{english}");
    }
}

#[test]
fn the_administrator_sees_what_is_set_and_nothing_secret() {
    let test = TestApp::start_with(|config| {
        config.mail.smtp_password = "nobody-may-read-this".into();
        config.office.name = "数字产业处".into();
    });
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let page = keeper.browser().open("/settings").shows("server.base_url").shows("数字产业处").shows("已设置，不显示");
    let page = page.shows("运行情况").shows("可以写入").hides("不能写入").shows("尚未签署");
    let text = page.hides("nobody-may-read-this").text();
    assert!(text.contains("<code>accounts.second_factor</code>"), "what does for a first look only is named: {text}");
    assert!(!text.contains("[settings-"), "no word is missing: {text}");
    assert!(text.contains(" 分钟内 ") && !text.contains(" min<"), "limits are told in words: {text}");
    keeper.browser().open("/desk").shows("仅供试用、须修改的设置").shows("查看运行设置");
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    keeper.browser().open("/settings").hides("尚未签署");
}
