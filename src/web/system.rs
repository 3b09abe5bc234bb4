//! Liveness, readiness, assets.

use super::assets;
use super::page::Failure;
use super::routes::{Access, Routes};
use crate::app::App;
use actix_web::{HttpResponse, web};

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/assets/{hash}/{name}", Access::Public, assets::show);
    routes.get("/healthz", Access::Public, alive);
    routes.get("/readyz", Access::Public, ready);
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

async fn ready(app: web::Data<App>) -> Result<HttpResponse, Failure> {
    let app = app.into_inner();
    app.read(|tx| Ok(crate::db::accounts::count(tx.db)?)).await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n"))
}
