//! The links of a list that has several pages; buttons in their place where what was searched for may name a person, for
//! such words stand in no address.

use super::page::Page;
use crate::db::page::{Page as Rows, Pager};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Deserializer};
use std::str::FromStr;

/// A link to a page, or the button that asks for it; an empty address is a gap.
pub struct PageLink {
    /// Its number.
    pub label: String,
    /// Where it leads; in a search for words, the number of the page.
    pub href: String,
    /// Whether it is this page.
    pub current: bool,
}

/// The form that asks for another page of a search for words.
pub struct SearchForm {
    /// Where it is sent.
    pub action: String,
    /// What is searched for: names and values.
    pub fields: Vec<(String, String)>,
}

/// What the macro `pagination` shows.
pub struct PagerView {
    /// How many there are, in words.
    pub summary: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Pages by number.
    pub links: Vec<PageLink>,
    /// What asks for the pages of a search for words, in place of links.
    pub search: Option<SearchForm>,
}

/// Reads a number that an address asks for. What is none counts as not said: whoever follows a link that was cut off
/// or written by hand sees the page all the same.
///
/// # Errors
/// The value is no text.
pub fn number_if_any<'de, D, N>(from: D) -> Result<Option<N>, D::Error>
where
    D: Deserializer<'de>,
    N: FromStr,
{
    Ok(String::deserialize(from)?.trim().parse().ok())
}

/// Reads the page asked for, or the last one when that lies beyond the end.
///
/// # Errors
/// That of the reading.
pub fn page_or_last<T, E>(pager: Pager, mut read: impl FnMut(Pager) -> Result<Rows<T>, E>) -> Result<Rows<T>, E> {
    let found = read(pager)?;
    let last = pager.within(found.total);
    if last.number() == pager.number() { Ok(found) } else { read(last) }
}

/// An address with its query; what is empty is left out, and so is the first page.
pub fn address(path: &str, parts: &[(&str, &str)], page: i64) -> String {
    let filled = parts.iter().filter(|(_, value)| !value.is_empty());
    let encoded = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    let mut pairs: Vec<String> = filled.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if page > 1 {
        pairs.push(format!("page={page}"));
    }
    if pairs.is_empty() { path.to_string() } else { format!("{path}?{}", pairs.join("&")) }
}

/// The links of a list at `path` that is narrowed by `parts`, with how many there are.
pub fn pager_of<T>(page: &Page, rows: &Rows<T>, path: &str, parts: &[(&str, &str)]) -> PagerView {
    let summary = page.t2("people-list-summary", "total", rows.total, "page", rows.page);
    pager_view(summary, rows, |number| address(path, parts, number))
}

/// The same of a search: with `words` to look for, which may name a person, the pages are asked for by a form that goes to
/// `path/search` and holds them with `parts`. Without words the links lead there as everywhere.
pub fn pager_of_search<T>(
    page: &Page,
    rows: &Rows<T>,
    path: &str,
    words: (&str, &str),
    parts: &[(&str, &str)],
) -> PagerView {
    let links = pager_of(page, rows, path, parts);
    if words.1.trim().is_empty() {
        return links;
    }
    let filled = std::iter::once(&words).chain(parts).filter(|(_, value)| !value.is_empty());
    let fields = filled.map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let search = SearchForm { action: format!("{path}/search"), fields };
    PagerView { search: Some(search), ..pager_view(links.summary, rows, |number| number.to_string()) }
}

/// First, last, and two on either side of this page.
pub fn pager_view<T>(summary: String, rows: &Rows<T>, to: impl Fn(i64) -> String) -> PagerView {
    let (at, last) = (rows.page, rows.last());
    let near = |number: &i64| *number == 1 || *number == last || (number - at).abs() <= 2;
    let mut links: Vec<PageLink> = Vec::new();
    let mut before = 0;
    for number in (1..=last).filter(near) {
        if number > before + 1 {
            links.push(PageLink { label: String::new(), href: String::new(), current: false });
        }
        links.push(PageLink { label: number.to_string(), href: to(number), current: number == at });
        before = number;
    }
    PagerView {
        summary,
        previous: (at > 1).then(|| to((at - 1).min(last))),
        next: (at < last).then(|| to(at + 1)),
        links,
        search: None,
    }
}
