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
mod expert_imports;
mod expert_ties;
mod experts;
mod feeds;
mod file;
mod home;
mod how;
mod lists;
mod mails;
mod notices;
mod objections;
mod open_data;
mod organisations;
mod platforms;
pub(crate) mod pool;
mod pool_on_day;
mod proofs;
mod qr;
pub(crate) mod receive;
mod recommendations;
mod reviews;
mod screenings;
mod specification;
mod statistics;
mod system;
mod timeline;
mod verify;

pub(crate) use accounts::{change_password, hash_new};
pub(crate) use organisations::{accept_licence, download_licence};

use crate::error::Error;
use page::Failure;
use routes::Routes;

/// Every page.
pub fn routes() -> Routes {
    let mut routes = Routes::default();
    for add in [
        // Before the addresses with an id, which would take those of the feeds.
        feeds::routes,
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
        expert_imports::routes,
        experts::routes,
        home::routes,
        how::routes,
        lists::routes,
        mails::routes,
        notices::routes,
        objections::routes,
        open_data::routes,
        organisations::routes,
        platforms::routes,
        pool::routes,
        pool_on_day::routes,
        proofs::routes,
        recommendations::routes,
        reviews::routes,
        screenings::routes,
        sessions::routes,
        statistics::routes,
        system::routes,
        verify::routes,
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
