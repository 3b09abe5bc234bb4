//! A proposal of a decision before it is sent: who is selected and who is not, counted and named.

use super::Tx;
use super::decide::{Checked, Proposal, checked};
use super::review::prepare::digest;
use crate::db::reviews::ReviewFile;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::status::Outcome;
use crate::error::Error;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One application of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreviewLine {
    /// Which.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// Its place in the ranking; none for a programme without review.
    pub place: Option<i32>,
    /// Why, as the applicant will read it.
    pub reason: String,
}

/// What a proposal says, before it is sent to approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DecisionPreview {
    /// Stands for everything that is shown; to be sent with the proposal.
    pub digest: String,
    /// Those selected, by their places; without a review in the order of numbers.
    pub selected: Vec<PreviewLine>,
    /// Those not selected, in the same order.
    pub not_selected: Vec<PreviewLine>,
}

/// Shows what [`super::decide::propose`] would send; nothing is changed.
///
/// # Errors
/// As the proposal.
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Proposal) -> Result<DecisionPreview, Error> {
    let checked = checked(tx, actor, id, input)?;
    let by_id: BTreeMap<ApplicationId, &ReviewFile> =
        checked.files.iter().map(|file| (file.application.id, file)).collect();
    let place_of: BTreeMap<ApplicationId, i32> =
        checked.rankings.iter().map(|ranking| (ranking.application_id, ranking.place)).collect();
    let lines = |outcome: Outcome| {
        let own = input.entries.iter().filter(|entry| entry.outcome == outcome);
        let mut lines: Vec<PreviewLine> = own
            .filter_map(|entry| {
                let file = by_id.get(&entry.application)?;
                Some(PreviewLine {
                    application: entry.application,
                    number: file.application.number.clone().unwrap_or_default(),
                    organisation: file.organisation.name.clone(),
                    place: place_of.get(&entry.application).copied(),
                    reason: entry.reason.trim().to_string(),
                })
            })
            .collect();
        let place = |line: &PreviewLine| (line.place.is_none(), line.place);
        lines.sort_by(|a, b| (place(a), &a.number, a.application).cmp(&(place(b), &b.number, b.application)));
        lines
    };
    Ok(DecisionPreview {
        digest: digest_of(&checked, input)?,
        selected: lines(Outcome::Selected),
        not_selected: lines(Outcome::NotSelected),
    })
}

/// What stands for a proposal upon the files and their places as they are: a sheet that is voided meanwhile changes it too.
pub(super) fn digest_of(checked: &Checked, input: &Proposal) -> Result<String, Error> {
    let entries: BTreeMap<String, (Outcome, &str)> =
        input.entries.iter().map(|e| (e.application.to_string(), (e.outcome, e.reason.trim()))).collect();
    let files: BTreeMap<String, i32> =
        checked.files.iter().map(|file| (file.application.id.to_string(), file.application.version)).collect();
    let places: Vec<_> = checked.rankings.iter().map(|one| (one.place, one.application_id, one.score)).collect();
    digest(&serde_json::json!({
        "call": checked.call.id, "grounds": checked.grounds, "entries": entries, "files": files, "places": places,
    }))
}
