//! A bureau does not recommend a file.

use super::Tx;
use super::dossier::Dossier;
use super::statement::{self, REASON_LENGTH, ruling};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a file is not recommended.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NonRecommendation {
    /// The version that the officer looked at.
    pub version: i32,
    /// The reason, which the applicant reads; at most 1000 characters.
    pub reason: String,
}

/// Does not recommend the file: for a file in hand, or one that was not mended in time.
///
/// # Errors
/// `statement_missing`, `statement_too_long`; those of the procedure.
pub fn not_recommend(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApplicationId,
    input: &NonRecommendation,
) -> Result<Dossier, Error> {
    let mut dossier = Dossier::load_to_change(tx, actor, id)?;
    dossier.acted_upon(tx, actor, input.version);
    let permission = dossier.permit(actor, Action::NotRecommend)?;
    tx.must_be_current(input.version, dossier.application.version)?;
    let mut problems = Vec::new();
    let reason = statement::required("reason", &input.reason, REASON_LENGTH, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    dossier.advance(tx, actor, permission, Some(&reason), serde_json::Value::Null)?;
    tell_ruling(tx, &dossier, "application-not-recommended", permission.role, &reason)?;
    Ok(dossier)
}

/// The letter of a decision: reason, basis, who says so, when, and to whom one may object.
pub(super) fn tell_ruling(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    template: &str,
    role: Role,
    reason: &str,
) -> Result<(), Error> {
    let application = &dossier.application;
    let ruling = ruling(tx, dossier, role, reason, tx.now);
    tx.post_to_organisation_from(
        application.organisation_id,
        template,
        &format!("/applications/{}", application.id),
        &[
            ("organisation", &dossier.organisation.name),
            ("number", application.number.as_deref().unwrap_or_default()),
            ("call", &dossier.call.title),
            ("basis", &ruling.basis),
            ("reason", &ruling.reason),
            ("date", &ruling.date),
        ],
        &ruling.station,
    )
}
