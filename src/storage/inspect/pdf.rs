//! PDF, ISO 32000-1 section 7.5: a header at the first byte, a cross-reference and an end marker at the last.

use std::io::{Read, Seek};

use super::{damaged, find_last, read_tail};
use crate::storage::{FileType, UploadProblem};

/// Readers look for the end marker in the last 1,024 bytes.
const END_WINDOW: u64 = 1024;

/// Checks header and trailer; pages are not rendered.
pub(super) fn check<R: Read + Seek>(reader: &mut R, head: &[u8], length: u64) -> Result<(), UploadProblem> {
    let has_version =
        matches!(head.get(5..8), Some([major, b'.', minor]) if major.is_ascii_digit() && minor.is_ascii_digit());
    let tail = read_tail(reader, length, END_WINDOW)?;
    let end = find_last(&tail, b"%%EOF");
    let reference = find_last(&tail, b"startxref");
    match (end, reference) {
        (Some(end), Some(reference)) if has_version && reference < end => Ok(()),
        _ => damaged(FileType::Pdf),
    }
}
