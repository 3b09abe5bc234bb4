//! An expert's position in a discussion: the sheet is kept or changed, and a remark says why.

use crate::actions::Tx;
use crate::actions::review::declare::expert_of;
use crate::actions::review::score::{self, COMMENT_LIMIT, SheetInput};
use crate::actions::review::work::Work;
use crate::actions::review::{record_sheet, within};
use crate::db;
use crate::db::reviews::{Assignment, ScoreSheet};
use crate::domain::actor::Actor;
use crate::domain::form::Problem;
use crate::domain::ids::AssignmentId;
use crate::domain::programme::Programme;
use crate::domain::refusal::Refusal;
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A position. It may be stated again until the discussion has ended; the last one stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionInput {
    /// The version of the sheet that was seen.
    pub version: i32,
    /// Whether the sheet is changed to what follows; else it is kept as it is and the rest is not looked at.
    pub changes: bool,
    /// Why, in words that the other experts of the file read without a name.
    #[serde(default)]
    pub remark: String,
    /// Item of the rubric to points, as typed.
    #[serde(default)]
    pub items: BTreeMap<String, String>,
    /// Item of the rubric to remark on the points.
    #[serde(default)]
    pub comments: BTreeMap<String, String>,
    /// The opinion on the whole.
    #[serde(default)]
    pub opinion: String,
}

impl PositionInput {
    /// The sheet as it is to be.
    fn sheet(&self) -> SheetInput {
        SheetInput {
            version: self.version,
            items: self.items.clone(),
            comments: self.comments.clone(),
            opinion: self.opinion.clone(),
        }
    }
}

/// States a position. A changed sheet is checked as at its submission, and what it said before is kept.
///
/// # Errors
/// The file is not talked over with this expert, or no longer; no remark; everything that is wrong or missing in the sheet.
pub fn state_position(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &PositionInput) -> Result<(), Error> {
    let expert = expert_of(actor)?;
    let found = db::reviews::find_own_assignment(tx.db, expert, id)?;
    // Held against the end of the discussion and the closing: a position is either in time or refused.
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_own_assignment_to_change(tx.db, expert, id)?;
    let Work { programme, sheet, at, .. } = Work::of(tx, &assignment, &session)?;
    if let Some(sheet) = &sheet {
        tx.acts_upon(actor, "assignment", id.as_text(), (input.version, sheet.version));
        if input.changes {
            let stored = SheetInput::of(sheet);
            score::compare(tx, &actor.language, programme.rubric.as_ref(), &input.sheet(), &stored);
        }
    }
    at.permit(actor, AssignmentAction::StatePosition)?;
    let sheet = sheet.ok_or_else(|| Refusal::conflict("sheet_not_submitted"))?;
    if is_stated(tx, &assignment, &sheet, input)? {
        return Ok(());
    }
    score::must_be_newest(input.version, sheet.version)?;
    let remark = input.remark.trim();
    within("remark", remark, COMMENT_LIMIT)?;
    let mut problems = Vec::new();
    if remark.is_empty() {
        problems.push(Problem::new("remark", "position_remark_missing"));
    }
    let after = if input.changes { Some(changed(&programme, &sheet, input, &mut problems)?) } else { None };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if let Some(after) = &after
        && !db::sheet_versions::change(tx.db, &sheet, after, tx.now)?
    {
        return Err(Error::Stale);
    }
    let total = after.as_ref().unwrap_or(&sheet).total.unwrap_or_default();
    db::discussions::state(tx.db, id, total, remark, tx.now)?;
    // The record does not say which: it is read before the session is closed.
    let action = "discussion.position_stated";
    let mac = score::sheet_mac(tx, action, after.as_ref().unwrap_or(&sheet))?;
    record_sheet(tx, actor, &assignment, action, &mac)
}

/// Whether the sheet and the position are what this very statement made of them: a second press, which asks for nothing more.
fn is_stated(
    tx: &mut Tx<'_>,
    assignment: &Assignment,
    sheet: &ScoreSheet,
    input: &PositionInput,
) -> Result<bool, Error> {
    let is_same = input.changes
        && input.version.checked_add(1) == Some(sheet.version)
        && sheet.items.0 == input.items
        && sheet.comments.0 == input.comments
        && sheet.opinion == input.opinion;
    if !is_same {
        return Ok(false);
    }
    let positions = db::discussions::positions_of_file(tx.db, assignment.application_id)?;
    let own = positions.into_iter().find(|(position, _)| position.assignment_id == assignment.id);
    Ok(own.is_some_and(|(position, _)| {
        position.stated_at.is_some() && position.remark.as_deref() == Some(input.remark.trim())
    }))
}

/// The sheet as it is changed, with what is wrong or missing.
fn changed(
    programme: &Programme,
    sheet: &ScoreSheet,
    input: &PositionInput,
    problems: &mut Vec<Problem>,
) -> Result<ScoreSheet, Error> {
    let mut after = sheet.clone();
    score::take_over(programme, &mut after, &input.sheet())?;
    let read = score::check(programme, &after.items.0, &after.comments.0);
    let before = score::check(programme, &sheet.items.0, &sheet.comments.0);
    if read.sheet == before.sheet && after.opinion.trim() == sheet.opinion.trim() {
        problems.push(Problem::new("changes", "position_nothing_changed"));
    }
    problems.extend(read.problems);
    problems.extend(read.missing);
    after.total = i32::try_from(read.sheet.total()).ok();
    Ok(after)
}
