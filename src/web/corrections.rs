//! Corrections asked for by a station, and more time for one applicant.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
