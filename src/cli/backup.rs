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
use crate::storage::{FolderStore, ObjectKey, ObjectStore};
use anyhow::{Context, bail, ensure};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
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
/// What stands in a folder as long as what it holds is no whole backup. The run that put it there alone clears it.
const PART: &str = "backup.part";
/// How many damaged documents are named; `yuanchi fsck` names all of them.
const NAMED: usize = 20;

/// Refuses a database that is not there, or that a program of an earlier version serves.
///
/// # Errors
/// A database that is not there, which opening it would make; one of an earlier version. Says what to do.
pub fn must_be_of_this_version(config: &Config) -> anyhow::Result<()> {
    let url = config.database_url();
    if let Some(path) = url.strip_prefix("sqlite://") {
        ensure!(
            Path::new(path).is_file(),
            "{path}: there is no database here, and a backup makes none; see data.dir and database.url in \
             `yuanchi settings`"
        );
    }
    let mut db = Db::open(&url).context("database.url: the database cannot be opened")?;
    let pending = db::pending_migrations(&mut db).context("database.url: the version of the schema cannot be read")?;
    ensure!(
        pending == 0,
        "the database is of an earlier version, and a backup changes nothing: back up with the program that served it \
         last, or bring the schema up to date by `yuanchi migrate` first"
    );
    Ok(())
}

/// What became of a copy.
enum Copied {
    /// It is whole and durable: what it holds, and what its description says.
    Whole(Made, serde_json::Value),
    /// It is durable, and these documents are not whole in it.
    Damaged(Vec<String>),
}

/// Copies, looks through the copy, records that it was made, and says what it holds. Where it fails nothing is left of
/// the copy, unless it is whole, or lacks damaged documents alone: a disk that fails gives what it still can.
///
/// # Errors
/// A folder that is not empty, or that lies where the service keeps its own; documents that are named and damaged; a
/// copy that is not whole; one that is, and could not be put on record.
pub fn run(app: &App, options: &Options, as_json: bool) -> anyhow::Result<()> {
    let dir = &options.dir;
    must_be_free(dir, &app.config.data.dir)?;
    let has_database = app.config.database_url().starts_with("sqlite://");
    let has_objects = app.config.storage.kind == StorageKind::Folder;
    ensure!(
        has_database || has_objects,
        "there is nothing here to copy: dump the database with pg_dump, and back the bucket {} up where it is",
        app.config.storage.bucket
    );
    let was_there = dir.exists();
    begin(dir)?;
    let mut progress = Progress::of("backup");
    let (made, about) = match copy_all(app, options, (has_database, has_objects), &mut progress) {
        Ok(Copied::Whole(made, about)) => (made, about),
        Ok(Copied::Damaged(documents)) => bail!("{}", told_of(dir, &documents)),
        Err(error) => {
            return Err(match take_away(dir, was_there) {
                Ok(()) => error,
                Err(left) => {
                    error.context(format!("{}: holds part of a backup and cannot be cleared ({left})", dir.display()))
                }
            });
        }
    };
    app.write_now(move |tx| record_backup(tx, &Actor::system(), &made)).with_context(|| {
        format!(
            "{}: the backup is whole and stays where it is, but that it was made could not be put on record; back up \
             anew into another folder once the database can be written",
            dir.display()
        )
    })?;
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

/// What is said of a copy in which these documents are not whole.
fn told_of(dir: &Path, documents: &[String]) -> String {
    let (count, folder) = (documents.len(), dir.display());
    let named = documents.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    let more = if count > NAMED { format!("; and {} more", count - NAMED) } else { String::new() };
    format!(
        "{folder}: documents that are damaged, or cannot be read, are missing from the copy ({count}): {named}{more}. \
         Everything else is in it and stays there, marked by {PART} as no whole backup, and not on record; see \
         `yuanchi fsck`"
    )
}

/// Makes the folder, and marks it as this run's: of two at one moment the second finds the mark, or what the first did.
fn begin(dir: &Path) -> anyhow::Result<()> {
    folders::make_private(dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
    let part = dir.join(PART);
    match create_new(&part) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            bail!("{}: another backup is being made there; name a new folder", dir.display())
        }
        Err(error) => return Err(error).with_context(|| format!("{}: cannot be written", part.display())),
    }
    for entry in std::fs::read_dir(dir).with_context(|| format!("{}: cannot be read", dir.display()))? {
        let entry = entry.with_context(|| format!("{}: cannot be read", dir.display()))?;
        if entry.file_name() != PART {
            std::fs::remove_file(&part).with_context(|| format!("{}: cannot be removed", part.display()))?;
            bail!("{}: is not empty; name a new folder", dir.display());
        }
    }
    Ok(())
}

/// Takes away what was copied into a folder that held nothing before, and the folder itself unless it was there; the
/// mark last, so that nobody else begins meanwhile.
fn take_away(dir: &Path, was_there: bool) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != PART {
            std::fs::remove_file(entry.path())?;
        }
    }
    // It goes when the copy is whole, a moment before that is durable.
    if let Err(error) = std::fs::remove_file(dir.join(PART))
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    if was_there { Ok(()) } else { std::fs::remove_dir(dir) }
}

/// Copies what is there of the database and of the documents into a folder that was begun, and looks through it.
fn copy_all(
    app: &App,
    options: &Options,
    (has_database, has_objects): (bool, bool),
    progress: &mut Progress,
) -> anyhow::Result<Copied> {
    let dir = &options.dir;
    if has_objects {
        let objects = dir.join("objects").join("objects");
        folders::make_private(&objects).with_context(|| format!("{}: cannot be made", objects.display()))?;
    }
    // What a database that is copied by other means names before the documents are copied must be among them.
    let named = if has_database { None } else { Some(app.read_now(|tx| Ok(db::objects::named(tx.db)?))?) };
    // What the database names was there before it was copied, or came meanwhile: nothing that it names is swept within
    // a day.
    if has_objects {
        copy_objects(app, dir, progress)?;
    }
    // Before the database: a checkpoint that was signed after it was copied would be missed in the copy.
    copy_files(&app.config.data.dir.join("checkpoints"), &dir.join("checkpoints"))?;
    if has_database {
        progress.step("the database");
        copy_database(app, &dir.join(DATABASE))?;
    }
    if has_objects {
        copy_objects(app, dir, progress)?;
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
        let found = look_through(dir, named, progress)?;
        if !found.damaged.is_empty() {
            make_durable(dir).with_context(|| format!("{}: is not durable", dir.display()))?;
            return Ok(Copied::Damaged(found.damaged));
        }
        (made.objects, made.bytes) = (found.objects, found.bytes);
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
        .and_then(|()| std::fs::remove_file(dir.join(PART)))
        .and_then(|()| make_durable(dir))
        .with_context(|| format!("{}: cannot be written", dir.join(ABOUT).display()))?;
    Ok(Copied::Whole(made, about))
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
fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The same, with what is wrong where it cannot be made.
fn new_file(path: &Path) -> anyhow::Result<File> {
    create_new(path).with_context(|| format!("{}: cannot be written", path.display()))
}

/// Where an object lies in a backup: as in the data folder.
fn place_of(dir: &Path, key: &ObjectKey) -> PathBuf {
    dir.join("objects").join("objects").join(key.path())
}

/// Copies every object that is not in the backup yet, comparing each with its key as it is read. One that is damaged,
/// or cannot be read, is left out: if somebody names it, it is missed when the copy is looked through.
fn copy_objects(app: &App, dir: &Path, progress: &mut Progress) -> anyhow::Result<()> {
    let all = app.env.objects.list().context("the documents cannot be listed")?;
    progress.begin("documents", all.len());
    for entry in all {
        progress.advance();
        let place = place_of(dir, &entry.key);
        if place.exists() {
            continue;
        }
        // Of those that cannot be opened one may have been swept since it was listed: nothing names that one.
        let Ok(mut object) = app.env.objects.open(&entry.key) else { continue };
        if let Some(shelf) = place.parent() {
            folders::make_private(shelf).with_context(|| format!("{}: cannot be made", shelf.display()))?;
        }
        let mut copy = new_file(&place)?;
        let is_whole = copy_readable(&mut object.reader, &mut copy)
            .and_then(|is_whole| copy.sync_all().map(|()| is_whole))
            .with_context(|| format!("{}: cannot be written", place.display()))?;
        if !is_whole {
            drop(copy);
            std::fs::remove_file(&place).with_context(|| format!("{}: cannot be removed", place.display()))?;
        }
    }
    Ok(())
}

/// Copies to the end; false when what is read is damaged or cannot be read to its end.
///
/// # Errors
/// Those of writing alone.
fn copy_readable(from: &mut impl Read, to: &mut impl Write) -> io::Result<bool> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(true),
            Ok(count) => to.write_all(buffer.get(..count).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Ok(false),
        }
    }
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

/// What was found of the documents in a copy.
struct Found {
    /// How many must be in it.
    objects: u64,
    /// Bytes of those that are whole.
    bytes: u64,
    /// Those that are not whole, each with what names it.
    damaged: Vec<String>,
}

/// Reads every document that must be in the copy: those that are named, or else those that the copied database names.
fn look_through(dir: &Path, named: Option<Vec<NamedObject>>, progress: &mut Progress) -> anyhow::Result<Found> {
    let named = match named {
        Some(named) => named,
        None => named_by_the_copy(dir)?,
    };
    let store = FolderStore::open_at(&dir.join("objects")).context("the copied documents cannot be opened")?;
    let mut keys: BTreeSet<ObjectKey> = BTreeSet::new();
    let mut damaged = Vec::new();
    for object in &named {
        match object.sha256.parse::<ObjectKey>() {
            Ok(key) => {
                keys.insert(key);
            }
            Err(_) => damaged.push(format!("{} ({})", object.sha256, object.named_by)),
        }
    }
    progress.begin("documents looked through", keys.len());
    let mut found = Found { objects: u64::try_from(keys.len()).unwrap_or(u64::MAX), bytes: 0, damaged };
    for key in &keys {
        progress.advance();
        match store.verify(key) {
            Ok(bytes) => found.bytes += bytes,
            Err(_) => {
                let named_by = named.iter().find(|object| object.sha256 == key.to_string());
                let named_by = named_by.map_or("", |object| object.named_by.as_str());
                found.damaged.push(format!("{key} ({named_by})"));
            }
        }
    }
    Ok(found)
}

/// The SHA-256 of a file, in hex.
fn digest_of(path: &Path) -> anyhow::Result<String> {
    let mut file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut digest = Sha256::new();
    io::copy(&mut file, &mut digest).with_context(|| format!("{}: cannot be read", path.display()))?;
    Ok(hex::encode(digest.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk that gives some bytes and then no more.
    struct Failing(&'static [u8]);

    impl Read for Failing {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(io::Error::other("a bad sector")) } else { self.0.read(to) }
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_from_what_cannot_be_written() {
        let mut copy = Vec::<u8>::new();
        assert!(copy_readable(&mut &b"whole"[..], &mut copy).expect("it is written"));
        assert_eq!(copy, b"whole");
        assert!(!copy_readable(&mut Failing(b"half"), &mut Vec::<u8>::new()).expect("it is written"));
        let mut full: &mut [u8] = &mut [0; 2];
        assert!(copy_readable(&mut &b"whole"[..], &mut full).is_err());
    }

    #[test]
    fn a_folder_is_one_runs_alone_until_it_is_cleared() {
        let dir = std::env::temp_dir().join(format!("yuanchi-backup-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&dir));
        let refused = |words: &str| {
            let error = begin(&dir).expect_err("it is another's").to_string();
            assert!(error.contains(words), "{error}");
        };
        begin(&dir).expect("it is new");
        refused("another backup");
        std::fs::create_dir(dir.join("objects")).expect("a folder");
        std::fs::write(dir.join(ABOUT), "{}").expect("written");
        // The other one is whole now, a moment after this one had looked: it stays, without a mark.
        std::fs::remove_file(dir.join(PART)).expect("the mark");
        refused("not empty");
        assert!(dir.join(ABOUT).is_file() && !dir.join(PART).exists());
        take_away(&dir, true).expect("cleared");
        begin(&dir).expect("it is empty");
        take_away(&dir, false).expect("cleared");
        assert!(!dir.exists());
    }

    #[test]
    fn a_long_list_of_damage_is_cut() {
        let documents: Vec<String> = (0..NAMED + 2).map(|number| format!("document {number}")).collect();
        let told = told_of(Path::new("/backup"), &documents);
        assert!(told.contains("(22): document 0; ") && told.contains("document 19; and 2 more. "), "{told}");
        assert!(!told_of(Path::new("/backup"), &documents[..1]).contains("more"));
    }
}
