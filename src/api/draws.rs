//! The draw of a call's experts.

use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, change, create, query_of, read, special};
use super::problem::Failed;
use crate::actions::Tx;
use crate::actions::draw::abandon::{Abandoning, abandon};
use crate::actions::draw::announce::{self, Announcement};
use crate::actions::draw::annul::{self, Annulling};
use crate::actions::draw::commit::{Pledge, commit};
use crate::actions::draw::list::list;
use crate::actions::draw::recorded_events;
use crate::actions::draw::reveal::{Reveal, reveal};
use crate::actions::draw::view::{DrawView, record_file, view};
use crate::actions::review::{ONLOOKERS, ORGANISERS, Seen};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{CallId, DrawId};
use crate::domain::steps::{ENDERS, PARTIES};
use crate::error::Error;
use crate::web::draws::file;
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa::openapi::path::ParameterIn;

/// These operations.
pub fn operations() -> Vec<Operation> {
    let onlookers = Access::Roles(ONLOOKERS);
    let parties = Access::Roles(PARTIES);
    let post = Method::POST;
    vec![
        read(
            "/reviews/{call}/draw",
            "show_draw",
            "The draw of a call's experts: who did what, and when.",
            onlookers,
            show,
        ),
        special(
            Method::GET,
            StatusCode::OK,
            "/reviews/{call}/draw/record",
            "download_draw_record",
            "The record of a draw that is done, byte for byte, to be verified offline; those that were annulled have one too.",
            onlookers,
            of_one(),
            record,
        ),
        special(
            Method::GET,
            StatusCode::OK,
            "/reviews/{call}/draw/events",
            "download_draw_events",
            "The events of a draw that is done, with all that their hashes are over.",
            onlookers,
            of_one(),
            events,
        ),
        change(
            post.clone(),
            "/reviews/{call}/draw/preview",
            "preview_draw",
            "What an announcement would come to: candidates and exclusions field by field. Nothing is changed.",
            Access::Roles(ORGANISERS),
            |tx, actor, asked: &Asked<Announcement>| announce::preview(tx, actor, call_of(asked)?, &asked.input),
        ),
        create(
            "/reviews/{call}/draw/announcement",
            "announce_draw",
            "Announces a draw: from which fields how many experts and reserves.",
            Access::Roles(ORGANISERS),
            |tx, actor, asked: &Asked<Announcement>| {
                announce::announce(tx, actor, call_of(asked)?, &asked.input)?;
                again(tx, actor, asked)
            },
        ),
        change(
            post.clone(),
            "/reviews/{call}/draw/commitment",
            "commit_to_draw",
            "Commits to a secret, as the handler or as the auditor: by a phrase, or by a commitment computed elsewhere.",
            parties,
            |tx, actor, asked: &Asked<Pledge>| {
                commit(tx, actor, call_of(asked)?, &asked.input)?;
                again(tx, actor, asked)
            },
        ),
        change(
            post.clone(),
            "/reviews/{call}/draw/list",
            "freeze_draw_list",
            "Freezes who may be drawn, once both have committed.",
            Access::Roles(&[Role::Handler]),
            |tx, actor, asked: &Asked<Seen>| {
                list(tx, actor, call_of(asked)?, &asked.input)?;
                again(tx, actor, asked)
            },
        ),
        change(
            post.clone(),
            "/reviews/{call}/draw/reveal",
            "reveal_for_draw",
            "Reveals the secret committed to; with the second one the draw is done.",
            parties,
            |tx, actor, asked: &Asked<Reveal>| {
                reveal(tx, actor, call_of(asked)?, &asked.input)?;
                again(tx, actor, asked)
            },
        ),
        change(
            post.clone(),
            "/reviews/{call}/draw/annulment",
            "propose_draw_annulment",
            "Proposes to annul a draw that is done, with a reason, while nothing rests on it; it stays on record.",
            Access::Roles(&[Role::Handler]),
            |tx, actor, asked: &Asked<Annulling>| {
                annul::propose(tx, actor, call_of(asked)?, &asked.input)?;
                again(tx, actor, asked)
            },
        ),
        change(
            post.clone(),
            "/reviews/{call}/draw/annulment/acceptance",
            "accept_draw_annulment",
            "Agrees that a draw is annulled, as another person than the one who proposed it.",
            Access::Roles(&[Role::Auditor]),
            |tx, actor, asked: &Asked<Seen>| {
                annul::accept(tx, actor, call_of(asked)?, &asked.input)?;
                again(tx, actor, asked)
            },
        ),
        change(
            post.clone(),
            "/reviews/{call}/draw/annulment/refusal",
            "refuse_draw_annulment",
            "Does not agree that a draw is annulled, or takes the own proposal back, with a reason.",
            parties,
            |tx, actor, asked: &Asked<Annulling>| {
                annul::refuse(tx, actor, call_of(asked)?, &asked.input)?;
                again(tx, actor, asked)
            },
        ),
        change(
            post,
            "/reviews/{call}/draw/abandonment",
            "abandon_draw",
            "Gives the running attempt up, with a reason; it stays on record.",
            Access::Roles(ENDERS),
            |tx, actor, asked: &Asked<Abandoning>| {
                abandon(tx, actor, call_of(asked)?, &asked.input)?;
                again(tx, actor, asked)
            },
        ),
    ]
}

fn call_of<I>(asked: &Asked<I>) -> Result<CallId, Error> {
    asked.id(CallId::from_text, "call")
}

fn show(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<DrawView, Error> {
    again(tx, actor, asked)
}

fn again<I>(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<I>) -> Result<DrawView, Error> {
    view(tx, actor, call_of(asked)?)
}

/// Which draw of a call a file is asked of.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct RecordQuery {
    /// The draw; without it the one in force, and where there is none the one that was annulled last.
    #[param(value_type = Option<String>)]
    draw: Option<DrawId>,
}

/// A file of one draw, which a query may name.
fn of_one() -> Shapes {
    let query = RecordQuery::into_params(|| Some(ParameterIn::Query));
    Shapes { query, ..Shapes::download("application/json") }
}

fn call_in(req: &HttpRequest) -> Result<CallId, Error> {
    req.match_info().get("call").and_then(CallId::from_text).ok_or(Error::NotFound)
}

async fn record(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let (call, actor) = (call_in(&req)?, caller.actor);
    let which = query_of::<RecordQuery>(&req)?.draw;
    let (draw, text) = caller.app.read(move |tx| record_file(tx, &actor, call, which)).await?;
    Ok(file(&format!("draw-{draw}.json"), text))
}

async fn events(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let (call, actor) = (call_in(&req)?, caller.actor);
    let which = query_of::<RecordQuery>(&req)?.draw;
    let read = caller.app.read(move |tx| {
        let (draw, _) = record_file(tx, &actor, call, which)?;
        Ok((draw, serde_json::to_string(&recorded_events(tx, draw)?).map_err(anyhow::Error::from)?))
    });
    let (draw, text) = read.await?;
    Ok(file(&format!("draw-{draw}-events.json"), text))
}
