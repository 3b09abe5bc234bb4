//! Filters of the list of applications that somebody keeps under a name. Nobody else sees them.

use super::{Record, Tx};
use crate::db;
use crate::db::applications::Filter;
use crate::db::saved_filters::SavedFilter;
use crate::domain::actor::Actor;
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, CallId, SavedFilterId};
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Filters that one may keep.
pub const MOST_FILTERS: usize = 20;
/// Characters of a name.
pub const NAME_LENGTH: usize = 40;
/// Characters of what is searched for.
pub const SEARCH_LENGTH: usize = 200;

/// A filter to be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedFilter {
    /// Its name; at most 40 characters, none that another filter of one's own has.
    pub name: String,
    /// What name, number or credit code contain; at most 200 characters.
    #[serde(default)]
    pub q: String,
    /// In this state.
    #[serde(default)]
    pub state: Option<State>,
    /// Of this call.
    #[serde(default)]
    pub call: Option<CallId>,
    /// Those that have stood still for longest first.
    #[serde(default)]
    pub longest_first: bool,
}

/// Another name for a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilterName {
    /// The name; at most 40 characters, none that another filter of one's own has.
    pub name: String,
}

/// A filter with how many applications it finds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedFilter {
    /// The filter.
    pub filter: SavedFilter,
    /// Applications that it finds.
    pub count: i64,
}

/// The filters that the actor keeps, first to last, each with how many applications it finds.
///
/// # Errors
/// Nobody is signed in.
pub fn kept(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<CountedFilter>, Error> {
    let scope = Scope::of(actor);
    let mut counted = Vec::new();
    for filter in db::saved_filters::of_account(tx.db, actor.must_be_somebody()?)? {
        let count = db::applications::count(tx.db, &scope, &as_filter(&filter))?;
        counted.push(CountedFilter { filter, count });
    }
    Ok(counted)
}

/// One filter that the actor keeps.
///
/// # Errors
/// Not found where it is another's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: SavedFilterId) -> Result<CountedFilter, Error> {
    kept(tx, actor)?.into_iter().find(|counted| counted.filter.id == id).ok_or(Error::NotFound)
}

/// What the list is asked for by a filter.
fn as_filter(filter: &SavedFilter) -> Filter {
    Filter {
        call: filter.call_id,
        states: filter.state.into_iter().collect(),
        text: Some(filter.search.clone()),
        longest_first: filter.longest_first,
        ..Filter::default()
    }
}

/// A text in one line, trimmed and bounded.
fn line(path: &str, text: &str, limit: usize, too_long: &str) -> Result<String, Error> {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text = text.trim().to_string();
    let found = text.chars().count();
    if found > limit {
        return Err(Error::Invalid(vec![Problem::new(path, too_long).with("limit", limit).with("found", found)]));
    }
    Ok(text)
}

/// A name that none of these filters has, but for the one that gets it.
fn name(text: &str, others: &[SavedFilter], own: Option<SavedFilterId>) -> Result<String, Error> {
    let name = line("name", text, NAME_LENGTH, "filter_name_too_long")?;
    if name.is_empty() {
        return Err(Error::field("name", "filter_name_missing"));
    }
    if others.iter().any(|other| other.name == name && Some(other.id) != own) {
        return Err(Error::field("name", "filter_name_taken"));
    }
    Ok(name)
}

/// Keeps a filter. The account is held, so that two windows at once do not pass the limit.
///
/// # Errors
/// `filters_full`; `filter_name_missing`, `filter_name_too_long`, `filter_name_taken`, `filter_search_too_long`,
/// `filter_call_unknown`.
pub fn save(tx: &mut Tx<'_>, actor: &Actor, input: &NewSavedFilter) -> Result<SavedFilterId, Error> {
    let account = db::accounts::lock(tx.db, actor.must_be_somebody()?)?.id;
    let others = db::saved_filters::of_account(tx.db, account)?;
    let name = name(&input.name, &others, None)?;
    let search = line("q", &input.q, SEARCH_LENGTH, "filter_search_too_long")?;
    if others.len() >= MOST_FILTERS {
        return Err(Refusal::conflict("filters_full").with("limit", MOST_FILTERS).into());
    }
    if let Some(call) = input.call {
        let in_sight = db::applications::calls_in_sight(tx.db, &Scope::of(actor))?;
        if !in_sight.iter().any(|(known, ..)| *known == call) {
            return Err(Error::field("call", "filter_call_unknown"));
        }
    }
    let filter = SavedFilter {
        id: SavedFilterId::new(&*tx.env.ids),
        account_id: account,
        name,
        search,
        state: input.state,
        call_id: input.call,
        longest_first: input.longest_first,
        created_at: tx.now,
    };
    db::saved_filters::create(tx.db, &filter)?;
    record(tx, actor, account, "account.filter_saved", filter.id)?;
    Ok(filter.id)
}

/// Gives a filter another name.
///
/// # Errors
/// Not found where it is another's; `filter_name_missing`, `filter_name_too_long`, `filter_name_taken`.
pub fn rename(tx: &mut Tx<'_>, actor: &Actor, id: SavedFilterId, input: &FilterName) -> Result<(), Error> {
    let account = db::accounts::lock(tx.db, actor.must_be_somebody()?)?.id;
    let own = db::saved_filters::of_account(tx.db, account)?;
    if !own.iter().any(|filter| filter.id == id) {
        return Err(Error::NotFound);
    }
    let name = name(&input.name, &own, Some(id))?;
    if !db::saved_filters::rename(tx.db, account, id, &name)? {
        return Err(Error::NotFound);
    }
    record(tx, actor, account, "account.filter_renamed", id)
}

/// Forgets a filter.
///
/// # Errors
/// Not found where it is another's.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, id: SavedFilterId) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    if !db::saved_filters::delete(tx.db, account, id)? {
        return Err(Error::NotFound);
    }
    record(tx, actor, account, "account.filter_deleted", id)
}

/// The record says that a filter was changed, and never what its owner searches for.
fn record(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, action: &str, id: SavedFilterId) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "account",
            subject_id: account.as_text(),
            action,
            detail: serde_json::json!({ "filter": id }),
            ..Record::default()
        },
    )
}
