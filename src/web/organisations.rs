//! An organisation's own page, joining it, and what officers see of it.

mod data;
mod licence;
mod officers;
mod own;
mod term;

pub(crate) use licence::receive_licence;
pub(crate) use officers::download_licence;
pub(crate) use term::AdminTermView;

use super::routes::Routes;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    own::routes(routes);
    data::routes(routes);
    officers::routes(routes);
}
