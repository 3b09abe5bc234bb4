//! Who somebody is, from one request to the next: sessions end everywhere at once, and passwords are held to one rule.

use super::support::node::Node;
use super::support::people::PASSWORD;
use super::support::{Answer, Client, Person, TestApp, admin_of, in_bureau, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::config::PasswordPolicy;
use yuanchi::db;
use yuanchi::domain::actor::Role;

const NEW: &str = "Quite another Password, 7 words of it";

fn tokens(mut client: Client, email: &str, password: &str) -> Answer {
    client.call("POST", "/api/v1/tokens", &json!({"email": email, "password": password}))
}

fn bearer(client: Client, tokens: &Value) -> Client {
    client.with_bearer(tokens["access_token"].as_str().expect("a token").to_string())
}

/// The same session on another node.
fn moved(mut there: Client, here: &Client) -> Client {
    if let Some(secret) = here.cookie("__Host-sid") {
        there.set_cookie("__Host-sid", secret);
    }
    match here.bearer() {
        Some(token) => there.with_bearer(token.to_string()),
        None => there,
    }
}

#[test]
fn c_12_a_role_that_was_taken_back_opens_nothing_at_the_next_request_on_any_node() {
    let test = TestApp::start();
    let other = Node::beside(&test);
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let (page, api) = (handler.browser(), handler.api());
    let (mut page, mut api) = (moved(other.visitor(), &page), moved(other.visitor(), &api));
    page.open("/reviews");
    api.get("/api/v1/reviews").expect(200);
    let id = handler.id;
    let grant = test.read(|tx| Ok(db::accounts::grants_of(tx.db, id)?))[0].id;
    let path = format!("/api/v1/accounts/{id}/grants/{grant}");
    keeper.api().call("DELETE", &path, &json!({"reason": "调岗"})).expect(200);
    assert_eq!(page.get("/reviews").expect(303).location(), "/session/new");
    api.get("/api/v1/reviews").expect(401);
    // Whoever signs in again has what is left; a role that is given opens as fast.
    moved(other.visitor(), &handler.browser()).get("/reviews").expect(403);
    let path = format!("/api/v1/accounts/{id}/grants");
    keeper.api().call("POST", &path, &json!({"role": "evaluator", "reason": "抽调"})).expect(201);
    moved(other.visitor(), &handler.browser()).open("/reviews");
}

#[test]
fn c_12_a_new_password_ends_every_session_on_any_node_and_c_13_every_refresh_token() {
    let test = TestApp::start();
    let other = Node::beside(&test);
    let anna = test.person_with_password("anna@example.org", &[with(Role::Auditor)]);
    let before = tokens(test.visitor(), &anna.email, PASSWORD).expect(200).json();
    let mut elsewhere = moved(other.visitor(), &anna.browser());
    elsewhere.open("/events");
    let mut browser = anna.browser();
    browser.open("/account/password");
    let fields = [("present_password", PASSWORD), ("password", NEW), ("password_again", NEW)];
    browser.submit("/account/password", &fields).expect(303);
    // The one who changed it goes on, under a new id.
    browser.open("/events");
    assert_eq!(elsewhere.get("/events").expect(303).location(), "/session/new");
    bearer(other.visitor(), &before).get("/api/v1/me").expect(401);
    let refresh = json!({"refresh_token": before["refresh_token"]});
    other.visitor().call("POST", "/api/v1/tokens/refresh", &refresh).expect(401);
    tokens(other.visitor(), &anna.email, PASSWORD).expect(422);
    tokens(other.visitor(), &anna.email, NEW).expect(200);
}

#[test]
fn c_12_who_signs_out_is_out_at_the_next_request_on_any_node() {
    let test = TestApp::start();
    let other = Node::beside(&test);
    let anna = test.person("anna@example.org", &[with(Role::Auditor)]);
    let (mut page, mut api) = (anna.browser(), anna.api());
    let (mut page_there, mut api_there) = (moved(other.visitor(), &page), moved(other.visitor(), &api));
    page_there.open("/events");
    api_there.get("/api/v1/me").expect(200);
    page.open("/events");
    page.post("/session/end", &[]).expect(303);
    assert_eq!(page_there.get("/events").expect(303).location(), "/session/new");
    // One is signed out where one signs out, and nowhere else.
    api_there.get("/api/v1/me").expect(200);
    api.send("DELETE", "/api/v1/tokens", &[], Vec::new()).expect(204);
    api_there.get("/api/v1/me").expect(401);
}

#[test]
fn c_12_a_closed_account_is_out_at_the_next_request_on_any_node() {
    let test = TestApp::start();
    let other = Node::beside(&test);
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let mut page = moved(other.visitor(), &handler.browser());
    let mut api = moved(other.visitor(), &handler.api());
    page.open("/desk");
    let shown = keeper.api().json(&format!("/api/v1/accounts/{}", handler.id));
    let body = json!({"version": shown["version"], "reason": "离职"});
    keeper.api().call("POST", &format!("/api/v1/accounts/{}/status", handler.id), &body).expect(200);
    assert_eq!(page.get("/desk").expect(303).location(), "/session/new");
    api.get("/api/v1/me").expect(401);
}

#[test]
fn c_16_one_ends_a_session_of_ones_own_from_the_list_and_nobody_elses() {
    let test = TestApp::start();
    let anna = test.person("anna@example.org", &[]);
    let carl = test.person("carl@example.org", &[]);
    let (mut here, mut there) = (anna.browser(), anna.browser());
    there.open("/desk");
    here.open("/account").shows("本机").shows("退出该设备");
    let listed = anna.api().json("/api/v1/me/sessions");
    let id = |session: &Value| session["id"].as_str().expect("an id").to_string();
    let browsers: Vec<String> =
        listed["items"].as_array().expect("a list").iter().filter(|s| s["kind"] == "browser").map(id).collect();
    assert_eq!(browsers.len(), 2);
    let theirs = browsers.iter().find(|id| here.offers(&format!("/account/sessions/{id}/end"))).expect("the other");
    let path = format!("/account/sessions/{theirs}/end");
    let mut stranger = carl.browser();
    stranger.open("/account");
    stranger.post(&path, &[]).expect(404);
    there.open("/desk");
    here.submit(&path, &[]).expect(303);
    assert_eq!(there.get("/desk").expect(303).location(), "/session/new");
    here.open("/desk");
}

fn dengbao(test: &TestApp) -> (Person, Client) {
    let anna = test.person_with_password("anna@example.org", &[with(Role::Auditor)]);
    let mut browser = test.visitor();
    browser.open("/session/new");
    let fields = [("email", anna.email.as_str()), ("password", PASSWORD)];
    browser.submit("/session", &fields).expect(303);
    (anna, browser)
}

#[test]
fn c_06_an_old_password_is_changed_before_anything_else_where_the_rule_wants_it() {
    let test = TestApp::start_with(|config| config.accounts.password_policy = PasswordPolicy::Dengbao3);
    let (anna, mut browser) = dengbao(&test);
    browser.open("/desk");
    test.advance(Duration::days(90));
    let (mut anna_page, mut api) = (anna.browser(), anna.api());
    assert_eq!(anna_page.get("/desk").expect(303).location(), "/account/password");
    assert_eq!(api.get("/api/v1/me").expect(403).code(), "sign_in_unfinished");
    anna_page.open("/account/password").shows("已到更换期限");
    let change = |new: &'static str| [("present_password", PASSWORD), ("password", new), ("password_again", new)];
    anna_page.submit("/account/password", &change(PASSWORD)).expect(422).shows("不能与现在的密码相同");
    anna_page.submit("/account/password", &change("correct horse battery")).expect(422).shows("至少三种");
    anna_page.submit("/account/password", &change("Guangdong@2026")).expect(422).shows("容易被猜到");
    anna_page.submit("/account/password", &change(NEW)).expect(303);
    anna_page.open("/desk");
    test.advance(Duration::days(89));
    anna.browser().open("/desk");
    test.advance(Duration::days(1));
    // A program changes it by the same rule.
    let body = json!({"present_password": NEW, "password": "Quite a third one, of 8 words or so"});
    let changed = anna.api().call("POST", "/api/v1/me/password", &body).expect(200).json();
    bearer(test.visitor(), &changed).get("/api/v1/me").expect(200);
}

/// Whoever works for a unit is guessed by its name first: as it is written, in pinyin, by initials, by its code.
#[test]
fn c_06_the_name_of_ones_own_unit_makes_no_password() {
    let test = TestApp::start();
    let organisation = test.organisation("914403001922038216", "广东云帆智造科技有限公司", "440305");
    let vendor = test.person_with_password("vendor@example.org", &[admin_of(organisation)]);
    let officer = test.person_with_password("officer@example.org", &[in_bureau("guangzhou")]);
    let stranger = test.person_with_password("stranger@example.org", &[]);
    let change = |person: &Person, new: &str| {
        let body = json!({"present_password": PASSWORD, "password": new});
        person.api().call("POST", "/api/v1/me/password", &body)
    };
    let refused = [
        (&vendor, "广东云帆智造科技有限公司"),
        (&vendor, "云帆智造科技@2026！"),
        (&vendor, "GDYFzzkj#20260302"),
        (&vendor, "914403001922038216"),
        (&officer, "广州市工业和信息化局2026"),
    ];
    for (person, new) in refused {
        let problem = change(person, new).expect(422).json();
        assert_eq!(problem["fields"][0]["code"], "password_common", "{new}");
    }
    // By whichever way it is set.
    test.visitor().call("POST", "/api/v1/password-resets", &json!({"email": vendor.email})).expect(201);
    test.run_jobs();
    let letter = test.letters_to(&vendor.email).pop().expect("a letter").text;
    let (_, rest) = letter.split_once("/password/").expect("a link");
    let token = rest.split_whitespace().next().expect("a token");
    let reset = json!({"purpose": "password_reset", "token": token, "password": "广东云帆智造科技有限公司"});
    let problem = test.visitor().call("POST", "/api/v1/password", &reset).expect(422).json();
    assert_eq!(problem["fields"][0]["code"], "password_common");
    // To others the name says nothing.
    change(&stranger, "广东云帆智造科技有限公司").expect(200);
}

#[test]
fn c_06_the_first_rule_lets_a_password_grow_old() {
    let test = TestApp::start();
    let (anna, _) = dengbao(&test);
    test.advance(Duration::days(400));
    anna.browser().open("/desk");
}

#[test]
fn c_10_a_session_that_was_planted_opens_nothing_after_the_sign_in() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[with(Role::Auditor)]);
    let carl = test.person("carl@example.org", &[]);
    let opens = |secret: &str| {
        let mut client = test.visitor();
        client.set_cookie("__Host-sid", secret);
        client.get("/desk").status == 200
    };
    let fields = [("email", anna.email.as_str()), ("password", PASSWORD)];
    // One that was made up.
    let planted = "ab".repeat(32);
    let mut browser = test.visitor();
    browser.set_cookie("__Host-sid", &planted);
    browser.open("/session/new");
    browser.submit("/session", &fields).expect(303);
    let given = browser.cookie("__Host-sid").expect("a session").to_string();
    assert_ne!(given, planted);
    assert_eq!((opens(&given), opens(&planted)), (true, false));
    // A living one of somebody else: nobody goes on under it, not even who had it.
    let mut browser = carl.browser();
    let planted = browser.cookie("__Host-sid").expect("a session").to_string();
    browser.post("/session", &fields).expect(303);
    let given = browser.cookie("__Host-sid").expect("a session").to_string();
    browser.open("/desk").shows("anna");
    assert_eq!((opens(&given), opens(&planted)), (true, false));
    // Each sign-in has an id of its own, and what is stored opens nothing.
    let mut again = test.visitor();
    again.open("/session/new");
    again.submit("/session", &fields).expect(303);
    assert_ne!(again.cookie("__Host-sid"), Some(given.as_str()));
    let id = anna.id;
    for session in test.read(|tx| Ok(db::sessions::live_of(tx.db, id, tx.now)?)) {
        assert!(!opens(&session.id));
    }
}

#[test]
fn c_10_whoever_gains_or_loses_a_role_goes_on_under_another_id() {
    let test = TestApp::start();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let clerk = test.person("clerk@example.org", &[]);
    let path = format!("/api/v1/accounts/{}/grants", clerk.id);
    let (mut page, mut api) = (clerk.browser(), clerk.api());
    page.open("/desk");
    let body = json!({"role": "evaluator", "reason": "抽调"});
    let grant = keeper.api().call("POST", &path, &body).expect(201).json();
    assert_eq!(page.get("/desk").expect(303).location(), "/session/new");
    api.get("/api/v1/me").expect(401);
    let mut page = clerk.browser();
    page.open("/reviews");
    let path = format!("{path}/{}", grant["id"].as_str().expect("an id"));
    keeper.api().call("DELETE", &path, &json!({"reason": "调岗"})).expect(200);
    assert_eq!(page.get("/reviews").expect(303).location(), "/session/new");
}

/// Twice, with a Chinese keyboard, or under an address that somebody has: everybody is told the same.
#[test]
fn c_04_whoever_registers_is_told_the_same_each_time_and_an_address_in_full_width_is_the_same() {
    let test = TestApp::start();
    test.person_with_password("known@example.org", &[]);
    let mut browser = test.visitor();
    let mut told = Vec::new();
    let new = "new@example.org";
    for email in [new, new, "ｎｅｗ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ｋｎｏｗｎ@example.org"] {
        browser.open("/registration/new");
        let answer = browser.submit("/registration", &[("name", "李四"), ("email", email)]).expect(202);
        told.push(answer.shows("如该邮箱可以注册，确认邮件已发出").words());
        test.run_jobs();
    }
    // Sent again as it was, as when a page is loaded anew.
    browser.open("/registration/new");
    let fields = [("name", "李四"), ("email", new)];
    for _ in 0..2 {
        told.push(browser.post("/registration", &fields).expect(202).words());
        test.run_jobs();
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");
    assert_eq!(test.letters_to(new).len(), 5);
    assert_eq!(test.letters_to("known@example.org").len(), 1);
    tokens(test.visitor(), "Ｋｎｏｗｎ＠ｅｘａｍｐｌｅ．ｏｒｇ", PASSWORD).expect(200);
    browser.open("/registration/new");
    let refused =
        browser.submit("/registration", &[("name", "李四"), ("email", "新＠ｅｘａｍｐｌｅ．ｏｒｇ")]).expect(422);
    refused.shows("邮箱格式不正确");
}

/// Whether the session is over after this time without a request, and not a second before; and after so long in any case.
fn must_end(test: &TestApp, person: &Person, idle_minutes: i64, absolute_hours: i64) {
    let over = |page: &mut Client| page.get("/desk").header("location") == Some("/session/new");
    let mut page = person.browser();
    test.advance(Duration::seconds(idle_minutes * 60 - 1));
    page.open("/desk");
    test.advance(Duration::seconds(idle_minutes * 60 - 1));
    page.open("/desk");
    test.advance(Duration::minutes(idle_minutes));
    assert!(over(&mut page), "{}: idle for {idle_minutes} minutes", person.email);
    let mut page = person.browser();
    let (whole, step) = (absolute_hours * 60, idle_minutes - 1);
    for _ in 0..(whole - 1) / step {
        test.advance(Duration::minutes(step));
        page.open("/desk");
    }
    test.advance(Duration::minutes((whole - 1) % step) + Duration::seconds(59));
    page.open("/desk");
    test.advance(Duration::seconds(1));
    assert!(over(&mut page), "{}: {absolute_hours} hours in any case", person.email);
}

#[test]
fn c_11_a_session_ends_when_nobody_uses_it_and_after_a_while_in_any_case_officers_sooner() {
    let test = TestApp::start();
    let vendor = test.person("vendor@example.org", &[]);
    must_end(&test, &vendor, 30, 12);
    for role in [Role::Handler, Role::Auditor, Role::SystemAdmin, Role::SecurityAdmin] {
        must_end(&test, &test.person(&format!("{role}@example.org"), &[with(role)]), 15, 8);
    }
    // A program of an officer's is over then too.
    let handler = test.person("program@example.org", &[with(Role::Handler)]);
    drop(handler.api());
    test.advance(Duration::hours(8));
    let id = handler.id;
    assert!(test.read(|tx| Ok(db::sessions::live_of(tx.db, id, tx.now)?)).is_empty());
}

/// Whether a program's session is over after this time without its refresh token being used, and not a second before; and after so
/// long in any case.
fn program_must_end(test: &TestApp, person: &Person, idle: Duration, whole: Duration) {
    let refresh = |held: &Value| {
        let body = json!({"refresh_token": held["refresh_token"]});
        test.visitor().call("POST", "/api/v1/tokens/refresh", &body)
    };
    let second = Duration::seconds(1);
    let first = tokens(test.visitor(), &person.email, PASSWORD).expect(200).json();
    test.advance(idle - second);
    let next = refresh(&first).expect(200).json();
    bearer(test.visitor(), &next).get("/api/v1/me").expect(200);
    test.advance(idle - second);
    let last = refresh(&next).expect(200).json();
    test.advance(idle);
    refresh(&last).expect(401);
    let mut held = tokens(test.visitor(), &person.email, PASSWORD).expect(200).json();
    let (mut left, step) = (whole - second, idle - Duration::minutes(1));
    while left > Duration::zero() {
        test.advance(step.min(left));
        left -= step.min(left);
        held = refresh(&held).expect(200).json();
    }
    bearer(test.visitor(), &held).get("/api/v1/me").expect(200);
    test.advance(second);
    // The access token, which is a second old, goes with the session.
    bearer(test.visitor(), &held).get("/api/v1/me").expect(401);
    refresh(&held).expect(401);
}

#[test]
fn c_11_a_program_that_rests_is_let_go_officers_sooner_and_each_after_a_while_in_any_case() {
    let test = TestApp::start();
    for role in [Role::Handler, Role::Auditor, Role::SecurityAdmin] {
        let officer = test.person_with_password(&format!("{role}@example.org"), &[with(role)]);
        program_must_end(&test, &officer, Duration::minutes(30), Duration::hours(8));
    }
    let organisation = test.organisation("914403001922038216", "云帆智造", "440305");
    let vendor = test.person_with_password("vendor@example.org", &[admin_of(organisation)]);
    program_must_end(&test, &vendor, Duration::hours(48), Duration::days(7));
}

#[test]
fn c_11_how_long_programs_last_is_set() {
    let test = TestApp::start_with(|config| {
        let sessions = &mut config.sessions;
        (sessions.program_idle_minutes, sessions.officer_absolute_hours) = (12, 1);
        (sessions.vendor_program_idle_hours, sessions.vendor_program_days) = (5, 1);
    });
    let handler = test.person_with_password("handler@example.org", &[with(Role::Handler)]);
    program_must_end(&test, &handler, Duration::minutes(12), Duration::hours(1));
    let vendor = test.person_with_password("vendor@example.org", &[]);
    program_must_end(&test, &vendor, Duration::hours(5), Duration::days(1));
}

#[test]
fn c_11_how_long_is_set() {
    let test = TestApp::start_with(|config| {
        let sessions = &mut config.sessions;
        (sessions.idle_minutes, sessions.absolute_hours) = (5, 1);
        (sessions.officer_idle_minutes, sessions.officer_absolute_hours) = (3, 1);
    });
    must_end(&test, &test.person("vendor@example.org", &[]), 5, 1);
    must_end(&test, &test.person("handler@example.org", &[with(Role::Handler)]), 3, 1);
}

#[test]
fn c_16_an_administrator_sees_and_ends_the_sessions_of_another() {
    let test = TestApp::start();
    let anna = test.person("anna@example.org", &[]);
    let (mut page, mut api) = (anna.browser(), anna.api());
    page.open("/desk");
    let path = format!("/api/v1/accounts/{}/sessions", anna.id);
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    assert_eq!(auditor.api().json(&path)["total"], 2, "an auditor sees");
    auditor.api().call("DELETE", &path, &json!({})).expect(403);
    anna.api().call("DELETE", &path, &json!({})).expect(403);
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let left = keeper.api().call("DELETE", &path, &json!({})).expect(200).json();
    assert_eq!(left["total"], 0, "{left}");
    assert_eq!(page.get("/desk").expect(303).location(), "/session/new");
    api.get("/api/v1/me").expect(401);
    // The same on the page.
    let mut page = anna.browser();
    let mut desk = keeper.browser();
    desk.open(&format!("/accounts/{}", anna.id));
    desk.submit(&format!("/accounts/{}/sessions/end", anna.id), &[]).expect(303);
    assert_eq!(page.get("/desk").expect(303).location(), "/session/new");
}
