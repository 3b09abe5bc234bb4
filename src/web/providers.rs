//! Recognised providers and platforms, and their certificates.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
