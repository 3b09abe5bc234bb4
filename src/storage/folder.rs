//! Objects as files in a folder: `incoming/` for what arrives, `objects/ab/abcdef…` for what stays.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::spool::{Incoming, Spool, make_private_folder, unless_gone};
use super::upload::Keeper;
use super::{
    Object, ObjectEntry, ObjectKey, ObjectStore, Pages, ReadProblem, Swept, Upload, UploadProblem, VerifiedReader,
};

/// An [`ObjectStore`] on a local disk.
#[derive(Debug, Clone)]
pub struct FolderStore {
    folder: Arc<Folder>,
}

#[derive(Debug)]
struct Folder {
    incoming: Incoming,
    objects: PathBuf,
    /// Held while an object is put in place or swept: otherwise a sweep could remove an old, unused object in the very
    /// moment in which somebody uploads the same content again.
    placing: Mutex<()>,
}

impl FolderStore {
    /// Opens the store below `root`, making its folders if need be.
    ///
    /// # Errors
    /// Whatever making the folders raises.
    pub fn open_at(root: &Path) -> io::Result<Self> {
        let folder =
            Folder { incoming: Incoming::open_at(root)?, objects: root.join("objects"), placing: Mutex::new(()) };
        make_private_folder(&folder.objects)?;
        sync_folder(root)?;
        Ok(Self { folder: Arc::new(folder) })
    }
}

impl Folder {
    fn place_of(&self, key: &ObjectKey) -> PathBuf {
        self.objects.join(key.relative_path())
    }

    /// The folders that objects lie in, one for each beginning of a key.
    fn shelves(&self) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for shelf in fs::read_dir(&self.objects)? {
            let shelf = shelf?;
            if shelf.file_type()?.is_dir() {
                found.push(shelf.path());
            }
        }
        found.sort();
        Ok(found)
    }

    fn entries_of(shelf: &Path) -> io::Result<Vec<(ObjectEntry, PathBuf)>> {
        let mut found = Vec::new();
        let beginning = shelf.file_name().unwrap_or_default().to_string_lossy();
        for file in fs::read_dir(shelf)? {
            let file = file?;
            let path = format!("{beginning}/{}", file.file_name().to_string_lossy());
            // What is not named like an object is not ours to list, let alone to sweep.
            let Ok(key) = ObjectKey::from_path(&path) else { continue };
            // A sweep runs meanwhile.
            let Some(about) = unless_gone(file.metadata())? else { continue };
            found.push((ObjectEntry { key, bytes: about.len(), stored_at: about.modified()? }, file.path()));
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
        let spool = self.folder.incoming.spool()?;
        let keeper: Arc<dyn Keeper> = self.folder.clone();
        Ok(Upload::new(spool, keeper, max_bytes))
    }

    fn open(&self, key: &ObjectKey) -> Result<Object, ReadProblem> {
        let file = File::open(self.folder.place_of(key))?;
        let bytes = file.metadata()?.len();
        Ok(Object { bytes, reader: VerifiedReader::new(Box::new(file), *key) })
    }

    fn pages(&self) -> Pages<'_> {
        let page = |shelf: PathBuf| -> io::Result<Vec<ObjectEntry>> {
            let found = Folder::entries_of(&shelf)?;
            Ok(found.into_iter().map(|(entry, _)| entry).collect())
        };
        match self.folder.shelves() {
            Ok(shelves) => Box::new(shelves.into_iter().map(page)),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }

    fn left_over(&self, older_than: SystemTime) -> io::Result<Vec<String>> {
        self.folder.incoming.left_over(older_than)
    }

    fn sweep(&self, older_than: SystemTime, in_use: &dyn Fn(&ObjectKey) -> bool) -> io::Result<Swept> {
        let mut swept = self.folder.incoming.sweep(older_than)?;
        for shelf in self.folder.shelves()? {
            for (entry, path) in Folder::entries_of(&shelf)? {
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
        }
        Ok(swept)
    }

    fn probe(&self) -> io::Result<()> {
        self.folder.incoming.trial(b"!").map(drop)
    }
}

/// Makes a rename survive a power cut; on Unix that takes a sync of the folder itself.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}
