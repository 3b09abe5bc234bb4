//! The front page.

use super::access::Visit;
use super::lists::Line;
use super::page::{Failure, Page, ok, tone_of_days};
use super::prepared::NOTHING;
use super::routes::Routes;
use crate::db;
use crate::db::page::Pager;
use crate::db::published_lists::Filter;
use crate::domain::calendar;
use actix_web::HttpResponse;
use askama::Template;
use chrono::NaiveDateTime;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/", &NOTHING, show);
}

/// Something with an end: a call that is open, a notice that runs.
struct Running {
    href: String,
    title: String,
    ends_at: String,
    ends_at_iso: String,
    days_left: i64,
}

impl Running {
    fn of(href: String, title: String, ends_at: NaiveDateTime, now: NaiveDateTime) -> Running {
        Running {
            href,
            title,
            ends_at: calendar::local_deadline_text(ends_at),
            ends_at_iso: calendar::local_datetime_iso(ends_at),
            days_left: calendar::days_left(now, ends_at),
        }
    }

    fn tone(&self) -> &'static str {
        tone_of_days(self.days_left)
    }
}

#[derive(Template)]
#[template(path = "home/show.html", config = "src/views/askama.toml")]
struct HomePage {
    page: Page,
    calls: Vec<Running>,
    notices: Vec<Running>,
    lists: Vec<Line>,
    in_pool: i64,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let language = visit.actor.language.clone();
    let read = visit.app.read(move |tx| {
        let now = tx.now;
        let calls = db::desk::open_calls(tx.db, now)?;
        let calls: Vec<Running> = calls
            .into_iter()
            .map(|(id, title, _, closes_at)| Running::of(format!("/calls/{id}"), title, closes_at, now))
            .collect();
        let notices = db::desk::running_notices(tx.db, now)?;
        let notices: Vec<Running> = notices
            .into_iter()
            .map(|(id, title, ends_at)| Running::of(format!("/notices/{id}"), title, ends_at, now))
            .collect();
        let lists = db::published_lists::published(tx.db, &Filter::default(), Pager::new(None, Some(5)))?;
        let lists: Vec<Line> = lists.items.into_iter().map(|list| Line::of(tx, list, &language)).collect();
        let in_pool = db::memberships::in_pool(tx.db, calendar::local_date(now))?;
        Ok((calls, notices, lists, in_pool))
    });
    let (calls, notices, lists, in_pool) = read.await.map_err(|e| visit.fail(e))?;
    ok(&HomePage { page: Page::titled(&visit, "nav-home"), calls, notices, lists, in_pool })
}
