//! Experts, review sessions, score sheets, decisions.

use super::operation::Operation;

/// These operations.
pub fn operations() -> Vec<Operation> {
    Vec::new()
}
