//! The same resources as JSON under `/api/v1`. One table of operations mounts the routes, says who may call them and
//! writes the OpenAPI document, so that none of the three can differ from the others.

mod bearer;
pub mod docs;
mod document;
mod operation;
mod problem;

pub mod accounts;
pub mod applications;
pub mod calls;
pub mod documents;
pub mod draws;
pub mod events;
pub mod experts;
pub mod licences;
pub mod lists;
pub mod mails;
pub mod notices;
pub mod organisations;
pub mod own;
pub mod proofs;
pub mod review_plans;
pub mod reviews;
pub mod stations;
pub mod waiting;

pub use bearer::Caller;
pub use operation::{Asked, Nothing, Operation, change, create, mount, read, special};
pub use problem::Failed;

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let mut all = Vec::new();
    all.extend(accounts::operations());
    all.extend(own::operations());
    all.extend(organisations::operations());
    all.extend(licences::operations());
    all.extend(calls::operations());
    all.extend(applications::operations());
    all.extend(documents::operations());
    all.extend(stations::operations());
    all.extend(experts::operations());
    all.extend(reviews::operations());
    all.extend(draws::operations());
    all.extend(review_plans::operations());
    all.extend(notices::operations());
    all.extend(waiting::operations());
    all.extend(lists::operations());
    all.extend(proofs::operations());
    all.extend(events::operations());
    all.extend(mails::operations());
    all
}

/// The OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    document::of(&operations())
}

/// Answers a request that no operation sees.
pub fn refused(error: crate::error::Error) -> actix_web::HttpResponse {
    actix_web::ResponseError::error_response(&Failed::from(error))
}

/// Answers what no operation matches.
pub async fn not_found() -> Result<actix_web::HttpResponse, Failed> {
    Err(crate::error::Error::NotFound.into())
}
