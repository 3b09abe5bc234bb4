//! Asking and answering.

use super::draft::fingerprint;
use super::id_of;
use super::show::show_again;
use crate::actions::ask::{self, AnswerQuestion, AskQuestion};
use crate::actions::idempotency::{self, Answer, Owner};
use crate::domain::form::Problem;
use crate::domain::ids::QuestionId;
use crate::error::Error;
use crate::web::access::Submitted;
use crate::web::page::{Failure, see_other};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

pub(super) async fn ask(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&form.visit, &path)?;
    let request = fingerprint(&form.visit.path, &form).map_err(|e| form.visit.fail(e))?;
    let (actor, once) = (form.visit.actor.clone(), form.text("once"));
    let input = AskQuestion { question: form.text("question") };
    let asked = form
        .visit
        .app
        .write(move |tx| {
            idempotency::once(tx, &Owner::of(actor.account, &request), Some(&once), &request, |tx| {
                let question = ask::ask(tx, &actor, id, &input)?;
                Ok(Answer { status: StatusCode::SEE_OTHER.as_u16(), body: question.to_string() })
            })
        })
        .await;
    match asked {
        Ok(_) => Ok(see_other(format!("/calls/{id}#questions"), "call-asked")),
        Err(error) => show_again(&form, id, error).await,
    }
}

pub(super) async fn answer(form: Submitted, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (call, question) = path.into_inner();
    let id = id_of(&form.visit, &call)?;
    let question = QuestionId::from_text(&question).ok_or_else(|| form.visit.fail(Error::NotFound))?;
    let actor = form.visit.actor.clone();
    let field = format!("answer-{question}");
    let input = AnswerQuestion { answer: form.text(&field) };
    match form.visit.app.write(move |tx| ask::answer(tx, &actor, id, question, &input)).await {
        Ok(()) => Ok(see_other(format!("/calls/{id}#questions"), "call-answered")),
        Err(Error::Invalid(problems)) => {
            let problems = problems.into_iter().map(|problem| Problem { path: field.clone(), ..problem }).collect();
            show_again(&form, id, Error::Invalid(problems)).await
        }
        Err(error) => show_again(&form, id, error).await,
    }
}
