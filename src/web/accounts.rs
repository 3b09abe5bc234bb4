//! Accounts: registration, invitation, reset, and who holds which role.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
