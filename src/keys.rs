//! The service's own keys, made at first start and kept beside the data with access for the owner alone: never in the database.
//!
//! - [`scheme`]: ways to sign; each signature names its own.
//! - here: the key that signs, the history of those that signed before, and secrets derived for one purpose each.
//! - [`sealing`]: what is encrypted at rest.
//! - [`folder`]: the files.
//!
//! Their folder holds `secret.key`, the private key that signs (`signing.key`, or `signing-<id>.key` once keys were rotated) and, from
//! the first rotation on, `history.json` with every public key and the time that it signed in, and `token-<id>.key`: what the access
//! tokens of the key before were signed with, so that they stay good until they end.

mod folder;
mod scheme;
mod sealing;

use anyhow::{Context, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use folder::{
    Stamp, key_file, must_not_have_lost_its_history, must_not_have_lost_its_secret, read_history, stamp_of, token_path,
    write_history,
};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

pub use scheme::{Scheme, scheme};
pub use sealing::is_sealed;

/// What was begun under a key may end shortly after it was replaced; and no two clocks agree.
const GRACE_MINUTES: i64 = 10;

/// Says that a document is a list of keys, and the version of its form.
pub const KEYS_FORMAT: &str = "yuanchi keys 1";

/// The public half of a key, and when it signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PublicKey {
    /// The first eight bytes of the SHA-256 of the public key, in hex: names it in what it signed.
    pub id: String,
    /// The way to sign: `Ed25519`.
    pub algorithm: String,
    /// The key, in hex.
    pub public_key: String,
    /// It signs from then on; empty for the first key, which signed from the beginning.
    pub valid_from: Option<DateTime<Utc>>,
    /// It signed until then; empty for the key that signs today.
    pub valid_to: Option<DateTime<Utc>>,
}

impl PublicKey {
    fn of(scheme: &dyn Scheme, private: &[u8; 32], valid_from: Option<DateTime<Utc>>) -> PublicKey {
        let public = scheme.public_key(private);
        PublicKey {
            id: id_of(&public),
            algorithm: scheme.name().into(),
            public_key: hex::encode(public),
            valid_from,
            valid_to: None,
        }
    }

    /// Whether the key signed at this instant (UTC), with ten minutes' grace on either side.
    pub fn signed_at(&self, at: NaiveDateTime) -> bool {
        let (at, grace) = (at.and_utc(), TimeDelta::minutes(GRACE_MINUTES));
        self.valid_from.is_none_or(|from| at + grace >= from) && self.valid_to.is_none_or(|to| at <= to + grace)
    }

    /// Whether `signature` (hex) is this key's under `message`.
    pub fn verify(&self, message: &[u8], signature: &str) -> bool {
        verify_by(&self.algorithm, &self.public_key, message, signature)
    }

    /// The key as a PEM file, which `openssl` reads; empty for an algorithm that is not known.
    pub fn pem(&self) -> String {
        let Some(scheme) = scheme(&self.algorithm) else { return String::new() };
        let der = scheme.to_der(&hex::decode(&self.public_key).unwrap_or_default());
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", BASE64_STANDARD.encode(der))
    }
}

fn id_of(public_key: &[u8]) -> String {
    hex::encode(Sha256::digest(public_key)).chars().take(16).collect()
}

/// The key that signs at this moment. Taken once for what names its key and is signed by it.
#[derive(Clone)]
pub struct SigningKey {
    /// Its public half.
    pub public: PublicKey,
    private: [u8; 32],
}

impl SigningKey {
    /// Signs; the signature in hex.
    pub fn sign(&self, message: &[u8]) -> String {
        hex::encode(scheme::current().sign(&self.private, message))
    }
}

/// A key for access tokens: derived from the private key that signs, and so replaced with it.
#[derive(Clone)]
pub struct TokenKey {
    /// Names it in the tokens.
    pub id: String,
    /// Signs them.
    pub secret: [u8; 32],
}

impl TokenKey {
    fn of(id: &str, private: &[u8; 32]) -> TokenKey {
        // HMAC takes a key of any length.
        let secret = Hmac::<Sha256>::new_from_slice(private).map_or([0; 32], |mut mac| {
            mac.update(b"access token");
            mac.finalize().into_bytes().into()
        });
        TokenKey { id: id.into(), secret }
    }
}

struct Held {
    signing: SigningKey,
    /// Oldest first; the last one signs.
    history: Vec<PublicKey>,
    /// That of the key before.
    previous_token: Option<TokenKey>,
    stamp: Stamp,
}

/// Ed25519 for lists, checkpoints and certificates; secrets for tokens, forms and what is sealed.
#[derive(Clone)]
pub struct Keys {
    held: Arc<RwLock<Held>>,
    dir: Option<PathBuf>,
    secret: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("id", &self.id()).finish_non_exhaustive()
    }
}

impl Keys {
    /// Reads the keys from the folder `dir`, making them on the first start.
    ///
    /// # Errors
    /// A file that cannot be read or written, or that is no key: names it and the remedy.
    pub fn open(dir: &Path, random: impl Fn() -> anyhow::Result<[u8; 32]>) -> anyhow::Result<Keys> {
        std::fs::create_dir_all(dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
        must_not_have_lost_its_secret(dir)?;
        // Made first: a folder with a key that signs and without this one has lost it.
        let secret = key_file(&dir.join("secret.key"), &random)?;
        let held = match read_history(dir)? {
            Some(held) => held,
            None => {
                must_not_have_lost_its_history(dir)?;
                let private = key_file(&dir.join("signing.key"), &random)?;
                first(private)
            }
        };
        Ok(Keys { held: Arc::new(RwLock::new(held)), dir: Some(dir.to_path_buf()), secret })
    }

    /// Keys from known bytes, kept nowhere.
    pub fn from_bytes(signing: [u8; 32], secret: [u8; 32]) -> Keys {
        Keys { held: Arc::new(RwLock::new(first(signing))), dir: None, secret }
    }

    /// Looks at what is held, after another process may have rotated the keys.
    fn with<T>(&self, look: impl FnOnce(&Held) -> T) -> T {
        let current = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let newer = self.dir.as_deref().filter(|dir| stamp_of(dir) != current.stamp);
        let Some(dir) = newer else { return look(&current) };
        drop(current);
        let mut current = self.held.write().unwrap_or_else(PoisonError::into_inner);
        match read_history(dir) {
            Ok(Some(held)) => *current = held,
            Ok(None) => {
                tracing::error!(folder = %dir.display(), "the history of keys is gone; restore it from a backup")
            }
            Err(error) => tracing::error!(error = format!("{error:#}"), "the keys cannot be read again"),
        }
        look(&current)
    }

    /// The key that signs now.
    pub fn signer(&self) -> SigningKey {
        self.with(|held| held.signing.clone())
    }

    /// The key for access tokens that are issued now.
    pub fn token_key(&self) -> TokenKey {
        self.with(|held| TokenKey::of(&held.signing.public.id, &held.signing.private))
    }

    /// The secret of the key that an access token names, if it is today's, or the one before and no more than `minutes` have gone
    /// since it was replaced at `now`: what it signed may still be good for so long, and no longer.
    pub fn token_secret(&self, id: &str, now: NaiveDateTime, minutes: i64) -> Option<[u8; 32]> {
        self.with(|held| {
            if held.signing.public.id == id {
                return Some(TokenKey::of(id, &held.signing.private).secret);
            }
            let replaced = held.history.iter().find(|key| key.id == id)?.valid_to?;
            let overlaps = now.and_utc() < replaced + TimeDelta::minutes(minutes);
            held.previous_token.as_ref().filter(|key| key.id == id && overlaps).map(|key| key.secret)
        })
    }

    /// Every key, oldest first.
    pub fn all(&self) -> Vec<PublicKey> {
        self.with(|held| held.history.clone())
    }

    /// The key of an id.
    pub fn find(&self, id: &str) -> Option<PublicKey> {
        self.with(|held| held.history.iter().find(|key| key.id == id).cloned())
    }

    /// Names the signing key: the first eight bytes of the hash of its public half, in hex.
    pub fn id(&self) -> String {
        self.signer().public.id
    }

    /// The public half, in hex.
    pub fn public_key(&self) -> String {
        self.signer().public.public_key
    }

    /// Signs; the signature in hex.
    pub fn sign(&self, message: &[u8]) -> String {
        self.signer().sign(message)
    }

    /// Makes a new key that signs from `now` on; the one before stays in the history, and its private half is destroyed. Other processes
    /// over the same folder take the new one up by themselves.
    ///
    /// # Errors
    /// The folder cannot be written: then nothing has changed.
    pub fn rotate(&self, now: NaiveDateTime, private: [u8; 32]) -> anyhow::Result<PublicKey> {
        let mut history = self.all();
        let now = now.and_utc();
        let new = PublicKey::of(scheme::current(), &private, Some(now));
        let Some(old) = history.last_mut() else { bail!("there is no key to be replaced") };
        old.valid_to = Some(now);
        let old = old.id.clone();
        history.push(new.clone());
        let token = self.token_key();
        let mut stamp = None;
        if let Some(dir) = &self.dir {
            let made = [dir.join(format!("signing-{}.key", new.id)), token_path(dir, &old)];
            let written = key_file(&made[0], &|| Ok(private))
                .and_then(|_| key_file(&made[1], &|| Ok(token.secret)))
                .and_then(|_| write_history(dir, &history));
            if let Err(error) = written {
                // A rotated key without a history would be taken for a lost history at the next start.
                for path in made {
                    let _ = std::fs::remove_file(path);
                }
                return Err(error);
            }
            stamp = stamp_of(dir);
            let older = history.iter().filter(|key| key.id != old).map(|key| token_path(dir, &key.id));
            for retired in [dir.join(format!("signing-{old}.key")), dir.join("signing.key")].into_iter().chain(older) {
                let _ = std::fs::remove_file(retired);
            }
        }
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let signing = SigningKey { public: new.clone(), private };
        *held = Held { signing, history, previous_token: Some(token), stamp };
        Ok(new)
    }

    /// A secret for one purpose, derived, so that one purpose's leak is no other's.
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        self.mac("derive", purpose.as_bytes())
    }

    /// Encrypts `plain` for one purpose and one place, such as a row's id; `random` must be fresh, or a keyed hash of place and content. None
    /// never happens with sound inputs.
    pub fn seal(&self, purpose: &str, place: &str, plain: &[u8], random: &[u8; 32]) -> Option<String> {
        sealing::seal(&self.secret_for(&format!("seal {purpose}")), place, plain, random)
    }

    /// Opens what was sealed for this purpose and place; none for anything else.
    pub fn unseal(&self, purpose: &str, place: &str, sealed: &str) -> Option<Vec<u8>> {
        sealing::open(&self.secret_for(&format!("seal {purpose}")), place, sealed)
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

/// Whether `signature` (hex) is `message`'s under the Ed25519 key `public_key` (hex).
pub fn verify(public_key: &str, message: &[u8], signature: &str) -> bool {
    verify_by(scheme::current().name(), public_key, message, signature)
}

/// The same for a key of another algorithm; false for one that is not known.
pub fn verify_by(algorithm: &str, public_key: &str, message: &[u8], signature: &str) -> bool {
    let Some(scheme) = scheme(algorithm) else { return false };
    let (Ok(key), Ok(signature)) = (hex::decode(public_key), hex::decode(signature)) else { return false };
    scheme.verify(&key, message, &signature)
}

fn first(private: [u8; 32]) -> Held {
    let public = PublicKey::of(scheme::current(), &private, None);
    let history = vec![public.clone()];
    Held { history, signing: SigningKey { public, private }, previous_token: None, stamp: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key that is not guessed at a glance.
    fn key(number: u8) -> [u8; 32] {
        Sha256::digest([number]).into()
    }

    #[test]
    fn a_signature_holds_for_its_message_alone() {
        let keys = Keys::from_bytes([7; 32], [8; 32]);
        let signature = keys.sign(b"list");
        assert!(verify(&keys.public_key(), b"list", &signature));
        assert!(!verify(&keys.public_key(), b"lisT", &signature));
        assert!(!verify(&keys.public_key(), b"list", "00"));
        assert!(!verify("zz", b"list", &signature));
        assert!(!verify_by("SM2", &keys.public_key(), b"list", &signature), "an unknown way");
    }

    #[test]
    fn purposes_have_secrets_of_their_own() {
        let keys = Keys::from_bytes([7; 32], [8; 32]);
        assert_ne!(keys.secret_for("token"), keys.secret_for("form"));
        let sealed = keys.seal("objector", "o1", b"name", &[1; 32]).unwrap_or_default();
        assert_eq!(keys.unseal("objector", "o1", &sealed).as_deref(), Some(b"name".as_slice()));
        assert_eq!(keys.unseal("mail", "o1", &sealed), None);
    }

    #[test]
    fn a_rotated_key_stays_in_the_history_and_signs_no_more() {
        let dir = std::env::temp_dir().join(format!("yuanchi-keys-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        let now: NaiveDateTime = "2026-03-02T01:00:00".parse().expect("an instant");
        let keys = Keys::open(&dir, || Ok(key(5))).expect("made");
        let other = Keys::open(&dir, || Ok(key(9))).expect("read");
        let old = keys.signer();
        assert_eq!(other.id(), keys.id());
        let new = keys.rotate(now, key(6)).expect("rotated");
        assert_eq!(
            keys.all().iter().map(|key| key.id.clone()).collect::<Vec<_>>(),
            [old.public.id.clone(), new.id.clone()]
        );
        assert_eq!(other.id(), new.id, "a process that was running takes it up");
        let found = other.find(&old.public.id).expect("it is remembered");
        assert!(found.verify(b"list", &old.sign(b"list")));
        assert!(found.signed_at(now) && !found.signed_at(now + TimeDelta::days(1)));
        assert!(!new.signed_at(now - TimeDelta::days(1)) && new.signed_at(now + TimeDelta::days(1)));
        assert!(!dir.join("signing.key").exists(), "the private half is gone");
        let name = |keys: &Keys| keys.token_key().id;
        let again = Keys::open(&dir, || Ok(key(9))).expect("read again");
        assert_eq!((name(&again), name(&other)), (new.id.clone(), new.id.clone()));
        assert_eq!((again.id(), again.all()), (new.id.clone(), keys.all()));
        std::fs::remove_file(dir.join("history.json")).expect("removed");
        assert!(Keys::open(&dir, || Ok(key(9))).is_err(), "a lost history is no first start");
        std::fs::remove_dir_all(&dir).expect("cleared");
    }

    #[test]
    fn c_15_a_rotation_that_fails_changes_nothing() {
        let dir = std::env::temp_dir().join(format!("yuanchi-keys-failed-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        let now: NaiveDateTime = "2026-03-02T01:00:00".parse().expect("an instant");
        let keys = Keys::open(&dir, || Ok(key(5))).expect("made");
        let before = keys.all();
        let in_the_way = dir.join("history.part");
        std::fs::create_dir(&in_the_way).expect("a folder where the file is to be written");
        assert!(keys.rotate(now, key(6)).is_err());
        assert_eq!(Keys::open(&dir, || Ok(key(9))).expect("it starts").all(), before);
        std::fs::remove_dir(&in_the_way).expect("cleared");
        let new = keys.rotate(now, key(7)).expect("rotated");
        assert_eq!(Keys::open(&dir, || Ok(key(9))).expect("read").id(), new.id);
        std::fs::remove_dir_all(&dir).expect("cleared");
    }

    #[test]
    fn c_15_tokens_of_the_key_before_are_good_until_they_end_and_in_every_process() {
        let dir = std::env::temp_dir().join(format!("yuanchi-keys-tokens-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        let now: NaiveDateTime = "2026-03-02T01:00:00".parse().expect("an instant");
        let keys = Keys::open(&dir, || Ok(key(5))).expect("made");
        let other = Keys::open(&dir, || Ok(key(9))).expect("read");
        let first = keys.token_key();
        assert_eq!(keys.token_secret(&first.id, now, 10), Some(first.secret));
        keys.rotate(now, key(6)).expect("rotated");
        let second = keys.token_key();
        assert!(first.id != second.id && first.secret != second.secret);
        let again = Keys::open(&dir, || Ok(key(9))).expect("read again");
        for keys in [&keys, &other, &again] {
            assert_eq!(keys.token_secret(&second.id, now + TimeDelta::days(99), 10), Some(second.secret));
            let during = now + TimeDelta::seconds(599);
            assert_eq!(keys.token_secret(&first.id, during, 10), Some(first.secret), "until they end");
            assert_eq!(keys.token_secret(&first.id, now + TimeDelta::minutes(10), 10), None, "and no longer");
            for unknown in ["", "signing", "../secret", "secret.key"] {
                assert_eq!(keys.token_secret(unknown, now, 10), None);
            }
        }
        keys.rotate(now + TimeDelta::minutes(1), key(7)).expect("rotated again");
        assert_eq!(other.token_secret(&first.id, now + TimeDelta::minutes(1), 10), None, "the last but one is gone");
        let kept = std::fs::read_dir(&dir).expect("the folder").filter_map(Result::ok);
        let kept: Vec<String> = kept.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        assert_eq!(kept.iter().filter(|name| name.starts_with("token-")).count(), 1, "{kept:?}");
        std::fs::remove_dir_all(&dir).expect("cleared");
    }

    #[test]
    fn c_08_a_key_that_can_be_guessed_or_was_lost_is_refused() {
        let dir = std::env::temp_dir().join(format!("yuanchi-keys-weak-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        drop(Keys::open(&dir, || Ok(key(5))).expect("made"));
        let counting: Vec<u8> = (0..32).collect();
        let samples = [
            hex::encode(key(1)).chars().take(62).collect::<String>(),
            hex::encode([0_u8; 32]),
            hex::encode([0x42_u8; 32]),
            hex::encode(counting),
            hex::encode("changemechangemechangemechangeme"),
            String::new(),
            "secret".to_string(),
        ];
        for name in ["secret.key", "signing.key"] {
            let right = std::fs::read(dir.join(name)).expect("a key");
            for sample in &samples {
                std::fs::write(dir.join(name), sample).expect("written");
                let why = Keys::open(&dir, || Ok(key(9))).expect_err(sample).to_string();
                assert!(
                    why.contains(name) && (name.contains(sample.as_str()) || !why.contains(sample.as_str())),
                    "{why}"
                );
            }
            std::fs::write(dir.join(name), right).expect("written");
        }
        drop(Keys::open(&dir, || Ok(key(9))).expect("as it was"));
        std::fs::remove_file(dir.join("secret.key")).expect("removed");
        let why = Keys::open(&dir, || Ok(key(9))).expect_err("it is lost").to_string();
        assert!(why.contains("restore it from a backup"), "{why}");
        std::fs::remove_dir_all(&dir).expect("cleared");
    }

    #[test]
    fn processes_that_start_at_once_over_one_folder_agree() {
        let dir = std::env::temp_dir().join(format!("yuanchi-keys-at-once-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        let opened: Vec<([u8; 32], String)> = std::thread::scope(|scope| {
            let starts: Vec<_> = (1..=8_u8)
                .map(|number| {
                    let dir = &dir;
                    scope.spawn(move || {
                        let keys = Keys::open(dir, || Ok(key(number))).expect("made or read");
                        (keys.secret_for("token"), keys.id())
                    })
                })
                .collect();
            starts.into_iter().map(|start| start.join().expect("no panic")).collect()
        });
        assert!(opened.iter().all(|keys| *keys == opened[0]), "{opened:?}");
        assert_eq!(std::fs::read_dir(&dir).expect("the folder").count(), 2, "nothing is left behind");
        std::fs::remove_dir_all(&dir).expect("cleared");
    }

    #[test]
    fn a_public_key_is_written_as_other_tools_read_it() {
        // RFC 8410, section 10.1.
        let key = PublicKey {
            id: String::new(),
            algorithm: "Ed25519".into(),
            public_key: "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1".into(),
            valid_from: None,
            valid_to: None,
        };
        assert!(key.pem().contains("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="), "{}", key.pem());
    }
}
