//! A bureau's recommendations: one file's, and the ranking of them all.

mod ranking;

use super::access::{Submitted, Visit};
use super::file::{After, FileView, Refused, answered, framed, id_of};
use super::page::{Failure, Page, html, see_other};
use super::routes::{Access, Routes};
use crate::actions::dossier::Dossier;
use crate::actions::file_result::{FiledOutcome, ResultInput, file_result};
use crate::actions::not_recommend::{NonRecommendation, not_recommend};
use crate::actions::recommend::{RecommendationInput, has_recommended, recommend};
use crate::db;
use crate::domain::actor::Role;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::domain::quota;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;

const CITY: Access = Access::Roles(&[Role::CityOfficer]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/applications/{id}/recommendation", CITY, new);
    routes.post("/applications/{id}/recommendation", CITY, create);
    routes.get("/applications/{id}/refusal", CITY, new_refusal);
    routes.post("/applications/{id}/refusal", CITY, create_refusal);
    routes.get("/applications/{id}/result", CITY, new_result);
    routes.post("/applications/{id}/result", CITY, create_result);
    ranking::routes(routes);
}

#[derive(Template)]
#[template(path = "recommendations/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
    file: FileView,
    call: String,
    places: String,
    ranked: bool,
    first_rank: String,
    ranks: Vec<(String, String)>,
}

/// What the forms of a bureau show.
struct Shown {
    file: FileView,
    call: String,
    ranked: bool,
    limit: Option<u32>,
    taken: Vec<i32>,
}

async fn show(visit: &Visit, id: ApplicationId, action: Option<Action>) -> Result<Shown, Failure> {
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| {
        let dossier = Dossier::load(tx, &actor, id)?;
        if let Some(action) = action {
            dossier.permit(&actor, action)?;
        }
        let bureau = dossier.application.bureau.clone().unwrap_or_default();
        let ranking = db::recommendations::ranking(tx.db, dossier.call.id, &bureau)?;
        Ok(Shown {
            file: FileView::of(tx, &dossier, &actor.language)?,
            call: dossier.call.id.to_string(),
            ranked: dossier.programme().quota.ranked,
            limit: dossier.programme().quota.for_bureau(&bureau),
            taken: ranking.iter().map(|r| r.recommendation.rank).collect(),
        })
    });
    read.await.map_err(|e| visit.fail(e))
}

/// How many places are taken and left.
fn places(page: &Page, taken: usize, limit: Option<u32>) -> String {
    match (limit, quota::places_left(taken, limit)) {
        (Some(limit), Some(left)) => page.t2("recommendation-places", "limit", limit, "left", left),
        _ => page.t1("recommendation-no-limit", "taken", taken),
    }
}

async fn new(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    render_new(&visit, id, None).await
}

async fn render_new(visit: &Visit, id: ApplicationId, after: After<'_>) -> Result<HttpResponse, Failure> {
    let shown = show(visit, id, after.is_none().then_some(Action::Recommend)).await?;
    let (page, status) = framed(visit, "recommendation-title", after);
    let free = quota::free_ranks(&shown.taken, shown.limit);
    let ranks: Vec<(String, String)> =
        free.iter().map(|rank| (rank.to_string(), page.t1("recommendation-rank-number", "rank", rank))).collect();
    html(
        status,
        &NewPage {
            places: places(&page, shown.taken.len(), shown.limit),
            first_rank: ranks.first().map(|(rank, _)| rank.clone()).unwrap_or_default(),
            file: shown.file,
            call: shown.call,
            ranked: shown.ranked,
            ranks,
            page,
        },
    )
}

async fn create(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let result = match read_recommendation(&form) {
        Err(error) => Err(error),
        Ok(input) => visit.app.write(move |tx| recommend(tx, &actor, id, &input).map(drop)).await,
    };
    // A second press: the first one has done it. What a colleague has done instead is told.
    if matches!(&result, Err(Error::Refused(refusal)) if refusal.code == "wrong_state") && has_done(&form, id).await? {
        return Ok(see_other(format!("/applications/{id}"), "application-was-recommended"));
    }
    match answered(visit, result, &format!("/applications/{id}"), "application-recommended") {
        Err(Refused::Again(error)) => render_new(visit, id, Some((&error, &form.pairs))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

/// Whether it is this person's own recommendation, in the same words.
async fn has_done(form: &Submitted, id: ApplicationId) -> Result<bool, Failure> {
    let visit = &form.visit;
    let (actor, opinion) = (visit.actor.clone(), form.text("opinion"));
    let read = visit.app.read(move |tx| has_recommended(tx, &actor, id, &opinion));
    read.await.map_err(|e| visit.fail(e))
}

fn read_recommendation(form: &Submitted) -> Result<RecommendationInput, Error> {
    // A programme that does not rank shows no such field.
    let rank = if form.text("rank").is_empty() { None } else { Some(form.number("rank")?) };
    Ok(RecommendationInput { version: form.number("version")?, rank, opinion: form.text("opinion") })
}

#[derive(Template)]
#[template(path = "recommendations/refusal.html", config = "src/views/askama.toml")]
struct RefusalPage {
    page: Page,
    file: FileView,
}

async fn new_refusal(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    render_refusal(&visit, id, None).await
}

async fn render_refusal(visit: &Visit, id: ApplicationId, after: After<'_>) -> Result<HttpResponse, Failure> {
    let shown = show(visit, id, after.is_none().then_some(Action::NotRecommend)).await?;
    let (page, status) = framed(visit, "non-recommendation-title", after);
    html(status, &RefusalPage { page, file: shown.file })
}

async fn create_refusal(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let reason = form.text("reason");
    let result = match form.number("version") {
        Err(error) => Err(error),
        Ok(version) => {
            let input = NonRecommendation { version, reason };
            visit.app.write(move |tx| not_recommend(tx, &actor, id, &input).map(drop)).await
        }
    };
    match answered(visit, result, &format!("/applications/{id}"), "application-not-recommended") {
        Err(Refused::Again(error)) => render_refusal(visit, id, Some((&error, &form.pairs))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

#[derive(Template)]
#[template(path = "recommendations/result.html", config = "src/views/askama.toml")]
struct ResultPage {
    page: Page,
    file: FileView,
    places: String,
    outcomes: Vec<(String, String)>,
}

async fn new_result(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    render_result(&visit, id, None).await
}

async fn render_result(visit: &Visit, id: ApplicationId, after: After<'_>) -> Result<HttpResponse, Failure> {
    let shown = show(visit, id, after.is_none().then_some(Action::FileResult)).await?;
    let (page, status) = framed(visit, "city-result-title", after);
    let outcomes =
        ["recognised", "not_recognised"].map(|word| (word.to_string(), page.t_of("city-result", word))).to_vec();
    let places = places(&page, shown.taken.len(), shown.limit);
    html(status, &ResultPage { page, file: shown.file, places, outcomes })
}

async fn create_result(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let result = match read_result(&form) {
        Err(error) => Err(error),
        Ok(input) => visit.app.write(move |tx| file_result(tx, &actor, id, &input).map(drop)).await,
    };
    match answered(visit, result, &format!("/applications/{id}"), "result-filed") {
        Err(Refused::Again(error)) => render_result(visit, id, Some((&error, &form.pairs))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

fn read_result(form: &Submitted) -> Result<ResultInput, Error> {
    let outcome = match form.text("outcome").as_str() {
        "recognised" => FiledOutcome::Recognised,
        "not_recognised" => FiledOutcome::NotRecognised,
        _ => return Err(Error::field("outcome", "outcome_missing")),
    };
    Ok(ResultInput { version: form.number("version")?, outcome, reason: form.text("reason") })
}
