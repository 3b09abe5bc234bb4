//! One page that is kept: its bodies, how long they hold, and how it is answered with.

use super::encoding::{self, Encoding};
use super::tags::{CACHED, LASTING, Lasting, Resting, VARIES_BY_ENCODING, has, tag_in, written};
use crate::domain::calendar;
use crate::domain::language::Language;
use crate::words::Words;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG,
    EntityTag, HeaderName, HeaderValue, VARY,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web::Bytes};
use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// With a session or an access token the answer is another, and in another language.
const VARIES: HeaderValue = HeaderValue::from_static("accept-encoding, accept-language, cookie, authorization");
/// Below this many bytes compression saves no packet.
const WORTH_COMPRESSING: usize = 1024;

/// A body in one encoding, with its tag.
struct Body {
    bytes: Bytes,
    tag: EntityTag,
    written: HeaderValue,
}

/// What a handler answered, as far as it is kept.
pub struct Answered {
    /// The body.
    pub body: Bytes,
    /// Its type.
    pub content_type: HeaderValue,
    /// The name it is saved under, for a download.
    pub disposition: Option<HeaderValue>,
    /// The tag of what never changes.
    pub lasting: Option<Lasting>,
    /// The tag of all that it rests on, where that is known.
    pub resting: Option<Resting>,
    /// The language of its words; none for a file.
    pub language: Option<Language>,
}

/// What the visitor likes best, given that there is gzip, and brotli too or not.
pub fn liked(request: &HttpRequest, has_brotli: bool) -> Encoding {
    let lines = request.headers().get_all(ACCEPT_ENCODING).filter_map(|value| value.to_str().ok());
    encoding::best(lines, has_brotli)
}

/// Whether a file of this type is compressed as it is.
fn is_compressed(content_type: &HeaderValue) -> bool {
    content_type.as_bytes().starts_with(b"application/vnd.openxmlformats")
}

/// How long a page holds.
pub struct Holds {
    /// The version of the public pages that was known before it was rendered.
    pub version: i64,
    /// When that was.
    pub from: NaiveDateTime,
    /// From this instant on its words are others.
    pub until: NaiveDateTime,
}

/// A page ready to be sent.
pub struct Prepared {
    /// Its pattern in the table of routes.
    pub route: &'static str,
    content_type: HeaderValue,
    disposition: Option<HeaderValue>,
    language: Option<Language>,
    lasting: bool,
    plain: Body,
    gzip: Option<Body>,
    brotli: Option<Body>,
    /// Its body in gzip, made when somebody asks for it, of a page that has no other encodings.
    quick: Option<OnceLock<Option<Body>>>,
    holds: Holds,
    used_at: AtomicU64,
}

impl Prepared {
    /// Compresses and tags a page. Takes milliseconds, so not on a thread that answers requests.
    pub fn new(route: &'static str, answered: Answered, holds: Holds) -> Prepared {
        let page = Prepared::as_it_is(route, answered, holds);
        let (gzip, brotli) = (page.compressed(Encoding::Gzip), page.compressed(Encoding::Brotli));
        Prepared { gzip, brotli, quick: None, ..page }
    }

    /// Tags a page and leaves it as it is: it is compressed when somebody asks for that, quickly.
    pub fn as_it_is(route: &'static str, answered: Answered, holds: Holds) -> Prepared {
        let lasting = answered.lasting.is_some();
        let tag = match (answered.lasting, answered.resting) {
            (Some(Lasting(tag)), _) | (None, Some(Resting(tag))) => tag,
            (None, None) => EntityTag::new_strong(hex::encode(&Sha256::digest(&answered.body)[..16])),
        };
        Prepared {
            route,
            gzip: None,
            brotli: None,
            quick: Some(OnceLock::new()),
            plain: Body { bytes: answered.body, written: written(&tag), tag },
            content_type: answered.content_type,
            disposition: answered.disposition,
            language: answered.language,
            lasting,
            holds,
            used_at: AtomicU64::new(0),
        }
    }

    /// Whether compression could save anything.
    fn is_worth_compressing(&self) -> bool {
        self.plain.bytes.len() >= WORTH_COMPRESSING && !is_compressed(&self.content_type)
    }

    /// Its body in an encoding; none if that would save nothing.
    fn compressed(&self, encoding: Encoding) -> Option<Body> {
        if !self.is_worth_compressing() {
            return None;
        }
        let plain = &self.plain.bytes;
        let bytes = match encoding {
            Encoding::Brotli => encoding::brotli(plain),
            Encoding::Gzip => encoding::gzip(plain, encoding::KEPT),
            Encoding::Identity => return None,
        };
        self.smaller(bytes.ok()?, encoding, plain.len())
    }

    /// Its body in gzip of a page that has no other encodings, made once; none if it would take more room than is kept
    /// for it.
    fn quickly(&self) -> Option<&Body> {
        let make = || {
            let bytes = encoding::gzip(&self.plain.bytes, encoding::QUICK).ok()?;
            self.smaller(bytes, Encoding::Gzip, self.kept_for_quick())
        };
        self.quick.as_ref().filter(|_| self.is_worth_compressing())?.get_or_init(make).as_ref()
    }

    /// Bytes that the quick body may take.
    fn kept_for_quick(&self) -> usize {
        self.plain.bytes.len() / 3 * 2
    }

    fn smaller(&self, bytes: Vec<u8>, encoding: Encoding, than: usize) -> Option<Body> {
        let tag = tag_in(&self.plain.tag, encoding);
        (bytes.len() < than).then(|| Body { bytes: bytes.into_boxed_slice().into(), written: written(&tag), tag })
    }

    /// Whether it never changes: then nothing has to be said of when it was so.
    pub fn is_lasting(&self) -> bool {
        self.lasting
    }

    /// Whether it is still what would be rendered.
    pub fn holds(&self, version: i64, now: NaiveDateTime) -> bool {
        self.lasting || self.holds.version >= version && self.holds.from <= now && now < self.holds.until
    }

    /// Bytes of its bodies, with what is kept for one that is made later.
    pub fn bytes(&self) -> usize {
        let bodies = [Some(&self.plain), self.gzip.as_ref(), self.brotli.as_ref()];
        let there: usize = bodies.into_iter().flatten().map(|body| body.bytes.len()).sum();
        let later = self.quick.is_some() && self.is_worth_compressing();
        there + if later { self.kept_for_quick() } else { 0 }
    }

    /// Notes that it was asked for.
    pub fn use_at(&self, tick: u64) {
        // Written only when it changes: the line of memory is shared by all threads.
        if self.used_at.load(Ordering::Relaxed) != tick {
            self.used_at.store(tick, Ordering::Relaxed);
        }
    }

    /// When it was asked for last.
    pub fn used_at(&self) -> u64 {
        self.used_at.load(Ordering::Relaxed)
    }

    fn body_for(&self, request: &HttpRequest) -> (&Body, Encoding) {
        let encoding = liked(request, self.brotli.is_some());
        let body = match encoding {
            Encoding::Brotli => self.brotli.as_ref(),
            Encoding::Gzip => self.gzip.as_ref().or_else(|| self.quickly()),
            Encoding::Identity => None,
        };
        body.map_or((&self.plain, Encoding::Identity), |body| (body, encoding))
    }

    /// Answers with the page in the encoding that the visitor prefers, or with 304 when they have it already.
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let (body, encoding) = self.body_for(request);
        let current = has(request, &body.tag);
        let mut response = if current { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        let kept = if self.lasting { LASTING } else { CACHED };
        // What has a weak tag is the same for everybody too, as long as what it rests on stays.
        let varies = if self.lasting || self.plain.tag.weak { VARIES_BY_ENCODING } else { VARIES };
        response.insert_header((CACHE_CONTROL, kept)).insert_header((VARY, varies));
        response.insert_header((ETAG, body.written.clone()));
        if current {
            return response.finish();
        }
        if encoding != Encoding::Identity {
            response.insert_header((CONTENT_ENCODING, HeaderValue::from_static(encoding.name())));
        }
        self.described(&mut response).body(body.bytes.clone())
    }

    /// Answers with the page while nobody can say whether it still holds: with the time until which it did.
    pub fn marked(&self, version: i64, seen_at: NaiveDateTime) -> HttpResponse {
        let as_of = if self.holds.version >= version {
            seen_at.clamp(self.holds.from, self.holds.until.max(self.holds.from))
        } else {
            self.holds.from
        };
        let mut response = HttpResponse::Ok();
        response.insert_header((CACHE_CONTROL, HeaderValue::from_static("no-store")));
        response.insert_header((HeaderName::from_static("x-as-of"), calendar::local_datetime_iso(as_of)));
        let body = if self.content_type.as_bytes().starts_with(b"text/html") {
            let at = calendar::local_datetime_text(as_of);
            let language = self.language.unwrap_or_default().as_text();
            with_banner(&self.plain.bytes, &Words.say_with(language, "page-as-of", [("at", at)]))
        } else {
            self.plain.bytes.clone()
        };
        self.described(&mut response).body(body)
    }

    fn described<'a>(&self, response: &'a mut HttpResponseBuilder) -> &'a mut HttpResponseBuilder {
        if let Some(disposition) = &self.disposition {
            response.insert_header((CONTENT_DISPOSITION, disposition.clone()));
        }
        if let Some(language) = self.language {
            response.insert_header((CONTENT_LANGUAGE, HeaderValue::from_static(language.as_text())));
        }
        response.insert_header((CONTENT_TYPE, self.content_type.clone()))
    }

    /// A page for a test.
    #[cfg(test)]
    pub fn of(body: Bytes) -> Prepared {
        let content_type = HeaderValue::from_static("text/html; charset=utf-8");
        let answered = Answered { body, content_type, disposition: None, lasting: None, resting: None, language: None };
        let (from, until) = (NaiveDateTime::MIN, NaiveDateTime::MAX);
        Prepared::new("/", answered, Holds { version: 1, from, until })
    }

    /// A page of so many bytes for a test.
    #[cfg(test)]
    pub fn of_size(bytes: usize) -> Prepared {
        let mut page = Prepared::of(Bytes::new());
        page.plain.bytes = vec![0; bytes].into();
        page
    }
}

/// The page with a line at the head of its content.
fn with_banner(page: &Bytes, line: &str) -> Bytes {
    let main = page.windows(5).position(|bytes| bytes == b"<main");
    let after = main.and_then(|main| {
        let end = page.get(main..)?.iter().position(|byte| *byte == b'>')?;
        Some(main + end + 1)
    });
    let Some((head, rest)) = after.and_then(|after| page.split_at_checked(after)) else { return page.clone() };
    let banner = format!("\n<div class=\"notice\" data-tone=\"attention\" role=\"status\"><p>{line}</p></div>");
    [head, banner.as_bytes(), rest].concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::IF_NONE_MATCH;
    use actix_web::test::TestRequest;

    const PAGE: &str = "<html><body><main id=\"content\" class=\"wrap\"><h1>x</h1></main></body></html>";

    fn page() -> Prepared {
        Prepared::of(PAGE.repeat(50).into_bytes().into())
    }

    fn header(response: &HttpResponse, name: HeaderName) -> Option<String> {
        response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    #[test]
    fn each_encoding_has_its_own_tag_and_304() {
        let page = page();
        let mut tags = Vec::new();
        for (accepted, encoding) in [("br", Some("br")), ("gzip", Some("gzip")), ("identity", None)] {
            let request = TestRequest::get().insert_header((ACCEPT_ENCODING, accepted)).to_http_request();
            let answer = page.answer(&request);
            assert_eq!(header(&answer, CONTENT_ENCODING).as_deref(), encoding);
            assert_eq!(
                header(&answer, VARY).as_deref(),
                Some("accept-encoding, accept-language, cookie, authorization")
            );
            let tag = header(&answer, ETAG).expect("a tag");
            for (have, status) in
                [(tag.clone(), 304), (format!("W/{tag}"), 304), ("*".into(), 304), ("\"x\"".into(), 200)]
            {
                let request = TestRequest::get()
                    .insert_header((ACCEPT_ENCODING, accepted))
                    .insert_header((IF_NONE_MATCH, have.clone()));
                assert_eq!(page.answer(&request.to_http_request()).status().as_u16(), status, "{have}");
            }
            tags.push(tag);
        }
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 3);
    }

    #[test]
    fn a_page_that_is_not_kept_is_compressed_when_somebody_asks() {
        let holds = || Holds { version: 0, from: NaiveDateTime::default(), until: NaiveDateTime::default() };
        let answered = |body: String, content_type: &'static str| Answered {
            body: body.into(),
            content_type: HeaderValue::from_static(content_type),
            disposition: None,
            lasting: None,
            resting: None,
            language: None,
        };
        let page = Prepared::as_it_is("", answered(PAGE.repeat(50), "text/html; charset=utf-8"), holds());
        let with_room = PAGE.len() * 50 + PAGE.len() * 50 / 3 * 2;
        assert_eq!(page.bytes(), with_room, "room is kept for it beforehand");
        for accepted in ["gzip", "gzip, deflate, br"] {
            let asked = || TestRequest::get().insert_header((ACCEPT_ENCODING, accepted));
            let answer = page.answer(&asked().to_http_request());
            assert_eq!(header(&answer, CONTENT_ENCODING).as_deref(), Some("gzip"), "{accepted}");
            let tag = header(&answer, ETAG).expect("a tag");
            let again = asked().insert_header((IF_NONE_MATCH, tag)).to_http_request();
            assert_eq!(page.answer(&again).status().as_u16(), 304, "{accepted}");
        }
        for accepted in ["br", "identity", "gzip;q=0"] {
            let asked = TestRequest::get().insert_header((ACCEPT_ENCODING, accepted)).to_http_request();
            assert_eq!(header(&page.answer(&asked), CONTENT_ENCODING), None, "{accepted}");
        }
        assert_eq!(page.bytes(), with_room, "and it takes no more");
        // What is short, or compressed as it is, is sent as it is.
        let book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        for (body, kind) in [(PAGE.to_string(), "text/html; charset=utf-8"), (PAGE.repeat(50), book)] {
            let asked = TestRequest::get().insert_header((ACCEPT_ENCODING, "gzip, br")).to_http_request();
            let quick = Prepared::as_it_is("", answered(body.clone(), kind), holds());
            let kept = Prepared::new("", answered(body.clone(), kind), holds());
            assert_eq!((quick.bytes(), kept.bytes()), (body.len(), body.len()), "{kind}");
            for page in [quick, kept] {
                assert_eq!(header(&page.answer(&asked), CONTENT_ENCODING), None, "{kind}");
            }
        }
    }

    #[test]
    fn what_rests_on_the_same_has_the_same_tag() {
        let tag = Resting::on(&["pool", "csv", "7", "2026-03-02"]);
        let mut response = HttpResponse::Ok();
        tag.mark(&mut response);
        let said = header(&response.finish(), ETAG).expect("a tag");
        assert!(said.starts_with("W/\""), "{said}");
        let having = |tag: &str| TestRequest::get().insert_header((IF_NONE_MATCH, tag.to_string())).to_http_request();
        assert_eq!(tag.known(&having(&said)).map(|answer| answer.status().as_u16()), Some(304));
        assert!(tag.known(&TestRequest::get().to_http_request()).is_none());
        for other in [
            ["pool", "csv", "8", "2026-03-02"],
            ["pool", "json", "7", "2026-03-02"],
            ["poolc", "sv", "7", "2026-03-02"],
        ] {
            assert!(Resting::on(&other).known(&having(&said)).is_none(), "{other:?}");
        }
        // Kept ready it has the same tag in every encoding, and lasts no longer than what it rests on.
        let (mut head, mut strong) = (HttpResponse::Ok(), HttpResponse::Ok());
        tag.mark(&mut head);
        Lasting::of("ab", "x").mark(&mut strong);
        let (head, strong) = (head.finish().drop_body(), strong.finish().drop_body());
        assert!(Lasting::said(&head).is_none() && Resting::said(&strong).is_none());
        let content_type = HeaderValue::from_static("text/csv; charset=utf-8");
        let (body, resting) = (Bytes::from(PAGE.repeat(50)), Resting::said(&head));
        let answered = Answered { body, content_type, disposition: None, lasting: None, resting, language: None };
        let page =
            Prepared::new("/", answered, Holds { version: 1, from: NaiveDateTime::MIN, until: NaiveDateTime::MAX });
        assert!(!page.is_lasting());
        for encoding in ["identity", "gzip", "br"] {
            let asked = TestRequest::get().insert_header((ACCEPT_ENCODING, encoding)).to_http_request();
            let answer = page.answer(&asked);
            let told = [ETAG, CACHE_CONTROL, VARY].map(|name| header(&answer, name));
            let expected = [said.as_str(), "no-cache", "accept-encoding"].map(|text| Some(text.to_string()));
            assert_eq!(told, expected, "{encoding}");
            assert_eq!(header(&answer, CONTENT_ENCODING).unwrap_or("identity".into()), encoding);
        }
        assert_eq!(page.answer(&having(&said)).status().as_u16(), 304);
    }

    #[test]
    fn what_lasts_has_its_tag_beforehand_and_holds_for_ever() {
        let lasting = Lasting::of(&"ab".repeat(32), "list.sig");
        let content_type = HeaderValue::from_static("text/plain");
        let body = Bytes::from(PAGE.repeat(50));
        let lasts = Some(lasting.clone());
        let answered =
            Answered { body, content_type, disposition: None, lasting: lasts, resting: None, language: None };
        let holds = Holds { version: 0, from: NaiveDateTime::default(), until: NaiveDateTime::default() };
        let page = Prepared::new("/", answered, holds);
        assert!(page.is_lasting() && page.holds(7, NaiveDateTime::MAX));
        let answer = page.answer(&TestRequest::get().to_http_request());
        assert_eq!(header(&answer, CACHE_CONTROL).as_deref(), Some("public, max-age=31536000, immutable"));
        let tag = header(&answer, ETAG).expect("a tag");
        assert!(tag.starts_with(&format!("\"{}-", "ab".repeat(16))) && tag.ends_with("-list.sig\""), "{tag}");
        for encoding in ["identity", "gzip", "br"] {
            let asked = TestRequest::get().insert_header((ACCEPT_ENCODING, encoding)).to_http_request();
            let tag = header(&page.answer(&asked), ETAG).expect("a tag");
            let again = TestRequest::get().insert_header((IF_NONE_MATCH, tag.clone())).to_http_request();
            let known = lasting.known(&again).expect("it is known");
            assert_eq!((known.status().as_u16(), header(&known, ETAG)), (304, Some(tag)), "{encoding}");
        }
        assert!(lasting.known(&TestRequest::get().to_http_request()).is_none());
    }

    #[test]
    fn a_page_holds_from_its_instant_to_the_next() {
        let at = |second| chrono::DateTime::from_timestamp(second, 0).expect("an instant").naive_utc();
        let mut page = page();
        page.holds = Holds { version: 3, from: at(10), until: at(20) };
        assert!(page.holds(3, at(10)) && page.holds(2, at(19)));
        assert!(!page.holds(3, at(20)) && !page.holds(3, at(9)) && !page.holds(4, at(15)));
        for (version, seen, says) in [(3, 15, 15), (3, 30, 20), (3, 5, 10), (4, 15, 10)] {
            let as_of = header(&page.marked(version, at(seen)), HeaderName::from_static("x-as-of"));
            assert_eq!(as_of, Some(calendar::local_datetime_iso(at(says))), "{version} {seen}");
        }
    }

    #[test]
    fn a_page_says_its_language_and_a_file_none() {
        let mut page = page();
        let asked = TestRequest::get().to_http_request();
        assert_eq!(header(&page.answer(&asked), CONTENT_LANGUAGE), None);
        page.language = Some(Language::En);
        assert_eq!(header(&page.answer(&asked), CONTENT_LANGUAGE).as_deref(), Some("en"));
        let marked = page.marked(1, NaiveDateTime::default());
        assert_eq!(header(&marked, CONTENT_LANGUAGE).as_deref(), Some("en"));
    }

    #[test]
    fn the_line_stands_at_the_head_of_the_content() {
        let marked = with_banner(&Bytes::from_static(PAGE.as_bytes()), "旧");
        let text = String::from_utf8_lossy(&marked).into_owned();
        let banner = "<div class=\"notice\" data-tone=\"attention\" role=\"status\"><p>旧</p></div>";
        assert!(text.contains(&format!("class=\"wrap\">\n{banner}<h1>")), "{text}");
        let other = Bytes::from_static(b"no main here");
        assert_eq!(with_banner(&other, "x"), other);
    }
}
