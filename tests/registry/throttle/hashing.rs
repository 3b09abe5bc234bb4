//! C-01, C-04: how many hash at a time, whom it tells of, and hashes that took less work.

use super::{ANNA, bare, few, seconds, sign_in};
use crate::support::people::PASSWORD;
use crate::support::{TestApp, with};
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use yuanchi::app::App;
use yuanchi::auth::password::{Hashing, Passwords};
use yuanchi::config::Config;
use yuanchi::domain::actor::Role;

/// Hashes nothing, counts what it is asked, and waits while it is held up.
#[derive(Default)]
struct Counted {
    held: Mutex<bool>,
    let_go: Condvar,
    checked: AtomicUsize,
    hashed: AtomicUsize,
}

impl Counted {
    fn hold(&self, held: bool) {
        *self.held.lock().expect("nobody panicked") = held;
        self.let_go.notify_all();
    }

    /// How often a password was checked and hashed since it was asked last.
    fn worked(&self) -> (usize, usize) {
        (self.checked.swap(0, Ordering::SeqCst), self.hashed.swap(0, Ordering::SeqCst))
    }
}

impl Hashing for Counted {
    fn hash(&self, password: &str, _: &[u8; 16]) -> anyhow::Result<String> {
        self.hashed.fetch_add(1, Ordering::SeqCst);
        Ok(format!("of {password}"))
    }

    fn verify(&self, password: &str, stored: &str) -> anyhow::Result<bool> {
        self.checked.fetch_add(1, Ordering::SeqCst);
        let held = self.held.lock().expect("nobody panicked");
        drop(self.let_go.wait_while(held, |held| *held).expect("nobody panicked"));
        Ok(stored == format!("of {password}"))
    }

    fn is_outdated(&self, stored: &str) -> bool {
        stored.starts_with("old ")
    }
}

/// A registry that hashes so: `slots` at a time, of whom so many wait.
fn counting(slots: usize, waiting: usize, change: impl FnOnce(&mut Config)) -> (TestApp, Arc<Counted>) {
    let counted = Arc::new(Counted::default());
    let hashing = counted.clone();
    let adapt = move |app: &mut App| app.passwords = Passwords::by(hashing, slots, waiting).expect("a pool");
    let test = TestApp::start_as(change, adapt);
    counted.worked();
    (test, counted)
}

#[test]
fn c_01_a_storm_of_sign_ins_is_turned_away_while_pages_are_answered() {
    const STORM: usize = 40;
    let (test, counted) = counting(2, 4, |config| {
        config.limits.sign_in_network = few(1_000);
        config.limits.sign_in_account = few(1);
    });
    counted.hold(true);
    let email = |number: usize| format!("p{number}@example.org");
    let (answers, answered) = mpsc::channel();
    std::thread::scope(|scope| {
        for number in 0..STORM {
            let (answers, visitor) = (answers.clone(), test.visitor());
            scope.spawn(move || answers.send((number, sign_in(visitor, &email(number), "wrong"))));
        }
        // No more than two who are looked at and four who wait are kept; everybody else is told to come back, now.
        let mut turned_away = Vec::new();
        while turned_away.len() < STORM - 6 {
            let (number, answer) = answered.recv_timeout(std::time::Duration::from_secs(50)).expect("an answer");
            assert_eq!(answer.clone().expect(429).code(), "too_many_sign_ins");
            assert_eq!(seconds(&answer), 5);
            turned_away.push(number);
        }
        for path in ["/", "/calls", "/lists", "/healthz", "/session/new", "/api/v1/providers"] {
            test.visitor().open(path);
        }
        counted.hold(false);
        let rest: Vec<u16> = (0..6).map(|_| answered.recv().expect("an answer").1.status).collect();
        assert!(rest.iter().all(|status| matches!(status, 422 | 429)), "{rest:?}");
        assert!(rest.iter().filter(|status| **status == 422).count() >= 4, "{rest:?}");
        // Whoever was turned away for want of room had no attempt: the one that they have is left.
        for number in turned_away.into_iter().take(5) {
            assert_eq!(sign_in(test.visitor(), &email(number), "wrong").expect(422).code(), "wrong_credentials");
        }
    });
}

#[test]
fn c_04_whoever_is_named_the_same_work_is_done() {
    let (test, counted) = counting(2, 64, |config| config.limits.sign_in_account = few(100));
    test.person_with_password(ANNA, &[]);
    test.person("nameless@example.org", &[]);
    test.close(test.person_with_password("closed@example.org", &[]).id);
    let invited = test.person_with_password("invited@example.org", &[]);
    test.tamper(&format!("UPDATE accounts SET status = 'invited' WHERE id = '{}'", invited.id));
    counted.worked();
    let emails = [ANNA, "nobody@example.org", "closed@example.org", "invited@example.org", "nameless@example.org"];
    let mut answers = Vec::new();
    for email in emails {
        let answer = bare(&sign_in(test.visitor(), email, "not the right one at all"));
        assert_eq!(counted.worked(), (1, 0), "{email}: one password is checked, and none is hashed");
        let mut browser = test.visitor();
        browser.open("/session/new");
        let page = browser.submit("/session", &[("email", email), ("password", "not the right one at all")]);
        assert_eq!(counted.worked(), (1, 0), "{email}: the same on the page");
        let (status, headers, text) = bare(&page);
        let headers: Vec<_> = headers.into_iter().filter(|(name, _)| name != "content-length").collect();
        answers.push((answer, status, headers, text.replace(email, "")));
    }
    assert_eq!(answers[0].0.0, 422);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    // The right password of a closed account opens nothing and says nothing.
    assert_eq!(bare(&sign_in(test.visitor(), "closed@example.org", PASSWORD)), answers[0].0);
    counted.worked();
    for (path, body) in [("/api/v1/password-resets", json!({})), ("/api/v1/registrations", json!({"name": "张三"}))] {
        let mut seen = Vec::new();
        for email in emails {
            let mut body = body.clone();
            body["email"] = json!(email);
            seen.push(bare(&test.visitor().call("POST", path, &body)));
            assert_eq!(counted.worked(), (0, 0), "{path}: nothing that takes long");
        }
        assert!(seen.iter().all(|answer| *answer == seen[0]), "{path}: {seen:?}");
    }
}

#[test]
fn c_01_a_hash_that_took_less_work_is_made_anew_at_the_sign_in() {
    let (test, counted) = counting(2, 64, |_| {});
    let anna = test.person_with_password(ANNA, &[with(Role::Auditor)]);
    let mut before = anna.browser();
    let stored = || test.read(|tx| Ok(yuanchi::db::accounts::find(tx.db, anna.id)?)).password_hash;
    let today = stored();
    sign_in(test.visitor(), ANNA, PASSWORD).expect(200);
    counted.worked();
    // One that is outdated and right, as this way of hashing tells them.
    let old = Arc::new(Outdated);
    let other = TestApp::start_as(|_| {}, move |app| app.passwords = Passwords::by(old, 1, 8).expect("a pool"));
    let carl = other.person_with_password("carl@example.org", &[]);
    let kept = || other.read(|tx| Ok(yuanchi::db::accounts::find(tx.db, carl.id)?));
    let (hash, version) = (kept().password_hash, kept().version);
    let mut session = carl.browser();
    sign_in(other.visitor(), "carl@example.org", "wrong").expect(422);
    assert_eq!(kept().password_hash, hash, "only for the right one");
    sign_in(other.visitor(), "carl@example.org", PASSWORD).expect(200);
    assert_eq!(kept().password_hash.as_deref(), Some("new 2"));
    assert_eq!(kept().version, version, "it is the same password");
    session.open("/desk");
    sign_in(other.visitor(), "carl@example.org", PASSWORD).expect(200);
    assert_eq!(kept().password_hash.as_deref(), Some("new 2"), "once");
    assert_eq!(stored(), today, "what is of today stays");
    before.open("/desk");
}

/// Every password is right; what does not say that it is new is outdated.
struct Outdated;

impl Hashing for Outdated {
    fn hash(&self, _: &str, salt: &[u8; 16]) -> anyhow::Result<String> {
        // The decoy and the people of a test have a salt of sevens.
        Ok(if *salt == [7; 16] { "old".into() } else { "new 2".into() })
    }

    fn verify(&self, password: &str, _: &str) -> anyhow::Result<bool> {
        Ok(password == PASSWORD)
    }

    fn is_outdated(&self, stored: &str) -> bool {
        stored == "old"
    }
}
