//! Who asks, and for what: only what anybody would be shown is kept, and under one address however it is written.

use crate::domain::language::Language;
use crate::web::access::carries_cookie_of_ours;
use crate::web::language;
use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::AUTHORIZATION;

/// What a page listens to in its query. Anything else is left out of the address that it is kept under and is not seen
/// by its handler, so that made-up parameters fill no memory.
#[derive(Debug)]
pub struct Asked {
    /// Parameters that are whole numbers, in the order in which they are written.
    pub numbers: &'static [&'static str],
    /// Parameters that may be anything: with one of them the page is made for this request alone.
    pub texts: &'static [&'static str],
}

/// A page that listens to nothing.
pub const NOTHING: Asked = Asked { numbers: &[], texts: &[] };
/// A page that has further pages.
pub const PAGE: Asked = Asked { numbers: &["page"], texts: &[] };

/// Whether the request is a reading one of nobody in particular, with nothing to tell.
pub fn is_nobodys(request: &HttpRequest) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
        && !request.headers().contains_key(AUTHORIZATION)
        && !carries_cookie_of_ours(request)
}

/// The language of which an address is kept. A file to carry away is one and the same for everybody: what was signed
/// stays in the language that it was signed in.
pub fn language_of(request: &HttpRequest) -> Language {
    let is_file = request.path().rsplit('/').next().is_some_and(|name| name.contains('.'));
    if is_file { Language::default() } else { language::of(request) }
}

/// The place of an address in a language: each language is a page of its own.
pub fn place(language: Language, address: &str) -> String {
    format!("{language} {address}")
}

impl Asked {
    /// The one address of what is asked for; none when it is somebody's own, or asked for in a way that is not kept.
    pub fn address(&self, request: &HttpRequest) -> Option<String> {
        is_nobodys(request).then(|| self.canonical(request.path(), request.query_string()))?
    }

    fn canonical(&self, path: &str, query: &str) -> Option<String> {
        // Another way of writing the same path is answered, but not kept beside it.
        if path.bytes().any(|byte| byte == b'%' || byte.is_ascii_uppercase()) {
            return None;
        }
        if query.is_empty() {
            return Some(path.to_string());
        }
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
        if pairs.iter().any(|(name, value)| self.texts.contains(&name.as_str()) && !value.is_empty()) {
            return None;
        }
        let mut address = path.to_string();
        let mut mark = '?';
        for name in self.numbers {
            let mut given = pairs.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str());
            let (Some(value), None) = (given.next(), given.next()) else {
                if pairs.iter().any(|(given, _)| given == name) {
                    return None;
                }
                continue;
            };
            // What is no number is the handler's to judge.
            let number: u32 = value.parse().ok().filter(|number| *number > 0)?;
            if *name != "page" || number > 1 {
                address.push(mark);
                address.push_str(&format!("{name}={number}"));
                mark = '&';
            }
        }
        Some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: Asked = Asked { numbers: &["year", "page"], texts: &["q"] };

    #[test]
    fn one_address_however_it_is_written() {
        for (query, address) in [
            ("", "/lists"),
            ("page=1", "/lists"),
            ("q=", "/lists"),
            ("utm_source=x&fbclid=y", "/lists"),
            ("page=2", "/lists?page=2"),
            ("page=002", "/lists?page=2"),
            ("page=2&year=2025", "/lists?year=2025&page=2"),
            ("x=1&year=2025&page=1", "/lists?year=2025"),
        ] {
            assert_eq!(LISTS.canonical("/lists", query).as_deref(), Some(address), "{query}");
        }
        assert_eq!(NOTHING.canonical("/", "page=2").as_deref(), Some("/"));
    }

    #[test]
    fn what_may_be_anything_is_not_kept() {
        for query in ["q=a", "page=0", "page=-1", "page=x", "page=", "page=2&page=3", "page=99999999999", "year=2025.5"]
        {
            assert_eq!(LISTS.canonical("/lists", query), None, "{query}");
        }
        assert_eq!(PAGE.canonical("/l%69sts", ""), None);
        assert_eq!(PAGE.canonical("/lists/ABC", ""), None);
    }
}
