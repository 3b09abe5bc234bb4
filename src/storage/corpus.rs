//! Files for tests, built byte by byte: sound ones of every kind and hostile ones.

use std::io::{Cursor, Write};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::FileType;

/// A file that must be refused, and the code and detail it is refused with.
pub(crate) struct Hostile {
    pub(crate) about: &'static str,
    pub(crate) name: &'static str,
    pub(crate) content: Vec<u8>,
    pub(crate) expected: &'static str,
}

pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000015 00000 n \n0000000062 00000 n \ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n111\n%%EOF\n".to_vec()
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

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(content).expect("content");
    }
    writer.finish().expect("archive").into_inner()
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
const WORKBOOK: (&str, &[u8]) = ("xl/workbook.xml", b"<workbook/>");
const DOCUMENT: (&str, &[u8]) = ("word/document.xml", b"<document/>");

pub(crate) fn xlsx_with(extra: &[(&str, &[u8])]) -> Vec<u8> {
    zipped(&[&[TYPES, WORKBOOK], extra].concat())
}

pub(crate) fn xlsx() -> Vec<u8> {
    xlsx_with(&[])
}

pub(crate) fn docx() -> Vec<u8> {
    zipped(&[TYPES, DOCUMENT])
}

/// A word of a picture, as it stands and packed.
fn said(text: &[u8]) -> Vec<u8> {
    let packed = [b"Comment\0\0".as_slice(), &zlib(text)].concat();
    [chunk(b"tEXt", &[b"Comment\0".as_slice(), text].concat()), chunk(b"zTXt", &packed)].concat()
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
    vec![
        ("pdf", pdf(), FileType::Pdf),
        ("png", png(20, 10), FileType::Png),
        (
            "png with words and properties",
            png_with(20, 10, &[said(b"2 < 3, a<b"), said(b"Zhang San <zs@example.com>"), properties(b"")].concat()),
            FileType::Png,
        ),
        ("jpg", jpg(20, 10), FileType::Jpg),
        ("jpg of a telephone, two pictures", [jpg(20, 10), jpg(5, 5)].concat(), FileType::Jpg),
        ("xlsx", xlsx(), FileType::Xlsx),
        ("docx", docx(), FileType::Docx),
        ("xlsx with a sheet of blanks", xlsx_with(&[("xl/worksheets/sheet1.xml", &[b' '; 200_000])]), FileType::Xlsx),
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
    let inside = [pdf(), vec![b' '; 500_000]].concat();
    vec![
        ("png of the shortest chunks", png_with(20, 10, &chunk(b"tEXt", &[]).repeat(50_000)), FileType::Png),
        ("png of chunks beyond a buffer", png_with(20, 10, &chunk(b"tEXt", &[0; 9_000]).repeat(60)), FileType::Png),
        ("jpg of the shortest segments", jpg_with(20, 10, &short.repeat(100_000)), FileType::Jpg),
        ("jpg of segments beyond a buffer", jpg_with(20, 10, &long.repeat(60)), FileType::Jpg),
        ("jpg of restarts alone", end(&[0xff_u8, 0xd0].repeat(250_000)), FileType::Jpg),
        ("jpg of fill bytes alone", end(&[0xff; 500_000]), FileType::Jpg),
        ("jpg with a long end", [jpg(20, 10), vec![0; 500_000]].concat(), FileType::Jpg),
        ("as many pictures as there may be", jpg(20, 10).repeat(16), FileType::Jpg),
        ("pdf with nothing in the middle", [inside, b"\nstartxref\n111\n%%EOF\n".to_vec()].concat(), FileType::Pdf),
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

/// Sets the encryption flag of every entry, in both headers.
fn flagged_as_encrypted(mut archive: Vec<u8>) -> Vec<u8> {
    for at in 0..archive.len() - 10 {
        match &archive[at..at + 4] {
            b"PK\x03\x04" => archive[at + 6] |= 1,
            b"PK\x01\x02" => archive[at + 8] |= 1,
            _ => {}
        }
    }
    archive
}

fn with_symlink() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [TYPES, WORKBOOK] {
        writer.start_file(name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(content).expect("content");
    }
    writer.add_symlink("xl/link", "/etc/passwd", SimpleFileOptions::default()).expect("link");
    writer.finish().expect("archive").into_inner()
}

/// The place of the end record of an archive without a comment.
fn end_of(archive: &[u8]) -> usize {
    archive.len() - 22
}

/// Says another number in two places of the end record.
fn counted_as(mut archive: Vec<u8>, entries: u16) -> Vec<u8> {
    let end = end_of(&archive);
    for at in [8, 10] {
        archive[end + at..end + at + 2].copy_from_slice(&entries.to_le_bytes());
    }
    archive
}

/// Says another offset of the directory, or another size, in the end record.
fn with_long(mut archive: Vec<u8>, at: usize, change: impl FnOnce(u32) -> u32) -> Vec<u8> {
    let place = end_of(&archive) + at;
    let now = u32::from_le_bytes(archive[place..place + 4].try_into().expect("four bytes"));
    archive[place..place + 4].copy_from_slice(&change(now).to_le_bytes());
    archive
}

/// A workbook whose directory names the same mebibyte of blanks so many times, under different names.
pub(crate) fn overlapping(times: u16) -> Vec<u8> {
    let once = xlsx_with(&[("xl/a0000", &vec![b' '; 1 << 20])]);
    let end = end_of(&once);
    let header = once.windows(4).rposition(|window| window == b"PK\x01\x02").expect("a header");
    let mut archive = once[..end].to_vec();
    for number in 1..times {
        let mut another = once[header..end].to_vec();
        another[46..54].copy_from_slice(format!("xl/a{number:04}").as_bytes());
        archive.extend(another);
    }
    let grown = u32::try_from(archive.len() - end).expect("small");
    archive.extend(&once[end..]);
    counted_as(with_long(archive, 12, |size| size + grown), times + 2)
}

/// A workbook that has so many entries more than its end record counts: that says that the number stands in another record
/// (ZIP64), which says it.
pub(crate) fn beyond_count(entries: u32) -> Vec<u8> {
    let once = xlsx_with(&[("xl/a", b"")]);
    let end = end_of(&once);
    let header = once.windows(4).rposition(|window| window == b"PK\x01\x02").expect("a header");
    let start = u32::from_le_bytes(once[end + 16..end + 20].try_into().expect("four bytes"));
    let mut archive = once[..end].to_vec();
    archive.extend(once[header..end].repeat(usize::try_from(entries).expect("small")));
    let record = archive.len() as u64;
    let (all, size) = (u64::from(entries) + 3, record - u64::from(start));
    archive.extend(b"PK\x06\x06");
    archive.extend(44_u64.to_le_bytes());
    archive.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [all, all, size, u64::from(start)] {
        archive.extend(number.to_le_bytes());
    }
    archive.extend(b"PK\x06\x07\0\0\0\0");
    archive.extend(record.to_le_bytes());
    archive.extend(1_u32.to_le_bytes());
    archive.extend(&once[end..]);
    with_long(archive, 16, |_| u32::MAX)
}

/// What a browser would carry out, if it took the file for a page.
const TAG: &[u8] = b"<img src=x onerror=alert(1)>";

/// The same with another byte at a place.
fn with_byte(mut content: Vec<u8>, at: usize) -> Vec<u8> {
    content[at] ^= 1;
    content
}

/// Everything that must not get in.
pub(crate) fn hostile() -> Vec<Hostile> {
    let case = |about, name, content: Vec<u8>, expected| Hostile { about, name, content, expected };
    let many: Vec<String> = (0..5_001).map(|number| format!("xl/{number}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let jar = zipped(&[("META-INF/MANIFEST.MF", b"Main-Class: X")]);
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.extend([0; 600]);
    vec![
        case("empty", "a.pdf", Vec::new(), "empty"),
        case("html as png", "a.png", b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), "content_mismatch html"),
        case(
            "svg as png",
            "a.png",
            b"\n <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            "content_mismatch svg",
        ),
        case("svg with a declaration as jpg", "a.jpg", b"<?xml version='1.0'?><svg/>".to_vec(), "content_mismatch svg"),
        case("html behind a byte order mark", "a.pdf", b"\xef\xbb\xbf<html>".to_vec(), "content_mismatch html"),
        case("Windows program as pdf", "a.pdf", b"MZ\x90\0".to_vec(), "content_mismatch program"),
        case("Linux program as docx", "a.docx", b"\x7fELF\x02".to_vec(), "content_mismatch program"),
        case("script as pdf", "a.pdf", b"#!/bin/sh\nrm -rf /\n".to_vec(), "content_mismatch script"),
        case("PHP as jpg", "a.jpg", b"<?php system($_GET[0]);".to_vec(), "content_mismatch script"),
        case("GIF as png", "a.png", b"GIF89a\x01\0\x01\0".to_vec(), "content_mismatch gif"),
        case("GIFAR as jpg", "a.jpg", [b"GIF89a".to_vec(), jar.clone()].concat(), "content_mismatch gif"),
        case("WebP as jpg", "a.jpg", b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), "content_mismatch webp"),
        case("HEIC as jpg", "a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), "content_mismatch heic"),
        case("old or encrypted Office file", "a.xlsx", ole, "content_mismatch ole"),
        case("png as jpg", "a.jpg", png(1, 1), "content_mismatch png"),
        case("jpg as pdf", "a.pdf", jpg(1, 1), "content_mismatch jpg"),
        case("pdf as docx", "a.docx", pdf(), "content_mismatch pdf"),
        case("docx as xlsx", "a.xlsx", docx(), "content_mismatch docx"),
        case("jar as xlsx", "a.xlsx", jar.clone(), "content_mismatch zip"),
        case("pdf with leading junk", "a.pdf", [b"junk\n".to_vec(), pdf()].concat(), "content_mismatch unknown"),
        case("pdf cut short", "a.pdf", pdf()[..120].to_vec(), "damaged"),
        case("pdf without a version", "a.pdf", replaced(pdf(), b"%PDF-1.7", b"%PDF-xyz"), "damaged"),
        case("pdf with a zip behind", "a.pdf", [pdf(), jar.clone()].concat(), "suspicious polyglot"),
        case(
            "pdf with a zip behind and a second end marker",
            "a.pdf",
            [pdf(), jar.clone(), b"\nstartxref\n0\n%%EOF".to_vec()].concat(),
            "suspicious polyglot",
        ),
        case("png with a zip behind", "a.png", [png(1, 1), jar.clone()].concat(), "suspicious polyglot"),
        case("png with a zip inside", "a.png", png_with(1, 1, &chunk(b"zzAp", &jar)), "suspicious polyglot"),
        case("png with a pdf inside", "a.png", png_with(1, 1, &chunk(b"tEXt", &pdf())), "suspicious polyglot"),
        case(
            "png with HTML inside",
            "a.png",
            png_with(1, 1, &chunk(b"tEXt", b"Comment\0<SCRIPT>alert(1)</script>")),
            "suspicious polyglot",
        ),
        case("png with a tag in its words", "a.png", png_with(1, 1, &said(TAG)), "suspicious polyglot"),
        case(
            "png with a tag in its packed words",
            "a.png",
            png_with(1, 1, &chunk(b"zTXt", &[b"Comment\0\0".as_slice(), &zlib(TAG)].concat())),
            "suspicious polyglot",
        ),
        case(
            "png with a tag in words of a language",
            "a.png",
            png_with(1, 1, &chunk(b"iTXt", &[b"Comment\0\0\0zh\0\0".as_slice(), TAG].concat())),
            "suspicious polyglot",
        ),
        case("png with a tag in its properties", "a.png", png_with(1, 1, &properties(TAG)), "suspicious polyglot"),
        case(
            "png whose packed words inflate",
            "a.png",
            png_with(1, 1, &chunk(b"zTXt", &[b"Comment\0\0".as_slice(), &zlib(&vec![b' '; 5 << 20])].concat())),
            "suspicious inflates",
        ),
        case(
            "png with a tag behind",
            "a.png",
            [png(1, 1), b"<b onclick=x>".to_vec()].concat(),
            "suspicious trailing_data",
        ),
        case("png with a wrong checksum", "a.png", with_byte(png(1, 1), 32), "damaged"),
        case("png with a wrong checksum of its pixels", "a.png", with_byte(png(1, 1), png(1, 1).len() - 13), "damaged"),
        case("png whose pixels are something else", "a.png", png_of(1, 1, &[], &[1, 2, 3]), "damaged"),
        case("png whose pixels break off", "a.png", png_of(1, 1, &[], &zlib(&[0; 4])[..8]), "damaged"),
        case(
            "png of one pixel that inflates",
            "a.png",
            png_of(1, 1, &[], &zlib(&vec![0; 3 << 20])),
            "suspicious inflates",
        ),
        case(
            "jpg with a tag behind",
            "a.jpg",
            [jpg(1, 1), b"<b onclick=x>".to_vec()].concat(),
            "suspicious trailing_data",
        ),
        case(
            "pdf with a page before its structure",
            "a.pdf",
            replaced(pdf(), b"%\xe2\xe3\xcf\xd3", b"<html><script>alert(1)</script>"),
            "suspicious polyglot",
        ),
        case(
            "pdf with a tag before its structure",
            "a.pdf",
            replaced(pdf(), b"%\xe2\xe3\xcf\xd3", b"%<b onclick=x>"),
            "suspicious polyglot",
        ),
        case(
            "pdf with a page behind its structure",
            "a.pdf",
            [pdf(), b"<html><script>alert(1)</script>".to_vec()].concat(),
            "suspicious polyglot",
        ),
        case(
            "pdf with a tag between its reference and its end",
            "a.pdf",
            replaced(pdf(), b"\n%%EOF", b"\n<x-y onclick=x>\n%%EOF"),
            "suspicious polyglot",
        ),
        case("png with data behind", "a.png", [png(1, 1), vec![b'x'; 100]].concat(), "suspicious trailing_data"),
        case("png of 30,000 by 30,000", "a.png", png(30_000, 30_000), "suspicious too_many_pixels"),
        case("png of the largest size", "a.png", png(u32::MAX, u32::MAX), "suspicious too_many_pixels"),
        case("png without width", "a.png", png(0, 10), "damaged"),
        case("png without an end", "a.png", png(1, 1)[..50].to_vec(), "damaged"),
        case("png with an endless chunk", "a.png", png_with(1, 1, b"\xff\xff\xff\xfftEXt"), "damaged"),
        case("png with two headers", "a.png", png_with(1, 1, &chunk(b"IHDR", &[0; 13])), "damaged"),
        case("jpg with a zip behind", "a.jpg", [jpg(1, 1), jar.clone()].concat(), "suspicious polyglot"),
        case("jpg with a zip in a comment", "a.jpg", jpg_with(1, 1, &segment(0xfe, &jar)), "suspicious polyglot"),
        case("jpg with a pdf in a comment", "a.jpg", jpg_with(1, 1, &segment(0xfe, &pdf())), "suspicious polyglot"),
        case(
            "jpg with PHP in a comment",
            "a.jpg",
            jpg_with(1, 1, &segment(0xfe, b"<?php eval($_POST[0]);")),
            "suspicious polyglot",
        ),
        case("jpg with data behind", "a.jpg", [jpg(1, 1), vec![b'x'; 100]].concat(), "suspicious trailing_data"),
        case("jpg of 65,000 by 65,000", "a.jpg", jpg(65_000, 65_000), "suspicious too_many_pixels"),
        case(
            "jpg with a second, huge picture",
            "a.jpg",
            [jpg(1, 1), jpg(65_000, 65_000)].concat(),
            "suspicious too_many_pixels",
        ),
        case("jpg of a hundred pictures", "a.jpg", jpg(1, 1).repeat(100), "suspicious trailing_data"),
        case("jpg without an end", "a.jpg", jpg(1, 1)[..100].to_vec(), "damaged"),
        case("jpg of nothing but its ends", "a.jpg", b"\xff\xd8\xff\xd9".to_vec(), "damaged"),
        case(
            "jpg with a segment shorter than its length",
            "a.jpg",
            [b"\xff\xd8\xff\xe0\0\x01".to_vec(), jpg(1, 1)].concat(),
            "damaged",
        ),
        case("xlsx with macros", "a.xlsx", xlsx_with(&[("xl/vbaProject.bin", b"x")]), "suspicious macros"),
        case(
            "xlsx with macros in other letters",
            "a.xlsx",
            xlsx_with(&[("xl/VBAPROJECT.BIN", b"x")]),
            "suspicious macros",
        ),
        case(
            "macro-enabled workbook renamed",
            "a.xlsx",
            zipped(&[("[Content_Types].xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"), WORKBOOK]),
            "suspicious macros",
        ),
        case("docx without content types", "a.docx", zipped(&[DOCUMENT]), "damaged"),
        case("xlsx with a name that leaves", "a.xlsx", xlsx_with(&[("xl/../../x", b"x")]), "suspicious entry_names"),
        case(
            "xlsx with an absolute name",
            "a.xlsx",
            replaced(xlsx_with(&[("Xetc/passwd", b"x")]), b"Xetc", b"/etc"),
            "suspicious entry_names",
        ),
        case(
            "xlsx with a backslash",
            "a.xlsx",
            replaced(xlsx_with(&[("xlQ..Qx", b"x")]), b"xlQ..Qx", b"xl\\..\\x"),
            "suspicious entry_names",
        ),
        case(
            "xlsx with a doubled name",
            "a.xlsx",
            replaced(xlsx_with(&[("xl/workbooQ.xml", b"x")]), b"workbooQ", b"workbook"),
            "suspicious entry_names",
        ),
        case("xlsx with a link", "a.xlsx", with_symlink(), "suspicious entry_names"),
        case("xlsx with encrypted entries", "a.xlsx", flagged_as_encrypted(xlsx()), "suspicious encrypted"),
        case("xlsx of 5,003 entries", "a.xlsx", xlsx_with(&many), "suspicious too_many_entries"),
        case("xlsx that counts its entries elsewhere", "a.xlsx", beyond_count(2), "suspicious too_many_entries"),
        case(
            "xlsx with more entries than it counts",
            "a.xlsx",
            counted_as(xlsx_with(&[("xl/a", b"")]), 2),
            "suspicious too_many_entries",
        ),
        case("xlsx with fewer entries than it counts", "a.xlsx", counted_as(xlsx(), 3), "damaged"),
        case("xlsx of two volumes", "a.xlsx", with_long(xlsx(), 4, |_| 1), "damaged"),
        case("xlsx with its directory elsewhere", "a.xlsx", with_long(xlsx(), 16, |at| at + 1), "damaged"),
        case("xlsx with a longer directory", "a.xlsx", with_long(xlsx(), 12, |_| 1 << 30), "damaged"),
        case(
            "xlsx that inflates a thousandfold",
            "a.xlsx",
            xlsx_with(&[("xl/bomb", &vec![0; 4_000_000])]),
            "suspicious inflates",
        ),
        case("xlsx cut short", "a.xlsx", xlsx()[..xlsx().len() - 30].to_vec(), "damaged"),
        case("xlsx with data behind", "a.xlsx", [xlsx(), vec![b'x'; 50]].concat(), "suspicious trailing_data"),
        case("xlsx behind a script", "a.xlsx", [b"#!/bin/sh\n".to_vec(), xlsx()].concat(), "content_mismatch script"),
        case(
            "xlsx behind another's first entry",
            "a.xlsx",
            [b"PK\x03\x04".to_vec(), xlsx()].concat(),
            "suspicious polyglot",
        ),
        case(
            "xlsx with a damaged entry",
            "a.xlsx",
            replaced(xlsx_with(&[("xl/a", b"0123456789abcdef0123456789")]), b"PK\x03\x04\x14", b"PK\x03\x05\x14"),
            "content_mismatch unknown",
        ),
        case("program by its name", "a.exe", pdf(), "type_not_allowed"),
        case("program behind a picture's name", "a.png.exe", png(1, 1), "type_not_allowed"),
        case("name with a trailing dot", "a.pdf.", pdf(), "type_not_allowed"),
        case("picture behind a program's name", "a.exe.png", png(1, 1), "suspicious double_extension"),
        case("name that reads backwards", "a\u{202E}gnp.pdf", pdf(), "suspicious name_characters"),
        case("name with a zero byte", "a.php\0.pdf", pdf(), "suspicious name_characters"),
        case("name of an extension only", ".pdf", pdf(), "suspicious name_empty"),
    ]
}
