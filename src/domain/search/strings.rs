//! Many short texts in one row of memory: a text of its own would cost an allocation each, and leave gaps behind when
//! the register is built anew.

/// Where a text is kept; an empty one is no text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept {
    start: u32,
    length: u32,
}

/// The texts.
#[derive(Debug, Default)]
pub struct Strings {
    text: String,
}

impl Strings {
    /// Keeps a text. Beyond four gigabytes a further one is kept as an empty one.
    pub fn keep(&mut self, text: &str) -> Kept {
        let (Ok(start), Ok(length)) = (u32::try_from(self.text.len()), u32::try_from(text.len())) else {
            return Kept::default();
        };
        self.text.push_str(text);
        Kept { start, length }
    }

    /// A text that was kept here.
    pub fn text(&self, kept: Kept) -> &str {
        let start = kept.start as usize;
        self.text.get(start..start + kept.length as usize).unwrap_or_default()
    }

    /// The same, or none for an empty one.
    pub fn some(&self, kept: Kept) -> Option<&str> {
        Some(self.text(kept)).filter(|text| !text.is_empty())
    }

    /// Gives back memory that was kept for more.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
    }

    /// Bytes that they take.
    pub fn bytes(&self) -> usize {
        self.text.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back() {
        let mut strings = Strings::default();
        let kept: Vec<(Kept, &str)> = ["粤海", "", "A1", "粤"].map(|text| (strings.keep(text), text)).into();
        strings.shrink();
        assert!(kept.iter().all(|(kept, text)| strings.text(*kept) == *text));
        assert_eq!((strings.some(Kept::default()), strings.bytes()), (None, 11));
        let elsewhere = Kept { start: 3, length: 100 };
        assert_eq!(strings.text(elsewhere), "");
    }
}
