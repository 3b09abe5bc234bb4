//! Signed checkpoints that tie the chains together.
