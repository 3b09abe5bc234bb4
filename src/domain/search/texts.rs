//! Finds the providers that hold a word: by their texts, and by how the texts are read.

use super::arena::{Arena, Part, Pieces};
use super::pinyin;
use memchr::memmem::Finder;
use std::collections::HashMap;
use std::ops::Range;

/// How well a word was found; the lowest is the best. Texts come before readings of the same part.
pub type Rank = u8;

/// How many ranks there are.
pub const RANKS: usize = 9;

const fn rank(part: Part, read: bool) -> Rank {
    match (part, read) {
        (Part::Whole, false) => 0,
        (Part::Beginning, false) => 1,
        (Part::Name, false) => 2,
        (Part::Beside, false) => 3,
        (Part::Whole | Part::Beginning, true) => 4,
        (Part::Name, true) => 5,
        (Part::Beside, true) => 6,
    }
}

/// How well a word is found that was found so in what a provider has in common with others, such as the name of its
/// city: behind whatever is its own.
pub const fn in_common(found: Rank) -> Rank {
    if found < rank(Part::Whole, true) { 7 } else { 8 }
}

/// The texts of all providers, with what finds words in them quickly.
#[derive(Debug, Default)]
pub struct Texts {
    written: Arena,
    read: Arena,
    initials: Arena,
    /// For each place of `read`, whether a syllable begins there.
    begins: Vec<u64>,
    /// Two characters that stand together, and where their row of blocks begins in `rows`, and how long it is.
    pairs: HashMap<u64, (u32, u32)>,
    rows: Vec<u32>,
}

/// Providers of a block: two characters lead to blocks, whose text is looked through. Many neighbours share their
/// characters, so that the rows of blocks take a quarter of what rows of providers would.
const BLOCK: usize = 16;

/// The providers of a block, of so many in all.
fn documents_of(block: usize, count: usize) -> Range<usize> {
    (block * BLOCK).min(count)..(block * BLOCK + BLOCK).min(count)
}

fn pair(a: char, b: char) -> u64 {
    (u64::from(u32::from(a)) << 32) | u64::from(u32::from(b))
}

/// Every two characters that stand together in one of the pieces, each once.
fn pairs_of<'a>(pieces: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut pairs: Vec<u64> = Vec::new();
    for piece in pieces {
        pairs.extend(piece.chars().zip(piece.chars().skip(1)).map(|(a, b)| pair(a, b)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl Texts {
    /// Takes all providers in, in the order of the index. `pieces` gives each provider's pieces, and its credit code apart, for a code is
    /// not read aloud.
    pub fn build(count: usize, pieces: impl Fn(usize) -> (Pieces, Option<String>)) -> Texts {
        let mut texts = Texts::default();
        for document in 0..count {
            let (mut pieces, code) = pieces(document);
            texts.add_reading(&pieces);
            pieces.beside.extend(code);
            texts.written.add(&pieces);
        }
        texts.written.shrink();
        texts.read.shrink();
        texts.initials.shrink();
        texts.begins.shrink_to_fit();
        texts.pair_up();
        texts
    }

    /// Makes the rows of blocks of all that is written: counts first, so that nothing grows.
    fn pair_up(&mut self) {
        let count = self.written.count();
        let blocks = count.div_ceil(BLOCK);
        let pairs_in = |block: usize| pairs_of(self.written.pieces(documents_of(block, count)));
        let mut pairs: HashMap<u64, (u32, u32)> = HashMap::new();
        for pair in (0..blocks).flat_map(pairs_in) {
            pairs.entry(pair).or_default().1 += 1;
        }
        let mut total = 0_u32;
        for (start, length) in pairs.values_mut() {
            *start = total;
            total += *length;
            *length = 0;
        }
        let mut rows = vec![0; total as usize];
        for block in 0..blocks {
            for pair in pairs_in(block) {
                let Some((start, length)) = pairs.get_mut(&pair) else { continue };
                if let Some(row) = rows.get_mut((*start + *length) as usize) {
                    *row = u32::try_from(block).unwrap_or(u32::MAX);
                }
                *length += 1;
            }
        }
        pairs.shrink_to_fit();
        (self.pairs, self.rows) = (pairs, rows);
    }

    fn add_reading(&mut self, pieces: &Pieces) {
        let mut full = Pieces::default();
        let mut initials = Pieces::default();
        let mut at = self.read.len();
        let mut starts = Vec::new();
        let mut reading = |piece: &String| {
            let reading = pinyin::read(piece);
            starts.extend(reading.starts.iter().map(|start| at + start));
            at += reading.full.len() + 1;
            (reading.full, reading.initials)
        };
        (full.name, initials.name) = reading(&pieces.name);
        (full.beside, initials.beside) = pieces.beside.iter().map(&mut reading).unzip();
        self.read.add(&full);
        self.initials.add(&initials);
        self.begins.resize(self.read.len().div_ceil(64), 0);
        for start in starts {
            if let Some(bits) = self.begins.get_mut(start / 64) {
                *bits |= 1 << (start % 64);
            }
        }
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        let arenas = self.written.bytes() + self.read.bytes() + self.initials.bytes();
        // A map keeps one byte beside each place and leaves an eighth free.
        arenas + self.begins.capacity() * 8 + self.rows.capacity() * 4 + self.pairs.capacity() * 18
    }

    /// The providers that hold a folded word, in order, with how well.
    pub fn find(&self, word: &str) -> Vec<(u32, Rank)> {
        let finder = Finder::new(word);
        let written = self.written(word, &finder).into_iter().map(|(document, part)| (document, rank(part, false)));
        let written = written.collect();
        // Readings hold letters, and digits only between them.
        if !word.is_ascii() || !word.bytes().any(|b| b.is_ascii_alphabetic()) {
            return written;
        }
        let begins = |at: usize| self.begins.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1);
        let (mut full, mut initials) = (Vec::new(), Vec::new());
        self.read.scan(0..self.read.count(), &finder, begins, &mut full);
        self.initials.scan(0..self.initials.count(), &finder, |_| true, &mut initials);
        let as_read = |found: Vec<(u32, Part)>| found.into_iter().map(|(document, part)| (document, rank(part, true)));
        either(either(written, as_read(full).collect()), as_read(initials).collect())
    }

    fn written(&self, word: &str, finder: &Finder<'_>) -> Vec<(u32, Part)> {
        let mut found = Vec::new();
        let count = self.written.count();
        let mut rows: Vec<&[u32]> = Vec::new();
        for (a, b) in word.chars().zip(word.chars().skip(1)) {
            let Some((start, length)) = self.pairs.get(&pair(a, b)) else { return found };
            rows.push(self.rows.get(*start as usize..(*start + *length) as usize).unwrap_or_default());
        }
        rows.sort_unstable_by_key(|row| row.len());
        let Some((shortest, others)) = rows.split_first() else {
            self.written.scan(0..count, finder, |_| true, &mut found);
            return found;
        };
        // A few rows leave out nearly everything; the text itself decides.
        let others = others.get(..others.len().min(3)).unwrap_or_default();
        for block in shortest.iter().filter(|row| others.iter().all(|other| other.binary_search(row).is_ok())) {
            self.written.scan(documents_of(*block as usize, count), finder, |_| true, &mut found);
        }
        found
    }
}

/// What stands in one of two rows, with its better rank.
pub fn either(a: Vec<(u32, Rank)>, b: Vec<(u32, Rank)>) -> Vec<(u32, Rank)> {
    let mut merged = Vec::with_capacity(a.len().max(b.len()));
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (Some((x, p)), Some((y, q))) if x == y => {
                merged.push((*x, *p.min(q)));
                a.next();
                b.next();
            }
            (Some((x, _)), Some((y, _))) => merged.extend(if x < y { a.next() } else { b.next() }),
            _ => break,
        }
    }
    merged.extend(a);
    merged.extend(b);
    merged
}

/// What stands in both of two rows, with its worse rank.
pub fn both(a: &[(u32, Rank)], b: &[(u32, Rank)]) -> Vec<(u32, Rank)> {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = many;
    let mut found = Vec::with_capacity(few.len());
    for (document, rank) in few {
        rest = rest.get(rest.partition_point(|(other, _)| other < document)..).unwrap_or_default();
        if let Some((other, other_rank)) = rest.first()
            && other == document
        {
            found.push((*document, *rank.max(other_rank)));
        }
    }
    found
}
