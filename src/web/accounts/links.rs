//! Pages of people who are not signed in: the first set-up, registration, invitation, a forgotten password.

use super::super::access::{Submitted, Visit, device_cookie};
use super::super::page::{Failure, Labels, Page, can_be_mended, html, ok, refused, see_other};
use super::super::routes::{Access, Routes};
use super::{LABELS, hash_typed, without_passwords};
use crate::actions::Tx;
use crate::actions::accounts::{self, Registration};
use crate::actions::offices::{self, SetUp, SetUpDone};
use crate::actions::throttle;
use crate::db::accounts::Account;
use crate::domain::language::Language;
use crate::domain::status::TokenPurpose;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/setup/{token}", Access::Public, set_up);
    routes.post("/setup/{token}", Access::Public, create_first);
    routes.get("/registration/new", Access::Public, new_registration);
    routes.post("/registration", Access::Public, register);
    routes.get("/registration/{token}", Access::Public, show_registration);
    routes.post("/registration/{token}", Access::Public, accept_registration);
    routes.get("/invitation/{token}", Access::Public, show_invitation);
    routes.post("/invitation/{token}", Access::Public, accept_invitation);
    routes.get("/password/new", Access::Public, new_reset);
    routes.post("/password", Access::Public, request_reset);
    routes.get("/password/{token}", Access::Public, show_reset);
    routes.post("/password/{token}", Access::Public, accept_reset);
}

/// What the fields of the first set-up are called: two people stand in it, each under a heading.
const SET_UP: Labels = &[
    ("name", "setup-system-name"),
    ("email", "setup-system-email"),
    ("password", "password"),
    ("password_again", "password-again"),
    ("security_name", "setup-security-name"),
    ("security_email", "setup-security-email"),
];

#[derive(Template)]
#[template(path = "accounts/setup.html", config = "src/views/askama.toml")]
struct SetUpPage {
    page: Page,
    action: String,
}

#[derive(Template)]
#[template(path = "accounts/setup_done.html", config = "src/views/askama.toml")]
struct SetUpDonePage {
    page: Page,
    name: String,
    email: String,
    /// Where the security administrator sets a password; none for whoever had an account.
    link: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/register.html", config = "src/views/askama.toml")]
struct RegisterPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "accounts/reset.html", config = "src/views/askama.toml")]
struct ResetPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "accounts/sent.html", config = "src/views/askama.toml")]
struct SentPage {
    page: Page,
    text: String,
}

#[derive(Template)]
#[template(path = "accounts/accept.html", config = "src/views/askama.toml")]
struct AcceptPage {
    page: Page,
    action: String,
    asks_name: bool,
    person: String,
    email: String,
    /// Words of the button that leads to the provider of identities; empty where it does not stand for this link.
    identity: String,
}

async fn set_up(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    let token = token.into_inner();
    let action = visit.path.clone();
    visit.app.read(move |tx| offices::must_be_set_up_link(tx, &token)).await.map_err(|e| visit.fail(e))?;
    ok(&SetUpPage { page: Page::titled(&visit, "setup-title"), action })
}

async fn create_first(form: Submitted, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    match carry_out_set_up(&form, token.into_inner()).await {
        Ok(done) => ok(&SetUpDonePage {
            page: Page::titled(visit, "setup-done-title").shown_once(),
            link: done.secret.map(|secret| format!("{}/invitation/{}", visit.app.env.base_url, secret.plain)),
            name: done.security.name,
            email: done.security.email,
        }),
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(visit, "setup-title").naming(SET_UP).after(&error, &without_passwords(&form));
            html(error.status(), &SetUpPage { page, action: visit.path.clone() })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn carry_out_set_up(form: &Submitted, token: String) -> Result<SetUpDone, Error> {
    let field = |name: &str| form.text(name);
    let input = SetUp {
        name: field("name"),
        email: field("email"),
        security_name: field("security_name"),
        security_email: field("security_email"),
    };
    let asked = token.clone();
    form.visit.app.read(move |tx| offices::must_be_set_up_link(tx, &asked)).await?;
    let hash = hash_typed(form, vec![input.name.clone(), input.email.clone()], None).await?;
    form.visit.app.write(move |tx| offices::set_up(tx, &token, &input, &hash)).await
}

async fn new_registration(visit: Visit) -> Result<HttpResponse, Failure> {
    ok(&RegisterPage { page: Page::titled(&visit, "register-title") })
}

async fn register(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let input = Registration { name: form.text("name"), email: form.text("email") };
    let (network, language) = (visit.network.clone(), Language::of_tag(&visit.actor.language));
    let work = move |tx: &mut Tx<'_>| {
        throttle::count(tx, Throttled::Registration, &network)?;
        accounts::register(tx, &input, language)
    };
    match visit.app.write(work).await {
        Ok(_) => sent(visit, "register-title", "register-sent"),
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(visit, "register-title").naming(LABELS).after(&error, &form.pairs);
            refused(&error, &RegisterPage { page })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

/// The same page whatever is known of the address; it does not even repeat it.
fn sent(visit: &Visit, title: &str, text: &str) -> Result<HttpResponse, Failure> {
    let page = Page::titled(visit, title);
    let text = page.t1(text, "minutes", accounts::LINK_MINUTES);
    html(StatusCode::ACCEPTED, &SentPage { page, text })
}

async fn new_reset(visit: Visit) -> Result<HttpResponse, Failure> {
    ok(&ResetPage { page: Page::titled(&visit, "password-reset-title") })
}

async fn request_reset(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (email, network) = (form.text("email"), visit.network.clone());
    let work = move |tx: &mut Tx<'_>| {
        throttle::count(tx, Throttled::PasswordReset, &network)?;
        accounts::request_reset(tx, &email)
    };
    match visit.app.write(work).await {
        Ok(_) => sent(visit, "password-reset-title", "password-reset-sent"),
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(visit, "password-reset-title").naming(LABELS).after(&error, &form.pairs);
            refused(&error, &ResetPage { page })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn show_registration(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    show(visit, TokenPurpose::Registration, token.into_inner()).await
}

async fn show_invitation(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    show(visit, TokenPurpose::Invitation, token.into_inner()).await
}

async fn show_reset(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    show(visit, TokenPurpose::PasswordReset, token.into_inner()).await
}

async fn accept_registration(form: Submitted, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    accept(form, TokenPurpose::Registration, token.into_inner()).await
}

async fn accept_invitation(form: Submitted, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    accept(form, TokenPurpose::Invitation, token.into_inner()).await
}

async fn accept_reset(form: Submitted, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    accept(form, TokenPurpose::PasswordReset, token.into_inner()).await
}

fn title(purpose: TokenPurpose) -> &'static str {
    match purpose {
        TokenPurpose::PasswordReset => "password-new-title",
        _ => "account-activate-title",
    }
}

fn accept_page(visit: &Visit, page: Page, purpose: TokenPurpose, account: Account) -> AcceptPage {
    AcceptPage {
        page,
        action: visit.path.clone(),
        asks_name: purpose != TokenPurpose::PasswordReset,
        person: account.name,
        email: account.email,
        identity: match purpose {
            TokenPurpose::Invitation => visit.app.identity.button.clone(),
            _ => String::new(),
        },
    }
}

async fn holder(visit: &Visit, purpose: TokenPurpose, token: &str) -> Result<Account, Failure> {
    let token = token.to_string();
    let found = visit.app.read(move |tx| accounts::holder_of_link(tx, purpose, &token)).await;
    found.map_err(|error| visit.fail(error))
}

async fn show(visit: Visit, purpose: TokenPurpose, token: String) -> Result<HttpResponse, Failure> {
    let account = holder(&visit, purpose, &token).await?;
    ok(&accept_page(&visit, Page::titled(&visit, title(purpose)), purpose, account))
}

async fn accept(form: Submitted, purpose: TokenPurpose, token: String) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let account = holder(visit, purpose, &token).await?;
    match carry_out(&form, purpose, token, &account).await {
        Ok(()) => {
            let done = match purpose {
                TokenPurpose::PasswordReset => "password-set",
                _ => "account-activated",
            };
            // Whoever has the mailbox is not kept out by what others try under its address (C-05).
            let device = visit.app.device_of(&account.email).map_err(|e| visit.fail(e))?;
            let mut response = see_other("/session/new", done);
            response
                .add_cookie(&device_cookie(device))
                .map_err(|e| visit.fail(Error::Internal(anyhow::anyhow!("cookie: {e}"))))?;
            Ok(response)
        }
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(visit, title(purpose)).naming(LABELS).after(&error, &without_passwords(&form));
            html(error.status(), &accept_page(visit, page, purpose, account))
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn carry_out(form: &Submitted, purpose: TokenPurpose, token: String, account: &Account) -> Result<(), Error> {
    let name = form.text("name");
    let hash = hash_typed(form, vec![name.clone()], Some(account.id)).await?;
    form.visit.app.write(move |tx| accounts::accept_link(tx, purpose, &token, &name, &hash).map(drop)).await
}
