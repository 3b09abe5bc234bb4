//! Verification: a certificate by its number, and how a list that was taken away is checked without the service.

use super::access::Visit;
use super::network::must_be_visited;
use super::page::{Failure, Page, html, ok, see_other};
use super::routes::{Access, Routes};
use crate::actions::{Tx, pool};
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.get("/verify", Access::Public, show);
}

/// The number that is asked for, as typed.
#[derive(Debug, Default, Deserialize)]
struct Query {
    #[serde(default)]
    number: String,
}

#[derive(Template)]
#[template(path = "verify/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
}

/// Leads to the page of the certificate. Whatever is no number of one is answered alike, so that nothing is learnt from it.
async fn show(visit: Visit, req: HttpRequest, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "verify-title");
    let typed = query.into_inner().number.trim().to_string();
    if typed.is_empty() {
        return ok(&ShowPage { page });
    }
    must_be_visited(&req).map_err(|refusal| visit.fail(refusal))?;
    let number = typed.clone();
    let look = move |tx: &mut Tx<'_>| -> Result<String, Error> {
        Ok(pool::certificate(tx, &number, "")?.membership.certificate_number)
    };
    match visit.app.look_up_certificate(&visit.network, look).await {
        Ok(number) => Ok(see_other(format!("/certificates/{number}"), "")),
        Err(Error::NotFound) => {
            let error = Error::field("number", "certificate_unknown");
            let page = page.after(&error, &[("number".to_string(), typed)]);
            html(StatusCode::NOT_FOUND, &ShowPage { page })
        }
        Err(error) => Err(visit.fail(error)),
    }
}
