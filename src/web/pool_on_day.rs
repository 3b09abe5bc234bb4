//! Who was in the pool on a day; the files of it are beside those of today ([`super::open_data`]).

use super::access::Visit;
use super::lists::category_name;
use super::open_data::{XLSX_ROWS, fits_a_workbook};
use super::page::{Failure, Page, html};
use super::paging::{PagerView, address, page_or_last, pager_view};
use super::prepared::{Asked, DAY, PAGE, passing};
use super::routes::Routes;
use crate::actions::Tx;
use crate::actions::pool::{PoolMember, day_asked, pool_on};
use crate::db::page::{Page as Rows, Pager};
use crate::domain::calendar::local_date_text;
use crate::domain::membership::StandingOnDate;
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

/// What the page listens to.
const ASKED: Asked = Asked { days: &[DAY], ..PAGE };

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/pool", &ASKED, show);
}

/// Members on one page.
const PER_PAGE: i64 = 100;

/// For which day it is asked.
#[derive(Debug, Clone, Default, Deserialize)]
struct Query {
    #[serde(default)]
    on: String,
    #[serde(default)]
    page: String,
}

/// A member in words.
struct Row {
    organisation: String,
    name: String,
    credit_code: String,
    category: String,
    city: String,
    list: String,
    from: String,
    to: String,
    standing: StandingOnDate,
}

impl Row {
    fn of(tx: &Tx<'_>, member: PoolMember, language: &str) -> Row {
        let city = member.city.as_deref().and_then(|code| tx.env.reference.city(code));
        Row {
            organisation: member.organisation.to_string(),
            name: member.name,
            credit_code: member.credit_code,
            category: category_name(tx, &member.category, language),
            city: city.map(|city| city.names.in_language(language).to_string()).unwrap_or_default(),
            list: member.list.to_string(),
            from: local_date_text(member.valid_from),
            to: local_date_text(member.valid_to),
            standing: member.standing,
        }
    }

    fn tone(&self) -> &'static str {
        if self.standing == StandingOnDate::Active { "good" } else { "attention" }
    }
}

async fn load(visit: &Visit, on: &str, pager: Pager) -> Result<(NaiveDate, Rows<Row>), Error> {
    let (on, language) = (on.to_string(), visit.actor.language.clone());
    let read = move |tx: &mut Tx<'_>| {
        let day = day_asked(tx, &on)?;
        let found = page_or_last(pager, |pager| pool_on(tx, day, pager))?;
        Ok((day, found.map(|member| Row::of(tx, member, &language))))
    };
    visit.app.read(read).await
}

#[derive(Template)]
#[template(path = "pool/index.html", config = "src/views/askama.toml")]
struct PoolPage {
    page: Page,
    day: String,
    day_iso: String,
    rows: Vec<Row>,
    /// Whether the day comes as a workbook too.
    workbook: bool,
    pager: PagerView,
}

impl PoolPage {
    fn xlsx_rows(&self) -> usize {
        XLSX_ROWS
    }
}

async fn show(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let pager = Pager::new(query.page.parse().ok(), Some(PER_PAGE));
    let mut page = Page::titled(&visit, "pool-day-title");
    let mut status = StatusCode::OK;
    let (day, found) = match load(&visit, &query.on, pager).await {
        // A day that cannot be answered for: said above today's answer.
        Err(error @ Error::Invalid(_)) => {
            status = error.status();
            page = page.after(&error, &typed_day(&query.on));
            load(&visit, "", pager).await
        }
        found => found,
    }
    .map_err(|e| visit.fail(e))?;
    let beyond = found.page != pager.number();
    let day_iso = day.to_string();
    let summary = page.t2("pool-day-total", "total", found.total, "day", local_date_text(day));
    let pager = pager_view(summary, &found, |number| address("/pool", &[("on", &day_iso)], number));
    let workbook = fits_a_workbook(found.total);
    let day = local_date_text(day);
    let shown = PoolPage { page, day, day_iso: day_iso.clone(), rows: found.items, workbook, pager };
    let answer = html(status, &shown)?;
    Ok(if beyond { passing(answer) } else { answer })
}

/// What was typed as a day, for the field to show again. Something else cannot stand in it.
pub(super) fn typed_day(on: &str) -> Vec<(String, String)> {
    let day = on.trim().parse::<NaiveDate>().ok();
    day.map(|_| ("on".to_string(), on.trim().to_string())).into_iter().collect()
}
