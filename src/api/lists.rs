//! Published lists.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::Tx;
use crate::actions::publish_list::{
    ListChoices, ListProposal, ListReturn, ListVersion, propose_list, publish_list, return_list, visible,
};
use crate::actions::standing_today::standings_today;
use crate::db;
use crate::db::page::{Page, Pager};
use crate::db::published_lists::{Filter, ListEntry, PublishedList};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{CallId, OrganisationId, PublishedListId};
use crate::domain::membership::StandingOnDate;
use crate::domain::published_list::Shown;
use crate::domain::status::{ListKind, ListStatus};
use crate::domain::steps::ListAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const HANDLER: Access = Access::Roles(&[Role::Handler]);
const APPROVER: Access = Access::Roles(&[Role::Approver]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/lists",
            "list_lists",
            "Published lists, the latest year first; in a year the newest first, and lists that were brought in last.",
            Access::Public,
            list_lists,
        ),
        read("/lists/{id}", "read_list", "One published list with its proof.", Access::Public, read_list),
        read(
            "/lists/{id}/entries",
            "list_entries",
            "The entries of a list, in order, with today's standing beside those whose standing has changed since.",
            Access::Public,
            list_entries,
        ),
        create(
            "/calls/{id}/lists",
            "propose_list",
            "Proposes the list of a call: everything whose notice is over and to which no objection is open.",
            HANDLER,
            |tx, actor, asked: &Asked<ListProposal>| {
                let id = propose_list(tx, actor, asked.id(CallId::from_text, "id")?, &asked.input)?;
                Ok(ListJson::of(db::published_lists::find(tx.db, id)?, actor))
            },
        ),
        change(
            Method::POST,
            "/lists/{id}/publication",
            "publish_list",
            "Publishes a list that another officer proposed; from then on it is immutable.",
            APPROVER,
            |tx, actor, asked: &Asked<ListVersion>| {
                let id = asked.id(PublishedListId::from_text, "id")?;
                publish_list(tx, actor, id, &asked.input)?;
                Ok(ListJson::of(db::published_lists::find(tx.db, id)?, actor))
            },
        ),
        change(
            Method::POST,
            "/lists/{id}/return",
            "return_list",
            "Sends a proposed list back with a reason.",
            APPROVER,
            |tx, actor, asked: &Asked<ListReturn>| {
                let id = asked.id(PublishedListId::from_text, "id")?;
                return_list(tx, actor, id, &asked.input)?;
                Ok(ListJson::of(db::published_lists::find(tx.db, id)?, actor))
            },
        ),
    ]
}

/// A list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListJson {
    id: PublishedListId,
    kind: ListKind,
    status: ListStatus,
    number: Option<String>,
    category: String,
    year: Option<i32>,
    title: String,
    body: String,
    source_url: Option<String>,
    published_at: Option<DateTime<Utc>>,
    chain_number: Option<i32>,
    sha256: Option<String>,
    previous_sha256: Option<String>,
    signature: Option<String>,
    version: i32,
    /// What the caller may do with it now.
    actions: Vec<ListAction>,
}

impl ListJson {
    /// As the API shows it to this caller.
    pub fn of(list: PublishedList, actor: &Actor) -> ListJson {
        ListJson {
            actions: ListAction::available(actor, list.status, list.proposed_by),
            id: list.id,
            kind: list.kind,
            status: list.status,
            number: list.number,
            category: list.category,
            year: list.year,
            title: list.title,
            body: list.body,
            source_url: list.source_url,
            published_at: list.published_at.map(|at| at.and_utc()),
            chain_number: list.chain_number,
            sha256: list.sha256,
            previous_sha256: list.previous_sha256,
            signature: list.signature,
            version: list.version,
        }
    }
}

/// Which lists are asked for. A category that there is none of is refused.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ListsQuery {
    /// Words of the title.
    q: Option<String>,
    /// The category's key.
    category: Option<String>,
    /// The year.
    year: Option<i32>,
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

fn list_lists(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ListsQuery>) -> Result<Page<ListJson>, Error> {
    let query = &asked.input;
    let category = query.category.clone().filter(|category| !category.is_empty());
    if let Some(category) = &category
        && let Some(problem) = ListChoices::load(tx)?.unknown_category(tx, category)
    {
        return Err(Error::Invalid(vec![problem]));
    }
    let filter = Filter { year: query.year, category, text: query.q.clone() };
    let found = db::published_lists::published(tx.db, &filter, Pager::new(query.page, query.per_page))?;
    Ok(found.map(|list| ListJson::of(list, actor)))
}

fn read_list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<ListJson, Error> {
    let id = asked.id(PublishedListId::from_text, "id")?;
    Ok(ListJson::of(visible(tx, actor, id)?, actor))
}

/// An entry of a list. Public columns alone.
#[derive(Debug, Serialize, ToSchema)]
struct ListEntryJson {
    position: i32,
    organisation_id: Option<OrganisationId>,
    organisation_name: String,
    product: String,
    credit_code: Option<String>,
    city: Option<String>,
    result: String,
    shown: Vec<Shown>,
    /// What it is worth today, where that is another than in force; not of the signed list, which never changes.
    standing: Option<StandingOnDate>,
}

impl ListEntryJson {
    fn of(entry: ListEntry, standing: Option<StandingOnDate>) -> ListEntryJson {
        ListEntryJson {
            position: entry.position,
            organisation_id: entry.organisation_id,
            organisation_name: entry.organisation_name,
            product: entry.product,
            credit_code: entry.credit_code,
            city: entry.city,
            result: entry.result,
            shown: entry.shown.0,
            standing,
        }
    }
}

/// Which page is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct EntriesQuery {
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

fn list_entries(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<EntriesQuery>) -> Result<Page<ListEntryJson>, Error> {
    let id = asked.id(PublishedListId::from_text, "id")?;
    visible(tx, actor, id)?;
    let pager = Pager::new(asked.input.page, asked.input.per_page);
    let found = db::published_lists::entries_page(tx.db, id, pager)?;
    let standings = standings_today(tx, &found.items)?;
    Ok(found.map(|entry| {
        let standing = entry.application_id.and_then(|application| standings.get(&application).copied());
        ListEntryJson::of(entry, standing)
    }))
}
