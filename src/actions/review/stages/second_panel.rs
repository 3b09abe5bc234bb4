//! A second panel for files whose totals still lie too far apart after they were talked over.

use super::{counted_by_file, totals};
use crate::actions::Tx;
use crate::actions::review::complete::place_lines;
use crate::actions::review::fill::{Filled, Wanted, fill_places, preview_places};
use crate::actions::review::{record_session, rules, session_to_change};
use crate::db;
use crate::db::calls::Call;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::Actor;
use crate::domain::deviation::spread;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::domain::programme::ReviewRules;
use crate::domain::refusal::Refusal;
use crate::domain::status::AssignmentSource;
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Which files get a second panel.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondPanel {
    /// The files; every one that is still over the limit if it is empty.
    #[serde(default)]
    pub applications: Vec<ApplicationId>,
}

/// Adds as many experts as the programme says to each file, from the reserves first and then from the panel. They declare and
/// score as the first ones did, without seeing anything of them, and their sheets count with the others in the one mean.
///
/// # Errors
/// The programme has no second panel; no file, or not this one, is over the limit after its discussion; it had one already.
pub fn call_second_panel(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &SecondPanel) -> Result<Filled, Error> {
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let (session, role) = session_to_change(tx, actor, &call, ReviewAction::CallSecondPanel)?;
    let more = rules.second_panel.unwrap_or_default() as usize;
    let mut wanted = wanting(tx, &rules, &session)?;
    wanted.retain(|file| input.applications.is_empty() || input.applications.contains(file));
    if input.applications.iter().any(|file| !wanted.contains(file)) {
        return Err(Error::field("applications", "second_panel_file"));
    }
    if wanted.is_empty() {
        return Err(Refusal::conflict("second_panel_none").into());
    }
    let detail = serde_json::json!({ "applications": wanted, "experts": more });
    record_session(tx, actor, role, session.id, "second_panel.called", None, detail)?;
    let places = places_of(tx, &session, &wanted, more)?;
    Ok(fill_places(tx, &call, &session, &places)?.filled)
}

/// As many more experts as the programme says for each of these files.
fn places_of(tx: &mut Tx<'_>, session: &ReviewSession, files: &[ApplicationId], more: usize) -> Result<Wanted, Error> {
    let mut of_file: BTreeMap<ApplicationId, usize> = files.iter().map(|file| (*file, more)).collect();
    for assignment in db::reviews::assignments_of(tx.db, session.id)?.iter().filter(|one| one.is_live()) {
        if let Some(count) = of_file.get_mut(&assignment.application_id) {
            *count += 1;
        }
    }
    Ok(Wanted { of_file, source: AssignmentSource::SecondPanel })
}

/// Who would come to which of the files that a second panel can be called for, if it were called for all of them now.
pub fn who_would_come(
    tx: &mut Tx<'_>,
    call: &Call,
    rules: &ReviewRules,
    session: &ReviewSession,
) -> Result<BTreeMap<ApplicationId, Vec<String>>, Error> {
    let files = wanting(tx, rules, session)?;
    if files.is_empty() {
        return Ok(BTreeMap::new());
    }
    let wanted = places_of(tx, session, &files, rules.second_panel.unwrap_or_default() as usize)?;
    let places = preview_places(tx, call, session, &wanted)?;
    let lines = place_lines(tx, &places)?;
    Ok(lines.into_iter().map(|line| (line.application, line.experts)).collect())
}

/// The files under review that are over the limit after their discussion and had no second panel.
pub fn wanting(tx: &mut Tx<'_>, rules: &ReviewRules, session: &ReviewSession) -> Result<Vec<ApplicationId>, Error> {
    if rules.second_panel.is_none() || session.scoring_ended_at.is_none() {
        return Ok(Vec::new());
    }
    let under_review: BTreeSet<ApplicationId> =
        db::decisions::applications_in(tx.db, session.call_id, &[State::InReview])?.into_iter().collect();
    let had: BTreeSet<ApplicationId> = db::reviews::assignments_of(tx.db, session.id)?
        .iter()
        .filter(|assignment| assignment.source == AssignmentSource::SecondPanel)
        .map(|assignment| assignment.application_id)
        .collect();
    let of_file = counted_by_file(tx, session)?;
    let over = |file: &ApplicationId| {
        of_file.get(file).is_some_and(|sheets| spread(&totals(sheets)) > rules.max_spread.hundredths())
    };
    let discussed = db::discussions::of_session(tx.db, session.id)?.into_iter();
    let ended = discussed.filter(|discussion| discussion.closed_at.is_some()).map(|one| one.application_id);
    Ok(ended.filter(|file| under_review.contains(file) && !had.contains(file) && over(file)).collect())
}
