//! Reminding experts: who and what first, then one button.

use super::board::experts;
use super::call_id;
use crate::actions::review;
use crate::actions::review::remind::{HELD_MINUTES, Reminders, Reminding};
use crate::actions::second_press::Press;
use crate::domain::ids::CallId;
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, see_other};
use crate::web::routes::{Access, Routes};
use crate::web::second_press::again;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const ORGANISERS: Access = Access::Roles(review::ORGANISERS);
    routes.get("/reviews/{call}/reminders", ORGANISERS, show);
    routes.post("/reviews/{call}/reminders", ORGANISERS, send);
}

#[derive(Template)]
#[template(path = "reviews/reminders.html", config = "src/views/askama.toml")]
struct RemindersPage {
    page: Page,
    call: CallId,
    call_title: String,
    reminders: Reminders,
}

impl RemindersPage {
    /// Minutes in which they can be withdrawn.
    fn held(&self) -> i64 {
        HELD_MINUTES
    }
}

async fn reminders_page(visit: &Visit, id: CallId, status: StatusCode, page: Page) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        Ok((crate::db::calls::find(tx.db, id)?.title, review::remind::preview(tx, &actor, id)?))
    };
    let (call_title, reminders) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    html(status, &RemindersPage { page, call: id, call_title, reminders })
}

async fn show(visit: Visit, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    reminders_page(&visit, id, StatusCode::OK, Page::titled(&visit, "reminders-title")).await
}

async fn send(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let chosen = match experts(&form) {
        Ok(chosen) if chosen.is_empty() => Err(Error::field("experts", "reminder_nobody_chosen")),
        other => other,
    };
    let press = chosen.as_ref().ok().map(|experts| Press::Reminders(id, experts.clone()));
    let done = match chosen {
        Ok(experts) => {
            let input = Reminding { digest: form.text("digest"), experts };
            form.visit.app.write(move |tx| review::remind::remind(tx, &actor, id, &input)).await
        }
        Err(error) => Err(error),
    };
    if again(&form, &done, press).await.is_some() {
        return Ok(see_other(format!("/reviews/{id}"), "review-reminded-before"));
    }
    match done {
        Ok(_) => Ok(see_other(format!("/reviews/{id}"), "review-reminded")),
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(&form.visit, "reminders-title").after(&error, &form.pairs);
            reminders_page(&form.visit, id, error.status(), page).await
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}
