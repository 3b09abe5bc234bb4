//! Whether a file is what its name says, sound, and nothing else besides.
//!
//! The first bytes decide the kind, then the structure is walked far enough to refuse bombs, files cut short and
//! polyglots: files that are two kinds at once, so that a scanner sees one and a victim's program the other
//! (OWASP ASVS V5.2.2, V5.2.6). Content is read as a stream; memory use does not grow with the file.
//!
//! As much is asked as every reader relies on, and as little as real programs keep to: what is refused by mistake on the last
//! evening is worse than what is read generously.

mod jpg;
mod office;
mod pdf;
mod png;

use std::io::{self, Read, Seek, SeekFrom};

use memchr::memmem::Finder;

use super::{FileType, Suspicion, UploadProblem};

/// Bytes looked at to recognise the kind and foreign content at the front.
const HEAD: u64 = 4096;

/// A reader of PDF accepts the header anywhere in the first bytes (Adobe's implementation note 13).
const PDF_HEADER_WINDOW: usize = 1024;

/// Furthest that a ZIP's end-of-central-directory record can lie from the end: 22 bytes and a 65,535 byte comment.
const ZIP_END_WINDOW: u64 = 22 + 65_535;

/// How RAR (4 and 5) and 7z begin. Their programs look for it through the front of any file, and do not mind what stands
/// before: six bytes that no sound file has by chance.
const ARCHIVES: [&[u8]; 2] = [b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"];

/// Bytes that are looked through at a time, and those of the piece before that are looked at again with them, so that
/// nothing is missed where two pieces meet.
const PIECE_BYTES: u64 = 64 * 1024;
const OVERLAP: usize = 64;

/// Bytes after the end of a picture that careless programs leave there and nobody can hide much in.
const TRAILING_BYTES: u64 = 16;

/// What a file may cost its reader.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Width times height of a picture.
    pub pixels: u64,
    /// Entries of an Office file.
    pub entries: u64,
    /// Bytes of all entries of an Office file, inflated.
    pub inflated: u64,
    /// Inflated to stored size, for any entry that inflates to over a mebibyte.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pixels: 40_000_000, entries: 5_000, inflated: 200 * 1_048_576, ratio: 100 }
    }
}

/// Checks that `reader`'s whole content is a sound file of the kind `declared`.
///
/// # Errors
/// [`UploadProblem::Empty`], [`UploadProblem::ContentMismatch`], [`UploadProblem::Damaged`],
/// [`UploadProblem::Suspicious`], or [`UploadProblem::Io`] if the reader itself fails.
pub fn inspect<R: Read + Seek>(reader: &mut R, declared: FileType, limits: &Limits) -> Result<(), UploadProblem> {
    let length = reader.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Err(UploadProblem::Empty);
    }
    reader.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head)?;
    let found = recognise(&head);
    let expected = match declared {
        FileType::Xlsx | FileType::Docx => "zip",
        other => other.code(),
    };
    if found != expected {
        return Err(UploadProblem::ContentMismatch { found, declared });
    }
    refuse_polyglot(reader, &head, length, declared)?;
    reader.seek(SeekFrom::Start(0))?;
    let checked = match declared {
        FileType::Pdf => pdf::check(reader, &head, length),
        FileType::Png => png::check(reader, length, limits),
        FileType::Jpg => jpg::check(reader, length, limits),
        FileType::Xlsx | FileType::Docx => office::check(reader, length, declared, limits),
    };
    // The parsers report the end of the file as any reader does; here it means a file cut short.
    checked.map_err(|problem| match problem {
        UploadProblem::Io(error) if error.raw_os_error().is_none() => UploadProblem::Damaged { file_type: declared },
        other => other,
    })
}

/// Code of what the first bytes look like.
fn recognise(head: &[u8]) -> &'static str {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff", "jpg"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"GIF8", "gif"),
        (b"BM", "bmp"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"MZ", "program"),
        (b"\x7fELF", "program"),
        (b"\xca\xfe\xba\xbe", "program"),
        (b"#!", "script"),
        (b"<?php", "script"),
        (b"Rar!", "archive"),
        (b"7z\xbc\xaf", "archive"),
        (b"\x1f\x8b", "archive"),
    ];
    if let Some((_, code)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return code;
    }
    match (head.get(..4), head.get(4..8), head.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => return "webp",
        // Photographs of recent telephones, often renamed to .jpg.
        (_, Some(b"ftyp"), Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"hevc" | b"avif")) => {
            return "heic";
        }
        _ => {}
    }
    let text: Vec<u8> = head
        .iter()
        .copied()
        .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, 0xef | 0xbb | 0xbf))
        .collect();
    let text = text.to_ascii_lowercase();
    if text.starts_with(b"<svg") || (text.starts_with(b"<?xml") && contains(&text, b"<svg")) {
        "svg"
    } else if text.starts_with(b"<!doctype html") || text.starts_with(b"<html") || text.starts_with(b"<script") {
        "html"
    } else if text.starts_with(b"<?xml") {
        "xml"
    } else {
        "unknown"
    }
}

fn refuse_polyglot<R: Read + Seek>(
    reader: &mut R,
    head: &[u8],
    length: u64,
    declared: FileType,
) -> Result<(), UploadProblem> {
    let front = head.get(..PDF_HEADER_WINDOW).unwrap_or(head);
    if declared != FileType::Pdf && contains(front, b"%PDF-") {
        return suspicious(Suspicion::Polyglot);
    }
    if matches!(declared, FileType::Png | FileType::Jpg) {
        let lower = head.to_ascii_lowercase();
        if [b"<html".as_slice(), b"<script", b"<svg", b"<?php"].iter().any(|mark| contains(&lower, mark)) {
            return suspicious(Suspicion::Polyglot);
        }
    }
    if !matches!(declared, FileType::Xlsx | FileType::Docx) {
        // A ZIP reader starts from the end and does not mind what stands before.
        let tail = read_tail(reader, length, ZIP_END_WINDOW)?;
        if contains(&tail, b"PK\x05\x06") {
            return suspicious(Suspicion::Polyglot);
        }
        refuse_archives(reader)?;
    }
    Ok(())
}

/// Refuses what a program for archives would open: one that begins anywhere in the file, behind it, between its parts or in
/// one of them as it stands. In a packed part nobody finds it, and so none is looked for there.
fn refuse_archives<R: Read + Seek>(reader: &mut R) -> Result<(), UploadProblem> {
    reader.seek(SeekFrom::Start(0))?;
    let finders = ARCHIVES.map(Finder::new);
    let has_archive = any_piece(reader, |piece| finders.iter().any(|finder| finder.find(piece).is_some()))?;
    if has_archive { suspicious(Suspicion::Polyglot) } else { Ok(()) }
}

/// Reads on, a piece after the other, each with the last bytes of the one before it, until there is one of which `found` says
/// yes; whether there was one.
fn any_piece<R: Read>(reader: &mut R, mut found: impl FnMut(&[u8]) -> bool) -> io::Result<bool> {
    let mut piece = Vec::new();
    loop {
        piece.drain(..piece.len().saturating_sub(OVERLAP));
        if reader.by_ref().take(PIECE_BYTES).read_to_end(&mut piece)? == 0 {
            return Ok(false);
        }
        if found(&piece) {
            return Ok(true);
        }
    }
}

fn read_tail<R: Read + Seek>(reader: &mut R, length: u64, window: u64) -> io::Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(length.saturating_sub(window)))?;
    let mut tail = Vec::new();
    reader.by_ref().take(window).read_to_end(&mut tail)?;
    Ok(tail)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    find_last(haystack, needle).is_some()
}

fn find_first(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Whether a browser would read a tag here: what follows the bracket decides (HTML, 13.2.5.6).
fn has_markup(text: &[u8]) -> bool {
    text.windows(2).any(|pair| matches!(pair, [b'<', b'!' | b'/' | b'?' | b'a'..=b'z' | b'A'..=b'Z']))
}

fn find_last(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|window| window == needle)
}

fn suspicious<T>(reason: Suspicion) -> Result<T, UploadProblem> {
    Err(UploadProblem::Suspicious { reason })
}

fn damaged<T>(file_type: FileType) -> Result<T, UploadProblem> {
    Err(UploadProblem::Damaged { file_type })
}

fn check_pixels(width: u64, height: u64, file_type: FileType, limits: &Limits) -> Result<(), UploadProblem> {
    if width == 0 || height == 0 {
        return damaged(file_type);
    }
    if width.saturating_mul(height) > limits.pixels {
        return suspicious(Suspicion::TooManyPixels);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::corpus;
    use proptest::prelude::*;
    use std::io::Cursor;
    use std::sync::LazyLock;

    fn judge(content: &[u8], declared: FileType) -> Result<(), UploadProblem> {
        inspect(&mut Cursor::new(content), declared, &Limits::default())
    }

    #[test]
    fn c_27_sound_files_pass() {
        for (about, content, declared) in corpus::sound() {
            assert!(judge(&content, declared).is_ok(), "{about}: {:?}", judge(&content, declared));
        }
        assert!(judge(&[corpus::jpg(4, 4), vec![0; 300]].concat(), FileType::Jpg).is_ok(), "cameras pad with zeros");
        assert!(judge(&[corpus::jpg(4, 4), b"\r\n".to_vec()].concat(), FileType::Jpg).is_ok());
        assert!(judge(&[corpus::png(4, 4), b"\r\n".to_vec()].concat(), FileType::Png).is_ok());
    }

    #[test]
    fn c_27_a_sound_file_is_refused_as_any_other_kind() {
        for (about, content, declared) in corpus::sound() {
            for other in FileType::ALL.into_iter().filter(|other| *other != declared) {
                assert!(
                    matches!(judge(&content, other), Err(UploadProblem::ContentMismatch { .. })),
                    "{about} as {other:?}"
                );
            }
        }
    }

    #[test]
    fn c_27_no_file_cut_short_passes() {
        // PDF with updates, or blanks behind, has a test of its own: some of its parts are whole.
        for (about, content, declared) in corpus::sound().into_iter().filter(|(about, ..)| !about.starts_with("pdf ")) {
            for length in (0..content.len().saturating_sub(17)).step_by(1 + content.len() / 97) {
                // Two pictures cut between them are one whole picture.
                if length > 0 && content[..length] == corpus::jpg(20, 10) {
                    continue;
                }
                assert!(judge(&content[..length], declared).is_err(), "{about} cut at {length} of {}", content.len());
            }
        }
    }

    #[test]
    fn c_28_each_limit_is_exact() {
        let (entries, bytes) = corpus::weight();
        let limits = Limits { pixels: 100, entries: entries + 1, inflated: bytes + 10_000, ratio: 100 };
        let at = |content: &[u8], declared| inspect(&mut Cursor::new(content), declared, &limits);
        assert!(at(&corpus::png(10, 10), FileType::Png).is_ok());
        assert!(at(&corpus::png(10, 11), FileType::Png).is_err());
        assert!(at(&corpus::jpg(10, 10), FileType::Jpg).is_ok());
        assert!(at(&corpus::jpg(11, 10), FileType::Jpg).is_err());
        assert!(at(&corpus::xlsx_with(&[("a", b"")]), FileType::Xlsx).is_ok());
        assert!(at(&corpus::xlsx_with(&[("a", b""), ("b", b"")]), FileType::Xlsx).is_err());
        assert!(at(&corpus::xlsx_with(&[("a", &[b'x'; 10_000])]), FileType::Xlsx).is_ok());
        assert!(at(&corpus::xlsx_with(&[("a", &[b'x'; 10_001])]), FileType::Xlsx).is_err());
    }

    /// A file that notes how many bytes of it are read.
    struct Noted<'a> {
        file: Cursor<&'a [u8]>,
        read: u64,
    }

    impl Read for Noted<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let read = self.file.read(buffer)?;
            self.read += read as u64;
            Ok(read)
        }
    }

    impl Seek for Noted<'_> {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.file.seek(to)
        }
    }

    /// No time is measured, but what takes it is counted: each byte is read about once, whatever the file is made of, and
    /// what is inflated is bounded by the limits. A directory's entries each cost a few buffers, and there are so many at
    /// most.
    #[test]
    fn c_28_no_file_is_more_work_than_its_length() {
        const BUFFERS: u64 = 256 * 1024;
        const OF_AN_ENTRY: u64 = 64 * 1024;
        let limits = Limits::default();
        for (about, content, declared) in corpus::laborious().into_iter().chain(corpus::sound()) {
            let mut noted = Noted { file: Cursor::new(content.as_slice()), read: 0 };
            let judged = inspect(&mut noted, declared, &limits);
            assert!(judged.is_ok(), "{about}: {judged:?}");
            let entries = match declared {
                FileType::Xlsx | FileType::Docx => limits.entries * OF_AN_ENTRY,
                _ => 0,
            };
            let most = 2 * content.len() as u64 + BUFFERS + entries;
            assert!(noted.read <= most, "{about}: {} bytes of {} are read", noted.read, content.len());
        }
    }

    /// The same where a file is refused: nothing that it says of itself makes it more work than it is long, and a million
    /// entries that it counts where it should not are not read at all.
    #[test]
    fn c_28_no_refusal_is_more_work_than_the_file() {
        const BUFFERS: u64 = 256 * 1024;
        const OF_AN_ENTRY: u64 = 64 * 1024;
        let limits = Limits::default();
        let read_of = |about: &str, content: &[u8], declared: FileType| {
            let mut noted = Noted { file: Cursor::new(content), read: 0 };
            assert!(inspect(&mut noted, declared, &limits).is_err(), "{about}");
            noted.read
        };
        for case in corpus::hostile() {
            let Some(declared) = FileType::ALL.into_iter().find(|known| case.name.ends_with(known.code())) else {
                continue;
            };
            // Of some the name alone is wrong.
            if judge(&case.content, declared).is_ok() {
                continue;
            }
            let read = read_of(case.about, &case.content, declared);
            let entries = case.content.windows(4).filter(|window| window == b"PK\x01\x02").count() as u64;
            let most = 2 * case.content.len() as u64 + BUFFERS + entries * OF_AN_ENTRY;
            assert!(read <= most, "{}: {read} bytes of {} are read", case.about, case.content.len());
        }
        let million = corpus::beyond_count(1_000_000);
        let read = read_of("a million entries", &million, FileType::Xlsx);
        assert!(read < BUFFERS, "a million entries: {read} bytes of {} are read", million.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn c_27_altered_files_never_panic(which in 0..40_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
            static SOUND: LazyLock<Vec<(&str, Vec<u8>, FileType)>> = LazyLock::new(corpus::sound);
            let (_, content, declared) = &SOUND[which % SOUND.len()];
            let mut content = content.clone();
            for (at, value) in changes {
                let at = at.index(content.len());
                content[at] = value;
            }
            let _ = judge(&content, *declared);
        }

        #[test]
        fn c_27_random_bytes_after_a_magic_never_panic(which in 0..4_usize, rest in prop::collection::vec(any::<u8>(), 0..300)) {
            let magic: [&[u8]; 4] = [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff", b"PK\x03\x04"];
            let content = [magic[which], &rest].concat();
            for declared in FileType::ALL {
                prop_assert!(judge(&content, declared).is_err());
            }
        }
    }
}
