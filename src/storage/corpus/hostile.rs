//! Everything that must not get in.

mod archives;

use super::office::{docx, zipped};
use super::pdf::{Manner, Update, pdf, written};
use super::{
    Hostile, TAG, chunk, jpg, jpg_with, png, png_of, png_with, profile, properties, replaced, said, segment, with_byte,
    zlib,
};

/// How an archive of RAR begins, and a little more.
const RAR: &[u8] = b"Rar!\x1a\x07\x01\0\x33\x92\xb5\xe5\x0a\x01\x05\x06\0\x05\x01\x01\x80\x80\0";

fn case(about: &'static str, name: &'static str, content: Vec<u8>, expected: &'static str) -> Hostile {
    Hostile { about, name, content, expected }
}

/// Every kind of it.
pub(crate) fn hostile() -> Vec<Hostile> {
    [disguised(), papers(), pictures(), archives::hostile()].into_iter().flatten().collect()
}

/// A program of Java, as it is put together.
fn jar() -> Vec<u8> {
    zipped(&[("META-INF/MANIFEST.MF", b"Main-Class: X")])
}

/// A sound PDF that says that its cross-reference lies elsewhere.
fn referring(to: &str) -> Vec<u8> {
    let sound = pdf();
    let at = sound.windows(9).rposition(|window| window == b"startxref").expect("a reference");
    [&sound[..at], format!("startxref\n{to}\n%%EOF\n").as_bytes()].concat()
}

/// One whose cross-reference is a stream, and one whose first page comes first.
fn streamed() -> Vec<u8> {
    written(&Manner { updates: vec![Update::Stream], ..Manner::default() }).content
}

fn for_the_web() -> Vec<u8> {
    written(&Manner { is_linearised: true, ..Manner::default() }).content
}

/// Files by another name than theirs.
fn disguised() -> Vec<Hostile> {
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
        case("GIFAR as jpg", "a.jpg", [b"GIF89a".to_vec(), jar()].concat(), "content_mismatch gif"),
        case("WebP as jpg", "a.jpg", b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), "content_mismatch webp"),
        case("HEIC as jpg", "a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), "content_mismatch heic"),
        case("old or encrypted Office file", "a.xlsx", ole, "content_mismatch ole"),
        case("png as jpg", "a.jpg", png(1, 1), "content_mismatch png"),
        case("jpg as pdf", "a.pdf", jpg(1, 1), "content_mismatch jpg"),
        case("pdf as docx", "a.docx", pdf(), "content_mismatch pdf"),
        case("docx as xlsx", "a.xlsx", docx(), "content_mismatch docx"),
        case("jar as xlsx", "a.xlsx", jar(), "content_mismatch zip"),
        case("program by its name", "a.exe", pdf(), "type_not_allowed"),
        case("program behind a picture's name", "a.png.exe", png(1, 1), "type_not_allowed"),
        case("name with a trailing dot", "a.pdf.", pdf(), "type_not_allowed"),
        case("picture behind a program's name", "a.exe.png", png(1, 1), "suspicious double_extension"),
        case("name that reads backwards", "a\u{202E}gnp.pdf", pdf(), "suspicious name_characters"),
        case("name with a zero byte", "a.php\0.pdf", pdf(), "suspicious name_characters"),
        case("name of an extension only", ".pdf", pdf(), "suspicious name_empty"),
    ]
}

fn papers() -> Vec<Hostile> {
    vec![
        case("pdf with leading junk", "a.pdf", [b"junk\n".to_vec(), pdf()].concat(), "content_mismatch unknown"),
        case("pdf cut short", "a.pdf", pdf()[..120].to_vec(), "damaged"),
        case("pdf without a version", "a.pdf", replaced(pdf(), b"%PDF-1.7", b"%PDF-xyz"), "damaged"),
        case("pdf with a zip behind", "a.pdf", [pdf(), jar()].concat(), "suspicious polyglot"),
        case(
            "pdf with a zip behind and a second end marker",
            "a.pdf",
            [pdf(), jar(), b"\nstartxref\n0\n%%EOF".to_vec()].concat(),
            "suspicious polyglot",
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
        case("pdf without a single object", "a.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF".to_vec(), "damaged"),
        case(
            "pdf of a table and no object",
            "a.pdf",
            b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
                .to_vec(),
            "damaged",
        ),
        case("pdf that refers far beyond its end", "a.pdf", referring("99999999999"), "damaged"),
        case("pdf that refers beyond any number", "a.pdf", referring("99999999999999999999999"), "damaged"),
        case("pdf that refers to its end", "a.pdf", referring("99999"), "damaged"),
        case("pdf that refers to nothing", "a.pdf", referring("0"), "damaged"),
        case("pdf that refers to an object", "a.pdf", referring("15"), "damaged"),
        case("pdf that refers to no number", "a.pdf", referring("x"), "damaged"),
        case("pdf without a catalogue", "a.pdf", replaced(pdf(), b"/Root 1 0 R", b"/Toor 1 0 R"), "damaged"),
        case(
            "pdf whose catalogue is no reference",
            "a.pdf",
            replaced(pdf(), b"/Root 1 0 R", b"/Root(1 0 R"),
            "damaged",
        ),
        case("pdf without a trailer", "a.pdf", replaced(pdf(), b"trailer", b"reliart"), "damaged"),
        case(
            "pdf whose cross-reference is another stream",
            "a.pdf",
            replaced(streamed(), b"/Type/XRef", b"/Type/Xref"),
            "damaged",
        ),
        case("pdf whose update was cut off", "a.pdf", [pdf(), b"9 0 obj\n<</A".to_vec()].concat(), "damaged"),
        case("pdf whose update was cut off early", "a.pdf", [pdf(), b"%\n 9".to_vec()].concat(), "damaged"),
        case("pdf whose second table was cut off", "a.pdf", [pdf(), b"xref\n0 0\ntrai".to_vec()].concat(), "damaged"),
        case("pdf for the web, cut off", "a.pdf", for_the_web()[..450].to_vec(), "damaged"),
        case("pdf with a rar behind", "a.pdf", [pdf(), RAR.to_vec()].concat(), "suspicious polyglot"),
        case(
            "pdf with an old rar behind",
            "a.pdf",
            [pdf(), b"Rar!\x1a\x07\0old".to_vec()].concat(),
            "suspicious polyglot",
        ),
        case(
            "pdf with a 7z behind",
            "a.pdf",
            [pdf(), b"7z\xbc\xaf\x27\x1c\0\x04x".to_vec()].concat(),
            "suspicious polyglot",
        ),
        case(
            "pdf with a rar behind and a second end",
            "a.pdf",
            [pdf(), RAR.to_vec(), b"\nstartxref\n9\n%%EOF".to_vec()].concat(),
            "suspicious polyglot",
        ),
        case("pdf with a rar inside", "a.pdf", replaced(pdf(), b"%\xe2\xe3\xcf\xd3", RAR), "suspicious polyglot"),
        case("pdf with a rar in a stream", "a.pdf", replaced(pdf(), b"0 0 m 9 9 l", RAR), "suspicious polyglot"),
        case(
            "pdf with a zip behind that has no end",
            "a.pdf",
            [pdf(), b"PK\x03\x04\x14\0".to_vec()].concat(),
            "suspicious polyglot",
        ),
    ]
}

fn pictures() -> Vec<Hostile> {
    let jar = jar();
    vec![
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
            jpg_with(1, 1, &segment(0xfe, b"<?php print($_POST[0]);")),
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
        case(
            "png that moves",
            "a.png",
            png_with(1, 1, &chunk(b"acTL", &[0, 1, 0x86, 0xa0, 0, 0, 0, 0])),
            "suspicious animated",
        ),
        case("png with a frame", "a.png", png_with(1, 1, &chunk(b"fdAT", &[0; 12])), "suspicious animated"),
        case(
            "png whose profile of colours inflates",
            "a.png",
            png_with(1, 1, &profile(&vec![0; 5 << 20])),
            "suspicious inflates",
        ),
        case(
            "png of many words that inflate together",
            "a.png",
            png_with(
                1,
                1,
                &chunk(b"zTXt", &[b"Comment\0\0".as_slice(), &zlib(&vec![b' '; 3 << 20])].concat()).repeat(6),
            ),
            "suspicious inflates",
        ),
        case("png with a rar inside", "a.png", png_with(1, 1, &chunk(b"zzAp", RAR)), "suspicious polyglot"),
        case("jpg with a rar in a comment", "a.jpg", jpg_with(1, 1, &segment(0xfe, RAR)), "suspicious polyglot"),
    ]
}
