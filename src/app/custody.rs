//! A database and the keys that it was signed and sealed by belong together. Where one of them is missing, or is
//! another's, nothing is made in its place: what was signed and sealed before could be verified and opened by nobody.

use crate::actions::RandomSource;
use crate::config::Config;
use crate::db::{self, Db, Store};
use crate::error::Error;
use crate::keys::Keys;
use anyhow::{Context, bail, ensure};
use std::path::Path;

/// The file of the keys that is made first.
const SECRET: &str = "secret.key";

/// Opens the database, with its schema brought up to date, and the keys that belong to it. A first start makes both.
/// With keys no database is made, and no schema in an empty one; with a database in which anything is on record no keys
/// are made.
///
/// # Errors
/// Keys without their database; a database with a record but no keys, or with keys that its last checkpoint was not
/// signed by: says what is missing, where, and the remedy. What cannot be opened or brought up to date.
pub(super) fn open(config: &Config, random: &dyn RandomSource) -> anyhow::Result<(Store, Keys)> {
    let (url, dir) = (config.database_url(), config.keys_dir());
    // Asked before the database is opened: another process that starts for the first time makes its keys last.
    let has_keys = dir.join(SECRET).exists();
    // Opening it would make it.
    must_have_its_database(config)?;
    let mut connection = Db::open_or_make(&url).context("database.url: the database cannot be opened")?;
    if has_keys {
        let blank = db::is_blank(&mut connection).context("database.url: the version of the schema cannot be read")?;
        ensure!(!blank, "{}", bereft("database.url: the database is empty", &dir));
    }
    db::migrate(&mut connection).context("the schema cannot be brought up to date")?;
    drop(connection);
    let store = Store::open(&url, config.database.pool_size).context("database.url: the database cannot be opened")?;
    let (last, used) = store.read(|db| Ok::<_, Error>((db::checkpoints::last(db)?, db::events::any(db)?)))?;
    // Asked again: another process may have made them meanwhile, and then put something on record.
    if (used || last.is_some()) && !dir.join(SECRET).exists() {
        let why = last.map_or_else(
            || "the database has a record already, which was begun with keys".to_string(),
            |last| format!("the database's last checkpoint was signed by the key {}", last.key_id),
        );
        bail!(
            "{}: holds no keys, and {why}; set keys.dir to the folder that every process uses, or restore it from a \
             backup",
            dir.display()
        );
    }
    let keys = open_keys(config, random)?;
    if let Some(last) = last {
        ensure!(
            keys.find(&last.key_id).is_some(),
            "{}: the database's last checkpoint was signed by the key {}, which is not here; set keys.dir to the \
             folder that every process uses, or restore it from a backup",
            dir.display(),
            last.key_id
        );
    }
    Ok((store, keys))
}

/// Refuses keys whose embedded database is not there.
///
/// # Errors
/// Says what is missing, where, and the remedy.
pub fn must_have_its_database(config: &Config) -> anyhow::Result<()> {
    let (url, dir) = (config.database_url(), config.keys_dir());
    if dir.join(SECRET).exists()
        && let Some(file) = file_of(&url)
    {
        ensure!(file.exists(), "{}", bereft(&format!("{}: there is no database here", file.display()), &dir));
    }
    Ok(())
}

/// The file of an embedded database; none for a server, or for one in memory.
fn file_of(url: &str) -> Option<&Path> {
    url.strip_prefix("sqlite://").filter(|path| !path.starts_with(':')).map(Path::new)
}

/// What is said of keys whose database is not `here`.
fn bereft(here: &str, keys: &Path) -> String {
    format!(
        "{here}, but {} holds the keys of an earlier start, and a new database would lack everything that they signed \
         and sealed; restore the database from its backup, or name the right one in database.url. For a new start on \
         purpose name a new folder in data.dir, and in keys.dir where that is set",
        keys.display()
    )
}

fn open_keys(config: &Config, random: &dyn RandomSource) -> anyhow::Result<Keys> {
    let named = &config.keys.dir;
    // One that is not mounted yet must not be taken for a first start: the keys would be others than those of the other
    // processes.
    ensure!(
        named.as_os_str().is_empty() || named.is_dir(),
        "keys.dir = {:?}: there is no such folder; make it, or mount the one that every process uses",
        named
    );
    Keys::open(&config.keys_dir(), || random.secret().map_err(|e| anyhow::anyhow!("{e}")))
}
