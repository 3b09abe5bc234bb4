//! Passwords: Argon2id, in a pool no larger than the cores, so that a storm of sign-ins never starves the pages.

use super::common::is_common;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{Condvar, Mutex};

/// Least length of a password, in characters.
pub const MIN_LENGTH: usize = 12;
/// Greatest length, in characters.
pub const MAX_LENGTH: usize = 128;

/// Hashes and checks passwords.
pub struct Passwords {
    argon2: Argon2<'static>,
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
        let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| anyhow::anyhow!("argon2: {e}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let decoy = hash(&argon2, "no account has this password", &[7; 16])?;
        Ok(Passwords {
            argon2,
            decoy,
            slots: Mutex::new(slots.max(1)),
            freed: Condvar::new(),
            waiting_limit,
            waiting: Mutex::new(0),
        })
    }

    /// The hash of a new password, with 16 bytes of salt.
    pub fn hash(&self, password: &str, salt: &[u8; 16]) -> Result<String, Error> {
        self.in_turn(|| Ok(hash(&self.argon2, password, salt)?))
    }

    /// Whether `password` is the one behind `stored`; takes as long when there is none.
    pub fn matches(&self, password: &str, stored: Option<&str>) -> Result<bool, Error> {
        self.in_turn(|| {
            let against = stored.unwrap_or(&self.decoy);
            let parsed = PasswordHash::new(against).map_err(|e| anyhow::anyhow!("stored password hash: {e}"))?;
            let right = self.argon2.verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(right && stored.is_some())
        })
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
        let result = work();
        if let Ok(mut slots) = self.slots.lock() {
            *slots += 1;
        }
        self.freed.notify_one();
        result
    }
}

fn hash(argon2: &Argon2<'_>, password: &str, salt: &[u8; 16]) -> anyhow::Result<String> {
    let salt = SaltString::encode_b64(salt).map_err(|e| anyhow::anyhow!("salt: {e}"))?;
    Ok(argon2.hash_password(password.as_bytes(), &salt).map_err(|e| anyhow::anyhow!("argon2: {e}"))?.to_string())
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

/// What is wrong with a new password, as the code of a field problem; nothing when it may be used.
pub fn weakness(password: &str, about_the_person: &[&str], rule: Rule) -> Option<&'static str> {
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
    } else if is_common(password) {
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
    fn c_06_easy_passwords_are_refused_with_the_reason() {
        let nist = |password: &str, about: &[&str]| weakness(password, about, Rule::Nist);
        assert_eq!(nist("short", &[]), Some("password_too_short"));
        assert_eq!(nist(&"长".repeat(129), &[]), Some("password_too_long"));
        assert_eq!(nist("aaaaaaaaaaaaaaaa", &[]), Some("password_too_easy"));
        assert_eq!(nist("zhangsan-zhangsan", &["zhangsan"]), Some("password_too_easy"));
        assert_eq!(nist("Password@123456", &[]), Some("password_common"));
        assert_eq!(nist("correct horse battery", &["zhangsan"]), None);
    }

    #[test]
    fn c_06_the_second_rule_wants_several_kinds_of_characters_too() {
        let second = |password: &str| weakness(password, &[], Rule::Dengbao3);
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
        assert_eq!(weakness(&long, &[], Rule::Nist), None);
        let stored = passwords.hash(&long, &[4; 16]).unwrap();
        assert!(passwords.matches(&long, Some(&stored)).unwrap());
        let cut: String = long.chars().take(MAX_LENGTH - 1).collect();
        assert!(!passwords.matches(&cut, Some(&stored)).unwrap());
    }
}
