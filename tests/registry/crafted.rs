//! C-27: files that were made to be two things at once, or nothing at all, and beside them what real programs write.

use super::applications::{PROGRAMME, Scene, call_of, scene};
use super::support::{Client, papers};
use flate2::Crc;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const RAR: &[u8] = b"Rar!\x1a\x07\x01\0\x33\x92\xb5\xe5\x0a\x01\x05\x06\0\x05\x01\x01\x80\x80\0";
const SEVEN_ZIP: &[u8] = b"7z\xbc\xaf\x27\x1c\0\x04\x8d\x9b\xd5\x0f";
const TYPES: &str = "[Content_Types].xml";
const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONSHIPS: &str = "_rels/.rels";
const SHEETS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const MACROS: &str = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";

/// Parts of an Office file, by their names.
type Parts = Vec<(String, Vec<u8>)>;

/// A call that takes every kind of file, and a draft in it.
fn draft(scene: &Scene, api: &mut Client) -> String {
    let every = PROGRAMME
        .replace("types = [\"png\"]", "types = [\"pdf\", \"png\", \"jpg\", \"xlsx\", \"docx\"]")
        .replace("max_bytes = 2000", "max_bytes = 5000000");
    let approver = scene.app.person("drafter@example.org", &[]);
    let call = call_of(&scene.app, &approver, 2027, &every);
    let begun = api.call("POST", &format!("/api/v1/calls/{call}/applications"), &json!({})).expect(201).json();
    begun["id"].as_str().expect("an id").to_string()
}

/// Uploads a file; the status, with what is said of it in English.
fn answered(api: &mut Client, draft: &str, name: &str, content: &[u8]) -> (u16, Value) {
    let path = format!("/api/v1/applications/{draft}/documents?kind=more&name={name}");
    let headers = [("content-type", "application/octet-stream")];
    let answer = api.send("POST", &path, &headers, content.to_vec());
    (answer.status, answer.json())
}

#[test]
fn c_27_crafted_files_stay_out_and_are_told_what_to_do() {
    let scene = scene();
    let mut api = scene.admin.api();
    api.call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    let draft = draft(&scene, &mut api);
    let kinds = [papers_and_archives(), workbooks(), hidden_macros(), polyglots(), pictures()];
    let all: Vec<Crafted> = kinds.into_iter().flatten().collect();
    assert!(all.len() >= 40, "{}", all.len());
    for (about, name, content, expected) in all {
        let (status, said) = answered(&mut api, &draft, name, &content);
        assert_eq!(status, 422, "{about}: {said}");
        let message = said["fields"][0]["message"].as_str().unwrap_or_default();
        assert!(message.contains(expected), "{about}: {said}");
    }
}

#[test]
fn c_27_what_real_programs_write_is_taken() {
    let scene = scene();
    let mut api = scene.admin.api();
    let draft = draft(&scene, &mut api);
    let zipped_again = packed(&parts(&workbook()));
    for (about, name, content) in [
        ("a PDF of one page", "a.pdf", papers::pdf_with("a", "")),
        ("one with blanks behind it", "a.pdf", [papers::pdf_with("b", ""), b"\r\n \0\0".repeat(400)].concat()),
        ("one that Word wrote", "a.pdf", updated(&papers::pdf_with("c", ""))),
        ("a workbook of a library", "a.xlsx", workbook()),
        ("one that was unpacked and packed again", "a.xlsx", zipped_again),
        ("a letter", "a.docx", packed(&letter("word/document.xml"))),
        ("one of Word on the web", "a.docx", packed(&letter("word/document22.xml"))),
    ] {
        let (status, said) = answered(&mut api, &draft, name, &content);
        assert_eq!(status, 201, "{about}: {said}");
        let document = said["id"].as_str().expect("an id");
        api.call("DELETE", &format!("/api/v1/documents/{document}"), &json!({})).expect(200);
    }
}

type Crafted = (&'static str, &'static str, Vec<u8>, &'static str);

const DAMAGED: &str = "incomplete or damaged";
const HIDDEN: &str = "Another file is hidden";
const WITH_MACROS: &str = "contains macros";
const ODD: &str = "inner structure";

/// A sound PDF that refers to another place.
fn referring(to: &str) -> Vec<u8> {
    let sound = String::from_utf8(papers::pdf_with("a", "")).expect("it is all ASCII");
    let (before, _) = sound.rsplit_once("startxref").expect("a reference");
    format!("{before}startxref\n{to}\n%%EOF\n").into_bytes()
}

/// A sound PDF with the empty table behind it that Word leaves there.
fn updated(sound: &[u8]) -> Vec<u8> {
    let update = format!(
        "xref\r\n0 0\r\ntrailer\r\n<</Size 6/Root 1 0 R/Prev 9/XRefStm 9>>\r\nstartxref\r\n{}\r\n%%EOF",
        sound.len()
    );
    [sound, update.as_bytes()].concat()
}

fn papers_and_archives() -> Vec<Crafted> {
    let sound = papers::pdf_with("a", "");
    let behind = |archive: &[u8]| [sound.as_slice(), archive].concat();
    let cut = updated(&sound);
    let table = "%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
    let rootless = String::from_utf8(sound.clone()).expect("it is all ASCII").replace("/Root", "/Toor");
    vec![
        ("no object at all", "a.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF".to_vec(), DAMAGED),
        ("a table and no object", "a.pdf", table.into(), DAMAGED),
        ("a reference far beyond the end", "a.pdf", referring("99999999999"), DAMAGED),
        ("a reference to nothing", "a.pdf", referring("0"), DAMAGED),
        ("a reference to an object", "a.pdf", referring("9"), DAMAGED),
        ("no catalogue", "a.pdf", rootless.into_bytes(), DAMAGED),
        ("half of a file", "a.pdf", sound[..sound.len() / 2].to_vec(), DAMAGED),
        ("all but the last bytes", "a.pdf", sound[..sound.len() - 4].to_vec(), DAMAGED),
        ("an update that breaks off", "a.pdf", cut[..cut.len() - 5].to_vec(), DAMAGED),
        ("junk before the header", "a.pdf", [b"junk".as_slice(), sound.as_slice()].concat(), "but its content is not"),
        ("a RAR behind", "a.pdf", behind(RAR), HIDDEN),
        ("a RAR inside", "a.pdf", papers::pdf_with("a", &String::from_utf8_lossy(b"Rar!\x1a\x07\0")), HIDDEN),
        ("a 7z behind", "a.pdf", behind(SEVEN_ZIP), HIDDEN),
        ("the beginning of a ZIP behind", "a.pdf", behind(b"PK\x03\x04\x14\0\0\0"), HIDDEN),
        ("a ZIP behind", "a.pdf", behind(&packed(&[("a".into(), b"b".to_vec())])), HIDDEN),
        ("a page behind", "a.pdf", behind(b"<html><script>alert(1)</script>"), HIDDEN),
    ]
}

/// A workbook of the library that this service writes its own with.
fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "名称").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

/// A letter of one line whose main part has this name.
fn letter(main_part: &str) -> Parts {
    let schemas = "http://schemas.openxmlformats.org";
    let types = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"{schemas}/package/2006/content-types\"><Override \
         PartName=\"/{main_part}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.\
         document.main+xml\"/></Types>"
    );
    let leads = format!(
        "<Relationships xmlns=\"{schemas}/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{schemas}/officeDocument/2006/relationships/officeDocument\" Target=\"/{main_part}\"/></Relationships>"
    );
    let text = format!(
        "\u{feff}<w:document xmlns:w=\"{schemas}/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>正文</w:t></w:r>\
         </w:p></w:body></w:document>"
    );
    [(TYPES, types), (RELATIONSHIPS, leads), (main_part, text)]
        .map(|(name, text)| (name.to_string(), text.into_bytes()))
        .into()
}

fn parts(archive: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("content");
            (name, content)
        })
        .collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("an entry");
        writer.write_all(content).expect("content");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The workbook with another content of a part.
fn with_part(name: &str, change: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut all = parts(&workbook());
    for (_, content) in all.iter_mut().filter(|(part, _)| part == name) {
        *content = change(std::str::from_utf8(content).expect("a text"));
    }
    packed(&all)
}

/// The workbook with one part more.
fn with_more(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut all = parts(&workbook());
    all.extend(more.iter().map(|(name, content)| ((*name).to_string(), content.to_vec())));
    packed(&all)
}

fn workbooks() -> Vec<Crafted> {
    let of = |text: &'static str| with_part(WORKBOOK, move |_| text.into());
    let two = with_more(&[("[CONTENT_TYPES].xml", b"<Types/>")]);
    vec![
        ("a workbook that is a program", "a.xlsx", of("MZ not xml"), DAMAGED),
        ("a workbook of nobody", "a.xlsx", of("<workbook/>"), DAMAGED),
        (
            "a workbook that is not closed",
            "a.xlsx",
            with_part(WORKBOOK, |text| text.replace("</workbook>", "").into()),
            DAMAGED,
        ),
        ("a workbook and a program", "a.xlsx", with_part(WORKBOOK, |text| format!("{text}MZ").into()), DAMAGED),
        (
            "a workbook with entities",
            "a.xlsx",
            with_part(WORKBOOK, |text| text.replace("<workbook", "<!DOCTYPE a [<!ENTITY b \"c\">]><workbook").into()),
            DAMAGED,
        ),
        ("types of nobody", "a.xlsx", with_part(TYPES, |_| b"<Types/>".to_vec()), DAMAGED),
        (
            "relationships that lead nowhere",
            "a.xlsx",
            with_part(RELATIONSHIPS, |text| text.replace("/officeDocument\"", "/other\"").into()),
            DAMAGED,
        ),
        ("two lists of types", "a.xlsx", two, ODD),
        ("a letter by the name of a workbook", "a.xlsx", packed(&letter("word/document.xml")), "but its content is"),
    ]
}

fn hidden_macros() -> Vec<Crafted> {
    let typed = |kind: String| with_part(TYPES, move |text| text.replace(SHEETS, &kind).into());
    let in_utf_16 = |text: &str| -> Vec<u8> {
        let text = text.replace(SHEETS, MACROS);
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let part = |kind: &str| format!("<Override PartName=\"/xl/a.bin\" ContentType=\"{kind}\"/></Types>");
    let among = |kind: &str| {
        let more = part(kind);
        with_part(TYPES, move |text| text.replace("</Types>", &more).into())
    };
    let mut project = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    project.extend([0; 2_000]);
    project.extend("_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes));
    let comment = " ".repeat(1 << 20);
    vec![
        ("macros by their type", "a.xlsx", typed(MACROS.into()), WITH_MACROS),
        ("by their type in numbers", "a.xlsx", typed(MACROS.replace('E', "&#69;")), WITH_MACROS),
        ("by their type in two bytes a letter", "a.xlsx", with_part(TYPES, in_utf_16), DAMAGED),
        (
            "behind a long comment",
            "a.xlsx",
            with_part(TYPES, move |text| {
                text.replace(SHEETS, MACROS).replacen("<Default", &format!("<!--{comment}--><Default"), 1).into()
            }),
            WITH_MACROS,
        ),
        ("a project by its type", "a.xlsx", among("application/vnd.ms-office.vbaProject"), WITH_MACROS),
        ("a sheet by its type", "a.xlsx", among("application/vnd.ms-excel.macrosheet+xml"), WITH_MACROS),
        ("a sheet by its folder", "a.xlsx", with_more(&[("xl/macrosheets/sheet1.xml", b"<a/>")]), WITH_MACROS),
        (
            "a project by who leads to it",
            "a.xlsx",
            with_part("xl/_rels/workbook.xml.rels", |text| text.replace("/worksheet\"", "/vbaProject\"").into()),
            WITH_MACROS,
        ),
        ("a project by its name", "a.xlsx", with_more(&[("xl/vbaProject.bin", b"x")]), WITH_MACROS),
        ("a project by what is in it", "a.xlsx", with_more(&[("xl/media/image1.png", &project)]), WITH_MACROS),
    ]
}

/// A workbook with bytes before its directory that no entry knows of.
fn with_gap(bytes: &[u8]) -> Vec<u8> {
    let mut archive = workbook();
    let end = archive.len() - 22;
    let at = u32::from_le_bytes(archive[end + 16..end + 20].try_into().expect("four bytes"));
    let moved = at + u32::try_from(bytes.len()).expect("short");
    archive[end + 16..end + 20].copy_from_slice(&moved.to_le_bytes());
    drop(archive.splice(at as usize..at as usize, bytes.iter().copied()));
    archive
}

fn polyglots() -> Vec<Crafted> {
    let page = [b"<html><script>alert(1)</script>".as_slice(), RAR].concat();
    let java: [(&str, &[u8]); 2] = [("META-INF/MANIFEST.MF", b"Main-Class: X\n"), ("X.class", b"\xca\xfe\xba\xbe")];
    vec![
        ("a program of Java", "a.xlsx", with_more(&java), HIDDEN),
        ("a class", "a.xlsx", with_more(&java[1..]), HIDDEN),
        ("a letter in a workbook", "a.xlsx", with_more(&[("word/document.xml", b"<a/>")]), HIDDEN),
        ("a page before the directory", "a.xlsx", with_gap(&page), HIDDEN),
        ("a program before the archive", "a.xlsx", [b"PK\x03\x04MZ".to_vec(), workbook()].concat(), HIDDEN),
        ("data behind the archive", "a.xlsx", [workbook(), RAR.to_vec()].concat(), "extra data at the end"),
    ]
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(data);
    let size = u32::try_from(data.len()).expect("short");
    [&size.to_be_bytes(), name.as_slice(), data, &crc.sum().to_be_bytes()].concat()
}

fn pictures() -> Vec<Crafted> {
    let zlib = |content: &[u8]| {
        let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).expect("into memory");
        encoder.finish().expect("into memory")
    };
    let of = |more: Vec<u8>| {
        let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
        let start = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header)].concat();
        [start, more, chunk(b"IDAT", &zlib(&[0; 2])), chunk(b"IEND", &[])].concat()
    };
    let profile = [b"icc\0\0".as_slice(), &zlib(&vec![0; 80 << 20])].concat();
    vec![
        ("a profile of colours of 80 MB", "a.png", of(chunk(b"iCCP", &profile)), "too large when unpacked"),
        ("100,000 frames", "a.png", of(chunk(b"acTL", &[0, 1, 0x86, 0xa0, 0, 0, 0, 0])), "is an animation"),
        ("a RAR in a part of its own", "a.png", of(chunk(b"raRr", RAR)), HIDDEN),
        ("a page in its words", "a.png", of(chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")), HIDDEN),
    ]
}
