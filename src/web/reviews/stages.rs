//! What follows the scoring, for those who organise it: ending the scoring, discussions, second panels.

use super::{board, call_id};
use crate::actions::Tx;
use crate::actions::review;
use crate::actions::review::stages::board::{StageBoard, StageFile, stage_board};
use crate::actions::review::stages::end_discussion::{DiscussionEnd, end_discussions};
use crate::actions::review::stages::end_scoring::{ScoringEnd, end_scoring};
use crate::actions::review::stages::open_discussion::{DiscussionRequest, open_discussion};
use crate::actions::review::stages::second_panel::{self, SecondPanel, SecondPanelPreview, call_second_panel};
use crate::actions::second_press::Press;
use crate::db;
use crate::domain::ids::{ApplicationId, AssignmentId, CallId};
use crate::domain::procedure::State;
use crate::domain::scoring::points_text;
use crate::domain::steps::Offered;
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, ok, see_other};
use crate::web::routes::{Access, Routes};
use crate::web::second_press::{again, known};
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const ORGANISERS: Access = Access::Roles(review::ORGANISERS);
    routes.post("/reviews/{call}/scoring-end", ORGANISERS, end);
    routes.get("/reviews/{call}/discussions", Access::Roles(review::ONLOOKERS), show);
    routes.post("/reviews/{call}/discussions", ORGANISERS, open);
    routes.post("/reviews/{call}/discussions/end", ORGANISERS, close);
    routes.post("/reviews/{call}/second-panel/preview", ORGANISERS, second_preview);
    routes.post("/reviews/{call}/second-panel", ORGANISERS, second);
}

#[derive(Template)]
#[template(path = "reviews/stages.html", config = "src/views/askama.toml")]
struct StagesPage {
    page: Page,
    board: StageBoard,
    /// Files that can still be talked over: id and name.
    to_open: Vec<(String, String)>,
}

impl StagesPage {
    /// Files that are talked over now.
    fn running(&self) -> Vec<&StageFile> {
        self.board.files.iter().filter(|file| file.left.discussion).collect()
    }

    /// Files that a second panel can be called for.
    fn wanting(&self) -> Vec<&StageFile> {
        self.board.files.iter().filter(|file| file.wants_second()).collect()
    }

    fn points(&self, hundredths: &i32) -> String {
        points_text(i64::from(*hundredths))
    }

    fn is_said(&self) -> bool {
        self.board.files.iter().any(|file| !file.said.is_empty())
    }
}

async fn stages_page(visit: &Visit, id: CallId, page: Page) -> Result<StagesPage, Failure> {
    let actor = visit.actor.clone();
    let board = visit.app.read(move |tx| stage_board(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let free = board.files.iter().filter(|file| file.discussion.is_none() && file.state == State::InReview);
    let named = |file: &StageFile| (file.id.to_string(), format!("{} {}", file.organisation, file.number));
    let to_open = free.map(named).collect();
    Ok(StagesPage { page, board, to_open })
}

async fn show(visit: Visit, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    ok(&stages_page(&visit, id, Page::titled(&visit, "stages-title")).await?)
}

async fn answer<T>(form: &Submitted, id: CallId, done: Result<T, Error>, key: &str) -> Result<HttpResponse, Failure> {
    match done {
        Ok(_) => Ok(see_other(format!("/reviews/{id}/discussions"), key)),
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(&form.visit, "stages-title").after(&error, &form.pairs);
            html(error.status(), &stages_page(&form.visit, id, page).await?)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}

async fn end(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let reason = form.text("reason");
    // Those that the page named, and no other one.
    let seen = form.all("unsubmitted").into_iter().filter_map(|text| AssignmentId::from_text(&text)).collect();
    let done = match form.number("version") {
        Ok(version) => {
            let input = ScoringEnd { version, reason, unsubmitted: Some(seen) };
            form.visit.app.write(move |tx| end_scoring(tx, &actor, id, &input)).await
        }
        Err(error) => Err(error),
    };
    if done.is_ok() {
        return Ok(see_other(format!("/reviews/{id}/discussions"), "scoring-ended"));
    }
    let press = form.number("version").ok().map(|version| Press::ScoringEnd(id, version));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/reviews/{id}/discussions"), &key));
    }
    board::answer(&form, id, done, "scoring-ended").await
}

fn applications(form: &Submitted, code: &str) -> Result<Vec<ApplicationId>, Error> {
    let ids = form.all("applications").into_iter().map(|text| ApplicationId::from_text(&text));
    let ids = ids.collect::<Option<Vec<_>>>().ok_or_else(|| Error::field("applications", code))?;
    if ids.is_empty() { Err(Error::field("applications", code)) } else { Ok(ids) }
}

async fn open(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let application = ApplicationId::from_text(&form.text("application"));
    let reason = form.text("reason");
    let done = match application.ok_or_else(|| Error::field("application", "discussion_file")) {
        Ok(application) => {
            let input = DiscussionRequest { application, reason };
            form.visit.app.write(move |tx| open_discussion(tx, &actor, id, &input)).await
        }
        Err(error) => Err(error),
    };
    let press = application.map(|application| Press::Discussion(application, form.text("reason")));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/reviews/{id}/discussions"), &key));
    }
    answer(&form, id, done, "discussion-opened").await
}

async fn close(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let reason = form.text("reason");
    let done = match applications(&form, "discussion_none_chosen") {
        Ok(applications) => {
            let input = DiscussionEnd { applications, reason };
            form.visit.app.write(move |tx| end_discussions(tx, &actor, id, &input)).await
        }
        Err(error) => Err(error),
    };
    let press = applications(&form, "discussion_none_chosen").ok().map(|files| Press::DiscussionEnd(id, files));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/reviews/{id}/discussions"), &key));
    }
    answer(&form, id, done, "discussion-ended").await
}

#[derive(Template)]
#[template(path = "reviews/second_panel.html", config = "src/views/askama.toml")]
struct SecondPanelPage {
    page: Page,
    call: CallId,
    call_title: String,
    preview: SecondPanelPreview,
    /// The files that were chosen, for the acceptance.
    chosen: Vec<String>,
}

async fn second_preview(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let shown = match applications(&form, "second_panel_file") {
        Ok(applications) => {
            let input = SecondPanel { applications, digest: None };
            let work = move |tx: &mut Tx<'_>| {
                let title = db::calls::find(tx.db, id)?.title;
                Ok((second_panel::preview(tx, &actor, id, &input)?, title))
            };
            form.visit.app.read(work).await
        }
        Err(error) => Err(error),
    };
    match shown {
        Ok((preview, call_title)) => ok(&SecondPanelPage {
            page: Page::titled(&form.visit, "second-panel-preview-title"),
            call: id,
            call_title,
            preview,
            chosen: form.all("applications"),
        }),
        Err(error) => answer::<()>(&form, id, Err(error), "").await,
    }
}

async fn second(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match applications(&form, "second_panel_file") {
        Ok(applications) => {
            let input = SecondPanel { applications, digest: Some(form.text("digest")) };
            form.visit.app.write(move |tx| call_second_panel(tx, &actor, id, &input)).await
        }
        Err(error) => Err(error),
    };
    // What had a second panel is not among the files that want one: that is no conflict, but a choice that is not open.
    let chosen = applications(&form, "second_panel_file").ok().filter(|_| done.is_err());
    if let Some(key) = known(&form, chosen.map(|files| Press::SecondPanel(id, files))).await {
        return Ok(see_other(format!("/reviews/{id}/discussions"), &key));
    }
    let key = match &done {
        Ok(filled) if !filled.short.is_empty() => "second-panel-short",
        _ => "second-panel-called",
    };
    answer(&form, id, done, key).await
}
