//! Office files that must not get in.

use zip::CompressionMethod;

use super::super::office::{
    LEADS, LETTER, RELATIONSHIPS, SHEETS, TYPES, WORKBOOK, WORKBOOK_RELATIONSHIPS, beyond_count, count_of, counted_as,
    docx_with, flagged_as_encrypted, headers_of, leading_to, letter, part, relationships_of, types_of, with_comment,
    with_extra, with_gap, with_long, with_symlink, xlsx, xlsx_but, xlsx_of, xlsx_with, zipped, zipped_by,
};
use super::super::replaced;
use super::{Hostile, RAR, TAG, case};

const MACROS: &str = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
const PROJECT: &str = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";

pub(super) fn hostile() -> Vec<Hostile> {
    [archives(), documents(), macros(), polyglots()].into_iter().flatten().collect()
}

/// Archives that are built wrongly.
fn archives() -> Vec<Hostile> {
    let many: Vec<String> = (0..5_001).map(|number| format!("xl/{number}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    vec![
        case("docx without content types", "a.docx", zipped(&[("word/document.xml", letter().as_bytes())]), "damaged"),
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
        case("xlsx of more than 5,000 entries", "a.xlsx", xlsx_with(&many), "suspicious too_many_entries"),
        case("xlsx that counts its entries elsewhere", "a.xlsx", beyond_count(2), "suspicious too_many_entries"),
        case(
            "xlsx with more entries than it counts",
            "a.xlsx",
            counted_as(xlsx_with(&[("xl/a", b"")]), count_of(&xlsx())),
            "suspicious too_many_entries",
        ),
        case("xlsx with fewer entries than it counts", "a.xlsx", counted_as(xlsx(), count_of(&xlsx()) + 1), "damaged"),
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
            replaced(xlsx_with(&[("xl/a", b"0123456789abcdef0123456789")]), b"PK\x03\x04", b"PK\x03\x05"),
            "content_mismatch unknown",
        ),
        case(
            "xlsx whose entries lie over one another",
            "a.xlsx",
            super::super::overlapping(3),
            "suspicious entry_names",
        ),
        case(
            "xlsx with two lists of types",
            "a.xlsx",
            xlsx_with(&[("[CONTENT_TYPES].XML", part(TYPES).as_bytes())]),
            "suspicious entry_names",
        ),
        case(
            "xlsx with a list of types that is endless",
            "a.xlsx",
            xlsx_of(TYPES, &types_of("/xl/workbook.xml", SHEETS, &" ".repeat(3 << 20))),
            "suspicious inflates",
        ),
        case(
            "xlsx with a workbook that is endless",
            "a.xlsx",
            xlsx_of(
                WORKBOOK,
                &part(WORKBOOK).replace("</workbook>", &format!("{}</workbook>", "<a/>".repeat(1 << 20))),
            ),
            "suspicious inflates",
        ),
    ]
}

/// Documents whose parts are not what they should be.
fn documents() -> Vec<Hostile> {
    let book = |text: &str| xlsx_of(WORKBOOK, text);
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let in_utf_16 = |text: &str| -> Vec<u8> {
        [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let sheets = types_of("/xl/workbook.xml", SHEETS, "");
    vec![
        case("xlsx whose workbook is a program", "a.xlsx", book("MZ not xml"), "damaged"),
        case("xlsx whose workbook is empty", "a.xlsx", book(""), "damaged"),
        case("xlsx whose workbook is of nobody", "a.xlsx", book("<workbook/>"), "damaged"),
        case("xlsx whose workbook is of another", "a.xlsx", book("<workbook xmlns=\"urn:x\"/>"), "damaged"),
        case("xlsx whose workbook is a letter", "a.xlsx", book(&letter()), "damaged"),
        case("xlsx whose workbook breaks off", "a.xlsx", book(&format!("<workbook {main}><sheets>")), "damaged"),
        case("xlsx whose workbook ends otherwise", "a.xlsx", book(&format!("<workbook {main}></book>")), "damaged"),
        case("xlsx whose workbook goes on", "a.xlsx", book(&format!("<workbook {main}/>MZ")), "damaged"),
        case("xlsx of two workbooks", "a.xlsx", book(&format!("<workbook {main}/><workbook {main}/>")), "damaged"),
        case("xlsx whose workbook has bare words", "a.xlsx", book(&format!("<workbook {main} a=b/>")), "damaged"),
        case(
            "xlsx whose workbook has a document type",
            "a.xlsx",
            book(&format!("<!DOCTYPE workbook [<!ENTITY a \"b\">]><workbook {main}>&a;</workbook>")),
            "damaged",
        ),
        case(
            "xlsx whose workbook asks for more",
            "a.xlsx",
            book(&format!("<workbook {main}>&a;</workbook>")),
            "damaged",
        ),
        case(
            "xlsx whose workbook is deep",
            "a.xlsx",
            book(&format!("<workbook {main}>{}{}</workbook>", "<a>".repeat(600), "</a>".repeat(600))),
            "damaged",
        ),
        case(
            "xlsx whose workbook is in another encoding",
            "a.xlsx",
            book(&format!("<?xml version=\"1.0\" encoding=\"GB2312\"?><workbook {main}/>")),
            "damaged",
        ),
        case(
            "xlsx whose workbook is in two bytes a letter",
            "a.xlsx",
            xlsx_but(&[(WORKBOOK, Some(in_utf_16(&part(WORKBOOK)).as_slice()))], &[]),
            "damaged",
        ),
        case(
            "xlsx whose list of types is in two bytes a letter",
            "a.xlsx",
            xlsx_but(&[(TYPES, Some(in_utf_16(&types_of("/xl/workbook.xml", MACROS, "")).as_slice()))], &[]),
            "damaged",
        ),
        case("xlsx whose list of types is a text", "a.xlsx", xlsx_of(TYPES, SHEETS), "damaged"),
        case("xlsx whose list of types is of nobody", "a.xlsx", xlsx_of(TYPES, "<Types/>"), "damaged"),
        case("xlsx with a program behind its types", "a.xlsx", xlsx_of(TYPES, &format!("{sheets}MZ")), "damaged"),
        case("xlsx without relationships", "a.xlsx", xlsx_but(&[(RELATIONSHIPS, None)], &[]), "damaged"),
        case("xlsx that leads nowhere", "a.xlsx", xlsx_of(RELATIONSHIPS, &relationships_of(&[])), "damaged"),
        case(
            "xlsx that leads to what is not there",
            "a.xlsx",
            xlsx_of(RELATIONSHIPS, &leading_to("xl/a.xml")),
            "content_mismatch zip",
        ),
        case("xlsx without a workbook", "a.xlsx", xlsx_but(&[(WORKBOOK, None)], &[]), "damaged"),
        case(
            "xlsx whose workbook is named a text",
            "a.xlsx",
            xlsx_of(TYPES, &types_of("/xl/workbook.xml", "text/plain", "")),
            "content_mismatch zip",
        ),
        case(
            "xlsx whose workbook is named a letter",
            "a.xlsx",
            xlsx_of(TYPES, &types_of("/xl/workbook.xml", LETTER, "")),
            "content_mismatch docx",
        ),
    ]
}

/// Macros, whatever hides them.
fn macros() -> Vec<Hostile> {
    let typed = |kind: &str, more: &str| xlsx_of(TYPES, &types_of("/xl/workbook.xml", kind, more));
    let among = |kind: &str| typed(SHEETS, &format!("<Override PartName=\"/xl/a.bin\" ContentType=\"{kind}\"/>"));
    let leading = |kind: &str| relationships_of(&[(kind.to_owned(), "a.bin")]);
    let mut project = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    project.extend([0; 70_000]);
    project.extend("_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes));
    vec![
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
            xlsx_of(TYPES, &types_of("/xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "")),
            "suspicious macros",
        ),
        case("macro-enabled in other letters", "a.xlsx", typed(&MACROS.to_uppercase(), ""), "suspicious macros"),
        case("macro-enabled by numbers", "a.xlsx", typed(&MACROS.replace('E', "&#69;"), ""), "suspicious macros"),
        case(
            "macro-enabled by other numbers",
            "a.xlsx",
            typed(&MACROS.replace('m', "&#x6d;"), ""),
            "suspicious macros",
        ),
        case(
            "macro-enabled behind a long comment",
            "a.xlsx",
            xlsx_of(
                TYPES,
                &types_of("/xl/workbook.xml", MACROS, "").replacen(
                    "<Default",
                    &format!("<!--{}--><Default", " ".repeat(1 << 20)),
                    1,
                ),
            ),
            "suspicious macros",
        ),
        case(
            "macro-enabled template as a letter",
            "a.docx",
            zipped(&[
                (
                    TYPES,
                    types_of(
                        "/word/document.xml",
                        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
                        "",
                    )
                    .as_bytes(),
                ),
                (RELATIONSHIPS, leading_to("word/document.xml").as_bytes()),
                ("word/document.xml", letter().as_bytes()),
            ]),
            "suspicious macros",
        ),
        case("a project by its type", "a.xlsx", among("application/vnd.ms-office.vbaProject"), "suspicious macros"),
        case(
            "a sheet of macros by its type",
            "a.xlsx",
            among("application/vnd.ms-excel.macrosheet+xml"),
            "suspicious macros",
        ),
        case(
            "a sheet of macros of another language",
            "a.xlsx",
            among("application/vnd.ms-excel.intlmacrosheet+xml"),
            "suspicious macros",
        ),
        case(
            "a sheet of macros by its folder",
            "a.xlsx",
            xlsx_with(&[("xl/macrosheets/sheet1.xml", b"<a/>")]),
            "suspicious macros",
        ),
        case(
            "a project by who leads to it",
            "a.xlsx",
            xlsx_of(WORKBOOK_RELATIONSHIPS, &leading(PROJECT)),
            "suspicious macros",
        ),
        case(
            "a sheet of macros by who leads to it",
            "a.xlsx",
            xlsx_of(
                WORKBOOK_RELATIONSHIPS,
                &leading("http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"),
            ),
            "suspicious macros",
        ),
        case(
            "a project by what is in it",
            "a.xlsx",
            xlsx_with(&[("xl/media/image1.png", &project)]),
            "suspicious macros",
        ),
        case("a project in a letter", "a.docx", docx_with(&[("word/media/a.jpg", &project)]), "suspicious macros"),
    ]
}

/// Documents that are something else besides.
fn polyglots() -> Vec<Hostile> {
    let page = [TAG, RAR].concat();
    let html = [b"<html>".as_slice(), TAG, &[b' '; 100]].concat();
    let places = headers_of(&xlsx_with(&[]));
    let (second, directory) = (places[1], places[places.len() - 1]);
    let last = headers_of(&xlsx()).pop().expect("a directory");
    let book = part(WORKBOOK);
    let two = relationships_of(&[
        (format!("{LEADS}/officeDocument"), "xl/workbook.xml"),
        (format!("{LEADS}/officeDocument"), "xl/other.xml"),
    ]);
    vec![
        case(
            "xlsx that is a program of Java",
            "a.xlsx",
            xlsx_with(&[("META-INF/MANIFEST.MF", b"Main-Class: X\n"), ("X.class", b"\xca\xfe\xba\xbe")]),
            "suspicious polyglot",
        ),
        case("xlsx with a manifest", "a.xlsx", xlsx_with(&[("meta-inf/manifest.mf", b"")]), "suspicious polyglot"),
        case("docx with a class", "a.docx", docx_with(&[("word/X.CLASS", b"\xca\xfe")]), "suspicious polyglot"),
        case(
            "xlsx with a letter",
            "a.xlsx",
            xlsx_with(&[("word/document.xml", letter().as_bytes())]),
            "suspicious polyglot",
        ),
        case("docx with a workbook", "a.docx", docx_with(&[(WORKBOOK, book.as_bytes())]), "suspicious polyglot"),
        case("xlsx of two main parts", "a.xlsx", xlsx_of(RELATIONSHIPS, &two), "suspicious polyglot"),
        case(
            "xlsx with a page before its directory",
            "a.xlsx",
            with_gap(xlsx_with(&[]), directory, &page),
            "suspicious polyglot",
        ),
        case(
            "xlsx with a page between its entries",
            "a.xlsx",
            with_gap(xlsx_with(&[]), second, &html),
            "suspicious polyglot",
        ),
        case(
            "xlsx of a library with a page before its directory",
            "a.xlsx",
            with_gap(xlsx(), last, &html),
            "suspicious polyglot",
        ),
        case(
            "xlsx with a short archive between",
            "a.xlsx",
            with_gap(xlsx_with(&[]), second, &RAR[..20]),
            "suspicious polyglot",
        ),
        case(
            "xlsx with a long extra field",
            "a.xlsx",
            with_extra(xlsx_with(&[]), &[b' '; 3_000]),
            "suspicious polyglot",
        ),
        case(
            "xlsx with an archive in an extra field",
            "a.xlsx",
            with_extra(xlsx_with(&[]), RAR),
            "suspicious polyglot",
        ),
        case("xlsx with a page in its comment", "a.xlsx", with_comment(xlsx(), TAG), "suspicious polyglot"),
        case("xlsx with an archive in its comment", "a.xlsx", with_comment(xlsx(), RAR), "suspicious polyglot"),
        case(
            "docx with an archive in it, unpacked",
            "a.docx",
            zipped_by(
                &[
                    (TYPES, types_of("/word/document.xml", LETTER, "").as_bytes()),
                    (RELATIONSHIPS, leading_to("word/document.xml").as_bytes()),
                    ("word/document.xml", letter().as_bytes()),
                    ("word/a.bin", RAR),
                ],
                CompressionMethod::Stored,
            ),
            "suspicious polyglot",
        ),
    ]
}
