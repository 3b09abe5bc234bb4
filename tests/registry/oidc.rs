//! Signing in through a provider of identities: the way there and back, and everything that somebody on it, beside it
//! or at its end could try.

mod platform;
mod provider;
mod scene;
mod unproved;

use super::objectors::dump;
use super::second_factor::{Factor, code, enrol, freshen};
use super::support::people::PASSWORD;
use super::support::{Person, TestApp, with};
use chrono::Duration;
use provider::{CLIENT, Quirks, Signing, pairs_of};
use scene::{COOKIE, NOT_PROVED, OVER, SESSION, SUBJECT, Scene, address_in, come_back, must_be_refused, set, sign};
use serde_json::json;
use yuanchi::config::{Config, LimitConfig, SecondFactor};
use yuanchi::db;
use yuanchi::domain::actor::Role;

#[test]
fn somebody_whom_the_provider_proves_is_in_and_the_tables_name_nobody() {
    const EMAIL: &str = "zhang@id.example";
    let scene = Scene::start();
    scene.provider.misbehave(set(|claims| drop(claims.insert("email".into(), json!(EMAIL)))));
    let mut browser = scene.test.visitor();
    let address = scene.leave(&mut browser);
    let kept = browser.cookie(COOKIE).expect("what binds the answer to the browser").to_string();
    for secret in ["state", "nonce"] {
        let value = pairs_of(address.split_once('?').expect("parameters").1)[secret].clone();
        assert!(!kept.contains(&value), "the cookie is sealed");
    }
    let query = scene.consent(&address, SUBJECT);
    assert_eq!(come_back(&mut browser, &query).expect(303).location(), "/desk");
    assert_eq!(browser.cookie(COOKIE), None, "it was for once");
    browser.open("/desk").shows("张三");
    browser.open("/account").shows(EMAIL).shows("绑定时间");
    let first = browser.cookie(SESSION).expect("a session").to_string();
    // Once more, in the same browser: the account is the same, the session before is over.
    browser.post("/session/end", &[]).expect(303);
    let left = browser.open("/session/new").shows("退出统一身份认证平台");
    assert!(left.text().contains(&format!("{}/end?client_id={CLIENT}", scene.provider.issuer())), "{left}");
    assert_eq!(scene.arrive(&mut browser, SUBJECT).expect(303).location(), "/desk");
    assert_ne!(browser.cookie(SESSION), Some(first.as_str()));
    let account = scene.test.read(|tx| Ok(db::accounts::find_by_email(tx.db, EMAIL)?)).expect("one account");
    let id = account.id.to_string();
    assert!(account.password_hash.is_none(), "nobody knows a password of it");
    let held = scene.test.read(|tx| Ok(db::sessions::held(tx.db, account.id, tx.now)?));
    assert!(held.is_empty(), "and it may do nothing yet");
    for (action, times) in [
        ("account.registered", 1),
        ("account.identity_tied", 1),
        ("account.identity_proved", 2),
        ("account.signed_in", 2),
        ("account.signed_out", 1),
    ] {
        assert_eq!(scene.events(&id, action), times, "{action}");
    }
    // The description and the keys were fetched once.
    let asked = ["/.well-known/openid-configuration", "/keys", "/token"].map(|path| scene.provider.count(path));
    assert_eq!(asked, [1, 1, 2]);
    assert!(!dump(&scene.test).contains(SUBJECT), "whoever has the tables does not learn whom the provider knows");
    let rows = scene.test.read(|tx| Ok(db::identities::all(tx.db)?));
    assert!(rows.len() == 1 && rows[0].account_id == account.id, "{rows:?}");
    // Whoever has no password does not lose the only way in.
    browser.open("/account");
    browser.submit("/account/identity/removal", &[]).expect(409).shows("没有密码");
    // Where a session is planted or another person's, it does not go on.
    let mut other = scene.test.person("carl@example.org", &[]).browser();
    let planted = other.cookie(SESSION).expect("a session").to_string();
    let left = other.post("/session/identity", &[]).expect(200);
    let query = scene.consent(&address_in(&left), SUBJECT);
    assert_eq!(come_back(&mut other, &query).expect(303).location(), "/desk");
    other.open("/desk").shows("张三");
    let mut again = scene.test.visitor();
    again.set_cookie(SESSION, &planted);
    assert_eq!(again.get("/desk").expect(303).location(), "/session/new");
}

#[test]
fn an_identity_is_tied_by_its_owner_with_password_and_factor_and_by_nobody_elses_address() {
    let scene = Scene::with(|config| config.oidc.register_vendors = false);
    let test = &scene.test;
    let email = format!("{SUBJECT}@id.example");
    let anna = test.person_with_password(&email, &[]);
    // The provider says that the address is proved; the account is not given for it, nor is another one made.
    let mut stranger = test.visitor();
    let answer = scene.arrive(&mut stranger, SUBJECT);
    must_be_refused(&stranger, &answer, "an address", "尚未绑定可用的账号");
    assert_eq!(test.read(|tx| Ok(db::accounts::count(tx.db)?)), 1);
    // Without a second factor, and with another's password, nothing is begun.
    let mut browser = anna.browser();
    browser.open("/account").shows("绑定前须已启用动态口令");
    browser.submit("/account/identity", &[("present_password", PASSWORD)]).expect(409).shows("须先启用动态口令");
    let Factor { secret, .. } = enrol(test, &anna);
    let mut browser = anna.browser();
    freshen(test, &browser);
    browser.open("/account");
    let wrong = browser.submit("/account/identity", &[("present_password", "not the right one at all")]);
    wrong.expect(422).shows("现在的密码不正确");
    assert_eq!(browser.cookie(COOKIE), None);
    // With a code that is old.
    test.advance(Duration::minutes(6));
    browser.open("/account");
    browser.submit("/account/identity", &[("present_password", PASSWORD)]).expect(403);
    // What was begun in one session is not ended in another one, nor in none.
    freshen(test, &browser);
    browser.open("/account");
    let left = browser.submit("/account/identity", &[("present_password", PASSWORD)]).expect(200);
    let query = scene.consent(&address_in(&left), SUBJECT);
    let kept = browser.cookie(COOKIE).expect("an attempt").to_string();
    let carl = test.person_with_password("carl@example.org", &[]);
    enrol(test, &carl);
    let mut other = carl.browser();
    freshen(test, &other);
    for client in [&mut other, &mut test.visitor()] {
        client.set_cookie(COOKIE, &kept);
        come_back(client, &query).expect(422).shows(OVER);
    }
    assert_eq!(come_back(&mut browser, &query).expect(303).location(), "/account");
    browser.open("/account").shows("绑定时间");
    // Nobody else ties the same one, and nobody ties two.
    scene.tie(&mut other, SUBJECT).expect(409).shows("已绑定另一个账号");
    browser.open("/account");
    browser.post("/account/identity", &[("present_password", PASSWORD)]).expect(409).shows("请先解除绑定");
    // She is in by it, as far as her second factor allows.
    let mut hers = test.visitor();
    assert_eq!(scene.arrive(&mut hers, SUBJECT).expect(303).location(), "/session/code");
    assert_eq!(hers.get("/desk").expect(303).location(), "/session/code");
    hers.open("/session/code");
    test.advance(Duration::seconds(30));
    let given = code(test, &secret, 0);
    hers.submit("/session/code", &[("otp", given.as_str())]).expect(303);
    hers.open("/desk");
    // Her account's closing shuts this way too.
    test.tamper(&format!("UPDATE accounts SET status = 'disabled' WHERE id = '{}'", anna.id));
    let mut closed = test.visitor();
    let answer = scene.arrive(&mut closed, SUBJECT);
    must_be_refused(&closed, &answer, "a closed account", "尚未绑定可用的账号");
    test.tamper(&format!("UPDATE accounts SET status = 'active' WHERE id = '{}'", anna.id));
    // Untied, it opens nothing; and each step is told to her.
    hers.open("/account");
    hers.submit("/account/identity/removal", &[]).expect(303);
    // It ends what may have been let in by it, and not the session in which it was untied.
    hers.open("/account");
    assert_eq!(browser.get("/desk").expect(303).location(), "/session/new");
    let mut gone = test.visitor();
    let answer = scene.arrive(&mut gone, SUBJECT);
    must_be_refused(&gone, &answer, "untied", "尚未绑定可用的账号");
    test.run_jobs();
    let subjects: Vec<String> = test.letters_to(&email).into_iter().map(|letter| letter.subject).collect();
    for words in ["已绑定统一身份认证", "已解除绑定统一身份认证"] {
        assert!(subjects.iter().any(|subject| subject.contains(words)), "{words}: {subjects:?}");
    }
    for action in ["account.identity_tied", "account.identity_untied"] {
        assert_eq!(scene.events(&anna.id.to_string(), action), 1, "{action}");
    }
}

#[test]
fn the_security_administrator_unties_what_its_owner_cannot() {
    let scene = Scene::with(|config| config.oidc.register_vendors = false);
    let test = &scene.test;
    let anna = test.person_with_password("anna@example.org", &[]);
    let carl = test.person_with_password("carl@example.org", &[]);
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let system = test.person("system@example.org", &[with(Role::SystemAdmin)]);
    for person in [&anna, &carl] {
        enrol(test, person);
    }
    let (mut hers, mut his) = (anna.browser(), carl.browser());
    scene.tie(&mut hers, SUBJECT).expect(303);
    scene.tie(&mut his, SUBJECT).expect(409).shows("请联系安全管理员");
    let removal = |person: &Person| format!("/accounts/{}/identity/removal", person.id);
    let mut browser = keeper.browser();
    browser.open(&format!("/accounts/{}", carl.id));
    assert!(!browser.offers(&removal(&carl)), "none is tied to it");
    browser.open(&format!("/accounts/{}", anna.id));
    browser.submit(&removal(&anna), &[("reason", " ")]).expect(422);
    let reason = "本人无法登录，已当面核实身份";
    let answer = browser.submit(&removal(&anna), &[("reason", reason)]).expect(303);
    browser.follow(answer).shows("统一身份认证已解除绑定");
    assert!(!browser.offers(&removal(&anna)));
    // Whoever was let in by it is out, and it can be tied where it belongs.
    assert_eq!(hers.get("/desk").expect(303).location(), "/session/new");
    scene.tie(&mut his, SUBJECT).expect(303);
    test.run_jobs();
    let told = test.letters_to(&anna.email).into_iter().any(|letter| letter.text.contains(reason));
    assert!(told, "{:?}", test.letters_to(&anna.email));
    assert_eq!(scene.events(&anna.id.to_string(), "account.identity_untied"), 1);
    // Nobody does it to themselves, where nothing is tied, or in another office.
    let body = json!({ "reason": reason });
    let ask = |asker: &Person, of: &Person| asker.api().call("POST", &format!("/api/v1{}", removal(of)), &body);
    assert_eq!(ask(&keeper, &keeper).expect(409).code(), "own_identity");
    assert_eq!(ask(&keeper, &anna).expect(409).code(), "no_identity");
    assert_eq!(ask(&system, &carl).expect(403).code(), "wrong_role");
    ask(&keeper, &carl).expect(200);
    assert_eq!(scene.events(&carl.id.to_string(), "account.identity_untied"), 1);
}

#[test]
fn people_whom_nobody_knows_get_an_account_by_an_address_that_is_theirs_and_free() {
    let scene = Scene::start();
    let test = &scene.test;
    let anna = test.person_with_password("taken@id.example", &[]);
    let refused = |subject: &str, quirks: Quirks| {
        scene.provider.misbehave(quirks);
        let mut browser = test.visitor();
        let answer = scene.arrive(&mut browser, subject);
        scene.provider.misbehave(Quirks::default());
        must_be_refused(&browser, &answer, subject, "尚未绑定可用的账号");
    };
    // Whose address is somebody's: the one who has it is told, and stays the only one.
    refused("taken", Quirks::default());
    test.run_jobs();
    assert_eq!(test.letters_to(&anna.email).len(), 1);
    refused("unproved", set(|claims| drop(claims.insert("email_verified".into(), json!(false)))));
    refused("nowhere", set(|claims| drop(claims.remove("email"))));
    refused("strange", set(|claims| drop(claims.insert("email".into(), json!("no address")))));
    refused("header", set(|claims| drop(claims.insert("email".into(), json!("a@x.example\r\nbcc: b@x.example")))));
    assert_eq!(test.read(|tx| Ok(db::accounts::count(tx.db)?)), 1);
    assert_eq!(scene.arrive(&mut test.visitor(), "free").expect(303).location(), "/desk");
    assert_eq!(test.read(|tx| Ok(db::accounts::count(tx.db)?)), 2);
    // Closed and opened again, it is entered as before: there is no password that would have to be set first.
    let free = test.read(|tx| Ok(db::accounts::find_by_email(tx.db, "free@id.example")?)).expect("an account").id;
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    for enable in [false, true] {
        let path = format!("/api/v1/accounts/{free}");
        let version = keeper.api().json(&path)["version"].clone();
        let body = json!({ "version": version, "enable": enable, "reason": "复核" });
        keeper.api().call("POST", &format!("{path}/status"), &body).expect(200);
    }
    assert_eq!(scene.arrive(&mut test.visitor(), "free").expect(303).location(), "/desk");
}

fn officers(change: impl FnOnce(&mut Config)) -> (Scene, Person, Factor) {
    let scene = Scene::with(|config| {
        config.accounts.second_factor = SecondFactor::Officers;
        change(config);
    });
    let officer = scene.test.person_with_password("officer@example.org", &[with(Role::SecurityAdmin)]);
    let factor = enrol(&scene.test, &officer);
    scene.tie(&mut officer.browser(), SUBJECT).expect(303);
    (scene, officer, factor)
}

#[test]
fn an_officer_owes_the_second_factor_unless_the_providers_is_sufficient() {
    let strong: provider::Change = |claims| {
        claims.insert("acr".into(), json!("level3"));
        claims.insert("amr".into(), json!(["pwd", "otp"]));
    };
    // Whatever the provider says of a factor, nothing was set that would be sufficient.
    let (scene, ..) = officers(|_| {});
    scene.provider.misbehave(set(strong));
    assert_eq!(scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303).location(), "/session/code");
    drop(scene);
    let (scene, officer, _) = officers(|config| config.oidc.sufficient_acr = vec!["level3".into()]);
    assert_eq!(scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303).location(), "/session/code", "no acr");
    scene.provider.misbehave(set(strong));
    let mut browser = scene.test.visitor();
    assert_eq!(scene.arrive(&mut browser, SUBJECT).expect(303).location(), "/desk");
    browser.open("/desk");
    // It lets in, and is fresh for nothing that weighs most.
    browser.open(&format!("/accounts/{}", officer.id));
    let path = format!("/accounts/{}/grants", officer.id);
    browser.post(&path, &[("role", "auditor"), ("reason", "x")]).expect(403);
    // Without a factor of one's own it is set up first: what weighs most asks for it.
    scene.test.tamper("DELETE FROM second_factors");
    let mut test = scene.test;
    test.expect_violations();
    let scene = Scene { test, provider: scene.provider };
    assert_eq!(scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303).location(), "/account/factor");
}

#[test]
fn an_invitation_is_taken_up_by_an_identity_once_and_in_the_browser_that_began() {
    let scene = Scene::with(|config| config.oidc.register_vendors = false);
    let test = &scene.test;
    let keeper = test.person("keeper@example.org", &[with(Role::SystemAdmin)]);
    let invite = |email: &str| {
        let body = json!({ "name": "李四", "email": email });
        keeper.api().call("POST", "/api/v1/accounts", &body).expect(201);
        test.run_jobs();
        let letters = test.letters_to(email);
        let text = letters.last().map(|letter| letter.text.clone()).expect("a letter");
        let (_, after) = text.split_once("/invitation/").expect("a link");
        format!("/invitation/{}", after.split_whitespace().next().unwrap_or_default())
    };
    let link = invite("invited@example.org");
    let mut browser = test.visitor();
    browser.open(&link).shows("统一身份认证启用账号");
    let left = browser.submit(&format!("{link}/identity"), &[]).expect(200);
    let query = scene.consent(&address_in(&left), SUBJECT);
    let mut other = test.visitor();
    come_back(&mut other, &query).expect(422).shows(OVER);
    assert_eq!(come_back(&mut browser, &query).expect(303).location(), "/desk");
    browser.open("/desk").shows("李四");
    test.visitor().get(&link).expect(422);
    test.visitor().post(&format!("{link}/identity"), &[]).expect(403);
    assert_eq!(scene.arrive(&mut test.visitor(), SUBJECT).expect(303).location(), "/desk");
    // The same identity takes no second invitation up, and that link stays good for its owner.
    let second = invite("second@example.org");
    let mut browser = test.visitor();
    browser.open(&second);
    let left = browser.submit(&format!("{second}/identity"), &[]).expect(200);
    let query = scene.consent(&address_in(&left), SUBJECT);
    come_back(&mut browser, &query).expect(409).shows("已绑定另一个账号");
    test.visitor().open(&second);
}

#[test]
fn c_05_what_is_tried_is_counted_by_network_and_what_is_right_is_not() {
    let scene = Scene::with(|config| config.limits.sign_in_network = LimitConfig { attempts: 3, minutes: 10 });
    for _ in 0..5 {
        scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303);
    }
    for _ in 0..3 {
        scene.fail(sign(Signing::ByAnother), "a wrong one", NOT_PROVED);
    }
    let redeemed = scene.provider.count("/token");
    let refused = scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(429);
    assert!(refused.header("retry-after").is_some(), "{refused}");
    assert_eq!(scene.provider.count("/token"), redeemed, "the provider is not asked");
}

#[test]
fn c_05_an_answer_to_nothing_that_was_begun_here_is_counted_for_nobody() {
    let scene = Scene::with(|config| config.limits.sign_in_network = LimitConfig { attempts: 3, minutes: 10 });
    let mut mine = scene.test.visitor();
    let address = scene.leave(&mut mine);
    // As any page elsewhere makes the browsers of an office ask for it.
    for query in ["", "code=brought-along&state=x", "error=access_denied&state=x", "code=x&state=x&state=x"] {
        for _ in 0..2 {
            let answer = come_back(&mut scene.test.visitor(), query).expect(422);
            assert!(!answer.text().contains("brought-along"), "a code does not stand in a page: {answer}");
        }
    }
    assert_eq!(scene.events("unknown", "account.sign_in_failed"), 0, "nor does it fill the record");
    let query = scene.consent(&address, SUBJECT);
    assert_eq!(come_back(&mut mine, &query).expect(303).location(), "/desk");
}

#[test]
fn c_48_an_identity_that_was_put_there_or_taken_away_is_found() {
    let mut scene = Scene::start();
    scene.test.expect_violations();
    scene.arrive(&mut scene.test.visitor(), SUBJECT).expect(303);
    let carl = scene.test.person("carl@example.org", &[]);
    let found = |scene: &Scene| -> Vec<String> {
        scene.test.violations_of(&["identity_is_as_recorded"]).into_iter().map(|found| found.what).collect()
    };
    assert!(found(&scene).is_empty());
    scene.test.tamper(&format!(
        "INSERT INTO provider_identities (issuer, subject_key, account_id, linked_at) \
         VALUES ('{}', 'x', '{}', '2026-03-02 00:00:00')",
        scene.provider.issuer(),
        carl.id
    ));
    let put = found(&scene);
    assert!(put.len() == 1 && put[0].contains("never tied"), "{put:?}");
    scene.test.tamper("DELETE FROM provider_identities");
    let gone = found(&scene);
    assert!(gone.len() == 1 && gone[0].contains("gone"), "{gone:?}");
}

/// Before any page has asked who is there, the query is refused; its reader is known all the same, and its code is said nowhere.
#[test]
fn an_answer_that_cannot_be_read_is_told_in_its_readers_frame() {
    let scene = Scene::start();
    let mut browser = scene.test.person("anna@example.org", &[]).browser();
    let unreadable = "code=good-once&state=%00";
    come_back(&mut browser, unreadable).expect(422).shows("anna").hides("good-once");
    come_back(&mut scene.test.visitor(), unreadable).expect(422).hides("anna").hides("good-once");
    // So is that of every other page that cannot read what it is asked for.
    browser.get("/notices?page=1&page=2").expect(422).shows("anna");
}

#[test]
fn nothing_of_it_is_there_unless_it_is_asked_for() {
    let test = TestApp::start();
    let anna = test.person("anna@example.org", &[]);
    let mut visitor = test.visitor();
    visitor.open("/session/new").hides("统一身份认证");
    visitor.post("/session/identity", &[]).expect(404);
    visitor.get("/session/identity/answer?code=x&state=x").expect(404);
    let mut browser = anna.browser();
    browser.open("/account").hides("统一身份认证");
    browser.post("/account/identity", &[]).expect(404);
    browser.post("/account/identity/removal", &[]).expect(404);
    assert_eq!(visitor.cookie(COOKIE), None);
}
