//! Who asks, and for what: only what anybody would be shown is kept, and under one address however it is written.

use crate::domain::language::Language;
use crate::web::access::carries_cookie_of_ours;
use crate::web::language;
use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::AUTHORIZATION;
use chrono::{Datelike, NaiveDate};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Characters of a choice at most that is part of a kept address; no category of a list is called by more.
const CHOICE: usize = 60;

/// What a page listens to in its query. Anything else is left out of the address that it is kept under and is not seen
/// by its handler, so that made-up parameters fill no memory.
#[derive(Debug)]
pub struct Asked {
    /// Parameters that are whole numbers, in the order in which they are written; `page` stands at the very end.
    pub numbers: &'static [&'static str],
    /// Parameters of which only certain values are known, behind the numbers. The handler must answer any other value
    /// with something else than 200, which is not kept.
    pub choices: &'static [&'static str],
    /// Parameters that are days (`YYYY-MM-DD`), behind the choices. The handler must answer a day that it cannot speak of
    /// with something else than 200. There are many days: their pages make room for any other ([`is_of_a_day`]).
    pub days: &'static [&'static str],
    /// Parameters that may be anything: with one of them the page is made for this request alone.
    pub texts: &'static [&'static str],
}

/// A page that listens to nothing.
pub const NOTHING: Asked = Asked { numbers: &[], choices: &[], days: &[], texts: &[] };
/// A page that has further pages.
pub const PAGE: Asked = Asked { numbers: &["page"], ..NOTHING };
/// The parameter that is a day.
pub const DAY: &str = "on";

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

/// Whether what is kept at this place was asked for by a day, of which there are too many to keep them all.
pub fn is_of_a_day(place: &str) -> bool {
    place.split_once('?').is_some_and(|(_, query)| query.split('&').any(|part| part.split('=').next() == Some(DAY)))
}

/// How a parameter's value is judged.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Number,
    Choice,
    Day,
}

impl Kind {
    /// The one way of writing a value, or that it says nothing; an error when it cannot be part of a kept address.
    fn written(self, name: &str, value: &str) -> Result<Option<String>, ()> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(None);
        }
        match self {
            // What is no number is the handler's to judge.
            Kind::Number => {
                let number = value.parse::<u32>().ok().filter(|number| *number > 0).ok_or(())?;
                Ok((name != "page" || number > 1).then(|| number.to_string()))
            }
            Kind::Choice => {
                let tame = value.chars().count() <= CHOICE && !value.chars().any(char::is_control);
                // As links write it, so that such an address is at hand as it stands.
                if tame { Ok(Some(utf8_percent_encode(value, NON_ALPHANUMERIC).to_string())) } else { Err(()) }
            }
            Kind::Day => {
                let day = value.parse::<NaiveDate>().map_err(|_| ())?;
                if (1900..=9999).contains(&day.year()) { Ok(Some(day.to_string())) } else { Err(()) }
            }
        }
    }
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
        for (name, kind) in self.parameters() {
            let mut given = pairs.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str());
            let Some(value) = given.next() else { continue };
            // Which of two is meant is the handler's to judge.
            if given.next().is_some() {
                return None;
            }
            if let Some(value) = kind.written(name, value).ok()? {
                address.push(mark);
                address.push_str(&format!("{name}={value}"));
                mark = '&';
            }
        }
        Some(address)
    }

    /// Every parameter that can be part of a kept address, in the order in which links write them.
    fn parameters(&self) -> impl Iterator<Item = (&'static str, Kind)> {
        let of = |names: &'static [&'static str], kind: Kind| names.iter().map(move |name| (*name, kind));
        let numbers = |last: bool| of(self.numbers, Kind::Number).filter(move |(name, _)| (*name == "page") == last);
        numbers(false).chain(of(self.choices, Kind::Choice)).chain(of(self.days, Kind::Day)).chain(numbers(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: Asked = Asked { numbers: &["year", "page"], choices: &["category"], texts: &["q"], ..NOTHING };
    const POOL: Asked = Asked { days: &[DAY], ..PAGE };

    #[test]
    fn one_address_however_it_is_written() {
        for (query, address) in [
            ("", "/lists"),
            ("page=1", "/lists"),
            ("q=", "/lists"),
            ("q=&year=&category=&page=", "/lists"),
            ("utm_source=x&fbclid=y", "/lists"),
            ("page=2", "/lists?page=2"),
            ("page=002", "/lists?page=2"),
            ("page=2&year=2025", "/lists?year=2025&page=2"),
            ("x=1&year=2025&page=1", "/lists?year=2025"),
            ("category=service_provider", "/lists?category=service%5Fprovider"),
            ("page=2&category=a&year=2025&q=", "/lists?year=2025&category=a&page=2"),
            ("category=+a%20", "/lists?category=a"),
            ("category=%E4%BC%81&year=", "/lists?category=%E4%BC%81"),
            ("category=企", "/lists?category=%E4%BC%81"),
        ] {
            assert_eq!(LISTS.canonical("/lists", query).as_deref(), Some(address), "{query}");
        }
        assert_eq!(NOTHING.canonical("/", "page=2").as_deref(), Some("/"));
        for (query, address) in [
            ("on=", "/pool"),
            ("on=2025-06-20", "/pool?on=2025-06-20"),
            ("page=3&on=+2025-06-20", "/pool?on=2025-06-20&page=3"),
            ("on=2025-6-20", "/pool?on=2025-06-20"),
        ] {
            assert_eq!(POOL.canonical("/pool", query).as_deref(), Some(address), "{query}");
        }
        let places = ["en /pool?on=2025-06-20", "en /pool?page=2", "en /pool"].map(is_of_a_day);
        assert_eq!(places, [true, false, false]);
    }

    #[test]
    fn what_may_be_anything_is_not_kept() {
        let long = format!("category={}", "a".repeat(CHOICE + 1));
        for query in [
            "q=a",
            "page=0",
            "page=-1",
            "page=x",
            "page=2&page=3",
            "page=99999999999",
            "year=2025.5",
            "category=a&category=b",
            "category=a%00b",
            "category=a&q=b",
            long.as_str(),
        ] {
            assert_eq!(LISTS.canonical("/lists", query), None, "{query}");
        }
        for query in
            ["on=yesterday", "on=2025-13-01", "on=1899-12-31", "on=%2B10000-01-01", "on=2025-06-20&on=2025-06-21"]
        {
            assert_eq!(POOL.canonical("/pool", query), None, "{query}");
        }
        assert_eq!(PAGE.canonical("/l%69sts", ""), None);
        assert_eq!(PAGE.canonical("/lists/ABC", ""), None);
    }
}
