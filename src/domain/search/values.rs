//! Texts that many have in common, kept once.

use std::collections::HashMap;

/// The id of no text.
pub const NONE: u16 = u16::MAX;

/// Texts with a number each, in the order in which they came.
#[derive(Debug, Default)]
pub struct Values {
    texts: Vec<String>,
    ids: HashMap<String, u16>,
}

impl Values {
    /// The number of a text, a new one if need be. Beyond 65,535 texts further ones have none, and are not found by a filter.
    pub fn id_of(&mut self, text: &str) -> u16 {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = u16::try_from(self.texts.len()).unwrap_or(NONE);
        if id != NONE {
            self.texts.push(text.to_string());
            self.ids.insert(text.to_string(), id);
        }
        id
    }

    /// The number of a text that came before.
    pub fn known(&self, text: &str) -> Option<u16> {
        self.ids.get(text).copied()
    }

    /// The text of a number.
    pub fn text(&self, id: u16) -> Option<&str> {
        self.texts.get(usize::from(id)).map(String::as_str)
    }

    /// Numbers and texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &str)> {
        (0..).zip(self.texts.iter().map(String::as_str))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }
}
