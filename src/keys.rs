//! The service's own keys, made at first start and kept beside the data with access for the owner alone.

use anyhow::{Context, ensure};
use ed25519_dalek::{Signer, SigningKey, Verifier, VerifyingKey};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Ed25519 for lists and checkpoints; secrets for tokens and forms.
#[derive(Clone)]
pub struct Keys {
    signing: SigningKey,
    secret: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("id", &self.id()).finish_non_exhaustive()
    }
}

impl Keys {
    /// Reads the keys from `dir/keys`, making them on the first start.
    pub fn open(dir: &Path, random: impl Fn() -> anyhow::Result<[u8; 32]>) -> anyhow::Result<Keys> {
        let dir = dir.join("keys");
        std::fs::create_dir_all(&dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
        let signing = key_file(&dir.join("signing.key"), &random)?;
        let secret = key_file(&dir.join("secret.key"), &random)?;
        Ok(Keys::from_bytes(signing, secret))
    }

    /// Keys from known bytes.
    pub fn from_bytes(signing: [u8; 32], secret: [u8; 32]) -> Keys {
        Keys { signing: SigningKey::from_bytes(&signing), secret }
    }

    /// Names the signing key: the first eight bytes of the hash of its public half, in hex.
    pub fn id(&self) -> String {
        hex::encode(&Sha256::digest(self.signing.verifying_key().as_bytes())[..8])
    }

    /// The public half, in hex.
    pub fn public_key(&self) -> String {
        hex::encode(self.signing.verifying_key().as_bytes())
    }

    /// Signs; the signature in hex.
    pub fn sign(&self, message: &[u8]) -> String {
        hex::encode(self.signing.sign(message).to_bytes())
    }

    /// A secret for one purpose, derived, so that one purpose's leak is no other's.
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        self.mac("derive", purpose.as_bytes())
    }

    /// A keyed hash of `message` for `purpose`.
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else { return [0; 32] };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

/// Whether `signature` (hex) is `message`'s under `public_key` (hex).
pub fn verify(public_key: &str, message: &[u8], signature: &str) -> bool {
    let Ok(key) = hex::decode(public_key) else { return false };
    let Ok(key) = <[u8; 32]>::try_from(key.as_slice()) else { return false };
    let Ok(key) = VerifyingKey::from_bytes(&key) else { return false };
    let Ok(signature) = hex::decode(signature) else { return false };
    let Ok(signature) = ed25519_dalek::Signature::from_slice(&signature) else { return false };
    key.verify(message, &signature).is_ok()
}

fn key_file(path: &Path, random: &impl Fn() -> anyhow::Result<[u8; 32]>) -> anyhow::Result<[u8; 32]> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let shown = path.display();
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            let key = random()?;
            file.write_all(hex::encode(key).as_bytes()).with_context(|| format!("{shown}: cannot be written"))?;
            file.sync_all().with_context(|| format!("{shown}: cannot be written"))?;
            Ok(key)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(path).with_context(|| format!("{shown}: cannot be read"))?;
            let key = hex::decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            ensure!(
                key.is_some_and(|key| key != [0; 32]),
                "{shown}: is not a key of 64 hex digits; restore it from a backup"
            );
            Ok(key.unwrap_or_default())
        }
        Err(error) => Err(error).with_context(|| format!("{shown}: cannot be made")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_alone() {
        let keys = Keys::from_bytes([7; 32], [8; 32]);
        let signature = keys.sign(b"list");
        assert!(verify(&keys.public_key(), b"list", &signature));
        assert!(!verify(&keys.public_key(), b"lisT", &signature));
        assert!(!verify(&keys.public_key(), b"list", "00"));
        assert!(!verify("zz", b"list", &signature));
    }

    #[test]
    fn purposes_have_secrets_of_their_own() {
        let keys = Keys::from_bytes([7; 32], [8; 32]);
        assert_ne!(keys.secret_for("token"), keys.secret_for("form"));
    }
}
