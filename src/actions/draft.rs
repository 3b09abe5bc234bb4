//! Beginning an application.

use super::dossier::call_not_open;
use super::kept::stored_text;
use super::membership::must_not_be_barred;
use super::sealed::{open_contact, seal_form};
use super::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::applications::Application;
use crate::db::calls::Call;
use crate::db::organisations::Organisation;
use crate::domain::actor::Actor;
use crate::domain::call::{APPLICANTS, CallStatus, Phase};
use crate::domain::form::{RawForm, from_organisation};
use crate::domain::ids::{ApplicationId, CallId, OrganisationId};
use crate::domain::procedure::{State, Station};
use crate::domain::programme::{OrganisationFact, Programme};
use crate::domain::reference::Route;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who begins an application.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// For which organisation; only needed by somebody who works for several.
    pub organisation: Option<OrganisationId>,
}

/// Begins an application of an organisation in a call: as many as the programme allows, one after the other.
///
/// # Errors
/// `call_not_open`, `no_organisation`, `organisation_barred`, `outside_province`; `already_applied`, `applications_used_up`,
/// `draft_unfinished`.
pub fn draft(tx: &mut Tx<'_>, actor: &Actor, call: CallId, input: &Draft) -> Result<ApplicationId, Error> {
    let role = actor.must_hold(APPLICANTS)?;
    let created_by = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, call)?;
    if call.status != CallStatus::Approved {
        return Err(Error::NotFound);
    }
    if call.windows().phase(tx.now) != Phase::Open {
        return Err(call_not_open(&call).into());
    }
    let own = actor.organisations();
    let organisation = match input.organisation {
        Some(named) => own.into_iter().find(|id| *id == named),
        None => own.into_iter().next(),
    };
    let organisation = organisation.ok_or_else(|| Refusal::forbidden("no_organisation"))?;
    db::applications::lock_organisation(tx.db, organisation)?;
    let organisation = db::organisations::find(tx.db, organisation)?;
    must_be_free_to_begin(tx, &call, &organisation)?;
    let programme = &call.programme.0;
    let form = known_of(tx, programme, &organisation)?;
    let bureau = bureau_of(tx, programme, &organisation, &form);
    let id = ApplicationId::new(&*tx.env.ids);
    let application = Application {
        id,
        call_id: call.id,
        organisation_id: organisation.id,
        number: None,
        state: State::Draft,
        bureau: bureau.clone(),
        form: seal_form(tx.env, id, &form)?,
        members: Json(Vec::new()),
        submission_count: 0,
        submitted_at: None,
        created_by,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
    };
    db::applications::create(tx.db, &application)?;
    // Nothing is typed yet but what the organisation's record knows.
    let known = stored_text(&form)?;
    let columns = [("bureau", bureau.as_deref()), ("form", Some(known.as_str())), ("members", Some("[]"))];
    tx.keep("applications", id.as_text(), &columns);
    tx.record(
        actor,
        Record {
            subject_kind: "application",
            subject_id: id.as_text(),
            action: "application.drafted",
            role: role.as_text(),
            to: Some(State::Draft.as_text()),
            detail: serde_json::json!({ "call": call.id, "organisation": organisation.id, "bureau": bureau }),
            ..Record::default()
        },
    )?;
    Ok(id)
}

/// The answers to a programme's questions that the organisation's record knows: a new draft begins with them, so that nobody types
/// them twice, and the form says where they come from.
///
/// # Errors
/// The seal of its contact person does not open.
pub fn known_of(tx: &Tx<'_>, programme: &Programme, organisation: &Organisation) -> Result<RawForm, Error> {
    let organisation = open_contact(tx.env, organisation.clone())?;
    Ok(from_organisation(programme, |fact| match fact {
        OrganisationFact::Address => organisation.address.clone(),
        OrganisationFact::EstablishedOn => organisation.established_on.map(|day| day.to_string()).unwrap_or_default(),
        OrganisationFact::MainServiceCity => organisation.main_service_city.clone().unwrap_or_default(),
        OrganisationFact::ContactName => organisation.contact_name.clone(),
        OrganisationFact::ContactPhone => organisation.contact_phone.clone(),
    }))
}

/// Refuses an organisation that may not begin an application in an open call: the page of the call offers none where this refuses.
///
/// # Errors
/// `organisation_barred`, `outside_province`; `already_applied`, `applications_used_up`, `draft_unfinished`.
pub fn must_be_free_to_begin(tx: &mut Tx<'_>, call: &Call, organisation: &Organisation) -> Result<(), Error> {
    must_not_be_barred(tx, organisation.id)?;
    let applicants = &call.programme.0.applicants;
    if organisation.registered_area.is_none() && !applicants.outside_province {
        return Err(Refusal::forbidden("outside_province").into());
    }
    let before = db::applications::of_organisation_in_call(tx.db, organisation.id, call.id)?;
    Ok(must_have_room(&before, applicants.per_organisation)?)
}

/// The bureau that recommends an organisation's file: that of its place; for one from outside the province that of the
/// city named in the form, else in its record; none where the file goes straight to the department.
pub fn bureau_of(tx: &Tx<'_>, programme: &Programme, organisation: &Organisation, form: &RawForm) -> Option<String> {
    if !programme.uses(Station::City) && !programme.uses(Station::CityDecides) {
        return None;
    }
    let answered =
        programme.applicants.routed_by.as_ref().and_then(|key| form.0.get(key)).and_then(|city| city.as_str());
    let city = answered.filter(|city| !city.is_empty()).or(organisation.main_service_city.as_deref());
    match tx.env.reference.route(organisation.registered_area.as_deref(), city) {
        Route::Bureau(code) => Some(code),
        Route::Direct => None,
    }
}

/// Whether an organisation with these applications in a call may begin another. A second press of the button finds the draft of
/// the first, so nobody files two by mistake.
fn must_have_room(before: &[Application], limit: u32) -> Result<(), Refusal> {
    let Some(newest) = before.first() else { return Ok(()) };
    let refusal = |code, existing: &Application| Err(Refusal::conflict(code).with("application", existing.id));
    if limit <= 1 {
        return refusal("already_applied", newest);
    }
    if let Some(unfinished) = before.iter().find(|application| application.submission_count == 0) {
        return refusal("draft_unfinished", unfinished);
    }
    if before.len() >= limit as usize {
        return refusal("applications_used_up", newest).map_err(|refusal| refusal.with("limit", limit));
    }
    Ok(())
}
