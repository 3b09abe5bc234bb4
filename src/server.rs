//! The program on a port: what goes around every request, and a graceful stop.

use crate::app::App;
use crate::config::ServerConfig;
use crate::web::routes::{Routes, answering};
use crate::{api, web};
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self as http, Bytes};
use actix_web::{App as HttpApp, HttpResponse, HttpServer};
use anyhow::Context;
use std::borrow::Cow;
use std::cell::Cell;
use std::convert::Infallible;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Waiting, Poll};

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
    let app = http::Data::from(app);
    let routes = http::Data::new(pages());
    let server = HttpServer::new(move || {
        HttpApp::new()
            .app_data(app.clone())
            .app_data(routes.clone())
            .app_data(prepared.clone())
            .wrap(from_fn(around))
            .service(
                http::scope("/api/v1")
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
    .listen(listener)?
    .run();
    Ok(server)
}

/// No inline script or style, nothing from elsewhere, in nobody's frame.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Names each request, shuts the browser's doors, and takes a message away that was shown.
async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let id = fresh_id();
    let started = std::time::Instant::now();
    let method = request.method().clone();
    let mut shown_flash = None;
    let (mut response, pattern) = match web::prepared::at_hand(request.request()) {
        Some((answer, route)) => (request.into_response(answer), Cow::Borrowed(route)),
        None => {
            let pattern = request.match_pattern().map_or(Cow::Borrowed("unknown"), Cow::Owned);
            shown_flash = web::access::clears_flash(request.request());
            let response = match unreadable(&request) {
                Some(answer) => request.into_response(answer),
                None => recorded(next.call(request).await?.map_into_boxed_body()).await,
            };
            (response, pattern)
        }
    };
    let status = response.status();
    if let Some(app) = response.request().app_data::<http::Data<App>>() {
        app.requests.count(status.as_u16());
    }
    if let Some(cookie) = shown_flash
        && status == actix_web::http::StatusCode::OK
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"))
    {
        let _ = response.response_mut().add_cookie(&cookie);
    }
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(header::CACHE_CONTROL, "no-store");
    if let Ok(value) = HeaderValue::from_str(id.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer())) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    tracing::info!(
        request.id = %id,
        http.method = %method,
        http.route = &*pattern,
        http.status = status.as_u16(),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "request answered"
    );
    let head_alone = method == Method::HEAD;
    Ok(if head_alone { response.map_body(|_, body| Untold(body.size()).boxed()) } else { response })
}

/// The answer, once what the record must say of it is there; another in its place if that cannot be.
async fn recorded(response: ServiceResponse) -> ServiceResponse {
    let kept = web::watched::keep(response.request(), response.response()).await;
    match kept {
        Ok(()) => response,
        Err(error) if response.request().path().starts_with("/api/v1") => response.into_response(api::refused(error)),
        Err(error) => response.into_response(web::refused(error)),
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
    Some(if uri.path().starts_with("/api/v1") { api::refused(error) } else { web::refused(error) })
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
