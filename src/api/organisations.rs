//! Organisations and joining them.

use super::operation::Operation;

/// These operations.
pub fn operations() -> Vec<Operation> {
    Vec::new()
}
