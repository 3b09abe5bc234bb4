//! The list of applications: an officer's queue, a vendor's own.

use super::super::access::Visit;
use super::super::batches::address_of_preview;
use super::super::page::{Failure, Page, ok, tone_of_days};
use super::super::paging::{PagerView, address, page_or_last, pager_view};
use super::super::saved_filters::{FilterLink, WAITING};
use crate::actions::Tx;
use crate::actions::desk::until;
use crate::actions::dossier::available_of_each;
use crate::actions::queue::{self, PRESSING};
use crate::actions::saved_filters::{self, MOST_FILTERS};
use crate::db;
use crate::db::applications::{Application, Filter, Listed};
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::domain::scope::Scope;
use crate::domain::steps::{BATCH_READERS, BatchKind};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the address asks for; what cannot be read is left out.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    call: String,
    /// `waiting`: those that have waited for longest first; `latest`: those that were changed last. Otherwise what is
    /// due first, where the files of the state have deadlines.
    #[serde(default)]
    order: String,
    #[serde(default)]
    page: String,
}

impl Query {
    fn address(&self, state: &str, page: i64) -> String {
        self.in_order(&self.order, state, page)
    }

    /// The same list in an order: whoever keeps this address keeps the whole filter.
    fn in_order(&self, order: &str, state: &str, page: i64) -> String {
        address("/applications", &[("q", &self.q), ("state", state), ("call", &self.call), ("order", order)], page)
    }

    /// What it is narrowed to beside the state, and its order, to go along with the files that are ticked.
    fn kept(&self) -> Vec<(&'static str, &str)> {
        let parts = [("q", &self.q), ("call", &self.call), ("order", &self.order), ("page", &self.page)];
        parts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str())).collect()
    }

    /// Whether it is not the whole list.
    fn is_narrowed(&self) -> bool {
        [&self.q, &self.state, &self.call].iter().any(|part| !part.trim().is_empty())
    }

    /// Whether the files of the list have deadlines by which they can be put in order.
    fn is_pressing(&self) -> bool {
        State::from_text(&self.state).is_some_and(|state| PRESSING.contains(&state))
    }

    fn order(&self) -> Order {
        match self.order.as_str() {
            WAITING => Order::Waiting,
            LATEST => Order::Latest,
            _ if self.is_pressing() => Order::Urgent,
            _ => Order::Latest,
        }
    }

    /// The order as far as a saved filter keeps it: how long a file has waited, and nothing else.
    fn order_to_keep(&self) -> &'static str {
        if self.order() == Order::Waiting { WAITING } else { "" }
    }

    /// Whether a saved filter would lead to another order than this one, by which a bureau may be ranking.
    fn loses_order(&self) -> bool {
        self.order() == Order::Latest && self.is_pressing()
    }

    /// The same list in the orders in which it is not: address and the key of its words.
    fn other_orders(&self) -> Vec<(String, &'static str)> {
        let mut orders = Vec::new();
        if self.is_pressing() {
            orders.push((Order::Urgent, "", "application-order-urgent"));
        }
        orders.push((Order::Waiting, WAITING, "application-order-waiting"));
        // What the list does by itself needs no word in its address.
        let latest = if self.is_pressing() { LATEST } else { "" };
        orders.push((Order::Latest, latest, "application-order-latest"));
        orders.retain(|(order, ..)| *order != self.order());
        orders.into_iter().map(|(_, word, key)| (self.in_order(word, &self.state, 1), key)).collect()
    }
}

/// The order by the last change, as an address names it where it is not the list's own.
const LATEST: &str = "latest";

/// In which order the files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Due first.
    Urgent,
    /// Unmoved for longest.
    Waiting,
    /// Changed last.
    Latest,
}

/// One row.
struct Row {
    id: String,
    number: String,
    organisation: String,
    credit_code: String,
    call: String,
    bureau: String,
    state: State,
    tone: &'static str,
    submitted_at: String,
    updated_at: String,
    /// Days for which it has not been moved on, in words.
    waited: String,
    /// Until when it must be dealt with where it is, in words; empty without a deadline.
    due: String,
    /// The same for machines, and how pressing it is.
    due_iso: String,
    due_tone: &'static str,
    /// Whether it can be moved on together with others.
    tick: bool,
}

/// A state with how many there are.
struct StateLink {
    href: String,
    label: String,
    count: i64,
    current: bool,
}

#[derive(Template)]
#[template(path = "applications/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    query: Query,
    officer: bool,
    rows: Vec<Row>,
    states: Vec<StateLink>,
    calls: Vec<(String, String)>,
    /// The same list in other orders: address and the key of its words.
    other_orders: Vec<(String, &'static str)>,
    pager: PagerView,
    /// Where files that are ticked go to be moved on together; empty where none can be.
    batch_to: &'static str,
    /// The words of that button.
    batch_button: &'static str,
    /// Whether their order in the list becomes their rank.
    batch_ranks: bool,
    /// Whether the reader may look at what was moved on together.
    reads_batches: bool,
    /// The filters that the reader keeps.
    filters: Vec<FilterLink>,
}

impl IndexPage {
    fn most_filters(&self) -> usize {
        MOST_FILTERS
    }
}

/// What this reader moves files of the list on by together, if it is narrowed to those that wait for it.
fn batch_of(actor: &Actor, query: &Query) -> Option<BatchKind> {
    BatchKind::ALL.iter().copied().find(|kind| {
        let waits = match kind {
            BatchKind::Recommendation => State::Submitted,
            BatchKind::Screening => State::Recommended,
        };
        actor.holds(kind.role()) && query.state == waits.as_text()
    })
}

pub async fn index(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let query = query.into_inner();
    let scope = Scope::of(&visit.actor);
    let filter = Filter {
        call: CallId::from_text(&query.call),
        states: State::from_text(&query.state).into_iter().collect(),
        text: Some(query.q.clone()),
        longest_first: query.order() == Order::Waiting,
        ..Filter::default()
    };
    let pager = Pager::new(query.page.parse().ok(), Some(50));
    let (actor, batch) = (visit.actor.clone(), batch_of(&visit.actor, &query));
    let keeps_filters = !visit.actor.holds_any(&[Role::VendorAdmin, Role::VendorMember]);
    let order = query.order();
    let (found, due, movable, kept, counts, calls) = visit
        .app
        .read(move |tx| {
            let found = match order {
                Order::Urgent => page_or_last(pager, |pager| queue::most_pressing_first(tx, &actor, &filter, pager))?,
                _ => page_or_last(pager, |pager| db::applications::list(tx.db, &scope, &filter, pager))?,
            };
            let files: Vec<_> = found.items.iter().map(|listed| place(&listed.application)).collect();
            let due = queue::deadlines(tx, &actor, &files)?;
            let due = words_of(tx, &actor, due);
            let movable = match batch {
                Some(kind) => movable(tx, &actor, kind, &found.items)?,
                None => Vec::new(),
            };
            let any_state = Filter { states: Vec::new(), ..filter };
            let counts = db::applications::count_by_state(tx.db, &scope, &any_state)?;
            let calls = db::applications::calls_in_sight(tx.db, &scope)?;
            let kept = if keeps_filters { saved_filters::kept(tx, &actor)? } else { Vec::new() };
            Ok((found, due, movable, kept, counts, calls))
        })
        .await
        .map_err(|error| visit.fail(error))?;
    let vendor = visit.actor.holds_any(&[Role::VendorAdmin, Role::VendorMember]);
    let page = Page::titled(&visit, if vendor { "applications-own" } else { "applications-title" });
    let calls: Vec<(String, String)> = calls.into_iter().map(|(id, title, _)| (id.to_string(), title)).collect();
    let reference = &visit.app.env.reference;
    let summary = page.t1("applications-total", "total", found.total);
    let pager = pager_view(summary, &found, |number| query.address(&query.state, number));
    let (batch_to, batch_button) = match batch.filter(|_| !movable.is_empty()) {
        Some(kind @ BatchKind::Recommendation) => (address_of_preview(kind), "batch-recommend-ticked"),
        Some(kind @ BatchKind::Screening) => (address_of_preview(kind), "batch-accept-ticked"),
        None => ("", ""),
    };
    let rows = found.items.into_iter().map(|listed| {
        let application = listed.application;
        let call = application.call_id.to_string();
        let (due, due_iso, due_tone) = due.get(&application.id).cloned().unwrap_or_default();
        Row {
            id: application.id.to_string(),
            number: application.number.unwrap_or_default(),
            organisation: listed.organisation_name,
            credit_code: listed.credit_code,
            call: calls.iter().find(|(id, _)| *id == call).map(|(_, title)| title.clone()).unwrap_or_default(),
            bureau: application
                .bureau
                .and_then(|code| reference.bureau(&code))
                .map_or_else(|| page.t("application-bureau-direct"), |bureau| bureau.name_in(page.lang())),
            state: application.state,
            tone: super::tone(application.state),
            submitted_at: page.at_or_dash(&application.submitted_at),
            updated_at: page.at(&application.updated_at),
            waited: waited(&page, visit.now, application.updated_at),
            due,
            due_iso,
            due_tone,
            tick: movable.contains(&application.id),
        }
    });
    let rows = rows.collect();
    let states = state_links(&page, &query, &counts);
    let other_orders = query.other_orders();
    let reads_batches = visit.actor.holds_any(BATCH_READERS);
    ok(&IndexPage {
        query,
        officer: !vendor,
        rows,
        states,
        calls,
        other_orders,
        pager,
        batch_to,
        batch_button,
        batch_ranks: batch == Some(BatchKind::Recommendation),
        reads_batches,
        filters: kept.into_iter().map(FilterLink::from).collect(),
        page,
    })
}

/// Where a file is.
fn place(application: &Application) -> (ApplicationId, CallId, State) {
    (application.id, application.call_id, application.state)
}

/// The deadlines in words, for machines, and how pressing each is.
fn words_of(
    tx: &Tx<'_>,
    actor: &Actor,
    due: BTreeMap<ApplicationId, NaiveDateTime>,
) -> BTreeMap<ApplicationId, (String, String, &'static str)> {
    let words = |at: NaiveDateTime| {
        let tone = tone_of_days(calendar::days_left(tx.now, at));
        (until(tx, actor, at), calendar::local_datetime_iso(at), tone)
    };
    due.into_iter().map(|(id, at)| (id, words(at))).collect()
}

/// Those of the files that can be moved on now, as far as the procedure says so.
fn movable(tx: &mut Tx<'_>, actor: &Actor, kind: BatchKind, rows: &[Listed]) -> Result<Vec<ApplicationId>, Error> {
    let rows: Vec<&Application> = rows.iter().map(|listed| &listed.application).collect();
    let actions = available_of_each(tx, actor, &rows)?;
    let can = rows.iter().zip(actions).filter(|(_, actions)| actions.contains(&kind.action()));
    Ok(can.map(|(application, _)| application.id).collect())
}

/// For how many days of the calendar here something has stood still.
fn waited(page: &Page, now: NaiveDateTime, since: NaiveDateTime) -> String {
    let days = (calendar::local_date(now) - calendar::local_date(since)).num_days();
    page.t1("application-waited-days", "days", days.max(0))
}

fn state_links(page: &Page, query: &Query, counts: &[(State, i64)]) -> Vec<StateLink> {
    let all = counts.iter().map(|(_, count)| count).sum();
    let mut links = vec![StateLink {
        href: query.address("", 1),
        label: page.t("application-all-states"),
        count: all,
        current: query.state.is_empty(),
    }];
    links.extend(counts.iter().map(|(state, count)| StateLink {
        href: query.address(state.as_text(), 1),
        label: page.t_of("state", state),
        count: *count,
        current: query.state == state.as_text(),
    }));
    links
}
