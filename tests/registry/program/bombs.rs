//! C-28: files that are small on the wire and would be huge in memory. Each is refused, or taken as it is, by a program whose
//! peak of memory hardly moves: what counts is how much the real process had in use at most, not what its limits say.

use super::memory::{MEBIBYTE, Serving, Vendor, vendors};
use crate::support::client::File;
use crate::support::{Answer, Client, TestApp, with};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use yuanchi::domain::actor::Role;

/// What the program may take on top of what it has when it is idle, with three senders at a time.
const GROWTH: u64 = 64 * MEBIBYTE;
/// The same for tables: the text that each of three may hold, and half as much again for where it is read.
const GROWTH_OF_TABLES: u64 = 3 * 20 * MEBIBYTE * 3 / 2;
/// What begins the name of each type and of each namespace.
const TYPES: &str = "application/vnd.openxmlformats-officedocument";
const SCHEMAS: &str = "http://schemas.openxmlformats.org";

/// A deflated text with what an archive says of it.
#[derive(Clone)]
struct Packed {
    bytes: Vec<u8>,
    size: u32,
    crc: u32,
}

fn packed(text: impl Iterator<Item = Vec<u8>>) -> Packed {
    let (mut encoder, mut crc, mut size) = (DeflateEncoder::new(Vec::new(), Compression::new(6)), Crc::new(), 0_u64);
    for block in text {
        encoder.write_all(&block).expect("into memory");
        size += block.len() as u64;
        // Of what is longer nobody comes to the end.
        if size <= MEBIBYTE {
            crc.update(&block);
        }
    }
    let bytes = encoder.finish().expect("into memory");
    Packed { bytes, size: u32::try_from(size).expect("less than four gibibytes"), crc: crc.sum() }
}

fn text(text: &[u8]) -> Packed {
    packed(std::iter::once(text.to_vec()))
}

/// So many mebibytes of blanks.
fn blanks(mebibytes: usize) -> Packed {
    packed(std::iter::repeat_n(vec![b' '; 1 << 20], mebibytes))
}

/// How a main part is written: its language, its kind and its first element.
fn dialect_of(main_part: &str) -> (&'static str, &'static str, &'static str) {
    match main_part {
        "xl/workbook.xml" => ("spreadsheetml", "sheet", "workbook"),
        _ => ("wordprocessingml", "document", "document"),
    }
}

/// A workbook that begins soundly and goes on with so many mebibytes of this.
fn endless(mebibytes: usize, of: &[u8]) -> Vec<u8> {
    let begins = format!("<workbook xmlns=\"{SCHEMAS}/spreadsheetml/2006/main\">");
    let goes_on = std::iter::repeat_n(of.repeat((1 << 20) / of.len()), mebibytes);
    Archive::around("xl/workbook.xml", &packed(std::iter::once(begins.into_bytes()).chain(goes_on))).end()
}

/// An archive as it is written down, so that it can also be written wrongly.
#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Archive {
    /// What makes an archive one of this kind: its two lists, and a main part with nothing in it.
    fn of(main_part: &str) -> Archive {
        let (dialect, _, root) = dialect_of(main_part);
        Archive::around(main_part, &text(format!("<{root} xmlns=\"{SCHEMAS}/{dialect}/2006/main\"/>").as_bytes()))
    }

    /// The same with this for its main part.
    fn around(main_part: &str, part: &Packed) -> Archive {
        let (dialect, kind, _) = dialect_of(main_part);
        let types = format!(
            "<?xml version=\"1.0\"?><Types xmlns=\"{SCHEMAS}/package/2006/content-types\"><Override \
             PartName=\"/{main_part}\" ContentType=\"{TYPES}.{dialect}.{kind}.main+xml\"/></Types>"
        );
        let mut archive = Archive::default();
        archive.add("[Content_Types].xml", &text(types.as_bytes()));
        archive.lead_to(main_part);
        archive.add(main_part, part);
        archive
    }

    /// The list that names the main part.
    fn lead_to(&mut self, main_part: &str) {
        let leads = format!(
            "<?xml version=\"1.0\"?><Relationships xmlns=\"{SCHEMAS}/package/2006/relationships\"><Relationship \
             Id=\"rId1\" Type=\"{SCHEMAS}/officeDocument/2006/relationships/officeDocument\" \
             Target=\"{main_part}\"/></Relationships>"
        );
        self.add("_rels/.rels", &text(leads.as_bytes()));
    }

    /// What the head of an entry and the directory say alike: version, flags, method, time, checksum and sizes.
    fn said(of: &Packed) -> Vec<u8> {
        let length = u32::try_from(of.bytes.len()).expect("small");
        let mut said = vec![20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0x5a];
        for number in [of.crc, length, of.size] {
            said.extend(number.to_le_bytes());
        }
        said
    }

    /// Writes the bytes of an entry; where they begin.
    fn write(&mut self, name: &str, of: &Packed) -> u32 {
        let at = u32::try_from(self.bytes.len()).expect("small");
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(Archive::said(of));
        self.bytes.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
        self.bytes.extend([0_u8; 2]);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&of.bytes);
        at
    }

    /// Names what was written there in the directory.
    fn name(&mut self, name: &str, of: &Packed, at: u32) {
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(Archive::said(of));
        self.directory.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
        self.directory.extend([0_u8; 12]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count = self.count.wrapping_add(1);
    }

    fn add(&mut self, name: &str, of: &Packed) {
        let at = self.write(name, of);
        self.name(name, of, at);
    }

    fn end(mut self) -> Vec<u8> {
        let at = u32::try_from(self.bytes.len()).expect("small");
        let length = u32::try_from(self.directory.len()).expect("small");
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend([self.count.to_le_bytes(), self.count.to_le_bytes()].concat());
        self.bytes.extend([length.to_le_bytes(), at.to_le_bytes()].concat());
        self.bytes.extend([0_u8; 2]);
        self.bytes
    }
}

/// The same archive with the number of its entries in a ZIP64 record, and ten in the record that everybody reads first.
fn counted_elsewhere(mut archive: Archive, entries: u64) -> Vec<u8> {
    let (at, size) = (archive.bytes.len() as u64, archive.directory.len() as u64);
    archive.bytes.append(&mut archive.directory);
    let record = archive.bytes.len() as u64;
    archive.bytes.extend(b"PK\x06\x06");
    archive.bytes.extend(44_u64.to_le_bytes());
    archive.bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [entries, entries, size, at] {
        archive.bytes.extend(number.to_le_bytes());
    }
    archive.bytes.extend(b"PK\x06\x07\0\0\0\0");
    archive.bytes.extend(record.to_le_bytes());
    archive.bytes.extend(1_u32.to_le_bytes());
    archive.bytes.extend(b"PK\x05\x06\0\0\0\0\x0a\0\x0a\0\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
    archive.bytes
}

/// The same archive with other bytes at this distance from where each of its headers begins.
fn altered(mut archive: Vec<u8>, header: &[u8; 4], at: usize, to: &[u8]) -> Vec<u8> {
    let places: Vec<usize> =
        archive.windows(4).enumerate().filter(|(_, window)| window == header).map(|(place, _)| place + at).collect();
    for place in places {
        archive[place..place + to.len()].copy_from_slice(to);
    }
    archive
}

fn workbook() -> Archive {
    Archive::of("xl/workbook.xml")
}

/// A picture that says that it is so large, with so many bytes of what it calls its pixels.
fn picture(width: u32, height: u32, bytes: usize) -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let length = u32::try_from(data.len()).expect("small");
        [&length.to_be_bytes()[..], name, data, &[0; 4]].concat()
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let parts = [chunk(b"IHDR", &header), chunk(b"IDAT", &vec![0; bytes]), chunk(b"IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
}

/// A photograph that says that it is as large as one can say.
fn photograph() -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
    bytes.extend(b"\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00");
    bytes.extend(b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\x34\xff\xd9");
    bytes
}

/// Each with its name as a file and the status that answers it.
fn bombs() -> Vec<(&'static str, &'static str, Vec<u8>, &'static str)> {
    let large = blanks(256);
    let mut one = workbook();
    one.add("xl/worksheets/sheet1.xml", &large);
    let one = one.end();
    let mut letter = Archive::of("word/document.xml");
    letter.add("word/media/image1.png", &large);
    let mut lying = workbook();
    lying.add("xl/worksheets/sheet1.xml", &Packed { size: 10, ..large.clone() });
    let mut first = Archive::default();
    first.add("[Content_Types].xml", &large);
    first.lead_to("xl/workbook.xml");
    first.add("xl/workbook.xml", &text(b"<workbook/>"));
    // Each inflates to no more than any sheet may; the directory names the same bytes four thousand times.
    let mut overlapping = workbook();
    let sheet = blanks(1);
    let at = overlapping.write("xl/worksheets/sheet0001.xml", &sheet);
    for number in 1..=4_000 {
        overlapping.name(&format!("xl/worksheets/sheet{number:04}.xml"), &sheet, at);
    }
    let mut many = workbook();
    let nothing = text(b"");
    for number in 0..60_000 {
        many.add(&format!("xl/{number}"), &nothing);
    }
    // More than a directory can count, so that the count begins again.
    let mut more = workbook();
    let at = more.write("xl/x", &nothing);
    for number in 0..65_600 {
        more.name(&format!("xl/{number}"), &nothing, at);
    }
    // As many as fit into a file that may be sent: of each a reader that believes the record keeps half a kilobyte.
    let mut elsewhere = workbook();
    let at = elsewhere.write("xl/x", &nothing);
    for number in 0..150_000 {
        elsewhere.name(&format!("xl/{number:06}"), &nothing, at);
    }
    let mut foreign = workbook();
    foreign.add("xl\\..\\..\\x", &nothing);
    let one_more = || {
        let mut archive = workbook();
        archive.add("xl/a", &nothing);
        archive.end()
    };
    // Encrypted, by the flag of each header; a link, by the attributes of a file of Unix.
    let encrypted = altered(altered(one_more(), b"PK\x01\x02", 8, &[1]), b"PK\x03\x04", 6, &[1]);
    let link = altered(altered(one_more(), b"PK\x01\x02", 5, &[3]), b"PK\x01\x02", 38, &[0, 0, 0xff, 0xa1]);
    let mut nested = workbook();
    nested.add("xl/embeddings/one.zip", &text(&one));
    vec![
        ("a workbook with nothing in it", "a.xlsx", workbook().end(), "201"),
        ("a letter with nothing in it", "a.docx", Archive::of("word/document.xml").end(), "201"),
        ("a workbook of one text of a quarter of a gibibyte", "a.xlsx", endless(256, b" "), "422"),
        ("a workbook of one tag of a quarter of a gibibyte", "a.xlsx", endless(256, b"<a b='"), "422"),
        ("a workbook of elements in elements", "a.xlsx", endless(64, b"<a>"), "422"),
        ("a workbook of elements beside elements", "a.xlsx", endless(64, b"<a/>"), "422"),
        ("a sheet of a quarter of a gibibyte", "a.xlsx", one, "422"),
        ("a letter with a quarter of a gibibyte of a picture", "a.docx", letter.end(), "422"),
        ("a sheet that says that it is short", "a.xlsx", lying.end(), "422"),
        ("a list of contents of a quarter of a gibibyte", "a.xlsx", first.end(), "422"),
        ("four thousand sheets of the same bytes", "a.xlsx", overlapping.end(), "422"),
        ("sixty thousand entries", "a.xlsx", many.end(), "422"),
        ("more entries than can be counted", "a.xlsx", more.end(), "422"),
        ("entries that are counted elsewhere", "a.xlsx", counted_elsewhere(elsewhere, 150_002), "422"),
        ("a name with backslashes", "a.xlsx", foreign.end(), "422"),
        ("encrypted entries", "a.xlsx", encrypted, "422"),
        ("links", "a.xlsx", link, "422"),
        ("an archive in it, of which nothing is unpacked", "a.xlsx", nested.end(), "any"),
        ("900 million pixels", "a.png", picture(30_000, 30_000, 1 << 20), "422"),
        ("more pixels than a number holds", "a.png", picture(u32::MAX, u32::MAX, 1 << 20), "422"),
        ("a photograph of 4,000 million pixels", "a.jpg", photograph(), "422"),
        ("a picture as large as may be", "a.png", picture(8_000, 5_000, 60 << 20), "any"),
    ]
}

/// Sends a file; the answer.
fn sent(address: SocketAddr, vendor: &Vendor, kind: &str, name: &str, content: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a limit");
    let head = format!(
        "POST /api/v1/applications/{}/documents?kind={kind}&name={name} HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer {}\r\ncontent-type: application/octet-stream\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n",
        vendor.draft,
        vendor.token,
        content.len()
    );
    stream.write_all(head.as_bytes()).expect("the head is taken");
    stream.write_all(content).expect("the file is taken");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn c_28_bombs_are_refused_without_being_kept_in_memory() {
    let test = TestApp::start();
    let vendors = vendors(&test);
    let kind = test.app.env.programme("service_provider").expect("the programme").documents[0].key.clone();
    let serving = Serving::start(&test);
    // From here on everything that a request needs is there, and so are the threads on which files are looked at.
    std::thread::scope(|scope| {
        for vendor in &vendors {
            let (address, kind) = (serving.address, &kind);
            scope.spawn(move || {
                let answer = sent(address, vendor, kind, "a.png", &picture(30_000, 30_000, 1 << 20));
                assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
            });
        }
    });
    let idle = serving.peak();
    for (what, name, content, expected) in bombs() {
        // Three at a time: what one of them took would be taken three times.
        std::thread::scope(|scope| {
            for vendor in &vendors {
                let (address, kind, content) = (serving.address, &kind, &content);
                scope.spawn(move || {
                    let answer = sent(address, vendor, kind, name, content);
                    let status = answer.get(9..12).unwrap_or_default();
                    if expected == "any" {
                        assert!(matches!(status, "201" | "422"), "{what}: {answer}");
                    } else {
                        assert_eq!(status, expected, "{what}: {answer}");
                        let why = ["upload_suspicious", "upload_damaged"];
                        let says_why = why.iter().any(|code| answer.contains(code));
                        assert!(says_why || expected == "201", "{what}: {answer}");
                    }
                });
            }
        });
        let grown = serving.peak() - idle;
        assert!(grown < GROWTH, "{what}: {} MiB were taken for it", grown / MEBIBYTE);
    }
}

/// A workbook with one sheet.
fn sheet_of(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn c_29_workbooks_with_far_corners_and_long_texts_take_no_memory_of_the_process() {
    let test = TestApp::start();
    // The program goes by the machine's clock.
    test.set_clock(chrono::Utc::now().naive_utc());
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let serving = Serving::start(&test);
    let address = serving.address;
    // Three at a time: what one of them took would be taken three times.
    let brought_in = |content: &[u8]| -> Vec<Answer> {
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3)
                .map(|_| {
                    let own = handler.browser();
                    let secret = own.cookie("__Host-sid").expect("a session").to_string();
                    let mut browser = Client::new(address).with_session(&secret, own.csrf().to_string());
                    let file = File { field: "file", name: "a.xlsx", bytes: content };
                    scope.spawn(move || browser.upload("/experts/import", &[], &file))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
        })
    };
    let small = sheet_of(|sheet| {
        sheet.write_string(0, 0, "a").expect("a cell");
        sheet.write_string(1, 0, "b").expect("a cell");
    });
    // From here on everything that a request needs is there.
    let answered = |what: &str, content: &[u8], word: &str| {
        for answer in brought_in(content) {
            // What only its reader says of it.
            assert!(answer.status == 422 && answer.text().contains(word), "{what}: {answer}");
        }
    };
    answered("small", &small, "不认识“a”列");
    let idle = serving.peak();
    let far_right = sheet_of(|sheet| {
        sheet.write_string(0, 0, "a").expect("a cell");
        sheet.write_string(1_048_575, 16_383, "b").expect("a cell");
    });
    let far_down = sheet_of(|sheet| {
        sheet.write_string(0, 0, "a").expect("a cell");
        sheet.write_string(1_048_575, 0, "b").expect("a cell");
    });
    let long = "长".repeat(10_000);
    let long_texts = sheet_of(|sheet| {
        for (row, column) in (0..60).flat_map(|row| (0..64).map(move |column| (row, column))) {
            sheet.write_string(row, column, &long).expect("a cell");
        }
    });
    for (what, content, word) in [
        ("far right", far_right, "超过 64 列的上限"),
        ("far down", far_down, "不认识“a”列"),
        ("one long text in every cell", long_texts, "表中的文字超过 20 MB 的上限"),
    ] {
        answered(what, &content, word);
        let grown = serving.peak().saturating_sub(idle);
        assert!(grown < GROWTH_OF_TABLES, "{what}: {} MiB were taken for it", grown / MEBIBYTE);
    }
}
