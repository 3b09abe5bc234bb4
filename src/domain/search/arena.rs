//! The texts of all providers in one row, so that a scan is one pass over memory.

use memchr::memmem::Finder;

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
    /// City, clusters, fields.
    About,
}

/// The pieces of one provider, folded.
#[derive(Debug, Default)]
pub struct Pieces {
    /// The name.
    pub name: String,
    /// Other names and products; for the texts also the credit code.
    pub beside: Vec<String>,
    /// City, clusters, fields.
    pub about: Vec<String>,
}

/// Where one provider's text ends, and where its parts do.
#[derive(Debug, Clone, Copy)]
struct Ends {
    name: u32,
    beside: u32,
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
        let beside = self.put(&pieces.beside);
        let all = self.put(&pieces.about);
        self.ends.push(Ends { name, beside, all });
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

    /// The best part of a provider's text that holds the word.
    pub fn part_in(&self, document: u32, word: &Finder<'_>) -> Option<Part> {
        let start = self.start(document as usize);
        let ends = self.ends.get(document as usize)?;
        let text = self.text.as_bytes().get(start..ends.all as usize)?;
        let at = start + word.find(text)?;
        Some(self.part_at(start, *ends, at, word.needle().len()))
    }

    fn part_at(&self, start: usize, ends: Ends, at: usize, length: usize) -> Part {
        if at < ends.name as usize {
            return match (at == start, at + length + 1 == ends.name as usize) {
                (true, true) => Part::Whole,
                (true, false) => Part::Beginning,
                _ => Part::Name,
            };
        }
        if at < ends.beside as usize { Part::Beside } else { Part::About }
    }

    /// Every provider whose text holds the word where `counts` says so, in order, with the best such part.
    pub fn scan(&self, word: &Finder<'_>, counts: impl Fn(usize) -> bool) -> Vec<(u32, Part)> {
        let text = self.text.as_bytes();
        let mut found = Vec::new();
        let mut from = 0;
        // Found places only go forward, so that their provider does too.
        let mut document = 0;
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
        found
    }
}
