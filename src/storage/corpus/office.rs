//! Office files: workbooks as a library writes them, a letter as short as one can be, and archives that lie.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use rust_xlsxwriter::Workbook;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

pub(crate) const TYPES: &str = "[Content_Types].xml";
pub(crate) const RELATIONSHIPS: &str = "_rels/.rels";
pub(crate) const WORKBOOK: &str = "xl/workbook.xml";
pub(crate) const WORKBOOK_RELATIONSHIPS: &str = "xl/_rels/workbook.xml.rels";

/// Types of main parts.
pub(crate) const SHEETS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
pub(crate) const LETTER: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// The first part of what relationships lead to, and that of the strict form.
pub(crate) const LEADS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(crate) const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// A part by its name, as it lies in an archive.
pub(crate) type Part<'a> = (&'a str, &'a [u8]);

pub(crate) fn zipped(entries: &[Part<'_>]) -> Vec<u8> {
    zipped_by(entries, CompressionMethod::Deflated)
}

pub(crate) fn zipped_by(entries: &[Part<'_>], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("entry");
        writer.write_all(content).expect("content");
    }
    writer.finish().expect("archive").into_inner()
}

/// A workbook with one empty sheet; always the same bytes.
pub(crate) fn xlsx() -> Vec<u8> {
    static BOOK: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut book = Workbook::new();
        book.add_worksheet();
        book.save_to_buffer().expect("a workbook")
    });
    BOOK.clone()
}

/// Its parts.
fn parts() -> &'static [(String, Vec<u8>)] {
    static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
        let mut archive = ZipArchive::new(Cursor::new(xlsx())).expect("an archive");
        (0..archive.len())
            .map(|index| {
                let mut entry = archive.by_index(index).expect("an entry");
                let name = entry.name().expect("a name").into_owned();
                let mut content = Vec::new();
                entry.read_to_end(&mut content).expect("content");
                (name, content)
            })
            .collect()
    });
    &PARTS
}

/// A part of the workbook as a text.
pub(crate) fn part(name: &str) -> String {
    let found = parts().iter().find(|(part, _)| part == name).expect("a part");
    String::from_utf8(found.1.clone()).expect("a text")
}

/// Entries of the workbook, and bytes that they inflate to.
pub(crate) fn weight() -> (u64, u64) {
    (parts().len() as u64, parts().iter().map(|(_, content)| content.len() as u64).sum())
}

/// The workbook with more parts.
pub(crate) fn xlsx_with(extra: &[Part<'_>]) -> Vec<u8> {
    xlsx_but(&[], extra)
}

/// The workbook with some parts of it otherwise, or without them where nothing is said, and with more.
pub(crate) fn xlsx_but(otherwise: &[(&str, Option<&[u8]>)], extra: &[Part<'_>]) -> Vec<u8> {
    let kept = parts().iter().filter_map(|(name, content)| {
        let instead = otherwise.iter().find(|(other, _)| other == name);
        instead.map_or(Some(content.as_slice()), |(_, content)| *content).map(|content| (name.as_str(), content))
    });
    let all: Vec<Part<'_>> = kept.chain(extra.iter().copied()).collect();
    zipped(&all)
}

/// The workbook with this text as a part.
pub(crate) fn xlsx_of(name: &str, text: &str) -> Vec<u8> {
    xlsx_but(&[(name, Some(text.as_bytes()))], &[])
}

/// A list of types with that of the main part, and what else is said.
pub(crate) fn types_of(main: &str, kind: &str, more: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Types \
         xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"{main}\" ContentType=\"{kind}\"/>{more}</Types>"
    )
}

/// A list of relationships, each with its type and what it leads to.
pub(crate) fn relationships_of(all: &[(String, &str)]) -> String {
    let each = |(number, (kind, target)): (usize, &(String, &str))| {
        format!("<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let all: String = all.iter().enumerate().map(each).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
         xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

/// The relationship that leads to a main part.
pub(crate) fn leading_to(target: &str) -> String {
    relationships_of(&[(format!("{LEADS}/officeDocument"), target)])
}

/// A letter of one line.
pub(crate) fn letter() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
     xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>正文 &lt;&#26085;&gt;\
     </w:t></w:r></w:p></w:body></w:document>"
        .to_owned()
}

pub(crate) fn docx() -> Vec<u8> {
    docx_with(&[])
}

pub(crate) fn docx_with(extra: &[Part<'_>]) -> Vec<u8> {
    let types = types_of("/word/document.xml", LETTER, "");
    let (leads, letter) = (leading_to("word/document.xml"), letter());
    let own: [Part<'_>; 3] =
        [(TYPES, types.as_bytes()), (RELATIONSHIPS, leads.as_bytes()), ("word/document.xml", letter.as_bytes())];
    zipped(&[&own, extra].concat())
}

/// As programs write them besides: with a mark of the order of bytes, a main part elsewhere, a type for all of an extension,
/// names with a prefix, and in the strict form.
pub(crate) fn uncommon() -> Vec<(&'static str, Vec<u8>, super::FileType)> {
    use super::FileType::{Docx, Xlsx};
    let marked = |text: String| format!("\u{feff}{text}");
    let types = marked(types_of("/word/document22.xml", LETTER, ""));
    let (leads, text) = (marked(leading_to("/word/document22.xml")), marked(letter()));
    let shared: [Part<'_>; 3] =
        [(TYPES, types.as_bytes()), (RELATIONSHIPS, leads.as_bytes()), ("word/document22.xml", text.as_bytes())];
    let by_extension = types_of("/docProps/core.xml", "application/xml", "").replace(
        "Extension=\"xml\" ContentType=\"application/xml\"",
        &format!("Extension=\"XML\" ContentType=\"{SHEETS}\""),
    );
    let prefixed =
        "<x:workbook xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheets/></x:workbook>";
    let strict =
        "<workbook xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" conformance=\"strict\"><sheets/></workbook>";
    let strict_leads = relationships_of(&[(format!("{STRICT}/officeDocument"), "xl/workbook.xml")]);
    let (book, leads) = (part(WORKBOOK), leading_to("workbook.xml"));
    let types = types_of("/workbook.xml", SHEETS, "");
    let at_the_top: [Part<'_>; 3] =
        [(TYPES, types.as_bytes()), (RELATIONSHIPS, leads.as_bytes()), ("workbook.xml", book.as_bytes())];
    vec![
        ("docx with another name for its main part", zipped(&shared), Docx),
        ("xlsx with one type for all parts", xlsx_of(TYPES, &by_extension), Xlsx),
        ("xlsx whose names have a prefix", xlsx_of(WORKBOOK, prefixed), Xlsx),
        (
            "xlsx of the strict form",
            xlsx_but(&[(WORKBOOK, Some(strict.as_bytes())), (RELATIONSHIPS, Some(strict_leads.as_bytes()))], &[]),
            Xlsx,
        ),
        ("xlsx with its workbook at the top", zipped(&at_the_top), Xlsx),
        ("xlsx as it was zipped again", xlsx_with(&[]), Xlsx),
        ("xlsx that lies unpacked in its archive", zipped_by(&at_the_top, CompressionMethod::Stored), Xlsx),
    ]
}

/// Sets the encryption flag of every entry, in both headers.
pub(crate) fn flagged_as_encrypted(mut archive: Vec<u8>) -> Vec<u8> {
    for at in 0..archive.len() - 10 {
        match &archive[at..at + 4] {
            b"PK\x03\x04" => archive[at + 6] |= 1,
            b"PK\x01\x02" => archive[at + 8] |= 1,
            _ => {}
        }
    }
    archive
}

pub(crate) fn with_symlink() -> Vec<u8> {
    let mut writer = ZipWriter::new_append(Cursor::new(xlsx_with(&[]))).expect("an archive");
    writer.add_symlink("xl/link", "/etc/passwd", SimpleFileOptions::default()).expect("link");
    writer.finish().expect("archive").into_inner()
}

/// The place of the end record of an archive without a comment.
fn end_of(archive: &[u8]) -> usize {
    archive.len() - 22
}

fn long_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

/// Entries that an archive counts.
pub(crate) fn count_of(archive: &[u8]) -> u16 {
    let end = end_of(archive);
    u16::from_le_bytes(archive[end + 10..end + 12].try_into().expect("two bytes"))
}

/// Says another number in two places of the end record.
pub(crate) fn counted_as(mut archive: Vec<u8>, entries: u16) -> Vec<u8> {
    let end = end_of(&archive);
    for at in [8, 10] {
        archive[end + at..end + at + 2].copy_from_slice(&entries.to_le_bytes());
    }
    archive
}

/// Says another offset of the directory, or another size, in the end record.
pub(crate) fn with_long(mut archive: Vec<u8>, at: usize, change: impl FnOnce(u32) -> u32) -> Vec<u8> {
    let place = end_of(&archive) + at;
    let now = long_at(&archive, place);
    archive[place..place + 4].copy_from_slice(&change(now).to_le_bytes());
    archive
}

/// Where the headers of the entries begin, and the directory.
pub(crate) fn headers_of(archive: &[u8]) -> Vec<usize> {
    let directory = long_at(archive, end_of(archive) + 16) as usize;
    let mut all: Vec<usize> = directory_of(archive).into_iter().map(|at| long_at(archive, at + 42) as usize).collect();
    all.sort_unstable();
    all.push(directory);
    all
}

/// Where each entry stands in the directory.
fn directory_of(archive: &[u8]) -> Vec<usize> {
    let mut at = long_at(archive, end_of(archive) + 16) as usize;
    (0..count_of(archive))
        .map(|_| {
            let here = at;
            let lengths =
                [28, 30, 32].map(|field| usize::from(archive[at + field]) + 256 * usize::from(archive[at + field + 1]));
            at += 46 + lengths.iter().sum::<usize>();
            here
        })
        .collect()
}

/// The same with bytes at this place that no entry knows of; all that says where something lies says so still.
pub(crate) fn with_gap(mut archive: Vec<u8>, place: usize, bytes: &[u8]) -> Vec<u8> {
    let more = u32::try_from(bytes.len()).expect("small");
    for at in directory_of(&archive) {
        let header = long_at(&archive, at + 42);
        if header as usize >= place {
            archive[at + 42..at + 46].copy_from_slice(&(header + more).to_le_bytes());
        }
    }
    let mut archive = with_long(archive, 16, |directory| directory + more);
    drop(archive.splice(place..place, bytes.iter().copied()));
    archive
}

/// The same with an extra field behind the name of the first entry.
pub(crate) fn with_extra(archive: Vec<u8>, bytes: &[u8]) -> Vec<u8> {
    let name = usize::from(archive[26]);
    let place = 30 + name + usize::from(archive[28]) + 256 * usize::from(archive[29]);
    let length = u16::try_from(place - 30 - name + bytes.len()).expect("small");
    let mut archive = with_gap(archive, place, bytes);
    archive[28..30].copy_from_slice(&length.to_le_bytes());
    archive
}

/// The same with a comment behind the end record.
pub(crate) fn with_comment(mut archive: Vec<u8>, comment: &[u8]) -> Vec<u8> {
    let (end, length) = (end_of(&archive), u16::try_from(comment.len()).expect("small"));
    archive[end + 20..end + 22].copy_from_slice(&length.to_le_bytes());
    archive.extend(comment);
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
    counted_as(with_long(archive, 12, |size| size + grown), count_of(&once) + times - 1)
}

/// A workbook that has so many entries more than its end record counts: that says that the number stands in another record
/// (ZIP64), which says it.
pub(crate) fn beyond_count(entries: u32) -> Vec<u8> {
    let once = xlsx_with(&[("xl/a", b"")]);
    let end = end_of(&once);
    let header = once.windows(4).rposition(|window| window == b"PK\x01\x02").expect("a header");
    let start = long_at(&once, end + 16);
    let mut archive = once[..end].to_vec();
    archive.extend(once[header..end].repeat(usize::try_from(entries).expect("small")));
    let record = archive.len() as u64;
    let (all, size) = (u64::from(entries) + u64::from(count_of(&once)), record - u64::from(start));
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
