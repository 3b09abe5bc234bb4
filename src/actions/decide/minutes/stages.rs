//! What followed the scoring of the files of a call: discussions and why they were ended, explanations, second panels,
//! the extra station.

use crate::actions::Tx;
use crate::actions::review::stages::board::{Said, StageFile, stage_board};
use crate::db;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::status::{AssignmentSource, Grounds};
use crate::error::Error;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// What one expert said after the scoring. Points in hundredths.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesSaid {
    /// Name of the expert.
    pub expert: String,
    /// The total before the discussion; none for who had no part in one.
    pub before: Option<i32>,
    /// The total after it; none if nothing was said.
    pub after: Option<i32>,
    /// What was said.
    pub remark: Option<String>,
    /// Whether the total lay above the others, where that was to be explained.
    pub above: Option<bool>,
    /// The explanation, if it was written.
    pub explanation: Option<String>,
}

/// What followed the scoring of an application.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MinutesStage {
    /// The application's number.
    pub number: String,
    /// The application's organisation.
    pub organisation: String,
    /// Why it was talked over; none if it was not.
    pub grounds: Option<Grounds>,
    /// The organisers' reason, where they asked for it.
    pub reason: Option<String>,
    /// The reason for ending the discussion while somebody had stated no position, if one was given.
    pub ended_because: Option<String>,
    /// Experts who took part in the discussion.
    pub members: usize,
    /// Of these, who stated a position.
    pub stated: usize,
    /// Of these, who changed the sheet.
    pub changed: usize,
    /// Experts of a second panel.
    pub second_panel: usize,
    /// Sheets of the site visit or defence.
    pub extra_sheets: usize,
    /// What was said, by expert.
    pub said: Vec<MinutesSaid>,
}

/// What followed the scoring: the files of which there is something to say.
pub(super) fn of_call(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<Vec<MinutesStage>, Error> {
    Ok(after_scoring(tx, actor, call)?.into_iter().map(|(_, stage)| stage).collect())
}

/// The same by application, for whoever reads a score: nothing of a file after whose scoring nothing followed.
///
/// # Errors
/// The programme has no review, or it is not prepared.
pub fn followed(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<BTreeMap<ApplicationId, MinutesStage>, Error> {
    Ok(after_scoring(tx, actor, call)?.into_iter().collect())
}

fn after_scoring(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<Vec<(ApplicationId, MinutesStage)>, Error> {
    let board = stage_board(tx, actor, call)?;
    let mut because = discussions_ended_because(tx, &board.session)?;
    let files = board.files.into_iter();
    let with_reason = |file: StageFile| {
        let why = because.remove(&file.id);
        stage(file, why)
    };
    Ok(files.filter_map(with_reason).collect())
}

/// Why discussions were ended with somebody's position missing, from the record: an end that was taken back counts no
/// more once the discussion has ended anew.
fn discussions_ended_because(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
) -> Result<BTreeMap<ApplicationId, String>, Error> {
    let mut because = BTreeMap::new();
    for event in db::events::of_subject(tx.db, "review", session.id.as_text())? {
        if event.action != "discussion.ended" {
            continue;
        }
        let files = event.detail.0.get("applications").and_then(|all| all.as_array()).into_iter().flatten();
        for id in files.filter_map(|id| ApplicationId::from_text(id.as_str()?)) {
            match event.reason.clone() {
                Some(reason) => because.insert(id, reason),
                None => because.remove(&id),
            };
        }
    }
    Ok(because)
}

/// The experts of an application's second panel.
///
/// # Errors
/// The database is away.
pub fn second_panel(tx: &mut Tx<'_>, call: CallId, id: ApplicationId) -> Result<BTreeSet<ExpertId>, Error> {
    let Some(session) = db::reviews::session_of_call(tx.db, call)? else { return Ok(BTreeSet::new()) };
    let all = db::reviews::assignments_of(tx.db, session.id)?.into_iter();
    let second = all.filter(|one| one.application_id == id && one.source == AssignmentSource::SecondPanel);
    Ok(second.map(|one| one.expert_id).collect())
}

/// What followed the scoring of a file, and why its discussion was ended; none if nothing did.
fn stage(file: StageFile, ended_because: Option<String>) -> Option<(ApplicationId, MinutesStage)> {
    if file.discussion.is_none() && file.second == 0 && file.left.extra == 0 && file.said.is_empty() {
        return None;
    }
    let said: Vec<MinutesSaid> = file.said.into_iter().map(said).collect();
    let has_ended = file.discussion.as_ref().is_some_and(|discussion| discussion.closed_at.is_some());
    let stage = MinutesStage {
        number: file.number,
        organisation: file.organisation,
        grounds: file.discussion.as_ref().map(|discussion| discussion.grounds),
        reason: file.discussion.and_then(|discussion| discussion.reason),
        ended_because: ended_because.filter(|_| has_ended),
        members: file.stated.1,
        stated: file.stated.0,
        changed: said.iter().filter(|one| one.after.is_some() && one.after != one.before).count(),
        second_panel: file.second,
        extra_sheets: file.left.extra,
        said,
    };
    Some((file.id, stage))
}

fn said(said: Said) -> MinutesSaid {
    let (before, after, remark) = match said.position {
        Some((before, after, remark)) => (Some(before), after, remark),
        None => (None, None, None),
    };
    let (above, explanation) = match said.explanation {
        Some((above, text)) => (Some(above), text),
        None => (None, None),
    };
    MinutesSaid { expert: said.expert, before, after, remark, above, explanation }
}
