//! The cookies of ours: what each is for, and how long it stays.

use crate::actions::devices::DEVICE_DAYS;
use crate::actions::identities::ATTEMPT_MINUTES;
use crate::domain::calendar::local_datetime_text;
use crate::domain::language::Language;
use crate::web::language::LANGUAGE_COOKIE;
use crate::web::page::Flash;
use crate::words::Words;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header::COOKIE;
use chrono::DateTime;

/// Name of the session's cookie: `__Host-` binds it to this host, this scheme and the whole site.
pub const SESSION_COOKIE: &str = "__Host-sid";
pub(super) const FLASH_COOKIE: &str = "__Host-flash";
/// Says that somebody has signed in here with this browser; opens nothing.
pub(super) const DEVICE_COOKIE: &str = "__Host-device";
/// What a browser keeps on its way to the provider of identities and back: sealed, and good for minutes.
pub const IDENTITY_COOKIE: &str = "__Host-identity";

/// Whether the request carries a session or a message; any cookie that looks like one of ours counts, but the browser's own,
/// which changes nothing in a page, and the language, of which each page is kept.
pub fn carries_cookie_of_ours(req: &HttpRequest) -> bool {
    let is_anybodys = |name: &[u8]| name == DEVICE_COOKIE.as_bytes() || name == LANGUAGE_COOKIE.as_bytes();
    let looks_like_ours = |cookie: &[u8]| {
        cookie.windows(7).any(|bytes| bytes == b"__Host-")
            && !cookie.trim_ascii().split(|byte| *byte == b'=').next().is_some_and(is_anybodys)
    };
    let mut lines = req.headers().get_all(COOKIE);
    lines.any(|line| line.as_bytes().split(|byte| *byte == b';').any(looks_like_ours))
}

/// A cookie for this host alone that no script reads.
pub(in crate::web) fn cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value).path("/").secure(true).http_only(true).same_site(SameSite::Lax).finish()
}

/// The cookie of a session.
pub fn session_cookie(secret: String) -> Cookie<'static> {
    cookie(SESSION_COOKIE, secret)
}

/// The cookie by which a browser is known at its next sign-in.
pub fn device_cookie(value: String) -> Cookie<'static> {
    let mut cookie = cookie(DEVICE_COOKIE, value);
    cookie.set_max_age(time::Duration::days(DEVICE_DAYS));
    cookie
}

/// The cookie that binds what a provider answers to the browser that asked. It comes along although another site sends the
/// browser here, because a person goes from page to page (`SameSite=Lax`).
pub fn identity_cookie(sealed: String) -> Cookie<'static> {
    let mut cookie = cookie(IDENTITY_COOKIE, sealed);
    cookie.set_max_age(time::Duration::minutes(ATTEMPT_MINUTES));
    cookie
}

/// A cookie that takes it away.
pub fn no_identity_cookie() -> Cookie<'static> {
    let mut cookie = cookie(IDENTITY_COOKIE, String::new());
    cookie.set_max_age(time::Duration::ZERO);
    cookie
}

/// A cookie that takes the session's away.
pub fn no_session_cookie() -> Cookie<'static> {
    let mut cookie = cookie(SESSION_COOKIE, String::new());
    cookie.set_max_age(time::Duration::ZERO);
    cookie
}

/// The message that the next page shows once.
pub fn flash_cookie(key: &str) -> Cookie<'static> {
    let mut cookie = cookie(FLASH_COOKIE, key.to_string());
    cookie.set_max_age(time::Duration::seconds(20));
    cookie
}

/// Before the second at which somebody did what they ask for again.
pub(in crate::web) const DONE_BEFORE: &str = "already-done-";
/// The last second that a message names: 31 December 9999, UTC. The cookie is the visitor's to write.
const LAST_SECOND: i64 = 253_402_300_799;

pub(super) fn flash_of(key: &str, language: &str) -> Option<Flash> {
    if let Some(second) = key.strip_prefix(DONE_BEFORE) {
        let second = second.parse::<i64>().ok().filter(|second| (0..=LAST_SECOND).contains(second))?;
        let at = DateTime::from_timestamp(second, 0)?.naive_utc();
        let at = Language::of_tag(language).dated(&local_datetime_text(at)).into_owned();
        return Some(Flash { tone: "good", text: Words.say_with(language, "done-already-done", [("at", at)]) });
    }
    // Only messages of ours: the cookie is the visitor's to write.
    let known = key.len() < 60 && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit());
    let text = known.then(|| Words.say(language, &format!("done-{key}")))?;
    (!text.starts_with('[')).then_some(Flash { tone: "good", text })
}

/// Whether the response should take the message away: it was shown.
pub fn clears_flash(req: &HttpRequest) -> Option<Cookie<'static>> {
    if !carries_cookie_of_ours(req) {
        return None;
    }
    req.cookie(FLASH_COOKIE).map(|_| {
        let mut cookie = cookie(FLASH_COOKIE, String::new());
        cookie.set_max_age(time::Duration::ZERO);
        cookie
    })
}
