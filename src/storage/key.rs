//! The key of an object: the SHA-256 of its content.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// SHA-256 of an object's content; prints as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey([u8; 32]);

/// A text that is not 64 lower-case hexadecimal digits, or a path that is not the key's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an object key")]
pub struct InvalidKey;

impl ObjectKey {
    /// Wraps a digest.
    #[must_use]
    pub fn from_sha256(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The place of the object inside a store: `^[0-9a-f]{2}/[0-9a-f]{64}$`, the folder being the first two digits.
    #[must_use]
    pub fn path(&self) -> String {
        let digits = self.to_string();
        let folder: String = digits.chars().take(2).collect();
        format!("{folder}/{digits}")
    }

    /// Reads what [`Self::path`] wrote.
    ///
    /// # Errors
    /// [`InvalidKey`] for anything else, above all for a path with other parts.
    pub fn from_path(path: &str) -> Result<Self, InvalidKey> {
        let (folder, digits) = path.split_once('/').ok_or(InvalidKey)?;
        let key: Self = digits.parse()?;
        if folder.len() == 2 && digits.starts_with(folder) { Ok(key) } else { Err(InvalidKey) }
    }

    /// [`Self::path`] as a relative path of this system.
    pub(super) fn relative_path(&self) -> PathBuf {
        self.path().split('/').collect()
    }
}

impl FromStr for ObjectKey {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // hex takes upper case too; one content must have one spelling only.
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(InvalidKey);
        }
        let mut digest = [0; 32];
        hex::decode_to_slice(text, &mut digest).map_err(|_| InvalidKey)?;
        Ok(Self(digest))
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for ObjectKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ObjectKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn c_37_hostile_keys_are_refused() {
        let good = "ab".repeat(32);
        assert!(good.parse::<ObjectKey>().is_ok());
        for bad in ["", "..", "ab", "../../etc/passwd", "ab/../ab", "%2e%2e/x", "AB", "ab\0"] {
            assert!(bad.parse::<ObjectKey>().is_err(), "{bad:?}");
            assert!(ObjectKey::from_path(bad).is_err(), "{bad:?}");
        }
        assert!(good.to_uppercase().parse::<ObjectKey>().is_err());
        assert!(ObjectKey::from_path(&format!("ab/{good}")).is_ok());
        for bad in [
            format!("cd/{good}"),
            format!("/{good}"),
            format!("a/{good}"),
            format!("ab//{good}"),
            format!("ab/{good}/"),
        ] {
            assert!(ObjectKey::from_path(&bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn c_37_a_path_is_two_digits_a_slash_and_sixty_four(digest: [u8; 32]) {
            let key = ObjectKey::from_sha256(digest);
            let path = key.path();
            prop_assert_eq!(path.len(), 67);
            let fits = |(at, byte)| match at {
                2 => byte == b'/',
                _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            };
            prop_assert!(path.bytes().enumerate().all(fits));
            prop_assert_eq!(ObjectKey::from_path(&path), Ok(key));
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }

        #[test]
        fn c_37_no_other_text_is_a_key(text in ".{0,80}") {
            if let Ok(key) = text.parse::<ObjectKey>() {
                prop_assert_eq!(key.to_string(), text);
            }
        }
    }
}
