//! Review sessions, assignments and score sheets.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
