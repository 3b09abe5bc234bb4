//! The tags by which a visitor asks whether a page or a file is still the one they have, and how long it may be kept.

use super::encoding::Encoding;
use actix_web::http::header::{CACHE_CONTROL, ETAG, EntityTag, Header, HeaderValue, IF_NONE_MATCH, IfNoneMatch, VARY};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use sha2::{Digest, Sha256};

/// Asked for anew each time: the visitor may have signed in meanwhile, and a publication shows within a second.
pub(super) const CACHED: HeaderValue = HeaderValue::from_static("no-cache");
/// Kept for ever by whoever has it: a file of a published list, or one that is addressed by its content.
pub(super) const LASTING: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// What lasts is the same for everybody.
pub(super) const VARIES_BY_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");

/// The tag of a file that never changes: known before the file is made.
#[derive(Debug, Clone)]
pub struct Lasting(pub(super) EntityTag);

impl Lasting {
    /// The tag of a file of what has this hash. What another version of the program makes of it may be written in
    /// another way.
    pub fn of(sha256: &str, file: &str) -> Lasting {
        let hash: String = sha256.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
        Lasting(EntityTag::new_strong(format!("{hash}-{}-{file}", env!("CARGO_PKG_VERSION"))))
    }

    /// The one that an answer says; none for an answer without a tag, or with a weak one.
    pub fn said(response: &HttpResponse<()>) -> Option<Lasting> {
        tag_said(response).filter(|tag| !tag.weak).map(Lasting)
    }

    /// The tag of the same file in an encoding.
    pub fn in_encoding(&self, encoding: Encoding) -> Lasting {
        Lasting(tag_in(&self.0, encoding))
    }

    /// Says it of an answer.
    pub fn mark(&self, response: &mut HttpResponseBuilder) {
        response
            .insert_header((ETAG, written(&self.0)))
            .insert_header((CACHE_CONTROL, LASTING))
            .insert_header((VARY, VARIES_BY_ENCODING));
    }

    /// The answer to whoever has the file already, in whichever encoding.
    pub fn known(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let encodings = [Encoding::Identity, Encoding::Gzip, Encoding::Brotli];
        let tag = encodings.map(|encoding| tag_in(&self.0, encoding)).into_iter().find(|tag| has(request, tag))?;
        let mut response = HttpResponse::NotModified();
        Lasting(tag).mark(&mut response);
        Some(response.finish())
    }
}

/// The tag of a file that is made anew for each request: known before the file is made, of all that it rests on. It is
/// a weak one: two files of the same rows may differ in when they were made, and in how they are written.
#[derive(Debug, Clone)]
pub struct Resting(pub(super) EntityTag);

impl Resting {
    /// The tag of what rests on these. What another version of the program makes of them may be written in another way.
    pub fn on(parts: &[&str]) -> Resting {
        let mut hash = Sha256::new();
        for part in [env!("CARGO_PKG_VERSION")].iter().chain(parts) {
            hash.update(part.len().to_le_bytes());
            hash.update(part.as_bytes());
        }
        Resting(EntityTag::new_weak(hex::encode(&hash.finalize()[..16])))
    }

    /// The one that an answer says; none for an answer without a tag, or with a strong one.
    pub fn said(response: &HttpResponse<()>) -> Option<Resting> {
        tag_said(response).filter(|tag| tag.weak).map(Resting)
    }

    /// Says it of an answer, which is the same for everybody and asked for anew each time.
    pub fn mark(&self, response: &mut HttpResponseBuilder) {
        response
            .insert_header((ETAG, written(&self.0)))
            .insert_header((CACHE_CONTROL, CACHED))
            .insert_header((VARY, VARIES_BY_ENCODING));
    }

    /// The answer to whoever has the file already.
    pub fn known(&self, request: &HttpRequest) -> Option<HttpResponse> {
        if !has(request, &self.0) {
            return None;
        }
        let mut response = HttpResponse::NotModified();
        self.mark(&mut response);
        Some(response.finish())
    }
}

/// The tag that an answer has.
fn tag_said(response: &HttpResponse<()>) -> Option<EntityTag> {
    response.headers().get(ETAG)?.to_str().ok()?.parse().ok()
}

/// The tag of a body in another encoding. A weak one is of what is said, however it is written.
pub(super) fn tag_in(plain: &EntityTag, encoding: Encoding) -> EntityTag {
    if plain.weak {
        return plain.clone();
    }
    match encoding {
        Encoding::Identity => plain.clone(),
        other => EntityTag::new_strong(format!("{}{}", plain.tag(), other.name())),
    }
}

/// A tag as a header's value. One that is made here has nothing in it that could not stand there.
pub(super) fn written(tag: &EntityTag) -> HeaderValue {
    HeaderValue::from_str(&tag.to_string()).unwrap_or(HeaderValue::from_static(""))
}

/// Whether the visitor has what the tag names.
pub(super) fn has(request: &HttpRequest, tag: &EntityTag) -> bool {
    request.headers().contains_key(IF_NONE_MATCH)
        && match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(tag)),
            Err(_) => false,
        }
}
