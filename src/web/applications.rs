//! Applications: the form, its saving, submission, receipt, withdrawal, history.

mod fields;
mod form;
mod history;
mod list;
mod preview;
mod progress;
mod show;
mod submission;
mod typed;

use super::access::{Submitted, Visit};
use super::page::{Failure, see_other};
use super::routes::{Access, Routes};
use crate::actions::draft::{Draft, draft};
use crate::domain::actor::Role;
use crate::domain::ids::{ApplicationId, CallId};
use crate::error::Error;
use actix_web::{HttpResponse, web};

const VENDOR: Access = Access::Roles(&[Role::VendorAdmin, Role::VendorMember]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.post("/calls/{id}/applications", VENDOR, create);
    routes.get("/applications", Access::SignedIn, list::index);
    routes.get("/applications/{id}", Access::SignedIn, show::show);
    routes.get("/applications/{id}/form", VENDOR, form::edit);
    routes.post("/applications/{id}/form", VENDOR, form::save);
    routes.post("/applications/{id}/carry-over", VENDOR, form::carry_over);
    routes.get("/applications/{id}/preview", VENDOR, preview::show);
    routes.get("/applications/{id}/submission", VENDOR, submission::new);
    routes.post("/applications/{id}/submission", VENDOR, submission::create);
    routes.get("/applications/{id}/receipt", Access::SignedIn, submission::receipt);
    routes.get("/applications/{id}/withdrawal", VENDOR, submission::withdrawal);
    routes.post("/applications/{id}/withdrawal", VENDOR, submission::withdraw);
}

/// Begins an application, or leads on to the only one that the organisation may have in this call, or to its unfinished draft: a second
/// press does no harm.
async fn create(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let call = CallId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let drafted = visit.app.write(move |tx| draft(tx, &actor, call, &Draft::default())).await;
    match drafted {
        Ok(id) => Ok(see_other(format!("/applications/{id}/form"), "application-drafted")),
        Err(Error::Refused(refusal)) if ["already_applied", "draft_unfinished"].contains(&refusal.code) => {
            let id = refusal.args.get("application").cloned().unwrap_or_default();
            Ok(see_other(format!("/applications/{id}"), "application-exists"))
        }
        Err(error) => Err(visit.fail(error)),
    }
}

fn id_of(visit: &Visit, path: &str) -> Result<ApplicationId, Failure> {
    ApplicationId::from_text(path).ok_or_else(|| visit.fail(Error::NotFound))
}

/// The tone of a state: the words carry the meaning.
pub(crate) fn tone(state: crate::domain::procedure::State) -> &'static str {
    use crate::domain::procedure::State as S;
    match state {
        S::Draft | S::Withdrawn => "neutral",
        S::CityCorrection | S::ScreeningCorrection | S::Held => "attention",
        S::NotRecommended | S::Ineligible | S::NotSelected | S::Removed => "bad",
        S::Recognised => "good",
        _ => "waiting",
    }
}
