//! Pages that stay as they are, kept as they were first sent: on publication day everybody asks for the same list.
//!
//! Only what a visitor without a session sees of a published list is kept, because it is made of nothing but the list
//! (which the database refuses to change), the programmes (fixed at start) and the words. A page that shows anything
//! else, such as somebody's standing today, must not be kept here.

use super::access::Visit;
use super::page::Failure;
use crate::domain::ids::PublishedListId;
use crate::error::Error;
use actix_web::http::header::{CACHE_CONTROL, ETAG, EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse, web::Bytes};
use askama::Template;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Pages that are kept; at some 60 kB each they take 8 MB. Beyond this the room is cleared.
const KEPT: usize = 128;

/// Which page: the list, the page of its entries from 1, the language.
type Key = (PublishedListId, i64, String);

/// A page ready to be sent.
#[derive(Clone)]
pub struct Prepared {
    tag: EntityTag,
    body: Bytes,
}

impl Prepared {
    /// Answers with the page, or with 304 when the visitor has it already.
    pub fn answer(self, request: &HttpRequest) -> HttpResponse {
        let current = match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| tag.weak_eq(&self.tag)),
            Err(_) => false,
        };
        let mut response = if current { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        // Asked for anew each time: the visitor may have signed in meanwhile.
        response.insert_header((CACHE_CONTROL, "no-cache")).insert_header((ETAG, self.tag.to_string()));
        if current { response.finish() } else { response.content_type("text/html; charset=utf-8").body(self.body) }
    }
}

/// The pages that are kept.
#[derive(Default)]
pub struct PreparedPages(RwLock<HashMap<Key, Prepared>>);

impl PreparedPages {
    /// The key of a list's page for this visitor; none for one whose page is their own.
    pub fn key(visit: &Visit, list: PublishedListId, page: i64) -> Option<Key> {
        let nobody = visit.session.is_none() && visit.flash.is_none();
        nobody.then(|| (list, page, visit.actor.language.clone()))
    }

    /// The page, if it is kept.
    pub fn find(&self, key: &Key) -> Option<Prepared> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Renders a page and keeps it.
    pub fn keep(&self, key: Key, template: &impl Template) -> Result<Prepared, Failure> {
        let body = template.render().map_err(|e| Failure::from(Error::Internal(e.into())))?;
        let tag = EntityTag::new_strong(hex::encode(&Sha256::digest(&body)[..16]));
        let prepared = Prepared { tag, body: body.into() };
        let mut pages = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= KEPT {
            pages.clear();
        }
        pages.insert(key, prepared.clone());
        Ok(prepared)
    }
}
