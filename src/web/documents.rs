//! Documents of an application: upload, download, removal.

use super::routes::Routes;

/// Adds these pages.
pub fn routes(_routes: &mut Routes) {}
