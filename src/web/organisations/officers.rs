//! Organisations as officers see them: search, the licence image, accepting a code.

use super::super::access::{Submitted, Visit};
use super::super::documents::stored_download;
use super::super::page::{Failure, Labels, Page, can_be_mended, html, ok, see_other};
use super::super::paging::{PagerView, number_if_any, page_or_last, pager_of};
use super::super::routes::{Access, Routes};
use super::own::{OUTSIDE, area_name, area_of, areas, cities, date_text};
use crate::actions::correct_organisation::{OrganisationCorrection, correct_organisation};
use crate::actions::organisations::{self, Override, READERS};
use crate::app::App;
use crate::db;
use crate::db::code_overrides::CodeOverride;
use crate::db::organisations::Organisation;
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::OrganisationId;
use crate::domain::reference::AreaName;
use crate::domain::status::CodeCheck;
use crate::domain::steps::OrganisationAction;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::sync::Arc;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/organisations", Access::Roles(READERS), index);
    routes.get("/organisations/{id}", Access::Roles(READERS), show);
    routes.post("/organisations/{id}/code-override", Access::Roles(&[Role::Handler]), override_code);
    routes.get("/organisations/{id}/correction", Access::Roles(&[Role::Handler]), correction);
    routes.post("/organisations/{id}/correction", Access::Roles(&[Role::Handler]), correct);
    // Its own people see their image too; the action says who.
    routes.get("/organisations/{id}/licence", Access::SignedIn, licence);
}

/// What the fields of a correction are called.
const CORRECTION: Labels = &[
    ("name", "organisation-name"),
    ("registered_area", "organisation-area"),
    ("main_service_city", "organisation-city"),
    ("established_on", "organisation-established"),
    ("reason", "organisation-correct-reason"),
];

#[derive(Debug, Clone, Default, Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    code_check: String,
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

#[derive(Template)]
#[template(path = "organisations/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    rows: Vec<Organisation>,
    q: String,
    code_check: String,
    checks: Vec<(String, String)>,
    paging: PagerView,
}

#[derive(Template)]
#[template(path = "organisations/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    organisation: Organisation,
    area: AreaName,
    established: String,
    city: String,
    licence: Option<CodeOverride>,
    decided_by: String,
    /// The code is of another place than the one registered.
    elsewhere: bool,
    may_accept: bool,
    may_correct: bool,
}

#[derive(Template)]
#[template(path = "organisations/correction.html", config = "src/views/askama.toml")]
struct CorrectionPage {
    page: Page,
    id: OrganisationId,
    version: String,
    credit_code: String,
    /// The name as it is.
    registered_name: String,
    area: String,
    areas: Vec<(String, String)>,
    city: String,
    cities: Vec<(String, String)>,
    established: String,
}

/// The choice beside those of [`CodeCheck`]: a licence image that no officer has looked at.
const LICENCE: &str = "licence";

/// The tone of a code's check.
pub(super) fn check_tone(check: &CodeCheck) -> &'static str {
    match check {
        CodeCheck::Right | CodeCheck::Overridden => "good",
        CodeCheck::Wrong => "attention",
    }
}

async fn index(visit: Visit, search: web::Query<Search>) -> Result<HttpResponse, Failure> {
    let Search { q, code_check, page } = search.into_inner();
    let (wanted, check, licence) = (q.trim().to_string(), CodeCheck::from_text(&code_check), code_check == LICENCE);
    let found = visit
        .app
        .read(move |tx| {
            let search = Some(wanted.as_str()).filter(|text| !text.is_empty());
            let pager = Pager::new(page, None);
            Ok(page_or_last(pager, |pager| db::organisations::list(tx.db, search, check, licence, pager))?)
        })
        .await
        .map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "organisations-title");
    let paging = pager_of(&page, &found, "/organisations", &[("q", &q), ("code_check", &code_check)]);
    let mut checks: Vec<(String, String)> =
        CodeCheck::ALL.iter().map(|check| (check.to_string(), page.t_of("code-check", check))).collect();
    checks.push((LICENCE.into(), page.t_of("code-check", LICENCE)));
    ok(&IndexPage { rows: found.items, q, code_check, checks, paging, page })
}

async fn load(
    visit: &Visit,
    id: OrganisationId,
    error: Option<(&Error, &[(String, String)])>,
) -> Result<ShowPage, Error> {
    let actor = visit.actor.clone();
    let (organisation, licence, decided_by, actions) = visit
        .app
        .read(move |tx| {
            let organisation = organisations::open(tx, id)?;
            let licence = db::code_overrides::find(tx.db, id)?;
            let decided_by = match licence.as_ref().and_then(|licence| licence.decided_by) {
                Some(account) => db::accounts::find(tx.db, account)?.name,
                None => String::new(),
            };
            let actions = organisations::standing(tx, &organisation)?.available(&actor);
            Ok((organisation, licence, decided_by, actions))
        })
        .await?;
    let mut page = Page::new(visit, organisation.name.clone()).naming(&[("reason", "licence-reason")]);
    if let Some((error, typed)) = error {
        page = page.after(error, typed);
    }
    let reference = &visit.app.env.reference;
    Ok(ShowPage {
        established: date_text(organisation.established_on, &page),
        area: area_name(&visit.app, organisation.registered_area.as_deref(), page.lang()),
        city: area_name(&visit.app, organisation.main_service_city.as_deref(), page.lang()).city,
        page,
        elsewhere: reference.is_elsewhere(&organisation.credit_code, organisation.registered_area.as_deref()),
        may_accept: actions.contains(&OrganisationAction::AcceptCode),
        may_correct: actions.contains(&OrganisationAction::Correct),
        organisation,
        licence,
        decided_by,
    })
}

fn organisation_id(text: &str) -> Result<OrganisationId, Error> {
    OrganisationId::from_text(text).ok_or(Error::NotFound)
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = organisation_id(&id).map_err(|e| visit.fail(e))?;
    let page = load(&visit, id, None).await.map_err(|e| visit.fail(e))?;
    ok(&page)
}

async fn override_code(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = organisation_id(&id)?;
    let actor = visit.actor.clone();
    let input = Override { version: form.number("version")?, reason: form.text("reason") };
    match visit.app.write(move |tx| organisations::override_code(tx, &actor, id, &input)).await {
        Ok(()) => Ok(see_other(format!("/organisations/{id}"), "code-accepted")),
        Err(error) if can_be_mended(&error) => {
            let page = load(visit, id, Some((&error, &form.pairs))).await.map_err(|e| visit.fail(e))?;
            html(error.status(), &page)
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn correction_page(
    visit: &Visit,
    id: OrganisationId,
    error: Option<(&Error, &[(String, String)])>,
) -> Result<CorrectionPage, Failure> {
    let read = visit.app.read(move |tx| organisations::open(tx, id)).await;
    let organisation = read.map_err(|e| visit.fail(e))?;
    let mut page = Page::titled(visit, "organisation-correct").naming(CORRECTION);
    if let Some((error, typed)) = error {
        page = page.after(error, typed);
    }
    Ok(CorrectionPage {
        id,
        version: page.seen_version(organisation.version),
        credit_code: organisation.credit_code,
        registered_name: organisation.name,
        area: organisation.registered_area.unwrap_or_else(|| OUTSIDE.into()),
        areas: areas(&page, &visit.app),
        city: organisation.main_service_city.unwrap_or_default(),
        cities: cities(&page, &visit.app),
        established: organisation.established_on.map(|day| day.to_string()).unwrap_or_default(),
        page,
    })
}

async fn correction(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = organisation_id(&id).map_err(|e| visit.fail(e))?;
    ok(&correction_page(&visit, id, None).await?)
}

async fn correct(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = organisation_id(&id)?;
    let actor = visit.actor.clone();
    let input = OrganisationCorrection {
        version: form.number("version")?,
        name: form.text("name"),
        registered_area: area_of(&form),
        main_service_city: form.text("main_service_city"),
        established_on: form.text("established_on"),
        reason: form.text("reason"),
    };
    match visit.app.write(move |tx| correct_organisation(tx, &actor, id, &input).map(drop)).await {
        Ok(()) => Ok(see_other(format!("/organisations/{id}"), "organisation-corrected")),
        Err(error) if can_be_mended(&error) => {
            let page = correction_page(visit, id, Some((&error, &form.pairs))).await?;
            html(error.status(), &page)
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn licence(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = organisation_id(&id).map_err(|e| visit.fail(e))?;
    download_licence(&visit.app, &visit.actor, id).await.map_err(|e| visit.fail(e))
}

/// The licence image, never shown in the page: a stored byte is always a download (HotCRP CVE-2026-25156).
pub(crate) async fn download_licence(app: &Arc<App>, actor: &Actor, id: OrganisationId) -> Result<HttpResponse, Error> {
    let actor = actor.clone();
    let found = app.read(move |tx| organisations::licence(tx, &actor, id)).await?;
    stored_download(app, &found.licence_sha256, &found.licence_name, &found.licence_type).await
}
