//! What is known of one expert's work on one file before anything is done to it.

use crate::actions::Tx;
use crate::db;
use crate::db::extra_sheets::ExtraSheet;
use crate::db::reviews::{Assignment, ReviewSession, ScoreSheet};
use crate::domain::calendar::local_date;
use crate::domain::programme::Programme;
use crate::domain::steps::AssignmentAt;
use crate::error::Error;
use std::sync::Arc;

/// One expert's work on one file.
#[derive(Debug, Clone)]
pub struct Work {
    /// The pinned programme that it is judged by.
    pub programme: Arc<Programme>,
    /// The score sheet, if one was begun.
    pub sheet: Option<ScoreSheet>,
    /// The sheet of the extra station, if something was typed.
    pub extra: Option<ExtraSheet>,
    /// Where it stands.
    pub at: AssignmentAt,
}

impl Work {
    /// Looks at an assignment within its session. Whoever changes something holds both.
    pub fn of(tx: &mut Tx<'_>, assignment: &Assignment, session: &ReviewSession) -> Result<Work, Error> {
        let (programme, _, _, file) = db::reviews::assigned_application(tx.db, assignment.application_id)?;
        let sheet = db::reviews::sheet(tx.db, assignment.id)?;
        let has_extra = programme.review.as_ref().is_some_and(|rules| rules.extra.is_some());
        let scoring_ended = session.scoring_ended_at.is_some();
        let (mut to_explain, mut discussion, mut extra) = (false, None, None);
        if scoring_ended {
            to_explain = db::explanations::find(tx.db, assignment.id)?.is_some();
            discussion = discussion_of(tx, assignment)?;
            extra = db::extra_sheets::find(tx.db, assignment.id)?;
        }
        let expert = db::experts::find(tx.db, assignment.expert_id)?;
        let at = AssignmentAt {
            expert: assignment.expert_id,
            serves: !db::experts::only_serving(tx.db, vec![expert], local_date(tx.now))?.is_empty(),
            session: session.status,
            scoring_ended,
            status: assignment.status,
            file,
            sheet: sheet.as_ref().map(|sheet| sheet.status),
            to_explain,
            discussion,
            has_extra,
            extra_sheet: extra.as_ref().map(|sheet| sheet.status),
        };
        Ok(Work { programme, sheet, extra, at })
    }
}

/// Whether the discussion that the expert takes part in runs; none if there is none.
fn discussion_of(tx: &mut Tx<'_>, assignment: &Assignment) -> Result<Option<bool>, Error> {
    let Some(discussion) = db::discussions::of_file(tx.db, assignment.application_id)? else { return Ok(None) };
    let positions = db::discussions::positions_of_file(tx.db, assignment.application_id)?;
    let member = positions.iter().any(|(position, _)| position.assignment_id == assignment.id);
    Ok(member.then_some(discussion.closed_at.is_none()))
}
