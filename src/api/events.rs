//! The record, for auditors: what the pages show of it and no more.

use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, query_of, read, search, special};
use super::problem::Failed;
use crate::actions::audit::{self, AUDITORS, Search};
use crate::actions::{Tx, record_export};
use crate::db::events::StoredEvent;
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::chain::carried::CarriedRecord;
use crate::error::Error;
use crate::web::events::{carry_away, covered, must_be_recorded};
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const AUDITOR: Access = Access::Roles(AUDITORS);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/events", "list_events", "Everything that was done, newest first.", AUDITOR, list),
        search(
            "/events/search",
            "search_events",
            "What was done by those whose name or address holds these words, newest first.",
            AUDITOR,
            find,
        ),
        read(
            "/events/{kind}/{id}",
            "show_chain",
            "A subject's record, oldest first, and whether it holds.",
            AUDITOR,
            show,
        ),
        special(
            Method::GET,
            StatusCode::OK,
            "/events/{kind}/{id}/record",
            "export_chain",
            "A subject's whole record with a signed checkpoint over all of it, for `yuanchi verify`. It is recorded.",
            AUDITOR,
            Shapes::query::<Nothing, CarriedRecord>(),
            export,
        ),
    ]
}

async fn export(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let _: Nothing = query_of(&req)?;
    let part = |name: &str| req.match_info().query(name).to_string();
    let (kind, id) = (part("kind"), part("id"));
    let make = move |tx: &mut Tx<'_>, actor: &Actor| record_export::of_subject(tx, actor, &kind, &id);
    let made = covered(&caller.app, &caller.actor, make).await?;
    Ok(HttpResponse::Ok().json(carry_away(&caller.app, &caller.actor, made).await?))
}

/// Which events, as a list is asked for them by its query, and a search by its body.
#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
struct EventSearch {
    /// Of this action, such as `application.submitted`.
    action: Option<String>,
    /// Of this kind of subject, such as `application`.
    subject_kind: Option<String>,
    /// Of the subject with this id; of the file with this number; of the units whose name or credit code holds this, and of their
    /// files.
    subject_id: Option<String>,
    /// By the account with this id, or by `system` or `public`. `POST /events/search` takes a part of a name or a mail address
    /// as well: no address holds either.
    actor: Option<String>,
    /// From this day on, `YYYY-MM-DD` by the calendar of Guangdong.
    from: Option<String>,
    /// Up to this day, which is inside.
    to: Option<String>,
    /// Page, from 1.
    page: Option<i64>,
    /// Rows of a page, at most 200.
    per_page: Option<i64>,
}

impl EventSearch {
    fn search(&self) -> Search {
        // Nothing narrows nothing.
        let text = |given: &Option<String>| given.clone().unwrap_or_default();
        Search {
            action: text(&self.action),
            subject_kind: text(&self.subject_kind),
            subject: text(&self.subject_id),
            actor: text(&self.actor),
            from: text(&self.from),
            to: text(&self.to),
        }
    }

    fn pager(&self) -> Pager {
        Pager::new(self.page, self.per_page)
    }
}

/// An event of the record.
#[derive(Debug, Serialize, ToSchema)]
struct RecordedJson {
    /// Kind of subject.
    subject_kind: String,
    /// Id of the subject.
    subject_id: String,
    /// Its number in the subject's chain, from 1.
    number: i64,
    /// When.
    at: DateTime<Utc>,
    /// Who: an account's id, `public` or `system`.
    actor: String,
    /// In which role; empty for what needs none.
    role: String,
    /// What.
    action: String,
    /// State before.
    from: Option<String>,
    /// State after.
    to: Option<String>,
    /// The reason given.
    reason: Option<String>,
    /// From which network, of sign-ins, refusals, and what was shown or carried away of persons.
    network: Option<String>,
    /// SHA-256 over the hash before and this event, in hex.
    hash: String,
}

impl From<StoredEvent> for RecordedJson {
    fn from(event: StoredEvent) -> Self {
        RecordedJson {
            network: event.network().map(str::to_string),
            subject_kind: event.subject_kind,
            subject_id: event.subject_id,
            number: event.seq,
            at: event.at.and_utc(),
            actor: event.actor,
            role: event.role,
            action: event.action,
            from: event.from_state,
            to: event.to_state,
            reason: event.reason,
            hash: event.hash,
        }
    }
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<EventSearch>) -> Result<Page<RecordedJson>, Error> {
    let search = asked.input.search();
    audit::must_name_nobody(&search.actor)?;
    must_be_recorded(&search.action)?;
    Ok(audit::search(tx, actor, &search, asked.input.pager())?.map(RecordedJson::from))
}

fn find(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<EventSearch>) -> Result<Page<RecordedJson>, Error> {
    let search = asked.input.search();
    must_be_recorded(&search.action)?;
    Ok(audit::search(tx, actor, &search, asked.input.pager())?.map(RecordedJson::from))
}

/// Where a chain does not hold.
#[derive(Debug, Serialize, ToSchema)]
struct BreakJson {
    /// The first event that does not.
    number: u64,
    /// In what way.
    kind: String,
}

/// A subject's record.
#[derive(Debug, Serialize, ToSchema)]
struct ChainJson {
    /// Oldest first.
    items: Vec<RecordedJson>,
    /// None when every event follows from the one before.
    broken: Option<BreakJson>,
}

fn show(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<ChainJson, Error> {
    let (events, broken) = audit::chain(tx, actor, asked.text("kind"), asked.text("id"))?;
    Ok(ChainJson {
        items: events.into_iter().map(RecordedJson::from).collect(),
        broken: broken.map(|broken| BreakJson { number: broken.seq, kind: broken.kind.code().to_string() }),
    })
}

/// Something that happened to an application or a call.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventJson {
    number: i64,
    at: DateTime<Utc>,
    /// In which role; never who.
    role: String,
    action: String,
    from: Option<String>,
    to: Option<String>,
    reason: Option<String>,
    hash: String,
}

/// What happened to an application or a call.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    /// Oldest first.
    items: Vec<EventJson>,
}

impl Events {
    /// A subject's events as they are told to those who see the subject.
    pub fn of(events: Vec<StoredEvent>) -> Events {
        let items = events.into_iter().map(|event| EventJson {
            number: event.seq,
            at: event.at.and_utc(),
            role: event.role,
            action: event.action,
            from: event.from_state,
            to: event.to_state,
            reason: event.reason,
            hash: event.hash,
        });
        Events { items: items.collect() }
    }
}
