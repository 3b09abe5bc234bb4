//! The record, for auditors.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
