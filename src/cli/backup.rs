//! `yuanchi backup`: a copy of everything that cannot be made again, looked through before it counts.

use crate::actions::backups::{Made, record_backup};
use crate::app::{App, folders};
use crate::cli::out::say;
use crate::cli::progress::Progress;
use crate::config::{Config, StorageKind};
use crate::db::objects::NamedObject;
use crate::db::{self, Db};
use crate::domain::actor::Actor;
use crate::domain::calendar::local_datetime_iso;
use crate::keys::Keys;
use crate::storage::{FolderStore, ObjectKey, ObjectStore, ReadProblem};
use anyhow::{Context, bail, ensure};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is backed up, and where to.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// A folder that is empty or not there.
    dir: PathBuf,
    /// Takes the keys along, which sign and which open what is sealed. Without it, keep a copy of their folder apart.
    #[arg(long)]
    with_keys: bool,
}

/// The name of the database in a backup: that of a data folder, so that a backup can be served as it is.
const DATABASE: &str = "yuanchi.db";
/// What says what the backup holds.
const ABOUT: &str = "backup.json";

/// Refuses a database that a program of an earlier version serves.
///
/// # Errors
/// Names what to do.
pub fn must_be_of_this_version(config: &Config) -> anyhow::Result<()> {
    let mut db = Db::open(&config.database_url()).context("database.url: the database cannot be opened")?;
    let pending = db::pending_migrations(&mut db).context("database.url: the version of the schema cannot be read")?;
    ensure!(
        pending == 0,
        "the database is of an earlier version, and a backup changes nothing: back up with the program that served it \
         last, or bring the schema up to date by `yuanchi migrate` first"
    );
    Ok(())
}

/// Copies, looks through the copy, records that it was made, and says what it holds. Where it fails nothing is left of
/// the copy.
///
/// # Errors
/// A folder that is not empty, or that lies where the service keeps its own; a document that is named and damaged; a
/// copy that is not whole.
pub fn run(app: &App, options: &Options, as_json: bool) -> anyhow::Result<()> {
    let dir = &options.dir;
    must_be_free(dir, &app.config.data.dir)?;
    let was_there = dir.exists();
    let done = copy_all(app, options, as_json);
    if done.is_err()
        && let Err(error) = take_away(dir, was_there)
    {
        return done
            .with_context(|| format!("{}: holds part of a backup and cannot be cleared ({error})", dir.display()));
    }
    done
}

/// Takes away what was copied into a folder that held nothing before, and the folder itself unless it was there.
fn take_away(dir: &Path, was_there: bool) -> io::Result<()> {
    if !dir.exists() {
        return Ok(());
    }
    if !was_there {
        return std::fs::remove_dir_all(dir);
    }
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        } else {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn copy_all(app: &App, options: &Options, as_json: bool) -> anyhow::Result<()> {
    let dir = &options.dir;
    let has_database = app.config.database_url().starts_with("sqlite://");
    let has_objects = app.config.storage.kind == StorageKind::Folder;
    ensure!(
        has_database || has_objects,
        "there is nothing here to copy: dump the database with pg_dump, and back the bucket {} up where it is",
        app.config.storage.bucket
    );
    folders::make_private(dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
    if has_objects {
        let objects = dir.join("objects").join("objects");
        folders::make_private(&objects).with_context(|| format!("{}: cannot be made", objects.display()))?;
    }
    let mut progress = Progress::of("backup");
    // What a database that is copied by other means names before the documents are copied must be among them.
    let named = if has_database { None } else { Some(app.read_now(|tx| Ok(db::objects::named(tx.db)?))?) };
    // What the database names was there before it was copied, or came meanwhile: nothing that it names is swept within
    // a day.
    if has_objects {
        copy_objects(app, dir, &mut progress)?;
    }
    // Before the database: a checkpoint that was signed after it was copied would be missed in the copy.
    copy_files(&app.config.data.dir.join("checkpoints"), &dir.join("checkpoints"))?;
    if has_database {
        progress.step("the database");
        copy_database(app, &dir.join(DATABASE))?;
    }
    if has_objects {
        copy_objects(app, dir, &mut progress)?;
    }
    // After the database: whatever it names of keys is there.
    if options.with_keys {
        copy_keys(app, &dir.join("keys"))?;
    }
    progress.step("looking through the copy");
    let mut made = Made { database: has_database, objects: 0, bytes: 0, keys: options.with_keys };
    if has_database && !has_objects {
        named_by_the_copy(dir)?;
    }
    if has_objects {
        (made.objects, made.bytes) = look_through(dir, named, &mut progress)?;
    }
    let sha256 = if has_database { digest_of(&dir.join(DATABASE))? } else { String::new() };
    let at = app.clock.now();
    let about = json!({
        "format": "yuanchi backup 1", "made_at": local_datetime_iso(at), "version": env!("CARGO_PKG_VERSION"),
        "database": made.database, "database_sha256": sha256, "objects": made.objects, "bytes": made.bytes,
        "keys": made.keys,
    });
    let mut said = new_file(&dir.join(ABOUT))?;
    writeln!(said, "{about:#}")
        .and_then(|()| said.sync_all())
        .and_then(|()| make_durable(dir))
        .with_context(|| format!("{}: cannot be written", dir.join(ABOUT).display()))?;
    app.write_now(move |tx| record_backup(tx, &Actor::system(), &made))?;
    progress.end();
    if as_json {
        say!("{}", json!({ "ok": true, "folder": dir.display().to_string(), "backup": about }));
        return Ok(());
    }
    say!("{}: {} documents, {} bytes", dir.display(), made.objects, made.bytes);
    match (has_database, has_objects) {
        (true, true) => {}
        (true, false) => say!("the documents are in the bucket {}: back it up where it is", app.config.storage.bucket),
        (false, _) => say!("the database is not in it: dump it with pg_dump, before the documents are copied"),
    }
    if !made.keys {
        say!("the keys are not in it: keep a copy of {} apart", app.config.keys_dir().display());
    }
    Ok(())
}

/// Refuses a folder that holds something, and one inside the data folder, which would go with it.
fn must_be_free(dir: &Path, data: &Path) -> anyhow::Result<()> {
    ensure!(
        !resolved(dir)?.starts_with(resolved(data)?),
        "{}: lies in the data folder and would be lost with it; name a folder on another disk",
        dir.display()
    );
    match std::fs::read_dir(dir) {
        Ok(mut entries) => {
            ensure!(entries.next().is_none(), "{}: is not empty; name a new folder", dir.display());
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("{}: cannot be read", dir.display())),
    }
}

/// Where a path leads, over every link on the way, as far as it is there.
fn resolved(path: &Path) -> anyhow::Result<PathBuf> {
    let whole = std::path::absolute(path).with_context(|| path.display().to_string())?;
    for above in whole.ancestors() {
        if let Ok(there) = above.canonicalize() {
            let below = whole.strip_prefix(above).with_context(|| path.display().to_string())?;
            return Ok(there.join(below));
        }
    }
    Ok(whole)
}

/// Makes the names in a folder, and in those inside it, survive a power cut; on Unix that takes a sync of each folder.
fn make_durable(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            make_durable(&entry.path())?;
        }
    }
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A new file that nobody else can read.
fn new_file(path: &Path) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| format!("{}: cannot be written", path.display()))
}

/// Where an object lies in a backup: as in the data folder.
fn place_of(dir: &Path, key: &ObjectKey) -> PathBuf {
    dir.join("objects").join("objects").join(key.path())
}

/// Copies every object that is not in the backup yet, comparing each with its key as it is read. One that is damaged is
/// left out: if somebody names it, it is missed when the copy is looked through.
fn copy_objects(app: &App, dir: &Path, progress: &mut Progress) -> anyhow::Result<()> {
    let all = app.env.objects.list().context("the documents cannot be listed")?;
    progress.begin("documents", all.len());
    for entry in all {
        progress.advance();
        let place = place_of(dir, &entry.key);
        if place.exists() {
            continue;
        }
        let mut object = match app.env.objects.open(&entry.key) {
            Ok(object) => object,
            // Swept since it was listed: nothing names it.
            Err(ReadProblem::Missing) => continue,
            Err(problem) => bail!("the document {} cannot be read: {problem}", entry.key),
        };
        if let Some(shelf) = place.parent() {
            folders::make_private(shelf).with_context(|| format!("{}: cannot be made", shelf.display()))?;
        }
        let mut copy = new_file(&place)?;
        match io::copy(&mut object.reader, &mut copy).and_then(|_| copy.sync_all()) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                drop(copy);
                std::fs::remove_file(&place).with_context(|| format!("{}: cannot be removed", place.display()))?;
            }
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("the document {} cannot be copied; `yuanchi fsck` says who names it", entry.key)
                });
            }
        }
    }
    Ok(())
}

fn copy_database(app: &App, file: &Path) -> anyhow::Result<()> {
    drop(new_file(file)?);
    let name = file.to_str().with_context(|| format!("{}: is no name in UTF-8", file.display()))?;
    // On a connection of its own: what it does cannot be done inside a transaction.
    let mut source = Db::open(&app.config.database_url()).context("database.url: the database cannot be opened")?;
    db::backup::copy_into(&mut source, name).context("the database cannot be copied")?;
    File::open(file).and_then(|copy| copy.sync_all()).with_context(|| format!("{}: is not durable", file.display()))
}

/// Copies the files of a folder, if it is there; folders inside it are nothing of ours.
fn copy_files(from: &Path, to: &Path) -> anyhow::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    folders::make_private(to).with_context(|| format!("{}: cannot be made", to.display()))?;
    for entry in std::fs::read_dir(from).with_context(|| format!("{}: cannot be read", from.display()))? {
        let path = entry.with_context(|| format!("{}: cannot be read", from.display()))?.path();
        let Some(name) = path.file_name().filter(|_| path.is_file()) else { continue };
        let mut source = match File::open(&path) {
            Ok(source) => source,
            // It had a name for a moment only, while it was written.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| format!("{}: cannot be read", path.display())),
        };
        let mut copy = new_file(&to.join(name))?;
        io::copy(&mut source, &mut copy)
            .and_then(|_| copy.sync_all())
            .with_context(|| format!("{}: cannot be copied", path.display()))?;
    }
    Ok(())
}

/// Copies the keys, and sees that the copy has the one that signs: they may be rotated meanwhile.
fn copy_keys(app: &App, to: &Path) -> anyhow::Result<()> {
    copy_files(&app.config.keys_dir(), to)?;
    let copied = Keys::open(to, || Err(anyhow::anyhow!("no key is made here")))
        .with_context(|| format!("{}: the copied keys are not whole; back up anew", to.display()))?;
    ensure!(copied.id() == app.env.keys.id(), "the keys were rotated meanwhile; back up anew into another folder");
    Ok(())
}

/// The documents that the copied database names, once it is found sound.
fn named_by_the_copy(dir: &Path) -> anyhow::Result<Vec<NamedObject>> {
    let url = format!("sqlite://{}", dir.join(DATABASE).display());
    let mut copy = Db::open(&url).context("the copied database cannot be opened")?;
    let damage = db::backup::damage(&mut copy).context("the copied database cannot be read")?;
    ensure!(damage.is_empty(), "the copied database is damaged: {}", damage.join("; "));
    db::objects::named(&mut copy).context("the copied database cannot be read")
}

/// Reads every document that must be in the copy: those that are named, or else those that the copied database names.
/// Returns how many there are, and their bytes.
fn look_through(dir: &Path, named: Option<Vec<NamedObject>>, progress: &mut Progress) -> anyhow::Result<(u64, u64)> {
    let named = match named {
        Some(named) => named,
        None => named_by_the_copy(dir)?,
    };
    let store = FolderStore::open_at(&dir.join("objects")).context("the copied documents cannot be opened")?;
    let mut keys: BTreeSet<ObjectKey> = BTreeSet::new();
    for object in &named {
        let key: ObjectKey =
            object.sha256.parse().map_err(|_| anyhow::anyhow!("{}: names no document", object.named_by))?;
        keys.insert(key);
    }
    progress.begin("documents looked through", keys.len());
    let mut bytes = 0;
    for key in &keys {
        progress.advance();
        bytes += store.verify(key).map_err(|problem| {
            let named_by = named.iter().find(|object| object.sha256 == key.to_string());
            let named_by = named_by.map_or("", |object| object.named_by.as_str());
            anyhow::anyhow!("the copy of the document {key} ({named_by}) is not whole: {problem}; see `yuanchi fsck`")
        })?;
    }
    Ok((u64::try_from(keys.len()).unwrap_or(u64::MAX), bytes))
}

/// The SHA-256 of a file, in hex.
fn digest_of(path: &Path) -> anyhow::Result<String> {
    let mut file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut digest = Sha256::new();
    io::copy(&mut file, &mut digest).with_context(|| format!("{}: cannot be read", path.display()))?;
    Ok(hex::encode(digest.finalize()))
}
