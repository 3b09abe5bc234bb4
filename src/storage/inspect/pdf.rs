//! PDF, ISO 32000-1 section 7.5: a header at the first byte, objects, a cross-reference to them with a trailer, and an end
//! marker at the last.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use memchr::memmem;

use super::{any_piece, contains, damaged, find_first, find_last, has_markup, read_tail, suspicious};
use crate::storage::{FileType, Suspicion, UploadProblem};

/// Readers look for the end marker in the last 1,024 bytes.
const END_WINDOW: usize = 1024;

/// Blanks and zeros that programs leave behind the end, to fill a block; they count for nothing.
const PADDING_BYTES: usize = 16 * 1024;

/// Bytes by which a cross-reference may lie elsewhere than the file says. Some programs count from a wrong place, others have
/// changed the ends of lines since it was written; readers look around too.
const SLACK: u64 = 1024;

/// Longest dictionary of a cross-reference that is looked through, and room for the two numbers of a reference in it.
const DICTIONARY_BYTES: u64 = 32 * 1024;
const NUMBERS_BYTES: usize = 64;

const END: &[u8] = b"%%EOF";
const REFERENCE: &[u8] = b"startxref";
const TABLE: &[u8] = b"xref";
const OBJECT: &[u8] = b"obj";
const ROOT: &[u8] = b"/Root";

/// What begins or makes up a page of the web, in small letters. A bracket alone begins a dictionary or a number here.
const PAGES: [&[u8]; 8] = [b"<html", b"<script", b"<svg", b"<body", b"<iframe", b"<img", b"<!doctype", b"<?php"];

/// The two ways to write a cross-reference: as a table with a trailer (7.5.4, also where a stream belongs to it), or as a
/// stream, which is an object (7.5.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Table,
    Stream,
}

/// Checks that the end leads to a cross-reference that names the document's catalogue, that there are objects, and that
/// nothing else stands before, between or behind: no page of the web, no archive, no beginning of an update that was cut off.
///
/// The last cross-reference alone is followed: each update writes one that names the catalogue again, and so does the first
/// part of a file that was arranged for the web. Objects are not walked and pages are not rendered. What lies in a stream is
/// its own affair, but that no archive begins in it as it stands: that was looked for in the whole file before.
pub(super) fn check<R: Read + Seek>(reader: &mut R, head: &[u8], length: u64) -> Result<(), UploadProblem> {
    let has_version =
        matches!(head.get(5..8), Some([major, b'.', minor]) if major.is_ascii_digit() && minor.is_ascii_digit());
    let tail = read_tail(reader, length, (END_WINDOW + PADDING_BYTES) as u64)?;
    let content = tail.iter().rposition(|byte| !is_blank(*byte)).map_or(0, |at| at + 1);
    let tail = tail.get(content.saturating_sub(END_WINDOW)..content).unwrap_or_default();
    let (Some(end), Some(reference)) = (find_last(tail, END), find_last(tail, REFERENCE)) else {
        return damaged(FileType::Pdf);
    };
    if !has_version || reference > end {
        return damaged(FileType::Pdf);
    }
    let behind = tail.get(end + END.len()..).unwrap_or_default();
    if begins_update(behind) {
        return damaged(FileType::Pdf);
    }
    check_words(head, tail, reference)?;
    if contains(behind, b"PK\x03\x04") {
        return suspicious(Suspicion::Polyglot);
    }
    let said = tail.get(reference + REFERENCE.len()..end).unwrap_or_default();
    // The first part of a file that was arranged for the web says nought; where it is the last, the rest is missing.
    let offset = number(said).filter(|offset| (1..length).contains(offset));
    match offset {
        Some(offset) if leads_to_objects(reader, offset)? => Ok(()),
        _ => damaged(FileType::Pdf),
    }
}

/// Before the first object there are comments alone, and behind the last reference a number and the end marker: there any
/// tag is one too many. In between, a tag of a page is.
fn check_words(head: &[u8], tail: &[u8], reference: usize) -> Result<(), UploadProblem> {
    let first = find_first(head, OBJECT);
    // A table before there is any object lists nothing; what its dictionary looks like is no matter then.
    if first.is_none() && find_first(head, TABLE).is_some() {
        return damaged(FileType::Pdf);
    }
    let before = first.and_then(|at| head.get(..at)).unwrap_or(head);
    let behind = tail.get(reference..).unwrap_or_default();
    let has_page = |text: &[u8]| {
        let lower = text.to_ascii_lowercase();
        PAGES.iter().any(|page| contains(&lower, page))
    };
    if has_markup(before) || has_markup(behind) || has_page(head) || has_page(tail) {
        return suspicious(Suspicion::Polyglot);
    }
    Ok(())
}

/// Whether an update begins behind the end marker that has no end of its own: the file was cut short in it.
fn begins_update(behind: &[u8]) -> bool {
    let mut rest = without_blanks(behind);
    while rest.first() == Some(&b'%') {
        let line = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        rest = without_blanks(rest.get(line..).unwrap_or_default());
    }
    rest.first().is_some_and(|first| first.is_ascii_digit() || rest.starts_with(TABLE) || TABLE.starts_with(rest))
}

/// Whether a cross-reference stands at this place or near it, names the catalogue, and has objects.
fn leads_to_objects<R: Read + Seek>(reader: &mut R, offset: u64) -> io::Result<bool> {
    match find_section(reader, offset)? {
        Some((place, Section::Table)) => Ok(names_root(&read_trailer(reader, place)?) && has_object(reader, place)?),
        Some((place, Section::Stream)) => {
            let text = read_at(reader, place, DICTIONARY_BYTES)?;
            let dictionary = memmem::find(&text, b"stream").and_then(|at| text.get(..at)).unwrap_or_default();
            Ok(contains(dictionary, b"/XRef") && names_root(dictionary))
        }
        None => Ok(false),
    }
}

/// Where the cross-reference lies that the file says is at `offset`: there, behind blanks, or else what is nearest of what
/// looks like one.
fn find_section<R: Read + Seek>(reader: &mut R, offset: u64) -> io::Result<Option<(u64, Section)>> {
    let from = offset.saturating_sub(SLACK);
    let window = read_at(reader, from, 2 * SLACK)?;
    let said = usize::try_from(offset - from).unwrap_or(usize::MAX);
    let blanks = window.iter().skip(said).take_while(|byte| is_blank(**byte)).count();
    let said = said.saturating_add(blanks);
    let tables = memmem::find_iter(&window, TABLE).filter(|at| is_table(&window, *at)).map(|at| (at, Section::Table));
    let streams = object_starts(&window).map(|at| (at, Section::Stream));
    let nearest = tables.chain(streams).min_by_key(|(at, section)| (*at != said, *section, at.abs_diff(said)));
    Ok(nearest.map(|(at, section)| (from + at as u64, section)))
}

/// Whether the word that begins a table stands here by itself: not as the end of the one that refers to it.
fn is_table(text: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    let behind = text.get(at + TABLE.len());
    !before.is_some_and(u8::is_ascii_alphabetic) && behind.is_some_and(|byte| is_blank(*byte))
}

/// What stands behind the numbers of a table: its trailer, where the table is one.
fn read_trailer<R: Read + Seek>(reader: &mut R, place: u64) -> io::Result<Vec<u8>> {
    let mut file = BufReader::new(reader);
    file.seek(SeekFrom::Start(place + TABLE.len() as u64))?;
    loop {
        let buffer = file.fill_buf()?;
        let all = buffer.len();
        let passed = buffer.iter().take_while(|byte| is_of_table(**byte)).count();
        file.consume(passed);
        if passed == 0 || passed < all {
            break;
        }
    }
    let mut text = Vec::new();
    file.take(DICTIONARY_BYTES).read_to_end(&mut text)?;
    let end = memmem::find(&text, REFERENCE).unwrap_or(text.len());
    text.truncate(end);
    if !text.starts_with(b"trailer") {
        text.clear();
    }
    Ok(text)
}

/// Whether a dictionary names the catalogue: `/Root 1 0 R`.
fn names_root(dictionary: &[u8]) -> bool {
    let is_number = |word: Option<&[u8]>| word.is_some_and(|word| word.iter().all(u8::is_ascii_digit));
    memmem::find_iter(dictionary, ROOT).any(|at| {
        let said = dictionary.get(at + ROOT.len()..).unwrap_or_default();
        let said = said.get(..NUMBERS_BYTES).unwrap_or(said);
        let mut words = said.split(|byte| is_blank(*byte)).filter(|word| !word.is_empty());
        is_number(words.next()) && is_number(words.next()) && words.next().is_some_and(|word| word.starts_with(b"R"))
    })
}

/// Whether an object begins before this place. Whatever was updated or arranged for the web has one before each of its tables.
fn has_object<R: Read + Seek>(reader: &mut R, place: u64) -> io::Result<bool> {
    reader.seek(SeekFrom::Start(0))?;
    any_piece(&mut reader.take(place), |piece| object_starts(piece).next().is_some())
}

/// Where objects begin: a number, a generation, and the word (7.3.10).
fn object_starts(text: &[u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(text, OBJECT).filter_map(move |at| {
        let before = text.get(..at).and_then(without_number).and_then(without_number);
        before.map(<[u8]>::len)
    })
}

/// A text without the number at its end and the blanks behind that; nothing where there is no number or no blank.
fn without_number(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().rposition(|byte| !is_blank(*byte))? + 1;
    let start = text.iter().take(end).rposition(|byte| !byte.is_ascii_digit()).map_or(0, |at| at + 1);
    if start < end && end < text.len() { text.get(..start) } else { None }
}

/// The number that a text begins with, behind blanks.
fn number(text: &[u8]) -> Option<u64> {
    let text = without_blanks(text);
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).and_then(|digits| std::str::from_utf8(digits).ok())?.parse().ok()
}

fn without_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| is_blank(**byte)).count();
    text.get(blanks..).unwrap_or_default()
}

/// Table 1 of the standard; among them the zero with which some programs fill up.
fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

/// What the entries of a table are written with.
fn is_of_table(byte: u8) -> bool {
    byte.is_ascii_digit() || is_blank(byte) || matches!(byte, b'f' | b'n')
}

fn read_at<R: Read + Seek>(reader: &mut R, place: u64, limit: u64) -> io::Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(place))?;
    let mut text = Vec::new();
    reader.take(limit).read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, inspect};
    use super::*;
    use crate::storage::corpus::{Manner, Update, pdf, written};
    use proptest::prelude::*;
    use std::io::Cursor;

    fn is_taken(content: &[u8]) -> bool {
        inspect(&mut Cursor::new(content), FileType::Pdf, &Limits::default()).is_ok()
    }

    fn manner() -> impl Strategy<Value = Manner> {
        let line = prop::sample::select(vec!["\n", "\r\n", "\r"]);
        let update = prop::sample::select(vec![Update::Table, Update::Hybrid, Update::Stream]);
        let updates = prop::collection::vec(update, 0..4);
        let sizes = (0..900_usize, 0..3_000_usize, 0..40_usize, 0..4_usize, 0..3_000_usize);
        (line, any::<bool>(), updates, sizes).prop_map(
            |(line, is_linearised, updates, (comment, stuffing, free, early, blanks))| Manner {
                line,
                comment,
                is_linearised,
                stuffing,
                free,
                updates,
                early,
                blanks,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        /// But for the files that it was before an update, whole.
        #[test]
        fn c_27_a_sound_pdf_passes_and_no_part_of_it(
            manner in manner(),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 1..20),
        ) {
            let paper = written(&manner);
            prop_assert!(is_taken(&paper.content), "{manner:?}");
            let whole = paper.ends.last().copied().expect("an end");
            for cut in cuts {
                let part = &paper.content[..cut.index(whole)];
                let is_whole = |end: &usize| part.get(*end..).is_some_and(|rest| without_blanks(rest).is_empty());
                let is_older = paper.ends.iter().any(is_whole);
                prop_assert!(is_taken(part) == is_older, "{manner:?} cut at {} of {whole}", part.len());
            }
        }
    }

    /// As it is where a program counted before it changed the header or the ends of lines.
    #[test]
    fn c_27_a_reference_that_is_a_little_off_still_leads_to_its_table() {
        let stream = written(&Manner { updates: vec![Update::Stream], ..Manner::default() }).content;
        for sound in [pdf(), stream] {
            let at = find_last(&sound, REFERENCE).expect("a reference") + REFERENCE.len();
            let said = number(&sound[at..]).expect("a number");
            for (off, passes) in [(-200_i64, true), (-7, true), (-1, true), (1, true), (4, true), (2_000, false)] {
                let elsewhere = said.saturating_add_signed(off);
                let content = [&sound[..at], format!("\n{elsewhere}\n%%EOF\n").as_bytes()].concat();
                assert_eq!(is_taken(&content), passes, "{off}");
            }
        }
    }
}
