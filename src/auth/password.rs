//! Passwords: Argon2id, in a pool no larger than the cores, so that a storm of sign-ins never starves the pages.

use super::common::is_common;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Least length of a password, in characters.
pub const MIN_LENGTH: usize = 12;
/// Greatest length, in characters.
pub const MAX_LENGTH: usize = 128;

/// How a password becomes what is stored: Argon2id, and in tests something that can be counted and held up.
pub trait Hashing: Send + Sync {
    /// The hash of a password, with what is needed to check it.
    ///
    /// # Errors
    /// The password or the salt cannot be hashed.
    fn hash(&self, password: &str, salt: &[u8; 16]) -> anyhow::Result<String>;

    /// Whether `password` is the one behind `stored`.
    ///
    /// # Errors
    /// `stored` is no hash.
    fn verify(&self, password: &str, stored: &str) -> anyhow::Result<bool>;

    /// Whether `stored` took less work than one that is made today.
    fn is_outdated(&self, stored: &str) -> bool;
}

/// Argon2id (RFC 9106).
struct Argon2id(Argon2<'static>);

impl Argon2id {
    /// `memory` in KiB, so many passes over it, in one lane.
    fn with(memory: u32, passes: u32) -> anyhow::Result<Argon2id> {
        let params = Params::new(memory, passes, 1, None).map_err(|e| anyhow::anyhow!("argon2: {e}"))?;
        Ok(Argon2id(Argon2::new(Algorithm::Argon2id, Version::V0x13, params)))
    }
}

impl Hashing for Argon2id {
    fn hash(&self, password: &str, salt: &[u8; 16]) -> anyhow::Result<String> {
        let salt = SaltString::encode_b64(salt).map_err(|e| anyhow::anyhow!("salt: {e}"))?;
        let hash = self.0.hash_password(password.as_bytes(), &salt).map_err(|e| anyhow::anyhow!("argon2: {e}"))?;
        Ok(hash.to_string())
    }

    fn verify(&self, password: &str, stored: &str) -> anyhow::Result<bool> {
        let parsed = PasswordHash::new(stored).map_err(|e| anyhow::anyhow!("stored password hash: {e}"))?;
        Ok(self.0.verify_password(password.as_bytes(), &parsed).is_ok())
    }

    fn is_outdated(&self, stored: &str) -> bool {
        let Ok(parsed) = PasswordHash::new(stored) else { return false };
        let today = self.0.params();
        parsed.algorithm.as_str() != Algorithm::Argon2id.as_str()
            || Params::try_from(&parsed)
                .is_ok_and(|then| then.m_cost() < today.m_cost() || then.t_cost() < today.t_cost())
    }
}

/// Hashes and checks passwords.
pub struct Passwords {
    hashing: Arc<dyn Hashing>,
    /// Checked when there is no account, so that an unknown address takes as long as a wrong password.
    decoy: String,
    slots: Mutex<usize>,
    freed: Condvar,
    waiting_limit: usize,
    waiting: Mutex<usize>,
}

impl Passwords {
    /// `slots` hashes at a time; more than `waiting_limit` who wait are told to come back later.
    pub fn new(slots: usize, waiting_limit: usize) -> anyhow::Result<Passwords> {
        // OWASP's least: 19 MiB, two passes, one lane.
        Passwords::by(Arc::new(Argon2id::with(19 * 1024, 2)?), slots, waiting_limit)
    }

    /// The same with another way to hash.
    pub fn by(hashing: Arc<dyn Hashing>, slots: usize, waiting_limit: usize) -> anyhow::Result<Passwords> {
        let decoy = hashing.hash("no account has this password", &[7; 16])?;
        Ok(Passwords {
            hashing,
            decoy,
            slots: Mutex::new(slots.max(1)),
            freed: Condvar::new(),
            waiting_limit,
            waiting: Mutex::new(0),
        })
    }

    /// The hash of a new password, with 16 bytes of salt.
    pub fn hash(&self, password: &str, salt: &[u8; 16]) -> Result<String, Error> {
        self.in_turn(|| Ok(self.hashing.hash(password, salt)?))
    }

    /// Whether `password` is the one behind `stored`; takes as long when there is none.
    pub fn matches(&self, password: &str, stored: Option<&str>) -> Result<bool, Error> {
        self.in_turn(|| {
            let right = self.hashing.verify(password, stored.unwrap_or(&self.decoy))?;
            Ok(right && stored.is_some())
        })
    }

    /// Whether what is stored took less work than what is made today.
    pub fn is_outdated(&self, stored: &str) -> bool {
        self.hashing.is_outdated(stored)
    }

    fn in_turn<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let poisoned = || Error::Busy("the hashing pool has failed".into());
        {
            let mut waiting = self.waiting.lock().map_err(|_| poisoned())?;
            if *waiting >= self.waiting_limit {
                return Err(Refusal::too_many("too_many_sign_ins").with("seconds", 5).into());
            }
            *waiting += 1;
        }
        let taken = self
            .slots
            .lock()
            .and_then(|slots| self.freed.wait_while(slots, |slots| *slots == 0))
            .map(|mut slots| *slots -= 1)
            .map_err(|_| poisoned());
        if let Ok(mut waiting) = self.waiting.lock() {
            *waiting -= 1;
        }
        taken?;
        let _slot = Slot(self);
        work()
    }
}

/// A place among those who hash. It is given back whatever becomes of the work: a panic must not shut one for good.
struct Slot<'a>(&'a Passwords);

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        *self.0.slots.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

/// Which rule a new password is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Long, and not what everybody tries (NIST SP 800-63B).
    Nist,
    /// The same, and of several kinds of characters (GB/T 22239-2019 8.1.4.1).
    Dengbao3,
}

/// Kinds of characters that the second rule wants, of four: small letters, capitals, digits, all others.
const KINDS: usize = 3;

fn kinds(password: &str) -> usize {
    let digit = |c: char| c.is_ascii_digit();
    let other = |c: char| !c.is_lowercase() && !c.is_uppercase() && !c.is_ascii_digit();
    let has = [
        password.chars().any(char::is_lowercase),
        password.chars().any(char::is_uppercase),
        password.chars().any(digit),
        password.chars().any(other),
    ];
    has.into_iter().filter(|has| *has).count()
}

/// What is wrong with a new password, as the code of a field problem; nothing when it may be used. It holds no word about the person, and
/// is not put together from common words and from the names and codes of the `units` that the person works for.
pub fn weakness(password: &str, about_the_person: &[&str], units: &[&str], rule: Rule) -> Option<&'static str> {
    let length = password.chars().count();
    let folded = password.to_lowercase();
    if length < MIN_LENGTH {
        Some("password_too_short")
    } else if length > MAX_LENGTH {
        Some("password_too_long")
    } else if about_the_person
        .iter()
        .map(|word| word.to_lowercase())
        .any(|word| word.chars().count() >= 4 && folded.contains(&word))
        || password.chars().collect::<std::collections::HashSet<_>>().len() < 5
    {
        Some("password_too_easy")
    } else if is_common(password, units) {
        Some("password_common")
    } else if rule == Rule::Dengbao3 && kinds(password) < KINDS {
        Some("password_kinds")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_01_a_password_matches_its_own_hash_alone() {
        let passwords = Passwords::new(1, 8).unwrap();
        let stored = passwords.hash("一个很长的口令 with 表情 🙂", &[3; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.matches("一个很长的口令 with 表情 🙂", Some(&stored)).unwrap());
        assert!(!passwords.matches("一个很长的口令 with 表情 🙃", Some(&stored)).unwrap());
        assert!(!passwords.matches("no account has this password", None).unwrap());
    }

    #[test]
    fn c_01_a_hash_that_took_less_work_is_outdated() {
        let passwords = Passwords::new(1, 8).unwrap();
        let today = passwords.hash("correct horse battery", &[3; 16]).unwrap();
        assert!(!passwords.is_outdated(&today));
        for (memory, passes, outdated) in
            [(19 * 1024, 1, true), (8 * 1024, 2, true), (8 * 1024, 4, true), (20 * 1024, 2, false)]
        {
            let stored = Argon2id::with(memory, passes).unwrap().hash("correct horse battery", &[3; 16]).unwrap();
            assert!(
                passwords.matches("correct horse battery", Some(&stored)).unwrap(),
                "it is still checked as it was made"
            );
            assert_eq!(passwords.is_outdated(&stored), outdated, "{memory} {passes}");
        }
        assert!(!passwords.is_outdated("no hash at all"));
    }

    /// Fails on every password that it checks.
    struct Broken;

    impl Hashing for Broken {
        fn hash(&self, _: &str, _: &[u8; 16]) -> anyhow::Result<String> {
            Ok("a hash".into())
        }

        fn verify(&self, _: &str, _: &str) -> anyhow::Result<bool> {
            panic!("on purpose")
        }

        fn is_outdated(&self, _: &str) -> bool {
            false
        }
    }

    #[test]
    fn c_64_a_panic_gives_its_place_back() {
        let passwords = Passwords::by(Arc::new(Broken), 1, 8).unwrap();
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| passwords.matches("any", Some("one"))));
        assert!(checked.is_err());
        assert_eq!(*passwords.slots.lock().unwrap(), 1, "the next one finds it");
        assert_eq!(passwords.hash("any", &[3; 16]).unwrap(), "a hash");
    }

    #[test]
    fn c_06_easy_passwords_are_refused_with_the_reason() {
        let nist = |password: &str, about: &[&str]| weakness(password, about, &[], Rule::Nist);
        assert_eq!(nist("short", &[]), Some("password_too_short"));
        assert_eq!(nist(&"长".repeat(129), &[]), Some("password_too_long"));
        assert_eq!(nist("aaaaaaaaaaaaaaaa", &[]), Some("password_too_easy"));
        assert_eq!(nist("zhangsan-zhangsan", &["zhangsan"]), Some("password_too_easy"));
        assert_eq!(nist("Password@123456", &[]), Some("password_common"));
        assert_eq!(nist("correct horse battery", &["zhangsan"]), None);
        let of_unit = |password: &str| weakness(password, &[], &["广东云帆智造科技有限公司"], Rule::Dengbao3);
        assert_eq!(of_unit("Yunfanzhizao@2026"), Some("password_common"));
        assert_eq!(of_unit("Yunfan had a Window on the canal"), None);
    }

    #[test]
    fn c_06_the_second_rule_wants_several_kinds_of_characters_too() {
        let second = |password: &str| weakness(password, &[], &[], Rule::Dengbao3);
        assert_eq!(second("correct horse battery"), Some("password_kinds"));
        assert_eq!(second("Correct horse battery"), None);
        assert_eq!(second("珠江夜雨打芭蕉二更三点听潮声"), Some("password_kinds"));
        assert_eq!(second("珠江夜雨打芭蕉 2 更 3 点听潮 v"), None);
        assert_eq!(second("short"), Some("password_too_short"));
    }

    #[test]
    fn c_06_a_long_password_is_taken_to_its_last_character() {
        let passwords = Passwords::new(1, 8).unwrap();
        let long: String = "珠江夜雨🙂打芭蕉二更三点听潮声".chars().cycle().take(MAX_LENGTH).collect();
        assert_eq!(weakness(&long, &[], &[], Rule::Nist), None);
        let stored = passwords.hash(&long, &[4; 16]).unwrap();
        assert!(passwords.matches(&long, Some(&stored)).unwrap());
        let cut: String = long.chars().take(MAX_LENGTH - 1).collect();
        assert!(!passwords.matches(&cut, Some(&stored)).unwrap());
    }
}
