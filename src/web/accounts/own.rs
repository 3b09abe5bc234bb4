//! One's own account: roles, password, sessions.

use super::super::access::{Submitted, Visit, session_cookie};
use super::super::identity;
use super::super::page::{Failure, Labels, Page, can_be_mended, html, ok, refused, see_other};
use super::super::routes::{Access, Routes};
use super::admin::{Role, role_rows};
use super::{LABELS, ask_for_address, change_password, known_of, typed_twice, untouched, without_passwords};
use crate::actions;
use crate::db;
use crate::db::accounts::Account;
use crate::db::sessions::Session;
use crate::domain::sign_in_program::device_of;
use crate::domain::status::SessionKind;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/account", Access::SignedIn, show);
    routes.get("/account/password", Access::SignedIn, show_password);
    routes.post("/account/password", Access::SignedIn, new_password);
    routes.post("/account/sessions/{id}/end", Access::SignedIn, end_session);
    routes.get("/account/address", Access::SignedIn, show_address);
    routes.post("/account/address", Access::SignedIn, ask_for_another);
    routes.get("/account/address/{token}", Access::SignedIn, show_confirmation);
    routes.post("/account/address/{token}", Access::SignedIn, confirm_address);
}

/// What the fields are called by which another address is asked for.
const ANOTHER_ADDRESS: Labels = &[("present_password", "password-present"), ("email", "address-new")];

struct SessionRow {
    id: String,
    device: String,
    kind: SessionKind,
    session: Session,
    current: bool,
}

#[derive(Template)]
#[template(path = "accounts/own.html", config = "src/views/askama.toml")]
struct OwnPage {
    page: Page,
    account: Account,
    roles: Vec<Role>,
    sessions: Vec<SessionRow>,
    identity: Option<identity::Standing>,
}

#[derive(Template)]
#[template(path = "accounts/password.html", config = "src/views/askama.toml")]
struct PasswordPage {
    page: Page,
    is_old: bool,
}

#[derive(Template)]
#[template(path = "accounts/address.html", config = "src/views/askama.toml")]
struct AddressPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "accounts/address_confirm.html", config = "src/views/askama.toml")]
struct ConfirmPage {
    page: Page,
    action: String,
    email: String,
}

async fn load(visit: &Visit, page: Page) -> Result<OwnPage, Error> {
    let id = visit.actor.must_be_somebody()?;
    let language = visit.actor.language.clone();
    let (account, roles, sessions) = visit
        .app
        .read(move |tx| {
            let account = db::accounts::find(tx.db, id)?;
            let roles = role_rows(tx, id, &language)?;
            Ok((account, roles, db::sessions::live_of(tx.db, id, tx.now)?))
        })
        .await?;
    let current = visit.session.as_ref().map(|session| session.id.clone()).unwrap_or_default();
    let sessions = sessions
        .into_iter()
        .map(|session| SessionRow {
            id: session.id.clone(),
            device: device_name(&page, &session.user_agent),
            kind: session.kind,
            current: session.id == current,
            session,
        })
        .collect();
    let identity = identity::standing(visit).await?;
    Ok(OwnPage { page, account, roles, sessions, identity })
}

/// A device by its browser and its system; a program as it calls itself.
fn device_name(page: &Page, user_agent: &str) -> String {
    match device_of(user_agent) {
        Some((browser, system)) => page.t2("session-device-on", "browser", browser, "system", system),
        None if user_agent.is_empty() => "—".into(),
        None => user_agent.to_string(),
    }
}

/// The page again, with why something was not done.
pub(in crate::web) async fn again(visit: &Visit, error: &Error) -> Result<HttpResponse, Failure> {
    let page = Page::titled(visit, "account").after(error, &[]);
    refused(error, &load(visit, page).await.map_err(|e| visit.fail(e))?)
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = load(&visit, Page::titled(&visit, "account")).await.map_err(|e| visit.fail(e))?;
    ok(&page)
}

async fn show_password(visit: Visit) -> Result<HttpResponse, Failure> {
    ok(&PasswordPage { page: Page::titled(&visit, "password-change"), is_old: visit.owing.is_some() })
}

async fn new_password(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    match carry_out(&form).await {
        Ok(secret) => {
            let mut response = see_other("/account", "password-changed");
            response
                .add_cookie(&session_cookie(secret))
                .map_err(|e| visit.fail(Error::Internal(anyhow::anyhow!("cookie: {e}"))))?;
            Ok(response)
        }
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(visit, "password-change").naming(LABELS).after(&error, &[]);
            html(error.status(), &PasswordPage { page, is_old: visit.owing.is_some() })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn carry_out(form: &Submitted) -> Result<String, Error> {
    let visit = &form.visit;
    let (session, actor) = visit.holder()?;
    let known = known_of(&visit.app, Vec::new(), Some(actor.must_be_somebody()?)).await?;
    let new = typed_twice(form, &known)?;
    let (present, agent) = (untouched(form, "present_password"), visit.user_agent.clone());
    let kind = SessionKind::Browser;
    let signed_in = change_password(&visit.app, &actor, present, new, kind, agent, Some(session)).await?;
    Ok(signed_in.session.plain)
}

async fn end_session(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (actor, id) = (visit.actor.clone(), id.into_inner());
    visit.app.write(move |tx| actions::accounts::end_session(tx, &actor, &id)).await.map_err(|e| visit.fail(e))?;
    Ok(see_other("/account", "session-ended"))
}

async fn show_address(visit: Visit) -> Result<HttpResponse, Failure> {
    ok(&AddressPage { page: Page::titled(&visit, "address-change") })
}

async fn ask_for_another(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (present, email) = (untouched(&form, "present_password"), form.text("email"));
    match ask_for_address(&visit.app, &visit.actor, present, email).await {
        Ok(()) => Ok(see_other("/account", "address-asked")),
        Err(error) if can_be_mended(&error) => {
            let typed = without_passwords(&form);
            let page = Page::titled(visit, "address-change").naming(ANOTHER_ADDRESS).after(&error, &typed);
            refused(&error, &AddressPage { page })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn show_confirmation(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    let (actor, token) = (visit.actor.clone(), token.into_inner());
    let email = visit.app.read(move |tx| actions::address::shown(tx, &actor, &token)).await;
    let email = email.map_err(|error| visit.fail(error))?;
    ok(&ConfirmPage { page: Page::titled(&visit, "address-confirm"), action: visit.path.clone(), email })
}

async fn confirm_address(form: Submitted, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (actor, token) = (visit.actor.clone(), token.into_inner());
    visit.app.write(move |tx| actions::address::confirm(tx, &actor, &token)).await.map_err(|e| visit.fail(e))?;
    Ok(see_other("/session/new", "address-changed"))
}
