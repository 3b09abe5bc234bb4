//! Decision sheets: proposed by one officer, approved by another.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
