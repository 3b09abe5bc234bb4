//! The program on a port: what goes around every request, and a graceful stop.

mod body;

use crate::app::{App, coming_from};
use crate::config::ServerConfig;
use crate::error::Error;
use crate::web::routes::{Routes, answering};
use crate::{api, web};
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self as http, Bytes};
use actix_web::{App as HttpApp, HttpRequest, HttpResponse, HttpServer, ResponseError};
use anyhow::Context;
use std::borrow::Cow;
use std::cell::Cell;
use std::convert::Infallible;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Waiting, Poll};
use std::time::Duration;

/// Listens as configured. Port 0 takes a free one; which it became stands in the settings afterwards, so that links
/// lead there.
pub fn listen(config: &mut ServerConfig) -> anyhow::Result<TcpListener> {
    let at = (config.host.as_str(), config.port);
    let listener = TcpListener::bind(at).with_context(|| {
        format!("server.host, server.port: {}:{} cannot be listened on; is another copy running?", at.0, at.1)
    })?;
    config.port = listener.local_addr()?.port();
    Ok(listener)
}

/// Every page, with who may come in.
pub fn pages() -> Routes {
    let mut routes = web::routes();
    api::docs::routes(&mut routes);
    routes
}

/// Serves until it is told to stop, then finishes what it has begun.
pub fn serve(app: Arc<App>, listener: TcpListener) -> anyhow::Result<Server> {
    let workers = match app.config.server.workers {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    };
    web::assets::prepare();
    let prepared = http::Data::new(web::prepared::PreparedPages::default());
    actix_web::rt::spawn(crate::app::watch(Arc::downgrade(&app)));
    actix_web::rt::spawn(web::keep_ready(Arc::downgrade(&app), prepared.clone()));
    let head = Duration::from_secs(app.config.server.head_seconds);
    let app = http::Data::from(app);
    let routes = http::Data::new(pages());
    let server = HttpServer::new(move || {
        HttpApp::new()
            .app_data(app.clone())
            .app_data(routes.clone())
            .app_data(prepared.clone())
            .app_data(http::QueryConfig::default().error_handler(web::unreadable_query))
            .app_data(http::PathConfig::default().error_handler(web::unreadable_path))
            .wrap(from_fn(around))
            .service(
                http::scope(API)
                    .route("/openapi.json", answering(&Method::GET).to(api::docs::openapi))
                    .configure(api::mount)
                    .default_service(http::to(api::not_found)),
            )
            .configure(|config| routes.mount(config))
            .default_service(http::to(web::not_found))
    })
    .workers(workers)
    .shutdown_timeout(20)
    .tcp_nodelay(true)
    .client_request_timeout(head)
    .listen(listener)?
    .run();
    Ok(server)
}

/// Seconds that a body may be silent where nothing else is set.
const PATIENCE: u64 = 30;

/// Where the operations lie: what is refused there is refused in JSON.
const API: &str = "/api/v1";

/// What every answer says that does not say otherwise itself. No inline script or style, nothing from elsewhere, in
/// nobody's frame. Made when the program is compiled: a page at hand costs no look at its letters.
static ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names each request, shuts the browser's doors, and takes a message away that was shown.
async fn around(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let id = fresh_id();
    let started = std::time::Instant::now();
    let method = request.method().clone();
    let mut shown_flash = None;
    let mut at_hand = false;
    let patience = request.app_data::<http::Data<App>>().map_or(PATIENCE, |app| app.config.server.body_seconds);
    let rest = body::bounded(&mut request, Duration::from_secs(patience));
    let (mut response, pattern) = match web::prepared::at_hand(request.request()) {
        Some((answer, route)) => {
            at_hand = true;
            (request.into_response(answer), Cow::Borrowed(route))
        }
        None => {
            let pattern = request.match_pattern().map_or(Cow::Borrowed("unknown"), Cow::Owned);
            shown_flash = web::access::clears_flash(request.request());
            let is_api = request.path().starts_with(API);
            let counting = request.app_data::<http::Data<App>>().cloned();
            let network = counting.as_ref().map_or_else(String::new, |app| {
                web::network::network_of(request.request(), &app.config.server.trusted_proxies)
            });
            let response = match unreadable(&request) {
                // Not by way of `into_response`, which forgets what the failure was.
                Some(answer) => ServiceResponse::new(request.into_parts().0, answer),
                None => match coming_from(network.clone(), unharmed(next.call(request))).await {
                    Some(answered) => coming_from(network, recorded(answered?.map_into_boxed_body())).await,
                    None => {
                        tracing::error!(request.id = %id, http.method = %method, http.route = &*pattern, "request panicked");
                        if let Some(app) = counting {
                            app.requests.count(StatusCode::INTERNAL_SERVER_ERROR.as_u16());
                        }
                        return Err(Panicked { id, is_api }.into());
                    }
                },
            };
            web::recognise(response.request(), response.response()).await;
            (told(response, id), pattern)
        }
    };
    let status = response.status();
    if let Some(app) = response.request().app_data::<http::Data<App>>() {
        app.requests.count(status.as_u16());
    }
    say_language(&mut response);
    if let Some(cookie) = shown_flash
        && status == StatusCode::OK
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"))
    {
        let _ = response.response_mut().add_cookie(&cookie);
    }
    shut(response.headers_mut(), id);
    // Writing a line costs as much as sending a page that is ready: on publication day those are counted alone.
    macro_rules! tell {
        ($level:ident) => {
            tracing::$level!(
                request.id = %id,
                http.method = %method,
                http.route = &*pattern,
                http.status = status.as_u16(),
                duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
                "request answered"
            )
        };
    }
    if at_hand {
        tell!(debug);
    } else {
        tell!(info);
    }
    let head_alone = method == Method::HEAD;
    let response = if head_alone { response.map_body(|_, body| Untold(body.size()).boxed()) } else { response };
    Ok(match rest {
        Some(rest) => response.map_body(|_, body| body::Holding::new(body, rest).boxed()),
        None => response,
    })
}

/// The answer, once what the record must say of it is there; another in its place if that cannot be.
async fn recorded(response: ServiceResponse) -> ServiceResponse {
    let kept = web::watched::keep(response.request(), response.response()).await;
    match kept {
        Ok(()) => response,
        Err(error) => {
            let answer = refused(response.request(), error);
            response.into_response(answer)
        }
    }
}

/// Says of a page or a refusal in which language it is, where it has not said so itself (RFC 9110, 8.5).
fn say_language<B>(response: &mut ServiceResponse<B>) {
    let headers = response.headers();
    let kind = headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let language = match kind {
        _ if headers.contains_key(header::CONTENT_LANGUAGE) => return,
        page if page.starts_with(b"text/html") => web::language::of(response.request()),
        b"application/problem+json" => web::language::of_program(response.request()),
        _ => return,
    };
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.as_text()));
}

/// Shuts the browser's doors, where the answer has not said otherwise, and says the request's number.
fn shut(headers: &mut HeaderMap, id: uuid::Uuid) {
    for (name, value) in &ALWAYS {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    if let Ok(value) = HeaderValue::from_str(id.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer())) {
        headers.insert(REQUEST_ID.clone(), value);
    }
}

/// Waits for work that may panic; nothing when it did. The thread and everybody else's request go on.
async fn unharmed<T>(mut work: Pin<Box<dyn Future<Output = T>>>) -> Option<T> {
    let step = move |waiting: &mut Waiting<'_>| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(waiting))) {
        Ok(Poll::Ready(done)) => Poll::Ready(Some(done)),
        Ok(Poll::Pending) => Poll::Pending,
        Err(_) => Poll::Ready(None),
    };
    std::future::poll_fn(step).await
}

/// What says why not, in the language of whoever asked: where a failure is made, nobody knows it yet. A page of a
/// failure of the service has the number under which the log has the request.
fn told(response: ServiceResponse<BoxBody>, id: uuid::Uuid) -> ServiceResponse<BoxBody> {
    let (request, answer) = (response.request(), response.response());
    let body = web::page_of_failure(request, answer, &id.to_string()).or_else(|| api::body_of_failure(request, answer));
    let Some(body) = body else { return response };
    let (request, answer) = response.into_parts();
    ServiceResponse::new(request, answer.set_body(body).map_into_boxed_body())
}

/// A request on which the work panicked. Its own part of the program was lost with it, so the answer is made anew.
#[derive(Debug)]
struct Panicked {
    id: uuid::Uuid,
    is_api: bool,
}

impl std::fmt::Display for Panicked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the work on request {} panicked", self.id)
    }
}

impl ResponseError for Panicked {
    fn status_code(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = if self.is_api { api::broken() } else { web::broken(&self.id.to_string()) };
        shut(answer.headers_mut(), self.id);
        answer
    }
}

/// The body of an answer to HEAD: its length is told, nothing of it is read.
struct Untold(BodySize);

impl MessageBody for Untold {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Waiting<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(None)
    }
}

/// The answer to a request whose address cannot be read, whatever it asks for.
fn unreadable(request: &ServiceRequest) -> Option<HttpResponse> {
    let uri = request.uri();
    let address = uri.path_and_query().map_or_else(|| uri.path(), |both| both.as_str());
    let error = web::nul::must_not_be_in_address(address).err()?;
    Some(refused(request.request(), error))
}

/// What refuses a request, in the form in which it was made.
fn refused(request: &HttpRequest, error: Error) -> HttpResponse {
    if request.path().starts_with(API) { api::refused(request, error) } else { web::refused(request, error) }
}

/// An id for a request: each thread begins somewhere by chance and goes on in steps, so that a page at hand costs no
/// call into the kernel for it. Nothing rests on its being a secret.
fn fresh_id() -> uuid::Uuid {
    const STEP: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
    thread_local!(static NEXT: Cell<u128> = Cell::new(u128::from_ne_bytes(random_bytes())));
    NEXT.with(|next| {
        let id = next.get();
        next.set(id.wrapping_add(STEP));
        uuid::Uuid::from_u128(id)
    })
}

fn random_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    // A request id without random numbers is still an id.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};

    async fn at_once() -> HttpResponse {
        panic!("on purpose, before the first wait")
    }

    async fn later() -> HttpResponse {
        actix_web::rt::task::yield_now().await;
        panic!("on purpose, after a wait")
    }

    async fn away() -> HttpResponse {
        let failed = actix_web::rt::task::spawn_blocking(|| panic!("on purpose, on another thread")).await;
        failed.map_or_else(|error| panic!("{error}"), |()| HttpResponse::Ok().finish())
    }

    /// Serves these on a port of its own, by one worker.
    fn serving() -> (SocketAddr, actix_web::dev::ServerHandle, std::thread::JoinHandle<()>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (started, handle) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = || {
                    HttpApp::new()
                        .wrap(from_fn(around))
                        .route("/at-once", http::get().to(at_once))
                        .route("/later", http::get().to(later))
                        .route("/away", http::get().to(away))
                        .route("/api/v1/at-once", http::get().to(at_once))
                        .route("/well", http::get().to(|| async { "well" }))
                };
                let server = HttpServer::new(app).workers(1).listen(listener).expect("it listens").run();
                started.send(server.handle()).expect("the test waits");
                server.await.expect("it ends well");
            });
        });
        (address, handle.recv().expect("it starts"), thread)
    }

    fn ask(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).expect("a limit");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("it is sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn c_64_a_panic_is_the_end_of_one_request_alone() {
        let (address, server, thread) = serving();
        for path in ["/at-once", "/later", "/away", "/api/v1/at-once"] {
            // The one worker is asked by eight at once, every second of them for what panics.
            let answers: Vec<(usize, String)> = std::thread::scope(|scope| {
                let asking: Vec<_> = (0..8)
                    .map(|number| {
                        scope.spawn(move || (number, ask(address, if number % 2 == 0 { path } else { "/well" })))
                    })
                    .collect();
                asking.into_iter().map(|thread| thread.join().expect("an answer")).collect()
            });
            for (number, answer) in answers {
                let (head, body) =
                    answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{path}: no answer: {answer}"));
                let head = head.to_lowercase();
                if number % 2 == 1 {
                    assert!(head.starts_with("http/1.1 200") && body == "well", "{path}: {answer}");
                    continue;
                }
                assert!(head.starts_with("http/1.1 500"), "{path}: {answer}");
                assert!(head.contains("content-security-policy: default-src 'none'"), "{path}: {answer}");
                assert!(!head.contains("server:") && !body.contains("on purpose"), "{path}: {answer}");
                let id = head.split("x-request-id: ").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default();
                assert_eq!(id.len(), 36, "{path}: {answer}");
                // A page tells its reader; a program reads the header.
                assert_eq!(body.contains(id), !path.starts_with(API), "{path}: {answer}");
            }
        }
        drop(server.stop(false));
        thread.join().expect("it ends");
    }
}
