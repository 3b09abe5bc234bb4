//! The proof that goes with a list's text, and where a text differs from the one that was signed.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::domain::chain::canonical::to_bytes;

/// Says that a document is the proof of a list, and the version of its form.
pub const PROOF_FORMAT: &str = "yuanchi list proof 1";

/// A stretch of a list's text: one entry, or one of the list's own members. The parts follow one another and leave nothing out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Part {
    /// `title`, `body`, … or `entries/7` for the seventh entry.
    pub part: String,
    /// Where it begins, in bytes from 0.
    pub offset: u64,
    /// Its bytes.
    pub length: u64,
    /// SHA-256 of those bytes, in hex.
    pub sha256: String,
}

/// The proof of a list, apart from its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ListProof {
    /// [`PROOF_FORMAT`].
    pub format: String,
    /// The list's id.
    pub list: String,
    /// Its place in the chain of lists, from 1.
    pub chain_number: i32,
    /// SHA-256 of the text, in hex.
    pub sha256: String,
    /// The same of the list before; zeros for the first.
    pub previous_sha256: String,
    /// The way of the signature.
    pub algorithm: String,
    /// Names the key.
    pub key_id: String,
    /// The public key, in hex. Compare it with the published one.
    pub public_key: String,
    /// The signature over the text, in hex.
    pub signature: String,
    /// The text in parts, to find a change by.
    pub parts: Vec<Part>,
}

/// The parts of a canonical text, in order. None for a text that is none. It is read a value at a time, so that a long list takes
/// little more than its text.
pub fn parts(text: &str) -> Option<Vec<Part>> {
    let mut cut = Cut { text, at: 0, from: 0, parts: Vec::new() };
    let mut before: Option<String> = None;
    cut.takes("{")?;
    while !cut.is_at("}") {
        if before.is_some() {
            cut.takes(",")?;
        }
        let Value::String(key) = cut.value()? else { return None };
        // The keys of a list are ASCII, so that their order here is that of the canonical form.
        if before.is_some_and(|before| before >= key) {
            return None;
        }
        cut.takes(":")?;
        if key == "entries" && cut.is_at("[") {
            cut.entries()?;
        } else {
            cut.value()?;
            cut.end(&key)?;
        }
        before = Some(key);
    }
    cut.takes("}")?;
    cut.end("end")?;
    (cut.at == text.len()).then_some(cut.parts)
}

/// A text that is being cut.
struct Cut<'a> {
    text: &'a str,
    /// How far it was read.
    at: usize,
    /// Where the next part begins: punctuation before a part belongs to it.
    from: usize,
    parts: Vec<Part>,
}

impl<'a> Cut<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn is_at(&self, mark: &str) -> bool {
        self.rest().starts_with(mark)
    }

    fn takes(&mut self, mark: &str) -> Option<()> {
        let found = self.is_at(mark);
        self.at += if found { mark.len() } else { 0 };
        found.then_some(())
    }

    /// The next value; none if it is not in canonical form.
    fn value(&mut self) -> Option<Value> {
        let rest = self.rest();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let value = values.next()?.ok()?;
        let read = rest.get(..values.byte_offset())?;
        if written(&value)? != read {
            return None;
        }
        self.at += read.len();
        Some(value)
    }

    /// The entries of a list, each a part.
    fn entries(&mut self) -> Option<()> {
        self.takes("[")?;
        let mut number = 0_usize;
        while !self.is_at("]") {
            if number > 0 {
                self.takes(",")?;
            }
            number += 1;
            self.value()?;
            self.end(&format!("entries/{number}"))?;
        }
        self.takes("]")
    }

    fn end(&mut self, name: &str) -> Option<()> {
        let piece = self.text.get(self.from..self.at)?;
        self.parts.push(Part {
            part: name.to_string(),
            offset: self.from as u64,
            length: piece.len() as u64,
            sha256: hex::encode(Sha256::digest(piece.as_bytes())),
        });
        self.from = self.at;
        Some(())
    }
}

fn written(value: &Value) -> Option<String> {
    String::from_utf8(to_bytes(value).ok()?).ok()
}

/// The parts that differ in `text`, each with its name. Of a text of the same length, exactly those; of a longer or shorter one, the
/// stretch between the first and the last that differ. Nothing when the text is that of the parts.
pub fn altered_parts<'a>(text: &[u8], parts: &'a [Part]) -> Vec<&'a Part> {
    let length: u64 = parts.iter().map(|part| part.length).fold(0, u64::saturating_add);
    let shift = i128::from(text.len() as u64) - i128::from(length);
    let same = |part: &Part, shift: i128| {
        let range = usize::try_from(i128::from(part.offset) + shift).ok().zip(usize::try_from(part.length).ok());
        let bytes = range.and_then(|(from, length)| text.get(from..from.checked_add(length)?));
        bytes.is_some_and(|bytes| hex::encode(Sha256::digest(bytes)) == part.sha256)
    };
    if shift == 0 {
        return parts.iter().filter(|part| !same(part, 0)).collect();
    }
    let front = parts.iter().take_while(|part| same(part, 0)).count();
    let back = parts.iter().rev().take_while(|part| same(part, shift)).count();
    // Something came in between two parts that are whole, or one that stands twice is gone: named by the one that follows.
    let first = front.min(parts.len().saturating_sub(1));
    let last = parts.len().saturating_sub(back).max(first + 1);
    parts.iter().skip(first).take(last - first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> String {
        let value = serde_json::json!({
            "body": "排名不分先后\n\"引号\"", "entries": [{"name": "甲"}, {"name": "乙", "city": "440600"}, {}], "title": "名单", "year": null,
        });
        written(&value).expect("canonical")
    }

    #[test]
    fn parts_cover_the_text_and_are_named() {
        let text = sample();
        let parts = parts(&text).expect("canonical");
        let names: Vec<&str> = parts.iter().map(|part| part.part.as_str()).collect();
        assert_eq!(names, ["body", "entries/1", "entries/2", "entries/3", "title", "year", "end"]);
        assert_eq!(parts.iter().map(|part| part.length).sum::<u64>(), text.len() as u64);
        assert_eq!(altered_parts(text.as_bytes(), &parts), Vec::<&Part>::new());
        assert_eq!(super::parts(&format!("{text} ")), None, "a text that is not canonical has none");
        for other in [
            "[]",
            "",
            "{",
            "{}x",
            r#"{"b":1,"a":2}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"a":1,}"#,
            r#"{"a": 1}"#,
            r#"{"entries":[1,]}"#,
        ] {
            assert_eq!(super::parts(other), None, "{other}");
        }
        let empty = r#"{"entries":[],"title":"x"}"#;
        assert_eq!(super::parts(empty).map(|parts| parts.len()), Some(2));
    }

    #[test]
    fn every_changed_byte_is_in_the_part_that_is_named() {
        let text = sample().into_bytes();
        let parts = parts(&sample()).expect("canonical");
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut changed = text.clone();
                changed[at] ^= 1 << bit;
                let found = altered_parts(&changed, &parts);
                assert_eq!(found.len(), 1, "byte {at}");
                let range = found[0].offset..found[0].offset + found[0].length;
                assert!(range.contains(&(at as u64)), "byte {at} is not in {:?}", found[0]);
            }
        }
    }

    proptest! {
        #[test]
        fn what_came_in_or_went_out_lies_within_the_parts_named(at: prop::sample::Index, count in 1usize..60, put_in: bool) {
            let text = sample().into_bytes();
            let parts = parts(&sample()).unwrap();
            let at = at.index(text.len());
            let mut changed = text.clone();
            if put_in {
                changed.splice(at..at, std::iter::repeat_n(b'x', count));
            } else {
                changed.drain(at..(at + count).min(text.len()));
            }
            let found = altered_parts(&changed, &parts);
            prop_assert!(!found.is_empty());
            // Before the parts named nothing differs, and nothing behind them.
            let from = usize::try_from(found[0].offset).unwrap();
            let to = found.last().map_or(0, |part| usize::try_from(part.offset + part.length).unwrap());
            prop_assert_eq!(&changed[..from], &text[..from]);
            prop_assert!(changed.ends_with(&text[to..]));
        }

        #[test]
        fn any_parts_are_answered(text in prop::collection::vec(any::<u8>(), 0..40), offset: u64, length: u64) {
            let part = Part { part: "x".into(), offset, length, sha256: String::new() };
            prop_assert!(!altered_parts(&text, &[part.clone(), part]).is_empty());
        }
    }
}
