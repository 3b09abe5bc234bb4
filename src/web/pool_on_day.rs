//! Who was in the pool on a day: the page and the downloads.

use super::access::Visit;
use super::lists::category_name;
use super::page::{Failure, Page, html};
use super::paging::{PagerView, address, page_or_last, pager_view};
use super::prepared::{Asked, passing};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::actions::pool::{PoolMember, day_asked, pool_on};
use crate::db::page::{Page as Rows, Pager};
use crate::domain::calendar::local_date_text;
use crate::domain::membership::StandingOnDate;
use crate::error::Error;
use crate::spreadsheet::write_csv;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::json;

/// What the page listens to.
const ASKED: Asked = Asked { numbers: &["page"], texts: &["on"] };

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/pool", &ASKED, show);
    routes.get("/pool.csv", Access::Public, csv);
    routes.get("/pool.json", Access::Public, json_file);
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
            city: city.map(|city| city.name.clone()).unwrap_or_default(),
            list: member.list.to_string(),
            from: member.valid_from.to_string(),
            to: member.valid_to.to_string(),
            standing: member.standing,
        }
    }

    fn tone(&self) -> &'static str {
        if self.standing == StandingOnDate::Active { "good" } else { "attention" }
    }
}

async fn load(visit: &Visit, on: &str, pager: Option<Pager>) -> Result<(NaiveDate, Rows<Row>), Error> {
    let (on, language) = (on.to_string(), visit.actor.language.clone());
    let read = move |tx: &mut Tx<'_>| {
        let day = day_asked(tx, &on)?;
        let found = match pager {
            Some(pager) => page_or_last(pager, |pager| pool_on(tx, day, Some(pager)))?,
            None => pool_on(tx, day, None)?,
        };
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
    pager: PagerView,
}

async fn show(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let pager = Pager::new(query.page.parse().ok(), Some(PER_PAGE));
    let mut page = Page::titled(&visit, "pool-day-title");
    let mut status = StatusCode::OK;
    let (day, found) = match load(&visit, &query.on, Some(pager)).await {
        // A day that cannot be answered for: said above today's answer.
        Err(error @ Error::Invalid(_)) => {
            status = error.status();
            page = page.after(&error, &typed_day(&query.on));
            load(&visit, "", Some(pager)).await
        }
        found => found,
    }
    .map_err(|e| visit.fail(e))?;
    let beyond = found.page != pager.number();
    let day_iso = day.to_string();
    let summary = page.t2("pool-day-total", "total", found.total, "day", local_date_text(day));
    let pager = pager_view(summary, &found, |number| address("/pool", &[("on", &day_iso)], number));
    let shown = PoolPage { page, day: local_date_text(day), day_iso: day_iso.clone(), rows: found.items, pager };
    let answer = html(status, &shown)?;
    Ok(if beyond { passing(answer) } else { answer })
}

/// What was typed as a day, for the field to show again. Something else cannot stand in it.
pub(super) fn typed_day(on: &str) -> Vec<(String, String)> {
    let day = on.trim().parse::<NaiveDate>().ok();
    day.map(|_| ("on".to_string(), on.trim().to_string())).into_iter().collect()
}

/// The columns of the table, by the key of their words and by their name in JSON.
const COLUMNS: [&str; 8] = ["name", "credit_code", "category", "city", "valid_from", "valid_to", "standing", "list"];

fn download(content_type: &'static str, name: &str, body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(body)
}

async fn csv(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let (day, found) = load(&visit, &query.on, None).await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "pool-day-title");
    let header: Vec<String> = COLUMNS.iter().map(|key| page.t_of("pool-day-column", key)).collect();
    let cells = |row: Row| {
        let standing = page.t_of("pool-day-standing", row.standing);
        vec![row.name, row.credit_code, row.category, row.city, row.from, row.to, standing, row.list]
    };
    let rows: Vec<Vec<String>> = found.items.into_iter().map(cells).collect();
    Ok(download("text/csv; charset=utf-8", &format!("pool-{day}.csv"), write_csv(&header, &rows)))
}

async fn json_file(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let (day, found) = load(&visit, &query.on, None).await.map_err(|e| visit.fail(e))?;
    let member = |row: Row| {
        let values =
            [row.name, row.credit_code, row.category, row.city, row.from, row.to, row.standing.to_string(), row.list];
        let pairs = COLUMNS.iter().zip(values).map(|(key, value)| ((*key).to_string(), json!(value)));
        serde_json::Value::Object(pairs.collect())
    };
    let members: Vec<serde_json::Value> = found.items.into_iter().map(member).collect();
    let whole = json!({ "day": day.to_string(), "total": found.total, "members": members });
    Ok(download("application/json", &format!("pool-{day}.json"), whole.to_string().into_bytes()))
}
