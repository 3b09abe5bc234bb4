//! The API's description: for machines, and for people.

use super::document;
use crate::web::access::Visit;
use crate::web::page::{Failure, Page, ok};
use crate::web::prepared::tagged;
use crate::web::routes::{Access, Routes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

/// Adds these pages; they lie outside `/api/v1`, where no operation is.
pub fn routes(routes: &mut Routes) {
    routes.get("/api/docs", Access::Public, show);
}

struct Line {
    method: String,
    path: String,
    summary: &'static str,
    who: String,
}

#[derive(Template)]
#[template(path = "api/docs.html", config = "src/views/askama.toml")]
struct DocsPage {
    page: Page,
    lines: Vec<Line>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "api-title");
    let lines = super::operations()
        .into_iter()
        .map(|operation| Line {
            method: operation.method.to_string(),
            path: format!("/api/v1{}", operation.path),
            summary: operation.summary,
            who: match operation.access {
                Access::Public => page.t("api-public"),
                Access::SignedIn => page.t("api-signed-in"),
                Access::Roles(roles) => {
                    roles.iter().map(|role| page.t_of("role", role)).collect::<Vec<_>>().join(&page.t("list-comma"))
                }
            },
        })
        .collect();
    ok(&DocsPage { page, lines })
}

/// The OpenAPI document.
pub async fn openapi(request: HttpRequest) -> HttpResponse {
    tagged(&request, HttpResponse::Ok().json(document::of(&super::operations())))
}
