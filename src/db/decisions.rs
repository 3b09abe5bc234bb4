//! Decision sheets.
