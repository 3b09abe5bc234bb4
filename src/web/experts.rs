//! The pool of experts.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
