//! Atom feeds (RFC 4287) of calls, notices and lists: the newest of each. An entry's id is made of the id of what it is
//! about, so it stays when the service moves.

use super::xml::escaped;
use crate::actions::Tx;
use crate::db;
use crate::db::page::Pager;
use crate::domain::calendar::{local_date_text, local_datetime_iso, local_deadline_text};
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::lists::category_name;
use crate::web::page::Failure;
use crate::words::DEFAULT_LANGUAGE;
use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// Entries of a feed.
const ENTRIES: i64 = 50;
/// Characters of a text in a feed.
const SUMMARY: usize = 600;

struct Entry {
    id: String,
    path: String,
    title: String,
    published: NaiveDateTime,
    updated: NaiveDateTime,
    summary: String,
}

struct Feed {
    path: &'static str,
    title: String,
    entries: Vec<Entry>,
}

pub(super) async fn calls(visit: Visit) -> Result<HttpResponse, Failure> {
    answer(visit, calls_feed).await
}

pub(super) async fn notices(visit: Visit) -> Result<HttpResponse, Failure> {
    answer(visit, notices_feed).await
}

pub(super) async fn lists(visit: Visit) -> Result<HttpResponse, Failure> {
    answer(visit, lists_feed).await
}

async fn answer(visit: Visit, load: fn(&mut Tx<'_>) -> Result<Feed, Error>) -> Result<HttpResponse, Failure> {
    let read = visit.app.read(move |tx| Ok(render(&load(tx)?, tx)));
    let text = read.await.map_err(|e| visit.fail(e))?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/atom+xml; charset=utf-8")).body(text))
}

fn say(tx: &Tx<'_>, key: &str, args: [(&str, String); 2]) -> String {
    tx.env.words.say_with(DEFAULT_LANGUAGE, key, args)
}

fn cut(text: &str) -> String {
    let mut cut: String = text.chars().take(SUMMARY).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

fn calls_feed(tx: &mut Tx<'_>) -> Result<Feed, Error> {
    let calls = db::open_data::calls(tx.db, ENTRIES)?;
    let ids: Vec<_> = calls.iter().map(|call| call.id).collect();
    let changed: BTreeMap<String, Option<NaiveDateTime>> =
        db::open_data::calls_changed(tx.db, &ids)?.into_iter().collect();
    let entry = |call: db::open_data::CallHead| {
        let approved = call.approved_at.unwrap_or(call.opens_at);
        let windows = [("opens", local_deadline_text(call.opens_at)), ("closes", local_deadline_text(call.closes_at))];
        Entry {
            updated: changed.get(call.id.as_text()).copied().flatten().unwrap_or(approved).max(approved),
            published: approved,
            summary: format!("{}\n{}", say(tx, "feed-call", windows), cut(&call.body)),
            id: call.id.to_string(),
            path: format!("/calls/{}", call.id),
            title: call.title,
        }
    };
    let entries = calls.into_iter().map(entry).collect();
    Ok(Feed { path: "/calls", title: tx.env.words.say(DEFAULT_LANGUAGE, "nav-calls"), entries })
}

fn notices_feed(tx: &mut Tx<'_>) -> Result<Feed, Error> {
    let notices = db::notices::list(tx.db, Pager::new(None, Some(ENTRIES)))?.items;
    let entry = |notice: db::notices::Notice| {
        let days = [("from", local_date_text(notice.starts_on)), ("to", local_date_text(notice.ends_on))];
        Entry {
            id: notice.id.to_string(),
            path: format!("/notices/{}", notice.id),
            title: format!("{} {}", notice.number, notice.title),
            published: notice.opened_at,
            updated: notice.opened_at,
            summary: format!("{}\n{}", say(tx, "feed-notice", days), cut(&notice.body)),
        }
    };
    let entries = notices.into_iter().map(entry).collect();
    Ok(Feed { path: "/notices", title: tx.env.words.say(DEFAULT_LANGUAGE, "nav-notices"), entries })
}

fn lists_feed(tx: &mut Tx<'_>) -> Result<Feed, Error> {
    let lists = db::open_data::lists(tx.db, ENTRIES)?;
    let mut entries = Vec::new();
    for list in lists {
        let count = db::published_lists::count_entries(tx.db, list.id)?;
        let at = list.published_at.unwrap_or_default();
        let what = [("category", category_name(tx, &list.category, DEFAULT_LANGUAGE)), ("count", count.to_string())];
        entries.push(Entry {
            id: list.id.to_string(),
            path: format!("/lists/{}", list.id),
            title: [list.number.unwrap_or_default(), list.title].join(" ").trim().to_string(),
            published: at,
            updated: at,
            summary: say(tx, "feed-list", what),
        });
    }
    Ok(Feed { path: "/lists", title: tx.env.words.say(DEFAULT_LANGUAGE, "nav-lists"), entries })
}

fn render(feed: &Feed, tx: &Tx<'_>) -> String {
    let base = escaped(&tx.env.base_url).into_owned();
    let site = tx.env.words.say(DEFAULT_LANGUAGE, "site-subtitle");
    // A feed without entries has not changed since anybody can remember.
    let updated = feed.entries.iter().map(|entry| entry.updated).max().unwrap_or_default();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{DEFAULT_LANGUAGE}\">\n\
         <id>{base}{path}/feed.atom</id>\n<title>{title} · {site}</title>\n<updated>{updated}</updated>\n\
         <author><name>{site}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{path}/feed.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}{path}\"/>\n",
        path = feed.path,
        title = escaped(&feed.title),
        site = escaped(&site),
        updated = local_datetime_iso(updated),
    );
    for entry in &feed.entries {
        text.push_str(&format!(
            "<entry>\n<id>urn:uuid:{}</id>\n<title>{}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{base}{}\"/>\n\
             <published>{}</published>\n<updated>{}</updated>\n<summary type=\"text\">{}</summary>\n</entry>\n",
            entry.id,
            escaped(&entry.title),
            entry.path,
            local_datetime_iso(entry.published),
            local_datetime_iso(entry.updated),
            escaped(entry.summary.trim()),
        ));
    }
    text.push_str("</feed>\n");
    text
}
