//! The ranking of a bureau in a call, and moving a file within it.

use super::CITY;
use crate::actions::Tx;
use crate::actions::order_ranking::{RankingOrder, WantedPlace, order_ranking};
use crate::actions::recommend::{RankChange, may_read_ranking, may_rerank, rerank};
use crate::db;
use crate::db::calls::Call;
use crate::db::recommendations::Ranked;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::domain::quota;
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::file::{After, Refused, answered, framed, id_of};
use crate::web::page::{Failure, Page, html};
use crate::web::routes::{Access, Routes};
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

const READERS: Access = Access::Roles(&[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/recommendations", READERS, index);
    routes.post("/applications/{id}/recommendation/rank", CITY, update);
    routes.post("/recommendations/order", CITY, arrange);
}

#[derive(Deserialize)]
struct Query {
    #[serde(default)]
    call: String,
    #[serde(default)]
    bureau: String,
}

/// One place.
struct Row {
    id: ApplicationId,
    rank: i32,
    organisation: String,
    number: String,
    state: State,
    at: NaiveDateTime,
    /// Whether it may be moved at all.
    movable: bool,
    /// Where it may be moved by one step: the rank and the key of the button's words.
    steps: Vec<(i32, &'static str)>,
}

#[derive(Template)]
#[template(path = "recommendations/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    bureau: String,
    bureau_name: String,
    bureaus: Vec<(String, String)>,
    call: String,
    calls: Vec<(String, String)>,
    places: String,
    until: String,
    changeable: bool,
    rows: Vec<Row>,
}

/// What the page is made of.
struct Shown {
    bureau: String,
    bureau_name: String,
    bureaus: Vec<(String, String)>,
    calls: Vec<(String, String)>,
    call: Option<(String, NaiveDateTime, Option<u32>)>,
    changeable: bool,
    rows: Vec<Row>,
}

async fn index(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    render(&visit, query.into_inner(), None).await
}

async fn render(visit: &Visit, query: Query, after: After<'_>) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let shown = visit.app.read(move |tx| read(tx, &actor, &query)).await.map_err(|e| visit.fail(e))?;
    let (page, status) = framed(visit, "recommendations-title", after);
    let (call, until, limit) = shown.call.map_or_else(
        || (String::new(), String::new(), None),
        |(id, until, limit)| (id, calendar::local_deadline_text(until), limit),
    );
    html(
        status,
        &IndexPage {
            places: super::places(&page, shown.rows.len(), limit),
            page,
            bureau: shown.bureau,
            bureau_name: shown.bureau_name,
            bureaus: shown.bureaus,
            call,
            calls: shown.calls,
            until,
            changeable: shown.changeable,
            rows: shown.rows,
        },
    )
}

fn read(tx: &mut Tx<'_>, actor: &Actor, query: &Query) -> Result<Shown, Error> {
    let own = actor.bureau().map(str::to_string);
    let bureau = own.clone().unwrap_or_else(|| query.bureau.clone());
    let language = actor.language.as_str();
    let name = tx.env.reference.bureau(&bureau).map(|found| found.name_in(language)).unwrap_or_default();
    let bureaus = match &own {
        Some(_) => Vec::new(),
        None => tx.env.reference.bureaus.iter().map(|b| (b.code.clone(), b.name_in(language))).collect(),
    };
    let calls = db::recommendations::calls_of_bureau(tx.db, &bureau)?;
    // A single call needs no choice, nor does the newest of those that are open.
    let wanted = match (query.call.as_str(), calls.as_slice()) {
        ("", [(only, _)]) => Some(*only),
        ("", several) => newest_open(tx, several)?,
        (text, known) => {
            let id = CallId::from_text(text).ok_or(Error::NotFound)?;
            known.iter().any(|(known, _)| *known == id).then_some(id)
        }
    };
    let mut shown = Shown {
        calls: calls.into_iter().map(|(id, title)| (id.to_string(), title)).collect(),
        bureau_name: name,
        bureaus,
        call: None,
        changeable: false,
        rows: Vec::new(),
        bureau,
    };
    if let Some(id) = wanted {
        may_read_ranking(actor, &shown.bureau)?;
        let call = db::calls::find(tx.db, id)?;
        let limit = call.programme.0.quota.for_bureau(&shown.bureau);
        shown.changeable = own.is_some() && call.windows().recommendation_open(tx.now);
        let ranking = db::recommendations::ranking(tx.db, id, &shown.bureau)?;
        shown.rows = rows(actor, &call, &ranking, limit, tx.now);
        shown.call = Some((id.to_string(), call.recommend_by, limit));
    }
    Ok(shown)
}

/// The newest of these calls in which bureaus still recommend; they are given newest first.
fn newest_open(tx: &mut Tx<'_>, calls: &[(CallId, String)]) -> Result<Option<CallId>, Error> {
    let ids: Vec<CallId> = calls.iter().map(|(id, _)| *id).collect();
    let dates = db::desk::call_deadlines(tx.db, &ids)?;
    let is_open = |id: &CallId| dates.iter().any(|(known, _, until)| known == id && tx.now < *until);
    Ok(ids.into_iter().find(is_open))
}

/// The places, each with the moves that would be accepted: one up, one down, not past a file that has moved on.
fn rows(actor: &Actor, call: &Call, ranking: &[Ranked], limit: Option<u32>, now: NaiveDateTime) -> Vec<Row> {
    let taken: Vec<i32> = ranking.iter().map(|r| r.recommendation.rank).collect();
    // Without a quota there is always one more place behind the last; moving the last one there changes nothing.
    let last = limit.map_or_else(|| taken.iter().copied().max().unwrap_or(0), |_| quota::last_rank(&taken, limit));
    let movable = |rank: i32| {
        (1..=last).contains(&rank)
            && ranking.iter().all(|r| r.recommendation.rank != rank || may_rerank(actor, call, r, now))
    };
    ranking
        .iter()
        .map(|ranked| {
            let rank = ranked.recommendation.rank;
            let steps = [(rank - 1, "recommendations-up"), (rank + 1, "recommendations-down")];
            let may = may_rerank(actor, call, ranked, now);
            Row {
                id: ranked.recommendation.application_id,
                rank,
                organisation: ranked.organisation_name.clone(),
                number: ranked.number.clone().unwrap_or_default(),
                state: ranked.state,
                at: ranked.recommendation.recommended_at,
                movable: may,
                steps: steps.into_iter().filter(|(to, _)| may && movable(*to)).collect(),
            }
        })
        .collect()
}

async fn update(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let reader = actor.clone();
    let call = visit.app.read(move |tx| Ok(crate::actions::dossier::Dossier::load(tx, &reader, id)?.call.id));
    let call = call.await.map_err(|e| visit.fail(e))?.to_string();
    let result = match form.number("from").and_then(|from| Ok(RankChange { from, to: form.number("to")? })) {
        Err(error) => Err(error),
        Ok(input) => visit.app.write(move |tx| rerank(tx, &actor, id, &input).map(drop)).await,
    };
    match answered(visit, result, &format!("/recommendations?call={call}"), "rank-changed") {
        Err(Refused::Again(error)) => render(visit, Query { call, bureau: String::new() }, Some((&error, &[]))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

/// The places of the form: what was typed for each file, beside the rank that it had.
fn read_order(form: &Submitted, call: CallId) -> Result<RankingOrder, Error> {
    let typed = form.pairs.iter().filter_map(|(name, _)| name.strip_prefix("rank-"));
    let place = |id: &str| -> Result<WantedPlace, Error> {
        let application = ApplicationId::from_text(id).ok_or(Error::NotFound)?;
        let (from, to) = (form.number(&format!("from-{id}"))?, form.number(&format!("rank-{id}"))?);
        Ok(WantedPlace { application, from, to })
    };
    Ok(RankingOrder { call, places: typed.map(place).collect::<Result<Vec<WantedPlace>, Error>>()? })
}

async fn arrange(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let call = CallId::from_text(&form.text("call")).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let result = match read_order(&form, call) {
        Err(error) => Err(error),
        Ok(input) => visit.app.write(move |tx| order_ranking(tx, &actor, &input)).await,
    };
    let call = call.to_string();
    match answered(visit, result, &format!("/recommendations?call={call}"), "rank-changed") {
        Err(Refused::Again(error)) => {
            render(visit, Query { call, bureau: String::new() }, Some((&error, &form.pairs))).await
        }
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}
