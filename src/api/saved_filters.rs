//! Filters of the list of applications that one keeps.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::saved_filters::{self, CountedFilter, FilterName, NewSavedFilter};
use crate::db::page::Page;
use crate::domain::ids::{CallId, SavedFilterId};
use crate::domain::procedure::State;
use crate::domain::steps::SavedFilterAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/me/filters",
            "list_saved_filters",
            "The filters of the list of applications that one keeps, with how many applications each finds.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| {
                let kept = saved_filters::kept(tx, actor)?;
                Ok(Page::whole(kept.into_iter().map(SavedFilterJson::from).collect()))
            },
        ),
        create(
            "/me/filters",
            "save_filter",
            "Keep a filter of the list of applications under a name; at most 20.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<NewSavedFilter>| {
                let id = saved_filters::save(tx, actor, &asked.input)?;
                saved_filters::find(tx, actor, id).map(SavedFilterJson::from)
            },
        ),
        change(
            Method::PATCH,
            "/me/filters/{id}",
            "rename_filter",
            "Give a filter that one keeps another name.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<FilterName>| {
                let id = id_of(asked)?;
                saved_filters::rename(tx, actor, id, &asked.input)?;
                saved_filters::find(tx, actor, id).map(SavedFilterJson::from)
            },
        ),
        change(
            Method::DELETE,
            "/me/filters/{id}",
            "delete_filter",
            "Forget a filter that one keeps.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| {
                saved_filters::delete(tx, actor, id_of(asked)?)?;
                Ok(Nothing {})
            },
        ),
    ]
}

fn id_of<I>(asked: &Asked<I>) -> Result<SavedFilterId, Error> {
    asked.id(SavedFilterId::from_text, "id")
}

/// A filter that one keeps.
#[derive(Debug, Serialize, ToSchema)]
struct SavedFilterJson {
    /// Id.
    id: SavedFilterId,
    /// Its name.
    name: String,
    /// What name, number or credit code contain.
    q: String,
    /// In this state.
    state: Option<State>,
    /// Of this call.
    call: Option<CallId>,
    /// Those that have stood still for longest first.
    longest_first: bool,
    /// Applications that it finds now.
    count: i64,
    /// Saved.
    created_at: DateTime<Utc>,
    /// What the caller may do with it now.
    actions: Vec<SavedFilterAction>,
}

impl From<CountedFilter> for SavedFilterJson {
    fn from(CountedFilter { filter, count }: CountedFilter) -> Self {
        SavedFilterJson {
            id: filter.id,
            name: filter.name,
            q: filter.search,
            state: filter.state,
            call: filter.call_id,
            longest_first: filter.longest_first,
            count,
            created_at: filter.created_at.and_utc(),
            actions: SavedFilterAction::ALL.to_vec(),
        }
    }
}
