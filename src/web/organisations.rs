//! An organisation's own page, and joining it.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
