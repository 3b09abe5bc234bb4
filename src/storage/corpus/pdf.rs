//! PDF as programs write it, object by object: with the ends of lines, the updates and the blanks of one or the other.

/// How a program adds what was changed since.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Update {
    /// An object and a table that leads back to the one before.
    Table,
    /// A table of nothing that leads to a stream besides, as Word leaves it behind each of its files.
    Hybrid,
    /// An object and a cross-reference that is a stream.
    Stream,
}

/// How a program writes.
#[derive(Debug, Clone)]
pub(crate) struct Manner {
    /// What ends a line.
    pub(crate) line: &'static str,
    /// Bytes of a comment before the first object.
    pub(crate) comment: usize,
    /// Whether the first page comes first, with a table of its own that says that the end is elsewhere.
    pub(crate) is_linearised: bool,
    /// Bytes of a comment behind the last object, and entries of a table that nothing stands for.
    pub(crate) stuffing: usize,
    pub(crate) free: usize,
    pub(crate) updates: Vec<Update>,
    /// Blanks between a reference and what it leads to: the program counted from before them.
    pub(crate) early: usize,
    /// Blanks behind the end.
    pub(crate) blanks: usize,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            line: "\n",
            comment: 0,
            is_linearised: false,
            stuffing: 0,
            free: 0,
            updates: Vec::new(),
            early: 0,
            blanks: 1,
        }
    }
}

/// A file, and where each of the files that it was before has its end.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) content: Vec<u8>,
    pub(crate) ends: Vec<usize>,
}

/// A sound file with one empty page.
pub(crate) fn pdf() -> Vec<u8> {
    written(&Manner::default()).content
}

pub(crate) fn written(manner: &Manner) -> Written {
    let mut paper = Paper { bytes: Vec::new(), manner, places: Vec::new(), table: 0, ends: Vec::new() };
    paper.say("%PDF-1.7");
    paper.bytes.extend(b"%\xe2\xe3\xcf\xd3");
    paper.say("");
    if manner.comment > 0 {
        paper.say(&format!("%{}", "-".repeat(manner.comment)));
    }
    let first = manner.is_linearised.then(|| paper.first_page());
    paper.object(1, "<</Type/Catalog/Pages 2 0 R>>");
    paper.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    paper.object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>");
    paper.object(4, &format!("<</Length 11>>{0}stream{0}0 0 m 9 9 l{0}endstream", manner.line));
    if manner.stuffing > 0 {
        paper.say(&format!("%{}", "-".repeat(manner.stuffing)));
    }
    // The table of the first page leads to that of the others, which needs no catalogue.
    paper.table(if first.is_some() { "" } else { "/Root 1 0 R" });
    paper.table = first.unwrap_or(paper.table);
    paper.end();
    for (number, update) in (10..).zip(&manner.updates) {
        paper.update(number, *update);
    }
    paper.bytes.extend(b" \r\n\0".iter().cycle().take(manner.blanks));
    Written { content: paper.bytes, ends: paper.ends }
}

struct Paper<'a> {
    bytes: Vec<u8>,
    manner: &'a Manner,
    /// Objects that no table has named yet.
    places: Vec<(usize, usize)>,
    /// Where the last cross-reference is said to lie.
    table: usize,
    ends: Vec<usize>,
}

impl Paper<'_> {
    fn say(&mut self, text: &str) {
        self.bytes.extend(text.as_bytes());
        self.bytes.extend(self.manner.line.as_bytes());
    }

    fn object(&mut self, number: usize, body: &str) {
        self.places.push((number, self.bytes.len()));
        self.say(&format!("{number} 0 obj"));
        self.say(body);
        self.say("endobj");
    }

    /// The part that comes first where the file is arranged for the web; where its table lies.
    fn first_page(&mut self) -> usize {
        self.object(9, "<</Linearized 1/L 0/H[0 0]/O 3/E 0/N 1/T 0>>");
        self.table("/Root 1 0 R/Prev 0000000000");
        let table = self.table;
        self.say("startxref");
        self.say("0");
        self.say("%%EOF");
        table
    }

    /// Begins a cross-reference where it is said to lie, or a few blanks behind.
    fn begin(&mut self) {
        self.table = self.bytes.len();
        self.bytes.extend(" ".repeat(self.manner.early).as_bytes());
    }

    fn table(&mut self, trailer: &str) {
        self.begin();
        self.say("xref");
        // An entry has twenty bytes, with the end of its line.
        let end = if self.manner.line == "\r\n" { "" } else { " " };
        self.say(&format!("0 {}", 1 + self.manner.free));
        for _ in 0..=self.manner.free {
            self.say(&format!("0000000000 65535 f{end}"));
        }
        for (number, place) in std::mem::take(&mut self.places) {
            self.say(&format!("{number} 1"));
            self.say(&format!("{place:010} 00000 n{end}"));
        }
        self.say("trailer");
        self.say(&format!("<</Size 99{trailer}>>"));
    }

    fn stream(&mut self, number: usize, before: usize) {
        self.begin();
        let mut rows = Vec::new();
        for (number, place) in std::mem::take(&mut self.places) {
            rows.push((number, u32::try_from(place).expect("small")));
        }
        let index: Vec<String> = rows.iter().map(|(number, _)| format!("{number} 1")).collect();
        let data: Vec<u8> =
            rows.iter().flat_map(|(_, place)| [&[1], &place.to_be_bytes()[..], &[0]].concat()).collect();
        self.say(&format!("{number} 0 obj"));
        self.say(&format!(
            "<</Type/XRef/Size 99/W[1 4 1]/Index[{}]/Root 1 0 R/Prev {before}/Length {}>>stream",
            index.join(" "),
            data.len()
        ));
        self.bytes.extend(data);
        self.say("");
        self.say("endstream");
        self.say("endobj");
    }

    fn update(&mut self, number: usize, update: Update) {
        let before = self.table;
        match update {
            Update::Table => {
                self.object(number, "<</Producer(one)>>");
                self.table(&format!("/Root 1 0 R/Prev {before}"));
            }
            Update::Hybrid => {
                self.begin();
                self.say("xref");
                self.say("0 0");
                self.say("trailer");
                self.say(&format!("<</Size 99/Root 1 0 R/Prev {before}/XRefStm {before}>>"));
            }
            Update::Stream => {
                self.object(number, "<</Producer(another)>>");
                self.stream(number + 50, before);
            }
        }
        self.end();
    }

    fn end(&mut self) {
        self.say("startxref");
        self.say(&self.table.to_string());
        self.bytes.extend(b"%%EOF");
        self.ends.push(self.bytes.len());
        self.say("");
    }
}
