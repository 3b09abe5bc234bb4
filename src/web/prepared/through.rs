//! The way of a request for a page that is kept: at hand; or waited for, while somebody renders it; or rendered, by one.

use super::asked::is_nobodys;
use super::page::{Answered, Holds, Prepared};
use super::{Asked, ChangingAt, Passing, PreparedPages};
use crate::app::{App, off_thread};
use crate::db;
use crate::domain::calendar;
use crate::error::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// How long a visitor waits for a page that others render, and then for their own.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often those who wait look whether the database went away meanwhile.
const LOOK: Duration = Duration::from_millis(200);

/// What the work comes to, unless it takes too long or the database goes away meanwhile.
async fn patiently<T>(app: &App, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut waited = Duration::ZERO;
    loop {
        match tokio::time::timeout(LOOK, &mut work).await {
            Ok(done) => return Some(done),
            Err(_) if app.published.is_away() || waited >= PATIENCE => return None,
            Err(_) => waited += LOOK,
        }
    }
}

/// The program and its pages; none where they are not mounted.
fn surroundings(request: &HttpRequest) -> Option<(Arc<App>, web::Data<PreparedPages>)> {
    let app = request.app_data::<web::Data<App>>()?.clone().into_inner();
    Some((app, request.app_data::<web::Data<PreparedPages>>()?.clone()))
}

/// The answer to a request whose page is at hand, with its pattern: nothing else is done for it.
pub fn at_hand(request: &HttpRequest) -> Option<(HttpResponse, &'static str)> {
    if !is_nobodys(request) {
        return None;
    }
    let app = request.app_data::<web::Data<App>>()?;
    let pages = request.app_data::<web::Data<PreparedPages>>()?;
    let page = pages.find(request.uri().path_and_query()?.as_str())?;
    Some((known(app, &page, request)?, page.route))
}

/// The answer with a page that is kept; none if it must be rendered anew and can be.
fn known(app: &App, page: &Prepared, request: &HttpRequest) -> Option<HttpResponse> {
    if app.published.is_away() {
        return Some(marked(app, page));
    }
    page.holds(app.published.version(), app.clock.now()).then(|| page.answer(request))
}

fn marked(app: &App, page: &Prepared) -> HttpResponse {
    page.marked(app.published.version(), app.published.seen_at())
}

fn busy(why: &str) -> HttpResponse {
    crate::web::refused(Error::Busy(why.into()))
}

/// Goes round the handler of a page that is kept.
///
/// # Errors
/// What the handler's service cannot answer at all.
pub async fn through(
    route: &'static str,
    asked: &'static Asked,
    mut request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let address = asked.address(request.request());
    let (Some(address), Some((app, pages))) = (address, surroundings(request.request())) else {
        return next.call(request).await;
    };
    let now_known = |request: &HttpRequest| match pages.find(&address) {
        Some(page) => known(&app, &page, request),
        None => app.published.is_away().then(|| busy("the database is away")),
    };
    if let Some(answer) = now_known(request.request()) {
        return Ok(request.into_response(answer));
    }
    let turn = patiently(&app, pages.turn(&address)).await;
    // Whoever had the turn before rendered it for everybody who waited.
    if let Some(answer) = now_known(request.request()) {
        return Ok(request.into_response(answer));
    }
    let Some(_turn) = turn else {
        let answer = pages.find(&address).map_or_else(|| busy("a page is being made"), |page| marked(&app, &page));
        return Ok(request.into_response(answer));
    };
    // Known before anything is read: what is read afterwards is at least as new.
    let (version, now) = (app.published.version(), app.clock.now());
    // The handler sees the address that its page is kept under, and nothing else of the query.
    if let Ok(uri) = address.parse() {
        request.head_mut().uri = uri;
    }
    let asker = request.request().clone();
    let Some(rendered) = patiently(&app, next.call(request)).await else {
        let answer = pages.find(&address).map_or_else(|| busy("no answer in time"), |page| marked(&app, &page));
        return Ok(ServiceResponse::new(asker, answer));
    };
    let rendered = rendered?;
    if rendered.status() != StatusCode::OK {
        return Ok(not_rendered(&app, &pages, &address, rendered));
    }
    let (asker, response) = rendered.into_parts();
    let until = response.extensions().get::<ChangingAt>().map(|at| at.0);
    let passing = response.extensions().get::<Passing>().is_some();
    let (head, body) = response.into_parts();
    let body = match body.try_into_bytes() {
        Ok(body) if !passing && !head.headers().contains_key(SET_COOKIE) => body,
        Ok(body) => return Ok(ServiceResponse::new(asker, head.set_body(BoxBody::new(body)))),
        // A stream: too large to be kept, and sent as it comes.
        Err(body) => return Ok(ServiceResponse::new(asker, head.set_body(body))),
    };
    let (Some(content_type), Ok(until)) =
        (head.headers().get(CONTENT_TYPE).cloned(), holds_until(&app, now, until).await)
    else {
        return Ok(ServiceResponse::new(asker, head.set_body(BoxBody::new(body))));
    };
    let disposition = head.headers().get(CONTENT_DISPOSITION).cloned();
    let answered = Answered { body: body.clone(), content_type, disposition };
    let holds = Holds { version, from: now, until };
    let Ok(page) = off_thread(move || Ok(Arc::new(Prepared::new(route, answered, holds)))).await else {
        return Ok(ServiceResponse::new(asker, head.set_body(BoxBody::new(body))));
    };
    app.published.rendered();
    pages.keep(address, page.clone());
    let answer = page.answer(&asker);
    Ok(ServiceResponse::new(asker, answer))
}

/// A page that is not there is kept no longer; one that could not be made is shown as it was.
fn not_rendered(
    app: &App,
    pages: &PreparedPages,
    address: &str,
    response: ServiceResponse<BoxBody>,
) -> ServiceResponse<BoxBody> {
    if !response.status().is_server_error() {
        pages.forget(address);
        return response;
    }
    match pages.find(address) {
        Some(page) => ServiceResponse::new(response.request().clone(), marked(app, &page)),
        None => response,
    }
}

/// Until when a page of this instant holds: midnight in Guangdong, the next deadline of a call or a notice, or what its
/// handler said, whichever is first.
async fn holds_until(app: &Arc<App>, now: NaiveDateTime, said: Option<NaiveDateTime>) -> Result<NaiveDateTime, Error> {
    let deadline = app.read(move |tx| Ok(db::desk::next_change(tx.db, now)?)).await?;
    let midnight = calendar::end_of_day_utc(calendar::local_date(now));
    Ok([deadline, said].into_iter().flatten().fold(midnight, NaiveDateTime::min))
}
