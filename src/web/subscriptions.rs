//! A search by mail: asked for beside the results, confirmed by a link, ended by a link. Whatever is known of an address, the answers are
//! the same.

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, can_be_mended, html, ok, refused};
use super::pool::typed::{Typed, unknown};
use super::routes::{Access, Routes};
use crate::actions::subscription::confirm::{confirm, search_of_link};
use crate::actions::subscription::subscribe::{problems_of, subscribe};
use crate::actions::subscription::unsubscribe::unsubscribe;
use crate::actions::subscription::{CONFIRM_HOURS, search_path};
use crate::actions::throttle;
use crate::domain::language::Language;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.post("/providers/subscriptions", Access::Public, create);
    routes.get("/subscriptions/{token}", Access::Public, show);
    routes.post("/subscriptions/{token}", Access::Public, accept);
    routes.get("/subscriptions/{id}/end/{key}", Access::Public, show_end);
    routes.post("/subscriptions/{id}/end/{key}", Access::Public, end);
}

/// A page with one sentence, and one button or a way on.
#[derive(Template)]
#[template(path = "subscriptions/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    text: String,
    /// Where the button sends to; empty for none.
    action: String,
    /// The words of the button.
    button: String,
    /// The search that it is about; empty where none is shown.
    search: String,
}

#[derive(Template)]
#[template(path = "subscriptions/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
    typed: Typed,
    /// The search, where its filters can be chosen anew.
    search: String,
}

fn told(visit: &Visit, status: StatusCode, text: &str, search: String) -> Result<HttpResponse, Failure> {
    // A link that has done its work is opened by nobody again: the language is changed on the page of the search.
    let here = if search.is_empty() { "/providers" } else { search.as_str() };
    let page = Page::titled(visit, "subscription-title").at_address(here);
    let text = page.t1(text, "hours", CONFIRM_HOURS);
    html(status, &ShowPage { page, text, action: String::new(), button: String::new(), search })
}

/// The search of a form, as the address of its results would say it.
fn typed_in(form: &Submitted) -> Typed {
    Typed::of(&serde_html_form::to_string(&form.pairs).unwrap_or_default())
}

/// Asks for the search by mail, which must have filters with values that are known, as on the page of its results.
async fn ask(visit: &Visit, typed: &Typed, email: String) -> Result<(), Error> {
    let (search, network) = (typed.saved(), visit.network.clone());
    let (register, _) = visit.app.register().await?;
    // All at once: whoever mends one of them is not sent back with the next.
    let mut problems = problems_of(&email, &search);
    problems.extend(unknown(&visit.app.env, &register.index, &search.filters().0));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let language = Language::of_tag(&visit.actor.language);
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        // By where it comes from and never by the address: whoever is refused learns nothing of an address.
        throttle::count(tx, Throttled::Subscription, &network)?;
        subscribe(tx, &email, &search, language, &network).map(drop)
    };
    visit.app.write(work).await
}

async fn create(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let typed = typed_in(&form);
    let asked = ask(visit, &typed, form.text("email")).await;
    match asked {
        Ok(()) => told(visit, StatusCode::ACCEPTED, "subscription-sent", search_path(&typed.saved())),
        Err(error) if can_be_mended(&error) => {
            let search = search_path(&typed.saved());
            let page = Page::titled(visit, "subscription-title").at_address(&search).naming(&[("email", "email")]);
            let page = page.after(&error, &form.pairs);
            refused(&error, &NewPage { page, typed, search })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

/// Whoever opens the link still has to say yes: programs that look into mails open links as well.
async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    let token = token.into_inner();
    let search = visit.app.read(move |tx| search_of_link(tx, &token)).await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "subscription-title");
    ok(&ShowPage {
        text: page.t("subscription-confirm-text"),
        button: page.t("subscription-confirm-send"),
        action: visit.path.clone(),
        search: search_path(&search),
        page,
    })
}

async fn accept(form: Submitted, token: web::Path<String>) -> Result<HttpResponse, Failure> {
    let (visit, token) = (&form.visit, token.into_inner());
    let search = visit.app.write(move |tx| confirm(tx, &token)).await.map_err(|e| visit.fail(e))?;
    told(visit, StatusCode::OK, "subscription-confirmed", search_path(&search))
}

async fn show_end(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "subscription-title");
    ok(&ShowPage {
        text: page.t("subscription-end-text"),
        button: page.t("subscription-end-send"),
        action: visit.path.clone(),
        search: String::new(),
        page,
    })
}

/// Without the token of a form: mail programs send this by themselves (RFC 8058), and the key in the address is the proof.
async fn end(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (id, key) = path.into_inner();
    visit.app.write(move |tx| unsubscribe(tx, &id, &key)).await.map_err(|e| visit.fail(e))?;
    told(&visit, StatusCode::OK, "subscription-ended", String::new())
}
