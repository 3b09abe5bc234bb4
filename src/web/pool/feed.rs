//! A search as an Atom feed (RFC 4287): the newest recognitions that match it.

use super::typed::{Typed, unknown};
use crate::db::page::Pager;
use crate::domain::calendar;
use crate::domain::search::Provider;
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::lists::category_label;
use crate::web::page::Failure;
use crate::web::prepared::tagged;
use crate::words::Words;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;

/// Recognitions of a feed.
const ENTRIES: usize = 50;

struct Entry {
    id: String,
    link: String,
    title: String,
    updated: String,
    category: String,
    summary: String,
}

#[derive(Template)]
#[template(path = "providers/feed.xml", config = "src/views/askama.toml")]
struct Feed {
    language: String,
    title: String,
    author: String,
    /// Its own address, which is also its id.
    this: String,
    page: String,
    updated: String,
    entries: Vec<Entry>,
}

/// Takes out what XML 1.0 has no place for; the template escapes the rest.
fn xml(text: &str) -> String {
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}

fn instant(at: NaiveDateTime) -> String {
    at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

pub(super) async fn show(visit: Visit, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let typed = Typed::of(request.query_string());
    let asked = typed
        .asked(calendar::local_date(visit.now), Pager::new(None, None))
        .map_err(|problems| visit.fail(Error::Invalid(problems)))?;
    let (register, _) = visit.app.register().await.map_err(|e| visit.fail(e))?;
    let (env, index, language) = (&visit.app.env, &register.index, visit.actor.language.as_str());
    let unknown = unknown(env, index, &asked.filters);
    if !unknown.is_empty() {
        return Err(visit.fail(Error::Invalid(unknown)));
    }
    let newest = index.newest(&asked.query, &asked.filters, asked.today, ENTRIES);
    let mut latest = None;
    let entries = newest.into_iter().filter_map(|(hit, which)| {
        let provider: Provider = index.provider(hit)?;
        let held = provider.recognitions.get(which)?;
        let list = index.lists().get(held.list)?;
        latest = latest.max(Some(list.published_at));
        let args = [("list", list.title.as_str()), ("number", &list.number), ("product", &held.product)];
        Some(Entry {
            id: format!("{}/lists/{}#{}", env.base_url, list.id, held.position),
            link: format!("{}/providers/{}", env.base_url, provider.key),
            title: xml(&held.name),
            updated: instant(list.published_at),
            category: xml(&category_label(env, &list.category, language)),
            summary: xml(Words.say_with(language, "pool-feed-entry", args).trim()),
        })
    });
    let entries: Vec<Entry> = entries.collect();
    let title = match typed.q.is_empty() {
        true => Words.say(language, "pool-feed-title"),
        false => Words.say_with(language, "pool-feed-title-of", [("words", typed.q.as_str())]),
    };
    let feed = Feed {
        language: language.to_string(),
        title: xml(&title),
        author: Words.say(language, "site-subtitle"),
        this: format!("{}{}", env.base_url, typed.address("/providers/feed.atom", 1)),
        page: format!("{}{}", env.base_url, typed.address("/providers", 1)),
        updated: instant(latest.unwrap_or_default()),
        entries,
    };
    let body = feed.render().map_err(|e| Failure::from(Error::Internal(e.into())))?;
    let answer = HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/atom+xml; charset=utf-8")).body(body);
    Ok(tagged(&request, answer))
}
