//! Attachments as bytes: received, checked, kept under their SHA-256 and given out verified.
//!
//! Nothing a person typed ever becomes part of a path: an object's key is the digest of its content
//! (OWASP ASVS V5.3.2). The order in which an object is committed is fixed, so that a row in the database
//! never points at bytes that a power cut took away:
//!
//! 1. the body is written to a temporary file below `incoming/`, measured and hashed while it arrives;
//! 2. name, type and structure are checked ([`inspect`]);
//! 3. the file is made durable under its key: synced, renamed and its folder synced, or taken in by an S3-compatible store;
//! 4. only then does the caller write its row.
//!
//! A crash between any two steps leaves at most a file that nobody names, which [`ObjectStore::sweep`] removes.

mod folder;
pub mod inspect;
mod key;
mod names;
mod problem;
mod s3;
mod spool;
mod upload;
mod verified;

#[cfg(test)]
mod contract;
#[cfg(test)]
pub(crate) mod corpus;
#[cfg(test)]
#[path = "../tests/registry/support/s3_server.rs"]
mod s3_server;

use std::io;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

pub use folder::FolderStore;
pub use key::{InvalidKey, ObjectKey};
pub use names::{content_disposition, display_name};
pub use problem::{ReadProblem, Suspicion, UploadProblem};
pub use s3::{S3Settings, S3Store};
pub use upload::{Stored, Upload};
pub use verified::VerifiedReader;

/// An upload that no row names after this long was never finished: no request lasts as long. A sweep takes it.
pub const ORPHAN_AGE: Duration = Duration::from_secs(24 * 3600);

/// The kinds of file that the system takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileType {
    /// Portable Document Format, ISO 32000.
    Pdf,
    /// Portable Network Graphics, ISO/IEC 15948.
    Png,
    /// JPEG, ISO/IEC 10918-1.
    Jpg,
    /// Office Open XML workbook without macros, ISO/IEC 29500.
    Xlsx,
    /// Office Open XML document without macros, ISO/IEC 29500.
    Docx,
}

impl FileType {
    /// Every kind, in the order in which people are told about them.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Png, Self::Jpg, Self::Xlsx, Self::Docx];

    /// The stable code, which is also the usual file name extension.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpg => "jpg",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
        }
    }

    /// The kind that a file name extension declares, in any letter case; `jpeg` counts as `jpg`.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpg),
            "xlsx" => Some(Self::Xlsx),
            "docx" => Some(Self::Docx),
            _ => None,
        }
    }

    /// The media type to serve it with; never taken from the uploader.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpg => "image/jpeg",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// An object opened for reading.
#[derive(Debug)]
pub struct Object {
    /// Length in bytes.
    pub bytes: u64,
    /// The content; fails with an I/O error before its last block if the content is not what its key promises.
    pub reader: VerifiedReader,
}

/// One object as [`ObjectStore::list`] finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectEntry {
    /// Digest of the content.
    pub key: ObjectKey,
    /// Length in bytes.
    pub bytes: u64,
    /// When it was stored, or last stored again.
    pub stored_at: SystemTime,
}

/// The objects of a store, a page at a time; with an error among them it is not all of them.
pub type Pages<'a> = Box<dyn Iterator<Item = io::Result<Vec<ObjectEntry>>> + 'a>;

/// What a sweep removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Objects that nobody referred to.
    pub objects: usize,
    /// Temporary files of uploads that never finished.
    pub uploads: usize,
    /// Bytes given back.
    pub bytes: u64,
}

/// A store of immutable objects, each addressed by the SHA-256 of its content.
///
/// Every method blocks; call them from a thread that may.
pub trait ObjectStore: Send + Sync {
    /// Starts to receive a file of at most `max_bytes` bytes.
    ///
    /// # Errors
    /// [`UploadProblem::DiskFull`] or [`UploadProblem::Io`] if the temporary file cannot be made.
    fn begin(&self, max_bytes: u64) -> Result<Upload, UploadProblem>;

    /// Opens an object.
    ///
    /// The reader detects altered content only on its way, after an answer's status may have been sent; whoever must
    /// refuse with a clean error calls [`Self::verify`] first.
    ///
    /// # Errors
    /// [`ReadProblem::Missing`] if there is none of that key, [`ReadProblem::Io`] otherwise.
    fn open(&self, key: &ObjectKey) -> Result<Object, ReadProblem>;

    /// Reads a whole object and compares it with its key; returns its length in bytes.
    ///
    /// # Errors
    /// [`ReadProblem::Corrupt`] if the content is not what its key promises; else as [`Self::open`].
    fn verify(&self, key: &ObjectKey) -> Result<u64, ReadProblem> {
        let mut object = self.open(key)?;
        io::copy(&mut object.reader, &mut io::sink()).map_err(ReadProblem::from)
    }

    /// All objects, however many, in no order that is promised: what is held of them at a time is one page, a shelf of a
    /// folder or what a bucket gives at once.
    fn pages(&self) -> Pages<'_>;

    /// All objects, in the order of their keys.
    ///
    /// # Errors
    /// Whatever listing the store raises.
    fn list(&self) -> io::Result<Vec<ObjectEntry>> {
        let mut found = Vec::new();
        for page in self.pages() {
            found.extend(page?);
        }
        found.sort_by_key(|entry| entry.key);
        Ok(found)
    }

    /// Names of the temporary files that uploads left on this machine before `older_than` without ever finishing.
    ///
    /// # Errors
    /// Whatever reading the folder raises.
    fn left_over(&self, older_than: SystemTime) -> io::Result<Vec<String>>;

    /// Removes objects and unfinished uploads that are older than `older_than` and, for objects, not in use.
    ///
    /// An object uploaded again counts as new, so a caller that has not written its row yet loses nothing as long as
    /// `older_than` lies further back than a request can last; a day is customary.
    ///
    /// # Errors
    /// The first failure; what was removed before stays removed, and the next sweep goes on.
    fn sweep(&self, older_than: SystemTime, in_use: &dyn Fn(&ObjectKey) -> bool) -> io::Result<Swept>;

    /// Proves that the store takes writes, for a readiness probe.
    ///
    /// # Errors
    /// Whatever the attempt raises.
    fn probe(&self) -> io::Result<()>;
}
