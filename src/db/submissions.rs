//! Frozen submissions.
