//! Published lists: the public pages, the downloads, and the department's proposal and publication.

mod proposal;
mod ready;
mod whole;

use super::access::{Submitted, Visit};
use super::open_data::{XLSX_ROWS, fits_a_workbook};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, address, page_or_last, pager_view};
use super::prepared::{Asked, NOTHING, PAGE, passing};
use super::routes::{Access, Routes};
use crate::actions::proofs::public_key_of;
use crate::actions::publish_list::{ListChoices, ListReturn, ListVersion, outlook, publish_list, return_list, visible};
use crate::actions::standing_today::standings_today;
use crate::actions::{Env, Tx};
use crate::db;
use crate::db::page::{Page as Found, Pager};
use crate::db::published_lists::{Filter, ListEntry, PublishedList};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::form::Problem;
use crate::domain::ids::{OrganisationId, PublishedListId};
use crate::domain::language::Language;
use crate::domain::membership::StandingOnDate;
use crate::domain::published_list::entries_named;
use crate::domain::search::{fold, key_of_name, key_of_organisation, unknown_value};
use crate::domain::status::{ListKind, ListStatus};
use crate::domain::steps::{ListAction, Offered};
use crate::error::Error;
use crate::words::{DEFAULT_LANGUAGE, Words};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::collections::HashMap;

pub(super) use ready::keep_ready;
pub(super) use whole::tag_of;

const DEPARTMENT: Access = Access::Roles(Role::DEPARTMENT);
const HANDLER: Access = Access::Roles(&[Role::Handler]);
const APPROVER: Access = Access::Roles(&[Role::Approver]);

/// What the page of lists listens to.
const INDEX: Asked = Asked { numbers: &["year", "page"], choices: &["category"], texts: &["q"], ..NOTHING };

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/lists", &INDEX, index);
    routes.prepared("/lists/{id}", &PAGE, show);
    routes.prepared("/lists/{id}/list.csv", &NOTHING, whole::csv);
    routes.prepared("/lists/{id}/list.json", &NOTHING, whole::json);
    routes.post("/lists/{id}/publication", APPROVER, publish);
    routes.post("/lists/{id}/return", APPROVER, send_back);
    routes.get("/calls/{id}/lists/new", DEPARTMENT, proposal::new);
    routes.post("/calls/{id}/lists", HANDLER, proposal::create);
}

/// Entries on one page of a list.
const ENTRIES: i64 = 200;

/// Lists on one page.
const LISTS: i64 = 50;

/// What the page of lists is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    page: String,
}

impl Query {
    /// Without the space around what was typed.
    fn trimmed(self) -> Query {
        let Query { q, year, category, page } = self;
        let [q, year, category, page] = [q, year, category, page].map(|text| text.trim().to_string());
        Query { q, year, category, page }
    }
}

/// A list on the page of lists.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) number: String,
    pub(super) category: String,
    pub(super) year: String,
    pub(super) kind: ListKind,
    pub(super) at: String,
}

impl Line {
    /// The day that it was published, or brought in: in words that say which.
    pub(super) fn dated(&self, page: &Page) -> String {
        match self.kind {
            _ if self.at.is_empty() => String::new(),
            ListKind::Imported => page.t1("lists-brought-in", "day", &self.at),
            ListKind::Main | ListKind::Supplement => page.t1("lists-published", "day", &self.at),
        }
    }

    pub(super) fn of(tx: &Tx<'_>, list: PublishedList, language: &str) -> Line {
        Line {
            id: list.id.to_string(),
            category: category_name(tx, &list.category, language),
            title: list.title,
            number: list.number.unwrap_or_default(),
            year: list.year.map(|year| year.to_string()).unwrap_or_default(),
            kind: list.kind,
            at: list.published_at.map(|at| calendar::local_date_text(calendar::local_date(at))).unwrap_or_default(),
        }
    }
}

/// The name of a category: that of its programme, or as an imported list writes it.
pub(super) fn category_name(tx: &Tx<'_>, key: &str, language: &str) -> String {
    category_label(tx.env, key, language)
}

/// The same without a transaction.
pub(crate) fn category_label(env: &Env, key: &str, language: &str) -> String {
    let programme = env.programmes.iter().find(|programme| programme.category.key == key);
    programme.map_or_else(|| key.to_string(), |programme| programme.names.in_language(language).to_string())
}

#[derive(Template)]
#[template(path = "lists/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    query: Query,
    lines: Vec<Line>,
    pending: Vec<Line>,
    ready: Vec<(String, String)>,
    years: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    by_year: Vec<Shelf>,
    pager: PagerView,
}

/// The lists of a category: its name, and for each year the year, the address of its lists and how many there are.
type Shelf = (String, Vec<(String, String, i64)>);

/// Every category that has lists with its years, newest first.
fn shelves(tx: &mut Tx<'_>, language: &str) -> Result<Vec<Shelf>, Error> {
    let mut shelves: Vec<(String, Shelf)> = Vec::new();
    for (category, year, count) in db::statistics::lists_by_year(tx.db)? {
        let Some(year) = year.map(|year| year.to_string()) else { continue };
        let place = address("/lists", &[("year", &year), ("category", &category)], 1);
        match shelves.last_mut() {
            Some((key, shelf)) if *key == category => shelf.1.insert(0, (year, place, count)),
            _ => {
                let name = category_name(tx, &category, language);
                shelves.push((category, (name, vec![(year, place, count)])));
            }
        }
    }
    // The pool's own categories first, in their order.
    let rank = |key: &str| tx.env.programmes.iter().position(|p| p.category.key == key).unwrap_or(usize::MAX);
    shelves.sort_by_key(|(key, _)| rank(key));
    Ok(shelves.into_iter().map(|(_, shelf)| shelf).collect())
}

async fn index(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let query = query.into_inner().trimmed();
    let text = |text: &String| (!text.is_empty()).then(|| text.clone());
    let filter = Filter { year: query.year.parse().ok(), category: text(&query.category), text: text(&query.q) };
    let year_unknown = (filter.year.is_none() && !query.year.is_empty()).then(|| unknown_value("year", &query.year));
    let pager = Pager::new(query.page.parse().ok(), Some(LISTS));
    let asked_for = pager.number();
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| {
        let choices = ListChoices::load(tx)?;
        let unknown = filter.category.as_deref().and_then(|category| choices.unknown_category(tx, category));
        let problems: Vec<Problem> = year_unknown.into_iter().chain(unknown).collect();
        // Nothing is shown for a question that is not the one that was asked.
        let found = match problems.is_empty() {
            true => page_or_last(pager, |pager| db::published_lists::published(tx.db, &filter, pager))?,
            false => Pager::new(None, Some(LISTS)).page(Vec::new(), 0),
        };
        let ListChoices { years, categories } = choices;
        let categories: Vec<(String, String)> =
            categories.into_iter().map(|key| (key.clone(), category_name(tx, &key, &actor.language))).collect();
        let (pending, ready) =
            if actor.holds_any(Role::DEPARTMENT) { waiting(tx, &actor)? } else { Default::default() };
        let found: Found<Line> = found.map(|list| Line::of(tx, list, &actor.language));
        let by_year = shelves(tx, &actor.language)?;
        Ok((found, problems, years, categories, pending, ready, by_year))
    });
    let (found, problems, years, categories, pending, ready, by_year) = read.await.map_err(|e| visit.fail(e))?;
    let mut page = Page::titled(&visit, "nav-lists").numbered(found.page);
    let mut status = StatusCode::OK;
    if !problems.is_empty() {
        let error = Error::Invalid(problems);
        status = error.status();
        page = page.after(&error, &[]);
    }
    let parts = [("q", query.q.as_str()), ("year", query.year.as_str()), ("category", query.category.as_str())];
    let summary = page.t1("lists-total", "total", found.total);
    let pager = pager_view(summary, &found, |number| address("/lists", &parts, number));
    let years = years.into_iter().map(|year| (year.to_string(), year.to_string())).collect();
    let years = with_chosen(years, &query.year, query.year.clone());
    let label = category_label(&visit.app.env, &query.category, page.lang());
    let categories = with_chosen(categories, &query.category, label);
    let nothing_asked_for = found.items.is_empty() && !query.year.is_empty() || found.page != asked_for;
    let lines = found.items;
    let shown = html(status, &IndexPage { page, query, lines, pending, ready, years, categories, by_year, pager })?;
    Ok(if nothing_asked_for { passing(shown) } else { shown })
}

/// The choices of a filter with the one that is chosen: it stays to be seen when it finds nothing.
fn with_chosen(mut choices: Vec<(String, String)>, chosen: &str, label: String) -> Vec<(String, String)> {
    if !chosen.is_empty() && choices.iter().all(|(value, _)| value != chosen) {
        choices.push((chosen.to_string(), label));
    }
    choices
}

/// Lists that wait for a second officer, and calls that a list can be proposed for (address and title).
type Waiting = (Vec<Line>, Vec<(String, String)>);

/// For the department: lists that wait for a second officer, and calls with something to publish.
fn waiting(tx: &mut Tx<'_>, actor: &Actor) -> Result<Waiting, Error> {
    let pending = db::published_lists::pending(tx.db)?;
    let pending = pending.into_iter().map(|list| Line::of(tx, list, &actor.language)).collect();
    let mut ready = Vec::new();
    for id in db::published_lists::calls_to_publish(tx.db)? {
        let outlook = outlook(tx, actor, id)?;
        if outlook.at().is_ready() {
            ready.push((format!("/calls/{id}/lists/new"), outlook.call.title));
        }
    }
    Ok((pending, ready))
}

/// A list as its page shows it.
struct ListView {
    id: String,
    line: Line,
    body: Vec<String>,
    status: ListStatus,
    version: i32,
    source_url: String,
    headings: Vec<String>,
    rows: Vec<RowView>,
    total: i64,
    chain_number: i32,
    sha256: String,
    previous_sha256: String,
    signature: String,
    public_key: String,
    actions: Vec<ListAction>,
}

/// One entry, with what is not of the signed list: the page of its provider, and what it is worth today where that has
/// changed.
struct RowView {
    cells: Vec<CellView>,
    standing: Option<StandingOnDate>,
}

impl RowView {
    fn tone(&self) -> &'static str {
        if self.standing == Some(StandingOnDate::Warned) { "attention" } else { "bad" }
    }
}

/// A cell under its heading; the one with the provider's name leads to the provider.
struct CellView {
    label: String,
    value: String,
    href: String,
}

impl ListView {
    fn fits_a_workbook(&self) -> bool {
        fits_a_workbook(self.total)
    }

    fn xlsx_rows(&self) -> usize {
        XLSX_ROWS
    }

    fn is_imported(&self) -> bool {
        self.line.kind == ListKind::Imported
    }

    /// How many the title of an imported list says that it has, where they are more than are here.
    fn more_by_title(&self) -> Option<u64> {
        let here = u64::try_from(self.total).unwrap_or_default();
        entries_named(&self.line.title).filter(|named| self.is_imported() && *named > here)
    }

    /// What is said of every list, as far as its own text above does not say it to whoever reads Chinese.
    fn notes(&self, page: &Page) -> String {
        let reads = page.speaks() != Language::En;
        let is_said = |key: &str| {
            let words = Words.say(DEFAULT_LANGUAGE, key);
            reads && self.body.iter().any(|line| line.contains(&words))
        };
        let unranked = if self.is_imported() { "lists-imported-unranked" } else { "how-unranked" };
        let notes = [(unranked, "lists-says-unranked"), ("how-no-condition", "lists-says-no-condition")];
        let left = notes.into_iter().filter(|(_, said)| !is_said(said)).map(|(note, _)| page.t(note));
        left.collect::<Vec<_>>().join(if reads { "" } else { " " })
    }

    /// Whether anything has changed since.
    fn has_standings(&self) -> bool {
        self.rows.iter().any(|row| row.standing.is_some())
    }
}

#[derive(Template)]
#[template(path = "lists/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    list: ListView,
    pager: PagerView,
    /// Whether a page beyond the last was asked for, and the last is shown.
    beyond: bool,
}

/// What is asked of the page of a list.
#[derive(Debug, Clone, Default, Deserialize)]
struct EntriesQuery {
    #[serde(default)]
    page: String,
}

fn id_of(visit: &Visit, text: &str) -> Result<PublishedListId, Failure> {
    PublishedListId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

async fn show(visit: Visit, id: web::Path<String>, query: web::Query<EntriesQuery>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    let page = load(&visit, id, Pager::new(query.page.parse().ok(), Some(ENTRIES))).await?;
    let shown = ok(&page)?;
    Ok(if page.beyond { passing(shown) } else { shown })
}

async fn load(visit: &Visit, id: PublishedListId, pager: Pager) -> Result<ShowPage, Failure> {
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| {
        let list = visible(tx, &actor, id)?;
        let entries = page_or_last(pager, |pager| db::published_lists::entries_page(tx.db, id, pager))?;
        let rows = rows(tx, &list, &entries.items)?;
        Ok((list_view(tx, &actor, list, rows, entries.total), entries.map(|_| ())))
    });
    let (list, entries) = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::new(visit, list.line.title.clone()).numbered(entries.page);
    let summary = page.t1("lists-entries-total", "total", entries.total);
    let beyond = entries.page != pager.number();
    let pager = pager_view(summary, &entries, |number| address(&format!("/lists/{id}"), &[], number));
    Ok(ShowPage { page, list, pager, beyond })
}

/// The headings that have something below them on this page, and the entries under them.
struct Rows {
    headings: Vec<String>,
    rows: Vec<RowView>,
}

fn rows(tx: &mut Tx<'_>, list: &PublishedList, entries: &[ListEntry]) -> Result<Rows, Error> {
    let standings = standings_today(tx, entries)?;
    // Before the list is published nobody on it has a page.
    let pages = match list.status {
        ListStatus::Published => provider_pages(tx, entries)?,
        _ => vec![String::new(); entries.len()],
    };
    // A column that is empty in every row of the page is not shown.
    let headings: Vec<(String, String)> = entries
        .first()
        .map(|entry| entry.shown.0.iter().map(|cell| (cell.key.clone(), cell.label.clone())).collect())
        .unwrap_or_default();
    let filled = |key: &str| entries.iter().any(|e| e.shown.0.iter().any(|c| c.key == key && !c.value.is_empty()));
    let headings: Vec<(String, String)> = headings.into_iter().filter(|(key, _)| filled(key)).collect();
    let row = |(entry, href): (&ListEntry, String)| {
        let mut cells: Vec<CellView> = headings
            .iter()
            .map(|(key, label)| {
                let value = entry.shown.0.iter().find(|cell| cell.key == *key).map(|cell| cell.value.clone());
                CellView { label: label.clone(), value: value.unwrap_or_default(), href: String::new() }
            })
            .collect();
        if let Some(named) = cells.iter_mut().find(|cell| cell.value == name_of(entry)) {
            named.href = href;
        }
        let standing = entry.application_id.and_then(|application| standings.get(&application).copied());
        RowView { cells, standing }
    };
    let rows = entries.iter().zip(pages).map(row).collect();
    Ok(Rows { rows, headings: headings.into_iter().map(|(_, label)| label).collect() })
}

/// The name that an entry goes by: an imported one may have nothing but a product.
fn name_of(entry: &ListEntry) -> &str {
    if entry.organisation_name.is_empty() { &entry.product } else { &entry.organisation_name }
}

/// The address of each entry's provider. An imported list knows no account: it leads to whoever has the name here, or else
/// to the page of the name.
fn provider_pages(tx: &mut Tx<'_>, entries: &[ListEntry]) -> Result<Vec<String>, Error> {
    let unknown = entries.iter().filter(|entry| entry.organisation_id.is_none());
    let names: Vec<String> = unknown.map(|entry| name_of(entry).to_string()).collect();
    let known: HashMap<String, OrganisationId> = db::memberships::holders_named(tx.db, &names)?.into_iter().collect();
    let key = |entry: &ListEntry| {
        let holder = entry.organisation_id.or_else(|| known.get(name_of(entry)).copied());
        holder.map_or_else(|| key_of_name(&fold(name_of(entry))), key_of_organisation)
    };
    Ok(entries.iter().map(|entry| format!("/providers/{}", key(entry))).collect())
}

fn list_view(tx: &Tx<'_>, actor: &Actor, list: PublishedList, rows: Rows, total: i64) -> ListView {
    ListView {
        id: list.id.to_string(),
        body: list.body.lines().map(str::to_string).collect(),
        status: list.status,
        version: list.version,
        source_url: list.source_url.clone().unwrap_or_default(),
        rows: rows.rows,
        headings: rows.headings,
        total,
        chain_number: list.chain_number.unwrap_or_default(),
        sha256: list.sha256.clone().unwrap_or_default(),
        previous_sha256: list.previous_sha256.clone().unwrap_or_default(),
        signature: list.signature.clone().unwrap_or_default(),
        public_key: public_key_of(tx.env, &list),
        actions: ListAction::available(actor, list.status, list.proposed_by),
        line: Line::of(tx, list, &actor.language),
    }
}

async fn publish(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let input = ListVersion { version: form.number("version").map_err(|e| visit.fail(e))? };
    let actor = visit.actor.clone();
    let result = visit.app.write(move |tx| publish_list(tx, &actor, id, &input)).await;
    answer(&form, id, result, "list-published").await
}

async fn send_back(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let version = form.number("version").map_err(|e| visit.fail(e))?;
    let input = ListReturn { version, reason: form.text("reason") };
    let actor = visit.actor.clone();
    let result = visit.app.write(move |tx| return_list(tx, &actor, id, &input)).await;
    answer(&form, id, result, "list-returned").await
}

async fn answer(
    form: &Submitted,
    id: PublishedListId,
    result: Result<(), Error>,
    done: &str,
) -> Result<HttpResponse, Failure> {
    match result {
        Ok(()) => Ok(see_other(format!("/lists/{id}"), done)),
        Err(error) if can_be_mended(&error) => {
            let shown = load(&form.visit, id, Pager::new(None, Some(ENTRIES))).await?;
            html(error.status(), &ShowPage { page: shown.page.after(&error, &form.pairs), ..shown })
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}
