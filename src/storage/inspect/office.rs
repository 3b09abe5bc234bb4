//! Office Open XML, ISO/IEC 29500-2: a ZIP archive, walked entry by entry and inflated against a budget.

use std::cmp::Ordering;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, ZIP_END_WINDOW, damaged, find_last, read_tail, suspicious};
use crate::storage::{FileType, Suspicion, UploadProblem};

/// Below this an entry may deflate as well as it likes; a sheet of blanks does.
const RATIO_FLOOR_BYTES: u64 = 1_048_576;

/// Longest content type list read for its words.
const CONTENT_TYPES_BYTES: u64 = 1_048_576;

/// Bytes of an end record without its comment, and of a directory's header without name, extra field and comment.
const END_RECORD_BYTES: usize = 22;
const HEADER_BYTES: u64 = 46;

/// What stands in a field of the end record that says too little: the number is in a ZIP64 record, which may lie anywhere.
const ELSEWHERE: u32 = u32::MAX;

const CONTENT_TYPES: &str = "[Content_Types].xml";
const WORKBOOK: &str = "xl/workbook.xml";
const DOCUMENT: &str = "word/document.xml";

/// What an archive has cost its reader so far.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    /// Entries that were opened.
    entries: u64,
    /// Bytes that were inflated.
    inflated: u64,
}

/// Checks the archive, its entries' names and sizes, and that the main part is that of `declared`.
pub(super) fn check<R: Read + Seek>(
    reader: &mut R,
    length: u64,
    declared: FileType,
    limits: &Limits,
) -> Result<(), UploadProblem> {
    check_counted(reader, length, declared, limits, &mut Spent::default())
}

fn check_counted<R: Read + Seek>(
    reader: &mut R,
    length: u64,
    declared: FileType,
    limits: &Limits,
    spent: &mut Spent,
) -> Result<(), UploadProblem> {
    check_end(reader, length, declared, limits)?;
    let mut archive = ZipArchive::new(BufReader::new(reader)).map_err(|error| problem(error, declared))?;
    // Bytes before the archive would be somebody else's file.
    if archive.offset() != 0 {
        return suspicious(Suspicion::Polyglot);
    }
    if archive.has_duplicate_names() {
        return suspicious(Suspicion::EntryNames);
    }
    let mut main_part = None;
    let mut has_content_types = false;
    for index in 0..archive.len() {
        spent.entries += 1;
        if spent.entries > limits.entries {
            return suspicious(Suspicion::TooManyEntries);
        }
        check_entry(&mut archive, index, declared)?;
        let mut entry = archive.by_index(index).map_err(|error| problem(error, declared))?;
        let name = entry.name().map_err(|error| problem(error, declared))?.into_owned();
        match name.as_str() {
            CONTENT_TYPES => {
                has_content_types = true;
                let text = read_some(&mut entry, CONTENT_TYPES_BYTES)?;
                spent.inflated = spent.inflated.saturating_add(text.len() as u64);
                if super::contains(&text.to_ascii_lowercase(), b"macroenabled") {
                    return suspicious(Suspicion::Macros);
                }
            }
            WORKBOOK => main_part = Some(FileType::Xlsx),
            DOCUMENT => main_part = main_part.or(Some(FileType::Docx)),
            _ => {}
        }
        let stored = entry.compressed_size().min(length);
        let left = limits.inflated.saturating_sub(spent.inflated);
        let allowance = left.min(RATIO_FLOOR_BYTES.max(stored.saturating_mul(limits.ratio)));
        let inflated = io::copy(&mut entry.by_ref().take(allowance.saturating_add(1)), &mut io::sink())?;
        spent.inflated = spent.inflated.saturating_add(inflated);
        if inflated > allowance {
            return suspicious(Suspicion::Inflates);
        }
    }
    match main_part {
        Some(found) if found == declared && has_content_types => Ok(()),
        Some(found) if found == declared => damaged(declared),
        Some(found) => Err(UploadProblem::ContentMismatch { found: found.code(), declared }),
        None => Err(UploadProblem::ContentMismatch { found: "zip", declared }),
    }
}

/// The end record must be the file's last thing and modest, and the directory right before it as long and as many as it
/// says, before a library is let near it: a library keeps in memory whatever it finds, and looks for another record where
/// this one does not fit.
fn check_end<R: Read + Seek>(
    reader: &mut R,
    length: u64,
    declared: FileType,
    limits: &Limits,
) -> Result<(), UploadProblem> {
    let tail = read_tail(reader, length, ZIP_END_WINDOW)?;
    let Some(record) = find_last(&tail, b"PK\x05\x06").and_then(|at| tail.get(at..)) else {
        return damaged(declared);
    };
    let (Some(entries), Some(comment)) = (number(record, 10), number(record, 20)) else {
        return damaged(declared);
    };
    if record.len() != END_RECORD_BYTES + usize::from(comment) {
        return suspicious(Suspicion::TrailingData);
    }
    let (size, offset) = (long_number(record, 12), long_number(record, 16));
    if u64::from(entries) > limits.entries || entries == u16::MAX || [size, offset].contains(&Some(ELSEWHERE)) {
        return suspicious(Suspicion::TooManyEntries);
    }
    // Of one volume.
    if [number(record, 4), number(record, 6)] != [Some(0); 2] || number(record, 8) != Some(entries) {
        return damaged(declared);
    }
    let (Some(size), Some(offset)) = (size, offset) else { return damaged(declared) };
    let end = length.saturating_sub(record.len() as u64);
    let Some(start) = end.checked_sub(u64::from(size)) else { return damaged(declared) };
    match start.cmp(&u64::from(offset)) {
        // Bytes before the archive would be somebody else's file.
        Ordering::Greater => suspicious(Suspicion::Polyglot),
        Ordering::Less => damaged(declared),
        Ordering::Equal => check_directory(reader, start..end, entries, declared),
    }
}

/// The directory holds as many headers as were counted, from its first byte to its last.
fn check_directory<R: Read + Seek>(
    reader: &mut R,
    place: Range<u64>,
    entries: u16,
    declared: FileType,
) -> Result<(), UploadProblem> {
    let mut file = BufReader::new(reader);
    file.seek(SeekFrom::Start(place.start))?;
    let mut at = place.start;
    for _ in 0..entries {
        let mut header = [0; HEADER_BYTES as usize];
        file.read_exact(&mut header)?;
        let lengths = [number(&header, 28), number(&header, 30), number(&header, 32)];
        let rest: u64 = lengths.into_iter().flatten().map(u64::from).sum();
        at += HEADER_BYTES + rest;
        if !header.starts_with(b"PK\x01\x02") || at > place.end {
            return damaged(declared);
        }
        file.seek_relative(i64::try_from(rest).unwrap_or(i64::MAX))?;
    }
    if at == place.end { Ok(()) } else { suspicious(Suspicion::TooManyEntries) }
}

/// Two bytes of a record, as it writes a number.
fn number(record: &[u8], at: usize) -> Option<u16> {
    record.get(at..at + 2).and_then(|bytes| <[u8; 2]>::try_from(bytes).ok()).map(u16::from_le_bytes)
}

/// Four bytes of it.
fn long_number(record: &[u8], at: usize) -> Option<u32> {
    record.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok()).map(u32::from_le_bytes)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::corpus;
    use std::io::Cursor;

    /// Whatever an archive is made of, it costs no more than the limits say: counted in entries that are opened and in bytes
    /// that are inflated, also where it is refused in the end.
    #[test]
    fn c_28_no_archive_is_inflated_beyond_the_limits() {
        let limits = Limits { inflated: 5 << 20, entries: 300, ..Limits::default() };
        let blanks = vec![b' '; 3 << 20];
        let noise: Vec<u8> = (0..3_u32 << 20).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let inner = corpus::xlsx_with(&[("xl/one", &blanks), ("xl/two", &blanks)]);
        for (about, archive, passes) in [
            ("one that inflates too well", corpus::xlsx_with(&[("xl/a", &blanks)]), false),
            ("many that are too much together", corpus::xlsx_with(&[("xl/a", &noise), ("xl/b", &noise)]), false),
            ("the same bytes three hundred times", corpus::overlapping(297), false),
            ("an archive in it, of which nothing is inflated", corpus::xlsx_with(&[("xl/a.zip", &inner)]), true),
        ] {
            let (length, mut spent) = (archive.len() as u64, Spent::default());
            let checked = check_counted(&mut Cursor::new(&archive), length, FileType::Xlsx, &limits, &mut spent);
            assert_eq!(checked.is_ok(), passes, "{about}: {checked:?}");
            // One byte more shows that there is more.
            assert!(spent.inflated <= limits.inflated + 1 && spent.entries <= limits.entries, "{about}: {spent:?}");
        }
    }
}
