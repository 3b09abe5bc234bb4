//! Liveness, readiness, assets.

use super::assets;
use super::routes::{Access, Routes};
use crate::app::App;
use actix_web::{HttpResponse, web};

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/assets/{hash}/{name}", Access::Public, assets::show);
    routes.get("/favicon.ico", Access::Public, assets::icon);
    routes.get("/healthz", Access::Public, alive);
    routes.get("/readyz", Access::Public, ready);
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// For whoever watches the service: plain words that stay, one line a part that does not work.
async fn ready(app: web::Data<App>) -> HttpResponse {
    let unready = app.into_inner().unready().await;
    let (mut answer, said) = if unready.is_empty() {
        (HttpResponse::Ok(), "ready\n".to_string())
    } else {
        let parts = unready.iter().map(|part| format!("{} cannot be written\n", part.as_text()));
        (HttpResponse::ServiceUnavailable(), parts.collect())
    };
    answer.content_type("text/plain").body(said)
}
