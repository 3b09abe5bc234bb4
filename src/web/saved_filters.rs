//! Filters of the list of applications that one keeps: above the list, on the desk, and where they are named anew.

use super::access::{Submitted, Visit};
use super::file::{After, Refused, answered, framed};
use super::page::{Failure, Page, html};
use super::paging::address;
use super::routes::{Access, Routes};
use crate::actions::saved_filters::{self, CountedFilter, FilterName, NewSavedFilter};
use crate::db::saved_filters::SavedFilter;
use crate::domain::ids::{CallId, SavedFilterId};
use crate::domain::procedure::State;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/filters", Access::SignedIn, index);
    routes.post("/filters", Access::SignedIn, save);
    routes.post("/filters/{id}/name", Access::SignedIn, rename);
    routes.post("/filters/{id}/removal", Access::SignedIn, delete);
}

/// The order by how long a file has waited, as an address names it.
pub(super) const WAITING: &str = "waiting";

/// A filter as a link with its count.
pub(super) struct FilterLink {
    pub id: SavedFilterId,
    pub href: String,
    pub name: String,
    pub count: i64,
}

impl From<CountedFilter> for FilterLink {
    fn from(CountedFilter { filter, count }: CountedFilter) -> Self {
        FilterLink { id: filter.id, href: href(&filter), name: filter.name, count }
    }
}

/// The list that a filter leads to.
fn href(filter: &SavedFilter) -> String {
    let state = filter.state.map(|state| state.as_text()).unwrap_or_default();
    let call = filter.call_id.map(|call| call.to_string()).unwrap_or_default();
    let order = if filter.longest_first { WAITING } else { "" };
    let parts = [("q", filter.search.as_str()), ("state", state), ("call", call.as_str()), ("order", order)];
    address("/applications", &parts, 1)
}

/// What was to be kept, for the form that is shown again.
#[derive(Default)]
struct Draft {
    q: String,
    state: String,
    call: String,
    order: String,
}

#[derive(Template)]
#[template(path = "filters/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    filters: Vec<FilterLink>,
    /// Whether a filter is to be kept that was not accepted.
    again: bool,
    draft: Draft,
}

async fn index(visit: Visit) -> Result<HttpResponse, Failure> {
    render(&visit, None, None).await
}

async fn render(visit: &Visit, draft: Option<Draft>, after: After<'_>) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| saved_filters::kept(tx, &actor)).await;
    let filters = read.map_err(|error| visit.fail(error))?.into_iter().map(FilterLink::from).collect();
    let (page, status) = framed(visit, "filters-title", after);
    let again = draft.is_some();
    let draft = draft.unwrap_or_default();
    html(status, &IndexPage { page, filters, again, draft })
}

async fn save(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let actor = visit.actor.clone();
    let draft =
        Draft { q: form.text("q"), state: form.text("state"), call: form.text("call"), order: form.text("order") };
    // What cannot be read is left out, as the list itself does.
    let input = NewSavedFilter {
        name: form.text("name"),
        q: draft.q.clone(),
        state: State::from_text(&draft.state),
        call: CallId::from_text(&draft.call),
        longest_first: draft.order == WAITING,
    };
    let done = visit.app.write(move |tx| {
        let id = saved_filters::save(tx, &actor, &input)?;
        saved_filters::find(tx, &actor, id)
    });
    let done = done.await;
    let to = done.as_ref().map(|counted| href(&counted.filter)).unwrap_or_default();
    match answered(visit, done, &to, "filter-saved") {
        Err(Refused::Again(error)) => render(visit, Some(draft), Some((&error, &form.pairs))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

fn id_of(visit: &Visit, text: &str) -> Result<SavedFilterId, Failure> {
    SavedFilterId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

async fn rename(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let input = FilterName { name: form.text("name") };
    let done = visit.app.write(move |tx| saved_filters::rename(tx, &actor, id, &input)).await;
    match answered(visit, done, "/filters", "filter-renamed") {
        // Each filter has such a field; what is stored stays in the others.
        Err(Refused::Again(error)) => render(visit, None, Some((&error, &[]))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

async fn delete(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let done = visit.app.write(move |tx| saved_filters::delete(tx, &actor, id)).await;
    match answered(visit, done, "/filters", "filter-deleted") {
        Err(Refused::Again(error)) => render(visit, None, Some((&error, &[]))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}
