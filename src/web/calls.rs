//! Calls: drafts, approval, questions and answers, the public page.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
