//! Passwords: Argon2id, in a pool no larger than the cores, so that a storm of sign-ins never starves the pages.

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

/// What is wrong with a new password, as the code of a field problem; nothing when it may be used.
pub fn weakness(password: &str, about_the_person: &[&str]) -> Option<&'static str> {
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
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_alone() {
        let passwords = Passwords::new(1, 8).unwrap();
        let stored = passwords.hash("一个很长的口令 with 表情 🙂", &[3; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.matches("一个很长的口令 with 表情 🙂", Some(&stored)).unwrap());
        assert!(!passwords.matches("一个很长的口令 with 表情 🙃", Some(&stored)).unwrap());
        assert!(!passwords.matches("no account has this password", None).unwrap());
    }

    #[test]
    fn easy_passwords_are_refused_with_the_reason() {
        assert_eq!(weakness("short", &[]), Some("password_too_short"));
        assert_eq!(weakness(&"长".repeat(129), &[]), Some("password_too_long"));
        assert_eq!(weakness("aaaaaaaaaaaaaaaa", &[]), Some("password_too_easy"));
        assert_eq!(weakness("zhangsan-zhangsan", &["zhangsan"]), Some("password_too_easy"));
        assert_eq!(weakness("correct horse battery", &["zhangsan"]), None);
    }
}
