//! In which language a request is answered, and the switch that every page has.
//!
//! Whoever has signed in reads in the language of their account. Others get the one that the address names (`lang`),
//! which is how search engines know the three versions of a page apart; else the one chosen with the switch, which the
//! browser keeps; else the one that `Accept-Language` likes best; else simplified Chinese. The switch is a form that
//! leads back to the page it stands on, with its filters.

use super::access::{Submitted, cookie};
use super::page::{Failure, see_other};
use super::routes::{Access, Routes};
use super::sessions::is_own_address;
use crate::actions;
use crate::domain::language::Language;
use crate::error::Error;
use actix_web::cookie::{Cookie, time};
use actix_web::http::Method;
use actix_web::http::header::{ACCEPT_LANGUAGE, COOKIE};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

/// Name of the cookie that the switch leaves. It changes the words of a page and nothing else.
pub const LANGUAGE_COOKIE: &str = "__Host-lang";
/// The parameter by which an address names a language.
pub const LANGUAGE_PARAMETER: &str = "lang";
/// Where the switch sends to.
const SWITCH: &str = "/language";
/// Days for which a browser keeps the choice.
const DAYS: i64 = 365;
/// Bytes that an address may have which the switch leads back to.
const LONGEST: usize = 2000;

/// Adds the switch.
pub fn routes(routes: &mut Routes) {
    routes.post(SWITCH, Access::Public, choose);
}

/// The language of a request, noted on it once it is settled.
#[derive(Debug, Clone, Copy)]
struct Settled(Language);

/// Notes in which language a request is answered: that of its account, or of the page that is kept for it.
pub fn settle(request: &HttpRequest, language: Language) {
    request.extensions_mut().insert(Settled(language));
}

fn settled(request: &HttpRequest) -> Option<Language> {
    request.extensions().get::<Settled>().map(|Settled(language)| *language)
}

/// The language in which a page is answered.
pub fn of(request: &HttpRequest) -> Language {
    settled(request).or_else(|| named_in(request)).or_else(|| kept_by(request)).unwrap_or_else(|| preferred_by(request))
}

/// The language in which a program is answered: no cookie and no parameter says so.
pub(crate) fn of_program(request: &HttpRequest) -> Language {
    settled(request).unwrap_or_else(|| preferred_by(request))
}

fn named_in(request: &HttpRequest) -> Option<Language> {
    let query = request.query_string();
    if !query.contains(LANGUAGE_PARAMETER) {
        return None;
    }
    let prefix = |pair: &str| pair.strip_prefix(LANGUAGE_PARAMETER)?.strip_prefix('=').and_then(Language::from_text);
    query.split('&').find_map(prefix)
}

fn kept_by(request: &HttpRequest) -> Option<Language> {
    if !request.headers().contains_key(COOKIE) {
        return None;
    }
    Language::from_text(request.cookie(LANGUAGE_COOKIE)?.value())
}

fn preferred_by(request: &HttpRequest) -> Language {
    let lines = request.headers().get_all(ACCEPT_LANGUAGE).filter_map(|value| value.to_str().ok());
    Language::preferred(lines).unwrap_or_default()
}

/// Where the switch leads back to: the address of a request without the language that it may name; for a form that was
/// sent, the page on which it stands.
pub fn here(request: &HttpRequest) -> String {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read && let Some(table) = request.app_data::<web::Data<Routes>>() {
        return table.form_of(request.path());
    }
    let names_one = |pair: &&str| pair.split('=').next() != Some(LANGUAGE_PARAMETER);
    let rest: Vec<&str> = request.query_string().split('&').filter(|pair| !pair.is_empty()).filter(names_one).collect();
    if rest.is_empty() { request.path().to_string() } else { format!("{}?{}", request.path(), rest.join("&")) }
}

/// An address in a language: the plain one is that of the usual language.
pub fn address_in(language: Language, address: &str) -> String {
    if language == Language::default() {
        return address.to_string();
    }
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{LANGUAGE_PARAMETER}={language}")
}

/// The page to lead back to: one of ours that can be read, or the one whose form is sent there. Another site's never.
fn back(asked: &str, table: &Routes) -> String {
    let (path, query) = asked.split_once('?').unwrap_or((asked, ""));
    if asked.len() > LONGEST || !is_own_address(path) || !query.bytes().all(|byte| byte.is_ascii_graphic()) {
        return "/".into();
    }
    if table.reads(path) {
        return asked.to_string();
    }
    table.form_of(path)
}

async fn choose(form: Submitted, table: web::Data<Routes>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let language = Language::from_text(&form.text("language"))
        .ok_or_else(|| visit.fail(Error::Malformed("language: zh-CN, zh-TW or en".into())))?;
    if visit.session.is_some() {
        let actor = visit.actor.clone();
        let chosen = visit.app.write(move |tx| actions::accounts::choose_language(tx, &actor, language));
        chosen.await.map_err(|error| visit.fail(error))?;
    }
    let mut response = see_other(back(&form.text("back"), &table), "");
    response
        .add_cookie(&kept(language))
        .map_err(|error| visit.fail(Error::Internal(anyhow::anyhow!("cookie: {error}"))))?;
    Ok(response)
}

/// The cookie of a choice.
fn kept(language: Language) -> Cookie<'static> {
    let mut kept = cookie(LANGUAGE_COOKIE, language.as_text().to_string());
    kept.set_max_age(time::Duration::days(DAYS));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn request(address: &str, cookie: &str, accepted: &str) -> HttpRequest {
        let mut request = TestRequest::with_uri(address);
        if !cookie.is_empty() {
            request = request.insert_header((COOKIE, format!("a=b; {LANGUAGE_COOKIE}={cookie}")));
        }
        if !accepted.is_empty() {
            request = request.insert_header((ACCEPT_LANGUAGE, accepted));
        }
        request.to_http_request()
    }

    #[test]
    fn the_address_comes_before_the_cookie_and_the_cookie_before_the_header() {
        for (address, cookie, accepted, language) in [
            ("/", "", "", Language::ZhCn),
            ("/", "", "fr", Language::ZhCn),
            ("/", "", "en-GB", Language::En),
            ("/", "zh-TW", "en", Language::ZhTw),
            ("/?lang=en", "zh-TW", "zh", Language::En),
            ("/?q=a&lang=zh-CN", "zh-TW", "en", Language::ZhCn),
            // What is none of ours decides nothing.
            ("/?lang=fr", "zh-TW", "en", Language::ZhTw),
            ("/?language=en", "", "", Language::ZhCn),
            ("/", "xx", "zh-HK", Language::ZhTw),
        ] {
            let request = request(address, cookie, accepted);
            assert_eq!(of(&request), language, "{address} {cookie} {accepted}");
        }
        let request = request("/?lang=en", "en", "zh-TW");
        assert_eq!(of_program(&request), Language::ZhTw);
        settle(&request, Language::ZhCn);
        assert_eq!((of(&request), of_program(&request)), (Language::ZhCn, Language::ZhCn));
    }

    #[test]
    fn the_switch_leads_back_to_a_page_of_ours_with_its_filters() {
        let table = crate::web::routes();
        for (asked, leads) in [
            ("/providers?q=%E4%BD%9B&page=2", "/providers?q=%E4%BD%9B&page=2"),
            ("/lists", "/lists"),
            ("/calls/0199/approval", "/calls/0199"),
            ("/session", "/session/new"),
            ("/registration", "/registration/new"),
            ("/providers/subscriptions", "/providers"),
            ("/language", "/"),
            ("//example.org/", "/"),
            ("https://example.org/", "/"),
            ("/\\example.org", "/"),
            ("/lists\r\nx: y", "/"),
            ("/lists?a=\r\nx", "/"),
            ("", "/"),
        ] {
            assert_eq!(back(asked, &table), leads, "{asked}");
        }
        assert_eq!(back(&format!("/lists?q={}", "a".repeat(LONGEST)), &table), "/");
    }

    #[test]
    fn an_address_is_named_with_and_without_its_language() {
        for (address, without) in [
            ("/lists", "/lists"),
            ("/lists?lang=en", "/lists"),
            ("/lists?q=a&lang=en&page=2", "/lists?q=a&page=2"),
            ("/lists?language=en", "/lists?language=en"),
        ] {
            assert_eq!(here(&request(address, "", "")), without);
        }
        assert_eq!(address_in(Language::En, "/lists?page=2"), "/lists?page=2&lang=en");
        assert_eq!(address_in(Language::ZhTw, "/lists"), "/lists?lang=zh-TW");
        assert_eq!(address_in(Language::ZhCn, "/lists"), "/lists");
    }
}
