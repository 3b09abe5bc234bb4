//! Conflicts that came to light after the review was closed: the sheet is voided by a recorded act.

use super::{answer, call_id};
use crate::actions::review::ORGANISERS;
use crate::actions::review::release::Release;
use crate::actions::review::void::void;
use crate::domain::ids::AssignmentId;
use crate::error::Error;
use crate::web::access::Submitted;
use crate::web::page::Failure;
use crate::web::routes::{Access, Routes};
use actix_web::{HttpResponse, web};

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.post("/decisions/{call}/conflicts/{assignment}/voiding", Access::Roles(ORGANISERS), send_voiding);
}

async fn send_voiding(form: Submitted, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (call, assignment) = path.into_inner();
    let id = call_id(&form.visit, &call)?;
    let assignment = AssignmentId::from_text(&assignment).ok_or_else(|| form.visit.fail(Error::NotFound))?;
    let actor = form.visit.actor.clone();
    let input = Release { reason: form.text("reason") };
    let done = form.visit.app.write(move |tx| void(tx, &actor, assignment, &input)).await;
    answer(&form, id, done, "sheet-voided").await
}
