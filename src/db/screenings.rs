//! The department's screening.
