//! The texts of all providers in one row, so that a scan is one pass over memory.

use memchr::memmem::Finder;
use std::ops::Range;

/// Between the pieces of a provider; no folded text holds it.
const SEPARATOR: char = '\n';

/// Which part of a provider's text a word was found in: the earlier, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The whole name.
    Whole,
    /// The beginning of the name.
    Beginning,
    /// The name.
    Name,
    /// Another name, a product, the credit code.
    Beside,
}

/// The pieces of one provider, folded.
#[derive(Debug, Default)]
pub struct Pieces {
    /// The name.
    pub name: String,
    /// Other names and products; for the texts also the credit code.
    pub beside: Vec<String>,
}

/// Where one provider's name ends, and where its text does.
#[derive(Debug, Clone, Copy)]
struct Ends {
    name: u32,
    all: u32,
}

/// All texts, each provider's in turn.
#[derive(Debug, Default)]
pub struct Arena {
    text: String,
    ends: Vec<Ends>,
}

fn offset(at: usize) -> u32 {
    // Four gigabytes of names: beyond it nothing is found rather than something wrong.
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Arena {
    /// Adds the next provider.
    pub fn add(&mut self, pieces: &Pieces) {
        let name = self.put(std::slice::from_ref(&pieces.name));
        let all = self.put(&pieces.beside);
        self.ends.push(Ends { name, all });
    }

    /// Adds pieces; where they end.
    fn put(&mut self, pieces: &[String]) -> u32 {
        for piece in pieces {
            self.text.push_str(piece);
            self.text.push(SEPARATOR);
        }
        offset(self.text.len())
    }

    /// Bytes of text.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Gives back memory that was kept for more.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * std::mem::size_of::<Ends>()
    }

    fn start(&self, document: usize) -> usize {
        match document.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).map_or(0, |ends| ends.all as usize),
        }
    }

    /// How many providers there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// What stands in the texts of these providers, piece by piece.
    pub fn pieces(&self, documents: Range<usize>) -> impl Iterator<Item = &str> {
        let text = self.text.get(self.start(documents.start)..self.start(documents.end));
        text.unwrap_or_default().split(SEPARATOR)
    }

    fn part_at(&self, start: usize, ends: Ends, at: usize, length: usize) -> Part {
        if at < ends.name as usize {
            return match (at == start, at + length + 1 == ends.name as usize) {
                (true, true) => Part::Whole,
                (true, false) => Part::Beginning,
                _ => Part::Name,
            };
        }
        Part::Beside
    }

    /// Every one of these providers whose text holds the word where `counts` says so, in order, with the best such part.
    pub fn scan(
        &self,
        documents: Range<usize>,
        word: &Finder<'_>,
        counts: impl Fn(usize) -> bool,
        found: &mut Vec<(u32, Part)>,
    ) {
        let text = self.text.as_bytes().get(..self.start(documents.end)).unwrap_or_default();
        let mut from = self.start(documents.start);
        // Found places only go forward, so that their provider does too.
        let mut document = documents.start;
        while let Some(at) = text.get(from..).and_then(|rest| word.find(rest)).map(|at| from + at) {
            while self.ends.get(document).is_some_and(|ends| ends.all as usize <= at) {
                document += 1;
            }
            let Some(ends) = self.ends.get(document) else { break };
            if counts(at) {
                let part = self.part_at(self.start(document), *ends, at, word.needle().len());
                found.push((offset(document), part));
                from = ends.all as usize;
            } else {
                from = at + 1;
            }
        }
    }
}
