//! Uploaded documents.
