//! Calls: list, page, drafting, approval, questions.

mod draft;
pub(super) mod programme;
mod questions;
mod show;
mod steps;

use super::access::Visit;
use super::page::{Failure, Page, ok, tone_of_days};
use super::paging::{number_if_any, page_or_last};
use super::prepared::{Asked, NOTHING, passing};
use super::routes::{Access, Routes};
use crate::actions::calls::filter_for;
use crate::db;
use crate::db::calls::{Call, Filter};
use crate::db::page::Pager;
use crate::domain::actor::Role;
use crate::domain::calendar;
use crate::domain::call::{CallStatus, DRAFTERS, Phase};
use crate::domain::ids::CallId;
use crate::domain::programme::ProgrammeKind;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;

const HANDLER: Access = Access::Roles(&[Role::Handler]);
const APPROVER: Access = Access::Roles(&[Role::Approver]);
const DEPARTMENT: Access = Access::Roles(Role::DEPARTMENT);
/// Open and upcoming calls on one page; there are a handful.
const CURRENT: i64 = 200;

/// What the list of calls listens to.
const INDEX: Asked = Asked { numbers: &["year", "page"], ..NOTHING };

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/calls", &INDEX, index);
    routes.get("/calls/new", HANDLER, draft::new);
    routes.post("/calls", HANDLER, draft::create);
    routes.prepared("/calls/{id}", &NOTHING, show::show);
    routes.prepared("/calls/{id}/programme.json", &NOTHING, show::programme_json);
    routes.get("/calls/{id}/edit", HANDLER, draft::edit);
    routes.post("/calls/{id}", HANDLER, draft::update);
    routes.post("/calls/{id}/programme", HANDLER, steps::repin);
    routes.post("/calls/{id}/submission", HANDLER, steps::submit);
    routes.post("/calls/{id}/approval", APPROVER, steps::approve);
    routes.post("/calls/{id}/return", APPROVER, steps::return_to_drafter);
    routes.post("/calls/{id}/cancellation", DEPARTMENT, steps::cancel);
    routes.post("/calls/{id}/extension", APPROVER, steps::extend);
    routes.post("/calls/{id}/questions", Access::SignedIn, questions::ask);
    routes.post("/calls/{id}/questions/{question}/answer", HANDLER, questions::answer);
}

fn id_of(visit: &Visit, text: &str) -> Result<CallId, Failure> {
    CallId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

/// One call of the list.
struct Row {
    id: CallId,
    title: String,
    programme: String,
    year: i32,
    opens: String,
    closes: String,
    closes_iso: String,
    tone: &'static str,
    left: String,
}

fn row(page: &Page, call: &Call) -> Row {
    let now = page.now();
    let phase = call.windows().phase(now);
    let (tone, left) = match (call.status, phase) {
        (CallStatus::Approved, Phase::Open) => {
            let days = calendar::days_left(now, call.closes_at);
            (tone_of_days(days), page.days_left(days))
        }
        (CallStatus::Approved, phase) => ("neutral", page.t_of("phase", phase)),
        (status, _) => ("attention", page.t_of("call-status", status)),
    };
    Row {
        id: call.id,
        title: call.title.clone(),
        programme: call.programme.0.names.in_language(page.lang()).to_string(),
        year: call.year,
        opens: page.at(&call.opens_at),
        closes: page.until(&call.closes_at),
        closes_iso: calendar::local_datetime_iso(call.closes_at),
        tone,
        left,
    }
}

/// A group of the list.
struct Group {
    key: &'static str,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "calls/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    groups: Vec<Group>,
    closed: Vec<Row>,
    years: Vec<(i32, bool)>,
    all_years: bool,
    pages: Vec<(String, i64, bool)>,
    startable: Vec<(String, String)>,
}

#[derive(Debug, Default, serde::Deserialize)]
struct IndexQuery {
    #[serde(default, deserialize_with = "number_if_any")]
    year: Option<i32>,
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

async fn index(visit: Visit, query: web::Query<IndexQuery>) -> Result<HttpResponse, Failure> {
    let IndexQuery { year, page: number } = query.into_inner();
    let base = filter_for(&visit.actor);
    let pager = Pager::new(number, Some(20));
    let (making, open, upcoming, closed, years) = visit
        .app
        .read(move |tx| {
            let all = Pager::new(None, Some(CURRENT));
            let approved = |phase| Filter {
                statuses: vec![CallStatus::Approved],
                phase: Some((phase, tx.now)),
                ..Filter::default()
            };
            let (open, upcoming) = (approved(Phase::Open), approved(Phase::Upcoming));
            let closed = Filter { year, ..approved(Phase::Closed) };
            let inside = base.statuses.into_iter().filter(|s| *s != CallStatus::Approved).collect();
            let making = Filter { statuses: inside, ..Filter::default() };
            Ok((
                db::calls::list(tx.db, &making, all)?,
                db::calls::list(tx.db, &open, all)?,
                db::calls::list(tx.db, &upcoming, all)?,
                page_or_last(pager, |pager| db::calls::list(tx.db, &closed, pager))?,
                db::calls::years(tx.db)?,
            ))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "calls-title");
    let rows = |calls: &[Call]| calls.iter().map(|call| row(&page, call)).collect::<Vec<_>>();
    let startable = if visit.actor.holds_any(DRAFTERS) {
        let programmes = visit.app.env.programmes.iter().filter(|p| p.kind == ProgrammeKind::Selection);
        programmes.map(|p| (p.key.clone(), p.names.in_language(page.lang()).to_string())).collect()
    } else {
        Vec::new()
    };
    let chosen = year.map_or_else(String::new, |year| format!("&year={year}"));
    let nothing_asked_for = closed.items.is_empty() && year.is_some() || closed.page != pager.number();
    let shown = ok(&IndexPage {
        groups: vec![
            Group { key: "making", rows: rows(&making.items) },
            Group { key: "open", rows: rows(&open.items) },
            Group { key: "upcoming", rows: rows(&upcoming.items) },
        ],
        pages: match closed.last() {
            1 => Vec::new(),
            last => (1..=last).map(|n| (format!("/calls?page={n}{chosen}"), n, n == closed.page)).collect(),
        },
        closed: rows(&closed.items),
        years: years.into_iter().map(|y| (y, Some(y) == year)).collect(),
        all_years: year.is_none(),
        startable,
        page,
    })?;
    Ok(if nothing_asked_for { passing(shown) } else { shown })
}
