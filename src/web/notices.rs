//! Public notices.

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, number_if_any, pager_of};
use super::prepared::{NOTHING, PAGE, kept_if_short, passing};
use super::routes::{Access, Routes};
use super::station_rules::{StopView, of_stop};
use crate::actions::open_notice::{self, NewNotice, open_notice};
use crate::db;
use crate::db::notices::{Notice, NoticeEntry};
use crate::db::page::{Page as Rows, Pager};
use crate::domain::actor::Role;
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::ids::{CallId, NoticeId};
use crate::domain::notice::{Period, period};
use crate::domain::published_list::Shown;
use crate::domain::timeline::Stop;
use crate::error::Error;
use crate::spreadsheet::write_csv;
use crate::words::{DEFAULT_LANGUAGE, Words};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/notices", &PAGE, index);
    routes.prepared("/notices/{id}", &PAGE, show);
    routes.prepared("/notices/{id}/entries.csv", &NOTHING, download);
    routes.prepared("/notices/{id}/print", &NOTHING, print);
    routes.get("/calls/{id}/notices/new", Access::Roles(&[Role::Handler]), new);
    routes.post("/calls/{id}/notices", Access::Roles(&[Role::Handler]), create);
}

/// Names on one page of a notice.
const PER_PAGE: i64 = 200;

#[derive(Debug, Deserialize)]
struct Paged {
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

/// The clock of a notice.
pub struct NoticeClock {
    /// First day, in words.
    pub starts: String,
    /// Last day, in words.
    pub ends: String,
    /// Days left, today included; none once it is over.
    pub days_left: i64,
    /// Whether it is over.
    pub over: bool,
}

/// What the clock of a notice shows at `now`.
pub fn clock(notice: &Notice, now: NaiveDateTime) -> NoticeClock {
    let period = Period { first: notice.starts_on, last: notice.ends_on };
    NoticeClock {
        starts: local_date_text(notice.starts_on),
        ends: local_date_text(notice.ends_on),
        days_left: period.days_left(now),
        over: period.is_over(now),
    }
}

struct Line {
    id: NoticeId,
    number: String,
    title: String,
    clock: NoticeClock,
}

#[derive(Template)]
#[template(path = "notices/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    notices: Vec<Line>,
    /// Calls whose names wait for a notice: for those who open it.
    to_open: Vec<(CallId, String, i64)>,
    pager: PagerView,
}

async fn index(visit: Visit, query: web::Query<Paged>) -> Result<HttpResponse, Failure> {
    let pager = Pager::new(query.page, Some(50));
    let opens = visit.actor.holds(Role::Handler);
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        let to_open = if opens { db::notices::calls_to_notice(tx.db)? } else { Vec::new() };
        Ok((db::notices::list(tx.db, pager)?, to_open))
    };
    let (rows, to_open) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "notices-title").numbered(rows.page);
    let pager = pager_of(&page, &rows, "/notices", &[]);
    let line =
        |n: &Notice| Line { id: n.id, number: n.number.clone(), title: n.title.clone(), clock: clock(n, visit.now) };
    let notices: Vec<Line> = rows.items.iter().map(line).collect();
    let past_the_end = notices.is_empty() && rows.page > 1;
    let shown = ok(&IndexPage { page, notices, to_open, pager })?;
    Ok(if past_the_end { passing(shown) } else { shown })
}

/// Whom people reach about a notice: what each line is called, and what it says.
fn contact(visit: &Visit, page: &Page) -> Vec<(String, String)> {
    let office = &visit.app.config.office;
    let lines = [
        ("office-name", &office.name),
        ("office-phone", &office.phone),
        ("office-address", &office.address),
        ("office-postcode", &office.postcode),
    ];
    let filled = lines.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(key, value)| (page.t(key), value.clone())).collect()
}

/// The headings of a table, and its rows below them.
type Table = (Vec<String>, Vec<Vec<Shown>>);

/// The names as a table. A column that is empty in every row is not shown.
fn table(entries: Vec<NoticeEntry>) -> Table {
    let cells = entries.iter().flat_map(|entry| &entry.shown.0);
    let filled: BTreeSet<String> = cells.filter(|cell| !cell.value.is_empty()).map(|cell| cell.key.clone()).collect();
    let rows: Vec<Vec<Shown>> = entries
        .into_iter()
        .map(|entry| entry.shown.0.into_iter().filter(|cell| filled.contains(&cell.key)).collect())
        .collect();
    let headings = rows.first().map(|row| row.iter().map(|cell| cell.label.clone()).collect()).unwrap_or_default();
    (headings, rows)
}

#[derive(Template)]
#[template(path = "notices/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    notice: Notice,
    clock: NoticeClock,
    headings: Vec<String>,
    rows: Vec<Vec<Shown>>,
    contact: Vec<(String, String)>,
    pager: PagerView,
}

async fn show(visit: Visit, path: web::Path<String>, query: web::Query<Paged>) -> Result<HttpResponse, Failure> {
    let id = NoticeId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let pager = Pager::new(query.page, Some(PER_PAGE));
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        Ok((db::notices::find(tx.db, id)?, db::notices::entries(tx.db, id, pager)?))
    };
    let (notice, entries): (Notice, Rows<NoticeEntry>) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let page = Page::new(&visit, notice.title.clone()).numbered(entries.page);
    let pager = pager_of(&page, &entries, &format!("/notices/{id}"), &[]);
    let past_the_end = entries.items.is_empty() && entries.page > 1;
    let (headings, rows) = table(entries.items);
    let shown = ok(&ShowPage {
        clock: clock(&notice, visit.now),
        contact: contact(&visit, &page),
        headings,
        rows,
        pager,
        notice,
        page,
    })?;
    Ok(if past_the_end { passing(shown) } else { shown })
}

#[derive(Template)]
#[template(path = "notices/print.html", config = "src/views/askama.toml")]
struct PrintPage {
    page: Page,
    notice: Notice,
    clock: NoticeClock,
    headings: Vec<String>,
    rows: Vec<Vec<Shown>>,
    contact: Vec<(String, String)>,
    opened: String,
}

/// The whole notice on paper, however many names it has.
async fn print(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = NoticeId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        Ok((db::notices::find(tx.db, id)?, db::notices::all_entries(tx.db, id)?))
    };
    let (notice, entries) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let page = Page::new(&visit, notice.title.clone());
    let (headings, rows) = table(entries);
    Ok(kept_if_short(ok(&PrintPage {
        clock: clock(&notice, visit.now),
        contact: contact(&visit, &page),
        headings,
        rows,
        opened: local_date_text(local_date(notice.opened_at)),
        notice,
        page,
    })?))
}

fn headings(entries: &[NoticeEntry]) -> Vec<String> {
    entries.first().map(|entry| entry.shown.0.iter().map(|cell| cell.label.clone()).collect()).unwrap_or_default()
}

async fn download(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = NoticeId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        Ok((db::notices::find(tx.db, id)?, db::notices::all_entries(tx.db, id)?))
    };
    let (notice, entries) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let rows: Vec<Vec<String>> =
        entries.iter().map(|entry| entry.shown.0.iter().map(|cell| cell.value.clone()).collect()).collect();
    let name = crate::storage::content_disposition(&format!("{}.csv", notice.number));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(write_csv(&headings(&entries), &rows)))
}

#[derive(Template)]
#[template(path = "notices/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
    call: CallId,
    call_title: String,
    title: String,
    body: String,
    named: Vec<String>,
    /// When it begins and ends, in words, if it is opened now; empty where the days are not known.
    runs: String,
    /// What holds at this station.
    here: Option<StopView>,
}

async fn new_page(
    visit: &Visit,
    id: &str,
    failed: Option<(&Error, &[(String, String)])>,
) -> Result<HttpResponse, Failure> {
    let id = CallId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        let call = db::calls::find(tx.db, id)?;
        let named = open_notice::to_be_named(tx, &actor, id)?;
        let earlier = db::notices::count_of_call(tx.db, id)?;
        let rules = call.programme.0.notice.as_ref();
        let (today, days) = (local_date(tx.now), &tx.env.reference.calendar);
        let runs = rules.and_then(|rules| period(today, rules.length, rules.unit, rules.first_day_counts, days).ok());
        let names = named.into_iter().map(|dossier| dossier.organisation.name).collect::<Vec<_>>();
        Ok((call, names, earlier, runs))
    };
    let (call, named, earlier, runs) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let mut page =
        Page::titled(visit, "notice-new-title").naming(&[("title", "notice-title"), ("body", "notice-body")]);
    let mut status = StatusCode::OK;
    if let Some((error, typed)) = failed {
        status = error.status();
        page = page.after(error, typed);
    }
    // Offered in the language of official texts, whoever opens the notice.
    let programme = call.programme.0.names.in_language(DEFAULT_LANGUAGE).to_string();
    let named_in = [("year", call.year.to_string()), ("programme", programme)];
    let mut title = Words.say_with(DEFAULT_LANGUAGE, "notice-default-title", named_in);
    if earlier > 0 {
        // Two notices of one call must not be taken for one another.
        let args = [("title", title), ("number", (earlier + 1).to_string())];
        title = Words.say_with(DEFAULT_LANGUAGE, "notice-default-title-again", args);
    }
    let runs = runs.map(|runs| {
        let (starts, ends) = (local_date_text(runs.first), local_date_text(runs.last));
        page.t2("notice-will-run", "starts", starts, "ends", ends)
    });
    let body = Words.say(DEFAULT_LANGUAGE, "notice-default-body");
    let here = of_stop(&page, &call.programme.0, &call.programme.0.stations, Stop::Notice);
    html(
        status,
        &NewPage { call: id, call_title: call.title, title, body, named, runs: runs.unwrap_or_default(), here, page },
    )
}

async fn new(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    new_page(&visit, &path, None).await
}

async fn create(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = CallId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let input = NewNotice { title: form.text("title"), body: form.text("body") };
    let actor = visit.actor.clone();
    match visit.app.write(move |tx| open_notice(tx, &actor, id, &input)).await {
        Ok(notice) => Ok(see_other(format!("/notices/{notice}"), "notice-opened")),
        Err(error) if can_be_mended(&error) => new_page(visit, &path, Some((&error, &form.pairs))).await,
        Err(error) => Err(visit.fail(error)),
    }
}
