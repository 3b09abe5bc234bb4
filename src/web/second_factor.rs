//! The second factor: a code at the sign-in and before what weighs most; setting it up, renewing and giving it up.

use super::access::{Interrupted, Submitted, Visit, csrf_token, session_cookie};
use super::page::{Failure, Page, can_be_mended, html, ok, refused, see_other};
use super::qr::QrDrawing;
use super::routes::{Access, Routes};
use super::sessions::{RESUME_PATH, is_own_address, resume, resumed};
use crate::actions::second_factor::{self, Offer, Standing};
use crate::domain::second_factor::Demand;
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/session/code", Access::SignedIn, ask);
    routes.post("/session/code", Access::SignedIn, give);
    routes.get("/account/factor", Access::SignedIn, show);
    routes.post("/account/factor/offer", Access::SignedIn, offer);
    routes.post("/account/factor", Access::SignedIn, confirm);
    routes.post("/account/factor/codes", Access::SignedIn, renew_codes);
    routes.post("/account/factor/removal", Access::SignedIn, give_up);
}

#[derive(Template)]
#[template(path = "factor/code.html", config = "src/views/askama.toml")]
struct CodePage {
    page: Page,
    next: String,
    resume_path: String,
    resume: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "factor/show.html", config = "src/views/askama.toml")]
struct FactorPage {
    page: Page,
    standing: Standing,
    code: Option<QrDrawing>,
}

#[derive(Template)]
#[template(path = "factor/codes.html", config = "src/views/askama.toml")]
struct CodesPage {
    page: Page,
    codes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn ask(visit: Visit, query: web::Query<Next>) -> Result<HttpResponse, Failure> {
    let (_, actor) = visit.holder().map_err(|e| visit.fail(e))?;
    let owes_to_enrol = visit.owing.as_ref().is_some_and(|owing| owing.demand == Demand::Enrol);
    let account = actor.must_be_somebody().map_err(|e| visit.fail(e))?;
    let standing = visit.app.read(move |tx| second_factor::standing(tx, account)).await.map_err(|e| visit.fail(e))?;
    if owes_to_enrol || standing.since.is_none() {
        return Ok(see_other("/account/factor", ""));
    }
    let page = Page::titled(&visit, "factor-code-title");
    ok(&CodePage { page, next: query.into_inner().next, resume_path: String::new(), resume: Vec::new() })
}

/// The page that holds on to a form which was sent when the last code was no longer fresh.
pub fn ask_for_a_code(interrupted: &Interrupted, resume: Vec<(String, String)>, language: &str) -> HttpResponse {
    let page = Page::bare(language, "factor-code-title").with_token(&interrupted.token);
    let page = page.of_demonstration(interrupted.demonstration);
    let page = CodePage { page, next: String::new(), resume_path: interrupted.path.clone(), resume };
    html(StatusCode::FORBIDDEN, &page).unwrap_or_else(|failure| actix_web::ResponseError::error_response(&failure))
}

/// The page that asks for a code after the password, and holds on to what was interrupted.
pub fn ask_after_password(form: &Submitted, session: &str) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let page = Page::titled(visit, "factor-code-title").with_token(&csrf_token(&visit.app, session));
    let (resume_path, resume) = (form.text(RESUME_PATH), resumed(&form.pairs));
    ok(&CodePage { page, next: String::new(), resume_path, resume })
}

async fn give(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    match carry_out(&form).await {
        Ok((session, secret)) => {
            let (path, next) = (form.text(RESUME_PATH), form.text("next"));
            let response = if is_own_address(&path) {
                resume(&form, &session, &path)?
            } else if is_own_address(&next) {
                see_other(next, "")
            } else {
                see_other("/desk", "factor-given")
            };
            with_session(visit, response, secret)
        }
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(visit, "factor-code-title").after(&error, &[]);
            let (resume_path, resume) = (form.text(RESUME_PATH), resumed(&form.pairs));
            refused(&error, &CodePage { page, next: form.text("next"), resume_path, resume })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

/// The session that goes on, and its secret if it is a new one.
async fn carry_out(form: &Submitted) -> Result<(String, Option<String>), Error> {
    let (session, _) = form.visit.holder()?;
    match form.visit.app.give_code(session.clone(), form.text("otp")).await? {
        Some(signed_in) => Ok((signed_in.session.stored, Some(signed_in.session.plain))),
        None => Ok((session, None)),
    }
}

/// The answer, with the cookie of a session that goes on under a new id.
fn with_session(visit: &Visit, mut response: HttpResponse, secret: Option<String>) -> Result<HttpResponse, Failure> {
    if let Some(secret) = secret {
        response
            .add_cookie(&session_cookie(secret))
            .map_err(|e| visit.fail(Error::Internal(anyhow::anyhow!("cookie: {e}"))))?;
    }
    Ok(response)
}

async fn load(visit: &Visit, page: Page) -> Result<FactorPage, Error> {
    let (_, actor) = visit.holder()?;
    let account = actor.must_be_somebody()?;
    let standing = visit.app.read(move |tx| second_factor::standing(tx, account)).await?;
    let code = standing.offer.as_ref().and_then(|Offer { address, .. }| QrDrawing::of(address));
    Ok(FactorPage { page, standing, code })
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = load(&visit, Page::titled(&visit, "factor-title")).await.map_err(|e| visit.fail(e))?;
    ok(&page)
}

/// The page again, with why not.
async fn again(visit: &Visit, error: Error) -> Result<HttpResponse, Failure> {
    if !can_be_mended(&error) {
        return Err(visit.fail(error));
    }
    let page = Page::titled(visit, "factor-title").after(&error, &[]);
    refused(&error, &load(visit, page).await.map_err(|e| visit.fail(e))?)
}

async fn offer(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (_, actor) = visit.holder().map_err(|e| visit.fail(e))?;
    let account = actor.must_be_somebody().map_err(|e| visit.fail(e))?;
    match visit.app.write(move |tx| second_factor::offer(tx, account)).await {
        Ok(()) => Ok(see_other("/account/factor", "")),
        Err(error) => again(visit, error).await,
    }
}

async fn confirm(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (session, _) = visit.holder().map_err(|e| visit.fail(e))?;
    match visit.app.take_up_factor(session, form.text("otp")).await {
        Ok((codes, signed_in)) => {
            let page = Page::titled(visit, "factor-codes-title").shown_once();
            let page = page.with_token(&csrf_token(&visit.app, &signed_in.session.stored));
            with_session(visit, ok(&CodesPage { page, codes })?, Some(signed_in.session.plain))
        }
        Err(error) => again(visit, error).await,
    }
}

async fn renew_codes(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let actor = visit.actor.clone();
    match visit.app.write(move |tx| second_factor::renew_codes(tx, &actor)).await {
        Ok(codes) => ok(&CodesPage { page: Page::titled(visit, "factor-codes-title").shown_once(), codes }),
        Err(error) => again(visit, error).await,
    }
}

async fn give_up(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let actor = visit.actor.clone();
    match visit.app.write(move |tx| second_factor::give_up(tx, &actor)).await {
        Ok(()) => Ok(see_other("/account/factor", "factor-removed")),
        Err(error) => again(visit, error).await,
    }
}
