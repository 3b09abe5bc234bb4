//! Certificates: verified by anybody, on any day, and printed.

use super::access::Visit;
use super::lists::category_name;
use super::network::must_be_visited;
use super::page::{Failure, Page, html, ok};
use super::pool_on_day::typed_day;
use super::qr::QrDrawing;
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::actions::pool::{self, Certificate};
use crate::domain::calendar::local_date_text;
use crate::domain::membership::StandingOnDate;
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/certificates/{number}", Access::Public, show);
    routes.get("/certificates/{number}/print", Access::Public, print);
}

/// For which day it is asked.
#[derive(Debug, Clone, Default, Deserialize)]
struct Query {
    #[serde(default)]
    on: String,
}

/// A certificate in words.
struct View {
    number: String,
    holder: String,
    holder_today: String,
    renamed: bool,
    holder_id: String,
    credit_code: String,
    category: String,
    list: String,
    list_title: String,
    list_number: String,
    from: String,
    to: String,
    day: String,
    day_iso: String,
    is_today: bool,
    /// What it is worth, as a code.
    code: &'static str,
    /// Key of the sentence that says what it is worth.
    verdict: String,
    tone: &'static str,
    /// For a day that is over: key of the sentence that says what it is worth today, and its tone; empty where that is the same.
    today: String,
    today_tone: &'static str,
    /// Whether it may be printed: it is worth something today.
    good: bool,
    /// What the code carries.
    carried: String,
    proves_itself: bool,
}

/// What it is worth, as a code.
fn code_of(standing: Option<StandingOnDate>) -> &'static str {
    standing.map_or("not_yet", |standing| standing.as_text())
}

fn tone_of(standing: Option<StandingOnDate>) -> &'static str {
    match standing {
        Some(StandingOnDate::Active) => "ok",
        Some(StandingOnDate::Warned) => "warn",
        _ => "error",
    }
}

impl View {
    fn of(tx: &Tx<'_>, found: Certificate, language: &str) -> View {
        let (held, list) = (&found.membership, &found.list);
        let is_today = found.day == found.today;
        let code = code_of(found.standing);
        let address = format!("{}/certificates/{}", tx.env.base_url, held.certificate_number);
        let carried = match &held.certificate_seal {
            Some(seal) => format!("{address}#{seal}"),
            None => address,
        };
        View {
            number: held.certificate_number.clone(),
            renamed: found.renamed(),
            holder_id: held.organisation_id.to_string(),
            credit_code: found.credit_code.clone(),
            category: category_name(tx, &held.category, language),
            list: list.id.to_string(),
            list_title: list.title.clone(),
            list_number: list.number.clone().unwrap_or_default(),
            from: local_date_text(held.valid_from),
            to: local_date_text(found.valid_to),
            day: local_date_text(found.day),
            day_iso: found.day.to_string(),
            is_today,
            code,
            verdict: if is_today { format!("certificate-today-{code}") } else { format!("certificate-then-{code}") },
            tone: tone_of(found.standing),
            today: if is_today || found.standing_today == found.standing {
                String::new()
            } else {
                format!("certificate-today-{}", code_of(found.standing_today))
            },
            today_tone: tone_of(found.standing_today),
            good: found.standing.is_some_and(StandingOnDate::is_in_pool),
            carried,
            proves_itself: held.certificate_seal.is_some(),
            holder: found.holder,
            holder_today: found.holder_today,
        }
    }
}

async fn load(visit: &Visit, req: &HttpRequest, number: &str, on: &str) -> Result<View, Error> {
    load_in(visit, req, (number, on), &visit.actor.language).await
}

/// The certificate of a number on a day, in a language.
async fn load_in(visit: &Visit, req: &HttpRequest, asked: (&str, &str), language: &str) -> Result<View, Error> {
    must_be_visited(req)?;
    let (number, on, language) = (asked.0.to_string(), asked.1.to_string(), language.to_string());
    let read = move |tx: &mut Tx<'_>| {
        let found = pool::certificate(tx, &number, &on)?;
        Ok(View::of(tx, found, &language))
    };
    visit.app.look_up_certificate(&visit.network, read).await
}

#[derive(Template)]
#[template(path = "certificates/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    certificate: View,
}

async fn show(
    visit: Visit,
    req: HttpRequest,
    number: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "certificate-title");
    match load(&visit, &req, &number, &query.on).await {
        Ok(certificate) => ok(&ShowPage { page, certificate }),
        // A day that cannot be answered for: said beside today's answer.
        Err(error @ Error::Invalid(_)) => {
            let certificate = load(&visit, &req, &number, "").await.map_err(|e| visit.fail(e))?;
            let page = page.after(&error, &typed_day(&query.on));
            html(StatusCode::UNPROCESSABLE_ENTITY, &ShowPage { page, certificate })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

#[derive(Template)]
#[template(path = "certificates/print.html", config = "src/views/askama.toml")]
struct PrintPage {
    page: Page,
    /// Says what stands on the sheet, in the official language.
    paper: Page,
    certificate: View,
    /// None if the code would not hold what it carries.
    code: Option<QrDrawing>,
    /// What the code is, to those who do not see it.
    label: String,
}

/// The sheet is an official paper: whatever its reader's language, it is in the one of the office.
async fn print(visit: Visit, req: HttpRequest, number: web::Path<String>) -> Result<HttpResponse, Failure> {
    let found = load_in(&visit, &req, (number.as_str(), ""), DEFAULT_LANGUAGE).await;
    let certificate = found.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "certificate-print-title");
    let paper = Page::bare(DEFAULT_LANGUAGE, "certificate-print-title");
    let label = paper.t1("certificate-code-label", "number", &certificate.number);
    let code = QrDrawing::of(&certificate.carried);
    ok(&PrintPage { page, paper, certificate, code, label })
}
