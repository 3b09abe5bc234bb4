//! Undoing an approved decision: proposed by one officer, approved or sent back by another.

use super::{answer, call_id};
use crate::actions::decide::Return;
use crate::actions::review::Seen;
use crate::actions::second_press::Press;
use crate::actions::undo_decision::{self, DecisionUndoing, UndoProposal};
use crate::domain::actor::Role;
use crate::domain::ids::{CallId, DecisionId};
use crate::error::Error;
use crate::web::access::Submitted;
use crate::web::page::{Failure, Page, see_other};
use crate::web::routes::{Access, Routes};
use crate::web::second_press::again;
use actix_web::{HttpResponse, web};

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.post("/decisions/{call}/sheets/{id}/undoing", Access::Roles(&[Role::Handler]), propose);
    routes.post("/decisions/{call}/sheets/{id}/undoing/approval", Access::Roles(&[Role::Approver]), approve);
    routes.post("/decisions/{call}/sheets/{id}/undoing/return", Access::Roles(&[Role::Approver]), send_back);
}

/// An undoing with what stands against it in words.
pub(super) struct UndoingView {
    pub undoing: DecisionUndoing,
    pub obstacle: String,
}

impl UndoingView {
    pub fn of(page: &Page, undoing: DecisionUndoing) -> UndoingView {
        let organisation = undoing.obstacle_organisation.as_deref().unwrap_or_default();
        let say = |code: &String| {
            let key = format!("refusal-{code}");
            crate::words::Words.say_with(page.lang(), &key, [("organisation", organisation)])
        };
        UndoingView { obstacle: undoing.obstacle.as_ref().map(say).unwrap_or_default(), undoing }
    }
}

type Address = web::Path<(String, String)>;

fn ids(form: &Submitted, path: &Address) -> Result<(CallId, DecisionId), Failure> {
    let (call, decision) = (&path.0, &path.1);
    let decision = DecisionId::from_text(decision).ok_or_else(|| form.visit.fail(Error::NotFound))?;
    Ok((call_id(&form.visit, call)?, decision))
}

async fn propose(form: Submitted, path: Address) -> Result<HttpResponse, Failure> {
    let (call, id) = ids(&form, &path)?;
    let (actor, reason) = (form.visit.actor.clone(), form.text("reason"));
    let done = match form.number("version") {
        Ok(version) => {
            let input = UndoProposal { version, reason };
            form.visit.app.write(move |tx| undo_decision::propose(tx, &actor, call, id, &input)).await
        }
        Err(error) => Err(error),
    };
    let press = form.number("version").ok().map(|version| Press::UndoProposal(call, id, version, form.text("reason")));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/decisions/{call}"), &key));
    }
    answer(&form, call, done, "decision-undo-proposed").await
}

async fn approve(form: Submitted, path: Address) -> Result<HttpResponse, Failure> {
    let (call, id) = ids(&form, &path)?;
    let actor = form.visit.actor.clone();
    let done = match form.number("version") {
        Ok(version) => {
            form.visit.app.write(move |tx| undo_decision::approve(tx, &actor, call, id, &Seen { version })).await
        }
        Err(error) => Err(error),
    };
    let press = form.number("version").ok().map(|version| Press::UndoApproval(call, id, version));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/decisions/{call}"), &key));
    }
    answer(&form, call, done, "decision-undone").await
}

async fn send_back(form: Submitted, path: Address) -> Result<HttpResponse, Failure> {
    let (call, id) = ids(&form, &path)?;
    let (actor, reason) = (form.visit.actor.clone(), form.text("reason"));
    let done = match form.number("version") {
        Ok(version) => {
            let input = Return { version, reason };
            form.visit.app.write(move |tx| undo_decision::send_back(tx, &actor, call, id, &input)).await
        }
        Err(error) => Err(error),
    };
    let press = form.number("version").ok().map(|version| Press::UndoReturn(call, id, version, form.text("reason")));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/decisions/{call}"), &key));
    }
    answer(&form, call, done, "decision-undo-returned").await
}
