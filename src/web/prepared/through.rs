//! The way of a request for a page that is kept: at hand; or waited for, while somebody renders it; or rendered, by one.

use super::asked::{is_nobodys, language_of, place};
use super::page::{Answered, Holds, Prepared};
use super::tags::{Lasting, Resting};
use super::{Asked, Passing, PreparedPages};
use crate::app::{App, off_thread};
use crate::db;
use crate::domain::calendar;
use crate::domain::language::Language;
use crate::error::Error;
use crate::web::language;
use crate::web::page::Failure;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, web, web::Bytes};
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

/// The answer to a request whose page is at hand, with its pattern: nothing else is done for it.
pub fn at_hand(request: &HttpRequest) -> Option<(HttpResponse, &'static str)> {
    if !is_nobodys(request) {
        return None;
    }
    let app = request.app_data::<web::Data<App>>()?;
    let pages = request.app_data::<web::Data<PreparedPages>>()?;
    let page = pages.find(&place(language_of(request), request.uri().path_and_query()?.as_str()))?;
    Some((known(app, &page, request)?, page.route))
}

/// The answer with a page that is kept; none if it must be rendered anew and can be.
fn known(app: &App, page: &Prepared, request: &HttpRequest) -> Option<HttpResponse> {
    if app.published.is_away() {
        return Some(marked(app, page, request));
    }
    page.holds(app.published.version(), app.clock.now()).then(|| page.answer(request))
}

fn marked(app: &App, page: &Prepared, request: &HttpRequest) -> HttpResponse {
    if page.is_lasting() {
        return page.answer(request);
    }
    page.marked(app.published.version(), app.published.seen_at())
}

fn busy(request: &HttpRequest, why: &str) -> HttpResponse {
    crate::web::refused(request, Error::Busy(why.into()))
}

/// Goes round the handler of a page that is kept.
///
/// # Errors
/// What the handler's service cannot answer at all.
pub async fn through(
    route: &'static str,
    asked: &'static Asked,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(way) = Way::of(route, asked, request.request()) else {
        return next.call(request).await;
    };
    if let Some(answer) = way.known(request.request()) {
        return Ok(request.into_response(answer));
    }
    let place = way.place();
    let turn = patiently(&way.app, way.pages.turn(&place)).await;
    // Whoever had the turn before rendered it for everybody who waited.
    if let Some(answer) = way.known(request.request()) {
        return Ok(request.into_response(answer));
    }
    if turn.is_none() {
        let answer = way.as_it_was(request.request(), "a page is being made");
        return Ok(request.into_response(answer));
    }
    way.render(request, next).await
}

/// What a request for a page that is kept goes by.
struct Way {
    route: &'static str,
    address: String,
    language: Language,
    app: Arc<App>,
    pages: web::Data<PreparedPages>,
}

/// What a handler answered, taken apart.
struct Rendered {
    asker: HttpRequest,
    head: HttpResponse<()>,
    body: Bytes,
}

impl Rendered {
    fn passed_on(self) -> ServiceResponse<BoxBody> {
        ServiceResponse::new(self.asker, self.head.set_body(BoxBody::new(self.body)))
    }
}

impl Way {
    /// None for a request that passes by.
    fn of(route: &'static str, asked: &Asked, request: &HttpRequest) -> Option<Way> {
        Some(Way {
            route,
            address: asked.address(request)?,
            language: language_of(request),
            app: request.app_data::<web::Data<App>>()?.clone().into_inner(),
            pages: request.app_data::<web::Data<PreparedPages>>()?.clone(),
        })
    }

    /// Where the page is kept.
    fn place(&self) -> String {
        place(self.language, &self.address)
    }

    fn find(&self) -> Option<Arc<Prepared>> {
        self.pages.find_in(&self.app, self.language, &self.address)
    }

    /// The answer that needs no rendering.
    fn known(&self, request: &HttpRequest) -> Option<HttpResponse> {
        match self.find() {
            Some(page) => known(&self.app, &page, request),
            None => self.app.published.is_away().then(|| busy(request, "the database is away")),
        }
    }

    /// The page as it was kept, with the time that it held for; or why there is none.
    fn as_it_was(&self, request: &HttpRequest, why: &str) -> HttpResponse {
        self.find().map_or_else(|| busy(request, why), |page| marked(&self.app, &page, request))
    }

    async fn render(
        &self,
        mut request: ServiceRequest,
        next: Next<BoxBody>,
    ) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
        // Known before anything is read: what is read afterwards is at least as new.
        let (version, from) = (self.app.published.version(), self.app.clock.now());
        // The handler sees the address and the language that its page is kept under, and nothing else of the query.
        language::settle(request.request(), self.language);
        if let Ok(uri) = self.address.parse() {
            request.head_mut().uri = uri;
        }
        let asker = request.request().clone();
        let Some(response) = patiently(&self.app, next.call(request)).await else {
            let answer = self.as_it_was(&asker, "no answer in time");
            return Ok(ServiceResponse::new(asker, answer));
        };
        Ok(match self.worth_keeping(response?) {
            Ok(rendered) => self.keep(rendered, version, from).await,
            Err(passing) => *passing,
        })
    }

    /// What the handler answered, if it can be kept; or else what to answer with.
    fn worth_keeping(&self, response: ServiceResponse<BoxBody>) -> Result<Rendered, Box<ServiceResponse<BoxBody>>> {
        if response.status().is_server_error() && self.find().is_some() {
            let asker = response.request().clone();
            let answer = self.as_it_was(&asker, "it could not be made");
            return Err(Box::new(ServiceResponse::new(asker, answer)));
        }
        // Whoever asks has what is there now; what is kept is as it was.
        if response.status() == StatusCode::NOT_MODIFIED {
            return Err(Box::new(response));
        }
        if response.status() != StatusCode::OK {
            // What is not there any more is kept no longer.
            self.pages.forget(&self.place());
            return Err(Box::new(response));
        }
        let (asker, response) = response.into_parts();
        let passing = response.extensions().get::<Passing>().is_some() || response.headers().contains_key(SET_COOKIE);
        let (head, body) = response.into_parts();
        match body.try_into_bytes() {
            Ok(body) if passing => Err(Box::new(Rendered { asker, head, body }.passed_on())),
            Ok(body) => Ok(Rendered { asker, head, body }),
            // A stream: too large to be kept, and sent as it comes.
            Err(body) => Err(Box::new(ServiceResponse::new(asker, head.set_body(body)))),
        }
    }

    async fn keep(&self, rendered: Rendered, version: i64, from: NaiveDateTime) -> ServiceResponse<BoxBody> {
        let until = holds_until(&self.app, from).await;
        let page = match until {
            Ok(until) => {
                let holds = Holds { version, from, until };
                made(self.route, &rendered.head, &rendered.body, self.language, holds).await
            }
            Err(_) => None,
        };
        let Some(page) = page else { return rendered.passed_on() };
        self.app.published.rendered();
        self.pages.keep(self.place(), page.clone());
        let answer = page.answer(&rendered.asker);
        ServiceResponse::new(rendered.asker, answer)
    }
}

/// The body in as many bytes as it has: what a template writes into grows by doubling, and would be kept so.
fn exact(body: &Bytes) -> Bytes {
    Bytes::copy_from_slice(body)
}

/// A page made ready of what its handler answered.
async fn made(
    route: &'static str,
    head: &HttpResponse<()>,
    body: &Bytes,
    language: Language,
    holds: Holds,
) -> Option<Arc<Prepared>> {
    let headers = head.headers();
    let content_type = headers.get(CONTENT_TYPE)?.clone();
    let answered = Answered {
        body: exact(body),
        language: spoken(&content_type, language),
        content_type,
        disposition: headers.get(CONTENT_DISPOSITION).cloned(),
        lasting: Lasting::said(head),
        resting: Resting::said(head),
    };
    off_thread(move || Ok(Arc::new(Prepared::new(route, answered, holds)))).await.ok()
}

/// The language of an answer's words: a file has none that it would say.
fn spoken(content_type: &HeaderValue, language: Language) -> Option<Language> {
    content_type.as_bytes().starts_with(b"text/html").then_some(language)
}

/// Makes a page ready that nobody has asked for yet, from what its handler answers to nobody in particular.
pub(super) async fn prepare(
    app: &Arc<App>,
    route: &'static str,
    answer: impl Future<Output = Result<HttpResponse, Failure>>,
) -> Option<Arc<Prepared>> {
    let (version, from) = (app.published.version(), app.clock.now());
    let response = answer.await.ok().filter(|response| response.status() == StatusCode::OK)?;
    let (head, body) = response.into_parts();
    // What is sent as a stream is too large to be kept.
    let body = body.try_into_bytes().ok()?;
    let until = holds_until(app, from).await.ok()?;
    made(route, &head, &body, Language::default(), Holds { version, from, until }).await
}

/// The answer with a tag, asked for anew each time: for a page of which there are too many to keep. Somebody's own answer
/// stays as it is.
pub fn tagged(request: &HttpRequest, response: HttpResponse) -> HttpResponse {
    if response.status() != StatusCode::OK || !is_nobodys(request) {
        return response;
    }
    match as_it_is(response, language_of(request)) {
        Ok(page) => page.answer(request),
        Err(response) => *response,
    }
}

/// A page with its tag, compressed when somebody asks for that, of what its handler answered; or else the answer again,
/// which is a stream or says nothing of its type.
pub(super) fn as_it_is(response: HttpResponse, language: Language) -> Result<Prepared, Box<HttpResponse>> {
    let (head, body) = response.into_parts();
    let content_type = head.headers().get(CONTENT_TYPE).cloned();
    match (body.try_into_bytes(), content_type) {
        (Ok(body), Some(content_type)) => {
            let disposition = head.headers().get(CONTENT_DISPOSITION).cloned();
            let language = spoken(&content_type, language);
            let answered =
                Answered { body: exact(&body), content_type, disposition, lasting: None, resting: None, language };
            let (from, until) = (NaiveDateTime::default(), NaiveDateTime::default());
            Ok(Prepared::as_it_is("", answered, Holds { version: 0, from, until }))
        }
        (Ok(body), None) => Err(Box::new(head.set_body(BoxBody::new(body)))),
        (Err(body), _) => Err(Box::new(head.set_body(body))),
    }
}

/// Until when a page of this instant holds: midnight in Guangdong or the next deadline of a call or a notice, whichever is
/// first.
async fn holds_until(app: &Arc<App>, now: NaiveDateTime) -> Result<NaiveDateTime, Error> {
    let deadline = app.read(move |tx| Ok(db::desk::next_change(tx.db, now)?)).await?;
    let midnight = calendar::end_of_day_utc(calendar::local_date(now));
    Ok(deadline.map_or(midnight, |deadline| deadline.min(midnight)))
}
