//! The record, for auditors: every accepted action, and whether a subject's chain holds.

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::routes::{Access, Routes};
use crate::actions::fsck;
use crate::db;
use crate::db::events::StoredEvent;
use crate::db::page::Pager;
use crate::domain::actor::Role;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/events", Access::Roles(&[Role::Auditor]), index);
    routes.get("/events/{kind}/{id}", Access::Roles(&[Role::Auditor]), show);
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
struct Filter {
    #[serde(default)]
    action: String,
    #[serde(default)]
    subject: String,
    page: Option<i64>,
}

impl Filter {
    fn href(&self, page: i64) -> String {
        let query = [("action", self.action.as_str()), ("subject", &self.subject), ("page", &page.to_string())];
        format!("/events?{}", serde_html_form::to_string(query).unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "events/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    filter: Filter,
    events: db::page::Page<StoredEvent>,
}

#[derive(Template)]
#[template(path = "events/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    kind: String,
    id: String,
    events: Vec<StoredEvent>,
    /// Where and how the chain does not hold.
    broken: Option<String>,
}

async fn index(visit: Visit, filter: web::Query<Filter>) -> Result<HttpResponse, Failure> {
    let filter = filter.into_inner();
    let asked = filter.clone();
    let events = visit
        .app
        .read(move |tx| {
            let given = |text: &str| Some(text.trim().to_string()).filter(|text| !text.is_empty());
            let (action, subject) = (given(&asked.action), given(&asked.subject));
            let pager = Pager::new(asked.page, None);
            Ok(db::events::list(tx.db, action.as_deref(), subject.as_deref(), pager)?)
        })
        .await
        .map_err(|e| visit.fail(e))?;
    ok(&IndexPage { page: Page::titled(&visit, "events-title"), filter, events })
}

async fn show(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (kind, id) = path.into_inner();
    let subject = (kind.clone(), id.clone());
    let (events, verdict) = visit
        .app
        .read(move |tx| {
            let events = db::events::of_subject(tx.db, &subject.0, &subject.1)?;
            if events.is_empty() {
                return Err(Error::NotFound);
            }
            Ok((events, fsck::chain_of(tx, &subject.0, &subject.1)?))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "event-chain-title");
    let broken = verdict.err().map(|broken| page.t1(&format!("chain-break-{}", broken.kind.code()), "seq", broken.seq));
    ok(&ShowPage { page, kind, id, events, broken })
}
