//! Signing in and out.

use super::access::{
    Asks, Interrupted, Submitted, Visit, csrf_token, device_cookie, no_session_cookie, session_cookie,
};
use super::accounts::untouched;
use super::page::{Failure, Page, can_be_mended, html, ok, refused, see_other};
use super::routes::{Access, Routes};
use super::second_factor::{ask_after_password, ask_for_a_code};
use crate::actions;
use crate::app::{App, Entry};
use crate::db;
use crate::domain::second_factor::Demand;
use crate::domain::status::SessionKind;
use crate::error::Error;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::{Duration, NaiveDateTime};
use std::sync::Arc;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/session/new", Access::Public, new);
    routes.post("/session", Access::Public, create);
    routes.post("/session/end", Access::SignedIn, destroy);
}

/// Fields of the form that was interrupted travel under this prefix.
const RESUME: &str = "resume.";
/// Where it was sent.
pub(super) const RESUME_PATH: &str = "resume_path";

#[derive(Template)]
#[template(path = "sessions/new.html", config = "src/views/askama.toml")]
struct SignInPage {
    page: Page,
    resume_path: String,
    resume: Vec<(String, String)>,
    /// Words of the button that leads to the provider of identities; empty where there is none, or a form waits.
    identity: String,
    /// Where one signs out there; empty where that is not known.
    identity_end: String,
}

impl SignInPage {
    /// The page while no form waits.
    fn plain(visit: &Visit, page: Page) -> SignInPage {
        let provider = visit.app.identity_provider().ok();
        SignInPage {
            page,
            resume_path: String::new(),
            resume: Vec::new(),
            identity: visit.app.identity.button.clone(),
            identity_end: provider.and_then(|provider| provider.sign_out_address()).unwrap_or_default(),
        }
    }

    /// The page that holds on to a form. The way by a provider leads round it, so it is not offered.
    fn holding(page: Page, resume_path: String, resume: Vec<(String, String)>) -> SignInPage {
        SignInPage { page, resume_path, resume, identity: String::new(), identity_end: String::new() }
    }
}

#[derive(Template)]
#[template(path = "sessions/resume.html", config = "src/views/askama.toml")]
struct ResumePage {
    page: Page,
    path: String,
    fields: Vec<(String, String)>,
}

async fn new(visit: Visit) -> Result<HttpResponse, Failure> {
    if visit.session.is_some() {
        return Ok(see_other("/desk", ""));
    }
    let page = Page::titled(&visit, "sign-in");
    ok(&SignInPage::plain(&visit, page))
}

/// The page again for somebody whom the provider of identities did not let in, with why not.
pub(super) fn not_let_in(visit: &Visit, error: &Error) -> Result<HttpResponse, Failure> {
    let page = Page::titled(visit, "sign-in").after(error, &[]);
    refused(error, &SignInPage::plain(visit, page))
}

/// Ends whatever session the browser came with: it goes on under no id at all (C-10).
pub(super) async fn end_before(visit: &Visit) -> Result<(), Failure> {
    if let Ok((before, _)) = visit.holder() {
        let ended = visit.app.write(move |tx| actions::sessions::replace(tx, &before)).await;
        ended.map_err(|error| visit.fail(error))?;
    }
    Ok(())
}

/// The page that holds on to a form which was sent too late: after its session, or its last code, was good no more.
pub fn ask_again(interrupted: &Interrupted, language: &str) -> HttpResponse {
    let resume =
        interrupted.pairs.iter().filter(|(name, _)| name != "csrf" && !name.contains("password")).cloned().collect();
    if interrupted.asks == Asks::ForACode {
        return ask_for_a_code(interrupted, resume, language);
    }
    let page = Page::bare(language, "sign-in").with_token(&interrupted.token);
    let page = page.of_demonstration(interrupted.demonstration);
    html(StatusCode::UNAUTHORIZED, &SignInPage::holding(page, interrupted.path.clone(), resume))
        .unwrap_or_else(|failure| actix_web::ResponseError::error_response(&failure))
}

async fn create(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let entry = Entry {
        email: form.text("email"),
        password: untouched(&form, "password"),
        code: None,
        kind: SessionKind::Browser,
        user_agent: visit.user_agent.clone(),
        network: visit.network.clone(),
        device: visit.device.clone(),
    };
    match visit.app.sign_in(entry).await {
        Ok(signed_in) => {
            end_before(visit).await?;
            let device = visit.app.device_of(&form.text("email")).map_err(|error| visit.fail(error))?;
            let session = signed_in.session.stored;
            let mut response = match (signed_in.owes, form.text(RESUME_PATH)) {
                (Demand::Code, _) => ask_after_password(&form, &session)?,
                (Demand::Enrol, _) => see_other("/account/factor", ""),
                (_, path) if is_own_address(&path) => resume(&form, &session, &path)?,
                _ => see_other("/desk", "signed-in"),
            };
            for cookie in [session_cookie(signed_in.session.plain), device_cookie(device)] {
                response
                    .add_cookie(&cookie)
                    .map_err(|e| visit.fail(Error::Internal(anyhow::anyhow!("cookie: {e}"))))?;
            }
            Ok(response)
        }
        Err(error) if can_be_mended(&error) => {
            let typed: Vec<_> = form.pairs.iter().filter(|(name, _)| name == "email").cloned().collect();
            let page = Page::titled(visit, "sign-in").after(&error, &typed);
            let path = form.text(RESUME_PATH);
            let again = if path.is_empty() {
                SignInPage::plain(visit, page)
            } else {
                SignInPage::holding(page.at_address(""), path, resumed(&form.pairs))
            };
            refused(&error, &again)
        }
        Err(error) => Err(visit.fail(error)),
    }
}

/// Whether a path leads nowhere but here: plain characters after a single slash.
pub(super) fn is_own_address(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.');
    path.starts_with('/') && !path.starts_with("//") && path.bytes().all(plain)
}

/// The fields of the form that was interrupted.
pub(super) fn resumed(pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(RESUME)?.to_string(), value.clone()))).collect()
}

/// After signing in: the interrupted form again, to be sent with one press under the new session.
pub(super) fn resume(form: &Submitted, session: &str, path: &str) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let page = Page::titled(visit, "resume-title").with_token(&csrf_token(&visit.app, session));
    ok(&ResumePage { page, path: path.into(), fields: resumed(&form.pairs) })
}

async fn destroy(form: Submitted) -> Result<HttpResponse, Failure> {
    let actor = form.visit.actor.clone();
    if let Some(session) = form.visit.session.clone() {
        form.visit.app.write(move |tx| actions::sessions::end(tx, &actor, &session.id)).await?;
    }
    // Where a provider lets people in, its own session lives on: the page for signing in says where that is ended.
    let to = if form.visit.app.identity_provider().is_ok() { "/session/new" } else { "/" };
    let mut response = see_other(to, "signed-out");
    response.add_cookie(&no_session_cookie()).map_err(|e| Error::Internal(anyhow::anyhow!("cookie: {e}")))?;
    response.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static("clear-site-data"),
        actix_web::http::header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

/// Puts off the end of a session that is in use; at most once a minute, so that reading does not write each time.
pub async fn keep_alive(app: &Arc<App>, session: &str, now: NaiveDateTime) -> Result<(), Error> {
    let id = session.to_string();
    let stored = app.read(move |tx| Ok(db::sessions::find_live(tx.db, &id, tx.now)?)).await?;
    let Some(stored) = stored.filter(|s| now - s.seen_at >= Duration::minutes(1)) else { return Ok(()) };
    let config = app.config.sessions.clone();
    app.write(move |tx| {
        let held = db::sessions::held(tx.db, stored.account_id, tx.now)?;
        let expires_at = actions::sessions::expiry(&config, &held, stored.created_at, now);
        Ok(db::sessions::keep_alive(tx.db, &stored.id, now, expires_at)?)
    })
    .await
}
