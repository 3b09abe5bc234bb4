//! How long an answer takes does not tell whether an address has an account (C-04).
//!
//! Of the time of one answer nothing can be said on a machine that does other work too, so many are compared, asked for
//! in turns, by their ranks: what slows some of them down changes few ranks, and what slows the machine down for a
//! while meets both kinds alike. Two kinds are told apart only where chance alone would do so once in a hundred
//! thousand times *and* the difference is worth nearly a third of a password's hash, which is what somebody who left
//! the hash out would gain or lose.

use super::support::TestApp;
use super::support::canaries::WRONG_PASSWORD;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;
use yuanchi::auth::password::{Hashing, Passwords};
use yuanchi::config::LimitConfig;

/// Answers of each kind.
const SAMPLES: usize = 32;
/// Standard deviations of the normal distribution that chance alone exceeds, on either side, once in a hundred thousand
/// times.
const UNLIKELY: f64 = 4.42;
/// Part of a hash's time, in percent, from which on two kinds are told apart.
const WORTH: f64 = 30.0;

/// By how many standard deviations the first are longer than the others, as Mann and Whitney count it: over all pairs,
/// in how many the first is the longer. Without the correction for ties, which makes it the smaller.
fn by_rank(first: &[f64], other: &[f64]) -> f64 {
    let pairs = first.iter().flat_map(|one| other.iter().map(move |two| one.total_cmp(two)));
    let longer: f64 = pairs.map(|order| (f64::from(order as i8) + 1.0) / 2.0).sum();
    let (m, n) = (first.len() as f64, other.len() as f64);
    (longer - m * n / 2.0) / (m * n * (m + n + 1.0) / 12.0).sqrt()
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

/// By how much the first are longer: the median of the differences of all pairs (Hodges and Lehmann).
fn shift(first: &[f64], other: &[f64]) -> f64 {
    median(first.iter().flat_map(|one| other.iter().map(move |two| one - two)).collect())
}

/// Whether the two kinds are told apart by their times, where a hash takes so long.
fn tells_apart(first: &[f64], other: &[f64], hash: f64) -> bool {
    by_rank(first, other).abs() > UNLIKELY && shift(first, other).abs() > hash * WORTH / 100.0
}

/// Milliseconds that it takes.
fn taking(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64() * 1000.0
}

/// The times of what is asked of addresses with and without an account in turns, and of hashes between them.
struct Times {
    known: Vec<f64>,
    unknown: Vec<f64>,
    hash: f64,
}

impl Times {
    /// Asks an operation with this body and each address in turn; everybody is answered with this status.
    fn of(test: &TestApp, path: &str, status: u16, body: &Value) -> Times {
        let (mut known, mut unknown, mut hashes) = (Vec::new(), Vec::new(), Vec::new());
        let mut visitor = test.visitor();
        let mut ask = |email: String| {
            let mut body = body.clone();
            body["email"] = json!(email);
            taking(|| drop(visitor.call("POST", path, &body).expect(status)))
        };
        // What is made at the first request of all is nobody's.
        ask("first@example.org".into());
        for number in 0..SAMPLES {
            let (here, nowhere) = (known_address(number), format!("nobody{number}@example.org"));
            // Neither kind always comes first.
            if number % 2 == 0 {
                known.push(ask(here));
                unknown.push(ask(nowhere));
            } else {
                unknown.push(ask(nowhere));
                known.push(ask(here));
            }
            hashes.push(taking(|| drop(test.app.passwords.hash(WRONG_PASSWORD, &[7; 16]))));
        }
        Times { known, unknown, hash: median(hashes) }
    }

    fn tell_apart(&self) -> bool {
        tells_apart(&self.known, &self.unknown, self.hash)
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (ranks, shift) = (by_rank(&self.known, &self.unknown), shift(&self.known, &self.unknown));
        write!(f, "known addresses take {shift:.2} ms more than others, {ranks:.1} standard deviations by rank, ")?;
        write!(f, "where a hash takes {:.2} ms: {:.1?} and {:.1?}", self.hash, self.known, self.unknown)
    }
}

fn known_address(number: usize) -> String {
    format!("known{number}@example.org")
}

/// A registry with an account for each known address, whose limits nobody reaches.
fn registry(adapt: impl FnOnce(&mut yuanchi::app::App)) -> TestApp {
    let many = || LimitConfig { attempts: 100_000, minutes: 10 };
    let test = TestApp::start_as(
        |config| {
            let limits = &mut config.limits;
            (limits.sign_in_account, limits.sign_in_network) = (many(), many());
            (limits.password_reset, limits.registration) = (many(), many());
        },
        adapt,
    );
    let hash = test.app.passwords.hash("somebody else's password", &[9; 16]).expect("a hash");
    (0..SAMPLES).for_each(|number| drop(test.person(&known_address(number), &[])));
    test.write(move |tx| {
        for number in 0..SAMPLES {
            let account = yuanchi::db::accounts::find_by_email(tx.db, &known_address(number))?;
            yuanchi::db::accounts::set_password(tx.db, account.expect("it was made").id, &hash)?;
        }
        Ok(())
    });
    test
}

#[test]
fn c_04_times_tell_nobody_who_has_an_account() {
    let test = registry(|_| {});
    for (path, status, body) in [
        ("/api/v1/tokens", 422, json!({ "password": WRONG_PASSWORD })),
        ("/api/v1/password-resets", 201, json!({})),
        ("/api/v1/registrations", 201, json!({ "name": "李四" })),
    ] {
        // A mailbox takes a few letters of each kind in an hour; these two make one for each address.
        let times = Times::of(&test, path, status, &body);
        assert!(!times.tell_apart(), "{path}: {times}");
    }
}

/// Hashes as the service does, but looks at no password where there is no account.
struct Careless {
    hashing: Passwords,
}

/// What stands in the place of a hash where there is no account.
const NOTHING: &str = "nothing";

impl Hashing for Careless {
    fn hash(&self, password: &str, salt: &[u8; 16]) -> anyhow::Result<String> {
        // The one that is asked for at the start, and checked where there is no account.
        if password.starts_with("no account has") {
            return Ok(NOTHING.into());
        }
        self.hashing.hash(password, salt).map_err(|e| anyhow::anyhow!("{e}"))
    }

    fn verify(&self, password: &str, stored: &str) -> anyhow::Result<bool> {
        if stored == NOTHING {
            return Ok(false);
        }
        self.hashing.matches(password, Some(stored)).map_err(|e| anyhow::anyhow!("{e}"))
    }

    fn is_outdated(&self, stored: &str) -> bool {
        self.hashing.is_outdated(stored)
    }
}

/// The comparison is worth something: with a service that leaves the hash out it finds it.
#[test]
fn c_04_a_hash_that_is_left_out_is_found_by_its_time() {
    let test = registry(|app| {
        let careless = Careless { hashing: Passwords::new(2, 8).expect("a pool") };
        app.passwords = Passwords::by(Arc::new(careless), 2, 8).expect("a pool");
    });
    let times = Times::of(&test, "/api/v1/tokens", 422, &json!({ "password": WRONG_PASSWORD }));
    assert!(times.tell_apart(), "{times}");
}

/// Times around so many milliseconds, some of them much longer, as on a machine that does other work too.
fn around(middle: f64, seed: u32) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        // Numerical Recipes' generator: what follows need not be hard to guess.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24)
    };
    let one = |number: usize| middle + 4.0 * next() + if number % 8 == 7 { 200.0 * next() } else { 0.0 };
    (0..SAMPLES).map(one).collect()
}

#[test]
fn c_04_two_kinds_are_told_apart_by_a_hash_and_by_nothing_less() {
    let hash = 20.0;
    for seed in 0..200 {
        let (one, same) = (around(25.0, seed), around(25.0, seed + 10_000));
        assert!(!tells_apart(&one, &same, hash), "{seed}: nothing lies between {one:?} and {same:?}");
        // A row more or less in the database.
        let more = around(27.0, seed + 20_000);
        assert!(!tells_apart(&one, &more, hash), "{seed}: little lies between {one:?} and {more:?}");
        // Left out, or done for one kind alone.
        let without = around(5.0, seed + 30_000);
        assert!(tells_apart(&one, &without, hash), "{seed}: a hash lies between {one:?} and {without:?}");
        assert!(tells_apart(&without, &one, hash), "{seed}: whichever comes first");
    }
    // All of one kind are longer: as many standard deviations as there can be of so many.
    let (low, high) = (vec![1.0; SAMPLES], vec![2.0; SAMPLES]);
    assert!((by_rank(&high, &low) - 6.87).abs() < 0.01, "{}", by_rank(&high, &low));
    assert_eq!((by_rank(&low, &low), shift(&high, &low)), (0.0, 1.0));
}
