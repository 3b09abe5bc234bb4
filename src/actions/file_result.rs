//! The result of a bureau that decides by itself.

use super::Tx;
use super::dossier::Dossier;
use super::not_recommend::tell_ruling;
use super::recommend::{load_alone, take_place};
use super::statement::{self, REASON_LENGTH};
use crate::domain::actor::Actor;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::{Action, Station};
use crate::domain::refusal::Refusal;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the bureau decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FiledOutcome {
    /// Recognised by the bureau: goes on to the notice.
    Recognised,
    /// Not recognised. Final.
    NotRecognised,
}

/// A bureau's result.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultInput {
    /// The version that the officer looked at.
    pub version: i32,
    /// What the bureau decided.
    pub outcome: FiledOutcome,
    /// On what grounds, which the applicant reads; at most 1000 characters.
    pub reason: String,
}

/// Files the result. A recognised one takes a place of the bureau's quota.
///
/// # Errors
/// `not_decided_by_city` for a programme in which the bureau recommends only, `statement_missing`,
/// `statement_too_long`; those of the procedure.
pub fn file_result(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, input: &ResultInput) -> Result<Dossier, Error> {
    let mut dossier = load_alone(tx, actor, id)?;
    dossier.acted_upon(tx, actor, input.version);
    let recognised = input.outcome == FiledOutcome::Recognised;
    let action = if recognised { Action::FileResult } else { Action::NotRecommend };
    let permission = dossier.permit(actor, action)?;
    if !dossier.stations.contains(&Station::CityDecides) {
        return Err(Refusal::conflict("not_decided_by_city").into());
    }
    tx.must_be_current(input.version, dossier.application.version)?;
    let mut problems = Vec::new();
    let reason = statement::required("reason", &input.reason, REASON_LENGTH, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let rank = if recognised { Some(take_place(tx, actor, &dossier, None, &reason)?) } else { None };
    let detail = serde_json::json!({"outcome": input.outcome, "rank": rank});
    dossier.advance(tx, actor, permission, Some(&reason), detail)?;
    let template = if recognised { "result-recognised" } else { "result-not-recognised" };
    tell_ruling(tx, &dossier, template, permission.role, &reason)?;
    Ok(dossier)
}
