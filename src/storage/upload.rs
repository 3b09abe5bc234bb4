//! One file on its way in.

use std::io::{Seek, SeekFrom, Write};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::inspect::{self, Limits};
use super::spool::Spool;
use super::{FileType, ObjectKey, UploadProblem, names};

/// A checked file in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the content; the object's key.
    pub sha256: ObjectKey,
    /// Length in bytes.
    pub bytes: u64,
    /// What the content was found to be.
    pub file_type: FileType,
}

/// Where a checked file goes; what differs between a folder and a remote store.
pub(super) trait Keeper: Send + Sync {
    /// Makes the spooled file durable under its key. When this returns, the object survives a power cut.
    fn keep(&self, spool: &mut Spool, key: &ObjectKey, bytes: u64) -> Result<(), UploadProblem>;
}

/// A file being received. Dropped before [`Self::finish`], it leaves nothing behind.
pub struct Upload {
    spool: Spool,
    keeper: Arc<dyn Keeper>,
    hasher: Sha256,
    bytes: u64,
    max_bytes: u64,
    /// A write failed part way, so the content is not what was sent.
    broken: bool,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("bytes", &self.bytes)
            .field("max_bytes", &self.max_bytes)
            .finish_non_exhaustive()
    }
}

impl Upload {
    pub(super) fn new(spool: Spool, keeper: Arc<dyn Keeper>, max_bytes: u64) -> Self {
        Self { spool, keeper, hasher: Sha256::new(), bytes: 0, max_bytes, broken: false }
    }

    /// Bytes received so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes the next piece of the body.
    ///
    /// # Errors
    /// [`UploadProblem::TooLarge`] as soon as the limit is passed, before the piece touches the disk;
    /// [`UploadProblem::DiskFull`] and [`UploadProblem::Io`]. After an error the upload can only be dropped.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), UploadProblem> {
        self.bytes = self.bytes.saturating_add(piece.len() as u64);
        if self.bytes > self.max_bytes {
            return Err(UploadProblem::TooLarge { limit: self.max_bytes });
        }
        self.hasher.update(piece);
        self.spool.file.write_all(piece).map_err(|error| {
            self.broken = true;
            UploadProblem::from(error)
        })
    }

    /// Checks the file and makes it durable. `declared_name` is the name as sent; only its extension and its honesty
    /// are looked at, it never becomes part of a path.
    ///
    /// # Errors
    /// Any [`UploadProblem`]; the file is then gone.
    pub fn finish(mut self, declared_name: &str, allowed: &[FileType]) -> Result<Stored, UploadProblem> {
        if self.bytes > self.max_bytes {
            return Err(UploadProblem::TooLarge { limit: self.max_bytes });
        }
        if self.broken {
            return Err(UploadProblem::Io(std::io::Error::other("an earlier write failed")));
        }
        if self.bytes == 0 {
            return Err(UploadProblem::Empty);
        }
        let file_type = names::declared_type(declared_name, allowed)?;
        self.spool.file.seek(SeekFrom::Start(0))?;
        inspect::inspect(&mut self.spool.file, file_type, &Limits::default())?;
        let sha256 = ObjectKey::from_sha256(self.hasher.finalize().into());
        self.keeper.keep(&mut self.spool, &sha256, self.bytes)?;
        Ok(Stored { sha256, bytes: self.bytes, file_type })
    }
}
