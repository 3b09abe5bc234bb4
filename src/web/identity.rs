//! Signing in through a provider of identities: the way there, the way back, and tying an identity to one's account.

use super::access::{IDENTITY_COOKIE, Submitted, Visit, identity_cookie, no_identity_cookie, session_cookie};
use super::accounts::{know_again, untouched};
use super::page::{Failure, Page, can_be_mended, ok, see_other};
use super::routes::{Access, Routes};
use super::sessions::{end_before, not_let_in};
use crate::actions::identities::{self, Purpose};
use crate::actions::{accounts, sessions::SignedIn};
use crate::app::{ANSWER_PATH, Leaving, Returned, Returning};
use crate::domain::second_factor::Demand;
use crate::domain::status::TokenPurpose;
use crate::error::Error;
use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;

/// Bytes of the parameters that a provider sends a browser back with.
const LONGEST_ANSWER: usize = 8_192;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.post("/session/identity", Access::Public, begin);
    routes.get(ANSWER_PATH, Access::Public, answer);
    routes.post("/account/identity", Access::SignedIn, link);
    routes.post("/account/identity/removal", Access::SignedIn, unlink);
    routes.post("/invitation/{token}/identity", Access::Public, accept);
}

/// Sends the browser on by itself: a form of ours may lead nowhere but here (the content policy), and the provider sends it
/// on as it likes.
#[derive(Template)]
#[template(path = "sessions/leaving.html", config = "src/views/askama.toml")]
struct LeavingPage {
    page: Page,
    address: String,
    refresh: String,
}

/// How it stands with the provider on the page of one's own account.
pub struct Standing {
    /// Words of its button.
    pub button: String,
    /// Tied since; none while it is not.
    pub since: Option<NaiveDateTime>,
}

/// How it stands with the provider for whoever looks at their own account; nothing where none is set.
///
/// # Errors
/// The database is away.
pub async fn standing(visit: &Visit) -> Result<Option<Standing>, Error> {
    let Ok(provider) = visit.app.identity_provider() else { return Ok(None) };
    let account = visit.actor.must_be_somebody()?;
    let since = visit.app.read(move |tx| identities::tied_since(tx, account, provider.issuer())).await?;
    Ok(Some(Standing { button: visit.app.identity.button.clone(), since }))
}

fn with_cookie(visit: &Visit, mut response: HttpResponse, cookie: &Cookie<'_>) -> Result<HttpResponse, Failure> {
    response.add_cookie(cookie).map_err(|e| visit.fail(Error::Internal(anyhow::anyhow!("cookie: {e}"))))?;
    Ok(response)
}

fn leave(visit: &Visit, leaving: Leaving) -> Result<HttpResponse, Failure> {
    let Leaving { address, sealed } = leaving;
    let refresh = format!("0; url={address}");
    let response = ok(&LeavingPage { page: Page::titled(visit, "identity-leaving"), address, refresh })?;
    with_cookie(visit, response, &identity_cookie(sealed))
}

async fn begin(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    match visit.app.leave_for_provider(Purpose::SignIn).await {
        Ok(leaving) => leave(visit, leaving),
        Err(error) if can_be_mended(&error) => not_let_in(visit, &error),
        Err(error) => Err(visit.fail(error)),
    }
}

async fn answer(request: HttpRequest, mut visit: Visit) -> Result<HttpResponse, Failure> {
    visit.app.identity_provider().map_err(|error| visit.fail(error))?;
    // The address holds a code, which is good once: it stands in no page, and no switch of languages leads back to it.
    let back = if visit.session.is_some() { "/account" } else { "/session/new" };
    visit.here = back.to_string();
    let query = request.query_string();
    let pairs: Option<Vec<(String, String)>> =
        if query.len() <= LONGEST_ANSWER { serde_html_form::from_str(query).ok() } else { None };
    let returning = Returning {
        sealed: request.cookie(IDENTITY_COOKIE).map(|cookie| cookie.value().to_string()),
        // What cannot be read is an answer that says nothing.
        pairs: pairs.unwrap_or_default(),
        session: visit.session_id(),
        actor: visit.actor.clone(),
        user_agent: visit.user_agent.clone(),
        network: visit.network.clone(),
    };
    let response = match visit.app.return_from_provider(returning).await {
        Ok(Returned::In(signed_in)) => let_in(&visit, signed_in).await?,
        Ok(Returned::Linked) => see_other("/account", "identity-tied"),
        Err(error) if !can_be_mended(&error) => return Err(visit.fail(error)),
        Err(error) if visit.session.is_some() => super::accounts::own_page(&visit, &error).await?,
        Err(error) => not_let_in(&visit, &error)?,
    };
    // Whatever came of it, it is over.
    with_cookie(&visit, response, &no_identity_cookie())
}

/// The answer to somebody who is in, as far as their second factor allows.
async fn let_in(visit: &Visit, signed_in: SignedIn) -> Result<HttpResponse, Failure> {
    end_before(visit).await?;
    let response = match signed_in.owes {
        Demand::Code => see_other("/session/code", ""),
        Demand::Enrol => see_other("/account/factor", ""),
        Demand::SignIn => see_other("/session/new", ""),
        Demand::Nothing | Demand::NewPassword => see_other("/desk", "signed-in"),
    };
    with_cookie(visit, response, &session_cookie(signed_in.session.plain))
}

async fn link(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    match begin_link(&form).await {
        Ok(leaving) => leave(visit, leaving),
        Err(error) if can_be_mended(&error) => super::accounts::own_page(visit, &error).await,
        Err(error) => Err(visit.fail(error)),
    }
}

async fn begin_link(form: &Submitted) -> Result<Leaving, Error> {
    let visit = &form.visit;
    let provider = visit.app.identity_provider()?;
    let session = visit.session_id().ok_or(Error::Unauthenticated)?;
    let actor = visit.actor.clone();
    visit.app.read(move |tx| identities::may_link(tx, &actor, provider.issuer())).await?;
    know_again(&visit.app, &visit.actor, untouched(form, "present_password")).await?;
    visit.app.leave_for_provider(Purpose::Link { session }).await
}

async fn unlink(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let provider = visit.app.identity_provider().map_err(|error| visit.fail(error))?;
    let session = visit.session_id().ok_or_else(|| visit.fail(Error::Unauthenticated))?;
    let actor = visit.actor.clone();
    match visit.app.write(move |tx| identities::unlink(tx, &actor, &session, provider.issuer())).await {
        Ok(()) => Ok(see_other("/account", "identity-untied")),
        Err(error) if can_be_mended(&error) => super::accounts::own_page(visit, &error).await,
        Err(error) => Err(visit.fail(error)),
    }
}

async fn accept(form: Submitted, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    match begin_acceptance(visit, token.into_inner()).await {
        Ok(leaving) => leave(visit, leaving),
        Err(error) => Err(visit.fail(error)),
    }
}

async fn begin_acceptance(visit: &Visit, token: String) -> Result<Leaving, Error> {
    visit.app.identity_provider()?;
    let asked = token.clone();
    visit.app.read(move |tx| accounts::holder_of_link(tx, TokenPurpose::Invitation, &asked).map(drop)).await?;
    visit.app.leave_for_provider(Purpose::Invitation { token }).await
}
