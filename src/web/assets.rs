//! Style sheet and script: embedded, addressed by their content, cached for ever.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    content_type: &'static str,
    content: &'static str,
    address: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    [
        ("app.css", "text/css; charset=utf-8", include_str!("../assets/app.css")),
        ("app.js", "text/javascript; charset=utf-8", include_str!("../assets/app.js")),
    ]
    .into_iter()
    .map(|(name, content_type, content)| {
        let hash = hex::encode(&Sha256::digest(content.as_bytes())[..8]);
        Asset { name, content_type, content, address: format!("/assets/{hash}/{name}") }
    })
    .collect()
});

/// The address of an asset.
pub fn address(name: &str) -> String {
    ASSETS.iter().find(|asset| asset.name == name).map(|asset| asset.address.clone()).unwrap_or_default()
}

/// Answers with an asset.
pub async fn show(path: web::Path<(String, String)>) -> HttpResponse {
    let (_, name) = path.into_inner();
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, asset.content_type))
            .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
            .body(asset.content),
        None => HttpResponse::NotFound().finish(),
    }
}
