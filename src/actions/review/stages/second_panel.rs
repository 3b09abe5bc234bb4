//! A second panel for files whose totals still lie too far apart after they were talked over: shown before, called as it was
//! shown, and undone while nobody of it has declared.

use super::{counted_by_file, totals};
use crate::actions::Tx;
use crate::actions::review::arrivals::{Arrived, keep};
use crate::actions::review::complete::{PlaceLine, place_lines};
use crate::actions::review::fill::{Filled, Places, Wanted, fill_places, preview_places};
use crate::actions::review::{prepare, record_session, rules, session_to_change, standing};
use crate::db;
use crate::db::calls::Call;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::Actor;
use crate::domain::deviation::spread;
use crate::domain::ids::{ApplicationId, CallId, ChangeSetId};
use crate::domain::procedure::State;
use crate::domain::programme::ReviewRules;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentSource, ChangeSetKind};
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
    /// The digest of the preview that was accepted; must be given to call it.
    #[serde(default)]
    pub digest: Option<String>,
}

/// What calling a second panel would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SecondPanelPreview {
    /// Stands for everything that is shown; to be sent with the acceptance.
    pub digest: String,
    /// How many experts each application gets.
    pub experts: u32,
    /// The applications with the experts who would come, in the order of their numbers.
    pub places: Vec<PlaceLine>,
}

/// A second panel that could be called.
struct Proposal {
    files: Vec<ApplicationId>,
    wanted: Wanted,
    places: Places,
    digest: String,
}

/// Shows what [`call_second_panel`] would do; nothing is changed.
///
/// # Errors
/// As [`call_second_panel`].
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &SecondPanel) -> Result<SecondPanelPreview, Error> {
    let call = db::calls::find(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?;
    standing(tx, &call, session.as_ref())?.permit(actor, ReviewAction::CallSecondPanel)?;
    let session = session.ok_or_else(|| Refusal::conflict("review_not_prepared"))?;
    let rules = rules(&call.programme.0)?.clone();
    let Proposal { places, digest, .. } = propose(tx, &call, &rules, &session, input)?;
    let places = place_lines(tx, &places)?;
    Ok(SecondPanelPreview { digest, experts: rules.second_panel.unwrap_or_default(), places })
}

fn propose(
    tx: &mut Tx<'_>,
    call: &Call,
    rules: &ReviewRules,
    session: &ReviewSession,
    input: &SecondPanel,
) -> Result<Proposal, Error> {
    let mut files = wanting(tx, rules, session)?;
    files.retain(|file| input.applications.is_empty() || input.applications.contains(file));
    if input.applications.iter().any(|file| !files.contains(file)) {
        return Err(Error::field("applications", "second_panel_file"));
    }
    if files.is_empty() {
        return Err(Refusal::conflict("second_panel_none").into());
    }
    let wanted = places_of(tx, session, &files, rules.second_panel.unwrap_or_default() as usize)?;
    let places = preview_places(tx, call, session, &wanted)?;
    let digest = prepare::digest(&serde_json::json!({
        "session": session.id, "version": session.version, "files": files, "seats": places.seats,
        "short": places.short,
    }))?;
    Ok(Proposal { files, wanted, places, digest })
}

/// Adds as many experts as the programme says to each file, from the reserves first and then from the panel. They declare and
/// score as the first ones did, without seeing anything of them, and their sheets count with the others in the one mean.
///
/// # Errors
/// The programme has no second panel; no file, or not this one, is over the limit after its discussion; it had one already; it
/// was not shown before, or comes to something else than what was shown.
pub fn call_second_panel(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &SecondPanel) -> Result<Filled, Error> {
    let account = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    let (session, role) = session_to_change(tx, actor, &call, ReviewAction::CallSecondPanel)?;
    let proposal = propose(tx, &call, &rules, &session, input)?;
    match &input.digest {
        Some(seen) if *seen == proposal.digest => {}
        Some(_) => return Err(Refusal::conflict("review_preview_outdated").into()),
        None => return Err(Error::field("digest", "second_panel_unseen")),
    }
    let set = ChangeSetId::new(&*tx.env.ids);
    let more = rules.second_panel.unwrap_or_default();
    let detail = serde_json::json!({ "applications": proposal.files, "experts": more, "change_set": set });
    record_session(tx, actor, role, session.id, "second_panel.called", None, detail)?;
    let filling = fill_places(tx, &call, &session, &proposal.wanted)?;
    let summary = serde_json::json!({
        "added": filling.filled.added, "short": filling.filled.short.len(), "digest": proposal.digest,
        "places": place_lines(tx, &filling.places)?,
    });
    keep(tx, account, id, (set, ChangeSetKind::SecondPanel), summary, &Arrived::of(&[], &filling))?;
    Ok(filling.filled)
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
    let names = |line: PlaceLine| -> Vec<String> { line.experts.into_iter().map(|one| one.name).collect() };
    Ok(lines.into_iter().map(|line| (line.application, names(line))).collect())
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
