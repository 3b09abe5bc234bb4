//! Objects as files in a folder: `incoming/` for what arrives, `objects/ab/abcdef…` for what stays.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::upload::{Keeper, Spool};
use super::{Object, ObjectEntry, ObjectKey, ObjectStore, ReadProblem, Swept, Upload, UploadProblem, VerifiedReader};

/// An [`ObjectStore`] on a local disk.
#[derive(Debug, Clone)]
pub struct FolderStore {
    folder: Arc<Folder>,
}

#[derive(Debug)]
struct Folder {
    incoming: PathBuf,
    objects: PathBuf,
    /// Held while an object is put in place or swept: otherwise a sweep could remove an old, unused object in the very
    /// moment in which somebody uploads the same content again.
    placing: Mutex<()>,
    spools: AtomicU64,
}

impl FolderStore {
    /// Opens the store below `root`, making its folders if need be.
    ///
    /// # Errors
    /// Whatever making the folders raises.
    pub fn open_at(root: &Path) -> io::Result<Self> {
        let folder = Folder {
            incoming: root.join("incoming"),
            objects: root.join("objects"),
            placing: Mutex::new(()),
            spools: AtomicU64::new(0),
        };
        make_private_folder(&folder.incoming)?;
        make_private_folder(&folder.objects)?;
        sync_folder(root)?;
        Ok(Self { folder: Arc::new(folder) })
    }
}

impl Folder {
    fn place_of(&self, key: &ObjectKey) -> PathBuf {
        self.objects.join(key.relative_path())
    }

    /// A new temporary file. Process number, counter and clock keep it apart from those of a crashed run.
    fn spool(&self) -> io::Result<Spool> {
        let number = self.spools.fetch_add(1, Ordering::Relaxed);
        let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let path = self.incoming.join(format!("{}-{}-{number}.part", since_epoch.as_nanos(), process::id()));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok(Spool { path, file, renamed: false })
    }

    fn entries(&self) -> io::Result<Vec<(ObjectEntry, PathBuf)>> {
        let mut found = Vec::new();
        for shelf in fs::read_dir(&self.objects)? {
            let shelf = shelf?;
            if !shelf.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(shelf.path())? {
                let file = file?;
                let path = format!("{}/{}", shelf.file_name().to_string_lossy(), file.file_name().to_string_lossy());
                // What is not named like an object is not ours to list, let alone to sweep.
                if let Ok(key) = ObjectKey::from_path(&path) {
                    let about = file.metadata()?;
                    found.push((ObjectEntry { key, bytes: about.len(), stored_at: about.modified()? }, file.path()));
                }
            }
        }
        found.sort_by_key(|(entry, _)| entry.key);
        Ok(found)
    }
}

impl Keeper for Folder {
    fn keep(&self, spool: &mut Spool, key: &ObjectKey, bytes: u64) -> Result<(), UploadProblem> {
        spool.file.sync_all()?;
        let place = self.place_of(key);
        let shelf = place.parent().unwrap_or(&self.objects);
        if !shelf.is_dir() {
            make_private_folder(shelf)?;
            sync_folder(&self.objects)?;
        }
        let _placing = self.placing.lock().unwrap_or_else(PoisonError::into_inner);
        // Same key, same length: the content is there already. It counts as new again, so that no sweep takes it
        // before the caller's row is written. Another length is damage, and the sound copy replaces it.
        if let Ok(present) = OpenOptions::new().write(true).open(&place)
            && present.metadata()?.len() == bytes
        {
            present.set_modified(SystemTime::now())?;
            return Ok(());
        }
        fs::rename(&spool.path, &place)?;
        spool.renamed = true;
        sync_folder(shelf)?;
        Ok(())
    }
}

impl ObjectStore for FolderStore {
    fn begin(&self, max_bytes: u64) -> Result<Upload, UploadProblem> {
        let spool = self.folder.spool()?;
        let keeper: Arc<dyn Keeper> = self.folder.clone();
        Ok(Upload::new(spool, keeper, max_bytes))
    }

    fn open(&self, key: &ObjectKey) -> Result<Object, ReadProblem> {
        let file = File::open(self.folder.place_of(key))?;
        let bytes = file.metadata()?.len();
        Ok(Object { bytes, reader: VerifiedReader::new(Box::new(file), *key) })
    }

    fn list(&self) -> io::Result<Vec<ObjectEntry>> {
        Ok(self.folder.entries()?.into_iter().map(|(entry, _)| entry).collect())
    }

    fn sweep(&self, older_than: SystemTime, in_use: &dyn Fn(&ObjectKey) -> bool) -> io::Result<Swept> {
        let mut swept = Swept::default();
        for file in fs::read_dir(&self.folder.incoming)? {
            let file = file?;
            let Some(about) = unless_gone(file.metadata())? else {
                continue;
            };
            if about.is_file() && about.modified()? < older_than && unless_gone(fs::remove_file(file.path()))?.is_some()
            {
                swept.uploads += 1;
                swept.bytes += about.len();
            }
        }
        for (entry, path) in self.folder.entries()? {
            if entry.stored_at >= older_than || in_use(&entry.key) {
                continue;
            }
            let _placing = self.folder.placing.lock().unwrap_or_else(PoisonError::into_inner);
            // Looked at again under the lock: it may have been uploaded anew since it was listed.
            let Some(about) = unless_gone(fs::metadata(&path))? else {
                continue;
            };
            if about.modified()? < older_than && unless_gone(fs::remove_file(&path))?.is_some() {
                swept.objects += 1;
                swept.bytes += about.len();
            }
        }
        Ok(swept)
    }

    fn probe(&self) -> io::Result<()> {
        self.folder.spool().map(drop)
    }
}

/// Uploads end and other sweeps run meanwhile; a file that is gone is no failure.
fn unless_gone<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a rename survive a power cut; on Unix that takes a sync of the folder itself.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::corpus;
    use crate::storage::{FileType, Stored};
    use std::env;
    use std::io::Read;
    use std::time::Duration;

    struct Scratch(PathBuf);

    impl Scratch {
        fn new() -> Self {
            static NEXT: AtomicU64 = AtomicU64::new(0);
            let path = env::temp_dir().join(format!(
                "yuanchi-folder-{}-{}",
                process::id(),
                NEXT.fetch_add(1, Ordering::Relaxed)
            ));
            fs::create_dir_all(&path).expect("scratch folder");
            Self(path)
        }

        fn store(&self) -> FolderStore {
            FolderStore::open_at(&self.0).expect("store")
        }

        fn incoming(&self) -> usize {
            fs::read_dir(self.0.join("incoming")).expect("incoming").count()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn put(store: &FolderStore, name: &str, content: &[u8]) -> Result<Stored, UploadProblem> {
        let mut upload = store.begin(1_000_000)?;
        for piece in content.chunks(1_000) {
            upload.write(piece)?;
        }
        upload.finish(name, &FileType::ALL)
    }

    #[test]
    fn a_sound_file_comes_back_whole_and_is_kept_once() {
        let scratch = Scratch::new();
        let store = scratch.store();
        let content = corpus::pdf();
        let first = put(&store, "执照.pdf", &content).expect("stored");
        let again = put(&store, "另一个名字.PDF", &content).expect("stored again");
        assert_eq!(first, again);
        assert_eq!((first.bytes, first.file_type), (content.len() as u64, FileType::Pdf));
        assert_eq!(store.list().expect("list").len(), 1);
        assert_eq!(scratch.incoming(), 0);
        let mut object = store.open(&first.sha256).expect("opened");
        let mut back = Vec::new();
        object.reader.read_to_end(&mut back).expect("read");
        assert_eq!((object.bytes, back), (first.bytes, content));
        assert_eq!(store.verify(&first.sha256).expect("sound"), first.bytes);
        assert!(scratch.0.join("objects").join(first.sha256.path()).is_file());
    }

    #[test]
    fn a_flipped_byte_is_never_served_and_a_new_upload_of_another_length_heals() {
        let scratch = Scratch::new();
        let store = scratch.store();
        let content = corpus::png(3, 3);
        let stored = put(&store, "a.png", &content).expect("stored");
        let place = scratch.0.join("objects").join(stored.sha256.path());
        let mut altered = content.clone();
        altered[20] ^= 1;
        fs::write(&place, &altered).expect("alter");
        assert!(matches!(store.verify(&stored.sha256), Err(ReadProblem::Corrupt)));
        fs::write(&place, &content[..30]).expect("cut");
        assert!(matches!(store.verify(&stored.sha256), Err(ReadProblem::Corrupt)));
        put(&store, "a.png", &content).expect("stored again");
        assert!(store.verify(&stored.sha256).is_ok());
        fs::remove_file(&place).expect("remove");
        assert!(matches!(store.verify(&stored.sha256), Err(ReadProblem::Missing)));
    }

    #[test]
    fn refused_and_abandoned_uploads_leave_nothing() {
        let scratch = Scratch::new();
        let store = scratch.store();
        assert!(matches!(put(&store, "a.pdf", b""), Err(UploadProblem::Empty)));
        assert!(matches!(put(&store, "a.pdf", b"hello"), Err(UploadProblem::ContentMismatch { .. })));
        let mut upload = store.begin(10).expect("begun");
        upload.write(b"%PDF-1.7").expect("fits");
        assert_eq!(upload.bytes(), 8);
        assert!(matches!(upload.write(b"abc"), Err(UploadProblem::TooLarge { limit: 10 })));
        assert!(matches!(upload.finish("a.pdf", &FileType::ALL), Err(UploadProblem::TooLarge { limit: 10 })));
        let upload = store.begin(10).expect("begun");
        assert_eq!(scratch.incoming(), 1);
        drop(upload);
        store.probe().expect("writable");
        assert_eq!(scratch.incoming(), 0);
        assert!(store.list().expect("list").is_empty());
    }

    #[test]
    fn a_file_of_exactly_the_limit_is_taken() {
        let scratch = Scratch::new();
        let store = scratch.store();
        let content = corpus::pdf();
        let mut upload = store.begin(content.len() as u64).expect("begun");
        upload.write(&content).expect("fits");
        assert!(upload.finish("a.pdf", &FileType::ALL).is_ok());
    }

    #[test]
    fn a_sweep_takes_old_orphans_only() {
        let scratch = Scratch::new();
        let store = scratch.store();
        let used = put(&store, "a.png", &corpus::png(1, 1)).expect("stored").sha256;
        let orphan = put(&store, "b.png", &corpus::png(2, 2)).expect("stored").sha256;
        let anew = put(&store, "c.png", &corpus::png(3, 3)).expect("stored").sha256;
        let foreign = scratch.0.join("objects").join("README");
        fs::write(&foreign, "not ours").expect("foreign");
        fs::write(scratch.0.join("incoming").join("crashed.part"), "half").expect("left over");
        let long_ago = SystemTime::now() - Duration::from_secs(48 * 3600);
        for path in [used.path(), orphan.path(), anew.path()] {
            let file = OpenOptions::new().write(true).open(scratch.0.join("objects").join(path)).expect("object");
            file.set_modified(long_ago).expect("age");
        }
        let left_over =
            OpenOptions::new().write(true).open(scratch.0.join("incoming").join("crashed.part")).expect("part");
        left_over.set_modified(long_ago).expect("age");
        put(&store, "c.png", &corpus::png(3, 3)).expect("uploaded again");
        let running = store.begin(10).expect("begun");
        let day_ago = SystemTime::now() - Duration::from_secs(24 * 3600);
        let swept = store.sweep(day_ago, &|key| *key == used).expect("swept");
        assert_eq!((swept.objects, swept.uploads), (1, 1));
        let left: Vec<ObjectKey> = store.list().expect("list").into_iter().map(|entry| entry.key).collect();
        assert!(left.contains(&used) && left.contains(&anew) && !left.contains(&orphan));
        assert!(foreign.exists());
        drop(running);
        assert_eq!(store.sweep(day_ago, &|_| false).expect("swept").uploads, 0);
    }

    #[test]
    fn many_uploads_of_one_content_at_once_agree() {
        let scratch = Scratch::new();
        let store = scratch.store();
        let content = corpus::xlsx();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| put(&store, "a.xlsx", &content).expect("stored"));
            }
        });
        assert_eq!(store.list().expect("list").len(), 1);
        assert_eq!(scratch.incoming(), 0);
    }

    #[test]
    fn the_hostile_corpus_is_refused_at_the_door() {
        let scratch = Scratch::new();
        let store = scratch.store();
        let corpus = corpus::hostile();
        assert!(corpus.len() >= 40, "{}", corpus.len());
        for case in corpus {
            let code = match put(&store, case.name, &case.content) {
                Ok(_) => "taken".to_owned(),
                Err(UploadProblem::Suspicious { reason }) => {
                    format!("suspicious {}", reason.code())
                }
                Err(UploadProblem::ContentMismatch { found, .. }) => {
                    format!("content_mismatch {found}")
                }
                Err(problem) => problem.code().to_owned(),
            };
            assert_eq!(code, case.expected, "{}", case.about);
        }
        assert!(store.list().expect("list").is_empty());
        assert_eq!(scratch.incoming(), 0);
    }
}
