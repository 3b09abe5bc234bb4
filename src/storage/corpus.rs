//! Files for tests, built byte by byte: sound ones of every kind and hostile ones.

mod hostile;
mod office;
mod pdf;

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::FileType;
use office::{docx, docx_with};

pub(crate) use hostile::hostile;
pub(crate) use office::{beyond_count, overlapping, weight, xlsx, xlsx_with};
pub(crate) use pdf::{Manner, Update, pdf, written};

/// A file that must be refused, and the code and detail it is refused with.
pub(crate) struct Hostile {
    pub(crate) about: &'static str,
    pub(crate) name: &'static str,
    pub(crate) content: Vec<u8>,
    pub(crate) expected: &'static str,
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len()).expect("small");
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(data);
    [&size.to_be_bytes(), name.as_slice(), data, &crc.sum().to_be_bytes()].concat()
}

fn zlib(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).expect("content");
    encoder.finish().expect("a stream")
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    png_with(width, height, &[])
}

fn png_with(width: u32, height: u32, extra: &[u8]) -> Vec<u8> {
    // Of a picture that is refused for its size there need be no pixels.
    let is_small = u64::from(width) * u64::from(height) < 1 << 20;
    let pixels = if is_small { (width as usize * 3 + 1) * height as usize } else { 0 };
    png_of(width, height, extra, &zlib(&vec![0; pixels]))
}

fn png_of(width: u32, height: u32, extra: &[u8], pixels: &[u8]) -> Vec<u8> {
    let header = [&width.to_be_bytes(), height.to_be_bytes().as_slice(), &[8, 2, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &header),
        extra.to_vec(),
        chunk(b"IDAT", pixels),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let size = u16::try_from(data.len() + 2).expect("small");
    [&[0xff, marker], size.to_be_bytes().as_slice(), data].concat()
}

pub(crate) fn jpg(width: u16, height: u16) -> Vec<u8> {
    jpg_with(width, height, &[])
}

fn jpg_with(width: u16, height: u16, extra: &[u8]) -> Vec<u8> {
    let frame = [&[8], height.to_be_bytes().as_slice(), &width.to_be_bytes(), &[1, 1, 0x11, 0]].concat();
    [
        vec![0xff, 0xd8],
        segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        extra.to_vec(),
        segment(0xdb, &[0; 65]),
        segment(0xc0, &frame),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        vec![0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd0, 0x78, 0x9a, 0xff, 0xd9],
    ]
    .concat()
}

/// A word of a picture, as it stands and packed.
fn said(text: &[u8]) -> Vec<u8> {
    let packed = [b"Comment\0\0".as_slice(), &zlib(text)].concat();
    [chunk(b"tEXt", &[b"Comment\0".as_slice(), text].concat()), chunk(b"zTXt", &packed)].concat()
}

/// A profile of the colours of a picture.
fn profile(content: &[u8]) -> Vec<u8> {
    chunk(b"iCCP", &[b"icc\0\0".as_slice(), &zlib(content)].concat())
}

/// The properties that programs leave with a picture, with more in them.
fn properties(more: &[u8]) -> Vec<u8> {
    let text = [
        b"XML:com.adobe.xmp\0\0\0\0\0<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>".as_slice(),
        more,
        b"</x:xmpmeta><?xpacket end='w'?>",
    ];
    chunk(b"iTXt", &text.concat())
}

/// One sound file or more of every kind.
pub(crate) fn sound() -> Vec<(&'static str, Vec<u8>, FileType)> {
    let common = vec![
        ("pdf", pdf(), FileType::Pdf),
        ("png", png(20, 10), FileType::Png),
        ("png with a profile of colours", png_with(20, 10, &profile(&[7; 3_000])), FileType::Png),
        ("png with a profile that nobody can read", png_with(20, 10, &chunk(b"iCCP", b"icc\0\0broken")), FileType::Png),
        (
            "png with words and properties",
            png_with(20, 10, &[said(b"2 < 3, a<b"), said(b"Zhang San <zs@example.com>"), properties(b"")].concat()),
            FileType::Png,
        ),
        ("jpg", jpg(20, 10), FileType::Jpg),
        ("jpg of a telephone, two pictures", [jpg(20, 10), jpg(5, 5)].concat(), FileType::Jpg),
        ("xlsx", xlsx(), FileType::Xlsx),
        ("docx", docx(), FileType::Docx),
        ("xlsx with a text of blanks", xlsx_with(&[("xl/blanks.txt", &[b' '; 200_000])]), FileType::Xlsx),
        ("docx with an archive of the other kind", docx_with(&[("word/embeddings/a.xlsx", &xlsx())]), FileType::Docx),
    ];
    common.into_iter().chain(updated()).chain(office::uncommon()).collect()
}

/// PDF of programs that write in other ways.
fn updated() -> Vec<(&'static str, Vec<u8>, FileType)> {
    let of = |manner: Manner| written(&manner).content;
    let updates = vec![Update::Stream, Update::Table, Update::Hybrid];
    vec![
        ("pdf that was signed twice", of(Manner { updates, line: "\r\n", ..Manner::default() }), FileType::Pdf),
        ("pdf of Word", of(Manner { updates: vec![Update::Hybrid], ..Manner::default() }), FileType::Pdf),
        ("pdf for the web", of(Manner { is_linearised: true, line: "\r", ..Manner::default() }), FileType::Pdf),
        ("pdf of a scanner", of(Manner { comment: 700, early: 2, blanks: 3_000, ..Manner::default() }), FileType::Pdf),
    ]
}

/// Files that are made to be much work: as many parts as their bytes allow, or parts that lie as badly as they can.
pub(crate) fn laborious() -> Vec<(&'static str, Vec<u8>, FileType)> {
    let end = |scan: &[u8]| {
        let whole = jpg(20, 10);
        [&whole[..whole.len() - 2], scan, &[0xff, 0xd9]].concat()
    };
    let (long, short) = (segment(0xfe, &[0; 9_000]), segment(0xfe, &[]));
    let names: Vec<String> = (0..4_000).map(|number| format!("xl/{number}")).collect();
    let names: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let paper = |manner: Manner| written(&manner).content;
    vec![
        ("png of the shortest chunks", png_with(20, 10, &chunk(b"tEXt", &[]).repeat(50_000)), FileType::Png),
        ("png of chunks beyond a buffer", png_with(20, 10, &chunk(b"tEXt", &[0; 9_000]).repeat(60)), FileType::Png),
        ("jpg of the shortest segments", jpg_with(20, 10, &short.repeat(100_000)), FileType::Jpg),
        ("jpg of segments beyond a buffer", jpg_with(20, 10, &long.repeat(60)), FileType::Jpg),
        ("jpg of restarts alone", end(&[0xff_u8, 0xd0].repeat(250_000)), FileType::Jpg),
        ("jpg of fill bytes alone", end(&[0xff; 500_000]), FileType::Jpg),
        ("jpg with a long end", [jpg(20, 10), vec![0; 500_000]].concat(), FileType::Jpg),
        ("as many pictures as there may be", jpg(20, 10).repeat(16), FileType::Jpg),
        ("pdf with nothing in the middle", paper(Manner { stuffing: 500_000, ..Manner::default() }), FileType::Pdf),
        ("pdf with nothing before", paper(Manner { comment: 500_000, ..Manner::default() }), FileType::Pdf),
        ("pdf of nothing but a table", paper(Manner { free: 25_000, ..Manner::default() }), FileType::Pdf),
        (
            "pdf of a comment and a table",
            paper(Manner { comment: 250_000, free: 12_500, ..Manner::default() }),
            FileType::Pdf,
        ),
        ("xlsx of many entries", xlsx_with(&names), FileType::Xlsx),
    ]
}

fn replaced(content: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content.as_slice();
    while !rest.is_empty() {
        if rest.starts_with(from) {
            out.extend_from_slice(to);
            rest = &rest[from.len()..];
        } else {
            out.push(rest[0]);
            rest = &rest[1..];
        }
    }
    out
}

/// What a browser would carry out, if it took the file for a page.
const TAG: &[u8] = b"<img src=x onerror=alert(1)>";

/// The same with another byte at a place.
fn with_byte(mut content: Vec<u8>, at: usize) -> Vec<u8> {
    content[at] ^= 1;
    content
}
