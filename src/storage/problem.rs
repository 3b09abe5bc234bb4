//! Why a file was not taken, or could not be read back.

use std::io;

use super::FileType;

/// Why an upload was refused. [`Self::code`] and [`Self::args`] choose and fill the sentence `upload-<code>`.
#[derive(Debug, thiserror::Error)]
pub enum UploadProblem {
    /// More bytes than allowed arrived.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Not a single byte arrived.
    #[error("empty file")]
    Empty,
    /// The name's extension declares a kind that is not wanted here.
    #[error("type not among {allowed:?}")]
    TypeNotAllowed {
        /// The kinds that are.
        allowed: Vec<FileType>,
    },
    /// The content is of another kind than the name says.
    #[error("content is {found}, name says {declared:?}")]
    ContentMismatch {
        /// Code of what the content looks like: a [`FileType`] code, or one of `zip gif webp heic bmp ole html svg xml program script archive unknown`.
        found: &'static str,
        /// What the name declares.
        declared: FileType,
    },
    /// Right kind, but cut short or broken.
    #[error("damaged {file_type:?}")]
    Damaged {
        /// What it should be.
        file_type: FileType,
    },
    /// Built like an attack.
    #[error("suspicious: {}", reason.code())]
    Suspicious {
        /// What gave it away.
        reason: Suspicion,
    },
    /// The disk, or the account's share of it, is full.
    #[error("disk full")]
    DiskFull,
    /// The store failed in another way.
    #[error("store failed: {0}")]
    Io(io::Error),
}

/// What makes a file suspicious.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspicion {
    /// Control or direction-changing characters in the name.
    NameCharacters,
    /// Nothing before the extension.
    NameEmpty,
    /// A program's or page's extension before the last one, such as `photo.exe.png`.
    DoubleExtension,
    /// A second file is hidden in it (PDF, HTML, or an archive inside another kind, or room for one between the parts).
    Polyglot,
    /// Data after the end of the picture.
    TrailingData,
    /// More than 40 million pixels.
    TooManyPixels,
    /// More than 5,000 entries in an Office file.
    TooManyEntries,
    /// Inflates to more than allowed, absolutely or in proportion.
    Inflates,
    /// Encrypted entries.
    Encrypted,
    /// Entry names that leave the archive, are absolute, doubled, or links; entries that lie over one another.
    EntryNames,
    /// Macros.
    Macros,
    /// A picture that moves.
    Animated,
}

impl Suspicion {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NameCharacters => "name_characters",
            Self::NameEmpty => "name_empty",
            Self::DoubleExtension => "double_extension",
            Self::Polyglot => "polyglot",
            Self::TrailingData => "trailing_data",
            Self::TooManyPixels => "too_many_pixels",
            Self::TooManyEntries => "too_many_entries",
            Self::Inflates => "inflates",
            Self::Encrypted => "encrypted",
            Self::EntryNames => "entry_names",
            Self::Macros => "macros",
            Self::Animated => "animated",
        }
    }
}

impl UploadProblem {
    /// The stable code, part of the API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Empty => "empty",
            Self::TypeNotAllowed { .. } => "type_not_allowed",
            Self::ContentMismatch { .. } => "content_mismatch",
            Self::Damaged { .. } => "damaged",
            Self::Suspicious { .. } => "suspicious",
            Self::DiskFull => "disk_full",
            Self::Io(_) => "io",
        }
    }

    /// What the sentence needs: `limit` in bytes and `limit_mb` in whole MiB (rounded down), `allowed`, `found`, `declared`, `reason`.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { limit } => {
                vec![("limit", limit.to_string()), ("limit_mb", (limit / 1_048_576).to_string())]
            }
            Self::TypeNotAllowed { allowed } => {
                let codes: Vec<&str> = allowed.iter().map(|kind| kind.code()).collect();
                vec![("allowed", codes.join(", "))]
            }
            Self::ContentMismatch { found, declared } => {
                vec![("found", (*found).to_owned()), ("declared", declared.code().to_owned())]
            }
            Self::Damaged { file_type } => vec![("declared", file_type.code().to_owned())],
            Self::Suspicious { reason } => vec![("reason", reason.code().to_owned())],
            Self::Empty | Self::DiskFull | Self::Io(_) => Vec::new(),
        }
    }

    /// Whether the fault is the store's: answer 503 and alert, instead of telling the person to mend the file.
    #[must_use]
    pub fn is_of_the_store(&self) -> bool {
        matches!(self, Self::DiskFull | Self::Io(_))
    }
}

impl From<io::Error> for UploadProblem {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error),
        }
    }
}

/// Why an object could not be given out.
#[derive(Debug, thiserror::Error)]
pub enum ReadProblem {
    /// There is no such object, although somebody referred to it.
    #[error("no such object")]
    Missing,
    /// The bytes on disk are not those that were stored.
    #[error("object altered since it was stored")]
    Corrupt,
    /// The store failed in another way.
    #[error("store failed: {0}")]
    Io(io::Error),
}

impl ReadProblem {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Corrupt => "corrupt",
            Self::Io(_) => "io",
        }
    }
}

impl From<io::Error> for ReadProblem {
    fn from(error: io::Error) -> Self {
        if error.get_ref().is_some_and(|inner| inner.is::<super::verified::Altered>()) {
            return Self::Corrupt;
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_has_its_own_code() {
        assert_eq!(UploadProblem::from(io::Error::from(io::ErrorKind::StorageFull)).code(), "disk_full");
        assert_eq!(UploadProblem::from(io::Error::from_raw_os_error(28)).code(), "disk_full");
        assert_eq!(UploadProblem::from(io::Error::other("x")).code(), "io");
        assert!(UploadProblem::DiskFull.is_of_the_store());
        assert!(!UploadProblem::Empty.is_of_the_store());
    }

    #[test]
    fn the_store_says_missing() {
        assert_eq!(ReadProblem::from(io::Error::from(io::ErrorKind::NotFound)).code(), "missing");
    }
}
