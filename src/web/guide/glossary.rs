//! The words of the service with what they mean, in the order in which a reader of the language looks them up.

use super::super::access::Visit;
use super::super::page::{Failure, Page, ok};
use crate::domain::language::Language;
use actix_web::HttpResponse;
use askama::Template;

/// Every word by its key, as a reader of simplified Chinese looks it up: by pinyin.
const BY_PINYIN: [&str; 21] = [
    "event",
    "correction",
    "assignment",
    "published_list",
    "notice",
    "recusal",
    "score_sheet",
    "expert",
    "organisation",
    "application",
    "programme",
    "call",
    "decision",
    "recommendation",
    "screening",
    "objection",
    "membership",
    "certificate",
    "rubric",
    "draw",
    "attachment",
];

/// The same as a reader of traditional Chinese does: by the strokes of the first character, then of the next one.
const BY_STROKES: [&str; 21] = [
    "published_list",
    "notice",
    "assignment",
    "application",
    "call",
    "organisation",
    "programme",
    "membership",
    "screening",
    "attachment",
    "rubric",
    "recusal",
    "draw",
    "recommendation",
    "objection",
    "score_sheet",
    "correction",
    "expert",
    "decision",
    "event",
    "certificate",
];

/// A word with what it means.
struct Term {
    key: &'static str,
    word: String,
    meaning: String,
}

#[derive(Template)]
#[template(path = "guide/glossary.html", config = "src/views/askama.toml")]
struct GlossaryPage {
    page: Page,
    terms: Vec<Term>,
}

pub(super) async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "guide-glossary");
    let term = |key: &'static str| Term {
        key,
        word: page.t_of("glossary", key),
        meaning: page.t_of("glossary", format!("{key}-means")),
    };
    let mut terms: Vec<Term> = match page.speaks() {
        Language::ZhTw => BY_STROKES.map(term).into(),
        Language::ZhCn | Language::En => BY_PINYIN.map(term).into(),
    };
    if page.speaks() == Language::En {
        terms.sort_by_key(|term| term.word.to_lowercase());
    }
    ok(&GlossaryPage { terms, page })
}

/// Address and word of each.
pub(super) fn words(page: &Page) -> Vec<(String, String)> {
    BY_PINYIN.iter().map(|key| (format!("/guide/glossary#{key}"), page.t_of("glossary", key))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_order_has_every_word_once() {
        let words: BTreeSet<&str> = BY_PINYIN.into();
        assert_eq!(words.len(), BY_PINYIN.len());
        assert_eq!(words, BTreeSet::from(BY_STROKES));
    }
}
