//! The second factor: asked for, given once, fresh for what weighs most, lost and set up anew.

mod weight;

use super::objectors::dump;
use super::support::node::Node;
use super::support::people::PASSWORD;
use super::support::race::together;
use super::support::{Answer, Client, Person, TestApp, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::actions::second_factor;
use yuanchi::auth::{token, totp};
use yuanchi::config::SecondFactor;
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::status::SessionKind;

/// What somebody has after setting it up.
pub struct Factor {
    pub secret: Vec<u8>,
    recovery: Vec<String>,
}

fn officers() -> TestApp {
    TestApp::start_with(|config| config.accounts.second_factor = SecondFactor::Officers)
}

fn from_base32(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut bits = Vec::new();
    for letter in text.chars() {
        let value = LETTERS.find(letter).unwrap_or_else(|| panic!("{letter:?} is no letter of base32"));
        bits.extend((0..5).rev().map(|place| value >> place & 1));
    }
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |all, bit| all << 1 | *bit as u8)).collect()
}

/// The code of now, or of so many steps later.
pub fn code(test: &TestApp, secret: &[u8], later: i64) -> String {
    totp::code_at(secret, totp::step_at(test.now().and_utc().timestamp()) + later)
}

pub fn enrol(test: &TestApp, person: &Person) -> Factor {
    let id = person.id;
    let standing = test.write(move |tx| {
        second_factor::offer(tx, id)?;
        second_factor::standing(tx, id)
    });
    let secret = from_base32(&standing.offer.expect("it was offered").secret);
    let first = code(test, &secret, 0);
    let recovery = test.write(move |tx| second_factor::confirm(tx, id, &first)).expect("the right code");
    Factor { secret, recovery }
}

fn sign_in(test: &TestApp, email: &str, otp: Option<&str>) -> Answer {
    let body = json!({"email": email, "password": PASSWORD, "otp": otp});
    test.visitor().call("POST", "/api/v1/tokens", &body)
}

/// Says that a code was given just now in a client's session.
pub fn freshen(test: &TestApp, client: &Client) {
    let session = match (client.cookie("__Host-sid"), client.bearer()) {
        (Some(secret), _) => token::stored_form(secret),
        (None, bearer) => test.app.check_access_token(bearer.expect("a token")).expect("it is good").sid,
    };
    test.write(move |tx| Ok(db::sessions::note_factor(tx.db, &session, tx.now)?));
}

#[test]
fn c_02_an_officer_sets_it_up_at_the_next_sign_in_and_nothing_else_is_open_before() {
    let test = officers();
    let officer = test.person_with_password("officer@example.org", &[with(Role::Handler)]);
    assert_eq!(sign_in(&test, "officer@example.org", None).expect(403).code(), "second_factor_not_set_up");
    let mut browser = test.visitor();
    browser.open("/session/new");
    let fields = [("email", "officer@example.org"), ("password", PASSWORD)];
    assert_eq!(browser.submit("/session", &fields).expect(303).location(), "/account/factor");
    let before = browser.cookie("__Host-sid").expect("a session").to_string();
    for path in ["/desk", "/account", "/decisions", "/session/code"] {
        assert_eq!(browser.get(path).expect(303).location(), "/account/factor", "{path}");
    }
    // To the public pages it is nobody in particular.
    browser.open("/calls").shows("登录");
    browser.open("/account/factor").shows("您的角色须设置动态口令");
    browser.submit("/account/factor/offer", &[]).expect(303);
    let page = browser.open("/account/factor").text();
    let shown = page.split("<span class=\"code\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a secret");
    let secret = from_base32(shown);
    browser.submit("/account/factor", &[("otp", "000")]).expect(422).shows("口令不正确");
    let first = code(&test, &secret, 0);
    let codes = browser.submit("/account/factor", &[("otp", first.as_str())]).expect(200);
    assert_eq!(codes.text().matches("<li class=\"code\">").count(), 10, "{codes}");
    // C-10: the session goes on under another id.
    assert_ne!(browser.cookie("__Host-sid"), Some(before.as_str()));
    browser.open("/desk");
    let mut old = test.visitor();
    old.set_cookie("__Host-sid", &before);
    assert_eq!(old.get("/desk").expect(303).location(), "/session/new");

    // From now on the code is asked for, and the sign-in is recorded once it was given.
    test.advance(Duration::seconds(30));
    let mut browser = test.visitor();
    browser.open("/session/new");
    browser.submit("/session", &fields).expect(200).shows("输入动态口令");
    assert_eq!(browser.get("/desk").expect(303).location(), "/session/code");
    assert_eq!(browser.get("/account/factor").expect(303).location(), "/session/code", "no way round it");
    browser.open("/session/code");
    browser.submit("/session/code", &[("otp", first.as_str())]).expect(422).shows("已使用过");
    // Whoever had the password and not the code is on record, with where it came from.
    let events = test.read(|tx| Ok(db::events::of_subject(tx.db, "account", officer.id.as_text())?));
    let refused: Vec<_> = events.iter().filter(|event| event.action == "account.code_refused").collect();
    assert!(refused.len() == 1 && refused[0].network() == Some("127.0.0.1"), "{refused:?}");
    let second = code(&test, &secret, 0);
    let answer = browser.submit("/session/code", &[("otp", second.as_str())]).expect(303);
    assert_eq!(answer.location(), "/desk");
    browser.open("/desk");
    let acts = test.read(|tx| Ok(db::invariants::acts(tx.db, "account", &["account.signed_in"])?));
    assert_eq!(acts.len(), 2, "one a whole session");
    test.run_jobs();
    assert_eq!(test.letters_to("officer@example.org").len(), 1);
}

#[test]
fn c_02_a_vendor_needs_none_and_is_asked_for_what_they_set_up() {
    let test = officers();
    let anna = test.person_with_password("anna@example.org", &[]);
    sign_in(&test, &anna.email, None).expect(200);
    let mut before = anna.browser();
    before.open("/desk");
    let factor = enrol(&test, &anna);
    assert_eq!(before.get("/desk").expect(303).location(), "/session/code", "sessions that gave no code");
    let missing = sign_in(&test, &anna.email, None).expect(422).json();
    assert_eq!(missing["fields"][0]["code"], "code_missing");
    test.advance(Duration::seconds(30));
    let tokens = sign_in(&test, &anna.email, Some(&code(&test, &factor.secret, 0))).expect(200).json();
    let mut api = test.visitor().with_bearer(tokens["access_token"].as_str().expect("a token").to_string());
    assert_eq!(api.json("/api/v1/me/second-factor")["required"], false);
    // Given up, with a fresh code; then nobody asks any more.
    assert_eq!(api.call("DELETE", "/api/v1/me/second-factor", &json!({})).expect(200).json()["since"], Value::Null);
    sign_in(&test, &anna.email, None).expect(200);
}

#[test]
fn c_03_a_code_is_good_once_and_within_a_step_to_either_side() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[with(Role::Auditor)]);
    let Factor { secret, .. } = enrol(&test, &anna);
    let enter = |otp: &str| sign_in(&test, &anna.email, Some(otp)).status;
    assert_eq!(enter(&code(&test, &secret, 0)), 422, "the code of the set-up was its first use");
    test.advance(Duration::minutes(5));
    assert_eq!([enter(&code(&test, &secret, -2)), enter(&code(&test, &secret, 2))], [422, 422]);
    let right = code(&test, &secret, 0);
    let answers = together((0..2).map(|_| || sign_in(&test, &anna.email, Some(right.as_str()))));
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "of two at once with one code");
    test.advance(Duration::minutes(5));
    assert_eq!(enter(&code(&test, &secret, -1)), 200);
    assert_eq!(enter(&code(&test, &secret, 1)), 200);
    assert_eq!(enter(&code(&test, &secret, 0)), 422, "older than one that was taken");
    // The seed is sealed.
    let held = dump(&test);
    assert!(!held.contains(&totp::base32(&secret)) && !held.contains(&hex::encode(&secret)));
}

#[test]
fn c_05_codes_are_limited_too() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let Factor { secret, .. } = enrol(&test, &anna);
    test.advance(Duration::minutes(1));
    for _ in 0..10 {
        sign_in(&test, &anna.email, Some("000000x")).expect(422);
    }
    let refused = sign_in(&test, &anna.email, Some(&code(&test, &secret, 0))).expect(429);
    assert!(refused.header("retry-after").is_some(), "{refused}");
    test.advance(Duration::minutes(16));
    sign_in(&test, &anna.email, Some(&code(&test, &secret, 0))).expect(200);
}

#[test]
fn c_03_a_code_in_full_width_is_the_same_code() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    // As a Chinese keyboard types it: the full forms stand as far behind ASCII in Unicode for every character.
    let wide = |code: &str| -> String { code.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect() };
    let id = anna.id;
    let offered = test.write(move |tx| {
        second_factor::offer(tx, id)?;
        second_factor::standing(tx, id)
    });
    let secret = from_base32(&offered.offer.expect("it was offered").secret);
    let first = wide(&code(&test, &secret, 0));
    let recovery = test.write(move |tx| second_factor::confirm(tx, id, &first)).expect("the right code");
    test.advance(Duration::minutes(1));
    sign_in(&test, &anna.email, Some(&wide(&code(&test, &secret, 0)))).expect(200);
    sign_in(&test, &anna.email, Some(&wide(&recovery[0]))).expect(200);
    sign_in(&test, &anna.email, Some(&wide("000000"))).expect(422);
}

#[test]
fn c_03_a_recovery_code_is_good_once_and_its_owner_is_told() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let factor = enrol(&test, &anna);
    assert_eq!(factor.recovery.len(), 10);
    let first = factor.recovery[0].to_lowercase();
    sign_in(&test, &anna.email, Some(&first)).expect(200);
    sign_in(&test, &anna.email, Some(&first)).expect(422);
    let held = dump(&test);
    assert!(factor.recovery.iter().all(|code| !held.contains(code) && !held.contains(&code.replace('-', ""))));
    test.run_jobs();
    let letters = test.letters_to(&anna.email);
    assert!(letters.iter().any(|letter| letter.text.contains("还剩 9 个")), "{letters:?}");
    // New ones take the place of all others.
    let actor = anna.actor();
    let renewed = test.write(move |tx| second_factor::renew_codes(tx, &actor));
    sign_in(&test, &anna.email, Some(&factor.recovery[1])).expect(422);
    sign_in(&test, &anna.email, Some(&renewed[1])).expect(200);
}

#[test]
fn c_09_nobody_sets_a_first_factor_up_in_a_session_that_was_left_open() {
    let test = TestApp::start();
    let anna = test.person_with_password("anna@example.org", &[]);
    let set_up = |mut client: Client| {
        let offer = client.call("POST", "/api/v1/me/second-factor", &json!({})).expect(200).json();
        let secret = from_base32(offer["secret"].as_str().expect("a secret"));
        let otp = code(&test, &secret, 0);
        client.call("POST", "/api/v1/me/second-factor/confirmation", &json!({"otp": otp}))
    };
    let left_open = anna.api();
    let session = test.app.check_access_token(left_open.bearer().expect("a token")).expect("it is good").sid;
    test.advance(Duration::minutes(31));
    let goes_on = test.app.access_token(anna.id, &session).expect("a token");
    let refused = set_up(test.visitor().with_bearer(goes_on)).expect(403);
    assert_eq!(refused.code(), "sign_in_not_recent");
    sign_in(&test, &anna.email, None).expect(200);
    set_up(anna.api()).expect(200);
    assert_eq!(sign_in(&test, &anna.email, None).expect(422).json()["fields"][0]["code"], "code_missing");
}

/// Whoever goes on under another id has not signed in: the session is over as long after its sign-in as any other.
#[test]
fn c_11_what_is_done_in_a_session_does_not_let_it_begin_again() {
    let test = TestApp::start_with(|config| {
        (config.sessions.idle_minutes, config.sessions.absolute_hours) = (55, 1);
    });
    let (anna, boris) = (test.person("anna@example.org", &[]), test.person("boris@example.org", &[]));
    let (mut founder, mut careful) = (anna.browser(), boris.browser());
    let ids = |clients: [&Client; 2]| clients.map(|client| client.cookie("__Host-sid").map(str::to_string));
    let before = ids([&founder, &careful]);
    test.advance(Duration::minutes(20));
    founder.open("/organisations/new");
    let registered = super::organisations::registration("914403001922038216", "440305", "");
    let fields = registered.as_object().expect("an object");
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default())).collect();
    founder.submit("/organisations", &fields).expect(303);
    careful.open("/account/factor");
    careful.submit("/account/factor/offer", &[]).expect(303);
    let page = careful.open("/account/factor").text();
    let shown = page.split("<span class=\"code\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a secret");
    let first = code(&test, &from_base32(shown), 0);
    careful.submit("/account/factor", &[("otp", first.as_str())]).expect(200);
    let after = ids([&founder, &careful]);
    assert!(before.iter().zip(&after).all(|(before, after)| before != after), "each has another id");
    test.advance(Duration::minutes(40) - Duration::seconds(1));
    founder.open("/desk");
    careful.open("/desk");
    test.advance(Duration::seconds(1));
    for over in [&mut founder, &mut careful] {
        assert_eq!(over.get("/desk").expect(303).location(), "/session/new");
    }
    let acts = test.read(|tx| Ok(db::invariants::acts(tx.db, "account", &["account.signed_in"])?));
    assert_eq!(acts.len(), 2, "one a sign-in");
}

#[test]
fn c_13_a_factor_that_is_replaced_ends_every_other_session() {
    let test = TestApp::start();
    let anna = test.person("anna@example.org", &[]);
    let Factor { secret, .. } = enrol(&test, &anna);
    let (mut here, mut lost) = (anna.api(), anna.api());
    freshen(&test, &here);
    freshen(&test, &lost);
    lost.get("/api/v1/me").expect(200);
    let offer = here.call("POST", "/api/v1/me/second-factor", &json!({})).expect(200).json();
    let new = from_base32(offer["secret"].as_str().expect("a secret"));
    assert_ne!(new, secret);
    let first = code(&test, &new, 0);
    let taken = here.call("POST", "/api/v1/me/second-factor/confirmation", &json!({"otp": first})).expect(200).json();
    // Whoever has the device that was lost was let in by it.
    lost.get("/api/v1/me").expect(401);
    here.get("/api/v1/me").expect(401);
    let token = taken["tokens"]["access_token"].as_str().expect("a token").to_string();
    test.visitor().with_bearer(token).get("/api/v1/me").expect(200);
}

#[test]
fn c_02_a_form_that_waits_for_a_code_keeps_what_was_typed() {
    let test = TestApp::start();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let newcomer = test.person("newcomer@example.org", &[]);
    let Factor { secret, .. } = enrol(&test, &keeper);
    let mut browser = keeper.browser();
    freshen(&test, &browser);
    let page = format!("/accounts/{}", newcomer.id);
    browser.open(&page);
    test.advance(Duration::minutes(6));
    let grants = format!("{page}/grants");
    let typed = [("role", "auditor"), ("reason", "新任审计员")];
    browser.submit(&grants, &typed).expect(403).shows("仍保留在本页");
    let given = code(&test, &secret, 0);
    browser.submit("/session/code", &[("otp", "123")]).expect(422).shows("仍保留在本页");
    browser.submit("/session/code", &[("otp", given.as_str())]).expect(200);
    assert_eq!(browser.submit(&grants, &[]).expect(303).location(), page);
    browser.open(&page).shows("新任审计员");
    let mut api = keeper.api();
    freshen(&test, &api);
    test.tamper("UPDATE sessions SET factor_at = '2026-03-02 00:00:00' WHERE kind = 'api'");
    let body = json!({"role": "evaluator", "reason": "抽调"});
    let path = format!("/api/v1{grants}");
    assert_eq!(api.call("POST", &path, &body).expect(403).code(), "second_factor_stale");
    test.advance(Duration::seconds(30));
    let otp = code(&test, &secret, 0);
    api.call("POST", "/api/v1/me/second-factor/code", &json!({"otp": otp})).expect(204);
    assert_ne!(api.call("POST", &path, &body).status, 403);
}

#[test]
fn c_16_a_lost_factor_is_reset_by_another_and_ends_every_session() {
    let test = TestApp::start();
    let keeper = test.person("keeper@example.org", &[with(Role::SecurityAdmin)]);
    let anna = test.person_with_password("anna@example.org", &[]);
    let path = |person: &Person| format!("/accounts/{}/factor/reset", person.id);
    let mut browser = keeper.browser();
    browser.open(&format!("/accounts/{}", anna.id));
    assert!(!browser.offers(&path(&anna)), "there is none to reset");
    enrol(&test, &anna);
    let mut hers = anna.browser();
    freshen(&test, &hers);
    hers.open("/desk");
    browser.open(&format!("/accounts/{}", anna.id));
    browser.submit(&path(&anna), &[("reason", "手机遗失，已当面核实身份")]).expect(303);
    assert_eq!(hers.get("/desk").expect(303).location(), "/session/new");
    sign_in(&test, &anna.email, None).expect(200);
    test.run_jobs();
    assert!(test.letters_to(&anna.email).iter().any(|letter| letter.text.contains("手机遗失")));
    // Nobody resets their own.
    enrol(&test, &keeper);
    let mut own = keeper.api();
    freshen(&test, &own);
    let api = format!("/api/v1/accounts/{}/second-factor/reset", keeper.id);
    assert_eq!(own.call("POST", &api, &json!({"reason": "自助"})).expect(409).code(), "own_factor");
}

#[test]
fn c_48_a_factor_that_was_put_there_or_moved_is_found() {
    let mut test = TestApp::start();
    test.expect_violations();
    let anna = test.person("anna@example.org", &[]);
    let carl = test.person("carl@example.org", &[]);
    enrol(&test, &anna);
    assert_eq!(test.violations_of(&["second_factor_is_as_recorded"]), []);
    test.tamper(&format!(
        "INSERT INTO second_factors (account_id, secret, confirmed_at, last_step) \
         SELECT '{}', secret, confirmed_at, 0 FROM second_factors WHERE account_id = '{}'",
        carl.id, anna.id
    ));
    let found: Vec<String> =
        test.violations_of(&["second_factor_is_as_recorded"]).into_iter().map(|v| v.what).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("never set up") && found[1].contains("does not open"), "{found:?}");
    test.tamper("DELETE FROM second_factors");
    let found = test.violations_of(&["second_factor_is_as_recorded"]);
    assert!(found.len() == 1 && found[0].what.contains("gone"), "{found:?}");
}

/// What is half stays half: neither a setting that asks for less, nor a role that comes to its end, makes a password alone enough.
#[test]
fn c_02_half_a_sign_in_becomes_whole_by_no_change_of_the_settings_or_of_roles() {
    let test = officers();
    let lenient = Node::beside_with(&test, |config| config.accounts.second_factor = SecondFactor::Off);
    let officer = test.person_with_password("officer@example.org", &[with(Role::Handler)]);
    let half = || {
        let mut browser = test.visitor();
        browser.open("/session/new");
        let fields = [("email", officer.email.as_str()), ("password", PASSWORD)];
        assert_eq!(browser.submit("/session", &fields).expect(303).location(), "/account/factor");
        browser
    };
    let found = || test.violations_of(&["session_is_as_recorded"]);
    let begun = half();
    let mut moved = lenient.visitor();
    moved.set_cookie("__Host-sid", begun.cookie("__Host-sid").expect("a session"));
    for path in ["/desk", "/account", "/account/factor", "/account/password", "/session/code"] {
        assert_eq!(moved.get(path).expect(303).location(), "/session/new", "{path}");
    }
    moved.open("/calls").shows("登录");
    // The check that runs under the other setting sees the same.
    let other = lenient.app.read_now(|tx| yuanchi::actions::fsck::check(tx, &[])).expect("a check");
    assert_eq!((found(), other), (Vec::new(), Vec::new()));
    // Whoever signs in there is in, by a sign-in that is on record.
    moved.open("/session/new");
    let fields = [("email", officer.email.as_str()), ("password", PASSWORD)];
    assert_eq!(moved.submit("/session", &fields).expect(303).location(), "/desk");
    moved.open("/desk");
    assert_eq!(found(), []);
    // A role that ends meanwhile owes nothing any more, and opens nothing either.
    let mut begun = half();
    let last_day = "UPDATE grants SET ends_on = '2026-03-01'";
    test.tamper(last_day);
    assert_eq!(begun.get("/desk").expect(303).location(), "/session/new");
    test.tamper("UPDATE grants SET ends_on = '2099-12-31'");
    assert_eq!(begun.get("/desk").expect(303).location(), "/account/factor");
}

#[test]
fn c_48_a_session_passes_for_half_a_sign_in_only_as_such_and_of_an_account_that_could_owe_the_rest() {
    let mut test = officers();
    test.expect_violations();
    let officer = test.person_with_password("officer@example.org", &[with(Role::Handler)]);
    let vendor = test.person_with_password("vendor@example.org", &[]);
    // Before the code, or before it was set up at all: begun, not recorded, and rightly so.
    for email in ["officer@example.org", "vendor@example.org"] {
        let mut browser = test.visitor();
        browser.open("/session/new");
        browser.submit("/session", &[("email", email), ("password", PASSWORD)]).expect(303);
    }
    let found = || test.violations_of(&["session_is_as_recorded"]).into_iter().map(|v| v.subject).collect::<Vec<_>>();
    assert_eq!(found(), Vec::<String>::new());
    let plant = |person: &Person, id: &str, is_half: bool| {
        let (id, account) = (id.to_string(), person.id);
        test.write(move |tx| {
            let session = db::sessions::Session {
                id,
                account_id: account,
                kind: SessionKind::Browser,
                user_agent: String::new(),
                created_at: tx.now - Duration::minutes(1),
                seen_at: tx.now,
                expires_at: tx.now + Duration::minutes(9),
                ended_at: None,
                factor_at: None,
                is_half,
            };
            Ok(db::sessions::create(tx.db, &session)?)
        });
    };
    plant(&officer, "planted-1", true);
    assert_eq!(found(), Vec::<String>::new(), "it opens nothing");
    plant(&vendor, "planted-2", true);
    assert_eq!(found(), [format!("account {}", vendor.id)], "nothing was ever asked of it but the password");
    plant(&officer, "planted-3", false);
    let both = |test: &[String]| test.contains(&format!("account {}", officer.id)) && test.len() == 2;
    assert!(both(&found()), "it would open all that is the officer's wherever no factor is asked for");
    test.advance(Duration::minutes(20));
    assert!(both(&found()), "nor is it forgotten once it is over");
    test.tamper("DELETE FROM sessions WHERE id LIKE 'planted-%'");
    assert_eq!(found(), Vec::<String>::new());
    // Half a sign-in that somebody makes whole in its row is one that no sign-in began.
    test.tamper("UPDATE sessions SET is_half = FALSE WHERE is_half");
    assert_eq!(found(), [format!("account {}", officer.id)]);
}

#[test]
fn c_12_whoever_gives_the_factor_up_leaves_no_session_that_owed_it() {
    let test = officers();
    let vendor = test.person_with_password("vendor@example.org", &[]);
    enrol(&test, &vendor);
    let mut own = vendor.browser();
    freshen(&test, &own);
    let mut stranger = test.visitor();
    stranger.open("/session/new");
    stranger.submit("/session", &[("email", "vendor@example.org"), ("password", PASSWORD)]).expect(200);
    assert_eq!(stranger.get("/desk").expect(303).location(), "/session/code");
    let actor = vendor.actor();
    test.write(move |tx| second_factor::give_up(tx, &actor));
    own.open("/desk");
    assert_eq!(stranger.get("/desk").expect(303).location(), "/session/new", "a password alone began it");
}
