//! Documents of an application.

use super::operation::Operation;

/// These operations.
pub fn operations() -> Vec<Operation> {
    Vec::new()
}
