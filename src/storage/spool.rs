//! Temporary files for what arrives: on this machine in either store, because a file is looked into before it is kept.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::Swept;

/// The folder `incoming/` and the temporary files in it.
#[derive(Debug)]
pub(super) struct Incoming {
    folder: PathBuf,
    begun: AtomicU64,
}

/// A temporary file that goes away with its owner unless it was renamed.
#[derive(Debug)]
pub(super) struct Spool {
    pub(super) path: PathBuf,
    pub(super) file: File,
    pub(super) renamed: bool,
}

impl Drop for Spool {
    fn drop(&mut self) {
        if !self.renamed {
            // Nobody is left to tell; what stays behind is swept later.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Incoming {
    /// Makes `root/incoming` if need be.
    pub(super) fn open_at(root: &Path) -> io::Result<Self> {
        let folder = root.join("incoming");
        make_private_folder(&folder)?;
        Ok(Self { folder, begun: AtomicU64::new(0) })
    }

    /// A new temporary file. Process number, counter and clock keep it apart from those of a crashed run.
    pub(super) fn spool(&self) -> io::Result<Spool> {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let path = self.folder.join(format!("{}-{}-{number}.part", since_epoch.as_nanos(), process::id()));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok(Spool { path, file, renamed: false })
    }

    /// A temporary file that holds `content`: a full disk lets one be made and not filled.
    pub(super) fn trial(&self, content: &[u8]) -> io::Result<Spool> {
        let mut spool = self.spool()?;
        spool.file.write_all(content)?;
        Ok(spool)
    }

    /// What uploads that never finished left behind before `older_than`, each file with its length.
    fn files_before(&self, older_than: SystemTime) -> io::Result<Vec<(PathBuf, u64)>> {
        let mut found = Vec::new();
        for file in fs::read_dir(&self.folder)? {
            let file = file?;
            let Some(about) = unless_gone(file.metadata())? else {
                continue;
            };
            if about.is_file() && about.modified()? < older_than {
                found.push((file.path(), about.len()));
            }
        }
        Ok(found)
    }

    /// The names of these files.
    pub(super) fn left_over(&self, older_than: SystemTime) -> io::Result<Vec<String>> {
        let name = |(path, _): (PathBuf, u64)| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(self.files_before(older_than)?.into_iter().map(name).collect())
    }

    /// Removes what uploads that never finished left behind before `older_than`.
    pub(super) fn sweep(&self, older_than: SystemTime) -> io::Result<Swept> {
        let mut swept = Swept::default();
        for (path, bytes) in self.files_before(older_than)? {
            if unless_gone(fs::remove_file(path))?.is_some() {
                swept.uploads += 1;
                swept.bytes += bytes;
            }
        }
        Ok(swept)
    }
}

/// Uploads end and other sweeps run meanwhile; a file that is gone is no failure.
pub(super) fn unless_gone<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
