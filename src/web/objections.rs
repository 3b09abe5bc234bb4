//! Objections: sent by anybody, handled by two officers.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
