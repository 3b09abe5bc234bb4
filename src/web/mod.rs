//! Pages for people. A handler parses, calls one action or one query, and renders; no rule and no SQL lives here.

pub mod access;
pub mod assets;
pub mod language;
pub(crate) mod network;
pub mod nul;
pub mod page;
mod paging;
pub mod prepared;
pub mod routes;
pub mod sessions;
pub mod step_up;
pub(crate) mod watched;

mod accounts;
mod applications;
mod batches;
mod calls;
mod certificates;
mod corrections;
pub(crate) mod decisions;
mod design;
mod desk;
pub(crate) mod documents;
pub(crate) mod draws;
pub(crate) mod events;
mod expert_imports;
mod expert_ties;
mod experts;
mod feeds;
mod file;
mod guide;
mod home;
mod how;
mod identity;
mod letters;
mod lists;
mod mails;
mod memberships;
mod messages;
mod metrics;
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
mod saved_filters;
mod screenings;
mod second_factor;
mod second_press;
mod settings;
mod specification;
mod station_rules;
mod statistics;
mod subscriptions;
mod system;
mod timeline;
mod verify;

pub(crate) use accounts::{ask_for_address, change_password, hash_new};
pub(crate) use organisations::{download_licence, receive_licence};

use crate::app::App;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use actix_web::error::{PathError, QueryPayloadError};
use actix_web::http::header::{ALLOW, HeaderValue, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use page::Failure;
use routes::Routes;
use std::sync::Weak;

/// Every page.
pub fn routes() -> Routes {
    let mut routes = Routes::default();
    for add in [
        // Before the addresses with an id, which would take those of the feeds.
        feeds::routes,
        accounts::routes,
        applications::routes,
        batches::routes,
        calls::routes,
        certificates::routes,
        corrections::routes,
        decisions::routes,
        design::routes,
        desk::routes,
        documents::routes,
        draws::routes,
        events::routes,
        expert_ties::routes,
        expert_imports::routes,
        experts::routes,
        guide::routes,
        home::routes,
        how::routes,
        identity::routes,
        language::routes,
        letters::routes,
        lists::routes,
        mails::routes,
        memberships::routes,
        messages::routes,
        metrics::routes,
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
        saved_filters::routes,
        screenings::routes,
        second_factor::routes,
        sessions::routes,
        settings::routes,
        statistics::routes,
        subscriptions::routes,
        system::routes,
        verify::routes,
    ] {
        add(&mut routes);
    }
    routes
}

/// Keeps what must be there at hand, until the program is gone.
pub async fn keep_ready(app: Weak<App>, pages: web::Data<prepared::PreparedPages>) {
    lists::keep_ready(app, pages).await;
}

/// Answers a request that no handler sees.
pub fn refused(request: &HttpRequest, error: Error) -> HttpResponse {
    HttpResponse::from_error(Failure::from(error).answering(request))
}

/// Finds out who made a request that was refused before its page asked for that, as one whose query cannot be read: whoever has
/// signed in is not answered as if they had not.
pub async fn recognise<B>(request: &HttpRequest, answer: &HttpResponse<B>) {
    let is_unknown = answer.status().is_client_error() && Failure::of_answer(answer).is_some() && !page::knows(request);
    if is_unknown && access::carries_cookie_of_ours(request) {
        let _ = access::Visit::extract(request).await;
    }
}

/// Answers a request whose query a page cannot read, as one in which a parameter stands twice.
pub fn unreadable_query(_: QueryPayloadError, request: &HttpRequest) -> actix_web::Error {
    Failure::from(Refusal::unacceptable("query_unreadable")).answering(request).into()
}

/// Answers a request whose path has a part that no page can read.
pub fn unreadable_path(_: PathError, request: &HttpRequest) -> actix_web::Error {
    Failure::from(Error::NotFound).answering(request).into()
}

/// Answers a request whose handler was lost; `id` is the number under which the log has it.
pub fn broken(id: &str) -> HttpResponse {
    let failure = Failure::from(Error::Internal(anyhow::anyhow!("the work on request {id} panicked")));
    let page = failure.page(id);
    actix_web::ResponseError::error_response(&failure).set_body(page).map_into_boxed_body()
}

/// The page of an answer that says why not, in the language of whoever made the request and with the switch of
/// languages; with the number of the request when the service itself failed, or refused or did not find what its reader
/// may have reason to ask about. Nothing for any other answer.
pub fn page_of_failure<B>(request: &HttpRequest, answer: &HttpResponse<B>, id: &str) -> Option<String> {
    let failure = Failure::of_answer(answer)?;
    let status = answer.status();
    let is_page = status.is_client_error() || status.is_server_error();
    let is_numbered = status.is_server_error() || matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
    is_page.then(|| failure.page_for(request, if is_numbered { id } else { "" }))
}

/// Answers what no route matches: an address of ours asked in another way says which ways there are (RFC 9110, 15.5.6),
/// one with a slash too many says where the page is.
pub async fn not_found(request: HttpRequest, routes: web::Data<Routes>) -> Result<HttpResponse, Failure> {
    // No address, so nobody may come in; but whoever has signed in is known for the frame of the page that says so.
    if access::carries_cookie_of_ours(&request) {
        let _ = access::Visit::extract(&request).await;
    }
    let allowed = routes.allowed(request.path());
    if let Ok(allowed) = HeaderValue::from_str(&allowed)
        && !allowed.is_empty()
    {
        let mut answer = refused(&request, Refusal::conflict("method_not_allowed").into());
        *answer.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        answer.headers_mut().insert(ALLOW, allowed);
        return Ok(answer);
    }
    match without_slash(&request, &routes) {
        Some(address) => Ok(HttpResponse::PermanentRedirect().insert_header((LOCATION, address)).finish()),
        None => Err(Failure::from(Error::NotFound).answering(&request)),
    }
}

/// The address without the slashes at its end, if there is a page to read.
fn without_slash(request: &HttpRequest, routes: &Routes) -> Option<String> {
    let path = request.path();
    let plain = path.trim_end_matches('/');
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reading || plain.len() == path.len() || !routes.reads(plain) {
        return None;
    }
    Some(match request.query_string() {
        "" => plain.to_string(),
        query => format!("{plain}?{query}"),
    })
}
