//! The record, for auditors: every accepted action, and whether a subject's chain holds.

pub(super) mod words;

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, address, page_or_last, pager_of_search};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::actions::audit::{self, AUDITORS, Called, Search};
use crate::actions::proofs::anchors_of;
use crate::actions::record_export::{self, Made};
use crate::app::App;
use crate::db::events::StoredEvent;
use crate::db::page::{Page as Rows, Pager};
use crate::domain::actor::Actor;
use crate::domain::chain::carried::CarriedRecord;
use crate::domain::form::Problem;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::storage::content_disposition;
use crate::words::Words;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/events", Access::Roles(AUDITORS), index);
    routes.get("/events/search", Access::Roles(AUDITORS), opened_anew);
    routes.post("/events/search", Access::Roles(AUDITORS), search);
    routes.get("/events/record.json", Access::Roles(AUDITORS), export_found);
    routes.post("/events/record.json", Access::Roles(AUDITORS), export_search);
    routes.get("/events/{kind}/{id}/record.json", Access::Roles(AUDITORS), export_subject);
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

impl Filter {
    fn search(&self) -> Search {
        Search {
            action: self.action.clone(),
            subject_kind: self.kind.clone(),
            subject: self.subject.clone(),
            actor: self.actor.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
        }
    }
}

/// Refuses an action that nothing records: an empty answer would say that it never happened.
///
/// # Errors
/// `filter_unknown` at `action`.
pub(crate) fn must_be_recorded(action: &str) -> Result<(), Error> {
    let action = action.trim();
    if action.is_empty() || words::ACTIONS.contains(&action) {
        return Ok(());
    }
    Err(Error::Invalid(vec![Problem::new("action", "filter_unknown").with("value", action)]))
}

/// An event in words, with its codes.
struct Line {
    event: StoredEvent,
    kind: String,
    action: String,
    actor: String,
    states: String,
    /// From which network, where that is recorded; empty otherwise.
    network: String,
    /// What its subject is called, where it is a file or a unit.
    called: Option<Called>,
    /// The list that it can be proved by; none where that was not asked or no list anchors it yet.
    list: Option<i32>,
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
        network: event.network().unwrap_or_default().to_string(),
        actor,
        event,
        called: None,
        list: None,
    }
}

#[derive(Template)]
#[template(path = "events/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    filter: Filter,
    actions: Vec<words::Group>,
    kinds: Vec<(String, String)>,
    lines: Vec<Line>,
    pager: PagerView,
    /// Where the chains of what was found are handed out; the form of the pager is sent there where it was searched for.
    export: String,
    /// Why they cannot be, all at once; empty where they can.
    too_large: String,
}

#[derive(Template)]
#[template(path = "events/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    kind: String,
    kind_words: String,
    id: String,
    /// What the subject is called, where it is a file or a unit.
    called: Option<Called>,
    lines: Vec<Line>,
    /// Where and how the chain does not hold.
    broken: Option<String>,
}

/// The names of those who acted, and what the subjects are called, by id.
type Names = (BTreeMap<String, String>, BTreeMap<String, Called>);

/// Who acted is read from the address by an id alone: a name or an address of a person is searched for.
async fn index(visit: Visit, filter: web::Query<Filter>) -> Result<HttpResponse, Failure> {
    let mut filter = filter.into_inner();
    if !audit::names_nobody(&filter.actor) {
        filter.actor.clear();
    }
    found_by(visit, filter).await
}

/// The address of a search holds no words: whoever opens it anew is led to the whole list.
async fn opened_anew(_: Visit) -> Result<HttpResponse, Failure> {
    Ok(see_other("/events", ""))
}

async fn search(form: Submitted) -> Result<HttpResponse, Failure> {
    let filter = form.parse::<Filter>().map_err(|e| form.visit.fail(e))?;
    found_by(form.into_visit_of("/events"), filter).await
}

async fn found_by(visit: Visit, filter: Filter) -> Result<HttpResponse, Failure> {
    let search = filter.search();
    let (actor, rows) = (visit.actor.clone(), Pager::new(filter.page.parse().ok(), None));
    let read = visit.app.read(move |tx| {
        must_be_recorded(&search.action)?;
        let found = page_or_last(rows, |rows| audit::search(tx, &actor, &search, rows))?;
        let names = audit::names_of(tx, &actor, &found.items)?;
        let called = audit::subjects_of(tx, &actor, &found.items)?;
        let too_large = record_export::too_large_to_carry(tx, &actor, &search, found.total)?;
        Ok((found, (names, called), too_large))
    });
    let read = read.await;
    let actor = filter.actor.as_str();
    let (typed, id) = if audit::names_nobody(actor) { ("", actor) } else { (actor, "") };
    let parts = [
        ("action", filter.action.as_str()),
        ("kind", &filter.kind),
        ("subject", &filter.subject),
        ("actor", id),
        ("from", &filter.from),
        ("to", &filter.to),
    ];
    let mut page = Page::titled(&visit, "events-title").at_address(&address("/events", &parts, 1));
    let mut status = StatusCode::OK;
    let (events, (names, called), too_large): (Rows<StoredEvent>, Names, Option<Refusal>) = match read {
        Err(error) if can_be_mended(&error) => {
            page = page.after(&error, &[]);
            status = error.status();
            (rows.page(Vec::new(), 0), Names::default(), None)
        }
        read => read.map_err(|e| visit.fail(e))?,
    };
    let pager = pager_of_search(&page, &events, "/events", ("actor", typed), &parts);
    let export = address("/events/record.json", &parts, 1);
    let actions = words::actions_by_kind(&page);
    let kinds = words::KINDS.iter().map(|(code, _)| (code.to_string(), words::kind(&page, code))).collect();
    let named = |event: StoredEvent| {
        let called = called.get(&event.subject_id).cloned();
        Line { called, ..line(&page, &names, event) }
    };
    let lines = events.items.into_iter().map(named).collect();
    let too_large = too_large.map(|refusal| Words.refusal(page.lang(), &refusal)).unwrap_or_default();
    html(status, &IndexPage { page, filter, actions, kinds, lines, pager, export, too_large })
}

/// Times that checkpoints are signed for one export at most.
const COVERINGS: usize = 3;

/// What is made for somebody to be carried away, with a checkpoint over every event in it: signed first, and again where
/// something happened between that and the reading. Where it never stands still the file says itself how far it is covered.
pub(crate) async fn covered(
    app: &Arc<App>,
    actor: &Actor,
    make: impl Fn(&mut Tx<'_>, &Actor) -> Result<Made, Error> + Clone + Send + 'static,
) -> Result<Made, Error> {
    let mut times = 0;
    loop {
        let asker = actor.clone();
        app.write(move |tx| record_export::cover(tx, &asker)).await?;
        let (asker, make) = (actor.clone(), make.clone());
        let made = app.read(move |tx| make(tx, &asker)).await?;
        times += 1;
        if made.is_covered() || times == COVERINGS {
            return Ok(made);
        }
    }
}

/// What was made for somebody, once the record says that they carry it away.
pub(crate) async fn carry_away(app: &Arc<App>, actor: &Actor, made: Made) -> Result<CarriedRecord, Error> {
    let actor = actor.clone();
    let noted = app.write(move |tx| {
        record_export::note(tx, &actor, &made)?;
        Ok(made.record)
    });
    noted.await
}

async fn handed_out(visit: &Visit, made: Made, name: &str) -> Result<HttpResponse, Failure> {
    let record = carry_away(&visit.app, &visit.actor, made).await.map_err(|e| visit.fail(e))?;
    let text = serde_json::to_string_pretty(&record).map_err(|e| visit.fail(anyhow::Error::from(e)))?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CONTENT_DISPOSITION, content_disposition(name)))
        .body(text))
}

/// What a link of the list leads to. Somebody's name is not passed over here: more would be carried away than was asked for.
async fn export_found(visit: Visit, filter: web::Query<Filter>) -> Result<HttpResponse, Failure> {
    audit::must_name_nobody(&filter.actor).map_err(|e| visit.fail(e))?;
    export(visit, filter.into_inner()).await
}

async fn export_search(form: Submitted) -> Result<HttpResponse, Failure> {
    let filter = form.parse::<Filter>().map_err(|e| form.visit.fail(e))?;
    export(form.visit, filter).await
}

async fn export(visit: Visit, filter: Filter) -> Result<HttpResponse, Failure> {
    let search = filter.search();
    must_be_recorded(&search.action).map_err(|e| visit.fail(e))?;
    let make = move |tx: &mut Tx<'_>, actor: &Actor| record_export::of_search(tx, actor, &search);
    let made = covered(&visit.app, &visit.actor, make).await;
    handed_out(&visit, made.map_err(|e| visit.fail(e))?, "record.json").await
}

async fn export_subject(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (kind, id) = path.into_inner();
    let name = format!("record-{kind}-{id}.json");
    let make = move |tx: &mut Tx<'_>, actor: &Actor| record_export::of_subject(tx, actor, &kind, &id);
    let made = covered(&visit.app, &visit.actor, make).await;
    handed_out(&visit, made.map_err(|e| visit.fail(e))?, &name).await
}

async fn show(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (kind, id) = path.into_inner();
    let (actor, subject) = (visit.actor.clone(), (kind.clone(), id.clone()));
    let read = visit.app.read(move |tx| {
        let (events, broken) = audit::chain(tx, &actor, &subject.0, &subject.1)?;
        let names = audit::names_of(tx, &actor, &events)?;
        // All of them are about the same.
        let called = audit::subjects_of(tx, &actor, events.get(..1).unwrap_or_default())?.into_values().next();
        let anchors = anchors_of(tx, &actor, &subject.0, &subject.1, &events)?;
        Ok((events, broken, names, (anchors, called)))
    });
    let (events, broken, names, (anchors, called)) = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "event-chain-title");
    let broken = broken.map(|broken| page.t1(&format!("chain-break-{}", broken.kind.code()), "seq", broken.seq));
    let shown = |event: StoredEvent| Line { list: anchors.get(&event.seq).copied(), ..line(&page, &names, event) };
    let lines = events.into_iter().map(shown).collect();
    ok(&ShowPage { kind_words: words::kind(&page, &kind), page, kind, id, called, lines, broken })
}
