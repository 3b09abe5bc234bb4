//! Planning who scores what: the preview of a plan, its acceptance, pins and forbids, undoing.

use super::board::{answer, ending_term, experts};
use super::call_id;
use crate::actions::review::overview::{PanelMember, overview};
use crate::actions::review::prepare::{Preparation, Preview};
use crate::actions::review::undo::Undoing;
use crate::actions::review::wishes::{NewWish, WishRemoval};
use crate::actions::review::{self};
use crate::actions::second_press::Press;
use crate::domain::ids::{ApplicationId, CallId, ChangeSetId, ExpertId};
use crate::domain::status::WishKind;
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, ok, see_other};
use crate::web::routes::{Access, Routes};
use crate::web::second_press::again;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Rows of the preview that the page shows; the rest is counted.
const SHOWN: usize = 300;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const ORGANISERS: Access = Access::Roles(review::ORGANISERS);
    routes.post("/reviews/{call}/plan", ORGANISERS, preview);
    routes.post("/reviews/{call}/preparation", ORGANISERS, prepare);
    routes.get("/reviews/{call}/wishes/new", ORGANISERS, wish_form);
    routes.post("/reviews/{call}/wishes", ORGANISERS, wish);
    routes.post("/reviews/{call}/wishes/removal", ORGANISERS, withdraw);
    routes.post("/reviews/{call}/changes/{set}/undoing", ORGANISERS, undo);
}

fn preparation(form: &Submitted) -> Result<Preparation, Error> {
    let experts = experts(form)?;
    if experts.is_empty() && form.text("drawn").is_empty() {
        return Err(Error::field("experts", "review_no_experts"));
    }
    let version = form.number("version")?;
    let floor = form.figures("load_floor");
    let floor = if floor.is_empty() { "0" } else { &floor };
    Ok(Preparation {
        version: Some(version).filter(|version| *version > 0),
        due_at: form.text("due_at"),
        experts,
        load_floor: Some(floor.parse().map_err(|_| Error::field("load_floor", "not_a_number"))?),
        digest: Some(form.text("digest")),
    })
}

#[derive(Template)]
#[template(path = "reviews/preview.html", config = "src/views/askama.toml")]
struct PreviewPage {
    page: Page,
    call: CallId,
    call_title: String,
    preview: Preview,
    /// Whose term ends before the sheets are due, a sentence each.
    ending: Vec<String>,
    /// What the form said, for the acceptance.
    fields: Vec<(String, String)>,
}

impl PreviewPage {
    fn first(&self) -> bool {
        self.preview.assignments_before == 0
    }

    fn unshown(&self, all: usize) -> usize {
        all.saturating_sub(SHOWN)
    }

    fn shown<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        all.get(..SHOWN).unwrap_or(all)
    }
}

async fn preview(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let shown = match preparation(&form) {
        Ok(input) => {
            let work = move |tx: &mut crate::actions::Tx<'_>| {
                let title = crate::db::calls::find(tx.db, id)?.title;
                Ok((review::prepare::preview(tx, &actor, id, &input)?, title))
            };
            form.visit.app.read(work).await
        }
        Err(error) => Err(error),
    };
    match shown {
        Ok((preview, call_title)) => {
            let page = Page::titled(&form.visit, "plan-preview-title");
            let ending = preview.ending.iter();
            ok(&PreviewPage {
                ending: ending.map(|one| ending_term(&page, &one.name, &one.last_day, one.applications)).collect(),
                page,
                call: id,
                call_title,
                preview,
                fields: form.pairs.iter().filter(|(name, _)| name != "digest").cloned().collect(),
            })
        }
        Err(error) => answer::<()>(&form, id, Err(error), "").await,
    }
}

async fn prepare(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match preparation(&form) {
        Ok(input) => form.visit.app.write(move |tx| review::prepare::prepare(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "review-prepared").await
}

#[derive(Debug, Default, Deserialize)]
struct WishQuery {
    #[serde(default)]
    application: String,
}

#[derive(Template)]
#[template(path = "reviews/wish.html", config = "src/views/askama.toml")]
struct WishPage {
    page: Page,
    call: CallId,
    call_title: String,
    application: ApplicationId,
    organisation: String,
    version: i32,
    experts: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
}

async fn wish_page(visit: &Visit, id: CallId, application: &str, page: Page) -> Result<WishPage, Failure> {
    let application = ApplicationId::from_text(application).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let overview = visit.app.read(move |tx| overview(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let file = overview.files.iter().find(|file| file.id == application);
    let file = file.ok_or_else(|| visit.fail(Error::NotFound))?;
    let line = |member: &PanelMember| {
        let scores = file.lines.iter().any(|line| line.assignment.expert_id == member.expert.id);
        let key = if scores { "wish-expert-scores" } else { "wish-expert" };
        (member.expert.id.to_string(), page.t2(key, "name", &member.expert.name, "employer", &member.expert.employer))
    };
    Ok(WishPage {
        experts: overview.panel.iter().filter(|member| member.chosen).map(line).collect(),
        kinds: WishKind::ALL.iter().map(|kind| (kind.to_string(), page.t_of("wish-kind", kind))).collect(),
        call: id,
        call_title: overview.call.title.clone(),
        application,
        organisation: file.organisation.clone(),
        version: overview.session.as_ref().map_or(0, |session| session.version),
        page,
    })
}

async fn wish_form(
    visit: Visit,
    call: web::Path<String>,
    query: web::Query<WishQuery>,
) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    ok(&wish_page(&visit, id, &query.application, Page::titled(&visit, "wish-title")).await?)
}

fn new_wish(form: &Submitted) -> Result<NewWish, Error> {
    Ok(NewWish {
        version: form.number("version")?,
        application: ApplicationId::from_text(&form.text("application")).ok_or(Error::NotFound)?,
        expert: ExpertId::from_text(&form.text("expert"))
            .ok_or_else(|| Error::field("expert", "review_wish_expert"))?,
        kind: WishKind::from_text(&form.text("kind")).ok_or_else(|| Error::field("kind", "review_wish_kind"))?,
        reason: form.text("reason"),
    })
}

async fn wish(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match new_wish(&form) {
        Ok(input) => form.visit.app.write(move |tx| review::wishes::wish(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_other(format!("/reviews/{id}"), "review-wished")),
        Err(error) if can_be_mended(&error) => {
            let application = form.text("application");
            let here = format!("/reviews/{id}/wishes/new?application={application}");
            let page = Page::titled(&form.visit, "wish-title").at_address(&here).after(&error, &form.pairs);
            html(error.status(), &wish_page(&form.visit, id, &application, page).await?)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}

async fn withdraw(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match form.parse::<WishRemoval>() {
        Ok(input) => form.visit.app.write(move |tx| review::wishes::withdraw(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "review-wish-withdrawn").await
}

async fn undo(form: Submitted, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &path.0)?;
    let set = ChangeSetId::from_text(&path.1).ok_or_else(|| form.visit.fail(Error::NotFound))?;
    let actor = form.visit.actor.clone();
    let reason = form.text("reason");
    let done = match form.number("version") {
        Ok(version) => {
            let input = Undoing { version, reason };
            form.visit.app.write(move |tx| review::undo::undo(tx, &actor, id, set, &input)).await
        }
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &done, Some(Press::Undoing(set, form.text("reason")))).await {
        return Ok(see_other(format!("/reviews/{id}"), &key));
    }
    answer(&form, id, done, "change-undone").await
}
