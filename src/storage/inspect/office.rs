//! Office Open XML, ISO/IEC 29500-2: a ZIP archive, walked entry by entry and inflated against a budget, whose parts are held
//! together by two lists and a main part.

mod package;
mod xml;

use std::cmp::Ordering;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};
use std::ops::Range;

use memchr::memmem::Finder;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::{
    Limits, ZIP_END_WINDOW, any_piece, contains, damaged, find_last, has_markup, read_tail, refuse_archives, suspicious,
};
use crate::storage::{FileType, Suspicion, UploadProblem};

/// Below this an entry may deflate as well as it likes; a sheet of blanks does.
const RATIO_FLOOR_BYTES: u64 = 1_048_576;

/// Longest list of types or relationships, and longest main part. A letter of a thousand pages is shorter.
const LIST_BYTES: u64 = 2 << 20;
const MAIN_BYTES: u64 = 32 << 20;

/// Bytes of an end record without its comment, of a directory's header without name, extra field and comment, and of the
/// header before an entry's data without name and extra field.
const END_RECORD_BYTES: usize = 22;
const HEADER_BYTES: u64 = 46;
const LOCAL_HEADER_BYTES: u64 = 30;

/// Longest description behind an entry's data, of programs that learn its length late: the only thing between two entries.
const DESCRIPTOR_BYTES: u64 = 24;

/// Longest extra field with the comment: Excel and Word leave half a kilobyte of zeros there, to grow into.
const EXTRA_BYTES: u64 = 2_048;

/// What stands in a field of the end record that says too little: the number is in a ZIP64 record, which may lie anywhere.
const ELSEWHERE: u32 = u32::MAX;

const CONTENT_TYPES: &str = "[Content_Types].xml";
const RELATIONSHIPS: &str = "_rels/.rels";
const WORKBOOK: &str = "xl/workbook.xml";
const DOCUMENT: &str = "word/document.xml";

/// The namespaces of main parts: as most programs write them, and those of the strict form of the standard.
const WORKBOOK_NAMESPACES: [&str; 2] =
    ["http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"];
const DOCUMENT_NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// How a compound file begins, which is what macros are kept in, and the name within it that only they have, in UTF-16.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const PROJECT: &[u8] = b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0";

/// What an archive has cost its reader so far.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    /// Entries that were opened.
    entries: u64,
    /// Bytes that were inflated.
    inflated: u64,
}

/// What holds an archive's entries together, once it was read.
struct Package {
    /// The main part.
    main: usize,
    /// Lists that were read whole.
    read: Vec<usize>,
}

/// How an archive is looked at: what it should be, what it may cost, and what it has cost.
struct Inspection<'a> {
    declared: FileType,
    length: u64,
    limits: &'a Limits,
    spent: &'a mut Spent,
}

/// Checks the archive, its entries' names, places and sizes, that its lists and its main part are well-formed and those of
/// `declared`, and that there are no macros and nothing of another kind in it.
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
    let mut archive = ZipArchive::new(BufReader::new(&mut *reader)).map_err(|error| problem(error, declared))?;
    // Bytes before the archive would be somebody else's file.
    if archive.offset() != 0 {
        return suspicious(Suspicion::Polyglot);
    }
    if archive.has_duplicate_names() {
        return suspicious(Suspicion::EntryNames);
    }
    let mut inspection = Inspection { declared, length, limits, spent };
    let is_pure = inspection.check_entries(&mut archive)?;
    let package = inspection.read_package(&mut archive)?;
    if !is_pure {
        return suspicious(Suspicion::Polyglot);
    }
    for index in (0..archive.len()).filter(|index| !package.read.contains(index)) {
        inspection.inflate(&mut archive, index, index == package.main)?;
    }
    drop(archive);
    refuse_archives(reader)
}

impl Inspection<'_> {
    /// Looks at what the entries say of themselves, and whether they lie one behind the other with nothing between; whether
    /// none is of another kind of file.
    fn check_entries<R: Read + Seek>(&mut self, archive: &mut ZipArchive<R>) -> Result<bool, UploadProblem> {
        let mut places = Vec::new();
        let mut is_pure = true;
        for index in 0..archive.len() {
            self.spent.entries += 1;
            if self.spent.entries > self.limits.entries {
                return suspicious(Suspicion::TooManyEntries);
            }
            let entry = archive.by_index_raw(index).map_err(|error| problem(error, self.declared))?;
            let name = check_name(&entry)?;
            is_pure = is_pure && !is_foreign(&name, self.declared);
            places.push(place_of(&entry, self.declared)?);
        }
        check_places(places, archive.central_directory_start())?;
        Ok(is_pure)
    }

    /// Reads the lists that hold the parts together, and finds the main part that they name.
    fn read_package<R: Read + Seek>(&mut self, archive: &mut ZipArchive<R>) -> Result<Package, UploadProblem> {
        let declared = self.declared;
        let lists = (find_part(archive, CONTENT_TYPES)?, find_part(archive, RELATIONSHIPS)?);
        let (Some(types), Some(relationships)) = lists else {
            let has_main = find_part(archive, WORKBOOK)?.is_some() || find_part(archive, DOCUMENT)?.is_some();
            return if has_main { damaged(declared) } else { mismatch("zip", declared) };
        };
        let list = self.read_list(archive, relationships)?;
        let Some(main) = package::main_part(&list, declared)? else { return damaged(declared) };
        let list = self.read_list(archive, types)?;
        match package::kind_of(&list, &main, declared)? {
            Some(found) if found == declared => {}
            found => return mismatch(found.map_or("zip", FileType::code), declared),
        }
        let mut read = vec![types, relationships];
        if let Some(own) = find_part(archive, &package::relationships_of(&main))? {
            let list = self.read_list(archive, own)?;
            package::check_relationships(&list, declared)?;
            read.push(own);
        }
        match find_part(archive, &main)? {
            Some(main) => Ok(Package { main, read }),
            None => damaged(declared),
        }
    }

    fn read_list<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        index: usize,
    ) -> Result<Vec<u8>, UploadProblem> {
        let entry = archive.by_index(index).map_err(|error| problem(error, self.declared))?;
        let most = LIST_BYTES.min(self.limits.inflated.saturating_sub(self.spent.inflated));
        let mut text = Vec::new();
        entry.take(most + 1).read_to_end(&mut text)?;
        let length = text.len() as u64;
        self.spent.inflated = self.spent.inflated.saturating_add(length);
        if length > most { suspicious(Suspicion::Inflates) } else { Ok(text) }
    }

    /// Inflates an entry to nowhere, within what it may have; the main part is walked meanwhile.
    fn inflate<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        index: usize,
        is_main: bool,
    ) -> Result<(), UploadProblem> {
        let entry = archive.by_index(index).map_err(|error| problem(error, self.declared))?;
        let stored = entry.compressed_size().min(self.length);
        let left = self.limits.inflated.saturating_sub(self.spent.inflated);
        let most = left.min(RATIO_FLOOR_BYTES.max(stored.saturating_mul(self.limits.ratio)));
        let allowance = if is_main { most.min(MAIN_BYTES) } else { most };
        let mut content = entry.take(allowance.saturating_add(1));
        let walked = if is_main { walk_main(&mut content, self.declared) } else { Ok(()) };
        let has_macros = holds_project(&mut content)?;
        let inflated = allowance.saturating_add(1).saturating_sub(content.limit());
        self.spent.inflated = self.spent.inflated.saturating_add(inflated);
        if has_macros {
            return suspicious(Suspicion::Macros);
        }
        // What was cut for its length was no sound document any more.
        if inflated > allowance { suspicious(Suspicion::Inflates) } else { walked }
    }
}

fn walk_main<R: Read>(content: &mut Take<R>, declared: FileType) -> Result<(), UploadProblem> {
    let (name, namespaces) = match declared {
        FileType::Xlsx => ("workbook", WORKBOOK_NAMESPACES),
        _ => ("document", DOCUMENT_NAMESPACES),
    };
    xml::walk(BufReader::new(content), declared, |depth, tag| {
        if depth > 0 || xml::is_root(tag, name, &namespaces, declared)? { Ok(()) } else { damaged(declared) }
    })
}

/// Reads a part to its end; whether it is a compound file with a project of macros in it, under whatever name.
fn holds_project<R: Read>(content: &mut R) -> io::Result<bool> {
    let project = Finder::new(PROJECT);
    let mut is_compound = None;
    any_piece(content, |piece| {
        *is_compound.get_or_insert_with(|| piece.starts_with(COMPOUND)) && project.find(piece).is_some()
    })
}

/// The entry of a part; two whose names differ in small and large letters alone are one to some programs.
fn find_part<R: Read + Seek>(archive: &ZipArchive<R>, name: &str) -> Result<Option<usize>, UploadProblem> {
    let mut alike = archive.file_names_raw().enumerate().filter(|(_, raw)| raw.eq_ignore_ascii_case(name.as_bytes()));
    let found = alike.next().map(|(index, _)| index);
    if alike.next().is_some() { suspicious(Suspicion::EntryNames) } else { Ok(found) }
}

/// Whether an entry belongs to a program of Java or to the other kinds of Office file.
fn is_foreign(name: &str, declared: FileType) -> bool {
    let others = match declared {
        FileType::Xlsx => ["word/", "ppt/"],
        _ => ["xl/", "ppt/"],
    };
    let lower = name.to_lowercase();
    lower.starts_with("meta-inf/") || lower.ends_with(".class") || others.iter().any(|other| lower.starts_with(other))
}

/// Where an entry lies, from its header to the end of its data.
fn place_of<R: Read>(entry: &ZipFile<'_, R>, declared: FileType) -> Result<Range<u64>, UploadProblem> {
    let (start, Some(data)) = (entry.header_start(), entry.data_start()) else { return damaged(declared) };
    let named = start + LOCAL_HEADER_BYTES + entry.name_raw().len() as u64;
    if data.saturating_sub(named) > EXTRA_BYTES {
        return suspicious(Suspicion::Polyglot);
    }
    Ok(start..data.saturating_add(entry.compressed_size()))
}

/// From the first byte to the directory, which begins at `end`, there are entries and no room for anything else.
fn check_places(mut places: Vec<Range<u64>>, end: u64) -> Result<(), UploadProblem> {
    places.sort_unstable_by_key(|place| place.start);
    places.push(end..end);
    let mut at = 0;
    for place in places {
        match place.start.checked_sub(at) {
            None => return suspicious(Suspicion::EntryNames),
            Some(between) if between > DESCRIPTOR_BYTES => return suspicious(Suspicion::Polyglot),
            Some(_) => at = place.end,
        }
    }
    Ok(())
}

fn mismatch<T>(found: &'static str, declared: FileType) -> Result<T, UploadProblem> {
    Err(UploadProblem::ContentMismatch { found, declared })
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
    let said = record.get(END_RECORD_BYTES..).unwrap_or_default();
    if has_markup(said) || contains(said, b"PK\x03\x04") {
        return suspicious(Suspicion::Polyglot);
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
        let [name, extra, comment] = [28, 30, 32].map(|at| number(&header, at).map_or(0, u64::from));
        let rest = name + extra + comment;
        at += HEADER_BYTES + rest;
        if !header.starts_with(b"PK\x01\x02") || at > place.end {
            return damaged(declared);
        }
        if extra + comment > EXTRA_BYTES {
            return suspicious(Suspicion::Polyglot);
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

/// Looks at what an entry says of itself; its name.
fn check_name<R: Read>(entry: &ZipFile<'_, R>) -> Result<String, UploadProblem> {
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
    let has_macros = lower.ends_with("vbaproject.bin") || lower.ends_with("vbadata.xml");
    if has_macros || lower.starts_with("xl/macrosheets/") {
        return suspicious(Suspicion::Macros);
    }
    Ok(name.into_owned())
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
            ("the same bytes three hundred times", corpus::overlapping(280), false),
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
