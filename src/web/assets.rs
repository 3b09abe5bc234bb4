//! Style sheet, script and icon: embedded, compressed once, addressed by their content, cached for ever.

use super::prepared::{self, Prepared};
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    hash: String,
    content: Prepared,
}

impl Asset {
    fn address(&self) -> String {
        format!("/assets/{}/{}", self.hash, self.name)
    }
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    [
        ("app.css", "text/css; charset=utf-8", include_str!("../assets/app.css")),
        ("app.js", "text/javascript; charset=utf-8", include_str!("../assets/app.js")),
        (ICON, "image/svg+xml", include_str!("../assets/icon.svg")),
    ]
    .into_iter()
    .map(|(name, content_type, content)| {
        let hash = hex::encode(&Sha256::digest(content.as_bytes())[..8]);
        Asset { name, content: prepared::asset(&hash, content_type, content), hash }
    })
    .collect()
});

const ICON: &str = "icon.svg";

/// Compresses the assets, so that no visitor waits for it.
pub fn prepare() {
    LazyLock::force(&ASSETS);
}

/// The address of an asset.
pub fn address(name: &str) -> String {
    ASSETS.iter().find(|asset| asset.name == name).map(Asset::address).unwrap_or_default()
}

/// Answers with an asset. One asked for by an older page, at the address of another content, is shown where it is now.
pub async fn show(request: HttpRequest, path: web::Path<(String, String)>) -> HttpResponse {
    let (hash, name) = path.into_inner();
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) if asset.hash == hash => asset.content.answer(&request),
        Some(asset) => elsewhere(asset.address()),
        None => HttpResponse::NotFound().finish(),
    }
}

/// What browsers ask for by themselves.
pub async fn icon() -> HttpResponse {
    elsewhere(address(ICON))
}

fn elsewhere(address: String) -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header((LOCATION, address))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .finish()
}
