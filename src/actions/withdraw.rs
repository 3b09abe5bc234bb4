//! Taking an application back.

use super::Tx;
use super::completeness::problem;
use super::dossier::Dossier;
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::{Action, State};
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

/// Characters of a reason.
pub const REASON_LENGTH: usize = 500;

/// A withdrawal.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The version that the applicant looked at.
    pub version: i32,
    /// Why; at most 500 characters.
    pub reason: String,
}

/// Takes the application back for good and frees the bureau's place; the organisation may begin another one while the
/// call is open.
///
/// # Errors
/// `withdrawal_reason_missing`, `withdrawal_reason_too_long`; those of the procedure.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, input: &Withdraw) -> Result<Dossier, Error> {
    let mut dossier = Dossier::load_to_change(tx, actor, id)?;
    dossier.acted_upon(tx, actor, input.version);
    let permission = dossier.permit(actor, Action::Withdraw)?;
    tx.must_be_current(input.version, dossier.application.version)?;
    let reason = input.reason.trim();
    let found = reason.chars().count();
    if found == 0 {
        return Err(Error::field("reason", "withdrawal_reason_missing"));
    }
    if found > REASON_LENGTH {
        let args = [("limit", REASON_LENGTH.to_string()), ("found", found.to_string())];
        return Err(Error::Invalid(vec![problem("reason", "withdrawal_reason_too_long", args)]));
    }
    let before = dossier.application.state;
    db::applications::free_place(tx.db, id, tx.now)?;
    dossier.advance(tx, actor, permission, Some(reason), serde_json::Value::Null)?;
    if before != State::Draft {
        tell(tx, &dossier, before, reason)?;
    }
    Ok(dossier)
}

/// Whoever had the file learns that it is gone; the applicant gets a confirmation.
fn tell(tx: &mut Tx<'_>, dossier: &Dossier, before: State, reason: &str) -> Result<(), Error> {
    let application = &dossier.application;
    let number = application.number.clone().unwrap_or_default();
    let args = [
        ("organisation", dossier.organisation.name.as_str()),
        ("call", dossier.call.title.as_str()),
        ("number", number.as_str()),
        ("reason", reason),
    ];
    let path = format!("/applications/{}", application.id);
    tx.post_to_organisation(application.organisation_id, "application-withdrawn", &path, &args)?;
    if let Some(bureau) = &application.bureau {
        tx.post_to_bureau(bureau, "application-withdrawal", &path, &args)?;
    }
    if application.bureau.is_none() || !matches!(before, State::Submitted | State::CityCorrection) {
        tx.post_to_role(Role::Handler, "application-withdrawal", &path, &args)?;
    }
    Ok(())
}
