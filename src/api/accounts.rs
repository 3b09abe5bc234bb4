//! Tokens, accounts and roles.

use super::operation::Operation;

/// These operations.
pub fn operations() -> Vec<Operation> {
    Vec::new()
}
