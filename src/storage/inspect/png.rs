//! PNG, ISO/IEC 15948: a signature, then chunks from IHDR to IEND, each with its checksum, then nothing.

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::read::ZlibDecoder;
use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::{Limits, TRAILING_BYTES, check_pixels, damaged, has_markup, suspicious};
use crate::storage::{FileType, Suspicion, UploadProblem};

const SIGNATURE_BYTES: u64 = 8;
/// A chunk's length, name and checksum.
const CHUNK_FRAME_BYTES: u64 = 12;
/// Bytes that a chunk of text may have, as it stands and inflated: what is written there is a comment or a list of properties.
/// So is a profile of colours, which no device makes longer.
const TEXT_BYTES: u64 = 4 << 20;
/// Bytes that all of them together may inflate to.
const TEXTS_BYTES: u64 = 4 * TEXT_BYTES;
/// Bytes of pixels that are inflated at a time.
const PIECE_BYTES: usize = 32 * 1024;
/// Under this word programs keep properties as XML (ISO 16684-1).
const PROPERTIES: &[u8] = b"XML:com.adobe.xmp";

/// Walks the chunks. Each byte is read once; of the pixels no more is inflated than their picture has, and none is kept.
pub(super) fn check<R: Read + Seek>(reader: &mut R, length: u64, limits: &Limits) -> Result<(), UploadProblem> {
    let mut reader = BufReader::new(reader);
    reader.seek(SeekFrom::Start(SIGNATURE_BYTES))?;
    let mut at = SIGNATURE_BYTES;
    let mut pixels: Option<Pixels> = None;
    let mut words_left = TEXTS_BYTES;
    loop {
        let mut size = [0; 4];
        let mut name = [0; 4];
        reader.read_exact(&mut size)?;
        reader.read_exact(&mut name)?;
        let size = u64::from(u32::from_be_bytes(size));
        let next = at + CHUNK_FRAME_BYTES + size;
        if next > length || !name.iter().all(u8::is_ascii_alphabetic) || (&name == b"IHDR") == pixels.is_some() {
            return damaged(FileType::Png);
        }
        let mut crc = Crc::new();
        crc.update(&name);
        match &name {
            b"IHDR" => {
                if size != 13 {
                    return damaged(FileType::Png);
                }
                let mut header = [0; 13];
                reader.read_exact(&mut header)?;
                crc.update(&header);
                pixels = Some(Pixels::of(header, limits)?);
            }
            b"IDAT" => {
                let Some(pixels) = &mut pixels else {
                    return damaged(FileType::Png);
                };
                read_through(&mut reader, size, |piece| {
                    crc.update(piece);
                    pixels.inflate(piece)
                })?;
            }
            // Frames of an animation: a picture of a document has none, and a browser draws as many as they say they are.
            b"acTL" | b"fcTL" | b"fdAT" => return suspicious(Suspicion::Animated),
            b"tEXt" | b"zTXt" | b"iTXt" | b"iCCP" => {
                if size > TEXT_BYTES {
                    return suspicious(Suspicion::Polyglot);
                }
                let mut text = Vec::new();
                reader.by_ref().take(size).read_to_end(&mut text)?;
                crc.update(&text);
                check_text(&name, &text, &mut words_left)?;
            }
            _ => read_through(&mut reader, size, |piece| {
                crc.update(piece);
                Ok(())
            })?,
        }
        let mut sum = [0; 4];
        reader.read_exact(&mut sum)?;
        if crc.sum() != u32::from_be_bytes(sum) {
            return damaged(FileType::Png);
        }
        if &name == b"IEND" {
            if size != 0 || !pixels.as_ref().is_some_and(|pixels| pixels.are_whole) {
                return damaged(FileType::Png);
            }
            return check_rest(&mut reader, length - next);
        }
        at = next;
    }
}

/// What stands behind the end: nothing, or the little that careless programs leave there.
fn check_rest<R: Read>(reader: &mut R, rest: u64) -> Result<(), UploadProblem> {
    if rest > TRAILING_BYTES {
        return suspicious(Suspicion::TrailingData);
    }
    let mut behind = Vec::new();
    reader.read_to_end(&mut behind)?;
    if has_markup(&behind) { suspicious(Suspicion::TrailingData) } else { Ok(()) }
}

/// Hands so many bytes on, piece by piece.
fn read_through<R: Read>(
    reader: &mut BufReader<R>,
    size: u64,
    mut each: impl FnMut(&[u8]) -> Result<(), UploadProblem>,
) -> Result<(), UploadProblem> {
    let mut left = size;
    while left > 0 {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return damaged(FileType::Png);
        }
        let taken = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        each(buffer.get(..taken).unwrap_or_default())?;
        reader.consume(taken);
        left = left.saturating_sub(taken as u64);
    }
    Ok(())
}

/// The pixels of a picture while they are inflated: counted, not kept.
struct Pixels {
    inflater: Decompress,
    piece: Vec<u8>,
    /// Bytes that they have, each row with the byte that says how it is filtered.
    most: u64,
    /// Whether their end was reached.
    are_whole: bool,
}

impl Pixels {
    /// As the header (11.2.2) says.
    fn of(header: [u8; 13], limits: &Limits) -> Result<Pixels, UploadProblem> {
        let [w0, w1, w2, w3, h0, h1, h2, h3, depth, colours, _, _, interlace] = header;
        let width = u64::from(u32::from_be_bytes([w0, w1, w2, w3]));
        let height = u64::from(u32::from_be_bytes([h0, h1, h2, h3]));
        check_pixels(width, height, FileType::Png, limits)?;
        let samples = match colours {
            0 | 3 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            _ => return damaged(FileType::Png),
        };
        if !matches!(depth, 1 | 2 | 4 | 8 | 16) {
            return damaged(FileType::Png);
        }
        let row = (width * samples * u64::from(depth)).div_ceil(8) + 1;
        // Seven passes have less than twice as many rows, each with its byte and one that is begun (8.1).
        let passes = if interlace == 0 { 0 } else { 4 * height + 14 };
        let most = row * height + passes;
        Ok(Pixels { inflater: Decompress::new(true), piece: vec![0; PIECE_BYTES], most, are_whole: false })
    }

    fn inflate(&mut self, mut stored: &[u8]) -> Result<(), UploadProblem> {
        while !self.are_whole {
            let before = (self.inflater.total_in(), self.inflater.total_out());
            let Ok(status) = self.inflater.decompress(stored, &mut self.piece, FlushDecompress::None) else {
                return damaged(FileType::Png);
            };
            if self.inflater.total_out() > self.most {
                return suspicious(Suspicion::Inflates);
            }
            self.are_whole = matches!(status, Status::StreamEnd);
            let taken = usize::try_from(self.inflater.total_in() - before.0).unwrap_or(usize::MAX);
            stored = stored.get(taken..).unwrap_or_default();
            // Nothing is left to take, and nothing that was taken is still to be made.
            if before == (self.inflater.total_in(), self.inflater.total_out()) {
                break;
            }
        }
        Ok(())
    }
}

/// Refuses what a browser could take for a page in the words that come with a picture (11.3.4), and what inflates too far of
/// them and of a profile of colours (11.3.3.3): all together to no more than is `left`.
fn check_text(name: &[u8; 4], data: &[u8], left: &mut u64) -> Result<(), UploadProblem> {
    let (keyword, rest) = parted(data);
    let is_page = match name {
        b"iCCP" => match inflated(rest.get(1..).unwrap_or_default(), left) {
            // Programs do without a profile that they cannot read, and some write such.
            Ok(_) | Err(UploadProblem::Damaged { .. }) => opens_element(keyword),
            Err(problem) => return Err(problem),
        },
        b"zTXt" => opens_element(keyword) || opens_element(&inflated(rest.get(1..).unwrap_or_default(), left)?),
        b"iTXt" => {
            let is_packed = rest.first() == Some(&1);
            let (language, rest) = parted(rest.get(2..).unwrap_or_default());
            let (translated, text) = parted(rest);
            let text = if is_packed { inflated(text, left)? } else { text.to_vec() };
            let said = if keyword == PROPERTIES { has_foreign_markup(&text) } else { opens_element(&text) };
            said || [keyword, language, translated].into_iter().any(opens_element)
        }
        _ => opens_element(data),
    };
    if is_page { suspicious(Suspicion::Polyglot) } else { Ok(()) }
}

/// Whether words open what a page is made of. People write a bracket in a comparison and round an address too: those pass, as
/// long as no tag comes of it by an end or a value that follows (HTML, 13.2.5.6 to 13.2.5.8).
fn opens_element(text: &[u8]) -> bool {
    let (mut ends, mut has_value) = (false, false);
    for (at, byte) in text.iter().enumerate().rev() {
        match byte {
            b'>' => ends = true,
            b'=' => has_value = true,
            b'<' => {
                let behind = text.get(at + 1..).unwrap_or_default();
                let opens = match behind.first() {
                    Some(b'!' | b'/' | b'?') => true,
                    Some(first) if first.is_ascii_alphabetic() => {
                        (ends || has_value || is_script(behind)) && !is_address(behind)
                    }
                    _ => false,
                };
                if opens {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

fn is_script(tag: &[u8]) -> bool {
    tag.get(..6).is_some_and(|name| name.eq_ignore_ascii_case(b"script"))
}

/// Whether a mail address and the end of the bracket come next: as a tag it would be unknown, and have no properties.
fn is_address(text: &[u8]) -> bool {
    let is_of_it = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'.' | b'_' | b'+' | b'-');
    let end = text.iter().position(|byte| !is_of_it(byte)).filter(|end| text.get(*end) == Some(&b'>'));
    end.and_then(|end| text.get(..end)).is_some_and(|address| address.contains(&b'@'))
}

/// What stands before the first zero, and behind it.
fn parted(data: &[u8]) -> (&[u8], &[u8]) {
    let at = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    (data.get(..at).unwrap_or_default(), data.get(at + 1..).unwrap_or_default())
}

fn inflated(stored: &[u8], left: &mut u64) -> Result<Vec<u8>, UploadProblem> {
    let mut text = Vec::new();
    if stored.is_empty() {
        return Ok(text);
    }
    let most = TEXT_BYTES.min(*left);
    let read = ZlibDecoder::new(stored).take(most + 1).read_to_end(&mut text);
    let Some(rest) = left.checked_sub(text.len() as u64).filter(|_| text.len() as u64 <= most) else {
        return suspicious(Suspicion::Inflates);
    };
    // What broke off was work too.
    *left = rest;
    if read.is_err() { damaged(FileType::Png) } else { Ok(text) }
}

/// Whether properties hold a tag that is none of XML's with a prefix: those of a page have none.
fn has_foreign_markup(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'<').skip(1).any(|tag| match tag {
        [b'?', rest @ ..] => !(rest.starts_with(b"xpacket") || rest.starts_with(b"xml")),
        [b'!', ..] => true,
        [b'/', name @ ..] => !has_prefix(name),
        [b'a'..=b'z' | b'A'..=b'Z', ..] => !has_prefix(tag),
        _ => false,
    })
}

fn has_prefix(tag: &[u8]) -> bool {
    let end = tag.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')));
    end.and_then(|end| tag.get(end)) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::opens_element;

    #[test]
    fn c_27_words_of_a_picture_may_compare_and_name_an_address_and_open_nothing() {
        for said in [
            "Zhang San <zs@example.com>",
            "a<b",
            "2 < 3, a<3",
            "a>b",
            "b=1, a<b",
            "<z.s+1@ex-a.cn>, <y_1@b.cn> a<b",
            "",
        ] {
            assert!(!opens_element(said.as_bytes()), "{said}");
        }
        for page in [
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<!DOCTYPE html>",
            "<!DOCTYPE",
            "<?xml-stylesheet href='x'?>",
            "<?xml-stylesheet",
            "<script",
            "<SCRIPT>alert(1)",
            "</b",
            "<b>",
            // What comes behind in the file may hold the end.
            "<img src=x onerror=alert(1) ",
            "<zs@example.com onclick=x>",
            "<x/y@z>",
            "a<b <zs@example.com>",
        ] {
            assert!(opens_element(page.as_bytes()), "{page}");
        }
    }
}
