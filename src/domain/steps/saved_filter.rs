//! A filter that somebody keeps: nobody but the owner sees it, and the owner may always change it.

use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a filter that one keeps.
    SavedFilterAction {
        /// Gives it another name.
        Rename = "rename",
        /// Forgets it.
        Delete = "delete",
    }
);
