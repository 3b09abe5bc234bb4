//! Applications: the form, its saving, submission, receipt, withdrawal, history.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
