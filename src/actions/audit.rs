//! Reading the record, for auditors.

use super::{Tx, fsck};
use crate::db;
use crate::db::events::{Filter, StoredEvent};
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{end_of_day_utc, start_of_day_utc};
use crate::domain::chain::Break;
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, ApplicationId, OrganisationId};
use crate::domain::scope::Scope;
use crate::error::Error;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Who reads the record.
pub const AUDITORS: &[Role] = &[Role::Auditor];

/// Which events are asked for, as typed; what is empty narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Of this action, such as `application.submitted`.
    pub action: String,
    /// Of this kind of subject, such as `application`.
    pub subject_kind: String,
    /// Of the subject with this id; of the file with this number; of the units whose name or credit code holds this, and of their
    /// files.
    pub subject: String,
    /// By the account with this id, or by those whose name or address holds this; `system` and `public` have no account.
    pub actor: String,
    /// From this day on, `YYYY-MM-DD` by the calendar of Guangdong.
    pub from: String,
    /// Up to this day, which is inside.
    pub to: String,
}

/// Events, newest first.
///
/// # Errors
/// `date_invalid` at `from` or `to`; `events_order` at `to`.
pub fn search(tx: &mut Tx<'_>, actor: &Actor, search: &Search, pager: Pager) -> Result<Page<StoredEvent>, Error> {
    actor.must_hold(AUDITORS)?;
    let filter = filter_of(tx, actor, search)?;
    Ok(db::events::list(tx.db, &filter, pager)?)
}

/// What is asked for, in the words of the database.
///
/// # Errors
/// `date_invalid` at `from` or `to`; `events_order` at `to`, for no event lies between.
pub(super) fn filter_of(tx: &mut Tx<'_>, actor: &Actor, search: &Search) -> Result<Filter, Error> {
    let (from, to) = (day("from", &search.from)?, day("to", &search.to)?);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let problem = Problem::new("to", "events_order").with("from", from).with("to", to);
        return Err(Error::Invalid(vec![problem]));
    }
    let given = |text: &str| Some(text.trim().to_string()).filter(|text| !text.is_empty());
    Ok(Filter {
        action: given(&search.action),
        subject_kind: given(&search.subject_kind),
        subject: given(&search.subject),
        actors: actors(tx, actor, &search.actor)?,
        from: from.map(start_of_day_utc),
        until: to.map(end_of_day_utc),
    })
}

/// Codes of those who act and have no account.
const WITHOUT_ACCOUNT: [&str; 2] = ["system", "public"];

/// Whether a text says who acted and names nobody: the id of an account, or a code of those who have none. Whatever else
/// somebody types there is a person's name or address, and stands in no address of the service.
pub fn names_nobody(actor: &str) -> bool {
    let actor = actor.trim();
    WITHOUT_ACCOUNT.contains(&actor) || AccountId::from_text(actor).is_some()
}

/// Only whom one may ask for in an address.
///
/// # Errors
/// `actor_not_an_id` at `actor`.
pub fn must_name_nobody(actor: &str) -> Result<(), Error> {
    if actor.trim().is_empty() || names_nobody(actor) { Ok(()) } else { Err(Error::field("actor", "actor_not_an_id")) }
}

/// Accounts that a name may stand for.
const NAMESAKES: i64 = 200;

/// Whom the record names, for what was typed.
fn actors(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<Option<Vec<String>>, Error> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    for word in WITHOUT_ACCOUNT {
        if typed == word || typed == tx.env.words.say(&actor.language, &format!("record-actor-{word}")) {
            return Ok(Some(vec![word.into()]));
        }
    }
    if AccountId::from_text(typed).is_some() {
        return Ok(Some(vec![typed.into()]));
    }
    let found = db::accounts::list(tx.db, Some(typed), Pager::new(None, Some(NAMESAKES)))?;
    Ok(Some(found.items.iter().map(|account| account.id.to_string()).collect()))
}

/// The names of those who acted, for an auditor's eyes.
///
/// # Errors
/// Whoever is no auditor.
pub fn names_of(tx: &mut Tx<'_>, actor: &Actor, events: &[StoredEvent]) -> Result<BTreeMap<String, String>, Error> {
    actor.must_hold(AUDITORS)?;
    let ids: BTreeSet<AccountId> = events.iter().filter_map(|event| AccountId::from_text(&event.actor)).collect();
    let ids: Vec<AccountId> = ids.into_iter().collect();
    let named = db::accounts::names(tx.db, &ids)?;
    Ok(named.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

/// What a subject of the record is called by those who work on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Number of the file; empty for a unit.
    pub number: String,
    /// Name of the unit.
    pub organisation: String,
}

/// Ids of the subjects of a kind that these events are about, each once.
fn ids_of<'a>(events: &'a [StoredEvent], kind: &str) -> BTreeSet<&'a str> {
    events.iter().filter(|event| event.subject_kind == kind).map(|event| event.subject_id.as_str()).collect()
}

/// What the files and the units among these subjects are called, by id. Drafts have no name here: they are their applicants' own.
///
/// # Errors
/// Whoever is no auditor.
pub fn subjects_of(tx: &mut Tx<'_>, actor: &Actor, events: &[StoredEvent]) -> Result<BTreeMap<String, Called>, Error> {
    actor.must_hold(AUDITORS)?;
    let files = ids_of(events, "application").into_iter().filter_map(ApplicationId::from_text).collect::<Vec<_>>();
    let units = ids_of(events, "organisation").into_iter().filter_map(OrganisationId::from_text).collect::<Vec<_>>();
    let mut called = BTreeMap::new();
    for file in db::applications::of_ids(tx.db, &Scope::of(actor), &files)? {
        let number = file.application.number.unwrap_or_default();
        called.insert(file.application.id.to_string(), Called { number, organisation: file.organisation_name });
    }
    for (id, organisation) in db::organisations::names(tx.db, &units)? {
        called.insert(id.to_string(), Called { number: String::new(), organisation });
    }
    Ok(called)
}

fn day(path: &str, typed: &str) -> Result<Option<NaiveDate>, Error> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let day = typed.parse::<NaiveDate>().ok().filter(|day| (1900..=9999).contains(&day.year()));
    day.map(Some).ok_or_else(|| Error::field(path, "date_invalid"))
}

/// A subject's record, oldest first, and where it does not hold.
pub fn chain(tx: &mut Tx<'_>, actor: &Actor, kind: &str, id: &str) -> Result<(Vec<StoredEvent>, Option<Break>), Error> {
    actor.must_hold(AUDITORS)?;
    let events = db::events::of_subject(tx.db, kind, id)?;
    if events.is_empty() {
        return Err(Error::NotFound);
    }
    Ok((events, fsck::chain_of(tx, kind, id)?.err()))
}
