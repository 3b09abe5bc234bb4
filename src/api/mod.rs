//! The same resources as JSON under `/api/v1`. One table of operations mounts the routes, says who may call them and
//! writes the OpenAPI document, so that none of the three can differ from the others.

mod bearer;
mod brought;
pub mod docs;
mod document;
mod operation;
mod problem;

pub mod accounts;
pub mod applications;
pub mod assignments;
pub mod batches;
pub mod calls;
pub mod decisions;
pub mod documents;
pub mod draws;
pub mod events;
pub mod expert_pool;
pub mod experts;
pub mod judgement;
pub mod letters;
pub mod licences;
pub mod lists;
pub mod mails;
pub mod memberships;
pub mod messages;
pub mod notices;
pub mod organisations;
pub mod own;
pub mod proofs;
pub mod providers;
pub mod review_plans;
pub mod review_stages;
pub mod reviews;
pub mod saved_filters;
pub mod second_factor;
pub mod stations;
pub mod statistics;
pub mod undo_decisions;
mod upload_once;
pub mod waiting;

use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::web::language::of_program;
use crate::web::routes::allow;
use actix_web::dev::ResourceDef;
use actix_web::http::header::ALLOW;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use problem::ProblemDocument;
use std::sync::LazyLock;

pub use bearer::Caller;
pub use operation::{Asked, Nothing, Operation, change, create, mount, read, special};
pub use problem::Failed;

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let mut all = Vec::new();
    all.extend(accounts::operations());
    all.extend(own::operations());
    all.extend(messages::operations());
    all.extend(saved_filters::operations());
    all.extend(second_factor::operations());
    all.extend(organisations::operations());
    all.extend(licences::operations());
    all.extend(calls::operations());
    all.extend(applications::operations());
    all.extend(documents::operations());
    all.extend(stations::operations());
    all.extend(batches::operations());
    all.extend(experts::operations());
    all.extend(expert_pool::operations());
    all.extend(reviews::operations());
    all.extend(assignments::operations());
    all.extend(decisions::operations());
    all.extend(draws::operations());
    all.extend(review_plans::operations());
    all.extend(review_stages::operations());
    all.extend(undo_decisions::operations());
    all.extend(judgement::operations());
    all.extend(notices::operations());
    all.extend(waiting::operations());
    all.extend(lists::operations());
    all.extend(memberships::operations());
    all.extend(proofs::operations());
    all.extend(providers::operations());
    all.extend(statistics::operations());
    all.extend(events::operations());
    all.extend(mails::operations());
    all.extend(letters::operations());
    all
}

/// The OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    document::of(&operations())
}

/// Answers a request that no operation sees.
pub fn refused(request: &HttpRequest, error: Error) -> HttpResponse {
    let failed = Failed::from(error);
    let document = failed.document(of_program(request));
    let answer = actix_web::ResponseError::error_response(&failed);
    answer.set_body(document.as_text()).map_into_boxed_body()
}

/// The document of an answer that says why not, in the language of whoever made the request; nothing for any other
/// answer, and for one that is in that language already.
pub fn body_of_failure<B>(request: &HttpRequest, answer: &HttpResponse<B>) -> Option<String> {
    let failed = answer.error()?.as_error::<Failed>()?;
    let language = of_program(request);
    (language != Language::default()).then(|| failed.document(language).as_text())
}

/// Answers a request whose handler was lost.
pub fn broken() -> HttpResponse {
    actix_web::ResponseError::error_response(&Failed::from(Error::Internal(anyhow::anyhow!(
        "the work on a request panicked"
    ))))
}

/// Answers what no operation matches: an address of ours asked in another way says which ways there are (RFC 9110
/// 15.5.6).
pub async fn not_found(req: HttpRequest) -> Result<HttpResponse, Failed> {
    static ADDRESSES: LazyLock<Vec<(Method, ResourceDef)>> = LazyLock::new(|| {
        let description = (Method::GET, ResourceDef::new("/api/v1/openapi.json"));
        let address = |one: &Operation| (one.method.clone(), ResourceDef::new(format!("/api/v1{}", one.path)));
        operations().iter().map(address).chain([description]).collect()
    });
    let of_address = ADDRESSES.iter().filter(|(_, address)| address.is_match(req.path()));
    let allowed = allow(of_address.map(|(method, _)| method));
    if allowed.is_empty() {
        return Err(Error::NotFound.into());
    }
    let document = Failed::from(Refusal::conflict("method_not_allowed")).document(of_program(&req));
    let status = StatusCode::METHOD_NOT_ALLOWED;
    Ok(HttpResponse::build(status)
        .insert_header((ALLOW, allowed))
        .content_type("application/problem+json")
        .json(ProblemDocument { status: status.as_u16(), ..document }))
}

#[cfg(test)]
mod tests {
    use super::operations;
    use crate::web::watched::{DISCLOSING, PAGED};

    #[test]
    fn c_61_a_list_that_names_people_is_recorded_by_its_page() {
        for operation in operations() {
            let path = format!("/api/v1{}", operation.path);
            let is_it =
                |(method, pattern, _): &(&str, &str, _)| *method == operation.method.as_str() && *pattern == path;
            if DISCLOSING.iter().any(is_it) {
                let has_pages = operation.shapes.query.iter().any(|parameter| parameter.name == "page");
                assert_eq!(PAGED.contains(&path.as_str()), has_pages, "{path}");
            }
        }
    }
}
