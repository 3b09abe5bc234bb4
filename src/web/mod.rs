//! Pages for people. A handler parses, calls one action or one query, and renders; no rule and no SQL lives here.

pub mod access;
pub mod assets;
pub mod nul;
pub mod page;
mod paging;
pub mod prepared;
pub mod routes;
pub mod sessions;

mod accounts;
mod applications;
mod calls;
mod certificates;
mod corrections;
pub(crate) mod decisions;
mod desk;
pub(crate) mod documents;
pub(crate) mod draws;
mod events;
mod expert_ties;
mod experts;
mod file;
mod home;
mod lists;
mod mails;
mod notices;
mod objections;
mod organisations;
mod pool;
mod proofs;
mod providers;
mod qr;
pub(crate) mod receive;
mod recommendations;
mod reviews;
mod screenings;
mod system;
mod timeline;

pub(crate) use accounts::{change_password, hash_new};
pub(crate) use organisations::{accept_licence, download_licence};

use crate::error::Error;
use page::Failure;
use routes::Routes;

/// Every page.
pub fn routes() -> Routes {
    let mut routes = Routes::default();
    for add in [
        accounts::routes,
        applications::routes,
        calls::routes,
        certificates::routes,
        corrections::routes,
        decisions::routes,
        desk::routes,
        documents::routes,
        draws::routes,
        events::routes,
        expert_ties::routes,
        experts::routes,
        home::routes,
        lists::routes,
        mails::routes,
        notices::routes,
        objections::routes,
        organisations::routes,
        pool::routes,
        proofs::routes,
        providers::routes,
        recommendations::routes,
        reviews::routes,
        screenings::routes,
        sessions::routes,
        system::routes,
    ] {
        add(&mut routes);
    }
    routes
}

/// Answers a request that no handler sees.
pub fn refused(error: Error) -> actix_web::HttpResponse {
    actix_web::ResponseError::error_response(&Failure::from(error))
}

/// Answers what no route matches.
pub async fn not_found() -> Result<actix_web::HttpResponse, Failure> {
    Err(Error::NotFound.into())
}
