//! Links from a guide's sentences to the glossary: the first use of each word, and no other.

use std::collections::BTreeSet;

/// A piece of a sentence; with an address it is a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// As it is read.
    pub text: String,
    /// Where it leads; empty for plain text.
    pub href: String,
}

/// Words that are still to be linked.
pub(super) struct Terms {
    /// Address and word, longest word first: 申报通知 is no 申报.
    words: Vec<(String, String)>,
    used: BTreeSet<usize>,
}

impl Terms {
    /// Of addresses with their words; an empty word is never found.
    pub fn new(mut words: Vec<(String, String)>) -> Terms {
        words.retain(|(_, word)| !word.is_empty());
        words.sort_by_key(|(_, word)| std::cmp::Reverse(word.chars().count()));
        Terms { words, used: BTreeSet::new() }
    }

    /// A sentence in pieces. A word inside a longer one that has a meaning of its own is left alone.
    pub fn link(&mut self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        let mut before = ' ';
        while let Some(first) = rest.chars().next() {
            let found = self.words.iter().position(|(_, word)| begins_with(rest, word, before));
            let taken = match found {
                Some(index) => {
                    let length = self.words.get(index).map_or(first.len_utf8(), |(_, word)| word.len());
                    let word = rest.get(..length).unwrap_or_default();
                    if self.used.insert(index) {
                        let text = std::mem::take(&mut plain);
                        pieces.extend((!text.is_empty()).then(|| Piece { text, href: String::new() }));
                        let href = self.words.get(index).map_or_else(String::new, |(href, _)| href.clone());
                        pieces.push(Piece { text: word.to_string(), href });
                    } else {
                        plain.push_str(word);
                    }
                    length
                }
                None => {
                    plain.push(first);
                    first.len_utf8()
                }
            };
            before = rest.get(..taken).and_then(|taken| taken.chars().next_back()).unwrap_or(' ');
            rest = rest.get(taken..).unwrap_or_default();
        }
        pieces.extend((!plain.is_empty()).then(|| Piece { text: plain, href: String::new() }));
        pieces
    }
}

/// Whether a text begins with a word, in any case, as a word of its own or in the plural where words have spaces
/// between them.
fn begins_with(text: &str, word: &str, before: char) -> bool {
    let Some(head) = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word)) else { return false };
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    if !head.is_ascii() {
        return true;
    }
    let mut after = text.get(word.len()..).unwrap_or_default().chars();
    let next = match after.next() {
        Some('s') => after.next(),
        next => next,
    };
    !is_letter(before) && !next.is_some_and(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        let words = [("#a", "申报"), ("#c", "申报通知"), ("#r", "call"), ("#n", "public notice"), ("#x", "")];
        Terms::new(words.map(|(href, word)| (href.to_string(), word.to_string())).into())
    }

    fn linked(pieces: &[Piece]) -> Vec<(&str, &str)> {
        pieces.iter().filter(|piece| !piece.href.is_empty()).map(|p| (p.text.as_str(), p.href.as_str())).collect()
    }

    #[test]
    fn the_first_use_of_each_word_is_a_link_and_the_longer_word_wins() {
        let mut terms = terms();
        let text = "先看申报通知，再写申报；申报通知和申报各有期限。";
        let pieces = terms.link(text);
        assert_eq!(linked(&pieces), [("申报通知", "#c"), ("申报", "#a")]);
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        assert_eq!(linked(&terms.link(text)), [], "each is linked once in a guide");
    }

    #[test]
    fn a_word_in_another_word_is_none() {
        let mut terms = terms();
        assert_eq!(linked(&terms.link("Recall, caller, call1; Calls open.")), [("Call", "#r")]);
        assert_eq!(linked(&terms.link("A Public notice")), [("Public notice", "#n")]);
    }

    #[test]
    fn nothing_of_a_text_is_lost() {
        for text in ["", "s", "申", "call", "calls", "a<b>&call", "💡call💡"] {
            let joined: String = terms().link(text).into_iter().map(|piece| piece.text).collect();
            assert_eq!(joined, text);
        }
    }
}
