//! A document of an application: read by whoever has it in sight, taken out while the file can be changed.

use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a document. Another one in its place is added as any other.
    DocumentAction {
        /// Reads it.
        Read = "read",
        /// Takes it out of the file.
        Remove = "remove",
    }
);

/// Where a document stands towards somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DocumentAt {
    /// It is in sight: of one's own file, or one that a submission rests on.
    pub is_readable: bool,
    /// The procedure lets this person save the application now.
    pub can_save: bool,
    /// Documents of its kind may change: in a correction only those that were marked.
    pub is_open: bool,
    /// It was not taken out yet.
    pub is_in_file: bool,
}

impl DocumentAt {
    /// Whether the action may be taken now.
    pub fn allows(&self, action: DocumentAction) -> bool {
        match action {
            DocumentAction::Read => self.is_readable,
            DocumentAction::Remove => self.can_save && self.is_open && self.is_in_file,
        }
    }

    /// Every action that may be taken now.
    pub fn available(&self) -> Vec<DocumentAction> {
        DocumentAction::ALL.iter().copied().filter(|action| self.allows(*action)).collect()
    }
}
