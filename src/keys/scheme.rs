//! Ways to sign. Each has a name that stands in what is signed, so that another one (SM2 with SM3) can stand beside the first without
//! a change of what was signed before.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};

/// A way to sign: what it is called, and how its keys and signatures come about. Keys and signatures are plain bytes here; outside they
/// are written in hex.
pub trait Scheme: Send + Sync {
    /// Its name in texts that are signed and in the published list of keys.
    fn name(&self) -> &'static str;
    /// The public half of a private key.
    fn public_key(&self, private: &[u8; 32]) -> Vec<u8>;
    /// Signs.
    fn sign(&self, private: &[u8; 32], message: &[u8]) -> Vec<u8>;
    /// Whether a signature is this message's; false for what is no key or no signature.
    fn verify(&self, public_key: &[u8], message: &[u8], signature: &[u8]) -> bool;
    /// The public key as the X.509 structure SubjectPublicKeyInfo (DER), which common tools read.
    fn to_der(&self, public_key: &[u8]) -> Vec<u8>;
}

/// Every way that is known, the one for new signatures first.
const SCHEMES: [&dyn Scheme; 1] = [&Ed25519];

/// The way of this name.
pub fn scheme(name: &str) -> Option<&'static dyn Scheme> {
    SCHEMES.into_iter().find(|scheme| scheme.name() == name)
}

/// The way by which new keys sign.
pub fn current() -> &'static dyn Scheme {
    &Ed25519
}

/// Ed25519 (RFC 8032).
struct Ed25519;

impl Scheme for Ed25519 {
    fn name(&self) -> &'static str {
        "Ed25519"
    }

    fn public_key(&self, private: &[u8; 32]) -> Vec<u8> {
        SigningKey::from_bytes(private).verifying_key().as_bytes().to_vec()
    }

    fn sign(&self, private: &[u8; 32], message: &[u8]) -> Vec<u8> {
        SigningKey::from_bytes(private).sign(message).to_bytes().to_vec()
    }

    fn verify(&self, public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
        let Ok(key) = <[u8; 32]>::try_from(public_key) else { return false };
        let Ok(key) = VerifyingKey::from_bytes(&key) else { return false };
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        key.verify(message, &signature).is_ok()
    }

    fn to_der(&self, public_key: &[u8]) -> Vec<u8> {
        // RFC 8410: SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING }.
        let head = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
        head.iter().chain(public_key).copied().collect()
    }
}
