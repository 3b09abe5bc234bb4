//! What should I do now: the first page of each role.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
