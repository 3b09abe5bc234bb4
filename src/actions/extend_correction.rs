//! More time for one applicant to mend a file.

use super::Tx;
use super::dossier::{Dossier, correction_state};
use super::remind_deadline::told_just_now;
use super::request_correction::{due_at, last_day};
use super::statement::{self, REASON_LENGTH, station_names};
use crate::db;
use crate::db::corrections::Correction;
use crate::db::deadlines::Subject;
use crate::domain::actor::Actor;
use crate::domain::calendar;
use crate::domain::deadline::DeadlineKind;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::error::Error;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

/// A later date.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The version that the officer looked at.
    pub version: i32,
    /// The new last day, in Guangdong.
    #[schema(value_type = String, format = Date)]
    pub due_on: NaiveDate,
    /// Why; at most 1000 characters.
    pub reason: String,
}

/// Gives more time, also after the date has passed.
///
/// # Errors
/// `due_not_later`, `statement_missing`, `statement_too_long`, those of [`due_at`]; those of the procedure.
pub fn extend_correction(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApplicationId,
    input: &Extension,
) -> Result<Dossier, Error> {
    let mut dossier = Dossier::load_to_change(tx, actor, id)?;
    dossier.acted_upon(tx, actor, input.version);
    if tx.is_outdated()
        && let Some(open) = open_correction(tx, &dossier)?
    {
        tx.compare("due_on", "correction-due", input.due_on, last_day(open.due_at));
    }
    let permission = dossier.permit(actor, Action::ExtendCorrection)?;
    tx.must_be_current(input.version, dossier.application.version)?;
    let correction = open_correction(tx, &dossier)?.ok_or(Error::Stale)?;
    let mut problems = Vec::new();
    let reason = statement::required("reason", &input.reason, REASON_LENGTH, &mut problems);
    let due = due_at(tx, &dossier, correction.station, input.due_on).unwrap_or_else(|problem| {
        problems.push(problem);
        correction.due_at
    });
    if problems.is_empty() && due <= correction.due_at {
        let limit = calendar::local_date_text(last_day(correction.due_at));
        problems.push(statement::problem("due_on", "due_not_later", [("limit", limit)]));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if !db::corrections::extend(tx.db, correction.id, correction.due_at, due)? {
        return Err(Error::Stale);
    }
    let detail = serde_json::json!({
        "correction": correction.id,
        "due_at_before": calendar::local_datetime_iso(correction.due_at),
        "due_at": calendar::local_datetime_iso(due),
    });
    dossier.facts.correction_open = true;
    dossier.advance(tx, actor, permission, Some(&reason), detail)?;
    told_just_now(tx, DeadlineKind::Correction, Subject::Application(id), due)?;
    let station = station_names(tx, &dossier, permission.role);
    let application = &dossier.application;
    tx.post_to_organisation_from(
        application.organisation_id,
        "correction-extended",
        &format!("/applications/{id}"),
        &[
            ("organisation", &dossier.organisation.name),
            ("number", application.number.as_deref().unwrap_or_default()),
            ("call", &dossier.call.title),
            ("reason", &reason),
            ("due", &calendar::local_date_text(input.due_on)),
        ],
        &station,
    )?;
    Ok(dossier)
}

/// The correction that the applicant has not answered yet, at the station where the file stands.
pub fn open_correction(tx: &mut Tx<'_>, dossier: &Dossier) -> Result<Option<Correction>, Error> {
    Ok(db::corrections::of_application(tx.db, dossier.application.id)?.into_iter().find(|one| is_open(dossier, one)))
}

fn is_open(dossier: &Dossier, correction: &Correction) -> bool {
    correction.answered_at.is_none() && correction_state(correction.station) == dossier.application.state
}

/// What the actor may do with one of the corrections of a file now.
pub fn of_correction(actor: &Actor, dossier: &Dossier, correction: &Correction) -> Vec<Action> {
    let may_extend = is_open(dossier, correction) && dossier.permit(actor, Action::ExtendCorrection).is_ok();
    may_extend.then_some(Action::ExtendCorrection).into_iter().collect()
}
