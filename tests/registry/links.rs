//! Links that open something to whoever has them, the first start, and another address to sign in with.

use super::program::program;
use super::second_factor::enrol;
use super::support::people::PASSWORD;
use super::support::race::together;
use super::support::{Answer, Client, Person, TestApp, with};
use chrono::Duration;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use yuanchi::auth::token::stored_form;
use yuanchi::config::PasswordPolicy;
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::calendar::local_date;
use yuanchi::domain::status::TokenPurpose;
use yuanchi::mail::SendProblem;

const NEW: &str = "Quite another Password, 7 words of it";

fn sign_in(test: &TestApp, email: &str, password: &str) -> Answer {
    test.visitor().call("POST", "/api/v1/tokens", &json!({"email": email, "password": password}))
}

fn set_password(test: &TestApp, purpose: &str, token: &str) -> Answer {
    let body = json!({"purpose": purpose, "token": token, "password": NEW});
    test.visitor().call("POST", "/api/v1/password", &body)
}

/// The last part of the link in the last letter to an address that holds one which begins so.
fn token_of(test: &TestApp, email: &str, beginning: &str) -> String {
    test.run_jobs();
    let here = format!("{}{beginning}", test.app.env.base_url);
    let letters = test.letters_to(email);
    // Other letters lead to a page of a plain name below it.
    let token = |text: &str| {
        let (_, after) = text.split_once(here.as_str())?;
        after.split_whitespace().next().filter(|token| token.len() > 40).map(str::to_string)
    };
    let found = letters.iter().rev().find_map(|letter| token(&letter.text));
    found.unwrap_or_else(|| panic!("no letter to {email} leads to {here}: {letters:?}"))
}

/// Asks with another's host in every place where one can stand.
fn ask_as_another_host(test: &TestApp, path: &str, body: &Value) {
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: attacker.example\r\nx-forwarded-host: attacker.example\r\n\
         forwarded: host=attacker.example\r\nx-original-url: https://attacker.example/\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(test.address).expect("a connection");
    stream.write_all(request.as_bytes()).expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(!answer.contains("attacker"), "{answer}");
}

#[test]
fn c_07_a_reset_opens_one_account_once_in_time_and_is_asked_of_no_other_host() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let (mut page, mut api) = (anna.browser(), anna.api());
    page.open("/desk");
    ask_as_another_host(&test, "/api/v1/password-resets", &json!({"email": anna.email}));
    ask_as_another_host(&test, "/api/v1/registrations", &json!({"name": "张三", "email": "new@example.org"}));
    let token = token_of(&test, &anna.email, "/password/");
    let registration = token_of(&test, "new@example.org", "/registration/");
    assert!(test.letters().iter().all(|letter| !format!("{letter:?}").contains("attacker")), "links lead here");
    // 256 bits, of which only the hash is kept.
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    let kept = |id: &str| {
        let reset = TokenPurpose::PasswordReset;
        test.read(|tx| Ok(db::sessions::find_one_time_token(tx.db, id, reset, tx.now)?)).is_some()
    };
    assert_eq!((kept(&token), kept(&stored_form(&token))), (false, true));
    // For nothing else, however it is tried.
    for other in ["registration", "invitation"] {
        assert_eq!(set_password(&test, other, &token).expect(422).code(), "link_not_good", "{other}");
    }
    assert_eq!(set_password(&test, "password_reset", &registration).expect(422).code(), "link_not_good");
    for path in ["registration", "invitation", "setup", "account/address"] {
        let answer = anna.browser().get(&format!("/{path}/{token}"));
        assert_eq!(answer.status, 422, "{answer}");
    }
    // Two at once: one of them.
    let answers = together([0, 1].map(|_| || set_password(&test, "password_reset", &token)));
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{answers:?}");
    assert_eq!(set_password(&test, "password_reset", &token).expect(422).code(), "link_not_good");
    // Every session is over, on the page and as a program.
    assert_eq!(page.get("/desk").expect(303).location(), "/session/new");
    api.get("/api/v1/me").expect(401);
    sign_in(&test, &anna.email, PASSWORD).expect(422);
    sign_in(&test, &anna.email, NEW).expect(200);
    // Half an hour, and not longer; a newer one voids the older one.
    let ask = || {
        test.visitor().call("POST", "/api/v1/password-resets", &json!({"email": anna.email})).expect(201);
        token_of(&test, &anna.email, "/password/")
    };
    let (first, second) = (ask(), ask());
    test.visitor().get(&format!("/password/{first}")).expect(422);
    test.advance(Duration::seconds(30 * 60 - 1));
    test.visitor().open(&format!("/password/{second}"));
    test.advance(Duration::seconds(1));
    test.visitor().get(&format!("/password/{second}")).expect(422);
    assert_eq!(set_password(&test, "password_reset", &second).expect(422).code(), "link_not_good");
}

/// Where passwords are to be changed from time to time, a forgotten one is no way round it, nor are two of them in turn.
#[test]
fn c_06_no_link_sets_one_of_the_last_passwords_again_where_they_are_to_be_changed() {
    const OTHERS: [&str; 3] = [
        "Quite a second one, of 8 words or so",
        "Quite a third one, of 8 words or so",
        "Quite a fourth one, of 8 words or so",
    ];
    let [second, third, fourth] = OTHERS;
    let test = TestApp::start_with(|config| {
        config.accounts.password_policy = PasswordPolicy::Dengbao3;
        config.accounts.password_history = 3;
    });
    let anna = test.person_with_password("anna@example.org", &[with(Role::Auditor)]);
    let link = || {
        test.advance(Duration::minutes(61));
        test.visitor().call("POST", "/api/v1/password-resets", &json!({"email": anna.email})).expect(201);
        token_of(&test, &anna.email, "/password/")
    };
    let set = |token: &str, password: &str| {
        let body = json!({"purpose": "password_reset", "token": token, "password": password});
        let answer = test.visitor().call("POST", "/api/v1/password", &body);
        match answer.status {
            200 => String::new(),
            422 => answer.json()["fields"][0]["code"].as_str().unwrap_or_default().to_string(),
            _ => answer.code(),
        }
    };
    let first = |browser: &mut Client| browser.get("/desk").header("location").unwrap_or_default().to_string();
    assert_eq!(set(&link(), NEW), "");
    test.advance(Duration::days(90));
    assert_eq!(first(&mut anna.browser()), "/account/password", "it grew old");
    let token = link();
    assert_eq!(set(&token, NEW), "password_used_before");
    let mut page = test.visitor();
    let path = format!("/password/{token}");
    page.open(&path);
    page.submit(&path, &[("password", NEW), ("password_again", NEW)]).expect(422).shows("最近 3 次使用的密码");
    assert_eq!(first(&mut anna.browser()), "/account/password", "and is as old as before");
    // What was refused has not used the link up.
    assert_eq!(set(&token, second), "");
    anna.browser().open("/desk");
    for again in [NEW, second] {
        assert_eq!(set(&link(), again), "password_used_before", "{again}");
    }
    assert_eq!(set(&link(), third), "");
    assert_eq!(set(&link(), NEW), "password_used_before", "the third last");
    assert_eq!(set(&link(), fourth), "");
    let kept = || test.read(|tx| Ok(db::accounts::former_hashes(tx.db, anna.id, 100)?.len()));
    assert_eq!((set(&link(), NEW), kept()), (String::new(), 2), "it is none of the last three any more");
    // The same for whoever changes it.
    let change = |new: &str| {
        let body = json!({"present_password": NEW, "password": new});
        anna.api().call("POST", "/api/v1/me/password", &body).expect(422).json()["fields"][0]["code"].clone()
    };
    assert_eq!((change(third), change(NEW)), (json!("password_used_before"), json!("password_unchanged")));
    // Nobody tries out by a link which ones there were.
    let token = link();
    for _ in 0..10 {
        assert_eq!(set(&token, third), "password_used_before");
    }
    assert_eq!(set(&token, second), "too_many_attempts");
    test.advance(Duration::minutes(16));
    assert_eq!(set(&token, second), "");
}

#[test]
fn c_06_under_the_first_rule_a_link_takes_the_forgotten_one_too_and_none_is_kept() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    for password in [PASSWORD, NEW, PASSWORD] {
        test.visitor().call("POST", "/api/v1/password-resets", &json!({"email": anna.email})).expect(201);
        let token = token_of(&test, &anna.email, "/password/");
        let body = json!({"purpose": "password_reset", "token": token, "password": password});
        test.visitor().call("POST", "/api/v1/password", &body).expect(200);
        sign_in(&test, &anna.email, password).expect(200);
    }
    assert!(test.read(|tx| Ok(db::accounts::former_hashes(tx.db, anna.id, 100)?)).is_empty());
}

#[test]
fn c_07_a_link_has_its_half_hour_from_when_its_letter_leaves() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let ask = |path: &str, body: Value| test.visitor().call("POST", path, &body).expect(201);
    let registration = || ask("/api/v1/registrations", json!({"name": "张三", "email": "new@example.org"}));
    ask("/api/v1/password-resets", json!({"email": anna.email}));
    registration();
    let invitation = json!({"name": "李四", "email": "invited@example.org"});
    keeper.api().call("POST", "/api/v1/accounts", &invitation).expect(201);
    let address = json!({"present_password": PASSWORD, "email": "other@example.org"});
    anna.api().call("POST", "/api/v1/me/address", &address).expect(200);
    // The server is away for longer than the links are good for. Of two registrations the newer one voids the older one.
    test.advance(Duration::seconds(1));
    registration();
    for _ in 0..6 {
        test.post_office().fail_next(SendProblem::Temporary("no route".into()));
    }
    assert_eq!(yuanchi::jobs::deliver_mail(&test.app).expect("a turn").failed, 6);
    test.advance(Duration::minutes(40));
    let paths = [
        format!("/password/{}", token_of(&test, &anna.email, "/password/")),
        format!("/registration/{}", token_of(&test, "new@example.org", "/registration/")),
        format!("/invitation/{}", token_of(&test, "invited@example.org", "/invitation/")),
    ];
    let address = format!("/account/address/{}", token_of(&test, "other@example.org", "/account/address/"));
    let older = test.letters_to("new@example.org")[0].text.clone();
    let older = older.split(['/', '\n']).find(|part| part.len() == 64).expect("a link").to_string();
    test.visitor().get(&format!("/registration/{older}")).expect(422);
    test.advance(Duration::seconds(30 * 60 - 1));
    for path in &paths {
        test.visitor().open(path);
    }
    anna.browser().open(&address);
    test.advance(Duration::seconds(1));
    for path in &paths {
        test.visitor().get(path).expect(422);
    }
    anna.browser().get(&address).expect(422);
}

#[test]
fn c_07_an_expert_has_the_fortnight_from_when_the_letter_leaves() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let row = json!({
        "line": 2, "name": "李四", "email": "expert@example.org", "employer": "某研究院", "title": "教授", "fields": "云服务",
        "load_limit": "5",
    });
    handler.api().call("POST", "/api/v1/experts/imports", &json!({ "rows": [row] })).expect(201);
    test.post_office().fail_next(SendProblem::Temporary("no route".into()));
    assert_eq!(yuanchi::jobs::deliver_mail(&test.app).expect("a turn").failed, 1);
    // Nothing ran for longer than the link is good for.
    test.advance(Duration::days(15));
    let path = format!("/invitation/{}", token_of(&test, "expert@example.org", "/invitation/"));
    assert!(test.letters_to("expert@example.org")[0].text.contains("14 天内"));
    test.advance(Duration::days(14) - Duration::seconds(1));
    test.visitor().open(&path);
    test.advance(Duration::seconds(1));
    test.visitor().get(&path).expect(422);
}

#[test]
fn c_07_a_reset_leads_round_no_second_factor() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    enrol(&test, &anna);
    test.visitor().call("POST", "/api/v1/password-resets", &json!({"email": anna.email})).expect(201);
    let token = token_of(&test, &anna.email, "/password/");
    set_password(&test, "password_reset", &token).expect(200);
    let missing = sign_in(&test, &anna.email, NEW).expect(422).json();
    assert_eq!(missing["fields"][0]["code"], "code_missing");
}

#[test]
fn c_08_a_fresh_service_lets_nobody_in_but_by_the_link_that_its_operator_sees() {
    let test = TestApp::start();
    assert_eq!(test.read(|tx| Ok(db::accounts::count(tx.db)?)), 0, "no account comes with it");
    for name in ["admin", "root", "yuanchi", "admin@example.org"] {
        for password in ["admin", "password", "yuanchi", ""] {
            let refused = sign_in(&test, name, password);
            assert!(matches!(refused.status, 422 | 429), "{name}: {refused}");
        }
    }
    // A command tells it too, and its standard output does not.
    let asked = program(&test).args(["account", "set-up-link"]).output().expect("it runs");
    assert_eq!(asked.status.code(), Some(0), "{}", String::from_utf8_lossy(&asked.stderr));
    assert!(String::from_utf8_lossy(&asked.stderr).contains("/setup/"));
    assert!(!String::from_utf8_lossy(&asked.stdout).contains("/setup/"), "on standard error alone");
    // The link is told to whoever starts the program, on standard error alone.
    let mut command = program(&test);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let lines = BufReader::new(child.stderr.take().expect("its output")).lines();
    let told = lines.map(|line| line.expect("a line")).find(|line| line.contains("/setup/"));
    let _ = child.kill();
    let output = child.wait_with_output().expect("what it said");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("/setup/"), "on standard error alone");
    let token = told.expect("a link").rsplit('/').next().unwrap_or_default().trim().to_string();
    // It makes two people, once.
    let mut browser = test.visitor();
    let path = format!("/setup/{token}");
    let fields = [
        ("name", "系统"),
        ("email", "system@example.org"),
        ("password", NEW),
        ("password_again", NEW),
        ("security_name", "安全"),
        ("security_email", "SYSTEM@example.org"),
    ];
    browser.open(&path);
    browser.submit(&path, &fields).expect(422).shows("须为两个人");
    let mut fields = fields;
    fields[5].1 = "security@example.org";
    browser.submit(&path, &fields).expect(200).shows("设置完成");
    test.visitor().get(&path).expect(422);
    sign_in(&test, "system@example.org", NEW).expect(200);
    sign_in(&test, "security@example.org", NEW).expect(422);
    let invitation = token_of(&test, "security@example.org", "/invitation/");
    set_password(&test, "invitation", &invitation).expect(200);
    assert!(test.write(yuanchi::actions::offices::bootstrap_link).is_none(), "both are there now");
    let grants = |email: &str| {
        test.read(|tx| {
            let account = db::accounts::find_by_email(tx.db, email)?.expect("an account");
            Ok(db::accounts::grants_of(tx.db, account.id)?)
        })
    };
    for (email, role) in [("system@example.org", Role::SystemAdmin), ("security@example.org", Role::SecurityAdmin)] {
        let held = grants(email);
        assert_eq!(held.iter().map(|grant| grant.role).collect::<Vec<_>>(), [role], "{email}");
        assert!(!held[0].reason.is_empty(), "{held:?}");
        assert!(held[0].by_operator && held[0].granted_by.is_none(), "no account was there to give it");
        let longest = local_date(test.now()) + Duration::days(test.app.config.accounts.role_days);
        assert_eq!(held[0].ends_on, Some(longest), "for no longer than any other");
    }
    test.run_jobs();
}

#[test]
fn c_08_a_weak_or_missing_key_stops_the_start() {
    let test = TestApp::start();
    let start = |name: &str, files: &[(&str, String)]| {
        let keys = test.dir.join(name);
        std::fs::create_dir_all(&keys).expect("a folder");
        for (file, content) in files {
            std::fs::write(keys.join(file), content).expect("a key");
        }
        let output = program(&test).env("YUANCHI__KEYS__DIR", &keys).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_ne!(output.status.code(), Some(0), "{name}: {said}");
        assert!(said.contains("secret.key"), "{name}: {said}");
        for (_, content) in files {
            assert!(!said.contains(content.as_str()), "{name}: no key is ever shown");
        }
    };
    let good = |start: u8| hex::encode((0..32_u8).map(|byte| byte.wrapping_mul(37) ^ start).collect::<Vec<u8>>());
    start("short", &[("secret.key", good(1)[..62].to_string())]);
    start("long", &[("secret.key", format!("{}00", good(1)))]);
    start("zeros", &[("secret.key", "00".repeat(32))]);
    start("sample", &[("secret.key", hex::encode("changemechangemechangemechangeme"))]);
    start("words", &[("secret.key", "please-change-this-secret-before-production".to_string())]);
    start("lost", &[("signing.key", good(2))]);
    // One that is not mounted is no first start either.
    let missing = program(&test).env("YUANCHI__KEYS__DIR", test.dir.join("not-there")).output().expect("it runs");
    assert_ne!(missing.status.code(), Some(0));
}

fn address_page(person: &Person) -> Client {
    let mut browser = person.browser();
    browser.open("/account/address");
    browser
}

#[test]
fn c_09_another_address_takes_the_password_and_both_mailboxes_are_told() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let carl = test.person_with_password("carl@example.org", &[]);
    let mut browser = address_page(&anna);
    let typed = |password: &'static str, email: &'static str| [("present_password", password), ("email", email)];
    browser
        .submit("/account/address", &typed("not the right one", "new@example.org"))
        .expect(422)
        .shows("现在的密码不正确");
    browser.submit("/account/address", &typed(PASSWORD, "ANNA@example.org")).expect(422).shows("请填写另一个邮箱");
    browser.submit("/account/address", &typed(PASSWORD, "no address")).expect(422);
    let asked = browser.submit("/account/address", &typed(PASSWORD, "new@example.org")).expect(303);
    assert_eq!(asked.location(), "/account");
    let token = token_of(&test, "new@example.org", "/account/address/");
    let told = test.letters_to(&anna.email);
    assert!(told.iter().any(|letter| letter.subject.contains("有人申请更换")), "{told:?}");
    assert!(told.iter().all(|letter| !letter.text.contains(&token)), "the old mailbox confirms nothing");
    // Nothing has changed yet; and the link is of no use to anybody else, nor when anything in it is altered.
    sign_in(&test, "new@example.org", PASSWORD).expect(422);
    let path = format!("/account/address/{token}");
    assert_eq!(test.visitor().get(&path).expect(303).location(), "/session/new");
    carl.browser().get(&path).expect(422);
    let altered = path.replace(&hex::encode("new@example.org"), &hex::encode("evil@example.org"));
    assert_ne!(altered, path);
    for wrong in [altered, format!("{path}0"), path[..path.len() - 1].to_string()] {
        anna.browser().get(&wrong).expect(422);
        let mut other = anna.browser();
        other.post(&wrong, &[]).expect(422);
    }
    let elsewhere = anna.api();
    browser.open(&path).shows("new@example.org");
    assert_eq!(browser.submit(&path, &[]).expect(303).location(), "/session/new");
    assert_eq!(browser.get("/desk").expect(303).location(), "/session/new", "every session is over");
    let mut elsewhere = elsewhere;
    elsewhere.get("/api/v1/me").expect(401);
    sign_in(&test, &anna.email, PASSWORD).expect(422);
    sign_in(&test, "new@example.org", PASSWORD).expect(200);
    test.run_jobs();
    let told = test.letters_to(&anna.email);
    assert!(told.iter().any(|letter| letter.subject.contains("登录邮箱已更换")), "{told:?}");
    // The same link a second time.
    anna.browser().get(&path).expect(422);
    // An address that has an account is answered alike; only its owner is told, and gets no link to it.
    let mut browser = address_page(&anna);
    let taken = browser.submit("/account/address", &typed(PASSWORD, "carl@example.org")).expect(303);
    assert_eq!((taken.location(), taken.text()), (asked.location(), asked.text()));
    test.run_jobs();
    let letters = test.letters_to(&carl.email);
    assert!(letters.len() == 1 && letters[0].subject.contains("已有源池账号"), "{letters:?}");
    // Half an hour, also for a program; a new password voids it before.
    let body = json!({"present_password": PASSWORD, "email": "third@example.org"});
    anna.api().call("POST", "/api/v1/me/address", &body).expect(200);
    let third = token_of(&test, "third@example.org", "/account/address/");
    test.advance(Duration::minutes(30));
    let late = json!({"token": third});
    let refused = anna.api().call("POST", "/api/v1/me/address/confirmation", &late).expect(422);
    assert_eq!(refused.code(), "link_not_good");
    anna.api().call("POST", "/api/v1/me/address", &body).expect(200);
    let fourth = token_of(&test, "third@example.org", "/account/address/");
    let change = json!({"present_password": PASSWORD, "password": NEW});
    anna.api().call("POST", "/api/v1/me/password", &change).expect(200);
    let confirm = json!({"token": fourth});
    anna.api().call("POST", "/api/v1/me/address/confirmation", &confirm).expect(422);
}

#[test]
fn c_09_nobody_fills_a_strangers_mailbox_or_voids_the_link_that_waits_there() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let carl = test.person_with_password("carl@example.org", &[]);
    let ask = |person: &Person, email: &str| {
        let body = json!({"present_password": PASSWORD, "email": email});
        person.api().call("POST", "/api/v1/me/address", &body).expect(200).json()
    };
    let first = ask(&anna, "stranger@example.org");
    for number in 0..5 {
        let person = if number % 2 == 0 { &carl } else { &anna };
        assert_eq!(ask(person, "Stranger@example.org"), first, "answered alike");
    }
    test.run_jobs();
    assert_eq!(test.letters_to("stranger@example.org").len() + test.letters_to("Stranger@example.org").len(), 5);
    // Others are written to all the same, and the same one later.
    ask(&anna, "other@example.org");
    test.advance(Duration::minutes(61));
    ask(&anna, "stranger@example.org");
    test.run_jobs();
    assert_eq!(test.letters_to("other@example.org").len(), 1);
    assert_eq!(test.letters_to("stranger@example.org").len() + test.letters_to("Stranger@example.org").len(), 6);
    // Somebody who has registered and not confirmed yet: the link in their newest letter opens their account.
    let new = json!({"name": "张三", "email": "new@example.org"});
    test.visitor().call("POST", "/api/v1/registrations", &new).expect(201);
    // Of two letters of one instant neither is the newer one.
    test.advance(Duration::seconds(1));
    ask(&carl, "new@example.org");
    let token = token_of(&test, "new@example.org", "/registration/");
    set_password(&test, "registration", &token).expect(200);
    sign_in(&test, "new@example.org", NEW).expect(200);
}

#[test]
fn c_09_nobody_tries_passwords_in_a_session_that_was_left_open() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let body = |password: &str| json!({"present_password": password, "email": "new@example.org"});
    for _ in 0..10 {
        anna.api().call("POST", "/api/v1/me/address", &body("not the right one")).expect(422);
    }
    let refused = anna.api().call("POST", "/api/v1/me/address", &body(PASSWORD)).expect(429);
    assert_eq!(refused.code(), "too_many_attempts");
    let change = json!({"present_password": PASSWORD, "password": NEW});
    anna.api().call("POST", "/api/v1/me/password", &change).expect(429);
    // The owner signs in all the same.
    sign_in(&test, &anna.email, PASSWORD).expect(200);
}
