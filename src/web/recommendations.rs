//! A city bureau's recommendation, or none.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
