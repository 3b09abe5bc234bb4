//! What a decision rests on: the cut-line sheet, questions of what would be otherwise, each number explained, the minutes.

use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, read, special};
use super::problem::Failed;
use super::reviews::call_of;
use crate::actions::Tx;
use crate::actions::decide::cut_line::{CutLineView, cut_line};
use crate::actions::decide::explain::{Explanation, explain};
use crate::actions::decide::minutes::{Minutes, minutes};
use crate::actions::decide::what_if::{WhatIf, WhatIfView, what_if};
use crate::actions::decide::{JUDGES, READERS};
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId};
use crate::error::Error;
use crate::web::decisions::minutes::{XLSX, download};
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};

/// These operations.
pub fn operations() -> Vec<Operation> {
    let judges = Access::Roles(JUDGES);
    let readers = Access::Roles(READERS);
    vec![
        read(
            "/decisions/{call}/cut-line",
            "show_cut_line",
            "Who would be selected without any one expert, with any weight a tenth off, or by the other aggregate.",
            judges,
            |tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>| -> Result<CutLineView, Error> {
                cut_line(tx, actor, call_of(asked)?)
            },
        ),
        read(
            "/decisions/{call}/what-if",
            "ask_what_if",
            "What the selection would be with other limits; recorded nowhere.",
            judges,
            |tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<WhatIf>| -> Result<WhatIfView, Error> {
                what_if(tx, actor, call_of(asked)?, &asked.input)
            },
        ),
        read(
            "/decisions/{call}/applications/{id}",
            "explain_place",
            "Every number of an application, from its sheets to its place.",
            readers,
            |tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>| -> Result<Explanation, Error> {
                explain(tx, actor, call_of(asked)?, asked.id(ApplicationId::from_text, "id")?)
            },
        ),
        read(
            "/decisions/{call}/minutes",
            "show_minutes",
            "The minutes of a call's review and decision.",
            readers,
            |tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>| -> Result<Minutes, Error> {
                minutes(tx, actor, call_of(asked)?)
            },
        ),
        special(
            Method::GET,
            StatusCode::OK,
            "/decisions/{call}/minutes/workbook",
            "download_minutes",
            "The same minutes as a workbook; every cell is text.",
            readers,
            Shapes::download(XLSX),
            workbook,
        ),
    ]
}

async fn workbook(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let call = CallId::from_text(req.match_info().query("call")).ok_or(Error::NotFound)?;
    let (actor, language) = (caller.actor.clone(), caller.actor.language.clone());
    let minutes = caller.app.read(move |tx| minutes(tx, &actor, call)).await?;
    Ok(download(&minutes, &language)?)
}
