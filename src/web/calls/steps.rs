//! The steps of a call: handing on, approval, return, cancellation, extension, another version of the programme.

use super::id_of;
use super::show::show_again;
use crate::actions::Tx;
use crate::actions::approve_call::{WithReason, approve_call, cancel_call, return_call, submit_call};
use crate::actions::draft_call::repin_call;
use crate::actions::extend_call::{ExtendCall, extend_call};
use crate::domain::actor::Actor;
use crate::domain::call::PlannedDays;
use crate::domain::ids::CallId;
use crate::error::Error;
use crate::web::access::Submitted;
use crate::web::page::{Failure, see_other};
use actix_web::{HttpResponse, web};

/// Takes one step; a form that was not accepted comes back with what was typed. The forms of the page name their fields
/// with a `prefix`, because several of them ask for a reason.
async fn take(
    form: &Submitted,
    path: &str,
    prefix: &'static str,
    done: &str,
    step: impl FnOnce(&mut Tx<'_>, &Actor, CallId, i32) -> Result<(), Error> + Send + 'static,
) -> Result<HttpResponse, Failure> {
    let id = id_of(&form.visit, path)?;
    let actor = form.visit.actor.clone();
    let result = match form.number("version") {
        Ok(version) => form.visit.app.write(move |tx| step(tx, &actor, id, version)).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => Ok(see_other(format!("/calls/{id}"), done)),
        Err(error) => show_again(form, id, prefixed(error, prefix)).await,
    }
}

/// Problems at the fields as this page names them.
pub(super) fn prefixed(error: Error, prefix: &str) -> Error {
    match error {
        Error::Invalid(problems) => Error::Invalid(
            problems
                .into_iter()
                .map(|mut problem| {
                    problem.path = format!("{prefix}{}", problem.path);
                    problem
                })
                .collect(),
        ),
        other => other,
    }
}

pub(super) async fn repin(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    take(&form, &path, "", "call-repinned", repin_call).await
}

pub(super) async fn submit(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    take(&form, &path, "", "call-submitted", submit_call).await
}

pub(super) async fn approve(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    take(&form, &path, "", "call-approved", approve_call).await
}

pub(super) async fn return_to_drafter(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let reason = form.text("return-reason");
    take(&form, &path, "return-", "call-returned", move |tx, actor, id, version| {
        return_call(tx, actor, id, &WithReason { version, reason })
    })
    .await
}

pub(super) async fn cancel(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let reason = form.text("cancel-reason");
    take(&form, &path, "cancel-", "call-cancelled", move |tx, actor, id, version| {
        cancel_call(tx, actor, id, &WithReason { version, reason })
    })
    .await
}

pub(super) async fn extend(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let text = |name: &str| form.text(name);
    let (closes_at, recommend_by, reason) =
        (text("extend-closes_at"), text("extend-recommend_by"), text("extend-reason"));
    // The page asks for the days of those stops alone that its files come to.
    let asked = |name: &str| form.all(name).into_iter().next();
    let planned = PlannedDays::STOPS.map(|stop| asked(&format!("extend-planned_{stop}_on")));
    let [planned_screening_on, planned_review_on, planned_decision_on, planned_notice_on] = planned;
    take(&form, &path, "extend-", "call-extended", move |tx, actor, id, version| {
        let input = ExtendCall {
            version,
            closes_at,
            recommend_by,
            planned_screening_on,
            planned_review_on,
            planned_decision_on,
            planned_notice_on,
            reason,
        };
        extend_call(tx, actor, id, &input)
    })
    .await
}
