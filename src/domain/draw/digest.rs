//! The hashes of a draw: SHA-256 over a tag and fields, each preceded by its length, so that no two different inputs share their bytes.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::chain::Hash;

/// What a commitment's hash starts with.
const COMMITMENT: &str = "yuanchi/draw/1/commitment";

/// SHA-256 over the tag and the fields, each as its length in bytes (eight bytes, big-endian) and its bytes.
pub(super) fn tagged(tag: &str, fields: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for field in std::iter::once(&tag.as_bytes()).chain(fields) {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.finalize().into()
}

/// Thirty-two bytes from 64 lower-case hexadecimal digits; other spellings of the same bytes are refused.
pub(super) fn parse(text: &str) -> Option<Hash> {
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let mut bytes = [0; 32];
    (plain && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}

/// Who brings a secret to a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The officer who runs the session.
    Handler,
    /// The auditor who watches it.
    Auditor,
}

impl Role {
    /// The role as it stands in a record and in a hash.
    pub fn code(self) -> &'static str {
        match self {
            Self::Handler => "handler",
            Self::Auditor => "auditor",
        }
    }
}

/// Why a text is not a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret is 64 hexadecimal digits 0-9 a-f, for 32 random bytes")]
pub struct SecretProblem;

/// Thirty-two random bytes that one party keeps until the reveal. It does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret")
    }
}

impl Secret {
    /// A secret of these bytes, which the caller took from a source fit for keys.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret that a phrase stands for: SHA-256 of its UTF-8 bytes. Blanks around the phrase do not belong to it.
    pub fn of_phrase(phrase: &str) -> Self {
        Self(Sha256::digest(phrase.trim().as_bytes()).into())
    }

    /// A secret as a party types it: 64 hexadecimal digits; blanks around them and capitals are forgiven.
    ///
    /// # Errors
    /// [`SecretProblem`].
    pub fn parse(text: &str) -> Result<Self, SecretProblem> {
        parse(&text.trim().to_ascii_lowercase()).map(Self).ok_or(SecretProblem)
    }

    /// The secret as 64 lower-case hexadecimal digits, to show it once or to reveal it.
    pub fn reveal(&self) -> String {
        hex::encode(self.0)
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// What a party publishes before the list is frozen: it binds the secret to this attempt of this draw and to this role.
pub fn commitment(draw_id: &str, attempt: u32, role: Role, secret: &Secret) -> Hash {
    let attempt = u64::from(attempt).to_be_bytes();
    tagged(COMMITMENT, &[draw_id.as_bytes(), &attempt, role.code().as_bytes(), secret.bytes()])
}

/// The lines for a shell (bash) that compute a party's commitment from a phrase, on a machine of the party's own: they read the
/// phrase without showing it and print the commitment.
pub fn recipe(draw_id: &str, attempt: u32, role: Role) -> String {
    let bytes = |bytes: &[u8]| bytes.iter().map(|byte| format!("\\{byte:03o}")).collect::<String>();
    let length = |length: usize| bytes(&(length as u64).to_be_bytes());
    let text = |text: &str| format!("{}{text}", length(text.len()));
    let attempt = format!("{}{}", length(8), bytes(&u64::from(attempt).to_be_bytes()));
    let before = format!("{}{}{attempt}{}{}", text(COMMITMENT), text(draw_id), text(role.code()), length(32));
    format!(
        "read -rs phrase\n\
         secret=$(printf '%s' \"$phrase\" | sha256sum | cut -c1-64)\n\
         printf \"{before}$(printf '%s' \"$secret\" | sed 's/../\\\\x&/g')\" | sha256sum\n"
    )
}
