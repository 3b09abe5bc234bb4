//! The folder of the keys: what lies in it, how it is read and written, and how a loss is noticed.

use super::{Held, PublicKey, SigningKey, TokenKey, scheme};
use anyhow::{Context, bail, ensure};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The history of keys as it lies on disk.
#[derive(Debug, Default, Serialize, Deserialize)]
struct History {
    keys: Vec<PublicKey>,
}

/// What marks a version of the history's file: when it was written, and its length.
pub(super) type Stamp = Option<(SystemTime, u64)>;

fn history_path(dir: &Path) -> PathBuf {
    dir.join("history.json")
}

pub(super) fn token_path(dir: &Path, id: &str) -> PathBuf {
    dir.join(format!("token-{id}.key"))
}

pub(super) fn stamp_of(dir: &Path) -> Stamp {
    let known = std::fs::metadata(history_path(dir)).ok()?;
    Some((known.modified().ok()?, known.len()))
}

/// The history with the private key of its last entry; none before the first rotation.
pub(super) fn read_history(dir: &Path) -> anyhow::Result<Option<Held>> {
    let path = history_path(dir);
    let shown = path.display();
    let stamp = stamp_of(dir);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{shown}: cannot be read")),
    };
    let history: History =
        serde_json::from_str(&text).with_context(|| format!("{shown}: is no history of keys; restore it"))?;
    let Some(last) = history.keys.last().cloned() else { bail!("{shown}: names no key; restore it from a backup") };
    let private = read_key(&dir.join(format!("signing-{}.key", last.id)))?;
    let public = PublicKey::of(scheme::current(), &private, last.valid_from);
    ensure!(public.public_key == last.public_key, "{shown}: its last key is not the one beside it; restore the folder");
    let previous_token = match history.keys.iter().rev().nth(1).map(|key| (token_path(dir, &key.id), key.id.clone())) {
        Some((path, id)) if path.exists() => Some(TokenKey { id, secret: read_key(&path)? }),
        _ => None,
    };
    Ok(Some(Held { signing: SigningKey { public: last, private }, history: history.keys, previous_token, stamp }))
}

/// A folder that has signed and holds no secret has lost it: with another one, nothing that was sealed opens any more.
pub(super) fn must_not_have_lost_its_secret(dir: &Path) -> anyhow::Result<()> {
    // In this order: a process that starts beside this one makes the secret first.
    let has_signed = dir.join("signing.key").exists() || history_path(dir).exists();
    let secret = dir.join("secret.key");
    ensure!(!has_signed || secret.exists(), "{}: is gone; restore it from a backup", secret.display());
    Ok(())
}

/// A folder of rotated keys without their history would silently begin anew, and nothing signed before could be verified.
pub(super) fn must_not_have_lost_its_history(dir: &Path) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(dir).with_context(|| format!("{}: cannot be read", dir.display()))?;
    let rotated =
        entries.filter_map(Result::ok).any(|entry| entry.file_name().to_string_lossy().starts_with("signing-"));
    ensure!(!rotated, "{}: is gone; restore it from a backup", history_path(dir).display());
    Ok(())
}

pub(super) fn write_history(dir: &Path, keys: &[PublicKey]) -> anyhow::Result<()> {
    use std::io::Write;
    let (path, part) = (history_path(dir), dir.join("history.part"));
    let text = serde_json::to_string_pretty(&History { keys: keys.to_vec() })?;
    let write = || {
        let mut file = std::fs::File::create(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&part, &path)
    };
    write().with_context(|| format!("{}: cannot be written", path.display()))
}

/// The key in a file, made first if there is none. Processes that start at once over one folder agree: the file appears whole, and only
/// once.
pub(super) fn key_file(path: &Path, random: &impl Fn() -> anyhow::Result<[u8; 32]>) -> anyhow::Result<[u8; 32]> {
    let shown = path.display();
    if path.try_exists().with_context(|| format!("{shown}: cannot be looked at"))? {
        return read_key(path);
    }
    let key = random()?;
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let part = path.with_extension(format!("{}-{}.part", since_epoch.as_nanos(), std::process::id()));
    // Unlike a renaming, a link never takes the place of what is there.
    let made = write_key(&part, &key).and_then(|()| std::fs::hard_link(&part, path));
    let _ = std::fs::remove_file(&part);
    match made {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => read_key(path),
        Err(error) => Err(error).with_context(|| format!("{shown}: cannot be made")),
    }
}

fn write_key(path: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(hex::encode(key).as_bytes())?;
    file.sync_all()
}

/// Different bytes that a key of 32 random ones has at least: by chance, one in more than a thousand million million has fewer.
const DIFFERENT_BYTES: usize = 16;

fn read_key(path: &Path) -> anyhow::Result<[u8; 32]> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown}: cannot be read"))?;
    let key = hex::decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let Some(key) = key else { bail!("{shown}: is not a key of 64 hex digits; restore it from a backup") };
    let different = key.iter().collect::<std::collections::BTreeSet<_>>().len();
    let counts_up = key.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1));
    ensure!(
        different >= DIFFERENT_BYTES && !counts_up,
        "{shown}: can be guessed; restore it from a backup, or take it away before the first start, so that one is made at random"
    );
    Ok(key)
}
