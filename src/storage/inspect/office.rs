//! Office Open XML, ISO/IEC 29500-2: a ZIP archive, walked entry by entry and inflated against a budget.

use std::io::{self, BufReader, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, ZIP_END_WINDOW, damaged, find_last, read_tail, suspicious};
use crate::storage::{FileType, Suspicion, UploadProblem};

/// Below this an entry may deflate as well as it likes; a sheet of blanks does.
const RATIO_FLOOR_BYTES: u64 = 1_048_576;

/// Longest content type list read for its words.
const CONTENT_TYPES_BYTES: u64 = 1_048_576;

const CONTENT_TYPES: &str = "[Content_Types].xml";
const WORKBOOK: &str = "xl/workbook.xml";
const DOCUMENT: &str = "word/document.xml";

/// Checks the archive, its entries' names and sizes, and that the main part is that of `declared`.
pub(super) fn check<R: Read + Seek>(
    reader: &mut R,
    length: u64,
    declared: FileType,
    limits: &Limits,
) -> Result<(), UploadProblem> {
    check_end_record(reader, length, declared, limits)?;
    let mut archive = ZipArchive::new(BufReader::new(reader)).map_err(|error| problem(error, declared))?;
    // Bytes before the archive would be somebody else's file.
    if archive.offset() != 0 {
        return suspicious(Suspicion::Polyglot);
    }
    if archive.has_duplicate_names() {
        return suspicious(Suspicion::EntryNames);
    }
    let mut budget = limits.inflated;
    let mut main_part = None;
    let mut has_content_types = false;
    for index in 0..archive.len() {
        check_entry(&mut archive, index, declared)?;
        let mut entry = archive.by_index(index).map_err(|error| problem(error, declared))?;
        let name = entry.name().map_err(|error| problem(error, declared))?.into_owned();
        match name.as_str() {
            CONTENT_TYPES => {
                has_content_types = true;
                let text = read_some(&mut entry, CONTENT_TYPES_BYTES)?;
                budget = budget.saturating_sub(text.len() as u64);
                if super::contains(&text.to_ascii_lowercase(), b"macroenabled") {
                    return suspicious(Suspicion::Macros);
                }
            }
            WORKBOOK => main_part = Some(FileType::Xlsx),
            DOCUMENT => main_part = main_part.or(Some(FileType::Docx)),
            _ => {}
        }
        let stored = entry.compressed_size().min(length);
        let allowance = budget.min(RATIO_FLOOR_BYTES.max(stored.saturating_mul(limits.ratio)));
        let inflated = io::copy(&mut entry.by_ref().take(allowance.saturating_add(1)), &mut io::sink())?;
        if inflated > allowance {
            return suspicious(Suspicion::Inflates);
        }
        budget -= inflated;
    }
    match main_part {
        Some(found) if found == declared && has_content_types => Ok(()),
        Some(found) if found == declared => damaged(declared),
        Some(found) => Err(UploadProblem::ContentMismatch { found: found.code(), declared }),
        None => Err(UploadProblem::ContentMismatch { found: "zip", declared }),
    }
}

/// The end record must be the file's last thing and modest, before a library is let near it.
fn check_end_record<R: Read + Seek>(
    reader: &mut R,
    length: u64,
    declared: FileType,
    limits: &Limits,
) -> Result<(), UploadProblem> {
    let tail = read_tail(reader, length, ZIP_END_WINDOW)?;
    let Some(record) = find_last(&tail, b"PK\x05\x06").and_then(|at| tail.get(at..)) else {
        return damaged(declared);
    };
    let number =
        |at: usize| record.get(at..at + 2).and_then(|pair| <[u8; 2]>::try_from(pair).ok()).map(u16::from_le_bytes);
    let (Some(entries), Some(comment)) = (number(10), number(20)) else {
        return damaged(declared);
    };
    if record.len() != 22 + usize::from(comment) {
        return suspicious(Suspicion::TrailingData);
    }
    if u64::from(entries) > limits.entries {
        return suspicious(Suspicion::TooManyEntries);
    }
    Ok(())
}

fn check_entry<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    declared: FileType,
) -> Result<(), UploadProblem> {
    let entry = archive.by_index_raw(index).map_err(|error| problem(error, declared))?;
    if entry.encrypted() {
        return suspicious(Suspicion::Encrypted);
    }
    let Ok(name) = entry.name() else {
        return suspicious(Suspicion::EntryNames);
    };
    let leaves = name.split('/').any(|part| part == ".." || part == ".");
    let odd = name.is_empty()
        || name.starts_with('/')
        || name.chars().any(|character| character.is_control() || matches!(character, '\\' | ':'));
    if leaves || odd || entry.is_symlink() {
        return suspicious(Suspicion::EntryNames);
    }
    let lower = name.to_lowercase();
    if lower.ends_with("vbaproject.bin") || lower.ends_with("vbadata.xml") {
        return suspicious(Suspicion::Macros);
    }
    Ok(())
}

fn read_some<R: Read>(reader: &mut R, limit: u64) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    reader.take(limit).read_to_end(&mut text)?;
    Ok(text)
}

fn problem(error: ZipError, declared: FileType) -> UploadProblem {
    match error {
        ZipError::Io(error) => UploadProblem::Io(error),
        _ => UploadProblem::Damaged { file_type: declared },
    }
}
