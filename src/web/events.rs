//! The record, for auditors: every accepted action, and whether a subject's chain holds.

pub(super) mod words;

use super::access::Visit;
use super::page::{Failure, Page, can_be_mended, ok};
use super::paging::{PagerView, page_or_last, pager_of};
use super::routes::{Access, Routes};
use crate::actions::audit::{self, AUDITORS, Search};
use crate::db::events::StoredEvent;
use crate::db::page::{Page as Rows, Pager};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/events", Access::Roles(AUDITORS), index);
    routes.get("/events/{kind}/{id}", Access::Roles(AUDITORS), show);
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
struct Filter {
    #[serde(default)]
    action: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    page: String,
}

/// An event in words, with its codes.
struct Line {
    event: StoredEvent,
    kind: String,
    action: String,
    actor: String,
    states: String,
}

fn line(page: &Page, names: &BTreeMap<String, String>, event: StoredEvent) -> Line {
    let actor = match event.actor.as_str() {
        "system" | "public" => page.t_of("record-actor", &event.actor),
        id => names.get(id).cloned().unwrap_or_else(|| id.to_string()),
    };
    Line {
        kind: words::kind(page, &event.subject_kind),
        action: words::action(page, &event.action),
        states: words::states(page, &event.subject_kind, event.from_state.as_deref(), event.to_state.as_deref()),
        actor,
        event,
    }
}

#[derive(Template)]
#[template(path = "events/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    filter: Filter,
    actions: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    lines: Vec<Line>,
    pager: PagerView,
}

#[derive(Template)]
#[template(path = "events/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    kind: String,
    kind_words: String,
    id: String,
    lines: Vec<Line>,
    /// Where and how the chain does not hold.
    broken: Option<String>,
}

async fn index(visit: Visit, filter: web::Query<Filter>) -> Result<HttpResponse, Failure> {
    let filter = filter.into_inner();
    let asked = filter.clone();
    let search = Search {
        action: asked.action,
        subject_kind: asked.kind,
        subject_id: asked.subject,
        actor: asked.actor,
        from: asked.from,
        to: asked.to,
    };
    let (actor, rows) = (visit.actor.clone(), Pager::new(filter.page.parse().ok(), None));
    let read = visit.app.read(move |tx| {
        let found = page_or_last(rows, |rows| audit::search(tx, &actor, &search, rows))?;
        let names = audit::names_of(tx, &actor, &found.items)?;
        Ok((found, names))
    });
    let read = read.await;
    let mut page = Page::titled(&visit, "events-title");
    let (events, names): (Rows<StoredEvent>, BTreeMap<String, String>) = match read {
        Err(error) if can_be_mended(&error) => {
            page = page.after(&error, &[]);
            (rows.page(Vec::new(), 0), BTreeMap::new())
        }
        read => read.map_err(|e| visit.fail(e))?,
    };
    let parts = [
        ("action", filter.action.as_str()),
        ("kind", &filter.kind),
        ("subject", &filter.subject),
        ("actor", &filter.actor),
        ("from", &filter.from),
        ("to", &filter.to),
    ];
    let pager = pager_of(&page, &events, "/events", &parts);
    let actions = words::ACTIONS.iter().map(|code| (code.to_string(), words::action(&page, code))).collect();
    let kinds = words::KINDS.iter().map(|(code, _)| (code.to_string(), words::kind(&page, code))).collect();
    let lines = events.items.into_iter().map(|event| line(&page, &names, event)).collect();
    ok(&IndexPage { page, filter, actions, kinds, lines, pager })
}

async fn show(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (kind, id) = path.into_inner();
    let (actor, subject) = (visit.actor.clone(), (kind.clone(), id.clone()));
    let read = visit.app.read(move |tx| {
        let (events, broken) = audit::chain(tx, &actor, &subject.0, &subject.1)?;
        let names = audit::names_of(tx, &actor, &events)?;
        Ok((events, broken, names))
    });
    let (events, broken, names) = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "event-chain-title");
    let broken = broken.map(|broken| page.t1(&format!("chain-break-{}", broken.kind.code()), "seq", broken.seq));
    let lines = events.into_iter().map(|event| line(&page, &names, event)).collect();
    ok(&ShowPage { kind_words: words::kind(&page, &kind), page, kind, id, lines, broken })
}
