//! What waits for the department between a decision and a list: names for a notice, names for a list, lists for a
//! second officer.

use super::lists::ListJson;
use super::operation::{Asked, Nothing, Operation, read};
use crate::actions::Tx;
use crate::actions::open_notice::to_be_named;
use crate::actions::publish_list::outlook;
use crate::db;
use crate::db::page::Page;
use crate::db::published_lists::Candidate;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, CallId, PublishedListId};
use crate::domain::status::ListKind;
use crate::domain::steps::ListingAction;
use crate::error::Error;
use crate::web::routes::Access;
use serde::Serialize;
use utoipa::ToSchema;

const HANDLER: Access = Access::Roles(&[Role::Handler]);
const DEPARTMENT: Access = Access::Roles(Role::DEPARTMENT);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/waiting/notices", "list_calls_to_notice", "Calls whose names wait for a notice.", HANDLER, to_notice),
        read("/calls/{id}/notices", "show_names_to_notice", "Who a notice of the call would name now.", HANDLER, named),
        read("/waiting/lists", "list_waiting_lists", "Lists that wait for a second officer.", DEPARTMENT, pending),
        read("/waiting/calls", "list_calls_to_publish", "Calls with something to publish.", DEPARTMENT, to_publish),
        read("/calls/{id}/lists", "show_names_to_list", "Who a list of the call would name now.", DEPARTMENT, listed),
    ]
}

/// A call that waits.
#[derive(Debug, Serialize, ToSchema)]
struct WaitingCallJson {
    /// Id.
    id: CallId,
    /// Title.
    title: String,
    /// How many names wait.
    names: i64,
}

fn to_notice(tx: &mut Tx<'_>, _: &Actor, _: &Asked<Nothing>) -> Result<Page<WaitingCallJson>, Error> {
    let calls = db::notices::calls_to_notice(tx.db)?;
    Ok(Page::whole(calls.into_iter().map(|(id, title, names)| WaitingCallJson { id, title, names }).collect()))
}

/// Somebody who would be named.
#[derive(Debug, Serialize, ToSchema)]
struct NamedJson {
    /// Id of the application.
    application: ApplicationId,
    /// Whose it is.
    organisation: String,
}

fn named(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<Page<NamedJson>, Error> {
    let id = asked.id(CallId::from_text, "id")?;
    db::calls::find(tx.db, id)?;
    let named = to_be_named(tx, actor, id)?.into_iter();
    let json = named.map(|d| NamedJson { application: d.application.id, organisation: d.organisation.name });
    Ok(Page::whole(json.collect()))
}

fn pending(tx: &mut Tx<'_>, actor: &Actor, _: &Asked<Nothing>) -> Result<Page<ListJson>, Error> {
    Ok(Page::whole(db::published_lists::pending(tx.db)?.into_iter().map(|list| ListJson::of(list, actor)).collect()))
}

fn to_publish(tx: &mut Tx<'_>, actor: &Actor, _: &Asked<Nothing>) -> Result<Page<WaitingCallJson>, Error> {
    let mut calls = Vec::new();
    for id in db::published_lists::calls_to_publish(tx.db)? {
        let outlook = outlook(tx, actor, id)?;
        if outlook.at().is_ready() {
            let names = i64::try_from(outlook.ready.len()).unwrap_or(i64::MAX);
            calls.push(WaitingCallJson { id, title: outlook.call.title, names });
        }
    }
    Ok(Page::whole(calls))
}

/// What a list of a call would name now.
#[derive(Debug, Serialize, ToSchema)]
struct OutlookJson {
    /// Main, or a supplement once there is a main list.
    kind: ListKind,
    /// A list of the call that waits for a second officer.
    pending: Option<PublishedListId>,
    /// What would be named, in order.
    ready: Vec<NamedJson>,
    /// Held because of an objection, or waiting for its end.
    held: Vec<NamedJson>,
    /// In a notice that still runs.
    in_notice: Vec<NamedJson>,
    /// Removed because an objection was upheld.
    removed: Vec<NamedJson>,
    /// What the caller may do now.
    actions: Vec<ListingAction>,
}

fn listed(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<OutlookJson, Error> {
    let found = outlook(tx, actor, asked.id(CallId::from_text, "id")?)?;
    let mut names = |candidates: &[Candidate]| -> Result<Vec<NamedJson>, Error> {
        let named = candidates.iter().map(|candidate| {
            let organisation = db::organisations::find(tx.db, candidate.organisation)?.name;
            Ok(NamedJson { application: candidate.application, organisation })
        });
        named.collect()
    };
    Ok(OutlookJson {
        kind: found.kind,
        pending: found.pending,
        ready: names(&found.ready)?,
        held: names(&found.held)?,
        in_notice: names(&found.in_notice)?,
        removed: names(&found.removed)?,
        actions: found.at().available(actor),
    })
}
