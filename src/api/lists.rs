//! Published lists, providers, certificates.

use super::operation::Operation;

/// These operations.
pub fn operations() -> Vec<Operation> {
    Vec::new()
}
