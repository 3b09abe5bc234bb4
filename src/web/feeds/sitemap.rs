//! For search engines: what they may read, and where it is.

use super::xml::escaped;
use crate::actions::Tx;
use crate::db;
use crate::domain::calendar::local_datetime_iso;
use crate::domain::ids::OrganisationId;
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::page::Failure;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpResponse, web};
use chrono::NaiveDateTime;

/// Addresses of one map; the protocol allows 50,000.
const ADDRESSES: i64 = 10_000;
/// Pages that are always there.
const PAGES: [&str; 25] = [
    "/",
    "/calls",
    "/notices",
    "/lists",
    "/providers",
    "/pool",
    "/platforms",
    "/statistics",
    "/verify",
    "/how",
    "/how/lists",
    "/how/scoring",
    "/how/draw",
    "/open-data",
    "/guide",
    "/guide/stations",
    "/guide/glossary",
    "/guide/vendor",
    "/guide/city-officer",
    "/guide/handler",
    "/guide/approver",
    "/guide/evaluator",
    "/guide/expert",
    "/guide/auditor",
    "/guide/administrators",
];
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const SPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// An address with when it last changed, where that is known.
type Address = (String, Option<NaiveDateTime>);

/// What has nothing to be found: forms, people's own pages, what only computers call.
pub(super) async fn robots(visit: Visit) -> HttpResponse {
    let base = &visit.app.env.base_url;
    let closed = ["/account", "/applications", "/assignments", "/desk", "/documents", "/organisation", "/session"];
    let lines: String = closed.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{lines}Sitemap: {base}/sitemap.xml\n");
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(text)
}

pub(super) async fn index(visit: Visit) -> Result<HttpResponse, Failure> {
    let read = visit.app.read(|tx| {
        let base = escaped(&tx.env.base_url).into_owned();
        let mut parts: Vec<String> = ["pages", "calls", "notices", "lists"].map(|part| format!("{part}.xml")).into();
        let mut after = None;
        while let Some(first) = db::open_data::recognised(tx.db, after, 1)?.first().copied() {
            // A part is named by the organisation that it follows.
            parts.push(format!(
                "providers-{}.xml",
                after.map_or_else(|| "first".into(), |id: OrganisationId| id.to_string())
            ));
            after = db::open_data::recognised(tx.db, after, ADDRESSES)?.last().copied().or(Some(first));
        }
        let lines: String =
            parts.iter().map(|part| format!("<sitemap><loc>{base}/sitemaps/{part}</loc></sitemap>\n")).collect();
        Ok(format!("{HEAD}<sitemapindex {SPACE}>\n{lines}</sitemapindex>\n"))
    });
    Ok(answer(read.await.map_err(|e| visit.fail(e))?))
}

pub(super) async fn part(visit: Visit, name: web::Path<String>) -> Result<HttpResponse, Failure> {
    let name = name.into_inner();
    let read = visit.app.read(move |tx| {
        let base = escaped(&tx.env.base_url).into_owned();
        let lines: String = addresses(tx, &name)?.iter().map(|address| line(&base, address)).collect();
        Ok(format!("{HEAD}<urlset {SPACE}>\n{lines}</urlset>\n"))
    });
    Ok(answer(read.await.map_err(|e| visit.fail(e))?))
}

fn addresses(tx: &mut Tx<'_>, part: &str) -> Result<Vec<Address>, Error> {
    Ok(match part {
        "pages.xml" => PAGES.iter().map(|page| (page.to_string(), None)).collect(),
        "calls.xml" => {
            let calls = db::open_data::calls(tx.db, ADDRESSES)?;
            calls.into_iter().map(|call| (format!("/calls/{}", call.id), call.approved_at)).collect()
        }
        "notices.xml" => {
            let notices = db::open_data::notice_ids(tx.db, ADDRESSES)?;
            notices.into_iter().map(|(id, at)| (format!("/notices/{id}"), Some(at))).collect()
        }
        "lists.xml" => {
            let lists = db::open_data::lists(tx.db, ADDRESSES)?;
            lists.into_iter().map(|list| (format!("/lists/{}", list.id), list.published_at)).collect()
        }
        other => {
            let after = other.strip_prefix("providers-").and_then(|rest| rest.strip_suffix(".xml"));
            let after = match after.ok_or(Error::NotFound)? {
                "first" => None,
                id => Some(OrganisationId::from_text(id).ok_or(Error::NotFound)?),
            };
            let found = db::open_data::recognised(tx.db, after, ADDRESSES)?;
            found.into_iter().map(|id| (format!("/providers/{id}"), None)).collect()
        }
    })
}

fn line(base: &str, (path, changed): &Address) -> String {
    let changed = changed.map(|at| format!("<lastmod>{}</lastmod>", local_datetime_iso(at))).unwrap_or_default();
    format!("<url><loc>{base}{path}</loc>{changed}</url>\n")
}

fn answer(text: String) -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/xml; charset=utf-8")).body(text)
}
